//! An assessment must not cost a nurse more than the conversation does: from the banner to the locked plan in at most sixty acts of the
//! hand. An act is a click, or a key that is not a letter of a text; a field that is typed into costs the one act that goes to it.

use kit::window::{Key, Person, RUTH, Window, World};

use crate::people::{ANXIETY, FATIGUE, MONEY, ZOE, set_up};

const MOST: u32 = 60;
const CONCERNS: [(&str, u8); 5] = [(FATIGUE, 8), ("physical.pain", 5), ("physical.sleep", 6), (MONEY, 3), (ANXIETY, 9)];
const AGREED: [&str; 5] = [
    "A short rest after lunch",
    "Paracetamol before the walk",
    "No screens after nine",
    "Ring the Invented Money Line",
    "Tea with Nora on Fridays",
];

#[test]
fn five_concerns_and_their_plan_take_a_nurse_sixty_acts() {
    let world = World::new();
    let window = world.open();
    set_up(&window);
    window.register(ZOE);
    let before = window.acts();
    let acts = || window.acts() - before;

    window.click("#start-assessment");
    window.see("hna_start");
    identify(&window, ZOE);
    window.click("#answered_by-patient");
    window.click("#method-face_to_face");
    window.click("#pathway_point-start_of_treatment");
    window.click("#start");
    window.see("hna_ticks");
    for (concern, _) in CONCERNS {
        window.click(&format!("[id='concern-{concern}']"));
    }
    window.see_saved();
    on(&window, "hna_score");
    for (place, (_, score)) in (1..).zip(CONCERNS) {
        assert!(!window.has("input[name='rating']:checked"), "no score is chosen for anybody");
        window.click(&format!("#rating-{score}"));
        window.see_saved();
        on(&window, if place < CONCERNS.len() { "hna_score" } else { "hna_matters" });
    }
    for concern in [ANXIETY, FATIGUE, "physical.sleep"] {
        window.click(&format!("[id='add-{concern}']"));
        window.see_element(&format!("[data-concern='{concern}']"));
        window.see_saved();
    }
    on(&window, "hna_information");
    on(&window, "hna_check");
    identify(&window, ZOE);
    window.click("#complete");
    window.see("hna_read");
    println!("The assessment took {} acts.", acts());

    window.click("#write-plan");
    window.see("care_plan");
    for (place, what) in AGREED.iter().enumerate() {
        if place > 0 {
            window.click("#next");
            window.wait_for(
                "the next concern",
                "return document.querySelector('#concern-title')?.innerText.startsWith(arguments[0])",
                serde_json::json!([format!("{}.", place + 1)]),
            );
            window.see("care_plan");
        }
        agree_on(&window, what);
    }
    window.click("#agree");
    window.see("plan_agree");
    identify(&window, ZOE);
    window.tab_on("#passphrase").types(RUTH.passphrase);
    window.focus_on("#passphrase").press(Key::Enter);
    window.see("plan_read");

    let told = window.text("main");
    for what in AGREED {
        assert!(told.contains(what), "{what} in {told}");
    }
    println!("From the banner to the locked plan: {} acts.", acts());
    assert!(acts() <= MOST, "{} acts", acts());
}

/// The day and month of birth, typed again.
fn identify(window: &Window<'_>, person: Person) {
    window.click("#identity-day").types(person.born[0]);
    window.tab_on("#identity-month").types(person.born[1]);
}

/// The main way on of an assessment's screen.
fn on(window: &Window<'_>, to: &str) {
    let before = window.text("h1");
    window.click("#continue");
    window.wait_for(
        "the next page",
        "return document.querySelector('h1')?.innerText.trim() !== arguments[0]",
        serde_json::json!([before]),
    );
    window.see(to);
}

/// One action for the concern that is open: its kind by a letter, and with it who does it, because of this kind it is the patient.
fn agree_on(window: &Window<'_>, what: &str) {
    window.click("#add-action");
    window.focus_on("[id^='kind-']").types_letter('S', "signpost");
    window.tab_on("[id^='what-']").types(what);
    assert_eq!(window.value("[id^='owner-']"), "patient");
    window.click("[id^='due-']").types("30/11/2099");
}
