//! What is unfinished, how old it is and whose it is.

use clinic::*;
use kit::appointment::{a_lock, begun, one_of};
use kit::clock::{DAY, HOUR};
use kit::room::unlock;
use kit::*;

async fn register(clinic: &Clinic, number: u32, given: &str) -> String {
    let form = another_patient_form(number, given, "Invented");
    clinic.register_patient(RegisterPatient { form, not_the_same: false }).await.unwrap().banner.id.to_string()
}

async fn start(clinic: &Clinic, patient: &str) -> String {
    clinic.start_hna(an_assessment(patient)).await.unwrap().id.to_string()
}

async fn complete(clinic: &Clinic, hna: &str) {
    let end = CompleteHna { hna: hna.into(), day: "14".into(), month: "7".into() };
    clinic.complete_hna(end).await.unwrap();
}

async fn work(clinic: &Clinic) -> Vec<(&'static str, String, i32, bool)> {
    let today = clinic.today().await.unwrap();
    begun(today).into_iter().map(|item| (item.kind.code(), item.banner.given, item.days, item.mine)).collect()
}

#[tokio::test]
async fn a_draft_grows_older_day_by_day_and_the_oldest_comes_first() {
    let desk = a_clinic().await;
    let clinic = &desk.clinic;
    let (anna, mei) = (register(clinic, 1, "Anna").await, register(clinic, 2, "Mei").await);
    start(clinic, &anna).await;
    assert_eq!(work(clinic).await, [("draft_hna", "Anna".to_owned(), 0, true)]);
    desk.room.clock.step(DAY + HOUR);
    start(clinic, &mei).await;
    desk.room.clock.step(2 * DAY);
    let expected = [("draft_hna", "Anna".to_owned(), 3, true), ("draft_hna", "Mei".to_owned(), 2, true)];
    assert_eq!(work(clinic).await, expected);
    assert_eq!(clinic.today().await.unwrap().today.iso, "2026-11-26");
}

#[tokio::test]
async fn days_are_days_of_the_calendar_in_london() {
    let desk = a_clinic().await;
    let anna = register(&desk.clinic, 1, "Anna").await;
    // From 09:12 to 23:52, and then past midnight.
    desk.room.clock.step(14 * HOUR + 40 * clock::MINUTE);
    start(&desk.clinic, &anna).await;
    desk.room.clock.step(10 * clock::MINUTE);
    assert_eq!(work(&desk.clinic).await[0].2, 1);
    // The clocks go forward on 28 March 2027: the day has 23 hours and is one day.
    let desk = a_clinic().await;
    let anna = register(&desk.clinic, 1, "Anna").await;
    desk.room.clock.step(124 * DAY + 14 * HOUR);
    start(&desk.clinic, &anna).await;
    desk.room.clock.step(24 * HOUR);
    assert_eq!(desk.clinic.today().await.unwrap().today.iso, "2027-03-29");
    assert_eq!(work(&desk.clinic).await[0].2, 2, "from Saturday 23:12 over a short Sunday to Monday 00:12");
}

#[tokio::test]
async fn a_completed_assessment_waits_for_its_plan_unless_it_has_no_concerns() {
    let desk = a_clinic().await;
    let clinic = &desk.clinic;
    let (anna, mei) = (register(clinic, 1, "Anna").await, register(clinic, 2, "Mei").await);
    let with = start(clinic, &anna).await;
    clinic.tick_concern(one_of(&with, "physical.sleep")).await.unwrap();
    complete(clinic, &with).await;
    let without = start(clinic, &mei).await;
    complete(clinic, &without).await;
    desk.room.clock.step(5 * DAY);
    assert_eq!(work(clinic).await, [("hna_without_plan", "Anna".to_owned(), 5, true)]);
}

#[tokio::test]
async fn only_the_newest_assessment_of_a_patient_waits_and_a_discarded_one_never() {
    let desk = a_clinic().await;
    let clinic = &desk.clinic;
    let anna = register(clinic, 1, "Anna").await;
    for day in 0..2 {
        let hna = start(clinic, &anna).await;
        clinic.tick_concern(one_of(&hna, "physical.sleep")).await.unwrap();
        complete(clinic, &hna).await;
        desk.room.clock.step(DAY);
        assert_eq!(work(clinic).await.len(), 1, "day {day}");
    }
    assert_eq!(work(clinic).await[0].2, 1);
    let draft = start(clinic, &anna).await;
    assert_eq!(work(clinic).await.len(), 2);
    clinic.discard_hna(DiscardHna { hna: draft, reason: "Started twice".into() }).await.unwrap();
    assert_eq!(work(clinic).await.len(), 1);
}

