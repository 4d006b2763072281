//! One activity of a CarePlan, with the ServiceRequest where it is a referral, read back as an action.

use domain::action::{Action, ActionKey, ActionKind, Ended, EndedHow, OwnerKind};
use domain::day;
use domain::id::{CarePlanId, DirectoryEntryId};
use domain::text;
use jiff::civil::Date;
use serde_json::Value;

use crate::care_plan::{how, owner_words, referral_id};
use crate::care_plan_read::{Plan, Reason, reason};
use crate::read_fault::{ReadFault, code, date, extension, line, moment, not_taken, objects, words};
use crate::value::{system, url};

/// The key of an activity of ours; None for one that another system put there. A fault where ours has lost its key: it could not be told
/// from one that was taken out.
pub(crate) fn key(activity: &Value) -> Result<Option<ActionKey>, ReadFault> {
    let key = words(activity, "id")?.map(ActionKey::new).filter(|key| number(key).is_some());
    let kind = activity.get("detail").and_then(|detail| code(detail.get("code"), &system("action-kind")));
    if key.is_none() && kind.is_some() { Err(ReadFault::Missing("activity")) } else { Ok(key) }
}

/// The number in the key of an action.
pub(crate) fn number(key: &ActionKey) -> Option<u16> {
    let digits = key.as_str().strip_prefix("a-")?;
    let number = digits.parse().ok()?;
    (number > 0 && format!("{number}") == digits).then_some(number)
}

/// The action, and the concern it is about.
pub(crate) fn action(
    plan: &Plan<'_>,
    body: &Value,
    activity: &Value,
    key: ActionKey,
) -> Result<(Action, Reason), ReadFault> {
    let fault = ReadFault::Unreadable("activity");
    let referral = match activity.get("reference") {
        None => None,
        Some(to) => {
            let id = referral_id(plan.ours.id, &key);
            let named = to.get("reference").and_then(Value::as_str) == Some(&format!("ServiceRequest/{id}"));
            Some(plan.part("ServiceRequest", named.then_some(&id).ok_or(fault)?)?)
        }
    };
    let detail = activity.get("detail");
    let of = referral.or(detail).ok_or(fault)?;
    let concept = of.get("code");
    let kind =
        code(concept, &system("action-kind")).map(|kind| ActionKind::from_code(kind).ok_or(fault)).transpose()?;
    let what = match referral {
        Some(_) => concept.map_or(Ok(String::new()), |concept| line(concept, "text"))?,
        None => line(of, "description")?,
    };
    let until = if referral.is_some() { "occurrencePeriod" } else { "scheduledPeriod" };
    let due = of.get(until).map_or(Ok(None), |period| date(period, "end"))?;
    let (owner, owner_name) = owner(plan, activity, of, referral.is_some())?;
    let whom = match (referral, owner) {
        (Some(_), Some(OwnerKind::Service)) => None,
        (Some(of), _) => objects(of, "performer")?.into_iter().find(|one| is_asked(one)),
        (None, _) => of.get("location"),
    };
    let whom = whom.map_or(Ok(String::new()), |whom| line(whom, "display"))?;
    let ended = ended(body, activity, of, referral.is_some())?;
    let outcome = match ended {
        None => String::new(),
        Some(_) => objects(activity, "outcomeCodeableConcept")?
            .into_iter()
            .find(|one| is_outcome(one))
            .map_or(Ok(String::new()), |of| line(of, "text"))?,
    };
    let about = objects(of, "reasonCode")?.first().copied().ok_or(ReadFault::Missing("reasonCode"))?;
    let action = Action {
        key,
        kind,
        what,
        owner,
        owner_name,
        due,
        ended,
        outcome,
        entry: entry(activity)?,
        contact: contact(activity, &whom)?,
        carried_from: carried_from(activity)?,
    };
    Ok((action, reason(about)?))
}

/// Who it falls to; the name is empty where the words are those of the kind.
fn owner(
    plan: &Plan<'_>,
    activity: &Value,
    of: &Value,
    referral: bool,
) -> Result<(Option<OwnerKind>, String), ReadFault> {
    let fault = ReadFault::Unreadable("performer");
    let Some(concept) = extension(activity, &url("action-owner")) else { return Ok((None, String::new())) };
    let kind = code(concept.get("valueCodeableConcept"), &system("action-owner")).and_then(OwnerKind::from_code);
    let kind = kind.ok_or(fault)?;
    let one = match (referral, kind) {
        (false, _) => objects(of, "performer")?.into_iter().find(|one| is_owner(one)),
        (true, OwnerKind::Service) => objects(of, "performer")?.into_iter().find(|one| is_asked(one)),
        (true, _) => of.get("requester"),
    };
    let one = one.ok_or(fault)?;
    let patient = one.get("reference").and_then(Value::as_str) == Some(plan.patient);
    if patient != (kind == OwnerKind::Patient) {
        return Err(fault);
    }
    let name = if patient { String::new() } else { line(one, "display")? };
    Ok((Some(kind), if owner_words(kind) == name { String::new() } else { name }))
}

