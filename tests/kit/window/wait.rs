//! Waiting for a condition, with a bound. The only place of the tests that pauses or reads a clock, and never to pass the time.

use std::time::{Duration, Instant};

/// How long anything in a window may take before a test gives up, on a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_secs(45);
const BETWEEN: Duration = Duration::from_millis(20);

/// What `condition` yields as soon as it yields something; stops the test, naming what it waited for, when that takes too long.
#[track_caller]
pub fn until<T>(what: &str, condition: impl FnMut() -> Option<T>) -> T {
    match within(PATIENCE, condition) {
        Some(found) => found,
        None => panic!("waited {} s in vain for {what}", PATIENCE.as_secs()),
    }
}

/// The same with a bound of its own; None when it passed.
#[expect(clippy::disallowed_methods, reason = "the bound of a wait is real time, and polling pauses between two looks")]
pub fn within<T>(bound: Duration, mut condition: impl FnMut() -> Option<T>) -> Option<T> {
    let began = Instant::now();
    loop {
        if let Some(found) = condition() {
            return Some(found);
        }
        if began.elapsed() >= bound {
            return None;
        }
        std::thread::sleep(BETWEEN);
    }
}

/// Now, in UTC milliseconds: to compare with the times that the window shows.
#[expect(clippy::disallowed_methods, reason = "the window shows real time")]
pub fn now_ms() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}
