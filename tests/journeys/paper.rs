//! Paper: what is seen is what is saved and printed, to the byte; whatever goes wrong says so, and nothing is left lying about.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use clinic::*;
use domain::summary_template::Copy;
use kit::appointment::{a_lock, an_action, one_of};
use kit::kept::{self, details};
use kit::print_room::QUEUE;
use kit::summary::{a_signature, a_whole_summary};
use kit::*;

use crate::{code, problem};

mod printing;

const LONG: Duration = Duration::from_secs(60);

/// A clinic whose PC prints in this room.
async fn a_clinic_with(printers: &PrintRoom) -> Shift {
    a_clinic_in(Room::new().with_print_server(&printers.server(), LONG)).await
}

/// Anna's plan with one concern and one whole action, not locked yet.
async fn a_plan(clinic: &Clinic) -> String {
    let anna = registered(clinic).await;
    let hna = clinic.start_hna(an_assessment(anna)).await.unwrap().id.to_string();
    clinic.tick_concern(one_of(&hna, "physical.pain")).await.unwrap();
    clinic.add_own_concern(AddOwnConcern { hna: hna.clone(), words: "Who walks the dog?".into() }).await.unwrap();
    clinic.complete_hna(CompleteHna { hna: hna.clone(), day: "14".into(), month: "7".into() }).await.unwrap();
    let plan = clinic.start_care_plan(StartCarePlan { hna }).await.unwrap().id.to_string();
    matters(clinic, &plan, "To sleep through a night").await;
    clinic.add_action(AddAction { plan: plan.clone(), concern: "physical.pain".into() }).await.unwrap();
    act(clinic, &plan, "Pain clinic: first visit").await;
    plan
}

async fn matters(clinic: &Clinic, plan: &str, words: &str) {
    let request = WriteWhatMatters { plan: plan.into(), concern: "physical.pain".into(), words: words.into() };
    clinic.write_what_matters(request).await.unwrap();
}

async fn act(clinic: &Clinic, plan: &str, what: &str) {
    let typed = an_action(plan, "a-1", ["refer", "", "nurse", "Ruth Invented", "2-Dec-2026"]);
    clinic.write_action(WriteAction { what: what.into(), ..typed }).await.unwrap();
}

async fn lock(clinic: &Clinic, plan: &str) {
    clinic.lock_care_plan(a_lock(clinic, plan).await).await.unwrap();
}

fn plan_paper(plan: &str, version: Option<u32>) -> PaperOf {
    PaperOf { kind: "care_plan".into(), record: plan.into(), version, patient: None }
}

fn save(plan: &str) -> SavePaper {
    SavePaper { paper: plan_paper(plan, None), day: "14".into(), month: "7".into() }
}

fn print(plan: &str, printer: &str) -> PrintPaper {
    PrintPaper { paper: plan_paper(plan, None), day: "14".into(), month: "7".into(), printer: printer.into() }
}

