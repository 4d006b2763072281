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

/// A page of these entries: as many as `_count` asks for, from where the link to it says; `of` is what is listed.
pub(super) fn bundle(kind: &str, of: &str, mut entries: Vec<Value>, query: &str) -> Response {
    let total = entries.len();
    let asked = queried(query);
    let number = |of: &str| asked.iter().find(|(name, _)| name == of).and_then(|(_, count)| count.parse().ok());
    let from: usize = number(OFFSET).unwrap_or(0);
    entries.drain(..from.min(total));
    entries.truncate(number("_count").unwrap_or(usize::MAX));
    let shown = from + entries.len();
    let rest: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with(OFFSET)).collect();
    let next = format!("{of}?{}&{OFFSET}={shown}", rest.join("&"));
    let links = if shown < total { json!([{ "relation": "next", "url": next }]) } else { json!([]) };
    Response::of(
        200,
        json!({ "resourceType": "Bundle", "type": kind, "total": total, "link": links, "entry": entries }),
    )
}

/// Where the page begins that a link leads to.
const OFFSET: &str = "_offset";

/// The resource with the elements that were asked for, when only some were; marked as a server marks it.
pub(super) fn shortened(resource: &Value, asked: &[(String, String)]) -> Value {
    let elements = asked.iter().find(|(name, _)| name == "_elements");
    let (Some((_, elements)), Some(members)) = (elements, resource.as_object()) else { return resource.clone() };
    let kept =
        |name: &str| matches!(name, "resourceType" | "id" | "meta") || elements.split(',').any(|one| one == name);
    let mut short: Value =
        members.iter().filter(|(name, _)| kept(name)).map(|(name, v)| (name.clone(), v.clone())).collect();
    short["meta"]["tag"] =
        json!([{ "system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "code": "SUBSETTED" }]);
    short
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
        "target" => resource["target"]
            .as_array()
            .is_some_and(|all| all.iter().any(|one| value.split(',').any(|value| one["reference"] == *value))),
        "subject" | "patient" | "actor" => value.split(',').any(|value| {
            let is = |to: Option<&Value>| to.is_some_and(|to| *to == *value || *to == *format!("Patient/{value}"));
            let all = resource["participant"].as_array().into_iter().flatten();
            is(resource.pointer("/subject/reference"))
                || is(resource.pointer("/for/reference"))
                || all.into_iter().any(|one| is(one.pointer("/actor/reference")))
        }),
        "date" => resource["start"].as_str().is_none_or(|start| match value.split_at(2) {
            ("ge", day) => start >= day,
            ("lt", day) => start < day,
            _ => start.starts_with(value.as_str()),
        }),
        "_lastUpdated" => {
            let written = |text: &str| text.parse::<jiff::Timestamp>().ok();
            let since = value.strip_prefix("ge").and_then(written);
            since.is_none_or(|since| {
                resource["meta"]["lastUpdated"].as_str().and_then(written).is_some_and(|at| at >= since)
            })
        }
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
