//! What a patient's records have for a treatment summary: the template for the type of cancer, and values that nobody types twice.

use clinic::*;
use kit::appointment::{a_lock, one_of};
use kit::clock::DAY;
use kit::summary::{BREAST, a_summary, a_value, chosen, last, value};
use kit::*;

use crate::code;

async fn register(clinic: &Clinic, form: PatientForm) -> String {
    clinic.register_patient(RegisterPatient { form, not_the_same: false }).await.unwrap().banner.id.to_string()
}

/// Anna with one operation, two courses of chemotherapy, a team and a hospital.
fn a_full_form() -> PatientForm {
    let treatment =
        |kind: &str, name: &str, start, end| TreatmentForm { kind: kind.into(), name: name.into(), start, end };
    PatientForm {
        recurred: date(2, 11, 2026),
        treatments: vec![
            treatment("surgery", "Wide local excision", date(3, 2, 2026), date(3, 2, 2026)),
            treatment("sact", "EC", date(10, 3, 2026), date(5, 5, 2026)),
            treatment("sact", "Paclitaxel, weekly", date(26, 5, 2026), TypedDate::default()),
        ],
        followed_up_at: Organisation { ods: "X0T98".into(), name: "Riverside Hospital".into() },
        ..a_patient_form()
    }
}

/// A clinic, Anna and a summary of hers in which nothing is chosen.
async fn a_draft() -> (Shift, String, String) {
    let desk = a_clinic().await;
    let anna = register(&desk.clinic, a_full_form()).await;
    let summary = a_summary(&desk.clinic, &anna).await.id.to_string();
    (desk, anna, summary)
}

/// What is offered for a slot, as staff read it.
fn offers<'a>(entry: &'a ChosenView, slot: &str) -> Vec<&'a str> {
    let slot = entry.slots.iter().find(|here| here.key == slot).unwrap();
    slot.offers.iter().map(|offer| offer.shown.as_str()).collect()
}

#[tokio::test]
async fn a_template_is_offered_for_its_type_of_cancer_and_shows_every_line_in_both_wordings() {
    let desk = a_clinic().await;
    let clinic = &desk.clinic;
    for (number, (cancer, offered)) in (1..).zip([
        ("Breast", true),
        ("Breast (DCIS, non-invasive)", true),
        ("Anus", false),
        ("breast", false),
        ("", false),
    ]) {
        let form = PatientForm {
            cancer_type: cancer.into(),
            ..another_patient_form(number, &format!("Anna {number}"), "Imagined")
        };
        let form = if cancer.is_empty() { PatientForm { diagnosed: TypedDate::default(), ..form } } else { form };
        let patient = register(clinic, form).await;
        let lines = clinic.list_templates(ListTemplates { patient }).await.unwrap();
        let line = &lines[0];
        assert_eq!((lines.len(), line.template.as_str(), line.title.as_str()), (1, BREAST, "Breast cancer"));
        assert_eq!((line.version.as_str(), line.offered), ("1.0.0", offered), "{cancer}");
    }
    let view = clinic.read_template(ReadTemplate { template: BREAST.into() }).await.unwrap();
    assert_eq!((view.key.as_str(), view.version.as_str(), view.sections.len()), (BREAST, "1.0.0", 15));
    let diagnosis = &view.sections[0];
    assert_eq!((diagnosis.title.as_str(), diagnosis.title_gp.as_str()), ("Your diagnosis", "Diagnosis and staging"));
    let line = &diagnosis.lines[0];
    assert_eq!(line.words, "You were told on [Date of diagnosis] that you have breast cancer. It was in your [Side].");
    assert_eq!(line.words_gp, "Invasive breast cancer, [Side], diagnosed [Date of diagnosis].");
    let [side, day] = line.slots.as_slice() else { panic!("two slots") };
    let options: Vec<_> = side.options.iter().map(|option| (option.key.as_str(), option.words.as_str())).collect();
    assert_eq!((side.kind, options[2]), ("choice", ("both", "both breasts")));
    assert_eq!((day.kind, day.precision, day.most), ("date", Some("year"), None));
    let unknown = ReadTemplate { template: "https://holdfast.example/content/summary-templates/breast|2.0.0".into() };
    assert_eq!(code(clinic.read_template(unknown).await), Code::Gone);
}

#[tokio::test]
async fn what_the_record_has_is_filled_in_once_the_line_is_chosen() {
    let (desk, _, summary) = a_draft().await;
    let clinic = &desk.clinic;
    let view = chosen(clinic, &summary, "diagnosis", "invasive", &[]).await;
    assert_eq!((value(last(&view), "date"), offers(last(&view), "date")), ("2026-01-19", vec!["19-Jan-2026"]));
    assert_eq!(
        last(&view).words,
        "You were told on 19 January 2026 that you have breast cancer. It was in your [Side]."
    );
    assert_eq!(last(&view).words_gp, "Invasive breast cancer, [Side], diagnosed 19-Jan-2026.");
    assert_eq!((value(last(&view), "side"), offers(last(&view), "side").len()), ("", 0), "no record says which side");
    let view = chosen(clinic, &summary, "diagnosis", "came-back", &[]).await;
    assert_eq!(value(last(&view), "date"), "2026-11-02");
    let view = chosen(clinic, &summary, "contacts", "key-worker", &[]).await;
    assert_eq!((value(last(&view), "name"), value(last(&view), "phone")), ("Ruth Invented", ""));
    let view = chosen(clinic, &summary, "contacts", "hospital", &[]).await;
    assert_eq!(value(last(&view), "hospital"), "Riverside Hospital");
    let view = chosen(clinic, &summary, "treatment", "lumpectomy", &[]).await;
    assert_eq!(value(last(&view), "date"), "2026-02-03", "the only operation");
    let view = chosen(clinic, &summary, "treatment", "rt-breast", &[]).await;
    assert!(offers(last(&view), "start").is_empty(), "she had no radiotherapy");
    let view = chosen(clinic, &summary, "gp-actions", "cancer-care-review", &[]).await;
    assert!(offers(last(&view), "from").is_empty() && value(last(&view), "to").is_empty());
    // A line that may be said again is not filled with what it says already.
    chosen(clinic, &summary, "contacts", "team", &[]).await;
    let view = chosen(clinic, &summary, "contacts", "team", &[]).await;
    assert_eq!((value(last(&view), "team"), offers(last(&view), "team")), ("", vec!["Breast"]));
}

