//! Offers and deaths at the trust: each as it stands now, under one identifier, and taken back where it never was.

use ::clinic::{
    AddOwnConcern, Clinic, CompleteHna, MarkOfferMistaken, RecordOffer, RecordPlanOffer, RegisterPatient, TakeBackDeath,
};
use kit::{a_death, an_assessment, an_offer, another_patient_form, date};

use crate::clinic::{a_clinic_on, desk_when};
use crate::{network, of_patient, server, versions};

async fn sent(clinic: &Clinic) {
    desk_when(clinic, |desk| desk.sending.phrase == "sent" && desk.sending.waiting == 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_offer_arrives_and_the_one_that_never_was_says_so_there_too() {
    let network = network();
    let (shift, _folder) = a_clinic_on(&network, 741).await;
    let clinic = &shift.clinic;
    let form = another_patient_form(741, "Anna", "Invented");
    let anna = clinic.register_patient(RegisterPatient { form, not_the_same: true }).await.unwrap().banner.id;
    let decisions = ["undecided", "declined", "accepted", "not_offered", "unable"];
    let mut last = None;
    for decision in decisions {
        let request = RecordOffer { decision: Some(decision.into()), reason: "In words".into(), ..an_offer(anna) };
        last = clinic.record_offer(request).await.unwrap().offers.into_iter().next();
    }
    sent(clinic).await;
    let cosd = |one: &serde_json::Value| one["valueCodeableConcept"]["coding"][1]["code"].as_str().unwrap().to_owned();
    let mut codes: Vec<_> = of_patient("Observation", anna).iter().map(cosd).collect();
    codes.sort();
    assert_eq!(codes, ["01", "02", "03", "04", "05"]);

    let offer = last.unwrap().id.to_string();
    let reason = "Meant for Mei".to_owned();
    clinic.mark_offer_mistaken(MarkOfferMistaken { offer: offer.clone(), reason }).await.unwrap();
    sent(clinic).await;
    let there = of_patient("Observation", anna);
    assert_eq!(there.len(), decisions.len());
    for one in there {
        let marked = one["identifier"][0]["value"] == offer;
        let (status, version) = if marked { ("entered-in-error", 2) } else { ("final", 1) };
        assert_eq!(
            (one["status"].as_str(), versions("Observation", one["id"].as_str().unwrap())),
            (Some(status), version)
        );
    }
    clinic.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_offer_of_a_plan_arrives_with_the_assessment_it_is_from() {
    let network = network();
    let (shift, _folder) = a_clinic_on(&network, 743).await;
    let clinic = &shift.clinic;
    let form = another_patient_form(743, "Anna", "Invented");
    let anna = clinic.register_patient(RegisterPatient { form, not_the_same: true }).await.unwrap().banner.id;
    let hna = clinic.start_hna(an_assessment(anna)).await.unwrap().id.to_string();
    clinic.add_own_concern(AddOwnConcern { hna: hna.clone(), words: "Who walks the dog?".into() }).await.unwrap();
    clinic.complete_hna(CompleteHna { hna: hna.clone(), day: "14".into(), month: "7".into() }).await.unwrap();
    for decision in ["undecided", "declined", "accepted", "not_offered", "unable"] {
        let offer = RecordPlanOffer {
            hna: hna.clone(),
            decision: Some(decision.into()),
            reason: "In words".into(),
            on: date(23, 11, 2026),
            again: false,
        };
        clinic.record_plan_offer(offer).await.unwrap();
    }
    sent(clinic).await;
    let offers: Vec<_> = of_patient("Observation", anna)
        .into_iter()
        .filter(|one| one["code"]["coding"][1]["code"] == "care_plan")
        .collect();
    let mut codes: Vec<_> =
        offers.iter().map(|one| one["valueCodeableConcept"]["coding"][1]["code"].as_str().unwrap()).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["01", "02", "03", "04", "05"]);
    let responses = of_patient("QuestionnaireResponse", anna);
    let [response] = responses.as_slice() else { panic!("one assessment") };
    let from = format!("QuestionnaireResponse/{}", response["id"].as_str().unwrap());
    assert!(offers.iter().all(|one| one["derivedFrom"][0]["reference"] == from));
    clinic.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_death_is_there_until_it_is_taken_back() {
    let network = network();
    let (shift, _folder) = a_clinic_on(&network, 742).await;
    let clinic = &shift.clinic;
    let form = another_patient_form(742, "Anna", "Invented");
    let anna = clinic.register_patient(RegisterPatient { form, not_the_same: true }).await.unwrap().banner.id;
    let died = || server().get(&format!("/Patient/{anna}")).1["deceasedDateTime"].clone();
    clinic.record_death(a_death(anna)).await.unwrap();
    sent(clinic).await;
    assert_eq!(died(), "2026-11-20");
    let back = TakeBackDeath { patient: anna.to_string(), reason: "Somebody else".into() };
    clinic.take_back_death(back).await.unwrap();
    sent(clinic).await;
    assert!(died().is_null());
    clinic.close().await;
}
