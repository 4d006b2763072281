//! `holdfastctl`: what can be done with a profile or a server without a window. It translates the command line to `clinic` and what comes
//! back to lines and an exit code; nothing of the window is linked into it.

mod arguments;
mod hand;
mod protect;
mod said;
mod typed;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use arguments::{Command, Misunderstood};
use clinic::{Code, House, Problem, Status};
use said::{Outcome, refused};

#[expect(clippy::disallowed_methods, reason = "the one home of the command line")]
fn main() -> ExitCode {
    start(std::env::args_os().skip(1))
}

fn start(words: impl Iterator<Item = OsString>) -> ExitCode {
    let command = match Command::read(words) {
        Ok(command) => command,
        Err(Misunderstood) => {
            eprintln!("{}", arguments::USAGE);
            return Outcome::Misunderstood.into();
        }
    };
    if protect::prepare().is_err() {
        eprintln!("holdfastctl: process_not_protected");
        return Outcome::NotDone.into();
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let Ok(runtime) = runtime else { return Outcome::NotDone.into() };
    match runtime.block_on(run(command)) {
        Ok(outcome) => outcome.into(),
        Err(problem) => refused(&problem).into(),
    }
}

async fn run(command: Command) -> Result<Outcome, Problem> {
    match command {
        Command::Status { profile, json } => status(&folder(profile)?, json),
        Command::SyncOnce { profile, nurse } => {
            let house = house(&folder(profile)?)?;
            let done = house.sync_once(&nurse, typed::line("Passphrase: ")?).await?;
            said::status(&done);
            Ok(Outcome::of(&done))
        }
        Command::Probe { server, json } => Ok(hand::probe(&server, json).await),
        Command::CarryExport { profile, nurse, to } => {
            let house = house(&folder(profile)?)?;
            hand::export(&house, &nurse, to).await
        }
        Command::CarryImport { file, signer, server } => hand::import(&file, &signer, &server).await,
    }
}

fn status(profile: &Path, json: bool) -> Result<Outcome, Problem> {
    let Some(status) = Status::read(profile)? else {
        eprintln!("holdfastctl: nobody has opened Holdfast in {} yet", profile.display());
        return Ok(Outcome::NotDone);
    };
    if json {
        said::json(&status)
    } else {
        said::status(&status)
    }
    Ok(Outcome::of(&status))
}

/// The profile that was named, or that of this account.
fn folder(named: Option<PathBuf>) -> Result<PathBuf, Problem> {
    named.or_else(clinic::default_profile).ok_or_else(|| Code::ProfileUnwritable.into())
}

/// A profile that is there: no other one is made.
fn house(profile: &Path) -> Result<House, Problem> {
    if !profile.join("clinic.db").exists() {
        return Err(Code::ProfileUnwritable.into());
    }
    House::open_real(profile.to_owned())
}
