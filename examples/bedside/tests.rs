//! `cargo test -p endotype-pictures`.

use crate::bed::{self, Bed};
use crate::screen::{self, HEIGHT, Sample, Screen, WIDTH, Worst};
use crate::{Arguments, Charted, band, bed_at, charted, checksums, pixels};
use clap::Parser;
use embedded_graphics::pixelcolor::{Rgb565, raw::RawU16};
use embedded_graphics::prelude::*;
use endotype::published::{IMMUNOSEP, SOFA_1996};
use endotype::quantity::{Ferritin, MhlaDr};
use endotype::{Carried, How, Infusion, Infusions, Item, Missing, Reading, Score, Window, Witness};
use endotype_pictures::{Pixels, commands};
use std::convert::Infallible;

/// A display with all of its memory, which takes nothing beyond its edges.
struct Whole(Vec<Rgb565>);

impl Whole {
    fn new() -> Whole {
        Whole(vec![Rgb565::BLACK; (WIDTH * HEIGHT) as usize])
    }
}

impl OriginDimensions for Whole {
    fn size(&self) -> Size {
        Size::new(WIDTH, HEIGHT)
    }
}

impl DrawTarget for Whole {
    type Color = Rgb565;
    type Error = Infallible;

    fn draw_iter<I: IntoIterator<Item = Pixel<Rgb565>>>(&mut self, pixels: I) -> Result<(), Infallible> {
        for Pixel(at, colour) in pixels {
            assert!(self.bounding_box().contains(at), "a pixel beyond the display: {at}");
            self.0[(at.y * WIDTH as i32 + at.x) as usize] = colour;
        }
        Ok(())
    }
}

fn lost(screen: &Screen<'_>) -> u32 {
    let Ok(lost) = screen::draw(screen, &mut Whole::new());
    lost
}

/// A score of which nothing is known, or everything assumed.
fn score(missing: Missing) -> Score {
    let how = How { missing, infusions: Infusions::Unknown };
    Window::new(&SOFA_1996).rolling(&SOFA_1996).unwrap().score(&SOFA_1996, how, Carried::NONE)
}

fn every_item() -> Vec<Item> {
    let drugs = Infusion::ALL.iter().map(|&drug| Item::Infusion(drug));
    let others = [
        Item::PaO2,
        Item::SpO2,
        Item::Ecmo,
        Item::Platelets,
        Item::Bilirubin,
        Item::Map,
        Item::MechanicalSupport,
        Item::Circulation,
        Item::Gcs,
        Item::GcsMotor,
        Item::DeliriumDrug,
        Item::Creatinine,
        Item::Urine,
        Item::Rrt,
        Item::RrtCriteria,
    ];
    others.into_iter().chain(drugs).collect()
}

const LAST: u32 = Window::LAST_MINUTE;
/// As wide as a marker's text that is shown.
const LONG: &str = "1000000.123";

