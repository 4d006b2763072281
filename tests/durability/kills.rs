//! A process killed with SIGKILL at a step of its disk: the profile opens again, and every act it had acknowledged is there.

use std::io::{BufRead, BufReader};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use clinic::{House, ReadAnswers, ReadAppointment, ReadCarePlan, ReadHna, UnlockWithRecoveryCode};
use kit::appointment::{Acknowledged, moment, offered, overview, shown};
use kit::away::{given_in, in_a_view};
use kit::clock::HOUR;
use kit::disk::{WithoutSync, watch};
use kit::kept::{self, Kept};
use kit::room::{Room, a_quick_folder, unlock};
use kit::{KeyShelf, OMARS_PASSPHRASE, RUTHS_PASSPHRASE, an_enrolment, typed};
use nix::libc::SIGKILL;
use serde_json::Value;
use tempfile::TempDir;

/// Every step up to here is a kill; beyond it every third, and the last ones, which are those at home and in the patient’s hands.
const EVERY: u64 = 240;
const LAST: u64 = 330;

/// What one child left behind.
struct Run {
    // The folder goes with it.
    _folder: TempDir,
    profile: PathBuf,
    keys: PathBuf,
    acknowledged: Vec<Acknowledged>,
    /// How many steps there were; None when it was killed.
    steps: Option<u64>,
}

impl Run {
    fn to_step(step: u64) -> Run {
        let folder = a_quick_folder();
        let (profile, keys) = (folder.path().join("profile"), folder.path().join("keys"));
        let mut child = Command::new(env!("CARGO_BIN_EXE_appointment"))
            .args([&profile, &keys])
            .arg(step.to_string())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut run = Run { _folder: folder, profile, keys, acknowledged: Vec::new(), steps: None };
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            match line.parse() {
                Ok(steps) => run.steps = Some(steps),
                Err(_) => run.acknowledged.push(serde_json::from_str(&line).unwrap()),
            }
        }
        let ended = child.wait().unwrap();
        let killed = ended.signal() == Some(SIGKILL) && run.steps.is_none();
        assert!(killed || (step == 0 && ended.success()), "step {step}: {ended}");
        run
    }

    /// The same PC an hour later, with other chance.
    fn room(&self) -> Room {
        let room = Room::at(&self.profile, KeyShelf::in_file(&self.keys), 99);
        room.clock.step(HOUR);
        room
    }
}

#[test]
fn whatever_was_acknowledged_before_a_kill_is_there_after_it() {
    let whole = Run::to_step(0);
    let steps = whole.steps.expect("the child says how many steps it took");
    let written = written(&whole);
    let kills: Vec<u64> = (1..=steps).filter(|step| *step <= EVERY || step % 3 == 0 || *step > steps - LAST).collect();
    assert!(kills.len() >= 200, "only {} different kills", kills.len());
    let (next, fresh) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(step) = kills.get(next.fetch_add(1, Ordering::SeqCst)) {
                    let run = Run::to_step(*step);
                    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
                    let found = runtime.block_on(look(&run, &whole, &written));
                    match found {
                        Ok(opened) => _ = fresh.fetch_add(usize::from(!opened), Ordering::SeqCst),
                        Err(fault) => panic!("killed at step {step} of {steps}: {fault}"),
                    }
                }
            });
        }
    });
    let fresh = fresh.into_inner();
    assert!(fresh > 0 && fresh < kills.len() / 2, "{fresh} kills left a fresh PC");
    println!(
        "{} kills at {steps} steps, {} acts each; {fresh} left a fresh PC; 0 acknowledged acts lost",
        kills.len(),
        whole.acknowledged.len()
    );
}

fn database(profile: &Path) -> PathBuf {
    profile.join("clinic.db")
}

fn ruth(whole: &Run) -> String {
    // She is the first member of staff on every list.
    let staff = whole.acknowledged.iter().find(|one| one.act == "add_nurse").unwrap();
    staff.seen[0]["id"].as_str().unwrap().to_owned()
}

