//! The one door: an act's rows, its revision, its audit line and its sending become durable together or not at all.

use domain::id::SendingId;
use domain::op::Op;
use domain::record::Record;
use domain::staff::By;
use rusqlite::{Transaction, TransactionBehavior};

use crate::audit::{self, Who};
use crate::error::Error;
use crate::needed;
use crate::open::{IdSource, Store};
use crate::outbox;

/// An act being written; its methods live with their nouns.
pub struct Writing<'a> {
    pub(crate) tx: &'a Transaction<'a>,
    pub(crate) by: &'a By,
    pub(crate) op: Op,
    /// What the audit line is about.
    about: Option<(Record, Option<i64>)>,
    detail: String,
    saved: Vec<Saved>,
    /// What takes the place of sendings that gave way.
    again: Vec<Again>,
}

/// A sending that goes in the place of one that gave way.
pub(crate) struct Again {
    /// The place in the queue, which is free.
    pub seq: i64,
    pub lane: String,
    pub kind: String,
    pub id: String,
    pub revision: i64,
    pub staff: String,
    pub form_version: i64,
    pub clashes: u32,
}

/// One revision that this act made.
pub(crate) struct Saved {
    pub record: Record,
    pub revision: i64,
    pub form_version: i64,
    /// A draft, which is not sent whatever the act is.
    pub draft: bool,
}

impl Store {
    /// Does an act and makes it durable. When this returns Ok, the act survives a kill and a power cut; on Err nothing of it is there.
    ///
    /// The closure is not async, so a transaction can never wait for a network.
    pub fn write<R, E: From<Error>>(
        &mut self,
        by: &By,
        op: Op,
        act: impl FnOnce(&mut Writing<'_>) -> Result<R, E>,
    ) -> Result<R, E> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(Error::from)?;
        let mut writing = Writing::new(&tx, by, op);
        let result = act(&mut writing)?;
        let who = Who { staff: &by.staff.to_string(), at: by.at, pc: &by.pc };
        writing.finish(&self.audit_key, &who, &mut self.new_id)?;
        tx.commit().map_err(Error::from)?;
        Ok(result)
    }
}

impl<'a> Writing<'a> {
    pub(crate) fn new(tx: &'a Transaction<'a>, by: &'a By, op: Op) -> Writing<'a> {
        Writing { tx, by, op, about: None, detail: String::new(), saved: Vec::new(), again: Vec::new() }
    }

    /// Writes the audit lines and adds the sendings of what was done.
    pub(crate) fn finish(self, key: &[u8; 32], who: &Who<'_>, new_id: &mut IdSource) -> Result<(), Error> {
        let Writing { tx, by, op, about, detail, saved, again } = self;
        if op.audited() {
            // Every revision has its line: an act that made several says how it was done in the last.
            let told = |saved: &&Saved| {
                about.as_ref().is_some_and(|(to, at)| to.id == saved.record.id && *at == Some(saved.revision))
            };
            for saved in saved.iter().filter(|saved| !told(saved)) {
                let about = (saved.record.clone(), Some(saved.revision));
                audit::append(tx, key, who, op, Some(&about), "")?;
            }
            audit::append(tx, key, who, op, about.as_ref(), &detail)?;
        }
        for one in &again {
            let id = new_id().ok_or(Error::Randomness)?;
            outbox::add_again(tx, SendingId::from_random(id), one)?;
        }
        if op.sends() {
            planted!(
                SavedIsNotQueued,
                if outbox::is_on_its_way(tx)? {
                    return Ok(());
                }
            );
            let placed = |saved: &&Saved| again.iter().any(|one| one.id == saved.record.id);
            for saved in saved.iter().filter(|saved| saved.record.kind.is_sent() && !saved.draft && !placed(saved)) {
                needed::queue_again(tx, saved, &mut *new_id)?;
                let id = new_id().ok_or(Error::Randomness)?;
                outbox::add(tx, SendingId::from_random(id), by, saved)?;
            }
        }
        Ok(())
    }
}

impl Writing<'_> {
    /// Says what the audit line is about, at the revision that this act saved of it.
    pub(crate) fn about_revision(&mut self, record: Record, revision: Option<i64>) {
        self.about = Some((record, revision));
    }

    /// Sends in a place that is free: what this act saved of the record, where it did, else what stood there.
    pub(crate) fn again(&mut self, again: Again, saved: bool) {
        let newest = self.saved.iter().rev().find(|one| saved && one.record.id == again.id && !one.draft);
        self.again.push(match newest {
            Some(newest) => Again {
                revision: newest.revision,
                staff: self.by.staff.to_string(),
                form_version: newest.form_version,
                ..again
            },
            None => again,
        });
    }

    /// Says what the audit line is about when nothing is saved, as for a view.
    pub fn about(&mut self, record: Record) {
        self.about = Some((record, None));
    }

    /// Adds to the audit line how something was done: codes and counts, never what was typed.
    pub fn detail(&mut self, detail: &str) {
        self.detail = detail.to_owned();
    }

    /// Keeps a snapshot as the revision that follows `from` (None: the first). [`Error::ChangedMeanwhile`] when `from` is not the newest.
    pub(crate) fn save(
        &mut self,
        record: Record,
        form_version: i64,
        snapshot: &str,
        from: Option<i64>,
    ) -> Result<(), Error> {
        if self.newest(&record.id)? != from {
            return Err(Error::ChangedMeanwhile);
        }
        let revision = from.unwrap_or(0) + 1;
        self.tx
            .prepare_cached(
                "INSERT INTO revision (kind, id, revision, at, staff, op, form_version, snapshot)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute((
                record.kind.code(),
                &record.id,
                revision,
                self.by.at,
                self.by.staff.to_string(),
                self.op.code(),
                form_version,
                snapshot,
            ))?;
        self.about = Some((record.clone(), Some(revision)));
        self.saved.push(Saved { record, revision, form_version, draft: false });
        Ok(())
    }

    /// Says that what was saved last is a draft: it stays on this PC.
    pub(crate) fn keep_here(&mut self) {
        if let Some(saved) = self.saved.last_mut() {
            saved.draft = true;
        }
    }

    /// The revision of this record that this act has saved, or None.
    pub(crate) fn saved_revision(&self, id: &str) -> Option<i64> {
        self.saved.iter().rev().find(|saved| saved.record.id == id).map(|saved| saved.revision)
    }

    /// The newest revision of a record, or None when it was never saved.
    pub(crate) fn newest(&self, id: &str) -> Result<Option<i64>, Error> {
        let mut statement = self.tx.prepare_cached("SELECT max(revision) FROM revision WHERE id = ?1")?;
        Ok(statement.query_row([id], |row| row.get(0))?)
    }
}
