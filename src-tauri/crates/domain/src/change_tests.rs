//! What is told of concerns over several assessments.

use super::*;
use crate::checklist::{Area, Item};
use crate::hna::{AnsweredBy, Beginning, ConcernKey, Method, PathwayPoint};
use crate::id::{PatientId, StaffId};
use crate::staff::{By, Role};
use jiff::civil::date;

const MAY: Date = date(2026, 5, 12);
const AUGUST: Date = date(2026, 8, 18);
const NOVEMBER: Date = date(2026, 11, 23);

/// A checklist with these items, linkId and code.
fn list(version: &str, items: &[(&str, &str)]) -> Checklist {
    let item = |(key, code): &(&str, &str)| Item {
        key: (*key).to_owned(),
        code: (*code).to_owned(),
        text: format!("{code} {version}"),
    };
    let (body, mind) = items.split_at(items.len() - 1);
    let area = |key: &str, items: &[(&str, &str)]| Area {
        key: key.to_owned(),
        title: String::new(),
        items: items.iter().map(item).collect(),
    };
    Checklist {
        canonical: format!("https://holdfast.example/fhir/Questionnaire/default|{version}"),
        title: String::new(),
        question: String::new(),
        low: String::new(),
        high: String::new(),
        domains: vec![area("body", body), area("mind", mind)],
        topics: Vec::new(),
    }
}

fn usual() -> Checklist {
    list("1.0.0", &[("b.pain", "pain"), ("b.sleep", "sleep"), ("b.tired", "tired"), ("m.worry", "worry")])
}

fn by() -> By {
    let (staff, name) = (StaffId::from_random([1; 16]), "Ruth Invented".to_owned());
    By { staff, name, role: Role::CancerNurseSpecialist, key_holder: false, at: 7, pc: String::new() }
}

/// A draft, as the assessment of this number.
fn draft(number: u8, checklist: &Checklist) -> Hna {
    let beginning = Beginning {
        patient: PatientId::from_random([2; 16]),
        checklist: checklist.canonical.clone(),
        answered_by: AnsweredBy::Patient,
        helper: String::new(),
        method: Method::FaceToFace,
        pathway_point: PathwayPoint::DuringTreatment,
        answered_on: None,
    };
    Hna::start(HnaId::from_random([number; 16]), beginning, &by())
}

fn key(text: &str) -> ConcernKey {
    ConcernKey::new(text)
}

fn with(mut hna: Hna, checklist: &Checklist, scores: &[(&str, i64)]) -> Hna {
    for (item, score) in scores {
        hna = hna.tick(checklist, &key(item)).unwrap().rate(&key(item), *score).unwrap();
    }
    hna
}

fn done(hna: Hna) -> Hna {
    hna.complete(9).unwrap()
}

fn over(given: &[(&Hna, &Checklist, Date)]) -> Change {
    Change::over(given.iter().map(|(hna, checklist, on)| Assessment { hna, checklist, on: *on }))
}

fn rating(score: i64) -> Rating {
    Rating::again(score).unwrap()
}

fn names(change: &Change) -> Vec<&str> {
    change.concerns.iter().map(|concern| concern.text.split(' ').next().unwrap()).collect()
}

fn of<'a>(change: &'a Change, code: &str) -> &'a Changed {
    change.concerns.iter().find(|concern| concern.is(Some(code), "")).unwrap()
}

#[test]
fn the_patients_order_then_the_newer_score_then_the_checklist() {
    let list = usual();
    let first = done(with(draft(1, &list), &list, &[("b.pain", 9), ("b.sleep", 2), ("b.tired", 5), ("m.worry", 3)]));
    let again = draft(2, &list).scores_again(&first).unwrap();
    let again = with(again, &list, &[("b.pain", 6), ("b.sleep", 6), ("b.tired", 8), ("m.worry", 1)]);
    let again = done(again.rank(vec![key("m.worry")]).unwrap());
    // Given in whatever order, the day of the answers counts.
    let change = over(&[(&again, &list, AUGUST), (&first, &list, MAY)]);
    assert_eq!(change.assessments, [first.id, again.id]);
    assert_eq!(names(&change), ["worry", "tired", "pain", "sleep"]);
    let said: Vec<_> = change.concerns.iter().map(Changed::since_last).collect();
    let was = |was, now| Said::Was { was: rating(was), now: rating(now) };
    assert_eq!(said, [was(3, 1), was(5, 8), was(9, 6), was(2, 6)]);
    let differences: Vec<_> = change.concerns.iter().map(|concern| concern.difference().unwrap()).collect();
    assert_eq!(differences, [-2, 3, -3, 4]);
}

#[test]
fn nought_declined_unanswered_and_not_raised_are_four_things() {
    let list = usual();
    let first = done(with(draft(1, &list), &list, &[("b.pain", 9), ("b.sleep", 4), ("b.tired", 5), ("m.worry", 3)]));
    let again = draft(2, &list).scores_again(&first).unwrap().rate(&key("b.pain"), 0).unwrap();
    let again = again.answer(&key("b.sleep"), Answer::Declined).unwrap().untick(&key("m.worry")).unwrap();
    let again = done(again);
    let change = over(&[(&first, &list, MAY), (&again, &list, AUGUST)]);
    assert_eq!(names(&change), ["pain", "sleep", "tired", "worry"], "a score of 0 stands before none");
    let now: Vec<_> = change.concerns.iter().map(Changed::now).collect();
    assert_eq!(now, [Stood::Rated(rating(0)), Stood::Declined, Stood::Unanswered, Stood::NotRaised]);
    let said: Vec<_> = change.concerns.iter().map(Changed::since_last).collect();
    assert_eq!(
        said,
        [
            Said::Was { was: rating(9), now: rating(0) },
            Said::Declined { was: Some(rating(4)) },
            Said::Unanswered { was: Some(rating(5)) },
            Said::NotRaised { was: Some(rating(3)) },
        ]
    );
    assert_eq!(change.concerns.iter().filter_map(Changed::difference).collect::<Vec<_>>(), [-9]);
}

