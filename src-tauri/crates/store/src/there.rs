//! What stands at the trust about the patients here: each resource at the newest version that was seen, and its body until it was taken
//! into a record. Versions only go forward, and nothing of here is changed by what is kept. Which questions are asked is decided elsewhere.

use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior};

use crate::error::Error;
use crate::open::Store;
use crate::trust_ref;
use crate::write::Writing;

/// A resource that was fetched and is not yet taken into a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct There {
    /// The FHIR type.
    pub kind: String,
    pub server_id: String,
    /// The trust's id of the Patient it is about; of a Patient its own.
    pub patient: String,
    /// Its ETag.
    pub version: String,
    /// When the server wrote that version, by the server's clock, UTC milliseconds.
    pub updated: Option<i64>,
    /// FHIR as JSON; empty for what is not to be taken in, of which only the version is kept.
    pub body: String,
}

/// A resource as a list of the server names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub server_id: String,
    /// The trust's id of the Patient it is about.
    pub patient: String,
    pub version: String,
    pub updated: Option<i64>,
}

/// What a list of the server comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differing {
    /// The ids of what is newer there than here, or not here.
    pub newer: Vec<String>,
    /// The ids of what is older there than what was seen before: the server went back.
    pub older: Vec<String>,
    /// The ids of what was about somebody else when it was last seen.
    pub other_patient: Vec<String>,
}

/// How far a patient of the trust was fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PulledTo {
    /// What the server had committed at this time of its own clock is here; UTC milliseconds, None when that is not known.
    pub since: Option<i64>,
    /// When that was, by this PC's clock, UTC milliseconds.
    pub at: i64,
}

/// How one version stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Same,
    Forward,
    Back,
    /// A number that the server has given before, for what it wrote later: it was put back, and somebody wrote since.
    Again,
}

/// Times of one version that are further apart than this, milliseconds, are of two: some servers round them.
pub const ROUNDED: i64 = 2_000;

/// The row of `pulled` that holds the newest time that the server was seen to write at.
const SERVER: &str = "";

