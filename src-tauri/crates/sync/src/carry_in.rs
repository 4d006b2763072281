//! Puts what was carried by hand at the trust, as its PC would have: each sending asked about before it goes, nothing of somebody else's
//! overwritten, nobody made twice. It may be done again as often as anybody likes. No database is near.

use std::collections::BTreeMap;

use domain::id::SendingId;
use domain::record::RecordKind;
use serde::Deserialize;
use serde_json::Value;
use uuid::Builder;

use crate::answer::{Meaning, Read, of_read, of_transaction, same_version};
use crate::asking::updated;
use crate::bundle::{Carried, Entry, MOST_BYTES, transaction};
use crate::carry_out::FORM;
use crate::event::Match;
use crate::fault::{Fault, Trouble};
use crate::match_patient::{Sought, is_in_use, query_for, read_for};
use crate::reason::Reason;
use crate::transport::Wire;

/// What became of what was carried.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Put there now.
    pub posted: u32,
    /// There already: from an earlier time, or from the PC itself.
    pub already: u32,
    /// Not put there, and why; their PC will see to them.
    pub stopped: Vec<NotImported>,
    /// What comes after one of these in its lane.
    pub behind: u32,
}

/// A sending that was not put there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotImported {
    pub sending: SendingId,
    pub kind: RecordKind,
    pub reason: Reason,
    /// The server's own words; may be empty.
    pub said: String,
}

/// Why it cannot go on. What was put there is there, and to begin again is safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CarryStopped {
    /// The network or the server: begin again later, after a minute at least.
    #[error("the server cannot be used: {0:?}")]
    Server(Fault),
    /// The PC had sent to another address before.
    #[error("the file is for another server")]
    OtherServer,
    /// A message that this version does not understand.
    #[error("the file is not understood")]
    NotUnderstood,
    #[error("no randomness")]
    Randomness,
}

/// The messages of one file, put at one server one after the other.
pub struct CarryIn<W> {
    server: W,
    chance: Box<dyn FnMut() -> Option<[u8; 16]> + Send>,
    lanes: BTreeMap<String, Lane>,
    /// What this file has put there, by `Type/id`.
    there: BTreeMap<String, Version>,
    begun: bool,
    /// How many sendings the file says it has, once it has said so.
    ended: Option<u32>,
    imported: Imported,
}

/// What of a lane can go.
#[derive(Clone)]
enum Lane {
    /// To our own Patient.
    Ours,
    /// To this one of the trust's.
    Theirs(String),
    Stopped,
}

