//! The SOFA of a stay: each day a bar of organs, lower ends solid, what is still possible striped above them.

use crate::chart::{self, Chart};
use crate::paper::{
    BLUE, FAINT, GREEN, GRID, INK, Look, ORANGE, PURPLE, Paper, Place, SKY, VERMILION, dashed, fill, frame, picture, striped,
    text, text_above, wrapped,
};
use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use endotype::published::{IMMUNOSEP_DAY9, SOFA_2, SOFA_1996, source};
use endotype::{Carried, Course, Endpoint, Error, Event, How, Met, Missing, Organ, Response, Score, SofaRules, Total, Window};
use endotype_pictures::shipped;
use plotters::prelude::{RGBColor, WHITE};
use std::path::PathBuf;

#[derive(Args)]
pub(crate) struct Options {
    /// The patient, by the name in the chart
    #[arg(long, value_name = "NAME")]
    pub(crate) patient: String,
    /// The rule set
    #[arg(long, value_enum, default_value_t = Rules::Sofa1996)]
    pub(crate) rules: Rules,
    /// A chart in the format of REPLAY.md; none is all that ships in tests/data
    #[arg(long, value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Rules {
    #[value(name = "sofa-1996")]
    Sofa1996,
    #[value(name = "sofa-2")]
    Sofa2,
}

/// An edition as the replay takes it.
struct Edition {
    rules: &'static SofaRules,
    how: How,
    /// The trial's is bound to 1996.
    endpoint: Option<&'static Endpoint>,
}

impl Rules {
    const fn edition(self) -> Edition {
        match self {
            Rules::Sofa1996 => Edition { rules: &SOFA_1996, how: How::DEFAULT, endpoint: Some(&IMMUNOSEP_DAY9) },
            Rules::Sofa2 => Edition { rules: &SOFA_2, how: How { missing: Missing::Carry, ..How::DEFAULT }, endpoint: None },
        }
    }
}

/// One day of a stay.
pub(crate) struct Scored {
    pub(crate) score: Score,
    pub(crate) closed: bool,
    pub(crate) response: Option<Response>,
}

/// A stay on its way through the crate.
struct Stay {
    edition: Edition,
    window: Window,
    course: Course<9>,
    carried: Carried,
    days: Vec<Scored>,
}

impl Stay {
    fn take(&mut self, minute: u32, event: &Event) -> Result<(), Error> {
        while minute >= self.window.day_end() {
            self.close_day()?;
        }
        self.window.push(self.edition.rules, minute, event)?;
        if self.window.end().is_some() { self.close_day() } else { Ok(()) }
    }

    fn close_day(&mut self) -> Result<(), Error> {
        let day = self.window.close_day(self.edition.rules)?;
        let score = day.score(self.edition.rules, self.edition.how, self.carried);
        self.carried = score.carried();
        match self.course.push(&score) {
            // Nine days decide the endpoint.
            Ok(()) | Err(Error::CourseFull) => {}
            Err(error) => return Err(error),
        }
        if let Some(end) = self.window.end() {
            self.course.end(end)?;
        }
        self.keep(score, true)
    }

