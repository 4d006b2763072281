//! This process as the system sees it: what it may leak, its children, its descriptors, and its replacement by a new image.
//! Nothing here knows what a clinic is.

use crate::arguments::Carried;
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
    /// What it needs and lives nowhere but in memory.
    pub carried: Option<(Carried, Zeroizing<Vec<u8>>)>,
}

/// What a pipe holds without being asked, in bytes.
const PIPE_HOLDS: usize = 65_536;

/// The program, resolved while it certainly exists: an update may replace the file while the desk is open.
static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// The most that is taken from the previous image, in bytes: what a pipe can be made to hold.
const MOST_CARRIED: u64 = 1024 * 1024;

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

/// What the previous image left in the pipe `descriptor`; None when it is no pipe.
pub fn take_carried(descriptor: RawFd) -> Option<Zeroizing<Vec<u8>>> {
    let path = format!("/proc/self/fd/{descriptor}");
    let pipe = fs::metadata(&path).is_ok_and(|it| it.file_type().is_fifo());
    if !pipe {
        return None;
    }
    let opened = OpenOptions::new().read(true).custom_flags(OFlag::O_NONBLOCK.bits()).open(&path);
    let _closed = close(descriptor);
    // The room is there beforehand: bytes that grow while they are read leave copies of themselves behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(MOST_CARRIED as usize + 1));
    match opened.ok()?.take(MOST_CARRIED).read_to_end(&mut bytes) {
        // All of it was written before. A child that was being made then may still hold the writing end, and a pipe with a writer has no
        // end of file.
        Err(refusal) if refusal.kind() != io::ErrorKind::WouldBlock => None,
        _ => Some(bytes),
    }
}

fn exec(next: &Next<'_>) -> io::Result<std::convert::Infallible> {
    let program = PROGRAM.get().ok_or(io::ErrorKind::NotFound)?;
    let mut arguments: Vec<OsString> = vec!["--profile".into(), next.profile.into()];
    let carried = next.carried.as_ref();
    let pipe = carried.map(|(carried, bytes)| Ok::<_, io::Error>((carried, filled_pipe(bytes)?))).transpose()?;
    close_on_exec()?;
    if let Some((carried, pipe)) = &pipe {
        fcntl(pipe, FcntlArg::F_SETFD(FdFlag::empty()))?;
        arguments.extend([carried.option().into(), pipe.as_raw_fd().to_string().into()]);
    }
    Err(Command::new(program).args(arguments).exec())
}

/// The reading end of a pipe that holds `bytes`; its writing end is closed.
fn filled_pipe(bytes: &[u8]) -> io::Result<OwnedFd> {
    let (reading, writing) = pipe2(OFlag::O_CLOEXEC | OFlag::O_NONBLOCK)?;
    if bytes.len() > PIPE_HOLDS {
        let size = i32::try_from(bytes.len()).map_err(|_| io::ErrorKind::FileTooLarge)?;
        fcntl(&writing, FcntlArg::F_SETPIPE_SZ(size))?;
    }
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
    use std::os::unix::fs::MetadataExt;
    use std::process::Stdio;

    #[test]
    fn what_is_carried_survives_the_pipe_and_is_there_only_once() {
        for size in [96, PIPE_HOLDS, PIPE_HOLDS + 1, MOST_CARRIED as usize] {
            let reading = filled_pipe(&vec![7; size]).unwrap();
            // As in a new image, the descriptor then belongs to a number only.
            let number = std::os::fd::IntoRawFd::into_raw_fd(reading);
            let there = || fs::metadata(format!("/proc/self/fd/{number}")).ok().map(|found| found.ino());
            let pipe = there();
            assert_eq!(take_carried(number).as_deref(), Some(&vec![7; size]));
            // Another test may have been given the number meanwhile.
            assert!(pipe.is_some() && there() != pipe);
        }
    }

    #[test]
    fn what_is_carried_is_read_although_somebody_still_holds_the_writing_end() {
        let (reading, writing) = pipe2(OFlag::O_CLOEXEC | OFlag::O_NONBLOCK).unwrap();
        nix::unistd::write(&writing, b"carried").unwrap();
        let carried = take_carried(std::os::fd::IntoRawFd::into_raw_fd(reading));
        assert_eq!(carried.as_deref().map(Vec::as_slice), Some(&b"carried"[..]));
    }

    #[test]
    fn what_is_no_pipe_gives_nothing() {
        let file = fs::File::open("/proc/self/status").unwrap();
        assert_eq!(take_carried(file.as_raw_fd()), None);
        assert_eq!(take_carried(RawFd::MAX), None);
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
