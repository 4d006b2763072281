//! Whom a hand-over is for, and how long its way back counts.

use super::*;

#[tokio::test]
async fn the_way_back_in_is_kept_for_a_minute() {
    let handed = handed().await;
    let patient = handed.patient();
    let Tried::Right(way_back) = patient.hand_back(&pin(PIN)).unwrap() else { panic!("the PIN is the right one") };
    drop(patient);
    let house = handed.room.house();
    let kept = || HandedBack::from_bytes(&way_back.to_bytes()).unwrap();
    house.keep_handed_back(kept());
    handed.room.clock.step(MINUTE - 1);
    assert!(house.front().handed_back);
    handed.room.clock.step(1);
    assert_eq!(code(house.come_back().await), Code::Locked);
    house.keep_handed_back(kept());
    handed.room.clock.step(MINUTE);
    assert!(!house.front().handed_back);
    handed.room.clock.step(-MINUTE);
    assert_eq!(code(house.come_back().await), Code::Locked, "it was let go of, not hidden");
    house.keep_handed_back(kept());
    handed.room.clock.step(-1);
    assert_eq!(code(house.come_back().await), Code::Locked, "a clock that was put back gives no more time");
}

#[tokio::test]
async fn only_a_talk_face_to_face_with_somebody_living_is_handed_over() {
    let (desk, hna) = a_draft().await;
    let anna = read(&desk.clinic, &hna).await.patient;
    let day = TypedDate { day: "20".into(), month: "11".into(), year: "2026".into() };
    for (method, answered_on) in [("paper", Some(day)), ("telephone", None), ("video", None)] {
        let start = StartHna { method: Some(method.into()), answered_on, ..an_assessment(anna) };
        let other = desk.clinic.start_hna(start).await.unwrap().id.to_string();
        let refused = desk.clinic.hand_over(hand_over(&other, PIN, PIN)).await;
        assert_eq!(faults(refused), fault("method", "missing"), "{method}");
    }
    desk.clinic.record_death(RecordDeath { sure: true, ..a_death(anna) }).await.unwrap();
    assert_eq!(code(desk.clinic.hand_over(hand_over(&hna, PIN, PIN)).await), Code::AfterDeath);
    assert!(drafts(&desk.room).is_empty());
    assert_eq!(details(&desk, "hand_over"), [""; 0]);
}

#[tokio::test]
async fn what_the_patient_answered_alone_is_the_patients_own_and_is_completed_after_a_death() {
    let desk = a_clinic().await;
    let anna = registered(&desk.clinic).await;
    let helped =
        StartHna { answered_by: Some("interpreter".into()), helper: "Ines Invented".into(), ..an_assessment(anna) };
    let hna = desk.clinic.start_hna(helped).await.unwrap().id.to_string();
    let letter = desk.clinic.hand_over(hand_over(&hna, PIN, PIN)).await.unwrap();
    desk.clinic.close().await;
    let Shift { room, ruth, house, clinic, .. } = desk;
    drop((house, clinic));
    let patient = PatientRoom::enter(room.profile(), carried(&letter), room.world()).unwrap();
    patient.answer(&answers()[0]).unwrap();
    drop(patient);
    room.clock.step(2 * DAY);
    let house = room.house();
    let clinic = unlock(&house, &ruth, RUTHS_PASSPHRASE).await.unwrap();
    let seen = read(&clinic, &hna).await;
    assert_eq!((seen.answered_by.code(), seen.helper.as_deref(), seen.method.code()), ("patient", None, "this_pc"));
    assert_eq!(seen.answered_on.unwrap().iso, "2026-11-23", "the day of the hand-over");
    let died = TypedDate { day: "24".into(), month: "11".into(), year: "2026".into() };
    clinic.record_death(RecordDeath { died, ..a_death(anna) }).await.unwrap();
    let done = clinic.complete_hna(CompleteHna { hna, day: "14".into(), month: "7".into() }).await.unwrap();
    assert_eq!((done.status.code(), done.answered_on.unwrap().iso.as_str()), ("completed", "2026-11-23"));
    clinic.close().await;
}
