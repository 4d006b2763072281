//! `cargo xtask campaign`: plays many histories of several PCs, a network that lies and a server that is a model; as the queue is, or
//! with one mistake after the other planted in it. Or drains three months of work to the real server, in real time.

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::place::cargo;
use crate::shell::{lines, step};
use crate::trust_server;

/// Builds the player as the tests are built, and hands it what was given. Its last line is one JSON object.
pub fn campaign(given: &[&str]) -> Result<ExitCode> {
    let (built, rest): (&[&str], _) = match given {
        ["sync", rest @ ..] => (&["campaign"], rest),
        // A build of its own: no other has the mistakes.
        ["planted", rest @ ..] => (&["planted", "--features", "planted"], rest),
        ["months", rest @ ..] => (&["months"], rest),
        _ => bail!("which campaign? `cargo xtask campaign sync`, `planted` or `months`"),
    };
    step("Building the campaign");
    let mut command = cargo()?;
    command.args(["run", "--quiet", "--package", "holdfast-tests", "--example"]).args(built).arg("--").args(rest);
    if built == ["months"] {
        trust_server::ready()?;
        command.envs(trust_server::surroundings()?);
    }
    let played = lines(&mut command, |line| println!("{line}"))?;
    Ok(if played.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
