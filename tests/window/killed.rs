//! The application is killed in the middle of an appointment, five times: every answer that said “Saved here” is there, on the page where
//! it was given, and what was signed is signed. Killing at every single write, and power cuts, are the `durability` suites.

use kit::PrintRoom;
use kit::print_room::QUEUE;
use kit::window::{BREAST_LINES, Key, RUTH, Window, World};
use serde_json::json;

use crate::people::{ANXIETY, FATIGUE, OWN_WORDS, ZOE, to_concerns};
use crate::plans::{ACTIONS, MATTERS};

#[test]
fn killed_five_times_in_the_middle_nothing_that_was_saved_is_lost() {
    let world = World::new();
    let printers = PrintRoom::new();
    world.set_up_paper(&printers);
    let mut window = world.open();
    to_concerns(&window);

    window.tick(FATIGUE);
    window.tick(ANXIETY);
    window.add_own_words(OWN_WORDS);
    window = killed_and_back(&world, window, "hna_ticks");
    assert!(window.text("#chosen").contains(OWN_WORDS));
    for concern in [FATIGUE, ANXIETY] {
        assert!(window.is_checked(&format!("[id='concern-{concern}']")));
    }

    window.go_on("hna_score");
    window.score(6);
    window.go_on("hna_score");
    window.score(9);
    window = killed_and_back(&world, window, "hna_score");
    assert_eq!(window.text("h1"), "Anxiety, fear or worry");
    assert!(window.is_checked("#rating-9"));
    window.go_on("hna_score");
    window.go_on("hna_matters");
    window.rank(ANXIETY);
    window.go_on("hna_information");
    window.tab_to("#questions").types("Will my hair grow back?");
    window.go_on("hna_check");
    the_answers_are_there(&window);
    window.complete(ZOE);

    window.write_plan();
    window.open_concern("own-1");
    window.say_what_matters(MATTERS);
    // The kill comes while somebody types on.
    window.focus_on("textarea").types(" And he is old.");
    window = killed_at_once_and_back(&world, window, "care_plan");
    let (kept, typed) = (window.what_matters(), format!("{MATTERS} And he is old."));
    assert!(kept.starts_with(MATTERS) && typed.starts_with(&kept), "{kept}");

    for action in ACTIONS {
        window.agree_on(action);
    }
    window = killed_and_back(&world, window, "care_plan");
    let rows = window.texts("#actions > li");
    assert_eq!(rows.len(), ACTIONS.len(), "{rows:?}");
    for (row, action) in rows.iter().zip(ACTIONS) {
        assert!(row.contains(action.what) && row.contains("2099"), "{} in {row}", action.what);
    }
    window.lock_plan(ZOE, RUTH);
    window.tab_to("#to-overview").press(Key::Enter);
    window.start_summary();
    for line in BREAST_LINES {
        window.keep_line(line);
    }
    window.sign_summary(ZOE, RUTH);

    // Signed, and nothing printed yet.
    window = killed_and_back(&world, window, "summary_read");
    window.go_to_paper("#print-patient");
    assert!(!window.text("main").contains("DRAFT"));
    window.print(ZOE, QUEUE);
    assert!(printers.printed().starts_with(b"%PDF-"));
    assert!(printers.is_quiet(), "one press is one print");
}

fn the_answers_are_there(window: &Window<'_>) {
    let told = window.run("return [...document.querySelectorAll('tbody tr')].map((row) => row.textContent)", json!([]));
    for (concern, answer) in
        [("Tiredness or fatigue", "6"), ("Anxiety, fear or worry", "9"), (OWN_WORDS, "Not answered")]
    {
        let rows = told.as_array().unwrap();
        let row = rows.iter().map(|row| row.as_str().unwrap().trim()).find(|row| row.starts_with(concern));
        assert!(row.is_some_and(|row| row.contains(answer)), "{answer} for {concern} in {told}");
    }
    assert!(window.text("main").contains("Will my hair grow back?"));
}

/// Kills the application the moment the page says that everything is saved, starts it again, unlocks, and arrives where it was.
fn killed_and_back<'a>(world: &'a World, window: Window<'a>, screen: &str) -> Window<'a> {
    window.see(screen);
    window.see_saved();
    killed_at_once_and_back(world, window, screen)
}

/// The same, whatever the page says.
fn killed_at_once_and_back<'a>(world: &'a World, window: Window<'a>, screen: &str) -> Window<'a> {
    window.kill();
    let window = world.open();
    window.unlock(RUTH);
    window.see(screen);
    window
}
