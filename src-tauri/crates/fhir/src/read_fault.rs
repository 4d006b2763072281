//! Why a resource of the trust was not read as a record, and the small readings that answer so: never a panic, never a guess.

use domain::text;
use jiff::civil::Date;
use serde_json::Value;

/// Why what stands at the trust was not read. It names the element, never what stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadFault {
    #[error("{0} is missing")]
    Missing(&'static str),
    #[error("{0} says what a record here cannot")]
    Unreadable(&'static str),
    #[error("{0} is longer or more than a record here takes")]
    TooLong(&'static str),
    #[error("{0} is not of this record")]
    NotOurs(&'static str),
    /// What it refers to was not given.
    #[error("{0} was not given")]
    Absent(&'static str),
}

/// The members of an element that may stand once or several times; null is none. A fault where one is no object.
pub(crate) fn objects<'a>(of: &'a Value, name: &'static str) -> Result<Vec<&'a Value>, ReadFault> {
    let all: Vec<&Value> = match of.get(name) {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(all)) => all.iter().collect(),
        Some(one) => vec![one],
    };
    if all.iter().all(|one| one.is_object()) { Ok(all) } else { Err(ReadFault::Unreadable(name)) }
}

/// A text that may be missing; a fault where it is none.
pub(crate) fn words<'a>(of: &'a Value, name: &'static str) -> Result<Option<&'a str>, ReadFault> {
    match of.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(ReadFault::Unreadable(name)),
    }
}

/// One line as [`text::line`] takes it; empty where there is none.
pub(crate) fn line(of: &Value, name: &'static str) -> Result<String, ReadFault> {
    words(of, name)?.map_or(Ok(String::new()), |typed| text::line(typed).map_err(|fault| not_taken(fault, name)))
}

pub(crate) fn not_taken(fault: text::TextFault, name: &'static str) -> ReadFault {
    match fault {
        text::TextFault::TooLong => ReadFault::TooLong(name),
        text::TextFault::Control => ReadFault::Unreadable(name),
    }
}

/// A whole day: of a moment that in London. None where nothing stands; part of a day is a fault.
pub(crate) fn date(of: &Value, name: &'static str) -> Result<Option<Date>, ReadFault> {
    let Some(text) = words(of, name)? else { return Ok(None) };
    let moment = |text: &str| {
        let at: jiff::Timestamp = text.parse().ok()?;
        Some(domain::day::london(at.as_millisecond()).date())
    };
    let day = if text.contains('T') { moment(text) } else { text.parse().ok() };
    let day = day.filter(|day: &Date| domain::day::YEARS.contains(&day.year()));
    day.map(Some).ok_or(ReadFault::Unreadable(name))
}

/// A moment, UTC milliseconds.
pub(crate) fn moment(of: &Value, name: &'static str) -> Result<Option<i64>, ReadFault> {
    let Some(text) = words(of, name)? else { return Ok(None) };
    let at: Result<jiff::Timestamp, _> = text.parse();
    at.map(|at| Some(at.as_millisecond())).map_err(|_| ReadFault::Unreadable(name))
}

/// The first code of a system in a CodeableConcept.
pub(crate) fn code<'a>(of: Option<&'a Value>, system: &str) -> Option<&'a str> {
    let codings = of?.get("coding")?.as_array()?;
    let ours = codings.iter().find(|one| one.get("system").and_then(Value::as_str) == Some(system))?;
    ours.get("code")?.as_str()
}

/// The first extension with this address.
pub(crate) fn extension<'a>(of: &'a Value, url: &str) -> Option<&'a Value> {
    of.get("extension")?.as_array()?.iter().find(|one| one.get("url").and_then(Value::as_str) == Some(url))
}

/// Is it a resource of this kind with this identifier?
pub(crate) fn is(of: &Value, kind: &str, id: &str) -> bool {
    let member = |name: &str| of.get(name).and_then(Value::as_str);
    (member("resourceType"), member("id")) == (Some(kind), Some(id))
}
