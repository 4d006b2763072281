//! Packs with one fault each: what is changed in a good one, the reason it is refused for, and the place that is named.

use serde_json::{Value, json};

use super::{Pack, area, item, word};

const KIND: &str = "https://holdfast.example/fhir/CodeSystem/checklist-kind";

type Broken = (fn(&mut Value), &'static str, &'static str);

/// Faults in a pack that is JSON.
const FAULTS: &[Broken] = &[
    (|q| q["resourceType"] = json!("ValueSet"), "not_questionnaire", "resourceType"),
    (|q| *q = json!([q.clone()]), "not_questionnaire", "resourceType"),
    (|q| none(q, "url"), "missing", "Questionnaire.url"),
    (|q| q["title"] = json!(" "), "missing", "Questionnaire.title"),
    (|q| none(q, "language"), "missing", "Questionnaire.language"),
    (|q| none(item(q, "rating.low"), "text"), "missing", "item(rating.low).text"),
    (|q| none(item(q, "physical.pain"), "code"), "missing", "item(physical.pain).code"),
    (|q| none(item(q, "physical.pain"), "linkId"), "missing", "item[1].item[14].linkId"),
    (|q| area(q, "spiritual")["item"] = json!([]), "missing", "item(spiritual).item"),
    (|q| area(q, "information")["item"] = json!([]), "missing", "item(information).item"),
    (|q| drop(remove(q, "questions")), "missing", "item(questions)"),
    (|q| none(q, "contained"), "missing", "contained(concerns)"),
    (|q| q["version"] = json!(1), "wrong_type", "Questionnaire.version"),
    (|q| q["item"] = json!({}), "wrong_type", "item"),
    (|q| q["item"][1]["item"][0] = json!("pain"), "wrong_type", "item[1].item[0]"),
    (|q| item(q, "physical.pain")["required"] = json!("no"), "wrong_type", "item[1].item[14].required"),
    (|q| item(q, "physical.pain")["type"] = json!("decimal"), "wrong_type", "item(physical.pain).type"),
    (|q| item(q, "information.diet")["type"] = json!("string"), "wrong_type", "item(information.diet).type"),
    (|q| item(q, "matters")["type"] = json!("choice"), "wrong_type", "item(matters).type"),
    (|q| q["url"] = json!("trust/ours"), "url_form", "Questionnaire.url"),
    (|q| q["url"] = json!("https://trust.example/ours|1"), "url_form", "Questionnaire.url"),
    (|q| q["version"] = json!("1.0"), "version_form", "Questionnaire.version"),
    (|q| q["version"] = json!("1.0.0-beta"), "version_form", "Questionnaire.version"),
    (|q| q["status"] = json!("draft"), "not_released", "Questionnaire.status"),
    (|q| q["experimental"] = json!(true), "not_released", "Questionnaire.experimental"),
    (|q| item(q, "physical.pain")["linkId"] = json!("Pain!"), "link_id_form", "item(Pain!)"),
    (|q| item(q, "physical.pain")["linkId"] = json!("own-1"), "link_id_form", "item(own-1)"),
    (|q| item(q, "physical.pain")["linkId"] = json!("physical.sleep"), "link_id_twice", "item(physical.sleep)"),
    (|q| q["language"] = json!("English (UK)"), "code_form", "Questionnaire.language"),
    (|q| item(q, "physical.pain")["code"][0]["code"] = json!("PAIN"), "code_form", "item(physical.pain).code"),
    (
        |q| picture(item(q, "physical.pain"), "../pain.png"),
        "code_form",
        "item(physical.pain).extension(checklist-picture)",
    ),
    (|q| item(q, "physical.pain")["code"][0]["code"] = json!("sleep"), "code_twice", "item(physical.pain).code"),
    (|q| second_code(item(q, "physical.pain")), "code_twice", "item(physical.pain).code"),
    (|q| area(q, "family")["code"][0]["code"] = json!("physical"), "code_twice", "item(family).code"),
    (|q| word(q, "physical.pain", "sleep"), "text_twice", "item(physical.pain).text"),
    (|q| area(q, "family")["text"] = json!("Physical"), "text_twice", "item(family).text"),
    (|q| word(q, "physical.pain", &"Pain ".repeat(40)), "text_too_long", "item(physical.pain).text"),
    (|q| q["title"] = json!("x".repeat(121)), "text_too_long", "Questionnaire.title"),
    (|q| word(q, "physical.pain", "Pain\u{202e}niaP"), "text_form", "item(physical.pain).text"),
    (|q| word(q, "physical.pain", "Pain  here"), "text_form", "item(physical.pain).text"),
    (|q| word(q, "physical.pain", "Pain\nhere"), "text_form", "item(physical.pain).text"),
    (|q| word(q, "physical.pain", "Pain 😀"), "unprintable", "item(physical.pain).text"),
    (|q| item(q, "physical.pain")["extension"][1]["valueInteger"] = json!(5), "range", "item(physical.pain)"),
    (|q| item(q, "own.words")["maxLength"] = json!(40), "range", "item(own.words).maxLength"),
    (|q| many(area(q, "physical"), 151), "too_many_items", "item(physical).item"),
    (|q| item(q, "physical.pain")["required"] = json!(true), "required", "item(physical.pain).required"),
    (|q| item(q, "physical.pain")["enableWhen"] = json!([]), "not_understood", "item(physical.pain).enableWhen"),
    (|q| item(q, "physical.pain")["item"] = json!([]), "not_understood", "item(physical.pain).item"),
    (|q| none(area(q, "family"), "code"), "not_understood", "item(family)"),
    (|q| q["code"] = json!([{ "system": KIND, "code": "quick" }]), "not_understood", "Questionnaire.code"),
    (|q| q["implicitRules"] = json!("https://trust.example/rules"), "not_understood", "Questionnaire.implicitRules"),
    (|q| choices(q)[0]["display"] = json!("Breath"), "choices_differ", "contained(concerns): breathing"),
    (|q| drop(choices(q).as_array_mut().unwrap().pop()), "choices_differ", "contained(concerns): culture"),
];

