//! Care plans and their locked versions on a real encrypted file: what was saved reads back, whole and for ever.

use domain::action::{Action, ActionKey, Ended, EndedHow};
use domain::care_plan::{NothingAgreed, PlanConcern};
use domain::hna::{Hna, HnaStatus};
use domain::op::Op;
use domain::staff::{Role, Signature};
use domain::summary_template::Copy;
use jiff::civil::date;

use super::*;
use crate::open::tests::{Folder, by, draft, ids, keys, nurse, patient};
use crate::version::Paper;

/// Texts that something between a keyboard and a disk is known to spoil.
const NAUGHTY: [&str; 10] = [
    "",
    "'; DROP TABLE care_plan; -- \" \\ \\u0041 %s {0}",
    "£5 for the ’bus – ŵ ŷ ł é",
    "e\u{301} is not é",
    "\u{202e}right to left\u{202c} \u{200b}\u{feff}",
    "👩🏽\u{200d}⚕\u{fe0f}",
    "line\nline\r\nline\ttab\u{2028}\u{2029}",
    "\u{0}\u{1}\u{7f}\u{ffff}\u{10ffff}",
    "null",
    "{\"key\": [1e999, true]}",
];

fn completed(patient: PatientId) -> Hna {
    let hna = draft(patient).add_own("Who will walk the dog").unwrap();
    Hna { status: HnaStatus::Completed, completed_at: Some(8), ..hna }
}

/// A plan with every field filled in differently; every text is this one.
fn plan(hna: &Hna, words: &str) -> CarePlan {
    let action = |number: u8, kind, owner, due, ended: Option<Ended>| Action {
        key: ActionKey::new(&format!("a-{number}")),
        kind,
        what: words.to_owned(),
        owner,
        owner_name: words.to_owned(),
        due,
        ended,
        outcome: if ended.is_some() { words.to_owned() } else { String::new() },
        entry: (number == 2).then(|| DirectoryEntryId::from_random([14; 16])),
        contact: if number == 2 { words.to_owned() } else { String::new() },
        carried_from: (number == 7).then(|| (CarePlanId::from_random([15; 16]), ActionKey::new("a-3"))),
    };
    let concern = |key: &str, code: Option<&str>, answer, actions| PlanConcern {
        key: ConcernKey::new(key),
        origin: match key {
            "added-1" => Origin::Added,
            "added-2" => Origin::Carried,
            _ => Origin::Assessment,
        },
        code: code.map(str::to_owned),
        text: words.to_owned(),
        answer,
        private: code.is_some(),
        ranked: code.is_none(),
        matters: words.to_owned(),
        actions,
        nothing: match key {
            "physical.sleep" => Some(NothingAgreed::Declined),
            "added-2" => Some(NothingAgreed::NotNeeded),
            _ => None,
        },
    };
    let soon = Some(date(2026, 12, 4));
    let ended = |how| Some(Ended { how, on: date(2026, 11, 23) });
    let actions = vec![
        action(2, Some(ActionKind::Refer), Some(OwnerKind::Service), soon, None),
        action(7, Some(ActionKind::SelfCare), Some(OwnerKind::Patient), None, ended(EndedHow::Done)),
        action(8, None, None, None, None),
        action(9, None, None, soon, ended(EndedHow::Declined)),
        action(10, None, None, None, ended(EndedHow::NotNeeded)),
    ];
    CarePlan {
        id: CarePlanId::from_random([12; 16]),
        patient: hna.patient,
        hna: hna.id,
        status: PlanStatus::Draft,
        version: 0,
        started_at: 20,
        started_by: nurse().id,
        started_by_name: words.to_owned(),
        concerns: vec![
            concern("own-1", None, Answer::Rated(Rating::new(8).unwrap()), actions),
            concern("physical.pain", Some("pain"), Answer::Declined, vec![]),
            concern("physical.sleep", Some("sleep"), Answer::Unanswered, vec![]),
            concern("added-1", None, Answer::Unanswered, vec![]),
            concern("added-2", Some("money"), Answer::Unanswered, vec![]),
        ],
        actions_added: 11,
        concerns_added: 2,
        follows: Some(CarePlanId::from_random([15; 16])),
        signed: None,
        unlock_reason: words.to_owned(),
        review: false,
    }
}

fn locked(plan: &CarePlan, at: i64) -> CarePlan {
    let signed = Signature { staff: nurse().id, name: nurse().name, role: Role::CancerNurseSpecialist, at };
    CarePlan { status: PlanStatus::Locked, version: plan.version + 1, signed: Some(signed), ..plan.clone() }
}

