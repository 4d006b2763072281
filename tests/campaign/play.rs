//! Plays many histories of sending and says what came of them; the last line of what it prints is one JSON object. A history that fails
//! is made shorter and kept.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use std::process::ExitCode;

mod sim;

use sim::many::many;
use sim::{Disk, History, Options, shrink};

#[expect(clippy::disallowed_methods, reason = "this is a program's beginning")]
fn main() -> ExitCode {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let number = |name: &str, otherwise: u64| {
        let at = given.iter().position(|one| one == name);
        at.map_or(otherwise, |at| {
            given.get(at + 1).and_then(|text| text.parse().ok()).expect("a number after its name")
        })
    };
    let (histories, seed, threads) =
        (number("--histories", 10_000), number("--seed", 1), number("--threads", 2) as usize);
    if let Some(path) = given.iter().position(|one| one == "--replay").and_then(|at| given.get(at + 1)) {
        let history: History = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let outcome = sim::play(&history, Options::default());
        println!("{}", serde_json::to_string_pretty(&outcome).unwrap());
        return if outcome.is_good() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    let disk = if given.iter().any(|one| one == "--files") { Disk::Files } else { Disk::Memory };
    let options = Options { disk };
    let total = many(seed, histories, threads, options);
    for bad in &total.bad {
        eprintln!("seed {}: {:?} {:?} {:?} {:?}", bad.seed, bad.lost, bad.twice, bad.overwritten, bad.diverged);
    }
    for bad in total.bad.iter().take(number("--keep", 3) as usize) {
        let as_before =
            |history: &History| sim::play(history, options).kinds().intersection(&bad.kinds()).next().is_some();
        let shortest = shrink::shrink(&History::of(bad.seed), as_before);
        let path = format!("{}/campaign/kept/{}.json", env!("CARGO_MANIFEST_DIR"), bad.seed);
        std::fs::create_dir_all(std::path::Path::new(&path).parent().unwrap()).unwrap();
        std::fs::write(&path, serde_json::to_string_pretty(&shortest).unwrap() + "\n").unwrap();
        eprintln!("kept as {path}, {} moments", shortest.moments.len());
    }
    println!("{}", total.json());
    if total.bad.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
