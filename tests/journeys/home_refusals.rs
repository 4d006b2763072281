//! Answers about which there is a doubt are kept and never dropped, files that are none are refused with their place; and the work that
//! invitations and appointments leave on the first screen.

use clinic::*;
use kit::clock::DAY;
use kit::kept::{details, on_disk};
use kit::*;
use serde_json::{Value, json};

use crate::home::{
    a_home_clinic, a_response, an_invitation, doubts, file, invited, nameless, overview, take_in, without_code, work,
};
use crate::{code, fault, faults};

/// What becomes of it while a nurse has to look: the doubts, and whose it seems to be.
async fn waits(desk: &Shift, response: &Value) -> (Vec<&'static str>, Option<String>) {
    let taken = take_in(desk, response).await;
    assert_eq!(taken.outcome, "to_confirm");
    let view = taken.answers.unwrap();
    (doubts(&view.line), view.banner.map(|banner| banner.given))
}

fn patient(response: &mut Value) -> &mut Value {
    &mut response["entry"][0]["resource"]
}

#[tokio::test]
async fn an_answer_to_a_withdrawn_invitation_is_kept_and_confirmed() {
    let (desk, anna, invitation) = invited().await;
    let id = invitation.line.id.to_string();
    let withdraw = |reason: &str| WithdrawInvitation { invitation: id.clone(), reason: reason.into() };
    assert_eq!(faults(desk.clinic.withdraw_invitation(withdraw("")).await), fault("reason", "missing"));
    let seen = desk.clinic.withdraw_invitation(withdraw("Rather on paper")).await.unwrap();
    assert_eq!(
        (seen.line.standing.code(), seen.line.withdraw_reason.as_deref()),
        ("withdrawn", Some("Rather on paper"))
    );
    assert_eq!(code(desk.clinic.withdraw_invitation(withdraw("again")).await), Code::InvitationClosed);
    let view = take_in(&desk, &a_response(&invitation.line.code.concat())).await.answers.unwrap();
    assert_eq!(
        (doubts(&view.line), view.pathway_point.map(|point| point.code())),
        (vec!["withdrawn"], Some("end_of_treatment"))
    );
    let confirm = ConfirmAnswers {
        answers: view.line.id.to_string(),
        patient: anna.clone(),
        day: "14".into(),
        month: "July".into(),
        pathway_point: None,
    };
    assert!(desk.clinic.confirm_answers(confirm).await.unwrap().line.hna.is_some());
    assert_eq!(overview(&desk, &anna).await.invitations[0].standing.code(), "answered");
}

#[tokio::test]
async fn answered_in_time_is_in_time_and_answered_late_is_kept() {
    let (desk, _, invitation) = invited().await;
    desk.room.clock.step(40 * DAY);
    let mut late = a_response(&invitation.line.code.concat());
    late["entry"][1]["resource"]["authored"] = json!("2026-12-22");
    assert_eq!(waits(&desk, &late).await, (vec!["expired"], Some("Anna".to_owned())));
    let in_time = take_in(&desk, &a_response(&invitation.line.code.concat())).await;
    assert_eq!(in_time.outcome, "completed", "on the 24th, though it came in January");
}

#[tokio::test]
async fn an_invitation_is_answered_once_and_a_second_answer_is_kept() {
    let (desk, anna, invitation) = invited().await;
    let response = a_response(&invitation.line.code.concat());
    assert_eq!(take_in(&desk, &response).await.outcome, "completed");
    let mut second = response;
    second["entry"][1]["resource"]["item"][3]["answer"][0]["valueString"] = json!("Something else");
    assert_eq!(waits(&desk, &second).await.0, ["answered_before"]);
    assert_eq!(overview(&desk, &anna).await.hnas.len(), 1);
}

