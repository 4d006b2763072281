//! Visits to an assessment that is scored again and to how concerns changed, each from where the one before ended, in a window of their
//! own. What is looked at there belongs to `screens`.

use kit::window::{Key, Window, World};

use crate::people::{ANXIETY, FATIGUE, ZOE, to_concerns};
use crate::screens::{Visit, visit_all};

pub const VISITS: &[(&str, Visit)] = &[
    ("hna_start", again),
    ("hna_ticks", listed),
    ("hna_score", nought),
    ("hna_read", scored),
    ("overview", since),
    ("changes", |window| window.tab_to("#all-changes").press(Key::Enter)),
    ("paper", |window| window.tab_to("#print-changes").press(Key::Enter)),
    ("changes", |window| window.tab_to("#back").press(Key::Enter)),
];

#[test]
fn axe_finds_nothing_and_tab_reaches_everything_on_an_assessment_scored_again_and_on_what_changed() {
    let world = World::new();
    let window = visited(&world);
    let said = window.text("main");
    for sentence in ["was 9, now 0.", "was 4, now 6."] {
        assert!(said.contains(sentence), "{sentence} in {said}");
    }
    assert!(window.end().success());
}

/// Visits all of them in this world.
pub fn walk(world: &World) {
    visited(world);
}

/// The window when all of them are paid.
fn visited(world: &World) -> Window<'_> {
    let window = world.open();
    to_concerns(&window);
    window.tick(FATIGUE);
    window.tick(ANXIETY);
    window.go_on("hna_score");
    window.score(9);
    window.go_on("hna_score");
    window.score(4);
    to_the_end(&window);
    window.tab_to("#back").press(Key::Enter);
    window.see("overview");
    visit_all(&window, VISITS);
    window
}

/// The start, with everything that is missing.
fn again(window: &Window<'_>) {
    window.tab_to("[id^='score-again-']").press(Key::Enter);
    window.see("hna_start");
    window.tab_to("#start").press(Key::Enter);
    window.see_element(".nhsuk-error-summary");
}

/// Both concerns of the former assessment are ticked already.
fn listed(window: &Window<'_>) {
    window.begin(ZOE);
    for concern in [FATIGUE, ANXIETY] {
        window.see_element(&format!("[id='concern-{concern}']:checked"));
    }
}

fn nought(window: &Window<'_>) {
    window.go_on("hna_score");
    window.score(0);
}

fn scored(window: &Window<'_>) {
    window.go_on("hna_score");
    window.score(6);
    to_the_end(window);
}

/// The overview, which says what changed since the assessment before.
fn since(window: &Window<'_>) {
    window.tab_to("#back").press(Key::Enter);
    window.see("overview");
    window.see_text("was 9, now 0.");
}

fn to_the_end(window: &Window<'_>) {
    for next in ["hna_matters", "hna_information", "hna_check"] {
        window.go_on(next);
    }
    window.complete(ZOE);
}
