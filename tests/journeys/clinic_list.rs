//! The clinic list of a day: entered, or taken in from a file; whose its rows are; how far each person is; and what is not taken.

use std::fs;
use std::path::PathBuf;

use clinic::*;
use kit::appointment::{a_lock, one_of};
use kit::clock::DAY;
use kit::kept::{details, on_disk};
use kit::*;

use crate::{code, fault, faults};

const HEADER: &str = "Date,Time,NHS No.,Surname,Forename,DOB,Clinic,Reason";

/// A row of Monday's list at this time.
fn row(time: &str, number: u32, family: &str, given: &str) -> String {
    format!("23/11/2026,{time},{},{family},{given},14/07/1956,Colorectal,First assessment", nhs_number(number))
}

fn file(desk: &Shift, bytes: &[u8]) -> PathBuf {
    let file = desk.room.profile().with_file_name("monday.csv");
    fs::write(&file, bytes).unwrap();
    file
}

async fn take_in(desk: &Shift, rows: &[String]) -> TakenList {
    let text = format!("{HEADER}\r\n{}\r\n", rows.join("\r\n"));
    desk.clinic.take_in_clinic_list(file(desk, text.as_bytes())).await.unwrap()
}

fn added(taken: &TakenList) -> Vec<(String, usize)> {
    taken.added.iter().map(|one| (one.day.iso.clone(), one.count)).collect()
}

async fn list(clinic: &Clinic) -> Vec<ListLine> {
    clinic.today().await.unwrap().list
}

/// Time, state and whether it is next.
async fn states(clinic: &Clinic) -> Vec<(String, &'static str, bool)> {
    list(clinic).await.into_iter().map(|line| (line.time, line.state.code(), line.next)).collect()
}

fn a_visit(on: &str, time: &str) -> ClinicVisitForm {
    ClinicVisitForm {
        on: on.into(),
        time: time.into(),
        clinic: "Colorectal".into(),
        reason: "Review".into(),
        nurse: "Ruth Invented".into(),
    }
}

#[tokio::test]
async fn a_list_is_taken_in_by_time_and_the_same_file_again_adds_nothing() {
    let desk = a_clinic().await;
    let rows = [row("1020", 1, "INVENTED", "Anna"), row("09:40", 3, "Newcomer", "Nadia")];
    let taken = take_in(&desk, &rows).await;
    assert_eq!((added(&taken), taken.already_here, taken.refused_count), (vec![("2026-11-23".into(), 2)], 0, 0));
    let today = desk.clinic.today().await.unwrap();
    assert_eq!(today.list.iter().map(|line| line.time.as_str()).collect::<Vec<_>>(), ["09:40", "10:20"]);
    let from = today.list_file.unwrap();
    assert_eq!((from.file.as_str(), from.at.time.as_str()), ("monday.csv", "09:12"));
    assert_eq!((today.list[0].clinic.as_str(), today.list[0].reason.as_str()), ("Colorectal", "First assessment"));
    let again = take_in(&desk, &[rows[0].to_lowercase(), rows[1].clone(), rows[1].clone()]).await;
    assert_eq!(
        (added(&again), again.already_here),
        (vec![], 3),
        "letters are no other row, nor is one that comes twice"
    );
    assert_eq!(list(&desk.clinic).await.len(), 2);
    let noted = details(&desk, "take_in_clinic_list");
    assert_eq!(noted.last().map(String::as_str), Some("added 0, here 3, off 0, refused 0"));
    let sent = on_disk(&desk).lines.into_iter().any(|(_, line)| line.starts_with("sending|"));
    assert!(!sent, "it comes from the trust, and is not sent");
}