fn a_paper(content: &str) -> Paper {
    let pages = vec![format!("<svg>{content}</svg>"), "<svg>£ ’ é ŵ ŷ ł</svg>".to_owned()];
    Paper { copy: Copy::Patient, pdf: [b"%PDF-\x00\xff\xfe", content.as_bytes()].concat(), pages }
}

/// A database with one patient and her completed assessment.
fn a_store(folder: &Folder) -> (Store, Hna) {
    let mut store = Store::create(&folder.database(), keys(1), ids()).unwrap();
    let person = patient(2, "999 000 0018");
    let hna = completed(person.id);
    store.write::<_, Error>(&by(1), Op::RegisterPatient, |w| w.save_patient(&person, None)).unwrap();
    store.write::<_, Error>(&by(2), Op::CompleteHna, |w| w.save_hna(&hna, None)).unwrap();
    (store, hna)
}

fn save(store: &mut Store, at: i64, plan: &CarePlan, from: Option<i64>) {
    store.write::<_, Error>(&by(at), Op::WriteAction, |w| w.save_care_plan(plan, from)).unwrap();
}

fn keep(store: &mut Store, at: i64, plan: &CarePlan, from: i64, paper: &[Paper]) -> Result<(), Error> {
    store.write(&by(at), Op::LockCarePlan, |w| {
        w.save_care_plan(plan, Some(from))?;
        w.keep_version(&Record::care_plan(plan.id, plan.patient), plan.version, paper)
    })
}

#[test]
fn every_text_reads_back_byte_for_byte_after_closing_and_opening() {
    for (number, words) in NAUGHTY.iter().enumerate() {
        let folder = Folder::new(&format!("plan-{number}"));
        let (mut store, hna) = a_store(&folder);
        let plan = plan(&hna, words);
        save(&mut store, 20, &plan, None);
        store.close().unwrap();
        let store = Store::open(&folder.database(), keys(1), ids()).unwrap();
        let saved = store.care_plan(plan.id).unwrap().unwrap();
        assert_eq!((saved.plan, saved.revision, saved.saved_at, saved.sending), (plan, 1, 20, None), "{words:?}");
    }
}

#[test]
fn a_plan_is_found_by_its_assessment_its_patient_and_while_it_is_open() {
    let folder = Folder::new("plan-found");
    let (mut store, hna) = a_store(&folder);
    assert!(store.care_plan_from(hna.id).unwrap().is_none() && store.hnas_planned().unwrap().is_empty());
    let first = plan(&hna, "first");
    let second = CarePlan { id: CarePlanId::from_random([13; 16]), started_at: 30, ..plan(&hna, "second") };
    save(&mut store, 20, &first, None);
    save(&mut store, 30, &second, None);
    assert_eq!(store.care_plan_from(hna.id).unwrap().unwrap().plan, second, "the newest, as on the overview");
    assert_eq!(store.hnas_planned().unwrap(), HashSet::from([hna.id]));
    let plans = |saved: Vec<SavedPlan>| saved.into_iter().map(|saved| saved.plan).collect::<Vec<_>>();
    assert_eq!(plans(store.care_plans_of(hna.patient).unwrap()), [second.clone(), first.clone()], "newest first");
    assert_eq!(plans(store.care_plans_draft().unwrap()), [first.clone(), second.clone()], "oldest first");
    keep(&mut store, 40, &locked(&first, 40), 1, &[]).unwrap();
    assert_eq!(plans(store.care_plans_draft().unwrap()), [second]);
    let unlocked = CarePlan { status: PlanStatus::Draft, ..locked(&first, 40) };
    save(&mut store, 50, &unlocked, Some(2));
    assert_eq!(plans(store.care_plans_draft().unwrap())[0], unlocked, "open again");
    let last = |id| store.care_plan_last_locked(id).unwrap().map(|saved| (saved.plan, saved.revision));
    assert_eq!((last(first.id), last(CarePlanId::from_random([13; 16]))), (Some((locked(&first, 40), 2)), None));
    assert!(store.care_plans_of(PatientId::from_random([3; 16])).unwrap().is_empty());
}

