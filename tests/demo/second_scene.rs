//! The second scene: the patient answers alone at this PC, a plan is agreed, a session is asked for whose date nobody knows yet, and some
//! weeks later the same concerns are scored again.

use kit::proxy::Proxy;
use kit::window::{Agreed, Key, Person, RUTH, Window};
use serde_json::{Value, json};

use crate::log::Log;

pub const ADA: Person =
    Person { family: "Invented-Sparrow", given: "Adalind", nhs_number: "9990000026", born: ["2", "3", "1961"] };
const PIN: &str = "482913";
/// What is ticked, how the page words it, its score, and its score when it is asked again.
const CONCERNS: [(&str, &str, u8, u8); 2] =
    [("emotional.anxiety", "Anxiety, fear or worry", 9, 6), ("physical.fatigue", "Tiredness or fatigue", 6, 6)];
const SESSION: &str = "Coping with anxiety";
const CHANGED: &str = "Anxiety, fear or worry was 9, now 6.";

/// Plays it from Today, and ends on what has changed.
pub fn play(window: &Window<'_>, network: &Proxy, log: &mut Log) {
    window.register(ADA);
    window.start_assessment(ADA);
    alone(window, network, log);
    plan(window, network, log);
    session(window, network, log);
    again(window, network, log);
}

/// From the list of concerns to the finished assessment.
fn alone(window: &Window<'_>, network: &Proxy, log: &mut Log) {
    window.hand_over(PIN);
    log.step("in the patient's hands", window, network);
    for (concern, ..) in CONCERNS.iter().rev() {
        let area = if concern.starts_with("physical") { "Physical" } else { "Emotional" };
        window.patient_goes_on("patient_area", &format!("Your concerns: {area}"));
        window.tick(concern);
    }
    for (_, words, score, _) in CONCERNS.iter().rev() {
        window.patient_goes_on("patient_rate", words);
        window.patient_scores(*score);
        log.step(&format!("patient scores {score}"), window, network);
    }
    window.patient_goes_on("patient_matters", "Which matter most to you today?");
    window.rank(CONCERNS[0].0);
    window.patient_goes_on("patient_give_back", "Please give the PC back to your nurse");
    log.step("given back", window, network);
    window.take_back(PIN, "hna_check");
    log.step("answers of the patient", window, network);
    window.complete(ADA);
}

fn plan(window: &Window<'_>, network: &Proxy, log: &mut Log) {
    window.write_plan();
    window.open_concern(CONCERNS[0].0);
    window.say_what_matters("I want to sleep through before the next scan.");
    log.step("suggestions beside a concern", window, network);
    window.agree_on(Agreed {
        kind: "self_care",
        what: "breathe out slowly, four times, before bed",
        owner: "patient",
        owner_name: "",
        due: "04-Dec-2099",
    });
    window.lock_plan(ADA, RUTH);
    log.step("second plan agreed", window, network);
}

/// A place in a session that has no date yet.
fn session(window: &Window<'_>, network: &Proxy, log: &mut Log) {
    to_overview(window, "#back");
    window.tab_to("#book-session").press(Key::Enter);
    window.see("session_book");
    let script = "return [...document.querySelectorAll(\"input[name='session']\")].find((it) => it.labels[0].innerText.trim().startsWith(arguments[0]))?.id";
    let id = window.run(script, json!([SESSION]));
    window.choose("session", id.as_str().expect("the session stands in the timetable"));
    window.choose("date", "date-any");
    window.tab_to("#relatives").types("1");
    window.focus_on("#relatives").press(Key::Enter);
    window.see("booking");
    assert_eq!(window.text("#standing"), "On the waiting list");
    log.step("session with a date to be confirmed", window, network);
}

/// The same concerns, scored again.
fn again(window: &Window<'_>, network: &Proxy, log: &mut Log) {
    to_overview(window, "#to-overview");
    window.tab_to("[id^='score-again-']").press(Key::Enter);
    window.see("hna_start");
    window.type_identity(ADA);
    window.choose("answered_by", "answered_by-patient");
    window.choose("method", "method-telephone");
    window.choose("pathway_point", "pathway_point-during_treatment");
    window.tab_to("#start").press(Key::Enter);
    window.see("hna_ticks");
    window.go_on("hna_score");
    for left in (0..CONCERNS.len()).rev() {
        let asked = window.text("h1");
        let (.., score) =
            CONCERNS.iter().find(|(_, words, ..)| asked.contains(words)).expect("a concern of the first time");
        window.score(*score);
        window.go_on(if left > 0 { "hna_score" } else { "hna_matters" });
    }
    window.rank(CONCERNS[0].0);
    window.go_on("hna_information");
    window.go_on("hna_check");
    window.complete(ADA);
    to_overview(window, "#to-overview");
    window.see_text(CHANGED);
    log.step("since last time", window, network);
    window.tab_to("#all-changes").press(Key::Enter);
    window.see("changes");
    window.see_text(CHANGED);
    log.step("what has changed", window, network);
}

fn to_overview(window: &Window<'_>, button: &str) {
    window.tab_to(button).press(Key::Enter);
    window.see("overview");
}

/// What the trust holds of it: both assessments with their scores, the plan, and an appointment without a start.
pub fn holds(held: &[Value]) {
    let of = |kind: &str| held.iter().filter(|one| one["resourceType"] == kind).collect::<Vec<_>>();
    let counts = ["Patient", "QuestionnaireResponse", "CarePlan"].map(|kind| of(kind).len());
    assert_eq!(counts, [2, 3, 2], "with the first scene's");
    let proposed: Vec<_> = of("Appointment").into_iter().filter(|one| one["start"].is_null()).collect();
    assert_eq!(proposed.len(), 1);
    assert_eq!(proposed[0]["status"], "proposed");
}
