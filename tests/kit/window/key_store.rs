//! The private session bus and the real key store on it, in each state in which a PC may be found.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use zbus::blocking::{Connection, connection};
use zbus::zvariant::{OwnedObjectPath, Value};

use super::process::{Running, bound};
use super::wait::until;
use super::world::{World, inside};

/// How the application finds the key store of its PC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyStoreState {
    /// Nobody listens at the address of the session bus.
    NoBus,
    /// The service runs, but has no place for entries.
    NoCollection,
    /// The entries are there and locked.
    Locked,
    /// As after signing in.
    Unlocked,
}

/// Bus and service. Dropping them ends both.
pub struct KeyStore {
    folder: PathBuf,
    address: String,
    state: KeyStoreState,
    service: Option<Running>,
    _bus: Running,
}

/// What the private key store was made with.
const PASSWORD: &str = "the password of the private key store";

impl KeyStore {
    pub fn start(folder: &Path) -> Self {
        let (bus, address) = bus(folder);
        let mut started =
            Self { folder: folder.to_owned(), address, state: KeyStoreState::NoBus, service: None, _bus: bus };
        started.become_(KeyStoreState::Unlocked);
        started
    }

    /// The address the application is given.
    pub fn address(&self) -> String {
        match self.state {
            KeyStoreState::NoBus => format!("unix:path={}", self.folder.join("run/nobody").display()),
            _ => self.address.clone(),
        }
    }

    /// The address of the session bus itself.
    pub fn bus_address(&self) -> &str {
        &self.address
    }

    pub fn become_(&mut self, state: KeyStoreState) {
        self.service = None;
        until("the key store to be gone", || (!self.is_there()).then_some(()));
        let (here, aside) = (self.folder.join("share/keyrings"), self.folder.join("share/keyrings.aside"));
        let (from, to) = if state == KeyStoreState::NoCollection { (&here, &aside) } else { (&aside, &here) };
        if from.exists() {
            // What the service made while the collection was away is empty.
            let _absent = fs::remove_dir_all(to);
            fs::rename(from, to).unwrap();
        }
        self.state = state;
        if state == KeyStoreState::NoBus {
            return;
        }
        self.service = Some(self.serve((state == KeyStoreState::Unlocked).then_some(PASSWORD)));
        until("the key store", || self.is_there().then_some(()));
        let has_collection = state != KeyStoreState::NoCollection;
        until("the collection of the key store", || (self.has_collection() == has_collection).then_some(()));
    }

    fn serve(&self, password: Option<&str>) -> Running {
        let mut command = bound("gnome-keyring-daemon");
        inside(&mut command, &self.folder)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
            .args(["--foreground", "--components=secrets"])
            .args(password.map(|_| "--unlock"))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut service = Running::start(&mut command);
        let mut input = service.child().stdin.take().unwrap();
        input.write_all(password.unwrap_or_default().as_bytes()).unwrap();
        service
    }

    fn connect(&self) -> Connection {
        connection::Builder::address(self.address.as_str()).unwrap().build().unwrap()
    }

    fn is_there(&self) -> bool {
        let bus = zbus::blocking::fdo::DBusProxy::new(&self.connect()).unwrap();
        bus.name_has_owner(SECRETS.try_into().unwrap()).unwrap()
    }

    fn has_collection(&self) -> bool {
        let collection: OwnedObjectPath = self
            .connect()
            .call_method(Some(SECRETS), SECRETS_PATH, Some(SECRETS_INTERFACE), "ReadAlias", &("default",))
            .unwrap()
            .body()
            .deserialize()
            .unwrap();
        collection.as_str() != "/"
    }
}

impl World {
    /// The device secret of the database with this id, read from the private key store as any program of the account could.
    pub fn device_secret(&self, database_id: &str) -> Vec<u8> {
        let bus = self.key_store.borrow().connect();
        let attributes = std::collections::HashMap::from([("service", "holdfast"), ("username", database_id)]);
        let found = bus
            .call_method(Some(SECRETS), SECRETS_PATH, Some(SECRETS_INTERFACE), "SearchItems", &(attributes,))
            .unwrap();
        let (open, _locked): (Vec<OwnedObjectPath>, Vec<OwnedObjectPath>) = found.body().deserialize().unwrap();
        let plain = bus
            .call_method(
                Some(SECRETS),
                SECRETS_PATH,
                Some(SECRETS_INTERFACE),
                "OpenSession",
                &("plain", Value::from("")),
            )
            .unwrap();
        let (_, session): (zbus::zvariant::OwnedValue, OwnedObjectPath) = plain.body().deserialize().unwrap();
        let item = open.first().expect("the database has an entry in the key store");
        let secret = bus
            .call_method(Some(SECRETS), item.as_str(), Some("org.freedesktop.Secret.Item"), "GetSecret", &(session,))
            .unwrap();
        let (secret,): ((OwnedObjectPath, Vec<u8>, Vec<u8>, String),) = secret.body().deserialize().unwrap();
        secret.2
    }
}

const SECRETS: &str = "org.freedesktop.secrets";
const SECRETS_PATH: &str = "/org/freedesktop/secrets";
const SECRETS_INTERFACE: &str = "org.freedesktop.Secret.Service";

/// A session bus that starts nothing by itself, so that the test decides whether there is a key store.
fn bus(folder: &Path) -> (Running, String) {
    let (config, socket) = (folder.join("config/bus.conf"), folder.join("run/bus-of-the-test"));
    fs::write(
        &config,
        format!(
            "<busconfig><type>session</type><listen>unix:path={}</listen><auth>EXTERNAL</auth><policy context=\"default\">\
             <allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>",
            socket.display()
        ),
    )
    .unwrap();
    let mut command = bound("dbus-daemon");
    inside(&mut command, folder)
        .arg(format!("--config-file={}", config.display()))
        .args(["--nofork", "--print-address=1"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut running = Running::start(&mut command);
    let mut line = String::new();
    // The address is printed once the bus listens.
    BufReader::new(running.child().stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with("unix:"), "dbus-daemon is installed and starts: {line}");
    (running, format!("unix:path={}", socket.display()))
}
