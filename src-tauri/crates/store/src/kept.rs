//! What becomes of a sending: each change only from a state that allows it.

use domain::id::SendingId;
use rusqlite::{Connection, OptionalExtension, Transaction};

use crate::conflict::{self, Became};
use crate::error::Error;
use crate::trust_ref::{self, TrustRef};

/// What became of a sending.
#[derive(Clone, Debug, PartialEq)]
pub enum Kept {
    /// About to go out, as entries with this SHA-256. Durable before the first byte leaves.
    Sending { sha256: String },
    /// It was about to go out, and nothing left this PC: as if it had not been tried.
    Unsent,
    /// Certainly not at the trust; may go again, at this moment (UTC milliseconds) or later.
    Queued { not_before: Option<i64> },
    /// Racing writers: certainly not at the trust; may go again at this moment or later.
    Clashed { not_before: i64 },
    /// Perhaps at the trust; to be asked about, at this moment or later.
    Unknown { not_before: Option<i64> },
    /// The server failed at the transaction it was in: perhaps at the trust, to be asked about.
    Failed,
    /// At the trust, with its resources as they are there now.
    Acked { refs: Vec<TrustRef> },
    /// Somebody changed or removed there what it was to change; the record as it stands there, its own resource first.
    Conflict { reason: &'static str, theirs: Vec<Theirs> },
    /// The same, and both are one again already.
    Merged { theirs: Vec<Theirs>, became: Became },
    /// The trust refuses its content; `said` are the server's own words.
    Quarantined { reason: &'static str, said: String },
    /// It may not be sent until a person has done something.
    Held { reason: &'static str, said: String },
}

/// The trust's version of a resource of a record that a sending was to change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Theirs {
    pub kind: String,
    pub server_id: String,
    /// The ETag of the version that ours was made from; None when the trust had none of ours.
    pub base: Option<String>,
    /// The ETag of the one that stands there; None when it was removed.
    pub etag: Option<String>,
    /// The resource as it stands there; None when it was removed.
    pub body: Option<String>,
    /// Who wrote it there, as far as the trust says.
    pub who: Option<String>,
}

/// The server's own words are kept up to this many characters.
pub(crate) const MOST_SAID: usize = 500;

impl Kept {
    /// The queue is done with it: acknowledged, or stopped until a person decides.
    pub fn is_final(&self) -> bool {
        self.audited().is_some()
    }

    /// What the audit says of it, for what is final.
    pub(crate) fn audited(&self) -> Option<String> {
        match self {
            Kept::Sending { .. }
            | Kept::Unsent
            | Kept::Queued { .. }
            | Kept::Clashed { .. }
            | Kept::Unknown { .. }
            | Kept::Failed => None,
            Kept::Acked { .. } => Some("acked".to_owned()),
            Kept::Conflict { reason, .. } => Some(format!("conflict {reason}")),
            Kept::Merged { .. } => Some("merged".to_owned()),
            Kept::Quarantined { reason, .. } => Some(format!("quarantined {reason}")),
            Kept::Held { reason, .. } => Some(format!("held {reason}")),
        }
    }
}

pub(crate) fn keep(tx: &Transaction<'_>, sending: SendingId, at: i64, kept: &Kept) -> Result<(), Error> {
    let id = sending.to_string();
    let run = |sql: &str, params: &[&dyn rusqlite::ToSql]| -> Result<(), Error> {
        let changed = tx.prepare_cached(sql)?.execute(params)?;
        if changed == 1 { Ok(()) } else { Err(Error::ChangedMeanwhile) }
    };
    match kept {
        Kept::Sending { sha256 } => run(
            "UPDATE sending SET state = 'sending', attempts = attempts + 1, sent_at = ?2, sha256 = ?3, not_before = NULL
             WHERE sending_id = ?1 AND state IN ('queued', 'sending')",
            &[&id, &at, sha256],
        ),
        Kept::Unsent => run(
            "UPDATE sending SET state = 'queued', attempts = attempts - 1, sent_at = NULL, sha256 = NULL
             WHERE sending_id = ?1 AND state = 'sending'",
            &[&id],
        ),
        Kept::Queued { not_before } => run(
            "UPDATE sending SET state = 'queued', not_before = ?2
             WHERE sending_id = ?1 AND state IN ('queued', 'sending', 'unknown')",
            &[&id, not_before],
        ),
        Kept::Clashed { not_before } => run(
            "UPDATE sending SET state = 'queued', not_before = ?2, clashes = clashes + 1
             WHERE sending_id = ?1 AND state IN ('sending', 'unknown')",
            &[&id, not_before],
        ),
        Kept::Unknown { not_before } => run(
            "UPDATE sending SET state = 'unknown', not_before = ?2
             WHERE sending_id = ?1 AND state IN ('queued', 'sending', 'unknown')",
            &[&id, not_before],
        ),
        Kept::Failed => run(
            "UPDATE sending SET state = 'unknown', not_before = NULL, failures = failures + 1
             WHERE sending_id = ?1 AND state = 'sending'",
            &[&id],
        ),
        Kept::Acked { refs } => {
            // Invariant: an acknowledgement is of one sending, never of all that wait. Test: an_acknowledgement_is_of_that_sending.
            run(
                "UPDATE sending SET state = 'acked', acked_at = ?2, not_before = NULL, last_error = NULL, said = NULL
                 WHERE sending_id = ?1 AND state IN ('sending', 'unknown')",
                &[&id, &at],
            )?;
            planted!(AllAreAcked, tx.execute("UPDATE sending SET state = 'acked' WHERE state = 'queued'", [])?);
            planted!(RecordIsAcked, tx.execute(RECORD, [&id])?);
            planted!(VersionsNotKept, return Ok(()));
            refs.iter().try_for_each(|one| trust_ref::keep(tx, one))?;
            refs.iter().try_for_each(|one| trust_ref::of_lane(tx, one, &id))
        }
        Kept::Conflict { reason, theirs } => {
            run(STOP, &[&id, &"conflict", &at, reason, &""])?;
            conflict::keep(tx, sending, at, theirs)
        }
        // Its revision and what goes in its place are made by `conflict::merge` as soon as it stands still.
        Kept::Merged { .. } => run(STOP, &[&id, &"conflict", &at, &"", &""]),
        Kept::Quarantined { reason, said } => run(STOP, &[&id, &"quarantined", &at, reason, &short(said)]),
        Kept::Held { reason, said } => run(STOP, &[&id, &"held", &at, reason, &short(said)]),
    }
}

#[cfg(feature = "planted")]
const RECORD: &str = "UPDATE sending SET state = 'acked'
     WHERE state = 'queued' AND id = (SELECT id FROM sending WHERE sending_id = ?1)";

const STOP: &str = "UPDATE sending SET state = ?2, stopped_at = ?3, last_error = ?4, said = ?5, not_before = NULL
     WHERE sending_id = ?1 AND state IN ('queued', 'sending', 'unknown')";

fn short(said: &str) -> String {
    said.chars().take(MOST_SAID).collect()
}

/// Puts a sending into the place of one of the same record that the trust refused, so that what refers to it still goes after it. The
/// refused one is gone: its revision stays, and so does what the audit says of it.
pub(crate) fn take_place(conn: &Connection, refused: i64, next: i64) -> Result<(), Error> {
    planted!(NewerIsDeleted, return Ok(conn.execute("DELETE FROM sending WHERE seq = ?1", [next]).map(drop)?));
    conn.prepare_cached("DELETE FROM sending WHERE seq = ?1 AND state = 'quarantined'")?.execute([refused])?;
    conn.prepare_cached("UPDATE sending SET seq = ?1 WHERE seq = ?2")?.execute([refused, next])?;
    Ok(())
}

/// A refused revision that was corrected before it was refused: the next one takes its place.
pub(crate) fn correct(conn: &Connection, refused: SendingId) -> Result<(), Error> {
    let next = conn
        .prepare_cached(
            "SELECT q.seq, n.seq FROM sending q JOIN sending n ON n.id = q.id AND n.seq > q.seq AND n.state = 'queued'
             WHERE q.sending_id = ?1 AND q.state = 'quarantined' ORDER BY n.seq LIMIT 1",
        )?
        .query_row([refused.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match next {
        Some((refused, next)) => take_place(conn, refused, next),
        None => Ok(()),
    }
}
