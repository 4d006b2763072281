//! The file that a patient's answers are sealed to, one after the other: made at the hand-over, written by the patient's process, which
//! cannot read it, and read when it is taken back. What an answer means is not known here.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, FileExt, OpenOptionsExt};
use std::path::Path;

use nix::fcntl::OFlag;
use security::{Random, SEALING_ADDS, SealingKey, UnsealingKey};
use zeroize::Zeroizing;

use crate::house::sync_folder;
use crate::problem::{Code, Problem};

/// Before each sealed message: its length, and the same with every bit turned, so that a damaged length is seen.
const HEAD: usize = 8;
/// Longest message, in bytes.
const LONGEST: usize = 64 * 1024;
/// Longest file that is written or read: no patient answers as much.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// The file as the patient's process has it.
pub(crate) struct SealedDraft {
    file: File,
    name: String,
    key: SealingKey,
    /// Where the last whole message ends.
    end: u64,
    /// How many there are.
    number: u64,
    /// Something stands behind the end that was not acknowledged.
    torn: bool,
}

/// Makes the empty file, durably.
pub(crate) fn make(folder: &Path, name: &str) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(folder.join(name))?.sync_all()?;
    sync_folder(folder)?;
    folder.parent().map_or(Ok(()), sync_folder)
}

impl SealedDraft {
    /// Opens the file that was made for this hand-over; refuses one that something was written to.
    pub fn open(folder: &Path, name: &str, key: SealingKey) -> io::Result<SealedDraft> {
        let file = OpenOptions::new().write(true).custom_flags(OFlag::O_NOFOLLOW.bits()).open(folder.join(name))?;
        if file.metadata()?.len() != 0 {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        Ok(SealedDraft { file, name: name.to_owned(), key, end: 0, number: 0, torn: false })
    }

    /// Seals one message and makes it durable. On an error nothing of it counts, and it may be tried again.
    pub fn append(&mut self, message: &[u8], random: &mut dyn Random) -> Result<(), Problem> {
        let sealed = self.key.seal(&self.name, self.number, message, random).map_err(|fault| {
            eprintln!("holdfast: {fault}");
            Problem::unexpected()
        })?;
        let record = [head(sealed.len())?.as_slice(), &sealed].concat();
        if message.len() > LONGEST || self.end + record.len() as u64 > MOST_BYTES {
            return Err(Code::NotSaved.into());
        }
        self.write(&record).map_err(not_saved)?;
        self.end += record.len() as u64;
        self.number += 1;
        Ok(())
    }

    /// Takes everything out again, durably.
    pub fn empty(&mut self) -> Result<(), Problem> {
        self.file.set_len(0).and_then(|()| self.file.sync_all()).map_err(not_saved)
    }

    fn write(&mut self, record: &[u8]) -> io::Result<()> {
        if self.torn {
            self.file.set_len(self.end)?;
        }
        self.torn = true;
        self.file.write_all_at(record, self.end)?;
        self.file.sync_data()?;
        self.torn = false;
        Ok(())
    }
}

/// What a file held.
#[derive(Default)]
pub(crate) struct Unsealed {
    pub messages: Vec<Zeroizing<Vec<u8>>>,
    /// Messages that were whole once and do not read any more. One that was being written when the PC stopped is none: nobody was told
    /// that it is saved.
    pub unreadable: i64,
    /// How long the last message was, in bytes, when it does not read or was not finished.
    pub last_lost: Option<usize>,
}

/// Reads what was sealed. A file that is not there was lost, with all that it held: one unreadable message.
pub(crate) fn read(folder: &Path, name: &str, key: &UnsealingKey) -> io::Result<Unsealed> {
    let path = folder.join(name);
    match fs::symlink_metadata(&path) {
        Err(refusal) if refusal.kind() == io::ErrorKind::NotFound => {
            return Ok(Unsealed { unreadable: 1, ..Unsealed::default() });
        }
        Err(refusal) => return Err(refusal),
        Ok(found) if is_no_draft(&found) => return Err(io::ErrorKind::InvalidData.into()),
        Ok(_) => {}
    }
    Ok(unseal(&fs::read(path)?, name, key))
}

/// Whether what stands in the file's place was seen and can never be read: it is no file, or longer than any that was written. A disk
/// that does not let itself be read, or keeps the file back, says nothing of the kind.
pub(crate) fn is_never_readable(folder: &Path, name: &str) -> bool {
    fs::symlink_metadata(folder.join(name)).is_ok_and(|found| is_no_draft(&found))
}

fn is_no_draft(found: &Metadata) -> bool {
    !found.is_file() || found.len() > MOST_BYTES
}

fn unseal(mut rest: &[u8], name: &str, key: &UnsealingKey) -> Unsealed {
    let mut found = Unsealed::default();
    let mut number = 0;
    while rest.len() >= HEAD {
        let Some(length) = length(rest) else {
            // Which one was lost is known: the next that opens has the next number.
            number += 1;
            found.unreadable += 1;
            found.last_lost = rest.len().checked_sub(HEAD + SEALING_ADDS);
            let next =
                (1..rest.len()).filter_map(|at| rest.get(at..)).find(|rest| opened(rest, name, number, key).is_some());
            rest = next.unwrap_or_default();
            continue;
        };
        let lost = length.checked_sub(SEALING_ADDS);
        let Some(whole) = rest.get(..HEAD + length) else {
            found.last_lost = lost;
            break;
        };
        match opened(whole, name, number, key) {
            Some(message) => {
                found.messages.push(message);
                found.last_lost = None;
            }
            None => {
                found.unreadable += 1;
                found.last_lost = lost;
            }
        }
        number += 1;
        rest = rest.get(whole.len()..).unwrap_or_default();
    }
    found
}

/// The message at the start of `bytes`, when it is the `number`th.
fn opened(bytes: &[u8], name: &str, number: u64, key: &UnsealingKey) -> Option<Zeroizing<Vec<u8>>> {
    let length = length(bytes)?;
    key.open(name, number, bytes.get(HEAD..HEAD + length)?)
}

fn head(length: usize) -> Result<[u8; HEAD], Problem> {
    let length = u32::try_from(length).map_err(|_| Problem::from(Code::NotSaved))?;
    let both = (u64::from(length) << 32) | u64::from(!length);
    Ok(both.to_be_bytes())
}

fn length(bytes: &[u8]) -> Option<usize> {
    let head: [u8; HEAD] = bytes.get(..HEAD)?.try_into().ok()?;
    let both = u64::from_be_bytes(head);
    let (length, turned) = ((both >> 32) as u32, both as u32);
    let length = (length == !turned).then_some(length as usize)?;
    (SEALING_ADDS..=LONGEST + SEALING_ADDS).contains(&length).then_some(length)
}

fn not_saved(refusal: io::Error) -> Problem {
    eprintln!("holdfast: sealed draft: {:?}", refusal.kind());
    if refusal.kind() == io::ErrorKind::StorageFull { Code::DiskFull } else { Code::NotSaved }.into()
}

#[cfg(test)]
mod tests {
    use security::{RepeatableRandom, sealing_pair};

