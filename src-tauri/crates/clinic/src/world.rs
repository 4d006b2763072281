//! What an act needs from outside: the one home of the wall clock and of the environment, and the randomness it was given.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use security::{Cost, OsRandom, Random, RandomFault};

use crate::printer::Queues;

/// What an act needs from outside: the time and randomness.
#[derive(Clone)]
pub struct World {
    now: Arc<dyn Fn() -> i64 + Send + Sync>,
    random: Arc<Mutex<dyn Random + Send>>,
    cost: Option<Cost>,
    runtime: Option<PathBuf>,
    documents: Option<PathBuf>,
    queues: Queues,
}

impl World {
    /// The clock of this PC and the randomness of its operating system.
    pub fn real() -> World {
        World {
            now: Arc::new(wall_clock),
            random: Arc::new(Mutex::new(OsRandom)),
            cost: None,
            runtime: runtime(),
            documents: documents(),
            queues: Queues::default(),
        }
    }

    /// A world for tests: its own clock (UTC milliseconds), randomness, and what a try at a passphrase costs.
    pub fn with(now: Arc<dyn Fn() -> i64 + Send + Sync>, random: Arc<Mutex<dyn Random + Send>>, cost: Cost) -> World {
        World { now, random, cost: Some(cost), runtime: None, documents: None, queues: Queues::default() }
    }

    /// The same world with this folder for what is forgotten when the account signs out of the PC.
    pub fn with_runtime(self, folder: PathBuf) -> World {
        World { runtime: Some(folder), ..self }
    }

    /// The same world with this folder for the account's documents.
    pub fn with_documents(self, folder: PathBuf) -> World {
        World { documents: Some(folder), ..self }
    }

    /// The same world with the print server at `host:port`, each of whose answers may take `patience`.
    pub fn with_print_server(self, server: &str, patience: Duration) -> World {
        World { queues: Queues::of(server, patience), ..self }
    }

    /// The account's documents; None where it has no such folder.
    pub(crate) fn documents(&self) -> Option<&Path> {
        self.documents.as_deref()
    }

    pub(crate) fn queues(&self) -> Queues {
        self.queues.clone()
    }

    /// The folder for what is forgotten when the account signs out; None where there is none.
    pub(crate) fn runtime(&self) -> Option<&Path> {
        self.runtime.as_deref()
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

fn runtime() -> Option<PathBuf> {
    directories::BaseDirs::new()?.runtime_dir().map(Path::to_path_buf)
}

fn documents() -> Option<PathBuf> {
    directories::UserDirs::new()?.document_dir().map(Path::to_path_buf)
}

/// The machine's configuration file. `HOLDFAST_CONFIG` names another one in builds for tests, those with debug assertions, and in no
/// other: in clinic, whoever uses the account would else choose the server that the records go to.
pub(crate) fn configuration_path() -> PathBuf {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    let named = || std::env::var_os("HOLDFAST_CONFIG");
    configuration_of(cfg!(debug_assertions), named)
}

fn configuration_of(for_tests: bool, named: impl FnOnce() -> Option<OsString>) -> PathBuf {
    let named = if for_tests { named() } else { None };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_build_for_tests_takes_its_configuration_from_the_environment() {
        let named = || Some(OsString::from("/srv/holdfast.json"));
        assert_eq!(configuration_of(true, named), Path::new("/srv/holdfast.json"));
        assert_eq!(configuration_of(true, || None), Path::new("/etc/holdfast/holdfast.json"));
        assert_eq!(configuration_of(false, named), Path::new("/etc/holdfast/holdfast.json"));
    }
}
