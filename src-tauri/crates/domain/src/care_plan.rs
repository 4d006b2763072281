//! The care plan: from the concerns of one assessment to what was agreed, who does it and by when.

use std::collections::{HashMap, HashSet};

use crate::action::{Action, ActionKey, OwnerKind};
use crate::checklist::Checklist;
use crate::codes;
use crate::hna::{Answer, ConcernKey, Hna, HnaStatus};
use crate::id::{CarePlanId, HnaId, PatientId, StaffId};
use crate::refused::{FieldFault, Refused};
use crate::staff::{By, Signature};
use crate::text;

codes! {
    /// Where a plan stands. An unlocked plan is a draft again; its locked versions stay.
    PlanStatus { Draft = "draft", Locked = "locked" }
}

codes! {
    /// Where a concern of a plan comes from.
    Origin {
        /// The patient raised it in the assessment.
        Assessment = "assessment",
        /// It was added to the plan: nobody asked the patient for a score.
        Added = "added",
        /// It came with an action that was carried over from an earlier plan.
        Carried = "carried",
    }
}

codes! {
    /// Why nothing was agreed about a concern, where that was said.
    NothingAgreed {
        /// The patient wants nothing done about it.
        Declined = "declined",
        NotNeeded = "not_needed",
    }
}

/// How many concerns in words of one's own are ever added to one plan.
pub const MOST_ADDED: u16 = 99;

/// A concern in the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanConcern {
    /// The assessment's key for a concern of the assessment.
    pub key: ConcernKey,
    pub origin: Origin,
    /// The code that names it across checklists; None for words of one's own.
    pub code: Option<String>,
    /// As the checklist words it, or in words of one's own.
    pub text: String,
    pub answer: Answer,
    /// The patient wants to talk about this privately.
    pub private: bool,
    /// The patient said that it is among what matters most today.
    pub ranked: bool,
    /// What matters to the patient about it, in the patient's words.
    pub matters: String,
    pub actions: Vec<Action>,
    /// Said only while there is no action.
    pub nothing: Option<NothingAgreed>,
}

impl PlanConcern {
    /// Is it in the patient's own words?
    pub fn own(&self) -> bool {
        self.raised() && self.code.is_none()
    }

    /// Was the patient asked about it? Of any other, no answer means that it was not raised, never that it was left unanswered.
    pub fn raised(&self) -> bool {
        self.origin == Origin::Assessment
    }

    /// A concern that nobody asked the patient about.
    fn unasked(key: ConcernKey, origin: Origin, code: Option<String>, text: &str) -> PlanConcern {
        PlanConcern {
            key,
            origin,
            code,
            text: text.to_owned(),
            answer: Answer::Unanswered,
            private: false,
            ranked: false,
            matters: String::new(),
            actions: Vec::new(),
            nothing: None,
        }
    }
}

/// A care plan, as a draft or as it was locked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarePlan {
    pub id: CarePlanId,
    pub patient: PatientId,
    /// The assessment it was made from.
    pub hna: HnaId,
    pub status: PlanStatus,
    /// The newest locked version; 0 before the first.
    pub version: u32,
    /// UTC milliseconds.
    pub started_at: i64,
    pub started_by: StaffId,
    pub started_by_name: String,
    /// What matters most first, in the patient's order; the others after them by score.
    pub concerns: Vec<PlanConcern>,
    /// How many actions were ever added, so that a key is never given twice.
    pub actions_added: u16,
    /// How many concerns in words of one's own were ever added, so that a key is never given twice.
    pub concerns_added: u16,
    /// The patient's earlier plan that this one takes the place of.
    pub follows: Option<CarePlanId>,
    /// Who locked the newest version; None before the first.
    pub signed: Option<Signature>,
    /// Why it was unlocked after that version; empty while locked and before the first.
    pub unlock_reason: String,
    /// It was opened for its review, or its newest version is one.
    pub review: bool,
}

