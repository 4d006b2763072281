//! The document on pages: every letter and line at its place, in reading order. Pure; no sink decides anything after this.

use crate::element::{ElementId, Elements};
use crate::error::Error;
use crate::flow::{Flow, Rooms};
use crate::fonts::faces;
use crate::furniture::Furniture;
use crate::model::{Document, FileMarks};
use crate::paginate::paginate;
use crate::printable::printable;

/// A4, in points.
pub const PAGE_WIDTH: f32 = 595.28;
/// A4, in points.
pub const PAGE_HEIGHT: f32 = 841.89;
/// 2 cm on all four sides, in points.
pub const MARGIN: f32 = 56.69;

/// Lays a document out on A4 pages with margins of 2 cm.
///
/// Errors before anything is laid out when a character cannot be printed, a box stands in a box or a table is uneven;
/// [`Error::NoRoom`] when header and footer, or the label of one signature, leave no room on a page.
pub fn lay_out(document: &Document) -> Result<Laid, Error> {
    let document = printable(document)?;
    let faces = faces()?;
    let mut elements = Elements::new();
    let furniture = Furniture::new(&document.meta, faces, &mut elements)?;
    let page = furniture.room(false);
    let within = page - furniture.most_again();
    let rooms = Rooms { page, last: within + furniture.reserve(), least: within.min(furniture.room(true)) };
    let flow = Flow::of(&document, faces, &mut elements, rooms);
    let pages = paginate(&flow, &furniture)?;
    Ok(Laid {
        pages: furniture.around(pages),
        elements,
        title: document.meta.title,
        author: document.meta.author,
        marks: document.meta.marks,
    })
}

/// A document laid out: what both sinks write down.
#[derive(Clone, Debug, PartialEq)]
pub struct Laid {
    pub pages: Vec<Page>,
    pub elements: Elements,
    pub title: String,
    pub author: String,
    pub marks: FileMarks,
}

/// One page; lengths in points from its top left corner.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// "Page 2 of 4".
    pub name: String,
    /// Lines and grounds, all artifacts, drawn in this order before the text.
    pub shapes: Vec<Shape>,
    /// Text in reading order.
    pub runs: Vec<Run>,
}

/// Text of one look on one line.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Left edge of the first letter.
    pub x: f32,
    /// The line the letters stand on, down from the top of the page.
    pub y: f32,
    /// Length of the text as both sinks set it.
    pub width: f32,
    /// Size of the letters.
    pub size: f32,
    pub bold: bool,
    pub ink: Ink,
    pub text: String,
    pub owner: Owner,
}

/// What a run belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Part of the document itself.
    Element(ElementId),
    /// Repeated by the pages: header, footer, a table's head on its further pages, what is on the next page.
    Artifact,
}

/// Colour of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    Black,
    White,
}

/// A line or a ground.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    pub path: Vec<Step>,
    pub paint: Paint,
}

/// A step of a path; points as x, y.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    Move(f32, f32),
    Line(f32, f32),
    /// Two control points and the end.
    Curve([f32; 6]),
    Close,
}

/// How a path is painted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Paint {
    /// Filled with a grey: 0 black, 1 white.
    Fill(f32),
    /// A black line of this thickness in points.
    Stroke(f32),
}

impl Run {
    /// The run moved right and down.
    pub(crate) fn moved(&self, dx: f32, dy: f32) -> Run {
        Run { x: self.x + dx, y: self.y + dy, ..self.clone() }
    }
}

impl Shape {
    /// A level line.
    pub(crate) fn rule(x: f32, y: f32, width: f32, thickness: f32) -> Shape {
        Shape { path: vec![Step::Move(x, y), Step::Line(x + width, y)], paint: Paint::Stroke(thickness) }
    }

    /// A rectangle with round corners; radius 0 for square ones.
    pub(crate) fn rectangle(x: f32, y: f32, width: f32, height: f32, radius: f32, paint: Paint) -> Shape {
        let (right, bottom) = (x + width, y + height);
        if radius <= 0.0 {
            let path = vec![
                Step::Move(x, y),
                Step::Line(right, y),
                Step::Line(right, bottom),
                Step::Line(x, bottom),
                Step::Close,
            ];
            return Shape { path, paint };
        }
        // The share of the radius at which a cubic curve is nearest to a quarter of a circle.
        let c = radius * (1.0 - 0.5523);
        let path = vec![
            Step::Move(x + radius, y),
            Step::Line(right - radius, y),
            Step::Curve([right - c, y, right, y + c, right, y + radius]),
            Step::Line(right, bottom - radius),
            Step::Curve([right, bottom - c, right - c, bottom, right - radius, bottom]),
            Step::Line(x + radius, bottom),
            Step::Curve([x + c, bottom, x, bottom - c, x, bottom - radius]),
            Step::Line(x, y + radius),
            Step::Curve([x, y + c, x + c, y, x + radius, y]),
            Step::Close,
        ];
        Shape { path, paint }
    }

    /// The shape with every point changed.
    pub(crate) fn map(&self, change: impl Fn(f32, f32) -> (f32, f32)) -> Shape {
        let path = self
            .path
            .iter()
            .map(|step| match *step {
                Step::Move(x, y) => {
                    let (x, y) = change(x, y);
                    Step::Move(x, y)
                }
                Step::Line(x, y) => {
                    let (x, y) = change(x, y);
                    Step::Line(x, y)
                }
                Step::Curve([a, b, c, d, e, f]) => {
                    let ((a, b), (c, d), (e, f)) = (change(a, b), change(c, d), change(e, f));
                    Step::Curve([a, b, c, d, e, f])
                }
                Step::Close => Step::Close,
            })
            .collect();
        Shape { path, paint: self.paint }
    }

    /// The shape moved right and down.
    pub(crate) fn moved(&self, dx: f32, dy: f32) -> Shape {
        self.map(|x, y| (x + dx, y + dy))
    }
}

impl Page {
    /// Every length rounded to a hundredth of a point, so that both sinks and every machine write the same figures.
    pub(crate) fn rounded(mut self) -> Page {
        for run in &mut self.runs {
            run.x = hundredths(run.x);
            run.y = hundredths(run.y);
            run.width = hundredths(run.width);
            run.size = hundredths(run.size);
        }
        for shape in &mut self.shapes {
            *shape = shape.map(|x, y| (hundredths(x), hundredths(y)));
        }
        self
    }
}

fn hundredths(length: f32) -> f32 {
    (length * 100.0).round() / 100.0
}
