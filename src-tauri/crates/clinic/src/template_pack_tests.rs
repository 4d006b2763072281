//! The shipped template reads, and a fault planted against each numbered rule is refused with its path.

use serde_json::json;

use crate::template_rules::SECTIONS;

use super::*;

const BREAST: &str = include_str!("../../../../assets/content/summary-templates/breast-1.0.0.json");

/// Where the breast template is refused, and why, after this change.
fn fault(change: impl FnOnce(&mut Value)) -> (String, String) {
    let mut root: Value = serde_json::from_str(BREAST).unwrap();
    change(&mut root);
    let TemplateFault { path, reason } = summary_template(&root.to_string()).unwrap_err();
    (path, reason)
}

/// Takes a field away.
fn without(value: &mut Value, field: &str) {
    value.as_object_mut().unwrap().remove(field).unwrap();
}

/// Where a section stands in the file.
fn place(root: &Value, section: &str) -> usize {
    root["sections"].as_array().unwrap().iter().position(|here| here["key"] == section).unwrap()
}

fn named<'a>(root: &'a mut Value, section: &str) -> &'a mut Value {
    let place = place(root, section);
    &mut root["sections"][place]
}

#[test]
fn the_shipped_template_reads() {
    let breast = summary_template(BREAST).unwrap();
    assert_eq!(breast.canonical, "https://holdfast.example/content/summary-templates/breast|1.0.0");
    assert_eq!((breast.title.as_str(), breast.version()), ("Breast cancer", "1.0.0"));
    assert_eq!(breast.cancer_types, ["breast", "breast-dcis"]);
    assert_eq!(breast.sections.len(), 15);
    assert_eq!(breast.sections.iter().map(|section| section.lines.len()).sum::<usize>(), 244);
    assert_eq!(
        (breast.order(Copy::Patient)[0].as_str(), breast.order(Copy::Gp)[0].as_str()),
        ("contacts", "gp-actions")
    );
    let invasive = breast.line("diagnosis", "invasive").unwrap();
    assert_eq!(invasive.slot("date").unwrap().prefill, Some(Prefill::Diagnosed));
    assert_eq!(invasive.slot("date").unwrap().kind, SlotKind::Date { precision: Precision::Year });
    let SlotKind::Choice { options } = &invasive.slot("side").unwrap().kind else { panic!("a choice") };
    assert_eq!(options[2].copies.gp, "both breasts");
    let spine = breast.line("alerts", "spine").unwrap();
    assert!(spine.urgent && !spine.repeats);
    assert_eq!(spine.with, [("contacts".to_owned(), "urgent-line".to_owned())]);
    let chemo = breast.line("treatment", "chemo").unwrap();
    assert_eq!((chemo.group.as_deref(), chemo.treatment), (Some("sact"), Some(TreatmentKind::Sact)));
    assert_eq!(chemo.slot("drug").unwrap().kind, SlotKind::Text { most: 120 });
    assert_eq!((chemo.confidence, chemo.source.is_empty(), chemo.repeats), ('R', false, true));
    assert_eq!(breast.codes[0].system, "http://snomed.info/sct");
    assert!(breast.section("alerts").unwrap().lead.is_some() && breast.section("aim").unwrap().lead.is_none());
}

#[test]
fn what_is_missing_empty_unknown_or_in_another_language() {
    assert_eq!(summary_template("{").unwrap_err().path, "template");
    for field in ["id", "version", "title", "source", "cancer_types", "orders", "sections"] {
        let (path, reason) = fault(|root| without(root, field));
        assert_eq!((path.as_str(), reason), ("template", format!("missing field `{field}`")));
    }
    for field in ["id", "version", "title", "source"] {
        assert_eq!(fault(|root| root[field] = "".into()), (field.to_owned(), "is empty".to_owned()));
    }
    for field in ["cancer_types", "sections"] {
        assert_eq!(fault(|root| root[field] = json!([])), (field.to_owned(), "is empty".to_owned()));
    }
    assert_eq!(fault(|root| root["orders"]["gp"] = json!([])).0, "orders.gp");
    assert_eq!(fault(|root| root["language"] = "en-US".into()).0, "language");
    assert_eq!(fault(|root| root["notes"] = "more".into()).0, "template");
    assert_eq!(fault(|root| root["codes"][1]["notes"] = "more".into()).0, "codes[1]");
    assert_eq!(fault(|root| root["sections"][2]["notes"] = "more".into()).0, "sections[2]");
    assert_eq!(fault(|root| root["sections"][2]["groups"][1]["notes"] = "more".into()).0, "sections[2].groups[1]");
    assert_eq!(fault(|root| root["sections"][0]["lines"][3]["dose"] = "more".into()).0, "sections[0].lines[3]");
    let slot = fault(|root| root["sections"][0]["lines"][0]["slots"][0]["limit"] = 3.into());
    assert_eq!(slot.0, "sections[0].lines[0].slots[0]");
    let option = fault(|root| root["sections"][0]["lines"][0]["slots"][0]["options"][1]["limit"] = 3.into());
    assert_eq!(option.0, "sections[0].lines[0].slots[0].options[1]");
    assert_eq!(fault(|root| root["sections"][1]["lead"] = Value::Null).0, "sections[1].lead");
}

