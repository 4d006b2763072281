//! Offers as the screen shows them, the one that is due, and what came of offering a plan.

use domain::hna::{HnaStatus, PathwayPoint};
use domain::id::{HnaId, OfferId};
use domain::offer::{Decision, Offer, due};
use domain::patient::Patient;
use jiff::civil::Date;
use serde::Serialize;
use store::{SavedHna, SavedOffer};
use ts_rs::TS;

use crate::death::answered_on;
use crate::patient_view::SignatureView;
use crate::when::Day;

#[derive(Serialize, TS)]
pub struct OfferLine {
    #[ts(type = "OfferId")]
    pub id: OfferId,
    /// The assessment a plan was offered from, or null: an assessment was offered.
    #[ts(type = "HnaId | null")]
    pub plan_for: Option<HnaId>,
    /// The day on which that assessment was answered.
    pub assessed: Option<Day>,
    #[ts(type = "PathwayPoint")]
    pub point: PathwayPoint,
    #[ts(type = "Decision")]
    pub decision: Decision,
    pub reason: Option<String>,
    pub on: Day,
    /// Who offered, and when it was written down.
    pub by: SignatureView,
    /// Some: it never was so.
    pub mistaken: Option<MistakenView>,
    #[ts(type = "RecordSending")]
    pub sending: &'static str,
}

/// Who said that an offer was entered by mistake, and why.
#[derive(Serialize, TS)]
pub struct MistakenView {
    pub reason: String,
    pub by: SignatureView,
}

/// The newest offer of a plan from an assessment.
#[derive(Serialize, TS)]
pub struct PlanOffer {
    #[ts(type = "Decision")]
    pub decision: Decision,
    pub on: Day,
    pub reason: Option<String>,
}

impl From<&Offer> for PlanOffer {
    fn from(offer: &Offer) -> Self {
        PlanOffer {
            decision: offer.decision,
            on: Day::new(offer.on),
            reason: (!offer.reason.is_empty()).then(|| offer.reason.clone()),
        }
    }
}

/// An offer that is due: at which point, and since when the patient is there.
#[derive(Serialize, TS)]
pub struct OfferDue {
    #[ts(type = "PathwayPoint")]
    pub point: PathwayPoint,
    pub since: Day,
}

impl OfferLine {
    /// `hnas` are the patient's.
    pub(crate) fn of(saved: &SavedOffer, hnas: &[SavedHna], sending: &'static str) -> OfferLine {
        let offer = &saved.offer;
        let from = hnas.iter().find(|one| offer.plan_for == Some(one.hna.id));
        OfferLine {
            id: offer.id,
            plan_for: offer.plan_for,
            assessed: from.map(|one| Day::new(answered_on(&one.hna))),
            point: offer.point,
            decision: offer.decision,
            reason: (!offer.reason.is_empty()).then(|| offer.reason.clone()),
            on: Day::new(offer.on),
            by: SignatureView::from(&offer.by),
            mistaken: offer
                .mistaken
                .as_ref()
                .map(|marked| MistakenView { reason: marked.reason.clone(), by: SignatureView::from(&marked.by) }),
            sending,
        }
    }
}

/// What is due today after these offers and assessments; those that never were, and the discarded, do not count.
pub(crate) fn offer_due(patient: &Patient, offers: &[SavedOffer], hnas: &[SavedHna], today: Date) -> Option<OfferDue> {
    let offered =
        offers.iter().map(|saved| &saved.offer).filter(|offer| offer.mistaken.is_none() && offer.plan_for.is_none());
    let assessed = hnas.iter().map(|saved| &saved.hna).filter(|hna| hna.status != HnaStatus::Discarded);
    let made: Vec<_> = offered
        .map(|offer| (offer.point, offer.on))
        .chain(assessed.map(|hna| (hna.pathway_point, answered_on(hna))))
        .collect();
    due(patient, &made, today).map(|due| OfferDue { point: due.point, since: Day::new(due.since) })
}