#[test]
fn a_concern_of_an_area_that_was_declined_is_not_said_to_be_gone() {
    let list = usual();
    let first = done(with(draft(1, &list), &list, &[("b.pain", 9), ("m.worry", 3)]));
    let second = done(draft(2, &list).decline_domain(&list, "mind", true).unwrap());
    let change = over(&[(&first, &list, MAY), (&second, &list, AUGUST)]);
    assert_eq!(of(&change, "worry").now(), Stood::Declined);
    assert_eq!(of(&change, "pain").now(), Stood::NotRaised);
}

#[test]
fn over_three_the_first_score_and_the_last_time_differ() {
    let list = usual();
    let first = done(with(draft(1, &list), &list, &[("b.pain", 8), ("b.tired", 5)]));
    let second = draft(2, &list).tick(&list, &key("b.sleep")).unwrap();
    let second = done(with(second, &list, &[("b.pain", 6)]));
    let third = done(with(draft(3, &list), &list, &[("b.pain", 7), ("b.sleep", 3), ("b.tired", 2), ("m.worry", 1)]));
    let change = over(&[(&first, &list, MAY), (&second, &list, AUGUST), (&third, &list, NOVEMBER)]);
    let was = |was, now| Said::Was { was: rating(was), now: rating(now) };
    let pain = of(&change, "pain");
    assert_eq!((pain.since_first(), pain.since_last(), pain.difference()), (was(8, 7), was(6, 7), Some(-1)));
    assert_eq!(of(&change, "sleep").since_last(), Said::FirstScore { now: rating(3) });
    let tired = of(&change, "tired");
    assert_eq!((tired.since_first(), tired.since_last()), (was(5, 2), Said::Back { now: rating(2) }));
    let worry = of(&change, "worry");
    assert_eq!((worry.since_first(), worry.since_last()), (Said::New { now: rating(1) }, Said::New { now: rating(1) }));
}

#[test]
fn a_concern_is_the_same_by_its_code_on_any_checklist_and_own_words_by_their_text() {
    let (old, new) = (usual(), list("2.0.0", &[("x.worry", "worry"), ("x.pain", "pain"), ("y.cough", "cough")]));
    let first = with(draft(1, &old), &old, &[("b.pain", 9), ("b.sleep", 4), ("m.worry", 4)]);
    let first = done(first.add_own("Who will walk the dog").unwrap().rate(&key("own-1"), 7).unwrap());
    let second = with(draft(2, &new), &new, &[("x.pain", 4), ("x.worry", 4)]);
    let second = second.add_own("The stairs").unwrap().rate(&key("own-1"), 4).unwrap();
    let second = done(second.add_own("who will walk the DOG").unwrap().rate(&key("own-2"), 2).unwrap());
    let change = over(&[(&first, &old, MAY), (&second, &new, AUGUST)]);
    let texts: Vec<_> = change.concerns.iter().map(|concern| concern.text.as_str()).collect();
    // Equal scores stand in the order of the newer checklist, own words after it.
    assert_eq!(texts, ["worry 2.0.0", "pain 2.0.0", "The stairs", "who will walk the DOG", "sleep 1.0.0"]);
    let dog = change.concerns.iter().find(|one| one.is(None, "Who will walk the dog")).unwrap();
    assert_eq!(dog.stood, [Stood::Rated(rating(7)), Stood::Rated(rating(2))]);
    assert_eq!(of(&change, "pain").difference(), Some(-5));
}

#[test]
fn the_wish_to_talk_privately_is_that_of_the_newest_assessment() {
    let list = usual();
    let privately = |hna: Hna, item: &str| hna.talk_privately(&key(item), true).unwrap();
    let first = with(draft(1, &list), &list, &[("b.pain", 9), ("b.sleep", 4), ("m.worry", 3)]);
    let first = done(privately(privately(first, "b.pain"), "m.worry"));
    let second = with(draft(2, &list), &list, &[("b.pain", 6), ("b.sleep", 5)]);
    let second = done(privately(second, "b.sleep"));
    let change = over(&[(&first, &list, MAY), (&second, &list, AUGUST)]);
    let private: Vec<_> = change.concerns.iter().map(|one| one.private).collect();
    assert_eq!((names(&change), private), (vec!["pain", "sleep", "worry"], vec![false, true, false]));
}

#[test]
fn drafts_and_what_was_discarded_do_not_count() {
    let list = usual();
    let first = done(with(draft(1, &list), &list, &[("b.pain", 9)]));
    let open = with(draft(2, &list), &list, &[("b.pain", 1)]);
    let gone = with(draft(3, &list), &list, &[("b.pain", 2)]).discard("Wrong clinic").unwrap();
    let change = over(&[(&open, &list, NOVEMBER), (&first, &list, MAY), (&gone, &list, AUGUST)]);
    assert_eq!((change.assessments.as_slice(), change.concerns[0].stood.len()), (&[first.id][..], 1));
    assert_eq!(Change::over([]), Change { assessments: Vec::new(), concerns: Vec::new() });
}
