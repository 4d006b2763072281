//! The timetable as the screen shows it: each session with its dates, and who is booked on it.

use domain::booking::{Booking, BookingStanding};
use domain::day;
use domain::id::SessionId;
use domain::session::{DateKnown, Session, SessionDate, SessionGroup, SessionHeld, SessionWhen};
use jiff::civil::Date;
use serde::Serialize;
use store::{SavedBooking, Store};
use ts_rs::TS;

use crate::booking_view::BookingLine;
use crate::clinic::Open;
use crate::patient_view::Banner;
use crate::problem::Problem;
use crate::session::{SessionDateForm, SessionForm};
use crate::session_pack::{session, timetable};
use crate::when::{Day, day_of};

#[derive(Serialize, TS)]
pub struct Timetable {
    /// By their group, then in the order in which they came; the retired ones too.
    pub sessions: Vec<SessionLine>,
}

#[derive(Serialize, TS)]
pub struct SessionLine {
    #[ts(type = "SessionId")]
    pub id: SessionId,
    #[ts(type = "SessionGroup")]
    pub group: SessionGroup,
    pub title: String,
    pub about: String,
    #[ts(type = "SessionHeld")]
    pub held: SessionHeld,
    pub place: String,
    pub relatives_welcome: bool,
    /// Exact ones by their day, then months, then those that are not known.
    pub dates: Vec<SessionDateView>,
    pub retired: bool,
    /// People on the waiting list.
    pub waiting: usize,
    /// People whose place can be confirmed, or whose date is another one now.
    pub to_confirm: usize,
    /// People with a confirmed place that is still to come.
    pub confirmed: usize,
}

/// When something is, as far as it is known.
#[derive(Serialize, TS)]
pub struct SessionWhenView {
    #[ts(type = "DateKnown")]
    pub known: DateKnown,
    /// With `exact`.
    pub on: Option<Day>,
    /// "14:30"; null with `on`.
    pub starts: Option<String>,
    pub ends: Option<String>,
    /// "October 2026"; with `month`.
    pub month: Option<String>,
}

#[derive(Serialize, TS)]
pub struct SessionDateView {
    /// Names the date within its session.
    pub key: String,
    pub when: SessionWhenView,
    /// Where it is on this date.
    pub place: String,
    pub cancel_reason: Option<String>,
    /// Its day is past.
    pub over: bool,
    /// A place on it can be confirmed.
    pub takes_people: bool,
    /// People who are booked on it or wait for it.
    pub people: usize,
    pub form: SessionDateForm,
}

#[derive(Serialize, TS)]
pub struct SessionView {
    /// 0 for one that ships and that nobody has changed or booked.
    pub revision: i64,
    pub line: SessionLine,
    pub form: SessionForm,
    /// Everybody who is booked and has not been, in the order in which they were asked for.
    pub people: Vec<BookedPerson>,
}

#[derive(Serialize, TS)]
pub struct BookedPerson {
    pub banner: Banner,
    pub booking: BookingLine,
}

impl SessionWhenView {
    pub(crate) fn of(when: &SessionWhen) -> SessionWhenView {
        let (start, end) = match when {
            SessionWhen::Exact { start, end } => (Some(*start), Some(*end)),
            SessionWhen::Month(_) | SessionWhen::Unknown => (None, None),
        };
        SessionWhenView {
            known: when.known(),
            on: start.map(|start| Day::new(start.date())),
            starts: start.map(|start| start.strftime("%H:%M").to_string()),
            ends: end.map(|end| end.strftime("%H:%M").to_string()),
            month: when.month().map(|first| first.strftime("%B %Y").to_string()),
        }
    }
}

impl SessionDateView {
    fn of(date: &SessionDate, session: &Session, bookings: &[SavedBooking], today: Date) -> SessionDateView {
        let when = SessionWhenView::of(&date.when);
        let over = date.when.start().is_some_and(|start| start.date() < today);
        let on_it = |saved: &&SavedBooking| saved.booking.is_open() && saved.booking.date.as_ref() == Some(&date.key);
        let form = SessionDateForm {
            known: Some(when.known.code().to_owned()),
            on: date.when.start().map(|start| day::short(start.date())).unwrap_or_default(),
            starts: when.starts.clone().unwrap_or_default(),
            ends: when.ends.clone().unwrap_or_default(),
            month: when.month.clone().unwrap_or_default(),
            place: date.place.clone(),
        };
        SessionDateView {
            key: date.key.as_str().to_owned(),
            when,
            place: session.place_on(date),
            cancel_reason: date.is_cancelled().then(|| date.cancel_reason.clone()),
            over,
            takes_people: date.takes_people(today),
            people: bookings.iter().filter(on_it).count(),
            form,
        }
    }
}

impl SessionLine {
    pub(crate) fn of(session: &Session, bookings: &[SavedBooking], today: Date) -> SessionLine {
        let standing = |booking: &Booking| booking.standing(session, today);
        let count =
            |of: &[BookingStanding]| bookings.iter().filter(|saved| of.contains(&standing(&saved.booking))).count();
        let mut dates: Vec<_> = session.dates.iter().collect();
        dates.sort_by_key(|date| (date.when.known(), date.when.start(), date.when.month()));
        SessionLine {
            id: session.id,
            group: session.group,
            title: session.title.clone(),
            about: session.about.clone(),
            held: session.held,
            place: session.place.clone(),
            relatives_welcome: session.relatives_welcome,
            dates: dates.into_iter().map(|date| SessionDateView::of(date, session, bookings, today)).collect(),
            retired: session.retired,
            waiting: count(&[BookingStanding::Waiting]),
            to_confirm: count(&[BookingStanding::ToConfirm, BookingStanding::Moved]),
            confirmed: count(&[BookingStanding::Confirmed, BookingStanding::ToRemind]),
        }
    }
}

/// The whole timetable.
pub(crate) fn timetable_view(store: &Store, now: i64) -> Result<Timetable, Problem> {
    let line = |saved: &store::SavedSession| {
        let bookings = store.bookings_in(saved.session.id)?;
        Ok(SessionLine::of(&saved.session, &bookings, day_of(now)))
    };
    let sessions = timetable(store)?.iter().map(line).collect::<Result<_, Problem>>()?;
    Ok(Timetable { sessions })
}

/// One session, with everybody who is booked.
pub(crate) fn session_view(store: &Store, open: &Open, id: SessionId, now: i64) -> Result<SessionView, Problem> {
    let (saved, bookings, today) = (session(store, id)?, store.bookings_in(id)?, day_of(now));
    let mut people = Vec::new();
    for booked in bookings.iter().filter(|saved| saved.booking.is_open()) {
        let Some((patient, _)) = store.patient(booked.booking.patient)? else { continue };
        let booking = BookingLine::of(booked, &saved.session, open, today);
        people.push(BookedPerson { banner: Banner::of(&patient, today), booking });
    }
    Ok(SessionView {
        revision: saved.revision,
        line: SessionLine::of(&saved.session, &bookings, today),
        form: SessionForm::of(&saved.session),
        people,
    })
}
