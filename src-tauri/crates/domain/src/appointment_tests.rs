//! Appointments: what is read of what is typed, and how each one ends. The rules are in `appointment`.

use jiff::civil::{date, datetime};

use super::*;
use crate::staff::Role;

const NOW: DateTime = datetime(2026, 11, 23, 9, 12, 0, 0);

fn by() -> By {
    let staff = StaffId::from_random([9; 16]);
    let role = Role::CancerNurseSpecialist;
    By { staff, name: "Ruth Invented".to_owned(), role, key_holder: false, at: 1, pc: String::new() }
}

fn typed(on: &str, time: &str, channel: &str) -> TypedAppointment {
    let words = |words: &str| words.to_owned();
    TypedAppointment {
        on: words(on),
        time: words(time),
        channel: Some(words(channel)),
        place: words("Room 3"),
        with_whom: words("Ruth Invented"),
    }
}

fn booked(typed: &TypedAppointment) -> Result<Appointment, Refused> {
    let (id, patient) = (AppointmentId::from_random([2; 16]), PatientId::from_random([1; 16]));
    Appointment::book(id, patient, None, typed, &by(), NOW)
}

fn faults(result: Result<Appointment, Refused>) -> Vec<(String, &'static str)> {
    let Err(Refused::Fields(faults)) = result else { panic!("{result:?}") };
    faults.into_iter().map(|fault| (fault.field, fault.reason)).collect()
}

fn fault(field: &str, reason: &'static str) -> Vec<(String, &'static str)> {
    vec![(field.to_owned(), reason)]
}

#[test]
fn a_day_with_its_time_is_booked_and_none_is_proposed() {
    let talk = booked(&typed("04-Dec-2026", "14:30", "telephone")).unwrap();
    assert_eq!((talk.status, talk.start), (AppointmentStatus::Booked, Some(datetime(2026, 12, 4, 14, 30, 0, 0))));
    let open = TypedAppointment { place: String::new(), ..typed("", " ", "face_to_face") };
    let talk = booked(&open).unwrap();
    assert_eq!((talk.status, talk.start, talk.is_due(date(2027, 1, 1))), (AppointmentStatus::Proposed, None, false));
}

#[test]
fn a_time_is_read_as_people_type_it() {
    for (text, hour, minute) in [("14:30", 14, 30), ("9.05", 9, 5), (" 0905 ", 9, 5), ("00:00", 0, 0)] {
        assert_eq!(clock_time(text), Time::new(hour, minute, 0, 0).ok(), "{text}");
    }
    for none in ["", "9", "25:00", "9:5", "14:60", "+9:05", "noon", "9:05pm", "09051", "é05"] {
        assert_eq!(clock_time(none), None, "{none}");
    }
}

#[test]
fn each_field_says_what_is_wrong() {
    assert_eq!(faults(booked(&typed("4/12", "14:30", "video"))), fault("on", "day_form"));
    assert_eq!(faults(booked(&typed("04-Dec-2026", "2pm", "video"))), fault("time", "time_form"));
    assert_eq!(faults(booked(&typed("04-Dec-2026", "", "video"))), fault("time", "missing"));
    assert_eq!(faults(booked(&typed("", "14:30", "video"))), fault("on", "missing"));
    assert_eq!(faults(booked(&typed("22-Nov-2026", "14:30", "video"))), fault("on", "in_past"));
    assert_eq!(faults(booked(&typed("23-Nov-2026", "09:00", "video"))), fault("time", "in_past"));
    assert_eq!(faults(booked(&typed("24-Nov-2028", "09:00", "video"))), fault("on", "too_far"));
    assert!(booked(&typed("23-Nov-2026", "09:12", "video")).is_ok(), "now");
    assert_eq!(faults(booked(&typed("", "", "post"))), fault("channel", "missing"));
    let nowhere = TypedAppointment { place: String::new(), ..typed("04-Dec-2026", "14:30", "face_to_face") };
    assert_eq!(faults(booked(&nowhere)), fault("place", "missing"));
    let nobody = TypedAppointment { with_whom: String::new(), ..typed("", "", "telephone") };
    assert_eq!(faults(booked(&nobody)), fault("with_whom", "missing"));
}

#[test]
fn a_moment_that_went_by_may_stay_and_none_is_moved_into_the_past() {
    let talk = booked(&typed("24-Nov-2026", "10:00", "telephone")).unwrap();
    let later = datetime(2026, 11, 25, 9, 0, 0, 0);
    let other =
        TypedAppointment { with_whom: "Omar Invented".to_owned(), ..typed("24-Nov-2026", "10:00", "telephone") };
    assert_eq!(talk.clone().change(&other, later).unwrap().with_whom, "Omar Invented");
    assert_eq!(faults(talk.clone().change(&typed("24-Nov-2026", "11:00", "telephone"), later)), fault("on", "in_past"));
    let unknown = talk.change(&typed("", "", "telephone"), later).unwrap();
    assert_eq!((unknown.status, unknown.start), (AppointmentStatus::Proposed, None));
}

#[test]
fn how_it_went_is_said_from_its_day_on_and_once() {
    let talk = booked(&typed("24-Nov-2026", "10:00", "telephone")).unwrap();
    let (eve, day) = (date(2026, 11, 23), date(2026, 11, 24));
    assert!(!talk.is_due(eve) && talk.is_due(day) && talk.is_due(date(2026, 12, 24)));
    assert_eq!(faults(talk.clone().end(Some(true), eve)), fault("kept", "too_early"));
    assert_eq!(faults(talk.clone().end(None, day)), fault("kept", "missing"));
    assert_eq!(talk.clone().end(Some(false), day).unwrap().status, AppointmentStatus::Missed);
    let kept = talk.clone().end(Some(true), day).unwrap();
    assert!(kept.status == AppointmentStatus::Kept && !kept.is_due(day));
    assert_eq!(kept.clone().cancel("x"), Err(Refused::AppointmentEnded));
    assert_eq!(kept.change(&typed("", "", "video"), NOW), Err(Refused::AppointmentEnded));
    assert_eq!(faults(talk.clone().cancel(" ")), fault("reason", "missing"));
    let off = talk.cancel("Is in hospital").unwrap();
    assert_eq!((off.status, off.end(Some(true), day)), (AppointmentStatus::Cancelled, Err(Refused::AppointmentEnded)));
    assert_eq!(faults(booked(&typed("", "", "video")).unwrap().end(Some(true), day)), fault("kept", "too_early"));
}
