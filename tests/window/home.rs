//! The assessment at home: a patient is invited with a code on paper, the answers come in as a file through the system's dialog, wait on
//! Today until somebody says what was done, and are talked about.

use std::fs;

use kit::PrintRoom;
use kit::print_room::QUEUE;
use kit::summary::pages;
use kit::window::{Key, Person, RUTH, Window, World, answers_of, day_ahead, until};
use serde_json::{Value, json};

use crate::dialog::{choose_file, dialog, found, press};
use crate::people::{ZOE, set_up};
use crate::plans::as_told;

pub const TITLE: &str = "Open the file with the answers";
const PORTAL: &str = "portal.thamesbank.example";
const DONE: &str = "Rang Zoë, nothing urgent, talk is booked";
const STRANGER: Person =
    Person { family: "Invented-Marsh", given: "Ada", nhs_number: "9990000034", born: ["1", "2", "1950"] };

#[test]
fn answers_from_home_are_invited_taken_in_cleared_and_talked_about() {
    let world = World::new();
    let printers = PrintRoom::new();
    world.set_up_paper(&printers);
    world.configure("home", json!({ "portal": PORTAL }));
    let window = world.open();
    set_up(&window);
    window.register(ZOE);

    let code = window.invite(ZOE);
    assert_eq!(code.len(), 12, "{code}");
    assert!(window.text("main").contains(PORTAL));
    window.go_to_paper("#print");
    window.print(ZOE, QUEUE);
    is_the_invitation(&printers.printed(), &code);
    to_today(&window);
    assert!(!window.text("main").contains("Answers from home"), "nothing came yet");

    take_in(&window, "answers.json", &answers_of(ZOE, Some(&code), &checklist(&window)));
    window.see("answers");
    let banner = window.text("[data-region='banner']");
    assert!(banner.contains("INVENTED-QUILL, Zoë"), "{banner}");
    let came = window.text("main");
    assert!(came.contains("2, highest Tiredness or fatigue at 8"), "{came}");

    to_today(&window);
    let waits = window.text("[aria-labelledby='work-title']");
    for part in ["Answers from home", "Ruth Invented, yours", "INVENTED-QUILL, Zoë", "Today"] {
        assert!(waits.contains(part), "{part} in {waits}");
    }
    window.tab_to("[aria-label^='Answers from home, ']").press(Key::Enter);
    window.see("answers");
    window.lock();
    window.unlock(RUTH);
    window.see("answers");
    window.clear_alert(DONE);
    assert!(window.text("main").contains(DONE));

    window.tab_to("#book-talk").press(Key::Enter);
    let day = day_ahead(7);
    window.book_talk(&day, "9.15", "Clinic room 3");
    let talk = window.text("main");
    for part in [format!("{day} 09:15").as_str(), "Face to face", "Clinic room 3", RUTH.name, "Booked"] {
        assert!(talk.contains(part), "{part} in {talk}");
    }
    window.tab_to("#read-hna").press(Key::Enter);
    window.see("hna_read");
    let rows = window.texts("tbody tr");
    assert!(rows.len() == 2 && rows[0].starts_with("Tiredness or fatigue"), "{rows:?}");
    to_today(&window);
    let work = window.text("main");
    assert!(!work.contains("Answers from home"), "somebody has said what was done: {work}");
    assert!(work.contains("Assessment done, no plan yet"), "{work}");
    assert!(window.end().success());
}

