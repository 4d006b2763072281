//! FHIR R4 read as domain types, and domain types written as FHIR R4. Pure: no rows, no network, no files, no clock.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod author;
mod care_plan;
mod checklist;
mod hna;
mod id;
mod narrative;
mod patient;
mod provenance;
mod resource;
mod treatment_summary;
mod value;

pub use author::Author;
pub use care_plan::care_plan;
pub use checklist::{ChecklistFault, checklist};
pub use hna::{hna, hna_response};
pub use patient::patient;
pub use provenance::provenance;
pub use resource::{Resource, withdrawn};
pub use treatment_summary::treatment_summary;
