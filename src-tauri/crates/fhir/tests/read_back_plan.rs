//! What became of a plan at the trust, and what a colleague's newer version says: read as it stands there, or not at all.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod kit;

use domain::action::{Action, ActionKey, Ended, EndedHow};
use domain::care_plan::CarePlan;
use domain::hna::ConcernKey;
use fhir::{ReadFault, Resource, read_care_plan};
use jiff::civil::date;
use serde_json::{Value, json};

fn sent_plan(plan: &CarePlan) -> Vec<Value> {
    let hospital = kit::hospital();
    let there = fhir::former_referrals(plan);
    let all: Vec<Resource> =
        fhir::care_plan(plan, &fhir::hna_response(plan.hna), "Patient/x", &kit::author(&hospital), &there);
    all.into_iter().map(|one| one.body).collect()
}

/// The full plan after a change to what the trust has; the resource is found by kind, and by its number among those.
fn plan_after(kind: &str, number: usize, change: impl FnOnce(&mut Value)) -> Result<CarePlan, ReadFault> {
    let plan = kit::full_plan();
    let mut all = sent_plan(&plan);
    change(all.iter_mut().filter(|one| one["resourceType"] == kind).nth(number).unwrap());
    read_care_plan(&all, &plan)
}

fn action(plan: &CarePlan, number: u16) -> Action {
    plan.actions().find(|one| one.key == ActionKey::new(&format!("a-{number}"))).unwrap().clone()
}

#[test]
fn what_became_of_a_referral_at_the_trust_is_progress_and_nothing_else() {
    let ours = kit::full_plan();
    let done = plan_after("ServiceRequest", 1, |referral| {
        referral["status"] = json!("completed");
        referral["meta"]["lastUpdated"] = json!("2026-12-01T23:59:00Z");
        let taken_on = json!({ "reference": "Practitioner/7", "display": "Somebody there" });
        referral["performer"] = json!([taken_on, referral["performer"][0]]);
    });
    let done = done.unwrap();
    assert_eq!(action(&done, 3).ended, Some(Ended { how: EndedHow::Done, on: date(2026, 12, 1) }));
    assert!(done.differs_in_progress_only(&ours) && done != ours);
    let opened = plan_after("ServiceRequest", 0, |referral| referral["status"] = json!("active")).unwrap();
    assert_eq!((action(&opened, 2).ended, action(&opened, 2).outcome), (None, String::new()));
    let revoked = plan_after("ServiceRequest", 1, |referral| referral["status"] = json!("revoked"));
    assert_eq!(revoked, Err(ReadFault::Unreadable("status")), "nobody says why");
    let undated = plan_after("ServiceRequest", 1, |referral| referral["status"] = json!("completed"));
    assert_eq!(undated, Err(ReadFault::Missing("progress")), "nobody says when");
    let noted = plan_after("CarePlan", 0, |plan| {
        let note = json!({ "time": "2026-12-01", "text": "Rang, nobody there" });
        plan["activity"][2]["progress"] = json!([note]);
        plan["activity"][0]["outcomeCodeableConcept"]
            .as_array_mut()
            .unwrap()
            .insert(0, json!({ "coding": [{ "code": "1" }] }));
    });
    assert_eq!(noted, Ok(ours), "notes of others are no end");
}

#[test]
fn a_colleagues_newer_version_is_read_whole() {
    let ours = kit::ordinary_plan();
    let theirs = kit::changed_plan();
    let read = read_care_plan(&sent_plan(&theirs), &ours).unwrap();
    assert_eq!(read, theirs, "a removed referral, words taken out, version and signature");
    let more = ours.clone().unlock("She thought again").unwrap();
    let more = more.bring_concern(domain::care_plan::Origin::Added, None, "The cat").unwrap().0;
    let more = more.carry(&kit::full_plan(), &ActionKey::new("a-3")).unwrap();
    let key = ConcernKey::new("added-1");
    let more = more.write_what_matters(&key, "Who feeds it").unwrap().lock(&kit::by()).unwrap();
    let there = sent_plan(&more);
    let read = read_care_plan(&there, &ours).unwrap();
    assert_eq!(read.concerns.len(), ours.concerns.len() + 2);
    let spelled = |plan: &CarePlan| {
        plan.concerns.iter().map(|one| (one.key.clone(), one.text.clone(), one.matters.clone())).collect::<Vec<_>>()
    };
    assert_eq!((spelled(&read), read.version), (spelled(&more), 2));
    assert_eq!((read.concerns_added, read.actions_added), (more.concerns_added, more.actions_added));
    assert_eq!(read.actions().last(), more.actions().last(), "with what it was carried over from");
    // The referral is new to us: it must be given.
    assert_eq!(read_care_plan(&there[..1], &ours), Err(ReadFault::Absent("Goal")));
    let named = fhir::parts_of_plan(&there[0], more.id);
    assert_eq!(named.len(), there.len() - 1);
    let name = |one: &Value| format!("{}/{}", one["resourceType"].as_str().unwrap(), one["id"].as_str().unwrap());
    assert!(there[1..].iter().all(|one| named.contains(&name(one))));
}

