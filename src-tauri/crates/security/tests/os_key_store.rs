//! The real key store in each state it can be in, on a private session bus with a private gnome-keyring: nothing of the account that runs
//! the tests is touched. Each test starts itself again as the program on that bus, because the bus is named by the environment.
//! Needs dbus-daemon and gnome-keyring-daemon; without them the tests fail.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods)]

use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command, Stdio};

use security::{DeviceSecret, KeyStore, KeyStoreFault, OsKeyStore, Pause};
use tempfile::TempDir;
use zbus::blocking::Connection;
use zbus::zvariant::{ObjectPath, OwnedObjectPath};

const INSIDE: &str = "HOLDFAST_TEST_ON_PRIVATE_BUS";
const ID: &str = "5f2c1d9e-0000-4000-8000-000000000001";

/// A home, a bus and perhaps a key store of its own; all of it goes away when dropped.
struct Desk {
    home: TempDir,
    address: String,
    running: Vec<Child>,
}

impl Desk {
    fn with_bus() -> Self {
        let home = tempfile::tempdir().unwrap();
        for folder in ["run", "share", "config", "cache"] {
            fs::create_dir(home.path().join(folder)).unwrap();
            fs::set_permissions(home.path().join(folder), fs::Permissions::from_mode(0o700)).unwrap();
        }
        // No service folder is configured: the bus starts nothing by itself, so the tests decide whether there is a key store.
        let config = home.path().join("bus.conf");
        let socket = home.path().join("run/bus");
        fs::write(
            &config,
            format!(
                "<busconfig><type>session</type><listen>unix:path={}</listen><auth>EXTERNAL</auth><policy context=\"default\">\
                 <allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>",
                socket.display()
            ),
        )
        .unwrap();
        let mut desk = Self { address: format!("unix:path={}", socket.display()), home, running: Vec::new() };
        let mut command = Command::new("dbus-daemon");
        command
            .arg(format!("--config-file={}", config.display()))
            .args(["--nofork", "--print-address=1"])
            .stdout(Stdio::piped());
        let mut bus = desk.private(&mut command).spawn().expect("dbus-daemon is installed");
        // The address is printed once the bus listens.
        let mut line = String::new();
        BufReader::new(bus.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(line.starts_with("unix:"), "{line}");
        desk.running.push(bus);
        desk
    }

    fn private<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        let at = |folder: &str| self.home.path().join(folder);
        command
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("GNOME_KEYRING_CONTROL")
            .env("HOME", self.home.path())
            .env("XDG_RUNTIME_DIR", at("run"))
            .env("XDG_DATA_HOME", at("share"))
            .env("XDG_CONFIG_HOME", at("config"))
            .env("XDG_CACHE_HOME", at("cache"))
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
    }

    /// Starts gnome-keyring; with a password it opens (or makes) the login collection, without one it leaves what is there locked.
    fn start_key_store(&mut self, password: Option<&str>) {
        let bus = self.connect();
        let mut owners = zbus::blocking::fdo::DBusProxy::new(&bus).unwrap().receive_name_owner_changed().unwrap();
        let mut command = Command::new("gnome-keyring-daemon");
        command.args(["--foreground", "--components=secrets"]).stdout(Stdio::null()).stderr(Stdio::null());
        if password.is_some() {
            command.arg("--unlock");
        }
        let mut daemon =
            self.private(&mut command).stdin(Stdio::piped()).spawn().expect("gnome-keyring-daemon is installed");
        let mut input = daemon.stdin.take().unwrap();
        input.write_all(password.unwrap_or_default().as_bytes()).unwrap();
        drop(input);
        self.running.push(daemon);
        let there = owners.any(|signal| {
            let change = signal.args().unwrap();
            change.name.as_str() == "org.freedesktop.secrets" && change.new_owner.is_some()
        });
        assert!(there);
    }

    fn stop_key_store(&mut self) {
        let mut daemon = self.running.pop().unwrap();
        daemon.kill().unwrap();
        daemon.wait().unwrap();
    }

    fn connect(&self) -> Connection {
        zbus::blocking::connection::Builder::address(self.address.as_str()).unwrap().build().unwrap()
    }

