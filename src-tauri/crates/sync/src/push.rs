//! Carries out what the engine asks for: reads and keeps in the database, and talks to the server. No database step waits for the
//! network, and nothing is held while it does.

use std::pin::Pin;
use std::sync::Arc;

use domain::id::SendingId;
use serde_json::Value;
use store::{Kept, Outgoing, Store, Theirs, TrustRef};
use uuid::Builder;

use crate::answer::{Meaning, Read, of_bundle, of_read, of_transaction, same_version};
use crate::bundle::{Carried, is_changed_later, there, transaction};
use crate::engine::{Engine, MOST_TOGETHER};
use crate::event::{Ask, Event, Match, Standing, Step};
use crate::fault::{Fault, Trouble};
use crate::match_patient;
use crate::reading::{Packs, carried, patient_of};
use crate::status::Live;
use crate::transport::Server;

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

    /// How sending goes has changed; `records` when the state of records has, too.
    fn changed(&self, live: Live, records: bool);
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
pub struct Push<B> {
    books: B,
    server: Arc<Server>,
    engine: Engine,
    live: Live,
    /// Nothing is on its way that this queue does not know of.
    begun: bool,
}

impl<B: Books> Push<B> {
    pub fn new(books: B, server: Arc<Server>) -> Push<B> {
        Push { books, server, engine: Engine::default(), live: Live::default(), begun: false }
    }

