//! Fuzzing: each target on what is checked in and beyond, and with a fault that it must find.

use crate::report::{Outcome, Report};
use crate::tools::{self, command, stdout};
use anyhow::{Context, bail, ensure};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const TARGETS: [&str; 6] = ["edges", "events", "text", "snapshot", "capi", "formats"];
/// Where the lines that a corpus reaches are counted.
const SOURCES: [&str; 3] = ["src", "capi/src", "formats/src"];
const CARGO_FUZZ: &str = "0.13.2";
/// Those with which cargo-fuzz builds, whose installing takes longer than they.
const FLAGS: &str = "--cfg fuzzing -Zsanitizer=address -Cdebug-assertions -Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares \
    -Cllvm-args=-sanitizer-coverage-stack-depth -Cllvm-args=-simplifycfg-branch-fold-threshold=0";
/// Without `--minutes`.
const SECONDS: u64 = 10;
const TRIPLE: &str = "x86_64-unknown-linux-gnu";

pub(crate) fn run(report: &mut Report, minutes: Option<u64>, only: Option<&str>) {
    if let Some(unknown) = only.filter(|only| !TARGETS.contains(only)) {
        return report.check("fuzz", || bail!("no target {unknown}: {}", TARGETS.join(", ")));
    }
    let mut built = None;
    report.check("fuzz, build", || match ready(minutes.is_some()) {
        Err(error) => Ok(Outcome::Skipped(format!("{error:#}").lines().last().unwrap_or_default().to_owned())),
        Ok(()) => {
            let cargo = format!("cargo +nightly build --release --manifest-path fuzz/Cargo.toml --target {TRIPLE}");
            stdout(command(&cargo).env("RUSTFLAGS", FLAGS).env_remove("CARGO_TARGET_DIR"))?;
            built = Some(binaries("fuzz/target"));
            Ok(Outcome::Counted(format!("{} targets with address sanitizer", TARGETS.len())))
        }
    });
    let Some(built) = built else { return };
    let targets = TARGETS.iter().filter(|target| only.is_none_or(|only| only == **target));
    for target in targets.clone() {
        let seconds = minutes.map_or(SECONDS, |minutes| 60 * minutes);
        report.check(&format!("fuzz, {target}"), || fuzz(&built.join(target), target, seconds));
    }
    if minutes.is_some() {
        for target in targets {
            report.check(&format!("fuzz, lines of {target}"), || lines(target));
        }
    }
}

/// What is needed beside the toolchain of the project; installed where it is missing. Only the lines need cargo-fuzz.
fn ready(lines: bool) -> anyhow::Result<()> {
    ensure!(cfg!(all(target_arch = "x86_64", target_os = "linux")), "the sanitizer is set up for {TRIPLE}");
    if stdout(&mut command("rustc +nightly --version")).is_err() {
        stdout(&mut command("rustup toolchain install nightly --profile minimal --no-self-update")).context("no nightly")?;
    }
    if lines && stdout(&mut cargo_fuzz("--version")).is_err() {
        let install = format!("cargo install --quiet --locked cargo-fuzz --version {CARGO_FUZZ} --root target/fuzz");
        stdout(&mut command(&install)).context("no cargo-fuzz")?;
    }
    Ok(())
}

