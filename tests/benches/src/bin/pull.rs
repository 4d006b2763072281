//! `pull`: 100,000 resources of 1,000 patients fetched into an encrypted database, against parsing the same pages and inserting what
//! is in them.
//!
//! The pages are files, the same for both sides, so that no server is measured. The opponent parses each page, takes the text of every
//! resource and inserts it with its type, id and version into one table of an encrypted database, one transaction a page: no
//! comparison, no patient, no version. They take turns. The queue also takes in what it fetched, which is not switched off: of these
//! patients nobody is a person who could be registered, so what is measured is fetching. As in the product its database has a thread of
//! its own, and one page is kept while the next is read; the opponent does one thing after the other.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Instant;

use domain::checklist::Checklist;
use domain::summary_template::SummaryTemplate;
use holdfast_benches::{figure, percentile};
use rusqlite::Connection;
use serde_json::{Value, json};
use store::{Keys, Store};
use sync::{Answered, Books, Lane, Live, Packs, Pages, Pull, Reply, Stopped, Wire};
use tokio::sync::oneshot;
use zeroize::Zeroizing;

#[global_allocator]
static HEAP: kit::heap::Counting = kit::heap::Counting;

const ROUNDS: usize = 5;
const PATIENTS: usize = 1_000;
/// Of each patient, beside herself: 1,000 x 100 resources.
const OBSERVATIONS: usize = 99;
/// As many as one question is about, and as stand on a page.
const FIRST: usize = 4;
const TOGETHER: usize = 20;
const A_PAGE: usize = 200;
const AGAINST: &str = "the same pages parsed and every resource inserted, one transaction a page, encrypted database";
const BASE: &str = "https://trust.invented/fhir";

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let folder = tempfile::tempdir()?;
    let shelf = Arc::new(Shelf::write(folder.path())?);
    let (mut ratios, mut peaks) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let ledger = Ledger::new(&folder.path().join(format!("ours-{round}.db")))?;
        let mut pull = Pull::new(ledger.clone(), shelf.clone());
        let lanes: Vec<Lane> = (0..PATIENTS).map(|number| Lane::There(patient(number))).collect();
        let start = Instant::now();
        let mut staged = 0;
        let peak = runtime.block_on(kit::heap::peak_of(async {
            let pulled = pull.patients(&lanes).await.expect("the database is open");
            assert!(pulled.trouble.is_none(), "{:?}", pulled.trouble);
            staged = pulled.staged;
        }));
        let our_time = start.elapsed().as_secs_f64();
        assert_eq!(staged as usize, PATIENTS * (OBSERVATIONS + 1));
        let start = Instant::now();
        let inserted = plain(&shelf, &folder.path().join(format!("theirs-{round}.db")))?;
        let their_time = start.elapsed().as_secs_f64();
        assert_eq!(inserted, PATIENTS * (OBSERVATIONS + 1));
        let mib = (peak + ledger.peak.load(Ordering::Relaxed)) as f64 / f64::from(1 << 20);
        eprintln!(
            "round {round}: {staged} resources; pull {our_time:.2} s and {mib:.1} MiB, parse and insert {their_time:.2} s"
        );
        ratios.push(their_time / our_time);
        peaks.push(mib);
    }
    figure("pull", "ratio_p50", percentile(&ratios, 50.0).ok_or("nothing was measured")?, 0.8, AGAINST);
    figure(
        "pull",
        "peak_mb",
        percentile(&peaks, 100.0).ok_or("nothing was measured")?,
        96.0,
        "a bound: what both threads hold beyond what they held before",
    );
    Ok(())
}

fn patient(number: usize) -> String {
    format!("patient-{number:04}")
}

/// The pages of the trust, as files.
struct Shelf {
    /// By type and first patient of a group: its pages in order.
    pages: BTreeMap<(String, String), Vec<PathBuf>>,
}

impl Shelf {
    fn write(folder: &Path) -> Result<Shelf, Failure> {
        let mut shelf = Shelf { pages: BTreeMap::new() };
        let mut from = 0;
        while from < PATIENTS {
            let to = PATIENTS.min(from + if from == 0 { FIRST } else { TOGETHER });
            let people: Vec<Value> = (from..to).map(person).collect();
            let scores = (from..to).flat_map(|number| (0..OBSERVATIONS).map(move |place| observation(number, place)));
            shelf.add(folder, "Patient", from, &people)?;
            shelf.add(folder, "Observation", from, &scores.collect::<Vec<_>>())?;
            from = to;
        }
        Ok(shelf)
    }

