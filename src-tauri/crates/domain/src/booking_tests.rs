//! Bookings: the waiting list, what the timetable changes about them, and how each one ends. The rules are in `booking`.

use jiff::civil::{DateTime, date, datetime};

use super::*;
use crate::session::{TypedSession, TypedSessionDate};
use crate::staff::Role;

const TODAY: Date = date(2026, 11, 23);
const NOW: DateTime = datetime(2026, 11, 23, 9, 12, 0, 0);

fn by(at: i64) -> By {
    let staff = StaffId::from_random([9; 16]);
    By {
        staff,
        name: "Nkechi Notional".to_owned(),
        role: Role::SupportWorker,
        key_holder: false,
        at,
        pc: String::new(),
    }
}

fn dated(known: &str, on: &str, month: &str) -> TypedSessionDate {
    let (starts, ends) = ("10:00".to_owned(), "11:30".to_owned());
    let (known, on, month) = (Some(known.to_owned()), on.to_owned(), month.to_owned());
    TypedSessionDate { known, on, starts, ends, month, place: String::new() }
}

/// With d-1 on 4 December, d-2 in January and d-3 not known.
fn session() -> Session {
    let typed = TypedSession {
        group: Some("psychology".to_owned()),
        title: "Coping with anxiety".to_owned(),
        about: String::new(),
        held: Some("online".to_owned()),
        place: "Microsoft Teams".to_owned(),
        relatives_welcome: Some(true),
    };
    let session = Session::add(SessionId::from_random([1; 16]), &typed).unwrap();
    let session = session.add_date(&dated("exact", "04-Dec-2026", ""), NOW).unwrap();
    let session = session.add_date(&dated("month", "", "January 2027"), NOW).unwrap();
    session.add_date(&dated("unknown", "", ""), NOW).unwrap()
}

fn typed(date: &str) -> TypedBooking {
    let date = (!date.is_empty()).then(|| date.to_owned());
    TypedBooking { date, relatives: " 1 ".to_owned(), note: String::new() }
}

fn asked(session: &Session, typed: &TypedBooking) -> Result<Booking, Refused> {
    let (id, patient) = (BookingId::from_random([2; 16]), PatientId::from_random([3; 16]));
    Booking::ask(id, patient, session, typed, "Cancer Support Workers", &by(1), TODAY)
}

fn standing(booking: &Booking, session: &Session) -> &'static str {
    booking.standing(session, TODAY).code()
}

fn faults(result: Result<Booking, Refused>) -> Vec<(String, &'static str)> {
    let Err(Refused::Fields(faults)) = result else { panic!("{result:?}") };
    faults.into_iter().map(|fault| (fault.field, fault.reason)).collect()
}

fn fault(field: &str, reason: &'static str) -> Vec<(String, &'static str)> {
    vec![(field.to_owned(), reason)]
}

#[test]
fn an_exact_date_is_requested_and_any_other_waits() {
    let session = session();
    for (date, state, stands) in [
        ("d-1", BookingState::Requested, "to_confirm"),
        ("d-2", BookingState::Waiting, "waiting"),
        ("d-3", BookingState::Waiting, "waiting"),
        // There is an exact date that it could have.
        ("", BookingState::Waiting, "to_confirm"),
    ] {
        let booking = asked(&session, &typed(date)).unwrap();
        assert_eq!((booking.state, standing(&booking, &session)), (state, stands), "{date}");
    }
    assert_eq!(asked(&session, &typed("d-2")).unwrap().agreed.when, SessionWhen::Month(date(2027, 1, 1)));
}

