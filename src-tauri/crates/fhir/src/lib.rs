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
mod care_plan_read;
mod checklist;
mod checklist_rules;
mod hna;
mod id;
mod invitation;
mod narrative;
mod offer;
mod patient;
mod patient_read;
mod provenance;
mod read_fault;
mod resource;
mod strict_json;
mod treatment_summary;
pub mod unknown;
mod value;

pub use answers::{AnswersFault, MOST_BYTES, NotTaken, ReadAnswers, answers};
pub use appointment::appointment;
pub use author::Author;
pub use booking::booking;
pub use care_plan::{care_plan, former_referrals};
pub use care_plan_read::{parts_of_plan, read_care_plan};
pub use checklist::{ChecklistFault, ChecklistPack, checklist, checklist_pack};
pub use checklist_rules::accept_checklist;
pub use hna::{hna, hna_response};
pub use invitation::invitation;
pub use offer::offer;
pub use patient::patient;
pub use patient_read::{read_cancer, read_patient};
pub use provenance::provenance;
pub use read_fault::ReadFault;
pub use resource::{Resource, withdrawn};
pub use treatment_summary::treatment_summary;
