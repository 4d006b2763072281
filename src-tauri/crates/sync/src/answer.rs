//! What an answer of the server means. A fault of the network is never taken for a fault of a record.

use std::collections::HashMap;

use serde_json::Value;

use crate::fault::{Fault, Trouble};

/// What came back for one request.
#[derive(Clone, Debug)]
pub enum Reply {
    /// No connection was made: nothing was sent.
    NotReached,
    /// Sent, and no whole answer came back.
    CutOff,
    Answered(Answered),
}

/// An answer with what matters of it.
#[derive(Clone, Debug, Default)]
pub struct Answered {
    pub status: u16,
    /// The media type without parameters, in lower case.
    pub media: String,
    /// `Retry-After` in milliseconds.
    pub after: Option<i64>,
    pub etag: Option<String>,
    /// The server asks who this PC is.
    pub challenge: bool,
    /// `Date`: the server's own clock when it answered, UTC milliseconds to the second.
    pub date: Option<i64>,
    /// The body as JSON; None when it is none.
    pub body: Option<Value>,
}

/// What the answer to a transaction means for the sendings in it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Meaning {
    /// Committed; the ETag of each entry, in the order of the entries.
    Accepted(Vec<String>),
    /// Committed, as it says, without a word about which entry is which, or whose answer it is: the commit records know.
    Unnamed,
    /// Certainly not committed, through no fault of the content: to be sent again later.
    Later(Trouble),
    /// Perhaps committed: the commit record knows.
    Unclear(Trouble),
    /// The server does not know this PC: certainly not committed.
    SignIn,
    /// Not with this PC's permissions.
    NotPermitted { said: String },
    /// Too large for the server.
    TooLarge,
    /// Somebody else was there first (409, 412).
    Clash,
    /// What was to be changed is not there any more, or the address is no FHIR server's (404, 410).
    Gone,
    /// The content is not taken; what moved at the trust has to be looked at before it is believed.
    Refused { said: String },
}

/// Reads the answer to a transaction of entries for these resources (`Type/id`, in order).
pub(crate) fn of_transaction(reply: &Reply, entries: &[String]) -> Meaning {
    let answered = match reply {
        Reply::NotReached => return Meaning::Later(Trouble::of(Fault::NotReached)),
        Reply::CutOff => return Meaning::Unclear(Trouble::of(Fault::CutOff)),
        Reply::Answered(answered) => answered,
    };
    let busy = Trouble { fault: Fault::Busy, after: answered.after };
    // These say what they say whoever speaks: a gateway before the server as well as the server.
    match answered.status {
        408 | 425 | 429 => return Meaning::Later(busy),
        413 => return Meaning::TooLarge,
        500..=599 => return planted!(FailureIsDone, Meaning::Accepted(Vec::new()), Meaning::Unclear(busy)),
        _ => {}
    }
    if answered.status == 401 && (answered.challenge || answered.resource("OperationOutcome").is_some()) {
        return Meaning::SignIn;
    }
    if answered.status == 200 {
        planted!(PageIsDone, return Meaning::Accepted(Vec::new()));
        planted!(
            TruncatedIsDone,
            if answered.body.is_none() {
                return Meaning::Accepted(Vec::new());
            }
        );
        let etags = answered.resource("Bundle").and_then(|bundle| etags(bundle, entries));
        return etags.unwrap_or(Meaning::Unclear(Trouble::of(Fault::NotFhir)));
    }
    if !(400..500).contains(&answered.status) || answered.resource("OperationOutcome").is_none() {
        return Meaning::Unclear(Trouble::of(Fault::NotFhir));
    }
    of_refusal(answered.status, answered.said())
}

fn of_refusal(status: u16, said: String) -> Meaning {
    match status {
        403 => Meaning::NotPermitted { said },
        404 | 410 => Meaning::Gone,
        409 | 412 => planted!(ClashIsDone, Meaning::Accepted(Vec::new()), Meaning::Clash),
        _ => Meaning::Refused { said },
    }
}

