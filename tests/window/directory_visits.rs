//! Visits to the directory and to what it suggests beside a concern, each from where the one before ended, in a window of their own. What is
//! looked at there belongs to `screens`.

use kit::PrintRoom;
use kit::window::{Key, Window, World};

use crate::people::{FATIGUE, ZOE, to_concerns};
use crate::screens::{Visit, visit_all};

pub const VISITS: &[(&str, Visit)] = &[
    ("care_plan", suggested),
    ("care_plan", taken),
    ("directory", |window| window.tab_to("#to-directory").press(Key::Enter)),
    ("directory", nothing),
    ("directory_entry", add),
    ("directory_entry", added),
    ("directory_entry", checked),
    ("directory", |window| window.tab_to("#back").press(Key::Enter)),
];

#[test]
fn axe_finds_nothing_and_tab_reaches_everything_in_the_directory_and_its_suggestions() {
    walk(&World::new());
}

/// Visits all of them in this world.
pub fn walk(world: &World) {
    let printers = PrintRoom::new();
    world.set_up_paper(&printers);
    let window = world.open();
    to_concerns(&window);
    window.tick(FATIGUE);
    for next in ["hna_score", "hna_matters", "hna_information", "hna_check"] {
        window.go_on(next);
    }
    window.complete(ZOE);
    window.write_plan();
    visit_all(&window, VISITS);
}

/// What the directory has for tiredness, of which nothing is in the plan.
fn suggested(window: &Window<'_>) {
    window.see_element("#suggestions");
    window.see_text("Details not checked yet");
    assert!(!window.has("[id^='kind-a-']"), "nothing is added by itself");
}

fn taken(window: &Window<'_>) {
    window.tab_to("[id^='signpost-']").press(Key::Enter);
    window.see_text("Signposted");
}

fn nothing(window: &Window<'_>) {
    window.see_element("#found");
    window.tab_to("#words").types("qqqq");
    window.see_text("Nothing found");
}

/// An entry of the team's own, of which nothing is said yet.
fn add(window: &Window<'_>) {
    window.tab_to("#add-entry").press(Key::Enter);
    window.see("directory_entry");
    window.tab_to("#save-entry").press(Key::Enter);
    window.see_element(".nhsuk-error-summary");
}

fn added(window: &Window<'_>) {
    window.choose("kind", "kind-place");
    window.tab_to("#name").types("Invented walking group");
    window.tab_to("#phone").types("020 7946 0155");
    window.tab_to("#save-entry").press(Key::Enter);
    window.see_element("#checked");
}

fn checked(window: &Window<'_>) {
    window.tab_to("#check").press(Key::Enter);
    window.see_text("Details checked");
}
