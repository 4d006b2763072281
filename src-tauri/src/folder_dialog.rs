//! The system's own dialog for a folder, opened by the application and never by the page, which gets no permission for it. What is
//! put into the folder belongs to `clinic`.

use crate::events::WINDOW;
use gtk::prelude::*;
use gtk::{FileChooserAction, FileChooserNative, ResponseType};
use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;
use tauri::{AppHandle, Manager};
use tokio::sync::{Mutex, oneshot};

/// The words of the dialog, beside those of the page that asks for it.
const WORDS: &str = include_str!("../../assets/words/en-GB/print.ftl");

/// Held while a dialog is open: a second one is not opened beside it.
static OPEN: Mutex<()> = Mutex::const_new(());

/// The folder that the nurse chose, beginning in `first`; None when the dialog was called off, or when one is open already. A lock takes
/// the dialog away with the process, and nobody gets an answer.
pub async fn ask(app: &AppHandle, first: Option<PathBuf>) -> Option<PathBuf> {
    let _alone = OPEN.try_lock().ok()?;
    let (answer, answered) = oneshot::channel();
    let window = app.get_webview_window(WINDOW)?;
    app.run_on_main_thread(move || show(window.gtk_window().ok().as_ref(), first, answer)).ok()?;
    answered.await.ok().flatten()
}

/// Shows the dialog in front of the window, and no other part of the window can be used until it is gone.
fn show(window: Option<&gtk::ApplicationWindow>, first: Option<PathBuf>, answer: oneshot::Sender<Option<PathBuf>>) {
    let dialog = FileChooserNative::new(
        Some(said("print-dialog-title")),
        window,
        FileChooserAction::SelectFolder,
        Some(said("print-dialog-save")),
        None,
    );
    dialog.set_modal(true);
    dialog.set_create_folders(true);
    if let Some(first) = first {
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
    WORDS.lines().find_map(|line| line.strip_prefix(message)?.strip_prefix(" = ")).unwrap_or(message)
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn the_dialog_has_words() {
        assert_eq!(said("print-dialog-title"), "Save the PDF in a folder");
        assert_eq!(said("print-dialog-save"), "_Save here");
    }
}
