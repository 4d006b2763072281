//! Where everything stands: margins, order, page ends, repeated heads, and what is refused before any of it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod kit;

use documents::*;
use kit::*;

fn samples() -> Vec<Document> {
    let mut letter = gp_summary();
    letter.meta.trust.address = vec!["Riverside Road".to_owned(), "London SE1 9XX".to_owned()];
    letter.meta.watermark = Some("TRAINING".to_owned());
    let mut out = Vec::new();
    for points in 12..=24 {
        out.extend([sample_plan(), gp_summary(), letter.clone()].map(|document| sized(document, points)));
    }
    out
}

/// What a document says, in order, as a reader would say it; written without any of the layout's code.
fn said(document: &Document) -> String {
    fn text(text: &Text, out: &mut Vec<String>) {
        out.push(text.0.iter().map(|span| span.text.as_str()).collect());
    }
    fn blocks(all: &[Block], out: &mut Vec<String>) {
        for block in all {
            match block {
                Block::Title { title, lines, aside } => {
                    out.push(title.clone());
                    lines.iter().for_each(|line| text(line, out));
                    out.extend(aside.iter().cloned());
                }
                Block::Heading { text, score, .. } => {
                    out.push(text.clone());
                    out.extend(score.iter().map(|score| score.words.clone()));
                }
                Block::Paragraph(paragraph) => text(paragraph, out),
                Block::List { numbered, items } => {
                    for (index, item) in items.iter().enumerate() {
                        out.push(if *numbered { format!("{}.", index + 1) } else { "•".to_owned() });
                        text(item, out);
                    }
                }
                Block::Table(table) => {
                    out.extend(table.head.iter().cloned());
                    table.rows.iter().flatten().for_each(|cell| text(cell, out));
                }
                Block::KeyValues(facts) => facts.iter().for_each(|fact| {
                    out.push(fact.key.clone());
                    text(&fact.value, out);
                }),
                Block::Boxed { title, blocks: inner } => {
                    out.push(title.clone());
                    blocks(inner, out);
                }
                Block::Together(inner) => blocks(inner, out),
                Block::Signatures(lines) => {
                    lines.iter().for_each(|line| out.extend([line.who.clone(), line.date.clone()]));
                }
                Block::Ticks(_) | Block::Blanks(_) => unreachable!("forms are read in blank_forms"),
                Block::Spacer => {}
            }
        }
    }
    let mut out = Vec::new();
    let trust = &document.meta.trust;
    if !trust.address.is_empty() {
        out.extend([trust.name.clone(), trust.address.join(", ")]);
    }
    blocks(&document.blocks, &mut out);
    squeezed(&out.join(" ").replace('\u{a0}', " "))
}

/// Without any white space: a word may be broken, and a change of voice within a word is no space.
fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn page_text(page: &Page) -> String {
    squeezed(&page.runs.iter().map(|run| run.text.as_str()).collect::<Vec<_>>().join(" "))
}

#[test]
fn nothing_stands_outside_the_margins_at_any_size() {
    for document in samples() {
        let laid = lay_out(&document).unwrap();
        for run in laid.pages.iter().flat_map(|page| &page.runs) {
            assert!(run.x >= MARGIN - 0.02 && run.x + run.width <= PAGE_WIDTH - MARGIN + 0.02, "{run:?}");
            assert!(run.y - run.size >= MARGIN - run.size * 0.3 && run.y <= PAGE_HEIGHT - MARGIN, "{run:?}");
        }
    }
}

#[test]
fn no_two_runs_of_a_line_touch_each_other() {
    for document in samples() {
        for page in lay_out(&document).unwrap().pages {
            for (index, a) in page.runs.iter().enumerate() {
                for b in page.runs.iter().skip(index + 1) {
                    let (upper, lower) = if a.y < b.y { (a, b) } else { (b, a) };
                    let apart = lower.y - upper.y > 0.6 * lower.size;
                    let beside = a.x + a.width <= b.x + 0.05 || b.x + b.width <= a.x + 0.05;
                    assert!(apart || beside, "{a:?} {b:?}");
                }
            }
        }
    }
}

#[test]
fn every_word_is_there_once_and_in_order_at_any_size() {
    for document in samples() {
        let laid = lay_out(&document).unwrap();
        assert_eq!(letters(&reading(&laid)), letters(&said(&document)), "{:?}", document.meta.size);
    }
}

