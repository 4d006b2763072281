//! Names say what a thing is in the clinic or the field. A word that fits everything says nothing.

use crate::tree::File;
use crate::{none, seen, tree};

const EMPTY_WORDS: &[&str] = &[
    "manager",
    "managers",
    "service",
    "services",
    "helper",
    "helpers",
    "util",
    "utils",
    "utility",
    "utilities",
    "processor",
    "processors",
    "data",
    "info",
    "infos",
    "common",
    "misc",
];
const IN_RUST: &[&str] = &["struct", "enum", "trait", "fn", "mod", "type", "const", "static", "union", "macro_rules!"];
const IN_TYPESCRIPT: &[&str] = &["class", "function", "interface", "type", "enum"];

fn faults(file: &File) -> Vec<String> {
    if !file.ends_in(&[".rs", ".ts", ".svelte", ".ftl", ".sql", ".css", ".scss"]) {
        return Vec::new();
    }
    let in_path = parts(&file.path).filter(|part| EMPTY_WORDS.contains(&part.as_str()));
    let mut faults: Vec<String> =
        in_path.map(|part| format!("{}: \"{part}\" says nothing in a name", file.path)).collect();
    let keywords = if file.ends_in(&[".rs"]) { IN_RUST } else { IN_TYPESCRIPT };
    // The names of tests are sentences and may use any word.
    let is_test = file.path.contains("/tests/") || file.path.ends_with("tests.rs");
    let ours = file.text.lines().take_while(|line| !is_test && !line.starts_with("#[cfg(test)]"));
    for (number, line) in (1..).zip(ours) {
        for name in named(line, keywords) {
            for part in parts(name).filter(|part| EMPTY_WORDS.contains(&part.as_str())) {
                faults.push(format!("{}:{number}: \"{part}\" in {name} says nothing", file.path));
            }
        }
    }
    faults
}

/// The names that a line gives to something: the word after a keyword that opens an item.
fn named<'a>(line: &'a str, keywords: &'a [&str]) -> impl Iterator<Item = &'a str> {
    let code = if line.trim_start().starts_with("//") { "" } else { line };
    let words: Vec<&str> = code.split_whitespace().collect();
    let after = (1..words.len()).filter(move |&at| keywords.contains(&words[at - 1])).collect::<Vec<_>>();
    let words: Vec<&str> = code.split_whitespace().collect();
    after
        .into_iter()
        .map(move |at| words[at].split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default())
}

/// The words of a name in any spelling: `list_staff`, `listStaff`, `LIST_STAFF`, `list-staff.ts`.
fn parts(name: &str) -> impl Iterator<Item = String> {
    let mut parts = vec![String::new()];
    let mut before_is_small = false;
    for letter in name.chars() {
        if !letter.is_alphanumeric() || (letter.is_uppercase() && before_is_small) {
            parts.push(String::new());
        }
        if letter.is_alphanumeric() {
            parts.last_mut().unwrap().extend(letter.to_lowercase());
        }
        before_is_small = letter.is_lowercase();
    }
    parts.into_iter().filter(|part| !part.is_empty())
}

#[test]
fn no_name_of_ours_is_an_empty_word() {
    none(&tree::files().iter().flat_map(faults).collect::<Vec<_>>());
}

#[test]
fn an_empty_word_is_seen_in_every_spelling() {
    seen(&faults(&File::planted("a/utils.rs", "")), "\"utils\"");
    // Put together here, so that this file passes its own rule.
    let plant = |path: &str, before: &str, word: &str| faults(&File::planted(path, &format!("{before}{word}(")));
    seen(&plant("a.rs", "pub struct Patient", "Info"), "PatientInfo");
    seen(&plant("a.rs", "    fn load_", "data"), "load_data");
    seen(&plant("a.ts", "export class Screen", "Manager"), "ScreenManager");
    none(&plant("a.rs", "// fn load_", "data"));
    none(&plant("a.rs", "fn meta", "data() { want_information"));
}
