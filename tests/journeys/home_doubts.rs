//! Answers that say two things or cannot be read are never taken without a nurse; one arrival that is damaged, or a clock that goes wrong,
//! takes no other from the screen; and what a death leaves of talks and invitations.

use clinic::*;
use kit::clock::DAY;
use kit::kept::{self, on_disk};
use kit::*;
use serde_json::{Value, json};

use crate::code;
use crate::home::{
    a_home_clinic, a_response, an_invitation, doubts, invited, nameless, overview, take_in, without_code, work,
};

/// The doubts, and whose it seems to be.
async fn waits(desk: &Shift, response: &Value) -> (Vec<&'static str>, Option<String>) {
    let taken = take_in(desk, response).await;
    assert_eq!(taken.outcome, "to_confirm");
    let view = taken.answers.unwrap();
    (doubts(&view.line), view.banner.map(|banner| banner.given))
}

fn record(invitation: &InvitationView) -> Value {
    json!([{ "identifier": { "system": "https://holdfast.example/fhir/Id/record", "value": invitation.line.id.to_string() } }])
}

/// The patients of the audit lines of one kind of act, oldest first; "-" is none.
fn audited(desk: &Shift, op: &str) -> Vec<String> {
    let lines = on_disk(desk).lines.into_iter().filter_map(|(_, line)| line.strip_prefix("audit|").map(str::to_owned));
    let parts = lines.map(|line| line.split('|').map(str::to_owned).collect::<Vec<_>>());
    parts.filter(|parts| parts[3] == op).map(|parts| parts[7].clone()).collect()
}

#[tokio::test]
async fn a_clock_that_went_back_hides_no_answers_and_stops_no_screen() {
    let (desk, anna, invitation) = invited().await;
    let view = take_in(&desk, &a_response(&invitation.line.code.concat())).await.answers.unwrap();
    let second = take_in(&desk, &without_code(a_response("x"))).await.answers.unwrap();
    desk.room.clock.step(-4 * DAY);
    let kinds: Vec<_> = work(&desk).await.into_iter().map(|(kind, ..)| kind).collect();
    assert!(kinds.contains(&"answers_from_home") && kinds.contains(&"answers_to_confirm"), "{kinds:?}");
    assert_eq!(overview(&desk, &anna).await.answers.len(), 2);
    let clear = ClearAlert { answers: view.line.id.to_string(), done: "Rang her".into() };
    assert!(!desk.clinic.clear_alert(clear).await.unwrap().line.alert);
    let confirm = ConfirmAnswers {
        answers: second.line.id.to_string(),
        patient: anna,
        day: "14".into(),
        month: "7".into(),
        pathway_point: Some("other".into()),
    };
    assert!(desk.clinic.confirm_answers(confirm).await.unwrap().line.hna.is_some());
    let refused = take_in(&desk, &a_response("another")).await;
    assert_eq!(refused.reason.map(|fault| fault.code()), Some("in_future"), "what comes in now is still judged");
}

#[tokio::test]
async fn one_arrival_that_is_damaged_takes_no_other_from_the_screen() {
    let (desk, anna, invitation) = invited().await;
    let damaged =
        take_in(&desk, &a_response(&invitation.line.code.concat())).await.answers.unwrap().line.id.to_string();
    let whole = take_in(&desk, &without_code(a_response("x"))).await.answers.unwrap().line.id.to_string();
    desk.clinic.close().await;
    kept::spoil_answers(&desk.room, &kept::key(&desk.room, &desk.ruth, RUTHS_PASSPHRASE), &damaged);
    let clinic = desk.unlock().await;
    let today = clinic.today().await.unwrap();
    let answers: Vec<_> = today.work.iter().filter(|item| item.kind.code().starts_with("answers")).collect();
    assert_eq!(answers.iter().map(|item| item.record.as_str()).collect::<Vec<_>>(), [&whole]);
    let seen = clinic.open_patient(OpenPatient { patient: anna.clone() }).await.unwrap();
    assert_eq!((seen.answers.len(), seen.hnas.len()), (1, 1), "what they became is there");
    clinic.record_offer(an_offer(&anna)).await.unwrap();
    assert!(clinic.read_answers(ReadAnswers { answers: damaged }).await.is_err(), "they are not shown as if whole");
}

