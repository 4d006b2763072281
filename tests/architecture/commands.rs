//! One list of commands in three places, for each of the two windows: what its process handles, what it is allowed to call, what its
//! screen can call. The two lists have nothing in common.

use std::collections::BTreeSet;

use crate::{none, seen, tree};

type Names = BTreeSet<String>;

/// A window, where its commands stand, and the permissions that its capability has to name.
struct Window {
    /// The function that lists what its process handles.
    handlers: &'static str,
    /// The interface of the bindings.
    interface: &'static str,
    capability: &'static str,
}

const NURSE: Window = Window { handlers: "fn handlers(", interface: "Commands", capability: "main" };
const PATIENT: Window =
    Window { handlers: "fn patient_handlers(", interface: "PatientCommands", capability: "patient" };

/// From `generate_handler![commands::patient::open_patient, ...]` in this function.
fn handled(rust: &str, function: &str) -> Names {
    let list = rust
        .split_once(function)
        .and_then(|(_, rest)| rest.split_once("generate_handler!["))
        .and_then(|(_, rest)| rest.split_once(']'))
        .map_or("", |(list, _)| list);
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
fn callable(typescript: &str, interface: &str) -> Names {
    let body = typescript
        .split_once(&format!("export interface {interface} {{"))
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

/// The permissions of our own that a capability names, and the windows it is for; those of the framework have a colon in them.
fn granted(capability: &str) -> (Names, Vec<String>) {
    let read: serde_json::Value = serde_json::from_str(capability).unwrap();
    let list = |key: &str| -> Vec<String> {
        read[key].as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect()
    };
    (list("permissions").into_iter().collect(), list("windows"))
}

/// What a permission file is called by, and what it allows.
fn permission(file: &tree::File) -> (String, Names) {
    let name = file.text.split_once("identifier = \"").and_then(|(_, rest)| rest.split_once('"')).unwrap().0;
    (name.to_owned(), allowed(&file.text))
}

fn of(window: &Window) -> (Names, Names, Names) {
    let (granted, windows) = granted(&tree::text(&format!("src-tauri/capabilities/{}.json", window.capability)));
    assert_eq!(windows, [window.capability], "each capability is for the one window of its name");
    let permissions = tree::files()
        .into_iter()
        .filter(|file| file.path.starts_with("src-tauri/permissions/") && file.ends_in(&[".toml"]));
    let allowed = permissions.map(|file| permission(&file)).filter(|(name, _)| granted.contains(name));
    (
        handled(&tree::text("src-tauri/src/lib.rs"), window.handlers),
        allowed.flat_map(|(_, names)| names).collect(),
        callable(&tree::text("ui/src/ipc/bindings.ts"), window.interface),
    )
}

#[test]
fn what_is_handled_is_what_is_allowed_is_what_the_screen_calls() {
    for window in [NURSE, PATIENT] {
        let (handled, allowed, callable) = of(&window);
        assert!(!callable.is_empty(), "the screen of {} calls nothing", window.capability);
        none(&faults([("handled", &handled), ("allowed", &allowed), ("in bindings.ts", &callable)]));
    }
}

#[test]
fn the_patients_window_has_four_commands_no_event_and_nothing_of_the_nurses() {
    let four = Names::from(["patient_front", "patient_answer", "patient_not_me", "hand_back"].map(str::to_owned));
    let (handled, allowed, callable) = of(&PATIENT);
    assert_eq!([&handled, &allowed, &callable], [&four; 3]);
    let (granted, _) = granted(&tree::text("src-tauri/capabilities/patient.json"));
    assert_eq!(granted, Names::from(["patient-mode".to_owned()]), "not even a permission of the framework");
    let nurse = of(&NURSE);
    assert!([nurse.0, nurse.1, nurse.2].iter().all(|list| list.is_disjoint(&four)));
    let capabilities = tree::files().into_iter().filter(|file| file.path.starts_with("src-tauri/capabilities/"));
    assert_eq!(capabilities.count(), 2, "there is no third capability");
}

#[test]
fn a_command_missing_in_one_place_is_seen() {
    let handler = handled(
        "fn others() { generate_handler![x] }\nfn its() { tauri::generate_handler![\n    commands::door::unlock, // in\n    commands::hna::rate_concern,\n    lock\n]) }",
        "fn its(",
    );
    let permission = allowed(
        "[[permission]]\nidentifier = \"allow-door\"\ncommands.allow = [\n  \"unlock\", # in\n  \"rate_concern\",\n]\n[[permission]]\n[permission.commands]\nallow = [\"lock\"]\n",
    );
    let screen = callable(
        "export interface Commands {\n  unlock: [Unlock, Desk];\n  // what is said: here\n  rate_concern: [RateConcern, HnaView];\n  lock: [null, null];\n}\nexport interface PatientCommands {\n  x: [null, null];\n}\n",
        "Commands",
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
