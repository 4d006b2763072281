//! Offers of a care plan: what came of each is kept, a plan that is not wanted waits no more, and one that was agreed is not offered.

use clinic::*;
use kit::appointment::a_lock;
use kit::clock::DAY;
use kit::*;

use crate::care_plan::assessed;
use crate::{code, fault, faults, on_disk};

/// A clinic with Anna and her completed assessment; her id and the assessment's.
async fn an_assessed() -> (Shift, String, String) {
    let desk = a_clinic().await;
    let anna = registered(&desk.clinic).await.to_string();
    let hna = assessed(&desk.clinic, &anna).await;
    (desk, anna, hna)
}

/// A plan was offered on the day of the assessment, and declined.
fn a_plan_offer(hna: &str) -> RecordPlanOffer {
    RecordPlanOffer {
        hna: hna.to_owned(),
        decision: Some("declined".into()),
        reason: String::new(),
        on: date(23, 11, 2026),
        again: false,
    }
}

async fn waits(clinic: &Clinic) -> Vec<&'static str> {
    let work = clinic.today().await.unwrap().work;
    work.iter().map(|item| item.kind.code()).filter(|kind| ["hna_without_plan", "draft_plan"].contains(kind)).collect()
}

#[tokio::test]
async fn an_offer_of_a_plan_names_its_assessment_and_stands_beside_it() {
    let (desk, anna, hna) = an_assessed().await;
    let unable =
        RecordPlanOffer { decision: Some("unable".into()), reason: " Too  tired ".into(), ..a_plan_offer(&hna) };
    let view = desk.clinic.record_plan_offer(unable).await.unwrap();
    let line = &view.offers[0];
    assert_eq!((line.plan_for.map(|id| id.to_string()), line.decision.code()), (Some(hna), "unable"));
    assert_eq!((line.point.code(), line.reason.as_deref()), ("initial_diagnosis", Some("Too tired")));
    assert_eq!(line.assessed.as_ref().map(|day| day.iso.as_str()), Some("2026-11-23"));
    assert_eq!((line.by.name.as_str(), line.by.role.code()), ("Ruth Invented", "cancer_nurse_specialist"));
    let offered = view.hnas[0].plan_offer.as_ref().unwrap();
    assert_eq!((offered.decision.code(), offered.reason.as_deref()), ("unable", Some("Too tired")));
    desk.clinic.close().await;
    let clinic = desk.unlock().await;
    let seen = clinic.open_patient(OpenPatient { patient: anna }).await.unwrap();
    assert_eq!(seen.offers[0].decision.code(), "unable", "after the next start");
    clinic.close().await;
}

#[tokio::test]
async fn a_plan_that_is_not_wanted_waits_no_more_until_it_is_wanted_again() {
    let (desk, anna, hna) = an_assessed().await;
    let clinic = &desk.clinic;
    assert_eq!(waits(clinic).await, ["hna_without_plan"]);
    for (days, (decision, waiting)) in (0..).zip([
        ("undecided", true),
        ("declined", false),
        ("accepted", true),
        ("unable", false),
        ("accepted", true),
        ("not_offered", false),
    ]) {
        let on = date(23 + days, 11, 2026);
        let offer =
            RecordPlanOffer { decision: Some(decision.into()), reason: "In words".into(), on, ..a_plan_offer(&hna) };
        let view = clinic.record_plan_offer(offer).await.unwrap();
        assert_eq!((view.hnas[0].waits_for_plan, view.hnas[0].may_offer_plan), (waiting, true), "{decision}");
        assert_eq!(waits(clinic).await.is_empty(), !waiting, "{decision}");
        desk.room.clock.step(DAY);
    }
    let last = clinic.open_patient(OpenPatient { patient: anna }).await.unwrap().offers[0].id.to_string();
    let mistaken = MarkOfferMistaken { offer: last, reason: "Meant for Mei".into() };
    let view = clinic.mark_offer_mistaken(mistaken).await.unwrap();
    assert_eq!(view.hnas[0].plan_offer.as_ref().unwrap().decision.code(), "accepted", "what counts is the one before");
    assert_eq!(waits(clinic).await, ["hna_without_plan"]);
}