    /// Runs the test of this name again, on this desk, with a word that tells it which part to play.
    fn play(&self, test: &str, part: &str) {
        let mut command = Command::new(env::current_exe().unwrap());
        command.args([test, "--exact", "--nocapture"]).env(INSIDE, part);
        let output = self.private(&mut command).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success() && said.contains("1 passed"),
            "{part}: {said}{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        for child in self.running.iter_mut().rev() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn part() -> Option<String> {
    env::var(INSIDE).ok()
}

fn a_secret() -> DeviceSecret {
    DeviceSecret::from_bytes([42; 32])
}

fn a_pause(text: &str) -> Pause {
    Pause::from_text(text).unwrap()
}

/// What every state without an open key store must answer, to all five questions.
fn everything_answers(reading: KeyStoreFault, writing: KeyStoreFault) {
    assert_eq!(OsKeyStore.look(ID), Err(reading));
    assert_eq!(OsKeyStore.read(ID).err(), Some(reading));
    assert_eq!(OsKeyStore.write_new(ID, &a_secret()).err(), Some(writing));
    let pause = a_pause("6 1800000000000 30000\n");
    assert_eq!(OsKeyStore.write_pause(ID, Some(&pause)).err(), Some(writing));
    let no_pause = if reading == KeyStoreFault::NoEntry { Ok(None) } else { Err(reading) };
    assert_eq!(OsKeyStore.read_pause(ID), no_pause);
}

#[test]
fn an_open_key_store_keeps_one_secret_a_database_and_never_overwrites_it() {
    if part().is_some() {
        assert_eq!(OsKeyStore.look(ID), Err(KeyStoreFault::NoEntry));
        assert_eq!(OsKeyStore.read(ID).err(), Some(KeyStoreFault::NoEntry));
        OsKeyStore.write_new(ID, &a_secret()).unwrap();
        assert_eq!(OsKeyStore.look(ID), Ok(()));
        assert_eq!(OsKeyStore.read(ID).unwrap().bytes(), a_secret().bytes());
        let other = DeviceSecret::from_bytes([43; 32]);
        assert_eq!(OsKeyStore.write_new(ID, &other).err(), Some(KeyStoreFault::AlreadyPresent));
        assert_eq!(OsKeyStore.read(ID).unwrap().bytes(), a_secret().bytes());
        assert_eq!(OsKeyStore.read("another database").err(), Some(KeyStoreFault::NoEntry));

        OsKeyStore.write_pause(ID, None).unwrap();
        for text in ["6 1800000000000 30000\n", "7 1800000030000 60000\n"] {
            OsKeyStore.write_pause(ID, Some(&a_pause(text))).unwrap();
            assert_eq!(OsKeyStore.read_pause(ID), Ok(Some(a_pause(text))));
        }
        OsKeyStore.write_pause(ID, None).unwrap();
        assert_eq!(OsKeyStore.read_pause(ID), Ok(None));
        assert_eq!(OsKeyStore.read(ID).unwrap().bytes(), a_secret().bytes());
        return;
    }
    let mut desk = Desk::with_bus();
    desk.start_key_store(Some("invented"));
    desk.play("an_open_key_store_keeps_one_secret_a_database_and_never_overwrites_it", "all");
}

#[test]
fn without_a_session_bus_there_is_no_key_store() {
    if part().is_some() {
        everything_answers(KeyStoreFault::NoKeyStore, KeyStoreFault::NoKeyStore);
        return;
    }
    let mut desk = Desk::with_bus();
    desk.stop_key_store();
    desk.play("without_a_session_bus_there_is_no_key_store", "the socket has no listener");
    fs::remove_file(desk.home.path().join("run/bus")).unwrap();
    desk.play("without_a_session_bus_there_is_no_key_store", "there is no socket");
    desk.address = String::new();
    desk.play("without_a_session_bus_there_is_no_key_store", "there is no address");
}

#[test]
fn a_bus_without_a_secret_service_is_no_key_store() {
    if part().is_some() {
        everything_answers(KeyStoreFault::NoKeyStore, KeyStoreFault::NoKeyStore);
        return;
    }
    Desk::with_bus().play("a_bus_without_a_secret_service_is_no_key_store", "all");
}

#[test]
fn a_service_without_a_collection_has_no_entry_and_takes_none() {
    if part().is_some() {
        everything_answers(KeyStoreFault::NoEntry, KeyStoreFault::NoKeyStore);
        return;
    }
    let mut desk = Desk::with_bus();
    desk.start_key_store(None);
    desk.play("a_service_without_a_collection_has_no_entry_and_takes_none", "all");
}

#[test]
fn a_locked_key_store_says_so_without_a_prompt() {
    match part().as_deref() {
        Some("enrol") => OsKeyStore.write_new(ID, &a_secret()).unwrap(),
        Some("again") => assert_eq!(OsKeyStore.read(ID).unwrap().bytes(), a_secret().bytes()),
        Some(_) => {
            everything_answers(KeyStoreFault::Locked, KeyStoreFault::Locked);
            assert_eq!(OsKeyStore.read("another database").err(), Some(KeyStoreFault::Locked));
        }
        None => {
            let name = "a_locked_key_store_says_so_without_a_prompt";
            let mut desk = Desk::with_bus();
            // A prompt that stands on a screen and is never answered: whoever asks for it waits for ever.
            let prompter = desk.connect();
            prompter.request_name("org.gnome.keyring.SystemPrompter").unwrap();
            desk.start_key_store(Some("invented"));
            desk.play(name, "enrol");
            lock_default_collection(&desk.connect());
            desk.play(name, "locked while running");
            desk.stop_key_store();
            desk.start_key_store(None);
            desk.play(name, "never unlocked since start");
            desk.stop_key_store();
            desk.start_key_store(Some("invented"));
            desk.play(name, "again");
        }
    }
}

fn lock_default_collection(bus: &Connection) {
    let call = |method: &str, body: &dyn Fn() -> zbus::Result<zbus::Message>| {
        body().unwrap_or_else(|e| panic!("{method}: {e}"))
    };
    let (name, path, interface) =
        ("org.freedesktop.secrets", "/org/freedesktop/secrets", Some("org.freedesktop.Secret.Service"));
    let alias = call("ReadAlias", &|| bus.call_method(Some(name), path, interface, "ReadAlias", &("default",)));
    let collection: OwnedObjectPath = alias.body().deserialize().unwrap();
    let objects: Vec<ObjectPath<'_>> = vec![collection.as_ref()];
    let locked = call("Lock", &|| bus.call_method(Some(name), path, interface, "Lock", &(&objects,)));
    let (done, _prompt): (Vec<OwnedObjectPath>, OwnedObjectPath) = locked.body().deserialize().unwrap();
    assert_eq!(done.len(), 1);
}
