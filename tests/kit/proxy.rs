//! The network between a PC and the trust, which can be cut, lose an answer after the server has committed, or answer itself; it
//! counts what passes, and it can end TLS, which the server of the tests does not speak.

use std::collections::VecDeque;
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::certificate::Certificate;

/// What happens to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passage {
    /// It goes through, and so does its answer.
    Pass,
    /// It goes through; the server does what it asks, and nobody hears the answer.
    LoseAnswer,
    /// It never gets there, and this is answered instead: status, more headers, media type, body.
    Answer(u16, &'static str, &'static str, &'static str),
}

/// A captive portal: everything is answered with a page.
pub const PORTAL: Passage = Passage::Answer(200, "", "text/html", "<html>Sign in to the hospital Wi-Fi</html>");

/// A server that asks for two minutes.
pub const BUSY: Passage = Passage::Answer(503, "Retry-After: 120\r\n", "text/plain", "busy");

/// What has passed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passed {
    /// Every request as `METHOD /path`, in order.
    pub requests: Vec<String>,
    /// Bytes towards the server.
    pub out: u64,
    /// Bytes of answers.
    pub back: u64,
}

impl Passed {
    /// Requests that may change something.
    pub fn writes(&self) -> usize {
        self.requests.iter().filter(|request| !request.starts_with("GET ") && !request.ends_with("/_search")).count()
    }
}

#[derive(Default)]
struct Shared {
    passed: Passed,
    next: VecDeque<Passage>,
    otherwise: Option<Passage>,
    about: Option<(String, Passage)>,
    open: Vec<TcpStream>,
    up: bool,
}

/// The network; dropping it cuts it.
pub struct Proxy {
    port: u16,
    server: u16,
    tls: Option<Arc<ServerConfig>>,
    shared: Arc<Mutex<Shared>>,
    listener: Option<JoinHandle<()>>,
}

impl Proxy {
    /// A network that is up, to the server at this port of this PC.
    pub fn to(server: u16) -> Proxy {
        Proxy::start(server, None)
    }

    /// The same speaking TLS, with this certificate and its key.
    pub fn with_tls(server: u16, certificate: &Certificate) -> Proxy {
        Proxy::start(server, Some(certificate.config()))
    }

    fn start(server: u16, tls: Option<Arc<ServerConfig>>) -> Proxy {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let mut proxy = Proxy { port, server, tls, shared: Arc::default(), listener: None };
        proxy.listen(listener);
        proxy
    }

    pub fn address(&self) -> String {
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        format!("{scheme}://127.0.0.1:{}", self.port)
    }

    /// Cuts the network: connections break, new ones are refused.
    pub fn down(&mut self) {
        {
            let mut shared = self.shared.lock().unwrap();
            shared.up = false;
            for stream in shared.open.drain(..) {
                let _broken = stream.shutdown(Shutdown::Both);
            }
        }
        if let Some(listener) = self.listener.take() {
            // Wakes it from waiting for somebody to come.
            let _woken = TcpStream::connect(("127.0.0.1", self.port));
            listener.join().unwrap();
        }
    }

    /// Brings the network back, at the same address.
    pub fn up(&mut self) {
        if self.listener.is_none() {
            let listener = TcpListener::bind(("127.0.0.1", self.port)).unwrap();
            self.listen(listener);
        }
    }

    /// What happens to the next requests, one each; then they pass again.
    pub fn next(&self, passages: impl IntoIterator<Item = Passage>) {
        self.shared.lock().unwrap().next.extend(passages);
    }

    /// What happens to every request from now on; None: it passes.
    pub fn otherwise(&self, passage: Option<Passage>) {
        self.shared.lock().unwrap().otherwise = passage;
    }

    /// What happens to every request with this text in its body, whatever was said of the others.
    pub fn about(&self, text: &str, passage: Passage) {
        self.shared.lock().unwrap().about = Some((text.to_owned(), passage));
    }

