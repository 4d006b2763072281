//! Answers from home: whose they are, what speaks against it, and how an alert ends. The rules are in `home_answers`.

use jiff::civil::date;

use super::*;
use crate::checklist::{Area, Item, Topic};
use crate::hna::{Answer, HnaStatus, Rating};
use crate::invitation::{Inviting, PassCode};
use crate::patient::Name;
use crate::patient::tests::patient;
use crate::staff::Role;

fn by() -> By {
    let staff = StaffId::from_random([9; 16]);
    let role = Role::CancerNurseSpecialist;
    By { staff, name: "Ruth Invented".to_owned(), role, key_holder: false, at: 7, pc: String::new() }
}

fn anna() -> Patient {
    let name = Name { family: "Łęcka-Invented".to_owned(), given: "Anna".to_owned(), ..Name::default() };
    Patient { name, ..patient(date(1956, 7, 14)) }
}

fn list() -> Checklist {
    let item = |key: &str| Item { key: key.to_owned(), code: key.to_owned(), text: key.to_owned() };
    Checklist {
        canonical: "list|1".to_owned(),
        title: "List".to_owned(),
        question: String::new(),
        low: String::new(),
        high: String::new(),
        domains: vec![Area {
            key: "body".to_owned(),
            title: "Body".to_owned(),
            items: vec![item("pain"), item("sleep")],
        }],
        topics: vec![Topic { key: "diet".to_owned(), text: "Diet".to_owned() }],
    }
}

fn raised(key: &str, words: Option<&str>, answer: Answer) -> Concern {
    Concern { key: ConcernKey::new(key), words: words.map(str::to_owned), answer, private: key == "own-1" }
}

fn answers() -> HomeAnswers {
    HomeAnswers {
        named: vec![Named::Code("X".to_owned())],
        unclear: false,
        person: GivenPerson {
            family: "Lecka Invented".to_owned(),
            given: "Anna".to_owned(),
            born: Some(date(1956, 7, 14)),
            nhs_number: NhsNumber::parse("9990000018").ok(),
        },
        checklist: "list|1".to_owned(),
        answered_by: AnsweredBy::Patient,
        helper: String::new(),
        answered_on: date(2026, 11, 22),
        concerns: vec![
            raised("sleep", None, Answer::Rated(Rating::new(4).unwrap())),
            raised("own-1", Some("the dog"), Answer::Declined),
            raised("pain", None, Answer::Unanswered),
        ],
        declined_domains: vec!["body".to_owned()],
        ranked: vec![ConcernKey::new("own-1")],
        information: vec!["diet".to_owned()],
        questions: "Who walks the dog?".to_owned(),
    }
}

fn invitation(code: PassCode) -> Invitation {
    let (patient, point) = (anna().id, PathwayPoint::EndOfTreatment);
    let expires_on = Some(date(2026, 11, 30));
    let inviting = Inviting { patient, checklist: "list|1".to_owned(), point, code, again: None, expires_on };
    Invitation::give(InvitationId::from_random([2; 16]), inviting, &by(), date(2026, 11, 20))
}

fn issued() -> Invitation {
    invitation(PassCode::issued([3; 16]))
}

fn made() -> Made {
    let (id, invitation) = (HnaId::from_random([5; 16]), Some(InvitationId::from_random([2; 16])));
    Made { id, patient: anna().id, point: PathwayPoint::EndOfTreatment, invitation }
}

#[test]
fn they_become_a_completed_assessment_by_the_same_rules_as_a_typed_one() {
    let hna = answers().assessment(made(), None, &list(), &by()).unwrap();
    assert_eq!((hna.status, hna.method, hna.completed_at), (HnaStatus::Completed, Method::Home, Some(7)));
    assert_eq!((hna.answered_on, hna.invitation), (Some(date(2026, 11, 22)), made().invitation));
    let keys: Vec<_> = hna.concerns.iter().map(|one| (one.key.as_str(), one.answer, one.private)).collect();
    let four = Answer::Rated(Rating::new(4).unwrap());
    let expected = [("pain", Answer::Unanswered, false), ("sleep", four, false), ("own-1", Answer::Declined, true)];
    assert_eq!(keys, expected, "in the order of the checklist");
    assert_eq!((hna.ranked, hna.questions), (answers().ranked, answers().questions));
    let unknown = HomeAnswers { concerns: vec![raised("nothing", None, Answer::Declined)], ..answers() };
    assert_eq!(unknown.assessment(made(), None, &list(), &by()), Err(Refused::NotThere));
    let empty = HomeAnswers { concerns: Vec::new(), ranked: Vec::new(), ..answers() };
    assert!(
        empty.assessment(made(), None, &list(), &by()).unwrap().concerns.is_empty(),
        "no concern is a valid answer"
    );
}

