//! A locked care plan as a CarePlan: what matters as Goals, each referral as a ServiceRequest, every other action as an activity of
//! its own.

use domain::action::{Action, ActionKey, ActionKind, EndedHow, OwnerKind};
use domain::care_plan::{CarePlan, NothingAgreed, PlanConcern, PlanStatus};
use domain::day;
use domain::hna::Answer;
use domain::id::CarePlanId;
use serde_json::{Value, json};

use crate::author::Author;
use crate::id;
use crate::narrative::Narrative;
use crate::resource::Resource;
use crate::value::{RECORD, coded, concern, instant, ours, to, to_record, uk_core};

/// The plan, then its Goals and ServiceRequests in the order of the concerns. `hna_response` is the reference of the response it was
/// made from ([`crate::hna_response`]), `patient` the reference by which the trust knows the patient, `author` who sends it;
/// who signed is in the plan. `there` are those of the [`former_referrals`] that the trust has: a referral that was carried over takes
/// the place of one of them, and of none that never arrived.
///
/// Unlocking and locking again changes the same CarePlan; what it no longer yields is for [`crate::withdrawn`].
pub fn care_plan(
    plan: &CarePlan,
    hna_response: &str,
    patient: &str,
    author: &Author<'_>,
    there: &[String],
) -> Vec<Resource> {
    let author = &author.of(plan.signed.as_ref());
    let shared = Shared { plan, patient, author, there, care_plan: id::of(plan.id.bytes(), "care-plan") };
    let mut goals = Vec::new();
    let mut referrals = Vec::new();
    let mut activities = Vec::new();
    for concern in &plan.concerns {
        let goal = shared.goal(concern);
        let matters = goal.as_ref().map(Resource::reference);
        goals.extend(goal);
        for action in &concern.actions {
            let referral = shared.referral(action, concern);
            // A reference or a detail, never both (cpl-3).
            let detail = referral.is_none().then(|| shared.detail(action, concern, matters.as_deref()));
            activities.push(json!({
                "id": action.key.as_str(),
                "extension": beside(action),
                "outcomeCodeableConcept": [{ "text": action.outcome }],
                "progress": action.ended.map(|ended| [json!({ "time": ended.on.to_string(), "text": how(ended.how) })]),
                "reference": referral.as_ref().map(|referral| to(&referral.reference())),
                "detail": detail,
            }));
            referrals.extend(referral);
        }
    }
    let version = ours("record-version", "valueInteger", json!(plan.version));
    let body = json!({
        "meta": uk_core("CarePlan"),
        "text": text(plan),
        "extension": std::iter::once(version)
            .chain(plan.concerns.iter().map(listed))
            .chain([record(plan, author)])
            .collect::<Vec<_>>(),
        "identifier": [{ "system": RECORD, "value": plan.id.to_string() }],
        "status": if plan.status == PlanStatus::Locked { "active" } else { "draft" },
        "replaces": plan.follows.map(|former| {
            [to_record(&format!("CarePlan/{}", id::of(former.bytes(), "care-plan")), &former.to_string())]
        }),
        "intent": "plan",
        "category": [{
            "coding": [{ "system": "http://snomed.info/sct", "code": "2181441000000107" }],
            "text": "Personalised care and support plan",
        }],
        "title": "Care plan",
        "subject": to(patient),
        "period": { "start": day::london(shared.at()).date().to_string() },
        "created": instant(shared.at()),
        "author": author.reference(),
        "supportingInfo": [to_record(hna_response, &plan.hna.to_string())],
        "goal": goals.iter().map(|goal| to(&goal.reference())).collect::<Vec<_>>(),
        "activity": activities,
    });
    let mut all = vec![Resource::new("CarePlan", shared.care_plan.clone(), body)];
    all.extend(goals);
    all.extend(referrals);
    all
}

/// The identifiers that ServiceRequests have at the trust whose actions this plan carried over from the plans before it; none is there of
/// an action that was no referral then, or that was not agreed when its plan was last locked.
pub fn former_referrals(plan: &CarePlan) -> Vec<String> {
    plan.actions().filter_map(former_referral).collect()
}

/// What every resource of one plan needs.
struct Shared<'a> {
    plan: &'a CarePlan,
    patient: &'a str,
    author: &'a Author<'a>,
    there: &'a [String],
    care_plan: String,
}

