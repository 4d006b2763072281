//! What is left to do beside what was begun: actions by their days, plans that only wait to be agreed, offers and sessions; whose it is;
//! and what needs a person first.

use clinic::*;
use kit::appointment::{Typed, a_lock, an_action, begun};
use kit::clock::DAY;
use kit::room::unlock;
use kit::*;

use crate::care_plan::{a_plan, add, assessed, open_again};
use crate::home::{a_home_clinic, a_response, take_in};

const REFERRAL: Typed = ["refer", "Refer to the dietitian", "nurse", "Omar Imagined", "04-Dec-2026"];
const LEAFLET: Typed = ["inform", "Leaflet on sleep", "patient", "", "30-Nov-2026"];

/// A locked plan with these actions about pain.
async fn agreed(desk: &Shift, plan: &str, actions: &[Typed]) {
    for (place, typed) in actions.iter().enumerate() {
        desk.clinic.add_action(add(plan, "physical.pain")).await.unwrap();
        desk.clinic.write_action(an_action(plan, &format!("a-{}", place + 1), *typed)).await.unwrap();
    }
    desk.clinic.lock_care_plan(a_lock(&desk.clinic, plan).await).await.unwrap();
}

/// Kind, text of the action, owner and days of everything but the offers that are due by dates alone.
async fn work(clinic: &Clinic) -> Vec<(&'static str, String, String, i32)> {
    let items = begun(clinic.today().await.unwrap()).into_iter();
    items
        .map(|item| (item.kind.code(), item.action.map(|a| a.what).unwrap_or_default(), item.owner, item.days))
        .collect()
}

fn line(kind: &'static str, what: &str, owner: &str, days: i32) -> (&'static str, String, String, i32) {
    (kind, what.to_owned(), owner.to_owned(), days)
}

#[tokio::test]
async fn an_action_is_work_from_a_week_before_its_day_until_it_has_ended() {
    let (desk, _, plan) = a_plan().await;
    agreed(&desk, &plan, &[REFERRAL, LEAFLET]).await;
    let leaflet = |kind, days| line(kind, "Leaflet on sleep", "Ruth Invented", days);
    let referral = |kind, days| line(kind, "Refer to the dietitian", "Omar Imagined", days);
    assert_eq!(work(&desk.clinic).await, [leaflet("action_due", -7)], "the other is eleven days away");
    desk.room.clock.step(8 * DAY);
    assert_eq!(work(&desk.clinic).await, [leaflet("action_overdue", 1), referral("action_due", -3)]);
    let seen = begun(desk.clinic.today().await.unwrap());
    let action = seen[0].action.as_ref().unwrap();
    assert_eq!((seen[0].record.as_str(), action.concern.as_str()), (plan.as_str(), "physical.pain"));
    assert_eq!(action.by.map(|by| by.code()), Some("patient"), "she does it, and the nurse who agreed it sees to it");
    let end = EndAction { plan, action: "a-2".into(), how: Some("done".into()), outcome: "Read".into() };
    desk.clinic.end_action(end).await.unwrap();
    assert_eq!(work(&desk.clinic).await, [referral("action_due", -3)]);
}

#[tokio::test]
async fn an_action_that_a_later_plan_carried_counts_once_and_only_when_that_plan_is_agreed() {
    let (desk, anna, plan) = a_plan().await;
    agreed(&desk, &plan, &[REFERRAL]).await;
    desk.room.clock.step(20 * DAY);
    let hna = assessed(&desk.clinic, &anna).await;
    let next = desk.clinic.start_care_plan(StartCarePlan { hna }).await.unwrap().id.to_string();
    let carry = CarryAction { plan: next.clone(), former: plan.clone(), action: "a-1".into() };
    desk.clinic.carry_action(carry).await.unwrap();
    let overdue = async || {
        let items = begun(desk.clinic.today().await.unwrap()).into_iter();
        items.filter(|item| item.kind == WorkKind::ActionOverdue).map(|item| item.record).collect::<Vec<_>>()
    };
    assert_eq!(overdue().await, [plan], "a draft has taken nothing over yet");
    desk.clinic.lock_care_plan(a_lock(&desk.clinic, &next).await).await.unwrap();
    assert_eq!(overdue().await, [next]);
}

