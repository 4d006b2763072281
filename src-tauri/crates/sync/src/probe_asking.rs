//! The questions of the check on the wire, one after another, and how each answer is read.

use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Builder;

use crate::answer::{Answered, Meaning, Reply, of_bundle, of_transaction};
use crate::fault::Fault;
use crate::probe::{Surroundings, Unchecked};
use crate::probe_report::{Check, Finding, Outcome};
use crate::probe_wire::Trial;

/// By how much two clocks may differ, milliseconds.
const SAME_CLOCK: i64 = 60_000;

/// A moment that no server's clock shows.
pub(crate) const LONG_AGO: &str = "2001-01-01T00:00:00Z";

/// One check on its way.
pub(crate) struct Asking<'a, W, S> {
    pub wire: &'a W,
    pub around: &'a S,
    pub findings: Vec<Finding>,
    /// What may be there of the check (`Type/id`).
    pub made: Vec<String>,
    /// The smallest difference of the clocks that was seen, milliseconds.
    pub ahead: Option<i64>,
    /// The server has said that it takes packed requests, whatever became of them.
    pub offered: bool,
}

impl<'a, W: Trial, S: Surroundings> Asking<'a, W, S> {
    pub fn new(wire: &'a W, around: &'a S) -> Result<Self, Unchecked> {
        Ok(Asking { wire, around, findings: Vec::new(), made: Vec::new(), ahead: None, offered: false })
    }