#[tokio::test]
async fn a_row_is_a_patients_only_by_number_family_name_and_birth_date_together() {
    let desk = a_clinic().await;
    take_in(
        &desk,
        &[row("0900", 1, "INVENTED", "A."), row("0910", 1, "Otherwise", "Anna"), row("0920", 2, "Invented", "Anna")],
    )
    .await;
    assert!(list(&desk.clinic).await.iter().all(|line| line.state.code() == "not_here" && line.banner.is_none()));
    let given = list(&desk.clinic).await.remove(0).given.unwrap();
    assert_eq!((given.family.as_str(), given.born.unwrap().short.as_str()), ("INVENTED", "14-Jul-1956"));
    assert_eq!(given.nhs_number.unwrap().replace(' ', ""), nhs_number(1).replace(' ', ""));
    let anna = registered(&desk.clinic).await;
    let seen = list(&desk.clinic).await;
    let states: Vec<_> =
        seen.iter().map(|line| (line.state.code(), line.banner.as_ref().map(|banner| banner.id))).collect();
    assert_eq!(
        states,
        [("not_started", Some(anna)), ("differs", None), ("not_here", None)],
        "the given name is not compared"
    );
    // Whose a row is goes by what is recorded now.
    let view = desk.clinic.open_patient(OpenPatient { patient: anna.to_string() }).await.unwrap();
    let form = PatientForm { family: "Otherwise".into(), ..view.form };
    let corrected = CorrectPatient { patient: anna.to_string(), revision: view.revision, form };
    desk.clinic.correct_patient(corrected).await.unwrap();
    assert_eq!(
        list(&desk.clinic).await.iter().map(|line| line.state.code()).collect::<Vec<_>>(),
        ["differs", "not_started", "not_here"]
    );
}

#[tokio::test]
async fn the_list_says_how_far_each_person_is_and_who_is_next() {
    let desk = a_clinic().await;
    let clinic = &desk.clinic;
    let anna = registered(clinic).await.to_string();
    let form = another_patient_form(2, "Mei", "Invented");
    let mei =
        clinic.register_patient(RegisterPatient { form, not_the_same: true }).await.unwrap().banner.id.to_string();
    take_in(
        &desk,
        &[row("0930", 1, "Invented", "Anna"), row("1000", 2, "Invented", "Mei"), row("1030", 3, "Newcomer", "Nadia")],
    )
    .await;
    let similar: Vec<_> = list(clinic).await.into_iter().map(|line| line.similar).collect();
    assert_eq!(similar, [true, true, false]);
    let expect = async |anna: &'static str, next: &'static str| {
        let lines = list(clinic).await;
        assert_eq!(lines[0].state.code(), anna);
        assert_eq!(lines.iter().find(|line| line.next).map(|line| line.time.as_str()), Some(next));
        lines.into_iter().next().unwrap()
    };
    expect("not_started", "09:30").await;
    let hna = clinic.start_hna(an_assessment(&anna)).await.unwrap().id.to_string();
    let begun = expect("begun", "09:30").await.goes_on.unwrap();
    assert_eq!((begun.kind, begun.record.as_str()), (WorkKind::DraftHna, hna.as_str()));
    clinic.tick_concern(one_of(&hna, "physical.sleep")).await.unwrap();
    clinic.complete_hna(CompleteHna { hna: hna.clone(), day: "14".into(), month: "7".into() }).await.unwrap();
    assert_eq!(expect("begun", "10:00").await.goes_on.unwrap().kind, WorkKind::HnaWithoutPlan);
    let plan = clinic.start_care_plan(StartCarePlan { hna }).await.unwrap().id.to_string();
    assert_eq!(expect("begun", "10:00").await.goes_on.unwrap().record, plan);
    clinic.lock_care_plan(a_lock(clinic, &plan).await).await.unwrap();
    assert_eq!(expect("agreed", "10:00").await.plan.unwrap().id.to_string(), plan);
    // Without concerns no plan is forced, and she has been seen.
    let none = clinic.start_hna(an_assessment(&mei)).await.unwrap().id.to_string();
    clinic.complete_hna(CompleteHna { hna: none, day: "14".into(), month: "7".into() }).await.unwrap();
    assert_eq!(states(clinic).await[1], ("10:00".into(), "assessed", false));
    // A day later the list is another one; the plan of the day before is no longer today's.
    desk.room.clock.step(DAY);
    assert!(list(clinic).await.is_empty());
    clinic.add_clinic_visit(AddClinicVisit { patient: anna, form: a_visit("24-Nov-2026", "9.15") }).await.unwrap();
    let line = list(clinic).await.remove(0);
    assert_eq!((line.state.code(), line.plan.unwrap().signed.date.as_str()), ("not_started", "23-Nov-2026"));
    assert!(line.former, "there is a record to open before another assessment");
}

