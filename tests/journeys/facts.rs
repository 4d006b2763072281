//! Whatever a treatment summary says stands on the paper of both copies: every line of the shipped template is chosen, every blank is
//! filled, and each fact is looked for in the text of the stored files. A fact that is left out is missed, and no other.

use std::fs;

use clinic::*;
use domain::id::TreatmentSummaryId;
use domain::summary_template::{Copy, SummaryTemplate};
use domain::treatment_summary::TreatmentSummary;
use kit::kept;
use kit::summary::{BREAST, a_line, a_signature, a_summary, a_value, body, missing, pages, papers, said};
use kit::*;
use tempfile::TempDir;

/// A summary in which every line of the template is chosen, those that repeat twice.
struct Whole {
    desk: Shift,
    summary: String,
    template: TemplateView,
    /// Makes every value of a blank another one.
    given: u32,
}

impl Whole {
    async fn new() -> Whole {
        let desk = a_clinic().await;
        let anna = registered(&desk.clinic).await.to_string();
        let summary = a_summary(&desk.clinic, &anna).await.id.to_string();
        let template = desk.clinic.read_template(ReadTemplate { template: BREAST.into() }).await.unwrap();
        let mut whole = Whole { desk, summary, template, given: 0 };
        let lines: Vec<(String, String, bool)> = whole
            .template
            .sections
            .iter()
            .flat_map(|section| section.lines.iter().map(|line| (section.key.clone(), line.key.clone(), line.repeats)))
            .collect();
        for (section, line, repeats) in &lines {
            for _ in 0..=u8::from(*repeats) {
                whole.choose(section, line).await;
            }
        }
        whole
    }

    /// Chooses a line and fills each blank of it with a value that no other blank of its kind has.
    async fn choose(&mut self, section: &str, line: &str) {
        let clinic = &self.desk.clinic;
        let view = clinic.choose_line(a_line(&self.summary, section, line)).await.unwrap();
        let entry = view.chosen.last().unwrap().key.clone();
        let sections = &self.template.sections;
        let lines = &sections.iter().find(|here| here.key == section).unwrap().lines;
        for slot in &lines.iter().find(|here| here.key == line).unwrap().slots {
            self.given += 1;
            let n = self.given;
            let value = match (slot.kind, slot.precision) {
                ("date", Some("day")) => format!("{}-{:02}-{:02}", 2026 + n / 336, n / 28 % 12 + 1, n % 28 + 1),
                ("date", Some("month")) => format!("{}-{:02}", 2026 + n / 12, n % 12 + 1),
                ("date", _) => (1990 + n % 40).to_string(),
                ("number", _) if slot.most == Some(0) => n.to_string(),
                ("number", _) => format!("{n}.5"),
                ("choice", _) => slot.options[n as usize % slot.options.len()].key.clone(),
                ("text", _) => format!("Dr Siôn Łęcka’s nº {n}: £{n}, é ŵ ŷ ł <b>"),
                other => panic!("{other:?}"),
            };
            clinic.fill_slot(a_value(&self.summary, &entry, &slot.key, &value)).await.unwrap();
        }
    }

    /// The record and its template, read beside the product; and the stored files of a version.
    fn stored(&self, version: u32) -> (TreatmentSummary, SummaryTemplate, [Vec<u8>; 2]) {
        let id = TreatmentSummaryId::parse(&self.summary).unwrap();
        let (summary, template) = kept::after_a_crash(&self.desk, |store| {
            let summary = store.treatment_summary_version(id, version).unwrap().unwrap().summary;
            (summary, summary_template(&store.summary_template(BREAST).unwrap().unwrap()).unwrap())
        });
        (summary, template, papers(&self.desk, &self.summary, version))
    }

    /// What is missing in each copy of the draft as it is saved now, of all that this summary says.
    async fn missing_in_draft(&self, said: &TreatmentSummary, template: &SummaryTemplate) -> [Vec<String>; 2] {
        let folder = TempDir::new().unwrap();
        let facts = said.facts(template);
        let mut found = Vec::new();
        for (kind, copy) in [("summary_patient", Copy::Patient), ("summary_gp", Copy::Gp)] {
            let paper = PaperOf { kind: kind.into(), record: self.summary.clone(), version: None, patient: None };
            let save = SavePaper { paper, day: "14".into(), month: "7".into() };
            let saved = self.desk.clinic.save_paper_in(save, folder.path().to_owned()).await.unwrap();
            let pages = pages(&fs::read(folder.path().join(saved.file)).unwrap());
            found.push(missing(&body(&pages, copy), &facts, template, copy));
        }
        found.try_into().unwrap()
    }
}

