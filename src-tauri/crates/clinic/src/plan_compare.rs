//! Two plans of a patient, or two versions of one, side by side; in what they differ is for `domain::plan_compare` to say.

use domain::action::Action;
use domain::care_plan::PlanStatus;
use domain::id::{CarePlanId, PatientId};
use domain::op::Op;
use domain::plan_compare::{self, Difference, DifferenceKind, Pair};
use domain::record::Record;
use jiff::civil::Date;
use serde::Serialize;
use store::{SavedPlan, Store};
use ts_rs::TS;

use crate::care_plan_view::PlanConcernView;
use crate::clinic::Clinic;
use crate::death::answered_on;
use crate::patient_view::{Banner, SignatureView};
use crate::problem::{Code, Problem};
use crate::request::requests;
use crate::version::look;
use crate::when::{Day, day_of};

requests! {
    PlanAt {
        #[ts(type = "CarePlanId")] plan: String,
        /// A locked version; null for the plan as it stands.
        version: Option<u32>,
    }
    ComparePlans { left: PlanAt, right: PlanAt }
}

#[derive(Serialize, TS)]
pub struct PlanComparison {
    #[ts(type = "PatientId")]
    pub patient: PatientId,
    pub banner: Banner,
    pub left: PlanSide,
    pub right: PlanSide,
    /// In the order of the right, then the concerns that only the left has.
    pub pairs: Vec<ConcernPair>,
    /// Every agreed version of every plan of the patient, and the drafts; newest first.
    pub choices: Vec<PlanSide>,
}

/// A plan as it stands, or one of its agreed versions.
#[derive(Serialize, TS)]
pub struct PlanSide {
    #[ts(type = "CarePlanId")]
    pub plan: CarePlanId,
    /// Null for a draft.
    pub version: Option<u32>,
    /// The day on which its assessment was answered.
    pub assessed: Day,
    /// Who agreed this version; null for a draft.
    pub signed: Option<SignatureView>,
    pub review: bool,
}

/// One concern on both sides, or null where it is not.
#[derive(Serialize, TS)]
pub struct ConcernPair {
    pub left: Option<PlanConcernView>,
    pub right: Option<PlanConcernView>,
    pub differences: Vec<DifferenceView>,
}

/// One difference; the actions are named by their keys on the side where they are.
#[derive(Serialize, TS)]
pub struct DifferenceView {
    #[ts(type = "DifferenceKind")]
    pub kind: DifferenceKind,
    pub left: Option<String>,
    pub right: Option<String>,
}

impl Clinic {
    /// Shows two plans of one patient beside each other; `gone` when one is not there, or they are of two patients. A look at each is
    /// an audit line.
    pub async fn compare_plans(&self, request: ComparePlans) -> Result<PlanComparison, Problem> {
        let by = self.by_for(Op::ComparePlans)?;
        let today = day_of(by.at);
        let compare = move |store: &mut Store| {
            let (left, right) = (read(store, &request.left)?, read(store, &request.right)?);
            let patient = right.plan.patient;
            if left.plan.patient != patient {
                return Err(Code::Gone.into());
            }
            for (saved, asked) in [(&left, &request.left), (&right, &request.right)] {
                look(store, &by, Op::ComparePlans, Record::care_plan(saved.plan.id, patient), asked.version)?;
            }
            let (person, _) = store.patient(patient)?.ok_or(Code::Gone)?;
            let pairs = plan_compare::compare(&left.plan, &right.plan);
            Ok(PlanComparison {
                patient,
                banner: Banner::of(&person, today),
                left: side(store, &left)?,
                right: side(store, &right)?,
                pairs: pairs.iter().map(|pair| ConcernPair::of(pair, today)).collect(),
                choices: choices(store, patient)?,
            })
        };
        self.0.queue.run(compare).await
    }
}

fn read(store: &Store, asked: &PlanAt) -> Result<SavedPlan, Problem> {
    let id = CarePlanId::parse(&asked.plan).ok_or(Code::Gone)?;
    let now = store.care_plan(id)?.ok_or(Code::Gone)?;
    match asked.version.filter(|version| !stands(&now, *version)) {
        Some(version) => store.care_plan_version(id, version)?.ok_or_else(|| Code::Gone.into()),
        None => Ok(now),
    }
}

/// Is this version the locked plan as it stands? Then it is shown with what became of its actions since.
fn stands(now: &SavedPlan, version: u32) -> bool {
    now.plan.status == PlanStatus::Locked && now.plan.version == version
}

fn side(store: &Store, saved: &SavedPlan) -> Result<PlanSide, Problem> {
    let plan = &saved.plan;
    let hna = store.hna(plan.hna)?.ok_or(Code::Gone)?.hna;
    let agreed = plan.status == PlanStatus::Locked;
    Ok(PlanSide {
        plan: plan.id,
        version: agreed.then_some(plan.version),
        assessed: Day::new(answered_on(&hna)),
        signed: plan.signed.as_ref().filter(|_| agreed).map(SignatureView::from),
        review: plan.review,
    })
}

fn choices(store: &Store, patient: PatientId) -> Result<Vec<PlanSide>, Problem> {
    let mut choices = Vec::new();
    for saved in store.care_plans_of(patient)? {
        let plan = &saved.plan;
        if plan.status == PlanStatus::Draft {
            choices.push(side(store, &saved)?);
        }
        for version in store.versions(&plan.id.to_string())? {
            let locked = store.care_plan_version(plan.id, version)?.ok_or(Code::Gone)?;
            choices.push(side(store, &locked)?);
        }
    }
    Ok(choices)
}

impl ConcernPair {
    fn of(pair: &Pair<'_>, today: Date) -> ConcernPair {
        let view = |concern| PlanConcernView::of(concern, today);
        ConcernPair {
            left: pair.left.map(view),
            right: pair.right.map(view),
            differences: pair.differences.iter().map(DifferenceView::of).collect(),
        }
    }
}

impl DifferenceView {
    fn of(difference: &Difference<'_>) -> DifferenceView {
        let key = |action: &Action| action.key.as_str().to_owned();
        DifferenceView { kind: difference.kind, left: difference.left.map(key), right: difference.right.map(key) }
    }
}
