//! What a nurse would notice, through `clinic` alone: one test for each rule, on an encrypted database in a folder of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod audit;
mod care_plan;
mod care_plan_lock;
mod facts;
mod fixtures;
mod hna;
mod keys;
mod paper;
mod patient;
mod search;
mod staff;
mod summary_offers;
mod today;
mod training;
mod treatment_summary;

use clinic::{Code, Problem};
use kit::kept::{self, Kept};
use kit::{RUTHS_PASSPHRASE, Shift};

/// Why an act was not done.
fn problem<V>(result: Result<V, Problem>) -> Problem {
    result.err().expect("this act is refused")
}

/// The code of it.
fn code<V>(result: Result<V, Problem>) -> Code {
    problem(result).code
}

/// The fields that were not taken, and the reason of each.
fn faults<V>(result: Result<V, Problem>) -> Vec<(String, String)> {
    let problem = problem(result);
    assert_eq!(problem.code, Code::Field);
    problem.fields.into_iter().map(|fault| (fault.field, fault.reason)).collect()
}

fn fault(field: &str, reason: &str) -> Vec<(String, String)> {
    vec![(field.to_owned(), reason.to_owned())]
}

/// What would be on the disk if the PC's program died now.
fn on_disk(desk: &Shift) -> Kept {
    let room = desk.room.after_a_crash();
    let dek = kept::key(&room, &desk.ruth, RUTHS_PASSPHRASE);
    kept::read(&room.profile().join("clinic.db"), &dek).unwrap()
}
