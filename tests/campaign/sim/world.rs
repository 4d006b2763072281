//! Plays one history from its beginning to the day when nothing goes wrong any more, everybody has resolved what they could and every
//! queue has had its time.

use std::sync::{Arc, Mutex};

use domain::id::{PatientId, SendingId};
use domain::merge::{Side, with};
use domain::op::Op;
use domain::staff::By;
use kit::clock::{HOUR, MONDAY_MORNING};
use kit::{Chance, TrustModel};
use serde_json::{Value, json};
use store::{Kept, Store};
use sync::{Books, Sides};

use super::acts::{Doing, Saved};
use super::desk::Desk;
use super::history::{Act, Fault, History, Moment, PATIENTS, Step};
use super::house::{Disk, House, checklist};
use super::network::{Line, Trust, Writer};
use super::people::{by, person};

/// A year of the clocks that are wrong, milliseconds.
const YEAR: i64 = 365 * 24 * HOUR;

/// What the server refuses as long as things go wrong.
const POISON: &str = "unsendable";

/// How many times at most the queues are given an hour at the end.
const MOST_ROUNDS: usize = 30;

/// How many times at most a queue goes on between two hours: more than any history needs, so that one that never rests is seen.
const MOST_POLLS: usize = 50_000;

/// Everything of one history.
pub struct World {
    pub trust: Arc<Mutex<Trust>>,
    pub pcs: Vec<Pc>,
    pub acts: u64,
    /// A queue went on for ever.
    pub endless: bool,
    house: House,
}

/// A PC and what happened at it.
pub struct Pc {
    pub desk: Desk,
    pub saved: Vec<Saved>,
    /// What this PC knows of the patients, by their place.
    pub people: [Option<PatientId>; PATIENTS],
    chance: Arc<Mutex<Chance>>,
    /// How many years its clock is wrong by.
    years: i64,
    /// It still runs an older version.
    older: bool,
    marks: u64,
}

impl World {
    /// Plays it.
    pub fn play(history: &History, disk: Disk) -> World {
        let mut world = World::begin(history, disk);
        for moment in &history.moments {
            let mut chance = Chance::new(moment.chance);
            world.step(moment, &mut chance);
            for _ in 0..moment.polls {
                let at = chance.below(world.pcs.len());
                world.poll(at);
            }
        }
        world.end(history.seed);
        world
    }

    fn begin(history: &History, disk: Disk) -> World {
        let house = House::new(disk);
        let mut trust = Trust::new(TrustModel::new(history.dialect()), history.pcs);
        for number in PATIENTS - history.known..PATIENTS {
            trust.model.put(&known_before(number));
        }
        trust.model.refuse(POISON);
        let trust = Arc::new(Mutex::new(trust));
        let chances: Vec<_> = (0..history.pcs)
            .map(|pc| {
                Arc::new(Mutex::new(Chance::new(
                    history.seed.wrapping_mul(0x1_0001).wrapping_add(pc as u64 * 0x5_0000_0001),
                )))
            })
            .collect();
        let store = house.database(0, false, &chances[0]);
        let mut first = pc(store, &chances[0], Line { writer: Writer::Before, pc: 0, trust: trust.clone() });
        let mut world = World { trust: trust.clone(), pcs: Vec::new(), acts: 0, endless: false, house };
        world.pcs.push(first);
        let mut chance = Chance::new(history.seed ^ 0x7072_656c_7564_6521);
        for patient in 0..history.shared {
            for act in [Act::Correct, Act::Assess, Act::Plan] {
                world.act(0, 0, patient, act, false, chance.number());
            }
        }
        world.pcs[0].desk.wake();
        world.run_all();
        first = world.pcs.remove(0);
        world.trust.lock().unwrap().writers.values_mut().for_each(|writer| *writer = Writer::Before);
        // The others know what the first one knows: one day this is pulled.
        let mut store = Some(first.desk.end());
        let mut stores = Vec::new();
        for number in 1..history.pcs {
            let older = history.older == Some(number);
            stores.push(match older {
                true => world.house.database(number, true, &chances[number]),
                false => world.house.copy(&mut store, 0, number, [&chances[0], &chances[number]]),
            });
        }
        stores.insert(0, store.unwrap());
        for (number, store) in stores.into_iter().enumerate() {
            let line = Line { writer: Writer::Pc(number), pc: number, trust: trust.clone() };
            let mut pc = pc(store, &chances[number], line);
            pc.older = history.older == Some(number);
            if !pc.older {
                pc.people = first.people;
            }
            if number == 0 {
                pc.saved.clone_from(&first.saved);
                pc.marks = first.marks;
            }
            world.pcs.push(pc);
        }
        world
    }

