//! Secrets and what is known of a patient stay in the encrypted store: nothing of it lies in any file of the account, while running, after
//! a lock, or after the process was killed; and a locked process holds nothing of it in memory. Every look is proved by what is planted.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

#[path = "../window/dialog.rs"]
mod dialog;
mod encodings;
mod home;
mod memory;
mod patient_mode;
mod scan;

use std::fs;
use std::path::{Path, PathBuf};

use encodings::{Encoded, every_encoding, in_memory};
use kit::PrintRoom;
use kit::print_room::QUEUE;
use kit::window::{Agreed, BREAST_LINES, Key, Nurse, PAPERS, Person, Window, World, free_port};
use scan::Scanner;
use security::{DeviceSecret, Passphrase, Vault};
use serde_json::json;

/// Names and words that stand nowhere else: not in the program, its fonts, its words or another test.
const NURSE: Nurse =
    Nurse { name: "Ruth Invented", role: "cancer_nurse_specialist", passphrase: "quixotic vörtex 7 plinth gneiss" };
const PERSON: Person =
    Person { family: "Zyrkovëll-Wumpf", given: "Ixquaddle", nhs_number: "9998273641", born: ["23", "5", "1948"] };
const OWN_WORDS: &str = "my brother’s gwilfred-ombat boat";
const QUESTIONS: &str = "will the hexapltarn clinic phone me";
const MATTERS: &str = "to sail the brandelquist before winter";
const ACTION: Agreed = Agreed {
    kind: "refer",
    what: "the wombledorf sleep clinic’s course",
    owner: "service",
    owner_name: "Skrimfeld Partners",
    due: "30-Nov-2099",
};
/// Her own line of the summary, for the patient and for the GP.
const OWN_LINES: [&str; 2] = ["ring the quorvix desk on Mondays", "please titrate the fenglomab dose"];

#[test]
fn no_file_and_no_locked_process_holds_anything_of_a_patient_or_a_key() {
    let world = World::new();
    // The printer's own folder and the one with the saved papers hold what the nurse put there; neither is the application's.
    let printers = PrintRoom::new();
    world.set_up_paper(&printers);
    // Every finished record waits to be sent to a server that does not answer.
    world.configure("server", json!({ "url": format!("http://127.0.0.1:{}/fhir", free_port()) }));
    let window = world.open();
    window.enrol(NURSE);
    let code = window.take_recovery_code();
    let markers = markers(&world, &code);
    let files = Scanner::new(markers.iter().flat_map(every_encoding));
    let memory = Scanner::new(markers.iter().flat_map(in_memory));
    the_files_hold_nothing(&world, &files, "before the first patient");

    assess(&window);
    the_files_hold_nothing(&world, &files, "while an assessment is open");
    in_memory_of_an_open_desk(&window, &memory, &["the family name as UTF-8", "the questions as UTF-8"]);
    the_lock_forgets(&world, &window, &files, &memory);
    window.unlock(NURSE);
    window.see("hna_information");
    assert_eq!(window.value("#questions"), QUESTIONS);

    plan_and_print(&window, &printers);
    the_files_hold_nothing(&world, &files, "while a printed plan is shown");
    summarise_and_print(&window, &printers);
    assert_eq!(fs::read_dir(world.path(PAPERS)).unwrap().count(), 2, "a plan and a summary were saved");
    the_files_hold_nothing(&world, &files, "while a printed summary is shown");
    in_memory_of_an_open_desk(&window, &memory, &["the own line for the GP as UTF-8"]);
    the_lock_forgets(&world, &window, &files, &memory);

    window.unlock(NURSE);
    window.see_paper();
    window.tab_to("#nav-today").press(Key::Enter);
    window.see("today");
    found_by_name(&window);
    window.kill();
    the_files_hold_nothing(&world, &files, "after it was killed");
    every_plant_is_found(&world, &files, &markers, 60 * 7);
}

