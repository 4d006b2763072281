//! Registering, correcting and opening a patient.

use domain::id::PatientId;
use domain::likeness::{folded, likeness};
use domain::op::Op;
use domain::patient::Patient;
use domain::record::Record;
use domain::staff::By;
use serde::Deserialize;
use store::{Setting, Sought, Store};
use ts_rs::TS;

use crate::clinic::{Clinic, Noun};
use crate::overview::{Overview, overview};
use crate::patient_form::PatientForm;
use crate::problem::{Code, Problem};
use crate::when::day_of;

#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RegisterPatient {
    pub form: PatientForm,
    /// The nurse compared this person with the one that is here, and says it is somebody else.
    pub not_the_same: bool,
}

#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CorrectPatient {
    #[ts(type = "PatientId")]
    pub patient: String,
    /// The revision the form was filled from.
    pub revision: i64,
    pub form: PatientForm,
}

#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenPatient {
    #[ts(type = "PatientId")]
    pub patient: String,
}

impl Clinic {
    /// Registers a patient; `not_ready` until two tested ways in exist, `duplicate_patient` when the NHS number is known here,
    /// `likely_duplicate` when somebody very like this is here and nobody said that it is somebody else.
    pub async fn register_patient(&self, request: RegisterPatient) -> Result<Overview, Problem> {
        let by = self.by_for(Op::RegisterPatient)?;
        let clinic = self.clone();
        let confirmed = self.0.queue.run(|store| Ok(store.setting(Setting::RecoveryConfirmed)?)).await?;
        if !self.is_ready(confirmed.as_deref())? {
            return Err(Code::NotReady.into());
        }
        let id = PatientId::from_random(self.0.profile.world.bytes()?);
        let patient = request.form.read(id, day_of(by.at), by.at)?;
        let register = move |store: &mut Store| {
            if !request.not_the_same
                && let Some(here) = very_like(store, &patient)?
            {
                return Err(Problem::likely_duplicate(here));
            }
            clinic.save(store, &by, Op::RegisterPatient, &patient, None)
        };
        let seen = self.0.queue.run(register).await?;
        self.changed(&[Noun::Patient]);
        Ok(seen)
    }

    /// Keeps a corrected form; `changed_meanwhile` when somebody saved a newer revision.
    pub async fn correct_patient(&self, request: CorrectPatient) -> Result<Overview, Problem> {
        let by = self.by_for(Op::CorrectPatient)?;
        let clinic = self.clone();
        let id = PatientId::parse(&request.patient).ok_or(Code::Gone)?;
        let patient = request.form.read(id, day_of(by.at), by.at)?;
        let from = Some(request.revision);
        let correct = move |store: &mut Store| {
            // A form says nothing about death: that is recorded and taken back by acts of its own.
            let (before, _) = store.patient(id)?.ok_or(Code::Gone)?;
            let Patient { died, death_taken_back, .. } = before;
            if died.is_some_and(|died| died < patient.born) {
                return Err(Problem::field("born", "after_death"));
            }
            clinic.save(store, &by, Op::CorrectPatient, &Patient { died, death_taken_back, ..patient }, from)
        };
        let seen = self.0.queue.run(correct).await?;
        self.changed(&[Noun::Patient]);
        Ok(seen)
    }

    /// Opens a patient: an audit line, then everything the overview shows.
    pub async fn open_patient(&self, request: OpenPatient) -> Result<Overview, Problem> {
        let by = self.by_for(Op::OpenPatient)?;
        let clinic = self.clone();
        let id = PatientId::parse(&request.patient).ok_or(Code::Gone)?;
        let seen = self
            .0
            .queue
            .run(move |store| {
                store.patient(id)?.ok_or(Code::Gone)?;
                store.write::<_, Problem>(&by, Op::OpenPatient, |w| {
                    w.about(Record::patient(id));
                    Ok(())
                })?;
                overview(store, &clinic.0, id, by.at)
            })
            .await?;
        if let Some(courier) = &self.0.courier {
            courier.opened(id);
        }
        Ok(seen)
    }

    fn save(
        &self,
        store: &mut Store,
        by: &By,
        op: Op,
        patient: &Patient,
        from: Option<i64>,
    ) -> Result<Overview, Problem> {
        store.write::<_, Problem>(by, op, |w| Ok(w.save_patient(patient, from)?))?;
        overview(store, &self.0, patient.id, by.at)
    }
}

/// Somebody with the same date of birth and names that are alike, or with the same hospital number. Another NHS number tells them apart.
fn very_like(store: &mut Store, patient: &Patient) -> Result<Option<PatientId>, Problem> {
    let (family, given) = (folded(&patient.name.family), folded(&patient.name.given));
    let (born, hospital) = (patient.born.to_string(), patient.hospital_number.to_lowercase());
    let number = patient.nhs_number.as_ref().map(|number| number.digits());
    if !hospital.is_empty()
        && let Some(row) = store.candidates(Sought::HospitalNumber(&hospital))?.rows.first()
    {
        return Ok(Some(row.id));
    }
    let like = |typed: &str, keys: &str| keys.split(' ').any(|key| likeness(typed, key).is_some());
    let same_day = store.candidates(Sought::Born(&born))?.rows;
    let found = same_day.into_iter().find(|row| {
        let told_apart = matches!((&number, &row.nhs_number), (Some(one), Some(other)) if one != other);
        !told_apart && like(&family, &row.family) && like(&given, &row.given)
    });
    Ok(found.map(|row| row.id))
}
