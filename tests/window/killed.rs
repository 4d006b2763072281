//! The application is killed in the middle of an assessment, five times: every answer that said “Saved here” is there, on the page where
//! it was given. Killing at every single write, and power cuts, are the `durability` suites.

use kit::window::{RUTH, Window, World};
use serde_json::json;

use crate::people::{ANXIETY, FATIGUE, OWN_WORDS, to_concerns};

#[test]
fn killed_five_times_in_the_middle_nothing_that_was_saved_is_lost() {
    let world = World::new();
    let mut window = world.open();
    to_concerns(&window);

    window.tick(FATIGUE);
    window = killed_and_back(&world, window, "hna_ticks");
    assert!(window.is_checked(&format!("[id='concern-{FATIGUE}']")));

    window.tick(ANXIETY);
    window.add_own_words(OWN_WORDS);
    window = killed_and_back(&world, window, "hna_ticks");
    assert!(window.text("#chosen").contains(OWN_WORDS));
    assert!(window.is_checked(&format!("[id='concern-{ANXIETY}']")));

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
    window = killed_and_back(&world, window, "hna_matters");
    assert!(window.has(&format!("[data-concern='{ANXIETY}']")));

    window.go_on("hna_information");
    window.tab_to("#questions").types("Will my hair grow back?");
    window.see_saved();
    window = killed_and_back(&world, window, "hna_information");
    assert_eq!(window.value("#questions"), "Will my hair grow back?");

    window.go_on("hna_check");
    let told = window.run("return [...document.querySelectorAll('tbody tr')].map((row) => row.textContent)", json!([]));
    for (concern, answer) in
        [("Tiredness or fatigue", "6"), ("Anxiety, fear or worry", "9"), (OWN_WORDS, "Not answered")]
    {
        let rows = told.as_array().unwrap();
        let row = rows.iter().map(|row| row.as_str().unwrap().trim()).find(|row| row.starts_with(concern));
        assert!(row.is_some_and(|row| row.contains(answer)), "{answer} for {concern} in {told}");
    }
}

/// Kills the application the moment the page says that everything is saved, starts it again, unlocks, and arrives where it was.
fn killed_and_back<'a>(world: &'a World, window: Window<'a>, screen: &str) -> Window<'a> {
    window.see(screen);
    window.see_saved();
    window.kill();
    let window = world.open();
    window.unlock(RUTH);
    window.see(screen);
    window
}
