//! `cargo xtask demo`: one appointment in the real window, offline from unlocking to printing, and what it leaves.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::shell::{lines, step};
use crate::{setup, suites, trust_server};

/// The suite that plays it; a test run keeps nothing of it.
const SUITE: &str = "demo";

/// `--out DIR`: pictures of each step, the paper, what the server holds at the end, and the timeline. DIR may exist.
pub fn demo(words: &[&str]) -> Result<ExitCode> {
    let &["--out", out] = words else { bail!("demo --out DIR") };
    let out = std::path::absolute(Path::new(out))?;
    fs::create_dir_all(&out).with_context(|| format!("cannot make {}", out.display()))?;
    setup::everything()?;
    trust_server::ready()?;
    setup::screen()?;
    let programs = suites::build(&[SUITE])?;
    let app = suites::app()?;
    step("Playing one appointment");
    for program in programs.iter().filter(|program| program.suite == SUITE) {
        let mut command = program.command(Some(&app))?;
        command.env("HOLDFAST_DEMO_OUT", &out).arg("--nocapture");
        if !lines(&mut command, |line| println!("{line}"))?.success() {
            bail!("the appointment did not go as it should");
        }
    }
    step(&format!("What it left is in {}", out.display()));
    Ok(ExitCode::SUCCESS)
}
