//! What is sent for each record, member by member: a changed identifier would be a second copy at the trust, for ever.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod kit;

use serde_json::Value;

macro_rules! snapshots {
    ($($name:ident = $file:literal),+ $(,)?) => {$(
        #[test]
        fn $name() {
            compare($file, include_str!(concat!("snapshots/", $file, ".json")));
        }
    )+};
}

snapshots! {
    a_patient = "patient",
    a_patient_with_as_little_as_may_be = "patient-least",
    a_patient_the_trust_knows = "patient-matched",
    a_patient_of_whom_less_is_true = "patient-corrected",
    a_patient_who_has_died = "patient-died",
    an_offer = "offer",
    an_offer_without_a_reason = "offer-accepted",
    an_offer_that_never_was = "offer-mistaken",
    an_offer_of_a_plan = "plan-offer",
    an_invitation = "invitation",
    an_invitation_with_the_code_of_another_website = "invitation-recorded",
    an_invitation_to_score_again = "invitation-again",
    an_invitation_that_was_answered = "invitation-answered",
    an_appointment = "appointment",
    an_appointment_without_a_day = "appointment-proposed",
    an_appointment_that_was_missed = "appointment-missed",
    a_booking_that_is_asked_for = "booking",
    a_booking_that_is_confirmed = "booking-confirmed",
    a_booking_for_some_day_of_a_month = "booking-month",
    a_booking_that_waits_for_a_date = "booking-waiting",
    a_booking_that_was_missed = "booking-missed",
    an_assessment = "hna",
    an_assessment_scored_again = "hna-again",
    an_assessment_without_a_concern = "hna-empty",
    a_care_plan = "care-plan",
    a_care_plan_without_an_action = "care-plan-empty",
    a_care_plan_in_full = "care-plan-full",
    a_care_plan_locked_again = "care-plan-changed",
    a_treatment_summary = "treatment-summary",
    a_treatment_summary_amended = "treatment-summary-amended",
}

fn compare(name: &str, then: &str) {
    let set = kit::sets().into_iter().find(|set| set.name == name).unwrap();
    let now: Value = set.resources.iter().map(|resource| resource.body.clone()).collect();
    // Members have no order: how they are written depends on what else is built.
    if now != serde_json::from_str::<Value>(then).unwrap() {
        let path = kit::scratch(&format!("{name}.json"));
        std::fs::write(&path, format!("{now:#}\n")).unwrap();
        panic!("{name} changed; look at the difference, then copy {}", path.display());
    }
}
