//! `drain`: a backlog sent by the queue, against a loop that posts the same bodies as fast as the server takes them.
//!
//! Each round registers patients while there is no server, then opens the clinic with one and waits until everything is acknowledged:
//! search, mapping, transactions, acknowledgements made durable. The opponent posts the very transactions that the queue sent, recorded
//! beforehand, one after another over one kept-alive connection, and keeps nothing. Each side has a server of its own with the same
//! content; they take turns.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use clinic::{Clinic, Configuration, House, RegisterPatient, Unlock, World};
use holdfast_benches::recorder::Recorder;
use holdfast_benches::{figure, percentile};
use kit::trust_server::TrustServer;
use security::{Cost, MemoryKeyStore, RepeatableRandom};
use serde_json::{from_value, json};

const ROUNDS: u64 = 5;
/// Of these 5 x 200 = 1,000 sendings.
const A_ROUND: u32 = 200;
const PASSPHRASE: &str = "seventeen quiet lighthouses";
const AGAINST: &str =
    "the same transactions posted one after another over one kept-alive connection, server of its own";

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let (ours, theirs, recorded) = (TrustServer::start(), TrustServer::start(), TrustServer::start());
    // The client wants one even for plain http; it is the one that the product has.
    rustls::crypto::ring::default_provider().install_default().map_err(|_| "a second crypto provider")?;
    let client = reqwest::Client::builder().no_proxy().build()?;
    let mut ratios = Vec::new();
    for round in 0..ROUNDS {
        let folder = tempfile::tempdir()?;
        let bodies = {
            let backlog = runtime.block_on(Backlog::new(&folder.path().join("recorded"), round))?;
            let recorder = Recorder::to(recorded.port())?;
            runtime.block_on(backlog.drain(&recorder.address))?;
            recorder.transactions()
        };
        // The same seed makes the same ids, so both sides write the same resources.
        let backlog = runtime.block_on(Backlog::new(&folder.path().join("measured"), round))?;
        let our_time = runtime.block_on(backlog.drain(&ours.address()))?;
        let start = Instant::now();
        for body in &bodies {
            let post = client.post(theirs.address()).header("Content-Type", "application/fhir+json").body(body.clone());
            let answer = runtime.block_on(async { post.send().await?.error_for_status()?.bytes().await })?;
            drop(answer);
        }
        let their_time = start.elapsed().as_secs_f64();
        eprintln!(
            "round {round}: {A_ROUND} sendings in {} transactions; queue {our_time:.2} s, loop {their_time:.2} s",
            bodies.len()
        );
        ratios.push(their_time / our_time);
    }
    figure("drain", "ratio_p50", percentile(&ratios, 50.0).ok_or("nothing was measured")?, 0.9, AGAINST);
    Ok(())
}

/// A profile with patients that were registered while there was no server.
struct Backlog {
    house: HouseParts,
    nurse: String,
}

struct HouseParts {
    profile: std::path::PathBuf,
    world: World,
    keys: Arc<MemoryKeyStore>,
}

impl HouseParts {
    fn open(&self, server: Option<&str>) -> Result<House, Failure> {
        let settings = server.map_or(json!({}), |url| json!({ "server": { "url": url } }));
        let configuration = Configuration::parse(&settings.to_string());
        let house = House::open(self.profile.clone(), configuration, self.world.clone(), self.keys.clone());
        house.map_err(|problem| format!("{:?}", problem.code).into())
    }
}

impl Backlog {
    async fn new(folder: &Path, round: u64) -> Result<Backlog, Failure> {
        let random = Arc::new(Mutex::new(RepeatableRandom::new(round + 1)));
        let start = Instant::now();
        let now = Arc::new(move || 1_795_425_120_000 + i64::try_from(start.elapsed().as_millis()).unwrap_or(0));
        let world = World::with(now, random, Cost::CHEAP_FOR_TESTS);
        let house = HouseParts { profile: folder.to_owned(), world, keys: Arc::default() };
        let open = house.open(None)?;
        let nurse = fill(&open, round).await.map_err(|problem| format!("{:?}", problem.code))?;
        Ok(Backlog { house, nurse })
    }

    /// Opens the clinic with this server and waits until all is acknowledged; seconds.
    async fn drain(&self, server: &str) -> Result<f64, Failure> {
        let house = self.house.open(Some(server))?;
        let unlock: Unlock = from_value(json!({ "nurse": self.nurse, "passphrase": PASSPHRASE }))?;
        let start = Instant::now();
        let clinic = house.unlock(unlock).await.map_err(|problem| format!("{:?}", problem.code))?;
        let mut changes = clinic.changes();
        while !is_sent(&clinic).await? {
            changes.recv().await?;
        }
        let took = start.elapsed().as_secs_f64();
        clinic.close().await;
        Ok(took)
    }
}

async fn is_sent(clinic: &Clinic) -> Result<bool, Failure> {
    let sending = clinic.desk().await.map_err(|problem| format!("{:?}", problem.code))?.sending;
    if sending.needs_you > 0 {
        return Err("the server refused a record".into());
    }
    Ok(sending.phrase == "sent")
}

/// Enrols a nurse and registers the patients of this round; answers the nurse's id.
async fn fill(house: &House, round: u64) -> Result<String, clinic::Problem> {
    let enrol = json!({
        "name": "Bench Invented", "role": "cancer_nurse_specialist", "team": "Bench",
        "organisation": { "ods": "X0T99", "name": "Invented Hospital" }, "passphrase": PASSPHRASE
    });
    let clinic = house.enrol_first_nurse(from_value(enrol).expect("a request of this benchmark")).await?;
    let code = clinic
        .issue_recovery_code(from_value(json!({ "own_passphrase": "" })).expect("a request of this benchmark"))
        .await?;
    let groups: Vec<_> = code.ask.iter().map(|place| code.groups[place - 1].clone()).collect();
    clinic.confirm_recovery_code(from_value(json!({ "groups": groups })).expect("a request of this benchmark")).await?;
    for number in 0..A_ROUND {
        let number = u32::try_from(round).unwrap_or(0) * A_ROUND + number;
        let form = kit::another_patient_form(number, &format!("Given{number}"), &format!("Family{number}"));
        clinic.register_patient(RegisterPatient { form, not_the_same: true }).await?;
    }
    let nurse = clinic.desk().await?.nurse.id.to_string();
    clinic.close().await;
    Ok(nurse)
}
