//! The items of a `QuestionnaireResponse` as answers; whatever this checklist version does not know is a fault at its place.

use std::collections::HashSet;

use domain::checklist::Checklist;
use domain::hna::{Answer, Concern, ConcernKey, MOST_OWN, MOST_RANKED, Rating};
use domain::text::{self, TextFault};
use serde_json::Value;

use crate::answers::{AnswersFault, NotTaken, fault, list, member};
use crate::value::{ABSENT, CONCERN};

/// What was answered, as far as it was read.
#[derive(Default)]
pub(crate) struct Given {
    /// Concerns are scored again: 0 is a score too.
    again: bool,
    seen: HashSet<String>,
    pub concerns: Vec<Concern>,
    own: u16,
    pub declined: Vec<String>,
    pub ranked: Vec<ConcernKey>,
    pub information: Vec<String>,
    pub questions: String,
}

impl Given {
    /// Nothing yet; 0 is a score only where concerns are scored `again`.
    pub fn on(again: bool) -> Given {
        Given { again, ..Given::default() }
    }

    /// Reads every item of a response.
    pub fn items(&mut self, response: &Value, at: &str, checklist: &Checklist) -> Result<(), NotTaken> {
        let items = list(response, "item");
        // Who is ranked or private is looked up among the concerns, wherever they stand.
        let later = |key: Option<&str>| matches!(key, Some("matters" | "private"));
        for last in [false, true] {
            for (index, item) in items.iter().enumerate() {
                let key = member(item, "linkId");
                if later(key) == last {
                    self.item(item, key, &format!("{at}.item[{index}]"), checklist)?;
                }
            }
        }
        Ok(())
    }

    fn item(&mut self, item: &Value, key: Option<&str>, at: &str, checklist: &Checklist) -> Result<(), NotTaken> {
        match key {
            Some("own") => self.own(item, at),
            Some("matters") => {
                self.once("matters", at)?;
                self.ranked = self.choices(item, at, checklist)?;
                match self.ranked.len() {
                    0..=MOST_RANKED => Ok(()),
                    _ => fault(AnswersFault::TooMany, format!("{at}.answer")),
                }
            }
            Some("private") => {
                self.once("private", at)?;
                let private = self.choices(item, at, checklist)?;
                self.concerns.iter_mut().for_each(|concern| concern.private |= private.contains(&concern.key));
                Ok(())
            }
            Some("information") => self.information(item, at, checklist),
            Some("questions") => {
                self.once("questions", at)?;
                if let Some(said) = one_answer(item, "valueString", at)? {
                    self.questions =
                        said.as_str().map_or(Err(TextFault::Control), text::lines).or_else(|_| refused_text(at))?;
                }
                Ok(())
            }
            // The heading of the scale has nothing to answer.
            Some("rating") if list(item, "item").iter().all(|part| part.get("answer").is_none()) => Ok(()),
            Some(key) if checklist.has_domain(key) => self.domain(item, key, at, checklist),
            _ => fault(AnswersFault::UnknownItem, at.to_owned()),
        }
    }

    fn domain(&mut self, item: &Value, key: &str, at: &str, checklist: &Checklist) -> Result<(), NotTaken> {
        self.once(key, at)?;
        if has_declined(item) {
            self.declined.push(key.to_owned());
        }
        for (index, raised) in list(item, "item").iter().enumerate() {
            let at = format!("{at}.item[{index}]");
            let known =
                member(raised, "linkId").filter(|own| checklist.item(own).is_some_and(|(area, _)| area.key == key));
            let Some(own) = known else { return fault(AnswersFault::UnknownItem, at) };
            self.once(own, &at)?;
            self.concerns.push(Concern {
                key: ConcernKey::new(own),
                words: None,
                answer: self.score(raised, &at)?,
                private: false,
            });
        }
        Ok(())
    }

    /// Something else in the patient's own words.
    fn own(&mut self, item: &Value, at: &str) -> Result<(), NotTaken> {
        let part = |key: &str| {
            let place = list(item, "item").iter().position(|part| member(part, "linkId") == Some(key));
            place.and_then(|index| Some((list(item, "item").get(index)?, format!("{at}.item[{index}]"))))
        };
        let Some((said, place)) = part("own.words") else { return fault(AnswersFault::WrongAnswer, at.to_owned()) };
        let words = one_answer(said, "valueString", &place)?.and_then(Value::as_str).unwrap_or_default();
        let words = text::line(words).or_else(|_| refused_text(&place))?;
        if words.is_empty() {
            return fault(AnswersFault::WrongAnswer, place);
        }
        let same = |concern: &Concern| concern.words.as_ref().is_some_and(|w| w.to_lowercase() == words.to_lowercase());
        if self.concerns.iter().any(same) {
            return fault(AnswersFault::Twice, place);
        }
        if self.own >= MOST_OWN {
            return fault(AnswersFault::TooMany, at.to_owned());
        }
        self.own += 1;
        let answer = match part("own.rating") {
            Some((rating, place)) => self.score(rating, &place)?,
            None => Answer::Unanswered,
        };
        let key = ConcernKey::new(&format!("own-{}", self.own));
        self.concerns.push(Concern { key, words: Some(words), answer, private: false });
        Ok(())
    }

