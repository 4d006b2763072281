//! A database with an outbox and the queue that works through it, without a clinic around: its clock is stepped by hand.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use domain::Refused;
use domain::checklist::Checklist;
use domain::hna::{Answer, AnsweredBy, Beginning, ConcernKey, Hna, Method, PathwayPoint, Rating};
use domain::id::{HnaId, PatientId, SendingId, StaffId};
use domain::merge::{self, Item, Side};
use domain::nhs_number::NhsNumber;
use domain::op::Op;
use domain::patient::{Cancer, Gender, Name, Needs, Patient};
use domain::staff::{By, Organisation, Role, Staff};
use domain::summary_template::SummaryTemplate;
use jiff::civil::date;
use security::Random;
use store::{Error, Kept, Keys, Stopped, Store, Waiting};
use sync::{Books, Live, Outside, Packs, Push, Rest, Server, Sides};
use tempfile::TempDir;
use zeroize::Zeroizing;

use crate::clock::MONDAY_MORNING;
use crate::people::nhs_number;
use crate::{Chance, Clock, sign_in};

const CHECKLIST: &str = include_str!("../../assets/content/checklists/default-1.0.0.json");

/// One database, as of one PC.
pub struct Outbox {
    books: Ledger,
    /// Who works on it now.
    nurse: Mutex<Staff>,
    path: PathBuf,
    _folder: TempDir,
}

/// What the queue is given of it.
#[derive(Clone)]
struct Ledger {
    store: Arc<Mutex<Option<Store>>>,
    clock: Clock,
    chance: Arc<Mutex<Chance>>,
    packs: Arc<Shelf>,
    told: Arc<Mutex<Live>>,
    refuses: Arc<AtomicBool>,
}

/// The one checklist that records of a queue's tests were made on.
pub struct Shelf(pub Arc<Checklist>);

impl Packs for Shelf {
    fn checklist(&self, _: &Store, canonical: &str) -> Option<Arc<Checklist>> {
        (self.0.canonical == canonical).then(|| self.0.clone())
    }

    fn template(&self, _: &Store, _: &str) -> Option<Arc<SummaryTemplate>> {
        None
    }
}

impl Books for Ledger {
    async fn run<R: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Store) -> Result<R, Error> + Send + 'static,
    ) -> Result<R, sync::Stopped> {
        if self.refuses.load(Ordering::SeqCst) {
            return Err(sync::Stopped::Refused);
        }
        let mut store = self.store.lock().unwrap();
        work(store.as_mut().ok_or(sync::Stopped::Closed)?).map_err(|error| panic!("{error:?}"))
    }

    fn now(&self) -> i64 {
        self.clock.now()
    }

    fn chance(&self) -> Option<[u8; 16]> {
        let mut bytes = [0; 16];
        self.chance.lock().unwrap().fill(&mut bytes).ok()?;
        Some(bytes)
    }

    fn pc(&self) -> String {
        "Clinic room 3".to_owned()
    }

    fn packs(&self) -> Arc<dyn Packs> {
        self.packs.clone()
    }

    fn changed(&self, live: Live) {
        *self.told.lock().unwrap() = live;
    }
}

impl Default for Outbox {
    fn default() -> Outbox {
        Outbox::new(1)
    }
}

