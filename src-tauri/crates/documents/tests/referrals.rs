//! The letter of a referral: to whom, about whom, the one concern, and nothing else of the plan; and the file as other programs read it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod kit;

use std::path::{Path, PathBuf};
use std::process::Command;

use documents::*;
use domain::action::Action;
use domain::care_plan::CarePlan;
use kit::records::*;
use kit::scratch;

/// The letter of the first referral about a concern of the locked plan, after `change`.
fn letter(concern: &str, change: impl FnOnce(&mut Action)) -> Document {
    let plan: CarePlan = plan().lock(&ruth()).unwrap();
    let concern = plan.concerns.iter().find(|one| one.key.as_str() == concern).unwrap();
    let mut action = concern.actions.iter().find(|one| one.kind.unwrap().code() == "refer").unwrap().clone();
    change(&mut action);
    let agreed = plan.signed.as_ref().unwrap();
    let (patient, contact) = (samuel(), contact());
    let about = about(&patient, Some(&contact));
    let referral = Referral { concern, action: &action, assessed: ASSESSED.on, agreed, version: plan.version };
    referral_letter(&referral, &about).unwrap()
}

fn laid(concern: &str, change: impl FnOnce(&mut Action)) -> Laid {
    lay_out(&letter(concern, change)).unwrap()
}

fn text(laid: &Laid) -> String {
    let runs = laid.pages.iter().flat_map(|page| page.runs.iter().map(|run| run.text.replace('\u{a0}', " ")));
    runs.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn from_directory(action: &mut Action) {
    action.contact = "Riverside support centre\n020 7946 0155, Monday to Friday".to_owned();
}

#[test]
fn it_says_to_whom_from_whom_about_whom_and_what_is_asked() {
    let laid = laid("worry", from_directory);
    let said = text(&laid);
    for part in [
        "To Riverside support centre",
        "020 7946 0155, Monday to Friday",
        "From Ruth Adeyemi",
        "OKONKWO-BELL",
        "02-Mar-1961",
        "999 000 0026",
        "What we ask for counselling at the Riverside support centre",
        "30-Nov-2026",
        "Worry, fear or anxiety: 8 out of 10 in the assessment of 20-Nov-2026.",
        "Not knowing what happens after the scan.",
        "version 1 of the care plan",
        "Referral letter",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!said.contains("DRAFT") && !said.contains("GP copy"), "{said}");
    assert_eq!(laid.pages.len(), 1);
}

#[test]
fn what_says_no_more_than_to_whom_asks_that_the_patient_is_seen() {
    let same = text(&laid("worry", |action| {
        from_directory(action);
        action.what = "Riverside support centre".to_owned();
    }));
    assert!(same.contains("What we ask Please see this patient about “Worry, fear or anxiety”."), "{same}");
    let more = text(&laid("worry", |action| {
        from_directory(action);
        action.what = "Riverside support centre, for the group on Mondays".to_owned();
    }));
    assert!(more.contains("What we ask Riverside support centre, for the group on Mondays"), "{more}");
    assert!(!more.contains("Please see"), "{more}");
}

#[test]
fn no_other_concern_of_the_patient_is_in_it() {
    let said = text(&laid("worry", from_directory)).to_lowercase();
    for other in ["dog", "work and", "sick pay", "fatigue", "sleep", "appetite", "children", "benefits", "waggers"] {
        assert!(!said.contains(other), "{other}: {said}");
    }
}

#[test]
fn without_an_entry_the_owner_is_asked_or_a_line_is_left() {
    let named = text(&laid("worry", |action| {
        action.owner = Some(domain::action::OwnerKind::Service);
        action.owner_name = "Waggers of Rye Lane".to_owned();
    }));
    assert!(named.contains("To Waggers of Rye Lane"), "{named}");
    let unknown = laid("work", |_| ());
    assert!(!text(&unknown).contains("To Riverside") && text(&unknown).contains("Work and education: 5 out of 10"));
    assert!(unknown.pages[0].runs.iter().any(|run| run.text.trim() == "To"), "a line to write on");
}

fn file(name: &str) -> PathBuf {
    let path = scratch(&format!("{name}.pdf"));
    std::fs::write(&path, pdf(&laid("worry", from_directory)).unwrap()).unwrap();
    path
}

/// What a program says of the letter's file; a missing program or a failure fails the test.
fn told(program: &str, before: &[&str], file: &Path, after: &[&str]) -> String {
    let output = Command::new(program).args(before).arg(file).args(after).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap().replace('\u{a0}', " ");
    assert!(output.status.success(), "{program}: {said} {}", String::from_utf8_lossy(&output.stderr));
    said
}

#[test]
fn it_reads_as_it_did() {
    let now = told("pdftotext", &["-layout"], &file("referral-read"), &["-"]);
    let now = now.trim_end_matches('\u{c}');
    if now != include_str!("golden/referral-letter.txt") {
        let path = scratch("referral-letter.txt");
        std::fs::write(&path, now).unwrap();
        panic!("the letter reads otherwise; look at it, then copy {}", path.display());
    }
}

#[test]
fn other_programs_find_nothing_wrong_with_its_file() {
    let file = file("referral-checked");
    let checked = told("qpdf", &["--check"], &file, &[]);
    assert!(checked.contains("No syntax or stream encoding errors found"), "{checked}");
    let properties = told("pdfinfo", &[], &file, &[]);
    let value = |key: &str| {
        let line = properties.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'));
        line.unwrap_or_else(|| panic!("{key} in {properties}")).trim().to_owned()
    };
    let title = letter("worry", from_directory).meta.title;
    for (key, wanted) in [
        ("Title", title.as_str()),
        ("Author", "Ruth Adeyemi"),
        ("JavaScript", "no"),
        ("Form", "none"),
        ("Encrypted", "no"),
        ("Pages", "1"),
        ("Page size", "595.28 x 841.89 pts (A4)"),
    ] {
        assert_eq!(value(key), wanted, "{key}");
    }
    let fonts = told("pdffonts", &[], &file, &[]);
    assert_eq!(fonts.lines().count(), 4, "{fonts}");
    for font in fonts.lines().skip(2) {
        // From the right: object, generation, unicode, subset, embedded.
        assert_eq!(font.split_whitespace().rev().skip(2).take(3).collect::<Vec<_>>(), ["yes"; 3], "{fonts}");
    }
}
