//! The commands of the window, one file a noun. Each takes one request, asks the clinic for one act and answers its view.

pub mod care_plan;
pub mod clinic_list;
pub mod desk;
pub mod directory;
pub mod hand_over;
pub mod hna;
pub mod home;
pub mod offer;
pub mod paper;
pub mod patient;
pub mod patient_mode;
pub mod report;
pub mod sending;
pub mod server;
pub mod session;
pub mod staff;
pub mod treatment_summary;
