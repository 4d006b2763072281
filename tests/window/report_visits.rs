//! Visits to the reports and to what one record yields, each from where the one before ended, in a window of their own; and a report that
//! is saved in a folder. What is looked at there belongs to `screens`.

use std::fs;

use kit::window::{Key, RUTH, Window, World};
use serde_json::json;

use crate::dialog::press;
use crate::people::{ZOE, set_up};
use crate::screens::{Visit, visit_all};

const TITLE: &str = "Save the report in a folder";

pub const VISITS: &[(&str, Visit)] =
    &[("cosd", nothing), ("cosd", declined), ("reports", no_days), ("reports", counted), ("reports", not_chosen)];

#[test]
fn axe_finds_nothing_and_tab_reaches_everything_on_reports_and_one_is_saved_where_it_was_said() {
    let world = World::new();
    // The dialog begins where papers are usually saved.
    let folder = world.path("papers");
    fs::create_dir(&folder).unwrap();
    world.configure("paper", json!({ "folder": folder }));
    let window = visited(&world);
    window.choose("form", "form-joined");
    window.choose("format", "format-csv");
    window.tab_to("#passphrase").types(RUTH.passphrase);
    window.focus_on("#passphrase").press(Key::Enter);
    press(&world, TITLE, "alt+s");
    window.see_element("#saved-report");
    let files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let [file] = files.as_slice() else { panic!("{files:?}") };
    let name = file.file_name().unwrap().to_str().unwrap();
    assert!(name.starts_with("cosd-joined-identified-") && name.ends_with(".csv"), "{name}");
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains("9990000018") && text.contains("Invented-Quill"), "{text}");
    assert!(window.end().success());
}

/// Visits all of them in this world.
pub fn walk(world: &World) {
    visited(world);
}

/// The window when all of them are paid.
fn visited(world: &World) -> Window<'_> {
    let window = world.open();
    set_up(&window);
    window.register(ZOE);
    visit_all(&window, VISITS);
    window
}

/// Of a record that yields nothing yet.
fn nothing(window: &Window<'_>) {
    window.tab_to("#cosd").press(Key::Enter);
    window.see_text("Nothing is recorded yet");
}

/// With an offer that was declined, and the same once more, which is left out.
fn declined(window: &Window<'_>) {
    window.tab_to("#back").press(Key::Enter);
    for times in 0..2 {
        window.see("overview");
        window.tab_to("#offer").press(Key::Enter);
        window.see("offer");
        window.choose("decision", "decision-declined");
        window.choose("point", "point-initial_diagnosis");
        window.tab_to("#use-today").press(Key::Enter);
        window.focus_on("#record-offer").press(Key::Enter);
        if times == 1 {
            window.see_problem("duplicate_offer");
            window.tab_to("#again").press(Key::Enter);
        }
        window.see("overview");
    }
    window.tab_to("#cosd").press(Key::Enter);
    window.see_text("02 Offered, declined");
    window.see_element("[data-fault='duplicate']");
}

fn no_days(window: &Window<'_>) {
    window.tab_to("#nav-reports").press(Key::Enter);
    window.see("reports");
    window.tab_to("#count-days").press(Key::Enter);
    window.see_element(".nhsuk-error-summary");
}

fn counted(window: &Window<'_>) {
    for (day, typed) in [("from", ["1", "1", "2026"]), ("to", ["31", "12", "2099"])] {
        for (part, typed) in ["day", "month", "year"].iter().zip(typed) {
            window.tab_to(&format!("#{day}-{part}")).types(typed);
        }
    }
    window.tab_to("#count-days").press(Key::Enter);
    window.see_text("02 Offered, declined");
    window.see_element("[data-fault='duplicate']");
}

/// With the passphrase asked for, and nothing chosen.
fn not_chosen(window: &Window<'_>) {
    window.tab_to("#identified").press(Key::Space);
    window.tab_to("#save-report").press(Key::Enter);
    window.see_element(".nhsuk-error-summary");
}
