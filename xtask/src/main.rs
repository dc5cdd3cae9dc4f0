//! The checks that need more than `cargo test`: `cargo xtask NAME`.

mod c;
mod ci;
mod clifpy;
mod cohort;
mod conformance;
mod device;
mod differential;
mod dist;
mod embedded;
mod formats;
mod fuzz;
mod no_panic;
mod pictures;
mod prove;
mod report;
mod supply;
mod tools;
mod verify;

use anyhow::{Context, bail};
use report::Report;
use std::path::PathBuf;
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask NAME [OPTIONS]: each check prints one line, details only on failure; exit status 1 if one failed

  c             the C interface: header against Rust, C tests under sanitizers, Miri, CMake, no panic, a C firmware in QEMU; installs what is missing
  ci            everything that .ci/run runs behind `cargo test`; the data of `cohort` from ENDOTYPE_DATA, else ../shared/data
  cohort        real patients and published cases against their own scores
                  --data DIR   the folder described below
  conformance   the crate against the vectors of conformance/, in both formats, with controls
                  --short         a line a file, as in CI
                  --program CMD   another program, as a shell takes it
                  --format F      rows (default of --program) or replay: conformance/README.md
                  --public        programs of the registries, installed in target/, against conformance/RESULTS.md; 1 to 3 minutes
                  --public --bless   writes it
  device        links, runs and counts it on four processors in QEMU, beside the same job in C; installs what is missing
                  --bless      writes the README's tables
  dist          header, libraries for four targets, licences, SBOM and checksums in target/dist, twice, compared
  differential  the replay example against xtask/reference, byte for byte
                  --seeds N    generated charts of 40 patients, 20 if not given
  embedded      builds for the targets of rust-toolchain.toml, without features, with defmt, with libm
  formats       what HL7 and ASTM cost a device in bytes, no panic in them, builds for the targets of rust-toolchain.toml
  fuzz          six targets with address sanitizer, on fuzz/corpus and beyond, each with a fault that it must find; installs what is missing
                  --minutes N  that long each, and the lines of src/ that the corpora reach; ten seconds if not given
                  --target T   only this one
  no-panic      links every entry that a device calls: no panic, float, division, 64-bit product or core::fmt is left
  pictures      draws the pictures of pictures/ by its README's commands and compares; their tests; the bedside screen in QEMU
                  --bless      keeps them as they are drawn now
  supply        SOUP.md and deny.toml against what cargo resolves; cargo-deny, which takes minutes to install; the two builds of `dist`
  prove         the compiled rules equal to xtask/prove/spec.py for all inputs, on four processors, at opt-level s and z; installs angr
                  --short      one processor, one level, what is decided in a second each
  verify        about an hour on two cores: the oldest compiler, every set of features, lines and branches of src/ that the tests
                reach (against xtask/uncovered.txt), instructions that the tests on the target reach, Miri, mutants of src/ (against
                xtask/mutants.txt)
                  --only PART  msrv, features, coverage, object, miri or mutants
                  --file NAME  only the mutants of this room, as `window`
";

/// Takes `name VALUE` out of the arguments.
fn option(arguments: &mut Vec<String>, name: &str) -> anyhow::Result<Option<String>> {
    let Some(at) = arguments.iter().position(|argument| argument == name) else { return Ok(None) };
    arguments.remove(at);
    if at == arguments.len() {
        bail!("{name} needs a value\n\n{HELP}");
    }
    Ok(Some(arguments.remove(at)))
}

fn run() -> anyhow::Result<Report> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let data = option(&mut arguments, "--data")?.map(PathBuf::from);
    let seeds = option(&mut arguments, "--seeds")?.map(|n| n.parse().context("--seeds takes a whole number")).transpose()?;
    let file = option(&mut arguments, "--file")?;
    let program = option(&mut arguments, "--program")?;
    let format = option(&mut arguments, "--format")?.map(|name| name.parse()).transpose()?;
    let short = arguments.iter().position(|argument| argument == "--short").map(|at| arguments.remove(at)).is_some();
    let public = arguments.iter().position(|argument| argument == "--public").map(|at| arguments.remove(at)).is_some();
    let minutes =
        option(&mut arguments, "--minutes")?.map(|n| n.parse().context("--minutes takes a whole number")).transpose()?;
    let target = option(&mut arguments, "--target")?;
    let only = option(&mut arguments, "--only")?;
    let bless = arguments.iter().position(|argument| argument == "--bless").map(|at| arguments.remove(at)).is_some();
    let mut report = Report::default();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["c"] => c::run(&mut report, true),
        ["dist"] => dist::run(&mut report),
        ["ci"] => ci::run(&mut report),
        ["cohort"] => {
            let Some(data) = data else { bail!("cohort needs --data DIR\n\n{HELP}\n{}", cohort::SOURCES) };
            cohort::run(&mut report, &data);
        }
        ["conformance"] => conformance::run(&mut report, &conformance::Asked { program, format, short, public, bless }),
        ["device"] => device::run(&mut report, bless, false),
        ["differential"] => differential::run(&mut report, seeds.unwrap_or(20), 40),
        ["embedded"] => embedded::run(&mut report),
        ["formats"] => formats::run(&mut report, false),
        ["fuzz"] => fuzz::run(&mut report, minutes, target.as_deref()),
        ["no-panic"] => no_panic::run(&mut report),
        ["pictures"] => pictures::run(&mut report, bless),
        ["supply"] => supply::run(&mut report),
        ["prove"] => prove::run(&mut report, short),
        ["verify"] => verify::run(&mut report, only.as_deref(), file.as_deref())?,
        ["--help" | "-h" | "help"] => println!("{HELP}\n{}", cohort::SOURCES),
        _ => bail!("which check?\n\n{HELP}"),
    }
    Ok(report)
}

fn main() -> ExitCode {
    match run() {
        Ok(report) => report.exit_code(),
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::from(2)
        }
    }
}