    fn keep(&mut self, score: Score, closed: bool) -> Result<(), Error> {
        let response = self.edition.endpoint.map(|endpoint| endpoint.response(&self.course)).transpose()?;
        self.days.push(Scored { score, closed, response });
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<Scored>, Error> {
        if self.window.end().is_none() {
            let day = self.window.so_far(self.edition.rules)?;
            self.keep(day.score(self.edition.rules, self.edition.how, self.carried), false)?;
        }
        Ok(self.days)
    }
}

/// Every day of a patient, none if the chart has no such patient; whom it has is added to `names`.
fn days(mut chart: Chart, patient: &str, rules: Rules, names: &mut Vec<String>) -> anyhow::Result<Option<Vec<Scored>>> {
    let edition = rules.edition();
    let (window, course) = (Window::new(edition.rules), Course::new(edition.rules.id()));
    let (mut stay, mut found) = (Stay { edition, window, course, carried: Carried::NONE, days: Vec::new() }, false);
    while let Some(line) = chart.next()? {
        if names.last().is_none_or(|name| name != line.patient) {
            names.push(line.patient.to_owned());
        }
        if line.patient == patient {
            let (minute, event) = line.read()?;
            stay.take(minute, &event).map_err(|error| line.refused(error))?;
            found = true;
        }
    }
    Ok(if found { Some(stay.finish()?) } else { None })
}

pub(crate) fn read(options: &Options) -> anyhow::Result<Vec<Scored>> {
    let files = options.file.as_ref().map_or_else(shipped, |file| vec![file.clone()]);
    let mut names = Vec::new();
    for file in &files {
        let name = || file.display().to_string();
        let chart = chart::open(file, None, None).with_context(name)?;
        if let Some(days) = days(chart, &options.patient, options.rules, &mut names).with_context(name)? {
            return Ok(days);
        }
    }
    bail!("no patient `{}`; there are {}", options.patient, names.join(", "))
}

const LEFT: i32 = 78;
const TOP: i32 = 108;
const SLOT: i32 = 48;
const BAR: i32 = 34;
const POINT: i32 = 15;
const BESIDE: i32 = 262;
const STRIPE: i32 = 4;
const SAID: Look = Look { colour: FAINT, ..Look::LEFT };
const FOOTER: Look = Look { size: 12, colour: FAINT, ..Look::LEFT };

/// Dark and light in turn, for print.
const fn colour(organ: Organ) -> RGBColor {
    match organ {
        Organ::Respiration => BLUE,
        Organ::Coagulation => ORANGE,
        Organ::Liver => VERMILION,
        Organ::Cardiovascular => SKY,
        Organ::Brain => GREEN,
        Organ::Renal => PURPLE,
    }
}

fn ends([lo, hi]: [u8; 2]) -> String {
    if lo == hi { lo.to_string() } else { format!("{lo}\u{2013}{hi}") }
}

const fn word(met: Met) -> &'static str {
    match met {
        Met::No => "no",
        Met::Unknown => "unknown",
        Met::Yes => "yes",
    }
}

/// Tenths of a point, as a decimal.
fn tenths(tenths: i32) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// What the endpoint asks of the mean, in tenths: at most this for certain, and at most this possibly.
fn needed(endpoint: &Endpoint, first: Total) -> [i32; 2] {
    first.ends().map(|end| 10 * i32::from(end) - i32::from(endpoint.fall_tenths)).map(|tenths| tenths.max(0))
}

