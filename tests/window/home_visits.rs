//! Visits to the screens of an assessment at home, each from where the one before ended, in a window of their own. What is looked at
//! there belongs to `screens`.

use kit::PrintRoom;
use kit::window::{Key, Person, Window, World, answers_of, day_ahead};
use serde_json::json;

use crate::home::{checklist, give};
use crate::people::{ZOE, set_up};
use crate::screens::{Visit, visit_all};

pub const VISITS: &[(&str, Visit)] = &[
    ("invite", invite),
    ("invitation", invitation),
    ("invitation", withdraw),
    ("paper", |window| window.go_to_paper("#print")),
    ("take_in", take_in),
    ("answers", nobody),
    ("answers", compare),
    ("answers", alert),
    ("answers", cleared),
    ("appointment_book", book),
    ("appointment", appointment),
    ("overview", overview),
    ("today", today),
];

#[test]
fn axe_finds_nothing_and_tab_reaches_everything_on_the_screens_of_home() {
    walk(&World::new());
}

/// Visits all of them in this world.
pub fn walk(world: &World) {
    let printers = PrintRoom::new();
    world.set_up_paper(&printers);
    world.configure("home", json!({ "portal": "portal.thamesbank.example" }));
    let window = world.open();
    set_up(&window);
    window.register(ZOE);
    visit_all(&window, VISITS);
}

const STRANGER: Person =
    Person { family: "Invented-Marsh", given: "Ada", nhs_number: "9990000034", born: ["1", "2", "1950"] };

/// The form, which says what is missing.
fn invite(window: &Window<'_>) {
    window.tab_to("#invite").press(Key::Enter);
    window.see("invite");
    window.choose("kind", "kind-recorded");
    window.tab_to("#another-checklist").press(Key::Enter);
    window.see_element("details[open] [name='checklist']");
    window.tab_to("form #invite").press(Key::Enter);
    window.see_element(".nhsuk-error-summary");
}

fn invitation(window: &Window<'_>) {
    window.fill_invitation(ZOE);
    window.see("invitation");
}

/// With the form that withdraws it.
fn withdraw(window: &Window<'_>) {
    window.tab_to("#show-withdraw").press(Key::Enter);
    window.focus_on("#reason").press(Key::Enter);
    window.see_element(".nhsuk-error-summary");
}

/// A file that cannot be taken.
fn take_in(window: &Window<'_>) {
    give(window, "broken.json", "{");
    window.see_problem("not_json");
}

/// Answers of somebody who is not here, with the form that turns them away.
fn nobody(window: &Window<'_>) {
    give(window, "stranger.json", &answers_of(STRANGER, None, &checklist(window)).to_string());
    window.see("answers");
    window.tab_to("#show-refuse").press(Key::Enter);
    window.focus_on("#reason");
}

/// Answers that a nurse has to confirm, who has not said what is needed.
fn compare(window: &Window<'_>) {
    give(window, "hers.json", &answers_of(ZOE, None, &checklist(window)).to_string());
    window.see("answers");
    window.tab_to("#confirm").press(Key::Enter);
    window.see_element(".nhsuk-error-summary");
}

/// Confirmed, and not said what was done.
fn alert(window: &Window<'_>) {
    window.tab_to("#identity-day").types(ZOE.born[0]);
    window.tab_to("#identity-month").types(ZOE.born[1]);
    window.choose("pathway_point", "pathway_point-during_treatment");
    window.tab_to("#confirm").press(Key::Enter);
    window.see_element("#clear-alert");
    window.tab_to("#clear-alert").press(Key::Enter);
    window.see_element(".nhsuk-error-summary");
}

fn cleared(window: &Window<'_>) {
    window.clear_alert("Rang Zoë");
}

/// The form, which says what is missing.
fn book(window: &Window<'_>) {
    window.tab_to("#book-talk").press(Key::Enter);
    window.see("appointment_book");
    window.choose("known", "known-yes");
    window.tab_to("#save-appointment").press(Key::Enter);
    window.see_element(".nhsuk-error-summary");
}

/// Booked for today, so that it can be said how it went, and called off.
fn appointment(window: &Window<'_>) {
    window.book_talk(&day_ahead(0), "23:59", "Clinic room 3");
    window.tab_to("#end-appointment").press(Key::Enter);
    window.see_element(".nhsuk-error-summary");
    window.tab_to("#show-cancel-appointment").press(Key::Enter);
    window.focus_on("#reason").press(Key::Enter);
    window.wait_for(
        "what both forms miss",
        "return document.querySelectorAll('.nhsuk-error-summary').length === 2",
        json!([]),
    );
}

/// With all of it on the overview.
fn overview(window: &Window<'_>) {
    window.tab_to("#to-overview").press(Key::Enter);
    window.see("overview");
}

/// With all of it on Today.
fn today(window: &Window<'_>) {
    window.tab_to("#nav-today").press(Key::Enter);
    window.see_text("Answers that match nobody here");
}
