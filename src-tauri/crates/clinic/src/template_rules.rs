//! The rules of a treatment summary template that hold whatever its parts are called: characters, keys, wordings and what lines
//! name each other. Reading the parts is `template_pack`; the rules are numbered in `assets/content/README.md`.

use std::collections::HashSet;
use std::fmt;

use domain::summary_template::{Copy, Prefill, Slot, SummaryTemplate};
use serde_json::Value;

/// Sections that every template has, and whether each is needed.
pub(crate) const SECTIONS: [(&str, bool); 15] = [
    ("diagnosis", true),
    ("aim", true),
    ("treatment", true),
    ("effects-early", false),
    ("effects-late", false),
    ("recurrence", true),
    ("alerts", true),
    ("contacts", true),
    ("referrals", false),
    ("hospital-plan", true),
    ("gp-actions", true),
    ("prescriptions", false),
    ("sr1", false),
    ("information", false),
    ("holistic", false),
];

/// Why a template is not used: where in the file, and what is wrong there.
#[derive(Debug, PartialEq, Eq)]
pub struct TemplateFault {
    /// For example `sections[0].lines[3].copies.gp`; `template` for the whole.
    pub path: String,
    pub reason: String,
}

impl fmt::Display for TemplateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.reason)
    }
}

pub(crate) type Read<T> = Result<T, TemplateFault>;

/// What holds between the parts: the sections that every template has, both orders, and lines that name other lines.
pub(crate) fn whole(template: &SummaryTemplate) -> Read<()> {
    for (key, needed) in SECTIONS {
        let section = template.section(key).ok_or_else(|| at("sections", format!("has no section {key}")))?;
        hold(!needed || section.needed, "sections", &format!("{key} is not needed"))?;
    }
    let urgent = template.section("alerts").is_some_and(|alerts| alerts.lines.iter().any(|line| line.urgent));
    hold(urgent, "sections", "alerts has no urgent line")?;
    for copy in Copy::ALL {
        let (path, order) = (format!("orders.{}", copy.code()), template.order(*copy));
        once(order.iter().map(String::as_str), &path, "")?;
        let unknown = order.iter().position(|key| template.section(key).is_none());
        hold(unknown.is_none(), &format!("{path}[{}]", unknown.unwrap_or_default()), "is not a section")?;
        hold(order.len() == template.sections.len(), &path, "leaves a section out")?;
    }
    for (s, section) in template.sections.iter().enumerate() {
        for (l, line) in section.lines.iter().enumerate() {
            let known = line.with.iter().all(|(section, line)| template.line(section, line).is_some());
            hold(known, &format!("sections[{s}].lines[{l}].with"), "names a line that does not exist")?;
        }
    }
    for (place, coding) in template.codes.iter().enumerate() {
        let known = template.line(&coding.section, &coding.line).is_some();
        hold(known, &format!("codes[{place}].of"), "names a line that does not exist")?;
        let before = template.codes.iter().take(place);
        let twice = before.into_iter().any(|other| (&other.system, &other.code) == (&coding.system, &coding.code));
        hold(!twice, &format!("codes[{place}].code"), "occurs twice")?;
    }
    Ok(())
}

/// Every text of the file: not empty or padded, in the characters that paper is sure to have, braces in the wording of lines only.
pub(crate) fn texts(value: &Value, path: &str, in_copies: bool) -> Read<()> {
    match value {
        Value::Null => Err(at(path, "is null")),
        Value::Bool(_) | Value::Number(_) => Ok(()),
        Value::String(text) => {
            hold(!text.trim().is_empty(), path, "is empty")?;
            hold(text.trim() == text, path, "begins or ends with white space")?;
            hold(!text.contains("  "), path, "has two spaces in a row")?;
            let printable = |c: char| matches!(c, ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{17f}');
            hold(text.chars().all(printable), path, "has a character that a template may not have")?;
            hold(in_copies || !text.contains(['{', '}']), path, "has a brace")
        }
        Value::Array(items) => {
            items.iter().enumerate().try_for_each(|(place, item)| texts(item, &format!("{path}[{place}]"), in_copies))
        }
        Value::Object(fields) => fields.iter().try_for_each(|(name, value)| {
            let path = if path == "template" { name.clone() } else { format!("{path}.{name}") };
            texts(value, &path, in_copies || name == "copies")
        }),
    }
}

/// A wording has every slot of its line once, nothing else in braces, and does not say the word that the app says.
pub(crate) fn wording(words: &str, slots: &[Slot], path: &str) -> Read<()> {
    let mut blanks = Vec::new();
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        hold(!before.contains('}'), path, "has a } without {")?;
        let (blank, after) = after.split_once('}').ok_or_else(|| at(path, "has a { without }"))?;
        blanks.push(blank);
        rest = after;
    }
    hold(!rest.contains('}'), path, "has a } without {")?;
    for blank in &blanks {
        hold(slots.iter().any(|slot| slot.key == *blank), path, "names a slot that the line does not have")?;
    }
    for slot in slots {
        let times = blanks.iter().filter(|blank| **blank == slot.key).count();
        hold(times == 1, path, &format!("has the slot {} {times} times", slot.key))?;
    }
    let first: String = words.chars().take_while(|c| c.is_alphanumeric()).collect();
    hold(!first.eq_ignore_ascii_case("urgent"), path, "starts with the word that the app prints")
}

/// A key names its part inside what holds it, and never looks like a line of somebody's own.
pub(crate) fn key(key: &str, path: &str) -> Read<()> {
    let small = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let formed = key.starts_with(small) && key.chars().all(|c| small(c) || c == '-') && !key.starts_with("own-");
    hold(formed, &format!("{path}.key"), "is not of the form of a key")
}

pub(crate) fn confidence(letter: &str, path: &str) -> Read<char> {
    match letter {
        "H" => Ok('H'),
        "M" => Ok('M'),
        "R" => Ok('R'),
        _ => Err(at(&format!("{path}.confidence"), "is not H, M or R")),
    }
}

pub(crate) fn is_date(prefill: Prefill) -> bool {
    match prefill {
        Prefill::Diagnosed
        | Prefill::Recurred
        | Prefill::TreatmentStart
        | Prefill::TreatmentEnd
        | Prefill::HnaCompleted
        | Prefill::PlanAgreed
        | Prefill::ReviewFrom
        | Prefill::ReviewTo => true,
        Prefill::KeyWorker | Prefill::Team | Prefill::FollowedUpAt | Prefill::TreatmentName | Prefill::HnaConcern => {
            false
        }
    }
}

/// No two of these are the same; `part` is what of each of them is compared.
pub(crate) fn once<'a>(texts: impl Iterator<Item = &'a str>, path: &str, part: &str) -> Read<()> {
    let mut seen = HashSet::new();
    for (place, text) in texts.enumerate() {
        let dot = if part.is_empty() { "" } else { "." };
        hold(seen.insert(text), &format!("{path}[{place}]{dot}{part}"), "occurs twice")?;
    }
    Ok(())
}

pub(crate) fn hold(true_of_it: bool, path: &str, reason: &str) -> Read<()> {
    true_of_it.then_some(()).ok_or_else(|| at(path, reason))
}

pub(crate) fn at(path: &str, reason: impl Into<String>) -> TemplateFault {
    TemplateFault { path: path.to_owned(), reason: reason.into() }
}
