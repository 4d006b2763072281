//! Which identifier each resource of a record has at the trust. They stand for ever: a changed one would be a second copy.
//!
//! | record | resource | identifier |
//! | --- | --- | --- |
//! | patient | Patient | the patient's own |
//! | | Condition | `diagnosis`, `recurrence` |
//! | | Procedure | `treatment/N`, N from 1 in the order of the record |
//! | assessment | QuestionnaireResponse | `response` |
//! | | Observation | `score/KEY` of the concern |
//! | care plan | CarePlan | `care-plan` |
//! | | Goal | `goal/KEY` of the concern |
//! | | ServiceRequest | `referral/KEY` of the action |
//! | treatment summary | Composition | `composition` |
//! | | DocumentReference | `document/COPY/VERSION` |
//! | | Binary | `paper/COPY/VERSION` |
//! | invitation | Task | `invitation` |
//! | appointment | Appointment | `appointment` |
//! | booking of a session | Appointment | `booking` |
//! | sending | Provenance | the sending's own |
//!
//! What stands in code style is a role: the identifier is UUID version 5 of that text in the namespace of the record's identifier.

use uuid::Uuid;

/// The identifier of the resource that has this role in this record.
pub(crate) fn of(record: [u8; 16], role: &str) -> String {
    Uuid::new_v5(&Uuid::from_bytes(record), role.as_bytes()).hyphenated().to_string()
}
