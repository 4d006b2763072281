//! What two plans have in common, and in what they differ.

use super::*;
use crate::action::{ActionKey, TypedAction};
use crate::care_plan::{NothingAgreed, Origin};
use crate::hna::{Answer, ConcernKey, Rating};
use crate::plan_review::tests::{a, agreed, draft};
use jiff::civil::{Date, date};

const TODAY: Date = date(2026, 11, 23);

/// Every difference with the concern it is about, and the actions of both sides.
fn found(left: &CarePlan, right: &CarePlan) -> Vec<(String, &'static str, Option<String>, Option<String>)> {
    let mut found = Vec::new();
    for pair in compare(left, right) {
        let text = pair.right.or(pair.left).unwrap().text.clone();
        for one in pair.differences {
            let key = |action: Option<&Action>| action.map(|action| action.key.as_str().to_owned());
            found.push((text.clone(), one.kind.code(), key(one.left), key(one.right)));
        }
    }
    found
}

fn kinds(left: &CarePlan, right: &CarePlan) -> Vec<&'static str> {
    found(left, right).into_iter().map(|(_, kind, ..)| kind).collect()
}

fn write(plan: CarePlan, action: &ActionKey, kind: &str, what: &str, owner: &str, due: &str) -> CarePlan {
    let typed = TypedAction {
        kind: Some(kind.to_owned()),
        what: what.to_owned(),
        owner: Some(owner.to_owned()),
        owner_name: "Ruth Invented".to_owned(),
        due: due.to_owned(),
    };
    plan.write_action(action, &typed, TODAY).unwrap()
}

#[test]
fn a_plan_differs_in_nothing_from_itself_and_every_concern_is_shown() {
    let plan = agreed(1, 10);
    let pairs = compare(&plan, &plan);
    assert_eq!(pairs.len(), 2);
    assert!(pairs.iter().all(|pair| pair.left == pair.right && pair.differences.is_empty()));
}

#[test]
fn each_part_of_an_action_that_was_changed_in_a_review_is_one_difference() {
    let before = agreed(1, 10);
    let review = || before.clone().review().unwrap();
    let what = "Ask the neighbour";
    for (now, kind) in [
        (write(review(), &a(1), "signpost", what, "nurse", "20-Nov-2026"), "action_kind"),
        (write(review(), &a(1), "refer", "Ask the sister", "nurse", "20-Nov-2026"), "action_what"),
        (write(review(), &a(1), "refer", what, "gp", "20-Nov-2026"), "action_owner"),
        (write(review(), &a(1), "refer", what, "nurse", "4-Dec-2026"), "action_due"),
    ] {
        let both = (Some("a-1".to_owned()), Some("a-1".to_owned()));
        assert_eq!(found(&before, &now), [("Who will walk the dog".to_owned(), kind, both.0, both.1)]);
    }
}

#[test]
fn what_became_of_an_action_is_a_difference_and_so_is_that_it_is_open_again() {
    let open = agreed(1, 10);
    let ended = open.clone().end_action(&a(2), Some("done"), "She came", TODAY).unwrap();
    let corrected = ended.clone().end_action(&a(2), Some("done"), "He came", TODAY).unwrap();
    assert_eq!(kinds(&open, &ended), ["action_ended"]);
    assert_eq!(kinds(&ended, &corrected), ["action_ended"], "what came of it");
    assert_eq!(kinds(&ended, &open), ["action_reopened"]);
}

#[test]
fn an_action_or_concern_on_one_side_only_is_named_as_such() {
    let before = agreed(1, 10);
    let review = before.clone().review().unwrap().remove_action(&a(4)).unwrap();
    let now =
        review.remove_concern(&ConcernKey::new("added-1")).unwrap().add_action(&ConcernKey::new("own-1")).unwrap();
    let dog = "Who will walk the dog".to_owned();
    let expected =
        [(dog, "action_added", None, Some("a-5".to_owned())), ("Pain".to_owned(), "concern_gone", None, None)];
    assert_eq!(found(&before, &now), expected);
    assert_eq!(kinds(&now, &before), ["action_gone", "concern_added"]);
    let pairs = compare(&before, &now);
    assert!(pairs[1].left.is_some() && pairs[1].right.is_none());
}

#[test]
fn answers_words_and_what_is_not_agreed_are_compared_too() {
    let before = draft(1, 10);
    let dog = ConcernKey::new("own-1");
    let mut now = before.clone().write_what_matters(&dog, "He is old").unwrap();
    assert_eq!(kinds(&before, &now), ["matters"]);
    now = before.clone().agree_nothing(&dog, Some(NothingAgreed::Declined)).unwrap();
    assert_eq!(kinds(&before, &now), ["nothing"]);
    now = before.clone();
    now.concerns[0].answer = Answer::Rated(Rating::new(6).unwrap());
    assert_eq!(kinds(&before, &now), ["answer"]);
    now = before.clone();
    now.concerns[0].origin = Origin::Carried;
    assert_eq!(kinds(&before, &now), ["answer"], "not answered is not the same as not asked");
}

#[test]
fn over_two_plans_concerns_go_by_code_or_words_and_actions_by_where_they_came_from() {
    let former = agreed(1, 10);
    let plan = draft(2, 20).following([&former]).carry(&former, &a(1)).unwrap().carry(&former, &a(4)).unwrap();
    let plan = write(plan, &a(1), "refer", "Ask the sister", "nurse", "20-Nov-2026");
    let dog = "Who will walk the dog".to_owned();
    let expected = [
        (dog.clone(), "action_what", Some("a-1".to_owned()), Some("a-1".to_owned())),
        (dog.clone(), "action_gone", Some("a-2".to_owned()), None),
        (dog, "action_gone", Some("a-3".to_owned()), None),
    ];
    assert_eq!(found(&former, &plan), expected, "the same key in another plan is another action");
    assert_eq!(kinds(&plan, &former)[0], "action_what", "the other way round as well");
    // Typed anew in the same words it is taken for the same.
    let typed = draft(3, 30).add_action(&ConcernKey::new("own-1")).unwrap();
    let typed = write(typed, &a(1), "refer", "RING the kennel", "nurse", "4-Dec-2026");
    let ring = found(&former, &typed).into_iter().filter(|(.., right)| right.is_some()).collect::<Vec<_>>();
    let both = |kind| {
        let dog = "Who will walk the dog".to_owned();
        (dog, kind, Some("a-2".to_owned()), Some("a-1".to_owned()))
    };
    assert_eq!(ring, [both("action_what"), both("action_due")]);
}

#[test]
fn a_certain_match_is_never_taken_by_one_that_only_looks_alike() {
    let before = agreed(1, 10);
    let dog = ConcernKey::new("own-1");
    // A new action in the words of another, before it in the list.
    let mut now = before.clone().review().unwrap().add_action(&dog).unwrap();
    now = write(now, &a(5), "refer", "Ask the neighbour", "nurse", "4-Dec-2026");
    now.concerns[0].actions.reverse();
    assert_eq!(kinds(&before, &now), ["action_added"]);
}
