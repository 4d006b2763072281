//! The index that patients are found by: kept with every save, read while somebody types. It proposes; `domain::likeness` judges.

use std::collections::BTreeSet;

use domain::id::PatientId;
use domain::likeness::{Likeness, NameKeys};
use domain::record::RecordKind;
use domain::vocabulary::{Alike, Vocabulary};
use rusqlite::{CachedStatement, Connection, OptionalExtension, Row};

use crate::error::Error;
use crate::open::Store;

/// Most people that are read for two names; with so many, the ones whose names come first are read, and there are more.
const MOST: usize = 100;

/// The one fact of a search that the index is asked for. The others are the judge's.
#[derive(Clone, Copy)]
pub enum Sought<'a> {
    /// Ten digits.
    NhsNumber(&'a str),
    /// In lower case, not empty.
    HospitalNumber(&'a str),
    /// ISO date.
    Born(&'a str),
    /// Both as `domain::likeness::folded` makes them, neither of them empty.
    Names { family: &'a str, given: &'a str },
}

/// What a search compares; names are keys as `domain::likeness::name_keys` makes them, the whole name first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchRow {
    pub id: PatientId,
    pub nhs_number: Option<String>,
    pub hospital_number: String,
    pub family: String,
    pub given: String,
    pub preferred: String,
    /// ISO date.
    pub born: String,
}

impl SearchRow {
    /// The names, for the judge.
    pub fn names(&self) -> NameKeys<'_> {
        NameKeys { family: &self.family, given: &self.given, preferred: &self.preferred }
    }
}

/// Everybody who may answer, in no order.
pub struct Candidates {
    pub rows: Vec<SearchRow>,
    /// More people answer than were read.
    pub more: bool,
}

/// The words of the index as far as they were read, and up to which number that is.
#[derive(Default)]
pub(crate) struct Words {
    family: Vocabulary,
    given: Vocabulary,
    family_read: i64,
    given_read: i64,
}

impl Words {
    /// Reads what was added since.
    fn catch_up(&mut self, conn: &Connection) -> Result<(), Error> {
        for (sql, words, read) in [
            ("SELECT id, word FROM family_word WHERE id > ?1", &mut self.family, &mut self.family_read),
            ("SELECT id, word FROM given_word WHERE id > ?1", &mut self.given, &mut self.given_read),
        ] {
            let mut statement = conn.prepare_cached(sql)?;
            let new = statement.query_map([*read], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let new: Vec<(i64, String)> = new.collect::<Result<_, _>>()?;
            *read = new.iter().map(|(id, _)| *id).fold(*read, i64::max);
            words.add(new);
        }
        Ok(())
    }
}

impl Store {
    /// Everybody who may answer to this fact: nobody who does is left out, unless there are [`Candidates::more`].
    pub fn candidates(&mut self, sought: Sought<'_>) -> Result<Candidates, Error> {
        let (sql, value) = match sought {
            Sought::NhsNumber(digits) => ("p.nhs_number = ?1", digits),
            Sought::HospitalNumber(number) => ("f.hospital_key = ?1 AND f.hospital_key <> ''", number),
            Sought::Born(date) => ("p.born = ?1", date),
            Sought::Names { family, given } => return self.named(family, given),
        };
        // The part that differs is one of the three above, so each is prepared once.
        let from = if matches!(sought, Sought::HospitalNumber(_)) {
            "findable f JOIN patient p ON p.id = f.patient"
        } else {
            "patient p"
        };
        let mut statement = self.conn.prepare_cached(&format!("SELECT {ROW} FROM {from} WHERE {sql}"))?;
        let mut rows = statement.query([value])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(search_row(row)?);
        }
        Ok(Candidates { rows: found, more: false })
    }

