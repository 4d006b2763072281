//! What is read of the trust's appointments, and what is not. The table is in `visit_read`.

use jiff::civil::date;
use serde_json::json;

use super::*;

fn appointment() -> Value {
    json!({
        "resourceType": "Appointment",
        "id": "apt-7",
        "status": "booked",
        "serviceType": [{ "coding": [{ "display": "Colorectal surgery" }] }],
        "reasonCode": [{ "text": "Results" }],
        "description": "Follow-up",
        "start": "2026-07-14T08:40:00Z",
        "end": "2026-07-14T09:00:00Z",
        "participant": [
            { "actor": { "reference": "Patient/pat-1" }, "status": "accepted" },
            { "actor": { "reference": "Location/loc-3", "display": "Colorectal clinic, Room 3" }, "status": "accepted" },
            { "actor": { "type": "Practitioner", "display": "Ruth Invented" }, "status": "accepted" },
        ],
    })
}

fn read(change: impl FnOnce(&mut Value)) -> Result<ReadVisit, ReadFault> {
    let mut body = appointment();
    change(&mut body);
    read_visit(&body)
}

#[test]
fn an_appointment_is_read_as_a_place_on_the_list_in_london() {
    let read = read(|_| ()).unwrap();
    assert_eq!((read.id(), read.patient(), read.ours), ("apt-7", "pat-1", false));
    let visit = read.visit(GivenPerson::default(), None).unwrap();
    assert_eq!((visit.day, visit.time.hour(), visit.time.minute()), (date(2026, 7, 14), 9, 40), "summer time");
    assert_eq!(
        (&*visit.clinic, &*visit.reason, &*visit.nurse),
        ("Colorectal clinic, Room 3", "Results", "Ruth Invented")
    );
    assert!(!visit.appointment.cancelled);
}

#[test]
fn what_is_only_shown_has_a_second_source_and_is_shortened() {
    let read = read(|body| {
        body["participant"] = json!([{ "actor": { "reference": "Patient/pat-1" } }]);
        body["reasonCode"] = json!([{ "text": format!("a\u{7}b{}", "x".repeat(5_000)) }]);
    });
    let visit = read.unwrap().visit(GivenPerson::default(), None).unwrap();
    assert_eq!((&*visit.clinic, &*visit.nurse), ("Colorectal surgery", ""));
    assert!(visit.reason.starts_with("a bxxx") && visit.reason.chars().count() == text::LINE);
}

#[test]
fn it_takes_place_or_not_by_its_status_and_its_day() {
    for (status, cancelled) in [
        ("pending", false),
        ("arrived", false),
        ("checked-in", false),
        ("fulfilled", false),
        ("noshow", false),
        ("proposed", true),
        ("waitlist", true),
        ("cancelled", true),
        ("entered-in-error", true),
    ] {
        let visit = read(|body| body["status"] = json!(status)).unwrap().visit(GivenPerson::default(), None);
        assert_eq!(visit.unwrap().appointment.cancelled, cancelled, "{status}");
    }
    let nobody_knows = read(|body| body["start"] = Value::Null).unwrap();
    assert_eq!(nobody_knows.clone().visit(GivenPerson::default(), None), None);
    let before = date(2026, 7, 14).at(9, 40, 0, 0);
    let visit = nobody_knows.visit(GivenPerson::default(), Some(before)).unwrap();
    assert_eq!((visit.day, visit.appointment.cancelled), (date(2026, 7, 14), true), "it was put off");
}

#[test]
fn what_is_nobodys_or_two_peoples_or_none_is_not_read() {
    let two = json!([{ "actor": { "reference": "Patient/a" } }, { "actor": { "reference": "Patient/b" } }]);
    for (member, value, fault) in [
        ("resourceType", json!("Patient"), ReadFault::NotOurs("resourceType")),
        ("id", json!("a/../b"), ReadFault::Missing("id")),
        ("id", json!(7), ReadFault::Unreadable("id")),
        ("status", Value::Null, ReadFault::Missing("status")),
        ("status", json!("perhaps"), ReadFault::Unreadable("status")),
        ("participant", json!([]), ReadFault::Missing("participant")),
        ("participant", json!(["Patient/a"]), ReadFault::Unreadable("participant")),
        ("participant", two, ReadFault::Unreadable("participant")),
        (
            "participant",
            json!([{ "actor": { "reference": "Patient/https://elsewhere" } }]),
            ReadFault::Unreadable("participant"),
        ),
        ("start", json!("tomorrow"), ReadFault::Unreadable("start")),
        ("identifier", json!("x"), ReadFault::Unreadable("identifier")),
    ] {
        assert_eq!(read(|body| body[member] = value.clone()), Err(fault), "{member} {value}");
    }
    for hostile in [Value::Null, json!([]), json!({}), json!("x"), json!({ "resourceType": ["Appointment"] })] {
        assert!(read_visit(&hostile).is_err());
        assert_eq!(read_person(&hostile), GivenPerson::default());
    }
}

#[test]
fn one_that_holdfast_made_is_known_by_our_identifier() {
    assert!(read(|body| body["identifier"] = json!([{ "system": RECORD, "value": "x" }])).unwrap().ours);
    let other = json!([{ "system": "https://elsewhere.example", "value": "x" }]);
    assert!(!read(|body| body["identifier"] = other).unwrap().ours);
}

#[test]
fn the_person_is_named_as_the_trust_does() {
    let given = read_person(&json!({
        "resourceType": "Patient",
        "identifier": [{ "system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9990000018" }],
        "name": [{ "use": "official", "family": "Invented", "given": ["Anna", "Maria"] }],
        "birthDate": "1956-07-14",
    }));
    assert_eq!((&*given.family, given.born), ("Invented", Some(date(1956, 7, 14))));
    assert_eq!(given.nhs_number.unwrap().digits(), "9990000018");
    assert!(given.given.starts_with("Anna"));
}
