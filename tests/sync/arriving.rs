//! What stands at the trust arrives on Today: the clinic list of the day, and answers from home with their alert.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ::clinic::{Clinic, OpenPatient, TakeOffClinicVisit, Today};
use kit::disk::{Answer, Step, Watch, watch};
use kit::sign_in::a_clinic_at;
use kit::{KeyShelf, Passage, Proxy, Room, Shift, nhs_number};
use rusqlite::ffi;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::time::timeout;

use crate::clinic::desk_when;
use crate::home::{a_home_clinic, an_invitation, sent, there};
use crate::{network, server};

/// How long Today may take to follow, with other tests beside it.
const PATIENCE: Duration = Duration::from_secs(60);

/// Longer than what changed at the trust is left unread.
const A_ROUND: i64 = 11 * 60_000;

fn put(resource: &Value) -> Value {
    let (status, stored) = server().put(resource);
    assert!(matches!(status, 200 | 201), "{status} {stored}");
    stored
}

/// A Patient that the trust made.
fn a_patient(number: u32) -> String {
    let id = format!("arriving-{number}");
    put(&json!({
        "resourceType": "Patient",
        "id": id,
        "active": true,
        "identifier": [{ "system": "https://fhir.nhs.uk/Id/nhs-number", "value": nhs_number(number).replace(' ', "") }],
        "name": [{ "use": "official", "family": format!("Invented{number}"), "given": ["Maria"] }],
        "gender": "female",
        "birthDate": "1956-07-14",
    }));
    id
}

/// An appointment of that Patient in the clinic of the same number, on a day in November 2026.
fn an_appointment(number: u32, status: &str, day: u8) -> Value {
    json!({
        "resourceType": "Appointment",
        "id": format!("arriving-{number}"),
        "status": status,
        "reasonCode": [{ "text": "Results" }],
        "start": format!("2026-11-{day}T09:40:00Z"),
        "end": format!("2026-11-{day}T10:00:00Z"),
        "participant": [
            { "actor": { "reference": format!("Patient/arriving-{number}") }, "status": "accepted" },
            { "actor": { "reference": format!("Location/clinic-{number}"), "display": "Colorectal, Room 3" }, "status": "accepted" },
        ],
    })
}

/// The answers that somebody gave at home to this Task, as a portal leaves them at the trust: pain at nine.
fn answers_to(task: &Value, id: &str) -> Value {
    json!({
        "resourceType": "QuestionnaireResponse",
        "id": id,
        "basedOn": [{ "reference": format!("Task/{}", task["id"].as_str().unwrap()) }],
        "questionnaire": task["input"][0]["valueCanonical"],
        "status": "completed",
        "subject": { "reference": task["for"]["reference"] },
        "source": { "reference": task["for"]["reference"] },
        "authored": "2026-11-23",
        "item": [{ "linkId": "physical", "item": [{ "linkId": "physical.pain", "answer": [{ "valueInteger": 9 }] }] }],
    })
}

/// A clinic whose list is that of the place with this number, with somebody on it.
async fn a_clinic_with_a_list(network: &Proxy, number: u32) -> (Shift, TempDir) {
    let folder = TempDir::new().unwrap();
    (a_clinic_with_a_list_in(folder.path(), network, number).await, folder)
}

async fn a_clinic_with_a_list_in(folder: &Path, network: &Proxy, number: u32) -> Shift {
    put(&json!({ "resourceType": "Location", "id": format!("clinic-{number}"), "name": "Colorectal, Room 3" }));
    a_patient(number);
    put(&an_appointment(number, "booked", 23));
    let room = Room::at(&folder.join("profile"), KeyShelf::default(), u64::from(number));
    let set_up = json!({ "clinic": { "locations": [format!("Location/clinic-{number}")] } });
    let shift = a_clinic_at(&network.address(), room, set_up, folder).await;
    // What was asked for before the key of the server was here has to be asked for again.
    later(&shift).await;
    shift
}

