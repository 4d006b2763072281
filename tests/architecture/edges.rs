//! Which crate may see which. A new edge is a decision with a page of its own, then a line here.

use serde_json::Value;

use crate::{none, seen, tree};

/// `sees` is what the crate is built on; `may` what it is allowed to see besides.
struct Row {
    name: &'static str,
    sees: &'static [&'static str],
    may: &'static [&'static str],
}

const TABLE: &[Row] = &[
    Row { name: "holdfast-domain", sees: &[], may: &[] },
    Row { name: "holdfast-security", sees: &[], may: &["holdfast-domain"] },
    Row { name: "holdfast-store", sees: &["holdfast-domain"], may: &["holdfast-security"] },
    Row { name: "holdfast-fhir", sees: &["holdfast-domain"], may: &[] },
    Row { name: "holdfast-documents", sees: &["holdfast-domain"], may: &[] },
    Row { name: "holdfast-sync", sees: &["holdfast-domain", "holdfast-store", "holdfast-fhir"], may: &[] },
    Row {
        name: "holdfast-clinic",
        sees: &["holdfast-domain", "holdfast-security", "holdfast-store"],
        may: &["holdfast-sync", "holdfast-fhir", "holdfast-documents"],
    },
    Row { name: "holdfast", sees: &["holdfast-clinic"], may: &[] },
];

/// These stand outside the product and see what they need; no crate of the product may see them.
const FREE: &[&str] = &["xtask", "holdfast-tests"];

/// A crate of the workspace and the others it names in its manifest, for whatever purpose.
struct Crate {
    name: String,
    sees: Vec<String>,
}

fn crates(metadata: &Value) -> Vec<Crate> {
    let packages = metadata["packages"].as_array().unwrap();
    let member = |name: &str| packages.iter().any(|package| package["name"] == name);
    let sees = |package: &Value| {
        let named = package["dependencies"].as_array().unwrap().iter().map(|edge| edge["name"].as_str().unwrap());
        // A crate that names itself turns on a feature for its own tests.
        named.filter(|name| member(name) && package["name"] != *name).map(str::to_owned).collect()
    };
    packages
        .iter()
        .map(|package| Crate { name: package["name"].as_str().unwrap().to_owned(), sees: sees(package) })
        .collect()
}

fn faults(crates: &[Crate]) -> Vec<String> {
    let mut faults = Vec::new();
    for one in crates.iter().filter(|one| !FREE.contains(&one.name.as_str())) {
        let Some(row) = TABLE.iter().find(|row| row.name == one.name) else {
            faults.push(format!("{} is not in the table of crates", one.name));
            continue;
        };
        for seen in &one.sees {
            if !row.sees.contains(&seen.as_str()) && !row.may.contains(&seen.as_str()) {
                faults.push(format!("{} must not see {seen}", one.name));
            }
        }
        for &missing in row.sees {
            if crates.iter().any(|other| other.name == missing) && !one.sees.iter().any(|seen| seen == missing) {
                faults.push(format!("{} no longer sees {missing}: strike it from the table", one.name));
            }
        }
    }
    faults
}

#[test]
fn the_edges_are_those_of_the_table() {
    let crates = crates(&tree::metadata());
    assert!(crates.iter().any(|one| one.name == "holdfast-domain"), "cargo lists no crate of ours");
    none(&faults(&crates));
}

#[test]
fn an_added_edge_an_unknown_crate_and_a_lost_edge_are_seen() {
    let planted = |name: &str, sees: &[&str]| Crate {
        name: name.to_owned(),
        sees: sees.iter().map(|&one| one.to_owned()).collect(),
    };
    let mut crates = vec![
        planted("holdfast-domain", &[]),
        planted("holdfast-security", &["holdfast-domain"]),
        planted("holdfast-store", &["holdfast-domain", "holdfast-security"]),
        planted("xtask", &["holdfast-store"]),
    ];
    none(&faults(&crates));
    crates[0].sees.push("holdfast-store".to_owned());
    seen(&faults(&crates), "holdfast-domain must not see holdfast-store");
    crates[0].sees.clear();
    crates[2].sees.push("xtask".to_owned());
    seen(&faults(&crates), "holdfast-store must not see xtask");
    crates[2].sees.clear();
    seen(&faults(&crates), "holdfast-store no longer sees holdfast-domain");
    crates.push(planted("holdfast-extra", &[]));
    seen(&faults(&crates), "holdfast-extra is not in the table");
}

#[test]
fn edges_are_read_from_what_cargo_says() {
    let said = serde_json::json!({ "packages": [
        { "name": "holdfast", "dependencies": [{ "name": "holdfast-clinic" }, { "name": "tauri" }, { "name": "holdfast" }] },
        { "name": "holdfast-clinic", "dependencies": [] },
    ]});
    assert_eq!(crates(&said)[0].sees, ["holdfast-clinic"]);
}
