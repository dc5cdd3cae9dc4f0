//! The examples as programs, for tests that run them as a user does.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

/// What an example is built from; the package is without the last.
const FOLDERS: [&str; 3] = ["src", "examples", "formats/src"];

/// An example, built beside this test by `cargo test`; built here if only this test was, or if the sources are newer: one that is left
/// from before would pass for what is there now.
pub(crate) fn example(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let profile_dir = test.parent().unwrap().parent().unwrap();
    let path = profile_dir.join("examples").join(name);
    let built = path.metadata().and_then(|metadata| metadata.modified());
    if built.is_ok_and(|built| FOLDERS.map(Path::new).into_iter().all(|folder| !folder.exists() || newest(folder) <= built)) {
        return path;
    }
    let profile = if cfg!(debug_assertions) { "dev" } else { "release" };
    let mut build = Command::new(env!("CARGO"));
    build.args(["build", "--profile", profile, "--example", name, "--target-dir"]).arg(profile_dir.parent().unwrap());
    assert!(build.status().unwrap().success());
    path
}

/// When a file of a folder was last changed.
fn newest(folder: &Path) -> SystemTime {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let changed = |path: PathBuf| if path.is_dir() { newest(&path) } else { path.metadata().unwrap().modified().unwrap() };
    entries.map(changed).max().unwrap_or(SystemTime::UNIX_EPOCH)
}
