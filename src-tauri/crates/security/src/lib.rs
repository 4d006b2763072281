//! Keys and who may have them: secrets, the vault file, the key store of the operating system, passphrases and the tries at them.
//! It knows no patient, no SQL, no window, and fetches no clock: instants and randomness are passed in.
//!
//! | name | what it is |
//! | --- | --- |
//! | DS, `DeviceSecret` | 32 random bytes of this PC and account, in the key store of the operating system |
//! | UK | Argon2id of a passphrase with the slot's salt and cost |
//! | KEK | HKDF of UK and DS together: seals one nurse's slot |
//! | DEK, `Dek` | the database's key, the same in every slot; the keys of pages, audit and vault are derived from it |
//! | slot | the DEK sealed for one nurse, or for the recovery code |
//! | PIN, `PinSlot` | the key of an open clinic while the PC is in a patient's hands, behind six digits, in memory only |
//! | `SealingKey`, `UnsealingKey` | what a patient answers is sealed to the one and opened with the other |
//! | R2, `RecoveryCode` | 160 random bits on paper that open their slot without DS |

mod carried_file;
mod carry_code;
mod cost;
mod derive;
mod disk;
mod error;
mod hex;
mod key_store;
mod os_key_store;
mod passphrase;
mod pauses;
mod pin;
mod random;
mod recovery_code;
mod sealing;
mod secret;
mod slot;
mod tries;
mod vault;
mod vault_file;

#[cfg(any(test, feature = "testing"))]
mod testing;

pub use carried_file::{CarriedIn, CarriedOut, Signer, SigningKey};
pub use carry_code::CarryCode;
pub use cost::Cost;
pub use error::{
    CarryFault, KeyStoreFault, Mistyped, OpenFault, PassphraseRefused, PinRefused, RandomFault, SealFault, VaultFault,
};
pub use hex::to_hex;
pub use key_store::KeyStore;
pub use os_key_store::OsKeyStore;
pub use passphrase::check_passphrase;
pub use pauses::{Pause, PausePlaces};
pub use pin::{Pin, PinSlot};
pub use random::{OsRandom, Random};
pub use recovery_code::RecoveryCode;
pub use sealing::{SEALING_ADDS, SealingKey, UnsealingKey, sealing_pair};
pub use secret::{Dek, DeviceSecret, Passphrase};
pub use slot::Holder;
pub use tries::{MayTry, Tries};
pub use vault::Vault;

#[cfg(any(test, feature = "testing"))]
pub use testing::{MemoryKeyStore, RepeatableRandom};
