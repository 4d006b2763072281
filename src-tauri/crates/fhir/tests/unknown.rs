//! A save here deletes nothing that another system put into a resource of ours; and whatever stands at the trust, reading it neither
//! fails nor yields what a form here would not have taken.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod kit;

use domain::care_plan::CarePlan;
use domain::patient::Patient;
use domain::text::{LINE, LONG};
use fhir::unknown::keep;
use fhir::{Resource, read_care_plan, read_patient};
use serde_json::{Value, json};

fn bodies(resources: Vec<Resource>) -> Vec<Value> {
    resources.into_iter().map(|one| one.body).collect()
}

fn patient(of: &Patient) -> Vec<Value> {
    bodies(fhir::patient(of, true, &format!("Patient/{}", of.id)))
}

fn plan(of: &CarePlan) -> Vec<Value> {
    let hospital = kit::hospital();
    let there = fhir::former_referrals(of);
    bodies(fhir::care_plan(of, &fhir::hna_response(of.hna), "Patient/x", &kit::author(&hospital), &there))
}

fn kept(ours: &Value, theirs: &Value) -> Value {
    let mut ours = ours.clone();
    keep(&mut ours, theirs);
    ours
}

#[test]
fn where_theirs_says_nothing_of_its_own_ours_goes_as_it_is() {
    for set in kit::sets() {
        for resource in set.resources {
            assert_eq!(kept(&resource.body, &resource.body), resource.body, "{}", set.name);
            let stranger = json!({ "resourceType": resource.kind, "id": "another", "photo": [{}] });
            assert_eq!(kept(&resource.body, &stranger), resource.body, "{}: another resource", set.name);
        }
    }
    let emptied = kit::ordinary_plan();
    for (before, now) in plan(&emptied).iter().zip(plan(&kit::empty_plan())) {
        assert_eq!(kept(&now, before), now, "of another plan");
    }
}

#[test]
fn what_we_took_out_stays_out() {
    let mut least = kit::least_patient();
    least.id = kit::ordinary_patient().id;
    for (ours, theirs) in [
        (patient(&least), patient(&kit::ordinary_patient())),
        (patient(&kit::ordinary_patient()), patient(&kit::dead_patient())),
        (patient(&kit::corrected_patient()), patient(&kit::ordinary_patient())),
        (plan(&kit::changed_plan()), plan(&kit::ordinary_plan())),
        (plan(&kit::ordinary_plan()), plan(&kit::changed_plan())),
    ] {
        for our in ours {
            for their in &theirs {
                assert_eq!(kept(&our, their), our);
            }
        }
    }
}

/// Puts a value at a path whose last part is a new member, or `-` for one more entry.
fn put(body: &mut Value, path: &str, value: Value) {
    let (above, last) = path.rsplit_once('/').unwrap();
    match body.pointer_mut(above).unwrap() {
        Value::Array(all) if last == "-" => all.push(value),
        Value::Object(members) => drop(members.insert(last.to_owned(), value)),
        _ => panic!("no place {path}"),
    }
}

