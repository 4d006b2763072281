//! The timetable of sessions: what each is about, how it is held, and its dates, which may be exact, a month, or not known yet. A date
//! that is not known is not invented.

use jiff::Span;
use jiff::civil::{Date, DateTime, Time};

use crate::appointment::clock_time;
use crate::codes;
use crate::day;
use crate::id::SessionId;
use crate::refused::{FieldFault, Refused};
use crate::text;

codes! {
    /// Which part of the timetable a session belongs to.
    SessionGroup {
        /// Physiotherapy, occupational therapy, dietetics.
        Therapies = "therapies",
        Psychology = "psychology",
        /// Systemic anti-cancer therapy.
        Sact = "sact",
        Wellbeing = "wellbeing",
    }
}

codes! {
    /// How a session is held.
    SessionHeld { Online = "online", InPerson = "in_person" }
}

codes! {
    /// How much is known of a date.
    DateKnown { Exact = "exact", Month = "month", Unknown = "unknown" }
}

/// How far ahead a date can lie, in years.
const MOST_YEARS: i64 = 2;

/// Names a date within one session, for ever: `d-1`, `d-2`. Bookings go by it, never by position.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
pub struct DateKey(String);

impl DateKey {
    pub fn new(key: &str) -> DateKey {
        DateKey(key.to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// When a session is, as far as it is known. Civil time in London.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionWhen {
    /// It ends on the day on which it starts.
    Exact {
        start: DateTime,
        end: Time,
    },
    /// Some day of this month; the date is its first.
    Month(Date),
    Unknown,
}

impl SessionWhen {
    pub fn known(&self) -> DateKnown {
        match self {
            SessionWhen::Exact { .. } => DateKnown::Exact,
            SessionWhen::Month(_) => DateKnown::Month,
            SessionWhen::Unknown => DateKnown::Unknown,
        }
    }

    /// Its start; None while it is not exact.
    pub fn start(&self) -> Option<DateTime> {
        match self {
            SessionWhen::Exact { start, .. } => Some(*start),
            SessionWhen::Month(_) | SessionWhen::Unknown => None,
        }
    }

    /// The first day of its month, where the month is all that is known.
    pub fn month(&self) -> Option<Date> {
        match self {
            SessionWhen::Month(first) => Some(*first),
            SessionWhen::Exact { .. } | SessionWhen::Unknown => None,
        }
    }
}

/// One date of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionDate {
    pub key: DateKey,
    pub when: SessionWhen,
    /// Where, if not where the session usually is; empty otherwise.
    pub place: String,
    /// Why it does not take place; empty while it does.
    pub cancel_reason: String,
}

impl SessionDate {
    pub fn is_cancelled(&self) -> bool {
        !self.cancel_reason.is_empty()
    }

    /// Can somebody be promised a place on it: is it exact, on, and not over?
    pub fn takes_people(&self, today: Date) -> bool {
        !self.is_cancelled() && self.when.start().is_some_and(|start| start.date() >= today)
    }
}

/// A session of the timetable. It belongs to no patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub id: SessionId,
    pub group: SessionGroup,
    pub title: String,
    /// What it is about, in the patient's words; may be empty.
    pub about: String,
    pub held: SessionHeld,
    /// The room, or what it is held on; may be empty.
    pub place: String,
    pub relatives_welcome: bool,
    /// In the order in which they were added.
    pub dates: Vec<SessionDate>,
    /// No longer offered; what was booked stays.
    pub retired: bool,
}

/// A session as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedSession {
    pub group: Option<String>,
    pub title: String,
    pub about: String,
    pub held: Option<String>,
    pub place: String,
    pub relatives_welcome: Option<bool>,
}

/// A date of a session as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedSessionDate {
    /// A code of [`DateKnown`]; what is typed for the others is not looked at.
    pub known: Option<String>,
    pub on: String,
    pub starts: String,
    pub ends: String,
    /// "October 2026".
    pub month: String,
    pub place: String,
}

impl Session {
    /// A new session, without a date.
    pub fn add(id: SessionId, typed: &TypedSession) -> Result<Session, Refused> {
        let Described { group, title, about, held, place, relatives_welcome } = described(typed)?;
        Ok(Session { id, group, title, about, held, place, relatives_welcome, dates: Vec::new(), retired: false })
    }

    /// Replaces what it is, and leaves its dates.
    pub fn change(self, typed: &TypedSession) -> Result<Session, Refused> {
        let Described { group, title, about, held, place, relatives_welcome } = described(typed)?;
        Ok(Session { group, title, about, held, place, relatives_welcome, ..self })
    }

    /// Adds a date, at `now` in London at the earliest.
    pub fn add_date(mut self, typed: &TypedSessionDate, now: DateTime) -> Result<Session, Refused> {
        let (when, place) = dated(typed, None, now)?;
        let key = DateKey(format!("d-{}", self.dates.len() + 1));
        self.dates.push(SessionDate { key, when, place, cancel_reason: String::new() });
        Ok(self)
    }

    /// Replaces a date that was not cancelled: what was a month becomes a day. A moment that went by may stay.
    pub fn change_date(mut self, key: &DateKey, typed: &TypedSessionDate, now: DateTime) -> Result<Session, Refused> {
        let date = self.date_mut(key)?;
        (date.when, date.place) = dated(typed, Some(date.when), now)?;
        Ok(self)
    }

    /// Calls a date off, with a reason. It stays in the timetable: people were told of it.
    pub fn cancel_date(mut self, key: &DateKey, reason: &str) -> Result<Session, Refused> {
        let date = self.date_mut(key)?;
        let reason = text::line(reason).map_err(|fault| Refused::field("reason", fault.reason()))?;
        if reason.is_empty() {
            return Err(Refused::field("reason", "missing"));
        }
        date.cancel_reason = reason;
        Ok(self)
    }

