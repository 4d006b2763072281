//! Two documents about invented people, and small ones to build on; no assertions here.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

pub mod records;

use std::path::PathBuf;

use documents::*;

/// A path in the folder for what tests write.
pub fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    std::fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}

pub fn words() -> Words {
    Words {
        page: "Page {page} of {pages}".to_owned(),
        next_page: "On the next page:".to_owned(),
        more_of: "more of {part}".to_owned(),
        goes_on: "This goes on over the page.".to_owned(),
        again: "More of {part}".to_owned(),
        came: "This goes on from the page before.".to_owned(),
    }
}

pub fn meta() -> Meta {
    Meta {
        title: "Your care plan".to_owned(),
        identifiers: Identifiers {
            name: "OKONKWO-BELL, Samuel (Mr)".to_owned(),
            born: "Born 2 March 1961".to_owned(),
            number: unbroken("NHS No. 999 000 0026"),
            badge: Some("TEST".to_owned()),
        },
        copy: "Patient copy".to_owned(),
        version: "Care plan, version 1".to_owned(),
        author: "Ruth Adeyemi".to_owned(),
        made: "Printed 23 November 2026 at 10:31am by Ruth Adeyemi".to_owned(),
        trust: Trust { name: "Thamesbank Hospitals".to_owned(), address: Vec::new() },
        size: BaseSize::PATIENT,
        watermark: None,
        words: words(),
        marks: FileMarks { made_at: 1_795_429_860_000, file_id: *b"0123456789abcdef" },
    }
}

pub fn document(blocks: Vec<Block>) -> Document {
    Document { meta: meta(), blocks }
}

pub fn sized(mut document: Document, points: u8) -> Document {
    document.meta.size = BaseSize::new(points).unwrap();
    document
}

pub fn paragraph(text: impl Into<Text>) -> Block {
    Block::Paragraph(text.into())
}

pub fn heading(text: &str) -> Block {
    Block::Heading { level: Level::Two, text: text.to_owned(), score: None }
}

pub fn list(items: &[&str]) -> Block {
    Block::List { numbered: false, items: items.iter().map(|item| Text::from(*item)).collect() }
}

pub fn table(head: &[&str], weights: &[u16], rows: &[&[&str]]) -> Block {
    Block::Table(Table {
        head: head.iter().map(|cell| (*cell).to_owned()).collect(),
        rows: rows
            .iter()
            .map(|row| {
                row.iter().map(|cell| if *cell == "You" { Text::bold(*cell) } else { Text::from(*cell) }).collect()
            })
            .collect(),
        weights: weights.to_vec(),
    })
}

fn concern(title: &str, score: u8, said: &str, rows: &[&[&str]]) -> Block {
    let mut blocks = vec![Block::Heading {
        level: Level::Three,
        text: title.to_owned(),
        score: Some(Score { value: score, words: format!("{score} out of 10") }),
    }];
    blocks.push(paragraph(format!("You said: “{said}”")));
    blocks.push(table(&["What we agreed", "Who", "By when"], &[60, 20, 20], rows));
    Block::Together(blocks)
}

