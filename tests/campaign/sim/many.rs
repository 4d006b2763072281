//! Many histories on several threads, and what came of them together. How many threads there are changes nothing but the time.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Options, Outcome, run};

/// What came of many histories.
#[derive(Debug, Default)]
pub struct Total {
    pub histories: u64,
    pub seed: u64,
    pub acts: u64,
    pub sendings: u64,
    pub faults: BTreeMap<&'static str, u64>,
    pub asked: BTreeMap<String, u64>,
    pub forgotten: u64,
    /// Those in which something is wrong, in the order of their seeds.
    pub bad: Vec<Outcome>,
    /// SHA-256 of the ends of all, in the order of their seeds.
    pub digest: String,
}

/// Plays this many histories, of `seed` and the seeds after it.
pub fn many(seed: u64, histories: u64, threads: usize, options: Options) -> Total {
    let next = AtomicU64::new(0);
    let outcomes = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::SeqCst);
                    if number >= histories {
                        return;
                    }
                    let outcome = run(seed.wrapping_add(number), options);
                    outcomes.lock().unwrap().push((number, outcome));
                }
            });
        }
    });
    let mut outcomes = outcomes.into_inner().unwrap();
    outcomes.sort_by_key(|(number, _)| *number);
    let mut total = Total { histories, seed, ..Total::default() };
    let mut hasher = Sha256::new();
    for (_, outcome) in outcomes {
        total.acts += outcome.acts;
        total.sendings += outcome.sendings;
        total.forgotten += outcome.forgotten;
        for (kind, times) in &outcome.faults {
            *total.faults.entry(kind).or_default() += times;
        }
        for (reason, times) in &outcome.asked {
            *total.asked.entry(reason.clone()).or_default() += times;
        }
        hasher.update(&outcome.digest);
        if !outcome.is_good() {
            total.bad.push(outcome);
        }
    }
    total.digest = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    total
}

impl Total {
    /// One object: the counts of what was wrong are counts of findings, not of histories.
    pub fn json(&self) -> Value {
        let sum = |found: fn(&Outcome) -> usize| self.bad.iter().map(found).sum::<usize>();
        json!({
            "histories": self.histories,
            "acts": self.acts,
            "sendings": self.sendings,
            "faults": self.faults,
            "lost": sum(|one| one.lost.len()),
            "twice": sum(|one| one.twice.len()),
            "overwritten": sum(|one| one.overwritten.len()),
            "diverged": sum(|one| one.diverged.len()),
            "asked": self.asked,
            "forgotten": self.forgotten,
            "digest": self.digest,
            "seed": self.seed,
        })
    }
}
