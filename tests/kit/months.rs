//! Three months without a network: what four nurses save in them, and the bad network over which all of it then goes.

use std::collections::BTreeMap;
use std::sync::Mutex;

use domain::id::{PatientId, StaffId};
use domain::staff::{Organisation, Role, Staff};
use sync::{Answered, Reply, Wire};

use crate::clock::{DAY, MONDAY_MORNING};
use crate::{Chance, Outbox};

const DAYS: i64 = 90;
pub const NURSES: usize = 4;

/// One change in so many is a new patient.
const A_PATIENT_IN: usize = 12;

/// A fault at one request in so many.
const A_FAULT_IN: usize = 5;

/// The way to a server that takes its time for each request, with a fault at every fifth.
pub struct BadNetwork<W> {
    pub server: W,
    /// Called before each request, and waits until the server may be asked.
    pace: Box<dyn Fn() + Send + Sync>,
    chance: Mutex<Chance>,
    faults: Mutex<BTreeMap<&'static str, u32>>,
    requests: Mutex<u32>,
}

impl<W: Wire> BadNetwork<W> {
    pub fn new(server: W, seed: u64, pace: impl Fn() + Send + Sync + 'static) -> BadNetwork<W> {
        let (faults, requests) = (Mutex::default(), Mutex::default());
        BadNetwork { server, pace: Box::new(pace), chance: Mutex::new(Chance::new(seed)), faults, requests }
    }

    /// How many requests there were.
    pub fn requests(&self) -> u32 {
        *self.requests.lock().unwrap()
    }

    /// How many faults there were of each kind.
    pub fn faults(&self) -> BTreeMap<&'static str, u32> {
        self.faults.lock().unwrap().clone()
    }

    async fn ask(&self, served: impl Future<Output = Reply>) -> Reply {
        (self.pace)();
        *self.requests.lock().unwrap() += 1;
        let fault = {
            let mut chance = self.chance.lock().unwrap();
            (chance.below(A_FAULT_IN) == 0).then(|| chance.below(6))
        };
        let count = |name| *self.faults.lock().unwrap().entry(name).or_default() += 1;
        let plain = |status: u16, media: &str| {
            Reply::Answered(Answered { status, media: media.to_owned(), ..Answered::default() })
        };
        match fault {
            None => served.await,
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
                served.await;
                Reply::CutOff
            }
            Some(3) => {
                count("busy");
                plain(429, "text/plain")
            }
            Some(4) => {
                count("failing after it was done");
                served.await;
                plain(503, "text/plain")
            }
            Some(_) => {
                count("captive portal");
                plain(200, "text/html")
            }
        }
    }
}

impl<W: Wire> Wire for BadNetwork<W> {
    fn base(&self) -> &str {
        self.server.base()
    }

    async fn get(&self, path: &str, query: &[(&str, &str)], id: &str) -> Reply {
        self.ask(self.server.get(path, query, id)).await
    }

    async fn history(&self, path: &str, most: &str, id: &str) -> Reply {
        self.ask(self.server.history(path, most, id)).await
    }

    async fn search(&self, kind: &str, query: &[(&str, &str)], id: &str) -> Reply {
        self.ask(self.server.search(kind, query, id)).await
    }

    async fn batch(&self, body: String, id: &str) -> Reply {
        self.ask(self.server.batch(body, id)).await
    }

    async fn post(&self, body: String, id: &str, correlation: &str) -> Reply {
        self.ask(self.server.post(body, id, correlation)).await
    }
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

/// Saves so many changes, spread over three months; of each patient the postcode as it was last saved.
pub fn months(pc: &Outbox, changes: usize) -> Vec<(PatientId, String)> {
    let mut chance = Chance::new(1_030);
    for number in 0..NURSES {
        pc.enrol(&nurse(number));
    }
    let mut people: Vec<(PatientId, String)> = Vec::new();
    for change in 0..changes {
        // One change after the other over the whole time.
        let since = change as i64 * (DAYS * DAY) / changes as i64;
        pc.clock().step(MONDAY_MORNING + since - pc.clock().now());
        pc.sit_down(nurse(chance.below(NURSES)));
        if change % A_PATIENT_IN == 0 {
            let patient = pc.register(change as u32);
            people.push((patient, "ZZ99 3WZ".to_owned()));
        } else if chance.coin() {
            let one = chance.below(people.len());
            pc.assess(people[one].0);
        } else {
            let one = chance.below(people.len());
            let (patient, postcode) = &mut people[one];
            *postcode = format!("ZZ99 {}WZ", chance.below(10));
            pc.correct(*patient, |record| {
                record.postcode = postcode.clone();
                record.address = format!("{change} Invented Street");
            });
        }
    }
    people
}
