//! The commands of assessments at home: input to clinic act to view. Which file is taken in is chosen in the system's own dialog, and
//! its path never comes from the page.

use crate::folder_dialog;
use crate::state::Premises;
use clinic::{
    AnswersView, AppointmentView, BookAppointment, CancelAppointment, ChangeAppointment, ClearAlert, ConfirmAnswers,
    EndAppointment, InvitationView, Invite, Problem, ReadAnswers, ReadAppointment, ReadInvitation, RefuseAnswers,
    TakenIn, WithdrawInvitation,
};
use tauri::{AppHandle, State};

#[tauri::command]
pub async fn invite(premises: State<'_, Premises>, request: Invite) -> Result<InvitationView, Problem> {
    premises.clinic().await?.invite(request).await
}

#[tauri::command]
pub async fn read_invitation(
    premises: State<'_, Premises>,
    request: ReadInvitation,
) -> Result<InvitationView, Problem> {
    premises.clinic().await?.read_invitation(request).await
}

#[tauri::command]
pub async fn withdraw_invitation(
    premises: State<'_, Premises>,
    request: WithdrawInvitation,
) -> Result<InvitationView, Problem> {
    premises.clinic().await?.withdraw_invitation(request).await
}

#[tauri::command]
pub async fn take_in_answers(app: AppHandle, premises: State<'_, Premises>) -> Result<Option<TakenIn>, Problem> {
    // A locked desk gets no dialog; and the clinic is not held while it is open, so that a lock does not wait for it.
    drop(premises.clinic().await?);
    let Some(file) = folder_dialog::ask_file(&app).await else { return Ok(None) };
    premises.clinic().await?.take_in_answers(file).await.map(Some)
}

#[tauri::command]
pub async fn read_answers(premises: State<'_, Premises>, request: ReadAnswers) -> Result<AnswersView, Problem> {
    premises.clinic().await?.read_answers(request).await
}

#[tauri::command]
pub async fn confirm_answers(premises: State<'_, Premises>, request: ConfirmAnswers) -> Result<AnswersView, Problem> {
    premises.clinic().await?.confirm_answers(request).await
}

#[tauri::command]
pub async fn refuse_answers(premises: State<'_, Premises>, request: RefuseAnswers) -> Result<AnswersView, Problem> {
    premises.clinic().await?.refuse_answers(request).await
}

#[tauri::command]
pub async fn clear_alert(premises: State<'_, Premises>, request: ClearAlert) -> Result<AnswersView, Problem> {
    premises.clinic().await?.clear_alert(request).await
}

#[tauri::command]
pub async fn book_appointment(
    premises: State<'_, Premises>,
    request: BookAppointment,
) -> Result<AppointmentView, Problem> {
    premises.clinic().await?.book_appointment(request).await
}

#[tauri::command]
pub async fn read_appointment(
    premises: State<'_, Premises>,
    request: ReadAppointment,
) -> Result<AppointmentView, Problem> {
    premises.clinic().await?.read_appointment(request).await
}

#[tauri::command]
pub async fn change_appointment(
    premises: State<'_, Premises>,
    request: ChangeAppointment,
) -> Result<AppointmentView, Problem> {
    premises.clinic().await?.change_appointment(request).await
}

#[tauri::command]
pub async fn cancel_appointment(
    premises: State<'_, Premises>,
    request: CancelAppointment,
) -> Result<AppointmentView, Problem> {
    premises.clinic().await?.cancel_appointment(request).await
}

#[tauri::command]
pub async fn end_appointment(
    premises: State<'_, Premises>,
    request: EndAppointment,
) -> Result<AppointmentView, Problem> {
    premises.clinic().await?.end_appointment(request).await
}
