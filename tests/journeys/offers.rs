//! Offers of an assessment: what is kept of each, when one is due; and what a death stops.

use clinic::*;
use domain::id::StaffId;
use domain::op::Op;
use domain::staff::{By, Role};
use kit::appointment::a_lock;
use kit::clock::DAY;
use kit::kept;
use kit::room::unlock;
use kit::summary::{a_signature, a_whole_summary};
use kit::*;
use store::Store;

use crate::{code, fault, faults, on_disk};

async fn a_clinic_with_anna() -> (Shift, String) {
    let desk = a_clinic().await;
    let anna = registered(&desk.clinic).await.to_string();
    (desk, anna)
}

async fn seen(clinic: &Clinic, patient: &str) -> Overview {
    clinic.open_patient(OpenPatient { patient: patient.to_owned() }).await.unwrap()
}

/// Point, decision, day, reason and who offered of each line.
fn lines(view: &Overview) -> Vec<(&'static str, &'static str, &str, Option<&str>, &str)> {
    let line = |line: &'_ OfferLine| (line.point.code(), line.decision.code());
    view.offers
        .iter()
        .map(|one| {
            let (point, decision) = line(one);
            (point, decision, one.on.iso.as_str(), one.reason.as_deref(), one.by.name.as_str())
        })
        .collect()
}

fn back(patient: &str) -> TakeBackDeath {
    TakeBackDeath { patient: patient.to_owned(), reason: "Somebody else of that name".into() }
}

#[tokio::test]
async fn each_offer_is_a_line_of_its_own_and_the_first_stays_when_a_later_one_follows() {
    let (desk, anna) = a_clinic_with_anna().await;
    desk.clinic.add_nurse(a_colleague()).await.unwrap();
    let first = RecordOffer { decision: Some("undecided".into()), on: date(20, 1, 2026), ..an_offer(&anna) };
    desk.clinic.record_offer(first).await.unwrap();
    let omar = desk.clinic.list_staff().await.unwrap()[1].id.to_string();
    desk.clinic.close().await;
    let clinic = unlock(&desk.house, &omar, OMARS_PASSPHRASE).await.unwrap();
    let unable = RecordOffer { decision: Some("unable".into()), reason: " Too  unwell ".into(), ..an_offer(&anna) };
    let view = clinic.record_offer(unable).await.unwrap();
    let expected = [
        ("initial_diagnosis", "unable", "2026-11-23", Some("Too unwell"), "Omar Imagined"),
        ("initial_diagnosis", "undecided", "2026-01-20", None, "Ruth Invented"),
    ];
    assert_eq!(lines(&view), expected);
    assert_eq!(
        view.offers.iter().map(|one| one.by.role.code()).collect::<Vec<_>>(),
        ["other_nurse", "cancer_nurse_specialist"]
    );
    clinic.close().await;
    let again = desk.unlock().await;
    assert_eq!(lines(&seen(&again, &anna).await), expected, "after the next start");
    again.close().await;
}

#[tokio::test]
async fn what_is_missing_or_cannot_be_is_named_and_nothing_is_kept() {
    let (desk, anna) = a_clinic_with_anna().await;
    let clinic = &desk.clinic;
    let before = on_disk(&desk).lines;
    let nothing =
        RecordOffer { point: None, decision: Some("perhaps".into()), on: TypedDate::default(), ..an_offer(&anna) };
    let missing = ["point", "decision", "on"].map(|field| (field.to_owned(), "missing".to_owned()));
    assert_eq!(faults(clinic.record_offer(nothing).await), missing);
    for decision in ["not_offered", "unable"] {
        let without = RecordOffer { decision: Some(decision.into()), ..an_offer(&anna) };
        assert_eq!(faults(clinic.record_offer(without).await), fault("reason", "missing"), "{decision}");
    }
    for (on, reason) in [
        (date(24, 11, 2026), "in_future"),
        (date(13, 7, 1956), "before_birth"),
        (date(31, 2, 2026), "not_a_date"),
        (TypedDate { year: "26".into(), ..date(1, 2, 2026) }, "not_a_date"),
    ] {
        assert_eq!(faults(clinic.record_offer(RecordOffer { on, ..an_offer(&anna) }).await), fault("on", reason));
    }
    let nobody = "00000000-0000-4000-8000-000000000000";
    assert_eq!(code(clinic.record_offer(an_offer(nobody)).await), Code::Gone);
    assert_eq!(on_disk(&desk).lines, before);
}

