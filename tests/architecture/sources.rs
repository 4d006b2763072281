//! What every source file owes its reader: it says what lives in it, and it is short enough to be read.

use crate::tree::File;
use crate::{none, seen, tree};

const MOST_LINES: usize = 400;
/// Written by a program: nobody reads them from top to bottom.
const GENERATED: &[&str] = &["ui/src/ipc/bindings.ts", "ui/src/words/keys.ts"];

/// The lines of code before the tests: no blank ones, no comments.
pub fn before_tests(text: &str) -> impl Iterator<Item = &str> {
    let code = text.lines().take_while(|line| !line.starts_with("#[cfg(test)]"));
    code.filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with("//"))
}

fn faults(file: &File) -> Vec<String> {
    let mut faults = Vec::new();
    if file.ends_in(&[".rs"]) && !file.text.starts_with("//! ") {
        faults.push(format!("{} does not open with `//!`: what lives here and what must not", file.path));
    }
    if file.ends_in(&[".rs", ".ts", ".svelte"]) && !GENERATED.contains(&file.path.as_str()) {
        let lines = before_tests(&file.text).count();
        if lines > MOST_LINES {
            faults.push(format!("{} has {lines} lines of code before its tests; {MOST_LINES} at most", file.path));
        }
    }
    faults
}

#[test]
fn every_source_says_what_it_is_and_is_short() {
    let files = tree::files();
    assert!(files.iter().any(|file| file.ends_in(&[".rs"])), "there is no Rust file");
    none(&files.iter().flat_map(faults).collect::<Vec<_>>());
}

#[test]
fn a_silent_and_a_long_file_are_seen() {
    let long = format!("//! Long.\n{}", "let a = 1;\n".repeat(MOST_LINES + 1));
    seen(&faults(&File::planted("a.rs", "use std::fs;\n")), "does not open");
    seen(&faults(&File::planted("a.rs", &long)), "401 lines");
    seen(&faults(&File::planted("a.svelte", &long)), "401 lines");
    let mostly_tests = format!("//! Short.\nfn a() {{}}\n#[cfg(test)]\n{long}");
    none(&faults(&File::planted("a.rs", &mostly_tests)));
    none(&faults(&File::planted(GENERATED[0], &long)));
}
