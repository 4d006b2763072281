//! Tests of what follows from a record for the cancer dataset. Nothing else belongs here.

use super::*;
use crate::cosd_forms::{Offered, PlanStanding, V9Type};
use crate::id::StaffId;
use crate::offer::Mistaken;
use crate::staff::Signature;
use jiff::civil::date;

const NURSE: Role = Role::CancerNurseSpecialist;
const POINT: PathwayPoint = PathwayPoint::InitialDiagnosis;

fn hna(number: u8) -> HnaId {
    HnaId::from_random([number; 16])
}

/// A day of November.
fn day(day: i8) -> Date {
    date(2026, 11, day)
}

fn offer(number: u8, on: i8, decision: Decision, plan_for: Option<HnaId>) -> Offer {
    let by = Signature { staff: StaffId::from_random([1; 16]), name: String::new(), role: NURSE, at: number.into() };
    Offer {
        id: OfferId::from_random([number; 16]),
        patient: PatientId::from_random([1; 16]),
        plan_for,
        point: POINT,
        decision,
        reason: String::new(),
        on: day(on),
        by,
        mistaken: None,
    }
}

fn done(number: u8, on: i8, concerns: bool) -> Assessed {
    Assessed { hna: hna(number), on: day(on), point: Some(POINT), role: Some(NURSE), concerns, at: number.into() }
}

fn plan(number: u8, written: i8, agreed: Option<i8>) -> Planned {
    Planned {
        plan: CarePlanId::from_random([number; 16]),
        hna: hna(number),
        started_by: Some(NURSE),
        written: Some(Written { on: day(written), at: number.into() }),
        agreed: agreed.map(|on| Agreed { on: day(on), role: Role::SupportWorker, at: number.into() }),
    }
}

fn record(offers: Vec<Offer>, assessments: Vec<Assessed>, plans: Vec<Planned>) -> CosdRecord {
    CosdRecord {
        patient: PatientId::from_random([1; 16]),
        born: date(1956, 7, 14),
        died: None,
        offers,
        assessments,
        plans,
        summaries: Vec::new(),
    }
}

/// Type, code and day of each event of version 9.
fn v9_of(record: &CosdRecord) -> Vec<(&'static str, &'static str, i8)> {
    let rows = derive(record, day(30)).v9;
    rows.iter().map(|row| (row.kind.code(), row.offered.code(), row.on.day())).collect()
}

/// Offer, standing of the plan and day of each row of the joined set.
fn joined_of(record: &CosdRecord) -> Vec<(&'static str, &'static str, i8)> {
    let rows = derive(record, day(30)).joined;
    let code = |row: &JoinedRow| (row.offered.map_or("", Offered::code), row.plan.map_or("", PlanStanding::code));
    rows.iter().map(|row| (code(row).0, code(row).1, row.on.day())).collect()
}

fn faults_of(derived: &Derived) -> Vec<(CosdFault, Source, Option<CosdForm>)> {
    derived.listed.iter().map(|line| (line.fault, line.event.source, line.form)).collect()
}

#[test]
fn an_offer_that_was_accepted_and_its_assessment_are_one_event_dated_by_the_offer_and_joined_by_the_plan() {
    let whole = record(vec![offer(9, 2, Decision::Accepted, None)], vec![done(1, 4, true)], vec![plan(1, 5, Some(6))]);
    assert_eq!(v9_of(&whole), [("20", "03", 2), ("24", "03", 6)]);
    assert_eq!(joined_of(&whole), [("03", "03", 6)]);
    let row = &derive(&whole, day(30)).joined[0];
    assert_eq!((row.offered_by, row.planned_by), (Some(NURSE), Some(Role::SupportWorker)));
    assert_eq!(row.cells(), ["03", "03", "2026-11-06", "01", "01", "04", ""]);
    assert_eq!(derive(&whole, day(30)).v9[1].cells(), ["24", "03", "2026-11-06", "01", "04"]);
}

#[test]
fn a_month_stays_as_it_was_whatever_comes_later() {
    let whole = record(vec![offer(9, 2, Decision::Accepted, None)], vec![done(1, 4, true)], vec![plan(1, 5, Some(6))]);
    let until = |last: i8| {
        let Derived { v9, joined, .. } = derive(&whole, day(last));
        let joined: Vec<_> = joined.iter().map(|row| (row.plan.map_or("", PlanStanding::code), row.on.day())).collect();
        (v9.len(), joined)
    };
    assert_eq!(until(1), (0, vec![]));
    assert_eq!(until(3), (1, vec![("", 2)]), "accepted, and not done yet");
    assert_eq!(until(4), (1, vec![("01", 4)]), "done, and no plan offered");
    assert_eq!(until(5), (2, vec![("02", 5)]), "a plan that is being written was offered");
    assert_eq!(until(6), (2, vec![("03", 6)]));
}

