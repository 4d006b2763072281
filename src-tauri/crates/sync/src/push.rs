//! Carries out what the engine asks for: reads and keeps in the database, and sends. No database step waits for the network, and
//! nothing is held while it does.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use domain::id::SendingId;
use store::{Became, Kept, Learnt, Outgoing, Setting, Store};
use uuid::Builder;

use crate::answer::{Meaning, of_transaction};
use crate::bundle::{Carried, transaction};
use crate::engine::{Engine, MOST_TOGETHER};
use crate::event::{Ask, Event, Standing, Step};
use crate::fault::{Fault, Trouble};
use crate::merging::settled;
use crate::probe_strategy::Strategy;
use crate::pull::Progress;
use crate::reading::{Packs, carried};
use crate::reason::Reason;
use crate::status::Live;
use crate::transport::{Server, Wire};

/// The house that the queue works in.
pub trait Books: Send + Sync {
    /// Runs a step on the open database.
    fn run<R: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Store) -> Result<R, store::Error> + Send + 'static,
    ) -> impl Future<Output = Result<R, Stopped>> + Send;

    /// UTC milliseconds.
    fn now(&self) -> i64;

    /// 16 bytes of randomness, or None when there is none to be had.
    fn chance(&self) -> Option<[u8; 16]>;

    /// The PC's name for the audit; empty when it has none.
    fn pc(&self) -> String;

    /// The content that records were made on.
    fn packs(&self) -> Arc<dyn Packs>;

    /// How sending goes has changed, or where a record stands.
    fn changed(&self, live: Live);

    /// What somebody else changed at the trust has come into a patient's details or a care plan.
    fn merged(&self) {}

    /// So many patients of a pull are here.
    fn fetched(&self, _: Progress) {}
}

/// Keeps what became of sendings, and brings together what needs no person; whether that made a new revision of a record.
fn keep(store: &mut Store, at: i64, pc: &str, kept: Vec<(SendingId, Kept)>) -> Result<bool, store::Error> {
    let settled = settled(store, kept.clone())?;
    let made = settled.iter().any(|(_, kept)| matches!(kept, Kept::Merged { became, .. } if *became != Became::Same));
    match store.keep_sendings(at, pc, &settled) {
        // One of its later sendings may be on its way: then a person looks when it stands.
        Err(store::Error::ChangedMeanwhile) if settled != kept => store.keep_sendings(at, pc, &kept).map(|()| false),
        done => done.map(|()| made),
    }
}

/// The queue cannot go on here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stopped {
    /// The database was closed; the queue begins again where it was at the next open.
    #[error("the database is closed")]
    Closed,
    /// The database, or the randomness of the PC, refused a step: to be tried again from the beginning.
    #[error("the database refused a step")]
    Refused,
}

/// Nothing to do before this moment (UTC milliseconds; None: before something happens).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rest {
    pub until: Option<i64>,
}

/// The running queue of one open database to one server.
pub struct Push<B, W = Server> {
    pub(crate) books: B,
    pub(crate) server: Arc<W>,
    engine: Engine,
    live: Live,
    /// Nothing is on its way that this queue does not know of, and the server is the one that has what was sent.
    begun: bool,
    /// It is kept which server has what was sent.
    settled: bool,
    /// What the check of this server asks of sending.
    strategy: Strategy,
    /// The server does not answer several questions in one request.
    pub(crate) one_by_one: AtomicBool,
}

impl<B: Books, W: Wire> Push<B, W> {
    pub fn new(books: B, server: Arc<W>) -> Push<B, W> {
        let (engine, live, strategy) = (Engine::default(), Live::default(), Strategy::default());
        let one_by_one = AtomicBool::new(false);
        Push { books, server, engine, live, begun: false, settled: false, strategy, one_by_one }
    }

