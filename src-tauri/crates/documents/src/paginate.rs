//! Pieces onto pages: where each page ends, what is repeated on the next, and the frames of boxes.

use crate::error::Error;
use crate::flow::{FRAME_PAD, Flow};
use crate::furniture::{Furniture, Lines};
use crate::layout::{MARGIN, Owner, PAGE_WIDTH, Page, Paint, Shape};
use crate::piece::{Hold, Piece};

/// Thickness of a box's frame in points.
const FRAME: f32 = 2.0;

/// Puts all pieces on pages, between header and footer; at least one page. [`Error::NoRoom`] when one is higher than a page.
pub(crate) fn paginate(flow: &Flow<'_>, furniture: &Furniture<'_>) -> Result<Vec<Page>, Error> {
    let mut starts = vec![0];
    while let Some(end) = page_end(flow, furniture, *starts.last().unwrap_or(&0), starts.len() == 1)? {
        starts.push(end);
    }
    let mut pages = Vec::new();
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied();
        let mut page = Page::default();
        let mut top = furniture.top(index == 0);
        let again = again(flow, furniture, *start);
        again.put(top, &mut page);
        top += again.height;
        let bottom = place(flow, *start, end.unwrap_or(flow.pieces.len()), top, &mut page);
        if let Some(end) = end {
            let last = starts.get(index + 2).copied().unwrap_or(flow.pieces.len());
            furniture.what_follows(&names(flow, furniture, end, last), bottom, &mut page);
        }
        pages.push(page);
    }
    Ok(pages)
}

/// A piece at its place: the top it gets, and the lowest point it needs, its box's edge included.
struct Placed<'a> {
    piece: &'a Piece,
    repeated_head: Option<&'a Piece>,
    top: f32,
    bottom: f32,
}

/// The pieces from `start` on, one below the other from `top`, as if the page never ended.
fn stack<'a>(flow: &'a Flow<'_>, start: usize, top: f32) -> impl Iterator<Item = Placed<'a>> {
    let pad = FRAME_PAD * flow.base;
    let mut y = top;
    let mut frame = None;
    let mut first = true;
    flow.pieces.get(start..).unwrap_or_default().iter().map(move |piece| {
        if frame.is_some() && frame != piece.frame {
            y += pad;
        }
        if !first {
            y += piece.before;
        }
        if piece.frame.is_some() && frame != piece.frame {
            y += pad;
        }
        let repeated_head =
            if first { piece.table.and_then(|table| flow.heads.get(table)).and_then(Option::as_ref) } else { None };
        y += repeated_head.map_or(0.0, |head| head.height);
        let top = y;
        y += piece.height;
        frame = piece.frame;
        first = false;
        Placed { piece, repeated_head, top, bottom: if frame.is_some() { y + pad } else { y } }
    })
}

/// A place where a page could end: what that costs, the piece the next page would begin with, and how far down it is.
struct PageEnd {
    hold: Hold,
    end: usize,
    bottom: f32,
}

/// Index of the piece the page after the one from `start` begins with, `None` when that one is the last.
fn page_end(
    flow: &Flow<'_>,
    furniture: &Furniture<'_>,
    start: usize,
    first_page: bool,
) -> Result<Option<usize>, Error> {
    let bottom = furniture.bottom();
    let limit = bottom - furniture.reserve();
    let top = furniture.top(first_page) + again(flow, furniture, start).height;
    let mut best: Option<PageEnd> = None;
    let mut overflowed = false;
    for (offset, placed) in stack(flow, start, top).enumerate() {
        if placed.bottom > bottom {
            return match best {
                Some(best) => Ok(Some(best.end)),
                // A page that takes nothing would never end the document.
                None if offset == 0 => Err(Error::NoRoom),
                None => Ok(Some(start + 1)),
            };
        }
        overflowed |= placed.bottom > limit;
        let here = PageEnd { hold: placed.piece.hold, end: start + offset + 1, bottom: placed.bottom };
        let wasteful = |best: &PageEnd| here.hold == Hold::Loose && limit - best.bottom > flow.third();
        if !overflowed && best.as_ref().is_none_or(|best| here.hold <= best.hold || wasteful(best)) {
            best = Some(here);
        }
    }
    // Everything left fits when nothing needs to be said about a next page.
    Ok(None)
}

