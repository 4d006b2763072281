//! Which resource of the trust each of ours is, and at which version we know it.

use rusqlite::{Connection, OptionalExtension};

use crate::error::Error;
use crate::open::Store;

/// A resource that is at the trust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustRef {
    /// The FHIR type.
    pub kind: String,
    /// Our id for it.
    pub local_id: String,
    /// Its id at the trust: ours again, unless the trust made it.
    pub server_id: String,
    /// Its ETag when we last wrote or read it; None for what the trust made, which we never write.
    pub version: Option<String>,
}

impl Store {
    pub fn trust_ref(&self, kind: &str, local_id: &str) -> Result<Option<TrustRef>, Error> {
        let mut statement =
            self.conn.prepare_cached("SELECT server_id, version FROM trust_ref WHERE type = ?1 AND local_id = ?2")?;
        let found = statement.query_row((kind, local_id), |row| {
            Ok(TrustRef {
                kind: kind.to_owned(),
                local_id: local_id.to_owned(),
                server_id: row.get(0)?,
                version: row.get(1)?,
            })
        });
        Ok(found.optional()?)
    }

    /// Keeps that the trust knew this patient before us, or made the resource.
    pub fn keep_trust_refs(&mut self, refs: &[TrustRef]) -> Result<(), Error> {
        let tx = self.conn.transaction()?;
        refs.iter().try_for_each(|one| keep(&tx, one))?;
        Ok(tx.commit()?)
    }
}

pub(crate) fn keep(conn: &Connection, one: &TrustRef) -> Result<(), Error> {
    conn.prepare_cached(
        "INSERT INTO trust_ref (type, local_id, server_id, version) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (type, local_id) DO UPDATE SET server_id = ?3, version = ?4",
    )?
    .execute((&one.kind, &one.local_id, &one.server_id, &one.version))?;
    Ok(())
}
