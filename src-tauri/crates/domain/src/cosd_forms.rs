//! How the versions of the dataset write events down: version 9, and the newer set that joins assessment and plan. Which events there are
//! is decided in `cosd`.

use jiff::civil::Date;

use crate::codes;
use crate::cosd::{Event, Happened};
use crate::hna::PathwayPoint;
use crate::offer::Decision;
use crate::staff::Role;

codes! {
    /// Event types of version 9.
    V9Type { Hna = "20", Plan = "24" }
}

codes! {
    /// What became of an offer of an assessment (CR7900), and in version 9 of a plan, where it may also not be needed.
    Offered {
        Undecided = "01",
        Declined = "02",
        Accepted = "03",
        NotOffered = "04",
        Unable = "05",
        /// No concern was raised; of a plan only.
        NotRequired = "06",
    }
}

codes! {
    /// Where the plan of an assessment that was done stands: CR7920.
    PlanStanding {
        NotOffered = "01",
        Offered = "02",
        Completed = "03",
        Declined = "04",
        Unable = "05",
        /// No concern was raised.
        NotRequired = "06",
    }
}

/// The columns of version 9.
pub const V9_COLUMNS: [&str; 5] = ["event_type", "offered", "date", "point_of_pathway", "staff_role"];
/// The columns of the joined set.
pub const JOINED_COLUMNS: [&str; 7] = ["CR7900", "CR7920", "CR7930", "CR7940", "CR7950", "CR7960", "CR8420"];

/// One event of version 9.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct V9Row {
    pub kind: V9Type,
    pub offered: Offered,
    pub on: Date,
    pub point: Option<PathwayPoint>,
    pub role: Option<Role>,
    /// What it follows from.
    pub event: Event,
}

/// One row of the joined set: an offer that no assessment followed, an assessment with its plan, or a treatment summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JoinedRow {
    /// None for a summary.
    pub offered: Option<Offered>,
    /// None before an assessment was done, and for a summary.
    pub plan: Option<PlanStanding>,
    pub on: Date,
    pub point: Option<PathwayPoint>,
    pub offered_by: Option<Role>,
    /// None before a plan was offered.
    pub planned_by: Option<Role>,
    /// What it follows from.
    pub event: Event,
}

impl V9Row {
    /// As they stand in a file, in the order of [`V9_COLUMNS`].
    pub fn cells(&self) -> [String; 5] {
        [
            self.kind.code().to_owned(),
            self.offered.code().to_owned(),
            self.on.to_string(),
            written(self.point.map(point_code)),
            written(self.role.map(role_code)),
        ]
    }
}

impl JoinedRow {
    /// As they stand in a file, in the order of [`JOINED_COLUMNS`].
    pub fn cells(&self) -> [String; 7] {
        let summary = self.event.what == Happened::SummarySigned;
        let (event_on, signed_on) = if summary { (None, Some(self.on)) } else { (Some(self.on), None) };
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        [
            written(self.offered.map(Offered::code)),
            written(self.plan.map(PlanStanding::code)),
            day(event_on),
            written(self.point.map(point_code)),
            written(self.offered_by.map(role_code)),
            written(self.planned_by.map(role_code)),
            day(signed_on),
        ]
    }
}

/// The point of the pathway: CR7940.
pub fn point_code(point: PathwayPoint) -> &'static str {
    match point {
        PathwayPoint::InitialDiagnosis => "01",
        PathwayPoint::StartOfTreatment => "02",
        PathwayPoint::DuringTreatment => "03",
        PathwayPoint::EndOfTreatment => "04",
        PathwayPoint::Recurrence => "05",
        PathwayPoint::TransitionToPalliative => "06",
        PathwayPoint::Prehabilitation => "07",
        PathwayPoint::PalliativeCare => "08",
        PathwayPoint::Other => "97",
    }
}

/// The role of a member of staff: CR7950 and CR7960. There is no 07.
pub fn role_code(role: Role) -> &'static str {
    match role {
        Role::CancerNurseSpecialist => "01",
        Role::OtherNurse => "02",
        Role::AlliedHealthProfessional => "03",
        Role::SupportWorker => "04",
        Role::MentalHealthProfessional => "05",
        Role::Doctor => "06",
        Role::Other => "08",
        Role::NotKnown => "09",
    }
}

