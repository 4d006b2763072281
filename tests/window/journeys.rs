//! The journeys that decide, each as a whole in the real window, by keys alone. What is tried in each of their steps stands beside it, in
//! the tests of that step; here it is that one leads to the next and that nothing is typed twice.

use std::time::Duration;

use kit::print_room::QUEUE;
use kit::summary::pages;
use kit::trust_server::TrustServer;
use kit::window::{Agreed, Key, Person, RUTH, Window, World, answers_of, day_ahead, within};
use kit::{PrintRoom, Proxy};
use serde_json::{Value, json};

use crate::clinic_list_visits::{HEADER, give, row};
use crate::home::{checklist, take_in};
use crate::people::{ANXIETY, FATIGUE, MONEY, OWN_WORDS, ZOE, set_up};
use crate::plans::{ACTIONS, MATTERS};

const PIN: &str = "482913";
/// In the same clinic, with a name that begins alike.
const ZOFIA: Person =
    Person { family: "Invented-Quillon", given: "Zofia", nhs_number: "9990000026", born: ["3", "7", "1958"] };
const QUESTION: &str = "May I fly in March?";
/// Asked to send now, a queue of three is through long before it would try by itself.
const SENT_WITHIN: Duration = Duration::from_secs(120);
/// Four concerns and five actions by keys alone, the way to each field included; with a mouse they are few (`sixty`).
const MOST_ACTS: u32 = 300;

#[test]
fn journey_1_a_clinic_with_the_network_down_from_unlocking_to_paper_and_sent_when_it_is_back() {
    let (server, printers, world) = (TrustServer::start(), PrintRoom::new(), World::new());
    let mut network = Proxy::to(server.port());
    network.down();
    world.set_up_paper(&printers);
    world.configure("server", json!({ "url": network.address() }));
    let window = world.open();
    set_up(&window);
    for person in [ZOFIA, ZOE] {
        window.register(person);
        to_today(&window);
    }
    window.lock();
    window.unlock(RUTH);

    // The list of the day stands on Today, made before the network went; day and month of birth are typed before anything is asked.
    give(
        &window,
        "monday.csv",
        &[HEADER.to_owned(), row("09:40", ZOFIA, ""), row("10:20", ZOE, "First assessment")].join("\r\n"),
    );
    window.see_text("monday.csv: 2 people are on a list");
    to_today(&window);
    let before = window.acts();
    window.tab_to("[aria-label='Start assessment, INVENTED-QUILL, Zoë']").press(Key::Enter);
    window.begin(ZOE);
    for concern in [FATIGUE, MONEY, ANXIETY] {
        window.tick(concern);
    }
    window.add_own_words(OWN_WORDS);
    window.go_on("hna_score");
    for (score, next) in [(8, "hna_score"), (3, "hna_score"), (9, "hna_score"), (5, "hna_matters")] {
        window.score(score);
        window.go_on(next);
    }
    window.rank("own-1");
    window.rank(ANXIETY);
    window.go_on("hna_information");
    window.tab_to("#questions").types(QUESTION);
    window.go_on("hna_check");
    window.complete(ZOE);

    window.write_plan();
    let ranked = window.texts("[aria-labelledby='concerns-ranked'] li .strong");
    assert_eq!(ranked, [OWN_WORDS, "Anxiety, fear or worry"], "in the patient’s order, as it was given");
    window.open_concern("own-1");
    window.say_what_matters(MATTERS);
    for action in ACTIONS {
        window.agree_on(action);
    }
    window.lock_plan(ZOE, RUTH);
    let acts = window.acts() - before;
    println!("From the clinic list to the locked plan: {acts} acts by keys alone, Tab included.");
    assert!(acts <= MOST_ACTS, "{acts} acts");
    window.go_to_paper("#print");
    window.print(ZOE, QUEUE);
    let printed = pages(&printers.printed()).join(" ");
    for words in ["INVENTED-QUILL", "999 000 0018", OWN_WORDS, MATTERS, ACTIONS[0].what] {
        assert!(printed.contains(words), "{words} in {printed}");
    }
    assert!(window.text("#sending").starts_with("Waiting to send ("), "{}", window.text("#sending"));
    assert_eq!(network.peek().out, 0, "nothing has left a PC without a network");

    let (typed, _) = window.interactions();
    network.up();
    window.tab_to("#nav-sending").press(Key::Enter);
    window.see("sending");
    window.tab_to("#send-now").press(Key::Enter);
    let sent = within(SENT_WITHIN, || window.text("#sending").starts_with("Sent ").then_some(()));
    assert!(sent.is_some(), "the header says {}", window.text("#sending"));
    let (keys, tabs) = window.interactions();
    assert!(keys - typed <= 50 && tabs > 0, "{} keys: the way to one button, and nothing typed again", keys - typed);
    the_trust_has_it(&server);
    to_today(&window);
    assert_eq!(window.texts("[data-state='agreed'] .time"), ["10:20"], "the list says how far each is");
    assert_eq!(window.texts("[data-state='not_started'] .time"), ["09:40"]);
    assert!(window.end().success());
}

