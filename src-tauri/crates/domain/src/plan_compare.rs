//! Two plans, or two versions of one, beside each other: which concern is which, and in what they differ. What a difference is called
//! is for the screen.

use crate::action::Action;
use crate::care_plan::{CarePlan, PlanConcern};
use crate::codes;

codes! {
    /// In what a concern or an action differs.
    DifferenceKind {
        /// Only the right has this concern.
        ConcernAdded = "concern_added",
        /// Only the left has it.
        ConcernGone = "concern_gone",
        Answer = "answer",
        /// What matters to the patient about it.
        Matters = "matters",
        /// Why nothing was agreed.
        Nothing = "nothing",
        ActionAdded = "action_added",
        ActionGone = "action_gone",
        ActionKind = "action_kind",
        ActionWhat = "action_what",
        ActionOwner = "action_owner",
        ActionDue = "action_due",
        ActionEnded = "action_ended",
        ActionReopened = "action_reopened",
    }
}

/// One concern on both sides, or on one of them.
#[derive(Clone, Debug)]
pub struct Pair<'a> {
    pub left: Option<&'a PlanConcern>,
    pub right: Option<&'a PlanConcern>,
    pub differences: Vec<Difference<'a>>,
}

/// One difference; the actions are those it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference<'a> {
    pub kind: DifferenceKind,
    pub left: Option<&'a Action>,
    pub right: Option<&'a Action>,
}

/// Every concern of both, in the order of the right, then those that only the left has. A concern is the same by its code, or by its
/// words where it has none; an action by its key within one plan, by what it was carried over from, or by kind and words.
pub fn compare<'a>(left: &'a CarePlan, right: &'a CarePlan) -> Vec<Pair<'a>> {
    let mut rest: Vec<&PlanConcern> = left.concerns.iter().collect();
    let mut pairs = Vec::new();
    for concern in &right.concerns {
        let place = rest.iter().position(|one| same_concern(one, concern));
        let before = place.map(|place| rest.remove(place));
        let differences = match before {
            None => vec![Difference { kind: DifferenceKind::ConcernAdded, left: None, right: None }],
            Some(before) => differences(left, right, before, concern),
        };
        pairs.push(Pair { left: before, right: Some(concern), differences });
    }
    for concern in rest {
        let gone = Difference { kind: DifferenceKind::ConcernGone, left: None, right: None };
        pairs.push(Pair { left: Some(concern), right: None, differences: vec![gone] });
    }
    pairs
}

fn same_concern(one: &PlanConcern, other: &PlanConcern) -> bool {
    match (&one.code, &other.code) {
        (Some(one), Some(other)) => one == other,
        (None, None) => one.text.to_lowercase() == other.text.to_lowercase(),
        _ => false,
    }
}

fn differences<'a>(
    left: &CarePlan,
    right: &CarePlan,
    before: &'a PlanConcern,
    now: &'a PlanConcern,
) -> Vec<Difference<'a>> {
    use DifferenceKind as Kind;
    let mut found = Vec::new();
    let said = [
        (Kind::Answer, (before.raised(), before.answer) != (now.raised(), now.answer)),
        (Kind::Matters, before.matters != now.matters),
        (Kind::Nothing, before.nothing != now.nothing),
    ];
    let concern = |(kind, _)| Difference { kind, left: None, right: None };
    found.extend(said.into_iter().filter(|(_, differs)| *differs).map(concern));
    let mut rest: Vec<&Action> = before.actions.iter().collect();
    let mut take = |same: &dyn Fn(&Action) -> bool| {
        let place = rest.iter().position(|one| same(one))?;
        Some(rest.remove(place))
    };
    // What is certainly the same is settled before what only looks so.
    let mut pairs = Vec::new();
    for action in &now.actions {
        pairs.push((take(&|one| same_action(left, right, one, action)), action));
    }
    for (before, action) in &mut pairs {
        let alike = |one: &Action| one.kind == action.kind && one.what.to_lowercase() == action.what.to_lowercase();
        *before = before.or_else(|| take(&alike));
    }
    for (before, action) in pairs {
        match before {
            None => found.push(Difference { kind: Kind::ActionAdded, left: None, right: Some(action) }),
            Some(one) => {
                let both = |kind| Difference { kind, left: Some(one), right: Some(action) };
                found.extend(changes(one, action).into_iter().map(both));
            }
        }
    }
    found.extend(rest.into_iter().map(|one| Difference { kind: Kind::ActionGone, left: Some(one), right: None }));
    found
}

fn same_action(left: &CarePlan, right: &CarePlan, one: &Action, other: &Action) -> bool {
    let carried = |from: &CarePlan, key: &Action, to: &Action| {
        to.carried_from.as_ref().is_some_and(|(plan, action)| (plan, action) == (&from.id, &key.key))
    };
    let same_plan = left.id == right.id && one.key == other.key;
    same_plan || carried(left, one, other) || carried(right, other, one)
}

fn changes(one: &Action, other: &Action) -> Vec<DifferenceKind> {
    use DifferenceKind as Kind;
    let ended = one.ended != other.ended || (one.ended.is_some() && one.outcome != other.outcome);
    let all = [
        (Kind::ActionKind, one.kind != other.kind),
        (Kind::ActionWhat, one.what != other.what),
        (Kind::ActionOwner, (one.owner, &one.owner_name) != (other.owner, &other.owner_name)),
        (Kind::ActionDue, one.due != other.due),
        (Kind::ActionEnded, ended && other.ended.is_some()),
        (Kind::ActionReopened, ended && other.ended.is_none()),
    ];
    all.into_iter().filter(|(_, differs)| *differs).map(|(kind, _)| kind).collect()
}

#[cfg(test)]
#[path = "plan_compare_tests.rs"]
mod tests;
