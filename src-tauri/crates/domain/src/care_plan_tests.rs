//! The rules of a care plan, each by calling it.

use jiff::civil::{Date, date};

use super::*;
use crate::action::TypedAction;
use crate::checklist::{Area, Item};
use crate::hna::{AnsweredBy, Concern, Method, PathwayPoint, Rating};
use crate::staff::Role;

pub(super) const TODAY: Date = date(2026, 11, 23);

pub(super) fn checklist() -> Checklist {
    let item = |key: &str| Item { key: key.to_owned(), code: format!("code-{key}"), text: format!("About {key}") };
    Checklist {
        canonical: "https://holdfast.example/fhir/Questionnaire/default|1.0.0".to_owned(),
        title: String::new(),
        question: String::new(),
        low: String::new(),
        high: String::new(),
        domains: vec![Area {
            key: "physical".to_owned(),
            title: String::new(),
            items: ["pain", "sleep", "cough", "fatigue", "taste", "weight"].iter().map(|k| item(k)).collect(),
        }],
        topics: vec![],
    }
}

pub(super) fn key(text: &str) -> ConcernKey {
    ConcernKey::new(text)
}

pub(super) fn action(text: &str) -> ActionKey {
    ActionKey::new(text)
}

pub(super) fn rated(score: i64) -> Answer {
    Answer::Rated(Rating::new(score).unwrap())
}

pub(super) fn raised(name: &str, answer: Answer) -> Concern {
    Concern { key: key(name), words: None, answer, private: false }
}

/// A completed assessment with these concerns in the order of the checklist.
pub(super) fn completed(concerns: Vec<Concern>, ranked: &[&str]) -> Hna {
    Hna {
        id: HnaId::from_random([1; 16]),
        patient: PatientId::from_random([2; 16]),
        checklist: checklist().canonical,
        status: HnaStatus::Completed,
        answered_by: AnsweredBy::Patient,
        helper: String::new(),
        method: Method::FaceToFace,
        pathway_point: PathwayPoint::InitialDiagnosis,
        answered_on: None,
        invitation: None,
        again: None,
        typed_by: StaffId::from_random([3; 16]),
        typed_by_name: "Ruth Invented".to_owned(),
        started_at: 1,
        completed_at: Some(2),
        concerns,
        declined_domains: vec![],
        ranked: ranked.iter().map(|name| key(name)).collect(),
        information: vec![],
        questions: String::new(),
        own_added: 0,
        discard_reason: String::new(),
    }
}

pub(super) fn by(at: i64) -> By {
    let staff = StaffId::from_random([4; 16]);
    By { staff, name: "Omar Imagined".to_owned(), role: Role::OtherNurse, key_holder: false, at, pc: String::new() }
}

pub(super) fn planned(hna: &Hna) -> CarePlan {
    CarePlan::start(CarePlanId::from_random([5; 16]), hna, &checklist(), &by(10)).unwrap()
}

/// A plan for pain and sleep.
pub(super) fn draft() -> CarePlan {
    planned(&completed(vec![raised("pain", rated(3)), raised("sleep", rated(8))], &[]))
}

/// An action that is whole.
pub(super) fn whole() -> TypedAction {
    TypedAction {
        kind: Some("refer".to_owned()),
        what: "Physiotherapy".to_owned(),
        owner: Some("service".to_owned()),
        owner_name: "Thamesbank Physiotherapy".to_owned(),
        due: "04-Dec-2026".to_owned(),
    }
}

pub(super) fn with_action(typed: &TypedAction) -> CarePlan {
    draft().add_action(&key("pain")).unwrap().write_action(&action("a-1"), typed, TODAY).unwrap()
}

/// The fields and reasons of a refusal.
pub(super) fn faults<T>(result: Result<T, Refused>) -> Vec<(String, &'static str)> {
    match result {
        Err(Refused::Fields(faults)) => faults.into_iter().map(|fault| (fault.field, fault.reason)).collect(),
        Err(other) => panic!("refused otherwise: {other}"),
        Ok(_) => panic!("taken"),
    }
}

