//! Every field of the registration form, taken or named.

use super::*;
use crate::problem::Code;
use jiff::civil::date;

pub(crate) fn form() -> PatientForm {
    let day =
        |day: &str, month: &str, year: &str| TypedDate { day: day.into(), month: month.into(), year: year.into() };
    PatientForm {
        nhs_number: "999 000 0018".into(),
        title: "Mrs".into(),
        given: "Anna".into(),
        family: "Invented".into(),
        preferred: "Annie".into(),
        born: day("14", "7", "1956"),
        gender: Some("female".into()),
        address: "1 Invented Street".into(),
        postcode: "zz99  3wz".into(),
        phone: "020 7946 0000".into(),
        mobile: "".into(),
        email: "anna@example.org".into(),
        practice: Organisation { ods: "x0t11".into(), name: "Lantern Street Surgery".into() },
        hospital_number: "TB-1".into(),
        needs: Needs { print_points: 18, interpreter: "".into(), other: "".into() },
        cancer_type: "Breast".into(),
        diagnosed: day("19", "1", "2026"),
        recurred: TypedDate::default(),
        treatments: vec![TreatmentForm {
            kind: "surgery".into(),
            name: "Wide local excision".into(),
            start: day("3", "2", "2026"),
            end: TypedDate::default(),
        }],
        key_worker: "Ruth Invented".into(),
        team: "Breast".into(),
        diagnosed_at: Organisation::default(),
        followed_up_at: Organisation::default(),
    }
}

fn read(form: &PatientForm) -> Result<Patient, Problem> {
    form.read(PatientId::from_random([1; 16]), date(2026, 11, 23), 5)
}

fn faults(change: impl FnOnce(&mut PatientForm)) -> Vec<(String, String)> {
    let mut form = form();
    change(&mut form);
    let problem = read(&form).unwrap_err();
    assert_eq!(problem.code, Code::Field);
    problem.fields.into_iter().map(|f| (f.field, f.reason)).collect()
}

fn one(field: &str, reason: &str) -> Vec<(String, String)> {
    vec![(field.to_owned(), reason.to_owned())]
}

#[test]
fn a_whole_form_is_taken_and_comes_back_the_same() {
    let patient = read(&form()).unwrap();
    assert_eq!((patient.postcode.as_str(), patient.practice.ods.as_str()), ("ZZ99 3WZ", "X0T11"));
    let again = read(&PatientForm::of(&patient)).unwrap();
    assert_eq!(again, patient);
}

#[test]
fn the_number_has_a_message_for_each_way_it_is_wrong() {
    assert_eq!(faults(|f| f.nhs_number = "99900000A8".into()), one("nhs_number", "nhs_number_letters"));
    assert_eq!(faults(|f| f.nhs_number = "999".into()), one("nhs_number", "nhs_number_too_short"));
    assert_eq!(faults(|f| f.nhs_number = "99900000181".into()), one("nhs_number", "nhs_number_too_long"));
    assert_eq!(faults(|f| f.nhs_number = "9991234560".into()), one("nhs_number", "nhs_number_failed_check"));
    let neither = faults(|f| (f.nhs_number, f.hospital_number) = ("".into(), " ".into()));
    assert_eq!(neither, one("nhs_number", "nhs_or_hospital_number"));
    let mut visitor = form();
    visitor.nhs_number = String::new();
    assert!(read(&visitor).is_ok(), "a hospital number alone is enough to register");
}

#[test]
fn dates_must_be_dates_in_an_order_that_can_be() {
    assert_eq!(faults(|f| f.born.month = "13".into()), one("born", "not_a_date"));
    let mut named = form();
    named.born.month = "July".into();
    assert_eq!(read(&named).unwrap().born, date(1956, 7, 14));
    assert_eq!(faults(|f| f.born.year = "56".into()), one("born", "not_a_date"));
    assert_eq!(faults(|f| f.born = TypedDate::default()), one("born", "missing"));
    assert_eq!(faults(|f| f.born.year = "1900".into()), one("born", "too_long_ago"));
    assert_eq!(faults(|f| f.diagnosed.year = "1950".into()), one("diagnosed", "before_birth"));
    assert_eq!(faults(|f| f.diagnosed.year = "2027".into()), one("diagnosed", "in_future"));
    let recurred = TypedDate { day: "1".into(), month: "1".into(), year: "2025".into() };
    assert_eq!(faults(|f| f.recurred = recurred.clone()), one("recurred", "before_diagnosis"));
    assert_eq!(faults(|f| f.treatments[0].end = recurred.clone()), one("treatments-0-end", "end_before_start"));
    assert_eq!(faults(|f| f.treatments[0].kind = "magic".into()), one("treatments-0-kind", "missing"));
    let future = faults(|f| f.born.year = "2027".into());
    assert!(future.contains(&("born".to_owned(), "in_future".to_owned())));
    let mut planned = form();
    planned.treatments[0].end = TypedDate { day: "1".into(), month: "6".into(), year: "2027".into() };
    assert!(read(&planned).is_ok(), "treatment may be planned");
}

#[test]
fn every_fault_is_named_at_once() {
    let all = faults(|f| {
        f.family = " ".into();
        f.gender = None;
        f.email = "anna".into();
        f.phone = "ring the bell".into();
        f.postcode = "12345".into();
    });
    let fields: Vec<_> = all.iter().map(|(field, _)| field.as_str()).collect();
    for field in ["family", "gender", "email", "phone", "postcode"] {
        assert!(fields.contains(&field), "{field}");
    }
}
