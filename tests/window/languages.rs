//! Every screen in a language that nobody speaks, accented and two fifths longer; the main ones in ours on a page from right to left.
//! What is asked of every screen is that a translation would fit, and that no word on it is written anywhere but in `assets/words`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use kit::window::{RUTH, Window, World, repository};
use serde_json::{Value, json};

use crate::people::{OWN_WORDS, ZOE};
use crate::plans::{ACTIONS, MATTERS};
use crate::screens::{SECOND_START, members};

/// Walks through these visits in the language that is accented and longer, a test for each, and knows where they come.
macro_rules! in_a_longer_language {
    ($($visits:ident)*) => {
        mod a_longer_language_fits_and_every_word_comes_from_the_words {
            $(#[test]
            fn $visits() {
                super::walk("pseudo", crate::$visits::walk);
            })*
        }

        /// The screens of all these visits.
        fn visited() -> BTreeSet<String> {
            let mut visited = BTreeSet::new();
            $(visited.extend(crate::$visits::VISITS.iter().map(|(screen, _)| (*screen).to_owned()));)*
            visited
        }
    };
}

in_a_longer_language! {
    screens change_visits clinic_list_visits conflict_visits directory_visits home_visits patient_mode plan_visits report_visits
    session_visits
}

#[test]
fn every_screen_and_every_page_of_the_patient_is_tried_in_a_longer_language() {
    let mut visited = visited();
    visited.insert(SECOND_START.to_owned());
    let mut wanted = members("ui/src/views/screen.ts", "Screen");
    wanted.append(&mut members("ui/src/patient/page.ts", "PatientPage"));
    assert_eq!(visited, wanted);
}

#[test]
fn a_page_from_right_to_left_holds_together() {
    walk("rtl", crate::screens::walk);
}

fn walk(language: &'static str, walk: fn(&World)) {
    let world = World::new();
    world.set_language(language);
    walk(&world);
}

/// Looks at the screen that stands for what is wrong in the language of its world, at both sizes; what axe says too, once for each screen,
/// where there is least room.
pub fn look_over(window: &Window<'_>, screen: &str, found: &mut Vec<String>) {
    let language = window.world.language();
    let first = window.world.visit(screen) == 1;
    for (width, height) in [(1366, 768), (320, 640)] {
        window.resize(width, height);
        window.see(screen);
        let here = format!("{screen} at {width} in {language}");
        let wide = window.run("return document.documentElement.scrollWidth - window.innerWidth", json!([]));
        if wide.as_i64().unwrap() > 0 {
            let widest = window.run(WIDEST, json!([]));
            found.push(format!("{here}: {wide} pixels wider than the window: {widest}"));
        }
        match language {
            "pseudo" => longer(window, &here, found),
            _ => right_to_left(window, &here),
        }
    }
    if first {
        // A spoken name that begins with the visible words does not when each message has brackets of its own.
        let of_brackets = |rule: &str| language == "pseudo" && rule == "label-content-name-mismatch";
        let violations = window.axe().into_iter().filter(|violation| !of_brackets(&violation.rule));
        found.extend(violations.map(|violation| format!("{screen} in {language}: {violation}")));
    }
    window.resize(1366, 768);
}

fn longer(window: &Window<'_>, here: &str, found: &mut Vec<String>) {
    let seen = window.run(LOOK, json!([said_by_others()]));
    let list = |name: &str| seen[name].as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned());
    found.extend(list("cut").map(|text| format!("{here}: cut off: {text}")));
    found.extend(list("foreign").map(|text| format!("{here}: not from the words: {text}")));
    if seen["messages"].as_u64().unwrap() <= 2 {
        found.push(format!("{here}: too few messages in brackets: {seen}"));
    }
}

fn right_to_left(window: &Window<'_>, here: &str) {
    let direction = window.run("return getComputedStyle(document.querySelector('main')).direction", json!([]));
    assert_eq!(direction, "rtl", "{here}");
}

