//! axe-core in the page of the real window. Which screens are looked at belongs to the tests.

use std::fmt;
use std::fs;

use serde_json::{Value, json};

use super::open::Window;
use super::world::repository;

/// One rule that one screen breaks.
#[derive(Debug)]
pub struct Violation {
    /// axe's name of the rule.
    pub rule: String,
    /// What breaks it, and why.
    pub places: Vec<String>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.rule, self.places.join(" | "))
    }
}

impl Window<'_> {
    /// What axe finds against WCAG 2.2 AA and its best practices on the page as it stands.
    pub fn axe(&self) -> Vec<Violation> {
        if self.run("return typeof axe === 'undefined'", json!([])) == true {
            let source = repository().join("ui/node_modules/axe-core/axe.min.js");
            let source = fs::read_to_string(source).expect("axe-core is installed with the screen's packages");
            // The page's policy holds for what the page loads, not for what the driver runs; `this` of a function body is the window.
            self.run(&format!("{source}; window.axe = axe;"), json!([]));
        }
        let found = self.run_async(RUN, json!([TAGS]));
        assert!(found["rules"].as_u64().unwrap_or_default() > 20, "axe ran its rules: {found}");
        found["violations"].as_array().unwrap().iter().map(violation).collect()
    }
}

fn violation(found: &Value) -> Violation {
    let places = found["places"].as_array().unwrap().iter().map(|place| place.as_str().unwrap_or_default().to_owned());
    Violation { rule: found["rule"].as_str().unwrap_or_default().to_owned(), places: places.collect() }
}

const TAGS: [&str; 7] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

const RUN: &str = "
    const done = arguments[arguments.length - 1];
    axe.run(document, { runOnly: { type: 'tag', values: arguments[0] }, resultTypes: ['violations'] }).then(
        (found) => done({
            rules: found.passes.length + found.violations.length + found.inapplicable.length,
            violations: found.violations.map((one) => ({
                rule: one.id,
                places: one.nodes.map((node) => node.html + ' ' + node.failureSummary),
            })),
        }),
        (error) => done({ rules: 0, error: String(error) }),
    );
";
