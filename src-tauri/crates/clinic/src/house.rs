//! The profile folder on this PC while it is locked: who may open it and whether the PC is well.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use domain::id::StaffId;
use domain::staff::Role;
use nix::errno::Errno;
use nix::fcntl::{Flock, FlockArg};
use security::{KeyStore, KeyStoreFault, OsKeyStore, PausePlaces, Tries, Vault, VaultFault};
use serde::Serialize;
use ts_rs::TS;

use crate::configuration::Configuration;
use crate::letter::HandedBack;
use crate::problem::{Code, Problem};
use crate::training::TrainingKey;
use crate::when::When;
use crate::world::World;

/// A nurse as the lock screen shows her, from the vault; no patient data.
#[derive(Clone, Serialize, TS)]
pub struct NurseCard {
    #[ts(type = "StaffId")]
    pub id: StaffId,
    pub name: String,
    #[ts(type = "Role")]
    pub role: Role,
}

/// The first screen.
#[derive(Serialize, TS)]
pub struct Front {
    #[ts(type = "\"fresh\" | \"locked\"")]
    pub state: &'static str,
    pub nurses: Vec<NurseCard>,
    /// What keeps this PC from being opened with a passphrase; null when it is well.
    #[ts(type = "Code | null")]
    pub key: Option<Code>,
    pub trust: Option<String>,
    pub pc: Option<String>,
    pub now: When,
    /// A training desk was locked in this process and can be gone back to.
    pub training_left_open: bool,
    /// The nurse has just handed back with her PIN: `come_back` opens her desk.
    pub handed_back: bool,
    /// The key of the configuration that could not be read, or null.
    pub configuration_fault: Option<String>,
}

/// The locked profile. It holds the profile's lock as long as it or a clinic opened from it lives.
#[derive(Clone)]
pub struct House(pub(crate) Arc<Profile>);

/// What a locked and an open clinic share.
pub(crate) struct Profile {
    pub dir: PathBuf,
    pub configuration: Configuration,
    pub world: World,
    pub key_store: Arc<dyn KeyStore>,
    pub tries: Mutex<Option<Tries>>,
    pub training: Mutex<Option<TrainingKey>>,
    /// With the moment at which it was handed back, UTC milliseconds.
    pub handed_back: Mutex<Option<(HandedBack, i64)>>,
    _lock: Flock<File>,
}

/// `data_local_dir()/holdfast/default`, or None when this account has no home folder.
pub fn default_profile() -> Option<PathBuf> {
    directories::BaseDirs::new().map(|dirs| dirs.data_local_dir().join("holdfast").join("default"))
}

impl House {
    /// Takes the profile folder, making it when it is not there. `profile_in_use` when another process has it.
    pub fn open(
        profile: PathBuf,
        configuration: Configuration,
        world: World,
        key_store: Arc<dyn KeyStore>,
    ) -> Result<House, Problem> {
        let lock = take(&profile)?;
        Ok(House(Arc::new(Profile {
            dir: profile,
            configuration,
            world,
            key_store,
            tries: Mutex::default(),
            training: Mutex::default(),
            handed_back: Mutex::default(),
            _lock: lock,
        })))
    }

    /// The same with the real clock, the machine's configuration and the key store of the operating system.
    pub fn open_real(profile: PathBuf) -> Result<House, Problem> {
        Self::open(profile, Configuration::read(), World::real(), Arc::new(OsKeyStore))
    }

    /// What the first screen shows.
    pub fn front(&self) -> Front {
        let profile = &self.0;
        let (fresh, nurses, key) = match Vault::read(&profile.dir) {
            Ok(vault) => (false, cards(&vault), profile.key_fault(vault.database_id())),
            Err(VaultFault::Absent) if !profile.database().exists() => (true, Vec::new(), profile.key_store_fault()),
            // A database without its vault is dead, but it is somebody's: never treat the PC as new.
            Err(_) => (false, Vec::new(), Some(Code::VaultUnreadable)),
        };
        Front {
            state: if fresh { "fresh" } else { "locked" },
            nurses,
            key,
            trust: profile.configuration.trust.clone(),
            pc: profile.configuration.pc.clone(),
            now: When::new(profile.world.now()),
            training_left_open: profile.training.lock().is_ok_and(|training| training.is_some()),
            handed_back: profile.handed_back().is_ok_and(|back| back.is_some()),
            configuration_fault: profile.configuration.fault.clone(),
        }
    }

