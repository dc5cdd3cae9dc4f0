//! What a device runs, linked so that it can be looked at: `xtask/images/no-panic`.

use crate::report::{Outcome, Report};
use crate::{embedded, tools};
use anyhow::{Context, bail, ensure};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A Cortex-M0: every float, division and long product is a call that the image would name.
const TARGET: &str = "thumbv6m-none-eabi";

/// What the image must not name, and how it is called there.
pub(crate) type Forbidden = (&'static str, fn(&str) -> bool);

/// The image of the rules crate.
const IMAGE: &str = "xtask/images/no-panic";

pub(crate) const FORBIDDEN: [Forbidden; 4] = [
    ("float", |name| match name.strip_prefix("__aeabi_") {
        Some(helper) => {
            ["f", "d", "cf", "cd"].iter().any(|start| helper.starts_with(start)) || helper.contains("2f") || helper.contains("2d")
        }
        None => name.starts_with("__") && ["sf", "df"].iter().any(|kind| name.trim_end_matches(['2', '3']).ends_with(kind)),
    }),
    ("division", |name| (name.starts_with("__") || name.contains("compiler_builtins")) && name.contains("div")),
    ("64-bit product", |name| ["__aeabi_lmul", "__muldi3"].contains(&name)),
    ("core::fmt", |name| name.contains("core::fmt") || name.contains("4core3fmt")),
];

pub(crate) fn run(report: &mut Report) {
    report.check("no-panic", || {
        if let Some(why) = embedded::missing(&[TARGET.to_owned()]) {
            return Ok(Outcome::Skipped(why));
        }
        controls(IMAGE)?;
        // Readings from floats must not panic either, but only the image without them is looked at for floats.
        Image::build(IMAGE, "libm", None)?.links()?;
        let image = Image::build(IMAGE, "", None)?;
        image.links()?;
        let map = image.map()?;
        for (what, is) in FORBIDDEN {
            let found: Vec<_> = map.symbols.iter().filter(|name| is(name)).map(String::as_str).collect();
            ensure!(found.is_empty(), "{what} in the image: {}", found.join(", "));
        }
        Ok(Outcome::Counted(format!(
            "{} entries, {} bytes on {TARGET}, {} controls found",
            map.entries,
            map.bytes,
            1 + FORBIDDEN.len()
        )))
    });
}

/// Every check above must find what it looks for where it is.
pub(crate) fn controls(folder: &str) -> anyhow::Result<()> {
    let linked = Image::build(folder, "control-panic", None)?.link(&[])?;
    let said = String::from_utf8_lossy(&linked.stderr);
    ensure!(!linked.status.success() && said.contains("endotype_panics"), "the control that panics links: {said}");
    let image = Image::build(folder, "control-symbols", None)?;
    let linked = image.link(&["--defsym=endotype_panics=0"])?;
    ensure!(linked.status.success(), "the control does not link: {}", String::from_utf8_lossy(&linked.stderr));
    let map = image.map()?;
    for (what, is) in FORBIDDEN {
        ensure!(map.symbols.iter().any(|name| is(name)), "the control's {what} is not found");
    }
    Ok(())
}

/// An image, built with features.
pub(crate) struct Image {
    linker: PathBuf,
    script: PathBuf,
    /// The library, and beside it the linked image and its map.
    library: PathBuf,
}

/// What the linker's map tells.
#[derive(Default)]
pub(crate) struct Map {
    pub(crate) bytes: u64,
    entries: usize,
    pub(crate) symbols: Vec<String>,
}

impl Image {
    /// At the opt-level of its manifest, unless another is asked for.
    pub(crate) fn build(folder: &str, features: &str, level: Option<&str>) -> anyhow::Result<Image> {
        let folder = tools::root().join(folder);
        let mut build = tools::command("cargo build --quiet --release --message-format=json-render-diagnostics --target");
        build.args([TARGET, "--features", features, "--target-dir"]).arg(tools::target()?.join("images")).current_dir(&folder);
        if let Some(level) = level {
            build.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", level);
        }
        let built = tools::stdout(&mut build)?;
        let library = built.lines().filter_map(|line| line.split('"').find(|word| word.ends_with(".a"))).next();
        let sysroot = PathBuf::from(tools::stdout(&mut tools::command("rustc --print sysroot"))?.trim());
        let hosts =
            std::fs::read_dir(sysroot.join("lib/rustlib"))?.filter_map(|host| Some(host.ok()?.path().join("bin/rust-lld")));
        Ok(Image {
            linker: hosts.into_iter().find(|linker| linker.exists()).context("the toolchain has no rust-lld")?,
            script: tools::root().join(IMAGE).join("link.ld"),
            library: library.context("cargo named no library")?.into(),
        })
    }

    fn beside(&self, extension: &str) -> PathBuf {
        self.library.with_extension(extension)
    }

    fn link(&self, more: &[&str]) -> anyhow::Result<Output> {
        let mut linker = Command::new(&self.linker);
        linker.args(["-flavor", "gnu", "--gc-sections", "--whole-archive"]).arg(&self.library).arg("-T").arg(&self.script);
        linker.arg("-o").arg(self.beside("elf")).arg("-Map").arg(self.beside("map")).args(more);
        linker.output().context("rust-lld")
    }

    /// Nothing that it calls panics.
    pub(crate) fn links(&self) -> anyhow::Result<()> {
        match self.link(&[])? {
            linked if linked.status.success() => Ok(()),
            linked if !String::from_utf8_lossy(&linked.stderr).contains("endotype_panics") => {
                bail!("{}", String::from_utf8_lossy(&linked.stderr))
            }
            _ => bail!("a panic can be reached:\n{}", self.why_panics()?),
        }
    }

    /// The chain of calls from an entry to the panic handler.
    fn why_panics(&self) -> anyhow::Result<String> {
        let live = ["*begin_unwind*", "*panicking*", "*_fail*"].map(|name| format!("--why-live={name}"));
        let linked = self.link(&["--unresolved-symbols=ignore-all", &live[0], &live[1], &live[2]])?;
        let chain = String::from_utf8_lossy(&linked.stdout);
        // Each line ends in the symbol, behind the long path of the object.
        Ok(chain.lines().map(|line| line.rsplit("o):").next().unwrap_or(line)).collect::<Vec<_>>().join("\n  called by "))
    }

    pub(crate) fn map(&self) -> anyhow::Result<Map> {
        let map = self.beside("map");
        read_map(&map).with_context(|| map.display().to_string())
    }
}

/// Lines of `address address size alignment`, and behind them by depth of indentation a section, an object's part of it, a symbol.
fn read_map(map: &Path) -> anyhow::Result<Map> {
    let mut found = Map::default();
    let mut section = "";
    let text = std::fs::read_to_string(map)?;
    for line in text.lines().skip(1) {
        let mut rest = line;
        let mut numbers = [""; 4];
        for number in &mut numbers {
            rest = rest.trim_start();
            (*number, rest) = rest.split_once(' ').context("fewer than four numbers")?;
        }
        let name = rest.trim_start();
        match rest.len() - name.len() {
            0 => {
                section = name;
                if [".entry", ".text", ".rodata", ".data"].contains(&name) {
                    found.bytes += u64::from_str_radix(numbers[2], 16)?;
                }
            }
            // Mapping symbols of the assembler, and parts.
            _ if name.starts_with('$') || name.contains(":(") => {}
            _ => {
                found.entries += usize::from(section == ".entry");
                found.symbols.push(name.to_owned());
            }
        }
    }
    Ok(found)
}