#[tokio::test]
async fn a_name_that_differs_is_asked_about_and_another_person_s_details_never_fill_this_record() {
    let (desk, _, invitation) = invited().await;
    let code = invitation.line.code.concat();
    let mut married = a_response(&code);
    patient(&mut married)["name"][0]["family"] = json!("Imagined");
    assert_eq!(waits(&desk, &married).await, (vec!["other_name"], Some("Anna".to_owned())));
    let mut other = a_response(&code);
    patient(&mut other)["birthDate"] = json!("1956-07-15");
    assert_eq!(waits(&desk, &other).await, (vec!["other_patient"], None));
    let form = another_patient_form(2, "Mei", "Invented");
    let mei = desk.clinic.register_patient(RegisterPatient { form, not_the_same: true }).await.unwrap().banner.id;
    let mut hers = a_response(&code);
    patient(&mut hers)["identifier"][0]["value"] = json!(nhs_number(2).replace(' ', ""));
    assert_eq!(waits(&desk, &hers).await, (vec!["other_patient"], Some("Mei".to_owned())), "Anna's code, Mei's number");
    assert!(overview(&desk, &mei.to_string()).await.hnas.is_empty());
}

#[tokio::test]
async fn a_code_of_ours_is_enough_and_another_website_s_is_not() {
    let (desk, anna, invitation) = invited().await;
    let recorded = Invite { kind: Some("recorded".into()), code: "mcp-7F/22".into(), ..an_invitation(&anna) };
    desk.clinic.invite(recorded).await.unwrap();
    assert_eq!(waits(&desk, &nameless(a_response("MCP7F22"))).await.0, ["recorded_code"]);
    assert_eq!(take_in(&desk, &a_response("mcp 7f 22")).await.outcome, "completed", "with her details");
    assert_eq!(take_in(&desk, &nameless(a_response(&invitation.line.code.concat()))).await.outcome, "completed");
}

#[tokio::test]
async fn a_confirmation_is_of_the_person_who_was_compared() {
    let (desk, anna, _) = invited().await;
    let form = another_patient_form(2, "Mei", "Invented");
    let mei = desk.clinic.register_patient(RegisterPatient { form, not_the_same: true }).await.unwrap().banner.id;
    let view = take_in(&desk, &without_code(a_response("x"))).await.answers.unwrap();
    let confirm = |patient: &str| ConfirmAnswers {
        answers: view.line.id.to_string(),
        patient: patient.into(),
        day: "14".into(),
        month: "7".into(),
        pathway_point: Some("other".into()),
    };
    assert_eq!(code(desk.clinic.confirm_answers(confirm(&mei.to_string())).await), Code::NoMatch);
    // Anna's number turns out to be another one: these answers are not hers any more.
    let seen = overview(&desk, &anna).await;
    let form = PatientForm { nhs_number: nhs_number(3), ..seen.form };
    let correct = CorrectPatient { patient: anna.clone(), revision: seen.revision, form };
    desk.clinic.correct_patient(correct).await.unwrap();
    assert_eq!(code(desk.clinic.confirm_answers(confirm(&anna)).await), Code::NoMatch);
}