    fn information(&mut self, item: &Value, at: &str, checklist: &Checklist) -> Result<(), NotTaken> {
        self.once("information", at)?;
        for (index, topic) in list(item, "item").iter().enumerate() {
            let at = format!("{at}.item[{index}]");
            let Some(key) = member(topic, "linkId").filter(|key| checklist.has_topic(key)) else {
                return fault(AnswersFault::UnknownItem, at);
            };
            self.once(key, &at)?;
            match one_answer(topic, "valueBoolean", &at)?.map(Value::as_bool) {
                Some(Some(true)) => self.information.push(key.to_owned()),
                Some(Some(false)) | None => {}
                Some(None) => return fault(AnswersFault::WrongAnswer, at),
            }
        }
        Ok(())
    }

    /// Concerns that were raised, by code or by the patient's own words.
    fn choices(&self, item: &Value, at: &str, checklist: &Checklist) -> Result<Vec<ConcernKey>, NotTaken> {
        let mut chosen = Vec::new();
        for (index, answer) in list(item, "answer").iter().enumerate() {
            let place = format!("{at}.answer[{index}]");
            let coding = answer.get("valueCoding").filter(|coding| member(coding, "system") == Some(CONCERN));
            let code = coding.and_then(|coding| member(coding, "code"));
            let words = member(answer, "valueString").and_then(|words| text::line(words).ok());
            let is_it = |concern: &&Concern| match (&concern.words, code) {
                (Some(own), None) => words.as_ref() == Some(own),
                (None, Some(code)) => checklist.item(concern.key.as_str()).is_some_and(|(_, item)| item.code == code),
                _ => false,
            };
            match self.concerns.iter().find(is_it) {
                Some(concern) if chosen.contains(&concern.key) => return fault(AnswersFault::Twice, place),
                Some(concern) => chosen.push(concern.key.clone()),
                None => return fault(AnswersFault::WrongAnswer, place),
            }
        }
        Ok(chosen)
    }

    /// Not answered, declined and a score are three different things.
    fn score(&self, item: &Value, at: &str) -> Result<Answer, NotTaken> {
        let wrong = || fault(AnswersFault::WrongAnswer, format!("{at}.answer"));
        let rating = if self.again { Rating::again } else { Rating::new };
        match list(item, "answer") {
            [] => Ok(Answer::Unanswered),
            [one] => match (one.get("valueInteger"), one.get("_valueInteger").is_some_and(has_declined)) {
                (None, true) => Ok(Answer::Declined),
                (Some(score), false) => match score.as_i64().map(rating) {
                    Some(Ok(rating)) => Ok(Answer::Rated(rating)),
                    _ => wrong(),
                },
                _ => wrong(),
            },
            _ => wrong(),
        }
    }

    fn once(&mut self, key: &str, at: &str) -> Result<(), NotTaken> {
        if self.seen.insert(key.to_owned()) { Ok(()) } else { fault(AnswersFault::Twice, at.to_owned()) }
    }
}

fn refused_text<T>(at: &str) -> Result<T, NotTaken> {
    fault(AnswersFault::Text, format!("{at}.answer[0]"))
}

/// The value of the one answer; None when there is none.
fn one_answer<'a>(item: &'a Value, name: &str, at: &str) -> Result<Option<&'a Value>, NotTaken> {
    match list(item, "answer") {
        [] => Ok(None),
        [one] => match one.get(name) {
            Some(value) => Ok(Some(value)),
            None => fault(AnswersFault::WrongAnswer, format!("{at}.answer[0]")),
        },
        _ => fault(AnswersFault::WrongAnswer, format!("{at}.answer")),
    }
}

fn has_declined(of: &Value) -> bool {
    let asked = |one: &Value| member(one, "url") == Some(ABSENT) && member(one, "valueCode") == Some("asked-declined");
    list(of, "extension").iter().any(asked)
}
