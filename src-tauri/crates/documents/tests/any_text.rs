//! Whatever was typed: it is printed, or the character that cannot be is named; never a wrong letter.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod kit;

use documents::*;
use domain::summary_template::Copy;
use kit::records::*;

#[test]
fn any_text_is_printed_or_its_character_is_named() {
    let texts = [
        "",
        " ",
        "\u{0}",
        "\u{7f}",
        "\u{200b}",
        "\u{feff}",
        "{ $x }",
        "{page}",
        "{",
        "}{",
        "%s%n",
        "\\n",
        "<b>bold</b>",
        "&amp;",
        "'; DROP TABLE plan; --",
        "Zoë O’Brien–Łukasz",
        "e\u{301}",
        "Z\u{351}a\u{320}lgo",
        "ﷺ",
        "مرحبا",
        "שלום",
        "田中",
        "😢",
        "🏳️‍⚧️",
        "\u{202e}reversed",
        "ŉ",
        "ß",
        "½ ≥ µ",
        "\u{fffd}",
        "\u{e000}",
        "a\tb",
        "line\nline",
        "\n\n",
        "NaN",
        "undefined",
    ];
    let long = ["W".repeat(4000), "word ".repeat(800)];
    let template = template();
    for text in texts.into_iter().chain(long.iter().map(String::as_str)) {
        let line: String = text.chars().take(200).collect();
        let mut patient = samuel();
        patient.name.family = line.clone();
        patient.key_worker = line.clone();
        patient.practice.name = line.clone();
        let names = about(&patient, None);
        let plain = samuel();
        let plain = about(&plain, None);
        let mut plan = with(plan(), "worry", ["inform", "", "service", "", ""], false);
        plan.concerns[0].matters = text.to_owned();
        plan.concerns[0].text = line.clone();
        plan.concerns[0].actions[0].what = line.clone();
        let mut summary = summary(&template);
        summary.own[0].copies.patient = line.clone();
        summary.chosen[8].values.insert("phone".to_owned(), line.clone());
        let documents = [
            care_plan(&plan, ASSESSED, &plain),
            treatment_summary(&summary, &template, Copy::Patient, &plain),
            treatment_summary(&summary, &template, Copy::Gp, &plain),
            care_plan(&kit::records::plan().lock(&ruth()).unwrap(), ASSESSED, &names),
        ];
        for (index, document) in documents.into_iter().enumerate() {
            match document {
                Ok(document) => {
                    assert!(index == 2 || unprintable(&line).is_none(), "{line:?}");
                    let written = pdf(&lay_out(&document).unwrap()).unwrap();
                    assert!(written.starts_with(b"%PDF"));
                }
                Err(Error::NoGlyph { character, .. }) if index < 3 => {
                    assert_eq!(unprintable(text), Some(character), "{text:?}");
                }
                Err(fault) => assert!(matches!(fault, Error::NoGlyph { .. }), "{fault}"),
            }
        }
    }
    assert_eq!(unprintable("sad 😢 face"), Some('😢'));
    assert_eq!(unprintable("Lłoyd, Gŵyn\n½ ≥ 38\u{a0}°C"), None);
}
