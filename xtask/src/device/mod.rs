//! On the device: what is linked, how deep it goes, what it executes, and that it decides as the host does.

mod image;
mod run;
mod table;

use crate::report::{Outcome, Report};
use crate::{embedded, tools};
use anyhow::{Context, ensure};
pub(crate) use image::{Image, llvm};
pub(crate) use run::{CHARTS, Followed, Host, equal, followed, host, screens};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A processor, and the QEMU board that stands for it.
pub(crate) struct Target {
    pub(crate) name: &'static str,
    pub(crate) triple: &'static str,
    pub(crate) board: &'static [&'static str],
    /// For the disassembler, which else does not know the floating-point unit.
    pub(crate) cpu: &'static str,
}

pub(crate) const TARGETS: [Target; 4] = [
    Target {
        name: "Cortex-M0",
        triple: "thumbv6m-none-eabi",
        board: &["qemu-system-arm", "-machine", "microbit"],
        cpu: "cortex-m0",
    },
    Target {
        name: "Cortex-M4F",
        triple: "thumbv7em-none-eabihf",
        board: &["qemu-system-arm", "-machine", "mps2-an386"],
        cpu: "cortex-m4",
    },
    Target {
        name: "Cortex-M33",
        triple: "thumbv8m.main-none-eabihf",
        board: &["qemu-system-arm", "-machine", "mps2-an505"],
        cpu: "cortex-m33",
    },
    Target {
        name: "RISC-V",
        triple: "riscv32imc-unknown-none-elf",
        board: &["qemu-system-riscv32", "-machine", "virt", "-bios", "none"],
        cpu: "generic-rv32",
    },
];

/// What a row of the size table links: its name there, the features of `firmware/image`.
const PARTS: [(&str, &str); 12] = [
    ("classify alone", "classify"),
    ("classify with guard bands", "guarded"),
    ("serial markers: entry, restoration, switch, state, rules over time, checks, eligibility, watch", "immune"),
    ("SOFA-1996 with total", "sofa"),
    ("SOFA-2 with total", "sofa2"),
    ("SOFA-1996, either column, rates by weight or per minute", "sofa-any"),
    ("everything: window, course, endpoint, sepsis, text", "device"),
    ("and charted events by their names", "device,names"),
    ("everything and snapshots", "device,snapshot"),
    ("everything, snapshots and receipts", "device,snapshot,receipt"),
    ("everything, SOFA-2 instead of SOFA-1996", "device,second"),
    ("everything, both editions", "device,both"),
];
/// What is looked at, and of which the stacks are: what runs is then chosen by value.
const EVERYTHING: &str = "device,sofa,sofa-any,sofa2,names,immune,guarded,by,both";
/// Beside it, what few devices ask of: it holds the whole state once more on the stack.
const KEPT: &str = "device,snapshot,receipt,both";
/// One edition alone, which less stack may do for.
const ALONE: [&str; 2] = ["device,sofa,sofa-any,names", "device,sofa2,names,second"];
const LEVELS: [&str; 2] = ["s", "z"];

/// Bytes by section, at one level of optimization.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) text: u64,
    pub(crate) data: u64,
    pub(crate) bss: u64,
}

/// Of one entry: calls, and the least, the most and all instructions.
#[derive(Clone, Copy)]
pub(crate) struct Count {
    pub(crate) calls: u64,
    pub(crate) least: u64,
    pub(crate) most: u64,
    pub(crate) sum: u64,
}

/// What was measured of a target.
#[derive(Default)]
pub(crate) struct Measured {
    /// By part and level.
    pub(crate) sizes: BTreeMap<(&'static str, &'static str), Size>,
    /// Deepest stack by entry, with both editions.
    pub(crate) stack: BTreeMap<String, u64>,
    /// Of snapshots and receipts, with both.
    pub(crate) kept: BTreeMap<String, u64>,
    /// And with one: 1996, SOFA-2.
    pub(crate) alone: [BTreeMap<String, u64>; 2],
    pub(crate) counts: BTreeMap<String, Count>,
    /// Bytes of everything by function, at opt-level `s`.
    pub(crate) functions: Vec<(String, u64)>,
    /// The counts at optimization level 3.
    pub(crate) fast: BTreeMap<String, Count>,
}

