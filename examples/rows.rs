//! The row format of `conformance/README.md`: a question a line on standard input, its answer on standard output.
//!
//! `cargo run --example rows < conformance/v1/sofa-2.csv`. Rows of a rule set that is not known here are answered `unsupported`.

use anyhow::{Context, bail};
use endotype::published::{IMMUNOSEP, IMMUNOSEP_DAY9, IMMUNOSEP_DAY15, QSOFA, SEPSIS_3, SOFA_2, SOFA_1996};
use endotype::quantity::{Ferritin, Gcs, MhlaDr, RespiratoryRate, Sbp};
use endotype::{
    Carried, Course, Day, End, Endpoint, Event, How, Infusions, Met, Missing, Organ, Prior, Reading, SofaRules, Total, Window,
};
use std::io::Write;

/// All that a row says is of day 2, so that a whole day of urine has room before it.
const MORNING: u32 = 1_440;
/// By then what runs has run for more than an hour.
const LATER: u32 = MORNING + 60;
const EVENING: u32 = 2 * 1_440 - 1;

struct Question {
    rules: String,
    missing: Missing,
    asks: String,
    /// Item and what follows it.
    input: Vec<[String; 2]>,
}

fn ends<T: PartialEq + std::fmt::Display>([lo, hi]: [T; 2]) -> String {
    if lo == hi { lo.to_string() } else { format!("{lo}..{hi}") }
}

fn word(met: Met) -> String {
    match met {
        Met::No => "no",
        Met::Unknown => "unknown",
        Met::Yes => "yes",
    }
    .to_owned()
}

/// A value and its unit; `-` is charted and not known.
fn charted(item: &str, rest: &str) -> anyhow::Result<Event> {
    let (value, unit) = rest.split_once(' ').unwrap_or((rest, ""));
    Event::read(item, unit, if value == "-" { "" } else { value }).with_context(|| format!("{item} {rest}"))
}

impl Question {
    /// The events with their minutes; an item `urine_360min` is what came within the 360 minutes up to the end of the day.
    fn events(&self) -> anyhow::Result<Vec<(u32, Event)>> {
        let mut events = Vec::new();
        for [item, rest] in &self.input {
            if let Some(minutes) = item.strip_prefix("urine_").and_then(|item| item.strip_suffix("min")) {
                let began = EVENING.checked_sub(minutes.parse()?).context("a span of more than two days")?;
                events.push((began, charted("urine", "0 mL")?));
                events.push((EVENING, charted("urine", rest)?));
            } else {
                let minute = match item.as_str() {
                    "urine" => EVENING,
                    "lactate" => LATER,
                    _ => MORNING,
                };
                events.push((minute, charted(item, rest)?));
            }
        }
        events.sort_by_key(|(minute, _)| *minute);
        Ok(events)
    }

    fn day(&self, rules: &'static SofaRules) -> anyhow::Result<Day> {
        let mut window = Window::new(rules);
        let events = self.events()?;
        for (minute, event) in events.iter().filter(|(minute, _)| *minute < MORNING) {
            window.push(rules, *minute, event)?;
        }
        window.close_day(rules)?;
        for (minute, event) in events.iter().filter(|(minute, _)| *minute >= MORNING) {
            window.push(rules, *minute, event)?;
        }
        Ok(window.close_day(rules)?)
    }

    fn scored(&self, rules: &'static SofaRules) -> anyhow::Result<String> {
        let day = self.day(rules)?;
        let how = How { missing: self.missing, infusions: Infusions::Complete };
        let score = day.score(rules, how, Carried::NONE);
        let sepsis = || SEPSIS_3.sepsis(day.infection(), day.emergency(), score.total(), Prior::Unknown);
        Ok(match self.asks.as_str() {
            "total" => ends(score.total().ends()),
            "sepsis" => word(sepsis()),
            "shock" => word(SEPSIS_3.shock(sepsis(), day.circulatory_shock(how.infusions))),
            organ => match Organ::ALL.into_iter().find(|o| o.name() == organ) {
                Some(organ) => ends(score.sofa().organ(organ).ends()),
                None => "unsupported".to_owned(),
            },
        })
    }

