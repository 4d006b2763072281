//! Records of invented people, built by the acts that a nurse does; no assertions here.

use std::collections::BTreeMap;

use documents::*;
use domain::action::TypedAction;
use domain::care_plan::{CarePlan, Origin, PlanConcern, PlanStatus};
use domain::checklist::{Area, Checklist, Item};
use domain::hna::{Answer, ConcernKey, Method, Rating};
use domain::id::{CarePlanId, HnaId, PatientId, StaffId, TreatmentSummaryId};
use domain::nhs_number::NhsNumber;
use domain::patient::{Cancer, Gender, Name, Needs, Patient};
use domain::staff::{By, Organisation, Role};
use domain::summary_template::{
    Choice, Coding, Copies, Group, Line, Precision, Section, Slot, SlotKind, SummaryTemplate,
};
use domain::treatment_summary::TreatmentSummary;
use jiff::civil::{Date, date};

/// 23 November 2026, 10:31 in London.
pub const NOW: i64 = 1_795_429_860_000;
pub const TODAY: Date = date(2026, 11, 23);
/// Face to face on 20 November 2026.
pub const ASSESSED: Assessed = Assessed { on: date(2026, 11, 20), method: Method::FaceToFace, was: BTreeMap::new() };

pub fn samuel() -> Patient {
    Patient {
        id: PatientId::from_random([1; 16]),
        nhs_number: NhsNumber::parse("999 000 0026").ok(),
        hospital_number: "RB-40417".to_owned(),
        name: Name {
            title: "Mr".to_owned(),
            given: "Samuel".to_owned(),
            family: "Okonkwo-Bell".to_owned(),
            preferred: "Sam".to_owned(),
        },
        born: date(1961, 3, 2),
        gender: Gender::Male,
        address: String::new(),
        postcode: String::new(),
        phone: String::new(),
        mobile: String::new(),
        email: String::new(),
        practice: Organisation { ods: "Z99901".to_owned(), name: "Fernleigh Surgery".to_owned() },
        needs: Needs { print_points: 14, interpreter: String::new(), other: String::new() },
        cancer: Cancer::default(),
        key_worker: "Ruth Adeyemi".to_owned(),
        team: "breast team".to_owned(),
        diagnosed_at: Organisation::default(),
        followed_up_at: Organisation::default(),
        died: None,
        death_taken_back: String::new(),
        checked_at: 0,
    }
}

pub fn ruth() -> By {
    By {
        staff: StaffId::from_random([2; 16]),
        name: "Ruth Adeyemi".to_owned(),
        role: Role::CancerNurseSpecialist,
        key_holder: true,
        at: NOW,
        pc: String::new(),
    }
}

pub fn contact() -> Contact {
    Contact {
        phone: "020 7946 0112".to_owned(),
        hours: "Monday to Friday, 9am to 5pm".to_owned(),
        out_of_hours: "020 7946 0199".to_owned(),
        out_of_hours_note: "Ask for the acute oncology nurse.".to_owned(),
    }
}

/// Of version 1, without a mark.
pub fn about<'a>(patient: &'a Patient, contact: Option<&'a Contact>) -> About<'a> {
    About {
        patient,
        author: "Ruth Adeyemi",
        role: Role::CancerNurseSpecialist,
        at: NOW,
        version: 1,
        trust: Trust { name: "Thamesbank Hospitals".to_owned(), address: Vec::new() },
        contact,
        mark: None,
        file_id: *b"0123456789abcdef",
    }
}

pub fn draft<'a>(about: &About<'a>) -> About<'a> {
    About { version: 0, mark: Some(Mark::Draft), ..about.clone() }
}

pub fn rated(score: i64) -> Answer {
    Answer::Rated(Rating::new(score).unwrap())
}

pub fn concern(key: &str, text: &str, answer: Answer, ranked: bool, matters: &str) -> PlanConcern {
    PlanConcern {
        key: ConcernKey::new(key),
        origin: Origin::Assessment,
        code: None,
        text: text.to_owned(),
        answer,
        private: false,
        ranked,
        matters: matters.to_owned(),
        actions: Vec::new(),
        nothing: None,
    }
}

