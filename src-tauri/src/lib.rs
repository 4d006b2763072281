//! The application around the clinic: start, wiring and the list of commands. No rule of care lives in this crate; it
//! translates between the window and `clinic`.

mod arguments;
mod commands;
mod events;
mod folder_dialog;
mod idle;
mod image;
mod language;
mod lock;
mod patient_image;
mod state;
mod web_folder;
mod window;

use arguments::{Arguments, Carried};
use clinic::{Code, HandedBack, House, Letter, TrainingKey};
use lock::After;
use state::Premises;
use std::ffi::OsString;
use std::future::Future;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use tauri::{AppHandle, async_runtime, generate_context, generate_handler};
use tokio::signal::unix::{SignalKind, signal};
use window::Page;
use zeroize::Zeroizing;

/// Runs the application with the arguments after the program's name; returns when it cannot start or has ended.
pub fn start(words: impl Iterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::read(words) {
        Ok(arguments) => arguments,
        Err(misunderstood) => {
            eprintln!("{misunderstood}");
            return ExitCode::from(2);
        }
    };
    if image::prepare().is_err() {
        return image::refused("process_not_protected");
    }
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(code) => image::refused(code),
    }
}

fn run(arguments: Arguments) -> Result<(), &'static str> {
    let profile = arguments.profile.or_else(clinic::default_profile).ok_or("no_profile_folder")?;
    // The next image starts with this path, wherever its working folder is by then.
    let profile = std::path::absolute(profile).map_err(|_| "no_profile_folder")?;
    match arguments.carried.map(|(carried, pipe)| (carried, image::take_carried(pipe))) {
        // Whatever is in that pipe: what was handed over to a patient never opens a house.
        Some((Carried::Patient, letter)) => {
            patient_image::run(profile, letter.and_then(|bytes| Letter::from_bytes(&bytes)))
        }
        carried => run_house(profile, carried.and_then(|(carried, bytes)| Some((carried, bytes?)))),
    }
}

fn run_house(profile: PathBuf, carried: Option<(Carried, Zeroizing<Vec<u8>>)>) -> Result<(), &'static str> {
    let premises = premises(profile, carried)?;
    let web_folder = premises.web_folder.clone();
    tauri::Builder::default()
        .manage(premises)
        .invoke_handler(handlers())
        .setup(move |app| {
            let end = |app: AppHandle| async move { lock::close(&app, After::End).await };
            end_on_signals(app.handle(), end)?;
            window::open(app, Page::Nurse, web_folder, end)?;
            Ok(())
        })
        .run(context())
        .map_err(|_| "no_window")
}

/// The window opens whatever became of the house: only there can a nurse be told.
fn premises(profile: PathBuf, carried: Option<(Carried, Zeroizing<Vec<u8>>)>) -> Result<Premises, &'static str> {
    let house = House::open_real(profile.clone());
    if let (Ok(house), Some((carried, bytes))) = (&house, &carried) {
        match carried {
            Carried::Training => TrainingKey::from_bytes(bytes).into_iter().for_each(|key| house.keep_training(key)),
            Carried::HandedBack => HandedBack::from_bytes(bytes).into_iter().for_each(|it| house.keep_handed_back(it)),
            Carried::Patient => {}
        }
    }
    if let Ok(house) = &house {
        web_folder::remove_earlier(&house.web_folder());
    }
    // A folder that is not Holdfast's own is left as it is.
    let foreign = house.as_ref().is_err_and(|problem| problem.code == Code::ProfileUnwritable);
    let web =
        if foreign { Err(io::ErrorKind::PermissionDenied.into()) } else { web_folder::fresh(&profile.join("web")) };
    let web = web.or_else(|_| web_folder::elsewhere());
    Ok(Premises::new(house, profile, web.map_err(|_| "no_web_folder")?))
}

/// The application as it was built; one place, so that its pages are in the program once.
fn context() -> tauri::Context {
    generate_context!()
}

/// The end of the desktop session does what `end` says, as the nurse's own closing of the window does.
fn end_on_signals<F: Future<Output = ()> + Send + 'static>(
    app: &AppHandle,
    end: impl Fn(AppHandle) -> F + Clone + Send + 'static,
) -> io::Result<()> {
    for kind in [SignalKind::terminate(), SignalKind::interrupt(), SignalKind::hangup()] {
        let (app, end) = (app.clone(), end.clone());
        let mut signals = async_runtime::block_on(async { signal(kind) })?;
        async_runtime::spawn(async move {
            signals.recv().await;
            end(app).await;
        });
    }
    Ok(())
}

