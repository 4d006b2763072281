//! The commands about offers of an assessment: input to clinic act to view. No rule of care is decided here.

use crate::state::Premises;
use clinic::{MarkOfferMistaken, Overview, Problem, RecordOffer, RecordPlanOffer};
use tauri::State;

#[tauri::command]
pub async fn record_offer(premises: State<'_, Premises>, request: RecordOffer) -> Result<Overview, Problem> {
    premises.clinic().await?.record_offer(request).await
}

#[tauri::command]
pub async fn record_plan_offer(premises: State<'_, Premises>, request: RecordPlanOffer) -> Result<Overview, Problem> {
    premises.clinic().await?.record_plan_offer(request).await
}

#[tauri::command]
pub async fn mark_offer_mistaken(
    premises: State<'_, Premises>,
    request: MarkOfferMistaken,
) -> Result<Overview, Problem> {
    premises.clinic().await?.mark_offer_mistaken(request).await
}
