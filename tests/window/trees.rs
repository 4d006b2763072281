//! The tree of each screen as a screen reader is given it, held against the one that is kept in `trees`. Which screens are visited belongs
//! to the visits; `cargo xtask trees` writes what is kept anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use kit::window::{Node, Window, World, day_ahead, lines, mute, repository, until, within, writes_trees};
use serde_json::json;

use crate::screens::members;

/// The page settles within this: what is under way when a screen comes up ends, and the engine tells of it a little later.
const SETTLES_WITHIN: Duration = Duration::from_secs(5);

/// Holds the screen that stands against the tree that is kept for this visit, and looks whether everything to act on says what it is and
/// does. `visits` is the file with the visit; the n-th visit to a screen from there has the n-th tree.
pub fn hear(window: &Window<'_>, visits: &str, screen: &str) -> Vec<String> {
    let visits = Path::new(visits).file_stem().unwrap().to_str().unwrap();
    let number = window.world.visit(&format!("{visits}/{screen}"));
    let name = if number == 1 { format!("{screen}.txt") } else { format!("{screen}-{number}.txt") };
    let file = folder().join(visits).join(name);
    if writes_trees() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        let page = settled(window);
        let told = lines(&page, &of_the_moment(window));
        fs::write(&file, told.join("\n") + "\n").unwrap();
        return [mute(&page), unfilled(&told)].concat();
    }
    let Ok(kept) = fs::read_to_string(&file) else {
        return vec![format!("no tree is kept in {}: write it with `cargo xtask trees`", file.display())];
    };
    differences(window, &kept, SETTLES_WITHIN)
}

/// How the page differs from what is kept, if it does not come to be the same, and what on it cannot be acted on as it says.
fn differences(window: &Window<'_>, kept: &str, patience: Duration) -> Vec<String> {
    let kept: Vec<&str> = kept.lines().collect();
    let mut last = None;
    let same = within(patience, || {
        let page = window.tree()?;
        let told = lines(&page, &of_the_moment(window));
        let same = told == kept;
        last = Some((page, told));
        same.then_some(())
    });
    let Some((page, told)) = last else { return vec!["the accessibility bus has no page".to_owned()] };
    let mut found = [mute(&page), unfilled(&told)].concat();
    if same.is_none() {
        found.push(first_difference(&kept, &told));
    }
    found
}

/// Messages that were given too little: what belongs in them stands there as its name.
fn unfilled(told: &[String]) -> Vec<String> {
    let missing = told.iter().filter(|line| line.contains("{$"));
    missing.map(|line| format!("what belongs in this is missing: {}", line.trim())).collect()
}

/// The first lines that differ, with the way to them.
fn first_difference(kept: &[&str], told: &[String]) -> String {
    let same = kept.iter().zip(told).take_while(|(kept, told)| *kept == told).count();
    let rest = kept.len().max(told.len()) - same;
    let alike = kept.iter().rev().zip(told.iter().rev()).take_while(|(kept, told)| *kept == told).count();
    let alike = alike.min(kept.len().min(told.len()) - same);
    let before = kept.iter().take(same).skip(same.saturating_sub(2)).map(|line| format!("\n      {line}"));
    let gone = kept.iter().take(kept.len() - alike).skip(same).take(6).map(|line| format!("\n    - {line}"));
    let new = told.iter().take(told.len() - alike).skip(same).take(6).map(|line| format!("\n    + {line}"));
    let shown: String = before.chain(gone).chain(new).collect();
    format!("the tree differs from the one that is kept, from line {} on, {rest} lines from the end:{shown}", same + 1)
}

/// The page when two looks at it are the same.
fn settled(window: &Window<'_>) -> Node {
    let mut before = None;
    until("the accessibility tree to settle", || {
        let page = window.tree();
        let same = page.is_some() && page == before;
        before = page;
        same.then(|| before.clone()).flatten()
    })
}

/// The texts on the page that another run does not make again, longest first, and what stands for each.
fn of_the_moment(window: &Window<'_>) -> Vec<(String, &'static str)> {
    let mut moment = vec![(window.world.folder().display().to_string(), "‹folder›")];
    let code =
        window.texts("#code:not(input)").into_iter().map(|code| code.split_whitespace().collect::<Vec<_>>().join(" "));
    moment.extend(code.map(|code| (code, "‹code›")));
    let for_the_it_team = window.texts("details dd");
    let ids = for_the_it_team.iter().flat_map(|said| said.split_whitespace()).filter(|word| is_id(word));
    moment.extend(ids.map(|id| (id.to_owned(), "‹id›")));
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    moment.extend(days.map(|day| (day.to_owned(), "‹weekday›")));
    moment.extend(window.texts("[data-group]").into_iter().map(|group| (group, "‹group›")));
    moment
}

