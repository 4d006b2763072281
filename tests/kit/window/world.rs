//! A private world for one test: folders, display, session bus and key store of its own. Nothing of the account that runs the tests is
//! read or touched. What happens in the window belongs to `open`.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::print_room::{PrintRoom, QUEUE};

use super::key_store::{KeyStore, KeyStoreState};
use super::process::{Running, bound};
use super::wait::until;

/// The world of one test. Everything in it ends and goes away when it is dropped.
pub struct World {
    zone: &'static str,
    display: String,
    pub(super) key_store: RefCell<KeyStore>,
    _registry: Running,
    opened: Cell<u32>,
    visits: RefCell<BTreeMap<String, u32>>,
    /// Where the programs of this world look for a print system.
    print_server: RefCell<String>,
    language: Cell<&'static str>,
    _display: Running,
    // Last, so that nothing runs any more when the folders go.
    folder: TempDir,
}

impl World {
    /// A fresh world with an unlocked key store, in London's time zone.
    pub fn new() -> Self {
        Self::in_zone("Europe/London")
    }

    /// A fresh world whose PC believes to be in this time zone.
    pub fn in_zone(zone: &'static str) -> Self {
        let folder = tempfile::Builder::new().prefix("holdfast-window-").tempdir().unwrap();
        for name in FOLDERS {
            fs::create_dir(folder.path().join(name)).unwrap();
            fs::set_permissions(folder.path().join(name), Permissions::from_mode(0o700)).unwrap();
        }
        let (running, display) = display(folder.path());
        let key_store = KeyStore::start(folder.path());
        let registry = registry(folder.path(), key_store.bus_address());
        // Nobody listens there: this world has no printers until it is given some, and never those of the account.
        let print_server = RefCell::new(folder.path().join("run/no-print-system").display().to_string());
        Self {
            zone,
            display,
            key_store: RefCell::new(key_store),
            _registry: registry,
            opened: Cell::new(0),
            visits: RefCell::default(),
            language: Cell::new(""),
            print_server,
            _display: running,
            folder,
        }
    }

    /// The folder that holds everything of this world.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The profile folder that the application is opened on.
    pub fn profile(&self) -> PathBuf {
        self.path("profile")
    }

    /// One of this world's own folders.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Tries the screens in this language that nobody speaks (`ui/src/words/tried.ts`), in programs started from now on.
    pub fn set_language(&self, language: &'static str) {
        self.language.set(language);
    }

