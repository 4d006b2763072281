//! Secrets and what is known of a patient stay in the encrypted store: nothing of it lies in any file of the account, while running, after
//! a lock, or after the process was killed; and a locked process holds nothing of it in memory. Every look is proved by what is planted.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

mod encodings;
mod memory;
mod scan;

use std::fs;
use std::path::{Path, PathBuf};

use encodings::{Encoded, every_encoding, in_memory};
use kit::window::{Key, Nurse, Person, Window, World};
use scan::Scanner;
use security::{DeviceSecret, Passphrase, Vault};

/// Names and words that stand nowhere else: not in the program, its fonts, its words or another test.
const NURSE: Nurse =
    Nurse { name: "Ruth Invented", role: "cancer_nurse_specialist", passphrase: "quixotic vörtex 7 plinth gneiss" };
const PERSON: Person =
    Person { family: "Zyrkovëll-Wumpf", given: "Ixquaddle", nhs_number: "9998273641", born: ["23", "5", "1948"] };
const OWN_WORDS: &str = "my brother’s gwilfred-ombat boat";
const QUESTIONS: &str = "will the hexapltarn clinic phone me";

#[test]
fn no_file_and_no_locked_process_holds_anything_of_a_patient_or_a_key() {
    let world = World::new();
    let window = world.open();
    window.enrol(NURSE);
    let code = window.take_recovery_code();
    let markers = markers(&world, &code);
    let files = Scanner::new(markers.iter().flat_map(every_encoding));
    let memory = Scanner::new(markers.iter().flat_map(in_memory));
    the_files_hold_nothing(&world, &files, "before the first patient");

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
    the_files_hold_nothing(&world, &files, "while running");
    let seen = memory::look(&window.processes(), &memory);
    for needed in ["the family name as UTF-8", "the questions as UTF-8"] {
        assert!(seen.iter().any(|hit| hit.contains(needed)), "{needed} is in the memory of an open desk: {seen:?}");
    }

    window.lock();
    window.see("lock");
    the_files_hold_nothing(&world, &files, "after the lock");
    let held = memory::look(&window.processes(), &memory);
    assert!(held.is_empty(), "in the memory of the locked application: {held:?}");

    window.unlock(NURSE);
    window.see("hna_information");
    assert_eq!(window.value("#questions"), QUESTIONS);
    window.tab_to("#nav-today").press(Key::Enter);
    window.see("today");
    found_by_name(&window);
    window.kill();
    the_files_hold_nothing(&world, &files, "after it was killed");
    every_plant_is_found(&world, &files, &markers);
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
    let raw = |name: &str, bytes: &[u8]| Marker { name: name.to_owned(), bytes: bytes.to_vec(), text: false };
    let mut markers = vec![
        text("the passphrase", NURSE.passphrase),
        text("the family name", PERSON.family),
        text("the family name in capitals", &PERSON.family.to_uppercase()),
        text("the given name", PERSON.given),
        text("the NHS number", PERSON.nhs_number),
        text("the NHS number as shown", "999 827 3641"),
        text("the own words", OWN_WORDS),
        text("the questions", QUESTIONS),
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
    let vault = Vault::read(&world.profile()).unwrap();
    let device = world.device_secret(vault.database_id());
    let secret = DeviceSecret::from_bytes(device.as_slice().try_into().unwrap());
    let nurse = vault.holders().next().unwrap().id.clone();
    let key = vault.open(&nurse, &Passphrase::new(NURSE.passphrase), &secret).unwrap();
    let database_key = key.sqlcipher_key();
    markers.push(raw("the device secret", &device));
    markers.push(raw("the key of the database", &from_hex(&database_key)));
    markers.push(raw("the key of the audit", &*key.audit_key()));
    markers.push(raw("the key of the vault", &*key.vault_key()));
    markers
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
    let found = scan::look(world.folder(), files);
    assert!(found.is_empty(), "{when}: {found:?}");
}

/// In every folder that was looked through, every marker in every encoding is found when it lies there in a file.
fn every_plant_is_found(world: &World, files: &Scanner, markers: &[Marker]) {
    let encoded: Vec<Encoded> = markers.iter().flat_map(every_encoding).collect();
    assert!(encoded.len() > 60 * 7, "{}", encoded.len());
    for folder in scan::folders(world.folder()) {
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
        [PERSON.family, PERSON.given, NURSE.passphrase]
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
