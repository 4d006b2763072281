//! What happened at the trust that a person should know of. A notice changes nothing by itself; what was chosen is kept with it.

use domain::codes;
use domain::id::{PatientId, SendingId};
use domain::op::Op;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use crate::audit::{self, QUEUE, Who};
use crate::error::Error;
use crate::open::Store;
use crate::outbox::{Outgoing, UNREADABLE, outgoing};
use crate::trust_ref;
use crate::write::Writing;

codes! {
    /// What a notice says.
    NoticeKind {
        /// A resource was removed there; what is here stays.
        RemovedThere = "removed_there",
        /// So much is missing at once that nothing was concluded from it.
        ManyRemoved = "many_removed",
        /// The Patient there was taken out of use, or merged with another.
        PatientNotInUse = "patient_not_in_use",
        /// A resource is about another Patient there than it was.
        OtherPatient = "other_patient",
        /// Somebody here may be this Patient; nobody was joined.
        PerhapsTheSame = "perhaps_the_same",
        /// The server knows nothing any more of what it had acknowledged.
        WentBack = "went_back",
        /// What stands there cannot be read here.
        NotRead = "not_read",
    }
}

codes! {
    /// What a person chose about a notice.
    Settled {
        /// It was seen, and nothing more is to be done here.
        Seen = "seen",
        /// What is missing is to be looked for again.
        LookAgain = "look_again",
        /// What is missing was removed there indeed.
        Gone = "gone",
        /// What the server lost is sent again.
        SendAgain = "send_again",
    }
}

/// A notice to be kept; of the same kind about the same thing one is open at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNotice {
    pub kind: NoticeKind,
    /// The trust's id of the Patient; None when it is about several.
    pub patient: Option<String>,
    /// Type and id of the resource; None when it is about several.
    pub resource: Option<(String, String)>,
    /// What a notice about several is about.
    pub about: Vec<About>,
}

/// One of several things that a notice is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    pub kind: String,
    pub server_id: String,
    /// The ETag of which it is told; of a resource of a sending that was lost the one it is to be changed from, None when it is not there.
    pub version: Option<String>,
}

/// A notice that waits for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub id: i64,
    /// UTC milliseconds.
    pub at: i64,
    pub kind: NoticeKind,
    /// The patient here; None when it is about several, or nobody here is known to be that one.
    pub patient: Option<PatientId>,
    /// The trust's id of the Patient.
    pub there: Option<String>,
    /// Type and id of the resource there.
    pub resource: Option<(String, String)>,
    /// How many it is about.
    pub count: u32,
}

/// Which sendings are the newest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Latest {
    /// Those that were acknowledged last, by this PC's clock.
    Acknowledged,
    /// Those that were saved last.
    Saved,
}

/// The type under which a notice names a sending that the trust lost: its commit record.
const COMMIT_RECORD: &str = "Provenance";

/// What the server lost goes again by itself up to this number.
pub const MOST_BY_ITSELF: usize = 5;