    /// What has passed since the last time this was asked.
    pub fn passed(&self) -> Passed {
        std::mem::take(&mut self.shared.lock().unwrap().passed)
    }

    /// The same, without beginning to count anew.
    pub fn peek(&self) -> Passed {
        self.shared.lock().unwrap().passed.clone()
    }

    fn listen(&mut self, listener: TcpListener) {
        self.shared.lock().unwrap().up = true;
        let (shared, server, tls) = (self.shared.clone(), self.server, self.tls.clone());
        self.listener = Some(std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(stream) = stream else { continue };
                {
                    let mut shared = shared.lock().unwrap();
                    if !shared.up {
                        return;
                    }
                    shared.open.push(stream.try_clone().unwrap());
                }
                let (shared, tls) = (shared.clone(), tls.clone());
                std::thread::spawn(move || {
                    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
                    let end = stream.try_clone().unwrap();
                    match tls {
                        Some(tls) => {
                            let mut inside = StreamOwned::new(ServerConnection::new(tls).unwrap(), stream);
                            carry(&mut inside, server, &shared);
                            inside.conn.send_close_notify();
                            let _gone = inside.flush();
                        }
                        None => carry(stream, server, &shared),
                    }
                    let _gone = end.shutdown(Shutdown::Both);
                });
            }
        }));
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.down();
    }
}

/// One request of one connection; the connection ends with its answer.
fn carry(mut client: impl Read + Write, server: u16, shared: &Mutex<Shared>) {
    let Some((head, body)) = request(&mut client) else { return };
    let passage = {
        let mut shared = shared.lock().unwrap();
        let mut words = head.split_whitespace();
        let line = format!("{} {}", words.next().unwrap_or_default(), words.next().unwrap_or_default());
        shared.passed.requests.push(line);
        let otherwise = shared.otherwise.clone().unwrap_or(Passage::Pass);
        let about = shared.about.as_ref().filter(|(text, _)| String::from_utf8_lossy(&body).contains(text));
        match about.map(|(_, passage)| passage.clone()) {
            Some(passage) => passage,
            None => shared.next.pop_front().unwrap_or(otherwise),
        }
    };
    let answer = match &passage {
        Passage::Pass | Passage::LoseAnswer => forward(&head, &body, server),
        Passage::Answer(status, headers, media, body) => Some(
            format!(
                "HTTP/1.1 {status} X\r\n{headers}Content-Type: {media}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            )
            .into_bytes(),
        ),
    };
    let mut shared = shared.lock().unwrap();
    if passage == Passage::Pass || passage == Passage::LoseAnswer {
        shared.passed.out += (head.len() + body.len()) as u64;
    }
    if let (Some(answer), true) = (answer, passage != Passage::LoseAnswer) {
        shared.passed.back += answer.len() as u64;
        let _gone = client.write_all(&answer);
    }
}

/// The head with its empty line, and the body.
fn request(client: &mut impl Read) -> Option<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 16 * 1024];
    loop {
        let read = match client.read(&mut chunk) {
            Ok(0) => return None,
            Ok(read) => read,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(_) => return None,
        };
        bytes.extend_from_slice(&chunk[..read]);
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&bytes[..end + 4]).into_owned();
        let length = head
            .lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
            .map_or(0, |(_, length)| length.trim().parse::<usize>().unwrap());
        if bytes.len() >= end + 4 + length {
            return Some((head, bytes.split_off(end + 4)));
        }
    }
}

fn forward(head: &str, body: &[u8], server: u16) -> Option<Vec<u8>> {
    let mut upstream = TcpStream::connect(("127.0.0.1", server)).ok()?;
    // The answer ends with the connection, so that nothing has to be understood of it.
    let head = head.replacen("\r\n", "\r\nConnection: close\r\n", 1);
    upstream.write_all(head.as_bytes()).ok()?;
    upstream.write_all(body).ok()?;
    let mut answer = Vec::new();
    upstream.read_to_end(&mut answer).ok()?;
    Some(answer)
}