/// The installed one, before any other.
fn cargo_fuzz(words: &str) -> Command {
    let mut run = command(&format!("cargo +nightly fuzz {words}"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let paths = std::iter::once(tools::root().join("target/fuzz/bin")).chain(std::env::split_paths(&path));
    run.env("PATH", std::env::join_paths(paths).unwrap_or(path.clone())).env_remove("CARGO_TARGET_DIR");
    run
}

fn binaries(folder: &str) -> PathBuf {
    tools::root().join(folder).join(TRIPLE).join("release")
}

/// What a run came to: whether it found nothing, and what it said.
fn ran(run: &mut Command) -> anyhow::Result<(bool, String)> {
    let output = run.stdin(Stdio::null()).env("RUST_BACKTRACE", "0").output().with_context(|| format!("{run:?}"))?;
    Ok((output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned()))
}

fn files(folder: &Path) -> anyhow::Result<usize> {
    Ok(std::fs::read_dir(folder).with_context(|| format!("{}", folder.display()))?.count())
}

fn fuzz(binary: &Path, target: &str, seconds: u64) -> anyhow::Result<Outcome> {
    let root = tools::root();
    let (corpus, found) = (root.join("fuzz/corpus").join(target), root.join("target/fuzz/found").join(target));
    let artifacts = root.join("fuzz/artifacts").join(target);
    std::fs::create_dir_all(&found)?;
    std::fs::create_dir_all(&artifacts)?;
    // New inputs go into the first folder, never into what is checked in.
    let mut run = Command::new(binary);
    run.arg(&found).arg(&corpus).args(["-print_final_stats=1", "-rss_limit_mb=4096"]);
    run.arg(format!("-max_total_time={seconds}")).arg(format!("-artifact_prefix={}/", artifacts.display()));
    let (clean, said) = ran(&mut run)?;
    if !clean {
        let from = said.lines().skip_while(|line| !(line.contains("panicked") || line.contains("ERROR")));
        let what: Vec<_> = from.filter(|line| !line.trim_start().starts_with('#')).take(12).collect();
        bail!("{}\ncargo +nightly fuzz run {target} fuzz/artifacts/{target}/THE_FILE_ABOVE", what.join("\n"));
    }
    let stat = |name: &str| {
        let line = said.lines().find_map(|line| line.strip_prefix("stat::")?.strip_prefix(name)).map(str::trim);
        line.with_context(|| format!("no {name} in\n{said}"))
    };
    let edges = said.lines().rev().find_map(|line| line.split_once("cov: ")?.1.split(' ').next()).context("no coverage")?;
    let (executions, rate) = (stat("number_of_executed_units:")?, stat("average_exec_per_sec:")?);
    let corpus_files = files(&corpus)?;
    ensure!(executions.parse::<usize>()? > corpus_files, "{executions} executions of {corpus_files} files");
    control(binary, &corpus)?;
    Ok(Outcome::Counted(format!("{executions} runs, {rate}/s, {corpus_files} files, {edges} edges, crashes 0, control found")))
}

/// The target's own fault, switched on, is found in what is checked in.
fn control(binary: &Path, corpus: &Path) -> anyhow::Result<()> {
    let mut run = Command::new(binary);
    let found = tools::root().join("target/fuzz/control");
    std::fs::create_dir_all(&found)?;
    run.arg(corpus).arg("-runs=0").arg(format!("-artifact_prefix={}/", found.display())).env("ENDOTYPE_FUZZ_CONTROL", "1");
    let (clean, said) = ran(&mut run)?;
    ensure!(!clean && said.contains("panicked at fuzz_targets/"), "the control is not found:\n{said}");
    Ok(())
}

/// How much of the sources what is checked in reaches.
fn lines(target: &str) -> anyhow::Result<Outcome> {
    stdout(&mut command("rustup component add llvm-tools --toolchain nightly"))?;
    stdout(&mut cargo_fuzz(&format!("coverage {target}")))?;
    let sysroot = stdout(&mut command("rustc +nightly --print sysroot"))?;
    let llvm_cov = Path::new(sysroot.trim()).join("lib/rustlib").join(TRIPLE).join("bin/llvm-cov");
    let binary = binaries(&format!("target/{TRIPLE}/coverage")).join(target);
    let profile = tools::root().join("fuzz/coverage").join(target).join("coverage.profdata");
    let mut export = Command::new(llvm_cov);
    export.args(["export", "-format=lcov"]).arg(format!("-instr-profile={}", profile.display())).arg(&binary);
    let lcov = stdout(export.arg("--sources").args(SOURCES.map(|folder| tools::root().join(folder))))?;
    let (mut all, mut reached) = (0, 0);
    for count in lcov.lines().filter_map(|line| line.strip_prefix("DA:")?.split_once(',')) {
        all += 1;
        reached += usize::from(count.1 != "0");
    }
    ensure!(reached > 0, "no line of src/ is reached by {}", binary.display());
    Ok(Outcome::Counted(format!("{reached} of {all} lines of {} by the corpus", SOURCES.join(", "))))
}
