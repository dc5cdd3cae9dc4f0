//! The C interface: header, host tests under sanitizers, CMake, no panic, a firmware in C on two processors; and the folder for those who link it.

use crate::device::{self, llvm};
use crate::report::{Outcome, Report};
use crate::{embedded, tools};
use anyhow::{Context, ensure};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

const WARNINGS: [&str; 5] = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"];
const SANITIZERS: [&str; 4] = ["-g", "-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"];

/// Where all of it is built.
fn folder() -> anyhow::Result<PathBuf> {
    let folder = tools::target()?.join("c");
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// The library, as a user builds it: for a target, or for the host with debug assertions, which trap what would wrap.
fn library(triple: Option<&str>, features: &str) -> anyhow::Result<PathBuf> {
    let mut build = tools::command("cargo rustc --quiet --package endotype-capi --lib --crate-type staticlib");
    build.arg(format!("--features={features}"));
    let place = match triple {
        Some(triple) => {
            build.args(["--profile", "capi", "--target", triple]);
            tools::target()?.join(triple).join("capi")
        }
        None => tools::target()?.join("debug"),
    };
    tools::stdout(&mut build)?;
    Ok(place.join("libendotype_c.a"))
}

/// Installs what is missing if that can be done here; else names it.
pub(crate) fn missing() -> Option<String> {
    let needed = [
        ("gcc", "gcc"),
        ("g++", "g++"),
        ("clang", "clang libclang-rt-dev"),
        ("cmake", "cmake make"),
        ("qemu-system-arm", "qemu-system-arm"),
        ("arm-none-eabi-gcc", "gcc-arm-none-eabi libnewlib-arm-none-eabi"),
    ];
    let absent = || {
        // A clang without its sanitizers is as good as none.
        let lacks = |(program, _): &&(&str, &str)| match *program {
            "clang" => tools::fed(
                &mut tools::command("clang -fsanitize=address,undefined -x c - -o /dev/null"),
                b"int main(void) { return 0; }",
            )
            .map_or(true, |linked| !linked.status.success()),
            program => tools::stdout(&mut tools::command(&format!("{program} --version"))).is_err(),
        };
        needed.iter().filter(lacks).map(|&(_, package)| package).collect::<Vec<_>>()
    };
    if absent().is_empty() {
        return None;
    }
    println!("installing {}", absent().join(" "));
    let _ = tools::stdout(&mut tools::command("apt-get update -qq"));
    let _ = tools::stdout(&mut tools::command(&format!("apt-get install -y --no-install-recommends {}", absent().join(" "))));
    let absent = absent();
    (!absent.is_empty()).then(|| format!("install as root: apt-get install {}", absent.join(" ")))
}

/// The Rust side of what C may hand over, where the interpreter is installed; too long for every change.
fn miri() -> anyhow::Result<Outcome> {
    if tools::stdout(&mut tools::command("cargo +nightly miri --version")).is_err() {
        let why = "no Miri: rustup toolchain install nightly --profile minimal --component miri,rust-src";
        return Ok(Outcome::Skipped(why.to_owned()));
    }
    let mut miri = tools::command("cargo +nightly miri test --quiet --package endotype-capi --test memory --target-dir");
    miri.arg(tools::target()?.join("miri")).env("MIRIFLAGS", "-Zmiri-disable-isolation").env_remove("RUSTUP_TOOLCHAIN");
    let said = tools::stdout(&mut miri)?;
    Ok(Outcome::Counted(format!("{} tests of what C may hand over", tools::passed(&said)?[1])))
}

/// What the README says of it.
fn held<'a>(figures: impl Iterator<Item = &'a str>) -> anyhow::Result<()> {
    let readme = std::fs::read_to_string(tools::root().join("README.md"))?;
    let mut some = false;
    for figure in figures {
        some = true;
        ensure!(readme.contains(figure), "README.md does not say {figure}");
    }
    ensure!(some, "no figure");
    Ok(())
}

