//! Assessments at home: invited with a pass code, answered in a file, confirmed where there is a doubt, and talked about.

use std::fs;
use std::path::PathBuf;

use clinic::*;
use kit::clock::DAY;
use kit::kept::{details, on_disk};
use kit::*;
use serde_json::{Value, json};

use crate::{code, fault, faults};

/// A PC that knows the trust's portal.
pub(crate) const SET_UP: &str = r#"{"pc":{"name":"Clinic room 3"},"trust":{"name":"Thamesbank Hospitals"},
    "home":{"portal":"answers.thamesbank.example","website":"plan.example"},"contact":{"phone":"020 7946 0112"}}"#;

pub(crate) async fn a_home_clinic() -> Shift {
    a_clinic_in(Room::new().configured(SET_UP)).await
}

pub(crate) fn an_invitation(patient: &str) -> Invite {
    Invite {
        patient: patient.into(),
        day: "14".into(),
        month: "7".into(),
        kind: Some("issued".into()),
        code: String::new(),
        checklist: None,
        again: None,
        pathway_point: Some("end_of_treatment".into()),
        expires: "21-Dec-2026".into(),
    }
}

/// What the portal sends of Anna's answers to this code, on the 24th: pain 9, sleep 4, and her own words, which matter most.
pub(crate) fn a_response(code: &str) -> Value {
    let system = "https://holdfast.example/fhir/CodeSystem/concern";
    json!({
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [
            { "resource": {
                "resourceType": "Patient",
                "identifier": [{ "system": "https://fhir.nhs.uk/Id/nhs-number", "value": nhs_number(1).replace(' ', "") }],
                "name": [{ "family": "INVENTED", "given": ["Anna"] }],
                "birthDate": "1956-07-14",
            } },
            { "resource": {
                "resourceType": "QuestionnaireResponse",
                "identifier": { "system": "https://holdfast.example/fhir/Id/pass-code", "value": code },
                "questionnaire": "https://holdfast.example/fhir/Questionnaire/default|1.0.0",
                "status": "completed",
                "authored": "2026-11-24T18:05:00Z",
                "item": [
                    { "linkId": "physical", "item": [
                        { "linkId": "physical.sleep", "answer": [{ "valueInteger": 4 }] },
                        { "linkId": "physical.pain", "answer": [{ "valueInteger": 9 }] },
                    ] },
                    { "linkId": "own", "item": [
                        { "linkId": "own.words", "answer": [{ "valueString": "Who walks the dog? ŵ" }] },
                        { "linkId": "own.rating", "answer": [{ "valueInteger": 7 }] },
                    ] },
                    { "linkId": "matters", "answer": [
                        { "valueString": "Who walks the dog? ŵ" },
                        { "valueCoding": { "system": system, "code": "pain" } },
                    ] },
                    { "linkId": "questions", "answer": [{ "valueString": "When may I drive?" }] },
                ],
            } },
        ],
    })
}

/// The same without a name, a birth date or a number: the response alone.
pub(crate) fn nameless(response: Value) -> Value {
    response["entry"][1]["resource"].clone()
}

pub(crate) fn without_code(mut response: Value) -> Value {
    response["entry"][1]["resource"].as_object_mut().unwrap().remove("identifier");
    response
}

/// Puts it in a file beside the profile.
pub(crate) fn file(desk: &Shift, name: &str, text: impl ToString) -> PathBuf {
    let path = desk.room.profile().with_file_name(name);
    fs::write(&path, text.to_string()).unwrap();
    path
}

pub(crate) async fn take_in(desk: &Shift, response: &Value) -> TakenIn {
    desk.clinic.take_in_answers(file(desk, "answers.json", response)).await.unwrap()
}

pub(crate) async fn overview(desk: &Shift, patient: &str) -> Overview {
    desk.clinic.open_patient(OpenPatient { patient: patient.into() }).await.unwrap()
}

pub(crate) fn doubts(line: &AnswersLine) -> Vec<&'static str> {
    line.doubts.iter().map(|doubt| doubt.code()).collect()
}

pub(crate) async fn work(desk: &Shift) -> Vec<(&'static str, String, i32)> {
    let today = desk.clinic.today().await.unwrap();
    kit::appointment::begun(today).into_iter().map(|item| (item.kind.code(), item.record, item.days)).collect()
}

/// The kinds of record that wait to be sent, in their order.
fn sendings(desk: &Shift) -> Vec<String> {
    let lines = on_disk(desk).lines.into_iter().filter(|(_, line)| line.starts_with("sending|"));
    lines.map(|(_, line)| line.split('|').nth(4).unwrap().to_owned()).collect()
}

