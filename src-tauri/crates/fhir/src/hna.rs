//! A completed assessment as a QuestionnaireResponse, and each score as an Observation derived from it. How answers stand in a
//! response is written down in `assets/content/README.md`.

use domain::checklist::Checklist;
use domain::hna::{Answer, AnsweredBy, Concern, ConcernKey, Hna, HnaStatus, Method, PathwayPoint};
use domain::id::HnaId;
use serde_json::{Value, json};

use crate::author::Author;
use crate::id;
use crate::resource::Resource;
use crate::value::{ABSENT, CONCERN, RECORD, STAFF, coded, concern, hl7, instant, ours, to, to_record, uk_core};

/// The assessment's response, then an Observation for each scored concern in the order of the checklist. `checklist` is the version
/// it was made on, `patient` the reference by which the trust knows the patient, `author` who completed it.
pub fn hna(hna: &Hna, checklist: &Checklist, patient: &str, author: &Author<'_>) -> Vec<Resource> {
    let response = Resource::new("QuestionnaireResponse", response_id(hna.id), response(hna, checklist, patient));
    let reference = response.reference();
    let mut all = vec![response];
    for raised in &hna.concerns {
        if let Answer::Rated(rating) = raised.answer {
            let body = json!({
                "meta": uk_core("Observation|2.5.0"),
                "status": "final",
                "category": [hl7("observation-category", "survey")],
                "code": concern(code(checklist, raised), words(checklist, raised)),
                "subject": to(patient),
                "effectiveDateTime": at(hna),
                "performer": [author.reference()],
                "valueInteger": rating.score(),
                "derivedFrom": [to(&reference)],
            });
            let role = format!("score/{}", raised.key.as_str());
            all.push(Resource::new("Observation", id::of(hna.id.bytes(), &role), body));
        }
    }
    all
}

/// The reference of an assessment's response, for records made from it.
pub fn hna_response(hna: HnaId) -> String {
    format!("QuestionnaireResponse/{}", response_id(hna))
}

pub(crate) fn response_id(hna: HnaId) -> String {
    id::of(hna.bytes(), "response")
}

fn response(hna: &Hna, checklist: &Checklist, patient: &str) -> Value {
    let status = match hna.status {
        HnaStatus::Draft => "in-progress",
        HnaStatus::Completed => "completed",
        HnaStatus::Discarded => "stopped",
    };
    json!({
        "meta": uk_core("QuestionnaireResponse"),
        "extension": extensions(hna),
        "identifier": { "system": RECORD, "value": hna.id.to_string() },
        "questionnaire": hna.checklist,
        "status": status,
        "subject": to(patient),
        "authored": at(hna),
        "author": {
            "type": "Practitioner",
            "identifier": { "system": STAFF, "value": hna.typed_by.to_string() },
            "display": hna.typed_by_name,
        },
        "source": source(hna, patient),
        "item": items(hna, checklist),
    })
}

/// The day of the answers where it is known apart from the typing, else the moment of completion.
fn at(hna: &Hna) -> String {
    if let Some(day) = hna.answered_on {
        return day.to_string();
    }
    instant(hna.completed_at.unwrap_or(hna.started_at))
}

/// Who gave the answers: the patient, also with help and through an interpreter; or a carer, of whom we have only the name.
fn source(hna: &Hna, patient: &str) -> Value {
    match hna.answered_by {
        AnsweredBy::Patient | AnsweredBy::PatientWithHelp | AnsweredBy::Interpreter => to(patient),
        AnsweredBy::Carer => {
            let name = if hna.helper.is_empty() { "Carer" } else { &hna.helper };
            json!({ "type": "RelatedPerson", "display": name })
        }
    }
}

fn extensions(hna: &Hna) -> Vec<Value> {
    let mode = match hna.method {
        Method::FaceToFace => "FACE",
        Method::Telephone => "PHONE",
        Method::Video => "VIDEOCONF",
        Method::Paper => "WRITTEN",
        Method::ThisPc => "TYPEWRIT",
        Method::Home => "ONLINEWRIT",
    };
    let mut extensions = vec![
        json!({
            "url": "http://hl7.org/fhir/StructureDefinition/questionnaireresponse-completionMode",
            "valueCodeableConcept": hl7("v3-ParticipationMode", mode),
        }),
        ours("pathway-point", "valueCodeableConcept", pathway_point(hna.pathway_point)),
        ours("answered-by", "valueCode", json!(hna.answered_by.code())),
    ];
    if let Some(former) = hna.again {
        let former = to_record(&hna_response(former), &former.to_string());
        extensions.push(ours("scores-again", "valueReference", former));
    }
    if !hna.helper.is_empty() {
        extensions.push(ours("answered-with", "valueString", json!(hna.helper)));
    }
    extensions.push(record(hna));
    extensions
}