/// At which version a resource of an earlier message is there.
#[derive(Clone)]
enum Version {
    At(String),
    /// What stood there when its commit record was written, in the server's time.
    Then(Option<i64>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Message {
    Opening { form: i64, server: Option<String> },
    Sending(Box<CarriedSending>),
    Closing { end: u32 },
}

#[derive(Deserialize)]
struct CarriedSending {
    sending: String,
    lane: String,
    record: String,
    kind: String,
    patient: Option<String>,
    sought: Option<SoughtPatient>,
    last: Option<String>,
    entries: Vec<CarriedEntry>,
}

#[derive(Deserialize)]
struct SoughtPatient {
    number: Option<String>,
    born: String,
    family: String,
}

#[derive(Deserialize)]
struct CarriedEntry {
    resource: Value,
    version: Option<String>,
}

/// Why one sending does not go.
enum Not {
    This(Reason, String),
    All(CarryStopped),
}

impl From<Trouble> for Not {
    fn from(trouble: Trouble) -> Not {
        Not::All(CarryStopped::Server(trouble.fault))
    }
}

impl<W: Wire> CarryIn<W> {
    /// `chance` gives 16 bytes of randomness, or None when there is none to be had.
    pub fn new(server: W, chance: Box<dyn FnMut() -> Option<[u8; 16]> + Send>) -> CarryIn<W> {
        let (lanes, there) = (BTreeMap::new(), BTreeMap::new());
        CarryIn { server, chance, lanes, there, begun: false, ended: None, imported: Imported::default() }
    }

    /// What became of it so far.
    pub fn imported(&self) -> &Imported {
        &self.imported
    }

    /// Whether the file's last message has come, and as many before it as it says.
    pub fn is_whole(&self) -> bool {
        let Imported { posted, already, stopped, behind } = &self.imported;
        let seen = posted + already + behind + u32::try_from(stopped.len()).unwrap_or(u32::MAX);
        self.ended == Some(seen)
    }

    /// Deals with the next message.
    pub async fn take(&mut self, message: &[u8]) -> Result<(), CarryStopped> {
        match serde_json::from_slice(message).map_err(|_| CarryStopped::NotUnderstood)? {
            Message::Opening { form: FORM, server } if !self.begun => {
                if server.is_some_and(|server| server != self.server.base()) {
                    return Err(CarryStopped::OtherServer);
                }
                self.begun = true;
                Ok(())
            }
            Message::Sending(one) if self.begun && self.ended.is_none() => self.sending(*one).await,
            Message::Closing { end } if self.begun => {
                self.ended = Some(end);
                Ok(())
            }
            _ => Err(CarryStopped::NotUnderstood),
        }
    }

    async fn sending(&mut self, one: CarriedSending) -> Result<(), CarryStopped> {
        let not_understood = CarryStopped::NotUnderstood;
        let sending = SendingId::parse(&one.sending).ok_or(not_understood)?;
        let kind = RecordKind::from_code(&one.kind).ok_or(not_understood)?;
        if matches!(self.lanes.get(&one.lane), Some(Lane::Stopped)) {
            self.imported.behind += 1;
            return Ok(());
        }
        let lane = one.lane.clone();
        match self.put(sending, one).await {
            Ok(true) => self.imported.posted += 1,
            Ok(false) => self.imported.already += 1,
            Err(Not::All(stopped)) => return Err(stopped),
            Err(Not::This(reason, said)) => {
                self.lanes.insert(lane, Lane::Stopped);
                self.imported.stopped.push(NotImported { sending, kind, reason, said });
            }
        }
        Ok(())
    }

    /// Whether it was put there now; false when it was there.
    async fn put(&mut self, sending: SendingId, mut one: CarriedSending) -> Result<bool, Not> {
        if let Some(at) = self.committed(&sending.to_string()).await? {
            self.note(&one, at);
            return Ok(false);
        }
        match self.lane(&one).await? {
            Lane::Theirs(id) => one.refer_to(&id),
            Lane::Ours | Lane::Stopped => {}
        }
        if let Some(last) = one.last.clone().filter(|_| one.entries.iter().any(|entry| entry.version.is_some()))
            && self.committed(&last).await?.is_none()
        {
            // The server was put back to an earlier day.
            return Err(Not::This(Reason::ChangedThere, String::new()));
        }
        let carried = self.carried(sending, one).await?;
        self.stands(&carried).await?;
        self.post(&carried).await
    }

    async fn post(&mut self, carried: &Carried) -> Result<bool, Not> {
        let made = transaction(std::slice::from_ref(carried), self.server.base(), MOST_BYTES);
        let id = self.id()?;
        let reply = self.server.post(made.body, &id, &carried.sending.to_string()).await;
        let stop = |reason: Reason, said: String| Err(Not::This(reason, said));
        match of_transaction(&reply, &made.names) {
            Meaning::Accepted(etags) => {
                self.there.extend(made.names.into_iter().zip(etags.into_iter().map(Version::At)));
                Ok(true)
            }
            Meaning::Unnamed | Meaning::Unclear(_) => match self.committed(&carried.sending.to_string()).await? {
                Some(at) => {
                    self.there.extend(made.names.into_iter().map(|name| (name, Version::Then(at))));
                    Ok(true)
                }
                None => Err(Not::All(CarryStopped::Server(Fault::CutOff))),
            },
            Meaning::Later(trouble) => Err(trouble.into()),
            Meaning::SignIn => Err(Trouble::of(Fault::SignIn).into()),
            Meaning::NotPermitted { said } => stop(Reason::NotPermitted, said),
            Meaning::TooLarge => stop(Reason::TooLarge, String::new()),
            Meaning::Clash => stop(Reason::ChangedThere, String::new()),
            Meaning::Gone => stop(Reason::RemovedThere, String::new()),
            Meaning::Refused { said } => stop(Reason::RefusedContent, said),
        }
    }

    /// When the commit record of a sending was written, if it is there.
    async fn committed(&mut self, sending: &str) -> Result<Option<Option<i64>>, Not> {
        match self.read("Provenance", sending).await? {
            Read::Found { body, .. } => Ok(Some(updated(&body))),
            Read::Absent => Ok(None),
            Read::Fault(trouble) => Err(trouble.into()),
        }
    }

    /// An earlier time put it there.
    fn note(&mut self, one: &CarriedSending, at: Option<i64>) {
        let names = one.entries.iter().filter_map(|entry| name(&entry.resource));
        let there: Vec<_> = names.map(|(kind, id)| (format!("{kind}/{id}"), Version::Then(at))).collect();
        self.there.extend(there);
    }

    /// Whom the trust knows the lane's patient as.
    async fn lane(&mut self, one: &CarriedSending) -> Result<Lane, Not> {
        if let Some(lane) = self.lanes.get(&one.lane) {
            return Ok(lane.clone());
        }
        let lane = match (&one.patient, &one.sought) {
            (Some(theirs), _) => match self.read("Patient", theirs).await? {
                Read::Found { body, .. } if is_in_use(&body) => Lane::Ours,
                Read::Found { .. } | Read::Absent => return Err(Not::This(Reason::PatientGone, String::new())),
                Read::Fault(trouble) => return Err(trouble.into()),
            },
            (None, Some(sought)) => self.sought(&one.lane, sought).await?,
            (None, None) => Lane::Ours,
        };
        self.lanes.insert(one.lane.clone(), lane.clone());
        Ok(lane)
    }

    async fn sought(&mut self, lane: &str, sought: &SoughtPatient) -> Result<Lane, Not> {
        match self.read("Patient", lane).await? {
            Read::Found { .. } => return Ok(Lane::Ours),
            Read::Absent => {}
            Read::Fault(trouble) => return Err(trouble.into()),
        }
        let sought = Sought { id: lane, number: sought.number.clone(), born: &sought.born, family: &sought.family };
        let Some(query) = query_for(&sought) else { return Ok(Lane::Ours) };
        let query: Vec<(&str, &str)> = query.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let id = self.id()?;
        let reply = self.server.search("Patient", &query, &id).await;
        let reason = match read_for(&reply, &sought)? {
            Match::None | Match::Ours(_) => return Ok(Lane::Ours),
            Match::One(there) => return Ok(Lane::Theirs(there.server_id)),
            Match::OtherBirthDate => Reason::OtherBirthDate,
            Match::OtherName => Reason::OtherName,
            Match::NotCurrent => Reason::NotCurrent,
            _ => Reason::SeveralPatients,
        };
        Err(Not::This(reason, String::new()))
    }

    /// The sending with the versions that are known by now.
    async fn carried(&mut self, sending: SendingId, one: CarriedSending) -> Result<Carried, Not> {
        let mut entries = Vec::with_capacity(one.entries.len());
        for CarriedEntry { resource: body, version } in one.entries {
            let resource = fhir::Resource::sent(body).ok_or(Not::All(CarryStopped::NotUnderstood))?;
            let version = match self.there.get(&resource.reference()).cloned() {
                None => version,
                Some(Version::At(etag)) => Some(etag),
                Some(Version::Then(at)) => Some(self.then(&resource, at).await?),
            };
            entries.push(Entry { resource, version });
        }
        Ok(Carried { sending, record: one.record, patient: one.patient, entries, before: Vec::new() })
    }

    /// The version that stands there, when nobody has changed it since our commit record was written.
    async fn then(&mut self, resource: &fhir::Resource, at: Option<i64>) -> Result<String, Not> {
        match self.read(resource.kind, &resource.id).await? {
            Read::Found { etag, body } if at.is_some() && updated(&body).is_some_and(|now| Some(now) <= at) => Ok(etag),
            Read::Found { .. } => Err(Not::This(Reason::ChangedThere, String::new())),
            Read::Absent => Err(Not::This(Reason::RemovedThere, String::new())),
            Read::Fault(trouble) => Err(trouble.into()),
        }
    }

    /// Whether what it changes is there as it is known, and what it makes is not: servers are known to overwrite in spite of both.
    async fn stands(&mut self, carried: &Carried) -> Result<(), Not> {
        let updates = carried.updates().map(|(resource, known)| (resource, Some(known)));
        for (resource, known) in updates.chain(carried.first().map(|resource| (resource, None))) {
            match (self.read(resource.kind, &resource.id).await?, known) {
                (Read::Found { etag, .. }, Some(known)) if same_version(&etag, known) => {}
                (Read::Absent, None) => {}
                (Read::Found { .. }, _) => return Err(Not::This(Reason::ChangedThere, String::new())),
                (Read::Absent, Some(_)) => return Err(Not::This(Reason::RemovedThere, String::new())),
                (Read::Fault(trouble), _) => return Err(trouble.into()),
            }
        }
        Ok(())
    }

    async fn read(&mut self, kind: &str, id: &str) -> Result<Read, Not> {
        let request = self.id()?;
        Ok(of_read(&self.server.get(&format!("{kind}/{id}"), &[], &request).await, kind, id))
    }

    fn id(&mut self) -> Result<String, Not> {
        let bytes = (self.chance)().ok_or(Not::All(CarryStopped::Randomness))?;
        Ok(Builder::from_random_bytes(bytes).into_uuid().hyphenated().to_string())
    }
}

impl CarriedSending {
    /// The trust knew the patient before us: its Patient is referred to, and ours is not made.
    fn refer_to(&mut self, theirs: &str) {
        let (ours, theirs) = (format!("Patient/{}", self.lane), format!("Patient/{theirs}"));
        let is_ours = |body: &Value| name(body).is_some_and(|(kind, id)| kind == "Patient" && id == self.lane);
        self.entries.retain(|entry| !is_ours(&entry.resource));
        for entry in &mut self.entries {
            // What was done is done to what is written; only with nothing else is it about the Patient.
            let targets = entry.resource.get_mut("target").and_then(Value::as_array_mut);
            if let Some(targets) = targets.filter(|targets| targets.len() > 1) {
                targets.retain(|target| target.get("reference").and_then(Value::as_str) != Some(&ours));
            }
            rename(&mut entry.resource, &ours, &theirs);
        }
    }
}

/// Type and id of a resource.
fn name(body: &Value) -> Option<(&str, &str)> {
    Some((body.get("resourceType")?.as_str()?, body.get("id")?.as_str()?))
}

/// Refers to another resource wherever this one is referred to.
fn rename(body: &mut Value, from: &str, to: &str) {
    match body {
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::String(reference) if name == "reference" && reference == from => to.clone_into(reference),
                    other => rename(other, from, to),
                }
            }
        }
        Value::Array(all) => all.iter_mut().for_each(|one| rename(one, from, to)),
        _ => {}
    }
}
