//! The directory: what ships and what the team makes of it, looking something up, and what is taken from it into a plan and out on paper.

use clinic::*;
use kit::appointment::{a_lock, an_action, shown};
use kit::*;

use crate::care_plan::{a_plan, read};
use crate::{code, fault, faults, on_disk};

fn look(words: &str, concern: Option<&str>) -> LookUp {
    LookUp { words: words.into(), concern: concern.map(Into::into), retired: false }
}

fn centre() -> DirectoryEntryForm {
    DirectoryEntryForm {
        kind: Some("place".into()),
        name: "Riverside support centre".into(),
        about: "Counselling and a café".into(),
        concerns: vec!["pain".into()],
        phone: "020 7946 0155".into(),
        hours: "Monday to Friday".into(),
        area: "Lambeth".into(),
        access: "Step-free".into(),
        website: String::new(),
    }
}

async fn added(clinic: &Clinic) -> DirectoryEntryView {
    clinic.add_directory_entry(AddDirectoryEntry { form: centre() }).await.unwrap()
}

fn names(view: &DirectoryView) -> Vec<&str> {
    view.entries.iter().map(|line| line.name.as_str()).collect()
}

fn taking(plan: &str, entry: &DirectoryEntryView, kind: &str) -> TakeSuggestion {
    TakeSuggestion {
        plan: plan.into(),
        concern: "physical.pain".into(),
        entry: entry.line.id.to_string(),
        kind: Some(kind.into()),
    }
}

#[tokio::test]
async fn what_ships_is_there_unchecked_and_is_found_by_words_and_by_concern() {
    let (desk, _, _) = a_plan().await;
    let clinic = &desk.clinic;
    let lines = on_disk(&desk).lines;
    let all = clinic.look_up(look("", None)).await.unwrap();
    assert!(all.entries.len() >= 60 && all.entries.iter().all(|line| line.checked.is_none()));
    assert!(all.concerns.iter().any(|concern| concern.code == "pain" && concern.text == "Pain"));
    assert!(names(&clinic.look_up(look("wig", None)).await.unwrap()).contains(&"Wig fitting"));
    let pain = clinic.look_up(look("", Some("pain"))).await.unwrap();
    assert!(!pain.entries.is_empty());
    assert!(pain.entries.iter().all(|line| line.concerns.iter().any(|concern| concern.code == "pain")));
    assert!(clinic.look_up(look("wig", Some("pain"))).await.unwrap().entries.is_empty());
    assert_eq!(on_disk(&desk).lines, lines, "looking something up touches no record");
}

#[tokio::test]
async fn the_team_adds_checks_changes_and_retires_and_nothing_of_it_is_sent() {
    let (desk, _, _) = a_plan().await;
    let clinic = &desk.clinic;
    let waiting = clinic.desk().await.unwrap().sending.waiting;
    let empty = DirectoryEntryForm { kind: None, name: String::new(), concerns: vec!["else".into()], ..centre() };
    let missing = faults(clinic.add_directory_entry(AddDirectoryEntry { form: empty }).await);
    assert_eq!(missing, [fault("kind", "missing"), fault("name", "missing"), fault("concerns", "unknown")].concat());

    let entry = added(clinic).await;
    let id = entry.line.id.to_string();
    let check = |revision| CheckDirectoryEntry { entry: id.clone(), revision };
    let checked = clinic.check_directory_entry(check(entry.revision)).await.unwrap();
    assert_eq!(checked.line.checked_by.as_deref(), Some("Ruth Invented"));
    assert!(!checked.line.checked_long_ago);
    desk.room.clock.step(366 * clock::DAY);
    let old = clinic.look_up(look("riverside", None)).await.unwrap();
    assert!(old.entries[0].checked_long_ago, "more than a year ago is said");

    let change = |revision, form| ChangeDirectoryEntry { entry: id.clone(), revision, form };
    let moved = DirectoryEntryForm { phone: "020 7946 0156".into(), ..centre() };
    assert_eq!(code(clinic.change_directory_entry(change(1, moved.clone())).await), Code::ChangedMeanwhile);
    let moved = clinic.change_directory_entry(change(checked.revision, moved)).await.unwrap();
    assert!(moved.line.checked.is_none(), "what was changed is checked again");
    let retire = RetireDirectoryEntry { entry: id.clone(), revision: moved.revision, retired: true };
    assert!(clinic.retire_directory_entry(retire).await.unwrap().line.retired);
    assert!(clinic.look_up(look("riverside", None)).await.unwrap().entries.is_empty());
    let too = clinic.look_up(LookUp { retired: true, ..look("riverside", None) }).await.unwrap();
    assert_eq!(names(&too), ["Riverside support centre"]);
    assert_eq!(clinic.desk().await.unwrap().sending.waiting, waiting);
}

