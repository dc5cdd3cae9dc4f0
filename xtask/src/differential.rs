//! The replay example against an independent reading of its format, byte for byte: see `xtask/reference/README.md`.

use crate::report::{Outcome, Report};
use crate::tools;
use anyhow::{Context, bail, ensure};
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// Option sets under which every chart is replayed: together they hold every value of every option.
const OPTIONS: [&str; 10] = [
    "",
    "--missing normal --support any --last-day closed",
    "--missing carry --infusions unknown --baseline 3",
    "--missing normal --infusions unknown --baseline 0 --days 2",
    "--missing carry --infusions unknown --last-day closed",
    "--support any --last-day closed --baseline 24",
    "--rules sofa-2",
    "--rules sofa-2 --missing open --infusions unknown --last-day closed",
    "--rules both --missing normal --support any",
    "--rules both --missing carry --infusions unknown",
];

/// And those of the serial markers, with every option of `--immune`: as `OPTIONS` of gen_immune.py, whose charts crowd their limits.
const MARKERS: [&str; 7] = [
    "--immune --gap 720 --age 2880",
    "--immune --gap 1440 --age 4320 --cv-ferritin 75 --cv-mhla-dr 150 --coverage 196 --fell 2 --fell-within 2880 --watch-hemoglobin 7 \
     --watch-platelets 50",
    "--immune --gap 60 --age 1440 --cv-mhla-dr 40 --coverage 200 --last-day closed --rules sofa-2 --watch-platelets 100",
    "--immune --gap 0 --age 5256000 --cv-ferritin 100 --coverage 165 --fell 10 --fell-within 1440 --missing normal --rules both \
     --watch-hemoglobin 8",
    "--immune --gap 5256000 --age 720 --cv-ferritin 33 --cv-mhla-dr 33 --coverage 197 --infusions unknown --baseline 2 --missing carry \
     --fell 3 --fell-within 0 --watch-hemoglobin 1 --watch-platelets 1",
    "--immune --gap 1440 --age 4320 --cv-ferritin 500 --cv-mhla-dr 499 --coverage 199 --fell 2 --fell-within 5256000 --last-day closed \
     --support any --days 4 --watch-hemoglobin 30 --watch-platelets 10000",
    "--immune --gap 1440 --age 1440 --fell 2 --fell-within 1440 --missing carry --baseline 0 --watch-hemoglobin 7",
];

/// Kinds of malformed lines in `bad.py`; `bad_immune.py` has fewer. Its number chooses among them.
const KINDS: usize = 22;

/// A chart, and the option sets under which it is replayed.
struct Case {
    chart: Chart,
    options: &'static [&'static str],
    /// Of both programs.
    exit_status: i32,
}

enum Chart {
    /// Script and arguments.
    Generated(String),
    File(PathBuf),
}

struct Programs {
    /// The interpreter itself: one behind a shim takes three times as long to start.
    python: PathBuf,
    replay: PathBuf,
}

pub(crate) fn run(report: &mut Report, seeds: usize, patients: usize) {
    report.check("differential", || {
        let recent = ["-c", "import sys; assert sys.version_info >= (3, 11); print(sys.executable)"];
        let Ok(python) = tools::stdout(Command::new("python3").args(recent)) else {
            return Ok(Outcome::Skipped("no python3 from 3.11 on to run xtask/reference".to_owned()));
        };
        let programs = Programs { python: python.trim().into(), replay: tools::replay()? };
        programs.hand_computed()?;
        programs.control()?;
        let mut cases = Vec::new();
        for seed in 1..=seeds {
            cases.push(Case { chart: Chart::Generated(format!("gen.py {seed} {patients}")), options: &OPTIONS, exit_status: 0 });
            cases.push(Case {
                chart: Chart::Generated(format!("gen_immune.py {seed} {patients}")),
                options: &MARKERS,
                exit_status: 0,
            });
        }
        // Every kind at least once.
        let malformed = KINDS * seeds.clamp(1, 5);
        for seed in 1..=malformed {
            // Each under one of the sets, in turn.
            let at = seed % OPTIONS.len();
            cases.push(Case { chart: Chart::Generated(format!("bad.py {seed}")), options: &OPTIONS[at..=at], exit_status: 2 });
            let at = seed % MARKERS.len();
            cases.push(Case {
                chart: Chart::Generated(format!("bad_immune.py {seed}")),
                options: &MARKERS[at..=at],
                exit_status: 2,
            });
        }
        let shipped = shipped()?;
        let charts = format!(
            "{} generated of {patients} patients, {} malformed, {} shipped charts",
            2 * seeds,
            2 * malformed,
            shipped.len()
        );
        for file in shipped {
            cases.push(Case { chart: Chart::File(file.clone()), options: &OPTIONS, exit_status: 0 });
            cases.push(Case { chart: Chart::File(file), options: &MARKERS, exit_status: 0 });
        }
        programs.compare_every(&cases)?;
        Ok(Outcome::Counted(format!("{charts}, {} option sets", OPTIONS.len() + MARKERS.len())))
    });
}

