//! Which lines and branches of src/ the tests reach on the host.

use super::{NIGHTLY, nightly};
use crate::report::Outcome;
use crate::tools;
use anyhow::{Context, ensure};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

const VERSION: &str = "0.9.1";

/// Tests that run for minutes, and those of the examples as programs, whose coverage would be by accident.
const LEFT_OUT: [&str; 9] = ["decisions", "exhaustive", "immunosep", "law", "messages", "power", "readme", "replay", "scenarios"];
/// Likewise one test of a file.
const SKIPPED: &str = "explain_says_why";

/// A function that the compiler copies into its caller, of this or another crate, counts nothing.
const FLAGS: &str = "-Zinline-mir=no -Zcross-crate-inline-threshold=never";

/// What is counted of a file: whether each line, and each side of each branch, was reached by any copy of its code.
#[derive(Default)]
struct Reached {
    lines: BTreeMap<u64, bool>,
    /// By begin and end, line and column each: was true, was false.
    branches: BTreeMap<[u64; 4], [bool; 2]>,
}

type Files = BTreeMap<String, Reached>;

fn numbers(row: &Value) -> Vec<u64> {
    let number = |cell: &Value| cell.as_u64().or_else(|| cell.as_bool().map(u64::from)).unwrap_or(0);
    row.as_array().into_iter().flatten().map(number).collect()
}

