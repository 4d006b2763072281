//! The items of a care plan: its concerns and actions by their keys. What both sides added under one key is told apart by what it
//! says, and what the trust has keeps its key.

use crate::action::{Action, ActionKey};
use crate::care_plan::{CarePlan, PlanConcern};
use crate::hna::ConcernKey;
use crate::merge::{ActionPart, Alike, ConcernPart, Found, Item, Merge, Side};

impl Merge for CarePlan {
    fn settle(base: &CarePlan, ours: &CarePlan, theirs: &CarePlan, found: &mut Found<'_>) -> CarePlan {
        let ours = &told_apart(base, ours.clone(), theirs);
        let mut record = ours.clone();
        record.concerns.clear();
        let of = |plan: &CarePlan| plan.concerns.iter().map(|concern| concern.key.clone()).collect::<Vec<_>>();
        for key in union(of(ours), of(theirs)) {
            let three = [base.concern(&key), ours.concern(&key), theirs.concern(&key)];
            record.concerns.extend(concern(&key, three, found));
        }
        // What neither has any more, although it was there, both took out.
        let out = |key: &ConcernKey| ours.concern(key).is_none() && theirs.concern(key).is_none();
        found.alike(base.concerns.iter().filter(|concern| out(&concern.key)).count());
        lifecycle([base, ours, theirs], &mut record, found);
        record
    }

    fn words(&self, item: &Item) -> String {
        match item {
            Item::Patient(_) => String::new(),
            Item::Concern(key, part) => self.concern(key).map(|one| concern_words(*part, one)).unwrap_or_default(),
            Item::Action(key, part) => self.action(key).map(|one| action_words(*part, one)).unwrap_or_default(),
            Item::PlanVersion => version_words(self),
        }
    }

    fn of(&self, item: &Item) -> &str {
        match item {
            Item::Patient(_) | Item::PlanVersion => "",
            Item::Concern(key, _) => self.concern(key).map_or("", |concern| &concern.text),
            Item::Action(key, _) => self.action(key).map_or("", |action| &action.what),
        }
    }
}

impl CarePlan {
    /// Is there nothing between the two but how actions ended and what came of it? Then nothing that was agreed is another, and no
    /// other version was locked or opened.
    pub fn differs_in_progress_only(&self, other: &CarePlan) -> bool {
        let agreed = |plan: &CarePlan| {
            let open = |action: &Action| Action { ended: None, outcome: String::new(), ..action.clone() };
            let without = |concern: &PlanConcern| PlanConcern {
                actions: concern.actions.iter().map(open).collect(),
                ..concern.clone()
            };
            CarePlan { concerns: plan.concerns.iter().map(without).collect(), ..plan.clone() }
        };
        agreed(self) == agreed(other)
    }

    fn action(&self, key: &ActionKey) -> Option<&Action> {
        self.actions().find(|action| &action.key == key)
    }
}

/// Version, status and signature go together: theirs where only they locked it or opened it, and never a number that was given.
fn lifecycle([base, ours, theirs]: [&CarePlan; 3], record: &mut CarePlan, found: &mut Found<'_>) {
    let version =
        |plan: &CarePlan| (plan.version, plan.status, plan.signed.clone(), plan.unlock_reason.clone(), plan.review);
    let alike = Alike::of(version(base), version(ours), version(theirs));
    let both_changed = !(alike.both || alike.ours_base || alike.theirs_base);
    // Nobody chooses between two signatures: what is made of both is signed anew.
    if !both_changed && found.side(Item::PlanVersion, alike, Default::default) == Side::Theirs {
        record.status = theirs.status;
        record.signed.clone_from(&theirs.signed);
        record.unlock_reason.clone_from(&theirs.unlock_reason);
        record.review = theirs.review;
    }
    record.version = ours.version.max(theirs.version);
    if ours.follows == base.follows {
        record.follows = theirs.follows;
    }
}

