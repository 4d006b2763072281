//! A notice stands once, changes nothing by itself, and ends with what a person chose.

use super::*;
use crate::open::tests::{Folder, by, ids, keys};
use crate::there::tests::acknowledged;

fn about(kind: &str, id: &str) -> About {
    About { kind: kind.to_owned(), server_id: id.to_owned(), version: None }
}

fn many(ids: &[&str]) -> NewNotice {
    let about = ids.iter().map(|id| about("Observation", id)).collect();
    NewNotice { kind: NoticeKind::ManyRemoved, patient: None, resource: None, about }
}

fn settle(store: &mut Store, notice: i64, settled: Settled) -> bool {
    store.write::<_, Error>(&by(9), Op::SettleNotice, |w| w.settle_notice(notice, settled)).unwrap()
}

#[test]
fn one_notice_is_open_about_one_thing_and_ends_with_a_choice_that_fits() {
    let folder = Folder::new("notice-once");
    let mut store = Store::create(&folder.database(), keys(1), ids()).unwrap();
    assert!(store.keep_notice(5, &many(&["a", "b"])).unwrap());
    assert!(!store.keep_notice(6, &many(&["a", "c"])).unwrap());
    store.keep_removed(7, "p", "Goal", "g").unwrap();
    store.keep_removed(8, "p", "Goal", "g").unwrap();
    let open = store.notices(10).unwrap();
    let told: Vec<_> = open.iter().map(|one| (one.kind, one.count, one.at)).collect();
    assert_eq!(told, [(NoticeKind::ManyRemoved, 2, 5), (NoticeKind::RemovedThere, 1, 7)]);
    assert_eq!(open[1].resource, Some(("Goal".to_owned(), "g".to_owned())));
    assert!(!settle(&mut store, open[0].id, Settled::Seen) && !settle(&mut store, open[1].id, Settled::Gone));
    assert!(settle(&mut store, open[0].id, Settled::LookAgain) && settle(&mut store, open[1].id, Settled::Seen));
    assert!(!settle(&mut store, open[0].id, Settled::Gone), "it was settled");
    assert_eq!(store.notices(10).unwrap(), []);
    assert!(store.keep_notice(10, &many(&["a"])).unwrap(), "what is found again is told again");
    let open = store.notices(10).unwrap();
    assert!(settle(&mut store, open[0].id, Settled::Gone));
    assert_eq!(store.known_there("").unwrap(), [], "gone is not missed again");
}

#[test]
fn what_asks_for_a_decision_is_never_buried() {
    let folder = Folder::new("notice-first");
    let mut store = Store::create(&folder.database(), keys(1), ids()).unwrap();
    for n in 0..3 {
        store.keep_removed(5, "p", "Goal", &format!("g{n}")).unwrap();
    }
    store.keep_notice(6, &many(&["a", "b"])).unwrap();
    let told: Vec<_> = store.notices(2).unwrap().iter().map(|one| (one.kind, one.at)).collect();
    assert_eq!(told, [(NoticeKind::ManyRemoved, 6), (NoticeKind::RemovedThere, 5)]);
}

#[test]
fn one_version_is_told_once_for_ever_and_the_next_one_anew() {
    let folder = Folder::new("notice-version");
    let mut store = Store::create(&folder.database(), keys(1), ids()).unwrap();
    let at = |version: &str| About { version: Some(version.to_owned()), ..about("Patient", "p") };
    let new = |version: &str| {
        let resource = Some(("Patient".to_owned(), "p".to_owned()));
        NewNotice { kind: NoticeKind::NotRead, patient: Some("p".to_owned()), resource, about: vec![at(version)] }
    };
    assert!(store.keep_notice(5, &new("1")).unwrap());
    let open = store.notices(10).unwrap();
    assert!(settle(&mut store, open[0].id, Settled::Seen));
    assert!(store.was_noticed(NoticeKind::NotRead, &at("1")).unwrap());
    assert!(!store.was_noticed(NoticeKind::NotRead, &at("2")).unwrap());
    assert!(!store.was_noticed(NoticeKind::PatientNotInUse, &at("1")).unwrap());
}

#[test]
fn what_was_removed_there_stays_here_and_is_not_missed_again() {
    let folder = Folder::new("notice-removed");
    let mut store = Store::create(&folder.database(), keys(1), ids()).unwrap();
    let zofia = acknowledged(&mut store);
    let id = zofia.to_string();
    store.keep_removed(7, &id, "Patient", &id).unwrap();
    assert_eq!(store.known_there(&id).unwrap(), []);
    assert!(store.patient(zofia).unwrap().is_some() && store.trust_ref("Patient", &id).unwrap().is_some());
    assert_eq!(store.notices(10).unwrap()[0].patient, Some(zofia));
}

#[test]
fn a_few_lost_sendings_go_again_by_themselves_and_more_by_a_press() {
    let folder = Folder::new("notice-lost");
    let mut store = Store::create(&folder.database(), keys(1), ids()).unwrap();
    let id = acknowledged(&mut store).to_string();
    let sending = store.acked(Latest::Acknowledged, 0, 10).unwrap()[0].sending.to_string();
    let lost = || vec![about("Provenance", &sending), about("Patient", &id)];
    let mut more = lost();
    more.extend((0..6_u8).map(|n| about("Provenance", &SendingId::from_random([n; 16]).to_string())));
    store.keep_lost(7, "", more).unwrap();
    let open = store.notices(10).unwrap();
    assert_eq!(
        (open[0].kind, open[0].count, store.acked(Latest::Acknowledged, 0, 10).unwrap().len()),
        (NoticeKind::WentBack, 7, 1)
    );
    let pressed = store.write::<_, Error>(&by(9), Op::SendAgain, |w| w.settle_notice(open[0].id, Settled::SendAgain));
    assert!(pressed.unwrap());
    let due = store.sendings_due(10, 5).unwrap().sendings;
    assert_eq!(due.iter().map(|one| (one.sending.to_string(), one.unknown)).collect::<Vec<_>>(), [(sending, true)]);
    assert_eq!(store.trust_ref("Patient", &id).unwrap(), None, "it is made again");
    assert!(store.verify_audit().unwrap().is_ok());

    let folder = Folder::new("notice-lost-few");
    let mut store = Store::create(&folder.database(), keys(1), ids()).unwrap();
    let id = acknowledged(&mut store).to_string();
    let sending = store.acked(Latest::Acknowledged, 0, 10).unwrap()[0].sending.to_string();
    let lines = store.verify_audit().unwrap().unwrap();
    store.keep_lost(7, "", vec![about("Provenance", &sending), about("Patient", &id)]).unwrap();
    assert_eq!((store.notices(10).unwrap(), store.waiting().unwrap().waiting), (vec![], 1));
    assert_eq!(store.verify_audit().unwrap(), Ok(lines + 1));
}