impl Store {
    /// Sendings that the trust acknowledged, the newest first, at most `most` after `from` of them.
    pub fn acked(&self, latest: Latest, from: u32, most: u32) -> Result<Vec<Outgoing>, Error> {
        let order = match latest {
            Latest::Acknowledged => "s.acked_at DESC, s.seq DESC",
            Latest::Saved => "s.seq DESC",
        };
        let sql = format!(
            "SELECT s.sending_id, s.lane, s.kind, s.id, s.revision, s.staff, s.attempts, s.sent_at, s.state, s.failures,
                s.clashes, true
             FROM sending s WHERE s.state = 'acked' ORDER BY {order} LIMIT ?1 OFFSET ?2"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut rows = statement.query((most, from))?;
        let mut acked = Vec::new();
        while let Some(row) = rows.next()? {
            acked.push(outgoing(row)?);
        }
        Ok(acked)
    }

    /// The notices that nobody has settled, at most `most`: those that ask for a decision first, then the oldest first.
    pub fn notices(&self, most: u32) -> Result<Vec<Notice>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT n.id, n.at, n.kind, n.patient, n.type, n.server_id, n.count,
                    (SELECT min(local_id) FROM trust_ref t WHERE t.type = 'Patient' AND t.server_id = n.patient)
             FROM notice n WHERE n.settled_at IS NULL
             ORDER BY n.kind NOT IN ('went_back', 'many_removed'), n.id LIMIT ?1",
        )?;
        let mut rows = statement.query([most])?;
        let mut notices = Vec::new();
        while let Some(row) = rows.next()? {
            let (kind, local): (String, Option<String>) = (row.get(2)?, row.get(7)?);
            let (of, id): (Option<String>, Option<String>) = (row.get(4)?, row.get(5)?);
            notices.push(Notice {
                id: row.get(0)?,
                at: row.get(1)?,
                kind: NoticeKind::from_code(&kind).ok_or(UNREADABLE)?,
                patient: local.and_then(|local| PatientId::parse(&local)),
                there: row.get(3)?,
                resource: of.zip(id),
                count: row.get(6)?,
            });
        }
        Ok(notices)
    }

    /// How many notices nobody has settled.
    pub fn notices_open(&self) -> Result<u32, Error> {
        let mut statement = self.conn.prepare_cached("SELECT count(*) FROM notice WHERE settled_at IS NULL")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// Keeps a notice; false when the same one is open already.
    pub fn keep_notice(&mut self, at: i64, new: &NewNotice) -> Result<bool, Error> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let kept = keep(&tx, at, new)?.is_some();
        tx.commit()?;
        Ok(kept)
    }

    /// A resource is not at the trust any more: it is known to be gone, and somebody is told. What is here of it stays.
    pub fn keep_removed(&mut self, at: i64, patient: &str, kind: &str, server_id: &str) -> Result<(), Error> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        gone(&tx, patient, kind, server_id)?;
        let resource = Some((kind.to_owned(), server_id.to_owned()));
        let new = NewNotice {
            kind: NoticeKind::RemovedThere,
            patient: Some(patient.to_owned()),
            resource,
            about: Vec::new(),
        };
        keep(&tx, at, &new)?;
        Ok(tx.commit()?)
    }

    /// The server lost these acknowledged sendings, named with what their resources are to be changed from. A few go again by themselves,
    /// with a line in the audit; of more a person is told.
    pub fn keep_lost(&mut self, at: i64, pc: &str, lost: Vec<About>) -> Result<(), Error> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let sendings = lost.iter().filter(|one| one.kind == COMMIT_RECORD).count();
        if sendings > MOST_BY_ITSELF {
            let new = NewNotice { kind: NoticeKind::WentBack, patient: None, resource: None, about: lost };
            keep(&tx, at, &new)?;
        } else if sendings > 0 {
            let again = send_again(&tx, &lost)?;
            let who = Who { staff: QUEUE, at, pc };
            audit::append(&tx, &self.audit_key, &who, Op::SendAgain, None, &format!("went_back {again}"))?;
        }
        Ok(tx.commit()?)
    }
}

impl Writing<'_> {
    /// A person has chosen about a notice. False when it is not open, or this is no choice about one of its kind.
    pub fn settle_notice(&mut self, notice: i64, settled: Settled) -> Result<bool, Error> {
        let found: Option<(String, Option<String>)> = self
            .tx
            .prepare_cached("SELECT kind, patient FROM notice WHERE id = ?1 AND settled_at IS NULL")?
            .query_row([notice], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((kind, patient)) = found else { return Ok(false) };
        let kind = NoticeKind::from_code(&kind).ok_or(UNREADABLE)?;
        let fits = match settled {
            Settled::Seen => !matches!(kind, NoticeKind::ManyRemoved | NoticeKind::WentBack),
            Settled::LookAgain | Settled::Gone => kind == NoticeKind::ManyRemoved,
            Settled::SendAgain => kind == NoticeKind::WentBack,
        };
        if !fits {
            return Ok(false);
        }
        let of = about(self.tx, notice)?;
        let count = match settled {
            Settled::Seen | Settled::LookAgain => 0,
            Settled::Gone => {
                for one in &of {
                    gone(self.tx, patient.as_deref().unwrap_or_default(), &one.kind, &one.server_id)?;
                }
                of.len()
            }
            Settled::SendAgain => send_again(self.tx, &of)?,
        };
        self.tx
            .prepare_cached("UPDATE notice SET settled_at = ?2, settled_by = ?3, settled = ?4 WHERE id = ?1")?
            .execute((notice, self.by.at, self.by.staff.to_string(), settled.code()))?;
        self.detail(&format!("{} {} {count}", kind.code(), settled.code()));
        Ok(true)
    }
}

