//! What other systems put into a resource of ours that our writer never writes: it is carried into what we send, so that a save here
//! deletes nothing of theirs. What we write and left out is taken out; `meta` and `text` are ours.

use domain::action::EndedHow;
use domain::id::CarePlanId;
use serde_json::{Map, Value};

use crate::action_read;
use crate::care_plan::how;
use crate::id;
use crate::patient::{HL7, UK_CORE};
use crate::patient_read::{home, is_identifier, telecom_slot, written_format};
use crate::read_fault::extension;
use crate::value::{HOSPITAL_NUMBER, NHS_NUMBER, RECORD, url};

/// Puts what `theirs` has and our writer never writes into `ours`: other elements, other entries of a list, other members of what we
/// write. `theirs` is the trust's version that `ours` is to take the place of; a resource of another kind or identifier gives nothing, and
/// neither does one of a kind that is never read back.
pub fn keep(ours: &mut Value, theirs: &Value) {
    let member = |of: &Value, name: &str| of.get(name).and_then(Value::as_str).map(str::to_owned);
    let kind = member(ours, "resourceType");
    let same = kind == member(theirs, "resourceType") && member(ours, "id") == member(theirs, "id");
    let Some(written) = kind.filter(|_| same).and_then(|kind| writes(&kind)) else { return };
    if let (Value::Object(ours), Value::Object(theirs)) = (ours, theirs) {
        carry(ours, theirs, written);
        if let Some(goals) = theirs.get("goal").and_then(Value::as_array) {
            other_goals(ours, goals, &goals_of(theirs));
        }
    }
}

/// What our writer writes of an element.
#[derive(Clone, Copy)]
enum Write {
    /// All of it: it is ours, and theirs goes.
    Whole,
    /// These members of it.
    Members(&'static [(&'static str, Write)]),
    /// The entries of a list that have a place here, and these members of each. Which place an entry has, its second argument says
    /// among all of them.
    Entries(fn(&[&Value], usize) -> Option<String>, &'static [(&'static str, Write)]),
}
use Write::{Entries, Members, Whole};

/// What every resource has that is not carried.
const OWN: &[&str] = &["resourceType", "id", "meta", "text", "implicitRules"];

const CONCEPT: &[(&str, Write)] = &[("coding", Whole), ("text", Whole)];
const REFERENCE: &[(&str, Write)] = &[("reference", Whole), ("type", Whole), ("identifier", Whole), ("display", Whole)];

const PATIENT: &[(&str, Write)] = &[
    ("extension", Entries(our_extension, &[])),
    ("identifier", Entries(number, &[("system", Whole), ("value", Whole), ("type", Whole)])),
    ("active", Whole),
    ("name", Entries(name, &[("use", Whole), ("prefix", Whole), ("given", Whole), ("family", Whole), ("text", Whole)])),
    ("telecom", Entries(telecom, &[("system", Whole), ("value", Whole), ("use", Whole)])),
    ("gender", Whole),
    ("birthDate", Whole),
    ("deceasedDateTime", Whole),
    ("deceasedBoolean", Whole),
    ("address", Entries(address, ADDRESS)),
    ("generalPractitioner", Entries(first, REFERENCE)),
    ("managingOrganization", Members(REFERENCE)),
];

const ADDRESS: &[(&str, Write)] = &[
    ("use", Whole),
    ("text", Whole),
    ("line", Whole),
    // Read as lines, and written as lines.
    ("district", Whole),
    ("city", Whole),
    ("state", Whole),
    ("postalCode", Whole),
];

const CONDITION: &[(&str, Write)] = &[
    ("extension", Entries(our_extension, &[])),
    ("clinicalStatus", Whole),
    ("verificationStatus", Whole),
    ("category", Entries(our_concept, CONCEPT)),
    ("code", Members(&[("text", Whole)])),
    ("subject", Whole),
];