/// From Today to the last questions of an assessment.
fn assess(window: &Window<'_>) {
    window.register(PERSON);
    window.start_assessment(PERSON);
    window.tick("physical.sleep");
    window.add_own_words(OWN_WORDS);
    window.go_on("hna_score");
    window.go_on("hna_score");
    window.go_on("hna_matters");
    window.go_on("hna_information");
    window.tab_to("#questions").types(QUESTIONS);
    window.see_saved();
}

/// From the questions to the locked plan, which is seen, saved and printed.
fn plan_and_print(window: &Window<'_>, printers: &PrintRoom) {
    window.go_on("hna_check");
    window.complete(PERSON);
    window.write_plan();
    window.open_concern("physical.sleep");
    window.say_what_matters(MATTERS);
    window.agree_on(ACTION);
    window.lock_plan(PERSON, NURSE);
    window.go_to_paper("#print");
    window.print(PERSON, QUEUE);
    assert!(printers.printed().starts_with(b"%PDF-"));
    window.save_pdf(PERSON);
}

/// From the paper of the plan to the signed summary, which is seen, saved and printed.
fn summarise_and_print(window: &Window<'_>, printers: &PrintRoom) {
    window.tab_to("#back").press(Key::Enter);
    window.see("plan_read");
    window.tab_to("#to-overview").press(Key::Enter);
    window.start_summary();
    for line in BREAST_LINES {
        window.keep_line(line);
    }
    window.add_own_line("gp-actions", OWN_LINES[0], OWN_LINES[1]);
    window.sign_summary(PERSON, NURSE);
    window.go_to_paper("#print-patient");
    window.choose_copy("summary_gp");
    window.print(PERSON, QUEUE);
    assert!(printers.printed().starts_with(b"%PDF-"));
    window.save_pdf(PERSON);
}

/// What stands on the page is in memory: the look finds something when there is something.
#[track_caller]
fn in_memory_of_an_open_desk(window: &Window<'_>, memory: &Scanner, needed: &[&str]) {
    let seen = memory::look(&window.processes(), memory);
    for needed in needed {
        assert!(seen.iter().any(|hit| hit.contains(needed)), "{needed} is in the memory of an open window: {seen:?}");
    }
}

/// After a lock neither files nor memory hold anything.
#[track_caller]
fn the_lock_forgets(world: &World, window: &Window<'_>, files: &Scanner, memory: &Scanner) {
    window.lock();
    window.see("lock");
    the_files_hold_nothing(world, files, "after the lock");
    let held = memory::look(&window.processes(), memory);
    assert!(held.is_empty(), "in the memory of the locked application: {held:?}");
}

/// A secret or a fact, and what it is called in a report.
pub struct Marker {
    pub name: String,
    pub bytes: Vec<u8>,
    /// Bytes that are text are also looked for as text.
    pub text: bool,
}

fn markers(world: &World, code: &[String]) -> Vec<Marker> {
    let text = |name: &str, text: &str| Marker { name: name.to_owned(), bytes: text.as_bytes().to_vec(), text: true };
    let mut markers = vec![
        text("the passphrase", NURSE.passphrase),
        text("the family name", PERSON.family),
        text("the family name in capitals", &PERSON.family.to_uppercase()),
        text("the given name", PERSON.given),
        text("the NHS number", PERSON.nhs_number),
        text("the NHS number as shown", "999 827 3641"),
        text("the own words", OWN_WORDS),
        text("the questions", QUESTIONS),
        text("what matters", MATTERS),
        text("the action", ACTION.what),
        text("the one who does it", ACTION.owner_name),
        text("the own line for the patient", OWN_LINES[0]),
        text("the own line for the GP", OWN_LINES[1]),
    ];
    // Four letters alone may stand anywhere by chance; two groups together do not.
    for (number, pair) in code.windows(2).enumerate() {
        for between in ["", " ", "-", "\",\"", "\n"] {
            markers.push(text(&format!("recovery code groups {} and {}", number + 1, number + 2), &pair.join(between)));
            markers.push(text(
                &format!("recovery code groups {} and {}, small", number + 1, number + 2),
                &pair.join(between).to_lowercase(),
            ));
        }
    }
    markers.extend(key_markers(world, NURSE));
    markers
}

