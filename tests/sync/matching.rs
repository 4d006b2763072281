//! Whom the trust knows already is not made again, and nobody's demographics are overwritten.

use kit::{Outbox, nhs_number};
use serde_json::json;

use crate::{network, of_patient, server, versions};

fn theirs(id: &str, number: u32, born: &str) -> serde_json::Value {
    json!({
        "resourceType": "Patient", "id": id, "birthDate": born,
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
