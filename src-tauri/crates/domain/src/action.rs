//! One agreed action of a care plan: what is done about a concern, who does it and by when.

use jiff::civil::Date;

use crate::codes;

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
    /// The day it was done; None while it is agreed and not done.
    pub done: Option<Date>,
}

impl Action {
    /// Is it still to be done, and was to be done before `today`?
    pub fn overdue(&self, today: Date) -> bool {
        self.done.is_none() && self.due.is_some_and(|due| due < today)
    }
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
    pub done: bool,
}