impl Outbox {
    /// A PC on which Ruth works and nobody is registered; PCs of different seeds make different ids.
    pub fn new(seed: u64) -> Outbox {
        // In memory where the system has such a disk: what a power cut does is another suite's.
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() }.unwrap();
        let path = folder.path().join("clinic.db");
        let chance = Arc::new(Mutex::new(Chance::new(seed)));
        let mut store = Store::create(&path, keys(), ids(&chance)).unwrap();
        let ruth = ruth();
        store.write::<_, Error>(&signed(&ruth, MONDAY_MORNING), Op::EnrolFirstNurse, |w| w.save_staff(&ruth)).unwrap();
        let books = Ledger {
            store: Arc::new(Mutex::new(Some(store))),
            clock: Clock::at(MONDAY_MORNING),
            chance,
            packs: Arc::new(Shelf(Arc::new(fhir::checklist(CHECKLIST).unwrap()))),
            told: Arc::default(),
            refuses: Arc::default(),
        };
        Outbox { books, nurse: Mutex::new(ruth), path, _folder: folder }
    }

    pub fn clock(&self) -> &Clock {
        &self.books.clock
    }

    /// Runs something on the database.
    pub fn on<R>(&self, work: impl FnOnce(&mut Store) -> R) -> R {
        work(self.books.store.lock().unwrap().as_mut().unwrap())
    }

    /// The program ends without a word and is started again.
    pub fn crash(&self) {
        let mut store = self.books.store.lock().unwrap();
        drop(store.take());
        *store = Some(Store::open(&self.path, keys(), ids(&self.books.chance)).unwrap());
    }

    /// Whether the database refuses every step of the queue, as on a full disk.
    pub fn refuse(&self, refuses: bool) {
        self.books.refuses.store(refuses, Ordering::SeqCst);
    }

    /// How sending goes, as the header was last told.
    pub fn told(&self) -> Live {
        *self.books.told.lock().unwrap()
    }

    /// Keeps a copy of the database as it is, of which the program knows nothing.
    pub fn keep_copy(&self) {
        self.closed(|path| std::fs::copy(path, path.with_extension("copy")).unwrap());
    }

    /// The disk is replaced by one with that copy.
    pub fn put_copy_back(&self) {
        self.closed(|path| std::fs::copy(path.with_extension("copy"), path).unwrap());
    }

    /// Damages every revision of this record, as a failing disk would.
    pub fn spoil(&self, record: &str) {
        self.closed(|path| {
            let conn = rusqlite::Connection::open(path).unwrap();
            conn.execute_batch(&format!(
                "PRAGMA key = \"x'{}'\"; DROP TRIGGER IF EXISTS revision_stays",
                &*keys().cipher
            ))
            .unwrap();
            conn.execute("UPDATE revision SET snapshot = '{' WHERE id = ?1", [record]).unwrap() as u64
        });
    }

    fn closed(&self, work: impl FnOnce(&Path) -> u64) {
        let mut store = self.books.store.lock().unwrap();
        store.take().unwrap().close().unwrap();
        work(&self.path);
        *store = Some(Store::open(&self.path, keys(), ids(&self.books.chance)).unwrap());
    }

    /// Ruth's own record is changed.
    pub fn change_ruth(&self, change: impl FnOnce(&mut Staff)) {
        let mut ruth = ruth();
        change(&mut ruth);
        let now = self.books.clock.now();
        self.on(|store| store.write::<_, Error>(&self.by(now), Op::AddNurse, |w| w.save_staff(&ruth)).unwrap());
    }

    /// A person has it tried again.
    pub fn try_again(&self, sending: SendingId) {
        let now = self.books.clock.now();
        assert!(
            self.on(|store| store.write::<_, Error>(&self.by(now), Op::TryAgain, |w| w.try_again(sending)).unwrap())
        );
    }

    /// A person chooses between the two versions of a patient part by part; where it is chosen as one, ours goes over theirs.
    pub fn resolve(&self, sending: SendingId, choices: &[(Item, Side)]) -> Result<(), Refused> {
        let now = self.books.clock.now();
        self.on(|store| {
            let conflict = store.conflict(sending).unwrap().expect("a conflict");
            let from = PatientId::parse(&conflict.record.id).and_then(|id| store.patient(id).unwrap());
            let from = from.map(|(_, revision)| revision);
            let chosen = match sync::sides(store, &conflict).unwrap() {
                Sides::Patient(merged) => Some(merge::with(&*merged, choices)?),
                Sides::Whole => None,
                Sides::CarePlan(_) => panic!("no plan is made here"),
            };
            let resolved = store.write::<_, Error>(&self.by(now), Op::ResolveConflict, |w| {
                if let Some(patient) = &chosen {
                    w.save_patient(patient, from)?;
                }
                w.resolve(sending)
            });
            assert!(resolved.unwrap());
            Ok(())
        })
    }

    /// A person withdraws what was stopped.
    pub fn withdraw(&self, sending: SendingId) {
        let now = self.books.clock.now();
        let withdraw = |store: &mut Store| {
            store.write::<_, Error>(&self.by(now), Op::WithdrawSending, |w| w.withdraw(sending, "Twice"))
        };
        assert!(self.on(withdraw).unwrap());
    }

    /// The patient as last saved.
    pub fn patient(&self, patient: PatientId) -> Patient {
        self.on(|store| store.patient(patient).unwrap().unwrap().0)
    }

    /// The reasons of what was stopped, the oldest first.
    pub fn reasons(&self) -> Vec<String> {
        self.stopped().into_iter().map(|one| one.reason).collect()
    }

    /// Keeps what a check of the server found, as the screen for it does.
    pub fn keep_report(&self, report: &sync::Report) {
        let (text, now) = (report.json().to_string(), self.books.clock.now());
        let keep = |store: &mut Store| {
            store.write::<_, Error>(&self.by(now), Op::CheckServer, |w| w.set(store::Setting::ServerReport, &text))
        };
        self.on(keep).unwrap();
    }

    /// A person chooses what is to be done about a notice; whether there is something to choose.
    pub fn settle(&self, notice: i64, settled: store::Settled) -> bool {
        let (now, op) = (self.books.clock.now(), Op::SettleNotice);
        self.on(|store| store.write::<_, Error>(&self.by(now), op, |w| w.settle_notice(notice, settled)).unwrap())
    }

    /// Drains again and again, each time as soon as something may go, until nothing waits for a moment; at most so often.
    pub async fn drain_all(&self, address: &str, most: usize) {
        let mut push = self.push(address);
        for _ in 0..most {
            let Rest { until: Some(until) } = push.drain(false).await.unwrap() else { return };
            self.clock().step((until - self.clock().now()).max(1));
        }
        panic!("still something to do after {most} rounds");
    }

    /// A queue to this server.
    pub fn push(&self, address: &str) -> Push<impl Books + use<>> {
        self.push_to(self.reached(address))
    }

    /// Its clock and its chance, as signing in wants them.
    pub fn outside(&self) -> Outside {
        sign_in::outside(&self.books.clock, &self.books.chance)
    }

    /// What a queue is given of it.
    pub fn books(&self) -> impl Books + use<> {
        self.books.clone()
    }

    /// The way to this server, signed in where it has to be.
    pub fn reached(&self, address: &str) -> Server {
        sign_in::reached(address, self.outside())
    }

    /// The same to a server with a CA of its own.
    pub fn push_to(&self, server: Server) -> Push<impl Books + use<>> {
        Push::new(self.books.clone(), Arc::new(server))
    }

    /// Sends until nothing is left or has to wait.
    pub async fn drain(&self, address: &str) -> Rest {
        self.push(address).drain(false).await.unwrap()
    }

    /// Enrols another nurse.
    pub fn enrol(&self, nurse: &Staff) {
        let now = self.books.clock.now();
        self.on(|store| store.write::<_, Error>(&self.by(now), Op::AddNurse, |w| w.save_staff(nurse)).unwrap());
    }

    /// From now on it is this nurse who saves.
    pub fn sit_down(&self, nurse: Staff) {
        *self.nurse.lock().unwrap() = nurse;
    }

    fn by(&self, at: i64) -> By {
        signed(&self.nurse.lock().unwrap(), at)
    }

    /// Registers the patient with the n-th number of the tests.
    pub fn register(&self, number: u32) -> PatientId {
        self.register_with(number, |_| ())
    }

    /// The same with other answers, which no form has looked at.
    pub fn register_with(&self, number: u32, change: impl FnOnce(&mut Patient)) -> PatientId {
        let mut patient = a_patient(PatientId::from_random(self.bytes()), number, self.books.clock.now());
        change(&mut patient);
        self.save(Op::RegisterPatient, &patient);
        patient.id
    }

    /// Changes a patient's record and keeps it as a correction.
    pub fn correct(&self, patient: PatientId, change: impl FnOnce(&mut Patient)) {
        let (mut record, _) = self.on(|store| store.patient(patient).unwrap().unwrap());
        change(&mut record);
        self.save(Op::CorrectPatient, &record);
    }

    fn bytes(&self) -> [u8; 16] {
        self.books.chance().expect("there is always chance")
    }

    fn save(&self, op: Op, patient: &Patient) {
        let now = self.books.clock.now();
        self.on(|store| {
            let from = store.patient(patient.id).unwrap().map(|(_, revision)| revision);
            store.write::<_, Error>(&self.by(now), op, |w| w.save_patient(patient, from)).unwrap();
        });
    }

    /// Completes an assessment in which pain was rated 8.
    pub fn assess(&self, patient: PatientId) -> HnaId {
        let (id, now) = (HnaId::from_random(self.bytes()), self.books.clock.now());
        let checklist = &self.books.packs.0;
        let beginning = Beginning {
            patient,
            checklist: checklist.canonical.clone(),
            answered_by: AnsweredBy::Patient,
            helper: String::new(),
            method: Method::FaceToFace,
            pathway_point: PathwayPoint::InitialDiagnosis,
            answered_on: None,
        };
        let pain = ConcernKey::new("physical.pain");
        let hna = Hna::start(id, beginning, &self.by(now)).tick(checklist, &pain).unwrap();
        let hna = hna.answer(&pain, Answer::Rated(Rating::new(8).unwrap())).unwrap().complete(now).unwrap();
        self.on(|store| {
            let kept = store.write::<_, Error>(&self.by(now), Op::CompleteHna, |w| {
                w.keep_checklist(&hna.checklist, CHECKLIST)?;
                w.save_hna(&hna, None)
            });
            kept.unwrap();
        });
        id
    }

    /// Every sending that is due is about to go out, and then does not.
    pub fn mark_sending(&self) {
        let now = self.books.clock.now();
        self.on(|store| {
            let due = store.sendings_due(now, 100).unwrap().sendings;
            let marks: Vec<_> = due.iter().map(|one| (one.sending, Kept::Sending { sha256: "0".repeat(64) })).collect();
            store.keep_sendings(now, "", &marks).unwrap();
        });
    }

    /// Sendings of which nobody knows whether they arrived are taken for ones that did not.
    pub fn forget_doubt(&self) {
        let now = self.books.clock.now();
        self.on(|store| {
            let due = store.sendings_due(now, 100).unwrap().sendings.into_iter().filter(|one| one.unknown);
            let kept: Vec<_> = due.map(|one| (one.sending, Kept::Queued { not_before: None })).collect();
            store.keep_sendings(now, "", &kept).unwrap();
        });
    }

    /// The trust's version that a conflict was kept with.
    pub fn theirs(&self, sending: SendingId) -> Option<String> {
        self.on(|store| store.theirs(sending).unwrap())
    }

    pub fn waiting(&self) -> Waiting {
        self.on(|store| store.waiting().unwrap())
    }

    /// What was stopped, and why.
    pub fn stopped(&self) -> Vec<Stopped> {
        self.on(|store| store.stopped(100).unwrap())
    }
}

