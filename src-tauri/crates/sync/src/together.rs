//! Several questions in one request: a batch that reads and changes nothing. A server that does not take one is asked one after the other,
//! and no batch again while the program runs.

use std::collections::HashSet;
use std::sync::atomic::Ordering;

use serde_json::{Value, json};

use crate::answer::{Reply, entries, of_bundle, of_entries};
use crate::fault::{Fault, Trouble};
use crate::push::{Books, Push, Stopped};
use crate::transport::Wire;

/// How many ids stand in one question.
pub(crate) const MOST_IDS: usize = 50;

/// A search.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Question {
    pub kind: &'static str,
    pub query: Vec<(&'static str, String)>,
    /// What is asked for must not stand in an address, which proxies and servers write down.
    pub shielded: bool,
}

/// What was found, and whether there are more pages of it.
pub(crate) type Found = (Vec<Value>, bool);

impl Question {
    /// Which of these are there: no more of each than these elements of it.
    pub fn by_id(kind: &'static str, ids: &[&str], elements: &str) -> Question {
        let query = vec![("_id", ids.join(",")), ("_elements", elements.to_owned()), ("_count", ids.len().to_string())];
        Question { kind, query, shielded: false }
    }

    fn pairs(&self) -> Vec<(&str, &str)> {
        self.query.iter().map(|(name, value)| (*name, value.as_str())).collect()
    }
}

impl<B: Books, W: Wire> Push<B, W> {
    /// What all of these find. Nothing says for which of them something was found but what it is: a server may answer in another order.
    pub(crate) async fn found(&self, questions: &[Question]) -> Result<Result<Found, Trouble>, Stopped> {
        if questions.len() > 1 && !self.one_by_one.load(Ordering::Relaxed) {
            let reply = self.server.batch(batch(questions, self.server.base()), &self.id()?).await;
            match read(&reply, questions.len()) {
                Batch::Found(found) => return Ok(Ok(found)),
                Batch::Trouble(trouble) => return Ok(Err(trouble)),
                Batch::Unsound => {}
                Batch::NotTaken => self.one_by_one.store(true, Ordering::Relaxed),
            }
        }
        let (mut all, mut more) = (Vec::new(), false);
        for question in questions {
            let reply = match question.shielded {
                true => self.server.search(question.kind, &question.pairs(), &self.id()?).await,
                false => self.server.get(question.kind, &question.pairs(), &self.id()?).await,
            };
            match of_bundle(&reply, "searchset") {
                Ok((found, on)) => {
                    add(&mut all, found);
                    more |= on;
                }
                Err(trouble) => return Ok(Err(trouble)),
            }
        }
        Ok(Ok((all, more)))
    }
}

/// Adds what was found, each resource once: two questions may find the same.
fn add(all: &mut Vec<Value>, found: Vec<Value>) {
    let before: HashSet<(String, String)> = all.iter().filter_map(name).collect();
    all.extend(found.into_iter().filter(|one| name(one).is_none_or(|name| !before.contains(&name))));
}

fn name(resource: &Value) -> Option<(String, String)> {
    let part = |name: &str| resource.get(name).and_then(Value::as_str).map(str::to_owned);
    Some((part("resourceType")?, part("id")?))
}

/// What came of a batch.
#[derive(Debug, PartialEq)]
enum Batch {
    Found(Found),
    /// The network or the server asks for patience: nothing else is asked now.
    Trouble(Trouble),
    /// No whole answer: each is asked by itself this time.
    Unsound,
    /// The server does not answer questions together.
    NotTaken,
}

fn batch(questions: &[Question], base: &str) -> String {
    let entries = questions.iter().map(|question| {
        let mut pairs = url(base);
        if let Some(url) = &mut pairs {
            url.query_pairs_mut().clear().extend_pairs(question.pairs());
        }
        let query = pairs.as_ref().and_then(|url| url.query()).unwrap_or_default();
        json!({ "request": { "method": "GET", "url": format!("{}?{query}", question.kind) } })
    });
    json!({ "resourceType": "Bundle", "type": "batch", "entry": entries.collect::<Vec<_>>() }).to_string()
}

/// Nothing is taken of it but how a query is written.
fn url(base: &str) -> Option<reqwest::Url> {
    reqwest::Url::parse(base).ok()
}

