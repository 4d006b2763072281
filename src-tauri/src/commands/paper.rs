//! The commands about paper: input to clinic act to view. What is printed and where it may be saved is not decided here.

use crate::folder_dialog;
use crate::state::Premises;
use clinic::{PaperOf, PaperView, PrintPaper, Printed, Printers, Problem, SavePaper, SavedPaper};
use tauri::{AppHandle, State};

#[tauri::command]
pub async fn preview_paper(premises: State<'_, Premises>, request: PaperOf) -> Result<PaperView, Problem> {
    premises.clinic().await?.preview_paper(request).await
}

#[tauri::command]
pub async fn list_printers(premises: State<'_, Premises>) -> Result<Printers, Problem> {
    premises.clinic().await?.list_printers().await
}

#[tauri::command]
pub async fn save_paper(premises: State<'_, Premises>, request: SavePaper) -> Result<SavedPaper, Problem> {
    premises.clinic().await?.save_paper(request).await
}

#[tauri::command]
pub async fn save_paper_elsewhere(
    app: AppHandle,
    premises: State<'_, Premises>,
    request: SavePaper,
) -> Result<Option<SavedPaper>, Problem> {
    let usual = premises.clinic().await?.check_paper(request.clone()).await?;
    // The clinic is not held while the dialog is open, so that a lock does not wait for it.
    let Some(folder) = folder_dialog::ask(&app, usual).await else { return Ok(None) };
    premises.clinic().await?.save_paper_in(request, folder).await.map(Some)
}

#[tauri::command]
pub async fn print_paper(premises: State<'_, Premises>, request: PrintPaper) -> Result<Printed, Problem> {
    premises.clinic().await?.print_paper(request).await
}