#[test]
fn each_field_says_what_is_wrong() {
    let session = session();
    let with = |relatives: &str| TypedBooking { relatives: relatives.to_owned(), ..typed("d-1") };
    assert_eq!(faults(asked(&session, &with(""))), fault("relatives", "missing"));
    for wrong in ["10", "two", "-1", "1.5"] {
        assert_eq!(faults(asked(&session, &with(wrong))), fault("relatives", "number_form"), "{wrong}");
    }
    let alone = Session { relatives_welcome: false, ..session.clone() };
    assert_eq!(faults(asked(&alone, &with("1"))), fault("relatives", "number_form"));
    assert_eq!(asked(&alone, &with("0")).unwrap().relatives, 0);
    assert_eq!(asked(&session, &typed("d-9")), Err(Refused::NotThere));
    let off = session.clone().cancel_date(&DateKey::new("d-1"), "Flooded").unwrap();
    assert_eq!(faults(asked(&off, &typed("d-1"))), fault("date", "no_place"));
    assert_eq!(faults(asked(&session.retire(true), &typed("d-1"))), fault("session", "no_longer_offered"));
}

#[test]
fn who_waits_for_a_month_can_be_confirmed_once_it_is_a_day_and_for_any_date_once_there_is_one() {
    let session = session();
    let month = asked(&session, &typed("d-2")).unwrap();
    let no_day = month.clone().confirm(&session, "d-2", &by(2), TODAY);
    assert_eq!(faults(no_day), fault("date", "no_place"));
    assert_eq!(faults(month.clone().confirm(&session, "", &by(2), TODAY)), fault("date", "choose"));
    let known = session.change_date(&DateKey::new("d-2"), &dated("exact", "12-Jan-2027", ""), NOW).unwrap();
    assert_eq!(standing(&month, &known), "to_confirm");
    assert_eq!(month.agreed.when, SessionWhen::Month(date(2027, 1, 1)), "nobody has told the patient yet");
    assert_eq!(month.told(&known).when.start(), Some(datetime(2027, 1, 12, 10, 0, 0, 0)), "and now it can be said");
    let confirmed = month.confirm(&known, "d-2", &by(2), TODAY).unwrap();
    assert_eq!(standing(&confirmed, &known), "confirmed");
    assert_eq!(confirmed.agreed.when.start(), Some(datetime(2027, 1, 12, 10, 0, 0, 0)));
    assert_eq!(confirmed.confirmed, Some(Said { at: 2, by_name: "Nkechi Notional".to_owned() }));
    let any = asked(&known, &typed("")).unwrap().confirm(&known, "d-1", &by(2), TODAY).unwrap();
    assert_eq!(any.date, Some(DateKey::new("d-1")));
}

#[test]
fn a_date_that_moves_or_is_cancelled_has_to_be_told_anew() {
    let session = session();
    let booking = asked(&session, &typed("d-1")).unwrap().confirm(&session, "d-1", &by(2), TODAY).unwrap();
    let key = DateKey::new("d-1");
    let later = session.clone().change_date(&key, &dated("exact", "11-Dec-2026", ""), NOW).unwrap();
    let elsewhere = TypedSessionDate { place: "Room 3".to_owned(), ..dated("exact", "04-Dec-2026", "") };
    let elsewhere = session.clone().change_date(&key, &elsewhere, NOW).unwrap();
    let off = session.clone().cancel_date(&key, "Flooded").unwrap();
    for moved in [&later, &elsewhere, &off] {
        assert_eq!(standing(&booking, moved), "moved");
    }
    let in_person = Session { held: SessionHeld::InPerson, ..session.clone() };
    assert_eq!(standing(&booking, &in_person), "moved");
    let days = [&session, &elsewhere, &in_person, &later, &off].map(|session| booking.day_stands(session));
    assert_eq!(days, [true, true, true, false, false], "only the last two are about the day");
    assert_eq!(standing(&asked(&session, &typed("d-1")).unwrap(), &off), "moved", "requested only");
    let unconfirmed = asked(&session, &typed("d-1")).unwrap();
    assert_eq!(standing(&unconfirmed, &later), "moved", "the patient was told the other day");
    assert_eq!(standing(&unconfirmed.change(&later, &typed("d-1"), TODAY).unwrap(), &later), "to_confirm");
    let retitled = Session { title: "Living with anxiety".to_owned(), ..session.clone() };
    assert_eq!(standing(&booking, &retitled), "confirmed");
    let reminded = Booking { reminded: Some(Said { at: 3, by_name: String::new() }), ..booking };
    let anew = reminded.confirm(&later, "d-1", &by(4), TODAY).unwrap();
    assert_eq!((standing(&anew, &later), anew.reminded), ("confirmed", None), "of another day nobody was reminded");
}