    /// Reads what the server says of itself. Where nobody answers there is nothing to check.
    pub async fn statement(&mut self) -> Result<String, Unchecked> {
        let asked_at = self.around.now();
        let reply = self.wire.statement(&self.id()?).await;
        let Some(answered) = self.heard(&reply, asked_at)? else {
            self.found(Check::Version, Outcome::NoAnswer, "no answer");
            return Ok(String::new());
        };
        let Some(statement) = answered.resource("CapabilityStatement").filter(|_| answered.status == 200) else {
            // Another resource, or an error that is one: a FHIR server that does not say. Anything else is none.
            if answered.resource("OperationOutcome").is_none() {
                return Err(Unchecked::Server(Fault::NotFhir));
            }
            self.found(Check::Version, generic(answered.status), answered.status.to_string());
            return Ok(String::new());
        };
        let text = |name: &str| statement.pointer(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let version = text("/fhirVersion");
        let is_r4 = version.starts_with("4.0");
        let software = format!("{} {}", text("/software/name"), text("/software/version")).trim().to_owned();
        self.found(Check::Version, if is_r4 { Outcome::Meets } else { Outcome::OtherVersion }, short(&version));
        Ok(short(&software))
    }

    /// The difference of the clocks over all answers.
    pub fn clock(&mut self) {
        let mut finding = match self.ahead {
            None => Finding::of(Check::Clock, Outcome::Missing, ""),
            Some(ahead) if ahead.abs() <= SAME_CLOCK => Finding::of(Check::Clock, Outcome::Meets, ""),
            Some(ahead) => {
                let which = if ahead > 0 { "ahead of" } else { "behind" };
                let came = format!("The server is {} s {which} this PC.", ahead.abs() / 1000);
                Finding::of(Check::Clock, Outcome::Differs, came)
            }
        };
        finding.amount = self.ahead;
        self.push(finding);
    }

    /// Removes what the check made; what could not be removed.
    pub async fn tidy(&mut self) -> Vec<String> {
        let mut left = Vec::new();
        for name in std::mem::take(&mut self.made) {
            let removed = match self.id() {
                Ok(id) => self.wire.delete(&name, &id).await,
                Err(_) => Reply::NotReached,
            };
            let gone =
                matches!(&removed, Reply::Answered(answered) if matches!(answered.status, 200 | 202 | 204 | 404 | 410));
            if !gone {
                left.push(name);
            }
        }
        left
    }

    pub fn found(&mut self, check: Check, outcome: Outcome, came: impl Into<String>) {
        self.push(Finding::of(check, outcome, came));
    }

    pub fn push(&mut self, finding: Finding) {
        self.findings.push(finding);
        self.around.answered(self.findings.len(), Check::ALL.len());
    }

    /// A fresh id; for a resource or for a request.
    pub fn id(&self) -> Result<String, Unchecked> {
        let bytes = self.around.chance().ok_or(Unchecked::Randomness)?;
        Ok(Builder::from_random_bytes(bytes).into_uuid().hyphenated().to_string())
    }

    /// A new id of this type, remembered as one that may be there from now on.
    pub fn new_one(&mut self, kind: &str) -> Result<String, Unchecked> {
        let id = self.id()?;
        self.made.push(format!("{kind}/{id}"));
        Ok(id)
    }

    /// The answer, with the server's clock noted; None where none came. Ends the check where the server cannot be asked at all.
    pub fn heard<'r>(&mut self, reply: &'r Reply, asked_at: i64) -> Result<Option<&'r Answered>, Unchecked> {
        let answered = match reply {
            Reply::NotReached => return Err(Unchecked::Server(Fault::NotReached)),
            Reply::CutOff => return Ok(None),
            Reply::Answered(answered) => answered,
        };
        self.offered |= self.wire.packs();
        if let Some(date) = answered.date {
            let ahead = date - i64::midpoint(asked_at, self.around.now());
            if self.ahead.is_none_or(|before| ahead.abs() < before.abs()) {
                self.ahead = Some(ahead);
            }
        }
        match answered.status {
            401 => Err(Unchecked::Server(Fault::SignIn)),
            429 | 503 => Err(Unchecked::Server(Fault::Busy)),
            _ => Ok(Some(answered)),
        }
    }

    pub async fn put(&mut self, body: &Value, if_match: Option<&str>) -> Result<Option<Answered>, Unchecked> {
        let (asked_at, path) = (self.around.now(), name(body));
        let reply = self.wire.put(&path, body.to_string(), if_match, &self.id()?).await;
        Ok(self.heard(&reply, asked_at)?.cloned())
    }

    pub async fn get(&mut self, path: &str, query: &[(&str, &str)]) -> Result<Option<Answered>, Unchecked> {
        let asked_at = self.around.now();
        let reply = self.wire.get(path, query, &self.id()?).await;
        Ok(self.heard(&reply, asked_at)?.cloned())
    }

    /// Sends a transaction of these entries, each with its condition; what it means, and the status that came.
    pub async fn transaction(&mut self, entries: &[(&Value, Condition<'_>)]) -> Result<(Meaning, String), Unchecked> {
        let names: Vec<String> = entries.iter().map(|(body, _)| name(body)).collect();
        let entry = |(body, condition): &(&Value, Condition<'_>)| {
            let name = name(body);
            let request = match condition {
                Condition::None => json!({ "method": "PUT", "url": name }),
                Condition::Match(version) => json!({ "method": "PUT", "url": name, "ifMatch": version }),
                Condition::Absent => json!({ "method": "PUT", "url": name, "ifNoneMatch": "*" }),
            };
            json!({ "fullUrl": format!("{}/{name}", self.wire.base()), "resource": body, "request": request })
        };
        let entries: Vec<Value> = entries.iter().map(entry).collect();
        let body = json!({ "resourceType": "Bundle", "type": "transaction", "entry": entries }).to_string();
        let (asked_at, id) = (self.around.now(), self.id()?);
        let reply = self.wire.post(body, &id, &id).await;
        let came = self
            .heard(&reply, asked_at)?
            .map_or_else(|| "no answer".to_owned(), |answered| answered.status.to_string());
        Ok((of_transaction(&reply, &names), came))
    }

    /// The text of a resource of the check as it stands; None where it is not there.
    pub async fn text(&mut self, id: &str) -> Result<Option<String>, Unchecked> {
        let answered = self.get(&format!("Basic/{id}"), &[]).await?;
        let body = answered.as_ref().and_then(|answered| answered.resource("Basic").filter(|_| answered.status == 200));
        Ok(body.and_then(|body| body.pointer("/code/text")?.as_str()).map(str::to_owned))
    }

    /// The resources that a search finds; None where it is refused, or nothing came.
    pub async fn search(
        &mut self,
        kind: &str,
        query: &[(&str, &str)],
    ) -> Result<Result<Vec<Value>, Outcome>, Unchecked> {
        let asked_at = self.around.now();
        let reply = self.wire.get(kind, query, &self.id()?).await;
        let Some(answered) = self.heard(&reply, asked_at)? else { return Ok(Err(Outcome::NoAnswer)) };
        Ok(of_bundle(&reply, "searchset").map(|(found, _)| found).map_err(|_| generic(answered.status)))
    }
}

/// On what condition an entry of a transaction is put.
#[derive(Clone, Copy)]
pub(crate) enum Condition<'a> {
    None,
    Match(&'a str),
    Absent,
}

/// A resource of the check that says this.
pub(crate) fn basic(id: &str, says: &str) -> Value {
    json!({
        "resourceType": "Basic",
        "id": id,
        "meta": { "tag": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "HTEST" }] },
        "code": {
            "coding": [{ "system": "https://holdfast.example/fhir/CodeSystem/server-check", "code": "server-check" }],
            "text": says,
        },
        "created": "2001-01-01",
    })
}

/// Gives a resource this member, in the place of any it has.
pub(crate) fn say(body: &mut Value, member: &str, value: Value) {
    if let Some(object) = body.as_object_mut() {
        object.insert(member.to_owned(), value);
    }
}

/// The commit record of the check.
pub(crate) fn provenance(id: &str, target: &str, at: i64) -> Value {
    let recorded = Timestamp::from_millisecond(at).map(|at| at.to_string()).unwrap_or_else(|_| LONG_AGO.to_owned());
    let who = json!({ "identifier": { "system": "https://holdfast.example/fhir/Id/staff", "value": "server-check" }, "display": "Check of the server" });
    json!({
        "resourceType": "Provenance",
        "id": id,
        "meta": { "tag": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "HTEST" }] },
        "target": [{ "reference": target }],
        "recorded": recorded,
        "agent": [{ "who": who }],
    })
}

/// What a status means where nothing more is known of it.
pub(crate) fn generic(status: u16) -> Outcome {
    match status {
        403 => Outcome::NotPermitted,
        400..=499 => Outcome::Refused,
        _ => Outcome::NoAnswer,
    }
}

fn name(body: &Value) -> String {
    let part = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
    format!("{}/{}", part("resourceType"), part("id"))
}

/// The first letters of what a server says of itself.
fn short(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(80).collect()
}
