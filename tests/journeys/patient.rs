//! Registering, correcting and opening patients.

use clinic::{Code, CorrectPatient, OpenPatient, Organisation, PatientForm, RegisterPatient, TypedDate};
use kit::*;

use crate::{code, fault, faults, on_disk, problem};

fn register(form: PatientForm) -> RegisterPatient {
    RegisterPatient { form, not_the_same: false }
}

#[tokio::test]
async fn everything_that_was_typed_is_there_when_she_is_opened() {
    let desk = a_clinic().await;
    let anna = desk.clinic.register_patient(register(a_patient_form())).await.unwrap();
    let seen = desk.clinic.open_patient(OpenPatient { patient: anna.banner.id.to_string() }).await.unwrap();
    let banner = &seen.banner;
    assert_eq!(
        (banner.family.as_str(), banner.given.as_str(), banner.preferred.as_deref()),
        ("Invented", "Anna", Some("Annie"))
    );
    assert_eq!((banner.born.short.as_str(), banner.age), ("14-Jul-1956", 70));
    assert_eq!((banner.nhs_number.as_deref(), banner.test), (Some("999 000 0018"), true));
    assert_eq!((banner.address.as_str(), banner.print_points), ("1 Invented Street\nThamesbank\nZZ99 3WZ", 18));
    let mut expected = a_patient_form();
    expected.nhs_number = "999 000 0018".into();
    assert_eq!(serde_json::to_value(&seen.form).unwrap(), serde_json::to_value(&expected).unwrap());
    let diagnosis = seen.diagnosis.unwrap();
    assert_eq!((diagnosis.cancer_type.as_str(), diagnosis.diagnosed.unwrap().iso.as_str()), ("Breast", "2026-01-19"));
    assert_eq!((seen.treatments.len(), seen.key_worker.as_deref()), (1, Some("Ruth Invented")));
}

#[tokio::test]
async fn each_way_a_number_is_wrong_has_its_own_message() {
    let desk = a_clinic().await;
    let before = on_disk(&desk).lines;
    for (number, reason) in [
        ("999000001O", "nhs_number_letters"),
        ("999 000 001", "nhs_number_too_short"),
        ("999 000 00180", "nhs_number_too_long"),
        ("999 000 0019", "nhs_number_failed_check"),
    ] {
        let form = PatientForm { nhs_number: number.into(), ..a_patient_form() };
        assert_eq!(faults(desk.clinic.register_patient(register(form)).await), fault("nhs_number", reason), "{number}");
    }
    let neither = PatientForm { nhs_number: String::new(), hospital_number: String::new(), ..a_patient_form() };
    let refused = faults(desk.clinic.register_patient(register(neither)).await);
    assert_eq!(refused, fault("nhs_number", "nhs_or_hospital_number"));
    assert_eq!(on_disk(&desk).lines, before, "a refused form leaves nothing");
    let visitor = PatientForm { nhs_number: String::new(), ..a_patient_form() };
    let seen = desk.clinic.register_patient(register(visitor)).await.unwrap();
    assert_eq!((seen.banner.nhs_number, seen.banner.hospital_number.as_deref()), (None, Some("TB-1")));
}

#[tokio::test]
async fn every_fault_of_a_form_is_named_at_once() {
    let desk = a_clinic().await;
    let form = PatientForm {
        family: String::new(),
        gender: None,
        born: date(31, 2, 1956),
        postcode: "nowhere".into(),
        email: "anna".into(),
        practice: Organisation { ods: "x!".into(), name: String::new() },
        diagnosed: TypedDate { day: "1".into(), month: "1".into(), year: "2027".into() },
        ..a_patient_form()
    };
    let refused = faults(desk.clinic.register_patient(register(form)).await);
    let fields: Vec<_> = refused.iter().map(|(field, _)| field.as_str()).collect();
    for field in ["family", "gender", "born", "postcode", "email", "practice-ods", "diagnosed"] {
        assert!(fields.contains(&field), "{field} in {fields:?}");
    }
}

#[tokio::test]
async fn a_number_that_is_known_here_leads_to_who_has_it() {
    let desk = a_clinic().await;
    let anna = desk.clinic.register_patient(register(a_patient_form())).await.unwrap();
    let before = on_disk(&desk).lines;
    let twin = PatientForm { nhs_number: "999-000-0018".into(), ..another_patient_form(2, "Zofia", "Łęcka") };
    let refused = problem(desk.clinic.register_patient(register(twin)).await);
    assert_eq!((refused.code, refused.patient), (Code::DuplicatePatient, Some(anna.banner.id)));
    assert_eq!(on_disk(&desk).lines, before);
}

