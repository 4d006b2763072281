//! How sending stands patient by patient: what waits and since when, and when the trust last had something.

use std::collections::HashSet;

use domain::id::PatientId;
use domain::op::Op;

use rusqlite::OptionalExtension;

use crate::error::Error;
use crate::open::Store;

/// How the sendings of one patient stand, in records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lane {
    /// None for the records that belong to no single patient.
    pub patient: Option<PatientId>,
    /// Not yet acknowledged, and nothing of them is stopped.
    pub waiting: u32,
    /// Stopped until a person decides.
    pub needs_you: u32,
    /// When the oldest revision that is not acknowledged was saved, UTC milliseconds; None when none is left.
    pub oldest: Option<i64>,
    /// When the trust last acknowledged one, UTC milliseconds.
    pub acked_at: Option<i64>,
}

/// How all of them stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lanes {
    /// Those with something that is not acknowledged: what needs a person first, then the oldest first; then those of whom something was
    /// acknowledged last, the newest first.
    pub shown: Vec<Lane>,
    /// How many more have something that is not acknowledged.
    pub more: u32,
    /// When the oldest revision of all that is not acknowledged was saved, UTC milliseconds.
    pub oldest: Option<i64>,
}

/// The newest acknowledgements among which patients are looked for.
const MOST_LOOKED_AT: u32 = 500;

const OPEN: &str = "WITH open AS (
         SELECT s.lane, s.id, s.state IN ('conflict', 'quarantined', 'held') AS stopped,
                (SELECT r.at FROM revision r WHERE r.id = s.id AND r.revision = s.revision) AS at
         FROM sending s WHERE s.state <> 'acked' AND s.state <> 'withdrawn'),
     record AS (SELECT lane, id, max(stopped) AS stopped, min(at) AS at FROM open GROUP BY lane, id)
     SELECT lane, sum(NOT stopped), sum(stopped) AS needs, min(at) AS oldest FROM record
     GROUP BY lane ORDER BY needs = 0, oldest, lane";

impl Store {
    /// How sending stands, of at most `open` patients with something that is not acknowledged and at most `sent` others.
    pub fn lanes(&self, open: usize, sent: usize) -> Result<Lanes, Error> {
        let mut lanes = Lanes::default();
        let mut waits = HashSet::new();
        let mut statement = self.conn.prepare_cached(OPEN)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (lane, oldest): (String, Option<i64>) = (row.get(0)?, row.get(3)?);
            lanes.oldest = lanes.oldest.into_iter().chain(oldest).min();
            if lanes.shown.len() < open {
                let (patient, acked_at) = (PatientId::parse(&lane), self.acked_at(&lane)?);
                let (waiting, needs_you) = (row.get(1)?, row.get(2)?);
                lanes.shown.push(Lane { patient, waiting, needs_you, oldest, acked_at });
            } else {
                lanes.more += 1;
            }
            waits.insert(lane);
        }
        let mut statement = self.conn.prepare_cached(
            "SELECT lane, acked_at FROM sending WHERE state = 'acked' ORDER BY acked_at DESC, seq DESC LIMIT ?1",
        )?;
        let mut rows = statement.query([MOST_LOOKED_AT])?;
        let mut left = sent;
        while let Some(row) = rows.next()?.filter(|_| left > 0) {
            let lane: String = row.get(0)?;
            let patient = PatientId::parse(&lane);
            if waits.insert(lane) {
                lanes.shown.push(Lane { patient, acked_at: row.get(1)?, ..Lane::default() });
                left -= 1;
            }
        }
        Ok(lanes)
    }

    /// The state of the newest sending of a record, with when the trust acknowledged it (UTC milliseconds); what came from the trust is there.
    /// None when it was never to be sent.
    pub fn record_sending(&self, id: &str) -> Result<Option<(String, Option<i64>)>, Error> {
        let mut newest =
            self.conn.prepare_cached("SELECT op, at FROM revision WHERE id = ?1 ORDER BY revision DESC LIMIT 1")?;
        let found: Option<(String, i64)> = newest.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        if let Some((_, at)) = found.filter(|(op, _)| op == Op::ReceiveFromTrust.code()) {
            return Ok(Some(("acked".to_owned(), Some(at))));
        }
        let mut statement =
            self.conn.prepare_cached("SELECT state, acked_at FROM sending WHERE id = ?1 ORDER BY seq DESC LIMIT 1")?;
        Ok(statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }

    fn acked_at(&self, lane: &str) -> Result<Option<i64>, Error> {
        let mut statement =
            self.conn.prepare_cached("SELECT max(acked_at) FROM sending WHERE lane = ?1 AND state = 'acked'")?;
        Ok(statement.query_row([lane], |row| row.get(0))?)
    }
}

#[cfg(test)]
mod tests {
    use domain::id::SendingId;

    use super::*;
    use crate::kept::Kept;
    use crate::open::tests::{Folder, by, ids, keys, nurse, patient};

    fn desk(folder: &Folder) -> Store {
        let mut store = Store::create(&folder.database(), keys(1), ids()).unwrap();
        store.write::<_, Error>(&by(1), Op::EnrolFirstNurse, |w| w.save_staff(&nurse())).unwrap();
        store
    }

