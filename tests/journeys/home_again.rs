//! Scoring again without the nurse: at home, where the answers to such an invitation take 0 and no others do, and on a form with a 0.

use std::fs;

use clinic::*;
use kit::appointment::one_of;
use kit::clock::DAY;
use kit::kept::details;
use kit::*;
use serde_json::{Value, json};

use crate::changes::words;
use crate::code;
use crate::home::{a_home_clinic, a_response, an_invitation, doubts, file, nameless, overview, take_in};

/// Completes an assessment of today: pain 9, tiredness 7, and her own words at 8.
async fn assessed(desk: &Shift, patient: &str) -> String {
    let clinic = &desk.clinic;
    let hna = clinic.start_hna(an_assessment(patient)).await.unwrap().id.to_string();
    for concern in ["physical.pain", "physical.fatigue"] {
        clinic.tick_concern(one_of(&hna, concern)).await.unwrap();
    }
    let own = AddOwnConcern { hna: hna.clone(), words: "who walks the dog? Ŵ".into() };
    clinic.add_own_concern(own).await.unwrap();
    for (concern, rating) in [("physical.pain", 9), ("physical.fatigue", 7), ("own-1", 8)] {
        let rate = RateConcern { hna: hna.clone(), concern: concern.into(), rating };
        clinic.rate_concern(rate).await.unwrap();
    }
    clinic.complete_hna(CompleteHna { hna: hna.clone(), day: "14".into(), month: "7".into() }).await.unwrap();
    hna
}

/// A clinic on the 25th with Anna, who was assessed on the 23rd and invited to score again: her id, the assessment's, the invitation.
async fn invited_again() -> (Shift, String, String, InvitationView) {
    let desk = a_home_clinic().await;
    let anna = registered(&desk.clinic).await.to_string();
    let first = assessed(&desk, &anna).await;
    let invite = Invite { again: Some(first.clone()), ..an_invitation(&anna) };
    let invitation = desk.clinic.invite(invite).await.unwrap();
    desk.room.clock.step(2 * DAY);
    (desk, anna, first, invitation)
}

/// The answers of the 24th to this code, with pain gone: sleep 4, pain 0, her own words 7.
fn without_pain(code: &str) -> Value {
    let mut response = a_response(code);
    response["entry"][1]["resource"]["item"][0]["item"][1]["answer"] = json!([{ "valueInteger": 0 }]);
    response
}

async fn read(desk: &Shift, view: &AnswersView) -> HnaView {
    desk.clinic.read_hna(ReadHna { hna: view.line.hna.unwrap().to_string() }).await.unwrap()
}

fn scores(hna: &HnaView) -> Vec<(&str, Value)> {
    hna.concerns.iter().map(|one| (one.key.as_str(), serde_json::to_value(&one.answer).unwrap())).collect()
}

fn rated(rating: u8) -> Value {
    json!({ "kind": "rated", "rating": rating })
}

#[tokio::test]
async fn a_re_score_answered_at_home_takes_0_and_says_what_changed() {
    let (desk, anna, first, invitation) = invited_again().await;
    assert_eq!(invitation.line.again.map(|id| id.to_string()), Some(first));
    assert_eq!(invitation.again.as_ref().map(|day| day.short.as_str()), Some("23-Nov-2026"));
    let taken = take_in(&desk, &without_pain(&invitation.line.code.concat())).await;
    assert_eq!(taken.outcome, "completed");
    let hna = read(&desk, &taken.answers.unwrap()).await;
    assert_eq!(hna.again.as_ref().map(|day| day.short.as_str()), Some("23-Nov-2026"));
    assert_eq!((hna.status.code(), hna.method.code()), ("completed", "home"));
    let expected = [("physical.sleep", rated(4)), ("physical.pain", rated(0)), ("own-1", rated(7))];
    assert_eq!(scores(&hna), expected, "what she did not tick again is not listed");
    assert_eq!(hna.ranked, ["own-1", "physical.pain"], "her own words have the key that they had");
    let view = desk.clinic.read_changes(ReadChanges { patient: anna.clone() }).await.unwrap();
    let said = serde_json::to_value(&view.concerns).unwrap();
    let said: Vec<_> = said.as_array().unwrap().iter().map(|one| &one["since_last"]).collect();
    let was = |was: u8, now: u8| json!({ "kind": "was", "was": was, "now": now });
    let new = json!({ "kind": "new", "now": 4 });
    assert_eq!(said, [&was(8, 7), &was(9, 0), &new, &json!({ "kind": "not_raised", "was": 7 })]);
    assert!(overview(&desk, &anna).await.hnas[0].again);
    desk.clinic.close().await;
    let clinic = desk.unlock().await;
    let seen = clinic.read_hna(ReadHna { hna: hna.id.to_string() }).await.unwrap();
    assert_eq!(scores(&seen), expected, "and after a restart");
    let seen = clinic.open_patient(OpenPatient { patient: anna }).await.unwrap();
    assert_eq!((seen.invitations[0].again, seen.invitations[0].hna), (invitation.line.again, Some(hna.id)));
}

