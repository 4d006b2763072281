//! Bytes as lower-case hexadecimal text and back, for the vault file and the key of the database.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use zeroize::Zeroizing;

/// Bytes of a fixed number, written as lower-case hexadecimal text in the vault file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct HexBytes<const N: usize>(pub [u8; N]);

impl<const N: usize> Serialize for HexBytes<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&to_hex(&self.0))
    }
}

impl<'de, const N: usize> Deserialize<'de> for HexBytes<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        from_hex(&text).map(Self).ok_or_else(|| D::Error::custom("not hexadecimal text of the right length"))
    }
}

/// Two lower-case digits a byte; the text wipes itself when dropped.
pub fn to_hex(bytes: &[u8]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(bytes.len() * 2));
    for byte in bytes {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
    }
    text
}

/// Exactly N bytes from lower-case text of exactly 2N digits, or nothing.
pub(crate) fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if text.len() != N * 2 || text.chars().any(|c| c.is_ascii_uppercase()) {
        return None;
    }
    let mut digits = text.chars();
    for byte in &mut bytes {
        let high = digits.next()?.to_digit(16)?;
        let low = digits.next()?.to_digit(16)?;
        *byte = u8::try_from(high * 16 + low).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_there_and_back() {
        let every: [u8; 256] = std::array::from_fn(|i| i as u8);
        assert_eq!(from_hex::<256>(&to_hex(&every)), Some(every));
        assert_eq!(to_hex(&[0, 15, 255]).as_str(), "000fff");
    }

    #[test]
    fn refuses_all_but_the_one_spelling() {
        for bad in ["", "0", "00f", "00F0", "00g0", "+0+0", "00 0", "é0"] {
            assert_eq!(from_hex::<2>(bad), None, "{bad}");
        }
    }
}
