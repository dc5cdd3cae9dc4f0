//! Programs of the registries against the vectors, through the adapters in `conformance/adapters`, and `conformance/RESULTS.md`.
//!
//! Every difference has a note here that says whose choice it is; one without a note, or a note without one, fails.

use super::{Clause, Format, Vectors, compare};
use crate::report::{Outcome, Report};
use crate::tools::{self, root};
use anyhow::{Context, ensure};
use std::collections::HashMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(Clone, Copy)]
struct Program<'a> {
    name: &'static str,
    version: &'static str,
    function: &'static str,
    licence: &'static str,
    adapter: &'static str,
    rules: &'static [&'static str],
    notes: &'a [Note],
}

#[derive(Clone, Copy)]
enum Kind {
    /// Their documentation says that it is so.
    Choice,
    /// The papers leave it open.
    Open,
    /// Neither.
    Undocumented,
}

impl Kind {
    const fn said(self) -> &'static str {
        match self {
            Kind::Choice => "their documented choice",
            Kind::Open => "the papers leave it open",
            Kind::Undocumented => "not documented",
        }
    }
}

#[derive(Clone, Copy)]
struct Note {
    clauses: &'static [&'static str],
    kind: Kind,
    text: &'static str,
}

const CONVERTED: &[&str] = &["bilirubin umol/L", "creatinine umol/L", "creatinine in its own column umol/L"];