#[tokio::test]
async fn a_file_that_is_no_answers_is_refused_with_its_place_and_nothing_is_kept() {
    let (desk, ..) = invited().await;
    let before = on_disk(&desk).revisions;
    let mut wrong = a_response("x");
    wrong["entry"][1]["resource"]["item"][0]["item"][1]["answer"][0]["valueInteger"] = json!(11);
    let mut unknown = a_response("x");
    unknown["entry"][1]["resource"]["questionnaire"] = json!("https://holdfast.example/other|9");
    let refusals = [
        (wrong.to_string(), "wrong_answer", Some("QuestionnaireResponse.item[0].item[1].answer")),
        (unknown.to_string(), "unknown_checklist", Some("QuestionnaireResponse.questionnaire")),
        ("{\"resourceType\":\"Patient\"}".to_owned(), "not_answers", None),
        ("<html>".to_owned(), "not_json", Some("line 1, column 1")),
        ("x".repeat(2 * 1024 * 1024), "too_large", None),
    ];
    for (text, reason, place) in refusals {
        let path = file(&desk, "Anna Invented.json", &text);
        let taken = desk.clinic.take_in_answers(path.clone()).await.unwrap();
        assert_eq!((taken.outcome, taken.reason.map(|reason| reason.code())), ("refused", Some(reason)));
        assert_eq!((taken.file.as_str(), taken.place.as_deref()), ("Anna Invented.json", place));
        assert_eq!(std::fs::read_to_string(path).unwrap(), text, "the file is left as it is");
    }
    let nowhere = desk.clinic.take_in_answers(desk.room.profile().with_file_name("gone.json")).await.unwrap();
    assert_eq!(nowhere.reason.map(|reason| reason.code()), Some("unreadable"));
    let folder = desk.clinic.take_in_answers(desk.room.profile().to_owned()).await.unwrap();
    assert_eq!(folder.reason.map(|reason| reason.code()), Some("unreadable"));
    assert_eq!(on_disk(&desk).revisions, before);
    let noted = details(&desk, "take_in_answers");
    assert_eq!((noted.len(), noted[0].as_str()), (7, "refused wrong_answer"), "codes, and no name of a file");
}

#[tokio::test]
async fn an_invitation_comes_to_the_first_screen_before_it_ends_and_stays_until_it_is_dealt_with() {
    let (desk, _, invitation) = invited().await;
    let id = invitation.line.id.to_string();
    desk.room.clock.step(18 * DAY);
    assert!(work(&desk).await.is_empty(), "eight days are left");
    desk.room.clock.step(DAY);
    assert_eq!(work(&desk).await, [("invitation_expires", id.clone(), -7)]);
    desk.room.clock.step(8 * DAY);
    assert_eq!(work(&desk).await, [("invitation_expired", id.clone(), 1)]);
    let withdraw = WithdrawInvitation { invitation: id, reason: "Never answered".into() };
    desk.clinic.withdraw_invitation(withdraw).await.unwrap();
    assert!(work(&desk).await.is_empty());
}

fn a_form(on: &str, time: &str) -> AppointmentForm {
    AppointmentForm {
        on: on.into(),
        time: time.into(),
        channel: Some("telephone".into()),
        place: String::new(),
        with_whom: "Ruth Invented".into(),
    }
}

#[tokio::test]
async fn the_talk_is_booked_changed_and_its_outcome_said() {
    let (desk, anna, invitation) = invited().await;
    let view = take_in(&desk, &a_response(&invitation.line.code.concat())).await.answers.unwrap();
    let clear = ClearAlert { answers: view.line.id.to_string(), done: "Books a talk".into() };
    desk.clinic.clear_alert(clear).await.unwrap();
    let hna = view.line.hna.map(|id| id.to_string());
    let book = |form| BookAppointment { patient: anna.clone(), hna: hna.clone(), form };
    assert_eq!(faults(desk.clinic.book_appointment(book(a_form("24-Nov-2026", "9:00"))).await), fault("on", "in_past"));
    let open = desk.clinic.book_appointment(book(a_form("", ""))).await.unwrap();
    assert_eq!((open.line.status.code(), open.line.on.is_none(), open.line.hna), ("proposed", true, view.line.hna));
    let id = open.line.id.to_string();
    let talks = async || -> Vec<_> {
        let all = work(&desk).await.into_iter().filter(|(kind, ..)| kind.starts_with("appointment"));
        all.map(|(kind, _, days)| (kind, days)).collect()
    };
    desk.room.clock.step(DAY);
    assert_eq!(talks().await, [("appointment_without_day", 1)]);
    let change = |revision, form| ChangeAppointment { appointment: id.clone(), revision, form };
    let set = desk.clinic.change_appointment(change(1, a_form("4 Dec 2026", "14.30"))).await.unwrap();
    assert_eq!((set.line.status.code(), set.line.time.as_deref()), ("booked", Some("14:30")));
    assert_eq!((set.form.on.as_str(), set.revision), ("04-Dec-2026", 2));
    assert_eq!(code(desk.clinic.change_appointment(change(1, a_form("", ""))).await), Code::ChangedMeanwhile);
    assert!(talks().await.is_empty(), "not before its day");
    let end = |kept| EndAppointment { appointment: id.clone(), kept };
    assert_eq!(faults(desk.clinic.end_appointment(end(Some(true))).await), fault("kept", "too_early"));
    desk.room.clock.step(9 * DAY);
    assert_eq!(talks().await, [("appointment_due", 1)]);
    assert!(overview(&desk, &anna).await.appointments[0].due);
    assert_eq!(faults(desk.clinic.end_appointment(end(None)).await), fault("kept", "missing"));
    assert_eq!(desk.clinic.end_appointment(end(Some(true))).await.unwrap().line.status.code(), "kept");
    assert!(talks().await.is_empty());
    let cancel = CancelAppointment { appointment: id.clone(), reason: "x".into() };
    assert_eq!(code(desk.clinic.cancel_appointment(cancel).await), Code::AppointmentEnded);
}