/// A patient with ordinary answers.
pub fn a_patient(id: PatientId, number: u32, at: i64) -> Patient {
    Patient {
        id,
        nhs_number: NhsNumber::parse(&nhs_number(number)).ok(),
        hospital_number: format!("TB-{number}"),
        name: Name {
            title: "Mrs".to_owned(),
            given: "Anna".to_owned(),
            family: "Invented".to_owned(),
            preferred: String::new(),
        },
        born: date(1956, 7, 14),
        gender: Gender::Female,
        address: "1 Invented Street\nThamesbank".to_owned(),
        postcode: "ZZ99 3WZ".to_owned(),
        phone: "020 7946 0000".to_owned(),
        mobile: String::new(),
        email: String::new(),
        practice: Organisation { ods: "X0T11".to_owned(), name: "Lantern Street Surgery".to_owned() },
        needs: Needs { print_points: 14, interpreter: String::new(), other: String::new() },
        cancer: Cancer { cancer_type: "Breast".to_owned(), diagnosed: Some(date(2026, 1, 19)), ..Cancer::default() },
        key_worker: "Ruth Invented".to_owned(),
        team: "Breast".to_owned(),
        diagnosed_at: Organisation { ods: "X0T99".to_owned(), name: "Thamesbank Hospitals".to_owned() },
        followed_up_at: Organisation::default(),
        died: None,
        death_taken_back: String::new(),
        checked_at: at,
    }
}

fn ruth() -> Staff {
    Staff {
        id: StaffId::from_random([1; 16]),
        name: "Ruth Invented".to_owned(),
        role: Role::CancerNurseSpecialist,
        key_holder: true,
        team: "Breast".to_owned(),
        organisation: Organisation { ods: "X0T99".to_owned(), name: "Thamesbank Hospitals".to_owned() },
    }
}

fn signed(nurse: &Staff, at: i64) -> By {
    let Staff { id, name, role, key_holder, .. } = nurse.clone();
    By { staff: id, name, role, key_holder, at, pc: "Clinic room 3".to_owned() }
}

fn keys() -> Keys {
    Keys { cipher: Zeroizing::new("5a".repeat(32)), audit: Zeroizing::new([0x5a; 32]) }
}

fn ids(chance: &Arc<Mutex<Chance>>) -> Box<dyn FnMut() -> Option<[u8; 16]> + Send> {
    let chance = chance.clone();
    Box::new(move || {
        let mut bytes = [0; 16];
        chance.lock().unwrap().fill(&mut bytes).ok()?;
        Some(bytes)
    })
}
