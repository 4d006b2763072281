//! The generated files: TypeScript of requests, views and message keys, and the schema for readers. Committed, and compared here.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

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

fn generated() -> Result<[(PathBuf, String); 3]> {
    Ok([
        (ui().join("src/ipc/bindings.ts"), printed("holdfast-clinic", "bindings")?),
        (ui().join("src/words/keys.ts"), keys(&every_message()?)),
        (top().join("src-tauri/crates/store/schema.sql"), printed("holdfast-store", "schema")?),
    ])
}

/// What an example of a crate prints.
fn printed(package: &str, example: &str) -> Result<String> {
    output(cargo()?.args(["run", "--quiet", "--package", package, "--example", example]))
}

/// The text of every words file.
fn every_message() -> Result<String> {
    let folder = top().join("assets/words/en-GB");
    let mut text = String::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let file = entry?.path();
        if file.extension().is_some_and(|ending| ending == "ftl") {
            text += &fs::read_to_string(&file)?;
            text.push('\n');
        }
    }
    Ok(text)
}

/// The union of the message ids in Fluent text, sorted, so that a message without words does not compile.
fn keys(fluent: &str) -> String {
    let ids: BTreeSet<&str> = fluent.lines().filter_map(message_id).collect();
    let mut file = "export type WordKey =\n".to_owned();
    for id in ids {
        file += &format!("  | \"{id}\"\n");
    }
    file.insert(file.len() - 1, ';');
    file
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
    use super::keys;

    #[test]
    fn message_ids_become_a_sorted_union() {
        let fluent = "# lock = the lock screen\nunlock = Unlock\n    .title = Unlock this PC\n-app = Holdfast\nask-again = Again,\n  with a = b\nunlock = twice\n";
        assert_eq!(keys(fluent), "export type WordKey =\n  | \"ask-again\"\n  | \"unlock\";\n");
    }
}
