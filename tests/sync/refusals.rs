//! The server refuses a record: its lane stops with the reason, every other patient's goes on.

use domain::record::RecordKind;
use jiff::civil::date;
use kit::{Outbox, Passage};

use super::{network, versions};

#[tokio::test]
async fn one_refused_record_stops_its_lane_and_no_other() {
    let network = network();
    let pc = Outbox::new(120);
    let mut people = Vec::new();
    for number in 301..317 {
        // No FHIR date is before Christ; no form of ours would let this in.
        people.push(pc.register_with(number, |patient| {
            if number == 306 {
                patient.born = date(-44, 3, 15);
            }
        }));
    }
    let poisoned = people[5];
    let hna = pc.assess(poisoned);
    pc.drain(&network.address()).await;
    let stopped = pc.stopped();
    assert_eq!(stopped.len(), 1, "{stopped:?}");
    assert_eq!((stopped[0].kind, stopped[0].patient), (RecordKind::Patient, Some(poisoned)));
    assert_eq!((stopped[0].reason.as_str(), stopped[0].said.is_empty()), ("refused_content", false), "{stopped:?}");
    for one in &people {
        let expected = u64::from(*one != poisoned);
        assert_eq!(versions("Patient", one), expected);
    }
    assert_eq!(pc.waiting().waiting, 1, "her assessment waits behind it: {hna}");
    let writes = network.passed().writes();
    assert!(writes <= 1 + 2 * 4 + 1, "{writes} transactions for one poison among sixteen");
}

#[tokio::test]
async fn a_refused_record_that_is_corrected_goes_in_its_place() {
    let network = network();
    let pc = Outbox::new(320);
    let anna = pc.register_with(321, |patient| patient.born = date(-44, 3, 15));
    let hna = pc.assess(anna);
    pc.drain(&network.address()).await;
    assert_eq!(pc.reasons(), ["refused_content"]);
    pc.correct(anna, |patient| patient.born = date(1956, 7, 14));
    assert_eq!(pc.reasons(), Vec::<String>::new());
    network.passed();
    pc.drain(&network.address()).await;
    assert_eq!((pc.waiting().waiting, pc.reasons(), versions("Patient", anna)), (0, vec![], 1), "{hna}");
    assert_eq!(network.passed().writes(), 1, "the patient before her assessment");
}

#[tokio::test]
async fn a_correction_made_before_the_refusal_goes_in_its_place_too() {
    let network = network();
    let pc = Outbox::new(330);
    let anna = pc.register_with(322, |patient| patient.born = date(-44, 3, 15));
    pc.correct(anna, |patient| patient.born = date(1956, 7, 14));
    pc.drain(&network.address()).await;
    assert_eq!((pc.waiting().waiting, pc.reasons(), versions("Patient", anna)), (0, vec![], 1));
}

#[tokio::test]
async fn a_record_at_which_the_server_fails_stops_its_lane_and_no_other() {
    let network = network();
    network.about("Unsendable", Passage::Answer(500, "", "text/plain", "internal error"));
    let pc = Outbox::new(340);
    let people: Vec<_> = (331..347)
        .map(|number| {
            pc.register_with(number, |patient| {
                if number == 333 {
                    patient.name.family = "Unsendable".to_owned();
                }
            })
        })
        .collect();
    pc.drain_all(&network.address(), 60).await;
    let stopped = pc.stopped();
    assert_eq!(
        stopped.iter().map(|one| (one.patient, one.reason.as_str())).collect::<Vec<_>>(),
        [(Some(people[2]), "server_fails")]
    );
    assert_eq!(pc.waiting().waiting, 0);
    for one in &people {
        assert_eq!(versions("Patient", one), u64::from(*one != people[2]));
    }
}

#[tokio::test]
async fn a_server_that_does_not_know_this_pc_holds_no_record() {
    let network = network();
    network.about("\"transaction\"", Passage::Answer(401, "WWW-Authenticate: Bearer\r\n", "text/plain", ""));
    let pc = Outbox::new(350);
    let anna = pc.register(351);
    pc.register(352);
    let rest = pc.drain(&network.address()).await;
    assert!(rest.until.is_some_and(|until| until > pc.clock().now()));
    assert_eq!((pc.waiting().waiting, pc.reasons()), (2, vec![]));
    network.about("nothing", Passage::Pass);
    pc.drain_all(&network.address(), 9).await;
    assert_eq!((pc.waiting().waiting, versions("Patient", anna)), (0, 1));
}
