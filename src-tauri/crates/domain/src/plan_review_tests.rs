//! Reviews, and what is carried over from one plan to the next: only what a person carries, once, and only what is open.

use super::*;
use crate::action::TypedAction;
use crate::checklist::Checklist;
use crate::hna::{AnsweredBy, Beginning, ConcernKey, Hna, Method, PathwayPoint};
use crate::id::{HnaId, PatientId, StaffId};
use crate::staff::{By, Role};
use jiff::civil::{Date, date};

const TODAY: Date = date(2026, 11, 23);

fn by(at: i64) -> By {
    let staff = StaffId::from_random([1; 16]);
    By { staff, name: "Ruth Invented".to_owned(), role: Role::OtherNurse, key_holder: false, at, pc: String::new() }
}

fn patient() -> PatientId {
    PatientId::from_random([2; 16])
}

/// A draft that was started at this moment, with the dog as its only concern.
pub(crate) fn draft(number: u8, started_at: i64) -> CarePlan {
    let beginning = Beginning {
        patient: patient(),
        checklist: "invented|1.0.0".to_owned(),
        answered_by: AnsweredBy::Patient,
        helper: String::new(),
        method: Method::FaceToFace,
        pathway_point: PathwayPoint::DuringTreatment,
        answered_on: None,
    };
    let checklist = Checklist {
        canonical: beginning.checklist.clone(),
        title: String::new(),
        question: String::new(),
        low: String::new(),
        high: String::new(),
        domains: Vec::new(),
        topics: Vec::new(),
    };
    let hna = Hna::start(HnaId::from_random([number; 16]), beginning, &by(started_at));
    let hna = hna.add_own("Who will walk the dog").unwrap().complete(started_at).unwrap();
    CarePlan::start(CarePlanId::from_random([number; 16]), &hna, &checklist, &by(started_at)).unwrap()
}

pub(crate) fn a(number: u8) -> ActionKey {
    ActionKey::new(&format!("a-{number}"))
}

fn whole(what: &str) -> NewAction {
    NewAction {
        kind: Some(crate::action::ActionKind::Refer),
        what: what.to_owned(),
        owner: Some(crate::action::OwnerKind::Nurse),
        owner_name: "Ruth Invented".to_owned(),
        due: Some(date(2026, 11, 20)),
        contact: "0999 000 000".to_owned(),
        ..NewAction::default()
    }
}

/// A locked plan with three actions about the dog and one about pain, which was added.
pub(crate) fn agreed(number: u8, started_at: i64) -> CarePlan {
    let dog = ConcernKey::new("own-1");
    let (plan, pain) = draft(number, started_at).bring_concern(Origin::Added, Some("pain"), "Pain").unwrap();
    let plan = ["Ask the neighbour", "Ring the kennel", "Write to the vet"]
        .iter()
        .fold(plan, |plan, what| plan.new_action(&dog, whole(what)).unwrap());
    plan.new_action(&pain, whole("Physiotherapy")).unwrap().lock(&by(started_at)).unwrap()
}

