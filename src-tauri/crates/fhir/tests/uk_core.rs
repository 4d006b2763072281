//! Our resources against the UK Core profiles they claim. The profiles are not part of the project: `HOLDFAST_UKCORE` names the
//! folder with their StructureDefinitions as JSON; without it this says that it did not look.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::disallowed_methods, reason = "the profiles are wherever the variable says")]

mod kit;

use std::collections::{BTreeSet, HashMap};

use serde_json::{Value, json};

/// What UK Core wants supported and the record does not hold.
const NOT_HELD: &[&str] = &[
    "Appointment.appointmentType",
    "Appointment.basedOn",
    "Appointment.reasonCode",
    "Appointment.reasonReference",
    "Appointment.specialty",
    "Condition.severity",
    "Condition.recorder",
    "Observation.component",
    "Provenance.signature",
    "ServiceRequest.category",
    "ServiceRequest.priority",
    "Task.focus",
    "Task.reasonCode",
    "Task.reasonReference",
];

/// The values at a path below a resource; `value[x]` is every spelling of it.
fn at<'a>(under: &'a Value, path: &str) -> Vec<&'a Value> {
    path.split('.')
        .fold(vec![under], |values, name| values.into_iter().flat_map(|value| members(value, name)).collect())
}

fn members<'a>(of: &'a Value, name: &str) -> Vec<&'a Value> {
    let Some(object) = of.as_object() else { return Vec::new() };
    let stem = name.strip_suffix("[x]");
    let here = |key: &str| match stem {
        Some(stem) => key.strip_prefix(stem).is_some_and(|rest| rest.starts_with(char::is_uppercase)),
        None => key == name,
    };
    let found = object.iter().filter(|(key, _)| here(key)).map(|(_, value)| value);
    found.flat_map(|value| value.as_array().map_or(vec![value], |all| all.iter().collect())).collect()
}

/// Breaches of a profile's cardinalities and fixed values, outside and inside its slice of NHS numbers; and which of its
/// must-support elements are there.
fn judge(body: &Value, profile: &Value, there: &mut BTreeSet<String>) -> Vec<String> {
    let mut faults = Vec::new();
    if profile["type"] != body["resourceType"] {
        faults.push(format!("{} is no {}", body["resourceType"], profile["type"]));
    }
    for element in profile["differential"]["element"].as_array().unwrap() {
        let path = element["path"].as_str().unwrap();
        let Some((_, below)) = path.split_once('.') else { continue };
        let slice = element["id"].as_str().unwrap().contains(":nhsNumber");
        // Other slices are of extensions we do not use.
        if element["id"].as_str().unwrap().contains(':') && !slice {
            continue;
        }
        if element["mustSupport"] == true && !at(body, below).is_empty() {
            there.insert(path.to_owned());
        }
        let (parent, name) = below.rsplit_once('.').unwrap_or(("", below));
        let mut parents = if parent.is_empty() { vec![body] } else { at(body, parent) };
        if slice && !parent.is_empty() {
            parents.retain(|one| one["system"] == "https://fhir.nhs.uk/Id/nhs-number");
        }
        for one in parents {
            let mut values = members(one, name);
            if slice && parent.is_empty() {
                values.retain(|value| value["system"] == "https://fhir.nhs.uk/Id/nhs-number");
            }
            let count = values.len() as u64;
            let most = element["max"].as_str().and_then(|most| most.parse::<u64>().ok()).unwrap_or(u64::MAX);
            if count < element["min"].as_u64().unwrap_or(0) || count > most {
                faults.push(format!("{path} stands {count} times"));
            }
            if let Some(fixed) = element.get("fixedUri")
                && values.iter().any(|value| *value != fixed)
            {
                faults.push(format!("{path} is not {fixed}"));
            }
        }
    }
    faults
}

#[test]
fn what_claims_a_profile_keeps_it() {
    let Some(folder) = std::env::var_os("HOLDFAST_UKCORE").map(std::path::PathBuf::from) else {
        println!("UK Core: not checked");
        return;
    };
    let mut profiles: HashMap<String, Value> = HashMap::new();
    for entry in std::fs::read_dir(folder.join("structuredefinitions")).unwrap() {
        let profile: Value = serde_json::from_slice(&std::fs::read(entry.unwrap().path()).unwrap()).unwrap();
        profiles.insert(profile["url"].as_str().unwrap().to_owned(), profile);
    }
    let (mut there, mut wanted, mut claimed) = (BTreeSet::new(), BTreeSet::new(), 0);
    for set in kit::sets() {
        for resource in &set.resources {
            for claim in resource.body["meta"]["profile"].as_array().into_iter().flatten() {
                let (url, version) = claim.as_str().map(|claim| claim.split_once('|').unwrap_or((claim, ""))).unwrap();
                let profile = profiles.get(url).unwrap_or_else(|| panic!("{url} is no profile"));
                assert!(version.is_empty() || profile["version"] == version, "{claim}");
                let elements = profile["differential"]["element"].as_array().unwrap();
                let must = elements.iter().filter(|element| element["mustSupport"] == true);
                wanted.extend(must.map(|element| element["path"].as_str().unwrap().to_owned()));
                assert_eq!(judge(&resource.body, profile, &mut there), Vec::<String>::new(), "{}", set.name);
                claimed += 1;
            }
        }
    }
    let missing: Vec<_> = wanted.difference(&there).map(String::as_str).collect();
    let mut not_held = NOT_HELD.to_vec();
    not_held.sort_unstable();
    assert_eq!(missing, not_held);
    println!("UK Core: {claimed} claims kept");
}

#[test]
fn a_breach_is_seen() {
    let profile = json!({ "type": "Patient", "differential": { "element": [
        { "id": "Patient.identifier:nhsNumber", "path": "Patient.identifier", "max": "1" },
        { "id": "Patient.identifier:nhsNumber.value", "path": "Patient.identifier.value", "min": 1 },
        { "id": "Patient.gender", "path": "Patient.gender", "min": 1, "mustSupport": true },
    ]}});
    let nhs = json!({ "system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9990000018" });
    let mut there = BTreeSet::new();
    let right = json!({ "resourceType": "Patient", "identifier": [nhs, { "value": "H1" }], "gender": "female" });
    assert_eq!(judge(&right, &profile, &mut there), Vec::<String>::new());
    assert_eq!(there.into_iter().collect::<Vec<_>>(), ["Patient.gender"]);
    let mut lone = nhs.clone();
    lone.as_object_mut().unwrap().remove("value");
    let wrong = json!({ "resourceType": "Group", "identifier": [nhs, lone] });
    let faults = judge(&wrong, &profile, &mut BTreeSet::new());
    let expected = [
        "\"Group\" is no \"Patient\"",
        "Patient.identifier stands 2 times",
        "Patient.identifier.value stands 0 times",
        "Patient.gender stands 0 times",
    ];
    assert_eq!(faults, expected);
}
