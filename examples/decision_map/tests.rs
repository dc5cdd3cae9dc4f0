//! `cargo test -p endotype-pictures`.

use crate::map::{
    self, FERRITIN, MHLA_DR, Options, Panel, Range, corner, draw_panels, edges, members, panels, rectangles, reported,
};
use crate::{Arguments, Picture, course, paper};
use clap::Parser;
use endotype::published::IMMUNOSEP;
use endotype::quantity::{Ferritin, MhlaDr, Quantity};
use endotype::{Amount, Classification, Criteria, CriteriaRows, Cutoff, Endotype, Imprecision, Reading};
use endotype_pictures::{Pixels, commands, shipped};

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// Guard bands and both ranges: every set that can be open.
fn sample() -> Options {
    Options {
        cv_ferritin: some("8"),
        cv_hla_dr: some("15"),
        k: some("1.96"),
        ferritin_range: some("200..2000"),
        hla_dr_range: some("1000..30000"),
    }
}

/// As an analyser writes it: text, read by the crate's own reader.
fn as_text<Q: Quantity>(value: f64, range: Option<[f64; 2]>) -> Reading<Q> {
    let text = match range {
        Some([low, _]) if value < low => format!("<{low}"),
        Some([_, high]) if value > high => format!(">{high}"),
        _ => format!("{value:.3}"),
    };
    Reading::read(&text).unwrap()
}

fn rgb(class: Endotype) -> [u8; 3] {
    let plotters::style::RGBColor(red, green, blue) = map::colour(class);
    [red, green, blue]
}

/// Pixels of a rendered map that are another colour than each class that the crate leaves possible there, and how many were looked at.
fn compared(pixels: &Pixels, panel: usize, answer: impl Fn(f64, f64) -> Classification) -> (u32, u32) {
    let (left, top) = corner(panel);
    let (mut differ, mut looked) = (0, 0);
    for x in (3..FERRITIN.pixels - 3).step_by(5) {
        for y in (3..MHLA_DR.pixels - 3).step_by(7) {
            let at = |dx: i32, dy: i32| pixels.at((left + x as i32 + dx) as u32, (top + y as i32 + dy) as u32);
            let here = at(0, 0);
            // Lines and the edges of stripes are passed over; a whole neighbourhood of ink is none.
            let ground = Endotype::ALL.map(rgb).contains(&here);
            if !ground || [(-1, 0), (1, 0), (0, -1), (0, 1)].iter().any(|&(dx, dy)| at(dx, dy) != here) {
                continue;
            }
            looked += 1;
            let value = [FERRITIN.value(f64::from(x) + 0.5), MHLA_DR.value(f64::from(MHLA_DR.pixels - 1 - y) + 0.5)];
            differ += u32::from(!answer(value[0], value[1]).classes().any(|class| rgb(class) == here));
        }
    }
    (differ, looked)
}

#[test]
fn each_pixel_is_what_the_crate_says_of_it() {
    static GUARDED: Criteria =
        IMMUNOSEP.guarded(Imprecision::new(80, Amount::Ticks(0), 196), Imprecision::new(150, Amount::Ticks(0), 196));
    static ANOTHER: Criteria = Criteria::new(CriteriaRows { mhla_dr: Cutoff::new("< 8000"), ..*IMMUNOSEP.rows() });
    let pixels = Pixels::of_svg(&map::draw(&sample()).unwrap()).unwrap();
    let (ferritin, mhla_dr) = (Some([200.0, 2_000.0]), Some([1_000.0, 30_000.0]));
    for (panel, criteria, ranges) in
        [(0, &IMMUNOSEP, (None, None)), (1, &GUARDED, (None, None)), (2, &GUARDED, (ferritin, mhla_dr))]
    {
        let by = |criteria: &'static Criteria| {
            compared(&pixels, panel, |f, h| criteria.classify(as_text(f, ranges.0), as_text(h, ranges.1)))
        };
        let (differ, looked) = by(criteria);
        assert!(differ == 0 && looked > 1_000, "panel {panel}: {differ} of {looked}");
        let (differ, _) = by(&ANOTHER);
        assert!(differ > 50, "panel {panel}: the control is not found");
    }
}

