//! A referral of a plan as it was agreed, for its letter.

use documents::Referral;
use domain::action::{Action, ActionKind, EndedHow};
use domain::care_plan::PlanConcern;
use domain::id::{CarePlanId, PatientId};
use domain::staff::Signature;
use jiff::civil::Date;
use store::Store;

use crate::death::answered_on;
use crate::paper_view::PaperOf;
use crate::problem::{Code, Problem};

/// A referral of a locked version of a plan.
pub(crate) struct Referred {
    pub plan: CarePlanId,
    pub patient: PatientId,
    concern: PlanConcern,
    pub action: Action,
    assessed: Date,
    agreed: Signature,
    version: u32,
}

impl Referred {
    /// What its letter is made of.
    pub fn letter(&self) -> Referral<'_> {
        let Referred { concern, action, assessed, agreed, version, .. } = self;
        Referral { concern, action, assessed: *assessed, agreed, version: *version }
    }
}

/// Reads the referral that a letter is asked for: as the newest version has it, or the one that is meant. `gone` for an action that is no
/// referral, and for one that came to nothing or is not in the plan any more: no letter of it goes out.
pub(crate) fn referred(store: &Store, paper: &PaperOf) -> Result<Referred, Problem> {
    let (plan, key) = paper.record.split_once('/').ok_or(Code::Gone)?;
    let id = CarePlanId::parse(plan).ok_or(Code::Gone)?;
    let version = paper.version.or(store.versions(plan)?.into_iter().next()).ok_or(Code::Gone)?;
    let locked = store.care_plan_version(id, version)?.ok_or(Code::Gone)?.plan;
    let now = store.care_plan(id)?.ok_or(Code::Gone)?.plan;
    let stands = |action: &Action| action.ended.is_none_or(|ended| ended.how == EndedHow::Done);
    if !now.actions().any(|action| action.key.as_str() == key && stands(action)) {
        return Err(Code::Gone.into());
    }
    let found = locked.concerns.into_iter().find_map(|concern| {
        let action = concern.actions.iter().find(|action| action.key.as_str() == key)?.clone();
        (action.kind == Some(ActionKind::Refer)).then_some((concern, action))
    });
    let (concern, action) = found.ok_or(Code::Gone)?;
    let hna = store.hna(locked.hna)?.ok_or(Code::Gone)?.hna;
    let agreed = locked.signed.ok_or(Code::Gone)?;
    Ok(Referred { plan: id, patient: locked.patient, concern, action, assessed: answered_on(&hna), agreed, version })
}