    fn add(&mut self, folder: &Path, kind: &str, from: usize, all: &[Value]) -> Result<(), Failure> {
        let key = (kind.to_owned(), patient(from));
        let pages = all.chunks(A_PAGE).count();
        for (place, page) in all.chunks(A_PAGE).enumerate() {
            let next = json!([{ "relation": "next", "url": format!("{BASE}/{kind}?page={}&of={}", place + 1, patient(from)) }]);
            let links = if place + 1 < pages { next } else { json!([]) };
            let entries: Vec<Value> =
                page.iter().map(|one| json!({ "resource": one, "search": { "mode": "match" } })).collect();
            let bundle = json!({ "resourceType": "Bundle", "type": "searchset", "link": links, "entry": entries });
            let file = folder.join(format!("{kind}-{from}-{place}.json"));
            fs::write(&file, bundle.to_string())?;
            self.pages.entry(key.clone()).or_default().push(file);
        }
        Ok(())
    }

    fn page(&self, kind: &str, first: &str, place: usize) -> Reply {
        let file = self.pages.get(&(kind.to_owned(), first.to_owned())).and_then(|pages| pages.get(place));
        let body = match file {
            Some(file) => serde_json::from_slice(&fs::read(file).expect("a page")).expect("a page of this benchmark"),
            None => json!({ "resourceType": "Bundle", "type": "searchset" }),
        };
        let media = "application/fhir+json".to_owned();
        Reply::Answered(Answered { status: 200, media, body: Some(body), ..Answered::default() })
    }
}

fn person(number: usize) -> Value {
    json!({
        "resourceType": "Patient", "id": patient(number), "meta": { "versionId": "1", "lastUpdated": "2026-11-23T09:00:00Z" },
        "name": [{ "family": format!("Invented{number}"), "given": ["Anna"] }], "birthDate": "1956-07-14",
        "address": [{ "line": ["1 Invented Street"], "city": "Thamesbank", "postalCode": "ZZ99 3WZ" }],
    })
}

/// A score as the product writes it, of a system that is none of ours.
fn observation(number: usize, place: usize) -> Value {
    json!({
        "resourceType": "Observation", "id": format!("o-{number:04}-{place:02}"),
        "meta": { "versionId": "1", "lastUpdated": "2026-11-23T09:00:00Z", "profile": ["https://fhir.hl7.org.uk/StructureDefinition/UKCore-Observation|2.5.0"] },
        "status": "final",
        "category": [{ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "survey" }] }],
        "code": { "coding": [{ "system": "https://elsewhere.invented/concern", "code": format!("concern-{place}"), "display": "Tired or low in energy" }], "text": "Tired or low in energy" },
        "subject": { "reference": format!("Patient/{}", patient(number)) },
        "effectiveDateTime": "2026-11-23T09:00:00Z", "issued": "2026-11-23T09:00:00.000Z",
        "performer": [{ "identifier": { "system": "https://elsewhere.invented/staff", "value": "7" }, "display": "Ruth Invented" }],
        "valueInteger": place % 11,
        "derivedFrom": [{ "reference": format!("QuestionnaireResponse/r-{number:04}") }],
    })
}

impl Wire for Shelf {
    fn base(&self) -> &str {
        BASE
    }

    async fn get(&self, _: &str, _: &[(&str, &str)], _: &str) -> Reply {
        Reply::NotReached
    }

    async fn history(&self, _: &str, _: &str, _: &str) -> Reply {
        Reply::NotReached
    }

    async fn search(&self, _: &str, _: &[(&str, &str)], _: &str) -> Reply {
        Reply::NotReached
    }

    async fn post(&self, _: String, _: &str, _: &str) -> Reply {
        Reply::NotReached
    }
}

impl Pages for Shelf {
    async fn page(&self, kind: &str, query: &[(&str, &str)], _: &str) -> Reply {
        let of = query.iter().find(|(name, _)| matches!(*name, "_id" | "patient")).map_or("", |(_, value)| *value);
        let first = of.split(',').next().unwrap_or_default();
        Shelf::page(self, kind, first.strip_prefix("Patient/").unwrap_or(first), 0)
    }