/// A form of this checklist, printed on the day of the kit.
pub fn blank<'a>(
    checklist: &'a Checklist,
    patient: Option<&'a Patient>,
    contact: Option<&'a Contact>,
) -> BlankChecklist<'a> {
    let trust = Trust { name: "Thamesbank Hospitals".to_owned(), address: Vec::new() };
    let again = None;
    BlankChecklist { checklist, patient, again, at: NOW, trust, contact, training: false, file_id: [7; 16] }
}

/// A checklist that asks about one thing.
pub fn checklist_of_one(key: &str, text: &str) -> Checklist {
    let item = Item { key: key.to_owned(), code: text.to_lowercase(), text: text.to_owned() };
    Checklist {
        canonical: "https://holdfast.example/fhir/Questionnaire/one|1.0.0".to_owned(),
        title: String::new(),
        question: String::new(),
        low: String::new(),
        high: String::new(),
        domains: vec![Area { key: "one".to_owned(), title: String::new(), items: vec![item] }],
        topics: vec![],
    }
}

/// A draft of these concerns without actions.
pub fn plan_of(concerns: Vec<PlanConcern>) -> CarePlan {
    CarePlan {
        id: CarePlanId::from_random([3; 16]),
        patient: PatientId::from_random([1; 16]),
        hna: HnaId::from_random([4; 16]),
        status: PlanStatus::Draft,
        version: 0,
        started_at: NOW,
        started_by: ruth().staff,
        started_by_name: ruth().name,
        concerns,
        actions_added: 0,
        concerns_added: 0,
        follows: None,
        signed: None,
        unlock_reason: String::new(),
        review: false,
    }
}

/// The plan with one more action: kind, what, owner, its name, by when, done.
pub fn with(plan: CarePlan, concern: &str, parts: [&str; 5], done: bool) -> CarePlan {
    let plan = plan.add_action(&ConcernKey::new(concern)).unwrap();
    let key = plan.actions().map(|action| action.key.clone()).max_by_key(|key| number(key.as_str())).unwrap();
    let some = |part: &str| (!part.is_empty()).then(|| part.to_owned());
    let [kind, what, owner, owner_name, due] = parts;
    let typed = TypedAction {
        kind: some(kind),
        what: what.to_owned(),
        owner: some(owner),
        owner_name: owner_name.to_owned(),
        due: due.to_owned(),
    };
    let plan = plan.write_action(&key, &typed, TODAY).unwrap();
    if done { plan.end_action(&key, Some("done"), "", TODAY).unwrap() } else { plan }
}

fn number(key: &str) -> u16 {
    key.trim_start_matches("a-").parse().unwrap()
}

/// Seven concerns, every kind, owner and answer among them; not locked.
pub fn plan() -> CarePlan {
    let mut children = concern("own-2", "Telling the children", rated(2), false, "Not in front of them.");
    children.private = true;
    let plan = plan_of(vec![
        concern(
            "worry",
            "Worry, fear or anxiety",
            rated(8),
            true,
            "Not knowing what happens after the scan.\nI want to know who I can ring.",
        ),
        concern("own-1", "Who will walk the dog", rated(6), true, "Biscuit needs an hour a day and I am on my own."),
        concern(
            "work",
            "Work and education",
            rated(5),
            true,
            "They’ve been good, but sick pay stops at £118.75 a week.",
        ),
        concern("tired", "Tired, exhausted or fatigued", rated(4), false, ""),
        concern("sleep", "Sleep problems", Answer::Unanswered, false, ""),
        concern("eating", "Eating or appetite", Answer::Declined, false, ""),
        children,
    ]);
    let plan = with(plan, "worry", ["inform", "the sheet about who to ring", "nurse", "Ruth Adeyemi", ""], true);
    let refer = "for counselling at the Riverside support centre";
    let plan = with(plan, "worry", ["refer", refer, "support_worker", "Tom Whelan", "30-Nov-2026"], false);
    let plan = with(
        plan,
        "worry",
        ["self_care", "write down your questions before the scan", "patient", "", "4-Dec-2026"],
        false,
    );
    let ask = "Mrs Gŵyn Lłoyd next door, about the weeks of treatment";
    let plan = with(plan, "own-1", ["signpost", ask, "patient", "", "27-Nov-2026"], false);
    let plan =
        with(plan, "own-1", ["signpost", "the dog walkers", "service", "Waggers of Rye Lane", "1-Dec-2026"], false);
    let plan =
        with(plan, "work", ["refer", "to the benefits adviser at the café clinic", "gp", "", "2-Dec-2026"], true);
    with(plan, "tired", ["review", "when the last treatment is over", "gp", "Dr P Osei", "11-Jan-2027"], false)
}