#[tokio::test]
async fn what_cannot_be_read_or_says_two_things_waits_for_a_nurse() {
    let (desk, anna, invitation) = invited().await;
    let named = invitation.line.code.concat();
    let changed = |change: &dyn Fn(&mut Value, &mut Value)| {
        let mut response = a_response(&named);
        let [patient, answers] = &mut response["entry"].as_array_mut().unwrap()[..] else { panic!("two entries") };
        change(&mut patient["resource"], &mut answers["resource"]);
        response
    };
    let unclear = (vec!["unclear"], Some("Anna".to_owned()));
    let month = changed(&|patient, _| patient["birthDate"] = json!("1956-07"));
    assert_eq!(waits(&desk, &month).await, unclear);
    let mistyped = changed(&|patient, _| patient["identifier"][0]["value"] = json!("9990000019"));
    assert_eq!(waits(&desk, &mistyped).await, unclear);
    let number = json!({ "system": "https://fhir.nhs.uk/Id/nhs-number", "value": nhs_number(2).replace(' ', "") });
    let two_numbers = changed(&|_, answers| answers["subject"] = json!({ "identifier": number }));
    assert_eq!(waits(&desk, &two_numbers).await, unclear);
    let unknown = json!([{ "identifier": { "system": "https://holdfast.example/fhir/Id/record",
        "value": "00000000-0000-4000-8000-000000000001" } }]);
    let and_unknown = changed(&|_, answers| answers["basedOn"] = unknown.clone());
    assert_eq!(waits(&desk, &and_unknown).await, unclear);
    assert!(overview(&desk, &anna).await.hnas.is_empty());
    let same = changed(&|_, answers| answers["basedOn"] = record(&invitation));
    assert_eq!(take_in(&desk, &same).await.outcome, "completed", "the same invitation, named twice");
}

#[tokio::test]
async fn a_code_of_one_person_beside_an_invitation_of_another_fills_no_record() {
    let (desk, anna, invitation) = invited().await;
    let form = another_patient_form(2, "Mei", "Imagined");
    let mei = desk.clinic.register_patient(RegisterPatient { form, not_the_same: true }).await.unwrap().banner;
    let hers = Invite { day: "14".into(), month: "7".into(), ..an_invitation(&mei.id.to_string()) };
    let hers = desk.clinic.invite(hers).await.unwrap();
    let mut both = nameless(a_response(&invitation.line.code.concat()));
    both["basedOn"] = record(&hers);
    assert_eq!(waits(&desk, &both).await, (vec!["unclear"], None), "nothing else says whose they are");
    let mut annas = a_response(&invitation.line.code.concat());
    annas["entry"][1]["resource"]["basedOn"] = record(&hers);
    assert_eq!(waits(&desk, &annas).await, (vec!["unclear"], Some("Anna".to_owned())), "by her details");
    let second = desk.clinic.invite(an_invitation(&anna)).await.unwrap();
    let mut own = nameless(a_response(&invitation.line.code.concat()));
    own["basedOn"] = record(&second);
    assert_eq!(waits(&desk, &own).await, (vec!["unclear"], Some("Anna".to_owned())), "two invitations of her own");
    assert!(overview(&desk, &anna).await.hnas.is_empty());
}

