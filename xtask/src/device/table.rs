//! What was measured, as the README shows it, and the budget that holds it.

use super::{Count, LEVELS, Measured, PARTS, Size, Target};
use crate::tools;
use anyhow::{Context, bail, ensure};
use std::collections::BTreeMap;
use std::fmt::Write;

fn better(measured: &Measured, part: &'static str) -> anyhow::Result<(&'static str, Size)> {
    let sizes = LEVELS.iter().filter_map(|level| Some((*level, *measured.sizes.get(&(part, *level))?)));
    sizes.min_by_key(|(_, size)| size.text).context("not linked")
}

fn count<'a>(counts: &'a BTreeMap<String, Count>, name: &str) -> anyhow::Result<&'a Count> {
    counts.get(name).with_context(|| format!("{name} was not counted"))
}

fn mean(count: &Count) -> u64 {
    count.sum.checked_div(count.calls).unwrap_or(0)
}

pub(crate) fn all(targets: &[Target], measured: &[Measured], c: &BTreeMap<String, [u64; 2]>) -> anyhow::Result<String> {
    let mut out = String::new();
    let names: Vec<_> = targets.iter().map(|target| target.name).collect();
    let rule = "---|".repeat(targets.len());
    writeln!(out, "Bytes of text and rodata, linked alone, the better of opt-level `s` and `z`; data 0 and bss 0 in each:\n")?;
    writeln!(out, "| | {} |\n|---|{rule}", names.join(" | "))?;
    for (name, part) in PARTS {
        let mut cells = Vec::new();
        for measured in measured {
            let (level, size) = better(measured, part)?;
            ensure!((size.data, size.bss) == (0, 0), "{name}: {} bytes of data, {} of bss", size.data, size.bss);
            cells.push(format!("{} ({level})", size.text));
        }
        writeln!(out, "| {name} | {} |", cells.join(" | "))?;
    }
    writeln!(
        out,
        "\nOf each entry the deepest stack in bytes with both editions linked, and the executed instructions under SOFA-1996, least to \
         most, at opt-level `s`:\n"
    )?;
    writeln!(out, "| | {} |\n|---|{rule}", names.join(" | "))?;
    for (entry, _) in measured[0].counts.iter().filter(|(name, _)| measured[0].stack.contains_key(*name)) {
        let mut cells = Vec::new();
        for measured in measured {
            let count = count(&measured.counts, entry)?;
            cells.push(format!("{}; {} to {}", measured.stack[entry], count.least, count.most));
        }
        writeln!(out, "| `{entry}` | {} |", cells.join(" | "))?;
    }
    let m0 = &measured[0];
    let deepest = |stack: &BTreeMap<String, u64>| stack.values().max().copied().context("no stack");
    let [first, second] = &m0.alone;
    writeln!(
        out,
        "\nThe deepest on Cortex-M0 with SOFA-1996 alone: {} bytes; with SOFA-2 alone: {}; with both: {}. Serial markers beside either: {}.",
        deepest(first)?,
        deepest(second)?,
        deepest(&m0.stack)?,
        m0.stack.iter().filter(|(entry, _)| entry.starts_with("immune_")).map(|(_, bytes)| *bytes).max().context("no markers")?
    )?;
    let kept: Vec<_> = m0.kept.iter().map(|(entry, bytes)| format!("`{entry}` {bytes}")).collect();
    writeln!(out, "\nOf snapshots and receipts, likewise: {}.", kept.join(", "))?;
    let large: Vec<_> = m0_functions(measured).map(|(name, bytes)| format!("`{name}` {bytes}")).collect();
    writeln!(out, "\nWhere everything's bytes are on Cortex-M0 at `s`, by function of more than 150: {}.", large.join(", "))?;
    writeln!(out, "\nBeside the same job by hand in C, on Cortex-M0: bytes; executed instructions, least, mean and most:\n")?;
    writeln!(out, "| | bytes | least | mean | most |\n|---|---|---|---|---|")?;
    let ours = [
        ("classify", "classify", "classify"),
        ("sofa", "sofa", "SOFA-1996, US columns"),
        ("sofa_any", "sofa-any", "SOFA-1996, any column"),
        ("sofa2", "sofa2", "SOFA-2, US columns"),
    ];
    for (entry, part, name) in ours {
        for (counts, level) in [(&m0.counts, "s"), (&m0.fast, "3")] {
            let count = count(counts, entry)?;
            let bytes = if level == "s" { m0.sizes[&(part, "s")].text.to_string() } else { String::new() };
            writeln!(out, "| {name}, crate, `{level}` | {bytes} | {} | {} | {} |", count.least, mean(count), count.most)?;
        }
    }
    for version in ["classic", "interval", "float"] {
        for job in ["classify", "sofa", "day9"] {
            for (suffix, level, at) in [("os", "-Os", 0), ("o2", "-O2", 1)] {
                let function = format!("{version}_{job}");
                let bytes = c.get(&function).with_context(|| format!("no size of {function}"))?[at];
                let Ok(count) = count(&m0.counts, &format!("{function}_{suffix}")) else { continue };
                writeln!(
                    out,
                    "| {job}, C `{version}`, `{level}` | {bytes} | {} | {} | {} |",
                    count.least,
                    mean(count),
                    count.most
                )?;
            }
        }
    }
    Ok(out)
}

