//! WebDriver as far as the tests need it: a session with the application that listens, scripts, keys, pictures, sizes. The driver of the
//! web engine attaches to the running application instead of starting it, so that the process stays ours across a lock.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};

use super::process::{Running, descendants_of, name_of};
use super::wait::until;
use super::world::{World, free_port};

/// A session in the page of a running application.
pub struct Driver {
    port: u16,
    session: String,
    _running: Running,
}

/// What the driver refused, in its own words.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Refused(String);

/// One answer of the driver; the longest is an accessibility check of a long page on a busy machine.
const ANSWER_WITHIN: Duration = Duration::from_secs(60);
/// A session with a window that is ready takes a fraction of a second.
const SESSION_WITHIN: Duration = Duration::from_secs(5);

impl Driver {
    /// Attaches to the application `process` whose web engine listens at `inspector`.
    pub fn attach(world: &World, process: u32, inspector: u16) -> Self {
        // Who comes before the page has a process of its own is never answered.
        until("a page in the window", || has_page(process).then_some(()));
        until("the window to listen", || listens(inspector).then_some(()));
        until("a session in the window", || Self::try_attach(world, inspector))
    }

    fn try_attach(world: &World, inspector: u16) -> Option<Self> {
        let port = free_port();
        let mut command = world.command("WebKitWebDriver");
        command
            .args([format!("--port={port}"), format!("--target=127.0.0.1:{inspector}")])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let running = Running::start(&mut command);
        until("the driver of the web engine; is webkit2gtk-driver installed?", || listens(port).then_some(()));
        let wanted = json!({"capabilities": {"alwaysMatch": {}}});
        // A window that is not ready yet refuses, or does not answer at all: then another driver tries.
        let made = ask(port, "POST", "/session", &wanted, SESSION_WITHIN).ok()?;
        let session = made["sessionId"].as_str()?.to_owned();
        Some(Self { port, session, _running: running })
    }

    /// Runs a function body in the page and answers what it returns.
    pub fn try_run(&self, script: &str, arguments: Value) -> Result<Value, Refused> {
        self.ask("POST", "/execute/sync", &json!({"script": script, "args": arguments}))
    }

    #[track_caller]
    pub fn run(&self, script: &str, arguments: Value) -> Value {
        self.try_run(script, arguments).unwrap_or_else(|refused| panic!("{refused} at {script}"))
    }

    /// Runs a function body that ends by calling its last argument with the answer.
    #[track_caller]
    pub fn run_async(&self, script: &str, arguments: Value) -> Value {
        self.ask("POST", "/execute/async", &json!({"script": script, "args": arguments}))
            .unwrap_or_else(|refused| panic!("{refused} at {script}"))
    }

    /// Presses and releases keys one after the other; the keys of each inner list are held down together.
    #[track_caller]
    pub fn keys(&self, chords: &[Vec<char>]) {
        let mut steps = Vec::new();
        for chord in chords {
            steps.extend(chord.iter().map(|key| json!({"type": "keyDown", "value": key.to_string()})));
            steps.extend(chord.iter().rev().map(|key| json!({"type": "keyUp", "value": key.to_string()})));
        }
        let keyboard = json!({"actions": [{"type": "key", "id": "keyboard", "actions": steps}]});
        self.ask("POST", "/actions", &keyboard).unwrap_or_else(|refused| panic!("{refused} at a key"));
    }

    /// The same for keys that end the session, as those of a lock do: no answer is as good.
    pub fn last_keys(&self, chord: &[char]) {
        let mut steps: Vec<Value> =
            chord.iter().map(|key| json!({"type": "keyDown", "value": key.to_string()})).collect();
        steps.extend(chord.iter().rev().map(|key| json!({"type": "keyUp", "value": key.to_string()})));
        let _ended =
            self.ask("POST", "/actions", &json!({"actions": [{"type": "key", "id": "keyboard", "actions": steps}]}));
    }

    /// Presses and releases the mouse at a place of the page.
    #[track_caller]
    pub fn click(&self, x: i64, y: i64) {
        let steps = json!([
            {"type": "pointerMove", "duration": 0, "origin": "viewport", "x": x, "y": y},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]);
        let mouse = json!({"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": steps});
        self.ask("POST", "/actions", &json!({"actions": [mouse]}))
            .unwrap_or_else(|refused| panic!("{refused} at a click"));
    }

    /// The page as a PNG in base 64.
    pub fn picture(&self) -> Result<String, Refused> {
        Ok(self.ask("GET", "/screenshot", &Value::Null)?.as_str().unwrap_or_default().to_owned())
    }

    /// Gives the window this size in pixels.
    pub fn resize(&self, width: u32, height: u32) {
        self.ask("POST", "/window/rect", &json!({"x": 0, "y": 0, "width": width, "height": height})).unwrap();
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Result<Value, Refused> {
        ask(self.port, method, &format!("/session/{}{path}", self.session), body, ANSWER_WITHIN)
    }
}

fn has_page(process: u32) -> bool {
    descendants_of(process).into_iter().any(|child| name_of(child).starts_with("WebKitWebProc"))
}

fn listens(port: u16) -> bool {
    // Looking at the system's list of listeners, because a connection made only to look would be taken for a driver.
    let wanted = format!(":{port:04X} ");
    let listening = |line: &str| line.split_ascii_whitespace().nth(3) == Some("0A") && line.contains(&wanted);
    std::fs::read_to_string("/proc/net/tcp").unwrap().lines().any(listening)
}

fn ask(port: u16, method: &str, path: &str, body: &Value, within: Duration) -> Result<Value, Refused> {
    let answer = exchange(port, method, path, body, within).map_err(|error| Refused(error.to_string()))?;
    let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(|| Refused("no whole answer".to_owned()))?;
    let mut body: Value = serde_json::from_str(body).map_err(|error| Refused(error.to_string()))?;
    let value = body["value"].take();
    if head.starts_with("HTTP/1.1 200") { Ok(value) } else { Err(Refused(value.to_string())) }
}

fn exchange(port: u16, method: &str, path: &str, body: &Value, within: Duration) -> std::io::Result<String> {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let mut stream = TcpStream::connect_timeout(&SocketAddr::from((Ipv4Addr::LOCALHOST, port)), within)?;
    stream.set_read_timeout(Some(within))?;
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}
