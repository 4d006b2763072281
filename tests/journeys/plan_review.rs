//! From one plan to the next: what is still open is carried over or ended by a person, a review makes the next version, and any two
//! are read beside each other.

use clinic::*;
use kit::appointment::{Typed, a_lock, an_action};
use kit::clock::DAY;
use kit::kept::details;
use kit::*;

use crate::care_plan::{REFERRAL, a_plan, add, assessed, pdf, read};
use crate::{code, on_disk};

const SLEEP: Typed = ["self_care", "A walk before supper", "patient", "", "27-Nov-2026"];
const REVIEW: Typed = ["review", "Ask how the nights are", "nurse", "Ruth Invented", "30-Nov-2026"];

/// Anna's agreed plan with three actions, and six weeks later a second assessment; her id, the plan's and the assessment's.
async fn six_weeks_later() -> (Shift, String, String, String) {
    let (desk, anna, plan) = a_plan().await;
    let clinic = &desk.clinic;
    for (number, (concern, typed)) in
        (1..).zip([("physical.pain", REFERRAL), ("physical.sleep", SLEEP), ("physical.sleep", REVIEW)])
    {
        clinic.add_action(add(&plan, concern)).await.unwrap();
        clinic.write_action(an_action(&plan, &format!("a-{number}"), typed)).await.unwrap();
    }
    clinic.lock_care_plan(a_lock(clinic, &plan).await).await.unwrap();
    desk.room.clock.step(42 * DAY);
    let hna = assessed(clinic, &anna).await;
    (desk, anna, plan, hna)
}

fn carry(plan: &str, former: &str, action: &str) -> CarryAction {
    CarryAction { plan: plan.into(), former: former.into(), action: action.into() }
}

fn end(plan: &str, action: &str) -> EndAction {
    EndAction { plan: plan.into(), action: action.into(), how: Some("done".into()), outcome: "She slept".into() }
}

fn at(plan: &str, version: Option<u32>) -> PlanAt {
    PlanAt { plan: plan.into(), version }
}

/// What is open of the plans before, in words.
fn open(view: &CarePlanView) -> Vec<&str> {
    view.former.iter().flat_map(|plan| &plan.open).map(|left| left.action.what.as_str()).collect()
}

#[tokio::test]
async fn the_next_plan_shows_what_is_still_open_and_carries_nothing_by_itself() {
    let (desk, _, former, hna) = six_weeks_later().await;
    let clinic = &desk.clinic;
    clinic.end_action(end(&former, "a-3")).await.unwrap();
    let view = clinic.start_care_plan(StartCarePlan { hna }).await.unwrap();
    assert_eq!(view.follows.map(|id| id.to_string()), Some(former));
    assert!(view.concerns.iter().all(|concern| concern.actions.is_empty()), "nothing is carried by itself");
    assert_eq!(open(&view), ["Pain clinic", "A walk before supper"]);
    assert_eq!((view.former.len(), view.former[0].agreed.iso.as_str(), view.former[0].version), (1, "2026-11-23", 1));
    assert!(view.former[0].open.iter().all(|left| left.action.overdue), "six weeks have gone by");
}

#[tokio::test]
async fn one_is_carried_over_as_it_was_agreed_another_is_ended_where_it_stands() {
    let (desk, _, former, hna) = six_weeks_later().await;
    let clinic = &desk.clinic;
    let plan = clinic.start_care_plan(StartCarePlan { hna }).await.unwrap().id.to_string();
    let view = clinic.carry_action(carry(&plan, &former, "a-1")).await.unwrap();
    let pain = view.concerns.iter().find(|concern| concern.key == "physical.pain").unwrap();
    let [action] = pain.actions.as_slice() else { panic!("one action") };
    assert_eq!((action.what.as_str(), action.owner_name.as_str()), ("Pain clinic", "Ruth Invented"));
    assert_eq!(action.due.as_ref().map(|due| due.iso.as_str()), Some("2026-12-04"), "the day that was agreed");
    assert_eq!(action.carried_from.map(|id| id.to_string()).as_ref(), Some(&former));
    assert_eq!(code(clinic.carry_action(carry(&plan, &former, "a-1")).await), Code::Gone, "once");
    clinic.end_action(end(&former, "a-2")).await.unwrap();
    let view = clinic.read_care_plan(read(&plan, None)).await.unwrap();
    assert_eq!(open(&view), ["Ask how the nights are"]);
    assert_eq!(code(clinic.carry_action(carry(&plan, &former, "a-2")).await), Code::Gone, "it has ended");
    assert_eq!(code(clinic.carry_action(carry(&former, &plan, "a-1")).await), Code::Gone, "not backwards");
    let view = clinic.remove_action(RemoveAction { plan: plan.clone(), action: "a-1".into() }).await.unwrap();
    assert_eq!(open(&view), ["Pain clinic", "Ask how the nights are"], "taken out, it is open again");
    clinic.carry_action(carry(&plan, &former, "a-1")).await.unwrap();
    clinic.lock_care_plan(a_lock(clinic, &plan).await).await.unwrap();
    assert_eq!(code(clinic.carry_action(carry(&plan, &former, "a-3")).await), Code::PlanLocked);
    assert_eq!(details(&desk, "carry_action").len(), 2, "each that was done is in the audit");
}

