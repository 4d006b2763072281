//! The index proposes everybody whom a look at every row finds.

use domain::likeness::{folded, name_keys};
use domain::patient::{Name, Patient};

use super::*;
use crate::open::tests::{Folder, by, ids, keys, nurse, patient};
use domain::op::Op;

const FAMILIES: [&str; 12] = [
    "Łęcka-Ŵyn",
    "Hargreaves",
    "Hargreave",
    "O’Brien",
    "Łukaszewska-O’Brien",
    "Ng",
    "Patel",
    "Pattel",
    "Anna",
    "Smith",
    "Smithson",
    "’",
];
const GIVENS: [&str; 12] = [
    "Siân",
    "Sian Anna",
    "Zofia",
    "Zofia Siân",
    "Jo",
    "Jon",
    "John",
    "Ann",
    "Anna-Maria",
    "Smith",
    "Maximilian",
    "Patel",
];

/// Numbers that look random and are the same at every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    fn of<'a>(&mut self, names: &[&'a str]) -> &'a str {
        names[self.below(names.len())]
    }

    /// A name as somebody types it: part of it, with slips.
    fn typed(&mut self, name: &str) -> String {
        let mut letters: Vec<char> = folded(name).chars().collect();
        for _ in 0..self.below(3) {
            let place = self.below(letters.len().max(1));
            match self.below(4) {
                0 => letters.insert(place, 'e'),
                1 if place < letters.len() => letters[place] = 'o',
                2 if place < letters.len() => drop(letters.remove(place)),
                _ if place + 1 < letters.len() => letters.swap(place, place + 1),
                _ => {}
            }
        }
        let length = 1 + self.below(letters.len().max(1));
        letters.into_iter().take(length).collect()
    }
}

fn person(number: u64, family: &str, given: &str, preferred: &str) -> Patient {
    let mut id = [0; 16];
    id[..8].copy_from_slice(&number.to_be_bytes());
    let day = i8::try_from(1 + number % 28).unwrap();
    let name = Name { title: String::new(), given: given.into(), family: family.into(), preferred: preferred.into() };
    Patient {
        id: PatientId::from_random(id),
        nhs_number: None,
        hospital_number: if number.is_multiple_of(3) { String::new() } else { format!("Ø-{}", number % 50) },
        name,
        born: jiff::civil::date(1950, 1, day),
        ..patient(1, "")
    }
}

fn store(folder: &Folder) -> Store {
    let mut store = Store::create(&folder.database(), keys(1), ids()).unwrap();
    store.write::<_, Error>(&by(1), Op::EnrolFirstNurse, |w| w.save_staff(&nurse())).unwrap();
    store
}

fn save(store: &mut Store, patient: &Patient, from: Option<i64>) {
    store.write::<_, Error>(&by(2), Op::RegisterPatient, |w| w.save_patient(patient, from)).unwrap();
}

/// What a look at every row finds.
fn full_scan(store: &Store, answers: impl Fn(&SearchRow) -> bool) -> BTreeSet<PatientId> {
    let mut statement = store.conn.prepare(&format!("SELECT {ROW} FROM patient p")).unwrap();
    let rows = statement.query_map([], |row| Ok(search_row(row).unwrap())).unwrap().map(Result::unwrap);
    rows.filter(answers).map(|row| row.id).collect()
}

/// Proposed by the index and taken by the judge.
fn found(store: &mut Store, sought: Sought<'_>, answers: impl Fn(&SearchRow) -> bool) -> (BTreeSet<PatientId>, bool) {
    let Candidates { rows, more } = store.candidates(sought).unwrap();
    let proposed = rows.len();
    let ids: BTreeSet<PatientId> = rows.into_iter().filter(answers).map(|row| row.id).collect();
    assert!(ids.len() == proposed, "{} of {proposed} people were proposed in vain, or twice", proposed - ids.len());
    (ids, more)
}

