//! What is read back from the trust: all that was written, what somebody changed there, and nothing that cannot be.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod kit;

use domain::action::Action;
use domain::care_plan::{CarePlan, PlanStatus};
use domain::merge::{Item, Merge, PatientField};
use domain::nhs_number::NhsNumber;
use domain::patient::{Cancer, Patient};
use domain::staff::Organisation;
use fhir::{ReadFault, Resource, read_cancer, read_care_plan, read_patient};
use jiff::civil::date;
use serde_json::{Value, json};

fn patients() -> [Patient; 5] {
    [
        kit::ordinary_patient(),
        kit::least_patient(),
        kit::harmful_patient(),
        kit::dead_patient(),
        kit::corrected_patient(),
    ]
}

fn plans() -> [CarePlan; 6] {
    [
        kit::ordinary_plan(),
        kit::empty_plan(),
        kit::harmful_plan(),
        kit::changed_plan(),
        kit::full_plan(),
        kit::harmful_full_plan(),
    ]
}

fn bodies(resources: Vec<Resource>) -> Vec<Value> {
    resources.into_iter().map(|one| one.body).collect()
}

/// As the trust has a patient whom we made there.
fn sent(patient: &Patient) -> Vec<Value> {
    bodies(fhir::patient(patient, true, &format!("Patient/{}", patient.id)))
}

fn sent_plan(plan: &CarePlan) -> Vec<Value> {
    let hospital = kit::hospital();
    let there = fhir::former_referrals(plan);
    bodies(fhir::care_plan(plan, &fhir::hna_response(plan.hna), "Patient/x", &kit::author(&hospital), &there))
}

/// The patient as all of these say.
fn read(bodies: &[Value], ours: &Patient) -> Result<Patient, ReadFault> {
    let (demographics, cancer): (Vec<_>, Vec<_>) =
        bodies.iter().cloned().partition(|one| one["resourceType"] == "Patient");
    let patient = demographics.iter().try_fold(ours.clone(), |patient, body| read_patient(body, &patient))?;
    read_cancer(&cancer, &patient)
}

/// Nobody yet, under this identifier.
fn blank(of: &Patient) -> Patient {
    Patient { id: of.id, ..kit::least_patient() }
}

#[test]
fn what_was_written_reads_as_the_record_it_was_written_from() {
    for patient in patients() {
        assert_eq!(read(&sent(&patient), &patient).as_ref(), Ok(&patient), "{}", patient.name.family);
        let one_by_one = sent(&patient).iter().try_fold(patient.clone(), |read, body| read_patient(body, &read));
        assert_eq!(one_by_one, Ok(patient));
    }
    for plan in plans() {
        assert_eq!(read_care_plan(&sent_plan(&plan), &plan).as_ref(), Ok(&plan), "{}", plan.id);
        for one in sent_plan(&plan) {
            assert_eq!(read_care_plan(&[one], &plan).as_ref(), Ok(&plan), "the rest stands as it was written");
        }
    }
}

#[test]
fn every_field_that_is_written_is_read_by_somebody_who_did_not_know_it() {
    for patient in patients() {
        let stranger = read(&sent(&patient), &blank(&patient)).unwrap();
        let never_sent = Patient {
            key_worker: patient.key_worker.clone(),
            team: patient.team.clone(),
            checked_at: patient.checked_at,
            ..stranger.clone()
        };
        // Lines without words are not sent.
        let lines =
            patient.address.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
        let mut expected = Patient { address: lines, ..patient.clone() };
        if expected.cancer.diagnosed.is_none() && expected.cancer.cancer_type.is_empty() {
            expected.diagnosed_at = Organisation::default();
        }
        assert_eq!(never_sent, expected, "{}", patient.name.family);
    }
}