/// Ours under keys that lead to the same concern or action at theirs, or to none there. What the trust never had takes a new key.
fn told_apart(base: &CarePlan, mut ours: CarePlan, theirs: &CarePlan) -> CarePlan {
    let mut concerns_added = ours.concerns_added.max(theirs.concerns_added);
    let mut actions_added = ours.actions_added.max(theirs.actions_added);
    let mut met: Vec<&ActionKey> = Vec::new();
    for concern in ours.concerns.iter_mut() {
        if base.concern(&concern.key).is_none() {
            let new = |one: &&PlanConcern| base.concern(&one.key).is_none() && is_same_concern(one, concern);
            if let Some(there) = theirs.concerns.iter().find(new) {
                concern.key = there.key.clone();
            } else if theirs.concern(&concern.key).is_some() {
                concerns_added = concerns_added.saturating_add(1);
                concern.key = ConcernKey::new(&format!("added-{concerns_added}"));
            }
        }
        for action in concern.actions.iter_mut().filter(|action| base.action(&action.key).is_none()) {
            let here = theirs.concern(&concern.key).map_or(&[][..], |concern| &concern.actions);
            let free = |one: &&Action| base.action(&one.key).is_none() && !met.contains(&&one.key);
            let alike = |one: &&Action| free(one) && is_same_action(one, action);
            let there = here.iter().find(|one| one.key == action.key && alike(one)).or_else(|| here.iter().find(alike));
            if let Some(there) = there {
                met.push(&there.key);
                action.key = there.key.clone();
            } else if theirs.action(&action.key).is_some() {
                actions_added = actions_added.saturating_add(1);
                action.key = ActionKey::new(&format!("a-{actions_added}"));
            }
        }
    }
    ours.concerns_added = concerns_added;
    ours.actions_added = actions_added;
    ours
}

fn is_same_concern(one: &PlanConcern, other: &PlanConcern) -> bool {
    match (&one.code, &other.code) {
        (Some(one), Some(other)) => one == other,
        (None, None) => one.text.to_lowercase() == other.text.to_lowercase(),
        _ => false,
    }
}

/// One action that both added: carried over from the same, or of one kind and in the same words.
fn is_same_action(one: &Action, other: &Action) -> bool {
    match (&one.carried_from, &other.carried_from) {
        (Some(one), Some(other)) => one == other,
        _ => one.kind == other.kind && one.what.to_lowercase() == other.what.to_lowercase(),
    }
}

/// The concern as it stands in the merged plan; None when it is out.
fn concern(
    key: &ConcernKey,
    [base, ours, theirs]: [Option<&PlanConcern>; 3],
    found: &mut Found<'_>,
) -> Option<PlanConcern> {
    let whole = || Item::Concern(key.clone(), ConcernPart::Whole);
    let (ours, theirs) = match (ours, theirs) {
        (Some(ours), Some(theirs)) => (ours, theirs),
        _ => {
            let words = |one: Option<&PlanConcern>| one.map(|one| one.text.clone()).unwrap_or_default();
            let alike = Alike::of(base, ours, theirs);
            let side = found.side(whole(), alike, || [words(base), words(ours), words(theirs)]);
            return if side == Side::Ours { ours } else { theirs }.cloned();
        }
    };
    found.alike(1);
    let mut record = ours.clone();
    let matters = Alike::of(base.map_or("", |one| &one.matters), &ours.matters, &theirs.matters);
    let item = Item::Concern(key.clone(), ConcernPart::Matters);
    if found.side(item, matters, || three_words(ConcernPart::Matters, base, ours, theirs)) == Side::Theirs {
        record.matters.clone_from(&theirs.matters);
    }
    // That there is nothing to do and what is to be done cannot both be agreed: where they stand against each other, they are one item.
    if ours.nothing != theirs.nothing {
        let agreed = |one: &PlanConcern| (one.nothing, one.actions.clone());
        let alike = Alike::of(base.map(agreed).unwrap_or_default(), agreed(ours), agreed(theirs));
        let item = Item::Concern(key.clone(), ConcernPart::Nothing);
        if found.side(item, alike, || three_words(ConcernPart::Nothing, base, ours, theirs)) == Side::Theirs {
            (record.nothing, record.actions) = agreed(theirs);
        }
        return Some(record);
    }
    found.alike(1);
    let keys = |one: &PlanConcern| one.actions.iter().map(|action| action.key.clone()).collect::<Vec<_>>();
    record.actions.clear();
    for key in union(keys(ours), keys(theirs)) {
        let of = |one: &PlanConcern| one.actions.iter().find(|action| action.key == key).cloned();
        let three = [base.and_then(of), of(ours), of(theirs)];
        record.actions.extend(action(&key, three.each_ref().map(Option::as_ref), found));
    }
    Some(record)
}

