//! The law of DESIGN, clause by clause, by brute force on small domains.
//!
//! A *world* is a choice of one exact value for every reading. Not claimed, and so not here: that an open day contains what it
//! becomes once an organ that was measured is measured again (it may get worse), and that one line "charted, without a value"
//! widens what other lines of its item said (it scores nothing).

use endotype::Met::{self, No, Unknown, Yes};
use endotype::published::{IMMUNOSEP, IMMUNOSEP_DAY9, SEPSIS_3, SOFA_1996};
use endotype::quantity::{FiO2, Quantity, Scale, Urine, Weight};
use endotype::{Carried, Change, Course, Cutoffs, Day, End, Endotype, Endpoint, Event, Gap, Gas, How, Infusion, Infusions};
use endotype::{Limits, Organ, Points, Prior, Rate, Reading, Sofa, SofaRows, SofaRules, Support, Total, Window};
use std::collections::HashMap;

// ---- sets of points

fn bits(points: Points) -> u8 {
    (0..5).map(|k| u8::from(points.contains(k)) << k).sum()
}

/// The set with these bits: a row that jumps over the points which are not in it, read from end to end.
fn set(members: u8) -> Points {
    const FROM: [&str; 5] = [">= 0", ">= 1", ">= 2", ">= 3", ">= 4"];
    let all: Vec<u8> = (0..5).filter(|k| members >> k & 1 == 1).collect();
    if all == [0] {
        return Points::only(0);
    }
    let words = [1, 2, 3, 4].map(|k| all.iter().position(|&member| member >= k).map_or("never", |at| FROM[at]));
    Cutoffs::<Urine>::new(words).points(Reading::read(&format!("0..{}", all.len() - 1)).unwrap())
}

fn every_set() -> impl Iterator<Item = (u8, Points)> + Clone {
    (1..32).map(|members| (members, set(members)))
}

/// Every maximum of a member of one and a member of the other.
fn worst(a: u8, b: u8) -> u8 {
    let pairs = (0..5).flat_map(|x| (0..5).map(move |y| (x, y)));
    pairs.filter(|(x, y)| a >> x & b >> y & 1 == 1).fold(0, |all, (x, y)| all | 1 << x.max(y))
}

fn ends(members: u8) -> [u8; 2] {
    [members.trailing_zeros() as u8, members.ilog2() as u8]
}

/// The Kleene value of a set of outcomes.
fn met(outcomes: impl Iterator<Item = bool> + Clone) -> Met {
    match (outcomes.clone().any(|x| x), outcomes.clone().any(|x| !x)) {
        (true, false) => Yes,
        (false, true) => No,
        _ => Unknown,
    }
}

#[test]
fn r020_every_set_of_points_is_the_set_of_some_row() {
    for (members, points) in every_set() {
        assert_eq!((bits(points), points.ends()), (members, ends(members)));
        assert_eq!(points.single(), (members.count_ones() == 1).then(|| ends(members)[0]));
    }
}

#[test]
fn r021_join_is_the_worst_of_two_commutative_associative_idempotent() {
    let sets: Vec<_> = every_set().collect();
    for &(x, a) in &sets {
        assert_eq!((a.join(a), a.join(Points::only(0)), Points::only(0).join(a)), (a, a, a));
        for &(y, b) in &sets {
            assert_eq!(bits(a.join(b)), worst(x, y), "{x:b} {y:b}");
            assert_eq!(a.join(b), b.join(a));
            for &(_, c) in &sets {
                assert_eq!(a.join(b).join(c), a.join(b.join(c)));
            }
        }
    }
}

#[test]
fn r022_met_is_kleenes_logic() {
    #[rustfmt::skip]
    let table = [
        // a, b, and, or
        (No,      No,      No,      No),
        (No,      Unknown, No,      Unknown),
        (No,      Yes,     No,      Yes),
        (Unknown, No,      No,      Unknown),
        (Unknown, Unknown, Unknown, Unknown),
        (Unknown, Yes,     Unknown, Yes),
        (Yes,     No,      No,      Yes),
        (Yes,     Unknown, Unknown, Yes),
        (Yes,     Yes,     Yes,     Yes),
    ];
    for (a, b, and, or) in table {
        assert_eq!((a.and(b), a.or(b)), (and, or), "{a:?} {b:?}");
    }
    assert_eq!([No, Unknown, Yes].map(|a| !a), [Yes, Unknown, No]);
    assert_eq!([Met::from(false), Met::from(true)], [No, Yes]);
}

// ---- exact

/// Each cut-off, given in ticks, with a value to either side.
fn around<Q: Quantity>(cuts: &[u32]) -> Vec<String> {
    let places = Q::TICKS.ilog10() as usize;
    let text = |ticks: u32| format!("{}.{:0places$}", ticks.div_euclid(Q::TICKS), ticks.rem_euclid(Q::TICKS));
    let mut domain = vec!["0".to_string()];
    for &cut in cuts {
        domain.extend(cut.checked_sub(1).map(|below| [text(below) + "9", text(cut)]).into_iter().flatten());
        domain.push(text(cut) + "1");
    }
    domain
}

/// Every range and every censored form over rising neighbours is the union of its worlds.
fn exact_row<Q: Quantity>(row: Cutoffs<Q>, domain: &[String]) {
    let points = |text: &str| bits(row.points(Reading::read(text).unwrap()));
    let worlds: Vec<u8> = domain.iter().map(|text| points(text)).collect();
    let over = |from: usize, to: usize| worlds[from..=to].iter().fold(0, |all, world| all | world);
    assert!(worlds.iter().all(|world| world.count_ones() == 1), "{} {worlds:?}", Q::NAME);
    // A rate "below" is running: its worlds begin behind 0.
    let first = usize::from(Q::SCALE == Scale::Rate);
    let last = domain.len() - 1;
    // Between two ticks there are values on either side of one, which the reading does not tell apart.
    let between = |text: &str| usize::from(Reading::<Q>::read(text).unwrap().ends()[0] & 1 == 1);
    for (i, from) in domain.iter().enumerate() {
        for (j, to) in domain.iter().enumerate().skip(i) {
            assert_eq!(points(&format!("{from}..{to}")), over(i, j), "{} {from}..{to}", Q::NAME);
        }
        if i > first {
            assert_eq!(points(&format!("<{from}")), over(first, i - 1 + between(from)), "{} <{from}", Q::NAME);
            assert_eq!(points(&format!("<={from}")), over(first, i), "{} <={from}", Q::NAME);
        }
        if i < last {
            assert_eq!(points(&format!(">{from}")), over(i + 1 - between(from), last), "{} >{from}", Q::NAME);
        }
        assert_eq!(points(&format!(">={from}")), over(i, last), "{} >={from}", Q::NAME);
    }
    assert_eq!(bits(row.points(Reading::UNKNOWN)), over(0, last), "{}", Q::NAME);
}

