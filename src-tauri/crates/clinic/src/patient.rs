//! Registering, correcting and opening a patient.

use domain::id::PatientId;
use domain::op::Op;
use domain::patient::Patient;
use domain::record::Record;
use domain::staff::By;
use serde::Deserialize;
use store::{Setting, Store};
use ts_rs::TS;

use crate::clinic::{Clinic, Noun};
use crate::patient_form::PatientForm;
use crate::patient_view::{Overview, overview};
use crate::problem::{Code, Problem};
use crate::when::day_of;

#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RegisterPatient {
    pub form: PatientForm,
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
    /// Registers a patient; `not_ready` until two tested ways in exist, `duplicate_patient` when the NHS number is known here.
    pub async fn register_patient(&self, request: RegisterPatient) -> Result<Overview, Problem> {
        let by = self.by_for(Op::RegisterPatient)?;
        let clinic = self.clone();
        let confirmed = self.0.queue.run(|store| Ok(store.setting(Setting::RecoveryConfirmed)?)).await?;
        if !self.is_ready(confirmed.as_deref())? {
            return Err(Code::NotReady.into());
        }
        let id = PatientId::from_random(self.0.profile.world.bytes()?);
        let patient = request.form.read(id, day_of(by.at), by.at)?;
        let seen = self.0.queue.run(move |store| clinic.save(store, &by, Op::RegisterPatient, &patient, None)).await?;
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
        let seen = self.0.queue.run(move |store| clinic.save(store, &by, Op::CorrectPatient, &patient, from)).await?;
        self.changed(&[Noun::Patient]);
        Ok(seen)
    }

    /// Opens a patient: an audit line, then everything the overview shows.
    pub async fn open_patient(&self, request: OpenPatient) -> Result<Overview, Problem> {
        let by = self.by_for(Op::OpenPatient)?;
        let clinic = self.clone();
        let id = PatientId::parse(&request.patient).ok_or(Code::Gone)?;
        self.0
            .queue
            .run(move |store| {
                store.patient(id)?.ok_or(Code::Gone)?;
                store.write::<_, Problem>(&by, Op::OpenPatient, |w| {
                    w.about(Record::patient(id));
                    Ok(())
                })?;
                overview(store, &clinic.0.content, id, by.at)
            })
            .await
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
        overview(store, &self.0.content, patient.id, by.at)
    }
}
