//! The long checks: the oldest compiler, every set of features, what the tests reach, Miri, mutants.

mod coverage;
mod features;
mod miri;
mod object;

use crate::report::{Outcome, Report};
use crate::{embedded, tools};
use anyhow::{Context, bail, ensure};
use std::ffi::OsString;
use std::process::Command;

const PARTS: [&str; 6] = ["msrv", "features", "coverage", "object", "miri", "mutants"];

pub(crate) fn run(report: &mut Report, only: Option<&str>, file: Option<&str>) -> anyhow::Result<()> {
    ensure!(only.is_none_or(|only| PARTS.contains(&only)), "--only takes one of {}", PARTS.join(", "));
    for part in PARTS.into_iter().filter(|part| only.is_none_or(|only| only == *part)) {
        match part {
            "msrv" => report.check("msrv", msrv),
            "features" => report.check("features", features::run),
            "coverage" => report.check("coverage", coverage::run),
            "object" => object::run(report),
            "miri" => miri::run(report),
            _ => report.check("mutants", || mutants(file)),
        }
    }
    Ok(())
}

/// A nightly toolchain with a component, installed if it is missing; why it is not there.
fn nightly(component: &str) -> Option<String> {
    let has = || {
        let said = tools::stdout(&mut tools::command("rustup component list --installed --toolchain nightly"));
        said.is_ok_and(|said| said.lines().any(|line| line.starts_with(component)))
    };
    if has() {
        return None;
    }
    let install = format!("rustup toolchain install nightly --profile minimal --component {component} --no-self-update");
    let installed = tools::stdout(&mut tools::command(&install));
    let why = installed.map_or_else(|error| error.root_cause().to_string(), |_| "rustup does not have it".to_owned());
    (!has()).then(|| format!("no nightly {component}: {}", why.lines().last().unwrap_or_default()))
}

/// Where to look for programs, so that this one of this version is among them; installed if it is not there.
fn tool(name: &str, version: &str) -> anyhow::Result<OsString> {
    let installed = tools::root().join("target/tools");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(installed.join("bin")).chain(std::env::split_paths(&path)))?;
    let command = name.trim_start_matches("cargo-");
    let says = tools::stdout(tools::command(&format!("cargo {command} --version")).env("PATH", &path));
    if !says.is_ok_and(|says| says.split_whitespace().any(|word| word == version)) {
        let install = format!("cargo install --quiet --locked {name} --version {version} --root");
        tools::stdout(tools::command(&install).arg(installed).env_remove("CARGO_TARGET_DIR"))?;
    }
    Ok(path)
}

/// Of the lines `test result: ok. 12 passed; ...` all numbers before `passed`.
fn passed(said: &str) -> usize {
    let passed = said.lines().filter_map(|line| line.trim().strip_prefix("test result: ok. ")?.split_once(" passed"));
    passed.filter_map(|(count, _)| count.parse::<usize>().ok()).sum()
}

