//! What can stop a document from being put on paper. Errors carry a place and at most one character, never a text.

use std::fmt;

/// Why a document could not be laid out or written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The typeface has no correct form of this character; nothing was laid out.
    #[error("no glyph for U+{:04X} {character} in {place}", u32::from(*character))]
    NoGlyph { character: char, place: Place },
    /// A box stands inside another box; `place` is the inner one.
    #[error("a box inside a box in {place}")]
    BoxInBox { place: Place },
    /// A table has no columns, or a row has another number of cells than the head; `place` is the table.
    #[error("the rows of {place} do not match its columns")]
    UnevenTable { place: Place },
    /// Letterhead, header and footer leave too little of a page for the text itself.
    #[error("header and footer leave no room on the page")]
    NoRoom,
    /// The built-in typefaces could not be read.
    #[error("the built-in typefaces cannot be read")]
    Typeface,
    /// The PDF could not be written; the text is the writer's own and holds nothing of the document.
    #[error("the PDF could not be written: {0}")]
    Pdf(String),
}

/// Where in a document something stands, without saying what stands there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In the letterhead, header, footer, title or words of the pages.
    Meta,
    /// In a block, counted from 1; further numbers are the block, row, item or line within it, then the cell.
    Block(Vec<usize>),
}

impl Place {
    /// The place of the `index`th part (from 0) within this one.
    pub(crate) fn within(&self, index: usize) -> Place {
        let mut path = match self {
            Place::Meta => Vec::new(),
            Place::Block(path) => path.clone(),
        };
        path.push(index + 1);
        Place::Block(path)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Meta => f.write_str("the header or footer"),
            Place::Block(path) => {
                f.write_str("block ")?;
                for (depth, number) in path.iter().enumerate() {
                    if depth > 0 {
                        f.write_str(".")?;
                    }
                    write!(f, "{number}")?;
                }
                Ok(())
            }
        }
    }
}