#[test]
fn only_the_newest_revision_is_followed() {
    let folder = Folder::new("plan-revisions");
    let (mut store, hna) = a_store(&folder);
    let plan = plan(&hna, "x");
    save(&mut store, 20, &plan, None);
    let write = |store: &mut Store, from| {
        store.write::<_, Error>(&by(30), Op::WriteAction, |w| w.save_care_plan(&plan, Some(from)))
    };
    assert!(write(&mut store, 1).is_ok());
    assert!(matches!(write(&mut store, 1), Err(Error::ChangedMeanwhile)));
    assert!(matches!(write(&mut store, 3), Err(Error::ChangedMeanwhile)));
    assert_eq!(store.care_plan(plan.id).unwrap().unwrap().revision, 2);
}

#[test]
fn a_version_is_the_revision_that_was_locked_with_the_paper_of_that_moment() {
    let folder = Folder::new("plan-versions");
    let (mut store, hna) = a_store(&folder);
    let (draft, id) = (plan(&hna, "first"), CarePlanId::from_random([12; 16]).to_string());
    save(&mut store, 20, &draft, None);
    let first = locked(&draft, 30);
    keep(&mut store, 30, &first, 1, &[a_paper("first")]).unwrap();
    let unlocked = CarePlan { status: PlanStatus::Draft, version: 1, ..plan(&hna, "second") };
    save(&mut store, 40, &unlocked, Some(2));
    let second = locked(&unlocked, 50);
    keep(&mut store, 50, &second, 3, &[a_paper("second")]).unwrap();
    store.close().unwrap();

    let store = Store::open(&folder.database(), keys(1), ids()).unwrap();
    assert_eq!(store.versions(&id).unwrap(), [2, 1], "newest first");
    for (version, plan, revision, at, content) in [(1, &first, 2, 30, "first"), (2, &second, 4, 50, "second")] {
        let saved = store.care_plan_version(plan.id, version).unwrap().unwrap();
        assert_eq!((&saved.plan, saved.revision, saved.saved_at), (plan, revision, at));
        let paper = store.paper(&id, version, Copy::Patient).unwrap().unwrap();
        assert!(paper == a_paper(content), "version {version}");
        assert!(store.paper(&id, version, Copy::Gp).unwrap().is_none());
    }
    assert!(store.care_plan_version(first.id, 3).unwrap().is_none());
    assert!(store.paper(&id, 3, Copy::Patient).unwrap().is_none());
    assert!(store.versions("").unwrap().is_empty());
    assert_eq!(store.care_plan(first.id).unwrap().unwrap().sending.as_deref(), Some("queued"));
    assert_eq!(store.waiting().unwrap().waiting, 3, "the patient, the assessment and the plan, not each of its locks");
}

#[test]
fn a_version_is_kept_once_and_only_by_the_act_that_saved_it() {
    let folder = Folder::new("plan-once");
    let (mut store, hna) = a_store(&folder);
    let draft = plan(&hna, "x");
    save(&mut store, 20, &draft, None);
    let record = Record::care_plan(draft.id, draft.patient);
    let unsaved = store.write::<_, Error>(&by(30), Op::LockCarePlan, |w| w.keep_version(&record, 1, &[]));
    assert!(unsaved.is_err());
    let first = locked(&draft, 30);
    let twice = [a_paper("x"), a_paper("y")];
    assert!(keep(&mut store, 30, &first, 1, &twice).is_err(), "one patient's copy");
    assert_eq!(store.care_plan(draft.id).unwrap().unwrap().plan, draft, "nothing of it is there");
    assert!(store.versions(&record.id).unwrap().is_empty());
    keep(&mut store, 30, &first, 1, &[a_paper("x")]).unwrap();
    assert!(keep(&mut store, 40, &first, 2, &[]).is_err(), "the same version again");
    assert_eq!(store.care_plan(draft.id).unwrap().unwrap().revision, 2);
}