#[test]
fn a_reminder_is_due_from_seven_days_before_until_it_was_sent() {
    let session = session();
    let asked = asked(&session, &typed("d-1")).unwrap();
    assert_eq!(faults(asked.clone().remind(&session, &by(3), TODAY)), fault("reminded", "not_confirmed"));
    let booking = asked.confirm(&session, "d-1", &by(2), TODAY).unwrap();
    let on = |day| booking.standing(&session, day).code();
    let days = [date(2026, 11, 26), date(2026, 11, 27), date(2026, 12, 3), date(2026, 12, 4), date(2026, 12, 5)];
    assert_eq!(days.map(on), ["confirmed", "to_remind", "to_remind", "due", "due"]);
    assert_eq!(faults(booking.clone().remind(&session, &by(3), days[0])), fault("reminded", "too_early"));
    let reminded = booking.clone().remind(&session, &by(3), days[1]).unwrap();
    assert_eq!(reminded.standing(&session, days[1]), BookingStanding::Confirmed);
    let again = reminded.remind(&session, &by(5), days[2]).unwrap();
    assert_eq!(again.reminded.map(|said| said.at), Some(5));
}

#[test]
fn another_date_is_asked_for_anew_and_the_same_one_stays_confirmed() {
    let session = session();
    let booking = asked(&session, &typed("d-1")).unwrap().confirm(&session, "d-1", &by(2), TODAY).unwrap();
    let two = TypedBooking { relatives: "2".to_owned(), note: "Ring first".to_owned(), ..typed("d-1") };
    let same = booking.clone().change(&session, &two, TODAY).unwrap();
    assert_eq!((same.relatives, same.state, same.note.as_str()), (2, BookingState::Confirmed, "Ring first"));
    let other = booking.change(&session, &typed("d-2"), TODAY).unwrap();
    assert_eq!((other.state, other.confirmed), (BookingState::Waiting, None));
}

#[test]
fn whether_the_patient_came_is_said_from_the_day_on_and_once() {
    let session = session();
    let booking = asked(&session, &typed("d-1")).unwrap().confirm(&session, "d-1", &by(2), TODAY).unwrap();
    let (eve, day) = (date(2026, 12, 3), date(2026, 12, 4));
    assert_eq!(faults(booking.clone().end(Some(true), eve)), fault("attended", "too_early"));
    assert_eq!(faults(booking.clone().end(None, day)), fault("attended", "choose"));
    assert_eq!(booking.clone().end(Some(false), day).unwrap().state, BookingState::Missed);
    let came = booking.clone().end(Some(true), day).unwrap();
    assert!(!came.is_open() && !came.is_due(day) && booking.is_due(day) && !booking.is_due(eve));
    assert_eq!(came.standing(&session, day), BookingStanding::Attended);
    assert_eq!(came.clone().cancel("x"), Err(Refused::BookingEnded));
    assert_eq!(came.clone().change(&session, &typed("d-1"), TODAY), Err(Refused::BookingEnded));
    assert_eq!(came.confirm(&session, "d-1", &by(2), TODAY), Err(Refused::BookingEnded));
    assert_eq!(faults(booking.clone().cancel(" ")), fault("reason", "missing"));
    assert_eq!(standing(&booking.cancel("Is in hospital").unwrap(), &session), "cancelled");
    let waits = asked(&session, &typed("d-3")).unwrap();
    assert_eq!(faults(waits.end(Some(true), day)), fault("attended", "too_early"), "it has no day");
}
