//! What is carried by hand, on a real encrypted file: whole lanes in their order, and marked so that each is asked about.

use domain::op::Op;

use super::*;
use crate::kept::Kept;
use crate::open::tests::{Folder, by, ids, keys, nurse, patient};

fn desk(folder: &Folder) -> Store {
    let mut store = Store::create(&folder.database(), keys(1), ids()).unwrap();
    store.write::<_, Error>(&by(1), Op::EnrolFirstNurse, |w| w.save_staff(&nurse())).unwrap();
    for (byte, number) in [(11, "9990000018"), (12, "9990000026"), (13, "9990000034")] {
        let saved = patient(byte, number);
        store.write::<_, Error>(&by(2), Op::RegisterPatient, |w| w.save_patient(&saved, None)).unwrap();
    }
    store
}

#[test]
fn a_lane_with_something_stopped_stays_and_the_others_come_in_pages() {
    let folder = Folder::new("carried-lanes");
    let mut store = desk(&folder);
    let all = store.to_carry(None, 16).unwrap();
    assert_eq!(all.len(), 3);
    let held = Kept::Held { reason: "not_permitted", said: String::new() };
    store.keep_sendings(5, "", &[(all[1].sending, held)]).unwrap();
    let first = store.to_carry(None, 1).unwrap();
    let next = store.to_carry(Some(first[0].sending), 1).unwrap();
    assert_eq!([&first[0], &next[0]], [&all[0], &all[2]]);
    assert!(store.to_carry(Some(next[0].sending), 1).unwrap().is_empty());
}

#[test]
fn what_was_carried_is_asked_about_and_says_when() {
    let folder = Folder::new("carried-marked");
    let mut store = desk(&folder);
    assert_eq!((store.carried_at().unwrap(), store.oldest_unsent().unwrap()), (None, Some(2)));
    let all = store.to_carry(None, 16).unwrap();
    let two = [all[0].sending, all[1].sending];
    store.write::<_, Error>(&by(7), Op::CarryOutbox, |w| w.carry(&two)).unwrap();
    assert_eq!(store.carried_at().unwrap(), Some(7));
    let due = store.sendings_due(8, 16).unwrap().sendings;
    assert_eq!(
        due.iter().map(|one| (one.unknown, one.sent_at)).collect::<Vec<_>>(),
        [(true, Some(7)), (true, Some(7)), (false, None)]
    );

    let acked = |one: &Outgoing| (one.sending, Kept::Acked { refs: Vec::new() });
    store.keep_sendings(9, "", &[acked(&all[0]), acked(&all[1])]).unwrap();
    assert_eq!(store.carried_at().unwrap(), None, "nothing of it waits any more");
    let again = store.write::<_, Error>(&by(9), Op::CarryOutbox, |w| w.carry(&two));
    assert!(matches!(again, Err(Error::ChangedMeanwhile)));
}
