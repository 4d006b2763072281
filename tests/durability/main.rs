//! A save that was shown is kept: through a kill at any write, a power cut at any moment, a full disk and a failing one.
//! Nothing here waits, and chance comes from a seed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod kills;
mod oracle;
mod power_cuts;
mod refusing_disks;
