//! How much of the crate's machine code runs on the target: under the tests there, and while the bedside monitor decides the shipped charts.

use crate::device::{self, Followed, TARGETS, Target};
use crate::report::{Outcome, Report};
use crate::tools;
use anyhow::{Context, ensure};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

/// Of each function the addresses of its instructions, as llvm-objdump lists them.
fn instructions(listing: &str) -> BTreeMap<String, Vec<u64>> {
    let (mut functions, mut current) = (BTreeMap::<String, Vec<u64>>::new(), String::new());
    for line in listing.lines() {
        if let Some((_, name)) = line.strip_suffix(">:").and_then(|line| line.split_once(" <")) {
            // The compiler's hash of a name differs from one folder to another.
            current = name.rsplit_once("::h").map_or(name, |(name, _)| name).to_owned();
        } else if let Some((address, rest)) = line.split_once(':')
            && let Ok(address) = u64::from_str_radix(address.trim(), 16)
            // A constant between the instructions.
            && !rest.trim_start().starts_with('.')
        {
            functions.entry(current.clone()).or_default().push(address);
        }
    }
    functions
}

/// Methods of traits begin with `<`, or what legacy names have for it; a text for developers is no part of a decision.
fn is_ours(name: &str) -> bool {
    let of = name.trim_start_matches("_$LT$").trim_start_matches('<');
    ["endotype::", "endotype.."].iter().any(|path| of.starts_with(path))
        && !name.contains("fmt..Debug")
        && !name.contains("fmt::Debug")
}

/// Where an ELF file of 32 bits begins to run.
fn entry(elf: &Path) -> anyhow::Result<u64> {
    let head = std::fs::read(elf)?;
    let entry = head.get(24..28).context("no ELF header")?;
    Ok(u64::from(u32::from_le_bytes(entry.try_into()?) & !1))
}

/// Of the crate's functions in an image: instructions that ran, all, and by function what did not.
fn count(target: &Target, image: &Followed) -> anyhow::Result<(usize, usize, String)> {
    let mut objdump = device::llvm("llvm-objdump")?;
    objdump.args(["-d", "--demangle", "--no-show-raw-insn", &format!("--mcpu={}", target.cpu)]);
    let functions = instructions(&tools::stdout(objdump.arg(&image.elf))?);
    let ran = std::fs::read_to_string(&image.out)?;
    let ran = ran.lines().map(|line| u64::from_str_radix(line, 16)).collect::<Result<BTreeSet<_>, _>>()?;
    let reached = |all: &[u64]| all.iter().filter(|at| ran.contains(at)).count();
    // The controls: the run began where the image begins, and within the code only instructions ran, never a constant.
    ensure!(ran.contains(&entry(&image.elf)?), "{}, {}: nothing began", target.name, image.name);
    let listed: BTreeSet<_> = functions.values().flatten().copied().collect();
    let (first, last) = (listed.first().context("no code")?, listed.last().context("no code")?);
    let stray: Vec<_> = ran.range(first..=last).filter(|at| !listed.contains(at)).collect();
    ensure!(stray.is_empty(), "{}, {}: no instructions, but they ran: {stray:x?}", target.name, image.name);
    let mut by_function: Vec<_> = functions
        .iter()
        .filter(|(name, _)| is_ours(name))
        .map(|(name, all)| (all.len() - reached(all), all.len(), name))
        .collect();
    by_function.sort_by(|a, b| b.cmp(a));
    let (mut all, mut not, mut list) = (0, 0, String::new());
    for (missed, count, name) in by_function {
        (all, not) = (all + count, not + missed);
        writeln!(list, "{missed:6} of {count:6} not reached: {name}")?;
    }
    ensure!(0 < not && not < all, "{}, {}: {not} of {all} instructions did not run", target.name, image.name);
    Ok((all - not, all, list))
}

pub(super) fn run(report: &mut Report) {
    if let Some(why) = device::missing() {
        report.check("object", || Ok(Outcome::Skipped(why)));
        return;
    }
    for target in TARGETS.iter().filter(|target| ["Cortex-M0", "RISC-V"].contains(&target.name)) {
        report.check(&format!("object: {}", target.name), || {
            let mut said = Vec::new();
            for image in device::followed(target, "covered")? {
                let (reached, all, list) = count(target, &image)?;
                std::fs::write(image.out.with_extension("txt"), list)?;
                said.push(format!("{} {reached} of {all} instructions ({} %)", image.name, 100 * reached / all));
            }
            Ok(Outcome::Counted(said.join(", ")))
        });
    }
}

#[test]
fn instructions_are_by_function_and_without_constants() {
    let listing = "\nDisassembly of section .text:\n\n000000a8 <endotype::window::Window::push::h0123>:\n      a8: \tpush\t{r4, lr}\n      \
                   aa: \tbl\t0xb4 <f> @ imm = #0x6\n      ae: \t.short\t0x46c0\n      b0: \t.word\t0x02000000\n\n000000b4 <<endotype::Day as core::Copy>::f>:\n      b4: \tbx\tlr\n";
    let functions = instructions(listing);
    assert_eq!(functions["endotype::window::Window::push"], [0xa8, 0xaa]);
    assert_eq!(functions["<endotype::Day as core::Copy>::f"], [0xb4]);
    assert!(functions.keys().all(|name| is_ours(name)));
    assert!(is_ours("_$LT$endotype..window..Today$u20$as$u20$core..cmp..PartialEq$GT$::eq"));
    assert!(!is_ours("core::fmt::write") && !is_ours("_$LT$endotype..error..Error$u20$as$u20$core..fmt..Debug$GT$::fmt"));
}
