//! Guard bands: a result is of every true value that the assay's imprecision allows, and of no other.

use endotype::Met::{self, No, Unknown, Yes};
use endotype::published::{IMMUNOSEP, SOFA_1996};
use endotype::quantity::{Ferritin, MhlaDr, PfRatio, Platelets};
use endotype::{Amount, Classification, Criteria, Cutoff, Cutoffs, Endotype, Guarded, Imprecision, Points, Reading};
use std::cmp::Ordering::{Equal, Greater, Less};

const fn cv<Q: endotype::quantity::Quantity>(per_mille: u16) -> Imprecision<Q> {
    Imprecision::new(per_mille, Amount::Ticks(0), 196)
}

static GUARDED: Criteria = IMMUNOSEP.guarded(cv(80), cv(150));

fn class(criteria: &Criteria, ferritin: &str, mhla_dr: &str) -> Classification {
    criteria.classify(Reading::read(ferritin).unwrap(), Reading::read(mhla_dr).unwrap())
}

/// 5000 at a CV of 15 % and k = 1.96: 5000 * 0.294 = 1470. 4420 at 8 %: 4420 * 0.1568 = 693.056.
#[test]
#[rustfmt::skip]
fn r140_the_published_criteria_with_a_band() {
    for (ferritin, mhla_dr, expected) in [
        ("900",      "3500",      "immunoparalysis"),
        ("900",      "3529.999",  "immunoparalysis"),
        ("900",      "3530",      "immunoparalysis/unclassified"),
        ("900",      "3600",      "immunoparalysis/unclassified"),
        ("900",      "6469.9999", "immunoparalysis/unclassified"),
        ("900",      "6470",      "unclassified"),
        ("3726.944", "6470",      "unclassified"),
        ("3726.9441","6470",      "mals/unclassified"),
        ("4421",     "",          "mals/immunoparalysis/unclassified"),
        ("5113.056", "3500",      "mals/immunoparalysis"),
        ("5113.0561","3500",      "mals"),
        ("6000",     "",          "mals"),
        (">2000",    "3500",      "mals/immunoparalysis"),
    ] {
        let names: Vec<_> = class(&GUARDED, ferritin, mhla_dr).classes().map(Endotype::name).collect();
        assert_eq!(names.join("/"), expected, "{ferritin} {mhla_dr}");
    }
}

#[test]
fn r143_without_imprecision_it_is_the_same_rule_set_and_with_it_another() {
    assert_eq!(IMMUNOSEP.guarded(cv(0), cv(0)), IMMUNOSEP);
    let others =
        [GUARDED, IMMUNOSEP.guarded(cv(80), cv(0)), IMMUNOSEP.guarded(cv(0), cv(150)), IMMUNOSEP.guarded(cv(81), cv(150))];
    for (n, one) in others.iter().enumerate() {
        assert_ne!(one.id(), IMMUNOSEP.id());
        assert!(others.iter().skip(n + 1).all(|other| other.id() != one.id()), "{n}");
    }
}

/// `(CV per mille, absolute part in ticks, coverage in hundredths)`: exact products, roots that are no fraction, the band's widest.
const SCATTER: [(u16, u32, u16); 9] = [
    (0, 0, 196),
    (100, 0, 100),
    (150, 0, 196),
    (0, 3, 200),
    (30, 4, 100),
    (37, 2, 253),
    (499, 0, 200),
    (999, 0, 100),
    (1, 90, 300),
];
const CUTS: [u32; 7] = [1, 2, 10, 50, 60, 99, 100];
const SIGNS: [&str; 4] = [">", ">=", "<", "<="];
/// A tick is cut into so many parts for the true values, and the values between two ticks.
const PARTS: i128 = 6;

/// Whether a result may be of a true value, both in parts of a tick: `(r - t)^2 <= k^2 * (a^2 + (cv*t)^2)`.
fn may_be((per_mille, absolute, coverage): (u16, u32, u16), result: i128, truth: i128) -> bool {
    let [v, a, k] = [i128::from(per_mille), i128::from(absolute), i128::from(coverage)];
    let (spread, apart) = ((1_000 * a * PARTS).pow(2) + (v * truth).pow(2), result - truth);
    apart * apart * 10_i128.pow(10) <= k * k * spread
}

