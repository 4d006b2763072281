//! What is filled in by hand: boxes to tick, a scale to mark one number on, lines and boxes to write in.
//!
//! A box with all that belongs to it is one piece, so that no page ends between a concern and its scale.

use crate::element::{ElementId, Kind};
use crate::flow::{CLOSE_LEADING, Flow, LEADING, Scope};
use crate::layout::{Paint, Shape};
use crate::model::{Blank, Text, Ticks};
use crate::piece::{Hold, Piece, Spot, set};
use crate::wrap::{Setting, widest_word, wrap};

/// Side of a box to tick as a share of the base size.
const BOX: f32 = 1.05;
/// Space between a box and its words, as a share of the base size.
const BESIDE: f32 = 0.45;
/// Space between two things to mark on one line, as a share of the base size.
const APART: f32 = 0.8;
/// Height of a box of the scale, and of a box for one character, as a share of the base size.
const CELL: f32 = 1.6;
/// Least width of a box of the scale, as a share of the base size.
const LEAST: f32 = 1.15;
/// Height of a line to write on by hand, as a share of the base size.
const WRITE: f32 = 2.1;
/// Least width of the words beside the columns, as a share of the base size: about two words.
const WORDS: f32 = 8.0;
/// Thickness of what is marked or written on, in points: it must last through a copying machine.
const LINE: f32 = 0.9;
/// Thickness of the line that leads the eye along a row, in points.
const RULE: f32 = 0.4;

/// Where what can be marked stands beside the words: widths and left edges within the column.
struct Columns {
    words: f32,
    scale: f32,
    more: Vec<(f32, f32)>,
}

impl<'a> Flow<'a> {
    pub(crate) fn ticks(&mut self, ticks: &Ticks, scope: Scope) {
        match self.columns_of(ticks, scope) {
            Some(columns) => self.in_columns(ticks, &columns, scope),
            None => self.one_below_the_other(ticks, scope),
        }
        if !ticks.scale.is_empty() {
            // What declines all of them stands with the last.
            self.hold_last(Hold::Line);
        }
        self.closing(0.5 * self.base);
    }

    pub(crate) fn blanks(&mut self, blanks: &[Blank], scope: Scope) {
        let start = self.pieces.len();
        for blank in blanks {
            let element = self.elements.add(Kind::Signature, scope.parent);
            let before = self.opening(0.2 * self.base);
            let mut piece = self.piece(0.0, before, scope);
            match blank {
                Blank::Line(words) => self.line(words, element, scope, &mut piece),
                Blank::Cells { words, groups } => self.cells(words, groups, element, scope, &mut piece),
                Blank::Lines(count) => {
                    piece.height = WRITE * self.base;
                    piece.shapes.push(Shape::rule(scope.x, piece.height, scope.width, LINE));
                    for _ in 1..*count {
                        self.pieces.push(piece.clone());
                        piece.before = 0.0;
                    }
                }
            }
            self.pieces.push(piece);
        }
        self.hold_together(start, 0.0);
        self.closing(0.5 * self.base);
    }

    /// None when nothing can be marked besides the box, when words are to be written, and when the columns leave no room for words.
    fn columns_of(&self, ticks: &Ticks, scope: Scope) -> Option<Columns> {
        if ticks.scale.is_empty() || ticks.rows.iter().any(|row| !has_words(row)) {
            return None;
        }
        let gap = APART * self.base;
        let mut right = scope.width;
        let mut more = Vec::new();
        for words in ticks.more.iter().rev() {
            let width = widest_word(&Text::plain(words.as_str()), self.bold()).max(BOX * self.base);
            right -= width;
            more.insert(0, (right, width));
            right -= gap;
        }
        let scale = right - self.scale_width(&ticks.scale);
        let words = scale - gap - self.indent();
        (words >= WORDS * self.base).then_some(Columns { words, scale, more })
    }