impl CarePlan {
    /// A draft with every concern that was raised. Refused while the assessment is not completed, and when it has no concern:
    /// then no plan is forced.
    pub fn start(id: CarePlanId, hna: &Hna, checklist: &Checklist, by: &By) -> Result<CarePlan, Refused> {
        if hna.status != HnaStatus::Completed || hna.concerns.is_empty() {
            return Err(Refused::NothingToPlan);
        }
        let mut concerns: Vec<_> = hna.concerns.iter().collect();
        // Scored again, 0 is a score: it stands before none.
        let score = |answer: &Answer| if let Answer::Rated(rating) = answer { Some(rating.score()) } else { None };
        // The sort is stable: equal scores stay in the order of the checklist.
        concerns.sort_by_key(|concern| {
            let rank = hna.ranked.iter().position(|key| *key == concern.key).unwrap_or(usize::MAX);
            (rank, std::cmp::Reverse(score(&concern.answer)))
        });
        let concerns = concerns.into_iter().map(|concern| {
            let item = checklist.item(concern.key.as_str()).map(|(_, item)| item);
            PlanConcern {
                key: concern.key.clone(),
                origin: Origin::Assessment,
                code: item.map(|item| item.code.clone()),
                text: concern.text(checklist).to_owned(),
                answer: concern.answer,
                private: concern.private,
                ranked: hna.ranked.contains(&concern.key),
                matters: String::new(),
                actions: Vec::new(),
                nothing: None,
            }
        });
        Ok(CarePlan {
            id,
            patient: hna.patient,
            hna: hna.id,
            status: PlanStatus::Draft,
            version: 0,
            started_at: by.at,
            started_by: by.staff,
            started_by_name: by.name.clone(),
            concerns: concerns.collect(),
            actions_added: 0,
            concerns_added: 0,
            follows: None,
            signed: None,
            unlock_reason: String::new(),
            review: false,
        })
    }

    /// Keeps what matters to the patient about a concern, at most [`text::LONG`] characters.
    pub fn write_what_matters(mut self, concern: &ConcernKey, words: &str) -> Result<CarePlan, Refused> {
        self.open()?;
        let words = text::lines(words).map_err(|fault| Refused::field("words", fault.reason()))?;
        self.concern_mut(concern)?.matters = words;
        Ok(self)
    }

    /// Adds a concern that the patient did not raise: an item of the assessment's checklist, or words of one's own (1-200 characters).
    /// Refused for the field `item` or `words` when it is there already, and when there are [`MOST_ADDED`] in own words.
    pub fn add_concern(
        mut self,
        checklist: &Checklist,
        item: Option<&ConcernKey>,
        words: &str,
    ) -> Result<CarePlan, Refused> {
        self.open()?;
        let Some(key) = item else {
            let words = text::line(words).map_err(|fault| Refused::field("words", fault.reason()))?;
            if words.is_empty() {
                return Err(Refused::field("words", "missing"));
            }
            if self.same_concern(None, &words).is_some() {
                return Err(Refused::field("words", "already_there"));
            }
            return Ok(self.bring_concern(Origin::Added, None, &words)?.0);
        };
        let (_, item) = checklist.item(key.as_str()).ok_or(Refused::NotThere)?;
        if self.concern(key).is_some() || self.same_concern(Some(&item.code), &item.text).is_some() {
            return Err(Refused::field("item", "already_there"));
        }
        self.concerns.push(PlanConcern::unasked(key.clone(), Origin::Added, Some(item.code.clone()), &item.text));
        Ok(self)
    }

    /// The plan with a concern of this code (in these words where there is no code), and its key: the one that is there already, else a new one
    /// without an answer, as the last.
    pub fn bring_concern(
        mut self,
        origin: Origin,
        code: Option<&str>,
        words: &str,
    ) -> Result<(CarePlan, ConcernKey), Refused> {
        self.open()?;
        if let Some(here) = self.same_concern(code, words) {
            let key = here.key.clone();
            return Ok((self, key));
        }
        if self.concerns_added >= MOST_ADDED {
            return Err(Refused::field("words", "too_many"));
        }
        self.concerns_added += 1;
        let key = ConcernKey::new(&format!("added-{}", self.concerns_added));
        self.concerns.push(PlanConcern::unasked(key.clone(), origin, code.map(str::to_owned), words));
        Ok((self, key))
    }

    /// Takes a concern out that was not raised in the assessment. Refused for the field `concern` while it has actions
    /// (`has_actions`).
    pub fn remove_concern(mut self, key: &ConcernKey) -> Result<CarePlan, Refused> {
        self.open()?;
        let here = self.concern(key).filter(|concern| !concern.raised()).ok_or(Refused::NotThere)?;
        if !here.actions.is_empty() {
            return Err(Refused::field("concern", "has_actions"));
        }
        self.concerns.retain(|concern| &concern.key != key);
        Ok(self)
    }

    /// Says why nothing is agreed about a concern, or takes that back. Refused for the field `nothing` while it has actions
    /// (`has_actions`).
    pub fn agree_nothing(mut self, key: &ConcernKey, why: Option<NothingAgreed>) -> Result<CarePlan, Refused> {
        self.open()?;
        let concern = self.concern_mut(key)?;
        if !concern.actions.is_empty() {
            return Err(Refused::field("nothing", "has_actions"));
        }
        concern.nothing = why;
        Ok(self)
    }