fn written(whole: &Run) -> Kept {
    let dek = kept::key(&whole.room(), &ruth(whole), RUTHS_PASSPHRASE);
    let written = kept::read(&database(&whole.profile), &dek).unwrap();
    assert!(written.revisions >= whole.acknowledged.len() / 2, "the reference holds the whole appointment");
    written
}

/// Opens what a kill left as a nurse would. Ok(false) when it is a fresh PC, on which nothing was acknowledged.
async fn look(run: &Run, whole: &Run, written: &Kept) -> Result<bool, String> {
    let sure = run.acknowledged.len();
    if run.acknowledged != whole.acknowledged[..sure] {
        return Err("the child did not play the same appointment".to_owned());
    }
    let room = run.room();
    let _quickly = watch(&run.profile, Arc::new(WithoutSync));
    let house = room.house();
    let front = house.front();
    if front.state == "fresh" {
        let clinic =
            house.enrol_first_nurse(an_enrolment()).await.map_err(|problem| format!("no start: {problem:?}"))?;
        clinic.close().await;
        return if sure == 0 { Ok(false) } else { Err("a PC with a nurse is taken for a fresh one".to_owned()) };
    }
    let me = front.nurses.first().map(|nurse| nurse.id.to_string()).ok_or("nobody is on the first screen")?;
    let clinic =
        unlock(&house, &me, RUTHS_PASSPHRASE).await.map_err(|problem| format!("does not open: {problem:?}"))?;
    let after = whole.acknowledged.get(sure);
    views(&clinic, &run.acknowledged, after).await?;
    clinic.close().await;
    ways_in(&house, &run.acknowledged).await?;
    drop(house);
    let dek = kept::key(&room, &me, RUTHS_PASSPHRASE);
    kept::audit_lines(&database(&run.profile), &dek)?;
    let found = kept::read(&database(&run.profile), &dek)?;
    let judged = |written: &Kept| kept::judge(written, &found, moment(sure), moment(sure + 1), moment(0) + HOUR);
    match judged(written) {
        // She is back before her patient's answers are: when it ended in between, the next to open the clinic brought them in.
        Err(_) if after.is_some_and(|after| after.act == "come_back") => {
            judged(&back_alone(written, moment(sure + 1)))?
        }
        judged => judged?,
    }
    Ok(true)
}

/// What was written, of this moment only that the nurse is back.
fn back_alone(written: &Kept, at: i64) -> Kept {
    let stays = |(moment, line): &&(i64, String)| *moment != at || line.contains("|come_back|");
    Kept { lines: written.lines.iter().filter(stays).cloned().collect(), places: written.places.clone(), ..*written }
}

/// The newest acknowledged view of each record is what the nurse sees now, unless the act that was in flight replaced it.
async fn views(
    clinic: &clinic::Clinic,
    acknowledged: &[Acknowledged],
    after: Option<&Acknowledged>,
) -> Result<(), String> {
    let shown_by = |acts: &[&str]| acknowledged.iter().rev().find(|one| acts.contains(&one.act.as_str()));
    let same = |what: &str, now: &Value, was: &Value| {
        let in_flight = after.is_some_and(|after| after.seen == *now);
        if now == was || in_flight { Ok(()) } else { Err(format!("{what} differs")) }
    };
    for one in acknowledged.iter().filter(|one| one.act == "register_patient") {
        let patient = one.seen["banner"]["id"].as_str().unwrap().to_owned();
        let seen = clinic.open_patient(clinic::OpenPatient { patient }).await.map_err(|p| format!("{p:?}"))?;
        same("a patient", &overview(&seen), &one.seen)?;
    }
    if let Some(one) = shown_by(&["record_offer"]) {
        let patient = one.seen["patient"].as_str().unwrap().to_owned();
        let seen = clinic.open_patient(clinic::OpenPatient { patient }).await.map_err(|p| format!("{p:?}"))?;
        same("the offer", &offered(&seen), &one.seen)?;
    }
    let concerns = |one: &&Acknowledged| one.seen["concerns"].is_array();
    let locks = |one: &&Acknowledged| one.seen["versions"].is_array();
    if let Some(one) = acknowledged.iter().rev().find(|one| concerns(one) && !locks(one)) {
        let hna = one.seen["id"].as_str().unwrap().to_owned();
        let seen = clinic.read_hna(ReadHna { hna }).await.map_err(|p| format!("{p:?}"))?;
        same("the assessment", &shown(&seen), &one.seen)?;
    }
    if let Some(one) = acknowledged.iter().rev().find(|one| concerns(one) && locks(one)) {
        let plan = one.seen["id"].as_str().unwrap().to_owned();
        let seen = clinic.read_care_plan(ReadCarePlan { plan, version: None }).await.map_err(|p| format!("{p:?}"))?;
        same("the care plan", &shown(&seen), &one.seen)?;
    }
    let desk = clinic.desk().await.map_err(|p| format!("{p:?}"))?;
    away(clinic, acknowledged, after).await?;
    if let Some(one) = shown_by(&["keep_place", "hand_over"]) {
        same("the place", &shown(&desk.place), &one.seen)?;
    }
    if shown_by(&["confirm_recovery_code", "add_nurse"]).is_some() && !desk.ready {
        return Err("two ways in were tested, and the clinic is not ready".to_owned());
    }
    clinic.today().await.map_err(|p| format!("{p:?}"))?;
    Ok(())
}

