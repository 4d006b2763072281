//! An answer to every checklist that ships, at the trust: the server validates what it takes.

use ::clinic::{AddOwnConcern, CompleteHna, RateConcern, RegisterPatient, StartHna, WantInformation, WriteQuestions};
use kit::appointment::one_of;
use kit::{an_assessment, another_patient_form};

use crate::clinic::{a_clinic_on, desk_when};
use crate::{network, of_patient};

/// Concerns answered on each; every one of them is a record of its own at the trust.
const CONCERNS: usize = 6;

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_to_each_checklist_that_ships_arrives() {
    let network = network();
    let (shift, _folder) = a_clinic_on(&network, 761).await;
    let clinic = &shift.clinic;
    let form = another_patient_form(761, "Anna", "Invented");
    let anna = clinic.register_patient(RegisterPatient { form, not_the_same: true }).await.unwrap().banner.id;
    let offered = clinic.list_checklists().await.unwrap().offered;
    assert!(offered.len() >= 4);
    for one in &offered {
        let start = StartHna { checklist: Some(one.key.clone()), ..an_assessment(anna) };
        let started = clinic.start_hna(start).await.unwrap();
        let hna = started.id.to_string();
        let list = clinic.read_checklist(::clinic::ReadChecklist { checklist: started.checklist }).await.unwrap();
        let keys: Vec<String> =
            list.domains.iter().flat_map(|area| &area.items).take(CONCERNS).map(|item| item.key.clone()).collect();
        for (key, rating) in keys.iter().zip(1..) {
            clinic.tick_concern(one_of(&hna, key)).await.unwrap();
            clinic.rate_concern(RateConcern { hna: hna.clone(), concern: key.clone(), rating }).await.unwrap();
        }
        for topic in &list.topics {
            let want = WantInformation { hna: hna.clone(), topic: topic.key.clone(), wanted: true };
            clinic.want_information(want).await.unwrap();
        }
        let own = AddOwnConcern { hna: hna.clone(), words: "Who walks the dog? ŵ".to_owned() };
        clinic.add_own_concern(own).await.unwrap();
        let asks = WriteQuestions { hna: hna.clone(), words: "And when?".to_owned() };
        clinic.write_questions(asks).await.unwrap();
        clinic.complete_hna(CompleteHna { hna, day: "14".into(), month: "07".into() }).await.unwrap();
    }
    desk_when(clinic, |desk| desk.sending.phrase == "sent" && desk.sending.waiting == 0).await;
    let mut there: Vec<String> = of_patient("QuestionnaireResponse", anna)
        .iter()
        .map(|one| one["questionnaire"].as_str().unwrap().to_owned())
        .collect();
    let mut answered: Vec<String> = offered.iter().map(|one| one.key.clone()).collect();
    there.sort();
    answered.sort();
    assert_eq!(there, answered);
    assert_eq!(of_patient("Observation", anna).len(), offered.len() * CONCERNS);
    clinic.close().await;
}
