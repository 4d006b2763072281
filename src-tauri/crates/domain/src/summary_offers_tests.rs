//! What is offered for a summary and what is taken by itself, each rule by calling it.

use jiff::civil::date;

use super::*;
use crate::checklist::{Area, Item};
use crate::hna::{Answer, AnsweredBy, Concern, ConcernKey, Method, PathwayPoint};
use crate::id::{CarePlanId, HnaId, PatientId, StaffId, TreatmentSummaryId};
use crate::patient::tests::patient as someone;
use crate::patient::{Cancer, Name, TreatmentKind};
use crate::staff::{By, Role};
use crate::summary_template::{Copies, Precision, Section, SlotKind};

/// 01-Jul-2026, 09:00 in London.
const JULY: i64 = 1_782_892_800_000;

fn by(at: i64) -> By {
    let staff = StaffId::from_random([4; 16]);
    By { staff, name: "Ruth Invented".to_owned(), role: Role::OtherNurse, key_holder: false, at, pc: String::new() }
}

fn patient(treatments: Vec<Treatment>) -> Patient {
    Patient {
        nhs_number: None,
        hospital_number: "H-1".to_owned(),
        name: Name::default(),
        cancer: Cancer { diagnosed: Some(date(2026, 2, 3)), treatments, ..Cancer::default() },
        key_worker: "Ruth Invented".to_owned(),
        ..someone(date(1956, 7, 14))
    }
}

fn chemotherapy(name: &str, month: i8) -> Treatment {
    Treatment { kind: TreatmentKind::Sact, name: name.to_owned(), start: Some(date(2026, month, 10)), end: None }
}

fn slot(key: &str, prefill: Prefill) -> Slot {
    let kind = match prefill {
        Prefill::TreatmentStart | Prefill::TreatmentEnd | Prefill::Diagnosed | Prefill::HnaCompleted => {
            SlotKind::Date { precision: Precision::Day }
        }
        _ => SlotKind::Text { most: 20 },
    };
    Slot { key: key.to_owned(), label: key.to_owned(), kind, prefill: Some(prefill) }
}

fn line(key: &str, treatment: Option<TreatmentKind>, slots: Vec<Slot>) -> Line {
    Line {
        key: key.to_owned(),
        group: None,
        urgent: false,
        repeats: true,
        treatment,
        copies: Copies { patient: String::new(), gp: String::new() },
        slots,
        with: Vec::new(),
        source: String::new(),
        confidence: 'R',
    }
}

/// A course with its name and start, one that its own words name, and a line that is about no treatment.
fn template() -> SummaryTemplate {
    let (name, start) = (slot("name", Prefill::TreatmentName), slot("start", Prefill::TreatmentStart));
    let lines = vec![
        line("course", Some(TreatmentKind::Sact), vec![name, start.clone()]),
        line("worded", Some(TreatmentKind::Sact), vec![start]),
        line("about", None, vec![slot("worker", Prefill::KeyWorker), slot("concern", Prefill::HnaConcern)]),
    ];
    let title = Copies { patient: String::new(), gp: String::new() };
    SummaryTemplate {
        canonical: "invented|1.0.0".to_owned(),
        title: String::new(),
        cancer_types: Vec::new(),
        patient_order: Vec::new(),
        gp_order: Vec::new(),
        codes: Vec::new(),
        sections: vec![Section { key: "s".to_owned(), title, needed: false, lead: None, groups: Vec::new(), lines }],
    }
}

/// What each choice of `lines`, one after the other, is filled with by itself.
fn taken(known: &Known, lines: &[&str]) -> Vec<Vec<String>> {
    let template = template();
    let mut summary = TreatmentSummary::start(
        TreatmentSummaryId::from_random([5; 16]),
        PatientId::from_random([1; 16]),
        &template,
        &by(1),
    );
    for key in lines {
        let line = template.line("s", key).unwrap();
        let filled = known.filled(&template, &summary, line);
        summary = summary.choose(&template, "s", key, &filled).unwrap();
    }
    summary.chosen.iter().map(|chosen| chosen.values.values().cloned().collect()).collect()
}

fn checklist() -> Checklist {
    let item = Item { key: "pain".to_owned(), code: "pain".to_owned(), text: "Pain or discomfort".to_owned() };
    Checklist {
        canonical: "list|1.0.0".to_owned(),
        title: String::new(),
        question: String::new(),
        low: String::new(),
        high: String::new(),
        domains: vec![Area { key: "physical".to_owned(), title: String::new(), items: vec![item] }],
        topics: Vec::new(),
    }
}

