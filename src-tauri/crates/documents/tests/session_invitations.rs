//! The invitation to a session: what it is, when and where as far as that is known, who may come along, and whom to ring.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod kit;

use documents::*;
use domain::booking::{Booking, TypedBooking};
use domain::id::{BookingId, SessionId};
use domain::session::{DateKey, Session, SessionHeld, TypedSession, TypedSessionDate};
use jiff::civil::{DateTime, datetime};
use kit::records::*;
use kit::scratch;

const MORNING: DateTime = datetime(2026, 11, 23, 9, 12, 0, 0);

fn a_date(known: &str, on: &str) -> TypedSessionDate {
    TypedSessionDate {
        known: Some(known.to_owned()),
        on: on.to_owned(),
        starts: "17:30".to_owned(),
        ends: "19:00".to_owned(),
        month: "January 2027".to_owned(),
        place: String::new(),
    }
}

/// With d-1 on 4 December, d-2 some day in January, and d-3 not known.
fn session() -> Session {
    let typed = TypedSession {
        group: Some("psychology".to_owned()),
        title: "Talking with children about cancer".to_owned(),
        about: "How and when to tell children.".to_owned(),
        held: Some("online".to_owned()),
        place: "Microsoft Teams".to_owned(),
        relatives_welcome: Some(true),
    };
    let session = Session::add(SessionId::from_random([5; 16]), &typed).unwrap();
    let dates = ["exact", "month", "unknown"];
    dates.iter().fold(session, |session, known| session.add_date(&a_date(known, "04-Dec-2026"), MORNING).unwrap())
}

fn asked(session: &Session, date: &str, relatives: &str) -> Booking {
    let typed = TypedBooking { date: Some(date.to_owned()), relatives: relatives.to_owned(), note: String::new() };
    let id = BookingId::from_random([6; 16]);
    Booking::ask(id, samuel().id, session, &typed, "Cancer Support Workers", &ruth(), TODAY).unwrap()
}

fn confirmed(session: &Session) -> Booking {
    asked(session, "d-1", "0").confirm(session, "d-1", &ruth(), TODAY).unwrap()
}

fn laid(booking: &Booking, session: &Session, points: u8) -> Laid {
    let mut patient = samuel();
    patient.needs.print_points = points;
    let contact = Contact { phone: "020 7946 0112".to_owned(), ..Contact::default() };
    let about = about(&patient, Some(&contact));
    let invited = SessionInvitation { booking, session, standing: booking.standing(session, TODAY) };
    lay_out(&session_invitation(&invited, &about).unwrap()).unwrap()
}

/// The words of all pages, spaces as they are typed.
fn said(booking: &Booking, session: &Session) -> String {
    let laid = laid(booking, session, 14);
    let lines = laid.pages.iter().flat_map(|page| page.runs.iter().map(|run| run.text.replace('\u{a0}', " ")));
    lines.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_confirmed_place_has_its_day_time_and_place_and_fits_on_a_page() {
    let session = session();
    let laid = laid(&confirmed(&session), &session, 14);
    std::fs::write(scratch("session-invitation.pdf"), pdf(&laid).unwrap()).unwrap();
    assert_eq!(laid.pages.len(), 1);
    let said = said(&confirmed(&session), &session);
    for part in [
        "Talking with children about cancer",
        "For Samuel Okonkwo-Bell",
        "From Cancer Support Workers, Thamesbank Hospitals",
        "4 December 2026",
        "5:30pm to 7:00pm",
        "Online, on Microsoft Teams",
        "Your place is confirmed.",
        "How and when to tell children.",
        "A relative or a friend may come with you",
        "020 7946 0112",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!said.contains("DRAFT") && !said.contains("Signed"), "nobody signs it");
}

#[test]
fn a_date_that_is_not_known_is_to_be_confirmed_and_no_day_is_made_up() {
    let session = session();
    let unknown = said(&asked(&session, "d-3", "0"), &session);
    assert!(unknown.contains("Day To be confirmed") && unknown.contains("waiting list"), "{unknown}");
    let month = said(&asked(&session, "d-2", "0"), &session);
    assert!(month.contains("January 2027, the day is to be confirmed"), "{month}");
    for none in [&unknown, &month] {
        assert!(!none.contains("Time") && !none.contains("December") && !none.contains("confirmed."), "{none}");
    }
    let known = session.clone().change_date(&DateKey::new("d-2"), &a_date("exact", "12-Jan-2027"), MORNING).unwrap();
    let now = said(&asked(&session, "d-2", "0"), &known);
    assert!(now.contains("12 January 2027") && now.contains("not confirmed yet"), "{now}");
}

#[test]
fn a_date_that_moved_is_not_printed() {
    let session = session();
    let moved = session.clone().change_date(&DateKey::new("d-1"), &a_date("exact", "11-Dec-2026"), MORNING).unwrap();
    let said = said(&confirmed(&session), &moved);
    assert!(said.contains("The date has changed") && said.contains("Place To be confirmed"), "{said}");
    assert!(!said.contains("4 December") && !said.contains("11 December") && !said.contains("Teams"), "{said}");
}

#[test]
fn a_place_that_changed_is_to_be_confirmed_and_the_day_stays() {
    let session = session();
    let room = TypedSessionDate { place: "Room 3".to_owned(), ..a_date("exact", "04-Dec-2026") };
    let room = session.clone().change_date(&DateKey::new("d-1"), &room, MORNING).unwrap();
    let in_person = Session { held: SessionHeld::InPerson, ..session.clone() };
    for elsewhere in [room, in_person] {
        let said = said(&confirmed(&session), &elsewhere);
        for part in ["4 December 2026", "5:30pm to 7:00pm", "Place To be confirmed", "Where it is held has changed."] {
            assert!(said.contains(part), "{part}: {said}");
        }
        for wrong in ["The date has changed", "Teams", "Room 3", "Your place is confirmed"] {
            assert!(!said.contains(wrong), "{wrong}: {said}");
        }
    }
}

#[test]
fn it_says_who_comes_along_or_may() {
    let session = session();
    let with = |relatives: &str| said(&asked(&session, "d-1", relatives), &session);
    assert!(with("0").contains("may come with you"));
    assert!(with("1").contains("for 1 person with you"));
    assert!(with("3").contains("for 3 people with you"));
    let alone = Session { relatives_welcome: false, ..session.clone() };
    let alone = said(&asked(&alone, "d-1", "0"), &alone);
    assert!(!alone.contains("relative") && !alone.contains("with you."), "{alone}");
}

#[test]
fn it_grows_with_the_size_that_the_patient_reads() {
    let session = session();
    let size = |points| {
        let laid = laid(&confirmed(&session), &session, points);
        let run =
            laid.pages.iter().flat_map(|page| &page.runs).find(|run| run.text.starts_with("How and when")).cloned();
        run.expect("what it is about").size
    };
    assert!((size(14) - 14.0).abs() < 0.1 && (size(24) - 24.0).abs() < 0.1);
}
