//! Brings a database to the newest schema. Migrations are appended, never changed.

use rusqlite::Connection;

use crate::error::Error;
use crate::open::Store;
use crate::patient_search;

const MIGRATIONS: [&str; 15] = [
    include_str!("../migrations/0001_house.sql"),
    include_str!("../migrations/0002_plan_and_paper.sql"),
    include_str!("../migrations/0003_sending.sql"),
    include_str!("../migrations/0004_offer.sql"),
    include_str!("../migrations/0005_home.sql"),
    include_str!("../migrations/0006_hand_over.sql"),
    include_str!("../migrations/0007_search.sql"),
    include_str!("../migrations/0008_plan.sql"),
    include_str!("../migrations/0009_directory.sql"),
    include_str!("../migrations/0010_session.sql"),
    include_str!("../migrations/0011_clinic_list.sql"),
    include_str!("../migrations/0012_give_up.sql"),
    include_str!("../migrations/0013_conflict.sql"),
    include_str!("../migrations/0014_there.sql"),
    include_str!("../migrations/0015_carried.sql"),
];

/// The number of the migration whose tables are filled from the patients that are there.
const SEARCH: i64 = 7;

/// Applies what is missing, each migration whole or not at all.
pub fn migrate(conn: &mut Connection) -> Result<(), Error> {
    migrate_to(conn, None)
}

/// The same up to this one, for tests of an older database; None for the newest.
pub(crate) fn migrate_to(conn: &mut Connection, schema: Option<usize>) -> Result<(), Error> {
    let known = MIGRATIONS.len() as i64;
    let found: i64 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found > known {
        return Err(Error::NewerSchema { found, known });
    }
    for (number, sql) in
        (1..).zip(MIGRATIONS).take(schema.unwrap_or(MIGRATIONS.len())).filter(|(number, _)| *number > found)
    {
        let tx = conn.transaction()?;
        tx.execute_batch(sql)?;
        if number == SEARCH {
            patient_search::fill(&tx)?;
        }
        tx.execute_batch(&format!("PRAGMA user_version = {number}"))?;
        tx.commit()?;
    }
    Ok(())
}

impl Store {
    /// The schema as SQLite holds it, one statement after another by name; `schema.sql` is its copy for readers.
    pub fn schema(&self) -> Result<String, Error> {
        let mut statement = self.conn.prepare(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY tbl_name, type DESC, name",
        )?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
        let mut text = String::new();
        for sql in rows {
            text.push_str(&sql?);
            text.push_str(";\n\n");
        }
        Ok(text)
    }
}
