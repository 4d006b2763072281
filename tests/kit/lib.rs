//! What the suites share: people with ordinary answers, a clock that is stepped by hand, chance from a seed, a clinic in a
//! folder of its own, and a disk that records, fails or is cut off. No test lives here, and nothing of the product.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

pub mod appointment;
pub mod away;
pub mod certificate;
pub mod chance;
pub mod clock;
pub mod dialect;
pub mod disk;
pub mod heap;
pub mod kept;
pub mod key_shelf;
pub mod months;
pub mod npm;
pub mod outbox;
pub mod people;
pub mod power;
pub mod print_room;
pub mod proxy;
pub mod room;
pub mod sign_in;
pub mod summary;
pub mod trust_model;
pub mod trust_server;
pub mod window;

pub use certificate::Certificate;
pub use chance::Chance;
pub use clock::Clock;
pub use dialect::{DialectServer, Gzip};
pub use key_shelf::KeyShelf;
pub use outbox::Outbox;
pub use people::*;
pub use print_room::PrintRoom;
pub use proxy::{Passage, Proxy};
pub use room::{Room, Shift, a_clinic, a_clinic_in, an_enrolled_clinic, registered};
pub use sign_in::SignInServer;
pub use trust_model::{Dialect, TrustModel};
pub use trust_server::TrustServer;
