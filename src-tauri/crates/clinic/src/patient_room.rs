//! The PC in a patient's hands: one person's first name, a checklist, the answers, and the way out. It stands on a letter alone: there is
//! no house, no clinic, no database and no key here that opens one.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

use domain::checklist::Checklist;
use domain::hna::{Answer, Hna, MOST_RANKED};
use nix::fcntl::Flock;
use security::{OpenFault, Pin, PinSlot};
use serde::Serialize;
use ts_rs::TS;
use zeroize::Zeroizing;

use crate::hna_view::{ChecklistView, ConcernView};
use crate::house;
use crate::letter::{HandedBack, Letter};
use crate::patient_answer::PatientAnswer;
use crate::problem::{Code, Problem};
use crate::request::requests;
use crate::sealed_draft::SealedDraft;
use crate::training::TrainingKey;
use crate::when::When;
use crate::world::World;

/// How often a PIN may be tried.
const TRIES: u8 = 5;

/// Sealed in place of an answer by a person who is somebody else.
pub(crate) const NOT_ME: &[u8] = b"not me";

requests! {
    HandBack { #[ts(type = "string")] pin: Zeroizing<String> }
}

/// What the patient's window shows.
#[derive(Serialize, TS)]
pub struct PatientFront {
    /// What the person is called; the only fact about them that this process has.
    pub called: String,
    /// The nurse who handed over.
    pub nurse: String,
    pub trust: Option<String>,
    pub training: bool,
    /// Minutes without a key or pointer before the lock.
    pub idle_minutes: u8,
    /// Tries left at the PIN, 1 to 5.
    pub tries_left: u8,
    pub checklist: ChecklistView,
    /// Concerns are scored again: 0 is a score too.
    pub again: bool,
    pub answers: PatientAnswers,
}

/// What was answered so far.
#[derive(Serialize, TS)]
pub struct PatientAnswers {
    /// When the last answer became durable; null before the first of this hand-over.
    pub saved: Option<When>,
    /// In checklist order, the patient's own words last.
    pub concerns: Vec<ConcernView>,
    pub declined_domains: Vec<String>,
    /// How many may be ranked.
    pub most_ranked: usize,
    /// What matters most today, most important first.
    #[ts(type = "Array<ConcernKey>")]
    pub ranked: Vec<String>,
    pub information: Vec<String>,
    pub questions: String,
    /// First concern without an answer, or null.
    #[ts(type = "ConcernKey | null")]
    pub next_unanswered: Option<String>,
}

/// A PIN that is not the one.
#[derive(Debug, PartialEq, Eq, Serialize, TS)]
pub struct WrongPin {
    /// Tries left, 1 to 4; after the last one only the lock screen is left.
    pub tries_left: u8,
}

/// What became of a PIN.
pub enum Tried {
    /// The nurse is back: the next image takes her in.
    Right(HandedBack),
    Wrong(WrongPin),
    /// No tries are left, or the time is up: only the lock screen is left.
    Over,
}

/// The PC in a patient's hands. It holds the profile's lock, so that nobody else opens it meanwhile.
pub struct PatientRoom {
    world: World,
    letter: Letter,
    checklist: Checklist,
    inside: Mutex<Inside>,
    _lock: Flock<File>,
}

struct Inside {
    hna: Hna,
    draft: SealedDraft,
    saved: Option<i64>,
    tries_left: u8,
    /// Somebody has left by one of the ways out: nothing is answered any more.
    left: bool,
    /// Somebody said that they are somebody else, and that could not be kept yet: saying it again is all that is left.
    somebody_else: bool,
}

/// Where it is kept that the person was somebody else when the disk with the answers takes nothing any more: in the account's runtime
/// folder, which is in memory, and lasts until the account signs out. None where there is no such folder.
pub(crate) fn beside(world: &World, file: &str) -> Option<PathBuf> {
    Some(world.runtime()?.join(format!("holdfast-{file}.not-me")))
}

/// Stands beside that mark from the hand-over until the answers are dealt with: where it is gone, a mark may be gone with it.
pub(crate) fn witness(world: &World, file: &str) -> Option<PathBuf> {
    Some(world.runtime()?.join(format!("holdfast-{file}.out")))
}

impl PatientRoom {
    /// Stands in the profile folder on this letter; `profile_in_use` when another process has it.
    pub fn enter(profile: &Path, letter: Letter, world: World) -> Result<PatientRoom, Problem> {
        let lock = house::take(profile)?;
        let checklist = fhir::checklist(&letter.checklist.to_string()).map_err(|_| Problem::unexpected())?;
        let folder = house::drafts(profile, letter.training.is_some());
        let draft = SealedDraft::open(&folder, &letter.file, letter.sealing_key()).map_err(|refusal| {
            eprintln!("holdfast: sealed draft: {:?}", refusal.kind());
            Problem::from(Code::NotSaved)
        })?;
        let hna = letter.given.draft(&checklist).ok_or_else(Problem::unexpected)?;
        let inside = Inside { hna, draft, saved: None, tries_left: TRIES, left: false, somebody_else: false };
        Ok(PatientRoom { world, letter, checklist, inside: Mutex::new(inside), _lock: lock })
    }

    /// What the patient's window shows.
    pub fn front(&self) -> Result<PatientFront, Problem> {
        let inside = self.inside_as_patient()?;
        Ok(PatientFront {
            called: self.letter.called.clone(),
            nurse: self.letter.nurse_name.clone(),
            trust: self.letter.trust.clone(),
            training: self.letter.training.is_some(),
            idle_minutes: self.letter.idle_minutes,
            tries_left: inside.tries_left,
            checklist: ChecklistView::of(&self.checklist),
            again: inside.hna.again.is_some(),
            answers: self.answers(&inside),
        })
    }

    /// Seals one answer. When this returns Ok, the answer survives a kill and a power cut; one that changes nothing writes nothing.
    pub fn answer(&self, answer: &PatientAnswer) -> Result<PatientAnswers, Problem> {
        let mut inside = self.inside_as_patient()?;
        let after = answer.give(inside.hna.clone(), &self.checklist)?;
        if after != inside.hna {
            let message = Zeroizing::new(serde_json::to_vec(answer).map_err(|_| Problem::unexpected())?);
            self.world.with_random(|random| inside.draft.append(&message, random))?;
            inside.hna = after;
            inside.saved = Some(self.world.now());
        }
        Ok(self.answers(&inside))
    }

    /// The person is somebody else: what was answered here will not be taken in. From now on nothing is answered and no PIN counts; on
    /// an error it is not kept, nobody must leave, and it may be tried again.
    pub fn not_me(&self) -> Result<(), Problem> {
        let mut inside = self.inside()?;
        inside.somebody_else = true;
        let marked = self.world.with_random(|random| inside.draft.append(NOT_ME, random));
        // Better nothing at all than a stranger's answers in somebody's record; on a disk that is read-only now, a mark elsewhere.
        marked.or_else(|_| inside.draft.empty()).or_else(|refused| self.mark_beside().map_err(|_| refused))?;
        inside.left = true;
        Ok(())
    }

    /// Tries again to keep that the person is somebody else, where that failed: the last chance before the room is left without asking.
    pub fn before_leaving(&self) {
        if self.inside().is_ok_and(|inside| inside.somebody_else) {
            let _nobody_is_there_to_be_told = self.not_me();
        }
    }

    /// Tries the nurse's PIN; takes as long as its work.
    pub fn hand_back(&self, request: &HandBack) -> Result<Tried, Problem> {
        let mut inside = self.inside_as_patient()?;
        let pin = Pin::typed(&request.pin).map_err(|refused| Problem::field("pin", refused.code()))?;
        if self.is_over() {
            inside.left = true;
            return Ok(Tried::Over);
        }
        let slot: &PinSlot = &self.letter.pin;
        match slot.open(&pin, &self.letter.nurse) {
            Ok(key) => {
                inside.left = true;
                let back = HandedBack::new(&self.letter.nurse, self.letter.training.is_some(), key);
                back.map(Tried::Right).ok_or_else(Problem::unexpected)
            }
            Err(OpenFault::WrongPassphrase) => {
                inside.tries_left = inside.tries_left.saturating_sub(1);
                inside.left = inside.tries_left == 0;
                let tries_left = inside.tries_left;
                Ok(if inside.left { Tried::Over } else { Tried::Wrong(WrongPin { tries_left }) })
            }
            Err(fault) => Err(fault.into()),
        }
    }

    /// Whether the time is up. A clock that was put back before the hand-over counts as up too.
    pub fn is_over(&self) -> bool {
        !(self.letter.from..self.letter.until).contains(&self.world.now())
    }

    /// Minutes without a key or pointer before the lock.
    pub fn idle_minutes(&self) -> u8 {
        self.letter.idle_minutes
    }

    /// The key of the training desk that stands behind, for the locked door; None in clinic.
    pub fn training(&self) -> Option<TrainingKey> {
        self.letter.training()
    }

    fn mark_beside(&self) -> io::Result<()> {
        let mark = beside(&self.world, &self.letter.file).ok_or(io::ErrorKind::NotFound)?;
        OpenOptions::new().write(true).create(true).truncate(false).open(mark)?.sync_all()
    }

    fn inside(&self) -> Result<MutexGuard<'_, Inside>, Problem> {
        let inside = self.inside.lock().map_err(|_| Problem::unexpected())?;
        if inside.left { Err(Code::Locked.into()) } else { Ok(inside) }
    }

    /// The same where the person is, as far as anybody said, the patient.
    fn inside_as_patient(&self) -> Result<MutexGuard<'_, Inside>, Problem> {
        let inside = self.inside()?;
        if inside.somebody_else { Err(Code::Locked.into()) } else { Ok(inside) }
    }

    fn answers(&self, inside: &Inside) -> PatientAnswers {
        let hna = &inside.hna;
        let unanswered = hna.concerns.iter().find(|concern| concern.answer == Answer::Unanswered);
        PatientAnswers {
            saved: inside.saved.map(When::new),
            concerns: hna.concerns.iter().map(|concern| ConcernView::of(&self.checklist, concern)).collect(),
            declined_domains: hna.declined_domains.clone(),
            most_ranked: MOST_RANKED,
            ranked: hna.ranked.iter().map(|key| key.as_str().to_owned()).collect(),
            information: hna.information.clone(),
            questions: hna.questions.clone(),
            next_unanswered: unanswered.map(|concern| concern.key.as_str().to_owned()),
        }
    }
}
