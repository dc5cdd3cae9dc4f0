//! Every tick and half-tick against a second, naive implementation written from the papers.

#[expect(unreachable_pub, reason = "fuzz/ shares it")]
mod naive;

use endotype::Amount::Ticks;
use endotype::published::SOFA_1996;
use endotype::quantity::{AnyRate, FiO2, Gcs, MassRate, PfRatioKPa, Platelets, Quantity, Scale, Weight};
use endotype::{Cutoffs, Gas, Infusion, Points, Rate, Reading, Support};

/// Half-ticks of 1 unit where a tick is a thousandth, and where it is a millionth.
const K: i32 = 2_000;
const M: i32 = 2_000_000;

macro_rules! columns {
    ($( $name:ident: $($is:tt $cut:expr => $points:literal),+; )+) => {
        $( fn $name(x: i32) -> u8 { $( if x $is $cut { return $points; } )+ 0 } )+
    };
}

// As the paper prints them, the worst first, in half-ticks.
columns! {
    platelets:      < 20 * K => 4, < 50 * K => 3, < 100 * K => 2, < 150 * K => 1;
    bilirubin:      >= 12 * K => 4, >= 6 * K => 3, >= 2 * K => 2, >= 2_400 => 1;
    bilirubin_si:   > 204 * K => 4, >= 102 * K => 3, >= 33 * K => 2, >= 20 * K => 1;
    map:            < 70 * K => 1;
    norepinephrine: > 200_000 => 4, > 0 => 3;
    dopamine:       > 15 * M => 4, > 5 * M => 3, > 0 => 2;
    dobutamine:     > 0 => 2;
    gcs:            < 12 => 4, < 20 => 3, < 26 => 2, < 30 => 1;
    creatinine:     >= 5 * K => 4, >= 7_000 => 3, >= 2 * K => 2, >= 2_400 => 1;
    creatinine_si:  > 440 * K => 4, >= 300 * K => 3, >= 171 * K => 2, >= 110 * K => 1;
    urine:          < 200 * K => 4, < 500 * K => 3;
}

fn bits(points: Points) -> u8 {
    (0..5).map(|k| u8::from(points.contains(k)) << k).sum()
}

/// Compares sets; a set is taken apart only when it is not the one before.
struct Same {
    points: Points,
    bits: u8,
}

impl Same {
    fn check<Q: Quantity>(&mut self, row: Cutoffs<Q>, reading: Reading<Q>, expected: u8) {
        let points = row.points(reading);
        if points != self.points {
            *self = Same { points, bits: bits(points) };
        }
        assert_eq!(self.bits, expected, "{} {} {reading:?}", Q::NAME, Q::UNIT);
    }
}

/// Upwards, each tick and every half-tick below it (`<x` is the set of all seen so far); then downwards (`>x`).
///
/// Between the ticks given no cut-off may lie.
fn walk<Q: Quantity>(row: Cutoffs<Q>, ticks: impl DoubleEndedIterator<Item = u32> + Clone, naive: fn(i32) -> u8) {
    let half = |tick: u32| i32::try_from(2 * tick).unwrap();
    let whole = Q::SCALE == Scale::Score;
    let least = Q::RANGE[0] * Q::TICKS;
    let most = Q::RANGE[1] * Q::TICKS;
    let mut same = Same { points: Points::ALL, bits: 0b1_1111 };
    let mut below = 0;
    for tick in ticks.clone() {
        let x = half(tick);
        if tick > least && !whole {
            below |= 1 << naive(x - 1);
        }
        if below != 0 {
            same.check(row, Reading::below(Ticks(tick)).unwrap(), below);
        }
        same.check(row, Reading::exact(Ticks(tick)).unwrap(), 1 << naive(x));
        // A rate of at most x is running.
        if !(Q::SCALE == Scale::Rate && tick == 0) {
            below |= 1 << naive(x);
        }
        if tick < most && !whole {
            below |= 1 << naive(x + 1);
        }
    }
    let mut above = 1 << naive(half(most));
    for tick in ticks.rev() {
        let x = half(tick);
        if tick < most {
            if !whole {
                above |= 1 << naive(x + 1);
            }
            same.check(row, Reading::above(Ticks(tick)).unwrap(), above);
        }
        above |= 1 << naive(x);
        if tick > least && !whole {
            above |= 1 << naive(x - 1);
        }
    }
}