#[tokio::test]
async fn looking_at_answers_is_audited_for_the_patient_who_was_shown() {
    let (desk, anna, _) = invited().await;
    let view = take_in(&desk, &without_code(a_response("x"))).await.answers.unwrap();
    desk.clinic.read_answers(ReadAnswers { answers: view.line.id.to_string() }).await.unwrap();
    assert_eq!(audited(&desk, "read_answers"), [anna]);
    let desk = a_home_clinic().await;
    desk.room.clock.step(2 * DAY);
    let nobody = take_in(&desk, &a_response("x")).await.answers.unwrap();
    desk.clinic.read_answers(ReadAnswers { answers: nobody.line.id.to_string() }).await.unwrap();
    assert_eq!(audited(&desk, "read_answers"), ["-"]);
}

/// A talk with this patient on the 27th, whose day has come.
async fn a_talk(desk: &Shift, patient: &str) -> String {
    let form = AppointmentForm {
        on: "27-Nov-2026".into(),
        time: "14:30".into(),
        channel: Some("telephone".into()),
        place: String::new(),
        with_whom: "Ruth Invented".into(),
    };
    let book = BookAppointment { patient: patient.into(), hna: None, form };
    let id = desk.clinic.book_appointment(book).await.unwrap().line.id.to_string();
    desk.room.clock.step(3 * DAY);
    id
}

#[tokio::test]
async fn nobody_comes_to_a_talk_after_death_and_a_death_before_a_talk_is_asked_about() {
    let (desk, anna, _) = invited().await;
    let talk = a_talk(&desk, &anna).await;
    let end = |kept| EndAppointment { appointment: talk.clone(), kept: Some(kept) };
    let death = |day, sure| RecordDeath { died: date(day, 11, 2026), sure, ..a_death(&anna) };
    desk.clinic.record_death(death(26, false)).await.unwrap();
    assert_eq!(code(desk.clinic.end_appointment(end(true)).await), Code::AfterDeath);
    desk.clinic.take_back_death(TakeBackDeath { patient: anna.clone(), reason: "Another day".into() }).await.unwrap();
    desk.clinic.record_death(death(27, false)).await.unwrap();
    assert_eq!(desk.clinic.end_appointment(end(true)).await.unwrap().line.status.code(), "kept", "on the day itself");
    desk.clinic.take_back_death(TakeBackDeath { patient: anna.clone(), reason: "Another day".into() }).await.unwrap();
    assert_eq!(code(desk.clinic.record_death(death(26, false)).await), Code::EventsAfterDeath);
    desk.clinic.record_death(death(26, true)).await.unwrap();
}

#[tokio::test]
async fn that_nobody_came_is_said_after_a_death_too() {
    let (desk, anna, _) = invited().await;
    let talk = a_talk(&desk, &anna).await;
    desk.clinic.record_death(RecordDeath { died: date(26, 11, 2026), ..a_death(&anna) }).await.unwrap();
    let missed = EndAppointment { appointment: talk, kept: Some(false) };
    assert_eq!(desk.clinic.end_appointment(missed).await.unwrap().line.status.code(), "missed");
}

#[tokio::test]
async fn nothing_is_arranged_or_prompted_on_the_day_of_death() {
    let (desk, anna, _) = invited().await;
    let seen = desk.clinic.record_death(RecordDeath { died: date(25, 11, 2026), ..a_death(&anna) }).await.unwrap();
    assert!(seen.offer_due.is_none());
    assert_eq!(code(desk.clinic.invite(an_invitation(&anna)).await), Code::AfterDeath);
    for (on, time) in [("25-Nov-2026", "16:00"), ("", "")] {
        let (on, time) = (on.into(), time.into());
        let (channel, with_whom) = (Some("telephone".into()), "Ruth Invented".into());
        let form = AppointmentForm { on, time, channel, place: String::new(), with_whom };
        let book = BookAppointment { patient: anna.clone(), hna: None, form };
        assert_eq!(code(desk.clinic.book_appointment(book).await), Code::AfterDeath);
    }
    let offer = RecordOffer { on: date(25, 11, 2026), ..an_offer(&anna) };
    desk.clinic.record_offer(offer).await.unwrap();
}
