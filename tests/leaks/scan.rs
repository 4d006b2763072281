//! Looking for many byte strings at once, in files. Files are read whole: none that a profile or a temporary folder holds is large.

use std::fs;
use std::path::{Path, PathBuf};

use crate::encodings::Encoded;

/// Looks for all of its patterns in one pass.
pub struct Scanner {
    patterns: Vec<Encoded>,
    /// The patterns that begin with two bytes, by these two.
    beginning: Vec<Vec<usize>>,
}

impl Scanner {
    pub fn new(patterns: impl IntoIterator<Item = Encoded>) -> Self {
        let patterns: Vec<Encoded> = patterns.into_iter().collect();
        let mut beginning = vec![Vec::new(); 1 << 16];
        for (number, pattern) in patterns.iter().enumerate() {
            assert!(pattern.bytes.len() >= 5, "{} is long enough not to stand anywhere by chance", pattern.name);
            beginning[two(&pattern.bytes)].push(number);
        }
        Self { patterns, beginning }
    }

    /// The names of the patterns that stand in these bytes, each once.
    pub fn look(&self, bytes: &[u8]) -> Vec<&str> {
        let mut found = vec![false; self.patterns.len()];
        for at in 0..bytes.len().saturating_sub(1) {
            for &number in &self.beginning[two(&bytes[at..])] {
                found[number] = found[number] || bytes[at..].starts_with(&self.patterns[number].bytes);
            }
        }
        found
            .iter()
            .zip(&self.patterns)
            .filter(|(found, _)| **found)
            .map(|(_, pattern)| pattern.name.as_str())
            .collect()
    }
}

fn two(bytes: &[u8]) -> usize {
    usize::from(bytes[0]) << 8 | usize::from(bytes[1])
}

/// What stands in the files under a folder, and in their names.
pub fn look(folder: &Path, scanner: &Scanner) -> Vec<String> {
    look_in(&folders(folder), scanner)
}

/// What stands in the files that lie directly in these folders, and in their names.
pub fn look_in<'a>(folders: impl IntoIterator<Item = &'a PathBuf>, scanner: &Scanner) -> Vec<String> {
    folders.into_iter().flat_map(|folder| files(folder)).flat_map(|file| look_at(&file, scanner)).collect()
}

/// What stands in one file, and in its name.
pub fn look_at(file: &Path, scanner: &Scanner) -> Vec<String> {
    let name = file.file_name().unwrap().as_encoded_bytes();
    // A file may go while a program runs.
    let bytes = fs::read(file).unwrap_or_default();
    let found = scanner.look(&bytes).into_iter().chain(scanner.look(name));
    found.map(|what| format!("{what} in {}", file.display())).collect()
}

/// A folder and all folders in it.
pub fn folders(top: &Path) -> Vec<PathBuf> {
    let mut all = vec![top.to_owned()];
    let mut next = 0;
    while let Some(folder) = all.get(next).cloned() {
        all.extend(entries(&folder).filter(|entry| entry.file_type().unwrap().is_dir()).map(|entry| entry.path()));
        next += 1;
    }
    all
}

fn files(folder: &Path) -> Vec<PathBuf> {
    entries(folder).filter(|entry| entry.file_type().unwrap().is_file()).map(|entry| entry.path()).collect()
}

fn entries(folder: &Path) -> impl Iterator<Item = fs::DirEntry> {
    fs::read_dir(folder).into_iter().flatten().flatten()
}
