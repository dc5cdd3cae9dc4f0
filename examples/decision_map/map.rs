//! The plane of the two markers: of each pixel its reading, of each reading the crate's answer.

use crate::paper::{
    FAINT, GREY, INK, Look, Paper, Place, SKY, VERMILION, dashed, fill, frame, grouped, picture, striped, text, wrapped,
};
use anyhow::{Context, bail, ensure};
use clap::Args;
use endotype::published::{IMMUNOSEP, source};
use endotype::quantity::{Ferritin, MhlaDr, Quantity};
use endotype::{Amount, Classification, Criteria, Cutoff, Endotype, Imprecision, Reading};
use plotters::prelude::RGBColor;

#[derive(Args, Default)]
pub(crate) struct Options {
    /// Coefficient of variation of the ferritin assay in per cent, as 8
    #[arg(long, value_name = "PERCENT", requires = "k")]
    pub(crate) cv_ferritin: Option<String>,
    /// Coefficient of variation of the HLA-DR assay in per cent, as 15
    #[arg(long, value_name = "PERCENT", requires = "k")]
    pub(crate) cv_hla_dr: Option<String>,
    /// Coverage factor, as 1.96
    #[arg(long, value_name = "K")]
    pub(crate) k: Option<String>,
    /// What the ferritin analyser reports in ng/mL, as 10..2000; beyond it reads <10, >2000
    #[arg(long, value_name = "LOW..HIGH")]
    pub(crate) ferritin_range: Option<String>,
    /// What the HLA-DR assay reports in antibodies a cell, as 1000..30000
    #[arg(long, value_name = "LOW..HIGH")]
    pub(crate) hla_dr_range: Option<String>,
}

/// A logarithmic axis, as both markers are spread: its ends and its pixels.
pub(crate) struct Axis {
    ends: [f64; 2],
    pub(crate) pixels: u32,
    words: &'static str,
}

pub(crate) const FERRITIN: Axis = Axis { ends: [100.0, 100_000.0], pixels: 300, words: "ferritin, ng/mL" };
pub(crate) const MHLA_DR: Axis = Axis { ends: [500.0, 50_000.0], pixels: 300, words: "monocyte HLA-DR, antibodies a cell" };

impl Axis {
    /// The value at a place between 0, the low end, and the number of pixels.
    pub(crate) fn value(&self, at: f64) -> f64 {
        let [low, high] = self.ends.map(f64::ln);
        (low + (high - low) * at / f64::from(self.pixels)).exp()
    }

    /// The place of a value, none beyond the ends.
    fn place(&self, value: f64) -> Option<i32> {
        let [low, high] = self.ends.map(f64::ln);
        let at = (value.ln() - low) / (high - low);
        (0.0..=1.0).contains(&at).then(|| (at * f64::from(self.pixels)).round() as i32)
    }

    /// What the analyser reports of the value in the middle of each pixel, from the low end.
    fn readings<Q: Quantity>(&self, range: Option<Range>) -> anyhow::Result<Vec<Reading<Q>>> {
        let reading = |pixel| reported((self.value(f64::from(pixel) + 0.5) * f64::from(Q::TICKS)).round() as u32, range);
        (0..self.pixels).map(|pixel| Ok(reading(pixel)?)).collect()
    }

    /// Decades as numbers, 2 and 5 as ticks between them.
    fn ticks(&self) -> impl Iterator<Item = (i32, Option<f64>)> {
        let steps = (1..=6).flat_map(|decade| [1.0, 2.0, 5.0].map(|step| (step, step * 10_f64.powi(decade))));
        steps.filter_map(|(step, value)| Some((self.place(value)?, (step != 2.0).then_some(value))))
    }
}

/// What an analyser reports, in ticks.
pub(crate) type Range = [u32; 2];

/// A value as the analyser reports it: itself, or beyond its range.
pub(crate) fn reported<Q: Quantity>(ticks: u32, range: Option<Range>) -> Result<Reading<Q>, endotype::Error> {
    match range {
        Some([low, _]) if ticks < low => Reading::below(Amount::Ticks(low)),
        Some([_, high]) if ticks > high => Reading::above(Amount::Ticks(high)),
        _ => Reading::exact(Amount::Ticks(ticks)),
    }
}

