//! What was fetched about one Patient of the trust becomes records here: new ones, and the next revision of those of which nothing waits.
//! A record with a draft or with something unsent stays as it is, version and all: sending it will meet the change and make a conflict.
//! It runs on the database's thread, one act a record.

use std::collections::BTreeSet;

use domain::id::{PatientId, StaffId};
use domain::staff::{By, Role};
use fhir::Written;
use serde_json::Value;
use store::{About, Doubt, Error, NewNotice, NoticeKind, Store, There, readable};

use crate::match_patient::is_in_use;
use crate::reading::Packs;

/// What taking in came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Revisions that came from the trust.
    pub records: u32,
    /// Records that were left as they are, because something of them waits here.
    pub left: u32,
    /// What a person is told now.
    pub notices: u32,
}

/// Takes in what was fetched about this Patient of the trust (its id there). `at` is now (UTC milliseconds), `pc` this PC's name.
/// What cannot be read changes nothing and is told; what is about somebody else is never taken for this patient's.
pub fn take(store: &mut Store, packs: &dyn Packs, patient: &str, at: i64, pc: &str) -> Result<Taken, Error> {
    let reference = format!("Patient/{patient}");
    let mut taking = Taking { store, packs, patient, reference, at, pc, acts: Vec::new(), taken: Taken::default() };
    // Of somebody who is nobody here nothing else is read than who that is.
    if taking.store.patient_there(patient)?.is_none() {
        let details = taking.store.staged_details(patient)?;
        let details = taking.read(details);
        if taking.stranger(&details)?.is_none() {
            return Ok(taking.taken);
        }
    }
    let fetched = taking.store.staged(patient)?;
    let fetched = taking.read(fetched);
    if let Some(lane) = taking.whose(&fetched)? {
        taking.details(lane, &fetched)?;
        taking.assessments(lane, &fetched)?;
        taking.plans(lane, &fetched)?;
        taking.rest(lane, &fetched)?;
    }
    Ok(taking.taken)
}

/// A resource as it was fetched.
pub(crate) struct Fetched {
    pub there: There,
    /// Null where it is no JSON.
    pub body: Value,
}

impl Fetched {
    pub fn is(&self, kind: &str) -> bool {
        self.there.kind == kind
    }

    /// `Type/id`.
    pub fn name(&self) -> String {
        format!("{}/{}", self.there.kind, self.there.server_id)
    }
}

/// The patient whose resources are being taken in.
pub(crate) struct Taking<'a> {
    pub store: &'a mut Store,
    pub packs: &'a dyn Packs,
    /// The trust's id of the Patient.
    pub patient: &'a str,
    /// `Patient/…` of the trust.
    pub reference: String,
    pub at: i64,
    pub pc: &'a str,
    /// With the server's time of each.
    acts: Vec<(Written, i64)>,
    pub taken: Taken,
}

