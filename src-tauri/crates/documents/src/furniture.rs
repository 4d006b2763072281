//! What stands around the text on every page: letterhead, header, footer, watermark, and the lines that say what follows and what
//! goes on.

use crate::element::{Elements, Kind};
use crate::error::{Error, Place};
use crate::flow::{COLUMN, LEADING};
use crate::fonts::Faces;
use crate::layout::{MARGIN, Owner, PAGE_HEIGHT, PAGE_WIDTH, Page, Paint, Run, Shape};
use crate::model::{Meta, Text, Voice};
use crate::outline::outline;
use crate::piece::{Spot, set};
use crate::wrap::{Setting, wrap};

/// Height of a line of header and footer as a share of the size.
const CLOSE: f32 = 1.3;
/// Thickness of the line under the header and over the footer, in points.
const HEADER_RULE: f32 = 1.5;
const FOOTER_RULE: f32 = 0.75;
/// Header and footer grow with the text up to here, in points: still large print, and the pages keep room for the text.
const LARGEST: f32 = 18.0;
/// Most lines that name what goes on at the top of a page.
const AGAIN: usize = 2;
/// Grey of the watermark: seen at once, and black text on it stays 15 to 1.
const WATERMARK: f32 = 0.88;

/// Header and footer of one document, measured once.
pub(crate) struct Furniture<'a> {
    meta: &'a Meta,
    faces: &'a Faces,
    letterhead: Lines,
    header: Lines,
    footer_height: f32,
    watermark: Option<Shape>,
}

/// Lines set from the left margin and from their own top.
#[derive(Default)]
pub(crate) struct Lines {
    runs: Vec<Run>,
    shapes: Vec<Shape>,
    pub height: f32,
}

