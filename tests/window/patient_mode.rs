//! The patient drives: the nurse hands the PC over, the patient answers alone in a window of its own, the nurse takes it back. Whatever
//! ends it, what was saved is there.

use std::collections::BTreeSet;
use std::fs;

use kit::window::{Key, Person, RUTH, Window, World, repository};
use serde_json::json;

use crate::fence::invoke;
use crate::people::{ANXIETY, FATIGUE, MONEY, OWN_WORDS, ZOE, set_up, to_concerns};
use crate::screens::{Visit, look_over, members, visit_all};

const PIN: &str = "482913";
const ADA: Person =
    Person { family: "Invented-Sparrow", given: "Adalind", nhs_number: "9990000026", born: ["2", "3", "1961"] };

#[test]
fn the_patient_answers_alone_and_the_nurse_goes_on_with_the_answers() {
    let world = World::new();
    let window = world.open();
    let process = window.id();
    set_up(&window);
    window.register(ADA);
    window.tab_to("#nav-today").press(Key::Enter);
    window.see("today");
    window.register(ZOE);
    window.start_assessment(ZOE);
    window.tick(MONEY);

    window.hand_over(PIN);
    assert_eq!(window.id(), process, "a hand-over keeps the process");
    let page = window.run("return document.documentElement.outerHTML", json!([])).to_string();
    for other in [ZOE.family, "INVENTED-QUILL", "999 000 0018", ADA.family, ADA.given, "1956"] {
        assert!(!page.contains(other), "{other}");
    }
    assert_eq!(window.text("h1"), "Hello Zoë");

    window.patient_goes_on("patient_area", "Your concerns: Physical");
    window.tick(FATIGUE);
    window.patient_goes_on("patient_area", "Your concerns: Emotional");
    window.tick(ANXIETY);
    window.patient_goes_on("patient_own_words", "Is there something else?");
    window.add_own_words(OWN_WORDS);
    window.patient_goes_on("patient_rate", "Tiredness or fatigue");
    window.patient_scores(6);
    window.patient_goes_on("patient_rate", "Everyday money and bills");
    window.choose("rating", "rating-declined");
    window.see_text("You do not want to answer. That is saved.");
    window.patient_goes_on("patient_rate", "Anxiety, fear or worry");
    window.patient_scores(9);
    window.tab_to("#private").press(Key::Space);
    window.see_saved();
    window.patient_goes_on("patient_matters", "Which matter most to you today?");
    window.rank("own-1");
    window.rank(ANXIETY);
    window.tab_to(&format!("[id='up-{ANXIETY}']")).press(Key::Enter);
    window.see_text("“Anxiety, fear or worry” is now number 1. Saved.");
    window.patient_goes_on("patient_questions", "Do you have any questions?");
    window.tab_to("#questions").types("Will my hair grow back?");
    window.patient_goes_on("patient_check", "Check your answers");
    assert!(window.text("main").contains("Will my hair grow back?"));
    window.patient_goes_on("patient_give_back", "Please give the PC back to your nurse");

    window.try_pin("111222", "That is not the PIN. You can try 4 more times.");
    window.take_back(PIN, "hna_check");
    assert_eq!(window.id(), process);
    assert_eq!(window.text("header #nurse"), RUTH.name);
    let told = window.text("main");
    for words in ["Did not want to answer", "Talk later", "Will my hair grow back?", "At this PC, alone"] {
        assert!(told.contains(words), "{words} in {told}");
    }
    let order = window.texts("ol > li");
    assert!(
        order.len() == 2 && order[0].contains("Anxiety, fear or worry") && order[1].contains(OWN_WORDS),
        "{order:?}"
    );
    assert!(answers_told(&window) >= 10);
    window.complete(ZOE);
}

#[test]
fn killed_at_an_answer_what_was_saved_is_there_after_unlocking() {
    let world = World::new();
    let window = world.open();
    to_concerns(&window);
    window.hand_over(PIN);
    window.patient_goes_on("patient_area", "Your concerns: Physical");
    window.tick(FATIGUE);
    window.patient_goes_on("patient_rate", "Tiredness or fatigue");
    window.patient_scores(7);
    window.kill();

    let window = world.open();
    window.unlock(RUTH);
    window.see("hna_check");
    assert!(answers_told(&window) >= 2);
    let row = window.text("tbody tr");
    assert!(row.contains("Tiredness or fatigue") && row.contains('7'), "{row}");
}

