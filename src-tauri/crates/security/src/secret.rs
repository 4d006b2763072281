//! The secrets themselves: each wipes itself when dropped, shows nothing in Debug, and is compared by nobody.
//! Nothing here reads or writes a file or a key store.

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::derive::hkdf;
use crate::error::RandomFault;
use crate::hex::to_hex;
use crate::random::{Random, random_array};

/// The key of one database, 32 bytes; every other key of that database is derived from it.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Dek([u8; 32]);

impl Dek {
    /// A new key from the random source.
    pub fn random(random: &mut dyn Random) -> Result<Self, RandomFault> {
        random_array(random).map(Self)
    }

    /// The key as it was handed over behind a PIN.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes to hand over behind a PIN, in memory, and to keep nowhere.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The raw key for SQLCipher: 64 hexadecimal digits, without the `x'...'` around them.
    pub fn sqlcipher_key(&self) -> Zeroizing<String> {
        to_hex(&*hkdf(&self.0, b"holdfast/1/sqlcipher"))
    }

    /// The key that chains the audit lines.
    pub fn audit_key(&self) -> Zeroizing<[u8; 32]> {
        hkdf(&self.0, b"holdfast/1/audit")
    }

    /// The key that seals the whole vault file against alteration.
    pub fn vault_key(&self) -> Zeroizing<[u8; 32]> {
        hkdf(&self.0, b"holdfast/1/vault")
    }
}

/// The secret of this PC and this account of the operating system, 32 bytes; it lives in the key store and never leaves the PC.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct DeviceSecret([u8; 32]);

impl DeviceSecret {
    /// A new secret from the random source.
    pub fn random(random: &mut dyn Random) -> Result<Self, RandomFault> {
        random_array(random).map(Self)
    }

    /// The secret as it was kept in a key store.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes to keep in a key store, and nowhere else.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// A passphrase as typed, brought to Unicode form NFKC so that the same text opens from every keyboard.
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Takes what was typed; nothing is trimmed, folded or refused here.
    pub fn new(typed: &str) -> Self {
        // The room is measured first: a text that grows while it is filled leaves copies of itself behind.
        let length = typed.nfkc().map(char::len_utf8).sum();
        let mut text = Zeroizing::new(String::with_capacity(length));
        text.extend(typed.nfkc());
        Self(text)
    }

    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}

macro_rules! shows_only_its_name {
    ($($secret:ident)*) => {$(
        impl fmt::Debug for $secret {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($secret))
            }
        }
    )*};
}

shows_only_its_name!(Dek DeviceSecret Passphrase);

#[cfg(test)]
mod tests {
    use super::*;

    // These values are in every database in use: a change here makes them unreadable.
    #[test]
    fn the_derived_keys_are_pinned() {
        let dek = Dek::from_bytes(std::array::from_fn(|i| i as u8));
        assert_eq!(dek.sqlcipher_key().as_str(), "5f4dac447ebb65e87b656110e7108fa3c5ba8f90016b06950b81126a4c2b589b");
        assert_eq!(
            to_hex(&*dek.audit_key()).as_str(),
            "0bf85ade84f87a5b4cd800e2c7c9b668b57d59ce00f0215d9c08fd4cec9679da"
        );
        assert_eq!(
            to_hex(&*dek.vault_key()).as_str(),
            "7a11ee1db396b7951e2f9d0c72357553bad44489dcea9a4d4695d99a67650006"
        );
    }

    #[test]
    fn debug_shows_the_name_of_the_type_and_nothing_else() {
        let passphrase = Passphrase::new("a lantern beside the river");
        assert_eq!(format!("{passphrase:?}"), "Passphrase");
        assert_eq!(format!("{:?}", Dek::from_bytes([7; 32])), "Dek");
        assert_eq!(format!("{:?}", DeviceSecret::from_bytes([7; 32])), "DeviceSecret");
    }

    #[test]
    fn one_text_typed_two_ways_is_one_passphrase() {
        assert_eq!(Passphrase::new("cafe\u{301} \u{fb01}ne").text(), Passphrase::new("caf\u{e9} fine").text());
        assert_eq!(Passphrase::new(" Spaces kept ").text(), " Spaces kept ");
    }
}
