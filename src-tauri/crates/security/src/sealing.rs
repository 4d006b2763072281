//! Sealing to a public key: whoever seals can write and never read, whoever holds the other half can read. HPKE (RFC 9180, base mode)
//! with X25519, HKDF-SHA256 and ChaCha20-Poly1305, one encapsulation a message. Where the messages are kept is not known here.

use std::convert::Infallible;
use std::fmt;

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::{Kem, X25519HkdfSha256};
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{Deserializable, OpModeR, OpModeS, Serializable, single_shot_open, single_shot_seal_with_rng};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::derive::{fields, hkdf};
use crate::error::{RandomFault, SealFault};
use crate::random::{Random, random_array};

/// The encapsulated key before each sealed message, in bytes.
const ENCAPSULATED: usize = 32;

/// How many bytes sealing adds to a message.
pub const SEALING_ADDS: usize = ENCAPSULATED + 16;

/// The public half, 32 bytes: seals and opens nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SealingKey([u8; 32]);

/// The private half, 32 bytes, to be kept where only the database's key leads.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct UnsealingKey([u8; 32]);

/// A new pair of keys.
///
/// # Errors
/// No randomness from the operating system.
pub fn sealing_pair(random: &mut dyn Random) -> Result<(SealingKey, UnsealingKey), RandomFault> {
    let seed: Zeroizing<[u8; 32]> = Zeroizing::new(random_array(random)?);
    let (private, public) = X25519HkdfSha256::derive_keypair(&*seed);
    Ok((SealingKey(public.to_bytes().into()), UnsealingKey(private.to_bytes().into())))
}

impl SealingKey {
    /// The public half as it was carried.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes to carry; nothing secret.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Seals a message as the `number`th of `place`: it opens as no other number and in no other place. [`SEALING_ADDS`] bytes longer.
    ///
    /// # Errors
    /// No randomness from the operating system, or a key that is no public half.
    pub fn seal(
        &self,
        place: &str,
        number: u64,
        message: &[u8],
        random: &mut dyn Random,
    ) -> Result<Vec<u8>, SealFault> {
        let mut drawn = Drawn { seed: Zeroizing::new(random_array(random)?), asked: 0 };
        let key = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(&self.0).map_err(|_| SealFault::BadKey)?;
        let (encapsulated, sealed) = single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeS::Base,
            &key,
            &bound_to(place),
            message,
            &number.to_be_bytes(),
            &mut drawn,
        )
        .map_err(|_| SealFault::BadKey)?;
        Ok([encapsulated.to_bytes().as_slice(), &sealed].concat())
    }
}

impl UnsealingKey {
    /// The private half as it was kept.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes to keep in the encrypted database, and nowhere else.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The message that was sealed as the `number`th of `place`; None when these bytes are not it.
    pub fn open(&self, place: &str, number: u64, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (encapsulated, sealed) = sealed.split_at_checked(ENCAPSULATED)?;
        let key = <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(&self.0).ok()?;
        let encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(encapsulated).ok()?;
        single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &key,
            &encapsulated,
            &bound_to(place),
            sealed,
            &number.to_be_bytes(),
        )
        .ok()
        .map(Zeroizing::new)
    }
}

fn bound_to(place: &str) -> Vec<u8> {
    fields(&[b"holdfast/1/sealed", place.as_bytes()])
}

/// The randomness of one sealing, drawn beforehand: a source that can fail must fail before anything is made with it.
struct Drawn {
    seed: Zeroizing<[u8; 32]>,
    asked: u64,
}

impl TryRng for Drawn {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_be_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_be_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(32) {
            let block = hkdf(&*self.seed, &fields(&[b"holdfast/1/sealed/drawn", &self.asked.to_be_bytes()]));
            self.asked += 1;
            for (to, from) in chunk.iter_mut().zip(block.iter()) {
                *to = *from;
            }
        }
        Ok(())
    }
}

impl TryCryptoRng for Drawn {}

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealingKey")
    }
}

impl fmt::Debug for UnsealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UnsealingKey")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::hex::to_hex;
    use crate::testing::RepeatableRandom;

    const PLACE: &str = "5f2c1d9e00004000";

    fn pair() -> (SealingKey, UnsealingKey) {
        sealing_pair(&mut RepeatableRandom::new(1)).unwrap()
    }

    #[test]
    fn what_is_sealed_opens_with_the_other_half_only() {
        let (public, private) = pair();
        let sealed = public.seal(PLACE, 3, b"sleep", &mut RepeatableRandom::new(2)).unwrap();
        assert_eq!(sealed.len(), 5 + SEALING_ADDS);
        assert_eq!(private.open(PLACE, 3, &sealed).unwrap().as_slice(), b"sleep");
        let (_, other) = sealing_pair(&mut RepeatableRandom::new(9)).unwrap();
        assert!(other.open(PLACE, 3, &sealed).is_none());
        assert!(UnsealingKey::from_bytes(*public.bytes()).open(PLACE, 3, &sealed).is_none());
    }

    #[test]
    fn a_message_belongs_to_its_number_and_place_and_to_every_one_of_its_bytes() {
        let (public, private) = pair();
        let sealed = public.seal(PLACE, 3, b"sleep", &mut RepeatableRandom::new(2)).unwrap();
        assert!(private.open(PLACE, 4, &sealed).is_none());
        assert!(private.open("5f2c1d9e00004001", 3, &sealed).is_none());
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(private.open(PLACE, 3, &changed).is_none(), "byte {at}");
            assert!(private.open(PLACE, 3, &sealed[..at]).is_none(), "{at} bytes");
        }
    }

    #[test]
    fn one_message_sealed_twice_is_two_ciphertexts() {
        let (public, _) = pair();
        let mut random = RepeatableRandom::new(2);
        let (one, two) = (public.seal(PLACE, 0, b"x", &mut random), public.seal(PLACE, 0, b"x", &mut random));
        let (one, two) = (one.unwrap(), two.unwrap());
        assert_ne!(one, two);
        assert_ne!(one.get(..32), two.get(..32));
    }

    // A draft that was sealed before an update is opened after it.
    #[test]
    fn the_sealed_bytes_are_pinned() {
        let sealed = pair().0.seal(PLACE, 0, b"", &mut RepeatableRandom::new(2)).unwrap();
        assert_eq!(
            to_hex(&sealed).as_str(),
            "dbe7a4cffa5f80414945f67e0bc05bccd25132e24d054c260291e7305d3092243094a695f2ab15d4556bfda9eb45630d"
        );
    }
}
