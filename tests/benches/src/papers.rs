//! The records whose paper is measured: a care plan of seven concerns, and a breast summary as full as one is in use, in both copies.

use std::collections::BTreeMap;

use documents::{About, Assessed, Document, Error, Trust};
use domain::action::TypedAction;
use domain::care_plan::CarePlan;
use domain::checklist::{Area, Checklist, Item};
use domain::hna::ConcernKey;
use domain::hna::{Answer, AnsweredBy, Beginning, Hna, Method, PathwayPoint, Rating};
use domain::id::{CarePlanId, HnaId, PatientId, StaffId, TreatmentSummaryId};
use domain::nhs_number::NhsNumber;
use domain::patient::{Cancer, Gender, Name, Needs, Patient};
use domain::staff::{By, Organisation, Role};
use domain::summary_template::{
    Choice, Copies, Copy, Group, Line, Precision, Section, Slot, SlotKind, SummaryTemplate,
};
use domain::treatment_summary::TreatmentSummary;
use jiff::civil::date;
use serde_json::Value;

pub const PAPERS: [&str; 3] = ["care plan", "treatment summary, patient copy", "treatment summary, GP copy"];

const AT: i64 = 1_795_425_120_000;
const BREAST: &str = include_str!("../../../assets/content/summary-templates/breast-1.0.0.json");
/// Every third line of the template: about as many as stay when a summary is trimmed.
const KEPT: usize = 3;

/// A record that is ready to be put on paper.
pub struct Paper {
    patient: Patient,
    content: Content,
}

enum Content {
    Plan(CarePlan),
    Summary(TreatmentSummary, SummaryTemplate, Copy),
}

impl Paper {
    /// Its document, as the clinic has it made.
    pub fn document(&self) -> Result<Document, Error> {
        let about = About {
            patient: &self.patient,
            author: "Ruth Invented",
            role: Role::CancerNurseSpecialist,
            at: AT,
            version: 1,
            trust: Trust { name: "Thamesbank Hospitals".to_owned(), address: Vec::new() },
            contact: None,
            mark: None,
            file_id: *b"0123456789abcdef",
        };
        match &self.content {
            Content::Plan(plan) => {
                let assessed = Assessed { on: domain::day::london(AT).date(), method: Method::FaceToFace, was: Default::default() };
                documents::care_plan(plan, assessed, &about)
            }
            Content::Summary(summary, template, copy) => documents::treatment_summary(summary, template, *copy, &about),
        }
    }
}

/// The named record, of another patient each turn.
pub fn paper(name: &str, turn: u32) -> Paper {
    let content = match PAPERS.iter().position(|paper| *paper == name) {
        Some(0) => Content::Plan(plan(turn)),
        Some(1) => Content::Summary(summary(turn), template(), Copy::Patient),
        _ => Content::Summary(summary(turn), template(), Copy::Gp),
    };
    Paper { patient: patient(turn), content }
}

fn by() -> By {
    let staff = StaffId::from_random([1; 16]);
    By {
        staff,
        name: "Ruth Invented".to_owned(),
        role: Role::CancerNurseSpecialist,
        key_holder: true,
        at: AT,
        pc: String::new(),
    }
}

fn patient(turn: u32) -> Patient {
    let organisation = Organisation { ods: "X0T11".to_owned(), name: format!("Lantern Street Surgery {turn}") };
    Patient {
        id: PatientId::from_random([2; 16]),
        nhs_number: NhsNumber::parse("999 000 0018").ok(),
        hospital_number: format!("TB-{turn}"),
        name: Name {
            title: "Mrs".to_owned(),
            given: format!("Anna {turn}"),
            family: "Invented".to_owned(),
            preferred: String::new(),
        },
        born: date(1956, 7, 14),
        gender: Gender::Female,
        address: "1 Invented Street".to_owned(),
        postcode: "ZZ99 3WZ".to_owned(),
        phone: String::new(),
        mobile: String::new(),
        email: String::new(),
        practice: organisation.clone(),
        needs: Needs { print_points: 14, interpreter: String::new(), other: String::new() },
        cancer: Cancer::default(),
        key_worker: "Ruth Invented".to_owned(),
        team: "Breast".to_owned(),
        diagnosed_at: organisation.clone(),
        followed_up_at: organisation,
        died: None,
        death_taken_back: String::new(),
        checked_at: AT,
    }
}

