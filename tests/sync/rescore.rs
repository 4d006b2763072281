//! An assessment scored again at the trust: nought is a score there, and it names the one before.

use ::clinic::{Clinic, CompleteHna, Invite, RateConcern, RegisterPatient, ScoreAgain, StartHna};
use kit::appointment::one_of;
use kit::{an_assessment, another_patient_form};
use serde_json::{Value, json};

use crate::clinic::{a_clinic_on, desk_when};
use crate::home::{a_home_clinic, an_invitation, sent, there};
use crate::{network, of_patient};

/// Scores pain and completes the assessment.
async fn finish(clinic: &Clinic, hna: &str, rating: i64) {
    let hna = hna.to_owned();
    let rate = RateConcern { hna: hna.clone(), concern: "physical.pain".into(), rating };
    clinic.rate_concern(rate).await.unwrap();
    clinic.complete_hna(CompleteHna { hna, day: "14".into(), month: "7".into() }).await.unwrap();
}

/// A first assessment, in which pain is scored 9.
async fn the_first(clinic: &Clinic, patient: impl ToString) -> String {
    let first = clinic.start_hna(an_assessment(patient)).await.unwrap().id.to_string();
    clinic.tick_concern(one_of(&first, "physical.pain")).await.unwrap();
    finish(clinic, &first, 9).await;
    first
}

/// What a resource says is scored again; None when it does not say so.
fn former(resource: &Value) -> Option<Value> {
    let extensions = resource["extension"].as_array().unwrap();
    let named = extensions.iter().find(|one| one["url"].as_str().unwrap().ends_with("/scores-again"));
    named.map(|one| one["valueReference"]["reference"].clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_assessment_scored_again_arrives_with_its_nought_and_the_one_before() {
    let network = network();
    let (shift, _folder) = a_clinic_on(&network, 781).await;
    let clinic = &shift.clinic;
    let form = another_patient_form(781, "Anna", "Invented");
    let anna = clinic.register_patient(RegisterPatient { form, not_the_same: true }).await.unwrap().banner.id;
    let first = the_first(clinic, anna).await;
    let StartHna { day, month, answered_by, helper, method, pathway_point, answered_on, .. } = an_assessment(anna);
    let again = ScoreAgain { hna: first.clone(), day, month, answered_by, helper, method, pathway_point, answered_on };
    let second = clinic.score_again(again).await.unwrap().id.to_string();
    finish(clinic, &second, 0).await;
    desk_when(clinic, |desk| desk.sending.phrase == "sent" && desk.sending.waiting == 0).await;

    let mut scores: Vec<_> = of_patient("Observation", anna).iter().map(|one| one["valueInteger"].as_i64()).collect();
    scores.sort();
    assert_eq!(scores, [Some(0), Some(9)]);
    let responses = of_patient("QuestionnaireResponse", anna);
    let of = |record: &str| responses.iter().find(|one| one["identifier"]["value"] == *record).unwrap();
    assert_eq!(former(of(&first)), None);
    let there = format!("QuestionnaireResponse/{}", of(&first)["id"].as_str().unwrap());
    assert_eq!(former(of(&second)), Some(there.into()));
    clinic.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_task_asks_to_score_again_and_its_answer_arrives_with_its_nought() {
    let network = network();
    let (shift, folder, anna) = a_home_clinic(&network, 860).await;
    let clinic = &shift.clinic;
    let first = the_first(clinic, &anna).await;
    let invite = Invite { again: Some(first.clone()), ..an_invitation(&anna) };
    let invitation = clinic.invite(invite).await.unwrap().line.id.to_string();
    sent(clinic).await;
    let task = there("Task", &invitation);
    let responses = of_patient("QuestionnaireResponse", &anna);
    let of_first = format!("QuestionnaireResponse/{}", responses[0]["id"].as_str().unwrap());
    assert_eq!((responses.len(), former(&task)), (1, Some(json!(of_first))));
    let response = json!({
        "resourceType": "QuestionnaireResponse",
        "identifier": task["identifier"][1],
        "questionnaire": task["input"][0]["valueCanonical"],
        "status": "completed",
        "authored": "2026-11-23",
        "item": [{ "linkId": "physical", "item": [{ "linkId": "physical.pain", "answer": [{ "valueInteger": 0 }] }] }],
    });
    let file = folder.path().join("answers.json");
    std::fs::write(&file, response.to_string()).unwrap();
    let taken = clinic.take_in_answers(file).await.unwrap();
    assert_eq!(taken.outcome, "completed");
    sent(clinic).await;
    assert_eq!(there("Task", &invitation)["status"], "completed");
    let mut scores: Vec<_> = of_patient("Observation", &anna).iter().map(|one| one["valueInteger"].as_i64()).collect();
    scores.sort();
    assert_eq!(scores, [Some(0), Some(9)]);
    let hna = taken.answers.unwrap().line.hna.unwrap().to_string();
    let responses = of_patient("QuestionnaireResponse", &anna);
    let answer = responses.iter().find(|one| one["identifier"]["value"] == hna).unwrap();
    assert_eq!(former(answer), Some(json!(of_first)));
    clinic.close().await;
}
