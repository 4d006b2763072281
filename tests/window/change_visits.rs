//! Visits to an assessment that is scored again and to how concerns changed, each from where the one before ended, in a window of their
//! own. What is looked at there belongs to `screens`.

use kit::window::{Key, Window, World};

use crate::people::{ANXIETY, FATIGUE, ZOE, to_concerns};
use crate::screens::{Visit, look_over};

pub const VISITS: &[(&str, Visit)] = &[
    ("hna_start", again),
    ("hna_ticks", listed),
    ("hna_score", nought),
    ("hna_read", scored),
    ("changes", since),
    ("paper", |window| window.tab_to("#print-changes").press(Key::Enter)),
    ("changes", |window| window.tab_to("#back").press(Key::Enter)),
];

#[test]
fn axe_finds_nothing_and_tab_reaches_everything_on_an_assessment_scored_again_and_on_what_changed() {
    let world = World::new();
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
    let mut found = Vec::new();
    for (screen, visit) in VISITS {
        visit(&window);
        look_over(&window, screen, &mut found);
    }
    assert!(found.is_empty(), "{} violations:\n{}", found.len(), found.join("\n"));
    let said = window.text("main");
    for sentence in ["was 9, now 0.", "was 4, now 6."] {
        assert!(said.contains(sentence), "{sentence} in {said}");
    }
    assert!(window.end().success());
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

/// By the overview, of which no tree is kept: how many scores were passed on the way to one, which its list of acts tells, is the engine's affair.
fn since(window: &Window<'_>) {
    window.tab_to("#back").press(Key::Enter);
    window.see("overview");
    window.see_text("was 9, now 0.");
    window.tab_to("#all-changes").press(Key::Enter);
}

fn to_the_end(window: &Window<'_>) {
    for next in ["hna_matters", "hna_information", "hna_check"] {
        window.go_on(next);
    }
    window.complete(ZOE);
}
