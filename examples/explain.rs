//! Reads the receipts of a device's log, derives each decision again and says it in words, with its source.
//!
//! `cargo run --example replay -- --receipts FILE`, then `cargo run --example explain -- FILE`. A line is a receipt in hex, behind whatever
//! the log says of whose it is. Status 1 if one does not follow.

use anyhow::{Context, bail};
use endotype::published::{IMMUNOSEP, IMMUNOSEP_DAY9, IMMUNOSEP_DAY15, SOFA_2, SOFA_1996, source};
use endotype::quantity::Quantity;
use endotype::{
    Course, Endotype, Endpoint, Error, Infusions, Item, Met, Missing, Organ, Prior, Reading, Receipt, Response, RuleId, SofaRules,
};
use std::process::ExitCode;

fn bytes(hex: &str) -> anyhow::Result<Vec<u8>> {
    let digits = hex.as_bytes();
    if digits.is_empty() || !digits.len().is_multiple_of(2) || !digits.iter().all(u8::is_ascii_hexdigit) {
        bail!("expected a receipt in hex, found `{hex}`");
    }
    Ok(digits.chunks(2).filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect())
}

fn ends<T: PartialEq + std::fmt::Display>([lo, hi]: [T; 2]) -> String {
    if lo == hi { lo.to_string() } else { format!("{lo}..{hi}") }
}

const fn met(met: Met) -> &'static str {
    match met {
        Met::No => "no",
        Met::Unknown => "unknown",
        Met::Yes => "yes",
    }
}

fn by(id: RuleId) -> String {
    match source(id) {
        Some(source) => format!("{} ({})", source.name, source.citation),
        None => format!("a local rule set, {:08x}", id.number()),
    }
}

/// In half-ticks; a half is strictly between two ticks.
fn reading<Q: Quantity>(reading: Reading<Q>) -> String {
    if reading.is_unknown() {
        return format!("{} unknown", Q::NAME);
    }
    let ticks = reading.ends().map(|end| f64::from(end) / 2.0 / f64::from(Q::TICKS));
    format!("{} {} {}", Q::NAME, ends(ticks), Q::UNIT)
}

fn endpoint(endpoint: &Endpoint, course: &Course<15>, response: &Response) -> String {
    let trial = [&IMMUNOSEP_DAY9, &IMMUNOSEP_DAY15].contains(&endpoint);
    let days: Vec<String> = (1..=u32::from(response.days) + 1)
        .map(|day| match course.total(day) {
            Ok(Some(total)) => ends(total.ends()),
            Ok(None) => "gap".to_owned(),
            Err(_) => "-".to_owned(),
        })
        .collect();
    format!(
        "response {}: totals of days {} to {} {}, {} scored, {} carried, {} after death at {} points; {} times the fall is {}, asked is {} tenths{}",
        met(response.met),
        endpoint.first,
        endpoint.last,
        days.join(" "),
        response.scored,
        response.carried,
        response.dead,
        endpoint.after_death,
        response.days,
        ends(response.fall),
        endpoint.fall_tenths,
        if trial { format!("; endpoint of {}", by(IMMUNOSEP.id())) } else { "; a local endpoint".to_owned() }
    )
}

/// The decision in words.
fn words(receipt: &Receipt) -> String {
    match receipt {
        Receipt::Score { day, how, score } => {
            let organ = |organ: Organ| {
                let decided = match day.witness(organ) {
                    Some(witness) if witness.item == Item::Circulation => {
                        format!("circulation in the hour from minute {}", witness.minute)
                    }
                    Some(witness) => format!("{} at minute {}", witness.item.name(), witness.minute),
                    None => "nothing scored".to_owned(),
                };
                let assumed = if score.is_assumed(organ) { ", assumed" } else { "" };
                format!("{} {} ({decided}{assumed})", organ.name(), ends(score.sofa().organ(organ).ends()))
            };
            let missing = match how.missing {
                Missing::Open => "left open",
                Missing::Normal => "taken as normal",
                Missing::Carry => "carried",
            };
            let infusions = if how.infusions == Infusions::Unknown { ", infusions never charted may run" } else { "" };
            format!(
                "day {}{}, total {}: {}; what was not measured is {missing}{infusions}",
                day.number(),
                if day.closed() { "" } else { ", not over" },
                ends(score.total().ends()),
                Organ::ALL.map(organ).join(", ")
            )
        }
        Receipt::Endotype { ferritin, mhla_dr, class, .. } => {
            let classes: Vec<_> = class.classes().map(Endotype::name).collect();
            format!("{}: {}, {}", classes.join(" or "), reading(*ferritin), reading(*mhla_dr))
        }
        Receipt::Endpoint { endpoint: asked, course, response } => endpoint(asked, course, response),
        Receipt::Change { day, from, to, change, .. } => {
            format!("change {} of day {day}: {} from {} of day 1", ends(change.ends()), ends(to.ends()), ends(from.ends()))
        }
        Receipt::Sepsis { day, infusions, total, prior, sepsis, shock } => {
            let before = match prior {
                Prior::Unknown => "unknown".to_owned(),
                Prior::Sofa(before) => before.to_string(),
            };
            format!(
                "day {}: sepsis {}, shock {}: infection {}, emergency admission {}, total {}, before {before}, circulatory part {}",
                day.number(),
                met(*sepsis),
                met(*shock),
                met(day.infection()),
                met(day.emergency()),
                ends(total.ends()),
                met(day.circulatory_shock(*infusions))
            )
        }
    }
}

/// The rule sets that are known here.
const EDITIONS: [&SofaRules; 2] = [&SOFA_1996, &SOFA_2];

/// What is said of a line, and whether it follows.
fn explain(line: &str) -> anyhow::Result<(String, bool)> {
    let (whose, hex) = line.trim().rsplit_once(char::is_whitespace).unwrap_or(("", line.trim()));
    let bytes = bytes(hex)?;
    let (minute, receipt) = match Receipt::from_bytes(&bytes) {
        Ok(read) => read,
        Err(error) => return Ok((format!("{whose}: does not follow: {error}"), false)),
    };
    let edition = EDITIONS.into_iter().find(|edition| edition.id() == receipt.rules()).unwrap_or(&SOFA_1996);
    let (verdict, follows) = match receipt.follows(edition, &IMMUNOSEP) {
        Ok(()) => ("follows", true),
        Err(Error::RulesDiffer) => ("can not be derived: its rules are not known here", false),
        Err(_) => ("does not follow", false),
    };
    Ok((format!("{whose} minute {minute}: {}\n  by {}; {verdict}", words(&receipt), by(receipt.rules())), follows))
}

fn run() -> anyhow::Result<bool> {
    let file = std::env::args().nth(1).context("expected a file of receipts, as `replay --receipts FILE` writes it")?;
    let text = std::fs::read_to_string(&file).with_context(|| file.clone())?;
    let [mut all, mut followed] = [0; 2];
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let (said, follows) = explain(line).with_context(|| format!("{file}: line {}", number + 1))?;
        println!("{said}");
        all += 1;
        followed += u32::from(follows);
    }
    println!("{followed} of {all} follow");
    Ok(followed == all)
}

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("explain: {error:#}");
            ExitCode::from(2)
        }
    }
}
