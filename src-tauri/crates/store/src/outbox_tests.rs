//! The outbox on a real encrypted file: what may go, in which order, and that an acknowledgement is of one sending.

use domain::op::Op;

use super::*;
use crate::kept::{MOST_SAID, Theirs};
use crate::open::tests::{Folder, by, ids, keys, nurse, patient};
use crate::trust_ref::{Doubt, Learnt, TrustRef};

fn desk(folder: &Folder) -> Store {
    let mut store = Store::create(&folder.database(), keys(1), ids()).unwrap();
    store.write::<_, Error>(&by(1), Op::EnrolFirstNurse, |w| w.save_staff(&nurse())).unwrap();
    store
}

fn register(store: &mut Store, byte: u8, number: &str) {
    store.write::<_, Error>(&by(2), Op::RegisterPatient, |w| w.save_patient(&patient(byte, number), None)).unwrap();
}

fn correct(store: &mut Store, byte: u8, number: &str) {
    let from = store.patient(patient(byte, number).id).unwrap().map(|(_, revision)| revision);
    store.write::<_, Error>(&by(3), Op::CorrectPatient, |w| w.save_patient(&patient(byte, number), from)).unwrap();
}

fn due(store: &Store, now: i64) -> Vec<Outgoing> {
    store.sendings_due(now, 16).unwrap().sendings
}

fn keep(store: &mut Store, one: &Outgoing, kept: Kept) -> Result<(), Error> {
    store.keep_sendings(10, "Clinic room 3", &[(one.sending, kept)])
}

fn on_its_way() -> Kept {
    Kept::Sending { sha256: "00".repeat(32) }
}

fn there(version: &str) -> TrustRef {
    let id = patient(11, "9990000018").id.to_string();
    TrustRef { kind: "Patient".to_owned(), local_id: id.clone(), server_id: id, version: Some(version.to_owned()) }
}

#[test]
fn an_acknowledgement_is_of_that_sending() {
    let folder = Folder::new("outbox-ack");
    let mut store = desk(&folder);
    register(&mut store, 11, "9990000018");
    correct(&mut store, 11, "9990000018");
    register(&mut store, 12, "9990000026");
    let all = due(&store, 5);
    assert_eq!(
        all.iter().map(|one| (one.revision, one.matched)).collect::<Vec<_>>(),
        [(1, false), (2, false), (1, false)]
    );
    assert!(keep(&mut store, &all[0], Kept::Acked { refs: vec![] }).is_err(), "it never went out");
    keep(&mut store, &all[0], on_its_way()).unwrap();
    keep(&mut store, &all[0], Kept::Acked { refs: vec![there("W/\"1\"")] }).unwrap();
    let left = due(&store, 5);
    assert_eq!(left.iter().map(|one| one.sending).collect::<Vec<_>>(), [all[1].sending, all[2].sending]);
    let before = |one: &Outgoing| store.acked_before(&one.id, one.revision).unwrap();
    assert_eq!((before(&left[0]), left[0].matched, before(&left[1]), left[1].matched), (Some(1), true, None, false));
    assert_eq!(store.waiting().unwrap(), Waiting { waiting: 2, needs_you: 0, records: 2, acked_at: Some(10) });
    assert_eq!(store.trust_ref("Patient", &there("").local_id).unwrap(), Some(there("W/\"1\"")));
    assert!(keep(&mut store, &all[0], Kept::Queued { not_before: None }).is_err(), "what is acknowledged stays so");
}

#[test]
fn nothing_is_kept_of_a_list_with_one_impossible_end() {
    let folder = Folder::new("outbox-whole");
    let mut store = desk(&folder);
    register(&mut store, 11, "9990000018");
    register(&mut store, 12, "9990000026");
    let all = due(&store, 5);
    let kept = [(all[0].sending, on_its_way()), (all[1].sending, Kept::Acked { refs: vec![] })];
    assert!(store.keep_sendings(10, "", &kept).is_err());
    assert_eq!(due(&store, 5), all);
}