impl Taking<'_> {
    /// Reads what was fetched; the commit records among it say who wrote the others.
    fn read(&mut self, fetched: Vec<There>) -> Vec<Fetched> {
        let (mut read, mut acts) = (Vec::with_capacity(fetched.len()), Vec::new());
        for there in fetched {
            let body: Value = serde_json::from_str(&there.body).unwrap_or_default();
            if there.kind == "Provenance" {
                acts.extend(fhir::written(&body).zip(there.updated));
            } else {
                read.push(Fetched { there, body });
            }
        }
        self.acts = acts;
        read
    }

    /// The patient here whom the trust knows as this one. None where nothing can be taken in.
    fn whose(&mut self, fetched: &[Fetched]) -> Result<Option<PatientId>, Error> {
        let known = self.store.patient_there(self.patient)?;
        let Some(lane) = known.as_deref().and_then(PatientId::parse) else { return Ok(None) };
        // Who that is has to be settled first, which is for sending.
        let sure = self.store.patient_doubt(&lane.to_string())? == Some(Doubt::None);
        let here = readable(self.store.patient(lane))?.flatten();
        // Of a Patient out of use nothing is taken, and somebody is told where it is fetched.
        let used = fetched.iter().filter(|one| one.is("Patient")).all(|one| is_in_use(&one.body));
        Ok(here.filter(|_| sure && used).map(|_| lane))
    }

    /// The act of ours that wrote this resource as it stands there, as far as it was fetched. A commit record is the last that its
    /// sending writes: one that is older than the resource is of a version before it.
    pub fn act(&self, one: &Fetched) -> Option<&Written> {
        let (name, updated) = (one.name(), one.there.updated?);
        let wrote = |(act, at): &&(Written, i64)| *at >= updated && act.targets.contains(&name);
        self.acts.iter().filter(wrote).min_by_key(|(_, at)| *at).map(|(act, _)| act)
    }

    /// Who wrote it there and when: by its commit record, else `author` at the time of the server.
    pub fn by(&self, one: &Fetched, author: Option<(StaffId, &str, Role)>) -> By {
        let (staff, name, role, at) = match (self.act(one), author) {
            (Some(act), _) => (act.staff, act.name.as_str(), act.role, Some(act.at)),
            (None, Some((staff, name, role))) => (staff, name, role, one.there.updated),
            (None, None) => (nobody(), "", Role::NotKnown, one.there.updated),
        };
        let at = at.unwrap_or(self.at);
        By { staff, name: name.to_owned(), role, key_holder: false, at, pc: self.pc.to_owned() }
    }

    /// Tells that something is there which cannot be a record here, once of each version; it waits for one that can.
    pub fn not_read(&mut self, one: &Fetched) -> Result<(), Error> {
        self.tell(NoticeKind::NotRead, one)
    }

    pub fn tell(&mut self, kind: NoticeKind, one: &Fetched) -> Result<(), Error> {
        let There { kind: of, server_id, version, .. } = one.there.clone();
        let told =
            told(self.store, self.at, kind, self.patient, About { kind: of, server_id, version: Some(version) })?;
        self.taken.notices += u32::from(told);
        Ok(())
    }

    /// Goes on after one record: what does not read back here is left, and a fault of the database ends the round.
    pub fn went(&mut self, done: Result<Went, Error>, one: &Fetched) -> Result<(), Error> {
        match done {
            Ok(Went::In) => self.taken.records += 1,
            Ok(Went::Same) => {}
            Ok(Went::Left) | Err(Error::Unreadable(_) | Error::Damaged | Error::ChangedMeanwhile) => {
                self.taken.left += 1;
            }
            Ok(Went::NotRead) => self.not_read(one)?,
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// What is part of no record that is kept here: its body is dropped, and its version stays known.
    fn rest(&mut self, lane: PatientId, fetched: &[Fetched]) -> Result<(), Error> {
        let waiting = self.store.staged(self.patient)?;
        let plan_waits = waiting.iter().any(|one| one.kind == "CarePlan");
        let mut of_plans = BTreeSet::new();
        // What may be part of a plan that does not read back is part of it.
        let Some(plans) = readable(self.store.care_plans_of(lane))? else { return Ok(()) };
        for saved in plans {
            of_plans.extend(fhir::ever_of_plan(&saved.plan));
        }
        let bodies: Vec<Value> = fetched.iter().map(|one| one.body.clone()).collect();
        let cancer: Vec<&str> =
            fhir::cancer_of(&bodies, lane).into_iter().filter_map(|one| one.get("id")?.as_str()).collect();
        let strange = |one: &There| match &*one.kind {
            "Condition" | "Procedure" => !cancer.contains(&&*one.server_id),
            "Goal" | "ServiceRequest" => !plan_waits && !of_plans.contains(&format!("{}/{}", one.kind, one.server_id)),
            "CarePlan" => {
                let body = fetched.iter().find(|other| other.there == *one).map(|one| &one.body);
                body.is_some_and(|body| fhir::our_plan(body).is_none())
            }
            _ => false,
        };
        let (mut gone, stay): (Vec<There>, Vec<There>) = waiting.into_iter().partition(strange);
        let names: BTreeSet<String> = stay.iter().map(|one| format!("{}/{}", one.kind, one.server_id)).collect();
        let acts = stay.into_iter().filter(|one| {
            let body: Value = serde_json::from_str(&one.body).unwrap_or_default();
            let wrote = fhir::written(&body).map(|act| act.targets).unwrap_or_default();
            // Who wrote what still waits is asked when that is taken in.
            one.kind == "Provenance" && !wrote.iter().any(|name| names.contains(name))
        });
        gone.extend(acts);
        self.store.pass_over(&gone)
    }
}

/// Tells somebody of a version of a resource of this Patient of the trust, once; whether that was now.
pub(crate) fn told(store: &mut Store, at: i64, kind: NoticeKind, patient: &str, one: About) -> Result<bool, Error> {
    if store.was_noticed(kind, &one)? {
        return Ok(false);
    }
    let resource = Some((one.kind.clone(), one.server_id.clone()));
    store.keep_notice(at, &NewNotice { kind, patient: Some(patient.to_owned()), resource, about: vec![one] })
}

/// What became of one record.
pub(crate) enum Went {
    In,
    /// It says what is here already.
    Same,
    Left,
    NotRead,
}

/// Somebody at the trust of whom nothing is known.
fn nobody() -> StaffId {
    StaffId::from_random([0; 16])
}
