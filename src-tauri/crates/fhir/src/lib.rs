//! FHIR R4 read as domain types, and domain types written as FHIR R4. Pure: no rows, no network, no files, no clock.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod action_read;
mod answers;
mod answers_items;
mod answers_person;
mod appointment;
mod author;
mod booking;
mod canonical;
mod care_plan;
mod care_plan_new;
mod care_plan_read;
mod checklist;
mod checklist_rules;
mod hna;
mod hna_read;
mod home_read;
mod id;
mod invitation;
mod narrative;
mod offer;
mod patient;
mod patient_new;
mod patient_read;
mod provenance;
mod read_fault;
mod resource;
mod strict_json;
mod treatment_summary;
pub mod unknown;
mod value;
mod visit_read;
mod written;

pub use answers::{AnswersFault, MOST_BYTES, NotTaken, ReadAnswers, answers};
pub use appointment::appointment;
pub use author::Author;
pub use booking::booking;
pub use care_plan::{care_plan, former_referrals};
pub use care_plan_new::{assessment_of_plan, ever_of_plan, new_care_plan, our_plan};
pub use care_plan_read::{parts_of_plan, read_care_plan};
pub use checklist::{ChecklistFault, ChecklistPack, checklist, checklist_pack};
pub use checklist_rules::accept_checklist;
pub use hna::{hna, hna_response};
pub use hna_read::{our_assessment, read_hna};
pub use home_read::{
    FromHome, answers_of_task, from_home, ids_of_answers, invitation_task, response_text, task_is_answered,
};
pub use invitation::invitation;
pub use offer::offer;
pub use patient::patient;
pub use patient_new::{blank_patient, cancer_of, new_patient, our_patient, read_details};
pub use patient_read::{read_cancer, read_patient};
pub use provenance::provenance;
pub use read_fault::ReadFault;
pub use resource::{Resource, withdrawn};
pub use treatment_summary::treatment_summary;
pub use visit_read::{ReadVisit, read_person, read_visit};
pub use written::{Written, written};
