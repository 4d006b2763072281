//! Three months without a network: four nurses save five thousand changes, and then all of it goes to a server that takes ten requests
//! a second, with a fault at every fifth. The clock is virtual: each request takes its tenth of a second on it. `cargo xtask campaign
//! months` does the same in real time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use kit::clock::{HOUR, MINUTE};
use kit::heap::peak_of;
use kit::months::{BadNetwork, NURSES, months};
use kit::{Clock, Dialect, Outbox, TrustModel};
use serde_json::Value;
use sync::{Answered, Push, Reply, Rest, Wire};

const CHANGES: usize = 5_000;

/// Ten requests a second, in milliseconds of each.
const A_REQUEST: i64 = 100;

/// The most bytes that the queue holds at once, whatever waits.
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// The server.
struct Model {
    model: Mutex<TrustModel>,
    clock: Clock,
}

impl Model {
    fn ask(&self, method: &str, target: &str, body: &str) -> Reply {
        let handled = || {
            let mut model = self.model.lock().unwrap();
            model.now = model.now.max(self.clock.now());
            let response = model.handle(method, target, &[], body.as_bytes());
            (response.status, response.header("ETag").map(str::to_owned), response.body.map(|body| body.to_string()))
        };
        // On a thread of its own, so that what the server holds is not counted as the queue's.
        let (status, etag, body) = std::thread::scope(|scope| scope.spawn(handled).join().unwrap());
        let body = body.map(|body| serde_json::from_str(&body).unwrap());
        let media = "application/fhir+json".to_owned();
        Reply::Answered(Answered { status, media, etag, body, ..Answered::default() })
    }
}

impl Wire for Model {
    fn base(&self) -> &str {
        "https://trust.invented/fhir"
    }

    async fn get(&self, path: &str, query: &[(&str, &str)], _: &str) -> Reply {
        self.ask("GET", &format!("{path}?{}", form(query)), "")
    }

    async fn history(&self, path: &str, most: &str, _: &str) -> Reply {
        self.ask("GET", &format!("{path}/_history?_count={most}"), "")
    }

    async fn search(&self, kind: &str, query: &[(&str, &str)], _: &str) -> Reply {
        self.ask("POST", &format!("{kind}/_search"), &form(query))
    }

    async fn batch(&self, body: String, _: &str) -> Reply {
        self.ask("POST", "", &body)
    }

    async fn post(&self, body: String, _: &str, _: &str) -> Reply {
        self.ask("POST", "", &body)
    }
}

fn form(query: &[(&str, &str)]) -> String {
    query.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

#[tokio::test]
async fn three_months_of_four_nurses_arrive_once_each_in_order_over_a_bad_network() {
    let pc = Outbox::new(1_030);
    let people = months(&pc, CHANGES);
    let saved = pc.on(|store| store.outbox().unwrap());
    assert_eq!(saved.len(), CHANGES);
    assert_eq!(pc.waiting().waiting as usize, pc.waiting().records as usize);

    let (model, clock) = (Mutex::new(TrustModel::new(Dialect::default())), pc.clock().clone());
    let taking = clock.clone();
    let line = Arc::new(BadNetwork::new(Model { model, clock }, 1_031, move || taking.step(A_REQUEST)));
    let (began, mut longest, mut peak) = (pc.clock().now(), 0, 0);
    let mut push = Push::new(pc.books(), line.clone());
    loop {
        let mut rest = Rest { until: None };
        let work = async { rest = push.drain(false).await.unwrap() };
        peak = peak_of(work).await.max(peak);
        // Somebody looks a patient up whenever the queue rests: it holds nothing up.
        assert!(pc.patient(people[0].0).name.family == "Invented");
        let Some(until) = rest.until else { break };
        longest = longest.max(until - pc.clock().now());
        pc.clock().step((until - pc.clock().now()).max(1));
    }
    let took = pc.clock().now() - began;

    assert_eq!((pc.waiting().waiting, pc.reasons()), (0, vec![]), "none lost");
    let model = line.server.model.lock().unwrap();
    let (mut last, mut authors): (BTreeMap<String, u64>, BTreeSet<String>) = Default::default();
    for one in pc.on(|store| store.outbox().unwrap()) {
        let versions = model.history(&format!("Provenance/{}", one.sending));
        assert_eq!(versions.len(), 1, "{one:?}: none twice");
        authors.extend(versions[0].body.as_ref().map(|record| record["agent"].to_string()));
        let before = last.insert(one.lane.clone(), versions[0].commit);
        assert!(before.is_none_or(|before| before <= versions[0].commit), "{one:?}: in order for each patient");
    }
    assert_eq!(authors.len(), NURSES, "{authors:?}");
    for (patient, postcode) in &people {
        let there = model.head(&format!("Patient/{patient}")).and_then(|version| version.body.clone()).unwrap();
        assert_eq!(there["address"][0]["postalCode"], Value::String(postcode.clone()));
    }
    let faults = line.faults();
    assert!(faults.len() == 6 && faults.values().all(|times| *times > 0), "{faults:?}");
    assert!(longest <= HOUR, "{longest} ms");
    assert!(peak < MOST_BYTES, "{peak} bytes");
    let (requests, minutes) = (line.requests(), took / MINUTE);
    println!("{requests} requests with {faults:?} in {minutes} virtual minutes; at most {peak} bytes at once");
}
