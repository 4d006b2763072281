//! The engine without disk or network: what it keeps and asks next after each event, and that a lane is never overtaken.

use std::slice::from_ref;

use domain::id::{SendingId, StaffId};
use domain::record::RecordKind;
use store::Theirs;

use super::*;
use crate::bisect::MOST_CLASHES;

pub(crate) const NOW: i64 = 1_000_000;

pub(crate) fn sending(byte: u8) -> SendingId {
    SendingId::from_random([byte; 16])
}

/// A queued sending of this lane, whose patient is known.
pub(crate) fn one(byte: u8, lane: &str) -> Outgoing {
    Outgoing {
        sending: sending(byte),
        lane: lane.to_owned(),
        kind: RecordKind::Hna,
        id: format!("record-{byte}"),
        revision: 1,
        staff: StaffId::from_random([9; 16]),
        attempts: 0,
        sent_at: None,
        unknown: false,
        failures: 0,
        clashes: 0,
        matched: true,
    }
}

pub(crate) fn due(sendings: &[Outgoing]) -> Event {
    Event::Loaded(Due { sendings: sendings.to_vec(), next: None })
}

pub(crate) fn sent(count: usize, meaning: Meaning) -> Event {
    Event::Sent { count, meaning, refs: vec![Vec::new(); count] }
}

pub(crate) fn accepted(count: usize) -> Event {
    sent(count, Meaning::Accepted(Vec::new()))
}

pub(crate) fn refused() -> Meaning {
    Meaning::Refused { said: "no".to_owned() }
}

/// A group on its way.
pub(crate) fn sending_engine(group: &[Outgoing]) -> Engine {
    let mut engine = Engine::default();
    assert_eq!(engine.step(Event::Woken, NOW, 0).ask, Ask::Load);
    assert_eq!(engine.step(due(group), NOW, 0).ask, Ask::Send(group.to_vec()));
    engine
}

pub(crate) fn as_known(group: &[Outgoing]) -> Event {
    Event::Compared(Ok(group.iter().map(|one| (one.sending, Standing::AsKnown)).collect()))
}

pub(crate) fn theirs() -> Vec<Theirs> {
    vec![Theirs { kind: "Patient".to_owned(), server_id: "a".to_owned(), ..Theirs::default() }]
}

pub(crate) fn kept(step: &Step, byte: u8) -> Option<&Kept> {
    step.keep.iter().find(|(id, _)| *id == sending(byte)).map(|(_, kept)| kept)
}

