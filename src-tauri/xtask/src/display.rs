//! What a desktop would provide and a container does not: a display, a session bus, an unlocked key store. All of it ends with us.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::place::cache;
use crate::shell::{output, step};

const BOUND: Duration = Duration::from_secs(30);
const BUS: &str = "DBUS_SESSION_BUS_ADDRESS";

/// The surroundings the app is opened in.
pub struct Surroundings {
    /// The display we started, when there was none.
    pub display: Option<String>,
    /// The folder of the key store we started, when there was none.
    pub key_store: Option<PathBuf>,
    variables: Vec<(&'static str, String)>,
    children: Vec<Child>,
}

/// Whether this account has a display to open a window on.
pub fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// Whether a session bus is there and something on it keeps, or would be started to keep, secrets.
pub fn has_key_store() -> bool {
    ["NameHasOwner", "ListActivatableNames"].iter().any(|question| {
        let asked = ask_bus(question).stderr(Stdio::null()).output();
        asked.is_ok_and(|answer| {
            let said = String::from_utf8_lossy(&answer.stdout).into_owned();
            answer.status.success() && (said.contains("boolean true") || said.contains("\"org.freedesktop.secrets\""))
        })
    })
}

impl Surroundings {
    /// Starts what is missing and waits until it answers.
    pub fn complete() -> Result<Self> {
        let mut all = Self { display: None, key_store: None, variables: Vec::new(), children: Vec::new() };
        if !has_display() {
            all.start_display()?;
        }
        if !has_key_store() {
            all.start_key_store()?;
        }
        Ok(all)
    }

    /// Makes a program see them.
    pub fn surround<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.envs(self.variables.iter().map(|(name, value)| (name, value)))
    }

    fn start_display(&mut self) -> Result<()> {
        step("There is no display: starting a virtual one");
        let log = log("display")?;
        let mut server = bound_to_us("Xvfb");
        server.args(["-displayfd", "1", "-screen", "0", "1440x900x24", "-nolisten", "tcp"]).stderr(log);
        let number = self.start(&mut server)?;
        let display = format!(":{number}");
        self.variables.extend([("DISPLAY", display.clone()), ("GDK_BACKEND", "x11".to_owned())]);
        self.display = Some(display);
        Ok(())
    }

    fn start_key_store(&mut self) -> Result<()> {
        step("There is no key store: starting a private one");
        let folder = cache()?.join("run");
        let stored = folder.join("key-store");
        fs::create_dir_all(&stored)?;
        let mut bus = bound_to_us("dbus-daemon");
        bus.args(["--session", "--nofork", "--nopidfile", "--print-address=1"]).stderr(log("bus")?);
        self.surround(&mut bus).env("XDG_DATA_HOME", &stored);
        let address = self.start(&mut bus)?;
        self.variables.push((BUS, address));

        let mut keeper = bound_to_us("gnome-keyring-daemon");
        keeper.args(["--foreground", "--unlock", "--components=secrets", "--control-directory"]).arg(&stored);
        keeper.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(log("key-store")?);
        self.surround(&mut keeper).env("XDG_DATA_HOME", &stored);
        let mut keeper = keeper.spawn().context("cannot start gnome-keyring-daemon")?;
        // Not a secret: this key store is for trying the app where there is none, and its folder belongs to this account alone.
        keeper.stdin.take().context("its input was asked for")?.write_all(b"private session")?;
        self.children.push(keeper);
        self.until("the key store", |all| {
            // Asked in this order, because asking an absent keeper would make the bus start a second, locked one.
            let mut there = ask_bus("NameHasOwner");
            if !output(all.surround(&mut there))?.contains("boolean true") {
                return Ok(false);
            }
            let mut open = Command::new("dbus-send");
            open.args(["--session", "--print-reply", "--dest=org.freedesktop.secrets", "/org/freedesktop/secrets"]);
            open.args(["org.freedesktop.Secret.Service.ReadAlias", "string:default"]);
            Ok(output(all.surround(&mut open))?.contains("/collection/"))
        })?;
        self.key_store = Some(folder);
        Ok(())
    }

    /// Saves a picture of the display we started; `false` while nothing is painted on it.
    pub fn picture(&self, file: &Path) -> Result<bool> {
        // Beside the picture first: someone may be looking at the last one.
        let fresh = file.with_extension("new.png");
        let mut shot = Command::new("import");
        self.surround(&mut shot).args(["-silent", "-window", "root"]).arg(&fresh);
        crate::shell::output(&mut shot)?;
        let colours = output(Command::new("identify").args(["-format", "%k"]).arg(&fresh))?;
        fs::rename(&fresh, file)?;
        Ok(colours.trim().parse::<u32>().is_ok_and(|colours| colours > 16))
    }

    /// Asks again until it is so; an error when it is not within half a minute.
    pub fn until(&mut self, what: &str, mut so: impl FnMut(&Self) -> Result<bool>) -> Result<()> {
        let started = Instant::now();
        while !so(self)? {
            for child in &mut self.children {
                if let Some(ended) = child.try_wait()? {
                    bail!(
                        "waiting for {what}: a program it needs {ended}; see the logs in {}",
                        cache()?.join("run").display()
                    );
                }
            }
            if started.elapsed() > BOUND {
                bail!(
                    "{what} was not there after {} s; see the logs in {}",
                    BOUND.as_secs(),
                    cache()?.join("run").display()
                );
            }
            std::thread::sleep(Duration::from_millis(200));
        }
        Ok(())
    }

    /// Starts it and reads the one line in which it says where it can be reached.
    fn start(&mut self, command: &mut Command) -> Result<String> {
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().context("cannot start it; is it installed?")?;
        let mut said = String::new();
        BufReader::new(child.stdout.take().context("its output was asked for")?).read_line(&mut said)?;
        self.children.push(child);
        let said = said.trim();
        if said.is_empty() {
            bail!("a program ended at once; see the logs in {}", cache()?.join("run").display());
        }
        Ok(said.to_owned())
    }
}

impl Drop for Surroundings {
    fn drop(&mut self) {
        for child in self.children.iter_mut().rev() {
            // Already gone is as good.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// A program that the kernel ends when we end, however we end.
pub fn bound_to_us(program: &str) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "TERM", "--", program]);
    command
}

fn ask_bus(question: &str) -> Command {
    let mut ask = Command::new("dbus-send");
    ask.args(["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"]);
    ask.arg(format!("org.freedesktop.DBus.{question}"));
    if question == "NameHasOwner" {
        ask.arg("string:org.freedesktop.secrets");
    }
    ask
}

fn log(name: &str) -> Result<File> {
    let folder = cache()?.join("run");
    fs::create_dir_all(&folder)?;
    Ok(File::create(folder.join(name).with_extension("log"))?)
}
