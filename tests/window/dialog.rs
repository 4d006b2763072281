//! A dialog of the system, which stands outside the page: found by its title, and used by keys alone.

use std::path::Path;
use std::process::Stdio;

use kit::window::{World, until};

/// The dialog's window once it stands there.
pub fn dialog(world: &World, title: &str) -> String {
    until("the dialog", || found(world, title))
}

/// The dialog's window, when it stands there now.
pub fn found(world: &World, title: &str) -> Option<String> {
    let search = ["search", "--onlyvisible", "--name", &format!("^{title}$")];
    let done = world.command("xdotool").args(search).stderr(Stdio::null()).output().unwrap();
    String::from_utf8(done.stdout).unwrap().lines().next().map(str::to_owned)
}

/// Waits for the dialog, then presses a key in it.
pub fn press(world: &World, title: &str, key: &str) {
    let dialog = dialog(world, title);
    tell(world, &["windowfocus", "--sync", &dialog]);
    tell(world, &["key", key]);
}

/// Waits for the dialog for a file, types where the file is, and takes it.
pub fn choose_file(world: &World, title: &str, file: &Path) {
    let file = file.to_str().unwrap();
    press(world, title, "ctrl+l");
    until("the field for the place", || world.focused_field(title));
    tell(world, &["type", file]);
    until("the place in its field", || (world.focused_field(title)? == file).then_some(()));
    tell(world, &["key", "Return"]);
    until("the dialog to be gone", || found(world, title).is_none().then_some(()));
}

fn tell(world: &World, words: &[&str]) {
    assert!(world.command("xdotool").args(words).status().unwrap().success());
}
