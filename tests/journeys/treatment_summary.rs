//! The treatment summary, act by act: what is chosen and trimmed, what a signature needs, and what it leaves for ever.

use clinic::*;
use kit::appointment::begun;
use kit::clock::DAY;
use kit::kept::details;
use kit::summary::{BREAST, a_line, a_signature, a_summary, a_value, a_whole_summary, chosen, last, papers, value};
use kit::*;

use crate::{code, fault, faults, on_disk, problem};

/// A clinic and a summary of Anna's in which nothing is chosen.
async fn a_draft() -> (Shift, String) {
    let desk = a_clinic().await;
    let anna = registered(&desk.clinic).await.to_string();
    let summary = a_summary(&desk.clinic, &anna).await.id.to_string();
    (desk, summary)
}

/// A clinic with a summary that lacks nothing but a signature.
async fn a_whole_draft() -> (Shift, String) {
    let desk = a_clinic().await;
    let anna = registered(&desk.clinic).await.to_string();
    let summary = a_whole_summary(&desk.clinic, &anna).await.id.to_string();
    (desk, summary)
}

fn read(summary: &str, version: Option<u32>) -> ReadTreatmentSummary {
    ReadTreatmentSummary { summary: summary.into(), version }
}

fn drop_line(summary: &str, entry: &str) -> DropLine {
    DropLine { summary: summary.into(), entry: entry.into() }
}

fn amend(summary: &str, reason: &str) -> AmendTreatmentSummary {
    AmendTreatmentSummary { summary: summary.into(), reason: reason.into() }
}

fn own(summary: &str, entry: &str, words: [&str; 2]) -> WriteOwnLine {
    let [patient, gp] = words.map(str::to_owned);
    WriteOwnLine { summary: summary.into(), entry: entry.into(), urgent: false, patient, gp }
}

fn unfinished(view: &SummaryView) -> Vec<(&str, &str)> {
    view.unfinished.iter().map(|fault| (fault.field.as_str(), fault.reason.as_str())).collect()
}

#[tokio::test]
async fn nothing_is_chosen_at_the_start_and_a_draft_is_gone_on_with() {
    let desk = a_clinic().await;
    let clinic = &desk.clinic;
    let anna = registered(clinic).await.to_string();
    let first = a_summary(clinic, &anna).await;
    assert_eq!((first.status.code(), first.revision, first.version, first.chosen.len()), ("draft", 1, 0, 0));
    let needed: Vec<_> = unfinished(&first).into_iter().map(|(field, _)| field).collect();
    let sections = ["diagnosis", "aim", "treatment", "recurrence", "alerts", "contacts", "hospital-plan", "gp-actions"];
    assert_eq!(needed, sections.map(|key| format!("section-{key}")));
    let before = on_disk(&desk);
    let again = a_summary(clinic, &anna).await;
    assert_eq!((again.id, again.revision), (first.id, 1));
    let after = on_disk(&desk);
    assert_eq!(
        (after.lines.len(), after.revisions),
        (before.lines.len() + 1, before.revisions),
        "a look, no second one"
    );
    let start =
        |patient: &str, template: &str| StartTreatmentSummary { patient: patient.into(), template: template.into() };
    assert_eq!(code(clinic.start_treatment_summary(start(&anna, "breast")).await), Code::Gone);
    assert_eq!(code(clinic.start_treatment_summary(start(&first.id.to_string(), BREAST)).await), Code::Gone);
}

