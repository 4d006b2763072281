//! Three months without a network: four nurses save five thousand changes, and then all of it goes to a server that takes ten requests
//! a second, with a fault at every fifth. The clock is virtual: each request takes its tenth of a second on it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use domain::id::{PatientId, StaffId};
use domain::op::Op;
use domain::staff::{By, Organisation, Role, Staff};
use kit::clock::{DAY, HOUR, MINUTE};
use kit::heap::peak_of;
use kit::{Chance, Clock, Dialect, Outbox, TrustModel};
use serde_json::Value;
use store::Error;
use sync::{Answered, Push, Reply, Rest, Wire};

const DAYS: i64 = 90;
const CHANGES: usize = 5_000;
const NURSES: usize = 4;

/// How many patients the clinic has by the end.
const PATIENTS: usize = 400;

/// Ten requests a second, in milliseconds of each.
const A_REQUEST: i64 = 100;

/// A fault at one request in so many.
const A_FAULT_IN: usize = 5;

/// The most bytes that the queue holds at once, whatever waits.
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// The server with the network before it.
struct Line {
    model: Mutex<TrustModel>,
    chance: Mutex<Chance>,
    clock: Clock,
    faults: Mutex<BTreeMap<&'static str, u32>>,
    requests: Mutex<u32>,
}

impl Line {
    fn ask(&self, method: &str, target: &str, body: &str) -> Reply {
        self.clock.step(A_REQUEST);
        *self.requests.lock().unwrap() += 1;
        let fault = {
            let mut chance = self.chance.lock().unwrap();
            (chance.below(A_FAULT_IN) == 0).then(|| chance.below(6))
        };
        let handled = || {
            let mut model = self.model.lock().unwrap();
            model.now = model.now.max(self.clock.now());
            let response = model.handle(method, target, &[], body.as_bytes());
            (response.status, response.header("ETag").map(str::to_owned), response.body.map(|body| body.to_string()))
        };
        // On a thread of its own, so that what the server holds is not counted as the queue's.
        let serve = || std::thread::scope(|scope| scope.spawn(handled).join().unwrap());
        let count = |name| *self.faults.lock().unwrap().entry(name).or_default() += 1;
        let plain = |status: u16, media: &str| {
            Reply::Answered(Answered { status, media: media.to_owned(), ..Answered::default() })
        };
        match fault {
            None => {
                let (status, etag, body) = serve();
                let body = body.map(|body| serde_json::from_str(&body).unwrap());
                let media = "application/fhir+json".to_owned();
                Reply::Answered(Answered { status, media, etag, body, ..Answered::default() })
            }
            Some(0) => {
                count("not reached");
                Reply::NotReached
            }
            Some(1) => {
                count("cut off before");
                Reply::CutOff
            }
            Some(2) => {
                count("answer lost");
                serve();
                Reply::CutOff
            }
            Some(3) => {
                count("busy");
                plain(429, "text/plain")
            }
            Some(4) => {
                count("failing after it was done");
                serve();
                plain(503, "text/plain")
            }
            Some(_) => {
                count("captive portal");
                plain(200, "text/html")
            }
        }
    }
}

