//! The disk under SQLite: a VFS over the system's own that tells a watcher of every write, truncation, sync and removal before it
//! happens, and does what the watcher answers. Files that nobody watches pass through.
#![allow(unsafe_code, reason = "SQLite takes a VFS, and gives its handles, only as C structures")]

use std::collections::BTreeMap;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::path::{Path, PathBuf};
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};
use std::sync::{Arc, Mutex, Once, RwLock};

use rusqlite::ffi;

/// What is about to happen to a file.
#[derive(Debug)]
pub enum Step<'a> {
    Write {
        at: i64,
        bytes: &'a [u8],
    },
    Truncate {
        size: i64,
    },
    Sync,
    /// `durable` when the folder is synced with it.
    Remove {
        durable: bool,
    },
}

/// What the disk does about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It happens.
    Do,
    /// It does not happen and nobody is told.
    Pretend,
    /// It does not happen and this extended result code says so.
    Fail(c_int),
}

/// Sees every step in one folder; called on the thread that takes it.
pub trait Watch: Send + Sync {
    /// `file` is the name in the folder.
    fn step(&self, file: &str, step: Step<'_>) -> Answer;
}

/// Ends the watch when it is dropped; files that are open stay watched.
pub struct Watched(PathBuf);

impl Drop for Watched {
    fn drop(&mut self) {
        WATCHES.write().unwrap().retain(|(folder, _)| *folder != self.0);
    }
}

/// Watches the databases that are opened in this folder from now on.
pub fn watch(folder: &Path, watch: Arc<dyn Watch>) -> Watched {
    install();
    let folder = folder.canonicalize().unwrap();
    WATCHES.write().unwrap().push((folder.clone(), watch));
    Watched(folder)
}

/// Forgets syncs: for opening made-up disks quickly, where no power will be cut any more.
pub struct WithoutSync;

impl Watch for WithoutSync {
    fn step(&self, _: &str, step: Step<'_>) -> Answer {
        if matches!(step, Step::Sync) { Answer::Pretend } else { Answer::Do }
    }
}

/// Runs a statement on a connection that the product holds, found by the name of its file. The connection must be idle: nothing
/// else may be using it, on any thread, until this returns.
pub fn run_on(database: &Path, statement: &CStr) -> String {
    let database = database.canonicalize().unwrap();
    let handle = HANDLES.lock().unwrap().get(&database).expect("this database was opened after `watch`").0;
    let mut answer = String::new();
    unsafe extern "C" fn take(
        answer: *mut c_void,
        count: c_int,
        values: *mut *mut c_char,
        _: *mut *mut c_char,
    ) -> c_int {
        // SAFETY: `answer` is the String below, and SQLite hands `count` values that are null or end in 0.
        unsafe {
            if count > 0 && !(*values).is_null() {
                (*answer.cast::<String>()).push_str(&CStr::from_ptr(*values).to_string_lossy());
            }
        }
        0
    }
    // SAFETY: the handle was open when it was noted, the caller vouches that it still is and that it is idle.
    let result =
        unsafe { ffi::sqlite3_exec(handle, statement.as_ptr(), Some(take), (&raw mut answer).cast(), ptr::null_mut()) };
    assert_eq!(result, ffi::SQLITE_OK);
    answer
}

static WATCHES: RwLock<Vec<(PathBuf, Arc<dyn Watch>)>> = RwLock::new(Vec::new());
static HANDLES: Mutex<BTreeMap<PathBuf, Handle>> = Mutex::new(BTreeMap::new());
static SYSTEM: AtomicPtr<ffi::sqlite3_vfs> = AtomicPtr::new(ptr::null_mut());

struct Handle(*mut ffi::sqlite3);
// SAFETY: only `run_on` uses it, whose callers vouch that nobody else does at that time; SQLite is built with mutexes.
unsafe impl Send for Handle {}

/// A file as SQLite sees it; the system's own file structure follows it in memory.
#[repr(C)]
struct File {
    base: ffi::sqlite3_file,
    watched: *mut Seen,
}

struct Seen {
    name: String,
    watch: Arc<dyn Watch>,
}

fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // SAFETY: the default VFS lives as long as the process, and so does ours, which is a copy with two calls of its own.
        unsafe {
            assert_eq!(ffi::sqlite3_initialize(), ffi::SQLITE_OK);
            let system = ffi::sqlite3_vfs_find(ptr::null());
            SYSTEM.store(system, Ordering::SeqCst);
            let ours = ffi::sqlite3_vfs {
                iVersion: 2,
                szOsFile: size_of::<File>() as c_int + (*system).szOsFile,
                pNext: ptr::null_mut(),
                zName: c"watched".as_ptr(),
                xOpen: Some(open),
                xDelete: Some(remove),
                ..*system
            };
            assert_eq!(ffi::sqlite3_vfs_register(Box::leak(Box::new(ours)), 1), ffi::SQLITE_OK);
            assert_eq!(ffi::sqlite3_auto_extension(Some(note_handle)), ffi::SQLITE_OK);
        }
    });
}

fn seen(path: *const c_char) -> Option<Seen> {
    if path.is_null() {
        return None;
    }
    // SAFETY: SQLite hands names that end in 0.
    let path = PathBuf::from(unsafe { CStr::from_ptr(path) }.to_string_lossy().into_owned());
    let folder = path.parent()?.canonicalize().ok()?;
    let watches = WATCHES.read().unwrap();
    let (_, watch) = watches.iter().rev().find(|(watched, _)| *watched == folder)?;
    Some(Seen { name: path.file_name()?.to_string_lossy().into_owned(), watch: watch.clone() })
}