/// The plan with twenty actions.
pub fn long_plan() -> CarePlan {
    let mut plan = plan();
    let keys: Vec<String> = plan.concerns.iter().map(|concern| concern.key.as_str().to_owned()).collect();
    for n in 8..=20 {
        let what = format!("the {n}th of many things that take more than one line of a narrow column to say in full");
        plan = with(plan, &keys[n % 7], ["inform", &what, "nurse", "Ruth Adeyemi", "15-Dec-2026"], false);
    }
    plan
}

fn copies(patient: &str, gp: &str) -> Copies {
    Copies { patient: patient.to_owned(), gp: gp.to_owned() }
}

fn slot(key: &str, kind: SlotKind) -> Slot {
    Slot { key: key.to_owned(), label: format!("The {key}"), kind, prefill: None }
}

fn line(key: &str, patient: &str, gp: &str, slots: Vec<Slot>) -> Line {
    Line {
        key: key.to_owned(),
        group: None,
        urgent: false,
        repeats: false,
        treatment: None,
        copies: copies(patient, gp),
        slots,
        with: Vec::new(),
        source: "an invented source".to_owned(),
        confidence: 'R',
    }
}

fn section(key: &str, patient: &str, gp: &str, lines: Vec<Line>) -> Section {
    Section { key: key.to_owned(), title: copies(patient, gp), needed: false, lead: None, groups: Vec::new(), lines }
}

