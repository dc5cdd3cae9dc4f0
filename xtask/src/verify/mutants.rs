//! Mutants of `src/`: each is caught by a test, or listed with the reason why none could.
//!
//! cargo-mutants names them. It would build the tests anew for each, hours on two cores; so all of them are built at once, a match
//! arm each of the function that they change, and a run of the tests is told which one to take. What no run told apart, and
//! what is no function's, may be decided while compiling: only those are built one by one.

use crate::report::{Outcome, Report};
use crate::tools::{self, command, stdout};
use anyhow::{Context, anyhow, ensure};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::ops::Range;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// The tests, those first that take least.
const TESTS: [&str; 17] = [
    "receipts",
    "types",
    "coverage",
    "readme",
    "published",
    "window",
    "endpoint",
    "faults",
    "reading",
    "immune",
    "guard",
    "risk",
    "snapshot",
    "second",
    "law",
    "exhaustive",
    "properties",
];

/// What these run that takes most of a minute, and is of no other kind than the rest.
const TOO_LONG: [&str; 2] = ["--skip", "r200_"];

/// A mutant with which one of them takes so many times as long, and some seconds, is caught, as it would be by whoever waits.
const PATIENCE: [u64; 2] = [8, 3];

/// What `src/lib.rs` gets: 0 in a constant, so that rows and ids are the true ones, else what the run is told. The first assertion of a
/// test that fails ends the run.
const SWITCH: &str = r#"
extern crate std as the_std;
pub(crate) const fn mutant() -> u32 {
    const fn none() -> u32 {
        0
    }
    fn told() -> u32 {
        static TOLD: the_std::sync::OnceLock<u32> = the_std::sync::OnceLock::new();
        *TOLD.get_or_init(|| {
            let before = the_std::panic::take_hook();
            the_std::panic::set_hook(the_std::boxed::Box::new(move |info| match info.location() {
                Some(at) if at.file().starts_with("tests/") => the_std::process::abort(),
                _ => before(info),
            }));
            the_std::env::var("MUTANT").map_or(0, |told| told.parse().unwrap())
        })
    }
    core::intrinsics::const_eval_select((), none, told)
}
"#;

struct Mutant {
    /// As cargo-mutants calls it, with file, line and column.
    name: String,
    file: String,
    /// The statements of the function that it changes.
    body: Option<Range<usize>>,
    /// What is replaced, in bytes of the file, and by what.
    span: Range<usize>,
    by: String,
}

enum Fate {
    Caught,
    TimedOut,
    DoesNotCompile,
    Survives,
}

pub(super) fn run(report: &mut Report, file: Option<&str>) {
    report.check("mutants", || mutants(file));
}

fn mutants(file: Option<&str>) -> anyhow::Result<Outcome> {
    let target = tools::target()?.join("mutants");
    let trees = [tree(&target.join("0"))?, tree(&target.join("1"))?];
    let mutants = named(&trees[0], file)?;
    ensure!(!mutants.is_empty(), "no mutant of src/{}.rs", file.unwrap_or("*"));
    let list = fs::read_to_string(tools::root().join("xtask/mutants.txt"))?;
    let mut list = entries(&list)?;
    list.retain(|entry| file.is_none_or(|file| entry.name.starts_with(&format!("src/{file}.rs:"))));
    let (program, alone) = together(&trees[0], &mutants)?;
    let tests = Mutex::new(waits(&trees[0], &program)?);
    // That nothing tells a listed one apart is what the list says.
    let listed = |at: usize| list.iter().any(|entry| entry.is_of(&mutants[at].name));
    let in_one = |_, at| {
        if alone.contains(&at) {
            return Ok(Fate::Survives);
        }
        let fate = told_apart(&trees[0], &program, Some(at), &tests)?;
        if matches!(fate, Fate::Survives) && !listed(at) {
            println!("not told apart: {}", mutants[at].name);
        }
        Ok(fate)
    };
    let all: Vec<usize> = (0..mutants.len()).collect();
    let mut fates = each(&all, in_one)?;
    let mut again = Vec::new();
    for (at, _) in fates.iter().filter(|(_, fate)| matches!(fate, Fate::Survives)) {
        if alone.contains(at) || !listed(*at) {
            again.push(*at);
        }
    }
    again.sort_unstable();
    fates.retain(|(at, _)| !again.contains(at));
    println!("{} of {} mutants are built one by one", again.len(), mutants.len());
    for tree in &trees {
        restore(tree)?;
        let program = build(tree)?.map_err(|errors| anyhow!("does not compile without a mutant: {errors:?}"))?;
        waits(tree, &program).context("built by itself")?;
    }
    fates.extend(each(&again, |worker, at| by_itself(&trees[worker], &mutants[at], &tests))?);
    let (mut counts, mut survivors) = ([0; 4], Vec::new());
    for (at, fate) in &fates {
        counts[match fate {
            Fate::Caught => 0,
            Fate::TimedOut => 1,
            Fate::DoesNotCompile => 2,
            Fate::Survives => 3,
        }] += 1;
        if matches!(fate, Fate::Survives) {
            survivors.push(mutants[*at].name.as_str());
        }
    }
    survivors.sort_unstable();
    let [caught, timed_out, not_compiled, survive] = counts;
    let other = unlike(&survivors, &list);
    ensure!(other.is_empty(), "{}\nthe {survive} survivors are not those of xtask/mutants.txt", other.join("\n"));
    ensure!(caught > 0, "no mutant was caught");
    Ok(Outcome::Counted(format!(
        "{}: {caught} caught, {timed_out} timed out, {not_compiled} do not compile, {survive} survive, each listed",
        mutants.len()
    )))
}