fn plan(turn: u32) -> CarePlan {
    let concerns = ["Worry", "Tiredness", "Sleep", "Pain", "Work", "Money", "Eating"];
    let item =
        |name: &&str| Item { key: name.to_lowercase(), code: name.to_lowercase(), text: format!("{name} or distress") };
    let area = Area { key: "all".to_owned(), title: "All".to_owned(), items: concerns.iter().map(item).collect() };
    let checklist = Checklist {
        canonical: "https://holdfast.example/bench|1".to_owned(),
        title: "Bench".to_owned(),
        question: String::new(),
        low: String::new(),
        high: String::new(),
        domains: vec![area],
        topics: Vec::new(),
    };
    let beginning = Beginning {
        patient: PatientId::from_random([2; 16]),
        checklist: checklist.canonical.clone(),
        answered_by: AnsweredBy::Patient,
        helper: String::new(),
        method: Method::FaceToFace,
        pathway_point: PathwayPoint::DuringTreatment,
        answered_on: None,
    };
    let mut hna = Hna::start(HnaId::from_random([3; 16]), beginning, &by());
    for (at, item) in checklist.domains[0].items.iter().enumerate() {
        let key = ConcernKey::new(&item.key);
        let score = Rating::new(10 - at as i64).expect("a score");
        hna = hna.tick(&checklist, &key).and_then(|hna| hna.answer(&key, Answer::Rated(score))).expect("a concern");
    }
    let hna = hna.complete(AT).expect("a draft");
    let mut plan = CarePlan::start(CarePlanId::from_random([4; 16]), &hna, &checklist, &by()).expect("concerns");
    let keys: Vec<ConcernKey> = plan.concerns.iter().map(|concern| concern.key.clone()).collect();
    for (at, key) in keys.iter().enumerate() {
        let words =
            format!("Turn {turn}: I lie awake going over it, and I want to know who I can ring about it at night.");
        plan = plan.write_what_matters(key, &words).expect("words");
        for (kind, what, owner) in [
            ("inform", "the sheet about who to ring and when", "nurse"),
            ("refer", "counselling at the Riverside support centre", "service"),
            ("self_care", "write down your questions before the next scan and bring them", "patient"),
        ] {
            plan = plan.add_action(key).expect("room");
            let action = plan.concerns[at].actions.last().expect("the new one").key.clone();
            let typed = TypedAction {
                kind: Some(kind.to_owned()),
                what: format!("{what} ({turn})"),
                owner: Some(owner.to_owned()),
                owner_name: if owner == "patient" { String::new() } else { "Tom Imagined".to_owned() },
                due: "04-Dec-2026".to_owned(),
            };
            plan = plan.write_action(&action, &typed, date(2026, 11, 23)).expect("an action");
        }
    }
    plan.lock(&by()).expect("a whole plan")
}

fn summary(turn: u32) -> TreatmentSummary {
    let template = template();
    let id = TreatmentSummaryId::from_random([5; 16]);
    let mut summary = TreatmentSummary::start(id, PatientId::from_random([2; 16]), &template, &by());
    for section in &template.sections {
        for line in section.lines.iter().step_by(KEPT) {
            let mut values = BTreeMap::new();
            for slot in &line.slots {
                let value = match &slot.kind {
                    SlotKind::Date { .. } => "2026-11-02".to_owned(),
                    SlotKind::Text { .. } => format!("Invented {turn}"),
                    SlotKind::Number { .. } => (turn % 50).to_string(),
                    SlotKind::Choice { options } => options[0].key.clone(),
                };
                values.insert(slot.key.clone(), value);
            }
            summary = summary.choose(&template, &section.key, &line.key, &values).expect("a line of the template");
        }
    }
    summary
}

/// The shipped template as far as paper needs it; the clinic's own reader, which also refuses faults, is not measured here.
fn template() -> SummaryTemplate {
    let pack: Value = serde_json::from_str(BREAST).expect("the template reads");
    let text = |of: &Value, name: &str| of[name].as_str().unwrap_or_default().to_owned();
    let list = |of: &Value, name: &str| of[name].as_array().cloned().unwrap_or_default();
    let copies = |of: &Value| Copies { patient: text(of, "patient"), gp: text(of, "gp") };
    let order =
        |copy: &str| list(&pack["orders"], copy).iter().filter_map(|key| key.as_str().map(str::to_owned)).collect();
    let slot = |of: &Value| Slot {
        key: text(of, "key"),
        label: text(of, "label"),
        kind: match of["type"].as_str() {
            Some("date") => SlotKind::Date { precision: Precision::Day },
            Some("number") => SlotKind::Number { decimals: 3 },
            Some("choice") => SlotKind::Choice {
                options: list(of, "options")
                    .iter()
                    .map(|o| Choice { key: text(o, "key"), copies: copies(&o["copies"]) })
                    .collect(),
            },
            _ => SlotKind::Text { most: 200 },
        },
        prefill: None,
    };
    let line = |of: &Value| Line {
        key: text(of, "key"),
        group: of["group"].as_str().map(str::to_owned),
        urgent: of["urgent"] == true,
        repeats: false,
        treatment: None,
        copies: copies(&of["copies"]),
        slots: list(of, "slots").iter().map(slot).collect(),
        with: Vec::new(),
        source: text(of, "source"),
        confidence: 'R',
    };
    let section = |of: &Value| Section {
        key: text(of, "key"),
        title: copies(&of["title"]),
        needed: false,
        lead: of.get("lead").map(copies),
        groups: list(of, "groups").iter().map(|g| Group { key: text(g, "key"), title: copies(&g["title"]) }).collect(),
        lines: list(of, "lines").iter().map(line).collect(),
    };
    SummaryTemplate {
        canonical: format!("{}|{}", text(&pack, "id"), text(&pack, "version")),
        title: text(&pack, "title"),
        cancer_types: Vec::new(),
        patient_order: order("patient"),
        gp_order: order("gp"),
        codes: Vec::new(),
        sections: list(&pack, "sections").iter().map(section).collect(),
    }
}