#[test]
fn what_is_planted_is_seen() {
    let world = World::new();
    world.set_language("pseudo");
    let window = world.open();
    window.see("first_start");
    for (planted, kind) in [
        ("it.textContent = 'Written in the page'", "foreign"),
        (
            "it.textContent = '⟦Tööö löng⟧'; it.style.cssText = 'width: 20px; overflow: hidden; white-space: nowrap'",
            "cut",
        ),
    ] {
        let script = format!(
            "const it = document.createElement('p'); {planted}; it.id = 'planted'; document.querySelector('main').append(it)"
        );
        window.run(&script, json!([]));
        let seen = window.run(LOOK, json!([said_by_others()]));
        assert_eq!(seen[kind].as_array().unwrap().len(), 1, "{kind}: {seen}");
        window.run("document.querySelector('#planted').remove()", json!([]));
    }
    let seen = window.run(LOOK, json!([said_by_others()]));
    assert_eq!((&seen["cut"], &seen["foreign"]), (&json!([]), &json!([])));
}

/// A language is mirrored by the browser, as long as no style names a side of the page.
#[test]
fn no_style_names_a_side_of_the_page() {
    let mut found = Vec::new();
    physical(&repository().join("ui/src"), &mut found);
    assert!(found.is_empty(), "say start and end instead:\n{}", found.join("\n"));
    assert!(names_a_side("  margin-left: auto;") && names_a_side("  left: 0;") && names_a_side("text-align: right;"));
    assert!(!names_a_side("  margin-inline-start: auto;") && !names_a_side("  const left = 1;"));
}

fn physical(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            physical(&path, found);
            continue;
        }
        let text = fs::read_to_string(&path).unwrap_or_default();
        let styles = match path.extension().and_then(|it| it.to_str()) {
            Some("scss") => text.as_str(),
            Some("svelte") => text.split_once("<style>").map_or("", |(_, styles)| styles),
            _ => continue,
        };
        let lines = styles.lines().filter(|line| names_a_side(line));
        found.extend(lines.map(|line| format!("{}: {}", path.file_name().unwrap().display(), line.trim())));
    }
}

fn names_a_side(line: &str) -> bool {
    let Some((property, value)) = line.trim().split_once(':') else { return false };
    let of_a_side = |start: &str| ["left", "right"].iter().any(|side| property.starts_with(&format!("{start}{side}")));
    let placed = ["margin-", "padding-", "border-"].iter().any(|start| of_a_side(start))
        || ["left", "right"].contains(&property);
    placed
        || (["text-align", "float"].contains(&property)
            && ["left", "right"].contains(&value.trim().trim_end_matches(';')))
}

/// What the visits type and choose, and what a template says once its gaps are filled.
const TYPED: [&str; 21] = [
    "Invented-Marsh, Ada",
    "First assessment",
    "monday.csv",
    "hers.json",
    "stranger.json",
    "Rang Zoë",
    "Clinic room",
    "The park",
    "Walking group",
    "Invented walking group",
    "The disk is broken",
    "You had a rest in May.",
    "Treatment break in May.",
    "for the signs marked URGENT",
    "It is for this: the signs marked URGENT.",
    "that you have breast cancer. It was in your left breast.",
    "by Ruth Invented",
    "Zee",
    "Zozo",
    "says Zoë",
    "He is afraid of the stairs",
];

/// What people typed and what content packs say: no words of the screen.
fn said_by_others() -> Value {
    let mut said: Vec<String> = vec![
        RUTH.name.to_owned(),
        "Colorectal".to_owned(),
        "Thamesbank Hospitals".to_owned(),
        "RZ9".to_owned(),
        format!("{}, {}", ZOE.family, ZOE.given),
        OWN_WORDS.to_owned(),
        MATTERS.to_owned(),
    ];
    said.extend(TYPED.map(str::to_owned));
    said.extend(ACTIONS.iter().flat_map(|action| [action.what.to_owned(), action.owner_name.to_owned()]));
    texts_in(&repository().join("assets/content"), &mut said);
    json!(said)
}

