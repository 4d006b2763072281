//! Marks that must not be on main: unfinished work, tests that do not run, paths of one machine.

use crate::tree::File;
use crate::{none, seen, tree};

/// Split in two, so that this file does not carry them itself.
const UNFINISHED: &[[&str; 2]] = &[["TO", "DO"], ["FIX", "ME"], ["XX", "X"], ["unimplemented", "!"], ["todo", "!"]];
const LEFT_OUT_IN_RUST: &[[&str; 2]] = &[["#[ig", "nore"]];
const LEFT_OUT_IN_TYPESCRIPT: &[[&str; 2]] = &[
    [".sk", "ip("],
    [".on", "ly("],
    [".to", "do("],
    [".skip", "If("],
    [".run", "If("],
    ["xit", "("],
    ["xdescribe", "("],
];
const MACHINES: &[[&str; 2]] = &[["/wo", "rk/"], ["/ro", "ot/"], ["/fa", "rm/"], ["/ho", "me/"], ["/Us", "ers/"]];

fn faults(file: &File) -> Vec<String> {
    let mut faults = Vec::new();
    for (number, line) in (1..).zip(file.text.lines()) {
        let place = format!("{}:{number}", file.path);
        let said = if file.ends_in(&[".rs", ".ts", ".svelte", ".ftl"]) && has_word(line, UNFINISHED) {
            "unfinished work"
        } else if file.ends_in(&[".rs"]) && has(line, LEFT_OUT_IN_RUST) || file.ends_in(&[".ts"]) && leaves_out(line) {
            "a test that does not run"
        } else if names_a_machine(line) {
            "a path of one machine"
        } else {
            continue;
        };
        faults.push(format!("{place}: {said}"));
    }
    faults
}

fn has(line: &str, marks: &[[&str; 2]]) -> bool {
    marks.iter().any(|mark| line.contains(&mark.concat()))
}

fn has_word(line: &str, marks: &[[&str; 2]]) -> bool {
    let part_of_a_word = |c: char| c.is_alphanumeric() || c == '_';
    marks.iter().any(|mark| {
        let mark = mark.concat();
        line.match_indices(&mark).any(|(at, _)| {
            let after = &line[at + mark.len()..];
            !line[..at].ends_with(part_of_a_word) && (mark.ends_with('!') || !after.starts_with(part_of_a_word))
        })
    })
}

/// A mark right after the name of a test function, or standing alone as one.
fn leaves_out(line: &str) -> bool {
    LEFT_OUT_IN_TYPESCRIPT.iter().any(|mark| {
        let mark = mark.concat();
        line.match_indices(&mark).any(|(at, _)| {
            let word = line[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            if mark.starts_with('.') { ["it", "test", "describe", "suite"].contains(&word) } else { word.is_empty() }
        })
    })
}

fn names_a_machine(line: &str) -> bool {
    MACHINES.iter().any(|mark| {
        let mark = mark.concat();
        line.match_indices(&mark).any(|(at, _)| {
            let after = &line[at + mark.len()..];
            // After a letter it is a path inside something, not of a machine.
            after.starts_with(|c: char| c.is_ascii_lowercase())
                && !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '.' || c == '~')
        })
    })
}

#[test]
fn nothing_unfinished_left_out_or_of_one_machine_is_kept() {
    let mut files = tree::files();
    files.retain(|file| !file.ends_in(&["Cargo.lock", "package-lock.json"]));
    none(&files.iter().flat_map(faults).collect::<Vec<_>>());
}

#[test]
fn each_mark_is_seen_and_its_likeness_is_not() {
    let plant = |path: &str, text: String| faults(&File::planted(path, &text));
    for mark in UNFINISHED {
        seen(&plant("a.rs", format!("// {}: later", mark.concat())), "a.rs:1: unfinished work");
    }
    seen(&plant("a.rs", LEFT_OUT_IN_RUST[0].concat() + "]"), "does not run");
    for mark in LEFT_OUT_IN_TYPESCRIPT {
        let name = if mark[0].starts_with('.') { "it" } else { "" };
        seen(&plant("a.test.ts", format!("{name}{}\"a\", () => {{}})", mark.concat())), "does not run");
    }
    for mark in MACHINES {
        seen(&plant("README.md", format!("see {}anna", mark.concat())), "a path of one machine");
    }
    none(&plant("a.rs", "items.iter().skip(1); // a mastodon".to_owned()));
    none(&plant("a.test.ts", "exit(1); await page.skip(2)".to_owned()));
    none(&plant("a.md", ["a social", "work", "life balance"].join("/")));
}
