//! What was sent, as it went.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A way to the server that keeps the transactions that pass.
pub struct Recorder {
    pub address: String,
    kept: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Recorder {
    /// A way to the server at this port of this PC.
    pub fn to(server: u16) -> std::io::Result<Recorder> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = format!("http://{}", listener.local_addr()?);
        let kept: Arc<Mutex<Vec<Vec<u8>>>> = Arc::default();
        let keep = kept.clone();
        // Ends with the process: nothing but this benchmark knows the address.
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let keep = keep.clone();
                std::thread::spawn(move || carry(client, server, &keep));
            }
        });
        Ok(Recorder { address, kept })
    }

    /// The bodies of the transactions that passed, in order.
    pub fn transactions(&self) -> Vec<Vec<u8>> {
        self.kept.lock().expect("the recorder").clone()
    }
}

/// One request and its answer, then the connection ends.
fn carry(mut client: TcpStream, server: u16, keep: &Mutex<Vec<Vec<u8>>>) -> Option<()> {
    let (mut bytes, mut chunk) = (Vec::new(), [0; 64 * 1024]);
    let (head, body) = loop {
        let read = client.read(&mut chunk).ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&chunk[..read]);
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&bytes[..end + 4]).into_owned();
        let length = head.lines().filter_map(|line| line.split_once(':'));
        let length = length.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
        let length: usize = length.filter_map(|(_, length)| length.trim().parse().ok()).next().unwrap_or(0);
        if bytes.len() >= end + 4 + length {
            break (head, bytes.split_off(end + 4));
        }
    };
    // The questions that the queue asks together are posted too.
    if head.starts_with("POST / ") && String::from_utf8_lossy(&body).contains(r#""type":"transaction""#) {
        keep.lock().ok()?.push(body.clone());
    }
    let mut upstream = TcpStream::connect(("127.0.0.1", server)).ok()?;
    upstream.write_all(head.replacen("\r\n", "\r\nConnection: close\r\n", 1).as_bytes()).ok()?;
    upstream.write_all(&body).ok()?;
    let mut answer = Vec::new();
    upstream.read_to_end(&mut answer).ok()?;
    client.write_all(&answer).ok()?;
    client.shutdown(Shutdown::Both).ok()
}
