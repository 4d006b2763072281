//! Conflicts read: the three versions of a record, and what they become without a person. It runs on the database's thread; what was
//! found at the trust is handed to it.

use domain::care_plan::{CarePlan, PlanStatus};
use domain::id::{CarePlanId, PatientId, SendingId};
use domain::merge::{Merged, merge};
use domain::patient::Patient;
use domain::record::Record;
use serde_json::Value;
use store::{Became, Conflict, Error, Kept, Snapshot, Store, Theirs};

use crate::answer::same_version;
use crate::bisect::MOST_CLASHES;
use crate::match_patient::is_in_use;

/// A record of which two versions are kept.
pub enum Sides {
    Patient(Box<Merged<Patient>>),
    CarePlan(Box<Merged<CarePlan>>),
    /// It cannot be read back part by part, or there is nothing to compare it with: it is chosen as one.
    Whole,
}

/// What stands in a conflict: the version that both were made from, the newest here (of a plan: as last locked), and the trust's.
pub fn sides(store: &Store, conflict: &Conflict) -> Result<Sides, Error> {
    sides_of(store, &conflict.record, conflict.base, &conflict.theirs)
}

fn sides_of(store: &Store, record: &Record, base: Option<i64>, theirs: &[Theirs]) -> Result<Sides, Error> {
    let (Some(base), Some(patient)) = (base, record.patient) else { return Ok(Sides::Whole) };
    let lane = patient.to_string();
    let there = store.trust_ref("Patient", &lane)?;
    let patient = format!("Patient/{}", there.as_ref().map_or(&lane, |there| &there.server_id));
    let Some(bodies) = takable(theirs, &patient) else { return Ok(Sides::Whole) };
    let id = &*record.id;
    let Some(before) = store.record_at(record.kind, id, base)? else { return Ok(Sides::Whole) };
    if went_back(store, record, base, &before.snapshot, &bodies)? {
        return Ok(Sides::Whole);
    }
    Ok(match before.snapshot {
        Snapshot::Patient(base) => match PatientId::parse(id).map(|id| store.patient(id)).transpose()?.flatten() {
            Some((ours, _)) => patient_of(&bodies, &base)
                .map_or(Sides::Whole, |theirs| Sides::Patient(Box::new(merge(&*base, &ours, &theirs)))),
            None => Sides::Whole,
        },
        Snapshot::CarePlan(base) => {
            let ours = CarePlanId::parse(id).map(|id| store.care_plan_last_locked(id)).transpose()?.flatten();
            match (ours, fhir::read_care_plan(&bodies, &base)) {
                (Some(ours), Ok(theirs)) => Sides::CarePlan(Box::new(merge(&base, &ours.plan, &theirs))),
                _ => Sides::Whole,
            }
        }
        _ => Sides::Whole,
    })
}

/// The resources, where nothing speaks against taking what they say: each is there, about this patient and newer than what was known of
/// it, and a Patient is in use.
fn takable(theirs: &[Theirs], patient: &str) -> Option<Vec<Value>> {
    let known = theirs.iter().any(|one| one.base.is_some());
    let all = theirs.iter().map(|one| {
        let body: Value = serde_json::from_str(one.body.as_ref()?).ok()?;
        let subject = body.pointer("/subject/reference").and_then(Value::as_str);
        let fits = if is_patient(&body) { is_in_use(&body) } else { subject == Some(patient) };
        (fits && !is_older(one)).then_some(body)
    });
    all.collect::<Option<Vec<_>>>().filter(|_| known)
}

/// Does a server that counts its versions show one from before that which ours was made from?
fn is_older(one: &Theirs) -> bool {
    let number = |etag: &str| etag.trim().trim_start_matches("W/").trim_matches('"').parse::<u64>().ok();
    let (Some(base), Some(etag)) = (&one.base, &one.etag) else { return false };
    let older = number(base).zip(number(etag)).is_some_and(|(base, now)| now <= base);
    older && !same_version(base, etag)
}

/// Do these say what an earlier revision said that the trust had? A server that was put back, or somebody who had read it long before,
/// would take back what came after.
fn went_back(store: &Store, record: &Record, base: i64, before: &Snapshot, bodies: &[Value]) -> Result<bool, Error> {
    if says(bodies, before) {
        return Ok(false);
    }
    let mut newest = base;
    while let Some(earlier) = store.acked_before(&record.id, newest)? {
        let revision = store.record_at(record.kind, &record.id, earlier)?;
        if revision.is_some_and(|revision| says(bodies, &revision.snapshot)) {
            return Ok(true);
        }
        newest = earlier;
    }
    Ok(false)
}