/// Puts the pieces on the page and returns how far down they reach.
fn place(flow: &Flow<'_>, start: usize, end: usize, top: f32, page: &mut Page) -> f32 {
    let mut reach = top;
    let mut frames: Vec<(usize, f32, f32)> = Vec::new();
    let pad = FRAME_PAD * flow.base;
    for placed in stack(flow, start, top).take(end.saturating_sub(start)) {
        let mut upper = placed.top;
        if let Some(head) = placed.repeated_head {
            upper -= head.height;
            page.shapes.extend(head.shapes.iter().map(|shape| shape.moved(MARGIN, upper)));
            page.runs.extend(head.runs.iter().map(|run| {
                let mut run = run.moved(MARGIN, upper);
                run.owner = Owner::Artifact;
                run
            }));
        }
        page.shapes.extend(placed.piece.shapes.iter().map(|shape| shape.moved(MARGIN, placed.top)));
        page.runs.extend(placed.piece.runs.iter().map(|run| run.moved(MARGIN, placed.top)));
        if let Some(frame) = placed.piece.frame {
            match frames.last_mut() {
                Some((last, _, lower)) if *last == frame => *lower = placed.bottom,
                _ => frames.push((frame, upper - pad, placed.bottom)),
            }
        }
        reach = placed.bottom;
    }
    for (_, upper, lower) in frames {
        let half = FRAME / 2.0;
        let (width, height) = (PAGE_WIDTH - 2.0 * MARGIN - FRAME, lower - upper - FRAME);
        page.shapes.push(Shape::rectangle(MARGIN + half, upper + half, width, height, 4.0, Paint::Stroke(FRAME)));
    }
    reach
}

/// What the page of these pieces holds, fullest first: the part that goes on there, then the headings that begin there.
fn names(flow: &Flow<'_>, furniture: &Furniture<'_>, start: usize, end: usize) -> Vec<Vec<String>> {
    let pieces = flow.pieces.get(start..end).unwrap_or_default();
    let opened = pieces.iter().filter(|piece| piece.opens).filter_map(|piece| flow.parts.get(piece.part?));
    let opened: Vec<String> = opened.map(|part| numbered(&part.name)).collect();
    match going_on(flow, start) {
        none if none.is_empty() => vec![opened],
        parts => {
            parts.iter().map(|part| [furniture.more_of(part)].into_iter().chain(opened.clone()).collect()).collect()
        }
    }
}

/// The lines at the top of the page that begins with this piece: what goes on there.
fn again(flow: &Flow<'_>, furniture: &Furniture<'_>, start: usize) -> Lines {
    let names = if start == 0 { Vec::new() } else { going_on(flow, start) };
    furniture.again(&names)
}

/// Names, fullest first, of the part that goes on with this piece; none when the piece begins one that stands within no other.
fn going_on(flow: &Flow<'_>, start: usize) -> Vec<String> {
    let Some(piece) = flow.pieces.get(start) else { return Vec::new() };
    let part = |index: Option<usize>| index.and_then(|index| flow.parts.get(index));
    let mut at = part(piece.part);
    if piece.opens {
        at = at.and_then(|opened| part(opened.within));
    }
    let mut path = Vec::new();
    while let Some(one) = at {
        path.insert(0, numbered(&one.name));
        at = part(one.within);
    }
    match path.as_slice() {
        [] | [_] => path,
        [.., last] => vec![path.join(": "), last.clone()],
    }
}

/// The name with its number, if it has one, on one line: "2. Work".
fn numbered(name: &str) -> String {
    match name.split_once(". ") {
        Some((number, rest)) if number.chars().all(|c| c.is_ascii_digit()) => format!("{number}.\u{a0}{rest}"),
        _ => name.to_owned(),
    }
}
