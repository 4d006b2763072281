//! Sessions and bookings read back as they were kept; a booking needs a session that is kept.

use domain::booking::TypedBooking;
use domain::op::Op;
use domain::session::{Session, TypedSession, TypedSessionDate};
use jiff::civil::{date, datetime};

use super::*;
use crate::open::tests::{Folder, by, ids, keys, nurse, patient};
use crate::snapshot::Snapshot;

/// With a moment, a month and a date that is not known; one of them is cancelled.
fn a_session(number: u8) -> Session {
    let typed = TypedSession {
        group: Some("sact".to_owned()),
        title: "Constipation ŵ".to_owned(),
        about: "Two\nlines".to_owned(),
        held: Some("in_person".to_owned()),
        place: "Room 3".to_owned(),
        relatives_welcome: Some(false),
    };
    let words = |words: &str| words.to_owned();
    let date = |known: &str| TypedSessionDate {
        known: Some(words(known)),
        on: words("04-Dec-2026"),
        starts: words("10:00"),
        ends: words("11:30"),
        month: words("January 2027"),
        place: words("Room 4"),
    };
    let now = datetime(2026, 11, 23, 9, 12, 0, 0);
    let session = Session::add(SessionId::from_random([number; 16]), &typed).unwrap();
    let dates = ["exact", "month", "unknown"];
    let session = dates.iter().fold(session, |session, known| session.add_date(&date(known), now).unwrap());
    session.cancel_date(&DateKey::new("d-3"), "Flooded").unwrap()
}

fn a_booking(number: u8, patient: PatientId, session: &Session, date: &str) -> Booking {
    let typed = TypedBooking { date: Some(date.to_owned()), relatives: "0".to_owned(), note: "Ring ŵ".to_owned() };
    let id = BookingId::from_random([number; 16]);
    Booking::ask(id, patient, session, &typed, "Support Workers", &by(1), today()).unwrap()
}

fn today() -> jiff::civil::Date {
    date(2026, 11, 23)
}

fn a_store(folder: &Folder) -> (Store, PatientId) {
    let mut store = Store::create(&folder.database(), keys(1), ids()).unwrap();
    let anna = patient(2, "999 000 0018");
    store
        .write::<_, Error>(&by(1), Op::AddNurse, |w| {
            w.save_staff(&nurse())?;
            w.save_patient(&anna, None)
        })
        .unwrap();
    (store, anna.id)
}

#[test]
fn a_session_reads_back_with_each_kind_of_date_and_is_added_once() {
    let folder = Folder::new("session");
    let (mut store, _) = a_store(&folder);
    let session = a_session(50);
    store.write::<_, Error>(&by(2), Op::AddSession, |w| w.save_session(&session, None)).unwrap();
    let saved = store.session(session.id).unwrap().unwrap();
    assert_eq!((&saved.session, saved.revision, saved.saved_at), (&session, 1, 2));
    let retired = session.clone().retire(true);
    store.write::<_, Error>(&by(3), Op::RetireSession, |w| w.save_session(&retired, Some(1))).unwrap();
    let again = store.write::<_, Error>(&by(4), Op::AddSession, |w| w.save_session(&session, None));
    assert!(matches!(again, Err(Error::ChangedMeanwhile)));
    let all: Vec<_> = store.sessions().unwrap().into_iter().map(|saved| saved.session).collect();
    assert_eq!(all, [retired]);
    let waiting = "SELECT count(*) FROM sending WHERE kind = 'session'";
    assert_eq!(store.conn.query_row(waiting, [], |row| row.get::<_, i64>(0)).unwrap(), 0, "it is not sent");
}

#[test]
fn a_booking_reads_back_as_it_was_kept_and_is_open_until_it_ended() {
    let folder = Folder::new("booking");
    let (mut store, anna) = a_store(&folder);
    let session = a_session(50);
    let asked = a_booking(60, anna, &session, "d-1");
    let lone = store.write::<_, Error>(&by(2), Op::BookSession, |w| w.save_booking(&asked, None));
    assert!(lone.is_err(), "its session is not kept");
    let waits = a_booking(61, anna, &session, "d-2");
    store
        .write::<_, Error>(&by(2), Op::BookSession, |w| {
            w.save_session(&session, None)?;
            w.save_booking(&asked, None)?;
            w.save_booking(&waits, None)
        })
        .unwrap();
    let open: Vec<_> = store.bookings_open().unwrap().into_iter().map(|saved| saved.booking).collect();
    assert_eq!(open, [asked.clone(), waits.clone()]);
    let confirmed = asked.clone().confirm(&session, "d-1", &by(3), today()).unwrap();
    store.write::<_, Error>(&by(3), Op::ConfirmBooking, |w| w.save_booking(&confirmed, Some(1))).unwrap();
    let came =
        confirmed.remind(&session, &by(4), date(2026, 12, 4)).unwrap().end(Some(true), date(2026, 12, 4)).unwrap();
    store.write::<_, Error>(&by(4), Op::EndBooking, |w| w.save_booking(&came, Some(2))).unwrap();
    let newest: Vec<_> = store.bookings_of(anna).unwrap().into_iter().map(|saved| saved.booking).collect();
    assert_eq!(newest, [waits.clone(), came.clone()]);
    assert_eq!(store.bookings_in(session.id).unwrap().len(), 2);
    let open: Vec<_> = store.bookings_open().unwrap().into_iter().map(|saved| saved.booking.id).collect();
    assert_eq!(open, [waits.id]);
    let now = store.booking(asked.id).unwrap().unwrap();
    assert_eq!((now.booking, now.revision, now.sending.as_deref()), (came, 3, Some("queued")));
    let then = store.record_at(RecordKind::Booking, &asked.id.to_string(), 1).unwrap().unwrap();
    assert!(matches!(then.snapshot, Snapshot::Booking(one) if one == asked));
}

#[test]
fn a_snapshot_in_a_form_that_is_not_known_is_not_read() {
    let folder = Folder::new("booking-form");
    let (mut store, anna) = a_store(&folder);
    let session = a_session(50);
    let booking = a_booking(60, anna, &session, "d-1");
    store
        .write::<_, Error>(&by(2), Op::BookSession, |w| {
            w.save_session(&session, None)?;
            w.save_booking(&booking, None)
        })
        .unwrap();
    store.conn.execute_batch("DROP TRIGGER revision_stays; UPDATE revision SET form_version = 2").unwrap();
    assert!(matches!(store.session(session.id), Err(Error::Unreadable(RecordKind::Session))));
    assert!(matches!(store.booking(booking.id), Err(Error::Unreadable(RecordKind::Booking))));
    let at = store.record_at(RecordKind::Booking, &booking.id.to_string(), 1);
    assert!(matches!(at, Err(Error::Unreadable(RecordKind::Booking))));
}