#[test]
fn a_plan_is_read_by_a_colleague_who_has_only_its_draft() {
    for plan in plans() {
        let bare = |one: &domain::care_plan::PlanConcern| domain::care_plan::PlanConcern {
            matters: String::new(),
            actions: Vec::new(),
            nothing: None,
            ..one.clone()
        };
        let concerns = plan.concerns.iter().filter(|one| one.raised()).map(bare).collect();
        let draft = CarePlan {
            concerns,
            status: PlanStatus::Draft,
            version: 0,
            signed: None,
            actions_added: 0,
            concerns_added: 0,
            ..plan.clone()
        };
        let read = read_care_plan(&sent_plan(&plan), &draft).unwrap();
        // Why an action has a second line in its contact is not said where nobody is asked by name.
        let one_line = |action: &Action| Action { contact: action.contact.replace('\n', ", "), ..action.clone() };
        let spelled = |plan: &CarePlan| -> Vec<_> {
            let parts = |one: &domain::care_plan::PlanConcern| {
                let actions: Vec<_> = one.actions.iter().map(one_line).collect();
                domain::care_plan::PlanConcern { actions, ..one.clone() }
            };
            plan.concerns.iter().map(parts).collect()
        };
        assert_eq!(spelled(&read), spelled(&plan));
        assert_eq!((read.version, read.status), (plan.version, plan.status));
        let by = |plan: &CarePlan| plan.signed.as_ref().map(|by| (by.staff, by.name.clone(), by.at));
        assert_eq!(by(&read), by(&plan));
    }
}

/// The ordinary patient after a change to what the trust has.
fn after(change: impl Fn(&mut Value)) -> Result<Patient, ReadFault> {
    let patient = kit::ordinary_patient();
    let mut body = sent(&patient).remove(0);
    change(&mut body);
    read_patient(&body, &patient)
}

#[test]
fn each_element_that_they_took_out_is_taken_out_here_or_not_read() {
    let drop = |name: &'static str| move |body: &mut Value| drop(body.as_object_mut().unwrap().remove(name));
    for (element, fields) in [
        ("address", &[PatientField::Address][..]),
        ("telecom", &[PatientField::Phone, PatientField::Mobile, PatientField::Email]),
        ("extension", &[PatientField::PrintPoints, PatientField::Interpreter, PatientField::OtherNeeds]),
        ("generalPractitioner", &[PatientField::Practice]),
        ("managingOrganization", &[PatientField::FollowedUpAt]),
        ("gender", &[PatientField::Gender]),
        ("active", &[]),
        ("meta", &[]),
    ] {
        let (read, ours) = (after(drop(element)).unwrap(), kit::ordinary_patient());
        let changed = PatientField::ALL.iter().filter(|field| {
            let item = Item::Patient(**field);
            read.words(&item) != ours.words(&item)
        });
        assert_eq!(changed.copied().collect::<Vec<_>>(), fields, "{element}");
    }
    for element in ["name", "birthDate", "identifier"] {
        assert_eq!(after(drop(element)), Err(ReadFault::Missing(element)));
    }
    let dead = kit::dead_patient();
    let mut body = sent(&dead).remove(0);
    body.as_object_mut().unwrap().remove("deceasedDateTime");
    assert_eq!(read_patient(&body, &dead).unwrap().died, None);
}

#[test]
fn each_change_of_theirs_is_read() {
    let set =
        |path: &'static str, value: Value| move |body: &mut Value| *body.pointer_mut(path).unwrap() = value.clone();
    let read = |path, value| after(set(path, value)).unwrap();
    assert_eq!(read("/name/0/family", json!("  <b>Pretend</b> ")).name.family, "<b>Pretend</b>");
    assert_eq!(read("/name/0/given", json!(["Anna", "Eva Maria"])).name.given, "Anna Eva Maria");
    assert_eq!(read("/name/1/given/0", json!("Nan")).name.preferred, "Nan");
    assert_eq!(read("/identifier/0/value", json!("9990000026")).nhs_number, NhsNumber::parse("999 000 0026").ok());
    assert_eq!(read("/identifier/1/value", json!("H9")).hospital_number, "H9");
    assert_eq!(read("/birthDate", json!("1956-07-15")).born, date(1956, 7, 15));
    assert_eq!(read("/telecom/1/value", json!("07700 900002")).mobile, "07700 900002");
    let moved =
        json!({ "use": "home", "line": ["Flat 2"], "city": "Nowhere", "postalCode": "ZZ99 4WZ", "country": "GB" });
    let moved = read("/address/0", moved);
    assert_eq!((moved.address.as_str(), moved.postcode.as_str()), ("Flat 2\nNowhere", "ZZ99 4WZ"));
    let died = |at: &'static str| after(move |body| body["deceasedDateTime"] = json!(at));
    assert_eq!(died("2026-11-20").unwrap().died, Some(date(2026, 11, 20)));
    assert_eq!(died("2026-07-20T23:30:00Z").unwrap().died, Some(date(2026, 7, 21)), "the day in London");
    let alone =
        after(|body| body["telecom"] = json!([{ "system": "phone", "value": "1" }, { "system": "fax", "value": "2" }]));
    assert_eq!(alone.unwrap().phone, "", "a telephone nobody says is at home");
    let old = json!({ "use": "old", "system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9990000034" });
    let with_old = after(|body| body["identifier"].as_array_mut().unwrap().insert(0, old.clone()));
    assert_eq!(with_old, Ok(kit::ordinary_patient()), "a number out of use");
}

