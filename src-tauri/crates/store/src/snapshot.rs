//! A record as it was at one revision, read back into the domain: what a sending points at.

use domain::appointment::Appointment;
use domain::booking::Booking;
use domain::care_plan::CarePlan;
use domain::hna::Hna;
use domain::id::PatientId;
use domain::invitation::Invitation;
use domain::offer::Offer;
use domain::op::Op;
use domain::patient::Patient;
use domain::record::RecordKind;
use domain::treatment_summary::TreatmentSummary;
use rusqlite::OptionalExtension;
use serde::de::DeserializeOwned;

use crate::appointment::AppointmentForm;
use crate::booking::BookingForm;
use crate::care_plan::CarePlanForm;
use crate::error::Error;
use crate::hna::HnaForm;
use crate::invitation::InvitationForm;
use crate::offer::OfferForm;
use crate::open::Store;
use crate::patient::PatientForm;
use crate::treatment_summary::SummaryForm;

/// A record as it was.
pub enum Snapshot {
    Patient(Box<Patient>),
    Hna(Hna),
    CarePlan(CarePlan),
    TreatmentSummary(TreatmentSummary),
    Offer(Offer),
    Invitation(Invitation),
    Appointment(Appointment),
    Booking(Booking),
}

/// One revision: the record, and the act that made it.
pub struct Revision {
    pub snapshot: Snapshot,
    pub op: Op,
    /// When it became durable, UTC milliseconds.
    pub at: i64,
}

impl Store {
    /// A record at a revision; None when there is no such revision. [`Error::Unreadable`] for what does not read back, and for members
    /// of staff, answers from home and sessions of the timetable, which are never sent.
    pub fn record_at(&self, kind: RecordKind, id: &str, revision: i64) -> Result<Option<Revision>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT form_version, snapshot, op, at FROM revision WHERE id = ?1 AND revision = ?2 AND kind = ?3",
        )?;
        type Row = (i64, String, String, i64);
        let row: Option<Row> = statement
            .query_row((id, revision, kind.code()), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .optional()?;
        let Some((form, text, op, at)) = row else { return Ok(None) };
        let snapshot = match kind {
            RecordKind::Patient => PatientId::parse(id)
                .and_then(|id| PatientForm::read(id, form, &text))
                .map(|patient| Snapshot::Patient(Box::new(patient))),
            RecordKind::Hna => HnaForm::read(id, form, &text).map(Snapshot::Hna),
            RecordKind::CarePlan => CarePlanForm::read(id, form, &text).map(Snapshot::CarePlan),
            RecordKind::TreatmentSummary => SummaryForm::read(id, form, &text).map(Snapshot::TreatmentSummary),
            RecordKind::Offer => OfferForm::read(id, form, &text).map(Snapshot::Offer),
            RecordKind::Invitation => InvitationForm::read(id, form, &text).map(Snapshot::Invitation),
            RecordKind::Appointment => AppointmentForm::read(id, form, &text).map(Snapshot::Appointment),
            RecordKind::Booking => BookingForm::read(id, form, &text).map(Snapshot::Booking),
            RecordKind::Staff
            | RecordKind::Answers
            | RecordKind::ClinicVisit
            | RecordKind::Session
            | RecordKind::DirectoryEntry => None,
        };
        let (Some(snapshot), Some(op)) = (snapshot, Op::from_code(&op)) else { return Err(Error::Unreadable(kind)) };
        Ok(Some(Revision { snapshot, op, at }))
    }
}

/// A snapshot in the form that `known` numbers; None when it was written in another one, whose fields may mean other things.
pub(crate) fn known<F: DeserializeOwned>(form_version: i64, known: i64, snapshot: &str) -> Option<F> {
    if form_version != known {
        return None;
    }
    serde_json::from_str(snapshot).ok()
}

#[cfg(test)]
#[path = "snapshot_tests.rs"]
mod tests;
