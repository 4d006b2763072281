//! Assessments: their rows and how a snapshot reads back.

use domain::hna::{Answer, AnsweredBy, Concern, ConcernKey, Hna, HnaStatus, Method, PathwayPoint, Rating};
use domain::id::{HnaId, InvitationId, PatientId, StaffId};
use domain::record::{Record, RecordKind};
use jiff::civil::Date;
use rusqlite::Params;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::open::Store;
use crate::snapshot::known;
use crate::write::Writing;

const FORM: i64 = 1;

#[derive(Serialize, Deserialize)]
pub(crate) struct HnaForm {
    patient: String,
    checklist: String,
    status: String,
    answered_by: String,
    helper: String,
    method: String,
    pathway_point: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answered_on: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    invitation: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    again: Option<String>,
    typed_by: String,
    typed_by_name: String,
    started_at: i64,
    completed_at: Option<i64>,
    concerns: Vec<ConcernForm>,
    declined_domains: Vec<String>,
    ranked: Vec<String>,
    information: Vec<String>,
    questions: String,
    own_added: u16,
    discard_reason: String,
}

#[derive(Serialize, Deserialize)]
struct ConcernForm {
    key: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    words: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rating: Option<u8>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    declined: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    private: bool,
}

impl From<&Hna> for HnaForm {
    fn from(hna: &Hna) -> Self {
        let concerns = hna.concerns.iter().map(|c| ConcernForm {
            key: c.key.as_str().to_owned(),
            words: c.words.clone(),
            rating: match c.answer {
                Answer::Rated(rating) => Some(rating.score()),
                Answer::Unanswered | Answer::Declined => None,
            },
            declined: c.answer == Answer::Declined,
            private: c.private,
        });
        HnaForm {
            patient: hna.patient.to_string(),
            checklist: hna.checklist.clone(),
            status: hna.status.code().to_owned(),
            answered_by: hna.answered_by.code().to_owned(),
            helper: hna.helper.clone(),
            method: hna.method.code().to_owned(),
            pathway_point: hna.pathway_point.code().to_owned(),
            answered_on: hna.answered_on,
            invitation: hna.invitation.map(|id| id.to_string()),
            again: hna.again.map(|id| id.to_string()),
            typed_by: hna.typed_by.to_string(),
            typed_by_name: hna.typed_by_name.clone(),
            started_at: hna.started_at,
            completed_at: hna.completed_at,
            concerns: concerns.collect(),
            declined_domains: hna.declined_domains.clone(),
            ranked: hna.ranked.iter().map(|k| k.as_str().to_owned()).collect(),
            information: hna.information.clone(),
            questions: hna.questions.clone(),
            own_added: hna.own_added,
            discard_reason: hna.discard_reason.clone(),
        }
    }
}

impl HnaForm {
    /// None for a form that this version of Holdfast does not know, and for what does not read back in it.
    pub(crate) fn read(id: &str, form_version: i64, snapshot: &str) -> Option<Hna> {
        let form: HnaForm = known(form_version, FORM, snapshot)?;
        let again = match form.again {
            Some(id) => Some(HnaId::parse(&id)?),
            None => None,
        };
        let rating = if again.is_some() { Rating::again } else { Rating::new };
        let mut concerns = Vec::with_capacity(form.concerns.len());
        for c in form.concerns {
            let answer = match (c.rating, c.declined) {
                (Some(score), false) => Answer::Rated(rating(i64::from(score)).ok()?),
                (None, true) => Answer::Declined,
                (None, false) => Answer::Unanswered,
                (Some(_), true) => return None,
            };
            concerns.push(Concern { key: ConcernKey::new(&c.key), words: c.words, answer, private: c.private });
        }
        let invitation = match form.invitation {
            Some(id) => Some(InvitationId::parse(&id)?),
            None => None,
        };
        Some(Hna {
            id: HnaId::parse(id)?,
            patient: PatientId::parse(&form.patient)?,
            checklist: form.checklist,
            status: HnaStatus::from_code(&form.status)?,
            answered_by: AnsweredBy::from_code(&form.answered_by)?,
            helper: form.helper,
            method: Method::from_code(&form.method)?,
            pathway_point: PathwayPoint::from_code(&form.pathway_point)?,
            answered_on: form.answered_on,
            invitation,
            again,
            typed_by: StaffId::parse(&form.typed_by)?,
            typed_by_name: form.typed_by_name,
            started_at: form.started_at,
            completed_at: form.completed_at,
            concerns,
            declined_domains: form.declined_domains,
            ranked: form.ranked.iter().map(|k| ConcernKey::new(k)).collect(),
            information: form.information,
            questions: form.questions,
            own_added: form.own_added,
            discard_reason: form.discard_reason,
        })
    }
}