/// What one entry that failed means for all: some servers answer each by itself. What stood before it may be there.
fn of_entry(status: u16, said: String) -> Meaning {
    match status {
        401 => Meaning::SignIn,
        408 | 425 | 429 | 500..=599 => Meaning::Unclear(Trouble::of(Fault::Busy)),
        _ => of_refusal(status, said),
    }
}

/// The ETags of a transaction's answer; None when it is no answer to these entries.
fn etags(bundle: &Value, entries: &[String]) -> Option<Meaning> {
    if bundle.get("type").and_then(Value::as_str) != Some("transaction-response") {
        return None;
    }
    let answers = bundle.get("entry").and_then(Value::as_array).filter(|answers| answers.len() == entries.len())?;
    planted!(ReadByPlace, return Some(crate::planted::by_place(answers)));
    let mut named = HashMap::new();
    for answer in answers {
        let response = answer.get("response")?;
        let status: u16 = response.get("status")?.as_str()?.get(..3)?.parse().ok()?;
        if !matches!(status, 200 | 201) {
            return Some(of_entry(status, said(response.get("outcome"))));
        }
        let etag = response.get("etag").and_then(Value::as_str).filter(|etag| !etag.is_empty())?;
        // Servers may answer in another order than they were asked in, and say so by name.
        let name = [response.get("location"), answer.get("fullUrl")].into_iter().flatten().find_map(Value::as_str);
        let Some(name) = name else { continue };
        let entry = entries.iter().find(|entry| names(name, entry))?;
        if named.insert(entry.as_str(), etag.to_owned()).is_some() {
            return None;
        }
    }
    if named.is_empty() {
        return Some(Meaning::Unnamed);
    }
    entries.iter().map(|entry| named.remove(entry.as_str())).collect::<Option<_>>().map(Meaning::Accepted)
}

/// Whether an address is that of this resource, at whatever server and version.
fn names(address: &str, entry: &str) -> bool {
    let plain = address.split("/_history/").next().unwrap_or_default();
    plain == entry || plain.strip_suffix(entry).is_some_and(|before| before.ends_with('/'))
}

/// What the answer to a read of one resource means.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Read {
    Found {
        etag: String,
        body: Value,
    },
    /// Never there (404) or removed (410).
    Absent,
    Fault(Trouble),
}

/// Reads the answer to `GET Type/id`.
pub(crate) fn of_read(reply: &Reply, kind: &str, id: &str) -> Read {
    let answered = match fault(reply) {
        Ok(answered) => answered,
        Err(trouble) => return Read::Fault(trouble),
    };
    match answered.status {
        200 => {
            let found = answered.resource(kind).filter(|body| body.get("id").and_then(Value::as_str) == Some(id));
            let etag = found.and_then(|body| answered.etag.clone().or_else(|| version(body)));
            match (etag, found) {
                (Some(etag), Some(body)) => Read::Found { etag, body: body.clone() },
                _ => Read::Fault(Trouble::of(Fault::NotFhir)),
            }
        }
        404 | 410 if answered.resource("OperationOutcome").is_some() => Read::Absent,
        _ => Read::Fault(Trouble::of(Fault::NotFhir)),
    }
}

/// Reads the answer to a search or a history: the resources of the bundle, and whether there are more pages.
pub(crate) fn of_bundle(reply: &Reply, kind: &str) -> Result<(Vec<Value>, bool), Trouble> {
    let answered = fault(reply)?;
    let bundle = answered.resource("Bundle").filter(|_| answered.status == 200);
    of_entries(bundle.ok_or(Trouble::of(Fault::NotFhir))?, kind)
}