    /// The language in which the screens are tried; empty for the one that is shipped.
    pub fn language(&self) -> &'static str {
        self.language.get()
    }

    /// Puts the key store into this state; returns when it is in it.
    pub fn set_key_store(&self, state: KeyStoreState) {
        self.key_store.borrow_mut().become_(state);
    }

    /// Where this world's programs tell a screen reader what is on the screen: its session bus, whatever becomes of its key store.
    pub fn accessibility_bus(&self) -> String {
        self.key_store.borrow().bus_address().to_owned()
    }

    /// Counts a visit to this screen, from 1.
    pub fn visit(&self, screen: &str) -> u32 {
        let mut visits = self.visits.borrow_mut();
        let number = visits.entry(screen.to_owned()).or_default();
        *number += 1;
        *number
    }

    /// Sets this PC up for paper: it prints in this room and saves in the folder [`PAPERS`]. For programs started from now on.
    pub fn set_up_paper(&self, room: &PrintRoom) {
        self.print_server.replace(room.server());
        let papers = self.path(PAPERS);
        fs::create_dir(&papers).unwrap();
        self.configure("paper", serde_json::json!({ "folder": papers, "printer": QUEUE }));
    }

    /// Sets one key of this PC's configuration, for programs started from now on.
    pub fn configure(&self, key: &str, value: serde_json::Value) {
        let file = self.path("config/holdfast.json");
        let mut settings: serde_json::Value =
            fs::read(&file).map_or_else(|_| serde_json::json!({}), |text| serde_json::from_slice(&text).unwrap());
        settings[key] = value;
        fs::write(file, settings.to_string()).unwrap();
    }

    /// A command that sees this world and nothing else of the surroundings.
    pub fn command(&self, program: &str) -> Command {
        let mut command = bound(program);
        inside(&mut command, self.folder.path())
            .env("DISPLAY", &self.display)
            .env("TZ", self.zone)
            .env("CUPS_SERVER", self.print_server.borrow().as_str())
            .env("HOLDFAST_LANGUAGE", self.language.get())
            .env("AT_SPI_BUS_ADDRESS", self.accessibility_bus())
            .env("DBUS_SESSION_BUS_ADDRESS", self.key_store.borrow().address());
        command
    }

    /// Where this start of the application leaves what it says on standard output and standard error.
    pub(super) fn outputs(&self) -> (PathBuf, PathBuf) {
        let number = self.opened.get() + 1;
        self.opened.set(number);
        (self.path(&format!("said/{number}.out")), self.path(&format!("said/{number}.err")))
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

/// The folder of a world in which its PDF files are saved.
pub const PAPERS: &str = "papers";
const FOLDERS: [&str; 9] = ["home", "run", "share", "config", "cache", "state", "tmp", "said", "profile"];

/// Replaces a command's surroundings by those of the world in `folder`.
pub(super) fn inside<'a>(command: &'a mut Command, folder: &Path) -> &'a mut Command {
    command
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .env("LANG", "C.UTF-8")
        .env("HOME", folder.join("home"))
        .env("TMPDIR", folder.join("tmp"))
        .env("XDG_RUNTIME_DIR", folder.join("run"))
        .env("XDG_DATA_HOME", folder.join("share"))
        .env("XDG_CONFIG_HOME", folder.join("config"))
        .env("XDG_CACHE_HOME", folder.join("cache"))
        .env("XDG_STATE_HOME", folder.join("state"))
        .env("HOLDFAST_CONFIG", folder.join("config/holdfast.json"))
}

/// The application to test, named by `HOLDFAST_APP`.
pub fn app() -> PathBuf {
    let app = PathBuf::from(surrounding("HOLDFAST_APP").expect(
        "HOLDFAST_APP does not name the application: `cargo xtask test` builds it and sets it; by hand, build ui, then the package holdfast",
    ));
    assert!(app.is_file(), "HOLDFAST_APP names {}, which is not there", app.display());
    app
}

/// The top folder of the sources.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// Where the picture and the text of a failed test's window are left.
pub(super) fn failures() -> PathBuf {
    let target = surrounding("CARGO_TARGET_DIR").map_or_else(|| repository().join("target"), PathBuf::from);
    target.join("window-failures")
}

/// A port of the loopback interface on which nobody listens.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Whether the trees of the screens are to be written anew instead of compared.
pub fn writes_trees() -> bool {
    surrounding("HOLDFAST_TREES").is_some_and(|wish| wish == "write")
}

#[expect(
    clippy::disallowed_methods,
    reason = "the harness is told by its surroundings what to test and where to report"
)]
fn surrounding(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The registry of the accessibility bus, as it runs on every desktop.
fn registry(folder: &Path, bus: &str) -> Running {
    let mut command = bound("/usr/libexec/at-spi2-registryd");
    inside(&mut command, folder)
        .env("AT_SPI_BUS_ADDRESS", bus)
        .env("DBUS_SESSION_BUS_ADDRESS", bus)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let registry = Running::start(&mut command);
    let bus = zbus::blocking::connection::Builder::address(bus).unwrap().build().unwrap();
    let names = zbus::blocking::fdo::DBusProxy::new(&bus).unwrap();
    until("the accessibility registry; is at-spi2-core installed?", || {
        names.name_has_owner("org.a11y.atspi.Registry".try_into().unwrap()).unwrap().then_some(())
    });
    registry
}

/// A display of its own; Xvfb takes a free number and says which one it is.
fn display(folder: &Path) -> (Running, String) {
    let mut command = bound("Xvfb");
    inside(&mut command, folder)
        .args(["-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut running = Running::start(&mut command);
    let mut line = String::new();
    BufReader::new(running.child().stdout.take().unwrap()).read_line(&mut line).unwrap();
    let number: u32 = line.trim().parse().expect("Xvfb is installed and takes a display");
    (running, format!(":{number}"))
}