#[test]
fn what_a_record_cannot_hold_is_not_read() {
    let long = "x".repeat(201);
    let nhs = |value: &str| json!({ "system": "https://fhir.nhs.uk/Id/nhs-number", "value": value });
    let cases: Vec<(&str, Value, ReadFault)> = vec![
        ("name", json!([{ "use": "official", "family": long, "given": ["A"] }]), ReadFault::TooLong("family")),
        ("name", json!([{ "use": "official", "family": "a\u{0}b", "given": ["A"] }]), ReadFault::Unreadable("family")),
        ("name", json!([{ "use": "official", "family": 7, "given": ["A"] }]), ReadFault::Unreadable("family")),
        ("name", json!([{ "use": "official", "family": "B" }]), ReadFault::Missing("name")),
        ("name", json!(["Anna"]), ReadFault::Unreadable("name")),
        ("birthDate", json!("1956-07"), ReadFault::Unreadable("birthDate")),
        ("birthDate", json!("0056-07-14"), ReadFault::Unreadable("birthDate")),
        ("identifier", json!([nhs("9990000019")]), ReadFault::Unreadable("identifier")),
        ("identifier", json!([nhs("9990000018"), nhs("9990000026")]), ReadFault::Unreadable("identifier")),
        ("gender", json!("f"), ReadFault::Unreadable("gender")),
        ("deceasedBoolean", json!(true), ReadFault::Unreadable("deceasedBoolean")),
        ("deceasedDateTime", json!("2026"), ReadFault::Unreadable("deceasedDateTime")),
        ("deceasedDateTime", json!("1950-01-01"), ReadFault::Unreadable("deceasedDateTime")),
        ("address", json!([{ "line": ["x".repeat(4_001)] }]), ReadFault::TooLong("address")),
        (
            "generalPractitioner",
            json!([{ "identifier": { "system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": "A1234567890" } }]),
            ReadFault::Unreadable("identifier"),
        ),
    ];
    for (element, value, fault) in cases {
        assert_eq!(after(|body| body[element] = value.clone()), Err(fault), "{element} {fault}");
    }
    for (url, value) in [
        ("http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired", json!({ "valueBoolean": true })),
        (
            "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-ContactPreference",
            json!({ "extension": [{ "url": "PreferredWrittenCommunicationFormat", "valueCodeableConcept": { "text": "Braille" } }] }),
        ),
    ] {
        let mut one = value;
        one["url"] = json!(url);
        let read = after(|body| body["extension"] = json!([one.clone()]));
        assert_eq!(read, Err(ReadFault::Unreadable("extension")), "{url}");
    }
    let other = sent(&kit::least_patient()).remove(0);
    assert_eq!(
        read_patient(&other, &kit::ordinary_patient()),
        Err(ReadFault::NotOurs("resourceType")),
        "another person"
    );
}