#[tokio::test]
async fn an_entry_that_ships_is_the_teams_from_its_first_change_on() {
    let (desk, _, _) = a_plan().await;
    let clinic = &desk.clinic;
    let shipped = clinic.look_up(look("wig fitting", None)).await.unwrap().entries.remove(0);
    let entry = shipped.id.to_string();
    let seen = clinic.read_directory_entry(ReadDirectoryEntry { entry: entry.clone() }).await.unwrap();
    assert_eq!((seen.revision, seen.line.phone.as_str()), (0, ""));
    let form = DirectoryEntryForm { phone: "020 7946 0157".into(), ..seen.form };
    let kept = clinic.change_directory_entry(ChangeDirectoryEntry { entry: entry.clone(), revision: 0, form }).await;
    assert_eq!(kept.unwrap().revision, 1);
    let again = clinic.look_up(look("wig fitting", None)).await.unwrap();
    assert_eq!((again.entries.len(), again.entries[0].phone.as_str()), (1, "020 7946 0157"));
    let other = ReadDirectoryEntry { entry: "7d0f7f58-0000-4000-8000-000000000081".into() };
    assert_eq!(code(clinic.read_directory_entry(other).await), Code::Gone);
}

#[tokio::test]
async fn a_suggestion_is_taken_only_when_asked_and_is_frozen_as_it_stood() {
    let (desk, _, plan) = a_plan().await;
    let clinic = &desk.clinic;
    let entry = added(clinic).await;
    let before = clinic.read_care_plan(read(&plan, None)).await.unwrap();
    assert!(before.concerns.iter().all(|concern| concern.actions.is_empty()), "nothing is applied by itself");
    for kind in ["inform", "signpost", "refer"] {
        clinic.take_suggestion(taking(&plan, &entry, kind)).await.unwrap();
    }
    let form = DirectoryEntryForm { phone: "020 7946 0199".into(), ..centre() };
    let id = entry.line.id.to_string();
    let moved =
        clinic.change_directory_entry(ChangeDirectoryEntry { entry: id.clone(), revision: 1, form }).await.unwrap();
    let view = clinic.read_care_plan(read(&plan, None)).await.unwrap();
    let pain = view.concerns.iter().find(|concern| concern.key == "physical.pain").unwrap();
    let made: Vec<_> = pain
        .actions
        .iter()
        .map(|one| (one.kind.unwrap().code(), one.owner.unwrap().code(), &*one.owner_name))
        .collect();
    let (nurse, patient) = (("nurse", "Ruth Invented"), ("patient", ""));
    assert_eq!(made, [("inform", nurse.0, nurse.1), ("signpost", patient.0, patient.1), ("refer", nurse.0, nurse.1)]);
    for action in &pain.actions {
        assert_eq!(action.what, "Riverside support centre");
        assert_eq!(action.contact, "Riverside support centre\n020 7946 0155, Monday to Friday");
        assert_eq!(action.entry, Some(entry.line.id));
    }
    let missing = |kind: &str| taking(&plan, &entry, kind);
    assert_eq!(faults(clinic.take_suggestion(missing("review")).await), fault("kind", "missing"));
    let topic = clinic.look_up(look("managing pain", None)).await.unwrap().entries.remove(0);
    let refer = TakeSuggestion { entry: topic.id.to_string(), ..missing("refer") };
    assert_eq!(faults(clinic.take_suggestion(refer).await), fault("kind", "missing"));
    let retire = RetireDirectoryEntry { entry: id, revision: moved.revision, retired: true };
    clinic.retire_directory_entry(retire).await.unwrap();
    assert_eq!(code(clinic.take_suggestion(missing("inform")).await), Code::Gone);
    let after = clinic.read_care_plan(read(&plan, None)).await.unwrap();
    assert_eq!(shown(&after.concerns), shown(&view.concerns), "what was refused left nothing");
}

