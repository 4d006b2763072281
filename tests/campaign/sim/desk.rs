//! One PC: its database, its clock, its chance and its queue. Its program may end at any step on the database.

use std::pin::Pin;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use domain::checklist::Checklist;
use kit::Chance;
use kit::outbox::Shelf;
use security::Random;
use store::{Error, Store};
use sync::{Books, Live, Packs, Push, Rest, Stopped};

use super::network::{Line, Moment};

type Drain = Pin<Box<dyn Future<Output = (Push<Ledger, Line>, Result<Rest, Stopped>)> + Send>>;

/// A PC.
pub struct Desk {
    pub books: Ledger,
    line: Arc<Line>,
    /// The queue while it rests, and at work.
    push: Option<Push<Ledger, Line>>,
    work: Option<Drain>,
    /// When the queue wants to go on by itself, in true time.
    pub next: Option<i64>,
}

/// What the queue is given of a PC.
#[derive(Clone)]
pub struct Ledger(Arc<Inner>);

struct Inner {
    store: Mutex<Option<Store>>,
    clock: AtomicI64,
    chance: Arc<Mutex<Chance>>,
    packs: Arc<Shelf>,
    trouble: Mutex<Ahead>,
}

/// What goes wrong on this PC.
#[derive(Default)]
pub struct Ahead {
    /// Before or after which step on the database the program ends.
    pub crash: Option<(u32, bool)>,
    /// How many steps the database refuses.
    pub full: u32,
    pub refused: u64,
    pub ended: bool,
    /// What the database said that nobody planned.
    pub unplanned: Vec<String>,
}

impl Books for Ledger {
    async fn run<R: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Store) -> Result<R, Error> + Send + 'static,
    ) -> Result<R, Stopped> {
        // A nurse may save something between any two steps of the queue.
        Moment::default().await;
        let crash = {
            let mut ahead = self.0.trouble.lock().unwrap();
            if ahead.full > 0 {
                (ahead.full, ahead.refused) = (ahead.full - 1, ahead.refused + 1);
                return Err(Stopped::Refused);
            }
            match &mut ahead.crash {
                Some((0, after)) => Some(*after),
                Some((steps, _)) => {
                    *steps -= 1;
                    None
                }
                None => None,
            }
        };
        if crash == Some(false) {
            self.ended().await;
        }
        let done = work(self.0.store.lock().unwrap().as_mut().ok_or(Stopped::Closed)?);
        if crash == Some(true) {
            self.ended().await;
        }
        done.map_err(|error| {
            self.0.trouble.lock().unwrap().unplanned.push(format!("{error:?}"));
            Stopped::Refused
        })
    }

    fn now(&self) -> i64 {
        self.0.clock.load(Ordering::SeqCst)
    }

    fn chance(&self) -> Option<[u8; 16]> {
        let mut bytes = [0; 16];
        self.0.chance.lock().unwrap().fill(&mut bytes).ok()?;
        Some(bytes)
    }

    fn pc(&self) -> String {
        "Clinic room 3".to_owned()
    }

    fn packs(&self) -> Arc<dyn Packs> {
        self.0.packs.clone()
    }

    fn changed(&self, _: Live) {}
}

impl Ledger {
    /// Never goes on.
    async fn ended(&self) {
        self.0.trouble.lock().unwrap().ended = true;
        std::future::pending::<()>().await;
    }

    pub fn bytes(&self) -> [u8; 16] {
        Books::chance(self).expect("there is always chance")
    }

    pub fn checklist(&self) -> &Arc<Checklist> {
        &self.0.packs.0
    }

    /// Runs something on the database.
    pub fn on<R>(&self, work: impl FnOnce(&mut Store) -> R) -> R {
        work(self.0.store.lock().unwrap().as_mut().expect("the database is open"))
    }

    /// What goes wrong here.
    pub fn ahead<R>(&self, work: impl FnOnce(&mut Ahead) -> R) -> R {
        work(&mut self.0.trouble.lock().unwrap())
    }
}

impl Desk {
    pub fn new(store: Store, chance: Arc<Mutex<Chance>>, checklist: Arc<Checklist>, line: Line, now: i64) -> Desk {
        let inner = Inner {
            store: Mutex::new(Some(store)),
            clock: AtomicI64::new(now),
            chance,
            packs: Arc::new(Shelf(checklist)),
            trouble: Mutex::default(),
        };
        Desk { books: Ledger(Arc::new(inner)), line: Arc::new(line), push: None, work: None, next: None }
    }

    pub fn set_clock(&self, now: i64) {
        self.books.0.clock.store(now, Ordering::SeqCst);
    }

    /// The queue begins, if it is not at work.
    pub fn wake(&mut self) {
        if self.work.is_some() {
            return;
        }
        let mut push = self.push.take().unwrap_or_else(|| Push::new(self.books.clone(), self.line.clone()));
        self.work = Some(Box::pin(async move {
            let rest = push.drain(false).await;
            (push, rest)
        }));
        self.next = None;
    }

    pub fn at_work(&self) -> bool {
        self.work.is_some()
    }

    /// The queue goes on a little. True when the program ended in it: it has to be started again.
    pub fn poll(&mut self, now: i64) -> bool {
        let Some(work) = self.work.as_mut() else { return false };
        match work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Pending => self.books.ahead(|ahead| ahead.ended),
            Poll::Ready((push, rest)) => {
                self.work = None;
                self.push = Some(push);
                self.next = match rest {
                    // Whatever becomes of the clock: a pause is as long as it is.
                    Ok(Rest { until }) => until.map(|until| now + (until - self.books.now()).max(1)),
                    Err(_) => Some(now + 60_000),
                };
                false
            }
        }
    }

    /// The program is not there any more; its database is taken out of its hands.
    pub fn end(&mut self) -> Store {
        (self.work, self.push, self.next) = (None, None, None);
        self.books.ahead(|ahead| (ahead.ended, ahead.crash) = (false, None));
        self.books.0.store.lock().unwrap().take().expect("the database is open")
    }

    /// The program is started again with its database.
    pub fn start(&mut self, store: Store) {
        *self.books.0.store.lock().unwrap() = Some(store);
    }
}
