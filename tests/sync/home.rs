//! Invitations, the answers that came of them, and the talks about them, at the trust.

use ::clinic::{
    AppointmentForm, BookAppointment, ChangeAppointment, Clinic, Invite, RegisterPatient, WithdrawInvitation,
};
use kit::sign_in::a_clinic_at;
use kit::{KeyShelf, Proxy, Room, Shift, another_patient_form, nhs_number};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::clinic::desk_when;
use crate::{network, server};

pub(crate) async fn sent(clinic: &Clinic) {
    desk_when(clinic, |desk| desk.sending.phrase == "sent" && desk.sending.waiting == 0).await;
}

/// A clinic with a server and a portal, on the n-th PC, and its one patient.
pub(crate) async fn a_home_clinic(network: &Proxy, pc: u32) -> (Shift, TempDir, String) {
    let folder = TempDir::new().unwrap();
    let room = Room::at(&folder.path().join("profile"), KeyShelf::default(), u64::from(pc));
    let set_up = json!({ "home": { "portal": "answers.example" } });
    let shift = a_clinic_at(&network.address(), room, set_up, folder.path()).await;
    let form = another_patient_form(pc, "Anna", "Invented");
    let anna = shift.clinic.register_patient(RegisterPatient { form, not_the_same: true }).await.unwrap().banner.id;
    (shift, folder, anna.to_string())
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

/// The one resource of this kind with this identifier of ours.
pub(crate) fn there(kind: &str, record: &str) -> Value {
    let is_it = |one: &Value| one["identifier"].as_array().into_iter().flatten().any(|id| id["value"] == record);
    let mut found: Vec<_> = server().all(kind).into_iter().filter(is_it).collect();
    assert_eq!(found.len(), 1, "{kind}");
    found.remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_and_its_answers_arrive_and_the_task_is_completed() {
    let network = network();
    let (shift, folder, anna) = a_home_clinic(&network, 751).await;
    let clinic = &shift.clinic;
    let invitation = clinic.invite(an_invitation(&anna)).await.unwrap();
    sent(clinic).await;
    let id = invitation.line.id.to_string();
    let task = there("Task", &id);
    let code = invitation.line.code.concat();
    assert_eq!((&task["status"], &task["identifier"][1]["value"]), (&json!("requested"), &json!(code)));
    let response = json!({
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [
            { "resource": {
                "resourceType": "Patient",
                "identifier": [{ "system": "https://fhir.nhs.uk/Id/nhs-number", "value": nhs_number(751).replace(' ', "") }],
                "name": [{ "family": "Invented" }],
                "birthDate": "1956-07-14",
            } },
            { "resource": {
                "resourceType": "QuestionnaireResponse",
                "identifier": task["identifier"][1],
                "questionnaire": task["input"][0]["valueCanonical"],
                "status": "completed",
                "authored": "2026-11-23",
                "item": [{ "linkId": "physical", "item": [
                    { "linkId": "physical.pain", "answer": [{ "valueInteger": 9 }] },
                ] }],
            } },
        ],
    });
    let file = folder.path().join("answers.json");
    std::fs::write(&file, response.to_string()).unwrap();
    let taken = clinic.take_in_answers(file).await.unwrap();
    assert_eq!(taken.outcome, "completed");
    sent(clinic).await;
    let task = there("Task", &id);
    assert_eq!(task["status"], "completed");
    let answers = task["output"][0]["valueReference"]["reference"].as_str().unwrap().to_owned();
    let (status, there) = server().get(&format!("/{answers}"));
    assert_eq!((status, &there["status"], &there["authored"]), (200, &json!("completed"), &json!("2026-11-23")));
    let hna = taken.answers.unwrap().line.hna.unwrap().to_string();
    assert_eq!(there["identifier"]["value"], json!(hna));
    clinic.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_invitation_and_a_talk_whose_day_became_known_are_there_as_they_stand() {
    let network = network();
    let (shift, _folder, anna) = a_home_clinic(&network, 752).await;
    let clinic = &shift.clinic;
    let recorded = Invite { kind: Some("recorded".into()), code: "mcp-7F/22".into(), ..an_invitation(&anna) };
    let id = clinic.invite(recorded).await.unwrap().line.id.to_string();
    let withdraw = WithdrawInvitation { invitation: id.clone(), reason: "Rather on paper".into() };
    clinic.withdraw_invitation(withdraw).await.unwrap();
    let form = |on: &str, time: &str| AppointmentForm {
        on: on.into(),
        time: time.into(),
        channel: Some("face_to_face".into()),
        place: "Room 3".into(),
        with_whom: "Ruth Invented".into(),
    };
    let book = BookAppointment { patient: anna, hna: None, form: form("", "") };
    let talk = clinic.book_appointment(book).await.unwrap().line.id.to_string();
    sent(clinic).await;
    let task = there("Task", &id);
    assert_eq!((&task["status"], &task["statusReason"]["text"]), (&json!("cancelled"), &json!("Rather on paper")));
    assert!(!task.to_string().contains("7F/22"), "another website's code stays here");
    let proposed = there("Appointment", &talk);
    assert_eq!(proposed["status"], "proposed");
    assert!(proposed.get("start").is_none());
    let change = ChangeAppointment { appointment: talk.clone(), revision: 1, form: form("4-Dec-2026", "14:30") };
    clinic.change_appointment(change).await.unwrap();
    sent(clinic).await;
    let booked = there("Appointment", &talk);
    assert_eq!((&booked["status"], &booked["id"]), (&json!("booked"), &proposed["id"]));
    assert_eq!(booked["start"], "2026-12-04T14:30:00.000Z");
    clinic.close().await;
}