#[test]
fn what_others_put_there_goes_along() {
    let of = |all: &[Value], kind: &str| all.iter().find(|one| one["resourceType"] == kind).unwrap().clone();
    let (patients, plans) = (patient(&kit::ordinary_patient()), plan(&kit::full_plan()));
    let told = plan(&kit::ordinary_plan());
    let cases: Vec<(Value, &str, Value)> = vec![
        (of(&patients, "Patient"), "/photo", json!([{ "url": "https://example.org/1" }])),
        (of(&patients, "Patient"), "/maritalStatus", json!({ "text": "Married" })),
        (
            of(&patients, "Patient"),
            "/_birthDate",
            json!({ "extension": [{ "url": "u", "valueDateTime": "1956-07-14T02:00:00Z" }] }),
        ),
        (of(&patients, "Patient"), "/contact", json!([{ "name": { "text": "Jo" } }])),
        (of(&patients, "Patient"), "/contained", json!([{ "resourceType": "Organization", "id": "o" }])),
        (of(&patients, "Patient"), "/identifier/-", json!({ "system": "urn:other", "value": "7" })),
        (of(&patients, "Patient"), "/identifier/0/assigner", json!({ "display": "The spine" })),
        (of(&patients, "Patient"), "/telecom/-", json!({ "system": "phone", "use": "work", "value": "1" })),
        (of(&patients, "Patient"), "/telecom/0/rank", json!(1)),
        (of(&patients, "Patient"), "/telecom/-", json!({ "system": "phone", "use": "home", "value": "2" })),
        (of(&told, "ServiceRequest"), "/note", json!([{ "authorString": "Clinic", "text": "Declined: no place" }])),
        (of(&patients, "Patient"), "/name/-", json!({ "use": "maiden", "family": "Before" })),
        (of(&patients, "Patient"), "/name/0/suffix", json!(["MBE"])),
        (of(&patients, "Patient"), "/address/-", json!({ "use": "temp", "line": ["Ward 7"] })),
        (of(&patients, "Patient"), "/address/0/country", json!("GB")),
        (
            of(&patients, "Patient"),
            "/extension/-",
            json!({ "url": "https://example.org/ethnicity", "valueString": "A" }),
        ),
        (of(&patients, "Patient"), "/generalPractitioner/-", json!({ "display": "Another" })),
        (of(&patients, "Condition"), "/stage", json!([{ "summary": { "text": "II" } }])),
        (of(&patients, "Condition"), "/code/coding", json!([{ "code": "254837009" }])),
        (of(&patients, "Procedure"), "/outcome", json!({ "text": "Well" })),
        (of(&plans, "CarePlan"), "/note", json!([{ "text": "Seen in clinic" }])),
        (of(&plans, "CarePlan"), "/category/-", json!({ "text": "Shared" })),
        (of(&told, "CarePlan"), "/goal/-", json!({ "reference": "Goal/theirs" })),
        (of(&plans, "CarePlan"), "/activity/-", json!({ "reference": { "reference": "Task/7" } })),
        (of(&plans, "CarePlan"), "/activity/0/outcomeReference", json!([{ "reference": "Observation/1" }])),
        (of(&plans, "CarePlan"), "/activity/0/progress/-", json!({ "text": "Rang, nobody there" })),
        (of(&plans, "CarePlan"), "/activity/0/detail/performer/-", json!({ "reference": "Practitioner/7" })),
        (of(&plans, "CarePlan"), "/period/end", json!("2027-01-01")),
        (of(&plans, "CarePlan"), "/supportingInfo/-", json!({ "reference": "Observation/2" })),
        (of(&told, "Goal"), "/achievementStatus", json!({ "text": "Improving" })),
        (of(&plans, "ServiceRequest"), "/performer/-", json!({ "reference": "Practitioner/7" })),
        (of(&plans, "ServiceRequest"), "/note/-", json!({ "authorString": "Clinic", "text": "Declined: no place" })),
        (of(&plans, "ServiceRequest"), "/priority", json!("urgent")),
    ];
    for (ours, path, value) in cases {
        let mut theirs = ours.clone();
        put(&mut theirs, path, value.clone());
        let sent = kept(&ours, &theirs);
        assert_ne!(sent, ours, "{path}");
        assert_eq!(sent, theirs, "{path}: beside all that was there");
        assert_eq!(kept(&sent, &theirs), sent, "{path}: once");
        for member in ["meta", "text", "implicitRules"] {
            theirs[member] = json!({ "theirs": true });
        }
        assert_eq!(kept(&ours, &theirs), sent, "{path}: meta and text are ours");
    }
}

#[test]
fn what_they_know_of_a_number_stays_with_that_number() {
    let (anna, mut other) = (kit::ordinary_patient(), kit::ordinary_patient());
    let mut theirs = patient(&anna).remove(0);
    let traced = json!([{ "url": "https://example.org/traced", "valueBoolean": true }]);
    theirs["identifier"][0]["extension"] = traced.clone();
    assert_eq!(kept(&patient(&anna)[0], &theirs)["identifier"][0]["extension"], traced);
    other.nhs_number = kit::harmful_patient().nhs_number;
    let ours = patient(&other).remove(0);
    assert_eq!(kept(&ours, &theirs)["identifier"], ours["identifier"], "of another number it says nothing");
    let mut born = patient(&anna).remove(0);
    born["_birthDate"] = json!({ "extension": traced });
    other.born = kit::least_patient().born;
    assert!(kept(&patient(&other)[0], &born).get("_birthDate").is_none());
}

/// Numbers that are the same for the same seed (splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % 1_000_003).unwrap() % end.max(1)
    }

    /// What no honest system writes there.
    fn value(&mut self) -> Value {
        match self.below(14) {
            0 => Value::Null,
            1 => json!(-1),
            2 => json!(1e300),
            3 => json!(true),
            4 => json!(""),
            5 => json!("<img src=x onerror=alert(1)>&amp;"),
            6 => json!("a\u{0}\u{1b}[31mb"),
            7 => json!("\u{202e}é".repeat(5_000)),
            8 => json!([]),
            9 => json!({}),
            10 => (0..100)
                .fold(json!("deep"), |inside, at| if at % 2 == 0 { json!([inside]) } else { json!({ "a": inside }) }),
            11 => json!([null, 7, "x", [], { "reference": "Patient/other" }]),
            12 => json!("2026-13-45"),
            _ => {
                json!({ "reference": "Patient/other", "system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9990000034", "use": "home" })
            }
        }
    }

    /// Changes one place, at any depth.
    fn spoil(&mut self, value: &mut Value) {
        let deeper = self.below(4) > 0;
        match value {
            Value::Object(members) if deeper && !members.is_empty() => {
                let names: Vec<String> = members.keys().cloned().collect();
                let name = names[self.below(names.len())].clone();
                match self.below(12) {
                    0 => drop(members.remove(&name)),
                    1 => drop(members.insert(format!("_{name}"), self.value())),
                    2 => drop(members.insert(names[self.below(names.len())].clone(), members[&name].clone())),
                    _ => self.spoil(members.get_mut(&name).unwrap()),
                }
            }
            Value::Array(all) if deeper && !all.is_empty() => {
                let at = self.below(all.len());
                match self.below(8) {
                    0 => drop(all.remove(at)),
                    1 => all.push(all[at].clone()),
                    2 => (0..120).for_each(|_| all.push(all[at].clone())),
                    _ => self.spoil(&mut all[at]),
                }
            }
            _ => *value = self.value(),
        }
    }
}