    /// Minutes without a key or pointer before the lock.
    pub fn idle_minutes(&self) -> u8 {
        self.0.configuration.idle_minutes
    }

    /// Where this profile's web folders stand.
    pub fn web_folder(&self) -> PathBuf {
        self.0.dir.join("web")
    }

    /// Keeps the key of a training desk that the image before this one locked.
    pub fn keep_training(&self, key: TrainingKey) {
        if let Ok(mut training) = self.0.training.lock() {
            *training = Some(key);
        }
    }
}

impl Profile {
    pub fn database(&self) -> PathBuf {
        self.dir.join("clinic.db")
    }

    /// Where the answers of patients at this PC are sealed to, in clinic or in training.
    pub fn drafts(&self, training: bool) -> PathBuf {
        drafts(&self.dir, training)
    }

    pub fn vault(&self) -> Result<Vault, Problem> {
        Ok(Vault::read(&self.dir)?)
    }

    pub fn pause_places<'a>(&'a self, database_id: &'a str) -> PausePlaces<'a> {
        PausePlaces { dir: &self.dir, key_store: self.key_store.as_ref(), database_id }
    }

    fn key_fault(&self, database_id: &str) -> Option<Code> {
        self.key_store.look(database_id).err().map(|fault| Problem::from(fault).code)
    }

    /// Whether there is a key store at all; that it has no entry is right on a new PC.
    fn key_store_fault(&self) -> Option<Code> {
        match self.key_store.look("new") {
            Ok(()) | Err(KeyStoreFault::NoEntry) => None,
            Err(fault) => Some(Problem::from(fault).code),
        }
    }
}

fn cards(vault: &Vault) -> Vec<NurseCard> {
    let card = |holder: &security::Holder| {
        let role = Role::from_code(&holder.role).unwrap_or(Role::NotKnown);
        Some(NurseCard { id: StaffId::parse(&holder.id)?, name: holder.name.clone(), role })
    };
    vault.holders().filter_map(card).collect()
}

/// Where the answers of patients at this PC are sealed to, beside the database that they belong to.
pub(crate) fn drafts(profile: &Path, training: bool) -> PathBuf {
    if training { profile.join("training").join("drafts") } else { profile.join("drafts") }
}

/// Takes the profile folder, making it when it is not there. `profile_in_use` when another process has it.
pub(crate) fn take(profile: &Path) -> Result<Flock<File>, Problem> {
    let failed = |error: std::io::Error| {
        eprintln!("holdfast: profile folder: {:?}", error.kind());
        Problem::from(if error.kind() == std::io::ErrorKind::StorageFull {
            Code::DiskFull
        } else {
            Code::ProfileUnwritable
        })
    };
    DirBuilder::new().recursive(true).mode(0o700).create(profile).map_err(failed)?;
    // Only once it is seen to be a folder of ours or an empty one: what else stands there is not ours to change.
    let ours = ["lock", "vault.a", "vault.b", "clinic.db"].iter().any(|name| profile.join(name).exists());
    let empty = fs::read_dir(profile).map_err(failed)?.next().is_none();
    if !(ours || empty) {
        return Err(Code::ProfileUnwritable.into());
    }
    fs::set_permissions(profile, Permissions::from_mode(0o700)).map_err(failed)?;
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(profile.join("lock"))
        .map_err(failed)?;
    Flock::lock(file, FlockArg::LockExclusiveNonblock).map_err(|(_, refusal)| match refusal {
        Errno::EWOULDBLOCK => Code::ProfileInUse.into(),
        other => failed(other.into()),
    })
}

/// Makes a rename in this folder durable.
pub(crate) fn sync_folder(dir: &Path) -> std::io::Result<()> {
    fs::File::open(dir)?.sync_all()
}