    fn in_columns(&mut self, ticks: &Ticks, columns: &Columns, scope: Scope) {
        let table = self.elements.add(Kind::Table, scope.parent);
        let before = self.opening(0.2 * self.base);
        let mut head = self.head(ticks, columns, table, scope);
        let id = self.heads.len();
        self.heads.push(Some(head.clone()));
        head.before = before;
        head.hold(Hold::Fast);
        self.pieces.push(head);
        let side = BOX * self.base;
        for words in &ticks.rows {
            let row = self.elements.add(Kind::Row, table);
            let element = self.elements.add(Kind::Cell, row);
            let mut piece = self.piece(0.0, 0.0, scope);
            let lines = wrap(words, columns.words, self.plain());
            let leading = CLOSE_LEADING * self.base;
            let height = (lines.len() as f32 * leading).max(CELL * self.base) + 0.28 * self.base;
            let middle = |part: f32| (height - part) / 2.0;
            piece.shapes.push(tick_box(scope.x, middle(side), side));
            let top = middle(lines.len() as f32 * leading);
            for (index, line) in lines.iter().enumerate() {
                let spot = Spot::of(element, scope.x + self.indent(), top + index as f32 * leading, leading);
                set(line, spot, self.plain(), &mut piece.runs, &mut piece.shapes);
            }
            let marks = self.elements.add(Kind::Cell, row);
            self.scale(&ticks.scale, (scope.x + columns.scale, middle(CELL * self.base)), marks, &mut piece);
            for (x, width) in &columns.more {
                piece.shapes.push(tick_box(scope.x + x + (width - side) / 2.0, middle(side), side));
            }
            piece.height = height;
            piece.shapes.push(Shape::rule(scope.x, height, scope.width, RULE));
            piece.table = Some(id);
            self.pieces.push(piece);
        }
        // One row alone under the head, or alone on the next page, is easily missed.
        let rows = self.pieces.len() - ticks.rows.len();
        for place in [rows, self.pieces.len().saturating_sub(2)] {
            if ticks.rows.len() > 1
                && let Some(row) = self.pieces.get_mut(place)
            {
                row.hold(Hold::Line);
            }
        }
    }

    /// What the columns mean, each in the middle over what is marked there.
    fn head(&mut self, ticks: &Ticks, columns: &Columns, table: ElementId, scope: Scope) -> Piece {
        let row = self.elements.add(Kind::Row, table);
        let leading = CLOSE_LEADING * self.base;
        let scale = (columns.scale, self.scale_width(&ticks.scale));
        let heads = [(&ticks.meaning, scale)].into_iter().chain(ticks.more.iter().zip(columns.more.iter().copied()));
        let bold = self.bold();
        let heads: Vec<_> = heads
            .map(|(words, at)| {
                let lines = wrap(&Text::plain(words.as_str()), at.1, bold);
                (lines, at, self.elements.add(Kind::ColumnHead, row))
            })
            .collect();
        let most = heads.iter().map(|(lines, ..)| lines.len()).max().unwrap_or(0);
        let mut piece = self.piece(most as f32 * leading + 0.2 * self.base, 0.0, scope);
        for (lines, (x, width), element) in heads {
            let above = most - lines.len();
            for (index, line) in lines.iter().enumerate() {
                let left = scope.x + x + (width - line.width) / 2.0;
                let spot = Spot::of(element, left, (above + index) as f32 * leading, leading);
                set(line, spot, bold, &mut piece.runs, &mut piece.shapes);
            }
        }
        piece
    }

    /// Each text with what can be marked below it, as much on a line as fits.
    fn one_below_the_other(&mut self, ticks: &Ticks, scope: Scope) {
        if !ticks.scale.is_empty() && !ticks.meaning.is_empty() {
            let element = self.elements.add(Kind::Paragraph, scope.parent);
            let before = self.opening(0.2 * self.base);
            let mut piece = self.piece(0.0, before, scope);
            self.words(&Text::plain(ticks.meaning.as_str()), (scope.x, scope.width), element, &mut piece);
            piece.hold(Hold::Head);
            self.pieces.push(piece);
        }
        let list = self.elements.add(Kind::List, scope.parent);
        for words in &ticks.rows {
            let item = self.elements.add(Kind::Item, list);
            let element = self.elements.add(Kind::ItemBody, item);
            let before = self.opening(0.3 * self.base);
            let mut piece = self.piece(0.0, before, scope);
            let (side, indent) = (BOX * self.base, self.indent());
            if has_words(words) {
                piece.shapes.push(tick_box(scope.x, (CLOSE_LEADING * self.base - side) / 2.0, side));
                self.words(words, (scope.x + indent, scope.width - indent), element, &mut piece);
            } else {
                piece.height = WRITE * self.base;
                piece.shapes.push(tick_box(scope.x, piece.height - side, side));
                piece.shapes.push(Shape::rule(scope.x + indent, piece.height, scope.width - indent, LINE));
            }
            self.marks(ticks, element, scope, &mut piece);
            self.pieces.push(piece);
        }
    }