#[tokio::test]
async fn the_same_offer_twice_is_asked_about_before_it_is_kept() {
    let (desk, anna) = a_clinic_with_anna().await;
    let clinic = &desk.clinic;
    clinic.record_offer(an_offer(&anna)).await.unwrap();
    let before = on_disk(&desk).lines;
    let twice = RecordOffer { reason: "Asked again".into(), ..an_offer(&anna) };
    assert_eq!(code(clinic.record_offer(twice).await), Code::DuplicateOffer);
    assert_eq!(on_disk(&desk).lines, before);
    let view = clinic.record_offer(RecordOffer { again: true, ..an_offer(&anna) }).await.unwrap();
    assert_eq!(view.offers.len(), 2);
    for other in [
        RecordOffer { decision: Some("declined".into()), ..an_offer(&anna) },
        RecordOffer { point: Some("other".into()), ..an_offer(&anna) },
        RecordOffer { on: date(22, 11, 2026), ..an_offer(&anna) },
    ] {
        clinic.record_offer(other).await.unwrap();
    }
}

#[tokio::test]
async fn a_mistaken_offer_stays_with_its_reason_and_counts_no_more() {
    let (desk, anna) = a_clinic_with_anna().await;
    let clinic = &desk.clinic;
    assert!(seen(clinic, &anna).await.offer_due.is_some());
    let during = RecordOffer { point: Some("end_of_treatment".into()), ..an_offer(&anna) };
    let view = clinic.record_offer(during).await.unwrap();
    assert!(view.offer_due.is_none());
    let offer = view.offers[0].id.to_string();
    let mark = |reason: &str| MarkOfferMistaken { offer: offer.clone(), reason: reason.into() };
    assert_eq!(faults(clinic.mark_offer_mistaken(mark(" ")).await), fault("reason", "missing"));
    let view = clinic.mark_offer_mistaken(mark("Meant for Mei")).await.unwrap();
    let mistaken = view.offers[0].mistaken.as_ref().unwrap();
    assert_eq!((mistaken.reason.as_str(), mistaken.by.name.as_str()), ("Meant for Mei", "Ruth Invented"));
    assert_eq!(view.offers[0].decision.code(), "accepted", "what was said is still there");
    assert!(view.offer_due.is_some(), "it is due again");
    assert_eq!(code(clinic.mark_offer_mistaken(mark("Again")).await), Code::ChangedMeanwhile);
    let revisions = on_disk(&desk).lines.iter().filter(|(_, line)| line.contains(&format!("|offer|{offer}|"))).count();
    assert_eq!(revisions, 2 + 2 + 2, "two revisions, each with its audit line and its sending");
    let same = RecordOffer { point: Some("end_of_treatment".into()), ..an_offer(&anna) };
    clinic.record_offer(same).await.unwrap();
}

/// The point that is due and since when.
async fn due(clinic: &Clinic, patient: &str) -> Option<(&'static str, String)> {
    seen(clinic, patient).await.offer_due.map(|due| (due.point.code(), due.since.iso))
}

#[tokio::test]
async fn an_offer_is_due_at_diagnosis_during_and_after_treatment_by_the_dates() {
    let desk = a_clinic().await;
    let clinic = &desk.clinic;
    let form = |treatments| PatientForm { treatments, ..another_patient_form(3, "Mei", "Pretend") };
    let register = RegisterPatient { form: form(Vec::new()), not_the_same: false };
    let view = clinic.register_patient(register).await.unwrap();
    let mei = view.banner.id.to_string();
    let point = |point: &str| RecordOffer { point: Some(point.into()), ..an_offer(&mei) };
    assert_eq!(due(clinic, &mei).await, Some(("initial_diagnosis", "2026-01-19".to_owned())));
    clinic.record_offer(point("initial_diagnosis")).await.unwrap();
    assert_eq!(due(clinic, &mei).await, None);

    let drugs = |end| TreatmentForm { kind: "sact".into(), name: "EC-T".into(), start: date(2, 11, 2026), end };
    let correct = |revision, end| CorrectPatient { patient: mei.clone(), revision, form: form(vec![drugs(end)]) };
    let view = clinic.correct_patient(correct(view.revision, TypedDate::default())).await.unwrap();
    assert_eq!(due(clinic, &mei).await, Some(("during_treatment", "2026-11-02".to_owned())));
    let hna = StartHna { pathway_point: Some("during_treatment".into()), ..an_assessment(&mei) };
    let hna = clinic.start_hna(hna).await.unwrap().id.to_string();
    assert_eq!(due(clinic, &mei).await, None, "an assessment at this point was offered");
    clinic.discard_hna(DiscardHna { hna, reason: "Wrong patient".into() }).await.unwrap();
    assert_eq!(due(clinic, &mei).await, Some(("during_treatment", "2026-11-02".to_owned())));
    clinic.record_offer(point("start_of_treatment")).await.unwrap();
    assert_eq!(due(clinic, &mei).await, None);

    clinic.correct_patient(correct(view.revision, date(24, 11, 2026))).await.unwrap();
    assert_eq!(due(clinic, &mei).await, None, "tomorrow it ends");
    desk.room.clock.step(2 * DAY);
    assert_eq!(due(clinic, &mei).await, Some(("end_of_treatment", "2026-11-24".to_owned())));
    clinic.record_offer(point("end_of_treatment")).await.unwrap();
    assert_eq!(due(clinic, &mei).await, None);
}

