//! What one image of the program leaves the next in a pipe around a hand-over: a letter to the patient's process, which holds this one
//! patient's first name and answers and no key that opens anything, and the way back in for the nurse.

use domain::checklist::Checklist;
use domain::hna::{Answer, AnsweredBy, Beginning, Concern, ConcernKey, Hna, Method, PathwayPoint, Rating};
use domain::id::{HnaId, PatientId, StaffId};
use domain::staff::{By, Role};
use security::{Dek, PinSlot, SealingKey};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use zeroize::Zeroizing;

use crate::problem::Problem;
use crate::training::TrainingKey;

/// The longest letter, in bytes: what a pipe can be made to hold.
const LONGEST: usize = 1024 * 1024;
/// The length of an identifier as text.
const ID: usize = 36;

/// What the patient's process is given.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letter {
    /// The file that the answers are sealed to.
    pub(crate) file: String,
    /// The public half of the key that they are sealed to.
    pub(crate) key: [u8; 32],
    /// The nurse's key, behind her PIN.
    pub(crate) pin: PinSlot,
    pub(crate) nurse: String,
    pub(crate) nurse_name: String,
    pub(crate) called: String,
    pub(crate) trust: Option<String>,
    pub(crate) idle_minutes: u8,
    /// When it was handed over, and until when the PIN counts: UTC milliseconds.
    pub(crate) from: i64,
    pub(crate) until: i64,
    /// The key of a training desk, which would otherwise be gone with the nurse's process.
    pub(crate) training: Option<Vec<u8>>,
    /// The checklist's Questionnaire.
    pub(crate) checklist: Value,
    pub(crate) given: Given,
}

impl Letter {
    /// The letter as it goes through the pipe.
    ///
    /// # Errors
    /// `unexpected` for one that no pipe holds.
    pub fn to_bytes(&self) -> Result<Zeroizing<Vec<u8>>, Problem> {
        let bytes = Zeroizing::new(serde_json::to_vec(self).map_err(|_| Problem::unexpected())?);
        if bytes.len() > LONGEST { Err(Problem::unexpected()) } else { Ok(bytes) }
    }

    /// None for bytes that are no letter.
    pub fn from_bytes(bytes: &[u8]) -> Option<Letter> {
        serde_json::from_slice(bytes).ok()
    }

    pub(crate) fn sealing_key(&self) -> SealingKey {
        SealingKey::from_bytes(self.key)
    }

    /// The key of the training desk that stands behind; None in clinic.
    pub fn training(&self) -> Option<TrainingKey> {
        TrainingKey::from_bytes(self.training.as_deref()?)
    }
}

/// The answers of an assessment, and nothing that says whose they are.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Given {
    concerns: Vec<GivenConcern>,
    declined_domains: Vec<String>,
    ranked: Vec<String>,
    information: Vec<String>,
    questions: String,
    own_added: u16,
    /// Concerns are scored again: 0 is a score too.
    again: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenConcern {
    key: String,
    words: Option<String>,
    rating: Option<u8>,
    declined: bool,
    private: bool,
}

impl Given {
    pub fn of(hna: &Hna) -> Given {
        let concerns = hna.concerns.iter().map(|concern| GivenConcern {
            key: concern.key.as_str().to_owned(),
            words: concern.words.clone(),
            rating: match concern.answer {
                Answer::Rated(rating) => Some(rating.score()),
                Answer::Unanswered | Answer::Declined => None,
            },
            declined: concern.answer == Answer::Declined,
            private: concern.private,
        });
        Given {
            concerns: concerns.collect(),
            declined_domains: hna.declined_domains.clone(),
            ranked: hna.ranked.iter().map(|key| key.as_str().to_owned()).collect(),
            information: hna.information.clone(),
            questions: hna.questions.clone(),
            own_added: hna.own_added,
            again: hna.again.is_some(),
        }
    }

    /// A draft with these answers that is nobody's: its ids are the same in every patient's process.
    pub fn draft(&self, list: &Checklist) -> Option<Hna> {
        let beginning = Beginning {
            patient: PatientId::from_random([0; 16]),
            checklist: list.canonical.clone(),
            answered_by: AnsweredBy::Patient,
            helper: String::new(),
            method: Method::ThisPc,
            pathway_point: PathwayPoint::Other,
            answered_on: None,
        };
        let nobody = By {
            staff: StaffId::from_random([0; 16]),
            name: String::new(),
            role: Role::NotKnown,
            key_holder: false,
            at: 0,
            pc: String::new(),
        };
        let mut hna = Hna::start(HnaId::from_random([0; 16]), beginning, &nobody);
        // Which assessment is scored again is not for this process to know.
        hna.again = self.again.then(|| HnaId::from_random([0; 16]));
        let rating = if self.again { Rating::again } else { Rating::new };
        for concern in &self.concerns {
            let answer = match concern.rating {
                Some(score) => Answer::Rated(rating(i64::from(score)).ok()?),
                None if concern.declined => Answer::Declined,
                None => Answer::Unanswered,
            };
            let key = ConcernKey::new(&concern.key);
            hna.concerns.push(Concern { key, words: concern.words.clone(), answer, private: concern.private });
        }
        hna.declined_domains = self.declined_domains.clone();
        hna.ranked = self.ranked.iter().map(|key| ConcernKey::new(key)).collect();
        hna.information = self.information.clone();
        hna.questions = self.questions.clone();
        hna.own_added = self.own_added;
        Some(hna)
    }
}

/// The way back in that the right PIN opened: who she is, and her key. It goes to the next image and is kept nowhere.
pub struct HandedBack {
    nurse: StaffId,
    training: bool,
    key: Zeroizing<Vec<u8>>,
}

/// What a way back in opens.
pub(crate) enum Opens {
    Clinic { nurse: StaffId, dek: Dek },
    Training(TrainingKey),
}

impl HandedBack {
    pub(crate) fn new(nurse: &str, training: bool, key: Zeroizing<Vec<u8>>) -> Option<HandedBack> {
        Some(HandedBack { nurse: StaffId::parse(nurse)?, training, key })
    }

    /// As it goes through the pipe.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        // The room is measured first: bytes that grow while they are filled leave copies of themselves behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(1 + ID + self.key.len()));
        bytes.push(u8::from(self.training));
        bytes.extend_from_slice(self.nurse.to_string().as_bytes());
        bytes.extend_from_slice(&self.key);
        bytes
    }

    /// None for bytes that are no way back in.
    pub fn from_bytes(bytes: &[u8]) -> Option<HandedBack> {
        let (training, rest) = bytes.split_first()?;
        let (nurse, key) = rest.split_at_checked(ID)?;
        HandedBack::new(std::str::from_utf8(nurse).ok()?, *training == 1, Zeroizing::new(key.to_vec()))
    }

    pub(crate) fn opens(self) -> Option<Opens> {
        if self.training {
            return TrainingKey::from_bytes(&self.key).map(Opens::Training);
        }
        let key = Zeroizing::new(<[u8; 32]>::try_from(self.key.as_slice()).ok()?);
        Some(Opens::Clinic { nurse: self.nurse, dek: Dek::from_bytes(*key) })
    }
}
