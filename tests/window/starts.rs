//! Starts that are not the ordinary one: training mode on a PC without a key store, and a second start on a profile that is open.

use kit::window::{Key, KeyStoreState, World};

use crate::people::set_up;

#[test]
fn training_mode_opens_by_one_key_without_any_key_store() {
    let world = World::new();
    world.set_key_store(KeyStoreState::NoBus);
    let window = world.open();
    window.see("first_start");
    window.see_problem("no_key_store");
    window.tab_to("#training").press(Key::Enter);
    window.see("today");
    window.see_text("Training mode: made-up patients, nothing is sent");
    let work = window.texts("[aria-labelledby='work-title'] li");
    assert!(!work.is_empty());
    assert!(work.iter().all(|line| line.contains("TEST") && line.contains("999 ")), "{work:?}");
    for made in ["vault.a", "vault.b", "clinic.db"] {
        assert!(!world.profile().join(made).exists(), "{made}");
    }

    // A lock keeps the training desk: its key goes to the next image.
    window.shortcut("today", 'f');
    window.see("find");
    window.lock();
    window.see("first_start");
    assert_eq!(window.text("#training"), "Go back to training");
    window.tab_to("#training").press(Key::Enter);
    window.see("find");
}

#[test]
fn a_second_start_on_the_same_profile_says_so_and_disturbs_nothing() {
    let world = World::new();
    let first = world.open();
    set_up(&first);
    let second = world.open();
    let words = second.see_problem("profile_in_use");
    assert!(words.contains("already open") && words.contains("Go to the window that is open"), "{words}");
    assert_eq!(second.screen(), "cannot_open", "no other screen stands behind the message");
    second.end();
    first.tab_to("#nav-staff").press(Key::Enter);
    first.see("staff");
    first.lock();
    first.see("lock");
}
