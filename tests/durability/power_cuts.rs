//! The power is cut at any moment of five appointments: of two thousand disks that this could leave, each opens with every
//! acknowledged act. The same with syncing made weaker loses acts, which shows that the test can see it.

use std::ffi::CStr;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use kit::appointment::{Acknowledged, Play, moment};
use kit::disk::{WithoutSync, run_on, watch};
use kit::kept::{self, Kept};
use kit::power::{Event, Files, Recording, acknowledged_before, after_a_cut};
use kit::room::{Room, a_quick_folder, unlock};
use kit::{Chance, RUTHS_PASSPHRASE};
use security::Dek;

const STATES: usize = 2_000;
const STATES_OF_THE_WEAKER: usize = 400;
/// Enough for a checkpoint in the middle of the work, and a WAL that starts again from its beginning.
const ROUNDS: usize = 5;

/// Five appointments as the disk saw them.
struct Recorded {
    before: Files,
    events: Vec<Event>,
    /// Every act, those before the recording too.
    acts: Vec<Acknowledged>,
    acts_before: usize,
    written: Kept,
    dek: Dek,
}

/// Plays the appointments; `weaken` is run on the product's own connection after it was opened.
async fn record(weaken: Option<&CStr>) -> Recorded {
    let room = Room::new();
    let database = room.profile().join("clinic.db");
    let house = room.house();
    let (acts, recording) = (Mutex::new(Vec::new()), Arc::new(Recording::default()));
    let mut say = |act| {
        acts.lock().unwrap().push(act);
        recording.acknowledged();
    };
    let mut play = Play::new(&room.clock, &mut say);
    let clinic = play.first_start(&house).await.unwrap();
    play.close(&clinic).await;
    let ruth = clinic_nurse(&house);
    let before = files(room.profile());
    let acts_before = acts.lock().unwrap().len();
    recording.take();

    let watched = watch(room.profile(), recording.clone());
    let clinic =
        play.act("unlock", unlock(&house, &ruth, RUTHS_PASSPHRASE), |_| serde_json::Value::Null).await.unwrap();
    if let Some(statement) = weaken {
        // The connection is idle between two acts, so using it from this thread disturbs nobody.
        run_on(&database, statement);
        assert_eq!(run_on(&database, c"PRAGMA synchronous"), "1", "the plant took");
    }
    for round in 0..ROUNDS {
        play.appointment(&clinic, round).await.unwrap();
    }
    play.close(&clinic).await;
    let events = recording.take();
    drop(watched);
    let dek = kept::key(&room, &ruth, RUTHS_PASSPHRASE);
    let written = kept::read(&database, &dek).unwrap();
    Recorded { before, events, acts: acts.into_inner().unwrap(), acts_before, written, dek }
}

fn clinic_nurse(house: &clinic::House) -> String {
    house.front().nurses[0].id.to_string()
}

fn files(profile: &Path) -> Files {
    let name = "clinic.db".to_owned();
    let bytes = std::fs::read(profile.join(&name)).unwrap();
    assert!(!profile.join("clinic.db-wal").exists(), "the first start was closed");
    Files::from([(name, bytes)])
}

/// What became of the acknowledged acts on one made-up disk.
fn outcome(recorded: &Recorded, folder: &Path, state: u64) -> Result<(), String> {
    let mut chance = Chance::new(state);
    let cut = chance.below(recorded.events.len() + 1);
    let sure = recorded.acts_before + acknowledged_before(&recorded.events, cut);
    for name in ["clinic.db", "clinic.db-wal"] {
        _ = std::fs::remove_file(folder.join(name));
    }
    for (name, bytes) in after_a_cut(&recorded.before, &recorded.events, cut, &mut chance) {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
    let database = folder.join("clinic.db");
    let read = || {
        kept::audit_lines(&database, &recorded.dek)?;
        let found = kept::read(&database, &recorded.dek)?;
        kept::judge(&recorded.written, &found, moment(sure), moment(sure + 1), i64::MAX)?;
        place(recorded, sure, &found)
    };
    read().map_err(|fault| format!("state {state}, cut at {cut} of {}: {fault}", recorded.events.len()))
}

/// The nurse is where she was, or where the act in flight took her.
fn place(recorded: &Recorded, sure: usize, found: &Kept) -> Result<(), String> {
    let line = |place: &Acknowledged| {
        let part = |name: &str| place.seen[name].as_str().unwrap_or("-").to_owned();
        format!("{}|{}|{}|{}|{}", part("screen"), part("patient"), part("hna"), part("item"), part("record"))
    };
    let last = |acts: &[Acknowledged]| acts.iter().rev().find(|one| one.act == "keep_place").map(line);
    let until = (sure + 1).min(recorded.acts.len());
    let allowed = [last(&recorded.acts[..sure]), last(&recorded.acts[..until])];
    let there = found.places.trim_end().split_once('|').map(|(_, place)| place.to_owned());
    if allowed.contains(&there) { Ok(()) } else { Err(format!("lost: the place, now {there:?}")) }
}

/// Tries so many disks on two threads; every fault that was found.
fn faults(recorded: &Recorded, states: usize) -> Vec<String> {
    let (next, faults) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let folder = a_quick_folder();
                let _quickly = watch(folder.path(), Arc::new(WithoutSync));
                loop {
                    let state = next.fetch_add(1, Ordering::SeqCst);
                    if state >= states {
                        return;
                    }
                    if let Err(fault) = outcome(recorded, folder.path(), state as u64) {
                        faults.lock().unwrap().push(fault);
                    }
                }
            });
        }
    });
    faults.into_inner().unwrap()
}

#[tokio::test]
async fn no_power_cut_takes_an_acknowledged_act() {
    let recorded = record(None).await;
    let writes = recorded.events.iter().filter(|event| matches!(event, Event::Write { .. })).count();
    let checkpoint = |event: &Event| matches!(event, Event::Write { file, .. } if file == "clinic.db");
    let first = recorded.events.iter().position(checkpoint).expect("a checkpoint is among it");
    let early = acknowledged_before(&recorded.events, first);
    assert!(early + 20 < recorded.acts.len() - recorded.acts_before, "the checkpoint comes after {early} acts");
    let faults = faults(&recorded, STATES);
    println!("{STATES} power cuts in {writes} writes of {} acts; {} lost", recorded.acts.len(), faults.len());
    assert!(faults.is_empty(), "{} faults; {}", faults.len(), faults[0]);
}

#[tokio::test]
async fn with_weaker_syncing_the_same_cuts_do() {
    let recorded = record(Some(c"PRAGMA synchronous = NORMAL")).await;
    let faults = faults(&recorded, STATES_OF_THE_WEAKER);
    let lost = faults.iter().filter(|fault| fault.contains(": lost: ")).count();
    println!("{STATES_OF_THE_WEAKER} power cuts with synchronous=NORMAL; {lost} lost acknowledged acts");
    assert!(lost > 0, "the test cannot see a loss");
}
