//! The rules of the house, each a function over text with a planted case that must fail, then applied to the tree as it is.
//! Nothing here runs the product.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

mod commands;
mod decisions;
mod edges;
mod features;
mod handlers;
mod marks;
mod names;
mod packages;
mod sources;
mod top_level;
mod tree;

/// Fails with every fault on a line of its own.
fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// Fails unless one of the faults speaks of `what`: the planted case was seen.
fn seen(faults: &[String], what: &str) {
    assert!(faults.iter().any(|fault| fault.contains(what)), "nothing said about {what}: {faults:?}");
}