    fn step(&mut self, moment: &Moment, chance: &mut Chance) {
        match moment.step {
            Step::Act { pc, nurse, patient, act, poison } => self.act(pc, nurse, patient, act, poison, chance.number()),
            Step::Wake { pc } => self.wake(pc),
            Step::Pass { ms } => self.pass(ms),
            Step::TryAgain { pc } => self.try_again(pc),
            Step::Resolve { pc } => self.resolve(pc, chance),
            Step::Elsewhere { patient } => self.elsewhere(patient, chance),
            Step::Fault { pc, fault } => self.fault(pc, fault),
        }
    }

    fn act(&mut self, at: usize, nurse: usize, patient: usize, act: Act, poison: bool, chance: u64) {
        let pc = &mut self.pcs[at];
        if pc.desk.books.ahead(|ahead| ahead.full > 0) {
            // Nothing is saved, and the nurse is told so.
            pc.desk.books.ahead(|ahead| ahead.refused += 1);
            return;
        }
        pc.marks += 1;
        let mark = format!("m{at}-{}{}.", pc.marks, if poison { POISON } else { "" });
        let doing = Doing {
            books: &pc.desk.books,
            nurse,
            person: patient,
            patient: pc.people[patient],
            chance: Chance::new(chance),
            mark,
        };
        if let Ok(saved) = doing.act(act) {
            if pc.people[patient].is_none() {
                pc.people[patient] = PatientId::parse(&saved[0].id);
            }
            pc.saved.extend(saved);
            self.acts += 1;
        }
    }

    fn wake(&mut self, at: usize) {
        if !self.pcs[at].older {
            self.pcs[at].desk.wake();
        }
    }

    fn poll(&mut self, at: usize) {
        let now = self.trust.lock().unwrap().now;
        if self.pcs[at].desk.poll(now) {
            self.trust.lock().unwrap().count("crash");
            self.start_again(at);
        }
    }

    fn start_again(&mut self, at: usize) {
        let pc = &mut self.pcs[at];
        let store = pc.desk.end();
        pc.desk.start(self.house.again(store, at, &pc.chance));
    }

    /// Every queue that is at work goes on until it rests.
    fn run_all(&mut self) {
        if self.endless {
            return;
        }
        for _ in 0..MOST_POLLS {
            let Some(_) = self.pcs.iter().position(|pc| pc.desk.at_work()) else { return };
            for at in 0..self.pcs.len() {
                self.poll(at);
            }
        }
        self.endless = true;
    }

    fn pass(&mut self, ms: i64) {
        self.run_all();
        self.trust.lock().unwrap().pass(ms);
        self.clocks();
        let now = self.trust.lock().unwrap().now;
        for at in 0..self.pcs.len() {
            if self.pcs[at].desk.next.is_some_and(|next| next <= now) {
                self.wake(at);
            }
        }
    }

    fn clocks(&mut self) {
        let now = self.trust.lock().unwrap().now;
        for pc in &mut self.pcs {
            pc.desk.set_clock(now + pc.years * YEAR);
        }
    }