impl Wire for Line {
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

fn nurse(number: usize) -> Staff {
    Staff {
        id: StaffId::from_random([0x40 + number as u8; 16]),
        name: format!("{} Invented", ["Nadia", "Omar", "Ruth", "Siân"][number]),
        role: Role::CancerNurseSpecialist,
        key_holder: false,
        team: "Breast".to_owned(),
        organisation: Organisation { ods: "X0T99".to_owned(), name: "Thamesbank Hospitals".to_owned() },
    }
}

fn by(number: usize, at: i64) -> By {
    let Staff { id, name, role, key_holder, .. } = nurse(number);
    By { staff: id, name, role, key_holder, at, pc: "Clinic room 3".to_owned() }
}

/// Three months of work; of each patient the postcode as it was last saved.
fn months(pc: &Outbox) -> Vec<(PatientId, String)> {
    let mut chance = Chance::new(1_030);
    for number in 0..NURSES {
        let now = pc.clock().now();
        pc.on(|store| store.write::<_, Error>(&by(0, now), Op::AddNurse, |w| w.save_staff(&nurse(number)))).unwrap();
    }
    let mut people: Vec<(PatientId, String)> = Vec::new();
    for change in 0..CHANGES {
        // One change after the other over the whole time.
        let since = change as i64 * (DAYS * DAY) / CHANGES as i64;
        pc.clock().step(kit::clock::MONDAY_MORNING + since - pc.clock().now());
        let (who, now) = (chance.below(NURSES), pc.clock().now());
        if people.len() < PATIENTS && change % (CHANGES / PATIENTS) == 0 {
            let patient = pc.register(change as u32);
            people.push((patient, "ZZ99 3WZ".to_owned()));
        } else if chance.coin() {
            let one = chance.below(people.len());
            pc.assess(people[one].0);
        } else {
            let one = chance.below(people.len());
            let (patient, postcode) = &mut people[one];
            *postcode = format!("ZZ99 {}WZ", chance.below(10));
            let mut record = pc.patient(*patient);
            record.postcode = postcode.clone();
            record.address = format!("{change} Invented Street");
            pc.on(|store| {
                let (_, from) = store.patient(*patient).unwrap().unwrap();
                let save =
                    store.write::<_, Error>(&by(who, now), Op::CorrectPatient, |w| w.save_patient(&record, Some(from)));
                save.map(drop).unwrap();
            });
        }
    }
    people
}

#[tokio::test]
async fn three_months_of_four_nurses_arrive_once_each_in_order_over_a_bad_network() {
    let pc = Outbox::new(1_030);
    let people = months(&pc);
    let saved = pc.on(|store| store.outbox().unwrap());
    assert_eq!(saved.len(), CHANGES);
    assert_eq!(pc.waiting().waiting as usize, pc.waiting().records as usize);

    let line = Arc::new(Line {
        model: Mutex::new(TrustModel::new(Dialect::default())),
        chance: Mutex::new(Chance::new(1_031)),
        clock: pc.clock().clone(),
        faults: Mutex::default(),
        requests: Mutex::default(),
    });
    let (began, mut longest, mut peak) = (pc.clock().now(), 0, 0);
    let mut push = Push::new(pc.books(), line.clone());
    loop {
        let mut rest = Rest { until: None };
        let work = async { rest = push.drain(false).await.unwrap() };
        peak = peak_of(work).await.max(peak);
        // Somebody looks a patient up, and saves something, whenever the queue rests: it holds nothing up.
        assert!(pc.patient(people[0].0).name.family == "Invented");
        let Some(until) = rest.until else { break };
        longest = longest.max(until - pc.clock().now());
        pc.clock().step((until - pc.clock().now()).max(1));
    }
    let took = pc.clock().now() - began;

    assert_eq!((pc.waiting().waiting, pc.reasons()), (0, vec![]), "none lost");
    let model = line.model.lock().unwrap();
    let mut last: BTreeMap<String, u64> = BTreeMap::new();
    for one in pc.on(|store| store.outbox().unwrap()) {
        let versions = model.history(&format!("Provenance/{}", one.sending));
        assert_eq!(versions.len(), 1, "{one:?}: none twice");
        let before = last.insert(one.lane.clone(), versions[0].commit);
        assert!(before.is_none_or(|before| before <= versions[0].commit), "{one:?}: in order for each patient");
    }
    for (patient, postcode) in &people {
        let there = model.head(&format!("Patient/{patient}")).and_then(|version| version.body.clone()).unwrap();
        assert_eq!(there["address"][0]["postalCode"], Value::String(postcode.clone()));
    }
    let faults = line.faults.lock().unwrap().clone();
    assert!(faults.len() == 6 && faults.values().all(|times| *times > 0), "{faults:?}");
    assert!(longest <= HOUR, "{longest} ms");
    assert!(peak < MOST_BYTES, "{peak} bytes");
    let (requests, minutes) = (*line.requests.lock().unwrap(), took / MINUTE);
    println!("{requests} requests with {faults:?} in {minutes} virtual minutes; at most {peak} bytes at once");
}