#[tokio::test]
async fn a_draft_that_is_declined_is_no_work_and_an_agreed_plan_is_not_offered() {
    let (desk, _, hna) = an_assessed().await;
    let clinic = &desk.clinic;
    let plan = clinic.start_care_plan(StartCarePlan { hna: hna.clone() }).await.unwrap().id.to_string();
    let work = async || clinic.today().await.unwrap().work.iter().filter(|item| item.record == plan).count();
    assert_eq!(work().await, 1);
    clinic.record_plan_offer(a_plan_offer(&hna)).await.unwrap();
    assert_eq!(work().await, 0);
    let view = clinic.lock_care_plan(a_lock(clinic, &plan).await).await.unwrap();
    assert_eq!(view.version, 1, "she has changed her mind");
    let before = on_disk(&desk).lines;
    let later = RecordPlanOffer { decision: Some("accepted".into()), ..a_plan_offer(&hna) };
    assert_eq!(code(clinic.record_plan_offer(later).await), Code::AlreadyPlanned);
    let open = UnlockCarePlan { plan: plan.clone(), reason: "A new date".into() };
    clinic.unlock_care_plan(open).await.unwrap();
    assert_eq!(
        code(clinic.record_plan_offer(a_plan_offer(&hna)).await),
        Code::AlreadyPlanned,
        "nor while it is changed"
    );
    assert_eq!(work().await, 1, "an agreed plan that is being changed is to be agreed again");
    assert_eq!(
        on_disk(&desk).lines.iter().filter(|(_, line)| line.contains("|offer|")).count(),
        before.iter().filter(|(_, line)| line.contains("|offer|")).count()
    );
}

#[tokio::test]
async fn what_is_missing_or_cannot_be_is_named_and_nothing_is_kept() {
    let (desk, anna, hna) = an_assessed().await;
    let clinic = &desk.clinic;
    let draft = clinic.start_hna(an_assessment(&anna)).await.unwrap().id.to_string();
    let nothing_raised = clinic.start_hna(an_assessment(&anna)).await.unwrap().id.to_string();
    let end = CompleteHna { hna: nothing_raised.clone(), day: "14".into(), month: "7".into() };
    clinic.complete_hna(end).await.unwrap();
    let before = on_disk(&desk).lines;
    let nothing = RecordPlanOffer { decision: None, on: TypedDate::default(), ..a_plan_offer(&hna) };
    let missing = ["decision", "on"].map(|field| (field.to_owned(), "missing".to_owned()));
    assert_eq!(faults(clinic.record_plan_offer(nothing).await), missing);
    for (on, reason) in [
        (date(22, 11, 2026), "before_assessment"),
        (date(24, 11, 2026), "in_future"),
        (date(31, 2, 2026), "not_a_date"),
    ] {
        assert_eq!(
            faults(clinic.record_plan_offer(RecordPlanOffer { on, ..a_plan_offer(&hna) }).await),
            fault("on", reason)
        );
    }
    for decision in ["not_offered", "unable"] {
        let without = RecordPlanOffer { decision: Some(decision.into()), ..a_plan_offer(&hna) };
        assert_eq!(faults(clinic.record_plan_offer(without).await), fault("reason", "missing"));
    }
    for hna in [&draft, &nothing_raised] {
        assert_eq!(code(clinic.record_plan_offer(a_plan_offer(hna)).await), Code::NothingToPlan);
    }
    assert_eq!(code(clinic.record_plan_offer(a_plan_offer("00000000-0000-4000-8000-000000000000")).await), Code::Gone);
    assert_eq!(on_disk(&desk).lines, before);
    clinic.record_plan_offer(a_plan_offer(&hna)).await.unwrap();
    assert_eq!(code(clinic.record_plan_offer(a_plan_offer(&hna)).await), Code::DuplicateOffer);
    let view = clinic.record_plan_offer(RecordPlanOffer { again: true, ..a_plan_offer(&hna) }).await.unwrap();
    assert_eq!(view.offers.len(), 2);
}

#[tokio::test]
async fn an_offer_of_a_plan_is_none_of_an_assessment_and_a_death_ends_both() {
    let (desk, anna, hna) = an_assessed().await;
    let clinic = &desk.clinic;
    let seen = async || clinic.open_patient(OpenPatient { patient: anna.clone() }).await.unwrap();
    let due = seen().await.offer_due.map(|due| due.point.code());
    clinic.record_plan_offer(a_plan_offer(&hna)).await.unwrap();
    assert_eq!(seen().await.offer_due.map(|due| due.point.code()), due, "an assessment is as due as before");
    let same = RecordOffer { decision: Some("declined".into()), ..an_offer(&anna) };
    clinic.record_offer(same).await.unwrap();
    desk.room.clock.step(2 * DAY);
    clinic.record_death(RecordDeath { died: date(24, 11, 2026), ..a_death(&anna) }).await.unwrap();
    assert!(!seen().await.hnas[0].may_offer_plan);
    let after = RecordPlanOffer { on: date(25, 11, 2026), ..a_plan_offer(&hna) };
    assert_eq!(code(clinic.record_plan_offer(after).await), Code::AfterDeath);
}