#[test]
fn what_matters_most_stands_first_then_the_others_by_score() {
    let all = [
        ("pain", Answer::Unanswered),
        ("sleep", rated(4)),
        ("cough", Answer::Declined),
        ("fatigue", rated(9)),
        ("taste", rated(4)),
        ("weight", rated(1)),
    ];
    let cases: [(&[&str], [&str; 6]); 4] = [
        // Nothing ranked: by score; without a score last; equals as on the checklist.
        (&[], ["fatigue", "sleep", "taste", "weight", "pain", "cough"]),
        (&["weight"], ["weight", "fatigue", "sleep", "taste", "pain", "cough"]),
        // A rank counts more than any score, and one that was declined can be ranked too.
        (&["cough", "sleep"], ["cough", "sleep", "fatigue", "taste", "weight", "pain"]),
        (&["taste", "pain", "weight", "sleep"], ["taste", "pain", "weight", "sleep", "fatigue", "cough"]),
    ];
    for (ranked, expected) in cases {
        let plan = planned(&completed(all.iter().map(|(name, answer)| raised(name, *answer)).collect(), ranked));
        let order: Vec<_> = plan.concerns.iter().map(|concern| concern.key.as_str()).collect();
        assert_eq!(order, expected, "ranked {ranked:?}");
        let among: Vec<_> = plan.concerns.iter().filter(|concern| concern.ranked).map(|c| c.key.as_str()).collect();
        assert_eq!(among, ranked);
    }
}

#[test]
fn a_concern_is_copied_as_it_was_raised() {
    let own = Concern {
        key: key("own-1"),
        words: Some("Who will walk the dog?".to_owned()),
        answer: rated(2),
        private: false,
    };
    let private = Concern { private: true, ..raised("pain", Answer::Declined) };
    let plan = planned(&completed(vec![private, own], &["own-1"]));
    let [first, second] = plan.concerns.as_slice() else { panic!("two concerns") };
    assert_eq!((first.code.as_deref(), first.text.as_str()), (None, "Who will walk the dog?"));
    assert_eq!((first.answer, first.private, first.ranked), (rated(2), false, true));
    assert_eq!((first.origin, second.origin), (Origin::Assessment, Origin::Assessment));
    assert!(first.own() && !second.own());
    assert!(!PlanConcern { origin: Origin::Added, ..first.clone() }.own(), "not in the patient's words");
    assert_eq!((second.code.as_deref(), second.text.as_str()), (Some("code-pain"), "About pain"));
    assert_eq!((second.answer, second.private, second.ranked), (Answer::Declined, true, false));
    assert_eq!((plan.status, plan.version, plan.started_at), (PlanStatus::Draft, 0, 10));
    assert_eq!((plan.started_by_name.as_str(), plan.signed.as_ref()), ("Omar Imagined", None));
}

#[test]
fn only_a_completed_assessment_with_a_concern_is_planned_for() {
    let concern = || vec![raised("pain", rated(3))];
    let cases = [
        (HnaStatus::Completed, concern(), true),
        (HnaStatus::Completed, vec![], false),
        (HnaStatus::Draft, concern(), false),
        (HnaStatus::Discarded, concern(), false),
    ];
    for (status, concerns, taken) in cases {
        let hna = Hna { status, ..completed(concerns, &[]) };
        let started = CarePlan::start(CarePlanId::from_random([5; 16]), &hna, &checklist(), &by(10));
        assert_eq!(started.is_ok(), taken, "{status:?}");
        assert!(taken || started == Err(Refused::NothingToPlan));
    }
}

#[test]
fn what_matters_is_kept_as_said_line_by_line() {
    let plan = draft().write_what_matters(&key("sleep"), " To sleep\r\nthrough – £5, ŵ <b> ").unwrap();
    assert_eq!(plan.concern(&key("sleep")).unwrap().matters, "To sleep\nthrough – £5, ŵ <b>");
    assert_eq!(plan.concern(&key("pain")).unwrap().matters, "");
    assert_eq!(
        faults(plan.clone().write_what_matters(&key("sleep"), "a\u{7}")),
        [("words".to_owned(), "control_character")]
    );
    let long = "é".repeat(text::LONG + 1);
    assert_eq!(faults(plan.clone().write_what_matters(&key("sleep"), &long)), [("words".to_owned(), "too_long")]);
    assert_eq!(plan.write_what_matters(&key("cough"), "x"), Err(Refused::NotThere), "it was not raised");
}

