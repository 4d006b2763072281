//! The queue against a trust server: what was saved is there exactly once, whatever the network and the server do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]
#![allow(clippy::duplicate_mod, reason = "the tests of `both` are compiled once for each server that they run against")]

mod appointment;
mod broken_off;
mod care_plan;
mod checklists;
mod clinic;
mod helios;
mod home;
mod memory;
mod offers;
mod packing;
mod plan_review;
mod rescore;
mod resolving;
mod second;
mod sessions;
mod ways_out;

/// So that a test can say what its own work held.
#[global_allocator]
static HEAP: kit::heap::Counting = kit::heap::Counting;

pub(crate) use helios::{network, of_patient, server, versions};
