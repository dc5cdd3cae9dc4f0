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

/// Those survivors that the list does not know; its lines are the beginning of a mutant's name, a tab, why it may survive.
fn unlisted(survivors: &str, list: &str) -> anyhow::Result<Vec<String>> {
    let mut known = Vec::new();
    for line in list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        known.push(line.split_once('\t').with_context(|| format!("xtask/mutants.txt: no tab in `{line}`"))?.0);
    }
    let names = survivors.lines().map(|mutant| name(mutant).with_context(|| format!("a mutant called `{mutant}`")));
    let new = names.filter(|name| !name.as_ref().is_ok_and(|name| known.iter().any(|known| name.starts_with(known))));
    new.collect()
}

fn mutants(file: Option<&str>) -> anyhow::Result<Outcome> {
    if tools::stdout(&mut tools::command("cargo mutants --version")).is_err() {
        tools::stdout(&mut tools::command("cargo install --locked cargo-mutants"))?;
    }
    let list = std::fs::read_to_string(tools::root().join("xtask/mutants.txt"))?;
    let folder = tools::root().join("target");
    std::fs::create_dir_all(&folder)?;
    let mut run = tools::command("cargo mutants --package endotype --all-features --no-shuffle --colors never -j2");
    run.args(["--file", file.unwrap_or("src/**/*.rs"), "--output"]).arg(&folder);
    // Each job builds in a folder of its own.
    run.env_remove("CARGO_TARGET_DIR").env("CARGO_PROFILE_DEV_DEBUG", "0");
    status(&mut run)?;
    let [caught, missed, timeout] = ["caught.txt", "missed.txt", "timeout.txt"]
        .map(|outcome| std::fs::read_to_string(folder.join("mutants.out").join(outcome)).unwrap_or_default());
    let new = unlisted(&missed, &list)?;
    let [caught, missed, timeout] = [caught, missed, timeout].map(|mutants| mutants.lines().count());
    ensure!(new.is_empty(), "{}\n{} of {missed} survivors are not in xtask/mutants.txt", new.join("\n"), new.len());
    ensure!(caught > 0, "no mutant was caught: did any compile?");
    Ok(Outcome::Counted(format!("{caught} caught, {timeout} timed out, {missed} survive, each listed")))
}

/// Runs it in the open, since it takes hours; cargo-mutants exits with 2 when mutants survive and 3 when some time out.
fn status(run: &mut Command) -> anyhow::Result<()> {
    let status = run.status().with_context(|| format!("{run:?}"))?;
    if !matches!(status.code(), Some(0 | 2 | 3)) {
        bail!("{run:?}: {status}");
    }
    Ok(())
}

#[test]
fn a_survivor_is_known_by_the_beginning_of_its_name_without_its_line() {
    let survivors = "src/a.rs:4:9: replace + with - in f\nsrc/a.rs:5:10: replace + with - in g\n";
    assert_eq!(
        unlisted(survivors, "# why\nsrc/a.rs: replace + with - in g\tequal at 0\n").unwrap(),
        ["src/a.rs: replace + with - in f"]
    );
    assert!(unlisted(survivors, "src/a.rs: replace + with -\tequal at 0").unwrap().is_empty());
    assert!(unlisted(survivors, "src/a.rs: replace without a reason").is_err());
}