#[test]
fn the_index_loses_nobody_that_a_full_scan_finds() {
    let folder = Folder::new("index-loses-nobody");
    let mut store = store(&folder);
    let mut chance = Chance(3);
    let mut people = Vec::new();
    for number in 0..150 {
        let preferred = if chance.below(4) == 0 { chance.of(&GIVENS) } else { "" };
        let patient = person(number, chance.of(&FAMILIES), chance.of(&GIVENS), preferred);
        save(&mut store, &patient, None);
        people.push(patient);
        // Some get another name, and the old one is no longer hers.
        if chance.below(5) == 0 {
            let at = chance.below(people.len());
            let (_, revision) = store.patient(people[at].id).unwrap().unwrap();
            people[at].name.family = chance.of(&FAMILIES).to_owned();
            let renamed = people[at].clone();
            save(&mut store, &renamed, Some(revision));
        }
    }
    let (mut several, mut nobody) = (0, 0);
    for _ in 0..1000 {
        let (family, given) = (chance.of(&FAMILIES), chance.of(&GIVENS));
        let (mut family, mut given) = (chance.typed(family), chance.typed(given));
        if chance.below(4) == 0 {
            std::mem::swap(&mut family, &mut given);
        }
        if family.is_empty() || given.is_empty() {
            continue;
        }
        if as_a_scan(&mut store, &family, &given).0 == 0 { nobody += 1 } else { several += 1 }
    }
    assert!(several > 300 && nobody > 50, "{several} found somebody, {nobody} nobody");
}

/// Holds the index to a scan; says how many people answer, and how many pairs of their words begin as typed.
fn as_a_scan(store: &mut Store, family: &str, given: &str) -> (usize, usize) {
    let judge = |row: &SearchRow| row.names().answer(family, given).is_some();
    let scanned = full_scan(store, judge);
    let (found, more) = found(store, Sought::Names { family, given }, judge);
    if scanned.len() <= MOST {
        assert_eq!((&found, more), (&scanned, false), "{family}, {given}");
    } else {
        assert!(more && found.len() == MOST && found.is_subset(&scanned), "{family}, {given}");
    }
    let ways =
        "SELECT COUNT(*) FROM name_pair n JOIN family_word f ON f.id = n.family JOIN given_word g ON g.id = n.given
                WHERE f.word LIKE ?1 || '%' AND g.word LIKE ?2 || '%'";
    (scanned.len(), store.conn.query_row(ways, [family, given], |row| row.get::<_, i64>(0)).unwrap() as usize)
}

#[test]
fn double_names_do_not_crowd_anybody_out_of_a_search_by_one_letter() {
    let folder = Folder::new("double-names");
    let mut store = store(&folder);
    let mut chance = Chance(5);
    let families = ["Moss", "Major", "Mavis", "Marsh", "June", "Jarvis", "Ann", "Archer"];
    let givens = ["June", "Jane", "Jill", "Joan", "Mavis", "May", "Ada", "Amy"];
    for number in 0..99 {
        let (family, given) = match chance.below(3) {
            0 => (chance.of(&families).to_owned(), chance.of(&givens).to_owned()),
            1 => (chance.of(&families).to_owned(), [0; 4].map(|_| chance.of(&givens)).join(" ")),
            _ => ([0; 4].map(|_| chance.of(&families)).join("-"), [0; 4].map(|_| chance.of(&givens)).join(" ")),
        };
        save(&mut store, &person(number, &family, &given, chance.of(&givens)), None);
    }
    let mut crowded = 0;
    for (family, given) in "mja".chars().flat_map(|family| "mja".chars().map(move |given| (family, given))) {
        let (people, ways) = as_a_scan(&mut store, &family.to_string(), &given.to_string());
        if people < MOST && ways > MOST {
            crowded += 1;
        }
    }
    assert!(crowded > 2, "{crowded} searches had more ways to their people than are read");
}

#[test]
fn of_very_many_the_first_by_name_are_read() {
    let folder = Folder::new("very-many");
    let mut store = store(&folder);
    let together = |w: &mut crate::write::Writing<'_>| -> Result<(), Error> {
        for number in 0..250 {
            let family = ["Mavis", "Moss", "Major"][number as usize % 3];
            w.save_patient(&person(number, family, if number % 2 == 0 { "June" } else { "Jane" }, ""), None)?;
        }
        Ok(())
    };
    store.write(&by(2), Op::RegisterPatient, together).unwrap();
    let Candidates { rows, more } = store.candidates(Sought::Names { family: "m", given: "j" }).unwrap();
    let mut names: Vec<_> = rows.iter().map(|row| (row.family.clone(), row.given.clone())).collect();
    names.sort();
    let mut all: Vec<_> = (0..250_usize)
        .map(|n| (["mavis", "moss", "major"][n % 3].to_owned(), ["june", "jane"][n % 2].to_owned()))
        .collect();
    all.sort();
    assert_eq!((names, more), (all[..MOST].to_vec(), true));
}

