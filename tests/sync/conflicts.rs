//! Somebody else changed at the trust what was to be changed: a conflict, with both kept, and never called poison.

use domain::Refused;
use domain::merge::{Item, PatientField, Side};
use kit::Outbox;
use serde_json::{Value, json};

use super::{network, of_patient, server, versions};

/// Somebody else's change of a resource at the trust.
fn changed_there(name: &str, change: impl FnOnce(&mut Value)) {
    let (_, mut theirs) = server().get(&format!("/{name}"));
    change(&mut theirs);
    assert!(server().put(&theirs).0 < 300);
}

#[tokio::test]
async fn what_each_side_changed_for_itself_goes_together_and_nobody_is_asked() {
    let network = network();
    let pc = Outbox::new(140);
    let (anna, bert) = (pc.register(401), pc.register(402));
    pc.drain(&network.address()).await;
    changed_there(&format!("Patient/{anna}"), |theirs| {
        theirs["address"][0]["postalCode"] = json!("ZZ99 1AA");
        let hospital = json!({ "system": "https://pas.example.org/number", "value": "P-17" });
        theirs["identifier"].as_array_mut().unwrap().push(hospital);
        theirs["maritalStatus"] = json!({ "text": "Widowed" });
    });
    pc.correct(anna, |patient| patient.phone = "020 7946 0001".to_owned());
    pc.correct(bert, |patient| patient.phone = "020 7946 0002".to_owned());
    pc.drain(&network.address()).await;
    assert_eq!((pc.waiting().waiting, pc.reasons()), (0, vec![]));
    let (here, (_, there)) = (pc.patient(anna), server().get(&format!("/Patient/{anna}")));
    assert_eq!((here.postcode.as_str(), here.phone.as_str()), ("ZZ99 1AA", "020 7946 0001"));
    assert_eq!(there["address"][0]["postalCode"], "ZZ99 1AA");
    assert_eq!(there["telecom"][0]["value"], "020 7946 0001");
    assert_eq!(there["maritalStatus"]["text"], "Widowed", "what is none of ours stays");
    assert_eq!(versions("Patient", anna), 3);
    assert_eq!(versions("Patient", bert), 2, "the other patient's correction arrived");
    pc.correct(anna, |patient| patient.mobile = "07700 900001".to_owned());
    pc.drain(&network.address()).await;
    let (_, there) = server().get(&format!("/Patient/{anna}"));
    let numbers: Vec<&Value> = there["identifier"].as_array().unwrap().iter().map(|one| &one["value"]).collect();
    assert!(numbers.contains(&&json!("P-17")), "nor does it go with a later correction: {there}");
    assert_eq!((pc.reasons(), versions("Patient", anna)), (vec![], 4));
}

#[tokio::test]
async fn what_both_changed_is_kept_twice_until_a_person_has_chosen() {
    let network = network();
    let pc = Outbox::new(800);
    let (anna, bert) = (pc.register(800), pc.register(801));
    pc.drain(&network.address()).await;
    changed_there(&format!("Patient/{anna}"), |theirs| {
        theirs["address"][0]["postalCode"] = json!("ZZ99 1AA");
        theirs["gender"] = json!("other");
    });
    pc.correct(anna, |patient| patient.postcode = "ZZ99 3VZ".to_owned());
    pc.correct(bert, |patient| patient.postcode = "ZZ99 3VZ".to_owned());
    pc.drain(&network.address()).await;
    let stopped = pc.stopped();
    assert_eq!(stopped.iter().map(|one| (one.patient, one.conflict)).collect::<Vec<_>>(), [(Some(anna), true)]);
    assert_eq!(versions("Patient", bert), 2, "the other lane goes on");
    assert!(pc.theirs(stopped[0].sending).unwrap().contains("ZZ99 1AA"), "both are kept");
    assert_eq!(pc.patient(anna).postcode, "ZZ99 3VZ", "ours stays here");
    // Care goes on, and so does the record; what is saved meanwhile is ours.
    pc.correct(anna, |patient| patient.phone = "020 7946 0001".to_owned());
    pc.assess(anna);
    pc.drain(&network.address()).await;
    assert_eq!((pc.stopped(), versions("Patient", anna)), (stopped.clone(), 2), "nothing of theirs was overwritten");

    let address = Item::Patient(PatientField::Address);
    let missing = Err(Refused::field("patient/address", "missing"));
    assert_eq!(pc.resolve(stopped[0].sending, &[]), missing);
    pc.resolve(stopped[0].sending, &[(address, Side::Theirs)]).unwrap();
    pc.drain(&network.address()).await;
    assert_eq!((pc.waiting().waiting, pc.reasons()), (0, vec![]));
    let (here, (_, there)) = (pc.patient(anna), server().get(&format!("/Patient/{anna}")));
    assert_eq!((here.postcode.as_str(), here.phone.as_str()), ("ZZ99 1AA", "020 7946 0001"));
    assert_eq!((here.gender.code(), &there["gender"]), ("other", &json!("other")), "what only they changed came along");
    assert_eq!((&there["address"][0]["postalCode"], versions("Patient", anna)), (&json!("ZZ99 1AA"), 3));
    assert_eq!(of_patient("QuestionnaireResponse", anna).len(), 1, "what waited behind it went after it");
}