#[tokio::test]
async fn while_an_agreed_plan_is_changed_its_work_is_what_was_agreed() {
    let (desk, _, plan) = a_plan().await;
    let clinic = &desk.clinic;
    agreed(&desk, &plan, &[LEAFLET, LEAFLET, LEAFLET]).await;
    let end = |action: &str| EndAction {
        plan: plan.clone(),
        action: action.into(),
        how: Some("done".into()),
        outcome: String::new(),
    };
    clinic.end_action(end("a-3")).await.unwrap();
    clinic.unlock_care_plan(open_again(&plan, "More to say")).await.unwrap();
    let actions = async || {
        let items = begun(clinic.today().await.unwrap()).into_iter();
        items.filter_map(|item| item.action).map(|action| (action.key, action.what)).collect::<Vec<_>>()
    };
    let leaflet = |key: &str| (key.to_owned(), "Leaflet on sleep".to_owned());
    clinic.add_action(add(&plan, "physical.pain")).await.unwrap();
    clinic.write_action(an_action(&plan, "a-4", ["refer", "Not agreed", "patient", "", "24-Nov-2026"])).await.unwrap();
    clinic
        .write_action(an_action(&plan, "a-1", ["inform", "Other words", "patient", "", "04-Dec-2026"]))
        .await
        .unwrap();
    assert_eq!(actions().await, [leaflet("a-1"), leaflet("a-2")], "what was typed is agreed by nobody yet");
    for action in ["a-2", "a-3"] {
        clinic.remove_action(RemoveAction { plan: plan.clone(), action: action.into() }).await.unwrap();
    }
    assert_eq!(actions().await, [leaflet("a-1"), leaflet("a-2")], "it is agreed until another version is; a-3 ended");
    clinic.end_action(end("a-1")).await.unwrap();
    assert_eq!(actions().await, [leaflet("a-2")]);
    clinic.lock_care_plan(a_lock(clinic, &plan).await).await.unwrap();
    assert_eq!(actions().await, [("a-4".to_owned(), "Not agreed".to_owned())]);
}

#[tokio::test]
async fn a_plan_in_which_nothing_is_missing_waits_to_be_agreed() {
    let (desk, _, plan) = a_plan().await;
    let kind = async || work(&desk.clinic).await[0].0;
    for (place, concern) in ["own-1", "physical.pain", "physical.sleep"].into_iter().enumerate() {
        assert_eq!(kind().await, "draft_plan", "{concern} is still open");
        desk.clinic.add_action(add(&plan, concern)).await.unwrap();
        desk.clinic.write_action(an_action(&plan, &format!("a-{}", place + 1), LEAFLET)).await.unwrap();
    }
    assert_eq!(kind().await, "plan_to_lock");
    desk.clinic.add_action(add(&plan, "own-1")).await.unwrap();
    assert_eq!(kind().await, "draft_plan", "an action without words is nothing to agree");
    desk.clinic.remove_action(RemoveAction { plan: plan.clone(), action: "a-4".into() }).await.unwrap();
    desk.clinic.lock_care_plan(a_lock(&desk.clinic, &plan).await).await.unwrap();
    desk.room.clock.step(30 * DAY);
    desk.clinic.unlock_care_plan(open_again(&plan, "More to say")).await.unwrap();
    assert!(work(&desk.clinic).await.contains(&line("plan_to_lock", "", "Ruth Invented", 0)));
}

#[tokio::test]
async fn each_nurse_sees_what_is_hers_and_what_is_her_teams() {
    let (desk, _, plan) = a_plan().await;
    let omar = desk.clinic.add_nurse(a_colleague()).await.unwrap()[1].id.to_string();
    agreed(&desk, &plan, &[REFERRAL, LEAFLET]).await;
    desk.room.clock.step(8 * DAY);
    let whose = async |clinic: &Clinic| {
        let items = begun(clinic.today().await.unwrap()).into_iter();
        items.map(|item| (item.owner, item.team, item.mine, item.my_team)).collect::<Vec<_>>()
    };
    let of = |owner: &str, mine| (owner.to_owned(), "Colorectal".to_owned(), mine, true);
    assert_eq!(whose(&desk.clinic).await, [of("Ruth Invented", true), of("Omar Imagined", false)]);
    desk.clinic.close().await;
    let clinic = unlock(&desk.house, &omar, OMARS_PASSPHRASE).await.unwrap();
    assert_eq!(whose(&clinic).await, [of("Ruth Invented", false), of("Omar Imagined", true)]);
}

