//! Whom the trust knows already is not made again, and nobody's demographics are overwritten.

use domain::nhs_number::NhsNumber;
use kit::{Outbox, Passage, nhs_number};
use serde_json::json;

use super::{network, of_patient, server, versions};

fn theirs(id: &str, number: u32, born: &str) -> serde_json::Value {
    json!({
        "resourceType": "Patient", "id": id, "birthDate": born, "name": [{ "family": "Invented" }],
        "identifier": [{ "system": "https://fhir.nhs.uk/Id/nhs-number", "value": nhs_number(number) }],
    })
}

#[tokio::test]
async fn a_patient_of_the_trust_is_used_and_not_written() {
    assert!(server().put(&theirs("known-to-the-trust", 501, "1956-07-14")).0 < 300);
    let network = network();
    let pc = Outbox::new(180);
    let anna = pc.register(501);
    pc.assess(anna);
    pc.drain(&network.address()).await;
    assert_eq!((pc.waiting().waiting, pc.stopped()), (0, vec![]));
    assert_eq!((versions("Patient", anna), versions("Patient", "known-to-the-trust")), (0, 1));
    assert_eq!(of_patient("QuestionnaireResponse", "known-to-the-trust").len(), 1);
    pc.correct(anna, |patient| patient.postcode = "ZZ99 3VZ".to_owned());
    pc.drain(&network.address()).await;
    assert_eq!((pc.waiting().waiting, versions("Patient", "known-to-the-trust")), (0, 1));
}

#[tokio::test]
async fn another_birth_date_or_several_people_are_for_a_person() {
    assert!(server().put(&theirs("born-on-another-day", 502, "1956-07-15")).0 < 300);
    assert!(server().put(&theirs("one-of-two", 503, "1956-07-14")).0 < 300);
    assert!(server().put(&theirs("two-of-two", 503, "1956-07-14")).0 < 300);
    let network = network();
    let pc = Outbox::new(190);
    let (other, several, nobody) = (pc.register(502), pc.register(503), pc.register(504));
    pc.drain(&network.address()).await;
    let stopped: Vec<_> = pc.stopped().into_iter().map(|one| (one.patient.unwrap(), one.reason)).collect();
    assert_eq!(stopped, [(other, "other_birth_date".to_owned()), (several, "several_patients".to_owned())]);
    assert_eq!((versions("Patient", nobody), versions("Patient", other), versions("Patient", several)), (1, 0, 0));
}

#[tokio::test]
async fn two_pcs_that_register_the_same_patient_make_one() {
    let network = network();
    let (one, two) = (Outbox::new(200), Outbox::new(210));
    let (first, second) = (one.register(505), two.register(505));
    one.drain(&network.address()).await;
    two.drain(&network.address()).await;
    assert_eq!((two.waiting().waiting, two.stopped()), (0, vec![]));
    assert_eq!((versions("Patient", first), versions("Patient", second)), (1, 0));
}

fn put(resource: &serde_json::Value) {
    assert!(server().put(resource).0 < 300);
}

#[tokio::test]
async fn another_family_name_or_a_record_out_of_use_is_for_a_person() {
    let with = |id: &str, number: u32, key: &str, value: serde_json::Value| {
        let mut one = theirs(id, number, "1956-07-14");
        one[key] = value;
        put(&one);
    };
    with("another-name", 511, "name", json!([{ "family": "Imagined" }]));
    with("no-name", 512, "name", json!([]));
    with("not-in-use", 513, "active", json!(false));
    with("merged", 514, "link", json!([{ "other": { "reference": "Patient/x" }, "type": "replaced-by" }]));
    let old = json!([{ "use": "old", "system": "https://fhir.nhs.uk/Id/nhs-number", "value": nhs_number(515) }]);
    with("other-number-now", 515, "identifier", old);
    with("a-slip", 516, "name", json!([{ "use": "old", "family": "Invnted" }]));
    let network = network();
    let pc = Outbox::new(270);
    for number in 511..=516 {
        pc.register(number);
    }
    pc.drain(&network.address()).await;
    assert_eq!(pc.reasons(), ["other_name", "other_name", "not_current", "not_current", "not_current"]);
    assert_eq!(pc.waiting().waiting, 0, "a slip in the name is the same name");
    let asked = network.passed().requests;
    assert!(!asked.iter().any(|request| request.contains(&nhs_number(511))), "no NHS number in an address: {asked:?}");
}

