//! The whole application without a window. A `House` is the locked profile on this PC; opening it gives a `Clinic`, and every
//! act of a member of staff is one public function of it. The screen and the tests only translate to and from these.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod bindings;
mod clinic;
mod configuration;
mod content;
mod enrolment;
mod faults;
mod hna;
mod hna_view;
mod house;
mod patient;
mod patient_form;
mod patient_search;
mod patient_view;
mod place;
mod problem;
mod queue;
mod staff;
mod today;
mod training;
mod unlock;
mod when;
mod world;

pub use bindings::bindings;
pub use clinic::{Clinic, Desk, Noun, Sending};
pub use configuration::Configuration;
pub use enrolment::EnrolFirstNurse;
pub use hna::*;
pub use hna_view::*;
pub use house::{Front, House, NurseCard, default_profile};
pub use patient::{CorrectPatient, OpenPatient, RegisterPatient};
pub use patient_form::{Needs, PatientForm, TreatmentForm, TypedDate};
pub use patient_search::{FindPatients, Found, FoundPatient};
pub use patient_view::{Banner, Diagnosis, HnaLine, LookLine, Overview, TreatmentLine};
pub use place::Place;
pub use problem::{Code, Field, Problem};
pub use staff::*;
pub use today::{Today, WorkItem, WorkKind};
pub use training::TrainingKey;
pub use unlock::{Unlock, UnlockWithRecoveryCode};
pub use when::{Day, When};
pub use world::World;