impl Shared<'_> {
    /// When it was agreed, UTC milliseconds.
    fn at(&self) -> i64 {
        self.plan.signed.as_ref().map_or(self.plan.started_at, |signed| signed.at)
    }

    /// What matters to the patient about a concern, in the patient's words; None where nothing was said.
    fn goal(&self, of: &PlanConcern) -> Option<Resource> {
        (!of.matters.is_empty()).then(|| {
            let body = json!({
                "lifecycleStatus": "active",
                "category": [concern(of.code.as_deref(), &of.text)],
                "description": { "text": of.matters },
                "subject": to(self.patient),
                "startDate": day::london(self.at()).date().to_string(),
                "expressedBy": to(self.patient),
            });
            let role = format!("goal/{}", of.key.as_str());
            Resource::new("Goal", id::of(self.plan.id.bytes(), &role), body)
        })
    }

    /// A referral by us; None for every other kind of action.
    fn referral(&self, action: &Action, of: &PlanConcern) -> Option<Resource> {
        (action.kind == Some(ActionKind::Refer)).then(|| {
            // The named service is whom we ask; anybody else is who asks.
            let owner = self.owner(action);
            let asked = action.owner == Some(OwnerKind::Service);
            let (requester, performer) = if asked { (None, owner) } else { (owner, whom(action, "HealthcareService")) };
            let former = former_referral(action).filter(|former| self.there.contains(former));
            let body = json!({
                "meta": uk_core("ServiceRequest"),
                "basedOn": [to(&format!("CarePlan/{}", self.care_plan))],
                "replaces": [former.map(|former| to(&format!("ServiceRequest/{former}")))],
                "status": match action.ended.map(|ended| ended.how) {
                    None => "active",
                    Some(EndedHow::Done) => "completed",
                    Some(EndedHow::Declined | EndedHow::NotNeeded) => "revoked",
                },
                "intent": "plan",
                "code": { "coding": kind(action), "text": action.what },
                "subject": to(self.patient),
                "occurrencePeriod": action.due.map(|due| json!({ "end": due.to_string() })),
                "authoredOn": instant(self.at()),
                "requester": requester.unwrap_or_else(|| self.author.reference()),
                "performer": [performer],
                "reasonCode": [concern(of.code.as_deref(), &of.text)],
                "note": [{ "text": ended_words(action) }],
            });
            Resource::new("ServiceRequest", referral_id(self.plan.id, &action.key), body)
        })
    }

    fn detail(&self, action: &Action, of: &PlanConcern, goal: Option<&str>) -> Value {
        json!({
            "code": { "coding": kind(action) },
            "reasonCode": [concern(of.code.as_deref(), &of.text)],
            "goal": goal.map(|goal| [to(goal)]),
            "status": match action.ended.map(|ended| ended.how) {
                None => "not-started",
                Some(EndedHow::Done) => "completed",
                Some(EndedHow::Declined | EndedHow::NotNeeded) => "cancelled",
            },
            "statusReason": action.ended.filter(|ended| ended.how != EndedHow::Done).map(|ended| json!({ "text": how(ended.how) })),
            "scheduledPeriod": action.due.map(|due| json!({ "end": due.to_string() })),
            "performer": [self.owner(action)],
            // Where the patient turns to; what we give information about is in its contact line.
            "location": whom(action, "Location").filter(|_| action.kind == Some(ActionKind::Signpost)),
            "description": action.what,
        })
    }

    /// Who an action falls to: the patient, or a name; the GP may be meant without one.
    fn owner(&self, action: &Action) -> Option<Value> {
        let owner = action.owner?;
        let name = if action.owner_name.is_empty() { owner_words(owner) } else { &action.owner_name };
        Some(match owner {
            OwnerKind::Patient => to(self.patient),
            OwnerKind::Nurse | OwnerKind::SupportWorker | OwnerKind::Gp => {
                json!({ "type": "Practitioner", "display": name })
            }
            OwnerKind::Service => json!({ "type": "HealthcareService", "display": name }),
        })
    }
}

/// What somebody is called of whom the plan says no name.
pub(crate) fn owner_words(owner: OwnerKind) -> &'static str {
    match owner {
        OwnerKind::Patient => "Patient",
        OwnerKind::Nurse => "Nurse",
        OwnerKind::SupportWorker => "Support worker",
        OwnerKind::Gp => "GP",
        OwnerKind::Service => "Service",
    }
}

pub(crate) fn referral_id(plan: CarePlanId, action: &ActionKey) -> String {
    id::of(plan.bytes(), &format!("referral/{}", action.as_str()))
}

/// The referral that this action was in the plan that it was carried over from.
fn former_referral(action: &Action) -> Option<String> {
    action.carried_from.as_ref().map(|(plan, key)| referral_id(*plan, key))
}

/// Whom to turn to on one line: the name, then how they are reached.
fn contact_line(action: &Action) -> String {
    action.contact.replace('\n', ", ")
}

/// Whom to turn to by name, as it stood in the directory when the action was filled from there.
fn whom(action: &Action, of: &str) -> Option<Value> {
    action.whom().map(|name| json!({ "type": of, "display": name }))
}

/// The kind of an action as codings.
fn kind(action: &Action) -> Option<Value> {
    let kind = coded(&[("action-kind", action.kind?.code())]);
    kind.get("coding").cloned()
}