fn passes(sign: &str, cut: u32, truth: i128) -> bool {
    let cut = i128::from(cut) * PARTS;
    match sign {
        ">" => truth > cut,
        ">=" => truth >= cut,
        "<" => truth < cut,
        _ => truth <= cut,
    }
}

/// The values that a half-tick stands for, in parts: itself on a tick, else what lies strictly between two.
fn values(half_tick: i32) -> Vec<i128> {
    let tick = i128::from(half_tick / 2) * PARTS;
    if half_tick % 2 == 0 { vec![tick] } else { (1..PARTS).map(|part| tick + part).collect() }
}

/// A result of this half-tick.
fn result(half_tick: i32) -> Reading<PfRatio> {
    let text = if half_tick % 2 == 0 { format!("{}", half_tick / 2) } else { format!("{}.5", half_tick / 2) };
    Reading::read(&text).unwrap()
}

#[test]
fn r141_no_true_value_that_a_result_allows_contradicts_the_answer() {
    let (mut decided, mut open) = (0, 0);
    for scatter in SCATTER {
        for (cut, sign) in CUTS.into_iter().flat_map(|cut| SIGNS.map(|sign| (cut, sign))) {
            let band = Imprecision::<PfRatio>::new(scatter.0, Amount::Ticks(scatter.1), scatter.2);
            let guarded = Cutoff::<PfRatio>::new(&format!("{sign} {cut}")).guarded(band);
            for half_tick in 0..=220 {
                let met = guarded.met(result(half_tick));
                decided += u32::from(met != Unknown);
                open += u32::from(met == Unknown);
                for value in values(half_tick) {
                    let truths = (0..=400 * PARTS).step_by(5).filter(|&truth| may_be(scatter, value, truth));
                    for truth in
                        truths.chain([i128::from(cut) * PARTS].into_iter().filter(|&truth| may_be(scatter, value, truth)))
                    {
                        let passed = passes(sign, cut, truth);
                        assert!(
                            met == Unknown || met == Met::from(passed),
                            "{scatter:?} {sign} {cut}: {half_tick} of {truth} is {met:?}"
                        );
                    }
                }
            }
        }
    }
    assert!(decided > 10_000 && open > 10_000, "{decided} decided, {open} open");
}

/// Where the band ends, by looking at every half-tick: `n - T` against `U(T)`, squared.
#[test]
fn r142_the_band_is_no_wider_than_the_imprecision() {
    for scatter in SCATTER {
        let [v, a, k] = [u128::from(scatter.0), u128::from(scatter.1), u128::from(scatter.2)];
        for (cut, sign) in CUTS.into_iter().flat_map(|cut| SIGNS.map(|sign| (cut, sign))) {
            let band = Imprecision::<PfRatio>::new(scatter.0, Amount::Ticks(scatter.1), scatter.2);
            let guarded = Cutoff::<PfRatio>::new(&format!("{sign} {cut}")).guarded(band);
            let spread = k * k * ((1_000 * a).pow(2) + (v * u128::from(cut)).pow(2));
            for tick in 0..240_u32 {
                let met = guarded.met(result(2 * tick as i32));
                let apart = u128::from(tick.abs_diff(cut)).pow(2) * 10_u128.pow(10);
                // How the tick lies to T + U and to T - U.
                let up = if tick < cut { Less } else { apart.cmp(&spread) };
                let down = if tick > cut { Greater } else { spread.cmp(&apart) };
                let expected = match (sign, up, down) {
                    (">", Greater, _) | (">=", Greater | Equal, _) | ("<", _, Less) | ("<=", _, Less | Equal) => Yes,
                    (">", _, Less | Equal) | (">=", _, Less) | ("<", Greater | Equal, _) | ("<=", Greater, _) => No,
                    _ => Unknown,
                };
                assert_eq!(met, expected, "{scatter:?} {sign} {cut}: {tick}");
            }
        }
    }
}

