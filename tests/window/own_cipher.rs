//! The window's process has two SQLites: ours with its cipher, and the one that the web engine brings. Neither sees the other.

use std::path::Path;
use std::process::Command;

use kit::window::app;

#[test]
fn the_web_engine_is_not_handed_our_database_nor_our_cipher() {
    let handed_on = exported(&app());
    assert!(handed_on.is_empty(), "the linker hands to libraries: {handed_on:?}");
}

#[test]
fn what_a_program_exports_is_seen() {
    // The linker exports a function of ours as soon as a library asks for one of its name; here by hand.
    let folder = tempfile::TempDir::new().unwrap();
    let (source, program) = (folder.path().join("program.c"), folder.path().join("program"));
    std::fs::write(&source, "int sqlite3_open(void) { return 0; } int main(void) { return sqlite3_open(); }").unwrap();
    let built = Command::new("cc").arg("-rdynamic").arg(&source).arg("-o").arg(&program).status().unwrap();
    assert!(built.success());
    assert!(exported(&program).contains(&"sqlite3_open".to_owned()));
}

/// The functions that a program hands to the libraries it is linked with; the linker's own names begin with a line.
fn exported(program: &Path) -> Vec<String> {
    // From binutils, which every machine that links the application has.
    let output = Command::new("nm").args(["--dynamic", "--defined-only"]).arg(program).output().unwrap();
    assert!(output.status.success());
    let names = String::from_utf8(output.stdout).unwrap();
    let names = names.lines().filter_map(|line| line.split(' ').nth(2)).filter(|name| !name.starts_with('_'));
    names.map(str::to_owned).collect()
}
