//! A bedside screen of 320 x 240 pixels, drawn from the crate's own results on any `DrawTarget`: no heap, no float.
//!
//! Text is drawn whole or not at all: half a number is another number.

use embedded_graphics::mono_font::ascii::{FONT_6X10, FONT_6X13, FONT_6X13_BOLD, FONT_7X13_BOLD, FONT_8X13_BOLD, FONT_10X20};
use embedded_graphics::mono_font::{MonoFont, MonoTextStyle};
use embedded_graphics::pixelcolor::Rgb565;
use embedded_graphics::prelude::*;
use embedded_graphics::primitives::{PrimitiveStyle, Rectangle};
use embedded_graphics::text::{Baseline, Text};
use endotype::{Classification, Endotype, Met, Need, Needs, Organ, Score, Witness};

pub(crate) const WIDTH: u32 = 320;
pub(crate) const HEIGHT: u32 = 240;

/// A marker's last sample with a value, as charted.
#[derive(Clone, Copy)]
pub(crate) struct Sample<'a> {
    pub(crate) text: &'a str,
    pub(crate) minute: u32,
}

/// What decided the worst organ.
#[derive(Clone, Copy)]
pub(crate) struct Worst {
    pub(crate) organ: Organ,
    pub(crate) witness: Witness,
    /// Else its minute is the first of the hour in which it lies.
    pub(crate) to_the_minute: bool,
}

/// What a screen shows.
pub(crate) struct Screen<'a> {
    pub(crate) patient: &'a str,
    /// The clock.
    pub(crate) minute: u32,
    pub(crate) endotype: Classification,
    pub(crate) needs: Needs,
    pub(crate) ferritin: Option<Sample<'a>>,
    pub(crate) mhla_dr: Option<Sample<'a>>,
    /// The edition's name.
    pub(crate) rules: &'a str,
    /// Of the last 24 hours.
    pub(crate) score: &'a Score,
    pub(crate) worst: Option<Worst>,
    /// When the device came back from an outage, and what held became unknown.
    pub(crate) resumed: Option<u32>,
}

const GROUND: Rgb565 = Rgb565::new(2, 5, 3);
const BAR: Rgb565 = Rgb565::new(6, 15, 9);
const WHITE: Rgb565 = Rgb565::new(31, 63, 31);
const GREY: Rgb565 = Rgb565::new(20, 41, 21);
const DIM: Rgb565 = Rgb565::new(9, 20, 11);
/// Okabe and Ito's, as in the other pictures.
const ORANGE: Rgb565 = Rgb565::new(28, 40, 0);
const SKY: Rgb565 = Rgb565::new(10, 45, 29);
const YELLOW: Rgb565 = Rgb565::new(30, 57, 8);

/// In minutes.
pub(crate) const DAY: u32 = 1_440;

/// Text that goes on where it stopped, up to an end.
struct Pen<'a, D> {
    target: &'a mut D,
    at: Point,
    /// Not reached.
    end: i32,
    font: &'static MonoFont<'static>,
    colour: Rgb565,
    /// Texts that had no room.
    lost: u32,
}

impl<D: DrawTarget<Color = Rgb565>> Pen<'_, D> {
    fn at(&mut self, x: i32, y: i32, end: i32) -> &mut Self {
        (self.at, self.end) = (Point::new(x, y), end);
        self
    }

    fn look(&mut self, font: &'static MonoFont<'static>, colour: Rgb565) -> &mut Self {
        (self.font, self.colour) = (font, colour);
        self
    }

    fn wide(&self, letters: usize) -> i32 {
        letters as i32 * self.font.character_size.width as i32
    }

    fn fits(&self, letters: usize) -> bool {
        self.at.x + self.wide(letters) <= self.end
    }

    fn text(&mut self, text: &str) -> Result<&mut Self, D::Error> {
        let letters = text.chars().count();
        if !self.fits(letters) {
            self.lost += 1;
            return Ok(self);
        }
        let wide = self.wide(letters);
        let place = Rectangle::new(self.at, Size::new(wide as u32, self.font.character_size.height));
        // A target that keeps a band only is not handed the letters of the others.
        if !place.intersection(&self.target.bounding_box()).is_zero_sized() {
            Text::with_baseline(text, self.at, MonoTextStyle::new(self.font, self.colour), Baseline::Top).draw(self.target)?;
        }
        self.at.x += wide;
        Ok(self)
    }

    fn number(&mut self, number: u32) -> Result<&mut Self, D::Error> {
        let (mut digits, mut first, mut left) = ([b'0'; 10], 10, number);
        while left > 0 || first == 10 {
            first -= 1;
            digits[first] = b'0' + (left % 10) as u8;
            left /= 10;
        }
        self.text(digits.get(first..).and_then(|digits| core::str::from_utf8(digits).ok()).unwrap_or("?"))
    }

    fn ends(&mut self, [lo, hi]: [u8; 2]) -> Result<&mut Self, D::Error> {
        self.number(u32::from(lo))?;
        if lo == hi { Ok(self) } else { self.text("..")?.number(u32::from(hi)) }
    }

    /// `d3 04:12`
    fn minute(&mut self, minute: u32) -> Result<&mut Self, D::Error> {
        let (hour, minutes) = (minute % DAY / 60, minute % 60);
        self.text("d")?.number(1 + minute / DAY)?.text(" ")?;
        self.text(if hour < 10 { "0" } else { "" })?.number(hour)?.text(":")?;
        self.text(if minutes < 10 { "0" } else { "" })?.number(minutes)
    }

    fn bar(&mut self, from: Point, size: Size, colour: Rgb565) -> Result<(), D::Error> {
        Rectangle::new(from, size).into_styled(PrimitiveStyle::with_fill(colour)).draw(self.target)
    }
}

