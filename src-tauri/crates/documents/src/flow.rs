//! The blocks of a document as one row of pieces, each set within the column but not yet on a page.
//!
//! Tables stand in `table`, what is filled in by hand in `pen`, what stays on one page in `keep`.

use crate::element::{ElementId, Elements, Kind};
use crate::fonts::Faces;
use crate::layout::{MARGIN, PAGE_WIDTH, Paint, Run, Shape};
use crate::model::{Block, Document, Level, Score, Signature, Text, Voice};
use crate::piece::{Hold, Piece, Spot, set};
use crate::wrap::{Line, Setting, wrap};

/// Width between the margins, in points.
pub(crate) const COLUMN: f32 = PAGE_WIDTH - 2.0 * MARGIN;
/// Height of a line of running text as a share of its size.
pub(crate) const LEADING: f32 = 1.45;
/// Height of a heading's line and of a table's line as a share of its size.
pub(crate) const CLOSE_LEADING: f32 = 1.3;
/// Space between a box and what is in it, as a share of the base size.
pub(crate) const FRAME_PAD: f32 = 0.8;

/// The pieces of a document in reading order, and what they refer to.
pub(crate) struct Flow<'a> {
    pub faces: &'a Faces,
    /// Size of the running text in points.
    pub base: f32,
    pub pieces: Vec<Piece>,
    /// The head of each table, to be repeated.
    pub heads: Vec<Option<Piece>>,
    /// The headings.
    pub parts: Vec<Part>,
    pub(crate) elements: &'a mut Elements,
    /// Height that a group must not exceed to be kept together.
    pub(crate) room: f32,
    /// Height for text on the last page, which says nothing about a next one.
    pub(crate) last_room: f32,
    /// Height that no piece may exceed: it fits on any page, the first too.
    pub(crate) least_room: f32,
    frames: usize,
    /// The first piece of the last group.
    group: usize,
    part: Option<usize>,
    /// The first heading of the group or box that is being set: it and what follows stand within none before it.
    apart_from: usize,
    gap: f32,
    after_paragraph: bool,
}

/// Heights for text, in points.
#[derive(Clone, Copy)]
pub(crate) struct Rooms {
    /// On a page that another follows, and that begins with a heading.
    pub page: f32,
    /// On the last page, wherever it begins.
    pub last: f32,
    /// On any page, the first too.
    pub least: f32,
}

/// A heading as the pages name it.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub name: String,
    pub level: Level,
    /// The heading that it stands under, a higher one.
    pub within: Option<usize>,
}

/// Where blocks stand: the column within a box is narrower.
#[derive(Clone, Copy)]
pub(crate) struct Scope {
    pub x: f32,
    pub width: f32,
    pub frame: Option<usize>,
    pub parent: ElementId,
}

