//! The commands about patients: input to clinic act to view. No rule of care is decided here.

use crate::state::Premises;
use clinic::{
    CorrectPatient, FindPatients, Found, OpenPatient, Overview, Problem, RecordDeath, RegisterPatient, TakeBackDeath,
};
use tauri::State;

#[tauri::command]
pub async fn cancer_types(premises: State<'_, Premises>) -> Result<Vec<String>, Problem> {
    premises.clinic().await?.cancer_types().await
}

#[tauri::command]
pub async fn register_patient(premises: State<'_, Premises>, request: RegisterPatient) -> Result<Overview, Problem> {
    premises.clinic().await?.register_patient(request).await
}

#[tauri::command]
pub async fn correct_patient(premises: State<'_, Premises>, request: CorrectPatient) -> Result<Overview, Problem> {
    premises.clinic().await?.correct_patient(request).await
}

#[tauri::command]
pub async fn find_patients(premises: State<'_, Premises>, request: FindPatients) -> Result<Found, Problem> {
    premises.clinic().await?.find_patients(request).await
}

#[tauri::command]
pub async fn open_patient(premises: State<'_, Premises>, request: OpenPatient) -> Result<Overview, Problem> {
    premises.clinic().await?.open_patient(request).await
}

#[tauri::command]
pub async fn record_death(premises: State<'_, Premises>, request: RecordDeath) -> Result<Overview, Problem> {
    premises.clinic().await?.record_death(request).await
}

#[tauri::command]
pub async fn take_back_death(premises: State<'_, Premises>, request: TakeBackDeath) -> Result<Overview, Problem> {
    premises.clinic().await?.take_back_death(request).await
}
