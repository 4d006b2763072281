//! A town of invented people for the search benchmark: names as unevenly spread as in life, and what somebody types to find one of them.

use clinic::{FindPatients, TypedDate};
use domain::id::PatientId;
use domain::nhs_number::NhsNumber;
use domain::patient::{Name, Patient};
use jiff::civil::Date;
use kit::Chance;

/// The same people for the same size, every time.
pub struct Town {
    families: Vec<String>,
    givens: Vec<String>,
}

impl Town {
    /// A town of about so many people; more people have more different names.
    pub fn of(people: u32) -> Town {
        let mut chance = Chance::new(11);
        let families = (f64::from(people).sqrt() * 60.0) as usize;
        let givens = (f64::from(people).sqrt() * 4.0) as usize;
        let names = |count, syllables, chance: &mut Chance| (0..count).map(|_| name(syllables, chance)).collect();
        Town { families: names(families, 3, &mut chance), givens: names(givens, 2, &mut chance) }
    }

    /// Somebody of this town, otherwise like `template`.
    pub fn person(&self, number: u32, template: &Patient) -> Patient {
        let chance = &mut Chance::new(u64::from(number) + 1000);
        let mut id = [0; 16];
        id[..4].copy_from_slice(&number.to_be_bytes());
        let (mut family, mut given) = (often(&self.families, chance).clone(), often(&self.givens, chance).clone());
        if chance.below(20) == 0 {
            family = format!("{family}-{}", often(&self.families, chance));
        }
        if chance.below(6) == 0 {
            given = format!("{given} {}", often(&self.givens, chance));
        }
        let preferred = if chance.below(10) == 0 { often(&self.givens, chance).clone() } else { String::new() };
        let born = Date::constant(1930, 1, 1).checked_add(jiff::Span::new().days(chance.below(26_000) as i64));
        Patient {
            id: PatientId::from_random(id),
            nhs_number: nhs_number(number),
            hospital_number: format!("TB-{number}"),
            name: Name { title: String::new(), given, family, preferred },
            born: born.expect("a day of the last century"),
            ..template.clone()
        }
    }

    /// What somebody types to find a person, while she is at it: six in ten by two names, the given name not typed to its end, three by
    /// family name and date of birth, one by date of birth and a number. One in three has a slip.
    pub fn search(&self, person: &Patient, chance: &mut Chance) -> FindPatients {
        let first = |name: &str| name.split([' ', '-']).next().unwrap_or_default().to_owned();
        let mut family = beginning(&first(&person.name.family), 4, chance);
        let given = beginning(&first(&person.name.given), 1, chance);
        if chance.below(3) == 0 {
            family = slip(&family, chance);
        }
        let born = TypedDate {
            day: person.born.day().to_string(),
            month: person.born.month().to_string(),
            year: person.born.year().to_string(),
        };
        let nothing = FindPatients { visit: Some(1), ..kit::a_search() };
        match chance.below(10) {
            0..6 => FindPatients { family, given, ..nothing },
            6..9 => FindPatients { family, born, ..nothing },
            _ => FindPatients { hospital_number: person.hospital_number.clone(), born, ..nothing },
        }
    }
}

/// Few names are common and most are rare.
fn often<'a>(names: &'a [String], chance: &mut Chance) -> &'a String {
    let even = chance.below(1_000_000) as f64 / 1_000_000.0;
    &names[(names.len() as f64 * even.powi(3)) as usize]
}

fn name(syllables: usize, chance: &mut Chance) -> String {
    const BEGIN: [&str; 20] =
        ["B", "Br", "C", "Ch", "D", "F", "G", "H", "J", "K", "L", "M", "N", "P", "R", "S", "St", "T", "W", "Th"];
    const MIDDLE: [&str; 12] = ["a", "e", "i", "o", "u", "ar", "en", "il", "on", "ey", "al", "er"];
    const END: [&str; 12] = ["", "n", "s", "l", "t", "m", "ck", "nd", "d", "ll", "ss", "rt"];
    let parts = (0..2 + chance.below(syllables)).map(|_| {
        let begin = BEGIN[chance.below(BEGIN.len())].to_lowercase();
        format!("{begin}{}{}", MIDDLE[chance.below(MIDDLE.len())], END[chance.below(END.len())])
    });
    parts.collect()
}

fn beginning(name: &str, least: usize, chance: &mut Chance) -> String {
    let letters = name.chars().count();
    let length = if chance.coin() { letters } else { least + chance.below(letters) };
    name.chars().take(length).collect()
}

fn slip(typed: &str, chance: &mut Chance) -> String {
    let mut letters: Vec<char> = typed.chars().collect();
    let place = chance.below(letters.len() - 1);
    match chance.below(4) {
        0 => letters[place] = 'e',
        1 => letters.insert(place, 'r'),
        2 => drop(letters.remove(place)),
        _ => letters.swap(place, place + 1),
    }
    letters.into_iter().collect()
}

/// A number of the range for tests, which has fewer than a million; none for one in ten, who would have no check digit, and for the last.
fn nhs_number(number: u32) -> Option<NhsNumber> {
    let nine = 999_000_100 + number;
    if nine > 999_999_999 {
        return None;
    }
    (0..10).find_map(|check| NhsNumber::parse(&format!("{nine}{check}")).ok())
}
