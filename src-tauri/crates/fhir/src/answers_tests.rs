//! What is read of a response, and every fault with its place. The reader is in `answers` and `answers_items`.

use std::collections::BTreeSet;

use domain::hna::{Answer, ConcernKey, Rating};
use jiff::civil::date;

use super::*;
use crate::value::{ABSENT, CONCERN, NHS_NUMBER, PASS_CODE, RECORD};
use crate::{Author, hna};
use domain::hna::Hna;
use domain::hna::PathwayPoint;
use domain::home_answers::{Made, Named};
use domain::id::{HnaId, InvitationId, PatientId, StaffId};
use domain::nhs_number::NhsNumber;
use domain::staff::{By, Organisation, Role};

const TODAY: Date = date(2026, 11, 23);
const SHIPPED: &str = include_str!("../../../../assets/content/checklists/default-1.0.0.json");

fn checklist() -> Arc<Checklist> {
    Arc::new(crate::checklist(SHIPPED).unwrap())
}

fn taken(body: &str) -> Result<ReadAnswers, NotTaken> {
    answers(body, TODAY, |canonical| Some(checklist()).filter(|list| list.canonical == canonical), |_, _| false)
}

/// A response as a portal sends it, with its patient.
fn sent() -> Value {
    json!({
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [
            { "resource": {
                "resourceType": "Patient",
                "identifier": [{ "system": NHS_NUMBER, "value": "9990000018" }],
                "name": [
                    { "use": "nickname", "family": "Nick" },
                    { "use": "official", "family": "Invented", "given": ["Anna", "Maria"] },
                ],
                "birthDate": "1956-07-14",
            } },
            { "resource": {
                "resourceType": "QuestionnaireResponse",
                "identifier": { "system": PASS_CODE, "value": "ab12-cd34-ef56" },
                "questionnaire": checklist().canonical,
                "status": "completed",
                "authored": "2026-11-22T23:30:00Z",
                "item": [
                    { "linkId": "matters", "answer": [
                        { "valueString": "the dog" },
                        { "valueCoding": { "system": CONCERN, "code": "pain" } },
                    ] },
                    { "linkId": "physical", "item": [
                        { "linkId": "physical.pain", "answer": [{ "valueInteger": 4 }] },
                        { "linkId": "physical.sleep" },
                    ] },
                    { "linkId": "spiritual", "extension": [{ "url": ABSENT, "valueCode": "asked-declined" }] },
                    { "linkId": "financial", "item": [
                        { "linkId": "financial.money", "answer": [
                            { "_valueInteger": { "extension": [{ "url": ABSENT, "valueCode": "asked-declined" }] } },
                        ] },
                    ] },
                    { "linkId": "own", "item": [
                        { "linkId": "own.words", "answer": [{ "valueString": "the dog" }] },
                        { "linkId": "own.rating", "answer": [{ "valueInteger": 10 }] },
                    ] },
                    { "linkId": "private", "answer": [{ "valueString": "the dog" }] },
                    { "linkId": "information", "item": [
                        { "linkId": "information.diet", "answer": [{ "valueBoolean": true }] },
                        { "linkId": "information.exercise", "answer": [{ "valueBoolean": false }] },
                    ] },
                    { "linkId": "questions", "answer": [{ "valueString": "Who walks the dog?\nAnd when?" }] },
                ],
            } },
        ],
    })
}

fn with(change: impl FnOnce(&mut Value)) -> Result<ReadAnswers, NotTaken> {
    let mut sent = sent();
    change(&mut sent);
    taken(&sent.to_string())
}

fn response(of: &mut Value) -> &mut Value {
    &mut of["entry"][1]["resource"]
}

fn item<'a>(of: &'a mut Value, link: &str) -> &'a mut Value {
    let items = response(of)["item"].as_array_mut().unwrap();
    items.iter_mut().find(|item| item["linkId"] == link).unwrap()
}