#[tokio::test]
async fn whoever_has_work_of_another_day_is_to_be_seen_and_an_offer_of_today_is_being_seen() {
    let desk = a_clinic().await;
    let clinic = &desk.clinic;
    let anna = registered(clinic).await.to_string();
    let form = another_patient_form(2, "Mei", "Pretend");
    let mei =
        clinic.register_patient(RegisterPatient { form, not_the_same: true }).await.unwrap().banner.id.to_string();
    let hna = clinic.start_hna(an_assessment(&anna)).await.unwrap().id.to_string();
    clinic.tick_concern(one_of(&hna, "physical.sleep")).await.unwrap();
    clinic.complete_hna(CompleteHna { hna, day: "14".into(), month: "7".into() }).await.unwrap();
    desk.room.clock.step(DAY);
    for (patient, time) in [(&anna, "09:30"), (&mei, "10:00")] {
        let add = AddClinicVisit { patient: patient.clone(), form: a_visit("24-Nov-2026", time) };
        clinic.add_clinic_visit(add).await.unwrap();
    }
    let seen = async || list(clinic).await.into_iter().map(|line| (line.state.code(), line.next, line.former));
    assert!(seen().await.eq([("begun", true, true), ("not_started", false, false)]), "it was begun yesterday");
    let offer = RecordOffer { decision: Some("declined".into()), on: date(24, 11, 2026), ..an_offer(&anna) };
    let view = clinic.record_offer(offer).await.unwrap();
    assert!(seen().await.eq([("begun", false, true), ("not_started", true, false)]));
    let mistaken = MarkOfferMistaken { offer: view.offers[0].id.to_string(), reason: "Meant for Mei".into() };
    clinic.mark_offer_mistaken(mistaken).await.unwrap();
    assert!(seen().await.eq([("begun", true, true), ("not_started", false, false)]), "it never was");
    let yesterday = RecordOffer { decision: Some("declined".into()), ..an_offer(&mei) };
    clinic.record_offer(yesterday).await.unwrap();
    let today = RecordOffer { decision: Some("declined".into()), on: date(24, 11, 2026), ..an_offer(&anna) };
    clinic.record_offer(today).await.unwrap();
    assert!(seen().await.eq([("begun", false, true), ("not_started", true, false)]), "an offer of yesterday");
    clinic.start_hna(an_assessment(&anna)).await.unwrap();
    assert!(seen().await.eq([("begun", true, true), ("not_started", false, false)]), "an assessment goes on");
}

#[tokio::test]
async fn talks_of_today_stand_among_the_others_by_time() {
    let desk = a_clinic().await;
    let anna = registered(&desk.clinic).await.to_string();
    take_in(&desk, &[row("0930", 3, "Newcomer", "Nadia"), row("1030", 4, "Otherwise", "Olu")]).await;
    let form = |on: &str| AppointmentForm {
        on: on.into(),
        time: "10:00".into(),
        channel: Some("telephone".into()),
        place: String::new(),
        with_whom: "Ruth Invented".into(),
    };
    for on in ["23-Nov-2026", "24-Nov-2026"] {
        let book = BookAppointment { patient: anna.clone(), hna: None, form: form(on) };
        desk.clinic.book_appointment(book).await.unwrap();
    }
    let seen = list(&desk.clinic).await;
    let times: Vec<_> = seen.iter().map(|line| (line.time.as_str(), line.source.code())).collect();
    assert_eq!(times, [("09:30", "imported"), ("10:00", "appointment"), ("10:30", "imported")]);
    assert_eq!(
        (seen[1].channel.map(|channel| channel.code()), seen[1].nurse.as_str()),
        (Some("telephone"), "Ruth Invented")
    );
    assert!(seen[1].next, "she is the first who is here");
}