#[test]
fn days_and_numbers_are_looked_up() {
    let folder = Folder::new("days-and-numbers");
    let mut store = store(&folder);
    for number in 0..60 {
        save(&mut store, &person(number, "Smith", "Jo", ""), None);
    }
    let numbered = Patient { nhs_number: patient(1, "9990000018").nhs_number, ..person(99, "Patel", "Ann", "") };
    save(&mut store, &numbered, None);
    let on = |row: &SearchRow| row.born == "1950-01-05";
    assert_eq!(found(&mut store, Sought::Born("1950-01-05"), on), (full_scan(&store, on), false));
    let called = |row: &SearchRow| row.hospital_number.to_lowercase() == "ø-7";
    assert_eq!(found(&mut store, Sought::HospitalNumber("ø-7"), called), (full_scan(&store, called), false));
    assert_eq!(full_scan(&store, called).len(), 1);
    let number = found(&mut store, Sought::NhsNumber("9990000018"), |_| true);
    assert_eq!(number, (BTreeSet::from([numbered.id]), false));
    assert!(store.candidates(Sought::HospitalNumber("")).unwrap().rows.is_empty(), "no number is nobody's number");
}

#[test]
fn a_database_from_before_the_index_gets_it() {
    let folder = Folder::new("before-the-index");
    let mut filled = store(&folder);
    for number in 0..40 {
        save(&mut filled, &person(number, FAMILIES[number as usize % 12], GIVENS[number as usize % 7], "Jo"), None);
    }
    let kept = rows_of(&filled.conn);
    assert!(kept.len() > 80);
    filled
        .conn
        .execute_batch(
            "DROP TABLE name_pair; DROP TABLE family_word; DROP TABLE given_word; DROP TABLE findable;
             DROP INDEX patient_born;
             DROP TABLE clinic_visit; DROP TABLE booking; DROP TABLE session; DROP TABLE directory_entry;
             DROP INDEX offer_plan; ALTER TABLE offer DROP COLUMN plan_for;
             ALTER TABLE hand_over DROP COLUMN give_up_reason; ALTER TABLE hand_over DROP COLUMN doubtful;
             DROP TABLE conflict_resource; ALTER TABLE trust_ref DROP COLUMN theirs;
             DROP TABLE there; DROP TABLE pulled; DROP TABLE notice_about; DROP TABLE notice;
             DROP INDEX trust_ref_lane; ALTER TABLE trust_ref DROP COLUMN lane;
             ALTER TABLE sending DROP COLUMN carried_at;
             PRAGMA user_version = 6;",
        )
        .unwrap();
    filled.close().unwrap();
    let again = Store::open(&folder.database(), keys(1), ids()).unwrap();
    assert_eq!(rows_of(&again.conn), kept);
}

/// The index in words, whatever its numbers are.
fn rows_of(conn: &Connection) -> Vec<String> {
    let mut statement = conn
        .prepare(
            "SELECT f.word || '|' || g.word || '|' || s.patient || '|' || s.hospital_key FROM name_pair n
             JOIN family_word f ON f.id = n.family JOIN given_word g ON g.id = n.given JOIN findable s ON s.number = n.number
             ORDER BY 1",
        )
        .unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn a_corrected_name_is_found_and_the_former_one_is_not() {
    let folder = Folder::new("corrected-name");
    let mut store = store(&folder);
    let before = person(1, "Patel", "Ann", "");
    save(&mut store, &before, None);
    let after = Patient { name: Name { family: "Smith".into(), ..before.name.clone() }, ..before.clone() };
    assert!(store.candidates(Sought::Names { family: "patel", given: "ann" }).unwrap().rows.len() == 1);
    save(&mut store, &after, Some(1));
    assert_eq!(store.candidates(Sought::Names { family: "patel", given: "ann" }).unwrap().rows.len(), 0);
    let rows = store.candidates(Sought::Names { family: "smith", given: "ann" }).unwrap().rows;
    assert_eq!((rows[0].id, rows[0].family.clone()), (after.id, name_keys("Smith")));
}
