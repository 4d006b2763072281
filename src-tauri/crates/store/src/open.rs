//! Opens and makes the database, and holds it to what durability and secrecy need at every open.

use std::path::Path;
use std::sync::Once;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::patient_search::Words;
use crate::{migrate, outbox};

/// The keys of one database, derived from its data encryption key.
pub struct Keys {
    /// 64 hexadecimal digits: the raw key of SQLCipher. A raw key with a supplied salt would leave bit flips unnoticed.
    pub cipher: Zeroizing<String>,
    /// Chains the audit.
    pub audit: Zeroizing<[u8; 32]>,
}

/// Where the store takes 16 bytes of randomness for a new id; None when there is none to be had.
pub type IdSource = Box<dyn FnMut() -> Option<[u8; 16]> + Send>;

/// One open database: one connection, used from one thread.
pub struct Store {
    pub(crate) conn: Connection,
    pub(crate) audit_key: Zeroizing<[u8; 32]>,
    pub(crate) new_id: IdSource,
    pub(crate) words: Words,
}

/// SQLite before this version can reset a WAL that still holds commits.
const OLDEST_SQLITE: i32 = 3_051_003;

/// Prepared statements that are kept: more than the different ones there are, so that each is parsed once.
pub(crate) const PREPARED: usize = 256;

/// Readies SQLite and its cipher; to be called before this process opens a database past [`Store`].
///
/// SQLite counts itself as ready while it still readies the cipher (`SQLITE_EXTRA_INIT`), so of several threads that open the first
/// databases together one can find no cipher, or half of one. Here exactly one thread is first. Test: first_open.
pub fn ready() {
    static READY: Once = Once::new();
    // What went wrong here goes wrong again at the real open, which says so.
    READY.call_once(|| drop(Connection::open_in_memory()));
}

impl Store {
    /// Makes a new database; [`Error::FileUnexpected`] when a file is there already.
    pub fn create(path: &Path, keys: Keys, new_id: IdSource) -> Result<Store, Error> {
        if path.exists() {
            return Err(Error::FileUnexpected);
        }
        Self::connect(path, OpenFlags::SQLITE_OPEN_CREATE, keys, new_id)
    }

    /// Opens an existing database and brings its schema up to date; never makes one.
    pub fn open(path: &Path, keys: Keys, new_id: IdSource) -> Result<Store, Error> {
        // SQLite would take an empty file for a new database, and drop the log beside it.
        if !path.metadata().is_ok_and(|found| found.is_file() && found.len() > 0) {
            return Err(Error::FileUnexpected);
        }
        Self::connect(path, OpenFlags::empty(), keys, new_id)
    }

    fn connect(path: &Path, more: OpenFlags, keys: Keys, new_id: IdSource) -> Result<Store, Error> {
        if rusqlite::version_number() < OLDEST_SQLITE {
            return Err(Error::OldSqlite);
        }
        ready();
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | more;
        let mut conn = Connection::open_with_flags(path, flags)?;
        // A wrong key is an ordinary answer here; SQLCipher would print it to standard error.
        conn.execute_batch("PRAGMA cipher_log_level = NONE")?;
        let unlock = Zeroizing::new(format!("PRAGMA key = \"x'{}'\"", keys.cipher.as_str()));
        conn.execute_batch(&unlock)?;
        conn.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(()))?;
        let version: i64 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if version == 0 && !more.contains(OpenFlags::SQLITE_OPEN_CREATE) {
            return Err(Error::NotOpened);
        }
        hold_to_rules(&conn)?;
        migrate::migrate(&mut conn)?;
        outbox::recover(&conn)?;
        Ok(Store { conn, audit_key: keys.audit, new_id, words: Words::default() })
    }

    /// Writes the whole WAL into the database file; [`Error::Sqlite`] when that is refused, which closing alone would not say.
    pub fn checkpoint(&self) -> Result<(), Error> {
        let busy: i64 = self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy == 0 { Ok(()) } else { Err(Error::Sqlite(rusqlite::ffi::SQLITE_BUSY)) }
    }

    /// Writes the WAL into the database file and closes it.
    pub fn close(self) -> Result<(), Error> {
        self.conn.close().map_err(|(_, error)| error.into())
    }
}

/// Sets what every open needs and reads it back, because a pragma that is not taken says nothing.
fn hold_to_rules(conn: &Connection) -> Result<(), Error> {
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    plan_once(conn)?;
    // One process owns the profile, so the WAL index can live in memory and leaves no file.
    let rules: [(&'static str, &str, &str); 10] = [
        ("locking_mode", "EXCLUSIVE", "exclusive"),
        ("journal_mode", "WAL", "wal"),
        // Invariant: an acknowledged save survives a power cut. NORMAL loses commits since the last checkpoint. Test: power_cuts.
        ("synchronous", "FULL", "2"),
        ("foreign_keys", "ON", "1"),
        // Without it INSERT OR REPLACE takes a row away past the triggers that keep it. Test: what_was_locked_cannot_be_changed.
        ("recursive_triggers", "ON", "1"),
        ("secure_delete", "ON", "1"),
        ("temp_store", "MEMORY", "2"),
        // In KiB. What a few pages of a list came to is read again when it is taken in, and each read from the file is deciphered.
        ("cache_size", "-8192", "-8192"),
        ("trusted_schema", "OFF", "0"),
        ("cell_size_check", "ON", "1"),
    ];
    for (pragma, value, expected) in rules {
        conn.execute_batch(&format!("PRAGMA {pragma} = {value}"))?;
        let held: String = conn.query_row(&format!("PRAGMA {pragma}"), [], |row| {
            row.get::<_, String>(0).or_else(|_| row.get::<_, i64>(0).map(|n| n.to_string()))
        })?;
        if held != expected {
            return Err(Error::Pragma(pragma));
        }
    }
    if !conn.db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE)? {
        return Err(Error::Pragma("defensive"));
    }
    Ok(())
}

/// A statement is planned once, whatever its values are: else each new value that a partial index might be asked for plans it anew,
/// a seventh of the time that the queue takes.
pub(crate) fn plan_once(conn: &Connection) -> Result<(), Error> {
    conn.set_prepared_statement_cache_capacity(PREPARED);
    Ok(conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(drop)?)
}

#[cfg(test)]
#[path = "open_tests.rs"]
pub(crate) mod tests;