#[test]
fn a_file_is_called_off_refused_compared_and_turned_away() {
    let world = World::new();
    let window = world.open();
    set_up(&window);
    window.register(ZOE);
    to_today(&window);
    let list = checklist(&window);

    window.tab_to("#take-in").press(Key::Enter);
    window.see("take_in");
    window.tab_to("#choose-file").press(Key::Enter);
    press(&world, TITLE, "Escape");
    window.see_text("No file was chosen.");

    give(&window, "half.json", "{ \"resourceType\": \"Bundle\"");
    let refused = window.see_problem("not_json");
    assert!(refused.contains("half.json") && refused.contains("Nothing of it was kept"), "{refused}");
    let mut unknown = answers_of(ZOE, None, &list);
    unknown["entry"][1]["resource"]["item"][0]["item"][0]["linkId"] = json!("physical.halo");
    give(&window, "unknown.json", &unknown.to_string());
    let refused = window.see_problem("unknown_item");
    assert!(refused.contains("Where in the file: QuestionnaireResponse.item"), "{refused}");
    assert!(!refused.contains("halo"), "nothing of the file is shown: {refused}");

    // Without a code a nurse says whose they are, and only with the day and month of birth.
    let hers = answers_of(ZOE, None, &list);
    give(&window, "hers.json", &hers.to_string());
    window.see("answers");
    assert!(!window.has("[data-region='banner']"), "whose they are is not said yet");
    assert_eq!(window.text("[data-fact='family']").split_whitespace().last(), Some("INVENTED-QUILL"));
    window.tab_to("#identity-day").types("15");
    window.tab_to("#identity-month").types("7");
    window.choose("pathway_point", "pathway_point-during_treatment");
    window.tab_to("#confirm").press(Key::Enter);
    window.see_problem("identity_differs");
    window.tab_to("#back").press(Key::Enter);
    window.see("today");
    assert!(window.text("main").contains("whose are they?"));
    window.tab_to("[aria-label^='Answers from home: whose are they?']").press(Key::Enter);
    window.see("answers");
    window.tab_to("#identity-day").types("14");
    window.tab_to("#identity-month").types("7");
    window.choose("pathway_point", "pathway_point-during_treatment");
    window.tab_to("#confirm").press(Key::Enter);
    window.see_element("#clear-alert");
    assert!(window.has("[data-region='banner']"));

    // The same answers again are known, whatever the file is called.
    take_in(&window, "again.json", &hers);
    window.see_text("were taken in before");
    give(&window, "stranger.json", &answers_of(STRANGER, None, &list).to_string());
    window.see("answers");
    window.see_text("Nobody on this PC has this NHS number");
    to_today(&window);
    let unmatched = window.text("[aria-labelledby='unmatched-title']");
    assert!(unmatched.contains("INVENTED-MARSH, Ada") && unmatched.contains("999 000 0034"), "{unmatched}");
    window.tab_to("[id^='unmatched-']:is(button)").press(Key::Enter);
    window.see("answers");
    window.tab_to("#show-refuse").press(Key::Enter);
    window.focus_on("#reason").types("She lives in another town");
    window.focus_on("#reason").press(Key::Enter);
    window.see_text("They stand in nobody’s record");
    to_today(&window);
    assert!(!window.has("[aria-labelledby='unmatched-title']"));

    // A lock takes the dialog away, and nothing was chosen.
    window.tab_to("#take-in").press(Key::Enter);
    window.see("take_in");
    window.tab_to("#choose-file").press(Key::Enter);
    dialog(&world, TITLE);
    window.lock_by_the_page();
    window.see("lock");
    until("the dialog to be gone", || found(&world, TITLE).is_none().then_some(()));
    window.unlock(RUTH);
    window.see("take_in");
    assert!(window.end().success());
}

/// What came out of the printer says whose it is, the code, and where it is entered.
fn is_the_invitation(pdf: &[u8], code: &str) {
    let pages = pages(pdf);
    let text = pages.join(" ");
    for part in ["Zoë", "14 July 1956", PORTAL] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(text.replace([' ', '-'], "").contains(code), "{code} in {text}");
}

/// Takes in a file from Today.
pub fn take_in(window: &Window<'_>, name: &str, answers: &Value) {
    to_today(window);
    window.tab_to("#take-in").press(Key::Enter);
    window.see("take_in");
    give(window, name, &answers.to_string());
}

/// Chooses a file with this text in the system's dialog.
pub fn give(window: &Window<'_>, name: &str, text: &str) {
    let file = window.world.path(name);
    fs::write(&file, text).unwrap();
    if window.screen() != "take_in" {
        to_today(window);
        window.tab_to("#take-in").press(Key::Enter);
    }
    window.see("take_in");
    window.tab_to("#choose-file").press(Key::Enter);
    choose_file(window.world, TITLE, &file);
    assert_eq!(fs::read_to_string(file).unwrap(), text, "the file stays as it is");
}

/// The checklist that is used when none is chosen.
pub fn checklist(window: &Window<'_>) -> String {
    as_told(window, "list_checklists", &Value::Null)["offered"][0]["key"].as_str().unwrap().to_owned()
}

fn to_today(window: &Window<'_>) {
    window.tab_to("#nav-today").press(Key::Enter);
    window.see("today");
}
