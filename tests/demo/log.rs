//! What the demo leaves besides paper: a picture and a line for each step; and reading what a server holds.

use std::fs;
use std::path::{Path, PathBuf};

use kit::proxy::Proxy;
use kit::window::{Window, now_ms};
use serde_json::{Value, json};

/// The timeline so far, and where it is kept.
pub struct Log {
    out: PathBuf,
    screens: PathBuf,
    steps: Vec<Value>,
}

impl Log {
    pub fn new(out: &Path) -> Log {
        Log { out: out.to_owned(), screens: crate::folders(out), steps: Vec::new() }
    }

    /// Notes a step: when, what the header says, how many bytes have passed the network; and takes a picture.
    pub fn step(&mut self, step: &str, window: &Window<'_>, network: &Proxy) {
        // A page that is still being fetched is no picture of anything.
        window.wait_for(
            "the page as it stays",
            "return !document.body.dataset.busy && ![...document.querySelectorAll('main p')].some((it) => it.innerText === arguments[0])",
            json!(["One moment"]),
        );
        let number = self.steps.len() + 1;
        let passed = network.peek();
        let header = if window.has("#sending") { window.text("#sending") } else { String::new() };
        let at = jiff::Timestamp::from_millisecond(now_ms()).unwrap().to_string();
        self.steps.push(json!({ "step": step, "time": at, "header": header, "bytes": passed.out + passed.back }));
        let name: String = step.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        window.screenshot(&self.screens.join(format!("{number:02}-{name}.png")));
    }

    /// Writes `timeline.json`.
    pub fn write(&self) {
        fs::write(self.out.join("timeline.json"), serde_json::to_string_pretty(&self.steps).unwrap()).unwrap();
    }
}

pub fn from_base64(text: &str) -> Vec<u8> {
    base64::Engine::decode(&base64::engine::general_purpose::STANDARD, text).expect("a server gives base64 back")
}
