//! An ordinary day: everything arrives once, in order, and a second drain does nothing.

use domain::staff::Role;
use kit::Outbox;

use super::{a_server, network, of_patient, server, versions};

#[tokio::test]
async fn a_patient_and_her_assessment_arrive_and_a_second_drain_writes_nothing() {
    let server = a_server();
    let network = server.network();
    let pc = Outbox::new(10);
    let anna = pc.register(101);
    let hna = pc.assess(anna);
    let bert = pc.register(102);
    assert_eq!(pc.waiting().waiting, 3);
    assert_eq!(pc.drain(&network.address()).await.until, None);
    assert_eq!((pc.waiting().waiting, pc.waiting().needs_you), (0, 0), "{:?}", pc.stopped());
    assert_eq!(pc.waiting().acked_at, Some(pc.clock().now()));
    assert_eq!(network.passed().writes(), 1, "three sendings went together");

    let patients: Vec<_> = server.all("Patient").iter().map(|one| one["id"].clone()).collect();
    assert!(
        patients.len() == 2
            && patients.contains(&anna.to_string().into())
            && patients.contains(&bert.to_string().into())
    );
    let responses = server.all("QuestionnaireResponse");
    assert_eq!(responses.len(), 1);
    assert_eq!(responses[0]["identifier"]["value"], hna.to_string());
    assert_eq!(server.all("Provenance").len(), 3, "one commit record a sending");

    let before = server.history_totals();
    pc.drain(&network.address()).await;
    assert_eq!(network.passed().requests, Vec::<String>::new());
    assert_eq!(server.history_totals(), before);
}

#[tokio::test]
async fn a_correction_changes_the_version_that_was_sent() {
    let network = network();
    let pc = Outbox::new(20);
    let anna = pc.register(103);
    pc.drain(&network.address()).await;
    pc.correct(anna, |patient| patient.name.family = "Corrected".to_owned());
    pc.correct(anna, |patient| patient.postcode = "ZZ99 3VZ".to_owned());
    pc.drain(&network.address()).await;
    assert_eq!((pc.waiting().waiting, pc.stopped()), (0, vec![]));
    let (_, there) = server().get(&format!("/Patient/{anna}"));
    assert_eq!(
        (there["name"][0]["family"].as_str(), there["address"][0]["postalCode"].as_str()),
        (Some("Corrected"), Some("ZZ99 3VZ"))
    );
}

#[tokio::test]
async fn a_long_backlog_goes_in_few_transactions_and_each_lane_in_order() {
    let network = network();
    let pc = Outbox::new(30);
    let mut people = Vec::new();
    for number in 110..130 {
        let patient = pc.register(number);
        people.push((patient, pc.assess(patient)));
    }
    pc.drain(&network.address()).await;
    assert_eq!((pc.waiting().waiting, pc.stopped()), (0, vec![]));
    assert_eq!(network.passed().writes(), 3, "forty sendings, sixteen at most together");
    for (patient, _) in people {
        assert_eq!((versions("Patient", patient), of_patient("QuestionnaireResponse", patient).len()), (1, 1));
    }
}

#[tokio::test]
async fn a_version_made_before_the_first_drain_withdraws_what_it_left_out() {
    let theirs = serde_json::json!({
        "resourceType": "Patient", "id": "known-before-us", "birthDate": "1956-07-14", "name": [{ "family": "Invented" }],
        "identifier": [{ "system": "https://fhir.nhs.uk/Id/nhs-number", "value": kit::nhs_number(132) }],
    });
    assert!(server().put(&theirs).0 < 300);
    let network = network();
    let pc = Outbox::new(40);
    let ours = pc.register(131);
    let matched = pc.register(132);
    for patient in [ours, matched] {
        // Nothing of the second version has an id that the first one has, once the trust's own patient is referred to.
        pc.correct(patient, |patient| (patient.cancer.cancer_type, patient.cancer.diagnosed) = (String::new(), None));
    }
    pc.drain(&network.address()).await;
    assert_eq!((pc.waiting().waiting, pc.stopped()), (0, vec![]));
    for patient in [ours.to_string(), "known-before-us".to_owned()] {
        let conditions = of_patient("Condition", &patient);
        let states: Vec<_> = conditions.iter().map(|one| &one["verificationStatus"]["coding"][0]["code"]).collect();
        assert_eq!(states, ["entered-in-error"], "{patient}");
    }
}

#[tokio::test]
async fn the_author_stands_as_on_the_day_of_the_act() {
    let network = network();
    let pc = Outbox::new(50);
    let anna = pc.register(133);
    pc.change_ruth(|ruth| (ruth.name, ruth.role) = ("Ruth Married".to_owned(), Role::Doctor));
    pc.drain(&network.address()).await;
    let about = |one: &serde_json::Value| one["target"][0]["reference"] == format!("Patient/{anna}");
    let record = server().all("Provenance").into_iter().find(about).unwrap();
    let role = &record["agent"][0]["role"][0]["coding"][0]["code"];
    assert_eq!(
        (record["agent"][0]["who"]["display"].as_str(), role.as_str()),
        (Some("Ruth Invented"), Some("cancer_nurse_specialist"))
    );
}

#[tokio::test]
async fn another_server_than_the_one_that_has_the_records_is_sent_nothing() {
    let (network, other) = (network(), network());
    let pc = Outbox::new(55);
    let (anna, bert) = (pc.register(134), pc.register(135));
    pc.drain(&network.address()).await;
    pc.correct(anna, |patient| patient.postcode = "ZZ99 3VZ".to_owned());
    pc.correct(bert, |patient| patient.postcode = "ZZ99 3VZ".to_owned());
    pc.drain(&other.address()).await;
    pc.drain(&other.address()).await;
    assert_eq!(other.passed().requests, Vec::<String>::new());
    assert_eq!((pc.reasons(), pc.waiting().waiting), (vec!["other_server".to_owned()], 1));
    // The address is put right.
    pc.drain(&network.address()).await;
    assert_eq!((pc.waiting().waiting, pc.reasons(), versions("Patient", anna)), (0, vec![], 2));
}
