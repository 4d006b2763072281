//! What a fresh machine lacks: Debian packages, versions of Rust and Node, npm packages. A second run finds nothing to do.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::place::{cache, npm, top, ui};
use crate::shell::{exists, output, run, step};

/// To build and open the app on an ordinary desktop.
pub const TO_BUILD: &[&str] = &["build-essential", "pkg-config", "perl", "libwebkit2gtk-4.1-dev"];
/// To open it where there is no display or no key store: both are started for it, and a picture is taken.
pub const WITHOUT_A_DESKTOP: &[&str] = &["xvfb", "dbus", "gnome-keyring", "imagemagick", "x11vnc"];
/// To drive the real window in the tests, to build the FHIR server they send to (`libssl-dev`), to print to a real queue, to read
/// printed pages with programs that are not ours, and to hear what a screen reader is told.
pub const TO_TEST: &[&str] = &[
    "git",
    "webkit2gtk-driver",
    "xdotool",
    "libssl-dev",
    "cups",
    "cups-client",
    "poppler-utils",
    "qpdf",
    "at-spi2-core",
];

const RUST: [u32; 2] = [1, 95];
const NODE: [u32; 2] = [20, 19];

/// Everything that any command needs.
pub fn everything() -> Result<()> {
    machine(&[TO_BUILD, WITHOUT_A_DESKTOP, TO_TEST])
}

/// The named packages, the versions and the npm packages.
pub fn machine(packages: &[&[&str]]) -> Result<()> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    at_least("Rust", Command::new(rustc).arg("--version"), RUST)?;
    at_least("Node", Command::new("node").arg("--version"), NODE)?;
    debian(&packages.concat())?;
    npm_packages()
}

fn debian(wanted: &[&str]) -> Result<()> {
    if !exists("dpkg-query") || !exists("apt-get") {
        step(&format!("This is not Debian: make sure that you have the like of {}", wanted.join(" ")));
        return Ok(());
    }
    let missing: Vec<&str> = wanted.iter().copied().filter(|package| !installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    step(&format!("Debian packages are missing: {}", missing.join(" ")));
    let root = is_root()?;
    if !root {
        if !exists("sudo") {
            bail!(
                "install them as root, then come back: apt-get install --no-install-recommends {}",
                missing.join(" ")
            );
        }
        step("Installing them needs sudo; it may ask for your password now");
    }
    // An archive folder of our own: it outlives a container, and a clean-up of the shared one cannot take files away in the middle.
    let archives = cache()?.join("apt");
    fs::create_dir_all(archives.join("partial"))?;
    run(apt(root, &archives).arg("update"))?;
    run(apt(root, &archives).args(["install", "-y", "--no-install-recommends"]).args(&missing))
}

/// Whether this is root, who needs no sudo.
pub fn is_root() -> Result<bool> {
    Ok(output(Command::new("id").arg("-u"))?.trim() == "0")
}

/// The beginning of a command that needs root.
pub fn sudo() -> Command {
    let mut sudo = Command::new("sudo");
    if std::env::var_os("CI").is_some() {
        sudo.arg("-n"); // Nobody is there to type a password.
    }
    sudo
}

fn apt(root: bool, archives: &std::path::Path) -> Command {
    let mut apt = if root { Command::new("env") } else { sudo() };
    apt.arg("DEBIAN_FRONTEND=noninteractive").args(["apt-get", "-q", "-o", "DPkg::Lock::Timeout=600"]);
    apt.args(["-o", "APT::Keep-Downloaded-Packages=true", "-o"])
        .arg(format!("Dir::Cache::archives={}", archives.display()));
    apt
}

fn installed(package: &str) -> bool {
    let asked = Command::new("dpkg-query").args(["-W", "-f", "${db:Status-Status}", package]).output();
    asked.is_ok_and(|answer| answer.status.success() && answer.stdout == b"installed")
}

fn at_least(name: &str, ask: &mut Command, least: [u32; 2]) -> Result<()> {
    let [major, minor] = least;
    let said = output(ask).with_context(|| format!("{name} {major}.{minor} or newer must be installed"))?;
    match version(&said) {
        Some(found) if found >= least => Ok(()),
        _ => bail!("{name} {major}.{minor} or newer must be installed; this is {}", said.trim()),
    }
}

/// The first two numbers of "v20.19.1" or "rustc 1.95.0 (...)".
fn version(said: &str) -> Option<[u32; 2]> {
    let word =
        said.split_whitespace().find(|word| word.trim_start_matches('v').starts_with(|c: char| c.is_ascii_digit()))?;
    let mut numbers = word.trim_start_matches('v').split('.').map(str::parse);
    Some([numbers.next()?.ok()?, numbers.next()?.ok()?])
}

/// `npm ci` when the folder was not made from this very lock file.
fn npm_packages() -> Result<()> {
    let lock = ui().join("package-lock.json");
    let wanted = fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    let stamp = ui().join("node_modules/.made-from-lock");
    if fs::read(&stamp).is_ok_and(|made_from| made_from == wanted) {
        return Ok(());
    }
    step("npm packages of the screen");
    run(npm()?.args(["ci", "--no-audit", "--no-fund"]))?;
    fs::write(&stamp, wanted)?;
    Ok(())
}

/// The screen, built into `ui/dist`, which the app carries inside.
pub fn screen() -> Result<()> {
    step("The screen");
    run(npm()?.args(["run", "--silent", "build"]))?;
    let page = ui().join("dist/index.html");
    if !page.is_file() {
        bail!("the build of the screen left no {}", page.strip_prefix(top()).unwrap_or(&page).display());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn versions_are_read_from_what_the_tools_say() {
        assert_eq!(version("rustc 1.95.0 (59807616e 2026-04-14)"), Some([1, 95]));
        assert_eq!(version("v20.19.1\n"), Some([20, 19]));
        assert_eq!(version("no number here"), None);
    }

    #[test]
    fn a_version_is_compared_as_numbers() {
        assert!(version("rustc 1.100.0") >= Some(super::RUST));
        assert!(version("v20.9.0") < Some(super::NODE));
    }
}
