//! While a patient has the PC: neither the memory of the process and its web engine nor any file holds anything of another patient, the
//! passphrase or a key of the records; and what the patient answers lies in no file that can be read. Every look is proved by a plant.

use kit::window::{Key, Person, Window, World};

use crate::encodings::{every_encoding, in_memory};
use crate::scan::Scanner;
use crate::{
    Marker, NURSE, every_plant_is_found, in_memory_of_an_open_desk, key_markers, memory, the_files_hold_nothing,
};

/// Registered before, and shown: nothing of this person may follow into the patient's window.
const OTHER: Person =
    Person { family: "Quandrëll-Fipps", given: "Brismondo", nhs_number: "9991106847", born: ["9", "11", "1939"] };
const PATIENT: Person =
    Person { family: "Yostrimmer-Daal", given: "Ulbetta", nhs_number: "9990388547", born: ["30", "1", "1952"] };
const OTHERS_WORDS: &str = "whether the snoddlewick heron returns";
const OWN_WORDS: &str = "the tromvaldic stairs at home";
const PIN: &str = "482913";

#[test]
fn a_patient_s_window_holds_nothing_of_another_patient_nor_any_key() {
    let world = World::new();
    let window = world.open();
    window.enrol(NURSE);
    window.take_recovery_code();
    let text = |name: &str, text: &str| Marker { name: name.to_owned(), bytes: text.as_bytes().to_vec(), text: true };
    let mut others = vec![
        text("the passphrase", NURSE.passphrase),
        text("the other's family name", OTHER.family),
        text("the other's family name in capitals", &OTHER.family.to_uppercase()),
        text("the other's given name", OTHER.given),
        text("the other's NHS number", OTHER.nhs_number),
        text("the other's NHS number as shown", "999 110 6847"),
        text("the other's words", OTHERS_WORDS),
        // Of the patient, the window has the first name and the answers, and nothing else.
        text("the patient's family name", PATIENT.family),
        text("the patient's family name in capitals", &PATIENT.family.to_uppercase()),
        text("the patient's NHS number", PATIENT.nhs_number),
        text("the patient's NHS number as shown", "999 038 8547"),
    ];
    others.extend(key_markers(&world, NURSE));
    let memory = Scanner::new(others.iter().flat_map(in_memory));
    let answers = [text("the patient's words", OWN_WORDS), text("the patient's first name", PATIENT.given)];
    let files = Scanner::new(others.iter().chain(&answers).flat_map(every_encoding));

    window.register(OTHER);
    window.start_assessment(OTHER);
    window.add_own_words(OTHERS_WORDS);
    in_memory_of_an_open_desk(
        &window,
        &memory,
        &[
            "the other's family name as UTF-8",
            "the other's words as UTF-8",
            "the key of the audit",
            "the device secret",
        ],
    );
    window.tab_to("#nav-today").press(Key::Enter);
    window.see("today");
    window.register(PATIENT);
    window.start_assessment(PATIENT);

    window.hand_over(PIN);
    nothing_is_held(&world, &window, &memory, &files, "at the greeting");
    window.patient_goes_on("patient_area", "Your concerns: Physical");
    window.tick("physical.sleep");
    window.patient_goes_on("patient_own_words", "Is there something else?");
    window.add_own_words(OWN_WORDS);
    window.patient_goes_on("patient_rate", "Sleep");
    window.patient_scores(4);
    nothing_is_held(&world, &window, &memory, &files, "after answers");
    window.stop_for_now();
    window.try_pin("111222", "You can try 4 more times.");
    nothing_is_held(&world, &window, &memory, &files, "after a wrong PIN");

    // What is planted in the window is found there: a name, and the key of the database.
    window.tab_to("#previous").press(Key::Enter);
    window.see("patient_rate");
    window.tab_to("#previous").press(Key::Enter);
    window.see("patient_own_words");
    let key = others.iter().find(|marker| marker.name == "the key of the database").unwrap();
    let digits: String = key.bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    window.tab_to("#words").types(&format!("{} {digits}", OTHER.family));
    in_memory_of_an_open_desk(
        &window,
        &memory,
        &["the other's family name as UTF-16LE", "the key of the database as hex digits"],
    );
    window.kill();
    the_files_hold_nothing(&world, &files, "after the patient's window was killed");
    others.extend(answers);
    every_plant_is_found(&world, &files, &others, 15 * 7);
}

#[track_caller]
fn nothing_is_held(world: &World, window: &Window<'_>, memory: &Scanner, files: &Scanner, when: &str) {
    let held = memory::look(&window.processes(), memory);
    assert!(held.is_empty(), "{when}, in the memory of the patient's window: {held:?}");
    the_files_hold_nothing(world, files, when);
}