const PROGRAMS: [Program<'static>; 4] = [
    Program {
        name: "clincalc",
        version: "0.4.0",
        function: "calculate(\"sofa\"), calculate(\"qsofa\")",
        licence: "AGPL-3.0-or-later",
        adapter: "clincalc_rows.py",
        rules: &["sofa-1996", "qsofa"],
        notes: &[Note {
            clauses: CONVERTED,
            kind: Kind::Choice,
            text: "The input schema (`bilirubin_unit`, `creatinine_unit`) says that a value in umol/L is converted to mg/dL, by 17.1 and 88.4, and \
                   scored in that column. The printed columns are not conversions of one another.",
        }],
    },
    Program {
        name: "medcalc-bench",
        version: "1.7.0",
        function: "medcalc.sofa.compute_sofa_explanation",
        licence: "Apache-2.0",
        adapter: "medcalc_bench_rows.py",
        rules: &["sofa-1996"],
        notes: &[
            Note {
                clauses: CONVERTED,
                kind: Kind::Choice,
                text: "The criteria that it prints have mg/dL only, and its explanation says that a value in umol/L is converted by the molar mass. The \
                       printed columns are not conversions of one another.",
            },
            Note {
                clauses: &["map mm[Hg]", "nothing measured, taken as normal", "total", "one organ of six"],
                kind: Kind::Undocumented,
                text: "Its criteria give 0 without hypotension. The branch for dopamine of at most 5 is also taken when no dopamine is given, whose dose is \
                       then 0: 2 points, also beside other drugs.",
            },
            Note {
                clauses: &[
                    "dopamine ug/kg/min",
                    "norepinephrine ug/kg/min",
                    "epinephrine ug/kg/min",
                    "two drugs",
                    "a dose of 0",
                    "a drug and a pressure",
                ],
                kind: Kind::Undocumented,
                text: "Its criteria are the printed ones. The branches are asked from the low doses up, dopamine of at most 5 (0 if not given) first, so that \
                       the rows of 3 and 4 points are mostly not reached; the pressure is asked before dopamine.",
            },
            Note {
                clauses: &["urine mL"],
                kind: Kind::Undocumented,
                text: "Its criteria are the printed ones. Below 500 mL is asked before below 200 mL.",
            },
            Note {
                clauses: &["creatinine and urine"],
                kind: Kind::Undocumented,
                text: "Where both are given neither is scored: each branch asks that the other is not there.",
            },
            Note {
                clauses: &["pao2/fio2 mm[Hg]"],
                kind: Kind::Undocumented,
                text: "Its criteria say 100 to 199. With support a ratio between 199 and 200 is in no branch and scores 0.",
            },
            Note {
                clauses: &["support cpap"],
                kind: Kind::Undocumented,
                text: "Its criteria ask for respiratory support. Below 100 the branch asks for mechanical ventilation alone, so CPAP scores 0.",
            },
        ],
    },
    Program {
        name: "clifpy",
        version: "2.1.0",
        function: "calculate_sofa2 (SOFA-2)",
        licence: "Apache-2.0",
        adapter: "clifpy_sofa2_rows.py",
        rules: &["sofa-2"],
        notes: &[
            Note {
                clauses: &["motor response beside a total"],
                kind: Kind::Choice,
                text: "`SOFA2Config.deprioritize_gcs_motor`: by default total and motor response are both scored and the worse counts; set, the motor response \
                       is asked only without a total, as note d of the paper says.",
            },
            Note {
                clauses: &["sedated, nothing before"],
                kind: Kind::Choice,
                text: "The header of its brain module: no valid GCS and sedation is 0, as note c of the paper says. The vector that differs asks what is open \
                       if nothing is assumed.",
            },
            Note {
                clauses: &["a drug for delirium"],
                kind: Kind::Open,
                text: "Note e: at least 1 point, even with a GCS of 15. Without any GCS it gives no points (null), here read as 0.",
            },
            Note {
                clauses: &["nothing measured"],
                kind: Kind::Undocumented,
                text: "An organ without data is null; the kidney without creatinine and urine is 0.",
            },
            Note {
                clauses: &["criteria of rrt, urine"],
                kind: Kind::Undocumented,
                text: "The header of its kidney module says more than 6 h, as the paper. Its rate over 6 h of observation counts from exactly 6 h on.",
            },
            Note {
                clauses: &["a rate over the weight"],
                kind: Kind::Undocumented,
                text: "A rate per minute is converted by the weight into `med_dose_converted`; the score reads `med_dose`, as charted.",
            },
            Note {
                clauses: &["spo2/fio2"],
                kind: Kind::Undocumented,
                text: "57.6 / 0.48 is 120 exactly, and a little more in binary floating point.",
            },
        ],
    },
    Program {
        name: "clifpy",
        version: "2.1.0",
        function: "compute_sofa_polars (SOFA 1996)",
        licence: "Apache-2.0",
        adapter: "clifpy_sofa_rows.py",
        rules: &["sofa-1996"],
        notes: &[
            Note {
                clauses: &["dopamine ug/kg/min", "norepinephrine ug/kg/min", "epinephrine ug/kg/min", "two drugs", "a dose of 0"],
                kind: Kind::Undocumented,
                text: "A dose of 0, as the end of an infusion may be charted, is at most 0.1 (dopamine: at most 5) and scores as a drug; the action \
                       charted beside it is not read.",
            },
            Note {
                clauses: &["support none", "support oxygen", "support hfnc"],
                kind: Kind::Undocumented,
                text: "A ratio below 200 without respiratory support has no points (null, which its default makes 0); the printed row of 2 points has no \
                       lower end, and without support the rows of 3 and 4 do not apply.",
            },
            Note {
                clauses: &["urine not measured"],
                kind: Kind::Choice,
                text: "Its required categories have no urine: renal is creatinine alone. The vectors ask what is open without it.",
            },
            Note {
                clauses: &["a rate, weight not known"],
                kind: Kind::Undocumented,
                text: "Without a weight the dose is null, and the drug as if it did not run.",
            },
        ],
    },
];

/// A venv under `target/`, made anew whenever what it has to hold changes.
fn installed() -> anyhow::Result<PathBuf> {
    let (venv, wanted) = (root().join("target/conformance/venv"), root().join("conformance/adapters/requirements.txt"));
    let (python, holds) = (venv.join("bin/python"), venv.join("holds.txt"));
    let wanted_text = std::fs::read_to_string(&wanted)?;
    if std::fs::read_to_string(&holds).is_ok_and(|text| text == wanted_text) {
        return Ok(python);
    }
    tools::stdout(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&venv))?;
    tools::stdout(
        Command::new(&python).args(["-m", "pip", "install", "--quiet", "--no-deps", "--only-binary", ":all:", "-r"]).arg(&wanted),
    )?;
    std::fs::write(holds, wanted_text)?;
    Ok(python)
}