/// Every command the window can call; the permissions name the same ones.
fn handlers() -> impl Fn(tauri::ipc::Invoke) -> bool + Send + Sync + 'static {
    use commands::{
        care_plan, clinic_list, desk, directory, hand_over, hna, home, offer, paper, patient, report, sending, server,
        session, staff, treatment_summary,
    };
    generate_handler![
        desk::front,
        desk::enrol_first_nurse,
        desk::unlock,
        desk::unlock_with_recovery_code,
        desk::open_training,
        desk::lock,
        desk::stay,
        desk::desk,
        desk::keep_place,
        desk::today,
        clinic_list::add_clinic_visit,
        clinic_list::read_clinic_visit,
        clinic_list::take_off_clinic_visit,
        clinic_list::put_back_clinic_visit,
        clinic_list::take_in_clinic_list,
        staff::list_staff,
        staff::add_nurse,
        staff::set_passphrase,
        staff::issue_recovery_code,
        staff::confirm_recovery_code,
        patient::cancer_types,
        patient::register_patient,
        patient::correct_patient,
        patient::find_patients,
        patient::open_patient,
        patient::record_death,
        patient::take_back_death,
        offer::record_offer,
        offer::record_plan_offer,
        offer::mark_offer_mistaken,
        hna::read_checklist,
        hna::list_checklists,
        hna::start_hna,
        hna::score_again,
        hna::read_hna,
        hna::read_changes,
        hna::tick_concern,
        hna::untick_concern,
        hna::add_own_concern,
        hna::decline_domain,
        hna::rate_concern,
        hna::decline_concern,
        hna::talk_privately,
        hna::rank_concerns,
        hna::want_information,
        hna::write_questions,
        hna::complete_hna,
        hna::discard_hna,
        hand_over::hand_over,
        hand_over::give_up_answers,
        hand_over::come_back,
        care_plan::start_care_plan,
        care_plan::read_care_plan,
        care_plan::write_what_matters,
        care_plan::add_action,
        care_plan::write_action,
        care_plan::remove_action,
        care_plan::end_action,
        care_plan::reopen_action,
        care_plan::add_concern,
        care_plan::remove_concern,
        care_plan::agree_nothing,
        care_plan::lock_care_plan,
        care_plan::review_care_plan,
        care_plan::carry_action,
        care_plan::compare_plans,
        care_plan::unlock_care_plan,
        treatment_summary::list_templates,
        treatment_summary::read_template,
        treatment_summary::start_treatment_summary,
        treatment_summary::read_treatment_summary,
        treatment_summary::choose_line,
        treatment_summary::drop_line,
        treatment_summary::fill_slot,
        treatment_summary::add_own_line,
        treatment_summary::write_own_line,
        treatment_summary::sign_treatment_summary,
        treatment_summary::amend_treatment_summary,
        home::invite,
        home::read_invitation,
        home::withdraw_invitation,
        home::take_in_answers,
        home::read_answers,
        home::confirm_answers,
        home::refuse_answers,
        home::clear_alert,
        home::book_appointment,
        home::read_appointment,
        home::change_appointment,
        home::cancel_appointment,
        home::end_appointment,
        directory::look_up,
        directory::read_directory_entry,
        directory::add_directory_entry,
        directory::change_directory_entry,
        directory::check_directory_entry,
        directory::retire_directory_entry,
        directory::take_suggestion,
        session::list_sessions,
        session::read_session,
        session::add_session,
        session::change_session,
        session::write_session_date,
        session::cancel_session_date,
        session::retire_session,
        session::book_session,
        session::read_booking,
        session::change_booking,
        session::confirm_booking,
        session::remind_booking,
        session::end_booking,
        session::cancel_booking,
        paper::preview_paper,
        paper::list_printers,
        paper::save_paper,
        paper::save_paper_elsewhere,
        paper::print_paper,
        report::report_period,
        report::read_cosd,
        report::save_report,
        sending::view_sync,
        sending::settle_notice,
        sending::record_standing,
        sending::try_again,
        sending::send_now,
        sending::view_conflict,
        sending::resolve_conflict,
        sending::withdraw_sending,
        sending::export_refused,
        server::read_server,
        server::check_server,
        server::save_server_report,
        server::take_in_server_key,
    ]
}

/// Every command the patient's window can call. None of the nurse's is there to be refused: her premises are not in that process.
fn patient_handlers() -> impl Fn(tauri::ipc::Invoke) -> bool + Send + Sync + 'static {
    use commands::patient_mode;
    generate_handler![
        patient_mode::patient_front,
        patient_mode::patient_answer,
        patient_mode::patient_not_me,
        patient_mode::hand_back,
    ]
}

#[cfg(test)]
#[path = "capability_tests.rs"]
mod tests;
