//! What was fetched from the trust becomes records here: which of them may, and the door by which they do. How it reads is decided
//! elsewhere.

use domain::id::PatientId;
use domain::nhs_number::NhsNumber;
use domain::op::Op;
use domain::staff::By;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use crate::audit::{QUEUE, Who};
use crate::error::Error;
use crate::notice::{About, NoticeKind};
use crate::open::Store;
use crate::there::{self, There};
use crate::trust_ref::{self, TrustRef};
use crate::write::Writing;

impl Store {
    /// Does an act by which something that was fetched becomes a revision: `by` is who wrote it there and when, the audit says that the
    /// queue brought it here, at `at` (UTC milliseconds). It adds no sending. On Err nothing of it is there.
    pub fn receive<R, E: From<Error>>(
        &mut self,
        by: &By,
        at: i64,
        act: impl FnOnce(&mut Writing<'_>) -> Result<R, E>,
    ) -> Result<R, E> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(Error::from)?;
        let mut writing = Writing::new(&tx, by, Op::ReceiveFromTrust);
        let result = act(&mut writing)?;
        let who = Who { staff: QUEUE, at, pc: &by.pc };
        writing.finish(&self.audit_key, &who, &mut self.new_id)?;
        tx.commit().map_err(Error::from)?;
        Ok(result)
    }

    /// Is the newest revision of this record one that the trust has? Not while anything of it is a draft, waits, is stopped or was
    /// withdrawn. None for a record that is not here.
    pub fn is_as_sent(&self, id: &str) -> Result<Option<bool>, Error> {
        let newest: Option<i64> = self
            .conn
            .prepare_cached("SELECT max(revision) FROM revision WHERE id = ?1")?
            .query_row([id], |row| row.get(0))?;
        let Some(newest) = newest else { return Ok(None) };
        let open: bool = self
            .conn
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM sending WHERE id = ?1 AND state NOT IN ('acked', 'withdrawn'))",
            )?
            .query_row([id], |row| row.get(0))?;
        Ok(Some(!open && self.acked_before(id, newest.saturating_add(1))? == Some(newest)))
    }

    /// The versions of these are known now, and what they say is in the record of this patient already.
    pub fn keep_taken(&mut self, these: &[&There], lane: PatientId) -> Result<(), Error> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        these.iter().try_for_each(|one| learn(&tx, one, lane))?;
        Ok(tx.commit()?)
    }

    /// Was a person ever told this of this version of a resource? Also when it is settled.
    pub fn was_noticed(&self, kind: NoticeKind, one: &About) -> Result<bool, Error> {
        let sql = "SELECT EXISTS (SELECT 1 FROM notice n JOIN notice_about a ON a.notice = n.id
                   WHERE n.kind = ?1 AND n.type = ?2 AND n.server_id = ?3
                     AND a.type = ?2 AND a.server_id = ?3 AND a.version IS ?4)";
        let of = (kind.code(), &one.kind, &one.server_id, &one.version);
        Ok(self.conn.prepare_cached(sql)?.query_row(of, |row| row.get(0))?)
    }

    /// The patient here who has this NHS number; None when nobody has.
    pub fn patient_with_number(&self, number: &NhsNumber) -> Result<Option<PatientId>, Error> {
        let sql = "SELECT id FROM patient WHERE nhs_number = ?1";
        let found: Option<String> =
            self.conn.prepare_cached(sql)?.query_row([number.digits()], |row| row.get(0)).optional()?;
        Ok(found.and_then(|id| PatientId::parse(&id)))
    }

    /// A patient here who has this hospital number and was born on this day; None when nobody is.
    pub fn patient_in_hospital(&self, number: &str, born: Date) -> Result<Option<PatientId>, Error> {
        let sql = "SELECT id FROM patient WHERE born = ?2 AND hospital_number = ?1 AND hospital_number <> '' LIMIT 1";
        let found: Option<String> =
            self.conn.prepare_cached(sql)?.query_row((number, born.to_string()), |row| row.get(0)).optional()?;
        Ok(found.and_then(|id| PatientId::parse(&id)))
    }
}

impl Writing<'_> {
    /// The versions of these are known with this act, which put what they say into the record of this patient.
    pub fn keep_taken(&mut self, these: &[&There], lane: PatientId) -> Result<(), Error> {
        these.iter().try_for_each(|one| learn(self.tx, one, lane))
    }

    /// Keeps which Patient of the trust the patient of this act is, beyond doubt.
    pub fn know_patient(&mut self, there: &TrustRef) -> Result<(), Error> {
        trust_ref::know(self.tx, there)
    }
}

fn learn(conn: &Connection, one: &There, lane: PatientId) -> Result<(), Error> {
    let lane = lane.to_string();
    if one.kind == "Patient" && one.server_id != lane {
        // The trust's own, which is never written: only what it said last is kept.
        trust_ref::said(conn, &lane, &one.body)?;
    } else {
        trust_ref::seen(conn, &one.kind, &one.server_id, &one.version, &one.body)?;
        trust_ref::belongs(conn, &one.kind, &one.server_id, &lane)?;
    }
    there::taken(conn, one).map(drop)
}

#[cfg(test)]
#[path = "receive_tests.rs"]
mod tests;
