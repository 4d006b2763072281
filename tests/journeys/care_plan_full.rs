//! What a plan holds beside what was raised and agreed: concerns that were added, actions that ended, on a locked plan too, and
//! concerns about which nothing is agreed.

use clinic::*;
use kit::appointment::{a_lock, an_action, shown};
use kit::kept::details;
use kit::*;
use serde_json::json;

use crate::care_plan::{REFERRAL, a_plan, add, matters, open_again, pdf, read};
use crate::{code, fault, faults, on_disk};

pub(crate) fn end(plan: &str, action: &str, how: &str, outcome: &str) -> EndAction {
    EndAction { plan: plan.into(), action: action.into(), how: Some(how.into()), outcome: outcome.into() }
}

fn reopen(plan: &str, action: &str) -> ReopenAction {
    ReopenAction { plan: plan.into(), action: action.into() }
}

fn item(plan: &str, key: &str) -> AddConcern {
    AddConcern { plan: plan.into(), item: Some(key.into()), words: String::new() }
}

fn own(plan: &str, words: &str) -> AddConcern {
    AddConcern { plan: plan.into(), item: None, words: words.into() }
}

fn nothing(plan: &str, concern: &str, why: Option<&str>) -> AgreeNothing {
    AgreeNothing { plan: plan.into(), concern: concern.into(), nothing: why.map(str::to_owned) }
}

fn take_out(plan: &str, concern: &str) -> RemoveConcern {
    RemoveConcern { plan: plan.into(), concern: concern.into() }
}

/// The plan's sendings, in the order in which they were saved.
fn sendings(desk: &Shift) -> usize {
    let lines = on_disk(desk).lines.into_iter().map(|(_, line)| line);
    lines.filter(|line| line.starts_with("sending|") && line.contains("|care_plan|")).count()
}

/// The only action of pain, as the screen gets it.
fn of_pain(view: &CarePlanView) -> serde_json::Value {
    let pain = view.concerns.iter().find(|concern| concern.key == "physical.pain").unwrap();
    assert_eq!(pain.actions.len(), 1);
    shown(&pain.actions[0])
}

/// A locked plan with one action for pain: the plan's id.
async fn locked_with_one() -> (Shift, String) {
    let (desk, _, plan) = a_plan().await;
    desk.clinic.add_action(add(&plan, "physical.pain")).await.unwrap();
    desk.clinic.write_action(an_action(&plan, "a-1", REFERRAL)).await.unwrap();
    desk.clinic.lock_care_plan(a_lock(&desk.clinic, &plan).await).await.unwrap();
    (desk, plan)
}

#[tokio::test]
async fn a_concern_the_patient_did_not_tick_is_added_and_never_shown_as_unanswered() {
    let (desk, _, plan) = a_plan().await;
    let clinic = &desk.clinic;
    clinic.add_concern(item(&plan, "practical.housing")).await.unwrap();
    let view = clinic.add_concern(own(&plan, " Who feeds  the cat? £5, ŵ ")).await.unwrap();
    let told: Vec<_> = view.concerns.iter().map(|one| (one.key.as_str(), one.origin.code(), one.own)).collect();
    let expected = [
        ("own-1", "assessment", true),
        ("physical.pain", "assessment", false),
        ("physical.sleep", "assessment", false),
        ("practical.housing", "added", false),
        ("added-1", "added", false),
    ];
    assert_eq!(told, expected);
    assert_eq!((view.concerns[4].text.as_str(), view.concerns[4].code.as_deref()), ("Who feeds the cat? £5, ŵ", None));
    assert!(view.concerns[3].code.is_some(), "the checklist's own code goes with it");
    clinic.add_action(add(&plan, "added-1")).await.unwrap();
    clinic.write_action(an_action(&plan, "a-1", REFERRAL)).await.unwrap();
    let words = WriteWhatMatters { plan: plan.clone(), concern: "added-1".into(), words: "He is old".into() };
    clinic.write_what_matters(words).await.unwrap();
    clinic.lock_care_plan(a_lock(clinic, &plan).await).await.unwrap();
    clinic.close().await;
    let view = desk.unlock().await.read_care_plan(read(&plan, Some(1))).await.unwrap();
    let cat = &view.concerns[4];
    assert_eq!((cat.matters.as_str(), cat.actions.len(), cat.origin.code()), ("He is old", 1, "added"));
    assert!(!pdf(&desk, &plan, 1).is_empty());
}

