//! The laws that every kind of record keeps, on seeded random versions of a patient and of a plan.

use jiff::civil::date;

use super::*;
use crate::action::{Action, ActionKind, Ended, EndedHow, OwnerKind};
use crate::care_plan::{CarePlan, NothingAgreed, Origin, PlanConcern};
use crate::merge_care_plan::tests::agreed;
use crate::merge_patient::tests::anna;
use crate::patient::{Patient, Treatment, TreatmentKind};

/// Numbers that are the same for the same seed (splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % 1_000_003).unwrap() % end
    }
}

/// A change somebody may make to a patient, in words of their own so that two sides seldom say the same.
fn change_patient(patient: &mut Patient, by: &str, chance: &mut Chance) {
    let word = format!("{by} {}", chance.below(3));
    match chance.below(12) {
        0 => patient.name.given = word,
        1 => patient.name.family = word,
        2 => patient.phone = word,
        3 => patient.address = word,
        4 => patient.postcode = word,
        5 => patient.practice.name = word,
        6 => patient.needs.print_points = 20,
        7 => patient.cancer.diagnosed = Some(date(2026, 1, 1 + i8::try_from(chance.below(20)).unwrap())),
        8 => patient.cancer.recurred = Some(date(2026, 1, 1 + i8::try_from(chance.below(20)).unwrap())),
        9 if !patient.cancer.treatments.is_empty() => {
            let place = chance.below(patient.cancer.treatments.len());
            patient.cancer.treatments.remove(place);
        }
        10 => patient.hospital_number = if chance.below(2) == 0 { String::new() } else { word },
        11 => patient.nhs_number = None,
        _ => patient.cancer.treatments.push(Treatment {
            kind: TreatmentKind::Sact,
            name: word,
            start: None,
            end: Some(date(2026, 3, 3)),
        }),
    }
    let cancer = &mut patient.cancer;
    if cancer.recurred.is_some() && cancer.recurred < cancer.diagnosed {
        cancer.recurred = cancer.diagnosed;
    }
    if patient.nhs_number.is_none() && patient.hospital_number.is_empty() {
        patient.hospital_number = "TB-9".to_owned();
    }
}

/// A change somebody may make to a plan.
fn change_plan(plan: &mut CarePlan, by: &str, chance: &mut Chance) {
    let word = format!("{by} {}", chance.below(3));
    let place = chance.below(plan.concerns.len());
    let (added, count) = (plan.actions_added + 1, plan.concerns_added + 1);
    let concern = &mut plan.concerns[place];
    let some = (!concern.actions.is_empty()).then(|| chance.below(concern.actions.len()));
    match (chance.below(9), some) {
        (0, _) => concern.matters = word,
        (1, None) => concern.nothing = Some(NothingAgreed::Declined),
        (2, Some(some)) => concern.actions[some].what = word,
        (3, Some(some)) => concern.actions[some].due = Some(date(2027, 1, 1 + i8::try_from(chance.below(20)).unwrap())),
        (4, Some(some)) => {
            concern.actions[some].ended = Some(Ended { how: EndedHow::Done, on: date(2026, 12, 1) });
            concern.actions[some].outcome = word;
        }
        (5, Some(some)) => {
            concern.actions.remove(some);
        }
        (6, _) => {
            let mut fresh = PlanConcern { text: word, code: None, origin: Origin::Added, ..concern.clone() };
            fresh.key = ConcernKey::new(&format!("added-{count}"));
            fresh.actions.clear();
            plan.concerns_added = count;
            if plan.concerns.iter().all(|one| one.code.is_some() || one.text != fresh.text) {
                plan.concerns.push(fresh);
            }
        }
        (7, _) if concern.origin != Origin::Assessment && concern.actions.is_empty() => {
            plan.concerns.remove(place);
        }
        _ => {
            concern.nothing = None;
            concern.actions.push(Action {
                key: ActionKey::new(&format!("a-{added}")),
                kind: Some(ActionKind::Inform),
                what: word,
                owner: Some(OwnerKind::Gp),
                owner_name: String::new(),
                due: None,
                ended: None,
                outcome: String::new(),
                entry: None,
                contact: String::new(),
                carried_from: None,
            });
            plan.actions_added = added;
        }
    }
}

fn versions<T: Merge>(seed: u64, base: &T, change: fn(&mut T, &str, &mut Chance)) -> [T; 3] {
    let mut chance = Chance(seed);
    let mut version = |by: &str| {
        let mut one = base.clone();
        (0..chance.below(5)).for_each(|_| change(&mut one, by, &mut chance));
        one
    };
    [base.clone(), version("ours"), version("theirs")]
}

const SEEDS: std::ops::Range<u64> = 0..1_000;