/// A clinic on the 25th with Anna and her open invitation: her id, and the invitation's.
pub(crate) async fn invited() -> (Shift, String, InvitationView) {
    let desk = a_home_clinic().await;
    let anna = registered(&desk.clinic).await.to_string();
    let invitation = desk.clinic.invite(an_invitation(&anna)).await.unwrap();
    desk.room.clock.step(2 * DAY);
    (desk, anna, invitation)
}

#[tokio::test]
async fn a_code_is_made_for_the_portal_and_kept_with_its_last_day() {
    let desk = a_home_clinic().await;
    let anna = registered(&desk.clinic).await.to_string();
    let seen = desk.clinic.invite(an_invitation(&anna)).await.unwrap();
    let line = &seen.line;
    assert_eq!((line.kind.code(), line.standing.code(), line.days_left), ("issued", "open", Some(28)));
    assert_eq!(line.code.iter().map(|group| group.len()).collect::<Vec<_>>(), [4, 4, 4]);
    assert_eq!((seen.address.as_deref(), line.by.as_str()), (Some("answers.thamesbank.example"), "Ruth Invented"));
    assert_eq!(line.expires.as_ref().unwrap().short, "21-Dec-2026");
    let other = desk.clinic.invite(an_invitation(&anna)).await.unwrap();
    assert_ne!(other.line.code, line.code);
    let seen = overview(&desk, &anna).await;
    assert!(seen.portal, "its code can be entered there");
    let lines = seen.invitations;
    assert_eq!(lines.iter().map(|line| line.id).collect::<Vec<_>>(), [other.line.id, line.id], "the newest first");
    assert_eq!(sendings(&desk), ["patient", "invitation", "invitation"]);
    assert_eq!(details(&desk, "invite"), ["issued", "issued"], "no code is in the audit");
}

#[tokio::test]
async fn what_is_typed_wrong_is_named_and_nothing_is_given() {
    let desk = a_home_clinic().await;
    let anna = registered(&desk.clinic).await.to_string();
    let before = on_disk(&desk).lines.len();
    let bare = Invite { kind: None, pathway_point: None, expires: String::new(), ..an_invitation(&anna) };
    let missing = [("kind", "missing"), ("pathway_point", "missing")].map(|(one, why)| (one.into(), why.into()));
    assert_eq!(faults(desk.clinic.invite(bare).await), missing);
    for (expires, why) in [("", "missing"), ("soon", "day_form"), ("22-Nov-2026", "in_past"), ("1-Apr-2027", "too_far")]
    {
        let wrong = Invite { expires: expires.into(), ..an_invitation(&anna) };
        assert_eq!(faults(desk.clinic.invite(wrong).await), fault("expires", why));
    }
    let recorded = Invite { kind: Some("recorded".into()), code: " ".into(), ..an_invitation(&anna) };
    assert_eq!(faults(desk.clinic.invite(recorded).await), fault("code", "missing"));
    let other = Invite { day: "15".into(), ..an_invitation(&anna) };
    assert_eq!(code(desk.clinic.invite(other).await), Code::IdentityDiffers);
    assert_eq!(on_disk(&desk).lines.len(), before);
    let bare = a_clinic().await;
    let anna = registered(&bare.clinic).await.to_string();
    assert_eq!(
        code(bare.clinic.invite(an_invitation(&anna)).await),
        Code::NoPortal,
        "a code that can be entered nowhere"
    );
    assert!(!overview(&bare, &anna).await.portal);
}

#[tokio::test]
async fn a_code_of_another_website_is_kept_as_it_was_given_and_may_have_no_end() {
    let desk = a_home_clinic().await;
    let anna = registered(&desk.clinic).await.to_string();
    let typed = Invite {
        kind: Some("recorded".into()),
        code: " mcp-7F/22 ".into(),
        expires: String::new(),
        ..an_invitation(&anna)
    };
    let seen = desk.clinic.invite(typed).await.unwrap();
    assert_eq!((seen.line.code.clone(), seen.line.expires.is_none()), (vec!["mcp-7F/22".to_owned()], true));
    assert_eq!(seen.address.as_deref(), Some("plan.example"));
    desk.room.clock.step(60 * DAY);
    assert!(work(&desk).await.is_empty(), "nobody said that it ends");
}

