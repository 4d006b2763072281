//! A checklist to fill in with a pen: how to do it, every concern with its box and its scale, and what else an assessment asks.
//!
//! No answer is ever printed here. What it asks is what the screens of an assessment ask, in the same order.

use domain::checklist::Checklist;
use domain::day;
use domain::patient::Patient;
use domain::summary_template::Copy;
use jiff::civil::Date;

use crate::about::{Contact, date, identifiers, with_numbers, words};
use crate::error::Error;
use crate::model::{BaseSize, Blank, Block, Document, FileMarks, Identifiers, Level, Meta, Text, Ticks, Trust, Voice};
use crate::printable::printable;
use crate::words::{Key, keys, say};

/// Lines for concerns in own words.
const OWN: usize = 3;
/// Lines for what matters most.
const MATTERS: u8 = 4;
/// Lines for questions.
const QUESTIONS: u8 = 5;

/// A form to be printed, and what stands around it.
#[derive(Clone, Debug)]
pub struct BlankChecklist<'a> {
    pub checklist: &'a Checklist,
    /// Whose form it is; None leaves boxes for the name.
    pub patient: Option<&'a Patient>,
    /// The day of the assessment whose concerns are scored again, 0 to 10; None for a form that takes 1 to 10.
    pub again: Option<Date>,
    /// When it is printed, UTC milliseconds.
    pub at: i64,
    pub trust: Trust,
    /// Whom to ring for help with it.
    pub contact: Option<&'a Contact>,
    pub training: bool,
    /// The identifier in the file's trailer.
    pub file_id: [u8; 16],
}

/// The document of a blank form. [`Error::NoGlyph`] for a character that cannot be printed.
pub fn blank_checklist(form: &BlankChecklist<'_>) -> Result<Document, Error> {
    let list = form.checklist;
    let before = form.again.map(|day| say(keys::PAPER_BLANK_AGAIN, &[("date", &date(Copy::Patient, day))]).into());
    let mut blocks =
        vec![Block::Title { title: list.title.clone(), lines: before.into_iter().collect(), aside: Vec::new() }];
    blocks.push(Block::Boxed { title: say(keys::PAPER_BLANK_HOW, &[]), blocks: form.how() });
    if form.patient.is_none() {
        blocks.push(Block::Boxed { title: say(keys::PAPER_BLANK_YOU, &[]), blocks: vec![Block::Blanks(you())] });
    }
    for area in &list.domains {
        blocks.push(Block::Together(vec![
            heading(&area.title),
            Block::Ticks(form.concerns(area.items.iter().map(|item| item.text.as_str().into()).collect())),
            Block::Ticks(boxes([say(keys::PAPER_BLANK_DECLINE, &[("area", &area.title)])])),
        ]));
    }
    blocks.push(Block::Together(vec![
        heading(&say(keys::PAPER_BLANK_OWN, &[])),
        paragraph(keys::PAPER_BLANK_OWN_MORE),
        Block::Ticks(form.concerns(vec![Text::default(); OWN])),
    ]));
    blocks.push(Block::Together(vec![
        heading(&say(keys::PAPER_BLANK_MATTERS, &[])),
        paragraph(keys::PAPER_BLANK_MATTERS_MORE),
        Block::Blanks((1..=MATTERS).map(|number| Blank::Line(format!("{number}."))).collect()),
    ]));
    if !list.topics.is_empty() {
        blocks.push(Block::Together(vec![
            heading(&say(keys::PAPER_BLANK_INFORMATION, &[])),
            Block::Ticks(boxes(list.topics.iter().map(|topic| topic.text.clone()))),
        ]));
    }
    blocks.push(Block::Together(vec![
        heading(&say(keys::PAPER_BLANK_QUESTIONS, &[])),
        Block::Blanks(vec![Blank::Lines(QUESTIONS)]),
    ]));
    blocks.push(Block::Boxed { title: say(keys::PAPER_BLANK_WHO, &[]), blocks: who() });
    let document = Document { meta: form.meta(), blocks };
    printable(&document)?;
    Ok(document)
}