pub(crate) fn run(report: &mut Report, long: bool) {
    report.check("c: header", || {
        let said =
            tools::stdout(&mut tools::command("cargo test --quiet --package endotype-capi -- --nocapture --test-threads=1"))?;
        let counts =
            ["numbers", "public functions"].map(|word| said.lines().find(|line| line.contains(word)).unwrap_or_default());
        ensure!(counts.iter().all(|line| !line.is_empty()), "no counts:\n{said}");
        let counts = counts.map(|line| line.trim_start_matches('.')).join("; ");
        held(
            counts
                .split([',', ';'])
                .map(str::trim)
                .filter(|count| ["numbers", "types", "functions"].iter().any(|of| count.split(' ').nth(1) == Some(*of))),
        )?;
        Ok(Outcome::Counted(counts))
    });
    if long {
        report.check("c: Miri", miri);
    }
    if let Some(why) = missing() {
        report.check("c", || Ok(Outcome::Skipped(why)));
        return;
    }
    report.check("c: compiles clean", compiles);
    let mut expected = None;
    report.check("c: host", || {
        let host = expected.insert(device::host()?);
        Ok(Outcome::Counted(on_host(host)?))
    });
    report.check("c: cmake", || cmake(&library(None, "")?));
    let triples = PROCESSORS.map(|(triple, ..)| triple.to_owned());
    if let Some(why) = embedded::missing(&triples) {
        report.check("c: firmware", || Ok(Outcome::Skipped(why)));
        return;
    }
    report.check("c: no panic", no_panic);
    report.check("c: firmware", || firmware(&expected.context("no lines of the host")?));
}

fn cc(compiler: &str, standard: &str) -> Command {
    let mut cc = tools::command(compiler);
    cc.arg(format!("-std={standard}")).args(WARNINGS).arg("-Icapi/include");
    cc
}

/// The header by itself, in every language that it promises.
fn compiles() -> anyhow::Result<Outcome> {
    let folder = folder()?;
    let mut compiled = 0;
    for (standard, compilers, name) in
        [("c99", ["gcc", "clang"], "alone.c"), ("c11", ["gcc", "clang"], "alone.c"), ("c++17", ["g++", "clang++"], "alone.cpp")]
    {
        let file = folder.join(name);
        std::fs::write(&file, "#include \"endotype.h\"\n")?;
        for compiler in compilers {
            tools::stdout(cc(compiler, standard).arg("-fsyntax-only").arg(&file))?;
            compiled += 1;
        }
    }
    Ok(Outcome::Counted(format!("{compiled} of 6: C99, C11, C++17 by gcc and clang, {} silent", WARNINGS[..4].join(" "))))
}

/// The charts as a C table.
fn charts() -> anyhow::Result<PathBuf> {
    let (mut items, mut rows, mut stays, mut count) = (Vec::<(String, String)>::new(), String::new(), String::new(), 0);
    let (mut patient, mut minute, mut events) = (String::new(), 0_i64, 0);
    let close = |patient: &str, events: usize, stays: &mut String, rows: &mut String| -> anyhow::Result<()> {
        if events > 0 {
            writeln!(rows, "}};")?;
            writeln!(stays, "    {{ \"{patient}\", rows_{}, {events}U }},", stays.lines().count())?;
        }
        Ok(())
    };
    for file in device::CHARTS {
        let mut chart = csv::Reader::from_path(tools::root().join("tests/data").join(file))?;
        for record in chart.records() {
            let record = record?;
            let [who, at, item, value, unit] = [0, 1, 2, 3, 4].map(|field| record.get(field).unwrap_or_default());
            let plain = |text: &str| text.bytes().all(|byte| (b' '..=b'~').contains(&byte) && !b"\"\\?".contains(&byte));
            ensure!([who, item, value, unit].iter().all(|text| plain(text)), "{record:?} needs escapes");
            if who != patient {
                close(&patient, events, &mut stays, &mut rows)?;
                (patient, minute, events) = (who.to_owned(), 0, 0);
                writeln!(rows, "static const struct chart_row rows_{count}[] = {{")?;
                count += 1;
            }
            let at: i64 = at.parse()?;
            let pair = (item.to_owned(), unit.to_owned());
            let number = items.iter().position(|one| *one == pair).unwrap_or(items.len());
            if number == items.len() {
                items.push(pair);
            }
            writeln!(rows, "    {{ \"{value}\", {}, {number} }},", i16::try_from(at - minute)?)?;
            (minute, events) = (at, events + 1);
        }
    }
    close(&patient, events, &mut stays, &mut rows)?;
    let items: String = items.iter().map(|(item, unit)| format!("    {{ \"{item}\", \"{unit}\" }},\n")).collect();
    let text = format!(
        "/* Written by cargo xtask c from tests/data. */\n#include \"bedside.h\"\n\nconst struct chart_item chart_items[] = {{\n{items}}};\n{rows}\nconst struct chart_stay chart_stays[] = {{\n{stays}}};\nconst uint32_t chart_count = {count}U;\n"
    );
    let path = folder()?.join("charts.c");
    std::fs::write(&path, text)?;
    Ok(path)
}

