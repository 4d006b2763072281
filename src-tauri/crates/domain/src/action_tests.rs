//! The rules of the actions of a plan, each by calling it.

use jiff::civil::date;

use super::tests::{TODAY, action, by, draft, faults, key, whole, with_action};
use super::*;
use crate::action::{ActionKind, Ended, EndedHow, MOST_ACTIONS, NewAction, TypedAction};
use crate::id::DirectoryEntryId;

#[test]
fn a_key_is_never_given_twice() {
    let plan = draft().add_action(&key("pain")).unwrap().add_action(&key("sleep")).unwrap();
    let plan = plan.remove_action(&action("a-2")).unwrap().add_action(&key("pain")).unwrap();
    let keys: Vec<_> = plan.actions().map(|action| action.key.as_str().to_owned()).collect();
    // The concern with the higher score stands first, and has none any more.
    assert_eq!(keys, ["a-1", "a-3"]);
    assert_eq!(plan.clone().remove_action(&action("a-2")), Err(Refused::NotThere));
    assert_eq!(plan.clone().write_action(&action("a-2"), &whole(), TODAY), Err(Refused::NotThere));
    assert_eq!(plan.add_action(&key("cough")), Err(Refused::NotThere));
}

#[test]
fn a_plan_holds_ninety_nine_actions_at_a_time() {
    let mut plan = draft().add_action(&key("pain")).unwrap().remove_action(&action("a-1")).unwrap();
    for _ in 0..MOST_ACTIONS {
        plan = plan.add_action(&key("pain")).unwrap();
    }
    assert_eq!(plan.actions().last().unwrap().key, action("a-100"));
    assert_eq!(faults(plan.clone().add_action(&key("sleep"))), [("action".to_owned(), "too_many")]);
    let plan = plan.remove_action(&action("a-50")).unwrap().add_action(&key("sleep")).unwrap();
    assert_eq!(plan.actions().next().unwrap().key, action("a-101"), "there is room again, for a new key");
}

#[test]
fn an_action_is_kept_as_typed() {
    let plan = with_action(&whole());
    let kept = plan.actions().next().unwrap();
    assert_eq!((kept.kind, kept.owner), (Some(ActionKind::Refer), Some(OwnerKind::Service)));
    assert_eq!((kept.what.as_str(), kept.owner_name.as_str()), ("Physiotherapy", "Thamesbank Physiotherapy"));
    assert_eq!((kept.due, kept.ended), (Some(date(2026, 12, 4)), None));
    let empty = with_action(&TypedAction::default());
    let kept = empty.actions().next().unwrap();
    assert_eq!((kept.kind, kept.owner, kept.due, kept.ended), (None, None, None, None), "a draft may miss every part");
}

#[test]
fn what_cannot_be_read_is_named_all_at_once_and_changes_nothing() {
    let change = |change: fn(&mut TypedAction)| {
        let mut typed = whole();
        change(&mut typed);
        faults(draft().add_action(&key("pain")).unwrap().write_action(&action("a-1"), &typed, TODAY))
    };
    let one = |field: &str, reason| vec![(field.to_owned(), reason)];
    assert_eq!(change(|typed| typed.kind = Some("pray".to_owned())), one("kind", "missing"));
    assert_eq!(change(|typed| typed.owner = Some("dog".to_owned())), one("owner", "missing"));
    assert_eq!(change(|typed| typed.what = "é".repeat(text::LINE + 1)), one("what", "too_long"));
    assert_eq!(change(|typed| typed.owner_name = "a\u{0}".to_owned()), one("owner_name", "control_character"));
    assert_eq!(change(|typed| typed.due = "31/02/2026".to_owned()), one("due", "day_form"));
    let all = change(|typed| {
        *typed = TypedAction {
            kind: Some(String::new()),
            what: "\u{1b}".to_owned(),
            owner: Some(String::new()),
            owner_name: "\u{1b}".to_owned(),
            due: "soon".to_owned(),
        }
    });
    let fields: Vec<_> = all.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(fields, ["kind", "owner", "what", "owner_name", "due"]);
}

