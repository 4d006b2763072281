//! Who wrote what stands at the trust, read from the commit record that came with it.

use domain::id::StaffId;
use domain::op::Op;
use domain::staff::Role;
use serde_json::Value;

use crate::read_fault::{code, line, moment, objects};
use crate::value::{STAFF, system};

/// An act of ours at the trust: a Provenance that this product wrote, from whichever PC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub staff: StaffId,
    pub name: String,
    pub role: Role,
    /// When the act was saved, UTC milliseconds.
    pub at: i64,
    pub op: Op,
    /// What it wrote, each as `Type/id`.
    pub targets: Vec<String>,
}

/// The act that a Provenance is the commit record of; None for one that was not written by us, or does not read.
pub fn written(body: &Value) -> Option<Written> {
    let agent = objects(body, "agent").ok()?.first().copied()?;
    let who = agent.get("who")?;
    let staff = who.get("identifier").filter(|one| one.get("system").and_then(Value::as_str) == Some(STAFF))?;
    let roles = objects(agent, "role").ok()?;
    let role = roles.into_iter().find_map(|one| code(Some(one), &system("staff-role"))).and_then(Role::from_code);
    let targets = objects(body, "target").ok()?;
    let targets = targets.into_iter().filter_map(|one| Some(one.get("reference")?.as_str()?.to_owned())).collect();
    (body.get("resourceType").and_then(Value::as_str) == Some("Provenance")).then_some(())?;
    Some(Written {
        staff: StaffId::parse(staff.get("value")?.as_str()?)?,
        name: line(who, "display").ok()?,
        role: role.unwrap_or(Role::NotKnown),
        at: moment(body, "recorded").ok()??,
        op: Op::from_code(code(body.get("activity"), &system("act"))?)?,
        targets,
    })
}