#[tokio::test]
async fn a_concern_is_added_once_and_taken_out_while_it_has_no_action() {
    let (desk, _, plan) = a_plan().await;
    let clinic = &desk.clinic;
    let there = || fault("item", "already_there");
    assert_eq!(faults(clinic.add_concern(item(&plan, "physical.pain")).await), there(), "it was raised");
    clinic.add_concern(item(&plan, "practical.housing")).await.unwrap();
    assert_eq!(faults(clinic.add_concern(item(&plan, "practical.housing")).await), there());
    assert_eq!(code(clinic.add_concern(item(&plan, "physical.nowhere")).await), Code::Gone, "not on the checklist");
    assert_eq!(faults(clinic.add_concern(own(&plan, " ")).await), fault("words", "missing"));
    clinic.add_action(add(&plan, "practical.housing")).await.unwrap();
    let before = on_disk(&desk).lines;
    let refused = clinic.remove_concern(take_out(&plan, "practical.housing")).await;
    assert_eq!(faults(refused), fault("concern", "has_actions"));
    assert_eq!(code(clinic.remove_concern(take_out(&plan, "physical.pain")).await), Code::Gone, "it was raised");
    assert_eq!(on_disk(&desk).lines, before);
    clinic.remove_action(RemoveAction { plan: plan.clone(), action: "a-1".into() }).await.unwrap();
    let view = clinic.remove_concern(take_out(&plan, "practical.housing")).await.unwrap();
    assert_eq!(view.concerns.len(), 3);
}

#[tokio::test]
async fn nothing_may_be_agreed_about_a_concern_and_it_says_why() {
    let (desk, _, plan) = a_plan().await;
    let clinic = &desk.clinic;
    let said = |view: &CarePlanView| shown(&view.concerns.iter().map(|one| one.nothing).collect::<Vec<_>>());
    clinic.agree_nothing(nothing(&plan, "own-1", Some("declined"))).await.unwrap();
    let view = clinic.agree_nothing(nothing(&plan, "physical.sleep", Some("not_needed"))).await.unwrap();
    assert_eq!(said(&view), json!(["declined", null, "not_needed"]));
    let view = clinic.agree_nothing(nothing(&plan, "own-1", None)).await.unwrap();
    assert_eq!(said(&view), json!([null, null, "not_needed"]), "taken back");
    clinic.agree_nothing(nothing(&plan, "own-1", Some("declined"))).await.unwrap();
    let view = clinic.add_action(add(&plan, "physical.sleep")).await.unwrap();
    assert_eq!(said(&view), json!(["declined", null, null]), "something is agreed now");
    let refused = clinic.agree_nothing(nothing(&plan, "physical.sleep", Some("declined"))).await;
    assert_eq!(faults(refused), fault("nothing", "has_actions"));
    assert_eq!(code(clinic.agree_nothing(nothing(&plan, "own-1", Some("lost"))).await), Code::Gone);
    clinic.remove_action(RemoveAction { plan: plan.clone(), action: "a-1".into() }).await.unwrap();
    let locked = clinic.lock_care_plan(a_lock(clinic, &plan).await).await.unwrap();
    assert_eq!(said(&locked), json!(["declined", null, null]));
}

#[tokio::test]
async fn several_actions_of_one_concern_each_have_an_owner_of_their_own() {
    let (desk, _, plan) = a_plan().await;
    let owners = ["patient", "nurse", "support_worker", "gp", "service"];
    for (number, owner) in (1..).zip(owners) {
        desk.clinic.add_action(add(&plan, "physical.pain")).await.unwrap();
        let name = if matches!(owner, "patient" | "gp") { "" } else { "Omar Imagined" };
        let typed = an_action(&plan, &format!("a-{number}"), ["inform", "The leaflet", owner, name, "04-Dec-2026"]);
        desk.clinic.write_action(typed).await.unwrap();
    }
    let locked = desk.clinic.lock_care_plan(a_lock(&desk.clinic, &plan).await).await.unwrap();
    let kept: Vec<_> = locked.concerns[1].actions.iter().map(|one| one.owner.map(|owner| owner.code())).collect();
    assert_eq!(kept, owners.map(Some));
}

