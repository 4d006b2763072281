//! The tree of a page as lines of text, one for each thing that says or does something: what is kept and compared. What only the moment
//! of a run makes, its times, days, codes and folders, is left open in them.

use super::tree::Node;

/// The tree as lines, each indented below what it stands in.
pub fn lines(page: &Node, moment: &[(String, &'static str)]) -> Vec<String> {
    let mut lines = Vec::new();
    write(page, 0, &mut lines);
    lines.iter().map(|line| masked(line, moment)).collect()
}

/// What can be acted on and lacks a name or an action, as it stands in the tree.
pub fn mute(page: &Node) -> Vec<String> {
    let mut found = Vec::new();
    gather(page, &mut found);
    found
}

fn gather(node: &Node, found: &mut Vec<String>) {
    if node.acts() && !(node.has(ENABLED) && node.has(FOCUSABLE)) {
        found.push(format!("what cannot be used: {}", line(node)));
    }
    if node.acts() && (node.name.trim().is_empty() || node.action.is_empty()) {
        found.push(format!("what has no name or no action: {}", line(node)));
    }
    node.children.iter().for_each(|child| gather(child, found));
}

impl Node {
    fn has(&self, state: u32) -> bool {
        self.states >> state & 1 == 1
    }

    /// Whether it is there to be acted on: by what it is, or because the keyboard comes to it and it does something.
    fn acts(&self) -> bool {
        ACTIONABLE.contains(&self.role) || self.has(FOCUSABLE) && !self.action.is_empty()
    }

    /// What it says beside its name; of a field, what stands in it. Never a passphrase. What a box of boxes says, they say.
    fn words(&self) -> String {
        if BOXES.contains(&self.role) && self.children.iter().any(|child| !child.children.is_empty()) {
            return String::new();
        }
        let words = one_line(&self.text.replace('\u{fffc}', " "));
        if self.role == PASSWORD || words == one_line(&self.name) { String::new() } else { words }
    }
}

fn write(node: &Node, depth: usize, lines: &mut Vec<String>) {
    let says = node.acts() || !node.name.trim().is_empty() || !node.words().is_empty();
    // A box that says nothing is no thing: what is inside stands where it stood.
    let inside = if says || !BOXES.contains(&node.role) {
        lines.push(format!("{}{}", "  ".repeat(depth), line(node)));
        depth + 1
    } else {
        depth
    };
    let told = if UNCOUNTED.contains(&&*node.name) { 1 } else { node.children.len() };
    node.children.iter().take(told).for_each(|child| write(child, inside, lines));
}

fn line(node: &Node) -> String {
    let mut line = ROLES.get(node.role as usize).copied().unwrap_or("unknown role").to_owned();
    for attribute in ATTRIBUTES {
        if let Some(value) = node.attributes.get(attribute) {
            line += &format!(" {attribute}={value}");
        }
    }
    let (name, words, inside) = (one_line(&node.name), node.words(), said_inside(node, true));
    if !name.is_empty() && (node.acts() || name != inside && name != said_inside(node, false)) {
        line += &format!(" “{name}”");
    }
    if !words.is_empty() && words != inside {
        line += &format!(": {words}");
    }
    let description = one_line(&node.description);
    if !description.is_empty() {
        line += &format!(" – {description}");
    }
    let states: Vec<&str> = STATES.iter().filter(|(state, _)| node.has(*state)).map(|(_, name)| *name).collect();
    if !states.is_empty() {
        line += &format!(" ({})", states.join(", "));
    }
    if node.acts() {
        line += &format!(" [{}]", node.action);
    }
    line
}

/// The words of everything inside, one after the other, with or without what can be acted on.
fn said_inside(node: &Node, with_acts: bool) -> String {
    let said = |child: &Node| {
        let own = if child.name.is_empty() { child.text.replace('\u{fffc}', " ") } else { child.name.clone() };
        if own.trim().is_empty() { said_inside(child, with_acts) } else { own }
    };
    let inside = node.children.iter().filter(|child| with_acts || !child.acts());
    one_line(&inside.map(said).collect::<Vec<_>>().join(" "))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The line without what only the moment of a run makes: `moment` are such texts and what stands for each, then times and days.
fn masked(line: &str, moment: &[(String, &'static str)]) -> String {
    let mut line = line.to_owned();
    for (text, instead) in moment.iter().filter(|(text, _)| !text.is_empty()) {
        line = line.replace(text, instead);
    }
    let letters: Vec<char> = line.chars().collect();
    let (mut written, mut at) = (String::new(), 0);
    while let Some(letter) = letters.get(at) {
        let before = at.checked_sub(1).and_then(|before| letters.get(before));
        let found = SHAPES.iter().find_map(|shape| Some((shape, fits(shape, letters.get(at..)?)?)));
        match found {
            Some((shape, length)) if !letter.is_ascii_digit() || !before.is_some_and(char::is_ascii_digit) => {
                // A day of one digit is written as one of two: tomorrow it may have another.
                written += if shape.starts_with("n ") { SHAPES[1] } else { shape };
                at += length;
            }
            _ => {
                written.push(*letter);
                at += 1;
            }
        }
    }
    written
}

/// What is left open, as it is written instead: n is a digit, x a digit or a letter of an id.
const SHAPES: [&str; 8] =
    ["nn-Mmm-nnnn", "nn Month nnnn", "n Month nnnn", "nnnn-nn-nn", "nn:nn", "-xxxxxx", "(nny)", "127.0.0.1:n…"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// How many letters of the text the shape takes, if the text begins so and does not go on with a digit. A day long ago or far ahead is no
/// day of the moment: it stands in the test.
fn fits(shape: &str, text: &[char]) -> Option<usize> {
    let starts =
        |at: usize, word: &str| text.get(at..at + word.len()).is_some_and(|part| part.iter().copied().eq(word.chars()));
    let digits = |at: usize, count: usize| {
        let part = text.get(at..at + count)?;
        part.iter().all(char::is_ascii_digit).then(|| part.iter().collect::<String>().parse::<i16>().ok())?
    };
    let ends = |at: usize| !text.get(at).is_some_and(char::is_ascii_digit);
    let length = match shape {
        "nn:nn" => {
            digits(0, 2)?;
            digits(3, 2)?;
            (text[2] == ':').then_some(5)?
        }
        "(nny)" => {
            digits(1, 2)?;
            (starts(0, "(") && starts(3, "y)")).then_some(5)?
        }
        "-xxxxxx" => {
            let id = text.get(1..7)?.iter().all(|letter| letter.is_ascii_hexdigit());
            (id && starts(0, "-") && starts(7, "-")).then_some(7)?
        }
        "nnnn-nn-nn" => {
            digits(5, 2)?;
            digits(8, 2)?;
            (starts(4, "-") && starts(7, "-") && of_the_moment(digits(0, 4)?)).then_some(10)?
        }
        "nn-Mmm-nnnn" => {
            digits(0, 2)?;
            MONTHS.iter().find(|month| starts(2, &format!("-{}-", &month[..3])))?;
            of_the_moment(digits(7, 4)?).then_some(11)?
        }
        "127.0.0.1:n…" => {
            let port = text.iter().skip(10).take_while(|letter| letter.is_ascii_digit()).count();
            (starts(0, "127.0.0.1:") && port > 0).then_some(10 + port)?
        }
        _ => {
            let day = shape.find(' ')?;
            digits(0, day)?;
            let month = MONTHS.iter().find(|month| starts(day, &format!(" {month} ")))?;
            let year = day + month.len() + 2;
            of_the_moment(digits(year, 4)?).then_some(year + 4)?
        }
    };
    ends(length).then_some(length)
}

/// Whoever is born in a test is older, and what a test puts off is later: neither rots when a year is over.
fn of_the_moment(year: i16) -> bool {
    (2020..=2098).contains(&year)
}

/// Lists of what was done on the way here, of which only the head is told: how often a score was saved on its way to another depends on how
/// fast the arrow keys came.
const UNCOUNTED: [&str; 1] = ["Who has looked"];
const FOCUSABLE: u32 = 11;
const ENABLED: u32 = 8;
const PASSWORD: u32 = 40;
/// Check box, combo box, password text, push button, radio button, slider, spin button, toggle button, entry, link.
const ACTIONABLE: [u32; 10] = [7, 11, PASSWORD, 43, 44, 51, 52, 62, 79, 88];
/// Filler, panel, scroll pane, unknown, section, redundant object, static.
const BOXES: [u32; 7] = [20, 39, 49, 67, 85, 86, 116];
const ATTRIBUTES: [&str; 4] = ["xml-roles", "level", "current", "live"];
/// The states that somebody is told of. Where the keyboard is and what is scrolled into view are tested by themselves.
const STATES: [(u32, &str); 17] = [
    (3, "busy"),
    (4, "checked"),
    (5, "collapsed"),
    (7, "editable"),
    (10, "expanded"),
    (11, "focusable"),
    (16, "modal"),
    (17, "several lines"),
    (20, "pressed"),
    (23, "selected"),
    (32, "indeterminate"),
    (33, "required"),
    (36, "invalid"),
    (40, "visited"),
    (41, "checkable"),
    (42, "opens something"),
    (43, "read only"),
];

/// Names of the roles by their numbers. Source: AT-SPI 2.46, `AtspiRole`.
#[rustfmt::skip]
pub const ROLES: [&str; 130] = [
    "invalid", "accelerator label", "alert", "animation", "arrow", "calendar", "canvas", "check box", "check menu item",
    "color chooser", "column header", "combo box", "date editor", "desktop icon", "desktop frame", "dial", "dialog",
    "directory pane", "drawing area", "file chooser", "filler", "focus traversable", "font chooser", "frame", "glass pane",
    "html container", "icon", "image", "internal frame", "label", "layered pane", "list", "list item", "menu", "menu bar",
    "menu item", "option pane", "page tab", "page tab list", "panel", "password text", "popup menu", "progress bar",
    "push button", "radio button", "radio menu item", "root pane", "row header", "scroll bar", "scroll pane", "separator",
    "slider", "spin button", "split pane", "status bar", "table", "table cell", "table column header", "table row header",
    "tearoff menu item", "terminal", "text", "toggle button", "tool bar", "tool tip", "tree", "tree table", "unknown",
    "viewport", "window", "extended", "header", "footer", "paragraph", "ruler", "application", "autocomplete", "editbar",
    "embedded", "entry", "chart", "caption", "document frame", "heading", "page", "section", "redundant object", "form", "link",
    "input method window", "table row", "tree item", "document spreadsheet", "document presentation", "document text",
    "document web", "document email", "comment", "list box", "grouping", "image map", "notification", "info bar", "level bar",
    "title bar", "block quote", "audio", "video", "definition", "article", "landmark", "log", "marquee", "math", "rating",
    "timer", "static", "math fraction", "math root", "subscript", "superscript", "description list", "description term",
    "description value", "footnote", "content deletion", "content insertion", "mark", "suggestion", "push button menu",
];
