//! What can go wrong with the database; carries codes and ids, never what was stored.

use domain::id::PatientId;
use domain::record::RecordKind;
use rusqlite::ffi::{self, ErrorCode};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The key does not open this file, or its first pages are damaged; the cipher cannot tell which.
    #[error("the database does not open with this key")]
    NotOpened,
    /// A file is there where a new database was to be made, or none where one was to be opened.
    #[error("the database file is not as expected")]
    FileUnexpected,
    #[error("this SQLite is older than 3.51.3")]
    OldSqlite,
    /// A setting that durability or secrecy depends on did not hold.
    #[error("pragma {0} did not hold")]
    Pragma(&'static str),
    /// The database was written by a newer Holdfast.
    #[error("schema {found} is newer than {known}")]
    NewerSchema { found: i64, known: i64 },
    /// A page that was written does not read back.
    #[error("a page of the database is damaged")]
    Damaged,
    /// A stored snapshot does not read back as a record.
    #[error("a {0:?} does not read back")]
    Unreadable(RecordKind),
    /// Somebody saved a newer revision since this one was read.
    #[error("a newer revision exists")]
    ChangedMeanwhile,
    /// Another patient on this PC has this NHS number.
    #[error("another patient has this NHS number")]
    DuplicatePatient(PatientId),
    /// The same checklist version was offered with other bytes.
    #[error("the same checklist version has other bytes")]
    ChecklistDiffers,
    /// The same template version was offered with other bytes.
    #[error("the same template version has other bytes")]
    TemplateDiffers,
    #[error("no randomness from the operating system")]
    Randomness,
    #[error("the disk is full")]
    DiskFull,
    /// Any other refusal of SQLite, by its extended result code.
    #[error("SQLite result {0}")]
    Sqlite(i32),
}

/// What does not read back, None; any other fault stays one.
pub fn readable<T>(read: Result<T, Error>) -> Result<Option<T>, Error> {
    match read {
        Err(Error::Unreadable(_) | Error::Damaged) => Ok(None),
        other => other.map(Some),
    }
}

/// Refusals to read a page; the cipher answers a page whose seal is broken like a disk that cannot read.
const READS: [i32; 3] = [ffi::SQLITE_IOERR_READ, ffi::SQLITE_IOERR_SHORT_READ, ffi::SQLITE_IOERR_CORRUPTFS];

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        match error.sqlite_error() {
            Some(e) if e.code == ErrorCode::DiskFull => Error::DiskFull,
            Some(e) if e.code == ErrorCode::NotADatabase => Error::NotOpened,
            Some(e) if e.code == ErrorCode::DatabaseCorrupt || READS.contains(&e.extended_code) => Error::Damaged,
            Some(e) => Error::Sqlite(e.extended_code),
            // What is left are mistakes of ours in types and columns, which tests meet first.
            None => Error::Sqlite(-1),
        }
    }
}
