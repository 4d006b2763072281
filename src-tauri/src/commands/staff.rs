//! The commands about staff: input to clinic act to view. No rule of care or of access is decided here.

use crate::state::Premises;
use clinic::{AddNurse, ConfirmRecoveryCode, Desk, IssueRecoveryCode, Problem, RecoveryCode, SetPassphrase, StaffView};
use tauri::State;

#[tauri::command]
pub async fn list_staff(premises: State<'_, Premises>) -> Result<Vec<StaffView>, Problem> {
    premises.clinic().await?.list_staff().await
}

#[tauri::command]
pub async fn add_nurse(premises: State<'_, Premises>, request: AddNurse) -> Result<Vec<StaffView>, Problem> {
    premises.clinic().await?.add_nurse(request).await
}

#[tauri::command]
pub async fn set_passphrase(premises: State<'_, Premises>, request: SetPassphrase) -> Result<Vec<StaffView>, Problem> {
    premises.clinic().await?.set_passphrase(request).await
}

#[tauri::command]
pub async fn issue_recovery_code(
    premises: State<'_, Premises>,
    request: IssueRecoveryCode,
) -> Result<RecoveryCode, Problem> {
    premises.clinic().await?.issue_recovery_code(request).await
}

#[tauri::command]
pub async fn confirm_recovery_code(
    premises: State<'_, Premises>,
    request: ConfirmRecoveryCode,
) -> Result<Desk, Problem> {
    premises.clinic().await?.confirm_recovery_code(request).await
}