fn m0_functions(measured: &[Measured]) -> impl Iterator<Item = &(String, u64)> {
    measured.iter().take(1).flat_map(|m0| &m0.functions).filter(|(_, bytes)| *bytes > 150)
}

/// Where `float` differs, of what the comparison on the host prints.
pub(crate) fn float(said: &str) -> anyhow::Result<String> {
    let mut out = String::from(
        "\nWhere `float` differs from the exact answer, one smallest example a cut-off (`cargo run --release --manifest-path benches/c/check/Cargo.toml`):\n\n",
    );
    let of_float = said.split_once("float, on the inputs").context("the comparison says nothing of float")?.1;
    let tables = of_float.split("\n\n").filter(|table| table.starts_with("| row"));
    let tables: Vec<_> = tables.map(str::trim).collect();
    ensure!(tables.len() == 2, "two tables of float's differences, not {}:\n{said}", tables.len());
    writeln!(out, "{}\n\nAnd of what is charted finer than a tick:\n\n{}", tables[0], tables[1])?;
    Ok(out)
}

/// What a change may not exceed on Cortex-M0; where it is above what was asked for, the README says so.
pub(crate) fn budget(m0: &Measured) -> anyhow::Result<String> {
    const BYTES: [(&str, u64); 12] = [
        ("classify", 60),
        ("guarded", 72),
        ("immune", 7_510),
        ("sofa", 952),
        ("sofa2", 3_480),
        ("sofa-any", 1_224),
        ("device", 9_970),
        ("device,names", 17_180),
        ("device,snapshot", 18_360),
        ("device,snapshot,receipt", 20_610),
        ("device,second", 14_630),
        ("device,both", 15_990),
    ];
    const MOST: [(&str, u64); 8] = [
        ("classify", 26),
        ("classify_guarded", 27),
        // By criteria without and with a guard band, which are the same code.
        ("classify_by", 42),
        ("immune_after", 17_000),
        ("sofa", 1_800),
        ("sofa_any", 2_060),
        ("sofa2", 2_840),
        ("push", 90_500),
    ];
    // With both editions, SOFA-1996 alone, SOFA-2 alone.
    const STACK: [u64; 3] = [976, 624, 840];
    let mut over = Vec::new();
    for (part, most) in BYTES {
        let (_, size) = better(m0, part)?;
        if size.text > most {
            over.push(format!("{part}: {} bytes of {most}", size.text));
        }
    }
    for (entry, most) in MOST {
        let count = count(&m0.counts, entry)?;
        if count.most > most {
            over.push(format!("{entry}: {} instructions of {most}", count.most));
        }
    }
    let [first, second] = &m0.alone;
    let stacks = [&m0.stack, first, second];
    for (stack, most) in stacks.into_iter().zip(STACK) {
        for (entry, bytes) in stack.iter().filter(|(_, bytes)| **bytes > most) {
            over.push(format!("{entry}: {bytes} bytes of stack of {most}"));
        }
    }
    if !over.is_empty() {
        bail!("over the budget: {}", over.join("; "));
    }
    Ok(format!("{} held on Cortex-M0", BYTES.len() + MOST.len() + stacks.iter().map(|stack| stack.len()).sum::<usize>()))
}

const BEGIN: &str = "<!-- cargo xtask device: begin -->\n";
const END: &str = "<!-- cargo xtask device: end -->";

/// At which level the README shows a target's size.
pub(crate) fn shown(part: &str, column: usize) -> anyhow::Result<&'static str> {
    let readme = std::fs::read_to_string(tools::root().join("README.md"))?;
    let row = readme.lines().find_map(|line| line.strip_prefix(&format!("| {part} | "))).with_context(|| part.to_owned())?;
    let cell = row.split(" | ").nth(column).unwrap_or_default();
    let level = LEVELS.into_iter().find(|level| cell.contains(&format!("({level})")));
    level.with_context(|| format!("README.md: {part}: no level in `{cell}`"))
}

/// The README's tables are these, or begin with them.
pub(crate) fn readme(tables: &str, bless: bool, short: bool) -> anyhow::Result<()> {
    let path = tools::root().join("README.md");
    let readme = std::fs::read_to_string(&path)?;
    let (before, rest) = readme.split_once(BEGIN).context("README.md: no place for the device's tables")?;
    let (old, after) = rest.split_once(END).context("README.md: no end of the device's tables")?;
    if bless {
        std::fs::write(path, format!("{before}{BEGIN}{tables}{END}{after}"))?;
    } else if !(old == tables || short && old.starts_with(tables)) {
        let differs = old.lines().zip(tables.lines()).find(|(old, new)| old != new);
        bail!("README.md shows other numbers: {differs:?}; cargo xtask device --bless writes these");
    }
    Ok(())
}
