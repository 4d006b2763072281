//! The idle clock: how long nobody touched a key or the pointer, and what follows. The decision is pure; the timer around
//! it only carries it out. Closing the desk itself belongs to `lock`.

use crate::events;
use crate::lock::{self, After};
use crate::state::Premises;
use nix::time::{ClockId, clock_gettime};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tauri::{AppHandle, Manager, async_runtime};
use tokio::time::{MissedTickBehavior, interval};

/// How long before the lock the warning appears.
const WARNING: Duration = Duration::from_secs(60);
/// A computer that was asleep for this long was suspended.
const ASLEEP: Duration = Duration::from_secs(5);

/// What follows from the clock.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Somebody is there.
    Rest,
    /// Nobody is there: the desk locks in so many seconds, 1-60.
    Warn(u64),
    /// Nobody was there for the whole time, or the computer was suspended.
    Lock,
}

/// What follows when nobody touched anything for `idle`, the desk locks after `limit`, and the computer was suspended for
/// `asleep` since it was last asked.
pub fn decide(idle: Duration, limit: Duration, asleep: Duration) -> Verdict {
    let left = limit.saturating_sub(idle);
    if left.is_zero() || asleep >= ASLEEP {
        Verdict::Lock
    } else if left <= WARNING {
        Verdict::Warn(left.as_millis().div_ceil(1_000) as u64)
    } else {
        Verdict::Rest
    }
}

/// When somebody last touched a key or the pointer.
#[derive(Debug, Default)]
pub struct LastTouch(AtomicU64);

impl LastTouch {
    /// Somebody is there now.
    pub fn touch(&self) {
        self.touch_at(since_start(ClockId::CLOCK_BOOTTIME));
    }

    fn touch_at(&self, now: Duration) {
        self.0.store(now.as_millis() as u64, Ordering::Relaxed);
    }

    fn idle(&self, now: Duration) -> Duration {
        now.saturating_sub(Duration::from_millis(self.0.load(Ordering::Relaxed)))
    }
}

/// Watches the open desk once a second until it locks it; `minutes` is the time without a touch after which it does.
pub fn watch(app: &AppHandle, minutes: u8) {
    let app = app.clone();
    async_runtime::spawn(async move {
        let premises = app.state::<Premises>();
        let mut warned = None;
        nobody_there(&premises.last_touch, minutes, |warning| {
            if warning != std::mem::replace(&mut warned, warning) {
                events::lock_soon(&app, warning);
            }
            false
        })
        .await;
        lock::close(&app, After::Lock).await;
    });
}

/// Returns when nobody touched anything for `minutes`, or the computer was suspended. Each second `or` is told in how many seconds that
/// will be, when that is soon; it ends the wait at once by answering true.
pub async fn nobody_there(last_touch: &LastTouch, minutes: u8, mut or: impl FnMut(Option<u64>) -> bool) {
    let limit = Duration::from_secs(u64::from(minutes) * 60);
    let mut ticks = interval(Duration::from_secs(1));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let mut slept = time_asleep();
    loop {
        ticks.tick().await;
        let slept_before = std::mem::replace(&mut slept, time_asleep());
        let idle = last_touch.idle(since_start(ClockId::CLOCK_BOOTTIME));
        let soon = match decide(idle, limit, slept.saturating_sub(slept_before)) {
            Verdict::Rest => None,
            Verdict::Warn(seconds) => Some(seconds),
            Verdict::Lock => break,
        };
        if or(soon) {
            break;
        }
    }
}

/// The boot clock runs on while the computer is suspended, the monotonic one stands still.
fn time_asleep() -> Duration {
    since_start(ClockId::CLOCK_BOOTTIME).saturating_sub(since_start(ClockId::CLOCK_MONOTONIC))
}

/// A clock that cannot be read counts as the end of time: that locks, while zero would never lock.
fn since_start(clock: ClockId) -> Duration {
    clock_gettime(clock).map_or(Duration::MAX, Duration::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Duration = Duration::from_secs(600);
    const AWAKE: Duration = Duration::ZERO;

    fn after(milliseconds: u64) -> Verdict {
        decide(Duration::from_millis(milliseconds), LIMIT, AWAKE)
    }

    #[test]
    fn rests_until_a_minute_before_the_end() {
        assert_eq!(after(0), Verdict::Rest);
        assert_eq!(after(539_999), Verdict::Rest);
        assert_eq!(after(540_000), Verdict::Warn(60));
    }

    #[test]
    fn the_warning_counts_whole_seconds_and_never_says_zero() {
        assert_eq!(after(540_001), Verdict::Warn(60));
        assert_eq!(after(541_000), Verdict::Warn(59));
        assert_eq!(after(599_000), Verdict::Warn(1));
        assert_eq!(after(599_999), Verdict::Warn(1));
    }

    #[test]
    fn locks_at_the_end_and_ever_after() {
        assert_eq!(after(600_000), Verdict::Lock);
        assert_eq!(decide(Duration::MAX, LIMIT, AWAKE), Verdict::Lock);
    }

    #[test]
    fn waking_from_suspend_locks_however_short_the_absence() {
        assert_eq!(decide(Duration::ZERO, LIMIT, Duration::from_secs(5)), Verdict::Lock);
        assert_eq!(decide(Duration::ZERO, LIMIT, Duration::from_millis(4_999)), Verdict::Rest);
    }

    #[test]
    fn a_touch_starts_the_time_anew() {
        let last = LastTouch::default();
        last.touch_at(Duration::from_secs(90));
        assert_eq!(last.idle(Duration::from_secs(100)), Duration::from_secs(10));
        last.touch_at(Duration::from_secs(100));
        assert_eq!(last.idle(Duration::from_secs(100)), Duration::ZERO);
        assert_eq!(last.idle(Duration::from_secs(700)), Duration::from_secs(600));
    }
}