/// A row's points with a band are those of every true value, jumps and all.
#[test]
fn r141_a_guarded_row_has_the_points_of_every_true_value() {
    for words in [["< 100", "< 60", "< 50", "< 10"], ["< 100", "< 100", "< 100", "< 40"], [">= 10", "> 50", "> 50", "never"]] {
        let row = Cutoffs::<PfRatio>::new(words);
        for scatter in SCATTER {
            let guarded = row.guarded(Imprecision::new(scatter.0, Amount::Ticks(scatter.1), scatter.2));
            for half_tick in 0..=220 {
                let points = guarded.points(result(half_tick));
                let mut seen = [false; 5];
                for value in values(half_tick) {
                    for truth in (0..=240 * PARTS).step_by(5).chain((0..=240).map(|tick| tick * PARTS)) {
                        if may_be(scatter, value, truth) {
                            let half = 2 * (truth / PARTS) as i32 + i32::from(truth % PARTS != 0);
                            let of_truth = row.points(result(half)).single().unwrap();
                            assert!(points.contains(of_truth), "{words:?} {scatter:?}: {half_tick} of {truth}, {points:?}");
                            seen[usize::from(of_truth)] = true;
                        }
                    }
                }
                // And of no other; a true value just beside a cut-off may lie between two parts of a tick.
                for n in 0..5 {
                    let near = |half_tick: i32| guarded.points(result(half_tick.max(0))).contains(n);
                    let inside = near(half_tick)
                        && near(half_tick - 1)
                        && near(half_tick + 1)
                        && near(half_tick - 2)
                        && near(half_tick + 2);
                    assert!(seen[usize::from(n)] || !inside || half_tick < 3, "{words:?} {scatter:?}: {half_tick} never has {n}");
                }
            }
        }
    }
}

#[test]
fn r143_a_row_without_imprecision_is_the_row() {
    let exact: Guarded<Platelets> = SOFA_1996.rows().platelets.guarded(Imprecision::new(0, Amount::Ticks(0), 196));
    for text in ["0", "19.999", "20", "49.9999", "50", "<100", "99..151", ">=150", ""] {
        let reading = Reading::read(text).unwrap();
        assert_eq!(exact.points(reading), SOFA_1996.rows().platelets.points(reading), "{text}");
    }
    // The control: with it another.
    let wide: Guarded<Platelets> = SOFA_1996.rows().platelets.guarded(Imprecision::new(100, Amount::Ticks(0), 200));
    assert_eq!(wide.points(Reading::read("49.9999").unwrap()), Points::span(2, 3));
}

/// The ends of the domain: a band beyond what is reportable, a cut-off at 0, a rate's row.
#[test]
fn r142_a_band_beyond_the_range_decides_nothing() {
    let high = Cutoff::<Ferritin>::new("> 900000").guarded(Imprecision::new(400, Amount::Ticks(0), 200));
    assert_eq!(high.met(Reading::read("1000000").unwrap()), Unknown);
    assert_eq!(high.met(Reading::read("179999").unwrap()), No);
    let low = Cutoff::<MhlaDr>::new("< 10").guarded(Imprecision::new(0, Amount::Units(20), 100));
    assert_eq!(["0", "29.999", "30"].map(|x| low.met(Reading::read(x).unwrap())), [Unknown, Unknown, No]);
    let any = Cutoff::<MhlaDr>::new(">= 10").guarded(Imprecision::new(0, Amount::Units(20), 100));
    assert_eq!(["0", "29.999", "30"].map(|x| any.met(Reading::read(x).unwrap())), [Unknown, Unknown, Yes]);
    assert_eq!([high.met(Reading::UNKNOWN), low.met(Reading::UNKNOWN), any.met(Reading::UNKNOWN)], [Unknown; 3]);
    let pump = SOFA_1996.rows().norepinephrine.guarded(Imprecision::new(50, Amount::Ticks(0), 100));
    assert_eq!(
        ["0", "0.094", "0.096", "0.105", "0.1051"].map(|x| pump.points(Reading::read(x).unwrap()).ends()),
        [[0, 0], [3, 3], [3, 4], [3, 4], [4, 4]]
    );
}