impl BlankChecklist<'_> {
    fn how(&self) -> Vec<Block> {
        let list = self.checklist;
        let values = [("question", list.question.as_str()), ("low", &list.low), ("high", &list.high)];
        let (tick, score) = match self.again {
            None => (keys::PAPER_BLANK_HOW_TICK, keys::PAPER_BLANK_HOW_SCORE),
            Some(_) => (keys::PAPER_BLANK_HOW_TICK_AGAIN, keys::PAPER_BLANK_HOW_SCORE_AGAIN),
        };
        let steps =
            [tick, score, keys::PAPER_BLANK_HOW_NO_ANSWER, keys::PAPER_BLANK_HOW_PRIVATE, keys::PAPER_BLANK_HOW_BACK];
        let steps = steps.map(|step| say(step, if step == score { &values } else { &[] }).into());
        let mut blocks = vec![Block::List { numbered: true, items: steps.to_vec() }];
        if let Some(contact) = self.contact.filter(|contact| !contact.phone.is_empty()) {
            let help = say(keys::PAPER_BLANK_HELP, &[("phone", &contact.phone)]);
            blocks.push(Block::Paragraph(with_numbers(&help, Voice::Plain)));
        }
        blocks
    }

    fn concerns(&self, rows: Vec<Text>) -> Ticks {
        let list = self.checklist;
        let (least, meaning) = match self.again {
            None => (1, keys::PAPER_BLANK_SCALE),
            Some(_) => (0, keys::PAPER_BLANK_SCALE_AGAIN),
        };
        Ticks {
            rows,
            scale: (least..=10).map(|score: u8| score.to_string()).collect(),
            meaning: say(meaning, &[("low", &list.low), ("high", &list.high)]),
            more: [keys::PAPER_BLANK_NO_ANSWER, keys::PAPER_BLANK_PRIVATE].map(|key| say(key, &[])).to_vec(),
        }
    }

    fn meta(&self) -> Meta {
        let list = self.checklist;
        let points = self.patient.and_then(|patient| BaseSize::new(patient.needs.print_points));
        let version = list.canonical.rsplit_once('|').map_or("", |(_, version)| version);
        let printed = date(Copy::Patient, day::london(self.at).date());
        Meta {
            title: list.title.clone(),
            identifiers: self.patient.map_or_else(nobody, |patient| identifiers(patient, Copy::Patient)),
            copy: say(keys::PAPER_BLANK_COPY, &[]),
            version: say(keys::PAPER_BLANK_VERSION, &[("title", &list.title), ("version", version)]),
            author: self.trust.name.clone(),
            made: say(keys::PAPER_BLANK_PRINTED, &[("date", &printed)]),
            trust: self.trust.clone(),
            size: points.unwrap_or(BaseSize::PATIENT).max(BaseSize::PATIENT),
            watermark: self.training.then(|| say(keys::PAPER_MARK_TRAINING, &[])),
            words: words(),
            marks: FileMarks { made_at: self.at, file_id: self.file_id },
        }
    }
}

/// Room on every page for whose it is: loose pages of two people must not be mixed up.
fn nobody() -> Identifiers {
    Identifiers {
        name: say(keys::PAPER_BLANK_NAME, &[]),
        born: say(keys::PAPER_BLANK_BORN, &[]),
        number: say(keys::PAPER_BLANK_NUMBER, &[]),
        badge: None,
    }
}

fn you() -> Vec<Blank> {
    vec![
        Blank::Line(say(keys::PAPER_BLANK_YOUR_NAME, &[])),
        Blank::Cells { words: say(keys::PAPER_BLANK_YOUR_BIRTH, &[]), groups: vec![2, 2, 4] },
        Blank::Cells { words: say(keys::PAPER_BLANK_YOUR_NUMBER, &[]), groups: vec![3, 3, 4] },
    ]
}

fn who() -> Vec<Block> {
    let answered = [
        keys::PAPER_BLANK_WHO_PATIENT,
        keys::PAPER_BLANK_WHO_HELP,
        keys::PAPER_BLANK_WHO_CARER,
        keys::PAPER_BLANK_WHO_INTERPRETER,
    ];
    vec![
        Block::Ticks(boxes(answered.map(|key| say(key, &[])))),
        Block::Blanks(vec![
            Blank::Line(say(keys::PAPER_BLANK_WHO_NAME, &[])),
            Blank::Cells { words: say(keys::PAPER_BLANK_WHO_DAY, &[]), groups: vec![2, 2, 4] },
        ]),
    ]
}

fn boxes(texts: impl IntoIterator<Item = String>) -> Ticks {
    Ticks { rows: texts.into_iter().map(Text::from).collect(), ..Ticks::default() }
}

fn heading(text: &str) -> Block {
    Block::Heading { level: Level::Two, text: text.to_owned(), score: None }
}

fn paragraph(key: Key) -> Block {
    Block::Paragraph(say(key, &[]).into())
}