/// All that the pages say, in reading order.
fn words(pages: &[String]) -> String {
    let texts = pages.iter().flat_map(|page| page.split("<text ").skip(1));
    let words = texts.filter_map(|text| Some(text.split_once('>')?.1.split_once("</text>")?.0));
    words.collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn a_draft_is_shown_as_a_draft_and_a_locked_version_is_not() {
    let desk = a_clinic().await;
    let plan = a_plan(&desk.clinic).await;
    let draft = desk.clinic.preview_paper(plan_paper(&plan, None)).await.unwrap();
    assert!(draft.draft && draft.version.is_none());
    assert_eq!(draft.points, 18, "Anna reads large print");
    assert_eq!(draft.file, format!("care-plan-{}-draft-2026-11-23.pdf", &plan[..6]));
    assert_eq!(draft.folder.as_deref(), desk.room.documents().to_str());
    let said = words(&draft.pages);
    assert!(said.contains("DRAFT") && said.contains("To sleep through a night"), "{said}");
    lock(&desk.clinic, &plan).await;
    for version in [None, Some(1)] {
        let locked = desk.clinic.preview_paper(plan_paper(&plan, version)).await.unwrap();
        assert_eq!((locked.draft, locked.version, locked.points), (false, Some(1), 18));
        assert_eq!(locked.file, format!("care-plan-{}-v1-2026-11-23.pdf", &plan[..6]));
        assert!(!words(&locked.pages).contains("DRAFT"));
    }
    assert_eq!(code(desk.clinic.preview_paper(plan_paper(&plan, Some(2))).await), Code::Gone);
    assert_eq!(
        details(&desk, "preview_paper"),
        ["care_plan draft", "care_plan version 1", "care_plan version 1"],
        "each look is a line"
    );
}

#[tokio::test]
async fn a_locked_version_stays_as_it_was_signed_whatever_changes_after_it() {
    let desk = a_clinic().await;
    let clinic = &desk.clinic;
    let plan = a_plan(clinic).await;
    lock(clinic, &plan).await;
    let before = clinic.preview_paper(plan_paper(&plan, Some(1))).await.unwrap();
    desk.room.clock.step(clock::DAY);
    clinic.unlock_care_plan(UnlockCarePlan { plan: plan.clone(), reason: "A new date".into() }).await.unwrap();
    act(clinic, &plan, "Pain clinic: second visit").await;
    let after = clinic.preview_paper(plan_paper(&plan, Some(1))).await.unwrap();
    assert!(before.pages == after.pages && before.file == after.file);
    let standing = clinic.preview_paper(plan_paper(&plan, None)).await.unwrap();
    assert!(standing.draft && words(&standing.pages).contains("second visit"));
    assert_eq!(standing.file, format!("care-plan-{}-draft-2026-11-24.pdf", &plan[..6]));
}

#[tokio::test]
async fn signed_paper_says_when_the_patient_s_details_changed_and_when_a_newer_version_took_its_place() {
    let desk = a_clinic().await;
    let clinic = &desk.clinic;
    let plan = a_plan(clinic).await;
    let seen = async |version| {
        let paper = clinic.preview_paper(plan_paper(&plan, version)).await.unwrap();
        (paper.version, paper.newest, paper.details_changed)
    };
    assert_eq!(seen(None).await, (None, None, false), "a draft has the details of today");
    lock(clinic, &plan).await;
    assert_eq!(seen(None).await, (Some(1), Some(1), false));
    let patient = clinic.preview_paper(plan_paper(&plan, Some(1))).await.unwrap().patient.unwrap().to_string();
    let moved = PatientForm { address: "2 Invented Street".into(), ..a_patient_form() };
    correct(clinic, &patient, 1, moved.clone()).await;
    assert_eq!(seen(Some(1)).await, (Some(1), Some(1), false), "an address is not on it");
    correct(clinic, &patient, 2, PatientForm { nhs_number: nhs_number(2), ..moved.clone() }).await;
    assert_eq!(seen(Some(1)).await, (Some(1), Some(1), true));
    let paper = clinic.preview_paper(plan_paper(&plan, Some(1))).await.unwrap();
    assert!(words(&paper.pages).replace('\u{a0}', " ").contains("999 000 0018"), "the signed paper stays as it is");
    clinic.unlock_care_plan(UnlockCarePlan { plan: plan.clone(), reason: "Her number".into() }).await.unwrap();
    assert_eq!(seen(None).await, (None, Some(1), false), "the draft has the new ones");
    lock(clinic, &plan).await;
    assert_eq!(seen(Some(2)).await, (Some(2), Some(2), false));
    assert_eq!(seen(Some(1)).await, (Some(1), Some(2), true));
    correct(clinic, &patient, 3, moved).await;
    assert_eq!(seen(Some(2)).await, (Some(2), Some(2), true));
    assert_eq!(seen(Some(1)).await, (Some(1), Some(2), false), "it was right after all");
}

async fn correct(clinic: &Clinic, patient: &str, revision: i64, form: PatientForm) {
    clinic.correct_patient(CorrectPatient { patient: patient.into(), revision, form }).await.unwrap();
}

#[tokio::test]
async fn training_says_so_on_every_paper() {
    let room = Room::new();
    let clinic = room.house().open_training().await.unwrap();
    let plan = a_plan(&clinic).await;
    for locked in [false, true] {
        if locked {
            lock(&clinic, &plan).await;
        }
        let paper = clinic.preview_paper(plan_paper(&plan, None)).await.unwrap();
        assert_eq!(paper.draft, !locked);
        assert!(paper.pages.iter().all(|page| words(std::slice::from_ref(page)).contains("TRAINING")));
    }
    clinic.close().await;
}

#[tokio::test]
async fn a_line_of_one_s_own_that_cannot_be_printed_is_named_and_nothing_is_signed() {
    let desk = a_clinic().await;
    let clinic = &desk.clinic;
    let anna = registered(clinic).await.to_string();
    let view = a_whole_summary(clinic, &anna).await;
    let (summary, section) = (view.id.to_string(), view.chosen[0].section.clone());
    let with_own = clinic.add_own_line(AddOwnLine { summary: summary.clone(), section }).await.unwrap();
    let entry = with_own.own[0].key.clone();
    let own = |gp: &str| WriteOwnLine {
        summary: summary.clone(),
        entry: entry.clone(),
        urgent: false,
        patient: "Ring us when it snows".into(),
        gp: gp.into(),
    };
    clinic.write_own_line(own("Risk ☃")).await.unwrap();
    let found = problem(clinic.sign_treatment_summary(a_signature(clinic, &summary).await).await);
    assert_eq!((found.code, found.character.as_deref()), (Code::NoGlyph, Some("☃")));
    assert_eq!(found.fields, [Field { field: format!("{entry}-gp"), reason: "no_glyph".into() }]);
    let as_it_stands = ReadTreatmentSummary { summary: summary.clone(), version: None };
    assert_eq!(clinic.read_treatment_summary(as_it_stands).await.unwrap().version, 0);
    clinic.write_own_line(own("Risk of falls")).await.unwrap();
    clinic.sign_treatment_summary(a_signature(clinic, &summary).await).await.unwrap();
}

#[tokio::test]
async fn another_patient_s_birthday_saves_and_prints_nothing() {
    let printers = PrintRoom::new();
    let desk = a_clinic_with(&printers).await;
    let plan = a_plan(&desk.clinic).await;
    fs::create_dir(desk.room.documents()).unwrap();
    let wrong = || "15".to_owned();
    assert_eq!(code(desk.clinic.save_paper(SavePaper { day: wrong(), ..save(&plan) }).await), Code::IdentityDiffers);
    assert_eq!(code(desk.clinic.check_paper(SavePaper { day: wrong(), ..save(&plan) }).await), Code::IdentityDiffers);
    let request = PrintPaper { day: wrong(), ..print(&plan, QUEUE) };
    assert_eq!(code(desk.clinic.print_paper(request).await), Code::IdentityDiffers);
    assert!(printers.titles().is_empty() && printers.is_quiet());
    assert_eq!(fs::read_dir(desk.room.documents()).unwrap().count(), 0);
    assert!(details(&desk, "print_paper").is_empty() && details(&desk, "save_paper").is_empty());
}

#[tokio::test]
async fn a_saved_file_is_the_stored_one_for_this_account_alone() {
    let desk = a_clinic().await;
    let clinic = &desk.clinic;
    let plan = a_plan(clinic).await;
    lock(clinic, &plan).await;
    let folder = desk.room.documents();
    fs::create_dir(&folder).unwrap();
    let before: Vec<_> = desk.room.files().into_keys().collect();
    let saved = clinic.save_paper(save(&plan)).await.unwrap();
    assert_eq!(saved.file, format!("care-plan-{}-v1-2026-11-23.pdf", &plan[..6]));
    assert_eq!((saved.folder.as_str(), saved.at.ms), (folder.to_str().unwrap(), desk.room.clock.now()));
    let file = folder.join(&saved.file);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(fs::read(&file).unwrap() == kept::paper(&desk, &plan, 1, Copy::Patient).pdf);
    // Once more is the same file; somebody else's file of that name is left alone.
    assert_eq!(clinic.save_paper(save(&plan)).await.unwrap().file, saved.file);
    fs::write(&file, "not ours").unwrap();
    let second = clinic.save_paper(save(&plan)).await.unwrap().file;
    assert_eq!(second, format!("care-plan-{}-v1-2026-11-23-2.pdf", &plan[..6]));
    assert_eq!(fs::read(&file).unwrap(), b"not ours");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 2, "nothing else is left there");
    assert_eq!(desk.room.files().into_keys().collect::<Vec<_>>(), before, "nor in the profile");
    assert_eq!(details(&desk, "save_paper"), ["care_plan version 1"; 3], "no folder in the audit");
}

