//! The timetable: what is read of what is typed, and what becomes of a date. The rules are in `session`.

use jiff::civil::{date, datetime, time};

use super::*;

const NOW: DateTime = datetime(2026, 11, 23, 9, 12, 0, 0);

fn typed() -> TypedSession {
    let words = |words: &str| words.to_owned();
    TypedSession {
        group: Some(words("psychology")),
        title: words(" Coping  with anxiety "),
        about: String::new(),
        held: Some(words("online")),
        place: words("Microsoft Teams"),
        relatives_welcome: Some(true),
    }
}

fn session() -> Session {
    Session::add(SessionId::from_random([1; 16]), &typed()).unwrap()
}

fn exact(on: &str, starts: &str, ends: &str) -> TypedSessionDate {
    let words = |words: &str| words.to_owned();
    let known = Some(words("exact"));
    TypedSessionDate { known, on: words(on), starts: words(starts), ends: words(ends), ..TypedSessionDate::default() }
}

fn month_of(month: &str) -> TypedSessionDate {
    TypedSessionDate { known: Some("month".to_owned()), month: month.to_owned(), ..TypedSessionDate::default() }
}

fn faults(result: Result<Session, Refused>) -> Vec<(String, &'static str)> {
    let Err(Refused::Fields(faults)) = result else { panic!("{result:?}") };
    faults.into_iter().map(|fault| (fault.field, fault.reason)).collect()
}

fn fault(field: &str, reason: &'static str) -> Vec<(String, &'static str)> {
    vec![(field.to_owned(), reason)]
}

#[test]
fn a_session_needs_a_group_a_title_a_way_and_whether_relatives_may_come() {
    assert_eq!(session().title, "Coping with anxiety");
    let nothing = faults(Session::add(SessionId::from_random([1; 16]), &TypedSession::default()));
    let named: Vec<_> = nothing.iter().map(|(field, reason)| (field.as_str(), *reason)).collect();
    let choose = |field| (field, "choose");
    assert_eq!(named, [choose("group"), ("title", "missing"), choose("held"), choose("relatives_welcome")]);
    let changed = session().add_date(&month_of("January 2027"), NOW).unwrap();
    let changed = changed.change(&TypedSession { held: Some("in_person".to_owned()), ..typed() }).unwrap();
    assert_eq!((changed.held, changed.dates.len()), (SessionHeld::InPerson, 1), "its dates stay");
}

#[test]
fn a_date_is_a_moment_a_month_or_not_known() {
    let dated = session().add_date(&exact("04-Dec-2026", "10:00", "11.30"), NOW).unwrap();
    let dated = dated.add_date(&month_of(" october 2027 "), NOW).unwrap();
    let unknown = TypedSessionDate { known: Some("unknown".to_owned()), ..exact("1/1/1999", "x", "") };
    let dated = dated.add_date(&unknown, NOW).unwrap();
    let whens: Vec<_> = dated.dates.iter().map(|date| (date.key.as_str(), date.when)).collect();
    let start = datetime(2026, 12, 4, 10, 0, 0, 0);
    assert_eq!(
        whens,
        [
            ("d-1", SessionWhen::Exact { start, end: time(11, 30, 0, 0) }),
            ("d-2", SessionWhen::Month(date(2027, 10, 1))),
            ("d-3", SessionWhen::Unknown),
        ]
    );
    let takes: Vec<_> = dated.dates.iter().map(|one| one.takes_people(date(2026, 12, 4))).collect();
    assert_eq!(takes, [true, false, false]);
    assert!(!dated.dates[0].takes_people(date(2026, 12, 5)), "it is over");
}

#[test]
fn each_field_of_a_date_says_what_is_wrong() {
    let refused = |typed| faults(session().add_date(&typed, NOW));
    assert_eq!(refused(TypedSessionDate::default()), fault("known", "choose"));
    assert_eq!(refused(exact("4/12", "10:00", "11:00")), fault("on", "day_form"));
    assert_eq!(refused(exact("04-Dec-2026", "10", "11:00")), fault("starts", "time_form"));
    assert_eq!(refused(exact("04-Dec-2026", "10:00", "")), fault("ends", "missing"));
    assert_eq!(refused(exact("04-Dec-2026", "10:00", "10:00")), fault("ends", "end_before_start"));
    assert_eq!(refused(exact("22-Nov-2026", "10:00", "11:00")), fault("on", "in_past"));
    assert_eq!(refused(exact("23-Nov-2026", "09:00", "11:00")), fault("starts", "in_past"));
    assert_eq!(refused(exact("24-Nov-2028", "09:00", "11:00")), fault("on", "too_far"));
    assert_eq!(refused(month_of("")), fault("month", "missing"));
    for none in ["soon", "October", "October 27", "13/2027", "October 1066", "1 October 2027"] {
        assert_eq!(refused(month_of(none)), fault("month", "month_form"), "{none}");
    }
    assert_eq!(refused(month_of("October 2026")), fault("month", "in_past"));
    assert!(session().add_date(&month_of("11/2026"), NOW).is_ok(), "this month is not over");
    assert_eq!(refused(month_of("December 2028")), fault("month", "too_far"));
}

#[test]
fn a_month_becomes_a_day_and_a_moment_that_went_by_may_stay() {
    let key = DateKey::new("d-1");
    let dated = session().add_date(&month_of("December 2026"), NOW).unwrap();
    let dated = dated.change_date(&key, &exact("04-Dec-2026", "10:00", "11:30"), NOW).unwrap();
    assert_eq!(dated.date(&key).unwrap().when.start(), Some(datetime(2026, 12, 4, 10, 0, 0, 0)));
    let later = datetime(2026, 12, 7, 9, 0, 0, 0);
    let put_right = dated.clone().change_date(&key, &exact("04-Dec-2026", "10:00", "12:00"), later).unwrap();
    assert_ne!(put_right, dated);
    assert_eq!(
        faults(dated.clone().change_date(&key, &exact("05-Dec-2026", "10:00", "11:30"), later)),
        fault("on", "in_past")
    );
    let none = dated.change_date(&DateKey::new("d-2"), &month_of("December 2026"), NOW);
    assert_eq!(none, Err(Refused::NotThere));
}

#[test]
fn a_cancelled_date_keeps_its_reason_and_is_not_changed_again() {
    let key = DateKey::new("d-1");
    let dated = session().add_date(&exact("04-Dec-2026", "10:00", "11:30"), NOW).unwrap();
    assert_eq!(faults(dated.clone().cancel_date(&key, " ")), fault("reason", "missing"));
    let off = dated.cancel_date(&key, "The room is flooded").unwrap();
    assert!(off.dates[0].is_cancelled() && !off.dates[0].takes_people(date(2026, 12, 1)));
    assert_eq!(off.clone().cancel_date(&key, "Again"), Err(Refused::NotThere));
    assert_eq!(off.change_date(&key, &month_of("January 2027"), NOW), Err(Refused::NotThere));
}

#[test]
fn a_date_may_be_somewhere_else() {
    let there = TypedSessionDate { place: "Room 3".to_owned(), ..month_of("January 2027") };
    let dated = session().add_date(&there, NOW).unwrap().add_date(&month_of("February 2027"), NOW).unwrap();
    let places: Vec<_> = dated.dates.iter().map(|date| dated.place_on(date)).collect();
    assert_eq!(places, ["Room 3", "Microsoft Teams"]);
}
