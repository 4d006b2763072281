//! Many words at once against what was typed: the words of names in their order, and which of them are alike. `likeness` says what alike
//! means; here is only the quick way to the same answer.

use crate::likeness::{Likeness, slips_forgiven};

/// The words that names are found by, each with the number it is kept under.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// In the order of their letters.
    words: Vec<Word>,
    /// How many letters each word shares with the one before it, 255 at most.
    shared: Vec<u8>,
}

#[derive(Debug)]
struct Word {
    text: Box<str>,
    number: i64,
}

/// A word that is alike: its number, its place in the order of the letters, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alike {
    pub number: i64,
    pub place: usize,
    pub likeness: Likeness,
}

impl Vocabulary {
    /// Takes in words that are not there yet.
    pub fn add(&mut self, words: impl IntoIterator<Item = (i64, String)>) {
        let before = self.words.len();
        self.words.extend(words.into_iter().map(|(number, text)| Word { text: text.into(), number }));
        if self.words.len() == before {
            return;
        }
        // Sorting what is mostly in order already is one pass.
        self.words.sort_by(|a, b| a.text.cmp(&b.text));
        let mut last = "";
        self.shared.clear();
        self.shared.reserve(self.words.len());
        for word in &self.words {
            self.shared.push(shared(last, &word.text));
            last = &word.text;
        }
    }

    /// Every word that `likeness` says is alike, in the order of their letters.
    pub fn alike(&self, typed: &str) -> Vec<Alike> {
        if typed.is_empty() {
            return Vec::new();
        }
        let first = self.words.partition_point(|word| &*word.text < typed);
        let begin = |place: usize| self.words.get(place).is_some_and(|word| word.text.starts_with(typed));
        let end = (first..self.words.len()).find(|place| !begin(*place)).unwrap_or(self.words.len());
        let letters: Vec<char> = typed.chars().collect();
        let mut places: Vec<usize> = match slips_forgiven(letters.len()) {
            0 => (first..end).collect(),
            slips => self.near(&letters, slips),
        };
        places.sort_unstable();
        let likeness = |place| if (first..end).contains(&place) { Likeness::Begins } else { Likeness::Near };
        let word = |place: usize| Some((place, self.words.get(place)?.number));
        places
            .into_iter()
            .filter_map(word)
            .map(|(place, number)| Alike { number, place, likeness: likeness(place) })
            .collect()
    }

    /// The places of the words of which some beginning has at most so many slips. Words that begin alike are walked as one: what was
    /// reckoned for the shared letters stands, and where these are beyond hope or alike already, so are all the words they begin.
    fn near(&self, typed: &[char], slips: usize) -> Vec<usize> {
        let mut walk = Walk::new(typed, slips);
        let mut found = Vec::new();
        let mut place = 0;
        while let (Some(word), Some(shared)) = (self.words.get(place), self.shared.get(place)) {
            let end = walk.follow(&word.text, usize::from(*shared));
            let alike = matches!(end, End::Alike(_));
            if alike {
                found.push(place);
            }
            place += 1;
            if let End::Alike(depth) | End::Hopeless(depth) = end {
                while self.shared.get(place).is_some_and(|shared| usize::from(*shared) >= depth) {
                    if alike {
                        found.push(place);
                    }
                    place += 1;
                }
            }
        }
        found
    }
}

/// Where following a word ended.
enum End {
    /// At so many letters it was alike.
    Alike(usize),
    /// At so many letters nothing that follows could make it alike.
    Hopeless(usize),
    /// The word was over.
    Over,
}

/// The Damerau-Levenshtein distances between every beginning of what was typed and every beginning of the word being followed, a row for
/// each letter of the word, as far as they are no more than `slips`.
struct Walk<'a> {
    typed: &'a [char],
    slips: usize,
    path: Vec<char>,
    /// Row by row, each of `typed.len() + 1`; more than `slips` is always `slips + 1`.
    rows: Vec<usize>,
}

impl<'a> Walk<'a> {
    fn new(typed: &'a [char], slips: usize) -> Walk<'a> {
        let mut rows = vec![slips + 1; (typed.len() + slips + 1) * (typed.len() + 1)];
        for (distance, cell) in rows.iter_mut().take(slips + 1).enumerate() {
            *cell = distance;
        }
        Walk { typed, slips, path: Vec::new(), rows }
    }

    /// Goes on at the letters that the word shares with the one followed before.
    fn follow(&mut self, word: &str, shared: usize) -> End {
        self.path.truncate(shared);
        for letter in word.chars().skip(self.path.len()) {
            if self.path.len() == self.typed.len() + self.slips {
                return End::Hopeless(self.path.len());
            }
            self.path.push(letter);
            let depth = self.path.len();
            let (least, last) = self.reckon(depth);
            if last <= self.slips {
                return End::Alike(depth);
            }
            if least > self.slips {
                return End::Hopeless(depth);
            }
        }
        End::Over
    }

    /// Fills the row of so many letters; answers its least distance and its last. The least never gets less with another letter.
    fn reckon(&mut self, row: usize) -> (usize, usize) {
        let most = self.slips + 1;
        let (from, to) = (row.saturating_sub(self.slips), (row + self.slips).min(self.typed.len()));
        let (mut least, mut last) = (most, most);
        // The cells beside these are more than is forgiven, whatever the letters are, and stand so from the beginning.
        for column in from..=to {
            last = self.distance(row, column).min(most);
            self.set(row, column, last);
            least = least.min(last);
        }
        (least, if to == self.typed.len() { last } else { most })
    }

    fn distance(&self, row: usize, column: usize) -> usize {
        if column == 0 {
            return row;
        }
        let other = usize::from(self.letter(row) != self.typed_letter(column));
        let plain =
            (self.at(row - 1, column - 1) + other).min(self.at(row - 1, column) + 1).min(self.at(row, column - 1) + 1);
        // Two letters swapped, with at most one more between them in one of the two words; anything wider is more slips than are forgiven.
        let swaps = [(1, 1), (1, 2), (2, 1)].into_iter().filter(|(down, across)| row > *down && column > *across);
        swaps
            .filter(|(down, across)| {
                self.letter(row - down) == self.typed_letter(column)
                    && self.letter(row) == self.typed_letter(column - across)
            })
            .map(|(down, across)| self.at(row - down - 1, column - across - 1) + down + across - 1)
            .fold(plain, usize::min)
    }

    fn letter(&self, row: usize) -> Option<&char> {
        self.path.get(row - 1)
    }

    fn typed_letter(&self, column: usize) -> Option<&char> {
        self.typed.get(column - 1)
    }

    fn at(&self, row: usize, column: usize) -> usize {
        self.rows.get(row * (self.typed.len() + 1) + column).copied().unwrap_or(self.slips + 1)
    }

    fn set(&mut self, row: usize, column: usize, distance: usize) {
        if let Some(cell) = self.rows.get_mut(row * (self.typed.len() + 1) + column) {
            *cell = distance;
        }
    }
}

/// How many letters two words begin with together, 255 at most.
fn shared(one: &str, other: &str) -> u8 {
    let count = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).take(255).count();
    u8::try_from(count).unwrap_or(u8::MAX)
}

#[cfg(test)]
#[path = "vocabulary_tests.rs"]
mod tests;
