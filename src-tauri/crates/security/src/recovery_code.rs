//! The printed recovery code (R2): 160 random bits as 8 groups of 4 characters and a checksum group, and the forgiving way back.
//! What the code opens is in `slot`.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::error::{Mistyped, RandomFault};
use crate::random::{Random, random_array};

/// A recovery code; it opens the database without the device secret, so the sheet it is printed on must be kept like a key.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct RecoveryCode([u8; 20]);

impl RecoveryCode {
    /// Reads a typed code: case, spaces and dashes do not matter, O is 0, I and L are 1. A typing error is told apart from a wrong
    /// code: every single wrong character and every swap of two neighbours is found.
    pub fn parse(typed: &str) -> Result<Self, Mistyped> {
        let mut digits = Zeroizing::new(Vec::with_capacity(DIGITS));
        for character in typed.chars().filter(|c| !is_separator(*c)) {
            let place = digits.len() + 1;
            digits.push(digit(character).ok_or(Mistyped::Character(place))?);
        }
        if digits.len() != DIGITS {
            return Err(Mistyped::Length(digits.len()));
        }
        let (code, check) = digits.split_at(CODE_DIGITS);
        if check.iter().fold(0, |sum, d| sum * 32 + u32::from(*d)) != checksum(code) {
            return Err(Mistyped::Checksum);
        }
        let mut bytes = [0; 20];
        for (five, eight) in bytes.chunks_mut(5).zip(code.chunks(8)) {
            let bits = eight.iter().fold(0_u64, |sum, d| sum << 5 | u64::from(*d));
            for (byte, from) in five.iter_mut().zip(bits.to_be_bytes().into_iter().skip(3)) {
                *byte = from;
            }
        }
        Ok(Self(bytes))
    }

    /// The code as it is shown and printed: nine groups of four characters, the last one the checksum.
    pub fn groups(&self) -> Vec<String> {
        let code = self.digits();
        let check = checksum(&code);
        let check = [15, 10, 5, 0].map(|shift| u8::try_from(check >> shift & 31).unwrap_or(0));
        let characters: Vec<char> =
            code.iter().chain(&check).filter_map(|d| ALPHABET.chars().nth(usize::from(*d))).collect();
        characters.chunks(4).map(|group| group.iter().collect()).collect()
    }

    /// A new code; it opens nothing until a vault has taken it.
    pub fn random(random: &mut dyn Random) -> Result<Self, RandomFault> {
        random_array(random).map(Self)
    }

    pub(crate) fn bytes(&self) -> &[u8; 20] {
        &self.0
    }

    fn digits(&self) -> Zeroizing<Vec<u8>> {
        let mut digits = Zeroizing::new(Vec::with_capacity(CODE_DIGITS));
        for five in self.0.chunks(5) {
            let bits = five.iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
            digits.extend((0..8).rev().map(|place| u8::try_from(bits >> (place * 5) & 31).unwrap_or(0)));
        }
        digits
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode")
    }
}

/// Source: Douglas Crockford, Base 32: no I, L, O, U.
pub(crate) const ALPHABET: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_DIGITS: usize = 32;
const DIGITS: usize = 36;
/// The largest prime that four characters can hold. Being prime it divides neither a digit's difference times a power of 32 (one wrong
/// character) nor such a difference times 31 (two neighbours swapped): neither goes unnoticed.
const PRIME: u32 = 1_048_573;

pub(crate) fn checksum(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |sum, d| (sum * 32 + u32::from(*d)) % PRIME)
}

pub(crate) fn digit(character: char) -> Option<u8> {
    let folded = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.chars().position(|c| c == folded).and_then(|place| u8::try_from(place).ok())
}

pub(crate) fn is_separator(character: char) -> bool {
    character.is_whitespace() || matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice)]
    use super::*;
    use crate::testing::RepeatableRandom;

    fn a_code() -> RecoveryCode {
        RecoveryCode::random(&mut RepeatableRandom::new(1)).unwrap()
    }

    #[test]
    fn goes_to_paper_and_back() {
        let mut random = RepeatableRandom::new(2);
        for _ in 0..500 {
            let code = RecoveryCode::random(&mut random).unwrap();
            let groups = code.groups();
            assert_eq!(groups.len(), 9);
            assert!(groups.iter().all(|g| g.chars().count() == 4));
            assert_eq!(RecoveryCode::parse(&groups.join("-")).unwrap().0, code.0);
        }
    }

    // Printed sheets must open for ever.
    #[test]
    fn the_spelling_is_pinned() {
        let code = RecoveryCode(std::array::from_fn(|i| (i * 13) as u8));
        assert_eq!(code.groups().join("-"), "006H-M9SM-8575-PT3N-GA7S-SADP-RF8D-VTQQ-TWEM");
        assert_eq!(RecoveryCode([255; 20]).groups().join("-"), "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-06D0");
    }

    #[test]
    fn forgives_how_it_is_typed() {
        let code = RecoveryCode([0; 20]);
        let printed = code.groups().join(" ");
        for typed in [
            printed.to_lowercase(),
            printed.replace('0', "O"),
            printed.replace('0', "o"),
            printed.replace(' ', "\u{2013}"),
            printed.replace(' ', ""),
            format!("\t{}\n", printed.replace(' ', " - ")),
        ] {
            assert_eq!(RecoveryCode::parse(&typed).unwrap().0, code.0, "{typed}");
        }
        let with_ones = (3..50)
            .map(|seed| RecoveryCode::random(&mut RepeatableRandom::new(seed)).unwrap())
            .find(|c| c.groups().concat().contains('1'));
        let with_ones = with_ones.unwrap();
        for one in ["I", "i", "l", "L"] {
            assert_eq!(RecoveryCode::parse(&with_ones.groups().concat().replace('1', one)).unwrap().0, with_ones.0);
        }
    }

    #[test]
    fn every_single_wrong_character_is_found() {
        let right: Vec<char> = a_code().groups().concat().chars().collect();
        for place in 0..DIGITS {
            for wrong in ALPHABET.chars().filter(|c| *c != right[place]) {
                let mut typed = right.clone();
                typed[place] = wrong;
                let typed: String = typed.into_iter().collect();
                assert_eq!(RecoveryCode::parse(&typed).unwrap_err(), Mistyped::Checksum, "place {place}, {wrong}");
            }
        }
    }

    #[test]
    fn swapped_neighbours_are_found() {
        let mut random = RepeatableRandom::new(5);
        for _ in 0..100 {
            let right: Vec<char> = RecoveryCode::random(&mut random).unwrap().groups().concat().chars().collect();
            for place in 1..CODE_DIGITS {
                let mut typed = right.clone();
                typed.swap(place - 1, place);
                let text: String = typed.iter().collect();
                assert_eq!(RecoveryCode::parse(&text).is_ok(), typed == right, "place {place}");
            }
        }
    }

    #[test]
    fn says_what_is_wrong_with_a_typing_error() {
        let code = a_code().groups().concat();
        let wrong = |typed: &str| RecoveryCode::parse(typed).unwrap_err();
        assert_eq!(wrong(""), Mistyped::Length(0));
        assert_eq!(wrong(&format!("{code}0")), Mistyped::Length(37));
        assert_eq!(wrong(&code[1..]), Mistyped::Length(35));
        assert_eq!(wrong(&format!("{}U{}", &code[..5], &code[6..])), Mistyped::Character(6));
        assert_eq!(wrong("é"), Mistyped::Character(1));
    }

    #[test]
    fn the_prime_is_one() {
        assert!((2..1024).all(|n| !PRIME.is_multiple_of(n)) && PRIME < 1 << 20);
    }
}
