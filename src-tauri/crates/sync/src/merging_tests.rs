//! What speaks against taking anything of theirs without a person, on a real encrypted file.

use std::path::PathBuf;

use domain::id::StaffId;
use domain::nhs_number::NhsNumber;
use domain::op::Op;
use domain::patient::{Cancer, Gender, Name, Needs};
use domain::staff::{By, Organisation, Role, Staff};
use serde_json::json;
use store::{Keys, TrustRef};

use super::*;

/// A folder of this test's own, removed at the end.
pub(crate) struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A database in which Anna is registered, and nothing was sent.
pub(crate) fn registered(name: &str) -> (Store, Folder) {
    let folder = Folder(std::env::temp_dir().join(format!("holdfast-sync-{}-{name}", std::process::id())));
    std::fs::create_dir_all(&folder.0).unwrap();
    let keys = Keys { cipher: "01".repeat(32).into(), audit: [1; 32].into() };
    let mut next = 0_u128;
    let ids = Box::new(move || {
        next += 1;
        Some(next.to_be_bytes())
    });
    let mut store = Store::create(&folder.0.join("clinic.db"), keys, ids).unwrap();
    let nurse = Staff {
        id: StaffId::from_random([1; 16]),
        name: "Ruth Invented".to_owned(),
        role: Role::CancerNurseSpecialist,
        key_holder: true,
        team: String::new(),
        organisation: Organisation::default(),
    };
    store.write::<_, Error>(&by(1), Op::EnrolFirstNurse, |w| w.save_staff(&nurse)).unwrap();
    store.write::<_, Error>(&by(2), Op::RegisterPatient, |w| w.save_patient(&anna(""), None)).unwrap();
    (store, folder)
}

fn by(at: i64) -> By {
    let role = Role::CancerNurseSpecialist;
    let (staff, name) = (StaffId::from_random([1; 16]), "Ruth Invented".to_owned());
    By { staff, name, role, key_holder: true, at, pc: "Clinic room 3".to_owned() }
}

pub(crate) fn anna(phone: &str) -> Patient {
    let cancer = Cancer { cancer_type: "Breast".to_owned(), ..Cancer::default() };
    Patient {
        id: PatientId::from_random([11; 16]),
        nhs_number: NhsNumber::parse("999 000 0018").ok(),
        hospital_number: String::new(),
        name: Name { given: "Anna".to_owned(), family: "Pretend".to_owned(), ..Name::default() },
        born: "1956-07-14".parse().unwrap(),
        gender: Gender::Female,
        address: String::new(),
        postcode: String::new(),
        phone: phone.to_owned(),
        mobile: String::new(),
        email: String::new(),
        practice: Organisation::default(),
        needs: Needs { print_points: 14, interpreter: String::new(), other: String::new() },
        cancer,
        key_worker: String::new(),
        team: String::new(),
        diagnosed_at: Organisation::default(),
        followed_up_at: Organisation::default(),
        died: None,
        death_taken_back: String::new(),
        checked_at: 0,
    }
}

/// The trust has taken what waits.
fn acked(store: &mut Store, version: &str) {
    let one = store.sendings_due(5, 16).unwrap().sendings.remove(0);
    let id = anna("").id.to_string();
    let version = Some(version.to_owned());
    let there = TrustRef { kind: "Patient".to_owned(), local_id: id.clone(), server_id: id, version };
    for kept in [Kept::Sending { sha256: "00".repeat(32) }, Kept::Acked { refs: vec![there] }] {
        store.keep_sendings(10, "Clinic room 3", &[(one.sending, kept)]).unwrap();
    }
}

fn correct(store: &mut Store, phone: &str) {
    let from = store.patient(anna("").id).unwrap().map(|(_, revision)| revision);
    store.write::<_, Error>(&by(3), Op::CorrectPatient, |w| w.save_patient(&anna(phone), from)).unwrap();
}

