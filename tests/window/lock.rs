//! The one lock as the nurses meet it: the process stays and its image is another; each comes back to her own place.

use kit::window::{Key, Nurse, RUTH, TOM, Window, World, descendants_of, until};

use crate::people::{FATIGUE, ZOE, set_up};

#[test]
fn a_lock_keeps_the_place_of_each_nurse() {
    let world = World::new();
    let window = world.open();
    let process = window.id();
    set_up(&window);
    add_nurse(&window, TOM);
    window.tab_to("#nav-today").press(Key::Enter);
    window.see("today");
    window.register(ZOE);
    window.start_assessment(ZOE);
    window.tick(FATIGUE);
    window.go_on("hna_score");
    window.score(4);

    window.lock();
    assert_eq!(window.id(), process);
    window.see("lock");
    for part in [ZOE.given, ZOE.family, "INVENTED-QUILL", "999 000 0018"] {
        assert!(
            !window.run("return document.documentElement.outerHTML", serde_json::json!([])).to_string().contains(part),
            "{part}"
        );
    }
    window.unlock(TOM);
    window.see("today");
    assert_eq!(window.text("header #nurse"), TOM.name);
    window.shortcut("today", 'f');
    window.see("find");

    window.lock();
    window.unlock(RUTH);
    window.see("hna_score");
    assert_eq!(window.text("header #nurse"), RUTH.name);
    assert_eq!(window.text("h1"), "Tiredness or fatigue");
    assert!(window.is_checked("#rating-4"));

    window.lock();
    window.unlock(TOM);
    window.see("find");
    assert_eq!(window.text("header #nurse"), TOM.name);
    assert!(descendants_of(process).len() <= 3, "locking leaves no processes of the web engine behind");
}

#[test]
fn the_lock_button_locks_too_and_the_end_of_the_session_leaves_nothing_behind() {
    let world = World::new();
    let window = world.open();
    set_up(&window);
    window.lock_by_button();
    window.see("lock");
    window.unlock(RUTH);
    window.see("today");
    let processes = window.processes();
    assert!(window.end().success());
    for process in processes {
        until("the application and its web engine to be gone", || {
            let state = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
            // Whoever ended and was not yet buried by its parent is a zombie.
            (state.is_empty() || state.contains(") Z ")).then_some(())
        });
    }
    let left: Vec<_> = std::fs::read_dir(world.profile().join("web")).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}

fn add_nurse(window: &Window<'_>, nurse: Nurse) {
    window.tab_to("#nav-staff").press(Key::Enter);
    window.see("staff");
    window.tab_to("#name").types(nurse.name);
    window.choose_option("#role", nurse.role);
    window.tab_to("#passphrase").types(nurse.passphrase);
    window.tab_to("#own_passphrase").types(RUTH.passphrase);
    window.tab_to("#add-nurse").press(Key::Enter);
    window.see_text(&format!("{} can now unlock this PC.", nurse.name));
}
