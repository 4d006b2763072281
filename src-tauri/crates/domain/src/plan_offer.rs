//! Offers of a care plan from an assessment, and which assessments nobody has to plan for any more. That none is required when there
//! is no concern is read from the assessment and never recorded.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use crate::care_plan::CarePlan;
use crate::hna::{Hna, HnaStatus};
use crate::id::{HnaId, OfferId};
use crate::offer::{Decision, Offer, TypedOffer};
use crate::patient::Patient;
use crate::refused::{FieldFault, Refused};
use crate::staff::By;

/// What a plan is offered from: a completed assessment, the day on which it was answered, and the newest plan that was made from it.
#[derive(Clone, Copy, Debug)]
pub struct Assessed<'a> {
    pub hna: &'a Hna,
    pub on: Date,
    pub plan: Option<&'a CarePlan>,
}

impl Offer {
    /// An offer of a plan, at the assessment's point of the pathway whatever was typed. Refused like [`Offer::record`], for a day
    /// before the assessment, when the assessment is not completed or has no concern ([`Refused::NothingToPlan`]), and once a plan
    /// from it was agreed ([`Refused::AlreadyPlanned`]).
    pub fn record_plan(
        id: OfferId,
        patient: &Patient,
        from: Assessed<'_>,
        typed: &TypedOffer,
        today: Date,
        by: &By,
    ) -> Result<Offer, Refused> {
        let Assessed { hna, on: assessed, plan } = from;
        if hna.patient != patient.id || hna.status != HnaStatus::Completed || hna.concerns.is_empty() {
            return Err(Refused::NothingToPlan);
        }
        if plan.is_some_and(|plan| plan.version > 0) {
            return Err(Refused::AlreadyPlanned);
        }
        let typed = TypedOffer { point: Some(hna.pathway_point), ..typed.clone() };
        let early = typed.on.is_some_and(|on| on < assessed);
        match Offer::record(id, patient, &typed, today, by) {
            Ok(_) if early => Err(Refused::field("on", "before_assessment")),
            Err(Refused::Fields(mut faults)) if early && faults.iter().all(|fault| fault.field != "on") => {
                faults.push(FieldFault { field: "on".to_owned(), reason: "before_assessment" });
                Err(Refused::Fields(faults))
            }
            recorded => Ok(Offer { plan_for: Some(hna.id), ..recorded? }),
        }
    }
}

/// The newest offer of a plan from each assessment, by its day, then by when it was written down; none that never was.
pub fn plan_offers<'a>(offers: impl IntoIterator<Item = &'a Offer>) -> HashMap<HnaId, &'a Offer> {
    let mut newest: HashMap<HnaId, &Offer> = HashMap::new();
    for offer in offers.into_iter().filter(|offer| offer.mistaken.is_none()) {
        let Some(hna) = offer.plan_for else { continue };
        let here = newest.entry(hna).or_insert(offer);
        if (offer.on, offer.by.at) >= (here.on, here.by.at) {
            *here = offer;
        }
    }
    newest
}

/// The assessments from which no plan is to be made: the newest offer of one was declined, could not be completed, or was not made.
pub fn no_plan_wanted<'a>(offers: impl IntoIterator<Item = &'a Offer>) -> HashSet<HnaId> {
    let wanted = |decision| matches!(decision, Decision::Undecided | Decision::Accepted);
    plan_offers(offers).into_iter().filter(|(_, offer)| !wanted(offer.decision)).map(|(hna, _)| hna).collect()
}

#[cfg(test)]
#[path = "plan_offer_tests.rs"]
mod tests;
