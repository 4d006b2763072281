//! One plan after another at the trust: the next one replaces the first, and a review is the next version of the same.

use ::clinic::{
    AddAction, AddOwnConcern, CarryAction, Clinic, CompleteHna, RegisterPatient, ReviewCarePlan, StartCarePlan,
};
use kit::appointment::{a_lock, an_action};
use kit::{an_assessment, another_patient_form};
use serde_json::json;

use crate::clinic::{a_clinic_on, desk_when};
use crate::{network, of_patient, versions};

/// A plan from a new assessment with one concern; its id.
async fn a_plan(clinic: &Clinic, patient: &str) -> String {
    let hna = clinic.start_hna(an_assessment(patient)).await.unwrap().id.to_string();
    clinic.add_own_concern(AddOwnConcern { hna: hna.clone(), words: "Who walks the dog?".into() }).await.unwrap();
    clinic.complete_hna(CompleteHna { hna: hna.clone(), day: "14".into(), month: "7".into() }).await.unwrap();
    clinic.start_care_plan(StartCarePlan { hna }).await.unwrap().id.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_plan_replaces_the_first_and_holds_what_was_carried_over() {
    let network = network();
    let (shift, _folder) = a_clinic_on(&network, 735).await;
    let clinic = &shift.clinic;
    let form = another_patient_form(735, "Anna", "Invented");
    let register = RegisterPatient { form, not_the_same: true };
    let anna = clinic.register_patient(register).await.unwrap().banner.id.to_string();
    let first = a_plan(clinic, &anna).await;
    clinic.add_action(AddAction { plan: first.clone(), concern: "own-1".into() }).await.unwrap();
    let walk = an_action(&first, "a-1", ["refer", "Dog walkers", "service", "Invented Walkers", "14.12.2026"]);
    clinic.write_action(walk).await.unwrap();
    clinic.lock_care_plan(a_lock(clinic, &first).await).await.unwrap();
    clinic.review_care_plan(ReviewCarePlan { plan: first.clone() }).await.unwrap();
    clinic.lock_care_plan(a_lock(clinic, &first).await).await.unwrap();
    let second = a_plan(clinic, &anna).await;
    let carry = CarryAction { plan: second.clone(), former: first.clone(), action: "a-1".into() };
    clinic.carry_action(carry).await.unwrap();
    clinic.lock_care_plan(a_lock(clinic, &second).await).await.unwrap();
    desk_when(clinic, |desk| desk.sending.phrase == "sent" && desk.sending.waiting == 0).await;

    let plans = of_patient("CarePlan", &anna);
    assert_eq!(plans.len(), 2);
    let of = |record: &str| plans.iter().find(|one| one["identifier"][0]["value"] == record).unwrap();
    let (former, next) = (of(&first), of(&second));
    let reference = format!("CarePlan/{}", former["id"].as_str().unwrap());
    let named = json!([{ "reference": reference, "identifier": former["identifier"][0] }]);
    assert_eq!((&next["replaces"], former.get("replaces")), (&named, None));
    assert_eq!(former["extension"][0]["valueInteger"], 2);
    assert_eq!(versions("CarePlan", former["id"].as_str().unwrap()), 2);
    let referrals = of_patient("ServiceRequest", &anna);
    assert_eq!(referrals.len(), 2, "of each plan its own");
    assert!(referrals.iter().all(|one| one["code"]["text"] == "Dog walkers"));
    let based_on = |plan: &serde_json::Value| {
        let reference = format!("CarePlan/{}", plan["id"].as_str().unwrap());
        referrals.iter().find(|one| one["basedOn"][0]["reference"] == *reference).unwrap()
    };
    let there = format!("ServiceRequest/{}", based_on(former)["id"].as_str().unwrap());
    assert_eq!(based_on(former).get("replaces"), None);
    assert_eq!(based_on(next)["replaces"], json!([{ "reference": there }]), "one referral, not two");
    clinic.close().await;
}
