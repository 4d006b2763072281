//! What the model's answers are made of: outcomes, bundles of pages, and what a search finds.

use serde_json::{Value, json};

/// An answer, before anything is done to it on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    pub status: u16,
    /// Without `Content-Type`, `Content-Length` and `Date`, which are the network's.
    pub headers: Vec<(&'static str, String)>,
    /// None for an empty body.
    pub body: Option<Value>,
}

impl Response {
    pub(super) fn of(status: u16, body: Value) -> Response {
        Response { status, headers: Vec::new(), body: Some(body) }
    }

    pub(super) fn with(mut self, name: &'static str, value: String) -> Response {
        self.headers.push((name, value));
        self
    }

    /// The value of a header, whatever the case of its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut named = self.headers.iter().filter(|(here, _)| here.eq_ignore_ascii_case(name));
        named.next().map(|(_, value)| value.as_str())
    }

    /// The body as it goes over a network.
    pub fn bytes(&self) -> Vec<u8> {
        self.body.as_ref().map_or(Vec::new(), |body| body.to_string().into_bytes())
    }
}

/// An OperationOutcome with one error.
pub(super) fn outcome(status: u16, code: &str, words: &str) -> Response {
    let issue = json!({ "severity": "error", "code": code, "diagnostics": words });
    Response::of(status, json!({ "resourceType": "OperationOutcome", "issue": [issue] }))
}

/// The first page of these entries: as many as `_count` asks for.
pub(super) fn bundle(kind: &str, mut entries: Vec<Value>, query: &str) -> Response {
    let total = entries.len();
    let count = queried(query).into_iter().find(|(name, _)| name == "_count").and_then(|(_, count)| count.parse().ok());
    entries.truncate(count.unwrap_or(usize::MAX));
    let more = entries.len() < total;
    let next = json!([{ "relation": "next", "url": "_page/2" }]);
    let links = if more { next } else { json!([]) };
    Response::of(
        200,
        json!({ "resourceType": "Bundle", "type": kind, "total": total, "link": links, "entry": entries }),
    )
}

/// The pairs of a query or a form.
pub(super) fn queried(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (plain(name), plain(value)))
        .collect()
}

/// Whether a resource is what was asked for. What this model does not search by finds everything, as servers do.
pub(super) fn found(resource: &Value, asked: &[(String, String)]) -> bool {
    asked.iter().all(|(name, value)| match name.as_str() {
        "_id" => value.split(',').any(|id| resource["id"] == *id),
        "identifier" => {
            let (system, number) = value.split_once('|').unwrap_or(("", value));
            let has = |one: &Value| one["value"] == *number && (system.is_empty() || one["system"] == *system);
            resource["identifier"].as_array().is_some_and(|all| all.iter().any(has)) || has(&resource["identifier"])
        }
        "target" => resource["target"].as_array().is_some_and(|all| all.iter().any(|one| one["reference"] == **value)),
        "subject" | "patient" => resource
            .pointer("/subject/reference")
            .is_some_and(|subject| *subject == **value || *subject == *format!("Patient/{value}")),
        _ => true,
    })
}

/// Undoes what a form does to letters.
fn plain(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok());
        match (first, code) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
                continue;
            }
            (b'+', _) => bytes.push(b' '),
            (byte, _) => bytes.push(*byte),
        }
        rest = after;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
