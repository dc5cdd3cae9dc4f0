//! The compiled rules against a specification written from the papers' fact sheets: `xtask/prove`, by symbolic execution.

use crate::device::{Image, TARGETS, Target, folder};
use crate::report::{Outcome, Report};
use crate::{embedded, tools};
use anyhow::{Context, bail, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;

const LEVELS: [&str; 2] = ["s", "z"];

/// What the short form proves, in two processes at once.
const SHORT: [&[&str]; 2] = [&["rows"], &["classify", "cut-offs", "cardiovascular", "total"]];

/// Where angr is installed, in its pinned versions; installs it. Why not, if it can not be.
fn python() -> anyhow::Result<Result<PathBuf, String>> {
    let home = folder()?.with_file_name("prove-venv");
    let (python, pip) = (home.join("bin/python"), home.join("bin/pip"));
    let pinned = tools::root().join("xtask/prove/requirements.txt");
    let installed = home.join("requirements.txt");
    let wanted = std::fs::read_to_string(&pinned)?;
    if python.exists() && std::fs::read_to_string(&installed).is_ok_and(|is| is == wanted) {
        return Ok(Ok(python));
    }
    let make = || tools::stdout(tools::command("python3 -m venv --clear").arg(&home));
    if make().is_err() {
        let _ = tools::stdout(&mut tools::command("apt-get install -y --no-install-recommends python3-venv"));
        if let Err(error) = make() {
            return Ok(Err(format!("python3 -m venv: {}", error.root_cause().to_string().lines().last().unwrap_or_default())));
        }
    }
    if let Err(error) = tools::stdout(Command::new(pip).args(["install", "--quiet", "--no-deps", "-r"]).arg(&pinned)) {
        return Ok(Err(format!("pip install: {}", error.root_cause().to_string().lines().last().unwrap_or_default())));
    }
    std::fs::write(&installed, wanted)?;
    Ok(Ok(python))
}

/// An image of the functions, kept from the next one that is built in the same place.
fn image(target: &Target, level: &str) -> anyhow::Result<PathBuf> {
    let built = Image::build(target, "classify,prove", level, false)?;
    built.links()?;
    let kept = folder()?.with_file_name("prove");
    std::fs::create_dir_all(&kept)?;
    let elf = kept.join(format!("{}-{level}.elf", target.triple));
    std::fs::copy(built.elf(), &elf)?;
    Ok(elf)
}

/// What a run of `prove.py` counted: its last line; beside the image, a log of each function and control.
fn prove(python: &Path, elf: &Path, groups: &[&str]) -> anyhow::Result<String> {
    let output = Command::new(python).arg("-B").arg(tools::root().join("xtask/prove/prove.py")).arg(elf).args(groups).output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    let log = elf.with_extension(if groups.is_empty() { "log".to_owned() } else { format!("{}.log", groups.join("-")) });
    std::fs::write(&log, said.as_bytes())?;
    if !output.status.success() {
        let failed: Vec<_> = said.lines().filter(|line| line.starts_with("REFUTED") || line.starts_with("NO CONTROL")).collect();
        bail!("{}\n{}\n{}", failed.join("\n"), String::from_utf8_lossy(&output.stderr), log.display());
    }
    Ok(said.lines().last().context("prove.py said nothing")?.to_owned())
}

/// Two runs at once.
fn both(python: &Path, runs: [(&Path, &[&str]); 2]) -> anyhow::Result<[String; 2]> {
    let [first, second] = runs;
    std::thread::scope(|scope| {
        let second = scope.spawn(|| prove(python, second.0, second.1));
        let first = prove(python, first.0, first.1);
        let second = second.join().unwrap_or_else(|_| bail!("a thread panicked"));
        Ok([first?, second?])
    })
}

pub(crate) fn run(report: &mut Report, short: bool) {
    let targets = if short { &TARGETS[..1] } else { &TARGETS[..] };
    let triples: Vec<_> = targets.iter().map(|target| target.triple.to_owned()).collect();
    let mut ready = embedded::missing(&triples).map_or_else(python, |why| Ok(Err(why)));
    for target in targets {
        report.check(&format!("prove: {}", target.name), || {
            let python = match &mut ready {
                Ok(Ok(python)) => python,
                Ok(Err(why)) => return Ok(Outcome::Skipped(why.clone())),
                Err(error) => bail!("{error:#}"),
            };
            let said = if short {
                let elf = image(target, LEVELS[0])?;
                both(python, SHORT.map(|groups| (elf.as_path(), groups)))?
            } else {
                let [small, smaller] = [image(target, LEVELS[0])?, image(target, LEVELS[1])?];
                both(python, [(&small, &[]), (&smaller, &[])])?
            };
            ensure!(said.iter().all(|line| line.contains("controls refuted")), "{}", said.join("\n"));
            Ok(Outcome::Counted(said.join("; ")))
        });
    }
}
