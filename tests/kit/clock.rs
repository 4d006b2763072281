//! A clock that stands still until it is stepped.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Monday, 23-Nov-2026, 09:12 in London, in UTC milliseconds.
pub const MONDAY_MORNING: i64 = 1_795_425_120_000;
pub const MINUTE: i64 = 60_000;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

/// Clones show the same time.
#[derive(Clone)]
pub struct Clock(Arc<AtomicI64>);

impl Clock {
    /// Stands at this moment (UTC milliseconds).
    pub fn at(ms: i64) -> Clock {
        Clock(Arc::new(AtomicI64::new(ms)))
    }

    pub fn now(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    /// Goes on by so many milliseconds, or back.
    pub fn step(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}
