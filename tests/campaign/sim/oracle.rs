//! What is true at the end of a history: judged by the server's own history and by what was acknowledged to nurses, never by what the
//! queue believes.

use std::collections::{BTreeMap, BTreeSet};

use domain::op::Op;
use domain::record::RecordKind;
use kit::trust_model::{Condition, Version};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use store::{Row, Snapshot};

use super::history::PATIENTS;
use super::network::{Trust, Writer, holds};
use super::world::{Pc, World, number_of};

/// What came of a history.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Outcome {
    pub seed: u64,
    pub acts: u64,
    pub sendings: u64,
    pub faults: BTreeMap<&'static str, u64>,
    /// Acknowledged values that nobody holds, each in words.
    pub lost: Vec<String>,
    /// What was done twice.
    pub twice: Vec<String>,
    /// Somebody's version that was replaced by somebody who had not seen it.
    pub overwritten: Vec<String>,
    /// What did not come to rest, or does not agree.
    pub diverged: Vec<String>,
    /// What came to the trust in another order than it was saved in, or is there while a person is asked about it. For planted mistakes.
    pub disorder: Vec<String>,
    /// Sendings that a person is asked about at the end, by the reason's code.
    pub asked: BTreeMap<String, u64>,
    /// How many sendings a server that was restored from a backup does not know any more.
    pub forgotten: u64,
    /// SHA-256 of all that stands at the end.
    pub digest: String,
}

impl Outcome {
    /// Whether everything is as it has to be.
    pub fn is_good(&self) -> bool {
        self.lost.is_empty() && self.twice.is_empty() && self.overwritten.is_empty() && self.diverged.is_empty()
    }

    /// The kinds of fault that were found.
    pub fn kinds(&self) -> BTreeSet<&'static str> {
        let all = [
            ("lost", &self.lost),
            ("twice", &self.twice),
            ("overwritten", &self.overwritten),
            ("diverged", &self.diverged),
        ];
        all.into_iter().filter(|(_, found)| !found.is_empty()).map(|(name, _)| name).collect()
    }
}

/// Judges what was played.
pub fn judge(seed: u64, world: &World) -> Outcome {
    let trust = world.trust.lock().unwrap();
    let mut outcome = Outcome { seed, acts: world.acts, faults: trust.faults.clone(), ..Outcome::default() };
    if world.endless {
        outcome.diverged.push("a queue never rests".to_owned());
    }
    let mut hasher = Sha256::new();
    for (number, pc) in world.pcs.iter().enumerate() {
        let rows = pc.desk.books.on(|store| store.outbox().unwrap());
        outcome.sendings += rows.len() as u64;
        for row in &rows {
            hasher
                .update(format!("{number} {} {} {} {} {}\n", row.sending, row.id, row.revision, row.state, row.reason));
        }
        judge_desk(number, pc, &rows, &trust, &mut outcome);
    }
    judge_server(world, &trust, &mut outcome);
    for (name, versions) in trust.model.everything() {
        for version in versions {
            hasher.update(format!("{name} {} {} {}\n", version.etag, version.at, version.commit));
        }
    }
    outcome.digest = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    outcome
}

fn judge_desk(number: usize, pc: &Pc, rows: &[Row], trust: &Trust, outcome: &mut Outcome) {
    let known: BTreeMap<(&str, i64), &Row> = rows.iter().map(|row| ((row.id.as_str(), row.revision), row)).collect();
    let gave_way = gave_way(pc);
    // Of a record of which two versions became one, the newest goes in the place of those before it.
    let together = pc.desk.books.on(|store| store.brought_together().unwrap());
    let grew: BTreeSet<&str> = together.iter().map(|(_, _, record, _)| record.as_str()).collect();
    for unplanned in pc.desk.books.ahead(|ahead| ahead.unplanned.clone()) {
        outcome.diverged.push(format!("pc {number}: the database refused a step: {unplanned}"));
    }
    for saved in &pc.saved {
        let what = format!("pc {number}: {} {} revision {} ({})", saved.kind, saved.id, saved.revision, saved.mark);
        let kind = RecordKind::from_code(saved.kind).unwrap();
        let here =
            pc.desk.books.on(|store| store.record_at(kind, &saved.id, saved.revision)).is_ok_and(|one| one.is_some());
        if !here {
            outcome.lost.push(format!("{what}: not here any more"));
        }
        match known.get(&(saved.id.as_str(), saved.revision)) {
            None if gave_way.contains(&(saved.id.clone(), saved.revision)) => {}
            None if grew.contains(saved.id.as_str())
                && rows.iter().any(|row| row.id == saved.id && row.revision > saved.revision) => {}
            None => outcome.lost.push(format!("{what}: its sending is gone")),
            Some(row) if row.state == "acked" => match arrived(trust, row, &saved.mark) {
                Arrived::Whole => {}
                Arrived::Forgotten => outcome.forgotten += 1,
                Arrived::Not(why) => outcome.lost.push(format!("{what}: {why}")),
            },
            Some(_) => {}
        }
    }
    let stopped = |state: &str| matches!(state, "conflict" | "held" | "quarantined");
    let lanes: BTreeSet<&str> = rows
        .iter()
        .filter(|row| matches!(row.state.as_str(), "conflict" | "held"))
        .map(|row| row.lane.as_str())
        .collect();
    for row in rows {
        match row.state.as_str() {
            "acked" | "withdrawn" => {}
            state if stopped(state) && state != "quarantined" => {
                *outcome.asked.entry(row.reason.clone()).or_default() += 1
            }
            _ if lanes.contains(row.lane.as_str()) => {}
            state => {
                let what = format!("pc {number}: {} {} revision {}", row.kind, row.id, row.revision);
                outcome.diverged.push(format!("{what} is {state} {} at the end", row.reason));
            }
        }
    }
    in_order(number, rows, trust, outcome);
    agrees(number, pc, trust, outcome);
}

