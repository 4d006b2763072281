//! The items of the English cancer dataset (COSD) as they follow from what is recorded; nothing of them is ever typed. Here are the
//! events of one patient and what is wrong with any of them; how a version of the dataset writes them down is in `cosd_forms`.

use jiff::civil::Date;

use crate::codes;
use crate::cosd_forms::{JoinedRow, V9Row, joined, v9};
use crate::hna::PathwayPoint;
use crate::id::{CarePlanId, HnaId, OfferId, PatientId, TreatmentSummaryId};
use crate::offer::{Decision, Offer};
use crate::staff::Role;

/// What is recorded of one patient, as far as the dataset asks.
#[derive(Clone, Debug)]
pub struct CosdRecord {
    pub patient: PatientId,
    pub born: Date,
    pub died: Option<Date>,
    /// Those that are marked as mistakes too; they count for nothing.
    pub offers: Vec<Offer>,
    /// The completed assessments.
    pub assessments: Vec<Assessed>,
    pub plans: Vec<Planned>,
    /// The signed summaries.
    pub summaries: Vec<Summarised>,
}

/// A completed assessment.
#[derive(Clone, Debug)]
pub struct Assessed {
    pub hna: HnaId,
    /// The day on which it was answered.
    pub on: Date,
    pub point: Option<PathwayPoint>,
    /// The role of whoever made it with the patient; None when nobody knows who that was.
    pub role: Option<Role>,
    /// Was any concern raised?
    pub concerns: bool,
    /// UTC milliseconds.
    pub at: i64,
}

/// A care plan, agreed or not.
#[derive(Clone, Debug)]
pub struct Planned {
    pub plan: CarePlanId,
    pub hna: HnaId,
    pub started_by: Option<Role>,
    /// When anything was written in it first; None of a draft that was only opened.
    pub written: Option<Written>,
    pub agreed: Option<Agreed>,
}

/// When something was written in a plan first.
#[derive(Clone, Copy, Debug)]
pub struct Written {
    pub on: Date,
    /// UTC milliseconds.
    pub at: i64,
}

/// How the first version of a plan was locked; a later one is the same plan.
#[derive(Clone, Copy, Debug)]
pub struct Agreed {
    pub on: Date,
    pub role: Role,
    /// UTC milliseconds.
    pub at: i64,
}

/// A signed treatment summary, by the day of its first version.
#[derive(Clone, Debug)]
pub struct Summarised {
    pub summary: TreatmentSummaryId,
    pub on: Date,
    /// UTC milliseconds.
    pub at: i64,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happened {
    HnaOffered(Decision),
    HnaDone {
        /// Was any concern raised? Where none was, no plan is needed.
        concerns: bool,
    },
    PlanOffered(Decision),
    /// Something was written in it, and nothing is agreed yet.
    PlanStarted,
    PlanAgreed,
    SummarySigned,
}

/// The record that an event follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    Offer(OfferId),
    Hna(HnaId),
    Plan(CarePlanId),
    Summary(TreatmentSummaryId),
}

/// One event of a patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub what: Happened,
    pub on: Date,
    /// None where the record does not say; a summary has none.
    pub point: Option<PathwayPoint>,
    /// None where the record does not say.
    pub role: Option<Role>,
    /// The assessment that it is, or that its plan is made from.
    pub hna: Option<HnaId>,
    pub source: Source,
    /// When it was written down, UTC milliseconds.
    pub at: i64,
}

codes! {
    /// Why an event is left out of a file. Source: what the national registry had to clean.
    CosdFault {
        AfterDeath = "after_death",
        /// Before the patient was born.
        NoValidDay = "no_valid_day",
        PlanWithoutHna = "plan_without_hna",
        BlankPathway = "blank_pathway",
        BlankRole = "blank_role",
        /// It says the same of the same patient on the same day as another one.
        Duplicate = "duplicate",
    }
}

codes! {
    /// A form in which the events are handed in.
    CosdForm {
        /// Version 9: an assessment and a plan are two events, of the types 20 and 24.
        V9 = "v9",
        /// The newer set: both joined in one.
        Joined = "joined",
    }
}

/// An event that is left out, and of which forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub event: Event,
    pub fault: CosdFault,
    /// None: of both.
    pub form: Option<CosdForm>,
}

/// What a patient's record yields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Derived {
    /// By day.
    pub v9: Vec<V9Row>,
    /// By day.
    pub joined: Vec<JoinedRow>,
    /// By day.
    pub listed: Vec<Listed>,
}

/// Derives everything up to and including a day, as it stood at its end; what came later changes nothing of it.
pub fn derive(record: &CosdRecord, until: Date) -> Derived {
    judged(events(record, until), record.born, record.died)
}

