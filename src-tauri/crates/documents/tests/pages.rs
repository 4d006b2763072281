//! Where a page may end and where it may not: groups, the lines to sign on, and what a page says that begins within a part.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod kit;

use documents::*;
use domain::care_plan::CarePlan;
use kit::records::*;
use kit::*;

/// The runs of the document itself on a page, as text.
fn body(page: &Page) -> String {
    let runs = page.runs.iter().filter(|run| run.owner != Owner::Artifact);
    format!(" {} ", squeezed(&runs.map(|run| run.text.as_str()).collect::<Vec<_>>().join(" ")))
}

/// The lines that a page has between its header and the document.
fn again(page: &Page) -> String {
    let first = page.runs.iter().position(|run| run.owner != Owner::Artifact).unwrap();
    let copy = page.runs.iter().position(|run| run.text.ends_with("copy")).unwrap();
    let lines = page.runs[copy + 1..first].iter().filter(|run| !run.bold);
    squeezed(&lines.map(|run| run.text.as_str()).collect::<Vec<_>>().join(" "))
}

/// What stands below the document on a page, and in its footer.
fn foot(page: &Page) -> String {
    let last = page.runs.iter().rposition(|run| run.owner != Owner::Artifact).unwrap();
    squeezed(&page.runs[last + 1..].iter().map(|run| run.text.as_str()).collect::<Vec<_>>().join(" "))
}

fn page_of(laid: &Laid, text: &str) -> usize {
    let found: Vec<usize> = (0..laid.pages.len()).filter(|index| body(&laid.pages[*index]).contains(text)).collect();
    assert_eq!(found.len(), 1, "{text} on {found:?}");
    found[0]
}

fn lines(count: usize) -> impl Iterator<Item = Block> {
    (0..count).map(|n| paragraph(format!("line {n}.")))
}

fn group(rows: usize) -> Block {
    let cells: Vec<String> = (1..=rows).map(|n| format!("action {n}.")).collect();
    let rows: Vec<[&str; 2]> = cells.iter().map(|cell| [cell.as_str(), "You"]).collect();
    Block::Together(vec![
        Block::Heading { level: Level::Three, text: "1. Worry".to_owned(), score: None },
        paragraph("You said: something."),
        table(&["What", "Who"], &[], &rows.iter().map(|row| &row[..]).collect::<Vec<_>>()),
    ])
}

#[test]
fn a_high_group_is_divided_between_rows_rather_than_leave_a_page_a_third_empty() {
    let laid = |before: usize| {
        lay_out(&document(lines(before).chain([heading("What matters"), group(16)]).collect())).unwrap()
    };
    let divided = laid(10);
    assert_eq!(divided.pages.len(), 2);
    assert_eq!((page_of(&divided, "1. Worry"), page_of(&divided, "action 1.")), (0, 0));
    assert_eq!(page_of(&divided, "action 16."), 1);
    assert!(foot(&divided.pages[0]).contains("On the next page: more of 1. Worry."));
    assert_eq!(again(&divided.pages[1]), "More of 1. Worry");
    let head = divided.pages[1].runs.iter().find(|run| run.text == "What").unwrap();
    assert_eq!(head.owner, Owner::Artifact);
    for n in 1..=16 {
        page_of(&divided, &format!(" action {n}. You "));
    }
    // With less than a third of the page left the group is whole on the next one.
    let whole = laid(18);
    assert_eq!((page_of(&whole, "1. Worry"), page_of(&whole, "action 1."), page_of(&whole, "action 16.")), (1, 1, 1));
    assert_eq!(again(&whole.pages[1]), "");
}

#[test]
fn a_group_up_to_a_third_of_a_page_is_whole_wherever_it_falls() {
    for points in [12, 14] {
        for before in 0..30 {
            let blocks = lines(before).chain([group(3), paragraph("after.")]).collect();
            let laid = lay_out(&sized(document(blocks), points)).unwrap();
            assert_eq!(page_of(&laid, "1. Worry"), page_of(&laid, "action 3."), "{before} lines at {points}");
        }
    }
}

#[test]
fn heading_words_and_the_first_row_stay_together_wherever_they_fall() {
    // Two rows and what stands above them are higher than half a page in the largest letters.
    for (points, all) in
        (12..=20).map(|points| (points, vec![1, 2, 9])).chain((21..=24).map(|points| (points, vec![1, 9])))
    {
        for before in 0..30 {
            for rows in all.clone() {
                let blocks = lines(before).chain([group(rows), paragraph("after.")]).collect();
                let laid = lay_out(&sized(document(blocks), points)).unwrap();
                let start = page_of(&laid, "1. Worry");
                assert_eq!(page_of(&laid, "You said"), start, "{rows} rows after {before} lines at {points}");
                assert_eq!(page_of(&laid, "action 1."), start, "{rows} rows after {before} lines at {points}");
                if rows == 2 {
                    assert_eq!(page_of(&laid, "action 2."), start, "after {before} lines at {points}");
                }
            }
        }
    }
}