fn texts_in(folder: &Path, said: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts_in(&path, said);
        } else if let Ok(content) = serde_json::from_slice(&fs::read(&path).unwrap()) {
            strings(&content, said);
        }
    }
}

fn strings(content: &Value, said: &mut Vec<String>) {
    match content {
        Value::String(text) => said.push(text.clone()),
        Value::Array(list) => list.iter().for_each(|it| strings(it, said)),
        Value::Object(map) => map.values().for_each(|it| strings(it, said)),
        _ => {}
    }
}

/// Looks at every text that can be seen: where it is cut off, and which of its words are neither in brackets nor among what others said.
const LOOK: &str = "
    const said = arguments[0].map((text) => text.toLowerCase()).join('\\n');
    const [cut, foreign] = [new Set(), new Set()];
    let messages = 0;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode;
        const text = node.textContent.trim();
        const parent = node.parentElement;
        // What is drawn is paper, and has words of its own; what is there for the IT team is codes and the server's words.
        if (!text || parent.closest('script, style, option, svg, #code, [data-group], details dd, .only-heard')) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const boxes = [...range.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
        if (boxes.length === 0 || getComputedStyle(parent).visibility === 'hidden') continue;
        // What is one pixel small is there to be heard.
        const heard = (element) => element !== document.body && (element.clientWidth === 1 || element.clientHeight === 1 || heard(element.parentElement));
        if (heard(parent)) continue;
        messages += (text.match(/⟦/g) ?? []).length;
        for (let around = parent; around && around !== document.body; around = around.parentElement) {
            const style = getComputedStyle(around);
            const hides = (overflow) => overflow === 'hidden' || overflow === 'clip';
            const own = around.getBoundingClientRect();
            const button = around.tagName === 'BUTTON' || around.tagName === 'A';
            const across = hides(style.overflowX) || button;
            const down = hides(style.overflowY) || button;
            const outside = (box) =>
                (across && (box.left < own.left - 1 || box.right > own.right + 1)) ||
                (down && (box.top < own.top - 2 || box.bottom > own.bottom + 2));
            if (boxes.some(outside)) cut.add(text + ' in ' + around.tagName + '#' + around.id + '.' + around.className);
            // What can be scrolled to is not cut.
            if ((style.overflowX + style.overflowY).match(/auto|scroll/)) break;
        }
        let rest = text;
        while (/⟦[^⟦⟧]*⟧/.test(rest)) rest = rest.replace(/⟦[^⟦⟧]*⟧/g, '|');
        // A day or a month, and what is to be filled in yet.
        rest = rest.replace(/(\\d{1,2}[- ])?[A-Z][a-z]+[- ]\\d{4}|\\[[^\\]]*\\]/g, '|');
        for (const part of rest.split(/[|,;:·()\\d]+/)) {
            const words = part.replace(/^[^\\p{L}]+|[^\\p{L}]+$/gu, '');
            // A message that stands as several lines has its brackets in the first and the last.
            const stretched = /åå|éé|îî|öö|úú/i.test(words);
            if (words && !stretched && !said.includes(words.toLowerCase())) foreign.add(words + ' in ' + text);
        }
    }
    return { cut: [...cut], foreign: [...foreign], messages };
";

/// What sticks out farthest.
const WIDEST: &str = "
    const out = (element) => Math.max(element.getBoundingClientRect().right - window.innerWidth, -element.getBoundingClientRect().left);
    const all = [...document.querySelectorAll('main *, header *, footer *')].filter((it) => out(it) > 1);
    all.sort((a, b) => out(b) - out(a));
    return all.slice(0, 3).map((it) => it.outerHTML.slice(0, 160));
";
