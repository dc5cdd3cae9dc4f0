//! Ink and paper: a plotters area, text by its place, colours that stay apart for colour-blind people and in print, stripes for what is open.

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use std::borrow::Cow;

pub(crate) type Paper<'a> = DrawingArea<SVGBackend<'a>, Shift>;
pub(crate) type Place = (i32, i32);

pub(crate) const INK: RGBColor = RGBColor(0x22, 0x22, 0x22);
pub(crate) const FAINT: RGBColor = RGBColor(0x66, 0x66, 0x66);
pub(crate) const GRID: RGBColor = RGBColor(0xdd, 0xdd, 0xdd);

/// Okabe and Ito's, which people with any colour vision tell apart.
pub(crate) const BLUE: RGBColor = RGBColor(0x00, 0x72, 0xb2);
pub(crate) const SKY: RGBColor = RGBColor(0x56, 0xb4, 0xe9);
pub(crate) const GREEN: RGBColor = RGBColor(0x00, 0x9e, 0x73);
pub(crate) const ORANGE: RGBColor = RGBColor(0xe6, 0x9f, 0x00);
pub(crate) const VERMILION: RGBColor = RGBColor(0xd5, 0x5e, 0x00);
pub(crate) const PURPLE: RGBColor = RGBColor(0xcc, 0x79, 0xa7);
pub(crate) const GREY: RGBColor = RGBColor(0xe4, 0xe4, 0xe4);

/// The widest is the one that PNGs are rendered with, so what fits there fits with the others.
const FAMILY: &str = "Helvetica, Arial, DejaVu Sans, sans-serif";

/// A text's look.
#[derive(Clone, Copy)]
pub(crate) struct Look {
    pub(crate) size: i32,
    pub(crate) bold: bool,
    pub(crate) colour: RGBColor,
    pub(crate) at: HPos,
    pub(crate) upward: bool,
}

impl Look {
    pub(crate) const LEFT: Look = Look { size: 14, bold: false, colour: INK, at: HPos::Left, upward: false };
    pub(crate) const CENTRE: Look = Look { at: HPos::Center, ..Look::LEFT };
    pub(crate) const RIGHT: Look = Look { at: HPos::Right, ..Look::LEFT };
}

/// A picture with a title for those who do not see it.
pub(crate) fn picture(
    size: (u32, u32),
    words: &str,
    draw: impl FnOnce(&Paper<'_>) -> anyhow::Result<()>,
) -> anyhow::Result<String> {
    let mut svg = String::new();
    {
        let paper = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        paper.fill(&WHITE)?;
        draw(&paper)?;
        paper.present()?;
    }
    let words = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    // The backend gives text no line of its own, and writes no title.
    Ok(svg.replacen(">\n", &format!(" role=\"img\">\n<title>{words}</title>\n"), 1).replace("\n</text>", "</text>"))
}

pub(crate) fn text<'a>(paper: &Paper<'_>, words: impl Into<Cow<'a, str>>, at: Place, look: Look) -> anyhow::Result<()> {
    // The backend divides by this.
    let font: FontDesc<'_> = (FAMILY, f64::from(look.size) * 1.24).into();
    let font = if look.bold { font.style(FontStyle::Bold) } else { font };
    let font = if look.upward { font.transform(FontTransform::Rotate270) } else { font };
    let style = font.into_text_style(paper).pos(Pos::new(look.at, VPos::Center)).color(&look.colour);
    Ok(paper.draw_text(&words.into(), &style, at)?)
}

/// About as wide as the widest font makes a text.
fn width(words: &str, look: Look) -> i32 {
    words.chars().count() as i32 * look.size * if look.bold { 70 } else { 61 } / 100
}