#[test]
fn r020_exact_each_row_at_one_moment() {
    fn check<Q: Quantity>(row: Cutoffs<Q>, cuts: &[u32]) {
        exact_row(row, &around::<Q>(cuts));
    }
    let rows = SOFA_1996.rows();
    check(rows.platelets, &[20_000, 50_000, 100_000, 150_000]);
    check(rows.bilirubin, &[1_200, 2_000, 6_000, 12_000]);
    check(rows.bilirubin_si, &[20_000, 33_000, 102_000, 204_000]);
    check(rows.map, &[70_000]);
    check(rows.norepinephrine, &[0, 100_000]);
    check(rows.epinephrine, &[0, 100_000]);
    check(rows.dopamine, &[0, 5_000_000, 15_000_000]);
    check(rows.dobutamine, &[0]);
    check(rows.creatinine, &[1_200, 2_000, 3_500, 5_000]);
    check(rows.creatinine_si, &[110_000, 171_000, 300_000, 440_000]);
    check(rows.urine, &[200_000, 500_000]);
    exact_row(rows.gcs, &(3..=15).map(|gcs| gcs.to_string()).collect::<Vec<_>>());
}

/// Every box of two domains: the set of the box is the union of its corners and of the grid within.
fn exact_boxes(xs: &[&str], ys: &[&str], points: impl Fn(&str, &str) -> u8) {
    let worlds: Vec<Vec<u8>> = xs.iter().map(|x| ys.iter().map(|y| points(x, y)).collect()).collect();
    for i in 0..xs.len() {
        for j in i..xs.len() {
            for k in 0..ys.len() {
                for l in k..ys.len() {
                    let union = worlds[i..=j].iter().flat_map(|row| &row[k..=l]).fold(0, |all, world| all | world);
                    let (x, y) = (format!("{}..{}", xs[i], xs[j]), format!("{}..{}", ys[k], ys[l]));
                    assert_eq!(points(&x, &y), union, "{x} by {y}");
                }
            }
        }
    }
}

// Steps finer than a step of points at every FiO2, and both sides of a ratio of 200 mm[Hg] and 26.7 kPa.
const PAO2: &[&str] = &[
    "0", "20", "39.999", "40", "60", "79.999", "80", "80.001", "84", "100", "120", "140", "160", "180", "200", "300", "399.999",
    "400",
];
const PAO2_KPA: &[&str] =
    &["0", "2", "4", "6", "8", "10", "10.679", "10.68", "10.681", "12", "14", "16", "18", "22", "30", "40", "53.299", "53.3"];
const FIO2: &[&str] = &["21", "27", "35", "39.999", "40", "40.001", "50", "65", "80", "100"];

#[test]
fn r032_exact_respiration_at_one_moment() {
    for support in [Some(Support::Imv), Some(Support::Oxygen), None] {
        let fio2 = |text: &str| Reading::<FiO2>::read(text).unwrap();
        exact_boxes(PAO2, FIO2, |p, f| bits(SOFA_1996.respiration(Gas::MmHg(Reading::read(p).unwrap()), fio2(f), support)));
        exact_boxes(PAO2_KPA, FIO2, |p, f| bits(SOFA_1996.respiration(Gas::KPa(Reading::read(p).unwrap()), fio2(f), support)));
        // Not known: the FiO2 is 21 to 100 %, the support one or the other.
        for text in PAO2 {
            let gas = Gas::MmHg(Reading::read(text).unwrap());
            assert_eq!(
                SOFA_1996.respiration(gas, Reading::UNKNOWN, support),
                SOFA_1996.respiration(gas, fio2("21..100"), support),
                "{text}"
            );
            let [with, without] = [Support::Imv, Support::None].map(|s| bits(SOFA_1996.respiration(gas, fio2("40"), Some(s))));
            assert_eq!(bits(SOFA_1996.respiration(gas, fio2("40"), None)), with | without, "{text}");
        }
        for unknown in [Gas::MmHg(Reading::UNKNOWN), Gas::KPa(Reading::UNKNOWN)] {
            let top = if support == Some(Support::Oxygen) { 0b111 } else { 0b1_1111 };
            assert_eq!(bits(SOFA_1996.respiration(unknown, fio2("40"), support)), top);
        }
    }
}

#[test]
fn r032_respiration_off_the_grid_is_rounded_outward() {
    // Hundred-thousandths around 80 mm[Hg] at 40 %: below 200 is 3 points, else 2.
    let text = |x: u32| format!("{}.{:05}", x.div_euclid(100_000), x.rem_euclid(100_000));
    for pao2 in 7_999_850..=8_000_150 {
        for fio2 in (3_999_900..=4_000_100).step_by(7).chain([4_000_000]) {
            let gas = Gas::MmHg(Reading::read(&text(pao2)).unwrap());
            let points = SOFA_1996.respiration(gas, Reading::read(&text(fio2)).unwrap(), Some(Support::Imv));
            let truth = if pao2 < 2 * fio2 { 3 } else { 2 };
            assert!(points.contains(truth) && bits(points) & !0b1100 == 0, "{pao2} at {fio2}: {points:?}");
            let on_grid = pao2.rem_euclid(100) == 0 && fio2.rem_euclid(100) == 0;
            assert!(!on_grid || points.single() == Some(truth), "{pao2} at {fio2}: {points:?}");
        }
    }
}

