//! Whose concern and whose action is which, and what cannot be agreed at once.

use jiff::civil::{Date, date};

use super::*;
use crate::action::{ActionKind, Ended, EndedHow, NewAction, OwnerKind, TypedAction};
use crate::care_plan::{NothingAgreed, Origin};
use crate::checklist::{Area, Checklist};
use crate::hna::{Answer, AnsweredBy, Beginning, Hna, Method, PathwayPoint};
use crate::id::{CarePlanId, DirectoryEntryId, HnaId, PatientId, StaffId};
use crate::merge::{Clash, Merged, merge, with};
use crate::staff::{By, Role};

const TODAY: Date = date(2026, 11, 23);

fn by() -> By {
    let (staff, role) = (StaffId::from_random([3; 16]), Role::CancerNurseSpecialist);
    By { staff, name: "Ruth Invented".to_owned(), role, key_holder: false, at: 1_795_425_120_000, pc: String::new() }
}

fn key(text: &str) -> ConcernKey {
    ConcernKey::new(text)
}

fn a(number: u16) -> ActionKey {
    ActionKey::new(&format!("a-{number}"))
}

fn typed(what: &str) -> TypedAction {
    let (kind, owner) = (Some("inform".to_owned()), Some("gp".to_owned()));
    TypedAction { kind, what: what.to_owned(), owner, owner_name: String::new(), due: "4/12/2026".to_owned() }
}

/// Two concerns in the patient's words, one added; an action each for the first two; locked.
pub(crate) fn agreed() -> CarePlan {
    let checklist = Checklist {
        canonical: "https://holdfast.example/fhir/Questionnaire/default|1.0.0".to_owned(),
        title: String::new(),
        question: String::new(),
        low: String::new(),
        high: String::new(),
        domains: Vec::<Area>::new(),
        topics: vec![],
    };
    let beginning = Beginning {
        patient: PatientId::from_random([2; 16]),
        checklist: checklist.canonical.clone(),
        answered_by: AnsweredBy::Patient,
        helper: String::new(),
        method: Method::FaceToFace,
        pathway_point: PathwayPoint::InitialDiagnosis,
        answered_on: None,
    };
    let hna = Hna::start(HnaId::from_random([1; 16]), beginning, &by());
    let hna = hna.add_own("Sleep").and_then(|hna| hna.add_own("Money")).and_then(|hna| hna.complete(by().at)).unwrap();
    CarePlan::start(CarePlanId::from_random([7; 16]), &hna, &checklist, &by())
        .and_then(|plan| plan.add_concern(&checklist, None, "The cat"))
        .and_then(|plan| plan.add_action(&key("own-1")))
        .and_then(|plan| plan.add_action(&key("own-2")))
        .and_then(|plan| plan.write_action(&a(1), &typed("Ring the line"), TODAY))
        .and_then(|plan| plan.write_action(&a(2), &typed("Ask about the fares"), TODAY))
        .and_then(|plan| plan.lock(&by()))
        .unwrap()
}

fn open() -> CarePlan {
    agreed().unlock("The clinic moved").unwrap()
}

fn added(plan: CarePlan, concern: &str, what: &str) -> CarePlan {
    let plan = plan.add_action(&key(concern)).unwrap();
    let number = plan.actions_added;
    plan.write_action(&a(number), &typed(what), TODAY).unwrap()
}

fn clashes(merged: &Merged<CarePlan>) -> Vec<String> {
    merged.clashes.iter().map(|clash| clash.item.code()).collect()
}

fn taken(merged: &Merged<CarePlan>) -> Vec<String> {
    merged.taken.iter().map(Item::code).collect()
}

fn whats(plan: &CarePlan) -> Vec<(&str, &str)> {
    plan.actions().map(|action| (action.key.as_str(), action.what.as_str())).collect()
}

#[test]
fn progress_of_different_actions_comes_together_and_nothing_agreed_is_another() {
    let base = agreed();
    let ours = base.clone().end_action(&a(1), Some("done"), "She rang", TODAY).unwrap();
    let theirs = base.clone().end_action(&a(2), Some("declined"), "", TODAY).unwrap();
    let merged = merge(&base, &ours, &theirs);
    assert_eq!((clashes(&merged), taken(&merged)), (vec![], vec!["action/a-2/ended".to_owned()]));
    assert!(merged.record.actions().all(|action| action.ended.is_some()));
    assert!(ours.differs_in_progress_only(&base) && theirs.differs_in_progress_only(&base));
    assert!(merged.record.differs_in_progress_only(&base));
    for agreed_anew in [
        open(),
        open().lock(&by()).unwrap(),
        open().write_what_matters(&key("own-1"), "To sleep").unwrap().lock(&by()).unwrap(),
        CarePlan { signed: None, ..base.clone() },
    ] {
        assert!(!agreed_anew.differs_in_progress_only(&base));
    }
    let both = base.clone().end_action(&a(1), Some("not_needed"), "", TODAY).unwrap();
    let merged = merge(&base, &ours, &both);
    let clash = Clash {
        item: Item::Action(a(1), ActionPart::Ended),
        base: String::new(),
        ours: "done\n2026-11-23\nShe rang".to_owned(),
        theirs: "not_needed\n2026-11-23".to_owned(),
    };
    assert_eq!((merged.clashes.as_slice(), &merged.record), (&[clash][..], &ours));
}

