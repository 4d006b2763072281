//! Which passphrases are refused when one is chosen. No composition rules: length, and not what everybody would try first.
//! Nothing here is asked when a passphrase is used.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::error::PassphraseRefused;

/// Whether this may become a passphrase: 12 to 256 characters (Unicode scalar values after NFKC), not commonly used, no pattern or run, and
/// not made only of `context` (names of the nurse, team, organisation) and the words everybody here knows.
pub fn check_passphrase(typed: &str, context: &[&str]) -> Result<(), PassphraseRefused> {
    let text: Vec<char> = typed.nfkc().collect();
    match text.len() {
        0..12 => return Err(PassphraseRefused::TooShort),
        257.. => return Err(PassphraseRefused::TooLong),
        _ => (),
    }
    let folded = fold(typed);
    let without_digits = folded.trim_matches(|c: char| c.is_ascii_digit());
    let plain: String = without_digits.chars().map(without_disguise).collect();
    if is_predictable(&text) || is_predictable(&folded.chars().collect::<Vec<_>>()) {
        Err(PassphraseRefused::TooPredictable)
    } else if is_denied(&folded) || is_denied(&plain) {
        Err(PassphraseRefused::TooCommon)
    } else if is_only_names(&folded, context) || is_only_names(&plain, context) {
        Err(PassphraseRefused::ContainsOnlyNames)
    } else {
        Ok(())
    }
}

const DENIED: &str = include_str!("../../../../assets/passphrases/denied.txt");

