//! The long checks: the oldest compiler, every set of features, what the tests reach, Miri, mutants.

mod coverage;
mod features;
mod miri;
mod mutants;
mod object;

use crate::report::{Outcome, Report};
use crate::{embedded, tools};
use anyhow::{Context, ensure};
use std::ffi::OsString;

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
            _ => mutants::run(report, file),
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
    for other in ["capi/Cargo.toml", "formats/Cargo.toml"] {
        let manifest = std::fs::read_to_string(tools::root().join(other))?;
        ensure!(manifest.contains(&format!("rust-version = \"{version}\"")), "{other} has another rust-version");
    }
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
