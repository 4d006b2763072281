//! Offers of a plan: when one can be recorded, what it takes from its assessment, and which assessments wait for a plan no more.

use super::*;
use crate::checklist::Checklist;
use crate::hna::{AnsweredBy, Beginning, Method, PathwayPoint};
use crate::id::{CarePlanId, PatientId};
use crate::offer::tests::{TODAY, by, dead_since, patient};
use jiff::civil::date;

const ASSESSED: Date = date(2026, 11, 20);

/// A completed assessment with a concern in the patient's own words.
fn assessment(number: u8) -> Hna {
    raised(number, patient().id).complete(2).unwrap()
}

fn raised(number: u8, patient: PatientId) -> Hna {
    nothing_raised(number, patient).add_own("Who will walk the dog").unwrap()
}

fn nothing_raised(number: u8, patient: PatientId) -> Hna {
    let beginning = Beginning {
        patient,
        checklist: "invented|1.0.0".to_owned(),
        answered_by: AnsweredBy::Patient,
        helper: String::new(),
        method: Method::FaceToFace,
        pathway_point: PathwayPoint::DuringTreatment,
        answered_on: None,
    };
    Hna::start(HnaId::from_random([number; 16]), beginning, &by())
}

fn plan(hna: &Hna) -> CarePlan {
    let checklist = Checklist {
        canonical: hna.checklist.clone(),
        title: String::new(),
        question: String::new(),
        low: String::new(),
        high: String::new(),
        domains: Vec::new(),
        topics: Vec::new(),
    };
    CarePlan::start(CarePlanId::from_random([5; 16]), hna, &checklist, &by()).unwrap()
}

fn typed(decision: Decision, on: Date) -> TypedOffer {
    TypedOffer { point: None, decision: Some(decision), reason: "In words".to_owned(), on: Some(on) }
}

fn record_from(hna: &Hna, plan: Option<&CarePlan>, typed: &TypedOffer) -> Result<Offer, Refused> {
    let from = Assessed { hna, on: ASSESSED, plan };
    Offer::record_plan(OfferId::from_random([6; 16]), &patient(), from, typed, TODAY, &by())
}

fn offer(hna: &Hna, decision: Decision, on: Date) -> Offer {
    record_from(hna, None, &typed(decision, on)).unwrap()
}

fn faults(refused: Result<Offer, Refused>) -> Vec<(String, &'static str)> {
    let Err(Refused::Fields(faults)) = refused else { panic!("fields are refused: {refused:?}") };
    faults.into_iter().map(|fault| (fault.field, fault.reason)).collect()
}

#[test]
fn every_decision_about_a_plan_names_its_assessment_and_stands_at_that_point_of_the_pathway() {
    let hna = assessment(1);
    for decision in Decision::ALL {
        let elsewhere = TypedOffer { point: Some(PathwayPoint::Other), ..typed(*decision, TODAY) };
        let offer = record_from(&hna, None, &elsewhere).unwrap();
        assert_eq!((offer.plan_for, offer.point), (Some(hna.id), PathwayPoint::DuringTreatment));
        assert_eq!((offer.decision, offer.on), (*decision, TODAY));
    }
}

#[test]
fn what_was_not_chosen_is_named_and_the_point_is_never_asked_for() {
    let missing = ["decision", "on"].map(|field| (field.to_owned(), "missing"));
    assert_eq!(faults(record_from(&assessment(1), None, &TypedOffer::default())), missing);
    let unable = TypedOffer { reason: String::new(), ..typed(Decision::Unable, TODAY) };
    assert_eq!(faults(record_from(&assessment(1), None, &unable)), [("reason".to_owned(), "missing")]);
}