/// Installs what is missing if that can be done here; else names it.
fn missing_tools() -> Option<String> {
    let needed = [("qemu-system-arm", "qemu-system-arm"), ("qemu-system-riscv32", "qemu-system-misc")];
    let c = [("arm-none-eabi-gcc", "gcc-arm-none-eabi"), ("gcc", "gcc")];
    let absent = || {
        let lacks = |(program, _): &&(&str, &str)| tools::stdout(&mut tools::command(&format!("{program} --version"))).is_err();
        needed.iter().chain(&c).filter(lacks).map(|&(_, package)| package).collect::<Vec<_>>()
    };
    if absent().is_empty() {
        return None;
    }
    println!("installing {}", absent().join(" "));
    let install = format!("apt-get install -y --no-install-recommends libnewlib-arm-none-eabi {}", absent().join(" "));
    let _ = tools::stdout(&mut tools::command("apt-get update -qq"));
    let installed = tools::stdout(&mut tools::command(&install));
    let why = installed
        .err()
        .map_or_else(String::new, |error| format!(" ({})", error.root_cause().to_string().lines().last().unwrap_or("")));
    let absent = absent();
    (!absent.is_empty()).then(|| format!("install as root: apt-get install {}{why}", absent.join(" ")))
}

/// Likewise, with what the compiler needs.
pub(crate) fn missing() -> Option<String> {
    let triples: Vec<_> = TARGETS.iter().map(|target| target.triple.to_owned()).collect();
    missing_tools().or_else(|| embedded::missing(&triples))
}

/// `short`: away from Cortex-M0 only the sizes that the README shows and the decisions, not their tests; nothing beside C on the host.
pub(crate) fn run(report: &mut Report, bless: bool, short: bool) {
    if let Some(why) = missing() {
        report.check("device", || Ok(Outcome::Skipped(why)));
        return;
    }
    let mut measured: Vec<Measured> = Vec::new();
    report.check("device: controls", || {
        let found = image::controls()?;
        Ok(Outcome::Counted(format!("{found} of {found} found on each of {} targets", TARGETS.len())))
    });
    report.check("device: linked", || {
        for target in &TARGETS {
            measured.push(linked(target, short)?);
        }
        Ok(Outcome::Counted(format!(
            "{} of {} targets: no panic path, float, divide, 64-bit product, core::fmt",
            measured.len(),
            TARGETS.len()
        )))
    });
    let mut lines = 0;
    report.check("device: decides", || {
        let host = run::host()?;
        for target in &TARGETS {
            lines = run::bedside(target, &host)?;
        }
        run::embassy(&TARGETS[1], &host)?;
        Ok(Outcome::Counted(format!(
            "4 of 4 targets; decisions equal to host: {lines} of {}; Embassy, too",
            host.sofa.len() + host.markers.len()
        )))
    });
    report.check("device: power", || Ok(Outcome::Counted(run::power(&TARGETS)?)));
    report.check("device: rules", || Ok(Outcome::Counted(run::rules(if short { &TARGETS[..1] } else { &TARGETS })?)));
    report.check("device: counted", || {
        ensure!(measured.len() == TARGETS.len(), "not linked");
        let mut said = String::new();
        for (target, measured) in TARGETS.iter().zip(&mut measured) {
            let (counts, words) = run::measure(target, "s")?;
            measured.counts = counts;
            if target.triple.starts_with("thumbv6m") {
                measured.fast = run::measure(target, "3")?.0;
                said = words;
            }
        }
        Ok(Outcome::Counted(said))
    });
    // The C that is compared here is also compared on the targets.
    let mut float = String::new();
    if !short {
        report.check("device: C, host", || {
            let said = tools::stdout(
                tools::command("cargo run --quiet --release --manifest-path benches/c/check/Cargo.toml --target-dir")
                    .arg(folder()?.join("check")),
            )?;
            float = table::float(&said)?;
            let controls = said.lines().filter(|line| line.contains("constants changed")).count();
            ensure!(controls == 2, "no controls:\n{said}");
            Ok(Outcome::Counted("1,600,000 answers equal; each constant of the C changed is found".to_owned()))
        });
    }
    report.check("device: budget", || {
        ensure!(measured.len() == TARGETS.len() && measured.iter().all(|measured| !measured.counts.is_empty()), "not counted");
        let tables = table::all(&TARGETS, &measured, &c_sizes()?)?;
        let tables = tables + &float;
        println!("{tables}");
        let held = table::budget(&measured[0])?;
        table::readme(&tables, bless, short)?;
        Ok(Outcome::Counted(held))
    });
}

