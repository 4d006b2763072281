//! The care plan, from the concerns of an assessment to what was agreed: what is kept, what is refused, and who may. Locking is in
//! `care_plan_lock`.

use clinic::*;
use domain::id::StaffId;
use domain::op::Op;
use domain::staff::{By, Role};
use domain::summary_template::Copy;
use kit::appointment::{Typed, a_lock, a_lock_of, an_action, one_of, shown};
use kit::kept::{self, details};
use kit::room::unlock;
use kit::*;
use store::Store;

use crate::{code, fault, faults, on_disk};

const DOG: &str = "Who will walk the dog? £5 for the ’bus, ŵ ŷ ł";
pub(crate) const REFERRAL: Typed = ["refer", "Pain clinic", "nurse", "Ruth Invented", "04-Dec-2026"];

/// Anna's completed assessment: sleep 4, pain 9, and her own words, which matter most.
pub(crate) async fn assessed(clinic: &Clinic, patient: &str) -> String {
    let hna = clinic.start_hna(an_assessment(patient)).await.unwrap().id.to_string();
    for (concern, rating) in [("physical.sleep", 4), ("physical.pain", 9)] {
        clinic.tick_concern(one_of(&hna, concern)).await.unwrap();
        let score = RateConcern { hna: hna.clone(), concern: concern.into(), rating };
        clinic.rate_concern(score).await.unwrap();
    }
    clinic.add_own_concern(AddOwnConcern { hna: hna.clone(), words: DOG.into() }).await.unwrap();
    clinic.rank_concerns(RankConcerns { hna: hna.clone(), order: vec!["own-1".into()] }).await.unwrap();
    let end = CompleteHna { hna: hna.clone(), day: "14".into(), month: "7".into() };
    clinic.complete_hna(end).await.unwrap();
    hna
}

/// A clinic with Anna and a plan that was just started; her id and the plan's.
pub(crate) async fn a_plan() -> (Shift, String, String) {
    let desk = a_clinic().await;
    let anna = registered(&desk.clinic).await.to_string();
    let hna = assessed(&desk.clinic, &anna).await;
    let plan = desk.clinic.start_care_plan(StartCarePlan { hna }).await.unwrap().id.to_string();
    (desk, anna, plan)
}

pub(crate) fn add(plan: &str, concern: &str) -> AddAction {
    AddAction { plan: plan.into(), concern: concern.into() }
}

pub(crate) fn matters(plan: &str, words: &str) -> WriteWhatMatters {
    WriteWhatMatters { plan: plan.into(), concern: "own-1".into(), words: words.into() }
}

pub(crate) fn open_again(plan: &str, reason: &str) -> UnlockCarePlan {
    UnlockCarePlan { plan: plan.into(), reason: reason.into() }
}

pub(crate) fn read(plan: &str, version: Option<u32>) -> ReadCarePlan {
    ReadCarePlan { plan: plan.into(), version }
}

/// The patient's paper of a version, as it would be on the disk if the program died now.
pub(crate) fn pdf(desk: &Shift, plan: &str, version: u32) -> Vec<u8> {
    let paper = kept::paper(desk, plan, version, Copy::Patient);
    assert!(!paper.pages.is_empty() && paper.pages.iter().all(|page| page.contains("<svg")));
    paper.pdf
}

