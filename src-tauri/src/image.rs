//! This process as the system sees it: what it may leak, its children, its descriptors, and its replacement by a new image.
//! Nothing here knows what a clinic is.

use nix::errno::Errno;
use nix::fcntl::{FcntlArg, FdFlag, OFlag, fcntl};
use nix::sys::prctl;
use nix::sys::resource::{Resource, setrlimit};
use nix::sys::signal::{Signal, kill};
use nix::sys::stat::{Mode, umask};
use nix::sys::wait::waitpid;
use nix::unistd::{Pid, close, pipe2};
use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::{self, Read, Write};
use std::os::fd::{AsRawFd, BorrowedFd, OwnedFd, RawFd};
use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::OnceLock;
use zeroize::Zeroizing;

/// What the next image is given.
pub struct Next<'a> {
    /// The profile folder.
    pub profile: &'a Path,
    /// The key of a training desk, which lives nowhere but in memory.
    pub training: Option<Zeroizing<Vec<u8>>>,
}

/// The program, resolved while it certainly exists: an update may replace the file while the desk is open.
static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Longest training key that is taken from the previous image, in bytes.
const LONGEST_KEY: u64 = 4_096;

/// Prepares this image before anything else runs: no core dump, not traceable by the account's other processes, panics say
/// where but never what, and children that the previous image left behind are ended.
///
/// # Errors
/// The system's refusal; the process must not go on then.
pub fn prepare() -> io::Result<()> {
    std::panic::set_hook(Box::new(|panic| match panic.location() {
        Some(place) => eprintln!("holdfast: panic {}:{}", place.file(), place.line()),
        None => eprintln!("holdfast: panic"),
    }));
    setrlimit(Resource::RLIMIT_CORE, 0, 0)?;
    prctl::set_dumpable(false)?;
    // Whatever is made from here on is for this account alone.
    umask(Mode::from_bits_truncate(0o077));
    let program = fs::read_link("/proc/self/exe")?;
    PROGRAM.get_or_init(|| program);
    end_children();
    Ok(())
}

/// Ends every child of this process at once and reaps it.
pub fn end_children() {
    for child in children() {
        let _gone = kill(child, Signal::SIGKILL);
        while waitpid(child, None) == Err(Errno::EINTR) {}
    }
}

/// Replaces this process by a new image of the same program. Does not return: when the system refuses, the process ends, for
/// a closed window is safe and an unlocked one is not.
pub fn replace(next: &Next<'_>) -> ! {
    let refusal = match exec(next) {
        Ok(never) => match never {},
        Err(refusal) => refusal,
    };
    eprintln!("holdfast: replace_refused {}", refusal.raw_os_error().unwrap_or_default());
    std::process::exit(1)
}

/// The key which the previous image left in the pipe `descriptor`; None when it holds none.
pub fn take_training(descriptor: RawFd) -> Option<Zeroizing<Vec<u8>>> {
    let path = format!("/proc/self/fd/{descriptor}");
    let pipe = fs::metadata(&path).is_ok_and(|it| it.file_type().is_fifo());
    if !pipe {
        return None;
    }
    let opened = OpenOptions::new().read(true).custom_flags(OFlag::O_NONBLOCK.bits()).open(&path);
    let _closed = close(descriptor);
    let mut key = Zeroizing::new(Vec::with_capacity(LONGEST_KEY as usize));
    opened.ok()?.take(LONGEST_KEY).read_to_end(&mut key).ok()?;
    Some(key)
}

fn exec(next: &Next<'_>) -> io::Result<std::convert::Infallible> {
    let program = PROGRAM.get().ok_or(io::ErrorKind::NotFound)?;
    let mut arguments: Vec<OsString> = vec!["--profile".into(), next.profile.into()];
    let pipe = next.training.as_ref().map(|key| filled_pipe(key)).transpose()?;
    close_on_exec()?;
    if let Some(pipe) = &pipe {
        fcntl(pipe, FcntlArg::F_SETFD(FdFlag::empty()))?;
        arguments.extend(["--training-fd".into(), pipe.as_raw_fd().to_string().into()]);
    }
    Err(Command::new(program).args(arguments).exec())
}