#[tokio::test]
async fn a_0_is_refused_with_its_place_where_nobody_asked_for_it() {
    let (desk, anna, _, invitation) = invited_again().await;
    let place = Some("QuestionnaireResponse.item[0].item[1].answer");
    let plain = desk.clinic.invite(an_invitation(&anna)).await.unwrap().line.code.concat();
    let mut other_list = without_pain(&invitation.line.code.concat());
    other_list["entry"][1]["resource"]["questionnaire"] =
        json!("https://holdfast.example/fhir/Questionnaire/easy-read|1.0.0");
    for refused in [without_pain(&plain), without_pain("no such code"), other_list.clone()] {
        let taken = take_in(&desk, &refused).await;
        assert_eq!((taken.outcome, taken.place.as_deref()), ("refused", place));
        assert_eq!(taken.reason.map(|fault| fault.code()), Some("wrong_answer"));
    }
    assert_eq!(overview(&desk, &anna).await.hnas.len(), 1);
    other_list["entry"][1]["resource"]["item"][0]["item"][1]["answer"] = json!([{ "valueInteger": 1 }]);
    let view = take_in(&desk, &other_list).await.answers.unwrap();
    assert!(read(&desk, &view).await.again.is_none(), "on another checklist nothing is scored again");
}

#[tokio::test]
async fn a_withdrawn_invitation_to_score_again_is_confirmed_with_its_0() {
    let (desk, anna, _, invitation) = invited_again().await;
    let withdraw = WithdrawInvitation { invitation: invitation.line.id.to_string(), reason: "Comes in".into() };
    desk.clinic.withdraw_invitation(withdraw).await.unwrap();
    let view = take_in(&desk, &nameless(without_pain(&invitation.line.code.concat()))).await.answers.unwrap();
    assert_eq!(doubts(&view.line), ["withdrawn"]);
    let confirm = ConfirmAnswers {
        answers: view.line.id.to_string(),
        patient: anna,
        day: "14".into(),
        month: "7".into(),
        pathway_point: None,
    };
    let seen = desk.clinic.confirm_answers(confirm).await.unwrap();
    let hna = read(&desk, &seen).await;
    assert_eq!((hna.again.is_some(), &scores(&hna)[1]), (true, &("physical.pain", rated(0))));
}

#[tokio::test]
async fn a_0_goes_into_nobody_s_record_but_the_invited_patient_s() {
    let (desk, anna, _, invitation) = invited_again().await;
    let form = another_patient_form(2, "Mei", "Imagined");
    let mei = desk.clinic.register_patient(RegisterPatient { form, not_the_same: true }).await.unwrap().banner;
    let mut hers = without_pain(&invitation.line.code.concat());
    hers["entry"][0]["resource"]["identifier"][0]["value"] = json!(nhs_number(2).replace(' ', ""));
    hers["entry"][0]["resource"]["name"] = json!([{ "family": "Imagined", "given": ["Mei"] }]);
    let view = take_in(&desk, &hers).await.answers.unwrap();
    assert_eq!(doubts(&view.line), ["other_name", "other_patient", "nought"]);
    assert!(view.banner.is_none());
    for patient in [mei.id.to_string(), anna.clone()] {
        let confirm = ConfirmAnswers {
            answers: view.line.id.to_string(),
            patient,
            day: "14".into(),
            month: "7".into(),
            pathway_point: Some("other".into()),
        };
        assert_eq!(code(desk.clinic.confirm_answers(confirm).await), Code::NoMatch);
    }
    let refuse = RefuseAnswers { answers: view.line.id.to_string(), reason: "Asked her again".into() };
    assert_eq!(desk.clinic.refuse_answers(refuse).await.unwrap().line.state.code(), "refused");
    assert_eq!(overview(&desk, &anna).await.hnas.len(), 1);
}

