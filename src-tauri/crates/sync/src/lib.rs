//! The queue to the trust server: what goes when, what each answer means, and the network it goes over. The engine is pure; disk,
//! network, clock and chance are handed to it. No screen, no rule of care, and nothing that deletes a database.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

#[macro_use]
mod planted;

mod answer;
mod asking;
mod bisect;
mod breaker;
mod bundle;
mod engine;
mod event;
mod export;
mod fault;
mod gone_back;
mod leftover;
mod made;
mod match_patient;
mod merging;
mod packing;
mod push;
mod reading;
mod reason;
mod same;
mod status;
mod transport;
mod twins;

pub use answer::{Answered, Reply};
pub use export::{refused_copy, still_needed};
pub use fault::{Fault, Trouble};
pub use merging::{Sides, sides};
#[cfg(feature = "planted")]
pub use planted::{Bug, plant};
pub use push::{Books, Push, Rest, Stopped};
pub use reading::Packs;
pub use reason::Reason;
pub use status::Live;
pub use transport::{Server, ServerFault, Wire};