#[tokio::test]
async fn the_configured_folder_is_taken_and_another_one_when_it_is_chosen() {
    let (shared, chosen) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let configuration = serde_json::json!({ "paper": { "folder": shared.path() } }).to_string();
    let desk = a_clinic_in(Room::new().configured(&configuration)).await;
    let plan = a_plan(&desk.clinic).await;
    let paper = desk.clinic.preview_paper(plan_paper(&plan, None)).await.unwrap();
    assert_eq!(paper.folder.as_deref(), shared.path().to_str());
    let saved = desk.clinic.save_paper(save(&plan)).await.unwrap();
    assert!(shared.path().join(&saved.file).is_file() && saved.file == paper.file);
    assert_eq!(desk.clinic.check_paper(save(&plan)).await.unwrap().as_deref(), Some(shared.path()));
    let saved = desk.clinic.save_paper_in(save(&plan), chosen.path().to_owned()).await.unwrap();
    assert_eq!(saved.folder, chosen.path().to_str().unwrap());
    assert!(chosen.path().join(&saved.file).is_file());
}

#[tokio::test]
async fn a_folder_that_takes_no_file_is_named_and_nothing_is_written_down_as_saved() {
    let desk = a_clinic().await;
    let plan = a_plan(&desk.clinic).await;
    assert_eq!(code(desk.clinic.save_paper(save(&plan)).await), Code::FolderUnwritable, "it is not there");
    fs::write(desk.room.documents(), "a file").unwrap();
    assert_eq!(code(desk.clinic.save_paper(save(&plan)).await), Code::FolderUnwritable, "it is no folder");
    // Not even root writes there.
    let elsewhere = "/proc/self".into();
    assert_eq!(code(desk.clinic.save_paper_in(save(&plan), elsewhere).await), Code::FolderUnwritable);
    assert!(details(&desk, "save_paper").is_empty());
    fs::remove_file(desk.room.documents()).unwrap();
    fs::create_dir(desk.room.documents()).unwrap();
    fs::set_permissions(desk.room.documents(), Permissions::from_mode(0o700)).unwrap();
    desk.clinic.save_paper(save(&plan)).await.unwrap();
}

