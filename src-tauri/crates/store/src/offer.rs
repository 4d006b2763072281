//! Offers of an assessment, and of a plan from one: their rows and how a snapshot reads back.

use domain::hna::PathwayPoint;
use domain::id::{HnaId, OfferId, PatientId};
use domain::offer::{Decision, Mistaken, Offer};
use domain::record::{Record, RecordKind};
use jiff::civil::Date;
use rusqlite::Params;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::open::Store;
use crate::snapshot::known;
use crate::version::SignatureForm;
use crate::write::Writing;

const FORM: i64 = 1;

#[derive(Serialize, Deserialize)]
pub(crate) struct OfferForm {
    patient: String,
    /// Absent for an offer of an assessment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    plan_for: Option<String>,
    point: String,
    decision: String,
    reason: String,
    on: Date,
    by: SignatureForm,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mistaken: Option<MistakenForm>,
}

#[derive(Serialize, Deserialize)]
struct MistakenForm {
    reason: String,
    by: SignatureForm,
}

impl From<&Offer> for OfferForm {
    fn from(offer: &Offer) -> Self {
        OfferForm {
            patient: offer.patient.to_string(),
            plan_for: offer.plan_for.map(|hna| hna.to_string()),
            point: offer.point.code().to_owned(),
            decision: offer.decision.code().to_owned(),
            reason: offer.reason.clone(),
            on: offer.on,
            by: SignatureForm::from(&offer.by),
            mistaken: offer
                .mistaken
                .as_ref()
                .map(|marked| MistakenForm { reason: marked.reason.clone(), by: SignatureForm::from(&marked.by) }),
        }
    }
}

impl OfferForm {
    /// None for a form that this version of Holdfast does not know, and for what does not read back in it.
    pub(crate) fn read(id: &str, form_version: i64, snapshot: &str) -> Option<Offer> {
        let form: OfferForm = known(form_version, FORM, snapshot)?;
        let mistaken = match form.mistaken {
            Some(marked) => Some(Mistaken { reason: marked.reason, by: marked.by.read()? }),
            None => None,
        };
        let plan_for = form.plan_for.map(|hna| HnaId::parse(&hna).ok_or(())).transpose().ok()?;
        Some(Offer {
            id: OfferId::parse(id)?,
            patient: PatientId::parse(&form.patient)?,
            plan_for,
            point: PathwayPoint::from_code(&form.point)?,
            decision: Decision::from_code(&form.decision)?,
            reason: form.reason,
            on: form.on,
            by: form.by.read()?,
            mistaken,
        })
    }
}

/// An offer as last saved.
pub struct SavedOffer {
    pub offer: Offer,
    pub revision: i64,
    /// State of its newest sending; None when it was never to be sent.
    pub sending: Option<String>,
}

const CURRENT: &str = "SELECT o.id, r.form_version, r.snapshot, r.revision,
        (SELECT s.state FROM sending s WHERE s.id = o.id ORDER BY s.seq DESC LIMIT 1)
     FROM offer o JOIN revision r ON r.id = o.id AND r.revision = (SELECT max(revision) FROM revision WHERE id = o.id)";

impl Store {
    pub fn offer(&self, id: OfferId) -> Result<Option<SavedOffer>, Error> {
        Ok(self.offers_where("o.id = ?1", [id.to_string()])?.pop())
    }

    /// All offers to a patient by the day they were made on, newest first; those that are marked as mistakes too.
    pub fn offers_of(&self, patient: PatientId) -> Result<Vec<SavedOffer>, Error> {
        self.offers_where("o.patient = ?1 ORDER BY o.on_day DESC, o.rowid DESC", [patient.to_string()])
    }

    /// The offers of a plan to everybody, oldest day first; those that are marked as mistakes too.
    pub fn offers_of_plans(&self) -> Result<Vec<SavedOffer>, Error> {
        self.offers_where("o.plan_for IS NOT NULL ORDER BY o.on_day, o.rowid", [])
    }

    fn offers_where(&self, condition: &str, params: impl Params) -> Result<Vec<SavedOffer>, Error> {
        let mut statement = self.conn.prepare_cached(&format!("{CURRENT} WHERE {condition}"))?;
        let mut rows = statement.query(params)?;
        let mut offers = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, form, snapshot): (String, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let offer = OfferForm::read(&id, form, &snapshot).ok_or(Error::Unreadable(RecordKind::Offer))?;
            offers.push(SavedOffer { offer, revision: row.get(3)?, sending: row.get(4)? });
        }
        Ok(offers)
    }
}

impl Writing<'_> {
    /// Adds an offer (`from` is None) or keeps the revision that follows `from`.
    pub fn save_offer(&mut self, offer: &Offer, from: Option<i64>) -> Result<(), Error> {
        let id = offer.id.to_string();
        if from.is_none() {
            self.tx
                .prepare_cached("INSERT INTO offer (id, patient, on_day, plan_for) VALUES (?1, ?2, ?3, ?4)")?
                .execute((
                    &id,
                    offer.patient.to_string(),
                    offer.on.to_string(),
                    offer.plan_for.map(|hna| hna.to_string()),
                ))?;
        }
        let form = serde_json::to_string(&OfferForm::from(offer));
        let snapshot = form.map_err(|_| Error::Unreadable(RecordKind::Offer))?;
        self.save(Record::offer(offer.id, offer.patient), FORM, &snapshot, from)
    }
}

#[cfg(test)]
#[path = "offer_tests.rs"]
pub(crate) mod tests;
