//! The record of who did and saw what; and that an act has one name everywhere.

use clinic::*;
use domain::op::Op;
use kit::appointment::Play;
use kit::kept;
use kit::*;

use crate::on_disk;

#[tokio::test]
async fn a_whole_appointment_is_one_unbroken_chain() {
    let room = Room::new();
    let house = room.house();
    let mut acts = Vec::new();
    let mut say = |act: kit::appointment::Acknowledged| acts.push(act.act);
    let mut play = Play::new(&room.clock, &mut say);
    let clinic = play.first_start(&house).await.unwrap();
    play.appointment(&clinic, 0).await.unwrap();
    play.close(&clinic).await;
    let ruth = house.front().nurses[0].id.to_string();
    let dek = kept::key(&room, &ruth, RUTHS_PASSPHRASE);
    let database = room.profile().join("clinic.db");
    let lines = kept::audit_lines(&database, &dek).unwrap();
    // Moving between screens is no act on anybody's record.
    let expected = acts.iter().filter(|act| *act != "keep_place").count();
    assert_eq!(lines, expected as i64);
    let kept = kept::read(&database, &dek).unwrap();
    let ops: Vec<_> =
        kept.lines.iter().filter_map(|(_, line)| line.strip_prefix("audit|")?.split('|').nth(3)).collect();
    acts.retain(|act| act != "keep_place");
    assert_eq!(ops, acts, "one line for each act, by the act's own name");
}

#[tokio::test]
async fn a_line_says_who_when_and_on_which_pc_and_nothing_that_was_typed() {
    let desk = a_clinic().await;
    let anna = registered(&desk.clinic).await;
    desk.clinic.start_hna(an_assessment(anna)).await.unwrap();
    let kept = on_disk(&desk);
    let audit: Vec<_> = kept.lines.iter().filter(|(_, line)| line.starts_with("audit|")).collect();
    assert_eq!(audit.len(), 5);
    for (at, line) in &audit {
        assert_eq!(*at, desk.room.clock.now());
        assert!(line.contains(&desk.ruth) && line.contains("|Clinic room 3|"), "{line}");
        for typed in ["Invented", "Anna", "9990000018", "Ruth", RUTHS_PASSPHRASE] {
            assert!(!line.contains(typed), "{line}");
        }
    }
    assert!(audit[4].1.contains(&anna.to_string()), "the assessment's line is about her");
}

#[tokio::test]
async fn looking_is_a_line_too() {
    let desk = a_clinic().await;
    let anna = registered(&desk.clinic).await;
    let hna = desk.clinic.start_hna(an_assessment(anna)).await.unwrap().id.to_string();
    let before = on_disk(&desk);
    desk.clinic.open_patient(OpenPatient { patient: anna.to_string() }).await.unwrap();
    desk.clinic.read_hna(ReadHna { hna }).await.unwrap();
    let after = on_disk(&desk);
    assert_eq!((after.lines.len(), after.revisions), (before.lines.len() + 2, before.revisions));
}

/// Commands that are no act on a record: they show what stands on the screen anyway, or concern the window. `save_paper_elsewhere`
/// asks where and then does the act `save_paper`.
const NO_ACT: [&str; 16] = [
    "front",
    "open_training",
    "stay",
    "desk",
    "list_staff",
    "cancer_types",
    "read_checklist",
    "list_checklists",
    "list_templates",
    "read_template",
    "look_up",
    "read_directory_entry",
    "list_printers",
    "save_paper_elsewhere",
    "record_standing",
    "read_server",
];

/// What opening a clinic, the queue and what is fetched do by themselves, and what the command line does without a window.
const NO_COMMAND: [&str; 10] = [
    "take_back",
    "list_refused",
    "carry_outbox",
    "keep_checklists",
    "send_record",
    "merge_from_trust",
    "receive_from_trust",
    "follow_clinic_list",
    "receive_answers",
    "send_again",
];

#[test]
fn an_act_has_the_name_of_its_command() {
    let bindings = clinic::bindings();
    let (_, list) = bindings.split_once("export interface Commands {").unwrap();
    // The patient's window has commands of its own; its answers are written by one act of whoever takes them back.
    let (list, _) = list.split_once("\n}").unwrap();
    let commands: Vec<&str> =
        list.lines().filter_map(|line| line.trim().split_once(':')).map(|(name, _)| name).collect();
    let acts: Vec<&str> = Op::ALL.iter().map(|op| op.code()).collect();
    assert!(commands.len() > 30 && acts.len() > 20);
    let without_act: Vec<&str> = commands.iter().copied().filter(|name| !acts.contains(name)).collect();
    assert_eq!(without_act, NO_ACT);
    let without_command: Vec<&str> = acts.iter().copied().filter(|name| !commands.contains(name)).collect();
    assert_eq!(without_command, NO_COMMAND);
}