fn range<Q: Quantity>(option: &str, words: Option<&str>) -> anyhow::Result<Option<Range>> {
    let Some(words) = words else { return Ok(None) };
    let reading = Reading::<Q>::read(words).with_context(|| format!("{option} {words}: expected LOW..HIGH in {}", Q::UNIT))?;
    let [low, high] = reading.ends();
    ensure!(words.contains("..") && low < high && (low | high) & 1 == 0, "{option} {words}: expected LOW..HIGH in {}", Q::UNIT);
    Ok(Some([low, high].map(|end| (end >> 1).cast_unsigned())))
}

/// A number with at most `decimals` decimals, times ten to that power.
fn scaled(option: &str, words: &str, decimals: usize) -> anyhow::Result<u16> {
    let (whole, rest) = words.split_once('.').unwrap_or((words, ""));
    let digits = format!("{whole}{rest:0<decimals$}");
    let number = digits.bytes().all(|digit| digit.is_ascii_digit()) && rest.len() <= decimals && !whole.is_empty();
    match digits.parse() {
        Ok(scaled) if number => Ok(scaled),
        _ => bail!("{option} {words}: expected a number with at most {decimals} decimals"),
    }
}

fn imprecision<Q: Quantity>(option: &str, cv: Option<&str>, k: Option<&str>) -> anyhow::Result<Imprecision<Q>> {
    let (Some(cv), Some(k)) = (cv, k) else { return Ok(Imprecision::new(0, Amount::Ticks(0), 0)) };
    let (per_mille, coverage) = (scaled(option, cv, 1)?, scaled("--k", k, 2)?);
    ensure!(u32::from(per_mille) * u32::from(coverage) < 100_000, "{option} {cv} times --k {k}: as wide as the value itself");
    Ok(Imprecision::new(per_mille, Amount::Ticks(0), coverage))
}

/// The classes that are possible, bit by bit in the order of [`Endotype::ALL`].
pub(crate) type Set = u8;

fn set(class: Classification) -> Set {
    class.classes().fold(0, |set, class| set | 1 << class as u8)
}

pub(crate) fn members(set: Set) -> impl Iterator<Item = Endotype> {
    Endotype::ALL.into_iter().filter(move |&class| set >> class as u8 & 1 == 1)
}

pub(crate) const fn colour(class: Endotype) -> RGBColor {
    match class {
        Endotype::Mals => VERMILION,
        Endotype::Immunoparalysis => SKY,
        Endotype::Unclassified => GREY,
    }
}

/// What one panel shows.
pub(crate) struct Panel {
    title: &'static str,
    note: String,
    pub(crate) criteria: Criteria,
    pub(crate) ranges: (Option<Range>, Option<Range>),
}

/// Each panel adds one thing to the one before it.
pub(crate) fn panels(options: &Options) -> anyhow::Result<Vec<Panel>> {
    let k = options.k.as_deref();
    let ferritin = imprecision("--cv-ferritin", options.cv_ferritin.as_deref(), k)?;
    let mhla_dr = imprecision("--cv-hla-dr", options.cv_hla_dr.as_deref(), k)?;
    let ranges = (
        range::<Ferritin>("--ferritin-range", options.ferritin_range.as_deref())?,
        range::<MhlaDr>("--hla-dr-range", options.hla_dr_range.as_deref())?,
    );
    let plain = Panel { title: "As published", note: "exact readings".to_owned(), criteria: IMMUNOSEP, ranges: (None, None) };
    let mut panels = vec![plain];
    let guarded = IMMUNOSEP.guarded(ferritin, mhla_dr);
    if guarded.id() != IMMUNOSEP.id() {
        let cv = |cv: &Option<String>| cv.clone().unwrap_or_else(|| "0".to_owned());
        let note =
            format!("CV: ferritin {} %, HLA-DR {} %; k {}", cv(&options.cv_ferritin), cv(&options.cv_hla_dr), k.unwrap_or("0"));
        panels.push(Panel { title: "With guard bands", note, criteria: guarded, ranges: (None, None) });
    }
    if ranges != (None, None) {
        let title = if panels.len() > 1 { "... and the analysers' ranges" } else { "With the analysers' ranges" };
        let note = "beyond them a reading is censored".to_owned();
        panels.push(Panel { title, note, criteria: guarded, ranges });
    }
    Ok(panels)
}

