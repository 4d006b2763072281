//! The generated files: TypeScript of requests, views and message keys, the message keys of paper, and the schema for readers.
//! Committed, and compared here.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::place::{cargo, top, ui};
use crate::shell::{output, step};

/// Writes the files that differ.
pub fn write() -> Result<()> {
    for (file, fresh) in generated()? {
        if fs::read_to_string(&file).is_ok_and(|there| there == fresh) {
            continue;
        }
        fs::write(&file, fresh).with_context(|| format!("cannot write {}", file.display()))?;
        step(&format!("Written: {}", shown(&file)));
    }
    Ok(())
}

/// An error that names the files that are not what would be written.
pub fn check() -> Result<()> {
    step("Generated files");
    let stale: Vec<String> = generated()?
        .into_iter()
        .filter(|(file, fresh)| fs::read_to_string(file).map_or(true, |there| there != *fresh))
        .map(|(file, _)| shown(&file))
        .collect();
    if !stale.is_empty() {
        bail!("not up to date: {}; `cargo xtask bindings` writes them", stale.join(", "));
    }
    Ok(())
}

/// The words of paper; no screen loads them.
const PAPER: &str = "paper.ftl";

fn generated() -> Result<[(PathBuf, String); 4]> {
    let words = top().join("assets/words/en-GB");
    let paper = fs::read_to_string(words.join(PAPER)).with_context(|| format!("cannot read {PAPER}"))?;
    Ok([
        (ui().join("src/ipc/bindings.ts"), printed("holdfast-clinic", "bindings")?),
        (ui().join("src/words/keys.ts"), keys(&every_message(&words)?)),
        (top().join("src-tauri/crates/documents/src/words/keys.rs"), constants(&paper)),
        (top().join("src-tauri/crates/store/schema.sql"), printed("holdfast-store", "schema")?),
    ])
}

/// What an example of a crate prints.
fn printed(package: &str, example: &str) -> Result<String> {
    output(cargo()?.args(["run", "--quiet", "--package", package, "--example", example]))
}

/// The text of every words file of the screen.
fn every_message(folder: &Path) -> Result<String> {
    let mut text = String::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let file = entry?.path();
        if file.extension().is_some_and(|ending| ending == "ftl") && !file.ends_with(PAPER) {
            text += &fs::read_to_string(&file)?;
            text.push('\n');
        }
    }
    Ok(text)
}

/// Longest line of the union, in letters, so that it is read as a table and not as a column.
const LINE: usize = 180;

/// The union of the message ids in Fluent text, sorted, so that a message without words does not compile.
fn keys(fluent: &str) -> String {
    let ids: BTreeSet<&str> = fluent.lines().filter_map(message_id).collect();
    let mut lines = vec!["export type WordKey =".to_owned()];
    for id in ids {
        let word = format!(" | \"{id}\"");
        match lines.last_mut() {
            Some(line) if line.starts_with(' ') && line.len() + word.len() <= LINE => *line += &word,
            _ => lines.push(format!(" {word}")),
        }
    }
    lines.join("\n") + ";\n"
}

/// One constant for each message id in Fluent text, sorted, so that a message without words does not compile in Rust either.
fn constants(fluent: &str) -> String {
    let ids: BTreeSet<&str> = fluent.lines().filter_map(message_id).collect();
    let name = |id: &str| id.replace('-', "_").to_uppercase();
    let mut file =
        "//! The messages of `paper.ftl`. Written by `cargo xtask bindings`.\n\nuse super::Key;\n\n".to_owned();
    for id in &ids {
        file += &format!("pub(crate) const {}: Key = Key(\"{id}\");\n", name(id));
    }
    file += "\n#[cfg(test)]\npub(crate) const ALL: &[Key] = &[\n";
    for id in &ids {
        file += &format!("    {},\n", name(id));
    }
    file + "];\n"
}

/// A message starts its line with a letter and has `=` after its id; terms, comments, attributes and continued lines do not.
fn message_id(line: &str) -> Option<&str> {
    let id = line.split_once('=')?.0.trim_end();
    let letters = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    (id.starts_with(|c: char| c.is_ascii_alphabetic()) && id.chars().all(letters)).then_some(id)
}

fn shown(file: &std::path::Path) -> String {
    file.strip_prefix(top()).unwrap_or(file).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::{constants, keys};

    #[test]
    fn message_ids_become_a_sorted_union() {
        let fluent = "# lock = the lock screen\nunlock = Unlock\n    .title = Unlock this PC\n-app = Holdfast\nask-again = Again,\n  with a = b\nunlock = twice\n";
        assert_eq!(keys(fluent), "export type WordKey =\n  | \"ask-again\" | \"unlock\";\n");
        let many: String = (10..40).map(|number| format!("word-{number} = x\n")).collect();
        assert!(keys(&many).lines().count() == 4 && keys(&many).lines().all(|line| line.len() <= super::LINE));
    }

    #[test]
    fn message_ids_become_constants_of_paper() {
        let fluent = "paper-role-other_nurse = nurse\npaper-born = Born { $date }\n    on { $day } = x\n";
        let file = constants(fluent);
        assert!(file.contains(
            "pub(crate) const PAPER_BORN: Key = Key(\"paper-born\");\n\
             pub(crate) const PAPER_ROLE_OTHER_NURSE: Key = Key(\"paper-role-other_nurse\");\n\n#[cfg(test)]"
        ));
        assert!(file.ends_with("&[\n    PAPER_BORN,\n    PAPER_ROLE_OTHER_NURSE,\n];\n"));
    }
}