#[test]
fn what_both_added_under_one_key_is_two_actions_and_the_trusts_keeps_its_key() {
    let (ours, theirs) = (added(open(), "own-1", "Ours"), added(open(), "own-2", "Theirs"));
    let merged = merge(&open(), &ours, &theirs);
    let expected = [("a-1", "Ring the line"), ("a-4", "Ours"), ("a-2", "Ask about the fares"), ("a-3", "Theirs")];
    assert_eq!((whats(&merged.record), clashes(&merged)), (expected.to_vec(), vec![]));
    assert_eq!((taken(&merged), merged.record.actions_added), (vec!["action/a-3/whole".to_owned()], 4));
    // The same words of the same kind are one action, whatever its key.
    let twice = added(added(open(), "own-1", "First"), "own-1", "theirs");
    let merged = merge(&open(), &twice, &added(open(), "own-1", "Theirs"));
    assert_eq!(clashes(&merged), ["action/a-3/what"], "but for how it is written");
    let expected = [("a-1", "Ring the line"), ("a-5", "First"), ("a-3", "theirs"), ("a-2", "Ask about the fares")];
    assert_eq!(whats(&merged.record), expected);
}

#[test]
fn one_action_of_theirs_is_one_of_ours_and_never_one_that_was_agreed_before() {
    let ours = added(added(open(), "own-1", "Twice"), "own-1", "Twice");
    let merged = merge(&open(), &ours, &added(open(), "own-1", "Twice"));
    let expected = [("a-1", "Ring the line"), ("a-3", "Twice"), ("a-4", "Twice"), ("a-2", "Ask about the fares")];
    assert_eq!((whats(&merged.record), clashes(&merged)), (expected.to_vec(), vec![]));
    let again = added(open(), "own-1", "Ring the line");
    let merged = merge(&open(), &again, &added(open(), "own-2", "Theirs"));
    let expected =
        [("a-1", "Ring the line"), ("a-4", "Ring the line"), ("a-2", "Ask about the fares"), ("a-3", "Theirs")];
    assert_eq!((whats(&merged.record), clashes(&merged)), (expected.to_vec(), vec![]));
}

#[test]
fn an_action_that_both_carried_over_is_one() {
    let from = Some((CarePlanId::from_random([9; 16]), a(8)));
    let carried = |plan: CarePlan, what: &str| {
        let content = NewAction {
            kind: Some(ActionKind::Refer),
            what: what.to_owned(),
            owner: Some(OwnerKind::Gp),
            due: Some(TODAY),
            carried_from: from.clone(),
            ..NewAction::default()
        };
        plan.new_action(&key("added-1"), content).unwrap()
    };
    let ours = carried(added(open(), "own-1", "Ours"), "To the clinic, sooner");
    let merged = merge(&open(), &ours, &carried(open(), "To the clinic"));
    let of: Vec<_> = merged.record.actions().filter(|action| action.carried_from == from).collect();
    assert_eq!((of.len(), of[0].key.as_str(), clashes(&merged)), (1, "a-3", vec!["action/a-3/what".to_owned()]));
    assert_eq!(whats(&merged.record)[1], ("a-5", "Ours"), "its key was taken by theirs");
}

#[test]
fn a_concern_is_the_same_by_its_code_or_its_words() {
    let with = |words: &str| open().bring_concern(Origin::Added, None, words).unwrap().0;
    let merged = merge(&open(), &with("The garden"), &with("The dog"));
    let of = |plan: &CarePlan| {
        plan.concerns.iter().map(|one| (one.key.as_str().to_owned(), one.text.clone())).collect::<Vec<_>>()
    };
    let pair = |key: &str, text: &str| (key.to_owned(), text.to_owned());
    assert_eq!(of(&merged.record)[3..], [pair("added-3", "The garden"), pair("added-2", "The dog")]);
    assert_eq!((taken(&merged), merged.record.concerns_added), (vec!["concern/added-2/whole".to_owned()], 3));
    let two = with("The garden").bring_concern(Origin::Added, None, "the dog").unwrap().0;
    let merged = merge(&open(), &two, &with("The dog"));
    assert_eq!(of(&merged.record)[3..], [pair("added-4", "The garden"), pair("added-2", "the dog")]);
    assert_eq!(merged.of(&Item::Concern(key("added-2"), ConcernPart::Matters)), "The dog");
}

