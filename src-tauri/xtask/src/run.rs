//! `cargo xtask run`: from a fresh clone to the open app.

use std::path::Path;
use std::process::{Child, ExitCode};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::display::{Surroundings, bound_to_us, has_display, has_key_store};
use crate::shell::step;
use crate::{place, setup, suites};

/// Installs what is missing, builds, opens the app and stays until it is closed.
pub fn run(words: &[&str]) -> Result<ExitCode> {
    let profile = match words {
        [] => None,
        ["--profile", folder] => Some(std::path::absolute(folder)?),
        _ => bail!("run [--profile DIR]"),
    };
    let desktop = has_display() && has_key_store();
    setup::machine(if desktop { &[setup::TO_BUILD] } else { &[setup::TO_BUILD, setup::WITHOUT_A_DESKTOP] })?;
    setup::screen()?;
    let program = suites::app()?;
    let mut around = Surroundings::complete()?;

    // A database and the key store that holds its secret belong together.
    let profile = profile.or_else(|| around.key_store.as_ref().map(|folder| folder.join("profile")));
    let mut command = bound_to_us(&program.to_string_lossy());
    around.surround(&mut command);
    if let Some(folder) = &profile {
        command.arg("--profile").arg(folder);
        step(&format!("The database is in {}", folder.display()));
    }
    step("Opening the app; it ends when its window is closed, or with Ctrl+C here");
    let mut app = command.spawn().context("cannot open the app")?;
    let ended = stay(&mut around, &mut app);
    // However we leave, the window does not stay behind.
    let _ = app.kill();
    ended
}

fn stay(around: &mut Surroundings, app: &mut Child) -> Result<ExitCode> {
    let keys = enter_keys();
    let picture = place::cache()?.join("run/window.png");
    if let Some(display) = around.display.clone() {
        around.until("the window", |all| Ok(app.try_wait()?.is_some() || all.picture(&picture)?))?;
        say_where(&picture, &display);
    }
    loop {
        if let Some(ended) = app.try_wait()? {
            return if ended.success() { Ok(ExitCode::SUCCESS) } else { bail!("the app {ended}") };
        }
        match keys.recv_timeout(Duration::from_millis(300)) {
            Ok(()) if around.display.is_some() => {
                around.picture(&picture)?;
                step(&format!("A new picture is in {}", picture.display()));
            }
            Ok(()) | Err(RecvTimeoutError::Timeout) => {}
            // Nobody is at the keyboard: only the app can end this.
            Err(RecvTimeoutError::Disconnected) => std::thread::sleep(Duration::from_millis(300)),
        }
    }
}

fn say_where(picture: &Path, display: &str) {
    step(&format!("A picture of the window is in {}; Enter takes a new one", picture.display()));
    step("To use it with mouse and keyboard: in another terminal of this machine");
    eprintln!("        x11vnc -display {display} -localhost -forever -nopw -rfbport 5900");
    eprintln!("    and a VNC viewer on 127.0.0.1:5900 (from elsewhere through `ssh -L 5900:127.0.0.1:5900`)");
}

/// One message for each Enter.
fn enter_keys() -> Receiver<()> {
    let (pressed, keys) = channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lines() {
            if line.is_err() || pressed.send(()).is_err() {
                return;
            }
        }
    });
    keys
}