impl Panel {
    /// Row by row from the top, one evaluation a pixel.
    pub(crate) fn sets(&self) -> anyhow::Result<Vec<Vec<Set>>> {
        let ferritin = FERRITIN.readings::<Ferritin>(self.ranges.0)?;
        let mhla_dr = MHLA_DR.readings::<MhlaDr>(self.ranges.1)?;
        let row = |&mhla_dr: &_| ferritin.iter().map(|&ferritin| set(self.criteria.classify(ferritin, mhla_dr))).collect();
        Ok(mhla_dr.iter().rev().map(row).collect())
    }
}

/// The same pixels as few rectangles: runs of a row, as long as the next row has them, too.
pub(crate) fn rectangles(sets: &[Vec<Set>]) -> Vec<(Place, Place, Set)> {
    let (mut done, mut growing): (Vec<_>, Vec<(Place, Place, Set)>) = (Vec::new(), Vec::new());
    for (y, row) in (0..).zip(sets) {
        let (mut runs, mut x) = (Vec::new(), 0);
        for run in row.chunk_by(|a, b| a == b) {
            let end = x + run.len() as i32;
            let above = growing.iter().position(|&(from, to, set)| (from.0, to.0, set) == (x, end, run[0]));
            let from = above.map_or((x, y), |above| growing.swap_remove(above).0);
            runs.push((from, (end, y + 1), run[0]));
            x = end;
        }
        done.append(&mut growing);
        growing = runs;
    }
    done.append(&mut growing);
    done
}

/// Where a set changes into another: lines between pixels.
fn borders(rectangles: &[(Place, Place, Set)]) -> Vec<(Place, Place)> {
    let mut lines = Vec::new();
    for &(from, to, set) in rectangles {
        for &(other_from, other_to, other) in rectangles {
            let (top, bottom) = (from.1.max(other_from.1), to.1.min(other_to.1));
            let (left, right) = (from.0.max(other_from.0), to.0.min(other_to.0));
            if set != other && to.0 == other_from.0 && top < bottom {
                lines.push(((to.0, top), (to.0, bottom)));
            }
            if set != other && to.1 == other_from.1 && left < right {
                lines.push(((left, to.1), (right, to.1)));
            }
        }
    }
    lines
}

/// Where a cut-off, or a half of its guard band, lies, and in words: from the row.
pub(crate) fn edges<Q: Quantity>(cutoff: Cutoff<Q>) -> Vec<(f64, String)> {
    let [last, first] = cutoff.edge();
    let falls = first < last;
    let amount = |half_ticks: i32| f64::from(half_ticks) / f64::from(2 * Q::TICKS);
    if last.abs_diff(first) > 1 {
        let mut band = [amount(last), amount(first)];
        band.sort_by(f64::total_cmp);
        return band.iter().map(|&value| (value, grouped(&format!("{value:.0}")))).collect();
    }
    // The odd half-tick lies behind the amount that is printed.
    let (strict, on) = if first & 1 == 1 { (true, last) } else { (false, first) };
    let sign = match (falls, strict) {
        (true, true) => "<",
        (true, false) => "<=",
        (false, true) => ">",
        (false, false) => ">=",
    };
    vec![(amount(on), format!("{sign} {}", grouped(&amount(on).to_string())))]
}

/// The ends of a range that lie on the axis, and how a value beyond them reads.
fn limits<Q: Quantity>(range: Option<Range>) -> Vec<(f64, String)> {
    let ends = range.into_iter().flat_map(|[low, high]| [(low, "<"), (high, ">")]);
    let amount = |ticks| f64::from(ticks) / f64::from(Q::TICKS);
    ends.map(|(ticks, sign)| (amount(ticks), format!("{sign}{}", grouped(&amount(ticks).to_string())))).collect()
}