/// The same for what came from home, the talk about it, and what a patient answered alone: each of her answers that was saved is there,
/// though nobody took the PC back.
async fn away(
    clinic: &clinic::Clinic,
    acknowledged: &[Acknowledged],
    after: Option<&Acknowledged>,
) -> Result<(), String> {
    let shown_by = |acts: &[&str]| acknowledged.iter().rev().find(|one| acts.contains(&one.act.as_str()));
    let same = |what: &str, now: &Value, was: &Value| {
        let in_flight = after.is_some_and(|after| after.seen == *now);
        if now == was || in_flight { Ok(()) } else { Err(format!("{what} differs: {now} was {was}")) }
    };
    if let Some(one) = shown_by(&["take_in_answers", "clear_alert", "confirm_answers"]) {
        let answers = one.seen["answers"]["line"]["id"].as_str().unwrap().to_owned();
        let seen = clinic.read_answers(ReadAnswers { answers }).await.map_err(|p| format!("{p:?}"))?;
        same("what came from home", &in_a_view(&seen), &one.seen)?;
    }
    if let Some(one) = shown_by(&["book_appointment", "change_appointment"]) {
        let appointment = one.seen["line"]["id"].as_str().unwrap().to_owned();
        let seen = clinic.read_appointment(ReadAppointment { appointment }).await.map_err(|p| format!("{p:?}"))?;
        same("the talk", &shown(&seen), &one.seen)?;
    }
    if let Some(one) = shown_by(&["start_alone", "tick_alone", "answer_alone"]) {
        let hna = one.seen["hna"].as_str().unwrap().to_owned();
        let seen = clinic.read_hna(ReadHna { hna }).await.map_err(|p| format!("{p:?}"))?;
        let now = serde_json::json!({ "hna": one.seen["hna"], "alone": given_in(&shown(&seen)) });
        same("what she answered alone", &now, &one.seen)?;
    }
    Ok(())
}

/// Every way in that was acknowledged opens.
async fn ways_in(house: &House, acknowledged: &[Acknowledged]) -> Result<(), String> {
    let seen = |act: &str| acknowledged.iter().find(|one| one.act == act).map(|one| &one.seen);
    if let Some(staff) = seen("add_nurse") {
        let omar = staff[1]["id"].as_str().unwrap();
        let clinic = unlock(house, omar, OMARS_PASSPHRASE).await.map_err(|p| format!("Omar: {p:?}"))?;
        clinic.close().await;
    }
    if let (Some(code), Some(desk)) = (seen("issue_recovery_code"), seen("confirm_recovery_code")) {
        let groups: Vec<&str> = code["groups"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let nurse = desk["nurse"]["id"].as_str().unwrap().to_owned();
        let request = UnlockWithRecoveryCode { nurse, code: typed(&groups.join(" ")) };
        let clinic = house.unlock_with_recovery_code(request).await.map_err(|p| format!("the code: {p:?}"))?;
        clinic.close().await;
    }
    Ok(())
}