#[test]
fn a_key_occurs_once_and_has_the_form_of_a_key() {
    let twice = fault(|root| root["sections"][1]["key"] = "diagnosis".into());
    assert_eq!(twice, ("sections[1].key".to_owned(), "occurs twice".to_owned()));
    let line = fault(|root| root["sections"][0]["lines"][1]["key"] = "invasive".into());
    assert_eq!(line.0, "sections[0].lines[1].key");
    let group = fault(|root| root["sections"][2]["groups"][1]["key"] = "surgery".into());
    assert_eq!(group.0, "sections[2].groups[1].key");
    let slot = fault(|root| root["sections"][0]["lines"][0]["slots"][1]["key"] = "side".into());
    assert_eq!(slot.0, "sections[0].lines[0].slots[1].key");
    let option = fault(|root| root["sections"][0]["lines"][0]["slots"][0]["options"][2]["key"] = "left".into());
    assert_eq!(option.0, "sections[0].lines[0].slots[0].options[2].key");
    for wrong in ["Side", "si.de", "-side", "own-1", "si de", "sidé"] {
        let (path, reason) = fault(|root| root["sections"][0]["lines"][0]["key"] = wrong.into());
        assert_eq!((path.as_str(), reason.as_str()), ("sections[0].lines[0].key", "is not of the form of a key"));
    }
}

#[test]
fn every_template_has_its_sections_and_says_something_urgent() {
    let gone = fault(|root| {
        let at = place(root, "sr1");
        root["sections"].as_array_mut().unwrap().remove(at);
    });
    assert_eq!(gone, ("sections".to_owned(), "has no section sr1".to_owned()));
    for (section, _) in SECTIONS.iter().filter(|(_, needed)| *needed) {
        let (path, reason) = fault(|root| without(named(root, section), "needed"));
        assert_eq!((path.as_str(), reason), ("sections", format!("{section} is not needed")));
    }
    let calm = fault(|root| {
        for line in named(root, "alerts")["lines"].as_array_mut().unwrap() {
            line.as_object_mut().unwrap().remove("urgent");
        }
    });
    assert_eq!(calm, ("sections".to_owned(), "alerts has no urgent line".to_owned()));
}

#[test]
fn an_order_names_every_section_once() {
    let short = fault(|root| {
        root["orders"]["patient"].as_array_mut().unwrap().pop();
    });
    assert_eq!(short, ("orders.patient".to_owned(), "leaves a section out".to_owned()));
    assert_eq!(fault(|root| root["orders"]["gp"][3] = "gp-actions".into()).0, "orders.gp[3]");
    assert_eq!(fault(|root| root["orders"]["gp"][3] = "weather".into()).0, "orders.gp[3]");
}

#[test]
fn both_copies_say_something_and_there_is_no_third() {
    let gone = fault(|root| without(&mut root["sections"][0]["title"], "gp"));
    assert_eq!(gone, ("sections[0].title".to_owned(), "missing field `gp`".to_owned()));
    let gone = fault(|root| without(&mut named(root, "alerts")["lead"], "patient"));
    assert!(gone.0.ends_with(".lead"), "{}", gone.0);
    assert_eq!(
        fault(|root| without(&mut root["sections"][1]["lines"][0]["copies"], "patient")).0,
        "sections[1].lines[0].copies"
    );
    let third = fault(|root| root["sections"][1]["lines"][0]["copies"]["carer"] = "Aim: cure.".into());
    assert_eq!(third.0, "sections[1].lines[0].copies");
    let option = fault(|root| without(&mut root["sections"][0]["lines"][0]["slots"][0]["options"][0]["copies"], "gp"));
    assert_eq!(option.0, "sections[0].lines[0].slots[0].options[0].copies");
    for (words, why) in [("", "is empty"), (" ", "is empty"), ("Aim: cure ", "begins or ends with white space")] {
        let (path, reason) = fault(|root| root["sections"][1]["lines"][0]["copies"]["gp"] = words.into());
        assert_eq!((path.as_str(), reason.as_str()), ("sections[1].lines[0].copies.gp", why));
    }
}

