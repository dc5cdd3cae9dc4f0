//! Builds for every target of `rust-toolchain.toml`.

use crate::device::llvm;
use crate::report::{Outcome, Report};
use crate::tools;
use anyhow::Context;

/// One by one; `verify` has every set.
const FEATURES: &[&str] = &["", "defmt", "libm"];

/// The targets that `rust-toolchain.toml` names.
pub(crate) fn targets() -> anyhow::Result<Vec<String>> {
    let file = std::fs::read_to_string(tools::root().join("rust-toolchain.toml"))?;
    let (_, list) = file.split_once("targets").context("rust-toolchain.toml names no targets")?;
    let (list, _) = list.split_once(']').context("rust-toolchain.toml: no end of targets")?;
    Ok(list.split('"').skip(1).step_by(2).map(str::to_owned).collect())
}

/// Whether the compiler has a target's core library.
fn is_installed(target: &str) -> bool {
    let folder = tools::stdout(&mut tools::command(&format!("rustc --print target-libdir --target {target}")));
    folder.is_ok_and(|folder| std::path::Path::new(folder.trim()).exists())
}

/// Installs what `rust-toolchain.toml` names, if something of it is missing; which targets are still missing, and why.
pub(crate) fn missing(targets: &[String]) -> Option<String> {
    if targets.iter().all(|target| is_installed(target)) && llvm("llvm-nm").is_ok() {
        return None;
    }
    // Under cargo that variable takes the file's place, and rustup would install a toolchain without targets.
    let mut install = tools::command("rustup toolchain install --no-self-update");
    let installed = tools::stdout(install.env_remove("RUSTUP_TOOLCHAIN"));
    let absent: Vec<_> = targets.iter().filter(|target| !is_installed(target)).map(String::as_str).collect();
    let why = installed.map_or_else(|error| error.root_cause().to_string(), |_| "rustup does not have it".to_owned());
    let absent = if absent.is_empty() && llvm("llvm-nm").is_err() { vec!["llvm-tools"] } else { absent };
    (!absent.is_empty())
        .then(|| format!("{} can not be installed: {}", absent.join(", "), why.lines().last().unwrap_or_default()))
}

pub(crate) fn run(report: &mut Report) {
    report.check("embedded", || {
        let targets = targets()?;
        if let Some(why) = missing(&targets) {
            return Ok(Outcome::Skipped(why));
        }
        let mut builds = 0;
        for target in &targets {
            for features in FEATURES {
                let mut build = tools::command("cargo build --quiet --package endotype --lib --target");
                tools::stdout(build.arg(target).arg(format!("--features={features}")))?;
                builds += 1;
            }
        }
        Ok(Outcome::Counted(format!("{builds} of {} builds", targets.len() * FEATURES.len())))
    });
}