#[test]
fn journey_2_the_patient_answers_alone_and_the_plan_is_made_of_those_answers() {
    let world = World::new();
    let window = world.open();
    set_up(&window);
    window.register(ZOE);
    window.start_assessment(ZOE);
    window.hand_over(PIN);
    assert_eq!(window.text("h1"), "Hello Zoë");
    assert!(window.has("#not-me"));

    window.patient_goes_on("patient_area", "Your concerns: Physical");
    window.tick(FATIGUE);
    window.patient_goes_on("patient_area", "Your concerns: Emotional");
    window.tick(ANXIETY);
    window.patient_goes_on("patient_rate", "Tiredness or fatigue");
    window.patient_scores(7);
    window.patient_goes_on("patient_rate", "Anxiety, fear or worry");
    window.patient_scores(4);
    window.patient_goes_on("patient_matters", "Which matter most to you today?");
    window.rank(ANXIETY);
    window.patient_goes_on("patient_questions", "Do you have any questions?");
    window.tab_to("#questions").types(QUESTION);
    window.patient_goes_on("patient_give_back", "Please give the PC back to your nurse");
    window.try_pin("111222", "That is not the PIN. You can try 4 more times.");
    window.take_back(PIN, "hna_check");

    assert_eq!(window.text("header #nurse"), RUTH.name);
    let told = window.text("main");
    assert!(told.contains(QUESTION) && told.contains("At this PC, alone"), "{told}");
    window.complete(ZOE);
    window.write_plan();
    assert_eq!(window.texts("[aria-labelledby='concerns-ranked'] li .strong"), ["Anxiety, fear or worry"]);
    window.open_concern(ANXIETY);
    window.agree_on(Agreed { owner: "patient", owner_name: "", ..ACTIONS[1] });
    window.lock_plan(ZOE, RUTH);
    assert!(window.text("main").contains(ACTIONS[1].what));
    assert!(window.end().success());
}

#[test]
fn journey_3_a_form_on_paper_then_an_invitation_home_an_alert_and_the_talk_about_it() {
    let (printers, world) = (PrintRoom::new(), World::new());
    world.set_up_paper(&printers);
    world.configure("home", json!({ "portal": "portal.thamesbank.example" }));
    let window = world.open();
    set_up(&window);
    window.register(ZOE);

    // A blank form goes out, and comes back filled in some days later.
    window.tab_to("#start-assessment").press(Key::Enter);
    window.see("hna_start");
    window.tab_to("#blank-named").press(Key::Enter);
    window.see("blank_form");
    window.see_element("[data-screen='blank_form'] .sheet svg");
    window.see("blank_form");
    window.tab_to("#identity-day").types(ZOE.born[0]);
    window.tab_to("#identity-month").types(ZOE.born[1]);
    window.choose_option("#printer", QUEUE);
    window.tab_to("#print-form #print").press(Key::Enter);
    window.see_element(".done p");
    let blank = pages(&printers.printed()).join(" ");
    assert!(blank.contains("Zoë") && blank.contains("Tiredness or fatigue"), "{blank}");
    window.tab_to("#back").press(Key::Enter);
    window.see("hna_start");
    window.tab_to("#identity-day").types(ZOE.born[0]);
    window.tab_to("#identity-month").types(ZOE.born[1]);
    window.choose("answered_by", "answered_by-carer");
    window.tab_to("#helper").types("Her sister");
    window.choose("method", "method-paper");
    for (part, typed) in [("day", "3"), ("month", "11"), ("year", "2025")] {
        window.tab_to(&format!("#answered_on-{part}")).types(typed);
    }
    window.choose("pathway_point", "pathway_point-start_of_treatment");
    window.tab_to("#start").press(Key::Enter);
    window.see("hna_ticks");
    window.tick(MONEY);
    window.go_on("hna_score");
    window.score(6);
    for next in ["hna_matters", "hna_information", "hna_check"] {
        window.go_on(next);
    }
    let entered = window.text("main");
    for words in ["A carer", "Her sister", "03-Nov-2025"] {
        assert!(entered.contains(words), "{words} in {entered}");
    }
    window.complete(ZOE);
    window.tab_to("#to-overview").press(Key::Enter);
    window.see("overview");

    // The next one is answered at home, with the code of the trust's portal.
    let code = window.invite(ZOE);
    window.go_to_paper("#print");
    window.print(ZOE, QUEUE);
    assert!(pages(&printers.printed()).join("").replace([' ', '-'], "").contains(&code));
    take_in(&window, "answers.json", &answers_of(ZOE, Some(&code), &checklist(&window)));
    window.see("answers");
    to_today(&window);
    let alert = window.text("[aria-labelledby='work-title']");
    assert!(alert.contains("Answers from home") && alert.contains("INVENTED-QUILL, Zoë"), "{alert}");
    window.tab_to("[aria-label^='Answers from home, ']").press(Key::Enter);
    window.clear_alert("Rang Zoë");
    for (from, channel, place) in [
        ("#book-talk", "channel-telephone", "020 7946 0000"),
        ("#book-appointment", "channel-face_to_face", "Clinic room 3"),
    ] {
        window.tab_to(from).press(Key::Enter);
        window.see("appointment_book");
        window.choose("channel", channel);
        window.choose("known", "known-yes");
        window.tab_to("#on").types(&day_ahead(7));
        window.tab_to("#time").types("9.15");
        window.tab_to("#place").types(place);
        window.tab_to("#with-me").press(Key::Enter);
        window.focus_on("#with_whom");
        window.tab_to("#save-appointment").press(Key::Enter);
        window.see("appointment");
        let talk = window.text("main");
        assert!(talk.contains(place) && talk.contains(&day_ahead(7)) && talk.contains("Booked"), "{talk}");
        window.tab_to("#to-overview").press(Key::Enter);
        window.see("overview");
    }
    assert!(window.end().success());
}

