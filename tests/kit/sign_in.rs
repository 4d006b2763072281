//! A server to sign in at, which others wrote: oidc-provider in node, at the other end of a network that ends TLS with the trust's
//! certificate. What is reached by https in a test is signed in to here.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, OnceLock};

use security::Random;
use serde::Deserialize;
use serde_json::{Value, json};
use sync::{Algorithm, Credentials, Outside, PrivateKey, Server, SignInAt};

use crate::npm::node;
use crate::window::Running;
use crate::{Certificate, Chance, Clock, Proxy, Room, Shift, a_clinic_in};

/// The client of each test that asks for nothing else: it may do everything.
pub const CLIENT: &str = "holdfast";

/// The same with the other way to sign, and the one that may only read.
pub const CLIENT_512: &str = "holdfast-512";
pub const READER: &str = "reader";

/// The server; dropping it ends it.
pub struct SignInServer {
    said: Said,
    _running: Running,
}

/// What it says when it is ready.
#[derive(Deserialize)]
struct Said {
    port: u16,
    audience: String,
    key: String,
    strange: String,
    watcher: String,
}

impl SignInServer {
    /// Starts one, with keys of its own.
    pub fn start() -> SignInServer {
        let script = include_str!("npm/oidc.mjs");
        let mut running =
            Running::start(node(script).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()));
        let mut said = String::new();
        BufReader::new(running.child().stdout.take().unwrap()).read_line(&mut said).unwrap();
        let said = serde_json::from_str(&said).expect("the server to sign in at does not start");
        SignInServer { said, _running: running }
    }

    /// The one that the tests of a suite share.
    pub fn shared() -> &'static SignInServer {
        static SERVER: OnceLock<SignInServer> = OnceLock::new();
        SERVER.get_or_init(|| {
            let (started, starting) = channel();
            // It ends with the thread that starts it, so that thread must not end with the first test.
            std::thread::spawn(move || {
                started.send(SignInServer::start()).unwrap();
                loop {
                    std::thread::park();
                }
            });
            starting.recv().expect("the server to sign in at starts")
        })
    }

    /// A network to it that speaks TLS.
    pub fn network(&self) -> Proxy {
        Proxy::with_tls(self.said.port, trust_certificate())
    }

    /// What its clock says now, UTC milliseconds to the second: it alone goes on while a suite runs.
    pub fn now(&self) -> i64 {
        let mut stream = TcpStream::connect(("127.0.0.1", self.said.port)).unwrap();
        stream.write_all(b"HEAD / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let date = answer.lines().find_map(|line| line.strip_prefix("Date: ")).expect("every answer has its moment");
        jiff::fmt::rfc2822::parse(date).unwrap().timestamp().as_millisecond()
    }

    /// Who it is, and whom a proof has to be made out to.
    pub fn issuer(&self) -> String {
        format!("http://127.0.0.1:{}", self.said.port)
    }

    /// Whom its tokens are for.
    pub fn audience(&self) -> &str {
        &self.said.audience
    }

    /// The key of each of its clients, PEM.
    pub fn key(&self) -> &str {
        &self.said.key
    }

    /// A key that it has never seen, PEM.
    pub fn strange_key(&self) -> &str {
        &self.said.strange
    }

    /// A token with which a test itself looks at what is there.
    pub(crate) fn watcher(&self) -> &str {
        &self.said.watcher
    }

    /// Signing in there over this network, as this client.
    pub fn at(&self, network: &Proxy, client: &str) -> SignInAt {
        SignInAt {
            token_url: format!("{}/token", network.address()),
            client_id: client.to_owned(),
            audience: self.issuer(),
            scope: Some(if client == READER { "system/*.rs" } else { "system/*.cruds" }.to_owned()),
            key_id: Some("pc".to_owned()),
            algorithm: if client == CLIENT_512 { Algorithm::Rs512 } else { Algorithm::Rs384 },
        }
    }
}

/// What every server of the tests' trust shows, and the CA that has signed it.
pub fn trust_certificate() -> &'static Certificate {
    static CERTIFICATE: OnceLock<Certificate> = OnceLock::new();
    CERTIFICATE.get_or_init(|| Certificate::of("127.0.0.1", 2090))
}

/// The way to a server at this address: signed in where it is https, as every PC of the trust is.
pub fn reached(address: &str, outside: Outside) -> Server {
    if !address.starts_with("https") {
        return Server::new(address, None).unwrap();
    }
    let at = SignInServer::shared().at(shared_network(), CLIENT);
    signed_in(address, at, outside)
}

/// The same, signed in there with the key that is known there.
pub fn signed_in(address: &str, at: SignInAt, outside: Outside) -> Server {
    let key = PrivateKey::read(SignInServer::shared().key().as_bytes()).unwrap();
    let credentials = Credentials { certificate: None, sign_in: Some((at, Some(key), outside)) };
    Server::known(address, Some(trust_certificate().ca.as_bytes()), credentials).unwrap()
}

/// A clock that is stepped by hand, and chance from a seed, as signing in wants them. The seed is told apart from the same one in another
/// test: both sign in at one server, which takes the number of a proof once.
pub fn outside(clock: &Clock, chance: &Arc<Mutex<Chance>>) -> Outside {
    static GIVEN: AtomicU64 = AtomicU64::new(0);
    let (clock, chance) = (clock.clone(), chance.clone());
    let bytes = move || {
        let mut bytes = [0; 16];
        chance.lock().unwrap().fill(&mut bytes).ok()?;
        let own = GIVEN.fetch_add(1, Ordering::Relaxed).to_le_bytes();
        bytes.iter_mut().zip(own).for_each(|(byte, own)| *byte ^= own);
        Some(bytes)
    };
    Outside { now: Arc::new(move || clock.now()), chance: Arc::new(bytes) }
}

/// A clinic on this PC, set up like this, whose trust's server is at this address: signed in there where it is https, with a key that
/// Ruth has taken in. What the configuration names is written to this folder.
pub async fn a_clinic_at(address: &str, room: Room, mut set_up: Value, folder: &Path) -> Shift {
    let (section, key) = configuration(address, folder);
    set_up["server"] = section;
    let shift = a_clinic_in(room.configured(&set_up.to_string())).await;
    if let Some(key) = key {
        let taken = shift.clinic.take_in_server_key(key).await.unwrap();
        assert_eq!(taken.outcome, "key");
    }
    shift
}

/// The section `server` of a PC's configuration for this address, and the file with the key that a key holder then takes in; None
/// where nobody has to sign in. What it names is written to this folder.
pub fn configuration(address: &str, folder: &Path) -> (Value, Option<PathBuf>) {
    if !address.starts_with("https") {
        return (json!({ "url": address }), None);
    }
    let (ca, key) = (folder.join("ca.pem"), folder.join("key.pem"));
    std::fs::write(&ca, &trust_certificate().ca).unwrap();
    std::fs::write(&key, SignInServer::shared().key()).unwrap();
    let at = SignInServer::shared().at(shared_network(), CLIENT);
    let section = json!({
        "url": address, "ca": ca, "token_url": at.token_url, "client_id": at.client_id, "audience": at.audience,
        "scope": at.scope, "key_id": at.key_id, "algorithm": "RS384",
    });
    (section, Some(key))
}

fn shared_network() -> &'static Proxy {
    static NETWORK: OnceLock<Proxy> = OnceLock::new();
    NETWORK.get_or_init(|| SignInServer::shared().network())
}