#[tokio::test]
async fn a_patient_is_put_on_a_list_by_hand_once_at_a_time_and_taken_off() {
    let desk = a_clinic().await;
    let anna = registered(&desk.clinic).await.to_string();
    let add = |form| desk.clinic.add_clinic_visit(AddClinicVisit { patient: anna.clone(), form });
    assert_eq!(faults(add(a_visit("22-Nov-2026", "09:40")).await), fault("on", "in_past"));
    assert_eq!(faults(add(a_visit("", "")).await).len(), 2);
    let view = add(a_visit("23-Nov-2026", "09:40")).await.unwrap();
    assert_eq!(
        (view.banner.unwrap().id.to_string(), view.source.code(), view.given.is_none()),
        (anna.clone(), "entered", true)
    );
    assert_eq!(faults(add(a_visit("23-Nov-2026", "0940")).await), fault("time", "already_there"));
    assert_eq!(list(&desk.clinic).await[0].nurse, "Ruth Invented");
    let off = || desk.clinic.take_off_clinic_visit(TakeOffClinicVisit { visit: view.id.to_string() });
    assert!(off().await.unwrap().taken_off);
    assert_eq!(code(off().await), Code::ChangedMeanwhile);
    assert!(list(&desk.clinic).await.is_empty());
    let back = || desk.clinic.put_back_clinic_visit(PutBackClinicVisit { visit: view.id.to_string() });
    assert!(!back().await.unwrap().taken_off);
    assert_eq!(list(&desk.clinic).await.len(), 1);
    assert_eq!(code(back().await), Code::ChangedMeanwhile);
    off().await.unwrap();
    add(a_visit("23-Nov-2026", "09:40")).await.unwrap();
    assert_eq!(code(back().await), Code::ChangedMeanwhile, "somebody is on it once at a time");
    desk.clinic.record_death(a_death(&anna)).await.unwrap();
    assert_eq!(states(&desk.clinic).await, [("09:40".to_owned(), "died", false)]);
    assert_eq!(code(add(a_visit("24-Nov-2026", "09:40")).await), Code::AfterDeath);
    assert_eq!(code(back().await), Code::AfterDeath);
}

#[tokio::test]
async fn a_row_that_was_taken_off_does_not_come_back_with_its_file_but_is_named_and_put_back_by_hand() {
    let desk = a_clinic().await;
    let rows = [row("0930", 3, "Newcomer", "Nadia"), row("1030", 4, "Otherwise", "Olu")];
    take_in(&desk, &rows).await;
    let visit = list(&desk.clinic).await[0].record.clone();
    let seen = desk.clinic.read_clinic_visit(ReadClinicVisit { visit: visit.clone() }).await.unwrap();
    assert_eq!((seen.file.as_str(), seen.by.as_str(), seen.banner.is_none()), ("monday.csv", "Ruth Invented", true));
    desk.clinic.take_off_clinic_visit(TakeOffClinicVisit { visit: visit.clone() }).await.unwrap();
    let again = take_in(&desk, &[rows[0].clone(), rows[1].clone(), rows[0].to_uppercase()]).await;
    assert_eq!((added(&again), again.already_here, again.stay_off_count), (vec![], 1, 1), "one person is one");
    let off = &again.stay_off[0];
    assert_eq!(
        (off.visit.to_string(), off.family.as_str(), off.day.iso.as_str(), off.time.as_str()),
        (visit.clone(), "Newcomer", "2026-11-23", "09:30")
    );
    assert_eq!(
        details(&desk, "take_in_clinic_list").last().map(String::as_str),
        Some("added 0, here 1, off 1, refused 0")
    );
    assert_eq!(list(&desk.clinic).await.len(), 1);
    let back = PutBackClinicVisit { visit: visit.clone() };
    assert!(!desk.clinic.put_back_clinic_visit(back).await.unwrap().taken_off);
    assert_eq!(details(&desk, "put_back_clinic_visit").len(), 1);
    assert_eq!(list(&desk.clinic).await[0].record, visit);
    let last = take_in(&desk, &rows).await;
    assert_eq!((last.already_here, last.stay_off_count), (2, 0));
}

#[tokio::test]
async fn marks_that_are_not_closed_put_nobody_into_somebody_elses_row() {
    let desk = a_clinic().await;
    let between = row("0945", 3, "Newcomer", "Nadia");
    for (first, second) in [("\"Review", "\"Review"), ("\"Review", "\"")] {
        let with =
            |time, number, family, reason: &str| row(time, number, family, "Anna").replace("First assessment", reason);
        let rows = [with("0930", 1, "Invented", first), between.clone(), with("1030", 4, "Otherwise", second)];
        let taken = take_in(&desk, &rows).await;
        assert_eq!((taken.fault.map(|fault| fault.code()), taken.line), (Some("open_quote"), Some(2)));
        assert!(taken.refused.is_empty() && list(&desk.clinic).await.is_empty());
    }
}

