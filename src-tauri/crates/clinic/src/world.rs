//! The one home of the real clock and of randomness; everything else is handed them.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use security::{Cost, OsRandom, Random, RandomFault};

/// What an act needs from outside: the time and randomness.
#[derive(Clone)]
pub struct World {
    now: Arc<dyn Fn() -> i64 + Send + Sync>,
    random: Arc<Mutex<dyn Random + Send>>,
    cost: Option<Cost>,
}

impl World {
    /// The clock of this PC and the randomness of its operating system.
    pub fn real() -> World {
        World { now: Arc::new(wall_clock), random: Arc::new(Mutex::new(OsRandom)), cost: None }
    }

    /// A world for tests: its own clock (UTC milliseconds), randomness, and what a try at a passphrase costs.
    pub fn with(now: Arc<dyn Fn() -> i64 + Send + Sync>, random: Arc<Mutex<dyn Random + Send>>, cost: Cost) -> World {
        World { now, random, cost: Some(cost) }
    }

    /// UTC milliseconds.
    pub fn now(&self) -> i64 {
        (self.now)()
    }

    pub(crate) fn with_random<R>(&self, use_it: impl FnOnce(&mut dyn Random) -> R) -> R {
        let mut random = self.random.lock().unwrap_or_else(PoisonError::into_inner);
        use_it(&mut *random)
    }

    pub(crate) fn bytes<const N: usize>(&self) -> Result<[u8; N], RandomFault> {
        let mut bytes = [0; N];
        self.with_random(|random| random.fill(&mut bytes))?;
        Ok(bytes)
    }

    /// What a new slot's passphrase work is to cost; measured on this PC unless it was given.
    pub(crate) fn cost(&self) -> Cost {
        self.cost.unwrap_or_else(|| Cost::calibrated(&mut steady_clock()))
    }
}

/// The configuration file named by the environment for tests, else the machine's.
pub(crate) fn configuration_path() -> PathBuf {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    let named = std::env::var_os("HOLDFAST_CONFIG");
    named.map_or_else(|| PathBuf::from("/etc/holdfast/holdfast.json"), PathBuf::from)
}

#[expect(clippy::disallowed_methods, reason = "the one home of the real clock")]
fn wall_clock() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

#[expect(clippy::disallowed_methods, reason = "the one home of the real clock")]
fn steady_clock() -> impl FnMut() -> i64 {
    let start = std::time::Instant::now();
    move || i64::try_from(start.elapsed().as_millis()).unwrap_or(i64::MAX)
}
