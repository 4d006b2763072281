//! Invented people and what they answer: each builder gives an ordinary request that is taken as it stands; tests change what they are about.

use clinic::{
    AddNurse, EnrolFirstNurse, FindPatients, IssueRecoveryCode, Needs, Organisation, PatientForm, RecordDeath,
    RecordOffer, SetPassphrase, StartHna, TreatmentForm, TypedDate,
};
use zeroize::Zeroizing;

/// The passphrase of the first nurse.
pub const RUTHS_PASSPHRASE: &str = "a lantern beside the river";
/// The passphrase of the second nurse.
pub const OMARS_PASSPHRASE: &str = "seven herons over wet slate";

/// Ruth, who becomes the first key-holder.
pub fn an_enrolment() -> EnrolFirstNurse {
    EnrolFirstNurse {
        name: "Ruth Invented".into(),
        role: "cancer_nurse_specialist".into(),
        team: "Colorectal".into(),
        organisation: Organisation { ods: "X0T99".into(), name: "Thamesbank Hospitals".into() },
        passphrase: typed(RUTHS_PASSPHRASE),
    }
}

/// Omar, her colleague, who holds no keys.
pub fn a_colleague() -> AddNurse {
    AddNurse {
        name: "Omar Imagined".into(),
        role: "other_nurse".into(),
        key_holder: false,
        passphrase: typed(OMARS_PASSPHRASE),
        own_passphrase: typed(RUTHS_PASSPHRASE),
    }
}

/// Ruth gives somebody a new passphrase.
pub fn a_new_passphrase(nurse: &str, passphrase: &str) -> SetPassphrase {
    SetPassphrase { nurse: nurse.to_owned(), passphrase: typed(passphrase), own_passphrase: typed(RUTHS_PASSPHRASE) }
}

/// Ruth makes a new recovery code.
pub fn a_new_code() -> IssueRecoveryCode {
    IssueRecoveryCode { own_passphrase: typed(RUTHS_PASSPHRASE) }
}

/// Anna, born 14 July 1956.
pub fn a_patient_form() -> PatientForm {
    PatientForm {
        nhs_number: nhs_number(1),
        title: "Mrs".into(),
        given: "Anna".into(),
        family: "Invented".into(),
        preferred: "Annie".into(),
        born: date(14, 7, 1956),
        gender: Some("female".into()),
        address: "1 Invented Street\nThamesbank".into(),
        postcode: "ZZ99 3WZ".into(),
        phone: "020 7946 0000".into(),
        mobile: "07700 900123".into(),
        email: "anna@example.org".into(),
        practice: Organisation { ods: "X0T11".into(), name: "Lantern Street Surgery".into() },
        hospital_number: "TB-1".into(),
        needs: Needs { print_points: 18, interpreter: String::new(), other: "Hearing aid, left".into() },
        cancer_type: "Breast".into(),
        diagnosed: date(19, 1, 2026),
        recurred: TypedDate::default(),
        treatments: vec![TreatmentForm {
            kind: "surgery".into(),
            name: "Wide local excision".into(),
            start: date(3, 2, 2026),
            end: TypedDate::default(),
        }],
        key_worker: "Ruth Invented".into(),
        team: "Breast".into(),
        diagnosed_at: Organisation { ods: "X0T99".into(), name: "Thamesbank Hospitals".into() },
        followed_up_at: Organisation::default(),
    }
}

/// Somebody else: another name, number, hospital number; the same birthday unless changed.
pub fn another_patient_form(number: u32, given: &str, family: &str) -> PatientForm {
    PatientForm {
        nhs_number: nhs_number(number),
        given: given.into(),
        family: family.into(),
        preferred: String::new(),
        hospital_number: format!("TB-{number}"),
        ..a_patient_form()
    }
}

/// An assessment of a patient who was born on 14 July, answered by herself in the room.
pub fn an_assessment(patient: impl ToString) -> StartHna {
    StartHna {
        patient: patient.to_string(),
        day: "14".into(),
        month: "7".into(),
        answered_by: Some("patient".into()),
        helper: String::new(),
        method: Some("face_to_face".into()),
        pathway_point: Some("initial_diagnosis".into()),
        checklist: None,
        answered_on: None,
    }
}

/// An assessment was offered around diagnosis on Monday, and accepted.
pub fn an_offer(patient: impl ToString) -> RecordOffer {
    RecordOffer {
        patient: patient.to_string(),
        point: Some("initial_diagnosis".into()),
        decision: Some("accepted".into()),
        reason: String::new(),
        on: date(23, 11, 2026),
        again: false,
    }
}

/// The death, on the Friday before, of somebody who was born on 14 July.
pub fn a_death(patient: impl ToString) -> RecordDeath {
    RecordDeath {
        patient: patient.to_string(),
        day: "14".into(),
        month: "7".into(),
        died: date(20, 11, 2026),
        sure: false,
    }
}

/// A search by nothing yet.
pub fn a_search() -> FindPatients {
    FindPatients {
        family: String::new(),
        given: String::new(),
        born: TypedDate::default(),
        nhs_number: String::new(),
        hospital_number: String::new(),
        visit: None,
    }
}

/// What was typed into the three boxes of a date.
pub fn date(day: u8, month: u8, year: u16) -> TypedDate {
    TypedDate { day: day.to_string(), month: month.to_string(), year: year.to_string() }
}

/// What was typed into a box for a secret.
pub fn typed(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.to_owned())
}

/// The n-th valid NHS number (0 to 899,999) of the range that is set aside for tests.
pub fn nhs_number(n: u32) -> String {
    // A tenth of all numbers has no check digit; a stride finds the next that has one without giving a number twice.
    (0..10).map(|more| 999_000_000 + n + more * 90_000).find_map(with_check_digit).expect("a number with a check digit")
}

fn with_check_digit(nine: u32) -> Option<String> {
    let digits: Vec<u32> = nine.to_string().chars().filter_map(|c| c.to_digit(10)).collect();
    let sum: u32 = digits.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    match 11 - sum % 11 {
        10 => None,
        11 => Some(format!("{nine}0")),
        check => Some(format!("{nine}{check}")),
    }
}
