//! Training mode: invented patients, no keys of the PC, nothing of it in the clinic.

use clinic::*;
use kit::appointment::one_of;
use kit::room::Room;
use kit::*;

use crate::code;

/// Family name and day, month, year of birth of the six.
const PEOPLE: [(&str, [u16; 3]); 6] = [
    ("Testwell", [2, 3, 1961]),
    ("Sampleford", [14, 7, 1956]),
    ("Sampleford", [17, 4, 1956]),
    ("Przykładowska", [30, 11, 1974]),
    ("Tŵr-Ffuglen", [29, 2, 1988]),
    ("Namoona", [8, 9, 1969]),
];

#[tokio::test]
async fn one_click_opens_a_desk_with_six_invented_patients_and_asks_no_key_store() {
    let room = Room::new();
    let house = room.house();
    let clinic = house.open_training().await.unwrap();
    assert_eq!(room.keys.asked(), 0);
    let desk = clinic.desk().await.unwrap();
    assert!(desk.training && desk.ready && !desk.nurse.key_holder);
    let mut people = 0;
    for (family, born) in PEOPLE {
        let [day, month, year] = born;
        let search = FindPatients { family: family.into(), born: date(day as u8, month as u8, year), ..a_search() };
        let found = clinic.find_patients(search).await.unwrap();
        assert_eq!(found.people.len(), 1, "{family}");
        assert!(found.people[0].banner.test);
        people += 1;
    }
    assert_eq!(people, 6);
    let work: Vec<_> = clinic.today().await.unwrap().work.into_iter().map(|item| item.kind.code()).collect();
    assert!(
        work.contains(&"draft_hna") && work.contains(&"hna_without_plan"),
        "different points of the pathway: {work:?}"
    );
    clinic.close().await;
    assert_eq!(house.front().state, "fresh", "nothing of a clinic was made");
    let names: Vec<_> =
        room.files().into_keys().filter(|path| !path.starts_with(room.profile().join("training"))).collect();
    assert_eq!(names, [room.profile().join("lock")]);
}

#[tokio::test]
async fn every_act_of_the_day_works_and_keys_are_out_of_reach() {
    let room = Room::new();
    let clinic = room.house().open_training().await.unwrap();
    let anna = registered(&clinic).await;
    let hna = clinic.start_hna(an_assessment(anna)).await.unwrap().id.to_string();
    clinic.tick_concern(one_of(&hna, "physical.sleep")).await.unwrap();
    clinic.complete_hna(CompleteHna { hna, day: "14".into(), month: "7".into() }).await.unwrap();
    assert_eq!(code(clinic.add_nurse(a_colleague()).await), Code::NotAllowed);
    assert_eq!(code(clinic.issue_recovery_code(a_new_code()).await), Code::NotAllowed);
    clinic.close().await;
}

#[tokio::test]
async fn a_locked_training_desk_is_gone_back_to_with_its_work() {
    let room = Room::new();
    let house = room.house();
    let clinic = house.open_training().await.unwrap();
    let anna = registered(&clinic).await;
    let key = clinic.close().await.expect("a training desk hands its key on");
    drop((clinic, house));
    // The next image of the program gets the key through a pipe.
    let house = room.house();
    assert!(!house.front().training_left_open);
    house.keep_training(TrainingKey::from_bytes(&key.to_bytes()).unwrap());
    assert!(house.front().training_left_open);
    let clinic = house.open_training().await.unwrap();
    let seen = clinic.open_patient(OpenPatient { patient: anna.to_string() }).await.unwrap();
    assert_eq!(seen.banner.family, "Invented");
    clinic.close().await;
}

#[tokio::test]
async fn a_new_start_begins_with_the_six_again() {
    let room = Room::new();
    let house = room.house();
    let clinic = house.open_training().await.unwrap();
    let anna = registered(&clinic).await;
    clinic.close().await;
    drop((clinic, house));
    let clinic = room.house().open_training().await.unwrap();
    assert_eq!(code(clinic.open_patient(OpenPatient { patient: anna.to_string() }).await), Code::Gone);
    clinic.close().await;
}

#[tokio::test]
async fn training_on_a_pc_with_a_clinic_leaves_the_clinic_as_it_is() {
    let desk = a_clinic().await;
    desk.clinic.register_patient(RegisterPatient { form: a_patient_form(), not_the_same: false }).await.unwrap();
    desk.clinic.close().await;
    let clinic_files = |room: &Room| {
        let mut files = room.files();
        files.retain(|path, _| !path.starts_with(room.profile().join("training")));
        (files, room.keys.content())
    };
    let (before, asked) = (clinic_files(&desk.room), desk.room.keys.asked());
    let training = desk.house.open_training().await.unwrap();
    training
        .register_patient(RegisterPatient { form: another_patient_form(2, "Mei", "Pretend"), not_the_same: false })
        .await
        .unwrap();
    training.close().await;
    assert!(before == clinic_files(&desk.room));
    assert_eq!(desk.room.keys.asked(), asked);
    let search = FindPatients { nhs_number: nhs_number(2), born: date(14, 7, 1956), ..a_search() };
    let clinic = desk.unlock().await;
    assert!(clinic.find_patients(search).await.unwrap().people.is_empty());
    assert!(clinic.close().await.is_none(), "a real desk hands no key on");
}

#[tokio::test]
async fn a_key_of_another_length_is_no_key() {
    assert!(TrainingKey::from_bytes(&[1; 63]).is_none() && TrainingKey::from_bytes(&[1; 65]).is_none());
    assert!(TrainingKey::from_bytes(&[1; 64]).is_some());
}
