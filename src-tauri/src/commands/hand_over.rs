//! The commands around a hand-over: giving the PC into a patient's hands, and coming back. What the patient's window calls is not here.

use crate::lock::{self, After};
use crate::state::Premises;
use clinic::{Desk, GiveUpAnswers, HandOver, HnaView, Problem};
use tauri::{AppHandle, State};

#[tauri::command]
pub async fn hand_over(app: AppHandle, premises: State<'_, Premises>, request: HandOver) -> Result<(), Problem> {
    let letter = premises.clinic().await?.hand_over(request).await?;
    lock::close(&app, After::HandOver(Box::new(letter))).await;
    Ok(())
}

#[tauri::command]
pub async fn give_up_answers(premises: State<'_, Premises>, request: GiveUpAnswers) -> Result<HnaView, Problem> {
    premises.clinic().await?.give_up_answers(request).await
}

#[tauri::command]
pub async fn come_back(app: AppHandle, premises: State<'_, Premises>) -> Result<Desk, Problem> {
    let house = premises.house()?;
    premises.enter(&app, house.come_back()).await
}