fn every<Q: Quantity>() -> core::ops::RangeInclusive<u32> {
    Q::RANGE[0] * Q::TICKS..=Q::RANGE[1] * Q::TICKS
}

fn walk_all<Q: Quantity>(row: Cutoffs<Q>, naive: fn(i32) -> u8) {
    walk(row, every::<Q>(), naive);
}

/// Every tick up to a bound and within 2000 of each cut-off, every 10,007th elsewhere.
fn walk_near<Q: Quantity>(row: Cutoffs<Q>, dense: u32, cuts: &[u32], naive: fn(i32) -> u8) {
    let most = Q::RANGE[1] * Q::TICKS;
    let mut ticks: Vec<u32> = (0..=dense).chain((0..=most).step_by(10_007)).chain([most]).collect();
    ticks.extend(cuts.iter().flat_map(|&cut| cut.saturating_sub(2_000)..=cut + 2_000));
    ticks.sort_unstable();
    ticks.dedup();
    walk(row, ticks.into_iter(), naive);
}

#[test]
fn r034_platelets_every_half_tick() {
    walk_all(SOFA_1996.rows().platelets, platelets);
}

#[test]
fn r035_bilirubin_every_half_tick_of_both_columns() {
    walk_all(SOFA_1996.rows().bilirubin, bilirubin);
    walk_all(SOFA_1996.rows().bilirubin_si, bilirubin_si);
}

#[test]
fn r041_creatinine_every_half_tick_of_both_columns() {
    walk_all(SOFA_1996.rows().creatinine, creatinine);
    walk_all(SOFA_1996.rows().creatinine_si, creatinine_si);
}

#[test]
fn r036_r043_map_every_half_tick_and_gcs_every_point() {
    walk_all(SOFA_1996.rows().map, map);
    walk_all(SOFA_1996.rows().gcs, gcs);
}

#[test]
fn r042_urine_every_half_tick_to_600_ml() {
    walk_near(SOFA_1996.rows().urine, 600_000, &[200_000, 500_000], urine);
}

#[test]
fn r037_drugs_every_millionth_around_the_cut_offs() {
    let rows = SOFA_1996.rows();
    walk_near(rows.norepinephrine, 300_000, &[100_000], norepinephrine);
    walk_near(rows.epinephrine, 300_000, &[100_000], norepinephrine);
    walk_near(rows.dopamine, 20_000, &[5_000_000, 15_000_000], dopamine);
    walk_near(rows.dobutamine, 20_000, &[], dobutamine);
}

#[test]
fn r031_respiration_over_a_grid_of_pao2_and_fio2() {
    fn expect(gas: Gas, fio2: u32, points: u8) {
        let fio2_reading = Reading::exact(Ticks(fio2 * 1_000)).unwrap();
        let score = |support| SOFA_1996.respiration(gas, fio2_reading, support);
        assert_eq!(score(Some(Support::Niv)), Points::only(points), "{gas:?} at {fio2} %");
        assert_eq!(score(Some(Support::None)), Points::only(points.min(2)), "{gas:?} at {fio2} %, unsupported");
        assert_eq!(bits(score(None)), 1 << points | 1 << points.min(2), "{gas:?} at {fio2} %, support unknown");
    }
    let passed = |ratio: u32, cuts: [u32; 4]| cuts.iter().map(|&cut| u8::from(ratio < cut)).sum::<u8>();
    for fio2 in 21..=100 {
        // Half mm[Hg]: x/2 * 100/fio2 < cut.
        for x in 0..=1_400 {
            let gas = Gas::MmHg(Reading::exact(Ticks(x * 500)).unwrap());
            expect(gas, fio2, passed(50 * x, [400, 300, 200, 100].map(|cut| cut * fio2)));
        }
        // Twentieths of kPa: x/20 * 100/fio2 < cut/10.
        for x in 0..=1_200 {
            let gas = Gas::KPa(Reading::exact(Ticks(x * 50)).unwrap());
            expect(gas, fio2, passed(50 * x, [533, 400, 267, 133].map(|cut| cut * fio2)));
        }
    }
}