/// Do these say what this revision says?
fn says(bodies: &[Value], revision: &Snapshot) -> bool {
    match revision {
        Snapshot::Patient(patient) => patient_of(bodies, patient).as_ref() == Some(&**patient),
        Snapshot::CarePlan(plan) => fhir::read_care_plan(bodies, plan).as_ref() == Ok(plan),
        _ => false,
    }
}

fn is_patient(body: &Value) -> bool {
    body.get("resourceType").and_then(Value::as_str) == Some("Patient")
}

/// The patient as these resources say it now.
fn patient_of(bodies: &[Value], base: &Patient) -> Option<Patient> {
    let (details, cancer): (Vec<&Value>, Vec<&Value>) = bodies.iter().partition(|body| is_patient(body));
    let read = details.into_iter().try_fold(base.clone(), |patient, body| fhir::read_patient(body, &patient)).ok()?;
    let cancer: Vec<Value> = cancer.into_iter().cloned().collect();
    if cancer.is_empty() { Some(read) } else { fhir::read_cancer(&cancer, &read).ok() }
}

/// Puts what needs no person in the place of conflicts.
pub(crate) fn settled(store: &Store, kept: Vec<(SendingId, Kept)>) -> Result<Vec<(SendingId, Kept)>, Error> {
    let settle = |(sending, kept): (SendingId, Kept)| {
        let Kept::Conflict { theirs, .. } = &kept else { return Ok((sending, kept)) };
        match automatic(store, sending, theirs) {
            Ok(Some(became)) => Ok((sending, Kept::Merged { theirs: theirs.clone(), became })),
            // What does not read back here is for a person.
            Ok(None) | Err(Error::Unreadable(_) | Error::Damaged) => Ok((sending, kept)),
            Err(error) => Err(error),
        }
    };
    kept.into_iter().map(settle).collect()
}

/// What a record becomes of ours and theirs without a person; None when one has to look. Who somebody is, whether they live and what was
/// agreed with them is never changed by itself.
fn automatic(store: &Store, sending: SendingId, theirs: &[Theirs]) -> Result<Option<Became>, Error> {
    let Some((one, ..)) = store.unsent(sending)? else { return Ok(None) };
    // Somebody who writes it each time we do would keep this going for ever.
    if one.clashes >= MOST_CLASHES {
        return Ok(None);
    }
    let Some(base) = store.acked_before(&one.id, one.revision)? else { return Ok(None) };
    planted!(MergedAsOurs, return Ok(Some(Became::Same)));
    let record = Record { kind: one.kind, id: one.id.clone(), patient: PatientId::parse(&one.lane) };
    Ok(match sides_of(store, &record, Some(base), theirs)? {
        Sides::Patient(merged) if merged.clashes.is_empty() => {
            let ours = PatientId::parse(&one.id).map(|id| store.patient(id)).transpose()?.flatten();
            let Some((ours, _)) = ours else { return Ok(None) };
            let Merged { record, .. } = *merged;
            let same_person = ours.is_identified_as(&record) && ours.hospital_number == record.hospital_number;
            (same_person && ours.died == record.died).then(|| of_patient(&ours, record))
        }
        Sides::CarePlan(merged) if merged.clashes.is_empty() => {
            let newest = CarePlanId::parse(&one.id).map(|id| store.care_plan(id)).transpose()?.flatten();
            let base = store.record_at(one.kind, &one.id, base)?.map(|revision| revision.snapshot);
            let (Some(newest), Some(Snapshot::CarePlan(base))) = (newest, base) else { return Ok(None) };
            let progress = newest.plan.status == PlanStatus::Locked
                && base.differs_in_progress_only(&newest.plan)
                && base.differs_in_progress_only(merged.theirs());
            progress.then(|| of_plan(&newest.plan, merged.record))
        }
        _ => None,
    })
}

fn of_patient(ours: &Patient, merged: Patient) -> Became {
    if *ours == merged { Became::Same } else { Became::Patient(Box::new(merged)) }
}

fn of_plan(ours: &CarePlan, merged: CarePlan) -> Became {
    if *ours == merged { Became::Same } else { Became::CarePlan(Box::new(merged)) }
}

#[cfg(test)]
#[path = "merging_tests.rs"]
pub(crate) mod tests;
