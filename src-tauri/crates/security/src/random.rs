//! Where random bytes come from: the one place that asks the operating system for them.

use crate::error::RandomFault;

/// A source of random bytes, passed in wherever a key, salt or nonce is made.
pub trait Random {
    /// Fills the whole of `bytes`; on an error the content of `bytes` must not be used.
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), RandomFault>;
}

/// The random source of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsRandom;

impl Random for OsRandom {
    #[expect(clippy::disallowed_methods, reason = "this is what OsRandom is for; everything else takes a Random")]
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), RandomFault> {
        getrandom::fill(bytes).map_err(|_| RandomFault)
    }
}

/// Random bytes of a fixed number.
pub(crate) fn random_array<const N: usize>(random: &mut dyn Random) -> Result<[u8; N], RandomFault> {
    let mut bytes = [0; N];
    random.fill(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn two_draws_differ() {
        let first: [u8; 32] = random_array(&mut OsRandom).unwrap();
        let second: [u8; 32] = random_array(&mut OsRandom).unwrap();
        assert_ne!(first, second);
    }
}
