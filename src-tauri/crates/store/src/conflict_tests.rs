//! Conflicts on a real encrypted file: what both became is one revision with two parents, in the place of what clashed.

use domain::op::Op;

use super::*;
use crate::kept::Kept;
use crate::open::tests::{Folder, by, ids, keys, nurse, patient};
use crate::trust_ref::TrustRef;
use crate::{audit, migrate};

const ANNA: &str = "9990000018";

/// Anna is at the trust, and what was corrected since clashed there.
fn in_conflict(folder: &Folder) -> (Store, SendingId) {
    let mut store = Store::create(&folder.database(), keys(1), ids()).unwrap();
    store.write::<_, Error>(&by(1), Op::EnrolFirstNurse, |w| w.save_staff(&nurse())).unwrap();
    store.write::<_, Error>(&by(2), Op::RegisterPatient, |w| w.save_patient(&anna(""), None)).unwrap();
    let first = due(&store).remove(0).sending;
    let id = anna("").id.to_string();
    let there = TrustRef {
        kind: "Patient".to_owned(),
        local_id: id.clone(),
        server_id: id,
        version: Some("W/\"1\"".to_owned()),
    };
    keep(&mut store, first, on_its_way()).unwrap();
    keep(&mut store, first, Kept::Acked { refs: vec![there] }).unwrap();
    correct(&mut store, "ours");
    let second = due(&store).remove(0).sending;
    keep(&mut store, second, on_its_way()).unwrap();
    keep(&mut store, second, Kept::Conflict { reason: "changed_there", theirs: theirs() }).unwrap();
    (store, second)
}

fn anna(phone: &str) -> Patient {
    Patient { phone: phone.to_owned(), ..patient(11, ANNA) }
}

fn correct(store: &mut Store, phone: &str) {
    let from = store.patient(anna("").id).unwrap().map(|(_, revision)| revision);
    store.write::<_, Error>(&by(3), Op::CorrectPatient, |w| w.save_patient(&anna(phone), from)).unwrap();
}

fn theirs() -> Vec<Theirs> {
    let one = |kind: &str, id: &str, base: &str, etag: Option<&str>| Theirs {
        kind: kind.to_owned(),
        server_id: id.to_owned(),
        base: Some(base.to_owned()),
        etag: etag.map(str::to_owned),
        body: etag.map(|_| "{\"theirs\":true}".to_owned()),
        who: Some("Bert Pretend".to_owned()),
    };
    let id = anna("").id.to_string();
    vec![
        one("Patient", &id, "W/\"1\"", Some("W/\"2\"")),
        one("Condition", "same", "W/\"1\"", Some("W/\"1\"")),
        one("Condition", "gone", "W/\"1\"", None),
    ]
}

fn due(store: &Store) -> Vec<Outgoing> {
    store.sendings_due(5, 16).unwrap().sendings
}

fn keep(store: &mut Store, one: SendingId, kept: Kept) -> Result<(), Error> {
    store.keep_sendings(10, "Clinic room 3", &[(one, kept)])
}

fn on_its_way() -> Kept {
    Kept::Sending { sha256: "00".repeat(32) }
}

/// The newest line of the audit.
fn last_line(store: &Store) -> (String, String, i64, String) {
    let sql = "SELECT staff, op, coalesce(revision, 0), detail FROM audit ORDER BY seq DESC LIMIT 1";
    store.conn.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).unwrap()
}

fn version(store: &Store) -> Option<String> {
    store.trust_ref("Patient", &anna("").id.to_string()).unwrap().and_then(|there| there.version)
}

#[test]
fn a_conflict_is_kept_with_all_that_stands_there_and_stops_its_lane_alone() {
    let folder = Folder::new("conflict-kept");
    let (mut store, sending) = in_conflict(&folder);
    store.write::<_, Error>(&by(4), Op::RegisterPatient, |w| w.save_patient(&patient(12, "9990000026"), None)).unwrap();
    correct(&mut store, "ours again");
    let kept = store.conflict(sending).unwrap().unwrap();
    assert_eq!((kept.revision, kept.base, kept.theirs.as_slice()), (2, Some(1), theirs().as_slice()));
    assert_eq!(due(&store).iter().map(|one| one.id.clone()).collect::<Vec<_>>(), [patient(12, "").id.to_string()]);
    assert_eq!(store.conflict_of(&kept.record.id).unwrap(), Some(sending));
    assert_eq!(version(&store).as_deref(), Some("W/\"1\""), "nothing is learnt before somebody has chosen");
}

