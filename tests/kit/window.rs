//! The real application in its real window, in a private world: own folders, display, session bus and key store. A test drives it by
//! keys through WebDriver and reads what the page shows. No rule of the product is repeated here.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a harness stops the test with the reason"
)]

mod accessibility;
mod appointment;
mod driver;
mod home;
mod key_store;
mod keyboard;
mod open;
mod page;
mod paper;
mod patient;
mod plan;
mod pointer;
mod process;
mod summary;
mod tree;
mod tree_lines;
mod wait;
mod world;

pub use accessibility::Violation;
pub use appointment::{Nurse, Person, RUTH, TOM};
pub use home::{answers_of, day_ahead, late_on};
pub use key_store::KeyStoreState;
pub use keyboard::{Focus, Key};
pub use open::Window;
pub use plan::Agreed;
pub use process::{Running, bound, descendants_of};
pub use summary::{BREAST_LINES, Wanted};
pub use tree::Node;
pub use tree_lines::{lines, mute};
pub use wait::{now_ms, until, within};
pub use world::{PAPERS, World, app, free_port, repository, writes_trees};
