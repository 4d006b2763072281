//! What people type arrives as they typed it, as text; and nothing that FHIR forbids, such as an empty text, goes with it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod kit;

use domain::text;
use serde_json::{Value, json};

/// Every value with its path, from the top.
fn walk(path: &str, value: &Value, see: &mut impl FnMut(&str, &Value)) {
    see(path, value);
    match value {
        Value::Object(members) => members.iter().for_each(|(name, v)| walk(&format!("{path}.{name}"), v, see)),
        Value::Array(members) => members.iter().for_each(|v| walk(path, v, see)),
        _ => {}
    }
}

/// What FHIR forbids anywhere: null, and texts, lists and objects without content; and text that is not trimmed.
fn forbidden(name: &str, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    walk(name, value, &mut |path, value| {
        let empty = match value {
            Value::Null => true,
            Value::String(text) => text.trim().is_empty() || (text.trim() != text && !path.ends_with(".div")),
            Value::Array(members) => members.is_empty(),
            Value::Object(members) => members.is_empty(),
            _ => false,
        };
        if empty {
            faults.push(path.to_owned());
        }
    });
    faults
}

#[test]
fn nothing_is_empty() {
    for set in kit::sets() {
        for resource in &set.resources {
            assert_eq!(forbidden(resource.kind, &resource.body), Vec::<String>::new(), "{}", set.name);
        }
    }
    let planted = json!({ "a": [{ "b": "" }], "c": null, "d": {}, "e": " x" });
    assert_eq!(forbidden("x", &planted), ["x.a.b", "x.c", "x.d", "x.e"]);
}

/// The text of a narrative, if its markup is ours, closed in order and nothing else.
fn read(div: &str) -> Result<String, String> {
    const OURS: [&str; 5] = ["p", "b", "ul", "li", "br/"];
    let inner = div.strip_prefix("<div xmlns=\"http://www.w3.org/1999/xhtml\">").ok_or("does not open")?;
    let mut rest = inner.strip_suffix("</div>").ok_or("does not close")?;
    let (mut text, mut open) = (String::new(), Vec::new());
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, after) = after.split_once('>').ok_or("an open tag")?;
        match tag.strip_prefix('/') {
            Some(closed) if open.pop() == Some(closed) => {}
            None if tag == "br/" => text.push('\n'),
            None if OURS.contains(&tag) => open.push(tag),
            _ => return Err(format!("<{tag}>")),
        }
        rest = after;
    }
    text.push_str(rest);
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    Ok(entities.iter().fold(text, |text, (entity, c)| text.replace(entity, c)))
}

#[test]
fn a_narrative_has_no_markup_but_ours_and_says_what_was_typed() {
    // XML cannot hold U+FFFF.
    let typed = text::line(kit::HARM).unwrap().replace('\u{ffff}', "\u{fffd}");
    let mut narratives = 0;
    for set in kit::sets() {
        for resource in &set.resources {
            walk(resource.kind, &resource.body, &mut |path, value| {
                if path.ends_with(".div") {
                    let said = read(value.as_str().unwrap()).unwrap();
                    narratives += 1;
                    if set.name.ends_with("-harmful") && !path.contains("Composition") {
                        assert!(said.contains(&typed), "{said}");
                    }
                }
            });
        }
    }
    assert!(narratives > 8, "{narratives}");
    assert_eq!(read("<div xmlns=\"http://www.w3.org/1999/xhtml\"><p><i>x</i></p></div>"), Err("<i>".to_owned()));
}

#[test]
fn what_was_typed_arrives_character_by_character() {
    let (line, lines) = (text::line(kit::HARM).unwrap(), text::lines(&kit::HARM.repeat(18)).unwrap());
    let places = [
        ("patient-harmful", "Patient.name.family", &line),
        ("patient-harmful", "Condition.code.text", &line),
        ("hna-harmful", "QuestionnaireResponse.item.item.answer.valueString", &line),
        ("hna-harmful", "QuestionnaireResponse.item.answer.valueString", &lines),
        ("care-plan-harmful", "Goal.description.text", &lines),
        ("care-plan-harmful", "CarePlan.activity.detail.description", &line),
        ("care-plan-harmful", "ServiceRequest.code.text", &line),
        ("invitation-harmful", "Task.statusReason.text", &line),
        ("appointment-harmful", "Appointment.participant.actor.display", &line),
        ("appointment-harmful", "Appointment.cancelationReason.text", &line),
        ("booking-harmful", "Appointment.description", &line),
        ("booking-harmful", "Appointment.participant.actor.display", &line),
        ("booking-harmful", "Appointment.comment", &line),
        ("booking-harmful", "Appointment.cancelationReason.text", &line),
    ];
    for (name, place, typed) in places {
        let set = kit::sets().into_iter().find(|set| set.name == name).unwrap();
        let mut found = false;
        for resource in &set.resources {
            walk(resource.kind, &resource.body, &mut |path, value| found |= path == place && value == typed.as_str());
        }
        assert!(found, "{place} of {name}");
    }
}