#[test]
fn each_slot_stands_once_in_either_wording_and_braces_nowhere_else() {
    let wording = |copy: &str, words: &str| {
        let (path, reason) = fault(|root| root["sections"][0]["lines"][0]["copies"][copy] = words.into());
        assert_eq!(path, format!("sections[0].lines[0].copies.{copy}"));
        reason
    };
    assert_eq!(wording("gp", "Invasive, {side}."), "has the slot date 0 times");
    assert_eq!(wording("patient", "{date}: {side}, {side}."), "has the slot side 2 times");
    assert_eq!(wording("gp", "{date}: {side}, {size}."), "names a slot that the line does not have");
    assert_eq!(wording("gp", "{date}: {side}, {."), "has a { without }");
    assert_eq!(wording("gp", "{date}: } {side}."), "has a } without {");
    assert_eq!(wording("gp", "{date}: {side} }."), "has a } without {");
    for path in ["title.gp", "lines[0].slots[0].label", "lines[0].source", "lines[0].slots[0].options[0].copies.gp"] {
        let planted = fault(|root| {
            let pointer = format!("/sections/0/{}", path.replace(['.', '['], "/").replace(']', ""));
            *root.pointer_mut(&pointer).unwrap() = "a {date}".into();
        });
        assert_eq!(planted, (format!("sections[0].{path}"), "has a brace".to_owned()));
    }
}

#[test]
fn a_slot_has_exactly_what_its_type_has() {
    let slot = |change: fn(&mut Value)| {
        let (path, reason) = fault(|root| change(&mut root["sections"][0]["lines"][0]["slots"][0]));
        (path.strip_prefix("sections[0].lines[0].slots[0]").unwrap().to_owned(), reason)
    };
    assert_eq!(slot(|slot| without(slot, "label")).1, "missing field `label`");
    assert_eq!(slot(|slot| slot["label"] = "".into()).0, ".label");
    assert_eq!(slot(|slot| slot["type"] = "colour".into()).0, ".type");
    assert_eq!(slot(|slot| slot["prefill"] = "weather".into()).0, ".prefill");
    for extra in ["precision", "max_chars", "decimals"] {
        let (path, reason) = fault(|root| {
            let value = if extra == "precision" { json!("day") } else { json!(2) };
            root["sections"][0]["lines"][0]["slots"][0][extra] = value;
        });
        assert_eq!(
            (path.as_str(), reason.as_str()),
            ("sections[0].lines[0].slots[0]", "has not exactly what its type has")
        );
    }
    assert_eq!(slot(|slot| without(slot, "options")).1, "has not exactly what its type has");
    let few = |slot: &mut Value| slot["options"].as_array_mut().unwrap().truncate(1);
    assert_eq!(slot(few), (".options".to_owned(), "has fewer than two options".to_owned()));
    let same = slot(|slot| slot["options"][1]["copies"]["gp"] = "left breast".into());
    assert_eq!(same, (".options[1].copies.gp".to_owned(), "occurs twice".to_owned()));
    let bare = |kind: Value| {
        fault(|root| {
            let mut slot = kind.clone();
            (slot["key"], slot["label"]) = ("side".into(), "Side".into());
            root["sections"][0]["lines"][0]["slots"][0] = slot;
        })
        .0
    };
    let slot = "sections[0].lines[0].slots[0]";
    assert_eq!(bare(json!({ "type": "text", "max_chars": 0 })), format!("{slot}.max_chars"));
    assert_eq!(bare(json!({ "type": "text", "max_chars": 201 })), format!("{slot}.max_chars"));
    assert_eq!(bare(json!({ "type": "number", "decimals": 4 })), format!("{slot}.decimals"));
    assert_eq!(bare(json!({ "type": "number", "decimals": -1 })), slot);
    assert_eq!(bare(json!({ "type": "date", "precision": "week" })), format!("{slot}.precision"));
    assert_eq!(bare(json!({ "type": "date" })), slot);
}

#[test]
fn what_is_offered_fits_its_slot_and_its_line() {
    let date = "sections[0].lines[0].slots[1].prefill";
    let plant = |from: &str| fault(|root| root["sections"][0]["lines"][0]["slots"][1]["prefill"] = from.into());
    assert_eq!(plant("key_worker"), (date.to_owned(), "is of another type than the slot".to_owned()));
    assert_eq!(plant("treatment.start"), (date.to_owned(), "needs a line with a treatment".to_owned()));
    let choice = fault(|root| root["sections"][0]["lines"][0]["slots"][0]["prefill"] = "team".into());
    assert_eq!(choice.0, "sections[0].lines[0].slots[0].prefill");
    let kind = fault(|root| root["sections"][2]["lines"][0]["treatment"] = "magic".into());
    assert_eq!(kind.0, "sections[2].lines[0].treatment");
}

