//! Entries of the directory: their rows and how a snapshot reads back.

use domain::directory::{Checked, DirectoryEntry, EntryKind};
use domain::id::DirectoryEntryId;
use domain::record::{Record, RecordKind};
use jiff::civil::Date;
use rusqlite::Params;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::open::Store;
use crate::snapshot::known;
use crate::write::Writing;

const FORM: i64 = 1;

#[derive(Serialize, Deserialize)]
struct EntryForm {
    kind: String,
    name: String,
    about: String,
    concerns: Vec<String>,
    phone: String,
    hours: String,
    area: String,
    access: String,
    website: String,
    checked_on: Option<Date>,
    checked_by: String,
    retired: bool,
}

impl From<&DirectoryEntry> for EntryForm {
    fn from(entry: &DirectoryEntry) -> Self {
        EntryForm {
            kind: entry.kind.code().to_owned(),
            name: entry.name.clone(),
            about: entry.about.clone(),
            concerns: entry.concerns.clone(),
            phone: entry.phone.clone(),
            hours: entry.hours.clone(),
            area: entry.area.clone(),
            access: entry.access.clone(),
            website: entry.website.clone(),
            checked_on: entry.checked.as_ref().map(|checked| checked.on),
            checked_by: entry.checked.as_ref().map(|checked| checked.by.clone()).unwrap_or_default(),
            retired: entry.retired,
        }
    }
}

impl EntryForm {
    /// None for a form that this version of Holdfast does not know, and for what does not read back in it.
    fn read(id: &str, form_version: i64, snapshot: &str) -> Option<DirectoryEntry> {
        let form: EntryForm = known(form_version, FORM, snapshot)?;
        let by = form.checked_by;
        Some(DirectoryEntry {
            id: DirectoryEntryId::parse(id)?,
            kind: EntryKind::from_code(&form.kind)?,
            name: form.name,
            about: form.about,
            concerns: form.concerns,
            phone: form.phone,
            hours: form.hours,
            area: form.area,
            access: form.access,
            website: form.website,
            checked: form.checked_on.map(|on| Checked { on, by }),
            retired: form.retired,
        })
    }
}

/// An entry of the directory as last saved.
pub struct SavedEntry {
    pub entry: DirectoryEntry,
    pub revision: i64,
}

const CURRENT: &str = "SELECT d.id, r.form_version, r.snapshot, r.revision FROM directory_entry d
     JOIN revision r ON r.id = d.id AND r.revision = (SELECT max(revision) FROM revision WHERE id = d.id)";

impl Store {
    pub fn directory_entry(&self, id: DirectoryEntryId) -> Result<Option<SavedEntry>, Error> {
        Ok(self.directory_where("d.id = ?1", [id.to_string()])?.pop())
    }

    /// Every entry that is kept here, in the order in which they came.
    pub fn directory(&self) -> Result<Vec<SavedEntry>, Error> {
        self.directory_where("1 ORDER BY d.rowid", [])
    }

    fn directory_where(&self, condition: &str, params: impl Params) -> Result<Vec<SavedEntry>, Error> {
        let mut statement = self.conn.prepare_cached(&format!("{CURRENT} WHERE {condition}"))?;
        let mut rows = statement.query(params)?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, form, snapshot): (String, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let entry = EntryForm::read(&id, form, &snapshot).ok_or(Error::Unreadable(RecordKind::DirectoryEntry))?;
            entries.push(SavedEntry { entry, revision: row.get(3)? });
        }
        Ok(entries)
    }
}

impl Writing<'_> {
    /// Adds an entry (`from` is None) or keeps the revision that follows `from`.
    pub fn save_directory_entry(&mut self, entry: &DirectoryEntry, from: Option<i64>) -> Result<(), Error> {
        let id = entry.id.to_string();
        if from.is_none() && self.newest(&id)?.is_none() {
            self.tx.prepare_cached("INSERT INTO directory_entry (id) VALUES (?1)")?.execute([id])?;
        }
        let form = EntryForm::from(entry);
        let snapshot = serde_json::to_string(&form).map_err(|_| Error::Unreadable(RecordKind::DirectoryEntry))?;
        self.save(Record::directory_entry(entry.id), FORM, &snapshot, from)
    }
}

#[cfg(test)]
#[path = "directory_tests.rs"]
mod tests;
