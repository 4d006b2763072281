//! Turns mistakes on in the queue and the outbox, one after the other, and plays histories until what judges them finds something. The
//! last line of what it prints is one JSON object.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use serde_json::json;

#[allow(dead_code, reason = "what plays histories for other purposes")]
mod sim;

use sim::{Options, run};

/// How many histories at most are played with one mistake, and without any.
const MOST: u64 = 600;

/// Of so many mistakes one may stay unfound.
const ONE_OF: usize = 30;

const THREADS: usize = 2;

/// A mistake that can be turned on.
#[derive(Clone, Copy)]
enum Planted {
    None,
    InQueue(sync::Bug),
    InOutbox(store::Bug),
}

impl Planted {
    fn all() -> Vec<Planted> {
        let queue = sync::Bug::ALL.iter().map(|bug| Planted::InQueue(*bug));
        queue.chain(store::Bug::ALL.iter().map(|bug| Planted::InOutbox(*bug))).collect()
    }

    fn name(self) -> &'static str {
        match self {
            Planted::None => "none",
            Planted::InQueue(bug) => bug.code(),
            Planted::InOutbox(bug) => bug.code(),
        }
    }

    fn on(self) {
        let (queue, outbox) = match self {
            Planted::None => (None, None),
            Planted::InQueue(bug) => (Some(bug), None),
            Planted::InOutbox(bug) => (None, Some(bug)),
        };
        sync::plant(queue);
        store::plant(outbox);
    }
}

#[expect(clippy::disallowed_methods, reason = "this is a program's beginning, and says how long it took")]
fn main() -> ExitCode {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let number = |name: &str, otherwise: u64| {
        let at = given.iter().position(|one| one == name);
        at.map_or(otherwise, |at| {
            given.get(at + 1).and_then(|text| text.parse().ok()).expect("a number after its name")
        })
    };
    let (most, seed) = (number("--histories", MOST), number("--seed", 1));
    let only = given.iter().position(|one| one == "--only").and_then(|at| given.get(at + 1));
    // What falls over because of a mistake was found; it need not say so.
    set_hook(Box::new(|_| {}));
    let begun = Instant::now();
    Planted::None.on();
    let clean = bad(seed, most);
    for (number, why) in &clean {
        println!("{:<24} history {:>4}  {why}", Planted::None.name(), number + 1);
    }
    let clean: BTreeSet<u64> = clean.into_keys().collect();
    let (mut planted, mut missed) = (0, Vec::new());
    for bug in
        Planted::all().into_iter().filter(|bug| only.is_none_or(|only| only.split(',').any(|one| one == bug.name())))
    {
        bug.on();
        let since = Instant::now();
        let found = first(seed, most, &clean);
        planted += 1;
        let words = match &found {
            Some((number, why)) => format!("history {:>4}  {why}", number + 1),
            None => format!("not found in {most}"),
        };
        println!("{:<24} {:>5} ms  {words}", bug.name(), since.elapsed().as_millis());
        if found.is_none() {
            missed.push(bug.name());
        }
    }
    println!(
        "{}",
        json!({
            "planted": planted,
            "found": planted - missed.len(),
            "missed": missed,
            "clean": clean.is_empty(),
            "histories": most,
            "seed": seed,
            "seconds": begun.elapsed().as_secs(),
        })
    );
    if missed.len() * ONE_OF <= planted && clean.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The first history from `seed` on in which something is found and nothing is without the mistake; None when there is none in so many.
fn first(seed: u64, histories: u64, clean: &BTreeSet<u64>) -> Option<(u64, String)> {
    let (next, found) = (AtomicU64::new(0), AtomicU64::new(u64::MAX));
    let words = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::SeqCst);
                    if number >= histories || number > found.load(Ordering::SeqCst) {
                        return;
                    }
                    let why = if clean.contains(&number) { None } else { wrong(seed.wrapping_add(number)) };
                    if let Some(why) = why {
                        found.fetch_min(number, Ordering::SeqCst);
                        words.lock().unwrap().insert(number, why);
                    }
                }
            });
        }
    });
    words.into_inner().unwrap().pop_first()
}

/// All histories in which something is found although no mistake is on.
fn bad(seed: u64, histories: u64) -> BTreeMap<u64, String> {
    let (mut bad, mut from) = (BTreeMap::new(), BTreeSet::new());
    while let Some((number, why)) = first(seed, histories, &from) {
        from.extend(0..=number);
        bad.insert(number, why);
    }
    bad
}

/// What is wrong in the history of a seed: the first finding, in words.
fn wrong(seed: u64) -> Option<String> {
    let Ok(outcome) = catch_unwind(AssertUnwindSafe(|| run(seed, Options::default()))) else {
        return Some("falls over".to_owned());
    };
    let kinds = [
        ("lost", &outcome.lost),
        ("twice", &outcome.twice),
        ("overwritten", &outcome.overwritten),
        ("diverged", &outcome.diverged),
        ("disorder", &outcome.disorder),
    ];
    kinds.iter().find_map(|(kind, found)| found.first().map(|what| format!("{kind}: {what}")))
}