#[tokio::test]
async fn what_was_carried_into_a_plan_that_is_declined_is_still_open_for_the_next() {
    let (desk, anna, former, hna) = six_weeks_later().await;
    let clinic = &desk.clinic;
    let declined = clinic.start_care_plan(StartCarePlan { hna: hna.clone() }).await.unwrap().id.to_string();
    clinic.carry_action(carry(&declined, &former, "a-1")).await.unwrap();
    let (decision, reason, on) = (Some("declined".into()), "Not now".into(), date(4, 1, 2027));
    clinic.record_plan_offer(RecordPlanOffer { hna, decision, reason, on, again: false }).await.unwrap();
    desk.room.clock.step(42 * DAY);
    let hna = assessed(clinic, &anna).await;
    let view = clinic.start_care_plan(StartCarePlan { hna }).await.unwrap();
    assert_eq!(open(&view), ["Pain clinic", "A walk before supper", "Ask how the nights are"]);
    let plan = view.id.to_string();
    let view = clinic.carry_action(carry(&plan, &former, "a-1")).await.unwrap();
    assert_eq!(open(&view), ["A walk before supper", "Ask how the nights are"]);
    clinic.lock_care_plan(a_lock(clinic, &plan).await).await.unwrap();
    let view = clinic.read_care_plan(read(&declined, None)).await.unwrap();
    assert_eq!(open(&view), ["A walk before supper", "Ask how the nights are"], "agreed in another, it is taken");
}

#[tokio::test]
async fn a_plan_that_is_agreed_after_the_next_was_started_can_still_be_carried_from() {
    let (desk, anna, late) = a_plan().await;
    let clinic = &desk.clinic;
    clinic.add_action(add(&late, "physical.pain")).await.unwrap();
    clinic.write_action(an_action(&late, "a-1", REFERRAL)).await.unwrap();
    desk.room.clock.step(DAY);
    let hna = assessed(clinic, &anna).await;
    let view = clinic.start_care_plan(StartCarePlan { hna }).await.unwrap();
    let plan = view.id.to_string();
    assert!(view.follows.is_none() && view.former.is_empty(), "nothing is agreed yet");
    assert_eq!(code(clinic.carry_action(carry(&plan, &late, "a-1")).await), Code::Gone);
    clinic.lock_care_plan(a_lock(clinic, &late).await).await.unwrap();
    assert_eq!(open(&clinic.read_care_plan(read(&plan, None)).await.unwrap()), ["Pain clinic"]);
    let view = clinic.carry_action(carry(&plan, &late, "a-1")).await.unwrap();
    assert_eq!((open(&view).len(), view.concerns.iter().map(|one| one.actions.len()).sum::<usize>()), (0, 1));
    clinic.lock_care_plan(a_lock(clinic, &plan).await).await.unwrap();
}

#[tokio::test]
async fn a_review_needs_no_reason_and_locked_again_it_is_the_next_version() {
    let (desk, _, plan, _) = six_weeks_later().await;
    let clinic = &desk.clinic;
    let before = pdf(&desk, &plan, 1);
    let review = || ReviewCarePlan { plan: plan.clone() };
    let view = clinic.review_care_plan(review()).await.unwrap();
    assert_eq!((view.status.code(), view.review, view.unlock_reason.as_deref()), ("draft", true, None));
    assert_eq!(code(clinic.review_care_plan(review()).await), Code::ChangedMeanwhile);
    assert_eq!(details(&desk, "review_care_plan"), ["version 1"]);
    assert!(details(&desk, "unlock_care_plan").is_empty());
    clinic.end_action(end(&plan, "a-1")).await.unwrap();
    let view = clinic.lock_care_plan(a_lock(clinic, &plan).await).await.unwrap();
    assert_eq!((view.version, view.review, view.versions.len()), (2, true, 2));
    let first = clinic.read_care_plan(read(&plan, Some(1))).await.unwrap();
    assert!(!first.review && first.concerns[1].actions[0].ended.is_none(), "as it was agreed");
    assert_eq!(pdf(&desk, &plan, 1), before);
}

