//! The long checks: the oldest compiler, every set of features, what the tests reach, Miri, mutants.

mod coverage;
mod features;
mod miri;
mod mutants;
mod object;

use crate::report::{Outcome, Report};
use crate::{embedded, tools};
use anyhow::{Context, ensure};

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

/// One day's: where the regions of a function end, of which the lists of what is not reached are made, differs from nightly to nightly.
const NIGHTLY: &str = "nightly-2026-10-30";

/// That nightly toolchain with a component, installed if it is missing; why it is not there.
fn nightly(component: &str) -> Option<String> {
    let has = || {
        let said = tools::stdout(&mut tools::command(&format!("rustup component list --installed --toolchain {NIGHTLY}")));
        said.is_ok_and(|said| said.lines().any(|line| line.starts_with(component)))
    };
    if has() {
        return None;
    }
    let install = format!("rustup toolchain install {NIGHTLY} --profile minimal --component {component} --no-self-update");
    let installed = tools::stdout(&mut tools::command(&install));
    let why = installed.map_or_else(|error| error.root_cause().to_string(), |_| "rustup does not have it".to_owned());
    (!has()).then(|| format!("no {component} of {NIGHTLY}: {}", why.lines().last().unwrap_or_default()))
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
