//! Reads answers given at home from a `QuestionnaireResponse`, alone or in a `Bundle` with its `Patient`. How answers stand in a
//! response, and what is refused, is written down in `assets/content/README.md`. Nothing of the text that was refused is in a fault.

use std::sync::Arc;

use domain::checklist::{Checklist, PackFault};
use domain::codes;
use domain::day;
use domain::hna::AnsweredBy;
use domain::home_answers::{GivenPerson, HomeAnswers, Named};
use domain::text;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::answers_items::Given;
use crate::answers_person::{named, person};
use crate::canonical::canonical;
use crate::strict_json::strict_json;

codes! {
    /// Why a file is not taken as answers.
    AnswersFault {
        /// It cannot be opened or read, or is not text.
        Unreadable = "unreadable",
        TooLarge = "too_large",
        NotJson = "not_json",
        TooDeep = "too_deep",
        TooMany = "too_many",
        NotAnswers = "not_answers",
        SeveralAnswers = "several_answers",
        SeveralPatients = "several_patients",
        NotCompleted = "not_completed",
        NoDay = "no_day",
        InFuture = "in_future",
        NoChecklist = "no_checklist",
        UnknownChecklist = "unknown_checklist",
        UnknownItem = "unknown_item",
        Twice = "twice",
        WrongAnswer = "wrong_answer",
        Text = "text",
        /// Neither an invitation nor number, name and birth date: they can never be anybody's.
        Nobody = "nobody",
    }
}

/// A fault and where it stands, as FHIR names the place; None for the file as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotTaken {
    pub fault: AnswersFault,
    pub place: Option<String>,
}

/// The most that is read, bytes.
pub const MOST_BYTES: usize = 1024 * 1024;
/// How many values one file may have; our own longest response has some hundreds.
const MOST_VALUES: usize = 20_000;

/// Answers, and the text that they are kept as: the response and its patient with their members in order, so that the same answers
/// are the same text. Reading that text again gives the same answers.
pub struct ReadAnswers {
    pub answers: HomeAnswers,
    pub body: String,
}

/// Reads answers; refused with the first fault from the top. `checklist` finds a checklist by its canonical, `today` is in London.
/// `again` says whether what is named asked for concerns of the checklist of this canonical to be scored again: only then is 0 a score.
pub fn answers(
    body: &str,
    today: Date,
    checklist: impl FnOnce(&str) -> Option<Arc<Checklist>>,
    again: impl FnOnce(&[Named], &str) -> bool,
) -> Result<ReadAnswers, NotTaken> {
    if body.len() > MOST_BYTES {
        return whole(AnswersFault::TooLarge);
    }
    let root = strict_json(body, MOST_VALUES).map_err(|refused| {
        let place = Some(refused.place).filter(|_| refused.fault != PackFault::TooManyItems);
        let fault = match refused.fault {
            PackFault::TooDeep => AnswersFault::TooDeep,
            PackFault::NotJson => AnswersFault::NotJson,
            PackFault::TooManyItems => AnswersFault::TooMany,
            PackFault::TextTooLong => AnswersFault::Text,
            // An object that has a member twice says two things.
            _ => AnswersFault::Twice,
        };
        NotTaken { fault, place }
    })?;
    let (response, patient) = found(&root)?;
    let at = "QuestionnaireResponse";
    match member(response, "status") {
        Some("completed" | "amended") => {}
        _ => return fault(AnswersFault::NotCompleted, format!("{at}.status")),
    }
    let Some(canonical_of) = member(response, "questionnaire") else {
        return fault(AnswersFault::NoChecklist, format!("{at}.questionnaire"));
    };
    let Some(list) = checklist(canonical_of) else {
        return fault(AnswersFault::UnknownChecklist, format!("{at}.questionnaire"));
    };
    let Some(answered_on) = member(response, "authored").and_then(day_of) else {
        return fault(AnswersFault::NoDay, format!("{at}.authored"));
    };
    if answered_on > today {
        return fault(AnswersFault::InFuture, format!("{at}.authored"));
    }
    let (answered_by, helper) = source(response)?;
    let mut unclear = false;
    let named = named(response, &mut unclear);
    let mut given = Given::on(again(&named, &list.canonical));
    given.items(response, at, &list)?;
    let answers = HomeAnswers {
        named,
        person: person(response, patient, &mut unclear),
        unclear,
        checklist: list.canonical.clone(),
        answered_by,
        helper,
        answered_on,
        concerns: given.concerns,
        declined_domains: given.declined,
        ranked: given.ranked,
        information: given.information,
        questions: given.questions,
    };
    let GivenPerson { family, born, nhs_number, .. } = &answers.person;
    // What is there and unclear is looked at by a nurse; it is not nothing.
    if answers.named.is_empty() && !unclear && (family.is_empty() || born.is_none() || nhs_number.is_none()) {
        return fault(AnswersFault::Nobody, at.to_owned());
    }
    Ok(ReadAnswers { body: kept(response, patient), answers })
}

