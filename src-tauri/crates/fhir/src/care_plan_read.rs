//! A CarePlan with its Goals and ServiceRequests read back as the trust has them.
//!
//! | element | read as | where it is missing there |
//! | --- | --- | --- |
//! | `status`, `created`, `author`, `record-version` | locked or open, who signed when, number of the version | not read |
//! | `plan-concern` | which concerns there are, where they come from, why nothing was agreed | not read |
//! | `goal`, with the Goal | what matters about a concern | nothing is said of it |
//! | `activity`, with its ServiceRequest | an action, by its key: kind, words, owner, day, whom to turn to | it was taken out |
//! | their `status` and `progress` | how and when it ended, with what came of it | it is open |
//!
//! Scores, privacy and rank come from the assessment, and stay; so do why it was unlocked and which plan it
//! follows: `care_plan_new` reads those of a plan that is not known here.

use std::collections::{BTreeMap, BTreeSet};

use domain::action::{ActionKey, MOST_ACTIONS};
use domain::care_plan::{CarePlan, NothingAgreed, Origin, PlanConcern, PlanStatus};
use domain::hna::{Answer, ConcernKey};
use domain::id::{CarePlanId, StaffId};
use domain::merge::overlaid;
use domain::staff::{Organisation, Role, Signature};
use domain::text;
use serde_json::Value;

use crate::action_read;
use crate::author::Author;
use crate::care_plan::{care_plan as written, former_referrals, referral_id};
use crate::hna::hna_response;
use crate::id;
use crate::read_fault::{ReadFault, code, extension, is, line, moment, not_taken, objects, words};
use crate::value::{CONCERN, STAFF, system, url};

/// How many actions or concerns of a plan may ever have been added, and how often it may have been agreed: far more than a nurse does, and
/// few enough to count on from.
const MOST_ADDED: u16 = 1_000;
const MOST_VERSIONS: u32 = 10_000;

/// More concerns than any checklist has, with all that can be added.
const MOST_CONCERNS: usize = 300;
/// The longest key of a concern, bytes.
const LONGEST_KEY: usize = 80;

/// The plan as these resources of it say it now; those that are not given stand as `ours` wrote them. What they say as `ours` would
/// say it stays in the spelling of `ours`, which is the revision that the trust's version was made from. [`ReadFault::Absent`] when the
/// CarePlan names a part of the plan that `ours` does not have and that was not given: see [`parts_of_plan`].
pub fn read_care_plan(resources: &[Value], ours: &CarePlan) -> Result<CarePlan, ReadFault> {
    let subject =
        |one: &Value| one.get("subject").and_then(|to| to.get("reference")).and_then(Value::as_str).map(str::to_owned);
    let Some(first) = resources.first() else { return Ok(ours.clone()) };
    let patient = subject(first).ok_or(ReadFault::Missing("subject"))?;
    if resources.iter().any(|one| subject(one).as_ref() != Some(&patient)) {
        return Err(ReadFault::NotOurs("subject"));
    }
    let mine = as_written(ours, &patient);
    let mut there: BTreeMap<String, &Value> = mine.iter().map(|(name, body)| (name.clone(), body)).collect();
    let here = said(&Plan { ours, patient: &patient, there: &there })?;
    for one in resources {
        let name = name(one).ok_or(ReadFault::NotOurs("resourceType"))?;
        if name.starts_with("CarePlan/") && !is(one, "CarePlan", &id::of(ours.id.bytes(), "care-plan")) {
            return Err(ReadFault::NotOurs("id"));
        }
        there.insert(name, one);
    }
    let read = overlaid(&here, ours, &said(&Plan { ours, patient: &patient, there: &there })?);
    if read.status == PlanStatus::Locked && !read.unfinished().is_empty() {
        return Err(ReadFault::Missing("activity"));
    }
    Ok(read)
}

/// The Goals and ServiceRequests that a CarePlan names, each as `Goal/…` or `ServiceRequest/…`: what is to be read with it. Only those
/// whose identifiers derive from this plan: what it names beside them is part of another record, or of another system.
pub fn parts_of_plan(body: &Value, plan: CarePlanId) -> Vec<String> {
    let list = |name: &str| body.get(name).and_then(Value::as_array).into_iter().flatten();
    let concern = url("plan-concern");
    let concerns = list("extension").filter(|one| one.get("url").and_then(Value::as_str) == Some(&concern));
    let goals = concerns.filter_map(|one| extension(one, "key")?.get("valueString")?.as_str());
    let goals = goals.map(|key| format!("Goal/{}", id::of(plan.bytes(), &format!("goal/{key}"))));
    let referrals = list("activity").filter_map(|one| one.get("id")?.as_str());
    let referrals = referrals.map(|key| format!("ServiceRequest/{}", referral_id(plan, &ActionKey::new(key))));
    let of_this: BTreeSet<String> = goals.chain(referrals).collect();
    let named = list("goal").chain(list("activity").filter_map(|activity| activity.get("reference")));
    let mut parts: Vec<String> = Vec::new();
    for part in named.filter_map(|to| to.get("reference")?.as_str()).filter(|part| of_this.contains(*part)) {
        if !parts.iter().any(|known| known == part) {
            parts.push(part.to_owned());
        }
    }
    parts
}

