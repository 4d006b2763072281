//! Summaries and their templates on a real encrypted file: what was saved reads back, whole and as it was signed.

use std::path::PathBuf;

use domain::op::Op;
use domain::patient::Patient;
use domain::staff::{By, Role, Signature};
use domain::summary_template::Copy;
use zeroize::Zeroizing;

use super::*;
use crate::open::Keys;
use crate::open::tests::patient;
use crate::version::Paper;

const TEMPLATE: &str = "https://holdfast.example/content/summary-templates/invented|1.0.0";

/// A database in a folder of this test's own, removed at the end.
struct Desk {
    store: Option<Store>,
    folder: PathBuf,
}

impl Desk {
    fn new(name: &str) -> Desk {
        let folder = std::env::temp_dir().join(format!("holdfast-summary-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let mut store = Store::create(&folder.join("clinic.db"), keys(), ids()).unwrap();
        let anna = anna();
        store.write::<_, Error>(&by(1), Op::RegisterPatient, |w| w.save_patient(&anna, None)).unwrap();
        Desk { store: Some(store), folder }
    }

    fn store(&mut self) -> &mut Store {
        self.store.as_mut().unwrap()
    }

    /// Closes the database and opens it again.
    fn again(&mut self) -> &mut Store {
        self.store.take().unwrap().close().unwrap();
        self.store = Some(Store::open(&self.folder.join("clinic.db"), keys(), ids()).unwrap());
        self.store()
    }

    fn save(&mut self, at: i64, op: Op, summary: &TreatmentSummary, from: Option<i64>) {
        self.store().write::<_, Error>(&by(at), op, |w| w.save_treatment_summary(summary, from)).unwrap();
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn keys() -> Keys {
    Keys { cipher: Zeroizing::new("01".repeat(32)), audit: Zeroizing::new([1; 32]) }
}

fn ids() -> crate::open::IdSource {
    let mut next = 0_u128;
    Box::new(move || {
        next += 1;
        Some(next.to_be_bytes())
    })
}

fn by(at: i64) -> By {
    By {
        staff: StaffId::from_random([1; 16]),
        name: "Ruth Invented".to_owned(),
        role: Role::CancerNurseSpecialist,
        key_holder: true,
        at,
        pc: String::new(),
    }
}

fn anna() -> Patient {
    patient(2, "999 000 0018")
}

/// A draft with a chosen line, half filled, and an urgent line of the nurse's own.
fn draft(byte: u8, at: i64) -> TreatmentSummary {
    let by = by(at);
    TreatmentSummary {
        id: TreatmentSummaryId::from_random([byte; 16]),
        patient: anna().id,
        template: TEMPLATE.to_owned(),
        status: SummaryStatus::Draft,
        version: 0,
        started_at: by.at,
        started_by: by.staff,
        started_by_name: by.name,
        chosen: vec![Chosen {
            key: EntryKey::new("e-1"),
            section: "diagnosis".to_owned(),
            line: "invasive".to_owned(),
            values: BTreeMap::from([("date".to_owned(), "2026-03".to_owned())]),
        }],
        own: vec![OwnLine {
            key: EntryKey::new("own-3"),
            section: "alerts".to_owned(),
            urgent: true,
            copies: Copies { patient: "Your drain leaks. £ ’ é ŵ ŷ ł".to_owned(), gp: "Drain leak.".to_owned() },
        }],
        entries_added: 3,
        signed: None,
        amend_reason: String::new(),
    }
}

fn signed(summary: &TreatmentSummary, at: i64) -> TreatmentSummary {
    TreatmentSummary {
        status: SummaryStatus::Signed,
        version: summary.version + 1,
        signed: Some(Signature::of(&by(at))),
        amend_reason: String::new(),
        ..summary.clone()
    }
}

#[test]
fn a_draft_reads_back_after_closing_and_opening() {
    let mut desk = Desk::new("draft");
    let summary = draft(3, 5);
    desk.save(5, Op::StartTreatmentSummary, &summary, None);
    let saved = desk.again().treatment_summary(summary.id).unwrap().unwrap();
    assert_eq!((saved.summary, saved.revision, saved.saved_at, saved.sending), (summary, 1, 5, None));
    let nobodys = TreatmentSummaryId::from_random([9; 16]);
    assert!(desk.store().treatment_summary(nobodys).unwrap().is_none());
}

#[test]
fn a_signed_version_stays_while_the_summary_goes_on() {
    let mut desk = Desk::new("versions");
    let first = draft(3, 5);
    desk.save(5, Op::StartTreatmentSummary, &first, None);
    let one = signed(&first, 6);
    let paper = [Paper { copy: Copy::Gp, pdf: b"%PDF-1".to_vec(), pages: vec!["<svg/>".to_owned()] }];
    let sign = |store: &mut Store, summary: &TreatmentSummary, at: i64, from: i64| {
        store.write::<_, Error>(&by(at), Op::SignTreatmentSummary, |w| {
            w.save_treatment_summary(summary, Some(from))?;
            w.keep_version(&Record::treatment_summary(summary.id, summary.patient), summary.version, &paper)
        })
    };
    sign(desk.store(), &one, 6, 1).unwrap();
    let amended = TreatmentSummary {
        status: SummaryStatus::Draft,
        amend_reason: "A wrong date".to_owned(),
        own: Vec::new(),
        ..one.clone()
    };
    desk.save(7, Op::AmendTreatmentSummary, &amended, Some(2));
    let two = signed(&amended, 8);
    sign(desk.store(), &two, 8, 3).unwrap();
    let store = desk.again();
    assert_eq!(store.versions(&one.id.to_string()).unwrap(), [2, 1]);
    let read = |version| store.treatment_summary_version(one.id, version).unwrap();
    let saved = read(1).unwrap();
    assert_eq!((saved.summary, saved.revision, saved.saved_at), (one.clone(), 2, 6));
    assert_eq!(read(2).unwrap().summary, two);
    assert!(read(3).is_none());
    assert_eq!(store.treatment_summary(one.id).unwrap().unwrap().sending.as_deref(), Some("queued"));
    assert_eq!(store.paper(&one.id.to_string(), 1, Copy::Gp).unwrap().unwrap().pdf, b"%PDF-1");
    assert!(store.paper(&one.id.to_string(), 1, Copy::Patient).unwrap().is_none());
}

#[test]
fn a_patients_summaries_are_newest_first_and_unsigned_ones_oldest_first() {
    let mut desk = Desk::new("lists");
    let (old, new, done) = (draft(3, 5), draft(4, 9), draft(5, 7));
    for summary in [&old, &new, &done] {
        desk.save(summary.started_at, Op::StartTreatmentSummary, summary, None);
    }
    desk.save(10, Op::SignTreatmentSummary, &signed(&done, 10), Some(1));
    let ids = |saved: Vec<SavedSummary>| saved.into_iter().map(|saved| saved.summary.id).collect::<Vec<_>>();
    assert_eq!(ids(desk.store().treatment_summaries_of(anna().id).unwrap()), [new.id, done.id, old.id]);
    assert_eq!(ids(desk.store().treatment_summaries_draft().unwrap()), [old.id, new.id]);
    let nobody = PatientId::from_random([8; 16]);
    assert!(desk.store().treatment_summaries_of(nobody).unwrap().is_empty());
}

#[test]
fn a_stale_change_is_refused_and_a_spoilt_snapshot_is_said() {
    let mut desk = Desk::new("stale");
    let summary = draft(3, 5);
    desk.save(5, Op::StartTreatmentSummary, &summary, None);
    desk.save(6, Op::ChooseLine, &TreatmentSummary { own: Vec::new(), ..summary.clone() }, Some(1));
    let stale = desk.store().write::<_, Error>(&by(7), Op::ChooseLine, |w| w.save_treatment_summary(&summary, Some(1)));
    assert!(matches!(stale, Err(Error::ChangedMeanwhile)));
    for (right, wrong) in [("\"draft\"", "\"drafted\""), ("\"key\"", "\"name\""), ("{", "")] {
        let spoilt = serde_json::to_string(&SummaryForm::from(&summary)).unwrap().replacen(right, wrong, 1);
        assert!(SummaryForm::read(&summary.id.to_string(), FORM, &spoilt).is_none(), "{wrong}");
    }
}

#[test]
fn a_template_version_has_one_wording_for_ever() {
    let mut desk = Desk::new("template");
    let keep = |store: &mut Store, body: &str| {
        store.write(&by(2), Op::StartTreatmentSummary, |w| w.keep_summary_template(TEMPLATE, body))
    };
    assert_eq!(desk.store().summary_template(TEMPLATE).unwrap(), None);
    assert!(keep(desk.store(), "{}").is_ok());
    assert!(keep(desk.store(), "{}").is_ok());
    assert!(matches!(keep(desk.store(), "{ }"), Err(Error::TemplateDiffers)));
    assert_eq!(desk.again().summary_template(TEMPLATE).unwrap().as_deref(), Some("{}"));
}