#[test]
fn a_lane_waits_for_its_first_and_for_nobody_else() {
    let folder = Folder::new("outbox-lanes");
    let mut store = desk(&folder);
    register(&mut store, 11, "9990000018");
    correct(&mut store, 11, "9990000018");
    register(&mut store, 12, "9990000026");
    let all = due(&store, 5);
    let lanes = |store: &Store, now| due(store, now).iter().map(|one| one.sending).collect::<Vec<_>>();
    keep(&mut store, &all[0], Kept::Queued { not_before: Some(100) }).unwrap();
    assert_eq!(lanes(&store, 99), [all[2].sending]);
    assert_eq!(store.sendings_due(99, 16).unwrap().next, Some(100));
    assert_eq!(lanes(&store, 100).len(), 3);
    assert_eq!(lanes(&store, -7_200_000).len(), 3, "the clock was put back by two hours");
    keep(&mut store, &all[0], on_its_way()).unwrap();
    assert_eq!(lanes(&store, 100), [all[2].sending], "on its way");
    keep(&mut store, &all[0], Kept::Unknown { not_before: None }).unwrap();
    let unknown = due(&store, 100);
    assert_eq!(
        unknown.iter().map(|one| (one.sending, one.unknown)).collect::<Vec<_>>(),
        [(all[0].sending, true), (all[2].sending, false)]
    );
    keep(&mut store, &all[0], Kept::Held { reason: "not_permitted", said: "x".repeat(900) }).unwrap();
    assert_eq!(lanes(&store, 1_000_000), [all[2].sending]);
    let stopped = store.stopped(10).unwrap();
    assert_eq!((stopped.len(), stopped[0].said.len(), stopped[0].at), (1, MOST_SAID, 10));
    assert_eq!(
        store.waiting().unwrap(),
        Waiting { waiting: 1, needs_you: 1, records: 2, acked_at: None },
        "each in one count"
    );
}

#[test]
fn what_was_on_its_way_is_in_doubt_after_a_crash_and_what_never_left_is_not() {
    let folder = Folder::new("outbox-crash");
    let mut store = desk(&folder);
    register(&mut store, 11, "9990000018");
    register(&mut store, 12, "9990000026");
    let all = due(&store, 5);
    keep(&mut store, &all[0], on_its_way()).unwrap();
    keep(&mut store, &all[1], on_its_way()).unwrap();
    keep(&mut store, &all[1], Kept::Unsent).unwrap();
    drop(store);
    let store = Store::open(&folder.database(), keys(1), ids()).unwrap();
    let after = due(&store, 5);
    assert_eq!((after[0].unknown, after[0].attempts, after[0].sent_at), (true, 1, Some(10)));
    assert_eq!((after[1].unknown, after[1].attempts, after[1].sent_at), (false, 0, None));
}

#[test]
fn a_person_puts_a_refused_one_back_and_a_conflict_not() {
    let folder = Folder::new("outbox-again");
    let mut store = desk(&folder);
    register(&mut store, 11, "9990000018");
    register(&mut store, 12, "9990000026");
    let all = due(&store, 5);
    keep(&mut store, &all[0], Kept::Held { reason: "sign_in", said: String::new() }).unwrap();
    keep(&mut store, &all[1], on_its_way()).unwrap();
    let theirs = vec![Theirs {
        kind: "Patient".to_owned(),
        server_id: "a".to_owned(),
        base: Some("W/\"1\"".to_owned()),
        etag: Some("W/\"2\"".to_owned()),
        body: Some("{}".to_owned()),
        who: None,
    }];
    keep(&mut store, &all[1], Kept::Conflict { reason: "changed_there", theirs }).unwrap();
    assert_eq!(store.theirs(all[1].sending).unwrap().as_deref(), Some("{}"));
    assert_eq!(store.stopped(9).unwrap().iter().map(|one| one.conflict).collect::<Vec<_>>(), [false, true]);
    let again = |store: &mut Store, one: &Outgoing| {
        let sending = one.sending;
        store.write::<_, Error>(&by(20), Op::TryAgain, move |w| w.try_again(sending)).unwrap()
    };
    assert!(again(&mut store, &all[0]) && !again(&mut store, &all[0]) && !again(&mut store, &all[1]));
    assert_eq!(due(&store, 5).iter().map(|one| one.sending).collect::<Vec<_>>(), [all[0].sending]);
}

#[test]
fn each_end_is_one_line_of_the_audit_and_a_try_is_none() {
    let folder = Folder::new("outbox-audit");
    let mut store = desk(&folder);
    register(&mut store, 11, "9990000018");
    let lines = |store: &Store| store.verify_audit().unwrap().unwrap();
    let (before, one) = (lines(&store), due(&store, 5).remove(0));
    for _ in 0..3 {
        keep(&mut store, &one, on_its_way()).unwrap();
        keep(&mut store, &one, Kept::Queued { not_before: None }).unwrap();
    }
    assert_eq!(lines(&store), before);
    keep(&mut store, &one, on_its_way()).unwrap();
    keep(&mut store, &one, Kept::Acked { refs: vec![] }).unwrap();
    assert_eq!(lines(&store), before + 1);
    // Who looked at a patient is about people.
    let looks = store.looks(patient(11, "9990000018").id, 10).unwrap();
    assert_eq!(looks.iter().map(|look| look.op.as_str()).collect::<Vec<_>>(), ["register_patient"]);
}