#[test]
fn lines_to_sign_on_have_the_row_or_the_lines_before_them_on_their_page() {
    let signed = || {
        let lines = vec![Signature { who: "Samuel".to_owned(), date: "Date".to_owned() }];
        Block::Together(vec![heading("Agreed by"), paragraph("Signed on screen."), Block::Signatures(lines)])
    };
    for points in [12, 14, 18, 24] {
        for before in 0..40 {
            for rows in [1, 2, 3, 9] {
                let blocks = lines(before).chain([group(rows), signed()]).collect();
                let laid = lay_out(&sized(document(blocks), points)).unwrap();
                let at = page_of(&laid, " Samuel ");
                assert_eq!((page_of(&laid, "Agreed by"), at), (at, laid.pages.len() - 1));
                let row = page_of(&laid, &format!("action {rows}."));
                assert_eq!(row, at, "{rows} rows after {before} lines at {points}");
            }
            if before > 0 {
                let laid = lay_out(&sized(document(lines(before).chain([signed()]).collect()), points)).unwrap();
                let line = page_of(&laid, &format!(" line {}. ", before - 1));
                assert_eq!(line, page_of(&laid, " Samuel "), "{before} lines at {points}");
            }
        }
    }
}

/// Sections of groups that have the same names in each.
fn sections() -> Document {
    let groups = ["After surgery", "After chemotherapy", "Also"];
    let items: Vec<String> = (0..7).map(|n| format!("Something that may happen, the {n}th of a few.")).collect();
    let items: Vec<&str> = items.iter().map(String::as_str).collect();
    let section = |title: &str| {
        let group =
            |name: &&str| [Block::Heading { level: Level::Three, text: (*name).to_owned(), score: None }, list(&items)];
        [heading(title)].into_iter().chain(groups.iter().flat_map(group)).collect::<Vec<_>>()
    };
    document(["In the first months", "In later years", "For good"].iter().flat_map(|title| section(title)).collect())
}

#[test]
fn a_page_that_begins_within_a_section_says_in_which() {
    let (mut groups, mut items) = (0, 0);
    for points in 12..=24 {
        let laid = lay_out(&sized(sections(), points)).unwrap();
        let (mut section, mut group) = (String::new(), String::new());
        for (index, page) in laid.pages.iter().enumerate() {
            let kind = |run: &Run| match run.owner {
                Owner::Element(id) => laid.elements.get(id).map(|element| element.kind),
                Owner::Artifact => None,
            };
            let body: Vec<&Run> = page.runs.iter().filter(|run| run.owner != Owner::Artifact).collect();
            let expected = match kind(body[0]).unwrap() {
                Kind::Heading(2) => String::new(),
                Kind::Heading(3) => {
                    groups += 1;
                    section.clone()
                }
                _ => {
                    items += 1;
                    format!("{section}: {group}")
                }
            };
            let more = |word: &str| if expected.is_empty() { String::new() } else { format!("{word} of {expected}") };
            assert_eq!(again(page), more("More"), "page {index} at {points}");
            if index > 0 {
                let said = |name: &str| format!("On the next page: {name}");
                let foot = foot(&laid.pages[index - 1]);
                // Two lines of the largest letters take the name of the group alone.
                let short = points > 18 && foot.starts_with(&said(&format!("more of {group}")));
                assert!(foot.starts_with(said(&more("more")).trim_end()) || short, "page {index} at {points}: {foot}");
            }
            for run in body {
                match kind(run).unwrap() {
                    Kind::Heading(2) => section.clone_from(&run.text),
                    Kind::Heading(3) => group.clone_from(&run.text),
                    _ => {}
                }
            }
        }
    }
    assert!(groups > 5 && items > 5, "{groups} {items}");
}

#[test]
fn a_name_too_long_for_two_lines_is_not_cut() {
    let name = "a heading of many words ".repeat(12);
    let laid = lay_out(&document([heading(&name)].into_iter().chain(lines(60)).collect())).unwrap();
    assert!(laid.pages.len() > 1);
    for page in &laid.pages[1..] {
        assert_eq!(again(page), "This goes on from the page before.");
    }
}

