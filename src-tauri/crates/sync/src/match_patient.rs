//! Whom the trust knows already: before a patient's first sending the NHS number is looked up, so that nobody is made twice and
//! nobody's demographics are overwritten.

use domain::likeness::{likeness, name_keys};
use domain::patient::Patient;
use serde_json::Value;
use store::{Doubt, Theirs, TrustRef};

use crate::answer::{Reply, of_bundle};
use crate::event::Match;
use crate::fault::Trouble;
use crate::leftover::is_id;
use crate::together::Found;

/// The system of an NHS number in FHIR.
const NHS_NUMBER: &str = "https://fhir.nhs.uk/Id/nhs-number";

/// More than this many people under one number would be no answer.
const MOST: &str = "50";

/// The query of the search, or None for a patient without an NHS number, whom only a person could find.
pub(crate) fn query(patient: &Patient) -> Option<[(&'static str, String); 2]> {
    of_number(patient.nhs_number.as_ref()?.digits())
}

/// The same for somebody of whom this is known.
pub(crate) fn query_for(sought: &Sought<'_>) -> Option<[(&'static str, String); 2]> {
    of_number(sought.number.clone()?)
}

fn of_number(number: String) -> Option<[(&'static str, String); 2]> {
    Some([("identifier", format!("{NHS_NUMBER}|{number}")), ("_count", MOST.to_owned())])
}

/// Reads the answer for this patient. Who is surely the same has the number now, was born that day and is called like that.
pub(crate) fn read(reply: &Reply, patient: &Patient) -> Result<Match, Trouble> {
    of_bundle(reply, "searchset").map(|found| among(&found, patient))
}

/// Who of those found is this patient, also among what was found for others.
pub(crate) fn among(found: &Found, patient: &Patient) -> Match {
    let (id, born) = (patient.id.to_string(), patient.born.to_string());
    let number = patient.nhs_number.as_ref().map(|number| number.digits());
    sought_among(found, &Sought { id: &id, number, born: &born, family: &patient.name.family })
}

/// Who is looked for at the trust.
pub(crate) struct Sought<'a> {
    /// Our id.
    pub id: &'a str,
    /// The NHS number's digits.
    pub number: Option<String>,
    /// The day of birth, as FHIR has it.
    pub born: &'a str,
    pub family: &'a str,
}

/// The same for somebody of whom this is known.
pub(crate) fn read_for(reply: &Reply, sought: &Sought<'_>) -> Result<Match, Trouble> {
    of_bundle(reply, "searchset").map(|found| sought_among(&found, sought))
}

fn sought_among((resources, more): &Found, sought: &Sought<'_>) -> Match {
    let more = *more;
    // A server that ignores the parameter answers with everybody.
    let holds =
        |one: &&Value, now: bool| is(one, "Patient") && sought.number.as_deref().is_some_and(|n| has(one, n, now));
    let formerly = resources.iter().any(|one| holds(&one, false));
    let theirs: Vec<&Value> = resources.iter().filter(|one| holds(one, true) && is_in_use(one)).collect();
    match theirs.as_slice() {
        [] if more => Match::Several,
        [] if formerly => Match::NotCurrent,
        [] => Match::None,
        [one] if !more => compared(sought, one),
        _ => Match::Several,
    }
}

fn compared(sought: &Sought<'_>, one: &Value) -> Match {
    let (local_id, born) = (sought.id.to_owned(), one.get("birthDate").and_then(Value::as_str));
    let kind = "Patient".to_owned();
    match one.get("id").and_then(Value::as_str) {
        // From a first try whose answer was lost, or from before this PC was restored.
        Some(id) if id == local_id => {
            Match::Ours(vec![Theirs { kind, server_id: local_id, body: Some(one.to_string()), ..Theirs::default() }])
        }
        // It would become part of an address.
        Some(id) if !is_id(id) => Match::Several,
        Some(id) if born == Some(sought.born) => {
            if is_called(one, sought.family) {
                Match::One(TrustRef { kind, local_id, server_id: id.to_owned(), version: None })
            } else {
                Match::OtherName
            }
        }
        _ => Match::OtherBirthDate,
    }
}

/// What the answer comes to for a lane whose patient was believed to be `known` at the trust until it was doubted.
pub(crate) fn settled(found: Match, known: Option<&(TrustRef, Doubt, bool)>) -> Match {
    let Some((known, doubt, acked)) = known else { return found };
    let ours = known.version.is_some();
    match found {
        // A person may have been told that the Patient is gone: it is there again, or still.
        Match::One(there) if there.server_id == known.server_id => Match::One(known.clone()),
        Match::Ours(_) | Match::None if ours => Match::One(known.clone()),
        Match::One(_) | Match::None if *acked && *doubt != Doubt::Told => Match::Corrected,
        Match::None => Match::Forget,
        other => other,
    }
}

/// Neither out of use nor merged with another.
pub fn is_in_use(patient: &Value) -> bool {
    let mut links = patient.get("link").and_then(Value::as_array).into_iter().flatten();
    let replaced = links.any(|link| link.get("type").and_then(Value::as_str) == Some("replaced-by"));
    !replaced && patient.get("active").and_then(Value::as_bool) != Some(false)
}

fn is(resource: &Value, kind: &str) -> bool {
    resource.get("resourceType").and_then(Value::as_str) == Some(kind)
}

/// Whether it has this number: `now`, or ever.
fn has(resource: &Value, number: &str, now: bool) -> bool {
    let identifiers = resource.get("identifier").and_then(Value::as_array);
    identifiers.into_iter().flatten().any(|identifier| {
        let part = |name: &str| identifier.get(name).and_then(Value::as_str);
        let same = part("system") == Some(NHS_NUMBER) && part("value") == Some(number);
        same && !(now && part("use") == Some("old"))
    })
}