pub(crate) fn reason(step: &Step, byte: u8) -> &'static str {
    match kept(step, byte) {
        Some(Kept::Conflict { reason, .. } | Kept::Quarantined { reason, .. } | Kept::Held { reason, .. }) => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn nothing_due_rests_until_something_is() {
    let mut engine = Engine::default();
    engine.step(Event::Woken, NOW, 0);
    let rest = engine.step(Event::Loaded(Due { sendings: vec![], next: Some(NOW + 5) }), NOW, 0);
    assert_eq!(rest.ask, Ask::Rest { until: Some(NOW + 5) });
}

#[test]
fn accepted_is_acknowledged_each_by_itself_and_the_next_are_loaded() {
    let group = [one(1, "a"), one(2, "b")];
    let mut engine = sending_engine(&group);
    let step = engine.step(accepted(2), NOW, 0);
    assert_eq!(step.keep.len(), 2);
    assert!(matches!(kept(&step, 1), Some(Kept::Acked { .. })) && matches!(kept(&step, 2), Some(Kept::Acked { .. })));
    assert_eq!(step.ask, Ask::Load);
}

#[test]
fn what_did_not_fit_goes_in_the_next_transaction() {
    let group = [one(1, "a"), one(2, "a"), one(3, "b")];
    let mut engine = sending_engine(&group);
    let step = engine.step(accepted(1), NOW, 0);
    assert_eq!((step.keep.len(), step.ask), (1, Ask::Send(group[1..].to_vec())));
}

#[test]
fn unreached_is_as_if_it_had_not_been_tried() {
    let mut engine = sending_engine(&[one(1, "a")]);
    let step = engine.step(sent(1, Meaning::Later(Trouble::of(Fault::NotReached))), NOW, 0);
    assert_eq!(kept(&step, 1), Some(&Kept::Unsent));
    assert_eq!(step.ask, Ask::Rest { until: Some(NOW + 1_000) });
    assert_eq!(engine.step(Event::Woken, NOW + 999, 0).ask, Ask::Rest { until: Some(NOW + 1_000) });
    assert_eq!(engine.step(Event::TryNow, NOW + 999, 0).ask, Ask::Load);
}

#[test]
fn unclear_is_asked_about_before_it_goes_again() {
    let mut engine = sending_engine(&[one(1, "a")]);
    let step = engine.step(sent(1, Meaning::Unclear(Trouble::of(Fault::CutOff))), NOW, 0);
    assert_eq!(kept(&step, 1), Some(&Kept::Unknown { not_before: None }));
    let unknown = Outgoing { unknown: true, sent_at: Some(NOW), ..one(1, "a") };
    let later = NOW + 2_000;
    assert_eq!(engine.step(Event::Woken, later, 0).ask, Ask::Load);
    assert_eq!(engine.step(due(from_ref(&unknown)), later, 0).ask, Ask::Commit(unknown.clone()));
    let absent = engine.step(Event::Asked(Ok(None)), later, 0);
    assert_eq!(
        kept(&absent, 1),
        Some(&Kept::Unknown { not_before: Some(NOW + COMMIT_HORIZON) }),
        "it may still be committed"
    );
    let after = NOW + COMMIT_HORIZON;
    engine.step(due(from_ref(&unknown)), after, 0);
    let absent = engine.step(Event::Asked(Ok(None)), after, 0);
    assert_eq!(kept(&absent, 1), Some(&Kept::Queued { not_before: None }));
    engine.step(due(&[unknown]), after, 0);
    let found = engine.step(Event::Asked(Ok(Some(vec![]))), after, 0);
    assert_eq!(kept(&found, 1), Some(&Kept::Acked { refs: vec![] }));
}

#[test]
fn a_clock_that_was_set_neither_sends_again_too_early_nor_keeps_waiting() {
    const YEAR: i64 = 365 * 24 * 60 * 60 * 1000;
    for sent in [NOW + 1_000_000_000, NOW - YEAR] {
        let mut engine = Engine::default();
        let unknown = Outgoing { unknown: true, sent_at: Some(sent), ..one(1, "a") };
        let mut asked = |at: i64| {
            engine.step(due(from_ref(&unknown)), at, 0);
            kept(&engine.step(Event::Asked(Ok(None)), at, 0), 1).cloned()
        };
        let until = |at: i64| Some(Kept::Unknown { not_before: Some(at + COMMIT_HORIZON) });
        assert_eq!(asked(NOW), until(NOW), "it may still be committed");
        // Set once more while it waits.
        let set = NOW + 10 * YEAR;
        assert_eq!(asked(set), until(set));
        assert_eq!(asked(set + COMMIT_HORIZON - 1), until(set));
        assert_eq!(asked(set + COMMIT_HORIZON), Some(Kept::Queued { not_before: None }));
    }
}

#[test]
fn a_fault_while_asking_decides_nothing() {
    let mut engine = Engine::default();
    let unknown = Outgoing { unknown: true, sent_at: Some(0), ..one(1, "a") };
    engine.step(due(&[unknown]), NOW, 0);
    let step = engine.step(Event::Asked(Err(Trouble::of(Fault::NotFhir))), NOW, 0);
    assert!(step.keep.is_empty() && matches!(step.ask, Ask::Rest { until: Some(_) }));
}

#[test]
fn a_stale_version_is_a_conflict_after_the_commit_record_was_asked_for() {
    for meaning in [Meaning::Clash, refused(), Meaning::Gone] {
        let group = [one(1, "a"), one(2, "b")];
        let mut engine = sending_engine(&group);
        assert_eq!(engine.step(sent(2, meaning), NOW, 0).ask, Ask::Compare(group.to_vec()), "before bisecting");
        let moved = vec![(sending(1), Standing::Moved(theirs())), (sending(2), Standing::AsKnown)];
        assert_eq!(engine.step(Event::Compared(Ok(moved)), NOW, 0).ask, Ask::Commit(group[0].clone()));
        let step = engine.step(Event::Asked(Ok(None)), NOW, 0);
        assert_eq!(reason(&step, 1), "changed_there");
        assert_eq!(step.ask, Ask::Send(vec![group[1].clone()]), "the others go on");
    }
}

#[test]
fn what_moved_by_our_own_lost_commit_is_acknowledged() {
    let mut engine = sending_engine(&[one(1, "a")]);
    engine.step(sent(1, Meaning::Clash), NOW, 0);
    engine.step(Event::Compared(Ok(vec![(sending(1), Standing::Moved(theirs()))])), NOW, 0);
    let step = engine.step(Event::Asked(Ok(Some(vec![]))), NOW, 0);
    assert_eq!((kept(&step, 1), &step.ask), (Some(&Kept::Acked { refs: vec![] }), &Ask::Load));
}

#[test]
fn removed_there_is_a_conflict() {
    let mut engine = sending_engine(&[one(1, "a")]);
    engine.step(sent(1, Meaning::Gone), NOW, 0);
    engine.step(Event::Compared(Ok(vec![(sending(1), Standing::Removed(theirs()))])), NOW, 0);
    assert_eq!(reason(&engine.step(Event::Asked(Ok(None)), NOW, 0), 1), "removed_there");
}

#[test]
fn not_found_with_nothing_missing_is_a_wrong_address_and_no_poison() {
    let mut engine = sending_engine(&[one(1, "a")]);
    engine.step(sent(1, Meaning::Gone), NOW, 0);
    let step = engine.step(as_known(&[one(1, "a")]), NOW, 0);
    assert_eq!(kept(&step, 1), Some(&Kept::Queued { not_before: None }));
    assert!(matches!(step.ask, Ask::Rest { .. }));
}

#[test]
fn a_fault_while_comparing_is_never_poison() {
    let group = [one(1, "a"), one(2, "b")];
    let mut engine = sending_engine(&group);
    engine.step(sent(2, refused()), NOW, 0);
    let step = engine.step(Event::Compared(Err(Trouble::of(Fault::CutOff))), NOW, 0);
    assert!(step.keep.iter().all(|(_, kept)| *kept == Kept::Queued { not_before: None }) && step.keep.len() == 2);
}

#[test]
fn racing_writers_are_tried_again_and_then_shown_to_a_person() {
    // Tries that failed for another reason do not count.
    for (attempts, clashes, held) in [(1, 0, false), (MOST_CLASHES, 1, false), (1, MOST_CLASHES, true)] {
        let group = [Outgoing { attempts, clashes, ..one(1, "a") }];
        let mut engine = sending_engine(&group);
        engine.step(sent(1, Meaning::Clash), NOW, 0);
        assert_eq!(engine.step(as_known(&group), NOW, 0).ask, Ask::Commit(group[0].clone()));
        let step = engine.step(Event::Asked(Ok(None)), NOW, 0);
        assert_eq!(matches!(kept(&step, 1), Some(Kept::Held { .. })), held);
        assert_eq!(matches!(kept(&step, 1), Some(Kept::Clashed { not_before }) if *not_before > NOW), !held);
    }
}

#[test]
fn sign_in_holds_nothing_and_pauses_for_all() {
    let group = [one(1, "a"), one(2, "b")];
    let mut engine = sending_engine(&group);
    let step = engine.step(sent(2, Meaning::SignIn), NOW, 0);
    assert!(step.keep.iter().all(|(_, kept)| *kept == Kept::Queued { not_before: None }) && step.keep.len() == 2);
    assert!(matches!(step.ask, Ask::Rest { until: Some(_) }));
    assert_eq!(engine.breaker.trouble, Some((NOW, Fault::SignIn)));
}

#[test]
fn what_the_server_fails_at_goes_alone_and_then_to_a_person() {
    let busy = || Meaning::Unclear(Trouble::of(Fault::Busy));
    let group = [one(1, "a"), one(2, "b")];
    let step = sending_engine(&group).step(sent(2, busy()), NOW, 0);
    assert_eq!((kept(&step, 1), kept(&step, 2)), (Some(&Kept::Failed), Some(&Kept::Failed)));
    let cut = sending_engine(&group).step(sent(2, Meaning::Unclear(Trouble::of(Fault::CutOff))), NOW, 0);
    assert_eq!(kept(&cut, 1), Some(&Kept::Unknown { not_before: None }), "a cut is nobody's failure");

    let failed = |byte, lane| Outgoing { failures: MOST_FAILURES_TOGETHER, ..one(byte, lane) };
    let all = [one(1, "a"), failed(2, "a"), one(3, "a"), failed(4, "b"), one(5, "b"), one(6, "c")];
    let mut engine = Engine::default();
    assert_eq!(engine.step(due(&all), NOW, 0).ask, Ask::Send(vec![all[3].clone()]), "alone");
    let rest = [all[0].clone(), all[1].clone(), all[2].clone(), all[5].clone()];
    let ask = Engine::default().step(due(&rest), NOW, 0).ask;
    assert_eq!(ask, Ask::Send(vec![all[0].clone(), all[5].clone()]), "nothing goes past it in its lane");

    for (failures, held) in [(MOST_FAILURES - 1, false), (MOST_FAILURES, true)] {
        let unknown = Outgoing { unknown: true, sent_at: Some(NOW - COMMIT_HORIZON), failures, ..one(1, "a") };
        let mut engine = Engine::default();
        engine.step(due(&[unknown]), NOW, 0);
        let step = engine.step(Event::Asked(Ok(None)), NOW, 0);
        assert_eq!(matches!(kept(&step, 1), Some(Kept::Held { reason: "server_fails", .. })), held);
    }
}

#[test]
fn an_answer_to_a_question_does_not_end_the_pauses_of_a_server_that_fails() {
    let mut engine = sending_engine(&[one(1, "a")]);
    engine.step(sent(1, Meaning::Unclear(Trouble::of(Fault::Busy))), NOW, u64::MAX);
    let unknown = Outgoing { unknown: true, sent_at: Some(NOW), ..one(1, "a") };
    engine.step(due(from_ref(&unknown)), NOW + 9_000, 0);
    engine.step(Event::Asked(Ok(None)), NOW + 9_000, 0);
    assert_eq!(engine.breaker.trouble, Some((NOW, Fault::Busy)));
    engine.step(due(&[unknown]), NOW + 9_000, 0);
    engine.step(Event::Asked(Ok(Some(vec![]))), NOW + 9_000, 0);
    assert_eq!(engine.breaker.trouble, None);
}

#[test]
fn what_is_there_under_our_id_is_ours_by_its_commit_record_and_else_a_conflict() {
    let group = [one(1, "a"), one(2, "a"), one(3, "b")];
    for found in [true, false] {
        let mut engine = sending_engine(&group);
        let step = engine.step(Event::There(Ok(vec![(sending(1), Standing::Moved(theirs()))])), NOW, 0);
        assert_eq!((kept(&step, 1), step.keep.len()), (Some(&Kept::Unknown { not_before: None }), 1));
        assert_eq!(step.ask, Ask::Commit(group[0].clone()));
        let step = engine.step(Event::Asked(Ok(found.then(Vec::new))), NOW, 0);
        if found {
            assert_eq!(kept(&step, 1), Some(&Kept::Acked { refs: vec![] }));
            assert_eq!(step.ask, Ask::Send(group[1..].to_vec()));
        } else {
            assert_eq!(reason(&step, 1), "changed_there");
            assert_eq!(step.ask, Ask::Send(vec![group[2].clone()]));
        }
    }
    let step = sending_engine(&group).step(Event::There(Err(Trouble::of(Fault::CutOff))), NOW, 0);
    // A half of a group that was refused is still marked as on its way.
    assert!(step.keep.iter().all(|(_, kept)| *kept == Kept::Queued { not_before: None }) && step.keep.len() == 3);
    assert!(matches!(step.ask, Ask::Rest { .. }));
}

#[test]
fn a_patient_who_is_gone_stops_the_lane_and_a_person_is_told() {
    let group = [one(1, "a"), one(2, "a"), one(3, "b")];
    let mut engine = sending_engine(&group);
    engine.step(sent(3, Meaning::Gone), NOW, 0);
    let gone = vec![(sending(1), Standing::PatientGone), (sending(2), Standing::PatientGone)];
    assert_eq!(engine.step(Event::Compared(Ok(gone)), NOW, 0).ask, Ask::Commit(group[0].clone()));
    let step = engine.step(Event::Asked(Ok(None)), NOW, 0);
    assert_eq!(reason(&step, 1), "patient_gone");
    assert_eq!(step.learnt, [Learnt::Told { lane: "a".to_owned() }]);
    assert_eq!(step.ask, Ask::Send(vec![group[2].clone()]));
}

#[test]
fn a_patient_who_is_not_clear_is_held_and_the_others_go_on() {
    let stranger = |byte: u8, lane: &str| Outgoing { matched: false, ..one(byte, lane) };
    let group = [stranger(1, "a"), stranger(2, "a"), stranger(3, "b"), one(4, "c"), stranger(5, "d"), stranger(6, "e")];
    let mut engine = Engine::default();
    let ask = engine.step(due(&group), NOW, 0).ask;
    assert_eq!(
        ask,
        Ask::Match(vec![group[0].clone(), group[1].clone(), group[2].clone(), group[4].clone(), group[5].clone()])
    );
    let there = TrustRef {
        kind: "Patient".to_owned(),
        local_id: "b".to_owned(),
        server_id: "theirs".to_owned(),
        version: None,
    };
    let matches = vec![
        ("a".to_owned(), Match::Several),
        ("b".to_owned(), Match::One(there.clone())),
        ("d".to_owned(), Match::None),
        ("e".to_owned(), Match::Unreadable),
    ];
    let step = engine.step(Event::Matched(Ok(matches)), NOW, 0);
    assert_eq!((reason(&step, 1), kept(&step, 2)), ("several_patients", None), "the first stops the lane");
    assert_eq!(reason(&step, 6), "unreadable_here");
    assert_eq!(step.learnt, [Learnt::Known(there)]);
    assert_eq!(step.ask, Ask::Send(vec![group[2].clone(), group[3].clone(), group[4].clone()]));
}

#[test]
fn an_unreadable_record_stops_its_lane_only() {
    let group = [one(1, "a"), one(2, "a"), one(3, "b")];
    let mut engine = sending_engine(&group);
    let step = engine.step(Event::Unreadable(sending(1)), NOW, 0);
    assert_eq!(reason(&step, 1), "unreadable_here");
    assert_eq!(step.ask, Ask::Send(vec![group[2].clone()]));
}

#[test]
fn our_own_words_at_another_version_are_learnt_and_go_again_and_then_it_is_the_content() {
    let there = vec![TrustRef {
        kind: "Patient".to_owned(),
        local_id: "a".to_owned(),
        server_id: "a".to_owned(),
        version: Some("\"x\"".to_owned()),
    }];
    let same = || Event::Compared(Ok(vec![(sending(1), Standing::Same(there.clone()))]));
    let mut engine = sending_engine(&[one(1, "a"), one(2, "b")]);
    engine.step(sent(2, refused()), NOW, 0);
    assert!(matches!(engine.step(same(), NOW, 0).ask, Ask::Commit(_)), "it may be there whole");
    let step = engine.step(Event::Asked(Ok(None)), NOW, 0);
    assert_eq!(step.learnt, [Learnt::Version(there[0].clone())]);
    assert_eq!((kept(&step, 1), &step.ask), (Some(&Kept::Clashed { not_before: NOW }), &Ask::Send(vec![one(2, "b")])));

    // Another PC that brought the same together writes the same words, too.
    let mut engine = sending_engine(&[Outgoing { clashes: 5, ..one(1, "a") }, one(2, "b")]);
    engine.step(sent(2, refused()), NOW, 0);
    engine.step(same(), NOW, 0);
    assert!(matches!(kept(&engine.step(Event::Asked(Ok(None)), NOW, 0), 1), Some(Kept::Clashed { .. })));

    let again = Outgoing { clashes: 6, ..one(1, "a") };
    let mut engine = sending_engine(&[again.clone(), one(2, "b")]);
    engine.step(sent(2, refused()), NOW, 0);
    let step = engine.step(same(), NOW, 0);
    assert_eq!((step.learnt.len(), &step.ask), (1, &Ask::Send(vec![again.clone()])), "halved");
    engine.step(sent(1, refused()), NOW, 0);
    assert!(matches!(engine.step(same(), NOW, 0).ask, Ask::Commit(_)));
    let step = engine.step(Event::Asked(Ok(None)), NOW, 0);
    assert_eq!((reason(&step, 1), step.learnt.len()), ("refused_content", 1));
    assert_eq!(step.ask, Ask::Send(vec![one(2, "b")]), "the others go on");
}

#[test]
fn an_answer_without_names_is_asked_about() {
    let mut engine = sending_engine(&[one(1, "a"), one(2, "b")]);
    let step = engine.step(sent(2, Meaning::Unnamed), NOW, 0);
    assert_eq!(kept(&step, 1), Some(&Kept::Unknown { not_before: None }));
    assert_eq!((kept(&step, 2), &step.ask), (Some(&Kept::Unknown { not_before: None }), &Ask::Load));
}

#[test]
fn nothing_of_its_lane_goes_past_one_that_waits_for_a_racing_writer() {
    let group = [one(1, "a"), one(2, "a"), one(3, "b")];
    let mut engine = sending_engine(&group);
    // Two revisions of one record do not go together: the second is left for later.
    engine.step(sent(1, Meaning::Clash), NOW, 0);
    engine.step(Event::Compared(Ok(vec![])), NOW, 0);
    let step = engine.step(Event::Asked(Ok(None)), NOW, 0);
    assert!(matches!(kept(&step, 1), Some(Kept::Clashed { not_before }) if *not_before > NOW));
    assert_eq!(
        kept(&step, 2),
        Some(&Kept::Queued { not_before: None }),
        "an older revision never goes over a newer one"
    );
    assert_eq!(step.ask, Ask::Send(vec![group[2].clone()]));
}