impl Store {
    /// Compares a list of the server with what was seen before; what is at the version that is known is noted as being there.
    pub fn differing(&mut self, kind: &str, listed: &[Seen]) -> Result<Differing, Error> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut differing = Differing::default();
        for one in listed {
            match stands(&tx, kind, &one.server_id, &one.patient, &one.version, one.updated)? {
                Stands::OtherPatient => differing.other_patient.push(one.server_id.clone()),
                Stands::At(Step::Back) => differing.older.push(one.server_id.clone()),
                Stands::At(Step::Forward) | Stands::Nowhere => differing.newer.push(one.server_id.clone()),
                Stands::At(Step::Again) => {
                    differing.older.push(one.server_id.clone());
                    differing.newer.push(one.server_id.clone());
                }
                Stands::At(Step::Same) => known(&tx, kind, one)?,
            }
        }
        tx.commit()?;
        Ok(differing)
    }

    /// Keeps a page of what was fetched, all in one transaction; answers what of it was new here, and what was left out because it is
    /// older than what is known or was about somebody else.
    pub fn keep_there(&mut self, page: &[There]) -> Result<(u32, Differing), Error> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (mut staged, mut left) = (0, Differing::default());
        for one in page {
            match stands(&tx, &one.kind, &one.server_id, &one.patient, &one.version, one.updated)? {
                Stands::OtherPatient => left.other_patient.push(one.server_id.clone()),
                Stands::At(Step::Back) => left.older.push(one.server_id.clone()),
                Stands::At(Step::Same) => known(&tx, &one.kind, &one.seen())?,
                Stands::At(Step::Again) => {
                    left.older.push(one.server_id.clone());
                    stage(&tx, one)?;
                    trust_ref::put_back(&tx, &one.kind, &one.server_id)?;
                    staged += 1;
                }
                Stands::At(Step::Forward) | Stands::Nowhere => {
                    stage(&tx, one)?;
                    staged += 1;
                }
            }
        }
        tx.commit()?;
        Ok((staged, left))
    }

    /// What is known to be at the trust about this Patient of it, as type and id: what was fetched, and what was sent from here. What was
    /// removed there is not among it.
    pub fn known_there(&self, patient: &str) -> Result<Vec<(String, String)>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT type, server_id FROM there WHERE patient = ?1 AND state <> 'gone' AND type NOT IN ('Provenance', 'Binary')
             UNION
             SELECT o.type, o.server_id FROM trust_ref p JOIN trust_ref o ON o.lane = p.local_id
             WHERE p.type = 'Patient' AND p.server_id = ?1 AND o.version IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM there t WHERE t.type = o.type AND t.server_id = o.server_id)
             ORDER BY 1, 2",
        )?;
        let rows = statement.query_map([patient], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What was fetched about this Patient of the trust and waits to be taken in, by type and id.
    pub fn staged(&self, patient: &str) -> Result<Vec<There>, Error> {
        self.waiting_there("t.patient = ?1 ORDER BY t.type, t.server_id", patient)
    }

    /// The same of what says who somebody is: the Patient, what this person has had, and who wrote it.
    pub fn staged_details(&self, patient: &str) -> Result<Vec<There>, Error> {
        let kinds = "('Patient', 'Condition', 'Procedure', 'Provenance')";
        self.waiting_there(&format!("t.patient = ?1 AND t.type IN {kinds} ORDER BY t.type, t.server_id"), patient)
    }

    /// All that waits, by type and id alone, without commit records and papers.
    pub fn staged_names(&self, patient: &str) -> Result<Vec<(String, String)>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT type, server_id FROM there
             WHERE state = 'staged' AND patient = ?1 AND type NOT IN ('Provenance', 'Binary') ORDER BY type, server_id",
        )?;
        let rows = statement.query_map([patient], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What was fetched of this type and waits to be taken in, whoever it is about, by patient and id.
    pub fn staged_of(&self, kind: &str) -> Result<Vec<There>, Error> {
        self.waiting_there("t.type = ?1 ORDER BY t.patient, t.server_id", kind)
    }

    fn waiting_there(&self, of: &str, value: &str) -> Result<Vec<There>, Error> {
        let sql = format!(
            "SELECT t.type, t.server_id, t.patient, t.version, t.updated, t.body, o.version
             FROM there t LEFT JOIN trust_ref o ON o.type = t.type AND o.local_id = t.server_id
             WHERE t.state = 'staged' AND {of}"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map([value], |row| Ok((staged(row)?, row.get::<_, Option<String>>(6)?)))?;
        let mut waiting = Vec::new();
        for row in rows {
            let (one, sent) = row?;
            // What was sent from here since has it in it.
            if sent.is_none_or(|sent| step((&sent, None), (&one.version, one.updated)) == Step::Forward) {
                waiting.push(one);
            }
        }
        Ok(waiting)
    }

    /// What of this is not to be taken in: its body is dropped, and its version stays known. In an act it is [`Writing::taken`].
    pub fn pass_over(&mut self, these: &[There]) -> Result<(), Error> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for one in these {
            taken(&tx, one)?;
        }
        Ok(tx.commit()?)
    }

    /// Whether anything is known of this resource at the trust.
    pub fn is_known_there(&self, kind: &str, server_id: &str) -> Result<bool, Error> {
        let sql = "SELECT EXISTS (SELECT 1 FROM there WHERE type = ?1 AND server_id = ?2)";
        Ok(self.conn.prepare_cached(sql)?.query_row((kind, server_id), |row| row.get(0))?)
    }

    /// When the server wrote the version of a resource that was fetched last, by its own clock, where that version is this one.
    pub fn written_there(&self, kind: &str, server_id: &str, version: &str) -> Result<Option<i64>, Error> {
        let mut statement =
            self.conn.prepare_cached("SELECT version, updated FROM there WHERE type = ?1 AND server_id = ?2")?;
        let found = statement.query_row((kind, server_id), |row| Ok((row.get::<_, String>(0)?, row.get(1)?)));
        Ok(found.optional()?.filter(|(known, _)| opaque(known) == opaque(version)).and_then(|(_, updated)| updated))
    }

    /// Has this be fetched anew with its Patient, where it was passed over as part of nothing. False where it was not.
    pub fn fetch_again(&mut self, patient: &str, kind: &str, server_id: &str) -> Result<bool, Error> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let passed = tx
            .prepare_cached(
                "DELETE FROM there WHERE type = ?1 AND server_id = ?2 AND patient = ?3 AND state = 'known'
                     AND NOT EXISTS (SELECT 1 FROM trust_ref WHERE type = ?1 AND local_id = ?2)",
            )?
            .execute((kind, server_id, patient))?;
        if passed > 0 {
            tx.prepare_cached("UPDATE pulled SET since = NULL WHERE patient = ?1")?.execute([patient])?;
        }
        tx.commit()?;
        Ok(passed > 0)
    }

    /// How far a Patient of the trust was fetched; None when never.
    pub fn pulled_to(&self, patient: &str) -> Result<Option<PulledTo>, Error> {
        let mut statement = self.conn.prepare_cached("SELECT since, at FROM pulled WHERE patient = ?1")?;
        let found = statement.query_row([patient], |row| Ok(PulledTo { since: row.get(0)?, at: row.get(1)? }));
        Ok(found.optional()?)
    }

    /// These Patients of the trust were fetched whole, and the server was seen to have written at `newest`, by its own clock; an earlier
    /// time than one that was seen before changes nothing.
    pub fn keep_pulled(&mut self, patients: &[String], to: PulledTo, newest: Option<i64>) -> Result<(), Error> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for patient in patients {
            pulled(&tx, patient, to)?;
        }
        if newest.is_some() {
            pulled(&tx, SERVER, PulledTo { since: newest, ..to })?;
        }
        Ok(tx.commit()?)
    }

    /// The newest time that the server was ever seen to write at, by its own clock; None before anything was seen.
    pub fn server_time(&self) -> Result<Option<i64>, Error> {
        Ok(self.pulled_to(SERVER)?.and_then(|to| to.since))
    }

    /// The local id of the patient whom the trust knows as this Patient; None when nobody here is known to be it.
    pub fn patient_there(&self, server_id: &str) -> Result<Option<String>, Error> {
        let sql = "SELECT local_id FROM trust_ref WHERE type = 'Patient' AND server_id = ?1 ORDER BY local_id LIMIT 1";
        Ok(self.conn.prepare_cached(sql)?.query_row([server_id], |row| row.get(0)).optional()?)
    }
}