#[test]
fn a_draft_that_was_only_opened_says_nothing_and_anything_that_is_written_does() {
    let sleep = key("sleep");
    let opened = draft();
    assert!(!opened.is_written());
    assert!(!opened.clone().write_what_matters(&sleep, " ").unwrap().is_written());
    let written = [
        opened.clone().write_what_matters(&sleep, "To sleep through").unwrap(),
        opened.clone().add_action(&sleep).unwrap(),
        opened.clone().add_concern(&checklist(), None, "The stairs").unwrap(),
        opened.bring_concern(Origin::Carried, None, "The stairs").unwrap().0,
        draft().agree_nothing(&sleep, Some(NothingAgreed::Declined)).unwrap(),
    ];
    assert!(written.iter().all(CarePlan::is_written), "{written:?}");
}

#[test]
fn every_part_of_every_action_is_there_before_it_is_locked() {
    let part = |change: fn(&mut TypedAction)| {
        let mut typed = whole();
        change(&mut typed);
        let plan = with_action(&typed);
        plan.unfinished().into_iter().map(|fault| fault.field).collect::<Vec<_>>()
    };
    type Case = (fn(&mut TypedAction), &'static [&'static str]);
    let cases: [Case; 10] = [
        (|_| (), &[]),
        (|typed| typed.kind = None, &["kind-a-1"]),
        (|typed| typed.what = " ".to_owned(), &["what-a-1"]),
        (|typed| typed.owner = None, &["owner-a-1"]),
        (|typed| typed.owner_name = String::new(), &["owner_name-a-1"]),
        (|typed| (typed.owner, typed.owner_name) = (Some("nurse".to_owned()), String::new()), &["owner_name-a-1"]),
        (
            |typed| (typed.owner, typed.owner_name) = (Some("support_worker".to_owned()), String::new()),
            &["owner_name-a-1"],
        ),
        (|typed| (typed.owner, typed.owner_name) = (Some("gp".to_owned()), String::new()), &[]),
        (|typed| (typed.owner, typed.owner_name) = (Some("patient".to_owned()), String::new()), &[]),
        (|typed| typed.due = String::new(), &["due-a-1"]),
    ];
    for (number, (change, expected)) in cases.into_iter().enumerate() {
        assert_eq!(part(change), expected, "case {number}");
    }
    let undated = TypedAction { due: String::new(), ..whole() };
    let ended = with_action(&undated).end_action(&action("a-1"), Some("not_needed"), "", TODAY).unwrap();
    assert!(ended.unfinished().is_empty(), "what has ended needs no day by which to do it");
    let empty = draft().add_action(&key("pain")).unwrap().add_action(&key("sleep")).unwrap();
    let fields: Vec<_> = faults(empty.lock(&by(20))).into_iter().map(|(field, _)| field).collect();
    let expected = ["kind-a-2", "what-a-2", "owner-a-2", "due-a-2", "kind-a-1", "what-a-1", "owner-a-1", "due-a-1"];
    assert_eq!(fields, expected, "in the order of the concerns");
}

#[test]
fn each_lock_is_the_next_version_and_says_who() {
    let first = draft().lock(&by(20)).unwrap();
    assert_eq!((first.status, first.version), (PlanStatus::Locked, 1), "no action at all is a valid plan");
    assert_eq!(first.signed, Some(Signature::of(&by(20))));
    let open = first.unlock(" She  asked for another day ").unwrap();
    assert_eq!((open.status, open.version), (PlanStatus::Draft, 1));
    assert_eq!(open.unlock_reason, "She asked for another day");
    assert_eq!(open.signed, Some(Signature::of(&by(20))), "of the version that stays");
    let second = open.add_action(&key("pain")).unwrap().write_action(&action("a-1"), &whole(), TODAY).unwrap();
    let second = second.lock(&by(30)).unwrap();
    assert_eq!((second.version, second.unlock_reason.as_str()), (2, ""));
    assert_eq!(second.signed.map(|signed| signed.at), Some(30));
}

#[test]
fn a_reason_is_needed_to_unlock() {
    let locked = draft().lock(&by(20)).unwrap();
    let refused = |reason: &str| faults(locked.clone().unlock(reason));
    assert_eq!(refused("  "), [("reason".to_owned(), "missing")]);
    assert_eq!(refused(&"é".repeat(text::LINE + 1)), [("reason".to_owned(), "too_long")]);
    assert_eq!(refused("\u{8}"), [("reason".to_owned(), "control_character")]);
    assert_eq!(draft().unlock("why"), Err(Refused::PlanNotLocked));
}

