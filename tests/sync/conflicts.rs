//! Somebody else changed at the trust what was to be changed: a conflict, with both kept, and never called poison.

use kit::Outbox;
use serde_json::json;

use crate::{network, server, versions};

#[tokio::test]
async fn a_stale_version_inside_a_transaction_is_a_conflict() {
    let network = network();
    let pc = Outbox::new(140);
    let (anna, bert) = (pc.register(401), pc.register(402));
    pc.drain(&network.address()).await;
    let (_, mut theirs) = server().get(&format!("/Patient/{anna}"));
    theirs["address"][0]["postalCode"] = json!("ZZ99 1AA");
    assert_eq!(server().put(&theirs).0, 200);
    pc.correct(anna, |patient| patient.name.given = "Corrected".to_owned());
    pc.correct(bert, |patient| patient.name.given = "Corrected".to_owned());
    pc.drain(&network.address()).await;
    let stopped = pc.stopped();
    assert_eq!(stopped.len(), 1);
    assert_eq!((stopped[0].patient, stopped[0].reason.as_str()), (Some(anna), "changed_there"));
    let (_, there) = server().get(&format!("/Patient/{anna}"));
    assert_eq!(there["address"][0]["postalCode"], "ZZ99 1AA", "nothing of theirs was overwritten");
    assert_eq!(versions("Patient", bert), 2, "the other patient's correction arrived");
    assert!(pc.theirs(stopped[0].sending).unwrap().contains("ZZ99 1AA"), "both are kept");
}

#[tokio::test]
async fn a_record_removed_at_the_trust_is_a_conflict() {
    let network = network();
    let pc = Outbox::new(150);
    let anna = pc.register(403);
    pc.drain(&network.address()).await;
    assert!(server().delete("Patient", &anna.to_string()) < 300);
    pc.correct(anna, |patient| patient.name.given = "Corrected".to_owned());
    pc.drain(&network.address()).await;
    let stopped = pc.stopped();
    assert_eq!(stopped.iter().map(|one| one.reason.as_str()).collect::<Vec<_>>(), ["removed_there"]);
    assert_eq!(server().get(&format!("/Patient/{anna}")).0, 410, "it was not brought back");
}

#[tokio::test]
async fn a_stale_version_answered_plainly_is_a_conflict_too() {
    let network = network();
    let pc = Outbox::new(160);
    let anna = pc.register(404);
    pc.drain(&network.address()).await;
    let (_, theirs) = server().get(&format!("/Patient/{anna}"));
    assert_eq!(server().put(&theirs).0, 200);
    pc.correct(anna, |patient| patient.name.given = "Corrected".to_owned());
    // Another server, or this one outside a transaction, says 412.
    network.next([kit::Passage::Answer(
        412,
        "",
        "application/fhir+json",
        r#"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"conflict"}]}"#,
    )]);
    pc.drain(&network.address()).await;
    assert_eq!(pc.stopped().iter().map(|one| one.reason.as_str()).collect::<Vec<_>>(), ["changed_there"]);
}

#[tokio::test]
async fn our_own_lost_commit_is_no_conflict() {
    let network = network();
    let pc = Outbox::new(170);
    let anna = pc.register(405);
    pc.drain(&network.address()).await;
    pc.correct(anna, |patient| patient.name.given = "Corrected".to_owned());
    network.next([kit::Passage::LoseAnswer]);
    pc.drain(&network.address()).await;
    // As if the horizon had passed and it had gone out again: the server then calls our own version stale.
    pc.forget_doubt();
    pc.clock().step(600_000);
    pc.drain(&network.address()).await;
    assert_eq!((pc.waiting().waiting, pc.stopped(), versions("Patient", anna)), (0, vec![], 2));
}

#[tokio::test]
async fn what_is_there_under_our_id_without_our_commit_record_is_not_overwritten() {
    let network = network();
    let pc = Outbox::new(360);
    let (anna, bert) = (pc.register(406), pc.register(407));
    let theirs = json!({ "resourceType": "Patient", "id": anna.to_string(), "gender": "other" });
    assert!(server().put(&theirs).0 < 300);
    pc.drain(&network.address()).await;
    assert_eq!(pc.reasons(), ["changed_there"]);
    assert_eq!((versions("Patient", anna), versions("Patient", bert)), (1, 1));
}

#[tokio::test]
async fn an_old_disk_overwrites_nothing_that_a_newer_one_sent() {
    let network = network();
    let pc = Outbox::new(370);
    let anna = pc.register(408);
    pc.keep_copy();
    pc.drain(&network.address()).await;
    pc.correct(anna, |patient| patient.name.family = "Newer".to_owned());
    pc.drain(&network.address()).await;
    pc.put_copy_back();
    pc.drain(&network.address()).await;
    assert_eq!((pc.waiting().waiting, pc.reasons()), (0, vec![]), "its commit record is there");
    pc.correct(anna, |patient| patient.postcode = "ZZ99 3VZ".to_owned());
    pc.drain(&network.address()).await;
    assert_eq!(pc.reasons(), ["changed_there"]);
    let (_, there) = server().get(&format!("/Patient/{anna}"));
    assert_eq!((there["name"][0]["family"].as_str(), versions("Patient", anna)), (Some("Newer"), 2));
}

#[tokio::test]
async fn a_patient_of_the_trust_that_is_gone_stops_her_lane_and_no_other() {
    let theirs = json!({
        "resourceType": "Patient", "id": "will-be-merged", "birthDate": "1956-07-14", "name": [{ "family": "Invented" }],
        "identifier": [{ "system": "https://fhir.nhs.uk/Id/nhs-number", "value": kit::nhs_number(409) }],
    });
    assert!(server().put(&theirs).0 < 300);
    let network = network();
    let pc = Outbox::new(380);
    let (anna, bert) = (pc.register(409), pc.register(410));
    pc.drain(&network.address()).await;
    assert!(server().delete("Patient", "will-be-merged") < 300);
    let gone = r#"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"not-found"}]}"#;
    network.about("Patient/will-be-merged", kit::Passage::Answer(404, "", "application/fhir+json", gone));
    pc.assess(anna);
    pc.assess(bert);
    pc.drain(&network.address()).await;
    assert_eq!(pc.reasons(), ["patient_gone"]);
    assert_eq!(pc.waiting().waiting, 0, "the other patient's went");
    // Once a person has asked the trust: nobody has the number now, so ours is made.
    pc.try_again(pc.stopped()[0].sending);
    pc.drain(&network.address()).await;
    assert_eq!((pc.waiting().waiting, pc.reasons()), (0, vec![]));
    assert_eq!(crate::of_patient("QuestionnaireResponse", anna).len(), 1);
}
