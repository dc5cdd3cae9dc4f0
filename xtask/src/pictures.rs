//! The pictures of `pictures/`: drawn again by the commands of its README, compared, and the bedside screen on the targets.

use crate::report::{Outcome, Report};
use crate::{device, tools};
use anyhow::{Context, ensure};
use std::path::Path;
use std::process::Command;

/// As in the README, a line each.
const COMMAND: &str = "cargo run --release -p endotype-pictures --example ";

/// What they may weigh together.
const BYTES: u64 = 300_000;

pub(crate) fn run(report: &mut Report, bless: bool) {
    report.check("pictures: clippy", || {
        tools::stdout(&mut tools::command("cargo clippy --quiet --package endotype-pictures --all-targets -- -D warnings"))?;
        Ok(Outcome::Counted("silent".to_owned()))
    });
    report.check("pictures: drawn", || drawn(bless));
    report.check("pictures: tests", || {
        let said = tools::stdout(&mut tools::command("cargo test --release --package endotype-pictures"))?;
        Ok(Outcome::Counted(format!("{} passed", tools::passed(&said)?[1])))
    });
    if let Some(why) = device::missing() {
        report.check("pictures: on target", || Ok(Outcome::Skipped(why)));
        return;
    }
    report.check("pictures: on target", || {
        let host = tools::stdout(&mut tools::command(&format!("{COMMAND}bedside --quiet -- --checksums")))?;
        Ok(Outcome::Counted(device::screens(&device::TARGETS, &host)?))
    });
}

/// Draws one into `target/pictures` instead, as a shell takes the command.
fn draw(command: &str, name: &str, folder: &Path) -> anyhow::Result<Vec<u8>> {
    let out = folder.join(name);
    let elsewhere = command.replace(&format!("--out pictures/{name}"), &format!("--out '{}'", out.display()));
    ensure!(elsewhere != command, "{command}: expected --out pictures/{name}");
    tools::stdout(Command::new("sh").args(["-c", &elsewhere]).current_dir(tools::root()))?;
    std::fs::read(&out).with_context(|| out.display().to_string())
}

/// The same picture of other data.
fn control(command: &str) -> String {
    let other = command.replace("--k 1.96", "--k 1.95");
    if other == command { format!("{command} --rules sofa-2") } else { other }
}

fn drawn(bless: bool) -> anyhow::Result<Outcome> {
    let folder = tools::target()?.join("pictures");
    std::fs::create_dir_all(&folder)?;
    let kept = tools::root().join("pictures");
    let readme = std::fs::read_to_string(kept.join("README.md"))?;
    let (mut names, mut bytes) = (Vec::new(), 0);
    for command in readme.lines().filter(|line| line.starts_with(COMMAND)) {
        let name = command.split_once("--out pictures/").and_then(|(_, name)| name.split(' ').next()).context("no --out")?;
        let new = draw(command, name, &folder)?;
        if bless {
            std::fs::write(kept.join(name), &new)?;
        }
        let old = std::fs::read(kept.join(name)).with_context(|| name.to_owned())?;
        ensure!(new == old, "{name} is drawn otherwise now, in {}; look at it, then --bless", folder.display());
        ensure!(draw(&control(command), name, &folder)? != old, "{name}: of other data it is the same");
        bytes += old.len() as u64;
        names.push(name.to_owned());
    }
    let mut there: Vec<_> = std::fs::read_dir(&kept)?.filter_map(|file| file.ok()?.file_name().into_string().ok()).collect();
    there.retain(|name| name.ends_with(".svg") || name.ends_with(".png"));
    there.sort();
    names.sort();
    ensure!(there == names && names.len() > 2, "pictures/ has {there:?}, its README draws {names:?}");
    let shown = std::fs::read_to_string(tools::root().join("README.md"))?;
    let missing: Vec<_> = names.iter().filter(|name| !shown.contains(&format!("pictures/{name}"))).cloned().collect();
    ensure!(missing.is_empty(), "README.md does not show {}", missing.join(", "));
    ensure!(bytes < BYTES, "{bytes} bytes of pictures");
    Ok(Outcome::Counted(format!("{} drawn as they are, {bytes} bytes; of other data each differs", names.len())))
}