fn holds<T: Merge + PartialEq + std::fmt::Debug>(base: &T, change: fn(&mut T, &str, &mut Chance)) -> [usize; 2] {
    let mut seen = [0, 0];
    for seed in SEEDS {
        let [base, ours, theirs] = &versions(seed, base, change);
        let one = merge(base, ours, theirs);
        assert_eq!(merge(base, ours, base).record, *ours, "{seed}: what only we changed stays");
        assert_eq!(merge(base, base, theirs).clashes, [], "{seed}");
        assert_eq!(merge(base, ours, ours).record, *ours, "{seed}: both the same");
        assert!(merge(base, ours, ours).taken.is_empty() && merge(base, ours, ours).clashes.is_empty(), "{seed}");
        let again = merge(base, &one.record, theirs);
        assert_eq!(again.record, one.record, "{seed}: merged again it stays");
        let other = merge(base, theirs, ours);
        let items = |merged: &Merged<T>| {
            let mut items: Vec<_> = merged.clashes.iter().map(|clash| clash.item.clone()).collect();
            items.sort();
            items
        };
        assert_eq!(items(&one), items(&other), "{seed}: a clash is one from both sides");
        for clash in &one.clashes {
            assert_eq!(one.record.words(&clash.item), clash.ours, "{seed} {}: ours stays", clash.item.code());
            assert_eq!(Item::from_code(&clash.item.code()), Some(clash.item.clone()), "{seed}");
        }
        // However a person chooses, it is a record again, and it has what was chosen.
        for side in [Side::Ours, Side::Theirs] {
            let choices: Vec<_> = one.clashes.iter().map(|clash| (clash.item.clone(), side)).collect();
            let whole = with(&one, &choices).unwrap();
            for clash in &one.clashes {
                let chosen = if side == Side::Ours { &clash.ours } else { &clash.theirs };
                assert_eq!(&whole.words(&clash.item), chosen, "{seed} {} {side:?}", clash.item.code());
            }
            if side == Side::Ours {
                assert_eq!(whole, one.record, "{seed}: to choose ours everywhere changes nothing");
            }
        }
        seen[0] += usize::from(!one.clashes.is_empty());
        seen[1] += usize::from(!one.taken.is_empty());
    }
    seen
}

#[test]
fn two_versions_of_a_patient_keep_the_laws() {
    let [clashed, taken] = holds(&anna(), change_patient);
    assert!(clashed > 100 && taken > 500, "{clashed} {taken}");
}

#[test]
fn two_versions_of_a_plan_keep_the_laws() {
    let [clashed, taken] = holds(&agreed(), change_plan);
    assert!(clashed > 100 && taken > 500, "{clashed} {taken}");
}

/// Everything that a side says that the base did not: it may be missing only where it is in a clash.
#[test]
fn no_change_of_either_side_is_lost() {
    let said = |plan: &CarePlan| -> Vec<String> {
        let concerns = plan.concerns.iter().flat_map(|one| [one.text.clone(), one.matters.clone()]);
        let actions = plan.actions().flat_map(|one| {
            [one.what.clone(), one.outcome.clone(), one.due.map(|due| due.to_string()).unwrap_or_default()]
        });
        concerns.chain(actions).filter(|words| !words.is_empty()).collect()
    };
    let mut missing = 0;
    for seed in SEEDS {
        let [base, ours, theirs] = &versions(seed, &agreed(), change_plan);
        let merged = merge(base, ours, theirs);
        let (before, after) = (said(base), said(&merged.record));
        for words in said(ours).into_iter().filter(|words| !before.contains(words)) {
            assert!(after.contains(&words), "{seed}: ours, {words}");
        }
        for words in said(theirs).into_iter().filter(|words| !before.contains(words)) {
            if !after.contains(&words) {
                missing += 1;
                assert!(!merged.clashes.is_empty(), "{seed}: theirs, {words}");
            }
        }
        let mut keys: Vec<_> = merged.record.actions().map(|action| &action.key).collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), merged.record.actions().count(), "{seed}: a key names one action");
        let disjoint = merged.clashes.is_empty();
        let mut other = said(&merge(base, theirs, ours).record);
        let mut one = after;
        one.sort();
        other.sort();
        assert!(!disjoint || one == other, "{seed}: from both sides the same is said");
    }
    assert!(missing > 50, "the planted clashes are seen: {missing}");
}

#[test]
fn every_item_has_one_spelling() {
    let key = || ConcernKey::new("physical/pain.1");
    let mut items: Vec<Item> = PatientField::ALL.iter().map(|field| Item::Patient(*field)).collect();
    items.extend(ConcernPart::ALL.iter().map(|part| Item::Concern(key(), *part)));
    items.extend(ActionPart::ALL.iter().map(|part| Item::Action(ActionKey::new("a-2"), *part)));
    items.push(Item::PlanVersion);
    let mut codes: Vec<_> = items.iter().map(Item::code).collect();
    for (item, code) in items.iter().zip(&codes) {
        assert_eq!(Item::from_code(code).as_ref(), Some(item), "{code}");
    }
    codes.sort();
    codes.dedup();
    assert_eq!(codes.len(), items.len());
    for none in ["", "patient", "patient/", "patient/nobody", "plan/other", "concern/whole", "action/a-1/gone", "x/y/z"]
    {
        assert_eq!(Item::from_code(none), None, "{none}");
    }
}

#[test]
fn every_clash_is_chosen_about_and_nothing_else() {
    let base = anna();
    let with_family = |family: &str| {
        let mut one = base.clone();
        one.name.family = family.to_owned();
        one
    };
    let merged = merge(&base, &with_family("Ours"), &with_family("Theirs"));
    let item = Item::Patient(PatientField::Family);
    assert_eq!(with(&merged, &[]), Err(Refused::field("patient/family", "missing")));
    let other = (Item::Patient(PatientField::Given), Side::Ours);
    assert_eq!(with(&merged, &[(item.clone(), Side::Theirs), other]), Err(Refused::NotThere));
    assert_eq!(with(&merged, &[(item, Side::Theirs)]).unwrap().name.family, "Theirs");
}
