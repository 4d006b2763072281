//! Running text into lines of a given width: words are never hyphenated, and broken only where one alone is wider than the line.

use crate::fonts::Faces;
use crate::model::{Text, Voice};

/// Size of a code's letters, in sizes of the text around it.
const CODE_SIZE: f32 = 1.65;
/// Size of a tag's or badge's letters as a share of the text around it.
const TAG_SIZE: f32 = 0.85;
const BADGE_SIZE: f32 = 0.7;
/// Space between a tag's letters and the edge of its ground, as a share of the size of the text around it.
pub(crate) const TAG_PAD: f32 = 0.35;
/// The same, with the space outside of the ground.
const TAG_ROOM: f32 = 0.45;

/// One line: stretches of one voice each, from left to right.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Line {
    pub chunks: Vec<Chunk>,
    /// In points, without a space at its end.
    pub width: f32,
}

/// A stretch of one voice on a line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Chunk {
    pub text: String,
    pub voice: Voice,
    /// From the left of the line to the first letter, in points.
    pub x: f32,
    pub width: f32,
    /// Size of the letters, in points.
    pub size: f32,
}

/// The faces and the size of a text.
#[derive(Clone, Copy)]
pub(crate) struct Setting<'a> {
    pub faces: &'a Faces,
    /// Size of plain text in points.
    pub size: f32,
    /// Whether plain text is bold too: a heading, the head of a column.
    pub bold: bool,
}

type Word = Vec<(String, Voice)>;

/// Breaks the text into lines no wider than `width` points; an empty text is one empty line.
pub(crate) fn wrap(text: &Text, width: f32, setting: Setting<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    for words in words(text) {
        let mut line = Line::default();
        for word in words {
            let needed = setting.word_width(&word);
            let space = line.chunks.last().map_or(0.0, |last| setting.width(" ", last.voice));
            if !line.chunks.is_empty() && line.width + space + needed > width {
                lines.push(std::mem::take(&mut line));
            }
            if needed <= width {
                line.append(&word, setting);
            } else {
                setting.break_word(&word, width, &mut line, &mut lines);
            }
        }
        lines.push(line);
    }
    lines
}

/// Width of the widest word: what a column needs to break none.
pub(crate) fn widest_word(text: &Text, setting: Setting<'_>) -> f32 {
    words(text).iter().flatten().map(|word| setting.word_width(word)).fold(0.0, f32::max)
}

/// The words of each paragraph of the text. A no-break space belongs to its word and prints as a space.
fn words(text: &Text) -> Vec<Vec<Word>> {
    let mut paragraphs = vec![Vec::new()];
    let mut word: Word = Vec::new();
    let finish = |word: &mut Word, paragraphs: &mut Vec<Vec<Word>>| {
        if !word.is_empty()
            && let Some(paragraph) = paragraphs.last_mut()
        {
            paragraph.push(std::mem::take(word));
        }
    };
    for span in &text.0 {
        if whole(span.voice) {
            word.push((span.text.split_whitespace().collect::<Vec<_>>().join(" "), span.voice));
            continue;
        }
        for character in span.text.chars() {
            match character {
                '\n' => {
                    finish(&mut word, &mut paragraphs);
                    paragraphs.push(Vec::new());
                }
                '\u{a0}' | '\u{202f}' => push(&mut word, ' ', span.voice),
                c if c.is_whitespace() => finish(&mut word, &mut paragraphs),
                c => push(&mut word, c, span.voice),
            }
        }
    }
    finish(&mut word, &mut paragraphs);
    paragraphs
}

/// Whether text of this voice stands on a ground or in a frame of its own, in one piece.
fn whole(voice: Voice) -> bool {
    matches!(voice, Voice::Tag | Voice::Badge)
}

fn push(word: &mut Word, character: char, voice: Voice) {
    match word.last_mut() {
        Some((text, last)) if *last == voice => text.push(character),
        _ => word.push((character.to_string(), voice)),
    }
}

impl Line {
    /// Puts a word at the end, with a space before it unless it is the first.
    fn append(&mut self, word: &Word, setting: Setting<'_>) {
        if let Some(last) = self.chunks.last_mut() {
            if whole(last.voice) {
                // The ground of a tag ends with its letters, so the space is a stretch of its own.
                let size = setting.size;
                let x = last.end(setting);
                let width = setting.width(" ", Voice::Plain);
                self.chunks.push(Chunk { text: " ".to_owned(), voice: Voice::Plain, x, width, size });
            } else {
                last.text.push(' ');
                last.width = setting.width(&last.text, last.voice);
            }
        }
        for (text, voice) in word {
            self.add(text, *voice, setting);
        }
    }

    fn add(&mut self, text: &str, voice: Voice, setting: Setting<'_>) {
        match self.chunks.last_mut() {
            Some(last) if last.voice == voice && !whole(voice) => {
                last.text.push_str(text);
                last.width = setting.width(&last.text, voice);
            }
            last => {
                let x = last.map_or(0.0, |last| last.end(setting)) + setting.room_beside(voice);
                let width = setting.width(text, voice);
                self.chunks.push(Chunk { text: text.to_owned(), voice, x, width, size: setting.size_of(voice) });
            }
        }
        self.width = self.chunks.last().map_or(0.0, |last| last.end(setting));
    }
}

