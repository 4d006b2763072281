//! The acts of an offer of an assessment, or of a plan from one. Each offer is a record of its own; the overview shows them all.

use std::collections::HashSet;

use domain::Refused;
use domain::hna::PathwayPoint;
use domain::id::{HnaId, OfferId, PatientId};
use domain::offer::{Decision, Offer, TypedOffer};
use domain::op::Op;
use domain::plan_offer::{self, Assessed};
use domain::staff::By;
use store::Store;

use crate::clinic::{Clinic, Noun, Open};
use crate::death::answered_on;
use crate::faults::Faults;
use crate::overview::{Overview, overview};
use crate::patient_form::TypedDate;
use crate::problem::{Code, Problem};
use crate::request::requests;
use crate::when::day_of;

requests! {
    RecordOffer {
        #[ts(type = "PatientId")] patient: String,
        #[ts(type = "PathwayPoint | null")] point: Option<String>,
        #[ts(type = "Decision | null")] decision: Option<String>,
        reason: String,
        /// The day on which it was offered, or decided not to.
        on: TypedDate,
        /// The nurse knows that the same stands there already, and says that this is another one.
        again: bool,
    }
    /// What came of offering a plan from a completed assessment; the point of the pathway is the assessment's.
    RecordPlanOffer {
        #[ts(type = "HnaId")] hna: String,
        #[ts(type = "Decision | null")] decision: Option<String>,
        reason: String,
        /// The day on which it was offered, or decided not to.
        on: TypedDate,
        /// The nurse knows that the same stands there already, and says that this is another one.
        again: bool,
    }
    MarkOfferMistaken { #[ts(type = "OfferId")] offer: String, reason: String }
}

impl Clinic {
    /// Keeps an offer; `duplicate_offer` when one of the same point, decision and day is here and nobody said that this is another,
    /// `after_death` when the patient had died by that day.
    pub async fn record_offer(&self, request: RecordOffer) -> Result<Overview, Problem> {
        let by = self.by_for(Op::RecordOffer)?;
        let open = self.0.clone();
        let patient = PatientId::parse(&request.patient).ok_or(Code::Gone)?;
        let id = OfferId::from_random(open.profile.world.bytes()?);
        let record = move |store: &mut Store| {
            let (person, _) = store.patient(patient)?.ok_or(Code::Gone)?;
            let point = request.point.as_deref().and_then(PathwayPoint::from_code);
            let typed = typed(point, request.decision.as_deref(), &request.reason, &request.on);
            let offer = Offer::record(id, &person, &typed, day_of(by.at), &by)
                .map_err(|refused| unreadable(refused, &request.on))?;
            keep(store, &open, &offer, request.again, Op::RecordOffer, &by)
        };
        let seen = self.0.queue.run(record).await?;
        self.changed(&[Noun::Offer]);
        Ok(seen)
    }

    /// Keeps an offer of a plan; refused like [`Clinic::record_offer`], with `nothing_to_plan` when the assessment has no concern or
    /// is not completed, and with `already_planned` once a plan from it was agreed.
    pub async fn record_plan_offer(&self, request: RecordPlanOffer) -> Result<Overview, Problem> {
        let by = self.by_for(Op::RecordPlanOffer)?;
        let open = self.0.clone();
        let hna = HnaId::parse(&request.hna).ok_or(Code::Gone)?;
        let id = OfferId::from_random(open.profile.world.bytes()?);
        let record = move |store: &mut Store| {
            let hna = store.hna(hna)?.ok_or(Code::Gone)?.hna;
            let (person, _) = store.patient(hna.patient)?.ok_or(Code::Gone)?;
            let made = store.care_plan_from(hna.id)?.map(|made| made.plan);
            let from = Assessed { hna: &hna, on: answered_on(&hna), plan: made.as_ref() };
            let typed = typed(None, request.decision.as_deref(), &request.reason, &request.on);
            let offer = Offer::record_plan(id, &person, from, &typed, day_of(by.at), &by)
                .map_err(|refused| unreadable(refused, &request.on))?;
            keep(store, &open, &offer, request.again, Op::RecordPlanOffer, &by)
        };
        let seen = self.0.queue.run(record).await?;
        self.changed(&[Noun::Offer]);
        Ok(seen)
    }

    /// Marks an offer that never was, with a reason; `changed_meanwhile` when somebody did so before.
    pub async fn mark_offer_mistaken(&self, request: MarkOfferMistaken) -> Result<Overview, Problem> {
        let by = self.by_for(Op::MarkOfferMistaken)?;
        let open = self.0.clone();
        let id = OfferId::parse(&request.offer).ok_or(Code::Gone)?;
        let mark = move |store: &mut Store| {
            let before = store.offer(id)?.ok_or(Code::Gone)?;
            let offer = before.offer.mark_mistaken(&request.reason, &by)?;
            let from = Some(before.revision);
            store.write::<_, Problem>(&by, Op::MarkOfferMistaken, |w| Ok(w.save_offer(&offer, from)?))?;
            overview(store, &open, offer.patient, by.at)
        };
        let seen = self.0.queue.run(mark).await?;
        self.changed(&[Noun::Offer]);
        Ok(seen)
    }
}

/// The assessments from which nobody has to make a plan: none is wanted, as the newest offer of one says.
pub(crate) fn no_plan_wanted(store: &Store) -> Result<HashSet<HnaId>, Problem> {
    Ok(plan_offer::no_plan_wanted(store.offers_of_plans()?.iter().map(|saved| &saved.offer)))
}

/// Makes an offer durable, unless the same is here already and nobody said that this is `another`.
fn keep(store: &mut Store, open: &Open, offer: &Offer, another: bool, op: Op, by: &By) -> Result<Overview, Problem> {
    if !another && store.offers_of(offer.patient)?.iter().any(|kept| kept.offer.repeats(offer)) {
        return Err(Code::DuplicateOffer.into());
    }
    store.write::<_, Problem>(by, op, |w| Ok(w.save_offer(offer, None)?))?;
    overview(store, open, offer.patient, by.at)
}

fn typed(point: Option<PathwayPoint>, decision: Option<&str>, reason: &str, on: &TypedDate) -> TypedOffer {
    TypedOffer {
        point,
        decision: decision.and_then(Decision::from_code),
        reason: reason.to_owned(),
        on: on.read("on", &mut Faults::default()),
    }
}

/// Something typed that is no day is not a day that is missing.
fn unreadable(mut refused: Refused, on: &TypedDate) -> Refused {
    if let Refused::Fields(faults) = &mut refused
        && !on.is_empty()
        && let Some(fault) = faults.iter_mut().find(|fault| fault.field == "on" && fault.reason == "missing")
    {
        fault.reason = "not_a_date";
    }
    refused
}
