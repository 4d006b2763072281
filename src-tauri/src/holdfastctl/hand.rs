//! What is done at a server that is named on the command line, and the outbox that is carried there by hand.

use std::fs;
use std::path::{Path, PathBuf};

use clinic::{Configuration, GivenServer, House, ImportStopped, NoServer, Problem, World};
use zeroize::Zeroizing;

use crate::arguments::{At, Named};
use crate::said::{Outcome, records};
use crate::typed;

/// Asks the server what it really does.
pub async fn probe(named: &Named, json: bool) -> Outcome {
    let server = match given(named) {
        Ok(server) => server,
        Err(outcome) => return outcome,
    };
    match server.check().await {
        Ok(report) => {
            if json {
                println!("{:#}", report.json())
            } else {
                println!("{}", report.text())
            }
            if clinic::is_safe(&report) { Outcome::AllSent } else { Outcome::NeedsPerson }
        }
        Err(unchecked) => {
            eprintln!("holdfastctl: {unchecked} ({unchecked:?})");
            Outcome::NotDone
        }
    }
}

/// Writes what waits to a file in the folder, and tells what the importer needs.
pub async fn export(house: &House, nurse: &str, to: PathBuf) -> Result<Outcome, Problem> {
    let passphrase = typed::line("Passphrase: ")?;
    let clinic = house.unlock_named(nurse, Zeroizing::new(passphrase.to_string())).await?;
    let carried = clinic.carry_outbox_in(passphrase, to.clone()).await;
    clinic.close().await;
    let Some(carried) = carried? else {
        println!("Nothing waits that could be carried");
        return Ok(Outcome::AllSent);
    };
    println!("Written: {}", to.join(&carried.file).display());
    println!("Signed by: {}", carried.signer);
    println!("Code: {}", *carried.code);
    println!("The code is shown this once and kept nowhere. Send it another way than the file.");
    println!("Sendings in it: {}", carried.sendings);
    if carried.left > 0 {
        println!("Left out, because a person has to look first: {}", records(carried.left));
    }
    Ok(Outcome::Waits)
}

/// Puts what was carried at the server. Safe to repeat.
pub async fn import(file: &Path, signer: &str, named: &Named) -> Result<Outcome, Problem> {
    let server = match given(named) {
        Ok(server) => server,
        Err(outcome) => return Ok(outcome),
    };
    let code = typed::line("Code: ")?;
    let (imported, done) = server.import(file, &code, signer).await;
    println!("Put at the trust now: {}", imported.posted);
    println!("There already: {}", imported.already);
    for one in &imported.stopped {
        // The server's own words may name somebody: whoever may read them sees them on the PC that made the file.
        println!("Not put there: {} {} ({})", one.kind.code(), one.sending, one.reason.code());
    }
    if imported.behind > 0 {
        println!("Waiting behind these: {}", imported.behind);
    }
    Ok(match done {
        Ok(()) if imported.stopped.is_empty() => Outcome::AllSent,
        Ok(()) => {
            println!("Their own PC sees to these when it has a network again");
            Outcome::NeedsPerson
        }
        Err(stopped) => {
            eprintln!("holdfastctl: {stopped}");
            match stopped {
                ImportStopped::Carry(_) if imported.posted + imported.already > 0 => Outcome::Waits,
                _ => Outcome::NotDone,
            }
        }
    })
}

fn given(named: &Named) -> Result<GivenServer, Outcome> {
    let not_done = |words: &str| {
        eprintln!("holdfastctl: {words}");
        Outcome::NotDone
    };
    let configuration = match &named.at {
        At::Configured => Configuration::read(),
        At::InFile(file) => {
            Configuration::parse(&fs::read_to_string(file).map_err(|_| not_done("the configuration cannot be read"))?)
        }
        At::Url { url, ca } => {
            let ca = ca.as_ref().map(std::path::absolute).transpose().map_err(|_| not_done("the CA cannot be read"))?;
            Configuration::of_server(url, ca.as_deref())
        }
    };
    GivenServer::new(&configuration, &named.keys, World::real()).map_err(|fault| match fault {
        NoServer::Address => {
            not_done("no server that could be used is named: https with the trust's CA, or this PC itself")
        }
        NoServer::Key => not_done("a file that was given is no key and no certificate"),
    })
}
