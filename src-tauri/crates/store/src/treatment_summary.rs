//! Treatment summaries: their rows and how a snapshot reads back, as they stand and as they were signed.

use std::collections::BTreeMap;

use domain::id::{PatientId, StaffId, TreatmentSummaryId};
use domain::record::{Record, RecordKind};
use domain::summary_template::Copies;
use domain::treatment_summary::{Chosen, EntryKey, OwnLine, SummaryStatus, TreatmentSummary};
use rusqlite::Params;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::open::Store;
use crate::snapshot::known;
use crate::version::SignatureForm;
use crate::write::Writing;

const FORM: i64 = 1;

#[derive(Serialize, Deserialize)]
pub(crate) struct SummaryForm {
    patient: String,
    template: String,
    status: String,
    version: u32,
    started_at: i64,
    started_by: String,
    started_by_name: String,
    chosen: Vec<ChosenForm>,
    own: Vec<OwnLineForm>,
    entries_added: u32,
    signed: Option<SignatureForm>,
    amend_reason: String,
}

#[derive(Serialize, Deserialize)]
struct ChosenForm {
    key: String,
    section: String,
    line: String,
    values: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize)]
struct OwnLineForm {
    key: String,
    section: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    urgent: bool,
    copies: CopiesForm,
}

#[derive(Serialize, Deserialize)]
struct CopiesForm {
    patient: String,
    gp: String,
}

impl From<&TreatmentSummary> for SummaryForm {
    fn from(summary: &TreatmentSummary) -> Self {
        SummaryForm {
            patient: summary.patient.to_string(),
            template: summary.template.clone(),
            status: summary.status.code().to_owned(),
            version: summary.version,
            started_at: summary.started_at,
            started_by: summary.started_by.to_string(),
            started_by_name: summary.started_by_name.clone(),
            chosen: summary.chosen.iter().map(ChosenForm::from).collect(),
            own: summary.own.iter().map(OwnLineForm::from).collect(),
            entries_added: summary.entries_added,
            signed: summary.signed.as_ref().map(SignatureForm::from),
            amend_reason: summary.amend_reason.clone(),
        }
    }
}

impl From<&Chosen> for ChosenForm {
    fn from(chosen: &Chosen) -> Self {
        ChosenForm {
            key: chosen.key.as_str().to_owned(),
            section: chosen.section.clone(),
            line: chosen.line.clone(),
            values: chosen.values.clone(),
        }
    }
}

impl From<&OwnLine> for OwnLineForm {
    fn from(own: &OwnLine) -> Self {
        OwnLineForm {
            key: own.key.as_str().to_owned(),
            section: own.section.clone(),
            urgent: own.urgent,
            copies: CopiesForm { patient: own.copies.patient.clone(), gp: own.copies.gp.clone() },
        }
    }
}

impl SummaryForm {
    /// None for a form that this version of Holdfast does not know, and for what does not read back in it.
    pub(crate) fn read(id: &str, form_version: i64, snapshot: &str) -> Option<TreatmentSummary> {
        let form: SummaryForm = known(form_version, FORM, snapshot)?;
        let chosen = form.chosen.into_iter().map(|chosen| Chosen {
            key: EntryKey::new(&chosen.key),
            section: chosen.section,
            line: chosen.line,
            values: chosen.values,
        });
        let own = form.own.into_iter().map(|own| OwnLine {
            key: EntryKey::new(&own.key),
            section: own.section,
            urgent: own.urgent,
            copies: Copies { patient: own.copies.patient, gp: own.copies.gp },
        });
        Some(TreatmentSummary {
            id: TreatmentSummaryId::parse(id)?,
            patient: PatientId::parse(&form.patient)?,
            template: form.template,
            status: SummaryStatus::from_code(&form.status)?,
            version: form.version,
            started_at: form.started_at,
            started_by: StaffId::parse(&form.started_by)?,
            started_by_name: form.started_by_name,
            chosen: chosen.collect(),
            own: own.collect(),
            entries_added: form.entries_added,
            signed: form.signed.map(|signed| signed.read().ok_or(())).transpose().ok()?,
            amend_reason: form.amend_reason,
        })
    }
}

