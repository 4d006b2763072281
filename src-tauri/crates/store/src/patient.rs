//! Patients: their rows, what is searched, and how a snapshot reads back.

use domain::id::PatientId;
use domain::likeness::name_keys;
use domain::nhs_number::NhsNumber;
use domain::patient::{Cancer, Gender, Name, Needs, Patient, Treatment, TreatmentKind};
use domain::record::{Record, RecordKind};
use jiff::civil::Date;
use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::open::Store;
use crate::patient_search;
use crate::snapshot::known;
use crate::staff::OrganisationForm;
use crate::trust_ref;
use crate::write::Writing;

const FORM: i64 = 1;

#[derive(Serialize, Deserialize)]
pub(crate) struct PatientForm {
    nhs_number: Option<String>,
    hospital_number: String,
    title: String,
    given: String,
    family: String,
    preferred: String,
    born: Date,
    gender: String,
    address: String,
    postcode: String,
    phone: String,
    mobile: String,
    email: String,
    practice: OrganisationForm,
    print_points: u8,
    interpreter: String,
    other_needs: String,
    cancer_type: String,
    diagnosed: Option<Date>,
    recurred: Option<Date>,
    treatments: Vec<TreatmentForm>,
    key_worker: String,
    team: String,
    diagnosed_at: OrganisationForm,
    followed_up_at: OrganisationForm,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    died: Option<Date>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    death_taken_back: String,
    checked_at: i64,
}

#[derive(Serialize, Deserialize)]
struct TreatmentForm {
    kind: String,
    name: String,
    start: Option<Date>,
    end: Option<Date>,
}

impl From<&Patient> for PatientForm {
    fn from(p: &Patient) -> Self {
        let treatments = p.cancer.treatments.iter().map(|t| TreatmentForm {
            kind: t.kind.code().to_owned(),
            name: t.name.clone(),
            start: t.start,
            end: t.end,
        });
        PatientForm {
            nhs_number: p.nhs_number.as_ref().map(NhsNumber::digits),
            hospital_number: p.hospital_number.clone(),
            title: p.name.title.clone(),
            given: p.name.given.clone(),
            family: p.name.family.clone(),
            preferred: p.name.preferred.clone(),
            born: p.born,
            gender: p.gender.code().to_owned(),
            address: p.address.clone(),
            postcode: p.postcode.clone(),
            phone: p.phone.clone(),
            mobile: p.mobile.clone(),
            email: p.email.clone(),
            practice: (&p.practice).into(),
            print_points: p.needs.print_points,
            interpreter: p.needs.interpreter.clone(),
            other_needs: p.needs.other.clone(),
            cancer_type: p.cancer.cancer_type.clone(),
            diagnosed: p.cancer.diagnosed,
            recurred: p.cancer.recurred,
            treatments: treatments.collect(),
            key_worker: p.key_worker.clone(),
            team: p.team.clone(),
            diagnosed_at: (&p.diagnosed_at).into(),
            followed_up_at: (&p.followed_up_at).into(),
            died: p.died,
            death_taken_back: p.death_taken_back.clone(),
            checked_at: p.checked_at,
        }
    }
}

impl PatientForm {
    /// None for a form that this version of Holdfast does not know, and for what does not read back in it.
    pub(crate) fn read(id: PatientId, form_version: i64, snapshot: &str) -> Option<Patient> {
        let form: PatientForm = known(form_version, FORM, snapshot)?;
        let mut treatments = Vec::with_capacity(form.treatments.len());
        for t in form.treatments {
            treatments.push(Treatment {
                kind: TreatmentKind::from_code(&t.kind)?,
                name: t.name,
                start: t.start,
                end: t.end,
            });
        }
        Some(Patient {
            id,
            nhs_number: match form.nhs_number {
                Some(digits) => Some(NhsNumber::parse(&digits).ok()?),
                None => None,
            },
            hospital_number: form.hospital_number,
            name: Name { title: form.title, given: form.given, family: form.family, preferred: form.preferred },
            born: form.born,
            gender: Gender::from_code(&form.gender)?,
            address: form.address,
            postcode: form.postcode,
            phone: form.phone,
            mobile: form.mobile,
            email: form.email,
            practice: form.practice.into(),
            needs: Needs { print_points: form.print_points, interpreter: form.interpreter, other: form.other_needs },
            cancer: Cancer {
                cancer_type: form.cancer_type,
                diagnosed: form.diagnosed,
                recurred: form.recurred,
                treatments,
            },
            key_worker: form.key_worker,
            team: form.team,
            diagnosed_at: form.diagnosed_at.into(),
            followed_up_at: form.followed_up_at.into(),
            died: form.died,
            death_taken_back: form.death_taken_back,
            checked_at: form.checked_at,
        })
    }
}