const PROCEDURE: &[(&str, Write)] = &[
    ("status", Whole),
    ("category", Members(CONCEPT)),
    ("code", Members(&[("text", Whole)])),
    ("subject", Whole),
    ("reasonReference", Entries(first, REFERENCE)),
    ("performedDateTime", Whole),
    ("performedPeriod", Members(&[("start", Whole), ("end", Whole)])),
    ("performedString", Whole),
    ("performedAge", Whole),
    ("performedRange", Whole),
];

const CARE_PLAN: &[(&str, Write)] = &[
    ("extension", Entries(our_extension, &[])),
    ("identifier", Entries(number, &[("system", Whole), ("value", Whole)])),
    ("status", Whole),
    ("replaces", Entries(first, REFERENCE)),
    ("intent", Whole),
    ("category", Entries(our_concept, CONCEPT)),
    ("title", Whole),
    ("subject", Whole),
    ("period", Members(&[("start", Whole)])),
    ("created", Whole),
    ("author", Whole),
    ("supportingInfo", Entries(response, REFERENCE)),
    // Which of them are ours only the whole plan says: see `other_goals`.
    ("goal", Whole),
    ("activity", Entries(activity, ACTIVITY)),
];

const ACTIVITY: &[(&str, Write)] = &[
    ("id", Whole),
    ("extension", Entries(our_extension, &[])),
    ("outcomeCodeableConcept", Entries(outcome, &[("text", Whole)])),
    ("progress", Entries(progress, &[("time", Whole), ("text", Whole)])),
    ("reference", Whole),
    ("detail", Members(DETAIL)),
];

const DETAIL: &[(&str, Write)] = &[
    ("code", Members(CONCEPT)),
    ("reasonCode", Entries(first, CONCEPT)),
    ("goal", Whole),
    ("status", Whole),
    ("statusReason", Whole),
    ("scheduledPeriod", Members(&[("end", Whole)])),
    ("scheduledTiming", Whole),
    ("scheduledString", Whole),
    ("performer", Entries(performer, REFERENCE)),
    ("location", Members(REFERENCE)),
    ("description", Whole),
];

const GOAL: &[(&str, Write)] = &[
    ("lifecycleStatus", Whole),
    ("category", Entries(first, CONCEPT)),
    ("description", Members(&[("text", Whole)])),
    ("subject", Whole),
    ("startDate", Whole),
    ("startCodeableConcept", Whole),
    ("expressedBy", Whole),
];

const REFERRAL: &[(&str, Write)] = &[
    ("basedOn", Entries(first, REFERENCE)),
    ("replaces", Entries(first, REFERENCE)),
    ("status", Whole),
    ("intent", Whole),
    ("code", Members(CONCEPT)),
    ("subject", Whole),
    ("occurrencePeriod", Members(&[("end", Whole)])),
    ("occurrenceDateTime", Whole),
    ("occurrenceTiming", Whole),
    ("authoredOn", Whole),
    ("requester", Members(REFERENCE)),
    ("performer", Entries(asked, REFERENCE)),
    ("reasonCode", Entries(first, CONCEPT)),
    ("note", Entries(own_note, &[("text", Whole)])),
];

fn writes(kind: &str) -> Option<&'static [(&'static str, Write)]> {
    match kind {
        "Patient" => Some(PATIENT),
        "Condition" => Some(CONDITION),
        "Procedure" => Some(PROCEDURE),
        "CarePlan" => Some(CARE_PLAN),
        "Goal" => Some(GOAL),
        "ServiceRequest" => Some(REFERRAL),
        _ => None,
    }
}

