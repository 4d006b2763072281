//! A real trust server: helios-hfs on a port of this PC, validating what it is given, with a database of the test's own.

use std::collections::BTreeMap;
use std::env::var_os;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use crate::sign_in::trust_certificate;
use crate::window::{Running, bound, within};
use crate::{Proxy, SignInServer};

/// The version that is built once and kept in the cache.
const VERSION: &str = "helios-hfs-0.2.7";

/// How long a new server may take to answer, with other tests beside it.
const TO_START: Duration = Duration::from_secs(90);

/// The types of resource that sendings carry.
pub const TYPES: [&str; 14] = [
    "Patient",
    "Condition",
    "Procedure",
    "QuestionnaireResponse",
    "Observation",
    "CarePlan",
    "Goal",
    "ServiceRequest",
    "Composition",
    "DocumentReference",
    "Binary",
    "Task",
    "Appointment",
    "Provenance",
];

/// The server; dropping it ends it.
pub struct TrustServer {
    port: u16,
    /// It wants to know who asks.
    signed_in: bool,
    _running: Running,
    _folder: TempDir,
}

impl TrustServer {
    /// Starts a server with an empty database, which answers anybody, and waits until it does.
    pub fn start() -> TrustServer {
        TrustServer::starting(false)
    }

    /// The same, which answers only those who have signed in where the tests do.
    pub fn start_signed_in() -> TrustServer {
        TrustServer::starting(true)
    }

    fn starting(signed_in: bool) -> TrustServer {
        let folder = TempDir::new().unwrap();
        let port = a_port();
        let program = program();
        let log = std::fs::File::create(folder.path().join("log")).unwrap();
        let mut command = bound(program.to_str().unwrap());
        if signed_in {
            let at = SignInServer::shared();
            let keys = format!("{}/jwks", at.issuer());
            command.env("HFS_AUTH_ENABLED", "true").env("HFS_AUTH_JWKS_URL", keys);
            command.env("HFS_AUTH_ISSUER", at.issuer()).env("HFS_AUTH_AUDIENCE", at.audience());
        }
        let running = Running::start(
            command
                .env("HFS_SERVER_HOST", "127.0.0.1")
                .env("HFS_SERVER_PORT", port.to_string())
                .env("HFS_BASE_URL", format!("http://127.0.0.1:{port}"))
                .env("HFS_DATABASE_URL", folder.path().join("fhir.db"))
                .env("HFS_DATA_DIR", search_parameters())
                .env("HFS_VALIDATION_MODE", "enforce")
                .env("HFS_UI_ENABLED", "false")
                .env("HFS_LOG_LEVEL", "warn")
                .current_dir(folder.path())
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(log),
        );
        let server = TrustServer { port, signed_in, _running: running, _folder: folder };
        let up = || server.try_get("/health").filter(|(status, _)| *status == 200);
        assert!(within(TO_START, up).is_some(), "the trust server does not start: {}", program.display());
        server
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// A network to it, as the PCs of the trust have one: over TLS where they sign in.
    pub fn network(&self) -> Proxy {
        if self.signed_in { Proxy::with_tls(self.port, trust_certificate()) } else { Proxy::to(self.port) }
    }

    /// Reads a path below the address: the status and the body.
    pub fn get(&self, path: &str) -> (u16, Value) {
        self.try_get(path).expect("the trust server answers")
    }

    /// Writes a resource as somebody else would, whatever its version is.
    pub fn put(&self, resource: &Value) -> (u16, Value) {
        let (kind, id) = (resource["resourceType"].as_str().unwrap(), resource["id"].as_str().unwrap());
        self.ask("PUT", &format!("/{kind}/{id}"), &resource.to_string()).expect("the trust server answers")
    }

    /// Removes a resource.
    pub fn delete(&self, kind: &str, id: &str) -> u16 {
        self.ask("DELETE", &format!("/{kind}/{id}"), "").expect("the trust server answers").0
    }

    /// Every resource of a type.
    pub fn all(&self, kind: &str) -> Vec<Value> {
        let (status, bundle) = self.get(&format!("/{kind}?_count=1000"));
        assert_eq!(status, 200, "{bundle}");
        let entries = bundle["entry"].as_array().cloned().unwrap_or_default();
        entries.into_iter().map(|entry| entry["resource"].clone()).collect()
    }

    /// How many versions of resources of each type were ever written.
    pub fn history_totals(&self) -> BTreeMap<&'static str, u64> {
        let total = |kind: &str| {
            let versions = self.all(kind).into_iter().map(|one| {
                let (_, history) = self.get(&format!("/{kind}/{}/_history", one["id"].as_str().unwrap()));
                history["total"].as_u64().expect("a history has a total")
            });
            versions.sum()
        };
        TYPES.iter().map(|kind| (*kind, total(kind))).collect()
    }

