//! Training mode: invented patients in a database of its own, whose key lives only in memory. Nothing of it is ever sent.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::sync::Arc;

use domain::checklist::Checklist;
use domain::hna::{Answer, AnsweredBy, Beginning, ConcernKey, Hna, HnaStatus, Method, PathwayPoint, Rating};
use domain::id::{HnaId, PatientId, StaffId};
use domain::op::Op;
use domain::staff::{Organisation, Role, Staff};
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};
use store::{Keys, Setting, Store};
use zeroize::Zeroizing;

use crate::clinic::{Clinic, off_thread};
use crate::content::Content;
use crate::house::{House, Profile};
use crate::patient_form::PatientForm;
use crate::problem::{Code, Problem};
use crate::when::day_of;

const PATIENTS: &str = include_str!("../../../../assets/content/training-patients-1.0.0.json");
const DAY_MS: i64 = 86_400_000;

/// The key of one training database; handed to the next image at a lock, so that the work is not lost.
#[derive(Clone)]
pub struct TrainingKey(Zeroizing<[u8; 64]>);

impl TrainingKey {
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(self.0.to_vec())
    }

    /// None when there are not exactly 64 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<TrainingKey> {
        Some(TrainingKey(Zeroizing::new(bytes.try_into().ok()?)))
    }

    fn store_keys(&self) -> Keys {
        let (cipher, audit) = self.0.split_at(32);
        let mut audit_key = Zeroizing::new([0; 32]);
        audit_key.copy_from_slice(audit);
        Keys { cipher: security::to_hex(cipher), audit: audit_key }
    }
}

impl House {
    /// Opens training mode: the desk that was locked in this process, else a new one with six invented patients.
    pub async fn open_training(&self) -> Result<Clinic, Problem> {
        let profile = self.0.clone();
        off_thread(move || profile.open_training()).await
    }
}

impl Profile {
    fn training_folder(&self) -> PathBuf {
        self.dir.join("training")
    }

    pub(crate) fn open_training(self: &Arc<Self>) -> Result<Clinic, Problem> {
        let left = self.training.lock().map_err(|_| Problem::unexpected())?.take();
        let path = self.training_folder().join("clinic.db");
        let staff = training_nurse();
        if let Some(key) = left
            && let Ok(store) = Store::open(&path, key.store_keys(), self.id_source())
        {
            return Clinic::start_as(self.clone(), store, staff, None, Some(key), false);
        }
        // The only database folder that is ever emptied: what was in it has no key any more.
        let folder = self.training_folder();
        let made = DirBuilder::new().recursive(true).mode(0o700).create(&folder);
        made.map_err(|_| Problem::from(Code::ProfileUnwritable))?;
        for file in ["clinic.db", "clinic.db-wal", "clinic.db-journal"] {
            match std::fs::remove_file(folder.join(file)) {
                Err(refusal) if refusal.kind() != std::io::ErrorKind::NotFound => {
                    return Err(Code::ProfileUnwritable.into());
                }
                _ => {}
            }
        }
        // What was sealed to a key in it cannot be read any more either.
        let _none = std::fs::remove_dir_all(self.drafts(true));
        let key = TrainingKey(Zeroizing::new(self.world.bytes()?));
        let mut store = Store::create(&path, key.store_keys(), self.id_source())?;
        self.fill(&mut store, &staff)?;
        Clinic::start_as(self.clone(), store, staff, None, Some(key), false)
    }

    fn fill(&self, store: &mut Store, staff: &Staff) -> Result<(), Problem> {
        let (content, now) = (Content::shipped()?, self.world.now());
        let by = self.by(staff, now);
        store.write::<_, Problem>(&by, Op::EnrolFirstNurse, |w| {
            w.set(Setting::RecoveryConfirmed, "yes")?;
            w.keep_checklist(&content.default_checklist().canonical, content.default_body())?;
            Ok(w.save_staff(staff)?)
        })?;
        let pack: Value = serde_json::from_str(PATIENTS).map_err(|_| Problem::unexpected())?;
        for person in list(&pack, "patients") {
            let id = PatientId::from_random(self.world.bytes()?);
            let form = form(person.get("form").ok_or_else(Problem::unexpected)?, day_of(now))?;
            let patient = form.read(id, day_of(now), now)?;
            store.write::<_, Problem>(&by, Op::RegisterPatient, |w| Ok(w.save_patient(&patient, None)?))?;
            for assessment in list(person, "assessments") {
                let at = now - assessment.get("days_ago").and_then(Value::as_i64).unwrap_or(0) * DAY_MS;
                let (by, list_of) = (self.by(staff, at), content.default_checklist());
                let hna = HnaId::from_random(self.world.bytes()?);
                let hna = Hna::start(hna, beginning(id, assessment, list_of)?, &by);
                let hna = answered(hna, assessment, list_of, at)?;
                let op = if hna.status == HnaStatus::Completed { Op::CompleteHna } else { Op::StartHna };
                store.write::<_, Problem>(&by, op, |w| Ok(w.save_hna(&hna, None)?))?;
            }
        }
        Ok(())
    }
}

