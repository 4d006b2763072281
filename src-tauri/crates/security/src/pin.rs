//! The PIN of a hand-over: six digits that stand for a key while the PC is in a patient's hands, in memory and nowhere else.
//! How many tries there are and how long it holds is decided by whoever asks for it.

use std::fmt;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::cost::Cost;
use crate::derive::{fields, hkdf};
use crate::error::{OpenFault, PinRefused, SealFault};
use crate::hex::HexBytes;
use crate::random::{Random, random_array};
use crate::secret::Passphrase;

/// How many digits a PIN has.
const DIGITS: usize = 6;

/// A PIN as typed: six digits.
pub struct Pin(Passphrase);

impl Pin {
    /// Takes what was typed.
    ///
    /// # Errors
    /// `Missing` for nothing, `Digits` for anything but six digits 0-9.
    pub fn typed(text: &str) -> Result<Self, PinRefused> {
        if text.is_empty() {
            return Err(PinRefused::Missing);
        }
        let digits = text.len() == DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
        if digits { Ok(Self(Passphrase::new(text))) } else { Err(PinRefused::Digits) }
    }

    /// Takes a PIN that is being chosen.
    ///
    /// # Errors
    /// As `typed`, and `TooSimple` for one digit repeated or a run up or down, which anybody would try first.
    pub fn chosen(text: &str) -> Result<Self, PinRefused> {
        let pin = Self::typed(text)?;
        let steps =
            || text.as_bytes().windows(2).filter_map(|pair| Some(i16::from(*pair.last()?) - i16::from(*pair.first()?)));
        let even = |step: i16| steps().all(|it| it == step);
        if even(0) || even(1) || even(-1) { Err(PinRefused::TooSimple) } else { Ok(pin) }
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin")
    }
}

/// A key that a PIN opens. Six digits do not stand long against somebody who has this and time: it never goes to a disk.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PinSlot {
    cost: Cost,
    salt: HexBytes<16>,
    nonce: HexBytes<24>,
    sealed: Vec<u8>,
}

impl PinSlot {
    /// Seals `key` with the PIN and binds it to `owner`. Takes as long as the work of `cost`.
    ///
    /// # Errors
    /// No randomness, not enough memory for the work, or a cost that is not acceptable.
    pub fn seal(pin: &Pin, owner: &str, key: &[u8], cost: Cost, random: &mut dyn Random) -> Result<Self, SealFault> {
        if !cost.is_acceptable() {
            return Err(SealFault::BadCost);
        }
        let (salt, nonce) = (HexBytes(random_array(random)?), HexBytes(random_array(random)?));
        let mut slot = Self { cost, salt, nonce, sealed: Vec::new() };
        let sealing = slot.key(pin, owner).map_err(|_| SealFault::NoMemory)?;
        let payload = Payload { msg: key, aad: owner.as_bytes() };
        slot.sealed = XChaCha20Poly1305::new((&*sealing).into())
            .encrypt((&slot.nonce.0).into(), payload)
            .map_err(|_| SealFault::BadKey)?;
        Ok(slot)
    }

    /// The key. Takes as long as the work it was made with.
    ///
    /// # Errors
    /// `WrongPassphrase` for another PIN or owner, `TooWeak` for less work than this product accepts, `NoMemory`.
    pub fn open(&self, pin: &Pin, owner: &str) -> Result<Zeroizing<Vec<u8>>, OpenFault> {
        if !self.cost.is_acceptable() {
            return Err(OpenFault::TooWeak);
        }
        let sealing = self.key(pin, owner)?;
        let payload = Payload { msg: &self.sealed, aad: owner.as_bytes() };
        let opened = XChaCha20Poly1305::new((&*sealing).into()).decrypt((&self.nonce.0).into(), payload);
        opened.map(Zeroizing::new).map_err(|_| OpenFault::WrongPassphrase)
    }

    fn key(&self, pin: &Pin, owner: &str) -> Result<Zeroizing<[u8; 32]>, OpenFault> {
        let work = self.cost.unlocking_key(&pin.0, &self.salt.0)?;
        Ok(hkdf(&*work, &fields(&[b"holdfast/1/pin", owner.as_bytes()])))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::testing::RepeatableRandom;

    fn slot() -> PinSlot {
        let pin = Pin::chosen("402917").unwrap();
        PinSlot::seal(&pin, "nurse-1", &[7; 64], Cost::CHEAP_FOR_TESTS, &mut RepeatableRandom::new(4)).unwrap()
    }

    #[test]
    fn only_the_pin_and_its_owner_open_the_slot() {
        let opened = |pin: &str, owner: &str| slot().open(&Pin::typed(pin).unwrap(), owner).map(|key| key.to_vec());
        assert_eq!(opened("402917", "nurse-1"), Ok(vec![7; 64]));
        assert_eq!(opened("402918", "nurse-1"), Err(OpenFault::WrongPassphrase));
        assert_eq!(opened("402917", "nurse-2"), Err(OpenFault::WrongPassphrase));
    }

    #[test]
    fn a_slot_of_less_work_than_the_product_does_is_not_opened() {
        let mut weak = slot();
        weak.cost = serde_json::from_str(r#"{"memory_kib":65535,"iterations":3,"lanes":1}"#).unwrap();
        assert_eq!(weak.open(&Pin::typed("402917").unwrap(), "nurse-1").err(), Some(OpenFault::TooWeak));
    }

    #[test]
    fn a_pin_is_six_digits_and_not_the_first_that_anybody_tries() {
        let refused = |text: &str| Pin::chosen(text).err();
        assert_eq!(refused(""), Some(PinRefused::Missing));
        for other in ["40291", "4029170", "40291a", "40 917", "４０２９１７", "-02917"] {
            assert_eq!(refused(other), Some(PinRefused::Digits), "{other}");
        }
        for simple in ["000000", "777777", "123456", "654321", "456789"] {
            assert_eq!(refused(simple), Some(PinRefused::TooSimple), "{simple}");
            assert!(Pin::typed(simple).is_ok(), "{simple}");
        }
        for taken in ["402917", "112233", "123457", "890123"] {
            assert_eq!(refused(taken), None, "{taken}");
        }
    }

    #[test]
    fn debug_shows_no_digit() {
        assert_eq!(format!("{:?}", Pin::typed("402917").unwrap()), "Pin");
    }
}