fn as_written(ours: &CarePlan, patient: &str) -> Vec<(String, Value)> {
    let nobody = Organisation::default();
    let (staff, name) = match &ours.signed {
        Some(signed) => (signed.staff, signed.name.as_str()),
        None => (ours.started_by, ours.started_by_name.as_str()),
    };
    let author = Author { staff, name, role: Role::NotKnown, organisation: &nobody };
    let all = written(ours, &hna_response(ours.hna), patient, &author, &former_referrals(ours));
    all.into_iter().map(|one| (one.reference(), one.body)).collect()
}

pub(crate) fn name(of: &Value) -> Option<String> {
    let kind = of.get("resourceType")?.as_str()?;
    let known = matches!(kind, "CarePlan" | "Goal" | "ServiceRequest");
    known.then_some(())?;
    Some(format!("{kind}/{}", of.get("id")?.as_str()?))
}

/// A plan that is being read.
pub(crate) struct Plan<'a> {
    pub(crate) ours: &'a CarePlan,
    /// The reference by which the trust knows the patient.
    pub(crate) patient: &'a str,
    pub(crate) there: &'a BTreeMap<String, &'a Value>,
}

impl Plan<'_> {
    /// A resource of the plan by its reference.
    pub(crate) fn part(&self, kind: &'static str, id: &str) -> Result<&Value, ReadFault> {
        self.there.get(&format!("{kind}/{id}")).copied().ok_or(ReadFault::Absent(kind))
    }
}

/// What the resources say, in the record's form.
pub(crate) fn said(plan: &Plan<'_>) -> Result<CarePlan, ReadFault> {
    let ours = plan.ours;
    let body = plan.part("CarePlan", &id::of(ours.id.bytes(), "care-plan"))?;
    let mut read = CarePlan { concerns: concerns(body, ours)?, ..ours.clone() };
    version(body, ours, &mut read)?;
    let named = parts_of_plan(body, ours.id);
    for concern in &mut read.concerns {
        let goal = id::of(ours.id.bytes(), &format!("goal/{}", concern.key.as_str()));
        if named.contains(&format!("Goal/{goal}")) {
            concern.matters = matters(plan.part("Goal", &goal)?)?;
        }
    }
    let activities = objects(body, "activity")?;
    let mut keys = Vec::new();
    for activity in activities {
        let Some(key) = action_read::key(activity)? else { continue };
        if keys.contains(&key) {
            return Err(ReadFault::Unreadable("activity"));
        }
        if keys.len() >= MOST_ACTIONS {
            return Err(ReadFault::TooLong("activity"));
        }
        keys.push(key.clone());
        let (action, reason) = action_read::action(plan, body, activity, key)?;
        let place = place_of(&read, &reason)?;
        if let Some(concern) = read.concerns.get_mut(place) {
            concern.actions.push(action);
        }
    }
    if read.concerns.iter().any(|concern| concern.nothing.is_some() && !concern.actions.is_empty()) {
        return Err(ReadFault::Unreadable("plan-concern"));
    }
    let added = |one: &PlanConcern| one.key.as_str().strip_prefix("added-").and_then(|number| number.parse().ok());
    let record = extension(body, &url("plan-record"));
    let ever = |name: &str| {
        let count = record.and_then(|record| extension(record, name)).and_then(|one| one.get("valueInteger"));
        count.and_then(Value::as_u64).and_then(|count| u16::try_from(count).ok()).unwrap_or_default()
    };
    let (actions, concerns) =
        (ours.actions_added.max(ever("actions-added")), ours.concerns_added.max(ever("concerns-added")));
    read.concerns_added = read.concerns.iter().filter_map(added).fold(concerns, u16::max);
    read.actions_added = keys.iter().filter_map(action_read::number).fold(actions, u16::max);
    if read.actions_added > MOST_ADDED || read.concerns_added > MOST_ADDED {
        return Err(ReadFault::Unreadable("plan-record"));
    }
    Ok(read)
}

