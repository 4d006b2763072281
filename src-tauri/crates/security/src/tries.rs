//! How often a passphrase may be tried: five free tries, then growing pauses. Pure decisions on instants passed in; nothing here ever wipes
//! anything, because a patient could bring that about. Where a pause is kept is in `pauses`.

use crate::pauses::{LONGEST_MS, Pause, PausePlaces};

/// Whether the passphrase may be tried now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MayTry {
    /// Yes.
    Now,
    /// Not before this many milliseconds have passed.
    After(i64),
}

/// The tries at one database since it was last opened. Free tries are counted in memory only: a wrong passphrase among them
/// changes nothing in the profile folder or the key store.
#[derive(Debug, Default)]
pub struct Tries {
    wrong: u32,
    pause: Option<Pause>,
}

impl Tries {
    /// Wrong tries without a pause.
    pub const FREE: u32 = 5;

    /// Goes on from the pause that is kept, or from the free tries that were used, so that a new start is no way around either.
    pub fn resume(places: PausePlaces<'_>, used: u32) -> Self {
        let pause = places.read();
        Self { wrong: pause.map_or(used.min(Self::FREE), |pause| pause.wrong.max(Self::FREE + 1)), pause }
    }

    /// How many tries were wrong since one was right.
    pub fn wrong(&self) -> u32 {
        self.wrong
    }

    /// Whether a try is allowed at this instant (UTC milliseconds). A clock that stands before the pause began makes the pause
    /// begin again: setting it back never shortens a pause, nor does it stretch one beyond its length.
    pub fn may_try(&mut self, now_ms: i64) -> MayTry {
        let Some(pause) = self.pause.as_mut() else { return MayTry::Now };
        if now_ms < pause.began_ms {
            pause.began_ms = now_ms;
        }
        match pause.ends_ms().saturating_sub(now_ms) {
            left if left > 0 => MayTry::After(left),
            _ => MayTry::Now,
        }
    }

    /// Counts a wrong try; beyond the free ones it begins and keeps a pause. Whether the next try is allowed.
    pub fn was_wrong(&mut self, places: PausePlaces<'_>, now_ms: i64) -> MayTry {
        self.wrong = self.wrong.saturating_add(1);
        if let Some(length_ms) = pause_after(self.wrong) {
            let pause = Pause { wrong: self.wrong, began_ms: now_ms, length_ms };
            places.write(Some(&pause));
            self.pause = Some(pause);
        }
        self.may_try(now_ms)
    }

    /// Forgets the wrong tries, and removes the kept pause if there was one.
    pub fn was_right(&mut self, places: PausePlaces<'_>) {
        if self.pause.is_some() {
            places.write(None);
        }
        *self = Self::default();
    }
}

