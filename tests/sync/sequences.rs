//! Days of acts and faults by chance, from a seed: whatever happened, the server's own history has each sending once and each record as
//! it was last saved. Many are played side by side on servers of their own.

use std::sync::atomic::{AtomicU64, Ordering};

use domain::id::PatientId;
use kit::proxy::{BUSY, PORTAL};
use kit::{Chance, Outbox, Passage, Proxy};
use serde_json::Value;
use sync::{Books, Push};

use super::{SEQUENCES, Trust, a_server};

/// The first of the seeds.
const FIRST: u64 = 1;

/// How many are played side by side: more than there are processors, since most of the time somebody waits for an answer.
const SIDE_BY_SIDE: usize = 3;

/// How many share a server: a model looks through all it has for each question.
const A_SERVER: u64 = 100;

/// How many acts one has.
const ACTS: usize = 8;

/// The numbers of the tests that belong to these patients.
const NUMBERS: u32 = 70_000;

fn a_fault(chance: &mut Chance) -> Passage {
    match chance.below(11) {
        0 => Passage::LoseAnswer,
        1 => Passage::Reset,
        2 => Passage::CutAt(chance.below(2_000)),
        3 => Passage::AnsweredTwice,
        4 => PORTAL,
        5 => BUSY,
        6 => Passage::Answer(429, "", "text/plain", ""),
        7 => Passage::Answer(401, "WWW-Authenticate: Bearer\r\n", "text/plain", ""),
        8 => Passage::Answer(502, "", "text/html", "<html>"),
        9 => Passage::Head("application/", "text/"),
        _ => Passage::Change(|body| {
            if let Some(entries) = body.get_mut("entry").and_then(Value::as_array_mut) {
                entries.pop();
            }
        }),
    }
}

/// One PC for as long as a sequence goes.
struct Day {
    pc: Outbox,
    chance: Chance,
    number: u32,
    /// Each with the place it was last said to live at, and how often it was saved.
    people: Vec<(PatientId, String, u64)>,
    sendings: u64,
    faults: Vec<String>,
}

impl Day {
    fn act(&mut self) {
        self.sendings += 1;
        let known = self.people.len();
        match self.chance.below(3) {
            0 if known > 0 => {
                let (patient, ..) = self.people[self.chance.below(known)];
                self.pc.assess(patient);
            }
            1 if known > 0 => {
                let one = self.chance.below(known);
                let (patient, address, saved) = &mut self.people[one];
                *address = format!("{} Invented Street", self.sendings);
                *saved += 1;
                let address = address.clone();
                self.pc.correct(*patient, |record| record.address = address);
            }
            _ => {
                let patient = self.pc.register(self.number);
                self.number += 1;
                self.people.push((patient, "1 Invented Street\nThamesbank".to_owned(), 1));
            }
        }
    }

    /// A while on the network, with a fault at some of its requests; whether the program died at the end of it.
    async fn sends<B: Books>(&mut self, push: &mut Push<B>, network: &Proxy) -> bool {
        for _ in 0..self.chance.below(3) {
            let before = self.chance.below(6);
            let fault = a_fault(&mut self.chance);
            self.faults.push(format!("{before} {fault:?}"));
            network.next((0..before).map(|_| Passage::Pass).chain([fault]));
        }
        let rest = push.drain(false).await.unwrap();
        let until = rest.until.unwrap_or(self.pc.clock().now()) - self.pc.clock().now();
        let wait = [until, 1_000, 90_000][self.chance.below(3)];
        self.pc.clock().step(wait.max(1));
        let dies = self.chance.below(6) == 0;
        if dies {
            self.pc.crash();
        }
        dies
    }
}

/// Plays one sequence, and looks at what the server has.
async fn play(seed: u64, server: &Trust) {
    let network = server.network();
    let number = NUMBERS + (seed as u32) * ACTS as u32;
    let pc = Outbox::new(700_000 + seed);
    let mut push = pc.push(&network.address());
    let mut day = Day { pc, chance: Chance::new(seed), number, people: Vec::new(), sendings: 0, faults: Vec::new() };
    for _ in 0..ACTS {
        day.act();
        if day.sends(&mut push, &network).await {
            push = day.pc.push(&network.address());
        }
    }
    network.calm();
    day.pc.drain_all(&network.address(), 60).await;
    let (done, faults) = ((day.pc.waiting().waiting, day.pc.reasons()), &day.faults);
    assert_eq!(done, (0, vec![]), "seed {seed}: {faults:?} {:?}", network.passed().requests);
    let sent = day.pc.on(|store| store.outbox().unwrap());
    assert_eq!(sent.len() as u64, day.sendings, "seed {seed}");
    let versions = |kind: &str, id: String| {
        let (_, history) = server.get(&format!("/{kind}/{id}/_history"));
        history["total"].as_u64().unwrap_or_default()
    };
    for one in sent {
        assert_eq!(versions("Provenance", one.sending.to_string()), 1, "seed {seed}: each is committed once");
    }
    for (patient, address, saved) in day.people {
        let (_, there) = server.get(&format!("/Patient/{patient}"));
        let line = there["address"][0]["line"][0].as_str().unwrap_or_default();
        assert!(address.starts_with(line) && !line.is_empty(), "seed {seed}: {line}");
        assert_eq!(versions("Patient", patient.to_string()), saved, "seed {seed}: each version once");
    }
}

/// Plays what is left of the sequences, on one server after another.
fn plays(next: &AtomicU64) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    loop {
        let server = a_server();
        for _ in 0..A_SERVER {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= FIRST + SEQUENCES {
                return;
            }
            runtime.block_on(play(seed, &server));
        }
    }
}

#[test]
fn whatever_happens_each_sending_is_there_once() {
    let next = AtomicU64::new(FIRST);
    std::thread::scope(|scope| {
        for _ in 0..SIDE_BY_SIDE {
            scope.spawn(|| plays(&next));
        }
    });
}
