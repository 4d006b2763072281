//! The clinic list: what is taken of what is typed and of a file's row, and whose a row is. The rules are in `clinic_visit`.

use jiff::civil::date;

use super::*;
use crate::id::StaffId;
use crate::offer::tests as offers;
use crate::staff::Role;

const TODAY: Date = date(2026, 11, 23);

fn by() -> By {
    let staff = StaffId::from_random([9; 16]);
    let role = Role::CancerNurseSpecialist;
    By { staff, name: "Ruth Invented".to_owned(), role, key_holder: false, at: 1, pc: String::new() }
}

fn typed(on: &str, time: &str) -> TypedVisit {
    TypedVisit { on: on.into(), time: time.into(), clinic: "Colorectal".into(), ..TypedVisit::default() }
}

fn person(number: &str, family: &str, given: &str, born: &str) -> TypedPerson {
    TypedPerson { family: family.into(), given: given.into(), born: born.into(), nhs_number: number.into() }
}

fn row(person: &TypedPerson, typed: &TypedVisit) -> Result<ClinicVisit, Refused> {
    ClinicVisit::import(ClinicVisitId::from_random([2; 16]), person, typed, "list.csv", TODAY, &by())
}

fn faults(result: Result<ClinicVisit, Refused>) -> Vec<(String, &'static str)> {
    let Err(Refused::Fields(faults)) = result else { panic!("{result:?}") };
    faults.into_iter().map(|fault| (fault.field, fault.reason)).collect()
}

fn patient() -> Patient {
    Patient { nhs_number: NhsNumber::parse("999 000 0018").ok(), ..offers::patient() }
}

fn anna() -> TypedPerson {
    let patient = patient();
    let number = patient.nhs_number.as_ref().map(NhsNumber::digits).unwrap_or_default();
    person(&number, &patient.name.family, &patient.name.given, &patient.born.to_string())
}

#[test]
fn an_entered_one_names_each_field_that_cannot_be_taken() {
    let enter = |typed: &TypedVisit| {
        ClinicVisit::enter(ClinicVisitId::from_random([2; 16]), PatientId::from_random([1; 16]), typed, TODAY, &by())
    };
    let taken = enter(&typed("23-Nov-2026", "9.40")).unwrap();
    assert_eq!((taken.day, taken.time.hour(), taken.time.minute()), (TODAY, 9, 40));
    for (on, time, field, reason) in [
        ("", "09:40", "on", "missing"),
        ("soon", "09:40", "on", "day_form"),
        ("22-Nov-2026", "09:40", "on", "in_past"),
        ("24-Nov-2027", "09:40", "on", "too_far"),
        ("23-Nov-2026", "", "time", "missing"),
        ("23-Nov-2026", "25:00", "time", "time_form"),
    ] {
        assert_eq!(faults(enter(&typed(on, time))), [(field.to_owned(), reason)], "{on} {time}");
    }
    assert_eq!(faults(enter(&typed("", ""))).len(), 2, "both at once");
}

#[test]
fn a_row_is_a_persons_by_number_family_name_and_birth_date_and_by_nothing_less() {
    let when = typed("2026-11-23", "09:40");
    let patient = patient();
    assert!(row(&anna(), &when).unwrap().is_of(&patient));
    let spelled = TypedPerson { family: anna().family.to_uppercase(), ..anna() };
    assert!(row(&spelled, &when).unwrap().is_of(&patient), "capitals are no other name");
    for other in [
        TypedPerson { family: "Otherwise".into(), ..anna() },
        TypedPerson { born: "13/07/1950".into(), ..anna() },
        TypedPerson { nhs_number: "999 000 0034".into(), ..anna() },
        TypedPerson { nhs_number: String::new(), ..anna() },
    ] {
        assert!(!row(&other, &when).unwrap().is_of(&patient), "{}", other.family);
    }
}

#[test]
fn a_row_names_each_column_that_cannot_be_taken() {
    let when = typed("23/11/2026", "0940");
    for (wrong, field, reason) in [
        (TypedPerson { family: " ".into(), ..anna() }, "family", "missing"),
        (TypedPerson { given: String::new(), ..anna() }, "given", "missing"),
        (TypedPerson { born: String::new(), ..anna() }, "born", "missing"),
        (TypedPerson { born: "14/07/56".into(), ..anna() }, "born", "not_a_date"),
        (TypedPerson { born: "24/11/2026".into(), ..anna() }, "born", "in_future"),
        (TypedPerson { born: "01/01/1900".into(), ..anna() }, "born", "too_long_ago"),
        (TypedPerson { nhs_number: "999 000 0019".into(), ..anna() }, "nhs_number", "nhs_number_failed_check"),
        (TypedPerson { nhs_number: "12".into(), ..anna() }, "nhs_number", "nhs_number_too_short"),
        (TypedPerson { given: "x".repeat(201), ..anna() }, "given", "too_long"),
        (TypedPerson { family: "Inv\u{7}ented".into(), ..anna() }, "family", "control_character"),
    ] {
        assert_eq!(faults(row(&wrong, &when)), [(field.to_owned(), reason)]);
    }
}

