//! The rules of an assessment, each by calling it.

use super::*;
use crate::checklist::{Area, Item, Topic};

fn checklist() -> Checklist {
    let item = |key: &str| Item { key: key.to_owned(), code: key.to_owned(), text: key.to_owned() };
    Checklist {
        canonical: "https://holdfast.example/fhir/Questionnaire/default|1.0.0".to_owned(),
        title: String::new(),
        question: String::new(),
        low: String::new(),
        high: String::new(),
        domains: vec![Area {
            key: "physical".to_owned(),
            title: String::new(),
            items: ["pain", "sleep", "cough", "fatigue", "taste"].iter().map(|k| item(k)).collect(),
        }],
        topics: vec![Topic { key: "diet".to_owned(), text: String::new() }],
    }
}

fn draft() -> Hna {
    Hna {
        id: HnaId::from_random([1; 16]),
        patient: PatientId::from_random([2; 16]),
        checklist: checklist().canonical,
        status: HnaStatus::Draft,
        answered_by: AnsweredBy::Patient,
        helper: String::new(),
        method: Method::FaceToFace,
        pathway_point: PathwayPoint::InitialDiagnosis,
        answered_on: None,
        invitation: None,
        again: None,
        typed_by: StaffId::from_random([3; 16]),
        typed_by_name: "Ruth Invented".to_owned(),
        started_at: 1,
        completed_at: None,
        concerns: vec![],
        declined_domains: vec![],
        ranked: vec![],
        information: vec![],
        questions: String::new(),
        own_added: 0,
        discard_reason: String::new(),
    }
}

fn key(text: &str) -> ConcernKey {
    ConcernKey::new(text)
}

#[test]
fn concerns_stand_in_checklist_order_with_own_words_last() {
    let list = checklist();
    let hna = draft().add_own("Who will walk the dog").unwrap();
    let hna = hna.tick(&list, &key("sleep")).unwrap().tick(&list, &key("pain")).unwrap();
    let keys: Vec<_> = hna.concerns.iter().map(|c| c.key.as_str()).collect();
    assert_eq!(keys, ["pain", "sleep", "own-1"]);
}

#[test]
fn ticking_twice_keeps_the_answer() {
    let list = checklist();
    let hna = draft().tick(&list, &key("pain")).unwrap();
    let hna = hna.answer(&key("pain"), Answer::Rated(Rating::new(8).unwrap())).unwrap();
    let hna = hna.tick(&list, &key("pain")).unwrap();
    assert_eq!(hna.concern(&key("pain")).unwrap().answer, Answer::Rated(Rating::new(8).unwrap()));
}

#[test]
fn a_key_of_own_words_is_never_given_twice() {
    let hna = draft().add_own("one").unwrap().untick(&key("own-1")).unwrap().add_own("two").unwrap();
    assert_eq!(hna.concerns[0].key.as_str(), "own-2");
}

#[test]
fn the_same_own_words_are_not_raised_twice() {
    let hna = draft().add_own("Who will walk the dog").unwrap();
    assert_eq!(hna.clone().add_own("who will walk  the dog "), Err(Refused::field("words", "already_there")));
    assert!(hna.add_own("Who will feed the dog").is_ok());
}

#[test]
fn only_one_to_ten() {
    assert!(
        Rating::new(0).is_err() && Rating::new(11).is_err() && Rating::new(-1).is_err() && Rating::new(266).is_err()
    );
    assert!((1..=10).all(|score| Rating::new(score).is_ok()));
}

#[test]
fn an_answer_needs_a_raised_concern() {
    assert_eq!(draft().answer(&key("pain"), Answer::Declined), Err(Refused::NotThere));
    assert_eq!(draft().tick(&checklist(), &key("unknown")), Err(Refused::NotThere));
}

#[test]
fn at_most_four_matter_most_and_none_twice() {
    let list = checklist();
    let mut hna = draft();
    for item in ["pain", "sleep", "cough", "fatigue", "taste"] {
        hna = hna.tick(&list, &key(item)).unwrap();
    }
    let order = |keys: &[&str]| keys.iter().map(|k| key(k)).collect::<Vec<_>>();
    assert!(hna.clone().rank(order(&["taste", "pain", "sleep", "cough"])).is_ok());
    assert!(hna.clone().rank(order(&["taste", "pain", "sleep", "cough", "fatigue"])).is_err());
    assert_eq!(hna.clone().rank(order(&["taste", "taste"])), Err(Refused::NotThere));
    let hna = hna.rank(order(&["taste", "pain"])).unwrap().untick(&key("taste")).unwrap();
    assert_eq!(hna.ranked, order(&["pain"]));
}

