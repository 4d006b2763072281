//! What a nurse would notice, through `clinic` alone: one test for each rule, on an encrypted database in a folder of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

mod audit;
mod care_plan;
mod care_plan_full;
mod care_plan_lock;
mod changes;
mod checklists;
mod clinic_list;
mod directory;
mod facts;
mod fixtures;
mod hand_over;
mod hna;
mod hna_ways;
mod home;
mod home_again;
mod home_doubts;
mod home_refusals;
mod keys;
mod offers;
mod paper;
mod patient;
mod plan_offers;
mod plan_review;
mod reports;
mod search;
mod sessions;
mod staff;
mod summary_offers;
mod sync_page;
mod today;
mod training;
mod treatment_summary;
mod work_lists;

use clinic::{Code, Problem};
use kit::kept::on_disk;

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