#[test]
fn what_a_person_chose_is_a_revision_with_both_parents_in_the_place_of_all_that_clashed() {
    let folder = Folder::new("conflict-resolved");
    let (mut store, sending) = in_conflict(&folder);
    correct(&mut store, "ours again");
    let id = anna("").id.to_string();
    assert!(store.last_acked(&id).unwrap().is_some());
    let resolved = store.write::<_, Error>(&by(20), Op::ResolveConflict, |w| {
        w.save_patient(&anna("both"), Some(3))?;
        w.resolve(sending)
    });
    assert!(resolved.unwrap());
    assert_eq!(store.last_acked(&id).unwrap(), None, "it is made from what was seen there");
    let next = due(&store);
    assert_eq!(next.iter().map(|one| (one.revision, one.clashes)).collect::<Vec<_>>(), [(4, 1)], "one for all");
    assert_ne!(next[0].sending, sending);
    assert_eq!(version(&store).as_deref(), Some("W/\"2\""), "it goes over the version that was seen");
    assert!(store.trust_ref("Condition", "gone").unwrap().is_none());
    let left = |id: &str, kind: &str| store.left_there(kind, id).unwrap();
    assert_eq!(left(&anna("").id.to_string(), "Patient").as_deref(), Some("{\"theirs\":true}"));
    assert_eq!(left("same", "Condition"), None);
    let (staff, op, revision, detail) = last_line(&store);
    assert_eq!((staff, op.as_str(), revision), (by(20).staff.to_string(), "resolve_conflict", 4));
    assert_eq!(detail, "of revision 2 and theirs W/\"2\"");
    assert_eq!(store.conflict(sending).unwrap(), None, "it is not chosen twice");
    let parents: (i64, i64, i64, String) = store
        .conn
        .query_row("SELECT base, revision, resolved_revision, status FROM conflict", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .unwrap();
    assert_eq!(parents, (1, 2, 4, "resolved".to_owned()));
    let again = store.write::<_, Error>(&by(21), Op::ResolveConflict, |w| w.resolve(sending));
    assert!(!again.unwrap());
}

#[test]
fn ours_goes_over_theirs_as_it_is_where_nothing_new_was_saved() {
    let folder = Folder::new("conflict-ours");
    let (mut store, sending) = in_conflict(&folder);
    correct(&mut store, "ours again");
    assert!(store.write::<_, Error>(&by(20), Op::ResolveConflict, |w| w.resolve(sending)).unwrap());
    assert_eq!(due(&store).iter().map(|one| one.revision).collect::<Vec<_>>(), [3], "the newest of a patient");
    assert_eq!(store.patient(anna("").id).unwrap().unwrap().1, 3, "no revision was made");
}

#[test]
fn what_needs_no_person_is_merged_by_the_queue_in_one_step() {
    let folder = Folder::new("conflict-merged");
    let (mut store, sending) = in_conflict(&folder);
    let other = store.write::<_, Error>(&by(20), Op::ResolveConflict, |w| w.resolve(sending));
    assert!(other.unwrap());
    let one = due(&store).remove(0).sending;
    keep(&mut store, one, on_its_way()).unwrap();
    let became = Became::Patient(Box::new(anna("both")));
    keep(&mut store, one, Kept::Merged { theirs: theirs(), became }).unwrap();
    let (saved, revision) = store.patient(anna("").id).unwrap().unwrap();
    assert_eq!((saved.phone.as_str(), revision), ("both", 3));
    assert_eq!(due(&store).iter().map(|one| (one.revision, one.clashes)).collect::<Vec<_>>(), [(3, 2)]);
    let (staff, op, revision, detail) = last_line(&store);
    assert_eq!((staff.as_str(), op.as_str(), revision), (audit::QUEUE, "merge_from_trust", 3));
    assert_eq!(detail, "of revision 2 and theirs W/\"2\"");
    assert_eq!((store.waiting().unwrap().needs_you, store.verify_audit().unwrap().is_ok()), (0, true));
}

#[test]
fn nothing_gives_way_that_may_be_on_its_way() {
    let folder = Folder::new("conflict-away");
    let (mut store, sending) = in_conflict(&folder);
    correct(&mut store, "ours again");
    store.conn.execute("UPDATE sending SET state = 'unknown' WHERE revision = 3", []).unwrap();
    let resolved = store.write::<_, Error>(&by(20), Op::ResolveConflict, |w| w.resolve(sending));
    assert!(matches!(resolved, Err(Error::ChangedMeanwhile)));
    assert!(store.conflict(sending).unwrap().is_some(), "nothing was changed");
}

#[test]
fn a_withdrawn_sending_never_goes_and_the_lane_goes_on() {
    let folder = Folder::new("conflict-withdrawn");
    let (mut store, sending) = in_conflict(&folder);
    correct(&mut store, "ours again");
    let withdraw = |store: &mut Store, one| {
        store.write::<_, Error>(&by(20), Op::WithdrawSending, |w| w.withdraw(one, "Said twice")).unwrap()
    };
    assert!(withdraw(&mut store, sending) && !withdraw(&mut store, sending));
    let counts = store.waiting().unwrap();
    assert_eq!((counts.waiting, counts.needs_you, due(&store).len()), (0, 0, 0), "its later revision goes with it");
    assert!(store.stopped(9).unwrap().is_empty() && store.unsent(sending).unwrap().is_none());
    assert_eq!(store.patient(anna("").id).unwrap().unwrap().0.phone, "ours again", "the record stays as it is");
    assert_eq!(last_line(&store).1, "withdraw_sending");
    correct(&mut store, "later");
    assert_eq!(due(&store).iter().map(|one| one.revision).collect::<Vec<_>>(), [4]);
    let waits = due(&store)[0].sending;
    assert!(!withdraw(&mut store, waits), "what only waits is not withdrawn");
    assert_eq!(version(&store).as_deref(), Some("W/\"1\""), "theirs is met again by what is saved later");
}

#[test]
fn a_later_revision_in_doubt_is_withdrawn_with_the_conflict_and_the_record_is_not_counted_as_sent() {
    let folder = Folder::new("conflict-withdrawn-doubt");
    let (mut store, sending) = in_conflict(&folder);
    correct(&mut store, "ours again");
    store.conn.execute("UPDATE sending SET state = 'unknown' WHERE revision = 3", []).unwrap();
    let withdrawn = store.write::<_, Error>(&by(20), Op::WithdrawSending, |w| w.withdraw(sending, "Said twice"));
    assert!(withdrawn.unwrap() && due(&store).is_empty(), "it would be asked about, and go again");
    let counts = store.waiting().unwrap();
    assert_eq!((counts.records, counts.waiting, counts.needs_you), (0, 0, 0), "only an older one is at the trust");
    correct(&mut store, "later");
    assert_eq!((store.waiting().unwrap().records, store.waiting().unwrap().waiting), (1, 1));
}

#[test]
fn an_older_outbox_keeps_its_order_its_numbers_and_what_was_said() {
    let mut conn = Connection::open_in_memory().unwrap();
    conn.execute_batch("PRAGMA foreign_keys = ON").unwrap();
    migrate::migrate_to(&mut conn, Some(12)).unwrap();
    let row = |seq: i64, state: &str, said: Option<&str>| {
        let id = format!("record-{seq}");
        conn.execute(
            "INSERT INTO revision (kind, id, revision, at, staff, op, form_version, snapshot)
             VALUES ('patient', ?1, 1, 1, 's', 'register_patient', 1, '{}')",
            [&id],
        )
        .unwrap();
        conn.execute(
            "INSERT INTO sending (seq, sending_id, lane, kind, id, revision, staff, form_version, state, said, stopped_at)
             VALUES (?1, ?2, ?2, 'patient', ?2, 1, 's', 1, ?3, ?4, 7)",
            (seq, &id, state, said),
        )
        .unwrap();
    };
    row(1, "acked", None);
    row(4, "conflict", None);
    row(5, "quarantined", Some("no"));
    row(9, "queued", None);
    conn.execute("INSERT INTO conflict (sending_id, at, type, server_id) VALUES ('record-4', 1, 'Patient', 'a')", [])
        .unwrap();
    conn.execute("DELETE FROM sending WHERE seq = 9", []).unwrap();
    migrate::migrate_to(&mut conn, None).unwrap();
    let mut statement = conn.prepare("SELECT seq, state, said, stopped_at FROM sending ORDER BY seq").unwrap();
    type Row = (i64, String, Option<String>, Option<i64>);
    let rows: Vec<Row> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let of = |seq, state: &str, said: Option<&str>, at| (seq, state.to_owned(), said.map(str::to_owned), at);
    let expected =
        [of(1, "acked", None, Some(7)), of(4, "queued", None, None), of(5, "quarantined", Some("no"), Some(7))];
    assert_eq!(rows, expected);
    let next: i64 =
        conn.query_row("SELECT seq FROM sqlite_sequence WHERE name = 'sending'", [], |row| row.get(0)).unwrap();
    assert_eq!(next, 9, "a number that was given is never given again");
    assert!(!conn.prepare("PRAGMA foreign_key_check").unwrap().exists([]).unwrap());
}
