//! A locked care plan that this PC does not know yet, read from what stands at the trust.

use std::collections::BTreeMap;

use domain::action::ActionKey;
use domain::care_plan::{CarePlan, PlanStatus};
use domain::hna::Hna;
use domain::id::{CarePlanId, HnaId, StaffId};
use serde_json::Value;

use crate::care_plan::referral_id;
use crate::care_plan_read::{Plan, name, said};
use crate::hna::hna_response;
use crate::hna_read::record;
use crate::id;
use crate::read_fault::{ReadFault, extension, is, line, moment, objects};
use crate::value::{STAFF, url};

/// The plan that we wrote this CarePlan of, or None.
pub fn our_plan(body: &Value) -> Option<CarePlanId> {
    let id = body.get("identifier")?.as_array()?.iter().find_map(record).and_then(CarePlanId::parse)?;
    is(body, "CarePlan", &id::of(id.bytes(), "care-plan")).then_some(id)
}

/// The assessment that a CarePlan of ours was made from.
pub fn assessment_of_plan(body: &Value) -> Option<HnaId> {
    let info = body.get("supportingInfo")?.as_array()?;
    info.iter().find_map(|one| {
        let id = HnaId::parse(record(one.get("identifier")?)?)?;
        (one.get("reference")?.as_str()? == hna_response(id)).then_some(id)
    })
}

/// The plan as these resources of it say it: its CarePlan, with the Goals and ServiceRequests that it names. Scores, privacy and rank are
/// those of `hna`, the assessment it was made from; the patient has the reference `patient` at the trust.
pub fn new_care_plan(resources: &[Value], hna: &Hna, patient: &str) -> Result<CarePlan, ReadFault> {
    let body = resources.iter().find(|one| our_plan(one).is_some()).ok_or(ReadFault::NotOurs("CarePlan"))?;
    let id = our_plan(body).ok_or(ReadFault::NotOurs("CarePlan"))?;
    if assessment_of_plan(body) != Some(hna.id) {
        return Err(ReadFault::NotOurs("supportingInfo"));
    }
    let subject = |one: &Value| one.pointer("/subject/reference").and_then(Value::as_str) == Some(patient);
    if !resources.iter().all(subject) {
        return Err(ReadFault::NotOurs("subject"));
    }
    let mut there = BTreeMap::new();
    for one in resources {
        there.insert(name(one).ok_or(ReadFault::NotOurs("resourceType"))?, one);
    }
    let blank = begun(body, id, hna)?;
    let mut plan = said(&Plan { ours: &blank, patient, there: &there })?;
    if plan.status != PlanStatus::Locked || plan.version == 0 {
        return Err(ReadFault::Unreadable("status"));
    }
    for concern in plan.concerns.iter_mut().filter(|one| one.raised()) {
        let raised = hna.concern(&concern.key).ok_or(ReadFault::Unreadable("plan-concern"))?;
        (concern.answer, concern.private) = (raised.answer, raised.private);
        concern.ranked = hna.ranked.contains(&concern.key);
    }
    if !plan.unfinished().is_empty() {
        return Err(ReadFault::Missing("activity"));
    }
    Ok(plan)
}

/// Every Goal and ServiceRequest that a plan ever made at the trust, those too that it no longer names; as `Goal/…` and `ServiceRequest/…`.
pub fn ever_of_plan(plan: &CarePlan) -> Vec<String> {
    let goals = plan.concerns.iter().map(|one| id::of(plan.id.bytes(), &format!("goal/{}", one.key.as_str())));
    let actions = (1..=plan.actions_added).map(|number| ActionKey::new(&format!("a-{number}")));
    let referrals = actions.map(|key| format!("ServiceRequest/{}", referral_id(plan.id, &key)));
    goals.map(|goal| format!("Goal/{goal}")).chain(referrals).collect()
}

/// The plan before anything was said in it.
fn begun(body: &Value, id: CarePlanId, hna: &Hna) -> Result<CarePlan, ReadFault> {
    let record_of = extension(body, &url("plan-record")).ok_or(ReadFault::Missing("plan-record"))?;
    let part = |name: &str, value: &str| extension(record_of, name).and_then(|one| one.get(value));
    let by = part("started-by", "valueReference").ok_or(ReadFault::Missing("started-by"))?;
    let staff = by.get("identifier").filter(|one| one.get("system").and_then(Value::as_str) == Some(STAFF));
    let staff = staff.and_then(|one| one.get("value")?.as_str()).and_then(StaffId::parse);
    let started = extension(record_of, "started").ok_or(ReadFault::Missing("started"))?;
    let follows = match objects(body, "replaces")?.first() {
        None => None,
        Some(former) => {
            let id = former.get("identifier").and_then(record).and_then(CarePlanId::parse);
            Some(id.ok_or(ReadFault::Unreadable("replaces"))?)
        }
    };
    Ok(CarePlan {
        id,
        patient: hna.patient,
        hna: hna.id,
        status: PlanStatus::Draft,
        version: 0,
        started_at: moment(started, "valueDateTime")?.ok_or(ReadFault::Missing("started"))?,
        started_by: staff.ok_or(ReadFault::Unreadable("started-by"))?,
        started_by_name: line(by, "display")?,
        concerns: Vec::new(),
        actions_added: 0,
        concerns_added: 0,
        follows,
        signed: None,
        unlock_reason: String::new(),
        review: part("review", "valueBoolean") == Some(&Value::Bool(true)),
    })
}