/// Every broken pack under a name that says which it is, with the reason and the place.
pub fn packs() -> Vec<(String, Pack, &'static str, String)> {
    let mut packs: Vec<_> = FAULTS
        .iter()
        .enumerate()
        .map(|(number, (change, fault, place))| {
            let mut pack = super::ours("1.0.0");
            change(&mut pack);
            (format!("{number:02}.json"), Pack::Text(pack.to_string()), *fault, (*place).to_owned())
        })
        .collect();
    let good = super::ours("1.0.0").to_string();
    let member = r#""publisher":"#;
    let others = [
        (Pack::Text(String::new()), "not_json", "line 1, column 0".to_owned()),
        (Pack::Text("{\n  \"url\": }".to_owned()), "not_json", "line 2, column 10".to_owned()),
        (Pack::Text(format!("\u{feff}{good}")), "not_json", "line 1, column 1".to_owned()),
        (
            Pack::Text(good.replacen(member, &format!("{member}\"Another\",{member}"), 1)),
            "member_twice",
            "publisher".to_owned(),
        ),
        (Pack::Text(format!("{{\"a\":{}", "[".repeat(200_000))), "too_deep", format!("a{}", "[0]".repeat(20))),
        (Pack::Bytes(b"{\"title\":\"\xff\"}".to_vec()), "not_text", "byte 11".to_owned()),
        (Pack::Text(" ".repeat(1024 * 1024 + 1)), "too_large", "byte 1048577".to_owned()),
        (Pack::Folder, "not_a_file", "file".to_owned()),
        (Pack::LinkTo("00.json"), "not_a_file", "file".to_owned()),
        (Pack::Pipe, "not_a_file", "file".to_owned()),
    ];
    for (number, (pack, fault, place)) in others.into_iter().enumerate() {
        packs.push((format!("x{number}.json"), pack, fault, place));
    }
    packs
}

fn none(of: &mut Value, name: &str) {
    of.as_object_mut().unwrap().remove(name).unwrap();
}

fn remove(q: &mut Value, key: &str) -> Value {
    let items = q["item"].as_array_mut().unwrap();
    let place = items.iter().position(|item| item["linkId"] == key).unwrap();
    items.remove(place)
}

fn picture(item: &mut Value, code: &str) {
    let url = "https://holdfast.example/fhir/StructureDefinition/checklist-picture";
    item["extension"].as_array_mut().unwrap().push(json!({ "url": url, "valueCode": code }));
}

fn second_code(item: &mut Value) {
    let another = json!({ "system": item["code"][0]["system"], "code": "ache" });
    item["code"].as_array_mut().unwrap().push(another);
}

fn many(area: &mut Value, count: usize) {
    let one = area["item"][0].clone();
    let all = (0..count).map(|number| {
        let mut item = one.clone();
        item["linkId"] = json!(format!("many.{number}"));
        item["code"][0]["code"] = json!(format!("many-{number}"));
        item["text"] = json!(format!("Concern {number}"));
        item
    });
    area["item"] = all.collect();
}

fn choices(q: &mut Value) -> &mut Value {
    &mut q["contained"][0]["compose"]["include"][0]["concept"]
}