impl Store {
    /// Everybody on this PC, in the order of registration.
    pub fn everybody(&self) -> Result<Vec<PatientId>, Error> {
        let mut statement = self.conn.prepare_cached("SELECT id FROM patient ORDER BY rowid")?;
        let ids = statement.query_map([], |row| row.get::<_, String>(0))?;
        ids.map(|id| PatientId::parse(&id?).ok_or(Error::Unreadable(RecordKind::Patient))).collect()
    }

    /// When the patient was registered on this PC, UTC milliseconds.
    pub fn registered_at(&self, id: PatientId) -> Result<Option<i64>, Error> {
        let first = "SELECT at FROM revision WHERE id = ?1 AND kind = 'patient' ORDER BY revision LIMIT 1";
        Ok(self.conn.prepare_cached(first)?.query_row([id.to_string()], |row| row.get(0)).optional()?)
    }

    /// The patient as last saved, with the revision.
    pub fn patient(&self, id: PatientId) -> Result<Option<(Patient, i64)>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT form_version, snapshot, revision FROM revision WHERE id = ?1 AND kind = 'patient'
             ORDER BY revision DESC LIMIT 1",
        )?;
        let row: Option<(i64, String, i64)> =
            statement.query_row([id.to_string()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
        row.map(|(form, snapshot, revision)| {
            let patient = PatientForm::read(id, form, &snapshot).ok_or(Error::Unreadable(RecordKind::Patient))?;
            Ok((patient, revision))
        })
        .transpose()
    }
}

impl Writing<'_> {
    /// Adds a patient (`from` is None) or keeps the revision that follows `from`.
    ///
    /// [`Error::DuplicatePatient`] when another patient has the NHS number; [`Error::ChangedMeanwhile`] when `from` is not the newest.
    pub fn save_patient(&mut self, patient: &Patient, from: Option<i64>) -> Result<(), Error> {
        let (id, number) = (patient.id.to_string(), patient.nhs_number.as_ref().map(NhsNumber::digits));
        let other: Option<String> = self
            .tx
            .prepare_cached("SELECT id FROM patient WHERE nhs_number = ?1 AND id <> ?2")?
            .query_row((&number, &id), |row| row.get(0))
            .optional()?;
        if let Some(other) = other.as_deref().and_then(PatientId::parse) {
            return Err(Error::DuplicatePatient(other));
        }
        let preferred = name_keys(&patient.name.preferred);
        let (family, given) = (name_keys(&patient.name.family), name_keys(&patient.name.given));
        let born = patient.born.to_string();
        let same: Option<bool> = self
            .tx
            .prepare_cached("SELECT nhs_number IS ?2 AND born = ?3 FROM patient WHERE id = ?1")?
            .query_row((&id, &number, &born), |row| row.get(0))
            .optional()?;
        if same == Some(false) {
            trust_ref::identity_corrected(self.tx, &id)?;
        }
        let was = patient_search::keys_of(self.tx, &id)?;
        self.tx
            .prepare_cached(
                "INSERT INTO patient (id, nhs_number, hospital_number, family_key, given_key, preferred_key, born)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (id) DO UPDATE SET nhs_number = ?2, hospital_number = ?3, family_key = ?4, given_key = ?5,
                     preferred_key = ?6, born = ?7",
            )?
            .execute((&id, &number, &patient.hospital_number, family, given, preferred, born))?;
        patient_search::index(self.tx, &id, was.as_ref(), patient_search::keys_of(self.tx, &id)?.as_ref())?;
        let form = serde_json::to_string(&PatientForm::from(patient));
        let snapshot = form.map_err(|_| Error::Unreadable(RecordKind::Patient))?;
        self.save(Record::patient(patient.id), FORM, &snapshot, from)
    }
}