/// The trust has had Anna without a telephone, then with the first one; the second waits.
fn scene(name: &str) -> (Store, Folder) {
    let (mut store, folder) = registered(name);
    acked(&mut store, "W/\"1\"");
    correct(&mut store, "1");
    acked(&mut store, "W/\"2\"");
    correct(&mut store, "2");
    (store, folder)
}

/// Anna with this telephone as the trust has her, each resource a version after ours.
fn left(phone: &str) -> Vec<Theirs> {
    let one = |one: fhir::Resource| Theirs {
        kind: one.kind.to_owned(),
        server_id: one.id,
        base: Some("W/\"2\"".to_owned()),
        etag: Some("W/\"3\"".to_owned()),
        body: Some(one.body.to_string()),
        who: None,
    };
    let patient = anna(phone);
    fhir::patient(&patient, true, &format!("Patient/{}", patient.id)).into_iter().map(one).collect()
}

fn whole(store: &Store, theirs: &[Theirs]) -> bool {
    let sides = sides_of(store, &Record::patient(anna("").id), Some(2), theirs).unwrap();
    matches!(sides, Sides::Whole)
}

fn changed(place: usize, change: impl FnOnce(&mut Value)) -> Vec<Theirs> {
    let mut theirs = left("3");
    let mut body = serde_json::from_str(theirs[place].body.as_ref().unwrap()).unwrap();
    change(&mut body);
    theirs[place].body = Some(body.to_string());
    theirs
}

#[test]
fn what_is_of_another_patient_removed_out_of_use_or_no_json_is_for_a_person() {
    let (store, _folder) = scene("takable");
    assert_eq!(left("3").len(), 2);
    assert!(!whole(&store, &left("3")), "nothing speaks against it");
    assert!(whole(&store, &changed(1, |one| one["subject"]["reference"] = json!("Patient/other"))));
    assert!(whole(&store, &changed(1, |one| drop(one.as_object_mut().unwrap().remove("subject")))));
    assert!(whole(&store, &changed(0, |one| one["active"] = json!(false))));
    let replaced = json!([{ "type": "replaced-by", "other": { "reference": "Patient/other" } }]);
    assert!(whole(&store, &changed(0, |one| one["link"] = replaced)));
    for body in [None, Some("<html>".to_owned())] {
        let mut theirs = left("3");
        theirs[1].body = body;
        assert!(whole(&store, &theirs));
    }
    let unknown: Vec<Theirs> = left("3").into_iter().map(|one| Theirs { base: None, ..one }).collect();
    assert!(whole(&store, &unknown), "made from nothing that is known");
}

#[test]
fn a_server_that_was_put_back_takes_nothing_back_here() {
    let (store, _folder) = scene("put-back");
    assert!(whole(&store, &left("")), "what it had before");
    assert!(!whole(&store, &left("1")), "what it has had last");
    for (base, etag, older) in [
        ("W/\"2\"", "W/\"1\"", true),
        ("\"10\"", "W/\"9\"", true),
        ("10", "010", true),
        ("W/\"9\"", "W/\"10\"", false),
        ("W/\"2\"", "\"2\"", false),
        ("W/\"b\"", "W/\"a\"", false),
    ] {
        let mut theirs = left("3");
        (theirs[1].base, theirs[1].etag) = (Some(base.to_owned()), Some(etag.to_owned()));
        assert_eq!(whole(&store, &theirs), older, "{base} {etag}");
    }
}

#[test]
fn a_plan_of_another_patient_is_for_a_person() {
    let plan = |subject: &str| {
        let body = json!({ "resourceType": "CarePlan", "subject": { "reference": subject } }).to_string();
        vec![Theirs { base: Some("a".to_owned()), etag: Some("b".to_owned()), body: Some(body), ..Theirs::default() }]
    };
    assert!(takable(&plan("Patient/anna"), "Patient/anna").is_some());
    assert!(takable(&plan("Patient/bert"), "Patient/anna").is_none());
}
