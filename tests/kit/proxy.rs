//! The network between a PC and the trust, which can be cut, lose or spoil an answer after the server has committed, or answer itself;
//! it counts what passes, and it can end TLS, which the server of the tests does not speak.

use std::collections::VecDeque;
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde_json::Value;

use crate::certificate::Certificate;

/// What happens to a request.
#[derive(Clone, Debug)]
pub enum Passage {
    /// It goes through, and so does its answer.
    Pass,
    /// It goes through; the server does what it asks, and nobody hears the answer.
    LoseAnswer,
    /// It never gets there, and this is answered instead: status, more headers, media type, body.
    Answer(u16, &'static str, &'static str, &'static str),
    /// It never gets there, and these bytes come back instead.
    Bytes(Arc<[u8]>),
    /// It never gets there: the connection is reset while it is read.
    Reset,
    /// It goes through, and only so many bytes of the answer arrive.
    CutAt(usize),
    /// It goes through, and so does its answer with another body.
    Change(fn(&mut Value)),
    /// It goes through, and in its answer the first of these, in lower case, gives way to the second where it stands first.
    Head(&'static str, &'static str),
    /// It gets there twice, and the second answer comes back.
    SentTwice,
    /// It goes through, and its answer comes back twice in one.
    AnsweredTwice,
    /// It goes through, and its answer comes back in pieces of so many bytes, each when [`Proxy::let_on`] says so.
    Metered(usize),
}

/// A captive portal: everything is answered with a page.
pub const PORTAL: Passage = Passage::Answer(200, "", "text/html", "<html>Sign in to the hospital Wi-Fi</html>");

/// A server that asks for two minutes.
pub const BUSY: Passage = Passage::Answer(503, "Retry-After: 120\r\n", "text/plain", "busy");

/// What has passed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passed {
    /// Every request as `METHOD /path`, in order; a batch, which only asks, as `ASK /path`.
    pub requests: Vec<String>,
    /// Bytes towards the server.
    pub out: u64,
    /// Bytes of answers.
    pub back: u64,
}

impl Passed {
    /// Requests that may change something.
    pub fn writes(&self) -> usize {
        self.requests
            .iter()
            .filter(|request| {
                !request.starts_with("GET ") && !request.starts_with("ASK ") && !request.ends_with("/_search")
            })
            .count()
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
    /// The size in bytes of the largest answer that came from the server.
    largest: usize,
}

/// The network; dropping it cuts it.
pub struct Proxy {
    port: u16,
    server: u16,
    tls: Option<Arc<ServerConfig>>,
    shared: Arc<Mutex<Shared>>,
    meter: Arc<Meter>,
    listener: Option<JoinHandle<()>>,
}

/// How many pieces of a metered answer may still go.
#[derive(Default)]
struct Meter(Mutex<usize>, Condvar);

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
        let mut proxy = Proxy { port, server, tls, shared: Arc::default(), meter: Arc::default(), listener: None };
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

    /// Nothing happens any more to the next requests.
    pub fn calm(&self) {
        self.shared.lock().unwrap().next.clear();
    }

    /// What happens to every request from now on; None: it passes.
    pub fn otherwise(&self, passage: Option<Passage>) {
        self.shared.lock().unwrap().otherwise = passage;
    }

    /// What happens to every request with this text in its line or its body, whatever was said of the others.
    pub fn about(&self, text: &str, passage: Passage) {
        self.shared.lock().unwrap().about = Some((text.to_owned(), passage));
    }

    /// Lets so many more pieces of metered answers go.
    pub fn let_on(&self, pieces: usize) {
        *self.meter.0.lock().unwrap() += pieces;
        self.meter.1.notify_all();
    }

