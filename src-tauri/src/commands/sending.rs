//! The commands of sending: what the trust has not taken, and trying again. What is sent, and when, is decided elsewhere.

use crate::state::Premises;
use clinic::{Desk, Problem, RefusedLine, TryAgain};
use tauri::State;

#[tauri::command]
pub async fn list_refused(premises: State<'_, Premises>) -> Result<Vec<RefusedLine>, Problem> {
    premises.clinic().await?.list_refused().await
}

#[tauri::command]
pub async fn try_again(premises: State<'_, Premises>, request: TryAgain) -> Result<Vec<RefusedLine>, Problem> {
    premises.clinic().await?.try_again(request).await
}

#[tauri::command]
pub async fn send_now(premises: State<'_, Premises>) -> Result<Desk, Problem> {
    premises.clinic().await?.send_now().await
}