fn widest<'a>(score: &'a Score, [ferritin, mhla_dr]: [&'a str; 2], worst: Option<Worst>) -> Screen<'a> {
    let readings = (Reading::<Ferritin>::read(ferritin).unwrap(), Reading::<MhlaDr>::read(mhla_dr).unwrap());
    Screen {
        patient: "twenty-nine letters of a name",
        minute: LAST,
        endotype: IMMUNOSEP.classify(readings.0, readings.1),
        needs: IMMUNOSEP.needs(readings.0, readings.1),
        ferritin: Some(Sample { text: LONG, minute: LAST }),
        mhla_dr: Some(Sample { text: LONG, minute: LAST }),
        rules: "sofa-1996",
        score,
        worst,
        resumed: Some(LAST),
    }
}

#[test]
fn the_widest_values_have_room() {
    let texts = ["", "900", "4421", ">2000", "4300..4500"];
    let mut drawn = 0;
    for score in [Missing::Open, Missing::Normal].map(score) {
        for ferritin in texts {
            for mhla_dr in ["", "3000", "9000", "4700..5300"] {
                assert_eq!(lost(&widest(&score, [ferritin, mhla_dr], None)), 0, "{ferritin} {mhla_dr}");
            }
        }
        for item in every_item() {
            for to_the_minute in [true, false] {
                let worst = Worst { organ: item.organ(), witness: Witness { item, minute: LAST }, to_the_minute };
                assert_eq!(lost(&widest(&score, ["", ""], Some(worst))), 0, "{}", item.name());
                drawn += 1;
            }
        }
    }
    assert_eq!(drawn, 2 * 2 * 23);
    // The control: a rule set with a longer name has none.
    let score = score(Missing::Open);
    assert_eq!(lost(&Screen { rules: "sofa-1996 of our own", ..widest(&score, ["", ""], None) }), 1);
}

/// The rows of a screen's pixels.
fn rows(screen: &Screen<'_>, from: u32, to: u32) -> Vec<Rgb565> {
    let mut all = Vec::new();
    band::each(screen, |band| all.extend_from_slice(band));
    all[(from * WIDTH) as usize..(to * WIDTH) as usize].to_vec()
}

#[test]
fn half_a_number_is_never_shown() {
    let score = score(Missing::Open);
    let with = |text: &'static str| Screen { ferritin: Some(Sample { text, minute: 0 }), ..widest(&score, ["", ""], None) };
    // Longer ones are all drawn alike, as \"see the chart\"; one that has room is not.
    let long = [with("1000000.1234"), with("1000000.1235"), with("1000000.123..1000000.124")].map(|screen| rows(&screen, 59, 73));
    assert!(long.iter().all(|rows| *rows == long[0]) && rows(&with(LONG), 59, 73) != long[0]);
    // Of a name what has room is drawn, and marked; two that differ beyond are told apart by nothing else.
    let named = |patient: &'static str| Screen { patient, ..widest(&score, ["", ""], None) };
    let names =
        [named("twenty-nine letters of a name"), named("twenty-nine letters of a names")].map(|screen| rows(&screen, 0, 20));
    assert_eq!(lost(&named("twenty-nine letters of a names")), 0);
    assert!(names[0] != names[1]);
}

#[test]
fn a_band_keeps_what_a_whole_display_shows() {
    let events = charted(None).unwrap();
    let arguments = Arguments::try_parse_from(["bedside", "--patient", "22987108"]).unwrap();
    let bed = bed_at(&events, "22987108", &arguments).unwrap();
    let (whole, banded) = bed
        .show(|screen| {
            let mut whole = Whole::new();
            let Ok(_) = screen::draw(screen, &mut whole);
            (whole.0, rows(screen, 0, HEIGHT))
        })
        .unwrap();
    assert!(whole == banded);
    let colours: std::collections::HashSet<u16> = whole.iter().map(|&colour| RawU16::from(colour).into_inner()).collect();
    assert!(colours.len() >= 6, "{}", colours.len());
}

fn chart(lines: &[(u32, &str, &str, &str)]) -> Vec<Charted> {
    let read = |&(minute, item, value, unit): &_| Charted {
        patient: "p".to_owned(),
        minute,
        event: endotype::Event::read(item, unit, value).unwrap(),
        text: str::to_owned(value),
    };
    lines.iter().map(read).collect()
}

/// All that six organs and two markers need.
const KNOWN: [(u32, &str, &str, &str); 10] = [
    (0, "support", "none", ""),
    (0, "fio2", "21", "%"),
    (5, "pao2", "95", "mm[Hg]"),
    (5, "platelets", "210", "10*9/L"),
    (5, "bilirubin", "0.7", "mg/dL"),
    (5, "map", "80", "mm[Hg]"),
    (5, "gcs", "15", "{score}"),
    (5, "creatinine", "0.8", "mg/dL"),
    (9, "urine", "1900", "mL"),
    (9, "ferritin", "900", "ng/mL"),
];

#[test]
fn every_state_is_drawn() {
    let hla_dr = |value| (9, "mhla_dr", value, "{AB}/{cell}");
    let known = [&KNOWN[..], &[hla_dr("9000")]].concat();
    let censored = [&KNOWN[..9], &[(9, "ferritin", ">2000", "ng/mL"), hla_dr("9000")]].concat();
    let paralysed = [&KNOWN[..], &[hla_dr("3000")]].concat();
    let mals = [&KNOWN[..9], &[(9, "ferritin", "9000", "ng/mL"), hla_dr("3000")]].concat();
    let yellow = Rgb565::new(30, 57, 8);
    let mut seen = Vec::new();
    #[rustfmt::skip]
    let table = [
        ("nothing charted",  &[][..],    None,     true),
        ("all known",        &known,     None,     false),
        ("immunoparalysis",  &paralysed, None,     false),
        ("mals",             &mals,      None,     false),
        ("censored",         &censored,  None,     true),
        ("after an outage",  &known,     Some(20), true),
    ];
    for (state, lines, outage, asks) in table {
        let events = chart(lines);
        let mut bed = Bed::new("p", bed::FIRST);
        for Charted { minute, event, text, .. } in &events {
            bed.push(*minute, event, text).unwrap();
        }
        if let Some(now) = outage {
            bed.resume(now).unwrap();
        }
        let pixels = bed.show(|screen| rows(screen, 0, HEIGHT)).unwrap();
        assert_eq!(pixels.contains(&yellow), asks, "{state}: what is needed, open or lost is yellow");
        assert!(!seen.contains(&pixels), "{state} looks like another");
        seen.push(pixels);
    }
}

#[test]
fn the_tour_is_through_every_chart() {
    let events = charted(None).unwrap();
    let tour = |edition| {
        let mut lines = Vec::new();
        checksums(&events, edition, |line| lines.push(line)).unwrap();
        lines
    };
    let (first, second) = (tour(bed::FIRST), tour(bed::SECOND));
    let mut patients: Vec<_> = first.iter().filter_map(|line| line.split(',').next()).collect();
    patients.dedup();
    assert_eq!((patients.len(), first.len()), (26, second.len()));
    // The control: the name of the edition alone is on every screen.
    assert!(first.iter().zip(&second).all(|(first, second)| first != second));
}

#[test]
fn what_is_refused() {
    let events = charted(None).unwrap();
    let arguments = |words: &str| Arguments::try_parse_from(words.split(' '));
    let bed = |words: &str| {
        let arguments = arguments(words).unwrap();
        let patient = arguments.patient.clone().unwrap();
        bed_at(&events, &patient, &arguments).map_or_else(|error| format!("{error:#}"), |_| "drawn".to_owned())
    };
    assert!(bed("bedside --patient x").contains("no patient `x`; there are 20291550, "));
    assert!(bed("bedside --patient 22987108 --minute 500 --outage 6000000").contains("--outage 6000000: "));
    assert_eq!(bed("bedside --patient 22987108 --minute 500 --outage 600"), "drawn");
    assert!(crate::run(&arguments("bedside --patient 22987108 --out x.svg").unwrap()).is_err());
    assert!(arguments("bedside").is_err() && arguments("bedside --checksums").is_ok());
}

#[test]
fn the_checked_in_pictures_are_these() {
    let events = charted(None).unwrap();
    let mut compared = 0;
    for command in commands("bedside").unwrap() {
        let arguments = Arguments::try_parse_from(&command.words).unwrap();
        let patient = arguments.patient.clone().unwrap();
        let drawn = pixels(&bed_at(&events, &patient, &arguments).unwrap()).unwrap().enlarged(arguments.enlarge);
        let kept = Pixels::read(&std::fs::read(&command.picture).unwrap()).unwrap();
        assert!(drawn == kept, "{}: cargo xtask pictures --bless", command.picture.display());
        compared += 1;
    }
    assert!(compared >= 2, "{compared}");
}
