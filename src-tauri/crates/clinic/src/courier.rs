//! The task that drains the outbox to the trust's server while the clinic is open, and fetches from there what `fetching` says. Nobody
//! waits for it; without a server, or without a network, everything else goes on as it is.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::checklist::Checklist;
use domain::id::PatientId;
use domain::staff::By;
use domain::summary_template::SummaryTemplate;
use store::Store;
use sync::{Books, Live, Packs, Progress, Push, Rest, Server, Stopped};
use tokio::runtime::Handle;
use tokio::sync::{Notify, broadcast, watch};
use tokio::task::AbortHandle;

use crate::clinic::Noun;
use crate::content::Content;
use crate::fetching::{Fetched, FetchedView, Fetching, Places};
use crate::problem::{Code, Problem};
use crate::queue::Queue;
use crate::world::World;

/// The pause after the database refused a step, as on a full disk, milliseconds.
const AFTER_REFUSAL: i64 = 30_000;

/// The task that sends and fetches while the clinic is open. Dropping it ends it; what was on its way is asked about at the next open.
pub(crate) struct Courier {
    wake: Arc<Notify>,
    at_once: Arc<AtomicBool>,
    live: Arc<Mutex<Live>>,
    rounds: watch::Receiver<u64>,
    server: Arc<Server>,
    fetched: Arc<Fetched>,
    task: AbortHandle,
}

impl Courier {
    /// Starts sending and fetching; None where there is no runtime to run it. `by` is whose desk it is.
    pub fn start(
        server: Server,
        queue: Queue,
        world: World,
        by: By,
        content: Arc<Content>,
        changes: broadcast::Sender<Vec<Noun>>,
        places: Places,
    ) -> Option<Courier> {
        let runtime = Handle::try_current().ok()?;
        let (wake, at_once, live) = (Arc::new(Notify::new()), Arc::new(AtomicBool::new(false)), Arc::default());
        let server = Arc::new(server);
        let fetched = Arc::new(Fetched::new(&places));
        let ledger = Ledger {
            queue,
            world,
            by,
            content,
            changes,
            live: Arc::clone(&live),
            fetched: Arc::clone(&fetched),
            wake: Arc::clone(&wake),
        };
        let (ended, rounds) = watch::channel(0);
        let fetching = Fetching::new(ledger.clone(), server.clone(), places);
        let sending = Sending { push: Push::new(ledger.clone(), server.clone()), at_once: at_once.clone(), ended };
        let task = runtime.spawn(work(ledger, sending, fetching)).abort_handle();
        Some(Courier { wake, at_once, live, rounds, server, fetched, task })
    }

    /// The server that it sends to.
    pub fn server(&self) -> &Arc<Server> {
        &self.server
    }

    /// Something may be due.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Whatever pause there is, it is over: for what is sent and for what is fetched.
    pub fn try_now(&self) {
        self.fetched.now();
        self.at_once.store(true, Ordering::SeqCst);
        self.wake();
    }

    /// How fetching goes.
    pub fn fetched(&self) -> FetchedView {
        self.fetched.view()
    }

    /// Somebody opened this patient: what changed of them at the trust is fetched next. Nobody waits for it.
    pub fn opened(&self, patient: PatientId) {
        self.fetched.open(patient);
        self.wake();
    }

