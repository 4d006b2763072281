//! Forms to fill in with a pen: everything can be marked, nothing stands on something else, and every page says whose it is.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod kit;

use std::process::Command;

use documents::*;
use domain::checklist::{Area, Checklist, Item, Topic};
use domain::patient::Patient;
use kit::records::*;
use kit::{bounds, scratch, squeezed};

/// Six areas of ten concerns: of one word, of four, and one that no column takes on one line.
fn checklist() -> Checklist {
    let words = |area: usize, n: usize| match n {
        0 => format!("Pain{area}"),
        9 => format!("Worry{area} about how those who are close to me will manage while I am in hospital"),
        n => format!("Concern {area}.{n} of my own"),
    };
    let item = |area: usize, n: usize| {
        let (key, code) = (format!("a{area}.i{n}"), format!("c{area}-{n}"));
        Item { key, code, text: words(area, n) }
    };
    let area = |area: usize| Area {
        key: format!("a{area}"),
        title: format!("Area{area}"),
        items: (0..10).map(|n| item(area, n)).collect(),
    };
    Checklist {
        canonical: "https://holdfast.example/fhir/Questionnaire/invented|2.1.0".to_owned(),
        title: "What concerns you".to_owned(),
        question: "Over the last week, how much has this bothered you?".to_owned(),
        low: "a little".to_owned(),
        high: "the worst it could be".to_owned(),
        domains: (1..=6).map(area).collect(),
        topics: (1..=9).map(|n| Topic { key: format!("t{n}"), text: format!("Topic{n} and more about it") }).collect(),
    }
}

fn form<'a>(checklist: &'a Checklist, patient: Option<&'a Patient>, contact: Option<&'a Contact>) -> Document {
    blank_checklist(&kit::records::blank(checklist, patient, contact)).unwrap()
}

/// The form to score concerns again, with an 11th box on each scale.
fn form_again(checklist: &Checklist, patient: &Patient) -> Document {
    blank_checklist(&BlankChecklist { again: Some(TODAY), ..blank(checklist, Some(patient), None) }).unwrap()
}

fn laid(points: u8) -> Laid {
    let (list, mut patient) = (checklist(), samuel());
    patient.needs.print_points = points;
    lay_out(&form(&list, Some(&patient), None)).unwrap()
}

fn laid_again(points: u8) -> Laid {
    let (list, mut patient) = (checklist(), samuel());
    patient.needs.print_points = points;
    lay_out(&form_again(&list, &patient)).unwrap()
}

/// Squares to tick, and boxes of a scale or for one character, of one page.
fn marks(page: &Page) -> (Vec<[f32; 4]>, Vec<[f32; 4]>) {
    let strokes = page.shapes.iter().filter(|shape| matches!(shape.paint, Paint::Stroke(line) if line == 0.9));
    let boxes = strokes.filter(|shape| shape.path.len() > 2);
    let (cells, ticks): (Vec<_>, Vec<_>) = boxes.partition(|shape| shape.path.len() == 5);
    let all = |shapes: Vec<&Shape>| shapes.into_iter().map(bounds).collect();
    (all(ticks), all(cells))
}

fn pages(name: &str, document: &Document) -> Vec<String> {
    let path = scratch(&format!("{name}.pdf"));
    std::fs::write(&path, pdf(&lay_out(document).unwrap()).unwrap()).unwrap();
    let output = Command::new("pdftotext").args(["-raw"]).arg(path).arg("-").output().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap().replace('\u{a0}', " ");
    text.trim_end_matches('\u{c}').split('\u{c}').map(squeezed).collect()
}

#[test]
fn a_form_without_a_name_has_room_for_it_on_every_page() {
    let (list, contact) = (checklist(), contact());
    let pages = pages("blank-form", &form(&list, None, Some(&contact)));
    let count = pages.len();
    assert!(count >= 4, "{count}");
    for (index, page) in pages.iter().enumerate() {
        for part in ["Name ______", "NHS No. ________________", "Born ____ /____ /________", "Form to fill in"] {
            assert!(page.contains(part), "{part} on page {}: {page}", index + 1);
        }
        assert!(page.contains(&format!("Page {} of {count}", index + 1)), "{page}");
        assert!(page.contains("What concerns you 2.1.0 · Thamesbank Hospitals"), "{page}");
        assert!(page.contains("Blank form, printed on 23 November 2026"), "{page}");
    }
    for part in ["How to fill this in", "Full name", "NHS number, if you know it", "ring 020 7946 0112"] {
        assert!(pages[0].contains(part), "{part}");
    }
    let whole = pages.join(" ");
    for area in &list.domains {
        let concerns = area.items.iter().map(|item| item.text.split(' ').next().unwrap());
        let declined = format!("I do not want to answer questions of this part: {}", area.title);
        for part in [&*area.title, &*declined].into_iter().chain(concerns) {
            assert!(whole.contains(part), "{part}");
        }
    }
    for part in
        ["Something else", "What matters most to me today", "I have questions about", "Who filled this in, and when"]
    {
        assert!(whole.contains(part), "{part}");
    }
    assert!(list.topics.iter().all(|topic| whole.contains(&topic.text)), "{whole}");
}