#[test]
fn not_me_locks_at_once_and_after_answers_only_when_asked_again() {
    let world = World::new();
    let window = world.open();
    to_concerns(&window);
    window.tick(MONEY);
    window.hand_over(PIN);
    window.not_me("#not-me");
    window.unlock(RUTH);
    window.see("hna_check");

    window.tab_to("#change-concerns").press(Key::Enter);
    window.hand_over(PIN);
    window.patient_goes_on("patient_area", "Your concerns: Physical");
    window.tick(FATIGUE);
    window.tab_to("#not-me").press(Key::Enter);
    window.see("patient_not_me");
    window.not_me("#sure");
    window.unlock(RUTH);
    window.see("hna_check");
    let told = window.text("main");
    assert!(told.contains("Somebody pressed “This is not me”"), "{told}");
    assert!(told.contains("Everyday money and bills") && !told.contains("Tiredness"), "{told}");
}

#[test]
fn five_wrong_pins_lead_to_the_lock_screen_and_the_answers_are_kept() {
    let world = World::new();
    let window = world.open();
    to_concerns(&window);
    window.hand_over(PIN);
    window.patient_goes_on("patient_area", "Your concerns: Physical");
    window.tick(FATIGUE);
    window.stop_for_now();
    for told in ["4 more times", "3 more times", "2 more times", "You can try once more."] {
        window.try_pin("111222", told);
    }
    assert!(window.text("main").contains("After that, unlock this PC with your passphrase. The answers are kept."));
    window.take_back("111222", "lock");
    window.unlock(RUTH);
    window.see("hna_check");
    assert!(window.text("main").contains("Tiredness or fatigue"));
}

#[test]
fn each_window_is_refused_every_command_of_the_other() {
    let (nurses, patients) = (commands("Commands"), commands("PatientCommands"));
    assert!(nurses.len() > 60 && nurses.contains("find_patients"), "{nurses:?}");
    assert_eq!(patients.len(), 4, "{patients:?}");
    let world = World::new();
    let window = world.open();
    to_concerns(&window);
    refuses(&window, &patients);
    window.hand_over(PIN);
    refuses(&window, &nurses);
    for command in ["plugin:event|listen", "plugin:event|emit", "plugin:window|close", "plugin:fs|read_text_file"] {
        refuses(&window, &BTreeSet::from([command.to_owned()]));
    }
    assert_eq!(invoke(&window, "patient_front", json!({"request": null}))["ok"]["called"], "Zoë");
    window.not_me("#not-me");
    refuses(&window, &patients);
}

/// The number in the nurse's line of what came from the patient.
fn answers_told(window: &Window<'_>) -> u32 {
    let line = window.text("#from-patient");
    assert!(line.starts_with("Zoë answered alone at this PC on "), "{line}");
    let number = line.strip_suffix(" answers, each change counted.").and_then(|rest| rest.rsplit(' ').next());
    number.and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("{line}"))
}

#[track_caller]
fn refuses(window: &Window<'_>, commands: &BTreeSet<String>) {
    for command in commands {
        let answer = invoke(window, command, json!({"request": null}));
        let refusal = answer["refused"].as_str().unwrap_or_else(|| panic!("{command}: {answer}"));
        assert!(refusal.contains("not allowed") || refusal.contains("not found"), "{command}: {refusal}");
    }
}

/// The names of an interface of commands, read from its declaration.
fn commands(interface: &str) -> BTreeSet<String> {
    let source = fs::read_to_string(repository().join("ui/src/ipc/bindings.ts")).unwrap();
    let body = source.split_once(&format!("export interface {interface} {{")).unwrap().1.split_once("\n}").unwrap().0;
    body.lines().filter_map(|line| line.trim().split_once(": [")).map(|(name, _)| name.to_owned()).collect()
}

