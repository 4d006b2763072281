//! Locked and signed versions: which revision each one is, and the very paper that was made of it. Nothing here is ever changed.

use std::io::{Read, Write};

use domain::id::{PatientId, StaffId};
use domain::patient::Patient;
use domain::record::{Record, RecordKind};
use domain::staff::{Role, Signature};
use domain::summary_template::Copy;
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use rusqlite::{OptionalExtension, ffi};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::open::Store;
use crate::patient::PatientForm;
use crate::write::Writing;

/// One copy of a version as it was locked or signed.
#[derive(Clone, PartialEq, Eq)]
pub struct Paper {
    pub copy: Copy,
    /// The file's bytes.
    pub pdf: Vec<u8>,
    /// One SVG drawing a page.
    pub pages: Vec<String>,
}

impl Store {
    /// The versions of a record, newest first.
    pub fn versions(&self, id: &str) -> Result<Vec<u32>, Error> {
        let mut statement =
            self.conn.prepare_cached("SELECT version FROM version WHERE id = ?1 ORDER BY version DESC")?;
        let versions = statement.query_map([id], |row| row.get(0))?;
        Ok(versions.collect::<Result<_, _>>()?)
    }

    /// A copy of a version, byte for byte as it was made; [`Error::Damaged`] when it no longer is.
    pub fn paper(&self, id: &str, version: u32, copy: Copy) -> Result<Option<Paper>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT sha256, pdf, pages_sha256, pages FROM paper WHERE id = ?1 AND version = ?2 AND copy = ?3",
        )?;
        type Row = (String, Vec<u8>, String, Vec<u8>);
        let row: Option<Row> = statement
            .query_row((id, version, copy.code()), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .optional()?;
        let Some((digest, pdf, pages_digest, pages)) = row else { return Ok(None) };
        if sha256(&pdf) != digest || sha256(&pages) != pages_digest {
            return Err(Error::Damaged);
        }
        Ok(Some(Paper { copy, pdf, pages: inflated(&pages).ok_or(Error::Damaged)? }))
    }

    /// The patient as this version of a record has them: as last saved before it was locked or signed. None when there is no such
    /// version.
    pub fn patient_at_version(&self, patient: PatientId, id: &str, version: u32) -> Result<Option<Patient>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT form_version, snapshot FROM revision
             WHERE id = ?1 AND kind = 'patient'
                 AND seq < (SELECT r.seq FROM version v JOIN revision r ON r.id = v.id AND r.revision = v.revision
                            WHERE v.id = ?2 AND v.version = ?3)
             ORDER BY revision DESC LIMIT 1",
        )?;
        let row: Option<(i64, String)> =
            statement.query_row((patient.to_string(), id, version), |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        row.map(|(form, snapshot)| {
            PatientForm::read(patient, form, &snapshot).ok_or(Error::Unreadable(RecordKind::Patient))
        })
        .transpose()
    }
}

impl Writing<'_> {
    /// Makes the revision that this act has just saved of the record its locked or signed `version`, with its paper.
    /// Refused by SQLite when the version exists, or when this act saved no revision of it.
    pub fn keep_version(&mut self, record: &Record, version: u32, paper: &[Paper]) -> Result<(), Error> {
        // A version without its revision would be a mistake of ours, which tests meet first.
        let revision = self.saved_revision(&record.id).ok_or(Error::Sqlite(ffi::SQLITE_MISUSE))?;
        self.tx
            .prepare_cached("INSERT INTO version (id, version, revision) VALUES (?1, ?2, ?3)")?
            .execute((&record.id, version, revision))?;
        for paper in paper {
            let pages = deflated(&paper.pages).ok_or(Error::Sqlite(ffi::SQLITE_MISUSE))?;
            self.tx
                .prepare_cached(
                    "INSERT INTO paper (id, version, copy, sha256, pdf, pages_sha256, pages)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute((
                    &record.id,
                    version,
                    paper.copy.code(),
                    sha256(&paper.pdf),
                    &paper.pdf,
                    sha256(&pages),
                    &pages,
                ))?;
        }
        Ok(())
    }
}

/// A signature as it stands in a snapshot.
#[derive(Serialize, Deserialize)]
pub(crate) struct SignatureForm {
    staff: String,
    name: String,
    role: String,
    at: i64,
}

impl From<&Signature> for SignatureForm {
    fn from(signed: &Signature) -> Self {
        SignatureForm {
            staff: signed.staff.to_string(),
            name: signed.name.clone(),
            role: signed.role.code().to_owned(),
            at: signed.at,
        }
    }
}

impl SignatureForm {
    pub fn read(self) -> Option<Signature> {
        Some(Signature {
            staff: StaffId::parse(&self.staff)?,
            name: self.name,
            role: Role::from_code(&self.role)?,
            at: self.at,
        })
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn deflated(pages: &[String]) -> Option<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&serde_json::to_vec(pages).ok()?).ok()?;
    encoder.finish().ok()
}

fn inflated(bytes: &[u8]) -> Option<Vec<String>> {
    let mut json = String::new();
    ZlibDecoder::new(bytes).read_to_string(&mut json).ok()?;
    serde_json::from_str(&json).ok()
}