#[tokio::test]
async fn a_plan_starts_from_the_concerns_as_they_were_raised_and_only_once() {
    let desk = a_clinic().await;
    let anna = registered(&desk.clinic).await.to_string();
    let hna = assessed(&desk.clinic, &anna).await;
    desk.room.clock.step(clock::DAY);
    let view = desk.clinic.start_care_plan(StartCarePlan { hna: hna.clone() }).await.unwrap();
    let concerns: Vec<_> =
        view.concerns.iter().map(|one| (one.key.as_str(), one.own, one.ranked, shown(&one.answer))).collect();
    let rated = |rating: u8| serde_json::json!({ "kind": "rated", "rating": rating });
    let expected = [
        ("own-1", true, true, serde_json::json!({ "kind": "unanswered" })),
        ("physical.pain", false, false, rated(9)),
        ("physical.sleep", false, false, rated(4)),
    ];
    assert_eq!(concerns, expected);
    assert_eq!(view.concerns[0].text, DOG);
    assert_eq!((view.status.code(), view.version, view.shown_version, view.revision), ("draft", 0, None, 1));
    assert_eq!((&*view.assessed.short, view.started.ms), ("23-Nov-2026", desk.room.clock.now()));
    assert_eq!(view.me, "Ruth Invented");
    assert!(view.versions.is_empty() && view.unfinished.is_empty() && view.signed.is_none());

    let revisions = on_disk(&desk).revisions;
    desk.clinic.add_action(add(&view.id.to_string(), "own-1")).await.unwrap();
    let again = desk.clinic.start_care_plan(StartCarePlan { hna }).await.unwrap();
    assert_eq!((again.id, again.revision), (view.id, 2), "the plan that is there, as it stands");
    assert_eq!(on_disk(&desk).revisions, revisions + 1, "the action, and no second plan");
    assert_eq!(details(&desk, "start_care_plan").len(), 2, "that she looked is written down");
}

#[tokio::test]
async fn nothing_is_planned_without_a_completed_assessment_with_a_concern() {
    let desk = a_clinic().await;
    let anna = registered(&desk.clinic).await.to_string();
    let hna = desk.clinic.start_hna(an_assessment(&anna)).await.unwrap().id.to_string();
    let start = |hna: &str| StartCarePlan { hna: hna.into() };
    let before = on_disk(&desk).lines;
    assert_eq!(code(desk.clinic.start_care_plan(start(&hna)).await), Code::NothingToPlan, "a draft");
    assert_eq!(on_disk(&desk).lines, before);
    let end = CompleteHna { hna: hna.clone(), day: "14".into(), month: "7".into() };
    desk.clinic.complete_hna(end).await.unwrap();
    assert_eq!(code(desk.clinic.start_care_plan(start(&hna)).await), Code::NothingToPlan, "no concern");
    let seen = desk.clinic.open_patient(OpenPatient { patient: anna }).await.unwrap();
    assert!(seen.plans.is_empty() && seen.hnas[0].plan.is_none());
    for nothing in ["", "00000000-0000-4000-8000-000000000000"] {
        assert_eq!(code(desk.clinic.start_care_plan(start(nothing)).await), Code::Gone);
        assert_eq!(code(desk.clinic.read_care_plan(read(nothing, None)).await), Code::Gone);
        assert_eq!(code(desk.clinic.add_action(add(nothing, "own-1")).await), Code::Gone);
        assert_eq!(code(desk.clinic.lock_care_plan(a_lock(&desk.clinic, nothing).await).await), Code::Gone);
    }
}

#[tokio::test]
async fn closing_and_opening_the_clinic_keeps_all_of_it() {
    let (desk, anna, plan) = a_plan().await;
    desk.clinic.write_what_matters(matters(&plan, "One line\nand another")).await.unwrap();
    desk.clinic.lock_care_plan(a_lock(&desk.clinic, &plan).await).await.unwrap();
    desk.clinic.unlock_care_plan(open_again(&plan, "More to say")).await.unwrap();
    desk.clinic.add_action(add(&plan, "physical.pain")).await.unwrap();
    let both = async |clinic: &Clinic| {
        let (now, then) = (read(&plan, None), read(&plan, Some(1)));
        [shown(&clinic.read_care_plan(now).await.unwrap()), shown(&clinic.read_care_plan(then).await.unwrap())]
    };
    let (before, paper) = (both(&desk.clinic).await, pdf(&desk, &plan, 1));
    desk.clinic.close().await;
    let clinic = desk.unlock().await;
    assert_eq!(both(&clinic).await, before);
    assert!(pdf(&desk, &plan, 1) == paper);
    let seen = clinic.open_patient(OpenPatient { patient: anna }).await.unwrap();
    let line = &seen.plans[0];
    assert_eq!((line.status.code(), line.version, line.concerns, line.actions), ("draft", 1, 3, 1));
    assert_eq!((line.unlock_reason.as_deref(), line.sending), (Some("More to say"), "draft"));
    assert_eq!(seen.hnas[0].plan.map(|id| id.to_string()), Some(plan));
}

