//! The two sample documents, run by run: any change of the layout is seen in the difference and looked at on paper.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod kit;

use std::fmt::Write;

use documents::{BlankChecklist, Document, Laid, Owner, Paint, blank_checklist, lay_out};
use domain::checklist::Checklist;

fn written(laid: &Laid) -> String {
    let mut out = String::new();
    for page in &laid.pages {
        writeln!(out, "== {}", page.name).unwrap();
        for shape in &page.shapes {
            let paint = match shape.paint {
                Paint::Fill(grey) => format!("fill {grey:.2}"),
                Paint::Stroke(thickness) => format!("line {thickness:.2}"),
            };
            let [left, top, right, bottom] = kit::bounds(shape);
            writeln!(out, "{left:.2} {top:.2} to {right:.2} {bottom:.2} {paint}").unwrap();
        }
        for run in &page.runs {
            let owner = match run.owner {
                Owner::Artifact => "artifact".to_owned(),
                Owner::Element(id) => format!("{:?}", laid.elements.get(id).unwrap().kind),
            };
            let weight = if run.bold { "bold" } else { "plain" };
            writeln!(out, "{:.2} {:.2} {:.2} {weight} {owner} | {}|", run.x, run.y, run.size, run.text).unwrap();
        }
    }
    out
}

fn compare(document: &Document, name: &str, golden: &str) {
    let now = written(&lay_out(document).unwrap());
    if now != golden {
        let path = kit::scratch(name);
        std::fs::write(&path, &now).unwrap();
        let line = now.lines().zip(golden.lines()).position(|(now, then)| now != then);
        panic!(
            "the layout of {name} changed at line {:?}; look at it, then copy {}",
            line.map(|n| n + 1),
            path.display()
        );
    }
}

#[test]
fn the_care_plan_stands_where_it_stood() {
    compare(&kit::sample_plan(), "care-plan.txt", include_str!("golden/care-plan.txt"));
}

#[test]
fn the_form_to_score_again_stands_where_it_stood() {
    let list = Checklist {
        title: "What concerns you".to_owned(),
        question: "Over the last week, how much has this bothered you?".to_owned(),
        low: "a little".to_owned(),
        high: "the worst it could be".to_owned(),
        ..kit::records::checklist_of_one("pain", "Pain")
    };
    let samuel = kit::records::samuel();
    let form = BlankChecklist { again: Some(kit::records::TODAY), ..kit::records::blank(&list, Some(&samuel), None) };
    let golden = include_str!("golden/score-again-form.txt");
    compare(&blank_checklist(&form).unwrap(), "score-again-form.txt", golden);
}

#[test]
fn the_summary_for_the_practice_stands_where_it_stood() {
    compare(&kit::gp_summary(), "gp-summary.txt", include_str!("golden/gp-summary.txt"));
}