#[test]
fn a_plan_that_was_only_opened_is_not_offered_until_something_is_written() {
    let opened = |agreed| Planned { written: None, ..plan(1, 5, agreed) };
    let empty = record(vec![], vec![done(1, 4, true)], vec![opened(None)]);
    assert_eq!((v9_of(&empty), joined_of(&empty)), (vec![("20", "03", 4)], vec![("03", "01", 4)]));
    let written = CosdRecord { plans: vec![plan(1, 6, None)], ..empty.clone() };
    assert_eq!(v9_of(&written), [("20", "03", 4), ("24", "01", 6)]);
    assert_eq!(joined_of(&written), [("03", "02", 6)]);
    // Nothing has to be written for a plan to be agreed.
    let agreed = CosdRecord { plans: vec![opened(Some(7))], ..empty };
    assert_eq!((v9_of(&agreed)[1], joined_of(&agreed)[0]), (("24", "03", 7), ("03", "03", 7)));
    let before = derive(&agreed, day(6));
    assert_eq!((before.v9.len(), before.joined[0].plan), (1, Some(PlanStanding::NotOffered)));
}

#[test]
fn an_acceptance_is_taken_up_once_by_an_assessment_at_its_point_and_not_before_it() {
    let accepted = || offer(9, 3, Decision::Accepted, None);
    let twice = record(vec![accepted()], vec![done(1, 4, true), done(2, 5, true)], vec![]);
    assert_eq!(v9_of(&twice), [("20", "03", 3), ("20", "03", 5)]);
    let before = record(vec![accepted()], vec![done(1, 2, true)], vec![]);
    assert_eq!(v9_of(&before), [("20", "03", 2), ("20", "03", 3)]);
    let elsewhere = Assessed { point: Some(PathwayPoint::EndOfTreatment), ..done(1, 4, true) };
    assert_eq!(v9_of(&record(vec![accepted()], vec![elsewhere], vec![])), [("20", "03", 3), ("20", "03", 4)]);
    let newest = record(vec![offer(8, 1, Decision::Accepted, None), accepted()], vec![done(1, 4, true)], vec![]);
    assert_eq!(joined_of(&newest), [("03", "", 1), ("03", "01", 4)], "the older one was not taken up");
}

#[test]
fn every_decision_about_an_assessment_is_an_event_of_its_own_and_a_mistake_is_none() {
    let decided = [Decision::Undecided, Decision::Declined, Decision::NotOffered, Decision::Unable];
    let offers: Vec<Offer> = (1..).zip(decided).map(|(day, it)| offer(day as u8, day, it, None)).collect();
    let mut whole = record(offers, vec![], vec![]);
    assert_eq!(v9_of(&whole), [("20", "01", 1), ("20", "02", 2), ("20", "04", 3), ("20", "05", 4)]);
    assert_eq!(joined_of(&whole), [("01", "", 1), ("02", "", 2), ("04", "", 3), ("05", "", 4)]);
    whole.offers[0].mistaken = Some(Mistaken { reason: "Somebody else".to_owned(), by: whole.offers[0].by.clone() });
    assert_eq!(v9_of(&whole).len(), 3);
}

#[test]
fn what_was_decided_about_a_plan_is_where_it_stands_until_one_is_agreed() {
    for (decision, v9, standing) in [
        (Decision::Undecided, "01", "02"),
        (Decision::Declined, "02", "04"),
        (Decision::Accepted, "03", "02"),
        (Decision::NotOffered, "04", "01"),
        (Decision::Unable, "05", "05"),
    ] {
        let decided = record(vec![offer(9, 5, decision, Some(hna(1)))], vec![done(1, 4, true)], vec![plan(1, 5, None)]);
        assert_eq!(v9_of(&decided), [("20", "03", 4), ("24", v9, 5)], "a draft adds nothing to what was decided");
        assert_eq!(joined_of(&decided), [("03", standing, 5)]);
        let agreed = CosdRecord { plans: vec![plan(1, 5, Some(7))], ..decided };
        assert_eq!(joined_of(&agreed), [("03", "03", 7)]);
        let events = v9_of(&agreed);
        assert_eq!(events.len(), if decision == Decision::Accepted { 2 } else { 3 }, "accepted and agreed are one");
    }
    let changed = vec![offer(8, 5, Decision::Undecided, Some(hna(1))), offer(9, 6, Decision::Declined, Some(hna(1)))];
    assert_eq!(joined_of(&record(changed, vec![done(1, 4, true)], vec![])), [("03", "04", 6)], "the newest counts");
}

#[test]
fn without_a_concern_no_plan_is_required_unless_there_is_one() {
    let none = record(vec![], vec![done(1, 4, false)], vec![]);
    assert_eq!((v9_of(&none), joined_of(&none)), (vec![("20", "03", 4), ("24", "06", 4)], vec![("03", "06", 4)]));
    let anyway = CosdRecord { plans: vec![plan(1, 5, Some(6))], ..none };
    assert_eq!(v9_of(&anyway), [("20", "03", 4), ("24", "03", 6)]);
}