#[test]
fn text_after_a_box_does_not_go_on_with_the_box() {
    let (mut patient, contact) = (samuel(), contact());
    patient.needs.print_points = 24;
    let laid = lay_out(&care_plan(&made(2, 1), ASSESSED, &about(&patient, Some(&contact))).unwrap()).unwrap();
    assert_eq!((page_of(&laid, "Who to ring"), page_of(&laid, "This plan is about")), (0, 1));
    assert_eq!(again(&laid.pages[1]), "");
}

/// A locked plan of concerns with this many actions each, the first of each done.
fn made(concerns: usize, actions: usize) -> CarePlan {
    let names =
        ["Worry, fear or anxiety", "Who will walk the dog", "Work and education", "Tired, exhausted or fatigued"];
    let said = ["Not knowing what happens after the scan. I want to know who I can ring.", "", "I am on my own."];
    let all = (0..concerns)
        .map(|n| concern(&format!("c{n}"), &format!("{} {n}", names[n % 4]), rated(5), n < 4, said[n % 3]))
        .collect();
    let parts = [
        ["inform", "the sheet about who to ring", "nurse", "Ruth Adeyemi", "30-Nov-2026"],
        ["refer", "for counselling at the Riverside support centre", "support_worker", "Tom Whelan", "30-Nov-2026"],
        ["self_care", "write down your questions before the scan", "patient", "", "4-Dec-2026"],
        ["signpost", "the dog walkers", "service", "Waggers of Rye Lane", "1-Dec-2026"],
        ["review", "when the last treatment is over", "gp", "Dr P Osei", "11-Jan-2027"],
    ];
    let each = (0..concerns).flat_map(|c| (0..actions).map(move |a| (c, a)));
    let plan =
        each.fold(plan_of(all), |plan, (c, a)| with(plan, &format!("c{c}"), parts[(a + c) % parts.len()], a == 0));
    plan.lock(&ruth()).unwrap()
}

/// Points between the document's last line and the footer, without what the lines about the next page take.
fn empty(page: &Page, size: f32) -> f32 {
    let footer = page.runs.iter().find(|run| run.text.starts_with("Care plan, version")).unwrap();
    let last = page.runs.iter().filter(|run| run.owner != Owner::Artifact).map(|run| run.y).fold(0.0, f32::max);
    footer.y - last - 2.2 * size - 3.6 * size
}

#[test]
fn no_page_of_a_plan_but_the_last_is_more_than_a_third_empty() {
    let (patient, contact) = (samuel(), contact());
    for concerns in [1, 2, 4, 7] {
        for actions in 0..=5 {
            let plan = care_plan(&made(concerns, actions), ASSESSED, &about(&patient, Some(&contact))).unwrap();
            let laid = lay_out(&plan).unwrap();
            let (_, but_last) = laid.pages.split_last().unwrap();
            for page in but_last {
                let empty = empty(page, 14.0);
                // A third of the height for text.
                assert!(empty <= 195.0, "{concerns} concerns of {actions} actions, {}: {empty}", page.name);
            }
        }
    }
}

#[test]
fn every_plan_ends_with_a_row_or_words_above_the_lines_to_sign_on() {
    let contact = contact();
    for points in [14, 18, 24] {
        let mut patient = samuel();
        patient.needs.print_points = points;
        for (concerns, actions) in [1, 2, 4, 7].into_iter().flat_map(|one| (0..=5).map(move |more| (one, more))) {
            let plan = care_plan(&made(concerns, actions), ASSESSED, &about(&patient, Some(&contact))).unwrap();
            let laid = lay_out(&plan).unwrap();
            let last = body(laid.pages.last().unwrap());
            let (before, _) = last.split_once(" Agreed by ").unwrap();
            assert!(!before.is_empty(), "{concerns} concerns of {actions} actions at {points}");
            // A page for a heading of its own would be the worst way to get there.
            for page in &laid.pages {
                assert!(body(page).len() > 40, "{concerns} concerns of {actions} actions at {points}: {}", page.name);
            }
        }
    }
}

#[test]
fn a_day_with_done_before_it_takes_one_line() {
    let (mut patient, contact) = (samuel(), contact());
    let count = |patient: &domain::patient::Patient, text: &str| {
        let laid = lay_out(&care_plan(&made(2, 2), ASSESSED, &about(patient, Some(&contact))).unwrap()).unwrap();
        laid.pages.iter().flat_map(|page| &page.runs).filter(|run| run.text == text).count()
    };
    assert_eq!(count(&patient, "Done 23 November 2026"), 2);
    patient.needs.print_points = 24;
    assert!(count(&patient, "What we agreed") >= 2, "the head of the first column is broken");
}
