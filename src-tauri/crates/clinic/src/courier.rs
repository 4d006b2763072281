//! The task that drains the outbox to the trust's server while the clinic is open. Nobody waits for it; without a server, or without
//! a network, everything else goes on as it is.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::checklist::Checklist;
use domain::summary_template::SummaryTemplate;
use store::Store;
use sync::{Books, Live, Packs, Push, Rest, Server, Stopped};
use tokio::runtime::Handle;
use tokio::sync::{Notify, broadcast};
use tokio::task::AbortHandle;

use crate::clinic::Noun;
use crate::content::Content;
use crate::problem::Code;
use crate::queue::Queue;
use crate::world::World;

/// The pause after the database refused a step, as on a full disk.
const AFTER_REFUSAL: Duration = Duration::from_secs(30);

/// The task that sends while the clinic is open. Dropping it ends it; what was on its way is asked about at the next open.
pub(crate) struct Courier {
    wake: Arc<Notify>,
    at_once: Arc<AtomicBool>,
    live: Arc<Mutex<Live>>,
    task: AbortHandle,
}

impl Courier {
    /// Starts sending; None where there is no runtime to run it.
    pub fn start(
        server: Server,
        queue: Queue,
        world: World,
        pc: String,
        content: Arc<Content>,
        changes: broadcast::Sender<Vec<Noun>>,
    ) -> Option<Courier> {
        let runtime = Handle::try_current().ok()?;
        let (wake, at_once, live) = (Arc::new(Notify::new()), Arc::new(AtomicBool::new(false)), Arc::default());
        let ledger = Ledger { queue, world, pc, content, changes, live: Arc::clone(&live) };
        let task = runtime.spawn(send(ledger, server, wake.clone(), at_once.clone())).abort_handle();
        Some(Courier { wake, at_once, live, task })
    }

    /// Something may be due.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Whatever pause there is, it is over.
    pub fn try_now(&self) {
        self.at_once.store(true, Ordering::SeqCst);
        self.wake();
    }

    /// How sending goes.
    pub fn live(&self) -> Live {
        *self.live.lock().unwrap_or_else(PoisonError::into_inner)
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

async fn send(ledger: Ledger, server: Server, wake: Arc<Notify>, at_once: Arc<AtomicBool>) {
    let world = ledger.world.clone();
    let mut push = Push::new(ledger, Arc::new(server));
    loop {
        let pause = match push.drain(at_once.swap(false, Ordering::SeqCst)).await {
            Ok(Rest { until: None }) => None,
            Ok(Rest { until: Some(until) }) => {
                Some(Duration::from_millis(u64::try_from(until - world.now()).unwrap_or(0)))
            }
            Err(Stopped::Refused) => Some(AFTER_REFUSAL),
            Err(Stopped::Closed) => return,
        };
        match pause {
            None => wake.notified().await,
            Some(pause) => {
                // Whichever comes first.
                let _elapsed = tokio::time::timeout(pause, wake.notified()).await;
            }
        }
    }
}

/// What the queue sees of the clinic. It does not hold the clinic itself, which ends it by ending.
struct Ledger {
    queue: Queue,
    world: World,
    pc: String,
    content: Arc<Content>,
    changes: broadcast::Sender<Vec<Noun>>,
    live: Arc<Mutex<Live>>,
}

impl Books for Ledger {
    async fn run<R: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Store) -> Result<R, store::Error> + Send + 'static,
    ) -> Result<R, Stopped> {
        let done = self.queue.run(|store| Ok(work(store)?)).await;
        done.map_err(|problem| if problem.code == Code::Locked { Stopped::Closed } else { Stopped::Refused })
    }

    fn now(&self) -> i64 {
        self.world.now()
    }

    fn chance(&self) -> Option<[u8; 16]> {
        self.world.bytes().ok()
    }

    fn pc(&self) -> String {
        self.pc.clone()
    }

    fn packs(&self) -> Arc<dyn Packs> {
        self.content.clone()
    }

    fn merged(&self) {
        let _nobody_listens = self.changes.send(vec![Noun::Patient, Noun::CarePlan]);
    }

    fn changed(&self, live: Live) {
        *self.live.lock().unwrap_or_else(PoisonError::into_inner) = live;
        // No noun: no record reads otherwise, and a list that is read again would be a look in the audit by nobody.
        let _nobody_listens = self.changes.send(Vec::new());
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