#[tokio::test]
async fn answers_to_an_open_invitation_are_an_assessment_at_once() {
    let (desk, anna, invitation) = invited().await;
    let taken = take_in(&desk, &a_response(&invitation.line.code.concat().to_lowercase())).await;
    assert_eq!((taken.outcome, taken.file.as_str()), ("completed", "answers.json"));
    let view = taken.answers.unwrap();
    assert!(view.line.alert && view.line.doubts.is_empty());
    assert_eq!((view.line.concerns, view.line.highest.as_ref().unwrap().score), (3, 9));
    assert_eq!((view.line.owner.as_str(), view.line.answered.short.as_str()), ("Ruth Invented", "24-Nov-2026"));
    let id = view.line.hna.unwrap().to_string();
    let hna = desk.clinic.read_hna(ReadHna { hna: id }).await.unwrap();
    assert_eq!(
        (hna.status.code(), hna.method.code(), hna.pathway_point.code()),
        ("completed", "home", "end_of_treatment")
    );
    assert_eq!(hna.ranked, ["own-1", "physical.pain"]);
    assert_eq!((hna.questions.as_str(), hna.concerns.len()), ("When may I drive?", 3));
    assert_eq!((hna.completed.unwrap().date, hna.typed_by.as_str()), ("25-Nov-2026".to_owned(), "Ruth Invented"));
    let seen = overview(&desk, &anna).await;
    assert_eq!((seen.invitations[0].standing.code(), seen.invitations[0].hna), ("answered", view.line.hna));
    assert_eq!((seen.answers.len(), seen.hnas.len()), (1, 1));
    assert_eq!(sendings(&desk), ["patient", "invitation", "hna", "invitation"], "and not what came in");
    assert_eq!(details(&desk, "take_in_answers"), ["", "", "completed"], "each revision has its line");
}

#[tokio::test]
async fn the_alert_stands_with_its_age_until_somebody_says_what_was_done() {
    let (desk, anna, invitation) = invited().await;
    let view = take_in(&desk, &a_response(&invitation.line.code.concat())).await.answers.unwrap();
    let id = view.line.id.to_string();
    desk.room.clock.step(3 * DAY);
    let item = ("answers_from_home", id.clone(), 3);
    assert!(work(&desk).await.contains(&item));
    let clear = |done: &str| ClearAlert { answers: id.clone(), done: done.into() };
    assert_eq!(faults(desk.clinic.clear_alert(clear(" ")).await), fault("done", "missing"));
    assert!(work(&desk).await.contains(&item), "looking does not clear it");
    let cleared = desk.clinic.clear_alert(clear("Rang her, comes on Friday")).await.unwrap().cleared.unwrap();
    assert_eq!((cleared.by.as_str(), cleared.done.as_str()), ("Ruth Invented", "Rang her, comes on Friday"));
    let left: Vec<_> = work(&desk).await.into_iter().map(|(kind, ..)| kind).collect();
    assert_eq!(left, ["hna_without_plan"], "the plan is still to be written");
    assert!(overview(&desk, &anna).await.answers.is_empty());
    assert_eq!(code(desk.clinic.clear_alert(clear("again")).await), Code::ChangedMeanwhile);
}

#[tokio::test]
async fn the_same_answers_again_change_nothing_and_say_so() {
    let (desk, anna, invitation) = invited().await;
    let response = a_response(&invitation.line.code.concat());
    let first = take_in(&desk, &response).await.answers.unwrap();
    let before = on_disk(&desk);
    let pretty = desk.clinic.take_in_answers(file(&desk, "again.json", format!("\u{feff}{response:#}"))).await.unwrap();
    assert_eq!((pretty.outcome, pretty.answers.unwrap().line.id), ("already_here", first.line.id));
    let after = on_disk(&desk);
    assert_eq!((after.revisions, after.lines.len()), (before.revisions, before.lines.len() + 1), "only the look");
    assert_eq!(overview(&desk, &anna).await.hnas.len(), 1);
}

#[tokio::test]
async fn without_an_invitation_number_name_and_birth_date_match_and_a_nurse_confirms() {
    let (desk, anna, _) = invited().await;
    let taken = take_in(&desk, &without_code(a_response("x"))).await;
    let view = taken.answers.unwrap();
    assert_eq!((taken.outcome, doubts(&view.line)), ("to_confirm", vec!["no_invitation"]));
    assert_eq!(view.banner.as_ref().unwrap().id.to_string(), anna);
    assert!(view.pathway_point.is_none() && view.line.hna.is_none());
    let id = view.line.id.to_string();
    assert_eq!(work(&desk).await, [("answers_to_confirm", id.clone(), 0)]);
    assert_eq!(overview(&desk, &anna).await.answers.len(), 1);
    let confirm = |day: &str, point: Option<&str>| ConfirmAnswers {
        answers: id.clone(),
        patient: anna.clone(),
        day: day.into(),
        month: "7".into(),
        pathway_point: point.map(str::to_owned),
    };
    let with = Some("during_treatment");
    assert_eq!(code(desk.clinic.confirm_answers(confirm("15", with)).await), Code::IdentityDiffers);
    assert_eq!(faults(desk.clinic.confirm_answers(confirm("14", None)).await), fault("pathway_point", "missing"));
    let seen = desk.clinic.confirm_answers(confirm("14", with)).await.unwrap();
    assert!(seen.line.alert && seen.line.hna.is_some());
    let hna = desk.clinic.read_hna(ReadHna { hna: seen.line.hna.unwrap().to_string() }).await.unwrap();
    assert_eq!((hna.method.code(), hna.pathway_point.code(), hna.concerns.len()), ("home", "during_treatment", 3));
    assert_eq!(code(desk.clinic.confirm_answers(confirm("14", with)).await), Code::ChangedMeanwhile);
    assert!(overview(&desk, &anna).await.invitations[0].standing.code() == "open", "another answer may still come");
}

