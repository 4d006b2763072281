//! What a page of a server's list says, resource by resource. Pure; whatever a server sends, only what was asked for comes out of it.

use std::collections::BTreeSet;

use serde_json::Value;
use store::{Seen, There};

use crate::answer::{Reply, fault};
use crate::asking::updated;
use crate::fault::{Fault, Trouble};
use crate::leftover::is_id;

/// The types that are fetched of a patient. A plan comes after what it names: it may be written while the lists are read.
pub(crate) const KINDS: [&str; 11] = [
    "Condition",
    "Procedure",
    "QuestionnaireResponse",
    "Observation",
    "Goal",
    "ServiceRequest",
    "CarePlan",
    "Composition",
    "DocumentReference",
    "Task",
    "Appointment",
];

/// Our identifiers of records.
const RECORD: &str = "https://holdfast.example/fhir/Id/record";

/// A page of a list.
pub(crate) struct Page {
    pub resources: Vec<Value>,
    /// How many resources stand on it, of whatever type.
    pub named: u64,
    /// The link to the next page, as the server gave it.
    pub next: Option<String>,
    /// How many there are on all pages, where the server says so.
    pub total: Option<u64>,
}

/// Reads a page of this type; what else stands on it is left out.
pub(crate) fn page(reply: Reply, kind: &str) -> Result<Page, Trouble> {
    let not_fhir = Trouble::of(Fault::NotFhir);
    let answered = fault(&reply)?;
    let bundle = answered.resource("Bundle").filter(|_| answered.status == 200).ok_or(not_fhir)?;
    if bundle.get("type").and_then(Value::as_str) != Some("searchset") {
        return Err(not_fhir);
    }
    let total = bundle.get("total").and_then(Value::as_u64);
    let links = bundle.get("link").and_then(Value::as_array);
    let is_next = |link: &&Value| link.get("relation").and_then(Value::as_str) == Some("next");
    let next = links.into_iter().flatten().find(is_next);
    let next = next.map(|next| next.get("url").and_then(Value::as_str).map(str::to_owned).ok_or(not_fhir));
    let next = next.transpose()?;
    let Reply::Answered(answered) = reply else { return Err(not_fhir) };
    let entries = match answered.body {
        Some(Value::Object(mut bundle)) => bundle.remove("entry"),
        _ => None,
    };
    let Value::Array(entries) = entries.unwrap_or(Value::Array(Vec::new())) else { return Err(not_fhir) };
    let named = entries.len() as u64;
    let resources = entries.into_iter().filter_map(|entry| match entry {
        Value::Object(mut entry) => entry.remove("resource"),
        _ => None,
    });
    let resources = resources.filter(|one| text(one, "resourceType") == Some(kind)).collect();
    Ok(Page { resources, named, next, total })
}

/// A resource as a list names it, when it is about one of these Patients and says which version it is.
pub(crate) fn seen(resource: &Value, patients: &BTreeSet<String>) -> Option<Seen> {
    let server_id = text(resource, "id").filter(|id| is_id(id))?;
    let version =
        resource.get("meta")?.get("versionId").and_then(Value::as_str).filter(|version| is_version(version))?;
    let patient = patient(resource, patients)?.to_owned();
    let version = format!("W/\"{version}\"");
    Some(Seen { server_id: server_id.to_owned(), patient, version, updated: updated(resource) })
}

/// The same with all that it says; None also for one of which the server left something out.
pub(crate) fn whole(resource: &Value, patients: &BTreeSet<String>) -> Option<There> {
    seen(resource, patients).and_then(|seen| seen_whole(resource, seen))
}

/// The same of a resource that was looked at before.
pub(crate) fn seen_whole(resource: &Value, seen: Seen) -> Option<There> {
    let tags = resource.get("meta").and_then(|meta| meta.get("tag")).and_then(Value::as_array);
    if tags.into_iter().flatten().any(|tag| text(tag, "code") == Some("SUBSETTED")) {
        return None;
    }
    let kind = text(resource, "resourceType")?.to_owned();
    let Seen { server_id, patient, version, updated } = seen;
    // Of what cannot be part of a record here no more is kept than that it is there.
    let body = if is_strange(resource, &kind) { String::new() } else { resource.to_string() };
    Some(There { kind, server_id, patient, version, updated, body })
}

/// Whether it is of another system: a hospital has many results, letters and tasks. Our scores are derived from a response.
fn is_strange(resource: &Value, kind: &str) -> bool {
    match kind {
        "Observation" => {
            let mut from = resource.get("derivedFrom").and_then(Value::as_array).into_iter().flatten();
            !from.any(|one| text(one, "reference").is_some_and(|to| to.starts_with("QuestionnaireResponse/")))
        }
        "Composition" | "DocumentReference" | "Task" => !is_ours(resource),
        _ => false,
    }
}

/// The one of these Patients that a resource is about; None when it is about none of them, or about several people.
fn patient<'a>(resource: &Value, patients: &'a BTreeSet<String>) -> Option<&'a str> {
    let named = |reference: &Value| {
        let reference = text(reference, "reference")?;
        // One with an address may be of another server, where the same id is somebody else.
        patients.get(reference.strip_prefix("Patient/")?).map(String::as_str)
    };
    match text(resource, "resourceType")? {
        "Patient" => patients.get(text(resource, "id")?).map(String::as_str),
        "Task" => named(resource.get("for")?),
        "Appointment" => {
            let all = resource.get("participant")?.as_array()?.iter();
            let actors = all.filter_map(|one| one.get("actor"));
            let mut people = actors.filter(|one| text(one, "reference").is_some_and(|to| to.contains("Patient/")));
            match (people.next(), people.next()) {
                (Some(one), None) => named(one),
                _ => None,
            }
        }
        _ => named(resource.get("subject")?),
    }
}