#[tokio::test]
async fn a_character_that_cannot_be_printed_is_named_with_its_field_and_nothing_is_locked() {
    let desk = a_clinic().await;
    let clinic = &desk.clinic;
    let plan = a_plan(clinic).await;
    let named = |found: Problem, character: &str, field: &str| {
        assert_eq!(found.code, Code::NoGlyph);
        assert_eq!(found.character.as_deref(), Some(character));
        assert_eq!(found.fields, [Field { field: field.into(), reason: "no_glyph".into() }]);
    };
    matters(clinic, &plan, "Snow ☃ in the garden").await;
    named(problem(clinic.preview_paper(plan_paper(&plan, None)).await), "☃", "words-physical.pain");
    named(problem(clinic.lock_care_plan(a_lock(clinic, &plan).await).await), "☃", "words-physical.pain");
    matters(clinic, &plan, "Snow in the garden").await;
    act(clinic, &plan, "عيادة الألم").await;
    named(problem(clinic.lock_care_plan(a_lock(clinic, &plan).await).await), "ع", "what-a-1");
    let view = clinic.read_care_plan(ReadCarePlan { plan: plan.clone(), version: None }).await.unwrap();
    assert!(view.version == 0 && view.versions.is_empty(), "nothing was locked");
    act(clinic, &plan, "Pain clinic: £5, ŵ ŷ ł é ’").await;
    lock(clinic, &plan).await;
}

#[tokio::test]
async fn the_pages_are_drawings_that_the_window_s_policy_takes() {
    let desk = a_clinic().await;
    let plan = a_plan(&desk.clinic).await;
    matters(&desk.clinic, &plan, "<script>alert(1)</script> \" onload=\"x\" <b style='color:red'>&amp;").await;
    let paper = desk.clinic.preview_paper(plan_paper(&plan, None)).await.unwrap();
    for page in &paper.pages {
        assert!(page.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" ") && page.ends_with("</svg>"));
        for tag in page.split('<').skip(1) {
            let (tag, _) = tag.split_once('>').expect("every tag is closed");
            let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
            assert!(["svg", "rect", "path", "g", "text"].contains(&name), "<{tag}>");
            // Every other quotation mark opens a value; names stand before them.
            for attribute in tag.split('"').step_by(2).filter_map(|part| part.trim().strip_suffix('=')) {
                let name = attribute.split_whitespace().last().unwrap();
                assert!(!["style", "href", "xlink:href", "class"].contains(&name) && !name.starts_with("on"), "{name}");
            }
        }
    }
    assert!(words(&paper.pages).contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
}