/// How and when it ended, by its status; the day from our own note of it, else that on which the resource last changed.
fn ended(body: &Value, activity: &Value, of: &Value, referral: bool) -> Result<Option<Ended>, ReadFault> {
    let fault = ReadFault::Unreadable("status");
    let done = match words(of, "status")?.ok_or(ReadFault::Missing("status"))? {
        "completed" => true,
        "cancelled" if !referral => false,
        "revoked" if referral => false,
        "not-started" if !referral => return Ok(None),
        "active" if referral => return Ok(None),
        // What is never written would go back as something else.
        _ => return Err(fault),
    };
    let noted = objects(activity, "progress")?.into_iter().find_map(noted);
    let how = match (done, noted) {
        (true, Some((EndedHow::Done, _)) | None) => EndedHow::Done,
        (false, Some((how @ (EndedHow::Declined | EndedHow::NotNeeded), _))) => how,
        _ => return Err(fault),
    };
    let on = match noted {
        Some((_, one)) => date(one, "time")?,
        None => changed(if referral { of } else { body })?,
    };
    on.map(|on| Some(Ended { how, on })).ok_or(ReadFault::Missing("progress"))
}

/// Our note of how it ended; what other systems note of its progress is none.
pub(crate) fn noted(one: &Value) -> Option<(EndedHow, &Value)> {
    let words = one.get("text")?.as_str()?;
    EndedHow::ALL.iter().find(|ended| how(**ended) == words).map(|how| (*how, one))
}

/// What came of it, in our words: other systems give codes.
pub(crate) fn is_outcome(one: &Value) -> bool {
    one.get("coding").is_none()
}

/// Whom an activity falls to, as we say it: the patient, or a name.
pub(crate) fn is_owner(one: &Value) -> bool {
    let to = one.get("reference").and_then(Value::as_str);
    one.get("identifier").is_none() && to.is_none_or(|to| to.starts_with("Patient/"))
}

/// Whom a referral asks, as we say it: a service by its name. Whoever took it on at the trust has an identifier.
pub(crate) fn is_asked(one: &Value) -> bool {
    let service = one.get("type").and_then(Value::as_str) == Some("HealthcareService");
    service && one.get("identifier").is_none() && one.get("reference").is_none()
}

fn changed(resource: &Value) -> Result<Option<Date>, ReadFault> {
    let at = resource.get("meta").map_or(Ok(None), |meta| moment(meta, "lastUpdated"))?;
    Ok(at.map(|at| day::london(at).date()))
}

/// Whom to turn to; the name is on a line of its own: as it stands, or where it is said elsewhere too.
fn contact(activity: &Value, whom: &str) -> Result<String, ReadFault> {
    let Some(one) = extension(activity, &url("contact-line")) else { return Ok(String::new()) };
    let said = words(one, "valueString")?.unwrap_or_default();
    let said = text::lines(said).map_err(|fault| not_taken(fault, "contact-line"))?;
    if said.contains('\n') {
        return Ok(said);
    }
    Ok(match said.strip_prefix(whom).and_then(|rest| rest.strip_prefix(", ")) {
        Some(rest) if !whom.is_empty() => format!("{whom}\n{rest}"),
        _ => said,
    })
}

fn entry(activity: &Value) -> Result<Option<DirectoryEntryId>, ReadFault> {
    let Some(one) = extension(activity, &url("directory-entry")) else { return Ok(None) };
    let id = words(one, "valueString")?.and_then(DirectoryEntryId::parse);
    id.map(Some).ok_or(ReadFault::Unreadable("directory-entry"))
}

fn carried_from(activity: &Value) -> Result<Option<(CarePlanId, ActionKey)>, ReadFault> {
    let Some(one) = extension(activity, &url("carried-from")) else { return Ok(None) };
    let fault = ReadFault::Unreadable("carried-from");
    let (plan, key) = words(one, "valueString")?.and_then(|from| from.split_once('/')).ok_or(fault)?;
    let key = ActionKey::new(key);
    match (CarePlanId::parse(plan), number(&key)) {
        (Some(plan), Some(_)) => Ok(Some((plan, key))),
        _ => Err(fault),
    }
}
