//! The outbox: what the trust may have and has not yet acknowledged, and what became of each sending.

use domain::id::{PatientId, SendingId, StaffId};
use domain::op::Op;
use domain::record::{Record, RecordKind};
use domain::staff::By;
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, ffi};

use crate::audit::{self, QUEUE, Who};
use crate::conflict;
use crate::error::Error;
use crate::kept::{Kept, correct, keep, take_place};
use crate::open::Store;
use crate::write::{Again, Saved, Writing};

/// How much is in the outbox, counted in records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Not yet acknowledged, and nothing of them is stopped.
    pub waiting: u32,
    /// Stopped until a person decides.
    pub needs_you: u32,
    /// All that were ever to be sent and whose newest sending was not withdrawn; what is in neither of the other counts is at the trust.
    pub records: u32,
    /// When the trust last acknowledged one, UTC milliseconds.
    pub acked_at: Option<i64>,
}

/// A sending that may go out, or that has to be asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    pub sending: SendingId,
    /// The patient, or [`SHARED_LANE`].
    pub lane: String,
    pub kind: RecordKind,
    pub id: String,
    pub revision: i64,
    /// The author.
    pub staff: StaffId,
    /// How often it went out.
    pub attempts: u32,
    /// When it last went out, UTC milliseconds.
    pub sent_at: Option<i64>,
    /// It went out, and nobody knows whether it arrived.
    pub unknown: bool,
    /// How often the server failed at a transaction with it and did not keep it.
    pub failures: u32,
    /// How often it met a clash with nothing having moved.
    pub clashes: u32,
    /// The trust's Patient for this lane is known beyond doubt, or the lane needs none.
    pub matched: bool,
}

/// What can be done now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// In the order in which they were saved; within a lane without a gap.
    pub sendings: Vec<Outgoing>,
    /// When the next one that has to wait may go, UTC milliseconds.
    pub next: Option<i64>,
}

/// A sending that needs a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stopped {
    pub sending: SendingId,
    pub kind: RecordKind,
    pub id: String,
    /// None for a record shared by all patients.
    pub patient: Option<PatientId>,
    /// UTC milliseconds.
    pub at: i64,
    /// One of the codes it was stopped with.
    pub reason: String,
    /// The server's own words; may be empty.
    pub said: String,
    /// Somebody changed or removed it at the trust: trying again would only meet the same change.
    pub conflict: bool,
}

/// The lane of records that belong to no patient.
pub const SHARED_LANE: &str = "0";

pub(crate) fn add(conn: &Connection, sending: SendingId, by: &By, saved: &Saved) -> Result<(), Error> {
    let lane = saved.record.patient.map_or(SHARED_LANE.to_owned(), |patient| patient.to_string());
    planted!(
        OlderIsReplaced,
        conn.execute("DELETE FROM sending WHERE id = ?1 AND state = 'queued'", [&saved.record.id])?
    );
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
    // The newer revision takes the place of a refused one: correct it, and it goes.
    let refused: Option<i64> = conn
        .prepare_cached(
            "SELECT seq FROM sending WHERE id = ?1 AND state = 'quarantined' AND seq < last_insert_rowid()",
        )?
        .query_row([&saved.record.id], |row| row.get(0))
        .optional()?;
    if let Some(refused) = refused {
        take_place(conn, refused, conn.last_insert_rowid())?;
    }
    Ok(())
}

/// Puts a sending where others gave way to it.
pub(crate) fn add_again(conn: &Connection, sending: SendingId, again: &Again) -> Result<(), Error> {
    conn.prepare_cached(
        "INSERT INTO sending (seq, sending_id, lane, kind, id, revision, staff, form_version, clashes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute((
        again.seq,
        sending.to_string(),
        &again.lane,
        &again.kind,
        &again.id,
        again.revision,
        &again.staff,
        again.form_version,
        again.clashes,
    ))?;
    Ok(())
}

/// What was on its way when the program ended may have arrived: it is asked about before it goes again.
pub(crate) fn recover(conn: &Connection) -> Result<(), Error> {
    planted!(
        DoneAtCrash,
        conn.execute("UPDATE sending SET state = 'acked', acked_at = sent_at WHERE state = 'sending'", [])?
    );
    planted!(LeftAtCrash, return Ok(()));
    conn.execute("UPDATE sending SET state = 'unknown', not_before = NULL WHERE state = 'sending'", [])?;
    Ok(())
}