    fn named(&mut self, family: &str, given: &str) -> Result<Candidates, Error> {
        self.words.catch_up(&self.conn)?;
        let (families, givens) = (self.words.family.alike(family), self.words.given.alike(given));
        let begins = |words: &[Alike]| -> Vec<Alike> {
            words.iter().copied().filter(|word| word.likeness == Likeness::Begins).collect()
        };
        // Letters that begin many names bring more people than anybody reads, and the rest need not be looked at.
        // Somebody with a double name is found once for each pair of words, and is one person.
        let mut hits = one_each(meet(&self.conn, &begins(&families), &begins(&givens), MOST + 1)?);
        if hits.len() <= MOST {
            hits = meet(&self.conn, &families, &givens, usize::MAX)?;
            let crossed =
                meet(&self.conn, &self.words.family.alike(given), &self.words.given.alike(family), usize::MAX)?;
            hits.extend(crossed.into_iter().map(|hit| Hit { likeness: Likeness::Near, ..hit }));
        }
        let mut hits = one_each(hits);
        hits.sort_unstable();
        let more = hits.len() > MOST;
        hits.truncate(MOST);
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT {ROW} FROM findable f JOIN patient p ON p.id = f.patient WHERE f.number = ?1"
        ))?;
        let mut rows = Vec::with_capacity(hits.len());
        for hit in hits {
            rows.extend(statement.query_row([hit.number], |row| Ok(search_row(row))).optional()?.transpose()?);
        }
        Ok(Candidates { rows, more })
    }
}

/// Somebody whose two words were alike; less is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    likeness: Likeness,
    family: usize,
    given: usize,
    number: i64,
}

/// The best hit of each person.
fn one_each(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_unstable_by_key(|hit| (hit.number, *hit));
    hits.dedup_by_key(|hit| hit.number);
    hits
}

/// Everybody with a family word of these and a given word of those, as it is looked up from one side or the other.
///
/// Both sides go on in turn, the one with less work behind it first, and the first that is through has found everybody: few people have
/// a rare name, however common the other is. The side of the family name may stop early, at a whole word, with `enough` people.
fn meet(conn: &Connection, families: &[Alike], givens: &[Alike], enough: usize) -> Result<Vec<Hit>, Error> {
    let mut from_family = Side::new(conn.prepare_cached(OF_FAMILY)?, families, givens);
    let mut from_given = Side::new(conn.prepare_cached(OF_GIVEN)?, givens, families);
    loop {
        if from_family.work <= from_given.work {
            if !from_family.next(|own, other| (own, other))? {
                return Ok(from_family.hits);
            }
            if from_family.hits.len() >= enough {
                from_family.hits = one_each(from_family.hits);
                if from_family.hits.len() >= enough {
                    return Ok(from_family.hits);
                }
            }
        } else if !from_given.next(|own, other| (other, own))? {
            return Ok(from_given.hits);
        }
    }
}

/// One side of a meeting: its words, one after another, and who has a word of the other side too.
struct Side<'a> {
    statement: CachedStatement<'a>,
    words: std::slice::Iter<'a, Alike>,
    /// The other side's words by their numbers.
    others: Vec<Option<Alike>>,
    /// Look-ups and rows so far.
    work: usize,
    hits: Vec<Hit>,
}

impl<'a> Side<'a> {
    fn new(statement: CachedStatement<'a>, words: &'a [Alike], others: &[Alike]) -> Side<'a> {
        let place = |alike: &Alike| usize::try_from(alike.number).unwrap_or_default();
        let mut by_number = vec![None; others.iter().map(place).max().map_or(0, |last| last + 1)];
        for alike in others {
            if let Some(slot) = by_number.get_mut(place(alike)) {
                *slot = Some(*alike);
            }
        }
        Side { statement, words: words.iter(), others: by_number, work: 0, hits: Vec::new() }
    }

    /// Looks up the next word; false when there is none. `in_order` puts this side's place and the other's into the order family, given.
    fn next(&mut self, in_order: impl Fn(usize, usize) -> (usize, usize)) -> Result<bool, Error> {
        let Some(word) = self.words.next() else { return Ok(false) };
        self.work += 1;
        let mut rows = self.statement.query([word.number])?;
        while let Some(row) = rows.next()? {
            self.work += 1;
            let other: i64 = row.get(0)?;
            let other = usize::try_from(other).ok().and_then(|other| self.others.get(other)).copied().flatten();
            if let Some(other) = other {
                let (family, given) = in_order(word.place, other.place);
                let likeness = word.likeness.max(other.likeness);
                self.hits.push(Hit { likeness, family, given, number: row.get(1)? });
            }
        }
        Ok(true)
    }
}

const OF_FAMILY: &str = "SELECT given, number FROM name_pair WHERE family = ?1";
const OF_GIVEN: &str = "SELECT family, number FROM name_pair WHERE given = ?1";
const ROW: &str = "p.id, p.nhs_number, p.hospital_number, p.family_key, p.given_key, p.preferred_key, p.born";