/// Of the clauses that the program was asked, those of its rules.
type Clauses<'a> = Vec<((&'static str, &'a str), Clause<'a>)>;

fn smallest(clause: &Clause<'_>) -> String {
    let smallest = clause.differing.iter().min_by_key(|(vector, _)| vector.shown().len());
    smallest.map_or(String::new(), |(vector, answer)| {
        let (input, kept) = vector.row.as_ref().map_or(("", ""), |[_, missing, _, input]| (input.as_str(), missing.as_str()));
        let input = if input.is_empty() { "nothing" } else { input };
        let kept = if kept == "open" { ", what is missing is open" } else { "" };
        format!("`{input}`{kept}: expected {}, got {}", vector.expected, answer.unwrap_or("no answer"))
    })
}

/// On what the expectations rest that the program differs from.
fn labels(clause: &Clause<'_>) -> String {
    let labels: std::collections::BTreeSet<_> = clause.differing.iter().map(|(vector, _)| vector.label.as_str()).collect();
    labels.into_iter().collect::<Vec<_>>().join(", ")
}

/// The program's part of RESULTS.md; an error if a difference has no note, or a note no difference.
fn part(program: &Program<'_>, clauses: &Clauses<'_>) -> anyhow::Result<String> {
    let sum = |count: fn(&Clause<'_>) -> usize| -> usize { clauses.iter().map(|(_, clause)| count(clause)).sum() };
    let (equal, differing, unsupported) =
        (sum(|clause| clause.equal), sum(|clause| clause.differing.len()), sum(|clause| clause.unsupported));
    let mut text = format!(
        "## {} {}, {}\n\n{}, {}; `adapters/{}`. Of {} rows of {}: {equal} equal, {differing} different, {unsupported} not asked (no such input).\n\n",
        program.name,
        program.version,
        program.function,
        "PyPI",
        program.licence,
        program.adapter,
        equal + differing + unsupported,
        program.rules.join(" and "),
    );
    text +=
        "| clause | asked | equal | different | rests on | whose choice | smallest example |\n|---|---|---|---|---|---|---|\n";
    let (mut unexplained, mut used) = (String::new(), Vec::new());
    for ((_, name), clause) in clauses.iter().filter(|(_, clause)| !clause.differing.is_empty()) {
        let note = program.notes.iter().position(|note| note.clauses.contains(name));
        let Some(at) = note else {
            writeln!(unexplained, "         {} {}: {name}: {}", program.name, program.function, smallest(clause))?;
            continue;
        };
        used.push((at, *name));
        writeln!(
            text,
            "| {name} | {} | {} | {} | {} | {} ({}) | {} |",
            clause.equal + clause.differing.len(),
            clause.equal,
            clause.differing.len(),
            labels(clause),
            program.notes[at].kind.said(),
            at + 1,
            smallest(clause)
        )?;
    }
    for (at, note) in program.notes.iter().enumerate() {
        for clause in note.clauses.iter().filter(|clause| !used.contains(&(at, **clause))) {
            writeln!(unexplained, "         {} {}: {clause} no longer differs", program.name, program.function)?;
        }
    }
    ensure!(unexplained.is_empty(), "{unexplained}differences without a note, or notes without a difference");
    text += "\n";
    for (at, note) in program.notes.iter().enumerate() {
        writeln!(text, "{}. {}", at + 1, note.text)?;
    }
    let whole: Vec<_> = clauses.iter().filter(|(_, clause)| clause.differing.is_empty() && clause.equal > 0).collect();
    let names: Vec<_> = whole.iter().map(|((_, name), clause)| format!("{name} ({})", clause.equal)).collect();
    write!(text, "\nEqual in every row asked: {}.\n\n", names.join(", "))?;
    Ok(text)
}

const INTRODUCTION: &str = "\
# Public programs against the vectors

Written by `cargo xtask conformance --public --bless`; without `--bless` the command compares. Programs as their registries have them, with default
settings, called through the adapters beside this file; versions of everything that they install are in `adapters/requirements.txt`.

What is expected follows the printed tables as the vectors cite them. A difference is not by itself an error: where a program's own documentation
says that it does otherwise, it is its choice, and where the papers leave something open, there is more than one right answer. What an expectation rests
on: A the printed table, B second-hand transcriptions, I our own reading of what the papers do not say: who differs there is not wrong by the papers. A
row that a program has no input for is not asked. \"Not documented\" says no more than that we found no statement of it in what the package ships. No program here is a
medical device, and neither is this crate. Corrections are welcome: a row, its source, and what your program says.

";

fn results(python: &Path, vectors: &Vectors) -> anyhow::Result<(String, String)> {
    let (mut text, mut counted) = (INTRODUCTION.to_owned(), Vec::new());
    for program in &PROGRAMS {
        let adapter = root().join("conformance/adapters").join(program.adapter);
        let command = format!("'{}' -B '{}' 2>/dev/null", python.display(), adapter.display());
        let answers: HashMap<String, String> = vectors.asked_of(&command, Format::Rows).with_context(|| program.function)?;
        let asked: Vec<_> = vectors
            .all
            .iter()
            .filter(|vector| {
                vector.row.as_ref().is_some_and(|[rules, _, asks, _]| {
                    program.rules.contains(&rules.as_str())
                        && !asks.starts_with("response_")
                        && !["sepsis", "shock"].contains(&asks.as_str())
                })
            })
            .cloned()
            .collect();
        let clauses = compare(&asked, Format::Rows, &answers);
        text += &part(program, &clauses)?;
        // A difference without a note, and a note without a difference.
        let stray = [&[Note { clauses: &["no such clause"], kind: Kind::Open, text: "" }], program.notes].concat();
        ensure!(part(&Program { notes: &[], ..*program }, &clauses).is_err(), "differences without a note were not found");
        ensure!(part(&Program { notes: &stray, ..*program }, &clauses).is_err(), "a note without a difference was not found");
        let equal: usize = clauses.iter().map(|(_, clause)| clause.equal).sum();
        let differing: usize = clauses.iter().map(|(_, clause)| clause.differing.len()).sum();
        ensure!(equal + differing > 100, "{}: {} rows answered", program.function, equal + differing);
        counted.push(format!("{equal} of {}", equal + differing));
    }
    Ok((text.trim_end().to_owned() + "\n", counted.join(", ")))
}

pub(super) fn run(report: &mut Report, bless: bool) {
    report.check("vectors public", || {
        if tools::stdout(Command::new("python3").args(["-c", "import sys; assert sys.version_info >= (3, 11)"])).is_err() {
            return Ok(Outcome::Skipped("no python3 from 3.11 on to run the public programs".to_owned()));
        }
        let python = match installed() {
            Ok(python) => python,
            Err(error) if bless => return Err(error),
            Err(error) => {
                let error = format!("{error:#}");
                let why = error.lines().find(|line| line.contains("ERROR")).unwrap_or("see pip").to_owned();
                return Ok(Outcome::Skipped(format!("the programs could not be installed: {why}")));
            }
        };
        let (text, counted) = results(&python, &Vectors::read()?)?;
        let path = root().join("conformance/RESULTS.md");
        if bless {
            std::fs::write(&path, &text)?;
        }
        let kept = std::fs::read_to_string(&path).context("conformance/RESULTS.md: write it with --bless")?;
        let differing = kept.lines().zip(text.lines()).find(|(kept, now)| kept != now);
        ensure!(kept == text, "conformance/RESULTS.md is not what was found; the first line that differs:\n  {differing:?}");
        Ok(Outcome::Counted(format!("{counted} rows equal")))
    });
}
