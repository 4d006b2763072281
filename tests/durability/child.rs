//! Plays one appointment, an assessment at home and one in the patient’s hands, and says on standard output what was acknowledged. Told a number, it ends itself with SIGKILL at that step,
//! counted over every write, truncation, sync, rename and removal of a file of this process: the database, its WAL, the vault and the
//! key store. A write is cut off before it or, at every second number, in the middle of it. What says how sending goes, for others, is
//! written beside the acts whenever there is time for it, and is not counted: nothing that was acknowledged is in there.
//!
//! `appointment PROFILE KEYS STEP`; step 0 plays to the end and prints how many steps there were.
#![allow(unsafe_code, reason = "stands in front of functions of the C library, which SQLite and std call alike")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::ffi::{CStr, c_char, c_int, c_void};
use std::mem::MaybeUninit;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use clinic::STATUS_FILE;
use kit::appointment::Play;
use kit::away::WITH_A_PORTAL;
use kit::{KeyShelf, Room};
use nix::libc;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

static STEPS: AtomicU64 = AtomicU64::new(0);
static LAST: AtomicU64 = AtomicU64::new(u64::MAX);

fn main() {
    #[expect(clippy::disallowed_methods, reason = "the one place of this program that reads its arguments")]
    let words: Vec<String> = std::env::args().collect();
    let [_, profile, keys, step] = words.as_slice() else { std::process::exit(2) };
    let last: u64 = step.parse().unwrap();
    let room = Room::at(Path::new(profile), KeyShelf::in_file(Path::new(keys)), 7).configured(WITH_A_PORTAL);
    LAST.store(if last == 0 { u64::MAX } else { last }, Ordering::SeqCst);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(async {
        let house = room.house();
        let mut say = |act| println!("{}", serde_json::to_string(&act).unwrap());
        let mut play = Play::new(&room.clock, &mut say);
        let clinic = play.first_start(&house).await.expect("the first start");
        play.appointment(&clinic, 0).await.expect("the appointment");
        let patient = play.home(&clinic, Path::new(profile).parent().unwrap()).await.expect("the assessment at home");
        let (_house, clinic) = play.hands(&room, house, clinic, patient).await.expect("the patient’s hands");
        play.close(&clinic).await;
    });
    println!("{}", STEPS.load(Ordering::SeqCst));
}

/// Counts a step; at the last one does half of it and ends the process.
fn step(half: impl FnOnce()) {
    let now = STEPS.fetch_add(1, Ordering::SeqCst) + 1;
    if now == LAST.load(Ordering::SeqCst) {
        if now % 2 == 1 {
            half();
        }
        let _ = kill(Pid::this(), Signal::SIGKILL);
    }
}

/// Pipes, terminals and the wake-ups of the runtime are no disk.
fn on_disk(fd: c_int) -> bool {
    let mut found = MaybeUninit::<libc::stat>::uninit();
    // SAFETY: fstat fills the whole structure when it answers 0.
    unsafe { libc::fstat(fd, found.as_mut_ptr()) == 0 && found.assume_init().st_mode & libc::S_IFMT == libc::S_IFREG }
}

/// Is it the file that says how sending goes, or what becomes it?
fn is_status(path: &[u8]) -> bool {
    path.windows(STATUS_FILE.len()).any(|part| part == STATUS_FILE.as_bytes())
}

fn is_of_status(fd: c_int) -> bool {
    std::fs::read_link(format!("/proc/self/fd/{fd}")).is_ok_and(|path| is_status(path.as_os_str().as_bytes()))
}

/// A change of this path, unless it is of that file.
fn step_at(path: *const c_char) {
    // SAFETY: whoever calls the C library with a path ends it with a zero byte.
    if !is_status(unsafe { CStr::from_ptr(path) }.to_bytes()) {
        step(|| ());
    }
}

// SAFETY of all below: the arguments are passed on to the system call as they came.
#[unsafe(no_mangle)]
unsafe extern "C" fn write(fd: c_int, bytes: *const c_void, count: usize) -> isize {
    let call = |count: usize| unsafe { libc::syscall(libc::SYS_write, fd, bytes, count) as isize };
    if on_disk(fd) && !is_of_status(fd) {
        step(|| _ = call(count / 2));
    }
    call(count)
}

#[unsafe(no_mangle)]
unsafe extern "C" fn pwrite64(fd: c_int, bytes: *const c_void, count: usize, at: i64) -> isize {
    let call = |count: usize| unsafe { libc::syscall(libc::SYS_pwrite64, fd, bytes, count, at) as isize };
    step(|| _ = call(count / 2));
    call(count)
}

#[unsafe(no_mangle)]
unsafe extern "C" fn pwrite(fd: c_int, bytes: *const c_void, count: usize, at: i64) -> isize {
    unsafe { pwrite64(fd, bytes, count, at) }
}

macro_rules! whole {
    ($($name:ident $number:ident ($($arg:ident: $type:ty),*);)+) => {$(
        #[unsafe(no_mangle)]
        unsafe extern "C" fn $name($($arg: $type),*) -> c_int {
            step(|| ());
            unsafe { libc::syscall(libc::$number, $($arg),*) as c_int }
        }
    )+};
}

/// The process dies, not the PC: what was written stays in the system's memory, so a sync is counted and not waited for.
#[unsafe(no_mangle)]
extern "C" fn fsync(_: c_int) -> c_int {
    step(|| ());
    0
}

#[unsafe(no_mangle)]
extern "C" fn fdatasync(fd: c_int) -> c_int {
    fsync(fd)
}

whole! {
    ftruncate SYS_ftruncate(fd: c_int, size: i64);
    ftruncate64 SYS_ftruncate(fd: c_int, size: i64);
}

#[unsafe(no_mangle)]
unsafe extern "C" fn rename(from: *const c_char, to: *const c_char) -> c_int {
    step_at(from);
    unsafe { libc::syscall(libc::SYS_rename, from, to) as c_int }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn unlink(path: *const c_char) -> c_int {
    step_at(path);
    unsafe { libc::syscall(libc::SYS_unlink, path) as c_int }
}
