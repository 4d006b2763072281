//! The command line: one option for people, and those that only this program gives to its own next image. Nothing is opened here.

use std::ffi::OsString;
use std::os::fd::RawFd;
use std::path::PathBuf;

/// What is printed for a command line that is not understood.
pub const USAGE: &str = "usage: holdfast [--profile DIR]";

/// A command line that was understood.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    /// The profile folder; None means the one of this account.
    pub profile: Option<PathBuf>,
    /// What the previous image left, and the pipe, above the standard streams, in which it did.
    pub carried: Option<(Carried, RawFd)>,
}

/// What one image leaves the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carried {
    /// The key of a training desk, at a lock.
    Training,
    /// The letter to the patient's process: the next image is in a patient's hands and opens no house.
    Patient,
    /// The way back in for the nurse who handed over.
    HandedBack,
}

impl Carried {
    const ALL: [Carried; 3] = [Carried::Training, Carried::Patient, Carried::HandedBack];

    /// The option that names the pipe.
    pub fn option(self) -> &'static str {
        match self {
            Carried::Training => "--training-fd",
            Carried::Patient => "--patient-fd",
            Carried::HandedBack => "--handed-back-fd",
        }
    }

    fn of(option: Option<&str>) -> Option<Carried> {
        Carried::ALL.into_iter().find(|carried| Some(carried.option()) == option)
    }
}

/// A command line that was not understood.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{USAGE}")]
pub struct Misunderstood;

impl Arguments {
    /// Reads the arguments after the program's name: each once, in any order, and at most one pipe.
    ///
    /// # Errors
    /// `Misunderstood` for an unknown argument, a missing or empty value, a repetition, or a descriptor below 3.
    pub fn read(words: impl IntoIterator<Item = OsString>) -> Result<Self, Misunderstood> {
        let mut read = Self::default();
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            let value = words.next().filter(|value| !value.is_empty()).ok_or(Misunderstood)?;
            match (word.to_str(), Carried::of(word.to_str())) {
                (Some("--profile"), _) if read.profile.is_none() => read.profile = Some(PathBuf::from(value)),
                (_, Some(carried)) if read.carried.is_none() => read.carried = Some((carried, descriptor(&value)?)),
                _ => return Err(Misunderstood),
            }
        }
        Ok(read)
    }
}

fn descriptor(value: &OsString) -> Result<RawFd, Misunderstood> {
    value.to_str().and_then(|text| text.parse().ok()).filter(|fd| *fd > 2).ok_or(Misunderstood)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Result<Arguments, Misunderstood> {
        Arguments::read(words.iter().map(OsString::from))
    }

    #[test]
    fn nothing_means_the_profile_of_this_account() {
        assert_eq!(read(&[]), Ok(Arguments::default()));
    }

    #[test]
    fn both_are_read_in_any_order() {
        for carried in Carried::ALL {
            let both = Arguments { profile: Some(PathBuf::from("/srv/a profile")), carried: Some((carried, 7)) };
            assert_eq!(read(&["--profile", "/srv/a profile", carried.option(), "7"]).as_ref(), Ok(&both));
            assert_eq!(read(&[carried.option(), "7", "--profile", "/srv/a profile"]), Ok(both));
        }
    }

    #[test]
    fn a_profile_that_is_not_unicode_is_kept_as_it_is() {
        use std::os::unix::ffi::OsStringExt;
        let folder = OsString::from_vec(vec![b'/', 0xff]);
        let read = Arguments::read([OsString::from("--profile"), folder.clone()]);
        assert_eq!(read.map(|read| read.profile), Ok(Some(PathBuf::from(folder))));
    }

    #[test]
    fn anything_else_is_refused() {
        for words in [
            &["--help", "x"][..],
            &["/srv/profile"],
            &["--profile"],
            &["--profile", ""],
            &["--profile", "a", "--profile", "b"],
            &["--training-fd", "2"],
            &["--training-fd", "-1"],
            &["--training-fd", "seven"],
            &["--training-fd", "7", "--training-fd", "8"],
            &["--patient-fd", "7", "--handed-back-fd", "8"],
            &["--patient-fd", "0"],
            &["--patient", "7"],
            &["--profile=a", "b"],
        ] {
            assert_eq!(read(words), Err(Misunderstood), "{words:?}");
        }
    }
}
