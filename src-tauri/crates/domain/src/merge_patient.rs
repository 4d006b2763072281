//! The items of a patient: which fields go together, and which rules hold between them.

use std::collections::BTreeMap;

use crate::merge::{Alike, Found, Item, Merge, PatientField, Side};
use crate::patient::{Patient, Treatment};
use crate::staff::Organisation;

impl Merge for Patient {
    fn settle(base: &Patient, ours: &Patient, theirs: &Patient, found: &mut Found<'_>) -> Patient {
        let mut sides = BTreeMap::new();
        let mut record = ours.clone();
        for field in PatientField::ALL {
            if *field == PatientField::Treatments {
                record.cancer.treatments = treatments(base, ours, theirs, found);
                continue;
            }
            let same = |one: &Patient, other: &Patient| is_alike(*field, one, other);
            let alike =
                Alike { ours_base: same(ours, base), theirs_base: same(theirs, base), both: same(ours, theirs) };
            let side = found.side(Item::Patient(*field), alike, || words(*field, [base, ours, theirs]));
            if side == Side::Theirs {
                copy(*field, theirs, &mut record);
            }
            sides.insert(*field, side);
        }
        for rule in &RULES {
            rule.hold([base, ours, theirs], &sides, &mut record, found);
        }
        record.checked_at = ours.checked_at.max(theirs.checked_at);
        record
    }

    fn words(&self, item: &Item) -> String {
        if let Item::Patient(field) = item { said(*field, self) } else { String::new() }
    }

    fn of(&self, _: &Item) -> &str {
        ""
    }
}

