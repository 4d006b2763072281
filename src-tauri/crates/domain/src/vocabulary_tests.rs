//! The quick way says what `likeness` says, of every word.

use super::*;
use crate::likeness::likeness;

/// Numbers that look random and are the same at every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    /// Few different letters, so that words are alike often and in every way.
    fn word(&mut self, most: usize, letters: &[char]) -> String {
        (0..=self.below(most)).map(|_| letters[self.below(letters.len())]).collect()
    }

    fn slip(&mut self, word: &str, letters: &[char]) -> String {
        let mut typed: Vec<char> = word.chars().collect();
        let (place, letter) = (self.below(typed.len()), letters[self.below(letters.len())]);
        match self.below(4) {
            0 => typed[place] = letter,
            1 => typed.insert(place, letter),
            2 if typed.len() > 1 => drop(typed.remove(place)),
            _ => {
                let other = (place + 1) % typed.len();
                typed.swap(place, other);
            }
        }
        typed.into_iter().collect()
    }
}

fn the_same(words: &[String], typed: &str) {
    let mut vocabulary = Vocabulary::default();
    // In two goes, as words come.
    let (early, late) = words.split_at(words.len() / 3);
    let numbered = |from: usize, some: &[String]| {
        some.iter().enumerate().map(|(at, word)| ((from + at) as i64, word.clone())).collect::<Vec<_>>()
    };
    vocabulary.add(numbered(0, early));
    vocabulary.add(numbered(early.len(), late));
    let found: Vec<_> = vocabulary.alike(typed).iter().map(|alike| (alike.number, alike.likeness)).collect();
    let mut sorted: Vec<(usize, &String)> = words.iter().enumerate().collect();
    sorted.sort_by_key(|(_, word)| *word);
    let judged: Vec<_> =
        sorted.iter().filter_map(|(number, word)| Some((*number as i64, likeness(typed, word)?))).collect();
    assert_eq!(found, judged, "{typed} among {words:?}");
}

#[test]
fn it_finds_exactly_what_the_judge_finds() {
    let mut chance = Chance(7);
    let mut alike = 0;
    for round in 0..1000 {
        let letters: &[char] = if round % 3 == 0 { &['a', 'b'] } else { &['a', 'b', 'c', 'é', '語'] };
        let mut words: Vec<String> = (0..40).map(|_| chance.word(13, letters)).collect();
        words.sort();
        words.dedup();
        words.swap(0, 1);
        let typed = match round % 4 {
            0 => chance.word(12, letters),
            times => {
                let place = chance.below(words.len());
                (1..times).fold(words[place].clone(), |word, _| chance.slip(&word, letters))
            }
        };
        alike += words.iter().filter(|word| likeness(&typed, word).is_some()).count();
        the_same(&words, &typed);
    }
    assert!(alike > 3_000, "{alike} were alike");
}

#[test]
fn words_longer_than_a_byte_can_count_are_compared_as_well() {
    let long = "a".repeat(300);
    let words = [format!("{long}bcd"), format!("{long}bdc"), format!("{long}x"), "a".repeat(254), long.clone()];
    the_same(&words, &format!("{long}bc"));
    the_same(&words, "aaa");
}

#[test]
fn nothing_typed_is_like_nothing() {
    the_same(&["anna".to_owned(), "ann".to_owned()], "");
    the_same(&["anna".to_owned(), "ann".to_owned()], "an");
}
