//! The vectors of `conformance/` against a program: the examples of the crate, or any other that reads one of the two formats.
//!
//! What is expected comes from `conformance/generate.py`, which is written from the printed tables and knows nothing of the crate.

mod public;

use crate::cohort::{Row, read};
use crate::report::{Outcome, Report};
use crate::tools::{self, root};
use anyhow::{Context, bail, ensure};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::process::Command;

const ROWS: [&str; 4] = ["sofa-1996", "sofa-2", "immunosep", "sepsis-3"];
const COURSES: &str = "courses";
const CHART: &str = "patient,minute,item,value,unit\n";
/// Differing rows that are shown of a clause.
const SHOWN: usize = 8;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Format {
    Rows,
    Replay,
}

impl std::str::FromStr for Format {
    type Err = anyhow::Error;

    fn from_str(name: &str) -> anyhow::Result<Format> {
        match name {
            "rows" => Ok(Format::Rows),
            "replay" => Ok(Format::Replay),
            _ => bail!("--format {name}: expected rows or replay"),
        }
    }
}

impl Format {
    const fn name(self) -> &'static str {
        match self {
            Format::Rows => "rows",
            Format::Replay => "replay",
        }
    }
}

/// What `cargo xtask conformance` was asked for.
#[derive(Default)]
pub(crate) struct Asked {
    pub(crate) program: Option<String>,
    pub(crate) format: Option<Format>,
    pub(crate) short: bool,
    pub(crate) public: bool,
    pub(crate) bless: bool,
}

/// One expectation.
#[derive(Clone)]
struct Vector {
    file: &'static str,
    id: String,
    clause: String,
    source: String,
    label: String,
    /// As a row: rule set, what is missing, what is asked, and the input.
    row: Option<[String; 4]>,
    /// In the replay format: options, day and column.
    cell: Option<[String; 3]>,
    expected: String,
}

impl Vector {
    /// What the answers are known by.
    fn key(&self, format: Format) -> Option<String> {
        match format {
            Format::Rows => self.row.as_ref().map(|_| self.id.clone()),
            Format::Replay => self.cell.as_ref().map(|[_, day, column]| format!("{} {day} {column}", self.id)),
        }
    }

    fn shown(&self) -> String {
        match (&self.row, &self.cell) {
            (Some([rules, missing, asks, input]), _) => format!("{rules}, missing {missing}, {asks} of `{input}`"),
            (None, Some([options, day, column])) => format!("{options}, {column} of day {day}"),
            (None, None) => String::new(),
        }
    }
}

struct Vectors {
    all: Vec<Vector>,
    /// Of each course its lines, as in the replay format.
    charts: HashMap<String, String>,
}

/// A row as a chart: conformance/README.md says so to whoever writes another program.
fn chart(id: &str, input: &str) -> anyhow::Result<String> {
    const EVENING: u32 = 2 * 1_440 - 1;
    // An event of no column, so that a row without any has its day, too.
    let mut lines = vec![(1_440, "covid19,0,".to_owned())];
    for part in input.split("; ").filter(|part| !part.is_empty()) {
        let mut words = part.splitn(3, ' ');
        let [item, value, unit] = [(); 3].map(|()| words.next().unwrap_or_default());
        let event = format!("{item},{},{unit}", if value == "-" { "" } else { value });
        match item.strip_prefix("urine_").and_then(|span| span.strip_suffix("min")) {
            Some(minutes) => {
                let minutes: u32 = minutes.parse()?;
                lines.push((EVENING - minutes, "urine,0,mL".to_owned()));
                lines.push((EVENING, format!("urine,{value},{unit}")));
            }
            None if item == "urine" => lines.push((EVENING, event)),
            None if item == "lactate" => lines.push((1_500, event)),
            None => lines.push((1_440, event)),
        }
    }
    lines.sort_by_key(|(minute, _)| *minute);
    Ok(lines.into_iter().map(|(minute, event)| format!("{id},{minute},{event}\n")).collect())
}