/// Whether one of its family names, a former one too, is like this one: slips, accents and one part of a double name are forgiven.
fn is_called(resource: &Value, family: &str) -> bool {
    let ours = name_keys(family);
    let names = resource.get("name").and_then(Value::as_array).into_iter().flatten();
    names.filter_map(|name| name.get("family").and_then(Value::as_str)).any(|theirs| {
        let theirs = name_keys(theirs);
        ours.split(' ').any(|one| theirs.split(' ').any(|other| alike(one, other)))
    })
}

/// Each answers to the other: that one begins the other is not enough.
fn alike(one: &str, other: &str) -> bool {
    likeness(one, other).is_some() && likeness(other, one).is_some()
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
            name: Name { family: "Łukaszewska-O’Brien".to_owned(), ..Name::default() },
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
            died: None,
            death_taken_back: String::new(),
            checked_at: 0,
        }
    }

    fn theirs(id: &str, born: &str, number: &str) -> Value {
        json!({ "resource": {
            "resourceType": "Patient", "id": id, "birthDate": born, "meta": { "versionId": "3" },
            "name": [{ "family": "Lukaszewska" }],
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
    fn one_under_our_own_id_that_is_not_known_here_is_ours_to_ask_about() {
        let id = anna().id.to_string();
        assert!(matches!(found(&[theirs(&id, "1956-07-14", "9990000018")], false), Ok(Match::Ours(_))));
    }

    fn changed(key: &str, value: Value) -> Value {
        let mut one = theirs("there", "1956-07-14", "9990000018");
        one["resource"][key] = value;
        one
    }

    #[test]
    fn another_family_name_is_somebody_else_and_a_former_or_mistyped_one_is_not() {
        let named = |names: Value| found(&[changed("name", names)], false);
        for family in ["O'Brien", "Łukaszewska", "lukaszewskaobrien", "Lukasewska", "OBrien"] {
            assert!(matches!(named(json!([{ "family": family }])), Ok(Match::One(_))), "{family}");
        }
        let former = json!([{ "family": "Patel" }, { "use": "maiden", "family": "O'Brien" }]);
        assert!(matches!(named(former), Ok(Match::One(_))));
        for names in
            [json!([]), json!([{ "family": "Patel" }]), json!([{ "family": "Luk" }]), json!([{ "family": "O" }])]
        {
            assert_eq!(named(names.clone()), Ok(Match::OtherName), "{names}");
        }
    }

    #[test]
    fn one_out_of_use_is_no_answer_and_does_not_hide_the_one_in_use() {
        let old = json!([{ "use": "old", "system": NHS_NUMBER, "value": "9990000018" }]);
        let replaced = json!([{ "other": { "reference": "Patient/x" }, "type": "replaced-by" }]);
        for gone in [changed("active", json!(false)), changed("link", replaced), changed("identifier", old)] {
            assert_eq!(found(from_ref(&gone), false), Ok(Match::NotCurrent));
            let both = found(&[gone, theirs("other", "1956-07-14", "9990000018")], false);
            assert!(matches!(both, Ok(Match::One(there)) if there.server_id == "other"));
        }
    }

    #[test]
    fn a_correction_is_settled_by_what_was_sent_and_by_what_a_person_was_told() {
        let there = |id: &str, version: Option<&str>| TrustRef {
            kind: "Patient".to_owned(),
            local_id: "us".to_owned(),
            server_id: id.to_owned(),
            version: version.map(str::to_owned),
        };
        let one = |id: &str| Match::One(there(id, None));
        let (theirs, ours) = (there("a", None), there("us", Some("W/\"2\"")));
        let settle =
            |found: Match, known: &TrustRef, doubt, acked| settled(found, Some(&(known.clone(), doubt, acked)));
        assert_eq!(settled(one("b"), None), one("b"));
        for (doubt, acked) in [(Doubt::Corrected, false), (Doubt::Told, true)] {
            assert_eq!(settle(one("b"), &theirs, doubt, acked), one("b"));
            assert_eq!(settle(Match::None, &theirs, doubt, acked), Match::Forget);
        }
        for found in [one("b"), Match::None] {
            assert_eq!(settle(found, &theirs, Doubt::Corrected, true), Match::Corrected);
        }
        assert_eq!(settle(one("a"), &theirs, Doubt::Corrected, true), one("a"), "still the same");
        assert_eq!(settle(Match::None, &ours, Doubt::Corrected, true), Match::One(ours.clone()));
        assert_eq!(settle(one("b"), &ours, Doubt::Corrected, true), Match::Corrected);
        assert_eq!(settle(Match::Several, &ours, Doubt::Told, true), Match::Several);
    }

    #[test]
    fn an_id_that_is_none_is_nobody_who_could_be_asked_for() {
        let found = |id: &str| {
            let one = theirs(id, "1956-07-14", "9990000018")["resource"].clone();
            among(&(vec![one], false), &anna())
        };
        assert!(matches!(found("pas-1"), Match::One(_)));
        for id in ["../../x", "a?b", "..", ""] {
            assert_eq!(found(id), Match::Several, "{id}");
        }
    }

    #[test]
    fn without_a_number_nobody_is_looked_for_and_a_fault_is_no_answer() {
        assert!(query(&Patient { nhs_number: None, ..anna() }).is_none());
        assert_eq!(query(&anna()).unwrap()[0].1, "https://fhir.nhs.uk/Id/nhs-number|9990000018");
        assert_eq!(read(&Reply::CutOff, &anna()), Err(Trouble::of(Fault::CutOff)));
    }
}
