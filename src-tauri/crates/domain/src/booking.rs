//! A patient's place in a session: asked for, waiting for a date, confirmed, reminded of, and whether she came.

use jiff::civil::Date;

use crate::codes;
use crate::id::{BookingId, PatientId, SessionId, StaffId};
use crate::refused::{FieldFault, Refused};
use crate::session::{DateKey, Session, SessionDate, SessionHeld, SessionWhen};
use crate::staff::By;
use crate::text;

codes! {
    /// What was done with a booking last.
    BookingState {
        /// On the waiting list: its date is not exact yet.
        Waiting = "waiting",
        /// A place on an exact date is asked for.
        Requested = "requested",
        Confirmed = "confirmed",
        Attended = "attended",
        Missed = "missed",
        Cancelled = "cancelled",
    }
}

codes! {
    /// The same, as it matters today and beside the timetable.
    BookingStanding {
        Waiting = "waiting",
        /// There is a date on which a place can be confirmed.
        ToConfirm = "to_confirm",
        /// The date or the place that was agreed is another one now, how it is held is, or the date was cancelled.
        Moved = "moved",
        Confirmed = "confirmed",
        /// At most [`REMIND_DAYS`] are left, and nobody has reminded the patient.
        ToRemind = "to_remind",
        /// Its day is today or past, and nobody has said whether the patient came.
        Due = "due",
        Attended = "attended",
        Missed = "missed",
        Cancelled = "cancelled",
    }
}

/// How many days before a session the patient is reminded.
pub const REMIND_DAYS: i32 = 7;

/// How many relatives can come along at most.
pub const MOST_RELATIVES: u8 = 9;

/// A patient's booking of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    pub id: BookingId,
    pub patient: PatientId,
    pub session: SessionId,
    /// None: whichever date comes first.
    pub date: Option<DateKey>,
    pub state: BookingState,
    pub agreed: Agreed,
    /// 0 to [`MOST_RELATIVES`].
    pub relatives: u8,
    /// What the team should know; may be empty.
    pub note: String,
    /// The team that confirms it.
    pub team: String,
    /// UTC milliseconds.
    pub asked_at: i64,
    pub asked_by: StaffId,
    pub asked_by_name: String,
    pub confirmed: Option<Said>,
    /// When the patient was reminded of the date that is agreed.
    pub reminded: Option<Said>,
    /// Why it was cancelled; empty otherwise.
    pub cancel_reason: String,
}

/// The session as it stood when this was last agreed. A later change of the timetable does not change what somebody was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreed {
    pub title: String,
    pub held: SessionHeld,
    pub place: String,
    pub when: SessionWhen,
}

/// Who said so, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// UTC milliseconds.
    pub at: i64,
    pub by_name: String,
}

/// A booking as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedBooking {
    /// The key of a date of the session; empty for whichever comes first.
    pub date: Option<String>,
    /// A number as typed in one box.
    pub relatives: String,
    pub note: String,
}

impl Booking {
    /// Asks for a place: requested where the date is exact, else on the waiting list.
    pub fn ask(
        id: BookingId,
        patient: PatientId,
        session: &Session,
        typed: &TypedBooking,
        team: &str,
        by: &By,
        today: Date,
    ) -> Result<Booking, Refused> {
        if session.retired {
            return Err(Refused::field("session", "no_longer_offered"));
        }
        let (date, relatives, note) = read(session, typed, None, today)?;
        let key = date.map(|date| date.key.clone());
        let state = standing_on(date);
        Ok(Booking {
            id,
            patient,
            session: session.id,
            date: key,
            state,
            agreed: agreed(session, date),
            relatives,
            note,
            team: team.to_owned(),
            asked_at: by.at,
            asked_by: by.staff,
            asked_by_name: by.name.clone(),
            confirmed: None,
            reminded: None,
            cancel_reason: String::new(),
        })
    }