#[tokio::test]
async fn a_correction_keeps_the_form_and_a_stale_one_is_refused() {
    let desk = a_clinic().await;
    let anna = desk.clinic.register_patient(register(a_patient_form())).await.unwrap();
    let id = anna.banner.id.to_string();
    let correct = |revision: i64, phone: &str| CorrectPatient {
        patient: id.clone(),
        revision,
        form: PatientForm { phone: phone.into(), ..a_patient_form() },
    };
    desk.room.clock.step(1000);
    let seen = desk.clinic.correct_patient(correct(anna.revision, "020 7946 0999")).await.unwrap();
    assert_eq!((seen.revision, seen.banner.phone.as_str()), (anna.revision + 1, "020 7946 0999"));
    assert_eq!(seen.banner.checked.ms, desk.room.clock.now());
    let before = on_disk(&desk).lines;
    let stale = desk.clinic.correct_patient(correct(anna.revision, "020 7946 0111")).await;
    assert_eq!(code(stale), Code::ChangedMeanwhile);
    assert_eq!(on_disk(&desk).lines, before);
    let seen = desk.clinic.open_patient(OpenPatient { patient: id }).await.unwrap();
    assert_eq!(seen.banner.phone, "020 7946 0999");
}

#[tokio::test]
async fn a_correction_cannot_take_somebody_elses_number() {
    let desk = a_clinic().await;
    let anna = desk.clinic.register_patient(register(a_patient_form())).await.unwrap();
    let zofia = desk.clinic.register_patient(register(another_patient_form(2, "Zofia", "Łęcka"))).await.unwrap();
    let form = PatientForm { nhs_number: nhs_number(1), ..another_patient_form(2, "Zofia", "Łęcka") };
    let correction = CorrectPatient { patient: zofia.banner.id.to_string(), revision: zofia.revision, form };
    let refused = problem(desk.clinic.correct_patient(correction).await);
    assert_eq!((refused.code, refused.patient), (Code::DuplicatePatient, Some(anna.banner.id)));
}

#[tokio::test]
async fn opening_a_patient_is_a_line_that_everybody_sees() {
    let desk = a_clinic().await;
    let id = desk.clinic.register_patient(register(a_patient_form())).await.unwrap().banner.id.to_string();
    let omar = desk.clinic.add_nurse(a_colleague()).await.unwrap()[1].id.to_string();
    desk.clinic.close().await;
    desk.room.clock.step(60_000);
    let clinic = kit::room::unlock(&desk.house, &omar, OMARS_PASSPHRASE).await.unwrap();
    clinic.open_patient(OpenPatient { patient: id.clone() }).await.unwrap();
    clinic.close().await;
    let clinic = desk.unlock().await;
    let seen = clinic.open_patient(OpenPatient { patient: id }).await.unwrap();
    let looks: Vec<_> =
        seen.looked.iter().map(|look| (look.name.as_str(), look.op.as_str(), look.at.time.as_str())).collect();
    assert_eq!(
        looks,
        [
            ("Ruth Invented", "open_patient", "09:13"),
            ("Omar Imagined", "open_patient", "09:13"),
            ("Ruth Invented", "register_patient", "09:12")
        ]
    );
}

#[tokio::test]
async fn nobody_is_opened_by_an_unknown_or_a_garbled_id() {
    let desk = a_clinic().await;
    for patient in ["", "4", "00000000-0000-4000-8000-000000000000"] {
        assert_eq!(
            code(desk.clinic.open_patient(OpenPatient { patient: patient.into() }).await),
            Code::Gone,
            "{patient}"
        );
    }
}

#[tokio::test]
async fn somebody_very_like_is_asked_about_and_registered_only_as_somebody_else() {
    let desk = a_clinic().await;
    let zofia = another_patient_form(1, "Zofia Siân", "Łukaszewska-O’Brien");
    let here = desk.clinic.register_patient(register(zofia)).await.unwrap().banner.id;
    let unnumbered = |given: &str, family: &str, hospital_number: &str| PatientForm {
        nhs_number: String::new(),
        hospital_number: hospital_number.into(),
        ..another_patient_form(2, given, family)
    };
    let before = on_disk(&desk);
    let again = || unnumbered("Zofia Sian", "Lukaszewska-OBrien", "H1");
    let refused = problem(desk.clinic.register_patient(register(again())).await);
    assert_eq!((refused.code, refused.patient), (Code::LikelyDuplicate, Some(here)));
    assert_eq!(on_disk(&desk).revisions, before.revisions);

    let twin = another_patient_form(3, "Zofia", "Łukaszewska-O’Brien");
    assert!(desk.clinic.register_patient(register(twin)).await.is_ok(), "another NHS number tells them apart");

    let someone_else = RegisterPatient { form: again(), not_the_same: true };
    let second = desk.clinic.register_patient(someone_else).await.unwrap().banner.id;
    let same_number = PatientForm { born: date(1, 1, 1970), ..unnumbered("Huw", "Pretend", "h1") };
    let refused = problem(desk.clinic.register_patient(register(same_number)).await);
    assert_eq!((refused.code, refused.patient), (Code::LikelyDuplicate, Some(second)), "the same hospital number");
}
