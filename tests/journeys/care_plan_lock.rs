//! Locking and unlocking a care plan: what it asks for, what it leaves, and that what was locked stays.

use clinic::*;
use kit::appointment::{a_lock, a_lock_of, an_action, shown};
use kit::kept::details;
use kit::room::unlock;
use kit::*;

use crate::care_plan::{REFERRAL, a_plan, add, assessed, matters, open_again, pdf, read};
use crate::{code, fault, faults, on_disk, problem};

#[tokio::test]
async fn what_was_locked_stays_while_the_plan_goes_on() {
    let (desk, _, plan) = a_plan().await;
    let clinic = &desk.clinic;
    clinic.write_what_matters(matters(&plan, "He is all I have: £5, ŵ")).await.unwrap();
    clinic.add_action(add(&plan, "physical.pain")).await.unwrap();
    clinic.write_action(an_action(&plan, "a-1", REFERRAL)).await.unwrap();
    desk.room.clock.step(clock::HOUR);
    let locked = clinic.lock_care_plan(a_lock(clinic, &plan).await).await.unwrap();
    let signed = locked.signed.as_ref().unwrap();
    assert_eq!((locked.status.code(), locked.version, locked.shown_version), ("locked", 1, None));
    assert_eq!((signed.name.as_str(), signed.role.code()), ("Ruth Invented", "cancer_nurse_specialist"));
    assert_eq!(signed.at.ms, desk.room.clock.now());
    let (first, paper) = (clinic.read_care_plan(read(&plan, Some(1))).await.unwrap(), pdf(&desk, &plan, 1));
    assert_eq!((first.shown_version, first.revision), (Some(1), locked.revision));
    assert!(paper.starts_with(b"%PDF-"));

    desk.room.clock.step(clock::DAY);
    let open = clinic.unlock_care_plan(open_again(&plan, "She asked for another day")).await.unwrap();
    assert_eq!((open.status.code(), open.version), ("draft", 1));
    assert_eq!(open.unlock_reason.as_deref(), Some("She asked for another day"));
    let later = ["review", "Pain again", "gp", "", "24-Dec-2026"];
    clinic.write_action(an_action(&plan, "a-1", later)).await.unwrap();
    clinic.write_what_matters(matters(&plan, "")).await.unwrap();
    let second = clinic.lock_care_plan(a_lock(clinic, &plan).await).await.unwrap();
    assert_eq!((second.version, second.unlock_reason), (2, None));
    let versions: Vec<_> = second.versions.iter().map(|line| (line.version, line.signed.at.ms)).collect();
    assert_eq!(versions, [(2, desk.room.clock.now()), (1, signed.at.ms)], "newest first");

    let again = clinic.read_care_plan(read(&plan, Some(1))).await.unwrap();
    assert_eq!(again.concerns[0].matters, "He is all I have: £5, ŵ");
    assert_eq!(again.concerns[1].actions[0].what, "Pain clinic");
    assert_eq!((shown(&again.concerns), shown(&again.signed)), (shown(&first.concerns), shown(&first.signed)));
    assert_eq!((again.version, again.shown_version, again.revision), (2, Some(1), first.revision));
    assert_eq!(clinic.read_care_plan(read(&plan, Some(2))).await.unwrap().concerns[0].matters, "");
    assert!(pdf(&desk, &plan, 1) == paper, "not a byte of the first paper changed");
    assert!(pdf(&desk, &plan, 2) != paper);
    for unknown in [0, 3] {
        assert_eq!(code(clinic.read_care_plan(read(&plan, Some(unknown))).await), Code::Gone);
    }
    let first_of_all = [details(&desk, "lock_care_plan"), details(&desk, "unlock_care_plan")].concat();
    assert_eq!(first_of_all, ["version 1", "version 2", "version 1"]);
    // As it stands before each lock, then each version that was asked for.
    assert_eq!(details(&desk, "read_care_plan"), ["", "version 1", "", "version 1", "version 2"]);
}