/// Every concern with its answer, what matters about it and what was agreed.
fn text(plan: &CarePlan) -> Value {
    let mut text = Narrative::new();
    for concern in &plan.concerns {
        let answer = match concern.answer {
            Answer::Unanswered if !concern.raised() => "not raised in the assessment".to_owned(),
            Answer::Rated(rating) => format!("{} out of 10", rating.score()),
            Answer::Declined => "did not want to score it".to_owned(),
            Answer::Unanswered => "not scored".to_owned(),
        };
        let mut actions: Vec<_> = concern.actions.iter().map(agreed).collect();
        actions.extend(concern.nothing.map(|nothing| match nothing {
            NothingAgreed::Declined => "Nothing agreed: the patient wants nothing done about it".to_owned(),
            NothingAgreed::NotNeeded => "Nothing agreed: not needed".to_owned(),
        }));
        text = text.heading(&format!("{}: {answer}", concern.text)).paragraph(&concern.matters).points(&actions);
    }
    if plan.concerns.is_empty() {
        text = text.paragraph("No concern was raised.");
    }
    text.done()
}

/// What FHIR has no element for in an activity: whom to turn to, as it stood in the directory when the action was filled from there,
/// with its entry there; which kind of owner it falls to; and where it was carried over from.
fn beside(action: &Action) -> Vec<Value> {
    let contact = (!action.contact.is_empty()).then(|| ours("contact-line", "valueString", json!(action.contact)));
    let entry = action.entry.map(|entry| ours("directory-entry", "valueString", json!(entry.to_string())));
    let owner = action.owner.map(|owner| coded(&[("action-owner", owner.code())]));
    let owner = owner.map(|owner| ours("action-owner", "valueCodeableConcept", owner));
    let from = action.carried_from.as_ref();
    let from = from.map(|(plan, key)| ours("carried-from", "valueString", json!(format!("{plan}/{}", key.as_str()))));
    [contact, entry, owner, from].into_iter().flatten().collect()
}

/// What another PC of ours knows of the plan and FHIR has no element for.
fn record(plan: &CarePlan, author: &Author<'_>) -> Value {
    let part = |name: &str, value: &str, is: Value| json!({ "url": name, value: is });
    let by = Author { staff: plan.started_by, name: &plan.started_by_name, ..*author };
    let parts = [
        Some(part("started", "valueDateTime", json!(instant(plan.started_at)))),
        Some(part("started-by", "valueReference", by.reference())),
        plan.signed.as_ref().map(|_| part("signed-by-role", "valueCodeableConcept", author.role())),
        plan.review.then(|| part("review", "valueBoolean", json!(true))),
        (plan.actions_added > 0).then(|| part("actions-added", "valueInteger", json!(plan.actions_added))),
        (plan.concerns_added > 0).then(|| part("concerns-added", "valueInteger", json!(plan.concerns_added))),
    ];
    ours("plan-record", "extension", parts.into_iter().flatten().collect())
}

/// A concern of the plan: also one without a goal or an action stands there, so that a reader knows what was taken out.
fn listed(of: &PlanConcern) -> Value {
    let part = |name: &str, value: &str, is: Value| json!({ "url": name, value: is });
    let concept = |name: &str, of: &str, code: &str| part(name, "valueCodeableConcept", coded(&[(of, code)]));
    let nothing = of.nothing.map(|nothing| concept("nothing", "nothing-agreed", nothing.code()));
    let parts = [
        Some(part("key", "valueString", json!(of.key.as_str()))),
        Some(part("concern", "valueCodeableConcept", concern(of.code.as_deref(), &of.text))),
        Some(concept("origin", "concern-origin", of.origin.code())),
        nothing,
    ];
    ours("plan-concern", "extension", parts.into_iter().flatten().collect())
}

/// How a referral ended and what came of it; empty where its status says all there is.
fn ended_words(action: &Action) -> String {
    let other = action.ended.filter(|ended| ended.how != EndedHow::Done || !action.outcome.is_empty());
    let parts = [other.map_or("", |ended| how(ended.how)), &action.outcome];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
}

/// How an action ended, in words.
pub(crate) fn how(ended: EndedHow) -> &'static str {
    match ended {
        EndedHow::Done => "Done",
        EndedHow::Declined => "Declined",
        EndedHow::NotNeeded => "Not needed",
    }
}

fn agreed(action: &Action) -> String {
    let owner = match (action.owner, action.owner_name.as_str()) {
        (Some(OwnerKind::Patient), _) => "patient",
        (Some(OwnerKind::Nurse), "") => "nurse",
        (Some(OwnerKind::SupportWorker), "") => "support worker",
        (Some(OwnerKind::Gp), "") => "GP",
        (_, name) => name,
    };
    let when = match (action.ended, action.due) {
        (Some(ended), _) => format!("{} {}", how(ended.how).to_lowercase(), day::short(ended.on)),
        (None, Some(due)) => format!("by {}", day::short(due)),
        (None, None) => String::new(),
    };
    let contact = contact_line(action);
    let rest: Vec<_> = [owner, &when, &action.outcome, &contact].into_iter().filter(|part| !part.is_empty()).collect();
    if rest.is_empty() { action.what.clone() } else { format!("{} ({})", action.what, rest.join(", ")) }
}
