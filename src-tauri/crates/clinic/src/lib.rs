//! The whole application without a window. A `House` is the locked profile on this PC; opening it gives a `Clinic`, and every
//! act of a member of staff is one public function of it. The screen and the tests only translate to and from these.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod bindings;
mod care_plan;
mod care_plan_view;
mod clinic;
mod configuration;
mod content;
mod courier;
mod enrolment;
mod faults;
mod hna;
mod hna_view;
mod house;
mod paper;
mod paper_file;
mod paper_made;
mod paper_view;
mod patient;
mod patient_form;
mod patient_search;
mod patient_view;
mod place;
mod printer;
mod problem;
mod queue;
mod request;
mod sending;
mod staff;
mod summary_offers;
mod summary_template_view;
mod template_pack;
mod template_rules;
mod today;
mod training;
mod treatment_summary;
mod treatment_summary_view;
mod unlock;
mod version;
mod when;
mod world;

pub use bindings::bindings;
pub use care_plan::*;
pub use care_plan_view::*;
pub use clinic::{Clinic, Desk, Noun};
pub use configuration::{Configuration, Contact};
pub use enrolment::EnrolFirstNurse;
pub use hna::*;
pub use hna_view::*;
pub use house::{Front, House, NurseCard, default_profile};
pub use paper_view::{PaperKind, PaperOf, PaperView, PrintPaper, Printed, Printer, Printers, SavePaper, SavedPaper};
pub use patient::{CorrectPatient, OpenPatient, RegisterPatient};
pub use patient_form::{Needs, PatientForm, TreatmentForm, TypedDate};
pub use patient_search::{FindPatients, Found, FoundPatient};
pub use patient_view::{
    Banner, Diagnosis, HnaLine, LookLine, Overview, PlanLine, SignatureView, SummaryLine, TreatmentLine, VersionLine,
};
pub use place::Place;
pub use problem::{Code, Field, Problem};
pub use sending::{RefusedLine, Sending, TryAgain};
pub use staff::*;
pub use summary_template_view::*;
pub use template_pack::summary_template;
pub use template_rules::TemplateFault;
pub use today::{Today, WorkItem, WorkKind};
pub use training::TrainingKey;
pub use treatment_summary::*;
pub use treatment_summary_view::*;
pub use unlock::{Unlock, UnlockWithRecoveryCode};
pub use when::{Day, When};
pub use world::World;
