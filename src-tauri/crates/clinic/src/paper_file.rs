//! A PDF or a report in a folder of this PC or of the trust's network: whole or not there, for this account alone, over nobody's file.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::house::sync_folder;
use crate::problem::{Code, Problem};

/// How many files of one name are kept beside each other.
const MOST: u32 = 99;

/// A file that is written and has no name of its own yet. Dropped without one, it is gone.
pub(crate) struct Unnamed {
    folder: PathBuf,
    path: PathBuf,
    bytes: Vec<u8>,
}

impl Unnamed {
    /// Writes the bytes into the folder, durably, under a passing name that holds `chance`. `folder_unwritable` when there is no such
    /// folder or it takes no file, `disk_full` when they do not fit.
    pub fn write(folder: &Path, bytes: Vec<u8>, chance: [u8; 8]) -> Result<Unnamed, Problem> {
        let path = folder.join(format!(".holdfast-{}.part", security::to_hex(&chance).as_str()));
        let mut file =
            OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(|error| refused(&error))?;
        let unnamed = Unnamed { folder: folder.to_owned(), path, bytes };
        file.write_all(&unnamed.bytes).and_then(|()| file.sync_all()).map_err(|error| refused(&error))?;
        Ok(unnamed)
    }

    /// Gives it the name with this ending, or `name-2`, `name-3` where another file has it already. A file with the very same bytes is
    /// taken for it.
    pub fn name(self, stem: &str, ending: &str) -> Result<String, Problem> {
        for number in 1..=MOST {
            let name = if number == 1 { format!("{stem}.{ending}") } else { format!("{stem}-{number}.{ending}") };
            let path = self.folder.join(&name);
            // Taking the name first leaves no moment in which another program's file could be lost.
            match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
                Ok(_) => {
                    if let Err(error) = fs::rename(&self.path, &path) {
                        let _empty = fs::remove_file(&path);
                        return Err(refused(&error));
                    }
                    // Some network folders cannot be asked for it; the file itself is durable already.
                    let _durable = sync_folder(&self.folder);
                    return Ok(name);
                }
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                    if self.is_at(&path) {
                        return Ok(name);
                    }
                }
                Err(error) => return Err(refused(&error)),
            }
        }
        Err(Code::FolderUnwritable.into())
    }

    fn is_at(&self, path: &Path) -> bool {
        let same_length =
            fs::symlink_metadata(path).is_ok_and(|it| it.is_file() && it.len() == self.bytes.len() as u64);
        same_length && fs::read(path).is_ok_and(|bytes| bytes == self.bytes)
    }
}

impl Drop for Unnamed {
    fn drop(&mut self) {
        // Under its own name it is no longer here.
        let _gone = fs::remove_file(&self.path);
    }
}

fn refused(error: &std::io::Error) -> Problem {
    eprintln!("holdfast: paper folder: {:?}", error.kind());
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Code::DiskFull,
        _ => Code::FolderUnwritable,
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_without_a_name_is_gone_when_nobody_names_it() {
        let folder = tempfile::tempdir().unwrap();
        let unnamed = Unnamed::write(folder.path(), b"%PDF-".to_vec(), [7; 8]).unwrap();
        assert_eq!(names(folder.path()), [".holdfast-0707070707070707.part"]);
        drop(unnamed);
        assert!(names(folder.path()).is_empty());
    }

    #[test]
    fn a_link_of_that_name_is_not_followed() {
        let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let target = elsewhere.path().join("target");
        std::os::unix::fs::symlink(&target, folder.path().join("plan.pdf")).unwrap();
        let unnamed = Unnamed::write(folder.path(), b"%PDF-".to_vec(), [1; 8]).unwrap();
        assert_eq!(unnamed.name("plan", "pdf").unwrap(), "plan-2.pdf");
        assert_eq!(names(folder.path()), ["plan-2.pdf", "plan.pdf"]);
        assert!(!target.exists());
    }

    #[test]
    fn a_full_disk_is_told_from_a_folder_that_takes_no_file() {
        let of = |kind: ErrorKind| refused(&kind.into()).code;
        assert_eq!((of(ErrorKind::StorageFull), of(ErrorKind::QuotaExceeded)), (Code::DiskFull, Code::DiskFull));
        for kind in [ErrorKind::NotFound, ErrorKind::PermissionDenied, ErrorKind::ReadOnlyFilesystem] {
            assert_eq!(of(kind), Code::FolderUnwritable);
        }
    }
}