#[tokio::test]
async fn a_talk_is_about_a_completed_assessment_of_that_patient_or_none() {
    let desk = a_home_clinic().await;
    let anna = registered(&desk.clinic).await.to_string();
    let draft = desk.clinic.start_hna(an_assessment(&anna)).await.unwrap().id.to_string();
    let book = |hna: Option<&str>| BookAppointment {
        patient: anna.clone(),
        hna: hna.map(str::to_owned),
        form: a_form("4-Dec-2026", "14:30"),
    };
    assert_eq!(code(desk.clinic.book_appointment(book(Some(&draft))).await), Code::Gone);
    let talk = desk.clinic.book_appointment(book(None)).await.unwrap();
    let cancel = |reason: &str| CancelAppointment { appointment: talk.line.id.to_string(), reason: reason.into() };
    assert_eq!(faults(desk.clinic.cancel_appointment(cancel("")).await), fault("reason", "missing"));
    let off = desk.clinic.cancel_appointment(cancel("Is in hospital")).await.unwrap();
    assert_eq!((off.line.status.code(), off.line.cancel_reason.as_deref()), ("cancelled", Some("Is in hospital")));
}

#[tokio::test]
async fn nobody_is_invited_or_booked_after_a_death_and_answers_given_before_it_are_taken() {
    let (desk, anna, invitation) = invited().await;
    let death = RecordDeath { died: date(24, 11, 2026), ..a_death(&anna) };
    desk.clinic.record_death(death).await.unwrap();
    assert_eq!(code(desk.clinic.invite(an_invitation(&anna)).await), Code::AfterDeath);
    let book = BookAppointment { patient: anna.clone(), hna: None, form: a_form("4-Dec-2026", "14:30") };
    assert_eq!(code(desk.clinic.book_appointment(book).await), Code::AfterDeath);
    let record = invitation.line.id.to_string();
    let page = PaperOf { kind: "invitation".into(), record, version: None, patient: None };
    let shown = desk.clinic.preview_paper(page).await;
    assert_eq!(code(shown), Code::AfterDeath, "its code still works, and goes to nobody");
    let mut later = a_response(&invitation.line.code.concat());
    later["entry"][1]["resource"]["authored"] = json!("2026-11-25");
    let view = take_in(&desk, &later).await.answers.unwrap();
    assert_eq!(doubts(&view.line), ["died"]);
    let confirm = ConfirmAnswers {
        answers: view.line.id.to_string(),
        patient: anna,
        day: "14".into(),
        month: "7".into(),
        pathway_point: None,
    };
    assert_eq!(code(desk.clinic.confirm_answers(confirm).await), Code::AfterDeath);
    assert_eq!(take_in(&desk, &a_response(&invitation.line.code.concat())).await.outcome, "completed");
}