#[tokio::test]
async fn an_action_is_written_as_typed_and_what_cannot_be_read_is_named() {
    let (desk, _, plan) = a_plan().await;
    let clinic = &desk.clinic;
    clinic.add_action(add(&plan, "physical.pain")).await.unwrap();
    let unreadable = WriteAction { due: "soon".into(), what: "\u{7}".into(), ..an_action(&plan, "a-1", REFERRAL) };
    let named = vec![("what".to_owned(), "control_character".to_owned()), ("due".to_owned(), "day_form".to_owned())];
    assert_eq!(faults(clinic.write_action(unreadable).await), named);
    let view = clinic.write_action(an_action(&plan, "a-1", REFERRAL)).await.unwrap();
    let action = &view.concerns[1].actions[0];
    assert_eq!(
        (action.kind.map(|kind| kind.code()), action.owner.map(|owner| owner.code())),
        (Some("refer"), Some("nurse"))
    );
    assert_eq!((action.due.as_ref().map(|day| day.short.as_str()), action.overdue), (Some("04-Dec-2026"), false));
    desk.room.clock.step(11 * clock::DAY);
    let due_today = clinic.read_care_plan(read(&plan, None)).await.unwrap();
    assert!(!due_today.concerns[1].actions[0].overdue, "it can still be done today");
    desk.room.clock.step(clock::DAY);
    let late = clinic.read_care_plan(read(&plan, None)).await.unwrap();
    assert!(late.concerns[1].actions[0].overdue);
    let past = WriteAction { due: "03-Dec-2026".into(), ..an_action(&plan, "a-1", REFERRAL) };
    assert_eq!(faults(clinic.write_action(past).await), fault("due", "in_past"), "it is put off to a day that is over");
    let view = clinic.end_action(crate::care_plan_full::end(&plan, "a-1", "done", "")).await.unwrap();
    let action = &view.concerns[1].actions[0];
    assert_eq!((action.ended.as_ref().map(|ended| ended.on.iso.as_str()), action.overdue), (Some("2026-12-05"), false));
    assert_eq!(code(clinic.write_action(an_action(&plan, "a-9", REFERRAL)).await), Code::Gone);
    assert_eq!(code(clinic.remove_action(RemoveAction { plan: plan.clone(), action: "a-9".into() }).await), Code::Gone);
    assert_eq!(code(clinic.add_action(add(&plan, "family.children")).await), Code::Gone, "it was not raised");
    let view = clinic.remove_action(RemoveAction { plan: plan.clone(), action: "a-1".into() }).await.unwrap();
    assert!(view.concerns[1].actions.is_empty());
}

#[tokio::test]
async fn a_change_that_changes_nothing_is_no_revision() {
    let (desk, _, plan) = a_plan().await;
    let once = desk.clinic.write_what_matters(matters(&plan, "Him")).await.unwrap();
    let before = on_disk(&desk).lines;
    let twice = desk.clinic.write_what_matters(matters(&plan, "Him ")).await.unwrap();
    assert_eq!((once.revision, twice.revision), (2, 2));
    assert_eq!(on_disk(&desk).lines, before);
}

#[tokio::test]
async fn the_audit_holds_no_word_of_a_plan() {
    let (desk, _, plan) = a_plan().await;
    let secret = "Heronsong";
    desk.clinic.write_what_matters(matters(&plan, secret)).await.unwrap();
    desk.clinic.add_action(add(&plan, "physical.pain")).await.unwrap();
    let action = ["inform", secret, "service", secret, "04-Dec-2026"];
    desk.clinic.write_action(an_action(&plan, "a-1", action)).await.unwrap();
    desk.clinic.lock_care_plan(a_lock(&desk.clinic, &plan).await).await.unwrap();
    desk.clinic.unlock_care_plan(open_again(&plan, secret)).await.unwrap();
    let lines = on_disk(&desk).lines;
    let (audit, others): (Vec<_>, Vec<_>) = lines.iter().partition(|(_, line)| line.starts_with("audit|"));
    assert!(audit.iter().all(|(_, line)| !line.contains(secret)));
    assert!(others.iter().any(|(_, line)| line.contains(secret)), "the search would find it");
}

