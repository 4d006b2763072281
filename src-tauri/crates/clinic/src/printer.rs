//! The one home of printing: the queues of this PC's print system, and handing a document to one of them. Windows will have its
//! own. No shell, no temporary file: a program gets its words one by one and the document through its standard input.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use nix::sys::wait::{Id, WaitPidFlag, waitid};
use nix::unistd::Pid;

use crate::problem::{Code, Problem};

/// Most that is read of what a program says, in bytes.
const MOST_SAID: u64 = 256 * 1024;
/// How long the print system may take for one answer. Three of them fit into the time that a lock waits for an act.
const PATIENCE: Duration = Duration::from_secs(3);

/// The print queues of this PC, or those of another print server.
#[derive(Clone)]
pub(crate) struct Queues {
    /// `host:port`; None for the one that the account is set up with.
    server: Option<String>,
    patience: Duration,
}

/// What became of a document that was handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// The queue works on it.
    Printing,
    /// It waits: the queue is stopped.
    Paused,
}

impl Default for Queues {
    fn default() -> Queues {
        Queues { server: None, patience: PATIENCE }
    }
}

impl Queues {
    pub fn of(server: &str, patience: Duration) -> Queues {
        Queues { server: Some(server.to_owned()), patience }
    }

    /// The names of all queues as the print system lists them; none when it has none or is not there. `not_printed` when it does not
    /// answer in time.
    pub fn names(&self) -> Result<Vec<String>, Problem> {
        let said = self.ask("lpstat", &["-e"])?;
        Ok(said.text.lines().map(str::trim).filter(|name| is_name(name)).map(str::to_owned).collect())
    }

    /// The queue that the print system takes when none is named.
    pub fn preset(&self) -> Result<Option<String>, Problem> {
        let said = self.ask("lpstat", &["-d"])?;
        Ok(said.text.lines().find_map(|line| line.strip_prefix("system default destination: ")).map(str::to_owned))
    }

    /// The queue with this name; `no_printer` when the print system lists none.
    pub fn named(&self, name: &str) -> Result<String, Problem> {
        self.names()?.into_iter().find(|queue| queue == name).ok_or_else(|| Code::NoPrinter.into())
    }

    /// Hands a document to a queue that was listed, under a title that the print system shows and logs. `not_printed` when the print
    /// system refuses it; `maybe_printed` when it does not answer in time, for it may have taken the document by then.
    pub fn print(&self, queue: &str, title: &str, document: &[u8]) -> Result<Taken, Problem> {
        let handed = self.run("lp", &["-d", queue, "-t", title], document).map_err(|fault| match fault {
            Fault::Absent(_) => Code::NotPrinted,
            Fault::Silent | Fault::Lost => Code::MaybePrinted,
        })?;
        if !handed.well {
            return Err(Code::NotPrinted.into());
        }
        // The document is taken; that the queue does not tell how it is changes nothing about that.
        let state = self.ask("lpstat", &["-p", queue]).map(|said| said.text).unwrap_or_default();
        Ok(if is_stopped(&state, queue) { Taken::Paused } else { Taken::Printing })
    }

    fn ask(&self, program: &str, words: &[&str]) -> Result<Said, Problem> {
        self.run(program, words, &[]).map_err(|_| Code::NotPrinted.into())
    }

    fn run(&self, program: &str, words: &[&str], input: &[u8]) -> Result<Said, Fault> {
        let mut command = Command::new(program);
        // Its answers are read here, so they are asked for in one language.
        command.args(words).env("LC_ALL", "C");
        if let Some(server) = &self.server {
            command.env("CUPS_SERVER", server);
        }
        run(&mut command, input, self.patience).inspect_err(|fault| eprintln!("holdfast: {program}: {fault}"))
    }
}

/// A queue's name has no space, slash or hash; a hyphen in front would be read as an option.
fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('-') && !name.contains([' ', '#', '\t'])
}

/// From `printer room3 disabled since Mon ... -`.
fn is_stopped(state: &str, queue: &str) -> bool {
    let told = state.lines().find_map(|line| line.strip_prefix("printer ")?.strip_prefix(queue));
    told.is_some_and(|told| told.starts_with(" disabled"))
}

/// What a program said on its standard output.
struct Said {
    text: String,
    /// It ended without a complaint.
    well: bool,
}

#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error("cannot be started ({0:?})")]
    Absent(std::io::ErrorKind),
    #[error("no answer in time")]
    Silent,
    #[error("its answer is lost")]
    Lost,
}

