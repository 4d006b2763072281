//! Finding a patient: two facts at least, accents and slips forgiven, and the search itself on record.

use clinic::{Code, FindPatients, Found, OpenPatient, PatientForm, RegisterPatient};
use kit::*;

use crate::{code, fault, faults, on_disk};

async fn with_patients() -> Shift {
    let desk = a_clinic().await;
    for form in [
        another_patient_form(1, "Zofia", "Łęcka-Ŵyn"),
        another_patient_form(2, "Siân", "Hargreaves"),
        PatientForm { born: date(2, 3, 1961), ..another_patient_form(3, "Sian", "Hargreave") },
        another_patient_form(4, "Anna", "Invented"),
    ] {
        desk.clinic.register_patient(RegisterPatient { form, not_the_same: false }).await.unwrap();
    }
    desk
}

fn names(found: &Found) -> Vec<String> {
    found.people.iter().map(|person| format!("{} {}", person.banner.given, person.banner.family)).collect()
}

fn by_name(given: &str, family: &str) -> FindPatients {
    FindPatients { family: family.into(), given: given.into(), ..a_search() }
}

#[tokio::test]
async fn one_fact_is_not_enough() {
    let desk = with_patients().await;
    let before = on_disk(&desk).lines;
    for search in [
        a_search(),
        FindPatients { family: "Hargreaves".into(), ..a_search() },
        FindPatients { born: date(14, 7, 1956), ..a_search() },
        FindPatients { nhs_number: nhs_number(1), given: " ’ ".into(), ..a_search() },
    ] {
        assert_eq!(code(desk.clinic.find_patients(search).await), Code::TwoFacts);
    }
    assert_eq!(on_disk(&desk).lines, before, "a refused search is no line");
}

#[tokio::test]
async fn accents_are_forgiven() {
    let desk = with_patients().await;
    let found = desk.clinic.find_patients(by_name("zofia", "LECKA WYN")).await.unwrap();
    assert_eq!(names(&found), ["Zofia Łęcka-Ŵyn"]);
    assert!(!found.people[0].near && !found.similar && !found.more);
}

#[tokio::test]
async fn typing_slips_are_forgiven_and_said() {
    let desk = with_patients().await;
    let search = FindPatients { family: "Hargraeves".into(), born: date(14, 7, 1956), ..a_search() };
    let found = desk.clinic.find_patients(search).await.unwrap();
    assert_eq!(names(&found), ["Siân Hargreaves"]);
    assert!(found.people[0].near);
    let search = FindPatients { family: "Patel".into(), born: date(14, 7, 1956), ..a_search() };
    assert!(desk.clinic.find_patients(search).await.unwrap().people.is_empty(), "another name is no slip");
}

#[tokio::test]
async fn people_who_could_be_taken_for_each_other_are_said_to_be() {
    let desk = with_patients().await;
    let found = desk.clinic.find_patients(by_name("sian", "hargreave")).await.unwrap();
    assert_eq!((names(&found).len(), found.similar), (2, true));
}

#[tokio::test]
async fn every_given_fact_must_agree() {
    let desk = with_patients().await;
    let search = FindPatients { nhs_number: nhs_number(4), born: date(14, 7, 1956), ..a_search() };
    let found = desk.clinic.find_patients(search).await.unwrap();
    let matched: Vec<_> = found.people[0].matched.iter().map(|fact| fact.code()).collect();
    assert_eq!((names(&found), matched), (vec!["Anna Invented".to_owned()], vec!["born", "nhs_number"]));
    let search = FindPatients { nhs_number: nhs_number(4), born: date(15, 7, 1956), ..a_search() };
    assert!(desk.clinic.find_patients(search).await.unwrap().people.is_empty());
    let search = FindPatients { hospital_number: " tb-2 ".into(), given: "si".into(), ..a_search() };
    assert_eq!(names(&desk.clinic.find_patients(search).await.unwrap()), ["Siân Hargreaves"]);
}

