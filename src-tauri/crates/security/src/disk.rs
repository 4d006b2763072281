//! Replacing one small file so that a reader finds the old one or the new one, whole, whatever moment the PC stops at.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Called after each step of a replacement; an error stops it there, which is how the tests pull the plug.
pub(crate) type AfterStep<'a> = &'a mut dyn FnMut() -> io::Result<()>;

/// Writes beside the file, syncs, renames over it, syncs the folder. The file is readable by this account only.
pub(crate) fn replace(dir: &Path, name: &str, bytes: &[u8], after_step: AfterStep<'_>) -> io::Result<()> {
    let beside = dir.join(format!("{name}.new"));
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
    after_step()?;
    let (first, second) = bytes.split_at(bytes.len() / 2);
    file.write_all(first)?;
    after_step()?;
    file.write_all(second)?;
    after_step()?;
    file.sync_all()?;
    after_step()?;
    fs::rename(&beside, dir.join(name))?;
    after_step()?;
    File::open(dir)?.sync_all()?;
    after_step()
}

/// Removes the file if it is there and syncs the folder.
pub(crate) fn remove(dir: &Path, name: &str) -> io::Result<()> {
    match fs::remove_file(dir.join(name)) {
        Ok(()) => File::open(dir)?.sync_all(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// The whole file if it is there; a file longer than `most` bytes is an error and is not read to its end.
pub(crate) fn read(dir: &Path, name: &str, most: u64) -> io::Result<Option<Vec<u8>>> {
    let file = match File::open(dir.join(name)) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::ErrorKind::InvalidData.into());
    }
    Ok(Some(bytes))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn stopped_after_any_step_the_file_is_the_old_one_or_the_new_one() {
        let mut outcomes = Vec::new();
        for stop in 0..7 {
            let dir = tempfile::tempdir().unwrap();
            replace(dir.path(), "file", b"old content", &mut || Ok(())).unwrap();
            let mut steps = 0;
            let done = replace(dir.path(), "file", b"the new content", &mut || {
                steps += 1;
                if steps > stop { Err(io::ErrorKind::Interrupted.into()) } else { Ok(()) }
            });
            let found = read(dir.path(), "file", 100).unwrap().unwrap();
            outcomes.push((done.is_ok(), found == b"the new content"));
            assert!(found == b"old content" || found == b"the new content");
        }
        let before_the_rename = [(false, false); 4];
        assert_eq!(outcomes, [&before_the_rename[..], &[(false, true), (false, true), (true, true)]].concat());
    }

    #[test]
    fn reads_no_more_than_it_was_allowed() {
        let dir = tempfile::tempdir().unwrap();
        assert!(read(dir.path(), "file", 3).unwrap().is_none());
        replace(dir.path(), "file", b"four", &mut || Ok(())).unwrap();
        assert_eq!(read(dir.path(), "file", 3).unwrap_err().kind(), io::ErrorKind::InvalidData);
        assert_eq!(read(dir.path(), "file", 4).unwrap().unwrap(), b"four");
    }

    #[test]
    fn others_cannot_read_and_removing_twice_is_no_fault() {
        let dir = tempfile::tempdir().unwrap();
        replace(dir.path(), "file", b"four", &mut || Ok(())).unwrap();
        assert_eq!(fs::metadata(dir.path().join("file")).unwrap().permissions().mode() & 0o777, 0o600);
        remove(dir.path(), "file").unwrap();
        remove(dir.path(), "file").unwrap();
        assert!(read(dir.path(), "file", 4).unwrap().is_none());
    }
}