/// Whether it is the id of a record or a sending, as those for the IT team have it.
fn is_id(word: &str) -> bool {
    word.len() == 36 && word.split('-').map(str::len).eq([8, 4, 4, 4, 12])
}

/// Where the trees are kept.
fn folder() -> PathBuf {
    repository().join("tests/window/trees")
}

#[test]
fn every_screen_and_every_page_of_the_patient_has_a_tree() {
    let mut kept = BTreeSet::new();
    for visits in fs::read_dir(folder()).unwrap() {
        for file in fs::read_dir(visits.unwrap().path()).unwrap() {
            let file = file.unwrap().path();
            let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
            let screen = name.split_once('-').map_or(name.as_str(), |(screen, _)| screen);
            assert!(!fs::read_to_string(&file).unwrap().trim().is_empty(), "{}", file.display());
            kept.insert(screen.to_owned());
        }
    }
    let mut wanted = members("ui/src/views/screen.ts", "Screen");
    wanted.append(&mut members("ui/src/patient/page.ts", "PatientPage"));
    assert_eq!(kept, wanted, "each has a tree, and each tree is of one; `cargo xtask trees` writes them");
}

#[test]
fn only_what_the_moment_makes_is_left_open() {
    let year = day_ahead(0).split('-').next_back().unwrap().to_owned();
    let said = |name: String| lines(&Node { role: 83, name, ..Node::default() }, &[("7QK2".to_owned(), "‹code›")]);
    for (name, kept) in [
        (format!("Saved 14:05 on 23-Nov-{year}, 999 000 0018"), "Saved nn:nn on nn-Mmm-nnnn, 999 000 0018"),
        (format!("9 December {year} and 19 May {year}"), "nn Month nnnn and nn Month nnnn"),
        (format!("plan-a0da4a-draft-{year}-11-03.pdf"), "plan-xxxxxx-draft-nnnn-nn-nn.pdf"),
        ("14-Jul-1956 (70y), due 30-Nov-2099".to_owned(), "14-Jul-1956 (nny), due 30-Nov-2099"),
        ("http://127.0.0.1:38111/fhir, code 7QK2".to_owned(), "http://127.0.0.1:n…/fhir, code ‹code›"),
        ("112:345, 1 of 14, pain 8".to_owned(), "112:345, 1 of 14, pain 8"),
    ] {
        assert_eq!(said(name), [format!("heading “{kept}”")]);
    }
}

#[test]
fn what_is_planted_in_the_tree_is_found() {
    let world = World::new();
    let window = world.open();
    window.see("first_start");
    let kept = lines(&settled(&window), &of_the_moment(&window)).join("\n");
    assert!(kept.contains("“Your name”") && kept.contains("“Set up and continue”"), "{kept}");
    assert_eq!(differences(&window, &kept, SETTLES_WITHIN), [""; 0]);
    for (planted, taken_back, told) in [
        (
            "document.querySelector('#enrol').setAttribute('aria-label', 'Another')",
            "document.querySelector('#enrol').removeAttribute('aria-label')",
            "“Another”",
        ),
        (
            "document.querySelector('#name').setAttribute('aria-invalid', 'true')",
            "document.querySelector('#name').removeAttribute('aria-invalid')",
            "invalid",
        ),
        (
            "document.querySelector('#training-title').setAttribute('aria-hidden', 'true')",
            "document.querySelector('#training-title').removeAttribute('aria-hidden')",
            "- ",
        ),
        (
            "const it = document.createElement('button'); it.id = 'planted'; document.querySelector('main').append(it)",
            "document.querySelector('#planted').remove()",
            "what has no name or no action",
        ),
        (
            "const it = document.createElement('button'); it.id = 'planted'; it.disabled = true; it.textContent = 'Never'; document.querySelector('main').append(it)",
            "document.querySelector('#planted').remove()",
            "what cannot be used",
        ),
        (
            "const it = document.createElement('p'); it.id = 'planted'; it.textContent = 'Go on with {$name}'; document.querySelector('main').append(it)",
            "document.querySelector('#planted').remove()",
            "what belongs in this is missing",
        ),
    ] {
        window.run(planted, json!([]));
        // The engine tells of a change a moment after it.
        let found = until(&format!("the plant to be found: {planted}"), || {
            let found = differences(&window, &kept, Duration::ZERO);
            (!found.is_empty()).then(|| found.join("\n"))
        });
        assert!(found.contains(told) && found.contains("the tree differs"), "{planted}: {found}");
        window.run(taken_back, json!([]));
    }
    assert_eq!(differences(&window, &kept, SETTLES_WITHIN), [""; 0], "with nothing planted any more");
}