#[test]
fn a_day_that_is_past_cannot_be_agreed_but_one_that_was_agreed_may_go_by() {
    let typed = |due: &str| TypedAction { due: due.to_owned(), ..whole() };
    let past = vec![("due".to_owned(), "in_past")];
    let empty = draft().add_action(&key("pain")).unwrap();
    assert_eq!(faults(empty.clone().write_action(&action("a-1"), &typed("04-12-25"), TODAY)), past, "a year too early");
    assert_eq!(faults(empty.clone().write_action(&action("a-1"), &typed("22-Nov-2026"), TODAY)), past);
    assert!(empty.clone().write_action(&action("a-1"), &typed("23-Nov-2026"), TODAY).is_ok(), "today");
    let ended = empty.end_action(&action("a-1"), Some("done"), "", TODAY).unwrap();
    assert!(
        ended.write_action(&action("a-1"), &typed("22-Nov-2026"), TODAY).is_ok(),
        "what has ended needs no day to come"
    );
    let later = date(2026, 12, 24);
    let agreed = with_action(&whole());
    let reworded = TypedAction { what: "Other".to_owned(), ..whole() };
    assert!(agreed.clone().write_action(&action("a-1"), &reworded, later).is_ok(), "its day stays as it was agreed");
    assert_eq!(faults(agreed.write_action(&action("a-1"), &typed("23-Dec-2026"), later)), past);
}

#[test]
fn an_action_is_overdue_from_the_day_after_until_it_is_done() {
    let plan = with_action(&whole());
    let kept = plan.actions().next().unwrap();
    assert!(!kept.overdue(date(2026, 12, 4)), "it can still be done today");
    assert!(kept.overdue(date(2026, 12, 5)));
    assert!(!Action { due: None, ..kept.clone() }.overdue(date(2026, 12, 5)));
    assert!(
        !Action { ended: Some(Ended { how: EndedHow::Done, on: TODAY }), ..kept.clone() }.overdue(date(2026, 12, 5))
    );
}

#[test]
fn the_patient_is_an_owner_without_a_name() {
    let mine = TypedAction { owner: Some("patient".to_owned()), ..whole() };
    assert_eq!(with_action(&mine).actions().next().unwrap().owner_name, "");
    for owner in ["nurse", "support_worker", "gp", "service"] {
        let theirs = TypedAction { owner: Some(owner.to_owned()), ..whole() };
        assert_eq!(with_action(&theirs).actions().next().unwrap().owner_name, "Thamesbank Physiotherapy", "{owner}");
    }
}

#[test]
fn an_action_ends_in_one_of_three_ways_with_what_came_of_it() {
    let plan = with_action(&whole());
    for (how, expected) in
        [("done", EndedHow::Done), ("declined", EndedHow::Declined), ("not_needed", EndedHow::NotNeeded)]
    {
        let plan = plan.clone().end_action(&action("a-1"), Some(how), " She  went ", TODAY).unwrap();
        let kept = plan.actions().next().unwrap();
        assert_eq!(kept.ended, Some(Ended { how: expected, on: TODAY }));
        assert_eq!((kept.outcome.as_str(), kept.overdue(date(2027, 1, 1))), ("She went", false));
        assert_eq!((kept.what.as_str(), kept.due), ("Physiotherapy", Some(date(2026, 12, 4))), "as agreed");
    }
    let end = |how, outcome: &str| faults(plan.clone().end_action(&action("a-1"), how, outcome, TODAY));
    assert_eq!(end(None, ""), [("how".to_owned(), "missing")]);
    assert_eq!(
        end(Some("lost"), "\u{7}"),
        [("how".to_owned(), "missing"), ("outcome".to_owned(), "control_character")]
    );
    assert_eq!(end(Some("done"), &"é".repeat(text::LINE + 1)), [("outcome".to_owned(), "too_long")]);
    let nowhere = plan.end_action(&action("a-2"), Some("done"), "", TODAY);
    assert_eq!(nowhere, Err(Refused::NotThere));
}