#[tokio::test]
async fn what_cannot_be_looked_for_is_named() {
    let desk = with_patients().await;
    let search = FindPatients { nhs_number: "999".into(), family: "Invented".into(), ..a_search() };
    assert_eq!(faults(desk.clinic.find_patients(search).await), fault("nhs_number", "nhs_number_too_short"));
    let search = FindPatients { born: date(30, 2, 1956), family: "Invented".into(), ..a_search() };
    assert_eq!(faults(desk.clinic.find_patients(search).await), fault("born", "not_a_date"));
}

#[tokio::test]
async fn twenty_people_are_shown_and_that_there_are_more() {
    let desk = a_clinic().await;
    for number in 1..=21 {
        let form = another_patient_form(number, "Anna", "Invented");
        desk.clinic.register_patient(RegisterPatient { form, not_the_same: false }).await.unwrap();
        if number == 20 {
            let found = desk.clinic.find_patients(by_name("Anna", "Invented")).await.unwrap();
            assert_eq!((found.people.len(), found.more), (20, false));
        }
    }
    let found = desk.clinic.find_patients(by_name("Anna", "Invented")).await.unwrap();
    assert_eq!((found.people.len(), found.more), (20, true));
}

#[tokio::test]
async fn a_search_is_on_record_without_what_was_typed() {
    let desk = with_patients().await;
    desk.clinic.find_patients(by_name("Anna", "Invented")).await.unwrap();
    let kept = on_disk(&desk);
    let (_, line) = kept.lines.iter().rev().find(|(_, line)| line.starts_with("audit|")).unwrap();
    assert!(line.contains("|find_patients|") && line.contains("by family, given; found 1"), "{line}");
    assert!(!line.contains("Anna") && !line.contains("Invented"));
}

#[tokio::test]
async fn while_she_types_the_same_people_are_one_line_and_asking_is_a_line_each_time() {
    let desk = with_patients().await;
    let typed = |family: &str, visit| FindPatients { visit, ..by_name("Anna", family) };
    for (family, found) in [("I", 1), ("In", 1), ("Quxxy", 0)] {
        assert_eq!(desk.clinic.find_patients(typed(family, Some(1))).await.unwrap().people.len(), found);
    }
    desk.clinic.find_patients(typed("Invented", None)).await.unwrap();
    desk.clinic.find_patients(typed("Invented", Some(1))).await.unwrap();
    desk.clinic.find_patients(typed("Harg", Some(2))).await.unwrap();
    let kept = on_disk(&desk);
    let searches: Vec<&str> =
        kept.lines.iter().map(|(_, line)| line.as_str()).filter(|line| line.contains("|find_patients|")).collect();
    let said: Vec<&str> = searches.iter().map(|line| line.split("by family, given; ").nth(1).unwrap()).collect();
    assert_eq!(said.len(), 3, "{searches:?}");
    for (said, found) in said.iter().zip(["found 1", "found 1", "found 0"]) {
        assert!(said.starts_with(found), "{said}");
    }
}

/// How many audit lines of a search there are.
fn searches(desk: &Shift) -> usize {
    kit::kept::details(desk, "find_patients").len()
}

#[tokio::test]
async fn whoever_a_visit_has_not_shown_yet_is_a_line_however_harmless_it_began() {
    let desk = with_patients().await;
    let typed = |given: &str, family: &str| FindPatients { visit: Some(7), ..by_name(given, family) };
    for (given, family, shown, lines) in [
        ("Qu", "Qu", 0, 1),
        ("Quxxy", "Quxxy", 0, 1),
        ("A", "I", 1, 2),
        ("Anna", "Invented", 1, 2),
        ("S", "Hargreaves", 2, 3),
        ("Sian", "Hargr", 2, 3),
        ("Z", "L", 1, 4),
        ("A", "I", 1, 4),
    ] {
        let found = desk.clinic.find_patients(typed(given, family)).await.unwrap();
        assert_eq!((found.people.len(), searches(&desk)), (shown, lines), "{given} {family}");
    }
    // Another visit has shown nobody yet, nor has this one when it is come back to.
    for (visit, lines) in [(8, 5), (8, 5), (7, 6)] {
        let again = FindPatients { visit: Some(visit), ..by_name("Anna", "Invented") };
        desk.clinic.find_patients(again).await.unwrap();
        assert_eq!(searches(&desk), lines, "visit {visit}");
    }
}

