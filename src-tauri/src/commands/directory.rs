//! The commands of the directory: input to clinic act to view.

use crate::state::Premises;
use clinic::{
    AddDirectoryEntry, CarePlanView, ChangeDirectoryEntry, CheckDirectoryEntry, DirectoryEntryView, DirectoryView,
    LookUp, Problem, ReadDirectoryEntry, RetireDirectoryEntry, TakeSuggestion,
};
use tauri::State;

#[tauri::command]
pub async fn look_up(premises: State<'_, Premises>, request: LookUp) -> Result<DirectoryView, Problem> {
    premises.clinic().await?.look_up(request).await
}

#[tauri::command]
pub async fn read_directory_entry(
    premises: State<'_, Premises>,
    request: ReadDirectoryEntry,
) -> Result<DirectoryEntryView, Problem> {
    premises.clinic().await?.read_directory_entry(request).await
}

#[tauri::command]
pub async fn add_directory_entry(
    premises: State<'_, Premises>,
    request: AddDirectoryEntry,
) -> Result<DirectoryEntryView, Problem> {
    premises.clinic().await?.add_directory_entry(request).await
}

#[tauri::command]
pub async fn change_directory_entry(
    premises: State<'_, Premises>,
    request: ChangeDirectoryEntry,
) -> Result<DirectoryEntryView, Problem> {
    premises.clinic().await?.change_directory_entry(request).await
}

#[tauri::command]
pub async fn check_directory_entry(
    premises: State<'_, Premises>,
    request: CheckDirectoryEntry,
) -> Result<DirectoryEntryView, Problem> {
    premises.clinic().await?.check_directory_entry(request).await
}

#[tauri::command]
pub async fn retire_directory_entry(
    premises: State<'_, Premises>,
    request: RetireDirectoryEntry,
) -> Result<DirectoryEntryView, Problem> {
    premises.clinic().await?.retire_directory_entry(request).await
}

#[tauri::command]
pub async fn take_suggestion(premises: State<'_, Premises>, request: TakeSuggestion) -> Result<CarePlanView, Problem> {
    premises.clinic().await?.take_suggestion(request).await
}
