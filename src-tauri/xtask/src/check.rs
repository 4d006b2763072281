//! `cargo xtask check`: what must hold before every push, in minutes.

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::place::{cargo, npm};
use crate::shell::{run, step};
use crate::{bindings, setup, test};

/// Format, lints, the screen's types, generated files, the tests inside the crates and the rules of the house; stops at the first that fails.
pub fn check() -> Result<()> {
    setup::everything()?;
    step("Format");
    run(cargo()?.args(["fmt", "--all", "--check"]))?;
    setup::screen()?;
    step("Lints");
    run(cargo()?.args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    step("The screen's types");
    run(npm()?.args(["run", "--silent", "check"]))?;
    bindings::check()?;
    if test::test(&["unit", "architecture"])? != ExitCode::SUCCESS {
        bail!("a test failed");
    }
    Ok(())
}
