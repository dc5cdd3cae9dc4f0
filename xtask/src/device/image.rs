//! An image that is linked to be looked at.

use super::{Size, TARGETS, Target, folder};
use crate::tools;
use anyhow::{Context, bail, ensure};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub(crate) struct Image {
    cpu: &'static str,
    library: PathBuf,
    elf: PathBuf,
}

/// A tool of the component llvm-tools.
pub(crate) fn llvm(tool: &str) -> anyhow::Result<Command> {
    let sysroot = PathBuf::from(tools::stdout(&mut tools::command("rustc --print sysroot"))?.trim());
    let hosts = std::fs::read_dir(sysroot.join("lib/rustlib"))?;
    let mut tools = hosts.filter_map(|host| Some(host.ok()?.path().join("bin").join(tool))).filter(|path| path.exists());
    Ok(Command::new(tools.next().with_context(|| format!("no {tool}: rustup component add llvm-tools"))?))
}

fn link(image: &Image, more: &[&str]) -> anyhow::Result<Output> {
    let mut linker = llvm("rust-lld")?;
    linker.args(["-flavor", "gnu", "--gc-sections", "--no-warnings", "-e", "0", "--whole-archive"]).arg(&image.library);
    linker.arg("-T").arg(tools::root().join("firmware/image/link.ld")).arg("-o").arg(&image.elf).args(more);
    linker.output().context("rust-lld")
}