fn version(body: &Value, ours: &CarePlan, read: &mut CarePlan) -> Result<(), ReadFault> {
    read.status = match words(body, "status")? {
        Some("active") => PlanStatus::Locked,
        Some("draft") => PlanStatus::Draft,
        _ => return Err(ReadFault::Unreadable("status")),
    };
    let number =
        extension(body, &url("record-version")).and_then(|one| one.get("valueInteger")).and_then(Value::as_u64);
    let number = number.and_then(|number| u32::try_from(number).ok()).filter(|number| *number <= MOST_VERSIONS);
    read.version = number.ok_or(ReadFault::Unreadable("record-version"))?;
    if read.status == PlanStatus::Locked {
        read.unlock_reason = String::new();
    }
    if let Some(record) = extension(body, &url("plan-record")) {
        let review = extension(record, "review").and_then(|one| one.get("valueBoolean"));
        read.review = review == Some(&Value::Bool(true));
    }
    read.signed = None;
    if read.version > 0 {
        let author = objects(body, "author")?.first().copied().ok_or(ReadFault::Missing("author"))?;
        let of = author.get("identifier").filter(|one| one.get("system").and_then(Value::as_str) == Some(STAFF));
        let staff = of.and_then(|of| of.get("value")).and_then(Value::as_str).and_then(StaffId::parse);
        let staff = staff.ok_or(ReadFault::Unreadable("author"))?;
        let name = line(author, "display")?;
        let at = moment(body, "created")?.ok_or(ReadFault::Missing("created"))?;
        let known = ours.signed.as_ref().filter(|signed| signed.staff == staff);
        let said = extension(body, &url("plan-record")).and_then(|record| extension(record, "signed-by-role"));
        let said = said.and_then(|one| code(one.get("valueCodeableConcept"), &system("staff-role")));
        let said = said.and_then(Role::from_code);
        let role = said.or(known.map(|signed| signed.role)).unwrap_or(Role::NotKnown);
        read.signed = Some(Signature { staff, name, role, at });
    }
    Ok(())
}

/// The concerns without what matters and without actions, as they are listed. Without the list an action that stands there would be known
/// by half, and a concern without one not at all.
fn concerns(body: &Value, ours: &CarePlan) -> Result<Vec<PlanConcern>, ReadFault> {
    let address = url("plan-concern");
    let all = objects(body, "extension")?;
    let listed: Vec<_> =
        all.into_iter().filter(|one| one.get("url").and_then(Value::as_str) == Some(&address)).collect();
    if listed.is_empty() {
        return Err(ReadFault::Missing("plan-concern"));
    }
    if listed.len() > MOST_CONCERNS {
        return Err(ReadFault::TooLong("plan-concern"));
    }
    let mut read: Vec<PlanConcern> = Vec::new();
    for one in listed {
        let concern = concern(one, ours)?;
        if read.iter().any(|before| before.key == concern.key) {
            return Err(ReadFault::Unreadable("plan-concern"));
        }
        read.push(concern);
    }
    Ok(read)
}

fn concern(one: &Value, ours: &CarePlan) -> Result<PlanConcern, ReadFault> {
    let fault = ReadFault::Unreadable("plan-concern");
    let part = |name: &str, value: &str| extension(one, name).and_then(|one| one.get(value));
    let key = part("key", "valueString").and_then(Value::as_str).ok_or(fault)?;
    let slug = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    if key.is_empty() || key.len() > LONGEST_KEY || !key.chars().all(slug) {
        return Err(fault);
    }
    let coded = |name: &str, of: &str| match part(name, "valueCodeableConcept") {
        None => Ok(None),
        some => code(some, &system(of)).map(Some).ok_or(fault),
    };
    let origin = coded("origin", "concern-origin")?.and_then(Origin::from_code).ok_or(fault)?;
    let nothing = match coded("nothing", "nothing-agreed")? {
        None => None,
        Some(nothing) => Some(NothingAgreed::from_code(nothing).ok_or(fault)?),
    };
    let Reason { code, text } = reason(part("concern", "valueCodeableConcept").ok_or(fault)?)?;
    let key = ConcernKey::new(key);
    let here = ours.concern(&key).filter(|here| (&here.code, &here.text) == (&code, &text));
    Ok(PlanConcern {
        key,
        origin,
        code,
        text,
        answer: here.map_or(Answer::Unanswered, |here| here.answer),
        private: here.is_some_and(|here| here.private),
        ranked: here.is_some_and(|here| here.ranked),
        matters: String::new(),
        actions: Vec::new(),
        nothing,
    })
}

fn matters(goal: &Value) -> Result<String, ReadFault> {
    match words(goal, "lifecycleStatus")? {
        Some("active") => {}
        Some(_) => return Err(ReadFault::Unreadable("lifecycleStatus")),
        None => return Err(ReadFault::Missing("lifecycleStatus")),
    }
    let description = goal.get("description").ok_or(ReadFault::Missing("description"))?;
    let said = words(description, "text")?.ok_or(ReadFault::Missing("description"))?;
    text::lines(said).map_err(|fault| not_taken(fault, "description"))
}

/// Which concern something is about: its code across checklists, and its words.
pub(crate) struct Reason {
    code: Option<String>,
    text: String,
}

pub(crate) fn reason(of: &Value) -> Result<Reason, ReadFault> {
    let code = code(Some(of), CONCERN).map(text::line).transpose();
    let code = code.map_err(|fault| not_taken(fault, "reasonCode"))?;
    let text = line(of, "text")?;
    if text.is_empty() { Err(ReadFault::Missing("reasonCode")) } else { Ok(Reason { code, text }) }
}

/// The place of the concern that an action is about.
fn place_of(plan: &CarePlan, of: &Reason) -> Result<usize, ReadFault> {
    let same = |one: &PlanConcern| match (&one.code, &of.code) {
        (Some(one), Some(other)) => one == other,
        (None, None) => one.text == of.text,
        _ => false,
    };
    plan.concerns.iter().position(same).ok_or(ReadFault::Unreadable("reasonCode"))
}