#[tokio::test]
async fn who_somebody_is_never_changes_without_a_person() {
    let network = network();
    let pc = Outbox::new(801);
    let anna = pc.register(802);
    pc.drain(&network.address()).await;
    changed_there(&format!("Patient/{anna}"), |theirs| theirs["birthDate"] = json!("1956-07-15"));
    pc.correct(anna, |patient| patient.phone = "020 7946 0001".to_owned());
    pc.drain(&network.address()).await;
    assert_eq!(
        (pc.reasons(), pc.patient(anna).born.to_string().as_str()),
        (vec!["changed_there".into()], "1956-07-14")
    );
    pc.resolve(pc.stopped()[0].sending, &[]).unwrap();
    assert_eq!(pc.patient(anna).born.to_string(), "1956-07-15", "a person has seen it");
    pc.drain(&network.address()).await;
    let (_, there) = server().get(&format!("/Patient/{anna}"));
    assert_eq!((pc.reasons(), &there["telecom"][0]["value"]), (vec![], &json!("020 7946 0001")));
}

#[tokio::test]
async fn a_record_that_is_chosen_as_one_goes_over_theirs_or_is_withdrawn() {
    let network = network();
    let pc = Outbox::new(802);
    let (anna, bert) = (pc.register(803), pc.register(804));
    for one in [anna, bert] {
        let theirs = json!({ "resourceType": "Patient", "id": one.to_string(), "gender": "other" });
        assert!(server().put(&theirs).0 < 300);
    }
    pc.drain(&network.address()).await;
    let stopped = pc.stopped();
    assert_eq!(pc.reasons(), ["changed_there", "changed_there"]);
    pc.resolve(stopped[0].sending, &[]).unwrap();
    pc.withdraw(stopped[1].sending);
    pc.drain(&network.address()).await;
    assert_eq!((pc.waiting().waiting, pc.reasons(), pc.waiting().records), (0, vec![], 1));
    let gender = |one| server().get(&format!("/Patient/{one}")).1["gender"].clone();
    assert_eq!((gender(anna), gender(bert)), (json!("female"), json!("other")));
    assert_eq!((versions("Patient", anna), versions("Patient", bert)), (2, 1));
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
    assert!(matches!(server().get(&format!("/Patient/{anna}")).0, 404 | 410), "it was not brought back");
}

#[tokio::test]
async fn a_stale_version_answered_plainly_is_a_conflict_too() {
    let network = network();
    let pc = Outbox::new(160);
    let anna = pc.register(404);
    pc.drain(&network.address()).await;
    changed_there(&format!("Patient/{anna}"), |theirs| theirs["name"][0]["given"] = json!(["Theirs"]));
    pc.correct(anna, |patient| patient.name.given = "Corrected".to_owned());
    // Another server, or this one outside a transaction, says 412, once it was asked for the commit record of what is changed.
    let outcome = r#"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"conflict"}]}"#;
    network.next([kit::Passage::Pass, kit::Passage::Answer(412, "", "application/fhir+json", outcome)]);
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
    let sending = pc.stopped()[0].sending;
    let theirs = pc.on(|store| store.conflict(sending).unwrap().unwrap().theirs);
    assert_eq!(theirs[0].who.as_deref(), Some("Ruth Invented"), "as its commit record says");
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
    assert_eq!(super::of_patient("QuestionnaireResponse", anna).len(), 1);
}
