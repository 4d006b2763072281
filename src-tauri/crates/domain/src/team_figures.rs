//! How a team did over a period: what was offered, done and planned at each point of the pathway, which concerns are the commonest, and
//! how much lighter they became. Counted from what the dataset counts; small numbers, and those from which one could be worked out, are
//! hidden, because they may name somebody.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::cosd::{Derived, Happened};
use crate::cosd_forms::{JoinedRow, Offered, PlanStanding, V9Type};
use crate::hna::PathwayPoint;

/// A number of people or events from 1 to one less than this may name somebody, and is hidden.
pub const SMALL: u32 = 5;
/// How many concerns are shown at most.
pub const MOST_CONCERNS: usize = 10;

/// The first and the last day of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub from: Date,
    pub to: Date,
}

impl Period {
    pub fn has(&self, day: Date) -> bool {
        (self.from..=self.to).contains(&day)
    }
}

/// What is counted of one patient.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    /// As it stood at the end of the period.
    pub derived: Derived,
    /// Every concern of every completed assessment.
    pub raised: Vec<Raised>,
}

/// A concern that was raised in an assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raised {
    /// The code that names it across checklists; what was said in own words is not counted, because it may name somebody.
    pub code: String,
    /// The day of the assessment.
    pub on: Date,
    /// 0 to 10; None where no score was given.
    pub score: Option<u8>,
}

/// A number that may be shown, or is too small to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    Shown(u32),
    /// 1 to 4, or a number from which such a number could be worked out.
    Hidden,
}

impl Count {
    /// Hides it when it is small.
    pub fn of(number: u32) -> Count {
        if small(number) { Count::Hidden } else { Count::Shown(number) }
    }

    /// Hides a part when it or the rest of the whole is small: who knows two of them knows the third.
    fn part(number: u32, whole: u32) -> Count {
        if small(whole.saturating_sub(number)) { Count::Hidden } else { Count::of(number) }
    }

    /// The sum of these numbers; hidden when one of them is, because it says what the hidden ones are together.
    fn sum(mut numbers: impl Iterator<Item = Count>) -> Count {
        let add = |sum, number| match number {
            Count::Shown(number) => Some(sum + number),
            Count::Hidden => None,
        };
        numbers.try_fold(0, add).map_or(Count::Hidden, Count::Shown)
    }
}

fn small(number: u32) -> bool {
    (1..SMALL).contains(&number)
}

/// The figures of one point of the pathway, or of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtPoint {
    /// None: all together.
    pub point: Option<PathwayPoint>,
    /// Assessments that were offered, whatever was decided.
    pub offered: Count,
    /// Assessments that were done.
    pub completed: Count,
    /// Of those, the ones from which a plan was agreed by the end of the period.
    pub planned: Count,
    /// Of those, the ones without any concern, which need no plan.
    pub without_concern: Count,
}

/// A concern, how many patients raised it, and how it changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commonest {
    pub code: String,
    /// Patients who raised it in the period; never a small number.
    pub patients: u32,
    /// The median of how much the newest score differs from the patient's first, in half points, below 0 for the better; None when
    /// fewer than [`SMALL`] patients have two scores, or when how many have is hidden.
    pub median_change: Option<i32>,
    /// Patients with two scores.
    pub scored_again: Count,
}

/// The figures of a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamFigures {
    /// Each point of the pathway at which anything was offered or done, and then all together.
    pub points: Vec<AtPoint>,
    /// The commonest first, at most [`MOST_CONCERNS`]; in the order of their codes where as many raised them.
    pub concerns: Vec<Commonest>,
    /// How many more concerns were raised by fewer than [`SMALL`] patients each.
    pub rare: usize,
}