const LEFT: i32 = 88;
const TOP: i32 = 92;
const GAP: i32 = 96;
const BELOW: i32 = 66;
const LINE: i32 = 27;
const SWATCH: Place = (34, 17);
const STRIPE: i32 = 7;

pub(crate) fn draw(options: &Options) -> anyhow::Result<String> {
    draw_panels(&panels(options)?)
}

/// Where a panel's plane begins.
pub(crate) fn corner(panel: usize) -> Place {
    (LEFT + panel as i32 * (FERRITIN.pixels as i32 + GAP), TOP)
}

/// All of it, as SVG.
pub(crate) fn draw_panels(panels: &[Panel]) -> anyhow::Result<String> {
    let planes = panels.iter().map(Panel::sets).collect::<anyhow::Result<Vec<_>>>()?;
    let published = borders(&rectangles(&planes[0]));
    let width = corner(panels.len()).0;
    let mut shown: Vec<Set> = planes.iter().flatten().flatten().copied().collect();
    shown.sort_by_key(|set| (set.count_ones(), *set));
    shown.dedup();
    let column = if panels.len() > 1 { 290 } else { 190 };
    let bottom = TOP + MHLA_DR.pixels as i32 + BELOW;
    let legend = legend(&shown, column, (width - LEFT) / column);
    let last = legend.iter().map(|(_, at)| at.1).max().unwrap_or(0);
    let below = bottom + last + LINE + 16;
    let source = source(IMMUNOSEP.id()).map_or("", |source| source.citation);
    let footer = wrapped(&format!("{source}. Research criteria, not a treatment recommendation."), width - LEFT - 10, FOOTER);
    let height = below + footer.len() as i32 * 16;
    let words = "ImmunoSep endotypes by ferritin and monocyte HLA-DR; striped where several classes are still possible";
    picture((width.cast_unsigned(), height.cast_unsigned()), words, |paper| {
        for (at, (panel, plane)) in panels.iter().zip(&planes).enumerate() {
            draw_panel(paper, panel, corner(at), &rectangles(plane), &published)?;
            scales(paper, corner(at), at == 0)?;
        }
        for (set, at) in &legend {
            let at = (LEFT + at.0, bottom + at.1);
            match set {
                Some(set) => swatch(paper, *set, at)?,
                None => {
                    let y = at.1 + SWATCH.1 / 2;
                    dashed(paper, (at.0, y), (at.0 + SWATCH.0, y), DASH, INK)?;
                    text(paper, "published cut-offs", (at.0 + SWATCH.0 + 8, y), Look::LEFT)?;
                }
            }
        }
        for (line, words) in (0..).zip(&footer) {
            text(paper, words.as_str(), (LEFT, below + line * 16), FOOTER)?;
        }
        Ok(())
    })
}

const FOOTER: Look = Look { size: 12, colour: FAINT, ..Look::LEFT };
const DASH: (i32, i32) = (7, 5);

/// Of each set its place, decided classes first, what is open below; none is the published border.
fn legend(sets: &[Set], wide: i32, columns: i32) -> Vec<(Option<Set>, Place)> {
    let (decided, open): (Vec<Set>, Vec<Set>) = sets.iter().partition(|set| set.count_ones() == 1);
    let (mut places, mut line) = (Vec::new(), 0);
    for group in [decided.into_iter().map(Some).chain([None]).collect(), open.into_iter().map(Some).collect::<Vec<_>>()] {
        for entries in group.chunks(columns as usize) {
            places.extend((0..).zip(entries).map(|(column, &set)| (set, (column * wide, line * LINE))));
            line += 1;
        }
    }
    places
}

fn swatch(paper: &Paper<'_>, set: Set, at: Place) -> anyhow::Result<()> {
    let colours: Vec<_> = members(set).map(colour).collect();
    let to = (at.0 + SWATCH.0, at.1 + SWATCH.1);
    striped(paper, at, to, &colours, STRIPE)?;
    frame(paper, at, to, INK)?;
    let words = match colours.len() {
        3 => "any of the three".to_owned(),
        _ => members(set).map(Endotype::name).collect::<Vec<_>>().join(" or "),
    };
    text(paper, words, (to.0 + 8, at.1 + SWATCH.1 / 2), Look::LEFT)
}

