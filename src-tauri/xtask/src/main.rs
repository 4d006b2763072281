//! The commands of a working day: `cargo xtask <command>`. One file per command; nothing here is part of the product.
// A build tool reads the machine it runs on (environment, clock, folders), and looking into a JSON value never panics.
#![allow(clippy::disallowed_methods, clippy::indexing_slicing)]

use std::process::ExitCode;

use anyhow::{Result, bail};

mod bench;
mod bindings;
mod campaign;
mod check;
mod count;
mod demo;
mod display;
mod place;
mod run;
mod setup;
mod shell;
mod suites;
mod test;
mod test_packages;
mod trees;
mod trust_server;

const HELP: &str = "\
cargo xtask <command>

  setup                     install what is missing: Debian packages, npm packages, the FHIR server of the tests
  run [--profile DIR]       build the app and open it; without a display or a key store it starts its own
  test [SUITE...]           run every suite, or the named ones
  check                     what must hold before every push: format, lints, generated files, fast tests
  bindings [--check]        write the generated TypeScript, or say whether it is up to date
  trees                     write anew what a screen reader is told of each screen
  demo --out DIR            play one appointment in the real window, offline then online; DIR gets pictures, paper, timeline
  campaign sync [--histories N] [--seed S] [--threads T]
                            play histories of several PCs and a network that lies; the last line is one JSON object
  campaign planted [--histories N] [--seed S]
                            the same with one mistake after the other planted in the queue: each has to be found
  campaign months [--changes N]
                            drain three months of work to the real FHIR server in real time: hours
  bench NAME [--json FILE]  measure, one JSON object a line
";

fn main() -> ExitCode {
    let given: Vec<String> = std::env::args().skip(1).collect();
    match command(&given) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn command(given: &[String]) -> Result<ExitCode> {
    let words: Vec<&str> = given.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["setup"] => {
            setup::everything()?;
            trust_server::ready()?;
            test_packages::ready()?;
        }
        ["run", rest @ ..] => return run::run(rest),
        ["test", suites @ ..] => return test::test(suites),
        ["check"] => check::check()?,
        ["bindings"] => bindings::write()?,
        ["bindings", "--check"] => bindings::check()?,
        ["trees"] => return trees::trees(),
        ["demo", rest @ ..] => return demo::demo(rest),
        ["campaign", rest @ ..] => return campaign::campaign(rest),
        ["bench", rest @ ..] => bench::bench(rest)?,
        [] | ["help" | "--help" | "-h"] => print!("{HELP}"),
        _ => bail!("unknown command `{}`\n\n{HELP}", words.join(" ")),
    }
    Ok(ExitCode::SUCCESS)
}
