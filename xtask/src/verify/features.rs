//! Every set of features, on the host and on every target of `rust-toolchain.toml`.

use crate::report::Outcome;
use crate::{embedded, tools};
use anyhow::{Context, ensure};
use serde_json::Value;

/// What ships, and what of it is built.
pub(super) const PACKAGES: [&str; 3] = ["endotype", "endotype-capi", "endotype-formats"];

/// The features of a package, but `default`.
fn features(package: &str) -> anyhow::Result<Vec<String>> {
    let said = tools::stdout(&mut tools::command("cargo metadata --format-version 1 --no-deps"))?;
    let metadata: Value = serde_json::from_str(&said)?;
    let mut packages = metadata["packages"].as_array().context("no packages")?.iter();
    let package = packages.find(|one| one["name"] == package).with_context(|| format!("no package {package}"))?;
    let features = package["features"].as_object().context("no features")?;
    Ok(features.keys().filter(|name| *name != "default").cloned().collect())
}

/// All of their subsets, as `--features` takes them.
pub(super) fn sets(package: &str) -> anyhow::Result<Vec<String>> {
    let mut sets = vec![Vec::new()];
    for feature in features(package)? {
        for at in 0..sets.len() {
            let with = [&sets[at][..], std::slice::from_ref(&feature)].concat();
            sets.push(with);
        }
    }
    Ok(sets.iter().map(|set| set.join(",")).collect())
}

pub(super) fn run() -> anyhow::Result<Outcome> {
    let targets = embedded::targets()?;
    if let Some(why) = embedded::missing(&targets) {
        return Ok(Outcome::Skipped(why));
    }
    let build = |package: &str, features: &str, target: Option<&str>| {
        let mut build = tools::command("cargo build --quiet --lib --package");
        build.arg(package).arg(format!("--features={features}")).args(target.iter().flat_map(|target| ["--target", target]));
        tools::stdout(&mut build)
    };
    let (mut builds, mut tests, mut all) = (0, 0, 0);
    for package in PACKAGES {
        let sets = sets(package)?;
        all += sets.len();
        for features in sets {
            for target in targets.iter().map(|target| Some(&**target)).chain([None]) {
                build(package, &features, target)?;
                builds += 1;
            }
            if package == "endotype" {
                let mut test = tools::command("cargo test --package endotype --lib --test reading --test risk --test types");
                let said = tools::stdout(test.arg(format!("--features={features}")))?;
                let passed = tools::passed(&said)?[1];
                ensure!(passed > 10, "features `{features}`: {passed} tests:\n{said}");
                tests += passed;
            }
        }
        let unknown = build(package, "no-such-feature", None);
        let why = unknown.err().map(|error| format!("{error:#}")).context("a feature that does not exist is taken")?;
        ensure!(why.contains("does not contain this feature: no-such-feature"), "{why}");
    }
    ensure!(all >= 8, "{all} sets of features");
    Ok(Outcome::Counted(format!(
        "{all} sets: {builds} builds, {} targets and the host; {tests} tests passed; one that does not exist refused",
        targets.len()
    )))
}
