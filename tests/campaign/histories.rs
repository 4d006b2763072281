//! Thousands of histories, hundreds of the same ones on the real disk, and those that once failed.

use std::collections::BTreeSet;

use crate::sim::history::{Fault, Step};
use crate::sim::many::many;
use crate::sim::shrink::shrink;
use crate::sim::{Disk, History, Options, Outcome, play, run};

/// How many are played in memory, and how many of the same with the real cipher.
const HISTORIES: u64 = 10_000;
const ON_FILES: u64 = 500;

/// Every kind of fault that has to happen.
const KINDS: [&str; 16] = [
    "busy_429",
    "captive_portal",
    "clock",
    "crash",
    "disk_full",
    "duplicate",
    "lost_answer",
    "not_reached",
    "poison",
    "reorder",
    "restored",
    "server_5xx",
    "token_expired_401",
    "too_large_413",
    "truncated",
    "upgrade",
];

const FILES: Options = Options { disk: Disk::Files };

fn threads() -> usize {
    std::thread::available_parallelism().map_or(2, usize::from)
}

#[test]
fn nothing_is_lost_or_done_twice_or_overwritten_and_all_come_to_rest() {
    let total = many(1, HISTORIES, threads(), Options::default());
    let first = total.bad.first();
    assert!(first.is_none(), "{} of {HISTORIES} histories fail; the first: {first:#?}", total.bad.len());
    let happened: BTreeSet<&str> = total.faults.keys().copied().collect();
    assert_eq!(happened, BTreeSet::from(KINDS));
    let faults: u64 = total.faults.values().sum();
    assert!(total.acts >= 40 * HISTORIES && faults >= 3 * HISTORIES, "{} acts, {faults} faults", total.acts);
    // Without many sendings arriving nothing of this would say anything.
    assert!(total.sendings >= total.acts, "{} sendings", total.sendings);
}

#[test]
fn the_real_disk_comes_to_the_same_ends() {
    let (memory, files) = (many(1, ON_FILES, threads(), Options::default()), many(1, ON_FILES, threads(), FILES));
    assert_eq!((memory.digest, memory.faults, memory.sendings), (files.digest, files.faults, files.sendings));
    assert!(files.bad.is_empty(), "{:#?}", files.bad.first());
}

#[test]
fn a_seed_is_the_same_history_bit_for_bit_on_any_number_of_threads() {
    assert_eq!(History::of(7), History::of(7));
    assert_ne!(History::of(7).moments, History::of(8).moments);
    let digests = [1, 2, 5].map(|threads| many(100, 20, threads, Options::default()).digest);
    assert_eq!((&digests[0], &digests[0]), (&digests[1], &digests[2]));
    assert_ne!(run(100, Options::default()).digest, run(101, Options::default()).digest);
}

#[test]
fn a_history_that_is_kept_reads_back_and_plays_the_same() {
    let history = History::of(9);
    let read: History = serde_json::from_str(&serde_json::to_string(&history).unwrap()).unwrap();
    assert_eq!(read, history);
    assert_eq!(play(&read, Options::default()), run(9, Options::default()));
}

#[test]
fn a_history_that_fails_is_made_as_short_as_it_still_fails() {
    let is = |history: &History, wanted: fn(&Step) -> bool| history.moments.iter().any(|one| wanted(&one.step));
    let crash = |step: &Step| matches!(step, Step::Fault { fault: Fault::Crash { .. }, .. });
    let wake = |step: &Step| matches!(step, Step::Wake { .. });
    let short = shrink(&History::of(1), |history| is(history, crash) && is(history, wake));
    assert_eq!(short.moments.len(), 2);
    let bad = Outcome { twice: vec!["once too often".to_owned()], ..Outcome::default() };
    assert_eq!((bad.kinds(), bad.is_good()), (BTreeSet::from(["twice"]), false));
}

#[test]
fn what_is_printed_of_many_names_every_count() {
    let printed = many(3, 2, 1, Options::default()).json();
    for name in ["acts", "sendings", "lost", "twice", "overwritten", "diverged"] {
        assert!(printed[name].is_u64(), "{name} in {printed}");
    }
    assert_eq!((printed["histories"].as_u64(), printed["seed"].as_u64()), (Some(2), Some(3)));
    assert!(printed["faults"].is_object() && printed["digest"].as_str().is_some_and(|digest| digest.len() == 64));
}

#[test]
fn what_once_failed_does_not_fail_again() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("campaign/kept");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    for path in paths {
        let history: History = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let outcome = play(&history, Options::default());
        assert!(outcome.is_good(), "{}: {outcome:#?}", path.display());
    }
}
