//! The acts of a care plan: each change is durable before its view is returned, each locked version stays as it was.

use domain::Refused;
use domain::action::{ActionKey, Ended, EndedHow, TypedAction};
use domain::care_plan::{CarePlan, NothingAgreed};
use domain::hna::ConcernKey;
use domain::id::{CarePlanId, HnaId};
use domain::op::Op;
use domain::record::Record;
use store::{SavedPlan, Store};
use zeroize::Zeroizing;

use crate::care_plan_view::{CarePlanView, care_plan_view};
use crate::clinic::{Clinic, Noun, off_thread};
use crate::death::living;
use crate::paper::{self, Content};
use crate::problem::{Code, Problem};
use crate::request::requests;
use crate::version::{look, still};
use crate::when::day_of;

requests! {
    StartCarePlan { #[ts(type = "HnaId")] hna: String }
    ReadCarePlan {
        #[ts(type = "CarePlanId")] plan: String,
        /// A locked version; null for the plan as it stands.
        version: Option<u32>,
    }
    WriteWhatMatters { #[ts(type = "CarePlanId")] plan: String, #[ts(type = "ConcernKey")] concern: String, words: String }
    AddAction { #[ts(type = "CarePlanId")] plan: String, #[ts(type = "ConcernKey")] concern: String }
    WriteAction {
        #[ts(type = "CarePlanId")] plan: String,
        action: String,
        #[ts(type = "ActionKind | null")] kind: Option<String>,
        what: String,
        #[ts(type = "OwnerKind | null")] owner: Option<String>,
        owner_name: String,
        /// As typed in one box; empty for none yet.
        due: String,
    }
    RemoveAction { #[ts(type = "CarePlanId")] plan: String, action: String }
    LockCarePlan {
        #[ts(type = "CarePlanId")] plan: String,
        /// The revision that was read and agreed.
        revision: i64,
        day: String,
        month: String,
        #[ts(type = "string")] passphrase: Zeroizing<String>,
    }
    AddConcern {
        #[ts(type = "CarePlanId")] plan: String,
        /// An item of the checklist of its assessment; null for words of one's own.
        #[ts(type = "ConcernKey | null")] item: Option<String>,
        words: String,
    }
    RemoveConcern { #[ts(type = "CarePlanId")] plan: String, #[ts(type = "ConcernKey")] concern: String }
    AgreeNothing {
        #[ts(type = "CarePlanId")] plan: String,
        #[ts(type = "ConcernKey")] concern: String,
        /// Null takes it back.
        #[ts(type = "NothingAgreed | null")] nothing: Option<String>,
    }
    EndAction {
        #[ts(type = "CarePlanId")] plan: String,
        action: String,
        #[ts(type = "EndedHow | null")] how: Option<String>,
        outcome: String,
    }
    ReopenAction { #[ts(type = "CarePlanId")] plan: String, action: String }
    UnlockCarePlan { #[ts(type = "CarePlanId")] plan: String, reason: String }
}

impl Clinic {
    /// Starts the plan of a completed assessment; `nothing_to_plan` when it has no concern. When one was made from it already,
    /// that one is shown and no second is made.
    pub async fn start_care_plan(&self, request: StartCarePlan) -> Result<CarePlanView, Problem> {
        let by = self.by_for(Op::StartCarePlan)?;
        let open = self.0.clone();
        let hna = HnaId::parse(&request.hna).ok_or(Code::Gone)?;
        let id = CarePlanId::from_random(open.profile.world.bytes()?);
        let seen = self
            .0
            .queue
            .run(move |store| {
                let hna = store.hna(hna)?.ok_or(Code::Gone)?.hna;
                if let Some(made) = store.care_plan_from(hna.id)? {
                    look(store, &by, Op::StartCarePlan, Record::care_plan(made.plan.id, made.plan.patient), None)?;
                    return care_plan_view(store, &made, None, &by);
                }
                living(store, hna.patient, day_of(by.at))?;
                let checklist = open.content.checklist(store, &hna.checklist)?;
                let made = store.care_plans_of(hna.patient)?;
                let plan = CarePlan::start(id, &hna, &checklist, &by)?.following(made.iter().map(|saved| &saved.plan));
                store.write::<_, Problem>(&by, Op::StartCarePlan, |w| Ok(w.save_care_plan(&plan, None)?))?;
                let saved = SavedPlan { plan, revision: 1, saved_at: by.at, sending: None };
                care_plan_view(store, &saved, None, &by)
            })
            .await?;
        self.changed(&[Noun::CarePlan]);
        Ok(seen)
    }

    /// Reads a plan as it stands, or as it was locked; the look is an audit line.
    pub async fn read_care_plan(&self, request: ReadCarePlan) -> Result<CarePlanView, Problem> {
        let by = self.by_for(Op::ReadCarePlan)?;
        let ReadCarePlan { plan, version } = request;
        let id = CarePlanId::parse(&plan).ok_or(Code::Gone)?;
        self.0
            .queue
            .run(move |store| {
                let saved = match version {
                    Some(version) => store.care_plan_version(id, version)?,
                    None => store.care_plan(id)?,
                };
                let saved = saved.ok_or(Code::Gone)?;
                look(store, &by, Op::ReadCarePlan, Record::care_plan(id, saved.plan.patient), version)?;
                care_plan_view(store, &saved, version, &by)
            })
            .await
    }

    /// Keeps what matters to the patient about a concern.
    pub async fn write_what_matters(&self, request: WriteWhatMatters) -> Result<CarePlanView, Problem> {
        let key = ConcernKey::new(&request.concern);
        let change = move |plan: CarePlan| plan.write_what_matters(&key, &request.words);
        self.change_care_plan(Op::WriteWhatMatters, &request.plan, change).await
    }

    /// Adds an action to a concern.
    pub async fn add_action(&self, request: AddAction) -> Result<CarePlanView, Problem> {
        let key = ConcernKey::new(&request.concern);
        self.change_care_plan(Op::AddAction, &request.plan, move |plan| plan.add_action(&key)).await
    }

    /// Keeps an action as it is typed.
    pub async fn write_action(&self, request: WriteAction) -> Result<CarePlanView, Problem> {
        let today = day_of(self.0.profile.world.now());
        let WriteAction { plan, action, kind, what, owner, owner_name, due } = request;
        let (key, typed) = (ActionKey::new(&action), TypedAction { kind, what, owner, owner_name, due });
        self.change_care_plan(Op::WriteAction, &plan, move |plan| plan.write_action(&key, &typed, today)).await
    }

    /// Takes an action out of the draft.
    pub async fn remove_action(&self, request: RemoveAction) -> Result<CarePlanView, Problem> {
        let key = ActionKey::new(&request.action);
        self.change_care_plan(Op::RemoveAction, &request.plan, move |plan| plan.remove_action(&key)).await
    }

    /// Says how an action ended, of a plan that is locked too; its locked versions and their paper stay as agreed. `after_death` when it
    /// would be done on a day after the death; that it is declined or not needed can be said then.
    pub async fn end_action(&self, request: EndAction) -> Result<CarePlanView, Problem> {
        let today = day_of(self.0.profile.world.now());
        let EndAction { plan, action, how, outcome } = request;
        let key = ActionKey::new(&action);
        let change = move |store: &mut Store, plan: CarePlan| {
            let plan = plan.end_action(&key, how.as_deref(), &outcome, today)?;
            let ended = plan.actions().find(|action| action.key == key).and_then(|action| action.ended);
            if let Some(Ended { how: EndedHow::Done, on }) = ended {
                living(store, plan.patient, on)?;
            }
            Ok(plan)
        };
        self.change_care_plan_with(Op::EndAction, &plan, change).await
    }

    /// Takes back that an action ended.
    pub async fn reopen_action(&self, request: ReopenAction) -> Result<CarePlanView, Problem> {
        let key = ActionKey::new(&request.action);
        self.change_care_plan(Op::ReopenAction, &request.plan, move |plan| plan.reopen_action(&key)).await
    }

    /// Adds a concern that the patient did not raise, from the checklist of the assessment or in own words.
    pub async fn add_concern(&self, request: AddConcern) -> Result<CarePlanView, Problem> {
        let AddConcern { plan, item, words } = request;
        let (open, item) = (self.0.clone(), item.map(|key| ConcernKey::new(&key)));
        self.change_care_plan_with(Op::AddConcern, &plan, move |store, plan| {
            let hna = store.hna(plan.hna)?.ok_or(Code::Gone)?.hna;
            let checklist = open.content.checklist(store, &hna.checklist)?;
            Ok(plan.add_concern(&checklist, item.as_ref(), &words)?)
        })
        .await
    }

    /// Takes a concern out that was added and has no action.
    pub async fn remove_concern(&self, request: RemoveConcern) -> Result<CarePlanView, Problem> {
        let key = ConcernKey::new(&request.concern);
        self.change_care_plan(Op::RemoveConcern, &request.plan, move |plan| plan.remove_concern(&key)).await
    }

    /// Says why nothing is agreed about a concern, or takes that back.
    pub async fn agree_nothing(&self, request: AgreeNothing) -> Result<CarePlanView, Problem> {
        let AgreeNothing { plan, concern, nothing } = request;
        let why = nothing.map(|code| NothingAgreed::from_code(&code).ok_or(Code::Gone)).transpose()?;
        let key = ConcernKey::new(&concern);
        self.change_care_plan(Op::AgreeNothing, &plan, move |plan| plan.agree_nothing(&key, why)).await
    }

    /// Locks a plan, as agreed with the patient whose day and month of birth were typed again, under the nurse's passphrase. The
    /// locked version, its paper and its sending become durable together; `changed_meanwhile` when the plan is not the one that was
    /// agreed, or it or the patient changed after they were read for it.
    pub async fn lock_care_plan(&self, request: LockCarePlan) -> Result<CarePlanView, Problem> {
        self.by_for(Op::LockCarePlan)?;
        let LockCarePlan { plan, revision, day, month, passphrase } = request;
        let id = CarePlanId::parse(&plan).ok_or(Code::Gone)?;
        let today = day_of(self.0.profile.world.now());
        let read_open = self.0.clone();
        let read = move |store: &mut Store| {
            let before = store.care_plan(id)?.ok_or(Code::Gone)?;
            if before.revision != revision {
                return Err(Code::ChangedMeanwhile.into());
            }
            let (patient, known) = store.patient(before.plan.patient)?.ok_or(Code::Gone)?;
            patient.confirm(&day, &month)?;
            patient.living_on(today)?;
            let hna = store.hna(before.plan.hna)?.ok_or(Code::Gone)?.hna;
            let assessed = paper::assessed(store, &read_open.content, &hna)?;
            Ok((before, patient, known, assessed))
        };
        let (before, patient, known, assessed) = self.0.queue.run(read).await?;
        self.reauthenticate("passphrase", passphrase).await?;
        // Signed now, not before the passphrase was typed and checked.
        let by = self.by_for(Op::LockCarePlan)?;
        let plan = before.plan.lock(&by)?;
        let (open, signed) = (self.0.clone(), by.clone());
        let (plan, patient, paper) = off_thread(move || {
            let paper = paper::made(&open, &patient, Content::Plan { plan: &plan, assessed }, &signed)?;
            Ok((plan, patient, paper))
        })
        .await?;
        let lock = move |store: &mut Store| {
            still(store, patient.id, known)?;
            store.write::<_, Problem>(&by, Op::LockCarePlan, |w| {
                w.save_care_plan(&plan, Some(before.revision))?;
                w.keep_version(&Record::care_plan(plan.id, plan.patient), plan.version, &paper)?;
                w.detail(&format!("version {}", plan.version));
                Ok(())
            })?;
            let saved = store.care_plan(id)?.ok_or(Code::Gone)?;
            care_plan_view(store, &saved, None, &by)
        };
        let seen = self.0.queue.run(lock).await?;
        self.changed(&[Noun::CarePlan]);
        Ok(seen)
    }

    /// Opens a locked plan for changes, with a reason; the locked version stays readable.
    pub async fn unlock_care_plan(&self, request: UnlockCarePlan) -> Result<CarePlanView, Problem> {
        self.change_care_plan(Op::UnlockCarePlan, &request.plan, move |plan| plan.unlock(&request.reason)).await
    }

    /// Reads the plan, applies one change and makes it durable; a change that changes nothing writes nothing.
    async fn change_care_plan(
        &self,
        op: Op,
        plan: &str,
        change: impl FnOnce(CarePlan) -> Result<CarePlan, Refused> + Send + 'static,
    ) -> Result<CarePlanView, Problem> {
        self.change_care_plan_with(op, plan, move |_, plan| Ok(change(plan)?)).await
    }

    /// The same for a change that asks the store.
    pub(crate) async fn change_care_plan_with(
        &self,
        op: Op,
        plan: &str,
        change: impl FnOnce(&mut Store, CarePlan) -> Result<CarePlan, Problem> + Send + 'static,
    ) -> Result<CarePlanView, Problem> {
        let by = self.by_for(op)?;
        let id = CarePlanId::parse(plan).ok_or(Code::Gone)?;
        let seen = self
            .0
            .queue
            .run(move |store| {
                let before = store.care_plan(id)?.ok_or(Code::Gone)?;
                if matches!(op, Op::UnlockCarePlan | Op::ReopenAction) {
                    living(store, before.plan.patient, day_of(by.at))?;
                }
                let after = change(store, before.plan.clone())?;
                if after == before.plan {
                    return care_plan_view(store, &before, None, &by);
                }
                store.write::<_, Problem>(&by, op, |w| {
                    w.save_care_plan(&after, Some(before.revision))?;
                    if matches!(op, Op::UnlockCarePlan | Op::ReviewCarePlan) {
                        // The reason is in the revision: the audit holds codes and counts only.
                        w.detail(&format!("version {}", after.version));
                    }
                    Ok(())
                })?;
                let saved = SavedPlan { plan: after, revision: before.revision + 1, saved_at: by.at, ..before };
                care_plan_view(store, &saved, None, &by)
            })
            .await?;
        self.changed(&[Noun::CarePlan]);
        Ok(seen)
    }
}