/// In lines that are at most so wide.
pub(crate) fn wrapped(words: &str, most: i32, look: Look) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split(' ') {
        match lines.last_mut() {
            Some(line) if width(line, look) + width(word, look) + look.size < most => *line = format!("{line} {word}"),
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// On a ground of its own, where lines cross.
pub(crate) fn text_above(paper: &Paper<'_>, words: &str, at: Place, look: Look) -> anyhow::Result<()> {
    let (half, high) = (width(words, look) / 2, look.size / 2 + 1);
    fill(paper, (at.0 - half, at.1 - high), (at.0 + half, at.1 + high), WHITE)?;
    text(paper, words, at, look)
}

/// From one corner up to, not including, the other.
pub(crate) fn fill(paper: &Paper<'_>, from: Place, to: Place, colour: RGBColor) -> anyhow::Result<()> {
    Ok(paper.draw(&Rectangle::new([from, to], colour.filled()))?)
}

pub(crate) fn frame(paper: &Paper<'_>, from: Place, to: Place, colour: RGBColor) -> anyhow::Result<()> {
    for (from, to) in [(from, (to.0, from.1 + 1)), ((from.0, to.1 - 1), to), (from, (from.0 + 1, to.1)), ((to.0 - 1, from.1), to)]
    {
        fill(paper, from, to, colour)?;
    }
    Ok(())
}

/// A dashed line along an axis, two pixels wide, centred on a boundary between pixels.
pub(crate) fn dashed(paper: &Paper<'_>, from: Place, to: Place, dash: (i32, i32), colour: RGBColor) -> anyhow::Result<()> {
    let (along, length) = if from.1 == to.1 { ((1, 0), to.0 - from.0) } else { ((0, 1), to.1 - from.1) };
    let mut at = 0;
    while at < length {
        let end = (at + dash.0).min(length);
        let [start, stop] = [at, end].map(|at| (from.0 + along.0 * at, from.1 + along.1 * at));
        fill(paper, (start.0 - along.1, start.1 - along.0), (stop.0 + along.1, stop.1 + along.0), colour)?;
        at = end + dash.1;
    }
    Ok(())
}

/// A rectangle in one colour, or in diagonal stripes of several.
pub(crate) fn striped(paper: &Paper<'_>, from: Place, to: Place, colours: &[RGBColor], wide: i32) -> anyhow::Result<()> {
    let Some((&first, others)) = colours.split_first() else { return Ok(()) };
    fill(paper, from, to, first)?;
    let period = wide * colours.len() as i32;
    for (n, &colour) in (1..).zip(others) {
        let mut band = (from.0 + from.1).div_euclid(period) * period + n * wide;
        while band < to.0 + to.1 {
            let corners = between(from, to, band, band + wide);
            if corners.len() > 2 {
                paper.draw(&Polygon::new(corners, colour.filled()))?;
            }
            band += period;
        }
    }
    Ok(())
}

/// The corners of what of a rectangle has `low <= x + y <= high`.
pub(crate) fn between(from: Place, to: Place, low: i32, high: i32) -> Vec<Place> {
    let mut corners = vec![from, (to.0, from.1), to, (from.0, to.1)];
    for inside in [|sum: i32, low: i32, _: i32| sum - low, |sum, _, high| high - sum] {
        let depth = |&(x, y): &Place| inside(x + y, low, high);
        let mut kept = Vec::new();
        for (at, corner) in corners.iter().enumerate() {
            let next = &corners[(at + 1) % corners.len()];
            let [here, there] = [depth(corner), depth(next)];
            if here >= 0 {
                kept.push(*corner);
            }
            // Sides lie along an axis or a diagonal `x + y`, so a cut is at whole pixels.
            if here.signum() * there.signum() < 0 {
                let step = |from: i32, to: i32| from + (to - from).signum() * here.abs();
                kept.push((step(corner.0, next.0), step(corner.1, next.1)));
            }
        }
        corners = kept;
        if corners.is_empty() {
            break;
        }
    }
    corners
}

/// Thousands apart, as a reader counts them.
pub(crate) fn grouped(number: &str) -> String {
    let (whole, rest) = number.split_at(number.find('.').unwrap_or(number.len()));
    let mut text = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text + rest
}
