//! What is there of a person or an invitation and cannot be read, or says two things, is never taken as not there.

use jiff::civil::date;
use serde_json::json;

use super::*;

const A: &str = "00000000-0000-4000-8000-000000000001";

fn number(value: &str) -> Value {
    json!({ "system": NHS_NUMBER, "value": value })
}

fn anna() -> Value {
    json!({
        "identifier": [number("9990000018"), { "system": "https://hospital.example", "value": 7 }],
        "name": [
            { "use": "maiden", "family": "Before" },
            { "use": "official", "family": "Invented", "given": ["Anna"] },
        ],
        "birthDate": "1956-07-14",
    })
}

/// Who it is, and whether that is unclear.
fn read(response: &Value, patient: &Value) -> (GivenPerson, bool) {
    let mut unclear = false;
    let person = person(response, Some(patient), &mut unclear);
    (person, unclear)
}

fn with(name: &str, value: Value) -> (GivenPerson, bool) {
    let mut patient = anna();
    patient[name] = value;
    read(&json!({}), &patient)
}

#[test]
fn what_says_the_same_twice_and_what_is_not_there_is_clear() {
    let subject = json!({ "subject": { "identifier": number("999 000 0018") } });
    let (person, unclear) = read(&subject, &anna());
    assert!(!unclear);
    assert_eq!(
        (person.family.as_str(), person.given.as_str(), person.born),
        ("Invented", "Anna", Some(date(1956, 7, 14)))
    );
    assert_eq!(person.nhs_number, NhsNumber::parse("9990000018").ok());
    assert_eq!(read(&json!({}), &json!({})), (GivenPerson::default(), false));
    for (name, absent) in [("birthDate", Value::Null), ("name", json!([])), ("identifier", Value::Null)] {
        assert!(!with(name, absent).1, "{name}");
    }
    let two =
        json!([{ "use": "usual", "family": "INVENTED" }, { "family": "Invented" }, { "use": "old", "family": "X" }]);
    assert_eq!((with("name", two.clone()).0.family.as_str(), with("name", two).1), ("INVENTED", false));
}

#[test]
fn a_birth_date_a_number_or_a_name_that_cannot_be_read_is_unclear() {
    for day in [json!("1956-07"), json!("1956"), json!("14/07/1956"), json!("1956-02-30"), json!(19_560_714), json!("")]
    {
        let (person, unclear) = with("birthDate", day.clone());
        assert!(unclear && person.born.is_none(), "{day}");
    }
    for wrong in [number("9990000019"), number(""), json!({ "system": NHS_NUMBER }), json!("9990000018")] {
        let (_, unclear) = with("identifier", json!([wrong]));
        assert!(unclear, "{wrong}");
    }
    assert!(with("identifier", json!([number("9990000018"), number("9990000019")])).1, "also beside one that reads");
    for name in [json!([{ "family": 5 }]), json!([{ "family": "a\u{0}b" }]), json!("Invented")] {
        let (person, unclear) = with("name", name.clone());
        assert!(unclear && person.family.is_empty(), "{name}");
    }
}

#[test]
fn two_that_differ_are_unclear_and_neither_is_taken() {
    let subject = json!({ "subject": { "identifier": number("9990000026") } });
    let (person, unclear) = read(&subject, &anna());
    assert!(unclear && person.nhs_number.is_none());
    let (person, unclear) = with("identifier", json!([number("9990000018"), number("9990000026")]));
    assert!(unclear && person.nhs_number.is_none());
    let names = json!([{ "use": "official", "family": "Invented" }, { "use": "official", "family": "Fiction" }]);
    let (person, unclear) = with("name", names);
    assert!(unclear && person.family.is_empty());
}

#[test]
fn every_invitation_that_is_named_is_read() {
    let code = |value: &str| json!({ "system": PASS_CODE, "value": value });
    let record = |value: &str| json!({ "identifier": { "system": RECORD, "value": value } });
    let read = |response: Value| {
        let mut unclear = false;
        let named = named(&response, &mut unclear);
        (named, unclear)
    };
    let one = Named::Code("ab12".to_owned());
    let other = InvitationId::parse(A).map(Named::Invitation).unwrap();
    assert_eq!(read(json!({})), (vec![], false));
    assert_eq!(read(json!({ "identifier": code("ab12") })), (vec![one.clone()], false));
    let both = json!({ "identifier": code("ab12"), "basedOn": [record(A), record(A), { "reference": "Task/7" }] });
    assert_eq!(read(both), (vec![one.clone(), other.clone()], false), "whether they are the same is not known here");
    let broken = json!({ "identifier": code("ab12"), "basedOn": [record("seven")] });
    assert_eq!(read(broken), (vec![one.clone()], true));
    let several = json!({ "identifier": [code("ab12"), code("cd34")] });
    assert_eq!(read(several), (vec![one, Named::Code("cd34".to_owned())], false));
    for wrong in [json!({ "system": PASS_CODE }), code("a\u{0}b"), code(" "), json!("ab12")] {
        assert_eq!(read(json!({ "identifier": wrong })), (vec![], true));
    }
    let lone = json!({ "basedOn": record(A) });
    assert_eq!(read(lone), (vec![other], false), "one that is no list");
}
