//! Whom the trust knows already: before a patient's first sending the NHS number is looked up, so that nobody is made twice and
//! nobody's demographics are overwritten.

use domain::patient::Patient;
use serde_json::Value;
use store::TrustRef;

use crate::answer::{Reply, of_bundle};
use crate::event::Match;
use crate::fault::Trouble;

/// The system of an NHS number in FHIR.
const NHS_NUMBER: &str = "https://fhir.nhs.uk/Id/nhs-number";

/// More than this many people under one number would be no answer.
const MOST: &str = "50";

/// The query of the search, or None for a patient without an NHS number, whom only a person could find.
pub(crate) fn query(patient: &Patient) -> Option<[(&'static str, String); 2]> {
    let number = patient.nhs_number.as_ref()?.digits();
    Some([("identifier", format!("{NHS_NUMBER}|{number}")), ("_count", MOST.to_owned())])
}

/// Reads the answer for this patient.
pub(crate) fn read(reply: &Reply, patient: &Patient) -> Result<Match, Trouble> {
    let (resources, more) = of_bundle(reply, "searchset")?;
    let number = patient.nhs_number.as_ref().map(|number| number.digits());
    // A server that ignores the parameter answers with everybody.
    let theirs = resources.iter().filter(|one| is(one, "Patient") && number.as_deref().is_some_and(|n| has(one, n)));
    let theirs: Vec<&Value> = theirs.collect();
    match theirs.as_slice() {
        [] if more => Ok(Match::Several),
        [] => Ok(Match::None),
        [one] if !more => {
            let born = one.get("birthDate").and_then(Value::as_str);
            let id = one.get("id").and_then(Value::as_str);
            match (id, born) {
                (Some(id), Some(born)) if born == patient.born.to_string() => Ok(Match::One(there(patient, one, id))),
                _ => Ok(Match::OtherBirthDate),
            }
        }
        _ => Ok(Match::Several),
    }
}

/// A Patient under our own id is ours, from a first try whose answer was lost or from before this PC was restored.
fn there(patient: &Patient, resource: &Value, id: &str) -> TrustRef {
    let local_id = patient.id.to_string();
    let version = resource.pointer("/meta/versionId").and_then(Value::as_str);
    let ours = (local_id == id).then(|| version.map(|version| format!("W/\"{version}\"")));
    TrustRef { kind: "Patient".to_owned(), local_id, server_id: id.to_owned(), version: ours.flatten() }
}

fn is(resource: &Value, kind: &str) -> bool {
    resource.get("resourceType").and_then(Value::as_str) == Some(kind)
}

fn has(resource: &Value, number: &str) -> bool {
    let identifiers = resource.get("identifier").and_then(Value::as_array);
    identifiers.into_iter().flatten().any(|identifier| {
        let part = |name: &str| identifier.get(name).and_then(Value::as_str);
        part("system") == Some(NHS_NUMBER) && part("value") == Some(number)
    })
}

#[cfg(test)]
mod tests {
    use std::slice::from_ref;

    use domain::id::PatientId;
    use domain::nhs_number::NhsNumber;
    use domain::patient::{Cancer, Gender, Name, Needs};
    use domain::staff::Organisation;
    use serde_json::json;

    use super::*;
    use crate::answer::Answered;
    use crate::fault::Fault;

    fn anna() -> Patient {
        Patient {
            id: PatientId::from_random([1; 16]),
            nhs_number: NhsNumber::parse("999 000 0018").ok(),
            hospital_number: String::new(),
            name: Name::default(),
            born: "1956-07-14".parse().unwrap(),
            gender: Gender::Female,
            address: String::new(),
            postcode: String::new(),
            phone: String::new(),
            mobile: String::new(),
            email: String::new(),
            practice: Organisation::default(),
            needs: Needs { print_points: 14, interpreter: String::new(), other: String::new() },
            cancer: Cancer::default(),
            key_worker: String::new(),
            team: String::new(),
            diagnosed_at: Organisation::default(),
            followed_up_at: Organisation::default(),
            checked_at: 0,
        }
    }

    fn theirs(id: &str, born: &str, number: &str) -> Value {
        json!({ "resource": {
            "resourceType": "Patient", "id": id, "birthDate": born, "meta": { "versionId": "3" },
            "identifier": [{ "system": NHS_NUMBER, "value": number }],
        }})
    }

    fn found(entries: &[Value], more: bool) -> Result<Match, Trouble> {
        let links = if more { json!([{ "relation": "next", "url": "x" }]) } else { json!([]) };
        let body = json!({ "resourceType": "Bundle", "type": "searchset", "link": links, "entry": entries });
        let answered =
            Answered { status: 200, media: "application/fhir+json".into(), body: Some(body), ..Answered::default() };
        read(&Reply::Answered(answered), &anna())
    }

    #[test]
    fn one_who_is_surely_the_same_is_used_and_any_other_answer_is_not() {
        let same = theirs("there", "1956-07-14", "9990000018");
        let there = TrustRef {
            kind: "Patient".to_owned(),
            local_id: anna().id.to_string(),
            server_id: "there".to_owned(),
            version: None,
        };
        assert_eq!(found(from_ref(&same), false), Ok(Match::One(there)));
        assert_eq!(found(&[], false), Ok(Match::None));
        assert_eq!(found(&[same.clone(), theirs("two", "1956-07-14", "9990000018")], false), Ok(Match::Several));
        assert_eq!(found(from_ref(&same), true), Ok(Match::Several), "there are more pages");
        assert_eq!(found(&[theirs("there", "1956-07-15", "9990000018")], false), Ok(Match::OtherBirthDate));
        assert_eq!(found(&[theirs("there", "1956", "9990000018")], false), Ok(Match::OtherBirthDate));
    }

    #[test]
    fn a_server_that_answers_with_everybody_is_not_believed() {
        let other = theirs("other", "1956-07-14", "9990000026");
        assert_eq!(found(from_ref(&other), false), Ok(Match::None));
        assert_eq!(found(&[other], true), Ok(Match::Several));
    }

    #[test]
    fn one_under_our_own_id_is_ours() {
        let id = anna().id.to_string();
        match found(&[theirs(&id, "1956-07-14", "9990000018")], false) {
            Ok(Match::One(there)) => assert_eq!(there.version.as_deref(), Some("W/\"3\"")),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn without_a_number_nobody_is_looked_for_and_a_fault_is_no_answer() {
        assert!(query(&Patient { nhs_number: None, ..anna() }).is_none());
        assert_eq!(query(&anna()).unwrap()[0].1, "https://fhir.nhs.uk/Id/nhs-number|9990000018");
        assert_eq!(read(&Reply::CutOff, &anna()), Err(Trouble::of(Fault::CutOff)));
    }
}
