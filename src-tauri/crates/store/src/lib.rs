//! The encrypted database of one PC. Rows and SQL live here and nowhere else; no FHIR, no clock, no screen.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod audit;
mod checklist;
mod error;
mod hna;
mod migrate;
mod open;
mod outbox;
mod patient;
mod place;
mod setting;
mod staff;
mod write;

pub use audit::Look;
pub use error::Error;
pub use hna::SavedHna;
pub use open::{Keys, Store};
pub use outbox::Waiting;
pub use patient::SearchRow;
pub use setting::Setting;
pub use write::Writing;