/// Whether what was saved about a patient came to the trust in the order in which it was saved, and nobody is asked about what is there.
fn in_order(number: usize, rows: &[Row], trust: &Trust, outcome: &mut Outcome) {
    let mut last: BTreeMap<&str, u64> = BTreeMap::new();
    for row in rows {
        let record = trust.model.history(&format!("Provenance/{}", row.sending)).first();
        let Some(commit) = record.map(|record| record.commit) else { continue };
        let what = format!("pc {number}: {} {} revision {}", row.kind, row.id, row.revision);
        // Of two Patients for one person somebody has to choose, whatever arrived.
        if matches!(row.state.as_str(), "conflict" | "held" | "quarantined") && row.reason != "several_patients" {
            outcome.disorder.push(format!("{what} is {} {} and at the trust", row.state, row.reason));
        }
        if last.insert(&row.lane, commit).is_some_and(|before| before > commit) {
            outcome.disorder.push(format!("{what} came before what was saved earlier"));
        }
    }
}

/// Revisions whose sendings a newer one took the place of, because they were refused, clashed or were withdrawn.
fn gave_way(pc: &Pc) -> BTreeSet<(String, i64)> {
    pc.desk.books.on(|store| {
        let stopped = store.audited(Op::SendRecord).unwrap().into_iter().filter(|(_, _, detail)| detail != "acked");
        let withdrawn = store.audited(Op::WithdrawSending).unwrap();
        stopped.chain(withdrawn).map(|(id, revision, _)| (id, revision)).collect()
    })
}

enum Arrived {
    Whole,
    /// The server was restored from before it.
    Forgotten,
    Not(String),
}

/// Whether what was acknowledged is in the server's history, with what was typed.
fn arrived(trust: &Trust, row: &Row, mark: &str) -> Arrived {
    let name = format!("Provenance/{}", row.sending);
    let Some(record) = trust.model.history(&name).first() else {
        return if trust.forgotten.contains(&name) {
            Arrived::Forgotten
        } else {
            Arrived::Not("acknowledged and not there".to_owned())
        };
    };
    if mark.is_empty() {
        return Arrived::Whole;
    }
    let targets = record.body.as_deref().and_then(|body| body["target"].as_array()).into_iter().flatten();
    let names = targets.filter_map(|target| target["reference"].as_str());
    let then = |name: &str| -> Option<&Version> {
        trust.model.history(name).iter().find(|version| version.commit == record.commit)
    };
    let found =
        names.filter_map(then).any(|version| version.body.as_deref().is_some_and(|body: &Value| holds(body, mark)));
    if found { Arrived::Whole } else { Arrived::Not("its commit does not hold what was typed".to_owned()) }
}

/// Whether a PC knows its own newest versions of what nobody else has changed since.
fn agrees(number: usize, pc: &Pc, trust: &Trust, outcome: &mut Outcome) {
    for (name, versions) in trust.model.everything() {
        let (kind, id) = name.split_once('/').unwrap();
        if matches!(kind, "Provenance" | "Binary") || trust.forgotten.contains(name) {
            continue;
        }
        let Some(head) = versions.last() else { continue };
        if trust.writers.get(&head.commit) != Some(&Writer::Pc(number)) {
            continue;
        }
        let known = pc.desk.books.on(|store| store.trust_ref(kind, id)).unwrap().and_then(|known| known.version);
        let opaque = |etag: &str| etag.trim_start_matches("W/").trim_matches('"').to_owned();
        if known.as_deref().map(opaque) != Some(opaque(&head.etag)) && !asks(pc) {
            outcome.diverged.push(format!("pc {number}: {name} is {} there and {known:?} here", head.etag));
        }
    }
}

