//! A server that lies, or is none, changes nothing here and crashes nothing, and what it said before stays as it was.

use std::sync::Arc;

use kit::proxy::{BUSY, PORTAL};
use kit::trust_model::{Dialect, TrustModel};
use kit::{DialectServer, Gzip, Outbox, Passage, Proxy};
use serde_json::{Value, json};
use store::{NoticeKind, There};
use sync::{Fault, Lane, Pull, Pulled};

const PATIENT: &str = "asked-for";
const SEARCH: &str = "patient=Patient%2Fasked-for";

fn observation(id: &str, patient: &str) -> Value {
    json!({
        "resourceType": "Observation", "id": id, "status": "final", "code": { "text": "Weight" },
        "subject": { "reference": format!("Patient/{patient}") },
    })
}

/// A server with one patient and her weight, and somebody else with another; a network to it, and a PC.
fn a_trust(seed: u64) -> (DialectServer, Proxy, Outbox) {
    let mut model = TrustModel::new(Dialect::default());
    for patient in [PATIENT, "somebody-else"] {
        model.put(&json!({ "resourceType": "Patient", "id": patient, "birthDate": "1956-07-14" }));
        model.put(&observation(&format!("weight-of-{patient}"), patient));
    }
    let server = DialectServer::serving(model, Gzip::Unknown);
    let network = Proxy::to(server.port());
    (server, network, Outbox::new(seed))
}

async fn pulled(pc: &Outbox, network: &Proxy) -> Pulled {
    let lanes = [Lane::There(PATIENT.to_owned())];
    Pull::new(pc.books(), Arc::new(pc.reached(&network.address()))).patients(&lanes).await.unwrap()
}

/// What is known to be there, and what of it waits to be taken in.
fn here(pc: &Outbox) -> Here {
    pc.on(|store| (store.known_there(PATIENT).unwrap(), store.staged(PATIENT).unwrap()))
}

type Here = (Vec<(String, String)>, Vec<There>);

/// Every list about the patient is answered so; first as the first thing that is ever asked, and then when all of it is known.
async fn says(seed: u64, passage: Passage) -> (Here, Here, Pulled) {
    let (_server, network, pc) = a_trust(seed);
    network.about(SEARCH, passage.clone());
    let first = pulled(&pc, &network).await;
    let (at_first, _) = here(&pc);
    assert_eq!(at_first, [("Patient".to_owned(), PATIENT.to_owned())], "{:?}", first.trouble);
    network.about("nothing at all", Passage::Pass);
    assert_eq!(pulled(&pc, &network).await.trouble, None, "it is itself again");
    let before = here(&pc);
    assert_eq!(before.0.len(), 2);
    network.about(SEARCH, passage);
    let last = pulled(&pc, &network).await;
    (before, here(&pc), last)
}

