//! The commands of sending: what the trust has not taken, the ways out of it, and two versions of one record. What is sent, and when, is
//! decided elsewhere.

use crate::folder_dialog;
use crate::state::Premises;
use clinic::{
    ConflictView, Desk, ExportRefused, ExportedRefused, Problem, RecordStanding, RefusedLine, ResolveConflict,
    SettleNotice, Standing, SyncPage, TryAgain, ViewConflict, ViewSync, WithdrawSending,
};
use tauri::{AppHandle, State};

#[tauri::command]
pub async fn view_sync(premises: State<'_, Premises>, request: ViewSync) -> Result<SyncPage, Problem> {
    premises.clinic().await?.view_sync(request).await
}

#[tauri::command]
pub async fn record_standing(premises: State<'_, Premises>, request: RecordStanding) -> Result<Standing, Problem> {
    premises.clinic().await?.record_standing(request).await
}

#[tauri::command]
pub async fn settle_notice(premises: State<'_, Premises>, request: SettleNotice) -> Result<SyncPage, Problem> {
    premises.clinic().await?.settle_notice(request).await
}

#[tauri::command]
pub async fn try_again(premises: State<'_, Premises>, request: TryAgain) -> Result<Vec<RefusedLine>, Problem> {
    premises.clinic().await?.try_again(request).await
}

#[tauri::command]
pub async fn send_now(premises: State<'_, Premises>) -> Result<Desk, Problem> {
    premises.clinic().await?.send_now().await
}

#[tauri::command]
pub async fn view_conflict(premises: State<'_, Premises>, request: ViewConflict) -> Result<ConflictView, Problem> {
    premises.clinic().await?.view_conflict(request).await
}

#[tauri::command]
pub async fn resolve_conflict(
    premises: State<'_, Premises>,
    request: ResolveConflict,
) -> Result<Vec<RefusedLine>, Problem> {
    premises.clinic().await?.resolve_conflict(request).await
}

#[tauri::command]
pub async fn withdraw_sending(
    premises: State<'_, Premises>,
    request: WithdrawSending,
) -> Result<Vec<RefusedLine>, Problem> {
    premises.clinic().await?.withdraw_sending(request).await
}

#[tauri::command]
pub async fn export_refused(
    app: AppHandle,
    premises: State<'_, Premises>,
    request: ExportRefused,
) -> Result<Option<ExportedRefused>, Problem> {
    let usual = premises.clinic().await?.check_export(request.clone()).await?;
    // The clinic is not held while the dialog is open, so that a lock does not wait for it.
    let Some(folder) = folder_dialog::ask_for_copy(&app, usual).await else { return Ok(None) };
    premises.clinic().await?.export_refused_in(request, folder).await.map(Some)
}