/// 30 s after the first wrong try beyond the free ones, doubling up to 30 minutes.
fn pause_after(wrong: u32) -> Option<i64> {
    let doublings = wrong.checked_sub(Tries::FREE + 1)?;
    Some(30_000_i64.checked_shl(doublings.min(20)).unwrap_or(LONGEST_MS).min(LONGEST_MS))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::error::KeyStoreFault;
    use crate::testing::MemoryKeyStore;
    use std::fs;
    use std::path::Path;

    const NOON: i64 = 1_800_000_000_000;
    const ID: &str = "a-database";

    fn places<'a>(dir: &'a Path, key_store: &'a MemoryKeyStore) -> PausePlaces<'a> {
        PausePlaces { dir, key_store, database_id: ID }
    }

    fn six_wrong(places: PausePlaces<'_>, now: i64) -> Tries {
        let mut tries = Tries::default();
        for _ in 0..6 {
            tries.was_wrong(places, now);
        }
        tries
    }

    #[test]
    fn five_are_free_and_leave_no_trace() {
        let (dir, store) = (tempfile::tempdir().unwrap(), MemoryKeyStore::default());
        let mut tries = Tries::resume(places(dir.path(), &store), 0);
        for _ in 0..5 {
            assert_eq!(tries.was_wrong(places(dir.path(), &store), NOON), MayTry::Now);
        }
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
        assert_eq!(store.writes(), 0);
        tries.was_right(places(dir.path(), &store));
        assert_eq!((fs::read_dir(dir.path()).unwrap().count(), store.writes()), (0, 0));
    }

    #[test]
    fn tries_used_before_a_new_start_are_used() {
        let (dir, store) = (tempfile::tempdir().unwrap(), MemoryKeyStore::default());
        let mut tries = Tries::resume(places(dir.path(), &store), 5);
        assert_eq!(tries.may_try(NOON), MayTry::Now);
        assert_eq!(tries.was_wrong(places(dir.path(), &store), NOON), MayTry::After(30_000));
        assert_eq!(tries.wrong(), 6);
    }

    #[test]
    fn then_the_pauses_grow_to_half_an_hour() {
        let (dir, store) = (tempfile::tempdir().unwrap(), MemoryKeyStore::default());
        let mut tries = Tries::default();
        let mut now = NOON;
        let mut pauses = Vec::new();
        for _ in 0..20 {
            if let MayTry::After(left) = tries.was_wrong(places(dir.path(), &store), now) {
                pauses.push(left / 1000);
                assert_eq!(tries.may_try(now + left - 1), MayTry::After(1));
                now += left;
            }
            assert_eq!(tries.may_try(now), MayTry::Now);
        }
        assert_eq!(pauses, [&[30, 60, 120, 240, 480, 960][..], &[1800; 9]].concat());
        assert_eq!(pause_after(u32::MAX), Some(LONGEST_MS));
    }

    #[test]
    fn a_new_start_goes_on_with_the_pause_from_either_place() {
        let (dir, store) = (tempfile::tempdir().unwrap(), MemoryKeyStore::default());
        six_wrong(places(dir.path(), &store), NOON);
        let empty = tempfile::tempdir().unwrap();
        let empty_store = MemoryKeyStore::default();
        for here in [places(dir.path(), &store), places(dir.path(), &empty_store), places(empty.path(), &store)] {
            let mut tries = Tries::resume(here, 0);
            assert_eq!(tries.may_try(NOON + 1_000), MayTry::After(29_000));
            assert_eq!(
                tries.was_wrong(
                    PausePlaces {
                        dir: tempfile::tempdir().unwrap().path(),
                        key_store: &MemoryKeyStore::default(),
                        database_id: ID
                    },
                    NOON + 30_000
                ),
                MayTry::After(60_000)
            );
        }
        assert_eq!(Tries::resume(places(empty.path(), &empty_store), 0).may_try(NOON), MayTry::Now);
    }

    #[test]
    fn the_later_of_the_two_places_wins() {
        let (old, new) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (old_store, new_store) = (MemoryKeyStore::default(), MemoryKeyStore::default());
        six_wrong(places(old.path(), &old_store), NOON);
        six_wrong(places(new.path(), &new_store), NOON + 10_000);
        for mixed in [places(old.path(), &new_store), places(new.path(), &old_store)] {
            assert_eq!(Tries::resume(mixed, 0).may_try(NOON + 10_000), MayTry::After(30_000));
        }
    }

    #[test]
    fn setting_the_clock_never_shortens_a_pause_by_going_back() {
        let (dir, store) = (tempfile::tempdir().unwrap(), MemoryKeyStore::default());
        let mut tries = six_wrong(places(dir.path(), &store), NOON);
        let yesterday = NOON - 86_400_000;
        assert_eq!(tries.may_try(yesterday), MayTry::After(30_000));
        assert_eq!(tries.may_try(yesterday + 29_999), MayTry::After(1));
        assert_eq!(tries.may_try(yesterday + 30_000), MayTry::Now);
        let mut restarted = Tries::resume(places(dir.path(), &store), 0);
        assert_eq!(restarted.may_try(i64::MIN), MayTry::After(30_000));
        let mut next_year = six_wrong(places(dir.path(), &store), NOON);
        assert_eq!(next_year.may_try(NOON + 365 * 86_400_000), MayTry::Now);
        assert_eq!(next_year.may_try(i64::MAX), MayTry::Now);
    }

    #[test]
    fn success_clears_both_places() {
        let (dir, store) = (tempfile::tempdir().unwrap(), MemoryKeyStore::default());
        six_wrong(places(dir.path(), &store), NOON);
        assert!(dir.path().join("pauses").exists() && store.pause_text(ID).is_some());
        let mut tries = Tries::resume(places(dir.path(), &store), 0);
        tries.was_right(places(dir.path(), &store));
        assert!(!dir.path().join("pauses").exists() && store.pause_text(ID).is_none());
        assert_eq!(tries.was_wrong(places(dir.path(), &store), NOON), MayTry::Now);
    }

    #[test]
    fn one_place_that_fails_does_not_take_the_pause_away() {
        let (dir, store) = (tempfile::tempdir().unwrap(), MemoryKeyStore::default());
        store.set_fault(Some(KeyStoreFault::Locked));
        let mut tries = six_wrong(places(dir.path(), &store), NOON);
        assert_eq!(tries.may_try(NOON), MayTry::After(30_000));
        assert_eq!(Tries::resume(places(dir.path(), &store), 0).may_try(NOON), MayTry::After(30_000));
        store.set_fault(None);
        let gone = dir.path().join("gone");
        six_wrong(places(&gone, &store), NOON);
        assert_eq!(Tries::resume(places(&gone, &store), 0).may_try(NOON), MayTry::After(30_000));
    }
}
