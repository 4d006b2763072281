//! Visits to what comes before and after a care plan: its offer, its review, the next plan with what is still open, and two beside each
//! other; each from where the one before ended, in a window of their own. What is looked at there belongs to `screens`.

use kit::window::{Key, RUTH, Window, World, until};
use serde_json::json;

use crate::people::{ANXIETY, FATIGUE, ZOE, to_concerns};
use crate::plans::{ACTIONS, MATTERS};
use crate::screens::{Visit, visit_all};

pub const VISITS: &[(&str, Visit)] = &[
    ("plan_offer", offer),
    ("overview", offered),
    ("care_plan", review),
    ("plan_compare", with_draft),
    ("care_plan", still_open),
    ("care_plan", ending),
    ("care_plan", carried),
    ("plan_compare", with_former),
    ("plan_compare", unchosen),
];

#[test]
fn axe_finds_nothing_and_tab_reaches_everything_around_a_plan() {
    walk(&World::new());
}

/// Visits all of them in this world.
pub fn walk(world: &World) {
    let window = world.open();
    to_concerns(&window);
    assess(&window);
    visit_all(&window, VISITS);
}

/// From the concerns of an assessment to its end.
fn assess(window: &Window<'_>) {
    window.tick(FATIGUE);
    window.tick(ANXIETY);
    for next in ["hna_score", "hna_score", "hna_matters", "hna_information", "hna_check"] {
        window.go_on(next);
    }
    window.complete(ZOE);
    window.tab_to("#to-overview").press(Key::Enter);
    window.see("overview");
}

/// The form, which says what is missing.
fn offer(window: &Window<'_>) {
    window.tab_to("[id^='offer-plan-']").press(Key::Enter);
    window.see("plan_offer");
    assert!(!window.has("[name='point']"), "where on the pathway is known");
    window.tab_to("#record-offer").press(Key::Enter);
    window.see_element(".nhsuk-error-summary");
}

/// With an offer that was not decided, beside its assessment and among the offers.
fn offered(window: &Window<'_>) {
    window.choose("decision", "decision-undecided");
    window.tab_to("#use-today").press(Key::Enter);
    window.focus_on("#record-offer").press(Key::Enter);
    window.see("overview");
    window.see_text("Care plan from the assessment of");
}

/// An agreed plan, opened again for its review.
fn review(window: &Window<'_>) {
    window.write_plan();
    window.open_concern(FATIGUE);
    for action in [ACTIONS[1], ACTIONS[2], ACTIONS[4]] {
        window.agree_on(action);
    }
    window.lock_plan(ZOE, RUTH);
    window.tab_to("#review").press(Key::Enter);
    window.see("care_plan");
    window.see_text("This is a review.");
    window.say_what_matters(MATTERS);
}

/// The agreed version and the draft beside it.
fn with_draft(window: &Window<'_>) {
    window.tab_to("#read-version").press(Key::Enter);
    window.see("plan_read");
    window.tab_to("#compare-draft").press(Key::Enter);
    window.see("plan_compare");
    window.see_text("is worded differently");
}

/// The plan of the next assessment, above it what is still open from the first.
fn still_open(window: &Window<'_>) {
    window.tab_to("#back").press(Key::Enter);
    window.see("overview");
    window.start_assessment(ZOE);
    assess(window);
    window.write_plan();
    window.see_text("Still open from the plan of");
    assert!(!window.has("#actions > li"), "nothing is carried over by itself");
}

/// The form that says how one of it ended, when that was not said.
fn ending(window: &Window<'_>) {
    window.tab_to("[id^='end-'][id$='a-1']").press(Key::Enter);
    window.focus_on("[name^='how-']");
    window.tab_to("[id^='end-do-']").press(Key::Enter);
    window.see_element(".nhsuk-error-summary");
}

/// One has ended, the others were carried over.
fn carried(window: &Window<'_>) {
    let name = window.run("return document.querySelector(\"[name^='how-']\").name", json!([]));
    let name = name.as_str().unwrap();
    window.choose(name, &format!("{name}-done"));
    window.tab_to("[id^='end-do-']").press(Key::Enter);
    window.see_text("2 actions are still open");
    for left in ["One action is still open", "Nothing is open"] {
        window.tab_to("[id^='carry-']").press(Key::Enter);
        window.see_text(left);
    }
    window.see_text(ACTIONS[2].what);
}

/// Both plans, from the newer once it is agreed.
fn with_former(window: &Window<'_>) {
    window.lock_plan(ZOE, RUTH);
    window.tab_to("#compare-former").press(Key::Enter);
    window.see("plan_compare");
}

/// With the fault that one side is not chosen.
fn unchosen(window: &Window<'_>) {
    let left = window.tab_to("#left");
    // Nothing is the first of the choices.
    while !window.value("#left").is_empty() {
        let before = window.value("#left");
        left.press(Key::Up);
        until("the choice before", || (window.value("#left") != before).then_some(()));
    }
    window.tab_to("#compare").press(Key::Enter);
    window.see_element(".nhsuk-error-summary");
}
