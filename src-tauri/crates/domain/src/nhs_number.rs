//! The NHS number: ten digits, the last a check digit by modulus 11.

use std::fmt;

/// A valid NHS number. `Debug` does not print it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NhsNumber([u8; 10]);

/// Why what was typed is no NHS number; each has a message of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NhsNumberFault {
    #[error("has something other than digits and spaces")]
    Letters,
    #[error("has fewer than 10 digits")]
    TooShort,
    #[error("has more than 10 digits")]
    TooLong,
    #[error("fails the check digit")]
    FailedCheck,
}

impl NhsNumberFault {
    /// The reason's message key.
    pub fn reason(self) -> &'static str {
        match self {
            NhsNumberFault::Letters => "nhs_number_letters",
            NhsNumberFault::TooShort => "nhs_number_too_short",
            NhsNumberFault::TooLong => "nhs_number_too_long",
            NhsNumberFault::FailedCheck => "nhs_number_failed_check",
        }
    }
}

impl NhsNumber {
    /// Reads ten digits, spaces and hyphens forgiven.
    ///
    /// Source: NHS Data Dictionary, NHS NUMBER: digits 1-9 weighted 10 to 2, check = 11 - (sum mod 11), 11 counts as 0, 10 is invalid.
    pub fn parse(typed: &str) -> Result<NhsNumber, NhsNumberFault> {
        let mut digits = Vec::with_capacity(10);
        for c in typed.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            match c.to_digit(10) {
                Some(d) => digits.push(d as u8),
                None => return Err(NhsNumberFault::Letters),
            }
        }
        let digits: [u8; 10] = match digits.len() {
            0..10 => return Err(NhsNumberFault::TooShort),
            10 => digits.try_into().map_err(|_| NhsNumberFault::TooShort)?,
            _ => return Err(NhsNumberFault::TooLong),
        };
        let sum: u32 = digits.iter().take(9).zip((2..=10).rev()).map(|(d, weight)| u32::from(*d) * weight).sum();
        let check = match 11 - sum % 11 {
            11 => 0,
            10 => return Err(NhsNumberFault::FailedCheck),
            n => n,
        };
        match digits.last() {
            Some(last) if u32::from(*last) == check => Ok(NhsNumber(digits)),
            _ => Err(NhsNumberFault::FailedCheck),
        }
    }

    /// Ten digits without spaces.
    pub fn digits(&self) -> String {
        self.0.iter().map(|d| char::from(b'0' + d)).collect()
    }

    /// A number from the range set aside for tests (999 000 0000 to 999 999 9999): shown with a TEST badge.
    pub fn is_test(&self) -> bool {
        self.0.starts_with(&[9, 9, 9])
    }
}

/// Three, three and four digits: `999 000 0018`.
impl fmt::Display for NhsNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, digit) in self.0.iter().enumerate() {
            if place == 3 || place == 6 {
                f.write_str(" ")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for NhsNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NhsNumber(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_valid_numbers_however_they_are_spaced() {
        for typed in ["9990000018", "999 000 0026", " 999-000-0034 ", "943 476 5919"] {
            assert!(NhsNumber::parse(typed).is_ok(), "{typed}");
        }
        assert_eq!(NhsNumber::parse("9990000018").unwrap().to_string(), "999 000 0018");
    }

    #[test]
    fn says_which_way_a_number_is_wrong() {
        assert_eq!(NhsNumber::parse("99900000I8"), Err(NhsNumberFault::Letters));
        assert_eq!(NhsNumber::parse("999 000 001"), Err(NhsNumberFault::TooShort));
        assert_eq!(NhsNumber::parse("999 000 00188"), Err(NhsNumberFault::TooLong));
        assert_eq!(NhsNumber::parse("999 123 4560"), Err(NhsNumberFault::FailedCheck));
        assert_eq!(NhsNumber::parse("999 000 0019"), Err(NhsNumberFault::FailedCheck));
    }

    #[test]
    fn every_single_wrong_digit_is_caught() {
        let right = "9990000018";
        for place in 0..10 {
            for digit in '0'..='9' {
                let mut typed: Vec<char> = right.chars().collect();
                if typed[place] == digit {
                    continue;
                }
                typed[place] = digit;
                let typed: String = typed.into_iter().collect();
                assert_eq!(NhsNumber::parse(&typed), Err(NhsNumberFault::FailedCheck), "{typed}");
            }
        }
    }

    #[test]
    fn debug_does_not_print_it() {
        assert_eq!(format!("{:?}", NhsNumber::parse("9990000018").unwrap()), "NhsNumber(..)");
    }
}