    /// How sending goes.
    pub fn live(&self) -> Live {
        *self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until a round that began after this call has come to rest, whatever pause there was before it.
    pub async fn one_round(&self) {
        let mut rounds = self.rounds.clone();
        rounds.mark_unchanged();
        self.try_now();
        // The round that is under way may not have seen that it was called.
        while rounds.changed().await.is_ok() && self.at_once.load(Ordering::SeqCst) {}
    }

    /// What tells how sending goes, for whoever follows it.
    pub fn live_of(&self) -> Arc<Mutex<Live>> {
        self.live.clone()
    }

    /// Ends it: nothing is begun any more.
    pub fn stop(&self) {
        self.task.abort();
    }
}

impl Drop for Courier {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The half of the task that sends.
struct Sending {
    push: Push<Ledger>,
    at_once: Arc<AtomicBool>,
    ended: watch::Sender<u64>,
}

impl Sending {
    /// Sends what is due; when something is next (UTC milliseconds), None for nothing before something happens.
    async fn drain(&mut self, world: &World) -> Result<Option<i64>, Stopped> {
        let until = match self.push.drain(self.at_once.swap(false, Ordering::SeqCst)).await {
            Ok(Rest { until }) => until,
            Err(Stopped::Refused) => Some(world.now() + AFTER_REFUSAL),
            Err(Stopped::Closed) => return Err(Stopped::Closed),
        };
        self.ended.send_modify(|rounds| *rounds += 1);
        Ok(until)
    }
}

/// Sends what is due, then fetches what is; what comes to be sent meanwhile goes before the rest is fetched.
async fn work(ledger: Ledger, mut sending: Sending, mut fetching: Fetching) {
    while let Ok(mut until) = sending.drain(&ledger.world).await {
        if fetching.due() <= ledger.now() {
            let mut pulling = fetching.fetch();
            let fetched = loop {
                let pause = until.map(|until| pause(until, ledger.now()));
                tokio::select! {
                    biased;
                    () = woken(&ledger.wake, pause) => match sending.drain(&ledger.world).await {
                        Ok(next) => until = next,
                        Err(_) => return,
                    },
                    fetched = &mut pulling => break fetched,
                }
            };
            drop(pulling);
            match fetched {
                Ok(()) => {}
                Err(Stopped::Closed) => return,
                Err(Stopped::Refused) => fetching.put_off(ledger.now() + AFTER_REFUSAL),
            }
        }
        let next = until.map_or(fetching.due(), |until| until.min(fetching.due()));
        woken(&ledger.wake, Some(pause(next, ledger.now()))).await;
    }
}

/// How long it is until then, both in UTC milliseconds.
fn pause(until: i64, now: i64) -> Duration {
    Duration::from_millis(u64::try_from(until.saturating_sub(now)).unwrap_or(0))
}

/// Waits until something happens, or the pause is over; whichever comes first.
async fn woken(wake: &Notify, pause: Option<Duration>) {
    match pause {
        Some(pause) => drop(tokio::time::timeout(pause, wake.notified()).await),
        None => wake.notified().await,
    }
}

/// What the queue sees of the clinic. It does not hold the clinic itself, which ends it by ending.
#[derive(Clone)]
pub(crate) struct Ledger {
    pub queue: Queue,
    pub world: World,
    /// Whose desk it is.
    by: By,
    pub content: Arc<Content>,
    changes: broadcast::Sender<Vec<Noun>>,
    live: Arc<Mutex<Live>>,
    pub fetched: Arc<Fetched>,
    pub wake: Arc<Notify>,
}

impl Ledger {
    /// Who is signed in, now: what nobody does by hand is done at their desk.
    pub fn by(&self) -> By {
        By { at: self.world.now(), ..self.by.clone() }
    }

    pub fn now(&self) -> i64 {
        self.world.now()
    }

    /// Tells whoever listens what reads otherwise.
    pub fn tell(&self, nouns: Vec<Noun>) {
        let _nobody_listens = self.changes.send(nouns);
    }

    /// A step on the open database that fails as an act does.
    pub async fn step<R: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Store) -> Result<R, Problem> + Send + 'static,
    ) -> Result<R, Stopped> {
        let done = self.queue.run(work).await;
        done.map_err(|problem| if problem.code == Code::Locked { Stopped::Closed } else { Stopped::Refused })
    }
}

impl Books for Ledger {
    async fn run<R: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Store) -> Result<R, store::Error> + Send + 'static,
    ) -> Result<R, Stopped> {
        self.step(|store| Ok(work(store)?)).await
    }

    fn now(&self) -> i64 {
        self.world.now()
    }

    fn chance(&self) -> Option<[u8; 16]> {
        self.world.bytes().ok()
    }

    fn pc(&self) -> String {
        self.by.pc.clone()
    }

    fn packs(&self) -> Arc<dyn Packs> {
        self.content.clone()
    }

    fn merged(&self) {
        self.tell(vec![Noun::Patient, Noun::CarePlan]);
    }

    fn changed(&self, live: Live) {
        *self.live.lock().unwrap_or_else(PoisonError::into_inner) = live;
        // No noun: no record reads otherwise, and a list that is read again would be a look in the audit by nobody.
        self.tell(Vec::new());
    }

    fn fetched(&self, progress: Progress) {
        self.fetched.progress(progress);
        self.tell(Vec::new());
    }
}

impl Packs for Content {
    fn checklist(&self, store: &Store, canonical: &str) -> Option<Arc<Checklist>> {
        Content::checklist(self, store, canonical).ok()
    }

    fn template(&self, store: &Store, canonical: &str) -> Option<Arc<SummaryTemplate>> {
        Content::template(self, store, canonical).ok()
    }
}
