//! Checklists as data: the four that ship, the trust's own from a folder, what is refused, and that no newer version changes what was
//! answered on an older one.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clinic::*;
use domain::id::StaffId;
use domain::op::Op;
use domain::staff::By;
use kit::appointment::{a_lock, an_action, one_of, shown};
use kit::kept::{details, key, keys};
use kit::room::unlock;
use kit::*;
use nix::sys::stat::Mode;
use serde_json::{Value, json};
use store::Store;

use crate::{fault, faults};

mod broken;
mod kept_versions;

const DEFAULT: &str = include_str!("../../assets/content/checklists/default-1.0.0.json");
const DOMAIN: &str = "https://holdfast.example/fhir/CodeSystem/concern-domain";
const OURS: &str = "https://trust.example/fhir/Questionnaire/ours";

/// What stands in the folder under a name.
pub enum Pack {
    Text(String),
    Bytes(Vec<u8>),
    Folder,
    LinkTo(&'static str),
    Pipe,
}

/// A good pack of the trust's own: the default one under another address.
fn ours(version: &str) -> Value {
    let mut pack: Value = serde_json::from_str(DEFAULT).unwrap();
    (pack["url"], pack["version"], pack["title"]) = (json!(OURS), json!(version), json!("Ours"));
    pack
}

fn area<'a>(pack: &'a mut Value, key: &str) -> &'a mut Value {
    pack["item"].as_array_mut().unwrap().iter_mut().find(|item| item["linkId"] == key).unwrap()
}

fn item<'a>(of: &'a mut Value, key: &str) -> &'a mut Value {
    fn find<'a>(of: &'a mut Value, key: &str) -> Option<&'a mut Value> {
        for item in of["item"].as_array_mut()? {
            if item["linkId"] == key {
                return Some(item);
            }
            if item.get("item").is_some()
                && let Some(found) = find(item, key)
            {
                return Some(found);
            }
        }
        None
    }
    find(of, key).unwrap()
}

/// Words a concern differently, also among the choices.
fn word(pack: &mut Value, key: &str, text: &str) {
    let concern = item(pack, key);
    concern["text"] = json!(text);
    let code = concern["code"][0]["code"].clone();
    let choices = pack["contained"][0]["compose"]["include"][0]["concept"].as_array_mut().unwrap();
    choices.iter_mut().find(|choice| choice["code"] == code).unwrap()["display"] = json!(text);
}

fn put(folder: &Path, name: &str, pack: &Pack) {
    let path = folder.join(name);
    match pack {
        Pack::Text(text) => fs::write(path, text).unwrap(),
        Pack::Bytes(bytes) => fs::write(path, bytes).unwrap(),
        Pack::Folder => fs::create_dir(path).unwrap(),
        Pack::LinkTo(other) => std::os::unix::fs::symlink(folder.join(other), path).unwrap(),
        Pack::Pipe => nix::unistd::mkfifo(&path, Mode::S_IRWXU).unwrap(),
    }
}

fn put_text(folder: &Path, name: &str, pack: &Value) {
    put(folder, name, &Pack::Text(pack.to_string()));
}

/// A PC whose configuration names a folder of checklists, which is there and empty.
fn a_room() -> (Room, PathBuf) {
    let room = Room::new();
    let folder = room.profile().with_file_name("checklists");
    fs::create_dir_all(&folder).unwrap();
    let configuration = json!({ "content": { "checklists": folder }, "pc": { "name": "Clinic room 3" } });
    (room.configured(&configuration.to_string()), folder)
}

/// The same clinic opened again, as on the next morning.
async fn again(desk: &Shift, clinic: &Clinic) -> Clinic {
    clinic.close().await;
    desk.unlock().await
}

async fn offered(clinic: &Clinic) -> Vec<String> {
    clinic.list_checklists().await.unwrap().offered.into_iter().map(|line| line.key).collect()
}

async fn refused(clinic: &Clinic) -> Vec<(String, &'static str, String)> {
    let refused = clinic.list_checklists().await.unwrap().refused;
    refused.into_iter().map(|line| (line.file, line.fault.code(), line.place)).collect()
}