impl Vectors {
    fn read() -> anyhow::Result<Vectors> {
        let folder = root().join("conformance/v1");
        let (mut all, mut charts) = (Vec::new(), HashMap::<String, String>::new());
        let file = |name: &str| read(&folder.join(format!("{name}.csv")));
        for name in ROWS {
            for mut row in file(name)? {
                let mut take = |column: &str| row.remove(column).with_context(|| format!("{name}.csv: no column {column}"));
                let [rules, missing, asks, input] = [take("rules")?, take("missing")?, take("asks")?, take("input")?];
                let id = take("id")?;
                let options = match rules.as_str() {
                    "sofa-1996" | "sofa-2" => Some(format!("--rules {rules} --missing {missing} --last-day closed")),
                    "immunosep" => Some("--rules sofa-1996 --missing open --last-day closed".to_owned()),
                    _ => None,
                };
                // An endpoint from totals has no chart.
                let options = options.filter(|_| !asks.starts_with("response_"));
                if options.is_some() {
                    charts.insert(id.clone(), chart(&id, &input)?);
                }
                all.push(Vector {
                    file: name,
                    id,
                    clause: take("clause")?,
                    source: take("source")?,
                    label: take("label")?,
                    cell: options.map(|options| [options, "2".to_owned(), asks.clone()]),
                    expected: take("expected")?,
                    row: Some([rules, missing, asks, input]),
                });
            }
        }
        for event in file("courses-charts")? {
            let [patient, minute, item, value, unit] = ["patient", "minute", "item", "value", "unit"].map(|name| &event[name]);
            writeln!(charts.entry(patient.clone()).or_default(), "{patient},{minute},{item},{value},{unit}")?;
        }
        for mut row in file(COURSES)? {
            let mut take = |column: &str| row.remove(column).with_context(|| format!("courses.csv: no column {column}"));
            all.push(Vector {
                file: COURSES,
                id: take("id")?,
                clause: take("clause")?,
                source: take("source")?,
                label: take("label")?,
                cell: Some([take("options")?, take("day")?, take("column")?]),
                expected: take("expected")?,
                row: None,
            });
        }
        ensure!(all.len() > 3_000, "{} vectors", all.len());
        Ok(Vectors { all, charts })
    }

    /// What a program answers, by [`Vector::key`].
    fn asked_of(&self, program: &str, format: Format) -> anyhow::Result<HashMap<String, String>> {
        match format {
            Format::Rows => self.rows_of(program),
            Format::Replay => self.days_of(program),
        }
    }

    fn rows_of(&self, program: &str) -> anyhow::Result<HashMap<String, String>> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["id", "rules", "missing", "asks", "input"])?;
        for vector in &self.all {
            if let Some([rules, missing, asks, input]) = &vector.row {
                writer.write_record([&vector.id, rules, missing, asks, input])?;
            }
        }
        let said = said(program, "", &writer.into_inner()?)?;
        let mut answers = HashMap::new();
        for mut row in records(&said)? {
            let id = row.remove("id").context("the program prints no column id")?;
            let answer = row.remove("answer").context("the program prints no column answer")?;
            ensure!(answers.insert(id.clone(), answer).is_none(), "the program answers {id} twice");
        }
        Ok(answers)
    }

    fn days_of(&self, program: &str) -> anyhow::Result<HashMap<String, String>> {
        let mut by_options = BTreeMap::<&str, Vec<&Vector>>::new();
        for vector in &self.all {
            if let Some([options, _, _]) = &vector.cell {
                by_options.entry(options).or_default().push(vector);
            }
        }
        let mut answers = HashMap::new();
        for (options, vectors) in by_options {
            let (mut input, mut last) = (CHART.to_owned(), "");
            for vector in &vectors {
                if vector.id != last {
                    input += self.charts.get(&vector.id).with_context(|| format!("{} has no chart", vector.id))?;
                    last = &vector.id;
                }
            }
            let said = said(program, &format!("{options} --format csv -"), input.as_bytes())?;
            let days: HashMap<(String, String), Row> =
                records(&said)?.into_iter().map(|row| ((row["patient"].clone(), row["day"].clone()), row)).collect();
            for vector in vectors {
                let Some([_, day, column]) = &vector.cell else { continue };
                let found = days.get(&(vector.id.clone(), day.clone())).and_then(|row| row.get(column));
                if let (Some(found), Some(key)) = (found, vector.key(Format::Replay)) {
                    answers.insert(key, found.clone());
                }
            }
        }
        Ok(answers)
    }
}

fn records(said: &str) -> anyhow::Result<Vec<Row>> {
    Ok(csv::Reader::from_reader(said.as_bytes()).deserialize().collect::<Result<_, _>>()?)
}

/// What a program, as a shell takes it, prints.
fn said(program: &str, options: &str, input: &[u8]) -> anyhow::Result<String> {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("{program} {options}")]).current_dir(root());
    let output = tools::fed(&mut shell, input)?;
    ensure!(output.status.success(), "{}\n{program} {options}: {}", String::from_utf8_lossy(&output.stderr), output.status);
    Ok(String::from_utf8(output.stdout)?)
}