pub(crate) fn draw(options: &Options) -> anyhow::Result<String> {
    let (days, edition) = (read(options)?, options.rules.edition());
    let Some(first) = days.first().map(|day| day.score.total()) else { bail!("a stay of no day") };
    let slots = days.len().max(edition.endpoint.map_or(0, |endpoint| usize::from(endpoint.last))).max(8) as i32;
    let highest = days.iter().map(|day| i32::from(day.score.total().ends()[1])).max().unwrap_or(0);
    // Room for the number above the highest bar.
    let scale = (highest + 5) / 4 * 4;
    let bottom = TOP + scale * POINT;
    let right = LEFT + slots * SLOT;
    let below = bottom + 18 + 19 * if edition.endpoint.is_some() { 4 } else { 3 } + 10;
    let citation = source(edition.rules.id()).map_or("", |source| source.citation);
    let footer = format!("{citation}. Research criteria, not a treatment recommendation.");
    let footer = wrapped(&footer, right + BESIDE - LEFT - 10, FOOTER);
    let height = below + footer.len() as i32 * 16;
    let name = source(edition.rules.id()).map_or("", |source| source.name).to_uppercase();
    let words = format!("{name} of patient {}, day by day; striped: still possible", options.patient);
    picture(((right + BESIDE).cast_unsigned(), height.cast_unsigned()), &words, |paper| {
        text(paper, format!("{name}, patient {}", options.patient), (LEFT, 26), Look { size: 19, bold: true, ..Look::LEFT })?;
        for (line, words) in (0..).zip(wrapped(&said(&days, &edition), right + BESIDE - LEFT - 10, SAID)) {
            text(paper, words, (LEFT, 54 + line * 19), SAID)?;
        }
        for points in (0..=scale).step_by(4) {
            let y = bottom - points * POINT;
            fill(paper, (LEFT, y), (right, y + 1), if points == 0 { INK } else { GRID })?;
            text(paper, points.to_string(), (LEFT - 10, y), Look::RIGHT)?;
        }
        text(paper, "points", (20, (TOP + bottom) / 2), Look { bold: true, upward: true, ..Look::CENTRE })?;
        let left = |at: i32| LEFT + at * SLOT + (SLOT - BAR) / 2;
        for (at, day) in (0..).zip(&days) {
            bar(paper, day, (left(at), bottom))?;
        }
        rows(paper, &days, slots, &edition, bottom)?;
        let line = |tenths: i32| bottom - tenths * POINT / 10;
        // Of what is open both ends.
        let both = |[lo, hi]: [i32; 2]| if lo == hi { vec![lo] } else { vec![lo, hi] };
        for tenths in both(first.ends().map(|end| 10 * i32::from(end))) {
            dashed(paper, (LEFT, line(tenths)), (right, line(tenths)), (9, 5), INK)?;
        }
        if let Some(endpoint) = edition.endpoint {
            let [from, to] = [endpoint.first, endpoint.last].map(|day| LEFT + i32::from(day) * SLOT);
            for tenths in both(needed(endpoint, first)) {
                dashed(paper, (from, line(tenths)), (to, line(tenths)), (3, 3), INK)?;
            }
        }
        for (at, day) in (0..).zip(&days) {
            let [lo, hi] = day.score.total().ends();
            let at = (left(at) + BAR / 2, bottom - i32::from(hi) * POINT - 11);
            text_above(paper, &ends([lo, hi]), at, Look { bold: true, size: 13, ..Look::CENTRE })?;
        }
        legend(paper, (right + 26, TOP + 4), first, &edition)?;
        for (line, words) in (0..).zip(&footer) {
            text(paper, words.as_str(), (LEFT, below + line * 16), FOOTER)?;
        }
        Ok(())
    })
}

/// What the course says to the endpoint, and from which day on.
fn said(days: &[Scored], edition: &Edition) -> String {
    let Some(endpoint) = edition.endpoint else {
        return "The day-9 endpoint is the trial's, on SOFA-1996: none here.".to_owned();
    };
    let responses = || days.iter().filter_map(|day| day.response.as_ref());
    let Some(last) = responses().next_back() else { return String::new() };
    let decided = responses().position(|response| response.met != Met::Unknown);
    let when = match decided {
        Some(at) => format!(", decided by day {}", at + 1),
        None => String::new(),
    };
    let asked = tenths(i32::from(endpoint.fall_tenths));
    let (days, first) = (format!("{} to {}", endpoint.first + 1, endpoint.last), endpoint.first);
    let counts = |days: u8, how: String| if days == 0 { String::new() } else { format!("; {days} days {how}") };
    let dead = counts(last.dead, format!("after death count {} each", endpoint.after_death));
    let carried = counts(last.carried, "not scored count as the last before".to_owned());
    format!("Endpoint (mean of days {days} at least {asked} below day {first}): response {}{when}{dead}{carried}", word(last.met))
}

