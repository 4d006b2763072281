//! One appointment as it is meant to be: in the real window, with the network down from unlocking to printing, then up; a real print
//! queue; a real trust server. Then a second patient, weeks shortened to minutes; then a second PC, and two versions of one plan.
//! `cargo xtask demo --out DIR` keeps what it leaves.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod log;
mod second_scene;
mod third_scene;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use kit::print_room::{PrintRoom, QUEUE};
use kit::proxy::Proxy;
use kit::trust_server::{TrustServer, references};
use kit::window::{Agreed, BREAST_LINES, Key, Person, RUTH, Window, World, within};
use log::Log;
use serde_json::{Value, json};
use third_scene::{Desk, NELL};

const ZOE: Person =
    Person { family: "Invented-Quill", given: "Zoë", nhs_number: "9990000018", born: ["14", "7", "1956"] };
/// What is ticked, how the page words it, and its score.
const CONCERNS: [(&str, &str, u8); 3] = [
    ("emotional.anxiety", "Anxiety, fear or worry", 8),
    ("physical.fatigue", "Tiredness or fatigue", 7),
    ("financial.money", "Everyday money and bills", 6),
];
/// In her own words, and its score.
const DOG: (&str, u8) = ("Who walks the dog on treatment days?", 5);
/// One action of each kind.
const AGREED: [(&str, Agreed); 5] = [
    ("emotional.anxiety", agreed("inform", "the sheet about who to ring and when", "nurse", "", "23-Nov-2099")),
    ("emotional.anxiety", agreed("refer", "counselling", "service", "Riverside support centre", "30-Nov-2099")),
    ("physical.fatigue", agreed("self_care", "write down when you are most tired", "patient", "", "04-Dec-2099")),
    ("physical.fatigue", agreed("review", "tiredness, after the next cycle", "nurse", "", "14-Dec-2099")),
    ("financial.money", agreed("signpost", "the benefits adviser at the support centre", "patient", "", "01-Dec-2099")),
];
/// The queue tries again after at most five minutes.
const SENT_WITHIN: Duration = Duration::from_secs(6 * 60);

const fn agreed(
    kind: &'static str,
    what: &'static str,
    owner: &'static str,
    owner_name: &'static str,
    due: &'static str,
) -> Agreed {
    Agreed { kind, what, owner, owner_name, due }
}

#[test]
fn two_patients_from_the_first_tick_to_what_has_changed_and_two_nurses_on_one_plan() {
    let kept = out();
    let temporary = tempfile::tempdir().unwrap();
    let out = kept.as_deref().unwrap_or(temporary.path());
    let (server, room, world) = (TrustServer::start(), PrintRoom::new(), World::new());
    let mut network = Proxy::to(server.port());
    network.down();
    let own = held(&server);
    set_up(&world, &room, &network);

    let window = world.open();
    let mut log = Log::new(out);
    window.enrol(RUTH);
    window.take_recovery_code();
    window.lock();
    log.step("locked", &window, &network);
    window.unlock(RUTH);
    log.step("unlocked", &window, &network);
    let papers = appointment(&window, &room, &network, &mut log);
    assert_eq!(network.peek().out + network.peek().back, 0, "bytes have passed a network that is down");
    for (name, paper) in
        ["care-plan.pdf", "treatment-summary-patient.pdf", "treatment-summary-gp.pdf"].iter().zip(&papers)
    {
        fs::write(out.join(name), paper).unwrap();
    }
    assert!(window.text("#sending").starts_with("Waiting to send ("), "{}", window.text("#sending"));

    network.up();
    log.step("network up", &window, &network);
    until_sent(&window, &mut log, &network);
    // A new server holds its own search parameters: they are not ours.
    let held: Vec<Value> = held(&server).into_iter().filter(|one| !own.contains(one)).collect();
    fs::write(out.join("server.json"), serde_json::to_string_pretty(&bundle(&held)).unwrap()).unwrap();
    holds_the_appointment(&held, &papers, &network);

    let (before, _) = (server.history_totals(), network.passed());
    window.lock();
    window.unlock(RUTH);
    until_sent(&window, &mut log, &network);
    log.step("drained again", &window, &network);
    assert_eq!(network.peek().writes(), 0, "{:?}", network.peek().requests);
    assert_eq!(server.history_totals(), before);

    to_today(&window);
    second_scene::play(&window, &network, &mut log);
    until_sent(&window, &mut log, &network);
    second_scene::holds(&self::held(&server));

    third_scene::booked(&server, ZOE);
    let (other_world, mut other_network) = (World::new(), Proxy::to(server.port()));
    other_network.down();
    set_up(&other_world, &room, &other_network);
    let other = other_world.open();
    other.enrol(NELL);
    other.take_recovery_code();
    let mut first = Desk { window: &window, network: &mut network, nurse: RUTH };
    let mut second = Desk { window: &other, network: &mut other_network, nurse: NELL };
    third_scene::play(&mut first, &mut second, ZOE, &mut log);
    third_scene::holds(&self::held(&server));
    log.write();
}

