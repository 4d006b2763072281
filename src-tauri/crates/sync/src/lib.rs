//! The queue to the trust server: what goes when, what each answer means, and the network it goes over. The engine is pure; disk,
//! network, clock and chance are handed to it. No screen, no rule of care, and nothing that deletes a database.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod answer;
mod asking;
mod bisect;
mod breaker;
mod bundle;
mod engine;
mod event;
mod fault;
mod match_patient;
mod push;
mod reading;
mod reason;
mod status;
mod transport;

pub use answer::{Answered, Reply};
pub use fault::{Fault, Trouble};
pub use push::{Books, Push, Rest, Stopped};
pub use reading::Packs;
pub use reason::Reason;
pub use status::Live;
pub use transport::{Server, ServerFault, Wire};