fn carry(ours: &mut Map<String, Value>, theirs: &Map<String, Value>, written: &[(&str, Write)]) {
    for (name, their) in theirs.iter().filter(|(name, value)| !OWN.contains(&name.as_str()) && !value.is_null()) {
        match (written.iter().find(|(one, _)| one == name).map(|(_, how)| *how), ours.get_mut(name)) {
            (Some(Whole), _) | (None, Some(_)) | (Some(Members(_)), None) => {}
            (None, None) => {
                // The extensions of a simple value stand beside it, and mean nothing without it.
                let beside = name.strip_prefix('_').and_then(|of| written.iter().find(|(one, _)| *one == of));
                let stale = |(of, how): &(&str, Write)| !matches!(how, Whole) || ours.get(*of) != theirs.get(*of);
                if !beside.is_some_and(stale) {
                    ours.insert(name.clone(), their.clone());
                }
            }
            (Some(Members(inside)), Some(our)) => {
                if let (Value::Object(our), Value::Object(their)) = (our, their) {
                    carry(our, their, inside);
                }
            }
            (Some(Entries(place, inside)), our) => {
                let Value::Array(their) = their else { continue };
                let all =
                    entries(our.and_then(|our| our.as_array()).map_or(&[][..], Vec::as_slice), their, place, inside);
                if !all.is_empty() {
                    ours.insert(name.clone(), Value::Array(all));
                }
            }
        }
    }
}

/// Ours, each with what it does not write of the entry in the same place there; then theirs that have no place here.
fn entries(
    ours: &[Value],
    theirs: &[Value],
    place: fn(&[&Value], usize) -> Option<String>,
    inside: &[(&str, Write)],
) -> Vec<Value> {
    let places = |of: &[Value]| -> Vec<Option<String>> {
        let all: Vec<&Value> = of.iter().collect();
        (0..all.len()).map(|at| place(&all, at)).collect()
    };
    let their_places = places(theirs);
    let mut kept: Vec<Value> = ours.to_vec();
    for (our, at) in kept.iter_mut().zip(places(ours)) {
        let there = their_places.iter().position(|there| at.is_some() && *there == at);
        if let (Value::Object(our), Some(Value::Object(their))) = (our, there.and_then(|at| theirs.get(at))) {
            if is_verified_as(our, their) {
                our.remove("extension");
            }
            // An extension is one thing: there is nothing of theirs within ours.
            if !inside.is_empty() {
                carry(our, their, inside);
            }
        }
    }
    let others = theirs
        .iter()
        .zip(their_places)
        .filter(|(their, at)| at.is_none() && their.is_object() && !ours.contains(their));
    kept.extend(others.map(|(their, _)| their.clone()));
    kept
}

/// Is it the same number, of which they may know more than that somebody typed it?
fn is_verified_as(ours: &Map<String, Value>, theirs: &Map<String, Value>) -> bool {
    let of = |one: &Map<String, Value>| one.get("system").and_then(Value::as_str) == Some(NHS_NUMBER);
    of(ours) && theirs.contains_key("extension") && ours.get("value") == theirs.get("value")
}

/// The one at `at`, when it is the first for which this holds.
fn the_first(all: &[&Value], at: usize, is: impl Fn(&Value) -> bool) -> Option<String> {
    (all.iter().position(|one| is(one)) == Some(at)).then(String::new)
}

fn text<'a>(of: &'a Value, name: &str) -> Option<&'a str> {
    of.get(name).and_then(Value::as_str)
}

fn first(_: &[&Value], at: usize) -> Option<String> {
    (at == 0).then(String::new)
}

fn our_extension(all: &[&Value], at: usize) -> Option<String> {
    let one = all.get(at)?;
    let address = text(one, "url")?;
    let hl7 = ["patient-interpreterRequired", "condition-assertedDate", "condition-occurredFollowing"];
    let ours = address.starts_with(&url(""))
        || hl7.iter().any(|name| address == format!("{HL7}/{name}"))
        || (address == format!("{UK_CORE}-ContactPreference") && written_format(one).is_some());
    // Several have one address: each is a thing by itself, and none is matched with another.
    ours.then(|| format!("{at} {address}"))
}

fn number(all: &[&Value], at: usize) -> Option<String> {
    let of = |system: &&str| all.get(at).is_some_and(|one| is_identifier(one, system));
    [NHS_NUMBER, HOSPITAL_NUMBER, RECORD].iter().find(|system| of(system)).map(|system| (*system).to_owned())
}

