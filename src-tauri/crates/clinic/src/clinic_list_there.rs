//! The clinic list follows the trust's appointments: what was fetched of them becomes rows, and moves or takes off those that are there.
//! It runs on the database's thread; what is fetched is decided elsewhere.

use domain::clinic_visit::ClinicVisit;
use domain::home_answers::GivenPerson;
use domain::id::{ClinicVisitId, PatientId};
use domain::op::Op;
use domain::staff::By;
use fhir::ReadVisit;
use serde_json::Value;
use store::{Doubt, NewNotice, NoticeKind, SavedVisit, Store, There, readable};

use crate::problem::Problem;
use crate::when::day_of;
use crate::world::World;

/// Brings what was fetched of appointments onto the clinic list; whether a list reads otherwise now. `whole`: whoever they are for was
/// fetched as well, as far as that is to be had; before, a row waits for its person.
pub(crate) fn follow(store: &mut Store, world: &World, whole: bool, by: &By) -> Result<bool, Problem> {
    let mut changed = false;
    for there in store.staged_of("Appointment")? {
        let read = serde_json::from_str::<Value>(&there.body).ok().map(|body| fhir::read_visit(&body));
        let Some(Ok(read)) = read else {
            cannot_be_read(store, &there, by.at)?;
            continue;
        };
        // What Holdfast made is a record, and comes as one.
        if read.ours {
            continue;
        }
        let Some((given, known)) = person(store, &read, whole)? else { continue };
        let before = store.clinic_visit_of(read.id())?;
        let when = before.as_ref().map(|saved| saved.visit.day.to_datetime(saved.visit.time));
        let said = read.visit(given, when);
        let over = said.as_ref().is_none_or(|said| said.appointment.cancelled || said.day < day_of(by.at));
        let id = ClinicVisitId::from_random(world.bytes()?);
        let became = said.and_then(|said| match before {
            Some(SavedVisit { visit, revision }) => visit.follow(&said).map(|visit| (visit, Some(revision))),
            None if said.appointment.cancelled || said.day < day_of(by.at) => None,
            None => Some((ClinicVisit::fetched(id, said, by), None)),
        });
        match became {
            Some((visit, from)) => {
                store.write::<_, Problem>(by, Op::FollowClinicList, |w| {
                    match from {
                        Some(revision) => w.save_clinic_visit(&visit, revision)?,
                        None => w.add_clinic_visit(&visit).map(drop)?,
                    }
                    // As long as its person is only what it calls them it is looked at again.
                    if known {
                        w.taken(&there)?;
                    }
                    Ok(())
                })?;
                changed = true;
            }
            None if known || over => store.pass_over(&[there])?,
            None => {}
        }
    }
    Ok(changed)
}

/// What cannot be read stands on no list, and a person is told once.
pub(crate) fn cannot_be_read(store: &mut Store, there: &There, at: i64) -> Result<(), Problem> {
    let new = NewNotice {
        kind: NoticeKind::NotRead,
        patient: Some(there.patient.clone()),
        resource: Some((there.kind.clone(), there.server_id.clone())),
        about: Vec::new(),
    };
    store.keep_notice(at, &new)?;
    Ok(store.pass_over(std::slice::from_ref(there))?)
}

/// Whom an appointment is for: as the trust's Patient says it, else as they are known here; else, and then the answer is false, as the
/// appointment calls them. None while the Patient may still come.
fn person(store: &Store, read: &ReadVisit, whole: bool) -> Result<Option<(GivenPerson, bool)>, Problem> {
    if let Some(patient) = patient_staged(store, read.patient())? {
        return Ok(Some((fhir::read_person(&patient), true)));
    }
    // Who that is may be in doubt: then it is nobody here.
    if let Some(lane) = store.patient_there(read.patient())?
        && store.patient_doubt(&lane)? == Some(Doubt::None)
        && let Some(id) = PatientId::parse(&lane)
        && let Some((patient, _)) = readable(store.patient(id))?.flatten()
    {
        let born = Some(patient.born);
        let (family, given) = (patient.name.family, patient.name.given);
        return Ok(Some((GivenPerson { family, given, born, nhs_number: patient.nhs_number }, true)));
    }
    Ok(whole.then(|| (GivenPerson { family: read.called.clone(), ..GivenPerson::default() }, false)))
}

/// The trust's Patient of this identifier, where it was fetched and is in no record yet.
pub(crate) fn patient_staged(store: &Store, id: &str) -> Result<Option<Value>, Problem> {
    let staged = store.staged(id)?.into_iter().find(|one| one.kind == "Patient");
    Ok(staged.and_then(|one| serde_json::from_str(&one.body).ok()))
}