    fn marks(&self, ticks: &Ticks, element: ElementId, scope: Scope, piece: &mut Piece) {
        let (row, side, indent) = (CELL * self.base, BOX * self.base, self.indent());
        let (mut x, mut top) = (0.0, piece.height + 0.25 * self.base);
        let mut room = |width: f32, piece: &mut Piece| {
            if x > 0.0 && x + width > scope.width - indent {
                x = 0.0;
                top += row + 0.2 * self.base;
            }
            let at = (scope.x + indent + x, top);
            x += width + APART * self.base;
            piece.height = top + row;
            at
        };
        if !ticks.scale.is_empty() {
            let at = room(self.scale_width(&ticks.scale), piece);
            self.scale(&ticks.scale, at, element, piece);
        }
        for words in &ticks.more {
            let (x, top) = room(indent + self.faces.regular.width(words, self.base), piece);
            piece.shapes.push(tick_box(x, top + (row - side) / 2.0, side));
            self.in_the_middle(words, (x + indent, top), row, element, piece);
        }
    }

    fn scale_width(&self, labels: &[String]) -> f32 {
        labels.iter().map(|label| self.cell_width(label)).sum()
    }

    /// Width of one box of a scale: its words', and wide enough for a pen.
    fn cell_width(&self, label: &str) -> f32 {
        (self.faces.regular.width(label, self.base) + 0.22 * self.base).max(LEAST * self.base)
    }

    fn scale(&self, labels: &[String], (x, top): (f32, f32), element: ElementId, piece: &mut Piece) {
        let (mut left, height) = (x, CELL * self.base);
        for label in labels {
            let each = self.cell_width(label);
            piece.shapes.push(Shape::rectangle(left, top, each, height, 0.0, Paint::Stroke(LINE)));
            let inset = (each - self.faces.regular.width(label, self.base)) / 2.0;
            self.in_the_middle(label, (left + inset, top), height, element, piece);
            left += each;
        }
    }

    /// Words and a line to the end of the column after them, or below them where they leave too little of it.
    fn line(&self, words: &str, element: ElementId, scope: Scope, piece: &mut Piece) {
        let width = self.faces.regular.width(words, self.base);
        let beside = width < scope.width / 2.0;
        let inset = if beside { width + 0.5 * self.base } else { 0.0 };
        if beside {
            let leading = LEADING * self.base;
            self.in_the_middle(words, (scope.x, WRITE * self.base - 0.95 * leading), leading, element, piece);
            piece.height = WRITE * self.base;
        } else {
            self.words(&Text::plain(words), (scope.x, scope.width), element, piece);
            piece.height += 0.8 * WRITE * self.base;
        }
        piece.shapes.push(Shape::rule(scope.x + inset, piece.height, scope.width - inset, LINE));
        piece.height += 0.2 * self.base;
    }

    /// Words, and below them boxes for one character each.
    fn cells(&self, words: &str, groups: &[u8], element: ElementId, scope: Scope, piece: &mut Piece) {
        self.words(&Text::plain(words), (scope.x, scope.width), element, piece);
        let count: f32 = groups.iter().map(|group| f32::from(*group)).sum();
        let between = 0.7 * self.base;
        let gaps = between * groups.len().saturating_sub(1) as f32;
        // Large print gets narrower boxes, never a second line of them.
        let (side, height) = ((CELL * self.base).min((scope.width - gaps) / count.max(1.0)), CELL * self.base);
        let (mut x, top) = (scope.x, piece.height + 0.1 * self.base);
        for group in groups {
            for _ in 0..*group {
                piece.shapes.push(Shape::rectangle(x, top, side, height, 0.0, Paint::Stroke(LINE)));
                x += side;
            }
            x += between;
        }
        piece.height = top + height + 0.2 * self.base;
    }

    /// Sets text below what the piece has.
    fn words(&self, text: &Text, (x, width): (f32, f32), element: ElementId, piece: &mut Piece) {
        let leading = CLOSE_LEADING * self.base;
        for line in wrap(text, width, self.plain()) {
            set(&line, Spot::of(element, x, piece.height, leading), self.plain(), &mut piece.runs, &mut piece.shapes);
            piece.height += leading;
        }
    }

    /// Sets words on one line, half way down a row of this height.
    fn in_the_middle(&self, words: &str, (x, top): (f32, f32), height: f32, element: ElementId, piece: &mut Piece) {
        for line in wrap(&Text::plain(words), f32::MAX, self.plain()) {
            set(&line, Spot::of(element, x, top, height), self.plain(), &mut piece.runs, &mut piece.shapes);
        }
    }

    /// Width of a box with the space after it.
    fn indent(&self) -> f32 {
        (BOX + BESIDE) * self.base
    }

    fn bold(&self) -> Setting<'a> {
        Setting { bold: true, ..self.plain() }
    }
}

fn has_words(text: &Text) -> bool {
    text.0.iter().any(|span| !span.text.trim().is_empty())
}

fn tick_box(x: f32, y: f32, side: f32) -> Shape {
    Shape::rectangle(x, y, side, side, 1.5, Paint::Stroke(LINE))
}