#[tokio::test]
async fn after_a_death_no_plan_is_reviewed() {
    let (desk, anna, plan, _) = six_weeks_later().await;
    let clinic = &desk.clinic;
    let died = RecordDeath { died: date(3, 1, 2027), sure: true, ..a_death(&anna) };
    clinic.record_death(died).await.unwrap();
    desk.room.clock.step(DAY);
    assert_eq!(code(clinic.review_care_plan(ReviewCarePlan { plan }).await), Code::AfterDeath);
}

#[tokio::test]
async fn two_versions_and_two_plans_are_read_beside_each_other() {
    let (desk, _, former, hna) = six_weeks_later().await;
    let clinic = &desk.clinic;
    clinic.review_care_plan(ReviewCarePlan { plan: former.clone() }).await.unwrap();
    clinic.end_action(end(&former, "a-1")).await.unwrap();
    clinic.lock_care_plan(a_lock(clinic, &former).await).await.unwrap();
    let versions = ComparePlans { left: at(&former, Some(1)), right: at(&former, Some(2)) };
    let view = clinic.compare_plans(versions).await.unwrap();
    let kinds = |view: &PlanComparison| {
        let all = view.pairs.iter().flat_map(|pair| &pair.differences);
        all.map(|one| (one.kind.code(), one.left.clone(), one.right.clone())).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&view), [("action_ended", Some("a-1".to_owned()), Some("a-1".to_owned()))]);
    assert_eq!((view.pairs.len(), view.left.version, view.right.version), (3, Some(1), Some(2)));
    assert_eq!((view.left.review, view.right.review), (false, true));

    let plan = clinic.start_care_plan(StartCarePlan { hna }).await.unwrap().id.to_string();
    clinic.carry_action(carry(&plan, &former, "a-2")).await.unwrap();
    let plans = || ComparePlans { left: at(&former, None), right: at(&plan, None) };
    let view = clinic.compare_plans(plans()).await.unwrap();
    let gone = ["a-1", "a-3"].map(|key| ("action_gone", Some(key.to_owned()), None));
    assert_eq!(kinds(&view), gone, "what was carried over is the same action under another key");
    assert_eq!((view.left.version, view.right.version), (Some(2), None), "a locked plan, and a draft");
    let choices: Vec<_> = view.choices.iter().map(|side| (side.plan.to_string(), side.version)).collect();
    assert_eq!(choices, [(plan.clone(), None), (former.clone(), Some(2)), (former.clone(), Some(1))]);
    assert_eq!(details(&desk, "compare_plans").len(), 4, "each look at each plan");
}

#[tokio::test]
async fn plans_of_two_patients_are_never_beside_each_other() {
    let (desk, _, plan, _) = six_weeks_later().await;
    let clinic = &desk.clinic;
    let form = another_patient_form(3, "Mei", "Pretend");
    let register = RegisterPatient { form, not_the_same: true };
    let mei = clinic.register_patient(register).await.unwrap().banner.id.to_string();
    let hna = assessed(clinic, &mei).await;
    let hers = clinic.start_care_plan(StartCarePlan { hna }).await.unwrap();
    assert!(hers.follows.is_none() && hers.former.is_empty(), "nobody else's plan is before hers");
    let before = on_disk(&desk).lines;
    let hers = hers.id.to_string();
    let both = ComparePlans { left: at(&plan, Some(1)), right: at(&hers, None) };
    assert_eq!(code(clinic.compare_plans(both).await), Code::Gone);
    for wrong in [at("", None), at(&plan, Some(9))] {
        let request = ComparePlans { left: wrong, right: at(&plan, None) };
        assert_eq!(code(clinic.compare_plans(request).await), Code::Gone);
    }
    assert_eq!(on_disk(&desk).lines, before);
}
