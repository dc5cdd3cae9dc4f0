//! Other programs, run quietly.

use anyhow::{Context, bail, ensure};
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The project's folder.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("")
}

/// Where cargo builds.
pub(crate) fn target() -> anyhow::Result<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    Ok(std::path::absolute(target)?)
}

/// A program with arguments separated by blanks, to be run in the project's folder.
pub(crate) fn command(words: &str) -> Command {
    let mut words = words.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words).current_dir(root());
    command
}

/// What a program prints on standard output; if it fails, everything that it said.
pub(crate) fn stdout(command: &mut Command) -> anyhow::Result<String> {
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("{command:?}"))?;
    if !output.status.success() {
        let (said, complained) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        bail!("{said}{complained}\n{command:?}: {}", output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What a program makes of its standard input.
pub(crate) fn fed(command: &mut Command, input: &[u8]) -> anyhow::Result<Output> {
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().with_context(|| format!("{command:?}"))?;
    let mut pipe = child.stdin.take().context("no pipe")?;
    std::thread::scope(|scope| {
        // A program that stops at a malformed line closes the pipe early: that is its business.
        scope.spawn(move || drop(pipe.write_all(input)));
        Ok(child.wait_with_output()?)
    })
}

/// Where to look for programs, so that a subcommand of cargo of this version is among them; installed if it is not there.
pub(crate) fn path_with(name: &str, version: &str) -> anyhow::Result<OsString> {
    let installed = root().join("target/tools");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(installed.join("bin")).chain(std::env::split_paths(&path)))?;
    let says = stdout(command("cargo").args([name.trim_start_matches("cargo-"), "--version"]).env("PATH", &path));
    if !says.is_ok_and(|says| says.split_whitespace().any(|word| word == version)) {
        let install = format!("cargo install --quiet --locked --force {name} --version {version} --root");
        stdout(command(&install).arg(installed).env_remove("CARGO_TARGET_DIR"))?;
    }
    Ok(path)
}

/// How many suites of tests passed, and how many tests, by lines `test result: ok. 12 passed; ...`.
pub(crate) fn passed(said: &str) -> anyhow::Result<[usize; 2]> {
    let passed = said.lines().filter_map(|line| line.trim().strip_prefix("test result: ok. ")?.split_once(" passed"));
    let counts = passed.map(|(count, _)| Ok(count.parse::<usize>()?)).collect::<anyhow::Result<Vec<_>>>()?;
    let tests = counts.iter().sum();
    ensure!(tests > 0, "no test ran:\n{said}");
    Ok([counts.len(), tests])
}

/// Builds the replay example as a user would and gives the path of its binary.
pub(crate) fn replay() -> anyhow::Result<PathBuf> {
    example("replay")
}

pub(crate) fn example(name: &str) -> anyhow::Result<PathBuf> {
    let built =
        stdout(&mut command(&format!("cargo build --release --example {name} --message-format=json-render-diagnostics")))?;
    let executable = built.lines().filter(|line| line.contains(&format!(r#""name":"{name}""#)));
    let mut executable = executable.filter_map(|line| line.split_once(r#""executable":""#)?.1.split_once('"'));
    Ok(executable.next().with_context(|| format!("cargo named no executable of the {name} example"))?.0.into())
}
