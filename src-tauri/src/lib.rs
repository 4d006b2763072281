//! The application around the clinic: start, wiring and the list of commands. No rule of care lives in this crate; it
//! translates between the window and `clinic`.

mod arguments;
mod commands;
mod events;
mod folder_dialog;
mod idle;
mod image;
mod lock;
mod state;
mod web_folder;
mod window;

use arguments::Arguments;
use clinic::{Code, House, TrainingKey};
use lock::After;
use state::Premises;
use std::ffi::OsString;
use std::io;
use std::process::ExitCode;
use tauri::{AppHandle, async_runtime, generate_context, generate_handler};
use tokio::signal::unix::{SignalKind, signal};

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
    let premises = premises(arguments)?;
    let web_folder = premises.web_folder.clone();
    tauri::Builder::default()
        .manage(premises)
        .invoke_handler(handlers())
        .setup(move |app| {
            end_on_signals(app.handle())?;
            window::open(app, web_folder)?;
            Ok(())
        })
        .run(generate_context!())
        .map_err(|_| "no_window")
}

/// The window opens whatever became of the house: only there can a nurse be told.
fn premises(arguments: Arguments) -> Result<Premises, &'static str> {
    let profile = arguments.profile.or_else(clinic::default_profile).ok_or("no_profile_folder")?;
    // The next image starts with this path, wherever its working folder is by then.
    let profile = std::path::absolute(profile).map_err(|_| "no_profile_folder")?;
    let house = House::open_real(profile.clone());
    let training = arguments.training.and_then(image::take_training);
    if let (Ok(house), Some(key)) = (&house, training.and_then(|bytes| TrainingKey::from_bytes(&bytes))) {
        house.keep_training(key);
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

/// The end of the desktop session closes the clinic as the nurse's own closing of the window does.
fn end_on_signals(app: &AppHandle) -> io::Result<()> {
    for kind in [SignalKind::terminate(), SignalKind::interrupt(), SignalKind::hangup()] {
        let app = app.clone();
        let mut signals = async_runtime::block_on(async { signal(kind) })?;
        async_runtime::spawn(async move {
            signals.recv().await;
            lock::close(&app, After::End).await;
        });
    }
    Ok(())
}

/// Every command the window can call; the permissions name the same ones.
fn handlers() -> impl Fn(tauri::ipc::Invoke) -> bool + Send + Sync + 'static {
    use commands::{care_plan, desk, hna, paper, patient, sending, staff, treatment_summary};
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
        hna::read_checklist,
        hna::start_hna,
        hna::read_hna,
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
        care_plan::start_care_plan,
        care_plan::read_care_plan,
        care_plan::write_what_matters,
        care_plan::add_action,
        care_plan::write_action,
        care_plan::remove_action,
        care_plan::lock_care_plan,
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
        paper::preview_paper,
        paper::list_printers,
        paper::save_paper,
        paper::save_paper_elsewhere,
        paper::print_paper,
        sending::list_refused,
        sending::try_again,
        sending::send_now,
    ]
}
