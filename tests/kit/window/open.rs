//! The open window: starting the application on a world, attaching to it, ending it in each way it can end. What is on the page belongs
//! to `page`, what is typed to `keyboard`.

use std::cell::{Cell, RefCell};
use std::fs::{self, File};
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::driver::Driver;
use super::process::{Running, descendants_of};
use super::wait::{until, within};
use super::world::{World, app, failures, free_port};

/// The application, running on a world's profile, with a session in its page.
pub struct Window<'a> {
    /// The world it runs in.
    pub world: &'a World,
    pub(super) driver: RefCell<Option<Driver>>,
    pub(super) presses: Cell<u32>,
    pub(super) tabs: Cell<u32>,
    pub(super) letters: Cell<u32>,
    pub(super) clicks: Cell<u32>,
    running: Running,
    inspector: u16,
}

/// Longer than the product itself gives an act in flight and the closing of the database.
pub(super) const LOCKED_WITHIN: Duration = Duration::from_secs(45);

impl World {
    /// Starts the application on this world's profile and waits until its page can be read.
    pub fn open(&self) -> Window<'_> {
        self.open_program(&app())
    }

    /// The same with another program, as a benchmark needs it.
    pub fn open_program(&self, program: &Path) -> Window<'_> {
        let inspector = free_port();
        let (out, err) = self.outputs();
        let mut command = self.command(program.to_str().unwrap());
        command
            .arg("--profile")
            .arg(self.profile())
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("WEBKIT_INSPECTOR_SERVER", format!("127.0.0.1:{inspector}"))
            .stdin(Stdio::null())
            .stdout(File::create(out).unwrap())
            .stderr(File::create(err).unwrap());
        let running = Running::start(&mut command);
        let driver = RefCell::new(Some(Driver::attach(self, running.id(), inspector)));
        Window {
            world: self,
            driver,
            presses: Cell::new(0),
            tabs: Cell::new(0),
            letters: Cell::new(0),
            clicks: Cell::new(0),
            running,
            inspector,
        }
    }
}

impl Window<'_> {
    /// The process id of the application; a lock keeps it.
    pub fn id(&self) -> u32 {
        self.running.id()
    }

    /// The application and the processes of its web engine.
    pub fn processes(&self) -> Vec<u32> {
        std::iter::once(self.id()).chain(descendants_of(self.id())).collect()
    }

    /// Locks by Ctrl+L, waits until the process has replaced its image and a new page stands, and goes on there.
    pub fn lock(&self) {
        self.replaced_after(LOCKED_WITHIN, |window| window.press_lock());
    }

    /// The same by the button in the header.
    pub fn lock_by_button(&self) {
        self.replaced_after(LOCKED_WITHIN, |window| window.press_lock_button());
    }

    /// The same as the page itself asks for it, whatever stands before the page.
    pub fn lock_by_the_page(&self) {
        self.replaced_after(LOCKED_WITHIN, |window| {
            let ask = "window.__TAURI_INTERNALS__.invoke('lock', { request: null })";
            // The page may be gone before it can say that it ran.
            let _ran = window.driver.borrow().as_ref().map(|driver| driver.try_run(ask, serde_json::json!([])));
        });
    }

    /// The same without anybody touching the PC, and goes on there.
    pub fn locks_by_itself(&self, bound: Duration) {
        self.replaced_after(bound, |_| ());
    }

    pub(super) fn replaced_after(&self, bound: Duration, locks: impl FnOnce(&Self)) {
        let before = descendants_of(self.id());
        assert!(!before.is_empty(), "the web engine runs");
        locks(self);
        let replaced = within(bound, || {
            let now = descendants_of(self.id());
            before.iter().all(|child| !now.contains(child)).then_some(())
        });
        assert!(replaced.is_some(), "the web engine of the open desk still runs after {} s", bound.as_secs());
        assert!(fs::exists(format!("/proc/{}", self.id())).unwrap(), "a lock keeps the process");
        self.driver.replace(None);
        self.driver.replace(Some(Driver::attach(self.world, self.id(), self.inspector)));
    }

    /// Ends the application as a power cut of the process would: at once, with nothing said to it.
    pub fn kill(mut self) {
        self.running.child().kill().unwrap();
        self.running.child().wait().unwrap();
        let world = self.world;
        drop(self);
        until("the profile to be free", || profile_is_free(world).then_some(()));
    }

    /// Ends the application as the end of the desktop session does, and answers how it ended.
    pub fn end(mut self) -> ExitStatus {
        kill(Pid::from_raw(self.id().cast_signed()), Signal::SIGTERM).unwrap();
        until("the application to end", || self.running.child().try_wait().unwrap())
    }

    /// Saves a picture of the page.
    pub fn screenshot(&self, path: &std::path::Path) {
        let picture = self.driver.borrow().as_ref().and_then(|driver| driver.picture().ok());
        fs::write(path, from_base64(&picture.expect("a window that can be drawn"))).unwrap();
    }

    fn leave_evidence(&self) {
        let folder = failures();
        let name = std::thread::current().name().unwrap_or("unnamed").replace("::", ".");
        let _made = fs::create_dir_all(&folder);
        let driver = self.driver.borrow();
        let Some(driver) = driver.as_ref() else { return };
        if let Ok(picture) = driver.picture() {
            let _written = fs::write(folder.join(format!("{name}.png")), from_base64(&picture));
        }
        let page = "return document.title + '\\n' + document.body.innerText + '\\n\\n' + document.body.outerHTML";
        if let Ok(text) = driver.try_run(page, serde_json::json!([])) {
            let _written = fs::write(folder.join(format!("{name}.txt")), text.as_str().unwrap_or_default());
        }
        eprintln!("The window as it was: {}", folder.join(name).display());
    }
}

impl Drop for Window<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.leave_evidence();
        }
    }
}

/// Whether no process holds the lock of the profile any more.
fn profile_is_free(world: &World) -> bool {
    let Ok(file) = File::open(world.profile().join("lock")) else { return true };
    nix::fcntl::Flock::lock(file, nix::fcntl::FlockArg::LockExclusiveNonblock).is_ok()
}

fn from_base64(text: &str) -> Vec<u8> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut kept, mut bits) = (Vec::new(), 0_u32, 0);
    for digit in text.bytes().filter_map(|byte| DIGITS.iter().position(|digit| *digit == byte)) {
        kept = (kept << 6 | digit as u32) & 0xfff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((kept >> bits & 0xff) as u8);
        }
    }
    bytes
}