fn figures(mut number: u32) -> usize {
    let mut figures = 1;
    while number > 9 {
        (number, figures) = (number / 10, figures + 1);
    }
    figures
}

/// Draws all of it; how many texts had no room, which is none unless a name is longer than those that there are.
pub(crate) fn draw<D: DrawTarget<Color = Rgb565>>(screen: &Screen<'_>, target: &mut D) -> Result<u32, D::Error> {
    target.clear(GROUND)?;
    let mut pen = Pen { target, at: Point::zero(), end: 0, font: &FONT_6X10, colour: WHITE, lost: 0 };
    head(screen, &mut pen)?;
    endotype(screen, &mut pen)?;
    sofa(screen, &mut pen)?;
    pen.bar(Point::new(0, 226), Size::new(WIDTH, 14), BAR)?;
    pen.at(13, 228, 320).look(&FONT_6X10, WHITE).text("research criteria, not a treatment recommendation")?;
    Ok(pen.lost)
}

fn head<D: DrawTarget<Color = Rgb565>>(screen: &Screen<'_>, pen: &mut Pen<'_, D>) -> Result<(), D::Error> {
    pen.bar(Point::zero(), Size::new(WIDTH, 20), BAR)?;
    pen.at(6, 4, 222).look(&FONT_7X13_BOLD, WHITE);
    if pen.fits(screen.patient.chars().count()) {
        pen.text(screen.patient)?;
    } else {
        // A name is known by its beginning, and marked.
        let kept = screen.patient.char_indices().nth(29).map_or(0, |(at, _)| at);
        pen.text(screen.patient.get(..kept).unwrap_or(""))?.look(&FONT_7X13_BOLD, YELLOW).text("~")?;
    }
    pen.look(&FONT_7X13_BOLD, WHITE);
    let wide = pen.wide("d 00:00".len() + figures(1 + screen.minute / DAY));
    pen.at(314 - wide, 4, 320).minute(screen.minute)?;
    Ok(())
}

fn endotype<D: DrawTarget<Color = Rgb565>>(screen: &Screen<'_>, pen: &mut Pen<'_, D>) -> Result<(), D::Error> {
    let class = screen.endotype;
    let charted = screen.ferritin.is_some() || screen.mhla_dr.is_some();
    pen.at(6, 24, 320).look(&FONT_6X10, GREY).text("endotype, ImmunoSep criteria")?;
    let possible = class.classes().count();
    if !charted {
        pen.at(6, 39, 320).look(&FONT_8X13_BOLD, GREY).text("no marker charted")?;
    } else {
        // All three in a row fit in a smaller one only.
        match possible {
            3 => pen.at(6, 39, 320).look(&FONT_8X13_BOLD, GREY),
            _ => pen.at(6, 36, 320).look(&FONT_10X20, GREY),
        };
        for (at, one) in class.classes().enumerate() {
            pen.colour = GREY;
            pen.text(if at > 0 { " / " } else { "" })?;
            pen.colour = match one {
                Endotype::Mals => ORANGE,
                Endotype::Immunoparalysis => SKY,
                Endotype::Unclassified => WHITE,
            };
            pen.text(one.name())?;
        }
    }
    let [high, low] = [class.hyperinflammation(), class.immunoparalysis()];
    let decided = class.single().is_some();
    let said = |met, need| match (met, need) {
        (Met::Yes, Need::Nothing) => Said { words: ["met", ""], decides: decided },
        (Met::No, Need::Nothing) => Said { words: ["not met", ""], decides: decided },
        (_, need) => Said { words: ["needs ", need.name()], decides: false },
    };
    // Of mals the ferritin decides alone.
    let asked =
        if high == Met::Yes { Said { words: ["not asked", ""], decides: false } } else { said(low, screen.needs.mhla_dr) };
    marker(pen, 59, ["ferritin", " ng/mL"], screen.ferritin, said(high, screen.needs.ferritin))?;
    marker(pen, 73, ["mHLA-DR", " AB/c"], screen.mhla_dr, asked)?;
    pen.bar(Point::new(0, 90), Size::new(WIDTH, 1), DIM)
}