/// The only Patient among the participants of an appointment, by its id.
pub(crate) fn invited(appointment: &Value) -> Option<String> {
    let all = appointment.get("participant")?.as_array()?.iter();
    let mut people = all.filter_map(|one| text(one.get("actor")?, "reference")?.strip_prefix("Patient/"));
    match (people.next(), people.next()) {
        (Some(id), None) if is_id(id) => Some(id.to_owned()),
        _ => None,
    }
}

/// Whether it carries our identifier of a record.
pub(crate) fn is_ours(resource: &Value) -> bool {
    let of = |one: &Value| text(one, "system") == Some(RECORD);
    match resource.get("identifier") {
        Some(Value::Array(all)) => all.iter().any(of),
        Some(one) => of(one),
        None => false,
    }
}

/// The Binaries that a document of ours is in, by their ids.
pub(crate) fn papers(document: &Value) -> Vec<String> {
    let contents = document.get("content").and_then(Value::as_array).into_iter().flatten();
    let urls = contents.filter_map(|one| one.pointer("/attachment/url")?.as_str()?.strip_prefix("Binary/"));
    urls.filter(|id| is_id(id)).map(str::to_owned).collect()
}

fn is_version(version: &str) -> bool {
    is_id(version)
}

pub(crate) fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::answer::Answered;

    fn of(ids: &[&str]) -> BTreeSet<String> {
        ids.iter().map(|id| (*id).to_owned()).collect()
    }

    fn goal(subject: &str) -> Value {
        let meta = json!({ "versionId": "3", "lastUpdated": "2026-11-23T09:00:00Z" });
        json!({ "resourceType": "Goal", "id": "g", "meta": meta, "subject": { "reference": subject } })
    }

    fn reply(body: Value) -> Reply {
        let media = "application/fhir+json".to_owned();
        Reply::Answered(Answered { status: 200, media, body: Some(body), ..Answered::default() })
    }

    #[test]
    fn a_resource_is_about_one_of_those_who_were_asked_for_or_it_is_none() {
        let p = of(&["p"]);
        let ours = whole(&goal("Patient/p"), &p);
        assert_eq!(ours.map(|one| (one.patient, one.version)), Some(("p".into(), "W/\"3\"".into())));
        let address = "https://elsewhere.example/fhir/Patient/p";
        for to in ["Patient/q", "Patient/p/_history/2", "Group/p", "p", "xPatient/p", "Patient/", address] {
            assert_eq!(whole(&goal(to), &p), None, "{to}");
        }
        let task = json!({ "resourceType": "Task", "id": "t", "meta": { "versionId": "1" }, "for": { "reference": "Patient/p" } });
        assert!(seen(&task, &p).is_some());
        let visit = |people: &[&str]| {
            let actors: Vec<Value> = people.iter().map(|to| json!({ "actor": { "reference": to } })).collect();
            json!({ "resourceType": "Appointment", "id": "a", "meta": { "versionId": "1" }, "participant": actors })
        };
        assert!(seen(&visit(&["Location/l", "Patient/p"]), &p).is_some());
        assert!(seen(&visit(&["Patient/p", "Patient/q"]), &p).is_none(), "two people are in one room");
        assert_eq!((invited(&visit(&["Patient/p"])), invited(&visit(&["Patient/.."]))), (Some("p".into()), None));
    }

    #[test]
    fn what_has_no_version_no_id_or_is_cut_short_is_not_taken() {
        let p = of(&["p"]);
        let with = |path: &str, value: Value| {
            let mut one = goal("Patient/p");
            *one.pointer_mut(path).unwrap() = value;
            one
        };
        for one in [
            with("/id", json!("../x")),
            with("/id", json!(7)),
            with("/meta/versionId", json!("")),
            with("/meta/versionId", json!("a\"b")),
            with("/meta", json!({})),
            with("/meta", json!({ "versionId": "3", "tag": [{ "code": "SUBSETTED" }] })),
            with("/subject", json!([])),
            json!("Goal"),
        ] {
            assert_eq!(whole(&one, &p), None, "{one}");
        }
    }

    #[test]
    fn a_page_that_is_none_is_the_network() {
        let bundle = |kind: &str, entry: Value, link: Value| {
            reply(json!({ "resourceType": "Bundle", "type": kind, "entry": entry, "link": link }))
        };
        let good = bundle(
            "searchset",
            json!([{ "resource": goal("Patient/p") }, { "resource": { "resourceType": "Flag" } }, 7]),
            json!([]),
        );
        assert_eq!(page(good, "Goal").map(|page| (page.resources.len(), page.next)), Ok((1, None)));
        for none in [
            bundle("history", json!([]), json!([])),
            bundle("searchset", json!({}), json!([])),
            bundle("searchset", json!([]), json!([{ "relation": "next" }])),
            reply(json!({ "resourceType": "Patient" })),
            reply(json!([])),
            Reply::Answered(Answered { status: 200, media: "text/html".into(), ..Answered::default() }),
            Reply::CutOff,
        ] {
            assert!(page(none, "Goal").is_err());
        }
    }
}