    async fn next(&self, path: &str, _: &str) -> Reply {
        let (kind, query) = path.split_once('?').expect("a link of this benchmark");
        let value = |name: &str| {
            query.split('&').filter_map(|pair| pair.split_once('=')).find(|(n, _)| *n == name).map_or("", |(_, v)| v)
        };
        Shelf::page(self, kind, value("of"), value("page").parse().expect("a page number"))
    }
}

/// Parses every page and inserts what is in it; how many.
fn plain(shelf: &Shelf, path: &Path) -> Result<usize, Failure> {
    let mut conn = Connection::open(path)?;
    conn.execute_batch(&format!("PRAGMA key = \"x'{}'\"", "5a".repeat(32)))?;
    conn.execute_batch(
        "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
         CREATE TABLE resource (type TEXT NOT NULL, id TEXT NOT NULL, version TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (type, id)) STRICT;",
    )?;
    let mut inserted = 0;
    for file in shelf.pages.values().flatten() {
        let page: Value = serde_json::from_slice(&fs::read(file)?)?;
        let tx = conn.transaction()?;
        for entry in page["entry"].as_array().into_iter().flatten() {
            let one = &entry["resource"];
            let text = |of: &Value| of.as_str().unwrap_or_default().to_owned();
            tx.prepare_cached("INSERT INTO resource (type, id, version, body) VALUES (?1, ?2, ?3, ?4)")?.execute((
                text(&one["resourceType"]),
                text(&one["id"]),
                text(&one["meta"]["versionId"]),
                one.to_string(),
            ))?;
            inserted += 1;
        }
        tx.commit()?;
    }
    Ok(inserted)
}

/// One open database on a thread of its own, until the last of these is dropped.
#[derive(Clone)]
struct Ledger {
    jobs: mpsc::Sender<Job>,
    /// The most bytes that its thread has held for one of them.
    peak: Arc<AtomicUsize>,
}

type Job = Box<dyn FnOnce(&mut Store) + Send>;

impl Ledger {
    fn new(path: &Path) -> Result<Ledger, Failure> {
        let keys = Keys { cipher: Zeroizing::new("5a".repeat(32)), audit: Zeroizing::new([0x5a; 32]) };
        let mut next = 0_u128;
        let ids = Box::new(move || {
            next += 1;
            Some(next.to_be_bytes())
        });
        let mut store = Store::create(path, keys, ids)?;
        let (jobs, next) = mpsc::channel::<Job>();
        let peak = Arc::new(AtomicUsize::new(0));
        let seen = peak.clone();
        let runtime = tokio::runtime::Builder::new_current_thread().build()?;
        thread::spawn(move || {
            for job in next {
                let held = runtime.block_on(kit::heap::peak_of(async { job(&mut store) }));
                seen.fetch_max(held, Ordering::Relaxed);
            }
        });
        Ok(Ledger { jobs, peak })
    }
}

impl Books for Ledger {
    async fn run<R: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Store) -> Result<R, store::Error> + Send + 'static,
    ) -> Result<R, Stopped> {
        let (answer, answered) = oneshot::channel();
        let job = move |store: &mut Store| drop(answer.send(work(store)));
        self.jobs.send(Box::new(job)).map_err(|_| Stopped::Closed)?;
        answered.await.map_err(|_| Stopped::Closed)?.map_err(|_| Stopped::Refused)
    }

    fn now(&self) -> i64 {
        1_795_425_120_000
    }

    fn chance(&self) -> Option<[u8; 16]> {
        Some([7; 16])
    }

    fn pc(&self) -> String {
        "Bench".to_owned()
    }

    fn packs(&self) -> Arc<dyn Packs> {
        Arc::new(NoPacks)
    }

    fn changed(&self, _: Live) {}
}

struct NoPacks;

impl Packs for NoPacks {
    fn checklist(&self, _: &Store, _: &str) -> Option<Arc<Checklist>> {
        None
    }

    fn template(&self, _: &Store, _: &str) -> Option<Arc<SummaryTemplate>> {
        None
    }
}
