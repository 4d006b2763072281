//! What of the outbox is carried to the trust by hand: which sendings, in their order, and that they were. Whether they arrived is asked
//! there when there is a network again.

use domain::id::SendingId;

use crate::error::Error;
use crate::open::Store;
use crate::outbox::{OUTGOING, Outgoing, outgoing};
use crate::write::Writing;

/// The lanes in which nothing is stopped.
const IN_MOTION: &str = "NOT EXISTS (SELECT 1 FROM sending b WHERE b.lane = s.lane AND b.state <> 'acked'
        AND b.state IN ('conflict', 'quarantined', 'held'))";

impl Store {
    /// When the oldest revision was made that the trust does not have and may have, UTC milliseconds; None when it has all.
    pub fn oldest_unsent(&self) -> Result<Option<i64>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT min(r.at) FROM sending s JOIN revision r ON r.id = s.id AND r.revision = s.revision
             WHERE s.state <> 'acked' AND s.state <> 'withdrawn'",
        )?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// When what waits was last carried by hand, UTC milliseconds; None when nothing of it was.
    pub fn carried_at(&self) -> Result<Option<i64>, Error> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT max(carried_at) FROM sending WHERE state <> 'acked' AND state <> 'withdrawn'")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// Whether a sending was carried by hand.
    pub fn was_carried(&self, sending: SendingId) -> Result<bool, Error> {
        let sql = "SELECT EXISTS (SELECT 1 FROM sending WHERE sending_id = ?1 AND carried_at IS NOT NULL)";
        Ok(self.conn.prepare_cached(sql)?.query_row([sending.to_string()], |row| row.get(0))?)
    }

    /// What waits in lanes where nothing is stopped, oldest first: at most `most` after this sending, or from the first.
    pub fn to_carry(&self, after: Option<SendingId>, most: u32) -> Result<Vec<Outgoing>, Error> {
        let after = after.map(|sending| sending.to_string());
        let sql = format!(
            "{OUTGOING} AND s.state IN ('queued', 'unknown') AND {IN_MOTION}
             AND s.seq > coalesce((SELECT seq FROM sending WHERE sending_id = ?1), 0) ORDER BY s.seq LIMIT ?2"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut rows = statement.query((after, most))?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(outgoing(row)?);
        }
        Ok(all)
    }
}

impl Writing<'_> {
    /// Says that these are on their way by hand: they may be at the trust from now on, so each is asked about before it is sent.
    /// [`Error::ChangedMeanwhile`] when one does not wait any more.
    pub fn carry(&mut self, sendings: &[SendingId]) -> Result<(), Error> {
        let mut statement = self.tx.prepare_cached(
            "UPDATE sending SET state = 'unknown', sent_at = ?2, carried_at = ?2, not_before = NULL, attempts = attempts + 1
             WHERE sending_id = ?1 AND state IN ('queued', 'unknown')",
        )?;
        for sending in sendings {
            if statement.execute((sending.to_string(), self.by.at))? != 1 {
                return Err(Error::ChangedMeanwhile);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
#[path = "carried_tests.rs"]
mod tests;
