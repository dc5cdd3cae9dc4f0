//! The examples as programs, for tests that run them as a user does.

use std::path::PathBuf;
use std::process::Command;

/// An example, built beside this test by `cargo test`; built here if only this test was.
pub(crate) fn example(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let path = test.parent().unwrap().parent().unwrap().join("examples").join(name);
    if !path.exists() {
        assert!(Command::new(env!("CARGO")).args(["build", "--example", name]).status().unwrap().success());
    }
    path
}
