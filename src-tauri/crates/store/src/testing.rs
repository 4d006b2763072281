//! Doors that only tests have: databases in memory, copied from one another, and what the outbox holds. The shipped program is built
//! without them, and has no way to a database that is not encrypted.

use std::path::Path;

use domain::id::SendingId;
use domain::op::Op;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, backup::Backup};

use crate::error::Error;
use crate::open::{IdSource, Keys, Store, plan_once, ready};
use crate::patient_search::Words;
use crate::{migrate, outbox};

/// A sending as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub sending: SendingId,
    pub lane: String,
    pub kind: String,
    pub id: String,
    pub revision: i64,
    pub state: String,
    /// The code of the reason it was stopped for; empty without one.
    pub reason: String,
}

impl Store {
    /// Makes a database in memory at this schema (the newest for None), unencrypted and gone with the process.
    pub fn in_memory(keys: Keys, new_id: IdSource, schema: Option<usize>) -> Result<Store, Error> {
        let mut conn = memory()?;
        migrate::migrate_to(&mut conn, schema)?;
        Ok(Store { conn, audit_key: keys.audit, new_id, words: Words::default() })
    }

    /// Makes an encrypted database at an older schema, as an older version of Holdfast left it.
    pub fn create_older(path: &Path, keys: &Keys, schema: usize) -> Result<(), Error> {
        let mut conn = unlocked(path, keys)?;
        conn.execute_batch("PRAGMA journal_mode = WAL")?;
        migrate::migrate_to(&mut conn, Some(schema))?;
        conn.close().map_err(|(_, error)| error.into())
    }

    /// Opens such a one as the older version would: its schema stays as it is.
    pub fn open_older(path: &Path, keys: Keys, new_id: IdSource) -> Result<Store, Error> {
        let conn = unlocked(path, &keys)?;
        conn.execute_batch("PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON")?;
        plan_once(&conn)?;
        Ok(Store { conn, audit_key: keys.audit, new_id, words: Words::default() })
    }

    /// A database in memory with all that this one in memory holds.
    pub fn copied(&self, new_id: IdSource) -> Result<Store, Error> {
        let mut conn = memory()?;
        Backup::new(&self.conn, &mut conn)?.step(-1)?;
        Ok(Store { conn, audit_key: self.audit_key.clone(), new_id, words: Words::default() })
    }

    /// The program ended without a word and was started again: what an open does, on a database in memory.
    pub fn started_again(mut self) -> Result<Store, Error> {
        migrate::migrate(&mut self.conn)?;
        outbox::recover(&self.conn)?;
        Ok(Store { words: Words::default(), ..self })
    }

    /// Every sending there is, in the order of the queue.
    pub fn outbox(&self) -> Result<Vec<Row>, Error> {
        let sql =
            "SELECT sending_id, lane, kind, id, revision, state, coalesce(last_error, '') FROM sending ORDER BY seq";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| {
            let sending: String = row.get(0)?;
            Ok(Row {
                sending: SendingId::parse(&sending).ok_or(rusqlite::Error::InvalidQuery)?,
                lane: row.get(1)?,
                kind: row.get(2)?,
                id: row.get(3)?,
                revision: row.get(4)?,
                state: row.get(5)?,
                reason: row.get(6)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Every version of somebody else (`Type/id` and its ETag) that became one with ours, with the conflict's record and the revision
    /// that both became.
    pub fn brought_together(&self) -> Result<Vec<(String, String, String, i64)>, Error> {
        let sql = "SELECT r.type || '/' || r.server_id, coalesce(r.etag, ''), c.id, c.resolved_revision FROM conflict c JOIN conflict_resource r USING (sending_id)
             WHERE c.status = 'resolved' ORDER BY c.at, r.sending_id, r.place";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What the audit says of one kind of act: record, revision (0 for none) and detail, the oldest first.
    pub fn audited(&self, op: Op) -> Result<Vec<(String, i64, String)>, Error> {
        let sql = "SELECT coalesce(id, ''), coalesce(revision, 0), detail FROM audit WHERE op = ?1 ORDER BY seq";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([op.code()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn unlocked(path: &Path, keys: &Keys) -> Result<Connection, Error> {
    ready();
    let conn = Connection::open(path)?;
    conn.execute_batch("PRAGMA cipher_log_level = NONE")?;
    conn.execute_batch(&format!("PRAGMA key = \"x'{}'\"", keys.cipher.as_str()))?;
    Ok(conn)
}

fn memory() -> Result<Connection, Error> {
    ready();
    let conn = Connection::open_in_memory()?;
    // What every database is held to, without what only a file has.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.execute_batch("PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON; PRAGMA temp_store = MEMORY")?;
    plan_once(&conn)?;
    Ok(conn)
}
