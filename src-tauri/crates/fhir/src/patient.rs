//! A patient as a Patient, the cancer as Conditions and each treatment as a Procedure.

use domain::day;
use domain::patient::{Patient, Treatment, TreatmentKind};
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::author::organisation;
use crate::id;
use crate::resource::Resource;
use crate::value::{HOSPITAL_NUMBER, NHS_NUMBER, RECORD, coded, hl7, instant, ours, to, uk_core};

pub(crate) const UK_CORE: &str = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore";
pub(crate) const HL7: &str = "http://hl7.org/fhir/StructureDefinition";
/// The words of a Condition while nobody recorded which cancer it is.
pub(crate) const TYPE_UNKNOWN: &str = "Cancer, type not recorded";

/// The patient's resources: the Patient, only when the trust is to have our demographics; the Condition of the diagnosis, and that
/// of the recurrence; a Procedure for each treatment. All but the first refer to the patient as `reference` (`Patient/…`), which is
/// the trust's own when it knew the patient before us.
pub fn patient(patient: &Patient, with_demographics: bool, reference: &str) -> Vec<Resource> {
    let mut all = Vec::new();
    if with_demographics {
        all.push(Resource::new("Patient", patient.id.to_string(), demographics(patient)));
    }
    let diagnosis = diagnosis(patient, reference);
    let diagnosed = diagnosis.as_ref().map(Resource::reference);
    all.extend(diagnosis);
    all.extend(recurrence(patient, reference, diagnosed.as_deref()));
    let checked = day::london(patient.checked_at).date();
    for (place, treatment) in patient.cancer.treatments.iter().enumerate() {
        let id = id::of(patient.id.bytes(), &format!("treatment/{}", place + 1));
        let body = procedure(treatment, checked, reference, diagnosed.as_deref());
        all.push(Resource::new("Procedure", id, body));
    }
    all
}