#[test]
fn the_same_row_has_the_same_key_however_it_is_written() {
    let key = |person: &TypedPerson, on: &str, time: &str| row(person, &typed(on, time)).unwrap().key();
    let spelled = TypedPerson { family: anna().family.to_uppercase(), ..anna() };
    assert_eq!(key(&anna(), "23/11/2026", "0940"), key(&spelled, "2026-11-23", "9:40"));
    assert_ne!(key(&anna(), "23/11/2026", "0940"), key(&anna(), "23/11/2026", "0941"));
    assert_ne!(key(&anna(), "23/11/2026", "0940"), key(&anna(), "24/11/2026", "0940"));
}

#[test]
fn taken_off_and_put_back_once_each() {
    let off = row(&anna(), &typed("23/11/2026", "0940")).unwrap().take_off().unwrap();
    assert_eq!(off.state, VisitState::TakenOff);
    assert_eq!(off.clone().take_off(), Err(Refused::NotThere));
    let back = off.put_back().unwrap();
    assert_eq!(back.state, VisitState::Expected);
    assert_eq!(back.put_back(), Err(Refused::NotThere));
}

fn there(day: Date, cancelled: bool) -> TrustVisit {
    let appointment = TrustAppointment { id: "apt-7".into(), patient: "pat-1".into(), cancelled };
    let (time, given) = (jiff::civil::time(9, 40, 0, 0), GivenPerson::default());
    TrustVisit {
        appointment,
        day,
        time,
        clinic: "Colorectal".into(),
        reason: String::new(),
        nurse: String::new(),
        given,
    }
}

fn fetched() -> ClinicVisit {
    ClinicVisit::fetched(ClinicVisitId::from_random([2; 16]), there(TODAY, false), &by())
}

const TOMORROW: Date = date(2026, 11, 24);

#[test]
fn a_visit_follows_its_appointment_at_the_trust_and_no_other() {
    let visit = fetched();
    assert_eq!(visit.follow(&there(TODAY, false)), None, "nothing changed");
    let moved = visit.follow(&there(TOMORROW, false)).unwrap();
    assert_eq!((moved.day, moved.state), (TOMORROW, VisitState::Expected));
    assert_eq!((moved.key(), moved.id), (visit.key(), visit.id), "the same row");
    let mut other = there(TOMORROW, false);
    other.appointment.id = "apt-8".into();
    assert_eq!(visit.follow(&other), None);
    assert_eq!(
        row(&anna(), &typed("23/11/2026", "0940")).unwrap().follow(&other),
        None,
        "a row of a file follows none"
    );
}

#[test]
fn whom_the_trust_says_it_is_for_needs_no_number_and_no_other() {
    let of = |person: &TypedPerson| {
        let given = row(person, &typed("23/11/2026", "0940")).unwrap().given;
        ClinicVisit { given, ..fetched() }
    };
    assert!(of(&TypedPerson { nhs_number: String::new(), ..anna() }).fits(&patient()));
    assert!(of(&anna()).fits(&patient()));
    for other in [
        TypedPerson { nhs_number: "999 000 0034".into(), ..anna() },
        TypedPerson { family: "Otherwise".into(), ..anna() },
        TypedPerson { born: "13/07/1950".into(), ..anna() },
    ] {
        assert!(!of(&other).fits(&patient()));
    }
}

#[test]
fn a_cancelled_appointment_leaves_the_list_and_comes_back_with_the_trust() {
    let off = fetched().follow(&there(TODAY, true)).unwrap();
    assert_eq!(off.state, VisitState::Cancelled);
    assert_eq!(off.clone().take_off(), Err(Refused::NotThere));
    assert_eq!(off.follow(&there(TODAY, true)), None);
    assert_eq!(off.follow(&there(TODAY, false)).unwrap().state, VisitState::Expected);
}

#[test]
fn what_a_nurse_did_wins_over_the_trust() {
    let off = fetched().take_off().unwrap();
    assert_eq!(off.follow(&there(TODAY, false)), None, "the trust says nothing new");
    let mut later = there(TODAY, false);
    later.time = jiff::civil::time(14, 0, 0, 0);
    assert_eq!(off.follow(&later).unwrap().state, VisitState::TakenOff, "another time of that day");
    assert_eq!(off.follow(&there(TODAY, true)).unwrap().state, VisitState::TakenOff);
    assert_eq!(off.follow(&there(TOMORROW, false)).unwrap().state, VisitState::Expected, "expected on another day");
    let back = fetched().follow(&there(TODAY, true)).unwrap().put_back().unwrap();
    assert_eq!(back.follow(&there(TODAY, true)), None, "the trust has not cancelled it anew");
    let again = back.follow(&there(TODAY, false)).unwrap().follow(&there(TODAY, true)).unwrap();
    assert_eq!(again.state, VisitState::Cancelled);
}