#[test]
fn every_run_of_the_document_has_its_element() {
    let laid = lay_out(&sample_plan()).unwrap();
    let kinds: Vec<Kind> = laid.elements.iter().map(|(_, element)| element.kind).collect();
    for kind in
        [Kind::Heading(1), Kind::Boxed, Kind::Heading(3), Kind::ColumnHead, Kind::Cell, Kind::RowHead, Kind::ItemBody]
    {
        assert!(kinds.contains(&kind), "{kind:?}");
    }
    let mut last = None;
    for run in laid.pages.iter().flat_map(|page| &page.runs) {
        if let Owner::Element(id) = run.owner {
            assert!(laid.elements.get(id).unwrap().parent.is_some());
            // Reading order is the order of the elements: tagging needs no second layout.
            assert!(last <= Some(id), "{run:?}");
            last = Some(id);
        }
    }
}

#[test]
fn every_page_says_whose_it_is_and_which_it_is() {
    for document in samples().into_iter().chain([long(60)]) {
        let laid = lay_out(&document).unwrap();
        let count = laid.pages.len();
        for (index, page) in laid.pages.iter().enumerate() {
            let text = page_text(page);
            let meta = &document.meta;
            let who = &meta.identifiers;
            let name = format!("Page {} of {count}", index + 1);
            assert_eq!(page.name, name);
            let number = who.number.replace('\u{a0}', " ");
            for part in [&who.name, &who.born, &number, &meta.copy, &meta.version, &meta.made, &meta.trust.name, &name]
            {
                assert!(text.contains(part.as_str()), "{part} in {text}");
            }
            assert_eq!(meta.watermark.is_some(), text.contains("TRAINING"));
        }
    }
}

#[test]
fn a_larger_size_takes_more_pages_and_larger_letters() {
    let pages: Vec<usize> =
        (12..=24).map(|points| lay_out(&sized(sample_plan(), points)).unwrap().pages.len()).collect();
    assert!(pages.windows(2).all(|pair| pair[0] <= pair[1]) && pages[0] < pages[12], "{pages:?}");
    for points in [16, 18, 20, 24] {
        let laid = lay_out(&sized(sample_plan(), points)).unwrap();
        let smallest =
            laid.pages.iter().flat_map(|page| &page.runs).filter(|run| run.text != "TEST").map(|run| run.size);
        assert!(smallest.fold(f32::MAX, f32::min) >= f32::from(points).min(18.0));
    }
}

fn rows(count: usize) -> Vec<Vec<String>> {
    (1..=count)
        .map(|n| vec![format!("Action {n} with words enough to take two lines of its column"), format!("By {n}")])
        .collect()
}

fn long_table(count: usize) -> Document {
    let rows = rows(count).into_iter().map(|row| row.into_iter().map(Text::from).collect()).collect();
    let head = vec!["What we agreed".to_owned(), "When".to_owned()];
    document(vec![heading("Actions"), Block::Table(Table { head, rows, weights: vec![1, 1] })])
}

#[test]
fn a_table_repeats_its_head_and_keeps_its_rows_whole() {
    let laid = lay_out(&long_table(60)).unwrap();
    assert!(laid.pages.len() > 3);
    let mut seen = 0;
    for (index, page) in laid.pages.iter().enumerate() {
        let heads: Vec<_> = page.runs.iter().filter(|run| run.text == "What we agreed" && run.bold).collect();
        assert_eq!(heads.len(), 1, "page {index}");
        assert_eq!(heads[0].owner == Owner::Artifact, index > 0);
        let text = page_text(page);
        for row in rows(60).iter().skip(seen) {
            let whole = row.join(" ");
            if !text.contains(&format!("{} with", row[0].split(" with").next().unwrap())) {
                break;
            }
            assert!(text.contains(&whole), "{whole} is divided");
            seen += 1;
        }
        let last = index + 1 == laid.pages.len();
        assert_eq!(text.contains("On the next page: more of Actions."), !last, "page {index}");
    }
    assert_eq!(seen, 60);
}

#[test]
fn a_row_higher_than_a_page_goes_on_and_loses_nothing() {
    let story = (0..900).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ");
    let document = document(vec![table(&["What you said", "Who"], &[1, 1], &[&[&story, "You"], &["short", "Ruth"]])]);
    let laid = lay_out(&document).unwrap();
    assert!(laid.pages.len() > 2);
    let text = letters(&reading(&laid));
    let mut rest = text.as_str();
    for n in 0..900 {
        (_, rest) = rest.split_once(&format!("word{n}")).unwrap_or_else(|| panic!("word{n} is lost"));
    }
}