#[tokio::test]
async fn lines_are_filled_trimmed_and_worded_and_every_change_is_durable() {
    let (desk, summary) = a_draft().await;
    let clinic = &desk.clinic;
    let view = chosen(clinic, &summary, "diagnosis", "size", &[("mm", " 12.5 ")]).await;
    assert_eq!((last(&view).key.as_str(), last(&view).words_gp.as_str()), ("e-1", "Maximum size: 12.5 mm."));
    assert_eq!(faults(clinic.fill_slot(a_value(&summary, "e-1", "mm", "12.55")).await), fault("e-1-mm", "number_form"));
    let view = clinic.fill_slot(a_value(&summary, "e-1", "mm", "")).await.unwrap();
    assert_eq!(
        (value(last(&view), "mm"), last(&view).words.as_str()),
        ("", "The cancer measured [Size in mm] mm across.")
    );
    let view = clinic.add_own_line(AddOwnLine { summary: summary.clone(), section: "alerts".into() }).await.unwrap();
    assert_eq!((view.own[0].key.as_str(), view.own[0].section.as_str()), ("own-2", "alerts"));
    let view = clinic.write_own_line(own(&summary, "own-2", [" Your  drain leaks. ", "Drain leak."])).await.unwrap();
    assert_eq!((view.own[0].patient.as_str(), view.own[0].gp.as_str()), ("Your drain leaks.", "Drain leak."));
    let long = "a".repeat(201);
    assert_eq!(
        faults(clinic.write_own_line(own(&summary, "own-2", ["a", &long])).await),
        fault("own-2-gp", "too_long")
    );
    let view = clinic.drop_line(drop_line(&summary, "e-1")).await.unwrap();
    assert_eq!((view.chosen.len(), view.own.len(), view.revision), (0, 1, 7));
    for problem in [
        code(clinic.drop_line(drop_line(&summary, "e-1")).await),
        code(clinic.choose_line(a_line(&summary, "diagnosis", "weather")).await),
        code(clinic.fill_slot(a_value(&summary, "e-9", "mm", "1")).await),
        code(clinic.add_own_line(AddOwnLine { summary: summary.clone(), section: "weather".into() }).await),
        code(clinic.write_own_line(own(&summary, "own-9", ["a", "b"])).await),
        code(clinic.read_treatment_summary(read(&summary, Some(1))).await),
        code(clinic.choose_line(a_line(&desk.ruth, "diagnosis", "size")).await),
    ] {
        assert_eq!(problem, Code::Gone);
    }
    let shown = serde_json::to_value(clinic.read_treatment_summary(read(&summary, None)).await.unwrap()).unwrap();
    clinic.close().await;
    let reopened = desk.unlock().await;
    let again = serde_json::to_value(reopened.read_treatment_summary(read(&summary, None)).await.unwrap()).unwrap();
    assert_eq!(again, shown);
}

#[tokio::test]
async fn a_change_that_changes_nothing_is_no_revision() {
    let (desk, summary) = a_draft().await;
    let clinic = &desk.clinic;
    chosen(clinic, &summary, "diagnosis", "genes", &[("result", "No change")]).await;
    clinic.add_own_line(AddOwnLine { summary: summary.clone(), section: "alerts".into() }).await.unwrap();
    let before = on_disk(&desk).lines;
    let views = [
        clinic.choose_line(a_line(&summary, "diagnosis", "genes")).await.unwrap(),
        clinic.fill_slot(a_value(&summary, "e-1", "result", " No  change ")).await.unwrap(),
        clinic.write_own_line(own(&summary, "own-2", ["", " "])).await.unwrap(),
    ];
    assert!(views.iter().all(|view| view.revision == 4));
    assert_eq!(on_disk(&desk).lines, before);
}

#[tokio::test]
async fn a_signature_is_refused_with_everything_that_is_missing_by_name() {
    let (desk, summary) = a_draft().await;
    let clinic = &desk.clinic;
    chosen(clinic, &summary, "alerts", "spine", &[]).await;
    chosen(clinic, &summary, "diagnosis", "invasive", &[]).await;
    for _ in 0..2 {
        chosen(clinic, &summary, "treatment", "chemo-cycles", &[("given", "6"), ("planned", "6")]).await;
    }
    clinic.add_own_line(AddOwnLine { summary: summary.clone(), section: "sr1".into() }).await.unwrap();
    let view = clinic.write_own_line(own(&summary, "own-5", ["Only hers", ""])).await.unwrap();
    let missing = [
        ("e-2-side", "missing"),
        ("section-aim", "section_needed"),
        ("e-4", "twice"),
        ("section-recurrence", "section_needed"),
        ("e-1", "with_unmet"),
        ("section-contacts", "section_needed"),
        ("section-hospital-plan", "section_needed"),
        ("section-gp-actions", "section_needed"),
        ("own-5-gp", "missing"),
    ];
    assert_eq!(unfinished(&view), missing);
    let sign = a_signature(clinic, &summary).await;
    let before = on_disk(&desk).lines;
    let refused = faults(clinic.sign_treatment_summary(sign).await);
    assert_eq!(refused, missing.map(|(field, reason)| (field.to_owned(), reason.to_owned())));
    assert_eq!(on_disk(&desk).lines, before);
}

