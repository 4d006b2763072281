//! The holistic needs assessment: which concerns a patient has, how heavy each weighs, and what matters most today.

use jiff::civil::Date;

use crate::checklist::Checklist;
use crate::codes;
use crate::id::{HnaId, InvitationId, PatientId, StaffId};
use crate::refused::Refused;
use crate::staff::By;
use crate::text;

codes! {
    /// Where an assessment stands.
    HnaStatus { Draft = "draft", Completed = "completed", Discarded = "discarded" }
}

codes! {
    /// Who gave the answers.
    AnsweredBy { Patient = "patient", PatientWithHelp = "patient_with_help", Carer = "carer", Interpreter = "interpreter" }
}

codes! {
    /// How the answers were taken. `this_pc`: the patient alone at this PC; `home`: by an invitation, on a device of their own.
    Method {
        FaceToFace = "face_to_face",
        Telephone = "telephone",
        Video = "video",
        Paper = "paper",
        ThisPc = "this_pc",
        Home = "home",
    }
}

codes! {
    /// The point of the pathway. Source: COSD CR7940, codes 01-08 and 97.
    PathwayPoint {
        InitialDiagnosis = "initial_diagnosis",
        StartOfTreatment = "start_of_treatment",
        DuringTreatment = "during_treatment",
        EndOfTreatment = "end_of_treatment",
        Recurrence = "recurrence",
        TransitionToPalliative = "transition_to_palliative",
        Prehabilitation = "prehabilitation",
        PalliativeCare = "palliative_care",
        Other = "other",
    }
}

/// How many concerns may be put first as mattering most today.
pub const MOST_RANKED: usize = 4;

/// How many concerns in own words one assessment takes; nobody was seen to need more than a handful.
pub const MOST_OWN: u16 = 99;

/// How much a concern has bothered the patient over the last week: 1 a little, 10 the worst it could be; scored again also 0, no
/// concern now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Rating(u8);

impl Rating {
    /// 1 to 10; anything else is refused for the field `rating`.
    pub fn new(score: i64) -> Result<Rating, Refused> {
        match u8::try_from(score) {
            Ok(score @ 1..=10) => Ok(Rating(score)),
            _ => Err(Refused::field("rating", "rating_range")),
        }
    }

    /// The score of a concern that was raised before: 0 to 10; anything else is refused for the field `rating`.
    pub fn again(score: i64) -> Result<Rating, Refused> {
        match u8::try_from(score) {
            Ok(score @ 0..=10) => Ok(Rating(score)),
            _ => Err(Refused::field("rating", "rating_range_again")),
        }
    }

    pub fn score(self) -> u8 {
        self.0
    }
}

/// Names a concern within one assessment: the item's linkId, or `own-1`, `own-2` for the patient's own words.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
pub struct ConcernKey(String);

impl ConcernKey {
    pub fn new(key: &str) -> ConcernKey {
        ConcernKey(key.to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Not answered, declined and a score are three different things, on screen and on paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Unanswered,
    Declined,
    Rated(Rating),
}

/// A concern that was raised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concern {
    pub key: ConcernKey,
    /// The patient's own words; None for an item of the checklist.
    pub words: Option<String>,
    pub answer: Answer,
    /// The patient wants to talk about this privately.
    pub private: bool,
}

impl Concern {
    /// The patient's own words, or as this checklist words it.
    pub fn text<'a>(&'a self, checklist: &'a Checklist) -> &'a str {
        match &self.words {
            Some(words) => words,
            None => checklist.item(self.key.as_str()).map_or("", |(_, item)| &item.text),
        }
    }
}

/// An assessment, as a draft or as it was completed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hna {
    pub id: HnaId,
    pub patient: PatientId,
    /// Canonical of the checklist version the answers were given on.
    pub checklist: String,
    pub status: HnaStatus,
    pub answered_by: AnsweredBy,
    /// Who helped, in words; empty when nobody did.
    pub helper: String,
    pub method: Method,
    pub pathway_point: PathwayPoint,
    /// The day on which it was answered, where it was typed in or came in later: from paper, from home, from the patient alone at this PC.
    pub answered_on: Option<Date>,
    /// The invitation that was answered at home.
    pub invitation: Option<InvitationId>,
    /// The completed assessment whose concerns are scored again; only then is 0 a score.
    pub again: Option<HnaId>,
    /// Who typed.
    pub typed_by: StaffId,
    pub typed_by_name: String,
    /// UTC milliseconds.
    pub started_at: i64,
    /// UTC milliseconds; None until completed.
    pub completed_at: Option<i64>,
    pub concerns: Vec<Concern>,
    pub declined_domains: Vec<String>,
    /// What matters most today, most important first; at most [`MOST_RANKED`].
    pub ranked: Vec<ConcernKey>,
    /// Topics wanted.
    pub information: Vec<String>,
    pub questions: String,
    /// How many own concerns were ever added, so that a key is never given twice.
    pub own_added: u16,
    /// Why a draft was discarded; empty otherwise.
    pub discard_reason: String,
}

