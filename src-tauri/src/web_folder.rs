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
    if fs::symlink_metadata(parent).is_ok_and(|found| !found.is_dir()) {
        return Err(io::ErrorKind::NotADirectory.into());
    }
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

/// Removes every folder of an earlier run, which is named by a process number; anything else there is not ours. Only whoever holds
/// the profile alone may ask for it.
pub fn remove_earlier(parent: &Path) {
    // Behind a link stands somebody else's folder.
    if !fs::symlink_metadata(parent).is_ok_and(|found| found.is_dir()) {
        return;
    }
    for earlier in fs::read_dir(parent).into_iter().flatten().flatten() {
        let numbered = earlier.file_name().to_str().is_some_and(|name| name.bytes().all(|b| b.is_ascii_digit()));
        if numbered && earlier.file_type().is_ok_and(|kind| kind.is_dir()) {
            remove(&earlier.path());
        }
    }
}

/// Removes one run's folder with all that is in it.
pub fn remove(folder: &Path) {
    match fs::remove_dir_all(folder) {
        Err(refusal) if refusal.kind() != io::ErrorKind::NotFound => eprintln!("holdfast: web_folder_not_removed"),
        _ => {}
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn only_numbered_folders_of_earlier_runs_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        let web = folder.path().join("web");
        for name in ["123", "site"] {
            fs::create_dir_all(web.join(name)).unwrap();
            fs::write(web.join(name).join("file"), "x").unwrap();
        }
        remove_earlier(&web);
        assert!(!web.join("123").exists() && web.join("site/file").exists());

        let link = folder.path().join("link");
        fs::create_dir(web.join("456")).unwrap();
        std::os::unix::fs::symlink(&web, &link).unwrap();
        remove_earlier(&link);
        assert!(web.join("456").exists(), "behind a link nothing is ours");
        assert!(fresh(&link).is_err());
    }
}