    /// `days 9 8..10 - 7 died`: totals from day 1 on, `-` without a visit.
    fn response<const N: usize>(&self, endpoint: &Endpoint) -> anyhow::Result<String> {
        let mut course = Course::<N>::new(SOFA_1996.id());
        let days = self.input.iter().find(|[item, _]| item == "days").context("no days")?;
        for (day, total) in (1..).zip(days[1].split(' ')) {
            match total {
                "died" => course.end(End::Death)?,
                "discharged" => course.end(End::Discharge)?,
                "-" => course.gap(day)?,
                known => {
                    let (lo, hi) = known.split_once("..").unwrap_or((known, known));
                    let totals = (lo.parse::<u32>()?..=hi.parse()?).fold(0, |bits, total| bits | 1 << total);
                    course.push_total(day, Total::from_bits(totals).context("no total")?)?;
                }
            }
        }
        Ok(word(endpoint.response(&course)?.met))
    }

    fn endotype(&self) -> anyhow::Result<String> {
        let (mut ferritin, mut mhla_dr) = (Reading::<Ferritin>::UNKNOWN, Reading::<MhlaDr>::UNKNOWN);
        for (_, event) in self.events()? {
            match event {
                Event::Ferritin(reading) => ferritin = reading,
                Event::MhlaDr(reading) => mhla_dr = reading,
                _ => {}
            }
        }
        let classes: Vec<_> = IMMUNOSEP.classify(ferritin, mhla_dr).classes().map(|class| class.name()).collect();
        Ok(classes.join("/"))
    }

    fn qsofa(&self) -> anyhow::Result<String> {
        let mut rate = Reading::<RespiratoryRate>::UNKNOWN;
        let (mut gcs, mut sbp) = (Reading::<Gcs>::UNKNOWN, Reading::<Sbp>::UNKNOWN);
        for (_, event) in self.events()? {
            match event {
                Event::RespiratoryRate(reading) => rate = reading,
                Event::Gcs(reading) => gcs = reading,
                Event::Sbp(reading) => sbp = reading,
                _ => {}
            }
        }
        Ok(word(QSOFA.screen(rate, gcs, sbp).met))
    }

    fn answer(&self) -> anyhow::Result<String> {
        match (self.rules.as_str(), self.asks.as_str()) {
            ("sofa-1996", "response_day9") => self.response::<9>(&IMMUNOSEP_DAY9),
            ("sofa-1996", "response_day15") => self.response::<15>(&IMMUNOSEP_DAY15),
            ("sofa-1996", _) => self.scored(&SOFA_1996),
            ("sofa-2", _) => self.scored(&SOFA_2),
            ("immunosep", "endotype") => self.endotype(),
            ("qsofa", "qsofa") => self.qsofa(),
            _ => Ok("unsupported".to_owned()),
        }
    }
}

fn main() -> anyhow::Result<()> {
    let mut rows = csv::Reader::from_reader(std::io::stdin().lock());
    let columns = rows.headers()?.clone();
    let at = |name: &str| columns.iter().position(|column| column == name).with_context(|| format!("no column {name}"));
    let [id, rules, missing, asks, input] = [at("id")?, at("rules")?, at("missing")?, at("asks")?, at("input")?];
    let mut out = std::io::stdout().lock();
    writeln!(out, "id,answer")?;
    for row in rows.records() {
        let row = row?;
        let parts = row[input].split("; ").filter(|part| !part.is_empty());
        let question = Question {
            rules: row[rules].to_owned(),
            missing: match &row[missing] {
                "open" => Missing::Open,
                "normal" => Missing::Normal,
                other => bail!("missing `{other}`: expected open or normal"),
            },
            asks: row[asks].to_owned(),
            input: parts
                .map(|part| part.split_once(' ').map_or([part, ""], |(item, rest)| [item, rest]).map(str::to_owned))
                .collect(),
        };
        let answer = question.answer().with_context(|| row[id].to_owned())?;
        writeln!(out, "{},{answer}", &row[id])?;
    }
    Ok(())
}
