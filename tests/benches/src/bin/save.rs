//! `save`: a nurse's rating made durable through the clinic, against the least a durable save can be.
//!
//! One side is `rate_concern` as the window calls it: role check, rule, revision, audit line, encrypted pages, WAL with FULL, and
//! the view that comes back. The other is one prepared one-row commit in an unencrypted database, WAL with FULL, in the same folder.
//! They take turns, so that a slow moment of the disk meets both.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use clinic::{Clinic, Configuration, House, World};
use holdfast_benches::{figure, percentile};
use rusqlite::Connection;
use security::{Cost, MemoryKeyStore, RepeatableRandom};
use serde_json::{from_value, json};

const TURNS: usize = 3000;
const WARM_UP: usize = 200;
const AGAINST: &str = "one-row commit, prepared, SQLite without a key, WAL + FULL, same folder, turn by turn";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let (clinic, hna) = runtime.block_on(appointment(folder.path())).map_err(|problem| format!("{:?}", problem.code))?;
    let plain = plain(&folder.path().join("plain.db"))?;
    let mut row = plain.prepare("INSERT INTO rating (hna, concern, score) VALUES (?1, ?2, ?3)")?;
    let (mut ours, mut least) = (Vec::new(), Vec::new());
    for turn in 0..WARM_UP + TURNS {
        // Never the score it has already: a change that changes nothing is not saved again.
        let score = turn % 10 + 1;
        let request = from_value(json!({ "hna": hna, "concern": "physical.pain", "rating": score }))?;
        let start = Instant::now();
        runtime.block_on(clinic.rate_concern(request)).map_err(|problem| format!("{:?}", problem.code))?;
        let our_time = start.elapsed().as_secs_f64();
        let start = Instant::now();
        row.execute((&hna, "physical.pain", score as i64))?;
        let least_time = start.elapsed().as_secs_f64();
        if turn >= WARM_UP {
            ours.push(our_time);
            least.push(least_time);
        }
    }
    for (name, percent, goal) in [("ratio_p50", 50.0, 1.25), ("ratio_p99", 99.0, 1.5)] {
        let (Some(our), Some(their)) = (percentile(&ours, percent), percentile(&least, percent)) else {
            return Err("nothing was measured".into());
        };
        eprintln!("p{percent}: {:.3} ms against {:.3} ms", our * 1000.0, their * 1000.0);
        figure("save", name, our / their, goal, AGAINST);
    }
    runtime.block_on(clinic.close());
    Ok(())
}

/// A clinic with one patient and an assessment of six concerns, as in the middle of an appointment.
async fn appointment(folder: &Path) -> Result<(Clinic, String), clinic::Problem> {
    let random = Arc::new(Mutex::new(RepeatableRandom::new(1)));
    let world = World::with(Arc::new(|| 1_795_425_120_000), random, Cost::CHEAP_FOR_TESTS);
    let key_store = Arc::new(MemoryKeyStore::default());
    let house = House::open(folder.join("profile"), Configuration::default(), world, key_store)?;
    let enrol = json!({
        "name": "Bench Invented", "role": "cancer_nurse_specialist", "team": "Bench",
        "organisation": { "ods": "X0T99", "name": "Invented Hospital" }, "passphrase": "seventeen quiet lighthouses"
    });
    let clinic = house.enrol_first_nurse(request(enrol)).await?;
    let code = clinic.issue_recovery_code(request(json!({ "own_passphrase": "" }))).await?;
    let groups: Vec<_> = code.ask.iter().map(|place| code.groups[place - 1].clone()).collect();
    clinic.confirm_recovery_code(request(json!({ "groups": groups }))).await?;
    let none = json!({ "day": "", "month": "", "year": "" });
    let nowhere = json!({ "ods": "", "name": "" });
    let form = json!({
        "nhs_number": "999 000 0018", "title": "Mrs", "given": "Anna", "family": "Invented", "preferred": "",
        "born": { "day": "14", "month": "7", "year": "1956" }, "gender": "female", "address": "1 Invented Street",
        "postcode": "ZZ99 3WZ", "phone": "", "mobile": "", "email": "", "practice": nowhere, "hospital_number": "",
        "needs": { "print_points": 14, "interpreter": "", "other": "" }, "cancer_type": "Breast", "diagnosed": none,
        "recurred": none, "treatments": [], "key_worker": "", "team": "", "diagnosed_at": nowhere, "followed_up_at": nowhere
    });
    let patient = clinic.register_patient(request(json!({ "form": form, "not_the_same": false }))).await?.banner.id.to_string();
    let start = json!({
        "patient": patient, "day": "14", "month": "7", "answered_by": "patient", "helper": "", "method": "face_to_face",
        "pathway_point": "during_treatment"
    });
    let hna = clinic.start_hna(request(start)).await?.id.to_string();
    for item in ["breathing", "eating", "sleep", "fatigue", "pain", "wound"] {
        clinic.tick_concern(request(json!({ "hna": hna, "concern": format!("physical.{item}") }))).await?;
    }
    Ok((clinic, hna))
}

fn request<R: serde::de::DeserializeOwned>(value: serde_json::Value) -> R {
    from_value(value).expect("a request of this benchmark")
}

fn plain(path: &Path) -> rusqlite::Result<Connection> {
    let plain = Connection::open(path)?;
    plain.execute_batch(
        "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE rating (id INTEGER PRIMARY KEY, hna TEXT NOT NULL, concern TEXT NOT NULL, score INTEGER NOT NULL) STRICT;",
    )?;
    Ok(plain)
}