/// The reading end of a pipe that holds `bytes`; its writing end is closed.
fn filled_pipe(bytes: &[u8]) -> io::Result<OwnedFd> {
    let (reading, writing) = pipe2(OFlag::O_CLOEXEC | OFlag::O_NONBLOCK)?;
    fs::File::from(writing).write_all(bytes)?;
    Ok(reading)
}

/// Marks every descriptor above the standard streams so that the next image does not get it.
fn close_on_exec() -> io::Result<()> {
    let open: Vec<RawFd> = numbers("/proc/self/fd")?;
    for descriptor in open.into_iter().filter(|descriptor| *descriptor > 2) {
        match mark(descriptor) {
            // Closed by another thread since the folder was read.
            Ok(_) | Err(Errno::EBADF) => {}
            Err(refusal) => return Err(refusal.into()),
        }
    }
    Ok(())
}

#[allow(unsafe_code)]
fn mark(descriptor: RawFd) -> nix::Result<i32> {
    // SAFETY: the borrow ends with this call, which neither closes the descriptor nor reads or writes through it; a number
    // that is not open any more is answered with EBADF.
    let borrowed = unsafe { BorrowedFd::borrow_raw(descriptor) };
    fcntl(borrowed, FcntlArg::F_SETFD(FdFlag::FD_CLOEXEC))
}

/// The children of all threads of this process.
fn children() -> Vec<Pid> {
    let threads: Vec<i32> = numbers("/proc/self/task").unwrap_or_default();
    let listed =
        threads.iter().filter_map(|thread| fs::read_to_string(format!("/proc/self/task/{thread}/children")).ok());
    listed.flat_map(|line| pids(&line)).collect()
}

fn pids(line: &str) -> Vec<Pid> {
    line.split_ascii_whitespace().filter_map(|number| number.parse().ok()).map(Pid::from_raw).collect()
}

fn numbers<N: std::str::FromStr>(folder: &str) -> io::Result<Vec<N>> {
    let names = fs::read_dir(folder)?.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    Ok(names.collect())
}

/// How the process ends when it cannot even be prepared.
pub fn refused(code: &str) -> ExitCode {
    eprintln!("holdfast: {code}");
    ExitCode::FAILURE
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::process::Stdio;

    #[test]
    fn a_training_key_survives_the_pipe_and_is_there_only_once() {
        let reading = filled_pipe(&[7; 96]).unwrap();
        // As in a new image, the descriptor then belongs to a number only.
        let number = std::os::fd::IntoRawFd::into_raw_fd(reading);
        assert_eq!(take_training(number).as_deref(), Some(&vec![7; 96]));
        assert!(!Path::new(&format!("/proc/self/fd/{number}")).exists());
    }

    #[test]
    fn what_is_no_pipe_gives_no_key() {
        let file = fs::File::open("/proc/self/status").unwrap();
        assert_eq!(take_training(file.as_raw_fd()), None);
        assert_eq!(take_training(RawFd::MAX), None);
    }

    #[test]
    fn descriptors_are_marked_and_a_marked_one_is_gone_in_a_child() {
        let (reading, _writing) = nix::unistd::pipe().unwrap();
        let before = FdFlag::from_bits_truncate(fcntl(&reading, FcntlArg::F_GETFD).unwrap());
        assert!(!before.contains(FdFlag::FD_CLOEXEC));
        mark(reading.as_raw_fd()).unwrap();
        let after = FdFlag::from_bits_truncate(fcntl(&reading, FcntlArg::F_GETFD).unwrap());
        assert!(after.contains(FdFlag::FD_CLOEXEC));
    }

    #[test]
    fn the_list_of_children_names_a_living_child_and_not_one_that_was_reaped() {
        let mut child = Command::new("cat").stdin(Stdio::piped()).spawn().unwrap();
        let pid = Pid::from_raw(child.id().cast_signed());
        assert!(children().contains(&pid));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(!children().contains(&pid));
    }
}