fn is_sound(patient: &Patient) {
    let Patient { name, practice, needs, cancer, followed_up_at, diagnosed_at, .. } = patient;
    let lines =
        [&name.title, &name.given, &name.family, &name.preferred, &practice.name, &needs.interpreter, &needs.other];
    let more = [
        &cancer.cancer_type,
        &followed_up_at.name,
        &diagnosed_at.name,
        &patient.postcode,
        &patient.phone,
        &patient.email,
    ];
    for line in lines.into_iter().chain(more).chain(cancer.treatments.iter().map(|one| &one.name)) {
        assert!(line.chars().count() <= LINE && !line.chars().any(char::is_control));
    }
    assert!(patient.address.chars().count() <= LONG && cancer.treatments.len() <= 50);
    assert!(patient.nhs_number.is_some() || !patient.hospital_number.is_empty());
    assert!(!name.given.is_empty() && !name.family.is_empty());
}

#[test]
fn a_hostile_patient_is_read_as_a_sound_one_or_not_at_all() {
    let [mut taken, mut refused] = [0, 0];
    for seed in 0..1_000 {
        let mut chance = Chance(seed);
        let ours = if seed % 2 == 0 { kit::ordinary_patient() } else { kit::harmful_patient() };
        let all = patient(&ours);
        let clean = &all[chance.below(all.len())];
        let mut theirs = clean.clone();
        (0..=chance.below(4)).for_each(|_| chance.spoil(&mut theirs));
        match read_patient(&theirs, &ours) {
            Ok(read) => {
                is_sound(&read);
                let again = patient(&read).iter().try_fold(read.clone(), |one, body| read_patient(body, &one));
                assert_eq!(again.as_ref(), Ok(&read), "{seed}: what was read can be sent and read");
                taken += usize::from(read != ours);
            }
            Err(_) => refused += 1,
        }
        let sent = kept(clean, &theirs);
        assert_eq!(read_patient(&sent, &ours).as_ref(), Ok(&ours), "{seed}: what is kept changes nothing of ours");
        assert_eq!(kept(&sent, &theirs), sent, "{seed}");
    }
    assert!(taken > 20 && refused > 100, "{taken} {refused}");
}

#[test]
fn a_hostile_plan_is_read_as_a_sound_one_or_not_at_all() {
    let [mut taken, mut refused] = [0, 0];
    for seed in 0..600 {
        let mut chance = Chance(seed);
        let ours = if seed % 2 == 0 { kit::full_plan() } else { kit::ordinary_plan() };
        let clean = plan(&ours);
        let mut theirs = clean.clone();
        for _ in 0..=chance.below(2) {
            let at = if chance.below(2) == 0 { 0 } else { chance.below(theirs.len()) };
            chance.spoil(&mut theirs[at]);
        }
        match read_care_plan(&theirs, &ours) {
            Ok(read) => {
                assert!(read.unfinished().is_empty());
                for concern in &read.concerns {
                    assert!(concern.text.chars().count() <= LINE && concern.matters.chars().count() <= LONG);
                    assert!(concern.nothing.is_none() || concern.actions.is_empty());
                }
                assert_eq!(
                    (read.id, read.patient, read.hna, read.started_at),
                    (ours.id, ours.patient, ours.hna, ours.started_at)
                );
                assert_eq!(read_care_plan(&plan(&read), &read).as_ref(), Ok(&read), "{seed}: it can be sent and read");
                taken += usize::from(read != ours);
            }
            Err(_) => refused += 1,
        }
        let sent: Vec<Value> = clean.iter().zip(&theirs).map(|(our, their)| kept(our, their)).collect();
        assert_eq!(read_care_plan(&sent, &ours).as_ref(), Ok(&ours), "{seed}: what is kept changes nothing of ours");
    }
    assert!(taken > 10 && refused > 200, "{taken} {refused}");
}
