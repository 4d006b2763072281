//! One agreed action of a care plan: what is done about a concern, who does it, by when, how it ended; and the acts on the actions
//! of a plan.

use jiff::civil::Date;

use crate::care_plan::{CarePlan, PlanStatus};
use crate::codes;
use crate::day;
use crate::hna::ConcernKey;
use crate::id::{CarePlanId, DirectoryEntryId};
use crate::refused::{FieldFault, Refused};
use crate::text;

/// How many actions one plan holds at a time.
pub const MOST_ACTIONS: usize = 99;

/// Names an action within one plan, for ever: `a-1`, `a-2`. Merging and the server's activities go by it, never by position.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
pub struct ActionKey(String);

impl ActionKey {
    pub fn new(key: &str) -> ActionKey {
        ActionKey(key.to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What was agreed about a concern. In a draft any part may be missing; a locked plan has them all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    pub key: ActionKey,
    pub kind: Option<ActionKind>,
    /// What we agreed, one line.
    pub what: String,
    pub owner: Option<OwnerKind>,
    /// The owner's name; empty for the patient, and for the GP when the practice on the record is meant.
    pub owner_name: String,
    pub due: Option<Date>,
    /// How and when it ended; None while it is agreed and open.
    pub ended: Option<Ended>,
    /// What came of it, one line; empty while it is open, and where nobody said.
    pub outcome: String,
    /// The entry of the directory that it was filled from.
    pub entry: Option<DirectoryEntryId>,
    /// Name, telephone and hours as they stood in the directory when it was filled from there; empty otherwise.
    pub contact: String,
    /// The plan and the action it was carried over from.
    pub carried_from: Option<(CarePlanId, ActionKey)>,
}

impl Action {
    /// The name of whom to turn to, as it stood in the directory when it was filled from there.
    pub fn whom(&self) -> Option<&str> {
        self.contact.lines().next().filter(|name| !name.is_empty())
    }

    /// Is it still open, and was to be done before `today`?
    pub fn overdue(&self, today: Date) -> bool {
        self.ended.is_none() && self.due.is_some_and(|due| due < today)
    }
}

/// That an action ended. It stays in the plan with how it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    pub how: EndedHow,
    pub on: Date,
}

codes! {
    /// How an action ended.
    EndedHow {
        Done = "done",
        /// The patient did not want it.
        Declined = "declined",
        NotNeeded = "not_needed",
    }
}

/// What an action is made with where it is not typed: brought from the directory or from an earlier plan. Without content by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewAction {
    pub kind: Option<ActionKind>,
    pub what: String,
    pub owner: Option<OwnerKind>,
    pub owner_name: String,
    pub due: Option<Date>,
    pub entry: Option<DirectoryEntryId>,
    pub contact: String,
    pub carried_from: Option<(CarePlanId, ActionKey)>,
}

codes! {
    /// What kind of action was agreed. Giving information, signposting and referring are three different things.
    ActionKind {
        /// We give information.
        Inform = "inform",
        /// The patient contacts a service.
        Signpost = "signpost",
        /// We contact the service.
        Refer = "refer",
        /// We look at it again.
        Review = "review",
        /// Something the patient does.
        SelfCare = "self_care",
    }
}

codes! {
    /// Who an action falls to.
    OwnerKind {
        Patient = "patient",
        Nurse = "nurse",
        SupportWorker = "support_worker",
        Gp = "gp",
        /// A named service.
        Service = "service",
    }
}

/// One action as it is typed: every part may be empty in a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedAction {
    pub kind: Option<String>,
    pub what: String,
    pub owner: Option<String>,
    pub owner_name: String,
    /// A day as [`day::typed`] reads it; empty for none yet.
    pub due: String,
}

impl CarePlan {
    /// Adds an action without content to a concern, as its last.
    pub fn add_action(self, concern: &ConcernKey) -> Result<CarePlan, Refused> {
        self.new_action(concern, NewAction::default())
    }

    /// Adds an action with this content to a concern, as its last; that nothing was agreed is then no longer so.
    pub fn new_action(mut self, concern: &ConcernKey, content: NewAction) -> Result<CarePlan, Refused> {
        self.open()?;
        let too_many = || Refused::field("action", "too_many");
        if self.actions().count() >= MOST_ACTIONS {
            return Err(too_many());
        }
        self.actions_added = self.actions_added.checked_add(1).ok_or_else(too_many)?;
        let key = ActionKey::new(&format!("a-{}", self.actions_added));
        let NewAction { kind, what, owner, owner_name, due, entry, contact, carried_from } = content;
        let (ended, outcome) = (None, String::new());
        let action = Action { key, kind, what, owner, owner_name, due, ended, outcome, entry, contact, carried_from };
        let concern = self.concern_mut(concern)?;
        concern.nothing = None;
        concern.actions.push(action);
        Ok(self)
    }

    /// Replaces what is typed of an action. What is open cannot be put off to a day before `today`, while a day that was agreed and
    /// went by stays.
    pub fn write_action(mut self, action: &ActionKey, typed: &TypedAction, today: Date) -> Result<CarePlan, Refused> {
        self.open()?;
        let here = self.action_mut(action)?;
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
        if due != here.due && due.is_some_and(|due| due < today) && here.ended.is_none() {
            fault("due", "in_past");
        }
        let (Ok(what), Ok(owner_name), true) = (what, owner_name, faults.is_empty()) else {
            return Err(Refused::Fields(faults));
        };
        let (kind, owner) = (kind.flatten(), owner.flatten());
        // A name belongs to the owner it was typed for.
        let owner_name = if owner == Some(OwnerKind::Patient) { String::new() } else { owner_name };
        *here = Action { kind, what, owner, owner_name, due, ..here.clone() };
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

    /// Says how an action ended, on `today`, and what came of it (one line, or nothing); said again, it corrects that and the day
    /// stays. A locked plan stays locked: what was agreed is as it was, and its version too. Refused for the field `how` when it
    /// is none of [`EndedHow`] (`missing`).
    pub fn end_action(
        mut self,
        action: &ActionKey,
        how: Option<&str>,
        outcome: &str,
        today: Date,
    ) -> Result<CarePlan, Refused> {
        let here = self.action_mut(action)?;
        let mut faults = Vec::new();
        let mut fault = |field: &str, reason| faults.push(FieldFault { field: field.to_owned(), reason });
        let how = how.and_then(EndedHow::from_code);
        if how.is_none() {
            fault("how", "missing");
        }
        let outcome = text::line(outcome).map_err(|why| fault("outcome", why.reason()));
        let (Some(how), Ok(outcome)) = (how, outcome) else { return Err(Refused::Fields(faults)) };
        here.ended = Some(Ended { how, on: here.ended.map_or(today, |ended| ended.on) });
        here.outcome = outcome;
        Ok(self)
    }

    /// Takes back that an action ended, with what came of it; on a locked plan too. Refused for the field `due` when it has no day
    /// and the plan is locked: open there, it needs one (`missing`).
    pub fn reopen_action(mut self, action: &ActionKey) -> Result<CarePlan, Refused> {
        let locked = self.status == PlanStatus::Locked;
        let here = self.action_mut(action)?;
        if locked && here.due.is_none() {
            return Err(Refused::field("due", "missing"));
        }
        here.ended = None;
        here.outcome.clear();
        Ok(self)
    }
}