impl<'a> Flow<'a> {
    /// Sets all blocks; what is kept together, and which rows are divided, follows from the rooms.
    pub fn of(document: &Document, faces: &'a Faces, elements: &'a mut Elements, rooms: Rooms) -> Flow<'a> {
        let mut flow = Flow {
            faces,
            base: document.meta.size.points(),
            pieces: Vec::new(),
            heads: Vec::new(),
            parts: Vec::new(),
            elements,
            room: rooms.page,
            last_room: rooms.last,
            least_room: rooms.least,
            frames: 0,
            group: 0,
            part: None,
            apart_from: 0,
            gap: 0.0,
            after_paragraph: false,
        };
        flow.blocks(&document.blocks, Scope { x: 0.0, width: COLUMN, frame: None, parent: Elements::ROOT });
        flow
    }

    fn blocks(&mut self, blocks: &[Block], scope: Scope) {
        for block in blocks {
            let led_in = matches!(
                block,
                Block::List { .. } | Block::Table(_) | Block::KeyValues(_) | Block::Ticks(_) | Block::Blanks(_)
            );
            if led_in && self.after_paragraph {
                self.hold_last(Hold::Line);
            }
            self.block(block, scope);
            self.after_paragraph = matches!(block, Block::Paragraph(_));
        }
    }

    fn block(&mut self, block: &Block, scope: Scope) {
        match block {
            Block::Title { title, lines, aside } => self.title(title, lines, aside, scope),
            Block::Heading { level, text, score } => self.heading(*level, text, score.as_ref(), scope),
            Block::Paragraph(text) => self.paragraph(text, scope),
            Block::List { numbered, items } => self.list(*numbered, items, scope),
            Block::Table(table) => self.table(table, scope),
            Block::KeyValues(facts) => self.key_values(facts, scope),
            Block::Boxed { title, blocks } => self.boxed(title, blocks, scope),
            Block::Together(blocks) => {
                let start = self.pieces.len();
                self.apart(|flow| flow.blocks(blocks, scope));
                match blocks.last() {
                    Some(Block::Signatures(_)) => self.keep_signed(self.group, start),
                    _ => self.keep_together(start),
                }
                self.group = start;
            }
            Block::Signatures(lines) => self.signatures(lines, scope),
            Block::Ticks(ticks) => self.ticks(ticks, scope),
            Block::Blanks(blanks) => self.blanks(blanks, scope),
            Block::Spacer => self.gap += self.base * LEADING,
        }
    }

    /// Sets what stands under no heading before it, and no text after it under one of its own.
    fn apart(&mut self, set: impl FnOnce(&mut Self)) {
        let (part, apart_from) = (self.part, self.apart_from);
        self.apart_from = self.parts.len();
        set(self);
        (self.part, self.apart_from) = (part, apart_from);
    }

    /// The heading that one of this level stands under.
    fn enclosing(&self, level: Level) -> Option<usize> {
        let mut at = self.part;
        while let Some((index, part)) = at.and_then(|index| Some((index, self.parts.get(index)?))) {
            if index < self.apart_from {
                return None;
            }
            if part.level < level {
                return Some(index);
            }
            at = part.within;
        }
        None
    }

    fn boxed(&mut self, title: &str, blocks: &[Block], scope: Scope) {
        let start = self.pieces.len();
        let pad = FRAME_PAD * self.base;
        let parent = self.elements.add(Kind::Boxed, scope.parent);
        let frame = Some(self.frames);
        self.frames += 1;
        let inner = Scope { x: scope.x + 1.3 * pad, width: scope.width - 2.6 * pad, frame, parent };
        self.gap = self.gap.max(0.85 * self.base);
        self.apart(|flow| {
            flow.heading(Level::Two, title, None, inner);
            flow.blocks(blocks, inner);
        });
        self.hold_together(start, 2.0 * pad);
        self.gap = self.base;
    }

    fn title(&mut self, title: &str, lines: &[Text], aside: &[String], scope: Scope) {
        let large = Setting { faces: self.faces, size: 1.5 * self.base, bold: true };
        let plain = self.plain();
        let close = LEADING * self.base;
        let head = self.elements.add(Kind::Heading(1), scope.parent);
        let mut left: Vec<(Line, Setting<'_>, f32, ElementId)> = wrap(&Text::plain(title), scope.width, large)
            .into_iter()
            .map(|line| (line, large, CLOSE_LEADING * large.size, head))
            .collect();
        for text in lines {
            let element = self.elements.add(Kind::Paragraph, scope.parent);
            left.extend(wrap(text, scope.width, plain).into_iter().map(|line| (line, plain, close, element)));
        }
        let mut right = Vec::new();
        for text in aside {
            let element = self.elements.add(Kind::Paragraph, scope.parent);
            right.extend(
                wrap(&Text::plain(text), scope.width, plain).into_iter().map(|line| (line, plain, close, element)),
            );
        }
        let widest =
            |lines: &[(Line, Setting<'_>, f32, ElementId)]| lines.iter().map(|l| l.0.width).fold(0.0, f32::max);
        let before = self.opening(0.4 * self.base);
        let few = left.len().max(right.len()) < 8;
        if few && widest(&left) + 1.5 * self.base + widest(&right) <= scope.width {
            let mut piece = self.piece(0.0, before, scope);
            let mut heights = [0.0_f32; 2];
            for ((side, lines), height) in [left, right].into_iter().enumerate().zip(&mut heights) {
                for (line, setting, leading, element) in lines {
                    let x = if side == 0 { scope.x } else { scope.x + scope.width - line.width };
                    let spot = Spot::of(element, x, *height, leading);
                    set(&line, spot, setting, &mut piece.runs, &mut piece.shapes);
                    *height += leading;
                }
            }
            piece.height = heights.into_iter().fold(0.0, f32::max);
            self.pieces.push(piece);
        } else {
            for (index, (line, setting, leading, element)) in left.into_iter().chain(right).enumerate() {
                let mut piece = self.piece(leading, if index == 0 { before } else { 0.0 }, scope);
                set(&line, Spot::of(element, scope.x, 0.0, leading), setting, &mut piece.runs, &mut piece.shapes);
                self.pieces.push(piece);
                self.hold_last(Hold::Head);
            }
        }
        self.hold_last(Hold::Head);
    }

    fn heading(&mut self, level: Level, text: &str, score: Option<&Score>, scope: Scope) {
        let (depth, size, space) = match level {
            Level::One => (1, 1.5, 1.2),
            Level::Two => (2, 1.18, 1.15),
            Level::Three => (3, 1.0, 0.9),
        };
        let setting = Setting { faces: self.faces, size: size * self.base, bold: true };
        let element = self.elements.add(Kind::Heading(depth), scope.parent);
        let part =
            Part { name: text.split_whitespace().collect::<Vec<_>>().join(" "), level, within: self.enclosing(level) };
        self.part = Some(self.parts.len());
        self.parts.push(part);
        let leading = CLOSE_LEADING * setting.size;
        let mut before = self.opening(space * self.base);
        let lines = wrap(&Text::plain(text), scope.width, setting);
        let room_beside = scope.width - lines.last().map_or(0.0, |line| line.width) - self.base;
        for (index, line) in lines.iter().enumerate() {
            let mut piece = self.piece(leading, std::mem::take(&mut before), scope);
            piece.opens = index == 0;
            set(line, Spot::of(element, scope.x, 0.0, leading), setting, &mut piece.runs, &mut piece.shapes);
            self.pieces.push(piece);
            self.hold_last(Hold::Head);
        }
        if let Some(score) = score {
            let needed = self.faces.bold.width(&score.words, self.base) + pips_width(self.base);
            if needed <= room_beside {
                let x = scope.x + scope.width - needed;
                if let Some(piece) = self.pieces.last_mut() {
                    gauge(score, Spot::of(element, x, 0.0, leading), Setting { size: self.base, ..setting }, piece);
                }
            } else {
                let mut piece = self.piece(leading, 0.0, scope);
                let spot = Spot::of(element, scope.x, 0.0, leading);
                gauge(score, spot, Setting { size: self.base, ..setting }, &mut piece);
                self.pieces.push(piece);
                self.hold_last(Hold::Head);
            }
        }
        self.gap = 0.1 * self.base;
    }

    fn paragraph(&mut self, text: &Text, scope: Scope) {
        let element = self.elements.add(Kind::Paragraph, scope.parent);
        let before = self.opening(0.25 * self.base);
        let lines = wrap(text, scope.width, self.plain());
        self.lines(&lines, element, before, scope);
    }

    fn list(&mut self, numbered: bool, items: &[Text], scope: Scope) {
        let list = self.elements.add(Kind::List, scope.parent);
        let plain = self.plain();
        let labels: Vec<String> =
            (1..=items.len()).map(|n| if numbered { format!("{n}.") } else { "•".to_owned() }).collect();
        let widest = labels.iter().map(|label| self.faces.regular.width(label, self.base)).fold(0.0, f32::max);
        let (inset, indent) =
            if numbered { (0.2 * self.base, widest + 0.6 * self.base) } else { (0.25 * self.base, 1.3 * self.base) };
        for (text, label) in items.iter().zip(labels) {
            let item = self.elements.add(Kind::Item, list);
            let (marker, body) = (self.elements.add(Kind::Label, item), self.elements.add(Kind::ItemBody, item));
            let before = self.opening(0.1 * self.base);
            let first = self.pieces.len();
            let inner = Scope { x: scope.x + indent, width: scope.width - indent, ..scope };
            self.lines(&wrap(text, inner.width, plain), body, before, inner);
            // An item is one thing said, and is not divided where it fits on a page.
            self.hold_together(first, 0.0);
            // Numbers end where the widest ends, so that they stand under one another.
            let x = scope.x + inset + widest - self.faces.regular.width(&label, self.base);
            if let Some(piece) = self.pieces.get_mut(first) {
                let mut runs = Vec::new();
                for line in wrap(&Text::plain(label), scope.width, plain) {
                    set(&line, Spot::of(marker, x, 0.0, LEADING * self.base), plain, &mut runs, &mut piece.shapes);
                }
                piece.runs.splice(0..0, runs);
            }
        }
        self.gap = 0.3 * self.base;
    }

    fn signatures(&mut self, lines: &[Signature], scope: Scope) {
        let start = self.pieces.len();
        let gap = 1.5 * self.base;
        let who = (scope.width - gap) * 0.66;
        let leading = CLOSE_LEADING * self.base;
        for line in lines {
            let element = self.elements.add(Kind::Signature, scope.parent);
            let write = 2.4 * self.base;
            let before = self.opening(0.0);
            let mut piece = self.piece(0.0, before, scope);
            for (label, x, width) in
                [(&line.who, scope.x, who), (&line.date, scope.x + who + gap, scope.width - who - gap)]
            {
                piece.shapes.push(Shape::rule(x, write, width, 0.75));
                let mut top = write + 0.15 * self.base;
                for line in wrap(&Text::plain(label.as_str()), width, self.plain()) {
                    set(&line, Spot::of(element, x, top, leading), self.plain(), &mut piece.runs, &mut piece.shapes);
                    top += leading;
                }
                piece.height = piece.height.max(top);
            }
            self.pieces.push(piece);
        }
        self.hold_together(start, 0.0);
    }

    /// One piece a line; a single line is never left alone on a page.
    fn lines(&mut self, lines: &[Line], element: ElementId, mut before: f32, scope: Scope) {
        let leading = LEADING * self.base;
        let setting = self.plain();
        for (index, line) in lines.iter().enumerate() {
            let mut piece = self.piece(leading, std::mem::take(&mut before), scope);
            set(line, Spot::of(element, scope.x, 0.0, leading), setting, &mut piece.runs, &mut piece.shapes);
            let left = lines.len() - index - 1;
            if left > 0 && (lines.len() <= 3 || index == 0 || left == 1) {
                piece.hold(Hold::Line);
            }
            self.pieces.push(piece);
        }
    }

    pub(crate) fn plain(&self) -> Setting<'a> {
        Setting { faces: self.faces, size: self.base, bold: false }
    }

    pub(crate) fn piece(&self, height: f32, before: f32, scope: Scope) -> Piece {
        Piece { height, before, frame: scope.frame, part: self.part, ..Piece::default() }
    }

    /// The space above a block that wants at least `least`, given what the block before left.
    pub(crate) fn opening(&mut self, least: f32) -> f32 {
        self.after_paragraph = false;
        std::mem::take(&mut self.gap).max(least)
    }

    /// Asks for space below the block just set.
    pub(crate) fn closing(&mut self, gap: f32) {
        self.gap = gap;
    }
}

/// Width of the ten pips and the space before them.
fn pips_width(size: f32) -> f32 {
    0.35 * size + 10.0 * PIP * size + 9.0 * PIP_GAP * size
}

const PIP: f32 = 0.45;
const PIP_GAP: f32 = 0.13;

/// The words of a score and its ten pips, filled up to the score.
fn gauge(score: &Score, spot: Spot, setting: Setting<'_>, piece: &mut Piece) {
    let width = setting.faces.bold.width(&score.words, setting.size);
    let mut runs: Vec<Run> = Vec::new();
    for line in wrap(&Text::default().and(Voice::Bold, score.words.as_str()), f32::MAX, setting) {
        set(&line, spot, setting, &mut runs, &mut piece.shapes);
    }
    let (w, h) = (PIP * setting.size, 0.85 * setting.size);
    let bottom = runs.first().map_or(0.0, |run| run.y) + 0.08 * setting.size;
    for pip in 0..10_u8 {
        let x = spot.x + width + 0.35 * setting.size + f32::from(pip) * (PIP + PIP_GAP) * setting.size;
        let (inset, paint) = if pip < score.value { (0.0, Paint::Fill(0.0)) } else { (0.375, Paint::Stroke(0.75)) };
        let (width, height) = (w - 2.0 * inset, h - 2.0 * inset);
        piece.shapes.push(Shape::rectangle(x + inset, bottom - h + inset, width, height, 0.9, paint));
    }
    piece.runs.append(&mut runs);
}
