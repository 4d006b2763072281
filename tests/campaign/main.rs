//! Histories of several PCs, their nurses, a network that lies and a trust's server that is only a model: nothing is lost, nothing is
//! done twice, nobody's change is overwritten, and in the end all agree.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

mod histories;
mod model;
mod sim;