    /// Sends what is due, one transaction after another, until there is nothing to do. `at_once` tries although the last fault asks for
    /// a pause. Dropping the future in the middle loses nothing: what was on its way is asked about at the next open.
    pub fn drain(&mut self, at_once: bool) -> Pin<Box<dyn Future<Output = Result<Rest, Stopped>> + Send + '_>> {
        // Boxed, because the compiler cannot see from outside that what it is made of may move between threads.
        Box::pin(self.work(at_once))
    }

    async fn work(&mut self, at_once: bool) -> Result<Rest, Stopped> {
        let rest = self.steps(at_once).await;
        if let Err(stopped) = rest {
            self.begun = false;
            if stopped == Stopped::Refused {
                self.trouble(Fault::RefusedHere, false);
            }
        }
        rest
    }

    /// Nothing goes, and it is not the network or the server.
    fn trouble(&mut self, fault: Fault, records: bool) {
        let since = self.live.trouble.filter(|(_, before)| *before == fault).map(|(since, _)| since);
        let live = Live { trouble: Some((since.unwrap_or(self.books.now()), fault)), busy: false };
        if records || live != self.live {
            self.live = live;
            self.books.changed(live);
        }
    }

    /// Another server than the one that has what was sent knows none of the versions: nothing goes there, and one sending says so.
    async fn other_server(&mut self) -> Result<Rest, Stopped> {
        self.nothing_goes(Reason::OtherServer, Fault::OtherServer, String::new()).await
    }

    /// A server that a check found unsafe is sent nothing either; which questions it failed at stands with that sending.
    async fn unsafe_server(&mut self) -> Result<Rest, Stopped> {
        // When a later check finds it safe, it begins anew.
        self.begun = false;
        let said: Vec<_> = self.strategy.stops.iter().map(|check| check.code()).collect();
        self.nothing_goes(Reason::ServerUnsafe, Fault::ServerUnsafe, said.join(", ")).await
    }

    async fn nothing_goes(&mut self, reason: Reason, fault: Fault, said: String) -> Result<Rest, Stopped> {
        let (reason, now, pc) = (reason.code(), self.books.now(), self.books.pc());
        let hold = move |store: &mut Store| {
            let due = store.sendings_due(now, MOST_TOGETHER)?.sendings;
            let first = due.iter().find(|one| !one.unknown);
            match first {
                Some(first) if !store.is_held(reason)? => {
                    let held = Kept::Held { reason, said };
                    store.keep_sendings(now, &pc, &[(first.sending, held)]).map(|()| true)
                }
                _ => Ok(false),
            }
        };
        let held = self.books.run(hold).await?;
        self.trouble(fault, held);
        Ok(Rest { until: None })
    }

    async fn steps(&mut self, at_once: bool) -> Result<Rest, Stopped> {
        if !self.begun {
            // What was on its way when an earlier round broke off may have arrived.
            self.books.run(|store| store.doubt_sendings()).await?;
            let there = self.books.run(|store| store.setting(Setting::Server)).await?;
            if there.as_deref().is_some_and(|there| there != self.server.base()) {
                return self.other_server().await;
            }
            self.settled = there.is_some();
        }
        let kept = self.books.run(|store| store.setting(Setting::ServerReport)).await?;
        self.strategy = Strategy::of(kept.as_deref(), self.server.base());
        if !self.strategy.stops.is_empty() {
            return self.unsafe_server().await;
        }
        if !self.begun {
            for reason in [Reason::OtherServer, Reason::ServerUnsafe] {
                self.books.run(move |store| store.release(reason.code())).await?;
            }
            self.engine.forget();
            self.begun = true;
        }
        let mut event = if at_once { Event::TryNow } else { Event::Woken };
        loop {
            let step = self.engine.step(event, self.books.now(), self.number()?);
            let (step, held) = self.without_twins(step).await?;
            let records = step.keep.iter().any(|(_, kept)| kept.is_final());
            self.keep(&step).await?;
            let busy = !matches!(step.ask, Ask::Load | Ask::Rest { .. });
            if held {
                // What of these lanes was taken up goes nowhere now.
                self.books.run(|store| store.doubt_sendings()).await?;
                self.engine.forget();
                self.tell(busy, records);
                event = Event::Woken;
                continue;
            }
            self.tell(busy || (self.live.busy && step.ask == Ask::Load), records);
            event = match step.ask {
                Ask::Rest { until } => return Ok(Rest { until }),
                Ask::Load => {
                    let now = self.books.now();
                    Event::Loaded(self.books.run(move |store| store.sendings_due(now, MOST_TOGETHER)).await?)
                }
                Ask::Match(strangers) => Event::Matched(self.matched(strangers).await?),
                Ask::Send(sendings) => self.send(sendings).await?,
                Ask::Compare(sendings) => Event::Compared(self.compare(sendings).await?),
                Ask::Commit(one) => Event::Asked(self.commit(one).await?),
            };
        }
    }

    async fn keep(&mut self, step: &Step) -> Result<(), Stopped> {
        let has = step.keep.iter().any(|(_, kept)| matches!(kept, Kept::Acked { .. }));
        if !self.settled && (has || step.learnt.iter().any(|one| matches!(one, Learnt::Known(_) | Learnt::Version(_))))
        {
            let address = self.server.base().to_owned();
            self.books.run(move |store| store.keep_server(&address)).await?;
            self.settled = true;
        }
        if !step.learnt.is_empty() {
            let learnt = step.learnt.clone();
            self.books.run(move |store| store.keep_patients(&learnt)).await?;
        }
        if !step.keep.is_empty() {
            let (kept, at, pc) = (step.keep.clone(), self.books.now(), self.books.pc());
            let merged = self.books.run(move |store| keep(store, at, &pc, kept)).await?;
            if merged {
                self.books.merged();
            }
        }
        Ok(())
    }

    fn tell(&mut self, busy: bool, records: bool) {
        let live = Live { trouble: self.engine.breaker.trouble, busy };
        if records || live != self.live {
            self.live = live;
            self.books.changed(live);
        }
    }

    async fn send(&self, sendings: Vec<Outgoing>) -> Result<Event, Stopped> {
        let carried = self.carried(sendings.clone()).await?;
        let readable: Vec<Carried> = carried.into_iter().map_while(|one| one).collect();
        let Some(first) = readable.first() else {
            return Ok(match sendings.first() {
                Some(one) => Event::Unreadable(one.sending),
                None => Event::Woken,
            });
        };
        let made = transaction(&readable, self.server.base(), self.strategy.most_bytes);
        let digests = made.digests.iter().zip(&readable);
        let marks: Vec<(SendingId, Kept)> =
            digests.map(|(sha256, one)| (one.sending, Kept::Sending { sha256: sha256.clone() })).collect();
        let (at, pc, count) = (self.books.now(), self.books.pc(), marks.len());
        let going = readable.get(..count).unwrap_or_default();
        if !self.engine.has_looked() {
            match self.there(going).await? {
                Ok(there) if there.is_empty() => {}
                known => return Ok(Event::There(known)),
            }
            match self.gone_back(going).await? {
                Ok(gone) if gone.is_empty() => {}
                known => return Ok(Event::There(known)),
            }
        }
        match self.reread(going).await? {
            Ok(moved) if moved.is_empty() => {}
            known => return Ok(Event::There(known)),
        }
        // Durable before the first byte leaves: whatever happens from here on, it is known that it may be there.
        self.books.run(move |store| store.keep_sendings(at, &pc, &marks)).await?;
        let reply = self.server.post(made.body, &self.id()?, &first.sending.to_string()).await;
        let meaning = of_transaction(&reply, &made.names);
        let mut refs = Vec::with_capacity(count);
        if let Meaning::Accepted(etags) = &meaning {
            let mut etags = etags.as_slice();
            for one in readable.iter().take(count) {
                let (its, others) = etags.split_at(one.entries.len().min(etags.len()));
                refs.push(one.refs(its));
                etags = others;
            }
        }
        Ok(Event::Sent { count, meaning, refs })
    }

    /// Which of these the trust has moved on from, where the server would overwrite them all the same.
    async fn reread(&self, going: &[Carried]) -> Result<Result<Vec<(SendingId, Standing)>, Trouble>, Stopped> {
        let mut moved = Vec::new();
        for one in going.iter().filter(|one| self.strategy.reread && one.updates().next().is_some()) {
            match self.standing(one).await? {
                Ok(Standing::AsKnown) => {}
                Ok(standing) => moved.push((one.sending, standing)),
                Err(trouble) => return Ok(Err(trouble)),
            }
        }
        Ok(Ok(moved))
    }

    pub(crate) async fn carried(&self, sendings: Vec<Outgoing>) -> Result<Vec<Option<Carried>>, Stopped> {
        let packs = self.books.packs();
        let read = move |store: &mut Store| sendings.iter().map(|one| carried(store, packs.as_ref(), one)).collect();
        self.books.run(read).await
    }

    fn number(&self) -> Result<u64, Stopped> {
        let [a, b, c, d, e, f, g, h, ..] = self.books.chance().ok_or(Stopped::Refused)?;
        Ok(u64::from_le_bytes([a, b, c, d, e, f, g, h]))
    }

    pub(crate) fn id(&self) -> Result<String, Stopped> {
        Ok(Builder::from_random_bytes(self.books.chance().ok_or(Stopped::Refused)?)
            .into_uuid()
            .hyphenated()
            .to_string())
    }
}