/// Charts of the repository, known by their header.
fn shipped() -> anyhow::Result<Vec<PathBuf>> {
    let mut charts = Vec::new();
    for entry in std::fs::read_dir(tools::root().join("tests/data"))? {
        let path = entry?.path();
        if std::fs::read(&path)?.starts_with(b"patient,minute,item,value,unit") {
            charts.push(path);
        }
    }
    ensure!(!charts.is_empty(), "no chart in tests/data");
    Ok(charts)
}

impl Programs {
    /// On all cores, up to the first that fails.
    fn compare_every(&self, cases: &[Case]) -> anyhow::Result<()> {
        let (next, failed) = (AtomicUsize::new(0), Mutex::new(None));
        std::thread::scope(|scope| {
            for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
                scope.spawn(|| {
                    while let Some(case) = cases.get(next.fetch_add(1, Relaxed)) {
                        if let Err(error) = self.compare(case) {
                            next.store(cases.len(), Relaxed);
                            failed.lock().unwrap().get_or_insert(error);
                        }
                    }
                });
            }
        });
        failed.into_inner().unwrap().map_or(Ok(()), Err)
    }

    /// A script of `xtask/reference`.
    fn script(&self, words: &str) -> Command {
        let mut python = Command::new(&self.python);
        python.arg("-B").args(words.split_whitespace()).current_dir(tools::root().join("xtask/reference"));
        python
    }

    /// The chart, and how to get it again.
    fn read(&self, chart: &Chart) -> anyhow::Result<(Vec<u8>, String)> {
        match chart {
            Chart::Generated(words) => {
                let output = self.script(words).output().with_context(|| words.clone())?;
                ensure!(output.status.success(), "{words}: {}", String::from_utf8_lossy(&output.stderr));
                Ok((output.stdout, format!("python3 xtask/reference/{words}")))
            }
            Chart::File(path) => Ok((std::fs::read(path)?, format!("cat {}", path.display()))),
        }
    }

    fn compare(&self, case: &Case) -> anyhow::Result<()> {
        let (chart, name) = self.read(&case.chart)?;
        for options in case.options {
            let theirs = tools::fed(&mut self.script(&format!("replay_ref.py {options} -")), &chart)?;
            let mut replay = Command::new(&self.replay);
            let ours = tools::fed(replay.args(["--format", "csv"]).args(options.split_whitespace()).arg("-"), &chart)?;
            let status = theirs.status.code();
            ensure!(status == Some(case.exit_status), "{name}: the reference: {}", String::from_utf8_lossy(&theirs.stderr));
            if let Some(difference) = difference(&theirs, &ours) {
                bail!("{name} | replay {options} --format csv -\n{difference}");
            }
        }
        Ok(())
    }

    /// The reference's own small charts, worked by hand.
    fn hand_computed(&self) -> anyhow::Result<()> {
        let said = tools::stdout(&mut self.script("test_immune_ref.py"))?;
        ensure!(said.contains("assertions hold"), "test_immune_ref.py: {said}");
        Ok(())
    }

    /// What differs must be found: the reference under one option set, the replay example under another.
    fn control(&self) -> anyhow::Result<()> {
        let (chart, _) = self.read(&Chart::Generated("gen.py 1 40".to_owned()))?;
        let theirs = tools::fed(&mut self.script("replay_ref.py -"), &chart)?;
        let ours = tools::fed(Command::new(&self.replay).args(["--format", "csv", "--support", "any", "-"]), &chart)?;
        ensure!(difference(&theirs, &ours).is_some(), "the control's difference is not found");
        let (chart, _) = self.read(&Chart::Generated("gen_immune.py 1 40".to_owned()))?;
        let theirs = tools::fed(&mut self.script("replay_ref.py --immune --gap 720 --age 2880 -"), &chart)?;
        let ours = tools::fed(
            Command::new(&self.replay).args(["--format", "csv", "--immune", "--gap", "721", "--age", "2880", "-"]),
            &chart,
        )?;
        ensure!(difference(&theirs, &ours).is_some(), "the control's difference of a minute is not found");
        Ok(())
    }
}

/// The first line that differs, and how both ended; none if neither does.
fn difference(theirs: &Output, ours: &Output) -> Option<String> {
    if (ours.status.code(), &ours.stdout) == (theirs.status.code(), &theirs.stdout) {
        return None;
    }
    let [a, b] = [theirs, ours].map(|output| String::from_utf8_lossy(&output.stdout) + "(the end)");
    let (a, b) = a.lines().zip(b.lines()).find(|(a, b)| a != b).unwrap_or(("the same", "the same"));
    let ended = |output: &Output| format!("{} {}", output.status, String::from_utf8_lossy(&output.stderr).trim());
    Some(format!("  reference {a}\n            {}\n  replay    {b}\n            {}", ended(theirs), ended(ours)))
}
