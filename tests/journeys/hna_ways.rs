//! The ways to an assessment besides talking: a blank form on paper, with a name or without, and typing in what came back on it.

use std::fs;
use std::path::Path;

use clinic::*;
use kit::appointment::{an_action, one_of};
use kit::kept::details;
use kit::*;

use crate::changes::words;
use crate::{code, fault, faults};

fn typed(day: &str, month: &str, year: &str) -> Option<TypedDate> {
    Some(TypedDate { day: day.into(), month: month.into(), year: year.into() })
}

fn on_paper(patient: impl ToString, answered_on: Option<TypedDate>) -> StartHna {
    StartHna { method: Some("paper".into()), answered_on, ..an_assessment(patient) }
}

fn blank(checklist: &str, patient: Option<String>) -> PaperOf {
    PaperOf { kind: "blank_checklist".into(), record: checklist.into(), patient, version: None }
}

fn save(paper: PaperOf, day: &str) -> SavePaper {
    SavePaper { paper, day: day.into(), month: "7".into() }
}

#[tokio::test]
async fn a_paper_form_has_the_day_on_which_it_was_filled_in() {
    let desk = a_clinic().await;
    let anna = registered(&desk.clinic).await;
    let start = async |answered_on| desk.clinic.start_hna(on_paper(anna, answered_on)).await;
    for (answered_on, reason) in [
        (None, "missing"),
        (typed("", "", ""), "missing"),
        (typed("31", "2", "2026"), "not_a_date"),
        (typed("20", "11", "26"), "not_a_date"),
        (typed("24", "11", "2026"), "in_future"),
        (typed("13", "7", "1956"), "before_birth"),
    ] {
        assert_eq!(faults(start(answered_on).await), fault("answered_on", reason));
    }
    assert!(details(&desk, "start_hna").is_empty(), "nothing was begun");
    for (day, shown) in [("23", "23-Nov-2026"), ("20", "20-Nov-2026")] {
        let started = start(typed(day, "nov", "2026")).await.unwrap();
        let answered = started.answered_on.unwrap();
        assert_eq!((&*answered.short, &*started.started.date), (shown, "23-Nov-2026"));
    }
    let line = |overview: Overview| overview.hnas.into_iter().map(|line| line.answered_on.unwrap().short);
    let overview = desk.clinic.open_patient(OpenPatient { patient: anna.to_string() }).await.unwrap();
    assert_eq!(line(overview).collect::<Vec<_>>(), ["20-Nov-2026", "23-Nov-2026"]);
}

#[tokio::test]
async fn a_form_filled_in_before_a_death_is_still_typed_in_and_one_after_it_is_not() {
    let desk = a_clinic().await;
    let anna = registered(&desk.clinic).await;
    let died = TypedDate { day: "21".into(), month: "11".into(), year: "2026".into() };
    let (day, month) = ("14".into(), "7".into());
    desk.clinic.record_death(RecordDeath { patient: anna.to_string(), day, month, died, sure: false }).await.unwrap();
    assert_eq!(code(desk.clinic.start_hna(on_paper(anna, typed("22", "11", "2026"))).await), Code::AfterDeath);
    assert_eq!(code(desk.clinic.start_hna(an_assessment(anna)).await), Code::AfterDeath);
    let hna = desk.clinic.start_hna(on_paper(anna, typed("20", "11", "2026"))).await.unwrap().id.to_string();
    let finished = desk.clinic.complete_hna(CompleteHna { hna, day: "14".into(), month: "7".into() }).await.unwrap();
    assert_eq!(finished.status.code(), "completed");
}

#[tokio::test]
async fn only_a_paper_form_has_a_day_of_its_own_and_other_ways_do_not_begin_here() {
    let desk = a_clinic().await;
    let anna = registered(&desk.clinic).await;
    for method in ["face_to_face", "telephone", "video"] {
        let request = StartHna { method: Some(method.into()), ..on_paper(anna, typed("20", "11", "2026")) };
        assert!(desk.clinic.start_hna(request).await.unwrap().answered_on.is_none(), "{method}");
    }
    for method in ["this_pc", "home"] {
        let request = StartHna { method: Some(method.into()), ..an_assessment(anna) };
        assert_eq!(faults(desk.clinic.start_hna(request).await), fault("method", "missing"));
    }
}

#[tokio::test]
async fn an_interpreter_whose_name_is_not_known_is_still_an_interpreter() {
    let desk = a_clinic().await;
    let anna = registered(&desk.clinic).await;
    for (helper, kept) in
        [("", None), ("  Invented Interpreting,  booking 7 ", Some("Invented Interpreting, booking 7"))]
    {
        let request =
            StartHna { answered_by: Some("interpreter".into()), helper: helper.into(), ..an_assessment(anna) };
        let started = desk.clinic.start_hna(request).await.unwrap();
        let read = desk.clinic.read_hna(ReadHna { hna: started.id.to_string() }).await.unwrap();
        assert_eq!((read.answered_by.code(), read.helper.as_deref()), ("interpreter", kept));
    }
}

