//! Commands by windows: what Tauri's own authority, as it was built into the program, allows to whom.

use super::*;
use clinic::{COMMANDS, PATIENT_COMMANDS};
use tauri::ipc::Origin;

/// Commands of the framework that would lead out of a window, and one that nobody has.
const OTHERS: [&str; 6] = [
    "plugin:event|listen",
    "plugin:event|emit",
    "plugin:window|close",
    "plugin:webview|create_webview_window",
    "plugin:app|version",
    "no_such_command",
];

/// The names of the commands that the window of this label may call, of all that there are.
fn allowed(label: &str, origin: &Origin) -> Vec<&'static str> {
    let mut context = context();
    let authority = context.runtime_authority_mut();
    let every = COMMANDS.iter().chain(PATIENT_COMMANDS).map(|(name, ..)| *name).chain(OTHERS);
    every.filter(|name| authority.resolve_access(name, label, label, origin).is_some()).collect()
}

#[test]
fn the_patients_window_may_call_its_four_commands_and_no_other() {
    let four: Vec<_> = PATIENT_COMMANDS.iter().map(|(name, ..)| *name).collect();
    assert_eq!(four, ["patient_front", "patient_answer", "patient_not_me", "hand_back"]);
    assert_eq!(allowed(Page::Patient.label(), &Origin::Local), four);
}

#[test]
fn the_nurses_window_may_call_all_of_hers_and_none_of_the_patients() {
    let hers: Vec<_> = COMMANDS.iter().map(|(name, ..)| *name).chain(["plugin:event|listen"]).collect();
    assert_eq!(allowed(Page::Nurse.label(), &Origin::Local), hers);
}

#[test]
fn another_window_and_another_page_may_call_nothing() {
    assert_eq!(allowed("other", &Origin::Local), [""; 0]);
    for label in [Page::Nurse.label(), Page::Patient.label()] {
        let elsewhere = Origin::Remote { url: "https://example.org/".parse().expect("an address") };
        assert_eq!(allowed(label, &elsewhere), [""; 0]);
    }
}
