//! The acts of an offer of an assessment. Each offer is a record of its own; the overview shows them all.

use domain::Refused;
use domain::hna::PathwayPoint;
use domain::id::{OfferId, PatientId};
use domain::offer::{Decision, Offer, TypedOffer};
use domain::op::Op;
use store::Store;

use crate::clinic::{Clinic, Noun};
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
            let typed = typed(&request);
            let offer = Offer::record(id, &person, &typed, day_of(by.at), &by)
                .map_err(|refused| unreadable(refused, &request.on))?;
            let repeated = || Ok::<_, Problem>(store.offers_of(patient)?.iter().any(|kept| kept.offer.repeats(&offer)));
            if !request.again && repeated()? {
                return Err(Code::DuplicateOffer.into());
            }
            store.write::<_, Problem>(&by, Op::RecordOffer, |w| Ok(w.save_offer(&offer, None)?))?;
            overview(store, &open, patient, by.at)
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

fn typed(request: &RecordOffer) -> TypedOffer {
    TypedOffer {
        point: request.point.as_deref().and_then(PathwayPoint::from_code),
        decision: request.decision.as_deref().and_then(Decision::from_code),
        reason: request.reason.clone(),
        on: request.on.read("on", &mut Faults::default()),
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