#[test]
fn every_open_set_has_its_stripes() {
    let all = panels(&sample()).unwrap();
    let mut sets: Vec<_> = all.iter().flat_map(|panel| panel.sets().unwrap()).flatten().collect();
    sets.sort();
    sets.dedup();
    assert_eq!(sets, [1, 2, 3, 4, 5, 6, 7]);
    let svg = draw_panels(&all).unwrap();
    for words in
        ["mals", "mals or immunoparalysis", "mals or unclassified", "immunoparalysis or unclassified", "any of the three"]
    {
        assert!(svg.contains(&format!(">\n{words}</text>")), "{words}");
    }
    // Of a striped place every colour is seen: right of 2000, low HLA-DR.
    let pixels = Pixels::of_svg(&svg).unwrap();
    let (left, top) = corner(2);
    let seen = |class| (0..40).any(|step| pixels.at((left + 250 + step) as u32, (top + 250) as u32) == rgb(class));
    assert_eq!(Endotype::ALL.map(seen), [true, true, false]);
}

#[test]
fn rectangles_cover_each_pixel_once() {
    for panel in panels(&sample()).unwrap() {
        let sets = panel.sets().unwrap();
        let mut covered = vec![vec![0; sets[0].len()]; sets.len()];
        let rectangles = rectangles(&sets);
        for &(from, to, set) in &rectangles {
            for y in from.1..to.1 {
                for x in from.0..to.0 {
                    assert_eq!(sets[y as usize][x as usize], set);
                    covered[y as usize][x as usize] += 1;
                }
            }
        }
        assert!(covered.iter().flatten().all(|&times| times == 1) && rectangles.len() < 20);
    }
}

#[test]
fn stripes_stay_in_their_rectangle() {
    let (from, to) = ((3, 5), (40, 20));
    let mut area = 0;
    for band in (0..80).step_by(4) {
        let corners = paper::between(from, to, band, band + 4);
        assert!(
            corners.iter().all(|&(x, y)| (3..=40).contains(&x) && (5..=20).contains(&y) && (band..=band + 4).contains(&(x + y)))
        );
        let next = corners.iter().cycle().skip(1);
        area += corners.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<i32>();
    }
    assert_eq!(area, 2 * 37 * 15);
}

#[test]
fn cut_offs_in_the_words_of_their_rows() {
    let words = |edges: Vec<(f64, String)>| edges.into_iter().map(|(_, words)| words).collect::<Vec<_>>();
    #[rustfmt::skip]
    let table = [
        (words(edges(IMMUNOSEP.rows().ferritin)),               vec!["> 4,420"]),
        (words(edges(IMMUNOSEP.rows().mhla_dr)),                vec!["< 5,000"]),
        (words(edges(Cutoff::<Ferritin>::new(">= 4420"))),      vec![">= 4,420"]),
        (words(edges(Cutoff::<MhlaDr>::new("<= 8000.5"))),      vec!["<= 8,000.5"]),
        (words(edges(Cutoff::<MhlaDr>::new("< 5000").guarded(Imprecision::new(150, Amount::Ticks(0), 196)))), vec!["3,530", "6,470"]),
    ];
    for (said, expected) in table {
        assert_eq!(said, expected);
    }
}

#[test]
fn what_an_analyser_reports() {
    let range: Option<Range> = Some([10_000, 2_000_000]);
    #[rustfmt::skip]
    let table = [
        (9_999,     "<10"),
        (10_000,    "10"),
        (2_000_000, "2000"),
        (2_000_001, ">2000"),
    ];
    for (ticks, text) in table {
        assert_eq!(reported::<Ferritin>(ticks, range), Reading::read(text), "{ticks}");
    }
}

