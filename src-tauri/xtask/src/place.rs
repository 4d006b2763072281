//! Where things are: the clone, and the cache folder outside it that everything built or downloaded goes to.

use std::env::{var_os, vars};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// The top folder of the clone.
pub fn top() -> PathBuf {
    let here = var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.ancestors().nth(2).map_or(here.clone(), Path::to_path_buf)
}

/// The folder of the screen's sources.
pub fn ui() -> PathBuf {
    top().join("ui")
}

/// The cache folder: `HOLDFAST_CACHE`, else `holdfast` in `XDG_CACHE_HOME`, else `~/.cache/holdfast`; made when missing.
pub fn cache() -> Result<PathBuf> {
    let folder = match (var_os("HOLDFAST_CACHE"), var_os("XDG_CACHE_HOME"), var_os("HOME")) {
        (Some(own), ..) => PathBuf::from(own),
        (None, Some(xdg), _) => PathBuf::from(xdg).join("holdfast"),
        (None, None, Some(home)) => PathBuf::from(home).join(".cache/holdfast"),
        (None, None, None) => bail!("no cache folder: set HOLDFAST_CACHE or HOME"),
    };
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make the cache folder {}", folder.display()))?;
    Ok(folder)
}

/// Where cargo builds: `CARGO_TARGET_DIR`, else `target` in the cache folder.
pub fn target() -> Result<PathBuf> {
    match var_os("CARGO_TARGET_DIR") {
        Some(own) => Ok(std::path::absolute(own)?),
        None => Ok(cache()?.join("target")),
    }
}

/// cargo at the top of the clone, building in [`target`], as if it had been typed by hand.
pub fn cargo() -> Result<Command> {
    let mut cargo = Command::new(var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(top()).env("CARGO_TARGET_DIR", target()?);
    // What the outer `cargo run` set for this program would look like a changed environment to build scripts, which then run again.
    for (name, _) in vars() {
        let outer = [
            "CARGO_MANIFEST_DIR",
            "CARGO_MANIFEST_PATH",
            "CARGO_CRATE_NAME",
            "CARGO_BIN_NAME",
            "CARGO_PRIMARY_PACKAGE",
            "OUT_DIR",
        ];
        if name.starts_with("CARGO_PKG_") || outer.contains(&name.as_str()) {
            cargo.env_remove(name);
        }
    }
    cargo.env_remove("LD_LIBRARY_PATH");
    Ok(cargo)
}

/// npm in the folder of the screen, with its cache outside the clone and no colours to read past.
pub fn npm() -> Result<Command> {
    let mut npm = Command::new("npm");
    npm.current_dir(ui()).env("npm_config_cache", cache()?.join("npm")).env("npm_config_update_notifier", "false");
    npm.env("NO_COLOR", "1").env_remove("FORCE_COLOR");
    Ok(npm)
}
