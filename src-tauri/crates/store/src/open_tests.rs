//! Opening, refusing and reading back, on a real encrypted file.

use std::path::PathBuf;

use domain::hna::{Answer, AnsweredBy, ConcernKey, Hna, HnaStatus, Method, PathwayPoint, Rating};
use domain::id::{HnaId, InvitationId, PatientId, StaffId};
use domain::nhs_number::NhsNumber;
use domain::op::Op;
use domain::patient::{Cancer, Gender, Name, Needs, Patient, Treatment, TreatmentKind};
use domain::place::Place;
use domain::staff::{By, Organisation, Role, Staff};
use jiff::civil::date;
use zeroize::Zeroizing;

use super::*;
use crate::setting::Setting;

/// A folder of this test's own, removed at the end.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("holdfast-store-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.0.join("clinic.db")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(crate) fn keys(byte: u8) -> Keys {
    Keys { cipher: Zeroizing::new(format!("{byte:02x}").repeat(32)), audit: Zeroizing::new([byte; 32]) }
}

pub(crate) fn ids() -> IdSource {
    let mut next = 0_u128;
    Box::new(move || {
        next += 1;
        Some(next.to_be_bytes())
    })
}

pub(crate) fn nurse() -> Staff {
    Staff {
        id: StaffId::from_random([1; 16]),
        name: "Ruth Invented".to_owned(),
        role: Role::CancerNurseSpecialist,
        key_holder: true,
        team: "Colorectal".to_owned(),
        organisation: Organisation { ods: "X0T99".to_owned(), name: "Thamesbank Hospitals".to_owned() },
    }
}

pub(crate) fn by(at: i64) -> By {
    let Staff { id, name, role, key_holder, .. } = nurse();
    By { staff: id, name, role, key_holder, at, pc: "Clinic room 3".to_owned() }
}

pub(crate) fn patient(byte: u8, number: &str) -> Patient {
    Patient {
        id: PatientId::from_random([byte; 16]),
        nhs_number: NhsNumber::parse(number).ok(),
        hospital_number: "TB-4411".to_owned(),
        name: Name {
            title: "Ms".to_owned(),
            given: "Zofia".to_owned(),
            family: "Łęcka-Ŵyn".to_owned(),
            preferred: String::new(),
        },
        born: date(1978, 11, 30),
        gender: Gender::Female,
        address: "1 Invented Street\nLondon".to_owned(),
        postcode: "ZZ99 3WZ".to_owned(),
        phone: String::new(),
        mobile: "07700 900123".to_owned(),
        email: String::new(),
        practice: Organisation::default(),
        needs: Needs { print_points: 18, interpreter: "Polish".to_owned(), other: String::new() },
        cancer: Cancer {
            cancer_type: "Breast".to_owned(),
            diagnosed: Some(date(2026, 1, 19)),
            recurred: None,
            treatments: vec![Treatment {
                kind: TreatmentKind::Surgery,
                name: "Wide local excision".to_owned(),
                start: Some(date(2026, 2, 3)),
                end: None,
            }],
        },
        key_worker: String::new(),
        team: String::new(),
        diagnosed_at: Organisation::default(),
        followed_up_at: Organisation::default(),
        died: None,
        death_taken_back: String::new(),
        checked_at: 5,
    }
}

pub(crate) fn draft(patient: PatientId) -> Hna {
    Hna {
        id: HnaId::from_random([9; 16]),
        patient,
        checklist: "https://holdfast.example/fhir/Questionnaire/default|1.0.0".to_owned(),
        status: HnaStatus::Draft,
        answered_by: AnsweredBy::Patient,
        helper: String::new(),
        method: Method::FaceToFace,
        pathway_point: PathwayPoint::StartOfTreatment,
        answered_on: None,
        invitation: None,
        again: None,
        typed_by: nurse().id,
        typed_by_name: nurse().name,
        started_at: 7,
        completed_at: None,
        concerns: vec![],
        declined_domains: vec!["spiritual".to_owned()],
        ranked: vec![],
        information: vec!["information.diet".to_owned()],
        questions: "£5 for the ’bus?".to_owned(),
        own_added: 0,
        discard_reason: String::new(),
    }
}