fn keys(open: &[StillOpen<'_>]) -> Vec<(CarePlanId, String)> {
    open.iter().map(|one| (one.plan.id, one.action.key.as_str().to_owned())).collect()
}

fn of(plan: &CarePlan, actions: &[u8]) -> Vec<(CarePlanId, String)> {
    actions.iter().map(|number| (plan.id, a(*number).as_str().to_owned())).collect()
}

#[test]
fn a_plan_follows_the_newest_that_was_agreed_before_it() {
    let (first, second) = (agreed(1, 10), agreed(2, 20));
    let (unfinished, later) = (draft(3, 30), agreed(4, 50));
    let others = CarePlan { patient: PatientId::from_random([9; 16]), ..agreed(5, 35) };
    let plan = draft(6, 40).following([&second, &unfinished, &first, &later, &others]);
    assert_eq!(plan.follows, Some(second.id), "not a draft, a later one or another patient's");
    assert_eq!(draft(6, 40).following([&unfinished]).follows, None);
    let changed = second.clone().unlock("A new date").unwrap();
    assert_eq!(draft(6, 40).following([&changed]).follows, Some(second.id), "it is agreed while it is changed");
}

#[test]
fn what_is_open_is_carried_with_its_concern_as_it_was_agreed_and_once() {
    let former = agreed(1, 10);
    let plan = draft(2, 20).following([&former]);
    let plan = plan.carry(&former, &a(2)).unwrap().carry(&former, &a(4)).unwrap();
    let [dog, pain] = plan.concerns.as_slice() else { panic!("two concerns") };
    assert_eq!((dog.origin, dog.actions.len()), (Origin::Assessment, 1), "the same words are the same concern");
    assert_eq!((pain.origin, pain.code.as_deref(), pain.text.as_str()), (Origin::Carried, Some("pain"), "Pain"));
    let (here, there) = (&pain.actions[0], former.actions().last().unwrap());
    assert_eq!(here.carried_from, Some((former.id, a(4))));
    let content = |action: &Action| {
        (action.kind, action.what.clone(), action.owner, action.owner_name.clone(), action.due, action.contact.clone())
    };
    assert_eq!((content(here), here.ended), (content(there), None));
    assert_eq!(plan.clone().carry(&former, &a(4)), Err(Refused::NotThere), "it is here already");
    let again = plan.clone().remove_action(&here.key).unwrap();
    assert!(again.carry(&former, &a(4)).is_ok(), "after it was taken out");
}

#[test]
fn nothing_is_carried_that_ended_or_is_of_no_agreed_plan_before_or_into_a_locked_one() {
    let former = agreed(1, 10);
    let plan = || draft(2, 20).following([&former]);
    let ended = former.clone().end_action(&a(1), Some("done"), "", TODAY).unwrap();
    assert_eq!(plan().carry(&ended, &a(1)), Err(Refused::NotThere));
    assert_eq!(plan().carry(&former, &a(9)), Err(Refused::NotThere));
    let never_agreed = draft(3, 15).new_action(&ConcernKey::new("own-1"), whole("Ask")).unwrap();
    assert_eq!(plan().carry(&never_agreed, &a(1)), Err(Refused::NotThere));
    let others = CarePlan { patient: PatientId::from_random([9; 16]), ..former.clone() };
    assert_eq!(plan().carry(&others, &a(1)), Err(Refused::NotThere));
    let itself = former.clone().unlock("A new date").unwrap();
    assert_eq!(itself.clone().carry(&itself, &a(1)), Err(Refused::NotThere));
    let locked = plan().lock(&by(21)).unwrap();
    assert_eq!(locked.carry(&former, &a(1)), Err(Refused::PlanLocked));
}

#[test]
fn what_is_left_open_is_named_along_the_plans_before_until_it_is_carried_or_ended() {
    let first = agreed(1, 10).end_action(&a(1), Some("declined"), "", TODAY).unwrap();
    let second = draft(2, 20).following([&first]).carry(&first, &a(2)).unwrap().lock(&by(21)).unwrap();
    let plan = draft(3, 30).following([&first, &second]);
    let plans = [first.clone(), second.clone()];
    let expected = [of(&second, &[1]), of(&first, &[3, 4])].concat();
    assert_eq!(keys(&left_open(&plan, &plans)), expected, "the nearest first, and nothing twice");
    let plan = plan.carry(&second, &a(1)).unwrap().carry(&first, &a(3)).unwrap();
    assert_eq!(keys(&left_open(&plan, &plans)), of(&first, &[4]), "a draft carries too");
    let ended = first.end_action(&a(4), Some("not_needed"), "", TODAY).unwrap();
    assert_eq!(keys(&left_open(&plan, &[ended, second])), []);
}

#[test]
fn what_a_draft_took_over_that_is_never_agreed_is_still_open_for_the_plans_after_it() {
    let first = agreed(1, 10);
    let abandoned = draft(2, 20).following([&first]).carry(&first, &a(1)).unwrap();
    let plan = draft(3, 30).following([&first, &abandoned]);
    let plans = [first.clone(), abandoned.clone()];
    assert_eq!(keys(&left_open(&plan, &plans)), of(&first, &[1, 2, 3, 4]));
    assert_eq!(keys(&left_open(&abandoned, &plans)), of(&first, &[2, 3, 4]), "in itself it is there");
    let plans = [first.clone(), abandoned.lock(&by(31)).unwrap()];
    let expected = [of(&plans[1], &[1]), of(&first, &[2, 3, 4])].concat();
    assert_eq!(keys(&left_open(&plan, &plans)), expected, "agreed, it has it");
}

#[test]
fn a_plan_that_was_agreed_after_the_next_was_started_is_before_it_all_the_same() {
    let late = draft(1, 10).new_action(&ConcernKey::new("own-1"), whole("Ask the neighbour")).unwrap();
    let plan = draft(2, 20).following([&late]);
    assert_eq!((plan.follows, before(&plan, std::slice::from_ref(&late)).len()), (None, 0), "nothing is agreed yet");
    let others = CarePlan { patient: PatientId::from_random([9; 16]), ..agreed(5, 5) };
    let plans = [late.lock(&by(25)).unwrap(), others, agreed(3, 30), plan.clone()];
    assert_eq!(keys(&left_open(&plan, &plans)), of(&plans[0], &[1]), "not another patient's, or a later one's");
    let plan = plan.carry(&plans[0], &a(1)).unwrap();
    assert_eq!(keys(&left_open(&plan, &plans)), []);
    let order: Vec<_> = before(&agreed(4, 40), &plans[..3]).iter().map(|one| one.started_at).collect();
    assert_eq!(order, [30, 10], "the newest first");
}

#[test]
fn plans_that_follow_each_other_in_a_ring_are_walked_once() {
    let (mut first, mut second) = (agreed(1, 10), agreed(2, 20));
    first.follows = Some(second.id);
    second.follows = Some(first.id);
    let plans = [first.clone(), second];
    assert_eq!(before(&first, &plans).len(), 1);
}

#[test]
fn an_action_is_to_be_done_where_it_was_agreed_until_a_plan_that_took_it_over_is_agreed() {
    let first = agreed(1, 10).end_action(&a(1), Some("done"), "", TODAY).unwrap();
    let second = draft(2, 20).following([&first]).carry(&first, &a(2)).unwrap();
    assert_eq!(keys(&still_open(&[first.clone(), second.clone()])), of(&first, &[2, 3, 4]), "a draft is no agreement");
    let second = second.lock(&by(21)).unwrap();
    let expected = [of(&first, &[3, 4]), of(&second, &[1])].concat();
    assert_eq!(keys(&still_open(&[first.clone(), second.clone()])), expected);
    let changed = second.unlock("A new date").unwrap();
    assert_eq!(keys(&still_open(&[first, changed])), expected, "also while it is changed");
}

#[test]
fn while_a_plan_is_changed_what_was_agreed_counts_with_how_it_ended_since() {
    let locked = agreed(1, 10).end_action(&a(1), Some("done"), "They did", TODAY).unwrap();
    let changed = locked.clone().unlock("A new date").unwrap();
    let changed = changed.new_action(&ConcernKey::new("own-1"), whole("Not agreed yet")).unwrap();
    let typed = TypedAction { what: "Other words".to_owned(), ..TypedAction::default() };
    let changed = changed.write_action(&a(3), &typed, TODAY).unwrap().remove_action(&a(1)).unwrap();
    let changed = changed.remove_action(&a(2)).unwrap().end_action(&a(4), Some("declined"), "No", TODAY).unwrap();
    let counts = changed.while_changed(locked.clone());
    assert_eq!(keys(&still_open(std::slice::from_ref(&counts))), of(&locked, &[2, 3]), "also what was taken out");
    let expected = locked.clone().end_action(&a(4), Some("declined"), "No", TODAY).unwrap();
    assert_eq!(counts, expected, "in the words that were agreed");
    let taken_back = locked.clone().unlock("It goes on").unwrap().reopen_action(&a(1)).unwrap().while_changed(locked);
    assert_eq!(taken_back.actions().next().map(|action| (action.ended, action.outcome.as_str())), Some((None, "")));
}

#[test]
fn a_review_needs_no_reason_is_known_as_one_and_locked_is_the_next_version() {
    let plan = agreed(1, 10);
    let review = plan.clone().review().unwrap();
    assert_eq!((review.status, review.version, review.review), (PlanStatus::Draft, 1, true));
    assert_eq!(review.unlock_reason, "");
    assert_eq!(review.clone().review(), Err(Refused::PlanNotLocked));
    let reviewed = review.lock(&by(30)).unwrap();
    assert_eq!((reviewed.version, reviewed.review), (2, true));
    let changed = reviewed.unlock("A new date").unwrap();
    assert!(!changed.review, "a change for a reason is none");
}
