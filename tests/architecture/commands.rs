//! One list of commands in three places: what the app handles, what a window is allowed to call, what the screen can call.

use std::collections::BTreeSet;

use crate::{none, seen, tree};

type Names = BTreeSet<String>;

/// From `generate_handler![commands::patient::open_patient, ...]`.
fn handled(rust: &str) -> Names {
    let list =
        rust.split_once("generate_handler![").and_then(|(_, rest)| rest.split_once(']')).map_or("", |(list, _)| list);
    let lines: String = list.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
    lines
        .split(',')
        .filter_map(|path| path.trim().rsplit("::").next())
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// From the `allow` lists of a permission file.
fn allowed(toml: &str) -> Names {
    let plain: String = toml.lines().map(|line| line.split('#').next().unwrap_or_default().to_owned() + "\n").collect();
    let mut names = Names::new();
    for (at, _) in plain.match_indices("allow") {
        let after = plain[at + "allow".len()..].trim_start();
        if let Some((list, _)) = after
            .strip_prefix('=')
            .and_then(|rest| rest.trim_start().strip_prefix('['))
            .and_then(|rest| rest.split_once(']'))
        {
            names.extend(
                list.split(',').map(|name| name.trim().trim_matches('"').to_owned()).filter(|name| !name.is_empty()),
            );
        }
    }
    names
}

/// From `export interface Commands { open_patient: [OpenPatient, Overview]; ... }`.
fn callable(typescript: &str) -> Names {
    let body = typescript
        .split_once("export interface Commands {")
        .and_then(|(_, rest)| rest.split_once("\n}"))
        .map_or("", |(body, _)| body);
    let names = body
        .lines()
        .filter_map(|line| line.trim().split_once(':'))
        .map(|(name, _)| name.trim().trim_matches('"').to_owned());
    names.filter(|name| !name.starts_with(['/', '*'])).collect()
}

fn faults(lists: [(&str, &Names); 3]) -> Vec<String> {
    let every: Names = lists.iter().flat_map(|(_, names)| names.iter().cloned()).collect();
    let missing = |name: &String| {
        let places =
            lists.iter().filter(|(_, names)| !names.contains(name)).map(|(place, _)| *place).collect::<Vec<_>>();
        (!places.is_empty()).then(|| format!("{name} is not {}", places.join(", not ")))
    };
    every.iter().filter_map(missing).collect()
}

#[test]
fn what_is_handled_is_what_is_allowed_is_what_the_screen_calls() {
    let permissions = tree::files()
        .into_iter()
        .filter(|file| file.path.starts_with("src-tauri/permissions/") && file.ends_in(&[".toml"]));
    let allowed: Names = permissions.flat_map(|file| allowed(&file.text)).collect();
    let handled = handled(&tree::text("src-tauri/src/lib.rs"));
    let callable = callable(&tree::text("ui/src/ipc/bindings.ts"));
    assert!(!callable.is_empty(), "the screen calls nothing");
    none(&faults([("handled", &handled), ("allowed", &allowed), ("in bindings.ts", &callable)]));
}

#[test]
fn a_command_missing_in_one_place_is_seen() {
    let handler = handled(
        "tauri::generate_handler![\n    commands::door::unlock, // in\n    commands::hna::rate_concern,\n    lock\n])",
    );
    let permission = allowed(
        "[[permission]]\nidentifier = \"allow-door\"\ncommands.allow = [\n  \"unlock\", # in\n  \"rate_concern\",\n]\n[[permission]]\n[permission.commands]\nallow = [\"lock\"]\n",
    );
    let screen = callable(
        "export interface Commands {\n  unlock: [Unlock, Desk];\n  // what is said: here\n  rate_concern: [RateConcern, HnaView];\n  lock: [null, null];\n}\n",
    );
    assert_eq!(handler, Names::from(["lock", "rate_concern", "unlock"].map(str::to_owned)));
    none(&faults([("handled", &handler), ("allowed", &permission), ("called", &screen)]));
    let mut fewer = permission.clone();
    fewer.remove("lock");
    seen(&faults([("handled", &handler), ("allowed", &fewer), ("called", &screen)]), "lock is not allowed");
    let mut more = screen.clone();
    more.insert("export_all".to_owned());
    seen(
        &faults([("handled", &handler), ("allowed", &permission), ("called", &more)]),
        "export_all is not handled, not allowed",
    );
}
