//! What a saved change is about.

use crate::codes;
use crate::id::{
    AnswersId, AppointmentId, BookingId, CarePlanId, ClinicVisitId, DirectoryEntryId, HnaId, InvitationId, OfferId,
    PatientId, SessionId, StaffId, TreatmentSummaryId,
};

codes! {
    /// The kinds of record that have revisions.
    RecordKind {
        Staff = "staff",
        Patient = "patient",
        Hna = "hna",
        CarePlan = "care_plan",
        TreatmentSummary = "treatment_summary",
        Offer = "offer",
        Invitation = "invitation",
        Answers = "answers",
        Appointment = "appointment",
        Session = "session",
        DirectoryEntry = "directory_entry",
        Booking = "booking",
        ClinicVisit = "clinic_visit",
    }
}

impl RecordKind {
    /// May the trust have its revisions? Members of staff travel with what they did, answers from home as the assessment they became,
    /// and a session with each booking of it; a clinic list comes from the trust.
    pub fn is_sent(self) -> bool {
        !matches!(
            self,
            RecordKind::Staff
                | RecordKind::Answers
                | RecordKind::ClinicVisit
                | RecordKind::Session
                | RecordKind::DirectoryEntry
        )
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

    pub fn offer(id: OfferId, patient: PatientId) -> Record {
        Record { kind: RecordKind::Offer, id: id.to_string(), patient: Some(patient) }
    }

    pub fn invitation(id: InvitationId, patient: PatientId) -> Record {
        Record { kind: RecordKind::Invitation, id: id.to_string(), patient: Some(patient) }
    }

    /// Answers from home; `patient` is None until somebody knows whose they are.
    pub fn answers(id: AnswersId, patient: Option<PatientId>) -> Record {
        Record { kind: RecordKind::Answers, id: id.to_string(), patient }
    }

    /// A session of the timetable, which belongs to no patient.
    pub fn session(id: SessionId) -> Record {
        Record { kind: RecordKind::Session, id: id.to_string(), patient: None }
    }

    /// An entry of the directory, which belongs to no patient.
    pub fn directory_entry(id: DirectoryEntryId) -> Record {
        Record { kind: RecordKind::DirectoryEntry, id: id.to_string(), patient: None }
    }

    pub fn booking(id: BookingId, patient: PatientId) -> Record {
        Record { kind: RecordKind::Booking, id: id.to_string(), patient: Some(patient) }
    }

    /// A place on the clinic list; `patient` is None for the row of a file.
    pub fn clinic_visit(id: ClinicVisitId, patient: Option<PatientId>) -> Record {
        Record { kind: RecordKind::ClinicVisit, id: id.to_string(), patient }
    }

    pub fn appointment(id: AppointmentId, patient: PatientId) -> Record {
        Record { kind: RecordKind::Appointment, id: id.to_string(), patient: Some(patient) }
    }
}
