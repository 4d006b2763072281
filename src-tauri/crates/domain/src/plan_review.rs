//! What becomes of an agreed plan: it is reviewed, or a later plan follows it and takes over what is still open. Nothing is taken over
//! by itself.

use std::cmp::Reverse;
use std::collections::HashSet;

use crate::action::{Action, ActionKey, NewAction};
use crate::care_plan::{CarePlan, Origin, PlanConcern, PlanStatus};
use crate::id::CarePlanId;
use crate::refused::Refused;

/// An agreed action that has not ended and that no later agreed plan took over.
#[derive(Clone, Copy, Debug)]
pub struct StillOpen<'a> {
    pub plan: &'a CarePlan,
    pub concern: &'a PlanConcern,
    pub action: &'a Action,
}

impl CarePlan {
    /// This draft as the one that follows the newest of `plans` (in any order) that was ever agreed and was started before it.
    pub fn following<'a>(mut self, plans: impl IntoIterator<Item = &'a CarePlan>) -> CarePlan {
        let earlier = |plan: &&CarePlan| {
            plan.version > 0 && plan.id != self.id && plan.patient == self.patient && plan.started_at <= self.started_at
        };
        self.follows = plans.into_iter().filter(earlier).max_by_key(|plan| plan.started_at).map(|plan| plan.id);
        self
    }

    /// Opens a locked plan for its review, which needs no reason; locked again, it is the next version.
    pub fn review(mut self) -> Result<CarePlan, Refused> {
        if self.status != PlanStatus::Locked {
            return Err(Refused::PlanNotLocked);
        }
        self.status = PlanStatus::Draft;
        self.review = true;
        Ok(self)
    }

    /// Takes over an action of an earlier plan of the patient as it was agreed, with its concern. Refused when it has ended, was taken
    /// over already, or is of no agreed plan before this one.
    pub fn carry(self, from: &CarePlan, action: &ActionKey) -> Result<CarePlan, Refused> {
        self.open()?;
        let mut agreed = from.concerns.iter().flat_map(|concern| concern.actions.iter().map(move |one| (concern, one)));
        let (concern, action) = agreed.find(|(_, one)| &one.key == action).ok_or(Refused::NotThere)?;
        let origin = Some((from.id, action.key.clone()));
        let earlier = from.id != self.id && from.patient == self.patient && from.version > 0;
        let here = self.actions().any(|own| own.carried_from == origin);
        if !earlier || here || action.ended.is_some() {
            return Err(Refused::NotThere);
        }
        let Action { kind, what, owner, owner_name, due, entry, contact, .. } = action.clone();
        let (plan, key) = self.bring_concern(Origin::Carried, concern.code.as_deref(), &concern.text)?;
        plan.new_action(&key, NewAction { kind, what, owner, owner_name, due, entry, contact, carried_from: origin })
    }
}

impl CarePlan {
    /// What is agreed while this plan is being changed: `locked` is the same plan as it was last locked. How an action of it ended is as it
    /// stands here; one that was taken out here stays as it was.
    pub fn while_changed(&self, mut locked: CarePlan) -> CarePlan {
        for action in locked.concerns.iter_mut().flat_map(|concern| &mut concern.actions) {
            if let Some(here) = self.actions().find(|here| here.key == action.key) {
                action.ended = here.ended;
                action.outcome.clone_from(&here.outcome);
            }
        }
        locked
    }
}

/// The plans before this one, the newest first: those it follows, each once, whatever the records say, and every other agreed plan of the
/// patient that was started before it, also one that was agreed only after this one was started.
pub fn before<'a>(plan: &CarePlan, plans: &'a [CarePlan]) -> Vec<&'a CarePlan> {
    let mut chain: Vec<&CarePlan> = Vec::new();
    let mut next = plan.follows;
    while let Some(former) = next.and_then(|id| plans.iter().find(|one| one.id == id)) {
        if former.id == plan.id || chain.iter().any(|known| known.id == former.id) {
            break;
        }
        chain.push(former);
        next = former.follows;
    }
    let others = plans.iter().filter(|one| {
        let agreed = one.version > 0 && one.patient == plan.patient && one.id != plan.id;
        agreed && one.started_at < plan.started_at && !chain.iter().any(|known| known.id == one.id)
    });
    let mut all: Vec<&CarePlan> = chain.iter().copied().chain(others).collect();
    // The sort is stable: what was started in the same moment stays in the order of the chain.
    all.sort_by_key(|one| Reverse(one.started_at));
    all
}

/// What `plan` could take over from the plans before it: their open actions that neither it nor an agreed plan has taken over. Another
/// draft counts for nothing: it may never be agreed, and what it took over would be lost.
pub fn left_open<'a>(plan: &CarePlan, plans: &'a [CarePlan]) -> Vec<StillOpen<'a>> {
    // `plan` may be newer than what of it stands in `plans`.
    let others = plans.iter().filter(|one| one.id != plan.id && one.version > 0);
    let taken = carried(others.chain([plan]));
    before(plan, plans)
        .into_iter()
        .flat_map(open_of)
        .filter(|open| !taken.contains(&(open.plan.id, &open.action.key)))
        .collect()
}

/// What is to be done by the plans of one patient, in their order. A draft that was never agreed counts for nothing: what it took over
/// stays where it was agreed until it is agreed itself.
pub fn still_open(plans: &[CarePlan]) -> Vec<StillOpen<'_>> {
    let taken = carried(plans.iter().filter(|plan| plan.version > 0));
    plans.iter().flat_map(open_of).filter(|open| !taken.contains(&(open.plan.id, &open.action.key))).collect()
}

fn carried<'a>(plans: impl Iterator<Item = &'a CarePlan>) -> HashSet<(CarePlanId, &'a ActionKey)> {
    let from = |action: &'a Action| action.carried_from.as_ref().map(|(plan, key)| (*plan, key));
    plans.flat_map(CarePlan::actions).filter_map(from).collect()
}

fn open_of(plan: &CarePlan) -> Vec<StillOpen<'_>> {
    if plan.version == 0 {
        return Vec::new();
    }
    let of = |concern| move |action| StillOpen { plan, concern, action };
    let open = plan.concerns.iter().flat_map(|concern| concern.actions.iter().map(of(concern)));
    open.filter(|open: &StillOpen<'_>| open.action.ended.is_none()).collect()
}

#[cfg(test)]
#[path = "plan_review_tests.rs"]
pub(crate) mod tests;
