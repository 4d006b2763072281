//! What a patient or a nurse types stays text on every page, byte for byte. The corpus of such texts runs where no window is needed;
//! here are the few that would act in a page.

use kit::window::{Key, Person, RUTH, Window, World};
use serde_json::json;

use crate::people::{FATIGUE, set_up};

const NAUGHTY: Person = Person {
    family: "<img src=x onerror=window.ran=1>",
    given: "<b>Zoë</b>",
    nhs_number: "9990000018",
    born: ["14", "7", "1956"],
};
const WORDS: &str = "\"><svg onload=window.ran=2>{{7*7}}${7*7}</script><script>window.ran=3</script>";
const QUESTIONS: &str = "<iframe srcdoc=\"<script>parent.ran=4</script>\"></iframe> javascript:window.ran=5 &lt;&amp;";

#[test]
fn text_stays_text_on_every_page() {
    let world = World::new();
    let window = world.open();
    set_up(&window);
    window.register(NAUGHTY);
    shows(&window, "overview", &[&NAUGHTY.family.to_uppercase(), NAUGHTY.given]);
    window.tab_to("#correct").press(Key::Enter);
    shows(&window, "register", &[&NAUGHTY.family.to_uppercase()]);
    assert_eq!(window.value("#family"), NAUGHTY.family);
    window.tab_to("#back").press(Key::Enter);
    window.see("overview");
    window.start_assessment(NAUGHTY);
    window.tick(FATIGUE);
    window.add_own_words(WORDS);
    shows(&window, "hna_ticks", &[NAUGHTY.given, WORDS]);
    window.go_on("hna_score");
    window.go_on("hna_score");
    shows(&window, "hna_score", &[NAUGHTY.given, WORDS]);
    window.go_on("hna_matters");
    window.rank("own-1");
    shows(&window, "hna_matters", &[NAUGHTY.given, WORDS]);
    window.go_on("hna_information");
    window.tab_to("#questions").types(QUESTIONS);
    window.see_saved();
    shows(&window, "hna_information", &[NAUGHTY.given]);
    window.go_on("hna_check");
    shows(&window, "hna_check", &[NAUGHTY.given, WORDS, QUESTIONS]);
    window.complete(NAUGHTY);
    shows(&window, "hna_read", &[NAUGHTY.given, WORDS, QUESTIONS]);
    window.tab_to("#nav-today").press(Key::Enter);
    shows(&window, "today", &[&NAUGHTY.family.to_uppercase(), NAUGHTY.given]);
    window.shortcut("today", 'f');
    window.see("find");
    window.tab_to("#family").types(NAUGHTY.family);
    window.tab_to("#nhs_number").types(NAUGHTY.nhs_number);
    window.focus_on("#nhs_number").press(Key::Enter);
    window.see_element("[id^='open-']");
    shows(&window, "find", &[&NAUGHTY.family.to_uppercase(), NAUGHTY.given]);
    window.lock();
    window.unlock(RUTH);
    shows(&window, "find", &[]);
}

/// The screen shows all of these texts as they were typed, and nothing in it ran or became an element.
fn shows(window: &Window<'_>, screen: &str, texts: &[&str]) {
    window.see(screen);
    for text in texts {
        let shown = window.run("return document.body.textContent.includes(arguments[0])", json!([text]));
        assert_eq!(shown, true, "{text} on {screen}");
    }
    let acted = "return [typeof window.ran, document.querySelectorAll('img, b, #app iframe, script:not([src]), svg[onload]').length]";
    assert_eq!(window.run(acted, json!([])), json!(["undefined", 0]), "{screen}");
}