#[tokio::test]
async fn an_action_of_a_locked_plan_ends_with_its_outcome_and_the_version_and_its_paper_stay() {
    let (desk, plan) = locked_with_one().await;
    let clinic = &desk.clinic;
    let (agreed, paper) = (shown(&clinic.read_care_plan(read(&plan, Some(1))).await.unwrap()), pdf(&desk, &plan, 1));
    assert_eq!(sendings(&desk), 1);
    desk.room.clock.step(8 * clock::DAY);
    let view = clinic.end_action(end(&plan, "a-1", "done", " Seen on  Friday ")).await.unwrap();
    assert_eq!((view.status.code(), view.version, view.versions.len()), ("locked", 1, 1));
    let action = of_pain(&view);
    assert_eq!((&action["ended"]["how"], &action["ended"]["on"]["iso"]), (&json!("done"), &json!("2026-12-01")));
    assert_eq!((&action["outcome"], &action["overdue"]), (&json!("Seen on Friday"), &json!(false)));
    assert_eq!(sendings(&desk), 2, "the trust is told, without a new version");
    assert_eq!(details(&desk, "end_action").len(), 1);

    let still = shown(&clinic.read_care_plan(read(&plan, Some(1))).await.unwrap());
    assert_eq!(still["concerns"], agreed["concerns"], "what was agreed is as it was");
    assert!(pdf(&desk, &plan, 1) == paper);

    desk.room.clock.step(clock::DAY);
    let view = clinic.end_action(end(&plan, "a-1", "declined", "She did not want to go")).await.unwrap();
    let action = of_pain(&view);
    assert_eq!((&action["ended"]["how"], &action["ended"]["on"]["iso"]), (&json!("declined"), &json!("2026-12-01")));
    let view = clinic.reopen_action(reopen(&plan, "a-1")).await.unwrap();
    assert_eq!((&of_pain(&view)["ended"], &of_pain(&view)["outcome"]), (&json!(null), &json!("")));
    assert_eq!((view.version, sendings(&desk)), (1, 4));

    // The next version is made from the plan as it stands.
    clinic.end_action(end(&plan, "a-1", "not_needed", "It healed")).await.unwrap();
    clinic.unlock_care_plan(open_again(&plan, "More to say")).await.unwrap();
    let locked = clinic.lock_care_plan(a_lock(clinic, &plan).await).await.unwrap();
    assert_eq!((locked.version, &of_pain(&locked)["ended"]["how"]), (2, &json!("not_needed")));
    clinic.close().await;
    let clinic = desk.unlock().await;
    assert_eq!(shown(&clinic.read_care_plan(read(&plan, None)).await.unwrap())["concerns"], shown(&locked)["concerns"]);
}

#[tokio::test]
async fn what_ended_in_a_draft_is_sent_with_its_lock_and_not_before() {
    let (desk, _, plan) = a_plan().await;
    desk.clinic.add_action(add(&plan, "physical.pain")).await.unwrap();
    desk.clinic.write_action(an_action(&plan, "a-1", REFERRAL)).await.unwrap();
    desk.clinic.end_action(end(&plan, "a-1", "done", "")).await.unwrap();
    desk.clinic.reopen_action(reopen(&plan, "a-1")).await.unwrap();
    let view = desk.clinic.end_action(end(&plan, "a-1", "declined", "No")).await.unwrap();
    assert_eq!(of_pain(&view)["ended"]["how"], json!("declined"));
    assert_eq!(sendings(&desk), 0, "a draft is not sent");
    desk.clinic.lock_care_plan(a_lock(&desk.clinic, &plan).await).await.unwrap();
    assert_eq!(sendings(&desk), 1);
    desk.clinic.unlock_care_plan(open_again(&plan, "More to say")).await.unwrap();
    desk.clinic.reopen_action(reopen(&plan, "a-1")).await.unwrap();
    assert_eq!(sendings(&desk), 1, "a draft again");
}