impl There {
    fn seen(&self) -> Seen {
        let (server_id, patient) = (self.server_id.clone(), self.patient.clone());
        Seen { server_id, patient, version: self.version.clone(), updated: self.updated }
    }
}

impl Writing<'_> {
    /// What was fetched is in a record with this act: its body is dropped. False when a newer version was fetched meanwhile.
    pub fn taken(&mut self, one: &There) -> Result<bool, Error> {
        taken(self.tx, one)
    }
}

pub(crate) fn taken(conn: &Connection, one: &There) -> Result<bool, Error> {
    let changed = conn
        .prepare_cached(
            "UPDATE there SET state = 'known', body = NULL
             WHERE type = ?1 AND server_id = ?2 AND version = ?3 AND state = 'staged'",
        )?
        .execute((&one.kind, &one.server_id, &one.version))?;
    Ok(changed == 1)
}

fn pulled(conn: &Connection, patient: &str, to: PulledTo) -> Result<(), Error> {
    conn.prepare_cached(
        "INSERT INTO pulled (patient, since, at) VALUES (?1, ?2, ?3)
         ON CONFLICT (patient) DO UPDATE SET since = max(coalesce(since, ?2), coalesce(?2, since)), at = ?3",
    )?
    .execute((patient, to.since, to.at))?;
    Ok(())
}

fn staged(row: &Row<'_>) -> Result<There, rusqlite::Error> {
    Ok(There {
        kind: row.get(0)?,
        server_id: row.get(1)?,
        patient: row.get(2)?,
        version: row.get(3)?,
        updated: row.get(4)?,
        body: row.get(5)?,
    })
}

/// Keeps a version to be taken in, or, where nothing of it is kept, that it is there.
fn stage(conn: &Connection, one: &There) -> Result<(), Error> {
    conn.prepare_cached(
        "INSERT INTO there (type, server_id, patient, version, updated, body, state)
         VALUES (?1, ?2, ?3, ?4, ?5, nullif(?6, ''), iif(?6 = '', 'known', 'staged'))
         ON CONFLICT (type, server_id) DO UPDATE
         SET version = excluded.version, updated = excluded.updated, body = excluded.body, state = excluded.state",
    )?
    .execute((&one.kind, &one.server_id, &one.patient, &one.version, one.updated, &one.body))?;
    Ok(())
}

