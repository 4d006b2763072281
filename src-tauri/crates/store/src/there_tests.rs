//! What is kept of the trust goes forward only, is about one patient, and is there until it was taken.

use domain::id::PatientId;
use domain::op::Op;

use super::*;
use crate::open::tests::{Folder, by, ids, keys, nurse, patient};
use crate::{Kept, TrustRef};

fn store(folder: &Folder) -> Store {
    Store::create(&folder.database(), keys(1), ids()).unwrap()
}

fn there(id: &str, of: &str, version: &str, updated: Option<i64>) -> There {
    let (kind, body) = ("Observation".to_owned(), format!("{{\"of\":\"{version}\"}}"));
    There { kind, server_id: id.to_owned(), patient: of.to_owned(), version: version.to_owned(), updated, body }
}

fn listed(one: &There) -> Seen {
    let There { server_id, patient, version, updated, .. } = one.clone();
    Seen { server_id, patient, version, updated }
}

#[test]
fn versions_go_forward_only_and_what_was_taken_is_not_fetched_again() {
    let folder = Folder::new("there-forward");
    let mut store = store(&folder);
    let second = there("a", "p", "W/\"2\"", Some(20));
    assert_eq!(store.differing("Observation", &[listed(&second)]).unwrap().newer, ["a"]);
    assert_eq!(store.keep_there(std::slice::from_ref(&second)).unwrap().0, 1);
    assert_eq!(store.keep_there(std::slice::from_ref(&second)).unwrap(), (0, Differing::default()), "once");
    let older = there("a", "p", "W/\"1\"", Some(15));
    assert_eq!(store.keep_there(std::slice::from_ref(&older)).unwrap().1.older, ["a"]);
    assert_eq!(store.differing("Observation", &[listed(&older)]).unwrap().older, ["a"]);
    assert_eq!(store.staged("p").unwrap(), std::slice::from_ref(&second));
    let third = there("a", "p", "W/\"10\"", Some(10));
    assert_eq!(store.keep_there(std::slice::from_ref(&third)).unwrap().0, 1, "numbers count, not their letters");
    let taken =
        |store: &mut Store, one: &There| store.write::<_, Error>(&by(1), Op::SettleNotice, |w| w.taken(one)).unwrap();
    assert!(!taken(&mut store, &second), "a newer one came meanwhile");
    assert!(taken(&mut store, &third));
    assert_eq!(store.staged("p").unwrap(), []);
    assert_eq!(store.differing("Observation", &[listed(&third)]).unwrap(), Differing::default());
    let left: i64 = store.conn.query_row("SELECT count(body) FROM there", [], |row| row.get(0)).unwrap();
    assert_eq!(left, 0, "the server has it");
}

#[test]
fn a_number_that_is_given_again_is_another_version() {
    let folder = Folder::new("there-again");
    let mut store = store(&folder);
    let id = acknowledged(&mut store).to_string();
    let at = |version: &str, at: i64| There { kind: "Patient".to_owned(), ..there(&id, &id, version, Some(at)) };
    let third = at("W/\"3\"", 10_000);
    store.keep_there(std::slice::from_ref(&third)).unwrap();
    store.write::<_, Error>(&by(1), Op::SettleNotice, |w| w.taken(&third)).unwrap();
    for same in [at("W/\"3\"", 10_000), at("W/\"3\"", 11_999)] {
        assert_eq!(store.differing("Patient", &[listed(&same)]).unwrap(), Differing::default(), "some servers round");
    }
    for again in [at("W/\"3\"", 90_000), at("W/\"2\"", 190_000)] {
        let differing = store.differing("Patient", &[listed(&again)]).unwrap();
        assert_eq!((differing.newer, differing.older), (vec![id.clone()], vec![id.clone()]));
        let (staged, left) = store.keep_there(std::slice::from_ref(&again)).unwrap();
        assert_eq!((staged, left.older), (1, vec![id.clone()]));
        assert_eq!(store.staged(&id).unwrap(), [again], "it is to be taken in");
        let known = store.trust_ref("Patient", &id).unwrap().unwrap().version;
        assert_eq!(known.as_deref(), Some("W/\"0\""), "and no change goes over it");
    }
}

#[test]
fn what_was_gone_and_is_back_is_looked_at_whichever_version_it_is() {
    let folder = Folder::new("there-back");
    let mut store = store(&folder);
    let one = there("a", "p", "W/\"1\"", Some(20));
    store.keep_there(std::slice::from_ref(&one)).unwrap();
    store.keep_removed(7, "p", "Observation", "a").unwrap();
    assert_eq!(store.staged("p").unwrap(), []);
    assert_eq!(store.differing("Observation", &[listed(&one)]).unwrap().newer, ["a"]);
    assert_eq!(store.keep_there(std::slice::from_ref(&one)).unwrap().0, 1);
    assert_eq!(store.staged("p").unwrap(), [one]);
}