#[test]
fn r032_exact_an_open_end_of_a_ratio_on_its_cut_off() {
    static INCLUSIVE_ROWS: SofaRows = SofaRows {
        pf: Cutoffs::new(["<= 400", "<= 300", "<= 200", "<= 100"]),
        norepinephrine: Cutoffs::new(["> 0", "> 0", "> 0", ">= 0.1"]),
        ..*SOFA_1996.rows()
    };
    static INCLUSIVE: SofaRules = SofaRules::new(&INCLUSIVE_ROWS);
    let inclusive = INCLUSIVE;
    // PaO2, FiO2; the points where P/F below 200 scores 3, and where 200 does.
    let gases = [
        ("80", "40", 0b0_0100, 0b0_1000),
        (">80", "40", 0b0_0111, 0b0_0111),
        (">=80", "40", 0b0_0111, 0b0_1111),
        ("<80", "40", 0b1_1000, 0b1_1000),
        ("<=80", "40", 0b1_1100, 0b1_1000),
        ("80", "<40", 0b0_0111, 0b0_0111),
        ("80", ">40", 0b1_1000, 0b1_1000),
        (">80", "<40", 0b0_0111, 0b0_0111),
        ("<80", ">40", 0b1_1000, 0b1_1000),
    ];
    // ug/min, kg; the points where above 0.1 scores 4, and where 0.1 does.
    let doses = [
        ("8", "80", 0b0_1000, 0b1_0000),
        ("<8", "80", 0b0_1000, 0b0_1000),
        ("<=8", "80", 0b0_1000, 0b1_1000),
        (">8", "80", 0b1_0000, 0b1_0000),
        (">=8", "80", 0b1_1000, 0b1_0000),
        ("8", "<80", 0b1_0000, 0b1_0000),
        ("8", ">80", 0b0_1000, 0b0_1000),
    ];
    for (rules, at) in [(&SOFA_1996, 0), (&inclusive, 1)] {
        for (pao2, fio2, strict, inclusive) in gases {
            let gas = Gas::MmHg(Reading::read(pao2).unwrap());
            let points = bits(rules.respiration(gas, Reading::read(fio2).unwrap(), Some(Support::Imv)));
            assert_eq!(points, [strict, inclusive][at], "{pao2} at {fio2}, {at}");
        }
        for (rate, weight, strict, inclusive) in doses {
            let rate_read = Rate::PerMinute(Reading::read(rate).unwrap());
            let points = bits(rules.infusion(Infusion::Norepinephrine, rate_read, Reading::read(weight).unwrap()));
            assert_eq!(points, [strict, inclusive][at], "{rate} by {weight}, {at}");
        }
    }
}

#[test]
fn r036_exact_cardiovascular_at_one_moment() {
    let rates = ["0", "0.001", "3.999", "4", "4.001", "8", "20", "200", "400", "500", "600", "900", "1200", "1500"];
    let weights = ["40", "79.999", "80", "80.001", "100"];
    for drug in [Infusion::Norepinephrine, Infusion::Epinephrine, Infusion::Dopamine, Infusion::Dobutamine] {
        let dose = |rate: &str, weight: Reading<Weight>| {
            bits(SOFA_1996.infusion(drug, Rate::PerMinute(Reading::read(rate).unwrap()), weight))
        };
        exact_boxes(&rates, &weights, |rate, weight| dose(rate, Reading::read(weight).unwrap()));
        // A weight or a dose that is not known is any: running, everything that the drug can.
        let running = bits(SOFA_1996.infusion(drug, Rate::ByWeight(Reading::read(">0").unwrap()), Reading::UNKNOWN));
        assert_eq!([dose("8", Reading::UNKNOWN), dose("0..8", Reading::UNKNOWN)], [running, running | 1], "{drug:?}");
        assert_eq!([dose("0", Reading::UNKNOWN), dose("", Reading::read("80").unwrap())], [1, running | 1], "{drug:?}");
        assert_eq!(bits(SOFA_1996.infusion(drug, Rate::Any(Reading::read("2").unwrap()), Reading::UNKNOWN)), running, "{drug:?}");
    }
    for (x, a) in every_set() {
        // MAP not measured is below or above 70.
        assert_eq!(bits(SOFA_1996.cardiovascular(None, a)), worst(0b11, x));
        for (y, b) in every_set() {
            assert_eq!(bits(SOFA_1996.cardiovascular(Some(b), a)), worst(x, y));
        }
    }
}

#[test]
fn r042_exact_renal_at_one_moment() {
    for (x, a) in every_set() {
        assert_eq!(bits(SOFA_1996.renal(Some(a), None)), worst(x, 0b1_1111));
        assert_eq!(bits(SOFA_1996.renal(None, Some(a))), worst(x, 0b1_1111));
        for (y, b) in every_set() {
            assert_eq!(bits(SOFA_1996.renal(Some(a), Some(b))), worst(x, y));
        }
    }
    assert_eq!(SOFA_1996.renal(None, None), Points::ALL);
}

#[test]
fn r071_exact_classification() {
    let ferritin = ["0", "900", "4419.9999", "4420", "4420.0001", "40000", "1000000"];
    let mhla_dr = ["0", "4999.9999", "5000", "5000.0001", "8000", "1000000"];
    let classes = |f: &str, h: &str| {
        let class = IMMUNOSEP.classify(Reading::read(f).unwrap(), Reading::read(h).unwrap());
        let allowed: u8 = Endotype::ALL.iter().filter(|&&c| class.allows(c)).fold(0, |all, &c| all | 1 << c as u8);
        assert_eq!(class.classes().fold(0, |all, c| all | 1 << c as u8), allowed);
        assert_eq!(class.single().map(|c| 1u8 << c as u8), (allowed.count_ones() == 1).then_some(allowed));
        allowed
    };
    // The domains span the reportable ranges, so that a box of them is also each censored form; unknown is all of one.
    exact_boxes(&ferritin, &mhla_dr, classes);
    for h in mhla_dr {
        assert_eq!(classes("", h), classes("0..1000000", h));
    }
    for f in ferritin {
        assert_eq!(classes(f, ""), classes(f, "0..1000000"));
    }
    assert_eq!(classes("", ""), 0b111);
}

#[test]
fn r044_exact_1996_total() {
    let sets = [0b0_0100, 0b0_1001, 0b1_0011, 0b1_1111];
    for organs in 0..sets.len().pow(6) as u32 {
        let organs = [0, 2, 4, 6, 8, 10].map(|shift| sets[(organs >> shift & 3) as usize]);
        // Every sum of one member of each.
        let sums =
            organs.iter().fold(1_u32, |sums, members| (0..5).filter(|k| members >> k & 1 == 1).fold(0, |all, k| all | sums << k));
        let total = Sofa::from(organs.map(set)).total();
        assert_eq!((0..32).fold(0, |all, sum| all | u32::from(total.contains(sum)) << sum), sums, "{organs:?}");
        assert_eq!(total.ends().map(u32::from), [sums.trailing_zeros(), sums.ilog2()], "{organs:?}");
        for rise in 0..=24 {
            assert_eq!(
                total.at_least(rise),
                met((0..25).filter(|sum| sums >> sum & 1 == 1).map(|sum| sum >= rise)),
                "{organs:?}"
            );
        }
    }
}

