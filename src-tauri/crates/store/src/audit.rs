//! The audit: append-only by triggers, chained by HMAC-SHA256, so that a changed, removed or reordered line is found.

use domain::id::PatientId;
use domain::op::Op;
use domain::record::Record;
use hmac::{Hmac, KeyInit, Mac};
use rusqlite::{Connection, OptionalExtension};
use sha2::Sha256;

use crate::error::Error;
use crate::open::Store;

/// One line about a patient: who did or saw what, when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    pub at: i64,
    pub staff: String,
    pub op: String,
}

/// Who stands in a line, when and at which PC.
pub(crate) struct Who<'a> {
    pub staff: &'a str,
    /// UTC milliseconds.
    pub at: i64,
    pub pc: &'a str,
}

/// Stands for the member of staff in lines about what the queue did: nobody did it by hand.
pub(crate) const QUEUE: &str = "queue";

/// What the chain covers of one line.
struct Line {
    seq: i64,
    at: i64,
    staff: String,
    op: String,
    kind: Option<String>,
    id: Option<String>,
    revision: Option<i64>,
    patient: Option<String>,
    pc: String,
    detail: String,
}

impl Line {
    fn mac(&self, key: &[u8; 32], before: &[u8]) -> Result<Vec<u8>, Error> {
        let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|_| Error::Pragma("audit key"))?;
        let texts = [
            Some(self.seq.to_string()),
            Some(self.at.to_string()),
            Some(self.staff.clone()),
            Some(self.op.clone()),
            self.kind.clone(),
            self.id.clone(),
            self.revision.map(|r| r.to_string()),
            self.patient.clone(),
            Some(self.pc.clone()),
            Some(self.detail.clone()),
        ];
        mac.update(before);
        for text in texts {
            // Length first: two fields must not be able to trade letters.
            let text = text.map_or(String::from("-"), |t| format!("+{}:{t}", t.len()));
            mac.update(text.as_bytes());
        }
        Ok(mac.finalize().into_bytes().to_vec())
    }
}

pub(crate) fn append(
    conn: &Connection,
    key: &[u8; 32],
    who: &Who<'_>,
    op: Op,
    about: Option<&(Record, Option<i64>)>,
    detail: &str,
) -> Result<(), Error> {
    let last: Option<(i64, Vec<u8>)> = conn
        .prepare_cached("SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (seq, before) = last.map_or((1, Vec::new()), |(seq, mac)| (seq + 1, mac));
    let record = about.map(|(record, _)| record);
    let line = Line {
        seq,
        at: who.at,
        staff: who.staff.to_owned(),
        op: op.code().to_owned(),
        kind: record.map(|r| r.kind.code().to_owned()),
        id: record.map(|r| r.id.clone()),
        revision: about.and_then(|(_, revision)| *revision),
        patient: record.and_then(|r| r.patient).map(|p| p.to_string()),
        pc: who.pc.to_owned(),
        detail: detail.to_owned(),
    };
    let mac = line.mac(key, &before)?;
    conn.prepare_cached(
        "INSERT INTO audit (seq, at, staff, op, kind, id, revision, patient, pc, detail, mac)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute((
        line.seq,
        line.at,
        line.staff,
        line.op,
        line.kind,
        line.id,
        line.revision,
        line.patient,
        line.pc,
        line.detail,
        mac,
    ))?;
    Ok(())
}

impl Store {
    /// The newest lines about what people did with a patient, newest first, at most `most`.
    pub fn looks(&self, patient: PatientId, most: u32) -> Result<Vec<Look>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT at, staff, op FROM audit WHERE patient = ?1 AND staff <> 'queue' ORDER BY seq DESC LIMIT ?2",
        )?;
        let looks = statement.query_map((patient.to_string(), most), |row| {
            Ok(Look { at: row.get(0)?, staff: row.get(1)?, op: row.get(2)? })
        })?;
        Ok(looks.collect::<Result<_, _>>()?)
    }

    /// When somebody last opened this patient (UTC milliseconds), or None.
    pub fn last_opened(&self, patient: PatientId) -> Result<Option<i64>, Error> {
        let mut statement = self.conn.prepare_cached("SELECT max(at) FROM audit WHERE patient = ?1 AND op = ?2")?;
        Ok(statement.query_row((patient.to_string(), Op::OpenPatient.code()), |row| row.get(0))?)
    }

    /// The patients that this member of staff opened or changed last, newest first, at most `most`.
    pub fn recent_patients(&self, staff: domain::id::StaffId, most: u32) -> Result<Vec<PatientId>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT patient FROM audit WHERE staff = ?1 AND patient IS NOT NULL GROUP BY patient ORDER BY max(seq) DESC LIMIT ?2",
        )?;
        let ids = statement.query_map((staff.to_string(), most), |row| row.get::<_, String>(0))?;
        let mut patients = Vec::new();
        for id in ids {
            patients.extend(PatientId::parse(&id?));
        }
        Ok(patients)
    }

    /// How many lines the audit has, when every line's mac follows from the line before; else the first that does not.
    pub fn verify_audit(&self) -> Result<Result<i64, i64>, Error> {
        let mut statement = self.conn.prepare(
            "SELECT seq, at, staff, op, kind, id, revision, patient, pc, detail, mac FROM audit ORDER BY seq",
        )?;
        let mut rows = statement.query([])?;
        let (mut expected, mut before) = (0, Vec::new());
        while let Some(row) = rows.next()? {
            expected += 1;
            let line = Line {
                seq: row.get(0)?,
                at: row.get(1)?,
                staff: row.get(2)?,
                op: row.get(3)?,
                kind: row.get(4)?,
                id: row.get(5)?,
                revision: row.get(6)?,
                patient: row.get(7)?,
                pc: row.get(8)?,
                detail: row.get(9)?,
            };
            let mac: Vec<u8> = row.get(10)?;
            if line.seq != expected || line.mac(&self.audit_key, &before)? != mac {
                return Ok(Err(expected));
            }
            before = mac;
        }
        Ok(Ok(expected))
    }
}
