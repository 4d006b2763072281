//! The third scene: a second PC takes the first patient from its clinic list, with the plan that was agreed at the first. Both change the
//! same words of that plan while the network is down; the one that sends later sees both versions side by side and brings them together.

use std::time::Duration;

use kit::Proxy;
use kit::trust_server::TrustServer;
use kit::window::{Key, Nurse, Person, Window, late_on, within};
use serde_json::{Value, json};

use crate::log::Log;

/// Whoever sits at the second PC.
pub const NELL: Nurse =
    Nurse { name: "Nell Invented", role: "cancer_nurse_specialist", passphrase: "nine wide blue ferries" };
/// The clinic whose list both PCs fetch.
pub const CLINIC: &str = "Location/breast-clinic";
const CONCERN: &str = "emotional.anxiety";
const AT_THE_FIRST: &str = " Said at the first PC.";
const AT_THE_SECOND: &str = " Said at the second PC.";
/// A list is fetched when the clinic opens, and what is due is sent; beside other tests it may take longer.
const ARRIVES_WITHIN: Duration = Duration::from_secs(6 * 60);

/// A PC in the scene.
pub struct Desk<'a> {
    pub window: &'a Window<'a>,
    pub network: &'a mut Proxy,
    pub nurse: Nurse,
}

/// The trust's own system books the patient into today's clinic.
pub fn booked(server: &TrustServer, person: Person) {
    let patients = server.all("Patient");
    let patient =
        patients.iter().find(|one| one.to_string().contains(person.nhs_number)).expect("the patient is there");
    let id = patient["id"].as_str().unwrap();
    let place = json!({ "resourceType": "Location", "id": CLINIC.split_once('/').unwrap().1, "name": "Breast clinic" });
    let (status, said) = server.put(&place);
    assert!(status < 300, "{said}");
    // Tomorrow as well, for whoever plays this around midnight.
    for days in [0, 1] {
        let start = late_on(days);
        let (status, said) = server.put(&json!({
            "resourceType": "Appointment", "id": format!("clinic-appointment-{days}"), "status": "booked",
            "start": start, "end": start, "description": "Review of the care plan",
            "participant": [
                { "actor": { "reference": format!("Patient/{id}") }, "status": "accepted" },
                { "actor": { "reference": CLINIC, "display": "Breast clinic" }, "status": "accepted" },
            ],
        }));
        assert!(status < 300, "{said}");
    }
}

/// Plays it; both windows end on the plan as both nurses left it.
pub fn play(first: &mut Desk<'_>, second: &mut Desk<'_>, person: Person, log: &mut Log) {
    second.network.up();
    let listed = within(ARRIVES_WITHIN, || second.window.mentions("main", person.given).then_some(()));
    assert!(listed.is_some(), "on the list that was fetched: {}", second.window.text("main"));
    log.step("second PC, the fetched list", second.window, second.network);
    open(second, person);
    log.step("second PC, the patient", second.window, second.network);

    first.network.down();
    second.network.down();
    to_today(first);
    open(first, person);
    changes(first, person, AT_THE_FIRST);
    changes(second, person, AT_THE_SECOND);
    log.step("second PC, changed without a network", second.window, second.network);

    first.network.up();
    sent(first);
    log.step("first PC, sent", first.window, first.network);
    second.network.up();
    let window = second.window;
    let asked = within(ARRIVES_WITHIN, || window.mentions("#nav-sending", "eed").then_some(()));
    assert!(asked.is_some(), "{}", window.text("#nav-sending"));
    window.see_element("[id^='see-conflict-']");
    window.tab_to("[id^='see-conflict-']").press(Key::Enter);
    window.see("conflict");
    window.see_text(AT_THE_FIRST);
    window.see_text(AT_THE_SECOND);
    log.step("second PC, both versions", window, second.network);
    window.choose("clash-0", "clash-0-theirs");
    window.tab_to("#save-choices").press(Key::Enter);
    window.see_text("Your choice is saved here");
    sent(second);
    log.step("second PC, brought together", window, second.network);
}

/// The trust holds one plan of the patient, with the words that were chosen.
pub fn holds(held: &[Value]) {
    let goals: Vec<_> = held.iter().filter(|one| one["resourceType"] == "Goal").map(Value::to_string).collect();
    assert_eq!(goals.iter().filter(|goal| goal.contains(AT_THE_FIRST)).count(), 1, "{goals:?}");
    assert!(!goals.iter().any(|goal| goal.contains(AT_THE_SECOND)), "{goals:?}");
}

fn to_today(desk: &Desk<'_>) {
    desk.window.tab_to("#nav-today").press(Key::Enter);
    desk.window.see("today");
}

fn open(desk: &Desk<'_>, person: Person) {
    let script = "return [...document.querySelectorAll(\"[id^='open-'], [id^='place-']\")].find((it) => (it.closest('li, tr') ?? it).innerText.includes(arguments[0]))?.id";
    let id = within(ARRIVES_WITHIN, || desk.window.run(script, json!([person.given])).as_str().map(str::to_owned));
    let id = id.unwrap_or_else(|| panic!("nobody to open on {}", desk.window.screen()));
    desk.window.tab_to(&format!("[id='{id}']")).press(Key::Enter);
    if id.starts_with("place-") {
        desk.window.see("clinic_visit");
        desk.window.tab_to("#to-overview").press(Key::Enter);
    }
    desk.window.see("overview");
}

/// Opens the agreed plan, writes behind what matters, and agrees it again.
fn changes(desk: &Desk<'_>, person: Person, words: &str) {
    let window = desk.window;
    window.tab_to("[id^='plan-']").press(Key::Enter);
    window.see("plan_read");
    window.tab_to("#show-unlock").press(Key::Enter);
    window.focus_on("#reason").types("Said more on the telephone");
    window.focus_on("#reason").press(Key::Enter);
    window.see("care_plan");
    window.open_concern(CONCERN);
    // The engine puts the caret before what stands there, in the first of its lines.
    for key in [Key::Down, Key::Down, Key::Down, Key::End] {
        window.tab_to("textarea[id^='words-']").press(key);
    }
    window.say_what_matters(words);
    window.lock_plan(person, desk.nurse);
}

fn sent(desk: &Desk<'_>) {
    let sent = within(ARRIVES_WITHIN, || desk.window.begins("#sending", "Sent").then_some(()));
    assert!(sent.is_some(), "the header says {:?}", desk.window.text("#nav-sending"));
}