#[tokio::test]
async fn locking_asks_for_the_birthday_then_the_passphrase_then_every_part() {
    let (desk, _, plan) = a_plan().await;
    let clinic = &desk.clinic;
    let seen = clinic.add_action(add(&plan, "physical.pain")).await.unwrap().revision;
    let before = on_disk(&desk).lines;
    let wrong = |passphrase: &str, day: &str| LockCarePlan {
        day: day.into(),
        passphrase: typed(passphrase),
        ..a_lock_of(&plan, seen)
    };
    assert_eq!(code(clinic.lock_care_plan(wrong("", "13")).await), Code::IdentityDiffers);
    assert_eq!(faults(clinic.lock_care_plan(wrong("", "14")).await), fault("passphrase", "missing"));
    for other in [OMARS_PASSPHRASE, "A lantern beside the river", &"x".repeat(5000)] {
        assert_eq!(code(clinic.lock_care_plan(wrong(other, "14")).await), Code::WrongPassphrase);
    }
    let missing: Vec<_> =
        faults(clinic.lock_care_plan(a_lock_of(&plan, seen)).await).into_iter().map(|(field, _)| field).collect();
    assert_eq!(missing, ["kind-a-1", "what-a-1", "owner-a-1", "due-a-1"]);
    assert_eq!(on_disk(&desk).lines, before, "a refused act leaves nothing");
    let view = clinic.read_care_plan(read(&plan, None)).await.unwrap();
    let unfinished: Vec<_> =
        view.unfinished.iter().map(|fault| (fault.field.as_str(), fault.reason.as_str())).collect();
    assert_eq!(unfinished, missing.iter().map(|field| (field.as_str(), "missing")).collect::<Vec<_>>());
    clinic.write_action(an_action(&plan, "a-1", REFERRAL)).await.unwrap();
    assert_eq!(clinic.lock_care_plan(a_lock(clinic, &plan).await).await.unwrap().version, 1);
}

#[tokio::test]
async fn wrong_tries_at_a_signature_count_as_at_the_lock_screen() {
    let (desk, _, plan) = a_plan().await;
    let wrong = || LockCarePlan { passphrase: typed("not hers"), ..a_lock_of(&plan, 1) };
    for _ in 0..5 {
        let refused = problem(desk.clinic.lock_care_plan(wrong()).await);
        assert_eq!((refused.code, refused.seconds), (Code::WrongPassphrase, None));
    }
    assert_eq!(problem(desk.clinic.lock_care_plan(wrong()).await).seconds, Some(30));
    assert_eq!(code(desk.clinic.lock_care_plan(a_lock_of(&plan, 1)).await), Code::Wait, "though it is right now");
    desk.clinic.close().await;
    assert_eq!(code(unlock(&desk.house, &desk.ruth, RUTHS_PASSPHRASE).await), Code::Wait);
    desk.room.clock.step(clock::MINUTE);
    let clinic = desk.unlock().await;
    assert_eq!(clinic.lock_care_plan(a_lock(&clinic, &plan).await).await.unwrap().version, 1);
}

#[tokio::test]
async fn a_plan_without_any_action_is_a_plan() {
    let (desk, _, plan) = a_plan().await;
    let locked = desk.clinic.lock_care_plan(a_lock(&desk.clinic, &plan).await).await.unwrap();
    assert_eq!((locked.version, locked.concerns.len()), (1, 3));
    assert!(locked.concerns.iter().all(|concern| concern.actions.is_empty()));
    assert!(!pdf(&desk, &plan, 1).is_empty());
}

#[tokio::test]
async fn a_change_while_the_paper_is_made_stops_the_lock() {
    let (desk, anna, plan) = a_plan().await;
    let clinic = &desk.clinic;
    // The lock has read the plan when the change is asked for, and writes after it.
    let (lock, change) = tokio::join!(biased; clinic.lock_care_plan(a_lock_of(&plan, 1)), clinic.write_what_matters(matters(&plan, "Him")));
    assert_eq!(code(lock), Code::ChangedMeanwhile);
    assert_eq!(change.unwrap().revision, 2);
    let form = PatientForm { phone: "020 7946 0999".into(), ..a_patient_form() };
    let correct = CorrectPatient { patient: anna, revision: 1, form };
    let (lock, change) =
        tokio::join!(biased; clinic.lock_care_plan(a_lock_of(&plan, 2)), clinic.correct_patient(correct));
    assert_eq!(code(lock), Code::ChangedMeanwhile, "its paper would show what no longer holds");
    assert_eq!(change.unwrap().revision, 2);
    let view = clinic.read_care_plan(read(&plan, None)).await.unwrap();
    assert_eq!((view.status.code(), view.version, view.concerns[0].matters.as_str()), ("draft", 0, "Him"));
    assert!(
        on_disk(&desk).lines.iter().all(|(_, line)| !line.contains("lock_care_plan") && !line.starts_with("paper|"))
    );
    // Which of two is the first to have its paper, nobody can say.
    let lock = || clinic.lock_care_plan(a_lock_of(&plan, 2));
    let (one, other) = tokio::join!(biased; lock(), lock());
    let (locked, late) = if one.is_ok() { (one, other) } else { (other, one) };
    assert_eq!((locked.unwrap().version, code(late)), (1, Code::ChangedMeanwhile));
    assert_eq!(clinic.read_care_plan(read(&plan, None)).await.unwrap().versions.len(), 1);
}

