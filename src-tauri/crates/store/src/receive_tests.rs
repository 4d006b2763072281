//! What came from the trust, in the store: revisions by whoever wrote them there.

use domain::id::HnaId;
use domain::staff::By;

use super::*;
use crate::kept::Kept;
use crate::open::tests::{Folder, by, draft, ids, keys, nurse, patient};
use crate::there::There;

fn there(kind: &str, id: &str, patient: &str) -> There {
    There {
        kind: kind.to_owned(),
        server_id: id.to_owned(),
        patient: patient.to_owned(),
        version: "W/\"3\"".to_owned(),
        updated: None,
        body: "{}".to_owned(),
    }
}

#[test]
fn what_came_from_the_trust_is_as_sent_and_the_next_change_is_not_and_is_made_from_it() {
    let folder = Folder::new("receive-as-sent");
    let mut store = Store::create(&folder.database(), keys(1), ids()).unwrap();
    let anna = patient(11, "9990000018");
    let lane = anna.id.to_string();
    let one = there("Patient", &lane, &lane);
    store.keep_there(std::slice::from_ref(&one)).unwrap();
    assert_eq!(store.is_as_sent(&lane).unwrap(), None, "not here");
    let there_by = By { at: 3, ..by(3) };
    let receive = |w: &mut Writing<'_>| {
        w.save_patient(&anna, None)?;
        w.keep_taken(&[&one], anna.id)
    };
    store.receive::<_, Error>(&there_by, 9, receive).unwrap();
    assert_eq!(store.is_as_sent(&lane).unwrap(), Some(true));
    assert!(store.sendings_due(9, 9).unwrap().sendings.is_empty() && store.has_acked(&lane).unwrap());
    assert!(store.staged(&lane).unwrap().is_empty());
    assert_eq!(store.trust_ref("Patient", &lane).unwrap().unwrap().version.as_deref(), Some("W/\"3\""));
    let audited: (String, i64) = store
        .conn
        .query_row("SELECT staff, at FROM audit WHERE op = 'receive_from_trust'", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    assert_eq!(audited, (QUEUE.to_owned(), 9), "the queue brought it");
    store
        .write::<_, Error>(&by(11), Op::CorrectPatient, |w| {
            w.save_staff(&nurse())?;
            w.save_patient(&anna, Some(1))
        })
        .unwrap();
    assert_eq!(store.is_as_sent(&lane).unwrap(), Some(false), "it waits");
    assert_eq!(store.acked_before(&lane, 2).unwrap(), Some(1), "made from what the trust has");
    let sending = store.sendings_due(12, 9).unwrap().sendings.remove(0).sending;
    let sent = |kept| vec![(sending, kept)];
    store.keep_sendings(12, "", &sent(Kept::Sending { sha256: "0".repeat(64) })).unwrap();
    store.keep_sendings(13, "", &sent(Kept::Acked { refs: Vec::new() })).unwrap();
    assert_eq!(store.is_as_sent(&lane).unwrap(), Some(true));
}

#[test]
fn a_draft_is_never_as_sent() {
    let folder = Folder::new("receive-draft");
    let mut store = Store::create(&folder.database(), keys(1), ids()).unwrap();
    let anna = patient(11, "9990000018");
    let hna = draft(anna.id);
    store
        .write::<_, Error>(&by(1), Op::StartHna, |w| {
            w.save_patient(&anna, None)?;
            w.save_hna(&hna, None)
        })
        .unwrap();
    let id: HnaId = hna.id;
    assert_eq!(store.is_as_sent(&id.to_string()).unwrap(), Some(false));
}