fn read(reply: &Reply, questions: usize) -> Batch {
    let status = match reply {
        Reply::Answered(answered) => answered.status,
        Reply::NotReached => return Batch::Trouble(Trouble::of(Fault::NotReached)),
        Reply::CutOff => return Batch::Trouble(Trouble::of(Fault::CutOff)),
    };
    match status {
        200 => {}
        // A failure may be at the batch itself; one that is of more than that is met again by the first question alone.
        400 | 403..=406 | 410 | 413 | 415 | 422 | 500 | 501 => return Batch::NotTaken,
        _ => {
            return match of_bundle(reply, "batch-response") {
                Err(trouble) => Batch::Trouble(trouble),
                Ok(_) => Batch::Unsound,
            };
        }
    }
    let Ok(answers) = entries(reply, "batch-response") else { return Batch::Unsound };
    if answers.len() != questions {
        return Batch::Unsound;
    }
    let (mut all, mut more) = (Vec::new(), false);
    for answer in answers {
        let taken =
            answer.pointer("/response/status").and_then(Value::as_str).is_some_and(|status| status.starts_with("200"));
        let Some(bundle) = answer.get("resource").filter(|_| taken) else { return Batch::Unsound };
        let Ok((found, on)) = of_entries(bundle, "searchset") else { return Batch::Unsound };
        add(&mut all, found);
        more |= on;
    }
    Batch::Found((all, more))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Answered;

    fn answered(status: u16, body: Value) -> Reply {
        let media = "application/fhir+json".to_owned();
        Reply::Answered(Answered { status, media, body: Some(body), ..Answered::default() })
    }

    fn of(id: &str) -> Value {
        let found = json!({ "resource": { "resourceType": "Patient", "id": id } });
        let bundle = json!({ "resourceType": "Bundle", "type": "searchset", "entry": [found] });
        json!({ "response": { "status": "200 OK" }, "resource": bundle })
    }

    fn batch_of(entries: &[Value]) -> Reply {
        answered(200, json!({ "resourceType": "Bundle", "type": "batch-response", "entry": entries }))
    }

    #[test]
    fn what_is_found_together_is_one_heap() {
        let Batch::Found((found, more)) = read(&batch_of(&[of("a"), of("b")]), 2) else { panic!() };
        assert_eq!((found[0]["id"].as_str(), found[1]["id"].as_str(), more), (Some("a"), Some("b"), false));
        let Batch::Found((found, _)) = read(&batch_of(&[of("a"), of("a")]), 2) else { panic!() };
        assert_eq!(found.len(), 1, "who is found by two questions is one");
    }

    #[test]
    fn an_answer_that_is_not_whole_is_none() {
        let refused = json!({ "response": { "status": "400 Bad Request" } });
        let failed = json!({ "response": { "status": "500 X" }, "resource": of("b")["resource"] });
        for reply in [
            batch_of(&[of("a")]),
            batch_of(&[of("a"), refused]),
            batch_of(&[of("a"), failed]),
            batch_of(&[of("a"), json!({ "response": { "status": "200 OK" } })]),
            answered(200, of("a")["resource"].clone()),
            answered(200, json!("<html>")),
        ] {
            assert_eq!(read(&reply, 2), Batch::Unsound);
        }
    }

    #[test]
    fn a_server_that_takes_no_batch_is_told_from_one_that_asks_for_patience() {
        for status in [400, 403, 404, 405, 413, 415, 422, 500, 501] {
            assert_eq!(read(&answered(status, json!({ "resourceType": "OperationOutcome" })), 2), Batch::NotTaken);
        }
        for (status, fault) in [(401, Fault::SignIn), (429, Fault::Busy), (503, Fault::Busy), (302, Fault::NotFhir)] {
            assert_eq!(read(&answered(status, json!({})), 2), Batch::Trouble(Trouble::of(fault)));
        }
        assert_eq!(read(&Reply::CutOff, 2), Batch::Trouble(Trouble::of(Fault::CutOff)));
        assert_eq!(read(&Reply::NotReached, 2), Batch::Trouble(Trouble::of(Fault::NotReached)));
    }

    #[test]
    fn a_question_is_written_as_in_an_address() {
        let number = ("identifier", "https://fhir.nhs.uk/Id/nhs-number|9990000018".to_owned());
        let one = Question { kind: "Patient", query: vec![number], shielded: true };
        let body: Value = serde_json::from_str(&batch(&[one], "https://trust.example/r4")).unwrap();
        let url = "Patient?identifier=https%3A%2F%2Ffhir.nhs.uk%2FId%2Fnhs-number%7C9990000018";
        assert_eq!(body["entry"][0]["request"], json!({ "method": "GET", "url": url }));
    }
}
