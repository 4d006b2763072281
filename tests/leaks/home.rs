//! An assessment at home: neither the code, nor what came in the file, nor what was done about it stays in a file of the account or in the
//! memory of the locked application. The file that the nurse chose is hers and stays where it was.

use std::fs;

use kit::PrintRoom;
use kit::print_room::QUEUE;
use kit::window::{Key, Person, Window, World, answers_of, day_ahead};
use serde_json::json;

use crate::dialog::choose_file;
use crate::encodings::{every_encoding, in_memory};
use crate::scan::Scanner;
use crate::{
    Marker, NURSE, every_plant_is_found, in_memory_of_an_open_desk, key_markers, the_files_hold_nothing,
    the_lock_forgets,
};

const AT_HOME: Person =
    Person { family: "Dwimmerknott-Rae", given: "Fenoxilda", nhs_number: "9990471290", born: ["17", "2", "1944"] };
const WORDS: &str = "whether the grelbinder cat finds home";
const DONE: &str = "rang the brunswickel sister, all calm";
const PLACE: &str = "the old plimmeridge annexe";

#[test]
fn nothing_of_an_assessment_at_home_stays_in_files_or_in_a_locked_process() {
    let world = World::new();
    let printers = PrintRoom::new();
    world.set_up_paper(&printers);
    world.configure("home", json!({ "portal": "portal.thamesbank.example" }));
    let window = world.open();
    window.enrol(NURSE);
    window.take_recovery_code();
    window.register(AT_HOME);
    let code = window.invite(AT_HOME);
    let text = |name: &str, text: &str| Marker { name: name.to_owned(), bytes: text.as_bytes().to_vec(), text: true };
    let groups: Vec<&str> = (0..code.len()).step_by(4).map(|at| &code[at..at + 4]).collect();
    let mut markers = vec![
        text("the family name", AT_HOME.family),
        text("the family name in capitals", &AT_HOME.family.to_uppercase()),
        text("the given name", AT_HOME.given),
        text("the NHS number", AT_HOME.nhs_number),
        text("the NHS number as shown", "999 047 1290"),
        text("the code", &code),
        text("the code as shown", &groups.join(" ")),
        text("the code as written", &groups.join("-")),
        text("the words from home", WORDS),
        text("what was done", DONE),
        text("the place of the talk", PLACE),
    ];
    markers.extend(key_markers(&world, NURSE));
    let files = Scanner::new(markers.iter().flat_map(every_encoding));
    let memory = Scanner::new(markers.iter().flat_map(in_memory));
    the_files_hold_nothing(&world, &files, "while the code is shown");
    window.go_to_paper("#print");
    window.print(AT_HOME, QUEUE);
    assert!(printers.printed().starts_with(b"%PDF-"));
    the_files_hold_nothing(&world, &files, "after the invitation was printed");

    let hers = tempfile::tempdir().unwrap();
    take_in(&window, hers.path().join("answers.json").as_path(), &code);
    the_files_hold_nothing(&world, &files, "while the answers are shown");
    window.clear_alert(DONE);
    window.tab_to("#book-talk").press(Key::Enter);
    window.book_talk(&day_ahead(7), "9.15", PLACE);
    window.tab_to("#read-hna").press(Key::Enter);
    window.see("hna_read");
    in_memory_of_an_open_desk(&window, &memory, &["the words from home as UTF-8"]);
    the_files_hold_nothing(&world, &files, "while the assessment is shown");
    the_lock_forgets(&world, &window, &files, &memory);

    window.unlock(NURSE);
    window.see("hna_read");
    assert!(window.text("main").contains(WORDS));
    window.kill();
    the_files_hold_nothing(&world, &files, "after it was killed");
    every_plant_is_found(&world, &files, &markers, 15 * 7);
}

/// Chooses a file of the nurse's with answers to this code, in which the patient wrote something of her own.
fn take_in(window: &Window<'_>, file: &std::path::Path, code: &str) {
    window.tab_to("#nav-today").press(Key::Enter);
    window.see("today");
    let listed = window.run_async(
        "const done = arguments[arguments.length - 1]; window.__TAURI_INTERNALS__.invoke('list_checklists', { request: null }).then(done)",
        json!([]),
    );
    let mut answers = answers_of(AT_HOME, Some(code), listed["offered"][0]["key"].as_str().unwrap());
    let items = answers["entry"][1]["resource"]["item"].as_array_mut().unwrap();
    items.push(json!({ "linkId": "own", "item": [{ "linkId": "own.words", "answer": [{ "valueString": WORDS }] }] }));
    fs::write(file, answers.to_string()).unwrap();
    window.tab_to("#take-in").press(Key::Enter);
    window.see("take_in");
    window.tab_to("#choose-file").press(Key::Enter);
    choose_file(window.world, "Open the file with the answers", file);
    window.see("answers");
}