/// It is there at a version that is known; one that was sent from here is from now on missed when it goes, and one that was gone is back.
fn known(conn: &Connection, kind: &str, one: &Seen) -> Result<(), Error> {
    conn.prepare_cached(
        "INSERT INTO there (type, server_id, patient, version, updated, state) VALUES (?1, ?2, ?3, ?4, ?5, 'known')
         ON CONFLICT (type, server_id) DO UPDATE
         SET version = ?4, updated = ?5, body = iif(version = ?4, body, NULL),
             state = iif(version = ?4 AND state = 'staged', 'staged', 'known')
         WHERE version <> ?4 OR state = 'gone'",
    )?
    .execute((kind, &one.server_id, &one.patient, &one.version, one.updated))?;
    Ok(())
}

enum Stands {
    /// Nothing is known of it.
    Nowhere,
    At(Step),
    OtherPatient,
}

/// How this version of a resource stands to what was seen of it and what was sent from here.
fn stands(
    conn: &Connection,
    kind: &str,
    id: &str,
    patient: &str,
    version: &str,
    updated: Option<i64>,
) -> Result<Stands, Error> {
    type Known = (String, Option<i64>, String, bool);
    let mut statement = conn.prepare_cached(
        "SELECT t.version, t.updated, t.patient, t.state = 'gone', o.version, p.server_id
         FROM (SELECT ?1 AS type, ?2 AS id) a
         LEFT JOIN there t ON t.type = a.type AND t.server_id = a.id
         LEFT JOIN trust_ref o ON o.type = a.type AND o.local_id = a.id AND o.version IS NOT NULL
         LEFT JOIN trust_ref p ON p.type = 'Patient' AND p.local_id = o.lane",
    )?;
    let (seen, sent): (Option<Known>, Option<(String, Option<String>)>) = statement.query_row((kind, id), |row| {
        let seen = match row.get(0)? {
            Some(version) => Some((version, row.get(1)?, row.get(2)?, row.get(3)?)),
            None => None,
        };
        let sent: Option<String> = row.get(4)?;
        Ok((seen, sent.zip(Some(row.get(5)?))))
    })?;
    let others = seen.iter().map(|(_, _, of, _)| of).chain(sent.iter().filter_map(|(_, of)| of.as_ref()));
    if others.into_iter().any(|of| of != patient) {
        return Ok(Stands::OtherPatient);
    }
    // What was gone and is back is looked at, whichever version it is.
    let seen = seen.filter(|(_, _, _, gone)| !gone).map(|(known, at, ..)| step((&known, at), (version, updated)));
    let sent = sent.map(|(known, _)| step((&known, None), (version, updated)));
    Ok(match (seen, sent) {
        (None, None) => Stands::Nowhere,
        (Some(Step::Again), _) => Stands::At(Step::Again),
        (Some(Step::Same), _) | (_, Some(Step::Same)) => Stands::At(Step::Same),
        (Some(Step::Back), _) | (_, Some(Step::Back)) => Stands::At(Step::Back),
        _ => Stands::At(Step::Forward),
    })
}

/// From one version to another: by number where the server counts and did not begin again, else by when it wrote them. Versions that
/// cannot be compared are another one each, which is looked at.
fn step((known, at): (&str, Option<i64>), (now, updated): (&str, Option<i64>)) -> Step {
    let (known, now) = (opaque(known), opaque(now));
    let apart = at.zip(updated).map_or(0, |(at, updated)| updated.saturating_sub(at));
    if known == now {
        return if apart.abs() > ROUNDED { Step::Again } else { Step::Same };
    }
    match (known.parse::<u64>(), now.parse::<u64>()) {
        (Ok(known), Ok(now)) if now < known && apart > ROUNDED => Step::Again,
        (Ok(known), Ok(now)) if now < known => Step::Back,
        (Ok(_), Ok(_)) => Step::Forward,
        _ if apart < 0 => Step::Back,
        _ => Step::Forward,
    }
}

/// An ETag without what says how it is compared.
fn opaque(etag: &str) -> &str {
    etag.trim().trim_start_matches("W/").trim_matches('"')
}

#[cfg(test)]
#[path = "there_tests.rs"]
pub(crate) mod tests;