#[test]
fn r130_exact_sepsis() {
    let either = |known: Met| [false, true].into_iter().filter(move |&x| known == Unknown || known == Met::from(x));
    for (total, all) in totals().into_iter().chain([1, 2, 3].map(|k| (Total::only(k), vec![k]))) {
        for (prior, before) in
            [(Prior::Unknown, 0..=24), (Prior::Sofa(0), 0..=0), (Prior::Sofa(1), 1..=1), (Prior::Sofa(7), 7..=7)]
        {
            for (infection, emergency) in [No, Unknown, Yes].into_iter().flat_map(|i| [No, Unknown, Yes].map(|e| (i, e))) {
                // Infection, and a total of 2 on emergency admission or else a rise of 2.
                let mut worlds = Vec::new();
                for (&total, before) in all.iter().flat_map(|total| before.clone().map(move |before| (total, before))) {
                    let rose = |emergency| if emergency { total >= 2 } else { total >= before + 2 };
                    worlds.extend(either(infection).flat_map(|i| either(emergency).map(move |e| i && rose(e))));
                }
                let sepsis = SEPSIS_3.sepsis(infection, emergency, total, prior);
                assert_eq!(sepsis, met(worlds.into_iter()), "{infection:?} {emergency:?} {all:?} {prior:?}");
            }
        }
    }
}

// ---- course and endpoint

/// Totals as sets: one, a span, one with a hole, any.
fn totals() -> Vec<(Total, Vec<u8>)> {
    let organs = |sets: [u8; 6]| Sofa::from(sets.map(set)).total();
    let sets = [Total::only(9), organs([0b11100, 1, 1, 1, 0b1000, 1]), organs([0b10001, 0b10000, 1, 1, 1, 1]), Total::ALL];
    sets.into_iter().map(|total| (total, (0..=24).filter(|&k| total.contains(k)).collect())).collect()
}

#[test]
fn r115_sound_and_ends_reached_change_between_two_days() {
    for (from, before) in totals() {
        for (to, after) in totals() {
            let worlds =
                before.iter().flat_map(|&x| after.iter().map(move |&y| i8::try_from(y).unwrap() - i8::try_from(x).unwrap()));
            let expected = [worlds.clone().min().unwrap(), worlds.max().unwrap()];
            assert_eq!(Change::between(from, to).ends(), expected);
            let mut course = Course::<2>::new(SOFA_1996.id());
            course.push_total(1, from).unwrap();
            course.push_total(2, to).unwrap();
            assert_eq!((course.change(1).unwrap().ends(), course.change(2).unwrap().ends()), ([0, 0], expected));
        }
    }
}

/// Every fall, times the days, of the worlds of a course of `None` gaps; any day that nothing says is 0 to 24.
fn falls(days: &[Option<Vec<u8>>], n: usize, end: Option<End>, gap: Gap) -> Vec<i32> {
    // The ends and one between are worlds enough of a day that may be anything: a fall is linear in each.
    let any = vec![0, 7, 24];
    let mut worlds: Vec<Vec<Option<i32>>> = vec![vec![]];
    for day in 0..=n {
        let choices = match (days.get(day), end) {
            (Some(Some(scored)), _) => scored.clone(),
            (None, Some(End::Death)) => vec![24],
            (None, None) => any.clone(),
            // Carried as it is; if there is nothing to carry, anything, and not to be carried either.
            _ if gap == Gap::Carry && days[..day.min(days.len())].iter().any(Option::is_some) => vec![],
            _ => any.clone(),
        };
        let carried = choices.is_empty();
        worlds = worlds
            .into_iter()
            .flat_map(|world| {
                let last = world.last().copied().flatten();
                let next = if carried { vec![last] } else { choices.iter().map(|&x| Some(i32::from(x))).collect() };
                next.into_iter().map(move |day| [world.clone(), vec![day]].concat())
            })
            .collect();
    }
    let n = n as i32;
    worlds.iter().map(|w| n * w[0].unwrap() - w[1..].iter().map(|day| day.unwrap()).sum::<i32>()).collect()
}

#[test]
fn r115_sound_and_ends_reached_endpoint_response() {
    let thin = |all: &[u8]| [all[0], all[all.len() >> 1], all[all.len() - 1]].to_vec();
    let mut entries: Vec<_> = totals().into_iter().map(|(total, all)| Some((total, thin(&all)))).collect();
    entries.push(None);
    // Days 1 to 4 in every combination, of which the course holds none to all.
    for index in 0..5_usize.pow(4) {
        let of = |day: u32| index.div_euclid(5_usize.pow(day)).rem_euclid(5);
        let days: Vec<_> = (0..4).map(|day| entries[of(day)].clone()).collect();
        for held in 0..=4 {
            if (held..4).any(|day| of(day as u32) != 0) {
                continue;
            }
            for (end, gap) in
                [None, Some(End::Death), Some(End::Discharge)].into_iter().flat_map(|e| [(e, Gap::Carry), (e, Gap::Open)])
            {
                let mut course = Course::<4>::new(SOFA_1996.id());
                for (day, entry) in (1..).zip(&days[..held]) {
                    match entry {
                        Some((total, _)) => course.push_total(day, *total).unwrap(),
                        None => course.gap(day).unwrap(),
                    }
                }
                if let Some(end) = end {
                    course.end(end).unwrap();
                }
                let worlds: Vec<_> = days[..held].iter().map(|day| day.as_ref().map(|(_, all)| all.clone())).collect();
                // Day 1 itself is never "after death": a course without it knows nothing of it.
                let first = if worlds.is_empty() { vec![None] } else { worlds };
                let falls = falls(&first, 3, end, gap);
                for fall_tenths in [0, 14, 50, 240] {
                    let endpoint = Endpoint { last: 4, fall_tenths, gap, ..IMMUNOSEP_DAY9 };
                    let response = endpoint.response(&course).unwrap();
                    let case = format!("{first:?} {end:?} {gap:?}");
                    assert_eq!(response.fall, [*falls.iter().min().unwrap(), *falls.iter().max().unwrap()], "{case}");
                    let outcomes = falls.iter().map(|fall| 10 * fall >= 3 * i32::from(fall_tenths));
                    assert_eq!(response.met, met(outcomes), "{case} {fall_tenths}");
                }
            }
        }
    }
}

#[test]
fn r114_days_carried_from_day_1_cancel() {
    for (first, _) in totals() {
        for gaps in 0..=8 {
            let mut course = Course::<9>::new(SOFA_1996.id());
            course.push_total(1, first).unwrap();
            for day in 2..2 + gaps {
                course.gap(day).unwrap();
            }
            course.end(End::Discharge).unwrap();
            let response = IMMUNOSEP_DAY9.response(&course).unwrap();
            assert_eq!((response.fall, response.met, response.carried), ([0, 0], No, 8));
        }
        // Two days carried from day 1, then one of 5 that is carried to day 9: only the six uncarried from day 1 weigh.
        let mut course = Course::<9>::new(SOFA_1996.id());
        course.push_total(1, first).unwrap();
        course.gap(2).unwrap();
        course.gap(3).unwrap();
        course.push_total(4, Total::only(5)).unwrap();
        course.end(End::Discharge).unwrap();
        let expected = first.ends().map(|first| 6 * i32::from(first) - 6 * 5);
        assert_eq!(IMMUNOSEP_DAY9.response(&course).unwrap().fall, expected);
    }
}

