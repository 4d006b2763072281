//! The clinical types and rules of Holdfast. Nothing here reads a clock, makes randomness or touches a disk or network:
//! whatever a rule needs is passed in, so every rule can be tested by calling it.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

pub mod action;
pub mod appointment;
pub mod booking;
pub mod care_plan;
pub mod change;
pub mod checklist;
pub mod clinic_visit;
pub mod code;
pub mod cosd;
pub mod cosd_forms;
pub mod day;
pub mod directory;
pub mod hna;
pub mod home_answers;
pub mod id;
pub mod invitation;
pub mod likeness;
pub mod merge;
mod merge_care_plan;
mod merge_patient;
pub mod nhs_number;
pub mod offer;
pub mod op;
pub mod patient;
pub mod place;
pub mod plan_compare;
pub mod plan_offer;
pub mod plan_review;
pub mod record;
pub mod refused;
pub mod session;
pub mod staff;
pub mod summary_offers;
pub mod summary_slot;
pub mod summary_template;
pub mod team_figures;
pub mod text;
mod together;
pub mod treatment_summary;
pub mod vocabulary;
pub mod work;

pub use refused::{FieldFault, Refused};
