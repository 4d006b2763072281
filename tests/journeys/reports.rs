//! Reports: the cancer dataset in both forms against what was written by hand, what is refused or left out, the team's figures, and the
//! files they are saved in.

mod month;

use std::collections::BTreeSet;
use std::path::Path;

use clinic::*;
use domain::hna::HnaStatus;
use domain::id::HnaId;
use domain::op::Op;
use kit::appointment::one_of;
use kit::kept::details;
use kit::*;
use month::{Month, fixture};
use tempfile::TempDir;

use crate::{code, fault, faults, on_disk};

/// November 2026.
fn november() -> ReportPeriod {
    ReportPeriod { from: date(1, 11, 2026), to: date(30, 11, 2026) }
}

/// November as a file of this form and kind, which names nobody.
fn file(form: &str, format: &str) -> SaveReport {
    SaveReport {
        from: "2026-11-01".into(),
        to: "2026-11-30".into(),
        form: Some(form.into()),
        format: Some(format.into()),
        identified: false,
        passphrase: typed(""),
    }
}

/// The same with names, under Ruth's passphrase.
fn with_names(form: &str, format: &str) -> SaveReport {
    SaveReport { identified: true, passphrase: typed(RUTHS_PASSPHRASE), ..file(form, format) }
}

/// Saves it and reads it back.
async fn saved(clinic: &Clinic, request: SaveReport, folder: &Path) -> (String, String) {
    let saved = clinic.save_report_in(request, folder.to_owned()).await.unwrap();
    assert_eq!(saved.folder, folder.to_str().unwrap());
    let text = std::fs::read_to_string(folder.join(&saved.file)).unwrap();
    (saved.file, text)
}

#[tokio::test]
async fn a_month_of_the_team_yields_in_both_forms_what_was_written_by_hand() {
    let month = Month::played(&fixture("cosd-month.txt")).await;
    let (clinic, folder) = (&month.shift.clinic, TempDir::new().unwrap());
    for (form, fixed) in [("v9", "cosd-v9.csv"), ("joined", "cosd-joined.csv")] {
        let (name, csv) = saved(clinic, file(form, "csv"), folder.path()).await;
        assert_eq!(name, format!("cosd-{form}-2026-11-01-2026-11-30.csv"));
        let by_hand = fixture(fixed);
        assert_eq!(csv, by_hand.replace('\n', "\r\n"), "{form}");
        let (_, json) = saved(clinic, file(form, "json"), folder.path()).await;
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["form"], form);
        let head: Vec<&str> = by_hand.lines().next().unwrap().split(',').collect();
        let cells = |row: &serde_json::Value| -> Vec<String> {
            head.iter().map(|column| row[column].as_str().unwrap().to_owned()).collect()
        };
        let rows: Vec<String> = json["rows"].as_array().unwrap().iter().map(|row| cells(row).join(",")).collect();
        assert_eq!(rows, by_hand.lines().skip(1).collect::<Vec<_>>(), "the same rows as JSON");
    }

    let report = clinic.report_period(november()).await.unwrap();
    assert_eq!((report.rows.v9_count, report.rows.joined_count), (42, 29));
    assert_eq!((report.rows.v9.len(), report.rows.joined.len()), (20, 20), "the screen shows the first");
    let listed: Vec<_> = report
        .listed
        .iter()
        .map(|line| (line.banner.given.as_str(), line.fault.code(), line.event.code(), line.form, line.on.iso.as_str()))
        .collect();
    let left_out = [
        ("P18", "after_death", "hna_done", None, "2026-11-19"),
        ("P19", "duplicate", "hna_offered", None, "2026-11-20"),
    ];
    assert_eq!(listed, left_out);
    assert_eq!(details(&month.shift, "report_period"), ["2026-11-01 to 2026-11-30: v9 42, joined 29, listed 2"]);
    assert_eq!(
        details(&month.shift, "save_report"),
        [
            "v9 csv de-identified 2026-11-01 to 2026-11-30: 42 rows, 2 left out",
            "v9 json de-identified 2026-11-01 to 2026-11-30: 42 rows, 2 left out",
            "joined csv de-identified 2026-11-01 to 2026-11-30: 29 rows, 2 left out",
            "joined json de-identified 2026-11-01 to 2026-11-30: 29 rows, 2 left out",
        ]
    );

    // The month after begins where this one ended: a plan that was agreed then, and nothing of what was counted.
    let december = ReportPeriod { from: date(1, 12, 2026), to: date(31, 12, 2026) };
    let report = clinic.report_period(december).await.unwrap();
    let of = |lines: &[JoinedLine]| {
        lines.iter().map(|line| (line.on.iso.clone(), line.plan.map(|plan| plan.code()))).collect::<Vec<_>>()
    };
    assert_eq!(of(&report.rows.joined), [("2026-12-01".to_owned(), Some("03"))]);
    assert_eq!((report.rows.v9_count, report.listed.len()), (1, 0));

    // The figures of the same month. Where fewer than five were offered or done, the number is hidden.
    let report = clinic.report_period(november()).await.unwrap();
    let line = |point: Option<&str>| {
        let at = report.figures.points.iter().find(|at| at.point.map(|point| point.code()) == point).unwrap();
        (at.offered, at.completed, at.planned, at.without_concern)
    };
    assert_eq!(line(Some("initial_diagnosis")), (Some(5), None, None, None), "fewer than five were done");
    assert_eq!(line(Some("during_treatment")), (Some(6), None, None, None));
    assert_eq!(line(None), (None, None, None, None), "a total would tell what the hidden ones are together");
    let concerns: Vec<_> =
        report.figures.concerns.iter().map(|one| (one.text.as_str(), one.patients, one.median_change)).collect();
    assert_eq!(concerns, [("Pain", 14, None)]);
    let (_, csv) = saved(clinic, file("figures", "csv"), folder.path()).await;
    let lines: Vec<&str> = csv.lines().collect();
    for hidden in ["offered,all,hidden", "completed,all,hidden", "planned,during_treatment,hidden"] {
        assert!(lines.contains(&hidden), "{csv}");
    }
    let warned =
        "note,all,Do not subtract the figures of two periods from each other: the difference could name somebody.";
    assert_eq!(lines.last(), Some(&warned));
}