/// What comes of each, by two workers.
fn each(all: &[usize], call: impl Fn(usize, usize) -> anyhow::Result<Fate> + Sync) -> anyhow::Result<Vec<(usize, Fate)>> {
    let (next, fates) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = |worker: usize| -> anyhow::Result<()> {
        while let count = next.fetch_add(1, Ordering::Relaxed)
            && let Some(&at) = all.get(count)
        {
            let fate = call(worker, at)?;
            fates.lock().expect("no worker panics").push((at, fate));
            if count % 100 == 99 {
                println!("{} of {}", count + 1, all.len());
            }
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(|| work(1));
        work(0).and(other.join().expect("no worker panics"))
    })?;
    Ok(fates.into_inner().expect("no worker panics"))
}

/// A copy in which the tests are one program: linking each by itself would take most of the time.
fn tree(tree: &Path) -> anyhow::Result<PathBuf> {
    let root = tools::root();
    fs::create_dir_all(tree)?;
    stdout(command("rm -rf").args(["src", "tests", "examples", "formats"].map(|name| tree.join(name))))?;
    let kept = ["src", "tests", "examples", "formats", "README.md", "REPLAY.md", "Cargo.lock"].map(|name| root.join(name));
    stdout(command("cp -r").args(kept).arg(tree))?;
    let manifest = fs::read_to_string(root.join("Cargo.toml"))?;
    let alone = manifest.lines().filter(|line| !line.starts_with("members") && !line.starts_with("default-members"));
    fs::write(tree.join("Cargo.toml"), alone.collect::<Vec<_>>().join("\n"))?;
    let mut all = "#![allow(missing_docs)]\n".to_owned();
    for test in TESTS {
        writeln!(all, "#[path = \"{test}.rs\"]\nmod {test};")?;
    }
    fs::write(tree.join("tests/all.rs"), all)?;
    Ok(tree.to_owned())
}

fn restore(tree: &Path) -> anyhow::Result<()> {
    stdout(command("rm -rf").arg(tree.join("src")))?;
    stdout(command("cp -r").arg(tools::root().join("src")).arg(tree))?;
    Ok(())
}

/// All that cargo-mutants would make.
fn named(tree: &Path, file: Option<&str>) -> anyhow::Result<Vec<Mutant>> {
    let path = tools::path_with("cargo-mutants", "26.0.0")?;
    let list = |json: &str| {
        let mut list = command("cargo mutants --list --all-features --gitignore=false --colors never --dir");
        list.arg(tree).args((!json.is_empty()).then_some(json)).env("PATH", &path);
        list.args(file.iter().flat_map(|file| ["--file".to_owned(), format!("src/{file}.rs")]));
        stdout(&mut list)
    };
    let (names, mutants) = (list("")?, serde_json::from_str::<Vec<Value>>(&list("--json")?)?);
    ensure!(names.lines().count() == mutants.len(), "{} names of {} mutants", names.lines().count(), mutants.len());
    let mut bodies: Vec<(&Value, &Value, Range<usize>)> = Vec::new();
    let mut read = Vec::new();
    for (name, mutant) in names.lines().zip(&mutants) {
        let file = mutant["file"].as_str().context("a mutant without a file")?;
        let span = bytes(&fs::read_to_string(tree.join(file))?, &mutant["span"]).context("a mutant without a span")?;
        if mutant["genre"] == "FnValue" {
            bodies.push((&mutant["file"], &mutant["function"]["span"], span.clone()));
        }
        let by = mutant["replacement"].as_str().context("a mutant without a replacement")?.to_owned();
        read.push((mutant, Mutant { name: name.to_owned(), file: file.to_owned(), body: None, span, by }));
    }
    Ok(read
        .into_iter()
        .map(|(json, mutant)| {
            let body = bodies.iter().find(|(file, function, _)| **file == json["file"] && **function == json["function"]["span"]);
            Mutant { body: body.map(|(.., body)| body.clone()), ..mutant }
        })
        .collect())
}