fn demographics(patient: &Patient) -> Value {
    let test = patient.nhs_number.as_ref().is_some_and(|number| number.is_test());
    let mut meta = uk_core("Patient");
    if test && let Some(meta) = meta.as_object_mut() {
        let label = json!({ "system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "HTEST" });
        meta.insert("security".to_owned(), json!([label]));
    }
    let name = &patient.name;
    let official = json!({
        "use": "official",
        "prefix": [name.title],
        "given": name.given.split_whitespace().collect::<Vec<_>>(),
        "family": name.family,
    });
    let preferred = (!name.preferred.is_empty()).then(|| json!({ "use": "nickname", "given": [name.preferred] }));
    let telecom = |system: &str, purpose: Option<&str>, value: &str| {
        (!value.is_empty()).then(|| json!({ "system": system, "value": value, "use": purpose }))
    };
    json!({
        "meta": meta,
        "extension": needs(patient).into_iter().chain([record(patient)]).collect::<Vec<_>>(),
        "identifier": [nhs_number(patient), hospital_number(patient), json!({ "system": RECORD, "value": patient.id.to_string() })],
        "active": true,
        "name": [official, preferred],
        "telecom": [
            telecom("phone", Some("home"), &patient.phone),
            telecom("phone", Some("mobile"), &patient.mobile),
            telecom("email", None, &patient.email),
        ],
        "gender": patient.gender.code(),
        "birthDate": patient.born.to_string(),
        "deceasedDateTime": patient.died.map(|died| died.to_string()),
        "address": address(patient),
        "generalPractitioner": [organisation(&patient.practice)],
        "managingOrganization": organisation(&patient.followed_up_at),
    })
}

fn nhs_number(patient: &Patient) -> Option<Value> {
    let number = patient.nhs_number.as_ref()?;
    // Typed in a clinic and checked by its digits only: nobody has traced it.
    let status = "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland";
    let untraced =
        json!({ "coding": [{ "system": status, "code": "02", "display": "Number present but not traced" }] });
    let url = format!("{UK_CORE}-NHSNumberVerificationStatus");
    let extension = json!([{ "url": url, "valueCodeableConcept": untraced }]);
    Some(json!({ "extension": extension, "system": NHS_NUMBER, "value": number.digits() }))
}

fn hospital_number(patient: &Patient) -> Option<Value> {
    let number = &patient.hospital_number;
    (!number.is_empty()).then(|| json!({ "type": hl7("v2-0203", "MR"), "system": HOSPITAL_NUMBER, "value": number }))
}

fn address(patient: &Patient) -> Vec<Value> {
    let lines: Vec<_> = patient.address.lines().map(str::trim).collect();
    let known = !patient.address.is_empty() || !patient.postcode.is_empty();
    known.then(|| json!({ "use": "home", "line": lines, "postalCode": patient.postcode })).into_iter().collect()
}

/// What the person needs in order to read, hear and take part.
fn needs(patient: &Patient) -> Vec<Value> {
    let mut extensions = Vec::new();
    let points = patient.needs.print_points;
    if points > 14 {
        let system = "https://fhir.hl7.org.uk/CodeSystem/UKCore-PreferredWrittenCommunicationFormat";
        let coding = json!({ "system": system, "code": "11", "display": "Large print" });
        let format = json!({ "coding": [coding], "text": format!("Large print, {points} point") });
        let part = json!({ "url": "PreferredWrittenCommunicationFormat", "valueCodeableConcept": format });
        extensions.push(json!({ "url": format!("{UK_CORE}-ContactPreference"), "extension": [part] }));
    }
    if !patient.needs.interpreter.is_empty() {
        extensions.push(json!({ "url": format!("{HL7}/patient-interpreterRequired"), "valueBoolean": true }));
        // Typed in words: the language codes that FHIR requires would be a guess.
        extensions.push(ours("interpreter-language", "valueString", json!(patient.needs.interpreter)));
    }
    if !patient.needs.other.is_empty() {
        extensions.push(ours("accessible-needs", "valueString", json!(patient.needs.other)));
    }
    extensions
}

/// What another PC of ours knows of the patient and FHIR has no element for.
fn record(patient: &Patient) -> Value {
    let part = |name: &str, value: &str| json!({ "url": name, "valueString": value });
    let said =
        [("key-worker", &patient.key_worker), ("team", &patient.team), ("death-taken-back", &patient.death_taken_back)];
    let checked = json!({ "url": "checked", "valueDateTime": instant(patient.checked_at) });
    let said = said.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| part(name, value));
    ours("patient-record", "extension", std::iter::once(checked).chain(said).collect())
}

fn diagnosis(patient: &Patient, reference: &str) -> Option<Resource> {
    let cancer = &patient.cancer;
    (!cancer.cancer_type.is_empty() || cancer.diagnosed.is_some()).then(|| {
        let at = organisation(&patient.diagnosed_at).map(|at| ours("diagnosed-at", "valueReference", at));
        let body = condition(patient, "active", cancer.diagnosed, at, reference);
        Resource::new("Condition", id::of(patient.id.bytes(), "diagnosis"), body)
    })
}

fn recurrence(patient: &Patient, reference: &str, diagnosis: Option<&str>) -> Option<Resource> {
    let recurred = patient.cancer.recurred?;
    let after = diagnosis.map(
        |diagnosis| json!({ "url": format!("{HL7}/condition-occurredFollowing"), "valueReference": to(diagnosis) }),
    );
    let body = condition(patient, "recurrence", Some(recurred), after, reference);
    Some(Resource::new("Condition", id::of(patient.id.bytes(), "recurrence"), body))
}

/// `asserted` is the date of diagnosis: when it began (onset) nobody knows.
fn condition(patient: &Patient, status: &str, asserted: Option<Date>, more: Option<Value>, reference: &str) -> Value {
    let asserted = asserted
        .map(|date| json!({ "url": format!("{HL7}/condition-assertedDate"), "valueDateTime": date.to_string() }));
    let cancer = &patient.cancer.cancer_type;
    json!({
        "meta": uk_core("Condition"),
        "extension": [asserted, more],
        "clinicalStatus": hl7("condition-clinical", status),
        "verificationStatus": hl7("condition-ver-status", "confirmed"),
        "category": [hl7("condition-category", "problem-list-item")],
        "code": { "text": if cancer.is_empty() { TYPE_UNKNOWN } else { cancer } },
        "subject": to(reference),
    })
}

fn procedure(treatment: &Treatment, checked: Date, reference: &str, diagnosis: Option<&str>) -> Value {
    let mut body = json!({
        "meta": uk_core("Procedure|2.5.0"),
        "status": status(treatment, checked),
        "category": coded(&[("treatment-kind", treatment.kind.code())]),
        "code": { "text": if treatment.name.is_empty() { kind(treatment.kind) } else { &treatment.name } },
        "subject": to(reference),
        "reasonReference": diagnosis.map(|diagnosis| [to(diagnosis)]),
    });
    if let Some(body) = body.as_object_mut() {
        let day = |date: Option<Date>| date.map(|date| date.to_string());
        match (treatment.start, treatment.end) {
            (None, None) => {}
            (Some(start), end) if end == Some(start) => {
                body.insert("performedDateTime".to_owned(), json!(day(end)));
            }
            (start, end) => {
                body.insert("performedPeriod".to_owned(), json!({ "start": day(start), "end": day(end) }));
            }
        }
    }
    body
}

/// How far a treatment was on the day the record was last checked; a later day would be a guess.
pub(crate) fn status(treatment: &Treatment, checked: Date) -> &'static str {
    let one_day = treatment.kind == TreatmentKind::Surgery;
    match (treatment.start, treatment.end) {
        (_, Some(end)) if end <= checked => "completed",
        (Some(start), None) if start <= checked && one_day => "completed",
        (Some(start), _) if start <= checked => "in-progress",
        (Some(_), _) => "preparation",
        (None, _) => "unknown",
    }
}

/// The words of a Procedure whose name nobody gave.
pub(crate) fn kind(kind: TreatmentKind) -> &'static str {
    match kind {
        TreatmentKind::Surgery => "Surgery",
        TreatmentKind::Radiotherapy => "Radiotherapy",
        TreatmentKind::Sact => "Systemic anti-cancer therapy",
        TreatmentKind::Hormone => "Hormone therapy",
        TreatmentKind::Transplant => "Transplant",
        TreatmentKind::Surveillance => "Active surveillance",
        TreatmentKind::Other => "Other treatment",
    }
}