    fn save(store: &mut Store, at: i64, byte: u8, number: &str) {
        let from = store.patient(patient(byte, number).id).unwrap().map(|(_, revision)| revision);
        let op = if from.is_some() { Op::CorrectPatient } else { Op::RegisterPatient };
        store.write::<_, Error>(&by(at), op, |w| w.save_patient(&patient(byte, number), from)).unwrap();
    }

    fn sendings(store: &Store, byte: u8) -> Vec<SendingId> {
        let lane = patient(byte, "").id.to_string();
        let due = store.sendings_due(5, 50).unwrap().sendings;
        due.into_iter().filter(|one| one.lane == lane).map(|one| one.sending).collect()
    }

    fn acked(store: &mut Store, at: i64, byte: u8) {
        for one in sendings(store, byte) {
            store.keep_sendings(at, "", &[(one, Kept::Sending { sha256: "00".repeat(32) })]).unwrap();
            store.keep_sendings(at, "", &[(one, Kept::Acked { refs: vec![] })]).unwrap();
        }
    }

    fn refused(store: &mut Store, byte: u8) {
        let one = sendings(store, byte).remove(0);
        let refused = Kept::Quarantined { reason: "refused_content", said: String::new() };
        store.keep_sendings(60, "", &[(one, refused)]).unwrap();
    }

    fn of(byte: u8) -> Option<PatientId> {
        Some(patient(byte, "").id)
    }

    #[test]
    fn what_needs_a_person_stands_first_then_the_oldest_then_what_was_sent_last() {
        let folder = Folder::new("lanes-order");
        let mut store = desk(&folder);
        for (at, byte, number) in
            [(10, 11, "9990000018"), (11, 12, "9990000026"), (12, 13, "9990000034"), (13, 14, "9990000042")]
        {
            save(&mut store, at, byte, number);
        }
        acked(&mut store, 50, 14);
        acked(&mut store, 40, 11);
        refused(&mut store, 13);
        let lanes = store.lanes(9, 9).unwrap();
        let expected = [
            Lane { patient: of(13), waiting: 0, needs_you: 1, oldest: Some(12), acked_at: None },
            Lane { patient: of(12), waiting: 1, needs_you: 0, oldest: Some(11), acked_at: None },
            Lane { patient: of(14), acked_at: Some(50), ..Lane::default() },
            Lane { patient: of(11), acked_at: Some(40), ..Lane::default() },
        ];
        assert_eq!(lanes, Lanes { shown: expected.to_vec(), more: 0, oldest: Some(11) });
    }

    #[test]
    fn the_age_is_that_of_what_was_saved_and_not_of_what_is_there() {
        let folder = Folder::new("lanes-age");
        let mut store = desk(&folder);
        save(&mut store, 10, 11, "9990000018");
        acked(&mut store, 20, 11);
        save(&mut store, 30, 11, "9990000018");
        save(&mut store, 35, 11, "9990000018");
        let lane = Lane { patient: of(11), waiting: 1, needs_you: 0, oldest: Some(30), acked_at: Some(20) };
        assert_eq!(store.lanes(9, 9).unwrap(), Lanes { shown: vec![lane], more: 0, oldest: Some(30) });
    }

    #[test]
    fn what_is_left_off_is_counted_and_the_oldest_is_the_oldest_of_all() {
        let folder = Folder::new("lanes-more");
        let mut store = desk(&folder);
        save(&mut store, 10, 11, "9990000018");
        save(&mut store, 20, 12, "9990000026");
        save(&mut store, 30, 13, "9990000034");
        refused(&mut store, 13);
        let lanes = store.lanes(1, 0).unwrap();
        assert_eq!((lanes.shown.len(), lanes.shown[0].patient, lanes.more), (1, of(13), 2));
        assert_eq!(lanes.oldest, Some(10), "although it is left off");
        let folder = Folder::new("lanes-none");
        assert_eq!(desk(&folder).lanes(9, 9).unwrap(), Lanes::default());
    }

    #[test]
    fn of_one_record_the_newest_sending_counts() {
        let folder = Folder::new("lanes-record");
        let mut store = desk(&folder);
        let id = patient(11, "").id.to_string();
        assert_eq!(store.record_sending(&id).unwrap(), None);
        save(&mut store, 10, 11, "9990000018");
        acked(&mut store, 20, 11);
        assert_eq!(store.record_sending(&id).unwrap(), Some(("acked".to_owned(), Some(20))));
        save(&mut store, 30, 11, "9990000018");
        assert_eq!(store.record_sending(&id).unwrap(), Some(("queued".to_owned(), None)));
    }

    #[test]
    fn what_was_withdrawn_waits_no_more() {
        let folder = Folder::new("lanes-withdrawn");
        let mut store = desk(&folder);
        save(&mut store, 10, 11, "9990000018");
        refused(&mut store, 11);
        let one = store.stopped(1).unwrap().remove(0).sending;
        store.write::<_, Error>(&by(80), Op::WithdrawSending, |w| w.withdraw(one, "Twice")).unwrap();
        assert_eq!(store.lanes(9, 9).unwrap(), Lanes::default());
    }
}
