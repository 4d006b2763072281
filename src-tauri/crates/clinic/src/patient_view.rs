//! A patient as every screen shows one: the banner; and small parts that several views share.

use domain::id::PatientId;
use domain::nhs_number::NhsNumber;
use domain::patient::{Gender, Patient};
use domain::staff::{Role, Signature};
use jiff::civil::Date;
use serde::Serialize;
use ts_rs::TS;

use crate::when::{Day, When};

/// The identifiers that stand in the banner and in every list of people.
#[derive(Clone, Serialize, TS)]
pub struct Banner {
    #[ts(type = "PatientId")]
    pub id: PatientId,
    pub family: String,
    pub given: String,
    pub title: String,
    pub preferred: Option<String>,
    /// What the person is called: the preferred name, else the first given name.
    pub called: String,
    pub born: Day,
    /// In whole years: today, or on the day of death.
    pub age: i32,
    pub died: Option<Day>,
    #[ts(type = "Gender")]
    pub gender: Gender,
    /// "999 000 0018", or null.
    pub nhs_number: Option<String>,
    /// A number from the range for tests.
    pub test: bool,
    pub hospital_number: Option<String>,
    pub print_points: u8,
    pub interpreter: Option<String>,
    /// When the demographics were last entered or checked.
    pub checked: When,
    pub address: String,
    pub phone: String,
    pub mobile: String,
    pub email: String,
    pub needs_other: String,
}

impl Banner {
    pub(crate) fn of(patient: &Patient, today: Date) -> Banner {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let address = [patient.address.as_str(), patient.postcode.as_str()];
        Banner {
            id: patient.id,
            family: patient.name.family.clone(),
            given: patient.name.given.clone(),
            title: patient.name.title.clone(),
            preferred: some(&patient.name.preferred),
            called: patient.name.called().to_owned(),
            born: Day::new(patient.born),
            age: patient.age_on(patient.died.unwrap_or(today)),
            died: patient.died.map(Day::new),
            gender: patient.gender,
            nhs_number: patient.nhs_number.as_ref().map(NhsNumber::to_string),
            test: patient.nhs_number.as_ref().is_some_and(NhsNumber::is_test),
            hospital_number: some(&patient.hospital_number),
            print_points: patient.needs.print_points,
            interpreter: some(&patient.needs.interpreter),
            checked: When::new(patient.checked_at),
            address: address.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("\n"),
            phone: patient.phone.clone(),
            mobile: patient.mobile.clone(),
            email: patient.email.clone(),
            needs_other: patient.needs.other.clone(),
        }
    }
}

#[derive(Serialize, TS)]
pub struct SignatureView {
    pub name: String,
    #[ts(type = "Role")]
    pub role: Role,
    pub at: When,
}

impl From<&Signature> for SignatureView {
    fn from(signed: &Signature) -> SignatureView {
        SignatureView { name: signed.name.clone(), role: signed.role, at: When::new(signed.at) }
    }
}

#[derive(Serialize, TS)]
pub struct VersionLine {
    pub version: u32,
    pub signed: SignatureView,
}

#[derive(Serialize, TS)]
pub struct Highest {
    pub concern: String,
    pub score: u8,
}
