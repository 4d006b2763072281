//! What goes together in a patient, and what two valid versions may not become.

use jiff::civil::{Date, date};

use super::*;
use crate::id::PatientId;
use crate::merge::{Clash, Merged, merge, with};
use crate::nhs_number::NhsNumber;
use crate::patient::{Cancer, Gender, Name, Needs, TreatmentKind};
use crate::refused::Refused;

pub(crate) fn anna() -> Patient {
    let treatments = vec![treatment("Letrozole", None), treatment("", Some(date(2026, 4, 1)))];
    Patient {
        id: PatientId::from_random([1; 16]),
        nhs_number: NhsNumber::parse("999 000 0018").ok(),
        hospital_number: "H1".to_owned(),
        name: Name { given: "Anna".to_owned(), family: "Invented".to_owned(), ..Name::default() },
        born: date(1956, 7, 14),
        gender: Gender::Female,
        address: "1 Made-up Street".to_owned(),
        postcode: "ZZ99 3WZ".to_owned(),
        phone: "01632 960001".to_owned(),
        mobile: String::new(),
        email: String::new(),
        practice: Organisation::default(),
        needs: Needs { print_points: 14, interpreter: String::new(), other: String::new() },
        cancer: Cancer { diagnosed: Some(date(2026, 1, 8)), treatments, ..Cancer::default() },
        key_worker: String::new(),
        team: String::new(),
        diagnosed_at: Organisation::default(),
        followed_up_at: Organisation::default(),
        died: None,
        death_taken_back: String::new(),
        checked_at: 5,
    }
}

fn treatment(name: &str, start: Option<Date>) -> Treatment {
    Treatment { kind: TreatmentKind::Hormone, name: name.to_owned(), start, end: None }
}

fn of(change: impl FnOnce(&mut Patient)) -> Patient {
    let mut one = anna();
    change(&mut one);
    one
}

fn item(field: PatientField) -> Item {
    Item::Patient(field)
}

fn clashes(merged: &Merged<Patient>) -> Vec<Item> {
    merged.clashes.iter().map(|clash| clash.item.clone()).collect()
}

#[test]
fn what_only_one_changed_is_taken_and_what_both_changed_is_a_clash() {
    let ours = of(|one| (one.phone, one.mobile) = ("1".to_owned(), "07700 900001".to_owned()));
    let theirs = of(|one| (one.phone, one.email, one.checked_at) = ("2".to_owned(), "a@example.org".to_owned(), 9));
    let merged = merge(&anna(), &ours, &theirs);
    let words = |text: &str| text.to_owned();
    let clash = Clash { item: item(PatientField::Phone), base: anna().phone, ours: words("1"), theirs: words("2") };
    assert_eq!(merged.clashes, [clash]);
    assert_eq!(merged.taken, [item(PatientField::Email)]);
    assert_eq!(merged.same, PatientField::ALL.len() - 3);
    let Patient { phone, mobile, email, checked_at, .. } = merged.record;
    assert_eq!((phone.as_str(), mobile.as_str(), email.as_str()), ("1", "07700 900001", "a@example.org"));
    assert_eq!(checked_at, 9, "the later check counts");
}

#[test]
fn an_address_and_a_postcode_of_two_sides_never_become_one() {
    let ours = of(|one| one.address = "2 Other Road".to_owned());
    let merged = merge(&anna(), &ours, &of(|one| one.postcode = "ZZ99 4WZ".to_owned()));
    assert_eq!(clashes(&merged), [item(PatientField::Address)]);
    assert_eq!((merged.clashes[0].theirs.as_str(), merged.record), ("1 Made-up Street\nZZ99 4WZ", ours));
}

