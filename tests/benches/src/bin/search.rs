//! `search`: what the find screen waits for while somebody types, against the same question put to plain SQLite.
//!
//! One side is `find_patients` as the window calls it, in a visit that is in the audit already: role check, the words alike with slips
//! forgiven, the index in the encrypted database, the judge, the order, and every person as she is shown. The other is an unencrypted
//! copy of the same database with the same index: one prepared statement for the question, which is given the numbers of the words that
//! are alike (nothing is forgiven or compared there), or the date or number; then, for each person that is the answer, the two prepared
//! statements for her record and for when she was last opened. Every column of every row is read, nothing is parsed. They take turns.

use std::path::Path;
use std::time::Instant;

use clinic::{FindPatients, Found};
use domain::id::PatientId;
use domain::likeness::folded;
use domain::op::Op;
use domain::patient::Patient;
use domain::staff::By;
use domain::vocabulary::Vocabulary;
use holdfast_benches::town::Town;
use holdfast_benches::{figure, percentile};
use kit::{Chance, RUTHS_PASSPHRASE, Room, Shift, a_clinic_in, kept};
use rusqlite::{Connection, Statement};
use store::Store;

const AGAINST: &str = "unencrypted copy, same index: a prepared statement with the numbers of the words alike, then two for each person shown";
/// People added in one transaction.
const TOGETHER: u32 = 20_000;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    measure(10_000, 3000, "", [0.5, 10.0, 2.0])?;
    // Reported; the goals are those of the smaller town.
    measure(1_000_000, 1000, "_1m", [0.5, 10.0, 2.0])
}

fn measure(people: u32, turns: usize, mark: &str, goals: [f64; 3]) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let shift = runtime.block_on(a_clinic_in(Room::new()));
    let patient = runtime.block_on(kit::registered(&shift.clinic));
    runtime.block_on(shift.clinic.close());
    let town = Town::of(people);
    let started = Instant::now();
    let template = fill(&shift, &town, people, patient)?;
    let plain = plain_copy(&shift)?;
    eprintln!("{people} people and their plain copy made in {:.0} s", started.elapsed().as_secs_f64());
    let clinic = runtime.block_on(shift.unlock());
    let mut opponent = Opponent::new(&plain)?;
    let mut chance = Chance::new(5);
    let (mut ours, mut theirs, mut shown) = (Vec::new(), Vec::new(), 0);
    let warm_up = turns / 5;
    for turn in 0..warm_up + turns {
        let wanted = town.person(chance.below(people as usize) as u32, &template);
        let request = || town.search(&wanted, &mut Chance::new(turn as u64));
        let question = opponent.question(&request());
        let start = Instant::now();
        let found =
            runtime.block_on(clinic.find_patients(request())).map_err(|problem| format!("{:?}", problem.code))?;
        let our_time = start.elapsed().as_secs_f64() * 1000.0;
        if turn == 0 {
            eprintln!("the first search of the day: {our_time:.1} ms");
        }
        let start = Instant::now();
        opponent.ask(&question, &found)?;
        let their_time = start.elapsed().as_secs_f64() * 1000.0;
        if turn >= warm_up {
            ours.push(our_time);
            theirs.push(their_time);
            shown += found.people.len();
        }
    }
    runtime.block_on(clinic.close());
    let both = |percent| Some((percentile(&ours, percent)?, percentile(&theirs, percent)?));
    let (Some((p50, their_p50)), Some((p99, their_p99))) = (both(50.0), both(99.0)) else {
        return Err("nothing was measured".into());
    };
    let each = shown as f64 / turns as f64;
    eprintln!("{turns} searches, {each:.1} people shown each; plain {their_p50:.3} ms, p99 {their_p99:.3} ms");
    let of = format!("{people} patients, as the window calls it; the goal is for 10,000");
    figure("search", &format!("p50_ms{mark}"), p50, goals[0], &of);
    figure("search", &format!("p99_ms{mark}"), p99, goals[1], &of);
    figure("search", &format!("ratio_p50{mark}"), p50 / their_p50, goals[2], AGAINST);
    Ok(())
}

/// Adds the town to a closed clinic's database, many people in one transaction; answers somebody ordinary.
fn fill(shift: &Shift, town: &Town, people: u32, template: PatientId) -> Result<Patient, Failure> {
    let dek = kept::key(&shift.room, &shift.ruth, RUTHS_PASSPHRASE);
    let mut next = 0_u128;
    // In their order, as new rows mostly come at the end of a queue.
    let ids = Box::new(move || {
        next += 1;
        Some(next.to_be_bytes())
    });
    let mut store = Store::open(&shift.room.profile().join("clinic.db"), kept::keys(&dek), ids)?;
    let (template, _) = store.patient(template)?.ok_or("the patient is there")?;
    let staff = store.all_staff()?.into_iter().next().ok_or("a nurse is there")?;
    let by = By {
        staff: staff.id,
        name: staff.name,
        role: staff.role,
        key_holder: true,
        at: shift.room.clock.now(),
        pc: "Bench".to_owned(),
    };
    for first in (0..people).step_by(TOGETHER as usize) {
        store.write::<_, store::Error>(&by, Op::RegisterPatient, |w| {
            for number in first..people.min(first + TOGETHER) {
                w.save_patient(&town.person(number, &template), None)?;
            }
            Ok(())
        })?;
        store.checkpoint()?;
    }
    store.close()?;
    Ok(template)
}