// ---- windows

fn event(item: &str, unit: &str, value: &str) -> Event {
    Event::read(item, unit, value).unwrap()
}

fn push(window: &mut Window, minute: u32, event: &Event) {
    window.push(&SOFA_1996, minute, event).unwrap();
}

fn window(lines: &[(u32, &str, &str, &str)]) -> Window {
    let mut window = Window::new(&SOFA_1996);
    for &(minute, item, unit, value) in lines {
        push(&mut window, minute, &event(item, unit, value));
    }
    window
}

fn organs_of(day: Day) -> [u8; 6] {
    let score = day.score(&SOFA_1996, How::DEFAULT, Carried::NONE);
    Organ::ALL.map(|organ| bits(score.sofa().organ(organ)))
}

fn organs(window: &Window) -> [u8; 6] {
    organs_of(window.so_far(&SOFA_1996).unwrap())
}

/// Organ by organ, the first set contains the second.
fn contains(wide: [u8; 6], narrow: [u8; 6]) -> bool {
    wide.iter().zip(narrow).all(|(wide, narrow)| wide | narrow == *wide)
}

/// Item, unit, reading, its worlds.
type Line = (&'static str, &'static str, &'static str, &'static [&'static str]);

#[rustfmt::skip]
const READINGS: &[Line] = &[
    ("pao2",           "mm[Hg]",    "70..90",   &["70", "80", "80.001", "90"]),
    ("pao2",           "kPa",       "<8",       &["0", "5.32", "7.999"]),
    ("fio2",           "%",         "40..50",   &["40", "45", "50"]),
    ("support",        "",          "imv",      &["imv"]),
    ("platelets",      "10*9/L",    "<100",     &["0", "49.999", "99.999"]),
    ("bilirubin",      "mg/dL",     "1.9..2.1", &["1.9", "2.0", "2.1"]),
    ("map",            "mm[Hg]",    "60..70",   &["60", "70"]),
    ("gcs",            "{score}",   "<9",       &["3", "8"]),
    ("creatinine",     "mg/dL",     "1.0..2.0", &["1.0", "1.2", "2.0"]),
    ("urine",          "mL",        "0..400",   &["0", "150", "300", "400"]),
    ("norepinephrine", "ug/kg/min", "0..0.2",   &["0", "0.05", "0.2"]),
    ("norepinephrine", "ug/min",    "8",        &["8"]),
    ("norepinephrine", "ug/kg/min", "0",        &["0"]),
    ("weight",         "kg",        "70..90",   &["70", "80", "90"]),
];

/// Of what the reading window was never told.
fn untold_worlds() -> Vec<Window> {
    let told =
        |support, fio2, weight| window(&[(0, "support", "", support), (0, "fio2", "%", fio2), (0, "weight", "kg", weight)]);
    vec![told("none", "21", "50"), told("imv", "100", "100"), told("ecmo_va", "40", "80"), told("imv", "21", "200")]
}

/// Every sequence of so many readings, 40 minutes apart, with its worlds.
fn sequences(length: u32, visit: &mut impl FnMut(&Window, &[Window], u32, &[usize])) {
    fn deeper(
        now: (&Window, &[Window], u32),
        length: u32,
        path: &mut Vec<usize>,
        visit: &mut impl FnMut(&Window, &[Window], u32, &[usize]),
    ) {
        let (reading, worlds, minute) = now;
        visit(reading, worlds, minute, path);
        if length == 0 {
            return;
        }
        for (at, &(item, unit, text, exact)) in READINGS.iter().enumerate() {
            let mut next = *reading;
            push(&mut next, minute + 40, &event(item, unit, text));
            let worlds: Vec<Window> = exact
                .iter()
                .flat_map(|text| {
                    let event = event(item, unit, text);
                    worlds.iter().map(move |&world| {
                        let mut world = world;
                        push(&mut world, minute + 40, &event);
                        world
                    })
                })
                .collect();
            path.push(at);
            deeper((&next, &worlds, minute + 40), length - 1, path, visit);
            path.pop();
        }
    }
    deeper((&Window::new(&SOFA_1996), &untold_worlds(), 0), length, &mut vec![], visit);
}

#[test]
fn r085_sound_a_window_of_readings_contains_every_world() {
    sequences(3, &mut |reading, worlds, _, path| {
        let wide = organs(reading);
        for world in worlds {
            let narrow = organs(world);
            assert!(contains(wide, narrow), "{path:?}: {wide:?} does not contain {narrow:?}");
        }
    });
}

#[test]
fn r115_sound_two_closed_days_their_change_and_response_contain_every_world() {
    let endpoint = Endpoint { last: 2, ..IMMUNOSEP_DAY9 };
    let two_days = |mut window: Window| {
        let mut course = Course::<2>::new(SOFA_1996.id());
        let scores = [(); 2].map(|()| window.close_day(&SOFA_1996).unwrap().score(&SOFA_1996, How::DEFAULT, Carried::NONE));
        scores.iter().for_each(|score| course.push(score).unwrap());
        (scores.map(|s| s.total()), course.change(2).unwrap().ends(), endpoint.response(&course).unwrap())
    };
    sequences(2, &mut |reading, worlds, _, path| {
        let (totals, change, response) = two_days(*reading);
        for &world in worlds {
            let (in_world, its_change, its_response) = two_days(world);
            for (total, its) in totals.iter().zip(in_world) {
                assert!((0..=24).all(|k| total.contains(k) || !its.contains(k)), "{path:?}: {total:?} {its:?}");
            }
            assert!(change[0] <= its_change[0] && its_change[1] <= change[1], "{path:?}");
            assert!(response.fall[0] <= its_response.fall[0] && its_response.fall[1] <= response.fall[1], "{path:?}");
            assert!(response.met == Unknown || response.met == its_response.met, "{path:?}");
        }
    });
}

/// All choices of one of each.
fn product(choices: &[&'static [&'static str]]) -> Vec<Vec<&'static str>> {
    choices.iter().fold(vec![vec![]], |all, choice| {
        all.into_iter().flat_map(|head| choice.iter().map(move |&last| [head.clone(), vec![last]].concat())).collect()
    })
}

