//! What a newcomer sees first: the top folder holds eight things and nothing else.

use std::collections::BTreeSet;

use crate::{none, seen, tree};

const AGREED: [&str; 8] =
    ["Cargo.lock", "Cargo.toml", "README.md", "assets", "src-tauri", "tauri.conf.json", "tests", "ui"];

fn faults(paths: &[String]) -> Vec<String> {
    let visible: BTreeSet<&str> =
        paths.iter().filter_map(|path| path.split('/').next()).filter(|name| !name.starts_with('.')).collect();
    let agreed = BTreeSet::from(AGREED);
    let beyond = visible.difference(&agreed).map(|name| format!("{name} is not on the agreed list of the top folder"));
    let missing = agreed.difference(&visible).map(|name| format!("{name} is missing at the top"));
    beyond.chain(missing).collect()
}

#[test]
fn the_top_folder_is_the_agreed_list() {
    none(&faults(&tree::paths()));
}

#[test]
fn an_extra_and_a_missing_entry_are_seen() {
    let mut paths: Vec<String> = AGREED.iter().map(|&name| name.to_owned()).chain([".ci/run".to_owned()]).collect();
    none(&faults(&paths));
    paths.push("docs/plan.md".to_owned());
    seen(&faults(&paths), "docs is not on the agreed list");
    paths.retain(|path| path != "ui");
    seen(&faults(&paths), "ui is missing");
}
