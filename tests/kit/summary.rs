//! Treatment summaries as a nurse makes them, and the facts of one looked for on its paper.

use std::io::Write;
use std::process::Command;

use clinic::*;
use domain::summary_template::{Copy, SummaryTemplate};
use domain::treatment_summary::Fact;

use crate::kept;
use crate::people::{RUTHS_PASSPHRASE, typed};
use crate::room::Shift;

/// The template that ships.
pub const BREAST: &str = "https://holdfast.example/content/summary-templates/breast|1.0.0";

/// Section, line, and what is typed into which blank.
type Filled = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// The fewest lines that a breast summary can be signed with, and what is typed into their blanks.
const WHOLE: [Filled; 9] = [
    ("diagnosis", "invasive", &[("side", "left"), ("date", "19 January 2026")]),
    ("aim", "cure", &[]),
    ("treatment", "lumpectomy", &[("date", "Feb 2026"), ("side", "left")]),
    ("recurrence", "lump", &[]),
    ("alerts", "spine", &[]),
    ("contacts", "urgent-line", &[("phone", "020 7946 0199"), ("use", "the signs marked URGENT")]),
    ("contacts", "hospital", &[("hospital", "Thamesbank Hospitals")]),
    ("hospital-plan", "no-more-tests", &[]),
    ("gp-actions", "none", &[]),
];

/// A summary of this patient that lacks nothing but a signature.
pub async fn a_whole_summary(clinic: &Clinic, patient: &str) -> SummaryView {
    let id = a_summary(clinic, patient).await.id.to_string();
    let mut view = None;
    for (section, line, values) in WHOLE {
        view = Some(chosen(clinic, &id, section, line, values).await);
    }
    view.expect("lines were chosen")
}

/// A summary of this patient in which nothing is chosen yet.
pub async fn a_summary(clinic: &Clinic, patient: &str) -> SummaryView {
    let start = StartTreatmentSummary { patient: patient.to_owned(), template: BREAST.to_owned() };
    clinic.start_treatment_summary(start).await.unwrap()
}

/// Chooses a line and fills blanks of it.
pub async fn chosen(clinic: &Clinic, summary: &str, section: &str, line: &str, values: &[(&str, &str)]) -> SummaryView {
    let mut view = clinic.choose_line(a_line(summary, section, line)).await.unwrap();
    let entry = last(&view).key.clone();
    for (slot, value) in values {
        view = clinic.fill_slot(a_value(summary, &entry, slot, value)).await.unwrap();
    }
    view
}

/// The newest entry of a view.
pub fn last(view: &SummaryView) -> &ChosenView {
    view.chosen.last().expect("a line is chosen")
}

/// What a blank of an entry holds.
pub fn value<'a>(entry: &'a ChosenView, slot: &str) -> &'a str {
    &entry.slots.iter().find(|here| here.key == slot).expect("the line has this blank").value
}

/// The files of both copies of a version as they would be on the disk if the PC's program died now.
pub fn papers(shift: &Shift, summary: &str, version: u32) -> [Vec<u8>; 2] {
    [Copy::Patient, Copy::Gp].map(|copy| kept::paper(shift, summary, version, copy).pdf)
}

pub fn a_line(summary: &str, section: &str, line: &str) -> ChooseLine {
    ChooseLine { summary: summary.to_owned(), section: section.to_owned(), line: line.to_owned() }
}

pub fn a_value(summary: &str, entry: &str, slot: &str, value: &str) -> FillSlot {
    let [summary, entry, slot, value] = [summary, entry, slot, value].map(str::to_owned);
    FillSlot { summary, entry, slot, value }
}

/// Ruth reads the summary of somebody who was born on 14 July, and signs it as she has read it.
pub async fn a_signature(clinic: &Clinic, summary: &str) -> SignTreatmentSummary {
    let read = clinic.read_treatment_summary(ReadTreatmentSummary { summary: summary.to_owned(), version: None }).await;
    // One that cannot be read has no revision.
    let revision = read.map_or(0, |view| view.revision);
    let [summary, day, month] = [summary, "14", "7"].map(str::to_owned);
    SignTreatmentSummary { summary, revision, day, month, passphrase: typed(RUTHS_PASSPHRASE) }
}

/// What `pdftotext` reads on each page, every run of white space made one space.
pub fn pages(pdf: &[u8]) -> Vec<String> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(pdf).unwrap();
    let output = Command::new("pdftotext").arg(file.path()).arg("-").output().expect("pdftotext is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.split('\u{c}').map(folded).filter(|page| !page.is_empty()).collect()
}

/// The text of one copy without what stands around it on every page.
pub fn body(pages: &[String], copy: Copy) -> String {
    let (head, foot) = match copy {
        Copy::Patient => ("Patient copy", "Treatment summary, "),
        Copy::Gp => ("GP copy", "Treatment summary, "),
    };
    let inner = pages.iter().map(|page| {
        let (_, page) = page.split_once(head).expect("a header");
        let (page, _) = page.rsplit_once(foot).expect("a footer");
        // The line that says what the next page holds.
        let page = page.split("On the next page:").next().unwrap_or_default();
        page.strip_suffix("This goes on over the page. ").unwrap_or(page)
    });
    folded(&inner.collect::<Vec<_>>().join(" "))
}

/// The facts of a summary that do not stand in the text of a copy, by their words there.
pub fn missing(text: &str, facts: &[Fact], template: &SummaryTemplate, copy: Copy) -> Vec<String> {
    let printed: Vec<_> =
        template.order(copy).iter().filter(|key| facts.iter().any(|fact| fact.section == **key)).collect();
    // Each part of the text runs from its section's title to the title of the next.
    let mut rest = text;
    let mut parts = Vec::new();
    for (place, key) in printed.iter().enumerate() {
        let title = template.section(key).unwrap().title.of(copy);
        let Some((before, after)) = rest.split_once(title) else { return vec![format!("the title {title}")] };
        if place > 0 {
            parts.push(before);
        }
        rest = after;
    }
    parts.push(rest);
    let mut missing = Vec::new();
    for (key, part) in printed.iter().zip(parts) {
        let mut rest = part;
        for fact in facts.iter().filter(|fact| fact.section == **key) {
            let words = said(fact, copy);
            match rest.split_once(words.as_str()) {
                Some((_, after)) => rest = after,
                None => missing.push(words),
            }
        }
    }
    missing
}

/// How paper says a fact.
pub fn said(fact: &Fact, copy: Copy) -> String {
    let urgent = if fact.urgent { "URGENT " } else { "" };
    folded(&format!("{urgent}{}", fact.words.of(copy)))
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
