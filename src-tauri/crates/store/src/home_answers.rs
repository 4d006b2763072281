//! Answers from home: what came in, whole, and what became of it.

use domain::home_answers::{AnswersState, Arrival, Cleared};
use domain::id::{AnswersId, HnaId, PatientId, StaffId};
use domain::nhs_number::NhsNumber;
use domain::record::{Record, RecordKind};
use rusqlite::{OptionalExtension, Params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::open::Store;
use crate::snapshot::known;
use crate::version::SignatureForm;
use crate::write::Writing;

const FORM: i64 = 1;

#[derive(Serialize, Deserialize)]
struct ArrivalForm {
    state: String,
    file: String,
    taken_in_at: i64,
    taken_in_by: String,
    taken_in_by_name: String,
    owner: String,
    owner_name: String,
    patient: Option<String>,
    hna: Option<String>,
    refuse_reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cleared: Option<ClearedForm>,
}

#[derive(Serialize, Deserialize)]
struct ClearedForm {
    by: SignatureForm,
    done: String,
}

impl From<&Arrival> for ArrivalForm {
    fn from(arrival: &Arrival) -> Self {
        let cleared = arrival.cleared.as_ref();
        ArrivalForm {
            state: arrival.state.code().to_owned(),
            file: arrival.file.clone(),
            taken_in_at: arrival.taken_in_at,
            taken_in_by: arrival.taken_in_by.to_string(),
            taken_in_by_name: arrival.taken_in_by_name.clone(),
            owner: arrival.owner.to_string(),
            owner_name: arrival.owner_name.clone(),
            patient: arrival.patient.map(|id| id.to_string()),
            hna: arrival.hna.map(|id| id.to_string()),
            refuse_reason: arrival.refuse_reason.clone(),
            cleared: cleared
                .map(|cleared| ClearedForm { by: SignatureForm::from(&cleared.by), done: cleared.done.clone() }),
        }
    }
}

impl ArrivalForm {
    /// None for a form that this version of Holdfast does not know, and for what does not read back in it.
    fn read(id: &str, form_version: i64, snapshot: &str) -> Option<Arrival> {
        let form: ArrivalForm = known(form_version, FORM, snapshot)?;
        let cleared = match form.cleared {
            Some(cleared) => Some(Cleared { by: cleared.by.read()?, done: cleared.done }),
            None => None,
        };
        Some(Arrival {
            id: AnswersId::parse(id)?,
            state: AnswersState::from_code(&form.state)?,
            file: form.file,
            taken_in_at: form.taken_in_at,
            taken_in_by: StaffId::parse(&form.taken_in_by)?,
            taken_in_by_name: form.taken_in_by_name,
            owner: StaffId::parse(&form.owner)?,
            owner_name: form.owner_name,
            patient: form.patient.map(|id| PatientId::parse(&id).ok_or(())).transpose().ok()?,
            hna: form.hna.map(|id| HnaId::parse(&id).ok_or(())).transpose().ok()?,
            refuse_reason: form.refuse_reason,
            cleared,
        })
    }
}

/// Answers as they came in, and as they stand.
pub struct SavedArrival {
    pub arrival: Arrival,
    pub revision: i64,
    /// What came in.
    pub body: String,
}

const CURRENT: &str = "SELECT a.id, r.form_version, r.snapshot, r.revision, a.body, a.sha256
     FROM answers a JOIN revision r ON r.id = a.id AND r.revision = (SELECT max(revision) FROM revision WHERE id = a.id)";

impl Store {
    pub fn arrival(&self, id: AnswersId) -> Result<Option<SavedArrival>, Error> {
        Ok(self.arrivals_where("a.id = ?1", [id.to_string()])?.pop())
    }

    /// The answers that came in with exactly this body, or None.
    pub fn arrival_of(&self, body: &str) -> Result<Option<SavedArrival>, Error> {
        let mut statement = self.conn.prepare_cached("SELECT id FROM answers WHERE sha256 = ?1")?;
        let id: Option<String> = statement.query_row([sha256(body)], |row| row.get(0)).optional()?;
        match id {
            Some(id) => self.arrival(AnswersId::parse(&id).ok_or(Error::Unreadable(RecordKind::Answers))?),
            None => Ok(None),
        }
    }

    /// Those about which somebody has to do something, oldest first: to be confirmed, and taken with nobody having said what was done.
    /// Each is read by itself, so that one that is damaged takes no other with it.
    pub fn arrivals_open(&self) -> Result<Vec<AnswersId>, Error> {
        let mut statement = self.conn.prepare_cached("SELECT id FROM answers WHERE settled = 0 ORDER BY rowid")?;
        let ids = statement.query_map([], |row| row.get::<_, String>(0))?;
        ids.map(|id| AnswersId::parse(&id?).ok_or(Error::Unreadable(RecordKind::Answers))).collect()
    }

    /// The patient who has this NHS number, or None.
    pub fn patient_numbered(&self, number: &NhsNumber) -> Result<Option<PatientId>, Error> {
        let mut statement = self.conn.prepare_cached("SELECT id FROM patient WHERE nhs_number = ?1")?;
        let id: Option<String> = statement.query_row([number.digits()], |row| row.get(0)).optional()?;
        id.map(|id| PatientId::parse(&id).ok_or(Error::Unreadable(RecordKind::Patient))).transpose()
    }

    fn arrivals_where(&self, condition: &str, params: impl Params) -> Result<Vec<SavedArrival>, Error> {
        let mut statement = self.conn.prepare_cached(&format!("{CURRENT} WHERE {condition}"))?;
        let mut rows = statement.query(params)?;
        let mut arrivals = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, form, snapshot): (String, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let arrival = ArrivalForm::read(&id, form, &snapshot).ok_or(Error::Unreadable(RecordKind::Answers))?;
            let (body, digest): (String, String) = (row.get(4)?, row.get(5)?);
            if sha256(&body) != digest {
                return Err(Error::Damaged);
            }
            arrivals.push(SavedArrival { arrival, revision: row.get(3)?, body });
        }
        Ok(arrivals)
    }
}

impl Writing<'_> {
    /// Adds answers with what came in.
    pub fn keep_arrival(&mut self, arrival: &Arrival, body: &str) -> Result<(), Error> {
        self.tx.prepare_cached("INSERT INTO answers (id, sha256, body) VALUES (?1, ?2, ?3)")?.execute((
            arrival.id.to_string(),
            sha256(body),
            body,
        ))?;
        self.arrival_revision(arrival, None)
    }

    /// Keeps what became of them as the revision that follows `from`.
    pub fn save_arrival(&mut self, arrival: &Arrival, from: i64) -> Result<(), Error> {
        let settled = arrival.state == AnswersState::Refused || arrival.cleared.is_some();
        self.tx
            .prepare_cached("UPDATE answers SET settled = ?2 WHERE id = ?1 AND settled <> ?2")?
            .execute((arrival.id.to_string(), settled))?;
        self.arrival_revision(arrival, Some(from))
    }

    fn arrival_revision(&mut self, arrival: &Arrival, from: Option<i64>) -> Result<(), Error> {
        let form = ArrivalForm::from(arrival);
        let snapshot = serde_json::to_string(&form).map_err(|_| Error::Unreadable(RecordKind::Answers))?;
        self.save(Record::answers(arrival.id, arrival.patient), FORM, &snapshot, from)
    }
}

fn sha256(body: &str) -> String {
    Sha256::digest(body.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
#[path = "home_answers_tests.rs"]
pub(crate) mod tests;