#[test]
fn everything_that_was_answered_is_read() {
    let ReadAnswers { answers, .. } = taken(&sent().to_string()).unwrap();
    assert_eq!((answers.named, answers.unclear), (vec![Named::Code("ab12-cd34-ef56".to_owned())], false));
    let person = &answers.person;
    assert_eq!((person.family.as_str(), person.given.as_str()), ("Invented", "Anna Maria"), "the official name");
    assert_eq!((person.born, &person.nhs_number), (Some(date(1956, 7, 14)), &NhsNumber::parse("9990000018").ok()));
    assert_eq!(answers.answered_on, date(2026, 11, 22), "the day in London");
    assert_eq!((answers.answered_by, answers.helper.as_str()), (AnsweredBy::Patient, ""));
    let concerns: Vec<_> = answers.concerns.iter().map(|one| (one.key.as_str(), one.answer, one.private)).collect();
    let rated = |score| Answer::Rated(Rating::new(score).unwrap());
    let expected = [
        ("physical.pain", rated(4), false),
        ("physical.sleep", Answer::Unanswered, false),
        ("financial.money", Answer::Declined, false),
        ("own-1", rated(10), true),
    ];
    assert_eq!(concerns, expected);
    assert_eq!(answers.concerns[3].words.as_deref(), Some("the dog"));
    let ranked: Vec<_> = answers.ranked.iter().map(ConcernKey::as_str).collect();
    assert_eq!((ranked, &answers.declined_domains), (vec!["own-1", "physical.pain"], &vec!["spiritual".to_owned()]));
    assert_eq!(answers.information, ["information.diet"]);
    assert_eq!(answers.questions, "Who walks the dog?\nAnd when?");
}

#[test]
fn a_response_alone_reads_too_and_its_patient_may_be_in_it() {
    let mut bare = sent()["entry"][1]["resource"].clone();
    let alone = taken(&bare.to_string()).unwrap();
    assert_eq!(alone.answers.person, GivenPerson::default());
    bare["contained"] = json!([sent()["entry"][0]["resource"]]);
    assert_eq!(taken(&bare.to_string()).unwrap().answers.person, taken(&sent().to_string()).unwrap().answers.person);
    bare["contained"] = json!([]);
    bare["identifier"] = Value::Null;
    bare["subject"] = json!({ "identifier": { "system": NHS_NUMBER, "value": "999 000 0018" } });
    assert_eq!(fault_of(taken(&bare.to_string())), (AnswersFault::Nobody, Some("QuestionnaireResponse".to_owned())));
    bare["basedOn"] = json!([{ "identifier": { "system": RECORD, "value": "00000000-0000-4000-8000-000000000001" } }]);
    let named = taken(&bare.to_string()).unwrap().answers.named;
    assert_eq!(named, [InvitationId::parse("00000000-0000-4000-8000-000000000001").map(Named::Invitation).unwrap()]);
}

#[test]
fn a_carer_who_answered_is_named() {
    let carer = with(|sent| response(sent)["source"] = json!({ "type": "RelatedPerson", "display": "Jo Invented" }));
    let carer = carer.unwrap().answers;
    assert_eq!((carer.answered_by, carer.helper.as_str()), (AnsweredBy::Carer, "Jo Invented"));
    let helped = with(|sent| {
        response(sent)["extension"] = json!([
            { "url": "https://holdfast.example/fhir/StructureDefinition/answered-by", "valueCode": "patient_with_help" },
            { "url": "https://holdfast.example/fhir/StructureDefinition/answered-with", "valueString": "Jo" },
        ]);
    });
    let helped = helped.unwrap().answers;
    assert_eq!((helped.answered_by, helped.helper.as_str()), (AnsweredBy::PatientWithHelp, "Jo"));
}

#[test]
fn the_same_answers_are_the_same_text_and_read_again_as_they_were() {
    let first = taken(&sent().to_string()).unwrap();
    let spaced = taken(&format!("{:#}\n", sent())).unwrap();
    assert_eq!(first.body, spaced.body);
    let again = taken(&first.body).unwrap();
    assert_eq!((again.answers, &again.body), (first.answers, &first.body));
    let other = with(|sent| item(sent, "questions")["answer"][0]["valueString"] = json!("Who?")).unwrap();
    assert_ne!(other.body, first.body);
}

#[test]
fn what_we_send_of_an_assessment_reads_as_the_same_answers() {
    let by = By {
        staff: StaffId::from_random([9; 16]),
        name: "Ruth Invented".to_owned(),
        role: Role::CancerNurseSpecialist,
        key_holder: false,
        at: 1_795_425_120_000,
        pc: String::new(),
    };
    let made = Made {
        id: HnaId::from_random([5; 16]),
        patient: PatientId::from_random([1; 16]),
        point: PathwayPoint::EndOfTreatment,
        invitation: None,
    };
    let read = taken(&sent().to_string()).unwrap().answers;
    let hna: Hna = read.assessment(made, None, &checklist(), &by).unwrap();
    let author = Author { staff: by.staff, name: &by.name, role: by.role, organisation: &Organisation::default() };
    let mut response = hna::hna(&hna, &checklist(), "Patient/x", &author).remove(0).body;
    response["identifier"] = json!({ "system": PASS_CODE, "value": "ab12-cd34-ef56" });
    let mut again = taken(&response.to_string()).unwrap().answers;
    let mut without_person = HomeAnswers { person: GivenPerson::default(), ..read };
    // The portal may send its items in any order; ours stand in that of the checklist.
    for answers in [&mut again, &mut without_person] {
        answers.concerns.sort_by(|one, other| one.key.cmp(&other.key));
    }
    assert_eq!(again, without_person);
}