fn on(patient: &str, checklist: &str) -> StartHna {
    StartHna { checklist: Some(checklist.into()), ..an_assessment(patient) }
}

#[tokio::test]
async fn every_shipped_checklist_can_be_chosen_and_the_usual_one_is_the_default() {
    let desk = a_clinic().await;
    let lists = desk.clinic.list_checklists().await.unwrap();
    let lines: Vec<_> = lists.offered.iter().map(|line| (line.kind.code(), line.concerns, line.usual)).collect();
    assert_eq!(lines, [("standard", 56, true), ("short", 48, false), ("long", 63, false), ("easy_read", 56, false)]);
    assert!(lists.offered.iter().all(|line| line.language == "en-GB") && lists.refused.is_empty());
    let anna = registered(&desk.clinic).await.to_string();
    for line in &lists.offered {
        let started = desk.clinic.start_hna(on(&anna, &line.key)).await.unwrap();
        assert_eq!(started.checklist, line.key);
        let list = desk.clinic.read_checklist(ReadChecklist { checklist: line.key.clone() }).await.unwrap();
        assert_eq!(list.title, line.title);
        let pain = desk.clinic.tick_concern(one_of(&started.id.to_string(), "physical.pain")).await.unwrap();
        assert_eq!(pain.concerns[0].text, "Pain");
    }
    assert_eq!(desk.clinic.start_hna(an_assessment(&anna)).await.unwrap().checklist, lists.offered[0].key);
    for unknown in ["nothing|1.0.0", "https://holdfast.example/fhir/Questionnaire/default|0.9.0", ""] {
        assert_eq!(
            faults(desk.clinic.start_hna(on(&anna, unknown)).await),
            fault("checklist", "not_offered"),
            "{unknown}"
        );
    }
}

#[test]
fn the_easy_read_checklist_asks_the_same_and_a_concern_has_one_code_everywhere() {
    let read = |body: &str| fhir::checklist(body).unwrap();
    let usual = read(DEFAULT);
    let easy = read(include_str!("../../assets/content/checklists/easy-read-1.0.0.json"));
    let keys = |list: &domain::checklist::Checklist| -> Vec<_> {
        let items = list.domains.iter().flat_map(|area| &area.items).map(|item| (item.key.clone(), item.code.clone()));
        items.chain(list.topics.iter().map(|topic| (topic.key.clone(), String::new()))).collect()
    };
    assert_eq!(keys(&easy), keys(&usual));
    let body: Value =
        serde_json::from_str(include_str!("../../assets/content/checklists/easy-read-1.0.0.json")).unwrap();
    let groups = body["item"].as_array().unwrap().iter().filter(|group| group["code"][0]["system"] == DOMAIN);
    for concern in groups.flat_map(|group| group["item"].as_array().unwrap()) {
        let picture = concern["extension"].as_array().unwrap().iter().find(|e| e["valueCode"].is_string()).unwrap();
        assert_eq!(picture["valueCode"], concern["code"][0]["code"], "a place for a picture beside each concern");
    }
    let others = [
        include_str!("../../assets/content/checklists/concerns-48-1.0.0.json"),
        include_str!("../../assets/content/checklists/concerns-63-1.0.0.json"),
    ];
    for list in others.map(read) {
        for item in list.domains.iter().flat_map(|area| &area.items) {
            let same = usual.domains.iter().flat_map(|area| &area.items).find(|other| other.code == item.code);
            assert!(same.is_none_or(|same| same.text == item.text), "{} means one thing", item.code);
            let same = usual.item(&item.key);
            assert!(same.is_none_or(|(_, same)| same.code == item.code), "{} names one concern", item.key);
        }
    }
}

