//! One slot of the vault: the DEK sealed for one holder (passphrase and device secret) or for the recovery code.
//! The files the slots live in are in `vault_file`.

use std::fmt;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::cost::Cost;
use crate::derive::{fields, hkdf, hmac};
use crate::error::{OpenFault, VaultFault};
use crate::hex::HexBytes;
use crate::random::{Random, random_array};
use crate::recovery_code::RecoveryCode;
use crate::secret::{Dek, DeviceSecret, Passphrase};

/// Who a slot belongs to, as the lock screen shows it before anything is open. The whole vault's seal protects it, not the slot's.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holder {
    /// The identifier of the member of staff, 1 to 64 bytes.
    pub id: String,
    /// The name to show, 1 to 200 bytes.
    pub name: String,
    /// The code of the staff role, 1 to 64 bytes.
    pub role: String,
}

impl Holder {
    pub(crate) fn is_whole(&self) -> bool {
        let within = |text: &str, most: usize| (1..=most).contains(&text.len());
        within(&self.id, 64) && within(&self.name, 200) && within(&self.role, 64)
    }
}

impl fmt::Debug for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Holder({})", self.id)
    }
}

/// Where a slot is made: it opens in no other database and under no other generation number.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub database_id: &'a str,
    pub generation: u64,
}

/// The DEK sealed for one holder.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Slot {
    pub holder: Holder,
    made_at_generation: u64,
    cost: Cost,
    salt: HexBytes<16>,
    device: HexBytes<16>,
    nonce: HexBytes<24>,
    sealed: HexBytes<48>,
}

impl Slot {
    pub fn seal(
        place: Place<'_>,
        holder: Holder,
        keys: (&Passphrase, &DeviceSecret),
        cost: Cost,
        dek: &Dek,
        random: &mut dyn Random,
    ) -> Result<Self, VaultFault> {
        if !cost.is_acceptable() {
            return Err(VaultFault::BadCost);
        }
        if !holder.is_whole() {
            return Err(VaultFault::BadHolder);
        }
        let mut slot = Self {
            device: HexBytes(fingerprint(place.database_id, &holder.id, keys.1)),
            holder,
            made_at_generation: place.generation,
            cost,
            salt: HexBytes(random_array(random)?),
            nonce: HexBytes(random_array(random)?),
            sealed: HexBytes([0; 48]),
        };
        let key = slot.key(place.database_id, keys).map_err(|_| VaultFault::BadCost)?;
        slot.sealed = seal(&key, &slot.nonce, &slot.header(place.database_id), dek)?;
        Ok(slot)
    }

    pub fn open(&self, database_id: &str, passphrase: &Passphrase, device: &DeviceSecret) -> Result<Dek, OpenFault> {
        if !self.cost.is_acceptable() {
            return Err(OpenFault::TooWeak);
        }
        let known: bool = self.device.0.ct_eq(&fingerprint(database_id, &self.holder.id, device)).into();
        if !known {
            return Err(OpenFault::KeyChanged);
        }
        let key = self.key(database_id, (passphrase, device))?;
        unseal(&key, &self.nonce, &self.header(database_id), &self.sealed).ok_or(OpenFault::WrongPassphrase)
    }

    /// What one try at it costs.
    pub fn cost(&self) -> Cost {
        self.cost
    }

    /// KEK = HKDF(UK || DS): both are needed.
    fn key(&self, database_id: &str, keys: (&Passphrase, &DeviceSecret)) -> Result<Zeroizing<[u8; 32]>, OpenFault> {
        let unlocking = self.cost.unlocking_key(keys.0, &self.salt.0)?;
        let mut both = Zeroizing::new([0; 64]);
        for (to, from) in both.iter_mut().zip(unlocking.iter().chain(keys.1.bytes())) {
            *to = *from;
        }
        let info = fields(&[b"holdfast/1/slot/key", database_id.as_bytes(), self.holder.id.as_bytes(), &self.device.0]);
        Ok(hkdf(&*both, &info))
    }

    fn header(&self, database_id: &str) -> Vec<u8> {
        fields(&[
            b"holdfast/1/slot",
            database_id.as_bytes(),
            &self.made_at_generation.to_be_bytes(),
            self.holder.id.as_bytes(),
            &self.cost.to_bytes(),
            &self.salt.0,
            &self.device.0,
        ])
    }
}

/// The DEK sealed for the recovery code, which needs no device secret and, having 160 bits, no slow hash.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecoverySlot {
    made_at_generation: u64,
    nonce: HexBytes<24>,
    sealed: HexBytes<48>,
}

impl RecoverySlot {
    pub fn seal(place: Place<'_>, code: &RecoveryCode, dek: &Dek, random: &mut dyn Random) -> Result<Self, VaultFault> {
        let mut slot = Self {
            made_at_generation: place.generation,
            nonce: HexBytes(random_array(random)?),
            sealed: HexBytes([0; 48]),
        };
        slot.sealed = seal(&recovery_key(place.database_id, code), &slot.nonce, &slot.header(place.database_id), dek)?;
        Ok(slot)
    }

    pub fn open(&self, database_id: &str, code: &RecoveryCode) -> Result<Dek, OpenFault> {
        unseal(&recovery_key(database_id, code), &self.nonce, &self.header(database_id), &self.sealed)
            .ok_or(OpenFault::WrongRecoveryCode)
    }