impl Chunk {
    /// Where the next stretch starts: behind the letters, and behind the ground of a tag.
    fn end(&self, setting: Setting<'_>) -> f32 {
        self.x + self.width + setting.room_beside(self.voice)
    }
}

impl Setting<'_> {
    /// Whether this voice prints in the bold face.
    pub fn is_bold(self, voice: Voice) -> bool {
        self.bold || voice != Voice::Plain
    }

    fn size_of(self, voice: Voice) -> f32 {
        match voice {
            Voice::Plain | Voice::Bold => self.size,
            Voice::Large => self.size * 1.15,
            Voice::Code => self.size * CODE_SIZE,
            Voice::Tag => self.size * TAG_SIZE,
            Voice::Badge => self.size * BADGE_SIZE,
        }
    }

    /// Space at either side of the letters.
    fn room_beside(self, voice: Voice) -> f32 {
        if whole(voice) { TAG_ROOM * self.size } else { 0.0 }
    }

    fn width(self, text: &str, voice: Voice) -> f32 {
        self.faces.of(self.is_bold(voice)).width(text, self.size_of(voice))
    }

    fn word_width(self, word: &Word) -> f32 {
        word.iter().map(|(text, voice)| self.width(text, *voice) + 2.0 * self.room_beside(*voice)).sum()
    }

    /// Fills lines with a word wider than the line, letter by letter; the last of them stays open.
    fn break_word(self, word: &Word, width: f32, line: &mut Line, lines: &mut Vec<Line>) {
        for (text, voice) in word {
            let mut letters = String::new();
            let mut start = line.width + self.room_beside(*voice);
            for character in text.chars() {
                let mut longer = letters.clone();
                longer.push(character);
                if start + self.width(&longer, *voice) > width && !(letters.is_empty() && line.chunks.is_empty()) {
                    if !letters.is_empty() {
                        line.add(&letters, *voice, self);
                    }
                    lines.push(std::mem::take(line));
                    letters.clear();
                    start = 0.0;
                }
                letters.push(character);
            }
            if !letters.is_empty() {
                line.add(&letters, *voice, self);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::faces;

    fn setting() -> Setting<'static> {
        Setting { faces: faces().unwrap(), size: 10.0, bold: false }
    }

    fn texts(lines: &[Line]) -> Vec<String> {
        lines.iter().map(|line| line.chunks.iter().map(|chunk| chunk.text.as_str()).collect()).collect()
    }

    #[test]
    fn words_fill_the_line_and_no_line_is_wider() {
        let text = Text::plain("Who will walk the dog when I cannot get out of the house after treatment?");
        for width in [30.0, 60.0, 100.0, 200.0] {
            let lines = wrap(&text, width, setting());
            assert!(lines.iter().all(|line| line.width <= width), "{width}: {lines:?}");
            if width >= 60.0 {
                assert_eq!(texts(&lines).join(" "), text.0[0].text);
            }
        }
    }

    #[test]
    fn a_line_is_as_full_as_it_can_be() {
        let lines = wrap(&Text::plain("aa bb cc dd ee ff gg"), 50.0, setting());
        for pair in texts(&lines).windows(2) {
            let next = pair[1].split(' ').next().unwrap();
            assert!(setting().width(&format!("{} {next}", pair[0]), Voice::Plain) > 50.0);
        }
    }

    #[test]
    fn a_word_wider_than_the_line_is_broken_without_a_hyphen() {
        let lines = wrap(&Text::plain("see Llanfairpwllgwyngyllgogerychwyrndrobwll now"), 60.0, setting());
        assert!(lines.iter().all(|line| line.width <= 60.0));
        assert_eq!(texts(&lines).concat(), "seeLlanfairpwllgwyngyllgogerychwyrndrobwll now");
    }

    #[test]
    fn a_no_break_space_keeps_its_words_together_and_prints_as_a_space() {
        let lines = wrap(&Text::plain("NHS number 999\u{a0}000\u{a0}0018"), 75.0, setting());
        assert_eq!(texts(&lines), ["NHS number", "999 000 0018"]);
    }

    #[test]
    fn a_line_feed_starts_a_line_and_voices_may_change_within_a_word() {
        let text = Text::plain("ring 020\nor ").and(Voice::Bold, "999").and(Voice::Plain, ", day or night");
        let lines = wrap(&text, 400.0, setting());
        assert_eq!(texts(&lines), ["ring 020", "or 999, day or night"]);
        assert_eq!(lines[1].chunks.len(), 3);
        assert_eq!(lines[1].chunks[0].text, "or ");
    }

    #[test]
    fn a_tag_stands_whole_with_room_around_it() {
        let text = Text::default().and(Voice::Tag, "URGENT").and(Voice::Plain, " Refer back");
        let line = &wrap(&text, 400.0, setting())[0];
        assert_eq!(texts(std::slice::from_ref(line)), ["URGENT Refer back"]);
        assert!(line.chunks[0].x > 0.0 && line.chunks[1].x > line.chunks[0].x + line.chunks[0].width + 3.0);
    }
}