#[tokio::test]
async fn each_broken_pack_is_refused_by_file_place_and_reason() {
    let (room, folder) = a_room();
    let packs = broken::packs();
    for (name, pack, _, _) in &packs {
        put(&folder, name, pack);
    }
    put_text(&folder, "y.json", &ours("1.0.0"));
    let desk = a_clinic_in(room).await;
    let found = refused(&desk.clinic).await;
    for ((name, _, fault, place), found) in packs.iter().zip(&found) {
        assert_eq!(found, &(name.clone(), *fault, place.clone()));
    }
    assert_eq!(found.len(), packs.len());
    let reasons: BTreeSet<_> = found.iter().map(|(_, fault, _)| *fault).collect();
    assert!(packs.len() >= 60 && reasons.len() >= 20, "{} packs, {} reasons", packs.len(), reasons.len());
    assert_eq!(offered(&desk.clinic).await.last(), Some(&format!("{OURS}|1.0.0")), "the good one among them is used");
    assert_eq!(details(&desk, "keep_checklists"), ["kept 1"]);
}

#[tokio::test]
async fn a_folder_that_is_not_there_or_too_full_is_named_and_the_clinic_opens() {
    let (room, folder) = a_room();
    for number in 0..65 {
        put_text(&folder, &format!("{number:02}.json"), &ours(&format!("1.0.{number}")));
    }
    fs::write(folder.join(".hidden"), "left alone").unwrap();
    let desk = a_clinic_in(room).await;
    assert_eq!(refused(&desk.clinic).await, [("64.json".to_owned(), "too_many_files", "file 65 of 65".to_owned())]);
    assert_eq!(offered(&desk.clinic).await[4..], [format!("{OURS}|1.0.63")], "the newest by number, not by name");
    fs::remove_dir_all(&folder).unwrap();
    let clinic = again(&desk, &desk.clinic).await;
    let named = (folder.display().to_string(), "no_folder", "content.checklists".to_owned());
    assert_eq!(refused(&clinic).await, [named]);
    assert_eq!(offered(&clinic).await[4..], [format!("{OURS}|1.0.63")], "what was kept is still offered");
}

#[tokio::test]
async fn nobody_but_a_key_holder_is_shown_what_is_refused() {
    let (room, folder) = a_room();
    put(&folder, "ours.json", &Pack::Text("broken".into()));
    let desk = a_clinic_in(room).await;
    let colleague = a_colleague();
    let phrase = colleague.passphrase.to_string();
    let omar = desk.clinic.add_nurse(colleague).await.unwrap()[1].id.to_string();
    assert_eq!(refused(&desk.clinic).await.len(), 1);
    desk.clinic.close().await;
    let clinic = unlock(&desk.house, &omar, &phrase).await.unwrap();
    assert_eq!((refused(&clinic).await, offered(&clinic).await.len()), (Vec::new(), 4));
}

/// What was answered, what was agreed, and the paper of both, as screens and printers get them.
async fn everything(clinic: &Clinic, hna: &str, plan: &str, draft: &str) -> Value {
    let read = clinic.read_hna(ReadHna { hna: hna.into() }).await.unwrap();
    let list = clinic.read_checklist(ReadChecklist { checklist: read.checklist.clone() }).await.unwrap();
    let plans = [
        clinic.read_care_plan(ReadCarePlan { plan: plan.into(), version: Some(1) }).await.unwrap(),
        clinic.read_care_plan(ReadCarePlan { plan: draft.into(), version: None }).await.unwrap(),
    ];
    let mut papers = Vec::new();
    for record in [plan, draft] {
        let paper = PaperOf { kind: "care_plan".into(), record: record.into(), version: None, patient: None };
        papers.push(shown(&clinic.preview_paper(paper).await.unwrap()));
        let paper = PaperOf { kind: "care_plan".into(), record: record.into(), version: None, patient: None };
        let save = SavePaper { paper, day: "14".into(), month: "7".into() };
        let saved = clinic.save_paper(save).await.unwrap();
        let file = Path::new(&saved.folder).join(saved.file);
        papers.push(json!(fs::read(&file).unwrap()));
        fs::remove_file(file).unwrap();
    }
    json!({ "hna": shown(&read), "checklist": shown(&list), "plans": plans.map(|plan| shown(&plan)), "papers": papers })
}