/// In a lane one goes after the other, and nothing goes past one that is stopped, in doubt or told to wait. No pause is longer than
/// an hour: a moment further away was written down while the clock was wrong.
const DUE: &str = "SELECT s.sending_id, s.lane, s.kind, s.id, s.revision, s.staff, s.attempts, s.sent_at, s.state,
        s.failures, s.clashes,
        s.lane = '0' OR EXISTS (SELECT 1 FROM trust_ref t WHERE t.type = 'Patient' AND t.local_id = s.lane AND t.doubt = 0)
     FROM sending s
     WHERE s.state <> 'acked' AND s.state IN ('queued', 'unknown')
       AND coalesce(s.not_before, 0) NOT BETWEEN ?1 + 1 AND ?1 + 3600000
       AND NOT EXISTS (
           SELECT 1 FROM sending b WHERE b.lane = s.lane AND b.state <> 'acked' AND b.state <> 'withdrawn'
             AND (b.state IN ('conflict', 'quarantined', 'held')
                  OR (b.seq < s.seq AND (b.state <> 'queued' OR coalesce(b.not_before, 0) BETWEEN ?1 + 1 AND ?1 + 3600000))))
     ORDER BY s.seq LIMIT ?2";

#[cfg(feature = "planted")]
pub(crate) fn is_on_its_way(conn: &Connection) -> Result<bool, Error> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sending WHERE state = 'sending')";
    Ok(conn.query_row(sql, [], |row| row.get(0))?)
}

impl Store {
    /// The oldest sendings that can be dealt with at `now` (UTC milliseconds), at most `most`.
    pub fn sendings_due(&self, now: i64, most: u32) -> Result<Due, Error> {
        let mut statement = self.conn.prepare_cached(planted!(sql DUE))?;
        let mut rows = statement.query((now, most))?;
        let mut due = Due::default();
        while let Some(row) = rows.next()? {
            due.sendings.push(outgoing(row)?);
        }
        due.next = self
            .conn
            .prepare_cached(
                "SELECT min(not_before) FROM sending
                 WHERE state <> 'acked' AND not_before BETWEEN ?1 + 1 AND ?1 + 3600000",
            )?
            .query_row([now], |row| row.get(0))?;
        Ok(due)
    }

