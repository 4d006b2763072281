//! The commands of the trust's server: what a key holder sees of it, its check, and its key. Files are chosen in the system's own dialogs, and
//! no path comes from the page.

use crate::folder_dialog;
use crate::state::Premises;
use clinic::{Problem, SaveServerReport, SavedServerReport, ServerView, TakenServerKey};
use tauri::{AppHandle, State};

#[tauri::command]
pub async fn read_server(premises: State<'_, Premises>) -> Result<ServerView, Problem> {
    premises.clinic().await?.read_server().await
}

#[tauri::command]
pub async fn check_server(premises: State<'_, Premises>) -> Result<ServerView, Problem> {
    premises.clinic().await?.check_server().await
}

#[tauri::command]
pub async fn save_server_report(
    app: AppHandle,
    premises: State<'_, Premises>,
    request: SaveServerReport,
) -> Result<Option<SavedServerReport>, Problem> {
    let usual = premises.clinic().await?.check_server_report(&request).await?;
    // The clinic is not held while the dialog is open, so that a lock does not wait for it.
    let Some(folder) = folder_dialog::ask_for_server_report(&app, usual).await else { return Ok(None) };
    premises.clinic().await?.save_server_report_in(request, folder).await.map(Some)
}

#[tauri::command]
pub async fn take_in_server_key(
    app: AppHandle,
    premises: State<'_, Premises>,
) -> Result<Option<TakenServerKey>, Problem> {
    premises.clinic().await?.read_server().await?;
    // The clinic is not held while the dialog is open, so that a lock does not wait for it.
    let Some(file) = folder_dialog::ask_server_key(&app).await else { return Ok(None) };
    premises.clinic().await?.take_in_server_key(file).await.map(Some)
}