/// Makes rows of the events without a fault, and lists the others.
pub fn judged(events: Vec<Event>, born: Date, died: Option<Date>) -> Derived {
    let fault = |event: &Event| {
        let known = event.source_has_point();
        match event {
            _ if died.is_some_and(|died| event.on > died) => Some(CosdFault::AfterDeath),
            _ if event.on < born => Some(CosdFault::NoValidDay),
            _ if known && event.point.is_none() => Some(CosdFault::BlankPathway),
            _ if known && event.role.is_none() => Some(CosdFault::BlankRole),
            _ => None,
        }
    };
    let mut listed = Vec::new();
    let mut list = |event: Event, fault, form| listed.push(Listed { event, fault, form });
    let done: Vec<HnaId> = events.iter().filter(|event| fault(event).is_none()).filter_map(Event::assessment).collect();
    let mut sound = Vec::new();
    for event in events {
        match fault(&event) {
            // The point of a plan is that of its assessment, so without one it has none either.
            Some(CosdFault::BlankPathway) | None if event.lacks_hna(&done) => {
                list(event, CosdFault::PlanWithoutHna, None);
            }
            Some(fault) => list(event, fault, None),
            None => sound.push(event),
        }
    }
    let (v9, again) = without_repeats(v9(&sound), |row| (row.on, row.cells()), |row| &row.event);
    again.into_iter().for_each(|event| list(event, CosdFault::Duplicate, Some(CosdForm::V9)));
    let (joined, again) = without_repeats(joined(&sound), |row| (row.on, row.cells()), |row| &row.event);
    again.into_iter().for_each(|event| list(event, CosdFault::Duplicate, Some(CosdForm::Joined)));
    listed.sort_by_key(|line| (line.event.on, line.event.at));
    Derived { v9, joined, listed: in_both(listed) }
}

impl Event {
    /// The assessment that this event says was done.
    fn assessment(&self) -> Option<HnaId> {
        matches!(self.what, Happened::HnaDone { .. }).then_some(self.hna).flatten()
    }

    /// Is it of a plan whose assessment is not among these?
    fn lacks_hna(&self, done: &[HnaId]) -> bool {
        let of_plan = matches!(self.what, Happened::PlanOffered(_) | Happened::PlanStarted | Happened::PlanAgreed);
        of_plan && !self.hna.is_some_and(|hna| done.contains(&hna))
    }

    /// Must it say a point of the pathway and a role?
    fn source_has_point(&self) -> bool {
        self.what != Happened::SummarySigned
    }
}

/// The events of a record up to and including a day, in the order in which they happened.
fn events(record: &CosdRecord, until: Date) -> Vec<Event> {
    let mut events: Vec<Event> = record.offers.iter().filter(|offer| offer.mistaken.is_none()).map(offered).collect();
    for done in &record.assessments {
        events.push(Event {
            what: Happened::HnaDone { concerns: done.concerns },
            on: done.on,
            point: done.point,
            role: done.role,
            hna: Some(done.hna),
            source: Source::Hna(done.hna),
            at: done.at,
        });
    }
    for made in &record.plans {
        let agreed = made.agreed.filter(|agreed| agreed.on <= until);
        let (what, on, role, at) = match (agreed, made.written) {
            (Some(Agreed { on, role, at }), _) => (Happened::PlanAgreed, on, Some(role), at),
            (None, Some(Written { on, at })) => (Happened::PlanStarted, on, made.started_by, at),
            // Whoever only looked at an empty page has offered nothing.
            (None, None) => continue,
        };
        let point = record.assessments.iter().find(|done| done.hna == made.hna).and_then(|done| done.point);
        events.push(Event { what, on, point, role, hna: Some(made.hna), source: Source::Plan(made.plan), at });
    }
    for signed in &record.summaries {
        let source = Source::Summary(signed.summary);
        let what = Happened::SummarySigned;
        events.push(Event { what, on: signed.on, point: None, role: None, hna: None, source, at: signed.at });
    }
    events.retain(|event| event.on <= until);
    events.sort_by_key(|event| (event.on, event.at));
    events
}

fn offered(offer: &Offer) -> Event {
    Event {
        what: match offer.plan_for {
            None => Happened::HnaOffered(offer.decision),
            Some(_) => Happened::PlanOffered(offer.decision),
        },
        on: offer.on,
        point: Some(offer.point),
        role: Some(offer.by.role),
        hna: offer.plan_for,
        source: Source::Offer(offer.id),
        at: offer.by.at,
    }
}

/// The rows that say something new, by day, and the events of those that repeat an earlier one word for word.
fn without_repeats<R, K: Ord>(
    mut rows: Vec<R>,
    said: impl Fn(&R) -> K,
    event: impl Fn(&R) -> &Event,
) -> (Vec<R>, Vec<Event>) {
    // The sort is stable: of two that say the same the one that was written down first stays.
    rows.sort_by_key(|row| said(row));
    let (mut kept, mut again): (Vec<R>, Vec<Event>) = (Vec::new(), Vec::new());
    for row in rows {
        match kept.last() {
            Some(before) if said(before) == said(&row) => again.push(event(&row).clone()),
            _ => kept.push(row),
        }
    }
    (kept, again)
}

/// An event that repeats another in both forms is listed once.
fn in_both(listed: Vec<Listed>) -> Vec<Listed> {
    let mut lines: Vec<Listed> = Vec::new();
    for line in listed {
        let same = |before: &&mut Listed| before.event == line.event && before.fault == line.fault;
        match lines.iter_mut().find(same) {
            Some(before) => before.form = None,
            None => lines.push(line),
        }
    }
    lines
}

#[cfg(test)]
#[path = "cosd_tests.rs"]
mod tests;
