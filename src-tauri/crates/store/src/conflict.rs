//! Conflicts kept as values: a record as somebody else left it at the trust, beside the one here, until both are one again; and what a
//! person does about a sending that the trust did not take. What of both goes on is decided elsewhere.
//!
//! A conflict stops its lane and nothing else. It ends in one of three ways, each in one act of [`Store::write`]:
//! * [`Writing::resolve`] after that act saved the revision that both became: it is sent with the versions that stood there;
//! * [`Writing::resolve`] without one: what is here is sent over what stood there;
//! * [`Writing::withdraw`]: what is here is not sent.

use domain::care_plan::CarePlan;
use domain::id::{PatientId, SendingId, StaffId};
use domain::patient::Patient;
use domain::record::{Record, RecordKind};
use domain::staff::{By, Role};
use domain::text;
use rusqlite::{Connection, OptionalExtension};

use crate::error::Error;
use crate::kept::Theirs;
use crate::open::Store;
use crate::outbox::{self, Outgoing, UNREADABLE};
use crate::trust_ref;
use crate::write::{Again, Writing};

/// A conflict that waits for a person.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    pub sending: SendingId,
    pub record: Record,
    /// The revision that was to be sent.
    pub revision: i64,
    /// The newest revision before it that the trust had; None when it had none.
    pub base: Option<i64>,
    /// When it was met, UTC milliseconds.
    pub at: i64,
    /// The record as it stood at the trust, its own resource first.
    pub theirs: Vec<Theirs>,
}

/// What a record became of ours and theirs without a person.
#[derive(Clone, Debug, PartialEq)]
pub enum Became {
    /// Nothing of it is another: what is here goes again as it is.
    Same,
    Patient(Box<Patient>),
    CarePlan(Box<CarePlan>),
}

impl Store {
    /// The open conflict of a sending; None when it has none.
    pub fn conflict(&self, sending: SendingId) -> Result<Option<Conflict>, Error> {
        open(&self.conn, sending)
    }

    /// The sending that stands in a conflict about this record, or None.
    pub fn conflict_of(&self, record: &str) -> Result<Option<SendingId>, Error> {
        let sql = "SELECT sending_id FROM conflict WHERE id = ?1 AND status = 'open' ORDER BY at LIMIT 1";
        let found: Option<String> = self.conn.prepare_cached(sql)?.query_row([record], |row| row.get(0)).optional()?;
        found.map(|sending| SendingId::parse(&sending).ok_or(UNREADABLE)).transpose()
    }

    /// The record's own resource as it stood at the trust, as FHIR; None when there is no open conflict, or it was removed there.
    pub fn theirs(&self, sending: SendingId) -> Result<Option<String>, Error> {
        let found = self.conflict(sending)?;
        Ok(found.and_then(|conflict| conflict.theirs.into_iter().next()).and_then(|theirs| theirs.body))
    }

    /// The newest revision of a record that was to be sent, when it was saved (UTC milliseconds) and by whom; None when none was.
    pub fn last_sent(&self, record: &str) -> Result<Option<(i64, i64, StaffId)>, Error> {
        let found: Option<(i64, i64, String)> = self
            .conn
            .prepare_cached(
                "SELECT r.revision, r.at, r.staff FROM sending s JOIN revision r ON r.id = s.id AND r.revision = s.revision
                 WHERE s.id = ?1 ORDER BY r.revision DESC LIMIT 1",
            )?
            .query_row([record], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        found.map(|(revision, at, staff)| Ok((revision, at, StaffId::parse(&staff).ok_or(UNREADABLE)?))).transpose()
    }

    /// A sending that the trust has not acknowledged and nobody withdrew, with why it was stopped and the server's own words.
    pub fn unsent(&self, sending: SendingId) -> Result<Option<(Outgoing, String, String)>, Error> {
        outbox::unsent(&self.conn, sending)
    }

    /// What waits behind a sending in its lane, in the order in which it goes.
    pub fn behind(&self, sending: SendingId) -> Result<Vec<Outgoing>, Error> {
        outbox::behind(&self.conn, sending)
    }
}

impl Writing<'_> {
    /// Ends the conflict of a sending: the trust's versions are learnt, and what this act saved of the record goes in the sending's place,
    /// or what was to go in it when this act saved none. The later sendings of a patient or a plan give way to it as well.
    /// False when there is no such conflict. [`Error::ChangedMeanwhile`] when one of them may be on its way.
    pub fn resolve(&mut self, sending: SendingId) -> Result<bool, Error> {
        let Some(conflict) = open(self.tx, sending)? else { return Ok(false) };
        let saved = self.saved_revision(&conflict.record.id);
        // Of what is brought together part by part the newest goes; of any other each one by itself, with what is signed in it.
        let together = matches!(conflict.record.kind, RecordKind::Patient | RecordKind::CarePlan);
        let again = give_way(self.tx, &conflict.record.id, sending, saved.is_some() || together)?;
        planted!(TheirsNotLearnt, (), learn(self.tx, &conflict.theirs)?);
        let revision = saved.unwrap_or(again.revision);
        settle(self.tx, sending, "resolved", Some(revision))?;
        self.detail(&parents(&conflict));
        self.about_revision(conflict.record, saved);
        planted!(ResolvedIsNotQueued, return Ok(true));
        self.again(again, saved.is_some());
        Ok(true)
    }

