//! The real application in its real window, by keys alone. Rules of the product are tested where they live; here is only what needs
//! the window: that every part of it meets in the nurse's hands.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

mod appointment;
mod care_plan_visits;
mod change_visits;
mod clinic_list_visits;
mod conflict_visits;
mod dialog;
mod directory_visits;
mod fence;
mod folder_dialog;
mod home;
mod home_visits;
mod idle;
mod journeys;
mod killed;
mod languages;
mod lock;
mod naughty;
mod own_cipher;
mod patient_mode;
mod people;
mod plan_visits;
mod plans;
mod report_visits;
mod screens;
mod session_visits;
mod sixty;
mod starts;
mod trees;
