//! The server refuses a record: its lane stops with the reason, every other patient's goes on.

use domain::record::RecordKind;
use jiff::civil::date;
use kit::Outbox;

use crate::{network, versions};

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