#[test]
fn what_was_saved_is_there_after_closing_and_opening() {
    let folder = Folder::new("reopen");
    let person = patient(2, "999 000 0018");
    let hna = draft(person.id).add_own("Who will walk the dog").unwrap();
    let hna = hna.answer(&ConcernKey::new("own-1"), Answer::Rated(Rating::new(8).unwrap())).unwrap();
    let (answered_on, invitation) = (Some(date(2026, 11, 20)), Some(InvitationId::from_random([8; 16])));
    let hna = Hna { method: Method::Home, answered_on, invitation, ..hna };
    let place = Place::new("hna_score", Some(person.id), Some(hna.id), None, Some("own-1")).unwrap();
    let mut store = Store::create(&folder.database(), keys(1), ids()).unwrap();
    store.write::<_, Error>(&by(1), Op::EnrolFirstNurse, |w| w.save_staff(&nurse())).unwrap();
    store.write::<_, Error>(&by(2), Op::RegisterPatient, |w| w.save_patient(&person, None)).unwrap();
    store.write::<_, Error>(&by(3), Op::StartHna, |w| w.save_hna(&hna, None)).unwrap();
    store.write::<_, Error>(&by(4), Op::KeepPlace, |w| w.keep_place(&place)).unwrap();
    store.write::<_, Error>(&by(4), Op::ConfirmRecoveryCode, |w| w.set(Setting::RecoveryConfirmed, "yes")).unwrap();
    store.close().unwrap();

    let store = Store::open(&folder.database(), keys(1), ids()).unwrap();
    assert_eq!(store.all_staff().unwrap(), [nurse()]);
    assert_eq!(store.patient(person.id).unwrap(), Some((person.clone(), 1)));
    let saved = store.hna(hna.id).unwrap().unwrap();
    assert_eq!((saved.hna, saved.revision, saved.saved_at, saved.sending), (hna, 1, 3, None));
    assert_eq!(store.place(nurse().id).unwrap(), Some(place));
    assert_eq!(store.setting(Setting::RecoveryConfirmed).unwrap().as_deref(), Some("yes"));
    assert_eq!(store.waiting().unwrap().waiting, 1, "the registration, not the draft");
    assert_eq!(store.verify_audit().unwrap(), Ok(4), "moving between screens is no audit line");
    assert_eq!(store.recent_patients(nurse().id, 5).unwrap(), [person.id]);
}

#[test]
fn another_key_opens_nothing_and_changes_nothing() {
    let folder = Folder::new("key");
    let store = Store::create(&folder.database(), keys(1), ids()).unwrap();
    store.close().unwrap();
    let before = std::fs::read(folder.database()).unwrap();
    assert!(matches!(Store::open(&folder.database(), keys(2), ids()), Err(Error::NotOpened)));
    assert_eq!(std::fs::read(folder.database()).unwrap(), before);
    assert!(!before.windows(6).any(|w| w == b"SQLite"), "the header is encrypted too");
}

#[test]
fn a_damaged_page_is_said_to_be_damage() {
    let folder = Folder::new("damage");
    let mut store = Store::create(&folder.database(), keys(1), ids()).unwrap();
    for byte in 1..40 {
        let person = Patient { nhs_number: None, ..patient(byte, "") };
        store.write::<_, Error>(&by(1), Op::RegisterPatient, |w| w.save_patient(&person, None)).unwrap();
    }
    store.close().unwrap();
    let whole = std::fs::read(folder.database()).unwrap();
    let pages = whole.len() / 4096;
    let mut said = 0;
    for page in 1..pages {
        let mut damaged = whole.clone();
        damaged[page * 4096 + 1000] ^= 1;
        std::fs::write(folder.database(), damaged).unwrap();
        let read = Store::open(&folder.database(), keys(1), ids()).and_then(|store| {
            for byte in 1..40 {
                store.patient(PatientId::from_random([byte; 16]))?;
            }
            store.verify_audit()
        });
        match read {
            Ok(_) => {}
            Err(Error::Damaged) => said += 1,
            Err(other) => panic!("page {page}: {other:?}"),
        }
    }
    // The others are pages of indexes that none of this reads.
    assert!(said >= 10, "{said} of {pages}");
}

#[test]
fn an_empty_file_is_no_database() {
    let folder = Folder::new("empty");
    std::fs::write(folder.database(), b"").unwrap();
    assert!(matches!(Store::open(&folder.database(), keys(1), ids()), Err(Error::FileUnexpected)));
    assert_eq!(std::fs::read(folder.database()).unwrap(), b"");
}