    /// Replaces what was asked for. Another date has to be confirmed anew.
    pub fn change(mut self, session: &Session, typed: &TypedBooking, today: Date) -> Result<Booking, Refused> {
        self.open()?;
        let (date, relatives, note) = read(session, typed, self.date.as_ref(), today)?;
        (self.relatives, self.note) = (relatives, note);
        let key = date.map(|date| date.key.clone());
        if key != self.date || self.state != BookingState::Confirmed {
            (self.state, self.agreed, self.date) = (standing_on(date), agreed(session, date), key);
            (self.confirmed, self.reminded) = (None, None);
        }
        Ok(self)
    }

    /// Confirms the place on this date, as it stands in the timetable now; refused for the field `date` when nobody can be promised a
    /// place on it.
    pub fn confirm(mut self, session: &Session, date: &str, by: &By, today: Date) -> Result<Booking, Refused> {
        self.open()?;
        if date.is_empty() {
            return Err(Refused::field("date", "choose"));
        }
        let date = session.date(&DateKey::new(date)).ok_or(Refused::NotThere)?;
        if !date.takes_people(today) {
            return Err(Refused::field("date", "no_place"));
        }
        let agreed = agreed(session, Some(date));
        if agreed != self.agreed {
            self.reminded = None;
        }
        (self.date, self.agreed, self.state) = (Some(date.key.clone()), agreed, BookingState::Confirmed);
        self.confirmed = Some(Said { at: by.at, by_name: by.name.clone() });
        Ok(self)
    }

    /// Says that the patient was reminded of a confirmed place, from [`REMIND_DAYS`] before its day; refused for the field `reminded`
    /// before that, and when the date is not the one that was agreed any more.
    pub fn remind(mut self, session: &Session, by: &By, today: Date) -> Result<Booking, Refused> {
        self.open()?;
        match self.standing(session, today) {
            // A second call is kept too: the newest counts.
            BookingStanding::ToRemind | BookingStanding::Due => {}
            BookingStanding::Confirmed if self.reminded.is_some() => {}
            BookingStanding::Confirmed => return Err(Refused::field("reminded", "too_early")),
            _ => return Err(Refused::field("reminded", "not_confirmed")),
        }
        self.reminded = Some(Said { at: by.at, by_name: by.name.clone() });
        Ok(self)
    }

    /// Says whether the patient came, from the day on that was agreed. `attended` is None when nobody said.
    pub fn end(mut self, attended: Option<bool>, today: Date) -> Result<Booking, Refused> {
        self.open()?;
        let Some(attended) = attended else { return Err(Refused::field("attended", "choose")) };
        if !self.is_due(today) {
            return Err(Refused::field("attended", "too_early"));
        }
        self.state = if attended { BookingState::Attended } else { BookingState::Missed };
        Ok(self)
    }

    /// Gives the place back, with a reason.
    pub fn cancel(mut self, reason: &str) -> Result<Booking, Refused> {
        self.open()?;
        let reason = text::line(reason).map_err(|fault| Refused::field("reason", fault.reason()))?;
        if reason.is_empty() {
            return Err(Refused::field("reason", "missing"));
        }
        self.state = BookingState::Cancelled;
        self.cancel_reason = reason;
        Ok(self)
    }

    /// Is it still to come, or its outcome still to be said?
    pub fn is_open(&self) -> bool {
        matches!(self.state, BookingState::Waiting | BookingState::Requested | BookingState::Confirmed)
    }

