//! Drafts in a patient's hands: where their sealed answers lie and what opens them, until they were taken back.

use domain::id::{HnaId, StaffId};
use domain::record::RecordKind;
use rusqlite::{OptionalExtension, Params};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::open::Store;
use crate::write::Writing;

/// A draft that was handed over and not taken back yet.
pub struct HandedOver {
    /// Name of the file with the sealed answers; says nothing of whose they are.
    pub file: String,
    pub hna: HnaId,
    /// Who handed over.
    pub staff: StaffId,
    /// When, UTC milliseconds.
    pub at: i64,
    /// The private half of the key that the answers are sealed to.
    pub secret: Zeroizing<[u8; 32]>,
}

/// What came of a hand-over that was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenBack {
    /// Who handed over.
    pub staff: StaffId,
    /// When it was handed over, UTC milliseconds.
    pub at: i64,
    /// Answers that came into the record.
    pub answers: i64,
    /// Answers that could not be read again.
    pub unreadable: i64,
    /// The person said that it is somebody else: nothing came into the record.
    pub not_me: bool,
    /// Whether the person said so may have been lost, and the answers came into the record.
    pub doubtful: bool,
    /// Why the answers were given up, where they could never be read.
    pub give_up_reason: Option<String>,
}

impl Store {
    /// The drafts that are out, oldest first.
    pub fn handed_over(&self) -> Result<Vec<HandedOver>, Error> {
        self.handed_over_where("taken_at IS NULL ORDER BY at", [])
    }

    /// The hand-overs of this assessment that are out, oldest first.
    pub fn handed_over_of(&self, hna: HnaId) -> Result<Vec<HandedOver>, Error> {
        self.handed_over_where("hna = ?1 AND taken_at IS NULL ORDER BY at", [hna.to_string()])
    }

    /// Whether the answers in this file were taken back, so that it can go.
    pub fn was_taken_back(&self, file: &str) -> Result<bool, Error> {
        let mut statement = self.conn.prepare_cached("SELECT taken_at IS NOT NULL FROM hand_over WHERE file = ?1")?;
        Ok(statement.query_row([file], |row| row.get(0)).optional()?.unwrap_or(false))
    }

    /// The last hand-over of this assessment that was taken back; None when there was none.
    pub fn taken_back(&self, hna: HnaId) -> Result<Option<TakenBack>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT staff, at, answers, unreadable, not_me, doubtful, give_up_reason FROM hand_over
             WHERE hna = ?1 AND taken_at IS NOT NULL ORDER BY at DESC, rowid DESC LIMIT 1",
        )?;
        let mut rows = statement.query([hna.to_string()])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let staff: String = row.get(0)?;
        Ok(Some(TakenBack {
            staff: StaffId::parse(&staff).ok_or(Error::Unreadable(RecordKind::Staff))?,
            at: row.get(1)?,
            answers: row.get(2)?,
            unreadable: row.get(3)?,
            not_me: row.get(4)?,
            doubtful: row.get(5)?,
            give_up_reason: row.get(6)?,
        }))
    }

    fn handed_over_where(&self, condition: &str, params: impl Params) -> Result<Vec<HandedOver>, Error> {
        let sql = format!("SELECT file, hna, staff, at, secret FROM hand_over WHERE {condition}");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut rows = statement.query(params)?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            let (hna, staff): (String, String) = (row.get(1)?, row.get(2)?);
            out.push(HandedOver {
                file: row.get(0)?,
                hna: HnaId::parse(&hna).ok_or(Error::Unreadable(RecordKind::Hna))?,
                staff: StaffId::parse(&staff).ok_or(Error::Unreadable(RecordKind::Staff))?,
                at: row.get(3)?,
                secret: Zeroizing::new(row.get(4)?),
            });
        }
        Ok(out)
    }
}

impl Writing<'_> {
    /// Keeps that a draft is out, with the key that will open its answers.
    pub fn hand_over(&mut self, out: &HandedOver) -> Result<(), Error> {
        self.tx
            .prepare_cached("INSERT INTO hand_over (file, hna, staff, at, secret) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute((&out.file, out.hna.to_string(), out.staff.to_string(), out.at, out.secret.as_slice()))?;
        Ok(())
    }

    /// Keeps what came of it and forgets the key; [`Error::ChangedMeanwhile`] when it was taken back already.
    pub fn take_back(&mut self, file: &str, back: &TakenBack) -> Result<(), Error> {
        let changed = self
            .tx
            .prepare_cached(
                "UPDATE hand_over SET secret = NULL, taken_at = ?2, answers = ?3, unreadable = ?4, not_me = ?5,
                     doubtful = ?6, give_up_reason = ?7
                 WHERE file = ?1 AND taken_at IS NULL",
            )?
            .execute((
                file,
                self.by.at,
                back.answers,
                back.unreadable,
                back.not_me,
                back.doubtful,
                &back.give_up_reason,
            ))?;
        if changed == 1 { Ok(()) } else { Err(Error::ChangedMeanwhile) }
    }
}

#[cfg(test)]
#[path = "hand_over_tests.rs"]
mod tests;
