//! The copies of records, read back from the PDF: everything is there, in its order, on every page said whose it is.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod kit;

use std::path::PathBuf;
use std::process::Command;

use documents::*;
use domain::action::{ActionKind, NewAction, OwnerKind};
use domain::care_plan::{CarePlan, NothingAgreed};
use domain::hna::{Answer, ConcernKey};
use domain::patient::Patient;
use domain::summary_template::Copy;
use kit::records::*;
use kit::{scratch, squeezed};

fn file(name: &str, document: &Document) -> PathBuf {
    let path = scratch(&format!("{name}.pdf"));
    std::fs::write(&path, pdf(&lay_out(document).unwrap()).unwrap()).unwrap();
    path
}

/// What pdftotext reads, page by page.
fn pages(name: &str, document: &Document, arguments: &[&str]) -> Vec<String> {
    let output = Command::new("pdftotext").args(arguments).arg(file(name, document)).arg("-").output().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap().replace('\u{a0}', " ");
    text.trim_end_matches('\u{c}').split('\u{c}').map(str::to_owned).collect()
}

/// The whole text with white space as single spaces.
fn read(name: &str, document: &Document) -> String {
    squeezed(&pages(name, document, &["-raw"]).join(" "))
}

fn locked(plan: CarePlan) -> CarePlan {
    plan.lock(&ruth()).unwrap()
}

fn golden(name: &str, document: &Document, golden: &str) {
    let now = pages(name, document, &["-layout"]).join("\u{c}\n");
    if now != golden {
        let path = scratch(&format!("{name}.txt"));
        std::fs::write(&path, &now).unwrap();
        panic!("{name} reads otherwise; look at it, then copy {}", path.display());
    }
}

#[test]
fn the_copies_read_as_they_did() {
    let (patient, contact, template) = (samuel(), contact(), template());
    let about = about(&patient, Some(&contact));
    let signed = summary(&template).sign(&template, &ruth()).unwrap();
    golden(
        "copy-care-plan",
        &care_plan(&locked(plan()), ASSESSED, &about).unwrap(),
        include_str!("golden/copy-care-plan.txt"),
    );
    golden(
        "copy-summary-patient",
        &treatment_summary(&signed, &template, Copy::Patient, &about).unwrap(),
        include_str!("golden/copy-summary-patient.txt"),
    );
    golden(
        "copy-summary-gp",
        &treatment_summary(&signed, &template, Copy::Gp, &about).unwrap(),
        include_str!("golden/copy-summary-gp.txt"),
    );
}