/// Where the demo is kept; None in a test run, which keeps nothing.
#[expect(clippy::disallowed_methods, reason = "the command that plays the demo says where to keep it")]
fn out() -> Option<PathBuf> {
    std::env::var_os("HOLDFAST_DEMO_OUT").map(PathBuf::from)
}

/// The PC as the trust's IT set it up.
fn set_up(world: &World, room: &PrintRoom, network: &Proxy) {
    world.set_up_paper(room);
    let file = world.path("config/holdfast.json");
    let mut settings: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    settings["trust"] = json!({ "name": "Thamesbank Hospitals" });
    settings["pc"] = json!({ "name": "Clinic room 3" });
    settings["contact"] = json!({
        "phone": "020 7946 0112", "hours": "Monday to Friday, 9am to 5pm",
        "out_of_hours": "020 7946 0199", "out_of_hours_note": "Ask for the acute oncology nurse."
    });
    settings["server"] = json!({ "url": network.address() });
    settings["clinic"] = json!({ "locations": [third_scene::CLINIC] });
    fs::write(file, settings.to_string()).unwrap();
}

/// From registering to the third sheet of paper; answers the bytes that came out of the printer.
fn appointment(window: &Window<'_>, room: &PrintRoom, network: &Proxy, log: &mut Log) -> [Vec<u8>; 3] {
    window.register(ZOE);
    log.step("registered", window, network);
    window.start_assessment(ZOE);
    for (concern, ..) in CONCERNS {
        window.tick(concern);
    }
    window.add_own_words(DOG.0);
    log.step("concerns ticked", window, network);
    window.go_on("hna_score");
    // The page asks in the order of the checklist, the patient's own words last.
    while window.screen() == "hna_score" {
        let asked = window.text("h1");
        let listed = CONCERNS.iter().find(|(_, words, _)| asked.contains(words));
        window.score(listed.map_or(DOG.1, |(.., score)| *score));
        window.go_on(if listed.is_some() { "hna_score" } else { "hna_matters" });
    }
    window.rank("emotional.anxiety");
    window.rank("own-1");
    log.step("what matters most", window, network);
    window.go_on("hna_information");
    window.go_on("hna_check");
    window.complete(ZOE);
    log.step("assessment completed", window, network);

    window.write_plan();
    for (concern, agreed) in AGREED {
        window.open_concern(concern);
        window.agree_on(agreed);
    }
    window.open_concern("emotional.anxiety");
    window.say_what_matters("I lie awake going over it. I want to know who I can ring.");
    log.step("care plan written", window, network);
    window.lock_plan(ZOE, RUTH);
    log.step("care plan agreed", window, network);
    window.go_to_paper("#print");
    log.step("care plan on paper", window, network);
    window.print(ZOE, QUEUE);
    let plan = room.printed();

    window.tab_to("#back").press(Key::Enter);
    window.see("plan_read");
    window.tab_to("#back").press(Key::Enter);
    window.start_summary();
    for line in BREAST_LINES {
        window.keep_line(line);
    }
    log.step("summary trimmed", window, network);
    window.sign_summary(ZOE, RUTH);
    log.step("summary signed", window, network);
    window.go_to_paper("#print-patient");
    log.step("summary on paper, patient", window, network);
    window.print(ZOE, QUEUE);
    let patient = room.printed();
    window.choose_copy("summary_gp");
    log.step("summary on paper, GP", window, network);
    window.print(ZOE, QUEUE);
    let gp = room.printed();
    log.step("printed", window, network);
    [plan, patient, gp]
}