#[test]
fn every_value_of_every_item_stands_in_what_was_written_by_hand() {
    let column = |csv: &str, name: &str| -> BTreeSet<String> {
        let (head, rows) = csv.split_once('\n').unwrap();
        let place = head.split(',').position(|column| column == name).unwrap();
        rows.lines().map(|row| row.split(',').nth(place).unwrap().to_owned()).filter(|cell| !cell.is_empty()).collect()
    };
    let (v9, joined) = (fixture("cosd-v9.csv"), fixture("cosd-joined.csv"));
    let values = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<BTreeSet<_>>();
    let points = values(&["01", "02", "03", "04", "05", "06", "07", "08", "97"]);
    let roles = values(&["01", "02", "03", "04", "05", "06", "08", "09"]);
    let of_type = |kind: &str| {
        let rows = v9.lines().filter(|row| row.starts_with("row") || row.split(',').nth(1) == Some(kind));
        column(&rows.collect::<Vec<_>>().join("\n"), "offered")
    };
    assert_eq!(column(&v9, "event_type"), values(&["20", "24"]));
    assert_eq!(of_type("20"), values(&["01", "02", "03", "04", "05"]));
    assert_eq!(of_type("24"), values(&["01", "02", "03", "04", "05", "06"]));
    assert_eq!((column(&v9, "point_of_pathway"), column(&v9, "staff_role")), (points.clone(), roles.clone()));
    assert_eq!(column(&joined, "CR7900"), values(&["01", "02", "03", "04", "05"]));
    assert_eq!(column(&joined, "CR7920"), values(&["01", "02", "03", "04", "05", "06"]));
    assert_eq!(column(&joined, "CR7940"), points);
    assert_eq!((column(&joined, "CR7950"), column(&joined, "CR7960")), (roles.clone(), roles));
    assert_eq!(column(&joined, "CR8420").len(), 2);
    assert!(v9.lines().count() > 40, "at least forty events");
}

