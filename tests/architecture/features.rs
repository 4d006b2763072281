//! What tests may turn on and the product may not have: cheap keys, databases that are not encrypted, mistakes that are planted.

use std::process::Command;

use crate::{none, seen, tree};

const OF_TESTS: &[&str] = &["planted", "testing"];

/// Each package of ours as cargo builds it for this one, with its features: a line each.
fn built(given: &[&str]) -> String {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(tree::top()).args(["tree", "--offline", "--prefix", "none", "--edges", "normal,build"]);
    let told = cargo.args(["--format", "{p} features:{f},"]).args(given).output().unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    String::from_utf8(told.stdout).unwrap()
}

fn faults(built: &str) -> Vec<String> {
    let ours = built.lines().filter(|line| line.starts_with("holdfast"));
    let named = ours.filter_map(|line| Some((line.split_once(' ')?.0, line.split_once("features:")?.1)));
    let on = named.flat_map(|(package, features)| {
        let of_tests = features.split(',').filter(|feature| OF_TESTS.contains(feature));
        of_tests.map(move |feature| format!("{package} is built with {feature}"))
    });
    on.collect()
}

#[test]
fn the_app_is_built_without_what_is_for_tests() {
    let built = built(&["--package", "holdfast"]);
    for package in ["holdfast ", "holdfast-store ", "holdfast-sync ", "holdfast-security "] {
        assert!(built.lines().any(|line| line.starts_with(package)), "{package}is not in\n{built}");
    }
    none(&faults(&built));
}

#[test]
fn a_feature_that_is_on_is_seen() {
    let built = built(&["--package", "holdfast-tests", "--features", "planted"]);
    seen(&faults(&built), "holdfast-sync is built with planted");
    seen(&faults(&built), "holdfast-store is built with planted");
    seen(&faults("holdfast-store v0.1.0 (/here) features:default,testing,"), "holdfast-store is built with testing");
    none(&faults("holdfast-store v0.1.0 (/here) features:,\ntokio v1 features:testing,"));
}
