//! The check before the layout: every text of a document in composed letters, and every character one that prints.
//!
//! Only invisible characters are dropped and only spaces replaced; a letter is never changed into another.

use unicode_normalization::UnicodeNormalization;

use crate::error::{Error, Place};
use crate::fonts::{Faces, faces};
use crate::model::{Blank, Block, Document, KeyValue, Meta, Score, Signature, Table, Text, Ticks, Voice};

/// The document ready for the layout, or the first character that cannot be printed and where it stands.
pub(crate) fn printable(document: &Document) -> Result<Document, Error> {
    let check = Check { faces: faces()? };
    let top = Place::Block(Vec::new());
    Ok(Document { meta: check.meta(&document.meta)?, blocks: check.blocks(&document.blocks, &top, false)? })
}

/// The first character of a text that no document can print: one without a correct form in either face.
pub fn unprintable(text: &str) -> Option<char> {
    let check = Check { faces: faces().ok()? };
    [false, true].into_iter().find_map(|bold| match check.string(text, bold, &Place::Meta) {
        Err(Error::NoGlyph { character, .. }) => Some(character),
        _ => None,
    })
}

struct Check {
    faces: &'static Faces,
}

impl Check {
    fn string(&self, text: &str, bold: bool, place: &Place) -> Result<String, Error> {
        let face = self.faces.of(bold);
        let mut out = String::with_capacity(text.len());
        for character in text.nfc().filter(|c| !unseen(*c)) {
            match character {
                '\n' => out.push('\n'),
                '\r' => {}
                '\t' | '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}' => out.push(' '),
                // The hyphen that must not break a line; no line is broken at a hyphen here.
                '\u{2011}' => out.push('-'),
                _ if face.advance(character).is_some() => out.push(character),
                _ => return Err(Error::NoGlyph { character, place: place.clone() }),
            }
        }
        Ok(out)
    }

    fn text(&self, text: &Text, place: &Place) -> Result<Text, Error> {
        let mut checked = text.clone();
        for span in &mut checked.0 {
            span.text = self.string(&span.text, span.voice != Voice::Plain, place)?;
        }
        Ok(checked)
    }

    fn meta(&self, meta: &Meta) -> Result<Meta, Error> {
        let mut meta = meta.clone();
        let single = |text: &mut String, bold: bool| -> Result<(), Error> {
            *text = self.string(text, bold, &Place::Meta)?.replace('\n', " ");
            Ok(())
        };
        for text in [&mut meta.identifiers.name, &mut meta.identifiers.number, &mut meta.trust.name] {
            single(text, true)?;
        }
        for text in
            [&mut meta.identifiers.born, &mut meta.copy, &mut meta.version, &mut meta.made, &mut meta.words.page]
        {
            single(text, false)?;
        }
        single(&mut meta.trust.name, false)?;
        let words = &mut meta.words;
        for text in [&mut words.more_of, &mut words.goes_on, &mut words.again, &mut words.came] {
            single(text, false)?;
        }
        single(&mut meta.words.next_page, true)?;
        for text in [&mut meta.identifiers.badge, &mut meta.watermark].into_iter().flatten() {
            single(text, true)?;
        }
        for text in &mut meta.trust.address {
            single(text, false)?;
        }
        Ok(meta)
    }

    fn blocks(&self, blocks: &[Block], place: &Place, boxed: bool) -> Result<Vec<Block>, Error> {
        blocks.iter().enumerate().map(|(index, block)| self.block(block, &place.within(index), boxed)).collect()
    }