/// An image that names one edition has no row of the other; that of both, the control, has both.
fn one_edition(features: &str, symbols: &[(String, u64)]) -> anyhow::Result<()> {
    let expected = match features {
        "device" => [true, false],
        "device,second" => [false, true],
        "device,both" => [true, true],
        _ => return Ok(()),
    };
    let found = ["SOFA_1996_ROWS", "SOFA_2_ROWS"].map(|rows| symbols.iter().any(|(name, _)| name.contains(rows)));
    ensure!(found == expected, "rows of SOFA-1996 and of SOFA-2 are linked: {found:?}, expected {expected:?}");
    Ok(())
}

fn linked(target: &Target, short: bool) -> anyhow::Result<Measured> {
    let mut measured = Measured::default();
    let column = TARGETS.iter().position(|one| one.name == target.name).filter(|&column| short && column > 0);
    for (part, features) in PARTS {
        let shown = column.map(|column| table::shown(part, column)).transpose()?;
        for level in LEVELS {
            if shown.is_some_and(|shown| level != shown) {
                continue;
            }
            let image = Image::build(target, features, level, false)?;
            image.links()?;
            measured.sizes.insert((features, level), image.size()?);
            let functions = image.by_function()?;
            one_edition(features, &functions).with_context(|| format!("{}: {features}", target.triple))?;
            if (features, level) == ("device", "s") {
                measured.functions = functions;
            }
        }
    }
    let [first, second] = &mut measured.alone;
    let looked_at = [(EVERYTHING, &mut measured.stack), (KEPT, &mut measured.kept), (ALONE[0], first), (ALONE[1], second)];
    for (features, stack) in looked_at {
        let image = Image::build(target, features, "s", true)?;
        image.links()?;
        let found: Vec<_> = image.found()?.into_iter().collect();
        ensure!(found.is_empty(), "{}: {features}: {}", target.triple, found.join("; "));
        *stack = image.stack()?;
        if features == KEPT {
            stack.retain(|entry, _| entry.starts_with("snapshot_") || entry.starts_with("receipt_"));
            ensure!(stack.len() == 5, "not five entries of snapshots and receipts: {stack:?}");
        }
    }
    Ok(measured)
}

/// Of each C function its bytes at `-Os` and `-O2`, alone with what it needs of libgcc.
fn c_sizes() -> anyhow::Result<BTreeMap<String, [u64; 2]>> {
    let said = tools::stdout(&mut tools::command("sh benches/c/size.sh"))?;
    let mut sizes = BTreeMap::new();
    for line in said.lines().skip(2) {
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        let [_, function, size, _, fast, ..] = cells[..] else { anyhow::bail!("benches/c/size.sh: {line}") };
        sizes.insert(function.to_owned(), [size.parse().context("bytes")?, fast.parse().context("bytes")?]);
    }
    ensure!(sizes.len() == 9, "benches/c/size.sh:\n{said}");
    Ok(sizes)
}

/// A folder of its own for the images, beside the other targets.
pub(crate) fn folder() -> anyhow::Result<PathBuf> {
    Ok(tools::target()?.join("device"))
}
