//! How alike two names are when typed in a hurry: accents, case, punctuation and typing slips are forgiven.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The form in which names are compared: lower case letters and digits, accents and punctuation gone (`O’Brien-Łęcki` is `obrienlecki`).
pub fn folded(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for c in name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ł' => key.push('l'),
            'ø' => key.push('o'),
            'đ' | 'ð' => key.push('d'),
            'ħ' => key.push('h'),
            'ı' => key.push('i'),
            'ß' => key.push_str("ss"),
            'æ' => key.push_str("ae"),
            'œ' => key.push_str("oe"),
            'þ' => key.push_str("th"),
            c if c.is_alphanumeric() => key.push(c),
            _ => {}
        }
    }
    key
}

/// What a name is found by: the whole of it folded, then each of its parts when it has several (`lukaszewskaobrien lukaszewska obrien`).
pub fn name_keys(name: &str) -> String {
    let parts: Vec<String> =
        name.split(|c: char| c.is_whitespace() || c == '-').map(folded).filter(|part| !part.is_empty()).collect();
    let mut keys = vec![folded(name)];
    if parts.len() > 1 {
        keys.extend(parts);
    }
    keys.join(" ")
}

/// How well a folded name answers to what was typed (also folded).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The same, or the typed letters begin it.
    Begins,
    /// One slip (a letter too many, too few, wrong or swapped), or two in names of eight letters and more.
    Near,
}

/// How many slips are forgiven in so many typed letters.
pub(crate) fn slips_forgiven(letters: usize) -> usize {
    match letters {
        0..3 => 0,
        3..8 => 1,
        _ => 2,
    }
}

/// None when they are not alike, or nothing was typed.
pub fn likeness(typed: &str, name: &str) -> Option<Likeness> {
    if typed.is_empty() || name.is_empty() {
        return None;
    }
    if name.starts_with(typed) {
        return Some(Likeness::Begins);
    }
    let typed_letters = typed.chars().count();
    let slips = match slips_forgiven(typed_letters) {
        0 => return None,
        slips => slips,
    };
    // The typed letters may be only the beginning, so the name is compared at a length near theirs.
    let near = (typed_letters.saturating_sub(slips)..=typed_letters + slips).any(|length| {
        let beginning: String = name.chars().take(length).collect();
        strsim::damerau_levenshtein(typed, &beginning) <= slips
    });
    near.then_some(Likeness::Near)
}

/// The names of one person, each in the form of [`name_keys`].
#[derive(Clone, Copy, Debug)]
pub struct NameKeys<'a> {
    pub family: &'a str,
    pub given: &'a str,
    pub preferred: &'a str,
}

impl NameKeys<'_> {
    /// How a person of these names answers to a family and a given name as typed (folded), or None. Nothing typed answers to everybody.
    pub fn answer(&self, family: &str, given: &str) -> Option<Likeness> {
        let straight = worse(best(family, &[self.family]), best(given, &[self.given, self.preferred]));
        // Family and given name in each other's box is a slip as well.
        let swapped = || worse(best(family, &[self.given, self.preferred]), best(given, &[self.family]));
        straight.or_else(|| swapped().map(|_| Likeness::Near))
    }
}

/// The best answer among these names, each as a whole and by every part (`obrien` of `lukaszewskaobrien lukaszewska obrien`).
fn best(typed: &str, names: &[&str]) -> Option<Likeness> {
    if typed.is_empty() {
        return Some(Likeness::Begins);
    }
    names.iter().flat_map(|name| name.split(' ')).filter_map(|part| likeness(typed, part)).min()
}

fn worse(one: Option<Likeness>, other: Option<Likeness>) -> Option<Likeness> {
    Some(one?.max(other?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_punctuation_are_forgiven() {
        assert_eq!(folded("Łęcka"), "lecka");
        assert_eq!(folded("O’Brien-Jones"), "obrienjones");
        assert_eq!(folded("Ŵyn Siôn"), "wynsion");
        assert_eq!(folded("Groß"), "gross");
    }

    #[test]
    fn a_double_name_is_found_by_either_part() {
        assert_eq!(name_keys("Łukaszewska-O’Brien"), "lukaszewskaobrien lukaszewska obrien");
        assert_eq!(name_keys("Zofia Siân"), "zofiasian zofia sian");
        assert_eq!(name_keys("Patel"), "patel");
        assert_eq!(name_keys(""), "");
    }

    #[test]
    fn slips_are_forgiven_but_not_another_name() {
        assert_eq!(likeness("patel", "patel"), Some(Likeness::Begins));
        assert_eq!(likeness("pat", "patel"), Some(Likeness::Begins));
        assert_eq!(likeness("patle", "patel"), Some(Likeness::Near));
        assert_eq!(likeness("hargraeves", "hargreaves"), Some(Likeness::Near));
        assert_eq!(likeness("lewandwska", "lewandowska"), Some(Likeness::Near));
        assert_eq!(likeness("jones", "patel"), None);
        assert_eq!(likeness("li", "lo"), None, "two letters forgive nothing");
        assert_eq!(likeness("", "patel"), None);
    }

    #[test]
    fn both_names_must_answer_and_may_stand_in_each_other_s_box() {
        let zofia = NameKeys { family: "lukaszewskaobrien lukaszewska obrien", given: "zofia", preferred: "zosia" };
        assert_eq!(zofia.answer("obrien", "zo"), Some(Likeness::Begins));
        assert_eq!(zofia.answer("obrein", "zosia"), Some(Likeness::Near));
        assert_eq!(zofia.answer("zosia", "obrien"), Some(Likeness::Near), "swapped is never quite the same");
        assert_eq!(zofia.answer("obrien", ""), Some(Likeness::Begins));
        assert_eq!(zofia.answer("obrien", "anna"), None);
    }
}