/// Lines and columns from 1, in characters, of a file.
fn bytes(text: &str, span: &Value) -> Option<Range<usize>> {
    let at = |end: &str| {
        let [line, column] = ["line", "column"].map(|part| span[end][part].as_u64().and_then(|n| usize::try_from(n).ok()));
        let start: usize = text.split_inclusive('\n').take(line? - 1).map(str::len).sum();
        Some(start + text[start..].chars().take(column? - 1).map(char::len_utf8).sum::<usize>())
    };
    Some(at("start")?..at("end")?)
}

/// One program with all mutants, by index from 0; and those which can not be in it.
fn together(tree: &Path, mutants: &[Mutant]) -> anyhow::Result<(PathBuf, BTreeSet<usize>)> {
    let lib = fs::read_to_string(tools::root().join("src/lib.rs"))?;
    let mut alone: BTreeSet<usize> = (0..mutants.len()).filter(|at| mutants[*at].body.is_none()).collect();
    loop {
        let mut arms = Vec::new();
        for file in mutants.iter().map(|mutant| mutant.file.as_str()).collect::<BTreeSet<_>>() {
            let of: Vec<_> =
                mutants.iter().enumerate().filter(|(at, mutant)| mutant.file == file && !alone.contains(at)).collect();
            let source = fs::read_to_string(tools::root().join(file))?;
            let mut out = String::new();
            arms_of(&source, 0..source.len(), &of, &mut out, &mut |at, lines| arms.push((file.to_owned(), lines, at)));
            fs::write(tree.join(file), out)?;
        }
        fs::write(tree.join("src/lib.rs"), format!("#![feature(core_intrinsics, const_eval_select)]\n{lib}{SWITCH}"))?;
        let errors = match build(tree)? {
            Ok(program) => return Ok((program, alone)),
            Err(errors) => errors,
        };
        let known = alone.len();
        // What an error points at besides its place may be another's arm.
        for primary in [true, false] {
            if alone.len() > known {
                break;
            }
            for (_, file, line) in errors.iter().filter(|(is_primary, ..)| *is_primary == primary) {
                alone.extend(arms.iter().filter(|(arm, lines, _)| arm == file && lines.contains(line)).map(|(.., at)| at));
            }
        }
        ensure!(alone.len() > known, "does not compile, and not by a mutant: {errors:?}");
        println!("{} of {} mutants are not built with the others", alone.len(), mutants.len());
    }
}

/// Copies a part of a file; the statements of a function with mutants become a match, an arm each. Tells the lines of each arm.
fn arms_of(
    source: &str,
    part: Range<usize>,
    mutants: &[(usize, &Mutant)],
    out: &mut String,
    arm: &mut impl FnMut(usize, Range<usize>),
) {
    let mut at = part.start;
    let mut bodies: Vec<_> = mutants.iter().filter_map(|(_, mutant)| mutant.body.clone()).collect();
    bodies.retain(|body| part.start <= body.start && body.end <= part.end && *body != part);
    bodies.sort_by_key(|body| (body.start, std::cmp::Reverse(body.end)));
    for body in bodies {
        if body.start < at {
            continue; // the same, or a function in one
        }
        out.push_str(&source[at..body.start]);
        out.push_str("match crate::mutant() {");
        for (index, mutant) in mutants.iter().filter(|(_, mutant)| mutant.body.as_ref() == Some(&body)) {
            let first = out.matches('\n').count() + 1;
            let (before, after) = (&source[body.start..mutant.span.start], &source[mutant.span.end..body.end]);
            let number = index + 1;
            let _ = write!(out, "\n{number} => {{\n{before}{}{after}\n}}", mutant.by);
            arm(*index, first + 1..out.matches('\n').count() + 2);
        }
        out.push_str("\n_ => {\n");
        arms_of(source, body.clone(), mutants, out, arm);
        out.push_str("\n}}");
        at = body.end;
    }
    out.push_str(&source[at..part.end]);
}

