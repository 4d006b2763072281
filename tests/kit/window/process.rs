//! Child processes that end with the test, however it ends, and what the system knows of a process' family.

use std::fs;
use std::process::{Child, Command};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// A program of a private world. The kernel ends it when the test thread dies, dropping it ends it at once.
#[derive(Debug)]
pub struct Running(Child);

impl Running {
    /// Starts the command that `bound` made.
    pub fn start(command: &mut Command) -> Self {
        Self(command.spawn().unwrap_or_else(|error| panic!("{command:?} does not start: {error}")))
    }

    pub fn child(&mut self) -> &mut Child {
        &mut self.0
    }

    pub fn id(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let family = descendants_of(self.id());
        let _gone = self.0.kill();
        let _reaped = self.0.wait();
        for child in family {
            let _gone = kill(Pid::from_raw(child.cast_signed()), Signal::SIGKILL);
        }
    }
}

/// A command whose process gets `SIGKILL` from the kernel when the thread that starts it ends.
pub fn bound(program: &str) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "--", program]);
    command
}

/// The ids of the children of a process, their children and so on.
pub fn descendants_of(ancestor: u32) -> Vec<u32> {
    let family = family();
    let mut found = vec![ancestor];
    let mut next = 0;
    while let Some(&parent) = found.get(next) {
        found.extend(family.iter().filter(|(_, of)| *of == parent).map(|(child, _)| *child));
        next += 1;
    }
    found.split_off(1)
}

/// The name of a process as far as the system keeps it, 15 characters; empty when it has ended.
pub fn name_of(process: u32) -> String {
    fs::read_to_string(format!("/proc/{process}/comm")).unwrap_or_default()
}

/// Every process that is not a zombie, with its parent.
fn family() -> Vec<(u32, u32)> {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let stat = |name: &str| fs::read_to_string(format!("/proc/{name}/stat")).ok();
    processes
        .filter_map(|entry| {
            let id: u32 = entry.file_name().to_str()?.parse().ok()?;
            // The name, which may hold anything, stands in brackets before the state and the parent.
            let stat = stat(&id.to_string())?;
            let mut after = stat.rsplit(')').next()?.split_ascii_whitespace();
            let state = after.next()?;
            let parent = after.next()?.parse().ok()?;
            (state != "Z").then_some((id, parent))
        })
        .collect()
}
