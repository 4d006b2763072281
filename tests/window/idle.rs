//! Nobody touches the PC: a warning stands a minute before, any key takes it away, and without one the desk locks by itself. When what
//! follows is decided is tested beside the clock; here it is that the clock runs and reaches the window. The shortest time that IT can
//! set is two minutes, so this is the longest test.

use std::time::Duration;

use kit::window::{Key, Window, World, within};
use serde_json::json;

#[test]
fn a_pc_that_nobody_touches_warns_and_then_locks() {
    let (touched, left_alone) = (two_minutes(), two_minutes());
    let (touched, left_alone) = (touched.open(), left_alone.open());
    open_desk(&left_alone);
    open_desk(&touched);

    let soon = "return document.body.innerText.includes('This PC locks in ')";
    let sees = |window: &Window<'_>| window.run(soon, json!([])) == true;
    assert!(!sees(&touched) && !sees(&left_alone), "nothing is announced at once");
    assert!(within(Duration::from_secs(90), || sees(&touched).then_some(())).is_some(), "a minute before the lock");
    touched.next_region();
    touched.wait_for("the warning to go", &format!("return !({})", soon.trim_start_matches("return ")), json!([]));
    assert_eq!(touched.screen(), "today");

    left_alone.locks_by_itself(Duration::from_secs(120));
    left_alone.see("first_start");
    assert_eq!(left_alone.text("#training"), "Go back to training");
    assert_eq!(touched.screen(), "today");
}

fn two_minutes() -> World {
    let world = World::new();
    world.configure("lock", json!({ "idle_minutes": 2 }));
    world
}

fn open_desk(window: &Window<'_>) {
    window.see("first_start");
    window.tab_to("#training").press(Key::Enter);
    window.see("today");
}
