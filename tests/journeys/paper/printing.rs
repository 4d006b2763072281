//! Printing on a real queue whose printer is the test.

use super::*;

#[tokio::test]
async fn what_is_printed_is_the_stored_file_to_the_byte() {
    let printers = PrintRoom::new();
    let desk = a_clinic_with(&printers).await;
    let plan = a_plan(&desk.clinic).await;
    lock(&desk.clinic, &plan).await;
    let names: Vec<_> = desk.clinic.list_printers().await.unwrap().printers.into_iter().map(|one| one.name).collect();
    assert_eq!(names, [QUEUE]);
    let printed = desk.clinic.print_paper(print(&plan, QUEUE)).await.unwrap();
    assert_eq!((printed.printer.as_str(), printed.at.ms), (QUEUE, desk.room.clock.now()));
    let document = printers.printed();
    assert!(document.starts_with(b"%PDF-") && document == kept::paper(&desk, &plan, 1, Copy::Patient).pdf);
    assert_eq!(details(&desk, "print_paper"), ["care_plan version 1 to room3"]);
    window::until("the job's title", || {
        (printers.titles() == [format!("care-plan-{}-v1-2026-11-23.pdf", &plan[..6])]).then_some(())
    });
}

#[tokio::test]
async fn a_summary_goes_out_as_two_copies_each_the_stored_one() {
    let printers = PrintRoom::new();
    let desk = a_clinic_with(&printers).await;
    let clinic = &desk.clinic;
    fs::create_dir(desk.room.documents()).unwrap();
    let anna = registered(clinic).await.to_string();
    let summary = a_whole_summary(clinic, &anna).await.id.to_string();
    clinic.sign_treatment_summary(a_signature(clinic, &summary).await).await.unwrap();
    let start = &summary[..6];
    for (kind, copy, file, points) in [
        ("summary_patient", Copy::Patient, format!("treatment-summary-patient-{start}-v1-2026-11-23.pdf"), 18),
        ("summary_gp", Copy::Gp, format!("treatment-summary-gp-{start}-v1-2026-11-23.pdf"), 12),
    ] {
        let paper = PaperOf { kind: kind.into(), record: summary.clone(), version: None, patient: None };
        let shown = clinic.preview_paper(paper.clone()).await.unwrap();
        assert_eq!((shown.version, shown.points, &shown.file), (Some(1), points, &file));
        let kept = kept::paper(&desk, &summary, 1, copy).pdf;
        let request = SavePaper { paper: paper.clone(), day: "14".into(), month: "Jul".into() };
        let saved = clinic.save_paper(request).await.unwrap();
        assert_eq!(saved.file, file);
        assert!(fs::read(desk.room.documents().join(file)).unwrap() == kept);
        let request = PrintPaper { paper, day: "14".into(), month: "07".into(), printer: QUEUE.into() };
        clinic.print_paper(request).await.unwrap();
        assert!(printers.printed() == kept);
    }
    let printed = ["summary_patient version 1 to room3", "summary_gp version 1 to room3"];
    assert_eq!(details(&desk, "print_paper"), printed);
}

#[tokio::test]
async fn a_draft_is_printed_as_it_stands_and_says_so() {
    let printers = PrintRoom::new();
    let desk = a_clinic_with(&printers).await;
    let plan = a_plan(&desk.clinic).await;
    desk.clinic.print_paper(print(&plan, QUEUE)).await.unwrap();
    assert!(printers.printed().starts_with(b"%PDF-"));
    assert_eq!(details(&desk, "print_paper"), ["care_plan draft to room3"]);
}

