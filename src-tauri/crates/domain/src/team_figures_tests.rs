//! Tests of the figures of a team. Nothing else belongs here.

use super::*;
use crate::cosd::{Agreed, Assessed, CosdRecord, Planned, derive};
use crate::id::{CarePlanId, HnaId, PatientId};
use crate::staff::Role;
use jiff::civil::date;

const NOVEMBER: Period = Period { from: date(2026, 11, 1), to: date(2026, 11, 30) };

/// A patient who was assessed on a day of November, with a plan or without, or without any concern.
fn patient(number: u8, point: PathwayPoint, on: i8, planned: bool, concerns: bool) -> Counted {
    let (hna, role, day) = (HnaId::from_random([number; 16]), Role::OtherNurse, date(2026, 11, on));
    let plan = Planned {
        plan: CarePlanId::from_random([number; 16]),
        hna,
        started_by: Some(role),
        written: None,
        agreed: Some(Agreed { on: day, role, at: 1 }),
    };
    let record = CosdRecord {
        patient: PatientId::from_random([number; 16]),
        born: date(1950, 1, 1),
        died: None,
        offers: vec![],
        assessments: vec![Assessed { hna, on: day, point: Some(point), role: Some(role), concerns, at: 0 }],
        plans: if planned { vec![plan] } else { vec![] },
        summaries: vec![],
    };
    Counted { derived: derive(&record, NOVEMBER.to), raised: vec![] }
}

fn line(point: Option<PathwayPoint>, [offered, completed, planned, without_concern]: [Count; 4]) -> AtPoint {
    AtPoint { point, offered, completed, planned, without_concern }
}

fn raised(code: &str, on: Date, score: Option<u8>) -> Raised {
    Raised { code: code.to_owned(), on, score }
}

#[test]
fn what_was_done_is_counted_by_point_and_what_is_small_is_hidden_with_its_sum() {
    use PathwayPoint::{EndOfTreatment, InitialDiagnosis};
    let mut patients: Vec<Counted> =
        (1..=10).map(|number| patient(number, InitialDiagnosis, 5, number < 6, true)).collect();
    patients.extend((11..=15).map(|number| patient(number, EndOfTreatment, 6, number == 11, number != 12)));
    // October is another period.
    let mut earlier = patient(16, InitialDiagnosis, 5, true, true);
    earlier.derived.joined.iter_mut().for_each(|row| row.event.on = date(2026, 10, 31));
    earlier.derived.v9.clear();
    patients.push(earlier);
    let figures = team_figures(&patients, NOVEMBER);
    let (shown, hidden) = (Count::Shown, Count::Hidden);
    assert_eq!(
        figures.points,
        [
            line(Some(InitialDiagnosis), [shown(10), shown(10), shown(5), shown(0)]),
            line(Some(EndOfTreatment), [shown(5), shown(5), hidden, hidden]),
            line(None, [shown(15), shown(15), hidden, hidden]),
        ]
    );
}

#[test]
fn a_sum_is_shown_only_when_each_of_its_numbers_is() {
    let sum = |numbers: &[u32]| Count::sum(numbers.iter().map(|number| Count::of(*number)));
    assert_eq!((sum(&[12, 0, 7]), sum(&[])), (Count::Shown(19), Count::Shown(0)));
    assert_eq!(sum(&[12, 3]), Count::Hidden, "the rest would be three");
    assert_eq!(sum(&[1, 1, 1, 1, 1]), Count::Hidden, "five that are hidden and make five are one each");
    assert_eq!(sum(&[4, 4]), Count::Hidden, "two that are hidden and make eight are four each");
    assert_eq!(sum(&[0, 4, 4, 10]), Count::Hidden, "the rest would be eight");
    assert_eq!((Count::of(0), Count::of(4), Count::of(5)), (Count::Shown(0), Count::Hidden, Count::Shown(5)));
}

