//! FHIR R4 read as domain types. Pure: no rows, no network, no files.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod checklist;

pub use checklist::{ChecklistFault, checklist};
