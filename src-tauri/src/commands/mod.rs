//! The commands of the window, one file a noun. Each takes one request, asks the clinic for one act and answers its view.

pub mod desk;
pub mod hna;
pub mod patient;
pub mod staff;