#[tokio::test]
async fn each_course_of_treatment_is_taken_once_and_whole() {
    let (desk, _, summary) = a_draft().await;
    let clinic = &desk.clinic;
    let parts = |entry: &ChosenView| ["drug", "start", "end"].map(|slot| value(entry, slot).to_owned());
    let view = chosen(clinic, &summary, "treatment", "chemo", &[]).await;
    assert_eq!(parts(last(&view)), ["EC", "2026-03-10", "2026-05-05"]);
    assert_eq!(offers(last(&view), "drug"), ["EC", "Paclitaxel, weekly"]);
    assert_eq!(offers(last(&view), "end"), ["05-May-2026"]);
    let view = chosen(clinic, &summary, "treatment", "chemo", &[]).await;
    assert_eq!(parts(last(&view)), ["Paclitaxel, weekly", "2026-05-26", ""], "not the end of another course");
    let view = chosen(clinic, &summary, "treatment", "chemo", &[]).await;
    assert_eq!(parts(last(&view)), ["", "", ""]);
    let view = chosen(clinic, &summary, "treatment", "her2-done", &[]).await;
    assert_eq!(value(last(&view), "drug"), "", "no course is named by two lines");
    // Changed by hand, the first course is free again.
    let first = view.chosen[0].key.clone();
    clinic.fill_slot(a_value(&summary, &first, "drug", "FEC")).await.unwrap();
    let view = chosen(clinic, &summary, "treatment", "immunotherapy", &[]).await;
    assert_eq!(parts(last(&view)), ["EC", "2026-03-10", "2026-05-05"]);
}

#[tokio::test]
async fn of_several_operations_a_person_picks() {
    let desk = a_clinic().await;
    let mut form = a_full_form();
    let again = TreatmentForm {
        kind: "surgery".into(),
        name: "Axillary clearance".into(),
        start: date(9, 6, 2026),
        end: TypedDate::default(),
    };
    form.treatments.push(again);
    let anna = register(&desk.clinic, form).await;
    let summary = a_summary(&desk.clinic, &anna).await.id.to_string();
    let view = chosen(&desk.clinic, &summary, "treatment", "clearance", &[]).await;
    assert_eq!((value(last(&view), "date"), offers(last(&view), "date")), ("", vec!["03-Feb-2026", "09-Jun-2026"]));
    let view = chosen(&desk.clinic, &summary, "treatment", "surgery-other", &[]).await;
    assert_eq!(value(last(&view), "name"), "Wide local excision", "it is named, so it is taken whole");
}

#[tokio::test]
async fn assessments_concerns_and_plans_are_offered() {
    let (desk, anna, summary) = a_draft().await;
    let clinic = &desk.clinic;
    for concerns in [["physical.pain", "physical.sex"], ["physical.pain", "physical.sleep"]] {
        let hna = clinic.start_hna(an_assessment(&anna)).await.unwrap().id.to_string();
        for concern in concerns {
            clinic.tick_concern(one_of(&hna, concern)).await.unwrap();
        }
        clinic.add_own_concern(AddOwnConcern { hna: hna.clone(), words: "Who walks the dog?".into() }).await.unwrap();
        if concerns[1] == "physical.sex" {
            let private = TalkPrivately { hna: hna.clone(), concern: "physical.sex".into(), wanted: true };
            clinic.talk_privately(private).await.unwrap();
        }
        clinic.complete_hna(CompleteHna { hna: hna.clone(), day: "14".into(), month: "7".into() }).await.unwrap();
        if concerns[1] == "physical.sleep" {
            let plan = clinic.start_care_plan(StartCarePlan { hna }).await.unwrap().id.to_string();
            clinic.lock_care_plan(a_lock(clinic, &plan).await).await.unwrap();
        }
        desk.room.clock.step(DAY);
    }
    let draft = clinic.start_hna(an_assessment(&anna)).await.unwrap().id.to_string();
    clinic.tick_concern(one_of(&draft, "practical.work")).await.unwrap();
    let view = chosen(clinic, &summary, "holistic", "hna-done", &[]).await;
    assert_eq!((value(last(&view), "date"), offers(last(&view), "date")), ("", vec!["24-Nov-2026", "23-Nov-2026"]));
    let view = chosen(clinic, &summary, "holistic", "concern", &[]).await;
    let offered = offers(last(&view), "concern");
    assert_eq!(offered.len(), 3, "each once, without what is private and what is not completed: {offered:?}");
    assert_eq!(offered[2], "Who walks the dog?");
    let view = chosen(clinic, &summary, "holistic", "plan-agreed", &[]).await;
    assert_eq!(value(last(&view), "date"), "2026-11-24");
}
