//! When what stands at the trust is fetched: the clinic list and its patients at the start, what changed every ten minutes, and a patient
//! when somebody opens them. Part of the courier's task; nobody waits for it. What becomes of what was fetched is decided elsewhere.

use std::collections::BTreeSet;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use domain::id::PatientId;
use jiff::Span;
use jiff::civil::Date;
use serde::Serialize;
use store::Store;
use sync::{Fault, Lane, Progress, Pull, Pulled, Server, Stopped};
use tokio::sync::Notify;
use ts_rs::TS;

use crate::clinic::Noun;
use crate::clinic_list_there::follow;
use crate::clinic_list_view::whose;
use crate::courier::Ledger;
use crate::home_there::receive;
use crate::problem::{Code, Problem};
use crate::when::{When, day_of};

/// How often what changed at the trust is fetched, milliseconds.
const BETWEEN: i64 = 10 * 60_000;

/// How long nothing is fetched after a fault, milliseconds; twice as long after each further one, up to [`BETWEEN`].
const AFTER_FAULT: i64 = 60_000;

/// How often a screen is told of records while a pull goes on: once in so many patients.
const TELL_EVERY: u32 = 10;

/// What is fetched of the clinic list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Places {
    /// `Location/…`, or `system|value` of an identifier; none: no list is fetched.
    pub locations: Vec<String>,
    /// How many days beside today.
    pub days_ahead: u8,
}

/// How fetching goes, as the screen says it.
#[derive(Serialize, TS)]
pub struct FetchedView {
    /// Patients are being fetched just now.
    pub busy: bool,
    /// With `busy`: of how many patients everything is here, and of how many altogether.
    pub done: u32,
    pub total: u32,
    /// When everything that was to be fetched was last here; null while it never was since the desk was opened.
    pub at: Option<When>,
    /// The last try ended early.
    pub stopped: bool,
    /// The clinic list is fetched, too.
    pub list: bool,
}

/// What the desk and the courier share of fetching.
#[derive(Default)]
pub(crate) struct Fetched {
    told: Mutex<Told>,
    /// Patients whom somebody opened and who were not fetched since.
    opened: Mutex<BTreeSet<PatientId>>,
    came: Notify,
    /// Somebody wants it now.
    at_once: AtomicBool,
    list: bool,
}

#[derive(Clone, Copy, Default)]
struct Told {
    busy: bool,
    progress: Progress,
    at: Option<i64>,
    stopped: bool,
}

impl Fetched {
    pub fn new(places: &Places) -> Fetched {
        Fetched { list: !places.locations.is_empty(), ..Fetched::default() }
    }

