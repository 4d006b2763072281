//! What several resources are made of: systems, codes, moments, and objects without empty members.
//!
//! Our code systems stand under `https://holdfast.example/fhir/CodeSystem/`: `concern`; `record` (kinds of record), `act` (what was
//! done), `staff-role`, `pathway-point`, `treatment-kind`, `action-kind`, `action-owner`, `concern-origin`, `nothing-agreed`,
//! `summary-section`, `summary-copy`, `offer-decision`, `offer-of`, each with the codes of the domain; `task` and `task-part` (what an
//! invitation asks for, and with what; what an appointment is for); `cosd-staff-role`, `cosd-pathway-point`, `cosd-hna-offered` and
//! `cosd-pcsp-offered` with those of the English cancer dataset (CR7950, CR7940, CR7900 for the assessment and for the plan).
//!
//! Our extensions stand under `https://holdfast.example/fhir/StructureDefinition/`; none changes the meaning of what it stands on.
//!
//! | extension | on | holds |
//! | --- | --- | --- |
//! | `interpreter-language`, `accessible-needs` | Patient | words |
//! | `diagnosed-at` | Condition | the organisation |
//! | `pathway-point` | QuestionnaireResponse, Observation of an offer, Task | codes |
//! | `offered-by-role` | Observation of an offer | the staff role, as codes |
//! | `answered-by`, `answered-with` | QuestionnaireResponse | who gave the answers; who helped, in words |
//! | `scores-again` | QuestionnaireResponse, Task | the earlier response whose concerns are scored again; in this one, or in the answer that is asked for, 0 is a score: no concern now |
//! | `contact-line` | activity of a CarePlan | name, telephone and hours of whom to turn to, in words |
//! | `directory-entry`, `carried-from` | activity of a CarePlan | the directory's entry it was filled from; plan and key it was taken over from |
//! | `action-owner` | activity of a CarePlan | whom it falls to, as codes |
//! | `plan-concern` | CarePlan | a concern of the plan: its key, the concern, where it comes from, why nothing was agreed |
//! | `patient-record` | Patient | when the details were last checked, key worker, team, why a death was taken back |
//! | `assessment-record` | QuestionnaireResponse | when it was started and completed, how many own concerns it ever had, the invitation it answers |
//! | `plan-record` | CarePlan | when and by whom it was started, the role of who signed, whether it is a review, how many actions and concerns it ever had |
//! | `record-version` | CarePlan, Composition, DocumentReference | the number of the locked or signed version |

use serde_json::{Map, Value, json};

pub(crate) const ODS: &str = "https://fhir.nhs.uk/Id/ods-organization-code";
pub(crate) const NHS_NUMBER: &str = "https://fhir.nhs.uk/Id/nhs-number";
/// Our identifiers of members of staff.
pub(crate) const STAFF: &str = "https://holdfast.example/fhir/Id/staff";
/// Pass codes that were made here, for the trust's portal.
pub(crate) const PASS_CODE: &str = "https://holdfast.example/fhir/Id/pass-code";
/// Our identifiers of records.
pub(crate) const RECORD: &str = "https://holdfast.example/fhir/Id/record";
pub(crate) const HOSPITAL_NUMBER: &str = "https://holdfast.example/fhir/Id/hospital-number";
/// The concern's code across checklists.
pub(crate) const CONCERN: &str = "https://holdfast.example/fhir/CodeSystem/concern";
pub(crate) const ABSENT: &str = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

/// The address of one of our code systems.
pub(crate) fn system(name: &str) -> String {
    format!("https://holdfast.example/fhir/CodeSystem/{name}")
}

/// A CodeableConcept of codings in our code systems, given as name of the system and code.
pub(crate) fn coded(codings: &[(&str, &str)]) -> Value {
    let codings: Vec<_> = codings.iter().map(|(name, code)| json!({ "system": system(name), "code": code })).collect();
    json!({ "coding": codings })
}

/// The address of one of our extensions.
pub(crate) fn url(name: &str) -> String {
    format!("https://holdfast.example/fhir/StructureDefinition/{name}")
}

/// An extension of ours.
pub(crate) fn ours(name: &str, value: &str, is: Value) -> Value {
    let mut extension = Map::new();
    extension.insert("url".to_owned(), json!(url(name)));
    extension.insert(value.to_owned(), is);
    Value::Object(extension)
}

/// The profile of UK Core for this kind of resource.
///
/// Observation and Procedure name its version: helios-hfs 0.2.7 takes a differential that mentions `value[x]` without its types to
/// allow none, and then refuses every value under those two profiles. It does not look a version up, and other servers do.
pub(crate) fn uk_core(kind: &str) -> Value {
    json!({ "profile": [format!("https://fhir.hl7.org.uk/StructureDefinition/UKCore-{kind}")] })
}

/// A moment (UTC milliseconds) as FHIR writes it, in UTC; the epoch when it lies outside all calendars.
pub(crate) fn instant(ms: i64) -> String {
    let at = jiff::Timestamp::from_millisecond(ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

pub(crate) fn to(reference: &str) -> Value {
    json!({ "reference": reference })
}

/// A reference to a record of ours, with our identifier of it: that of the resource does not tell it.
pub(crate) fn to_record(reference: &str, record: &str) -> Value {
    json!({ "reference": reference, "identifier": { "system": RECORD, "value": record } })
}

/// Without members that are null, empty text, empty lists or empty objects, which FHIR does not allow; at every depth.
pub(crate) fn without_empty(value: Value) -> Value {
    match value {
        Value::Object(members) => Value::Object(
            members.into_iter().map(|(name, v)| (name, without_empty(v))).filter(|(_, v)| full(v)).collect(),
        ),
        Value::Array(members) => Value::Array(members.into_iter().map(without_empty).filter(full).collect()),
        other => other,
    }
}

fn full(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(members) => !members.is_empty(),
        Value::Object(members) => !members.is_empty(),
        Value::Bool(_) | Value::Number(_) => true,
    }
}

/// A CodeableConcept of one code of HL7's terminology.
pub(crate) fn hl7(system: &str, code: &str) -> Value {
    json!({ "coding": [{ "system": format!("http://terminology.hl7.org/CodeSystem/{system}"), "code": code }] })
}

/// A concern: its code across checklists, and its words. The patient's own has words only.
pub(crate) fn concern(code: Option<&str>, words: &str) -> Value {
    let coding: Vec<_> = code.iter().map(|code| json!({ "system": CONCERN, "code": code })).collect();
    json!({ "coding": coding, "text": words })
}
