//! Which resource of the trust each of ours is, and at which version we know it.

use rusqlite::{Connection, OptionalExtension};

use crate::error::Error;
use crate::open::Store;
use crate::setting::Setting;
use crate::write::Writing;

/// A resource that is at the trust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustRef {
    /// The FHIR type.
    pub kind: String,
    /// Our id for it.
    pub local_id: String,
    /// Its id at the trust: ours again, unless the trust made it.
    pub server_id: String,
    /// Its ETag when we last wrote or read it; None for what the trust made, which we never write.
    pub version: Option<String>,
}

impl Store {
    pub fn trust_ref(&self, kind: &str, local_id: &str) -> Result<Option<TrustRef>, Error> {
        let mut statement =
            self.conn.prepare_cached("SELECT server_id, version FROM trust_ref WHERE type = ?1 AND local_id = ?2")?;
        let found = statement.query_row((kind, local_id), |row| {
            Ok(TrustRef {
                kind: kind.to_owned(),
                local_id: local_id.to_owned(),
                server_id: row.get(0)?,
                version: row.get(1)?,
            })
        });
        Ok(found.optional()?)
    }

    /// A resource of ours as somebody else left it at the trust; None when nobody did.
    pub fn left_there(&self, kind: &str, local_id: &str) -> Result<Option<String>, Error> {
        let sql = "SELECT theirs FROM trust_ref WHERE type = ?1 AND local_id = ?2";
        let found = self.conn.prepare_cached(sql)?.query_row((kind, local_id), |row| row.get(0)).optional()?;
        Ok(found.flatten())
    }

    /// Whether the trust's Patient for this lane is doubted, because the number or the birth date was corrected since or because the
    /// Patient is gone; and whether a person was told. None without such a Patient.
    pub fn patient_doubt(&self, lane: &str) -> Result<Option<Doubt>, Error> {
        let sql = "SELECT doubt FROM trust_ref WHERE type = 'Patient' AND local_id = ?1";
        let doubt = self.conn.prepare_cached(sql)?.query_row([lane], |row| row.get::<_, i64>(0)).optional()?;
        Ok(doubt.map(|doubt| match doubt {
            0 => Doubt::None,
            1 => Doubt::Corrected,
            _ => Doubt::Told,
        }))
    }

    /// Keeps what was learnt of the Patients of lanes, all in one transaction: a known one is beyond doubt.
    pub fn keep_patients(&mut self, learnt: &[Learnt]) -> Result<(), Error> {
        let tx = self.conn.transaction()?;
        for one in learnt {
            match one {
                Learnt::Known(there) => {
                    keep(&tx, there)?;
                    doubt(&tx, &there.local_id, 0)?;
                }
                Learnt::Nobody { lane } => {
                    tx.prepare_cached("DELETE FROM trust_ref WHERE type = 'Patient' AND local_id = ?1")?
                        .execute([lane])?;
                }
                Learnt::Told { lane } => doubt(&tx, lane, 2)?,
                Learnt::Version(there) => keep(&tx, there)?,
            }
        }
        Ok(tx.commit()?)
    }

    /// Keeps the address of the server that has what was sent; the first stays.
    pub fn keep_server(&mut self, address: &str) -> Result<(), Error> {
        self.conn
            .prepare_cached("INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO NOTHING")?
            .execute((Setting::Server.code(), address))?;
        Ok(())
    }
}

impl Writing<'_> {
    /// Learns that somebody else left a resource of ours at this version (its ETag): what is sent of it next goes over that one, and keeps
    /// what is not ours.
    pub fn learn_there(&mut self, kind: &str, id: &str, etag: &str, body: &str) -> Result<(), Error> {
        seen(self.tx, kind, id, etag, body)
    }
}

/// How sure it is that a Patient at the trust is the patient of a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    None,
    /// The NHS number or the birth date was corrected since: to be looked up again.
    Corrected,
    /// A person was told that it may be somebody else, or is gone: what is found next counts.
    Told,
}

/// What was learnt of a lane's Patient at the trust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Learnt {
    /// It is this one.
    Known(TrustRef),
    /// The trust has none: ours is to be made.
    Nobody { lane: String },
    /// The lane was stopped because of it, so a person is told.
    Told { lane: String },
    /// A resource of ours, of any kind, is there at this version, and says what ours says or said.
    Version(TrustRef),
}