#[tokio::test]
async fn given_signposted_and_referred_print_apart_and_a_referral_has_its_letter() {
    let (desk, _, plan) = a_plan().await;
    let clinic = &desk.clinic;
    let entry = added(clinic).await;
    for (key, kind) in [("a-1", "inform"), ("a-2", "signpost"), ("a-3", "refer")] {
        clinic.take_suggestion(taking(&plan, &entry, kind)).await.unwrap();
        let owner = if kind == "signpost" { ["patient", ""] } else { ["nurse", "Ruth Invented"] };
        let parts = [kind, "Riverside support centre", owner[0], owner[1], "24-Dec-2026"];
        clinic.write_action(an_action(&plan, key, parts)).await.unwrap();
    }
    let letter = |key: &str, version| PaperOf {
        kind: "referral_letter".into(),
        record: format!("{plan}/{key}"),
        patient: None,
        version,
    };
    assert_eq!(code(clinic.preview_paper(letter("a-3", None)).await), Code::Gone, "not before it is agreed");
    clinic.lock_care_plan(a_lock(clinic, &plan).await).await.unwrap();
    let words = |pages: &[String]| {
        let text = pages
            .iter()
            .flat_map(|page| page.split("<text ").skip(1))
            .filter_map(|text| Some(text.split_once('>')?.1.split_once("</text>")?.0.replace('\u{a0}', " ")));
        text.collect::<Vec<_>>().join(" ")
    };
    let of_plan = PaperOf { kind: "care_plan".into(), record: plan.clone(), patient: None, version: Some(1) };
    let said = words(&clinic.preview_paper(of_plan).await.unwrap().pages);
    for part in ["We give you: Riverside", "You contact: Riverside", "We refer you: Riverside", "020 7946 0155"] {
        assert!(said.contains(part), "{part}: {said}");
    }

    let seen = clinic.preview_paper(letter("a-3", None)).await.unwrap();
    assert_eq!(
        (seen.kind.code(), seen.draft, seen.record.as_str()),
        ("referral_letter", false, &*format!("{plan}/a-3"))
    );
    assert!(seen.file.starts_with("referral-") && seen.file.ends_with("-a-3.pdf"), "{}", seen.file);
    let said = words(&seen.pages);
    assert!(said.contains("To Riverside support centre") && said.contains("020 7946 0155"), "{said}");
    assert!(said.contains("What we ask Please see this patient about “Pain”."), "{said}");
    assert!(said.contains("Pain") && !said.contains("Sleep"), "only that concern: {said}");
    for (key, version) in [("a-1", None), ("a-9", None), ("a-3", Some(2))] {
        assert_eq!(code(clinic.preview_paper(letter(key, version)).await), Code::Gone, "{key}");
    }
    let declined =
        EndAction { plan: plan.clone(), action: "a-3".into(), how: Some("declined".into()), outcome: String::new() };
    clinic.end_action(declined).await.unwrap();
    assert_eq!(
        code(clinic.preview_paper(letter("a-3", None)).await),
        Code::Gone,
        "nothing goes out that is not wanted"
    );
}
