//! What a saved change is about.

use crate::codes;
use crate::id::{CarePlanId, HnaId, PatientId, StaffId, TreatmentSummaryId};

codes! {
    /// The kinds of record that have revisions.
    RecordKind {
        Staff = "staff",
        Patient = "patient",
        Hna = "hna",
        CarePlan = "care_plan",
        TreatmentSummary = "treatment_summary",
    }
}

/// One record, and the patient it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub kind: RecordKind,
    pub id: String,
    /// The lane its sendings go in; None for records shared by all patients.
    pub patient: Option<PatientId>,
}

impl Record {
    pub fn staff(id: StaffId) -> Record {
        Record { kind: RecordKind::Staff, id: id.to_string(), patient: None }
    }

    pub fn patient(id: PatientId) -> Record {
        Record { kind: RecordKind::Patient, id: id.to_string(), patient: Some(id) }
    }

    pub fn hna(id: HnaId, patient: PatientId) -> Record {
        Record { kind: RecordKind::Hna, id: id.to_string(), patient: Some(patient) }
    }

    pub fn care_plan(id: CarePlanId, patient: PatientId) -> Record {
        Record { kind: RecordKind::CarePlan, id: id.to_string(), patient: Some(patient) }
    }

    pub fn treatment_summary(id: TreatmentSummaryId, patient: PatientId) -> Record {
        Record { kind: RecordKind::TreatmentSummary, id: id.to_string(), patient: Some(patient) }
    }
}