    fn try_again(&mut self, at: usize) {
        let pc = &self.pcs[at];
        let now = Books::now(&pc.desk.books);
        pc.desk.books.on(|store| {
            for one in store.stopped(100).unwrap().into_iter().filter(|one| !one.conflict) {
                store.write::<_, store::Error>(&by(0, now), Op::TryAgain, |w| w.try_again(one.sending)).unwrap();
            }
        });
    }

    /// A person decides about every conflict of a PC.
    fn resolve(&mut self, at: usize, chance: &mut Chance) {
        let pc = &self.pcs[at];
        let by = by(0, Books::now(&pc.desk.books));
        for stopped in pc.desk.books.on(|store| store.stopped(100).unwrap()).into_iter().filter(|one| one.conflict) {
            let seen = pc.desk.books.on(|store| decide(store, &by, stopped.sending, chance));
            let mut trust = self.trust.lock().unwrap();
            trust.chosen.extend(seen.into_iter().map(|(name, etag)| (at, name, etag)));
        }
    }

    fn elsewhere(&mut self, number: usize, chance: &mut Chance) {
        let mut trust = self.trust.lock().unwrap();
        let value = number_of(number);
        let found = trust.model.all("Patient").into_iter().find(|one| one["identifier"][0]["value"] == value).cloned();
        let Some(mut theirs) = found else { return };
        // The first is what it was in the beginning: a correction that goes back is one, too.
        let postcode = ["ZZ99 3WZ", "ZZ99 1BB", "ZZ99 2BB"][chance.below(3)];
        theirs["address"] = json!([{ "use": "home", "postalCode": postcode }]);
        trust.elsewhere(|model| drop(model.put(&theirs)));
    }

    fn fault(&mut self, at: usize, fault: Fault) {
        match fault {
            Fault::Crash { steps, after } => self.pcs[at].desk.books.ahead(|ahead| ahead.crash = Some((steps, after))),
            Fault::DiskFull { steps } => self.pcs[at].desk.books.ahead(|ahead| ahead.full = steps),
            Fault::Clock { years } => {
                if years != self.pcs[at].years {
                    self.trust.lock().unwrap().count("clock");
                }
                self.pcs[at].years = years;
                self.clocks();
            }
            Fault::Upgrade => self.upgrade(at),
            Fault::Backup => {
                let mut trust = self.trust.lock().unwrap();
                trust.copy = Some(trust.model.backup());
            }
            Fault::Restore => {
                let mut trust = self.trust.lock().unwrap();
                if let Some(copy) = trust.copy.take() {
                    trust.restore(&copy);
                }
            }
            network => self.trust.lock().unwrap().befall(at, network),
        }
    }

    /// The program is ended while it sends; the older version had two sendings on their way.
    fn upgrade(&mut self, at: usize) {
        let pc = &mut self.pcs[at];
        if !pc.older && !pc.desk.at_work() {
            return;
        }
        if std::mem::take(&mut pc.older) {
            let now = Books::now(&pc.desk.books);
            pc.desk.books.on(|store| {
                let due = store.sendings_due(now, 2).unwrap().sendings;
                let sent = |_| Kept::Sending { sha256: "0".repeat(64) };
                let marks: Vec<_> = due.iter().map(|one| (one.sending, sent(one))).collect();
                store.keep_sendings(now, "", &marks).unwrap();
            });
        }
        self.trust.lock().unwrap().count("upgrade");
        self.start_again(at);
    }

    /// Nothing goes wrong any more, people do what they can, and every queue has its time.
    fn end(&mut self, seed: u64) {
        self.run_all();
        for at in 0..self.pcs.len() {
            let pc = &mut self.pcs[at];
            let refused = pc.desk.books.ahead(|ahead| {
                (ahead.crash, ahead.full) = (None, 0);
                std::mem::take(&mut ahead.refused)
            });
            if refused > 0 {
                *self.trust.lock().unwrap().faults.entry("disk_full").or_default() += refused;
            }
            pc.years = 0;
            if pc.older {
                self.upgrade(at);
            }
        }
        {
            let mut trust = self.trust.lock().unwrap();
            trust.heal();
            trust.model.refuse_nothing();
        }
        self.clocks();
        let mut chance = Chance::new(seed ^ 0x7265_736f_6c76_6564);
        for round in 0..MOST_ROUNDS {
            for at in 0..self.pcs.len() {
                if round < 3 {
                    self.try_again(at);
                }
                self.resolve(at, &mut chance);
                self.wake(at);
                self.run_all();
            }
            self.pass(HOUR + 60_000);
            self.run_all();
            let open = |pc: &Pc| pc.desk.books.on(|store| store.waiting().unwrap().waiting > 0);
            if round >= 3 && !self.pcs.iter().any(|pc| pc.desk.next.is_some() || open(pc)) {
                break;
            }
        }
    }
}