#[test]
fn what_is_too_long_anywhere_stays_between_header_and_footer() {
    let story = "word ".repeat(1500);
    let title = Block::Title {
        title: story.clone(),
        lines: vec![Text::plain(story.as_str())],
        aside: vec!["To: somebody".to_owned(); 90],
    };
    let facts = Block::KeyValues(vec![KeyValue { key: story.clone(), value: story.as_str().into() }]);
    let boxed =
        Block::Boxed { title: story.clone(), blocks: vec![table(&["Story"], &[], &[&[&story]]), list(&[&story])] };
    for points in [12, 14, 24] {
        for block in [title.clone(), facts.clone(), boxed.clone(), table(&[&story, "Who"], &[], &[&[&story, "You"]])] {
            let mut document = sized(document(vec![block]), points);
            document.meta.trust.address = vec!["Riverside Road".to_owned()];
            let laid = lay_out(&document).unwrap();
            // A row divided between pages is read page by page, so only the order may differ.
            let sorted = |text: String| -> Vec<char> {
                let mut all: Vec<char> = letters(&text).chars().collect();
                all.sort_unstable();
                all
            };
            assert_eq!(sorted(reading(&laid)), sorted(said(&document)));
            for page in &laid.pages {
                let footer = page.runs.iter().find(|run| run.text.starts_with("Care plan, version")).unwrap();
                for run in page.runs.iter().filter(|run| run.owner != Owner::Artifact) {
                    assert!(run.y < footer.y - footer.size, "{run:?}");
                }
            }
        }
    }
}

#[test]
fn a_small_group_stays_on_one_page() {
    let group = |n: usize| {
        Block::Together(vec![
            Block::Heading { level: Level::Three, text: format!("Concern {n}"), score: None },
            paragraph(format!("Said {n}")),
            table(&["What", "Who"], &[], &[&["one", "You"], &["two", "You"], &[&format!("last {n}"), "You"]]),
        ])
    };
    for points in 12..=14 {
        let laid = lay_out(&sized(document((0..12).map(group).collect()), points)).unwrap();
        for n in 0..12 {
            let on: Vec<bool> = laid
                .pages
                .iter()
                .map(page_text)
                .map(|text| text.split("On the next page").next().unwrap().to_owned())
                .map(|text| (text.contains(&format!("Concern {n} ")), text.contains(&format!("last {n} "))))
                .map(|(start, end)| {
                    assert_eq!(start, end, "concern {n} at {points}");
                    start
                })
                .collect();
            assert_eq!(on.iter().filter(|here| **here).count(), 1, "concern {n} at {points}: {on:?}");
        }
    }
}

#[test]
fn a_heading_never_ends_a_page_and_no_line_is_left_alone() {
    let laid = lay_out(&long(80)).unwrap();
    for page in &laid.pages {
        let body: Vec<_> = page.runs.iter().filter(|run| run.owner != Owner::Artifact).collect();
        assert!(!body.last().unwrap().bold, "{:?}", body.last());
        let Owner::Element(first) = body[0].owner else { panic!() };
        let alone = body.iter().filter(|run| run.owner == Owner::Element(first)).count();
        assert!(alone > 1 || body[0].bold, "{:?}", body[0]);
    }
}

#[test]
fn a_box_is_framed_on_one_page_and_a_long_one_on_each() {
    let frames = |laid: &Laid| -> Vec<usize> {
        let framed = |page: &Page| page.shapes.iter().filter(|shape| shape.paint == Paint::Stroke(2.0)).count();
        laid.pages.iter().map(framed).collect()
    };
    let boxed = |lines: usize| Block::Boxed { title: "Box".to_owned(), blocks: vec![paragraph("a line of it"); lines] };
    let before = || vec![paragraph("a line before it"); 18];
    let kept = lay_out(&document(before().into_iter().chain([boxed(8)]).collect())).unwrap();
    assert_eq!(frames(&kept), [0, 1]);
    let long = lay_out(&document(vec![boxed(70)])).unwrap();
    for page in &long.pages {
        let frame = bounds(page.shapes.iter().find(|shape| shape.paint == Paint::Stroke(2.0)).unwrap());
        for run in page.runs.iter().filter(|run| run.owner != Owner::Artifact) {
            assert!(frame[0] + 5.0 < run.x && run.x + run.width < frame[2] - 5.0, "{frame:?} {run:?}");
            assert!(frame[1] + 5.0 < run.y - 0.7 * run.size && run.y + 5.0 < frame[3], "{frame:?} {run:?}");
        }
        let after = page.runs.iter().filter(|run| run.owner == Owner::Artifact && run.y > frame[3]);
        assert!(after.count() >= 3);
    }
    assert!(long.pages.len() > 2 && frames(&long).iter().all(|count| *count == 1), "{:?}", frames(&long));
}