#[tokio::test]
async fn nobody_is_invited_to_score_again_what_is_not_completed_or_is_somebody_else_s() {
    let (desk, anna, first, _) = invited_again().await;
    let form = another_patient_form(2, "Mei", "Imagined");
    let mei = desk.clinic.register_patient(RegisterPatient { form, not_the_same: true }).await.unwrap().banner;
    let draft = desk.clinic.start_hna(an_assessment(&anna)).await.unwrap().id.to_string();
    let nobody = "00000000-0000-4000-8000-000000000001".to_owned();
    for (patient, again) in [(mei.id.to_string(), first), (anna.clone(), draft), (anna.clone(), nobody)] {
        let invite = Invite { again: Some(again), ..an_invitation(&patient) };
        assert_eq!(code(desk.clinic.invite(invite).await), Code::Gone);
    }
    assert_eq!(overview(&desk, &anna).await.invitations.len(), 1);
}

#[tokio::test]
async fn the_invitation_and_the_form_to_score_again_say_what_0_means() {
    let (desk, anna, first, invitation) = invited_again().await;
    let of =
        |kind: &str, record: &str| PaperOf { kind: kind.into(), record: record.into(), version: None, patient: None };
    let page = desk.clinic.preview_paper(of("invitation", &invitation.line.id.to_string())).await.unwrap();
    assert!(words(&page.pages).contains("also choose 0: no longer a concern"));
    let form = desk.clinic.preview_paper(of("score_again_form", &first)).await.unwrap();
    assert_eq!((form.kind.code(), form.draft, form.version), ("score_again_form", false, None));
    assert_eq!(form.patient.map(|id| id.to_string()), Some(anna.clone()), "it is never without a name");
    assert_eq!(form.file, format!("score-again-form-{}-2026-11-25.pdf", &first[..6]));
    let said = words(&form.pages);
    for part in ["23 November 2026", "0: no longer a concern", "from 0 to 10. 0 is no longer a concern"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    fs::create_dir(desk.room.documents()).unwrap();
    let save = |day: &str| SavePaper { paper: of("score_again_form", &first), day: day.into(), month: "7".into() };
    assert_eq!(code(desk.clinic.save_paper(save("15")).await), Code::IdentityDiffers);
    let saved = desk.clinic.save_paper(save("14")).await.unwrap();
    let pdf = kit::summary::pages(&fs::read(desk.room.documents().join(&saved.file)).unwrap());
    assert!(pdf.iter().all(|page| page.contains("INVENTED")), "{pdf:?}");
    assert_eq!(details(&desk, "save_paper"), ["score_again_form"]);
    let draft = desk.clinic.start_hna(an_assessment(&anna)).await.unwrap().id.to_string();
    assert_eq!(code(desk.clinic.preview_paper(of("score_again_form", &draft)).await), Code::Gone);
    let death = RecordDeath { died: date(25, 11, 2026), ..a_death(&anna) };
    desk.clinic.record_death(death).await.unwrap();
    assert_eq!(code(desk.clinic.preview_paper(of("score_again_form", &first)).await), Code::AfterDeath);
}

#[tokio::test]
async fn answers_with_a_0_read_as_they_came_in_when_their_code_names_nobody_any_more() {
    let desk = a_home_clinic().await;
    let anna = registered(&desk.clinic).await.to_string();
    let first = assessed(&desk, &anna).await;
    let recorded = |again: Option<String>| Invite {
        kind: Some("recorded".into()),
        code: "mcp-7F/22".into(),
        again,
        ..an_invitation(&anna)
    };
    desk.clinic.invite(recorded(Some(first))).await.unwrap();
    desk.room.clock.step(2 * DAY);
    let response = file(&desk, "answers.json", nameless(without_pain("mcp-7F/22")));
    let view = desk.clinic.take_in_answers(response).await.unwrap().answers.unwrap();
    assert_eq!(doubts(&view.line), ["recorded_code"]);
    assert_eq!(view.banner.as_ref().map(|banner| banner.id.to_string()), Some(anna.clone()));
    desk.clinic.invite(recorded(None)).await.unwrap();
    let seen = desk.clinic.read_answers(ReadAnswers { answers: view.line.id.to_string() }).await.unwrap();
    assert_eq!(doubts(&seen.line), ["unknown_invitation", "nought"], "the code stands here twice");
    assert!(seen.banner.is_none() && seen.line.concerns == 3);
}
