//! The care plan: from the concerns of one assessment to what was agreed, who does it and by when.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use crate::action::{Action, ActionKey, ActionKind, OwnerKind, TypedAction};
use crate::checklist::Checklist;
use crate::codes;
use crate::day;
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
    }
}

/// How many actions one plan holds at a time.
pub const MOST_ACTIONS: usize = 99;

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
}

impl PlanConcern {
    /// Is it in the patient's own words?
    pub fn own(&self) -> bool {
        self.origin == Origin::Assessment && self.code.is_none()
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
    /// Who locked the newest version; None before the first.
    pub signed: Option<Signature>,
    /// Why it was unlocked after that version; empty while locked and before the first.
    pub unlock_reason: String,
}

impl CarePlan {
    /// A draft with every concern that was raised. Refused while the assessment is not completed, and when it has no concern:
    /// then no plan is forced.
    pub fn start(id: CarePlanId, hna: &Hna, checklist: &Checklist, by: &By) -> Result<CarePlan, Refused> {
        if hna.status != HnaStatus::Completed || hna.concerns.is_empty() {
            return Err(Refused::NothingToPlan);
        }
        let mut concerns: Vec<_> = hna.concerns.iter().collect();
        let score = |answer: &Answer| if let Answer::Rated(rating) = answer { rating.score() } else { 0 };
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
            signed: None,
            unlock_reason: String::new(),
        })
    }

    /// Keeps what matters to the patient about a concern, at most [`text::LONG`] characters.
    pub fn write_what_matters(mut self, concern: &ConcernKey, words: &str) -> Result<CarePlan, Refused> {
        self.open()?;
        let words = text::lines(words).map_err(|fault| Refused::field("words", fault.reason()))?;
        self.concern_mut(concern)?.matters = words;
        Ok(self)
    }

    /// Adds an action without content to a concern, as its last.
    pub fn add_action(mut self, concern: &ConcernKey) -> Result<CarePlan, Refused> {
        self.open()?;
        let too_many = || Refused::field("action", "too_many");
        if self.actions().count() >= MOST_ACTIONS {
            return Err(too_many());
        }
        self.actions_added = self.actions_added.checked_add(1).ok_or_else(too_many)?;
        let key = ActionKey::new(&format!("a-{}", self.actions_added));
        self.concern_mut(concern)?.actions.push(Action {
            key,
            kind: None,
            what: String::new(),
            owner: None,
            owner_name: String::new(),
            due: None,
            done: None,
        });
        Ok(self)
    }

    /// Replaces an action's content. `today` is the day an action that is now ticked as done was done; what is still to be done
    /// cannot be put off to a day before it, while a day that was agreed and went by stays.
    pub fn write_action(mut self, action: &ActionKey, typed: &TypedAction, today: Date) -> Result<CarePlan, Refused> {
        self.open()?;
        let agreed = self.action_mut(action)?.due;
        let mut faults = Vec::new();
        let mut fault = |field: &str, reason| faults.push(FieldFault { field: field.to_owned(), reason });
        let kind = typed.kind.as_deref().map(ActionKind::from_code);
        let owner = typed.owner.as_deref().map(OwnerKind::from_code);
        if kind == Some(None) {
            fault("kind", "missing");
        }
        if owner == Some(None) {
            fault("owner", "missing");
        }
        let what = text::line(&typed.what).map_err(|why| fault("what", why.reason()));
        let owner_name = text::line(&typed.owner_name).map_err(|why| fault("owner_name", why.reason()));
        let due = day::typed(&typed.due);
        if due.is_none() && !typed.due.trim().is_empty() {
            fault("due", "day_form");
        }
        if due != agreed && due.is_some_and(|due| due < today) && !typed.done {
            fault("due", "in_past");
        }
        let (Ok(what), Ok(owner_name), true) = (what, owner_name, faults.is_empty()) else {
            return Err(Refused::Fields(faults));
        };
        let (kind, owner) = (kind.flatten(), owner.flatten());
        let here = self.action_mut(action)?;
        // A name belongs to the owner it was typed for.
        let owner_name = if owner == Some(OwnerKind::Patient) { String::new() } else { owner_name };
        let done = typed.done.then(|| here.done.unwrap_or(today));
        *here = Action { key: here.key.clone(), kind, what, owner, owner_name, due, done };
        Ok(self)
    }

    /// Takes an action out of the draft; its key is not given again.
    pub fn remove_action(mut self, action: &ActionKey) -> Result<CarePlan, Refused> {
        self.open()?;
        self.action_mut(action)?;
        for concern in &mut self.concerns {
            concern.actions.retain(|here| &here.key != action);
        }
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
                // What is done needs no day by which to do it.
                ("due", action.due.is_none() && action.done.is_none()),
            ];
            for (part, _) in missing.iter().filter(|(_, missing)| *missing) {
                faults.push(FieldFault { field: format!("{part}-{}", action.key.as_str()), reason: "missing" });
            }
        }
        faults
    }

    pub fn concern(&self, key: &ConcernKey) -> Option<&PlanConcern> {
        self.concerns.iter().find(|concern| &concern.key == key)
    }

    /// Every action, in the order of the concerns.
    pub fn actions(&self) -> impl Iterator<Item = &Action> {
        self.concerns.iter().flat_map(|concern| &concern.actions)
    }

    fn concern_mut(&mut self, key: &ConcernKey) -> Result<&mut PlanConcern, Refused> {
        self.concerns.iter_mut().find(|concern| &concern.key == key).ok_or(Refused::NotThere)
    }

    fn action_mut(&mut self, key: &ActionKey) -> Result<&mut Action, Refused> {
        let mut actions = self.concerns.iter_mut().flat_map(|concern| &mut concern.actions);
        actions.find(|action| &action.key == key).ok_or(Refused::NotThere)
    }

    fn open(&self) -> Result<(), Refused> {
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
#[path = "care_plan_tests.rs"]
mod tests;
