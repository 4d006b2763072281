//! The one breaker of the server: after a fault nothing goes out for a while, the longer the more faults came in a row.

use crate::fault::{Fault, Trouble};

const SECOND: i64 = 1_000;

/// The longest pause of our own choosing when a server answers, or may have been reached.
const MOST: i64 = 300 * SECOND;

/// The longest while the server cannot be reached at all: trying costs it nothing, and a nurse waits for the network to be back.
const MOST_UNREACHED: i64 = 30 * SECOND;

/// The longest that is believed of `Retry-After`.
const MOST_ASKED: i64 = 3_600 * SECOND;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Breaker {
    faults: u32,
    until: i64,
    /// Since when, with what fault last.
    pub trouble: Option<(i64, Fault)>,
}

impl Breaker {
    /// Until when nothing may go out; None when it may.
    pub fn waits(&self, now: i64) -> Option<i64> {
        // Further away than any pause is: the clock was put back meanwhile.
        let pause = self.until.saturating_sub(now);
        (self.trouble.is_some() && (1..=MOST_ASKED).contains(&pause)).then_some(self.until)
    }

    /// One more fault in a row. `chance` spreads the pauses of many PCs (full jitter from 1 s up).
    pub fn trip(&mut self, trouble: Trouble, now: i64, chance: u64) -> i64 {
        self.faults = self.faults.saturating_add(1);
        let most = if trouble.fault == Fault::NotReached { MOST_UNREACHED } else { MOST };
        let pause = match trouble.after {
            Some(asked) => asked.clamp(SECOND, MOST_ASKED),
            None => jitter(self.faults, most, chance),
        };
        self.until = now.saturating_add(pause);
        self.trouble = Some((self.trouble.map_or(now, |(since, _)| since), trouble.fault));
        self.until
    }

    /// The server answered as a server should.
    pub fn reset(&mut self) {
        *self = Breaker::default();
    }

    /// A person, or the network, says that it may be tried now; how long there was trouble is not forgotten.
    pub fn try_now(&mut self) {
        self.until = i64::MIN;
    }
}

/// A pause from 1 s to the smaller of `most` and 2^`faults` s, each as likely as any other.
pub(crate) fn jitter(faults: u32, most: i64, chance: u64) -> i64 {
    let ceiling = (SECOND << faults.min(20)).min(most);
    let spread = u64::try_from(ceiling - SECOND + 1).unwrap_or(1);
    SECOND + i64::try_from(chance % spread).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_five_minutes_and_never_fall_under_a_second() {
        for faults in 1..40 {
            assert_eq!(jitter(faults, MOST, 0), SECOND);
            let ceiling = (SECOND << faults.min(20)).min(MOST);
            assert_eq!(jitter(faults, MOST, u64::try_from(ceiling - SECOND).unwrap()), ceiling, "{faults}");
        }
        assert_eq!(jitter(9, MOST, 123_456), 124_456);
    }

    #[test]
    fn what_the_server_asks_wins_up_to_an_hour() {
        let mut breaker = Breaker::default();
        let busy = |after| Trouble { fault: Fault::Busy, after: Some(after) };
        assert_eq!(breaker.trip(busy(7_000), 100, 5), 7_100);
        assert_eq!(breaker.trip(busy(i64::MAX), 100, 5), 100 + MOST_ASKED);
        assert_eq!(breaker.trip(busy(0), 100, 5), 1_100, "a pause of nothing would be none");
        assert_eq!(breaker.trip(busy(-5), 100, 5), 1_100);
    }

    #[test]
    fn an_unreached_server_is_tried_every_half_minute_at_least() {
        let mut breaker = Breaker::default();
        for _ in 0..30 {
            assert!(breaker.trip(Trouble::of(Fault::NotReached), 0, u64::MAX) <= MOST_UNREACHED);
        }
        assert!(breaker.trip(Trouble::of(Fault::CutOff), 0, 299_000) > MOST_UNREACHED);
    }

    #[test]
    fn a_clock_put_back_does_not_keep_it_waiting() {
        let mut breaker = Breaker::default();
        breaker.trip(Trouble::of(Fault::CutOff), 1_000_000_000_000, 0);
        assert_eq!(breaker.waits(1_000_000_000_000), Some(1_000_000_001_000));
        assert_eq!(breaker.waits(900_000_000_000), None);
    }

    #[test]
    fn trouble_is_dated_from_its_first_fault() {
        let mut breaker = Breaker::default();
        breaker.trip(Trouble::of(Fault::NotReached), 1_000, 0);
        breaker.trip(Trouble::of(Fault::CutOff), 9_000, 0);
        assert_eq!(breaker.trouble, Some((1_000, Fault::CutOff)));
        assert_eq!(breaker.waits(9_500), Some(10_000));
        breaker.try_now();
        assert_eq!((breaker.waits(9_500), breaker.trouble), (None, Some((1_000, Fault::CutOff))));
        breaker.reset();
        assert_eq!((breaker.waits(9_500), breaker.trouble), (None, None));
    }
}