/// The events of version 9. An offer that was accepted and what came of it are one event, dated when it was accepted: this version has
/// no code for "done", and a month that was handed in must not be dated anew by what a later one brings.
pub(crate) fn v9(events: &[Event]) -> Vec<V9Row> {
    let taken_up = taken_up(events);
    let is_taken_up = |event: &Event| taken_up.iter().any(|(done, _)| *done == event);
    let mut rows = Vec::new();
    for event in events {
        let mut row = |kind, offered| {
            let Event { on, point, role, .. } = *event;
            rows.push(V9Row { kind, offered, on, point, role, event: event.clone() });
        };
        match event.what {
            Happened::HnaOffered(decision) => row(V9Type::Hna, decided(decision)),
            Happened::HnaDone { concerns } => {
                if !is_taken_up(event) {
                    row(V9Type::Hna, Offered::Accepted);
                }
                if !concerns && plan_events(events, event).next().is_none() {
                    row(V9Type::Plan, Offered::NotRequired);
                }
            }
            Happened::PlanOffered(decision) => row(V9Type::Plan, decided(decision)),
            // Being written and not agreed: nobody has decided yet, unless somebody recorded what was decided.
            Happened::PlanStarted => {
                let recorded = plan_events(events, event).any(|of| of.what != Happened::PlanStarted);
                if !recorded {
                    row(V9Type::Plan, Offered::Undecided);
                }
            }
            Happened::PlanAgreed => {
                if !is_taken_up(event) {
                    row(V9Type::Plan, Offered::Accepted);
                }
            }
            Happened::SummarySigned => {}
        }
    }
    rows
}

/// The rows of the joined set: each assessment with where its plan stands, dated by that.
pub(crate) fn joined(events: &[Event]) -> Vec<JoinedRow> {
    let taken_up = taken_up(events);
    let mut rows = Vec::new();
    for event in events {
        let Event { on, point, role, .. } = *event;
        let row = JoinedRow {
            offered: None,
            plan: None,
            on,
            point,
            offered_by: role,
            planned_by: None,
            event: event.clone(),
        };
        match event.what {
            Happened::HnaOffered(decision) => {
                if !taken_up.iter().any(|(_, offer)| *offer == event) {
                    rows.push(JoinedRow { offered: Some(decided(decision)), ..row });
                }
            }
            Happened::HnaDone { concerns } => {
                let offer = taken_up.iter().find(|(done, _)| *done == event).map(|(_, offer)| *offer);
                let (plan, on, planned_by) = standing(events, event, concerns);
                let offered_by = offer.map_or(role, |offer| offer.role);
                let offered = Some(Offered::Accepted);
                rows.push(JoinedRow { offered, plan: Some(plan), on, offered_by, planned_by, ..row });
            }
            Happened::SummarySigned => rows.push(JoinedRow { point: None, offered_by: None, ..row }),
            Happened::PlanOffered(_) | Happened::PlanStarted | Happened::PlanAgreed => {}
        }
    }
    rows
}

/// Where the plan of an assessment stands, since when, and by whom. What was agreed outlasts what was decided before it.
fn standing(events: &[Event], done: &Event, concerns: bool) -> (PlanStanding, Date, Option<Role>) {
    let agreed = plan_events(events, done).find(|event| event.what == Happened::PlanAgreed);
    let decided = plan_events(events, done).filter(|event| matches!(event.what, Happened::PlanOffered(_))).last();
    match agreed.or(decided).or_else(|| plan_events(events, done).last()) {
        Some(event) => {
            let standing = match event.what {
                Happened::PlanAgreed => PlanStanding::Completed,
                Happened::PlanOffered(Decision::Declined) => PlanStanding::Declined,
                Happened::PlanOffered(Decision::Unable) => PlanStanding::Unable,
                Happened::PlanOffered(Decision::NotOffered) => PlanStanding::NotOffered,
                _ => PlanStanding::Offered,
            };
            (standing, event.on, event.role)
        }
        None if concerns => (PlanStanding::NotOffered, done.on, None),
        None => (PlanStanding::NotRequired, done.on, done.role),
    }
}

/// What happened with the plan of the assessment that an event is of.
fn plan_events<'a>(events: &'a [Event], of: &Event) -> impl Iterator<Item = &'a Event> {
    let hna = of.hna;
    let of_plan = |what| matches!(what, Happened::PlanOffered(_) | Happened::PlanStarted | Happened::PlanAgreed);
    events.iter().filter(move |event| of_plan(event.what) && event.hna == hna)
}

/// Which assessment took up which accepted offer, and which agreed plan: the newest before it, at the same point of the pathway or for
/// the same assessment, that none before took up.
fn taken_up(events: &[Event]) -> Vec<(&Event, &Event)> {
    let mut pairs: Vec<(&Event, &Event)> = Vec::new();
    for done in events {
        let belongs = |offer: &Event| match (done.what, offer.what) {
            (Happened::HnaDone { .. }, Happened::HnaOffered(Decision::Accepted)) => offer.point == done.point,
            (Happened::PlanAgreed, Happened::PlanOffered(Decision::Accepted)) => offer.hna == done.hna,
            _ => false,
        };
        let free = |offer: &&Event| belongs(offer) && offer.on <= done.on && !pairs.iter().any(|(_, it)| it == offer);
        if let Some(offer) = events.iter().rev().find(free) {
            pairs.push((done, offer));
        }
    }
    pairs
}

fn decided(decision: Decision) -> Offered {
    match decision {
        Decision::Undecided => Offered::Undecided,
        Decision::Declined => Offered::Declined,
        Decision::Accepted => Offered::Accepted,
        Decision::NotOffered => Offered::NotOffered,
        Decision::Unable => Offered::Unable,
    }
}

fn written(code: Option<&'static str>) -> String {
    code.unwrap_or_default().to_owned()
}
