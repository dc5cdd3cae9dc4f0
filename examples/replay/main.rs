//! Charted events in, one decision a day out: `cargo run --release --example replay -- --help`.
//!
//! Input and output: REPLAY.md. A malformed line stops the run with exit status 2.

mod chart;
mod immune;
mod messages;
mod patient;
mod receipts;
mod report;

use anyhow::Context;
use clap::{Parser, ValueEnum};
use endotype::published::{IMMUNOSEP_DAY9, SOFA_2, SOFA_2_MORE, SOFA_1996, source};
use endotype::{Endpoint, How, Infusions, Missing, Prior, SofaRows, SofaRules};
use endotype_formats::Time;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Replays charted events and prints what the crate decides, one line a patient-day.
#[derive(Parser)]
#[command(after_help = "Published research criteria, not a medical device. The ImmunoSep trial showed no mortality benefit.")]
struct Arguments {
    /// CSV with the header `patient,minute,item,value,unit`, .hl7 or .astm, also as .gz; `-` is standard input; none is the extract in tests/data
    file: Option<PathBuf>,
    /// How the file is written [default: by its extension, else csv]
    #[arg(long, value_enum)]
    input: Option<chart::Input>,
    /// Of HL7 and ASTM when every patient's day 1 starts, as 202601150000+0100 [default: midnight before the first result of each]
    #[arg(long, value_name = "TIME")]
    start: Option<String>,
    /// The rule set
    #[arg(long, value_enum, default_value_t = Rules::Sofa1996)]
    rules: Rules,
    /// How to take what was not measured [default: open; of sofa-2 carry, as its footnote b says]
    #[arg(long, value_enum)]
    missing: Option<Unmeasured>,
    /// Whether an infusion that was never charted is not running
    #[arg(long, value_enum, default_value_t = Charting::Complete)]
    infusions: Charting,
    /// Whether the last day is over
    #[arg(long, value_enum, default_value_t = LastDay::Open)]
    last_day: LastDay,
    /// Whether P/F scores 3 and 4 only with respiratory support, or without
    #[arg(long, value_enum, default_value_t = SupportRule::Rule)]
    support: SupportRule,
    /// The SOFA before this illness
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=24))]
    baseline: Option<u8>,
    /// Print only the first N days of each patient
    #[arg(long, value_name = "N")]
    days: Option<u32>,
    /// Write a receipt of each decision, for the example `explain`
    #[arg(long, value_name = "FILE", conflicts_with = "immune")]
    receipts: Option<PathBuf>,
    /// Table by default on a terminal, CSV when piped
    #[arg(long, value_enum)]
    format: Option<Format>,
    #[command(flatten)]
    immune: immune::Options,
}

#[derive(Clone, Copy, ValueEnum)]
enum Rules {
    #[value(name = "sofa-1996")]
    Sofa1996,
    #[value(name = "sofa-2")]
    Sofa2,
    /// A line of each
    Both,
}

#[derive(Clone, Copy, ValueEnum)]
enum Unmeasured {
    /// Any points
    Open,
    /// Normal, counted in `assumed`
    Normal,
    /// As the day before, else normal, counted in `assumed`
    Carry,
}