fn draw_panel(
    paper: &Paper<'_>,
    panel: &Panel,
    at: Place,
    rectangles: &[(Place, Place, Set)],
    published: &[(Place, Place)],
) -> anyhow::Result<()> {
    let place = |(x, y): Place| (at.0 + x, at.1 + y);
    let end = place((FERRITIN.pixels as i32, MHLA_DR.pixels as i32));
    for &(from, to, set) in rectangles {
        let colours: Vec<_> = members(set).map(colour).collect();
        striped(paper, place(from), place(to), &colours, STRIPE)?;
    }
    for &(from, to) in published {
        dashed(paper, place(from), place(to), DASH, INK)?;
    }
    frame(paper, (at.0 - 1, at.1 - 1), (end.0 + 1, end.1 + 1), INK)?;
    text(paper, panel.title, (at.0, at.1 - 74), Look { size: 17, bold: true, ..Look::LEFT })?;
    text(paper, panel.note.as_str(), (at.0, at.1 - 52), Look { colour: FAINT, ..Look::LEFT })?;
    let censored = panel.ranges != (None, None);
    let rows = panel.criteria.rows();
    let (above, beside) = match censored {
        true => (limits::<Ferritin>(panel.ranges.0), limits::<MhlaDr>(panel.ranges.1)),
        false => (edges(rows.ferritin), edges(rows.mhla_dr)),
    };
    let marks: Vec<_> = above.iter().filter_map(|(value, words)| Some((FERRITIN.place(*value)?, words))).collect();
    for (n, &(x, words)) in marks.iter().enumerate() {
        let x = at.0 + x;
        fill(paper, (x, at.1 - 12), (x + 1, at.1), INK)?;
        // Two of a band turn away from each other.
        let (x, look) = match (marks.len(), n) {
            (1, _) => (x, Look::CENTRE),
            (_, 0) => (x + 3, Look::RIGHT),
            _ => (x - 3, Look::LEFT),
        };
        text(paper, words.as_str(), (x, at.1 - 21), look)?;
    }
    for (value, words) in &beside {
        let Some(y) = MHLA_DR.place(*value) else { continue };
        let y = end.1 - y;
        fill(paper, (end.0, y), (end.0 + 9, y + 1), INK)?;
        text(paper, words.as_str(), (end.0 + 13, y), Look::LEFT)?;
    }
    Ok(())
}

fn scales(paper: &Paper<'_>, at: Place, numbered: bool) -> anyhow::Result<()> {
    let bottom = at.1 + MHLA_DR.pixels as i32;
    let number = |value: f64| grouped(&value.to_string());
    for (x, value) in FERRITIN.ticks() {
        let long = if value.is_some() { 7 } else { 4 };
        fill(paper, (at.0 + x, bottom), (at.0 + x + 1, bottom + long), INK)?;
        // Only decades have room.
        if let Some(value) = value.filter(|value| value.log10().fract() == 0.0) {
            text(paper, number(value), (at.0 + x, bottom + 18), Look::CENTRE)?;
        }
    }
    text(paper, FERRITIN.words, (at.0 + FERRITIN.pixels as i32 / 2, bottom + 40), Look { bold: true, ..Look::CENTRE })?;
    for (y, value) in MHLA_DR.ticks() {
        let long = if value.is_some() { 7 } else { 4 };
        fill(paper, (at.0 - long, bottom - y), (at.0, bottom - y + 1), INK)?;
        if let (Some(value), true) = (value, numbered) {
            text(paper, number(value), (at.0 - 11, bottom - y), Look::RIGHT)?;
        }
    }
    if numbered {
        let middle = at.1 + MHLA_DR.pixels as i32 / 2;
        text(paper, MHLA_DR.words, (14, middle), Look { bold: true, upward: true, ..Look::CENTRE })?;
    }
    Ok(())
}