    /// The size of the largest answer that ever came from the server, in bytes with its head.
    pub fn largest_answer(&self) -> usize {
        self.shared.lock().unwrap().largest
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
        let (shared, server, tls, meter) = (self.shared.clone(), self.server, self.tls.clone(), self.meter.clone());
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
                let (shared, tls, meter) = (shared.clone(), tls.clone(), meter.clone());
                std::thread::spawn(move || {
                    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
                    let end = stream.try_clone().unwrap();
                    match tls {
                        Some(tls) => {
                            let mut inside = StreamOwned::new(ServerConnection::new(tls).unwrap(), stream);
                            carry(&mut inside, server, &shared, &meter);
                            inside.conn.send_close_notify();
                            let _gone = inside.flush();
                        }
                        None => carry(stream, server, &shared, &meter),
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
fn carry(mut client: impl Read + Write, server: u16, shared: &Mutex<Shared>, meter: &Meter) {
    let resets = matches!(shared.lock().unwrap().next.front(), Some(Passage::Reset));
    if resets {
        // What came and was not read makes the system break the connection instead of ending it.
        let _first = client.read(&mut [0; 16]);
        shared.lock().unwrap().next.pop_front();
        return;
    }
    let Some((head, body)) = request(&mut client) else { return };
    let passage = taken_up(&head, &body, shared);
    let is_read =
        matches!(passage, Passage::Change(_) | Passage::Head(..) | Passage::AnsweredTwice | Passage::CutAt(_));
    // What is to be spoilt has to come unpacked.
    let head = if is_read { without(&head, "accept-encoding:") } else { head };
    let answer = match &passage {
        Passage::Answer(status, headers, media, body) => Some(
            format!(
                "HTTP/1.1 {status} X\r\n{headers}Content-Type: {media}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            )
            .into_bytes(),
        ),
        Passage::Bytes(bytes) => Some(bytes.to_vec()),
        Passage::Reset => None,
        Passage::SentTwice => forward(&head, &body, server).and_then(|_| forward(&head, &body, server)),
        _ => forward(&head, &body, server),
    };
    {
        let mut shared = shared.lock().unwrap();
        if !matches!(passage, Passage::Answer(..) | Passage::Bytes(_) | Passage::Reset) {
            shared.passed.out += (head.len() + body.len()) as u64;
            shared.largest = shared.largest.max(answer.as_ref().map_or(0, Vec::len));
        }
    }
    let Some(answer) = answer.map(|answer| spoilt(answer, &passage)) else { return };
    shared.lock().unwrap().passed.back += answer.len() as u64;
    if let Passage::Metered(piece) = passage {
        for piece in answer.chunks(piece) {
            let mut allowed = meter.1.wait_while(meter.0.lock().unwrap(), |allowed| *allowed == 0).unwrap();
            *allowed -= 1;
            if client.write_all(piece).and_then(|()| client.flush()).is_err() {
                return;
            }
        }
    } else {
        let _gone = client.write_all(&answer);
    }
}

/// Notes a request down, and what is to happen to it.
fn taken_up(head: &str, body: &[u8], shared: &Mutex<Shared>) -> Passage {
    let mut shared = shared.lock().unwrap();
    let mut words = head.split_whitespace();
    let asks = String::from_utf8_lossy(body).contains(r#""type":"batch""#);
    let method = words.next().map_or("", |method| if asks { "ASK" } else { method });
    let line = format!("{method} {}", words.next().unwrap_or_default());
    let has = |text: &str| line.contains(text) || String::from_utf8_lossy(body).contains(text);
    let about = shared.about.as_ref().filter(|(text, _)| has(text)).map(|(_, passage)| passage.clone());
    shared.passed.requests.push(line);
    let otherwise = shared.otherwise.clone().unwrap_or(Passage::Pass);
    match about {
        Some(passage) => passage,
        None => shared.next.pop_front().unwrap_or(otherwise),
    }
}

/// A head without the lines that begin like this; each line with its end.
fn without(head: &str, name: &str) -> String {
    let others = head.lines().filter(|line| !line.to_ascii_lowercase().starts_with(name));
    others.map(|line| format!("{line}\r\n")).collect()
}

/// What arrives of an answer.
fn spoilt(mut answer: Vec<u8>, passage: &Passage) -> Vec<u8> {
    match passage {
        Passage::LoseAnswer => answer.clear(),
        Passage::CutAt(most) => answer.truncate(*most),
        Passage::AnsweredTwice => {
            // As if the connection were to be used again.
            let text = String::from_utf8(answer).unwrap();
            let (head, body) = text.split_once("\r\n\r\n").unwrap();
            answer = format!("{}\r\n{body}", without(head, "connection:")).repeat(2).into_bytes();
        }
        Passage::Head(from, to) => {
            let text = String::from_utf8(answer).unwrap();
            let at = text.to_ascii_lowercase().find(from).unwrap_or(text.len());
            let rest = text.get(at + from.len()..).map_or(String::new(), |rest| format!("{to}{rest}"));
            answer = format!("{}{rest}", &text[..at]).into_bytes();
        }
        Passage::Change(change) => {
            let text = String::from_utf8(answer).unwrap();
            let (head, body) = text.split_once("\r\n\r\n").unwrap();
            let mut value: Value = serde_json::from_str(body).unwrap();
            change(&mut value);
            let head = without(head, "content-length:");
            let body = value.to_string();
            answer = format!("{head}Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes();
        }
        _ => {}
    }
    answer
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
