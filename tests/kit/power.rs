//! Power cuts: what happened to a database's files is recorded, and disks are made up as a cut at some point could have left them.
//!
//! What was synced is there. What was not yet synced may be there, be missing, have happened in another order, or be torn at sectors
//! of 512 bytes; each file for itself.

use std::collections::BTreeMap;
use std::sync::Mutex;

use crate::chance::Chance;
use crate::disk::{Answer, Step, Watch};

/// Files by name with their bytes.
pub type Files = BTreeMap<String, Vec<u8>>;

const SECTOR: usize = 512;

/// One thing that happened, in the order in which it did.
pub enum Event {
    Write {
        file: String,
        at: usize,
        bytes: Vec<u8>,
    },
    Truncate {
        file: String,
        size: usize,
    },
    Sync {
        file: String,
    },
    Remove {
        file: String,
        durable: bool,
    },
    /// The nurse was told that one more act is saved.
    Acknowledged,
}

/// Records everything and lets it happen.
#[derive(Default)]
pub struct Recording(Mutex<Vec<Event>>);

impl Recording {
    /// Notes that one more act is saved.
    pub fn acknowledged(&self) {
        self.0.lock().unwrap().push(Event::Acknowledged);
    }

    /// What was recorded so far; the recording starts anew.
    pub fn take(&self) -> Vec<Event> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

impl Watch for Recording {
    fn step(&self, file: &str, step: Step<'_>) -> Answer {
        let file = file.to_owned();
        self.0.lock().unwrap().push(match step {
            Step::Write { at, bytes } => Event::Write { file, at: at as usize, bytes: bytes.to_vec() },
            Step::Truncate { size } => Event::Truncate { file, size: size as usize },
            Step::Sync => Event::Sync { file },
            Step::Remove { durable } => Event::Remove { file, durable },
        });
        Answer::Do
    }
}

/// How many acts the nurse was told are saved when the power is cut before the event at `cut`.
pub fn acknowledged_before(events: &[Event], cut: usize) -> usize {
    events[..cut].iter().filter(|event| matches!(event, Event::Acknowledged)).count()
}

/// One disk that a cut before the event at `cut` could have left of these files.
pub fn after_a_cut(before: &Files, events: &[Event], cut: usize, chance: &mut Chance) -> Files {
    let mut files: BTreeMap<&str, OnDisk> = BTreeMap::new();
    for (name, bytes) in before {
        files.insert(name, OnDisk { synced: Some(bytes.clone()), pending: Vec::new() });
    }
    for event in &events[..cut] {
        match event {
            Event::Write { file, .. } | Event::Truncate { file, .. } => {
                files.entry(file).or_default().pending.push(event)
            }
            Event::Sync { file } => {
                let on_disk = files.entry(file).or_default();
                for event in std::mem::take(&mut on_disk.pending) {
                    happen(&mut on_disk.synced, event);
                }
                on_disk.synced.get_or_insert_default();
            }
            Event::Remove { file, durable: true } => {
                files.insert(file, OnDisk::default());
            }
            Event::Remove { file, durable: false } => files.entry(file).or_default().pending.push(event),
            Event::Acknowledged => {}
        }
    }
    files.into_iter().filter_map(|(name, on_disk)| Some((name.to_owned(), on_disk.after(chance)?))).collect()
}

#[derive(Default)]
struct OnDisk<'a> {
    /// None: there is no such file.
    synced: Option<Vec<u8>>,
    pending: Vec<&'a Event>,
}

impl OnDisk<'_> {
    fn after(mut self, chance: &mut Chance) -> Option<Vec<u8>> {
        let mut pending = std::mem::take(&mut self.pending);
        match chance.below(5) {
            0 => pending.clear(),
            1 => {}
            2 => pending.retain(|_| chance.coin()),
            3 => {
                pending.retain(|_| chance.below(4) > 0);
                for place in (1..pending.len()).rev() {
                    pending.swap(place, chance.below(place + 1));
                }
            }
            _ => {
                for event in pending {
                    tear(&mut self.synced, event, chance);
                }
                return self.synced;
            }
        }
        for event in pending {
            happen(&mut self.synced, event);
        }
        self.synced
    }
}

fn happen(file: &mut Option<Vec<u8>>, event: &Event) {
    match event {
        Event::Write { at, bytes, .. } => put(file.get_or_insert_default(), *at, bytes),
        Event::Truncate { size, .. } => file.get_or_insert_default().resize(*size, 0),
        Event::Remove { .. } => *file = None,
        Event::Sync { .. } | Event::Acknowledged => {}
    }
}

/// Each sector of a write reaches the disk or not; anything else happens or not.
fn tear(file: &mut Option<Vec<u8>>, event: &Event, chance: &mut Chance) {
    let Event::Write { at, bytes, .. } = event else {
        if chance.coin() {
            happen(file, event);
        }
        return;
    };
    let mut from = 0;
    while from < bytes.len() {
        let to = bytes.len().min(((at + from) / SECTOR + 1) * SECTOR - at);
        if chance.below(4) > 0 {
            put(file.get_or_insert_default(), at + from, &bytes[from..to]);
        }
        from = to;
    }
}

fn put(file: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    if file.len() < at + bytes.len() {
        file.resize(at + bytes.len(), 0);
    }
    file[at..at + bytes.len()].copy_from_slice(bytes);
}
