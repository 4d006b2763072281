//! Hand-overs on a real encrypted file: the key is there until the answers were taken back, and then nowhere.

use domain::op::Op;
use domain::record::Record;

use super::*;
use crate::open::tests::{Folder, by, draft, ids, keys, nurse, patient};

fn out(file: &str, hna: HnaId, at: i64) -> HandedOver {
    HandedOver { file: file.to_owned(), hna, staff: nurse().id, at, secret: Zeroizing::new([0xa7; 32]) }
}

#[test]
fn a_key_is_kept_until_its_answers_were_taken_back() {
    let folder = Folder::new("hand-over");
    let mut store = Store::create(&folder.database(), keys(1), ids()).unwrap();
    let anna = patient(2, "999 000 0018");
    let hna = draft(anna.id);
    store
        .write::<_, Error>(&by(1), Op::RegisterPatient, |w| {
            w.save_staff(&nurse())?;
            w.save_patient(&anna, None)?;
            w.save_hna(&hna, None)
        })
        .unwrap();
    for (file, at) in [("second", 9), ("first", 8)] {
        let out = out(file, hna.id, at);
        store.write::<_, Error>(&by(at), Op::HandOver, |w| w.hand_over(&out)).unwrap();
    }

    let files = |store: &Store| store.handed_over().unwrap().into_iter().map(|out| out.file).collect::<Vec<_>>();
    assert_eq!(files(&store), ["first", "second"]);
    assert_eq!(*store.handed_over_of(hna.id).unwrap()[0].secret, [0xa7; 32]);
    assert_eq!(store.taken_back(hna.id).unwrap(), None);
    assert!(!store.was_taken_back("first").unwrap() && !store.was_taken_back("unknown").unwrap());

    let back = TakenBack {
        staff: nurse().id,
        at: 8,
        answers: 12,
        unreadable: 1,
        not_me: false,
        doubtful: true,
        give_up_reason: Some("The disk is broken".to_owned()),
    };
    let take_back = |store: &mut Store| {
        store.write::<_, Error>(&by(20), Op::TakeBack, |w| {
            w.about(Record::hna(hna.id, anna.id));
            w.take_back("first", &back)
        })
    };
    take_back(&mut store).unwrap();
    assert!(matches!(take_back(&mut store), Err(Error::ChangedMeanwhile)), "twice");
    assert_eq!(files(&store), ["second"]);
    assert_eq!(store.taken_back(hna.id).unwrap(), Some(back));
    assert!(store.was_taken_back("first").unwrap());
    let kept: i64 =
        store.conn.query_row("SELECT count(*) FROM hand_over WHERE secret IS NOT NULL", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 1, "the key of the one that came back is gone");
}