fn name(all: &[&Value], at: usize) -> Option<String> {
    let of = |wanted: &[Option<&str>]| all.iter().position(|one| wanted.contains(&text(one, "use")));
    let official = of(&[Some("official")]).or_else(|| of(&[Some("usual"), None]));
    match () {
        () if official == Some(at) => Some("official".to_owned()),
        () if of(&[Some("nickname")]) == Some(at) => Some("nickname".to_owned()),
        () => None,
    }
}

fn telecom(all: &[&Value], at: usize) -> Option<String> {
    let slot = telecom_slot(all.get(at)?)?;
    let before = all.iter().take(at).any(|one| telecom_slot(one) == Some(slot));
    (!before).then(|| format!("{slot:?}"))
}

fn address(all: &[&Value], at: usize) -> Option<String> {
    (home(all) == Some(at)).then(String::new)
}

fn our_concept(all: &[&Value], at: usize) -> Option<String> {
    let ours = |one: &Value| {
        let codings = one.get("coding").and_then(Value::as_array).into_iter().flatten();
        codings
            .filter_map(|coding| text(coding, "code"))
            .any(|code| matches!(code, "2181441000000107" | "problem-list-item"))
    };
    the_first(all, at, ours)
}

/// The response that the plan was made from is the first.
fn response(all: &[&Value], at: usize) -> Option<String> {
    the_first(all, at, |one| text(one, "reference").is_some_and(|to| to.starts_with("QuestionnaireResponse/")))
}

fn activity(all: &[&Value], at: usize) -> Option<String> {
    match action_read::key(all.get(at)?) {
        Ok(key) => key.map(|key| key.as_str().to_owned()),
        // Ours without its key: what it was stands in ours, or was taken out.
        Err(_) => Some(format!("lost {at}")),
    }
}

fn progress(all: &[&Value], at: usize) -> Option<String> {
    the_first(all, at, |one| action_read::noted(one).is_some())
}

fn outcome(all: &[&Value], at: usize) -> Option<String> {
    the_first(all, at, action_read::is_outcome)
}

fn performer(all: &[&Value], at: usize) -> Option<String> {
    the_first(all, at, action_read::is_owner)
}

fn asked(all: &[&Value], at: usize) -> Option<String> {
    the_first(all, at, action_read::is_asked)
}

/// Nobody signed it, and it begins as ours do.
fn own_note(all: &[&Value], at: usize) -> Option<String> {
    let begins = |text: &str| EndedHow::ALL.iter().any(|ended| text.starts_with(how(*ended)));
    let ours = |one: &Value| one.as_object().is_some_and(|one| one.len() == 1) && text(one, "text").is_some_and(begins);
    the_first(all, at, ours)
}

/// The references of the Goals that a plan of ours has for the concerns it lists.
fn goals_of(plan: &Map<String, Value>) -> Vec<String> {
    let list = |name: &str| plan.get(name).and_then(Value::as_array).into_iter().flatten();
    let record = list("identifier").find(|one| is_identifier(one, RECORD)).and_then(|one| text(one, "value"));
    let Some(id) = record.and_then(CarePlanId::parse) else { return Vec::new() };
    let listed = list("extension").filter(|one| text(one, "url") == Some(&url("plan-concern")));
    let keys = listed.filter_map(|one| extension(one, "key")).filter_map(|one| text(one, "valueString"));
    keys.map(|key| format!("Goal/{}", id::of(id.bytes(), &format!("goal/{key}")))).collect()
}

/// Goals that other systems set beside ours.
fn other_goals(ours: &mut Map<String, Value>, theirs: &[Value], known: &[String]) {
    let mut goals = ours.get("goal").and_then(Value::as_array).cloned().unwrap_or_default();
    let is_known = |one: &Value| text(one, "reference").is_some_and(|to| known.iter().any(|known| known == to));
    for one in theirs.iter().filter(|one| !is_known(one)) {
        if !goals.iter().any(|goal| text(goal, "reference") == text(one, "reference")) {
            goals.push(one.clone());
        }
    }
    if !goals.is_empty() {
        ours.insert("goal".to_owned(), Value::Array(goals));
    }
}