/// How an assessment begins: what it is made on, who answers and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beginning {
    pub patient: PatientId,
    /// Canonical of the checklist version.
    pub checklist: String,
    pub answered_by: AnsweredBy,
    pub helper: String,
    pub method: Method,
    pub pathway_point: PathwayPoint,
    /// The day on which it was answered, where it is typed in later.
    pub answered_on: Option<Date>,
}

impl Hna {
    /// A draft without answers, typed by whoever starts it, from that moment on.
    pub fn start(id: HnaId, beginning: Beginning, by: &By) -> Hna {
        Hna {
            id,
            patient: beginning.patient,
            checklist: beginning.checklist,
            status: HnaStatus::Draft,
            answered_by: beginning.answered_by,
            helper: beginning.helper,
            method: beginning.method,
            pathway_point: beginning.pathway_point,
            answered_on: beginning.answered_on,
            invitation: None,
            again: None,
            typed_by: by.staff,
            typed_by_name: by.name.clone(),
            started_at: by.at,
            completed_at: None,
            concerns: Vec::new(),
            declined_domains: Vec::new(),
            ranked: Vec::new(),
            information: Vec::new(),
            questions: String::new(),
            own_added: 0,
            discard_reason: String::new(),
        }
    }

    /// This draft without answers as the one in which the concerns of `former` are scored again: each is listed, unanswered. It is made
    /// on the checklist version of `former`, so that the same words are scored. Refused when `former` is not completed, or is
    /// somebody else's.
    pub fn scores_again(mut self, former: &Hna) -> Result<Hna, Refused> {
        self.open()?;
        if former.status != HnaStatus::Completed || former.patient != self.patient || !self.concerns.is_empty() {
            return Err(Refused::NotThere);
        }
        self.again = Some(former.id);
        self.checklist = former.checklist.clone();
        self.own_added = former.own_added;
        self.concerns = former
            .concerns
            .iter()
            .map(|c| Concern { answer: Answer::Unanswered, private: false, ..c.clone() })
            .collect();
        Ok(self)
    }

    /// Refused for the field `answered_on` when that day is still to come (`in_future`), or before the patient was born
    /// (`before_birth`).
    pub fn check_day(&self, born: Date, today: Date) -> Result<(), Refused> {
        match self.answered_on {
            Some(day) if day > today => Err(Refused::field("answered_on", "in_future")),
            Some(day) if day < born => Err(Refused::field("answered_on", "before_birth")),
            _ => Ok(()),
        }
    }

    /// Raises a concern of the checklist; raising it again changes nothing.
    pub fn tick(mut self, checklist: &Checklist, key: &ConcernKey) -> Result<Hna, Refused> {
        self.open()?;
        checklist.item(key.as_str()).ok_or(Refused::NotThere)?;
        if self.concern(key).is_none() {
            self.concerns.push(Concern { key: key.clone(), words: None, answer: Answer::Unanswered, private: false });
            // Checklist order, own words last: the order of the talk must not depend on the order of the ticks.
            self.concerns.sort_by_key(|c| checklist.position(c.key.as_str()).unwrap_or(usize::MAX));
        }
        Ok(self)
    }

    /// Takes a concern off, with its answer and its rank.
    pub fn untick(mut self, key: &ConcernKey) -> Result<Hna, Refused> {
        self.open()?;
        self.concern(key).ok_or(Refused::NotThere)?;
        self.concerns.retain(|c| &c.key != key);
        self.ranked.retain(|k| k != key);
        Ok(self)
    }

    /// Adds "something else" in the patient's own words (1-200 characters).
    pub fn add_own(mut self, words: &str) -> Result<Hna, Refused> {
        self.open()?;
        let words = text::line(words).map_err(|fault| Refused::field("words", fault.reason()))?;
        if words.is_empty() {
            return Err(Refused::field("words", "missing"));
        }
        let raised =
            |concern: &Concern| concern.words.as_ref().is_some_and(|w| w.to_lowercase() == words.to_lowercase());
        if self.concerns.iter().any(raised) {
            return Err(Refused::field("words", "already_there"));
        }
        if self.own_added >= MOST_OWN {
            return Err(Refused::field("words", "too_many"));
        }
        self.own_added += 1;
        let key = ConcernKey(format!("own-{}", self.own_added));
        self.concerns.push(Concern { key, words: Some(words), answer: Answer::Unanswered, private: false });
        Ok(self)
    }