/// Counts the patients of a team over a period.
pub fn team_figures(patients: &[Counted], period: Period) -> TeamFigures {
    let mut tally: BTreeMap<PathwayPoint, [u32; 4]> = BTreeMap::new();
    for patient in patients {
        for (point, added) in steps(&patient.derived, period) {
            for (sum, one) in tally.entry(point).or_default().iter_mut().zip(added) {
                *sum += one;
            }
        }
    }
    let mut points: Vec<AtPoint> = tally.iter().map(|(point, numbers)| at(*point, *numbers)).collect();
    let column = |pick: fn(&AtPoint) -> Count| Count::sum(points.iter().map(pick));
    let together = AtPoint {
        point: None,
        offered: column(|at| at.offered),
        completed: column(|at| at.completed),
        planned: column(|at| at.planned),
        without_concern: column(|at| at.without_concern),
    };
    points.push(together);
    let (mut concerns, mut rare) = (Vec::new(), 0);
    for code in codes_raised(patients, period) {
        match commonest(&code, patients, period) {
            Some(concern) => concerns.push(concern),
            None => rare += 1,
        }
    }
    // The sort is stable, and the codes come in order.
    concerns.sort_by_key(|concern| std::cmp::Reverse(concern.patients));
    concerns.truncate(MOST_CONCERNS);
    TeamFigures { points, concerns, rare }
}

/// What was offered, completed, planned and without a concern in the period, one by one.
fn steps(derived: &Derived, period: Period) -> Vec<(PathwayPoint, [u32; 4])> {
    let offered = derived.v9.iter().filter(|row| row.kind == V9Type::Hna && row.offered != Offered::NotOffered);
    let offered = offered.filter(|row| period.has(row.on)).filter_map(|row| Some((row.point?, [1, 0, 0, 0])));
    let done = |row: &&JoinedRow| matches!(row.event.what, Happened::HnaDone { .. }) && period.has(row.event.on);
    let completed = derived.joined.iter().filter(done).filter_map(|row| {
        let planned = u32::from(row.plan == Some(PlanStanding::Completed));
        let without = u32::from(row.event.what == Happened::HnaDone { concerns: false });
        Some((row.point?, [0, 1, planned, without]))
    });
    offered.chain(completed).collect()
}

fn at(point: PathwayPoint, [offered, completed, planned, without]: [u32; 4]) -> AtPoint {
    // Those with concerns and without a plan could be worked out of the other three; one that is hidden is enough.
    let left = small(completed.saturating_sub(planned + without));
    AtPoint {
        point: Some(point),
        offered: Count::of(offered),
        completed: Count::of(completed),
        planned: if left { Count::Hidden } else { Count::part(planned, completed) },
        without_concern: Count::part(without, completed),
    }
}

fn codes_raised(patients: &[Counted], period: Period) -> BTreeSet<String> {
    let raised = patients.iter().flat_map(|patient| &patient.raised).filter(|raised| period.has(raised.on));
    raised.map(|raised| raised.code.clone()).collect()
}

/// None when fewer than [`SMALL`] patients raised it.
fn commonest(code: &str, patients: &[Counted], period: Period) -> Option<Commonest> {
    let of =
        |patient: &Counted| patient.raised.iter().filter(|raised| raised.code == code).cloned().collect::<Vec<_>>();
    let raised: Vec<Vec<Raised>> =
        patients.iter().map(of).filter(|raised| raised.iter().any(|one| period.has(one.on))).collect();
    let Count::Shown(people) = Count::of(u32::try_from(raised.len()).ok()?) else { return None };
    let changes: Vec<i32> = raised.iter().filter_map(|raised| change(raised, period)).collect();
    let scored_again = Count::part(u32::try_from(changes.len()).ok()?, people);
    let shown = scored_again != Count::Hidden;
    Some(Commonest {
        code: code.to_owned(),
        patients: people,
        median_change: if shown { median(changes) } else { None },
        scored_again,
    })
}

/// The newest score of the period less the patient's first ever, when these are two.
fn change(raised: &[Raised], period: Period) -> Option<i32> {
    let mut scored: Vec<(Date, u8)> = raised.iter().filter_map(|one| Some((one.on, one.score?))).collect();
    scored.retain(|(on, _)| *on <= period.to);
    scored.sort_by_key(|(on, _)| *on);
    let (first, newest) = (scored.first()?, scored.last()?);
    (scored.len() > 1 && period.has(newest.0)).then(|| i32::from(newest.1) - i32::from(first.1))
}

/// In half points; None of nothing.
fn median(mut changes: Vec<i32>) -> Option<i32> {
    changes.sort_unstable();
    let middle = changes.len() / 2;
    let upper = changes.get(middle)?;
    let lower = if changes.len().is_multiple_of(2) { changes.get(middle.checked_sub(1)?)? } else { upper };
    Some(upper + lower)
}

#[cfg(test)]
#[path = "team_figures_tests.rs"]
mod tests;