#[tokio::test]
async fn a_plan_takes_the_place_of_its_assessment_until_it_is_locked_and_again_while_it_is_open() {
    let desk = a_clinic().await;
    let clinic = &desk.clinic;
    let anna = register(clinic, 1, "Anna").await;
    let hna = start(clinic, &anna).await;
    clinic.tick_concern(one_of(&hna, "physical.sleep")).await.unwrap();
    complete(clinic, &hna).await;
    desk.room.clock.step(5 * DAY);
    let plan = clinic.start_care_plan(StartCarePlan { hna: hna.clone() }).await.unwrap().id.to_string();
    desk.room.clock.step(2 * DAY);
    assert_eq!(work(clinic).await, [("draft_plan", "Anna".to_owned(), 2, true)]);
    assert_eq!(begun(clinic.today().await.unwrap())[0].record, plan);
    clinic.lock_care_plan(a_lock(clinic, &plan).await).await.unwrap();
    assert!(work(clinic).await.is_empty());
    desk.room.clock.step(30 * DAY);
    clinic.unlock_care_plan(UnlockCarePlan { plan: plan.clone(), reason: "More to say".into() }).await.unwrap();
    desk.room.clock.step(DAY);
    assert_eq!(work(clinic).await, [("draft_plan", "Anna".to_owned(), 1, true)], "open for a day, not for a month");
    // The next assessment waits for its own plan beside it.
    let next = start(clinic, &anna).await;
    clinic.tick_concern(one_of(&next, "physical.pain")).await.unwrap();
    complete(clinic, &next).await;
    let kinds: Vec<_> = begun(clinic.today().await.unwrap()).into_iter().map(|item| (item.kind, item.record)).collect();
    assert_eq!(kinds, [(WorkKind::DraftPlan, plan), (WorkKind::HnaWithoutPlan, next)]);
}

#[tokio::test]
async fn a_plan_belongs_to_whoever_started_it() {
    let desk = a_clinic().await;
    let omar = desk.clinic.add_nurse(a_colleague()).await.unwrap()[1].id.to_string();
    let anna = register(&desk.clinic, 1, "Anna").await;
    let hna = start(&desk.clinic, &anna).await;
    desk.clinic.tick_concern(one_of(&hna, "physical.sleep")).await.unwrap();
    complete(&desk.clinic, &hna).await;
    desk.clinic.close().await;
    let clinic = unlock(&desk.house, &omar, OMARS_PASSPHRASE).await.unwrap();
    clinic.start_care_plan(StartCarePlan { hna }).await.unwrap();
    clinic.close().await;
    let work = begun(desk.unlock().await.today().await.unwrap());
    assert_eq!((work[0].owner.as_str(), work[0].mine), ("Omar Imagined", false));
}

#[tokio::test]
async fn the_whole_team_sees_the_work_and_whose_it_is() {
    let desk = a_clinic().await;
    let omar = desk.clinic.add_nurse(a_colleague()).await.unwrap()[1].id.to_string();
    let anna = register(&desk.clinic, 1, "Anna").await;
    start(&desk.clinic, &anna).await;
    desk.clinic.close().await;
    let clinic = unlock(&desk.house, &omar, OMARS_PASSPHRASE).await.unwrap();
    let today = clinic.today().await.unwrap();
    assert!(today.recent.is_empty(), "he had nobody open yet");
    let work = begun(today);
    assert_eq!((work[0].owner.as_str(), work[0].mine, work[0].my_team), ("Ruth Invented", false, true));
}

#[tokio::test]
async fn the_last_eight_patients_are_offered_newest_first() {
    let desk = a_clinic().await;
    let mut patients = Vec::new();
    for number in 1..=9 {
        patients.push(register(&desk.clinic, number, &format!("Anna {number}")).await);
    }
    desk.clinic.open_patient(OpenPatient { patient: patients[4].clone() }).await.unwrap();
    let recent: Vec<_> =
        desk.clinic.today().await.unwrap().recent.into_iter().map(|banner| banner.id.to_string()).collect();
    let expected = [4, 8, 7, 6, 5, 3, 2, 1].map(|place: usize| patients[place].clone());
    assert_eq!(recent, expected);
}
