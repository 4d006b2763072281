//! Offers of an assessment and what became of each; and when one is due. Every offer is a record of its own: a later one replaces
//! none before it, and one that was entered by mistake is marked and stays. What is special about offering a plan stands in
//! `plan_offer`.

use jiff::civil::Date;

use crate::codes;
use crate::hna::PathwayPoint;
use crate::id::{HnaId, OfferId, PatientId};
use crate::patient::{Cancer, Patient, Treatment, TreatmentKind};
use crate::refused::{FieldFault, Refused};
use crate::staff::{By, Signature};
use crate::text;

codes! {
    /// What became of an offer. Source: COSD CR7900, codes 01 to 05 in this order.
    Decision {
        Undecided = "undecided",
        Declined = "declined",
        Accepted = "accepted",
        /// There was a clinical reason not to offer one, which is recorded.
        NotOffered = "not_offered",
        /// It was offered, and the patient is not able to complete one.
        Unable = "unable",
    }
}

impl Decision {
    /// Nobody can read from this decision alone why it is so.
    pub fn needs_reason(self) -> bool {
        matches!(self, Decision::NotOffered | Decision::Unable)
    }
}

/// An offer of an assessment at a point of the pathway, or of a care plan from one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub id: OfferId,
    pub patient: PatientId,
    /// Some: a care plan from this assessment was offered. None: an assessment was.
    pub plan_for: Option<HnaId>,
    pub point: PathwayPoint,
    pub decision: Decision,
    /// In words; empty where none was given, which only some decisions allow.
    pub reason: String,
    /// The day on which it was offered, or decided not to.
    pub on: Date,
    /// Who offered it and in which role; the moment is that of writing it down.
    pub by: Signature,
    /// Some: it never was so.
    pub mistaken: Option<Mistaken>,
}

/// Who said that an offer was entered by mistake, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistaken {
    pub reason: String,
    pub by: Signature,
}

/// What was chosen and typed about an offer; None is nothing chosen, and no day that can be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedOffer {
    pub point: Option<PathwayPoint>,
    pub decision: Option<Decision>,
    pub reason: String,
    pub on: Option<Date>,
}

impl Offer {
    /// An offer of an assessment by whoever writes it down. Refused with every field that is missing or cannot be, and with [`Refused::AfterDeath`]
    /// when the patient had died by that day.
    pub fn record(id: OfferId, patient: &Patient, typed: &TypedOffer, today: Date, by: &By) -> Result<Offer, Refused> {
        let mut faults = Vec::new();
        let mut fault = |field: &str, reason| faults.push(FieldFault { field: field.to_owned(), reason });
        if typed.point.is_none() {
            fault("point", "missing");
        }
        if typed.decision.is_none() {
            fault("decision", "missing");
        }
        match typed.on {
            None => fault("on", "missing"),
            Some(on) if on > today => fault("on", "in_future"),
            Some(on) if on < patient.born => fault("on", "before_birth"),
            Some(_) => {}
        }
        let reason = text::line(&typed.reason).unwrap_or_else(|no| {
            fault("reason", no.reason());
            typed.reason.clone()
        });
        if reason.is_empty() && typed.decision.is_some_and(Decision::needs_reason) {
            fault("reason", "missing");
        }
        match (typed.point, typed.decision, typed.on) {
            (Some(point), Some(decision), Some(on)) if faults.is_empty() => {
                patient.living_on(on)?;
                let by = Signature::of(by);
                Ok(Offer { id, patient: patient.id, plan_for: None, point, decision, reason, on, by, mistaken: None })
            }
            _ => Err(Refused::Fields(faults)),
        }
    }

    /// Marks an offer that never was, with a reason; it stays readable and counts no more.
    pub fn mark_mistaken(mut self, reason: &str, by: &By) -> Result<Offer, Refused> {
        if self.mistaken.is_some() {
            return Err(Refused::OfferMistaken);
        }
        let reason = text::line(reason).map_err(|fault| Refused::field("reason", fault.reason()))?;
        if reason.is_empty() {
            return Err(Refused::field("reason", "missing"));
        }
        self.mistaken = Some(Mistaken { reason, by: Signature::of(by) });
        Ok(self)
    }

