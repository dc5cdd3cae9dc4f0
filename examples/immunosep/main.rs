//! The ImmunoSep trial's own arithmetic from its counts: `cargo run --release --example immunosep`.
//!
//! Every figure is computed, rounded as the published one is and compared with it. One that differs without a known reason, or a
//! known reason where nothing differs, is exit status 2.

mod counts;
mod rounding;
mod statistics;

use clap::Parser;
use comfy_table::{Cell, CellAlignment, ColumnConstraint, Table, Width, presets};
use counts::{Instead, Line, Outcome};
use statistics::Two;
use std::fmt::Write as _;
use std::io::{ErrorKind, Write as _};
use std::process::ExitCode;

/// Recomputes the published figures of the ImmunoSep trial from its counts.
#[derive(Parser)]
#[command(after_help = "Published research criteria, not a medical device. The ImmunoSep trial showed no mortality benefit.")]
struct Arguments {
    /// Take another count for one of the trial's, to see that it is found out, e.g. `--instead 46/131 45/131`
    #[arg(long, num_args = 2, value_names = ["COUNT", "OTHER"])]
    instead: Option<Vec<statistics::Count>>,
}

fn table(header: &[&str], right: &[usize]) -> Table {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_header(header);
    for &column in right {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

/// What is said in full is wrapped, so that the figures beside it stay on a screen.
fn wrapped(table: &mut Table, column: usize) {
    if let Some(column) = table.column_mut(column) {
        column.set_constraint(ColumnConstraint::UpperBoundary(Width::Fixed(46)));
    }
}

fn outcomes(instead: Instead, wrong: &mut Vec<String>) -> Table {
    let header = ["outcome, matched arm vs placebo", "", "%", "difference (95 %)", "P", "odds ratio (95 %)", "verdict"];
    let mut table = table(&header, &[]);
    wrapped(&mut table, 6);
    for outcome in counts::OUTCOMES {
        let two = instead.of(outcome);
        let figures = two.figures();
        let [computed, published] = [outcome.computed(&figures), outcome.published()];
        let pair = computed.iter().zip(&published).map(|(computed, published)| Cell::new(format!("{computed}\n{published}")));
        let outcome_cell = Cell::new(format!("{}\n{two} [{}]", outcome.name, outcome.evidence));
        let verdict = Cell::new(outcome.verdict(&figures, wrong));
        table.add_row([outcome_cell, Cell::new("computed\npublished")].into_iter().chain(pair).chain([verdict]));
    }
    table
}

fn intervals(two: Two, outcome: &Outcome, wrong: &mut Vec<String>) -> Table {
    let mut table = table(&["interval (95 %)", "computed", "published", "verdict"], &[1, 2]);
    let published = outcome.interval();
    for (method, interval, is_the_published) in [
        ("Newcombe's hybrid score, no continuity correction", two.newcombe(), true),
        ("Wald", two.wald(), false),
        ("Agresti-Caffo", two.agresti_caffo(), false),
        ("Miettinen-Nurminen", two.miettinen_nurminen(), false),
    ] {
        let fits = published.iter().zip(interval).all(|(published, computed)| published.equals(100.0 * computed));
        if fits != is_the_published {
            wrong.push(format!("{method}: {} the published interval", if fits { "fits" } else { "does not fit" }));
        }
        let [lo, hi] = interval.map(|end| format!("{:.2}", 100.0 * end));
        let published = format!("{} to {}", published[0], published[1]);
        table.add_row([method, &format!("{lo} to {hi}"), &published, if fits { "matches" } else { "does not fit" }]);
    }
    table
}

fn lines(instead: Instead, wrong: &mut Vec<String>) -> Table {
    let mut table = table(&["participants", "computed", "published", "verdict"], &[1, 2]);
    for Line { name, computed, published, evidence } in counts::lines(instead) {
        let verdict = published.verdict(&name, computed, wrong);
        let computed = if computed.fract() == 0.0 { format!("{computed}") } else { format!("{computed:.2}") };
        table.add_row([format!("{name} [{evidence}]"), computed, published.to_string(), verdict]);
    }
    table
}

fn roundings() -> anyhow::Result<Table> {
    let header = ["endpoint", "pairs", "respond", "once rounded", "false responders", "falls of these"];
    let mut table = table(&header, &[1, 2, 3, 4]);
    for (name, endpoint) in rounding::ENDPOINTS {
        let count = rounding::count(endpoint)?;
        let falls: Vec<_> = count
            .falls
            .iter()
            .map(|&fall| {
                let mean = f64::from(fall) / f64::from(count.days);
                format!("{fall}/{} = {mean:.3}, prints as {mean:.1}", count.days)
            })
            .collect();
        let [pairs, exact, rounded] = [count.pairs, count.exact, count.rounded].map(|n| n.to_string());
        table.add_row([name.to_owned(), pairs, exact, rounded, count.wrong.to_string(), falls.join("; ")]);
    }
    Ok(table)
}

/// A row of deaths in a line; an interval without 0 would belie what is said of it.
fn deaths(instead: Instead, outcome: &Outcome, wrong: &mut Vec<String>) -> String {
    let two = instead.of(outcome);
    let [lo, hi] = two.newcombe();
    if 0.0 < lo || hi < 0.0 {
        wrong.push(format!("{}: the interval of the difference does not hold 0", outcome.name));
    }
    format!("{} {two}: {} points", outcome.name, outcome.computed(&two.figures())[1])
}

/// The whole text, and what is wrong in it.
fn text(instead: Instead) -> anyhow::Result<(String, Vec<String>)> {
    let (mut out, mut wrong) = (String::new(), Vec::new());
    writeln!(
        out,
        "ImmunoSep (JAMA 2025, doi 10.1001/jama.2025.24175, NCT04990232): its arithmetic from its counts.\n\n\
         1. Outcomes. Newcombe's hybrid score interval without continuity correction, Fisher's exact test (two-sided), odds\n\
         ratio with Wald's interval on the log. Compared once rounded as published: P = .0015 is .002.\n\n{}\n",
        outcomes(instead, &mut wrong).trim_fmt()
    )?;
    writeln!(out, "The primary difference by other methods, in points:\n")?;
    writeln!(out, "{}\n", intervals(instead.of(&counts::PRIMARY), &counts::PRIMARY, &mut wrong).trim_fmt())?;
    writeln!(out, "2. Participants.\n\n{}\n", lines(instead, &mut wrong).trim_fmt())?;
    writeln!(
        out,
        "3. Rounding before comparing. Of every SOFA of day 1 (0 to 24) with every sum of the days behind it: those that\n\
         respond, as the crate decides in whole numbers, and those that would if the fall were first rounded to 0.1, half away\n\
         from zero, then compared with 1.4 [B]. Pairs, not patients.\n\n{}\n",
        roundings()?.trim_fmt()
    )?;
    writeln!(
        out,
        "Evidence, as the project's facts mark it: A registry or abstract; B second-hand from protocol, statistical plan or\n\
         supplement; A/B one of the two, not said which. not printed, or ?: no printed figure is in the facts.\n"
    )?;
    let [early, late] = [&counts::DEATH_28, &counts::DEATH_90].map(|outcome| deaths(instead, outcome, &mut wrong));
    writeln!(
        out,
        "The trial showed no mortality benefit, both intervals hold 0:\n{early};\n{late}.\n\
         Published research criteria, not a medical device."
    )?;
    Ok((out, wrong))
}

fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let (text, wrong) = text(Instead::new(arguments.instead.as_deref())?)?;
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        // `immunosep | head` ends without a complaint.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => return Err(error.into()),
        _ => {}
    }
    anyhow::ensure!(wrong.is_empty(), "{}", wrong.join("\nimmunosep: "));
    Ok(())
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("immunosep: {error:#}");
            ExitCode::from(2)
        }
    }
}