    /// Takes a stopped sending out of the queue for good, with a reason; the record stays as it is here. Where somebody changed the record
    /// at the trust, its later sendings are withdrawn with it. False when it is not stopped.
    pub fn withdraw(&mut self, sending: SendingId, because: &str) -> Result<bool, Error> {
        let Some((one, ..)) = outbox::unsent(self.tx, sending)? else { return Ok(false) };
        let changed = self
            .tx
            .prepare_cached(
                "UPDATE sending SET state = 'withdrawn', withdrawn_because = ?2, not_before = NULL
                 WHERE sending_id = ?1 AND state IN ('conflict', 'quarantined', 'held')",
            )?
            .execute((sending.to_string(), because))?;
        if changed == 0 {
            return Ok(false);
        }
        if open(self.tx, sending)?.is_some() {
            self.tx
                .prepare_cached(
                    "UPDATE sending SET state = 'withdrawn', withdrawn_because = ?2, not_before = NULL
                     WHERE id = ?1 AND state IN ('queued', 'unknown')",
                )?
                .execute((&one.id, because))?;
            settle(self.tx, sending, "withdrawn", None)?;
        }
        let record = Record { kind: one.kind, id: one.id, patient: PatientId::parse(&one.lane) };
        self.about_revision(record, None);
        self.detail(&format!("revision {}", one.revision));
        Ok(true)
    }
}