    /// Says the same of the same patient: entered twice, or really so twice on one day, which only a person knows.
    pub fn repeats(&self, other: &Offer) -> bool {
        let said = |offer: &Offer| (offer.patient, offer.plan_for, offer.point, offer.decision, offer.on);
        self.mistaken.is_none() && other.mistaken.is_none() && said(self) == said(other)
    }
}

/// The point of the pathway at which a patient stands, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    pub point: PathwayPoint,
    pub since: Date,
}

/// The offer that is due on a day: at the point where the dates of this patient say that they are, unless one of `made` (the point and
/// day of each offer and each assessment that counts) is of that point already. None once a death is recorded, also on its day, and where
/// the dates say nothing.
pub fn due(patient: &Patient, made: &[(PathwayPoint, Date)], today: Date) -> Option<Due> {
    // Nothing lies ahead of somebody who died, not even later that day.
    if patient.died.is_some() {
        return None;
    }
    let came_back = patient.cancer.recurred.filter(|day| *day <= today);
    let due = standing(&patient.cancer, came_back, today)?;
    let counts = |(point, day): &(PathwayPoint, Date)| match due.point {
        PathwayPoint::DuringTreatment => {
            let during = matches!(point, PathwayPoint::StartOfTreatment | PathwayPoint::DuringTreatment);
            during && came_back.is_none_or(|since| *day >= since)
        }
        // What was offered when the cancer came back before, or during the treatment before, is not for this one.
        PathwayPoint::EndOfTreatment | PathwayPoint::Recurrence => {
            *point == due.point && came_back.is_none_or(|since| *day >= since)
        }
        // What was offered before the day that was entered as the day of diagnosis was still offered for it.
        _ => *point == due.point,
    };
    (!made.iter().any(counts)).then_some(due)
}

/// Where the dates of the cancer say that a patient is; a cancer that came back begins the pathway again.
fn standing(cancer: &Cancer, came_back: Option<Date>, today: Date) -> Option<Due> {
    let dated = cancer.treatments.iter().filter_map(|treatment| Some((treatment.kind, days(treatment)?)));
    let given: Vec<_> = dated
        .filter(|(kind, (start, _))| *kind != TreatmentKind::Surveillance && came_back.is_none_or(|day| *start >= day))
        .collect();
    // Hormone treatment goes on for years after the rest has ended.
    let rest = given.iter().any(|(kind, _)| *kind != TreatmentKind::Hormone);
    let counted = || given.iter().filter(|(kind, _)| !rest || *kind != TreatmentKind::Hormone).map(|(_, days)| *days);
    let first = counted().map(|(start, _)| start).min().filter(|start| *start <= today);
    let ended = counted().map(|(_, end)| end.filter(|end| *end < today)).collect::<Option<Vec<_>>>();
    match (first, ended.and_then(|ends| ends.into_iter().max())) {
        (Some(_), Some(last)) => Some(Due { point: PathwayPoint::EndOfTreatment, since: last }),
        (Some(first), None) => Some(Due { point: PathwayPoint::DuringTreatment, since: first }),
        (None, _) => match came_back {
            Some(since) => Some(Due { point: PathwayPoint::Recurrence, since }),
            None => {
                let since = cancer.diagnosed.filter(|day| *day <= today)?;
                Some(Due { point: PathwayPoint::InitialDiagnosis, since })
            }
        },
    }
}

/// When a treatment began, and when it ended if it is known to; surgery is over on its day. None when no day is known.
fn days(treatment: &Treatment) -> Option<(Date, Option<Date>)> {
    let start = treatment.start.or(treatment.end)?;
    let one_day = treatment.kind == TreatmentKind::Surgery;
    Some((start, treatment.end.or(one_day.then_some(start))))
}

#[cfg(test)]
#[path = "offer_tests.rs"]
pub(crate) mod tests;