/// An assessment as last saved.
pub struct SavedHna {
    pub hna: Hna,
    pub revision: i64,
    /// When that revision became durable, UTC milliseconds.
    pub saved_at: i64,
    /// State of its newest sending; None when it was never to be sent.
    pub sending: Option<String>,
}

const CURRENT: &str = "SELECT h.id, r.form_version, r.snapshot, r.revision, r.at,
        iif(r.op = 'receive_from_trust', 'acked', (SELECT s.state FROM sending s WHERE s.id = h.id ORDER BY s.seq DESC LIMIT 1))
     FROM hna h JOIN revision r ON r.id = h.id AND r.revision = (SELECT max(revision) FROM revision WHERE id = h.id)";

impl Store {
    pub fn hna(&self, id: HnaId) -> Result<Option<SavedHna>, Error> {
        Ok(self.hnas_where("h.id = ?1", [id.to_string()])?.pop())
    }

    /// All assessments of a patient, newest first, the discarded ones too.
    pub fn hnas_of(&self, patient: PatientId) -> Result<Vec<SavedHna>, Error> {
        self.hnas_where("h.patient = ?1 ORDER BY h.started_at DESC, h.rowid DESC", [patient.to_string()])
    }

    /// Drafts and completed assessments of everybody, oldest first.
    pub fn hnas_open(&self) -> Result<Vec<SavedHna>, Error> {
        self.hnas_where("h.status <> 'discarded' ORDER BY h.started_at, h.rowid", [])
    }

    fn hnas_where(&self, condition: &str, params: impl Params) -> Result<Vec<SavedHna>, Error> {
        let mut statement = self.conn.prepare_cached(&format!("{CURRENT} WHERE {condition}"))?;
        let mut rows = statement.query(params)?;
        let mut hnas = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, form, snapshot): (String, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let hna = HnaForm::read(&id, form, &snapshot).ok_or(Error::Unreadable(RecordKind::Hna))?;
            hnas.push(SavedHna { hna, revision: row.get(3)?, saved_at: row.get(4)?, sending: row.get(5)? });
        }
        Ok(hnas)
    }
}

impl Writing<'_> {
    /// Adds an assessment (`from` is None) or keeps the revision that follows `from`.
    pub fn save_hna(&mut self, hna: &Hna, from: Option<i64>) -> Result<(), Error> {
        let id = hna.id.to_string();
        if from.is_none() {
            self.tx
                .prepare_cached("INSERT INTO hna (id, patient, status, started_at) VALUES (?1, ?2, ?3, ?4)")?
                .execute((&id, hna.patient.to_string(), hna.status.code(), hna.started_at))?;
        } else {
            // An answer in a draft leaves this row as it is, and its page unwritten.
            self.tx
                .prepare_cached("UPDATE hna SET status = ?2 WHERE id = ?1 AND status <> ?2")?
                .execute((&id, hna.status.code()))?;
        }
        let snapshot = serde_json::to_string(&HnaForm::from(hna)).map_err(|_| Error::Unreadable(RecordKind::Hna))?;
        self.save(Record::hna(hna.id, hna.patient), FORM, &snapshot, from)
    }
}
