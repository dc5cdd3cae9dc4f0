//! A folder for those who link the library: made twice, from two folders, and compared.

use crate::device::llvm;
use crate::report::{Outcome, Report};
use crate::{embedded, tools};
use anyhow::{Context, ensure};
use std::fs;
use std::path::Path;
use std::process::Command;

const TRIPLES: [&str; 4] =
    ["thumbv6m-none-eabi", "thumbv7em-none-eabihf", "thumbv8m.main-none-eabihf", "riscv32imc-unknown-none-elf"];

pub(crate) fn run(report: &mut Report) {
    report.check("dist", || {
        if let Some(why) = embedded::missing(&TRIPLES.map(str::to_owned)) {
            return Ok(Outcome::Skipped(why));
        }
        let out = tools::target()?.join("dist");
        let name = format!("endotype-{}", version()?);
        // Where the sources lie, and where they are built, must not show.
        let elsewhere = tools::target()?.join("elsewhere/sources");
        let _ = fs::remove_dir_all(&elsewhere);
        copy(&tools::root(), &elsewhere)?;
        let first = make(&tools::root(), &tools::target()?.join("dist-build"), &out.join(&name))?;
        let second =
            make(&elsewhere, &tools::target()?.join("elsewhere/build"), &tools::target()?.join("elsewhere").join(&name))?;
        ensure!(first == second, "twice, and not the same:\n{first}\n{second}");
        // The control: a change of one byte shows.
        let header = tools::target()?.join("elsewhere").join(&name).join("include/endotype.h");
        fs::write(&header, fs::read_to_string(&header)? + " ")?;
        ensure!(sums(header.ancestors().nth(2).context("no folder")?)? != first, "a changed header has the same checksum");
        Ok(Outcome::Counted(format!("{} files, twice the same bytes: {}", first.lines().count(), out.join(&name).display())))
    });
}

fn version() -> anyhow::Result<String> {
    let manifest = fs::read_to_string(tools::root().join("Cargo.toml"))?;
    let (_, version) = manifest.split_once("version = \"").context("no version")?;
    Ok(version.split('"').next().unwrap_or_default().to_owned())
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if name == "target" || name == ".git" || name == ".venv" {
            continue;
        }
        if entry.path().is_dir() {
            copy(&entry.path(), &to.join(name))?;
        } else {
            fs::copy(entry.path(), to.join(name))?;
        }
    }
    Ok(())
}

/// One library, without the compiler's debug information.
fn library(root: &Path, build: &Path, triple: &str, out: &Path) -> anyhow::Result<()> {
    let home = std::env::var("CARGO_HOME").or_else(|_| std::env::var("HOME").map(|home| format!("{home}/.cargo")))?;
    let flags = format!("--remap-path-prefix={}=endotype --remap-path-prefix={home}=cargo", root.display());
    let mut cargo =
        tools::command("cargo rustc --quiet --locked --package endotype-capi --lib --crate-type staticlib --profile capi");
    cargo.args(["--target", triple, "--target-dir"]).arg(build).current_dir(root);
    tools::stdout(cargo.env("RUSTFLAGS", flags).env("SOURCE_DATE_EPOCH", "0"))?;
    fs::create_dir_all(out)?;
    let made = build.join(triple).join("capi/libendotype_c.a");
    tools::stdout(llvm("llvm-objcopy")?.arg("--strip-debug").arg(made).arg(out.join("libendotype.a")))?;
    Ok(())
}

/// What is linked beside the crate: name, version, licence, folder; the same for every target.
pub(crate) fn components(root: &Path) -> anyhow::Result<Vec<[String; 4]>> {
    let mut tree = tools::command("cargo tree --locked --package endotype-capi --edges normal --prefix none --format {p}|{l}");
    let said = tools::stdout(tree.args(["--target", TRIPLES[0]]).current_dir(root))?;
    let metadata = tools::stdout(tools::command("cargo metadata --locked --format-version 1").current_dir(root))?;
    let mut all = Vec::new();
    for line in said.lines() {
        let (package, licence) = line.split_once('|').context("cargo tree")?;
        let mut words = package.split(' ');
        let (name, version) = (words.next().unwrap_or_default(), words.next().unwrap_or_default().trim_start_matches('v'));
        let path = metadata.split("\"manifest_path\":\"").filter_map(|part| part.split('"').next());
        let suffix = format!("/{name}-{version}/Cargo.toml");
        let folder = path.into_iter().find(|path| path.ends_with(&suffix)).map(|path| path.trim_end_matches("/Cargo.toml"));
        let licence = licence.trim_end_matches(" (*)");
        // Procedural macros run in the compiler and leave nothing.
        let one = [name, version, licence, folder.unwrap_or_default()].map(str::to_owned);
        if !package.contains("(proc-macro)") && !all.contains(&one) {
            all.push(one);
        }
    }
    all.sort();
    ensure!(all.iter().any(|one| one[0] == "heapless"), "no dependencies:\n{said}");
    Ok(all)
}

