//! The tree as git would keep it: tracked files and new ones, without what is ignored.

use std::path::PathBuf;
use std::process::Command;

/// One file of the project.
pub struct File {
    /// From the top of the project, with `/`.
    pub path: String,
    pub text: String,
}

impl File {
    /// A made-up file for a planted case.
    pub fn planted(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// Whether its name ends in one of these.
    pub fn ends_in(&self, endings: &[&str]) -> bool {
        endings.iter().any(|ending| self.path.ends_with(ending))
    }
}

/// The top folder of the project.
pub fn top() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// The path of every file, sorted.
pub fn paths() -> Vec<String> {
    let mut git = Command::new("git");
    git.current_dir(top()).args([
        "-c",
        "safe.directory=*",
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]);
    let listed = git.output().expect("git lists the files");
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    let all = String::from_utf8(listed.stdout).unwrap();
    let mut paths: Vec<String> = all.split_terminator('\0').map(str::to_owned).collect();
    paths.retain(|path| top().join(path).is_file());
    paths.sort();
    paths.dedup();
    assert!(!paths.is_empty(), "git lists no file");
    paths
}

/// Every file that is text, with its text.
pub fn files() -> Vec<File> {
    let read = |path: String| std::fs::read_to_string(top().join(&path)).ok().map(|text| File { path, text });
    paths().into_iter().filter_map(read).collect()
}

/// The text of one file that must be there.
pub fn text(path: &str) -> String {
    std::fs::read_to_string(top().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What cargo knows of the workspace, without its dependencies.
pub fn metadata() -> serde_json::Value {
    let mut cargo = Command::new(env!("CARGO"));
    let asked = cargo
        .current_dir(top())
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .output()
        .unwrap();
    assert!(asked.status.success(), "{}", String::from_utf8_lossy(&asked.stderr));
    serde_json::from_slice(&asked.stdout).unwrap()
}