#[tokio::test]
async fn the_configured_printer_comes_first_and_no_printer_is_no_fault() {
    let printers = PrintRoom::new();
    printers.add_queue("another");
    let room = Room::new().with_print_server(&printers.server(), LONG);
    let desk = a_clinic_in(room.configured(r#"{"paper":{"printer":"room3"}}"#)).await;
    let list = |printers: Printers| printers.printers.into_iter().map(|it| (it.name, it.default)).collect::<Vec<_>>();
    let expected = [(QUEUE.to_owned(), true), ("another".to_owned(), false)];
    assert_eq!(list(desk.clinic.list_printers().await.unwrap()), expected);
    let desk = a_clinic().await;
    assert_eq!(list(desk.clinic.list_printers().await.unwrap()), [], "this PC has no print server");
}

#[tokio::test]
async fn a_stopped_queue_takes_the_job_and_nobody_is_told_that_it_is_printed() {
    let printers = PrintRoom::new();
    let desk = a_clinic_with(&printers).await;
    let plan = a_plan(&desk.clinic).await;
    printers.stop_queue();
    assert_eq!(code(desk.clinic.print_paper(print(&plan, QUEUE)).await), Code::PrinterPaused);
    assert!(printers.is_quiet());
    assert_eq!(details(&desk, "print_paper"), ["care_plan draft to room3", "care_plan draft to room3: printer_paused"]);
    printers.start_queue();
    assert!(printers.printed().starts_with(b"%PDF-"), "it waited");
}

#[tokio::test]
async fn each_fault_of_a_printer_has_its_own_message_and_nothing_is_printed() {
    let mut printers = PrintRoom::new();
    let desk = a_clinic_with(&printers).await;
    let plan = a_plan(&desk.clinic).await;
    assert_eq!(code(desk.clinic.print_paper(print(&plan, "nowhere")).await), Code::NoPrinter);
    assert_eq!(code(desk.clinic.print_paper(print(&plan, "-o")).await), Code::NoPrinter);
    printers.refuse_jobs();
    assert_eq!(code(desk.clinic.print_paper(print(&plan, QUEUE)).await), Code::NotPrinted);
    printers.end_daemon();
    assert_eq!(code(desk.clinic.print_paper(print(&plan, QUEUE)).await), Code::NoPrinter);
    assert!(desk.clinic.list_printers().await.unwrap().printers.is_empty());
    assert!(printers.is_quiet() && printers.titles().is_empty());
    assert_eq!(details(&desk, "print_paper"), ["care_plan draft to room3", "care_plan draft to room3: not_printed"]);
}

#[tokio::test]
async fn a_print_system_that_never_answers_does_not_hold_the_app() {
    let mut printers = PrintRoom::new();
    let room = Room::new().with_print_server(&printers.server(), Duration::from_millis(200));
    let desk = a_clinic_in(room).await;
    let plan = a_plan(&desk.clinic).await;
    let _silent = printers.hang();
    assert_eq!(code(desk.clinic.list_printers().await), Code::NotPrinted);
    assert_eq!(code(desk.clinic.print_paper(print(&plan, QUEUE)).await), Code::NotPrinted);
    assert!(details(&desk, "print_paper").is_empty(), "it never came to a queue");
    let left: Vec<_> = window::descendants_of(std::process::id())
        .into_iter()
        .filter(|child| fs::read_to_string(format!("/proc/{child}/comm")).is_ok_and(|name| name.trim() == "lpstat"))
        .filter(|child| of_this_room(*child, &printers))
        .collect();
    assert!(left.is_empty(), "still asking: {left:?}");
}

#[tokio::test]
async fn a_document_whose_taking_nobody_confirms_may_have_been_printed() {
    let printers = PrintRoom::new();
    let answers = printers.answers_until_the_document();
    // Longer than any answer takes, and waited for once in full.
    let room = Room::new().with_print_server(answers.server(), Duration::from_secs(5));
    let desk = a_clinic_in(room).await;
    let plan = a_plan(&desk.clinic).await;
    assert_eq!(code(desk.clinic.print_paper(print(&plan, QUEUE)).await), Code::MaybePrinted);
    assert!(printers.printed().starts_with(b"%PDF-"), "it was");
    assert_eq!(details(&desk, "print_paper"), ["care_plan draft to room3", "care_plan draft to room3: maybe_printed"]);
}

/// Whether a process was told of this room.
fn of_this_room(process: u32, printers: &PrintRoom) -> bool {
    let told = fs::read(format!("/proc/{process}/environ")).unwrap_or_default();
    String::from_utf8_lossy(&told).contains(&printers.server())
}
