//! What stays on one page: which pieces hold on to the next, and how dearly. Where a page ends is decided in `paginate`.

use crate::flow::Flow;
use crate::piece::{Hold, Piece};

impl Flow<'_> {
    /// Keeps the pieces from `start` as a group: whole up to a third of a page, otherwise as far as that leaves no page emptier.
    pub(crate) fn keep_together(&mut self, start: usize) {
        let half = self.room / 2.0;
        self.keep_small(start);
        let group = self.pieces.get_mut(start..).unwrap_or_default();
        match opening(group).and_then(|end| group.get_mut(..end)) {
            Some(opening) if height(opening) <= half => hold_all(opening, Hold::Together),
            Some(opening) => {
                if let Some(text) = above_table(opening).filter(|text| text.hold < Hold::Head) {
                    text.hold = Hold::Loose;
                }
            }
            None => {}
        }
        hold_all(group, Hold::Loose);
    }

    /// Keeps the pieces from `start` on one page if they are no higher than a third of one.
    pub(crate) fn keep_small(&mut self, start: usize) {
        let third = self.third();
        let group = self.pieces.get_mut(start..).unwrap_or_default();
        if height(group) <= third {
            hold_all(group, Hold::Together);
        }
    }

    /// Keeps the pieces from `start`, which end in lines to sign on, whole and with the last piece before them where both fit on a page.
    ///
    /// For this what stands before them, from `group` on, may be divided after any of its rows.
    pub(crate) fn keep_signed(&mut self, group: usize, start: usize) {
        let page = self.last_room;
        let signed = height(self.pieces.get(start..).unwrap_or_default());
        if signed > page {
            return;
        }
        hold_all(self.pieces.get_mut(start..).unwrap_or_default(), Hold::Fast);
        let before = self.pieces.get_mut(group..start).unwrap_or_default();
        let Some(last) = before.last() else { return };
        let head = last.table.and_then(|table| self.heads.get(table)).and_then(Option::as_ref);
        if head.map_or(0.0, |head| head.height) + last.height + signed > page {
            return;
        }
        if let Some((last, rows)) = before.split_last_mut() {
            last.hold(Hold::Fast);
            for row in rows.iter_mut().filter(|row| row.table.is_some() && row.hold == Hold::Together) {
                row.hold = Hold::Loose;
            }
        }
        // What cannot be on one page with them is rather parted from its table than left on a page of its own.
        if opening(before).is_none()
            && height(before) + signed > page
            && let Some(above) = above_table(before)
        {
            above.hold = Hold::Free;
        }
    }

    /// Keeps the pieces from `start` on one page, with `more` points around them, unless they are higher than a page.
    pub(crate) fn hold_together(&mut self, start: usize, more: f32) {
        let group = self.pieces.get_mut(start..).unwrap_or_default();
        if more + height(group) <= self.room {
            hold_all(group, Hold::Together);
        }
    }

    pub(crate) fn hold_last(&mut self, hold: Hold) {
        if let Some(last) = self.pieces.last_mut() {
            last.hold(hold);
        }
    }

    /// A third of the height of a page, in points.
    pub(crate) fn third(&self) -> f32 {
        self.room / 3.0
    }
}

/// Where the first row of a group ends that does not hold on to the next, as the first of two does; None without one.
fn opening(group: &[Piece]) -> Option<usize> {
    group.iter().position(|piece| piece.table.is_some() && piece.hold < Hold::Together).map(|row| row + 1)
}

/// The last piece above the first table of a group, None without one.
fn above_table(group: &mut [Piece]) -> Option<&mut Piece> {
    let row = group.iter().position(|piece| piece.table.is_some())?;
    // What holds on fast is the head of the table.
    group.get_mut(..row)?.iter_mut().rfind(|piece| piece.hold < Hold::Fast)
}

/// Each piece but the last holds on to the next.
fn hold_all(pieces: &mut [Piece], hold: Hold) {
    if let Some((_, all_but_last)) = pieces.split_last_mut() {
        for piece in all_but_last {
            piece.hold(hold);
        }
    }
}

fn height(pieces: &[Piece]) -> f32 {
    pieces.iter().map(|piece| piece.before + piece.height).sum()
}