    fn try_get(&self, path: &str) -> Option<(u16, Value)> {
        self.ask("GET", path, "")
    }

    fn ask(&self, method: &str, path: &str, body: &str) -> Option<(u16, Value)> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        let length = body.len();
        let bearer = match self.signed_in {
            true => format!("Authorization: Bearer {}\r\n", SignInServer::shared().watcher()),
            false => String::new(),
        };
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{bearer}Accept: application/fhir+json\r\n\
             Content-Type: application/fhir+json\r\nContent-Length: {length}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).ok()?;
        stream.write_all(body.as_bytes()).ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        let answer = String::from_utf8(answer).ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        let status = head.split_whitespace().nth(1)?.parse().ok()?;
        Some((status, serde_json::from_str(body).unwrap_or(Value::Null)))
    }
}

/// Every literal reference in a resource.
pub fn references(of: &Value) -> Vec<String> {
    match of {
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(name, inside)| match inside {
                Value::String(reference) if name == "reference" => vec![reference.clone()],
                _ => references(inside),
            })
            .collect(),
        Value::Array(all) => all.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

/// A port that nobody has and that the system gives to nobody: it takes seconds until the server has it.
fn a_port() -> u16 {
    const FIRST: u16 = 20_000;
    const MANY: u16 = 10_000;
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let own = (std::process::id() * 61 % u32::from(MANY)) as u16;
    let ports = (0..MANY).map(|_| FIRST + (own + NEXT.fetch_add(1, Ordering::SeqCst)) % MANY);
    let free = |port: &u16| TcpListener::bind(("127.0.0.1", *port)).is_ok();
    ports.into_iter().find(free).expect("a free port")
}

#[expect(clippy::disallowed_methods, reason = "the surroundings say where the server was built")]
fn program() -> PathBuf {
    let program = var_os("HOLDFAST_HFS").map_or_else(|| tool().join("bin/hfs"), PathBuf::from);
    assert!(program.is_file(), "the trust server is not built: {}", program.display());
    program
}

#[expect(clippy::disallowed_methods, reason = "the surroundings say where the server was built")]
fn search_parameters() -> PathBuf {
    let folder = var_os("HOLDFAST_HFS_DATA").map_or_else(|| tool().join("data"), PathBuf::from);
    let file = folder.join("search-parameters-r4.json");
    assert!(file.is_file(), "the search parameters are not there: {}", file.display());
    folder
}

#[expect(clippy::disallowed_methods, reason = "the surroundings say where the server was built")]
fn tool() -> PathBuf {
    let cache = match (var_os("HOLDFAST_CACHE"), var_os("XDG_CACHE_HOME"), var_os("HOME")) {
        (Some(own), ..) => PathBuf::from(own),
        (None, Some(xdg), _) => Path::new(&xdg).join("holdfast"),
        (None, None, home) => Path::new(&home.expect("HOME is set")).join(".cache/holdfast"),
    };
    cache.join("tools").join(VERSION)
}
