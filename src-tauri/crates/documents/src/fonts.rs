//! The two faces that print, compiled in: which characters they have and how wide each is.
//!
//! Widths are the whole thousandths of the size that the PDF itself declares, so a line is as long on paper as here.
//! Kerning and ligatures are left out in both sinks alike.

use std::sync::LazyLock;

use printpdf::ParsedFont;

use crate::error::Error;
use crate::outline::ContourPoint;

static FACES: LazyLock<Option<Faces>> = LazyLock::new(|| {
    Some(Faces {
        regular: Face::read(include_bytes!("../../../../assets/fonts/LiberationSans-Regular.ttf"))?,
        bold: Face::read(include_bytes!("../../../../assets/fonts/LiberationSans-Bold.ttf"))?,
    })
});

/// Height of the letters above the line they stand on, as a share of the size.
pub(crate) const ASCENT: f32 = 0.905;
/// Depth of the letters below that line, as a share of the size.
pub(crate) const DESCENT: f32 = 0.212;

/// Characters below this one are looked up once, when the face is read.
const KEPT: usize = 0x250;

/// Both faces.
pub(crate) struct Faces {
    pub regular: Face,
    pub bold: Face,
}

/// One face.
pub(crate) struct Face {
    pub parsed: ParsedFont,
    units_per_em: u32,
    kept: Vec<Option<u16>>,
}

/// The built-in faces, read once a process.
pub(crate) fn faces() -> Result<&'static Faces, Error> {
    FACES.as_ref().ok_or(Error::Typeface)
}

impl Faces {
    pub fn of(&self, bold: bool) -> &Face {
        if bold { &self.bold } else { &self.regular }
    }
}

impl Face {
    fn read(bytes: &[u8]) -> Option<Face> {
        let parsed = ParsedFont::from_bytes(bytes, 0, &mut Vec::new())?;
        let units_per_em = u32::from(parsed.pdf_font_metrics.units_per_em);
        if units_per_em == 0 {
            return None;
        }
        let mut face = Face { parsed, units_per_em, kept: Vec::new() };
        face.kept =
            (0..KEPT).map(|code| char::from_u32(u32::try_from(code).ok()?).and_then(|c| face.look_up(c))).collect();
        Some(face)
    }

    /// Width of the character in thousandths of the size, `None` where the face has no correct form of it.
    pub fn advance(&self, character: char) -> Option<u16> {
        match usize::try_from(u32::from(character)) {
            Ok(code) if code < KEPT => self.kept.get(code).copied().flatten(),
            _ => self.look_up(character),
        }
    }

    /// Width of the text at `size` points.
    pub fn width(&self, text: &str, size: f32) -> f32 {
        let thousandths: u32 = text.chars().filter_map(|c| self.advance(c)).map(u32::from).sum();
        thousandths as f32 * size / 1000.0
    }

    /// The contours of a character, `None` where it is put together from other characters.
    pub fn contours(&self, character: char) -> Option<Vec<Vec<ContourPoint>>> {
        let glyph = self.parsed.get_or_decode_glyph(self.parsed.lookup_glyph_index(u32::from(character))?)?;
        let (points, passed) = (glyph.raw_points.as_ref()?, glyph.raw_on_curve.as_ref()?);
        let em = self.units_per_em as f32;
        let mut points = points.iter().zip(passed).map(|((x, y), on)| ((f32::from(*x) / em, f32::from(*y) / em), *on));
        let mut from = 0;
        let mut contours = Vec::new();
        for end in glyph.raw_contour_ends.as_ref()? {
            let to = usize::from(*end) + 1;
            contours.push(points.by_ref().take(to.saturating_sub(from)).collect());
            from = to;
        }
        Some(contours)
    }

    fn look_up(&self, character: char) -> Option<u16> {
        if needs_shaping(character) {
            return None;
        }
        let glyph = self.parsed.lookup_glyph_index(u32::from(character)).filter(|glyph| *glyph != 0)?;
        let advance = u32::from(self.parsed.get_horizontal_advance(glyph));
        u16::try_from(advance * 1000 / self.units_per_em).ok()
    }
}

/// Characters that print wrongly one by one, though the face may have glyphs for them: marks that must be placed on
/// another letter, scripts written from right to left, and the box that stands for an object.
fn needs_shaping(character: char) -> bool {
    matches!(u32::from(character),
        0x0000..=0x001f | 0x007f..=0x009f
        | 0x0300..=0x036f | 0x0483..=0x0489 | 0x1ab0..=0x1aff | 0x1dc0..=0x1dff | 0x20d0..=0x20ff | 0xfe20..=0xfe2f
        | 0x0590..=0x08ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff | 0x10800..=0x10fff | 0x1e800..=0x1efff
        | 0xfff9..=0xfffd)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_these_islands_and_beyond_have_widths_in_both_faces() {
        let faces = faces().unwrap();
        for c in "£’éŵŷłŁøßğşőčñ€°µ≥½–—…•“”†".chars() {
            assert!(faces.regular.advance(c).is_some(), "{c}");
            assert!(faces.bold.advance(c).is_some(), "{c}");
        }
    }

    #[test]
    fn widths_are_those_of_the_face() {
        let faces = faces().unwrap();
        assert_eq!(faces.regular.advance('i'), Some(222));
        assert_eq!(faces.regular.advance('m'), Some(833));
        assert_eq!(faces.bold.advance('i'), Some(277));
        assert_eq!(faces.regular.width("im", 10.0), 10.55);
    }

    #[test]
    fn what_would_print_as_a_box_or_unplaced_has_no_width() {
        let faces = faces().unwrap();
        for c in ['😀', 'ع', 'א', '中', '\u{301}', '\u{fffc}', '\u{fffd}', '\u{7}', '\u{0}', '✓'] {
            assert_eq!(faces.regular.advance(c), None, "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn the_declared_ascent_and_descent_are_those_of_the_face() {
        let face = &faces().unwrap().regular;
        let metrics = &face.parsed.font_metrics;
        assert!((metrics.ascent / f32::from(metrics.units_per_em) - ASCENT).abs() < 0.001);
        assert!((metrics.descent / f32::from(metrics.units_per_em) + DESCENT).abs() < 0.001);
    }
}