pub(crate) fn fault<T>(fault: AnswersFault, place: String) -> Result<T, NotTaken> {
    Err(NotTaken { fault, place: Some(place) })
}

fn whole<T>(fault: AnswersFault) -> Result<T, NotTaken> {
    Err(NotTaken { fault, place: None })
}

fn kept(response: &Value, patient: Option<&Value>) -> String {
    let entries: Vec<_> =
        [Some(response), patient].into_iter().flatten().map(|one| json!({ "resource": one })).collect();
    canonical(&json!({ "resourceType": "Bundle", "type": "collection", "entry": entries }))
}

/// The one response, and the patient that came with it: in the same bundle, or within the response.
fn found(root: &Value) -> Result<(&Value, Option<&Value>), NotTaken> {
    let one: [&Value; 1] = [root];
    let resources: Vec<&Value> = match member(root, "resourceType") {
        Some("Bundle") => list(root, "entry").iter().filter_map(|entry| entry.get("resource")).collect(),
        _ => one.to_vec(),
    };
    let of = |kind: &'static str| resources.iter().filter(|one| member(one, "resourceType") == Some(kind)).copied();
    let response = match of("QuestionnaireResponse").collect::<Vec<_>>().as_slice() {
        [] => return whole(AnswersFault::NotAnswers),
        [one] => *one,
        _ => return fault(AnswersFault::SeveralAnswers, "Bundle.entry".to_owned()),
    };
    let contained = list(response, "contained").iter();
    let patients: Vec<_> =
        of("Patient").chain(contained.filter(|one| member(one, "resourceType") == Some("Patient"))).collect();
    match patients.as_slice() {
        [] => Ok((response, None)),
        [one] => Ok((response, Some(*one))),
        _ => fault(AnswersFault::SeveralPatients, "Bundle.entry".to_owned()),
    }
}

/// Who gave the answers, and who helped: the patient unless the response says otherwise.
fn source(response: &Value) -> Result<(AnsweredBy, String), NotTaken> {
    let ours = |name: &str, value: &str| {
        let url = format!("https://holdfast.example/fhir/StructureDefinition/{name}");
        let extension = list(response, "extension").iter().find(|one| member(one, "url") == Some(&url))?;
        extension.get(value)?.as_str()
    };
    let source = response.get("source");
    let carer = source.is_some_and(|source| {
        let reference = member(source, "reference").is_some_and(|to| to.starts_with("RelatedPerson/"));
        reference || member(source, "type") == Some("RelatedPerson")
    });
    let said = ours("answered-by", "valueCode").and_then(AnsweredBy::from_code);
    let answered_by = said.unwrap_or(if carer { AnsweredBy::Carer } else { AnsweredBy::Patient });
    let name = source.filter(|_| carer).and_then(|source| member(source, "display"));
    let helper = ours("answered-with", "valueString").or(name).unwrap_or_default();
    match text::line(helper) {
        Ok(helper) => Ok((answered_by, helper)),
        Err(_) => fault(AnswersFault::Text, "QuestionnaireResponse.source".to_owned()),
    }
}

/// The day in London of a date or a moment.
fn day_of(authored: &str) -> Option<Date> {
    let moment = authored.parse::<jiff::Timestamp>().ok().map(|at| day::london(at.as_millisecond()).date());
    moment.or_else(|| (authored.len() == 10).then(|| authored.parse().ok()).flatten())
}

pub(crate) fn member<'a>(of: &'a Value, name: &str) -> Option<&'a str> {
    of.get(name)?.as_str()
}

pub(crate) fn list<'a>(of: &'a Value, name: &str) -> &'a [Value] {
    of.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
#[path = "answers_tests.rs"]
mod tests;