#[test]
fn r080_ends_reached_the_worst_of_a_window_under_one_held_fio2() {
    let pao2: [(&str, &[&str]); 4] =
        [("60", &["60"]), ("70..90", &["70", "80", "90"]), ("<= 120", &["0", "100", "120"]), (">= 160", &["160", "1000"])];
    let fio2: [(&str, &[&str]); 2] = [("40..50", &["40", "45", "50"]), (">= 30", &["30", "60", "100"])];
    let supports: [(&str, &[&str]); 3] = [("imv", &["imv"]), ("oxygen", &["oxygen"]), ("", &["none", "imv"])];
    let respiration = |support: &str, values: [&str; 4]| {
        let mut window = Window::new(&SOFA_1996);
        if !support.is_empty() {
            push(&mut window, 0, &event("support", "", support));
        }
        for ((minute, item, unit), value) in
            [(0, "fio2", "%"), (10, "pao2", "mm[Hg]"), (100, "pao2", "mm[Hg]"), (100, "pao2", "mm[Hg]")].into_iter().zip(values)
        {
            push(&mut window, minute, &event(item, unit, value));
        }
        organs_of(window.close_day(&SOFA_1996).unwrap())[0]
    };
    for (support, either) in supports {
        for (held, fio2) in fio2 {
            for index in 0..64_usize {
                let [a, b, c] = [index & 3, index >> 2 & 3, index >> 4].map(|i| pao2[i]);
                let set = respiration(support, [held, a.0, b.0, c.0]);
                let worlds = product(&[either, fio2, a.1, b.1, c.1]);
                let union = worlds.iter().fold(0, |all, w| all | respiration(w[0], [w[1], w[2], w[3], w[4]]));
                assert_eq!((set | union, ends(set)), (set, ends(union)), "{support} {held} {} {} {}", a.0, b.0, c.0);
            }
        }
    }
}

/// The cardiovascular points after rates so far apart, and a last gap; MAP is 80.
fn after_rates(gaps: &[u32], rates: &[&Event]) -> u8 {
    let mut window = window(&[(0, "map", "mm[Hg]", "80")]);
    let mut minute = 0;
    for (rate, gap) in rates.iter().zip(gaps) {
        push(&mut window, minute, rate);
        minute += gap;
    }
    push(&mut window, minute, &event("gcs", "{score}", "15"));
    organs(&window)[3]
}

/// The same from the paper, minute by minute: a rate counts from its run's 60th minute on, a stop of up to 5 breaks no run.
fn by_hand(gaps: &[u32], rates: &[&str]) -> u8 {
    let minutes = rates.iter().zip(gaps).flat_map(|(&rate, &gap)| (0..gap).map(move |_| rate)).chain(rates.last().copied());
    let (mut first, mut last, mut worst) = (None, 0, 0);
    for (minute, rate) in (0..).zip(minutes).filter(|(_, rate)| *rate != "0") {
        let run = first.filter(|_| minute - last <= 6).unwrap_or(minute);
        (first, last) = (Some(run), minute);
        if minute >= run + 59 {
            worst = worst.max(if rate == "0.2" { 4 } else { 3 });
        }
    }
    1 << worst
}

/// Every sequence of readings of a rate with every sequence of gaps, against the exact windows that are its worlds.
fn rates_against_worlds(length: usize, gaps: &[u32], readings: &[(&str, &[&str])]) -> usize {
    let parse = |text: &str| event("norepinephrine", "ug/kg/min", text);
    let exact: HashMap<&str, Event> = readings.iter().flat_map(|r| r.1).map(|&text| (text, parse(text))).collect();
    let parsed: Vec<Event> = readings.iter().map(|(text, _)| parse(text)).collect();
    let digits = |index: usize, base: usize| (0..length as u32).map(move |i| index.div_euclid(base.pow(i)).rem_euclid(base));
    let mut open = 0;
    for index in 0..gaps.len().pow(length as u32) {
        let gaps: Vec<u32> = digits(index, gaps.len()).map(|i| gaps[i]).collect();
        let mut known: HashMap<Vec<&str>, u8> = HashMap::new();
        for index in 0..readings.len().pow(length as u32) {
            let chosen: Vec<usize> = digits(index, readings.len()).collect();
            let set = after_rates(&gaps, &chosen.iter().map(|&i| &parsed[i]).collect::<Vec<_>>());
            let mut union = 0;
            // Every world: one exact rate of each reading.
            for world in 0..chosen.iter().map(|&i| readings[i].1.len()).product() {
                let mut left: usize = world;
                let world: Vec<&str> = chosen
                    .iter()
                    .map(|&i| {
                        let at = left.rem_euclid(readings[i].1.len());
                        left = left.div_euclid(readings[i].1.len());
                        readings[i].1[at]
                    })
                    .collect();
                union |= *known.entry(world).or_insert_with_key(|world| {
                    let points = after_rates(&gaps, &world.iter().map(|text| &exact[text]).collect::<Vec<_>>());
                    assert_eq!(points, by_hand(&gaps, world), "{gaps:?} {world:?}");
                    points
                });
            }
            assert_eq!((set | union, ends(set)), (set, ends(union)), "{gaps:?} {:?}", chosen.iter().map(|&i| readings[i].0));
            open += usize::from(set.count_ones() > 1);
        }
    }
    open
}

const ZERO: (&str, &[&str]) = ("0", &["0"]);
const SMALL: (&str, &[&str]) = ("0.05", &["0.05"]);
const MAYBE: (&str, &[&str]) = ("0..0.2", &["0", "0.05", "0.2"]);

#[test]
fn r039_ends_reached_three_rates_around_an_hours_run_and_a_brief_stop() {
    let readings = [ZERO, SMALL, MAYBE, ("0..0.05", &["0", "0.05"]), ("<= 0.2", &["0.05", "0.2"])];
    assert!(rates_against_worlds(3, &[1, 5, 6, 54, 58, 59, 60], &readings) > 5_000);
}

#[test]
fn r039_ends_reached_five_rates_around_an_hours_run_and_brief_stops() {
    assert!(rates_against_worlds(5, &[5, 6, 50], &[ZERO, SMALL, MAYBE]) > 1_000);
}

#[test]
fn r040_ends_reached_a_rate_per_minute_under_one_held_weight() {
    let cardiovascular = |weight: &str, rates: &[&str]| {
        let mut window = window(&[(0, "map", "mm[Hg]", "80"), (0, "weight", "kg", weight)]);
        for (minute, rate) in (0..).step_by(70).zip(rates) {
            push(&mut window, minute, &event("norepinephrine", "ug/min", rate));
        }
        organs_of(window.close_day(&SOFA_1996).unwrap())[3]
    };
    for rates in product(&[&["0", "7", "8", "9", "12"], &["0", "7", "8", "9", "12"]]) {
        for (weight, worlds) in [("70..90", ["70", "80", "90"]), ("<=80", ["1", "40", "80"]), ("", ["1", "80", "1000"])] {
            let (set, union) =
                (cardiovascular(weight, &rates), worlds.map(|w| cardiovascular(w, &rates)).iter().fold(0, |a, w| a | w));
            assert_eq!((set | union, ends(set)), (set, ends(union)), "{weight:?} kg {rates:?}");
        }
    }
}

