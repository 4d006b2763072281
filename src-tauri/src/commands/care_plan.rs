//! The commands of the care plan: input to clinic act to view. No rule of care is decided here.

use crate::state::Premises;
use clinic::{
    AddAction, AddConcern, AgreeNothing, CarePlanView, CarryAction, ComparePlans, EndAction, LockCarePlan,
    PlanComparison, Problem, ReadCarePlan, RemoveAction, RemoveConcern, ReopenAction, ReviewCarePlan, StartCarePlan,
    UnlockCarePlan, WriteAction, WriteWhatMatters,
};
use tauri::State;

#[tauri::command]
pub async fn start_care_plan(premises: State<'_, Premises>, request: StartCarePlan) -> Result<CarePlanView, Problem> {
    premises.clinic().await?.start_care_plan(request).await
}

#[tauri::command]
pub async fn read_care_plan(premises: State<'_, Premises>, request: ReadCarePlan) -> Result<CarePlanView, Problem> {
    premises.clinic().await?.read_care_plan(request).await
}

#[tauri::command]
pub async fn write_what_matters(
    premises: State<'_, Premises>,
    request: WriteWhatMatters,
) -> Result<CarePlanView, Problem> {
    premises.clinic().await?.write_what_matters(request).await
}

#[tauri::command]
pub async fn add_action(premises: State<'_, Premises>, request: AddAction) -> Result<CarePlanView, Problem> {
    premises.clinic().await?.add_action(request).await
}

#[tauri::command]
pub async fn write_action(premises: State<'_, Premises>, request: WriteAction) -> Result<CarePlanView, Problem> {
    premises.clinic().await?.write_action(request).await
}

#[tauri::command]
pub async fn remove_action(premises: State<'_, Premises>, request: RemoveAction) -> Result<CarePlanView, Problem> {
    premises.clinic().await?.remove_action(request).await
}

#[tauri::command]
pub async fn end_action(premises: State<'_, Premises>, request: EndAction) -> Result<CarePlanView, Problem> {
    premises.clinic().await?.end_action(request).await
}

#[tauri::command]
pub async fn reopen_action(premises: State<'_, Premises>, request: ReopenAction) -> Result<CarePlanView, Problem> {
    premises.clinic().await?.reopen_action(request).await
}

#[tauri::command]
pub async fn add_concern(premises: State<'_, Premises>, request: AddConcern) -> Result<CarePlanView, Problem> {
    premises.clinic().await?.add_concern(request).await
}

#[tauri::command]
pub async fn remove_concern(premises: State<'_, Premises>, request: RemoveConcern) -> Result<CarePlanView, Problem> {
    premises.clinic().await?.remove_concern(request).await
}

#[tauri::command]
pub async fn agree_nothing(premises: State<'_, Premises>, request: AgreeNothing) -> Result<CarePlanView, Problem> {
    premises.clinic().await?.agree_nothing(request).await
}

#[tauri::command]
pub async fn lock_care_plan(premises: State<'_, Premises>, request: LockCarePlan) -> Result<CarePlanView, Problem> {
    premises.clinic().await?.lock_care_plan(request).await
}

#[tauri::command]
pub async fn unlock_care_plan(premises: State<'_, Premises>, request: UnlockCarePlan) -> Result<CarePlanView, Problem> {
    premises.clinic().await?.unlock_care_plan(request).await
}

#[tauri::command]
pub async fn review_care_plan(premises: State<'_, Premises>, request: ReviewCarePlan) -> Result<CarePlanView, Problem> {
    premises.clinic().await?.review_care_plan(request).await
}

#[tauri::command]
pub async fn carry_action(premises: State<'_, Premises>, request: CarryAction) -> Result<CarePlanView, Problem> {
    premises.clinic().await?.carry_action(request).await
}

#[tauri::command]
pub async fn compare_plans(premises: State<'_, Premises>, request: ComparePlans) -> Result<PlanComparison, Problem> {
    premises.clinic().await?.compare_plans(request).await
}