/// The entries of the bundle of this kind that is the answer.
pub(crate) fn entries<'a>(reply: &'a Reply, kind: &str) -> Result<&'a [Value], Trouble> {
    let not_fhir = Trouble::of(Fault::NotFhir);
    let bundle = fault(reply)?.resource("Bundle").ok_or(not_fhir)?;
    let is_kind = bundle.get("type").and_then(Value::as_str) == Some(kind);
    bundle.get("entry").and_then(Value::as_array).filter(|_| is_kind).map(Vec::as_slice).ok_or(not_fhir)
}

/// The same of a bundle that came inside another.
pub(crate) fn of_entries(bundle: &Value, kind: &str) -> Result<(Vec<Value>, bool), Trouble> {
    let not_fhir = Trouble::of(Fault::NotFhir);
    let part = |name: &str| bundle.get(name).and_then(Value::as_str);
    if part("resourceType") != Some("Bundle") || part("type") != Some(kind) {
        return Err(not_fhir);
    }
    let list = |name: &str| bundle.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let more = list("link").iter().any(|link| link.get("relation").and_then(Value::as_str) == Some("next"));
    // It says how many it found and names fewer, with no page to follow: the rest was lost on the way.
    let found = bundle.get("total").and_then(Value::as_u64).filter(|_| kind == "searchset" && !more);
    if found.is_some_and(|found| usize::try_from(found).is_ok_and(|found| found > list("entry").len())) {
        return Err(not_fhir);
    }
    Ok((list("entry").iter().filter_map(|entry| entry.get("resource")).cloned().collect(), more))
}

/// The answer, when it is one of the server and it does not ask for patience.
pub(crate) fn fault(reply: &Reply) -> Result<&Answered, Trouble> {
    match reply {
        Reply::NotReached => Err(Trouble::of(Fault::NotReached)),
        Reply::CutOff => Err(Trouble::of(Fault::CutOff)),
        Reply::Answered(answered) => match answered.status {
            408 | 425 | 429 | 500..=599 => Err(Trouble { fault: Fault::Busy, after: answered.after }),
            401 | 403 => Err(Trouble::of(Fault::SignIn)),
            _ => Ok(answered),
        },
    }
}

/// `W/"3"` for version 3 of a resource.
fn version(body: &Value) -> Option<String> {
    Some(format!("W/\"{}\"", body.get("meta")?.get("versionId")?.as_str()?))
}

/// Whether two ETags name the same version.
pub(crate) fn same_version(one: &str, other: &str) -> bool {
    let opaque = |etag: &str| etag.trim().trim_start_matches("W/").trim_matches('"').to_owned();
    opaque(one) == opaque(other)
}

impl Answered {
    /// The body when it is FHIR, and of this type. helios-hfs sends its bundles and outcomes as plain JSON, so the resource itself has
    /// to say what it is.
    pub(crate) fn resource(&self, kind: &str) -> Option<&Value> {
        let json = matches!(self.media.as_str(), "application/fhir+json" | "application/json");
        let body = self.body.as_ref().filter(|_| json)?;
        (body.get("resourceType").and_then(Value::as_str) == Some(kind)).then_some(body)
    }

    fn said(&self) -> String {
        said(self.resource("OperationOutcome"))
    }
}

/// The errors of an OperationOutcome, one a line.
fn said(outcome: Option<&Value>) -> String {
    let issues = outcome.and_then(|outcome| outcome.get("issue")).and_then(Value::as_array);
    let serious = |issue: &&Value| {
        let severity = issue.get("severity").and_then(Value::as_str);
        !matches!(severity, Some("warning" | "information"))
    };
    let words = |issue: &Value| {
        let text = issue.pointer("/details/text").or_else(|| issue.get("diagnostics")).or_else(|| issue.get("code"));
        let place =
            issue.pointer("/expression/0").and_then(Value::as_str).map_or(String::new(), |at| format!(" ({at})"));
        text.and_then(Value::as_str).map(|text| format!("{text}{place}"))
    };
    issues.into_iter().flatten().filter(serious).filter_map(words).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
#[path = "answer_tests.rs"]
mod tests;
