//! Where the databases of a history come from: a template that is made once a thread and copied, in memory or on a disk with the real
//! cipher.

#![allow(unsafe_code)]

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, Once};

use domain::checklist::Checklist;
use domain::op::Op;
use kit::Chance;
use kit::clock::MONDAY_MORNING;
use rusqlite::ffi;
use security::Random;
use store::{Error, Keys, Store};
use tempfile::TempDir;
use zeroize::Zeroizing;

use super::people::{by, nurse, session};

const CHECKLIST: &str = include_str!("../../../assets/content/checklists/default-1.0.0.json");

/// An older schema, from which a PC is brought up to date in mid-drain.
const OLDER: usize = 11;

/// Where databases are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disk {
    /// In memory, unencrypted: the same store without a file.
    Memory,
    /// Encrypted files, as in the clinic.
    Files,
}

/// The databases of one history.
pub struct House {
    disk: Disk,
    folder: Option<TempDir>,
}

struct Template {
    newest: Store,
    older: Store,
    files: Option<(TempDir, PathBuf, PathBuf)>,
}

thread_local! {
    static TEMPLATE: RefCell<Option<Template>> = const { RefCell::new(None) };
}

impl House {
    pub fn new(disk: Disk) -> House {
        uncounted();
        House { disk, folder: (disk == Disk::Files).then(a_folder) }
    }

    fn path(&self, pc: usize) -> PathBuf {
        self.folder.as_ref().expect("files have a folder").path().join(format!("{pc}.db"))
    }

    /// A new database where nobody is registered, of an older schema or the newest.
    pub fn database(&self, pc: usize, older: bool, chance: &Arc<Mutex<Chance>>) -> Store {
        TEMPLATE.with_borrow_mut(|template| {
            let template = template.get_or_insert_with(Template::make);
            match self.disk {
                Disk::Memory => {
                    let from = if older { &template.older } else { &template.newest };
                    from.copied(ids(chance)).unwrap()
                }
                Disk::Files => {
                    let (_, newest, old) = template.files.get_or_insert_with(files);
                    std::fs::copy(if older { old } else { newest }, self.path(pc)).unwrap();
                    // An older one is opened as what it is by nobody but this older version.
                    if older {
                        Store::open_older(&self.path(pc), keys(), ids(chance)).unwrap()
                    } else {
                        self.open(pc, chance)
                    }
                }
            }
        })
    }

    /// A database with all that another PC's holds.
    pub fn copy(&self, of: &mut Option<Store>, of_pc: usize, pc: usize, chances: [&Arc<Mutex<Chance>>; 2]) -> Store {
        match self.disk {
            Disk::Memory => of.as_ref().unwrap().copied(ids(chances[1])).unwrap(),
            Disk::Files => {
                of.take().unwrap().close().unwrap();
                std::fs::copy(self.path(of_pc), self.path(pc)).unwrap();
                *of = Some(self.open(of_pc, chances[0]));
                self.open(pc, chances[1])
            }
        }
    }

    /// The program ended without a word, and is started again.
    pub fn again(&self, store: Store, pc: usize, chance: &Arc<Mutex<Chance>>) -> Store {
        match self.disk {
            Disk::Memory => store.started_again().unwrap(),
            Disk::Files => {
                drop(store);
                self.open(pc, chance)
            }
        }
    }

    fn open(&self, pc: usize, chance: &Arc<Mutex<Chance>>) -> Store {
        Store::open(&self.path(pc), keys(), ids(chance)).unwrap()
    }
}

impl Template {
    fn make() -> Template {
        let chance = Arc::new(Mutex::new(Chance::new(0)));
        let store = |schema| {
            let mut store = Store::in_memory(keys(), ids(&chance), schema).unwrap();
            furnish(&mut store);
            store
        };
        Template { newest: store(None), older: store(Some(OLDER)), files: None }
    }
}

fn files() -> (TempDir, PathBuf, PathBuf) {
    let folder = a_folder();
    let (newest, older) = (folder.path().join("newest.db"), folder.path().join("older.db"));
    let chance = Arc::new(Mutex::new(Chance::new(0)));
    let mut store = Store::create(&newest, keys(), ids(&chance)).unwrap();
    furnish(&mut store);
    store.close().unwrap();
    Store::create_older(&older, &keys(), OLDER).unwrap();
    let mut store = Store::open_older(&older, keys(), ids(&chance)).unwrap();
    furnish(&mut store);
    store.close().unwrap();
    (folder, newest, older)
}

/// Who works here, and on what.
fn furnish(store: &mut Store) {
    for number in 0..4 {
        let nurse = nurse(number);
        let op = if number == 0 { Op::EnrolFirstNurse } else { Op::AddNurse };
        store.write::<_, Error>(&by(0, MONDAY_MORNING), op, |w| w.save_staff(&nurse)).unwrap();
    }
    let checklist = checklist();
    let keep = |w: &mut store::Writing<'_>| w.keep_checklist(&checklist.canonical, CHECKLIST);
    store.write::<_, Error>(&by(0, MONDAY_MORNING), Op::KeepChecklists, keep).unwrap();
    store.write::<_, Error>(&by(0, MONDAY_MORNING), Op::AddSession, |w| w.save_session(&session(), None)).unwrap();
}

/// The content that assessments are made on.
pub fn checklist() -> Arc<Checklist> {
    thread_local! {
        static ONCE: Arc<Checklist> = Arc::new(fhir::checklist(CHECKLIST).unwrap());
    }
    ONCE.with(Arc::clone)
}

fn keys() -> Keys {
    Keys { cipher: Zeroizing::new("5a".repeat(32)), audit: Zeroizing::new([0x5a; 32]) }
}

fn ids(chance: &Arc<Mutex<Chance>>) -> Box<dyn FnMut() -> Option<[u8; 16]> + Send> {
    let chance = chance.clone();
    Box::new(move || {
        let mut bytes = [0; 16];
        chance.lock().unwrap().fill(&mut bytes).ok()?;
        Some(bytes)
    })
}

/// SQLite counts its memory under one lock, at which the threads would wait for each other.
fn uncounted() {
    static ONCE: Once = Once::new();
    // SAFETY: nothing of this process has opened a database before its first history.
    ONCE.call_once(|| assert_eq!(unsafe { ffi::sqlite3_config(ffi::SQLITE_CONFIG_MEMSTATUS, 0) }, ffi::SQLITE_OK));
}

/// In memory where the system has such a disk: what a power cut does is another suite's.
fn a_folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { TempDir::new_in(memory).unwrap() } else { TempDir::new().unwrap() }
}
