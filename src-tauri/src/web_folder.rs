//! The folder in which the web engine keeps its files: fresh for every run, gone after it. Nothing of ours is kept there.

use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// A fresh, empty folder of this run under `parent`, open to this account only.
///
/// # Errors
/// The file system's refusal.
pub fn fresh(parent: &Path) -> io::Result<PathBuf> {
    let folder = parent.join(std::process::id().to_string());
    // A process that replaced its own image keeps its number, so the folder of the run before may bear it.
    remove(&folder);
    DirBuilder::new().recursive(true).mode(0o700).create(parent)?;
    DirBuilder::new().mode(0o700).create(&folder)?;
    Ok(folder)
}

/// A fresh folder of this account's own where the profile folder cannot take one; only the message why is shown then.
///
/// # Errors
/// The file system's refusal.
pub fn elsewhere() -> io::Result<PathBuf> {
    Ok(tempfile::Builder::new().prefix("holdfast-").tempdir()?.keep())
}

/// Removes every folder of an earlier run. Only whoever holds the profile alone may ask for it.
pub fn remove_earlier(parent: &Path) {
    for earlier in fs::read_dir(parent).into_iter().flatten().flatten() {
        remove(&earlier.path());
    }
}

/// Removes one run's folder with all that is in it.
pub fn remove(folder: &Path) {
    match fs::remove_dir_all(folder) {
        Err(refusal) if refusal.kind() != io::ErrorKind::NotFound => eprintln!("holdfast: web_folder_not_removed"),
        _ => {}
    }
}
