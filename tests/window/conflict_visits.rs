//! Visits to what the trust did not take: a record that somebody else changed or removed there, and one that it refused; each from where the
//! one before ended, in a window of their own, against a real server. What is looked at there belongs to `screens`.

use std::cell::RefCell;
use std::time::Duration;

use kit::trust_server::TrustServer;
use kit::window::{Key, RUTH, Window, World, day_ahead, within};
use kit::{Passage, Proxy};
use serde_json::{Value, json};

use crate::people::{FATIGUE, ZOE, to_concerns};
use crate::plans::{ACTIONS, MATTERS};
use crate::screens::look_over;

/// The trust, and the way to it.
pub struct Trust {
    server: TrustServer,
    network: RefCell<Proxy>,
}

type Visit = fn(&Window<'_>, &Trust);

pub const VISITS: &[(&str, Visit)] = &[
    ("overview", details_changed),
    ("sending", |window, _| {
        window.tab_to("#nav-sending").press(Key::Enter);
        window.see_text("Somebody changed this record at the trust");
    }),
    ("conflict", unchosen),
    ("conflict", chosen),
    ("plan_read", plan_changed),
    ("care_plan", goes_on),
    ("conflict", |window, _| window.tab_to("[id^='see-conflict-']").press(Key::Enter)),
    ("sending", refused),
    ("sending", withdrawing),
    ("conflict", removed),
    ("conflict", left_removed),
];

/// What the server says about a room that it does not have.
const NO_SUCH_ROOM: &str = r#"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invalid","diagnostics":"Appointment.participant: no such room"}]}"#;
const ROOM: &str = "Room that is not";
const THEIR_NAME: &str = "Zozo";
const THEIR_WORDS: &str = "He is afraid of the stairs";

/// A queue of three is through in seconds; beside other tests it may take longer.
const SENT_WITHIN: Duration = Duration::from_secs(120);

#[test]
fn axe_finds_nothing_and_tab_reaches_everything_where_the_trust_did_not_take_a_record() {
    let world = World::new();
    let (trust, _window) = visited(&world);
    assert_eq!(trust.of("Patient")["name"][1]["given"], json!([THEIR_NAME]), "what was chosen of the details");
    assert_eq!(trust.of("Patient")["gender"], "unknown", "what nobody had to choose");
    assert_eq!(trust.of("Goal")["description"]["text"], format!("{MATTERS}, says Zoë"), "what was chosen of the plan");
    assert!(!Value::Array(trust.server.all("Appointment")).to_string().contains(ROOM), "what was withdrawn");
}

/// Visits all of them in this world.
pub fn walk(world: &World) {
    visited(world);
}

/// The trust and the window when all of them are paid.
fn visited(world: &World) -> (Trust, Window<'_>) {
    let server = TrustServer::start();
    let trust = Trust { network: RefCell::new(Proxy::to(server.port())), server };
    world.configure("server", json!({ "url": trust.network.borrow().address() }));
    let window = world.open();
    agreed(&window, &trust);
    let mut found = Vec::new();
    for (screen, visit) in VISITS {
        visit(&window, &trust);
        look_over(&window, screen, &mut found);
    }
    assert!(found.is_empty(), "{} violations:\n{}", found.len(), found.join("\n"));
    (trust, window)
}

impl Trust {
    /// The one resource of a type.
    fn of(&self, kind: &str) -> Value {
        let mut all = self.server.all(kind);
        assert_eq!(all.len(), 1, "{kind}: {all:?}");
        all.remove(0)
    }

    /// Without a network nobody here hears of what is done there.
    fn unheard<R>(&self, both: impl FnOnce() -> R) -> R {
        self.network.borrow_mut().down();
        let done = both();
        self.network.borrow_mut().up();
        done
    }

    /// Somebody else changes the one resource of a type there.
    fn change(&self, kind: &str, change: impl FnOnce(&mut Value)) {
        let mut theirs = self.of(kind);
        change(&mut theirs);
        let (status, said) = self.server.put(&theirs);
        assert!(status < 300, "{said}");
    }

    /// Waits until the trust has so many resources of a type and the header says so.
    fn has(&self, window: &Window<'_>, kind: &str, count: usize) {
        let there = || (self.server.all(kind).len() == count && window.begins("#sending", "Sent")).then_some(());
        assert!(within(SENT_WITHIN, there).is_some(), "{count} {kind}, {}", window.text("#nav-sending"));
    }
}

/// Waits until the header says that something needs a person.
fn needs_you(window: &Window<'_>) {
    let said = within(SENT_WITHIN, || window.mentions("#nav-sending", "need").then_some(()));
    assert!(said.is_some(), "{}", window.text("#nav-sending"));
}

/// Zoë's plan is agreed, and all of it is at the trust.
fn agreed(window: &Window<'_>, trust: &Trust) {
    to_concerns(window);
    window.tick(FATIGUE);
    for next in ["hna_score", "hna_matters", "hna_information", "hna_check"] {
        window.go_on(next);
    }
    window.complete(ZOE);
    window.write_plan();
    window.open_concern(FATIGUE);
    window.say_what_matters(MATTERS);
    window.agree_on(ACTIONS[1]);
    window.lock_plan(ZOE, RUTH);
    trust.has(window, "CarePlan", 1);
}

/// Both say what Zoë likes to be called; the gender only they change.
fn details_changed(window: &Window<'_>, trust: &Trust) {
    window.tab_to("#to-overview").press(Key::Enter);
    trust.unheard(|| {
        trust.change("Patient", |patient| {
            let names = patient["name"].as_array_mut().unwrap();
            names.push(json!({ "use": "nickname", "given": [THEIR_NAME] }));
            patient["gender"] = json!("unknown");
        });
        window.see("overview");
        window.tab_to("#correct").press(Key::Enter);
        window.see("register");
        window.tab_to("#preferred").types("Zee");
        window.tab_to("#save-patient").press(Key::Enter);
        window.see("overview");
    });
    window.see_element("[id^='see-conflict-']");
}

/// With the fault that nothing is chosen.
fn unchosen(window: &Window<'_>, _: &Trust) {
    window.tab_to("[id^='see-']").press(Key::Enter);
    window.see("conflict");
    window.see_text("Taken from the trust without asking (1)");
    window.tab_to("#save-choices").press(Key::Enter);
    window.see_element(".nhsuk-error-summary");
}

/// Theirs goes on, and that is said.
fn chosen(window: &Window<'_>, trust: &Trust) {
    window.choose("clash-0", "clash-0-theirs");
    window.see_text("1 of 1 chosen");
    window.tab_to("#save-choices").press(Key::Enter);
    window.see_text("Your choice is saved here");
    trust.has(window, "Patient", 1);
}

/// Both change what matters to Zoë, in a plan that is agreed again.
fn plan_changed(window: &Window<'_>, trust: &Trust) {
    trust.unheard(|| {
        trust.change("Goal", |goal| goal["description"]["text"] = json!(THEIR_WORDS));
        window.tab_to("#to-overview").press(Key::Enter);
        window.see("overview");
        window.tab_to("[id^='plan-']").press(Key::Enter);
        window.see("plan_read");
        window.tab_to("#show-unlock").press(Key::Enter);
        window.focus_on("#reason").types("She said more");
        window.focus_on("#reason").press(Key::Enter);
        window.see("care_plan");
        // The engine puts the caret before what stands there.
        window.tab_to("textarea[id^='words-']").press(Key::End);
        window.say_what_matters(", says Zoë");
        window.lock_plan(ZOE, RUTH);
    });
    window.see_element("[id^='see-conflict-']");
}

/// Care goes on with the version that is here.
fn goes_on(window: &Window<'_>, _: &Trust) {
    window.tab_to("#show-unlock").press(Key::Enter);
    window.focus_on("#reason").types("Another action");
    window.focus_on("#reason").press(Key::Enter);
    window.see("care_plan");
    window.see_element("[id^='see-conflict-']");
}

/// A talk in a room that the server does not take, and the form that asks for the passphrase before a copy is saved.
fn refused(window: &Window<'_>, trust: &Trust) {
    resolve_the_plan(window, trust);
    trust.network.borrow().about(ROOM, Passage::Answer(422, "", "application/fhir+json", NO_SUCH_ROOM));
    window.tab_to("#to-overview").press(Key::Enter);
    window.see("overview");
    window.tab_to("#book-appointment").press(Key::Enter);
    window.book_talk(&day_ahead(7), "9.15", ROOM);
    needs_you(window);
    window.tab_to("#nav-sending").press(Key::Enter);
    window.see_text("did not accept what is in this record");
    window.tab_to("details summary").press(Key::Enter);
    window.see_text("no such room");
    window.tab_to("[id^='show-export-']").press(Key::Enter);
    window.focus_on("[id^='passphrase-']").types("not the passphrase");
    window.focus_on("[id^='passphrase-']").press(Key::Enter);
    window.see_element(".nhsuk-error-summary");
}

/// The form that asks why, when nobody said.
fn withdrawing(window: &Window<'_>, _: &Trust) {
    window.tab_to("[id^='show-withdraw-']").press(Key::Enter);
    window.focus_on("[id^='reason-']").press(Key::Enter);
    window.see_element("[id^='reason-'][id$='-error']");
}

/// A talk that the trust has taken off its books, and that is called off here.
fn removed(window: &Window<'_>, trust: &Trust) {
    window.tab_to("[id^='reason-']").types("There is no such room");
    window.focus_on("[id^='reason-']").press(Key::Enter);
    window.see_text("Nothing needs you");
    window.tab_to("#nav-today").press(Key::Enter);
    window.see("today");
    window.tab_to("[id^='open-']").press(Key::Enter);
    window.see("overview");
    window.tab_to("#book-appointment").press(Key::Enter);
    window.book_talk(&day_ahead(8), "9.15", "Clinic room 3");
    trust.has(window, "Appointment", 1);
    let there = trust.of("Appointment")["id"].as_str().unwrap().to_owned();
    trust.unheard(|| {
        assert!(trust.server.delete("Appointment", &there) < 300);
        window.tab_to("#show-cancel-appointment").press(Key::Enter);
        window.focus_on("#reason").types("She rang");
        window.focus_on("#reason").press(Key::Enter);
        let waits = within(SENT_WITHIN, || window.mentions("#nav-sending", "Waiting").then_some(()));
        assert!(waits.is_some(), "{}", window.text("#nav-sending"));
    });
    needs_you(window);
    window.tab_to("#nav-sending").press(Key::Enter);
    window.tab_to("[id^='see-']").press(Key::Enter);
    window.see("conflict");
    window.choose("whole", "whole-theirs");
    window.tab_to("#save-choices").press(Key::Enter);
    window.see_element("#reason-error");
}

fn left_removed(window: &Window<'_>, _: &Trust) {
    window.tab_to("#reason").types("The trust called it off");
    window.focus_on("#reason").press(Key::Enter);
    window.see_text("It is withdrawn from sending");
}

/// Ours of the plan goes on; the draft that was opened meanwhile is agreed first.
fn resolve_the_plan(window: &Window<'_>, trust: &Trust) {
    window.tab_to("#later").press(Key::Enter);
    window.see("overview");
    window.tab_to("[id^='plan-']").press(Key::Enter);
    window.lock_plan(ZOE, RUTH);
    window.tab_to("[id^='see-conflict-']").press(Key::Enter);
    window.see("conflict");
    window.choose("clash-0", "clash-0-ours");
    window.tab_to("#save-choices").press(Key::Enter);
    window.see_text("Your choice is saved here");
    trust.has(window, "CarePlan", 1);
}