#[test]
fn the_next_page_is_announced_by_the_headings_it_has() {
    let laid = lay_out(&sample_plan()).unwrap();
    let text = page_text(&laid.pages[0]);
    assert!(text.contains(
        "On the next page: 2. Who will walk the dog; 3. Work and education; Your 4 other concerns; Agreed by."
    ));
    assert!(!page_text(laid.pages.last().unwrap()).contains("On the next page"));
    let name = "a heading of many words ".repeat(9);
    let blocks = (0..40).flat_map(|n| [heading(&format!("{n} {name}")), paragraph("Some text.")]).collect();
    let laid = lay_out(&document(blocks)).unwrap();
    assert!(page_text(&laid.pages[0]).contains("This goes on over the page."));
}

#[test]
fn a_character_that_cannot_be_printed_is_named_with_its_place() {
    let emoji = document(vec![paragraph("fine"), list(&["fine", "sad 😢 face"])]);
    let fault = lay_out(&emoji).unwrap_err();
    assert_eq!(fault, Error::NoGlyph { character: '😢', place: Place::Block(vec![2, 2]) });
    assert_eq!(fault.to_string(), "no glyph for U+1F622 😢 in block 2.2");

    let arabic = document(vec![table(&["Who"], &[], &[&["fine"], &["سارة"]])]);
    let fault = lay_out(&arabic).unwrap_err();
    assert_eq!(fault, Error::NoGlyph { character: 'س', place: Place::Block(vec![1, 2, 1]) });

    let mut header = document(Vec::new());
    header.meta.identifiers.name = "ВОВК, 李 (Ms)".to_owned();
    assert_eq!(lay_out(&header).unwrap_err(), Error::NoGlyph { character: '李', place: Place::Meta });

    let boxed = document(vec![Block::Boxed { title: "Hebrew".to_owned(), blocks: vec![paragraph("שלום")] }]);
    assert!(matches!(lay_out(&boxed), Err(Error::NoGlyph { character: 'ש', .. })));
}

#[test]
fn decomposed_letters_are_composed_and_what_is_unseen_is_dropped() {
    let laid = lay_out(&document(vec![paragraph(
        "Caf\u{65}\u{301} \u{feff}re\u{ad}fer\u{200b}ral W\u{302}yn\u{2011}Jones\tend",
    )]))
    .unwrap();
    assert_eq!(reading(&laid), "Café referral Ŵyn-Jones end");
}

#[test]
fn malformed_documents_are_refused() {
    let inner = Block::Boxed { title: "inner".to_owned(), blocks: Vec::new() };
    let outer = Block::Boxed { title: "outer".to_owned(), blocks: vec![paragraph("x"), Block::Together(vec![inner])] };
    assert_eq!(lay_out(&document(vec![outer])), Err(Error::BoxInBox { place: Place::Block(vec![1, 2, 1]) }));
    let uneven = table(&["a", "b"], &[], &[&["1", "2"], &["3"]]);
    assert_eq!(lay_out(&document(vec![uneven])), Err(Error::UnevenTable { place: Place::Block(vec![1]) }));
    let label = Signature { who: "many words ".repeat(900), date: "Date".to_owned() };
    assert_eq!(lay_out(&document(vec![Block::Signatures(vec![label])])), Err(Error::NoRoom));
    let mut crowded = document(Vec::new());
    crowded.meta.made = "many words ".repeat(900);
    assert_eq!(lay_out(&crowded), Err(Error::NoRoom));
    assert!(BaseSize::new(11).is_none() && BaseSize::new(25).is_none());
}

#[test]
fn an_empty_document_is_one_page() {
    let laid = lay_out(&document(Vec::new())).unwrap();
    assert_eq!(laid.pages.len(), 1);
    assert_eq!(laid.pages[0].name, "Page 1 of 1");
}

#[test]
fn columns_too_narrow_for_their_words_break_them_and_stay_apart() {
    let word = "Pneumonoultramicroscopicsilicovolcanoconiosis";
    let laid =
        lay_out(&sized(document(vec![table(&["First", "Second", "Third"], &[], &[&[word, word, "x"]])]), 24)).unwrap();
    assert_eq!(letters(&reading(&laid)).matches(word).count(), 2);
    assert!(laid.pages[0].runs.iter().all(|run| run.x + run.width <= PAGE_WIDTH - MARGIN + 0.02));
}

#[test]
fn a_thousand_paragraphs_are_all_there() {
    let document = long(1000);
    let laid = lay_out(&document).unwrap();
    assert!((100..=140).contains(&laid.pages.len()), "{}", laid.pages.len());
    assert_eq!(letters(&reading(&laid)), letters(&said(&document)));
}
