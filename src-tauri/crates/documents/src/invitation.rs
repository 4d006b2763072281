//! The page that is given to a patient who answers at home: what for, where, with which code, until when, and whom to ring.
//!
//! It may lie open on a table: nothing in it says what the person is treated for, or by whom it is done.

use domain::invitation::{CodeKind, Invitation};
use domain::summary_template::Copy;

use crate::about::{About, date};
use crate::error::Error;
use crate::model::{Blank, Block, Document, Text, Voice, unbroken};
use crate::words::{Key, keys, say};

/// The document of an invitation that is open. `address` is where its code is entered; None leaves a line to write it on. `about` names
/// whoever invited, and is no draft. [`Error::NoGlyph`] for a character that cannot be printed.
pub fn invitation(invitation: &Invitation, address: Option<&str>, about: &About<'_>) -> Result<Document, Error> {
    let name = &about.patient.name;
    let whole = [&*name.given, &*name.family].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>();
    let from = [("author", about.author), ("trust", &about.trust.name)];
    let lines =
        vec![say(keys::PAPER_HOME_FOR, &[("name", &whole.join(" "))]).into(), say(keys::PAPER_HOME_FROM, &from).into()];
    let why = if invitation.again.is_some() { keys::PAPER_HOME_AGAIN } else { keys::PAPER_HOME_WHY };
    let blocks = vec![
        Block::Title { title: say(keys::PAPER_HOME_TITLE, &[]), lines, aside: Vec::new() },
        paragraph(why),
        paragraph(keys::PAPER_HOME_TIME),
        Block::Boxed { title: say(keys::PAPER_HOME_HOW, &[]), blocks: how(invitation, address) },
        Block::Paragraph(Text::bold(say(keys::PAPER_HOME_NOT_NOW, &[]))),
        about.who_to_ring(),
        paragraph(keys::PAPER_HOME_CANNOT),
        paragraph(keys::PAPER_HOME_SECRET),
    ];
    let mut document =
        about.document(Copy::Patient, say(keys::PAPER_HOME_TITLE, &[]), say(keys::PAPER_HOME_VERSION, &[]), blocks)?;
    // Nobody signs an invitation, and there is one copy of it.
    let given = date(Copy::Patient, invitation.on);
    document.meta.made = say(keys::PAPER_HOME_MADE, &[("date", &given), ("author", about.author)]);
    document.meta.copy = say(keys::PAPER_HOME_COPY, &[]);
    Ok(document)
}

/// The address, the code in large letters, and until when.
fn how(invitation: &Invitation, address: Option<&str>) -> Vec<Block> {
    let mut blocks = match address {
        Some(address) => {
            vec![paragraph(keys::PAPER_HOME_GO), Block::Paragraph(Text::default().and(Voice::Large, address))]
        }
        None => vec![Block::Blanks(vec![Blank::Line(say(keys::PAPER_HOME_GO_UNKNOWN, &[]))])],
    };
    blocks.push(paragraph(keys::PAPER_HOME_CODE));
    let groups: Vec<_> = invitation.code.groups().iter().map(|group| unbroken(group)).collect();
    blocks.push(Block::Paragraph(Text::default().and(Voice::Code, groups.join("\u{a0}\u{a0}"))));
    if invitation.code.kind() == CodeKind::Issued {
        blocks.push(paragraph(keys::PAPER_HOME_CODE_LETTERS));
    }
    if let Some(last) = invitation.expires_on {
        let until = say(keys::PAPER_HOME_UNTIL, &[("date", &unbroken(&date(Copy::Patient, last)))]);
        blocks.push(Block::Paragraph(Text::bold(until)));
    }
    blocks
}

fn paragraph(key: Key) -> Block {
    Block::Paragraph(say(key, &[]).into())
}