/// A care plan, patient copy, 14 points.
pub fn sample_plan() -> Document {
    document(vec![
        Block::Title {
            title: "Your care plan".to_owned(),
            lines: vec![Text::plain("Made with you on 23 November 2026 by Ruth Adeyemi, your nurse.")],
            aside: Vec::new(),
        },
        Block::Boxed {
            title: "Who to ring".to_owned(),
            blocks: vec![
                paragraph(Text::bold("Your nurse, Ruth Adeyemi: ").and(Voice::Large, unbroken("020 7946 0112"))),
                paragraph("Monday to Friday, 9am to 5pm"),
                paragraph(Text::bold("At night and at weekends: ").and(Voice::Large, unbroken("020 7946 0199"))),
                paragraph("Ask for the acute oncology nurse."),
            ],
        },
        heading("What to look out for"),
        paragraph("Ring us straight away, day or night, if:"),
        list(&["your temperature is 38C or more, or you feel shivery", "you have been sick for more than a day"]),
        paragraph(Text::bold("Ring 999 if you have chest pain or cannot breathe.")),
        heading("What matters most to you"),
        concern(
            "1. Worry, fear or anxiety",
            8,
            "Not knowing what happens after the scan. I want to know who I can ring.",
            &[
                &["Give you the sheet about who to ring", "Ruth", "Done today"],
                &["Refer you for counselling at the Riverside support centre", "Tom Whelan", "30 November"],
                &["Write down your questions before the scan", "You", "4 December"],
            ],
        ),
        concern(
            "2. Who will walk the dog",
            6,
            "Biscuit needs an hour a day and I am on my own.",
            &[
                &["Ask Mrs Gŵyn Lłoyd next door for the weeks of treatment", "You", "27 November"],
                &["Look for a dog walking charity near you", "Tom Whelan", "30 November"],
            ],
        ),
        concern(
            "3. Work and education",
            5,
            "They’ve been good so far, but sick pay stops at £118.75 a week.",
            &[&["See the benefits adviser at the café clinic in the main entrance", "You", "2 December"]],
        ),
        heading("Your 4 other concerns"),
        Block::KeyValues(vec![
            KeyValue {
                key: "Tired, exhausted or fatigued".to_owned(),
                value: "4 out of 10. We gave you the sheet about tiredness.".into(),
            },
            KeyValue { key: "Sleep problems".to_owned(), value: "3 out of 10. You want to wait and see.".into() },
            KeyValue { key: "Eating or appetite".to_owned(), value: "You did not want to answer.".into() },
            KeyValue {
                key: "Telling the children".to_owned(),
                value: "2 out of 10. You would like to talk about this in January.".into(),
            },
        ]),
        heading("Agreed by"),
        Block::Signatures(vec![
            Signature { who: "Samuel Okonkwo-Bell".to_owned(), date: "Date".to_owned() },
            Signature { who: "Ruth Adeyemi, clinical nurse specialist".to_owned(), date: "Date".to_owned() },
        ]),
    ])
}

