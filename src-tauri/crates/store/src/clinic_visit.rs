//! The clinic list: its rows, how a snapshot reads back, and how the row of a file is known again.

use domain::clinic_visit::{ClinicVisit, TrustAppointment, VisitSource, VisitState};
use domain::home_answers::GivenPerson;
use domain::id::{ClinicVisitId, PatientId};
use domain::nhs_number::NhsNumber;
use domain::record::{Record, RecordKind};
use jiff::civil::{Date, Time};
use rusqlite::Params;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::open::Store;
use crate::snapshot::known;
use crate::version::SignatureForm;
use crate::write::Writing;

const FORM: i64 = 1;

#[derive(Serialize, Deserialize)]
struct VisitForm {
    state: String,
    source: String,
    day: Date,
    time: Time,
    clinic: String,
    reason: String,
    nurse: String,
    patient: Option<String>,
    family: String,
    given: String,
    born: Option<Date>,
    nhs_number: Option<String>,
    file: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    appointment: Option<AppointmentForm>,
    by: SignatureForm,
}

#[derive(Serialize, Deserialize)]
struct AppointmentForm {
    id: String,
    patient: String,
    cancelled: bool,
}

impl From<&ClinicVisit> for VisitForm {
    fn from(visit: &ClinicVisit) -> Self {
        VisitForm {
            state: visit.state.code().to_owned(),
            source: visit.source.code().to_owned(),
            day: visit.day,
            time: visit.time,
            clinic: visit.clinic.clone(),
            reason: visit.reason.clone(),
            nurse: visit.nurse.clone(),
            patient: visit.patient.map(|id| id.to_string()),
            family: visit.given.family.clone(),
            given: visit.given.given.clone(),
            born: visit.given.born,
            nhs_number: visit.given.nhs_number.as_ref().map(NhsNumber::digits),
            file: visit.file.clone(),
            appointment: visit.appointment.as_ref().map(|one| AppointmentForm {
                id: one.id.clone(),
                patient: one.patient.clone(),
                cancelled: one.cancelled,
            }),
            by: SignatureForm::from(&visit.by),
        }
    }
}

impl VisitForm {
    /// None for a form that this version of Holdfast does not know, and for what does not read back in it.
    fn read(id: &str, form_version: i64, snapshot: &str) -> Option<ClinicVisit> {
        let form: VisitForm = known(form_version, FORM, snapshot)?;
        let nhs_number = match form.nhs_number {
            Some(digits) => Some(NhsNumber::parse(&digits).ok()?),
            None => None,
        };
        Some(ClinicVisit {
            id: ClinicVisitId::parse(id)?,
            state: VisitState::from_code(&form.state)?,
            source: VisitSource::from_code(&form.source)?,
            day: form.day,
            time: form.time,
            clinic: form.clinic,
            reason: form.reason,
            nurse: form.nurse,
            patient: form.patient.map(|id| PatientId::parse(&id).ok_or(())).transpose().ok()?,
            given: GivenPerson { family: form.family, given: form.given, born: form.born, nhs_number },
            file: form.file,
            appointment: form.appointment.map(|one| TrustAppointment {
                id: one.id,
                patient: one.patient,
                cancelled: one.cancelled,
            }),
            by: form.by.read()?,
        })
    }
}

/// A visit as last saved.
pub struct SavedVisit {
    pub visit: ClinicVisit,
    pub revision: i64,
}

/// What became of a visit that is put on a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PutOnList {
    Added,
    /// The row of a file that is on the list; nothing is added.
    Here,
    /// The row of a file that was taken off the list as this visit, and stays off; nothing is added.
    StaysOff(ClinicVisitId),
}

const CURRENT: &str = "SELECT v.id, r.form_version, r.snapshot, r.revision
     FROM clinic_visit v JOIN revision r ON r.id = v.id AND r.revision = (SELECT max(revision) FROM revision WHERE id = v.id)";

impl Store {
    pub fn clinic_visit(&self, id: ClinicVisitId) -> Result<Option<SavedVisit>, Error> {
        Ok(self.visits_where("v.id = ?1", [id.to_string()])?.pop())
    }

    /// The visit that follows this appointment at the trust, on the list or off it; None when none does.
    pub fn clinic_visit_of(&self, appointment: &str) -> Result<Option<SavedVisit>, Error> {
        Ok(self.visits_where("v.row_key = ?1", [ClinicVisit::key_of(appointment)])?.pop())
    }

    /// Who is on the list of a day, in the order in which they were put on it; those that were taken off are left out.
    pub fn clinic_list(&self, day: Date) -> Result<Vec<SavedVisit>, Error> {
        self.visits_where("v.day = ?1 AND v.off = 0 ORDER BY v.rowid", [day.to_string()])
    }

    fn visits_where(&self, condition: &str, params: impl Params) -> Result<Vec<SavedVisit>, Error> {
        let mut statement = self.conn.prepare_cached(&format!("{CURRENT} WHERE {condition}"))?;
        let mut rows = statement.query(params)?;
        let mut visits = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, form, snapshot): (String, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let visit = VisitForm::read(&id, form, &snapshot).ok_or(Error::Unreadable(RecordKind::ClinicVisit))?;
            visits.push(SavedVisit { visit, revision: row.get(3)? });
        }
        Ok(visits)
    }
}

impl Writing<'_> {
    /// Adds a visit, if it is not the row of a file that came before.
    pub fn add_clinic_visit(&mut self, visit: &ClinicVisit) -> Result<PutOnList, Error> {
        let patient = visit.patient.map(|id| id.to_string());
        let key = visit.patient.is_none().then(|| visit.key());
        let added = self
            .tx
            .prepare_cached(
                "INSERT INTO clinic_visit (id, day, patient, row_key, off) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (row_key) DO NOTHING",
            )?
            .execute((visit.id.to_string(), visit.day.to_string(), patient, &key, is_off(visit)))?;
        if added == 1 {
            self.visit_revision(visit, None)?;
            return Ok(PutOnList::Added);
        }
        let (id, off): (String, bool) = self
            .tx
            .prepare_cached("SELECT id, off FROM clinic_visit WHERE row_key = ?1")?
            .query_row([&key], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let id = ClinicVisitId::parse(&id).ok_or(Error::Unreadable(RecordKind::ClinicVisit))?;
        Ok(if off { PutOnList::StaysOff(id) } else { PutOnList::Here })
    }

    /// Keeps what became of a visit as the revision that follows `from`.
    pub fn save_clinic_visit(&mut self, visit: &ClinicVisit, from: i64) -> Result<(), Error> {
        self.tx.prepare_cached("UPDATE clinic_visit SET off = ?2, day = ?3 WHERE id = ?1")?.execute((
            visit.id.to_string(),
            is_off(visit),
            visit.day.to_string(),
        ))?;
        self.visit_revision(visit, Some(from))
    }

    fn visit_revision(&mut self, visit: &ClinicVisit, from: Option<i64>) -> Result<(), Error> {
        let form = VisitForm::from(visit);
        let snapshot = serde_json::to_string(&form).map_err(|_| Error::Unreadable(RecordKind::ClinicVisit))?;
        self.save(Record::clinic_visit(visit.id, visit.patient), FORM, &snapshot, from)
    }
}

fn is_off(visit: &ClinicVisit) -> bool {
    visit.state != VisitState::Expected
}