/// What must not be in an image: by a symbol's name, or by an instruction.
type Forbidden = (&'static str, fn(&str) -> bool);
const SYMBOLS: [Forbidden; 4] = [
    ("a float", |name| match name.strip_prefix("__aeabi_") {
        Some(helper) => {
            ["f", "d", "cf", "cd"].iter().any(|start| helper.starts_with(start)) || helper.contains("2f") || helper.contains("2d")
        }
        None => name.starts_with("__") && ["sf", "df"].iter().any(|kind| name.trim_end_matches(['2', '3']).ends_with(kind)),
    }),
    ("a division", |name| {
        name.starts_with("__") && name.contains("div") || name.contains("compiler_builtins") && name.contains("div")
    }),
    ("a 64-bit product", |name| ["__aeabi_lmul", "__muldi3"].contains(&name)),
    ("core::fmt", |name| name.contains("core::fmt") || name.contains("4core3fmt") || name.contains("core3fmt")),
];
const INSTRUCTIONS: [Forbidden; 4] = [
    // VFP, and moves and loads of its registers.
    ("a float", |op| op.starts_with('v') && (op.contains(".f") || ["vldr", "vstr", "vmov", "vpush", "vpop"].contains(&op))),
    ("an unknown instruction", |op| op == "<unknown>"),
    // ARM writes a condition behind the name.
    ("a division", |op| ["sdiv", "udiv"].iter().any(|div| op.starts_with(div)) || ["div", "divu", "rem", "remu"].contains(&op)),
    ("a 64-bit product", |op| {
        ["umull", "smull", "umlal", "smlal"].iter().any(|mul| op.starts_with(mul)) || ["mulh", "mulhu", "mulhsu"].contains(&op)
    }),
];

impl Image {
    pub(crate) fn build(target: &Target, features: &str, level: &str, with_stack_sizes: bool) -> anyhow::Result<Image> {
        let folder = folder()?.join(if with_stack_sizes { "stack" } else { "image" });
        let mut build = tools::command("cargo build --quiet --release --package image --message-format=json-render-diagnostics");
        build.args(["--target", target.triple, "--features", features, "--target-dir"]).arg(&folder);
        build.current_dir(tools::root().join("firmware")).env("CARGO_PROFILE_RELEASE_OPT_LEVEL", level);
        if with_stack_sizes {
            // Not stable yet; it adds a section that is not loaded, and no instruction.
            build.env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", "-Zemit-stack-sizes");
        }
        let built = tools::stdout(&mut build)?;
        let library = built.lines().filter_map(|line| line.split('"').find(|word| word.ends_with("libimage.a"))).next();
        let library = PathBuf::from(library.context("cargo named no library")?);
        Ok(Image { cpu: target.cpu, elf: library.with_extension("elf"), library })
    }

    /// Where it is linked.
    pub(crate) fn elf(&self) -> &Path {
        &self.elf
    }

    /// Nothing that it calls panics.
    pub(crate) fn links(&self) -> anyhow::Result<()> {
        let linked = link(self, &[])?;
        let said = String::from_utf8_lossy(&linked.stderr);
        ensure!(linked.status.success() || !said.contains("endotype_panics"), "a panic can be reached:\n{}", self.why_panics()?);
        ensure!(linked.status.success(), "{said}");
        Ok(())
    }

    /// The chain of calls from an entry to the panic handler.
    fn why_panics(&self) -> anyhow::Result<String> {
        let live = ["*begin_unwind*", "*panicking*", "*_fail*"].map(|name| format!("--why-live={name}"));
        let linked = link(self, &["--unresolved-symbols=ignore-all", &live[0], &live[1], &live[2]])?;
        let chain = String::from_utf8_lossy(&linked.stdout);
        // Each line ends in the symbol, behind the long path of the object.
        Ok(chain.lines().map(|line| line.rsplit("o):").next().unwrap_or(line)).collect::<Vec<_>>().join("\n  called by "))
    }

    pub(crate) fn size(&self) -> anyhow::Result<Size> {
        let said = tools::stdout(llvm("llvm-size")?.arg("-A").arg(&self.elf))?;
        let mut size = Size { text: 0, data: 0, bss: 0 };
        for line in said.lines() {
            let mut words = line.split_whitespace();
            let (Some(section), Some(bytes)) = (words.next(), words.next()) else { continue };
            let counted = match section {
                ".entry" | ".text" | ".rodata" => &mut size.text,
                ".data" => &mut size.data,
                ".bss" => &mut size.bss,
                // What the script has no place for would be missed.
                name if name.starts_with('.') && !name.contains("attributes") && name != ".stack_sizes" => {
                    bail!("a section that is not counted: {line}")
                }
                _ => continue,
            };
            *counted += bytes.parse::<u64>()?;
        }
        ensure!(size.text > 0, "an empty image:\n{said}");
        Ok(size)
    }

    /// Bytes by function, the largest first.
    pub(crate) fn by_function(&self) -> anyhow::Result<Vec<(String, u64)>> {
        let said =
            tools::stdout(llvm("llvm-nm")?.args(["--print-size", "--size-sort", "--reverse-sort", "--demangle"]).arg(&self.elf))?;
        let sized = said.lines().filter_map(|line| {
            let mut words = line.splitn(4, ' ');
            let size = u64::from_str_radix(words.nth(1)?, 16).ok()?;
            let name = words.nth(1)?.replace(['<', '>'], "").replace("endotype::", "");
            // The compiler's hash of a name differs from one folder to another.
            Some((name.rsplit_once("::h").map_or(name.as_str(), |(name, _)| name).to_owned(), size))
        });
        Ok(sized.collect())
    }

    /// Each function's instructions as operation and operands.
    fn functions(&self) -> anyhow::Result<BTreeMap<String, Vec<(String, String)>>> {
        let said = tools::stdout(
            llvm("llvm-objdump")?.args(["-d", "--no-show-raw-insn", &format!("--mcpu={}", self.cpu)]).arg(&self.elf),
        )?;
        let (mut functions, mut current) = (BTreeMap::new(), String::new());
        for line in said.lines() {
            if let Some(name) = line.strip_suffix(">:").and_then(|line| line.split_once(" <")) {
                current = name.1.to_owned();
                functions.entry(current.clone()).or_insert_with(Vec::new);
            } else if let Some((_, rest)) =
                line.split_once(":").filter(|(at, _)| !at.is_empty() && at.trim().chars().all(|c| c.is_ascii_hexdigit()))
            {
                let rest = rest.trim();
                let (op, operands) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
                if let Some(function) = functions.get_mut(&current) {
                    function.push((op.to_owned(), operands.trim().to_owned()));
                }
            }
        }
        ensure!(!functions.is_empty(), "no code:\n{said}");
        Ok(functions)
    }

    /// What of the forbidden there is.
    pub(crate) fn found(&self) -> anyhow::Result<BTreeSet<String>> {
        let mut found = BTreeSet::new();
        let functions = self.functions()?;
        for (what, is) in SYMBOLS {
            found.extend(functions.keys().filter(|name| is(name)).map(|name| format!("{what} ({name})")));
        }
        for (name, instructions) in &functions {
            for (what, is) in INSTRUCTIONS {
                found.extend(instructions.iter().filter(|(op, _)| is(op)).map(|(op, _)| format!("{what} ({op} in {name})")));
            }
        }
        let size = self.size()?;
        if size.data > 0 {
            found.insert(format!("{} bytes of data", size.data));
        }
        if size.bss > 0 {
            found.insert(format!("{} bytes of bss", size.bss));
        }
        Ok(found)
    }

    /// Every word that is linked, code and constants: what a call through a pointer can load.
    fn words(&self) -> anyhow::Result<BTreeSet<u64>> {
        let mut words = BTreeSet::new();
        for section in [".entry", ".text", ".rodata"] {
            let dump = self.elf.with_extension("section");
            let only = format!("--only-section={section}");
            tools::stdout(llvm("llvm-objcopy")?.args(["-O", "binary", &only]).arg(&self.elf).arg(&dump))?;
            let bytes = std::fs::read(&dump)?;
            for word in bytes.chunks_exact(4) {
                words.insert(u64::from(u32::from_le_bytes(word.try_into()?)));
            }
        }
        Ok(words)
    }

    /// Where each function begins.
    fn places(&self) -> anyhow::Result<BTreeMap<String, u64>> {
        let said = tools::stdout(llvm("llvm-nm")?.arg("--defined-only").arg(&self.elf))?;
        let mut places = BTreeMap::new();
        for line in said.lines() {
            if let [address, "T" | "t", name] = line.split_whitespace().collect::<Vec<_>>()[..] {
                places.insert(name.to_owned(), u64::from_str_radix(address, 16)? & !1);
            }
        }
        Ok(places)
    }

    /// The deepest stack of every entry; refuses recursion. A call through a pointer may reach every function whose address is among
    /// the words of the image or is computed by its code.
    pub(crate) fn stack(&self) -> anyhow::Result<BTreeMap<String, u64>> {
        let said = tools::stdout(llvm("llvm-readobj")?.arg("--stack-sizes").arg(&self.elf))?;
        let (mut frames, mut names): (BTreeMap<String, u64>, Vec<String>) = (BTreeMap::new(), Vec::new());
        for line in said.lines().map(str::trim) {
            if let Some(list) = line.strip_prefix("Functions: [") {
                names = list.trim_end_matches(']').split(", ").map(str::to_owned).collect();
            } else if let Some(size) = line.strip_prefix("Size: 0x") {
                let size = u64::from_str_radix(size, 16)?;
                frames.extend(names.drain(..).map(|name| (name, size)));
            }
        }
        let functions = self.functions()?;
        let (words, places) = (self.words()?, self.places()?);
        // ARM marks the address of a Thumb function by its last bit.
        let is_pointed = |name: &str| places.get(name).is_some_and(|at| words.contains(at) || words.contains(&(at | 1)));
        let mut pointed: BTreeSet<&str> = functions.keys().map(String::as_str).filter(|name| is_pointed(name)).collect();
        let mut calls: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut through_a_pointer = BTreeSet::new();
        for (name, instructions) in &functions {
            let callees = calls.entry(name).or_default();
            let start = places.get(name).copied().unwrap_or(u64::MAX);
            let end = places.values().copied().filter(|at| *at > start).min().unwrap_or(u64::MAX);
            let has_table = words.range(start..end).any(|word| *word > start + 1);
            for (at, (op, operands)) in instructions.iter().enumerate() {
                match Step::of(op, operands, instructions.get(..at).unwrap_or_default(), has_table) {
                    Step::Calls(callee) => _ = callees.insert(callee),
                    Step::Leaves(callee) if callee != name => _ = callees.insert(callee),
                    Step::Pointer => _ = through_a_pointer.insert(name.as_str()),
                    Step::Takes(address) if functions.contains_key(address) => _ = pointed.insert(address),
                    _ => {}
                }
            }
            // Of the compiler's own library there is no section: its prologue tells.
            frames.entry(name.clone()).or_insert_with(|| prologue(instructions));
        }
        for name in through_a_pointer {
            ensure!(!pointed.is_empty(), "{name} calls through a pointer, and no function is pointed to");
            calls.entry(name).or_default().extend(&pointed);
        }
        let entries = tools::stdout(llvm("llvm-nm")?.arg("--defined-only").arg("--extern-only").arg(&self.elf))?;
        let entries = entries.lines().filter_map(|line| line.rsplit_once(" T ")).map(|(_, name)| name);
        entries
            .filter(|name| !name.contains("compiler_builtins") && !name.starts_with("_"))
            .map(|name| Ok((name.to_owned(), depth(name, &frames, &calls, &mut Vec::new())?)))
            .collect()
    }
}

/// Where an instruction goes.
enum Step<'a> {
    Calls(&'a str),
    Leaves(&'a str),
    /// Calls or leaves to where only the running program knows.
    Pointer,
    /// A function's address is computed.
    Takes(&'a str),
    On,
}

impl<'a> Step<'a> {
    fn of(op: &str, operands: &'a str, before: &[(String, String)], has_table: bool) -> Step<'a> {
        let named = operands.rsplit_once('<').and_then(|(_, to)| to.split_once('>')).map(|(to, _)| to);
        let calling = ["bl", "blx", "jal", "jalr", "call"].contains(&op);
        let leaving = op.starts_with('b') || ["j", "jr", "tail"].contains(&op);
        match named {
            Some(inside) if inside.contains('+') => Step::On,
            Some(callee) if calling => Step::Calls(callee),
            Some(callee) if leaving => Step::Leaves(callee),
            Some(address) => Step::Takes(address),
            None if calling => Step::Pointer,
            // `bx lr` and `ret` return.
            None if op == "bx" && operands != "lr" => Step::Pointer,
            None if op == "jr" && operands != "ra" && !(has_table && is_table(operands, before)) => Step::Pointer,
            None => Step::On,
        }
    }
}

/// Whether RISC-V jumps inside the function, by a table: `add` to its address, `lw` from there, no frame given back since. A tail call
/// by an array of pointers can look so, too: it is told apart by that no word of the image lies inside its function.
fn is_table(register: &str, before: &[(String, String)]) -> bool {
    let of = |operands: &str, register: &str| operands.split(',').next() == Some(register);
    let recent = before.get(before.len().saturating_sub(8)..).unwrap_or_default();
    let Some(at) = recent.iter().rposition(|(_, operands)| of(operands, register)) else { return false };
    let (before, since) = recent.split_at(at);
    let Some((op, operands)) = since.first() else { return false };
    let Some(base) = operands.split_once(", 0x0(").and_then(|(_, base)| base.strip_suffix(')')) else { return false };
    let added = before.iter().rfind(|(_, operands)| of(operands, base)).is_some_and(|(op, _)| op == "add");
    op == "lw" && added && !since.iter().any(|(_, operands)| operands.starts_with("sp"))
}

/// Bytes that a function's first instructions take off the stack.
fn prologue(instructions: &[(String, String)]) -> u64 {
    let taken = instructions.iter().take(12).map(|(op, operands)| match op.as_str() {
        "push" | "push.w" => 4 * operands.split(',').map(|register| if register.contains('-') { 8 } else { 1 }).sum::<u64>(),
        "sub" | "sub.w" if operands.starts_with("sp") => number(operands),
        "addi" if operands.starts_with("sp, sp, -") => number(operands),
        _ => 0,
    });
    taken.sum()
}

fn number(operands: &str) -> u64 {
    let digits = operands.rsplit(['#', '-']).next().unwrap_or_default().split_whitespace().next().unwrap_or_default();
    digits.strip_prefix("0x").map_or_else(|| digits.parse(), |hex| u64::from_str_radix(hex, 16)).unwrap_or(0)
}

fn depth<'a>(
    name: &'a str,
    frames: &BTreeMap<String, u64>,
    calls: &BTreeMap<&'a str, BTreeSet<&'a str>>,
    path: &mut Vec<&'a str>,
) -> anyhow::Result<u64> {
    ensure!(!path.contains(&name), "{name} calls itself, by way of {}", path.join(", "));
    let frame = *frames.get(name).with_context(|| format!("no stack size of {name}"))?;
    path.push(name);
    let mut below = 0;
    for callee in calls.get(name).into_iter().flatten() {
        below = below.max(depth(callee, frames, calls, path)?);
    }
    path.pop();
    Ok(frame + below)
}

/// What the control's pointer leads to takes more than so many bytes of stack.
const POINTED: u64 = 1_024;

/// Every check must find what it looks for where it is; how many there are.
pub(crate) fn controls() -> anyhow::Result<usize> {
    let found = ["a float", "a division", "a 64-bit product", "core::fmt", "bytes of data", "bytes of bss"];
    for target in &TARGETS {
        let panics = link(&Image::build(target, "control-panic", "s", false)?, &[])?;
        let said = String::from_utf8_lossy(&panics.stderr);
        ensure!(
            !panics.status.success() && said.contains("endotype_panics"),
            "{}: the control that panics links: {said}",
            target.triple
        );
        let image = Image::build(target, "control-symbols", "s", true)?;
        let linked = link(&image, &["--defsym=endotype_panics=0"])?;
        ensure!(linked.status.success(), "the control does not link: {}", String::from_utf8_lossy(&linked.stderr));
        let all: Vec<_> = image.found()?.into_iter().collect();
        for what in found {
            ensure!(
                all.iter().any(|one| one.contains(what)),
                "{}: the control's {what} is not found: {}",
                target.triple,
                all.join("; ")
            );
        }
        let stack = image.stack().map_or_else(|error| error.to_string(), |_| String::new());
        ensure!(stack.contains("calls itself"), "{}: {stack}", target.triple);
        let image = Image::build(target, "control-pointer", "s", true)?;
        image.links()?;
        let stack = image.stack()?;
        for entry in ["control_pointer", "control_tail_pointer"] {
            let bytes = stack.get(entry).with_context(|| format!("no {entry}"))?;
            ensure!(*bytes > POINTED, "{}: {entry} is {bytes} bytes deep, what its pointer leads to {POINTED}", target.triple);
        }
    }
    Ok(found.len() + 4)
}
