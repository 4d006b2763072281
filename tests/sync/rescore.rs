//! An assessment scored again at the trust: nought is a score there, and it names the one before.

use ::clinic::{CompleteHna, RateConcern, RegisterPatient, ScoreAgain, StartHna};
use kit::appointment::one_of;
use kit::{an_assessment, another_patient_form};

use crate::clinic::{a_clinic_on, desk_when};
use crate::{network, of_patient};

#[tokio::test(flavor = "multi_thread")]
async fn an_assessment_scored_again_arrives_with_its_nought_and_the_one_before() {
    let network = network();
    let (shift, _folder) = a_clinic_on(&network, 781).await;
    let clinic = &shift.clinic;
    let form = another_patient_form(781, "Anna", "Invented");
    let anna = clinic.register_patient(RegisterPatient { form, not_the_same: true }).await.unwrap().banner.id;
    let finish = async |hna: &str, rating: i64| {
        let hna = hna.to_owned();
        let rate = RateConcern { hna: hna.clone(), concern: "physical.pain".into(), rating };
        clinic.rate_concern(rate).await.unwrap();
        clinic.complete_hna(CompleteHna { hna, day: "14".into(), month: "7".into() }).await.unwrap();
    };
    let first = clinic.start_hna(an_assessment(anna)).await.unwrap().id.to_string();
    clinic.tick_concern(one_of(&first, "physical.pain")).await.unwrap();
    finish(&first, 9).await;
    let StartHna { day, month, answered_by, helper, method, pathway_point, answered_on, .. } = an_assessment(anna);
    let again = ScoreAgain { hna: first.clone(), day, month, answered_by, helper, method, pathway_point, answered_on };
    let second = clinic.score_again(again).await.unwrap().id.to_string();
    finish(&second, 0).await;
    desk_when(clinic, |desk| desk.sending.phrase == "sent" && desk.sending.waiting == 0).await;

    let mut scores: Vec<_> = of_patient("Observation", anna).iter().map(|one| one["valueInteger"].as_i64()).collect();
    scores.sort();
    assert_eq!(scores, [Some(0), Some(9)]);
    let responses = of_patient("QuestionnaireResponse", anna);
    let of = |record: &str| responses.iter().find(|one| one["identifier"]["value"] == *record).unwrap();
    let former = |record: &str| {
        let extensions = of(record)["extension"].as_array().unwrap().clone();
        let named = |one: &&serde_json::Value| one["url"].as_str().unwrap().ends_with("/scores-again");
        extensions.iter().find(named).map(|one| one["valueReference"]["reference"].clone())
    };
    assert_eq!(former(&first), None);
    let there = format!("QuestionnaireResponse/{}", of(&first)["id"].as_str().unwrap());
    assert_eq!(former(&second), Some(there.into()));
    clinic.close().await;
}
