//! Giving the PC into a patient's hands, and taking back what was answered: whoever opens the clinic next brings it into the record.

use std::fs::File;
use std::sync::{Arc, MutexGuard};

use domain::Refused;
use domain::checklist::Checklist;
use domain::hna::{Hna, HnaStatus, Method};
use domain::id::HnaId;
use domain::op::Op;
use domain::place::Place;
use domain::record::Record;
use domain::staff::By;
use security::{Cost, Pin, PinSlot, UnsealingKey, sealing_pair, to_hex};
use serde::Serialize;
use store::{HandedOver, Store, TakenBack};
use ts_rs::TS;
use zeroize::Zeroizing;

use crate::clinic::{Clinic, off_thread};
use crate::content::Content;
use crate::faults::Faults;
use crate::house::{House, Profile};
use crate::letter::{Given, HandedBack, Letter, Opens};
use crate::patient_answer::PatientAnswer;
use crate::patient_room::{NOT_ME, beside, witness};
use crate::problem::{Code, Problem};
use crate::request::requests;
use crate::sealed_draft::{self, Unsealed};
use crate::when::{When, day_of};

/// How long a PIN counts.
const TWO_HOURS_MS: i64 = 2 * 60 * 60 * 1000;
/// How long the way back in that a PIN opened is kept for the window that asks for it.
const ONE_MINUTE_MS: i64 = 60 * 1000;

requests! {
    HandOver {
        #[ts(type = "HnaId")] hna: String,
        /// Six digits, chosen now.
        #[ts(type = "string")] pin: Zeroizing<String>,
        #[ts(type = "string")] pin_again: Zeroizing<String>,
    }
}

/// What came of the last time a patient answered alone.
#[derive(Serialize, TS)]
pub struct HandOverLine {
    pub at: When,
    /// Who handed over.
    pub nurse: String,
    /// How many answers the patient gave.
    pub answers: i64,
    /// How many of them could not be read again.
    pub unreadable: i64,
    /// The patient said that this is not them: nothing of it was taken in.
    pub not_me: bool,
    /// The account signed out before they were taken in: whether somebody said that this is not them may have been lost.
    pub doubtful: bool,
    /// Why they were given up; null where they were not.
    pub given_up: Option<String>,
}

impl HandOverLine {
    /// The last one of this assessment that was taken back.
    pub(crate) fn of(store: &Store, hna: HnaId) -> Result<Option<HandOverLine>, Problem> {
        let Some(back) = store.taken_back(hna)? else { return Ok(None) };
        let nurse = store.staff(back.staff)?.ok_or(Code::Gone)?.name;
        let TakenBack { at, answers, unreadable, not_me, doubtful, give_up_reason: given_up, .. } = back;
        Ok(Some(HandOverLine { at: When::new(at), nurse, answers, unreadable, not_me, doubtful, given_up }))
    }
}

impl Clinic {
    /// Readies a draft for the patient's hands: the letter is for the patient's process, and the clinic is to be closed now. Until the
    /// answers come back, only this PIN or a passphrase leads in again; the nurse is then where the answers are checked.
    pub async fn hand_over(&self, request: HandOver) -> Result<Letter, Problem> {
        let by = self.by_for(Op::HandOver)?;
        let id = HnaId::parse(&request.hna).ok_or(Code::Gone)?;
        let pin = chosen(&request)?;
        let clinic = self.clone();
        let owner = by.staff.to_string();
        let slot = off_thread(move || clinic.behind(&pin, &owner)).await?;
        let (profile, training) = (self.0.profile.clone(), self.0.training.as_ref().map(|key| key.to_bytes().to_vec()));
        let content = self.0.content.clone();
        let letter = move |store: &mut Store| {
            // The patient starts from the answers that are here: none of an earlier time may still be waiting.
            profile.take_back_of(store, &content, &by, training.is_some(), id)?;
            make_letter(store, &profile, &by, id, slot, training)
        };
        self.0.queue.run(letter).await
    }

    /// What opens this clinic, behind a PIN.
    fn behind(&self, pin: &Pin, owner: &str) -> Result<PinSlot, Problem> {
        let (key, cost) = match &self.0.training {
            Some(training) => (training.to_bytes(), Cost::FLOOR),
            // Copied, because sealing takes as long as its work, and every screen looks at the keyring meanwhile.
            None => {
                let keyring = self.keyring()?.lock().map_err(|_| Problem::unexpected())?;
                (Zeroizing::new(keyring.dek.bytes().to_vec()), keyring.vault.cost_of(owner))
            }
        };
        let world = &self.0.profile.world;
        Ok(world.with_random(|random| PinSlot::seal(pin, owner, &key, cost, random))?)
    }
}

impl House {
    /// Keeps the way back in that the patient's process opened with the nurse's PIN, for one minute.
    pub fn keep_handed_back(&self, back: HandedBack) {
        if let Ok(mut handed_back) = self.0.handed_back.lock() {
            *handed_back = Some((back, self.0.world.now()));
        }
    }