/// Runs a program to its end, however it behaves: after `patience` it is ended.
fn run(command: &mut Command, input: &[u8], patience: Duration) -> Result<Said, Fault> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| Fault::Absent(error.kind()))?;
    let answered = converse(&mut child, input, patience);
    if answered.is_err() {
        // It may have ended in this very moment.
        let _gone = child.kill();
    }
    let status = child.wait().map_err(|_| Fault::Lost)?;
    let text = answered?;
    // Ended by a signal, it did not come to say how it went.
    status.code().map(|code| Said { text, well: code == 0 }).ok_or(Fault::Lost)
}

/// Hands the input over, reads the answer and waits until the program has ended, but not longer than `patience`. It is left unreaped, so
/// that its number stays its own.
fn converse(child: &mut Child, input: &[u8], patience: Duration) -> Result<String, Fault> {
    let (Some(mut into), Some(from)) = (child.stdin.take(), child.stdout.take()) else { return Err(Fault::Lost) };
    let pid = Pid::from_raw(child.id().cast_signed());
    let (answer, answered) = channel();
    let input = input.to_vec();
    thread::spawn(move || {
        // A program that reads no further has its reasons, and says so by how it ends.
        let _written = into.write_all(&input);
    });
    thread::spawn(move || {
        let mut said = Vec::new();
        let read = from.take(MOST_SAID).read_to_end(&mut said);
        let ended = waitid(Id::Pid(pid), WaitPidFlag::WEXITED | WaitPidFlag::WNOWAIT);
        let whole = read.is_ok() && ended.is_ok();
        // After the patience nobody waits for it any more.
        let _heard = answer.send(whole.then_some(said));
    });
    match answered.recv_timeout(patience) {
        Ok(Some(said)) => Ok(String::from_utf8_lossy(&said).into_owned()),
        Ok(None) | Err(RecvTimeoutError::Disconnected) => Err(Fault::Lost),
        Err(RecvTimeoutError::Timeout) => Err(Fault::Silent),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOON: Duration = Duration::from_secs(20);

    fn program(name: &str, words: &[&str]) -> Command {
        let mut command = Command::new(name);
        command.args(words);
        command
    }

    #[test]
    fn a_document_larger_than_any_pipe_goes_through_unchanged() {
        let document: Vec<u8> = (0..200_000_u32).map(|n| b'a' + (n % 26) as u8).collect();
        let said = run(&mut program("cat", &[]), &document, SOON).unwrap();
        assert!(said.well && said.text.as_bytes() == document);
    }

    #[test]
    fn a_complaint_and_an_unread_document_are_an_answer() {
        let said = run(&mut program("false", &[]), &vec![7; 200_000], SOON).unwrap();
        assert!(!said.well && said.text.is_empty());
    }

    #[test]
    fn a_program_that_hangs_is_ended() {
        let mut command = program("sleep", &["1000"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        assert!(matches!(converse(&mut child, b"", Duration::from_millis(50)), Err(Fault::Silent)));
        assert_eq!(child.try_wait().unwrap(), None, "it would go on for ever");
        child.kill().unwrap();
        child.wait().unwrap();
        let fault = run(&mut program("sleep", &["1000"]), b"", Duration::from_millis(50));
        assert!(matches!(fault, Err(Fault::Silent)));
    }

    #[test]
    fn a_program_that_was_killed_has_said_nothing() {
        let fault = run(&mut program("sh", &["-c", "kill -KILL $$"]), b"", SOON);
        assert!(matches!(fault, Err(Fault::Lost)));
    }

    #[test]
    fn a_program_that_is_not_installed_is_a_fault() {
        let fault = run(&mut program("no-such-print-program", &[]), b"", SOON);
        assert!(matches!(fault, Err(Fault::Absent(std::io::ErrorKind::NotFound))));
    }

    #[test]
    fn a_stopped_queue_is_told_from_one_that_works() {
        let state = "printer room3 disabled since Mon Nov 23 08:06:39 2026 -\n\treason unknown\n";
        assert!(is_stopped(state, "room3") && !is_stopped(state, "room"));
        assert!(!is_stopped("printer room3 is idle.  enabled since Mon Nov 23 08:06:39 2026\n", "room3"));
        assert!(!is_stopped("printer room3 now printing room3-1.  enabled since Mon Nov 23\n\tdisabled\n", "room3"));
    }

    #[test]
    fn what_could_be_an_option_is_no_name() {
        assert!(is_name("Clinic_3") && is_name("room3/duplex"));
        assert!(!is_name("-o") && !is_name("two words") && !is_name(""));
    }
}