#[test]
fn a_status_that_is_never_written_is_for_a_person() {
    for status in ["on-hold", "draft", "entered-in-error"] {
        let read = plan_after("ServiceRequest", 1, |referral| referral["status"] = json!(status));
        assert_eq!(read, Err(ReadFault::Unreadable("status")), "{status}");
    }
    for status in ["scheduled", "in-progress", "on-hold", "stopped", "unknown"] {
        let read = plan_after("CarePlan", 0, |plan| plan["activity"][0]["detail"]["status"] = json!(status));
        assert_eq!(read, Err(ReadFault::Unreadable("status")), "{status}");
    }
    for status in ["on-hold", "completed", "cancelled", "rejected", "proposed"] {
        let mut all = sent_plan(&kit::ordinary_plan());
        all.iter_mut().find(|one| one["resourceType"] == "Goal").unwrap()["lifecycleStatus"] = json!(status);
        let read = read_care_plan(&all, &kit::ordinary_plan());
        assert_eq!(read, Err(ReadFault::Unreadable("lifecycleStatus")), "{status}");
    }
}

#[test]
fn a_plan_names_no_part_of_another_plan() {
    let (ours, other) = (kit::ordinary_plan(), kit::harmful_plan());
    let mut there = sent_plan(&ours).remove(0);
    let named = fhir::parts_of_plan(&there, ours.id);
    assert!(named.iter().any(|part| part.starts_with("Goal/")), "{named:?}");
    let theirs = sent_plan(&other).remove(0);
    for list in ["goal", "activity", "extension"] {
        let more = theirs[list].as_array().unwrap().clone();
        there[list].as_array_mut().unwrap().extend(more);
    }
    there["identifier"] = theirs["identifier"].clone();
    let strange = json!([{ "reference": "Goal/another-systems" }, { "reference": "Patient/x" }]);
    there["goal"].as_array_mut().unwrap().extend(strange.as_array().unwrap().clone());
    assert_eq!(fhir::parts_of_plan(&there, ours.id), named, "whatever it says of itself");
    assert!(fhir::parts_of_plan(&theirs, ours.id).is_empty());
}

#[test]
fn a_plan_that_cannot_be_this_one_is_not_read() {
    type Change = Box<dyn FnOnce(&mut Value)>;
    let faults: Vec<(&str, Change, ReadFault)> = vec![
        ("CarePlan", Box::new(|body| body["status"] = json!("revoked")), ReadFault::Unreadable("status")),
        (
            "CarePlan",
            Box::new(|body| body["subject"] = json!({ "reference": "Patient/y" })),
            ReadFault::NotOurs("subject"),
        ),
        (
            "CarePlan",
            Box::new(|body| body["extension"][0]["valueInteger"] = json!(-1)),
            ReadFault::Unreadable("record-version"),
        ),
        (
            "CarePlan",
            Box::new(|body| body["author"] = json!({ "display": "Somebody" })),
            ReadFault::Unreadable("author"),
        ),
        (
            "CarePlan",
            Box::new(|body| drop(body["activity"][0].as_object_mut().unwrap().remove("id"))),
            ReadFault::Missing("activity"),
        ),
        ("CarePlan", Box::new(|body| body["activity"][3]["id"] = json!("a-1")), ReadFault::Unreadable("activity")),
        (
            "CarePlan",
            Box::new(|body| body["activity"][0]["detail"]["status"] = json!("entered-in-error")),
            ReadFault::Unreadable("status"),
        ),
        (
            "CarePlan",
            Box::new(|body| body["activity"][0]["detail"]["description"] = json!("x".repeat(201))),
            ReadFault::TooLong("description"),
        ),
        (
            "CarePlan",
            Box::new(|body| body["activity"][0]["detail"]["description"] = json!("")),
            ReadFault::Missing("activity"),
        ),
        (
            "CarePlan",
            Box::new(|body| body["activity"][0]["detail"]["performer"][0]["reference"] = json!("Patient/y")),
            ReadFault::Unreadable("performer"),
        ),
        (
            "CarePlan",
            Box::new(|body| {
                let mut one = body["activity"][0].clone();
                for number in 5..=100 {
                    one["id"] = json!(format!("a-{number}"));
                    body["activity"].as_array_mut().unwrap().push(one.clone());
                }
            }),
            ReadFault::TooLong("activity"),
        ),
        (
            "CarePlan",
            Box::new(|body| {
                let declined = json!({ "coding": [{ "system": "https://holdfast.example/fhir/CodeSystem/nothing-agreed", "code": "declined" }] });
                let nothing = json!({ "url": "nothing", "valueCodeableConcept": declined });
                body["extension"][7]["extension"].as_array_mut().unwrap().push(nothing);
            }),
            ReadFault::Unreadable("plan-concern"),
        ),
        ("CarePlan", Box::new(|body| body["id"] = json!("0")), ReadFault::NotOurs("id")),
        (
            "CarePlan",
            Box::new(|body| drop(body["extension"].as_array_mut().unwrap().drain(1..))),
            ReadFault::Missing("plan-concern"),
        ),
        (
            "CarePlan",
            Box::new(|body| body["activity"][0]["detail"]["reasonCode"] = json!([{ "text": "Another" }])),
            ReadFault::Unreadable("reasonCode"),
        ),
        (
            "ServiceRequest",
            Box::new(|body| body["resourceType"] = json!("Observation")),
            ReadFault::NotOurs("resourceType"),
        ),
    ];
    for (kind, change, fault) in faults {
        assert_eq!(plan_after(kind, 0, change), Err(fault), "{kind} {fault}");
    }
}
