//! The patient's copy of a care plan: whom to ring, then every concern with what was said and agreed, then who agreed.
//!
//! Nothing of the record is left out but why a concern is to be talked about later.

use std::collections::BTreeMap;

use domain::action::{Action, ActionKind, EndedHow, OwnerKind};
use domain::care_plan::{CarePlan, NothingAgreed, PlanConcern};
use domain::hna::{Answer, ConcernKey, Method, Rating};
use domain::staff::Signature as Signed;
use domain::summary_template::Copy;
use jiff::civil::Date;

use crate::about::{About, date, moment, role, with_numbers};
use crate::change::was_now;
use crate::error::Error;
use crate::model::{Block, Document, Level, Score, Signature, Table, Text, Voice};
use crate::words::{Key, keys, say};

/// When and how an assessment was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessed {
    pub on: Date,
    pub method: Method,
    /// What its concerns were in the assessment before, where they have a score in both; empty for a first assessment.
    pub was: BTreeMap<ConcernKey, Rating>,
}

/// The document of a plan. `assessed` is when and how its assessment was answered. A part that a draft still lacks is
/// named in square brackets. [`Error::NoGlyph`] for a character that cannot be printed.
pub fn care_plan(plan: &CarePlan, assessed: Assessed, about: &About<'_>) -> Result<Document, Error> {
    let signed = plan.signed.as_ref().filter(|_| !about.is_draft());
    let mut blocks = vec![title(about), about.who_to_ring()];
    let answered = match assessed.method {
        Method::FaceToFace => keys::PAPER_PLAN_ASSESSED,
        Method::Telephone => keys::PAPER_PLAN_ASSESSED_TELEPHONE,
        Method::Video => keys::PAPER_PLAN_ASSESSED_VIDEO,
        Method::Paper => keys::PAPER_PLAN_ASSESSED_PAPER,
        Method::ThisPc => keys::PAPER_PLAN_ASSESSED_THIS_PC,
        Method::Home => keys::PAPER_PLAN_ASSESSED_HOME,
    };
    // Below the box, so that the box stays whole on the first page in large print.
    blocks.push(Block::Paragraph(say(answered, &[("date", &date(Copy::Patient, assessed.on))]).into()));
    blocks.extend(about.replaces().map(Block::Paragraph));
    let (ranked, others): (Vec<_>, Vec<_>) = plan.concerns.iter().partition(|concern| concern.ranked);
    if !ranked.is_empty() {
        blocks.push(heading(keys::PAPER_PLAN_RANKED));
    }
    blocks.extend(ranked.iter().enumerate().map(|(index, one)| concern(one, Some(index + 1), &assessed, about)));
    if !others.is_empty() {
        blocks.push(heading(if ranked.is_empty() { keys::PAPER_PLAN_CONCERNS } else { keys::PAPER_PLAN_OTHERS }));
    }
    blocks.extend(others.iter().map(|one| concern(one, None, &assessed, about)));
    blocks.push(agreed_by(signed, about));
    let version = match about.is_draft() {
        true => say(keys::PAPER_PLAN_DRAFT, &[]),
        false => say(keys::PAPER_PLAN_VERSION, &[("version", &about.version())]),
    };
    about.document(Copy::Patient, say(keys::PAPER_PLAN_TITLE, &[]), version, blocks)
}

fn title(about: &About<'_>) -> Block {
    let made = match about.is_draft() {
        true => say(keys::PAPER_PLAN_NOT_AGREED, &[]),
        false => {
            let values = [("date", &*about.day(Copy::Patient)), ("author", about.author), ("role", &about.role())];
            say(keys::PAPER_PLAN_MADE, &values)
        }
    };
    Block::Title { title: say(keys::PAPER_PLAN_TITLE, &[]), lines: vec![made.into()], aside: Vec::new() }
}

fn heading(key: Key) -> Block {
    Block::Heading { level: Level::Two, text: say(key, &[]), score: None }
}

/// One concern, kept with its table. `number` is its place among what matters most.
fn concern(concern: &PlanConcern, number: Option<usize>, assessed: &Assessed, about: &About<'_>) -> Block {
    let text = match number {
        Some(number) => say(keys::PAPER_PLAN_NUMBERED, &[("number", &number.to_string()), ("concern", &concern.text)]),
        None => concern.text.clone(),
    };
    let (score, instead) = match concern.answer {
        Answer::Rated(rating) => {
            let words = match assessed.was.get(&concern.key) {
                Some(was) => was_now(was.score(), rating.score()),
                None => say(keys::PAPER_PLAN_SCORE, &[("score", &rating.score().to_string())]),
            };
            (Some(Score { value: rating.score(), words }), None)
        }
        Answer::Declined => (None, Some(keys::PAPER_PLAN_DECLINED)),
        // Nobody asked: that it was not answered would be a reproach.
        Answer::Unanswered if !concern.raised() => (None, Some(keys::PAPER_PLAN_NOT_RAISED)),
        Answer::Unanswered => (None, Some(keys::PAPER_PLAN_UNANSWERED)),
    };
    let mut blocks = vec![Block::Heading { level: Level::Three, text, score }];
    blocks.extend(instead.map(paragraph));
    if concern.private {
        blocks.push(paragraph(keys::PAPER_PLAN_LATER));
    }
    if !concern.matters.is_empty() {
        blocks.push(Block::Paragraph(say(keys::PAPER_PLAN_SAID, &[("words", &concern.matters)]).into()));
    }
    if concern.actions.is_empty() {
        blocks.push(paragraph(match concern.nothing {
            None => keys::PAPER_PLAN_NO_ACTIONS,
            Some(NothingAgreed::Declined) => keys::PAPER_PLAN_NOTHING_DECLINED,
            Some(NothingAgreed::NotNeeded) => keys::PAPER_PLAN_NOTHING_NOT_NEEDED,
        }));
    } else {
        let head = [keys::PAPER_PLAN_WHAT, keys::PAPER_PLAN_WHO, keys::PAPER_PLAN_BY_WHEN];
        blocks.push(Block::Table(Table {
            head: head.iter().map(|key| say(*key, &[])).collect(),
            rows: concern.actions.iter().map(|one| vec![what(one), who(one, about), by_when(one)]).collect(),
            // At 14 points the last column holds "Done 23 November 2026" on one line, at 24 the first its head.
            weights: vec![47, 28, 39],
        }));
    }
    Block::Together(blocks)
}

