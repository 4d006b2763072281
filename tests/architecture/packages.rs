//! The packages the product stands on: each a direct dependency of a crate of the product, and called outside its tests.

use serde_json::Value;

use crate::sources::before_tests;
use crate::tree::File;
use crate::{none, seen, tree};

const AGREED: [&str; 8] = ["tauri", "rusqlite", "serde", "serde_json", "tokio", "printpdf", "keyring", "directories"];

/// Agreed, but nothing calls it yet. A line here fails as soon as its package is there.
const NOT_YET: &[(&str, &str)] = &[];

fn dependencies(metadata: &Value) -> Vec<String> {
    let packages = metadata["packages"].as_array().unwrap().iter();
    let product = packages.filter(|package| {
        package["name"].as_str().is_some_and(|name| name.starts_with("holdfast") && name != "holdfast-tests")
    });
    let edges =
        product.flat_map(|package| package["dependencies"].as_array().unwrap()).filter(|edge| edge["kind"].is_null());
    edges.map(|edge| edge["name"].as_str().unwrap().to_owned()).collect()
}

fn faults(agreed: &[&str], not_yet: &[(&str, &str)], dependencies: &[String], sources: &[File]) -> Vec<String> {
    let mut faults = Vec::new();
    for &package in agreed {
        let direct = dependencies.iter().any(|name| name == package);
        let called = sources.iter().any(|file| calls(&file.text, package));
        match not_yet.iter().find(|(name, _)| *name == package) {
            Some((_, reason)) if direct || called => {
                faults.push(format!("{package} is there: strike \"{reason}\" from the list"))
            }
            Some(_) => {}
            None if !direct => faults.push(format!("{package} is no direct dependency")),
            None if !called => faults.push(format!("{package} is not called outside tests")),
            None => {}
        }
    }
    faults
}

/// Whether the code names a path into the package: `name::`, not as the end of a longer word.
fn calls(text: &str, package: &str) -> bool {
    let path = format!("{package}::");
    before_tests(text).any(|line| {
        line.match_indices(&path)
            .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
    })
}

#[test]
fn each_agreed_package_is_a_direct_dependency_and_called() {
    let mut product = tree::files();
    product.retain(|file| {
        file.ends_in(&[".rs"])
            && (file.path.starts_with("src-tauri/src/") || file.path.starts_with("src-tauri/crates/"))
    });
    product.retain(|file| !file.path.contains("/tests/") && !file.path.ends_with("tests.rs"));
    none(&faults(&AGREED, NOT_YET, &dependencies(&tree::metadata()), &product));
}

#[test]
fn an_absent_an_uncalled_and_an_arrived_package_are_seen() {
    let there = ["serde".to_owned(), "tokio".to_owned()];
    let code = [File::planted(
        "a.rs",
        "use serde::Serialize;\n// tokio::spawn\nfn a() { my_tokio::spawn() }\n#[cfg(test)]\nmod tests { use tokio::spawn; }\n",
    )];
    none(&faults(&["serde"], &[], &there, &code));
    seen(&faults(&["tokio"], &[], &there, &code), "tokio is not called");
    seen(&faults(&["keyring"], &[], &there, &code), "keyring is no direct dependency");
    seen(&faults(&["serde"], &[("serde", "later")], &there, &code), "serde is there: strike");
    none(&faults(&["keyring"], &[("keyring", "later")], &there, &code));
}
