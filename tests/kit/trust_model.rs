//! The trust's server as a model in memory: what it has, every version it ever had, and how it answers. Pure: no network, no disk, no
//! clock of its own. What a network does to requests and answers is not in here.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

mod answers;
mod dialect;
mod transaction;

pub use answers::Response;
pub use dialect::{Deleted, Dialect, Etags};

use crate::clock::MONDAY_MORNING;
use answers::{bundle, found, outcome, queried, shortened};

/// A FHIR R4 server that keeps the whole history of what was written to it.
pub struct TrustModel {
    pub dialect: Dialect,
    /// The server's own clock, UTC milliseconds; it goes on by at least 1 with each commit.
    pub now: i64,
    shelf: Shelf,
    commits: u64,
    poison: Vec<String>,
}

type Shelf = BTreeMap<String, Vec<Version>>;

/// One version of a resource, as it will be told for ever.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// From 1 on.
    pub number: u64,
    pub etag: String,
    /// The server's clock, UTC milliseconds.
    pub at: i64,
    /// With `meta.versionId` and `meta.lastUpdated`; None for a removal.
    pub body: Option<Arc<Value>>,
    /// Which commit it came with: all of one transaction have the same number.
    pub commit: u64,
    pub condition: Condition,
}

/// On what condition a version was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    None,
    /// `If-Match`, as it was given.
    Match(String),
    /// `If-None-Match: *`.
    Absent,
}

/// All that a server has, at one moment.
#[derive(Clone)]
pub struct Backup(Shelf);

impl Default for TrustModel {
    fn default() -> TrustModel {
        TrustModel::new(Dialect::default())
    }
}

impl TrustModel {
    /// An empty server that speaks like this.
    pub fn new(dialect: Dialect) -> TrustModel {
        TrustModel { dialect, now: MONDAY_MORNING, shelf: Shelf::new(), commits: 0, poison: Vec::new() }
    }

    /// Answers one request: `target` is the path below the server's address with its query, names of headers in any case.
    pub fn handle(&mut self, method: &str, target: &str, headers: &[(&str, &str)], body: &[u8]) -> Response {
        if self.dialect.most_bytes.is_some_and(|most| body.len() > most) {
            return outcome(413, "too-long", "The request is larger than this server takes.");
        }
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        if !self.dialect.provenance_read && method == "GET" && parts.first() == Some(&"Provenance") {
            return outcome(403, "forbidden", "It may be written, and not be read.");
        }
        match (method, parts.as_slice()) {
            ("GET", ["metadata"]) => {
                Response::of(200, json!({ "resourceType": "CapabilityStatement", "fhirVersion": "4.0.1" }))
            }
            ("GET", ["health"]) => Response::of(200, json!({ "status": "ok" })),
            ("GET", [kind, id]) => self.read(kind, id),
            ("GET", [_, _, "_history"]) if !self.dialect.history => {
                outcome(405, "not-supported", "This server tells no history.")
            }
            ("GET", [kind, id, "_history"]) => self.versions(kind, id, query),
            ("GET", [kind]) => self.search(kind, query),
            ("POST", [kind, "_search"]) => self.search(kind, &String::from_utf8_lossy(body)),
            ("POST", []) => match serde_json::from_slice::<Value>(body) {
                Ok(bundle) if bundle["type"] == "batch" => self.batch(&bundle),
                Ok(bundle) => self.transact(&bundle),
                Err(_) => outcome(400, "structure", "The body is no JSON."),
            },
            ("PUT", [kind, id]) => match serde_json::from_slice(body) {
                Ok(resource) => self.put_one(kind, id, resource, headers),
                Err(_) => outcome(400, "structure", "The body is no JSON."),
            },
            ("DELETE", [kind, id]) => self.delete_one(&format!("{kind}/{id}")),
            _ => outcome(405, "not-supported", "This server does not do that."),
        }
    }

    /// Every version of a resource (`Type/id`), the oldest first; none of what was never there.
    pub fn history(&self, name: &str) -> &[Version] {
        self.shelf.get(name).map_or(&[], Vec::as_slice)
    }

    /// The newest version of a resource that is there.
    pub fn head(&self, name: &str) -> Option<&Version> {
        self.history(name).last().filter(|version| version.body.is_some())
    }

    /// Every resource that ever was there with its versions, in the order of their names.
    pub fn everything(&self) -> impl Iterator<Item = (&str, &[Version])> {
        self.shelf.iter().map(|(name, versions)| (name.as_str(), versions.as_slice()))
    }

    /// Every resource of a type that is there, in the order of their ids.
    pub fn all(&self, kind: &str) -> Vec<&Value> {
        let from = format!("{kind}/");
        let of_kind = self.shelf.range(from.clone()..).take_while(|(name, _)| name.starts_with(&from));
        of_kind.filter_map(|(_, versions)| versions.last()?.body.as_deref()).collect()
    }

    /// How many commits there were, also ones that were restored away.
    pub fn commits(&self) -> u64 {
        self.commits
    }