/// A rule between two fields, which each side keeps and a mixture of both may not.
struct Rule {
    fields: [PatientField; 2],
    holds: fn(&Patient) -> bool,
    /// The field that is named when a choice breaks it, and the reason's message key.
    broken: (PatientField, &'static str),
}

const RULES: [Rule; 3] = [
    Rule {
        fields: [PatientField::NhsNumber, PatientField::HospitalNumber],
        holds: |one| one.nhs_number.is_some() || !one.hospital_number.is_empty(),
        broken: (PatientField::NhsNumber, "nhs_or_hospital_number"),
    },
    Rule {
        fields: [PatientField::Diagnosed, PatientField::Recurred],
        holds: |one| one.cancer.recurred >= one.cancer.diagnosed || one.cancer.recurred.is_none(),
        broken: (PatientField::Recurred, "before_diagnosis"),
    },
    Rule {
        fields: [PatientField::Born, PatientField::Died],
        holds: |one| one.died.is_none_or(|died| died >= one.born),
        broken: (PatientField::Died, "before_birth"),
    },
];

impl Rule {
    /// Makes a clash of what would break it: both fields then stay ours, or go as they are chosen.
    fn hold(
        &self,
        sides: [&Patient; 3],
        taken: &BTreeMap<PatientField, Side>,
        record: &mut Patient,
        found: &mut Found<'_>,
    ) {
        let [base, ours, theirs] = sides;
        let [one, other] = self.fields;
        let pair = |of: &Patient, with: &Patient| {
            let mut mixed = ours.clone();
            copy(one, of, &mut mixed);
            copy(other, with, &mut mixed);
            mixed
        };
        // From both sides the same is asked, whoever's is which.
        let mixtures = [pair(ours, theirs), pair(theirs, ours)];
        let only_one = [pair(ours, ours), pair(theirs, theirs)].contains(&pair(base, base));
        if only_one || mixtures.iter().all(self.holds) {
            return;
        }
        for field in self.fields {
            let item = Item::Patient(field);
            if found.clashed(&item) || is_alike(field, ours, theirs) {
                continue;
            }
            found.taken.retain(|one| *one != item);
            let side = found.clash(item, words(field, sides));
            if taken.get(&field) != Some(&side) {
                copy(field, if side == Side::Ours { ours } else { theirs }, record);
            }
        }
        if !(self.holds)(record) {
            found.broken(&Item::Patient(self.broken.0), self.broken.1);
        }
    }
}

/// The treatments that neither took out, then those that were added, theirs first: the trust knows one by its place. One is the same only
/// as a whole: it has no name of its own.
/// Where both took the same one out, which may have been to correct it, and do not agree on all of them, it is a clash.
fn treatments(base: &Patient, ours: &Patient, theirs: &Patient, found: &mut Found<'_>) -> Vec<Treatment> {
    let item = Item::Patient(PatientField::Treatments);
    let [base_list, our_list, their_list] = [base, ours, theirs].map(|one| one.cancer.treatments.as_slice());
    let alike = Alike::of(base_list, our_list, their_list);
    let (gone_ours, gone_theirs) = (without(base_list, our_list), without(base_list, their_list));
    let both_corrected = gone_ours.iter().any(|one| gone_theirs.contains(one));
    if alike.both || alike.ours_base || alike.theirs_base || both_corrected {
        let side = found.side(item, alike, || words(PatientField::Treatments, [base, ours, theirs]));
        return if side == Side::Ours { our_list } else { their_list }.to_vec();
    }
    let (our_news, their_news) = (without(our_list, base_list), without(their_list, base_list));
    if !(gone_theirs.is_empty() && without(&their_news, &our_news).is_empty()) {
        found.taken.push(item);
    }
    let mut all = without(their_list, &gone_ours);
    all.extend(without(&our_news, &their_news));
    all
}

/// The members of a list without those of another, each as often as it stands there.
fn without(list: &[Treatment], gone: &[Treatment]) -> Vec<Treatment> {
    let mut gone: Vec<_> = gone.iter().collect();
    let mut rest = Vec::new();
    for one in list {
        match gone.iter().position(|other| *other == one) {
            Some(place) => {
                gone.remove(place);
            }
            None => rest.push(one.clone()),
        }
    }
    rest
}

fn is_alike(field: PatientField, one: &Patient, other: &Patient) -> bool {
    let mut with = other.clone();
    copy(field, one, &mut with);
    with == *other
}

/// The one place that says which parts of a patient a field is.
fn copy(field: PatientField, from: &Patient, to: &mut Patient) {
    use PatientField as Field;
    match field {
        Field::NhsNumber => to.nhs_number.clone_from(&from.nhs_number),
        Field::HospitalNumber => to.hospital_number.clone_from(&from.hospital_number),
        Field::Title => to.name.title.clone_from(&from.name.title),
        Field::Given => to.name.given.clone_from(&from.name.given),
        Field::Family => to.name.family.clone_from(&from.name.family),
        Field::Preferred => to.name.preferred.clone_from(&from.name.preferred),
        Field::Born => to.born = from.born,
        Field::Gender => to.gender = from.gender,
        Field::Address => {
            to.address.clone_from(&from.address);
            to.postcode.clone_from(&from.postcode);
        }
        Field::Phone => to.phone.clone_from(&from.phone),
        Field::Mobile => to.mobile.clone_from(&from.mobile),
        Field::Email => to.email.clone_from(&from.email),
        Field::Practice => to.practice.clone_from(&from.practice),
        Field::PrintPoints => to.needs.print_points = from.needs.print_points,
        Field::Interpreter => to.needs.interpreter.clone_from(&from.needs.interpreter),
        Field::OtherNeeds => to.needs.other.clone_from(&from.needs.other),
        Field::CancerType => to.cancer.cancer_type.clone_from(&from.cancer.cancer_type),
        Field::Diagnosed => to.cancer.diagnosed = from.cancer.diagnosed,
        Field::Recurred => to.cancer.recurred = from.cancer.recurred,
        Field::Treatments => to.cancer.treatments.clone_from(&from.cancer.treatments),
        Field::KeyWorker => to.key_worker.clone_from(&from.key_worker),
        Field::Team => to.team.clone_from(&from.team),
        Field::DiagnosedAt => to.diagnosed_at.clone_from(&from.diagnosed_at),
        Field::FollowedUpAt => to.followed_up_at.clone_from(&from.followed_up_at),
        Field::Died => {
            to.died = from.died;
            to.death_taken_back.clone_from(&from.death_taken_back);
        }
    }
}

fn words(field: PatientField, of: [&Patient; 3]) -> [String; 3] {
    of.map(|one| said(field, one))
}

fn said(field: PatientField, of: &Patient) -> String {
    use PatientField as Field;
    let organisation = |of: &Organisation| joined([of.name.as_str(), &of.ods], "\n");
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    match field {
        Field::NhsNumber => of.nhs_number.as_ref().map(ToString::to_string).unwrap_or_default(),
        Field::HospitalNumber => of.hospital_number.clone(),
        Field::Title => of.name.title.clone(),
        Field::Given => of.name.given.clone(),
        Field::Family => of.name.family.clone(),
        Field::Preferred => of.name.preferred.clone(),
        Field::Born => day(Some(of.born)),
        Field::Gender => of.gender.code().to_owned(),
        Field::Address => joined([of.address.as_str(), &of.postcode], "\n"),
        Field::Phone => of.phone.clone(),
        Field::Mobile => of.mobile.clone(),
        Field::Email => of.email.clone(),
        Field::Practice => organisation(&of.practice),
        Field::PrintPoints => of.needs.print_points.to_string(),
        Field::Interpreter => of.needs.interpreter.clone(),
        Field::OtherNeeds => of.needs.other.clone(),
        Field::CancerType => of.cancer.cancer_type.clone(),
        Field::Diagnosed => day(of.cancer.diagnosed),
        Field::Recurred => day(of.cancer.recurred),
        Field::Treatments => {
            let line = |one: &Treatment| [one.kind.code(), &one.name, &day(one.start), &day(one.end)].join("\t");
            of.cancer.treatments.iter().map(line).collect::<Vec<_>>().join("\n")
        }
        Field::KeyWorker => of.key_worker.clone(),
        Field::Team => of.team.clone(),
        Field::DiagnosedAt => organisation(&of.diagnosed_at),
        Field::FollowedUpAt => organisation(&of.followed_up_at),
        Field::Died => joined([day(of.died).as_str(), &of.death_taken_back], "\n"),
    }
}

fn joined<const N: usize>(parts: [&str; N], with: &str) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(with)
}

#[cfg(test)]
#[path = "merge_patient_tests.rs"]
pub(crate) mod tests;