/// What is said of a marker.
struct Said {
    words: [&'static str; 2],
    decides: bool,
}

fn marker<D: DrawTarget<Color = Rgb565>>(
    pen: &mut Pen<'_, D>,
    y: i32,
    [name, unit]: [&str; 2],
    sample: Option<Sample<'_>>,
    Said { words: [words, need], decides }: Said,
) -> Result<(), D::Error> {
    let (font, colour) = if decides { (&FONT_6X13_BOLD, WHITE) } else { (&FONT_6X13, GREY) };
    pen.at(6, y, 60).look(font, colour).text(name)?;
    pen.at(60, y, 164);
    match sample {
        None => pen.text("-")?,
        Some(sample) if pen.fits(sample.text.chars().count() + unit.len()) => pen.text(sample.text)?.text(unit)?,
        Some(_) => pen.text("see the chart")?,
    };
    pen.at(164, y, 232);
    if let Some(sample) = sample {
        pen.minute(sample.minute)?;
    }
    let room = if need.is_empty() { 244 } else { 232 };
    pen.at(room, y, 320).look(font, if need.is_empty() { colour } else { YELLOW }).text(words)?.text(need)?;
    Ok(())
}

fn sofa<D: DrawTarget<Color = Rgb565>>(screen: &Screen<'_>, pen: &mut Pen<'_, D>) -> Result<(), D::Error> {
    let (total, sofa) = (screen.score.total(), screen.score.sofa());
    pen.at(6, 95, 100).look(&FONT_6X10, GREY).text(screen.rules)?;
    pen.at(6, 106, 100).text("last 24 hours")?;
    pen.at(6, 122, 100).look(&FONT_10X20, WHITE).ends(total.ends())?;
    pen.at(6, 146, 100).look(&FONT_6X10, GREY).text("of 24 points")?;
    let open = Organ::ALL.into_iter().filter(|&organ| sofa.organ(organ).single().is_none()).count() as u32;
    pen.at(6, 158, 100).look(&FONT_6X10, if open > 0 { YELLOW } else { GREY });
    pen.number(open)?.text(if open == 1 { " organ open" } else { " organs open" })?;
    pen.at(6, 170, 100).look(&FONT_6X10, GREY).number(screen.score.assumed())?.text(" assumed *")?;
    for (row, organ) in (0..).zip(Organ::ALL) {
        let (y, points) = (95 + 14 * row, sofa.organ(organ));
        let worst = screen.worst.is_some_and(|worst| worst.organ == organ);
        let (font, colour) = if worst { (&FONT_6X13_BOLD, WHITE) } else { (&FONT_6X13, GREY) };
        pen.at(106, y - 1, 192).look(font, colour).text(organ.name())?;
        let [certain, _] = points.ends();
        for cell in 1..=4 {
            let from = Point::new(196 + 20 * (i32::from(cell) - 1), y);
            pen.bar(from, Size::new(18, 10), if cell <= certain { ORANGE } else { DIM })?;
            if cell > certain && points.contains(cell) {
                for stripe in 0..6 {
                    pen.bar(from + Point::new(3 * stripe, 0), Size::new(2, 10), ORANGE)?;
                }
            }
        }
        pen.at(280, y - 1, 304).look(font, colour).ends(points.ends())?;
        pen.at(306, y - 1, 312).text(if screen.score.is_assumed(organ) { "*" } else { "" })?;
    }
    pen.bar(Point::new(0, 183), Size::new(WIDTH, 1), DIM)?;
    pen.at(6, 187, 320).look(&FONT_6X10, GREY);
    match screen.worst {
        None => pen.text("no organ scores for certain")?,
        Some(Worst { organ, witness, to_the_minute }) => {
            pen.text("worst: ")?.look(&FONT_6X10, WHITE).text(organ.name())?.look(&FONT_6X10, GREY);
            pen.text(if to_the_minute { " at " } else { " in the hour from " })?.minute(witness.minute)?;
            pen.at(6, 199, 320).text("by ")?.look(&FONT_6X10, WHITE).text(witness.item.name())?
        }
    };
    if let Some(minute) = screen.resumed {
        pen.at(6, 213, 320).look(&FONT_6X10, YELLOW).text("outage to ")?.minute(minute)?.text(": what held is unknown")?;
    }
    Ok(())
}