/// Whether it is where the error is, file, line.
type Place = (bool, String, usize);

/// The test program; or where it does not compile. What was left of a build that was cut off can fail to link: then once more without it.
fn build(tree: &Path) -> anyhow::Result<Result<PathBuf, Vec<Place>>> {
    built(tree).or_else(|_| {
        stdout(command("rm -rf").arg(tree.join("build/mutants/incremental")))?;
        built(tree)
    })
}

fn built(tree: &Path) -> anyhow::Result<Result<PathBuf, Vec<Place>>> {
    let mut cargo = command("cargo test --no-run --all-features --profile mutants --test all --message-format json");
    cargo.current_dir(tree).env("CARGO_TARGET_DIR", tree.join("build")).env("RUSTC_BOOTSTRAP", "1");
    cargo.env("RUSTFLAGS", "--cap-lints=allow").stdin(Stdio::null());
    let output = cargo.output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    let (mut program, mut errors) = (None, Vec::new());
    for message in said.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        if message["target"]["name"] == "all" {
            program = message["executable"].as_str().map(PathBuf::from).or(program);
        }
        if message["message"]["level"] == "error" {
            for span in message["message"]["spans"].as_array().into_iter().flatten() {
                let line = span["line_start"].as_u64().and_then(|line| usize::try_from(line).ok());
                errors.push((
                    span["is_primary"] == true,
                    span["file_name"].as_str().unwrap_or_default().to_owned(),
                    line.unwrap_or_default(),
                ));
            }
        }
    }
    if output.status.success() {
        return Ok(Ok(program.context("cargo named no test program")?));
    }
    ensure!(!errors.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(Err(errors))
}

/// The tests of one file, and for how many seconds of the processor each may run.
type Tests = Vec<(&'static str, u64)>;

/// Runs all of them without a mutant, which they must not find; how long to wait for each.
fn waits(tree: &Path, program: &Path) -> anyhow::Result<Tests> {
    let mut tests = Tests::new();
    for test in TESTS {
        let start = Instant::now();
        ensure!(one(tree, program, None, test, u64::from(u16::MAX))?.success(), "{test} fails without a mutant");
        tests.push((test, PATIENCE[0] * (start.elapsed().as_millis() as u64) / 1000 + PATIENCE[1]));
    }
    Ok(tests)
}

/// Runs the tests until one fails, which is asked first the next time.
fn told_apart(tree: &Path, program: &Path, mutant: Option<usize>, tests: &Mutex<Tests>) -> anyhow::Result<Fate> {
    let in_order = tests.lock().expect("no worker panics").clone();
    for (test, patience) in in_order {
        let status = one(tree, program, mutant, test, patience)?;
        if status.success() {
            continue;
        }
        let mut tests = tests.lock().expect("no worker panics");
        let at = tests.iter().position(|(name, _)| *name == test).context("a test that is none")?;
        tests[..=at].rotate_right(1);
        let out_of_time = status.signal().is_some_and(|signal| [9, 24].contains(&signal));
        return Ok(if out_of_time { Fate::TimedOut } else { Fate::Caught });
    }
    Ok(Fate::Survives)
}

/// Runs the tests of one file.
fn one(tree: &Path, program: &Path, mutant: Option<usize>, test: &str, patience: u64) -> anyhow::Result<ExitStatus> {
    // Of the processor's time, whatever else it does: SIGXCPU, or SIGKILL a second later.
    let mut run = Command::new("sh");
    run.arg("-c").arg(format!("ulimit -c 0 && ulimit -t {patience} && exec \"$0\" \"$@\"")).arg(program);
    run.arg(format!("{test}::")).args(TOO_LONG).arg("--test-threads=1").current_dir(tree);
    run.env("MUTANT", mutant.map_or(0, |mutant| mutant + 1).to_string()).env("PROPTEST_MAX_SHRINK_ITERS", "0");
    Ok(run.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?)
}

fn by_itself(tree: &Path, mutant: &Mutant, tests: &Mutex<Tests>) -> anyhow::Result<Fate> {
    let source = fs::read_to_string(tools::root().join(&mutant.file))?;
    let changed = format!("{}{}{}", &source[..mutant.span.start], mutant.by, &source[mutant.span.end..]);
    fs::write(tree.join(&mutant.file), changed)?;
    let fate = match build(tree)? {
        Ok(program) => told_apart(tree, &program, None, tests),
        Err(_) => Ok(Fate::DoesNotCompile),
    };
    if let Ok(Fate::Survives) = fate {
        println!("survives: {}", mutant.name);
    }
    fs::write(tree.join(&mutant.file), source)?;
    fate
}

/// Some mutants that may survive.
struct Entry<'a> {
    name: &'a str,
    many: usize,
}

