//! Stand-ins for the tests of this and other crates; not in the product.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};

use crate::error::{KeyStoreFault, RandomFault};
use crate::key_store::KeyStore;
use crate::pauses::Pause;
use crate::random::Random;
use crate::secret::DeviceSecret;

/// A key store in memory that can be told to fail and counts what was written to it.
#[derive(Debug, Default)]
pub struct MemoryKeyStore(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    secrets: BTreeMap<String, [u8; 32]>,
    pauses: BTreeMap<String, String>,
    fault: Option<KeyStoreFault>,
    writes: usize,
}

impl MemoryKeyStore {
    /// Makes every call fail this way until it is set to `None`.
    pub fn set_fault(&self, fault: Option<KeyStoreFault>) {
        self.kept().fault = fault;
    }

    /// Puts another secret in place of the one that is kept, as a changed key store would have it.
    pub fn replace(&self, database_id: &str, secret: &DeviceSecret) {
        self.kept().secrets.insert(database_id.to_owned(), *secret.bytes());
    }

    /// How often something was written or removed.
    pub fn writes(&self) -> usize {
        self.kept().writes
    }

    /// The kept pause as text.
    pub fn pause_text(&self, database_id: &str) -> Option<String> {
        self.kept().pauses.get(database_id).cloned()
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn unless_told_to_fail(&self) -> Result<MutexGuard<'_, Kept>, KeyStoreFault> {
        let kept = self.kept();
        kept.fault.map_or(Ok(kept), Err)
    }
}

impl KeyStore for MemoryKeyStore {
    fn look(&self, database_id: &str) -> Result<(), KeyStoreFault> {
        let kept = self.unless_told_to_fail()?;
        if kept.secrets.contains_key(database_id) { Ok(()) } else { Err(KeyStoreFault::NoEntry) }
    }

    fn read(&self, database_id: &str) -> Result<DeviceSecret, KeyStoreFault> {
        let kept = self.unless_told_to_fail()?;
        kept.secrets.get(database_id).map(|bytes| DeviceSecret::from_bytes(*bytes)).ok_or(KeyStoreFault::NoEntry)
    }

    fn write_new(&self, database_id: &str, secret: &DeviceSecret) -> Result<(), KeyStoreFault> {
        let mut kept = self.unless_told_to_fail()?;
        if kept.secrets.contains_key(database_id) {
            return Err(KeyStoreFault::AlreadyPresent);
        }
        kept.writes += 1;
        kept.secrets.insert(database_id.to_owned(), *secret.bytes());
        Ok(())
    }

    fn read_pause(&self, database_id: &str) -> Result<Option<Pause>, KeyStoreFault> {
        Ok(self.unless_told_to_fail()?.pauses.get(database_id).and_then(|text| Pause::from_text(text)))
    }

    fn write_pause(&self, database_id: &str, pause: Option<&Pause>) -> Result<(), KeyStoreFault> {
        let mut kept = self.unless_told_to_fail()?;
        kept.writes += 1;
        match pause {
            Some(pause) => kept.pauses.insert(database_id.to_owned(), pause.to_text()),
            None => kept.pauses.remove(database_id),
        };
        Ok(())
    }
}

/// The same bytes for the same seed, every time.
#[derive(Debug)]
pub struct RepeatableRandom {
    seed: u64,
    drawn: u64,
}

impl RepeatableRandom {
    /// A source that starts anew from this seed.
    pub fn new(seed: u64) -> Self {
        Self { seed, drawn: 0 }
    }
}

impl Random for RepeatableRandom {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), RandomFault> {
        for chunk in bytes.chunks_mut(32) {
            let block = Sha256::digest([self.seed.to_be_bytes(), self.drawn.to_be_bytes()].concat());
            for (to, from) in chunk.iter_mut().zip(block.iter()) {
                *to = *from;
            }
            self.drawn += 1;
        }
        Ok(())
    }
}
