//! A secret from the standard input: one line, never shown, never kept anywhere but where it is wiped.

use std::io::{IsTerminal, stdin};
use std::os::fd::AsFd;

use clinic::{Code, Problem};
use nix::errno::Errno;
use nix::sys::termios::{LocalFlags, SetArg, Termios, tcgetattr, tcsetattr};
use nix::unistd::read;
use zeroize::Zeroizing;

/// Longest line that is read, in bytes; longer ones are nobody's passphrase.
const LONGEST: usize = 4096;

/// One line without its end. At a terminal it is asked for by `prompt`, and what is typed does not appear.
pub fn line(prompt: &str) -> Result<Zeroizing<String>, Problem> {
    let silenced = stdin().is_terminal().then(Silenced::begin).flatten();
    if silenced.is_some() {
        eprint!("{prompt}");
    }
    let typed = read_line();
    if silenced.is_some() {
        eprintln!();
    }
    typed
}

fn read_line() -> Result<Zeroizing<String>, Problem> {
    // The room is there beforehand, and nothing is read ahead: a buffer in between would keep a copy.
    let mut line = Zeroizing::new(Vec::with_capacity(LONGEST));
    let mut byte = Zeroizing::new([0_u8; 1]);
    loop {
        match read(stdin().as_fd(), &mut *byte) {
            Ok(0) => break,
            Ok(_) if *byte == *b"\n" => break,
            Ok(_) if line.len() < LONGEST => line.extend_from_slice(&*byte),
            Err(Errno::EINTR) => {}
            Ok(_) | Err(_) => return Err(Code::WrongPassphrase.into()),
        }
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    let text = std::str::from_utf8(&line).map_err(|_| Problem::from(Code::WrongPassphrase))?;
    Ok(Zeroizing::new(text.to_owned()))
}

/// The terminal as it was, which it is again when this is dropped.
struct Silenced(Termios);

impl Silenced {
    fn begin() -> Option<Silenced> {
        let before = tcgetattr(stdin()).ok()?;
        let mut silent = before.clone();
        silent.local_flags.remove(LocalFlags::ECHO);
        tcsetattr(stdin(), SetArg::TCSAFLUSH, &silent).ok()?;
        Some(Silenced(before))
    }
}

impl Drop for Silenced {
    fn drop(&mut self) {
        let _as_before = tcsetattr(stdin(), SetArg::TCSANOW, &self.0);
    }
}
