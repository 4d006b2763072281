//! This process as the system sees it: nothing of it can be read by the account's other processes, and what it writes is for this account.

use std::io;

use nix::sys::prctl;
use nix::sys::resource::{Resource, setrlimit};
use nix::sys::stat::{Mode, umask};

/// No core dump, not traceable, panics say where but never what, files for this account alone.
///
/// # Errors
/// The system's refusal; the process must not go on then.
pub fn prepare() -> io::Result<()> {
    std::panic::set_hook(Box::new(|panic| match panic.location() {
        Some(place) => eprintln!("holdfastctl: panic {}:{}", place.file(), place.line()),
        None => eprintln!("holdfastctl: panic"),
    }));
    setrlimit(Resource::RLIMIT_CORE, 0, 0)?;
    prctl::set_dumpable(false)?;
    umask(Mode::from_bits_truncate(0o077));
    Ok(())
}