#[test]
fn options_that_are_refused() {
    #[rustfmt::skip]
    let table = [
        (Options { cv_ferritin: some("60"),  k: some("1.96"), ..Options::default() },  "as wide as the value itself"),
        (Options { cv_ferritin: some("8.25"), k: some("2"), ..Options::default() },    "at most 1 decimals"),
        (Options { cv_ferritin: some("-8"),  k: some("2"), ..Options::default() },     "expected a number"),
        (Options { cv_hla_dr: some(""),      k: some("2"), ..Options::default() },     "expected a number"),
        (Options { cv_hla_dr: some("15"),    k: some("two"), ..Options::default() },   "--k two"),
        (Options { ferritin_range: some("2000"), ..Options::default() },               "expected LOW..HIGH in ng/mL"),
        (Options { ferritin_range: some("2000..10"), ..Options::default() },           "--ferritin-range 2000..10"),
        (Options { hla_dr_range: some(""),   ..Options::default() },                   "expected LOW..HIGH in {AB}/{cell}"),
        (Options { hla_dr_range: some("1..2000000"), ..Options::default() },           "--hla-dr-range 1..2000000"),
    ];
    for (options, expected) in table {
        let said = map::draw(&options).map_or_else(|error| format!("{error:#}"), |_| "drawn".to_owned());
        assert!(said.contains(expected), "{said}");
    }
    for words in ["map --cv-ferritin 8", "course", "course --patient x --rules sofa-3"] {
        assert!(Arguments::try_parse_from(format!("decision_map {words}").split(' ')).is_err(), "{words}");
    }
    let plain: Vec<Panel> = panels(&Options::default()).unwrap();
    assert!(plain.len() == 1 && members(7).eq(Endotype::ALL));
}

#[test]
fn every_shipped_stay_renders_with_its_reviewed_totals() {
    let golden = std::fs::read_to_string(shipped()[0].with_file_name("golden.csv")).unwrap();
    let golden: Vec<Vec<&str>> = golden.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let (mut stays, mut previous) = (0, Vec::new());
    for file in shipped() {
        let chart = std::fs::read_to_string(file).unwrap();
        let mut patients: Vec<_> = chart.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
        patients.dedup();
        for &patient in &patients {
            for rules in [course::Rules::Sofa1996, course::Rules::Sofa2] {
                let options = course::Options { patient: patient.to_owned(), rules, file: None };
                let svg = course::draw(&options).unwrap();
                // One a chart, since pixels take a while.
                if patients.first() == Some(&patient) {
                    let pixels = Pixels::of_svg(&svg).unwrap();
                    assert!(
                        (pixels.width, pixels.height()) > (600, 400) && pixels.rgb.iter().any(|&byte| byte < 128),
                        "{patient} is blank"
                    );
                }
            }
            stays += 1;
            let days = course::read(&course::Options { patient: patient.to_owned(), rules: course::Rules::Sofa1996, file: None })
                .unwrap();
            let found: Vec<_> = days.iter().map(|day| day.score.total().ends()).collect();
            let ends = |text: &str| {
                let (lo, hi) = text.split_once("..").unwrap_or((text, text));
                [lo, hi].map(|end| end.parse::<u8>().unwrap())
            };
            let reviewed: Vec<_> = golden.iter().filter(|row| row[0] == patient).map(|row| ends(row[10])).collect();
            if !reviewed.is_empty() {
                assert_eq!(found, reviewed, "{patient}");
                assert_ne!(found, previous, "the control: no stay is like the one before it");
                previous = reviewed;
            }
        }
    }
    assert_eq!(stays, 26);
}

#[test]
fn a_bar_says_its_total() {
    let draw = |patient: &str| {
        course::draw(&course::Options { patient: patient.to_owned(), rules: course::Rules::Sofa1996, file: None }).unwrap()
    };
    let svg = draw("21133938");
    for total in ["12\u{2013}13", "8\u{2013}10", "9\u{2013}11", "5\u{2013}12", "6\u{2013}12", "4\u{2013}14"] {
        assert!(svg.contains(&format!("{total}</text>")), "{total}");
        assert!(!draw("made-up hyperinflamed").contains(&format!("{total}</text>")), "{total}");
    }
    assert!(svg.contains("open</text>") && !draw("made-up death on day 6").contains("open</text>"));
}

#[test]
fn the_checked_in_pictures_are_these() {
    let mut compared = 0;
    for command in commands("decision_map").unwrap() {
        let arguments = Arguments::try_parse_from(&command.words).unwrap();
        let svg = match &arguments.picture {
            Picture::Map(options) => map::draw(options).unwrap(),
            Picture::Course(options) => course::draw(options).unwrap(),
        };
        assert!(
            svg == std::fs::read_to_string(&command.picture).unwrap(),
            "{}: cargo xtask pictures --bless",
            command.picture.display()
        );
        compared += 1;
    }
    assert!(compared >= 2, "{compared}");
}