    /// Writes a resource as somebody else would, whatever its version is; the new ETag.
    pub fn put(&mut self, resource: &Value) -> String {
        let part = |name: &str| resource[name].as_str().expect("a resource names its type and id").to_owned();
        let name = format!("{}/{}", part("resourceType"), part("id"));
        let commit = self.begin();
        self.write(&name, Some(resource.clone()), commit, Condition::None)
    }

    /// Removes a resource as somebody else would.
    pub fn remove(&mut self, name: &str) {
        let commit = self.begin();
        self.write(name, None, commit, Condition::None);
    }

    /// From now on whatever has this text in it is refused as content.
    pub fn refuse(&mut self, text: &str) {
        self.poison.push(text.to_owned());
    }

    /// Takes again whatever was refused.
    pub fn refuse_nothing(&mut self) {
        self.poison.clear();
    }

    /// A copy of all that is there, with its history.
    pub fn backup(&self) -> Backup {
        Backup(self.shelf.clone())
    }

    /// Goes back to that copy: what was written since is gone, and version numbers are given again. The clock and the count of commits
    /// go on.
    pub fn restore(&mut self, backup: &Backup) {
        self.shelf = backup.0.clone();
    }

    fn begin(&mut self) -> u64 {
        self.commits += 1;
        self.now += 1;
        self.commits
    }

    fn write(&mut self, name: &str, body: Option<Value>, commit: u64, condition: Condition) -> String {
        let versions = self.shelf.entry(name.to_owned()).or_default();
        let number = versions.last().map_or(1, |last| last.number + 1);
        let at = self.now - self.now.rem_euclid(self.dialect.stamp);
        let id = self.dialect.version_id(name, number, commit);
        let etag = self.dialect.etag(&id);
        let body = body.map(|mut body| {
            let stamp =
                jiff::Timestamp::from_millisecond(at).expect("the server's clock is within the calendar").to_string();
            body["meta"]["versionId"] = json!(id);
            body["meta"]["lastUpdated"] = json!(stamp);
            Arc::new(body)
        });
        versions.push(Version { number, etag: etag.clone(), at, body, commit, condition });
        etag
    }

    /// Answers each question of a batch by itself. One that would change something is none.
    fn batch(&mut self, bundle: &Value) -> Response {
        let mut answers = Vec::new();
        for entry in bundle["entry"].as_array().into_iter().flatten() {
            let (method, url) = (&entry["request"]["method"], entry["request"]["url"].as_str().unwrap_or_default());
            let answer = match method.as_str() {
                Some("GET") => self.handle("GET", url, &[], b""),
                _ => outcome(405, "not-supported", "This server only reads in a batch."),
            };
            let mut response = json!({ "status": answer.status.to_string() });
            if let Some(etag) = answer.header("ETag") {
                response["etag"] = json!(etag);
            }
            answers.push(match answer.body {
                Some(body) if answer.status == 200 => json!({ "resource": body, "response": response }),
                _ => json!({ "response": response }),
            });
        }
        Response::of(200, json!({ "resourceType": "Bundle", "type": "batch-response", "entry": answers }))
    }

    fn read(&self, kind: &str, id: &str) -> Response {
        match self.history(&format!("{kind}/{id}")).last() {
            Some(Version { body: Some(body), etag, .. }) => {
                Response::of(200, Value::clone(body)).with("ETag", etag.clone())
            }
            Some(_) if self.dialect.deleted == Deleted::Gone410 => outcome(410, "deleted", "It was removed."),
            _ => outcome(404, "not-found", "There is no such resource."),
        }
    }

    fn versions(&self, kind: &str, id: &str, query: &str) -> Response {
        let name = format!("{kind}/{id}");
        let versions = self.history(&name);
        if versions.is_empty() {
            return outcome(404, "not-found", "There is no such resource.");
        }
        let entries: Vec<Value> = versions.iter().rev().map(|version| self.in_history(&name, version)).collect();
        bundle("history", &format!("{name}/_history"), entries, query)
    }

    fn in_history(&self, name: &str, version: &Version) -> Value {
        let (method, status) = match &version.body {
            None => ("DELETE", "204 No Content".to_owned()),
            Some(_) => ("PUT", self.dialect.status(version.number == 1)),
        };
        let mut entry = json!({
            "fullUrl": name,
            "request": { "method": method, "url": name },
            "response": { "status": status, "etag": version.etag },
        });
        if let Some(body) = &version.body {
            entry["resource"] = Value::clone(body);
        }
        entry
    }

    fn search(&self, kind: &str, query: &str) -> Response {
        let asked = queried(query);
        let entries: Vec<Value> = self.all(kind).into_iter().filter(|one| found(one, &asked)).map(|one| {
            json!({ "fullUrl": format!("{kind}/{}", one["id"].as_str().unwrap_or_default()), "resource": shortened(one, &asked), "search": { "mode": "match" } })
        }).collect();
        bundle("searchset", kind, entries, query)
    }
}
