//! What a database holds, read beside the product: the oracle of every fault test. Each acknowledged act is there, whole and newest;
//! at most the one act that was in flight is there in addition, and whole.

use std::path::Path;

use domain::summary_template::Copy;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use security::{Dek, DeviceSecret, KeyStore, Passphrase, Vault};
use store::{Keys, Paper, Store};

use crate::people::RUTHS_PASSPHRASE;
use crate::room::{Room, Shift};

/// The lines of a database that was closed, each with its moment.
pub struct Kept {
    /// Audit lines, revisions, sendings, versions and their paper, in the order in which they were written.
    pub lines: Vec<(i64, String)>,
    /// Where each nurse was.
    pub places: String,
    /// How many of these lines are revisions.
    pub revisions: usize,
}

/// The key of a room's database, by the passphrase of one of its nurses.
pub fn key(room: &Room, nurse: &str, passphrase: &str) -> Dek {
    let vault = Vault::read(room.profile()).unwrap();
    let device: DeviceSecret = room.keys.read(vault.database_id()).unwrap();
    vault.open(nurse, &Passphrase::new(passphrase), &device).unwrap()
}

pub fn keys(dek: &Dek) -> Keys {
    Keys { cipher: dek.sqlcipher_key(), audit: dek.audit_key() }
}

/// What `look` reads in a desk's database as it would be on the disk if the PC's program died now.
pub fn after_a_crash<R>(shift: &Shift, look: impl FnOnce(&Store) -> R) -> R {
    let room = shift.room.after_a_crash();
    let keys = keys(&key(&room, &shift.ruth, RUTHS_PASSPHRASE));
    let store = Store::open(&room.profile().join("clinic.db"), keys, Box::new(|| None)).unwrap();
    let found = look(&store);
    store.close().unwrap();
    found
}

/// One copy of a version as it would be on the disk if the PC's program died now.
pub fn paper(shift: &Shift, record: &str, version: u32, copy: Copy) -> Paper {
    after_a_crash(shift, |store| store.paper(record, version, copy)).unwrap().expect("this version has its paper")
}

/// The lines that would be on the disk if the PC's program died now.
pub fn on_disk(shift: &Shift) -> Kept {
    let room = shift.room.after_a_crash();
    let dek = key(&room, &shift.ruth, RUTHS_PASSPHRASE);
    read(&room.profile().join("clinic.db"), &dek).unwrap()
}

/// The details of its audit lines of one kind of act, oldest first.
pub fn details(shift: &Shift, op: &str) -> Vec<String> {
    let kept = on_disk(shift);
    let lines = kept.lines.iter().filter_map(|(_, line)| line.strip_prefix("audit|"));
    let parts = lines.map(|line| line.split('|').collect::<Vec<_>>());
    parts.filter(|parts| parts[3] == op).map(|parts| parts[9].to_owned()).collect()
}

/// Opens the database as the product does and holds the audit to its chain; how many lines it has.
pub fn audit_lines(database: &Path, dek: &Dek) -> Result<i64, String> {
    let store =
        Store::open(database, keys(dek), Box::new(|| None)).map_err(|error| format!("does not open: {error}"))?;
    let verified = store.verify_audit().map_err(|error| format!("audit: {error}"))?;
    store.close().map_err(|error| format!("does not close: {error}"))?;
    verified.map_err(|line| format!("audit line {line} does not follow from the one before"))
}

/// Damages every signed paper of a database that nobody has open, as a failing disk would.
pub fn spoil_paper(room: &Room, dek: &Dek) {
    let conn = connect(&room.profile().join("clinic.db"), dek).unwrap();
    conn.execute_batch("DROP TRIGGER paper_stays; UPDATE paper SET pdf = x'25504446'").unwrap();
    conn.close().unwrap();
}

/// Damages what came in with these answers, in a database that nobody has open.
pub fn spoil_answers(room: &Room, dek: &Dek, answers: &str) {
    let conn = connect(&room.profile().join("clinic.db"), dek).unwrap();
    conn.execute_batch("DROP TRIGGER answers_stay").unwrap();
    let damage = "UPDATE answers SET body = 'x' WHERE id = ?1";
    assert_eq!(conn.execute(damage, [answers]).unwrap(), 1, "answers {answers}");
    conn.close().unwrap();
}