impl<'a> Furniture<'a> {
    /// Measures header and footer; [`Error::NoRoom`] when they leave less than eight lines of text.
    pub fn new(meta: &'a Meta, faces: &'a Faces, elements: &mut Elements) -> Result<Furniture<'a>, Error> {
        let empty = Lines::default();
        let mut furniture =
            Furniture { meta, faces, letterhead: empty, header: Lines::default(), footer_height: 0.0, watermark: None };
        furniture.watermark = furniture.watermark_outline()?;
        furniture.letterhead = furniture.letterhead_lines(elements);
        furniture.header = furniture.header_lines();
        // Digits are all of one width, so no page number is wider than this one.
        furniture.footer_height = furniture.footer_lines(&furniture.page_name("00000", "00000")).height;
        if furniture.room(true) < 8.0 * LEADING * meta.size.points() {
            return Err(Error::NoRoom);
        }
        Ok(furniture)
    }

    /// Where the text begins.
    pub fn top(&self, first_page: bool) -> f32 {
        let letterhead = if first_page { self.letterhead.height } else { 0.0 };
        MARGIN + letterhead + self.header.height + 0.7 * self.base()
    }

    /// Where the text ends at the latest.
    pub fn bottom(&self) -> f32 {
        PAGE_HEIGHT - MARGIN - self.footer_height - 0.5 * self.base()
    }

    /// Height of the lines that say what follows, and of the space above them.
    pub fn reserve(&self) -> f32 {
        (0.7 + 2.0 * LEADING) * self.base()
    }

    /// Height for text on a page that is not the last, and begins within no part.
    pub fn room(&self, first_page: bool) -> f32 {
        self.bottom() - self.reserve() - self.top(first_page)
    }

    /// The most height that naming what goes on takes at the top of a page.
    pub fn most_again(&self) -> f32 {
        self.again_height(AGAIN)
    }

    /// The lines at the top of a page that begins within the part of these names, fullest first; none without a name.
    pub fn again(&self, names: &[String]) -> Lines {
        let mut lines = Lines::default();
        let words = &self.meta.words;
        let set = |text: String| wrap(&Text::plain(text), COLUMN, self.setting());
        let said = names.iter().map(|name| words.again.replace("{part}", name)).chain([words.came.clone()]);
        let fits = said.into_iter().find(|text| set(text.clone()).len() <= AGAIN);
        if let Some(text) = fits.filter(|_| !names.is_empty()) {
            lines.lines(&Text::plain(text.as_str()), self.setting(), Owner::Artifact);
            lines.height = self.again_height(set(text).len());
        }
        lines
    }

    fn again_height(&self, lines: usize) -> f32 {
        lines as f32 * CLOSE * self.setting().size + 0.5 * self.base()
    }

    /// What a part is called on the page before the one it goes on on.
    pub fn more_of(&self, part: &str) -> String {
        self.meta.words.more_of.replace("{part}", part)
    }

    /// Says below the text, which ends at `bottom`, what the next page holds: as many names as two lines take, of the first list of
    /// which they take any.
    pub fn what_follows(&self, lists: &[Vec<String>], bottom: f32, page: &mut Page) {
        // A single piece may take the lines kept free for this.
        if bottom + self.reserve() > self.bottom() + 0.01 {
            return;
        }
        let words = &self.meta.words;
        let setting = Setting { size: self.base(), ..self.setting() };
        let counts = lists.iter().flat_map(|names| (1..=names.len()).rev().filter_map(|count| names.get(..count)));
        let said = counts.into_iter().find_map(|names| {
            let names = names.join("; ");
            let text = Text::bold(words.next_page.as_str()).and(Voice::Plain, format!(" {names}."));
            let lines = wrap(&text, COLUMN, setting);
            (lines.len() <= 2).then_some(lines)
        });
        let lines = said.unwrap_or_else(|| wrap(&Text::bold(words.goes_on.as_str()), COLUMN, setting));
        let leading = LEADING * self.base();
        for (index, line) in lines.iter().take(2).enumerate() {
            let top = bottom + 0.7 * self.base() + index as f32 * leading;
            let spot = Spot { x: MARGIN, top, leading, owner: Owner::Artifact };
            set(line, spot, setting, &mut page.runs, &mut page.shapes);
        }
    }

    /// Puts header, footer and watermark around the pages, and rounds every length.
    pub fn around(&self, pages: Vec<Page>) -> Vec<Page> {
        let count = pages.len();
        let finish = |(index, body): (usize, Page)| {
            let mut page =
                Page { name: self.page_name(&(index + 1).to_string(), &count.to_string()), ..Page::default() };
            page.shapes.extend(self.watermark.clone());
            let mut y = MARGIN;
            if index == 0 {
                self.letterhead.put(y, &mut page);
                y += self.letterhead.height;
            }
            self.header.put(y, &mut page);
            page.shapes.extend(body.shapes);
            page.runs.extend(body.runs);
            self.footer_lines(&page.name).put(PAGE_HEIGHT - MARGIN - self.footer_height, &mut page);
            page.rounded()
        };
        pages.into_iter().enumerate().map(finish).collect()
    }

    fn base(&self) -> f32 {
        self.meta.size.points()
    }

    fn setting(&self) -> Setting<'a> {
        Setting { faces: self.faces, size: self.base().min(LARGEST), bold: false }
    }

    fn page_name(&self, page: &str, pages: &str) -> String {
        self.meta.words.page.replace("{pages}", pages).replace("{page}", page)
    }

    fn letterhead_lines(&self, elements: &mut Elements) -> Lines {
        let mut block = Lines::default();
        if self.meta.trust.address.is_empty() {
            return block;
        }
        let element = elements.add(Kind::Letterhead, Elements::ROOT);
        let text = Text::bold(self.meta.trust.name.as_str())
            .and(Voice::Plain, format!("\n{}", self.meta.trust.address.join(", ")));
        block.lines(&text, self.setting(), Owner::Element(element));
        block.height += 0.8 * self.setting().size;
        block
    }

    fn header_lines(&self) -> Lines {
        let mut block = Lines::default();
        let who = &self.meta.identifiers;
        let mut number = Text::bold(who.number.as_str());
        if let Some(badge) = &who.badge {
            number = number.and(Voice::Bold, " ").and(Voice::Badge, badge.as_str());
        }
        block.pair(&Text::bold(who.name.as_str()), &number, self.setting());
        let copy = match &self.meta.watermark {
            Some(word) => Text::bold(word.as_str()).and(Voice::Plain, format!(" · {}", self.meta.copy)),
            None => Text::plain(self.meta.copy.as_str()),
        };
        block.pair(&Text::plain(who.born.as_str()), &copy, self.setting());
        block.height += 0.35 * self.setting().size + HEADER_RULE;
        block.shapes.push(Shape::rule(0.0, block.height - HEADER_RULE / 2.0, COLUMN, HEADER_RULE));
        block
    }

    fn footer_lines(&self, page: &str) -> Lines {
        let mut block = Lines::default();
        block.shapes.push(Shape::rule(0.0, FOOTER_RULE / 2.0, COLUMN, FOOTER_RULE));
        block.height = FOOTER_RULE + 0.35 * self.setting().size;
        let left = match self.meta.trust.name.as_str() {
            "" => Text::plain(self.meta.version.as_str()),
            trust => Text::plain(format!("{} · {trust}", self.meta.version)),
        };
        block.pair(&left, &Text::plain(page), self.setting());
        block.lines(&Text::plain(self.meta.made.as_str()), self.setting(), Owner::Artifact);
        block
    }

    /// The outlines of the word, rising across the page.
    fn watermark_outline(&self) -> Result<Option<Shape>, Error> {
        let face = &self.faces.bold;
        let Some(word) = self.meta.watermark.as_deref().filter(|word| face.width(word, 1.0) > 0.0) else {
            return Ok(None);
        };
        let diagonal = PAGE_WIDTH.hypot(PAGE_HEIGHT);
        let width = face.width(word, 1.0);
        let size = (0.62 * diagonal / width).min(170.0);
        let path = outline(face, word, size).map_err(|character| Error::NoGlyph { character, place: Place::Meta })?;
        let (sin, cos) = (PAGE_HEIGHT / diagonal, PAGE_WIDTH / diagonal);
        let (left, down) = (-width * size / 2.0, 0.36 * size);
        let level = Shape { path, paint: Paint::Fill(WATERMARK) };
        Ok(Some(level.map(|x, y| {
            let (x, y) = (x + left, y + down);
            (PAGE_WIDTH / 2.0 + x * cos + y * sin, PAGE_HEIGHT / 2.0 - x * sin + y * cos)
        })))
    }
}