    /// Sends what is due, one transaction after another, until there is nothing to do. `at_once` tries although the last fault asks for
    /// a pause. Dropping the future in the middle loses nothing: what was on its way is asked about at the next open.
    pub fn drain(&mut self, at_once: bool) -> Pin<Box<dyn Future<Output = Result<Rest, Stopped>> + Send + '_>> {
        // Boxed, because the compiler cannot see from outside that what it is made of may move between threads.
        Box::pin(self.work(at_once))
    }

    async fn work(&mut self, at_once: bool) -> Result<Rest, Stopped> {
        let rest = self.steps(at_once).await;
        if rest.is_err() {
            self.begun = false;
        }
        rest
    }

    async fn steps(&mut self, at_once: bool) -> Result<Rest, Stopped> {
        if !self.begun {
            // What was on its way when an earlier round broke off may have arrived.
            self.books.run(|store| store.doubt_sendings()).await?;
            self.engine.forget();
            self.begun = true;
        }
        let mut event = if at_once { Event::TryNow } else { Event::Woken };
        loop {
            let step = self.engine.step(event, self.books.now(), self.number()?);
            let records = step.keep.iter().any(|(_, kept)| kept.is_final());
            self.keep(&step).await?;
            let busy = !matches!(step.ask, Ask::Load | Ask::Rest { .. });
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

    async fn keep(&self, step: &Step) -> Result<(), Stopped> {
        if !step.refs.is_empty() {
            let refs = step.refs.clone();
            self.books.run(move |store| store.keep_trust_refs(&refs)).await?;
        }
        if !step.keep.is_empty() {
            let (kept, at, pc) = (step.keep.clone(), self.books.now(), self.books.pc());
            self.books.run(move |store| store.keep_sendings(at, &pc, &kept)).await?;
        }
        Ok(())
    }

    fn tell(&mut self, busy: bool, records: bool) {
        let live = Live { trouble: self.engine.breaker.trouble, busy };
        if records || live != self.live {
            self.live = live;
            self.books.changed(live, records);
        }
    }

    async fn matched(&self, strangers: Vec<Outgoing>) -> Result<Result<Vec<(String, Match)>, Trouble>, Stopped> {
        let mut lanes: Vec<String> = strangers.into_iter().map(|one| one.lane).collect();
        lanes.dedup();
        let mut found: Vec<(String, Match)> = Vec::new();
        for lane in lanes {
            if found.iter().any(|(known, _)| *known == lane) {
                continue;
            }
            let of = lane.clone();
            let patient = self.books.run(move |store| patient_of(store, &of)).await?;
            let one = match patient.as_ref().and_then(|patient| Some((patient, match_patient::query(patient)?))) {
                None => Match::None,
                Some((patient, query)) => {
                    let query: Vec<(&str, &str)> = query.iter().map(|(name, value)| (*name, value.as_str())).collect();
                    let reply = self.server.get("Patient", &query, &self.id()?).await;
                    match match_patient::read(&reply, patient) {
                        Ok(one) => one,
                        Err(trouble) => return Ok(Err(trouble)),
                    }
                }
            };
            found.push((lane, one));
        }
        Ok(Ok(found))
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
        let made = transaction(&readable, self.server.base());
        let digests = made.digests.iter().zip(&readable);
        let marks: Vec<(SendingId, Kept)> =
            digests.map(|(sha256, one)| (one.sending, Kept::Sending { sha256: sha256.clone() })).collect();
        let (at, pc, count) = (self.books.now(), self.books.pc(), marks.len());
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

    async fn carried(&self, sendings: Vec<Outgoing>) -> Result<Vec<Option<Carried>>, Stopped> {
        let packs = self.books.packs();
        let read = move |store: &mut Store| sendings.iter().map(|one| carried(store, packs.as_ref(), one)).collect();
        self.books.run(read).await
    }

    async fn compare(&self, sendings: Vec<Outgoing>) -> Result<Result<Vec<(SendingId, Standing)>, Trouble>, Stopped> {
        let mut standings = Vec::new();
        for one in self.carried(sendings).await?.into_iter().flatten() {
            let mut standing = Standing::AsKnown;
            for (resource, known) in one.updates() {
                let path = resource.reference();
                let theirs = |body| Theirs {
                    kind: resource.kind.to_owned(),
                    server_id: resource.id.clone(),
                    base: Some(known.to_owned()),
                    body,
                };
                let reply = self.server.get(&path, &[], &self.id()?).await;
                match of_read(&reply, resource.kind, &resource.id) {
                    Read::Found { etag, .. } if same_version(&etag, known) => continue,
                    Read::Found { body, .. } => standing = Standing::Moved(theirs(Some(body.to_string()))),
                    Read::Absent => standing = Standing::Removed(theirs(None)),
                    Read::Fault(trouble) => return Ok(Err(trouble)),
                }
                break;
            }
            standings.push((one.sending, standing));
        }
        Ok(Ok(standings))
    }

    /// Asks for the commit record; when it is there, for the versions that were committed with it.
    async fn commit(&self, one: Outgoing) -> Result<Result<Option<Vec<TrustRef>>, Trouble>, Stopped> {
        let id = one.sending.to_string();
        let reply = self.server.get(&format!("Provenance/{id}"), &[], &self.id()?).await;
        let record = match of_read(&reply, "Provenance", &id) {
            Read::Found { body, .. } => body,
            Read::Absent => return Ok(Ok(None)),
            Read::Fault(trouble) => return Ok(Err(trouble)),
        };
        let mut refs = Vec::new();
        for one in self.carried(vec![one]).await?.into_iter().flatten() {
            for entry in one.entries.iter().filter(|entry| is_changed_later(&entry.resource)) {
                let resource = &entry.resource;
                match self.committed(resource.kind, &resource.id, &record).await? {
                    Ok(etag) => refs.push(there(resource, &etag)),
                    Err(trouble) => return Ok(Err(trouble)),
                }
            }
        }
        Ok(Ok(Some(refs)))
    }

    /// The version of a resource that stood when the commit record was written: the newest that is not younger.
    async fn committed(&self, kind: &str, id: &str, record: &Value) -> Result<Result<String, Trouble>, Stopped> {
        let path = format!("{kind}/{id}");
        let reply = self.server.get(&path, &[], &self.id()?).await;
        let at = updated(record);
        match of_read(&reply, kind, id) {
            // Without times nothing can be told apart.
            Read::Found { etag, body } if at.is_none() || updated(&body) <= at => return Ok(Ok(etag)),
            Read::Found { .. } | Read::Absent => {}
            Read::Fault(trouble) => return Ok(Err(trouble)),
        }
        // Somebody has changed it since: our next change has to meet theirs, so it must not begin from it.
        let reply = self.server.get(&format!("{path}/_history"), &[("_count", "100")], &self.id()?).await;
        let versions = match of_bundle(&reply, "history") {
            Ok((versions, _)) => versions,
            Err(trouble) => return Ok(Err(trouble)),
        };
        let dated = || versions.iter().filter(|one| updated(one).is_some());
        let newest = dated().filter(|one| updated(one) <= at).max_by_key(|one| updated(one));
        // The oldest is never too new: at worst our next change is asked about once too often.
        let version = newest
            .or_else(|| dated().min_by_key(|one| updated(one)))
            .and_then(|one| one.pointer("/meta/versionId"))
            .and_then(Value::as_str);
        match version {
            Some(version) => Ok(Ok(format!("W/\"{version}\""))),
            None => Ok(Err(Trouble::of(Fault::NotFhir))),
        }
    }

    fn number(&self) -> Result<u64, Stopped> {
        let [a, b, c, d, e, f, g, h, ..] = self.books.chance().ok_or(Stopped::Refused)?;
        Ok(u64::from_le_bytes([a, b, c, d, e, f, g, h]))
    }

    fn id(&self) -> Result<String, Stopped> {
        Ok(Builder::from_random_bytes(self.books.chance().ok_or(Stopped::Refused)?)
            .into_uuid()
            .hyphenated()
            .to_string())
    }
}

/// When a version was written, to the millisecond.
fn updated(resource: &Value) -> Option<i64> {
    let at = resource.pointer("/meta/lastUpdated").and_then(Value::as_str)?;
    at.parse::<jiff::Timestamp>().ok().map(|at| at.as_millisecond())
}