#[test]
fn nothing_is_a_valid_ending_and_an_ending_is_final() {
    let done = draft().complete(9).unwrap();
    assert_eq!((done.status, done.completed_at), (HnaStatus::Completed, Some(9)));
    assert_eq!(done.clone().tick(&checklist(), &key("pain")), Err(Refused::HnaClosed));
    assert_eq!(done.clone().write_questions("more"), Err(Refused::HnaClosed));
    assert_eq!(done.complete(10), Err(Refused::HnaClosed));
}

#[test]
fn a_draft_is_discarded_only_with_a_reason() {
    assert!(draft().discard("  ").is_err());
    let gone = draft().discard("started for the wrong clinic").unwrap();
    assert_eq!(gone.status, HnaStatus::Discarded);
}

#[test]
fn the_highest_is_the_first_of_equals() {
    let list = checklist();
    let mut hna = draft();
    for (item, score) in [("pain", 4), ("sleep", 7), ("cough", 7)] {
        hna = hna
            .tick(&list, &key(item))
            .unwrap()
            .answer(&key(item), Answer::Rated(Rating::new(score).unwrap()))
            .unwrap();
    }
    assert_eq!(hna.highest().unwrap().0.key.as_str(), "sleep");
}

#[test]
fn what_the_patient_answered_alone_is_the_patients_and_of_that_day() {
    let on = jiff::civil::date(2026, 11, 23);
    let helped = Hna { answered_by: AnsweredBy::Interpreter, helper: "Ines Invented".to_owned(), ..draft() };
    let alone = helped.answered_alone(on).unwrap();
    assert_eq!((alone.method, alone.answered_by), (Method::ThisPc, AnsweredBy::Patient));
    assert_eq!((alone.helper.as_str(), alone.answered_on), ("", Some(on)));
    assert_eq!(alone.discard("Too tired").unwrap().answered_alone(on), Err(Refused::HnaClosed));
}

#[test]
fn the_day_of_the_answers_lies_between_birth_and_today() {
    use jiff::civil::date;
    let (born, today) = (date(1961, 3, 2), date(2026, 11, 23));
    let checked = |day| Hna { answered_on: day, ..draft() }.check_day(born, today);
    for day in [None, Some(born), Some(today), Some(date(2026, 11, 20))] {
        assert_eq!(checked(day), Ok(()));
    }
    assert_eq!(checked(Some(date(1961, 3, 1))), Err(Refused::field("answered_on", "before_birth")));
    assert_eq!(checked(Some(date(2026, 11, 24))), Err(Refused::field("answered_on", "in_future")));
}

fn scored(keys: &[(&str, i64)]) -> Hna {
    keys.iter().fold(draft(), |hna, (item, score)| {
        hna.tick(&checklist(), &key(item)).unwrap().rate(&key(item), *score).unwrap()
    })
}

#[test]
fn scored_again_each_former_concern_is_listed_and_unanswered() {
    let former = scored(&[("pain", 9), ("sleep", 4)]).add_own("Who will walk the dog").unwrap();
    let former = former.talk_privately(&key("sleep"), true).unwrap().rank(vec![key("sleep")]).unwrap();
    assert_eq!(draft().scores_again(&former), Err(Refused::NotThere), "a draft is nothing to compare with");
    let former = former.complete(5).unwrap();
    let hna = draft().scores_again(&former).unwrap();
    assert_eq!((hna.again, hna.checklist.as_str()), (Some(former.id), former.checklist.as_str()));
    let listed: Vec<_> = hna.concerns.iter().map(|c| (c.key.as_str(), c.answer, c.private)).collect();
    let none = Answer::Unanswered;
    assert_eq!(listed, [("pain", none, false), ("sleep", none, false), ("own-1", none, false)]);
    assert!(hna.ranked.is_empty());
    let hna = hna.tick(&checklist(), &key("cough")).unwrap().add_own("The stairs").unwrap();
    let keys: Vec<_> = hna.concerns.iter().map(|c| c.key.as_str()).collect();
    assert_eq!(keys, ["pain", "sleep", "cough", "own-1", "own-2"], "a key is never given twice");
    let other = Hna { patient: PatientId::from_random([9; 16]), ..draft() };
    assert_eq!(other.scores_again(&former), Err(Refused::NotThere));
}

#[test]
fn nought_is_a_score_only_where_concerns_are_scored_again() {
    let nought = Answer::Rated(Rating::again(0).unwrap());
    let first = draft().tick(&checklist(), &key("pain")).unwrap();
    let refused = Err(Refused::field("rating", "rating_range"));
    assert_eq!(first.clone().rate(&key("pain"), 0), refused);
    assert_eq!(first.answer(&key("pain"), nought), refused);
    let former = scored(&[("pain", 9)]).complete(5).unwrap();
    let again = draft().scores_again(&former).unwrap();
    assert_eq!(again.clone().rate(&key("pain"), 0).unwrap().concerns[0].answer, nought);
    for score in [-1, 11, 256] {
        assert_eq!(again.clone().rate(&key("pain"), score), Err(Refused::field("rating", "rating_range_again")));
    }
}