#[tokio::test]
async fn a_colleague_whose_role_nobody_recorded_may_read_and_not_write() {
    let (desk, _, plan) = a_plan().await;
    let omar = desk.clinic.add_nurse(a_colleague()).await.unwrap()[1].id.to_string();
    let hna = desk.clinic.read_care_plan(read(&plan, None)).await.unwrap().hna.to_string();
    desk.clinic.close().await;
    let dek = kept::key(&desk.room, &desk.ruth, RUTHS_PASSPHRASE);
    let mut store = Store::open(&desk.room.profile().join("clinic.db"), kept::keys(&dek), Box::new(|| None)).unwrap();
    let mut staff = store.staff(StaffId::parse(&omar).unwrap()).unwrap().unwrap();
    staff.role = Role::NotKnown;
    let by = By {
        staff: staff.id,
        name: String::new(),
        role: Role::Other,
        key_holder: true,
        at: desk.room.clock.now(),
        pc: String::new(),
    };
    store.write::<_, store::Error>(&by, Op::AddNurse, |w| w.save_staff(&staff)).unwrap();
    store.close().unwrap();

    let clinic = unlock(&desk.house, &omar, OMARS_PASSPHRASE).await.unwrap();
    let view = clinic.read_care_plan(read(&plan, None)).await.unwrap();
    assert_eq!(view.me, "Omar Imagined");
    let codes = [
        code(clinic.start_care_plan(StartCarePlan { hna }).await),
        code(clinic.write_what_matters(matters(&plan, "x")).await),
        code(clinic.add_action(add(&plan, "own-1")).await),
        code(clinic.write_action(an_action(&plan, "a-1", REFERRAL)).await),
        code(clinic.remove_action(RemoveAction { plan: plan.clone(), action: "a-1".into() }).await),
        code(clinic.end_action(crate::care_plan_full::end(&plan, "a-1", "done", "")).await),
        // Before the birthday, and before the passphrase is looked at.
        code(
            clinic
                .lock_care_plan(LockCarePlan { day: String::new(), passphrase: typed(""), ..a_lock_of(&plan, 1) })
                .await,
        ),
        code(clinic.unlock_care_plan(open_again(&plan, "")).await),
    ];
    assert_eq!(codes, [Code::NotAllowed; 8]);
}

#[tokio::test]
async fn the_newest_plan_stands_first_and_each_assessment_names_its_own() {
    let (desk, anna, first) = a_plan().await;
    desk.room.clock.step(clock::DAY);
    let hna = assessed(&desk.clinic, &anna).await;
    let seen = desk.clinic.open_patient(OpenPatient { patient: anna.clone() }).await.unwrap();
    let plans: Vec<_> = seen.hnas.iter().map(|line| line.plan.map(|id| id.to_string())).collect();
    assert_eq!(plans, [None, Some(first.clone())]);
    let waits = |seen: &Overview| seen.hnas.iter().map(|line| line.waits_for_plan).collect::<Vec<_>>();
    assert_eq!(waits(&seen), [true, false]);
    let second = desk.clinic.start_care_plan(StartCarePlan { hna }).await.unwrap().id.to_string();
    let seen = desk.clinic.open_patient(OpenPatient { patient: anna.clone() }).await.unwrap();
    let plans: Vec<_> = seen.plans.iter().map(|line| line.id.to_string()).collect();
    assert_eq!(plans, [second, first]);
    assert_eq!(seen.plans[0].hna, seen.hnas[0].id);
    assert_eq!(waits(&seen), [false, false]);
    // Two in the same minute: only the one that came last is still to be planned for.
    for _ in 0..2 {
        assessed(&desk.clinic, &anna).await;
    }
    let seen = desk.clinic.open_patient(OpenPatient { patient: anna }).await.unwrap();
    assert_eq!(waits(&seen), [true, false, false, false]);
}
