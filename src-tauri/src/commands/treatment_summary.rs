//! The commands of the treatment summary and its templates: input to clinic act to view. No rule of care is decided here.

use crate::state::Premises;
use clinic::{
    AddOwnLine, AmendTreatmentSummary, ChooseLine, DropLine, FillSlot, ListTemplates, Problem, ReadTemplate,
    ReadTreatmentSummary, SignTreatmentSummary, StartTreatmentSummary, SummaryView, TemplateLine, TemplateView,
    WriteOwnLine,
};
use tauri::State;

#[tauri::command]
pub async fn list_templates(
    premises: State<'_, Premises>,
    request: ListTemplates,
) -> Result<Vec<TemplateLine>, Problem> {
    premises.clinic().await?.list_templates(request).await
}

#[tauri::command]
pub async fn read_template(premises: State<'_, Premises>, request: ReadTemplate) -> Result<TemplateView, Problem> {
    premises.clinic().await?.read_template(request).await
}

#[tauri::command]
pub async fn start_treatment_summary(
    premises: State<'_, Premises>,
    request: StartTreatmentSummary,
) -> Result<SummaryView, Problem> {
    premises.clinic().await?.start_treatment_summary(request).await
}

#[tauri::command]
pub async fn read_treatment_summary(
    premises: State<'_, Premises>,
    request: ReadTreatmentSummary,
) -> Result<SummaryView, Problem> {
    premises.clinic().await?.read_treatment_summary(request).await
}

#[tauri::command]
pub async fn choose_line(premises: State<'_, Premises>, request: ChooseLine) -> Result<SummaryView, Problem> {
    premises.clinic().await?.choose_line(request).await
}

#[tauri::command]
pub async fn drop_line(premises: State<'_, Premises>, request: DropLine) -> Result<SummaryView, Problem> {
    premises.clinic().await?.drop_line(request).await
}

#[tauri::command]
pub async fn fill_slot(premises: State<'_, Premises>, request: FillSlot) -> Result<SummaryView, Problem> {
    premises.clinic().await?.fill_slot(request).await
}

#[tauri::command]
pub async fn add_own_line(premises: State<'_, Premises>, request: AddOwnLine) -> Result<SummaryView, Problem> {
    premises.clinic().await?.add_own_line(request).await
}

#[tauri::command]
pub async fn write_own_line(premises: State<'_, Premises>, request: WriteOwnLine) -> Result<SummaryView, Problem> {
    premises.clinic().await?.write_own_line(request).await
}

#[tauri::command]
pub async fn sign_treatment_summary(
    premises: State<'_, Premises>,
    request: SignTreatmentSummary,
) -> Result<SummaryView, Problem> {
    premises.clinic().await?.sign_treatment_summary(request).await
}

#[tauri::command]
pub async fn amend_treatment_summary(
    premises: State<'_, Premises>,
    request: AmendTreatmentSummary,
) -> Result<SummaryView, Problem> {
    premises.clinic().await?.amend_treatment_summary(request).await
}
