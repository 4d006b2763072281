//! The record of a pause after wrong tries, and the two places it is kept in: a file of the profile folder and the key store.
//! When a pause is due and how long it is, `tries` decides.

use std::path::Path;

use crate::disk;
use crate::key_store::KeyStore;

/// The longest pause, in milliseconds: 30 minutes.
pub(crate) const LONGEST_MS: i64 = 30 * 60 * 1000;
const NAME: &str = "pauses";
const MOST_BYTES: u64 = 100;

/// One pause: how many tries were wrong before it, when it began (UTC milliseconds) and how long it is (milliseconds).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    pub(crate) wrong: u32,
    pub(crate) began_ms: i64,
    pub(crate) length_ms: i64,
}

impl Pause {
    /// Three numbers, as both places keep them.
    pub fn to_text(self) -> String {
        format!("{} {} {}\n", self.wrong, self.began_ms, self.length_ms)
    }

    /// The pause back from its text; nothing for any text that no pause has.
    pub fn from_text(text: &str) -> Option<Self> {
        let mut numbers = text.strip_suffix('\n')?.split(' ');
        let pause = Self {
            wrong: numbers.next()?.parse().ok()?,
            began_ms: numbers.next()?.parse().ok()?,
            length_ms: numbers.next()?.parse().ok()?,
        };
        (numbers.next().is_none() && (0..=LONGEST_MS).contains(&pause.length_ms)).then_some(pause)
    }

    pub(crate) fn ends_ms(self) -> i64 {
        self.began_ms.saturating_add(self.length_ms)
    }

    fn later(self, other: Self) -> Self {
        let later = if self.ends_ms() >= other.ends_ms() { self } else { other };
        Self { wrong: self.wrong.max(other.wrong), ..later }
    }
}

/// Where the pauses of one database are kept.
#[derive(Clone, Copy)]
pub struct PausePlaces<'a> {
    /// The profile folder.
    pub dir: &'a Path,
    /// The key store of this PC.
    pub key_store: &'a dyn KeyStore,
    /// The identifier of the database.
    pub database_id: &'a str,
}

impl PausePlaces<'_> {
    /// The later of the two records. A place that cannot be read or holds no pause is passed over.
    pub(crate) fn read(&self) -> Option<Pause> {
        let bytes = disk::read(self.dir, NAME, MOST_BYTES).ok().flatten().unwrap_or_default();
        let in_folder = std::str::from_utf8(&bytes).ok().and_then(Pause::from_text);
        let in_key_store = self.key_store.read_pause(self.database_id).ok().flatten();
        match (in_folder, in_key_store) {
            (Some(one), Some(other)) => Some(one.later(other)),
            (one, other) => one.or(other),
        }
    }

    /// Keeps or removes the record in both places. A place that cannot be written is passed over: the other one, and the running
    /// program, still hold the pause.
    pub(crate) fn write(&self, pause: Option<&Pause>) {
        let _ = match pause {
            Some(pause) => disk::replace(self.dir, NAME, pause.to_text().as_bytes(), &mut || Ok(())),
            None => disk::remove(self.dir, NAME),
        };
        let _ = self.key_store.write_pause(self.database_id, pause);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_goes_there_and_back() {
        for pause in [
            Pause { wrong: 6, began_ms: 1_800_000_000_000, length_ms: 30_000 },
            Pause { wrong: u32::MAX, began_ms: i64::MIN, length_ms: LONGEST_MS },
        ] {
            assert_eq!(Pause::from_text(&pause.to_text()), Some(pause));
        }
    }

    #[test]
    fn text_that_no_pause_has_is_no_pause() {
        for bad in [
            "",
            "\n",
            "6 1 2",
            "6 1\n",
            "6 1 2 3\n",
            "6 1 -1\n",
            "6 1 1800001\n",
            "-1 1 2\n",
            "6  1 2\n",
            "6 99999999999999999999 2\n",
            "six 1 2\n",
        ] {
            assert_eq!(Pause::from_text(bad), None, "{bad:?}");
        }
    }
}