    /// Takes it out of what is offered, or puts it back.
    pub fn retire(self, retired: bool) -> Session {
        Session { retired, ..self }
    }

    /// A date by its key; None where it has none of that name.
    pub fn date(&self, key: &DateKey) -> Option<&SessionDate> {
        self.dates.iter().find(|date| date.key == *key)
    }

    /// Where it is on this date.
    pub fn place_on(&self, date: &SessionDate) -> String {
        if date.place.is_empty() { self.place.clone() } else { date.place.clone() }
    }

    fn date_mut(&mut self, key: &DateKey) -> Result<&mut SessionDate, Refused> {
        let date = self.dates.iter_mut().find(|date| date.key == *key);
        date.filter(|date| !date.is_cancelled()).ok_or(Refused::NotThere)
    }
}

struct Described {
    group: SessionGroup,
    title: String,
    about: String,
    held: SessionHeld,
    place: String,
    relatives_welcome: bool,
}

fn described(typed: &TypedSession) -> Result<Described, Refused> {
    let mut faults = Vec::new();
    let mut fault = |field: &str, reason| faults.push(FieldFault { field: field.to_owned(), reason });
    let group = typed.group.as_deref().and_then(SessionGroup::from_code);
    if group.is_none() {
        fault("group", "choose");
    }
    let title = text::line(&typed.title).map_err(|why| fault("title", why.reason())).ok();
    if title.as_deref() == Some("") {
        fault("title", "missing");
    }
    let about = text::lines(&typed.about).map_err(|why| fault("about", why.reason())).ok();
    let held = typed.held.as_deref().and_then(SessionHeld::from_code);
    if held.is_none() {
        fault("held", "choose");
    }
    let place = text::line(&typed.place).map_err(|why| fault("place", why.reason())).ok();
    if typed.relatives_welcome.is_none() {
        fault("relatives_welcome", "choose");
    }
    match (group, title, about, held, place, typed.relatives_welcome, faults.is_empty()) {
        (Some(group), Some(title), Some(about), Some(held), Some(place), Some(relatives_welcome), true) => {
            Ok(Described { group, title, about, held, place, relatives_welcome })
        }
        _ => Err(Refused::Fields(faults)),
    }
}

/// Reads a date; `before` is what it was, which may have gone by.
fn dated(
    typed: &TypedSessionDate,
    before: Option<SessionWhen>,
    now: DateTime,
) -> Result<(SessionWhen, String), Refused> {
    let mut faults = Vec::new();
    let mut fault = |field: &str, reason| faults.push(FieldFault { field: field.to_owned(), reason });
    let last = now.checked_add(Span::new().years(MOST_YEARS)).unwrap_or(now);
    let when = match typed.known.as_deref().and_then(DateKnown::from_code) {
        None => {
            fault("known", "choose");
            None
        }
        Some(DateKnown::Unknown) => Some(SessionWhen::Unknown),
        Some(DateKnown::Month) => {
            let month = month(&typed.month);
            match month {
                _ if typed.month.trim().is_empty() => fault("month", "missing"),
                None => fault("month", "month_form"),
                Some(first) if Some(SessionWhen::Month(first)) == before => {}
                Some(first) if first < now.date().first_of_month() => fault("month", "in_past"),
                Some(first) if first > last.date() => fault("month", "too_far"),
                Some(_) => {}
            }
            month.map(SessionWhen::Month)
        }
        Some(DateKnown::Exact) => {
            let (on, starts, ends) = (day::typed(&typed.on), clock_time(&typed.starts), clock_time(&typed.ends));
            for (field, text, read, form) in [
                ("on", &typed.on, on.is_some(), "day_form"),
                ("starts", &typed.starts, starts.is_some(), "time_form"),
                ("ends", &typed.ends, ends.is_some(), "time_form"),
            ] {
                if text.trim().is_empty() {
                    fault(field, "missing");
                } else if !read {
                    fault(field, form);
                }
            }
            let start = on.zip(starts).map(|(on, starts)| on.to_datetime(starts));
            if let Some(start) = start.filter(|start| Some(*start) != before.and_then(|before| before.start())) {
                if start < now {
                    // Today's date is right, and only its time has gone by.
                    fault(if start.date() == now.date() { "starts" } else { "on" }, "in_past");
                }
                if start > last {
                    fault("on", "too_far");
                }
            }
            if starts.zip(ends).is_some_and(|(starts, ends)| ends <= starts) {
                fault("ends", "end_before_start");
            }
            start.zip(ends).map(|(start, end)| SessionWhen::Exact { start, end })
        }
    };
    let place = text::line(&typed.place).map_err(|why| fault("place", why.reason())).ok();
    match (when, place, faults.is_empty()) {
        (Some(when), Some(place), true) => Ok((when, place)),
        _ => Err(Refused::Fields(faults)),
    }
}

/// A month as typed: its name or number, then all four digits of its year ("October 2026", "10/2026"). Answers its first day.
fn month(typed: &str) -> Option<Date> {
    let parts: Vec<&str> = typed.split(['-', '/', '.', ' ', ',']).filter(|part| !part.is_empty()).collect();
    let [month, year] = parts.as_slice() else { return None };
    let digits = year.len() == 4 && year.chars().all(|c| c.is_ascii_digit());
    let year = digits.then(|| year.parse().ok()).flatten().filter(|year| day::YEARS.contains(year))?;
    Date::new(year, text::month(month)?, 1).ok()
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;
