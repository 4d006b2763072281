//! Every way this crate can fail or refuse. No variant carries a name, a passphrase, a key or a path.

use thiserror::Error;

/// Why the vault could not be read or written.
#[derive(Debug, Error)]
pub enum VaultFault {
    /// The folder holds neither vault file: nobody was ever enrolled here, or both files are gone.
    #[error("there is no vault")]
    Absent,
    /// Vault files are there and none of them is whole.
    #[error("the vault is unreadable")]
    Unreadable,
    /// A new vault was asked for where a vault file already stands; nothing was written.
    #[error("a vault is already there")]
    AlreadyThere,
    /// The key passed in is not the key of this vault; nothing was written.
    #[error("the key does not belong to this vault")]
    WrongKey,
    /// An identifier, name or role is empty or too long, or the vault is full; nothing was written.
    #[error("the holder cannot be put into the vault")]
    BadHolder,
    /// The cost of the passphrase work is below the floor or beyond what this PC can do; nothing was written.
    #[error("the passphrase cost is not acceptable")]
    BadCost,
    /// The operating system gave no random bytes; nothing was written.
    #[error(transparent)]
    Random(#[from] RandomFault),
    /// Reading or writing the files failed; what was in force before still is.
    #[error("the vault files: {0}")]
    Io(#[from] std::io::Error),
}

/// Why a slot of the vault did not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum OpenFault {
    /// The passphrase is not the one of this holder.
    #[error("wrong passphrase")]
    WrongPassphrase,
    /// The device secret is not the one the slot was made with: the entry in the key store was replaced or comes from another PC.
    #[error("the key in the key store changed")]
    KeyChanged,
    /// No slot has this holder.
    #[error("unknown user")]
    UnknownUser,
    /// The recovery code is whole but not the one of this vault.
    #[error("wrong recovery code")]
    WrongRecoveryCode,
    /// No recovery code was ever issued for this vault.
    #[error("there is no recovery code")]
    NoRecoveryCode,
    /// The slot was made with less passphrase work than this product accepts.
    #[error("the slot is too weak")]
    TooWeak,
    /// The slot opened or should have, but the vault does not agree with its own key: it was altered.
    #[error("the vault is damaged")]
    Damaged,
    /// There is not enough memory for the passphrase work.
    #[error("not enough memory")]
    NoMemory,
}

/// What the key store of the operating system answered instead of a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum KeyStoreFault {
    /// There is no key store to talk to: no session bus, no service, no answer in time, or (when writing) no collection.
    #[error("there is no key store")]
    NoKeyStore,
    /// The key store is there but locked; nobody was prompted.
    #[error("the key store is locked")]
    Locked,
    /// The key store is open and holds no entry for this database.
    #[error("the key store has no entry")]
    NoEntry,
    /// An entry for this database is already there; it was not touched.
    #[error("the key store already has an entry")]
    AlreadyPresent,
    /// Anything else; the code is fixed text without anything secret.
    #[error("the key store failed: {0}")]
    Other(&'static str),
}

/// The operating system gave no random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("no randomness from the operating system")]
pub struct RandomFault;

/// A recovery code that cannot be right whatever the vault holds: a typing error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Mistyped {
    /// Too few or too many characters; the number found.
    #[error("{0} characters are not as many as it has")]
    Length(usize),
    /// A character that no recovery code has; its place, from 1, separators not counted.
    #[error("character {0} is not one of the code's")]
    Character(usize),
    /// Every character is possible but the checksum group does not fit the others.
    #[error("the checksum does not fit")]
    Checksum,
}

/// Why a new passphrase is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PassphraseRefused {
    /// Fewer than 12 characters.
    #[error("too short")]
    TooShort,
    /// More than 256 characters.
    #[error("too long")]
    TooLong,
    /// It is on the list of passphrases many people use.
    #[error("too common")]
    TooCommon,
    /// One pattern repeated, or a run along the keyboard, the alphabet or the numbers.
    #[error("too predictable")]
    TooPredictable,
    /// Made only of names and words everybody here knows.
    #[error("only names")]
    ContainsOnlyNames,
}

impl PassphraseRefused {
    /// The reason as fixed text: `too_short`, `too_long`, `too_common`, `too_predictable` or `contains_only_names`.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooShort => "passphrase_too_short",
            Self::TooLong => "passphrase_too_long",
            Self::TooCommon => "passphrase_too_common",
            Self::TooPredictable => "passphrase_too_predictable",
            Self::ContainsOnlyNames => "passphrase_contains_only_names",
        }
    }
}

/// Why something could not be sealed; nothing of it is to be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SealFault {
    /// The operating system gave no random bytes.
    #[error(transparent)]
    Random(#[from] RandomFault),
    /// The key seals nothing.
    #[error("the key seals nothing")]
    BadKey,
    /// The work is below the floor or beyond what this PC can do.
    #[error("the cost is not acceptable")]
    BadCost,
    /// There is not enough memory for the work.
    #[error("not enough memory")]
    NoMemory,
}

/// Why a carried file is not taken, or could not be made.
#[derive(Debug, Error)]
pub enum CarryFault {
    /// It does not begin like one, or its form is newer than this program.
    #[error("this is no carried file of this version")]
    NotOne,
    /// The signature does not fit: it was changed, or is not whole.
    #[error("the file was changed or is not whole")]
    Changed,
    /// Its signature fits, and is that of another PC than the one that was named.
    #[error("another PC signed the file")]
    OtherSigner,
    /// The code does not open it.
    #[error("the code does not open the file")]
    WrongCode,
    /// It cannot be sealed with this cost, or there is no memory for the work.
    #[error("the work of the code cannot be done")]
    Work,
    #[error(transparent)]
    Random(#[from] RandomFault),
    /// Reading or writing failed.
    #[error("the carried file: {0}")]
    Io(#[from] std::io::Error),
}

/// Why a PIN is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PinRefused {
    /// Nothing was typed.
    #[error("missing")]
    Missing,
    /// Something else than six digits.
    #[error("not six digits")]
    Digits,
    /// One digit repeated, or a run up or down.
    #[error("too simple")]
    TooSimple,
}

impl PinRefused {
    /// The reason as fixed text: `missing`, `pin_digits` or `pin_too_simple`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Digits => "pin_digits",
            Self::TooSimple => "pin_too_simple",
        }
    }
}