#[test]
fn a_form_for_a_patient_says_whose_it_is_and_asks_for_no_name() {
    let (list, patient) = (checklist(), samuel());
    let pages = pages("blank-form-samuel", &form(&list, Some(&patient), None));
    for page in &pages {
        let page = page.as_str();
        assert!(page.contains("OKONKWO-BELL, Samuel (Mr)") && page.contains("NHS No. 999 000 0026"), "{page}");
        assert!(page.contains("Born 2 March 1961") && !page.contains("____"), "{page}");
    }
    assert!(!pages[0].contains("Full name") && !pages[0].contains("ring"), "{}", pages[0]);
}

#[test]
fn every_concern_has_its_box_each_number_and_both_other_boxes_on_its_own_page() {
    let list = checklist();
    for (points, again) in [14, 18, 24].into_iter().flat_map(|points| [(points, false), (points, true)]) {
        let laid = if again { laid_again(points) } else { laid(points) };
        let (mut ticked, mut celled) = (0, 0);
        for page in &laid.pages {
            let (ticks, cells) = marks(page);
            (ticked, celled) = (ticked + ticks.len(), celled + cells.len());
            let numbers = |number: &str| {
                page.runs.iter().filter(|run| run.text == number && matches!(run.owner, Owner::Element(_))).count()
            };
            for number in 2..=10 {
                assert_eq!(numbers(&number.to_string()), numbers("1"), "{number} at {points} points, {}", page.name);
            }
            assert_eq!(numbers("0"), if again { numbers("1") } else { 0 }, "0 at {points} points, {}", page.name);
        }
        let (concerns, own) = (list.domains.iter().map(|area| area.items.len()).sum::<usize>(), 3);
        assert_eq!(ticked, (concerns + own) * 3 + list.domains.len() + list.topics.len() + 4, "{points}");
        let scale = if again { 11 } else { 10 };
        assert_eq!(celled, (concerns + own) * scale + 8, "{points}: the scales and the day");
    }
}

#[test]
fn a_form_to_score_again_says_of_when_it_is_and_what_0_means() {
    let (list, patient) = (checklist(), samuel());
    let whole = pages("blank-form-again", &form_again(&list, &patient)).join(" ");
    for part in [
        "You told us what concerned you on 23 November 2026.",
        "also when it is better or gone",
        "from 0 to 10. 0 is no longer a concern, 1 is a little, 10 is the worst it could be.",
        "0: no longer a concern. 1 is a little, 10 is the worst it could be",
    ] {
        assert!(whole.contains(part), "{part}: {whole}");
    }
    let other = pages("blank-form-first", &form(&list, Some(&patient), None)).join(" ");
    assert!(!other.contains("no longer a concern") && !other.contains("You told us"));
}

#[test]
fn nothing_stands_on_something_else_or_over_the_margin_in_any_size() {
    for points in [14, 16, 18, 20, 24] {
        for page in laid(points).pages.into_iter().chain(laid_again(points).pages) {
            let place = format!("{} at {points} points", page.name);
            let text: Vec<[f32; 4]> =
                page.runs.iter().map(|run| [run.x, run.y - 0.7 * run.size, run.x + run.width, run.y]).collect();
            let (ticks, cells) = marks(&page);
            for [left, top, right, bottom] in text.iter().chain(&ticks).chain(&cells).copied() {
                assert!(left > MARGIN - 1.0 && right < PAGE_WIDTH - MARGIN + 1.0, "{place}: {left} to {right}");
                assert!(top > MARGIN - 1.0 && bottom < PAGE_HEIGHT - MARGIN + 6.0, "{place}: {top} to {bottom}");
            }
            let apart =
                |a: &[f32; 4], b: &[f32; 4]| a[2] <= b[0] + 0.1 || b[2] <= a[0] + 0.1 || a[3] <= b[1] || b[3] <= a[1];
            for (index, run) in text.iter().enumerate() {
                let others = text.iter().skip(index + 1);
                assert!(others.clone().all(|other| apart(run, other)), "{place}: {}", page.runs[index].text);
                assert!(ticks.iter().all(|tick| apart(run, tick)), "{place}: {}", page.runs[index].text);
            }
            for (index, tick) in ticks.iter().enumerate() {
                let others = ticks.iter().skip(index + 1).chain(&cells);
                assert!(others.clone().all(|other| apart(tick, other)), "{place}: a box");
            }
        }
    }
}

#[test]
fn columns_where_they_fit_and_words_beside_each_box_where_the_letters_are_too_large() {
    let said = |points: u8, words: &str| {
        let laid = laid(points);
        laid.pages
            .iter()
            .flat_map(|page| &page.runs)
            .filter(|run| run.text == words && run.size >= points.into())
            .count()
    };
    // One head an area and one on each page on which an area goes on; own words have no columns.
    assert!((6 + 3..20).contains(&said(14, "private")), "{}", said(14, "private"));
    assert_eq!(said(14, "In private"), 3);
    assert_eq!(said(24, "In private"), 63);
}