/// The keys that open the records of this world.
fn key_markers(world: &World, nurse: Nurse) -> Vec<Marker> {
    let raw = |name: &str, bytes: &[u8]| Marker { name: name.to_owned(), bytes: bytes.to_vec(), text: false };
    let vault = Vault::read(&world.profile()).unwrap();
    let device = world.device_secret(vault.database_id());
    let secret = DeviceSecret::from_bytes(device.as_slice().try_into().unwrap());
    let holder = vault.holders().next().unwrap().id.clone();
    let key = vault.open(&holder, &Passphrase::new(nurse.passphrase), &secret).unwrap();
    let database_key = key.sqlcipher_key();
    vec![
        raw("the device secret", &device),
        raw("the key of the database", &from_hex(&database_key)),
        raw("the key of the audit", &*key.audit_key()),
        raw("the key of the vault", &*key.vault_key()),
    ]
}

fn from_hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

#[track_caller]
fn the_files_hold_nothing(world: &World, files: &Scanner, when: &str) {
    let folders = scan::folders(world.folder());
    for needed in ["profile", "tmp", "home", "run", "share", "config", "cache", "state", "said"] {
        assert!(folders.contains(&world.path(needed)), "{needed} is looked through");
    }
    let found = scan::look_in(folders.iter().filter(|folder| **folder != world.path(PAPERS)), files);
    assert!(found.is_empty(), "{when}: {found:?}");
}

/// In every folder that was looked through, every marker in every encoding is found when it lies there in a file.
fn every_plant_is_found(world: &World, files: &Scanner, markers: &[Marker], least: usize) {
    let encoded: Vec<Encoded> = markers.iter().flat_map(every_encoding).collect();
    assert!(encoded.len() > least, "{}", encoded.len());
    for folder in scan::folders(world.folder()).into_iter().filter(|folder| *folder != world.path(PAPERS)) {
        let plant = folder.join("planted");
        for (number, one) in encoded.iter().enumerate() {
            // One whole round in the first folder, and in the others as many as show that they are read.
            if folder != world.profile() && number % 97 != 0 {
                continue;
            }
            write_plant(&plant, number, one);
            let found = scan::look_at(&plant, files);
            assert!(
                found.iter().any(|hit| hit.contains(&one.name)),
                "{} planted in {}: {found:?}",
                one.name,
                folder.display()
            );
        }
        fs::remove_file(plant).unwrap();
    }
}

fn write_plant(plant: &PathBuf, number: usize, one: &Encoded) {
    let mut bytes = vec![b'.'; number % 11];
    bytes.extend(&one.bytes);
    bytes.extend(b"..");
    fs::write(plant, bytes).unwrap();
}

fn found_by_name(window: &Window<'_>) {
    window.shortcut("today", 'f');
    window.see("find");
    window.tab_to("#family").types(PERSON.family);
    window.tab_to("#nhs_number").types(PERSON.nhs_number);
    window.focus_on("#nhs_number").press(Key::Enter);
    window.see_element("[id^='open-']");
    window.tab_to("[id^='open-']").press(Key::Enter);
    window.see("overview");
}

#[test]
fn the_markers_stand_nowhere_in_the_sources() {
    let sources = kit::window::repository();
    let files = Scanner::new(
        [PERSON.family, PERSON.given, NURSE.passphrase, MATTERS, ACTION.what, OWN_LINES[0], OWN_LINES[1]]
            .iter()
            .map(|text| Encoded { name: (*text).to_owned(), bytes: text.as_bytes().to_vec() }),
    );
    for folder in ["assets", "src-tauri", "ui/src"] {
        assert_eq!(scan::look(&sources.join(folder), &files), Vec::<String>::new());
    }
    assert!(
        !scan::look(Path::new(file!()).parent().map(|_| sources.join("tests/leaks")).unwrap().as_path(), &files)
            .is_empty()
    );
}