    /// Lets the nurse in who handed back with her PIN; once. `locked` when nobody did within the last minute.
    pub async fn come_back(&self) -> Result<Clinic, Problem> {
        let profile = self.0.clone();
        off_thread(move || profile.come_back()).await
    }
}

impl Profile {
    /// The way back in, which is let go of when nobody took it for a minute: she who typed the PIN may have gone. A clock that was put
    /// back before that moment counts as over too.
    pub(crate) fn handed_back(&self) -> Result<MutexGuard<'_, Option<(HandedBack, i64)>>, Problem> {
        let mut handed_back = self.handed_back.lock().map_err(|_| Problem::unexpected())?;
        let now = self.world.now();
        handed_back.take_if(|(_, since)| !(*since..*since + ONE_MINUTE_MS).contains(&now));
        Ok(handed_back)
    }

    fn come_back(self: &Arc<Self>) -> Result<Clinic, Problem> {
        let back = self.handed_back()?.take().map(|(back, _)| back);
        match back.ok_or(Code::Locked)?.opens().ok_or_else(Problem::unexpected)? {
            Opens::Training(key) => {
                *self.training.lock().map_err(|_| Problem::unexpected())? = Some(key);
                self.open_training()
            }
            Opens::Clinic { nurse, dek } => {
                let vault = self.vault()?;
                if !vault.is_sealed_by(&dek) {
                    return Err(Code::VaultUnreadable.into());
                }
                let device = self.key_store.read(vault.database_id()).ok();
                self.open_clinic(vault, dek, device, &nurse.to_string(), Op::ComeBack)
            }
        }
    }

    /// Brings what patients answered into the record. Nobody is kept out by what cannot be taken back now: it stays for the next time.
    pub(crate) fn take_back(&self, store: &mut Store, content: &Content, by: &By, training: bool) {
        let folder = self.drafts(training);
        match store.handed_over() {
            Ok(every) => {
                for out in &every {
                    let _told = self.take_back_one(store, content, by, training, out);
                }
            }
            Err(error) => eprintln!("holdfast: hand_over: {error}"),
        }
        // Only now that the record has them: a file goes after its commit, also the one of an earlier time that was stopped in between.
        for file in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = file.file_name();
            if name.to_str().is_some_and(|name| store.was_taken_back(name).unwrap_or(false)) {
                let _next_time = std::fs::remove_file(file.path());
            }
        }
    }

    /// The same for one assessment, before anything of it changes. `changed_meanwhile` when something came in that the nurse has not
    /// seen, `not_saved` when it cannot be read now.
    pub(crate) fn take_back_of(
        &self,
        store: &mut Store,
        content: &Content,
        by: &By,
        training: bool,
        hna: HnaId,
    ) -> Result<(), Problem> {
        let out = store.handed_over_of(hna)?;
        for one in &out {
            self.take_back_one(store, content, by, training, one)?;
        }
        if out.is_empty() { Ok(()) } else { Err(Code::ChangedMeanwhile.into()) }
    }

    pub(crate) fn take_back_one(
        &self,
        store: &mut Store,
        content: &Content,
        by: &By,
        training: bool,
        out: &HandedOver,
    ) -> Result<(), Problem> {
        let taken = self.bring_in(store, content, by, training, out);
        if let Err(problem) = &taken {
            eprintln!("holdfast: take_back: {}", problem.code.code());
        }
        taken
    }

    fn bring_in(
        &self,
        store: &mut Store,
        content: &Content,
        by: &By,
        training: bool,
        out: &HandedOver,
    ) -> Result<(), Problem> {
        let key = UnsealingKey::from_bytes(*out.secret);
        let unsealed = sealed_draft::read(&self.drafts(training), &out.file, &key).map_err(|refusal| {
            eprintln!("holdfast: sealed draft: {:?}", refusal.kind());
            Problem::from(Code::NotSaved)
        })?;
        let before = store.hna(out.hna)?.ok_or(Code::Gone)?;
        let checklist = content.checklist(store, &before.hna.checklist)?;
        let mark = beside(&self.world, &out.file).filter(|mark| mark.is_file());
        let (after, mut back) = given(&before.hna, &checklist, &unsealed, out, mark.is_some())?;
        let witnessed = witness(&self.world, &out.file).is_none_or(|witness| witness.is_file());
        back.doubtful = back.answers > 0 && !back.not_me && !witnessed;
        store.write::<_, Problem>(by, Op::TakeBack, |w| {
            w.about(Record::hna(out.hna, before.hna.patient));
            if after != before.hna {
                w.save_hna(&after, Some(before.revision))?;
            }
            w.detail(&counts(&back));
            Ok(w.take_back(&out.file, &back)?)
        })?;
        self.forget_beside(&out.file);
        Ok(())
    }

    /// Removes what stands in the runtime folder for a file that is dealt with.
    pub(crate) fn forget_beside(&self, file: &str) {
        for path in [beside(&self.world, file), witness(&self.world, file)].into_iter().flatten() {
            let _gone_when_the_account_signs_out = std::fs::remove_file(path);
        }
    }
}