#[tokio::test]
async fn somebody_of_no_known_role_records_neither_offer_nor_death() {
    let (desk, anna) = a_clinic_with_anna().await;
    desk.clinic.close().await;
    let mut ids = 0u8;
    let keys = kept::keys(&kept::key(&desk.room, &desk.ruth, RUTHS_PASSPHRASE));
    let database = desk.room.profile().join("clinic.db");
    let mut store = Store::open(
        &database,
        keys,
        Box::new(move || {
            ids += 1;
            Some([ids; 16])
        }),
    )
    .unwrap();
    let mut ruth = store.staff(StaffId::parse(&desk.ruth).unwrap()).unwrap().unwrap();
    ruth.role = Role::NotKnown;
    let by =
        By { staff: ruth.id, name: ruth.name.clone(), role: ruth.role, key_holder: true, at: 1, pc: String::new() };
    store.write::<_, store::Error>(&by, Op::AddNurse, |w| w.save_staff(&ruth)).unwrap();
    store.close().unwrap();
    let clinic = desk.unlock().await;
    assert_eq!(code(clinic.record_offer(an_offer(&anna)).await), Code::NotAllowed);
    assert_eq!(code(clinic.record_death(a_death(&anna)).await), Code::NotAllowed);
    assert_eq!(code(clinic.take_back_death(back(&anna)).await), Code::NotAllowed);
    clinic.close().await;
}

#[tokio::test]
async fn a_death_stops_prompts_and_refuses_whatever_would_be_dated_after_it() {
    let (desk, anna) = a_clinic_with_anna().await;
    let clinic = &desk.clinic;
    desk.room.clock.step(DAY);
    let started = clinic.start_hna(an_assessment(&anna)).await.unwrap().id.to_string();
    desk.room.clock.step(DAY);
    let died = RecordDeath { died: date(24, 11, 2026), ..a_death(&anna) };
    let view = clinic.record_death(died).await.unwrap();
    assert_eq!(view.banner.died.as_ref().map(|day| day.iso.as_str()), Some("2026-11-24"));
    assert!(view.offer_due.is_none());
    let before = on_disk(&desk).lines;
    assert_eq!(
        code(clinic.record_offer(RecordOffer { on: date(25, 11, 2026), ..an_offer(&anna) }).await),
        Code::AfterDeath
    );
    assert_eq!(code(clinic.start_hna(an_assessment(&anna)).await), Code::AfterDeath);
    let end = CompleteHna { hna: started.clone(), day: "14".into(), month: "7".into() };
    assert_eq!(code(clinic.complete_hna(end).await), Code::AfterDeath);
    let template = summary::BREAST.to_owned();
    let summary = StartTreatmentSummary { patient: anna.clone(), template };
    assert_eq!(code(clinic.start_treatment_summary(summary).await), Code::AfterDeath);
    assert_eq!(on_disk(&desk).lines, before);
    let view = clinic.record_offer(RecordOffer { on: date(24, 11, 2026), ..an_offer(&anna) }).await.unwrap();
    assert_eq!(view.offers.len(), 1, "an offer of before may still be written down");
    clinic.discard_hna(DiscardHna { hna: started, reason: "She died before it was finished".into() }).await.unwrap();
}