pub const VISITS: &[(&str, Visit)] = &[
    ("patient_welcome", |_| {}),
    ("patient_area", |window| {
        window.patient_goes_on("patient_area", "Your concerns: Physical");
        window.tick(FATIGUE);
        window.tick("physical.pain");
    }),
    ("patient_own_words", |window| {
        window.patient_goes_on("patient_own_words", "Is there something else?");
        window.add_own_words(OWN_WORDS);
    }),
    ("patient_rate", |window| window.patient_goes_on("patient_rate", "Tiredness or fatigue")),
    ("patient_rate", |window| window.patient_scores(7)),
    ("patient_matters", |window| {
        window.patient_goes_on("patient_matters", "Which matter most to you today?");
        window.rank(FATIGUE);
        window.rank("own-1");
        window.rank("physical.pain");
    }),
    ("patient_information", |window| {
        window.patient_goes_on("patient_information", "Would you like information about any of these?");
    }),
    ("patient_questions", |window| window.patient_goes_on("patient_questions", "Do you have any questions?")),
    ("patient_check", |window| window.patient_goes_on("patient_check", "Check your answers")),
    ("patient_not_me", |window| window.tab_to("#not-me").press(Key::Enter)),
    ("patient_give_back", |window| {
        window.tab_to("#return").press(Key::Enter);
        window.see("patient_check");
        window.stop_for_now();
    }),
    ("patient_give_back", |window| window.try_pin("111222", "You can try 4 more times.")),
];

#[test]
fn axe_finds_nothing_and_tab_reaches_everything_on_every_page_of_the_patient() {
    let visited: BTreeSet<String> = VISITS.iter().map(|(page, _)| (*page).to_owned()).collect();
    assert_eq!(visited, members("ui/src/patient/page.ts", "PatientPage"), "every page has a visit");
    walk(&World::new());
}

/// Visits all of them in this world.
pub fn walk(world: &World) {
    let window = world.open();
    to_concerns(&window);
    window.hand_over(PIN);
    let mut found = Vec::new();
    for (page, visit) in VISITS {
        visit(&window);
        look_over(&window, page, &mut found);
        for (width, height) in [(320, 640), (1366, 768)] {
            window.resize(width, height);
            found.extend(too_small(&window).into_iter().map(|what| format!("{page} at {width}: {what}")));
        }
    }
    assert!(found.is_empty(), "{} violations:\n{}", found.len(), found.join("\n"));
}

/// Answers that can never be read wait beside the assessment until the nurse goes on without them, with a reason.
#[test]
fn axe_finds_nothing_and_tab_reaches_everything_where_answers_are_given_up() {
    let world = World::new();
    let window = world.open();
    to_concerns(&window);
    window.hand_over(PIN);
    window.patient_goes_on("patient_area", "Your concerns: Physical");
    window.tick(FATIGUE);
    window.kill();
    let mut sealed = fs::read_dir(world.profile().join("drafts")).unwrap().map(|it| it.unwrap().path());
    let (file, others) = (sealed.next().unwrap(), sealed.count());
    assert_eq!(others, 0, "one hand-over has one file");
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();

    let window = world.open();
    window.unlock(RUTH);
    visit_all(&window, GIVEN_UP);
}

const GIVEN_UP: &[(&str, Visit)] = &[
    ("hna_check", |window| window.see_element("#show-give-up")),
    // The form, which says what is missing.
    ("hna_check", |window| {
        window.tab_to("#show-give-up").press(Key::Enter);
        window.focus_on("#lost-reason").press(Key::Enter);
        window.see_element(".nhsuk-error-summary");
    }),
    ("hna_check", |window| {
        window.tab_to("#lost-reason").types("The disk is broken");
        window.focus_on("#lost-reason").press(Key::Enter);
        window.see_text("The disk is broken");
        assert!(!window.has("#show-give-up"), "nothing waits any more");
    }),
];

/// What is smaller on the page than a patient's page allows: text under 24 pixels, something to press under 56 in either direction.
fn too_small(window: &Window<'_>) -> Vec<String> {
    let found = window.run(SMALL, json!([]));
    assert!(found["texts"].as_u64().unwrap() > 3 && found["targets"].as_u64().unwrap() > 1, "{found}");
    found["small"].as_array().unwrap().iter().map(|what| what.as_str().unwrap().to_owned()).collect()
}

const SMALL: &str = "
    const small = [];
    let texts = 0;
    const shown = (it) => it.getClientRects().length > 0 && !it.closest('.only-heard');
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement;
        if (node.data.trim() === '' || !shown(parent) || parent.matches('script, style')) continue;
        texts += 1;
        const size = parseFloat(getComputedStyle(parent).fontSize);
        if (size < 24) small.push(`${size} pixels: ${node.data.trim()}`);
    }
    const targets = [...document.querySelectorAll('button, input, textarea')].filter(shown);
    for (const it of targets) {
        const { width, height } = it.getBoundingClientRect();
        if (width < 56 || height < 56) small.push(`${width} by ${height}: ${it.outerHTML}`);
    }
    return { small, texts, targets: targets.length };
";