unsafe extern "C" fn note_handle(
    db: *mut ffi::sqlite3,
    _: *mut *mut c_char,
    _: *const ffi::sqlite3_api_routines,
) -> c_int {
    // SAFETY: SQLite hands an open connection; the name of its file ends in 0 or is null.
    unsafe {
        let name = ffi::sqlite3_db_filename(db, c"main".as_ptr());
        if let Some(path) =
            (!name.is_null()).then(|| PathBuf::from(CStr::from_ptr(name).to_string_lossy().into_owned()))
            && let Some(folder) = path.parent().and_then(|folder| folder.canonicalize().ok())
            && let Some(file) = path.file_name()
        {
            HANDLES.lock().unwrap().insert(folder.join(file), Handle(db));
        }
    }
    ffi::SQLITE_OK
}

unsafe extern "C" fn open(
    _: *mut ffi::sqlite3_vfs,
    name: ffi::sqlite3_filename,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    let system = SYSTEM.load(Ordering::SeqCst);
    let file = file.cast::<File>();
    // SAFETY: SQLite gives room for szOsFile bytes: our structure, then the system's.
    unsafe {
        let below = below(file.cast());
        let result = (*system).xOpen.unwrap()(system, name, below, flags, out);
        (*file).watched = ptr::null_mut();
        (*file).base.pMethods = if (*below).pMethods.is_null() { ptr::null() } else { &METHODS };
        if result == ffi::SQLITE_OK
            && let Some(seen) = seen(name)
        {
            (*file).watched = Box::into_raw(Box::new(seen));
        }
        result
    }
}

unsafe extern "C" fn remove(_: *mut ffi::sqlite3_vfs, name: *const c_char, sync_folder: c_int) -> c_int {
    let system = SYSTEM.load(Ordering::SeqCst);
    let answer =
        seen(name).map_or(Answer::Do, |seen| seen.watch.step(&seen.name, Step::Remove { durable: sync_folder != 0 }));
    match answer {
        // SAFETY: as SQLite called us.
        Answer::Do => unsafe { (*system).xDelete.unwrap()(system, name, sync_folder) },
        Answer::Pretend => ffi::SQLITE_OK,
        Answer::Fail(code) => code,
    }
}

/// The system's file structure behind ours.
unsafe fn below(file: *mut ffi::sqlite3_file) -> *mut ffi::sqlite3_file {
    // SAFETY: both are within the room that SQLite gave for one file.
    unsafe { file.cast::<u8>().add(size_of::<File>()).cast() }
}

unsafe fn answer(file: *mut ffi::sqlite3_file, step: Step<'_>) -> Answer {
    // SAFETY: `watched` is null or was boxed by `open` and is freed only by `close`.
    let seen = unsafe { (*file.cast::<File>()).watched.as_ref() };
    seen.map_or(Answer::Do, |seen| seen.watch.step(&seen.name, step))
}

/// Calls the system's method of the same name with the same arguments.
macro_rules! pass {
    ($($name:ident $method:ident ($($arg:ident: $type:ty),*) $(-> $result:ty)?;)+) => {$(
        unsafe extern "C" fn $name(file: *mut ffi::sqlite3_file $(, $arg: $type)*) $(-> $result)? {
            // SAFETY: as SQLite called us, with its own file structure.
            unsafe { (*(*below(file)).pMethods).$method.unwrap()(below(file) $(, $arg)*) }
        }
    )+};
}

/// Asks the watcher first.
macro_rules! ask {
    ($($name:ident $method:ident ($($arg:ident: $type:ty),*) $step:expr;)+) => {$(
        unsafe extern "C" fn $name(file: *mut ffi::sqlite3_file $(, $arg: $type)*) -> c_int {
            // SAFETY: as SQLite called us; bytes to write are as many as it says.
            unsafe {
                match answer(file, $step) {
                    Answer::Do => (*(*below(file)).pMethods).$method.unwrap()(below(file) $(, $arg)*),
                    Answer::Pretend => ffi::SQLITE_OK,
                    Answer::Fail(code) => code,
                }
            }
        }
    )+};
}

ask! {
    write xWrite(bytes: *const c_void, count: c_int, at: ffi::sqlite3_int64)
        Step::Write { at, bytes: std::slice::from_raw_parts(bytes.cast(), count as usize) };
    truncate xTruncate(size: ffi::sqlite3_int64) Step::Truncate { size };
    sync xSync(flags: c_int) Step::Sync;
}

pass! {
    read xRead(bytes: *mut c_void, count: c_int, at: ffi::sqlite3_int64) -> c_int;
    file_size xFileSize(size: *mut ffi::sqlite3_int64) -> c_int;
    lock xLock(level: c_int) -> c_int;
    unlock xUnlock(level: c_int) -> c_int;
    check_reserved_lock xCheckReservedLock(result: *mut c_int) -> c_int;
    file_control xFileControl(op: c_int, argument: *mut c_void) -> c_int;
    sector_size xSectorSize() -> c_int;
    device_characteristics xDeviceCharacteristics() -> c_int;
    shm_map xShmMap(page: c_int, size: c_int, extend: c_int, out: *mut *mut c_void) -> c_int;
    shm_lock xShmLock(offset: c_int, count: c_int, flags: c_int) -> c_int;
    shm_barrier xShmBarrier();
    shm_unmap xShmUnmap(remove: c_int) -> c_int;
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: SQLite closes a file once; `watched` is null or came from a Box.
    unsafe {
        let watched = std::mem::replace(&mut (*file.cast::<File>()).watched, ptr::null_mut());
        if !watched.is_null() {
            drop(Box::from_raw(watched));
        }
        (*(*below(file)).pMethods).xClose.unwrap()(below(file))
    }
}

// Version 2: without memory maps, which would write past us.
static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};