/// The action as it stands in the merged plan; None when it is out.
fn action(key: &ActionKey, [base, ours, theirs]: [Option<&Action>; 3], found: &mut Found<'_>) -> Option<Action> {
    let item = |part| Item::Action(key.clone(), part);
    let (ours, theirs) = match (ours, theirs) {
        (Some(ours), Some(theirs)) => (ours, theirs),
        _ => {
            let words = |one: Option<&Action>| one.map(|one| one.what.clone()).unwrap_or_default();
            let side = found.side(item(ActionPart::Whole), Alike::of(base, ours, theirs), || {
                [words(base), words(ours), words(theirs)]
            });
            return if side == Side::Ours { ours } else { theirs }.cloned();
        }
    };
    found.alike(1);
    let mut record = ours.clone();
    for part in ActionPart::ALL.iter().filter(|part| **part != ActionPart::Whole) {
        let same = |one: Option<&Action>, other: Option<&Action>| is_part_alike(*part, one, other);
        let (here, there) = (Some(ours), Some(theirs));
        let alike = Alike { ours_base: same(here, base), theirs_base: same(there, base), both: same(here, there) };
        let words = || [base, here, there].map(|one| one.map(|one| action_words(*part, one)).unwrap_or_default());
        if found.side(item(*part), alike, words) == Side::Theirs {
            copy(*part, theirs, &mut record);
        }
    }
    if record.carried_from.is_none() {
        record.carried_from.clone_from(&theirs.carried_from);
    }
    Some(record)
}

/// An action that was not there said nothing.
fn is_part_alike(part: ActionPart, one: Option<&Action>, other: Option<&Action>) -> bool {
    let words = |one: Option<&Action>| one.map(|one| action_words(part, one)).unwrap_or_default();
    let (Some(one), Some(other)) = (one, other) else { return words(one) == words(other) };
    let mut with = other.clone();
    copy(part, one, &mut with);
    with == *other
}

/// The one place that says which members of an action a part is.
fn copy(part: ActionPart, from: &Action, to: &mut Action) {
    match part {
        ActionPart::Whole => {}
        ActionPart::Kind => to.kind = from.kind,
        ActionPart::What => to.what.clone_from(&from.what),
        ActionPart::Owner => {
            to.owner = from.owner;
            to.owner_name.clone_from(&from.owner_name);
        }
        ActionPart::Due => to.due = from.due,
        ActionPart::Contact => {
            to.contact.clone_from(&from.contact);
            to.entry = from.entry;
        }
        ActionPart::Ended => {
            to.ended = from.ended;
            to.outcome.clone_from(&from.outcome);
        }
    }
}

fn action_words(part: ActionPart, of: &Action) -> String {
    let lines = |parts: [Option<&str>; 3]| {
        parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
    };
    match part {
        ActionPart::Whole | ActionPart::What => of.what.clone(),
        ActionPart::Kind => of.kind.map(|kind| kind.code().to_owned()).unwrap_or_default(),
        ActionPart::Owner => lines([of.owner.map(|owner| owner.code()), Some(&of.owner_name), None]),
        ActionPart::Due => of.due.map(|due| due.to_string()).unwrap_or_default(),
        ActionPart::Contact => of.contact.clone(),
        ActionPart::Ended => {
            let on = of.ended.map(|ended| ended.on.to_string());
            lines([of.ended.map(|ended| ended.how.code()), on.as_deref(), Some(&of.outcome)])
        }
    }
}

fn concern_words(part: ConcernPart, of: &PlanConcern) -> String {
    match part {
        ConcernPart::Whole => of.text.clone(),
        ConcernPart::Matters => of.matters.clone(),
        // Where something was agreed, that is what stands against nothing.
        ConcernPart::Nothing => match of.nothing {
            Some(nothing) => nothing.code().to_owned(),
            None => of.actions.iter().map(|action| action.what.as_str()).collect::<Vec<_>>().join("\n"),
        },
    }
}

fn three_words(part: ConcernPart, base: Option<&PlanConcern>, ours: &PlanConcern, theirs: &PlanConcern) -> [String; 3] {
    [base, Some(ours), Some(theirs)].map(|one| one.map(|one| concern_words(part, one)).unwrap_or_default())
}

fn version_words(of: &CarePlan) -> String {
    let signed = of.signed.as_ref().map(|signed| signed.name.as_str());
    [of.version.to_string().as_str(), of.status.code(), signed.unwrap_or_default()].join("\n")
}

/// Ours in their order, then what only theirs has.
fn union<K: PartialEq>(ours: Vec<K>, theirs: Vec<K>) -> Vec<K> {
    let mut all = ours;
    for key in theirs {
        if !all.contains(&key) {
            all.push(key);
        }
    }
    all
}

#[cfg(test)]
#[path = "merge_care_plan_tests.rs"]
pub(crate) mod tests;
