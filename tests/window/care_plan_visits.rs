//! Visits to a care plan in full, each from where the one before ended, in a window of their own. What is looked at there belongs to
//! `screens`.

use kit::window::{Key, RUTH, Window, World};

use crate::people::{ANXIETY, FATIGUE, ZOE, to_concerns};
use crate::plans::ACTIONS;
use crate::screens::{Visit, visit_all};

pub const VISITS: &[(&str, Visit)] = &[
    ("care_plan", found),
    ("care_plan", added),
    ("care_plan", unsaid),
    ("care_plan", ended),
    ("plan_agree", agree),
    ("plan_read", ending),
    ("plan_read", read),
];

#[test]
fn axe_finds_nothing_and_tab_reaches_everything_in_a_plan_in_full() {
    walk(&World::new());
}

/// Visits all of them in this world.
pub fn walk(world: &World) {
    let window = world.open();
    to_concerns(&window);
    window.tick(FATIGUE);
    window.tick(ANXIETY);
    for next in ["hna_score", "hna_score", "hna_matters", "hna_information", "hna_check"] {
        window.go_on(next);
    }
    window.complete(ZOE);
    window.write_plan();
    visit_all(&window, VISITS);
}

/// What the checklist has for what is typed.
fn found(window: &Window<'_>) {
    window.tab_to("#add-concern").press(Key::Enter);
    window.tab_to("#words").types("slee");
    window.see_element("#found-items");
}

/// A concern that nobody raised, and why nothing is agreed about it.
fn added(window: &Window<'_>) {
    window.tab_to("[id='item-physical.sleep']").press(Key::Enter);
    window.see_element("[id='concern-physical.sleep'][aria-current='true']");
    window.see_text("Not raised");
    assert!(!window.text("main").contains("Sleep Not answered"));
    window.tab_to("#nothing-declined").press(Key::Enter);
    window.focus_on("#nothing-back");
}

/// The form that says how an action ended, when that was not said.
fn unsaid(window: &Window<'_>) {
    window.open_concern(FATIGUE);
    for action in [ACTIONS[1], ACTIONS[2]] {
        window.agree_on(action);
    }
    window.tab_to("#end-a-2").press(Key::Enter);
    assert!(!window.has("[name='how-a-2']:checked"), "nothing is chosen for anybody");
    window.tab_to("#end-do-a-2").press(Key::Enter);
    window.see_element(".nhsuk-error-summary");
}

fn ended(window: &Window<'_>) {
    window.choose("how-a-2", "how-a-2-done");
    window.tab_to("#outcome-a-2").types("She has rung them");
    window.focus_on("#outcome-a-2").press(Key::Enter);
    window.see_element("#reopen-a-2");
    window.see_text("She has rung them");
}

fn agree(window: &Window<'_>) {
    window.tab_to("#agree").press(Key::Enter);
    window.see("plan_agree");
    window.see_text("wants nothing done about this");
}

/// The same form on the plan that is agreed.
fn ending(window: &Window<'_>) {
    window.tab_to("#previous").press(Key::Enter);
    window.lock_plan(ZOE, RUTH);
    window.tab_to("#end-a-1").press(Key::Enter);
    window.see_element("#outcome-a-1");
}

fn read(window: &Window<'_>) {
    window.choose("how-a-1", "how-a-1-declined");
    window.tab_to("#end-do-a-1").press(Key::Enter);
    window.see_element("#reopen-a-1");
    window.see_text("This plan is agreed and locked.");
}