#[tokio::test]
async fn what_was_answered_on_paper_before_a_death_is_still_entered_after_it() {
    let (desk, anna) = a_clinic_with_anna().await;
    let clinic = &desk.clinic;
    clinic.record_death(a_death(&anna)).await.unwrap();
    let paper =
        |day| StartHna { method: Some("paper".into()), answered_on: Some(date(day, 11, 2026)), ..an_assessment(&anna) };
    assert_eq!(code(clinic.start_hna(paper(21)).await), Code::AfterDeath);
    let hna = clinic.start_hna(paper(20)).await.unwrap().id.to_string();
    let end = CompleteHna { hna, day: "14".into(), month: "7".into() };
    assert_eq!(clinic.complete_hna(end).await.unwrap().status.code(), "completed");
    assert_eq!(seen(clinic, &anna).await.hnas.len(), 1);
}

#[tokio::test]
async fn after_a_death_no_plan_is_started_locked_or_opened_again_and_no_summary_signed_or_amended() {
    let (desk, anna) = a_clinic_with_anna().await;
    let clinic = &desk.clinic;
    let locked = crate::care_plan::assessed(clinic, &anna).await;
    let locked = clinic.start_care_plan(StartCarePlan { hna: locked }).await.unwrap().id.to_string();
    clinic.lock_care_plan(a_lock(clinic, &locked).await).await.unwrap();
    let draft = crate::care_plan::assessed(clinic, &anna).await;
    let draft = clinic.start_care_plan(StartCarePlan { hna: draft }).await.unwrap().id.to_string();
    let unplanned = crate::care_plan::assessed(clinic, &anna).await;
    let signed = a_whole_summary(clinic, &anna).await.id.to_string();
    clinic.sign_treatment_summary(a_signature(clinic, &signed).await).await.unwrap();
    let unsigned = a_whole_summary(clinic, &anna).await.id.to_string();
    desk.room.clock.step(2 * DAY);
    let kinds = |today: Today| today.work.iter().map(|item| item.kind.code()).collect::<Vec<_>>();
    let waiting = kinds(clinic.today().await.unwrap());
    assert!(
        ["draft_plan", "hna_without_plan", "draft_summary"].iter().all(|kind| waiting.contains(kind)),
        "{waiting:?}"
    );
    let view = clinic.record_death(RecordDeath { died: date(24, 11, 2026), ..a_death(&anna) }).await.unwrap();
    assert!(view.hnas.iter().all(|hna| !hna.waits_for_plan));
    assert_eq!(kinds(clinic.today().await.unwrap()), Vec::<&str>::new(), "nobody can end them any more");
    let (lock, sign) = (a_lock(clinic, &draft).await, a_signature(clinic, &unsigned).await);
    let before = on_disk(&desk).lines;
    assert_eq!(code(clinic.start_care_plan(StartCarePlan { hna: unplanned }).await), Code::AfterDeath);
    assert_eq!(code(clinic.lock_care_plan(lock).await), Code::AfterDeath);
    let open = UnlockCarePlan { plan: locked, reason: "The clinic closed".into() };
    assert_eq!(code(clinic.unlock_care_plan(open).await), Code::AfterDeath);
    assert_eq!(code(clinic.sign_treatment_summary(sign).await), Code::AfterDeath);
    let amend = AmendTreatmentSummary { summary: signed, reason: "A new date".into() };
    assert_eq!(code(clinic.amend_treatment_summary(amend).await), Code::AfterDeath);
    assert_eq!(on_disk(&desk).lines, before);
}

#[tokio::test]
async fn a_death_is_recorded_for_the_patient_whose_birthday_was_typed_and_on_a_day_that_can_be() {
    let (desk, anna) = a_clinic_with_anna().await;
    let clinic = &desk.clinic;
    let before = on_disk(&desk).lines;
    assert_eq!(
        code(clinic.record_death(RecordDeath { day: "15".into(), ..a_death(&anna) }).await),
        Code::IdentityDiffers
    );
    for (died, reason) in [
        (TypedDate::default(), "missing"),
        (date(24, 11, 2026), "in_future"),
        (date(13, 7, 1956), "before_birth"),
        (date(31, 11, 2026), "not_a_date"),
    ] {
        assert_eq!(faults(clinic.record_death(RecordDeath { died, ..a_death(&anna) }).await), fault("died", reason));
    }
    assert_eq!(on_disk(&desk).lines, before);
    clinic.record_death(a_death(&anna)).await.unwrap();
    assert_eq!(code(clinic.record_death(a_death(&anna)).await), Code::ChangedMeanwhile, "a colleague was faster");
}

