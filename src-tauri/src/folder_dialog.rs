//! The system's own dialogs for a folder and for a file, opened by the application and never by the page, which gets no permission for
//! them. What is put into the folder, and what is taken from the file, belongs to `clinic`.

use crate::events::WINDOW;
use gtk::prelude::*;
use gtk::{FileChooserAction, FileChooserNative, ResponseType};
use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;
use tauri::{AppHandle, Manager};
use tokio::sync::{Mutex, oneshot};

/// The words of each dialog, beside those of the page that asks for it.
const WORDS: [&str; 6] = [
    include_str!("../../assets/words/en-GB/print.ftl"),
    include_str!("../../assets/words/en-GB/home_dialog.ftl"),
    include_str!("../../assets/words/en-GB/clinic_list.ftl"),
    include_str!("../../assets/words/en-GB/report.ftl"),
    include_str!("../../assets/words/en-GB/sending.ftl"),
    include_str!("../../assets/words/en-GB/server.ftl"),
];

/// Held while a dialog is open: a second one is not opened beside it.
static OPEN: Mutex<()> = Mutex::const_new(());

/// What a dialog is for, with the names of its words.
struct Asked {
    title: &'static str,
    accept: &'static str,
    action: FileChooserAction,
    /// The folder in which it begins.
    first: Option<PathBuf>,
}

/// The folder that the nurse chose, beginning in `first`; None when the dialog was called off, or when one is open already. A lock takes
/// the dialog away with the process, and nobody gets an answer.
pub async fn ask(app: &AppHandle, first: Option<PathBuf>) -> Option<PathBuf> {
    let action = FileChooserAction::SelectFolder;
    answered(app, Asked { title: "print-dialog-title", accept: "print-dialog-save", action, first }).await
}

/// The same for a report.
pub async fn ask_for_report(app: &AppHandle, first: Option<PathBuf>) -> Option<PathBuf> {
    let action = FileChooserAction::SelectFolder;
    answered(app, Asked { title: "report-dialog-title", accept: "report-dialog-save", action, first }).await
}

/// The same for a copy of a record that the trust did not take.
pub async fn ask_for_copy(app: &AppHandle, first: Option<PathBuf>) -> Option<PathBuf> {
    let action = FileChooserAction::SelectFolder;
    answered(app, Asked { title: "refused-dialog-title", accept: "refused-dialog-save", action, first }).await
}

/// The same for what a check of the trust's server found.
pub async fn ask_for_server_report(app: &AppHandle, first: Option<PathBuf>) -> Option<PathBuf> {
    let action = FileChooserAction::SelectFolder;
    answered(app, Asked { title: "server-dialog-title", accept: "server-dialog-save", action, first }).await
}

/// The file that the nurse chose to be read; None as for a folder.
pub async fn ask_file(app: &AppHandle) -> Option<PathBuf> {
    let action = FileChooserAction::Open;
    answered(app, Asked { title: "answers-dialog-title", accept: "answers-dialog-open", action, first: None }).await
}

/// The same for a clinic list.
pub async fn ask_clinic_list(app: &AppHandle) -> Option<PathBuf> {
    let action = FileChooserAction::Open;
    let (title, accept) = ("clinic_list-dialog-title", "clinic_list-dialog-open");
    answered(app, Asked { title, accept, action, first: None }).await
}

/// The same for the key or the certificate with which this PC is known to the trust's server.
pub async fn ask_server_key(app: &AppHandle) -> Option<PathBuf> {
    let action = FileChooserAction::Open;
    let (title, accept) = ("server-dialog-key-title", "server-dialog-key-open");
    answered(app, Asked { title, accept, action, first: None }).await
}

async fn answered(app: &AppHandle, asked: Asked) -> Option<PathBuf> {
    let _alone = OPEN.try_lock().ok()?;
    let (answer, answered) = oneshot::channel();
    let window = app.get_webview_window(WINDOW)?;
    app.run_on_main_thread(move || show(window.gtk_window().ok().as_ref(), asked, answer)).ok()?;
    answered.await.ok().flatten()
}

/// Shows the dialog in front of the window, and no other part of the window can be used until it is gone.
fn show(window: Option<&gtk::ApplicationWindow>, asked: Asked, answer: oneshot::Sender<Option<PathBuf>>) {
    // The list of files that were used lately lies in the account, outside the encrypted database, and a file's name may name a person.
    if let Some(settings) = gtk::Settings::default() {
        settings.set_property("gtk-recent-files-enabled", false);
    }
    let dialog = FileChooserNative::new(Some(said(asked.title)), window, asked.action, Some(said(asked.accept)), None);
    dialog.set_modal(true);
    dialog.set_create_folders(asked.action == FileChooserAction::SelectFolder);
    if let Some(first) = asked.first {
        dialog.set_current_folder(first);
    }
    // The dialog lives as long as somebody holds it; the answer lets it go.
    let held = Rc::new(RefCell::new(Some((dialog.clone(), answer))));
    dialog.connect_response(move |dialog, response| {
        let Some((_gone, answer)) = held.borrow_mut().take() else { return };
        // Nobody waiting any more is no fault.
        let _heard = answer.send((response == ResponseType::Accept).then(|| dialog.filename()).flatten());
    });
    dialog.show();
}

/// The words of a message that has no values and stands on one line; its name when there is none.
fn said(message: &'static str) -> &'static str {
    let mut lines = WORDS.iter().flat_map(|words| words.lines());
    lines.find_map(|line| line.strip_prefix(message)?.strip_prefix(" = ")).unwrap_or(message)
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn each_dialog_has_words() {
        assert_eq!(said("print-dialog-title"), "Save the PDF in a folder");
        assert_eq!(said("print-dialog-save"), "_Save here");
        assert_eq!(said("answers-dialog-title"), "Open the file with the answers");
        assert_eq!(said("answers-dialog-open"), "_Open");
        assert_eq!(said("clinic_list-dialog-title"), "Open the file with the clinic list");
        assert_eq!(said("clinic_list-dialog-open"), "_Open");
        assert_eq!(said("report-dialog-title"), "Save the report in a folder");
        assert_eq!(said("report-dialog-save"), "_Save here");
        assert_eq!(said("refused-dialog-title"), "Save the copy in a folder");
        assert_eq!(said("refused-dialog-save"), "_Save here");
        assert_eq!(said("server-dialog-title"), "Save the report of the check in a folder");
        assert_eq!(said("server-dialog-save"), "_Save here");
        assert_eq!(said("server-dialog-key-title"), "Open the file with the key or the certificate");
        assert_eq!(said("server-dialog-key-open"), "_Open");
    }
}
