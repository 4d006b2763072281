//! The commands of the holistic needs assessment: input to clinic act to view. No rule of care is decided here.

use crate::state::Premises;
use clinic::{
    AddOwnConcern, ChangesView, ChecklistView, Checklists, CompleteHna, DeclineDomain, DiscardHna, HnaView, OneConcern,
    Problem, RankConcerns, RateConcern, ReadChanges, ReadChecklist, ReadHna, ScoreAgain, StartHna, TalkPrivately,
    WantInformation, WriteQuestions,
};
use tauri::State;

#[tauri::command]
pub async fn read_checklist(premises: State<'_, Premises>, request: ReadChecklist) -> Result<ChecklistView, Problem> {
    premises.clinic().await?.read_checklist(request).await
}

#[tauri::command]
pub async fn list_checklists(premises: State<'_, Premises>) -> Result<Checklists, Problem> {
    premises.clinic().await?.list_checklists().await
}

#[tauri::command]
pub async fn start_hna(premises: State<'_, Premises>, request: StartHna) -> Result<HnaView, Problem> {
    premises.clinic().await?.start_hna(request).await
}

#[tauri::command]
pub async fn score_again(premises: State<'_, Premises>, request: ScoreAgain) -> Result<HnaView, Problem> {
    premises.clinic().await?.score_again(request).await
}

#[tauri::command]
pub async fn read_changes(premises: State<'_, Premises>, request: ReadChanges) -> Result<ChangesView, Problem> {
    premises.clinic().await?.read_changes(request).await
}

#[tauri::command]
pub async fn read_hna(premises: State<'_, Premises>, request: ReadHna) -> Result<HnaView, Problem> {
    premises.clinic().await?.read_hna(request).await
}

#[tauri::command]
pub async fn tick_concern(premises: State<'_, Premises>, request: OneConcern) -> Result<HnaView, Problem> {
    premises.clinic().await?.tick_concern(request).await
}

#[tauri::command]
pub async fn untick_concern(premises: State<'_, Premises>, request: OneConcern) -> Result<HnaView, Problem> {
    premises.clinic().await?.untick_concern(request).await
}

#[tauri::command]
pub async fn add_own_concern(premises: State<'_, Premises>, request: AddOwnConcern) -> Result<HnaView, Problem> {
    premises.clinic().await?.add_own_concern(request).await
}

#[tauri::command]
pub async fn decline_domain(premises: State<'_, Premises>, request: DeclineDomain) -> Result<HnaView, Problem> {
    premises.clinic().await?.decline_domain(request).await
}

#[tauri::command]
pub async fn rate_concern(premises: State<'_, Premises>, request: RateConcern) -> Result<HnaView, Problem> {
    premises.clinic().await?.rate_concern(request).await
}

#[tauri::command]
pub async fn decline_concern(premises: State<'_, Premises>, request: OneConcern) -> Result<HnaView, Problem> {
    premises.clinic().await?.decline_concern(request).await
}

#[tauri::command]
pub async fn talk_privately(premises: State<'_, Premises>, request: TalkPrivately) -> Result<HnaView, Problem> {
    premises.clinic().await?.talk_privately(request).await
}

#[tauri::command]
pub async fn rank_concerns(premises: State<'_, Premises>, request: RankConcerns) -> Result<HnaView, Problem> {
    premises.clinic().await?.rank_concerns(request).await
}

#[tauri::command]
pub async fn want_information(premises: State<'_, Premises>, request: WantInformation) -> Result<HnaView, Problem> {
    premises.clinic().await?.want_information(request).await
}

#[tauri::command]
pub async fn write_questions(premises: State<'_, Premises>, request: WriteQuestions) -> Result<HnaView, Problem> {
    premises.clinic().await?.write_questions(request).await
}

#[tauri::command]
pub async fn complete_hna(premises: State<'_, Premises>, request: CompleteHna) -> Result<HnaView, Problem> {
    premises.clinic().await?.complete_hna(request).await
}

#[tauri::command]
pub async fn discard_hna(premises: State<'_, Premises>, request: DiscardHna) -> Result<HnaView, Problem> {
    premises.clinic().await?.discard_hna(request).await
}
