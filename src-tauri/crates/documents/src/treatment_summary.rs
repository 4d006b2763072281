//! Both copies of a treatment summary: the same facts, each in the words and in the order of whom it is for.

use domain::staff::Organisation;
use domain::summary_template::{Copy, Section, SummaryTemplate};
use domain::treatment_summary::{Fact, TreatmentSummary};

use crate::about::{About, with_numbers};
use crate::error::Error;
use crate::model::{Block, Document, Level, Table, Text, Voice};
use crate::words::{keys, say};

/// The section that heads the patient's copy, in a box.
const CONTACTS: &str = "contacts";
/// The section that heads the GP's copy, in a box.
const GP_ACTIONS: &str = "gp-actions";

/// The document of one copy: its box, on the GP's copy the codes, then every other section that has a line, in the order of that
/// copy. `template` is the one it was made on. [`Error::NoGlyph`] for a character that cannot be printed.
pub fn treatment_summary(
    summary: &TreatmentSummary,
    template: &SummaryTemplate,
    copy: Copy,
    about: &About<'_>,
) -> Result<Document, Error> {
    let facts = summary.facts(template);
    let of = |section: &Section| facts.iter().filter(|fact| fact.section == section.key).collect::<Vec<_>>();
    let boxed_key = if copy == Copy::Patient { CONTACTS } else { GP_ACTIONS };
    let boxed =
        template.section(boxed_key).map(|section| (section, of(section))).filter(|(_, facts)| !facts.is_empty());
    let name = match copy {
        Copy::Patient => say(keys::PAPER_SUMMARY_TITLE, &[]),
        Copy::Gp => say(keys::PAPER_SUMMARY_TITLE_GP, &[]),
    };

    let mut blocks = vec![title(&name, template, copy, about)];
    match boxed {
        Some((section, facts)) => blocks.push(Block::Boxed {
            title: section.title.of(copy).to_owned(),
            blocks: said(section, &facts, copy, copy == Copy::Gp),
        }),
        None if copy == Copy::Patient => blocks.push(about.who_to_ring()),
        None => {}
    }
    if copy == Copy::Patient {
        blocks.extend(about.replaces().map(Block::Paragraph));
    }
    let mut number = 0;
    let mut headed = |title: &str, inner: Vec<Block>| {
        number += 1;
        let text = match copy {
            Copy::Patient => title.to_owned(),
            Copy::Gp => say(keys::PAPER_SUMMARY_SECTION, &[("number", &number.to_string()), ("title", title)]),
        };
        blocks.push(Block::Heading { level: Level::Two, text, score: None });
        blocks.extend(inner);
    };
    if let Some(codes) = codes(summary, template).filter(|_| copy == Copy::Gp) {
        headed(&say(keys::PAPER_SUMMARY_CODES, &[]), vec![codes]);
    }
    let order = template.order(copy).iter().filter(|key| *key != boxed_key);
    for section in order.filter_map(|key| template.section(key)) {
        let facts = of(section);
        if !facts.is_empty() {
            headed(section.title.of(copy), said(section, &facts, copy, false));
        }
    }
    let version = match about.is_draft() {
        true => say(keys::PAPER_SUMMARY_DRAFT, &[]),
        false => say(keys::PAPER_SUMMARY_VERSION, &[("version", &about.version())]),
    };
    about.document(copy, name, version, blocks)
}

fn title(title: &str, template: &SummaryTemplate, copy: Copy, about: &About<'_>) -> Block {
    let site = template.title.as_str();
    let made = match copy {
        Copy::Patient => {
            let day = about.day(copy);
            let values = [("site", site), ("date", &*day), ("author", about.author), ("role", &about.role())];
            say(keys::PAPER_SUMMARY_ABOUT, &values)
        }
        Copy::Gp => say(keys::PAPER_SUMMARY_ABOUT_GP, &[("site", site)]),
    };
    let mut lines = vec![Text::from(made)];
    if about.is_draft() {
        lines.push(say(keys::PAPER_SUMMARY_NOT_SIGNED, &[]).into());
    }
    // The patient reads it below the box, so that the box stays whole on the first page in large print.
    lines.extend(about.replaces().filter(|_| copy == Copy::Gp));
    let aside = if copy == Copy::Gp { vec![to(&about.patient.practice), from(about)] } else { Vec::new() };
    Block::Title { title: title.to_owned(), lines, aside }
}