/// A treatment summary as it was saved.
pub struct SavedSummary {
    pub summary: TreatmentSummary,
    pub revision: i64,
    /// When that revision became durable, UTC milliseconds.
    pub saved_at: i64,
    /// State of the record's newest sending; None when it was never to be sent.
    pub sending: Option<String>,
}

const COLUMNS: &str = "SELECT t.id, r.form_version, r.snapshot, r.revision, r.at,
        iif(r.op = 'receive_from_trust', 'acked', (SELECT s.state FROM sending s WHERE s.id = t.id ORDER BY s.seq DESC LIMIT 1))
     FROM treatment_summary t JOIN revision r ON r.id = t.id";
const CURRENT: &str = "r.revision = (SELECT max(revision) FROM revision WHERE id = t.id)";

impl Store {
    pub fn treatment_summary(&self, id: TreatmentSummaryId) -> Result<Option<SavedSummary>, Error> {
        Ok(self.summaries_where(&format!("{CURRENT} AND t.id = ?1"), [id.to_string()])?.pop())
    }

    /// The summary as it was signed as this version; None when it never was.
    pub fn treatment_summary_version(
        &self,
        id: TreatmentSummaryId,
        version: u32,
    ) -> Result<Option<SavedSummary>, Error> {
        let signed = "r.revision = (SELECT revision FROM version WHERE id = t.id AND version = ?2) AND t.id = ?1";
        Ok(self.summaries_where(signed, (id.to_string(), version))?.pop())
    }

    /// All summaries of a patient, newest first.
    pub fn treatment_summaries_of(&self, patient: PatientId) -> Result<Vec<SavedSummary>, Error> {
        let of = format!("{CURRENT} AND t.patient = ?1 ORDER BY t.started_at DESC, t.rowid DESC");
        self.summaries_where(&of, [patient.to_string()])
    }

    /// The unsigned summaries of everybody, oldest first.
    pub fn treatment_summaries_draft(&self) -> Result<Vec<SavedSummary>, Error> {
        self.summaries_where(&format!("{CURRENT} AND t.status = 'draft' ORDER BY t.started_at, t.rowid"), [])
    }

    fn summaries_where(&self, condition: &str, params: impl Params) -> Result<Vec<SavedSummary>, Error> {
        let mut statement = self.conn.prepare_cached(&format!("{COLUMNS} WHERE {condition}"))?;
        let mut rows = statement.query(params)?;
        let mut summaries = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, form, snapshot): (String, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let summary =
                SummaryForm::read(&id, form, &snapshot).ok_or(Error::Unreadable(RecordKind::TreatmentSummary))?;
            summaries.push(SavedSummary {
                summary,
                revision: row.get(3)?,
                saved_at: row.get(4)?,
                sending: row.get(5)?,
            });
        }
        Ok(summaries)
    }
}

impl Writing<'_> {
    /// Adds a treatment summary (`from` is None) or keeps the revision that follows `from`.
    pub fn save_treatment_summary(&mut self, summary: &TreatmentSummary, from: Option<i64>) -> Result<(), Error> {
        let id = summary.id.to_string();
        if from.is_none() {
            self.tx
                .prepare_cached(
                    "INSERT INTO treatment_summary (id, patient, status, started_at) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute((&id, summary.patient.to_string(), summary.status.code(), summary.started_at))?;
        } else {
            // A change of a draft leaves this row as it is, and its page unwritten.
            self.tx
                .prepare_cached("UPDATE treatment_summary SET status = ?2 WHERE id = ?1 AND status <> ?2")?
                .execute((&id, summary.status.code()))?;
        }
        let snapshot = serde_json::to_string(&SummaryForm::from(summary))
            .map_err(|_| Error::Unreadable(RecordKind::TreatmentSummary))?;
        self.save(Record::treatment_summary(summary.id, summary.patient), FORM, &snapshot, from)
    }
}

#[cfg(test)]
#[path = "treatment_summary_tests.rs"]
mod tests;