fn to_today(window: &Window<'_>) {
    window.tab_to("#nav-today").press(Key::Enter);
    window.see("today");
}

fn until_sent(window: &Window<'_>, log: &mut Log, network: &Proxy) {
    let sent = within(SENT_WITHIN, || window.text("#sending").starts_with("Sent ").then_some(()));
    assert!(sent.is_some(), "the header says {:?}", window.text("#sending"));
    log.step("sent", window, network);
}

/// Everything that the server holds, of whatever type.
fn held(server: &TrustServer) -> Vec<Value> {
    let (_, said) = server.get("/metadata");
    let types = said["rest"][0]["resource"].as_array().expect("the server says which types it has").clone();
    types.iter().flat_map(|one| server.all(one["type"].as_str().unwrap())).collect()
}

fn bundle(held: &[Value]) -> Value {
    let entries: Vec<Value> = held.iter().map(|resource| json!({ "resource": resource })).collect();
    json!({ "resourceType": "Bundle", "type": "collection", "entry": entries })
}

/// What an appointment comes to at the trust: each record once, the papers byte for byte, a commit record for each sending.
fn holds_the_appointment(held: &[Value], papers: &[Vec<u8>; 3], network: &Proxy) {
    let of = |kind: &str| held.iter().filter(|one| one["resourceType"] == kind).collect::<Vec<_>>();
    for (kind, count) in [("Patient", 1), ("QuestionnaireResponse", 1), ("CarePlan", 1), ("Composition", 1)] {
        assert_eq!(of(kind).len(), count, "{kind}");
    }
    assert_eq!(of("CarePlan")[0]["activity"].as_array().unwrap().len(), AGREED.len(), "one activity for each action");
    let scores: BTreeSet<u64> = of("Observation").iter().filter_map(|one| one["valueInteger"].as_u64()).collect();
    assert_eq!(scores, BTreeSet::from([5, 6, 7, 8]), "a score for each concern");
    let documents = of("DocumentReference");
    assert_eq!((documents.len(), of("Binary").len()), (2, 2), "a pair for each copy");
    let bytes = |document: &&Value| {
        let url = document["content"][0]["attachment"]["url"].as_str().unwrap();
        let binary =
            of("Binary").into_iter().find(|binary| url == format!("Binary/{}", binary["id"].as_str().unwrap()));
        log::from_base64(binary.unwrap_or_else(|| panic!("{url} is held"))["data"].as_str().unwrap())
    };
    let stored: BTreeSet<Vec<u8>> = documents.iter().map(bytes).collect();
    for paper in &papers[1..] {
        assert!(stored.contains(paper), "a summary at the trust is byte for byte what was printed");
    }
    // The patient, the assessment, the plan, the summary.
    assert_eq!(of("Provenance").len(), 4, "one commit record for each sending: {:?}", network.peek().requests);
    let known: BTreeSet<String> = held
        .iter()
        .map(|one| format!("{}/{}", one["resourceType"].as_str().unwrap(), one["id"].as_str().unwrap()))
        .collect();
    for resource in held {
        for reference in references(resource) {
            assert!(known.contains(&reference), "{reference} in {} resolves", resource["resourceType"]);
        }
    }
}

/// Makes the folder of the demo and that of its pictures; it may be there already.
fn folders(out: &Path) -> PathBuf {
    let screens = out.join("screens");
    fs::create_dir_all(&screens).unwrap();
    screens
}