/// Decides about one conflict: item by item, one of the two as it is, or not to send ours. What was seen of theirs.
fn decide(store: &mut Store, by: &By, sending: SendingId, chance: &mut Chance) -> Vec<(String, String)> {
    let Some(conflict) = store.conflict(sending).unwrap() else { return Vec::new() };
    let theirs = conflict.theirs.iter();
    let seen =
        theirs.map(|one| (format!("{}/{}", one.kind, one.server_id), one.etag.clone().unwrap_or_default())).collect();
    if chance.below(8) == 0 {
        store.write::<_, store::Error>(by, Op::WithdrawSending, |w| w.withdraw(sending, "Theirs is right")).unwrap();
        return Vec::new();
    }
    let mut side = || if chance.coin() { Side::Ours } else { Side::Theirs };
    let resolved = match sync::sides(store, &conflict).unwrap() {
        Sides::Patient(merged) => {
            let choices: Vec<_> = merged.clashes.iter().map(|clash| (clash.item.clone(), side())).collect();
            with(&merged, &choices).ok().map(|patient| {
                let (_, from) = store.patient(patient.id).unwrap().unwrap();
                store.write::<_, store::Error>(by, Op::ResolveConflict, |w| {
                    w.save_patient(&patient, Some(from))?;
                    w.resolve(sending)
                })
            })
        }
        Sides::CarePlan(merged) => {
            let choices: Vec<_> = merged.clashes.iter().map(|clash| (clash.item.clone(), side())).collect();
            let ours = store.care_plan(merged.record.id).unwrap().unwrap();
            let plan = with(&merged, &choices).and_then(|plan| plan.brought_together(&ours.plan, merged.theirs(), by));
            plan.ok().map(|revisions| {
                store.write::<_, store::Error>(by, Op::ResolveConflict, |w| {
                    for (from, plan) in (ours.revision..).zip(&revisions) {
                        w.save_care_plan(plan, Some(from))?;
                    }
                    w.resolve(sending)
                })
            })
        }
        Sides::Whole => None,
    };
    let done = resolved.unwrap_or_else(|| store.write(by, Op::ResolveConflict, |w| w.resolve(sending)));
    // Something of it may be on its way just now: it is decided another time.
    if matches!(done, Ok(true)) { seen } else { Vec::new() }
}

fn pc(store: Store, chance: &Arc<Mutex<Chance>>, line: Line) -> Pc {
    let desk = Desk::new(store, chance.clone(), checklist(), line, MONDAY_MORNING);
    Pc { desk, saved: Vec::new(), people: [None; PATIENTS], chance: chance.clone(), years: 0, older: false, marks: 0 }
}

/// The NHS number of a patient.
pub fn number_of(number: usize) -> String {
    person(number, PatientId::from_random([0; 16]), 0).nhs_number.unwrap().digits()
}

/// A Patient that the trust made before anybody registered them.
fn known_before(number: usize) -> Value {
    let person = person(number, PatientId::from_random([0; 16]), 0);
    json!({
        "resourceType": "Patient", "id": format!("known-{number}"), "birthDate": person.born.to_string(),
        "name": [{ "family": person.name.family }],
        "identifier": [{ "system": "https://fhir.nhs.uk/Id/nhs-number", "value": number_of(number) }],
    })
}