fn training_nurse() -> Staff {
    Staff {
        id: StaffId::from_random([0x7e; 16]),
        name: "Training nurse".to_owned(),
        role: Role::CancerNurseSpecialist,
        key_holder: false,
        team: "Training".to_owned(),
        organisation: Organisation { ods: "X0T99".to_owned(), name: "Thamesbank Hospitals".to_owned() },
    }
}

/// The pack's form with its dates counted back from today, as if it had been typed.
fn form(form: &Value, today: Date) -> Result<PatientForm, Problem> {
    let mut form = form.clone();
    let typed = |date: Option<Date>| match date {
        Some(d) => json!({"day": d.day().to_string(), "month": d.month().to_string(), "year": d.year().to_string()}),
        None => json!({"day": "", "month": "", "year": ""}),
    };
    let date = |value: &Value| -> Option<Date> {
        match value {
            Value::String(iso) => iso.parse().ok(),
            other => today.checked_sub(other.get("days_ago")?.as_i64()?.days()).ok(),
        }
    };
    let fields = form.as_object_mut().ok_or_else(Problem::unexpected)?;
    for (name, value) in fields.iter_mut() {
        if ["born", "diagnosed", "recurred"].contains(&name.as_str()) {
            *value = typed(date(value));
        }
    }
    for treatment in fields.get_mut("treatments").and_then(Value::as_array_mut).into_iter().flatten() {
        for name in ["start", "end"] {
            if let Some(value) = treatment.get_mut(name) {
                *value = typed(date(value));
            }
        }
    }
    serde_json::from_value(form).map_err(|_| Problem::unexpected())
}

/// How the pack says that an assessment began.
fn beginning(patient: PatientId, pack: &Value, list_of: &Checklist) -> Result<Beginning, Problem> {
    let word = |name: &str| pack.get(name).and_then(Value::as_str).unwrap_or_default();
    Ok(Beginning {
        patient,
        checklist: list_of.canonical.clone(),
        answered_by: AnsweredBy::from_code(word("answered_by")).ok_or_else(Problem::unexpected)?,
        helper: word("helper").to_owned(),
        method: Method::from_code(word("method")).ok_or_else(Problem::unexpected)?,
        pathway_point: PathwayPoint::from_code(word("pathway_point")).ok_or_else(Problem::unexpected)?,
        answered_on: None,
    })
}

/// Gives the answers through the same rules as a nurse would.
fn answered(mut hna: Hna, pack: &Value, list_of: &Checklist, at: i64) -> Result<Hna, Problem> {
    let word = |name: &str| pack.get(name).and_then(Value::as_str).unwrap_or_default();
    for concern in list(pack, "concerns") {
        let key = match concern.get("own").and_then(Value::as_str) {
            Some(words) => {
                hna = hna.add_own(words)?;
                ConcernKey::new(&format!("own-{}", hna.own_added))
            }
            None => {
                let key = ConcernKey::new(concern.get("key").and_then(Value::as_str).unwrap_or_default());
                hna = hna.tick(list_of, &key)?;
                key
            }
        };
        if let Some(score) = concern.get("rating").and_then(Value::as_i64) {
            hna = hna.answer(&key, Answer::Rated(Rating::new(score)?))?;
        } else if concern.get("declined").and_then(Value::as_bool) == Some(true) {
            hna = hna.answer(&key, Answer::Declined)?;
        }
    }
    for domain in words(pack, "declined_domains") {
        hna = hna.decline_domain(list_of, domain, true)?;
    }
    for key in words(pack, "private") {
        hna = hna.talk_privately(&ConcernKey::new(key), true)?;
    }
    for topic in words(pack, "information") {
        hna = hna.want_information(list_of, topic, true)?;
    }
    hna = hna.rank(words(pack, "ranked").map(ConcernKey::new).collect())?;
    hna = hna.write_questions(word("questions"))?;
    Ok(if word("status") == "completed" { hna.complete(at)? } else { hna })
}

fn list<'a>(of: &'a Value, name: &str) -> &'a [Value] {
    of.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn words<'a>(of: &'a Value, name: &str) -> impl Iterator<Item = &'a str> {
    list(of, name).iter().filter_map(Value::as_str)
}