/// Keeps a conflict with all that stands there.
pub(crate) fn keep(conn: &Connection, sending: SendingId, at: i64, theirs: &[Theirs]) -> Result<(), Error> {
    let (record, revision) = outbox::record(conn, sending)?;
    let base = outbox::acked_before(conn, &record.id, revision)?;
    let id = sending.to_string();
    conn.prepare_cached(
        "INSERT INTO conflict (sending_id, at, kind, id, revision, base) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute((&id, at, record.kind.code(), &record.id, revision, base))?;
    for (place, one) in (0_i64..).zip(theirs) {
        conn.prepare_cached(
            "INSERT INTO conflict_resource (sending_id, place, type, server_id, base, etag, body, who)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute((&id, place, &one.kind, &one.server_id, &one.base, &one.etag, &one.body, &one.who))?;
    }
    Ok(())
}

/// Keeps what a record became of ours and theirs without a person: what goes in the sending's place, and what is to be said of it.
pub(crate) fn merge(
    writing: &mut Writing<'_>,
    sending: SendingId,
    theirs: &[Theirs],
    became: &Became,
) -> Result<(), Error> {
    let at = writing.by.at;
    keep(writing.tx, sending, at, theirs)?;
    let (record, _) = outbox::record(writing.tx, sending)?;
    let newest = writing.newest(&record.id)?;
    match became {
        Became::Same => {}
        Became::Patient(patient) => writing.save_patient(patient, newest)?,
        Became::CarePlan(plan) => writing.save_care_plan(plan, newest)?,
    }
    if writing.resolve(sending)? { Ok(()) } else { Err(Error::ChangedMeanwhile) }
}

/// The author of what was to be sent, by whom the queue saves what it became.
pub(crate) fn author(conn: &Connection, sending: SendingId, at: i64, pc: &str) -> Result<By, Error> {
    let (one, ..) = outbox::unsent(conn, sending)?.ok_or(Error::ChangedMeanwhile)?;
    // Only the id and the moment stand in a revision; what the author may do was asked when the act was done.
    Ok(By { staff: one.staff, name: String::new(), role: Role::NotKnown, key_holder: false, at, pc: pc.to_owned() })
}

fn open(conn: &Connection, sending: SendingId) -> Result<Option<Conflict>, Error> {
    type Row = (String, String, i64, Option<i64>, i64, String);
    let id = sending.to_string();
    let row: Option<Row> = conn
        .prepare_cached(
            "SELECT c.kind, c.id, c.revision, c.base, c.at, s.lane FROM conflict c JOIN sending s USING (sending_id)
             WHERE c.sending_id = ?1 AND c.status = 'open'",
        )?
        .query_row([&id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?)))
        .optional()?;
    let Some((kind, record, revision, base, at, lane)) = row else { return Ok(None) };
    let mut statement = conn.prepare_cached(
        "SELECT type, server_id, base, etag, body, who FROM conflict_resource WHERE sending_id = ?1 ORDER BY place",
    )?;
    let theirs = statement.query_map([&id], |row| {
        Ok(Theirs {
            kind: row.get(0)?,
            server_id: row.get(1)?,
            base: row.get(2)?,
            etag: row.get(3)?,
            body: row.get(4)?,
            who: row.get(5)?,
        })
    })?;
    let theirs = theirs.collect::<Result<_, _>>()?;
    let kind = RecordKind::from_code(&kind).ok_or(UNREADABLE)?;
    let record = Record { kind, id: record, patient: PatientId::parse(&lane) };
    Ok(Some(Conflict { sending, record, revision, base, at, theirs }))
}

/// Takes the sending of a conflict out of the queue, and with `later` the record's later ones: the row that takes their place.
fn give_way(conn: &Connection, record: &str, sending: SendingId, later: bool) -> Result<Again, Error> {
    let last = if later { i64::MAX } else { 0 };
    let (seq, clashes): (i64, u32) = conn
        .prepare_cached("SELECT seq, clashes FROM sending WHERE sending_id = ?1")?
        .query_row([sending.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let rows = "FROM sending WHERE id = ?1 AND seq BETWEEN ?2 AND max(?2, ?3) AND state NOT IN ('acked', 'withdrawn')";
    let on_its_way: bool = conn
        .prepare_cached(&format!("SELECT EXISTS (SELECT 1 {rows} AND seq > ?2 AND state IN ('sending', 'unknown'))"))?
        .query_row((record, seq, last), |row| row.get(0))?;
    if on_its_way {
        return Err(Error::ChangedMeanwhile);
    }
    let again = conn
        .prepare_cached(&format!(
            "SELECT lane, kind, revision, staff, form_version {rows} ORDER BY revision DESC LIMIT 1"
        ))?
        .query_row((record, seq, last), |row| {
            Ok(Again {
                seq,
                id: record.to_owned(),
                lane: row.get(0)?,
                kind: row.get(1)?,
                revision: row.get(2)?,
                staff: row.get(3)?,
                form_version: row.get(4)?,
                clashes: clashes + 1,
            })
        })?;
    conn.prepare_cached(&format!("DELETE {rows}"))?.execute((record, seq, last))?;
    Ok(again)
}

fn learn(conn: &Connection, theirs: &[Theirs]) -> Result<(), Error> {
    let moved = theirs.iter().filter(|one| one.etag.is_none() || one.etag != one.base);
    moved.into_iter().try_for_each(|one| match (&one.etag, &one.body) {
        (Some(etag), Some(body)) => trust_ref::seen(conn, &one.kind, &one.server_id, etag, body),
        _ => trust_ref::gone(conn, &one.kind, &one.server_id),
    })
}

fn settle(conn: &Connection, sending: SendingId, status: &str, revision: Option<i64>) -> Result<(), Error> {
    conn.prepare_cached("UPDATE conflict SET status = ?2, resolved_revision = ?3 WHERE sending_id = ?1")?.execute((
        sending.to_string(),
        status,
        revision,
    ))?;
    Ok(())
}

/// Both parents, as the audit names them.
fn parents(conflict: &Conflict) -> String {
    let theirs = conflict.theirs.first().and_then(|theirs| theirs.etag.as_deref());
    let theirs = theirs.map_or("removed", |etag| text::told(etag).unwrap_or("unreadable"));
    let theirs: String = theirs.chars().take(64).collect();
    format!("of revision {} and theirs {theirs}", conflict.revision)
}

#[cfg(test)]
#[path = "conflict_tests.rs"]
mod tests;