/// Who a patient is was corrected: the trust's Patient has to be looked up again before anything else is sent.
pub(crate) fn identity_corrected(conn: &Connection, lane: &str) -> Result<(), Error> {
    doubt(conn, lane, 1)
}

fn doubt(conn: &Connection, lane: &str, doubt: i64) -> Result<(), Error> {
    conn.prepare_cached("UPDATE trust_ref SET doubt = ?2 WHERE type = 'Patient' AND local_id = ?1")?
        .execute((lane, doubt))?;
    Ok(())
}

/// Says whose record a resource is that this sending put there.
pub(crate) fn of_lane(conn: &Connection, one: &TrustRef, sending: &str) -> Result<(), Error> {
    let sql = "UPDATE trust_ref SET lane = (SELECT lane FROM sending WHERE sending_id = ?3)
         WHERE type = ?1 AND local_id = ?2 AND lane IS NULL";
    conn.prepare_cached(sql)?.execute((&one.kind, &one.local_id, sending))?;
    Ok(())
}

/// Says whose record a resource is that came from there.
pub(crate) fn belongs(conn: &Connection, kind: &str, id: &str, lane: &str) -> Result<(), Error> {
    conn.prepare_cached("UPDATE trust_ref SET lane = ?3 WHERE type = ?1 AND local_id = ?2")?
        .execute((kind, id, lane))?;
    Ok(())
}

/// Keeps which Patient of the trust a patient is, beyond doubt.
pub(crate) fn know(conn: &Connection, there: &TrustRef) -> Result<(), Error> {
    keep(conn, there)?;
    doubt(conn, &there.local_id, 0)?;
    belongs(conn, &there.kind, &there.local_id, &there.local_id)
}

/// Keeps what the trust's own Patient said last of the patient of a lane.
pub(crate) fn said(conn: &Connection, lane: &str, body: &str) -> Result<(), Error> {
    conn.prepare_cached("UPDATE trust_ref SET theirs = ?2 WHERE type = 'Patient' AND local_id = ?1")?
        .execute((lane, body))?;
    Ok(())
}

/// Keeps a resource as somebody else left it at the trust.
pub(crate) fn seen(conn: &Connection, kind: &str, id: &str, etag: &str, body: &str) -> Result<(), Error> {
    conn.prepare_cached(
        "INSERT INTO trust_ref (type, local_id, server_id, version, theirs) VALUES (?1, ?2, ?2, ?3, ?4)
         ON CONFLICT (type, local_id) DO UPDATE SET version = ?3, theirs = ?4",
    )?
    .execute((kind, id, etag, body))?;
    Ok(())
}

/// No version that a server gives: a change made from it meets what stands there, and a person looks.
pub const NO_VERSION: &str = "W/\"0\"";

/// The server has given the version that is known for something else.
pub(crate) fn put_back(conn: &Connection, kind: &str, id: &str) -> Result<(), Error> {
    let sql = "UPDATE trust_ref SET version = ?3 WHERE type = ?1 AND local_id = ?2 AND version IS NOT NULL";
    conn.prepare_cached(sql)?.execute((kind, id, NO_VERSION))?;
    Ok(())
}

/// A resource of ours is not at the trust any more.
pub(crate) fn gone(conn: &Connection, kind: &str, id: &str) -> Result<(), Error> {
    conn.prepare_cached("DELETE FROM trust_ref WHERE type = ?1 AND local_id = ?2")?.execute((kind, id))?;
    Ok(())
}

#[cfg(feature = "planted")]
fn known(conn: &Connection, one: &TrustRef) -> Result<bool, Error> {
    let sql = "SELECT EXISTS (SELECT 1 FROM trust_ref WHERE type = ?1 AND local_id = ?2)";
    Ok(conn.query_row(sql, (&one.kind, &one.local_id), |row| row.get(0))?)
}

pub(crate) fn keep(conn: &Connection, one: &TrustRef) -> Result<(), Error> {
    planted!(
        OlderVersionKept,
        if known(conn, one)? {
            return Ok(());
        }
    );
    conn.prepare_cached(
        "INSERT INTO trust_ref (type, local_id, server_id, version) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (type, local_id) DO UPDATE SET server_id = ?3, version = ?4",
    )?
    .execute((&one.kind, &one.local_id, &one.server_id, &one.version))?;
    Ok(())
}