fn on_host(host: &device::Host) -> anyhow::Result<String> {
    let (folder, library, charts) = (folder()?, library(None, "")?, charts()?);
    let refusals = tools::target()?.join("tmp/refusals.c");
    let mut said = String::new();
    for compiler in ["gcc", "clang"] {
        let build = |name: &str, sources: &[&Path], more: &[&str]| -> anyhow::Result<String> {
            let program = folder.join(format!("{name}-{compiler}"));
            let mut cc = cc(compiler, "c99");
            cc.args(SANITIZERS).arg("-Icapi/c").args(more).args(sources).arg(&library).arg("-o").arg(&program);
            tools::stdout(&mut cc)?;
            tools::stdout(&mut Command::new(program))
        };
        let tests = build("test", &[Path::new("capi/c/test.c")], &[])?;
        // Random numbers are cast to whatever is asked for.
        let tried = build("refusals", &[&refusals], &["-Wno-conversion"])?;
        let control = build("refusals-control", &[&refusals], &["-Wno-conversion", "-DCONTROL"]);
        let control = control.err().context("a function that does not look at its pointers is not found")?;
        ensure!(format!("{control:#}").contains("endo_classify"), "{control:#}");
        build("task", &[Path::new("capi/c/task.c"), Path::new("capi/c/task_test.c")], &[])?;
        let sources = ["capi/c/bedside.c", "capi/c/host.c"].map(Path::new);
        let lines = build("bedside", &[sources[0], sources[1], &charts], &[])?;
        let equal = device::equal(&format!("C, {compiler}"), &lines, host)?;
        said = format!(
            "{}; {}, the control's found; {equal} of {} decisions equal; gcc and clang, sanitized",
            tests.trim(),
            tried.lines().last().unwrap_or_default(),
            host.sofa.len() + host.markers.len()
        );
    }
    Ok(said)
}

/// A project that finds the folder of `dist`, here one for the host.
fn cmake(library: &Path) -> anyhow::Result<Outcome> {
    let root = folder()?.join("found");
    let build = folder()?.join("cmake");
    let _ = std::fs::remove_dir_all(&build);
    for part in ["include", "cmake", "lib"] {
        std::fs::create_dir_all(root.join(part))?;
    }
    let capi = tools::root().join("capi");
    std::fs::copy(capi.join("include/endotype.h"), root.join("include/endotype.h"))?;
    std::fs::copy(capi.join("cmake/endotype-config.cmake"), root.join("cmake/endotype-config.cmake"))?;
    std::fs::copy(library, root.join("lib/libendotype.a"))?;
    let configure = |target: &str, build: &Path| {
        let mut cmake = tools::command("cmake -S capi/cmake/example -B");
        cmake
            .arg(build)
            .arg(format!("-Dendotype_DIR={}", root.join("cmake").display()))
            .arg(format!("-DENDOTYPE_TARGET={target}"));
        tools::stdout(&mut cmake)
    };
    configure("", &build)?;
    tools::stdout(tools::command("cmake --build").arg(&build))?;
    let said = tools::stdout(&mut Command::new(build.join("example")))?;
    ensure!(said == "mals\nunclassified\n", "the example says {said}");
    let none = configure("thumbv9", &folder()?.join("cmake-none"));
    let why = none.err().map(|error| format!("{error:#}")).unwrap_or_default();
    // By the file that is not there: the command itself names the target.
    ensure!(why.contains("thumbv9/libendotype.a"), "a target that there is no library for is found: {why}");
    Ok(Outcome::Counted("the imported target links and runs; another target is refused by name".to_owned()))
}

const PROCESSORS: [(&str, &str, &[&str]); 2] = [
    ("thumbv6m-none-eabi", "microbit", &["-mcpu=cortex-m0", "-mthumb", "-mfloat-abi=soft"]),
    ("thumbv7em-none-eabihf", "mps2-an386", &["-mcpu=cortex-m4", "-mthumb", "-mfloat-abi=hard", "-mfpu=fpv4-sp-d16"]),
];

