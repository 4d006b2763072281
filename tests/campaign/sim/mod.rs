//! The simulator of sending: the product's own store and queue on several PCs, a model of the trust's server, one thread and a clock that
//! is stepped. The same seed is the same history, bit for bit.

mod acts;
mod desk;
pub mod history;
mod house;
pub mod many;
mod network;
mod oracle;
mod people;
pub mod shrink;
mod world;

pub use history::History;
pub use house::Disk;
pub use oracle::Outcome;

/// On what a history is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    pub disk: Disk,
}

impl Default for Options {
    fn default() -> Options {
        Options { disk: Disk::Memory }
    }
}

/// Plays the history of a seed and judges it.
pub fn run(seed: u64, options: Options) -> Outcome {
    play(&History::of(seed), options)
}

/// Plays a history and judges it.
pub fn play(history: &History, options: Options) -> Outcome {
    oracle::judge(history.seed, &world::World::play(history, options.disk))
}
