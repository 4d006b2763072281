//! What changes the model: a transaction, and a PUT or DELETE by itself.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::answers::{Response, outcome};
use super::{Condition, TrustModel};
use crate::trust_server::references;

/// An entry of a transaction that reads.
struct Entry {
    name: String,
    /// None for a removal.
    resource: Option<Value>,
    condition: Condition,
}

impl TrustModel {
    /// Does a transaction: all of it or, without rollback, what stands before the entry that is refused.
    pub(super) fn transact(&mut self, bundle: &Value) -> Response {
        if bundle["resourceType"] != "Bundle" || bundle["type"] != "transaction" {
            return outcome(400, "invalid", "This is no transaction.");
        }
        let entries: Option<Vec<Entry>> = bundle["entry"].as_array().into_iter().flatten().map(entry).collect();
        let Some(entries) = entries else {
            return outcome(400, "invalid", "An entry of the transaction does not read.");
        };
        let mut names = BTreeSet::new();
        if !entries.iter().all(|entry| names.insert(entry.name.as_str())) {
            return outcome(400, "invalid", "The transaction names a resource twice.");
        }
        if self.dialect.rollback
            && let Some(refusal) = entries.iter().find_map(|entry| self.refusal(entry, &entries))
        {
            return refusal;
        }
        let commit = self.begin();
        let mut done = Vec::new();
        for entry in &entries {
            if !self.dialect.rollback
                && let Some(refusal) = self.refusal(entry, &entries)
            {
                return refusal;
            }
            let made = self.head(&entry.name).is_none();
            let etag = self.write(&entry.name, entry.resource.clone(), commit, entry.condition.clone());
            let status = if entry.resource.is_none() { "204 No Content".to_owned() } else { self.dialect.status(made) };
            let mut response = json!({ "status": status, "etag": etag });
            if self.dialect.locations {
                let number = self.history(&entry.name).len();
                response["location"] = json!(format!("{}/_history/{number}", entry.name));
            }
            done.push(json!({ "response": response }));
        }
        Response::of(200, json!({ "resourceType": "Bundle", "type": "transaction-response", "entry": done }))
    }

    /// Does a PUT that stands by itself.
    pub(super) fn put_one(&mut self, kind: &str, id: &str, resource: Value, headers: &[(&str, &str)]) -> Response {
        let header =
            |name: &str| headers.iter().find(|(here, _)| here.eq_ignore_ascii_case(name)).map(|(_, value)| *value);
        let name = format!("{kind}/{id}");
        if resource["resourceType"] != *kind || resource["id"] != *id {
            return outcome(400, "invalid", "The resource is not the one of the address.");
        }
        let condition = match (header("If-Match"), header("If-None-Match")) {
            (Some(etag), _) => Condition::Match(etag.to_owned()),
            (None, Some("*")) => Condition::Absent,
            _ => Condition::None,
        };
        let entry = Entry { name, resource: Some(resource), condition };
        if self.is_stale(&entry, self.dialect.if_match_alone) {
            return outcome(412, "conflict", "It is not at that version.");
        }
        if let Some(refusal) = self.content(&entry, &[]) {
            return refusal;
        }
        let (made, commit) = (self.head(&entry.name).is_none(), self.begin());
        let etag = self.write(&entry.name, entry.resource, commit, entry.condition);
        let status = if made { self.dialect.create_status } else { 200 };
        let body = self.head(&entry.name).and_then(|version| version.body.as_deref().cloned());
        Response { status, headers: vec![("ETag", etag)], body }
    }

    /// Does a DELETE that stands by itself.
    pub(super) fn delete_one(&mut self, name: &str) -> Response {
        if self.head(name).is_some() {
            self.remove(name);
        }
        Response { status: 204, headers: Vec::new(), body: None }
    }

    fn refusal(&self, entry: &Entry, all: &[Entry]) -> Option<Response> {
        if self.is_stale(entry, self.dialect.if_match_in_transaction) {
            return Some(outcome(self.dialect.stale_in_transaction, "conflict", "It is not at that version."));
        }
        self.content(entry, all)
    }

    /// Whether what it was written for is not what is there. Weak ETags are compared as what they name.
    fn is_stale(&self, entry: &Entry, if_match: bool) -> bool {
        let head = self.head(&entry.name);
        let opaque = |etag: &str| etag.trim().trim_start_matches("W/").trim_matches('"').to_owned();
        match &entry.condition {
            Condition::None => false,
            Condition::Match(etag) => if_match && head.is_none_or(|head| opaque(&head.etag) != opaque(etag)),
            Condition::Absent => self.dialect.if_none_match && head.is_some(),
        }
    }

    /// Whether its content is refused.
    fn content(&self, entry: &Entry, all: &[Entry]) -> Option<Response> {
        let resource = entry.resource.as_ref()?;
        if !self.poison.is_empty() {
            let text = resource.to_string();
            if self.poison.iter().any(|poison| text.contains(poison.as_str())) {
                return Some(outcome(422, "invalid", "The content is not taken."));
            }
        }
        let known = |name: &String| self.head(name).is_some() || all.iter().any(|entry| entry.name == *name);
        let dangling = self.dialect.references_checked && !references(resource).iter().all(known);
        dangling.then(|| outcome(400, "not-found", "It refers to what is not there."))
    }
}

fn entry(entry: &Value) -> Option<Entry> {
    let request = &entry["request"];
    let name = request["url"].as_str()?.to_owned();
    let (kind, id) =
        name.split_once('/').filter(|(kind, id)| !kind.is_empty() && !id.is_empty() && !id.contains('/'))?;
    let condition = match (request["ifMatch"].as_str(), request["ifNoneMatch"].as_str()) {
        (Some(etag), _) => Condition::Match(etag.to_owned()),
        (None, Some("*")) => Condition::Absent,
        _ => Condition::None,
    };
    let resource = match request["method"].as_str()? {
        "PUT" => Some(entry["resource"].clone()).filter(|one| one["resourceType"] == *kind && one["id"] == *id),
        "DELETE" => return Some(Entry { name, resource: None, condition }),
        _ => None,
    };
    Some(Entry { name: name.clone(), resource: Some(resource?), condition })
}