#[test]
fn versions_that_say_nothing_go_by_the_servers_time() {
    let folder = Folder::new("there-opaque");
    let mut store = store(&folder);
    store.keep_there(&[there("a", "p", "\"ab\"", Some(20))]).unwrap();
    assert_eq!(store.keep_there(&[there("a", "p", "\"cd\"", Some(19))]).unwrap().1.older, ["a"]);
    assert_eq!(store.keep_there(&[there("a", "p", "\"cd\"", Some(20))]).unwrap().0, 1, "in the same moment");
    assert_eq!(store.keep_there(&[there("a", "p", "\"ef\"", None)]).unwrap().0, 1, "without a time it is looked at");
}

#[test]
fn what_is_about_somebody_else_now_is_never_taken_for_hers() {
    let folder = Folder::new("there-other");
    let mut store = store(&folder);
    let hers = there("a", "p", "W/\"1\"", Some(20));
    store.keep_there(std::slice::from_ref(&hers)).unwrap();
    let moved = there("a", "q", "W/\"2\"", Some(30));
    assert_eq!(store.differing("Observation", &[listed(&moved)]).unwrap().other_patient, ["a"]);
    assert_eq!(store.keep_there(std::slice::from_ref(&moved)).unwrap().1.other_patient, ["a"]);
    assert_eq!((store.staged("p").unwrap(), store.staged("q").unwrap()), (vec![hers], vec![]));
}

/// Zofia, and her Patient acknowledged at version 1.
pub(crate) fn acknowledged(store: &mut Store) -> PatientId {
    let zofia = patient(2, "999 000 0018");
    let register = |w: &mut Writing<'_>| {
        w.save_staff(&nurse())?;
        w.save_patient(&zofia, None)
    };
    store.write::<_, Error>(&by(1), Op::RegisterPatient, register).unwrap();
    let one = store.sendings_due(5, 1).unwrap().sendings.remove(0);
    let (id, version) = (zofia.id.to_string(), Some("W/\"1\"".to_owned()));
    let refs = vec![TrustRef { kind: "Patient".to_owned(), local_id: id.clone(), server_id: id, version }];
    store.keep_sendings(5, "", &[(one.sending, Kept::Sending { sha256: String::new() })]).unwrap();
    store.keep_sendings(6, "", &[(one.sending, Kept::Acked { refs })]).unwrap();
    zofia.id
}

#[test]
fn what_was_sent_from_here_is_known_without_being_fetched() {
    let folder = Folder::new("there-ours");
    let mut store = store(&folder);
    let id = acknowledged(&mut store).to_string();
    let at = |version: &str| There { kind: "Patient".to_owned(), ..there(&id, &id, version, None) };
    assert_eq!(store.known_there(&id).unwrap(), [("Patient".to_owned(), id.clone())], "and is missed when it goes");
    assert_eq!(store.differing("Patient", &[listed(&at("W/\"1\""))]).unwrap(), Differing::default());
    assert_eq!(store.known_there(&id).unwrap().len(), 1);
    assert_eq!(store.differing("Patient", &[listed(&at("W/\"0\""))]).unwrap().older, [id.as_str()]);
    store.keep_there(&[at("W/\"2\"")]).unwrap();
    assert_eq!(store.staged(&id).unwrap().len(), 1);
    // A conflict was met and resolved meanwhile: ours is newer now, with theirs in it.
    store.conn.execute("UPDATE trust_ref SET version = 'W/\"3\"'", []).unwrap();
    assert_eq!(store.staged(&id).unwrap(), []);
    assert_eq!(store.patient_there(&id).unwrap(), Some(id));
}

#[test]
fn how_far_it_was_fetched_never_goes_back() {
    let folder = Folder::new("there-pulled");
    let mut store = store(&folder);
    assert_eq!((store.pulled_to("p").unwrap(), store.server_time().unwrap()), (None, None));
    for (since, at) in [(None, 5), (Some(40), 6), (Some(30), 7), (None, 8)] {
        store.keep_pulled(&["p".to_owned()], PulledTo { since, at }, None).unwrap();
    }
    assert_eq!(store.pulled_to("p").unwrap(), Some(PulledTo { since: Some(40), at: 8 }));
    store.keep_pulled(&[], PulledTo { since: None, at: 9 }, Some(50)).unwrap();
    store.keep_pulled(&[], PulledTo { since: None, at: 10 }, Some(45)).unwrap();
    assert_eq!(store.server_time().unwrap(), Some(50));
}