    /// Records, or takes back, that the patient does not want to answer questions of this area.
    pub fn decline_domain(mut self, checklist: &Checklist, domain: &str, declined: bool) -> Result<Hna, Refused> {
        self.open()?;
        if !checklist.has_domain(domain) {
            return Err(Refused::NotThere);
        }
        self.declined_domains.retain(|d| d != domain);
        if declined {
            self.declined_domains.push(domain.to_owned());
        }
        Ok(self)
    }

    /// Gives a raised concern its score: 1 to 10, and 0 too where concerns are scored again.
    pub fn rate(self, key: &ConcernKey, score: i64) -> Result<Hna, Refused> {
        let rating = if self.again.is_some() { Rating::again(score)? } else { Rating::new(score)? };
        self.answer(key, Answer::Rated(rating))
    }

    /// Gives a raised concern its answer; a later answer replaces the earlier one in this draft.
    pub fn answer(mut self, key: &ConcernKey, answer: Answer) -> Result<Hna, Refused> {
        self.open()?;
        if self.again.is_none() && matches!(answer, Answer::Rated(Rating(0))) {
            return Err(Refused::field("rating", "rating_range"));
        }
        self.concern_mut(key)?.answer = answer;
        Ok(self)
    }

    /// Records, or takes back, the wish to talk about a concern privately.
    pub fn talk_privately(mut self, key: &ConcernKey, wanted: bool) -> Result<Hna, Refused> {
        self.open()?;
        self.concern_mut(key)?.private = wanted;
        Ok(self)
    }

    /// Puts up to [`MOST_RANKED`] raised concerns first, whatever their scores.
    pub fn rank(mut self, order: Vec<ConcernKey>) -> Result<Hna, Refused> {
        self.open()?;
        if order.len() > MOST_RANKED {
            return Err(Refused::field("order", "too_many"));
        }
        let mut seen = std::collections::HashSet::new();
        if !order.iter().all(|key| self.concern(key).is_some() && seen.insert(key)) {
            return Err(Refused::NotThere);
        }
        self.ranked = order;
        Ok(self)
    }

    /// Records, or takes back, that information about a topic is wanted.
    pub fn want_information(mut self, checklist: &Checklist, topic: &str, wanted: bool) -> Result<Hna, Refused> {
        self.open()?;
        if !checklist.has_topic(topic) {
            return Err(Refused::NotThere);
        }
        self.information.retain(|t| t != topic);
        if wanted {
            self.information.push(topic.to_owned());
        }
        Ok(self)
    }

    /// Keeps the patient's questions, at most [`text::LONG`] characters.
    pub fn write_questions(mut self, words: &str) -> Result<Hna, Refused> {
        self.open()?;
        self.questions = text::lines(words).map_err(|fault| Refused::field("questions", fault.reason()))?;
        Ok(self)
    }

    /// Says that the patient answered alone at this PC, on this day.
    pub fn answered_alone(mut self, on: Date) -> Result<Hna, Refused> {
        self.open()?;
        self.method = Method::ThisPc;
        self.answered_by = AnsweredBy::Patient;
        self.helper.clear();
        // The answers were given then, whatever becomes of the patient before the nurse has checked them.
        self.answered_on = Some(on);
        Ok(self)
    }

    /// Ends the draft. Zero concerns is a valid ending, and so is a concern that was raised and not answered.
    pub fn complete(mut self, at: i64) -> Result<Hna, Refused> {
        self.open()?;
        self.status = HnaStatus::Completed;
        self.completed_at = Some(at);
        Ok(self)
    }

    /// Ends a draft that will not be completed; it stays readable with its reason.
    pub fn discard(mut self, reason: &str) -> Result<Hna, Refused> {
        self.open()?;
        let reason = text::line(reason).map_err(|fault| Refused::field("reason", fault.reason()))?;
        if reason.is_empty() {
            return Err(Refused::field("reason", "missing"));
        }
        self.status = HnaStatus::Discarded;
        self.discard_reason = reason;
        Ok(self)
    }

    pub fn concern(&self, key: &ConcernKey) -> Option<&Concern> {
        self.concerns.iter().find(|c| &c.key == key)
    }

    /// The highest score and its concern; the earlier one in the list when two are equal.
    pub fn highest(&self) -> Option<(&Concern, Rating)> {
        let mut highest: Option<(&Concern, Rating)> = None;
        for concern in &self.concerns {
            if let Answer::Rated(rating) = concern.answer
                && highest.is_none_or(|(_, most)| rating > most)
            {
                highest = Some((concern, rating));
            }
        }
        highest
    }

    fn concern_mut(&mut self, key: &ConcernKey) -> Result<&mut Concern, Refused> {
        self.concerns.iter_mut().find(|c| &c.key == key).ok_or(Refused::NotThere)
    }

    fn open(&self) -> Result<(), Refused> {
        (self.status == HnaStatus::Draft).then_some(()).ok_or(Refused::HnaClosed)
    }
}

#[cfg(test)]
#[path = "hna_tests.rs"]
mod tests;
