//! The npm packages that the tests run programs of: a server to sign in at, and second opinions on what is sent. They stand in the
//! cache folder, under the name of the lock file that they were installed from. Nothing of them is part of the product.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::place::{cache, npm, top};
use crate::shell::{run, step};

/// The files that npm reads; the second names every package with its checksum.
const FILES: [&str; 3] = ["package.json", LOCK, ".npmrc"];
const LOCK: &str = "package-lock.json";

/// Installs them when nobody has, from this very lock file.
pub fn ready() -> Result<()> {
    let folder = folder()?;
    if folder.is_dir() {
        return Ok(());
    }
    step("npm packages of the tests");
    let made_in = folder.with_extension("unfinished");
    if made_in.is_dir() {
        fs::remove_dir_all(&made_in)?;
    }
    fs::create_dir_all(&made_in).with_context(|| format!("cannot make {}", made_in.display()))?;
    for file in FILES {
        let from = sources().join(file);
        fs::copy(&from, made_in.join(file)).with_context(|| format!("cannot copy {}", from.display()))?;
    }
    run(npm()?.current_dir(&made_in).args(["ci", "--no-audit", "--no-fund"]))?;
    // Last: where this folder is, nothing is missing.
    fs::rename(&made_in, &folder).with_context(|| format!("cannot put {} in its place", folder.display()))
}

/// What a test program is told of them: the folder with their `node_modules`.
pub fn surroundings() -> Result<[(&'static str, PathBuf); 1]> {
    Ok([("HOLDFAST_NPM", folder()?)])
}

fn sources() -> PathBuf {
    top().join("tests/kit/npm")
}

/// `tools/npm-` and sixteen hexadecimal digits of the lock file's SHA-256, which `tests/kit/npm.rs` reckons too.
fn folder() -> Result<PathBuf> {
    let lock = sources().join(LOCK);
    let bytes = fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    let name: String = Sha256::digest(&bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    Ok(cache()?.join("tools").join(format!("npm-{name}")))
}