#[test]
fn a_locked_plan_takes_no_change() {
    let locked = with_action(&whole()).lock(&by(20)).unwrap();
    let refused = [
        locked.clone().write_what_matters(&key("pain"), "x"),
        locked.clone().add_action(&key("pain")),
        locked.clone().write_action(&action("a-1"), &whole(), TODAY),
        locked.clone().remove_action(&action("a-1")),
        locked.clone().add_concern(&checklist(), None, "The cat"),
        locked.clone().remove_concern(&key("pain")),
        locked.clone().agree_nothing(&key("sleep"), Some(NothingAgreed::Declined)),
        locked.clone().lock(&by(30)),
        // That it is locked comes before that the concern is not there.
        locked.clone().add_action(&key("cough")),
    ];
    for result in refused {
        assert_eq!(result, Err(Refused::PlanLocked));
    }
}

#[test]
fn the_newest_completed_assessment_with_a_concern_waits_until_it_is_planned() {
    let hna = |id: u8, patient: u8, started_at: i64, status: HnaStatus, concerns: usize| Hna {
        id: HnaId::from_random([id; 16]),
        patient: PatientId::from_random([patient; 16]),
        started_at,
        status,
        ..completed(vec![raised("pain", rated(3)); concerns], &[])
    };
    use HnaStatus::{Completed, Discarded, Draft};
    type Case = (&'static str, Vec<Hna>, &'static [u8], &'static [u8]);
    let cases: [Case; 8] = [
        ("nobody", vec![], &[], &[]),
        ("one", vec![hna(1, 1, 10, Completed, 2)], &[], &[1]),
        ("planned", vec![hna(1, 1, 10, Completed, 2)], &[1], &[]),
        ("no concern", vec![hna(1, 1, 10, Completed, 0)], &[], &[]),
        ("not completed", vec![hna(1, 1, 10, Draft, 1), hna(2, 2, 10, Discarded, 1)], &[], &[]),
        ("only the newest", vec![hna(2, 1, 20, Completed, 1), hna(1, 1, 10, Completed, 1)], &[], &[2]),
        // The newest settles it: a plan for the one before is no longer asked for.
        ("the newest is planned", vec![hna(1, 1, 10, Completed, 1), hna(2, 1, 10, Completed, 1)], &[2], &[]),
        (
            "each patient for herself",
            vec![hna(1, 1, 10, Completed, 1), hna(2, 2, 20, Completed, 1), hna(3, 1, 30, Draft, 1)],
            &[],
            &[1, 2],
        ),
    ];
    for (case, hnas, planned, expected) in cases {
        let ids = |ids: &[u8]| ids.iter().map(|id| HnaId::from_random([*id; 16])).collect::<HashSet<_>>();
        assert_eq!(waiting_for_plan(&hnas, &ids(planned)), ids(expected), "{case}");
    }
}

#[test]
fn a_concern_that_was_not_raised_is_added_last_and_says_so() {
    let plan = draft().add_concern(&checklist(), Some(&key("cough")), "").unwrap();
    let plan = plan.add_concern(&checklist(), None, "  Who feeds  the cat? ").unwrap();
    let order: Vec<_> = plan.concerns.iter().map(|one| (one.key.as_str(), one.raised())).collect();
    assert_eq!(order, [("sleep", true), ("pain", true), ("cough", false), ("added-1", false)]);
    let [.., cough, cat] = plan.concerns.as_slice() else { panic!("four concerns") };
    assert_eq!(
        (cough.code.as_deref(), cough.text.as_str(), cough.origin),
        (Some("code-cough"), "About cough", Origin::Added)
    );
    assert_eq!((cat.code.as_deref(), cat.text.as_str(), cat.answer), (None, "Who feeds the cat?", Answer::Unanswered));
    assert!(!cat.own() && !cat.ranked && !cat.private);
    let plan = plan.add_action(&key("cough")).unwrap().write_what_matters(&key("added-1"), "He is old").unwrap();
    assert_eq!(plan.concern(&key("cough")).unwrap().actions.len(), 1);
}

#[test]
fn a_concern_stands_in_a_plan_once() {
    let own = Concern { words: Some("Who walks the dog?".to_owned()), ..raised("own-1", rated(2)) };
    let plan = planned(&completed(vec![raised("pain", rated(3)), own], &[]));
    let item = |plan: &CarePlan, name: &str| plan.clone().add_concern(&checklist(), Some(&key(name)), "");
    let words = |plan: &CarePlan, words: &str| plan.clone().add_concern(&checklist(), None, words);
    assert_eq!(faults(item(&plan, "pain")), [("item".to_owned(), "already_there")]);
    assert_eq!(item(&plan, "knee"), Err(Refused::NotThere), "not on the checklist");
    assert_eq!(faults(words(&plan, "WHO walks the dog?")), [("words".to_owned(), "already_there")]);
    assert_eq!(faults(words(&plan, " ")), [("words".to_owned(), "missing")]);
    assert_eq!(faults(words(&plan, &"é".repeat(text::LINE + 1))), [("words".to_owned(), "too_long")]);
    let mut plan = words(&plan, "One more").unwrap();
    assert_eq!(faults(words(&plan, "one more")), [("words".to_owned(), "already_there")]);
    plan.concerns_added = MOST_ADDED;
    assert_eq!(faults(words(&plan, "Another")), [("words".to_owned(), "too_many")]);
    assert!(item(&plan, "cough").is_ok());
}

#[test]
fn a_concern_that_is_brought_is_the_one_that_is_there_or_a_new_one() {
    let bring = |plan: CarePlan, code, words| plan.bring_concern(Origin::Carried, code, words).unwrap();
    let (plan, pain) = bring(draft(), Some("code-pain"), "Pain, as another checklist words it");
    assert_eq!((pain, plan.concerns.len()), (key("pain"), 2));
    let (plan, money) = bring(plan, Some("code-money"), "Money");
    let (plan, cat) = bring(plan, None, "The cat");
    let (plan, again) = bring(plan, None, "the CAT");
    assert_eq!((money, &cat, &again, plan.concerns.len()), (key("added-1"), &key("added-2"), &key("added-2"), 4));
    let carried = plan.concern(&cat).unwrap();
    assert_eq!((carried.origin, carried.raised()), (Origin::Carried, false));
    // Of another version of the checklist with the same code: it is there.
    let there = bring(draft(), Some("code-cough"), "A cough").0.add_concern(&checklist(), Some(&key("cough")), "");
    assert_eq!(faults(there), [("item".to_owned(), "already_there")]);
}

#[test]
fn a_concern_is_taken_out_when_it_was_added_and_has_no_action() {
    let plan = draft().add_concern(&checklist(), None, "The cat").unwrap();
    assert_eq!(plan.clone().remove_concern(&key("pain")), Err(Refused::NotThere), "it was raised");
    assert_eq!(plan.clone().remove_concern(&key("added-2")), Err(Refused::NotThere));
    let planned = plan.add_action(&key("added-1")).unwrap();
    assert_eq!(faults(planned.clone().remove_concern(&key("added-1"))), [("concern".to_owned(), "has_actions")]);
    let plan = planned.remove_action(&action("a-1")).unwrap().remove_concern(&key("added-1")).unwrap();
    assert_eq!(plan.concerns.len(), 2);
    let plan = plan.add_concern(&checklist(), None, "The cat").unwrap();
    assert!(plan.concern(&key("added-2")).is_some(), "a key is never given twice");
}

#[test]
fn that_nothing_is_agreed_is_said_of_a_concern_without_actions() {
    let plan = draft().agree_nothing(&key("pain"), Some(NothingAgreed::Declined)).unwrap();
    assert_eq!(plan.concern(&key("pain")).unwrap().nothing, Some(NothingAgreed::Declined));
    assert_eq!(plan.concern(&key("sleep")).unwrap().nothing, None);
    assert_eq!(plan.clone().agree_nothing(&key("cough"), None), Err(Refused::NotThere));
    let back = plan.clone().agree_nothing(&key("pain"), None).unwrap();
    assert_eq!(back, draft(), "it can be taken back");
    let acted = plan.clone().add_action(&key("pain")).unwrap();
    assert_eq!(acted.concern(&key("pain")).unwrap().nothing, None, "something is agreed now");
    let refused = acted.agree_nothing(&key("pain"), Some(NothingAgreed::NotNeeded));
    assert_eq!(faults(refused), [("nothing".to_owned(), "has_actions")]);
    assert!(plan.lock(&by(20)).is_ok());
}
