//! What stands at the trust comes here: for each patient what differs from what is known, page after page, until it is complete. It is
//! kept beside the records; what becomes of it there is decided elsewhere, and nothing here is ever removed because of it.

use std::collections::{BTreeMap, BTreeSet};
use std::pin::Pin;
use std::sync::Arc;

use domain::id::PatientId;
use jiff::civil::Date;
use store::{About, NewNotice, NoticeKind, PulledTo, Setting, Store};
use uuid::Builder;

use crate::fault::{Fault, Trouble};
use crate::probe_strategy::Strategy;
use crate::pull_fetch::OVERLAP;
use crate::pull_wire::Pages;
use crate::push::{Books, Stopped};
use crate::taking::{take, told};
use crate::transport::Server;

/// A patient to be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Somebody here, where it is known who that is at the trust; else there is nothing to fetch.
    Here(PatientId),
    /// A Patient of the trust, by its id there.
    There(String),
}

/// How far a pull is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Patients of whom everything is here.
    pub done: u32,
    pub total: u32,
}

/// What a pull came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pulled {
    /// The trust's ids of the Patients of whom everything is here, in the order in which they were asked for.
    pub patients: Vec<String>,
    /// How many were asked for.
    pub total: u32,
    /// Resources that were new here.
    pub staged: u32,
    /// Resources that are older at the trust than they were.
    pub older: u32,
    /// What ended it early; the next pull goes on where this one stopped.
    pub trouble: Option<Trouble>,
}

/// How patients are fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// What the server lists is compared with what is known.
    Digest,
    /// What the server changed since then, by its own clock.
    Since,
}

/// How many patients one question is about; of the first few, so that somebody can be opened soon.
const AT_FIRST: usize = 4;
const TOGETHER: usize = 20;

/// How many resources stand on one page; of a patient whose pages do not come, fewer.
pub(crate) const A_PAGE: &str = "200";
pub(crate) const A_SMALL_PAGE: &str = "20";

/// How often the server may fail at the same patients before each is asked for alone: it may be one of them that it fails at.
const MOST_FAILURES: u32 = 3;

/// How many patients, the first of a group, may fail alone before it is the network.
const MOST_ALONE: usize = 3;

/// Fetches from one server into one open database.
pub struct Pull<B, W = Server> {
    pub(crate) books: B,
    pub(crate) server: Arc<W>,
    /// How often in a row the server failed at a group of patients, by the first of them.
    failed: BTreeMap<String, u32>,
}

/// A fault that what somebody put there can cause.
fn is_of_content(trouble: Trouble) -> bool {
    matches!(trouble.fault, Fault::CutOff | Fault::NotFhir)
}

/// The same, or one with which the server answers and that may be about one patient alone.
fn is_answered(trouble: Trouble) -> bool {
    is_of_content(trouble) || matches!(trouble.fault, Fault::Busy | Fault::SignIn)
}

type Pulling<'a> = Pin<Box<dyn Future<Output = Result<Pulled, Stopped>> + Send + 'a>>;

/// What one pull remembers while it lasts.
#[derive(Default)]
pub(crate) struct Round {
    pub pulled: Pulled,
    /// How many resources were known to be there of whom was fetched, and which of them are not listed any more.
    pub known: usize,
    pub missing: Vec<Missing>,
    /// How many resources the server named at all.
    pub listed: usize,
    /// The newest time that the server wrote at, by its own clock.
    pub newest: Option<i64>,
}

/// A resource that was at the trust, and that no list names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Missing {
    pub patient: String,
    pub kind: String,
    pub id: String,
}

impl<B: Books, W: Pages> Pull<B, W> {
    pub fn new(books: B, server: Arc<W>) -> Pull<B, W> {
        Pull { books, server, failed: BTreeMap::new() }
    }

    /// Fetches what differs of these patients, and says what is not there any more. Dropping the future in the middle loses nothing.
    pub fn patients<'a>(&'a mut self, lanes: &'a [Lane]) -> Pulling<'a> {
        Box::pin(self.pull(lanes, How::Digest))
    }