/// Keeps a notice unless the same one is open; its id.
fn keep(conn: &Connection, at: i64, new: &NewNotice) -> Result<Option<i64>, Error> {
    let (of, id) = new.resource.as_ref().map_or((None, None), |(of, id)| (Some(of), Some(id)));
    let open: bool = conn
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM notice WHERE settled_at IS NULL AND kind = ?1
                 AND patient IS ?2 AND type IS ?3 AND server_id IS ?4)",
        )?
        .query_row((new.kind.code(), &new.patient, of, id), |row| row.get(0))?;
    if open {
        return Ok(None);
    }
    let count = new.about.iter().filter(|one| new.kind != NoticeKind::WentBack || one.kind == COMMIT_RECORD).count();
    conn.prepare_cached(
        "INSERT INTO notice (at, kind, patient, type, server_id, count) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute((at, new.kind.code(), &new.patient, of, id, count.max(1) as i64))?;
    let notice = conn.last_insert_rowid();
    for one in &new.about {
        conn.prepare_cached(
            "INSERT INTO notice_about (notice, type, server_id, version) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (notice, type, server_id) DO NOTHING",
        )?
        .execute((notice, &one.kind, &one.server_id, &one.version))?;
    }
    Ok(Some(notice))
}

fn about(conn: &Connection, notice: i64) -> Result<Vec<About>, Error> {
    let sql = "SELECT type, server_id, version FROM notice_about WHERE notice = ?1 ORDER BY type, server_id";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement
        .query_map([notice], |row| Ok(About { kind: row.get(0)?, server_id: row.get(1)?, version: row.get(2)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A resource was removed at the trust. That it was ours stays known, so that the next change of it is not made without a person.
fn gone(conn: &Connection, patient: &str, kind: &str, server_id: &str) -> Result<(), Error> {
    conn.prepare_cached(
        "INSERT INTO there (type, server_id, patient, version, state)
         SELECT ?1, ?2,
             coalesce((SELECT p.server_id FROM trust_ref o JOIN trust_ref p ON p.type = 'Patient' AND p.local_id = o.lane
                       WHERE o.type = ?1 AND o.local_id = ?2), ?3),
             coalesce((SELECT version FROM trust_ref WHERE type = ?1 AND local_id = ?2), ''), 'gone' WHERE true
         ON CONFLICT (type, server_id) DO UPDATE SET state = 'gone', body = NULL",
    )?
    .execute((kind, server_id, patient))?;
    Ok(())
}

/// What the server lost is in doubt again: the queue asks for each commit record and sends what is not there, in the old order. How many.
fn send_again(conn: &Connection, lost: &[About]) -> Result<usize, Error> {
    let mut again = 0;
    for one in lost {
        if one.kind == COMMIT_RECORD {
            SendingId::parse(&one.server_id).ok_or(UNREADABLE)?;
            again += conn
                .prepare_cached(
                    "UPDATE sending SET state = 'unknown', acked_at = NULL, not_before = NULL
                     WHERE sending_id = ?1 AND state = 'acked'",
                )?
                .execute([&one.server_id])?;
        } else {
            match &one.version {
                Some(version) => {
                    conn.prepare_cached("UPDATE trust_ref SET version = ?3 WHERE type = ?1 AND local_id = ?2")?
                        .execute((&one.kind, &one.server_id, version))?;
                }
                None => trust_ref::gone(conn, &one.kind, &one.server_id)?,
            }
            // What was seen of it was seen before the server went back.
            conn.prepare_cached("DELETE FROM there WHERE type = ?1 AND server_id = ?2")?
                .execute((&one.kind, &one.server_id))?;
        }
    }
    Ok(again)
}

#[cfg(test)]
#[path = "notice_tests.rs"]
mod tests;
