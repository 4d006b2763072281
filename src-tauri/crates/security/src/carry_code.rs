//! The code that opens a carried file: 100 random bits as 5 groups of 4 characters and a checksum group. It is shown once, and travels
//! another way than the file. What it opens is in `carried_file`.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::error::{Mistyped, RandomFault};
use crate::random::{Random, random_array};
use crate::recovery_code::{ALPHABET, checksum, digit, is_separator};
use crate::secret::Passphrase;

/// The characters before the checksum, and all of them.
const CODE_DIGITS: usize = 20;
const DIGITS: usize = 24;

/// The code of one carried file, as digits of 5 bits.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct CarryCode([u8; CODE_DIGITS]);

impl CarryCode {
    /// A new code.
    pub fn random(random: &mut dyn Random) -> Result<Self, RandomFault> {
        let drawn: Zeroizing<[u8; CODE_DIGITS]> = Zeroizing::new(random_array(random)?);
        Ok(Self(drawn.map(|byte| byte & 31)))
    }

    /// Reads a typed code as forgivingly as a recovery code: case, spaces and dashes do not matter, O is 0, I and L are 1.
    pub fn parse(typed: &str) -> Result<Self, Mistyped> {
        let mut digits = Zeroizing::new(Vec::with_capacity(DIGITS));
        for character in typed.chars().filter(|c| !is_separator(*c)) {
            let place = digits.len() + 1;
            digits.push(digit(character).ok_or(Mistyped::Character(place))?);
        }
        let (code, check) = digits.split_at_checked(CODE_DIGITS).ok_or(Mistyped::Length(digits.len()))?;
        if digits.len() != DIGITS {
            return Err(Mistyped::Length(digits.len()));
        }
        if check.iter().fold(0, |sum, d| sum * 32 + u32::from(*d)) != checksum(code) {
            return Err(Mistyped::Checksum);
        }
        Ok(Self(code.try_into().map_err(|_| Mistyped::Length(digits.len()))?))
    }

    /// The code as it is shown: six groups of four characters, the last one the checksum.
    pub fn groups(&self) -> Vec<String> {
        let check = checksum(&self.0);
        let check = [15, 10, 5, 0].map(|shift| u8::try_from(check >> shift & 31).unwrap_or(0));
        let shown = self.0.iter().chain(&check).filter_map(|d| ALPHABET.chars().nth(usize::from(*d)));
        shown.collect::<Vec<char>>().chunks(4).map(|group| group.iter().collect()).collect()
    }

    /// What the work of opening is done on.
    pub(crate) fn to_passphrase(&self) -> Passphrase {
        Passphrase::new(&Zeroizing::new(self.groups().concat()))
    }
}

impl fmt::Debug for CarryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CarryCode")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::testing::RepeatableRandom;

    #[test]
    fn goes_to_paper_and_back_however_it_is_typed() {
        let mut random = RepeatableRandom::new(2);
        for _ in 0..200 {
            let code = CarryCode::random(&mut random).unwrap();
            let groups = code.groups();
            assert_eq!((groups.len(), groups.concat().chars().count()), (6, DIGITS));
            for typed in [groups.join("-"), groups.concat().to_lowercase(), groups.join(" ").replace('0', "o")] {
                assert_eq!(CarryCode::parse(&typed).unwrap().0, code.0);
            }
        }
    }

    #[test]
    fn a_slip_is_told_from_a_wrong_code() {
        let right = CarryCode::random(&mut RepeatableRandom::new(1)).unwrap().groups().concat();
        for place in 0..DIGITS {
            let mut typed: Vec<char> = right.chars().collect();
            typed[place] = if typed[place] == '7' { '8' } else { '7' };
            assert_eq!(CarryCode::parse(&typed.iter().collect::<String>()).unwrap_err(), Mistyped::Checksum);
        }
        assert_eq!(CarryCode::parse("").unwrap_err(), Mistyped::Length(0));
        assert_eq!(CarryCode::parse(&format!("{right}0")).unwrap_err(), Mistyped::Length(25));
        assert_eq!(CarryCode::parse("7U").unwrap_err(), Mistyped::Character(2));
    }
}