fn paragraph(key: Key) -> Block {
    Block::Paragraph(say(key, &[]).into())
}

/// What was agreed, led by words that say whose move it is; below it whom to turn to, and what came of it.
fn what(action: &Action) -> Text {
    let mut text = Text::plain(agreed(action));
    if !action.contact.is_empty() {
        text = text.and(Voice::Plain, "\n");
        text.0.extend(with_numbers(&action.contact, Voice::Plain).0);
    }
    match action.outcome.as_str() {
        "" => text,
        words => text.and(Voice::Plain, format!("\n{}", say(keys::PAPER_PLAN_OUTCOME, &[("words", words)]))),
    }
}

fn agreed(action: &Action) -> String {
    let what = match action.what.as_str() {
        "" => say(keys::PAPER_PLAN_OPEN, &[]),
        what => what.to_owned(),
    };
    let key = match action.kind {
        Some(ActionKind::Inform) => keys::PAPER_PLAN_INFORM,
        Some(ActionKind::Signpost) => keys::PAPER_PLAN_SIGNPOST,
        Some(ActionKind::Refer) => keys::PAPER_PLAN_REFER,
        Some(ActionKind::Review) => keys::PAPER_PLAN_REVIEW,
        Some(ActionKind::SelfCare) => keys::PAPER_PLAN_SELF_CARE,
        None => return what,
    };
    say(key, &[("what", &what)])
}

fn who(action: &Action, about: &About<'_>) -> Text {
    let name = action.owner_name.as_str();
    let in_role = |key: Key| match name {
        "" => say(key, &[]),
        name => say(keys::PAPER_PLAN_OWNER, &[("name", name), ("role", &say(key, &[]))]),
    };
    let practice = about.patient.practice.name.as_str();
    match action.owner {
        Some(OwnerKind::Patient) => Text::bold(say(keys::PAPER_PLAN_YOU, &[])),
        Some(OwnerKind::Nurse) => in_role(keys::PAPER_PLAN_NURSE).into(),
        Some(OwnerKind::SupportWorker) => in_role(keys::PAPER_PLAN_SUPPORT_WORKER).into(),
        Some(OwnerKind::Service) if name.is_empty() => say(keys::PAPER_PLAN_PROVIDER, &[]).into(),
        Some(OwnerKind::Service) => name.into(),
        Some(OwnerKind::Gp) if !name.is_empty() => say(keys::PAPER_PLAN_GP_NAMED, &[("name", name)]).into(),
        Some(OwnerKind::Gp) if !practice.is_empty() => practice.into(),
        Some(OwnerKind::Gp) => say(keys::PAPER_PLAN_YOUR_GP, &[]).into(),
        None => say(keys::PAPER_PLAN_OPEN_OWNER, &[]).into(),
    }
}

/// The day by which, and below it the day it ended and how.
fn by_when(action: &Action) -> Text {
    let due = action.due.map(|due| date(Copy::Patient, due));
    let done = action.ended.map(|ended| {
        let key = match ended.how {
            EndedHow::Done => keys::PAPER_PLAN_DONE,
            EndedHow::Declined => keys::PAPER_PLAN_ENDED_DECLINED,
            EndedHow::NotNeeded => keys::PAPER_PLAN_ENDED_NOT_NEEDED,
        };
        say(key, &[("date", &date(Copy::Patient, ended.on))])
    });
    match (due, done) {
        (Some(due), Some(done)) => Text::plain(format!("{due}\n{done}")),
        (Some(one), None) | (None, Some(one)) => one.into(),
        (None, None) => say(keys::PAPER_PLAN_OPEN_DUE, &[]).into(),
    }
}

/// A line for the patient to sign; the author's signature in words once there is one, a line for it in a draft.
fn agreed_by(signed: Option<&Signed>, about: &About<'_>) -> Block {
    let name = &about.patient.name;
    let patient = [&*name.given, &*name.family].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>();
    let line = |who: String| Signature { who, date: say(keys::PAPER_PLAN_DATE, &[]) };
    let mut lines = vec![line(patient.join(" "))];
    let mut blocks = vec![heading(keys::PAPER_PLAN_AGREED_BY)];
    match signed {
        Some(signed) => {
            let values = [
                ("author", &*signed.name),
                ("role", &role(signed.role)),
                ("moment", &moment(Copy::Patient, signed.at)),
            ];
            blocks.push(Block::Paragraph(Text::default().and(Voice::Plain, say(keys::PAPER_PLAN_SIGNED, &values))));
        }
        None => lines.push(line(say(keys::PAPER_AUTHOR, &[("name", about.author), ("role", &about.role())]))),
    }
    blocks.push(Block::Signatures(lines));
    Block::Together(blocks)
}