#[derive(Clone, Copy, ValueEnum)]
enum Charting {
    Complete,
    Unknown,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum LastDay {
    Open,
    Closed,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum SupportRule {
    Rule,
    Any,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    Table,
    Csv,
}

/// SOFA-1996 with P/F scored 3 and 4 without support, as some registries do: a rule set of its own, with an id of its own.
static ANY_SUPPORT_ROWS: SofaRows = SofaRows { unsupported: 4, ..*SOFA_1996.rows() };
static ANY_SUPPORT: SofaRules = SofaRules::new(&ANY_SUPPORT_ROWS);

static ANY_SUPPORT_2_ROWS: SofaRows = SofaRows { unsupported: 4, ..*SOFA_2.rows() };
static ANY_SUPPORT_2: SofaRules = SofaRules::second(&ANY_SUPPORT_2_ROWS, &SOFA_2_MORE);

/// An edition as the run asks for it.
struct Edition {
    rules: &'static SofaRules,
    /// With --support any its rows are not quite the printed ones.
    name: &'static str,
    /// The trial's is bound to 1996.
    endpoint: Option<Endpoint>,
    how: How,
}

impl Edition {
    fn first(arguments: &Arguments) -> Edition {
        let rules = if arguments.support == SupportRule::Any { &ANY_SUPPORT } else { &SOFA_1996 };
        // With --support any it is the endpoint of a local rule set, which the published one would refuse.
        let endpoint = Some(Endpoint { rules: rules.id(), ..IMMUNOSEP_DAY9 });
        Edition { rules, name: name(&SOFA_1996), endpoint, how: arguments.how(Unmeasured::Open) }
    }

    fn second(arguments: &Arguments) -> Edition {
        let rules = if arguments.support == SupportRule::Any { &ANY_SUPPORT_2 } else { &SOFA_2 };
        Edition { rules, name: name(&SOFA_2), endpoint: None, how: arguments.how(Unmeasured::Carry) }
    }
}

fn name(rules: &SofaRules) -> &'static str {
    source(rules.id()).map_or("", |source| source.name)
}

/// What the run was asked for, in the crate's words.
struct Settings {
    editions: Vec<Edition>,
    prior: Prior,
    last_day_closed: bool,
    days: u32,
    /// Serial markers in place of SOFA.
    immune: Option<immune::Followed>,
    receipts: Option<receipts::Receipts>,
}

impl Arguments {
    fn how(&self, otherwise: Unmeasured) -> How {
        How {
            missing: match self.missing.unwrap_or(otherwise) {
                Unmeasured::Open => Missing::Open,
                Unmeasured::Normal => Missing::Normal,
                Unmeasured::Carry => Missing::Carry,
            },
            infusions: match self.infusions {
                Charting::Complete => Infusions::Complete,
                Charting::Unknown => Infusions::Unknown,
            },
        }
    }
}

impl Settings {
    fn of(arguments: &Arguments) -> anyhow::Result<Settings> {
        Ok(Settings {
            editions: match arguments.rules {
                Rules::Sofa1996 => vec![Edition::first(arguments)],
                Rules::Sofa2 => vec![Edition::second(arguments)],
                Rules::Both => vec![Edition::first(arguments), Edition::second(arguments)],
            },
            prior: arguments.baseline.map_or(Prior::Unknown, Prior::Sofa),
            last_day_closed: arguments.last_day == LastDay::Closed,
            days: arguments.days.unwrap_or(u32::MAX),
            immune: arguments.immune.followed()?,
            receipts: arguments.receipts.as_deref().map(receipts::Receipts::create).transpose()?,
        })
    }
}

/// What ships with the project: real stays, then made-up courses of the markers that no public data set has.
const SHIPPED: [&str; 2] = ["tests/data/mimic-iv-demo-stays.csv", "tests/data/made-up-markers.csv"];

fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let settings = Settings::of(arguments)?;
    let piped = !std::io::stdout().is_terminal();
    let format = arguments.format.unwrap_or(if piped { Format::Csv } else { Format::Table });
    let mut report = report::Report::new(format == Format::Csv, settings.editions.len() > 1, settings.immune.is_some())?;
    let start = arguments.start.as_deref().map(|start| Time::read(start.as_bytes())).transpose().context("--start")?;
    let mut replay = |file: &Path| {
        let name = file.display().to_string();
        let chart = chart::open(file, arguments.input, start).with_context(|| name.clone())?;
        patient::replay(chart, &settings, &mut report).context(name)
    };
    let outcome = match &arguments.file {
        Some(file) => replay(file),
        None => SHIPPED.iter().try_for_each(|file| {
            replay(&Path::new(env!("CARGO_MANIFEST_DIR")).join(file))
                .context("without FILE this runs the extract that ships in the project's repository")
        }),
    };
    report.finish()?;
    outcome
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("replay: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// `replay | head` ends without a complaint.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let io = |kind| kind == std::io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|e| io(e.kind()))
            || matches!(cause.downcast_ref::<csv::Error>().map(csv::Error::kind), Some(csv::ErrorKind::Io(e)) if io(e.kind()))
    })
}
