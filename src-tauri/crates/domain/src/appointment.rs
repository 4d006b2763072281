//! The talk about an assessment: when, how, where and with whom; and how it went. A day that is not known yet is not invented.

use jiff::Span;
use jiff::civil::{Date, DateTime, Time};

use crate::codes;
use crate::day;
use crate::id::{AppointmentId, HnaId, PatientId, StaffId};
use crate::refused::{FieldFault, Refused};
use crate::staff::By;
use crate::text;

codes! {
    /// How the talk is held.
    Channel { FaceToFace = "face_to_face", Telephone = "telephone", Video = "video" }
}

codes! {
    /// Where an appointment stands.
    AppointmentStatus {
        /// Its day is not known.
        Proposed = "proposed",
        Booked = "booked",
        /// The patient came, or was reached.
        Kept = "kept",
        Missed = "missed",
        Cancelled = "cancelled",
    }
}

/// How long a talk is planned to take, in minutes. Source: the Trust's own description, about 20 minutes.
pub const MINUTES: i64 = 20;

/// How far ahead a talk can be booked, in years.
const MOST_YEARS: i64 = 2;

/// An appointment of one patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    pub id: AppointmentId,
    pub patient: PatientId,
    /// The assessment that is talked about.
    pub hna: Option<HnaId>,
    pub status: AppointmentStatus,
    /// Day and time in London; None while they are not known.
    pub start: Option<DateTime>,
    pub channel: Channel,
    /// Where; may be empty on the telephone, by video, and while the day is not known.
    pub place: String,
    pub with_whom: String,
    /// UTC milliseconds.
    pub booked_at: i64,
    pub booked_by: StaffId,
    pub booked_by_name: String,
    /// Why it was cancelled; empty otherwise.
    pub cancel_reason: String,
}

/// An appointment as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedAppointment {
    /// As typed in one box; empty, with an empty time, while it is not known.
    pub on: String,
    pub time: String,
    pub channel: Option<String>,
    pub place: String,
    pub with_whom: String,
}

impl Appointment {
    /// Books one, at `now` in London at the earliest; proposes it while the day is not known.
    pub fn book(
        id: AppointmentId,
        patient: PatientId,
        hna: Option<HnaId>,
        typed: &TypedAppointment,
        by: &By,
        now: DateTime,
    ) -> Result<Appointment, Refused> {
        let Agreed { start, channel, place, with_whom } = agreed(typed, None, now)?;
        Ok(Appointment {
            id,
            patient,
            hna,
            status: standing(start),
            start,
            channel,
            place,
            with_whom,
            booked_at: by.at,
            booked_by: by.staff,
            booked_by_name: by.name.clone(),
            cancel_reason: String::new(),
        })
    }

    /// Replaces what was agreed, of one that is still to come; a moment that went by may stay, but none is moved into the past.
    pub fn change(mut self, typed: &TypedAppointment, now: DateTime) -> Result<Appointment, Refused> {
        self.open()?;
        let Agreed { start, channel, place, with_whom } = agreed(typed, self.start, now)?;
        self.status = standing(start);
        (self.start, self.channel, self.place, self.with_whom) = (start, channel, place, with_whom);
        Ok(self)
    }

    /// Calls it off, with a reason.
    pub fn cancel(mut self, reason: &str) -> Result<Appointment, Refused> {
        self.open()?;
        let reason = text::line(reason).map_err(|fault| Refused::field("reason", fault.reason()))?;
        if reason.is_empty() {
            return Err(Refused::field("reason", "missing"));
        }
        self.status = AppointmentStatus::Cancelled;
        self.cancel_reason = reason;
        Ok(self)
    }

    /// Says how it went, from its day on. `kept` is None when nobody said.
    pub fn end(mut self, kept: Option<bool>, today: Date) -> Result<Appointment, Refused> {
        self.open()?;
        let Some(kept) = kept else { return Err(Refused::field("kept", "missing")) };
        if self.start.is_none_or(|start| start.date() > today) {
            return Err(Refused::field("kept", "too_early"));
        }
        self.status = if kept { AppointmentStatus::Kept } else { AppointmentStatus::Missed };
        Ok(self)
    }