#[test]
fn a_record_reads_back_as_it_was_at_each_revision() {
    let folder = Folder::new("outbox-snapshot");
    let mut store = desk(&folder);
    register(&mut store, 11, "9990000018");
    let mut other = patient(11, "9990000018");
    other.name.family = "Corrected".to_owned();
    store.write::<_, Error>(&by(3), Op::CorrectPatient, |w| w.save_patient(&other, Some(1))).unwrap();
    let family = |revision| match store.record_at(RecordKind::Patient, &other.id.to_string(), revision).unwrap() {
        Some(crate::Revision { snapshot: crate::Snapshot::Patient(patient), op, at }) => {
            Some((patient.name.family, op, at))
        }
        _ => None,
    };
    assert_eq!(family(1).unwrap().1, Op::RegisterPatient);
    assert_eq!(family(2).unwrap(), ("Corrected".to_owned(), Op::CorrectPatient, 3));
    assert_eq!(family(3), None);
}

#[test]
fn a_newer_revision_takes_the_place_of_a_refused_one() {
    let folder = Folder::new("outbox-corrected");
    let mut store = desk(&folder);
    register(&mut store, 11, "9990000018");
    register(&mut store, 12, "9990000026");
    let all = due(&store, 5);
    let refused = Kept::Quarantined { reason: "refused_content", said: String::new() };
    keep(&mut store, &all[0], refused.clone()).unwrap();
    correct(&mut store, 11, "9990000018");
    let order = |store: &Store| due(store, 5).iter().map(|one| (one.id.clone(), one.revision)).collect::<Vec<_>>();
    let (anna, bert) = (all[0].id.clone(), all[1].id.clone());
    assert_eq!(order(&store), [(anna.clone(), 2), (bert.clone(), 1)], "at its place, not after the others");
    assert_eq!(store.waiting().unwrap(), Waiting { waiting: 2, needs_you: 0, records: 2, acked_at: None });
    // Corrected before it was refused, and twice.
    correct(&mut store, 11, "9990000018");
    correct(&mut store, 11, "9990000018");
    let first = due(&store, 5).remove(0);
    keep(&mut store, &first, refused.clone()).unwrap();
    assert_eq!(order(&store), [(anna.clone(), 3), (bert.clone(), 1), (anna.clone(), 4)]);
    let third = due(&store, 5).remove(0);
    keep(&mut store, &third, refused.clone()).unwrap();
    let fourth = due(&store, 5).remove(0);
    assert_eq!((fourth.id.as_str(), fourth.revision), (anna.as_str(), 4));
    keep(&mut store, &fourth, refused).unwrap();
    assert_eq!((order(&store), store.stopped(9).unwrap().len()), (vec![(bert, 1)], 1), "the newest waits for a person");
    assert_eq!(store.stopped(9).unwrap()[0].sending, fourth.sending);
}

#[test]
fn a_corrected_number_or_birth_date_is_looked_up_again_and_a_name_is_not() {
    let folder = Folder::new("outbox-identity");
    let mut store = desk(&folder);
    register(&mut store, 11, "9990000018");
    let lane = there("").local_id;
    store.keep_patients(&[Learnt::Known(there("W/\"1\""))]).unwrap();
    let matched = |store: &Store| due(store, 5)[0].matched;
    correct(&mut store, 11, "9990000018");
    assert!(matched(&store) && store.patient_doubt(&lane).unwrap() == Some(Doubt::None));
    correct(&mut store, 11, "9990000034");
    assert!(!matched(&store) && store.patient_doubt(&lane).unwrap() == Some(Doubt::Corrected));
    store.keep_patients(&[Learnt::Told { lane: lane.clone() }]).unwrap();
    assert!(!matched(&store) && store.patient_doubt(&lane).unwrap() == Some(Doubt::Told));
    store.keep_patients(&[Learnt::Known(there("W/\"1\""))]).unwrap();
    assert!(matched(&store));
    let mut other = patient(11, "9990000034");
    other.born = "1956-07-15".parse().unwrap();
    let from = store.patient(other.id).unwrap().map(|(_, revision)| revision);
    store.write::<_, Error>(&by(3), Op::CorrectPatient, |w| w.save_patient(&other, from)).unwrap();
    assert!(!matched(&store));
    store.keep_patients(&[Learnt::Nobody { lane: lane.clone() }]).unwrap();
    assert_eq!((store.trust_ref("Patient", &lane).unwrap(), store.patient_doubt(&lane).unwrap()), (None, None));
}

#[test]
fn what_was_held_for_a_reason_goes_when_the_reason_does() {
    let folder = Folder::new("outbox-release");
    let mut store = desk(&folder);
    register(&mut store, 11, "9990000018");
    register(&mut store, 12, "9990000026");
    let all = due(&store, 5);
    keep(&mut store, &all[0], Kept::Held { reason: "other_server", said: String::new() }).unwrap();
    keep(&mut store, &all[1], Kept::Held { reason: "not_permitted", said: String::new() }).unwrap();
    store.release("other_server").unwrap();
    assert_eq!(due(&store, 5).iter().map(|one| one.sending).collect::<Vec<_>>(), [all[0].sending]);
    store.keep_server("https://one.example").unwrap();
    store.keep_server("https://two.example").unwrap();
    assert_eq!(store.setting(crate::Setting::Server).unwrap().as_deref(), Some("https://one.example"));
}