#[test]
fn a_summary_has_its_day_alone() {
    let mut signed = record(vec![], vec![], vec![]);
    signed.summaries.push(Summarised { summary: TreatmentSummaryId::from_random([1; 16]), on: day(9), at: 0 });
    let Derived { v9, joined, listed } = derive(&signed, day(30));
    assert!(v9.is_empty() && listed.is_empty());
    assert_eq!(joined[0].cells(), ["", "", "", "", "", "", "2026-11-09"]);
}

#[test]
fn what_is_dated_after_the_death_is_listed_and_in_no_form() {
    let mut late =
        record(vec![offer(9, 8, Decision::Declined, None)], vec![done(1, 4, true)], vec![plan(1, 4, Some(7))]);
    late.died = Some(day(6));
    let derived = derive(&late, day(30));
    let (of_plan, of_offer) = (Source::Plan(late.plans[0].plan), Source::Offer(late.offers[0].id));
    assert_eq!(faults_of(&derived), [(CosdFault::AfterDeath, of_plan, None), (CosdFault::AfterDeath, of_offer, None)]);
    assert_eq!((v9_of(&late), joined_of(&late)), (vec![("20", "03", 4)], vec![("03", "01", 4)]));
    late.died = Some(day(8));
    assert!(derive(&late, day(30)).listed.is_empty(), "on the day itself it can be");
}

#[test]
fn a_planted_blank_and_a_day_before_the_birth_are_listed() {
    let no_point = Assessed { point: None, ..done(1, 4, true) };
    let no_role = Assessed { role: None, ..done(2, 4, true) };
    let unborn = Assessed { on: date(1956, 7, 13), ..done(3, 4, true) };
    let mut blank = record(vec![], vec![no_point, no_role, unborn], vec![]);
    blank.summaries.push(Summarised { summary: TreatmentSummaryId::from_random([1; 16]), on: day(9), at: 0 });
    let derived = derive(&blank, day(30));
    let expected = [
        (CosdFault::NoValidDay, Source::Hna(hna(3)), None),
        (CosdFault::BlankPathway, Source::Hna(hna(1)), None),
        (CosdFault::BlankRole, Source::Hna(hna(2)), None),
    ];
    assert_eq!(faults_of(&derived), expected);
    assert_eq!((derived.v9.len(), derived.joined.len()), (0, 1), "a summary has neither point nor role to be blank");
}

#[test]
fn a_planted_plan_without_its_assessment_is_listed() {
    let offered = offer(9, 5, Decision::Declined, Some(hna(2)));
    let lone = record(vec![offered], vec![done(1, 4, true)], vec![plan(3, 5, Some(6)), plan(1, 4, Some(5))]);
    let derived = derive(&lone, day(30));
    let (of_offer, of_plan) = (Source::Offer(lone.offers[0].id), Source::Plan(lone.plans[0].plan));
    let fault = CosdFault::PlanWithoutHna;
    assert_eq!(faults_of(&derived), [(fault, of_offer, None), (fault, of_plan, None)]);
    assert_eq!(v9_of(&lone), [("20", "03", 4), ("24", "03", 5)]);
}

#[test]
fn what_says_the_same_of_one_day_twice_is_there_once_and_listed() {
    let twice = vec![offer(8, 5, Decision::Declined, None), offer(9, 5, Decision::Declined, None)];
    let repeated = record(twice, vec![], vec![]);
    let derived = derive(&repeated, day(30));
    assert_eq!(faults_of(&derived), [(CosdFault::Duplicate, Source::Offer(repeated.offers[1].id), None)]);
    assert_eq!((derived.v9.len(), derived.joined.len()), (1, 1));
    // Two assessments of one day are one event of version 9, and two rows where their plans stand differently.
    let two = record(vec![], vec![done(1, 4, true), done(2, 4, true)], vec![plan(2, 4, Some(5))]);
    let derived = derive(&two, day(30));
    assert_eq!(faults_of(&derived), [(CosdFault::Duplicate, Source::Hna(hna(2)), Some(CosdForm::V9))]);
    assert_eq!((derived.v9.len(), derived.joined.len()), (2, 2));
    let other_role = Assessed { role: Some(Role::Doctor), ..done(2, 4, true) };
    assert!(derive(&record(vec![], vec![done(1, 4, true), other_role], vec![]), day(30)).listed.is_empty());
}

#[test]
fn no_code_holds_anything_but_two_digits() {
    let codes =
        |all: &[&'static str]| all.iter().all(|code| code.len() == 2 && code.bytes().all(|b| b.is_ascii_digit()));
    assert!(codes(&PathwayPoint::ALL.iter().map(|point| crate::cosd_forms::point_code(*point)).collect::<Vec<_>>()));
    assert!(codes(&Role::ALL.iter().map(|role| crate::cosd_forms::role_code(*role)).collect::<Vec<_>>()));
    assert!(codes(&V9Type::ALL.iter().map(|it| it.code()).collect::<Vec<_>>()));
    assert!(codes(&Offered::ALL.iter().map(|it| it.code()).collect::<Vec<_>>()));
    assert!(codes(&PlanStanding::ALL.iter().map(|it| it.code()).collect::<Vec<_>>()));
}
