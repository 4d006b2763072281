//! Invented treatment summaries, and the template they are made on.

use std::collections::BTreeMap;

use domain::id::TreatmentSummaryId;
use domain::summary_template::{
    Choice, Coding, Copies, Group, Line, Precision, Section, Slot, SlotKind, SummaryTemplate,
};
use domain::treatment_summary::{EntryKey, TreatmentSummary};

use super::*;

pub fn template() -> SummaryTemplate {
    let both = |patient: &str, gp: &str| Copies { patient: patient.to_owned(), gp: gp.to_owned() };
    let slot = |key: &str, kind| Slot { key: key.to_owned(), label: key.to_owned(), kind, prefill: None };
    let line = |key: &str, group: Option<&str>, urgent, copies, slots| Line {
        key: key.to_owned(),
        group: group.map(str::to_owned),
        urgent,
        repeats: true,
        treatment: None,
        copies,
        slots,
        with: Vec::new(),
        source: "invented".to_owned(),
        confidence: 'R',
    };
    let side = |key: &str| Choice { key: key.to_owned(), copies: both(&format!("{key} breast"), key) };
    let diagnosis = vec![
        slot("side", SlotKind::Choice { options: vec![side("left"), side("right")] }),
        slot("date", SlotKind::Date { precision: Precision::Month }),
    ];
    let invasive = both("You have had cancer of your {side} since {date}.", "Breast cancer, {side}, {date}.");
    let ring = both("Ring {number}.", "Advise to ring {number}.");
    let lump = both("A new lump.", "New lump <2 cm & growing.");
    let section = |key: &str, title, lead, groups, lines| Section {
        key: key.to_owned(),
        title,
        needed: false,
        lead,
        groups,
        lines,
    };
    let signs = Group { key: "signs".to_owned(), title: both("Signs & what to do", "Signs & what to do") };
    let coding = |name: &str, system: &str, code: &str| Coding {
        section: "diagnosis".to_owned(),
        line: "invasive".to_owned(),
        name: name.to_owned(),
        system: system.to_owned(),
        code: code.to_owned(),
    };
    let order = |keys: [&str; 3]| keys.map(str::to_owned).to_vec();
    SummaryTemplate {
        canonical: "https://holdfast.example/content/summary-templates/invented|1.0.0".to_owned(),
        title: "Breast cancer".to_owned(),
        cancer_types: vec!["breast".to_owned()],
        patient_order: order(["alerts", "diagnosis", "information"]),
        gp_order: order(["diagnosis", "alerts", "information"]),
        codes: vec![
            coding("Malignant neoplasm of breast", "http://hl7.org/fhir/sid/icd-10", "C50"),
            coding("Cancer of breast", "Our own list", "17"),
        ],
        sections: vec![
            section(
                "alerts",
                both("When to ring us", "Alert symptoms"),
                Some(both("Ring us about any of these:", "Refer back urgently with:")),
                vec![signs],
                vec![
                    line("ring", None, false, ring, vec![slot("number", SlotKind::Text { most: 200 })]),
                    line("lump", Some("signs"), true, lump, Vec::new()),
                ],
            ),
            section(
                "diagnosis",
                both("Your diagnosis", "Diagnosis & staging"),
                None,
                Vec::new(),
                vec![line("invasive", None, false, invasive, diagnosis)],
            ),
            section("information", both("More", "Information given"), None, Vec::new(), Vec::new()),
        ],
    }
}

pub fn ordinary_summary() -> TreatmentSummary {
    summary_of(31, "0163 2960 002", "Your drain leaks.")
}

pub fn harmful_summary() -> TreatmentSummary {
    summary_of(33, HARM, HARM)
}

fn summary_of(number: u8, phone: &str, own: &str) -> TreatmentSummary {
    let template = template();
    let id = TreatmentSummaryId::from_random([number; 16]);
    let started = TreatmentSummary::start(id, PatientId::from_random([1; 16]), &template, &by());
    let offered = |pairs: &[(&str, &str)]| -> BTreeMap<_, _> {
        pairs.iter().map(|(slot, value)| ((*slot).to_owned(), (*value).to_owned())).collect()
    };
    started
        .choose(&template, "alerts", "lump", &offered(&[]))
        .and_then(|s| s.choose(&template, "alerts", "ring", &offered(&[("number", phone)])))
        .and_then(|s| s.choose(&template, "diagnosis", "invasive", &offered(&[("side", "left"), ("date", "2026-03")])))
        .and_then(|s| {
            s.choose(&template, "diagnosis", "invasive", &offered(&[("side", "right"), ("date", "2026-04-01")]))
        })
        .and_then(|s| s.add_own(&template, "alerts"))
        .and_then(|s| s.write_own(&EntryKey::new("own-5"), true, own, own))
        .and_then(|s| s.sign(&template, &by()))
        .unwrap()
}

/// The ordinary summary signed a second time.
pub fn amended_summary() -> TreatmentSummary {
    let draft = ordinary_summary().amend("The drain is out").unwrap();
    draft.drop_line(&EntryKey::new("own-5")).unwrap().sign(&template(), &by()).unwrap()
}

/// A summary of which no line is chosen, as a template without needed sections allows.
pub fn empty_summary() -> TreatmentSummary {
    let id = TreatmentSummaryId::from_random([32; 16]);
    let started = TreatmentSummary::start(id, PatientId::from_random([1; 16]), &template(), &by());
    started.sign(&template(), &by()).unwrap()
}

pub const PATIENT_PDF: &[u8] = b"%PDF-1.7 patient \x00\xff\n%%EOF";
pub const GP_PDF: &[u8] = b"%PDF-1.7 gp \x80\n%%EOF";