#[tokio::test]
async fn every_row_that_is_not_taken_is_named_and_the_others_do_not_wait_for_it() {
    let desk = a_clinic().await;
    let good = row("0930", 3, "Newcomer", "Nadia");
    let with = |from: &str, to: &str| good.replace(from, to);
    let rows = [
        good.clone(),
        with("23/11/2026", "31/11/2026"),
        with("23/11/2026", "22/11/2026"),
        with("0930", "25:30"),
        with("14/07/1956", "14/07/56"),
        with("14/07/1956", "14/07/2027"),
        with(&nhs_number(3), "999 000 0019"),
        with("Newcomer", ""),
        with("Nadia", &"x".repeat(201)),
        with(",Colorectal", ""),
        with("Newcomer", "New\"comer"),
        with("0930", "").replace("Nadia", ""),
        with("0930", "0945"),
    ];
    let taken = take_in(&desk, &rows).await;
    let refused: Vec<_> =
        taken.refused.iter().map(|row| (row.line, row.column.map(|c| c.code()), row.reason.as_str())).collect();
    assert_eq!(
        refused,
        [
            (3, Some("on"), "day_form"),
            (4, Some("on"), "in_past"),
            (5, Some("time"), "time_form"),
            (6, Some("born"), "not_a_date"),
            (7, Some("born"), "in_future"),
            (8, Some("nhs_number"), "nhs_number_failed_check"),
            (9, Some("family"), "missing"),
            (10, Some("given"), "too_long"),
            (11, None, "cells"),
            (12, None, "cells"),
            (13, Some("time"), "missing"),
            (13, Some("given"), "missing"),
        ]
    );
    assert_eq!((added(&taken), taken.refused_count), (vec![("2026-11-23".into(), 2)], 11));
}

#[tokio::test]
async fn a_file_that_cannot_be_read_adds_nothing_and_says_why_and_where() {
    let desk = a_clinic().await;
    let good = row("0930", 3, "Newcomer", "Nadia");
    let fault_of = async |bytes: &[u8]| {
        let taken = desk.clinic.take_in_clinic_list(file(&desk, bytes)).await.unwrap();
        assert!(taken.added.is_empty() && taken.refused.is_empty());
        (taken.fault.unwrap().code(), taken.line)
    };
    let text = format!("{HEADER}\n{good}\n");
    let latin = [text.as_bytes(), &text.as_bytes()[..20], b"Zo\xeb\n"].concat();
    assert_eq!(fault_of(&latin).await, ("encoding", Some(3)));
    assert_eq!(fault_of(b"").await, ("empty", None));
    assert_eq!(fault_of(HEADER.as_bytes()).await, ("no_rows", None));
    assert_eq!(fault_of(text.replace("DOB", "Colour").as_bytes()).await, ("missing_column", Some(1)));
    assert_eq!(fault_of(text.replace("Clinic,", "Surname,").as_bytes()).await, ("column_twice", Some(1)));
    assert_eq!(fault_of(text.replace("Newcomer", "\"Newcomer").as_bytes()).await, ("open_quote", Some(2)));
    let many = format!("{HEADER}\n{}", format!("{good}\n").repeat(10_001));
    assert_eq!(fault_of(many.as_bytes()).await, ("too_many_rows", None));
    assert_eq!(fault_of(&vec![b' '; 9 * 1024 * 1024]).await, ("too_large", None));
    let folder = desk.clinic.take_in_clinic_list(desk.room.profile().to_owned()).await.unwrap();
    assert_eq!(folder.fault.map(|fault| fault.code()), Some("unreadable"));
    assert!(list(&desk.clinic).await.is_empty());
    assert_eq!(details(&desk, "take_in_clinic_list").first().map(String::as_str), Some("refused encoding"));
}

#[tokio::test]
async fn ten_thousand_rows_are_taken_in_one_act_and_only_today_is_shown() {
    let desk = a_clinic().await;
    let row = |n: u32| {
        let (day, hour, minute) = (23 + n / 2_000, 8 + n % 10, n % 60);
        format!("{day}/11/2026,{hour:02}:{minute:02},,Newcomer{n},Nadia,14/07/1956,Colorectal,")
    };
    let rows: Vec<_> = (0..10_000).map(row).collect();
    let taken = take_in(&desk, &rows).await;
    assert_eq!(added(&taken).iter().map(|(_, count)| *count).collect::<Vec<_>>(), [2_000; 5]);
    let today = list(&desk.clinic).await;
    assert_eq!(today.len(), 2_000);
    assert!(today.iter().all(|line| line.state.code() == "not_here" && !line.similar));
}