/// Today as soon as it is as expected.
async fn today_when(clinic: &Clinic, expected: impl Fn(&Today) -> bool) -> Today {
    let mut changes = clinic.changes();
    let follow = async {
        loop {
            let today = clinic.today().await.unwrap();
            if expected(&today) {
                return today;
            }
            changes.recv().await.expect("the clinic is open");
        }
    };
    timeout(PATIENCE, follow).await.expect("Today follows")
}

/// Ten minutes later.
async fn later(shift: &Shift) {
    shift.room.clock.step(A_ROUND);
    shift.clinic.send_now().await.unwrap();
}

/// Ten minutes later, when everything was fetched again.
async fn fetched_anew(shift: &Shift) {
    let mut changes = shift.clinic.changes();
    let at = async || json!(shift.clinic.desk().await.unwrap().fetched.and_then(|fetched| fetched.at));
    let before = at().await;
    later(shift).await;
    let follow = async {
        while at().await == before {
            changes.recv().await.expect("the clinic is open");
        }
    };
    timeout(PATIENCE, follow).await.expect("everything is fetched");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appointment_at_the_trust_stands_on_today_moves_and_is_cancelled() {
    let network = network();
    let (shift, _folder) = a_clinic_with_a_list(&network, 970).await;
    let clinic = &shift.clinic;
    let today = today_when(clinic, |today| !today.list.is_empty()).await;
    let line = &today.list[0];
    assert_eq!((today.list.len(), line.source.code(), &*line.time), (1, "trust", "09:40"));
    assert_eq!((&*line.clinic, &*line.reason), ("Colorectal, Room 3", "Results"));
    let named = line.banner.as_ref().map(|banner| banner.family.clone());
    let named = named.or(line.given.as_ref().map(|given| given.family.clone()));
    assert_eq!(named.as_deref(), Some("Invented970"));

    put(&an_appointment(970, "cancelled", 23));
    later(&shift).await;
    today_when(clinic, |today| today.list.is_empty()).await;
    put(&an_appointment(970, "booked", 23));
    later(&shift).await;
    today_when(clinic, |today| today.list.len() == 1).await;
    // On another day that is not fetched as such: its patient is.
    put(&an_appointment(970, "booked", 30));
    later(&shift).await;
    today_when(clinic, |today| today.list.is_empty()).await;
    let fetched = clinic.desk().await.unwrap().fetched.unwrap();
    assert!(fetched.list && !fetched.stopped);
    clinic.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_a_nurse_took_off_stays_off_that_day() {
    let network = network();
    let (shift, _folder) = a_clinic_with_a_list(&network, 971).await;
    let clinic = &shift.clinic;
    let visit = today_when(clinic, |today| !today.list.is_empty()).await.list[0].record.clone();
    let off = clinic.take_off_clinic_visit(TakeOffClinicVisit { visit: visit.clone() }).await.unwrap();
    assert!(off.taken_off && !off.cancelled && off.by.is_empty(), "nobody here put it there");
    let mut at_noon = an_appointment(971, "booked", 23);
    at_noon["start"] = json!("2026-11-23T12:00:00Z");
    at_noon["end"] = json!("2026-11-23T12:20:00Z");
    put(&at_noon);
    later(&shift).await;
    let read = || clinic.read_clinic_visit(::clinic::ReadClinicVisit { visit: visit.clone() });
    let mut changes = clinic.changes();
    let follow = async {
        while read().await.unwrap().time != "12:00" {
            changes.recv().await.expect("the clinic is open");
        }
    };
    timeout(PATIENCE, follow).await.expect("the row follows");
    assert!(read().await.unwrap().taken_off);
    assert!(clinic.today().await.unwrap().list.is_empty());
    clinic.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answered_task_becomes_an_assessment_with_its_alert_and_needs_nobody_else() {
    let network = network();
    let (shift, _folder, anna) = a_home_clinic(&network, 972).await;
    let clinic = &shift.clinic;
    let invitation = clinic.invite(an_invitation(&anna)).await.unwrap().line.id.to_string();
    sent(clinic).await;
    let mut task = there("Task", &invitation);
    put(&answers_to(&task, "arriving-answers-972"));
    // As a portal leaves it.
    task["status"] = json!("completed");
    task["output"] = json!([{
        "type": { "text": "Answers" },
        "valueReference": { "reference": "QuestionnaireResponse/arriving-answers-972" },
    }]);
    put(&task);

    clinic.open_patient(OpenPatient { patient: anna.clone() }).await.unwrap();
    let alert = |today: &Today| today.work.iter().any(|item| item.kind.code() == "answers_from_home");
    let today = today_when(clinic, alert).await;
    let item = today.work.iter().find(|item| item.kind.code() == "answers_from_home").unwrap();
    assert_eq!(item.banner.id.to_string(), anna);
    let answers = clinic.read_answers(::clinic::ReadAnswers { answers: item.record.clone() }).await.unwrap();
    assert_eq!((answers.file.as_str(), answers.line.concerns), ("", 1));
    let hna = answers.line.hna.unwrap().to_string();

    sent(clinic).await;
    assert_eq!(clinic.desk().await.unwrap().sending.needs_you, 0, "the portal's own change is no conflict");
    let task = there("Task", &invitation);
    assert_eq!(task["status"], "completed");
    let came = task["output"][0]["valueReference"]["reference"].as_str().unwrap();
    let (status, made) = server().get(&format!("/{came}"));
    assert_eq!((status, &made["identifier"]["value"]), (200, &json!(hna)), "the assessment is what came of it");

    // Fetched again, it changes nothing.
    later(&shift).await;
    clinic.open_patient(OpenPatient { patient: anna.clone() }).await.unwrap();
    sent(clinic).await;
    assert_eq!(clinic.open_patient(OpenPatient { patient: anna }).await.unwrap().hnas.len(), 1);
    clinic.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_of_a_patient_who_may_be_somebody_else_wait() {
    let network = network();
    // The trust knows somebody under the number that Anna was registered with by a slip.
    let form = kit::another_patient_form(977, "Anna", "Invented");
    put(&json!({
        "resourceType": "Patient", "id": "arriving-977", "active": true, "birthDate": "1956-07-14", "gender": "female",
        "identifier": [{ "system": "https://fhir.nhs.uk/Id/nhs-number", "value": form.nhs_number.replace(' ', "") }],
        "name": [{ "use": "official", "family": "Invented", "given": ["Anna"] }],
    }));
    let (shift, _folder, anna) = a_home_clinic(&network, 977).await;
    let clinic = &shift.clinic;
    let invitation = clinic.invite(an_invitation(&anna)).await.unwrap().line.id.to_string();
    sent(clinic).await;
    let task = there("Task", &invitation);
    assert_eq!(task["for"]["reference"], "Patient/arriving-977");
    // That Patient is fetched and taken in: nothing of it is left to hold answers against.
    clinic.open_patient(OpenPatient { patient: anna.clone() }).await.unwrap();
    fetched_anew(&shift).await;
    let revision = clinic.open_patient(OpenPatient { patient: anna.clone() }).await.unwrap().revision;
    let right = kit::another_patient_form(978, "Anna", "Invented");
    clinic.correct_patient(::clinic::CorrectPatient { patient: anna.clone(), revision, form: right }).await.unwrap();
    desk_when(clinic, |desk| desk.sending.needs_you > 0).await;
    put(&answers_to(&task, "arriving-answers-977"));
    clinic.open_patient(OpenPatient { patient: anna.clone() }).await.unwrap();
    fetched_anew(&shift).await;
    assert!(network.peek().requests.iter().any(|request| request.ends_with("/QuestionnaireResponse/_search")));
    assert_eq!(clinic.open_patient(OpenPatient { patient: anna }).await.unwrap().hnas.len(), 0);
    assert!(clinic.today().await.unwrap().work.iter().all(|item| item.kind.code() != "answers_from_home"));
    clinic.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn training_mode_fetches_nothing() {
    let network = network();
    let (shift, _folder) = a_clinic_with_a_list(&network, 973).await;
    today_when(&shift.clinic, |today| !today.list.is_empty()).await;
    shift.clinic.close().await;
    network.passed();
    let training = shift.house.open_training().await.unwrap();
    assert!(training.send_now().await.unwrap().fetched.is_none());
    training.close().await;
    assert_eq!(network.passed().requests, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_did_not_come_with_the_list_is_known_by_name_only_until_they_do() {
    let network = network();
    network.about("_id=arriving-975", kit::proxy::PORTAL);
    let (shift, _folder) = a_clinic_with_a_list(&network, 975).await;
    let clinic = &shift.clinic;
    let born = |today: &Today| {
        let line = today.list.first()?;
        let given = line.given.as_ref().map(|given| given.born.is_some());
        Some(line.banner.is_some() || given == Some(true))
    };
    let fetched = clinic.desk().await.unwrap().fetched.unwrap();
    assert!(fetched.at.is_none(), "nothing was whole yet");
    assert_ne!(born(&clinic.today().await.unwrap()), Some(true));
    network.about("nothing at all", Passage::Pass);
    later(&shift).await;
    today_when(clinic, |today| born(today) == Some(true)).await;
    clinic.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_put_back_keeps_nothing_from_being_fetched() {
    let network = network();
    let (shift, _folder) = a_clinic_with_a_list(&network, 976).await;
    let clinic = &shift.clinic;
    let today = today_when(clinic, |today| today.list.first().is_some_and(|line| line.banner.is_some())).await;
    let anna = today.list[0].banner.as_ref().unwrap().id.to_string();
    put(&an_appointment(976, "cancelled", 23));
    shift.room.clock.step(-3_600_000);
    // Something wakes the courier, and nobody says "now".
    clinic.open_patient(OpenPatient { patient: anna }).await.unwrap();
    today_when(clinic, |today| today.list.is_empty()).await;
    clinic.close().await;
}

/// A disk that is full once the next act is durable.
#[derive(Default)]
struct Disk {
    next: AtomicBool,
    full: AtomicBool,
}

impl Watch for Disk {
    fn step(&self, _: &str, step: Step<'_>) -> Answer {
        match step {
            Step::Sync if self.next.swap(false, Ordering::SeqCst) => self.full.store(true, Ordering::SeqCst),
            Step::Write { .. } if self.full.load(Ordering::SeqCst) => return Answer::Fail(ffi::SQLITE_FULL),
            _ => {}
        }
        Answer::Do
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_while_the_disk_is_full_comes_again_when_it_is_not() {
    let (network, folder, disk) = (network(), TempDir::new().unwrap(), Arc::new(Disk::default()));
    let profile = folder.path().join("profile");
    std::fs::create_dir(&profile).unwrap();
    let _watched = watch(&profile, disk.clone());
    let shift = a_clinic_with_a_list_in(folder.path(), &network, 974).await;
    let clinic = &shift.clinic;
    today_when(clinic, |today| !today.list.is_empty()).await;
    put(&an_appointment(974, "cancelled", 23));
    network.passed();
    disk.next.store(true, Ordering::SeqCst);
    later(&shift).await;
    let lists = || {
        let requests = network.peek().requests;
        requests.iter().filter(|request| request.ends_with("/Appointment/_search")).count()
    };
    // Time enough for many rounds, if there were any; the one before may have been under way.
    for _ in 0..5_000 {
        clinic.desk().await.unwrap();
    }
    assert!(disk.full.load(Ordering::SeqCst), "the act was durable");
    assert!(lists() <= 4, "{} lists were asked for", lists());
    disk.full.store(false, Ordering::SeqCst);
    later(&shift).await;
    today_when(clinic, |today| today.list.is_empty()).await;
    clinic.close().await;
}