// ---- narrowing

#[test]
fn r086_narrowing_what_is_unknown_never_widens() {
    let within = |narrow: Points, wide: Points| bits(narrow) | bits(wide) == bits(wide);
    let texts = |domain: &[&str]| {
        let pairs = (0..domain.len()).flat_map(|i| (i..domain.len()).map(move |j| (i, j)));
        let mut all: Vec<_> = pairs.map(|(i, j)| (i, j, format!("{}..{}", domain[i], domain[j]))).collect();
        all.push((0, domain.len(), String::new()));
        all
    };
    let (pao2, fio2) = (texts(&["20", "40", "60", "80", "120", "200", "400"]), texts(FIO2));
    let score = |p: &str, f: &str, support| {
        let gas = Gas::MmHg(Reading::read(p).unwrap());
        SOFA_1996.respiration(gas, Reading::read(f).unwrap(), support)
    };
    for (wide_from, wide_to, wide) in &fio2 {
        for (from, to, narrow) in fio2.iter().filter(|(from, to, _)| wide_from <= from && to <= wide_to) {
            for (pao2_from, pao2_to, outer) in &pao2 {
                for (_, _, inner) in pao2.iter().filter(|(from, to, _)| pao2_from <= from && to <= pao2_to) {
                    let open = score(outer, wide, None);
                    for support in [None, Some(Support::Imv), Some(Support::None)] {
                        assert!(
                            within(score(inner, narrow, support), open),
                            "{outer} at {wide}: {inner} at {narrow} {from} {to}"
                        );
                    }
                }
            }
        }
    }
    for (ferritin, mhla_dr) in [("4420", "5000"), ("4421", "4999"), ("<15", "<5000"), (">2000", ">4000")] {
        let met = |f: &str, h: &str| IMMUNOSEP.classify(Reading::read(f).unwrap(), Reading::read(h).unwrap());
        for (f, h) in [("", mhla_dr), (ferritin, ""), ("", "")] {
            assert!(met(ferritin, mhla_dr).classes().all(|class| met(f, h).allows(class)), "{f:?} {h:?}");
        }
    }
}