    /// Keeps what became of sendings, all in one transaction: an acknowledgement is for exactly that sending at its revision, with the
    /// versions the trust now has. What is final for the queue is one audit line each; a try is none.
    ///
    /// The queue's own door, beside [`Store::write`]: nobody signs for it, and but for what was merged without a person it makes no
    /// revision and adds no sending.
    /// [`Error::ChangedMeanwhile`] when a sending is not in a state from which that can become of it; then nothing is kept.
    pub fn keep_sendings(&mut self, at: i64, pc: &str, kept: &[(SendingId, Kept)]) -> Result<(), Error> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (sending, kept) in kept {
            keep(&tx, *sending, at, kept)?;
            let who = Who { staff: QUEUE, at, pc };
            if let Kept::Merged { theirs, became } = kept {
                let by = conflict::author(&tx, *sending, at, pc)?;
                let mut writing = Writing::new(&tx, &by, Op::MergeFromTrust);
                conflict::merge(&mut writing, *sending, theirs, became)?;
                writing.finish(&self.audit_key, &who, &mut self.new_id)?;
            } else if let Some(detail) = kept.audited() {
                let (record, revision) = record(&tx, *sending)?;
                audit::append(&tx, &self.audit_key, &who, Op::SendRecord, Some(&(record, Some(revision))), &detail)?;
            }
        }
        // When all is kept: what takes a place has to be in the queue again by then.
        let refused = kept.iter().filter(|(_, kept)| matches!(kept, Kept::Quarantined { .. }));
        for (sending, _) in refused {
            correct(&tx, *sending)?;
        }
        Ok(tx.commit()?)
    }

    /// Takes what is on its way for what may have arrived: nobody waits for an answer any more.
    pub fn doubt_sendings(&mut self) -> Result<(), Error> {
        recover(&self.conn)
    }

    /// The newest revision of a record before this one that the trust has acknowledged, or that came from there.
    pub fn acked_before(&self, id: &str, revision: i64) -> Result<Option<i64>, Error> {
        acked_before(&self.conn, id, revision)
    }

    /// The sending of a record that the trust acknowledged last; None when it has none, or a conflict about the record was settled since:
    /// then what stood there was seen, and is what the next one is made from.
    pub fn last_acked(&self, id: &str) -> Result<Option<SendingId>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT sending_id FROM sending s WHERE id = ?1 AND state = 'acked' AND NOT EXISTS
                 (SELECT 1 FROM conflict c WHERE c.id = ?1 AND c.status = 'resolved' AND c.resolved_revision > s.revision)
             ORDER BY revision DESC LIMIT 1",
        )?;
        let found: Option<String> = statement.query_row([id], |row| row.get(0)).optional()?;
        found.map(|sending| SendingId::parse(&sending).ok_or(UNREADABLE)).transpose()
    }

    /// Whether the trust has acknowledged anything of this lane, or its patient came from there.
    pub fn has_acked(&self, lane: &str) -> Result<bool, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM sending WHERE lane = ?1 AND state = 'acked')
                 OR EXISTS (SELECT 1 FROM revision WHERE id = ?1 AND op = 'receive_from_trust')",
        )?;
        Ok(statement.query_row([lane], |row| row.get(0))?)
    }

    /// Whether anything is held for this reason.
    pub fn is_held(&self, reason: &str) -> Result<bool, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM sending WHERE state <> 'acked' AND state = 'held' AND last_error = ?1)",
        )?;
        Ok(statement.query_row([reason], |row| row.get(0))?)
    }

    /// Puts back into the queue whatever was held for this reason, because the reason is gone.
    pub fn release(&mut self, reason: &str) -> Result<(), Error> {
        let sql = "UPDATE sending SET state = 'queued', last_error = NULL, said = NULL, stopped_at = NULL
             WHERE state <> 'acked' AND state = 'held' AND last_error = ?1";
        self.conn.prepare_cached(sql)?.execute([reason])?;
        Ok(())
    }

    /// Counts the records in the outbox; a record with several revisions there counts once, and in one count: a stopped one waits no more.
    pub fn waiting(&self) -> Result<Waiting, Error> {
        let mut statement = self.conn.prepare_cached(
            "WITH stopped AS (SELECT DISTINCT id FROM sending
                 WHERE state <> 'acked' AND state IN ('conflict', 'quarantined', 'held'))
             SELECT count(DISTINCT id) FILTER (WHERE id NOT IN stopped), (SELECT count(*) FROM stopped),
                    (SELECT count(DISTINCT id) FROM sending s WHERE state <> 'withdrawn' AND (state <> 'acked' OR NOT EXISTS
                        (SELECT 1 FROM sending w WHERE w.id = s.id AND w.seq > s.seq AND w.state = 'withdrawn'))),
                    (SELECT max(acked_at) FROM sending WHERE state = 'acked')
             FROM sending WHERE state <> 'acked' AND state <> 'withdrawn'",
        )?;
        Ok(statement.query_row([], |row| {
            Ok(Waiting { waiting: row.get(0)?, needs_you: row.get(1)?, records: row.get(2)?, acked_at: row.get(3)? })
        })?)
    }

    /// What needs a person, the oldest first, at most `most`.
    pub fn stopped(&self, most: u32) -> Result<Vec<Stopped>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT sending_id, kind, id, lane, coalesce(stopped_at, 0), coalesce(last_error, ''), coalesce(said, ''),
                    state = 'conflict'
             FROM sending WHERE state <> 'acked' AND state IN ('conflict', 'quarantined', 'held') ORDER BY seq LIMIT ?1",
        )?;
        let mut rows = statement.query([most])?;
        let mut stopped = Vec::new();
        while let Some(row) = rows.next()? {
            let (sending, kind, lane): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(3)?);
            stopped.push(Stopped {
                sending: SendingId::parse(&sending).ok_or(UNREADABLE)?,
                kind: RecordKind::from_code(&kind).ok_or(UNREADABLE)?,
                id: row.get(2)?,
                patient: PatientId::parse(&lane),
                at: row.get(4)?,
                reason: row.get(5)?,
                said: row.get(6)?,
                conflict: row.get(7)?,
            });
        }
        Ok(stopped)
    }

    /// The sendings of a patient that met a change at the trust and wait for a person's choice, with the record of each; oldest first.
    pub fn conflicts_of(&self, patient: PatientId) -> Result<Vec<(SendingId, RecordKind, String)>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT sending_id, kind, id FROM sending WHERE state <> 'acked' AND state = 'conflict' AND lane = ?1 ORDER BY seq",
        )?;
        let mut rows = statement.query([patient.to_string()])?;
        let mut conflicts = Vec::new();
        while let Some(row) = rows.next()? {
            let (sending, kind): (String, String) = (row.get(0)?, row.get(1)?);
            let sending = SendingId::parse(&sending).ok_or(UNREADABLE)?;
            conflicts.push((sending, RecordKind::from_code(&kind).ok_or(UNREADABLE)?, row.get(2)?));
        }
        Ok(conflicts)
    }
}