#[tokio::test]
async fn a_response_on_version_1_reads_and_prints_the_same_after_versions_2_and_3() {
    let (room, folder) = a_room();
    put_text(&folder, "ours.json", &ours("1.0.0"));
    let desk = a_clinic_in(room).await;
    fs::create_dir_all(desk.room.documents()).unwrap();
    let clinic = &desk.clinic;
    let anna = registered(clinic).await.to_string();
    let one = format!("{OURS}|1.0.0");
    let hna = clinic.start_hna(on(&anna, &one)).await.unwrap().id.to_string();
    for concern in ["physical.pain", "emotional.hope", "financial.money"] {
        clinic.tick_concern(one_of(&hna, concern)).await.unwrap();
    }
    let rate = RateConcern { hna: hna.clone(), concern: "physical.pain".into(), rating: 9 };
    clinic.rate_concern(rate).await.unwrap();
    let declined = DeclineDomain { hna: hna.clone(), domain: "spiritual".into(), declined: true };
    clinic.decline_domain(declined).await.unwrap();
    let diet = WantInformation { hna: hna.clone(), topic: "information.diet".into(), wanted: true };
    clinic.want_information(diet).await.unwrap();
    clinic.rank_concerns(RankConcerns { hna: hna.clone(), order: vec!["emotional.hope".into()] }).await.unwrap();
    clinic.complete_hna(CompleteHna { hna: hna.clone(), day: "14".into(), month: "7".into() }).await.unwrap();
    let started = |hna: &str| StartCarePlan { hna: hna.into() };
    let plan = clinic.start_care_plan(started(&hna)).await.unwrap().id.to_string();
    for concern in ["physical.pain", "emotional.hope", "financial.money"] {
        clinic.add_action(AddAction { plan: plan.clone(), concern: concern.into() }).await.unwrap();
    }
    for action in ["a-1", "a-2", "a-3"] {
        let typed = an_action(&plan, action, ["refer", "Pain clinic", "nurse", "Ruth Invented", "04-Dec-2026"]);
        clinic.write_action(typed).await.unwrap();
    }
    clinic.lock_care_plan(a_lock(clinic, &plan).await).await.unwrap();
    // A second answer on the same version, whose plan is still a draft: its paper is laid out anew each time.
    let second = clinic.start_hna(on(&anna, &one)).await.unwrap().id.to_string();
    clinic.tick_concern(one_of(&second, "physical.pain")).await.unwrap();
    clinic.complete_hna(CompleteHna { hna: second.clone(), day: "14".into(), month: "7".into() }).await.unwrap();
    let draft = clinic.start_care_plan(started(&second)).await.unwrap().id.to_string();
    let before = everything(clinic, &hna, &plan, &draft).await;

    let mut newer = ours("2.0.0");
    word(&mut newer, "physical.pain", "Aches and pains");
    area(&mut newer, "emotional")["text"] = json!("My feelings");
    item(&mut newer, "rating.high")["text"] = json!("unbearable");
    newer["item"].as_array_mut().unwrap().swap(1, 5);
    put_text(&folder, "ours.json", &newer);
    let clinic = again(&desk, clinic).await;
    assert_eq!(everything(&clinic, &hna, &plan, &draft).await, before);

    newer["version"] = json!("3.0.0");
    item(&mut newer, "physical.pain")["linkId"] = json!("physical.aches");
    area(&mut newer, "emotional")["item"].as_array_mut().unwrap().remove(5);
    let choices = newer["contained"][0]["compose"]["include"][0]["concept"].as_array_mut().unwrap();
    choices.retain(|choice| choice["code"] != "hope");
    put_text(&folder, "ours.json", &newer);
    let clinic = again(&desk, &clinic).await;
    assert_eq!(offered(&clinic).await[4..], [format!("{OURS}|3.0.0")]);
    assert_eq!(everything(&clinic, &hna, &plan, &draft).await, before);

    let third = clinic.start_hna(on(&anna, &format!("{OURS}|3.0.0"))).await.unwrap().id.to_string();
    let ticked = clinic.tick_concern(one_of(&third, "physical.aches")).await.unwrap();
    assert_eq!(ticked.concerns[0].text, "Aches and pains", "a new answer has the new words");
    assert_eq!(everything(&clinic, &hna, &plan, &draft).await, before);
}
