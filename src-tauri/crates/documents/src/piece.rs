//! The smallest parts that are put on pages: a line of text, a row of a table. A page ends between two pieces, never within one.

use crate::element::ElementId;
use crate::layout::{Ink, Owner, Paint, Run, Shape};
use crate::model::Voice;
use crate::wrap::{Line, Setting, TAG_PAD};

/// A part that is never divided; lengths from the left margin and from its own top.
#[derive(Clone, Debug, Default)]
pub(crate) struct Piece {
    pub height: f32,
    /// Empty space above, none at the top of a page.
    pub before: f32,
    pub runs: Vec<Run>,
    pub shapes: Vec<Shape>,
    /// How dear it is to end the page after this piece.
    pub hold: Hold,
    /// The box it stands in.
    pub frame: Option<usize>,
    /// The table it is a row of; not for the table's own head.
    pub table: Option<usize>,
    /// The heading it belongs to or is, for the lines that say what is on the next page and what goes on there.
    pub part: Option<usize>,
    /// Whether it is the first line of that heading.
    pub opens: bool,
}

/// What ending a page after a piece would cost; the cheapest place as far down as possible wins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Hold {
    #[default]
    Free,
    /// Would divide what should stay together, and is taken rather than a page that is more than a third empty.
    Loose,
    /// Would divide what should stay together and fits on one page.
    Together,
    /// Would leave a single line of a paragraph alone, or an opening line without its list.
    Line,
    /// Would part a heading from what it heads.
    Head,
    /// Would part the head of a table from its first row, or lines to sign on from what is signed.
    Fast,
}

impl Piece {
    /// Holds on to the next piece at least this much.
    pub fn hold(&mut self, hold: Hold) {
        self.hold = self.hold.max(hold);
    }
}

/// Where a line is set and for whom.
#[derive(Clone, Copy)]
pub(crate) struct Spot {
    pub x: f32,
    /// Top of the line.
    pub top: f32,
    /// Height of the line.
    pub leading: f32,
    pub owner: Owner,
}

impl Spot {
    pub fn of(element: ElementId, x: f32, top: f32, leading: f32) -> Spot {
        Spot { x, top, leading, owner: Owner::Element(element) }
    }
}

/// Sets a line at a spot: its runs, and the grounds of its tags.
pub(crate) fn set(line: &Line, spot: Spot, setting: Setting<'_>, runs: &mut Vec<Run>, shapes: &mut Vec<Shape>) {
    let y = baseline(spot.top, spot.leading, setting.size);
    for chunk in &line.chunks {
        let ground = match chunk.voice {
            Voice::Tag => Some((1.4, Paint::Fill(0.0))),
            Voice::Badge => Some((1.45, Paint::Stroke(0.75))),
            Voice::Plain | Voice::Bold | Voice::Large | Voice::Code => None,
        };
        if let Some((height, paint)) = ground {
            let pad = TAG_PAD * setting.size;
            let height = chunk.size * height;
            let top = y - chunk.size * 0.36 - height / 2.0;
            shapes.push(Shape::rectangle(
                spot.x + chunk.x - pad,
                top,
                chunk.width + 2.0 * pad,
                height,
                setting.size * 0.16,
                paint,
            ));
        }
        runs.push(Run {
            x: spot.x + chunk.x,
            y,
            width: chunk.width,
            size: chunk.size,
            bold: setting.is_bold(chunk.voice),
            ink: if chunk.voice == Voice::Tag { Ink::White } else { Ink::Black },
            text: chunk.text.clone(),
            owner: spot.owner,
        });
    }
}

/// The line the letters of `size` stand on in a line of height `leading` whose top is at `top`.
fn baseline(top: f32, leading: f32, size: f32) -> f32 {
    let letters = (crate::fonts::ASCENT + crate::fonts::DESCENT) * size;
    top + (leading - letters) / 2.0 + crate::fonts::ASCENT * size
}
