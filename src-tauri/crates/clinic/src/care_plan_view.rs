//! A care plan as the screen shows it: as it stands, or as it was locked.

use domain::action::{Action, ActionKind, Ended, EndedHow, OwnerKind};
use domain::care_plan::{NothingAgreed, Origin, PlanConcern, PlanStatus};
use domain::id::{CarePlanId, DirectoryEntryId, HnaId, PatientId, SendingId};
use domain::staff::By;
use jiff::civil::Date;
use serde::Serialize;
use store::{SavedPlan, Store};
use ts_rs::TS;

use crate::death::answered_on;
use crate::hna_view::AnswerView;
use crate::patient_view::{Banner, SignatureView, VersionLine};
use crate::plan_review::{FormerPlan, former_plans};
use crate::problem::{Code, Field, Problem};
use crate::when::{Day, When, day_of};

#[derive(Serialize, TS)]
pub struct CarePlanView {
    #[ts(type = "CarePlanId")]
    pub id: CarePlanId,
    #[ts(type = "PatientId")]
    pub patient: PatientId,
    pub banner: Banner,
    #[ts(type = "HnaId")]
    pub hna: HnaId,
    /// The earlier plan that this one takes the place of.
    #[ts(type = "CarePlanId | null")]
    pub follows: Option<CarePlanId>,
    /// The checklist of its assessment, from which a concern can be added.
    pub checklist: String,
    #[ts(type = "PlanStatus")]
    pub status: PlanStatus,
    pub revision: i64,
    /// The newest locked version; 0 before the first.
    pub version: u32,
    /// The locked version that is shown; null when the plan is shown as it stands.
    pub shown_version: Option<u32>,
    /// The day on which the assessment was answered.
    pub assessed: Day,
    pub started: When,
    pub saved: When,
    /// What matters most first, in the patient's order; the others by score.
    pub concerns: Vec<PlanConcernView>,
    pub signed: Option<SignatureView>,
    pub unlock_reason: Option<String>,
    /// It was opened for its review, or the version that is shown is one.
    pub review: bool,
    /// What is still open from the plans before it; empty where an agreed version is shown.
    pub former: Vec<FormerPlan>,
    /// Newest first.
    pub versions: Vec<VersionLine>,
    /// What is missing before it can be locked.
    pub unfinished: Vec<Field>,
    /// Somebody else changed it at the trust, and nobody has chosen what goes on: the sending that waits for it, or null.
    #[ts(type = "SendingId | null")]
    pub conflict: Option<SendingId>,
    /// The signed-in nurse, offered as owner.
    pub me: String,
}

#[derive(Serialize, TS)]
pub struct PlanConcernView {
    #[ts(type = "ConcernKey")]
    pub key: String,
    pub text: String,
    /// The patient's own words.
    pub own: bool,
    /// The patient was not asked for a score unless this is `assessment`.
    #[ts(type = "Origin")]
    pub origin: Origin,
    /// The code that names it across checklists; null for words of one's own.
    pub code: Option<String>,
    pub answer: AnswerView,
    pub private: bool,
    pub ranked: bool,
    pub matters: String,
    pub actions: Vec<ActionView>,
    /// Why nothing was agreed, where that was said.
    #[ts(type = "NothingAgreed | null")]
    pub nothing: Option<NothingAgreed>,
}

#[derive(Serialize, TS)]
pub struct ActionView {
    pub key: String,
    #[ts(type = "ActionKind | null")]
    pub kind: Option<ActionKind>,
    pub what: String,
    #[ts(type = "OwnerKind | null")]
    pub owner: Option<OwnerKind>,
    pub owner_name: String,
    pub due: Option<Day>,
    /// How and when it ended; null while it is open.
    pub ended: Option<EndedView>,
    /// What came of it; empty where nobody said.
    pub outcome: String,
    pub overdue: bool,
    /// The entry of the directory that it was filled from.
    #[ts(type = "DirectoryEntryId | null")]
    pub entry: Option<DirectoryEntryId>,
    /// Name, telephone and hours as they stood in the directory then; empty otherwise.
    pub contact: String,
    /// The earlier plan that it was carried over from.
    #[ts(type = "CarePlanId | null")]
    pub carried_from: Option<CarePlanId>,
}

#[derive(Serialize, TS)]
pub struct EndedView {
    #[ts(type = "EndedHow")]
    pub how: EndedHow,
    pub on: Day,
}

/// Shows a plan as it was saved to the person who asks; `shown` is the locked version that `saved` is.
pub(crate) fn care_plan_view(
    store: &Store,
    saved: &SavedPlan,
    shown: Option<u32>,
    by: &By,
) -> Result<CarePlanView, Problem> {
    let (plan, today) = (&saved.plan, day_of(by.at));
    let (patient, _) = store.patient(plan.patient)?.ok_or(Code::Gone)?;
    let hna = store.hna(plan.hna)?.ok_or(Code::Gone)?.hna;
    let mut versions = Vec::new();
    for version in store.versions(&plan.id.to_string())? {
        let locked = store.care_plan_version(plan.id, version)?.ok_or(Code::Gone)?;
        let signed = locked.plan.signed.as_ref().ok_or_else(Problem::unexpected)?.into();
        versions.push(VersionLine { version, signed });
    }
    Ok(CarePlanView {
        id: plan.id,
        patient: plan.patient,
        banner: Banner::of(&patient, today),
        hna: plan.hna,
        follows: plan.follows,
        checklist: hna.checklist.clone(),
        status: plan.status,
        revision: saved.revision,
        version: versions.first().map_or(0, |newest| newest.version),
        shown_version: shown,
        assessed: Day::new(answered_on(&hna)),
        started: When::new(plan.started_at),
        saved: When::new(saved.saved_at),
        concerns: plan.concerns.iter().map(|concern| PlanConcernView::of(concern, today)).collect(),
        signed: plan.signed.as_ref().map(SignatureView::from),
        unlock_reason: (!plan.unlock_reason.is_empty()).then(|| plan.unlock_reason.clone()),
        review: plan.review,
        former: if shown.is_none() { former_plans(store, plan, today)? } else { Vec::new() },
        versions,
        unfinished: plan
            .unfinished()
            .into_iter()
            .map(|fault| Field { field: fault.field, reason: fault.reason.to_owned() })
            .collect(),
        conflict: store.conflict_of(&plan.id.to_string())?,
        me: by.name.clone(),
    })
}

impl PlanConcernView {
    pub(crate) fn of(concern: &PlanConcern, today: Date) -> PlanConcernView {
        PlanConcernView {
            key: concern.key.as_str().to_owned(),
            text: concern.text.clone(),
            own: concern.own(),
            origin: concern.origin,
            code: concern.code.clone(),
            answer: concern.answer.into(),
            private: concern.private,
            ranked: concern.ranked,
            matters: concern.matters.clone(),
            actions: concern.actions.iter().map(|action| ActionView::of(action, today)).collect(),
            nothing: concern.nothing,
        }
    }
}

impl ActionView {
    pub(crate) fn of(action: &Action, today: Date) -> ActionView {
        ActionView {
            key: action.key.as_str().to_owned(),
            kind: action.kind,
            what: action.what.clone(),
            owner: action.owner,
            owner_name: action.owner_name.clone(),
            due: action.due.map(Day::new),
            ended: action.ended.map(|Ended { how, on }| EndedView { how, on: Day::new(on) }),
            outcome: action.outcome.clone(),
            overdue: action.overdue(today),
            entry: action.entry,
            contact: action.contact.clone(),
            carried_from: action.carried_from.as_ref().map(|(plan, _)| *plan),
        }
    }
}
