//! The commands of the clinic list: input to clinic act to view. Which file is taken in is chosen in the system's own dialog, and its path
//! never comes from the page.

use crate::folder_dialog;
use crate::state::Premises;
use clinic::{
    AddClinicVisit, ClinicVisitView, Problem, PutBackClinicVisit, ReadClinicVisit, TakeOffClinicVisit, TakenList,
};
use tauri::{AppHandle, State};

#[tauri::command]
pub async fn add_clinic_visit(
    premises: State<'_, Premises>,
    request: AddClinicVisit,
) -> Result<ClinicVisitView, Problem> {
    premises.clinic().await?.add_clinic_visit(request).await
}

#[tauri::command]
pub async fn read_clinic_visit(
    premises: State<'_, Premises>,
    request: ReadClinicVisit,
) -> Result<ClinicVisitView, Problem> {
    premises.clinic().await?.read_clinic_visit(request).await
}

#[tauri::command]
pub async fn take_off_clinic_visit(
    premises: State<'_, Premises>,
    request: TakeOffClinicVisit,
) -> Result<ClinicVisitView, Problem> {
    premises.clinic().await?.take_off_clinic_visit(request).await
}

#[tauri::command]
pub async fn put_back_clinic_visit(
    premises: State<'_, Premises>,
    request: PutBackClinicVisit,
) -> Result<ClinicVisitView, Problem> {
    premises.clinic().await?.put_back_clinic_visit(request).await
}

#[tauri::command]
pub async fn take_in_clinic_list(app: AppHandle, premises: State<'_, Premises>) -> Result<Option<TakenList>, Problem> {
    // A locked desk gets no dialog; and the clinic is not held while it is open, so that a lock does not wait for it.
    drop(premises.clinic().await?);
    let Some(file) = folder_dialog::ask_clinic_list(&app).await else { return Ok(None) };
    premises.clinic().await?.take_in_clinic_list(file).await.map(Some)
}
