//! Paper: a record as a document ([`care_plan`], [`treatment_summary`]) or a form to fill in ([`blank_checklist`]), what a document
//! says (`model`), where it stands on the pages (`layout`), and those pages as PDF and as SVG (`pdf`, `svg`).
//!
//! Pure: no clock, no files, no store; whoever keeps the records hands one in. The layout knows documents and no record.
//! The pages are laid out once, and both sinks only write down what the layout decided, so preview and paper cannot differ.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod about;
mod blank_checklist;
mod care_plan;
mod change;
mod element;
mod error;
mod flow;
mod fonts;
mod furniture;
mod invitation;
mod keep;
mod layout;
mod model;
mod outline;
mod paginate;
mod pdf;
mod pen;
mod piece;
mod printable;
mod referral_letter;
mod session_invitation;
mod svg;
mod table;
mod treatment_summary;
mod words;
mod wrap;

pub use about::{About, Contact, Mark};
pub use blank_checklist::{BlankChecklist, blank_checklist};
pub use care_plan::{Assessed, care_plan};
pub use change::change;
pub use element::{Element, ElementId, Elements, Kind};
pub use error::{Error, Place};
pub use invitation::invitation;
pub use layout::{Ink, Laid, MARGIN, Owner, PAGE_HEIGHT, PAGE_WIDTH, Page, Paint, Run, Shape, Step, lay_out};
pub use model::{
    BaseSize, Blank, Block, Document, FileMarks, Identifiers, KeyValue, Level, Meta, Score, Signature, Span, Table,
    Text, Ticks, Trust, Voice, Words, unbroken,
};
pub use pdf::pdf;
pub use printable::unprintable;
pub use referral_letter::{Referral, referral_letter};
pub use session_invitation::{SessionInvitation, session_invitation};
pub use svg::svg;
pub use treatment_summary::treatment_summary;