    use super::*;

    const NAME: &str = "0123456789abcdef0123456789abcdef";
    const MESSAGES: [&str; 5] = ["tick", "rate 7", "", "own words", "last"];

    /// The file with the five messages, and where each begins.
    fn written() -> (Vec<u8>, Vec<usize>, UnsealingKey) {
        let folder = tempfile::tempdir().unwrap();
        let mut random = RepeatableRandom::new(3);
        let (public, private) = sealing_pair(&mut random).unwrap();
        make(folder.path(), NAME).unwrap();
        let mut draft = SealedDraft::open(folder.path(), NAME, public).unwrap();
        let mut starts = Vec::new();
        for message in MESSAGES {
            starts.push(draft.end as usize);
            draft.append(message.as_bytes(), &mut random).unwrap();
        }
        (fs::read(folder.path().join(NAME)).unwrap(), starts, private)
    }

    fn texts(found: &Unsealed) -> Vec<&str> {
        found.messages.iter().map(|message| std::str::from_utf8(message).unwrap()).collect()
    }

    #[test]
    fn a_torn_last_message_loses_only_itself_wherever_it_is_torn() {
        let (bytes, starts, key) = written();
        for cut in starts[4]..bytes.len() {
            let found = unseal(&bytes[..cut], NAME, &key);
            assert_eq!((texts(&found).as_slice(), found.unreadable), (&MESSAGES[..4], 0), "cut at {cut}");
            let told = cut >= starts[4] + HEAD;
            assert_eq!(found.last_lost, told.then_some(MESSAGES[4].len()), "cut at {cut}");
        }
        assert_eq!(texts(&unseal(&bytes, NAME, &key)), MESSAGES);
    }