    fn header(&self, database_id: &str) -> Vec<u8> {
        fields(&[b"holdfast/1/recovery", database_id.as_bytes(), &self.made_at_generation.to_be_bytes()])
    }
}

fn recovery_key(database_id: &str, code: &RecoveryCode) -> Zeroizing<[u8; 32]> {
    hkdf(code.bytes(), &fields(&[b"holdfast/1/recovery/key", database_id.as_bytes()]))
}

/// What tells "the key store has another secret now" apart from "wrong passphrase"; it says nothing about the secret itself.
fn fingerprint(database_id: &str, holder_id: &str, device: &DeviceSecret) -> [u8; 16] {
    let whole = hmac(device.bytes(), &[&fields(&[b"holdfast/1/device", database_id.as_bytes(), holder_id.as_bytes()])]);
    let mut half = [0; 16];
    for (to, from) in half.iter_mut().zip(whole.iter()) {
        *to = *from;
    }
    half
}

fn seal(key: &[u8; 32], nonce: &HexBytes<24>, header: &[u8], dek: &Dek) -> Result<HexBytes<48>, VaultFault> {
    XChaCha20Poly1305::new(key.into())
        .encrypt((&nonce.0).into(), Payload { msg: dek.bytes(), aad: header })
        .ok()
        .and_then(|sealed| sealed.try_into().ok())
        .map(HexBytes)
        .ok_or(VaultFault::WrongKey)
}

fn unseal(key: &[u8; 32], nonce: &HexBytes<24>, header: &[u8], sealed: &HexBytes<48>) -> Option<Dek> {
    let opened =
        XChaCha20Poly1305::new(key.into()).decrypt((&nonce.0).into(), Payload { msg: &sealed.0, aad: header }).ok()?;
    let opened = Zeroizing::new(opened);
    <[u8; 32]>::try_from(opened.as_slice()).ok().map(Dek::from_bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::testing::RepeatableRandom;

    const PLACE: Place<'static> = Place { database_id: "5f2c1d9e-0000-4000-8000-000000000001", generation: 3 };

    fn passphrase() -> Passphrase {
        Passphrase::new("a lantern beside the river")
    }

    fn a_slot(dek: &Dek, device: &DeviceSecret) -> Slot {
        let holder = Holder { id: "nurse-1".into(), name: "Test Lantern".into(), role: "cns".into() };
        Slot::seal(PLACE, holder, (&passphrase(), device), Cost::CHEAP_FOR_TESTS, dek, &mut RepeatableRandom::new(4))
            .unwrap()
    }

    // A change here locks every nurse out.
    #[test]
    fn the_sealed_bytes_are_pinned() {
        let slot = a_slot(&Dek::from_bytes([1; 32]), &DeviceSecret::from_bytes([2; 32]));
        assert_eq!(
            crate::hex::to_hex(&slot.sealed.0).as_str(),
            "b75fe1c8267d0e0366e42a7cfa2f4ce586aa01d9145a7c17771f76d42f8c60a049cb259d14b4aa31709f6083a4dfb5e7"
        );
        let code = RecoveryCode::random(&mut RepeatableRandom::new(5)).unwrap();
        let recovery =
            RecoverySlot::seal(PLACE, &code, &Dek::from_bytes([1; 32]), &mut RepeatableRandom::new(6)).unwrap();
        assert_eq!(
            crate::hex::to_hex(&recovery.sealed.0).as_str(),
            "5bc446ef523fdb4cc3a7bf4555162aefb0e6855f944a6485061c8d57782227ceeb03ef84fc9471df08042787fc450b3e"
        );
    }

    #[test]
    fn each_thing_the_slot_is_bound_to_must_be_the_same() {
        let (dek, device) = (Dek::from_bytes([1; 32]), DeviceSecret::from_bytes([2; 32]));
        let slot = a_slot(&dek, &device);
        let open = |slot: &Slot, database: &str| slot.open(database, &passphrase(), &device).map(|d| *d.bytes());
        assert_eq!(open(&slot, PLACE.database_id), Ok(*dek.bytes()));
        assert_eq!(open(&slot, "another"), Err(OpenFault::KeyChanged));
        type Change = fn(&mut Slot);
        let changes: [(Change, OpenFault); 7] = [
            (|s| s.made_at_generation += 1, OpenFault::WrongPassphrase),
            (|s| s.holder.id.push('0'), OpenFault::KeyChanged),
            (|s| s.salt = HexBytes([0; 16]), OpenFault::WrongPassphrase),
            (|s| s.device = HexBytes([0; 16]), OpenFault::KeyChanged),
            (|s| s.nonce = HexBytes([0; 24]), OpenFault::WrongPassphrase),
            (|s| s.sealed = HexBytes([0; 48]), OpenFault::WrongPassphrase),
            (
                |s| s.cost = serde_json::from_str(r#"{"memory_kib":65535,"iterations":3,"lanes":1}"#).unwrap(),
                OpenFault::TooWeak,
            ),
        ];
        for (number, (change, fault)) in changes.into_iter().enumerate() {
            let mut changed = slot.clone();
            change(&mut changed);
            assert_eq!(open(&changed, PLACE.database_id), Err(fault), "change {number}");
        }
    }

    #[test]
    fn debug_shows_no_name() {
        let slot = a_slot(&Dek::from_bytes([1; 32]), &DeviceSecret::from_bytes([2; 32]));
        assert_eq!(format!("{:?}", slot.holder), "Holder(nurse-1)");
    }
}