fn bar(paper: &Paper<'_>, day: &Scored, (x, bottom): Place) -> anyhow::Result<()> {
    let sofa = day.score.sofa();
    let (mut y, mut top) = (bottom, bottom);
    for possible in [false, true] {
        for organ in Organ::ALL {
            let [lo, hi] = sofa.organ(organ).ends().map(i32::from);
            let above = y - POINT * if possible { hi - lo } else { lo };
            if above < y {
                let stripes = [WHITE, colour(organ)];
                striped(paper, (x, above), (x + BAR, y), if possible { &stripes } else { &stripes[1..] }, STRIPE)?;
                fill(paper, (x, above), (x + BAR, above + 1), WHITE)?;
            }
            y = above;
        }
        if possible && y < top {
            frame(paper, (x, y), (x + BAR, top + 1), FAINT)?;
        } else if y < bottom {
            frame(paper, (x, y), (x + BAR, bottom), INK)?;
        }
        top = y;
    }
    Ok(())
}

/// What is said of each day, below it.
fn rows(paper: &Paper<'_>, days: &[Scored], slots: i32, edition: &Edition, bottom: i32) -> anyhow::Result<()> {
    let names = ["day", "closed", "assumed", "response"];
    let shown = if edition.endpoint.is_some() { 4 } else { 3 };
    for (row, name) in (0..).zip(&names[..shown]) {
        let y = bottom + 18 + row * 19;
        let bold = row == 0;
        text(paper, *name, (LEFT - 10, y), Look { size: 13, bold, ..Look::RIGHT })?;
        for at in 0..slots {
            let day = days.get(at as usize);
            let words = match (row, day) {
                (0, _) => (at + 1).to_string(),
                (_, None) => "\u{b7}".to_owned(),
                (1, Some(day)) => if day.closed { "yes" } else { "open" }.to_owned(),
                (2, Some(day)) => day.score.assumed().to_string(),
                (_, Some(day)) => day
                    .response
                    .map_or("", |response| if response.met == Met::Unknown { "?" } else { word(response.met) })
                    .to_owned(),
            };
            let colour = if day.is_some() { INK } else { FAINT };
            let bold = bold || words == "open";
            text(paper, words, (LEFT + at * SLOT + SLOT / 2, y), Look { size: 13, bold, colour, ..Look::CENTRE })?;
        }
    }
    Ok(())
}

fn legend(paper: &Paper<'_>, (x, y): Place, first: Total, edition: &Edition) -> anyhow::Result<()> {
    let mut y = y;
    // As they are stacked.
    let organs = Organ::ALL.into_iter().rev().map(|organ| (vec![colour(organ)], organ.name(), 24));
    let shades = [(vec![FAINT], "certain", 24), (vec![WHITE, FAINT], "still possible", 36)];
    for (colours, words, high) in organs.chain(shades) {
        let to = (x + 26, y + 15);
        striped(paper, (x, y), to, &colours, STRIPE)?;
        frame(paper, (x, y), to, INK)?;
        text(paper, words, (x + 36, y + 8), Look::LEFT)?;
        y += if words == Organ::Respiration.name() { 34 } else { high };
    }
    let mut line = |dash, words: &[String]| -> anyhow::Result<()> {
        dashed(paper, (x, y), (x + 26, y), dash, INK)?;
        for words in words {
            text(paper, words.as_str(), (x + 36, y), Look { size: 13, ..Look::LEFT })?;
            y += 18;
        }
        y += 8;
        Ok(())
    };
    line((9, 5), &[format!("total of day 1: {}", ends(first.ends()))])?;
    if let Some(endpoint) = edition.endpoint {
        let [surely, possibly] = needed(endpoint, first).map(tenths);
        let days = format!("days {}\u{2013}{}: a mean of at", endpoint.first + 1, endpoint.last);
        let words = if surely == possibly {
            vec![days, format!("most {surely} is a response")]
        } else {
            vec![days, format!("most {surely} is a response,"), format!("above {possibly} is none")]
        };
        line((3, 3), &words)?;
    }
    Ok(())
}