    #[test]
    fn a_damaged_byte_loses_one_message_and_is_counted() {
        let (bytes, starts, key) = written();
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x10;
            let hit = starts.iter().filter(|start| **start <= at).count() - 1;
            let left: Vec<&str> =
                MESSAGES.iter().enumerate().filter(|(n, _)| *n != hit).map(|(_, text)| *text).collect();
            let found = unseal(&damaged, NAME, &key);
            assert_eq!((texts(&found), found.unreadable), (left, 1), "byte {at}");
            assert_eq!(found.last_lost, (hit == 4).then_some(MESSAGES[4].len()), "byte {at}");
        }
    }

    #[test]
    fn messages_of_another_file_and_in_another_order_do_not_read() {
        let (bytes, starts, key) = written();
        assert_eq!(texts(&unseal(&bytes, "another", &key)), [""; 0]);
        let swapped = [&bytes[starts[1]..starts[2]], &bytes[..starts[1]], &bytes[starts[2]..]].concat();
        let found = unseal(&swapped, NAME, &key);
        assert_eq!((texts(&found).as_slice(), found.unreadable), (&MESSAGES[2..], 2));
    }

    #[test]
    fn what_a_full_disk_left_behind_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let mut random = RepeatableRandom::new(3);
        let (public, private) = sealing_pair(&mut random).unwrap();
        make(folder.path(), NAME).unwrap();
        let mut draft = SealedDraft::open(folder.path(), NAME, public).unwrap();
        draft.append(b"one", &mut random).unwrap();
        // Half a record, longer than the next one, as a write that was refused leaves it.
        draft.file.write_all_at(&[7; 400], draft.end).unwrap();
        draft.torn = true;
        draft.append(b"two", &mut random).unwrap();
        let found = read(folder.path(), NAME, &private).unwrap();
        assert_eq!((texts(&found), found.unreadable), (vec!["one", "two"], 0));
    }

    #[test]
    fn a_refused_write_is_told_and_may_be_tried_again() {
        let (public, _) = sealing_pair(&mut RepeatableRandom::new(3)).unwrap();
        let file = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut draft = SealedDraft { file, name: NAME.to_owned(), key: public, end: 0, number: 0, torn: false };
        let refused = draft.append(b"one", &mut RepeatableRandom::new(4)).unwrap_err();
        assert_eq!((refused.code, draft.number, draft.torn), (Code::DiskFull, 0, true));
    }

    #[test]
    fn a_file_that_is_not_new_a_link_and_a_missing_one_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let (public, private) = sealing_pair(&mut RepeatableRandom::new(3)).unwrap();
        fs::write(folder.path().join("used"), "x").unwrap();
        std::os::unix::fs::symlink(folder.path().join("used"), folder.path().join("link")).unwrap();
        for name in ["used", "link", "missing"] {
            assert!(SealedDraft::open(folder.path(), name, public).is_err(), "{name}");
        }
        assert!(make(folder.path(), "used").is_err());
        assert!(read(folder.path(), "link", &private).is_err());
        let missing = read(folder.path(), "missing", &private).unwrap();
        assert_eq!((missing.messages.len(), missing.unreadable), (0, 1), "a file that was there once is lost");
    }

    #[test]
    fn only_what_was_seen_to_be_no_draft_is_never_readable() {
        let folder = tempfile::tempdir().unwrap();
        let (_, private) = sealing_pair(&mut RepeatableRandom::new(3)).unwrap();
        fs::create_dir(folder.path().join("folder")).unwrap();
        std::os::unix::fs::symlink("nowhere", folder.path().join("link")).unwrap();
        File::create(folder.path().join("long")).unwrap().set_len(MOST_BYTES + 1).unwrap();
        for name in ["folder", "link", "long"] {
            assert!(is_never_readable(folder.path(), name), "{name}");
            assert!(read(folder.path(), name, &private).is_err(), "{name}");
        }
        File::create(folder.path().join("longest")).unwrap().set_len(MOST_BYTES).unwrap();
        assert!(!is_never_readable(folder.path(), "longest") && !is_never_readable(folder.path(), "missing"));
        // The kernel's own: one that nobody may read, not even root, one whose first byte a disk would fail at, and a loop on the way.
        std::os::unix::fs::symlink("loop", folder.path().join("loop")).unwrap();
        for (place, name, refusal) in [
            (Path::new("/proc/sys/vm"), "compact_memory", nix::Error::EACCES),
            (Path::new("/proc/self"), "mem", nix::Error::EIO),
            (&folder.path().join("loop"), "draft", nix::Error::ELOOP),
        ] {
            let refused = read(place, name, &private).err().and_then(|error| error.raw_os_error());
            assert_eq!((refused, is_never_readable(place, name)), (Some(refusal as i32), false), "{name}");
        }
    }
}
