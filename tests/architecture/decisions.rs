//! Decisions are pages with a number: none is missing, none is there twice.

use crate::{none, seen, tree};

const FOLDER: &str = "src-tauri/decisions/";

fn faults(names: &[&str]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut numbers = Vec::new();
    for name in names {
        match name.split_once('-').map(|(number, rest)| (number, number.parse::<usize>(), rest)) {
            Some((digits, Ok(number), rest)) if digits.len() == 4 && rest.ends_with(".md") => numbers.push(number),
            _ => faults.push(format!("{name} is not called like 0001-what-was-decided.md")),
        }
    }
    numbers.sort_unstable();
    for (expected, &number) in (1..).zip(&numbers) {
        if number != expected {
            faults.push(format!("decision {number:04} stands where {expected:04} should"));
            break;
        }
    }
    faults
}

#[test]
fn decisions_are_numbered_without_gaps() {
    let paths = tree::paths();
    none(&faults(&paths.iter().filter_map(|path| path.strip_prefix(FOLDER)).collect::<Vec<_>>()));
}

#[test]
fn a_gap_a_repeat_and_a_nameless_page_are_seen() {
    none(&faults(&["0001-a.md", "0002-b.md"]));
    seen(&faults(&["0001-a.md", "0003-b.md"]), "0003 stands where 0002 should");
    seen(&faults(&["0001-a.md", "0001-b.md"]), "0001 stands where 0002 should");
    seen(&faults(&["0001-a.md", "notes.md"]), "notes.md is not called");
}
