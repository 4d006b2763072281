//! Summary template versions kept for ever, so that a signed line always reads as it was signed.

use rusqlite::OptionalExtension;
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::open::Store;
use crate::write::Writing;

impl Store {
    /// The bytes of a template version as they were when it was first used here.
    pub fn summary_template(&self, canonical: &str) -> Result<Option<String>, Error> {
        let mut statement = self.conn.prepare_cached("SELECT body FROM summary_template WHERE canonical = ?1")?;
        Ok(statement.query_row([canonical], |row| row.get(0)).optional()?)
    }
}

impl Writing<'_> {
    /// Keeps a version; again with the same bytes changes nothing, with other bytes is [`Error::TemplateDiffers`].
    pub fn keep_summary_template(&mut self, canonical: &str, body: &str) -> Result<(), Error> {
        let digest: String = Sha256::digest(body.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        let kept: Option<String> = self
            .tx
            .prepare_cached("SELECT sha256 FROM summary_template WHERE canonical = ?1")?
            .query_row([canonical], |row| row.get(0))
            .optional()?;
        match kept {
            Some(kept) if kept == digest => Ok(()),
            Some(_) => Err(Error::TemplateDiffers),
            None => {
                self.tx
                    .prepare_cached("INSERT INTO summary_template (canonical, sha256, body) VALUES (?1, ?2, ?3)")?
                    .execute((canonical, digest, body))?;
                Ok(())
            }
        }
    }
}
