//! The letter of one referral of a care plan: to whom, from whom, about whom, the one concern it is about, and what is asked. No other
//! concern of the patient is in it.

use domain::action::{Action, OwnerKind};
use domain::care_plan::PlanConcern;
use domain::hna::Answer;
use domain::staff::Signature as Signed;
use domain::summary_template::Copy;
use jiff::civil::Date;

use crate::about::{About, date, identifiers, role};
use crate::error::Error;
use crate::model::{Blank, Block, Document, KeyValue, Level, Signature, Text};
use crate::words::{Key, keys, say};

/// What the letter is made of.
#[derive(Clone, Copy, Debug)]
pub struct Referral<'a> {
    /// The concern it is about.
    pub concern: &'a PlanConcern,
    /// The referral itself.
    pub action: &'a Action,
    /// The day on which the assessment was answered.
    pub assessed: Date,
    /// Who agreed the version of the plan it is from, with the patient.
    pub agreed: &'a Signed,
    /// That version.
    pub version: u32,
}

/// The document of a referral. `about` names whoever sends it, and is no draft. [`Error::NoGlyph`] for a character that cannot be printed.
pub fn referral_letter(referral: &Referral<'_>, about: &About<'_>) -> Result<Document, Error> {
    let Referral { concern, action, agreed, .. } = referral;
    let title = say(keys::PAPER_REFERRAL_TITLE, &[]);
    let mut blocks = vec![Block::Title { title: title.clone(), lines: to_and_from(action, about), aside: Vec::new() }];
    if addressee(action).is_none() {
        blocks.push(Block::Blanks(vec![Blank::Line(say(keys::PAPER_REFERRAL_TO_UNKNOWN, &[]))]));
    }
    blocks.push(Block::KeyValues(person(about)));
    blocks.push(heading(keys::PAPER_REFERRAL_ASKED));
    blocks.push(Block::Paragraph(Text::bold(asked(referral))));
    if let Some(due) = action.due {
        blocks.push(said(keys::PAPER_REFERRAL_BY, &[("date", &date(Copy::Gp, due))]));
    }
    blocks.push(Block::Together(vec![heading(keys::PAPER_REFERRAL_CONCERN), the_concern(referral)]));
    if !concern.matters.is_empty() {
        blocks.push(Block::Together(vec![
            heading(keys::PAPER_REFERRAL_MATTERS),
            said(keys::PAPER_REFERRAL_SAID, &[("words", &concern.matters)]),
        ]));
    }
    let version = referral.version.to_string();
    let signed = date(Copy::Gp, domain::day::london(agreed.at).date());
    let values = [("date", &*signed), ("version", &version), ("author", &*agreed.name), ("role", &role(agreed.role))];
    blocks.push(said(keys::PAPER_REFERRAL_AGREED, &values));
    blocks.push(answer(about));
    let who = say(keys::PAPER_AUTHOR, &[("name", about.author), ("role", &about.role())]);
    blocks.push(Block::Signatures(vec![Signature { who, date: say(keys::PAPER_PLAN_DATE, &[]) }]));
    let mut document = about.document(Copy::Gp, title, say(keys::PAPER_REFERRAL_VERSION, &[]), blocks)?;
    // It is signed with a pen, and there is one copy of it.
    let written = about.day(Copy::Gp);
    document.meta.made = say(keys::PAPER_REFERRAL_MADE, &[("date", &written), ("author", about.author)]);
    document.meta.copy = say(keys::PAPER_REFERRAL_COPY, &[]);
    Ok(document)
}

/// Whom it goes to: as that stood in the directory when the referral was agreed, else the owner who was typed.
fn addressee(action: &Action) -> Option<&str> {
    let named =
        Some(action.owner_name.as_str()).filter(|name| action.owner == Some(OwnerKind::Service) && !name.is_empty());
    action.whom().or(named)
}

fn to_and_from(action: &Action, about: &About<'_>) -> Vec<Text> {
    let from = [("author", about.author), ("role", &about.role()), ("trust", &*about.trust.name)];
    let to = addressee(action).map(|name| Text::bold(say(keys::PAPER_REFERRAL_TO, &[("place", name)])));
    let mut lines: Vec<_> = to.into_iter().collect();
    // Below the name: how it is reached.
    lines.extend(action.contact.lines().skip(1).map(Text::from));
    lines.push(say(keys::PAPER_REFERRAL_FROM, &from).into());
    lines.push(say(keys::PAPER_REFERRAL_WRITTEN, &[("date", &about.day(Copy::Gp))]).into());
    lines
}

/// The patient, and how to reach them.
fn person(about: &About<'_>) -> Vec<KeyValue> {
    let patient = about.patient;
    let id = identifiers(patient, Copy::Gp);
    let address = [&*patient.address, &*patient.postcode].into_iter().filter(|part| !part.is_empty());
    let address = address.collect::<Vec<_>>().join(", ").replace('\n', ", ");
    let phones = [&*patient.phone, &*patient.mobile].into_iter().filter(|part| !part.is_empty());
    let facts = [
        (keys::PAPER_REFERRAL_PATIENT, format!("{} · {} · {}", id.name, id.born, id.number)),
        (keys::PAPER_REFERRAL_ADDRESS, address),
        (keys::PAPER_REFERRAL_PHONE, phones.collect::<Vec<_>>().join(", ")),
    ];
    let known = facts.into_iter().filter(|(_, value)| !value.is_empty());
    known.map(|(key, value)| KeyValue { key: say(key, &[]), value: value.into() }).collect()
}

/// What was agreed. An action that was only filled from the directory says no more than to whom: then the patient is to be seen.
fn asked(referral: &Referral<'_>) -> String {
    let Referral { concern, action, .. } = referral;
    match action.what.as_str() {
        "" => say(keys::PAPER_PLAN_OPEN, &[]),
        what if addressee(action) == Some(what) => say(keys::PAPER_REFERRAL_SEE, &[("concern", &concern.text)]),
        what => what.to_owned(),
    }
}

/// The concern with its score, or why it has none.
fn the_concern(referral: &Referral<'_>) -> Block {
    let (concern, on) = (referral.concern, date(Copy::Gp, referral.assessed));
    let score = match concern.answer {
        Answer::Rated(rating) => rating.score().to_string(),
        Answer::Declined | Answer::Unanswered => String::new(),
    };
    let key = match concern.answer {
        Answer::Rated(_) => keys::PAPER_REFERRAL_SCORED,
        Answer::Declined => keys::PAPER_REFERRAL_DECLINED,
        Answer::Unanswered if concern.raised() => keys::PAPER_REFERRAL_UNANSWERED,
        Answer::Unanswered => keys::PAPER_REFERRAL_NOT_RAISED,
    };
    said(key, &[("concern", &concern.text), ("score", &score), ("date", &on)])
}

/// How to reach whoever sends it, from the clinic's own numbers.
fn answer(about: &About<'_>) -> Block {
    match about.contact.filter(|contact| !contact.phone.is_empty()) {
        Some(contact) if contact.hours.is_empty() => said(keys::PAPER_REFERRAL_ANSWER, &[("phone", &contact.phone)]),
        Some(contact) => {
            said(keys::PAPER_REFERRAL_ANSWER_HOURS, &[("phone", &contact.phone), ("hours", &contact.hours)])
        }
        None => said(keys::PAPER_REFERRAL_ANSWER_ADDRESS, &[]),
    }
}

fn heading(key: Key) -> Block {
    Block::Heading { level: Level::Two, text: say(key, &[]), score: None }
}

fn said(key: Key, values: &[(&str, &str)]) -> Block {
    Block::Paragraph(say(key, values).into())
}