#[tokio::test]
async fn answers_that_match_nobody_wait_until_the_person_is_registered_or_they_are_refused() {
    let desk = a_home_clinic().await;
    desk.room.clock.step(2 * DAY);
    let taken = take_in(&desk, &a_response("nobody's code")).await;
    let view = taken.answers.unwrap();
    assert_eq!((taken.outcome, doubts(&view.line)), ("to_confirm", vec!["unknown_invitation"]));
    assert!(view.banner.is_none());
    let today = desk.clinic.today().await.unwrap();
    assert_eq!((today.work.len(), today.unmatched.len()), (0, 1));
    assert_eq!(today.unmatched[0].given.family, "INVENTED");
    let id = view.line.id.to_string();
    let anna = registered(&desk.clinic).await.to_string();
    let read = desk.clinic.read_answers(ReadAnswers { answers: id.clone() }).await.unwrap();
    assert_eq!(read.banner.unwrap().id.to_string(), anna, "registered since");
    assert!(desk.clinic.today().await.unwrap().unmatched.is_empty());
    let refuse = |reason: &str| RefuseAnswers { answers: id.clone(), reason: reason.into() };
    assert_eq!(faults(desk.clinic.refuse_answers(refuse("")).await), fault("reason", "missing"));
    let refused = desk.clinic.refuse_answers(refuse("Not one of ours")).await.unwrap();
    assert_eq!((refused.line.state.code(), refused.refuse_reason.as_deref()), ("refused", Some("Not one of ours")));
    assert!(work(&desk).await.is_empty());
    let kept = desk.clinic.read_answers(ReadAnswers { answers: id }).await.unwrap();
    assert_eq!(kept.line.concerns, 3, "they are kept");
    assert_eq!(sendings(&desk), ["patient"]);
}

#[tokio::test]
async fn everything_is_there_after_a_restart() {
    let (desk, anna, invitation) = invited().await;
    let view = take_in(&desk, &a_response(&invitation.line.code.concat())).await.answers.unwrap();
    desk.clinic.close().await;
    let clinic = desk.unlock().await;
    let seen = clinic.open_patient(OpenPatient { patient: anna }).await.unwrap();
    assert_eq!((seen.answers[0].id, seen.answers[0].hna), (view.line.id, view.line.hna));
    assert_eq!(seen.invitations[0].code, invitation.line.code);
}

#[tokio::test]
async fn the_page_for_the_patient_has_the_code_and_is_not_made_for_a_closed_invitation() {
    let (desk, _, invitation) = invited().await;
    let id = invitation.line.id.to_string();
    let of = || PaperOf { kind: "invitation".into(), record: id.clone(), version: None, patient: None };
    let view = desk.clinic.preview_paper(of()).await.unwrap();
    assert_eq!((view.kind.code(), view.draft, view.version, view.points), ("invitation", false, None, 18));
    let text = view.pages.concat().replace('\u{a0}', " ");
    for part in [invitation.line.code.join("  ").as_str(), "answers.thamesbank.example", "020 7946 0112"] {
        assert!(text.contains(part), "{part}");
    }
    assert!(view.file.starts_with(&format!("invitation-{}", &id[..6])) && !view.file.contains("Invented"));
    fs::create_dir(desk.room.documents()).unwrap();
    let save = SavePaper { paper: of(), day: "14".into(), month: "7".into() };
    let saved = desk.clinic.save_paper(save).await.unwrap();
    assert!(fs::read(desk.room.documents().join(saved.file)).unwrap().starts_with(b"%PDF-"));
    let withdraw = WithdrawInvitation { invitation: id.clone(), reason: "Rather on paper".into() };
    desk.clinic.withdraw_invitation(withdraw).await.unwrap();
    assert_eq!(code(desk.clinic.preview_paper(of()).await), Code::InvitationClosed);
    let (desk, _, invitation) = invited().await;
    desk.room.clock.step(40 * DAY);
    let of =
        PaperOf { kind: "invitation".into(), record: invitation.line.id.to_string(), version: None, patient: None };
    assert_eq!(code(desk.clinic.preview_paper(of).await), Code::InvitationClosed, "expired");
}
