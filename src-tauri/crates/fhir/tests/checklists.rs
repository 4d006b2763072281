//! The checklists that ship, as forms and as answers: what goes to the trust fits the form it names, item by item, whichever was chosen.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod kit;

use std::collections::BTreeSet;

use domain::checklist::Checklist;
use domain::hna::{Answer, AnsweredBy, Beginning, ConcernKey, Hna, Method, PathwayPoint, Rating};
use domain::id::{HnaId, PatientId};
use serde_json::{Value, json};

const SHIPPED: [&str; 4] = [
    include_str!("../../../../assets/content/checklists/default-1.0.0.json"),
    include_str!("../../../../assets/content/checklists/concerns-48-1.0.0.json"),
    include_str!("../../../../assets/content/checklists/concerns-63-1.0.0.json"),
    include_str!("../../../../assets/content/checklists/easy-read-1.0.0.json"),
];

/// Every concern raised, scored in turn, declined or left open; every topic wanted; every area declined as well.
fn all_answered(list: &Checklist) -> Hna {
    let beginning = Beginning {
        patient: PatientId::from_random([1; 16]),
        checklist: list.canonical.clone(),
        answered_by: AnsweredBy::Patient,
        helper: String::new(),
        method: Method::FaceToFace,
        pathway_point: PathwayPoint::DuringTreatment,
        answered_on: None,
    };
    let mut hna = Hna::start(HnaId::from_random([3; 16]), beginning, &kit::by());
    let keys: Vec<_> =
        list.domains.iter().flat_map(|area| &area.items).map(|item| ConcernKey::new(&item.key)).collect();
    for (place, key) in (0..).zip(&keys) {
        hna = hna.tick(list, key).and_then(|hna| hna.talk_privately(key, place % 2 == 0)).unwrap();
        hna = match place % 12 {
            10 => hna.answer(key, Answer::Declined).unwrap(),
            11 => hna,
            score => hna.answer(key, Answer::Rated(Rating::new(score + 1).unwrap())).unwrap(),
        };
    }
    for area in &list.domains {
        hna = hna.decline_domain(list, &area.key, true).unwrap();
    }
    for topic in &list.topics {
        hna = hna.want_information(list, &topic.key, true).unwrap();
    }
    let hna = hna.add_own("Who walks the dog?").and_then(|hna| hna.rank(keys.iter().take(4).cloned().collect()));
    hna.and_then(|hna| hna.write_questions("And when?")).and_then(|hna| hna.complete(kit::AT)).unwrap()
}

/// Each answered item is asked at this place, in these words, and its answers are of the type that the form gives it.
fn fits(answers: &Value, questions: &Value, answered: &mut BTreeSet<String>) {
    for answer in answers["item"].as_array().into_iter().flatten() {
        let mut asked = questions["item"].as_array().into_iter().flatten();
        let question = asked.find(|question| question["linkId"] == answer["linkId"]);
        let question = question.unwrap_or_else(|| panic!("{} is not asked here", answer["linkId"]));
        assert!(answer.get("text").is_none_or(|text| *text == question["text"]), "{}", answer["linkId"]);
        let types: &[&str] = match question["type"].as_str().unwrap() {
            "group" => &[],
            "integer" => &["valueInteger", "_valueInteger"],
            "boolean" => &["valueBoolean"],
            "string" | "text" => &["valueString"],
            "open-choice" => &["valueCoding", "valueString"],
            other => panic!("{other} is never answered"),
        };
        let given = answer["answer"].as_array().map_or(&[][..], Vec::as_slice);
        assert!(given.len() < 2 || question["repeats"] == true, "{}", answer["linkId"]);
        for given in given {
            assert!(given.as_object().unwrap().keys().all(|name| types.contains(&name.as_str())), "{given}");
            if let Some(score) = given.get("valueInteger") {
                assert!((1..=10).contains(&score.as_i64().unwrap()));
            }
        }
        answered.insert(answer["linkId"].as_str().unwrap().to_owned());
        fits(answer, question, answered);
    }
}

fn link_ids(of: &Value, all: &mut BTreeSet<String>) {
    for item in of["item"].as_array().into_iter().flatten() {
        if item["type"] != "display" && item["linkId"] != "rating" {
            all.insert(item["linkId"].as_str().unwrap().to_owned());
        }
        link_ids(item, all);
    }
}

#[test]
fn an_answer_to_everything_fits_the_form_it_names() {
    let organisation = kit::hospital();
    for body in SHIPPED {
        let list = fhir::checklist(body).unwrap();
        let form: Value = serde_json::from_str(body).unwrap();
        let hna = all_answered(&list);
        let sent = fhir::hna(&hna, &list, "Patient/7", &kit::author(&organisation));
        let response = &sent[0].body;
        assert_eq!(response["questionnaire"], json!(list.canonical));
        let (mut answered, mut asked) = (BTreeSet::new(), BTreeSet::new());
        fits(response, &form, &mut answered);
        link_ids(&form, &mut asked);
        assert_eq!(answered, asked, "{}", list.canonical);

        let choices = form["contained"][0]["compose"]["include"][0]["concept"].as_array().unwrap();
        let items = response["item"].as_array().unwrap().iter();
        for choice in items.filter(|item| item["linkId"] == "matters" || item["linkId"] == "private") {
            for given in choice["answer"].as_array().unwrap() {
                let coding = &given["valueCoding"];
                let choice = json!({ "code": coding["code"], "display": coding["display"] });
                assert!(choices.contains(&choice), "{choice} is offered");
            }
        }
        let scored: Vec<_> = sent.iter().filter(|one| one.kind == "Observation").map(|one| &one.body["code"]).collect();
        let rated = hna.concerns.iter().filter(|concern| matches!(concern.answer, Answer::Rated(_))).count();
        assert_eq!((scored.len(), scored.len() >= 40), (rated, true));
        assert!(
            scored.iter().all(|code| code["coding"][0]["code"].is_string()),
            "each score has the code of its concern"
        );
    }
}

#[test]
fn what_ships_keeps_the_rules_for_a_new_one() {
    for body in SHIPPED {
        let pack = fhir::accept_checklist(body).unwrap();
        assert_eq!(pack, fhir::checklist_pack(body).unwrap());
    }
}

#[test]
fn a_code_has_one_name_in_every_checklist() {
    let mut names = std::collections::BTreeMap::new();
    for body in SHIPPED {
        let form: Value = serde_json::from_str(body).unwrap();
        for group in form["item"].as_array().unwrap() {
            for coded in std::iter::once(group).chain(group["item"].as_array().into_iter().flatten()) {
                for coding in coded["code"].as_array().into_iter().flatten() {
                    let key = (coding["system"].to_string(), coding["code"].to_string());
                    let name = names.entry(key).or_insert_with(|| coding["display"].clone());
                    assert_eq!(*name, coding["display"]);
                }
            }
        }
    }
    assert!(names.len() > 70);
}