    /// Where it stands on this day, beside the session as it stands in the timetable.
    pub fn standing(&self, session: &Session, today: Date) -> BookingStanding {
        let date = self.date.as_ref().and_then(|key| session.date(key));
        let off = self.date.is_some() && date.is_none_or(SessionDate::is_cancelled);
        let where_told = |agreed: &Agreed| (agreed.held, agreed.place.clone());
        let elsewhere = date.is_some_and(|date| where_told(&agreed(session, Some(date))) != where_told(&self.agreed));
        let moved = !self.day_stands(session) || elsewhere;
        let day = self.agreed.when.start().map(|start| start.date());
        match self.state {
            BookingState::Attended => BookingStanding::Attended,
            BookingState::Missed => BookingStanding::Missed,
            BookingState::Cancelled => BookingStanding::Cancelled,
            BookingState::Waiting if off => BookingStanding::Moved,
            BookingState::Requested | BookingState::Confirmed if moved => BookingStanding::Moved,
            BookingState::Requested => BookingStanding::ToConfirm,
            BookingState::Waiting => {
                let mut dates =
                    session.dates.iter().filter(|date| self.date.as_ref().is_none_or(|key| date.key == *key));
                let can = dates.any(|date| date.takes_people(today));
                if can { BookingStanding::ToConfirm } else { BookingStanding::Waiting }
            }
            BookingState::Confirmed => {
                let left = day.and_then(|day| day.since(today).ok()).map_or(0, |span| span.get_days());
                match left {
                    ..=0 => BookingStanding::Due,
                    1..=REMIND_DAYS if self.reminded.is_none() => BookingStanding::ToRemind,
                    _ => BookingStanding::Confirmed,
                }
            }
        }
    }

    /// Is the day and time that was agreed still that of the timetable, whatever became of the place?
    pub fn day_stands(&self, session: &Session) -> bool {
        let Some(key) = &self.date else { return true };
        session.date(key).is_some_and(|date| !date.is_cancelled() && date.when == self.agreed.when)
    }

    /// What the patient can be told today: of who waits, the date as the timetable has it now; else what was agreed.
    pub fn told(&self, session: &Session) -> Agreed {
        match self.state {
            BookingState::Waiting => agreed(session, self.date.as_ref().and_then(|key| session.date(key))),
            _ => self.agreed.clone(),
        }
    }

    /// Can it be said whether the patient came: is it open, with the day that was agreed today or past?
    pub fn is_due(&self, today: Date) -> bool {
        self.is_open() && self.agreed.when.start().is_some_and(|start| start.date() <= today)
    }

    fn open(&self) -> Result<(), Refused> {
        self.is_open().then_some(()).ok_or(Refused::BookingEnded)
    }
}

fn standing_on(date: Option<&SessionDate>) -> BookingState {
    let exact = date.is_some_and(|date| date.when.start().is_some());
    if exact { BookingState::Requested } else { BookingState::Waiting }
}

fn agreed(session: &Session, date: Option<&SessionDate>) -> Agreed {
    Agreed {
        title: session.title.clone(),
        held: session.held,
        place: date.map_or_else(|| session.place.clone(), |date| session.place_on(date)),
        when: date.map_or(SessionWhen::Unknown, |date| date.when),
    }
}

/// Reads what was typed; `before` is the date that was asked for before, which may stay.
fn read<'a>(
    session: &'a Session,
    typed: &TypedBooking,
    before: Option<&DateKey>,
    today: Date,
) -> Result<(Option<&'a SessionDate>, u8, String), Refused> {
    let mut faults = Vec::new();
    let mut fault = |field: &str, reason| faults.push(FieldFault { field: field.to_owned(), reason });
    let mut date = None;
    if let Some(key) = typed.date.as_deref().filter(|key| !key.is_empty()) {
        let chosen = session.date(&DateKey::new(key)).ok_or(Refused::NotThere)?;
        let over = chosen.when.start().is_some_and(|start| start.date() < today);
        if (over || chosen.is_cancelled()) && before != Some(&chosen.key) {
            fault("date", "no_place");
        }
        date = Some(chosen);
    }
    let most = if session.relatives_welcome { MOST_RELATIVES } else { 0 };
    let number = typed.relatives.trim();
    let relatives = match number.parse::<u8>() {
        _ if number.is_empty() => Err("missing"),
        Ok(relatives) if relatives <= most => Ok(relatives),
        _ => Err("number_form"),
    };
    let relatives = relatives.map_err(|reason| fault("relatives", reason)).ok();
    let note = text::line(&typed.note).map_err(|why| fault("note", why.reason())).ok();
    match (relatives, note, faults.is_empty()) {
        (Some(relatives), Some(note), true) => Ok((date, relatives, note)),
        _ => Err(Refused::Fields(faults)),
    }
}

#[cfg(test)]
#[path = "booking_tests.rs"]
mod tests;
