//! Three months of four nurses' work, drained in real time to a server that nobody here wrote: ten requests a second, a fault at every
//! fifth. The last line is one JSON object of what came of it; it fails unless everything is there once, and in order for each patient.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::{Duration, Instant};

use kit::heap::peak_of;
use kit::months::{BadNetwork, months};
use kit::{Clock, Outbox, TrustServer};
use serde_json::{Value, json};
use sync::{Push, Rest};

#[global_allocator]
static HEAP: kit::heap::Counting = kit::heap::Counting;

/// Ten requests a second.
const A_REQUEST: Duration = Duration::from_millis(100);

/// What it is when it has not been said.
const CHANGES: usize = 5_000;

/// Real time, from where the three months ended.
struct Time {
    clock: Clock,
    from: i64,
    began: Instant,
}

impl Time {
    /// Sets the clock of the PC to what it is by now.
    #[expect(clippy::disallowed_methods, reason = "this program goes by real time")]
    fn tell(&self) {
        let now = self.from + i64::try_from(self.began.elapsed().as_millis()).unwrap();
        self.clock.step(now - self.clock.now());
    }
}

#[expect(clippy::disallowed_methods, reason = "this is a program's beginning")]
fn main() -> ExitCode {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let changes = given.iter().position(|one| one == "--changes");
    let changes = changes.map_or(CHANGES, |at| given.get(at + 1).and_then(|text| text.parse().ok()).expect("a number"));
    rustls::crypto::ring::default_provider().install_default().expect("nobody has chosen before");
    let server = TrustServer::start();
    let pc = Outbox::new(1_030);
    let people = months(&pc, changes);
    eprintln!("{changes} changes of {} patients wait", people.len());
    let time = Arc::new(Time { clock: pc.clock().clone(), from: pc.clock().now(), began: Instant::now() });
    let (pacing, last) = (time.clone(), Mutex::new(Instant::now()));
    let pace = move || {
        let mut last = last.lock().unwrap();
        sleep(A_REQUEST.saturating_sub(last.elapsed()));
        *last = Instant::now();
        pacing.tell();
    };
    let line = Arc::new(BadNetwork::new(pc.reached(&server.address()), 1_031, pace));
    let mut push = Push::new(pc.books(), line.clone());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (mut peak, mut longest) = (0, 0);
    loop {
        time.tell();
        let mut rest = Rest { until: None };
        peak = runtime.block_on(peak_of(async { rest = push.drain(false).await.unwrap() })).max(peak);
        // Somebody looks a patient up whenever the queue rests.
        assert_eq!(pc.patient(people[0].0).name.family, "Invented");
        let Some(until) = rest.until else { break };
        time.tell();
        let pause = (until - pc.clock().now()).max(1);
        longest = longest.max(pause);
        sleep(Duration::from_millis(u64::try_from(pause).unwrap()));
    }
    let seconds = time.began.elapsed().as_secs();
    let wrong = judge(&pc, &server, &people);
    let faults: u32 = line.faults().values().sum();
    println!(
        "{}",
        json!({ "changes": changes, "requests": line.requests(), "faults": faults, "seconds": seconds, "longest_pause_ms": longest,
            "peak_bytes": peak, "lost": wrong.lost, "twice": wrong.twice, "out_of_order": wrong.out_of_order,
            "overwritten": wrong.overwritten })
    );
    let good = wrong == Wrong::default() && pc.reasons().is_empty();
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What is not as it should be.
#[derive(Default, PartialEq)]
struct Wrong {
    lost: usize,
    twice: usize,
    out_of_order: usize,
    overwritten: usize,
}

/// Asks the server for its own history: each sending is there exactly once, later ones of a patient after earlier ones, and each patient
/// has the postcode that was saved last.
fn judge(pc: &Outbox, server: &TrustServer, people: &[(domain::id::PatientId, String)]) -> Wrong {
    let mut wrong = Wrong { lost: pc.waiting().waiting as usize, ..Wrong::default() };
    let mut last: BTreeMap<String, String> = BTreeMap::new();
    for one in pc.on(|store| store.outbox().unwrap()) {
        let (_, history) = server.get(&format!("/Provenance/{}/_history", one.sending));
        let versions = history["entry"].as_array().cloned().unwrap_or_default();
        wrong.lost += usize::from(versions.is_empty());
        wrong.twice += usize::from(versions.len() > 1);
        let at =
            versions.first().map(|version| version["resource"]["meta"]["lastUpdated"].as_str().unwrap().to_owned());
        let Some(at) = at else { continue };
        wrong.out_of_order += usize::from(last.insert(one.lane.clone(), at.clone()).is_some_and(|before| before > at));
    }
    for (patient, postcode) in people {
        let (_, there) = server.get(&format!("/Patient/{patient}"));
        wrong.overwritten += usize::from(there["address"][0]["postalCode"] != Value::String(postcode.clone()));
    }
    wrong
}
