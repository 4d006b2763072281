//! The oracle of the fault tests, tried on faults that were planted: it must see each of them.

use kit::appointment::{Play, moment};
use kit::kept::{self, Kept};
use kit::room::{copy, unlock};
use kit::{RUTHS_PASSPHRASE, Room};
use rusqlite::Connection;
use security::Dek;

/// A whole appointment, closed; the key of its database and how many acts there were.
async fn an_appointment() -> (Room, Dek, usize) {
    let room = Room::new();
    let house = room.house();
    let mut acts = 0;
    let mut say = |_| acts += 1;
    let mut play = Play::new(&room.clock, &mut say);
    let clinic = play.first_start(&house).await.unwrap();
    play.appointment(&clinic, 0).await.unwrap();
    play.close(&clinic).await;
    let ruth = house.front().nurses[0].id.to_string();
    unlock(&house, &ruth, RUTHS_PASSPHRASE).await.unwrap().close().await;
    let dek = kept::key(&room, &ruth, RUTHS_PASSPHRASE);
    (room, dek, acts)
}

fn without(kept: &Kept, missing: impl Fn(i64, &str) -> bool) -> Kept {
    let lines: Vec<_> = kept.lines.iter().filter(|(at, line)| !missing(*at, line)).cloned().collect();
    Kept { lines, places: kept.places.clone(), revisions: kept.revisions }
}

#[tokio::test]
async fn a_lost_a_half_and_an_unknown_act_are_seen() {
    let (room, dek, acts) = an_appointment().await;
    let written = kept::read(&room.profile().join("clinic.db"), &dek).unwrap();
    let judge = |found: &Kept, sure: usize| kept::judge(&written, found, moment(sure), moment(sure + 1), i64::MAX);
    // The locking act, which wrote a revision, an audit line, a sending, a version and its paper.
    let last = acts - 1;
    let before = without(&written, |at, _| at >= moment(last));
    let with_it = without(&written, |at, _| at > moment(last));
    assert_eq!(judge(&before, last - 1), Ok(()), "not yet there is right when nobody was told");
    assert_eq!(judge(&with_it, last - 1), Ok(()), "there already is right too");
    assert!(judge(&before, last).unwrap_err().starts_with("lost: "));
    for part in ["audit|", "revision|", "sending|", "version|", "paper|"] {
        let half = without(&with_it, |at, line| at == moment(last) && line.starts_with(part));
        assert!(judge(&half, last - 1).unwrap_err().starts_with("half saved"), "without {part}");
        assert!(judge(&half, last).unwrap_err().starts_with("lost: "), "without {part}");
    }
    assert!(judge(&with_it, last - 2).unwrap_err().starts_with("half saved"), "two acts more than were told");
}

#[tokio::test]
async fn an_unsound_database_is_seen() {
    let (room, dek, _) = an_appointment().await;
    let planted = |sql: &str| {
        let folder = tempfile::TempDir::new().unwrap();
        copy(room.profile(), folder.path());
        let database = folder.path().join("clinic.db");
        let conn = Connection::open(&database).unwrap();
        conn.execute_batch(&format!("PRAGMA key = \"x'{}'\"", dek.sqlcipher_key().as_str())).unwrap();
        conn.execute_batch(
            "PRAGMA foreign_keys = OFF;
             DROP TRIGGER revision_stays; DROP TRIGGER revision_keeps; DROP TRIGGER audit_keeps;
             DROP TRIGGER version_keeps; DROP TRIGGER paper_keeps",
        )
        .unwrap();
        conn.execute_batch(sql).unwrap();
        drop(conn);
        kept::read(&database, &dek).err().unwrap_or_default()
    };
    assert_eq!(planted(""), "");
    assert!(planted("UPDATE hna SET status = 'draft'").contains("otherwise than its newest"));
    assert!(planted("UPDATE care_plan SET status = 'draft'").contains("otherwise than its newest"));
    assert!(planted("DELETE FROM paper; DELETE FROM version").contains("a lock or signature without its version"));
    assert!(planted("DELETE FROM paper").contains("a version without its paper"));
    assert!(planted("DELETE FROM revision WHERE kind = 'hna' AND revision = 3").contains("a hole in the revisions"));
    assert!(planted("DELETE FROM revision WHERE kind = 'hna'").contains("a record without a revision"));
    assert!(planted("DELETE FROM audit WHERE op = 'complete_hna'").contains("a revision without its audit line"));
    assert!(planted("DELETE FROM patient WHERE nhs_number LIKE '999%18'").contains("references"));
}