#[tokio::test]
async fn who_is_not_on_the_list_was_not_shown() {
    let desk = a_clinic().await;
    for number in 1..=21 {
        let family = if number == 21 { "Inventor" } else { "Invented" };
        let form = another_patient_form(number, "Anna", family);
        desk.clinic.register_patient(RegisterPatient { form, not_the_same: true }).await.unwrap();
    }
    for (family, shown, lines) in [("Invent", 20, 1), ("Invente", 20, 1), ("Inventor", 20, 2), ("Invent", 20, 2)] {
        let typed = FindPatients { visit: Some(1), ..by_name("Anna", family) };
        let found = desk.clinic.find_patients(typed).await.unwrap();
        assert_eq!((found.people.len(), searches(&desk)), (shown, lines), "{family}");
    }
}

#[tokio::test]
async fn what_is_half_typed_is_left_out_and_two_facts_it_takes() {
    let desk = with_patients().await;
    let half = FindPatients { nhs_number: "999".into(), visit: Some(1), ..by_name("Anna", "Invented") };
    let found = desk.clinic.find_patients(half).await.unwrap();
    assert_eq!((names(&found), found.people[0].matched.len()), (vec!["Anna Invented".to_owned()], 2));
    let before = on_disk(&desk).lines;
    let half = FindPatients { nhs_number: "999".into(), family: "Invented".into(), visit: Some(2), ..a_search() };
    assert_eq!(code(desk.clinic.find_patients(half).await), Code::TwoFacts);
    assert_eq!(on_disk(&desk).lines, before, "nobody was looked for");
}

#[tokio::test]
async fn of_very_many_people_at_least_so_many_are_on_record() {
    let desk = a_clinic().await;
    for number in 1..=101 {
        let form = another_patient_form(number, "Anna", "Invented");
        desk.clinic.register_patient(RegisterPatient { form, not_the_same: true }).await.unwrap();
    }
    let found = desk.clinic.find_patients(by_name("Anna", "Invented")).await.unwrap();
    assert_eq!((found.people.len(), found.more), (20, true));
    let kept = on_disk(&desk);
    let (_, line) = kept.lines.iter().rev().find(|(_, line)| line.starts_with("audit|")).unwrap();
    assert!(line.contains("found at least 100"), "{line}");
}

#[tokio::test]
async fn the_list_says_when_somebody_was_last_opened() {
    let desk = with_patients().await;
    let found = desk.clinic.find_patients(by_name("Anna", "Invented")).await.unwrap();
    assert!(found.people[0].last_seen.is_none());
    desk.room.clock.step(1000);
    let patient = found.people[0].banner.id.to_string();
    desk.clinic.open_patient(OpenPatient { patient }).await.unwrap();
    let found = desk.clinic.find_patients(by_name("Anna", "Invented")).await.unwrap();
    assert_eq!(found.people[0].last_seen.as_ref().unwrap().ms, desk.room.clock.now());
}

#[tokio::test]
async fn part_of_a_double_name_and_names_in_each_other_s_box_are_found() {
    let desk = with_patients().await;
    let form = another_patient_form(5, "Zofia Siân", "Łukaszewska-O’Brien");
    desk.clinic.register_patient(RegisterPatient { form, not_the_same: false }).await.unwrap();
    let them = "Zofia Siân Łukaszewska-O’Brien";
    for (given, family) in [("zofia", "O'Brien"), ("zofia", "obrien"), ("sian", "Lukaszewska")] {
        let found = desk.clinic.find_patients(by_name(given, family)).await.unwrap();
        assert!(names(&found).contains(&them.to_owned()), "{given} {family}: {:?}", names(&found));
    }
    let found = desk.clinic.find_patients(by_name("Lukaszewska", "Zofia")).await.unwrap();
    assert_eq!(names(&found), [them]);
    assert!(found.people[0].near, "swapped is said to be near");
}
