//! The commands of the care plan: input to clinic act to view. No rule of care is decided here.

use crate::state::Premises;
use clinic::{
    AddAction, CarePlanView, LockCarePlan, Problem, ReadCarePlan, RemoveAction, StartCarePlan, UnlockCarePlan,
    WriteAction, WriteWhatMatters,
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
pub async fn lock_care_plan(premises: State<'_, Premises>, request: LockCarePlan) -> Result<CarePlanView, Problem> {
    premises.clinic().await?.lock_care_plan(request).await
}

#[tauri::command]
pub async fn unlock_care_plan(premises: State<'_, Premises>, request: UnlockCarePlan) -> Result<CarePlanView, Problem> {
    premises.clinic().await?.unlock_care_plan(request).await
}