fn fault_of(result: Result<ReadAnswers, NotTaken>) -> (AnswersFault, Option<String>) {
    match result {
        Ok(_) => panic!("these answers are refused"),
        Err(refused) => (refused.fault, refused.place),
    }
}

#[test]
fn every_fault_is_named_with_its_place() {
    use AnswersFault as F;
    let mut seen = BTreeSet::new();
    let mut refused = |result, fault: F, place: Option<&str>| {
        assert_eq!(fault_of(result), (fault, place.map(str::to_owned)));
        seen.insert(fault);
    };
    let at = |place: &str| format!("QuestionnaireResponse.{place}");
    refused(taken(&"x".repeat(MOST_BYTES + 1)), F::TooLarge, None);
    refused(taken("{"), F::NotJson, Some("line 1, column 1"));
    refused(taken("{}"), F::NotAnswers, None);
    refused(taken(r#"{"resourceType":"Patient"}"#), F::NotAnswers, None);
    let many = json!({ "resourceType": "QuestionnaireResponse", "x": vec![1; MOST_VALUES] });
    refused(taken(&many.to_string()), F::TooMany, None);
    refused(
        with(|sent| {
            let second = sent["entry"][1].clone();
            sent["entry"].as_array_mut().unwrap().push(second);
        }),
        F::SeveralAnswers,
        Some("Bundle.entry"),
    );
    refused(
        with(|sent| {
            let second = sent["entry"][0]["resource"].clone();
            response(sent)["contained"] = json!([second]);
        }),
        F::SeveralPatients,
        Some("Bundle.entry"),
    );
    let mut with_at = |change: fn(&mut Value), fault: F, place: &str| {
        assert_eq!(fault_of(with(change)), (fault, Some(at(place))));
        seen.insert(fault);
    };
    with_at(|sent| response(sent)["status"] = json!("in-progress"), F::NotCompleted, "status");
    with_at(|sent| response(sent)["status"] = Value::Null, F::NotCompleted, "status");
    with_at(|sent| response(sent)["authored"] = Value::Null, F::NoDay, "authored");
    with_at(|sent| response(sent)["authored"] = json!("yesterday"), F::NoDay, "authored");
    with_at(|sent| response(sent)["authored"] = json!("2026-11"), F::NoDay, "authored");
    with_at(|sent| response(sent)["authored"] = json!("2026-11-24"), F::InFuture, "authored");
    with_at(|sent| response(sent)["questionnaire"] = Value::Null, F::NoChecklist, "questionnaire");
    with_at(|sent| response(sent)["questionnaire"] = json!("x|9"), F::UnknownChecklist, "questionnaire");
    with_at(|sent| item(sent, "spiritual")["linkId"] = json!("surprise"), F::UnknownItem, "item[2]");
    with_at(|sent| item(sent, "spiritual")["linkId"] = Value::Null, F::UnknownItem, "item[2]");
    with_at(
        |sent| item(sent, "physical")["item"][0]["linkId"] = json!("financial.money"),
        F::UnknownItem,
        "item[1].item[0]",
    );
    with_at(|sent| item(sent, "information")["item"][0]["linkId"] = json!("x"), F::UnknownItem, "item[6].item[0]");
    with_at(|sent| item(sent, "physical")["item"][1]["linkId"] = json!("physical.pain"), F::Twice, "item[1].item[1]");
    with_at(|sent| item(sent, "spiritual")["linkId"] = json!("physical"), F::Twice, "item[2]");
    for score in [json!(0), json!(11), json!(4.5), json!("4"), json!(-1), Value::Null] {
        let refused = fault_of(with(|sent| item(sent, "physical")["item"][0]["answer"][0]["valueInteger"] = score));
        assert_eq!(refused, (F::WrongAnswer, Some(at("item[1].item[0].answer"))));
    }
    let wide = |score: Value| {
        let mut sent = sent();
        item(&mut sent, "physical")["item"][0]["answer"][0]["valueInteger"] = score;
        let list = |canonical: &str| Some(checklist()).filter(|list| list.canonical == canonical);
        answers(&sent.to_string(), TODAY, list, |named, canonical| {
            named == [Named::Code("ab12-cd34-ef56".to_owned())] && canonical == checklist().canonical
        })
    };
    let again = wide(json!(0)).unwrap().answers;
    assert!(again.has_nought());
    assert_eq!(again.concerns[0].answer, Answer::Rated(Rating::again(0).unwrap()), "asked for by what is named");
    for score in [json!(11), json!(-1), json!(0.5), json!("0"), Value::Null] {
        assert_eq!(fault_of(wide(score)), (F::WrongAnswer, Some(at("item[1].item[0].answer"))));
    }
    with_at(
        |sent| item(sent, "physical")["item"][0]["answer"] = json!([{ "valueInteger": 4 }, { "valueInteger": 5 }]),
        F::WrongAnswer,
        "item[1].item[0].answer",
    );
    with_at(|sent| item(sent, "own")["item"][0]["answer"] = json!([]), F::WrongAnswer, "item[4].item[0]");
    with_at(
        |sent| item(sent, "own")["item"][0]["answer"][0]["valueString"] = json!("a\u{0}b"),
        F::Text,
        "item[4].item[0].answer[0]",
    );
    with_at(
        |sent| item(sent, "questions")["answer"][0]["valueString"] = json!("x".repeat(text::LONG + 1)),
        F::Text,
        "item[7].answer[0]",
    );
    with_at(
        |sent| item(sent, "matters")["answer"][1]["valueCoding"]["code"] = json!("sleep-walking"),
        F::WrongAnswer,
        "item[0].answer[1]",
    );
    with_at(
        |sent| item(sent, "matters")["answer"][1] = json!({ "valueString": "the dog" }),
        F::Twice,
        "item[0].answer[1]",
    );
    let long = with(|sent| response(sent)[&"x".repeat(257)] = json!(1));
    assert_eq!(fault_of(long), (F::Text, Some("entry[1].resource".to_owned())));
    let deep = fault_of(taken(&format!("{}1{}", "[".repeat(200), "]".repeat(200))));
    assert_eq!(deep.0, F::TooDeep);
    seen.insert(F::TooDeep);
    // Only a file that cannot be read is not a matter of this reader.
    seen.extend([F::Unreadable, F::Nobody]);
    assert_eq!(seen.len(), AnswersFault::ALL.len(), "{seen:?}");
}

#[test]
fn what_is_unclear_is_kept_for_a_nurse_and_is_not_nobody() {
    let bare = |sent: &mut Value| response(sent)["identifier"] = Value::Null;
    let nobody = with(|sent| {
        bare(sent);
        sent["entry"][0]["resource"]["birthDate"] = Value::Null;
    });
    assert_eq!(fault_of(nobody).0, AnswersFault::Nobody);
    let unclear = with(|sent| {
        bare(sent);
        sent["entry"][0]["resource"]["birthDate"] = json!("1956-07");
    });
    assert!(unclear.unwrap().answers.unclear);
}

#[test]
fn no_fault_says_what_was_typed() {
    let planted = "Planted-Words";
    for change in [
        (|sent: &mut Value| item(sent, "spiritual")["linkId"] = json!("Planted-Words")) as fn(&mut Value),
        |sent| response(sent)["questionnaire"] = json!("Planted-Words"),
        |sent| response(sent)["authored"] = json!("Planted-Words"),
        |sent| item(sent, "physical")["item"][0]["answer"][0]["valueInteger"] = json!("Planted-Words"),
    ] {
        let refused = with(change).err().unwrap();
        assert!(!format!("{refused:?}").contains(planted), "{refused:?}");
    }
}

#[test]
fn more_than_four_that_matter_most_are_refused() {
    let five = with(|sent| {
        let keys = ["breathing", "pain", "sleep", "fatigue", "appearance"];
        let items: Vec<_> = checklist()
            .domains
            .iter()
            .flat_map(|area| &area.items)
            .take(5)
            .map(|item| (item.key.clone(), item.code.clone()))
            .collect();
        assert_eq!(items.len(), keys.len());
        let raised: Vec<_> = items.iter().map(|(key, _)| json!({ "linkId": key })).collect();
        item(sent, "physical")["item"] = json!(raised);
        let chosen: Vec<_> =
            items.iter().map(|(_, code)| json!({ "valueCoding": { "system": CONCERN, "code": code } })).collect();
        item(sent, "matters")["answer"] = json!(chosen);
    });
    assert_eq!(fault_of(five), (AnswersFault::TooMany, Some("QuestionnaireResponse.item[0].answer".to_owned())));
}