/// A treatment summary, GP copy, 12 points.
pub fn gp_summary() -> Document {
    let mut meta = meta();
    meta.title = "Treatment summary".to_owned();
    meta.identifiers = Identifiers {
        name: "PATEL, Harish (Mr)".to_owned(),
        born: "Born 09-Sep-1948".to_owned(),
        number: unbroken("NHS No. 999 000 0042"),
        badge: Some("TEST".to_owned()),
    };
    meta.copy = "GP copy".to_owned();
    meta.version = "Treatment summary, version 1".to_owned();
    meta.made = "Signed 23-Nov-2026 11:24 by Ruth Adeyemi, clinical nurse specialist".to_owned();
    meta.size = BaseSize::GP;
    let urgent = |text: &str| Text::default().and(Voice::Tag, "URGENT").and(Voice::Plain, format!(" {text}"));
    let fact = |key: &str, value: &str| KeyValue { key: key.to_owned(), value: value.into() };
    let blocks = vec![
        Block::Title {
            title: "Treatment summary".to_owned(),
            lines: vec!["End of treatment, version 1".into()],
            aside: vec![
                "To: Dr P Osei, Fernleigh Surgery".to_owned(),
                "From: Thamesbank Hospitals, colorectal".to_owned(),
            ],
        },
        Block::Boxed {
            title: "Actions for the GP".to_owned(),
            blocks: vec![Block::List {
                numbered: true,
                items: vec![
                    urgent("Refer back the same day for the signs in section 4."),
                    "Add to the cancer register: cancer of sigmoid colon.".into(),
                    "Offer a cancer care review. Due 23-Nov-2026 to 19-Mar-2027.".into(),
                    "Check vitamin B12 and blood count in February 2027.".into(),
                ],
            }],
        },
        heading("1. Codes"),
        table(
            &["Item", "System", "Code"],
            &[44, 30, 26],
            &[&["Care plan document", "SNOMED CT", "734163000"], &["Cancer care review", "SNOMED CT", "720006006"]],
        ),
        heading("2. Diagnosis and staging"),
        Block::KeyValues(vec![
            fact("Diagnosis", "Adenocarcinoma of sigmoid colon, diagnosed 19-Mar-2026"),
            fact("Stage at surgery", "T3 N1 M0"),
            fact("Treatment aim", "Cure"),
        ]),
        heading("3. Treatment given"),
        table(
            &["Dates", "Treatment", "Outcome"],
            &[29, 43, 28],
            &[
                &["22-Apr-2026", "Laparoscopic sigmoid colectomy", "Margins clear"],
                &["08-Jun to 02-Nov-2026", "Chemotherapy, 8 cycles planned", "7 given, last reduced"],
            ],
        ),
        heading("4. Signs that need referral back"),
        Block::List {
            numbered: false,
            items: vec![
                urgent("Swollen painful tummy with vomiting, or no wind passed: ")
                    .and(Voice::Bold, unbroken("020 7946 0199")),
                "Bleeding from the back passage".into(),
                "Weight loss of more than 5 kg without trying".into(),
                "A new lump, or pain that does not settle in 3 weeks".into(),
            ],
        },
        heading("5. Side effects to expect"),
        Block::KeyValues(vec![
            fact("Under 6 months", "Numb or tingling fingers and toes; tiredness; loose stools up to 4 times a day"),
            fact("Over 6 months", "Numbness may stay; low vitamin B12"),
        ]),
        heading("6. Tests and appointments"),
        table(
            &["Test", "When", "Who books"],
            &[40, 34, 26],
            &[
                &["CEA blood test", "Every 6 months until November 2029", "Hospital"],
                &["CT of chest, abdomen and pelvis", "May 2027, then each year until 2029", "Hospital"],
                &["Colonoscopy", "April 2027", "Hospital"],
            ],
        ),
        heading("7. Information given"),
        list(&["Late effects of bowel cancer treatment", "Health and wellbeing sessions: dates and how to book"]),
    ];
    Document { meta, blocks }
}

/// Many paragraphs with a heading before every tenth.
pub fn long(paragraphs: usize) -> Document {
    let mut blocks = Vec::new();
    for number in 0..paragraphs {
        if number % 10 == 0 {
            blocks.push(heading(&format!("Section {}", number / 10 + 1)));
        }
        blocks.push(paragraph(format!(
            "Paragraph {number}. After treatment many people feel tired for longer than they thought they would, and it helps \
             to plan the day around one thing that matters. We talked about walking, about rest, and about whom to ring."
        )));
    }
    document(blocks)
}

/// The text of every run on the page that belongs to the document, in reading order, joined by single spaces.
pub fn reading(laid: &Laid) -> String {
    let runs = laid.pages.iter().flat_map(|page| &page.runs).filter(|run| run.owner != Owner::Artifact);
    squeezed(&runs.map(|run| run.text.as_str()).collect::<Vec<_>>().join(" "))
}

/// White space as single spaces.
pub fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every x and y of a path, control points included, in order.
pub fn points(shape: &Shape) -> Vec<f32> {
    let step = |step: &Step| match *step {
        Step::Move(x, y) | Step::Line(x, y) => vec![x, y],
        Step::Curve(points) => points.to_vec(),
        Step::Close => Vec::new(),
    };
    shape.path.iter().flat_map(step).collect()
}

/// Left, top, right and bottom of a path.
pub fn bounds(shape: &Shape) -> [f32; 4] {
    points(shape).chunks(2).fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |[left, top, right, bottom], point| {
        [left.min(point[0]), top.min(point[1]), right.max(point[0]), bottom.max(point[1])]
    })
}
