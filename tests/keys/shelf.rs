//! What lies in the profile folder and in the key store's folder, as hashes to compare. The web engine's folder of a run and the lock file,
//! which holds nothing, are left out.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use kit::window::World;
use sha2::{Digest, Sha256};

/// The SHA-256 of every file at one moment.
#[derive(Debug, PartialEq, Eq)]
pub struct Shelf(BTreeMap<PathBuf, [u8; 32]>);

impl Shelf {
    pub fn of(world: &World) -> Self {
        let mut files = BTreeMap::new();
        read(&world.profile(), &mut files);
        read(&world.path("share"), &mut files);
        for needed in ["vault.a", "vault.b", "clinic.db"] {
            assert!(files.contains_key(&world.profile().join(needed)), "{needed} in {:?}", files.keys());
        }
        assert!(files.keys().any(|file| file.extension().is_some_and(|it| it == "keyring")), "{:?}", files.keys());
        Self(files)
    }

    #[track_caller]
    pub fn is_unchanged(&self, world: &World) {
        let now = Self::of(world);
        let differ: Vec<_> =
            self.0.iter().filter(|(file, hash)| now.0.get(*file) != Some(*hash)).map(|(file, _)| file).collect();
        let came: Vec<_> = now.0.keys().filter(|file| !self.0.contains_key(*file)).collect();
        assert!(differ.is_empty() && came.is_empty(), "changed or gone: {differ:?}; new: {came:?}");
    }

    pub fn has_changed(&self, world: &World) -> bool {
        *self != Self::of(world)
    }
}

fn read(folder: &Path, files: &mut BTreeMap<PathBuf, [u8; 32]>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            if name != "web" {
                read(&path, files);
            }
        } else if name != "lock" {
            files.insert(path.clone(), Sha256::digest(fs::read(path).unwrap()).into());
        }
    }
}
