//! What a patient or a nurse types stays text on every page, byte for byte. The corpus of such texts runs where no window is needed;
//! here are the few that would act in a page.

use kit::window::{Agreed, BREAST_LINES, Key, Person, RUTH, Window, World};
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
const MATTERS: &str = "</textarea><svg onload=window.ran=6> <img src=x onerror=window.ran=7> %n%s {name}";
const ACTION: Agreed = Agreed {
    kind: "signpost",
    what: "<![CDATA[<script>window.ran=8</script>]]> ]]> &quot;",
    owner: "service",
    owner_name: "<b onclick=window.ran=9>The walkers</b>",
    due: "30-Nov-2099",
};
const OWN_LINES: [&str; 2] =
    ["<script>window.ran=10</script> For you", "\"'><img src=x onerror=window.ran=11> For the GP"];

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
    plan_and_summary(&window);
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

/// From the finished assessment to the signed summary, and to each paper on the way.
fn plan_and_summary(window: &Window<'_>) {
    let agreed = [ACTION.what, ACTION.owner_name];
    window.write_plan();
    window.open_concern("own-1");
    window.say_what_matters(MATTERS);
    window.agree_on(ACTION);
    assert_eq!(window.what_matters(), MATTERS);
    shows(window, "care_plan", &[NAUGHTY.given, WORDS]);
    window.go_to_paper("#preview");
    shows(window, "paper", &[NAUGHTY.given]);
    let drawn = window.run("return document.querySelector('.sheet svg').textContent.replace(/\\s/g, '')", json!([]));
    // Lines of the paper break where they must, within a long word too.
    let wanted: String = MATTERS.split_whitespace().collect();
    assert!(drawn.as_str().unwrap().contains(&wanted), "{wanted} in {drawn}");
    window.tab_to("#back").press(Key::Enter);
    window.see("care_plan");
    window.tab_to("#agree").press(Key::Enter);
    shows(window, "plan_agree", &[&agreed[..], &[MATTERS, WORDS]].concat());
    window.tab_to("#previous").press(Key::Enter);
    window.lock_plan(NAUGHTY, RUTH);
    shows(window, "plan_read", &[&agreed[..], &[MATTERS, WORDS]].concat());
    window.tab_to("#to-overview").press(Key::Enter);
    window.start_summary();
    for line in BREAST_LINES {
        window.keep_line(line);
    }
    window.add_own_line("gp-actions", OWN_LINES[0], OWN_LINES[1]);
    shows(window, "summary", &[NAUGHTY.given]);
    window.sign_summary(NAUGHTY, RUTH);
    shows(window, "summary_read", &OWN_LINES);
    window.go_to_paper("#print-patient");
    shows(window, "paper", &[NAUGHTY.given]);
    window.choose_copy("summary_gp");
    shows(window, "paper", &[NAUGHTY.given]);
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