fn rows(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// A line counts what is the most of the regions that begin on it and the one that reaches into it, as llvm-cov prints it.
fn lines(segments: &Value) -> BTreeMap<u64, bool> {
    let mut by_line = BTreeMap::<u64, Vec<[u64; 4]>>::new();
    for row in rows(segments) {
        if let [line, _, count, counted, entry, gap] = numbers(row)[..] {
            by_line.entry(line).or_default().push([count, counted, entry, gap]);
        }
    }
    let (mut reached, mut into) = (BTreeMap::new(), [0; 4]);
    let last = by_line.keys().last().copied().unwrap_or(0);
    for line in by_line.keys().next().copied().unwrap_or(1)..=last {
        let here = by_line.get(&line).map_or(&[][..], Vec::as_slice);
        let begins = |[_, counted, entry, gap]: &[u64; 4]| *counted == 1 && *entry == 1 && *gap == 0;
        let skipped = here.first().is_some_and(|[_, counted, entry, _]| *counted == 0 && *entry == 1);
        let [count, counted, ..] = into;
        if !skipped && counted == 1 || here.iter().any(begins) {
            reached.insert(line, count > 0 || here.iter().filter(|segment| begins(segment)).any(|[count, ..]| *count > 0));
        }
        into = here.last().copied().unwrap_or(into);
    }
    reached
}

/// Adds of every file of `src/` what an export of llvm-cov as JSON says.
fn reached(export: &Value, root: &Path, files: &mut Files) -> anyhow::Result<()> {
    let ours = |path: &str| Path::new(path).strip_prefix(root.join("src")).ok()?.to_str().map(str::to_owned);
    let data = export["data"].get(0).context("no data in the report")?;
    for file in rows(&data["files"]) {
        if let Some(name) = file["filename"].as_str().and_then(ours) {
            let all = &mut files.entry(name).or_default().lines;
            for (line, here) in lines(&file["segments"]) {
                *all.entry(line).or_default() |= here;
            }
        }
    }
    for function in rows(&data["functions"]) {
        for row in rows(&function["branches"]) {
            let [a, b, c, d, yes, no, file, ..] = numbers(row)[..] else { continue };
            let name = usize::try_from(file).ok().and_then(|file| function["filenames"][file].as_str()).and_then(ours);
            let Some(file) = name.and_then(|name| files.get_mut(&name)) else { continue };
            let sides = file.branches.entry([a, b, c, d]).or_default();
            *sides = [sides[0] || yes > 0, sides[1] || no > 0];
        }
    }
    Ok(())
}

/// The text from one place to another, its blanks as one.
fn between(source: &str, [from, left, to, right]: [u64; 4]) -> String {
    let mut text = String::new();
    for (number, line) in (1..).zip(source.lines()).filter(|(number, _)| (from..=to).contains(number)) {
        let begin = if number == from { left - 1 } else { 0 };
        let end = if number == to { right - 1 } else { u64::MAX };
        text.extend(line.chars().zip(0..).filter(|(_, at)| (begin..end).contains(at)).map(|(c, _)| c));
        text.push(' ');
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What was not reached, by its text, since numbers of lines move; and how many lines and sides of branches there are.
fn missed(files: &Files, source: impl Fn(&str) -> anyhow::Result<String>) -> anyhow::Result<(Vec<String>, [usize; 2])> {
    let (mut missed, mut counts) = (Vec::new(), [0; 2]);
    for (name, file) in files {
        let text = source(name)?;
        let lines = file.lines.iter().filter(|(_, reached)| !**reached);
        let lines = lines.map(|(line, _)| between(&text, [*line, 1, *line, u64::MAX]));
        // A bracket says again what the branch that it ends says, and not of every compiler.
        missed.extend(lines.filter(|line| line != "}").map(|line| format!("src/{name}: line {line}")));
        for (place, sides) in &file.branches {
            for (_, side) in sides.iter().zip(["true", "false"]).filter(|(reached, _)| !**reached) {
                missed.push(format!("src/{name}: never {side}: {}", between(&text, *place)));
            }
        }
        counts = [counts[0] + file.lines.len(), counts[1] + 2 * file.branches.len()];
    }
    Ok((missed, counts))
}

/// Both ways: what is missed and not listed, and what is listed and not missed. A line of the list is a place, a tab, why; `src/format.rs: `
/// is every place of the file.
fn against(missed: &[String], list: &str) -> anyhow::Result<Vec<String>> {
    let mut wrong = missed.to_vec();
    for line in list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (place, _) = line.split_once('\t').with_context(|| format!("xtask/uncovered.txt: no tab in `{line}`"))?;
        let before = wrong.len();
        match wrong.iter().position(|missed| missed == place) {
            Some(at) => drop(wrong.remove(at)),
            None if place.ends_with(": ") => wrong.retain(|missed| !missed.starts_with(place)),
            None => {}
        }
        if wrong.len() == before {
            wrong.push(format!("listed, but reached or gone: {place}"));
        }
    }
    Ok(wrong)
}

/// The files of tests but those that are left out.
fn tests() -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(tools::root().join("tests"))? {
        let path = entry?.path();
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        if path.extension().is_some_and(|end| end == "rs") && !LEFT_OUT.contains(&&*name) {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// A tool of the nightly toolchain's llvm-tools.
fn llvm(tool: &str) -> anyhow::Result<Command> {
    let mut rustc = tools::command(&format!("rustc +{NIGHTLY} --print target-libdir"));
    let folder = tools::stdout(rustc.env_remove("RUSTUP_TOOLCHAIN"))?;
    Ok(Command::new(Path::new(folder.trim()).with_file_name("bin").join(tool)))
}

/// Runs the tests; how many passed, and what each program reached. A report of all at once, which `cargo llvm-cov` writes, takes of a
/// function that several programs have a copy of only the first one's.
fn measured() -> anyhow::Result<(usize, Files)> {
    let folder = tools::target()?.join("llvm-cov-target");
    let mut run = tools::command("cargo llvm-cov --branch --no-report --package endotype --all-features --lib");
    run.args(tests()?.iter().flat_map(|name| ["--test", name])).args(["--", "--skip", SKIPPED]);
    run.env("PATH", tools::path_with("cargo-llvm-cov", VERSION)?).env("RUSTUP_TOOLCHAIN", NIGHTLY).env("CARGO_INCREMENTAL", "0");
    // What only chance reaches is reached every time, or never.
    run.env("RUSTFLAGS", FLAGS).env("PROPTEST_RNG_SEED", "1");
    let output = tools::fed(&mut run, &[])?;
    let (said, complained) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    ensure!(output.status.success(), "{said}{complained}");
    let profile = folder.join("all.profdata");
    let mut merge = llvm("llvm-profdata")?;
    merge.args(["merge", "-sparse"]);
    for entry in std::fs::read_dir(&folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "profraw") {
            merge.arg(path);
        }
    }
    tools::stdout(merge.arg("-o").arg(&profile))?;
    let mut files = Files::new();
    // `Running tests/guard.rs (target/llvm-cov-target/debug/deps/guard-59e8f70479226c2b)`
    let programs =
        complained.lines().filter_map(|line| line.trim().strip_prefix("Running ")?.rsplit_once('(')?.1.strip_suffix(')'));
    for program in programs {
        let mut export = llvm("llvm-cov")?;
        export.args(["export", "--format=text", "--skip-expansions", "--instr-profile"]).arg(&profile);
        let said = tools::stdout(export.arg(tools::root().join(program)))?;
        reached(&serde_json::from_str(&said)?, &tools::root(), &mut files)?;
    }
    ensure!(!files.is_empty(), "no file of src/ was reached:\n{complained}");
    Ok((tools::passed(&said)?[1], files))
}

pub(super) fn run() -> anyhow::Result<Outcome> {
    if let Some(why) = nightly("llvm-tools") {
        return Ok(Outcome::Skipped(why));
    }
    let (tests, mut files) = measured()?;
    let source = |name: &str| Ok(std::fs::read_to_string(tools::root().join("src").join(name))?);
    let list = std::fs::read_to_string(tools::root().join("xtask/uncovered.txt"))?;
    let (missed_now, [lines, sides]) = missed(&files, source)?;
    let wrong = against(&missed_now, &list)?;
    ensure!(wrong.is_empty(), "{}\n{} places of src/ differ from xtask/uncovered.txt", wrong.join("\n"), wrong.len());
    control(&mut files, source, &list)?;
    Ok(Outcome::Counted(format!(
        "{tests} tests: {lines} lines, {sides} sides of branches of {} files; {} not reached, each listed; the controls found",
        files.len(),
        missed_now.len()
    )))
}

/// One line, and one side of a branch, taken for not reached must be told.
fn control(files: &mut Files, source: impl Fn(&str) -> anyhow::Result<String> + Copy, list: &str) -> anyhow::Result<()> {
    let file = files.get_mut("endotype.rs").context("no endotype.rs")?;
    let line = file.lines.iter_mut().find(|(_, reached)| **reached).context("no line of endotype.rs")?;
    *line.1 = false;
    ensure!(against(&missed(files, source)?.0, list)?.len() == 1, "the control's line is not found");
    let file = files.get_mut("window.rs").context("no window.rs")?;
    let sides = file.branches.values_mut().find(|sides| **sides == [true; 2]).context("no branch of window.rs")?;
    sides[1] = false;
    ensure!(against(&missed(files, source)?.0, list)?.len() == 2, "the control's branch is not found");
    Ok(())
}

#[test]
fn a_place_is_missed_if_no_copy_of_its_code_reached_it() {
    // if a {      one copy of the function saw true only, the other false only; b was never asked
    //     b();    reached
    // }
    // while b {   never false
    //     c();    not reached
    // }           nor this, which is not told
    let source = "if a {\n    b();\n}\nwhile b {\n    c();\n}\n";
    let export = serde_json::json!({ "data": [{
        "files": [
            { "filename": "/x/src/f.rs", "segments": [
                [1, 1, 2, true, true, false], [4, 9, 0, true, true, false], [5, 9, 0, true, false, false], [6, 2, 0, false, false, false]] },
            { "filename": "/root/.cargo/registry/src/crc/src/lib.rs", "segments": [[1, 1, 0, true, true, false]] },
        ],
        "functions": [
            { "filenames": ["/x/src/f.rs"], "branches": [[1, 4, 1, 5, 3, 0, 0, 0, 4], [4, 7, 4, 8, 1, 0, 0, 0, 4]] },
            { "filenames": ["/x/src/f.rs"], "branches": [[1, 4, 1, 5, 0, 2, 0, 0, 4], [4, 7, 4, 8, 0, 0, 0, 0, 4]] },
        ],
    }] });
    let mut files = Files::new();
    reached(&export, Path::new("/x"), &mut files).unwrap();
    let (missed, counts) = missed(&files, |_| Ok(source.to_owned())).unwrap();
    assert_eq!(counts, [6, 4]);
    assert_eq!(missed, ["src/f.rs: line c();", "src/f.rs: never false: b"]);
    let listed = "# why\nsrc/f.rs: line c();\tc is not called\nsrc/f.rs: never false: b\tit ends otherwise\n";
    assert!(against(&missed, listed).unwrap().is_empty());
    assert_eq!(against(&missed[1..], listed).unwrap(), ["listed, but reached or gone: src/f.rs: line c();"]);
    assert_eq!(against(&missed, "").unwrap(), missed);
    assert!(against(&missed, "src/f.rs: \tno logger").unwrap().is_empty());
    assert_eq!(against(&[], "src/f.rs: \tno logger").unwrap(), ["listed, but reached or gone: src/f.rs: "]);
    // Two places of one text are two lines of the list.
    assert_eq!(against(&[missed.clone(), missed.clone()].concat(), listed).unwrap(), missed);
    assert!(against(&missed, "src/f.rs: line c();").is_err());
}
