//! Offers: what is refused, what is asked again, and when the next one is due. The rules are in `offer`.

use super::*;
use crate::id::StaffId;
use crate::patient::tests::patient as someone;
use crate::staff::Role;
use jiff::civil::date;

pub(crate) const TODAY: Date = date(2026, 11, 23);

pub(crate) fn by() -> By {
    let staff = StaffId::from_random([1; 16]);
    let role = Role::SupportWorker;
    By { staff, name: "Ruth Invented".to_owned(), role, key_holder: false, at: 1_795_425_120_000, pc: String::new() }
}

pub(crate) fn patient() -> Patient {
    Patient {
        id: PatientId::from_random([2; 16]),
        nhs_number: None,
        hospital_number: "1".to_owned(),
        cancer: Cancer { diagnosed: Some(date(2026, 1, 19)), ..Cancer::default() },
        ..someone(date(1956, 7, 14))
    }
}

pub(crate) fn dead_since(died: Date) -> Patient {
    patient().record_death(Some(died), TODAY).unwrap()
}

fn typed(decision: Decision) -> TypedOffer {
    let reason = if decision.needs_reason() { "Too unwell today" } else { "" };
    TypedOffer {
        point: Some(PathwayPoint::InitialDiagnosis),
        decision: Some(decision),
        reason: reason.to_owned(),
        on: Some(TODAY),
    }
}

fn record(patient: &Patient, typed: &TypedOffer) -> Result<Offer, Refused> {
    Offer::record(OfferId::from_random([3; 16]), patient, typed, TODAY, &by())
}

fn faults(refused: Result<Offer, Refused>) -> Vec<(String, &'static str)> {
    let Err(Refused::Fields(faults)) = refused else { panic!("fields are refused: {refused:?}") };
    faults.into_iter().map(|fault| (fault.field, fault.reason)).collect()
}

fn fault(field: &str, reason: &'static str) -> Vec<(String, &'static str)> {
    vec![(field.to_owned(), reason)]
}

#[test]
fn every_decision_is_kept_with_who_offered_in_which_role_and_when() {
    for decision in Decision::ALL {
        let offer = record(&patient(), &typed(*decision)).unwrap();
        assert_eq!((offer.decision, offer.point, offer.on), (*decision, PathwayPoint::InitialDiagnosis, TODAY));
        assert_eq!((offer.by.role, offer.by.at), (Role::SupportWorker, by().at));
        assert_eq!(offer.mistaken, None);
    }
}

#[test]
fn what_was_not_chosen_is_named_all_at_once() {
    let missing = ["point", "decision", "on"].map(|field| (field.to_owned(), "missing"));
    assert_eq!(faults(record(&patient(), &TypedOffer::default())), missing);
}

#[test]
fn not_offered_and_unable_need_a_reason_and_the_others_need_none() {
    for decision in Decision::ALL {
        let without = TypedOffer { reason: "  ".to_owned(), ..typed(*decision) };
        match decision {
            Decision::NotOffered | Decision::Unable => {
                assert_eq!(faults(record(&patient(), &without)), fault("reason", "missing"));
            }
            _ => assert_eq!(record(&patient(), &without).unwrap().reason, ""),
        }
    }
    let long = TypedOffer { reason: "x".repeat(text::LINE + 1), ..typed(Decision::Unable) };
    assert_eq!(faults(record(&patient(), &long)), fault("reason", "too_long"));
}

#[test]
fn an_offer_is_of_a_day_in_the_life_of_the_patient() {
    let on = |on| TypedOffer { on: Some(on), ..typed(Decision::Accepted) };
    assert_eq!(faults(record(&patient(), &on(date(2026, 11, 24)))), fault("on", "in_future"));
    assert_eq!(faults(record(&patient(), &on(date(1956, 7, 13)))), fault("on", "before_birth"));
    let died = dead_since(date(2026, 11, 20));
    assert_eq!(record(&died, &on(date(2026, 11, 21))), Err(Refused::AfterDeath));
    assert!(record(&died, &on(date(2026, 11, 20))).is_ok(), "on the day itself");
}

#[test]
fn a_mistake_is_marked_once_with_a_reason_and_keeps_what_it_said() {
    let offer = record(&patient(), &typed(Decision::Accepted)).unwrap();
    assert_eq!(faults(offer.clone().mark_mistaken(" ", &by())), fault("reason", "missing"));
    let marked = offer.clone().mark_mistaken("Another patient", &by()).unwrap();
    assert_eq!(marked.mistaken.as_ref().map(|marked| marked.reason.as_str()), Some("Another patient"));
    assert_eq!(Offer { mistaken: None, ..marked.clone() }, offer);
    assert_eq!(marked.mark_mistaken("Again", &by()), Err(Refused::OfferMistaken));
}

#[test]
fn the_same_is_the_same_patient_point_decision_and_day() {
    let offer = record(&patient(), &typed(Decision::Accepted)).unwrap();
    let again = Offer { id: OfferId::from_random([4; 16]), reason: "Words".to_owned(), ..offer.clone() };
    assert!(again.repeats(&offer));
    for other in [
        Offer { patient: PatientId::from_random([5; 16]), ..again.clone() },
        Offer { point: PathwayPoint::Other, ..again.clone() },
        Offer { decision: Decision::Declined, ..again.clone() },
        Offer { on: date(2026, 11, 22), ..again.clone() },
    ] {
        assert!(!other.repeats(&offer) && !offer.repeats(&other));
    }
    assert!(!again.repeats(&offer.mark_mistaken("Typed twice", &by()).unwrap()), "what never was is not repeated");
}