    /// Locks it as the next version, agreed with the patient. Every action must be whole; none at all is a valid plan.
    pub fn lock(mut self, by: &By) -> Result<CarePlan, Refused> {
        self.open()?;
        let faults = self.unfinished();
        if !faults.is_empty() {
            return Err(Refused::Fields(faults));
        }
        self.status = PlanStatus::Locked;
        self.version += 1;
        self.signed = Some(Signature::of(by));
        self.unlock_reason = String::new();
        Ok(self)
    }

    /// Opens a locked plan for changes, with a reason; the locked version stays as it is.
    pub fn unlock(mut self, reason: &str) -> Result<CarePlan, Refused> {
        if self.status != PlanStatus::Locked {
            return Err(Refused::PlanNotLocked);
        }
        let reason = text::line(reason).map_err(|fault| Refused::field("reason", fault.reason()))?;
        if reason.is_empty() {
            return Err(Refused::field("reason", "missing"));
        }
        self.status = PlanStatus::Draft;
        self.unlock_reason = reason;
        self.review = false;
        Ok(self)
    }

    /// What is missing before it can be locked, by field: `kind-a-1`, `what-a-1`, `owner-a-1`, `owner_name-a-1`, `due-a-1`.
    pub fn unfinished(&self) -> Vec<FieldFault> {
        let mut faults = Vec::new();
        for action in self.actions() {
            let named = matches!(action.owner, Some(OwnerKind::Nurse | OwnerKind::SupportWorker | OwnerKind::Service));
            let missing = [
                ("kind", action.kind.is_none()),
                ("what", action.what.is_empty()),
                ("owner", action.owner.is_none()),
                ("owner_name", named && action.owner_name.is_empty()),
                // What has ended needs no day by which to do it.
                ("due", action.due.is_none() && action.ended.is_none()),
            ];
            for (part, _) in missing.iter().filter(|(_, missing)| *missing) {
                faults.push(FieldFault { field: format!("{part}-{}", action.key.as_str()), reason: "missing" });
            }
        }
        faults
    }

    /// Does it say anything that the assessment did not? A draft that was only opened does not.
    pub fn is_written(&self) -> bool {
        let says = |concern: &PlanConcern| {
            !(concern.raised() && concern.matters.is_empty() && concern.actions.is_empty() && concern.nothing.is_none())
        };
        self.concerns.iter().any(says)
    }

    pub fn concern(&self, key: &ConcernKey) -> Option<&PlanConcern> {
        self.concerns.iter().find(|concern| &concern.key == key)
    }

    /// Every action, in the order of the concerns.
    pub fn actions(&self) -> impl Iterator<Item = &Action> {
        self.concerns.iter().flat_map(|concern| &concern.actions)
    }

    /// The concern with this code, or in these words where there is no code.
    fn same_concern(&self, code: Option<&str>, words: &str) -> Option<&PlanConcern> {
        let words = words.to_lowercase();
        self.concerns.iter().find(|here| match code {
            Some(_) => here.code.as_deref() == code,
            None => here.code.is_none() && here.text.to_lowercase() == words,
        })
    }

    pub(crate) fn concern_mut(&mut self, key: &ConcernKey) -> Result<&mut PlanConcern, Refused> {
        self.concerns.iter_mut().find(|concern| &concern.key == key).ok_or(Refused::NotThere)
    }

    pub(crate) fn action_mut(&mut self, key: &ActionKey) -> Result<&mut Action, Refused> {
        let mut actions = self.concerns.iter_mut().flat_map(|concern| &mut concern.actions);
        actions.find(|action| &action.key == key).ok_or(Refused::NotThere)
    }

    pub(crate) fn open(&self) -> Result<(), Refused> {
        (self.status == PlanStatus::Draft).then_some(()).ok_or(Refused::PlanLocked)
    }
}

/// The assessments that wait for a plan: of each patient the newest completed one, when it has a concern and no plan was made
/// from it. Of two that were started at the same moment the later in `hnas` is the newer.
pub fn waiting_for_plan<'a>(hnas: impl IntoIterator<Item = &'a Hna>, planned: &HashSet<HnaId>) -> HashSet<HnaId> {
    let mut newest: HashMap<PatientId, &Hna> = HashMap::new();
    for hna in hnas.into_iter().filter(|hna| hna.status == HnaStatus::Completed) {
        let here = newest.entry(hna.patient).or_insert(hna);
        if hna.started_at >= here.started_at {
            *here = hna;
        }
    }
    let waits = |hna: &&Hna| !hna.concerns.is_empty() && !planned.contains(&hna.id);
    newest.into_values().filter(waits).map(|hna| hna.id).collect()
}

#[cfg(test)]
#[path = "action_tests.rs"]
mod action_tests;
#[cfg(test)]
#[path = "care_plan_tests.rs"]
mod tests;