#[test]
fn r093_what_is_unknown_after_an_outage_contains_whatever_happened_in_it() {
    let start = [
        (0, "norepinephrine", "ug/kg/min", "0.05"),
        (0, "support", "", "imv"),
        (0, "fio2", "%", "40"),
        (0, "weight", "kg", "80"),
    ];
    let changes: [(&str, &str, &[&str]); 4] = [
        ("norepinephrine", "ug/kg/min", &["0", "0.05", "0.2"]),
        ("norepinephrine", "ug/min", &["6", "20"]),
        ("fio2", "%", &["21", "60", "100"]),
        ("support", "", &["none", "niv"]),
    ];
    let changes: Vec<Event> =
        changes.iter().flat_map(|(item, unit, values)| values.iter().map(|v| event(item, unit, v))).collect();
    for last in [0, 30, 70] {
        let mut before = window(&start);
        push(&mut before, last, &event("map", "mm[Hg]", "80"));
        for now in [last + 1, last + 5, last + 60, last + 200] {
            // Behind the outage: a gas, then a rate, so that runs through the outage count or not.
            let after = |mut window: Window| {
                push(&mut window, now, &event("pao2", "mm[Hg]", "80"));
                let first = organs(&window);
                push(&mut window, now + 3, &event("norepinephrine", "ug/kg/min", "0.05"));
                push(&mut window, now + 40, &event("gcs", "{score}", "15"));
                [first, organs(&window)]
            };
            let mut outage = before;
            outage.resume(&SOFA_1996, now).unwrap();
            let wide = after(outage);
            for (a, one) in changes.iter().enumerate() {
                for (b, other) in changes.iter().enumerate() {
                    let mut world = before;
                    push(&mut world, last + 1, one);
                    push(&mut world, (last + 60).min(now), other);
                    let narrow = after(world);
                    assert!(
                        contains(wide[0], narrow[0]) && contains(wide[1], narrow[1]),
                        "{last} {now} {a} {b}: {wide:?} {narrow:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn r094_a_limit_on_what_holds_contains_what_held_on() {
    let lines = [
        (0, "norepinephrine", "ug/min", "8"),
        (0, "support", "", "imv"),
        (0, "fio2", "%", "40"),
        (0, "weight", "kg", "79"),
        (30, "pao2", "mm[Hg]", "75"),
        (60, "map", "mm[Hg]", "80"),
        (150, "pao2", "mm[Hg]", "70"),
    ];
    for limit in [1, 10, 30, 31, 60, 61, 150, 151] {
        for limits in [
            Limits { fio2: limit, ..Limits::NONE },
            Limits { support: limit, ..Limits::NONE },
            Limits { weight: limit, ..Limits::NONE },
            Limits { infusion: limit, ..Limits::NONE },
        ] {
            let (mut held, mut limited) = (Window::new(&SOFA_1996), Window::new(&SOFA_1996).with_limits(limits));
            for (minute, item, unit, value) in lines {
                let event = event(item, unit, value);
                push(&mut held, minute, &event);
                push(&mut limited, minute, &event);
                assert!(contains(organs(&limited), organs(&held)), "{limits:?} at {minute}");
            }
        }
    }
}

// ---- an open day

/// Item, unit, value, minutes since the last line (negative: late), the organ that it measures.
#[rustfmt::skip]
const CHARTED: &[(&str, &str, &str, i32, Option<Organ>)] = &[
    ("platelets",      "10*9/L",    "90",  30, Some(Organ::Coagulation)),
    ("platelets",      "10*9/L",    "<60", -5, Some(Organ::Coagulation)),
    ("bilirubin",      "umol/L",    "40",  1,  Some(Organ::Liver)),
    ("map",            "mm[Hg]",    "65",  61, Some(Organ::Cardiovascular)),
    ("gcs",            "{score}",   "14",  30, Some(Organ::Brain)),
    ("gcs",            "{score}",   "",    1,  Some(Organ::Brain)),
    ("creatinine",     "mg/dL",     "1.3", 30, Some(Organ::Renal)),
    ("fio2",           "%",         "40",  30, None),
    ("support",        "",          "imv", 30, None),
    ("pao2",           "mm[Hg]",    "70",  30, Some(Organ::Respiration)),
    ("pao2",           "kPa",       "12",  -5, Some(Organ::Respiration)),
    ("urine",          "mL",        "150", 30, None),
    ("urine",          "mL",        "400", -5, None),
    ("norepinephrine", "ug/kg/min", "0.2", 61, None),
    ("norepinephrine", "ug/kg/min", "0",   1,  None),
    ("infection",      "",          "1",   90, None),
];

#[derive(Clone, Copy)]
struct Open {
    window: Window,
    minute: u32,
    measured: [bool; 6],
    infused: bool,
}

/// What holds of an open day and what it becomes: the lower end of no organ falls, and an organ that is not measured again
/// (cardiovascular: while no infusion was charted) becomes something that it was.
fn becomes(before: [u8; 6], after: [u8; 6], again: Option<Organ>, infused: bool, case: &str) {
    for (organ, (was, is)) in Organ::ALL.into_iter().zip(before.into_iter().zip(after)) {
        assert!(ends(was)[0] <= ends(is)[0], "{case}: {organ:?} fell from {was:b} to {is:b}");
        if again != Some(organ) && !(organ == Organ::Cardiovascular && infused) {
            assert_eq!(was | is, was, "{case}: {organ:?} was {was:b}, is {is:b}");
        }
    }
}

#[test]
fn r092_an_open_days_lower_ends_never_fall_and_what_is_not_measured_again_becomes_what_it_was() {
    fn deeper(open: Open, length: u32, path: &mut Vec<usize>) {
        let before = organs(&open.window);
        if length < 2 {
            // The rest of the day passes.
            let mut window = open.window;
            let closed = organs_of(window.close_day(&SOFA_1996).unwrap());
            becomes(before, closed, None, open.infused, &format!("{path:?}, closed"));
        }
        if length == 0 {
            return;
        }
        for (at, &(item, unit, value, later, organ)) in CHARTED.iter().enumerate() {
            let mut next = open;
            let minute = open.minute.saturating_add_signed(later);
            next.infused |= item == "norepinephrine";
            next.minute = next.minute.max(minute);
            push(&mut next.window, minute, &event(item, unit, value));
            let again = organ.filter(|&organ| core::mem::replace(&mut next.measured[organ as usize], true));
            path.push(at);
            becomes(before, organs(&next.window), again, next.infused, &format!("{path:?}"));
            deeper(next, length - 1, path);
            path.pop();
        }
    }
    deeper(Open { window: Window::new(&SOFA_1996), minute: 10, measured: [false; 6], infused: false }, 3, &mut vec![]);
}

#[test]
fn r092_an_open_day_is_the_worst_so_far_and_no_upper_bound() {
    let mut window = window(&[(10, "platelets", "10*9/L", "90")]);
    assert_eq!(organs(&window)[1], 1 << 2);
    push(&mut window, 20, &event("platelets", "10*9/L", "40"));
    assert_eq!(organs(&window)[1], 1 << 3);
}

#[test]
fn r083_urine_adds_up_exactly_and_is_a_lower_bound_while_the_day_is_open() {
    #[rustfmt::skip]
    // Two volumes, their sum in half-ticks of 0.001 mL, renal points while the day is open and once it is over.
    let table = [
        (["300", "200"],       [1_000_000, 1_000_000], 0b0_0001, 0b0_0001),
        (["300", "199.999"],   [999_998, 999_998],     0b0_1001, 0b0_1000),
        (["100", "100"],       [400_000, 400_000],     0b0_1001, 0b0_1000),
        (["100", "99.9999"],   [399_999, 399_999],     0b1_1001, 0b1_0000),
        (["<100", "<100"],     [0, 399_999],           0b1_1001, 0b1_0000),
        (["<=100", "<100"],    [0, 399_999],           0b1_1001, 0b1_0000),
        (["<=100", "<=100"],   [0, 400_000],           0b1_1001, 0b1_1000),
        ([">100", ">100"],     [400_001, 400_000_000], 0b0_1001, 0b0_1001),
        ([">=100", ">100"],    [400_001, 400_000_000], 0b0_1001, 0b0_1001),
        (["0.0005", "0.0005"], [1, 3],                 0b1_1001, 0b1_0000),
        (["0", "0"],           [0, 0],                 0b1_1001, 0b1_0000),
    ];
    for (volumes, sum, open, closed) in table {
        // In one hour, in two, and the second one late.
        for minutes in [[10, 11], [10, 700], [700, 10]] {
            let mut window = window(&[(0, "creatinine", "mg/dL", "1")]);
            for (minute, volume) in minutes.into_iter().zip(volumes) {
                push(&mut window, minute, &event("urine", "mL", volume));
            }
            assert_eq!((window.so_far(&SOFA_1996).unwrap().urine().ends(), organs(&window)[5]), (sum, open), "{volumes:?}");
            let day = window.close_day(&SOFA_1996).unwrap();
            assert_eq!((day.urine().ends(), organs_of(day)[5]), (sum, closed), "{volumes:?}");
        }
    }
}

#[test]
fn r092_the_clocks_own_minute_is_provisional() {
    // Of the events of one minute those that hold act first: P/F 160 becomes 200 by a later line of the same minute.
    let mut window = window(&[(0, "support", "", "imv"), (0, "fio2", "%", "50"), (9, "pao2", "mm[Hg]", "80")]);
    assert_eq!(organs(&window)[0], 1 << 3);
    push(&mut window, 9, &event("fio2", "%", "40"));
    assert_eq!(organs(&window)[0], 1 << 2);
    push(&mut window, 10, &event("fio2", "%", "100"));
    assert_eq!(organs(&window)[0], 1 << 2);
}

#[test]
fn r081_infusions_that_were_never_charted_may_be_running_if_so_declared() {
    let unknown = How { infusions: Infusions::Unknown, ..How::DEFAULT };
    let cardiovascular = |lines: &[_]| {
        let day = window(lines).close_day(&SOFA_1996).unwrap();
        bits(day.score(&SOFA_1996, unknown, Carried::NONE).sofa().organ(Organ::Cardiovascular))
    };
    let drugs = ["norepinephrine", "epinephrine", "dopamine", "dobutamine"];
    let off = |which: &[usize]| {
        let mut lines = vec![(0, "map", "mm[Hg]", "80")];
        lines.extend(which.iter().map(|&i| (0, drugs[i], "ug/kg/min", "0")));
        cardiovascular(&lines)
    };
    // What the uncharted ones can score, each on its own or off: 0, 3, 4; dopamine 0, 2, 3, 4; dobutamine 0, 2.
    assert_eq!(off(&[0, 1, 2, 3]), 0b0_0001);
    assert_eq!(off(&[0, 1, 2]), 0b0_0101);
    assert_eq!(off(&[0, 1, 3]), 0b1_1101);
    assert_eq!([off(&[1, 2, 3]), off(&[0, 2, 3])], [0b1_1001; 2]);
    assert_eq!(off(&[]), 0b1_1101);
    // One that runs is never undercut by what the others may be.
    assert_eq!(cardiovascular(&[(0, "norepinephrine", "ug/kg/min", "0.05")]), 0b1_1000);
}