#[test]
fn only_characters_that_paper_is_sure_to_have() {
    for words in ["the app’s", "a\u{a0}b", "a\u{ad}b", "a\u{180}b", "a\u{7f}b", "a\tb", "two  spaces"] {
        let (path, _) = fault(|root| root["sections"][1]["lines"][0]["copies"]["gp"] = words.into());
        assert_eq!(path, "sections[1].lines[0].copies.gp", "{words:?}");
    }
    for path in ["/title", "/codes/0/name", "/sections/0/lines/0/slots/0/label", "/sections/0/lines/0/source"] {
        let (_, reason) = fault(|root| *root.pointer_mut(path).unwrap() = "“quoted”".into());
        assert_eq!(reason, "has a character that a template may not have", "{path}");
    }
    let mut root: Value = serde_json::from_str(BREAST).unwrap();
    root["sections"][1]["lines"][0]["copies"]["gp"] = "£ é ŵ ŷ ł ¬ ® ſ ~".into();
    assert!(summary_template(&root.to_string()).is_ok());
}

#[test]
fn no_wording_says_urgent_itself_and_no_two_lines_say_the_same() {
    for words in ["URGENT ring us.", "Urgent: ring us.", "urgent"] {
        let (path, reason) = fault(|root| root["sections"][1]["lines"][0]["copies"]["patient"] = words.into());
        assert_eq!(path, "sections[1].lines[0].copies.patient");
        assert_eq!(reason, "starts with the word that the app prints");
    }
    let mut root: Value = serde_json::from_str(BREAST).unwrap();
    root["sections"][1]["lines"][0]["copies"]["patient"] = "Urgently needed.".into();
    assert!(summary_template(&root.to_string()).is_ok());
    let same = fault(|root| {
        root["sections"][1]["lines"][2]["copies"]["gp"] = root["sections"][1]["lines"][0]["copies"]["gp"].clone();
    });
    assert_eq!(same, ("sections[1].lines[2].copies.gp".to_owned(), "occurs twice".to_owned()));
}

#[test]
fn sources_groups_and_named_lines_are_there() {
    let line = |change: fn(&mut Value)| fault(|root| change(&mut root["sections"][2]["lines"][1]));
    assert_eq!(line(|line| without(line, "source")).1, "missing field `source`");
    assert_eq!(line(|line| line["confidence"] = "X".into()).0, "sections[2].lines[1].confidence");
    assert_eq!(fault(|root| root["codes"][0]["confidence"] = "h".into()).0, "codes[0].confidence");
    let group = "sections[2].lines[1].group".to_owned();
    assert_eq!(line(|line| without(line, "group")), (group.clone(), "is missing".to_owned()));
    assert_eq!(
        line(|line| line["group"] = "diet".into()),
        (group.clone(), "is not a group of this section".to_owned())
    );
    let late = line(|line| line["group"] = "sact".into());
    assert_eq!(late, ("sections[2].lines[2].group".to_owned(), "stands after a later group".to_owned()));
    let stray = fault(|root| root["sections"][1]["lines"][0]["group"] = "surgery".into());
    assert_eq!(stray.0, "sections[1].lines[0].group");
    let bare = fault(|root| {
        let more = json!({ "key": "diet", "title": { "patient": "Diet", "gp": "Diet" } });
        root["sections"][2]["groups"].as_array_mut().unwrap().push(more);
    });
    assert_eq!(bare, ("sections[2].groups[6]".to_owned(), "has no line".to_owned()));
    let with = |with: &str| fault(|root| named(root, "alerts")["lines"][0]["with"] = json!([with]));
    assert!(with("contacts/nobody").0.ends_with("lines[0].with") && with("contacts").0.ends_with("lines[0].with"));
    assert_eq!(fault(|root| root["codes"][2]["of"] = "diagnosis/weather".into()).0, "codes[2].of");
    assert_eq!(fault(|root| root["codes"][2]["of"] = "weather".into()).0, "codes[2].of");
    let again = fault(|root| {
        let first = root["codes"][0].clone();
        root["codes"].as_array_mut().unwrap().push(first);
    });
    assert_eq!(again, ("codes[5].code".to_owned(), "occurs twice".to_owned()));
    for flag in ["urgent", "repeats"] {
        let (path, reason) = fault(|root| root["sections"][1]["lines"][0][flag] = false.into());
        assert_eq!((path, reason.as_str()), (format!("sections[1].lines[0].{flag}"), "is there and not true"));
    }
    assert_eq!(fault(|root| root["sections"][3]["needed"] = false.into()).0, "sections[3].needed");
    assert_eq!(fault(|root| root["sections"][3]["needed"] = "yes".into()).0, "sections[3]");
}
