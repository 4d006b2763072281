//! `cargo xtask trees`: writes anew what a screen reader is told of each screen, by walking through all of them in the real window.

use std::fs;
use std::process::ExitCode;

use anyhow::Result;

use crate::place::top;
use crate::shell::{lines, step};
use crate::{setup, suites};

const SUITE: &str = "window";
/// The tests that visit every screen begin so.
const WALKS: &str = "axe_finds_nothing";

/// Everything that is kept goes first, so that no tree of a screen that is gone stays. What changed is for a person to read.
pub fn trees() -> Result<ExitCode> {
    setup::everything()?;
    setup::screen()?;
    let programs = suites::build(&[SUITE])?;
    let app = suites::app()?;
    let folder = top().join("tests/window/trees");
    if folder.is_dir() {
        fs::remove_dir_all(&folder)?;
    }
    step("Walking through every screen");
    let mut good = true;
    for program in programs.iter().filter(|program| program.suite == SUITE) {
        let mut command = program.command(Some(&app))?;
        command.env("HOLDFAST_TREES", "write").args([WALKS, "--nocapture"]);
        good &= lines(&mut command, |line| println!("{line}"))?.success();
    }
    step("Written to tests/window/trees: read the difference before you keep it");
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
