//! What `.ci/run` runs behind `cargo test`.

use crate::report::{Outcome, Report};
use crate::tools::{self, command, stdout};
use crate::{c, cohort, conformance, device, differential, formats, fuzz, no_panic, prove, supply};
use anyhow::ensure;
use std::path::PathBuf;
use std::process::Command;

fn counted(count: impl Into<String>) -> anyhow::Result<Outcome> {
    Ok(Outcome::Counted(count.into()))
}

/// In two lanes: linking, most of what the device's checks do, takes one core.
pub(crate) fn run(report: &mut Report) {
    // Before, since the lanes need the same package manager.
    let _ = (device::missing(), c::missing());
    let other = std::thread::scope(|scope| {
        let lane = scope.spawn(|| {
            let mut report = Report::default();
            device::run(&mut report, false, true);
            report
        });
        host(report);
        lane.join()
    });
    match other {
        Ok(other) => report.join(other),
        Err(panic) => std::panic::resume_unwind(panic),
    }
}

fn host(report: &mut Report) {
    report.check("fmt", || {
        stdout(&mut command("cargo fmt --all --check"))?;
        stdout(&mut command("rustfmt --edition 2024 --check xtask/images/no-panic/src/lib.rs xtask/images/formats/src/lib.rs"))?;
        counted("formatted")
    });
    report.check("clippy", || {
        stdout(&mut command("cargo clippy --quiet --workspace --all-targets --all-features -- -D warnings"))?;
        counted("silent")
    });
    report.check("doc", || {
        stdout(command("cargo doc --quiet --no-deps --all-features").env("RUSTDOCFLAGS", "-D warnings"))?;
        counted("silent")
    });
    report.check("test, features", tests);
    no_panic::run(report);
    formats::run(report, true);
    c::run(report, false);
    report.check("replay", shipped);
    let data = std::env::var_os("ENDOTYPE_DATA").map_or_else(|| tools::root().join("../shared/data"), PathBuf::from);
    cohort::run(report, &data);
    differential::run(report, 1, 16);
    conformance::short(report);
    prove::run(report, true);
    fuzz::run(report, None, None);
    supply::short(report);
    report.check("package", package);
}

/// What `cargo test` before this leaves: what the features add, and the tests of these checks; those of the C interface have their own.
fn tests() -> anyhow::Result<Outcome> {
    let mut said = String::new();
    for rest in
        ["endotype --all-features --lib --test reading --test risk --test types", "endotype --all-features --doc", "xtask"]
    {
        said += &stdout(&mut command(&format!("cargo test --package {rest}")))?;
    }
    let [suites, tests] = tools::passed(&said)?;
    counted(format!("{tests} passed in {suites} suites"))
}

/// The command of the README: without a file the extract that ships.
fn shipped() -> anyhow::Result<Outcome> {
    let replay = tools::replay()?;
    let table = stdout(Command::new(&replay).args(["--format", "table"]))?;
    let csv = stdout(Command::new(&replay).args(["--format", "csv"]))?;
    let days = csv.lines().skip(1).count();
    let decided = csv.lines().filter(|line| line.contains(",mals,")).count();
    ensure!(days > 20 && decided > 0 && table.contains("mals"), "{days} patient-days, {decided} of mals:\n{table}");
    counted(format!("{days} patient-days of the shipped charts"))
}

fn package() -> anyhow::Result<Outcome> {
    let list = stdout(&mut command("cargo package --list --allow-dirty --package endotype"))?;
    let files: Vec<_> = list.lines().collect();
    for needed in
        ["Cargo.toml", "README.md", "REQUIREMENTS.md", "HAZARDS.md", "SOUP.md", "src/lib.rs", "examples/immunosep/main.rs"]
    {
        ensure!(files.contains(&needed), "no {needed} in the package:\n{list}");
    }
    let kept_out = |file: &&&str| {
        [
            "tests/data/",
            "tests/decisions",
            "conformance/",
            "fuzz/",
            "xtask/",
            ".ci/",
            ".cargo/",
            "capi/",
            "pictures/",
            "examples/bedside",
        ]
        .iter()
        .any(|folder| file.starts_with(folder))
    };
    let wrong: Vec<_> = files.iter().filter(kept_out).collect();
    ensure!(wrong.is_empty(), "in the package: {wrong:?}");
    counted(format!("{} files", files.len()))
}
