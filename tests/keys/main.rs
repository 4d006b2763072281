//! The real key store in every state in which it may be found while a database is there: its own message and next step in the window,
//! nothing changed in the profile folder or the key store, and the printed recovery code opens the records all the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

mod shelf;

use std::fs;

use kit::window::{Key, KeyStoreState, Person, RUTH, Window, World, repository};
use shelf::Shelf;

const PERSON: Person =
    Person { family: "Invented-Okafor", given: "Ada", nhs_number: "9990000026", born: ["2", "11", "1961"] };

#[test]
fn without_a_session_bus() {
    nothing_changes_and_the_code_opens(KeyStoreState::NoBus, "no_key_store");
}

#[test]
fn with_a_locked_key_store() {
    nothing_changes_and_the_code_opens(KeyStoreState::Locked, "key_store_locked");
}

#[test]
fn with_a_key_store_that_has_no_entry() {
    nothing_changes_and_the_code_opens(KeyStoreState::NoCollection, "no_entry");
}

#[test]
fn with_a_wrong_passphrase() {
    let world = World::new();
    let code = a_pc_with_a_patient(&world);
    let window = world.open();
    window.see("lock");
    let before = Shelf::of(&world);
    // As many as are free: none of them leaves a trace.
    for _ in 0..5 {
        window.try_passphrase(RUTH, "four grey herons wake");
        says(&window, "wrong_passphrase");
        window.focus_on("#passphrase");
        assert_eq!(window.value("#passphrase"), "");
    }
    before.is_unchanged(&world);
    opens_with_the_code(&world, &window, &code, &before);
}

fn nothing_changes_and_the_code_opens(state: KeyStoreState, problem: &str) {
    let world = World::new();
    let code = a_pc_with_a_patient(&world);
    world.set_key_store(state);
    let before = Shelf::of(&world);

    let window = world.open();
    window.see("lock");
    says(&window, problem);
    before.is_unchanged(&world);

    window.try_passphrase(RUTH, RUTH.passphrase);
    window.wait_for("the answer", "return !document.body.dataset.busy", serde_json::json!([]));
    says(&window, problem);
    assert_eq!(window.screen(), "lock");
    before.is_unchanged(&world);

    let mut wrong = code.clone();
    wrong.swap(0, 1);
    window.open_with_recovery_code(RUTH, &wrong);
    says(&window, "recovery_code_mistyped");
    before.is_unchanged(&world);
    window.tab_to("#back").press(Key::Enter);
    opens_with_the_code(&world, &window, &code, &before);
}

/// A PC on which a patient is registered and the recovery code was written down; the application has ended.
fn a_pc_with_a_patient(world: &World) -> Vec<String> {
    let window = world.open();
    window.enrol(RUTH);
    let code = window.take_recovery_code();
    window.register(PERSON);
    assert!(window.end().success());
    code
}

fn opens_with_the_code(world: &World, window: &Window<'_>, code: &[String], before: &Shelf) {
    window.open_with_recovery_code(RUTH, code);
    window.see("staff");
    window.tab_to("#nav-today").press(Key::Enter);
    window.see("today");
    assert!(window.text("[aria-labelledby='recent-title']").contains("INVENTED-OKAFOR, Ada"));
    assert!(before.has_changed(world), "the entry with the code is in the audit, so a change would have been noticed");
}

/// The window says in the words for people what happened and what to do next.
fn says(window: &Window<'_>, problem: &str) {
    let shown = window.see_problem(problem);
    let words = fs::read_to_string(repository().join("assets/words/en-GB/problem.ftl")).unwrap();
    for key in [format!("problem-{problem}"), format!("problem-{problem}-next")] {
        let line =
            words.lines().find_map(|line| line.strip_prefix(&format!("{key} = "))).expect("the words of the problem");
        assert!(shown.contains(line), "“{line}” in “{shown}”");
    }
}
