//! The four commands of the patient's window. None takes an id; none of them is in the nurse's process.

use crate::arguments::Carried;
use crate::patient_image::{self, InPatientsHands};
use clinic::{Code, HandBack, PatientAnswer, PatientAnswers, PatientFront, PatientRoom, Problem, Tried, WrongPin};
use tauri::{AppHandle, State};

#[tauri::command]
pub async fn patient_front(hands: State<'_, InPatientsHands>) -> Result<PatientFront, Problem> {
    hands.in_room(PatientRoom::front).await
}

#[tauri::command]
pub async fn patient_answer(
    hands: State<'_, InPatientsHands>,
    request: PatientAnswer,
) -> Result<PatientAnswers, Problem> {
    hands.in_room(move |room| room.answer(&request)).await
}

#[tauri::command]
pub async fn patient_not_me(app: AppHandle, hands: State<'_, InPatientsHands>) -> Result<(), Problem> {
    // Refused, this window stays, shows nothing of the patient and asks again: behind the door a stranger's answers would be taken in.
    hands.in_room(PatientRoom::not_me).await?;
    patient_image::to_lock_screen(&app).await;
    Ok(())
}

#[tauri::command]
pub async fn hand_back(
    app: AppHandle,
    hands: State<'_, InPatientsHands>,
    request: HandBack,
) -> Result<WrongPin, Problem> {
    match hands.in_room(move |room| room.hand_back(&request)).await? {
        Tried::Wrong(wrong) => return Ok(wrong),
        Tried::Right(back) => patient_image::leave(&app, Some((Carried::HandedBack, back.to_bytes()))).await,
        Tried::Over => patient_image::to_lock_screen(&app).await,
    }
    Err(Code::Locked.into())
}
