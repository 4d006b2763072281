//! The model of a trust's server on a port of this PC, speaking a dialect that helios-hfs does not. It answers as the model says, and
//! knows of HTTP only what a server has to.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::JoinHandle;

use flate2::read::GzDecoder;
use serde_json::Value;

use crate::Proxy;
use crate::trust_model::{Dialect, Response, TrustModel};
use crate::trust_server::TYPES;

/// The largest request that is read, in bytes; more than anything of ours has.
const MOST_REQUEST: usize = 64 * 1024 * 1024;

/// A model that is served over HTTP; dropping it ends it.
pub struct DialectServer {
    port: u16,
    shared: Arc<Shared>,
    listener: Option<JoinHandle<()>>,
}

struct Shared {
    model: Mutex<TrustModel>,
    gzip: Gzip,
    up: Mutex<bool>,
    /// What came in, as (Content-Encoding, bytes on the wire), requests with a body only.
    came: Mutex<Vec<(String, usize)>>,
}

/// What a server does with requests that are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gzip {
    /// It does not say that it takes them, and answers them with 415.
    Unknown,
    /// It takes them and says so in each answer (RFC 7694).
    Offered,
    /// It says so, and answers them with 415 all the same.
    OfferedAndRefused,
}

/// A request as it came.
struct Request {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl DialectServer {
    /// An empty server of the second dialect, which refuses the birth dates that no FHIR date can be.
    pub fn start() -> DialectServer {
        let mut model = TrustModel::new(Dialect::second());
        model.refuse(r#""birthDate":"-"#);
        DialectServer::serving(model, Gzip::Unknown)
    }

    /// This model, served.
    pub fn serving(model: TrustModel, gzip: Gzip) -> DialectServer {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Shared { model: Mutex::new(model), gzip, up: Mutex::new(true), came: Mutex::default() };
        let shared = Arc::new(shared);
        let of = shared.clone();
        let listener = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if !*of.up.lock().unwrap() {
                    return;
                }
                let (Ok(stream), of) = (stream, of.clone()) else { continue };
                std::thread::spawn(move || serve(stream, &of));
            }
        });
        DialectServer { port, shared, listener: Some(listener) }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// A network to it, which anybody may use.
    pub fn network(&self) -> Proxy {
        Proxy::to(self.port)
    }

    /// The server as it stands; nothing is answered while this is held.
    pub fn model(&self) -> MutexGuard<'_, TrustModel> {
        self.shared.model.lock().unwrap()
    }

    /// Every request with a body since the last time this was asked: its `Content-Encoding` and its bytes on the wire.
    pub fn came(&self) -> Vec<(String, usize)> {
        std::mem::take(&mut self.shared.came.lock().unwrap())
    }

    /// Reads a path below the address: the status and the body.
    pub fn get(&self, path: &str) -> (u16, Value) {
        let answer = self.model().handle("GET", path, &[], b"");
        (answer.status, answer.body.unwrap_or(Value::Null))
    }

    /// Writes a resource as somebody else would, whatever its version is.
    pub fn put(&self, resource: &Value) -> (u16, Value) {
        self.model().put(resource);
        (200, Value::Null)
    }

    /// Removes a resource.
    pub fn delete(&self, kind: &str, id: &str) -> u16 {
        self.model().remove(&format!("{kind}/{id}"));
        204
    }

    /// Every resource of a type.
    pub fn all(&self, kind: &str) -> Vec<Value> {
        self.model().all(kind).into_iter().cloned().collect()
    }

    /// How many versions of resources of each type were ever written.
    pub fn history_totals(&self) -> BTreeMap<&'static str, u64> {
        let model = self.model();
        let of = |kind: &str| {
            let versions = model.everything().filter(|(name, _)| name.split('/').next() == Some(kind));
            versions.map(|(_, versions)| versions.len() as u64).sum()
        };
        TYPES.iter().map(|kind| (*kind, of(kind))).collect()
    }
}

impl Drop for DialectServer {
    fn drop(&mut self) {
        *self.shared.up.lock().unwrap() = false;
        // Wakes it from waiting for somebody to come.
        let _woken = TcpStream::connect(("127.0.0.1", self.port));
        if let Some(listener) = self.listener.take() {
            let _ended = listener.join();
        }
    }
}

/// One connection, with as many requests as come.
fn serve(mut stream: TcpStream, shared: &Shared) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    while let Some(request) = request(&mut reader) {
        let (answer, media) = answer(&request, shared);
        let more = request.header("connection") != "close";
        let mut head = format!("HTTP/1.1 {} X\r\nContent-Type: {media}\r\n", answer.status);
        for (name, value) in &answer.headers {
            head += &format!("{name}: {value}\r\n");
        }
        if shared.gzip != Gzip::Unknown {
            head += "Accept-Encoding: gzip\r\n";
        }
        let body = answer.bytes();
        head += &format!(
            "Content-Length: {}\r\nConnection: {}\r\n\r\n",
            body.len(),
            if more { "keep-alive" } else { "close" }
        );
        if stream.write_all(&[head.as_bytes(), &body].concat()).is_err() || !more {
            break;
        }
    }
    let _gone = stream.shutdown(Shutdown::Both);
}

fn answer(request: &Request, shared: &Shared) -> (Response, &'static str) {
    let coding = request.header("content-encoding");
    if !request.body.is_empty() {
        shared.came.lock().unwrap().push((coding.to_owned(), request.body.len()));
    }
    let mut model = shared.model.lock().unwrap();
    let media = model.dialect.media;
    let body = match (coding, shared.gzip) {
        ("", _) => Some(request.body.clone()),
        ("gzip", Gzip::Offered) => {
            let mut body = Vec::new();
            let read = GzDecoder::new(request.body.as_slice()).take(MOST_REQUEST as u64).read_to_end(&mut body);
            read.is_ok().then_some(body)
        }
        _ => None,
    };
    let Some(body) = body else {
        return (Response { status: 415, headers: Vec::new(), body: None }, "text/plain");
    };
    let headers: Vec<(&str, &str)> = request.headers.iter().map(|(name, value)| (&**name, &**value)).collect();
    (model.handle(&request.method, request.target.trim_start_matches('/'), &headers, &body), media)
}

impl Request {
    /// The value of a header, or nothing.
    fn header(&self, name: &str) -> &str {
        let mut named = self.headers.iter().filter(|(here, _)| here.eq_ignore_ascii_case(name));
        named.next().map_or("", |(_, value)| value)
    }
}

/// The next request of a connection; None when there is none.
fn request(reader: &mut impl BufRead) -> Option<Request> {
    let mut line = String::new();
    let mut next = || {
        line.clear();
        let read = reader.read_line(&mut line).ok()?;
        (read > 0).then(|| line.trim_end().to_owned())
    };
    let first = next()?;
    let (method, rest) = first.split_once(' ')?;
    let (target, _) = rest.split_once(' ')?;
    let mut headers = Vec::new();
    loop {
        let line = next()?;
        match line.split_once(':') {
            Some((name, value)) => headers.push((name.to_owned(), value.trim().to_owned())),
            None if line.is_empty() => break,
            None => return None,
        }
    }
    let mut request = Request { method: method.to_owned(), target: target.to_owned(), headers, body: Vec::new() };
    let length: usize = request.header("content-length").parse().unwrap_or(0);
    if length > MOST_REQUEST {
        return None;
    }
    request.body = vec![0; length];
    reader.read_exact(&mut request.body).ok()?;
    Some(request)
}
