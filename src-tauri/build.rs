//! Hands Tauri the hand-written permissions and the one capability, and makes sure that a screen exists to embed.
//! Nothing of the application is decided here.

use std::path::Path;
use std::{env, fs, io};
use tauri_build::{AppManifest, Attributes};

const SCREEN: &str = "ui/dist";
const PLACEHOLDER: &str = "<!doctype html><html lang=\"en-GB\"><title>Holdfast</title><p>The screen has not been built: run `npm run build` in ui.</p></html>\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Cargo does not see a changed screen by itself: without this line a stale one ships.
    println!("cargo:rerun-if-changed={SCREEN}");
    println!("cargo:rerun-if-changed=src-tauri/build.rs");
    // The web engine's libraries ask for a SQLite and an OpenSSL: without this line the linker would hand them ours, with its cipher
    // and its state. Test: own_cipher.
    println!("cargo:rustc-link-arg-bins=-Wl,--exclude-libs,ALL");
    ensure_screen()?;
    let attributes = Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        .app_manifest(AppManifest::new().permissions_path_pattern("./src-tauri/permissions/**/*"));
    tauri_build::try_build(attributes)?;
    Ok(())
}

/// A debug build without a screen gets a placeholder that says so; a release without one is refused.
#[expect(clippy::disallowed_methods, reason = "a build script learns its profile from nowhere else")]
fn ensure_screen() -> io::Result<()> {
    let index = Path::new(SCREEN).join("index.html");
    if index.exists() {
        return Ok(());
    }
    if env::var("PROFILE").as_deref() == Ok("release") {
        return Err(io::Error::other("ui/dist is missing: run `npm ci && npm run build` in ui first"));
    }
    fs::create_dir_all(SCREEN)?;
    fs::write(index, PLACEHOLDER)
}