    /// Somebody opened this patient.
    pub fn open(&self, patient: PatientId) {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner).insert(patient);
    }

    /// Whatever pause there is, it is over.
    pub fn now(&self) {
        self.at_once.store(true, Ordering::SeqCst);
    }

    /// So many patients of a pull are here.
    pub fn progress(&self, progress: Progress) {
        self.tell(|told| *told = Told { busy: true, progress, ..*told });
        self.came.notify_one();
    }

    pub fn view(&self) -> FetchedView {
        let Told { busy, progress, at, stopped } = *self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let Progress { done, total } = progress;
        FetchedView { busy, done, total, at: at.map(When::new), stopped, list: self.list }
    }

    fn tell(&self, change: impl FnOnce(&mut Told)) {
        change(&mut self.told.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn take_opened(&self) -> BTreeSet<PatientId> {
        std::mem::take(&mut *self.opened.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What is fetched, and when.
pub(crate) struct Fetching {
    pull: Pull<Ledger>,
    ledger: Ledger,
    places: Places,
    /// Patients whom somebody opened since the desk was.
    known: BTreeSet<PatientId>,
    /// It is known whether the server still has what it acknowledged.
    begun: bool,
    /// Everything was compared once since the desk was opened: from then on what changed is asked for.
    compared: bool,
    /// When the next round is due, UTC milliseconds.
    due: i64,
    /// Rounds that ended early, one after the other.
    faults: u32,
}

type Pulling<'a> = Pin<Box<dyn Future<Output = Result<Pulled, Stopped>> + Send + 'a>>;

impl Fetching {
    pub fn new(ledger: Ledger, server: Arc<Server>, places: Places) -> Fetching {
        let pull = Pull::new(ledger.clone(), server);
        Fetching {
            pull,
            ledger,
            places,
            known: BTreeSet::new(),
            begun: false,
            compared: false,
            due: i64::MIN,
            faults: 0,
        }
    }

    /// When it is due next, UTC milliseconds.
    pub fn due(&self) -> i64 {
        let fetched = &self.ledger.fetched;
        let wanted = fetched.at_once.load(Ordering::SeqCst)
            || !fetched.opened.lock().unwrap_or_else(PoisonError::into_inner).is_empty();
        if wanted || self.is_due() { i64::MIN } else { self.due }
    }

    /// Whether the next round is due; also where it is so far off that the clock must have been put back since.
    fn is_due(&self) -> bool {
        let now = self.ledger.now();
        self.due <= now || self.due > now.saturating_add(BETWEEN)
    }

    /// Nothing is due before then, UTC milliseconds, unless somebody wants it: this PC could not keep what came.
    pub fn put_off(&mut self, until: i64) {
        self.due = until;
        self.ledger.fetched.tell(|told| *told = Told { busy: false, stopped: true, ..*told });
        self.ledger.tell(Vec::new());
    }

    /// Fetches what is due. Dropping the future in the middle loses nothing: it is due again.
    pub fn fetch(&mut self) -> Pin<Box<dyn Future<Output = Result<(), Stopped>> + Send + '_>> {
        // Boxed, because the compiler cannot see from outside that what it is made of may move between threads.
        Box::pin(self.what_is_due())
    }

    async fn what_is_due(&mut self) -> Result<(), Stopped> {
        let opened = self.ledger.fetched.take_opened();
        // Taken before the round: who wants it while one is under way gets another.
        let at_once = self.ledger.fetched.at_once.swap(false, Ordering::SeqCst);
        if !opened.is_empty() {
            let lanes: Vec<Lane> = opened.iter().copied().map(Lane::Here).collect();
            // Whoever is opened is fetched with the others from now on, whatever becomes of this time.
            self.known.extend(opened);
            bring(self.ledger.clone(), self.pull.patients(&lanes)).await?;
            self.ledger.fetched.tell(|told| *told = Told { busy: false, progress: Progress::default(), ..*told });
            self.ledger.tell(Vec::new());
        }
        if !at_once && !self.is_due() {
            return Ok(());
        }
        let asked = self.round().await?;
        let whole = asked.unwrap_or(true);
        let now = self.ledger.now();
        self.compared |= whole;
        self.faults = if whole { 0 } else { self.faults.saturating_add(1) };
        let pause = if whole { BETWEEN } else { AFTER_FAULT << self.faults.saturating_sub(1).min(8) };
        self.due = now + pause.min(BETWEEN);
        self.ledger.fetched.tell(|told| {
            *told = Told {
                busy: false,
                progress: Progress::default(),
                at: if asked == Some(true) { Some(now) } else { told.at },
                stopped: !whole,
            };
        });
        self.ledger.tell(Vec::new());
        Ok(())
    }

    /// One round; whether everything was there to be had. None where there was nothing to ask for.
    async fn round(&mut self) -> Result<Option<bool>, Stopped> {
        if !self.begun && self.pull.lost().await?.is_some() {
            return Ok(Some(false));
        }
        self.begun = true;
        let first = !self.compared;
        let (mut here, mut whole) = (Vec::new(), true);
        if !self.places.locations.is_empty() {
            let days = days(day_of(self.ledger.now()), self.places.days_ahead);
            let places = &self.places.locations;
            let pulling = if first { self.pull.clinic(&days, places) } else { self.pull.clinic_changed(&days, places) };
            let pulled = bring(self.ledger.clone(), pulling).await?;
            whole = pulled.trouble.is_none();
            if pulled.trouble.is_some_and(|trouble| trouble.fault == Fault::NotReached) {
                return Ok(Some(false));
            }
            here = pulled.patients;
        }
        let lanes = self.lanes(here).await?;
        if lanes.is_empty() {
            return Ok((!self.places.locations.is_empty()).then_some(whole));
        }
        let pulling = if first { self.pull.patients(&lanes) } else { self.pull.changed(&lanes) };
        Ok(Some(bring(self.ledger.clone(), pulling).await?.trouble.is_none() && whole))
    }

    /// Whom else something may have changed of: who is on today's list, was invited to answer at home, or was opened here.
    async fn lanes(&self, here: Vec<String>) -> Result<Vec<Lane>, Stopped> {
        let (now, mut wanted) = (self.ledger.now(), self.known.clone());
        let find = move |store: &mut Store| {
            for saved in store.clinic_list(day_of(now))? {
                match whose(store, &saved.visit) {
                    Ok(whose) => wanted.extend(whose.patient().map(|patient| patient.id)),
                    // Of whom does not read back nothing can be taken in.
                    Err(problem) if problem.code == Code::DatabaseUnreadable => {}
                    Err(problem) => return Err(problem),
                }
            }
            wanted.extend(store.invitations_open()?.into_iter().map(|saved| saved.invitation.patient));
            let mut lanes = Vec::new();
            for patient in wanted {
                let there = store.trust_ref("Patient", &patient.to_string())?;
                if there.is_some_and(|there| !here.contains(&there.server_id)) {
                    lanes.push(Lane::Here(patient));
                }
            }
            Ok(lanes)
        };
        self.ledger.step(find).await
    }
}

/// Carries out one pull; what came is on the lists while the rest is still on its way.
async fn bring(ledger: Ledger, mut pulling: Pulling<'_>) -> Result<Pulled, Stopped> {
    let mut told = 0;
    let pulled = loop {
        tokio::select! {
            biased;
            pulled = &mut pulling => break pulled?,
            () = ledger.fetched.came.notified() => {
                let done = ledger.fetched.view().done;
                let tell = told == 0 || done.saturating_sub(told) >= TELL_EVERY;
                bring_in(&ledger, false, tell).await?;
                told = if tell { done.max(1) } else { told };
            }
        }
    };
    bring_in(&ledger, pulled.trouble.is_none(), pulled.staged > 0).await?;
    Ok(pulled)
}

/// Has what was fetched stand where somebody sees it. `whole`: nothing of it is still on its way; `tell`: records may read otherwise.
async fn bring_in(ledger: &Ledger, whole: bool, tell: bool) -> Result<(), Stopped> {
    let (content, world, by) = (Arc::clone(&ledger.content), ledger.world.clone(), ledger.by());
    let act = move |store: &mut Store| {
        // What keeps the list from following keeps no answers waiting.
        let list = follow(store, &world, whole, &by);
        let answers = receive(store, &content, whole, &by)?;
        Ok((list?, answers))
    };
    let (list, answers) = match ledger.queue.run(act).await {
        Ok(became) => became,
        Err(Problem { code: Code::Locked, .. }) => return Err(Stopped::Closed),
        Err(problem) => {
            // What was fetched stays as it is, and the next round begins with it.
            eprintln!("holdfast: what was fetched: {}", problem.code.code());
            (false, false)
        }
    };
    let mut nouns = Vec::new();
    if tell {
        nouns.extend([Noun::Patient, Noun::Hna, Noun::CarePlan, Noun::TreatmentSummary]);
    }
    if list {
        nouns.push(Noun::ClinicVisit);
    }
    if answers {
        nouns.extend([Noun::Answers, Noun::Hna, Noun::Invitation]);
        // The assessment that came of them is to be sent.
        ledger.wake.notify_one();
    }
    if !nouns.is_empty() {
        ledger.tell(nouns);
    }
    Ok(())
}

fn days(today: Date, ahead: u8) -> Vec<Date> {
    (0..=i64::from(ahead)).filter_map(|day| today.checked_add(Span::new().days(day)).ok()).collect()
}