#[tokio::test]
async fn a_signature_needs_the_birthday_and_the_passphrase_again() {
    let (desk, summary) = a_whole_draft().await;
    let clinic = &desk.clinic;
    let revision = a_signature(clinic, &summary).await.revision;
    let before = on_disk(&desk).lines;
    let sign = |day: &str, month: &str, passphrase: &str| {
        let [summary, day, month] = [&summary, day, month].map(str::to_owned);
        SignTreatmentSummary { summary, revision, day, month, passphrase: typed(passphrase) }
    };
    for (day, month) in [("15", "7"), ("7", "14"), ("", "")] {
        let wrong = sign(day, month, RUTHS_PASSPHRASE);
        assert_eq!(code(clinic.sign_treatment_summary(wrong).await), Code::IdentityDiffers);
    }
    let wrong = sign("14", "7", OMARS_PASSPHRASE);
    assert_eq!(code(clinic.sign_treatment_summary(wrong).await), Code::WrongPassphrase);
    let missing = faults(clinic.sign_treatment_summary(sign("14", "7", "")).await);
    assert_eq!(missing, fault("passphrase", "missing"));
    assert_eq!(on_disk(&desk).lines, before);
    clinic.sign_treatment_summary(a_signature(clinic, &summary).await).await.unwrap();
}

#[tokio::test]
async fn a_summary_that_is_no_longer_the_one_that_was_read_is_not_signed() {
    let (desk, summary) = a_whole_draft().await;
    let clinic = &desk.clinic;
    let read = a_signature(clinic, &summary).await;
    let section = AddOwnLine { summary: summary.clone(), section: "sr1".into() };
    let entry = clinic.add_own_line(section).await.unwrap().own[0].key.clone();
    clinic.drop_line(drop_line(&summary, &entry)).await.unwrap();
    let before = on_disk(&desk).lines;
    assert_eq!(code(clinic.sign_treatment_summary(read).await), Code::ChangedMeanwhile);
    assert_eq!(on_disk(&desk).lines, before);
    assert_eq!(clinic.sign_treatment_summary(a_signature(clinic, &summary).await).await.unwrap().version, 1);
}

#[tokio::test]
async fn a_signed_version_stays_with_its_paper_while_the_summary_goes_on() {
    let (desk, summary) = a_whole_draft().await;
    let clinic = &desk.clinic;
    desk.room.clock.step(1000);
    let one = clinic.sign_treatment_summary(a_signature(clinic, &summary).await).await.unwrap();
    assert_eq!((one.status.code(), one.version, one.shown_version, one.unfinished.len()), ("signed", 1, None, 0));
    let signed = one.signed.as_ref().unwrap();
    assert_eq!((signed.name.as_str(), signed.at.ms), ("Ruth Invented", desk.room.clock.now()));
    assert!(one.chosen.iter().flat_map(|entry| &entry.slots).all(|slot| slot.offers.is_empty()));
    let paper = papers(&desk, &summary, 1);
    assert!(paper.iter().all(|pdf| pdf.starts_with(b"%PDF-")) && paper[0] != paper[1]);

    for reason in ["", " "] {
        assert_eq!(faults(clinic.amend_treatment_summary(amend(&summary, reason)).await), fault("reason", "missing"));
    }
    let open = clinic.amend_treatment_summary(amend(&summary, " The side  was wrong ")).await.unwrap();
    assert_eq!((open.status.code(), open.amend_reason.as_deref()), ("draft", Some("The side was wrong")));
    assert_eq!(code(clinic.amend_treatment_summary(amend(&summary, "Again")).await), Code::ChangedMeanwhile);
    clinic.fill_slot(a_value(&summary, "e-1", "side", "right")).await.unwrap();
    desk.room.clock.step(DAY);
    let two = clinic.sign_treatment_summary(a_signature(clinic, &summary).await).await.unwrap();
    assert_eq!((two.version, two.amend_reason.is_none()), (2, true));
    let versions: Vec<_> = two.versions.iter().map(|line| (line.version, line.signed.at.ms)).collect();
    assert_eq!(versions, [(2, desk.room.clock.now()), (1, signed.at.ms)]);

    let first = clinic.read_treatment_summary(read(&summary, Some(1))).await.unwrap();
    assert_eq!((first.shown_version, first.version, first.chosen[0].slots[0].value.as_str()), (Some(1), 2, "left"));
    assert_eq!(first.signed.unwrap().at.ms, signed.at.ms);
    let now = clinic.read_treatment_summary(read(&summary, None)).await.unwrap();
    assert_eq!((now.shown_version, now.chosen[0].slots[0].value.as_str()), (None, "right"));
    assert_eq!(code(clinic.read_treatment_summary(read(&summary, Some(3))).await), Code::Gone);
    assert_eq!(papers(&desk, &summary, 1), paper, "byte for byte");
    assert!(papers(&desk, &summary, 2).iter().zip(&paper).all(|(two, one)| two != one));

    assert_eq!(details(&desk, "sign_treatment_summary"), ["version 1", "version 2"]);
    assert_eq!(details(&desk, "amend_treatment_summary"), ["version 1"]);
    // As it stands before each signature, then what was asked for.
    assert_eq!(details(&desk, "read_treatment_summary"), ["", "", "version 1", ""]);
}

