//! A clinic room: a profile in a folder of its own with its clock, its chance and its key store; and ready-made clinics in it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use clinic::{
    Clinic, Configuration, ConfirmRecoveryCode, House, Problem, RegisterPatient, Unlock, UnlockWithRecoveryCode, World,
};
use domain::id::PatientId;
use security::Cost;
use tempfile::TempDir;

use crate::clock::MONDAY_MORNING;
use crate::people::{RUTHS_PASSPHRASE, a_new_code, a_patient_form, an_enrolment, typed};
use crate::{Chance, Clock, KeyShelf};

/// How an ordinary PC of the trust is set up.
const CONFIGURATION: &str = r#"{"pc":{"name":"Clinic room 3"},"trust":{"name":"Thamesbank Hospitals"}}"#;
/// Longer than any answer takes.
const LONG: Duration = Duration::from_secs(60);

/// One PC: everything that outlives the program.
pub struct Room {
    folder: PathBuf,
    pub clock: Clock,
    pub keys: Arc<KeyShelf>,
    chance: Arc<Mutex<Chance>>,
    configuration: String,
    print_server: (String, Duration),
    // Removed when the last test is done with it.
    _own: Option<TempDir>,
}

impl Default for Room {
    fn default() -> Room {
        Room::new()
    }
}

impl Room {
    /// A new PC on Monday morning.
    pub fn new() -> Room {
        let own = TempDir::new().unwrap();
        Room { folder: own.path().join("profile"), _own: Some(own), ..Room::at(Path::new(""), KeyShelf::default(), 1) }
    }

    /// A PC whose profile stands, or will stand, in this folder.
    pub fn at(profile: &Path, keys: KeyShelf, seed: u64) -> Room {
        Room {
            folder: profile.to_owned(),
            clock: Clock::at(MONDAY_MORNING),
            keys: Arc::new(keys),
            chance: Arc::new(Mutex::new(Chance::new(seed))),
            configuration: CONFIGURATION.to_owned(),
            // Nobody listens there: no test prints on a printer of the account.
            print_server: ("/no/print/server".to_owned(), LONG),
            _own: None,
        }
    }

    /// The same PC set up with this configuration.
    pub fn configured(self, configuration: &str) -> Room {
        Room { configuration: configuration.to_owned(), ..self }
    }

    /// The same PC with this print server, each of whose answers may take `patience`.
    pub fn with_print_server(self, server: &str, patience: Duration) -> Room {
        Room { print_server: (server.to_owned(), patience), ..self }
    }

    /// The folder of the account's documents, beside the profile; it is there once a test has made it.
    pub fn documents(&self) -> PathBuf {
        self.folder.with_file_name("documents")
    }

    pub fn profile(&self) -> &Path {
        &self.folder
    }

    /// Starts the program on this PC; `profile_in_use` when it runs already.
    pub fn try_house(&self) -> Result<House, Problem> {
        let configuration = Configuration::parse(&self.configuration);
        House::open(self.folder.clone(), configuration, self.world(), self.keys.clone())
    }

    /// Starts the program on this PC.
    pub fn house(&self) -> House {
        self.try_house().expect("the profile is free")
    }

    /// The disk as it is at this moment, in another PC of the same account: what a kill or a crash leaves behind.
    pub fn after_a_crash(&self) -> Room {
        let own = TempDir::new().unwrap();
        let folder = own.path().join("profile");
        copy(&self.folder, &folder);
        Room {
            folder,
            clock: Clock::at(self.clock.now()),
            keys: self.keys.clone(),
            chance: self.chance.clone(),
            configuration: self.configuration.clone(),
            print_server: self.print_server.clone(),
            _own: Some(own),
        }
    }

    /// Every file of the profile with its bytes, but for the lock, which holds none, and what says how sending goes.
    pub fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut found = BTreeMap::new();
        read_folder(&self.folder, &mut found);
        found
    }

    /// What the program on this PC gets from outside.
    pub fn world(&self) -> World {
        let clock = self.clock.clone();
        let (server, patience) = &self.print_server;
        let world = World::with(Arc::new(move || clock.now()), self.chance.clone(), cheap())
            .with_documents(self.documents())
            .with_print_server(server, *patience);
        // Beside the profile: like the account's runtime folder, it lasts over a restart and is no part of the profile.
        match self.folder.parent() {
            Some(beside) => world.with_runtime(beside.to_owned()),
            None => world,
        }
    }
}