/// Reads a database that nobody has open and holds it to what must be true of any.
pub fn read(database: &Path, dek: &Dek) -> Result<Kept, String> {
    let read = || -> rusqlite::Result<(Kept, Vec<String>)> {
        let conn = connect(database, dek)?;
        let lines = rows(&conn, LINES)?;
        let mut faults = Vec::new();
        for (rule, sql) in RULES {
            let found: Vec<String> = rows(&conn, sql)?.into_iter().map(|(_, text)| text).collect();
            if !found.is_empty() && found != ["ok"] {
                faults.push(format!("{rule}: {found:?}"));
            }
        }
        let places = rows(&conn, "SELECT 0, * FROM place ORDER BY staff")?;
        let kept = Kept {
            revisions: lines.iter().filter(|(_, text)| text.starts_with("revision|")).count(),
            places: places.into_iter().map(|(_, text)| text + "\n").collect(),
            lines,
        };
        Ok((kept, faults))
    };
    let (kept, faults) = read().map_err(|error| format!("does not read: {error}"))?;
    if faults.is_empty() { Ok(kept) } else { Err(faults.join("; ")) }
}

/// Holds what was found to what was written without a fault: everything up to the last acknowledged moment, and then nothing or
/// the whole of the act at the next moment. Lines from `later` on are the test's own.
pub fn judge(written: &Kept, found: &Kept, acknowledged: i64, next: i64, later: i64) -> Result<(), String> {
    let until = |kept: &Kept, until: i64| -> Vec<(i64, String)> {
        kept.lines.iter().filter(|(at, _)| *at <= until && *at < later).cloned().collect()
    };
    let (saved, there) = (until(written, acknowledged), until(found, acknowledged));
    if let Some(lost) = saved.iter().find(|line| !there.contains(line)) {
        return Err(format!("lost: {}", lost.1));
    }
    if saved != there {
        return Err("something is there that was never saved, or in another order".to_owned());
    }
    let beyond = until(found, i64::MAX).len() - there.len();
    let whole = until(written, next);
    if beyond > 0 && until(found, i64::MAX) != whole {
        return Err(format!("half saved or unknown: {:?}", until(found, i64::MAX).last()));
    }
    Ok(())
}

fn connect(database: &Path, dek: &Dek) -> rusqlite::Result<Connection> {
    store::ready();
    let conn = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    conn.execute_batch("PRAGMA cipher_log_level = NONE")?;
    conn.execute_batch(&format!("PRAGMA key = \"x'{}'\"", dek.sqlcipher_key().as_str()))?;
    Ok(conn)
}

/// The first column is the moment; the others become the text.
const LINES: &str = "
    SELECT at, line FROM (
        SELECT at, 1 AS kind, seq, 'audit|' || seq || '|' || at || '|' || staff || '|' || op || '|' || ifnull(kind, '-') || '|' ||
            ifnull(id, '-') || '|' || ifnull(revision, '-') || '|' || ifnull(patient, '-') || '|' || pc || '|' || detail || '|' || hex(mac)
            AS line FROM audit
        UNION ALL
        SELECT at, 2, seq, 'revision|' || seq || '|' || kind || '|' || id || '|' || revision || '|' || at || '|' || staff || '|' || op ||
            '|' || form_version || '|' || snapshot FROM revision
        UNION ALL
        SELECT r.at, 3, s.seq, 'sending|' || s.seq || '|' || s.sending_id || '|' || s.lane || '|' || s.kind || '|' || s.id || '|' ||
            s.revision || '|' || s.state FROM sending s JOIN revision r ON r.id = s.id AND r.revision = s.revision
        UNION ALL
        SELECT r.at, 4, v.version, 'version|' || v.id || '|' || v.version || '|' || v.revision
            FROM version v JOIN revision r ON r.id = v.id AND r.revision = v.revision
        UNION ALL
        SELECT r.at, 5, p.version, 'paper|' || p.id || '|' || p.version || '|' || p.copy || '|' || p.sha256 || '|' || length(p.pdf) || '|' ||
            length(p.pages) FROM paper p JOIN version v ON v.id = p.id AND v.version = p.version
            JOIN revision r ON r.id = v.id AND r.revision = v.revision
    ) ORDER BY at, kind, seq, line";

