//! The long checks: mutants, and the oldest compiler.

use crate::report::{Outcome, Report};
use crate::tools;
use anyhow::{Context, bail, ensure};
use std::process::Command;

pub(crate) fn run(report: &mut Report, file: Option<&str>) {
    report.check("msrv", msrv);
    report.check("mutants", || mutants(file));
}

/// `rust-version` of Cargo.toml, without dev-dependencies, which may ask for more.
fn msrv() -> anyhow::Result<Outcome> {
    let manifest = std::fs::read_to_string(tools::root().join("Cargo.toml"))?;
    let version =
        manifest.lines().find_map(|line| line.strip_prefix("rust-version = ")).context("no rust-version")?.trim_matches('"');
    let install = format!("rustup toolchain install {version} --profile minimal --no-self-update");
    if let Err(error) = tools::stdout(&mut tools::command(&install)) {
        let why = error.root_cause().to_string();
        return Ok(Outcome::Skipped(format!("no Rust {version}: {}", why.lines().last().unwrap_or_default())));
    }
    for features in ["", "defmt", "libm"] {
        tools::stdout(&mut tools::command(&format!(
            "cargo +{version} check --quiet --package endotype --lib --features={features}"
        )))?;
    }
    Ok(Outcome::Counted(format!("compiles with Rust {version}")))
}

/// `src/course.rs:42:9: replace ...` without its line and column, which move.
fn name(mutant: &str) -> Option<String> {
    let (file, rest) = mutant.split_once(".rs:")?;
    Some(format!("{file}.rs: {}", rest.split_once(": ")?.1))
}

/// Survivors must be listed in `xtask/mutants.txt`: the beginning of a mutant's name, a tab, why it may survive.
fn mutants(file: Option<&str>) -> anyhow::Result<Outcome> {
    if tools::stdout(&mut tools::command("cargo mutants --version")).is_err() {
        tools::stdout(&mut tools::command("cargo install --locked cargo-mutants"))?;
    }
    let list = std::fs::read_to_string(tools::root().join("xtask/mutants.txt"))?;
    let mut listed = Vec::new();
    for line in list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        listed.push(line.split_once('\t').with_context(|| format!("mutants.txt: no tab in `{line}`"))?.0);
    }
    let folder = tools::root().join("target");
    std::fs::create_dir_all(&folder)?;
    let mut run = tools::command("cargo mutants --package endotype --all-features --no-shuffle --colors never -j2");
    run.args(["--file", file.unwrap_or("src/**/*.rs"), "--output"]).arg(&folder);
    // Each job builds in its own folder. The exhaustive tests take six times as long without optimization; overflow is still caught.
    run.env_remove("CARGO_TARGET_DIR").envs([("CARGO_PROFILE_DEV_OPT_LEVEL", "1"), ("CARGO_PROFILE_DEV_DEBUG", "0")]);
    status(&mut run)?;
    let read = |outcome: &str| std::fs::read_to_string(folder.join("mutants.out").join(outcome)).unwrap_or_default();
    let [caught, missed, timeout] = ["caught.txt", "missed.txt", "timeout.txt"].map(read);
    let survivors: Vec<_> = missed.lines().filter_map(name).collect();
    let new: Vec<_> = survivors.iter().filter(|mutant| !listed.iter().any(|known| mutant.starts_with(known))).collect();
    if !new.is_empty() {
        let names = new.iter().fold(String::new(), |names, name| format!("{names}\n{name}"));
        bail!("{} of {} survivors are not in xtask/mutants.txt:{names}", new.len(), survivors.len());
    }
    let [caught, timeout] = [caught, timeout].map(|list| list.lines().count());
    ensure!(caught > 0, "no mutant was caught: did any compile?");
    Ok(Outcome::Counted(format!("{caught} caught, {timeout} timed out, {} survive, each listed", survivors.len())))
}

/// Runs it in the open, since it takes hours; cargo-mutants exits with 2 when mutants survive and 3 when some time out.
fn status(run: &mut Command) -> anyhow::Result<()> {
    let status = run.status().with_context(|| format!("{run:?}"))?;
    if !matches!(status.code(), Some(0 | 2 | 3)) {
        bail!("{run:?}: {status}");
    }
    Ok(())
}