    /// Is it still to come, or its outcome still to be said?
    pub fn is_open(&self) -> bool {
        matches!(self.status, AppointmentStatus::Proposed | AppointmentStatus::Booked)
    }

    /// Is it open, with its day today or past?
    pub fn is_due(&self, today: Date) -> bool {
        self.is_open() && self.start.is_some_and(|start| start.date() <= today)
    }

    fn open(&self) -> Result<(), Refused> {
        self.is_open().then_some(()).ok_or(Refused::AppointmentEnded)
    }
}

struct Agreed {
    start: Option<DateTime>,
    channel: Channel,
    place: String,
    with_whom: String,
}

fn standing(start: Option<DateTime>) -> AppointmentStatus {
    if start.is_some() { AppointmentStatus::Booked } else { AppointmentStatus::Proposed }
}

/// Reads what was typed; `before` is the moment that was agreed before, which may have gone by.
fn agreed(typed: &TypedAppointment, before: Option<DateTime>, now: DateTime) -> Result<Agreed, Refused> {
    let mut faults = Vec::new();
    let mut fault = |field: &str, reason| faults.push(FieldFault { field: field.to_owned(), reason });
    let (no_day, no_time) = (typed.on.trim().is_empty(), typed.time.trim().is_empty());
    let (on, time) = (day::typed(&typed.on), clock_time(&typed.time));
    if on.is_none() && !no_day {
        fault("on", "day_form");
    }
    if time.is_none() && !no_time {
        fault("time", "time_form");
    }
    if no_day && !no_time {
        fault("on", "missing");
    }
    if no_time && !no_day {
        fault("time", "missing");
    }
    let start = on.zip(time).map(|(on, time)| on.to_datetime(time));
    if let Some(start) = start.filter(|start| Some(*start) != before) {
        if start < now {
            // Today's date is right, and only its time has gone by.
            fault(if start.date() == now.date() { "time" } else { "on" }, "in_past");
        }
        if now.checked_add(Span::new().years(MOST_YEARS)).is_ok_and(|last| start > last) {
            fault("on", "too_far");
        }
    }
    let channel = typed.channel.as_deref().and_then(Channel::from_code);
    if channel.is_none() {
        fault("channel", "missing");
    }
    let place = text::line(&typed.place).map_err(|why| fault("place", why.reason())).ok();
    if channel == Some(Channel::FaceToFace) && !no_day && place.as_deref() == Some("") {
        fault("place", "missing");
    }
    let with_whom = text::line(&typed.with_whom).map_err(|why| fault("with_whom", why.reason())).ok();
    if with_whom.as_deref() == Some("") {
        fault("with_whom", "missing");
    }
    match (channel, place, with_whom, faults.is_empty()) {
        (Some(channel), Some(place), Some(with_whom), true) => Ok(Agreed { start, channel, place, with_whom }),
        _ => Err(Refused::Fields(faults)),
    }
}

/// A time as typed: hours and minutes of the 24-hour clock with `:` or `.` between, or as four digits (`14:30`, `9.05`, `0905`).
pub(crate) fn clock_time(typed: &str) -> Option<Time> {
    let typed = typed.trim();
    let (hours, minutes) = match typed.split_once([':', '.']) {
        Some(parts) => parts,
        None if typed.len() == 4 => typed.split_at_checked(2)?,
        None => return None,
    };
    let number = |part: &str| part.chars().all(|c| c.is_ascii_digit()).then(|| part.parse::<i8>().ok()).flatten();
    let fits = (1..=2).contains(&hours.len()) && minutes.len() == 2;
    fits.then(|| Time::new(number(hours)?, number(minutes)?, 0, 0).ok()).flatten()
}

#[cfg(test)]
#[path = "appointment_tests.rs"]
mod tests;