#[test]
fn r040_rates_per_minute_crowding_every_dose_times_the_weight() {
    // Thousandths of ug/min and of kg: the dose is rate/weight; tenths of a dose are compared as 10*rate > tenths*weight.
    let weights = (1_000..=300_000).step_by(500).chain((60_000..60_200).map(|w| w + 1)).chain([999_999, 1_000_000]);
    for weight in weights {
        let kg = Reading::<Weight>::exact(Ticks(weight)).unwrap();
        for tenths in [0, 1, 50, 150] {
            let cut = (tenths * weight).div_euclid(10);
            for rate in cut.saturating_sub(2)..=cut + 2 {
                let over = |tenths: u32| 10 * u64::from(rate) > u64::from(tenths) * u64::from(weight);
                let per_minute = Rate::PerMinute(Reading::<MassRate>::exact(Ticks(rate)).unwrap());
                let strong = 3 * u8::from(over(0)) + u8::from(over(1));
                let expected = [
                    (Infusion::Norepinephrine, strong),
                    (Infusion::Epinephrine, strong),
                    (Infusion::Dopamine, 2 * u8::from(over(0)) + u8::from(over(50)) + u8::from(over(150))),
                    (Infusion::Dobutamine, 2 * u8::from(over(0))),
                ];
                for (drug, points) in expected {
                    assert_eq!(SOFA_1996.infusion(drug, per_minute, kg).single(), Some(points), "{drug:?} {rate}/{weight}");
                }
            }
        }
    }
}

/// Every text of up to so many characters; how many were taken.
fn read_every_text<Q: Quantity>(alphabet: &[u8], longest: usize) -> usize {
    let (mut texts, mut from, mut taken) = (vec![String::new()], 0, 0);
    for length in 0..=longest {
        let to = texts.len();
        for i in from..to {
            let text = texts[i].clone();
            let read = Reading::<Q>::read(&text);
            let expected = naive::meant::<Q>(&text);
            let ends = read.map(|reading| (!reading.is_unknown()).then(|| reading.ends().map(i64::from)));
            assert_eq!(ends.ok(), expected, "{} {text:?} was read as {read:?}", Q::NAME);
            assert_eq!(Reading::<Q>::read_bytes(text.as_bytes()), read);
            taken += usize::from(expected.is_some());
            if length < longest {
                texts.extend(alphabet.iter().map(|&c| format!("{text}{}", char::from(c))));
            }
        }
        from = to;
    }
    taken
}

#[test]
fn r001_every_short_text_is_read_as_meant_or_refused() {
    let taken = read_every_text::<Platelets>(b"0159.<>= ", 5);
    // By the scales that differ: a score, a rate, few decimals, a range that does not begin at 0.
    let others = [
        read_every_text::<Gcs>(b"0159.<>= ", 4),
        read_every_text::<AnyRate>(b"0159.<>= ", 4),
        read_every_text::<PfRatioKPa>(b"0159.<>= ", 4),
        read_every_text::<Weight>(b"0159.<>= ", 4),
        read_every_text::<FiO2>(b"0159.<>= ", 4),
        read_every_text::<AnyRate>(b"05.<= ", 5),
        read_every_text::<Platelets>(b"01.", 8),
    ];
    assert!(taken > 5_000 && others.iter().all(|&taken| taken > 100), "{taken} {others:?}");
}