/// How one clause went.
#[derive(Default)]
struct Clause<'a> {
    equal: usize,
    unsupported: usize,
    /// With what the program said, if anything.
    differing: Vec<(&'a Vector, Option<&'a str>)>,
}

/// By file and clause, in their order.
fn compare<'a>(
    vectors: &'a [Vector],
    format: Format,
    answers: &'a HashMap<String, String>,
) -> Vec<((&'static str, &'a str), Clause<'a>)> {
    let mut clauses: Vec<((&'static str, &str), Clause<'_>)> = Vec::new();
    let mut places = HashMap::new();
    for vector in vectors {
        let Some(key) = vector.key(format) else { continue };
        let name = (vector.file, vector.clause.as_str());
        let at = *places.entry(name).or_insert_with(|| {
            clauses.push((name, Clause::default()));
            clauses.len() - 1
        });
        let clause = &mut clauses[at].1;
        match answers.get(&key).map(String::as_str) {
            Some("unsupported") => clause.unsupported += 1,
            Some(answer) if answer == vector.expected => clause.equal += 1,
            answer => clause.differing.push((vector, answer)),
        }
    }
    clauses
}

/// Rows that differ, with where each is from.
fn listed(clause: &Clause<'_>) -> String {
    let mut text = String::new();
    for (vector, answer) in clause.differing.iter().take(SHOWN) {
        let answer = answer.unwrap_or("no answer");
        let _ = writeln!(text, "         {}: expected {}, got {answer}: {}", vector.id, vector.expected, vector.shown());
        let _ = writeln!(text, "           {} ({})", vector.source, vector.label);
    }
    if clause.differing.len() > SHOWN {
        let _ = writeln!(text, "         and {} more", clause.differing.len() - SHOWN);
    }
    text
}

/// Of a program that has to answer all.
fn report_on(
    report: &mut Report,
    vectors: &[Vector],
    format: Format,
    answers: &HashMap<String, String>,
    by_clause: bool,
    all: bool,
) {
    let clauses = compare(vectors, format, answers);
    let line = |clauses: &[((&str, &str), Clause<'_>)]| {
        let sum = |count: fn(&Clause<'_>) -> usize| -> usize { clauses.iter().map(|(_, clause)| count(clause)).sum() };
        let (equal, unsupported, differing) =
            (sum(|clause| clause.equal), sum(|clause| clause.unsupported), sum(|clause| clause.differing.len()));
        let list: String = clauses.iter().map(|(_, clause)| listed(clause)).collect();
        ensure!(differing == 0, "{list}{differing} of {} differ", equal + unsupported + differing);
        ensure!(!all || unsupported == 0, "{unsupported} of {} unsupported", equal + unsupported);
        if equal == 0 {
            let clause = clauses.first().map_or("", |((_, clause), _)| clause);
            return Ok(Outcome::Skipped(format!("{clause}: {unsupported} unsupported")));
        }
        let rest = if unsupported > 0 { format!(", {unsupported} unsupported") } else { String::new() };
        Ok(Outcome::Counted(match clauses {
            [((_, clause), _)] => format!("{clause}: {equal} equal{rest}"),
            _ => format!("{equal} equal{rest}, {} clauses", clauses.len()),
        }))
    };
    for file in clauses.chunk_by(|a, b| a.0.0 == b.0.0) {
        let name = format!("{} {}", format.name(), file[0].0.0);
        if by_clause {
            for clause in file {
                report.check(&name, || line(std::slice::from_ref(clause)));
            }
        } else {
            report.check(&format!("vectors {name}"), || line(file));
        }
    }
}

fn generated() -> anyhow::Result<Outcome> {
    let recent = ["-c", "import sys; assert sys.version_info >= (3, 9)"];
    if tools::stdout(Command::new("python3").args(recent)).is_err() {
        return Ok(Outcome::Skipped("no python3 from 3.9 on to run conformance/generate.py".to_owned()));
    }
    let again = root().join("target/conformance/generated");
    std::fs::create_dir_all(&again)?;
    tools::stdout(Command::new("python3").arg("-B").arg(root().join("conformance/generate.py")).arg(&again))?;
    let mut files = 0;
    for entry in std::fs::read_dir(root().join("conformance/v1"))? {
        let path = entry?.path();
        let name = path.file_name().context("no name")?;
        let (kept, made) = (std::fs::read(&path)?, std::fs::read(again.join(name)));
        ensure!(made.is_ok_and(|made| made == kept), "conformance/v1/{} is not what generate.py writes", name.display());
        files += 1;
    }
    ensure!(files == ROWS.len() + 2, "{files} files in conformance/v1");
    Ok(Outcome::Counted(format!("{files} files are what generate.py writes")))
}

/// Each cut-off moved, or made strict the other way, must change what is expected.
fn pinned() -> anyhow::Result<Outcome> {
    let found = tools::stdout(Command::new("python3").arg("-B").arg(root().join("conformance/generate.py")).arg("--pinned"))?;
    Ok(Outcome::Counted(found.trim().to_owned()))
}

/// What differs must be found: one changed expectation of each file, a program that is wrong at one edge, and one that says nothing.
fn controls(vectors: &Vectors, format: Format, program: &str, answers: &HashMap<String, String>) -> anyhow::Result<Outcome> {
    let differing = |vectors: &[Vector], answers: &HashMap<String, String>| -> Vec<String> {
        let clauses = compare(vectors, format, answers);
        clauses.iter().flat_map(|(_, clause)| &clause.differing).map(|(vector, _)| vector.id.clone()).collect()
    };
    let asked = || vectors.all.iter().enumerate().filter(|(_, vector)| vector.key(format).is_some());
    let mut found = 0;
    for file in ROWS.iter().chain(&[COURSES]) {
        let Some((at, _)) = asked().rfind(|(_, vector)| vector.file == *file) else { continue };
        let mut changed = vectors.all.clone();
        changed[at].expected += "?";
        let found_out = differing(&changed, answers);
        ensure!(found_out == [changed[at].id.clone()], "a changed expectation of {file} was not found: {found_out:?}");
        found += 1;
    }
    // 150 10*9/L is the edge where the editions differ.
    let (_, edge) = asked()
        .find(|(_, vector)| {
            vector
                .row
                .as_ref()
                .is_some_and(|row| row[0] == "sofa-2" && row[2] == "coagulation" && row[3] == "platelets 150 10*9/L")
        })
        .context("no vector of platelets at 150")?;
    let wrong = match format {
        Format::Rows => format!("{program} | sed 's/^{},1$/{0},0/'", edge.id),
        Format::Replay => {
            // The fourth field of points: respiration, coagulation.
            format!("wrong() {{ {program} \"$@\" | sed -E 's/^({},2,yes,sofa-2,[^,]*),1,/\\1,0,/'; }}; wrong", edge.id)
        }
    };
    let found_out = differing(&vectors.all, &vectors.asked_of(&wrong, format)?);
    ensure!(found_out == [edge.id.clone()], "a program that is wrong at one edge was not found: {found_out:?}");
    let silent = differing(&vectors.all, &HashMap::new());
    ensure!(silent.len() == asked().count(), "a program that says nothing answered {}", asked().count() - silent.len());
    Ok(Outcome::Counted(format!("{found} changed expectations, a wrong edge and silence are found")))
}

/// The crate's own programs; a line a clause, or a line a file.
fn own(report: &mut Report, by_clause: bool, only: Option<Format>) {
    report.check("vectors generated", generated);
    if by_clause && only.is_none() {
        report.check("vectors pinned", pinned);
    }
    let vectors = match Vectors::read() {
        Ok(vectors) => vectors,
        Err(error) => return report.check("vectors", || Err(error)),
    };
    for (format, name) in [(Format::Rows, "rows"), (Format::Replay, "replay")] {
        if only.is_some_and(|only| only != format) {
            continue;
        }
        let answers = tools::example(name).and_then(|path| {
            let program = format!("'{}'", path.display());
            Ok((vectors.asked_of(&program, format)?, program))
        });
        match answers {
            Ok((answers, program)) => {
                report_on(report, &vectors.all, format, &answers, by_clause, true);
                report.check(&format!("vectors {name} controls"), || controls(&vectors, format, &program, &answers));
            }
            Err(error) => report.check(&format!("vectors {name}"), || Err(error)),
        }
    }
}

/// For CI: the crate against all vectors, with the controls.
pub(crate) fn short(report: &mut Report) {
    own(report, false, None);
}

pub(crate) fn run(report: &mut Report, asked: &Asked) {
    if let Some(program) = &asked.program {
        let format = asked.format.unwrap_or(Format::Rows);
        let answers = Vectors::read().and_then(|vectors| {
            let answers = vectors.asked_of(program, format)?;
            ensure!(answers.values().any(|answer| answer != "unsupported"), "{program}: no row is answered");
            Ok((answers, vectors))
        });
        match answers {
            Ok((answers, vectors)) => report_on(report, &vectors.all, format, &answers, true, false),
            Err(error) => report.check("vectors", || Err(error)),
        }
    } else if asked.short {
        short(report);
    } else if asked.public || asked.bless {
        public::run(report, asked.bless);
    } else {
        own(report, true, asked.format);
    }
}