/// A small template: a box for each copy, a lead, groups, an urgent line, codes, and a section that stays empty.
pub fn template() -> SummaryTemplate {
    let text = |key: &str| slot(key, SlotKind::Text { most: 120 });
    let day = || slot("date", SlotKind::Date { precision: Precision::Day });
    let option = |key: &str, patient: &str, gp: &str| Choice { key: key.to_owned(), copies: copies(patient, gp) };
    let side = slot(
        "side",
        SlotKind::Choice {
            options: vec![option("left", "left breast", "left"), option("right", "right breast", "right")],
        },
    );
    let urgent = |line: Line| Line { urgent: true, ..line };
    let grouped = |group: &str, line: Line| Line { group: Some(group.to_owned()), ..line };
    let mut effects = section(
        "effects-early",
        "Side effects you may have in the first 6 months",
        "Possible side effects under 6 months",
        vec![
            grouped("surgery", line("sore", "Soreness where you had your operation.", "Post-operative pain.", vec![])),
            grouped("sact", line("sick", "Feeling sick.", "Nausea.", vec![])),
            grouped("sact", line("tired", "Being very tired.", "Fatigue.", vec![])),
        ],
    );
    effects.lead = Some(copies("You may get some of these, or none.", "Possible, not certain."));
    effects.groups = [
        ("surgery", "After your operation", "After surgery"),
        ("radiotherapy", "After radiotherapy", "After radiotherapy"),
        ("sact", "After chemotherapy", "After SACT"),
    ]
    .map(|(key, patient, gp)| Group { key: key.to_owned(), title: copies(patient, gp) })
    .into();
    let repeats = |line: Line| Line { repeats: true, ..line };
    let order = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
    SummaryTemplate {
        canonical: "https://holdfast.example/content/summary-templates/invented|1.0.0".to_owned(),
        title: "Breast cancer".to_owned(),
        cancer_types: vec!["breast".to_owned()],
        patient_order: order(&["diagnosis", "contacts", "alerts", "effects-early", "treatment", "gp-actions", "sr1"]),
        gp_order: order(&["gp-actions", "diagnosis", "treatment", "alerts", "effects-early", "contacts", "sr1"]),
        codes: [
            ("diagnosis", "invasive", "Malignant tumour of breast", "http://snomed.info/sct", "254837009"),
            ("diagnosis", "invasive", "Malignant neoplasm of breast", "http://hl7.org/fhir/sid/icd-10", "C50"),
            ("sr1", "given", "SR1 form", "http://snomed.info/sct", "000000000"),
        ]
        .map(|(section, line, name, system, code)| Coding {
            section: section.to_owned(),
            line: line.to_owned(),
            name: name.to_owned(),
            system: system.to_owned(),
            code: code.to_owned(),
        })
        .into(),
        sections: vec![
            section(
                "diagnosis",
                "Your diagnosis",
                "Diagnosis and staging",
                vec![line(
                    "invasive",
                    "You were told on {date} that you have breast cancer. It was in your {side}.",
                    "Invasive breast cancer, {side}, diagnosed {date}.",
                    vec![day(), side],
                )],
            ),
            section(
                "treatment",
                "The treatment you had",
                "Treatment given",
                vec![repeats(line(
                    "sact",
                    "You had {name}. It ended on {date}.",
                    "SACT: {name}, last dose {date}.",
                    vec![text("name"), day()],
                ))],
            ),
            effects,
            section(
                "alerts",
                "When to get help",
                "Alert symptoms that need referral back",
                vec![
                    urgent(line(
                        "fever",
                        "You feel shivery, or your temperature is high. Ring the urgent number now.",
                        "Suspected neutropenic sepsis: same-day admission.",
                        vec![],
                    )),
                    line("lump", "A new lump.", "New lump.", vec![]),
                ],
            ),
            section(
                "contacts",
                "Who to ring",
                "Contacts in and out of hours",
                vec![
                    line(
                        "key-worker",
                        "Your key worker is {name}. Ring {phone}, {hours}.",
                        "Key worker: {name}, {phone}, {hours}.",
                        vec![text("name"), text("phone"), text("hours")],
                    ),
                    line("out", "At night, ring {phone}.", "Out of hours: {phone}.", vec![text("phone")]),
                ],
            ),
            section(
                "gp-actions",
                "What we have asked your GP to do",
                "Actions for the GP",
                vec![
                    urgent(line(
                        "refer-back",
                        "Get you back to us the same day if you have a sign marked URGENT.",
                        "Refer back the same day for any symptom marked URGENT.",
                        vec![],
                    )),
                    line("register", "Put you on the cancer register.", "Add to the cancer register.", vec![]),
                ],
            ),
            section(
                "sr1",
                "SR1 form for benefits",
                "SR1 form (formerly DS1500)",
                vec![line("given", "We gave you an SR1 form.", "SR1 given to patient.", vec![])],
            ),
        ],
    }
}

/// Section, line, and the values of its slots.
type Filled<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);

/// A summary in which all but the last section is chosen and filled, with an own line in a grouped section.
pub fn summary(template: &SummaryTemplate) -> TreatmentSummary {
    let mut summary = TreatmentSummary::start(
        TreatmentSummaryId::from_random([5; 16]),
        PatientId::from_random([1; 16]),
        template,
        &ruth(),
    );
    let values: &[Filled<'_>] = &[
        ("diagnosis", "invasive", &[("date", "2026-03-19"), ("side", "left")]),
        ("treatment", "sact", &[("name", "docetaxel"), ("date", "2026-08-03")]),
        ("treatment", "sact", &[("name", "trastuzumab"), ("date", "2026-11-02")]),
        ("effects-early", "sore", &[]),
        ("effects-early", "tired", &[]),
        ("effects-early", "sick", &[]),
        ("alerts", "fever", &[]),
        ("alerts", "lump", &[]),
        ("contacts", "key-worker", &[("name", "Ruth Adeyemi"), ("phone", "020 7946 0112"), ("hours", "9am to 5pm")]),
        ("contacts", "out", &[("phone", "020 7946 0199")]),
        ("gp-actions", "refer-back", &[]),
        ("gp-actions", "register", &[]),
    ];
    for (section, line, values) in values {
        let offered = values.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        summary = summary.choose(template, section, line, &offered).unwrap();
    }
    summary = summary.add_own(template, "effects-early").unwrap();
    let own = summary.own[0].key.clone();
    summary.write_own(&own, true, "Your drain leaks. Ring us.", "Drain leak: ring the ward.").unwrap()
}