#[tokio::test]
async fn what_the_registry_had_to_clean_is_refused_where_it_is_entered() {
    let desk = a_clinic().await;
    let (clinic, anna) = (&desk.clinic, registered(&desk.clinic).await);
    // No point of the pathway, and no day.
    let blank = RecordOffer { point: None, on: TypedDate::default(), ..an_offer(anna) };
    let missing: Vec<_> = faults(clinic.record_offer(blank).await).into_iter().map(|(field, _)| field).collect();
    assert_eq!(missing, ["point", "on"]);
    let blank = StartHna { pathway_point: None, ..an_assessment(anna) };
    assert_eq!(faults(clinic.start_hna(blank).await), fault("pathway_point", "missing"));
    let no_day = RecordOffer { on: date(31, 2, 2026), ..an_offer(anna) };
    assert_eq!(faults(clinic.record_offer(no_day).await), fault("on", "not_a_date"));
    // A plan without a completed assessment, and an offer of one.
    let hna = clinic.start_hna(an_assessment(anna)).await.unwrap().id.to_string();
    clinic.tick_concern(one_of(&hna, "physical.pain")).await.unwrap();
    assert_eq!(code(clinic.start_care_plan(StartCarePlan { hna: hna.clone() }).await), Code::NothingToPlan);
    let (decision, reason) = (Some("declined".into()), String::new());
    let offer = RecordPlanOffer { hna, decision, reason, on: date(23, 11, 2026), again: false };
    assert_eq!(code(clinic.record_plan_offer(offer).await), Code::NothingToPlan);
    // A duplicate, unless somebody says that it is none.
    clinic.record_offer(an_offer(anna)).await.unwrap();
    assert_eq!(code(clinic.record_offer(an_offer(anna)).await), Code::DuplicateOffer);
    // After a death.
    let death = RecordDeath { sure: true, ..a_death(anna) };
    clinic.record_death(death).await.unwrap();
    let declined = RecordOffer { decision: Some("declined".into()), ..an_offer(anna) };
    assert_eq!(code(clinic.record_offer(declined).await), Code::AfterDeath);
}

#[tokio::test]
async fn a_planted_plan_without_an_assessment_is_listed_and_left_out() {
    let mut month = Month::played("2026-11-02 cns P01 assess other concerns\n2026-11-03 cns P01 agree-plan").await;
    let before = month.shift.clinic.report_period(november()).await.unwrap();
    assert_eq!((before.rows.v9_count, before.listed.len()), (2, 0));
    let by = month.nobody_known();
    let patient = month.patients["P01"];
    let hna = {
        let seen = month.shift.clinic.open_patient(OpenPatient { patient: patient.to_string() }).await.unwrap();
        HnaId::parse(&seen.hnas[0].id.to_string()).unwrap()
    };
    month
        .past_the_clinic(|store| {
            let found = store.hna(hna).unwrap().unwrap();
            let gone = domain::hna::Hna { status: HnaStatus::Discarded, ..found.hna };
            let from = Some(found.revision);
            store.write::<_, store::Error>(&by, Op::DiscardHna, |w| w.save_hna(&gone, from)).unwrap();
        })
        .await;
    let after = month.shift.clinic.report_period(november()).await.unwrap();
    let listed: Vec<_> = after.listed.iter().map(|line| (line.fault.code(), line.event.code())).collect();
    assert_eq!(listed, [("plan_without_hna", "plan_agreed")]);
    assert_eq!((after.rows.v9_count, after.rows.joined_count), (0, 0));
    let of_her = month.shift.clinic.read_cosd(ReadCosd { patient: patient.to_string() }).await.unwrap();
    assert_eq!((of_her.listed.len(), of_her.rows.v9_count), (1, 0), "on her own record too");
}