fn hna(status: HnaStatus, concerns: Vec<Concern>) -> Hna {
    Hna {
        id: HnaId::from_random([2; 16]),
        patient: PatientId::from_random([1; 16]),
        checklist: checklist().canonical,
        status,
        answered_by: AnsweredBy::Patient,
        helper: String::new(),
        method: Method::FaceToFace,
        pathway_point: PathwayPoint::InitialDiagnosis,
        answered_on: None,
        invitation: None,
        again: None,
        typed_by: by(0).staff,
        typed_by_name: String::new(),
        started_at: JULY,
        completed_at: (status == HnaStatus::Completed).then_some(JULY),
        concerns,
        declined_domains: Vec::new(),
        ranked: Vec::new(),
        information: Vec::new(),
        questions: String::new(),
        own_added: 0,
        discard_reason: String::new(),
    }
}

fn concern(key: &str, words: Option<&str>, private: bool) -> Concern {
    Concern { key: ConcernKey::new(key), words: words.map(str::to_owned), answer: Answer::Unanswered, private }
}

/// What is offered for a slot that is filled from there.
fn offered(known: &Known, prefill: Prefill) -> Vec<String> {
    known.offers(&line("any", None, Vec::new()), &slot("any", prefill))
}

#[test]
fn the_only_treatment_of_a_kind_is_taken_once() {
    let known = Known::about(patient(vec![chemotherapy("EC", 3)]));
    assert_eq!(taken(&known, &["course", "course"]), [vec!["EC", "2026-03-10"], vec![]], "said already");
    assert_eq!(taken(&known, &["worded"]), [["2026-03-10"]]);
}

#[test]
fn of_several_treatments_each_is_taken_in_its_turn_and_only_where_its_name_is_said() {
    let known = Known::about(patient(vec![chemotherapy("EC", 3), chemotherapy("Paclitaxel", 5)]));
    let courses = [vec!["EC", "2026-03-10"], vec!["Paclitaxel", "2026-05-10"], vec![]];
    assert_eq!(taken(&known, &["course", "course", "course"]), courses);
    assert_eq!(taken(&known, &["worded"]), [Vec::<String>::new()], "a person picks");
    let twice = Known::about(patient(vec![chemotherapy("EC", 3), chemotherapy("EC", 3)]));
    assert_eq!(taken(&twice, &["worded"]), [["2026-03-10"]], "the same one, recorded twice");
    let other = Treatment { kind: TreatmentKind::Surgery, ..chemotherapy("Mastectomy", 2) };
    assert_eq!(taken(&Known::about(patient(vec![other])), &["course"]), [Vec::<String>::new()], "of another kind");
}

#[test]
fn what_the_patient_wants_to_talk_about_privately_is_not_offered() {
    let mut known = Known::about(patient(Vec::new()));
    let raised = vec![concern("pain", None, false), concern("own-1", Some("The dog"), false)];
    let private = vec![concern("own-1", Some("My husband"), true), concern("pain", None, false)];
    known.add_hna(&hna(HnaStatus::Completed, raised), &checklist());
    known.add_hna(&hna(HnaStatus::Completed, private), &checklist());
    for status in [HnaStatus::Draft, HnaStatus::Discarded] {
        known.add_hna(&hna(status, vec![concern("own-2", Some("Not said in the end"), false)]), &checklist());
    }
    assert_eq!(offered(&known, Prefill::HnaConcern), ["Pain or discomfort", "The dog"], "each once");
    assert_eq!(offered(&known, Prefill::HnaCompleted), ["2026-07-01"]);
    assert_eq!(taken(&known, &["about"]), [["Ruth Invented"]], "which of two concerns is for a person to pick");
}

#[test]
fn the_only_value_is_taken_and_not_said_twice_by_the_same_line() {
    let mut known = Known::about(patient(Vec::new()));
    known.add_hna(&hna(HnaStatus::Completed, vec![concern("pain", None, false)]), &checklist());
    let both = vec!["Pain or discomfort".to_owned(), "Ruth Invented".to_owned()];
    assert_eq!(taken(&known, &["about", "about"]), [both, vec![]]);
    assert_eq!(offered(&known, Prefill::Team), Vec::<String>::new(), "nothing recorded is nothing offered");
    assert_eq!(offered(&known, Prefill::Diagnosed), ["2026-02-03"]);
    let long = Patient { key_worker: "x".repeat(21), ..patient(Vec::new()) };
    assert_eq!(offered(&Known::about(long), Prefill::KeyWorker), Vec::<String>::new(), "it does not fit the blank");
}

#[test]
fn a_plan_is_offered_by_the_day_it_was_agreed() {
    let mut known = Known::about(patient(Vec::new()));
    let assessed = hna(HnaStatus::Completed, vec![concern("pain", None, false)]);
    let draft = CarePlan::start(CarePlanId::from_random([6; 16]), &assessed, &checklist(), &by(JULY)).unwrap();
    known.add_plan(&draft);
    assert_eq!(offered(&known, Prefill::PlanAgreed), Vec::<String>::new());
    known.add_plan(&draft.lock(&by(JULY)).unwrap());
    assert_eq!(offered(&known, Prefill::PlanAgreed), ["2026-07-01"]);
}
