//! Halving a group until what is refused stands alone, without disk or network.

use domain::id::SendingId;
use store::{Kept, Outgoing};

use crate::answer::Meaning;
use crate::engine::tests::*;
use crate::event::Ask;
use crate::fault::{Fault, Trouble};

#[test]
fn too_large_and_not_permitted_are_halved_until_one_stands_alone() {
    for (meaning, expected) in
        [(Meaning::TooLarge, "too_large"), (Meaning::NotPermitted { said: String::new() }, "not_permitted")]
    {
        let group = [one(1, "a"), one(2, "b")];
        let mut engine = sending_engine(&group);
        assert_eq!(engine.step(sent(2, meaning.clone()), NOW, 0).ask, Ask::Send(vec![group[0].clone()]));
        let step = engine.step(sent(1, meaning), NOW, 0);
        assert_eq!((reason(&step, 1), step.ask), (expected, Ask::Send(vec![group[1].clone()])));
    }
}

/// Answers like a server that refuses any transaction with one of these, and reads like the store does; gives what became of each,
/// in order, and how many transactions there were.
fn drained(group: &[Outgoing], poison: &[u8]) -> (Vec<(SendingId, Kept)>, usize) {
    let mut engine = sending_engine(group);
    let (mut ends, mut transactions) = (Vec::new(), 0);
    let mut ask = Ask::Send(group.to_vec());
    loop {
        let event = match ask {
            Ask::Send(batch) => {
                transactions += 1;
                let bad = batch.iter().any(|one| poison.iter().any(|byte| one.sending == sending(*byte)));
                sent(batch.len(), if bad { refused() } else { Meaning::Accepted(Vec::new()) })
            }
            Ask::Compare(batch) => as_known(&batch),
            Ask::Load => break,
            other => panic!("{other:?}"),
        };
        let mut step = engine.step(event, NOW, 0);
        ends.append(&mut step.keep);
        ask = step.ask;
    }
    (ends, transactions)
}

#[test]
fn one_poison_among_sixteen_costs_few_requests_and_stops_one_lane() {
    let group: Vec<_> = (1..=16).map(|byte| one(byte, &format!("lane-{byte}"))).collect();
    for bad in 1..=16 {
        let (ends, transactions) = drained(&group, &[bad]);
        // One for each halving, one for the refused itself where it comes second, and one for all that is left.
        let expected = 1 + 4 + usize::from(bad % 2 == 0) + usize::from(bad < 16);
        assert_eq!(transactions, expected, "poison {bad}");
        for byte in 1..=16 {
            let end = ends.iter().filter(|(id, _)| *id == sending(byte)).map(|(_, kept)| kept).collect::<Vec<_>>();
            assert_eq!(end.len(), 1, "{byte}");
            assert_eq!(matches!(end[0], Kept::Quarantined { reason: "refused_content", .. }), byte == bad);
            assert_eq!(matches!(end[0], Kept::Acked { .. }), byte != bad);
        }
    }
}

#[test]
fn nothing_overtakes_a_poison_in_its_lane() {
    for bad in 1..=15 {
        // Two lanes, one after the other in turn.
        let group: Vec<_> = (1..=16).map(|byte| one(byte, if byte % 2 == 0 { "even" } else { "odd" })).collect();
        let (ends, _) = drained(&group, &[bad]);
        for byte in 1..=16 {
            let same = byte % 2 == bad % 2;
            let last = ends.iter().rfind(|(id, _)| *id == sending(byte)).map(|(_, kept)| kept);
            match last {
                Some(Kept::Acked { .. }) => assert!(!same || byte < bad, "{byte} went past {bad}"),
                Some(Kept::Quarantined { .. }) => assert_eq!(byte, bad),
                Some(Kept::Queued { .. }) => assert!(same && byte > bad, "{byte}"),
                other => panic!("{byte}: {other:?}"),
            }
        }
    }
}

#[test]
fn a_fault_in_the_middle_of_bisecting_gives_everything_back() {
    let group: Vec<_> = (1..=4).map(|byte| one(byte, &format!("lane-{byte}"))).collect();
    let mut engine = sending_engine(&group);
    engine.step(sent(4, refused()), NOW, 0);
    assert_eq!(engine.step(as_known(&group), NOW, 0).ask, Ask::Send(group[..2].to_vec()));
    let step = engine.step(sent(2, Meaning::Unclear(Trouble::of(Fault::CutOff))), NOW, 0);
    for byte in 1..=4 {
        let expected = if byte <= 2 { Kept::Unknown { not_before: None } } else { Kept::Queued { not_before: None } };
        assert_eq!(kept(&step, byte), Some(&expected), "{byte}");
    }
}