#[tokio::test]
async fn a_plan_that_is_no_longer_the_one_that_was_read_is_not_locked() {
    let (desk, _, plan) = a_plan().await;
    let clinic = &desk.clinic;
    let read = a_lock(clinic, &plan).await;
    clinic.write_what_matters(matters(&plan, "Him")).await.unwrap();
    let before = on_disk(&desk).lines;
    assert_eq!(code(clinic.lock_care_plan(read).await), Code::ChangedMeanwhile);
    assert_eq!(on_disk(&desk).lines, before);
    assert_eq!(clinic.lock_care_plan(a_lock(clinic, &plan).await).await.unwrap().version, 1);
}

#[tokio::test]
async fn a_locked_plan_takes_no_change_and_an_open_one_needs_no_key() {
    let (desk, _, plan) = a_plan().await;
    let clinic = &desk.clinic;
    assert_eq!(code(clinic.unlock_care_plan(open_again(&plan, "why")).await), Code::ChangedMeanwhile, "it is open");
    clinic.add_action(add(&plan, "physical.pain")).await.unwrap();
    clinic.write_action(an_action(&plan, "a-1", REFERRAL)).await.unwrap();
    clinic.lock_care_plan(a_lock(clinic, &plan).await).await.unwrap();
    let again = a_lock(clinic, &plan).await;
    let before = on_disk(&desk).lines;
    let codes = [
        code(clinic.write_what_matters(matters(&plan, "late")).await),
        code(clinic.add_action(add(&plan, "physical.pain")).await),
        code(clinic.write_action(an_action(&plan, "a-1", REFERRAL)).await),
        code(clinic.remove_action(RemoveAction { plan: plan.clone(), action: "a-1".into() }).await),
        code(clinic.lock_care_plan(again).await),
    ];
    assert_eq!(codes, [Code::PlanLocked; 5]);
    assert_eq!(faults(clinic.unlock_care_plan(open_again(&plan, " ")).await), fault("reason", "missing"));
    assert_eq!(on_disk(&desk).lines, before);
}

#[tokio::test]
async fn only_the_lock_leaves_a_sending() {
    let (desk, _, plan) = a_plan().await;
    let sent = |desk: &Shift| {
        let lines = on_disk(desk).lines.into_iter().map(|(_, line)| line);
        lines.filter(|line| line.starts_with("sending|") && line.contains("|care_plan|")).count()
    };
    desk.clinic.write_what_matters(matters(&plan, "Him")).await.unwrap();
    assert_eq!(sent(&desk), 0, "a draft is not sent");
    desk.clinic.lock_care_plan(a_lock(&desk.clinic, &plan).await).await.unwrap();
    assert_eq!(sent(&desk), 1);
    desk.clinic.unlock_care_plan(open_again(&plan, "More to say")).await.unwrap();
    assert_eq!(sent(&desk), 1, "the locked version stands until the next");
    desk.clinic.lock_care_plan(a_lock(&desk.clinic, &plan).await).await.unwrap();
    assert_eq!(sent(&desk), 2);
}

#[tokio::test]
async fn a_colleague_signs_with_his_own_passphrase_and_name() {
    let (desk, anna, plan) = a_plan().await;
    let omar = desk.clinic.add_nurse(a_colleague()).await.unwrap()[1].id.to_string();
    desk.clinic.close().await;
    let clinic = unlock(&desk.house, &omar, OMARS_PASSPHRASE).await.unwrap();
    assert_eq!(
        code(clinic.lock_care_plan(a_lock(&clinic, &plan).await).await),
        Code::WrongPassphrase,
        "hers, at his desk"
    );
    let his = LockCarePlan { passphrase: typed(OMARS_PASSPHRASE), ..a_lock(&clinic, &plan).await };
    let signed = clinic.lock_care_plan(his).await.unwrap().signed.unwrap();
    assert_eq!((signed.name.as_str(), signed.role.code()), ("Omar Imagined", "other_nurse"));
    let seen = clinic.open_patient(OpenPatient { patient: anna }).await.unwrap();
    let line = &seen.plans[0];
    assert_eq!((line.by.as_str(), line.signed.as_ref().unwrap().name.as_str()), ("Ruth Invented", "Omar Imagined"));
    assert_eq!((line.status.code(), line.version, line.sending), ("locked", 1, "saved_here"));
}

#[tokio::test]
async fn training_locks_without_a_passphrase() {
    let room = Room::new();
    let clinic = room.house().open_training().await.unwrap();
    let anna = registered(&clinic).await.to_string();
    let hna = assessed(&clinic, &anna).await;
    let plan = clinic.start_care_plan(StartCarePlan { hna }).await.unwrap().id.to_string();
    let differs = LockCarePlan { day: "1".into(), ..a_lock(&clinic, &plan).await };
    assert_eq!(code(clinic.lock_care_plan(differs).await), Code::IdentityDiffers);
    let locked =
        clinic.lock_care_plan(LockCarePlan { passphrase: typed(""), ..a_lock(&clinic, &plan).await }).await.unwrap();
    assert_eq!((locked.version, locked.status.code()), (1, "locked"));
}
