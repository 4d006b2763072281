//! The two copies of a summary: the same facts in both, each in its own order, and what stands on one of them alone.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod kit;

use documents::*;
use domain::summary_template::Copy;
use domain::treatment_summary::TreatmentSummary;
use kit::records::*;
use kit::squeezed;

/// The text of the document with a space only where there is one on the page: a change of voice is none.
fn as_it_stands(laid: &Laid) -> String {
    let mut text = String::new();
    let mut end = (0.0_f32, 0.0_f32);
    for run in laid.pages.iter().flat_map(|page| &page.runs).filter(|run| run.owner != Owner::Artifact) {
        if (run.y - end.1).abs() > 0.1 || (run.x - end.0).abs() > 0.1 {
            text.push(' ');
        }
        text.push_str(&run.text);
        end = (run.x + run.width, run.y);
    }
    text
}

/// Every fact of a summary, each after the end of the one before within its section; the count of those that were found.
fn found(summary: &TreatmentSummary, copy: Copy, document: &Document) -> usize {
    let template = template();
    let text = squeezed(&as_it_stands(&lay_out(document).unwrap()).replace('\u{a0}', " "));
    let boxed = if copy == Copy::Patient { "contacts" } else { "gp-actions" };
    let mut order = vec![boxed.to_owned()];
    order.extend(template.order(copy).iter().filter(|key| *key != boxed).cloned());
    let mut rest = text.as_str();
    let mut found = 0;
    for key in order {
        let section = template.section(&key).unwrap();
        let facts: Vec<_> = summary.facts(&template).into_iter().filter(|fact| fact.section == key).collect();
        if facts.is_empty() {
            assert!(!text.contains(section.title.of(copy)), "{key} is empty");
            continue;
        }
        let Some((_, after)) = rest.split_once(section.title.of(copy)) else { panic!("{key} is not in its place") };
        rest = after;
        for fact in facts {
            let words = format!("{}{}", if fact.urgent { "URGENT " } else { "" }, fact.words.of(copy));
            let Some((_, after)) = rest.split_once(&words) else { panic!("{words} is lost") };
            rest = after;
            found += 1;
        }
    }
    found
}

#[test]
fn both_copies_say_the_same_facts_each_in_its_order() {
    let (patient, contact, template) = (samuel(), contact(), template());
    let about = about(&patient, Some(&contact));
    let signed = summary(&template).sign(&template, &ruth()).unwrap();
    for copy in Copy::ALL {
        let document = treatment_summary(&signed, &template, *copy, &about).unwrap();
        assert_eq!(found(&signed, *copy, &document), 13);
    }
}

#[test]
fn only_codes_of_chosen_lines_stand_on_the_copy_for_the_gp() {
    let (patient, template) = (samuel(), template());
    let about = about(&patient, None);
    let text = |summary: &TreatmentSummary, copy| {
        squeezed(&as_it_stands(&lay_out(&treatment_summary(summary, &template, copy, &about).unwrap()).unwrap()))
    };
    let chosen = summary(&template);
    let gp = text(&chosen, Copy::Gp);
    assert!(
        gp.contains("Malignant tumour of breast SNOMED CT 254837009 Malignant neoplasm of breast ICD-10 C50"),
        "{gp}"
    );
    assert!(gp.contains("1. Codes") && gp.contains("2. Diagnosis and staging") && !gp.contains("000000000"));
    assert!(gp.contains("To: Fernleigh Surgery (Z99901)") && gp.contains("From: Thamesbank Hospitals, breast team"));
    assert!(!text(&chosen, Copy::Patient).contains("254837009"));
    let without = chosen.clone().drop_line(&chosen.chosen[0].key).unwrap();
    let gp = text(&without, Copy::Gp);
    assert!(!gp.contains("Codes") && gp.contains("1. Treatment given"), "{gp}");
}
