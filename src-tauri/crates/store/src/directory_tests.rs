//! An entry reads back whole, revision after revision, and nothing of it is ever to be sent.

use domain::directory::{Checked, DirectoryEntry, EntryKind};
use domain::id::DirectoryEntryId;
use domain::op::Op;
use jiff::civil::date;

use super::*;
use crate::open::tests::{Folder, by, ids, keys};

#[test]
fn entries_read_back_whole_in_the_order_they_came_and_are_never_sent() {
    let folder = Folder::new("directory");
    let mut store = Store::create(&folder.database(), keys(1), ids()).unwrap();
    let words = |part: &str| format!("Łęcka’s {part}");
    let centre = DirectoryEntry {
        id: DirectoryEntryId::from_random([31; 16]),
        kind: EntryKind::Place,
        name: words("centre"),
        about: words("about\nsecond line"),
        concerns: vec!["anxiety".to_owned(), "sleep".to_owned()],
        phone: words("phone"),
        hours: words("hours"),
        area: words("area"),
        access: words("access"),
        website: words("website"),
        checked: Some(Checked { on: date(2026, 10, 12), by: words("nurse") }),
        retired: true,
    };
    let topic = DirectoryEntry {
        id: DirectoryEntryId::from_random([1; 16]),
        kind: EntryKind::Topic,
        concerns: Vec::new(),
        checked: None,
        retired: false,
        ..centre.clone()
    };
    for (at, entry) in [(1, &centre), (2, &topic)] {
        let add = |w: &mut Writing<'_>| w.save_directory_entry(entry, None);
        store.write::<_, Error>(&by(at), Op::AddDirectoryEntry, add).unwrap();
    }
    let again = DirectoryEntry { retired: false, ..centre.clone() };
    let change = |w: &mut Writing<'_>| w.save_directory_entry(&again, Some(1));
    store.write::<_, Error>(&by(3), Op::RetireDirectoryEntry, change).unwrap();
    let kept: Vec<_> = store.directory().unwrap().into_iter().map(|saved| (saved.entry, saved.revision)).collect();
    assert_eq!(kept, [(again.clone(), 2), (topic, 1)]);
    assert_eq!(store.directory_entry(centre.id).unwrap().map(|saved| saved.entry), Some(again));
    assert!(store.directory_entry(DirectoryEntryId::from_random([7; 16])).unwrap().is_none());
    assert!(matches!(
        store.write::<_, Error>(&by(4), Op::ChangeDirectoryEntry, |w| w.save_directory_entry(&centre, Some(1))),
        Err(Error::ChangedMeanwhile)
    ));
    let waiting: i64 = store.conn.query_row("SELECT count(*) FROM sending", [], |row| row.get(0)).unwrap();
    assert_eq!(waiting, 0);
}
