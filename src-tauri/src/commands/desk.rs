//! The commands of the front door and the desk: in, here, out. No key, passphrase or rule of entry is handled here.

use crate::lock::{self, After};
use crate::state::Premises;
use clinic::{Desk, EnrolFirstNurse, Front, Place, Problem, Today, Unlock, UnlockWithRecoveryCode};
use tauri::{AppHandle, State, async_runtime};

#[tauri::command]
pub async fn front(premises: State<'_, Premises>) -> Result<Front, Problem> {
    // The key store answers over the desktop's bus, and may take its time.
    let house = premises.house()?.clone();
    async_runtime::spawn_blocking(move || house.front()).await.map_err(|_| Problem::unexpected())
}

#[tauri::command]
pub async fn enrol_first_nurse(
    app: AppHandle,
    premises: State<'_, Premises>,
    request: EnrolFirstNurse,
) -> Result<Desk, Problem> {
    let house = premises.house()?;
    premises.enter(&app, house.enrol_first_nurse(request)).await
}

#[tauri::command]
pub async fn unlock(app: AppHandle, premises: State<'_, Premises>, request: Unlock) -> Result<Desk, Problem> {
    let house = premises.house()?;
    premises.enter(&app, house.unlock(request)).await
}

#[tauri::command]
pub async fn unlock_with_recovery_code(
    app: AppHandle,
    premises: State<'_, Premises>,
    request: UnlockWithRecoveryCode,
) -> Result<Desk, Problem> {
    let house = premises.house()?;
    premises.enter(&app, house.unlock_with_recovery_code(request)).await
}

#[tauri::command]
pub async fn open_training(app: AppHandle, premises: State<'_, Premises>) -> Result<Desk, Problem> {
    let house = premises.house()?;
    premises.enter(&app, house.open_training()).await
}

#[tauri::command]
pub async fn lock(app: AppHandle, premises: State<'_, Premises>) -> Result<(), Problem> {
    // At the locked door there is nothing to lock.
    if premises.door.is_open().await {
        lock::close(&app, After::Lock).await;
    }
    Ok(())
}

#[tauri::command]
pub async fn stay(premises: State<'_, Premises>) -> Result<(), Problem> {
    premises.last_touch.touch();
    Ok(())
}

#[tauri::command]
pub async fn desk(premises: State<'_, Premises>) -> Result<Desk, Problem> {
    premises.clinic().await?.desk().await
}

#[tauri::command]
pub async fn keep_place(premises: State<'_, Premises>, request: Place) -> Result<(), Problem> {
    premises.clinic().await?.keep_place(request).await
}

#[tauri::command]
pub async fn today(premises: State<'_, Premises>) -> Result<Today, Problem> {
    premises.clinic().await?.today().await
}