fn search_row(row: &Row<'_>) -> Result<SearchRow, Error> {
    let id: String = row.get(0)?;
    Ok(SearchRow {
        id: PatientId::parse(&id).ok_or(Error::Unreadable(RecordKind::Patient))?,
        nhs_number: row.get(1)?,
        hospital_number: row.get(2)?,
        family: row.get(3)?,
        given: row.get(4)?,
        preferred: row.get(5)?,
        born: row.get(6)?,
    })
}

/// Makes the index of everybody who is there, for a database from before it.
pub(crate) fn fill(conn: &Connection) -> Result<(), Error> {
    let mut statement = conn.prepare("SELECT id FROM patient ORDER BY id")?;
    let ids: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for id in ids {
        let now = keys_of(conn, &id)?;
        index(conn, &id, None, now.as_ref())?;
    }
    Ok(())
}

/// What stands in a patient's row as far as the index is made of it.
#[derive(PartialEq, Eq)]
pub(crate) struct Keys {
    family: String,
    given: String,
    preferred: String,
    hospital: String,
}

/// The keys of a patient, or None for one who is not there.
pub(crate) fn keys_of(conn: &Connection, id: &str) -> Result<Option<Keys>, Error> {
    let mut statement =
        conn.prepare_cached("SELECT family_key, given_key, preferred_key, hospital_number FROM patient WHERE id = ?1")?;
    let keys = statement.query_row([id], |row| {
        let hospital: String = row.get(3)?;
        Ok(Keys { family: row.get(0)?, given: row.get(1)?, preferred: row.get(2)?, hospital: hospital.to_lowercase() })
    });
    Ok(keys.optional()?)
}

/// Brings the index from what a patient's row was to what it is.
pub(crate) fn index(conn: &Connection, id: &str, was: Option<&Keys>, is: Option<&Keys>) -> Result<(), Error> {
    let Some(is) = is.filter(|is| was != Some(*is)) else { return Ok(()) };
    conn.prepare_cached(
        "INSERT INTO findable (patient, hospital_key) VALUES (?1, ?2) ON CONFLICT (patient) DO UPDATE SET hospital_key = ?2",
    )?
    .execute((id, &is.hospital))?;
    let number: i64 =
        conn.prepare_cached("SELECT number FROM findable WHERE patient = ?1")?.query_row([id], |row| row.get(0))?;
    let before = was.map(|was| pairs(conn, was)).transpose()?.unwrap_or_default();
    let now = pairs(conn, is)?;
    for (family, given) in before.difference(&now) {
        conn.prepare_cached("DELETE FROM name_pair WHERE family = ?1 AND given = ?2 AND number = ?3")?
            .execute((family, given, number))?;
    }
    for (family, given) in now.difference(&before) {
        conn.prepare_cached("INSERT INTO name_pair (family, given, number) VALUES (?1, ?2, ?3)")?
            .execute((family, given, number))?;
    }
    Ok(())
}

/// Every word of the family name with every word of the given names; a word that is new is added.
fn pairs(conn: &Connection, keys: &Keys) -> Result<BTreeSet<(i64, i64)>, Error> {
    let number = |sql: [&str; 2], word: &str| -> Result<i64, Error> {
        let known = conn.prepare_cached(sql[0])?.query_row([word], |row| row.get(0)).optional()?;
        match known {
            Some(number) => Ok(number),
            None => Ok(conn.prepare_cached(sql[1])?.insert([word])?),
        }
    };
    let words = |sql: [&str; 2], keys: &[&String]| -> Result<Vec<i64>, Error> {
        keys.iter()
            .flat_map(|key| key.split(' '))
            .filter(|word| !word.is_empty())
            .map(|word| number(sql, word))
            .collect()
    };
    let family = ["SELECT id FROM family_word WHERE word = ?1", "INSERT INTO family_word (word) VALUES (?1)"];
    let given = ["SELECT id FROM given_word WHERE word = ?1", "INSERT INTO given_word (word) VALUES (?1)"];
    let (families, givens) = (words(family, &[&keys.family])?, words(given, &[&keys.given, &keys.preferred])?);
    Ok(families.iter().flat_map(|family| givens.iter().map(|given| (*family, *given))).collect())
}

#[cfg(test)]
#[path = "patient_search_tests.rs"]
mod tests;