#[tokio::test]
async fn a_plan_and_its_paper_speak_of_the_day_of_the_form_not_of_the_typing() {
    let desk = a_clinic().await;
    let clinic = &desk.clinic;
    let anna = registered(clinic).await;
    let said = async |request: StartHna| {
        let hna = clinic.start_hna(request).await.unwrap().id.to_string();
        clinic.tick_concern(one_of(&hna, "physical.pain")).await.unwrap();
        clinic.complete_hna(CompleteHna { hna: hna.clone(), day: "14".into(), month: "7".into() }).await.unwrap();
        let plan = clinic.start_care_plan(StartCarePlan { hna }).await.unwrap();
        let record = plan.id.to_string();
        let action = AddAction { plan: record.clone(), concern: "physical.pain".into() };
        clinic.add_action(action).await.unwrap();
        let refer = an_action(&record, "a-1", ["refer", "Pain clinic", "nurse", "Ruth Invented", "2-Dec-2026"]);
        clinic.write_action(refer).await.unwrap();
        let paper = PaperOf { kind: "care_plan".into(), record, patient: None, version: None };
        (plan.assessed.short, words(&clinic.preview_paper(paper).await.unwrap().pages))
    };
    let (day, paper) = said(on_paper(anna, typed("20", "11", "2026"))).await;
    assert_eq!(day, "20-Nov-2026");
    assert!(paper.contains("This plan is about the paper form you filled in on 20 November 2026."), "{paper}");
    let (day, paper) = said(StartHna { method: Some("telephone".into()), ..an_assessment(anna) }).await;
    assert_eq!(day, "23-Nov-2026");
    assert!(paper.contains("This plan is about what you told us by telephone on 23 November 2026."), "{paper}");
}

#[tokio::test]
async fn every_checklist_is_a_form_to_fill_in_with_all_its_concerns() {
    let desk = a_clinic().await;
    let offered = desk.clinic.list_checklists().await.unwrap().offered;
    assert_eq!(offered.len(), 4);
    for line in &offered {
        let paper = desk.clinic.preview_paper(blank(&line.key, None)).await.unwrap();
        let (kind, version, draft) = (paper.kind.code(), paper.version, paper.draft);
        assert_eq!((kind, version, draft, paper.points), ("blank_checklist", None, false, 14), "{}", line.key);
        assert_eq!((paper.title.as_deref(), paper.record.as_str()), (Some(&*line.title), &*line.key));
        assert!(paper.patient.is_none() && paper.banner.is_none());
        let said = words(&paper.pages);
        let list = desk.clinic.read_checklist(ReadChecklist { checklist: line.key.clone() }).await.unwrap();
        for item in list.domains.iter().flat_map(|area| &area.items) {
            // A line may end within it.
            let parts: Vec<_> = item.text.split(' ').filter(|part| !part.contains(['&', '’'])).collect();
            assert!(parts.iter().all(|part| said.contains(part)), "{} in {}", item.text, line.key);
        }
        assert!(list.topics.iter().all(|topic| said.contains(topic.text.split(' ').next().unwrap())));
        assert!(said.contains("Full name") && !said.contains("DRAFT"));
        assert!(said.contains(&format!("Page {0} of {0}", paper.pages.len())), "{}", line.key);
    }
    let usual = desk.clinic.preview_paper(blank("", None)).await.unwrap();
    assert_eq!(usual.record, offered[0].key);
    assert_eq!(usual.file, "blank-form-default-1.0.0-2026-11-23.pdf");
    let unknown = desk.clinic.preview_paper(blank("https://holdfast.example/fhir/Questionnaire/none|1", None)).await;
    assert_eq!(faults(unknown)[0].0, "checklist");
}

#[tokio::test]
async fn a_form_for_a_patient_has_the_name_in_large_print_and_goes_out_only_after_the_day_of_birth() {
    let desk = a_clinic().await;
    let anna = registered(&desk.clinic).await.to_string();
    let seen = desk.clinic.preview_paper(blank("", Some(anna.clone()))).await.unwrap();
    assert_eq!((seen.points, seen.patient.unwrap().to_string()), (18, anna.clone()), "Anna reads large print");
    assert_eq!(seen.file, format!("blank-form-default-1.0.0-{}-2026-11-23.pdf", &anna[..6]));
    let said = words(&seen.pages);
    assert!(said.contains("Born 14 July 1956") && !said.contains("Full name"), "{said}");
    assert_eq!(code(desk.clinic.save_paper(save(blank("", Some(anna.clone())), "15")).await), Code::IdentityDiffers);
    fs::create_dir_all(desk.room.documents()).unwrap();
    for patient in [Some(anna), None] {
        // Without a name nothing is asked: it can go to nobody wrong.
        let day = if patient.is_some() { "14" } else { "" };
        let saved = desk.clinic.save_paper(save(blank("", patient), day)).await.unwrap();
        assert!(fs::read(Path::new(&saved.folder).join(saved.file)).unwrap().starts_with(b"%PDF-"));
    }
    let named = "blank_checklist https://holdfast.example/fhir/Questionnaire/default 1.0.0";
    assert_eq!(details(&desk, "save_paper"), [named, named], "which form went out is a line, and no name is in it");
    let other = "00000000-0000-4000-8000-000000000000".to_owned();
    assert_eq!(code(desk.clinic.preview_paper(blank("", Some(other))).await), Code::Gone);
}