#[test]
fn nothing_of_a_plan_is_left_out() {
    let (patient, contact) = (samuel(), contact());
    let plan = locked(long_plan());
    assert_eq!((plan.concerns.len(), plan.actions().count()), (7, 20));
    let text = read("whole-plan", &care_plan(&plan, ASSESSED, &about(&patient, Some(&contact))).unwrap());
    for concern in &plan.concerns {
        assert!(text.contains(&concern.text) && text.contains(&squeezed(&concern.matters)), "{}", concern.text);
        if let Answer::Rated(rating) = concern.answer {
            assert!(text.contains(&format!("{} {} out of 10", concern.text, rating.score())), "{}", concern.text);
        }
    }
    // Cells are read line by line across the row, so words are looked for, each as often as the record has it.
    let count =
        |word: &str| text.split(' ').filter(|one| one.trim_matches(|c: char| !c.is_alphanumeric()) == word).count();
    for n in 8..=20 {
        assert_eq!(count(&format!("{n}th")), 1, "{n}th");
    }
    for part in ["Tom Whelan,", "Waggers of", "Dr P Osei,", "Fernleigh", "30 November", "Done 23 November"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(text.contains("2 December 2026") && text.contains("11 January"), "{text}");
}

#[test]
fn each_kind_of_action_is_said_in_other_words() {
    let patient = samuel();
    let kinds = [
        ("inform", "We give you: a sheet"),
        ("signpost", "You contact: a sheet"),
        ("refer", "We refer you: a sheet"),
        ("review", "We look at this again: a sheet"),
        ("self_care", "You do: a sheet"),
    ];
    for (kind, said) in kinds {
        let plan = with(
            plan_of(vec![concern("worry", "Worry", rated(8), true, "")]),
            "worry",
            [kind, "a sheet", "patient", "", ""],
            true,
        );
        let laid = lay_out(&care_plan(&plan, ASSESSED, &draft(&about(&patient, None))).unwrap()).unwrap();
        assert!(kit::reading(&laid).contains(said), "{kind}");
    }
}

#[test]
fn declined_unanswered_and_scored_differ_and_talk_later_gives_no_reason() {
    let (patient, contact) = (samuel(), contact());
    let about = about(&patient, Some(&contact));
    let said = |answer: Answer, private: bool| {
        let mut one = concern("sleep", "Sleep problems", answer, false, "");
        one.private = private;
        let laid = lay_out(&care_plan(&locked(plan_of(vec![one])), ASSESSED, &about).unwrap()).unwrap();
        let text = kit::reading(&laid);
        let (_, after) = text.split_once("Your concerns Sleep problems").unwrap();
        after.split_once(" Agreed by").unwrap().0.trim().to_owned()
    };
    let none = "No action for this yet.";
    assert_eq!(said(rated(3), false), format!("3 out of 10 {none}"));
    assert_eq!(said(Answer::Declined, false), format!("You did not want to give a score. {none}"));
    assert_eq!(said(Answer::Unanswered, false), format!("There is no score yet. {none}"));
    assert_eq!(said(rated(3), true), format!("3 out of 10 We will talk about this later. {none}"));
    assert!(!said(rated(3), true).to_lowercase().contains("privat"));
}

#[test]
fn a_draft_says_so_and_names_what_is_missing() {
    let patient = samuel();
    let draft = draft(&about(&patient, None));
    let open = plan_of(vec![concern("worry", "Worry", rated(8), true, "")]);
    let document = care_plan(&with(open, "worry", ["", "", "", "", ""], false), ASSESSED, &draft).unwrap();
    let text = read("draft-plan", &document);
    for part in [
        "DRAFT · Patient copy",
        "Care plan, draft · Thamesbank Hospitals",
        "Draft, not yet agreed.",
        "[not written yet] [nobody yet] [no day yet]",
        "Prepared 23 November 2026 at 10:31am by Ruth Adeyemi",
        "Ruth Adeyemi, cancer nurse specialist Date",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(!text.contains("Made with you") && !text.contains("Signed"));

    let template = template();
    let summary = summary(&template);
    let entry = summary.chosen[0].key.clone();
    let summary = summary.fill(&template, &entry, "date", "").unwrap();
    let text = read("draft-summary", &treatment_summary(&summary, &template, Copy::Gp, &draft).unwrap());
    for part in ["diagnosed [The date].", "Draft, not yet signed.", "Treatment summary, draft", "DRAFT · GP copy"] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn training_is_said_on_every_page_and_a_draft_made_there_says_both() {
    let patient = samuel();
    let trained = About { mark: Some(Mark::Training), ..about(&patient, None) };
    for (about, word) in [
        (trained.clone(), "TRAINING · Patient copy"),
        (About { version: 0, ..trained }, "TRAINING DRAFT · Patient copy"),
    ] {
        let document = care_plan(&long_plan(), ASSESSED, &about).unwrap();
        assert!(document.meta.watermark.is_some());
        let pages = pages("training", &document, &["-raw"]);
        assert!(pages.len() > 2 && pages.iter().all(|page| page.contains(word)), "{word}");
    }
}

#[test]
fn an_amended_version_says_what_it_replaces() {
    let patient = samuel();
    let about = |version| About { version, ..about(&patient, None) };
    let text = |version| read("amended", &care_plan(&locked(plan()), ASSESSED, &about(version)).unwrap());
    assert!(text(2).contains("This takes the place of version 1.") && text(2).contains("Care plan, version 2"));
    assert!(!text(1).contains("takes the place"));
}

#[test]
fn every_page_has_the_identifiers_in_the_form_of_the_copy() {
    let (patient, template) = (samuel(), template());
    let about = about(&patient, None);
    let plan = care_plan(&locked(long_plan()), ASSESSED, &about).unwrap();
    let signed = summary(&template).sign(&template, &ruth()).unwrap();
    let gp = treatment_summary(&signed, &template, Copy::Gp, &about).unwrap();
    for (document, born, made) in [
        (plan, "Born 2 March 1961", "Signed 23 November 2026 at 10:31am by Ruth Adeyemi"),
        (gp, "Born 02-Mar-1961", "Signed 23-Nov-2026 10:31 by Ruth Adeyemi, cancer nurse specialist"),
    ] {
        let pages = pages("identified", &document, &["-raw"]);
        for (index, page) in pages.iter().enumerate() {
            let count = format!("Page {} of {}", index + 1, pages.len());
            for part in
                ["OKONKWO-BELL, Samuel (Mr)", "NHS No. 999 000 0026 TEST", born, made, &count, "Thamesbank Hospitals"]
            {
                assert!(page.contains(part), "{part} in {page}");
            }
        }
    }
}

#[test]
fn a_patient_without_an_nhs_number_is_known_by_the_hospital_number() {
    let mut patient = samuel();
    patient.nhs_number = None;
    let document = care_plan(&locked(plan()), ASSESSED, &about(&patient, None)).unwrap();
    assert_eq!(document.meta.identifiers.badge, None);
    assert!(read("no-number", &document).contains("NHS No. not known · Hospital No. RB-40417"));
}

#[test]
fn without_numbers_of_the_clinic_there_are_lines_to_write_them_on() {
    let (mut patient, contact) = (samuel(), contact());
    let boxed = |patient: &Patient, contact: Option<&Contact>| {
        let laid = lay_out(&care_plan(&locked(plan()), ASSESSED, &about(patient, contact)).unwrap()).unwrap();
        let text = kit::reading(&laid);
        let (_, after) = text.split_once(" Who to ring ").unwrap();
        after.split_once(" This plan is about").unwrap().0.replace('\u{a0}', " ")
    };
    assert_eq!(
        boxed(&patient, Some(&contact)),
        "Your key worker, Ruth Adeyemi: 020 7946 0112 Monday to Friday, 9am to 5pm At night and at weekends: 020 7946 0199 \
         Ask for the acute oncology nurse."
    );
    let lines = "Number to ring When Number at night and at weekends Who to ask for";
    assert_eq!(
        boxed(&patient, None),
        format!("Your key worker is Ruth Adeyemi. Ask for the number and write it here. {lines}")
    );
    patient.key_worker = String::new();
    assert_eq!(boxed(&patient, None), format!("Ask us for the number and write it here. {lines}"));
}

#[test]
fn a_concern_is_never_without_its_table_and_named_again_where_that_goes_on() {
    let (patient, contact) = (samuel(), contact());
    let plan = locked(long_plan());
    let laid = lay_out(&care_plan(&plan, ASSESSED, &about(&patient, Some(&contact))).unwrap()).unwrap();
    assert!(laid.pages.len() > 3);
    let (mut seen, mut divided) = (0, 0);
    for page in &laid.pages {
        let lines =
            |text: &str| page.runs.iter().filter(|run| run.owner != Owner::Artifact && run.text.trim() == text).count();
        let headed = plan.concerns.iter().filter(|concern| {
            page.runs.iter().any(|run| run.bold && run.owner != Owner::Artifact && run.text.ends_with(&concern.text))
        });
        let headed: Vec<_> = headed.collect();
        let tables = headed.iter().filter(|concern| !concern.actions.is_empty()).count();
        assert_eq!(lines("By when"), tables, "{}", page.name);
        // A table that goes on has its head again as an artifact, and the name of its concern above.
        let again = |text: &str| {
            page.runs
                .iter()
                .filter(|run| run.owner == Owner::Artifact && run.text.replace('\u{a0}', " ") == text)
                .count()
        };
        let named = plan.concerns.iter().enumerate().filter(|(index, concern)| {
            let number = if concern.ranked { format!("{}. ", index + 1) } else { String::new() };
            again(&format!("More of {number}{}", concern.text)) == 1
        });
        assert_eq!(again("By when"), named.count(), "{}", page.name);
        divided += again("By when");
        seen += headed.len();
    }
    assert!(divided > 0);
    assert_eq!(seen, plan.concerns.len());
}

#[test]
fn large_print_is_set_anew_within_the_margins() {
    let (mut patient, contact, template) = (samuel(), contact(), template());
    let signed = summary(&template).sign(&template, &ruth()).unwrap();
    let mut counts = Vec::new();
    for points in [14, 16, 18, 20, 24] {
        patient.needs.print_points = points;
        let about = About { version: 2, ..about(&patient, Some(&contact)) };
        let plan = care_plan(&locked(long_plan()), ASSESSED, &about).unwrap();
        let copy = treatment_summary(&signed, &template, Copy::Patient, &about).unwrap();
        let gp = treatment_summary(&signed, &template, Copy::Gp, &about).unwrap();
        assert_eq!((plan.meta.size, copy.meta.size), (BaseSize::new(points).unwrap(), BaseSize::new(points).unwrap()));
        assert_eq!(gp.meta.size, BaseSize::GP, "the practice did not ask for large print");
        for document in [plan, copy] {
            let laid = lay_out(&document).unwrap();
            let boxed = |page: &Page| page.shapes.iter().any(|shape| shape.paint == Paint::Stroke(2.0));
            assert!(boxed(&laid.pages[0]) && !laid.pages[1..].iter().any(boxed), "the box is divided at {points}");
            for run in laid.pages.iter().flat_map(|page| &page.runs) {
                assert!(run.x >= MARGIN - 0.02 && run.x + run.width <= PAGE_WIDTH - MARGIN + 0.02, "{run:?}");
            }
            counts.push(laid.pages.len());
        }
    }
    assert!(counts[0] < counts[8] && counts[1] < counts[9], "{counts:?}");
}

#[test]
fn the_same_record_gives_the_same_bytes() {
    let (patient, contact, template) = (samuel(), contact(), template());
    let about = about(&patient, Some(&contact));
    let bytes = || {
        let plan = care_plan(&locked(long_plan()), ASSESSED, &about).unwrap();
        let gp = treatment_summary(&summary(&template), &template, Copy::Gp, &about).unwrap();
        [plan, gp].map(|document| pdf(&lay_out(&document).unwrap()).unwrap())
    };
    assert_eq!(bytes(), bytes());
    let other = About { file_id: *b"fedcba9876543210", ..about.clone() };
    let document = care_plan(&locked(long_plan()), ASSESSED, &other).unwrap();
    assert_ne!(pdf(&lay_out(&document).unwrap()).unwrap(), bytes()[0]);
}

#[test]
fn an_action_belongs_under_its_own_concern() {
    let (patient, contact) = (samuel(), contact());
    let plan = locked(plan());
    let text = kit::reading(&lay_out(&care_plan(&plan, ASSESSED, &about(&patient, Some(&contact))).unwrap()).unwrap());
    let dog = text.find("2. Who will walk the dog").unwrap();
    let work = text.find("3. Work and education").unwrap();
    let walkers = text.find("You contact: the dog walkers").unwrap();
    assert!(dog < walkers && walkers < work);
}

#[test]
fn a_plan_in_full_says_what_was_added_what_ended_and_where_nothing_was_agreed() {
    let (patient, contact) = (samuel(), contact());
    let about = about(&patient, Some(&contact));
    let key = |name: &str| ConcernKey::new(name);
    let list = checklist_of_one("physical.cough", "Cough");
    let plan = plan_of(vec![
        concern("sleep", "Sleep problems", Answer::Unanswered, false, ""),
        concern("eating", "Eating or appetite", rated(3), false, ""),
        concern("work", "Work and education", rated(2), false, ""),
    ]);
    let plan = plan.add_concern(&list, Some(&key("physical.cough")), "").unwrap();
    let plan = plan.add_concern(&list, None, "Who feeds the cat").unwrap();
    let plan = plan.agree_nothing(&key("eating"), Some(NothingAgreed::Declined)).unwrap();
    let plan = plan.agree_nothing(&key("work"), Some(NothingAgreed::NotNeeded)).unwrap();
    let from_directory = NewAction {
        kind: Some(ActionKind::Signpost),
        what: "the Invented Cat Line".to_owned(),
        owner: Some(OwnerKind::Patient),
        due: Some(TODAY),
        contact: "Invented Cat Line, 020 7946 0113, weekdays 9 to 5".to_owned(),
        ..NewAction::default()
    };
    let mut plan = plan.new_action(&key("added-1"), from_directory).unwrap();
    for (ended, outcome) in [("done", "He eats"), ("declined", ""), ("not_needed", "It went by itself")] {
        plan = with(plan, "physical.cough", ["review", "how it is", "gp", "", "4-Dec-2026"], false);
        let newest = plan.concern(&key("physical.cough")).unwrap().actions.last().unwrap().key.clone();
        plan = plan.end_action(&newest, Some(ended), outcome, TODAY).unwrap();
    }
    let said = read("plan-in-full", &care_plan(&locked(plan), ASSESSED, &about).unwrap());
    let of = |name: &str, next: &str| {
        let part = said.split_once(name).unwrap().1;
        part.split_once(next).unwrap().0.to_owned()
    };
    assert!(of("Sleep problems", "Eating").contains("There is no score yet. No action for this yet."), "{said}");
    assert!(of("Eating or appetite", "Work and").contains("You did not want anything done about this."), "{said}");
    assert!(of("Work and education", "On the next").contains("Nothing needs to be done about this."), "{said}");
    let cough = of("Patient copy Cough", "Who feeds");
    assert!(cough.contains("You did not tick this.") && !cough.contains("no score"), "{cough}");
    for ended in ["Done 23 November 2026", "Declined 23 November 2026", "Not needed 23 November 2026"] {
        assert_eq!(cough.matches(ended).count(), 1, "{ended} in {cough}");
    }
    for outcome in ["What came of it: He eats", "What came of it: It went by itself"] {
        assert!(cough.contains(outcome), "{outcome} in {cough}");
    }
    assert_eq!(cough.matches("What came of it").count(), 2, "nothing came of what nobody said");
    let cat = "You contact: the Invented Cat Line Invented Cat Line, 020 7946 0113, weekdays 9 to 5 You";
    assert!(said.contains(cat), "{said}");
}
