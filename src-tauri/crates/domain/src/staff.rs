//! Members of staff, and who did something, when and where.

use crate::codes;
use crate::id::StaffId;

codes! {
    /// The staff roles of the English cancer dataset.
    ///
    /// Source: COSD CR7950 and CR7960, codes 01-06, 08 and 09 (there is no 07).
    Role {
        CancerNurseSpecialist = "cancer_nurse_specialist",
        OtherNurse = "other_nurse",
        AlliedHealthProfessional = "allied_health_professional",
        SupportWorker = "support_worker",
        MentalHealthProfessional = "mental_health_professional",
        Doctor = "doctor",
        Other = "other",
        NotKnown = "not_known",
    }
}

/// An organisation by its ODS code and name; either may be empty while it is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Organisation {
    /// ODS code, upper case, at most 10 letters and digits.
    pub ods: String,
    pub name: String,
}

/// A nurse, doctor or other member of staff who works on this PC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    pub id: StaffId,
    pub name: String,
    pub role: Role,
    /// May add colleagues, set their passphrases and make a new recovery code.
    pub key_holder: bool,
    pub team: String,
    pub organisation: Organisation,
}

/// Who did it, when and where; from the signed-in nurse, never from the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    pub staff: StaffId,
    pub name: String,
    pub role: Role,
    pub key_holder: bool,
    /// UTC milliseconds.
    pub at: i64,
    /// The PC's name from the configuration; empty when it has none.
    pub pc: String,
}

/// Who signed a version, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    pub staff: StaffId,
    pub name: String,
    pub role: Role,
    /// UTC milliseconds.
    pub at: i64,
}

impl Signature {
    pub fn of(by: &By) -> Signature {
        Signature { staff: by.staff, name: by.name.clone(), role: by.role, at: by.at }
    }
}
