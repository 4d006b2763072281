//! One resource as it is put at the trust, and what becomes of one that its record no longer yields.

use serde_json::{Map, Value, json};

use crate::value::without_empty;

/// One resource to be put at the trust.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    pub kind: &'static str,
    pub id: String,
    pub body: Value,
}

impl Resource {
    /// Puts kind and id into a body without them, and leaves out what is empty.
    pub(crate) fn new(kind: &'static str, id: String, body: Value) -> Resource {
        let mut whole = Map::new();
        whole.insert("resourceType".to_owned(), json!(kind));
        whole.insert("id".to_owned(), json!(id));
        if let Value::Object(members) = without_empty(body) {
            whole.extend(members);
        }
        Resource { kind, id, body: Value::Object(whole) }
    }

    /// One that was made here and has been carried elsewhere since; None for what no writer of ours makes.
    pub fn sent(body: Value) -> Option<Resource> {
        let part = |name: &str| body.get(name).and_then(Value::as_str);
        let kind = KINDS.into_iter().find(|kind| part("resourceType") == Some(kind))?;
        let id = part("id").filter(|id| (1..=64).contains(&id.len()))?.to_owned();
        let plain = id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        plain.then_some(Resource { kind, id, body })
    }

    /// How others refer to it, for example `CarePlan/1b4e…`.
    pub fn reference(&self) -> String {
        format!("{}/{}", self.kind, self.id)
    }
}

/// The kinds of resource that our writers make.
const KINDS: [&str; 14] = [
    "Appointment",
    "Binary",
    "CarePlan",
    "Composition",
    "Condition",
    "DocumentReference",
    "Goal",
    "Observation",
    "Patient",
    "Procedure",
    "Provenance",
    "QuestionnaireResponse",
    "ServiceRequest",
    "Task",
];

/// What an earlier revision of a record yielded and the present one no longer does, marked as no longer true: a removed action's
/// referral, a paper that an amended one replaces. Binaries have no such mark and stay as they are.
pub fn withdrawn(before: &[Resource], after: &[Resource]) -> Vec<Resource> {
    let kept = |old: &Resource| after.iter().any(|new| (new.kind, &new.id) == (old.kind, &old.id));
    before.iter().filter(|old| !kept(old)).filter_map(marked).collect()
}

fn marked(old: &Resource) -> Option<Resource> {
    let mut resource = old.clone();
    let body = resource.body.as_object_mut()?;
    match old.kind {
        "Condition" => {
            // An entered-in-error condition must not have a clinical status (con-5).
            body.remove("clinicalStatus");
            let system = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
            let error = json!({ "coding": [{ "system": system, "code": "entered-in-error" }] });
            body.insert("verificationStatus".to_owned(), error);
        }
        "Goal" => {
            body.insert("lifecycleStatus".to_owned(), json!("cancelled"));
        }
        "ServiceRequest" => {
            body.insert("status".to_owned(), json!("revoked"));
        }
        "DocumentReference" => {
            body.insert("status".to_owned(), json!("superseded"));
        }
        "Observation" | "Procedure" => {
            body.insert("status".to_owned(), json!("entered-in-error"));
        }
        _ => return None,
    }
    Some(resource)
}
