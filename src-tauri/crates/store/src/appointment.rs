//! Appointments: their rows and how a snapshot reads back.

use domain::appointment::{Appointment, AppointmentStatus, Channel};
use domain::id::{AppointmentId, HnaId, PatientId, StaffId};
use domain::record::{Record, RecordKind};
use jiff::civil::DateTime;
use rusqlite::Params;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::open::Store;
use crate::snapshot::known;
use crate::write::Writing;

const FORM: i64 = 1;

#[derive(Serialize, Deserialize)]
pub(crate) struct AppointmentForm {
    patient: String,
    hna: Option<String>,
    status: String,
    /// In London.
    start: Option<DateTime>,
    channel: String,
    place: String,
    with_whom: String,
    booked_at: i64,
    booked_by: String,
    booked_by_name: String,
    cancel_reason: String,
}

impl From<&Appointment> for AppointmentForm {
    fn from(appointment: &Appointment) -> Self {
        AppointmentForm {
            patient: appointment.patient.to_string(),
            hna: appointment.hna.map(|id| id.to_string()),
            status: appointment.status.code().to_owned(),
            start: appointment.start,
            channel: appointment.channel.code().to_owned(),
            place: appointment.place.clone(),
            with_whom: appointment.with_whom.clone(),
            booked_at: appointment.booked_at,
            booked_by: appointment.booked_by.to_string(),
            booked_by_name: appointment.booked_by_name.clone(),
            cancel_reason: appointment.cancel_reason.clone(),
        }
    }
}

impl AppointmentForm {
    /// None for a form that this version of Holdfast does not know, and for what does not read back in it.
    pub(crate) fn read(id: &str, form_version: i64, snapshot: &str) -> Option<Appointment> {
        let form: AppointmentForm = known(form_version, FORM, snapshot)?;
        Some(Appointment {
            id: AppointmentId::parse(id)?,
            patient: PatientId::parse(&form.patient)?,
            hna: form.hna.map(|id| HnaId::parse(&id).ok_or(())).transpose().ok()?,
            status: AppointmentStatus::from_code(&form.status)?,
            start: form.start,
            channel: Channel::from_code(&form.channel)?,
            place: form.place,
            with_whom: form.with_whom,
            booked_at: form.booked_at,
            booked_by: StaffId::parse(&form.booked_by)?,
            booked_by_name: form.booked_by_name,
            cancel_reason: form.cancel_reason,
        })
    }
}

/// An appointment as last saved.
pub struct SavedAppointment {
    pub appointment: Appointment,
    pub revision: i64,
    /// State of its newest sending; None when it was never to be sent.
    pub sending: Option<String>,
}

const CURRENT: &str = "SELECT a.id, r.form_version, r.snapshot, r.revision,
        (SELECT s.state FROM sending s WHERE s.id = a.id ORDER BY s.seq DESC LIMIT 1)
     FROM appointment a JOIN revision r ON r.id = a.id AND r.revision = (SELECT max(revision) FROM revision WHERE id = a.id)";

impl Store {
    pub fn appointment(&self, id: AppointmentId) -> Result<Option<SavedAppointment>, Error> {
        Ok(self.appointments_where("a.id = ?1", [id.to_string()])?.pop())
    }

    /// All appointments of a patient, in the order in which they were booked.
    pub fn appointments_of(&self, patient: PatientId) -> Result<Vec<SavedAppointment>, Error> {
        self.appointments_where("a.patient = ?1 ORDER BY a.rowid", [patient.to_string()])
    }

    /// The appointments of everybody that are to come or whose outcome nobody has said, in the order in which they were booked.
    pub fn appointments_open(&self) -> Result<Vec<SavedAppointment>, Error> {
        self.appointments_where("a.ended = 0 ORDER BY a.rowid", [])
    }

    fn appointments_where(&self, condition: &str, params: impl Params) -> Result<Vec<SavedAppointment>, Error> {
        let mut statement = self.conn.prepare_cached(&format!("{CURRENT} WHERE {condition}"))?;
        let mut rows = statement.query(params)?;
        let mut appointments = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, form, snapshot): (String, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let read = AppointmentForm::read(&id, form, &snapshot);
            let appointment = read.ok_or(Error::Unreadable(RecordKind::Appointment))?;
            appointments.push(SavedAppointment { appointment, revision: row.get(3)?, sending: row.get(4)? });
        }
        Ok(appointments)
    }
}

impl Writing<'_> {
    /// Adds an appointment (`from` is None) or keeps the revision that follows `from`.
    pub fn save_appointment(&mut self, appointment: &Appointment, from: Option<i64>) -> Result<(), Error> {
        let (id, ended) = (appointment.id.to_string(), !appointment.is_open());
        if from.is_none() {
            self.tx.prepare_cached("INSERT INTO appointment (id, patient, ended) VALUES (?1, ?2, ?3)")?.execute((
                &id,
                appointment.patient.to_string(),
                ended,
            ))?;
        } else {
            self.tx
                .prepare_cached("UPDATE appointment SET ended = ?2 WHERE id = ?1 AND ended <> ?2")?
                .execute((&id, ended))?;
        }
        let form = AppointmentForm::from(appointment);
        let snapshot = serde_json::to_string(&form).map_err(|_| Error::Unreadable(RecordKind::Appointment))?;
        self.save(Record::appointment(appointment.id, appointment.patient), FORM, &snapshot, from)
    }
}