#[tokio::test]
async fn a_death_before_something_that_is_in_the_record_is_asked_about() {
    let (desk, anna) = a_clinic_with_anna().await;
    let clinic = &desk.clinic;
    let hna = clinic.start_hna(an_assessment(&anna)).await.unwrap().id.to_string();
    assert_eq!(code(clinic.record_death(a_death(&anna)).await), Code::EventsAfterDeath, "an assessment");
    clinic.discard_hna(DiscardHna { hna, reason: "Somebody else".into() }).await.unwrap();
    let view = clinic.record_offer(an_offer(&anna)).await.unwrap();
    let before = on_disk(&desk).lines;
    assert_eq!(code(clinic.record_death(a_death(&anna)).await), Code::EventsAfterDeath, "an offer");
    assert_eq!(on_disk(&desk).lines, before);
    let sure = clinic.record_death(RecordDeath { sure: true, ..a_death(&anna) }).await.unwrap();
    assert_eq!((sure.banner.died.is_some(), sure.offers.len()), (true, 1), "what is in the record stays");
    clinic.take_back_death(back(&anna)).await.unwrap();
    let mark = MarkOfferMistaken { offer: view.offers[0].id.to_string(), reason: "Somebody else".into() };
    clinic.mark_offer_mistaken(mark).await.unwrap();
    clinic.record_death(a_death(&anna)).await.unwrap();
}

#[tokio::test]
async fn a_wrong_death_is_taken_back_with_a_reason_and_the_record_goes_on() {
    let (desk, anna) = a_clinic_with_anna().await;
    let clinic = &desk.clinic;
    assert_eq!(code(clinic.take_back_death(back(&anna)).await), Code::ChangedMeanwhile);
    let born = seen(clinic, &anna).await.banner.age;
    let view = clinic.record_death(a_death(&anna)).await.unwrap();
    assert_eq!(view.banner.age, born);
    let without = TakeBackDeath { reason: "  ".into(), ..back(&anna) };
    assert_eq!(faults(clinic.take_back_death(without).await), fault("reason", "missing"));
    let view = clinic.take_back_death(back(&anna)).await.unwrap();
    assert!(view.banner.died.is_none() && view.offer_due.is_some());
    assert_eq!(view.death_taken_back.as_deref(), Some("Somebody else of that name"));
    clinic.start_hna(an_assessment(&anna)).await.unwrap();
    let looked: Vec<_> = view.looked.iter().take(2).map(|look| look.op.as_str()).collect();
    assert_eq!(looked, ["take_back_death", "record_death"]);
    let lines = on_disk(&desk).lines;
    let typed = |line: &str| line.starts_with("audit|") && line.contains("Somebody");
    assert!(!lines.iter().any(|(_, line)| typed(line)), "the audit holds codes only");
}

#[tokio::test]
async fn correcting_the_details_leaves_a_death_as_it_is() {
    let (desk, anna) = a_clinic_with_anna().await;
    let clinic = &desk.clinic;
    let revision = clinic.record_death(a_death(&anna)).await.unwrap().revision;
    let correct = |form| CorrectPatient { patient: anna.clone(), revision, form };
    let later = PatientForm {
        born: date(21, 11, 2026),
        diagnosed: TypedDate::default(),
        treatments: Vec::new(),
        ..a_patient_form()
    };
    assert_eq!(faults(clinic.correct_patient(correct(later)).await), fault("born", "after_death"));
    let moved = PatientForm { postcode: "ZZ99 3VZ".into(), ..a_patient_form() };
    let view = clinic.correct_patient(correct(moved)).await.unwrap();
    assert_eq!(view.banner.died.map(|day| day.iso), Some("2026-11-20".to_owned()));
    let found = clinic
        .find_patients(FindPatients { born: date(14, 7, 1956), family: "Invented".into(), ..a_search() })
        .await
        .unwrap();
    assert!(found.people[0].banner.died.is_some(), "a list says it too");
}

#[tokio::test]
async fn everything_of_offers_and_deaths_goes_to_the_trust() {
    let (desk, anna) = a_clinic_with_anna().await;
    let clinic = &desk.clinic;
    let offer = clinic.record_offer(an_offer(&anna)).await.unwrap().offers[0].id.to_string();
    clinic.mark_offer_mistaken(MarkOfferMistaken { offer, reason: "Twice".into() }).await.unwrap();
    clinic.record_death(a_death(&anna)).await.unwrap();
    clinic.take_back_death(back(&anna)).await.unwrap();
    let lines = on_disk(&desk).lines;
    let kinds: Vec<_> = lines.iter().filter_map(|(_, line)| line.strip_prefix("sending|")?.split('|').nth(3)).collect();
    assert_eq!(kinds, ["patient", "offer", "offer", "patient", "patient"]);
}