/// A hand-over of which nothing came yet.
pub(crate) fn nothing_of(out: &HandedOver) -> TakenBack {
    TakenBack {
        staff: out.staff,
        at: out.at,
        answers: 0,
        unreadable: 0,
        not_me: false,
        doubtful: false,
        give_up_reason: None,
    }
}

/// What the audit says of it.
pub(crate) fn counts(back: &TakenBack) -> String {
    format!("answers {}, unreadable {}, not_me {}", back.answers, back.unreadable, back.not_me)
}

/// The assessment with the answers given in their order, and what came of them.
fn given(
    before: &Hna,
    list: &Checklist,
    unsealed: &Unsealed,
    out: &HandedOver,
    marked: bool,
) -> Result<(Hna, TakenBack), Problem> {
    // No answer is as short as the mark: a last message of its length was the mark, even where it does not read any more.
    let not_me = marked || unsealed.last_lost == Some(NOT_ME.len());
    let mut back = TakenBack { unreadable: unsealed.unreadable, not_me, ..nothing_of(out) };
    let mut hna = before.clone();
    for message in &unsealed.messages {
        if message.as_slice() == NOT_ME {
            back.not_me = true;
            continue;
        }
        let answer = serde_json::from_slice::<PatientAnswer>(message).ok();
        match answer.and_then(|answer| answer.give(hna.clone(), list).ok()) {
            Some(after) => {
                hna = after;
                back.answers += 1;
            }
            None => back.unreadable += 1,
        }
    }
    // What somebody else answered is not this person's.
    if back.not_me || back.answers == 0 {
        return Ok((before.clone(), back));
    }
    Ok((hna.answered_alone(day_of(out.at))?, back))
}

/// The PIN, typed twice alike.
fn chosen(request: &HandOver) -> Result<Pin, Problem> {
    let mut faults = Faults::default();
    let pin = Pin::chosen(&request.pin);
    if let Err(refused) = &pin {
        faults.add("pin", refused.code());
    } else if *request.pin != *request.pin_again {
        faults.add("pin_again", "pin_differs");
    }
    faults.none()?;
    pin.map_err(|_| Problem::unexpected())
}

/// Makes the file and keeps its key; the draft is out when this returns.
fn make_letter(
    store: &mut Store,
    profile: &Profile,
    by: &By,
    id: HnaId,
    pin: PinSlot,
    training: Option<Vec<u8>>,
) -> Result<Letter, Problem> {
    let hna = store.hna(id)?.ok_or(Code::Gone)?.hna;
    if hna.status != HnaStatus::Draft {
        return Err(Code::AlreadyCompleted.into());
    }
    // No screen offers it: what came from paper or by telephone was answered on another day or in another place.
    if !matches!(hna.method, Method::FaceToFace | Method::ThisPc) {
        return Err(Problem::field("method", "missing"));
    }
    let (patient, _) = store.patient(hna.patient)?.ok_or(Code::Gone)?;
    if patient.died.is_some() {
        return Err(Refused::AfterDeath.into());
    }
    let body = store.checklist(&hna.checklist)?.ok_or(Code::Gone)?;
    let (key, secret) = profile.world.with_random(sealing_pair)?;
    let folder = profile.drafts(training.is_some());
    let letter = Letter {
        file: to_hex(&profile.world.bytes::<16>()?).to_string(),
        key: *key.bytes(),
        pin,
        nurse: by.staff.to_string(),
        nurse_name: by.name.clone(),
        called: patient.name.called().to_owned(),
        trust: profile.configuration.trust.clone(),
        idle_minutes: profile.configuration.idle_minutes,
        from: by.at,
        until: by.at + TWO_HOURS_MS,
        training,
        checklist: serde_json::from_str(&body).map_err(|_| Problem::unexpected())?,
        given: Given::of(&hna),
    };
    // Nothing is out yet when no pipe would hold it.
    letter.to_bytes()?;
    let place = Place::new("hna_check", None, Some(id), None, None).ok_or_else(Problem::unexpected)?;
    let out = HandedOver {
        file: letter.file.clone(),
        hna: id,
        staff: by.staff,
        at: by.at,
        secret: Zeroizing::new(*secret.bytes()),
    };
    sealed_draft::make(&folder, &letter.file).map_err(|refusal| {
        eprintln!("holdfast: sealed draft: {:?}", refusal.kind());
        Problem::from(if refusal.kind() == std::io::ErrorKind::StorageFull { Code::DiskFull } else { Code::NotSaved })
    })?;
    if let Some(witness) = witness(&profile.world, &letter.file) {
        let _a_warning_stands_there_without_it = File::create_new(witness);
    }
    let kept = store.write::<_, Problem>(by, Op::HandOver, |w| {
        w.about(Record::hna(id, hna.patient));
        w.hand_over(&out)?;
        Ok(w.keep_place(&place)?)
    });
    if kept.is_err() {
        let _empty = std::fs::remove_file(folder.join(&letter.file));
        profile.forget_beside(&letter.file);
    }
    kept.map(|()| letter)
}
