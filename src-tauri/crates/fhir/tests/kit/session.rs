//! Invented bookings of sessions, waiting, asked for, confirmed, missed and given back.

use domain::booking::{Booking, TypedBooking};
use domain::id::{BookingId, SessionId};
use domain::session::{DateKey, Session, TypedSession, TypedSessionDate};
use jiff::civil::{Date, DateTime, date, datetime};

use super::{by, ordinary_patient};

const NOW: DateTime = datetime(2026, 11, 23, 9, 12, 0, 0);
const TODAY: Date = date(2026, 11, 23);

/// With d-1 on 4 December, d-2 some day in January, and d-3 not known.
fn session(title: &str, place: &str) -> Session {
    let typed = TypedSession {
        group: Some("psychology".to_owned()),
        title: title.to_owned(),
        about: String::new(),
        held: Some("online".to_owned()),
        place: place.to_owned(),
        relatives_welcome: Some(true),
    };
    let words = |words: &str| words.to_owned();
    let date = |known: &str| TypedSessionDate {
        known: Some(words(known)),
        on: words("04-Dec-2026"),
        starts: words("10:00"),
        ends: words("11:30"),
        month: words("January 2027"),
        place: String::new(),
    };
    let session = Session::add(SessionId::from_random([70; 16]), &typed).unwrap();
    ["exact", "month", "unknown"].iter().fold(session, |session, known| session.add_date(&date(known), NOW).unwrap())
}

fn asked(number: u8, session: &Session, date: &str, relatives: &str, note: &str) -> Booking {
    let id = BookingId::from_random([number; 16]);
    let typed = TypedBooking { date: Some(date.to_owned()), relatives: relatives.to_owned(), note: note.to_owned() };
    let patient = ordinary_patient().id;
    Booking::ask(id, patient, session, &typed, "Cancer Support Workers", &by(), TODAY).unwrap()
}

/// A place on 4 December that nobody has confirmed.
pub fn requested_booking() -> Booking {
    asked(71, &session("Coping with anxiety", "Microsoft Teams"), "d-1", "2", "Ring the daughter first")
}

/// The same, confirmed and then missed.
pub fn missed_booking() -> Booking {
    let session = session("Coping with anxiety", "Microsoft Teams");
    let confirmed = requested_booking().confirm(&session, "d-1", &by(), TODAY).unwrap();
    confirmed.end(Some(false), date(2026, 12, 4)).unwrap()
}

/// A confirmed place, with a relative.
pub fn confirmed_booking() -> Booking {
    let session = session("Coping with anxiety", "");
    asked(72, &session, "d-1", "1", "").confirm(&session, "d-1", &by(), TODAY).unwrap()
}

/// On the waiting list for some day in January.
pub fn month_booking() -> Booking {
    asked(73, &session("Neutropenic sepsis", "Microsoft Teams"), "d-2", "0", "")
}

/// On the waiting list for a date that is not known.
pub fn waiting_booking() -> Booking {
    asked(74, &session("Neutropenic sepsis", "Microsoft Teams"), "d-3", "0", "")
}

/// Given back, with `words` wherever something can be typed; `line` is them as one line.
pub fn cancelled_booking(words: &str, line: &str) -> Booking {
    let session = session(line, line).add_date(&unknown(line), NOW).unwrap();
    assert!(session.date(&DateKey::new("d-4")).is_some());
    asked(75, &session, "d-4", "0", line).cancel(words).unwrap()
}

fn unknown(place: &str) -> TypedSessionDate {
    TypedSessionDate { known: Some("unknown".to_owned()), place: place.to_owned(), ..TypedSessionDate::default() }
}
