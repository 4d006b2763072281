//! The queue to the trust server: what goes when, what each answer means, and the network it goes over. The engine is pure; disk,
//! network, clock and chance are handed to it. No screen, no rule of care, and nothing that deletes a database.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

#[macro_use]
mod planted;

mod answer;
mod asking;
mod authority;
mod bisect;
mod breaker;
mod bundle;
mod carry_in;
mod carry_out;
mod credentials;
mod engine;
mod event;
mod export;
mod fault;
mod gone_back;
mod leftover;
mod looking_up;
mod made;
mod match_patient;
mod merging;
mod packing;
mod probe;
mod probe_asking;
mod probe_questions;
mod probe_report;
mod probe_sizes;
mod probe_strategy;
mod probe_wire;
mod probe_words;
mod pull;
mod pull_fetch;
mod pull_gone;
mod pull_lost;
mod pull_read;
mod pull_wire;
mod push;
mod reading;
mod reason;
mod same;
mod status;
mod taking;
mod taking_patient;
mod taking_records;
mod together;
mod token;
mod transport;
mod twins;
mod unmoved;

pub use answer::{Answered, Reply};
pub use authority::fingerprints;
pub use carry_in::{CarryIn, CarryStopped, Imported, NotImported};
pub use carry_out::CarryOut;
pub use credentials::{ClientCertificate, PrivateKey};
pub use export::{refused_copy, still_needed};
pub use fault::{Fault, Trouble};
pub use match_patient::is_in_use;
pub use merging::{Sides, sides};
#[cfg(feature = "planted")]
pub use planted::{Bug, plant};
pub use probe::{Surroundings, Unchecked, probe};
pub use probe_report::{Check, Finding, Outcome, Report, Safe};
pub use probe_wire::Trial;
pub use pull::{Lane, Progress, Pull, Pulled};
pub use pull_wire::Pages;
pub use push::{Books, Push, Rest, Stopped};
pub use reading::Packs;
pub use reason::Reason;
pub use status::Live;
pub use taking::{Taken, take};
pub use token::{Algorithm, Outside, SignInAt, SignedIn};
pub use transport::{Credentials, Server, ServerFault, Wire};