    fn block(&self, block: &Block, place: &Place, boxed: bool) -> Result<Block, Error> {
        Ok(match block {
            Block::Title { title, lines, aside } => Block::Title {
                title: self.string(title, true, place)?,
                lines: lines.iter().map(|line| self.text(line, place)).collect::<Result<_, _>>()?,
                aside: aside.iter().map(|line| self.string(line, false, place)).collect::<Result<_, _>>()?,
            },
            Block::Heading { level, text, score } => Block::Heading {
                level: *level,
                // A heading is named on the page before it, in plain letters.
                text: self.string(text, true, place).and_then(|text| self.string(&text, false, place))?,
                score: score.as_ref().map(|score| self.score(score, place)).transpose()?,
            },
            Block::Paragraph(text) => Block::Paragraph(self.text(text, place)?),
            Block::List { numbered, items } => Block::List { numbered: *numbered, items: self.texts(items, place)? },
            Block::Table(table) => Block::Table(self.table(table, place)?),
            Block::KeyValues(facts) => Block::KeyValues(
                facts
                    .iter()
                    .enumerate()
                    .map(|(index, fact)| {
                        let place = place.within(index);
                        Ok(KeyValue {
                            key: self.string(&fact.key, true, &place)?,
                            value: self.text(&fact.value, &place)?,
                        })
                    })
                    .collect::<Result<_, Error>>()?,
            ),
            Block::Boxed { .. } if boxed => return Err(Error::BoxInBox { place: place.clone() }),
            Block::Boxed { title, blocks } => {
                Block::Boxed { title: self.string(title, true, place)?, blocks: self.blocks(blocks, place, true)? }
            }
            Block::Together(blocks) => Block::Together(self.blocks(blocks, place, boxed)?),
            Block::Signatures(lines) => Block::Signatures(
                lines
                    .iter()
                    .map(|line| {
                        Ok(Signature {
                            who: self.string(&line.who, false, place)?,
                            date: self.string(&line.date, false, place)?,
                        })
                    })
                    .collect::<Result<_, Error>>()?,
            ),
            Block::Ticks(ticks) => Block::Ticks(self.ticks(ticks, place)?),
            Block::Blanks(blanks) => Block::Blanks(
                blanks
                    .iter()
                    .enumerate()
                    .map(|(index, blank)| self.blank(blank, &place.within(index)))
                    .collect::<Result<_, _>>()?,
            ),
            Block::Spacer => Block::Spacer,
        })
    }

    fn score(&self, score: &Score, place: &Place) -> Result<Score, Error> {
        Ok(Score { value: score.value.min(10), words: self.string(&score.words, true, place)? })
    }

    fn ticks(&self, ticks: &Ticks, place: &Place) -> Result<Ticks, Error> {
        // What heads a column is bold, and plain where there are no columns.
        let both = |text: &String| self.string(text, true, place).and_then(|text| self.string(&text, false, place));
        Ok(Ticks {
            rows: self.texts(&ticks.rows, place)?,
            scale: ticks.scale.iter().map(both).collect::<Result<_, _>>()?,
            meaning: both(&ticks.meaning)?,
            more: ticks.more.iter().map(both).collect::<Result<_, _>>()?,
        })
    }

    fn blank(&self, blank: &Blank, place: &Place) -> Result<Blank, Error> {
        Ok(match blank {
            Blank::Line(words) => Blank::Line(self.string(words, false, place)?),
            Blank::Cells { words, groups } => {
                Blank::Cells { words: self.string(words, false, place)?, groups: groups.clone() }
            }
            Blank::Lines(count) => Blank::Lines(*count),
        })
    }

    fn texts(&self, texts: &[Text], place: &Place) -> Result<Vec<Text>, Error> {
        texts.iter().enumerate().map(|(index, text)| self.text(text, &place.within(index))).collect()
    }

    fn table(&self, table: &Table, place: &Place) -> Result<Table, Error> {
        let columns = table.head.len();
        if columns == 0 || table.rows.iter().any(|row| row.len() != columns) {
            return Err(Error::UnevenTable { place: place.clone() });
        }
        Ok(Table {
            head: table.head.iter().map(|cell| self.string(cell, true, place)).collect::<Result<_, _>>()?,
            rows: table
                .rows
                .iter()
                .enumerate()
                .map(|(index, row)| self.texts(row, &place.within(index)))
                .collect::<Result<_, _>>()?,
            weights: table.weights.clone(),
        })
    }
}

/// Characters without a shape of their own: soft hyphens, joiners, marks of direction and of variant.
fn unseen(character: char) -> bool {
    matches!(u32::from(character),
        0x00ad | 0x034f | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x2064 | 0x2066..=0x206f | 0xfe00..=0xfe0f | 0xfeff)
}
