//! The queue against a trust server: what was saved is there exactly once, whatever the network and the server do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]
#![allow(clippy::duplicate_mod, reason = "the tests of `both` are compiled once for each server that they run against")]

mod appointment;
mod arriving;
mod broken_off;
mod care_plan;
mod carry;
mod checklists;
mod clinic;
mod helios;
mod holdfastctl;
mod home;
mod judges;
mod memory;
mod ninety_days;
mod offers;
mod packing;
mod plan_review;
mod poison;
mod probe;
mod pull_hostile;
mod rescore;
mod resolving;
mod second;
mod sessions;
mod sign_in;
mod ways_out;

/// So that a test can say what its own work held.
#[global_allocator]
static HEAP: kit::heap::Counting = kit::heap::Counting;

pub(crate) use helios::{network, of_patient, server, versions};