#[test]
fn a_plan_is_offered_on_the_day_of_the_assessment_or_after_it() {
    let hna = assessment(1);
    assert!(record_from(&hna, None, &typed(Decision::Accepted, ASSESSED)).is_ok());
    let before = typed(Decision::Unable, date(2026, 11, 19));
    assert_eq!(faults(record_from(&hna, None, &before)), [("on".to_owned(), "before_assessment")]);
    let without = TypedOffer { reason: String::new(), ..before };
    let both = [("reason".to_owned(), "missing"), ("on".to_owned(), "before_assessment")];
    assert_eq!(faults(record_from(&hna, None, &without)), both);
    let unborn = typed(Decision::Accepted, date(1956, 7, 13));
    assert_eq!(faults(record_from(&hna, None, &unborn)), [("on".to_owned(), "before_birth")]);
}

#[test]
fn without_a_completed_assessment_of_this_patient_with_a_concern_there_is_no_plan_to_offer() {
    let somebody = PatientId::from_random([9; 16]);
    for hna in [
        raised(1, patient().id),
        raised(1, patient().id).discard("Wrong patient").unwrap(),
        nothing_raised(1, patient().id).complete(2).unwrap(),
        raised(1, somebody).complete(2).unwrap(),
    ] {
        assert_eq!(record_from(&hna, None, &typed(Decision::Accepted, TODAY)), Err(Refused::NothingToPlan));
    }
}

#[test]
fn a_draft_may_still_be_declined_and_an_agreed_plan_may_not_even_while_it_is_changed() {
    let hna = assessment(1);
    let draft = plan(&hna);
    let declined = typed(Decision::Declined, TODAY);
    assert!(record_from(&hna, Some(&draft), &declined).is_ok());
    let agreed = draft.lock(&by()).unwrap();
    assert_eq!(record_from(&hna, Some(&agreed), &declined), Err(Refused::AlreadyPlanned));
    let changed = agreed.unlock("A new date").unwrap();
    assert_eq!(record_from(&hna, Some(&changed), &declined), Err(Refused::AlreadyPlanned));
}

#[test]
fn no_plan_is_offered_after_death() {
    let hna = assessment(1);
    let from = Assessed { hna: &hna, on: ASSESSED, plan: None };
    let id = OfferId::from_random([6; 16]);
    let record = |on| Offer::record_plan(id, &dead_since(ASSESSED), from, &typed(Decision::Declined, on), TODAY, &by());
    assert_eq!(record(TODAY), Err(Refused::AfterDeath));
    assert!(record(ASSESSED).is_ok(), "on the day itself");
}

#[test]
fn the_newest_offer_that_counts_says_whether_a_plan_is_wanted() {
    let (first, second) = (assessment(1), assessment(2));
    for decision in Decision::ALL {
        let ends = matches!(decision, Decision::Declined | Decision::Unable | Decision::NotOffered);
        let unwanted = no_plan_wanted([&offer(&first, *decision, TODAY)]);
        assert_eq!(unwanted.contains(&first.id), ends, "{decision:?}");
    }
    let declined = offer(&first, Decision::Declined, ASSESSED);
    let accepted = offer(&first, Decision::Accepted, TODAY);
    let other = offer(&second, Decision::Unable, ASSESSED);
    let assessed = Offer { plan_for: None, ..other.clone() };
    // In whatever order they come.
    assert_eq!(no_plan_wanted([&accepted, &other, &assessed, &declined]), HashSet::from([second.id]));
    let mistaken = accepted.clone().mark_mistaken("Another patient", &by()).unwrap();
    assert_eq!(no_plan_wanted([&mistaken, &declined]), HashSet::from([first.id]), "it never was accepted");
    let mut later_that_day = offer(&first, Decision::Accepted, ASSESSED);
    later_that_day.by.at += 1;
    assert_eq!(no_plan_wanted([&later_that_day, &declined]), HashSet::new());
}

#[test]
fn an_offer_of_a_plan_repeats_only_one_of_the_same_plan() {
    let (first, second) = (assessment(1), assessment(2));
    let declined = offer(&first, Decision::Declined, TODAY);
    assert!(declined.repeats(&offer(&first, Decision::Declined, TODAY)));
    assert!(!declined.repeats(&offer(&second, Decision::Declined, TODAY)));
    assert!(!declined.repeats(&Offer { plan_for: None, ..declined.clone() }), "the assessment was declined");
}
