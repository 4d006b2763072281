//! The commands of reports: input to clinic act to view. Into which folder a file goes is chosen in the system's own dialog, and its path
//! never comes from the page.

use crate::folder_dialog;
use crate::state::Premises;
use clinic::{CosdView, Problem, ReadCosd, ReportPeriod, ReportView, SaveReport, SavedReport};
use tauri::{AppHandle, State};

#[tauri::command]
pub async fn report_period(premises: State<'_, Premises>, request: ReportPeriod) -> Result<ReportView, Problem> {
    premises.clinic().await?.report_period(request).await
}

#[tauri::command]
pub async fn read_cosd(premises: State<'_, Premises>, request: ReadCosd) -> Result<CosdView, Problem> {
    premises.clinic().await?.read_cosd(request).await
}

#[tauri::command]
pub async fn save_report(
    app: AppHandle,
    premises: State<'_, Premises>,
    request: SaveReport,
) -> Result<Option<SavedReport>, Problem> {
    let usual = premises.clinic().await?.check_report(request.clone()).await?;
    // The clinic is not held while the dialog is open, so that a lock does not wait for it.
    let Some(folder) = folder_dialog::ask_for_report(&app, usual).await else { return Ok(None) };
    premises.clinic().await?.save_report_in(request, folder).await.map(Some)
}