#[tokio::test]
async fn a_file_names_somebody_only_when_that_is_asked_for_under_the_passphrase() {
    let desk = a_clinic().await;
    let (clinic, folder) = (&desk.clinic, TempDir::new().unwrap());
    let form = PatientForm { family: "=HYPERLINK(\"x\",Łęcka)".into(), ..another_patient_form(7, "@Zofia", "") };
    let person = RegisterPatient { form, not_the_same: false };
    let zofia = clinic.register_patient(person).await.unwrap().banner.id;
    let reason = "+44 her own reason".to_owned();
    clinic.record_offer(RecordOffer { reason, ..an_offer(zofia) }).await.unwrap();
    let number = nhs_number(7);
    let telling = [number.as_str(), "TB-7", "Łęcka", "Zofia", "1956", "her own reason", &zofia.to_string()];

    for form in ["v9", "joined", "figures"] {
        for format in ["csv", "json"] {
            let (name, text) = saved(clinic, file(form, format), folder.path()).await;
            for told in telling {
                assert!(!text.contains(told) && !name.contains(told), "{told} in {form} as {format}");
            }
        }
    }
    let (name, text) = saved(clinic, with_names("v9", "csv"), folder.path()).await;
    assert_eq!(name, "cosd-v9-identified-2026-11-01-2026-11-30.csv");
    let expected = format!(
        "\u{feff}row,nhs_number,hospital_number,family,given,born,event_type,offered,date,point_of_pathway,staff_role\r\n\
         1,{number},TB-7,\"'=HYPERLINK(\"\"x\"\",Łęcka)\",\"'@Zofia\",1956-07-14,20,03,2026-11-23,01,01\r\n"
    );
    assert_eq!(text, expected);
    let (_, json) = saved(clinic, with_names("joined", "json"), folder.path()).await;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["identified"], &json["rows"][0]["given"]), (&true.into(), &"@Zofia".into()));
    // Whoever is named has a line of her own, by which she can be told who has it.
    let seen = clinic.open_patient(OpenPatient { patient: zofia.to_string() }).await.unwrap();
    assert_eq!(seen.looked.iter().filter(|look| look.op == "save_report").count(), 2);
    // Figures are of nobody, whatever is asked for.
    let (name, text) = saved(clinic, with_names("figures", "csv"), folder.path()).await;
    assert_eq!(name, "team-figures-2026-11-01-2026-11-30.csv", "the very same figures are not kept twice");
    assert!(text.starts_with("figure,of,number\r\noffered,initial_diagnosis,hidden\r\n"), "{text}");

    let before = on_disk(&desk).lines.len();
    let files = || std::fs::read_dir(folder.path()).unwrap().count();
    let there = files();
    let wrong = |passphrase: &str| SaveReport { passphrase: typed(passphrase), ..with_names("v9", "csv") };
    let save = |request| clinic.save_report_in(request, folder.path().to_owned());
    assert_eq!(faults(save(wrong("")).await), fault("passphrase", "missing"));
    assert_eq!(code(save(wrong(OMARS_PASSPHRASE)).await), Code::WrongPassphrase);
    assert_eq!(code(clinic.check_report(wrong(OMARS_PASSPHRASE)).await), Code::WrongPassphrase);
    let nothing = SaveReport { form: None, format: None, ..file("v9", "csv") };
    let chosen: Vec<_> = faults(save(nothing).await).into_iter().map(|(field, _)| field).collect();
    assert_eq!(chosen, ["form", "format"]);
    assert_eq!(
        code(clinic.save_report_in(file("v9", "csv"), folder.path().join("none")).await),
        Code::FolderUnwritable
    );
    assert_eq!((on_disk(&desk).lines.len(), files()), (before, there), "nothing was written, and nothing said to be");
}

#[tokio::test]
async fn a_period_is_two_days_in_their_order() {
    let desk = a_clinic().await;
    let asked = |from: TypedDate, to: TypedDate| desk.clinic.report_period(ReportPeriod { from, to });
    let none = TypedDate::default;
    let both = vec![("from".to_owned(), "missing".to_owned()), ("to".to_owned(), "missing".to_owned())];
    assert_eq!(faults(asked(none(), none()).await), both);
    assert_eq!(faults(asked(date(31, 11, 2026), date(30, 11, 2026)).await), fault("from", "not_a_date"));
    assert_eq!(faults(asked(date(2, 11, 2026), date(1, 11, 2026)).await), fault("to", "end_before_start"));
    let empty = asked(date(1, 11, 2026), date(1, 11, 2026)).await.unwrap();
    assert_eq!((empty.rows.v9_count, empty.listed.len(), empty.figures.points.len()), (0, 0, 1));
}

#[tokio::test]
async fn a_record_shows_what_it_yields_and_the_look_is_a_line() {
    let desk = a_clinic().await;
    let (clinic, anna) = (&desk.clinic, registered(&desk.clinic).await);
    clinic.record_offer(an_offer(anna)).await.unwrap();
    let hna = clinic.start_hna(an_assessment(anna)).await.unwrap().id.to_string();
    clinic.complete_hna(CompleteHna { hna, day: "14".into(), month: "7".into() }).await.unwrap();
    let view = clinic.read_cosd(ReadCosd { patient: anna.to_string() }).await.unwrap();
    let v9: Vec<_> = view.rows.v9.iter().map(|line| (line.kind.code(), line.offered.code(), line.role_code)).collect();
    assert_eq!(v9, [("20", "03", Some("01")), ("24", "06", Some("01"))]);
    let joined: Vec<_> =
        view.rows.joined.iter().map(|line| (line.plan.map(|plan| plan.code()), line.point_code)).collect();
    assert_eq!(joined, [(Some("06"), Some("01"))]);
    let seen = clinic.open_patient(OpenPatient { patient: anna.to_string() }).await.unwrap();
    assert_eq!(seen.looked.iter().filter(|look| look.op == "read_cosd").count(), 1);
    assert_eq!(code(clinic.read_cosd(ReadCosd { patient: "none".into() }).await), Code::Gone);
}