/// What finds nothing in a sound database.
const RULES: [(&str, &str); 9] = [
    ("SQLite", "SELECT 0, * FROM pragma_integrity_check"),
    ("pages", "PRAGMA cipher_integrity_check"),
    ("references", "PRAGMA foreign_key_check"),
    (
        "a record that stands otherwise than its newest revision",
        "WITH record AS (SELECT id, status FROM hna UNION ALL SELECT id, status FROM care_plan UNION ALL
                         SELECT id, status FROM treatment_summary UNION ALL
                         SELECT id, state FROM invitation)
         SELECT 0, h.id FROM record h JOIN revision r ON r.id = h.id WHERE h.status <> coalesce(json_extract(r.snapshot, '$.status'), json_extract(r.snapshot, '$.state'))
         AND r.revision = (SELECT max(revision) FROM revision WHERE id = h.id)",
    ),
    (
        "a record without a revision, or a revision without its record",
        "WITH record AS (SELECT id FROM staff UNION ALL SELECT id FROM patient UNION ALL SELECT id FROM hna UNION ALL
                         SELECT id FROM care_plan UNION ALL SELECT id FROM treatment_summary UNION ALL
                         SELECT id FROM offer UNION ALL SELECT id FROM invitation UNION ALL
                         SELECT id FROM answers UNION ALL SELECT id FROM appointment UNION ALL
                         SELECT id FROM session UNION ALL SELECT id FROM booking UNION ALL
                         SELECT id FROM clinic_visit)
         SELECT 0, id FROM record WHERE id NOT IN (SELECT id FROM revision) UNION ALL
         SELECT 0, id FROM revision WHERE id NOT IN (SELECT id FROM record)",
    ),
    (
        "a lock or signature without its version, or a version without its paper",
        "SELECT 0, id FROM revision r WHERE op IN ('lock_care_plan', 'sign_treatment_summary')
         AND NOT EXISTS (SELECT 1 FROM version v WHERE v.id = r.id AND v.revision = r.revision) UNION ALL
         SELECT 0, id FROM version v WHERE NOT EXISTS (SELECT 1 FROM paper p WHERE p.id = v.id AND p.version = v.version)",
    ),
    ("a hole in the revisions", "SELECT 0, id FROM revision GROUP BY id HAVING count(*) <> max(revision)"),
    (
        "a revision without its audit line",
        "SELECT 0, id FROM revision r WHERE (SELECT count(*) FROM audit a WHERE a.id = r.id AND a.revision = r.revision AND a.op = r.op) <> 1",
    ),
    (
        "an audit line without its revision",
        "SELECT 0, seq FROM audit a WHERE revision IS NOT NULL AND NOT EXISTS (SELECT 1 FROM revision r WHERE r.id = a.id AND r.revision = a.revision)",
    ),
];

fn rows(conn: &Connection, sql: &str) -> rusqlite::Result<Vec<(i64, String)>> {
    let mut statement = conn.prepare(sql)?;
    let columns = statement.column_count();
    let mut rows = statement.query([])?;
    let mut read = Vec::new();
    while let Some(row) = rows.next()? {
        let text = |column| match row.get_ref(column) {
            Ok(ValueRef::Integer(number)) => number.to_string(),
            Ok(ValueRef::Text(text)) => String::from_utf8_lossy(text).into_owned(),
            Ok(ValueRef::Null) => "-".to_owned(),
            other => format!("{other:?}"),
        };
        let at = if columns > 1 { row.get(0).unwrap_or_default() } else { 0 };
        let first = usize::from(columns > 1);
        read.push((at, (first..columns).map(text).collect::<Vec<_>>().join("|")));
    }
    Ok(read)
}