fn treated(treatments: &[(TreatmentKind, Option<Date>, Option<Date>)]) -> Patient {
    let one = |(kind, start, end): &(TreatmentKind, Option<Date>, Option<Date>)| Treatment {
        kind: *kind,
        name: String::new(),
        start: *start,
        end: *end,
    };
    let mut patient = patient();
    patient.cancer.treatments = treatments.iter().map(one).collect();
    patient
}

fn point(patient: &Patient) -> Option<(PathwayPoint, Date)> {
    due(patient, &[], TODAY).map(|due| (due.point, due.since))
}

#[test]
fn where_a_patient_stands_follows_from_the_dates() {
    use PathwayPoint::{DuringTreatment, EndOfTreatment, InitialDiagnosis};
    use TreatmentKind::{Hormone, Sact, Surgery, Surveillance};
    let (feb, may, sep) = (Some(date(2026, 2, 3)), Some(date(2026, 5, 18)), Some(date(2026, 9, 7)));
    let ahead = Some(date(2026, 12, 1));
    let diagnosed = Some((InitialDiagnosis, date(2026, 1, 19)));
    assert_eq!(point(&patient()), diagnosed);
    assert_eq!(point(&treated(&[(Sact, ahead, None)])), diagnosed, "planned is not begun");
    assert_eq!(point(&treated(&[(Surveillance, feb, None), (Sact, None, None)])), diagnosed, "watching, and no day");
    assert_eq!(point(&treated(&[(Sact, feb, None)])), Some((DuringTreatment, date(2026, 2, 3))));
    let last_day = treated(&[(Sact, feb, Some(TODAY))]);
    assert_eq!(point(&last_day), Some((DuringTreatment, date(2026, 2, 3))), "its last day is one of it");
    let between = treated(&[(Surgery, feb, None), (Sact, ahead, None)]);
    assert_eq!(point(&between), Some((DuringTreatment, date(2026, 2, 3))), "between two treatments");
    assert_eq!(point(&treated(&[(Surgery, feb, None)])), Some((EndOfTreatment, date(2026, 2, 3))));
    let hormone = treated(&[(Surgery, feb, None), (Sact, may, sep), (Hormone, sep, None)]);
    assert_eq!(point(&hormone), Some((EndOfTreatment, date(2026, 9, 7))), "hormone treatment goes on for years");
    assert_eq!(point(&treated(&[(Hormone, sep, None)])), Some((DuringTreatment, date(2026, 9, 7))));
    let mut unknown = patient();
    unknown.cancer.diagnosed = None;
    assert_eq!(point(&unknown), None);
}

#[test]
fn a_cancer_that_came_back_begins_the_pathway_again() {
    let (feb, oct) = (Some(date(2026, 2, 3)), Some(date(2026, 10, 5)));
    let mut back = treated(&[(TreatmentKind::Surgery, feb, None)]);
    back.cancer.recurred = Some(date(2026, 10, 1));
    assert_eq!(point(&back), Some((PathwayPoint::Recurrence, date(2026, 10, 1))));
    let returned = Due { point: PathwayPoint::Recurrence, since: date(2026, 10, 1) };
    let before = (PathwayPoint::Recurrence, date(2026, 9, 30));
    assert_eq!(due(&back, &[before], TODAY), Some(returned), "that was when it came back before");
    assert_eq!(due(&back, &[before, (PathwayPoint::Recurrence, returned.since)], TODAY), None);
    let first = (PathwayPoint::DuringTreatment, date(2026, 2, 10));
    back.cancer.treatments.extend(treated(&[(TreatmentKind::Sact, oct, None)]).cancer.treatments);
    let due_now = Due { point: PathwayPoint::DuringTreatment, since: date(2026, 10, 5) };
    assert_eq!(due(&back, &[first], TODAY), Some(due_now), "what was offered during the first is not for this one");
    assert_eq!(due(&back, &[first, (PathwayPoint::StartOfTreatment, date(2026, 10, 4))], TODAY), None);
}

#[test]
fn an_offer_or_assessment_of_the_point_ends_the_prompt_and_one_of_another_does_not() {
    let during = (PathwayPoint::DuringTreatment, TODAY);
    let at_diagnosis = (PathwayPoint::InitialDiagnosis, date(2026, 1, 10));
    assert!(due(&patient(), &[during], TODAY).is_some());
    assert_eq!(due(&patient(), &[during, at_diagnosis], TODAY), None, "also on a day before that of the diagnosis");
    let treated = treated(&[(TreatmentKind::Sact, Some(date(2026, 2, 3)), None)]);
    assert!(due(&treated, &[at_diagnosis], TODAY).is_some());
    assert_eq!(due(&treated, &[at_diagnosis, during], TODAY), None);
}

#[test]
fn nothing_is_due_after_death() {
    assert_eq!(point(&dead_since(date(2026, 11, 20))), None);
    assert_eq!(point(&dead_since(TODAY)), None, "on the day itself neither");
}
