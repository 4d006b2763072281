//! Which suites there are and the programs they are built into. A test target added to `tests/Cargo.toml` is a suite by itself.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::place::{cargo, top};
use crate::setup;
use crate::shell::{lines, output, step};
use crate::{test_packages, trust_server};

/// The tests inside the crates.
pub const UNIT: &str = "unit";
/// The checks and tests of the screen's sources.
pub const SCREEN: &str = "screen";
/// The suite that reads the memory of the app, which is closed to everybody but root.
const AS_ROOT: &str = "leaks";
/// The suites that send to a real FHIR server, which they are told of by `HOLDFAST_HFS` and `HOLDFAST_HFS_DATA`, and may
/// run programs of the npm packages in `HOLDFAST_NPM`.
pub const WITH_A_TRUST_SERVER: &[&str] = &["sync", "window", "demo"];
/// The suite that drives the real window: each test waits as often as it works, one of them for two minutes on end.
const WAITS: &str = "window";
/// The suites that need no built app.
pub const WITHOUT_THE_APP: &[&str] = &[UNIT, SCREEN, "architecture", "journeys", "sync", "campaign", "durability"];

/// Every suite in the order they run: the quick ones first, then the targets of the tests package as its manifest lists them.
pub fn names() -> Result<Vec<String>> {
    let metadata: Value =
        serde_json::from_str(&output(cargo()?.args(["metadata", "--no-deps", "--format-version", "1"]))?)?;
    let packages = metadata["packages"].as_array().context("cargo metadata lists no packages")?;
    let tests = packages.iter().find(|package| of_tests(package)).context("there is no package in tests/")?;
    let targets = tests["targets"].as_array().into_iter().flatten().filter(|target| has_kind(target, "test"));
    let named = targets.filter_map(|target| target["name"].as_str());
    Ok([UNIT, SCREEN].into_iter().chain(named).map(str::to_owned).collect())
}

/// A program made of tests.
pub struct Program {
    /// The suite it belongs to.
    pub suite: String,
    /// The crate or target it tests, for the progress line.
    pub target: String,
    path: PathBuf,
    folder: PathBuf,
}

impl Program {
    /// Ready to run as cargo would run it; the tests that open the app find it at `app`.
    pub fn command(&self, app: Option<&Path>) -> Result<Command> {
        let mut command = if self.suite == AS_ROOT && !setup::is_root()? {
            step("Reading the memory of the locked app needs sudo; it may ask for your password now");
            let mut sudo = setup::sudo();
            sudo.arg("--preserve-env=CARGO_MANIFEST_DIR,CARGO_TARGET_DIR,HOLDFAST_APP").arg(&self.path);
            sudo
        } else {
            Command::new(&self.path)
        };
        command.current_dir(&self.folder).env("CARGO_MANIFEST_DIR", &self.folder);
        command.env("CARGO_TARGET_DIR", crate::place::target()?);
        if self.suite == WAITS {
            let cores = std::thread::available_parallelism()?.get();
            command.env("RUST_TEST_THREADS", (cores + 1).to_string());
        }
        if WITH_A_TRUST_SERVER.contains(&self.suite.as_str()) {
            command.envs(trust_server::surroundings()?).envs(test_packages::surroundings()?);
        }
        if let Some(app) = app {
            command.env("HOLDFAST_APP", app);
        }
        Ok(command)
    }
}

/// Builds the programs of these suites, all in one go, because a smaller selection of packages means other features and a second build.
pub fn build(suites: &[&str]) -> Result<Vec<Program>> {
    let mut cargo = cargo()?;
    cargo.args(["test", "--no-run", "--message-format=json-render-diagnostics"]);
    if !suites.contains(&UNIT) {
        cargo.args(suites.iter().flat_map(|suite| ["--test", suite]));
    }
    step("Building the tests");
    let mut programs = Vec::new();
    let built = lines(&mut cargo, |line| programs.extend(program(line)))?;
    if !built.success() {
        bail!("the tests do not build");
    }
    Ok(programs)
}

/// Builds the app with the screen inside and says where it is. Alone: together with the tests it would get their cheap keys.
pub fn app() -> Result<PathBuf> {
    let mut cargo = cargo()?;
    cargo.args(["build", "--package", "holdfast", "--bin", "holdfast", "--message-format=json-render-diagnostics"]);
    step("Building the app");
    let mut app = None;
    let built = lines(&mut cargo, |line| {
        let message: Value = serde_json::from_str(line).unwrap_or_default();
        if message["target"]["name"] == "holdfast" && has_kind(&message["target"], "bin") {
            app = message["executable"].as_str().map(PathBuf::from);
        }
    })?;
    if !built.success() {
        bail!("the app does not build");
    }
    app.context("cargo built the app but did not say where")
}

/// The test program named by a line of cargo's messages, if it names one.
fn program(line: &str) -> Option<Program> {
    let message: Value = serde_json::from_str(line).ok()?;
    if message["reason"] != "compiler-artifact" || message["profile"]["test"] != true {
        return None;
    }
    let folder = Path::new(message["manifest_path"].as_str()?).parent()?.to_path_buf();
    let target = message["target"]["name"].as_str()?.to_owned();
    let suite =
        if of_tests(&message) && has_kind(&message["target"], "test") { target.clone() } else { UNIT.to_owned() };
    Some(Program { suite, target, path: message["executable"].as_str()?.into(), folder })
}

fn of_tests(package: &Value) -> bool {
    package["manifest_path"].as_str().is_some_and(|path| Path::new(path) == top().join("tests/Cargo.toml"))
}

fn has_kind(target: &Value, kind: &str) -> bool {
    target["kind"].as_array().is_some_and(|kinds| kinds.iter().any(|one| one == kind))
}