/// `rust-version` of Cargo.toml, without dev-dependencies, which may ask for more.
fn msrv() -> anyhow::Result<Outcome> {
    let manifest = std::fs::read_to_string(tools::root().join("Cargo.toml"))?;
    let version =
        manifest.lines().find_map(|line| line.strip_prefix("rust-version = ")).context("no rust-version")?.trim_matches('"');
    let capi = std::fs::read_to_string(tools::root().join("capi/Cargo.toml"))?;
    ensure!(capi.contains(&format!("rust-version = \"{version}\"")), "capi/Cargo.toml has another rust-version");
    let targets = embedded::targets()?;
    let install = format!("rustup toolchain install {version} --profile minimal --no-self-update --target {}", targets.join(","));
    if let Err(error) = tools::stdout(tools::command(&install).env_remove("RUSTUP_TOOLCHAIN")) {
        let why = error.root_cause().to_string();
        return Ok(Outcome::Skipped(format!("no Rust {version}: {}", why.lines().last().unwrap_or_default())));
    }
    let mut checks = 0;
    for package in features::PACKAGES {
        for features in features::sets(package)? {
            for target in targets.iter().map(|target| format!("--target {target}")).chain([String::new()]) {
                let check = format!("cargo +{version} check --quiet --package {package} --lib --features={features} {target}");
                tools::stdout(tools::command(&check).env_remove("RUSTUP_TOOLCHAIN"))?;
                checks += 1;
            }
        }
    }
    // A chain of `let` is Rust 1.88.
    let newer = tools::root().join("xtask/images/newer.rs");
    let rustc = format!("rustc +{version} --edition 2024 --crate-type lib --emit metadata -o /dev/null");
    let refused = tools::stdout(tools::command(&rustc).arg(newer).env_remove("RUSTUP_TOOLCHAIN"));
    let why = refused.err().map(|error| format!("{error:#}")).context("the control, of a newer Rust, is taken")?;
    ensure!(why.contains("`let` expressions"), "{why}");
    Ok(Outcome::Counted(format!(
        "Rust {version}: {checks} checks: {}, every set of features, {} targets and the host; the control refused",
        features::PACKAGES.join(" and "),
        targets.len()
    )))
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

/// The tests that look at a file: a mutant that they miss is listed, or they are not enough. All tests would take a minute a mutant.
const WATCHED: [(&str, &str); 21] = [
    ("course", "endpoint law coverage"),
    ("cutoffs", "published exhaustive law properties readme"),
    ("eligibility", "immune"),
    ("endotype", "law exhaustive guard published"),
    ("error", "coverage window"),
    ("event", "window faults reading readme coverage"),
    ("format", "types"),
    ("guard", "guard"),
    ("immune", "immune guard"),
    ("plausible", "immune guard"),
    ("published", "published readme second"),
    ("quantity", "reading published readme"),
    ("reading", "reading law properties"),
    ("receipt", "receipts"),
    ("risk", "risk"),
    ("second", "second law"),
    ("sepsis", "window law"),
    ("series", "immune guard"),
    ("snapshot", "snapshot properties"),
    ("sofa", "published exhaustive law second window"),
    ("window", "window second properties law faults endpoint"),
];

fn mutants(file: Option<&str>) -> anyhow::Result<Outcome> {
    let path = tool("cargo-mutants", "26.0.0")?;
    let list = std::fs::read_to_string(tools::root().join("xtask/mutants.txt"))?;
    let watched = std::fs::read_dir(tools::root().join("src"))?
        .filter_map(|entry| entry.ok()?.path().file_stem()?.to_str().map(str::to_owned));
    for name in watched.filter(|name| name != "lib") {
        ensure!(WATCHED.iter().any(|(file, _)| *file == name), "no tests are named for src/{name}");
    }
    let (mut new, mut counts) = (Vec::new(), [0; 3]);
    for (name, tests) in WATCHED.iter().filter(|(name, _)| file.is_none_or(|file| file == *name)) {
        let folder = tools::target()?.join("mutants").join(name);
        std::fs::create_dir_all(&folder)?;
        let mut run =
            tools::command("cargo mutants --package endotype --all-features --no-shuffle --colors never -j2 --profile mutants");
        run.args(["--file", &format!("src/{name}.rs"), "--file", &format!("src/{name}/*.rs"), "--output"]).arg(&folder);
        run.arg("--").args(tests.split(' ').flat_map(|test| ["--test", test]));
        if tests.contains("receipts") {
            run.args(["--example", "explain"]);
        }
        // Each job builds in a folder of its own.
        status(run.env_remove("CARGO_TARGET_DIR").env("PATH", &path))?;
        let outcomes = ["caught.txt", "missed.txt", "timeout.txt"]
            .map(|outcome| std::fs::read_to_string(folder.join("mutants.out").join(outcome)).unwrap_or_default());
        new.extend(unlisted(&outcomes[1], &list)?);
        for (count, outcome) in counts.iter_mut().zip(outcomes) {
            *count += outcome.lines().count();
        }
    }
    let [caught, missed, timeout] = counts;
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