/// Lower case, letters and digits only, without accents.
fn fold(text: &str) -> String {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// The letter a digit is commonly typed for.
fn without_disguise(character: char) -> char {
    match character {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        '7' => 't',
        other => other,
    }
}

fn is_denied(folded: &str) -> bool {
    let core = folded.trim_matches(|c: char| c.is_ascii_digit());
    DENIED
        .lines()
        .any(|line| line == folded || line == folded.trim_end_matches(|c: char| c.is_ascii_digit()) || line == core)
}

const ROWS: [&str; 9] = [
    "1234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop[]",
    "asdfghjkl;'#",
    "zxcvbnm,./",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "qawsedrftgyhujikolp",
    "qazwsxedcrfvtgbyhnujmikolp",
];

/// Few characters over and over, one piece repeated, or runs along the keyboard, the alphabet or the numbers and nothing else.
fn is_predictable(text: &[char]) -> bool {
    let few = text.iter().collect::<HashSet<_>>().len() < 4;
    let lower: Vec<char> = text.iter().flat_map(|c| c.to_lowercase()).collect();
    let mut single = lower.clone();
    single.dedup();
    few || is_repetition(&lower) || is_made_of_runs(&lower) || is_made_of_runs(&single)
}

/// A piece of up to 8 characters twice or more, or any piece three times or more; the last time may be cut short.
fn is_repetition(text: &[char]) -> bool {
    (1..=text.len() / 2).any(|period| {
        let repeats = text.iter().zip(text.iter().skip(period)).all(|(one, next)| one == next);
        repeats && (period <= 8 || text.len() >= 3 * period)
    })
}

/// Whether the text can be cut into runs of three or more neighbours in one row, forwards or backwards.
fn is_made_of_runs(text: &[char]) -> bool {
    let mut rest = text;
    while !rest.is_empty() {
        let longest =
            ROWS.iter().flat_map(|row| [run(rest, row.chars()), run(rest, row.chars().rev())]).max().unwrap_or(0);
        match rest.split_at_checked(longest) {
            Some((_, after)) if longest >= 3 => rest = after,
            _ => return false,
        }
    }
    true
}

/// How many characters at the start of the text follow each other in the row, which closes to a ring.
fn run(text: &[char], row: impl Iterator<Item = char> + Clone) -> usize {
    let Some(first) = text.first() else { return 0 };
    let ring = row.clone().chain(row).skip_while(|c| c != first);
    ring.zip(text).take_while(|(expected, found)| expected == *found).count()
}

const KNOWN_TO_ALL: [&str; 52] = [
    "holdfast",
    "nhs",
    "england",
    "trust",
    "foundation",
    "hospital",
    "clinic",
    "ward",
    "team",
    "nurse",
    "nurses",
    "nursing",
    "cns",
    "clinical",
    "specialist",
    "cancer",
    "oncology",
    "macmillan",
    "breast",
    "lung",
    "prostate",
    "bowel",
    "colorectal",
    "skin",
    "brain",
    "haematology",
    "urology",
    "gynae",
    "patient",
    "patients",
    "care",
    "plan",
    "assessment",
    "holistic",
    "needs",
    "summary",
    "support",
    "password",
    "passphrase",
    "welcome",
    "login",
    "the",
    "and",
    "of",
    "for",
    "at",
    "in",
    "is",
    "my",
    "our",
    "a",
    "i",
];

/// Whether nothing but names, known words and digits is there.
fn is_only_names(folded: &str, context: &[&str]) -> bool {
    let letters: Vec<char> = folded.chars().filter(|c| !c.is_numeric()).collect();
    let names = context.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric())).map(fold);
    let words: HashSet<Vec<char>> = names
        .chain(KNOWN_TO_ALL.iter().map(|word| (*word).to_owned()))
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().collect())
        .collect();
    // reached[n]: the first n letters can be cut into such words.
    let mut reached = vec![true];
    for end in 1..=letters.len() {
        let fits = words.iter().any(|word| {
            let start = end.checked_sub(word.len());
            start.is_some_and(|start| reached.get(start) == Some(&true) && letters.get(start..end) == Some(word))
        });
        reached.push(fits);
    }
    !letters.is_empty() && reached.last() == Some(&true)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const CONTEXT: [&str; 3] = ["Ffion Ŵyn-Test", "Breast Care Team", "St Elsewhere's NHS Trust"];

    fn refused(typed: &str) -> &'static str {
        check_passphrase(typed, &CONTEXT).map_or_else(PassphraseRefused::code, |()| "accepted")
    }

    #[test]
    fn ordinary_passphrases_are_accepted() {
        for good in [
            "a lantern beside the river",
            "kettle under thursday",
            "tangerine-bicycle",
            "Ffion likes green kettles",
            "xk29 vbq0 plw7",
            "mae hi'n bwrw glaw heno",
            "лампа у реки стоит",
            "spoon spoon marmalade",
            "the cancer ward lantern",
        ] {
            assert_eq!(refused(good), "accepted", "{good}");
        }
    }

    #[test]
    fn length_counts_characters_after_composition() {
        assert_eq!(refused("kettle thur"), "passphrase_too_short");
        assert_eq!(refused("kettle thurs"), "accepted");
        assert_eq!(refused("kéttlé thur"), "passphrase_too_short");
        assert_eq!(refused("ke\u{301}ttle\u{301} thur"), "passphrase_too_short");
        assert_eq!(refused("\u{fb03}kettle th"), "accepted");
        let long: String = ["kettle", "thursday", "lantern"].iter().cycle().take(60).copied().collect();
        assert_eq!(check_passphrase(&long.chars().take(257).collect::<String>(), &[]), Err(PassphraseRefused::TooLong));
        let words: String = (0..256_u32).map(|n| char::from_u32(0x4e00 + n * 7).unwrap()).collect();
        assert_eq!(refused(&words), "accepted");
    }

    #[test]
    fn common_ones_are_refused_however_they_are_dressed_up() {
        for bad in [
            "correct horse battery staple",
            "Correct-Horse-Battery-Staple!",
            "Liverpoolfc2019",
            "Sunshine 2024!",
            "2024Sunshine!!",
            "P455w0rd12345",
            "You'll Never Walk Alone",
            "To be, or not to be",
            "manchesterunited",
            "Ｍanchester Ｕnited",
        ] {
            assert_eq!(refused(bad), "passphrase_too_common", "{bad}");
        }
    }

    #[test]
    fn patterns_and_runs_are_refused() {
        for bad in [
            "aaaaaaaaaaaa",
            "............",
            "abababababab",
            "xyzzyxyzzyxyzzy",
            "kettlekettle",
            "thursday thursday thursday ",
            "qwertyuiop123",
            "abcdefghijkl",
            "lkjihgfedcba",
            "123456789012",
            "098765432109",
            "aabbccddeeff",
            "1qaz2wsx3edc",
            "qwertyasdfgh",
            "QWERTYuiop[]",
            "zaq1xsw2cde3",
        ] {
            assert_eq!(refused(bad), "passphrase_too_predictable", "{bad}");
        }
    }

    #[test]
    fn names_and_known_words_alone_are_refused() {
        for bad in [
            "Ffion Wyn-Test",
            "ffionwyntest99",
            "Holdfast NHS 2026!",
            "Elsewhere Trust",
            "the breast cancer team",
            "Breast Care Nurse Ffion",
        ] {
            assert_eq!(refused(bad), "passphrase_contains_only_names", "{bad}");
        }
        assert_eq!(check_passphrase("elsewhere ffion", &[]), Ok(()));
    }

    #[test]
    fn the_list_is_rightly_made_and_refused() {
        let lines: Vec<&str> = DENIED.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(lines.len() > 10_000 && lines.is_sorted());
        for line in &lines {
            assert_eq!(fold(line), *line);
        }
        // One in fifty is looked up: the search reads the list from its start each time.
        for line in lines.iter().step_by(50) {
            assert!(is_denied(line), "{line}");
            let ends_in_digits = line.ends_with(|c: char| c.is_ascii_digit());
            assert!(ends_in_digits || is_denied(&format!("{line}2024")), "{line}");
        }
    }
}