/// CycloneDX 1.5, from what cargo resolves; `cargo cyclonedx` takes minutes to install, and writes a time and a random number into it.
fn sbom(root: &Path, components: &[[String; 4]]) -> anyhow::Result<String> {
    let lock = fs::read_to_string(root.join("Cargo.lock"))?;
    let rustc = tools::stdout(tools::command("rustc --version").current_dir(root))?;
    let rustc = rustc.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut list = Vec::new();
    for [name, version, licence, _] in components.iter().filter(|one| !one[0].starts_with("endotype")) {
        let entry = format!("name = \"{name}\"\nversion = \"{version}\"\n");
        let sum = lock.split_once(&entry).and_then(|(_, rest)| rest.split("[[package]]").next()?.split_once("checksum = \""));
        let sum = sum.and_then(|(_, sum)| sum.split('"').next()).with_context(|| format!("no checksum of {name}"))?;
        list.push(format!(
            "    {{ \"type\": \"library\", \"bom-ref\": \"pkg:cargo/{name}@{version}\", \"name\": \"{name}\", \"version\": \"{version}\", \"purl\": \"pkg:cargo/{name}@{version}\",\n      \"licenses\": [{{ \"expression\": \"{}\" }}], \"hashes\": [{{ \"alg\": \"SHA-256\", \"content\": \"{sum}\" }}] }}",
            licence.replace('/', " OR ")
        ));
    }
    list.push(format!(
        "    {{ \"type\": \"library\", \"bom-ref\": \"rust-core@{rustc}\", \"name\": \"core, compiler_builtins\", \"version\": \"{rustc}\", \"licenses\": [{{ \"expression\": \"MIT OR Apache-2.0\" }}] }}"
    ));
    let version = version()?;
    Ok(format!(
        "{{\n  \"bomFormat\": \"CycloneDX\",\n  \"specVersion\": \"1.5\",\n  \"version\": 1,\n  \"metadata\": {{ \"component\": {{ \"type\": \"library\", \"bom-ref\": \"pkg:cargo/endotype@{version}\", \"name\": \"endotype\", \"version\": \"{version}\", \"purl\": \"pkg:cargo/endotype@{version}\", \"licenses\": [{{ \"expression\": \"MIT OR Apache-2.0\" }}] }} }},\n  \"components\": [\n{}\n  ]\n}}\n",
        list.join(",\n")
    ))
}

/// Of every file its SHA-256, in order of their names.
fn sums(folder: &Path) -> anyhow::Result<String> {
    tools::stdout(
        Command::new("sh")
            .arg("-c")
            .arg("find . -type f ! -name SHA256SUMS | LC_ALL=C sort | xargs sha256sum")
            .current_dir(folder),
    )
}

fn make(root: &Path, build: &Path, out: &Path) -> anyhow::Result<String> {
    let _ = fs::remove_dir_all(out);
    for triple in TRIPLES {
        library(root, build, triple, &out.join("lib").join(triple))?;
    }
    for (from, to) in [
        ("capi/include/endotype.h", "include/endotype.h"),
        ("capi/cmake/endotype-config.cmake", "cmake/endotype-config.cmake"),
        ("LICENSE-MIT", "LICENSE-MIT"),
        ("LICENSE-APACHE", "LICENSE-APACHE"),
    ] {
        let to = out.join(to);
        fs::create_dir_all(to.parent().context("no folder")?)?;
        fs::copy(root.join(from), to)?;
    }
    let components = components(root)?;
    for [name, version, _, folder] in components.iter().filter(|one| !one[3].is_empty()) {
        let licences = out.join("licences").join(format!("{name}-{version}"));
        fs::create_dir_all(&licences)?;
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let file = entry.file_name().to_string_lossy().into_owned();
            if ["LICENSE", "LICENCE", "COPYING", "UNLICENSE"].iter().any(|start| file.to_uppercase().starts_with(start)) {
                // Some keep a folder of them.
                if entry.path().is_dir() {
                    copy(&entry.path(), &licences.join(file))?;
                } else {
                    fs::copy(entry.path(), licences.join(file))?;
                }
            }
        }
        ensure!(fs::read_dir(&licences)?.next().is_some(), "{name} {version}: no licence in {folder}");
    }
    fs::write(out.join("sbom.cdx.json"), sbom(root, &components)?)?;
    let sums = sums(out)?;
    fs::write(out.join("SHA256SUMS"), &sums)?;
    Ok(sums)
}
