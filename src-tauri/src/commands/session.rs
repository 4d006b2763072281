//! The commands of the timetable and of bookings: input to clinic act to view.

use crate::state::Premises;
use clinic::{
    AddSession, BookSession, BookingView, CancelBooking, CancelSessionDate, ChangeBooking, ChangeSession,
    ConfirmBooking, EndBooking, Problem, ReadBooking, ReadSession, RemindBooking, RetireSession, SessionView,
    Timetable, WriteSessionDate,
};
use tauri::State;

#[tauri::command]
pub async fn list_sessions(premises: State<'_, Premises>) -> Result<Timetable, Problem> {
    premises.clinic().await?.list_sessions().await
}

#[tauri::command]
pub async fn read_session(premises: State<'_, Premises>, request: ReadSession) -> Result<SessionView, Problem> {
    premises.clinic().await?.read_session(request).await
}

#[tauri::command]
pub async fn add_session(premises: State<'_, Premises>, request: AddSession) -> Result<SessionView, Problem> {
    premises.clinic().await?.add_session(request).await
}

#[tauri::command]
pub async fn change_session(premises: State<'_, Premises>, request: ChangeSession) -> Result<SessionView, Problem> {
    premises.clinic().await?.change_session(request).await
}

#[tauri::command]
pub async fn write_session_date(
    premises: State<'_, Premises>,
    request: WriteSessionDate,
) -> Result<SessionView, Problem> {
    premises.clinic().await?.write_session_date(request).await
}

#[tauri::command]
pub async fn cancel_session_date(
    premises: State<'_, Premises>,
    request: CancelSessionDate,
) -> Result<SessionView, Problem> {
    premises.clinic().await?.cancel_session_date(request).await
}

#[tauri::command]
pub async fn retire_session(premises: State<'_, Premises>, request: RetireSession) -> Result<SessionView, Problem> {
    premises.clinic().await?.retire_session(request).await
}

#[tauri::command]
pub async fn book_session(premises: State<'_, Premises>, request: BookSession) -> Result<BookingView, Problem> {
    premises.clinic().await?.book_session(request).await
}

#[tauri::command]
pub async fn read_booking(premises: State<'_, Premises>, request: ReadBooking) -> Result<BookingView, Problem> {
    premises.clinic().await?.read_booking(request).await
}

#[tauri::command]
pub async fn change_booking(premises: State<'_, Premises>, request: ChangeBooking) -> Result<BookingView, Problem> {
    premises.clinic().await?.change_booking(request).await
}

#[tauri::command]
pub async fn confirm_booking(premises: State<'_, Premises>, request: ConfirmBooking) -> Result<BookingView, Problem> {
    premises.clinic().await?.confirm_booking(request).await
}

#[tauri::command]
pub async fn remind_booking(premises: State<'_, Premises>, request: RemindBooking) -> Result<BookingView, Problem> {
    premises.clinic().await?.remind_booking(request).await
}

#[tauri::command]
pub async fn end_booking(premises: State<'_, Premises>, request: EndBooking) -> Result<BookingView, Problem> {
    premises.clinic().await?.end_booking(request).await
}

#[tauri::command]
pub async fn cancel_booking(premises: State<'_, Premises>, request: CancelBooking) -> Result<BookingView, Problem> {
    premises.clinic().await?.cancel_booking(request).await
}