/// The cost that only builds for tests accept, by its numbers: this library is also built where the name for it is not.
fn cheap() -> Cost {
    serde_json::from_value(serde_json::json!({ "memory_kib": 64, "iterations": 1, "lanes": 1 })).unwrap()
}

/// An open clinic and the PC it is on.
pub struct Shift {
    pub room: Room,
    pub house: House,
    pub clinic: Clinic,
    /// Ruth's id.
    pub ruth: String,
    /// The groups of the recovery code; empty when none was issued.
    pub code: Vec<String>,
}

impl Shift {
    /// Opens the clinic again for Ruth, after it was closed.
    pub async fn unlock(&self) -> Clinic {
        unlock(&self.house, &self.ruth, RUTHS_PASSPHRASE).await.expect("Ruth's passphrase opens")
    }
}

/// Registers Anna, who has ordinary answers in every field.
pub async fn registered(clinic: &Clinic) -> PatientId {
    let request = RegisterPatient { form: a_patient_form(), not_the_same: false };
    clinic.register_patient(request).await.expect("an ordinary registration").banner.id
}

/// Opens a house with a passphrase.
pub async fn unlock(house: &House, nurse: &str, passphrase: &str) -> Result<Clinic, Problem> {
    house.unlock(Unlock { nurse: nurse.to_owned(), passphrase: typed(passphrase) }).await
}

/// Opens a house with the printed code.
pub async fn unlock_with_code(house: &House, nurse: &str, code: &[String]) -> Result<Clinic, Problem> {
    let code = typed(&code.join("-"));
    house.unlock_with_recovery_code(UnlockWithRecoveryCode { nurse: nurse.to_owned(), code }).await
}

/// Ruth is enrolled and nothing else is done: no patient can be entered yet.
pub async fn an_enrolled_clinic() -> Shift {
    an_enrolled_clinic_in(Room::new()).await
}

async fn an_enrolled_clinic_in(room: Room) -> Shift {
    let house = room.house();
    let clinic = house.enrol_first_nurse(an_enrolment()).await.expect("an ordinary enrolment");
    let ruth = clinic.desk().await.unwrap().nurse.id.to_string();
    Shift { room, house, clinic, ruth, code: Vec::new() }
}

/// Ruth is enrolled and her recovery code was typed back: patients may be entered.
pub async fn a_clinic() -> Shift {
    a_clinic_in(Room::new()).await
}

/// The same on a PC of its own kind.
pub async fn a_clinic_in(room: Room) -> Shift {
    let mut desk = an_enrolled_clinic_in(room).await;
    desk.code = a_confirmed_code(&desk.clinic).await;
    desk
}

/// Issues a recovery code and types the asked groups back.
pub async fn a_confirmed_code(clinic: &Clinic) -> Vec<String> {
    let code = clinic.issue_recovery_code(a_new_code()).await.unwrap();
    let groups = code.ask.iter().map(|place| code.groups[place - 1].clone()).collect();
    clinic.confirm_recovery_code(ConfirmRecoveryCode { groups }).await.unwrap();
    code.groups
}

/// A folder of a test's own, in memory where the system has such a place: for tests that make hundreds of disks and cut no power.
pub fn a_quick_folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { TempDir::new_in(memory).unwrap() } else { TempDir::new().unwrap() }
}

/// The file that says how sending goes: it is written beside everything else, and may be at any moment.
fn is_status(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("status.json"))
}

/// Copies a folder with what is in it, but for what says how sending goes.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if is_status(&entry.path()) {
            continue;
        }
        let there = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &there);
        } else {
            std::fs::copy(entry.path(), there).unwrap();
        }
    }
}

fn read_folder(folder: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_folder(&path, found);
        } else if !is_status(&path) {
            found.insert(path.clone(), std::fs::read(path).unwrap());
        }
    }
}
