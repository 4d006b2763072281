//! Invented patients.

use domain::id::PatientId;
use domain::nhs_number::NhsNumber;
use domain::patient::{Cancer, Gender, Name, Needs, Patient, Treatment, TreatmentKind};
use domain::staff::Organisation;
use domain::text;
use jiff::civil::date;

use super::{AT, HARM, hospital};

pub fn ordinary_patient() -> Patient {
    Patient {
        id: PatientId::from_random([1; 16]),
        nhs_number: NhsNumber::parse("999 000 0018").ok(),
        hospital_number: "H1234567".to_owned(),
        name: Name {
            title: "Mrs".to_owned(),
            given: "Anna Maria".to_owned(),
            family: "Invented".to_owned(),
            preferred: "Annie".to_owned(),
        },
        born: date(1956, 7, 14),
        gender: Gender::Female,
        address: "1 Made-up Street\nNowhere".to_owned(),
        postcode: "ZZ99 3WZ".to_owned(),
        phone: "01632 960001".to_owned(),
        mobile: "07700 900001".to_owned(),
        email: "anna@example.org".to_owned(),
        practice: Organisation { ods: "Z99999".to_owned(), name: "Invented Surgery".to_owned() },
        needs: Needs { print_points: 18, interpreter: "Polish".to_owned(), other: "Wears a hearing aid".to_owned() },
        cancer: Cancer {
            cancer_type: "Breast cancer".to_owned(),
            diagnosed: Some(date(2026, 3, 19)),
            recurred: Some(date(2026, 10, 1)),
            treatments: treatments(),
        },
        key_worker: "Ruth Invented".to_owned(),
        team: "Breast team".to_owned(),
        diagnosed_at: hospital(),
        followed_up_at: hospital(),
        died: None,
        death_taken_back: String::new(),
        checked_at: AT,
    }
}

/// One for each state that its days can say, on the day the record was checked (23-Nov-2026).
fn treatments() -> Vec<Treatment> {
    let one = |kind, name: &str, start, end| Treatment { kind, name: name.to_owned(), start, end };
    vec![
        one(TreatmentKind::Surgery, "Wide local excision", Some(date(2026, 4, 20)), None),
        one(TreatmentKind::Sact, "EC-T", Some(date(2026, 5, 18)), Some(date(2026, 9, 7))),
        one(TreatmentKind::Hormone, "Letrozole", Some(date(2026, 10, 5)), Some(date(2031, 10, 5))),
        one(TreatmentKind::Radiotherapy, "", Some(date(2026, 12, 1)), None),
        one(TreatmentKind::Transplant, "", Some(date(2026, 6, 1)), Some(date(2026, 6, 1))),
        one(TreatmentKind::Other, "Lymphoedema massage", None, Some(date(2026, 8, 1))),
        one(TreatmentKind::Surveillance, "", None, None),
    ]
}

/// The ordinary patient without the recurrence and all but the first treatment, which were another person's.
pub fn corrected_patient() -> Patient {
    let mut patient = ordinary_patient();
    patient.cancer.recurred = None;
    patient.cancer.treatments.truncate(1);
    patient
}

/// The ordinary patient after her death.
pub fn dead_patient() -> Patient {
    ordinary_patient().record_death(Some(date(2026, 11, 20)), date(2026, 11, 23)).unwrap()
}

pub fn least_patient() -> Patient {
    Patient {
        id: PatientId::from_random([2; 16]),
        nhs_number: None,
        hospital_number: "1".to_owned(),
        name: Name { given: "Bo".to_owned(), family: "Least".to_owned(), ..Name::default() },
        born: date(2000, 2, 29),
        gender: Gender::Unknown,
        address: String::new(),
        postcode: String::new(),
        phone: String::new(),
        mobile: String::new(),
        email: String::new(),
        practice: Organisation::default(),
        needs: Needs { print_points: 14, interpreter: String::new(), other: String::new() },
        cancer: Cancer::default(),
        key_worker: String::new(),
        team: String::new(),
        diagnosed_at: Organisation::default(),
        followed_up_at: Organisation::default(),
        died: None,
        death_taken_back: String::new(),
        checked_at: 0,
    }
}

/// Every text field made to do harm, as long as it may be.
pub fn harmful_patient() -> Patient {
    let line = text::line(HARM).unwrap();
    let organisation = Organisation { ods: String::new(), name: line.clone() };
    let treatment = Treatment { kind: TreatmentKind::Other, name: line.clone(), start: None, end: None };
    Patient {
        id: PatientId::from_random([3; 16]),
        nhs_number: NhsNumber::parse("943 476 5919").ok(),
        hospital_number: line.clone(),
        name: Name { title: line.clone(), given: line.clone(), family: line.clone(), preferred: line.clone() },
        gender: Gender::Other,
        address: text::lines(&format!("{HARM}\r\n\n{HARM}")).unwrap(),
        postcode: line.clone(),
        phone: line.clone(),
        mobile: line.clone(),
        email: line.clone(),
        practice: organisation.clone(),
        needs: Needs { print_points: 24, interpreter: line.clone(), other: line.clone() },
        cancer: Cancer {
            cancer_type: line.clone(),
            diagnosed: None,
            recurred: Some(date(2026, 1, 1)),
            treatments: vec![treatment],
        },
        diagnosed_at: organisation.clone(),
        followed_up_at: organisation,
        ..least_patient()
    }
}