impl Lines {
    /// Text at the left, more at the right of the same line where both fit, otherwise below.
    fn pair(&mut self, left: &Text, right: &Text, setting: Setting<'_>) {
        let lines = |text| wrap(text, COLUMN, setting);
        let (left_lines, right_lines) = (lines(left), lines(right));
        match (left_lines.as_slice(), right_lines.as_slice()) {
            ([l], [r]) if l.width + setting.size + r.width <= COLUMN => {
                let leading = CLOSE * setting.size;
                for (line, x) in [(l, 0.0), (r, COLUMN - r.width)] {
                    let spot = Spot { x, top: self.height, leading, owner: Owner::Artifact };
                    set(line, spot, setting, &mut self.runs, &mut self.shapes);
                }
                self.height += leading;
            }
            _ => {
                self.lines(left, setting, Owner::Artifact);
                self.lines(right, setting, Owner::Artifact);
            }
        }
    }

    fn lines(&mut self, text: &Text, setting: Setting<'_>, owner: Owner) {
        let leading = CLOSE * setting.size;
        for line in wrap(text, COLUMN, setting) {
            let spot = Spot { x: 0.0, top: self.height, leading, owner };
            set(&line, spot, setting, &mut self.runs, &mut self.shapes);
            self.height += leading;
        }
    }

    /// Puts the lines on the page, `y` points down.
    pub fn put(&self, y: f32, page: &mut Page) {
        page.shapes.extend(self.shapes.iter().map(|shape| shape.moved(MARGIN, y)));
        page.runs.extend(self.runs.iter().map(|run| run.moved(MARGIN, y)));
    }
}