#[tokio::test]
async fn what_is_no_list_is_the_network() {
    let giant: &'static str =
        Box::leak(format!(r#"{{"resourceType":"Bundle","x":"{}"}}"#, "x".repeat(9 << 20)).into_boxed_str());
    let deep: &'static str = Box::leak(format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)).into_boxed_str());
    let fhir = "application/fhir+json";
    let answers = [
        Passage::Answer(200, "", "text/html", "<html>Sign in to the hospital Wi-Fi</html>"),
        Passage::Answer(200, "", fhir, "<html></html>"),
        Passage::Answer(302, "Location: https://elsewhere.example/\r\n", fhir, "{}"),
        Passage::Answer(200, "", fhir, r#"{"resourceType":"Patient","id":"x"}"#),
        Passage::Answer(200, "", fhir, r#"{"resourceType":"Bundle","type":"searchset","total":7,"entry":[]}"#),
        Passage::Answer(
            200,
            "",
            fhir,
            r#"{"resourceType":"Bundle","type":"searchset","link":[{"relation":"next","url":"https://elsewhere.example/Observation"}]}"#,
        ),
        Passage::Answer(
            200,
            "",
            fhir,
            r#"{"resourceType":"Bundle","type":"searchset","link":[{"relation":"next","url":7}]}"#,
        ),
        Passage::Answer(200, "", fhir, giant),
        Passage::Answer(200, "", fhir, deep),
        Passage::CutAt(200),
        Passage::Reset,
    ];
    for (seed, answer) in (921..).zip(answers) {
        let kept = format!("{answer:?}").chars().take(90).collect::<String>();
        let (before, after, last) = says(seed, answer).await;
        assert_eq!(before, after, "{kept}");
        let fault = last.trouble.map(|trouble| trouble.fault);
        assert!(matches!(fault, Some(Fault::NotFhir | Fault::CutOff | Fault::NotReached)), "{kept}: {fault:?}");
    }
}

/// Everything on the page, changed.
fn each(bundle: &mut Value, change: impl Fn(&mut Value)) {
    for entry in bundle["entry"].as_array_mut().into_iter().flatten() {
        change(&mut entry["resource"]);
    }
}

#[tokio::test]
async fn resources_that_were_not_asked_for_or_are_not_as_they_should_be_are_left_out() {
    let changes: [fn(&mut Value); 7] = [
        |bundle| each(bundle, |one| one["subject"]["reference"] = json!("Patient/somebody-else")),
        |bundle| each(bundle, |one| one["subject"] = json!(["Patient/asked-for"])),
        |bundle| each(bundle, |one| one["id"] = json!("../../metadata")),
        |bundle| each(bundle, |one| one["resourceType"] = json!("Flag")),
        |bundle| each(bundle, |one| one["meta"] = json!({ "lastUpdated": "2026-11-23T09:00:00Z" })),
        |bundle| each(bundle, |one| one["meta"]["versionId"] = json!("1\" OR 1=1")),
        |bundle| each(bundle, |one| *one = json!(null)),
    ];
    for (place, change) in changes.into_iter().enumerate() {
        let (before, after, _) = says(932, Passage::Change(change)).await;
        assert_eq!(before, after, "{place}");
    }
}

#[tokio::test]
async fn an_older_version_is_never_taken_for_a_newer_one() {
    let (server, network, pc) = a_trust(933);
    let early = server.model().backup();
    let name = format!("weight-of-{PATIENT}");
    server.put(&observation(&name, PATIENT));
    pulled(&pc, &network).await;
    let before = here(&pc);
    server.model().restore(&early);
    let last = pulled(&pc, &network).await;
    assert_eq!((here(&pc), last.older, last.trouble), (before, 1, None));
}

#[tokio::test]
async fn an_empty_server_empties_nothing() {
    let (server, network, pc) = a_trust(934);
    pulled(&pc, &network).await;
    let before = here(&pc);
    *server.model() = TrustModel::new(Dialect::default());
    assert_eq!(pulled(&pc, &network).await.trouble, None);
    assert_eq!(here(&pc), before);
    let told: Vec<_> = pc.on(|store| store.notices(9).unwrap()).iter().map(|one| (one.kind, one.count)).collect();
    assert!(told.contains(&(NoticeKind::ManyRemoved, 2)), "{told:?}");
}

#[tokio::test]
async fn pages_that_lead_round_in_a_circle_come_to_an_end() {
    let (server, network, pc) = a_trust(935);
    (0..450).for_each(|n| drop(server.put(&observation(&format!("many-{n:03}"), PATIENT))));
    // Three pages lead from one to the next, and to an end.
    assert_eq!(pulled(&pc, &network).await.trouble, None);
    assert_eq!(here(&pc).0.len(), 452);
    let circle: fn(&mut Value) =
        |bundle| bundle["link"] = json!([{ "relation": "next", "url": "Observation?round=1" }]);
    network.passed();
    network.otherwise(Some(Passage::Change(circle)));
    let last = pulled(&pc, &network).await;
    assert_eq!((last.trouble.map(|trouble| trouble.fault), here(&pc).0.len()), (Some(Fault::NotFhir), 452));
    assert!(network.passed().requests.len() < 20);
}

#[tokio::test]
async fn one_patient_whose_pages_do_not_read_keeps_nobody_else_waiting() {
    let (_server, network, pc) = a_trust(936);
    network.about("asked-for", Passage::Answer(200, "", "text/html", "<html></html>"));
    let lanes = ["asked-for", "somebody-else"].map(|id| Lane::There(id.to_owned()));
    let last = Pull::new(pc.books(), Arc::new(pc.reached(&network.address()))).patients(&lanes).await.unwrap();
    assert_eq!((last.patients, last.trouble), (vec!["somebody-else".to_owned()], None));
    let told = pc.on(|store| store.notices(9).unwrap());
    assert!(
        told.iter().any(|one| one.kind == NoticeKind::NotRead && one.there.as_deref() == Some(PATIENT)),
        "{told:?}"
    );
}

#[tokio::test]
async fn a_network_that_ends_in_the_middle_is_no_fault_of_everybody_who_is_left() {
    let mut model = TrustModel::new(Dialect::default());
    let patients: Vec<String> =
        ["early", "late"].iter().flat_map(|when| (0..4).map(move |n| format!("{when}-{n}"))).collect();
    for patient in &patients {
        model.put(&json!({ "resourceType": "Patient", "id": patient, "birthDate": "1956-07-14" }));
    }
    let server = DialectServer::serving(model, Gzip::Unknown);
    let (network, pc) = (Proxy::to(server.port()), Outbox::new(945));
    network.about("late-", PORTAL);
    let lanes: Vec<Lane> = patients.into_iter().map(Lane::There).collect();
    let pulled = Pull::new(pc.books(), Arc::new(pc.reached(&network.address()))).patients(&lanes).await.unwrap();
    assert_eq!((pulled.patients.len(), pulled.trouble.map(|trouble| trouble.fault)), (4, Some(Fault::NotFhir)));
    // What those who came are called cannot be read; of the others nobody is told anything.
    let told = pc.on(|store| store.notices(9).unwrap());
    assert!(told.iter().all(|one| one.there.as_deref().is_some_and(|id| id.starts_with("early-"))), "{told:?}");
}

#[tokio::test]
async fn of_what_another_system_keeps_there_nothing_is_kept_here() {
    let (server, network, pc) = a_trust(946);
    let subject = json!({ "reference": format!("Patient/{PATIENT}") });
    for kind in ["Composition", "DocumentReference", "Task"] {
        let mut one =
            json!({ "resourceType": kind, "id": format!("their-{kind}"), "subject": subject, "for": subject });
        one["status"] = json!("final");
        server.put(&one);
    }
    assert_eq!(pulled(&pc, &network).await.trouble, None);
    let (known, staged) = here(&pc);
    assert_eq!(known.len(), 5);
    assert_eq!(staged.iter().map(|one| one.kind.as_str()).collect::<Vec<_>>(), ["Patient"]);
    network.passed();
    assert_eq!(pulled(&pc, &network).await.staged, 0, "and it is not fetched again");
}

#[tokio::test]
async fn one_patient_at_whom_the_server_fails_keeps_nobody_else_waiting_for_ever() {
    for answer in [Passage::Answer(500, "", "text/plain", "failed"), Passage::Answer(403, "", "text/plain", "no")] {
        let (_server, network, pc) = a_trust(940);
        network.about("asked-for", answer);
        let lanes = ["asked-for", "somebody-else"].map(|id| Lane::There(id.to_owned()));
        let mut pull = Pull::new(pc.books(), Arc::new(pc.reached(&network.address())));
        for _ in 0..3 {
            let first = pull.patients(&lanes).await.unwrap();
            assert!(first.trouble.is_some() && first.patients.is_empty(), "{first:?}");
        }
        let last = pull.patients(&lanes).await.unwrap();
        assert_eq!((last.patients, last.trouble), (vec!["somebody-else".to_owned()], None));
        let told = pc.on(|store| store.notices(9).unwrap());
        let is_told = |one: &store::Notice| one.kind == NoticeKind::NotRead && one.there.as_deref() == Some(PATIENT);
        assert!(told.iter().any(is_told), "{told:?}");
    }
}

/// Anna, whom one PC registered and corrected and another fetched; then the server goes back to before the correction, and somebody writes
/// there under the number that it had.
async fn given_again(seed: u64, number: u32) -> (DialectServer, Outbox, domain::id::PatientId) {
    let server = DialectServer::serving(TrustModel::new(Dialect::default()), Gzip::Unknown);
    let (one, other) = (Outbox::new(seed), Outbox::new(seed + 1));
    let anna = one.register(number);
    one.drain(&server.address()).await;
    let early = server.model().backup();
    one.correct(anna, |patient| patient.phone = "020 7946 0001".to_owned());
    one.drain(&server.address()).await;
    fetched(&other, &server, anna).await;
    assert_eq!(other.patient(anna).phone, "020 7946 0001");
    server.model().restore(&early);
    server.model().now += 60_000;
    let mut theirs = server.get(&format!("Patient/{anna}")).1;
    theirs["gender"] = json!("other");
    server.put(&theirs);
    let (_, stands) = server.get(&format!("Patient/{anna}"));
    assert_eq!((&stands["meta"]["versionId"], &stands["gender"]), (&json!("2"), &json!("other")));
    (server, other, anna)
}

async fn fetched(pc: &Outbox, server: &DialectServer, patient: domain::id::PatientId) -> Pulled {
    let lanes = [Lane::There(patient.to_string())];
    Pull::new(pc.books(), Arc::new(pc.reached(&server.address()))).patients(&lanes).await.unwrap()
}

#[tokio::test]
async fn a_number_that_a_restored_server_gives_again_is_fetched() {
    let (server, pc, anna) = given_again(941, 934).await;
    assert!(fetched(&pc, &server, anna).await.older > 0);
    assert_eq!(pc.patient(anna).gender.code(), "other");
    assert_eq!(pc.patient(anna).phone, "020 7946 0000");
}

#[tokio::test]
async fn a_number_that_a_restored_server_gives_again_is_not_written_over() {
    let (server, pc, anna) = given_again(943, 935).await;
    pc.correct(anna, |patient| patient.mobile = "07700 900009".to_owned());
    pc.drain_all(&server.address(), 20).await;
    assert_eq!(server.get(&format!("Patient/{anna}")).1["gender"], "other");
    assert_eq!(pc.reasons(), ["changed_there"]);
}

/// Anna, registered, assessed and corrected; the server goes back to before the last `lost` of it.
async fn goes_back(seed: u64, number: u32, corrections: usize) -> (DialectServer, Outbox, domain::id::PatientId) {
    let server = DialectServer::serving(TrustModel::new(Dialect::default()), Gzip::Unknown);
    let pc = Outbox::new(seed);
    let anna = pc.register(number);
    pc.drain(&server.address()).await;
    let early = server.model().backup();
    pc.assess(anna);
    for n in 0..corrections {
        pc.correct(anna, |patient| patient.phone = format!("020 7946 00{n:02}"));
    }
    pc.drain(&server.address()).await;
    assert_eq!((pc.waiting().waiting, pc.stopped()), (0, vec![]));
    server.model().restore(&early);
    (server, pc, anna)
}

#[tokio::test]
async fn the_few_that_a_restored_server_lost_go_again_by_themselves() {
    let (server, pc, anna) = goes_back(937, 930, 3).await;
    let mut pull = Pull::new(pc.books(), Arc::new(pc.reached(&server.address())));
    assert_eq!(pull.lost().await.unwrap(), None);
    assert_eq!(pc.waiting().waiting, 2, "the assessment and the patient");
    pc.drain_all(&server.address(), 20).await;
    assert_eq!((pc.waiting().waiting, pc.stopped()), (0, vec![]));
    assert_eq!(server.all("QuestionnaireResponse").len(), 1);
    assert_eq!(server.get(&format!("Patient/{anna}")).1["telecom"][0]["value"], "020 7946 0002");
    assert_eq!(pc.on(|store| store.audited(domain::op::Op::SendAgain).unwrap()).len(), 1);
    assert_eq!(pull.lost().await.unwrap(), None);
    assert_eq!(pc.waiting().waiting, 0, "nothing is lost any more");
}

#[tokio::test]
async fn more_go_again_when_a_person_says_so_and_never_over_somebody_elses() {
    let (server, pc, anna) = goes_back(938, 931, 6).await;
    // Since it went back, somebody has written there, under the number that ours had.
    let mut theirs = server.get(&format!("Patient/{anna}")).1;
    theirs["gender"] = json!("other");
    server.put(&theirs);
    let mut pull = Pull::new(pc.books(), Arc::new(pc.reached(&server.address())));
    assert_eq!(pull.lost().await.unwrap(), None);
    let told = pc.on(|store| store.notices(9).unwrap());
    assert_eq!(told.iter().map(|one| (one.kind, one.count)).collect::<Vec<_>>(), [(NoticeKind::WentBack, 7)]);
    assert_eq!(pc.waiting().waiting, 0, "nothing goes before somebody has said so");
    assert!(pc.settle(told[0].id, store::Settled::SendAgain));
    pc.drain_all(&server.address(), 20).await;
    assert_eq!(server.get(&format!("Patient/{anna}")).1["gender"], "other");
    let phone = &server.get(&format!("Patient/{anna}")).1["telecom"][0]["value"];
    let merged = phone == "020 7946 0005";
    assert!(merged || pc.reasons() == ["changed_there"], "{phone} {:?}", pc.reasons());
}

#[tokio::test]
async fn a_server_that_only_forgets_how_to_answer_has_lost_nothing() {
    let (server, pc, _) = goes_back(939, 932, 1).await;
    let network = Proxy::to(server.port());
    let mut pull = Pull::new(pc.books(), Arc::new(pc.reached(&network.address())));
    for answer in [PORTAL, BUSY, Passage::Answer(404, "", "text/html", "Not Found")] {
        network.otherwise(Some(answer));
        assert!(pull.lost().await.unwrap().is_some());
        assert_eq!((pc.waiting().waiting, pc.on(|store| store.notices(9).unwrap())), (0, vec![]));
    }
}

#[tokio::test]
async fn versions_of_one_server_say_nothing_about_another() {
    let (server, pc, anna) = goes_back(910, 933, 1).await;
    let other = DialectServer::start();
    let mut pull = Pull::new(pc.books(), Arc::new(pc.reached(&other.address())));
    let pulled = pull.patients(&[Lane::Here(anna)]).await.unwrap();
    assert_eq!(pulled.trouble.map(|trouble| trouble.fault), Some(Fault::OtherServer));
    // It has none of our commit records, and has lost none.
    assert_eq!(pull.lost().await.unwrap().map(|trouble| trouble.fault), Some(Fault::OtherServer));
    assert_eq!((pc.waiting().waiting, pc.on(|store| store.notices(9).unwrap())), (0, vec![]));
    assert_eq!(other.came().len(), 0);
    drop(server);
}
