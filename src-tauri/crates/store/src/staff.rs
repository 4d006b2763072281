//! Members of staff: their rows and how a snapshot reads back.

use domain::id::StaffId;
use domain::record::{Record, RecordKind};
use domain::staff::{Organisation, Role, Staff};
use rusqlite::{OptionalExtension, Row};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::open::Store;
use crate::snapshot::known;
use crate::write::Writing;

const FORM: i64 = 1;

#[derive(Serialize, Deserialize)]
pub(crate) struct OrganisationForm {
    pub ods: String,
    pub name: String,
}

impl From<&Organisation> for OrganisationForm {
    fn from(organisation: &Organisation) -> Self {
        OrganisationForm { ods: organisation.ods.clone(), name: organisation.name.clone() }
    }
}

impl From<OrganisationForm> for Organisation {
    fn from(form: OrganisationForm) -> Self {
        Organisation { ods: form.ods, name: form.name }
    }
}

#[derive(Serialize, Deserialize)]
struct StaffForm {
    name: String,
    role: String,
    key_holder: bool,
    team: String,
    organisation: OrganisationForm,
}

impl StaffForm {
    /// None for a form that this version of Holdfast does not know, and for what does not read back in it.
    fn read(id: &str, form_version: i64, snapshot: &str) -> Option<Staff> {
        let form: StaffForm = known(form_version, FORM, snapshot)?;
        Some(Staff {
            id: StaffId::parse(id)?,
            name: form.name,
            role: Role::from_code(&form.role)?,
            key_holder: form.key_holder,
            team: form.team,
            organisation: form.organisation.into(),
        })
    }
}

const CURRENT: &str = "SELECT s.id, r.form_version, r.snapshot FROM staff s
     JOIN revision r ON r.id = s.id AND r.revision = (SELECT max(revision) FROM revision WHERE id = s.id)";

impl Store {
    pub fn staff(&self, id: StaffId) -> Result<Option<Staff>, Error> {
        let mut statement = self.conn.prepare_cached(&format!("{CURRENT} WHERE s.id = ?1"))?;
        let row = statement.query_row([id.to_string()], columns).optional()?;
        row.map(read).transpose()
    }

    /// A member of staff as of this revision of a record; None when there was no such person then.
    pub fn staff_then(&self, id: StaffId, record: &str, revision: i64) -> Result<Option<Staff>, Error> {
        let sql = "SELECT id, form_version, snapshot FROM revision
             WHERE id = ?1 AND kind = 'staff' AND seq <= (SELECT seq FROM revision WHERE id = ?2 AND revision = ?3)
             ORDER BY revision DESC LIMIT 1";
        let id = id.to_string();
        let row = self.conn.prepare_cached(sql)?.query_row((&id, record, revision), columns).optional()?;
        row.map(read).transpose()
    }

    /// Everybody who was ever enrolled, in the order of enrolment.
    pub fn all_staff(&self) -> Result<Vec<Staff>, Error> {
        let mut statement = self.conn.prepare_cached(&format!("{CURRENT} ORDER BY s.rowid"))?;
        let rows = statement.query_map([], columns)?;
        rows.map(|row| read(row?)).collect()
    }
}

/// Id, version of the form, snapshot.
type Columns = (String, i64, String);

fn columns(row: &Row<'_>) -> rusqlite::Result<Columns> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}

fn read((id, form, snapshot): Columns) -> Result<Staff, Error> {
    StaffForm::read(&id, form, &snapshot).ok_or(Error::Unreadable(RecordKind::Staff))
}

impl Writing<'_> {
    /// Adds a member of staff, or keeps a new revision of one.
    pub fn save_staff(&mut self, staff: &Staff) -> Result<(), Error> {
        let form = StaffForm {
            name: staff.name.clone(),
            role: staff.role.code().to_owned(),
            key_holder: staff.key_holder,
            team: staff.team.clone(),
            organisation: (&staff.organisation).into(),
        };
        let snapshot = serde_json::to_string(&form).map_err(|_| Error::Unreadable(RecordKind::Staff))?;
        let id = staff.id.to_string();
        self.tx.prepare_cached("INSERT INTO staff (id) VALUES (?1) ON CONFLICT DO NOTHING")?.execute([&id])?;
        let from = self.newest(&id)?;
        self.save(Record::staff(staff.id), FORM, &snapshot, from)
    }
}
