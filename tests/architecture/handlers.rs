//! A command translates and nothing else: its body is short enough to see that at a glance.

use crate::tree::File;
use crate::{none, seen, tree};

const MOST_LINES: usize = 8;

fn faults(file: &File) -> Vec<String> {
    bodies(&file.text)
        .into_iter()
        .filter(|(_, lines)| *lines > MOST_LINES)
        .map(|(name, lines)| {
            format!("{}: {name} has {lines} lines; {MOST_LINES} at most, the rest belongs to clinic", file.path)
        })
        .collect()
}

/// The commands of a file and how many lines their bodies have.
fn bodies(text: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for part in text.split("#[tauri::command").skip(1) {
        let Some((_, after)) = part.split_once("fn ") else { continue };
        let name: String = after.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let (mut depth, mut body) = (0_usize, String::new());
        for letter in after.chars() {
            depth = match letter {
                '{' => depth + 1,
                '}' => depth.saturating_sub(1),
                _ => depth,
            };
            if depth > 0 {
                body.push(letter);
            } else if letter == '}' {
                break;
            }
        }
        found.push((name, body.trim_start_matches('{').lines().filter(|line| !line.trim().is_empty()).count()));
    }
    found
}

#[test]
fn every_command_body_is_short() {
    let files: Vec<File> =
        tree::files().into_iter().filter(|file| file.path.starts_with("src-tauri/src/commands/")).collect();
    assert!(files.iter().any(|file| !bodies(&file.text).is_empty()), "there is no command");
    none(&files.iter().flat_map(faults).collect::<Vec<_>>());
}

#[test]
fn a_long_command_is_seen() {
    let command = |lines: usize| {
        let body = "    if a { b() }\n".repeat(lines);
        File::planted(
            "a.rs",
            &format!(
                "#[tauri::command]\npub async fn unlock(a: A) -> B {{\n{body}}}\n\nfn other() {{\n{body}{body}}}\n"
            ),
        )
    };
    assert_eq!(bodies(&command(8).text), [("unlock".to_owned(), 8)]);
    none(&faults(&command(8)));
    seen(&faults(&command(9)), "unlock has 9 lines");
}
