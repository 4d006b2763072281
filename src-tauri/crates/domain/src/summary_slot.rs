//! The blanks of a summary's lines: what is typed into one, how it is recorded, and how each copy prints it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::day;
use crate::summary_template::{Copy, Line, Precision, Slot, SlotKind};
use crate::text;

impl Line {
    /// The wording of a copy with its slots filled; an empty one shows its label in square brackets.
    pub fn filled(&self, copy: Copy, values: &BTreeMap<String, String>) -> String {
        let mut words = String::new();
        let mut rest = self.copies.of(copy);
        while let Some((before, after)) = rest.split_once('{') {
            words.push_str(before);
            let Some((key, after)) = after.split_once('}') else { break };
            if let Some(slot) = self.slot(key) {
                match values.get(key) {
                    Some(value) => words.push_str(&slot.printed(copy, value)),
                    None => words.push_str(&format!("[{}]", slot.label)),
                }
            }
            rest = after;
        }
        words.push_str(rest);
        words
    }
}

impl Slot {
    /// The recorded form of a typed value, or the reason why the slot does not take it.
    pub fn read(&self, typed: &str) -> Result<String, &'static str> {
        let line = text::line(typed).map_err(|fault| fault.reason())?;
        match &self.kind {
            SlotKind::Text { .. } if line.is_empty() => Err("missing"),
            SlotKind::Text { most } if line.chars().count() > *most => Err("too_long"),
            SlotKind::Text { .. } => Ok(line),
            SlotKind::Choice { options } => {
                options.iter().any(|option| option.key == line).then_some(line).ok_or("missing")
            }
            SlotKind::Number { decimals } => {
                let (whole, part) = line.split_once('.').unwrap_or((&line, ""));
                let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
                let whole_fits = (1..=6).contains(&whole.len()) && digits(whole);
                let part_fits = digits(part) && part.len() <= *decimals && (!part.is_empty() || !line.contains('.'));
                (whole_fits && part_fits).then_some(line).ok_or("number_form")
            }
            SlotKind::Date { precision } => read_date(&line, *precision).ok_or("day_form"),
        }
    }

    /// A recorded value as this copy prints it.
    pub fn printed(&self, copy: Copy, value: &str) -> String {
        match &self.kind {
            SlotKind::Choice { options } => {
                let option = options.iter().find(|option| option.key == value);
                option.map(|option| option.copies.of(copy).to_owned()).unwrap_or_default()
            }
            SlotKind::Date { .. } => printed_date(copy, value),
            SlotKind::Text { .. } | SlotKind::Number { .. } => value.to_owned(),
        }
    }
}

/// `2026-11-02`, `2026-11` or `2026` from what was typed, as far as the precision allows a coarser one. The year has four digits: a
/// treatment may lie in the last century.
fn read_date(typed: &str, precision: Precision) -> Option<String> {
    if let Some(day) = day::typed_in_full(typed) {
        return Some(day.to_string());
    }
    let parts: Vec<&str> = typed.split(['-', '/', '.', ' ']).filter(|part| !part.is_empty()).collect();
    let four = |part: &str| part.len() == 4 && part.chars().all(|c| c.is_ascii_digit());
    let year = |part: &str| part.parse().ok().filter(|year| four(part) && day::YEARS.contains(year));
    match (parts.as_slice(), precision) {
        ([one, other], Precision::Month | Precision::Year) => {
            let (month, of) = if four(one) { (other, one) } else { (one, other) };
            let first = Date::new(year(of)?, text::month(month)?, 1).ok()?;
            Some(first.strftime("%Y-%m").to_string())
        }
        ([only], Precision::Year) => year(only).map(|year| year.to_string()),
        _ => None,
    }
}

/// A recorded date in the words of a copy: "2 November 2026", "November 2026", "2026" or "02-Nov-2026", "Nov-2026", "2026".
fn printed_date(copy: Copy, value: &str) -> String {
    if let Ok(date) = value.parse::<Date>() {
        return match copy {
            Copy::Patient => day::long(date),
            Copy::Gp => day::short(date),
        };
    }
    match format!("{value}-01").parse::<Date>() {
        Ok(first) if copy == Copy::Patient => first.strftime("%B %Y").to_string(),
        Ok(first) => first.strftime("%b-%Y").to_string(),
        Err(_) => value.to_owned(),
    }
}
