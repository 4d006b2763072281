//! The page about sending, while the trust cannot be reached: what waits, for how long, whom to call, and that a look at it is written down once.

use clinic::*;
use kit::clock::{DAY, HOUR};
use kit::room::a_clinic_in;
use kit::*;
use tempfile::TempDir;

use crate::{code, on_disk};

/// A port at which nobody listens: the trust cannot be reached.
const NOWHERE: &str = "http://127.0.0.1:9/fhir";

async fn a_clinic_cut_off(more: &str) -> (room::Shift, TempDir) {
    let folder = TempDir::new().unwrap();
    let room = Room::at(&folder.path().join("profile"), KeyShelf::default(), 1);
    let configuration = format!(r#"{{"pc":{{"name":"Clinic room 3"}},"server":{{"url":"{NOWHERE}"}}{more}}}"#);
    (a_clinic_in(room.configured(&configuration)).await, folder)
}

async fn register(clinic: &Clinic, number: u32, given: &str) -> String {
    let form = another_patient_form(number, given, &format!("Invented{number}"));
    clinic.register_patient(RegisterPatient { form, not_the_same: true }).await.unwrap().banner.id.to_string()
}

async fn page(clinic: &Clinic, visit: u32) -> SyncPage {
    clinic.view_sync(ViewSync { visit }).await.unwrap()
}

fn wait(page: &SyncPage) -> (&'static str, String, bool) {
    let oldest = page.oldest.as_ref().unwrap();
    (oldest.wait.code(), oldest.day.clone(), oldest.nothing_since)
}

#[tokio::test]
async fn what_waits_is_shown_by_patient_with_the_oldest_first() {
    let (desk, _folder) = a_clinic_cut_off("").await;
    let clinic = &desk.clinic;
    let anna = register(clinic, 1, "Anna").await;
    desk.room.clock.step(2 * HOUR);
    let mei = register(clinic, 2, "Mei").await;
    let hna = clinic.start_hna(an_assessment(&anna)).await.unwrap().id.to_string();
    clinic.complete_hna(CompleteHna { hna, day: "14".into(), month: "7".into() }).await.unwrap();
    desk.room.clock.step(HOUR);
    let shown = page(clinic, 1).await;
    let lines: Vec<_> = shown
        .patients
        .iter()
        .map(|line| (line.banner.as_ref().unwrap().id.to_string(), line.waiting, line.oldest.as_ref().unwrap().minutes))
        .collect();
    assert_eq!(lines, [(anna, 2, 180), (mei, 1, 60)]);
    assert!(shown.patients.iter().all(|line| line.sent.is_none() && line.needs_you == 0));
    assert_eq!((shown.sending.waiting, shown.more, shown.refused.len(), shown.notices.len()), (3, 0, 0, 0));
    assert_eq!(wait(&shown), ("fresh", "Monday 23 November".to_owned(), true));
    clinic.close().await;
}

#[tokio::test]
async fn it_stands_out_after_a_day_and_says_whom_to_call_after_a_week() {
    let (desk, _folder) = a_clinic_cut_off(r#","contact":{"it_desk":"the IT desk, 020 7946 0003"}"#).await;
    let clinic = &desk.clinic;
    register(clinic, 1, "Anna").await;
    for (step, expected) in [(DAY - HOUR, "fresh"), (HOUR, "late"), (6 * DAY - HOUR, "late"), (HOUR, "call")] {
        desk.room.clock.step(step);
        let shown = page(clinic, 1).await;
        assert_eq!(wait(&shown), (expected, "Monday 23 November".to_owned(), true));
        assert_eq!(shown.it_desk.as_deref(), Some("the IT desk, 020 7946 0003"));
    }
    clinic.close().await;
}

#[tokio::test]
async fn a_record_says_how_far_it_has_got() {
    let (desk, _folder) = a_clinic_cut_off("").await;
    let anna = register(&desk.clinic, 1, "Anna").await;
    let hna = desk.clinic.start_hna(an_assessment(&anna)).await.unwrap().id.to_string();
    for (record, expected) in [(anna, "waiting"), (hna, "draft")] {
        let standing = desk.clinic.record_standing(RecordStanding { record }).await.unwrap();
        assert_eq!((standing.sending, standing.at.is_none()), (expected, true));
    }
    desk.clinic.close().await;
    let alone = a_clinic().await;
    let anna = registered(&alone.clinic).await.to_string();
    assert_eq!(alone.clinic.record_standing(RecordStanding { record: anna }).await.unwrap().sending, "saved_here");
    alone.clinic.close().await;
}

#[tokio::test]
async fn without_a_server_nothing_waits() {
    let desk = a_clinic().await;
    register(&desk.clinic, 1, "Anna").await;
    desk.room.clock.step(9 * DAY);
    let shown = page(&desk.clinic, 1).await;
    assert!(shown.oldest.is_none() && shown.patients.is_empty() && shown.sending.phrase == "saved_here");
    desk.clinic.close().await;
}

#[tokio::test]
async fn one_visit_is_one_line_in_the_audit_until_it_shows_somebody_new() {
    let (desk, _folder) = a_clinic_cut_off("").await;
    let clinic = &desk.clinic;
    register(clinic, 1, "Anna").await;
    for visit in [1, 1, 2, 2] {
        page(clinic, visit).await;
    }
    register(clinic, 2, "Mei").await;
    page(clinic, 2).await;
    page(clinic, 2).await;
    let kept = on_disk(&desk);
    let looks: Vec<_> = kept.lines.iter().filter(|(_, line)| line.contains("|view_sync|")).collect();
    assert_eq!(looks.len(), 3, "{looks:?}");
    for ((_, line), shown) in looks.iter().zip([1, 1, 2]) {
        assert!(line.contains(&format!("shown {shown}, refused 0, notices 0")), "{line}");
    }
    clinic.close().await;
}

#[tokio::test]
async fn an_answer_to_no_notice_is_gone() {
    let (desk, _folder) = a_clinic_cut_off("").await;
    for answer in ["seen", "look_again", "gone", "send_again", "anything"] {
        let request = SettleNotice { notice: 1, answer: answer.to_owned(), visit: 1 };
        assert_eq!(code(desk.clinic.settle_notice(request).await), Code::Gone, "{answer}");
    }
    desk.clinic.close().await;
}