#[test]
fn nought_is_taken_only_where_concerns_are_scored_again_and_own_words_keep_their_key() {
    let rated = |score| Answer::Rated(Rating::again(score).unwrap());
    let former = HomeAnswers {
        concerns: vec![
            raised("pain", None, rated(9)),
            raised("own-1", Some("rent"), rated(5)),
            raised("own-2", Some("The DOG"), rated(6)),
        ],
        ranked: Vec::new(),
        ..answers()
    };
    assert!(!former.has_nought());
    let former = former.assessment(made(), None, &list(), &by()).unwrap();
    let later = HomeAnswers {
        concerns: vec![
            raised("own-1", Some("the dog"), rated(0)),
            raised("own-2", Some("the cat"), rated(2)),
            raised("sleep", None, rated(3)),
        ],
        ranked: vec![ConcernKey::new("own-2"), ConcernKey::new("own-1")],
        ..answers()
    };
    assert!(later.has_nought());
    let as_new = later.assessment(made(), None, &list(), &by());
    assert_eq!(as_new, Err(Refused::field("rating", "rating_range")), "nobody asked for it");
    let id = HnaId::from_random([6; 16]);
    let hna = later.assessment(Made { id, ..made() }, Some(&former), &list(), &by()).unwrap();
    assert_eq!((hna.again, hna.status), (Some(former.id), HnaStatus::Completed));
    let concerns: Vec<_> =
        hna.concerns.iter().map(|one| (one.key.as_str(), one.text(&list()).to_owned(), one.answer)).collect();
    let (dog, cat) = ("The DOG".to_owned(), "the cat".to_owned());
    let expected = [("sleep", "sleep".to_owned(), rated(3)), ("own-2", dog, rated(0)), ("own-3", cat, rated(2))];
    assert_eq!(concerns, expected, "pain and the rent were not raised again");
    assert_eq!(hna.ranked, [ConcernKey::new("own-3"), ConcernKey::new("own-2")]);
    let on_another = Hna { checklist: "list|2".to_owned(), ..former.clone() };
    assert_eq!(later.assessment(made(), Some(&on_another), &list(), &by()), Err(Refused::NotThere));
    let of_another = Hna { patient: PatientId::from_random([8; 16]), ..former };
    assert_eq!(later.assessment(made(), Some(&of_another), &list(), &by()), Err(Refused::NotThere));
}

#[test]
fn number_name_and_birth_date_have_to_be_there_and_the_same() {
    let person = answers().person;
    assert!(answers().are_of(&anna()), "accents and hyphens are forgiven");
    let other = |person| HomeAnswers { person, ..answers() }.are_of(&anna());
    assert!(!other(GivenPerson { nhs_number: None, ..person.clone() }));
    assert!(!other(GivenPerson { nhs_number: NhsNumber::parse("9990000026").ok(), ..person.clone() }));
    assert!(!other(GivenPerson { born: None, ..person.clone() }));
    assert!(!other(GivenPerson { born: Some(date(1956, 7, 15)), ..person.clone() }));
    assert!(!other(GivenPerson { family: "Fiction".to_owned(), ..person }));
    let unnumbered = HomeAnswers { person: GivenPerson { nhs_number: None, ..answers().person }, ..answers() };
    assert!(!unnumbered.are_of(&Patient { nhs_number: None, ..anna() }), "two that have no number are not the same");
}

#[test]
fn nothing_speaks_against_the_answer_to_an_open_invitation() {
    assert_eq!(answers().doubts(&issued(), &anna()), []);
    let nameless = HomeAnswers { person: GivenPerson::default(), ..answers() };
    assert_eq!(nameless.doubts(&issued(), &anna()), [], "a code made here is enough");
    assert_eq!(nameless.doubts(&invitation(PassCode::recorded("X").unwrap()), &anna()), [Doubt::RecordedCode]);
    assert_eq!(answers().doubts(&invitation(PassCode::recorded("X").unwrap()), &anna()), []);
}

#[test]
fn each_doubt_is_named() {
    let with = |change: fn(&mut HomeAnswers)| {
        let mut answers = answers();
        change(&mut answers);
        answers.doubts(&issued(), &anna())
    };
    assert_eq!(with(|answers| answers.person.family = "Fiction".to_owned()), [Doubt::OtherName]);
    assert_eq!(with(|answers| answers.person.born = Some(date(1956, 7, 15))), [Doubt::OtherPatient]);
    let number = with(|answers| answers.person.nhs_number = NhsNumber::parse("9990000026").ok());
    assert_eq!(number, [Doubt::OtherPatient]);
    assert_eq!(with(|answers| answers.unclear = true), [Doubt::Unclear]);
    assert_eq!(with(|answers| answers.answered_on = date(2026, 12, 1)), [Doubt::Expired]);
    assert_eq!(answers().doubts(&issued().withdraw("x").unwrap(), &anna()), [Doubt::Withdrawn]);
    assert_eq!(answers().doubts(&issued().answer(made().id), &anna()), [Doubt::AnsweredBefore]);
    let died = Patient { died: Some(date(2026, 11, 21)), ..anna() };
    assert_eq!(answers().doubts(&issued(), &died), [Doubt::Died]);
    assert_eq!(answers().doubts(&issued(), &Patient { died: Some(date(2026, 11, 22)), ..anna() }), []);
}

#[test]
fn an_alert_is_cleared_only_by_saying_what_was_done() {
    let hna = answers().assessment(made(), None, &list(), &by()).unwrap();
    let waiting = Arrival::come_in(AnswersId::from_random([6; 16]), "answers.json", Some(&issued()), &by());
    assert!(!waiting.is_alert());
    assert_eq!(waiting.clone().clear("Rang her", &by()), Err(Refused::AnswersSettled), "nobody knows whose they are");
    assert_eq!(waiting.clone().refuse(" "), Err(Refused::field("reason", "missing")));
    let taken = waiting.clone().take(&hna).unwrap();
    assert!(taken.is_alert());
    assert_eq!((taken.patient, taken.hna), (Some(hna.patient), Some(hna.id)));
    assert_eq!(taken.clone().take(&hna), Err(Refused::AnswersSettled));
    assert_eq!(taken.clone().refuse("x"), Err(Refused::AnswersSettled));
    assert_eq!(taken.clone().clear("", &by()), Err(Refused::field("done", "missing")));
    let cleared = taken.clear("Rang her", &by()).unwrap();
    assert!(!cleared.is_alert());
    assert_eq!(cleared.clear("again", &by()), Err(Refused::AnswersSettled));
    let refused = waiting.refuse("Not one of ours").unwrap();
    assert_eq!((refused.state, refused.clone().take(&hna)), (AnswersState::Refused, Err(Refused::AnswersSettled)));
}