#[test]
fn an_action_that_ended_keeps_its_day_when_it_is_corrected_and_none_when_it_is_open_again() {
    let plan = with_action(&whole()).end_action(&action("a-1"), Some("done"), "She went", TODAY).unwrap();
    let later = date(2026, 11, 30);
    let plan = plan.end_action(&action("a-1"), Some("declined"), "", later).unwrap();
    let kept = plan.actions().next().unwrap();
    assert_eq!(kept.ended, Some(Ended { how: EndedHow::Declined, on: TODAY }), "said again a week later");
    assert_eq!(kept.outcome, "");
    let plan = plan.write_action(&action("a-1"), &TypedAction { what: "Other".to_owned(), ..whole() }, later).unwrap();
    assert_eq!(plan.actions().next().unwrap().ended.map(|ended| ended.on), Some(TODAY), "it was written again");
    let plan =
        plan.end_action(&action("a-1"), Some("done"), "x", later).unwrap().reopen_action(&action("a-1")).unwrap();
    let kept = plan.actions().next().unwrap();
    assert_eq!((kept.ended, kept.outcome.as_str()), (None, ""), "ended by mistake");
    let plan = plan.end_action(&action("a-1"), Some("done"), "", later).unwrap();
    assert_eq!(plan.actions().next().unwrap().ended.map(|ended| ended.on), Some(later));
}

#[test]
fn an_action_of_a_locked_plan_ends_and_the_version_stays() {
    let locked = with_action(&whole()).lock(&by(20)).unwrap();
    let ended = locked.clone().end_action(&action("a-1"), Some("not_needed"), "It healed", TODAY).unwrap();
    assert_eq!((ended.status, ended.version, &ended.signed), (PlanStatus::Locked, 1, &locked.signed));
    assert_eq!(ended.clone().reopen_action(&action("a-1")).unwrap(), locked, "nothing else was touched");
    assert_eq!(ended.reopen_action(&action("a-9")), Err(Refused::NotThere));
    let undated = with_action(&TypedAction { due: String::new(), ..whole() });
    let done = undated.end_action(&action("a-1"), Some("done"), "", TODAY).unwrap();
    let locked = done.clone().lock(&by(20)).unwrap();
    let refused = faults(locked.reopen_action(&action("a-1")));
    assert_eq!(refused, [("due".to_owned(), "missing")], "an open action of an agreed plan has its day");
    assert!(done.reopen_action(&action("a-1")).is_ok());
}

#[test]
fn an_action_that_is_brought_has_its_content_and_says_from_where() {
    let (entry, earlier) = (DirectoryEntryId::from_random([6; 16]), CarePlanId::from_random([7; 16]));
    let content = NewAction {
        kind: Some(ActionKind::Signpost),
        what: "Ring the Invented Cat Line".to_owned(),
        entry: Some(entry),
        contact: "Invented Cat Line, 020 7946 0112".to_owned(),
        carried_from: Some((earlier, action("a-4"))),
        ..NewAction::default()
    };
    let plan = draft().new_action(&key("pain"), content).unwrap();
    let plan = plan.write_action(&action("a-1"), &whole(), TODAY).unwrap();
    let kept = plan.actions().next().unwrap();
    assert_eq!((kept.kind, kept.what.as_str()), (Some(ActionKind::Refer), "Physiotherapy"), "it can be changed");
    assert_eq!((kept.entry, kept.contact.as_str()), (Some(entry), "Invented Cat Line, 020 7946 0112"));
    assert_eq!(kept.carried_from, Some((earlier, action("a-4"))));
    assert_eq!((kept.ended, kept.outcome.as_str()), (None, ""));
}
