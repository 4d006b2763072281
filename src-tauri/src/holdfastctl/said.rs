//! What `holdfastctl` says and how it ends: lines for IT in plain English, and one number for programs. No name, no record, no secret.

use std::process::ExitCode;

use clinic::{Code, Problem, Status, When};

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The trust has everything.
    AllSent,
    /// Something waits.
    Waits,
    /// Something needs a person.
    NeedsPerson,
    /// Another program has the profile.
    InUse,
    /// It could not be done at all.
    NotDone,
    Misunderstood,
}

impl Outcome {
    pub fn of(status: &Status) -> Outcome {
        match (status.needs_you, status.waiting) {
            (1.., _) => Outcome::NeedsPerson,
            (0, 1..) => Outcome::Waits,
            (0, 0) => Outcome::AllSent,
        }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(match outcome {
            Outcome::AllSent => 0,
            Outcome::Waits => 1,
            Outcome::NeedsPerson => 2,
            Outcome::InUse => 3,
            Outcome::NotDone => 4,
            // As `sysexits.h` has it.
            Outcome::Misunderstood => 64,
        })
    }
}

/// The status as lines.
pub fn status(status: &Status) {
    let desk =
        if status.open { "a nurse's desk was open" } else { "nobody's desk was open, so nothing was being sent" };
    println!("Holdfast {}, {}: {desk}", status.version, moment(status.written.as_millisecond()));
    println!("Waiting to send: {}", records(status.waiting));
    println!("Needs a person: {}", records(status.needs_you));
    if let Some(oldest) = status.oldest {
        println!("The oldest of them was saved {}", moment(oldest.as_millisecond()));
    }
    match status.sent {
        Some(sent) => println!("The trust last acknowledged a record {}", moment(sent.as_millisecond())),
        None => println!("The trust has acknowledged nothing yet"),
    }
    if let Some(carried) = status.carried {
        println!("Last carried by hand {}", moment(carried.as_millisecond()));
    }
    if let Some(why) = status.reason.as_deref().and_then(why) {
        match status.since {
            Some(since) => println!("{why}, since {}", moment(since.as_millisecond())),
            None => println!("{why}"),
        }
    }
}

/// The status as one JSON object.
pub fn json(status: &Status) {
    println!("{}", status.json());
}

/// Says why it was not done.
pub fn refused(problem: &Problem) -> Outcome {
    let words = match problem.code {
        Code::ProfileInUse => "Holdfast is open on this profile; close it, or let it send by itself",
        Code::WrongPassphrase => "that is not the passphrase",
        Code::Wait => "too many wrong passphrases; wait before the next try",
        Code::Gone => "nobody of that name is enrolled on this PC, or several are",
        Code::NoKeyStore => "this account's key store cannot be reached",
        Code::KeyStoreLocked => "this account's key store is locked",
        Code::NoEntry => "this account has no key for this PC; nothing has been lost",
        Code::KeyChanged => "the key in the key store is not that of this PC",
        Code::NotAllowed => "only a key holder may do this",
        Code::DiskFull => "the disk is full",
        Code::FolderUnwritable => "the folder takes no file",
        Code::ProfileUnwritable => "that folder is no profile of Holdfast, or cannot be written",
        Code::DatabaseUnreadable | Code::VaultUnreadable => "what is there cannot be read",
        other => {
            eprintln!("holdfastctl: it could not be done ({})", other.code());
            return Outcome::NotDone;
        }
    };
    match problem.seconds {
        Some(seconds) => eprintln!("holdfastctl: {words} ({seconds} s)"),
        None => eprintln!("holdfastctl: {words}"),
    }
    if problem.code == Code::ProfileInUse { Outcome::InUse } else { Outcome::NotDone }
}

pub fn records(count: u32) -> String {
    if count == 1 { "1 record".to_owned() } else { format!("{count} records") }
}

pub fn moment(ms: i64) -> String {
    let when = When::new(ms);
    format!("{} {}", when.date, when.time)
}

/// The reason in words; None for what is none.
fn why(reason: &str) -> Option<&'static str> {
    Some(match reason {
        "no_server" => "No server is set: everything is saved on this PC",
        "server_unusable" => "The server that is set cannot be used; see the configuration",
        "other_server" => "Another server is set than the one that has what was sent",
        "no_network" => "The server cannot be reached",
        "server_busy" => "The server asks for patience",
        "sign_in" => "The server does not let this PC sign in",
        "refused_here" => "This PC's own database refused a step",
        _ => return None,
    })
}