#[test]
fn what_was_locked_cannot_be_changed_or_removed_and_damage_is_seen() {
    let folder = Folder::new("plan-stays");
    let (mut store, hna) = a_store(&folder);
    let (draft, id) = (plan(&hna, "x"), CarePlanId::from_random([12; 16]).to_string());
    save(&mut store, 20, &draft, None);
    keep(&mut store, 30, &locked(&draft, 30), 1, &[a_paper("x")]).unwrap();
    for change in [
        "UPDATE version SET revision = 1",
        "DELETE FROM version",
        "UPDATE paper SET pdf = x'00'",
        "UPDATE paper SET pages = x'00'",
        "DELETE FROM paper",
        "INSERT OR REPLACE INTO paper SELECT id, version, copy, sha256, x'00', pages_sha256, pages FROM paper",
        "INSERT OR REPLACE INTO version SELECT id, version, 1 FROM version",
        "INSERT OR REPLACE INTO revision SELECT seq, kind, id, revision, at, staff, op, form_version, '{}' FROM revision",
        "INSERT OR REPLACE INTO audit SELECT seq, at, staff, op, kind, id, revision, patient, pc, '-', mac FROM audit",
    ] {
        assert!(store.conn.execute(change, []).is_err(), "{change}");
    }
    // Pages that are whole, but not those that were locked.
    let reopened = CarePlan { status: PlanStatus::Draft, version: 1, ..plan(&hna, "y") };
    save(&mut store, 40, &reopened, Some(2));
    keep(&mut store, 50, &locked(&reopened, 50), 3, &[a_paper("y")]).unwrap();
    let swapped = "UPDATE paper SET pages = (SELECT pages FROM paper WHERE version = 2) WHERE version = 1";
    for (damage, name) in [
        ("UPDATE paper SET pdf = x'00'", "pdf"),
        ("UPDATE paper SET pages = x'00'", "pages"),
        (swapped, "another version's pages"),
    ] {
        store.conn.execute_batch("BEGIN; DROP TRIGGER paper_stays").unwrap();
        store.conn.execute(damage, []).unwrap();
        assert!(matches!(store.paper(&id, 1, Copy::Patient), Err(Error::Damaged)), "{name}");
        store.conn.execute_batch("ROLLBACK").unwrap();
        assert!(store.paper(&id, 1, Copy::Patient).is_ok());
    }
}

#[test]
fn the_patient_of_a_version_is_the_one_of_that_moment() {
    let folder = Folder::new("plan-patient");
    let (mut store, hna) = a_store(&folder);
    let (draft, id) = (plan(&hna, "x"), CarePlanId::from_random([12; 16]).to_string());
    save(&mut store, 20, &draft, None);
    keep(&mut store, 30, &locked(&draft, 30), 1, &[a_paper("x")]).unwrap();
    let (before, known) = store.patient(draft.patient).unwrap().unwrap();
    let mut after = before.clone();
    after.name.family = "Corrected".to_owned();
    store.write::<_, Error>(&by(40), Op::CorrectPatient, |w| w.save_patient(&after, Some(known))).unwrap();
    let reopened = CarePlan { status: PlanStatus::Draft, version: 1, ..draft.clone() };
    save(&mut store, 50, &reopened, Some(2));
    keep(&mut store, 60, &locked(&reopened, 60), 3, &[a_paper("y")]).unwrap();
    assert_eq!(store.patient_at_version(draft.patient, &id, 1).unwrap(), Some(before));
    assert_eq!(store.patient_at_version(draft.patient, &id, 2).unwrap(), Some(after));
    assert_eq!(store.patient_at_version(draft.patient, &id, 3).unwrap(), None);
}

#[test]
fn a_snapshot_with_a_word_that_nobody_knows_is_not_half_read() {
    let folder = Folder::new("plan-unknown");
    let (mut store, hna) = a_store(&folder);
    let plan = plan(&hna, "x");
    save(&mut store, 20, &plan, None);
    for (from, to) in [
        ("\"kind\":\"refer\"", "\"kind\":\"pray\""),
        ("\"owner\":\"service\"", "\"owner\":\"dog\""),
        ("\"status\":\"draft\"", "\"status\":\"lost\""),
        ("\"origin\":\"added\"", "\"origin\":\"dreamt\""),
        ("\"rating\":8", "\"rating\":11"),
        ("\"rating\":8", "\"rating\":8,\"declined\":true"),
        ("\"due\":\"2026-12-04\"", "\"due\":\"2026-02-31\""),
    ] {
        store.conn.execute_batch("BEGIN; DROP TRIGGER revision_stays").unwrap();
        let changed = store
            .conn
            .execute("UPDATE revision SET snapshot = replace(snapshot, ?1, ?2) WHERE instr(snapshot, ?1) AND kind = 'care_plan'", (from, to))
            .unwrap();
        assert_eq!(changed, 1, "{from}");
        assert!(matches!(store.care_plan(plan.id), Err(Error::Unreadable(RecordKind::CarePlan))), "{to}");
        store.conn.execute_batch("ROLLBACK").unwrap();
    }
    assert!(store.care_plan(plan.id).unwrap().is_some());
}
