//! Paper: what a document says (`model`), where it stands on the pages (`layout`), and those pages as PDF and as SVG (`pdf`, `svg`).
//!
//! Pure: no clock, no files, no records of patients; whoever knows a care plan builds a [`Document`] from it.
//! The pages are laid out once, and both sinks only write down what the layout decided, so preview and paper cannot differ.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod element;
mod error;
mod flow;
mod fonts;
mod furniture;
mod layout;
mod model;
mod outline;
mod paginate;
mod pdf;
mod piece;
mod printable;
mod svg;
mod table;
mod wrap;

pub use element::{Element, ElementId, Elements, Kind};
pub use error::{Error, Place};
pub use layout::{Ink, Laid, MARGIN, Owner, PAGE_HEIGHT, PAGE_WIDTH, Page, Paint, Run, Shape, Step, lay_out};
pub use model::{
    BaseSize, Block, Document, FileMarks, Identifiers, KeyValue, Level, Meta, Score, Signature, Span, Table, Text,
    Trust, Voice, Words, unbroken,
};
pub use pdf::pdf;
pub use svg::svg;
