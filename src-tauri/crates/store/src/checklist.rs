//! Checklist versions kept for ever, so that an answer always reads as it was given.

use rusqlite::OptionalExtension;
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::open::Store;
use crate::write::Writing;

impl Store {
    /// The bytes of a checklist version as they were when it was first used here.
    pub fn checklist(&self, canonical: &str) -> Result<Option<String>, Error> {
        let mut statement = self.conn.prepare_cached("SELECT body FROM checklist WHERE canonical = ?1")?;
        Ok(statement.query_row([canonical], |row| row.get(0)).optional()?)
    }

    /// The canonicals of all versions that are kept, in the order in which they came.
    pub fn checklist_versions(&self) -> Result<Vec<String>, Error> {
        let mut statement = self.conn.prepare_cached("SELECT canonical FROM checklist ORDER BY rowid")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether exactly these bytes are kept, as whichever version.
    pub fn keeps_checklist(&self, body: &str) -> Result<bool, Error> {
        let mut statement = self.conn.prepare_cached("SELECT EXISTS (SELECT 1 FROM checklist WHERE sha256 = ?1)")?;
        Ok(statement.query_row([digest(body)], |row| row.get(0))?)
    }
}

impl Writing<'_> {
    /// Keeps a version; again with the same bytes changes nothing, with other bytes is [`Error::ChecklistDiffers`].
    pub fn keep_checklist(&mut self, canonical: &str, body: &str) -> Result<(), Error> {
        let digest = digest(body);
        let kept: Option<String> = self
            .tx
            .prepare_cached("SELECT sha256 FROM checklist WHERE canonical = ?1")?
            .query_row([canonical], |row| row.get(0))
            .optional()?;
        match kept {
            Some(kept) if kept == digest => Ok(()),
            Some(_) => Err(Error::ChecklistDiffers),
            None => {
                self.tx
                    .prepare_cached("INSERT INTO checklist (canonical, sha256, body) VALUES (?1, ?2, ?3)")?
                    .execute((canonical, digest, body))?;
                Ok(())
            }
        }
    }
}

fn digest(body: &str) -> String {
    Sha256::digest(body.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
