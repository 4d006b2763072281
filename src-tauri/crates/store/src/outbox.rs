//! The outbox: what the trust may have and has not yet acknowledged.

use domain::id::SendingId;
use domain::staff::By;
use rusqlite::Connection;

use crate::error::Error;
use crate::open::Store;
use crate::write::Saved;

/// How much is in the outbox, counted in records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Not yet acknowledged and not stopped.
    pub waiting: u32,
    /// Stopped until a person decides.
    pub needs_you: u32,
}

/// The lane of records that belong to no patient.
const SHARED_LANE: &str = "0";

pub(crate) fn add(conn: &Connection, sending: SendingId, by: &By, saved: &Saved) -> Result<(), Error> {
    let lane = saved.record.patient.map_or(SHARED_LANE.to_owned(), |patient| patient.to_string());
    conn.prepare_cached(
        "INSERT INTO sending (sending_id, lane, kind, id, revision, staff, form_version) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute((
        sending.to_string(),
        lane,
        saved.record.kind.code(),
        &saved.record.id,
        saved.revision,
        by.staff.to_string(),
        saved.form_version,
    ))?;
    Ok(())
}

impl Store {
    /// Counts the records in the outbox; a record with several waiting revisions counts once.
    pub fn waiting(&self) -> Result<Waiting, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT count(DISTINCT id) FILTER (WHERE state IN ('queued', 'sending', 'unknown')),
                    count(DISTINCT id) FILTER (WHERE state IN ('conflict', 'quarantined', 'held'))
             FROM sending WHERE state <> 'acked'",
        )?;
        Ok(statement.query_row([], |row| Ok(Waiting { waiting: row.get(0)?, needs_you: row.get(1)? }))?)
    }
}