#[test]
fn journey_5_what_is_unfinished_stands_on_today_with_its_age_until_it_is_done() {
    let world = World::new();
    world.configure("home", json!({ "portal": "portal.thamesbank.example" }));
    let window = world.open();
    set_up(&window);
    for person in [ZOFIA, ZOE] {
        window.register(person);
        to_today(&window);
    }
    // Two identifiers find one of two who are called alike.
    find(&window, ZOE);
    window.start_assessment(ZOE);
    waits(&window, "Assessment not finished");
    open_work(&window, "hna_ticks");
    window.tick(FATIGUE);
    window.go_on("hna_score");
    window.score(8);
    for next in ["hna_matters", "hna_information", "hna_check"] {
        window.go_on(next);
    }
    window.complete(ZOE);
    waits(&window, "Assessment done, no plan yet");
    window.tab_to("#nav-today").press(Key::Enter);
    find(&window, ZOE);
    window.write_plan();
    waits(&window, "Care plan not agreed");
    open_work(&window, "care_plan");
    window.open_concern(FATIGUE);
    window.agree_on(ACTIONS[1]);
    window.lock_plan(ZOE, RUTH);
    to_today(&window);
    let left = window.text("main");
    for done in ["Assessment not finished", "Assessment done, no plan yet", "Care plan not agreed"] {
        assert!(!left.contains(done), "{done} in {left}");
    }
    assert!(window.end().success());
}

/// This line of work is on Today, with whose it is and since when.
fn waits(window: &Window<'_>, kind: &str) {
    to_today(window);
    let work = window.text("[aria-labelledby='work-title']");
    for part in [kind, "INVENTED-QUILL, Zoë", "Today", RUTH.name] {
        assert!(work.contains(part), "{part} in {work}");
    }
}

/// From the line on Today to where its work goes on.
fn open_work(window: &Window<'_>, screen: &str) {
    window.tab_to("[aria-labelledby='work-title'] button").press(Key::Enter);
    window.see(screen);
}

fn to_today(window: &Window<'_>) {
    window.tab_to("#nav-today").press(Key::Enter);
    window.see("today");
}

/// From Today to the overview of somebody, by family name and NHS number.
fn find(window: &Window<'_>, person: Person) {
    window.see("today");
    window.shortcut("today", 'f');
    window.see("find");
    window.tab_to("#family").types(person.family);
    window.tab_to("#nhs_number").types(person.nhs_number);
    window.focus_on("#nhs_number").press(Key::Enter);
    window.see_element("[id^='open-']");
    window.see("find");
    assert_eq!(window.texts("[id^='open-']").len(), 1, "one person has both");
    window.tab_to("[id^='open-']").press(Key::Enter);
    window.see("overview");
}

/// The trust's server has the assessment, the plan and its paper, in the words that were typed once.
fn the_trust_has_it(server: &TrustServer) {
    let held = |kind: &str| Value::Array(server.all(kind)).to_string();
    assert_eq!(server.all("Patient").len(), 2);
    let response = held("QuestionnaireResponse");
    assert!(response.contains(OWN_WORDS) && response.contains(QUESTION), "{response}");
    assert!(held("Goal").contains(MATTERS) || held("CarePlan").contains(MATTERS), "what matters is at the trust");
    let plans = server.all("CarePlan");
    assert_eq!(plans[0]["activity"].as_array().map(Vec::len), Some(ACTIONS.len()), "one activity for each action");
}
