//! The tests that hold at any trust server. This file is read once for each server that they run against; `server` is that one.

use kit::Proxy;

pub use super::{SEQUENCES, Trust, a_server, server};

mod bombs;
mod conflicts;
mod crashes;
mod drains;
mod encrypted;
mod fault_table;
mod faults;
mod matching;
mod pull;
mod refusals;
mod sequences;
mod slow;
mod taking;
mod wire;

/// A network of the test's own to the shared server.
pub fn network() -> Proxy {
    server().network()
}

/// How many versions of a resource the server has.
pub fn versions(kind: &str, id: impl std::fmt::Display) -> u64 {
    let (status, history) = server().get(&format!("/{kind}/{id}/_history"));
    if status == 404 { 0 } else { history["total"].as_u64().unwrap() }
}

/// The resources of a type that refer to this patient.
pub fn of_patient(kind: &str, patient: impl std::fmt::Display) -> Vec<serde_json::Value> {
    let reference = format!("Patient/{patient}");
    let all = server().all(kind).into_iter();
    all.filter(|one| one.pointer("/subject/reference").is_some_and(|subject| *subject == reference)).collect()
}