    /// Fetches what was changed of these patients since they were last fetched; whole for whom that never was.
    pub fn changed<'a>(&'a mut self, lanes: &'a [Lane]) -> Pulling<'a> {
        Box::pin(self.pull(lanes, How::Since))
    }

    /// Fetches the appointments of these days at these places (`Location/…`, or `system|value` of an identifier), and then their patients.
    pub fn clinic<'a>(&'a mut self, days: &'a [Date], places: &'a [String]) -> Pulling<'a> {
        Box::pin(self.list(days, places, How::Digest))
    }

    /// Fetches the appointments, and of their patients what was changed since they were last fetched; whole for whom that never was.
    pub fn clinic_changed<'a>(&'a mut self, days: &'a [Date], places: &'a [String]) -> Pulling<'a> {
        Box::pin(self.list(days, places, How::Since))
    }

    async fn list(&mut self, days: &[Date], places: &[String], how: How) -> Result<Pulled, Stopped> {
        if let Some(trouble) = self.other_server().await? {
            return Ok(Pulled { trouble: Some(trouble), ..Pulled::default() });
        }
        match self.visits(days, places).await? {
            Ok(lanes) => self.pull(&lanes, how).await,
            Err(trouble) => Ok(Pulled { trouble: Some(trouble), ..Pulled::default() }),
        }
    }

    async fn pull(&mut self, lanes: &[Lane], how: How) -> Result<Pulled, Stopped> {
        let patients = self.there(lanes.to_vec()).await?;
        let kept = self.books.run(|store| store.setting(Setting::ServerReport)).await?;
        // What a server that was checked does not find by the time of its change would be missed for a day.
        let how = if Strategy::of(kept.as_deref(), self.server.base()).since { how } else { How::Digest };
        let mut round = Round::default();
        round.pulled.total = u32::try_from(patients.len()).unwrap_or(u32::MAX);
        if let Some(trouble) = self.other_server().await? {
            round.pulled.trouble = Some(trouble);
            return Ok(round.pulled);
        }
        let mut rest = patients.as_slice();
        while !rest.is_empty() && round.pulled.trouble.is_none() {
            let many = if round.pulled.patients.is_empty() { AT_FIRST } else { TOGETHER };
            let (group, after) = rest.split_at(many.min(rest.len()));
            rest = after;
            match self.group(&mut round, group, how, A_PAGE).await? {
                Err(trouble) if is_of_content(trouble) => self.each(&mut round, group, how, is_of_content).await?,
                Err(trouble) if is_answered(trouble) && self.fails_again(group) => {
                    self.each(&mut round, group, how, is_answered).await?;
                }
                Err(trouble) => round.pulled.trouble = Some(trouble),
                Ok(()) => drop(group.first().and_then(|first| self.failed.remove(first))),
            }
        }
        if let Err(trouble) = self.conclude(&mut round).await? {
            round.pulled.trouble = round.pulled.trouble.or(Some(trouble));
        }
        if round.pulled.older > 0
            && let Some(trouble) = self.lost().await?
        {
            round.pulled.trouble = round.pulled.trouble.or(Some(trouble));
        }
        Ok(round.pulled)
    }

    /// Whether the server has failed at these patients round after round.
    fn fails_again(&mut self, group: &[String]) -> bool {
        let Some(first) = group.first() else { return false };
        let times = self.failed.entry(first.clone()).or_default();
        *times = times.saturating_add(1);
        *times > MOST_FAILURES
    }

    /// One patient's pages that do not come, or do not read, keep nobody else from being fetched; where nobody's come it is the network.
    async fn each(
        &mut self,
        round: &mut Round,
        group: &[String],
        how: How,
        forgiven: fn(Trouble) -> bool,
    ) -> Result<(), Stopped> {
        let (mut failed, before) = (Vec::new(), round.pulled.patients.len());
        for patient in group {
            match self.group(round, std::slice::from_ref(patient), how, A_SMALL_PAGE).await? {
                Ok(()) => {}
                Err(trouble)
                    if forgiven(trouble) && (failed.len() < MOST_ALONE || round.pulled.patients.len() > before) =>
                {
                    failed.push((patient, trouble));
                }
                Err(trouble) => {
                    round.pulled.trouble = Some(trouble);
                    return Ok(());
                }
            }
        }
        if round.pulled.patients.is_empty() {
            round.pulled.trouble = failed.first().map(|(_, trouble)| *trouble);
            return Ok(());
        }
        for (patient, _) in failed {
            self.tell(NoticeKind::NotRead, patient, None).await?;
        }
        Ok(())
    }

    /// The trust's ids of these patients, each once.
    async fn there(&self, lanes: Vec<Lane>) -> Result<Vec<String>, Stopped> {
        let find = move |store: &mut Store| {
            let mut patients: Vec<String> = Vec::new();
            let mut known = BTreeSet::new();
            for lane in lanes {
                let id = match lane {
                    Lane::Here(patient) => store.trust_ref("Patient", &patient.to_string())?.map(|one| one.server_id),
                    Lane::There(id) => Some(id),
                };
                if let Some(id) = id.filter(|id| crate::leftover::is_id(id) && known.insert(id.clone())) {
                    patients.push(id);
                }
            }
            Ok(patients)
        };
        self.books.run(find).await
    }

    /// Versions of one server say nothing about another's.
    pub(crate) async fn other_server(&self) -> Result<Option<Trouble>, Stopped> {
        let there = self.books.run(|store| store.setting(Setting::Server)).await?;
        let other = there.is_some_and(|there| there != self.server.base());
        Ok(other.then_some(Trouble::of(Fault::OtherServer)))
    }

    /// Everything of these patients is here: it is kept how far that is, and taken into the records.
    pub(crate) async fn completed(
        &self,
        round: &mut Round,
        patients: &[String],
        since: Option<i64>,
    ) -> Result<(), Stopped> {
        let (at, address) = (self.books.now(), self.server.base().to_owned());
        // One version that says it is of next year must not hide what is written until then.
        let newest = round.newest.map(|newest| newest.min(at.saturating_add(OVERLAP)));
        let whole = patients.to_vec();
        self.books
            .run(move |store| {
                store.keep_server(&address)?;
                store.keep_pulled(&whole, PulledTo { since, at }, newest)
            })
            .await?;
        for patient in patients {
            let id = patient.clone();
            let (packs, pc) = (self.books.packs(), self.books.pc());
            if self.books.run(move |store| take(store, packs.as_ref(), &id, at, &pc)).await?.records > 0 {
                self.books.merged();
            }
            let done = &mut round.pulled.patients;
            if !done.contains(patient) {
                done.push(patient.clone());
            }
            let done = u32::try_from(done.len()).unwrap_or(u32::MAX);
            self.books.fetched(Progress { done, total: round.pulled.total });
        }
        Ok(())
    }

    /// Tells somebody of something that was found, once of each version; of what has none, once at a time.
    pub(crate) async fn tell(&self, kind: NoticeKind, patient: &str, one: Option<About>) -> Result<(), Stopped> {
        let (at, patient) = (self.books.now(), patient.to_owned());
        let tell = move |store: &mut Store| match one {
            Some(one) if one.version.is_some() => told(store, at, kind, &patient, one),
            one => {
                let resource = one.map(|one| (one.kind, one.server_id));
                store.keep_notice(at, &NewNotice { kind, patient: Some(patient), resource, about: Vec::new() })
            }
        };
        self.books.run(tell).await.map(drop)
    }

    pub(crate) fn id(&self) -> Result<String, Stopped> {
        let bytes = self.books.chance().ok_or(Stopped::Refused)?;
        Ok(Builder::from_random_bytes(bytes).into_uuid().hyphenated().to_string())
    }
}