#[test]
fn the_cancer_is_read_resource_by_resource() {
    let ours = kit::ordinary_patient();
    let marked = |before: &Patient, now: &Patient| {
        let before = fhir::patient(before, false, "Patient/x");
        let now = fhir::patient(now, false, "Patient/x");
        let withdrawn = fhir::withdrawn(&before, &now);
        bodies(now.into_iter().chain(withdrawn).collect())
    };
    let without = Patient { cancer: Cancer { recurred: None, ..ours.cancer.clone() }, ..ours.clone() };
    assert_eq!(read_cancer(&marked(&ours, &without), &ours), Ok(without));
    assert_eq!(read_cancer(&marked(&ours, &kit::corrected_patient()), &ours), Ok(kit::corrected_patient()));
    let none = Patient { cancer: Cancer::default(), ..ours.clone() };
    assert_eq!(read_cancer(&marked(&ours, &none), &ours).unwrap().cancer, Cancer::default());
    assert_eq!(read_cancer(&[], &ours), Ok(ours.clone()), "what is not given stays");
    let untyped = Cancer { diagnosed: ours.cancer.diagnosed, ..Cancer::default() };
    let untyped = Patient { cancer: untyped, ..ours.clone() };
    assert_eq!(read_cancer(&marked(&ours, &untyped), &ours), Ok(untyped), "words for none are none");
    let changed = |kind: &str, change: &dyn Fn(&mut Value)| {
        let mut all = bodies(fhir::patient(&ours, false, "Patient/x"));
        change(all.iter_mut().rfind(|one| one["resourceType"] == kind).unwrap());
        read_cancer(&all, &ours)
    };
    let early = changed("Condition", &|one| one["extension"][0]["valueDateTime"] = json!("2026-03-18"));
    assert_eq!(early, Err(ReadFault::Unreadable("Condition")), "it came back before it was there");
    let backwards = json!({ "start": "2026-05-02", "end": "2026-05-01" });
    let backwards = changed("Procedure", &|one| {
        one["performedPeriod"] = backwards.clone();
        one["status"] = json!("completed");
    });
    assert_eq!(backwards, Err(ReadFault::Unreadable("performedPeriod")));
    let mut procedure = bodies(fhir::patient(&ours, false, "Patient/x")).pop().unwrap();
    procedure["category"] = json!({ "text": "Something" });
    assert_eq!(read_patient(&procedure, &ours), Err(ReadFault::Unreadable("category")));
    procedure["id"] = json!("11111111-1111-4111-8111-111111111111");
    assert_eq!(read_patient(&procedure, &ours), Err(ReadFault::NotOurs("resourceType")));
}

/// The ordinary patient after a change to one of the cancer's resources at the trust, by kind and number.
fn cancer_after(kind: &str, number: usize, change: impl FnOnce(&mut Value)) -> Result<Patient, ReadFault> {
    let ours = kit::ordinary_patient();
    let mut all = bodies(fhir::patient(&ours, false, "Patient/x"));
    change(all.iter_mut().filter(|one| one["resourceType"] == kind).nth(number).unwrap());
    read_cancer(&all, &ours)
}

#[test]
fn a_status_or_a_time_that_is_never_written_is_for_a_person() {
    for (element, said) in [
        ("clinicalStatus", "resolved"),
        ("clinicalStatus", "remission"),
        ("verificationStatus", "refuted"),
        ("verificationStatus", "unconfirmed"),
    ] {
        for number in [0, 1] {
            let read = cancer_after("Condition", number, |one| one[element]["coding"][0]["code"] = json!(said));
            assert_eq!(read, Err(ReadFault::Unreadable(element)), "{number} {said}");
            let read = cancer_after("Condition", number, |one| one[element] = Value::Null);
            assert_eq!(read, Err(ReadFault::Unreadable(element)), "{number} nothing");
        }
    }
    for status in ["not-done", "stopped", "on-hold", "preparation", "unknown"] {
        let read = cancer_after("Procedure", 1, |one| one["status"] = json!(status));
        assert_eq!(read, Err(ReadFault::Unreadable("status")), "{status} although it has ended");
    }
    let begun = cancer_after("Procedure", 3, |one| one["status"] = json!("in-progress"));
    assert_eq!(begun, Ok(kit::ordinary_patient()), "as it is written on a later day");
    for (element, said) in [
        ("performedString", json!("last spring")),
        ("performedAge", json!({ "value": 61 })),
        ("performedRange", json!({ "low": { "value": 60 } })),
    ] {
        let read = cancer_after("Procedure", 1, |one| one[element] = said);
        assert_eq!(read, Err(ReadFault::Unreadable("performed")), "{element}");
    }
}
