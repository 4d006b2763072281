//! Visits to the clinic list: a file that is not taken, one of which some rows are, whom its rows name, and a patient who is put on it.
//! What is looked at there belongs to `screens`.

use std::fs;

use kit::window::{Key, Person, Window, World, day_ahead};

use crate::dialog::choose_file;
use crate::people::{ZOE, set_up};
use crate::screens::{Visit, visit_all};

const TITLE: &str = "Open the file with the clinic list";

pub const VISITS: &[(&str, Visit)] = &[
    ("clinic_list", |window| {
        give(window, "broken.csv", "Date,Time\n");
        window.see_problem("missing_column");
    }),
    ("clinic_list", taken),
    ("today", |window| {
        window.tab_to("#to-today").press(Key::Enter);
        window.see_text("Not on this PC yet");
    }),
    ("clinic_visit", |window| window.tab_to("[data-state='not_here'] [id^='place-']").press(Key::Enter)),
    ("register", filled),
    ("clinic_add", add),
    ("today", on_the_list),
    ("clinic_visit", |window| window.tab_to("[data-state='not_started'] [id^='place-']").press(Key::Enter)),
    ("clinic_visit", |window| {
        window.tab_to("#take-off").press(Key::Enter);
        window.see_text("It stays off, also when the same file is taken in again, until somebody puts it back.");
    }),
    ("clinic_list", stays_off),
    ("clinic_visit", |window| window.tab_to("[id^='off-']").press(Key::Enter)),
];

#[test]
fn axe_finds_nothing_and_tab_reaches_everything_on_the_screens_of_the_clinic_list() {
    walk(&World::new());
}

/// Visits all of them in this world.
pub fn walk(world: &World) {
    let window = world.open();
    set_up(&window);
    window.register(ZOE);
    visit_all(&window, VISITS);
}

/// The first row of a list.
pub const HEADER: &str = "Date,Time,NHS number,Family name,Given name,Date of birth,Clinic,Reason";
const ADA: Person =
    Person { family: "Invented-Marsh", given: "Ada", nhs_number: "9990000034", born: ["1", "2", "1950"] };

/// A row with somebody who is expected today.
pub fn row(time: &str, person: Person, reason: &str) -> String {
    let Person { family, given, nhs_number, born: [day, month, year] } = person;
    format!("{},{time},{nhs_number},{family},{given},{day}/{month}/{year},Colorectal,{reason}", day_ahead(0))
}

/// Chooses a file with this text in the system's dialog.
pub fn give(window: &Window<'_>, name: &str, text: &str) {
    let file = window.world.path(name);
    fs::write(&file, text).unwrap();
    if window.screen() != "clinic_list" {
        window.tab_to("#nav-today").press(Key::Enter);
        window.see("today");
        window.tab_to("#take-in-list").press(Key::Enter);
    }
    window.see("clinic_list");
    window.tab_to("#choose-file").press(Key::Enter);
    choose_file(window.world, TITLE, &file);
}

/// Zoë, somebody who is not here, and a row that nobody can read.
fn taken(window: &Window<'_>) {
    give(window, "monday.csv", &monday());
    window.see_text("monday.csv: 2 people are on a list");
    window.see_text("1 row was not taken");
}

fn monday() -> String {
    let unreadable = format!("{},later,9990000019,Invented-Marsh,Ada,1/2/50,Colorectal,", day_ahead(0));
    [HEADER.to_owned(), row("09:40", ZOE, "Review"), row("10:20", ADA, "First assessment"), unreadable].join("\r\n")
}

/// The same file once more, and who of it stays off the list.
fn stays_off(window: &Window<'_>) {
    give(window, "monday.csv", &monday());
    window.see_element("[id^='off-']");
    assert!(window.text("[aria-labelledby='stay-off-title']").contains("INVENTED-QUILL, Zoë"));
}

/// The form as the row fills it.
fn filled(window: &Window<'_>) {
    window.tab_to("#register-row").press(Key::Enter);
    window.see("register");
    window.see_text("Filled in from the file.");
    window.see_element("#cancer_type option[value='Breast']");
}

/// The form, which says what is missing.
fn add(window: &Window<'_>) {
    window.tab_to("#nav-today").press(Key::Enter);
    window.see("today");
    window.tab_to("[id^='open-']").press(Key::Enter);
    window.see("overview");
    window.tab_to("#to-clinic-list").press(Key::Enter);
    window.see("clinic_add");
    window.tab_to("#add-to-list").press(Key::Enter);
    window.see_element(".nhsuk-error-summary");
}

fn on_the_list(window: &Window<'_>) {
    window.tab_to("#on").types(&day_ahead(0));
    window.tab_to("#time").types("11:00");
    window.tab_to("#add-to-list").press(Key::Enter);
    window.see("today");
    window.see_text("Not started");
}