#[tokio::test]
async fn a_signed_summary_is_closed_to_every_act_and_sends_once() {
    let (desk, summary) = a_whole_draft().await;
    let clinic = &desk.clinic;
    let sendings =
        |desk: &Shift| on_disk(desk).lines.into_iter().filter(|(_, line)| line.starts_with("sending|")).count();
    assert_eq!(sendings(&desk), 1, "the registration; a draft is not sent");
    clinic.sign_treatment_summary(a_signature(clinic, &summary).await).await.unwrap();
    assert_eq!(sendings(&desk), 2);
    let sign_again = a_signature(clinic, &summary).await;
    let before = on_disk(&desk).lines;
    let codes = [
        code(clinic.choose_line(a_line(&summary, "diagnosis", "size")).await),
        code(clinic.drop_line(drop_line(&summary, "e-1")).await),
        code(clinic.fill_slot(a_value(&summary, "e-1", "side", "right")).await),
        code(clinic.add_own_line(AddOwnLine { summary: summary.clone(), section: "alerts".into() }).await),
        code(clinic.write_own_line(own(&summary, "own-1", ["a", "b"])).await),
        code(clinic.sign_treatment_summary(sign_again).await),
    ];
    assert_eq!(codes, [Code::SummarySigned; 6]);
    assert_eq!(on_disk(&desk).lines, before, "a refused act leaves nothing");
    // Treatment goes on one day: a signed summary does not stand in the way of the next.
    let patient = clinic.read_treatment_summary(read(&summary, None)).await.unwrap().patient.to_string();
    let next = a_summary(clinic, &patient).await;
    assert_ne!(next.id.to_string(), summary);
    let seen = clinic.open_patient(OpenPatient { patient }).await.unwrap();
    let lines: Vec<_> =
        seen.summaries.iter().map(|line| (line.status.code(), line.version, line.title.as_str())).collect();
    assert_eq!(lines, [("draft", 0, "Breast cancer"), ("signed", 1, "Breast cancer")]);
    let today = clinic.today().await.unwrap();
    let work: Vec<_> = begun(today).into_iter().map(|item| (item.kind.code(), item.record)).collect();
    assert_eq!(work, [("draft_summary", next.id.to_string())]);
}

#[tokio::test]
async fn a_character_that_cannot_be_printed_is_named_with_its_place() {
    let (desk, summary) = a_whole_draft().await;
    let clinic = &desk.clinic;
    let entry = last(&chosen(clinic, &summary, "diagnosis", "type-other", &[("type", "Ductal 漢")]).await).key.clone();
    let sign = a_signature(clinic, &summary).await;
    let before = on_disk(&desk).lines;
    let refused = problem(clinic.sign_treatment_summary(sign).await);
    assert_eq!((refused.code, refused.character.as_deref()), (Code::NoGlyph, Some("漢")));
    assert_eq!(
        (refused.fields[0].field.as_str(), refused.fields[0].reason.as_str()),
        (&*format!("{entry}-type"), "no_glyph")
    );
    assert_eq!(on_disk(&desk).lines, before);
    clinic.fill_slot(a_value(&summary, &entry, "type", "£ ’ é ŵ ŷ ł")).await.unwrap();
    clinic.sign_treatment_summary(a_signature(clinic, &summary).await).await.unwrap();
}

#[tokio::test]
async fn training_signs_without_a_passphrase() {
    let room = Room::new();
    let clinic = room.house().open_training().await.unwrap();
    let found = clinic.today().await.unwrap().recent;
    let patient = &found.first().expect("somebody in training").clone();
    let summary = a_whole_summary(&clinic, &patient.id.to_string()).await.id.to_string();
    let (_, month_and_day) = patient.born.iso.split_once('-').unwrap();
    let (month, day) = month_and_day.split_once('-').unwrap();
    let sign = SignTreatmentSummary {
        day: day.into(),
        month: month.into(),
        passphrase: typed(""),
        ..a_signature(&clinic, &summary).await
    };
    assert_eq!(clinic.sign_treatment_summary(sign).await.unwrap().version, 1);
}