impl Entry<'_> {
    /// Whether a mutant is one of them, whose name begins `src/course.rs:42:9: replace`: line and column move. Or a whole file's, `src/a.rs: `.
    fn is_of(&self, mutant: &str) -> bool {
        let without = mutant.split_once(".rs:").and_then(|(file, rest)| Some((file, rest.split_once(": ")?.1)));
        without.is_some_and(|(file, what)| match self.name.strip_suffix(": ") {
            Some(whole) => whole == format!("{file}.rs"),
            None => self.name == format!("{file}.rs: {what}"),
        })
    }
}

/// The list: a mutant's name, a tab, how many of that name survive, a tab, why they may.
fn entries(list: &str) -> anyhow::Result<Vec<Entry<'_>>> {
    fn entry(line: &str) -> Option<Entry<'_>> {
        let [name, many, _why] = line.splitn(3, '\t').collect::<Vec<_>>()[..] else { return None };
        Some(Entry { name, many: many.parse().ok()? })
    }
    let lines = list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| entry(line).with_context(|| format!("xtask/mutants.txt: not a name, a number and a reason: `{line}`")))
        .collect()
}

/// Survivors that the list does not know, and entries of it that not so many survivors have.
fn unlike(survivors: &[&str], list: &[Entry]) -> Vec<String> {
    let unknown = survivors.iter().filter(|mutant| !list.iter().any(|entry| entry.is_of(mutant)));
    let mut other: Vec<String> = unknown.map(|mutant| format!("not listed: {mutant}")).collect();
    for entry in list {
        let survive = survivors.iter().filter(|mutant| entry.is_of(mutant)).count();
        if survive != entry.many {
            other.push(format!("{survive} survive, {} are listed: {}", entry.many, entry.name));
        }
    }
    other
}

#[test]
fn a_survivor_is_known_by_its_name_and_how_many_there_are() {
    let survivors =
        ["src/a.rs:4:9: replace + with - in f", "src/a.rs:5:10: replace + with - in g", "src/a.rs:6:1: replace + with - in g"];
    let differ = |list: &str| unlike(&survivors, &entries(list).unwrap());
    for (list, expected) in [
        ("src/a.rs: replace + with - in g\t2\twhy", &["not listed: src/a.rs:4:9: replace + with - in f"][..]),
        ("src/a.rs: replace + with - in f\t1\twhy\n# g\nsrc/a.rs: replace + with - in g\t2\twhy", &[]),
        (
            "src/a.rs: replace + with - in f\t1\twhy\nsrc/a.rs: replace + with - in g\t1\twhy",
            &["2 survive, 1 are listed: src/a.rs: replace + with - in g"],
        ),
        ("src/a.rs: \t3\twhy", &[]),
        ("src/a.rs: \t4\twhy", &["3 survive, 4 are listed: src/a.rs: "]),
        ("src/a.rs: \t3\twhy\nsrc/a.rs: replace + with -\t1\twhy", &["0 survive, 1 are listed: src/a.rs: replace + with -"]),
        ("src/a.rs: \t3\twhy\nsrc/b.rs: \t1\twhy", &["0 survive, 1 are listed: src/b.rs: "]),
    ] {
        assert_eq!(differ(list), expected, "{list}");
    }
    for wrong in ["src/a.rs: replace\tno number", "src/a.rs: replace\tmany\twhy", "src/a.rs: replace without a reason"] {
        assert!(entries(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_function_with_mutants_is_a_match_with_an_arm_each() {
    let source = "fn f() -> u8 {\n    1 + 2\n}\n";
    let mutant = |span: Range<usize>, by: &str| Mutant {
        name: String::new(),
        file: String::new(),
        body: Some(19..24),
        span,
        by: by.to_owned(),
    };
    let (value, operator) = (mutant(19..24, "0"), mutant(21..22, "-"));
    let (mut out, mut arms) = (String::new(), Vec::new());
    arms_of(source, 0..source.len(), &[(4, &value), (7, &operator)], &mut out, &mut |at, lines| arms.push((at, lines)));
    assert_eq!(out, "fn f() -> u8 {\n    match crate::mutant() {\n5 => {\n0\n}\n8 => {\n1 - 2\n}\n_ => {\n1 + 2\n}}\n}\n");
    assert_eq!(arms, [(4, 3..6), (7, 6..9)]);
}