#[tokio::test]
async fn every_fact_stands_in_both_copies_and_one_left_out_is_missed() {
    let whole = Whole::new().await;
    whole.desk.clinic.sign_treatment_summary(a_signature(&whole.desk.clinic, &whole.summary).await).await.unwrap();
    let (summary, template, pdfs) = whole.stored(1);
    let facts = summary.facts(&template);
    let lines: usize = template.sections.iter().map(|section| section.lines.len()).sum();
    let repeated = template.sections.iter().flat_map(|section| &section.lines).filter(|line| line.repeats).count();
    assert_eq!(facts.len(), lines + repeated, "every line, and those that repeat once more");
    let filled = summary.chosen.iter().map(|chosen| chosen.values.len()).sum::<usize>();
    assert!(filled > 200 && !facts.iter().any(|fact| said(fact, Copy::Gp).contains('[')), "every blank is filled");

    for (copy, pdf) in Copy::ALL.iter().zip(&pdfs) {
        let pages = pages(pdf);
        assert!(pages.len() > 4, "{}", pages.len());
        for (number, page) in (1..).zip(&pages) {
            let born = if *copy == Copy::Gp { "Born 14-Jul-1956" } else { "Born 14 July 1956" };
            for part in ["INVENTED, Anna", born, "NHS No. 999 000 0018", &format!("Page {number} of {}", pages.len())] {
                assert!(page.contains(part), "{part} on page {number} of the {} copy: {page}", copy.code());
            }
        }
        let text = body(&pages, *copy);
        assert_eq!(missing(&text, &facts, &template, *copy), Vec::<String>::new(), "{} copy", copy.code());
        for letter in ["£", "’", "é", "ŵ", "ŷ", "ł", "<b>"] {
            assert!(text.contains(letter), "{letter} in the {} copy", copy.code());
        }
    }

    // One copy is not taken for the other.
    let [patient, _] = &pdfs;
    assert!(!missing(&body(&pages(patient), Copy::Patient), &facts, &template, Copy::Gp).is_empty());

    let reason = "Planted omissions".to_owned();
    let amend = AmendTreatmentSummary { summary: whole.summary.clone(), reason };
    whole.desk.clinic.amend_treatment_summary(amend).await.unwrap();
    let nothing = [Vec::<String>::new(), Vec::new()];
    assert_eq!(whole.missing_in_draft(&summary, &template).await, nothing, "the draft says it all");
    let left_out = [
        ("diagnosis", "dcis"),
        ("treatment", "chemo-none"),
        ("effects-late", "womb"),
        ("alerts", "alert-other-urgent"),
        ("recurrence", "tired"),
        ("gp-actions", "refer-back"),
        ("sr1", "sent"),
        ("information", "other"),
    ];
    let mut looked_for = summary;
    for (section, line) in left_out {
        let planted = looked_for.chosen.iter().position(|chosen| (&*chosen.section, &*chosen.line) == (section, line));
        let planted = planted.unwrap_or_else(|| panic!("the template has no {section}/{line}"));
        let chosen = looked_for.chosen[planted].clone();
        let entry = chosen.key.as_str().to_owned();
        whole.desk.clinic.drop_line(DropLine { summary: whole.summary.clone(), entry }).await.unwrap();
        let facts = looked_for.facts(&template);
        let key = format!("{section}/{line}");
        let fact = facts.iter().find(|fact| fact.key == key && fact.values == chosen.values).unwrap();
        let expected = [Copy::Patient, Copy::Gp].map(|copy| vec![said(fact, copy)]);
        assert_eq!(whole.missing_in_draft(&looked_for, &template).await, expected, "{key}");
        // The next round looks for what is still to be there.
        looked_for.chosen.remove(planted);
    }
}