#[test]
fn nothing_is_shown_whose_rest_is_small() {
    let cells = |numbers| {
        let AtPoint { planned, without_concern, .. } = at(PathwayPoint::Other, numbers);
        (planned, without_concern)
    };
    let (shown, hidden) = (Count::Shown, Count::Hidden);
    assert_eq!(cells([12, 12, 10, 0]), (hidden, shown(0)), "two without a plan");
    assert_eq!(cells([12, 12, 5, 0]), (shown(5), shown(0)));
    assert_eq!(cells([12, 12, 12, 0]), (shown(12), shown(0)), "all have one");
    assert_eq!(cells([12, 12, 0, 10]), (hidden, hidden), "two with concerns");
    assert_eq!(cells([12, 12, 5, 5]), (hidden, shown(5)), "two with concerns and without a plan");
    assert_eq!(cells([12, 12, 7, 5]), (shown(7), shown(5)));
    assert_eq!(cells([5, 3, 0, 0]), (hidden, hidden), "three without a plan");
    assert_eq!((Count::part(7, 9), Count::part(9, 9), Count::part(0, 9)), (hidden, shown(9), shown(0)));
}

#[test]
fn how_many_were_scored_again_is_hidden_with_their_change_when_those_who_were_not_are_few() {
    let (before, now) = (date(2026, 10, 5), date(2026, 11, 5));
    let of = |first: Option<u8>| Counted {
        raised: vec![raised("pain", before, first), raised("pain", now, Some(4))],
        ..Counted::default()
    };
    let scored = |again: usize, once: usize| {
        let patients: Vec<Counted> = [vec![of(Some(8)); again], vec![of(None); once]].concat();
        let found = team_figures(&patients, NOVEMBER).concerns;
        (found[0].patients, found[0].scored_again, found[0].median_change)
    };
    assert_eq!(scored(7, 2), (9, Count::Hidden, None));
    assert_eq!(scored(5, 1), (6, Count::Hidden, None), "a change that is shown would say that it is five");
    assert_eq!(scored(5, 5), (10, Count::Shown(5), Some(-8)));
    assert_eq!(scored(9, 0), (9, Count::Shown(9), Some(-8)));
}

#[test]
fn the_commonest_concerns_come_with_the_median_of_how_much_lighter_they_are() {
    let (before, now) = (date(2026, 10, 5), date(2026, 11, 5));
    let of = |scores: [Option<u8>; 2]| Counted {
        raised: vec![raised("pain", before, scores[0]), raised("pain", now, scores[1]), raised("sleep", now, Some(3))],
        ..Counted::default()
    };
    let mut patients: Vec<Counted> =
        [[9, 6], [8, 2], [7, 7], [5, 6], [4, 1], [9, 5]].map(|[a, b]| of([Some(a), Some(b)])).into();
    let figures = team_figures(&patients, NOVEMBER);
    let names: Vec<_> = figures.concerns.iter().map(|one| (one.code.as_str(), one.patients)).collect();
    assert_eq!(names, [("pain", 6), ("sleep", 6)]);
    // -6 -4 -3 -3 0 1: between the two in the middle.
    assert_eq!(figures.concerns[0].median_change, Some(-6), "three points, in halves");
    assert_eq!((figures.concerns[1].median_change, figures.concerns[1].scored_again), (None, Count::Shown(0)));
    patients.truncate(5);
    patients[0].raised[0].score = None;
    let figures = team_figures(&patients, NOVEMBER);
    assert_eq!((figures.concerns[0].median_change, figures.concerns[0].scored_again), (None, Count::Hidden));
    patients.truncate(4);
    let figures = team_figures(&patients, NOVEMBER);
    assert_eq!((figures.concerns.len(), figures.rare), (0, 2), "four patients are too few to name a concern");
}

#[test]
fn an_odd_number_of_changes_has_one_in_the_middle() {
    assert_eq!((median(vec![3, -5, 1]), median(vec![]), median(vec![2, 1])), (Some(2), None, Some(3)));
}