#[test]
fn dates_and_numbers_that_cannot_stand_together_are_a_clash() {
    use PatientField as Field;
    let day = date(2026, 6, 1);
    for (ours, theirs, two) in [
        (
            of(|one| one.cancer.recurred = Some(day)),
            of(|one| one.cancer.diagnosed = Some(date(2026, 7, 1))),
            [Field::Diagnosed, Field::Recurred],
        ),
        (
            of(|one| one.nhs_number = None),
            of(|one| one.hospital_number.clear()),
            [Field::NhsNumber, Field::HospitalNumber],
        ),
        (of(|one| one.died = Some(day)), of(|one| one.born = date(2026, 7, 1)), [Field::Born, Field::Died]),
    ] {
        let merged = merge(&anna(), &ours, &theirs);
        assert_eq!(clashes(&merged), two.map(item));
        assert_eq!((&merged.record, merged.taken.len()), (&ours, 0));
        let choose = |sides: [Side; 2]| with(&merged, &[(item(two[0]), sides[0]), (item(two[1]), sides[1])]);
        assert_eq!(choose([Side::Ours; 2]), Ok(ours.clone()));
        assert_eq!(choose([Side::Theirs; 2]), Ok(theirs.clone()));
        let mixed = [choose([Side::Ours, Side::Theirs]), choose([Side::Theirs, Side::Ours])];
        let refused = |one: &&Result<Patient, Refused>| matches!(one, Err(Refused::Fields(faults)) if faults[0].reason != "missing");
        assert_eq!(mixed.iter().filter(refused).count(), 1, "one mixture breaks the rule, the other is the base");
    }
}

#[test]
fn treatments_of_both_sides_stand_and_one_that_both_corrected_is_a_clash() {
    let add = |name: &'static str| move |one: &mut Patient| one.cancer.treatments.push(treatment(name, None));
    let names = |one: &Patient| one.cancer.treatments.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
    let merged = merge(&anna(), &of(add("ours")), &of(add("theirs")));
    assert_eq!(
        (names(&merged.record), clashes(&merged)),
        (["Letrozole", "", "theirs", "ours"].map(str::to_owned).to_vec(), vec![])
    );
    assert_eq!(merged.taken, [item(PatientField::Treatments)]);
    let both = merge(&anna(), &of(add("same")), &of(add("same")));
    assert_eq!(names(&both.record), ["Letrozole", "", "same"], "once");
    let without = of(|one| drop(one.cancer.treatments.remove(0)));
    assert_eq!(names(&merge(&anna(), &of(add("ours")), &without).record), ["", "ours"]);
    let corrected = |name: &str| of(|one| one.cancer.treatments[0].name = name.to_owned());
    let merged = merge(&anna(), &corrected("ours"), &corrected("theirs"));
    assert_eq!(clashes(&merged), [item(PatientField::Treatments)]);
    assert_eq!(merged.clashes[0].theirs, "hormone\ttheirs\t\t\nhormone\t\t2026-04-01\t");
    assert_eq!(clashes(&merge(&anna(), &without, &corrected("theirs"))), [item(PatientField::Treatments)]);
}

#[test]
fn every_field_of_a_patient_is_an_item() {
    let full = Patient {
        nhs_number: NhsNumber::parse("999 000 0026").ok(),
        hospital_number: "x".to_owned(),
        name: Name { title: "x".to_owned(), given: "x".to_owned(), family: "x".to_owned(), preferred: "x".to_owned() },
        born: date(1950, 1, 1),
        gender: Gender::Other,
        address: "x".to_owned(),
        postcode: "x".to_owned(),
        phone: "x".to_owned(),
        mobile: "x".to_owned(),
        email: "x".to_owned(),
        practice: Organisation { ods: "X".to_owned(), name: "x".to_owned() },
        needs: Needs { print_points: 24, interpreter: "x".to_owned(), other: "x".to_owned() },
        cancer: Cancer {
            cancer_type: "x".to_owned(),
            diagnosed: Some(date(2020, 1, 1)),
            recurred: Some(date(2021, 1, 1)),
            treatments: Vec::new(),
        },
        key_worker: "x".to_owned(),
        team: "x".to_owned(),
        diagnosed_at: Organisation { ods: "X".to_owned(), name: "x".to_owned() },
        followed_up_at: Organisation { ods: "X".to_owned(), name: "x".to_owned() },
        died: Some(date(2026, 1, 1)),
        death_taken_back: "x".to_owned(),
        checked_at: 77,
        id: anna().id,
    };
    let merged = merge(&anna(), &anna(), &full);
    assert_eq!(merged.record, full);
    assert_eq!(merged.taken.len(), PatientField::ALL.len());
    for field in PatientField::ALL {
        assert_ne!(full.words(&item(*field)), anna().words(&item(*field)), "{}", field.code());
    }
}