fn to(practice: &Organisation) -> String {
    let practice = match (practice.name.as_str(), practice.ods.as_str()) {
        ("", "") => return say(keys::PAPER_SUMMARY_TO_NOT_KNOWN, &[]),
        ("", one) | (one, "") => one.to_owned(),
        (name, ods) => say(keys::PAPER_SUMMARY_PRACTICE, &[("name", name), ("ods", ods)]),
    };
    say(keys::PAPER_SUMMARY_TO, &[("practice", &practice)])
}

fn from(about: &About<'_>) -> String {
    let from = match (about.trust.name.as_str(), about.patient.team.as_str()) {
        ("", one) | (one, "") => one.to_owned(),
        (trust, team) => say(keys::PAPER_SUMMARY_FROM_TEAM, &[("trust", trust), ("team", team)]),
    };
    say(keys::PAPER_SUMMARY_FROM, &[("from", &from)])
}

/// The codes of the lines that are chosen, None when they have none.
fn codes(summary: &TreatmentSummary, template: &SummaryTemplate) -> Option<Block> {
    let chosen = template.codes.iter().filter(|code| summary.has(&code.section, &code.line));
    let rows: Vec<Vec<Text>> = chosen
        .map(|code| vec![code.name.as_str().into(), system(&code.system).into(), code.code.as_str().into()])
        .collect();
    let head = [keys::PAPER_SUMMARY_CODE_ITEM, keys::PAPER_SUMMARY_CODE_SYSTEM, keys::PAPER_SUMMARY_CODE];
    let head = head.iter().map(|key| say(*key, &[])).collect();
    (!rows.is_empty()).then_some(Block::Table(Table { head, rows, weights: vec![5, 3, 3] }))
}

/// The name that people know a code system by; another one stands as it is written.
fn system(system: &str) -> &str {
    match system {
        "http://snomed.info/sct" => "SNOMED CT",
        "http://hl7.org/fhir/sid/icd-10" => "ICD-10",
        other => other,
    }
}

/// The lines of a section: its lead, then group by group, own lines at the end.
fn said(section: &Section, facts: &[&Fact], copy: Copy, numbered: bool) -> Vec<Block> {
    let mut blocks = Vec::new();
    blocks.extend(section.lead.as_ref().map(|lead| Block::Paragraph(lead.of(copy).into())));
    for together in facts.chunk_by(|one, next| one.group == next.group) {
        let group = together.first().and_then(|fact| fact.group.as_deref());
        let title = match section.groups.iter().find(|one| Some(one.key.as_str()) == group) {
            Some(group) => Some(group.title.of(copy).to_owned()),
            // Own lines stand in no group, so they must not look as if they stood in the last one.
            None if !section.groups.is_empty() => Some(say(keys::PAPER_SUMMARY_ALSO, &[])),
            None => None,
        };
        blocks.extend(title.map(|text| Block::Heading { level: Level::Three, text, score: None }));
        let boxed_contacts = section.key == CONTACTS && copy == Copy::Patient;
        let items: Vec<Text> = together.iter().map(|fact| item(fact, copy, boxed_contacts)).collect();
        match boxed_contacts {
            true => blocks.extend(items.into_iter().map(Block::Paragraph)),
            false => blocks.push(Block::List { numbered, items }),
        }
    }
    blocks
}

/// One fact in the words of the copy. `ring` makes its telephone numbers stand out.
fn item(fact: &Fact, copy: Copy, ring: bool) -> Text {
    let words = match fact.words.of(copy) {
        "" => say(keys::PAPER_SUMMARY_OPEN, &[]),
        words => words.to_owned(),
    };
    let words = if ring { with_numbers(&words, Voice::Plain) } else { Text::from(words) };
    if !fact.urgent {
        return words;
    }
    let mut urgent = Text::default().and(Voice::Tag, say(keys::PAPER_URGENT, &[])).and(Voice::Plain, " ");
    urgent.0.extend(words.0);
    urgent
}
