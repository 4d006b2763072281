//! The acts on what was agreed before: a review of a plan, and carrying open actions over from the plans before it.

use domain::action::ActionKey;
use domain::care_plan::CarePlan;
use domain::id::CarePlanId;
use domain::op::Op;
use domain::plan_review::{before, left_open};
use jiff::civil::Date;
use serde::Serialize;
use store::Store;
use ts_rs::TS;

use crate::care_plan_view::{ActionView, CarePlanView};
use crate::clinic::Clinic;
use crate::death::living;
use crate::problem::{Code, Problem};
use crate::request::requests;
use crate::when::{Day, day_of};

requests! {
    ReviewCarePlan { #[ts(type = "CarePlanId")] plan: String }
    /// Takes an open action of an earlier plan over into this draft.
    CarryAction {
        #[ts(type = "CarePlanId")] plan: String,
        #[ts(type = "CarePlanId")] former: String,
        action: String,
    }
}

/// An earlier plan of which something is still open.
#[derive(Serialize, TS)]
pub struct FormerPlan {
    #[ts(type = "CarePlanId")]
    pub plan: CarePlanId,
    /// Its newest agreed version.
    pub version: u32,
    /// The day on which that was agreed.
    pub agreed: Day,
    pub open: Vec<LeftOpen>,
}

/// An action that has not ended and that no later plan took over, with its concern.
#[derive(Serialize, TS)]
pub struct LeftOpen {
    pub concern: String,
    pub action: ActionView,
}

impl Clinic {
    /// Opens a locked plan for its review, without a reason; locked again, it is the next version. `after_death` like a change.
    pub async fn review_care_plan(&self, request: ReviewCarePlan) -> Result<CarePlanView, Problem> {
        let today = day_of(self.0.profile.world.now());
        let change = move |store: &mut Store, plan: CarePlan| {
            living(store, plan.patient, today)?;
            Ok(plan.review()?)
        };
        self.change_care_plan_with(Op::ReviewCarePlan, &request.plan, change).await
    }

    /// Carries one open action over as it was agreed; `gone` when it has ended or was carried over meanwhile.
    pub async fn carry_action(&self, request: CarryAction) -> Result<CarePlanView, Problem> {
        let CarryAction { plan, former, action } = request;
        let former = CarePlanId::parse(&former).ok_or(Code::Gone)?;
        let key = ActionKey::new(&action);
        let change = move |store: &mut Store, plan: CarePlan| {
            let plans = plans_of(store, &plan)?;
            let from = before(&plan, &plans).into_iter().find(|one| one.id == former).ok_or(Code::Gone)?;
            if !left_open(&plan, &plans).iter().any(|open| open.plan.id == from.id && open.action.key == key) {
                return Err(Code::Gone.into());
            }
            Ok(plan.carry(from, &key)?)
        };
        self.change_care_plan_with(Op::CarryAction, &plan, change).await
    }
}

/// What is still open from the plans before this one, the nearest first; each with something open once.
pub(crate) fn former_plans(store: &Store, plan: &CarePlan, today: Date) -> Result<Vec<FormerPlan>, Problem> {
    let plans = plans_of(store, plan)?;
    let mut former: Vec<FormerPlan> = Vec::new();
    for open in left_open(plan, &plans) {
        let line = LeftOpen { concern: open.concern.text.clone(), action: ActionView::of(open.action, today) };
        match former.iter_mut().find(|known| known.plan == open.plan.id) {
            Some(known) => known.open.push(line),
            None => {
                let agreed = open.plan.signed.as_ref().ok_or_else(Problem::unexpected)?;
                former.push(FormerPlan {
                    plan: open.plan.id,
                    version: open.plan.version,
                    agreed: Day::new(day_of(agreed.at)),
                    open: vec![line],
                });
            }
        }
    }
    Ok(former)
}

fn plans_of(store: &Store, plan: &CarePlan) -> Result<Vec<CarePlan>, Problem> {
    Ok(store.care_plans_of(plan.patient)?.into_iter().map(|saved| saved.plan).collect())
}
