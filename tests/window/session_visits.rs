//! Visits to the screens of the timetable and of bookings, each from where the one before ended, in a window of their own. What is looked at
//! there belongs to `screens`.

use kit::PrintRoom;
use kit::window::{Key, Window, World, day_ahead};
use serde_json::json;

use crate::people::{ZOE, set_up};
use crate::screens::{Visit, visit_all};

pub const VISITS: &[(&str, Visit)] = &[
    ("sessions", |window| window.tab_to("#nav-sessions").press(Key::Enter)),
    ("session", add),
    ("session", added),
    ("session", date),
    ("session", dated),
    ("session_book", book),
    ("booking", booking),
    ("paper", |window| window.go_to_paper("#print")),
    ("booking", confirmed),
    ("session", people),
    ("sessions", |window| window.tab_to("#back").press(Key::Enter)),
    ("overview", overview),
    ("session_book", waiting_list),
    ("booking", waits),
];

#[test]
fn axe_finds_nothing_and_tab_reaches_everything_on_the_screens_of_sessions() {
    walk(&World::new());
}

/// Visits all of them in this world.
pub fn walk(world: &World) {
    let printers = PrintRoom::new();
    world.set_up_paper(&printers);
    let window = world.open();
    set_up(&window);
    window.register(ZOE);
    visit_all(&window, VISITS);
}

/// A session of the team's own, of which nothing is said yet.
fn add(window: &Window<'_>) {
    window.tab_to("#add-session").press(Key::Enter);
    window.see("session");
    window.tab_to("#save-session").press(Key::Enter);
    window.see_element(".nhsuk-error-summary");
}

fn added(window: &Window<'_>) {
    window.choose("group", "group-wellbeing");
    window.tab_to("#title").types("Walking group");
    window.choose("held", "held-in_person");
    window.tab_to("#place").types("The park");
    window.choose("relatives_welcome", "relatives_welcome-yes");
    window.tab_to("#save-session").press(Key::Enter);
    window.see_text("No date yet");
}

/// The form of a date, which says what is missing.
fn date(window: &Window<'_>) {
    window.tab_to("#add-date").press(Key::Enter);
    window.choose("known", "known-exact");
    window.tab_to("#save-date").press(Key::Enter);
    window.see_element(".nhsuk-error-summary");
}

/// With a date of today that can be changed or called off, and what calling it off misses.
fn dated(window: &Window<'_>) {
    window.tab_to("#on").types(&day_ahead(0));
    window.tab_to("#starts").types("23:58");
    window.tab_to("#ends").types("23:59");
    window.tab_to("#save-date").press(Key::Enter);
    window.see_text("Nobody booked");
    window.tab_to("[id^='change-date-']").press(Key::Enter);
    window.tab_to("#show-cancel-date").press(Key::Enter);
    window.focus_on("#reason").press(Key::Enter);
    window.see_element(".nhsuk-error-summary");
}

/// The form, which says what is missing.
fn book(window: &Window<'_>) {
    window.tab_to("#nav-today").press(Key::Enter);
    window.see("today");
    window.tab_to("[id^='open-']").press(Key::Enter);
    window.see("overview");
    window.tab_to("#book-session").press(Key::Enter);
    window.see("session_book");
    window.see_element("[name='session']");
    window.tab_to("#save-booking").press(Key::Enter);
    window.see_element(".nhsuk-error-summary");
}

/// A place that is asked for, with what confirming and giving it back miss.
fn booking(window: &Window<'_>) {
    let own = window.run("return [...document.querySelectorAll(\"[name='session']\")].at(-1).id", json!([]));
    window.choose("session", own.as_str().unwrap());
    window.choose("date", "date-d-1");
    window.tab_to("#relatives").types("2");
    window.tab_to("#save-booking").press(Key::Enter);
    window.see("booking");
    window.tab_to("#save-confirm-date").press(Key::Enter);
    window.see_element(".nhsuk-error-summary");
}

/// Confirmed for today, so that it can be said whether the patient came.
fn confirmed(window: &Window<'_>) {
    window.tab_to("#back").press(Key::Enter);
    window.see("booking");
    window.choose("confirm-date", "confirm-date-d-1");
    window.tab_to("#save-confirm-date").press(Key::Enter);
    window.see_text("Due: say whether the patient came");
    window.tab_to("#save-attended").press(Key::Enter);
    window.see_element(".nhsuk-error-summary");
}

/// The session with who is booked on it.
fn people(window: &Window<'_>) {
    window.tab_to("#see-session").press(Key::Enter);
    window.see("session");
    window.see_element("[id^='booking-']");
}

/// With a booking on the overview.
fn overview(window: &Window<'_>) {
    window.tab_to("#nav-today").press(Key::Enter);
    window.see("today");
    window.tab_to("[id^='open-']").press(Key::Enter);
    window.see("overview");
    window.see_element("[id^='booking-']");
}

/// A session without a date, which takes people on its waiting list.
fn waiting_list(window: &Window<'_>) {
    window.tab_to("#book-session").press(Key::Enter);
    window.see("session_book");
    window.see_element("[name='session']");
    let shipped = window.value("[name='session']");
    window.choose("session", &format!("session-{shipped}"));
    window.choose("date", "date-any");
}

fn waits(window: &Window<'_>) {
    window.tab_to("#relatives").types("0");
    window.tab_to("#save-booking").press(Key::Enter);
    window.see_text("No date to confirm yet");
    window.tab_to("#show-cancel-booking").press(Key::Enter);
    window.focus_on("#reason").press(Key::Enter);
    window.see_element(".nhsuk-error-summary");
}
