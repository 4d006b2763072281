//! How concerns changed, for the patient: each concern's first and newest score in one line, and every score where there are more than two.

use domain::change::{Change, Changed, Said, Stood};
use domain::summary_template::Copy;
use jiff::civil::Date;

use crate::about::{About, date};
use crate::error::Error;
use crate::model::{Block, Document, Level, Score, Text};
use crate::words::{Key, keys, say};

/// The document of a change over two assessments or more; `days` are those of their answers, in the same order. `about` is no draft.
/// [`Error::NoGlyph`] for a character that cannot be printed.
pub fn change(change: &Change, days: &[Date], about: &About<'_>) -> Result<Document, Error> {
    let day = |day: Option<&Date>| day.map(|day| date(Copy::Patient, *day)).unwrap_or_default();
    let between = [("first", &*day(days.first())), ("newest", &*day(days.last()))];
    let made = [("date", &*about.day(Copy::Patient)), ("author", about.author)];
    let mut blocks = vec![
        Block::Title {
            title: say(keys::PAPER_CHANGES_TITLE, &[]),
            lines: vec![say(keys::PAPER_CHANGES_BETWEEN, &between).into()],
            aside: Vec::new(),
        },
        about.who_to_ring(),
        Block::Paragraph(say(keys::PAPER_CHANGES_SCALE, &[]).into()),
    ];
    let (ranked, others): (Vec<_>, Vec<_>) = change.concerns.iter().partition(|concern| concern.rank.is_some());
    if !ranked.is_empty() {
        blocks.push(heading(keys::PAPER_PLAN_RANKED));
    }
    blocks.extend(ranked.iter().enumerate().map(|(index, one)| concern(one, Some(index + 1), days)));
    if !others.is_empty() {
        blocks.push(heading(if ranked.is_empty() { keys::PAPER_PLAN_CONCERNS } else { keys::PAPER_PLAN_OTHERS }));
    }
    blocks.extend(others.iter().map(|one| concern(one, None, days)));
    if change.concerns.is_empty() {
        blocks.push(Block::Paragraph(say(keys::PAPER_CHANGES_NONE, &[]).into()));
    }
    let (title, version) = (say(keys::PAPER_CHANGES_TITLE, &[]), say(keys::PAPER_CHANGES_VERSION, &[]));
    let mut document = about.document(Copy::Patient, title, version, blocks)?;
    // Nobody signs it: it is computed from the assessments as they stand.
    document.meta.made = say(keys::PAPER_CHANGES_MADE, &made);
    Ok(document)
}

fn heading(key: Key) -> Block {
    Block::Heading { level: Level::Two, text: say(key, &[]), score: None }
}

/// One concern: what it was and is beside its name; below it why there is no score now, and every score where there are more than two.
fn concern(concern: &Changed, number: Option<usize>, days: &[Date]) -> Block {
    let text = match number {
        Some(number) => say(keys::PAPER_PLAN_NUMBERED, &[("number", &number.to_string()), ("concern", &concern.text)]),
        None => concern.text.clone(),
    };
    let (score, instead) = match concern.since_first() {
        Said::Was { was, now } => (Some((now, was_now(was.score(), now.score()))), None),
        Said::New { now } => (Some((now, scored(keys::PAPER_CHANGES_NEW, now.score()))), None),
        Said::FirstScore { now } | Said::Back { now } => {
            (Some((now, scored(keys::PAPER_CHANGES_FIRST_SCORE, now.score()))), None)
        }
        Said::Declined { was } => (None, Some((keys::PAPER_CHANGES_DECLINED, was))),
        Said::Unanswered { was } => (None, Some((keys::PAPER_CHANGES_UNANSWERED, was))),
        Said::NotRaised { was } => (None, Some((keys::PAPER_CHANGES_NOT_RAISED, was))),
    };
    let score = score.map(|(now, words)| Score { value: now.score(), words });
    let mut blocks = vec![Block::Heading { level: Level::Three, text, score }];
    if concern.private {
        blocks.push(Block::Paragraph(say(keys::PAPER_PLAN_LATER, &[]).into()));
    }
    if let Some((key, was)) = instead {
        let mut text = say(key, &[]);
        if let Some(was) = was {
            text.push(' ');
            text.push_str(&scored(keys::PAPER_CHANGES_WAS, was.score()));
        }
        blocks.push(Block::Paragraph(text.into()));
    }
    if days.len() > 2 {
        let each = days.iter().zip(&concern.stood).map(|(day, stood)| {
            let stood = match stood {
                Stood::Rated(rating) => rating.score().to_string(),
                Stood::Declined => say(keys::PAPER_CHANGES_STOOD_DECLINED, &[]),
                Stood::Unanswered => say(keys::PAPER_CHANGES_STOOD_UNANSWERED, &[]),
                Stood::NotRaised => say(keys::PAPER_CHANGES_STOOD_NOT_RAISED, &[]),
            };
            say(keys::PAPER_CHANGES_STOOD, &[("date", &date(Copy::Patient, *day)), ("stood", &stood)])
        });
        blocks.push(Block::Paragraph(Text::plain(each.collect::<Vec<_>>().join("\n"))));
    }
    Block::Together(blocks)
}

/// "was 9, now 6".
pub(crate) fn was_now(was: u8, now: u8) -> String {
    say(keys::PAPER_CHANGES_WAS_NOW, &[("was", &was.to_string()), ("now", &now.to_string())])
}

fn scored(key: Key, score: u8) -> String {
    say(key, &[("score", &score.to_string())])
}