#[tokio::test]
async fn a_number_corrected_before_anything_arrived_is_looked_up_again() {
    put(&theirs("wrong-person", 521, "1956-07-14"));
    put(&theirs("right-person", 522, "1956-07-14"));
    let network = network();
    let pc = Outbox::new(280);
    let anna = pc.register(521);
    // She is found, and then nothing gets there.
    network.about("\"transaction\"", kit::proxy::BUSY);
    pc.drain(&network.address()).await;
    pc.assess(anna);
    pc.correct(anna, |patient| patient.nhs_number = NhsNumber::parse(&nhs_number(522)).ok());
    network.about("nothing", Passage::Pass);
    pc.drain_all(&network.address(), 9).await;
    assert_eq!((pc.waiting().waiting, pc.stopped()), (0, vec![]));
    let of = |id| (of_patient("QuestionnaireResponse", id).len(), of_patient("Condition", id).len());
    assert_eq!((of("wrong-person"), of("right-person")), ((0, 0), (1, 1)));
}

#[tokio::test]
async fn a_number_corrected_after_sending_stops_until_a_person_has_told_the_trust() {
    put(&theirs("first-believed", 523, "1956-07-14"));
    put(&theirs("then-corrected", 524, "1956-07-14"));
    let network = network();
    let pc = Outbox::new(290);
    let anna = pc.register(523);
    pc.assess(anna);
    pc.drain(&network.address()).await;
    assert_eq!(of_patient("QuestionnaireResponse", "first-believed").len(), 1);
    pc.correct(anna, |patient| patient.nhs_number = NhsNumber::parse(&nhs_number(524)).ok());
    pc.assess(anna);
    pc.drain(&network.address()).await;
    assert_eq!(pc.reasons(), ["corrected_after_sending"]);
    assert_eq!(of_patient("QuestionnaireResponse", "first-believed").len(), 1, "nothing more goes to the wrong one");
    pc.try_again(pc.stopped()[0].sending);
    pc.drain(&network.address()).await;
    assert_eq!((pc.waiting().waiting, pc.reasons()), (0, vec![]));
    assert_eq!(of_patient("QuestionnaireResponse", "then-corrected").len(), 1);
    assert_eq!(of_patient("Condition", "then-corrected").len(), 1, "what is changed goes along");
}

#[tokio::test]
async fn a_corrected_number_of_our_own_patient_that_the_trust_has_already_is_for_a_person() {
    put(&theirs("theirs-all-along", 526, "1956-07-14"));
    let network = network();
    let pc = Outbox::new(300);
    let anna = pc.register(525);
    pc.drain(&network.address()).await;
    pc.correct(anna, |patient| patient.postcode = "ZZ99 3VZ".to_owned());
    pc.drain(&network.address()).await;
    assert_eq!((versions("Patient", anna), pc.reasons()), (2, vec![]), "ours, and changed");
    pc.correct(anna, |patient| patient.nhs_number = NhsNumber::parse(&nhs_number(526)).ok());
    pc.drain(&network.address()).await;
    assert_eq!((versions("Patient", anna), pc.reasons()), (2, vec!["corrected_after_sending".to_owned()]));
}

#[tokio::test]
async fn a_corrected_number_that_nobody_has_changes_our_own_patient() {
    let network = network();
    let pc = Outbox::new(310);
    let anna = pc.register(527);
    pc.drain(&network.address()).await;
    pc.correct(anna, |patient| patient.nhs_number = NhsNumber::parse(&nhs_number(528)).ok());
    pc.drain(&network.address()).await;
    assert_eq!((versions("Patient", anna), pc.reasons(), pc.waiting().waiting), (2, vec![], 0));
}
