//! `cargo xtask bench`: runs one measuring program of `tests/benches` and passes on its figures, one JSON object a line.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::place::{cargo, top};
use crate::setup;
use crate::shell::{lines, run, step};
use crate::trust_server;

/// The measuring programs that open the app; for these it is built in release first and named by `HOLDFAST_APP`.
const IN_THE_WINDOW: &[&str] = &["start"];
/// The measuring programs that send to the real FHIR server.
const TO_A_SERVER: &[&str] = &["drain"];
const KEYS: [&str; 5] = ["bench", "figure", "value", "goal", "against"];

/// `NAME [--json FILE]`: measures and prints; the file gets the same lines. It fails when it could not measure, not when a goal is missed.
pub fn bench(words: &[&str]) -> Result<()> {
    let there = names()?;
    let (name, file) = match words {
        [name] => (*name, None),
        [name, "--json", file] => (*name, Some(PathBuf::from(file))),
        _ => bail!("bench NAME [--json FILE]; there are: {}", there.join(" ")),
    };
    if !there.iter().any(|one| one == name) {
        bail!("there is no benchmark `{name}`; there are: {}", there.join(" "));
    }
    setup::everything()?;
    let mut program = cargo()?;
    program.args(["run", "--release", "--manifest-path", "tests/benches/Cargo.toml", "--bin", name]);
    if TO_A_SERVER.contains(&name) {
        trust_server::ready()?;
        program.envs(trust_server::surroundings()?);
    }
    if IN_THE_WINDOW.contains(&name) {
        setup::screen()?;
        step("Building the app in release");
        run(cargo()?.args(["build", "--release", "--bin", "holdfast"]))?;
        program.env("HOLDFAST_APP", crate::place::target()?.join("release/holdfast"));
    }
    step(&format!("Measuring {name}"));
    let mut figures = Vec::new();
    let ended = lines(&mut program, |line| {
        println!("{line}");
        figures.push(line.to_owned());
    })?;
    if !ended.success() {
        bail!("{name} could not measure ({ended})");
    }
    sound(name, &figures)?;
    if let Some(file) = file {
        fs::write(&file, figures.join("\n") + "\n").with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}

fn names() -> Result<Vec<String>> {
    let mut names = Vec::new();
    let folder = top().join("tests/benches/src/bin");
    if folder.is_dir() {
        for entry in fs::read_dir(folder)? {
            names.extend(entry?.path().file_stem().map(|stem| stem.to_string_lossy().into_owned()));
        }
    }
    names.sort();
    Ok(names)
}

/// Every line is one object with the five keys, each figure once, the value a finite number.
fn sound(name: &str, figures: &[String]) -> Result<()> {
    let mut seen = Vec::new();
    for line in figures {
        let figure: Value = serde_json::from_str(line).with_context(|| format!("not a figure: {line}"))?;
        if KEYS.iter().any(|key| figure.get(key).is_none()) || figure["bench"] != name || !figure["value"].is_number() {
            bail!("a figure has {} and its bench is {name}; this is: {line}", KEYS.join(", "));
        }
        if seen.contains(&figure["figure"]) {
            bail!("{} is there twice", figure["figure"]);
        }
        seen.push(figure["figure"].clone());
    }
    if seen.is_empty() {
        bail!("{name} printed no figure");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::sound;

    const GOOD: &str =
        r#"{"bench":"save","figure":"ratio_p50","value":1.2,"goal":1.25,"against":"plain SQLite, WAL, FULL"}"#;

    #[test]
    fn figures_are_one_object_a_line_and_each_once() {
        assert!(sound("save", &[GOOD.to_owned()]).is_ok());
        assert!(sound("save", &[GOOD.to_owned(), GOOD.to_owned()]).is_err());
        assert!(sound("start", &[GOOD.to_owned()]).is_err());
        assert!(sound("save", &[GOOD.replace("goal", "aim")]).is_err());
        assert!(sound("save", &[GOOD.replace("1.2,", "null,")]).is_err());
        assert!(sound("save", &["warming up".to_owned()]).is_err());
        assert!(sound("save", &[]).is_err());
    }
}