/// What another PC of ours knows of the assessment and FHIR has no element for.
fn record(hna: &Hna) -> Value {
    let part = |name: &str, value: &str, is: Value| json!({ "url": name, value: is });
    let parts = [
        Some(part("started", "valueDateTime", json!(instant(hna.started_at)))),
        hna.completed_at.map(|at| part("completed", "valueDateTime", json!(instant(at)))),
        (hna.own_added > 0).then(|| part("own-added", "valueInteger", json!(hna.own_added))),
        hna.invitation.map(|id| part("invitation", "valueString", json!(id.to_string()))),
    ];
    ours("assessment-record", "extension", parts.into_iter().flatten().collect())
}

/// A point of the pathway, in our code and in that of the English cancer dataset.
pub(crate) fn pathway_point(point: PathwayPoint) -> Value {
    let cosd = match point {
        PathwayPoint::InitialDiagnosis => "01",
        PathwayPoint::StartOfTreatment => "02",
        PathwayPoint::DuringTreatment => "03",
        PathwayPoint::EndOfTreatment => "04",
        PathwayPoint::Recurrence => "05",
        PathwayPoint::TransitionToPalliative => "06",
        PathwayPoint::Prehabilitation => "07",
        PathwayPoint::PalliativeCare => "08",
        PathwayPoint::Other => "97",
    };
    coded(&[("pathway-point", point.code()), ("cosd-pathway-point", cosd)])
}

fn items(hna: &Hna, checklist: &Checklist) -> Vec<Value> {
    let mut items = Vec::new();
    for area in &checklist.domains {
        let raised = area.items.iter().filter_map(|item| {
            let concern = hna.concerns.iter().find(|concern| concern.key.as_str() == item.key)?;
            Some(json!({ "linkId": item.key, "text": item.text, "answer": score(concern.answer) }))
        });
        let raised: Vec<_> = raised.collect();
        let declined = hna.declined_domains.contains(&area.key);
        if declined || !raised.is_empty() {
            let why = declined.then(|| [asked_declined()]);
            items.push(json!({ "extension": why, "linkId": area.key, "text": area.title, "item": raised }));
        }
    }
    for concern in &hna.concerns {
        if let Some(words) = &concern.words {
            let said = json!({ "linkId": "own.words", "answer": [{ "valueString": words }] });
            let rating = json!({ "linkId": "own.rating", "answer": score(concern.answer) });
            items.push(json!({ "id": concern.key.as_str(), "linkId": "own", "item": [said, rating] }));
        }
    }
    let private: Vec<_> = hna.concerns.iter().filter(|concern| concern.private).map(|concern| &concern.key).collect();
    for (link, keys) in [("matters", hna.ranked.iter().collect()), ("private", private)] {
        let named: Vec<_> = keys.into_iter().filter_map(|key| named(hna, checklist, key)).collect();
        if !named.is_empty() {
            items.push(json!({ "linkId": link, "answer": named }));
        }
    }
    let wanted = checklist.topics.iter().filter(|topic| hna.information.contains(&topic.key));
    let wanted: Vec<_> = wanted
        .map(|topic| json!({ "linkId": topic.key, "text": topic.text, "answer": [{ "valueBoolean": true }] }))
        .collect();
    if !wanted.is_empty() {
        items.push(json!({ "linkId": "information", "item": wanted }));
    }
    if !hna.questions.is_empty() {
        items.push(json!({ "linkId": "questions", "answer": [{ "valueString": hna.questions }] }));
    }
    items
}

/// The answer to one concern: not answered, declined and a score are three different things.
fn score(answer: Answer) -> Vec<Value> {
    match answer {
        Answer::Unanswered => Vec::new(),
        Answer::Declined => vec![json!({ "_valueInteger": { "extension": [asked_declined()] } })],
        Answer::Rated(rating) => vec![json!({ "valueInteger": rating.score() })],
    }
}

fn asked_declined() -> Value {
    json!({ "url": ABSENT, "valueCode": "asked-declined" })
}

/// A raised concern as a choice: its code, or the patient's own words exactly as they stand in `own.words`.
fn named(hna: &Hna, checklist: &Checklist, key: &ConcernKey) -> Option<Value> {
    let concern = hna.concern(key)?;
    match (code(checklist, concern), words(checklist, concern)) {
        (Some(code), words) => Some(json!({ "valueCoding": { "system": CONCERN, "code": code, "display": words } })),
        (None, words) => Some(json!({ "valueString": words })),
    }
}

fn code<'a>(checklist: &'a Checklist, concern: &Concern) -> Option<&'a str> {
    checklist.item(concern.key.as_str()).map(|(_, item)| item.code.as_str())
}

fn words<'a>(checklist: &'a Checklist, concern: &'a Concern) -> &'a str {
    let item = || checklist.item(concern.key.as_str()).map(|(_, item)| item.text.as_str());
    concern.words.as_deref().or_else(item).unwrap_or(concern.key.as_str())
}
