//! The window's process has two SQLites: ours with its cipher, and the one that the web engine brings. Neither sees the other.

use std::process::Command;

use kit::window::app;

#[test]
fn the_web_engine_is_not_handed_our_database_nor_our_cipher() {
    // From binutils, which every machine that links the application has.
    let output = Command::new("nm").args(["--dynamic", "--defined-only"]).arg(app()).output().unwrap();
    assert!(output.status.success());
    let names = String::from_utf8(output.stdout).unwrap();
    let handed_on: Vec<_> =
        names.lines().filter_map(|line| line.split(' ').nth(2)).filter(|name| !name.starts_with('_')).collect();
    assert!(handed_on.is_empty(), "the linker hands to libraries: {handed_on:?}");
}
