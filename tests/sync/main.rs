//! The queue against a real trust server: what was saved is there exactly once, whatever the network and the server do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use std::sync::OnceLock;
use std::sync::mpsc::channel;

use kit::{Proxy, TrustServer};

mod appointment;
mod care_plan;
mod checklists;
mod clinic;
mod conflicts;
mod crashes;
mod drains;
mod encrypted;
mod faults;
mod home;
mod matching;
mod offers;
mod plan_review;
mod refusals;
mod rescore;
mod sessions;

/// The server that the tests of this suite share, each with patients of its own.
fn server() -> &'static TrustServer {
    static SERVER: OnceLock<TrustServer> = OnceLock::new();
    SERVER.get_or_init(|| {
        let (started, starting) = channel();
        // It ends with the thread that starts it, so that thread must not end with the first test.
        std::thread::spawn(move || {
            started.send(TrustServer::start()).unwrap();
            loop {
                std::thread::park();
            }
        });
        starting.recv().expect("the trust server starts")
    })
}

/// A network of the test's own to the shared server.
fn network() -> Proxy {
    Proxy::to(server().port())
}

/// How many versions of a resource the server has.
fn versions(kind: &str, id: impl std::fmt::Display) -> u64 {
    let (status, history) = server().get(&format!("/{kind}/{id}/_history"));
    if status == 404 { 0 } else { history["total"].as_u64().unwrap() }
}

/// The resources of a type that refer to this patient.
fn of_patient(kind: &str, patient: impl std::fmt::Display) -> Vec<serde_json::Value> {
    let reference = format!("Patient/{patient}");
    let all = server().all(kind).into_iter();
    all.filter(|one| one.pointer("/subject/reference").is_some_and(|subject| *subject == reference)).collect()
}
