//! Every reference leads somewhere, and every resource stands under one identifier. The server takes dangling references: we look.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod kit;

use std::collections::{HashMap, HashSet};

use fhir::Resource;
use kit::Set;
use serde_json::{Value, json};

/// Every `reference`, and the address of every attachment.
fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                match value.as_str() {
                    Some(to) if name == "reference" => found.push(to.to_owned()),
                    Some(to) if name == "url" && to.starts_with("Binary/") => found.push(to.to_owned()),
                    _ => references(value, found),
                }
            }
        }
        Value::Array(members) => members.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

fn dangling(set: &Set) -> Vec<String> {
    let here: HashSet<_> = set.resources.iter().map(Resource::reference).chain(set.given.iter().cloned()).collect();
    let mut all = Vec::new();
    set.resources.iter().for_each(|resource| references(&resource.body, &mut all));
    all.retain(|to| !here.contains(to));
    all
}

#[test]
fn every_reference_leads_into_the_set_or_to_what_it_was_given() {
    for set in kit::sets() {
        assert_eq!(dangling(&set), Vec::<String>::new(), "{}", set.name);
    }
}

#[test]
fn a_dangling_reference_is_seen() {
    let mut set = kit::sets().into_iter().find(|set| set.name == "hna").unwrap();
    set.resources[1].body["derivedFrom"] = json!([{ "reference": "QuestionnaireResponse/gone" }]);
    assert_eq!(dangling(&set), ["QuestionnaireResponse/gone"]);
}

#[test]
fn kind_and_identifier_stand_in_the_body_and_no_two_are_the_same() {
    for set in kit::sets() {
        let mut seen = HashSet::new();
        for resource in &set.resources {
            assert_eq!(resource.body["resourceType"], resource.kind);
            assert_eq!(resource.body["id"], resource.id);
            assert!(uuid::Uuid::parse_str(&resource.id).is_ok(), "{}", resource.id);
            assert!(seen.insert(&resource.id), "{} stands twice in {}", resource.id, set.name);
        }
    }
}

#[test]
fn an_identifier_is_only_ever_that_of_one_record() {
    // Versions of one record share identifiers; the amended, the changed and the matched are such.
    let same = [
        "patient-corrected",
        "care-plan-changed",
        "care-plan-empty",
        "treatment-summary-amended",
        "patient-matched",
        "patient-died",
        "offer-mistaken",
        "invitation-answered",
        "appointment-missed",
        "booking-missed",
    ];
    let mut seen: HashMap<String, &str> = HashMap::new();
    for set in kit::sets().into_iter().filter(|set| !same.contains(&set.name)) {
        for resource in set.resources {
            let before = seen.insert(resource.id.clone(), set.name);
            assert_eq!(before, None, "{} of {}", resource.reference(), set.name);
        }
    }
}

#[test]
fn the_commit_record_names_everything_that_goes_with_it() {
    for set in kit::sets() {
        let (commit, rest) = set.resources.split_last().unwrap();
        assert_eq!(commit.kind, "Provenance");
        let named: Vec<_> =
            commit.body["target"].as_array().unwrap().iter().map(|to| to["reference"].clone()).collect();
        assert_eq!(named, rest.iter().map(Resource::reference).collect::<Vec<_>>(), "{}", set.name);
    }
}