#[test]
fn every_part_of_an_action_and_of_a_concern_is_an_item() {
    let mut theirs = open();
    let concern = &mut theirs.concerns[0];
    concern.matters = "To sleep".to_owned();
    concern.actions[0] = Action {
        key: a(1),
        kind: Some(ActionKind::Signpost),
        what: "x".to_owned(),
        owner: Some(OwnerKind::Nurse),
        owner_name: "x".to_owned(),
        due: Some(TODAY),
        ended: Some(Ended { how: EndedHow::Done, on: TODAY }),
        outcome: "x".to_owned(),
        entry: Some(DirectoryEntryId::from_random([4; 16])),
        contact: "x".to_owned(),
        carried_from: None,
    };
    theirs.concerns[2].nothing = Some(NothingAgreed::Declined);
    let merged = merge(&open(), &open(), &theirs);
    assert_eq!(merged.record, theirs);
    let whole = 2;
    assert_eq!(merged.taken.len(), ActionPart::ALL.len() + ConcernPart::ALL.len() - whole);
    for item in &merged.taken {
        assert_ne!(theirs.words(item), open().words(item), "{}", item.code());
    }
}

#[test]
fn removed_by_one_and_changed_by_the_other_is_a_clash_either_way_round() {
    let gone = open().remove_action(&a(1)).unwrap();
    let changed = open().write_action(&a(1), &typed("Write to the line"), TODAY).unwrap();
    for (ours, theirs) in [(&gone, &changed), (&changed, &gone)] {
        let merged = merge(&open(), ours, theirs);
        assert_eq!((clashes(&merged), &merged.record), (vec!["action/a-1/whole".to_owned()], ours));
        let choose = |side| with(&merged, &[(Item::Action(a(1), ActionPart::Whole), side)]).unwrap();
        assert_eq!((&choose(Side::Ours), &choose(Side::Theirs)), (ours, theirs));
    }
    assert_eq!(clashes(&merge(&open(), &gone, &open())), Vec::<String>::new());
    assert_eq!(merge(&open(), &open(), &gone).record, gone);
    let out = open().remove_concern(&key("added-1")).unwrap();
    let said = open().write_what_matters(&key("added-1"), "Who feeds it").unwrap();
    assert_eq!(clashes(&merge(&open(), &out, &said)), ["concern/added-1/whole"]);
    assert_eq!(clashes(&merge(&open(), &said, &out)), ["concern/added-1/whole"]);
}

#[test]
fn nothing_agreed_and_something_agreed_is_a_clash() {
    let nothing = open().agree_nothing(&key("added-1"), Some(NothingAgreed::Declined)).unwrap();
    let something = added(open(), "added-1", "Ask the neighbour");
    let item = Item::Concern(key("added-1"), ConcernPart::Nothing);
    for (ours, theirs) in [(&nothing, &something), (&something, &nothing)] {
        let merged = merge(&open(), ours, theirs);
        assert_eq!((clashes(&merged), taken(&merged)), (vec!["concern/added-1/nothing".to_owned()], vec![]));
        let said = |plan: &CarePlan| (plan.concerns.clone(), plan.status);
        assert_eq!(said(&merged.record), said(ours));
        let words = [&merged.clashes[0].ours, &merged.clashes[0].theirs];
        assert!(words.contains(&&"declined".to_owned()) && words.contains(&&"Ask the neighbour".to_owned()));
        let chosen = with(&merged, &[(item.clone(), Side::Theirs)]).unwrap();
        assert_eq!(said(&chosen), said(theirs));
    }
}

#[test]
fn to_take_an_action_out_with_a_reason_stands_against_every_change_to_it() {
    let nothing = open().remove_action(&a(1)).unwrap();
    let nothing = nothing.agree_nothing(&key("own-1"), Some(NothingAgreed::NotNeeded)).unwrap();
    assert_eq!(merge(&open(), &open(), &nothing).record, nothing);
    let done = open().end_action(&a(1), Some("done"), "", TODAY).unwrap();
    for (ours, theirs) in [(&nothing, &done), (&done, &nothing)] {
        let merged = merge(&open(), ours, theirs);
        assert_eq!((clashes(&merged), &merged.record), (vec!["concern/own-1/nothing".to_owned()], ours));
        let item = Item::Concern(key("own-1"), ConcernPart::Nothing);
        assert_eq!(&with(&merged, &[(item, Side::Theirs)]).unwrap(), theirs);
    }
}

#[test]
fn a_version_that_only_they_locked_is_taken_and_two_are_nobodys_choice() {
    let base = agreed();
    let omar = By { name: "Omar Imagined".to_owned(), at: by().at + 60_000, ..by() };
    let theirs = open().write_what_matters(&key("own-2"), "The rent").unwrap().lock(&omar).unwrap();
    let progress = base.clone().end_action(&a(1), Some("done"), "", TODAY).unwrap();
    let merged = merge(&base, &progress, &theirs);
    assert_eq!(taken(&merged), ["concern/own-2/matters", "plan/version"]);
    assert_eq!((merged.record.version, merged.record.signed.as_ref().unwrap().name.as_str()), (2, "Omar Imagined"));
    let ours = open().write_what_matters(&key("own-1"), "To sleep").unwrap().lock(&by()).unwrap();
    let merged = merge(&base, &ours, &theirs);
    assert_eq!((clashes(&merged), taken(&merged)), (vec![], vec!["concern/own-2/matters".to_owned()]));
    assert_eq!((merged.record.version, merged.record.signed), (2, ours.signed));
    assert_eq!(merged.record.concerns[0].answer, Answer::Unanswered);
}
