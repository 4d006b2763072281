//! Tables: how wide the columns are, and each row as one piece, divided only when it is higher than a page.

use crate::element::{ElementId, Kind};
use crate::flow::{CLOSE_LEADING, FRAME_PAD, Flow, Scope};
use crate::layout::Shape;
use crate::model::{KeyValue, Table, Text};
use crate::piece::{Hold, Piece, Spot, set};
use crate::wrap::{Line, Setting, widest_word, wrap};

/// Space above and below the text of a row, as a share of the base size.
const ROW_PAD: f32 = 0.28;
/// Space between two columns, as a share of the base size.
const COLUMN_GAP: f32 = 0.8;
/// Thickness of the line under a row and under the head, in points.
const RULE: f32 = 0.6;
const HEAD_RULE: f32 = 1.0;

/// A column: its left edge and its width.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Column {
    x: f32,
    width: f32,
}

impl Flow<'_> {
    pub(crate) fn table(&mut self, table: &Table, scope: Scope) {
        let (plain, bold) = (self.plain(), Setting { bold: true, ..self.plain() });
        let heads: Vec<Text> = table.head.iter().map(|cell| Text::plain(cell.as_str())).collect();
        let least: Vec<f32> = heads
            .iter()
            .enumerate()
            .map(|(index, head)| {
                let cells = table.rows.iter().filter_map(|row| row.get(index));
                cells.map(|cell| widest_word(cell, plain)).fold(widest_word(head, bold), f32::max)
            })
            .collect();
        let columns = self.columns(&table.weights, &least, scope);

        let element = self.elements.add(Kind::Table, scope.parent);
        let row = self.elements.add(Kind::Row, element);
        let cells: Vec<_> = heads.iter().map(|head| (head, bold, self.elements.add(Kind::ColumnHead, row))).collect();
        let before = self.opening(0.2 * self.base);
        let mut pieces = self.row(&cells, &columns, HEAD_RULE, scope);
        let id = self.heads.len();
        // A head that is itself higher than a page cannot be repeated.
        self.heads.push(match pieces.as_slice() {
            [head] if head.height < self.least_room / 2.0 => Some(head.clone()),
            _ => None,
        });
        for piece in &mut pieces {
            piece.hold(Hold::Fast);
        }
        if let Some(first) = pieces.first_mut() {
            first.before = before;
        }
        self.pieces.append(&mut pieces);
        let first = self.pieces.len();
        for cells in &table.rows {
            let row = self.elements.add(Kind::Row, element);
            let cells: Vec<_> = cells.iter().map(|cell| (cell, plain, self.elements.add(Kind::Cell, row))).collect();
            for mut piece in self.row(&cells, &columns, RULE, scope) {
                piece.table = Some(id);
                self.pieces.push(piece);
            }
        }
        if table.rows.len() == 2 {
            self.keep_small(first);
        }
        self.closing(0.5 * self.base);
    }

    pub(crate) fn key_values(&mut self, facts: &[KeyValue], scope: Scope) {
        let (plain, bold) = (self.plain(), Setting { bold: true, ..self.plain() });
        let keys: Vec<Text> = facts.iter().map(|fact| Text::plain(fact.key.as_str())).collect();
        let widest = |texts: &mut dyn Iterator<Item = &Text>, setting| {
            texts.map(|text| widest_word(text, setting)).fold(0.0, f32::max)
        };
        let least = [widest(&mut keys.iter(), bold), widest(&mut facts.iter().map(|fact| &fact.value), plain)];
        let columns = self.columns(&[3, 7], &least, scope);
        let element = self.elements.add(Kind::Table, scope.parent);
        let mut before = self.opening(0.1 * self.base);
        for (fact, key) in facts.iter().zip(&keys) {
            let row = self.elements.add(Kind::Row, element);
            let cells = [
                (key, bold, self.elements.add(Kind::RowHead, row)),
                (&fact.value, plain, self.elements.add(Kind::Cell, row)),
            ];
            for mut piece in self.row(&cells, &columns, RULE, scope) {
                piece.before = std::mem::take(&mut before);
                self.pieces.push(piece);
            }
        }
        self.closing(0.5 * self.base);
    }

    fn columns(&self, weights: &[u16], least: &[f32], scope: Scope) -> Vec<Column> {
        let gap = COLUMN_GAP * self.base;
        let width = scope.width - gap * least.len().saturating_sub(1) as f32;
        let mut x = scope.x;
        share(width, weights, least)
            .into_iter()
            .map(|width| {
                let column = Column { x, width };
                x += width + gap;
                column
            })
            .collect()
    }

    /// One row: one piece, or several where it is higher than a page; cells are read one after the other.
    fn row(
        &self,
        cells: &[(&Text, Setting<'_>, ElementId)],
        columns: &[Column],
        rule: f32,
        scope: Scope,
    ) -> Vec<Piece> {
        let (pad, leading) = (ROW_PAD * self.base, CLOSE_LEADING * self.base);
        let wrapped: Vec<Vec<Line>> =
            cells.iter().zip(columns).map(|(cell, column)| wrap(cell.0, column.width, cell.1)).collect();
        let count = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        let head = self.heads.last().and_then(Option::as_ref).map_or(0.0, |head| head.height);
        let around = head + 2.0 * pad + 2.0 * FRAME_PAD * self.base;
        let most = (((self.least_room - around) / leading).floor() as usize).max(1);
        let mut pieces = Vec::new();
        let mut from = 0;
        while from < count {
            let to = (from + most).min(count);
            let mut piece = self.piece(0.0, 0.0, scope);
            let above = if from == 0 { pad } else { 0.0 };
            for ((lines, column), cell) in wrapped.iter().zip(columns).zip(cells) {
                for (index, line) in lines.iter().take(to).skip(from).enumerate() {
                    let spot = Spot::of(cell.2, column.x, above + index as f32 * leading, leading);
                    set(line, spot, cell.1, &mut piece.runs, &mut piece.shapes);
                }
            }
            piece.height = above + (to - from) as f32 * leading;
            if to == count {
                piece.height += pad;
                piece.shapes.push(Shape::rule(scope.x, piece.height - rule / 2.0, scope.width, rule));
            }
            pieces.push(piece);
            from = to;
        }
        pieces
    }
}

/// Shares `width` among columns by weight, but no column gets less than its widest word while another has more than its own.
fn share(width: f32, weights: &[u16], least: &[f32]) -> Vec<f32> {
    let total: f32 = least.iter().sum();
    if total >= width {
        // Words must be broken anyway; every column keeps room for a few letters.
        let even = width / least.len().max(1) as f32;
        let capped: Vec<f32> = least.iter().map(|least| least.clamp(even / 2.0, 2.0 * even)).collect();
        let sum: f32 = capped.iter().sum();
        return capped.into_iter().map(|part| part * width / sum).collect();
    }
    let weight = |index: usize| f32::from(weights.get(index).copied().unwrap_or(1).max(1));
    let mut fixed = vec![false; least.len()];
    loop {
        let taken: f32 = least.iter().zip(&fixed).filter(|(_, fixed)| **fixed).map(|(least, _)| least).sum();
        let open: f32 = fixed.iter().enumerate().filter(|(_, fixed)| !**fixed).map(|(index, _)| weight(index)).sum();
        let part = |index: usize| (width - taken) * weight(index) / open.max(1.0);
        let short =
            least.iter().enumerate().find(|(index, least)| fixed.get(*index) == Some(&false) && part(*index) < **least);
        match short.map(|(index, _)| index) {
            Some(index) => {
                if let Some(fixed) = fixed.get_mut(index) {
                    *fixed = true;
                }
            }
            None => {
                return least
                    .iter()
                    .enumerate()
                    .map(|(index, least)| if fixed.get(index) == Some(&true) { *least } else { part(index) })
                    .collect();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn columns_share_the_width_by_weight() {
        assert_eq!(share(100.0, &[3, 1, 1], &[10.0, 10.0, 10.0]), [60.0, 20.0, 20.0]);
        assert_eq!(share(90.0, &[], &[10.0, 10.0, 10.0]), [30.0, 30.0, 30.0]);
    }

    #[test]
    fn a_column_gets_its_widest_word_from_those_that_have_more() {
        assert_eq!(share(100.0, &[8, 1, 1], &[10.0, 30.0, 5.0])[1], 30.0);
        let parts = share(100.0, &[8, 1, 1], &[10.0, 30.0, 15.0]);
        assert_eq!(parts, [55.0, 30.0, 15.0]);
    }

    #[test]
    fn when_words_must_break_no_column_disappears() {
        let parts = share(100.0, &[1, 1], &[500.0, 5.0]);
        assert!((parts.iter().sum::<f32>() - 100.0).abs() < 0.01 && parts[1] >= 20.0, "{parts:?}");
    }
}