impl Writing<'_> {
    /// Puts a refused or held sending back into its lane. False when it is in no such state; a conflict is not tried again, because it
    /// would only meet the same change.
    pub fn try_again(&mut self, sending: SendingId) -> Result<bool, Error> {
        planted!(
            TriedAgainIsDropped,
            return Ok(self
                .tx
                .execute("UPDATE sending SET state = 'acked' WHERE sending_id = ?1", [sending.to_string()])?
                == 1)
        );
        let changed = self
            .tx
            .prepare_cached(
                // One at which the server failed goes alone again, and not with others.
                "UPDATE sending SET state = 'queued', not_before = NULL, last_error = NULL, said = NULL, stopped_at = NULL,
                     failures = min(failures, 3), clashes = 0
                 WHERE sending_id = ?1 AND state IN ('quarantined', 'held')",
            )?
            .execute([sending.to_string()])?;
        if changed == 1 {
            self.about(record(self.tx, sending)?.0);
        }
        Ok(changed == 1)
    }
}

/// A row that does not read is a mistake of ours, which tests meet first.
pub(crate) const UNREADABLE: Error = Error::Sqlite(ffi::SQLITE_MISMATCH);

pub(crate) fn outgoing(row: &Row<'_>) -> Result<Outgoing, Error> {
    let (sending, kind, staff): (String, String, String) = (row.get(0)?, row.get(2)?, row.get(5)?);
    let state: String = row.get(8)?;
    Ok(Outgoing {
        sending: SendingId::parse(&sending).ok_or(UNREADABLE)?,
        lane: row.get(1)?,
        kind: RecordKind::from_code(&kind).ok_or(UNREADABLE)?,
        id: row.get(3)?,
        revision: row.get(4)?,
        staff: StaffId::parse(&staff).ok_or(UNREADABLE)?,
        attempts: row.get(6)?,
        sent_at: row.get(7)?,
        unknown: state == "unknown",
        failures: row.get(9)?,
        clashes: row.get(10)?,
        matched: row.get(11)?,
    })
}

pub(crate) fn acked_before(conn: &Connection, id: &str, revision: i64) -> Result<Option<i64>, Error> {
    let mut statement = conn.prepare_cached(
        "SELECT max(revision) FROM
             (SELECT revision FROM sending WHERE id = ?1 AND state = 'acked' AND revision < ?2
              UNION ALL SELECT revision FROM revision WHERE id = ?1 AND op = 'receive_from_trust' AND revision < ?2)",
    )?;
    Ok(statement.query_row((id, revision), |row| row.get(0))?)
}

pub(crate) const OUTGOING: &str = "SELECT s.sending_id, s.lane, s.kind, s.id, s.revision, s.staff, s.attempts, s.sent_at, s.state,
        s.failures, s.clashes,
        s.lane = '0' OR EXISTS (SELECT 1 FROM trust_ref t WHERE t.type = 'Patient' AND t.local_id = s.lane AND t.doubt = 0),
        coalesce(s.last_error, ''), coalesce(s.said, '')
     FROM sending s WHERE s.state NOT IN ('acked', 'withdrawn')";

/// A sending that is not acknowledged and not withdrawn, its reason and the server's words.
pub(crate) fn unsent(conn: &Connection, sending: SendingId) -> Result<Option<(Outgoing, String, String)>, Error> {
    let mut statement = conn.prepare_cached(&format!("{OUTGOING} AND s.sending_id = ?1"))?;
    let mut rows = statement.query([sending.to_string()])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    Ok(Some((outgoing(row)?, row.get(12)?, row.get(13)?)))
}

/// What waits in its lane after a sending.
pub(crate) fn behind(conn: &Connection, sending: SendingId) -> Result<Vec<Outgoing>, Error> {
    let after = "AND (s.lane, 1) IN (SELECT lane, s.seq > seq FROM sending WHERE sending_id = ?1) ORDER BY s.seq";
    let mut statement = conn.prepare_cached(&format!("{OUTGOING} {after}"))?;
    let mut rows = statement.query([sending.to_string()])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(outgoing(row)?);
    }
    Ok(all)
}

pub(crate) fn record(conn: &Connection, sending: SendingId) -> Result<(Record, i64), Error> {
    type Row = (String, String, String, i64);
    let row: Option<Row> = conn
        .prepare_cached("SELECT kind, id, lane, revision FROM sending WHERE sending_id = ?1")?
        .query_row([sending.to_string()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .optional()?;
    let (kind, id, lane, revision) = row.ok_or(Error::ChangedMeanwhile)?;
    let kind = RecordKind::from_code(&kind).ok_or(UNREADABLE)?;
    Ok((Record { kind, id, patient: PatientId::parse(&lane) }, revision))
}

#[cfg(test)]
#[path = "outbox_tests.rs"]
mod tests;