/// The same database without its key, beside the profile; removed with it.
fn plain_copy(shift: &Shift) -> Result<Connection, Failure> {
    let dek = kept::key(&shift.room, &shift.ruth, RUTHS_PASSPHRASE);
    let plain = shift.room.profile().with_file_name("plain.db");
    let encrypted = Connection::open(shift.room.profile().join("clinic.db"))?;
    encrypted.execute_batch(&format!("PRAGMA key = \"x'{}'\"", dek.sqlcipher_key().as_str()))?;
    encrypted.execute("ATTACH DATABASE ?1 AS plain KEY ''", [path(&plain)?])?;
    encrypted.query_row("SELECT sqlcipher_export('plain')", [], |_| Ok(()))?;
    encrypted.execute_batch("DETACH DATABASE plain")?;
    drop(encrypted);
    let plain = Connection::open(plain)?;
    plain.execute_batch("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")?;
    Ok(plain)
}

fn path(path: &Path) -> Result<&str, Failure> {
    path.to_str().ok_or_else(|| "a folder with a plain name".into())
}

/// Plain SQLite with its statements prepared.
struct Opponent<'a> {
    families: Vocabulary,
    givens: Vocabulary,
    by_names: Statement<'a>,
    by_birth: Statement<'a>,
    by_number: Statement<'a>,
    record: Statement<'a>,
    last_opened: Statement<'a>,
}

/// A search as it is put to plain SQLite.
enum Question {
    /// The numbers of the family and of the given words that are alike, as JSON.
    Names(String, String),
    Born(String),
    HospitalNumber(String),
}

impl<'a> Opponent<'a> {
    fn new(plain: &'a Connection) -> Result<Opponent<'a>, Failure> {
        const ROW: &str =
            "SELECT p.id, p.nhs_number, p.hospital_number, p.family_key, p.given_key, p.preferred_key, p.born";
        let words = |table: &str| -> Result<Vocabulary, Failure> {
            let mut statement = plain.prepare(&format!("SELECT id, word FROM {table}"))?;
            let words: Vec<(i64, String)> =
                statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
            let mut vocabulary = Vocabulary::default();
            vocabulary.add(words);
            Ok(vocabulary)
        };
        Ok(Opponent {
            families: words("family_word")?,
            givens: words("given_word")?,
            by_names: plain.prepare(&format!(
                "{ROW} FROM name_pair n JOIN findable f ON f.number = n.number JOIN patient p ON p.id = f.patient
                 WHERE n.family IN (SELECT value FROM json_each(?1)) AND n.given IN (SELECT value FROM json_each(?2)) LIMIT 101"
            ))?,
            by_birth: plain.prepare(&format!("{ROW} FROM patient p WHERE p.born = ?1"))?,
            by_number: plain.prepare(&format!(
                "{ROW} FROM findable f JOIN patient p ON p.id = f.patient WHERE f.hospital_key = ?1 AND f.hospital_key <> ''"
            ))?,
            record: plain.prepare(
                "SELECT form_version, snapshot, revision FROM revision WHERE id = ?1 AND kind = 'patient' ORDER BY revision DESC LIMIT 1",
            )?,
            last_opened: plain.prepare("SELECT max(at) FROM audit WHERE patient = ?1 AND op = 'open_patient'")?,
        })
    }

    fn question(&self, typed: &FindPatients) -> Question {
        if !typed.hospital_number.is_empty() {
            return Question::HospitalNumber(typed.hospital_number.to_lowercase());
        }
        if !typed.born.year.is_empty() {
            let part = |part: &str| part.parse::<u16>().expect("a number that was typed");
            return Question::Born(format!(
                "{}-{:02}-{:02}",
                typed.born.year,
                part(&typed.born.month),
                part(&typed.born.day)
            ));
        }
        let numbers = |words: &Vocabulary, typed: &str| {
            let alike: Vec<i64> = words.alike(&folded(typed)).iter().map(|word| word.number).collect();
            serde_json::json!(alike).to_string()
        };
        Question::Names(numbers(&self.families, &typed.family), numbers(&self.givens, &typed.given))
    }

    /// Asks and reads everything; the people shown are those whom the clinic found.
    fn ask(&mut self, question: &Question, found: &Found) -> Result<(), Failure> {
        match question {
            Question::Names(families, givens) => read(&mut self.by_names, [families, givens])?,
            Question::Born(date) => read(&mut self.by_birth, [date])?,
            Question::HospitalNumber(number) => read(&mut self.by_number, [number])?,
        }
        for person in &found.people {
            let id = person.banner.id.to_string();
            read(&mut self.record, [&id])?;
            read(&mut self.last_opened, [&id])?;
        }
        Ok(())
    }
}

fn read(statement: &mut Statement<'_>, values: impl rusqlite::Params) -> Result<(), Failure> {
    let columns = statement.column_count();
    let mut rows = statement.query(values)?;
    while let Some(row) = rows.next()? {
        for column in 0..columns {
            std::hint::black_box(row.get_ref(column)?);
        }
    }
    Ok(())
}