/// Whether a person is asked about something here: what its lane put there is then not known for sure.
fn asks(pc: &Pc) -> bool {
    pc.desk.books.on(|store| store.waiting().unwrap()).needs_you > 0
}

/// Whether a version still says what somebody at the trust wrote into the one before it.
fn keeps(before: &Version, after: &Version) -> bool {
    let postcode =
        |version: &Version| version.body.as_deref().and_then(|body| body.pointer("/address/0/postalCode").cloned());
    postcode(before) == postcode(after)
}

/// Whether this revision of a patient's details here says it.
fn kept(before: &Version, pc: &Pc, record: &str, revision: i64) -> bool {
    let there = before.body.as_deref().and_then(|body| body.pointer("/address/0/postalCode")).and_then(Value::as_str);
    let here = pc.desk.books.on(|store| store.record_at(RecordKind::Patient, record, revision).unwrap());
    matches!(here.map(|here| here.snapshot), Some(Snapshot::Patient(patient)) if there == Some(&patient.postcode))
}

/// Whether nothing changed but who wrote it last.
fn says_the_same(before: &Version, after: &Version) -> bool {
    let plain = |version: &Version| {
        version.body.as_deref().map(|body| {
            let mut body = body.clone();
            body["meta"] = Value::Null;
            body
        })
    };
    plain(before) == plain(after)
}

fn judge_server(world: &World, trust: &Trust, outcome: &mut Outcome) {
    let together: Vec<BTreeMap<(String, String), (String, i64)>> = world
        .pcs
        .iter()
        .map(|pc| pc.desk.books.on(|store| store.brought_together().unwrap()))
        .map(|all| all.into_iter().map(|(name, etag, record, revision)| ((name, etag), (record, revision))).collect())
        .collect();
    for (name, versions) in trust.model.everything() {
        if name.starts_with("Provenance/") && versions.len() > 1 {
            outcome.twice.push(format!("{name} was committed {} times", versions.len()));
        }
        for (place, pair) in versions.windows(2).enumerate() {
            let [before, after] = pair else { continue };
            let (theirs, ours) = (trust.writers.get(&before.commit), trust.writers.get(&after.commit));
            let (Some(theirs), Some(Writer::Pc(pc))) = (theirs, ours) else { continue };
            let seen = matches!(theirs, Writer::Before) || *theirs == Writer::Pc(*pc);
            let chosen = trust.chosen.contains(&(*pc, name.to_owned(), before.etag.clone()));
            // Without a person both became one: theirs has to be in that, whatever a nurse who saw it made of it before it went.
            let merged =
                together[*pc].get(&(name.to_owned(), before.etag.clone())).is_some_and(|(record, revision)| {
                    *theirs != Writer::Elsewhere
                        || keeps(before, after)
                        || kept(before, &world.pcs[*pc], record, *revision)
                });
            // Somebody who puts back what this PC knew, or says what it says, took nothing from anybody.
            let own =
                |writer: Option<&Writer>| matches!(writer, Some(Writer::Before)) || writer == Some(&Writer::Pc(*pc));
            let there = versions[..place].iter().filter(|version| own(trust.writers.get(&version.commit)));
            // What the server forgot, this PC still knows.
            let forgotten = trust.unwritten.iter().filter(|(of, writer, _)| of == name && own(Some(writer)));
            let known = there.chain(forgotten.map(|(_, _, version)| version)).chain([after]);
            let alike = known.into_iter().any(|known| says_the_same(before, known));
            if !seen && !chosen && !merged && !alike {
                let condition = match &after.condition {
                    Condition::Match(etag) => format!("If-Match {etag}"),
                    other => format!("{other:?}"),
                };
                outcome.overwritten.push(format!("{name}: {} of {theirs:?} by pc {pc}, {condition}", before.etag));
            }
        }
    }
    for number in 0..PATIENTS {
        let value = number_of(number);
        let ours = trust.model.everything().filter(|(name, versions)| {
            let head = versions.last().and_then(|version| version.body.as_deref());
            name.starts_with("Patient/") && head.is_some_and(|head| head["identifier"][0]["value"] == value)
        });
        let names: Vec<&str> = ours.map(|(name, _)| name).collect();
        // Whoever came second asks a person, who has no answer here.
        let asked = world.pcs.iter().filter_map(|pc| Some((pc, pc.people[number]?.to_string()))).any(|(pc, lane)| {
            let rows = pc.desk.books.on(|store| store.outbox().unwrap());
            rows.iter().any(|row| row.lane == lane && row.state == "held" && row.reason == "several_patients")
        });
        if names.len() > 1 && !asked {
            outcome.twice.push(format!("patient {number} is there as {names:?}"));
        }
    }
}