#[tokio::test]
async fn an_offer_is_due_by_the_dates_until_one_is_recorded_and_is_the_key_workers() {
    let desk = a_clinic().await;
    let anna = registered(&desk.clinic).await.to_string();
    let today = desk.clinic.today().await.unwrap();
    let due = &today.work[0];
    assert_eq!((due.kind, due.point.map(|point| point.code())), (WorkKind::OfferDue, Some("end_of_treatment")));
    assert_eq!((due.record.as_str(), due.owner.as_str(), due.mine), (anna.as_str(), "Ruth Invented", true));
    assert_eq!(today.work.len(), 1);
    assert_eq!((due.at.date.as_str(), due.days), ("23-Nov-2026", 0), "since she is here, not since the operation");
    let offer = RecordOffer { point: Some("end_of_treatment".into()), ..an_offer(&anna) };
    desk.clinic.record_offer(offer).await.unwrap();
    assert!(desk.clinic.today().await.unwrap().work.is_empty());
    // Of somebody who has died nothing is due.
    let form = another_patient_form(2, "Mei", "Pretend");
    let mei = desk.clinic.register_patient(RegisterPatient { form, not_the_same: false }).await.unwrap().banner.id;
    assert_eq!(desk.clinic.today().await.unwrap().work.len(), 1);
    desk.clinic.record_death(a_death(mei)).await.unwrap();
    assert!(desk.clinic.today().await.unwrap().work.is_empty());
    // What falls due while somebody is here is as old as its day.
    let drugs = |end| TreatmentForm { kind: "sact".into(), name: "EC-T".into(), start: date(25, 11, 2026), end };
    let treatments = vec![drugs(TypedDate::default())];
    let form = PatientForm { treatments, ..another_patient_form(3, "Zoe", "Otherwise") };
    desk.clinic.register_patient(RegisterPatient { form, not_the_same: false }).await.unwrap();
    desk.room.clock.step(3 * DAY);
    let due = desk.clinic.today().await.unwrap().work.remove(0);
    assert_eq!((due.kind, due.at.date.as_str(), due.days), (WorkKind::OfferDue, "25-Nov-2026", 1));
}

#[tokio::test]
async fn a_session_without_a_date_is_the_work_of_the_team_that_books() {
    let desk = a_clinic().await;
    let anna = registered(&desk.clinic).await.to_string();
    let listed = desk.clinic.list_sessions().await.unwrap();
    let session = listed.sessions[0].id.to_string();
    let form = BookingForm { date: None, relatives: "0".into(), note: String::new() };
    let booked = desk.clinic.book_session(BookSession { patient: anna.clone(), session, form }).await.unwrap();
    desk.room.clock.step(10 * DAY);
    let item = begun(desk.clinic.today().await.unwrap()).remove(0);
    assert_eq!((item.kind, item.record), (WorkKind::BookingWaiting, booked.line.id.to_string()));
    assert_eq!((item.owner.as_str(), item.mine, item.my_team), ("Cancer Support Workers", false, false));
    assert_eq!((item.team.as_str(), item.days), ("Cancer Support Workers", 10));
    desk.clinic.record_death(a_death(&anna)).await.unwrap();
    assert!(desk.clinic.today().await.unwrap().work.is_empty());
}

#[tokio::test]
async fn what_needs_a_person_comes_before_all_that_is_older() {
    let desk = a_home_clinic().await;
    let anna = registered(&desk.clinic).await.to_string();
    desk.clinic.start_hna(an_assessment(&anna)).await.unwrap();
    desk.room.clock.step(2 * DAY);
    take_in(&desk, &a_response("nobody's code")).await;
    let today = desk.clinic.today().await.unwrap();
    let order: Vec<_> = today.work.iter().map(|item| (item.kind.code(), item.needs_you)).collect();
    assert_eq!(order, [("answers_to_confirm", true), ("draft_hna", false), ("offer_due", false)]);
}

#[tokio::test]
async fn offers_that_are_due_and_places_without_a_date_hide_neither_an_overdue_action_nor_a_draft_of_today() {
    let (desk, anna, plan) = a_plan().await;
    agreed(&desk, &plan, &[LEAFLET]).await;
    let session = desk.clinic.list_sessions().await.unwrap().sessions[0].id.to_string();
    let form = BookingForm { date: None, relatives: "0".into(), note: String::new() };
    desk.clinic.book_session(BookSession { patient: anna.clone(), session, form }).await.unwrap();
    desk.room.clock.step(8 * DAY);
    desk.clinic.start_hna(an_assessment(&anna)).await.unwrap();
    let today = desk.clinic.today().await.unwrap();
    let order: Vec<_> = today.work.iter().map(|item| (item.kind.code(), item.days)).collect();
    let late = [("action_overdue", 1), ("draft_hna", 0)];
    let can_wait = [("booking_waiting", 8), ("offer_due", 8)];
    assert_eq!((&order[..2], order[2..].iter().all(|one| can_wait.contains(one)), order.len()), (&late[..], true, 4));
}