#[tokio::test]
async fn how_an_action_ended_has_to_be_said_and_said_again_it_is_no_revision() {
    let (desk, plan) = locked_with_one().await;
    let clinic = &desk.clinic;
    let before = on_disk(&desk).lines;
    let unsaid = EndAction { how: None, ..end(&plan, "a-1", "", "x") };
    assert_eq!(faults(clinic.end_action(unsaid).await), fault("how", "missing"));
    assert_eq!(faults(clinic.end_action(end(&plan, "a-1", "lost", "x")).await), fault("how", "missing"));
    let long = "é".repeat(domain::text::LINE + 1);
    assert_eq!(faults(clinic.end_action(end(&plan, "a-1", "done", &long)).await), fault("outcome", "too_long"));
    assert_eq!(code(clinic.end_action(end(&plan, "a-9", "done", "")).await), Code::Gone);
    assert_eq!(code(clinic.reopen_action(reopen(&plan, "a-9")).await), Code::Gone);
    clinic.reopen_action(reopen(&plan, "a-1")).await.unwrap();
    assert_eq!(on_disk(&desk).lines, before, "it is open");
    clinic.end_action(end(&plan, "a-1", "done", "x")).await.unwrap();
    let once = on_disk(&desk).lines;
    clinic.end_action(end(&plan, "a-1", "done", "x")).await.unwrap();
    assert_eq!(on_disk(&desk).lines, once);
}

#[tokio::test]
async fn after_a_death_what_is_open_can_be_ended_and_nothing_is_opened_again() {
    let (desk, plan) = locked_with_one().await;
    let clinic = &desk.clinic;
    let patient = clinic.read_care_plan(read(&plan, None)).await.unwrap().patient.to_string();
    let died = TypedDate { day: "23".into(), month: "11".into(), year: "2026".into() };
    let (day, month) = ("14".into(), "7".into());
    clinic.record_death(RecordDeath { patient, day, month, died, sure: false }).await.unwrap();
    desk.room.clock.step(clock::DAY);
    let (before, sent) = (on_disk(&desk).lines, sendings(&desk));
    assert_eq!(code(clinic.end_action(end(&plan, "a-1", "done", "")).await), Code::AfterDeath, "not after the death");
    assert_eq!((on_disk(&desk).lines, sendings(&desk)), (before, sent), "nothing is kept or sent");
    for how in ["declined", "not_needed"] {
        clinic.end_action(end(&plan, "a-1", how, "")).await.unwrap();
    }
    assert_eq!(code(clinic.end_action(end(&plan, "a-1", "done", "")).await), Code::AfterDeath);
    assert_eq!(code(clinic.reopen_action(reopen(&plan, "a-1")).await), Code::AfterDeath);
}

#[tokio::test]
async fn what_was_done_on_the_day_of_death_was_done_and_its_outcome_may_be_said_later() {
    let (desk, plan) = locked_with_one().await;
    let clinic = &desk.clinic;
    let patient = clinic.read_care_plan(read(&plan, None)).await.unwrap().patient.to_string();
    let died = TypedDate { day: "23".into(), month: "11".into(), year: "2026".into() };
    let (day, month) = ("14".into(), "7".into());
    clinic.record_death(RecordDeath { patient, day, month, died, sure: false }).await.unwrap();
    clinic.end_action(end(&plan, "a-1", "done", "")).await.unwrap();
    desk.room.clock.step(clock::DAY);
    let view = clinic.end_action(end(&plan, "a-1", "done", "Seen at noon")).await.unwrap();
    let action = of_pain(&view);
    assert_eq!((&action["ended"]["on"]["iso"], &action["outcome"]), (&json!("2026-11-23"), &json!("Seen at noon")));
}

#[tokio::test]
async fn a_locked_plan_takes_no_concern_and_the_audit_no_word() {
    let (desk, plan) = locked_with_one().await;
    let clinic = &desk.clinic;
    let before = on_disk(&desk).lines;
    let codes = [
        code(clinic.add_concern(own(&plan, "The cat")).await),
        code(clinic.add_concern(item(&plan, "practical.housing")).await),
        code(clinic.remove_concern(take_out(&plan, "physical.pain")).await),
        code(clinic.agree_nothing(nothing(&plan, "own-1", Some("declined"))).await),
        code(clinic.write_what_matters(matters(&plan, "late")).await),
    ];
    assert_eq!(codes, [Code::PlanLocked; 5]);
    assert_eq!(on_disk(&desk).lines, before);
    let secret = "Heronsong";
    clinic.end_action(end(&plan, "a-1", "done", secret)).await.unwrap();
    clinic.unlock_care_plan(open_again(&plan, "why")).await.unwrap();
    clinic.add_concern(own(&plan, secret)).await.unwrap();
    let lines = on_disk(&desk).lines;
    let (audit, others): (Vec<_>, Vec<_>) = lines.iter().partition(|(_, line)| line.starts_with("audit|"));
    assert!(audit.iter().all(|(_, line)| !line.contains(secret)));
    assert!(others.iter().any(|(_, line)| line.contains(secret)), "the search would find it");
}
