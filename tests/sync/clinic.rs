//! Sending in the open clinic: the header follows without a click, a refused record is listed, and training mode sends nothing.

use std::time::Duration;

use ::clinic::{Clinic, CompleteHna, Desk, OpenPatient, RegisterPatient, TryAgain};
use kit::sign_in::a_clinic_at;
use kit::{KeyShelf, Passage, Proxy, Room, Shift, a_clinic_in, an_assessment, another_patient_form};
use serde_json::json;
use tempfile::TempDir;
use tokio::time::timeout;

use crate::{network, of_patient, versions};

/// How long the header may take to follow, with other tests beside it.
const PATIENCE: Duration = Duration::from_secs(60);

/// A clinic whose trust's server is at the other end of this network, on the n-th PC: no two make the same ids.
pub(crate) async fn a_clinic_on(network: &Proxy, pc: u64) -> (Shift, TempDir) {
    let folder = TempDir::new().unwrap();
    let room = Room::at(&folder.path().join("profile"), KeyShelf::default(), pc);
    let set_up = json!({ "pc": { "name": "Clinic room 3" } });
    (a_clinic_at(&network.address(), room, set_up, folder.path()).await, folder)
}

async fn register(clinic: &Clinic, number: u32) -> String {
    let form = another_patient_form(number, "Anna", &format!("Invented{number}"));
    clinic.register_patient(RegisterPatient { form, not_the_same: true }).await.unwrap().banner.id.to_string()
}

