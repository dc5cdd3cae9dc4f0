//! An image that is run in QEMU.

use super::{Count, Target, folder, image};
use crate::tools;
use anyhow::{Context, ensure};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

const SEMIHOSTING: [&str; 8] =
    ["-display", "none", "-monitor", "none", "-serial", "null", "-semihosting-config", "enable=on,target=native"];

/// An executable of `firmware`.
fn build(target: &Target, name: &str, feature: &str, level: &str) -> anyhow::Result<PathBuf> {
    let mut build = tools::command("cargo build --quiet --release --package firmware --message-format=json-render-diagnostics");
    build.args(["--target", target.triple, "--bin", name, "--features", feature, "--target-dir"]).arg(folder()?.join("firmware"));
    build.current_dir(tools::root().join("firmware")).env("CARGO_PROFILE_RELEASE_OPT_LEVEL", level);
    let built = tools::stdout(&mut build)?;
    executable(&built, name)
}

/// What cargo's messages name.
fn executable(built: &str, name: &str) -> anyhow::Result<PathBuf> {
    let of_it = built.lines().filter(|line| line.contains(&format!(r#""name":"{name}""#)));
    let mut executables = of_it.filter_map(|line| line.split_once(r#""executable":""#)?.1.split_once('"'));
    Ok(executables.next().with_context(|| format!("cargo named no executable {name}"))?.0.into())
}

fn qemu(target: &Target) -> Command {
    // A fault handler loops.
    let mut qemu = Command::new("timeout");
    qemu.arg("300").args(target.board).args(SEMIHOSTING);
    qemu
}

/// The columns of `--immune` that the firmware prints, too.
const MARKERS: [&str; 12] = [
    "patient",
    "day",
    "closed",
    "entry",
    "entry_ferritin",
    "entry_mhla_dr",
    "stage",
    "restored",
    "switched",
    "both",
    "inflamed",
    "paralysed",
];

/// What the firmware holds, in its order.
pub(crate) const CHARTS: [&str; 3] = ["mimic-iv-demo-stays.csv", "made-up-markers.csv", "made-up-scenarios.csv"];

/// The lines of patient-days that the host decides on the charts that the firmware holds: under both editions, and of the serial markers.
pub(crate) struct Host {
    pub(crate) sofa: Vec<String>,
    pub(crate) markers: Vec<String>,
}

pub(crate) fn host() -> anyhow::Result<Host> {
    let replay = tools::replay()?;
    let mut host = Host { sofa: Vec::new(), markers: Vec::new() };
    let data = tools::root().join("tests/data");
    for file in CHARTS {
        let said =
            |options: &[&str]| tools::stdout(Command::new(&replay).args(options).args(["--format", "csv"]).arg(data.join(file)));
        host.sofa.extend(said(&["--rules", "both"])?.lines().skip(1).map(str::to_owned));
        let markers = said(&["--immune", "--gap", "1440", "--age", "2880"])?;
        let (header, lines) = markers.split_once('\n').context("no lines of the markers")?;
        let header: Vec<_> = header.split(',').collect();
        let places = MARKERS.map(|column| header.iter().position(|name| *name == column));
        for line in lines.lines() {
            let fields: Vec<_> = line.split(',').collect();
            let chosen = places.map(|at| at.and_then(|at| fields.get(at)).copied());
            host.markers
                .push(chosen.into_iter().collect::<Option<Vec<_>>>().context("a column of the markers is gone")?.join(","));
        }
    }
    ensure!(!host.sofa.is_empty() && host.markers.iter().any(|line| line.contains(",mals,")), "the host decides nothing");
    Ok(host)
}

/// Its own workspace, so that nobody compiles the decoder of defmt who does not run this.
fn decoder() -> anyhow::Result<PathBuf> {
    let target = folder()?.join("decode");
    let mut build = tools::command("cargo build --quiet --release --manifest-path firmware/decode/Cargo.toml --target-dir");
    tools::stdout(build.arg(&target))?;
    Ok(target.join("release/decode"))
}

/// What an image logs; it must end with status 0.
fn logged(target: &Target, elf: &Path, more: &[&str]) -> anyhow::Result<String> {
    if target.triple.starts_with("riscv32") {
        return tools::stdout(qemu(target).args(more).arg("-kernel").arg(elf));
    }
    // The decoder starts QEMU itself, and ends with its status.
    let mut decoder = Command::new(decoder()?);
    decoder.args(["timeout", "300"]).args(target.board).args(SEMIHOSTING);
    tools::stdout(decoder.args(more).arg("-kernel").arg(elf))
}

/// The lines of patient-days, against the host's; how many there are.
pub(crate) fn equal(name: &str, said: &str, host: &Host) -> anyhow::Result<usize> {
    for expected in [&host.sofa, &host.markers] {
        // A patient-day has as many fields as the host's; what changed is told in words.
        let fields = expected[0].split(',').count();
        let lines: Vec<_> = said.lines().filter(|line| line.split(',').count() == fields).collect();
        for (at, expected) in expected.iter().enumerate() {
            let line = lines.get(at).copied().unwrap_or("nothing");
            ensure!(line == expected, "{}: patient-day {}: the host decides\n{expected}\nthe device\n{line}", name, at + 1);
        }
        ensure!(lines.len() == expected.len(), "{}: {} patient-days, the host has {}", name, lines.len(), expected.len());
    }
    Ok(host.sofa.len() + host.markers.len())
}

fn compare(target: &Target, elf: &Path, host: &Host) -> anyhow::Result<usize> {
    let said = logged(target, elf, &[])?;
    let equal = equal(target.name, &said, host)?;
    let changed = ["sofa-1996", "sofa-2"].iter().all(|edition| said.contains(&format!(": {edition} total ")));
    ensure!(changed && said.contains("end: "), "{}: no change was logged:\n{said}", target.name);
    Ok(equal)
}

pub(crate) fn bedside(target: &Target, host: &Host) -> anyhow::Result<usize> {
    compare(target, &build(target, "bedside", "", "s")?, host)
}

pub(crate) fn embassy(target: &Target, host: &Host) -> anyhow::Result<usize> {
    compare(target, &build(target, "embassy", "embassy", "s")?, host)
}

/// The device whose power fails, on each target: the same stops, and never another state than without them. The control, which does not
/// declare the outage, must be told apart.
pub(crate) fn power(targets: &[Target]) -> anyhow::Result<String> {
    let mut said = BTreeMap::new();
    for target in targets {
        let lines = logged(target, &build(target, "power", "power", "s")?, &[])?;
        let lines: Vec<_> = lines.lines().filter(|line| line.starts_with("sofa-")).map(str::to_owned).collect();
        ensure!(lines.len() == 2, "{}: not both editions: {lines:?}", target.name);
        said.insert(lines, target.name);
    }
    let control = build(&targets[0], "power", "power,control-power", "s")?;
    let outcome = logged(&targets[0], &control, &[]);
    ensure!(outcome.is_err_and(|error| format!("{error:#}").contains("panicked at")), "the control is not found");
    ensure!(said.len() == 1, "the targets differ: {said:?}");
    let stops = said.keys().flatten().filter_map(|line| line.split_once("stops,")?.1.split(',').next()?.parse::<u32>().ok());
    let stops: Vec<_> = stops.collect();
    ensure!(stops.len() == 2 && stops.iter().all(|&stops| stops > 50), "too few stops: {said:?}");
    let figure = format!("{} and {} times by edition", stops[0], stops[1]);
    ensure!(std::fs::read_to_string(tools::root().join("README.md"))?.contains(&figure), "README.md does not say {figure}");
    Ok(format!(
        "{} of {} targets: {} and {} stops by edition, each as without but for the outage; the control found",
        targets.len(),
        targets.len(),
        stops[0],
        stops[1]
    ))
}

/// Whether an image of a processor without a floating-point unit multiplies or adds floats.
fn floats(elf: &Path) -> anyhow::Result<bool> {
    let symbols = tools::stdout(image::llvm("llvm-nm")?.arg(elf))?;
    let helpers =
        ["__mulsf3", "__addsf3", "__aeabi_fmul", "__aeabi_fadd", "__muldf3", "__adddf3", "__aeabi_dmul", "__aeabi_dadd"];
    Ok(helpers.iter().any(|helper| symbols.contains(helper)))
}

/// The checksums of the bedside screen through the tour, on each target, against the host's. The control, of the other edition and with a
/// float, differs in both.
pub(crate) fn screens(targets: &[Target], host: &str) -> anyhow::Result<String> {
    let expected: Vec<_> = host.lines().collect();
    ensure!(expected.len() > 100, "the host drew {} screens", expected.len());
    for target in targets {
        let elf = build(target, "screen", "screen", "s")?;
        ensure!(!floats(&elf)?, "{}: a float", target.name);
        let said = logged(target, &elf, &[])?;
        let said: Vec<_> = said.lines().collect();
        for (at, expected) in expected.iter().enumerate() {
            let line = said.get(at).copied().unwrap_or("nothing");
            ensure!(line == *expected, "{}: screen {}: the host draws\n{expected}\nthe device\n{line}", target.name, at + 1);
        }
        ensure!(said.len() == expected.len(), "{}: {} screens", target.name, said.len());
    }
    let control = build(&targets[0], "screen", "screen,control-screen", "s")?;
    let said = logged(&targets[0], &control, &[])?;
    let sum = |line: &str| line.rsplit_once(',').map(|(_, sum)| sum.to_owned());
    let equal = said.lines().zip(&expected).filter(|(line, expected)| sum(line) == sum(expected)).count();
    ensure!(said.lines().count() == expected.len() && equal == 0, "the control is not found: {equal} screens are equal");
    ensure!(floats(&control)?, "the control's float is not found");
    Ok(format!("{} screens equal on {} targets, pixel by pixel; the control found", expected.len(), targets.len()))
}

/// What starts QEMU once for every test of an image.
fn runner() -> anyhow::Result<PathBuf> {
    const RUNNER: &str = "embedded-test-qemu-runner";
    let installed = folder()?.join("tools");
    let program = installed.join("bin").join(RUNNER);
    if !program.exists() {
        tools::stdout(tools::command(&format!("cargo install --quiet --locked {RUNNER} --root")).arg(&installed))?;
    }
    Ok(program)
}

/// An image that was run with a plugin, and what the plugin wrote.
pub(crate) struct Followed {
    pub(crate) name: &'static str,
    pub(crate) elf: PathBuf,
    pub(crate) out: PathBuf,
}

/// The tests on the target, each a run of its own, and the bedside monitor with its charts.
pub(crate) fn followed(target: &Target, plugin: &str) -> anyhow::Result<[Followed; 2]> {
    let plugin = self::plugin(plugin)?;
    let out = |name: &str| -> anyhow::Result<(PathBuf, String)> {
        let out = folder()?.join(format!("{}-{name}", target.triple));
        let _ = std::fs::remove_file(&out);
        let arguments = format!("{},out={}", plugin.display(), out.display());
        Ok((out, arguments))
    };
    let mut test = tools::command("cargo test --quiet --test rules --no-run --message-format=json-render-diagnostics --target");
    test.arg(target.triple).arg("--target-dir").arg(folder()?.join("firmware"));
    let elf = executable(&tools::stdout(test.current_dir(tools::root().join("firmware")))?, "rules")?;
    let (written, arguments) = out("tests")?;
    let board = format!("{} -nographic -plugin {arguments}", target.board.join(" "));
    let said = tools::stdout(Command::new(runner()?).args(["--timeout", "60", "--qemu", &board]).arg(&elf))?;
    tools::passed(&said).with_context(|| target.name)?;
    let tests = Followed { name: "tests", elf, out: written };
    let elf = build(target, "bedside", "", "s")?;
    let (out, arguments) = out("bedside")?;
    logged(target, &elf, &["-plugin", &arguments])?;
    Ok([tests, Followed { name: "bedside", elf, out }])
}

/// The tests that run on the targets themselves.
pub(crate) fn rules(targets: &[Target]) -> anyhow::Result<String> {
    let bin = runner()?.parent().context("no folder of the runner")?.to_owned();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(bin).chain(std::env::split_paths(&path)))?;
    let mut passed = Vec::new();
    for target in targets {
        // The folder's own runner: board.sh.
        let mut test = tools::command("cargo test --quiet --test rules --target");
        test.arg(target.triple).arg("--target-dir").arg(folder()?.join("firmware")).env("PATH", &path);
        let said = tools::stdout(test.current_dir(tools::root().join("firmware")))?;
        passed.push(tools::passed(&said).with_context(|| target.name)?[1].to_string());
    }
    Ok(format!("{} tests passed on the targets", passed.join(" + ")))
}

/// A plugin of xtask/plugin, compiled here: QEMU loads it.
fn plugin(name: &str) -> anyhow::Result<PathBuf> {
    let library = folder()?.join(format!("{name}.so"));
    std::fs::create_dir_all(folder()?)?;
    let mut gcc = tools::command("gcc -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -O2 -shared -fPIC");
    tools::stdout(gcc.arg(format!("xtask/plugin/{name}.c")).arg("-o").arg(&library))?;
    Ok(library)
}

/// What every entry executes, and the image's last words.
pub(crate) fn measure(target: &Target, level: &str) -> anyhow::Result<(BTreeMap<String, Count>, String)> {
    let elf = build(target, "measure", "measure", level)?;
    let symbols = tools::stdout(image::llvm("llvm-nm")?.arg("--defined-only").arg(&elf))?;
    let mut places = BTreeMap::new();
    for line in symbols.lines() {
        if let [address, "T" | "t", name] = line.split_whitespace().collect::<Vec<_>>()[..] {
            places.insert(name, u64::from_str_radix(address, 16)? & !1);
        }
    }
    let behind = places.get("behind_the_call").context("no behind_the_call")?;
    let entries: Vec<_> = places.iter().filter(|(name, _)| is_entry(name)).collect();
    let out = folder()?.join("counts");
    let mut arguments = format!("{},out={},done={behind:#x}", plugin("count")?.display(), out.display());
    for (_, address) in &entries {
        arguments.push_str(&format!(",entry={address:#x}"));
    }
    let said = tools::stdout(qemu(target).args(["-plugin", &arguments, "-kernel"]).arg(&elf))?;
    let mut counts = BTreeMap::new();
    for line in std::fs::read_to_string(&out)?.lines() {
        let words: Vec<_> = line.split(' ').collect();
        let [address, ref numbers @ ..] = words[..] else { continue };
        let address = u64::from_str_radix(address, 16)?;
        let numbers: Vec<u64> = numbers.iter().map(|number| number.parse()).collect::<Result<_, _>>()?;
        let name = entries.iter().find(|(_, at)| **at == address).context("an entry without a name")?.0;
        if let [calls, least, most, sum] = numbers[..] {
            ensure!(calls > 0 || name.starts_with("float_classify"), "{}: {name} was not called", target.name);
            counts.insert((*name).to_owned(), Count { calls, least, most, sum });
        }
    }
    Ok((counts, said.lines().last().unwrap_or_default().to_owned()))
}

fn is_entry(name: &str) -> bool {
    const OURS: [&str; 29] = [
        "classify",
        "classify_guarded",
        "classify_by",
        "immune_push",
        "immune_entry",
        "immune_after",
        "immune_stage",
        "immune_rules",
        "remarks",
        "would_take",
        "watch",
        "sofa",
        "sofa_any",
        "sofa2",
        "response",
        "read_text",
        "push",
        "so_far",
        "rolling",
        "close_day",
        "resume",
        "merge",
        "clear",
        "septic",
        "course_gap",
        "course_end",
        "course_amend",
        "course_change",
        "read_event",
    ];
    OURS.contains(&name) || ["classic_", "interval_", "float_"].iter().any(|version| name.starts_with(version))
}