#[test]
fn open_never_makes_and_create_never_takes_over() {
    let folder = Folder::new("make");
    assert!(matches!(Store::open(&folder.database(), keys(1), ids()), Err(Error::FileUnexpected)));
    assert!(!folder.database().exists());
    std::fs::write(folder.database(), b"something").unwrap();
    assert!(matches!(Store::create(&folder.database(), keys(1), ids()), Err(Error::FileUnexpected)));
    assert_eq!(std::fs::read(folder.database()).unwrap(), b"something");
}

#[test]
fn an_act_that_fails_leaves_nothing() {
    let folder = Folder::new("fails");
    let mut store = Store::create(&folder.database(), keys(1), ids()).unwrap();
    store.write::<_, Error>(&by(1), Op::EnrolFirstNurse, |w| w.save_staff(&nurse())).unwrap();
    let person = patient(2, "999 000 0018");
    let failed: Result<(), Error> = store.write(&by(2), Op::RegisterPatient, |w| {
        w.save_patient(&person, None)?;
        Err(Error::DiskFull)
    });
    assert!(matches!(failed, Err(Error::DiskFull)));
    assert_eq!(store.patient(person.id).unwrap(), None);
    assert_eq!(store.verify_audit().unwrap(), Ok(1));
    assert_eq!(store.waiting().unwrap().waiting, 0);
}

#[test]
fn one_number_one_patient_and_one_revision_after_another() {
    let folder = Folder::new("revisions");
    let mut store = Store::create(&folder.database(), keys(1), ids()).unwrap();
    let mut person = patient(2, "999 000 0018");
    store.write::<_, Error>(&by(1), Op::RegisterPatient, |w| w.save_patient(&person, None)).unwrap();
    let twin = patient(3, "999 000 0018");
    let refused = store.write::<_, Error>(&by(2), Op::RegisterPatient, |w| w.save_patient(&twin, None));
    assert!(matches!(refused, Err(Error::DuplicatePatient(id)) if id == person.id));
    person.phone = "020 7946 0000".to_owned();
    store.write::<_, Error>(&by(3), Op::CorrectPatient, |w| w.save_patient(&person, Some(1))).unwrap();
    let stale = store.write::<_, Error>(&by(4), Op::CorrectPatient, |w| w.save_patient(&person, Some(1)));
    assert!(matches!(stale, Err(Error::ChangedMeanwhile)));
    assert_eq!(store.patient(person.id).unwrap(), Some((person, 2)));
}

#[test]
fn the_audit_cannot_be_changed_and_a_forged_line_is_found() {
    let folder = Folder::new("audit");
    let mut store = Store::create(&folder.database(), keys(1), ids()).unwrap();
    for at in 0..5 {
        store.write::<_, Error>(&by(at), Op::EnrolFirstNurse, |w| w.save_staff(&nurse())).unwrap();
    }
    assert!(store.conn.execute("UPDATE audit SET staff = 'x' WHERE seq = 3", []).is_err());
    assert!(store.conn.execute("DELETE FROM audit WHERE seq = 5", []).is_err());
    store.conn.execute_batch("DROP TRIGGER audit_stays; DROP TRIGGER audit_keeps").unwrap();
    store.conn.execute("UPDATE audit SET at = 77 WHERE seq = 3", []).unwrap();
    assert_eq!(store.verify_audit().unwrap(), Err(3));
    store.conn.execute("UPDATE audit SET at = 2 WHERE seq = 3", []).unwrap();
    assert_eq!(store.verify_audit().unwrap(), Ok(5));
    store.conn.execute("DELETE FROM audit WHERE seq = 2", []).unwrap();
    assert_eq!(store.verify_audit().unwrap(), Err(2));
}

#[test]
fn a_checklist_version_has_one_wording_for_ever() {
    let folder = Folder::new("checklist");
    let mut store = Store::create(&folder.database(), keys(1), ids()).unwrap();
    let keep = |store: &mut Store, body: &str| store.write(&by(1), Op::StartHna, |w| w.keep_checklist("u|1", body));
    assert!(keep(&mut store, "{}").is_ok());
    assert!(keep(&mut store, "{}").is_ok());
    assert!(matches!(keep(&mut store, "{ }"), Err(Error::ChecklistDiffers)));
    assert_eq!(store.checklist("u|1").unwrap().as_deref(), Some("{}"));
}

#[test]
fn the_schema_is_the_one_written_down() {
    let folder = Folder::new("schema");
    let store = Store::create(&folder.database(), keys(1), ids()).unwrap();
    assert_eq!(store.schema().unwrap(), include_str!("../schema.sql"), "run `cargo xtask bindings`");
}