/// The functions of the header, as the library names them.
fn functions(library: &Path) -> anyhow::Result<Vec<String>> {
    let said = tools::stdout(llvm("llvm-nm")?.args(["--defined-only", "--extern-only", "--no-weak"]).arg(library))?;
    let header = std::fs::read_to_string(tools::root().join("capi/include/endotype.h"))?;
    let named = said.lines().filter_map(|line| line.rsplit_once(" T ")).map(|(_, name)| name.to_owned());
    let named: Vec<_> = named.filter(|name| name.starts_with("endo_")).collect();
    ensure!(named.len() > 100, "{} functions", named.len());
    for name in named.iter().filter(|name| !name.starts_with("endo_control")) {
        ensure!(header.contains(&format!(" {name}(")), "{name} is not in the header");
    }
    Ok(named)
}

/// Links everything that C can call.
fn link(library: &Path, functions: &[String]) -> anyhow::Result<Result<PathBuf, String>> {
    let elf = library.with_extension("elf");
    let mut linker = llvm("rust-lld")?;
    linker.args(["-flavor", "gnu", "--gc-sections", "--no-warnings", "-e", "0"]);
    linker.args(functions.iter().map(|name| format!("--undefined={name}"))).arg(library);
    linker.arg("-T").arg(tools::root().join("firmware/image/link.ld")).arg("-o").arg(&elf);
    let linked = linker.output().context("rust-lld")?;
    Ok(if linked.status.success() { Ok(elf) } else { Err(String::from_utf8_lossy(&linked.stderr).into_owned()) })
}

/// With a panic handler that calls what nobody defines the library links only if nothing panics; its control does not.
fn no_panic() -> anyhow::Result<Outcome> {
    let triple = PROCESSORS[0].0;
    let control = library(Some(triple), "proof,control-panic")?;
    let said = link(&control, &functions(&control)?)?.err().context("the control that panics links")?;
    ensure!(said.contains("endotype_panics"), "{said}");
    let handler = |library: &Path| -> anyhow::Result<bool> {
        Ok(tools::stdout(llvm("llvm-nm")?.arg("--defined-only").arg(library))?.contains("rust_begin_unwind"))
    };
    ensure!(handler(&control)?, "the control's panic handler is not found");
    let proof = library(Some(triple), "proof")?;
    let mut names = functions(&proof)?;
    link(&proof, &names)?.map_err(|said| anyhow::anyhow!("a panic can be reached:\n{said}"))?;
    let all = names.len();
    // These two say in the header what they need.
    names.retain(|name| !["endo_reading_float", "endo_criteria_guarded"].contains(&name.as_str()));
    let elf = link(&proof, &names)?.map_err(|said| anyhow::anyhow!(said))?;
    let symbols = tools::stdout(llvm("llvm-nm")?.arg(&elf))?;
    let helper = |line: &&str| {
        let name = line.rsplit(' ').next().unwrap_or_default();
        let float = name
            .strip_prefix("__aeabi_")
            .is_some_and(|name| name.starts_with(['f', 'd']) || name.contains("2f") || name.contains("2d"));
        float
            || name.contains("div") && name.starts_with("__")
            || ["__aeabi_lmul", "__muldi3"].contains(&name)
            || name.contains("core3fmt")
    };
    let found: Vec<_> = symbols.lines().filter(helper).collect();
    ensure!(found.is_empty(), "a float, a division, a 64-bit product or core::fmt: {found:?}");
    // The control: with the two there are some.
    let elf = link(&proof, &functions(&proof)?)?.map_err(|said| anyhow::anyhow!(said))?;
    ensure!(tools::stdout(llvm("llvm-nm")?.arg(&elf))?.lines().any(|line| helper(&line)), "the control's float is not found");
    let shipped = library(Some(triple), "")?;
    ensure!(!handler(&shipped)?, "a panic handler would clash with another library's");
    Ok(Outcome::Counted(format!("{all} of {all} functions link on {triple}, no panic handler in the library; 3 controls found")))
}

