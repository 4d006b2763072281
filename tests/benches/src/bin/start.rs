//! `start`: how soon a nurse can type, against an empty Tauri window in the same world.
//!
//! Ours is process start until the lock screen with its passphrase field is painted, plus the time from the accepted passphrase
//! (after Argon2id) to the list of work. The opponent is process start until one input is painted. Starts take turns.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use holdfast_benches::{figure, percentile};
use kit::window::{RUTH, Window, World};
use serde_json::json;

const TURNS: usize = 15;
const AGAINST: &str = "process start to first paint of an empty Tauri 2 window with one input, same world, turn by turn";

/// The moment of the page's first paint on the PC's clock, in milliseconds; null until it is painted and its field stands.
const READY: &str = "const paint = performance.getEntriesByType('paint')[0];
    const stands = document.querySelector('#passphrase') !== null;
    return paint && stands ? performance.timeOrigin + paint.startTime : null";

/// Notes when the lock screen goes, which is when the passphrase was accepted, and when the list of work stands.
const WATCH: &str = "window.noted = {};
    new MutationObserver(() => {
      const now = performance.now();
      if (!document.querySelector(\"[data-screen='lock']\")) window.noted.accepted ??= now;
      if (document.querySelector(\"[data-screen='today']\") && !document.body.dataset.busy) window.noted.listed ??= now;
    }).observe(document, { subtree: true, childList: true, attributes: true })";

fn main() {
    let empty = empty_window();
    let world = World::new();
    let first = world.open();
    first.enrol(RUTH);
    first.take_recovery_code();
    first.end();
    let (mut ours, mut least) = (Vec::new(), Vec::new());
    for turn in 0..=TURNS {
        let window = world.open();
        let started = until_ready(&window);
        window.run(WATCH, json!([]));
        window.unlock(RUTH);
        window.see("today");
        window.wait_for("the list of work", "return window.noted.listed !== undefined", json!([]));
        let listed = window.run("return window.noted.listed - window.noted.accepted", json!([])).as_f64().expect("a time");
        window.end();
        let opponent = world.open_program(&empty);
        let opened = until_ready(&opponent);
        drop(opponent);
        eprintln!("turn {turn}: start {started:.0} ms, list {listed:.0} ms; empty window {opened:.0} ms");
        // The first turn fills the caches of the disk for both.
        if turn > 0 {
            ours.push(started + listed);
            least.push(opened);
        }
    }
    let (our, their) = (percentile(&ours, 50.0).expect("measured"), percentile(&least, 50.0).expect("measured"));
    figure("start", "ratio_p50", our / their, 1.15, AGAINST);
}

/// Milliseconds from the start of the process to the painted page that waits for a key.
fn until_ready(window: &Window) -> f64 {
    window.wait_for("the painted field", &format!("return (() => {{ {READY} }})() !== null"), json!([]));
    window.run(READY, json!([])).as_f64().expect("a moment") - started(window.id())
}

/// When the kernel started this process, in milliseconds of the PC's clock; to the 10 ms of its ticks.
fn started(id: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).expect("the process runs");
    let ticks: f64 = stat.rsplit(')').next().and_then(|after| after.split_ascii_whitespace().nth(19)?.parse().ok()).expect("a start");
    let uptime = std::fs::read_to_string("/proc/uptime").expect("a kernel");
    let uptime: f64 = uptime.split_ascii_whitespace().next().and_then(|seconds| seconds.parse().ok()).expect("an uptime");
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_secs_f64();
    (now - uptime) * 1000.0 + ticks * 10.0
}

/// Builds the opponent as the product is built, and answers where it is.
fn empty_window() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    let built = Command::new(env!("CARGO"))
        .args(["build", "--release", "--package", "empty-window"])
        .current_dir(manifest)
        .status()
        .expect("cargo runs");
    assert!(built.success(), "the empty window does not build");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| manifest.join("target"), PathBuf::from);
    target.join("release/empty-window")
}