/// The desk as soon as it is as expected; each time the screen is told of a change it is read again.
pub(crate) async fn desk_when(clinic: &Clinic, expected: impl Fn(&Desk) -> bool) -> Desk {
    let mut changes = clinic.changes();
    let follow = async {
        loop {
            let desk = clinic.desk().await.unwrap();
            if expected(&desk) {
                return desk;
            }
            changes.recv().await.expect("the clinic is open");
        }
    };
    timeout(PATIENCE, follow).await.expect("the header follows")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_header_says_waiting_since_when_and_then_sent() {
    let mut network = network();
    network.down();
    let (shift, _folder) = a_clinic_on(&network, 701).await;
    let clinic = &shift.clinic;
    let patient = register(clinic, 701).await;
    let since = shift.room.clock.now();
    let waiting = desk_when(clinic, |desk| desk.sending.reason == Some("no_network")).await.sending;
    assert_eq!((waiting.phrase, waiting.count), ("waiting", 1));
    assert_eq!(waiting.at.unwrap().ms, since, "since when");

    network.up();
    shift.room.clock.step(60_000);
    clinic.send_now().await.unwrap();
    let sent = desk_when(clinic, |desk| desk.sending.phrase == "sent").await.sending;
    assert_eq!((sent.count, sent.at.unwrap().ms), (0, shift.room.clock.now()));
    assert_eq!(versions("Patient", &patient), 1);
    clinic.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_completed_assessment_is_sent_and_its_line_says_so() {
    let network = network();
    let (shift, _folder) = a_clinic_on(&network, 702).await;
    let clinic = &shift.clinic;
    let patient = register(clinic, 702).await;
    let hna = clinic.start_hna(an_assessment(&patient)).await.unwrap().id.to_string();
    let line = |overview: ::clinic::Overview| overview.hnas[0].sending;
    let open = || clinic.open_patient(OpenPatient { patient: patient.clone() });
    assert_eq!(line(open().await.unwrap()), "draft");
    clinic.complete_hna(CompleteHna { hna, day: "14".into(), month: "7".into() }).await.unwrap();
    desk_when(clinic, |desk| desk.sending.phrase == "sent" && desk.sending.waiting == 0).await;
    assert_eq!(line(open().await.unwrap()), "sent");
    assert_eq!(of_patient("QuestionnaireResponse", &patient).len(), 1);
    clinic.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_record_is_listed_with_its_reason_and_can_be_tried_again() {
    let network = network();
    let (shift, _folder) = a_clinic_on(&network, 703).await;
    let clinic = &shift.clinic;
    let refusal = Passage::Answer(
        422,
        "",
        "application/fhir+json",
        r#"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"value","details":{"text":"no such postcode"}}]}"#,
    );
    network.next([Passage::Pass, Passage::Pass, refusal]);
    let patient = register(clinic, 703).await;
    let desk = desk_when(clinic, |desk| desk.sending.phrase == "needs_you").await;
    assert_eq!((desk.sending.count, desk.sending.needs_you, desk.sending.waiting), (1, 1, 0));
    let other = register(clinic, 704).await;
    desk_when(clinic, |desk| desk.sending.waiting == 0).await;
    assert_eq!((versions("Patient", &patient), versions("Patient", &other)), (0, 1), "the other patient's went");

    let refused = clinic.list_refused().await.unwrap();
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].banner.as_ref().unwrap().id.to_string(), patient);
    assert_eq!((refused[0].reason_code.code(), refused[0].reason.as_str()), ("refused_content", "no such postcode"));
    assert!(refused[0].can_try_again);
    let left = clinic.try_again(TryAgain { sending: refused[0].sending.to_string() }).await.unwrap();
    assert!(left.is_empty());
    desk_when(clinic, |desk| desk.sending.phrase == "sent").await;
    assert_eq!(versions("Patient", &patient), 1);
    let again = clinic.try_again(TryAgain { sending: refused[0].sending.to_string() }).await;
    assert_eq!(again.err().unwrap().code.code(), "gone");
    clinic.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_on_its_way_at_the_lock_is_asked_about_after_it() {
    let network = network();
    let (shift, _folder) = a_clinic_on(&network, 704).await;
    network.next([Passage::Pass, Passage::Pass, Passage::LoseAnswer]);
    let patient = register(&shift.clinic, 705).await;
    desk_when(&shift.clinic, |desk| desk.sending.reason == Some("no_network")).await;
    shift.clinic.close().await;
    network.passed();
    let clinic = shift.unlock().await;
    desk_when(&clinic, |desk| desk.sending.phrase == "sent").await;
    assert_eq!((network.passed().writes(), versions("Patient", &patient)), (0, 1));
    clinic.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn training_mode_sends_nothing() {
    let network = network();
    let (shift, _folder) = a_clinic_on(&network, 705).await;
    shift.clinic.close().await;
    network.passed();
    let training = shift.house.open_training().await.unwrap();
    register(&training, 706).await;
    let desk = training.send_now().await.unwrap();
    assert_eq!((desk.sending.phrase, desk.sending.reason, desk.sending.waiting), ("saved_here", Some("no_server"), 0));
    assert!(training.list_refused().await.unwrap().is_empty());
    training.close().await;
    assert_eq!(network.passed().requests, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_set_and_cannot_be_used_is_said_in_the_header() {
    let folder = TempDir::new().unwrap();
    let room = Room::at(&folder.path().join("profile"), KeyShelf::default(), 706);
    let configuration = r#"{"server":{"url":"https://fhir.example.org","ca":"/nowhere/ca.pem"}}"#;
    let shift = a_clinic_in(room.configured(configuration)).await;
    let patient = register(&shift.clinic, 707).await;
    let said = shift.clinic.desk().await.unwrap().sending;
    assert_eq!((said.phrase, said.count, said.waiting, said.reason), ("waiting", 1, 1, Some("server_unusable")));
    let hna = shift.clinic.start_hna(an_assessment(&patient)).await.unwrap().id.to_string();
    shift.clinic.complete_hna(CompleteHna { hna, day: "14".into(), month: "7".into() }).await.unwrap();
    let overview = shift.clinic.open_patient(OpenPatient { patient }).await.unwrap();
    assert_eq!(overview.hnas[0].sending, "waiting", "not merely saved here");
    shift.clinic.close().await;
}