/// Bytes of text and rodata of a linked image, and of data and bss.
fn size(elf: &Path) -> anyhow::Result<[u64; 2]> {
    let said = tools::stdout(tools::command("arm-none-eabi-size").arg(elf))?;
    let numbers: Vec<u64> =
        said.lines().nth(1).unwrap_or_default().split_whitespace().take(3).filter_map(|word| word.parse().ok()).collect();
    let [text, data, bss] = numbers[..] else { anyhow::bail!("{said}") };
    Ok([text, data + bss])
}

/// Bytes of a C image that does nothing but what is measured.
fn measured(name: &str, body: &str, flags: &[&str], library: &Path) -> anyhow::Result<u64> {
    let folder = folder()?;
    let source = folder.join(format!("{name}.c"));
    std::fs::write(&source, format!("#include \"endotype.h\"\n{body}\n"))?;
    let elf = source.with_extension("elf");
    let mut gcc = tools::command("arm-none-eabi-gcc -std=c99 -Os -Icapi/include -nostdlib -Wl,--gc-sections -Wl,-e,start");
    gcc.args(flags).arg(&source).arg(library).args(["-lgcc", "-o"]).arg(&elf);
    tools::stdout(&mut gcc)?;
    let [text, data] = size(&elf)?;
    ensure!(data == 0, "{data} bytes of data and bss in {name}: the library has no variable of its own");
    Ok(text)
}

/// The bedside monitor in C, on the processors.
fn firmware(host: &device::Host) -> anyhow::Result<Outcome> {
    let (folder, charts) = (folder()?, charts()?);
    let mut said = Vec::new();
    for (triple, board, flags) in PROCESSORS {
        let library = library(Some(triple), "")?;
        let elf = folder.join(format!("bedside-{triple}.elf"));
        let mut gcc = cc("arm-none-eabi-gcc", "c99");
        gcc.args(["-Os", "-ffunction-sections", "-fdata-sections", "-Icapi/c", "-nostartfiles", "--specs=nano.specs"])
            .args(flags);
        gcc.args(["-Wl,--gc-sections", "-T", "capi/c/board/board.ld", "capi/c/bedside.c", "capi/c/board/board.c"]).arg(&charts);
        tools::stdout(gcc.arg(&library).arg("-o").arg(&elf))?;
        let mut qemu = tools::command("timeout 300 qemu-system-arm -machine");
        qemu.arg(board).args(["-display", "none", "-monitor", "none", "-serial", "null"]);
        qemu.args(["-semihosting-config", "enable=on,target=native", "-kernel"]).arg(&elf);
        let equal = device::equal(&format!("C on {board}"), &tools::stdout(&mut qemu)?, host)?;
        let all = host.sofa.len() + host.markers.len();
        let classify = measured(
            "classify",
            "int start(uint32_t f, uint32_t h, endo_class *found); int start(uint32_t f, uint32_t h, endo_class *found) { endo_reading a, b; return endo_reading_exact(ENDO_Q_FERRITIN, ENDO_TICKS, f, &a) | endo_reading_exact(ENDO_Q_MHLA_DR, ENDO_TICKS, h, &b) | endo_classify(&endo_immunosep, a, b, found); }",
            flags,
            &library,
        )?;
        if board == "microbit" {
            // Where the folder lies moves functions, and so a few bytes of padding.
            ensure!(classify < 1_800, "classify alone: {classify} bytes, not less than 1,800");
            held([format!("{equal} of {all}").as_str(), "less than 1,800 bytes"].into_iter())?;
        }
        // What a reading from a float needs of every quantity is more than all the rest.
        let names = functions(&library)?;
        let naming = |name: &str, without: &str| -> anyhow::Result<u64> {
            let every: String =
                names.iter().filter(|name| *name != without).map(|name| format!("(void (*)(void)){name}, ")).collect();
            let body = format!("void (*const start[])(void) = {{ {every} }};");
            measured(name, &body, &[flags, &["-Wl,--undefined=start"]].concat(), &library)
        };
        let (everything, without) = (naming("everything", "")?, naming("without-float", "endo_reading_float")?);
        said.push(format!(
            "{board}: {equal} of {all}, classify alone {classify} bytes, every function but endo_reading_float {without}, with it {everything}, {} kB of library",
            std::fs::metadata(&library)?.len() >> 10
        ));
    }
    Ok(Outcome::Counted(said.join("; ")))
}
