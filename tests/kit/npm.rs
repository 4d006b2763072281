//! Programs of others that run in node: their packages stand in the cache folder, under the name of the lock file beside this one.

use std::env::var_os;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

use crate::window::bound;

/// node with this script, an ES module that finds the packages by their names; it ends with the test.
pub fn node(script: &str) -> Command {
    let mut node = bound("node");
    node.current_dir(folder()).args(["--input-type=module", "--eval", script]);
    node
}

#[expect(clippy::disallowed_methods, reason = "the surroundings say where the packages were installed")]
fn folder() -> PathBuf {
    let folder = var_os("HOLDFAST_NPM").map_or_else(installed, PathBuf::from);
    assert!(folder.is_dir(), "`cargo xtask setup` installs the npm packages of the tests: {}", folder.display());
    folder
}

#[expect(clippy::disallowed_methods, reason = "the surroundings say where the packages were installed")]
fn installed() -> PathBuf {
    let digest = Sha256::digest(include_bytes!("npm/package-lock.json"));
    let name: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let cache = match (var_os("HOLDFAST_CACHE"), var_os("XDG_CACHE_HOME"), var_os("HOME")) {
        (Some(own), ..) => PathBuf::from(own),
        (None, Some(xdg), _) => Path::new(&xdg).join("holdfast"),
        (None, None, home) => Path::new(&home.expect("HOME is set")).join(".cache/holdfast"),
    };
    cache.join("tools").join(format!("npm-{name}"))
}
