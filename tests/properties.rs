//! Properties of random charting: days are sound, narrowing never widens, order and place do not matter, nothing panics.

use endotype::Amount::Ticks;
use endotype::published::SOFA_1996;
use endotype::quantity::{Ferritin, Gcs, Quantity};
use endotype::{
    Amount, Carried, Cutoffs, Day, Error, Event, Filed, Flag, How, ITEMS, Infusion, Infusions, Kind, Limits, Met, Organ, Rate,
    Reading,
};
use endotype::{Remarks, Score, Series, SofaRows, SofaRules, Support, Window};
use proptest::prelude::*;

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

const DAY: u32 = 1_440;

// ---- what is charted

/// What random values of an item are drawn from: mostly near its cut-offs.
struct Source {
    item: &'static str,
    unit: &'static str,
    /// Decimals of a tick.
    decimals: u32,
    /// What is reportable, in ticks.
    range: [u64; 2],
    /// In ticks.
    near: &'static [u64],
    /// A rate `<x` is running.
    rate: bool,
}

const fn source(item: &'static str, unit: &'static str, decimals: u32, [least, most]: [u64; 2], near: &'static [u64]) -> Source {
    let ticks = 10_u64.pow(decimals);
    Source { item, unit, decimals, range: [least * ticks, most * ticks], near, rate: false }
}

const fn rate(item: &'static str, unit: &'static str, near: &'static [u64]) -> Source {
    let by_weight = source(item, unit, 6, [0, 1_000], near);
    let per_minute = source(item, unit, 3, [0, 100_000], near);
    Source { rate: true, ..if unit.len() == "ug/kg/min".len() { by_weight } else { per_minute } }
}

/// Every item that a SOFA-1996 day reads; those that need nothing else first.
const SOURCES: &[Source] = &[
    source("platelets", "10*9/L", 3, [0, 10_000], &[20_000, 50_000, 100_000, 150_000]),
    source("bilirubin", "mg/dL", 3, [0, 200], &[1_200, 2_000, 6_000, 12_000]),
    source("bilirubin", "umol/L", 3, [0, 5_000], &[20_000, 33_000, 102_000, 204_000]),
    source("map", "mm[Hg]", 3, [0, 500], &[70_000]),
    source("gcs", "{score}", 0, [3, 15], &[4, 6, 9, 10, 13, 14, 15]),
    source("creatinine", "mg/dL", 3, [0, 100], &[1_200, 2_000, 3_500, 5_000]),
    source("creatinine", "umol/L", 3, [0, 10_000], &[110_000, 171_000, 300_000, 440_000]),
    source("urine", "mL", 3, [0, 100_000], &[0, 50_000, 100_000, 200_000, 500_000]),
    source("lactate", "mmol/L", 3, [0, 100], &[2_000]),
    source("pao2", "mm[Hg]", 3, [0, 1_000], &[60_000, 80_000, 90_000, 120_000]),
    source("pao2", "kPa", 3, [0, 150], &[5_320, 8_000, 10_680, 13_300]),
    source("fio2", "%", 3, [15, 100], &[21_000, 30_000, 40_000, 60_000, 100_000]),
    Source { range: [15_000, 100_000], ..source("fio2", "1", 5, [0, 1], &[21_000, 30_000, 40_000, 60_000, 100_000]) },
    source("weight", "kg", 3, [1, 1_000], &[50_000, 80_000]),
    rate("norepinephrine", "ug/kg/min", &[0, 0, 50_000, 100_000]),
    rate("norepinephrine", "ug/min", &[0, 0, 5_000, 8_000]),
    rate("epinephrine", "ug/kg/min", &[0, 100_000]),
    rate("dopamine", "ug/kg/min", &[0, 5_000_000, 15_000_000]),
    rate("dopamine", "ug/min", &[0, 400_000, 750_000]),
    rate("dobutamine", "ug/kg/min", &[0, 2_000_000]),
    rate("dobutamine", "ug/min", &[0, 200_000]),
];

/// How many of the sources are measured values that need nothing that holds.
const LABS: usize = 8;
/// The one that adds up, and those that are scored by what holds in their minute.
const URINE: core::ops::Range<usize> = 7..8;
const GASES: core::ops::Range<usize> = 8..11;

/// A charted line, three times: as read, read more narrowly, and as it truly was.
#[derive(Clone, Debug)]
struct Line {
    minute: u32,
    /// Minutes until it is charted, if it is a measured value.
    delay: u32,
    item: &'static str,
    unit: &'static str,
    texts: [String; 3],
}

const WIDE: usize = 0;
const INNER: usize = 1;
const WORLD: usize = 2;

impl Line {
    fn event(&self, which: usize) -> Event {
        let text = &self.texts[which];
        Event::read(self.item, self.unit, text).unwrap_or_else(|e| panic!("{} {text:?} {}: {e}", self.item, self.unit))
    }

    fn is_measured(&self) -> bool {
        self.item != "resume" && self.event(WORLD).kind() == Kind::Measured
    }

    /// The minute at which it is charted: what holds at once, a measured value not after its day.
    fn charted(&self) -> u32 {
        let day_end = (self.minute.div_euclid(DAY) + 1) * DAY;
        if self.is_measured() { (self.minute + self.delay).min(day_end - 1) } else { self.minute }
    }
}

/// Tenths of a tick as a decimal: the last digit is finer than the crate keeps.
fn decimal(tenths: u64, decimals: u32) -> String {
    let digits = decimals as usize + 1;
    let per = 10_u64.pow(decimals + 1);
    format!("{}.{:0digits$}", tenths.div_euclid(per), tenths.rem_euclid(per))
}

/// A reading of a value between `lo` and `hi` that also allows everything from `from` to `to`.
fn reading(source: &Source, form: u8, [lo, hi]: [u64; 2], [from, to]: [u64; 2]) -> String {
    let text = |tenths| decimal(tenths, source.decimals);
    // `<x` of a rate leaves out 0.
    let down_to_0 = !source.rate || from > 0;
    match form {
        0 if down_to_0 && to < hi => format!("<{}", text(hi)),
        1 if down_to_0 => format!("<={}", text(hi)),
        2 if lo < from => format!(">{}", text(lo)),
        3 => format!(">={}", text(lo)),
        _ if lo == hi => text(lo),
        _ => format!(" {} .. {}", text(lo), text(hi)),
    }
}

fn measured(sources: core::ops::Range<usize>, minutes: core::ops::Range<u32>) -> impl Strategy<Value = Line> {
    let place = (minutes, prop_oneof![Just(0), 0..300_u32]);
    (sources, any::<prop::sample::Index>(), 0..5_usize, prop::array::uniform5(-100..=100_i64), 0..8_u8, place).prop_map(
        |(at, near, spread, offsets, form, (minute, delay))| {
            let source = &SOURCES[at];
            let near = near.get(source.near).cast_signed() * 10;
            // Exact, within a tick, within some ticks, and far off.
            let spread = [0, 1, 10, 1_000, 10 + near.div_euclid(60)][spread];
            let whole = source.item == "gcs";
            let [least, most] = source.range.map(|ticks| ticks.cast_signed() * 10);
            let mut values = offsets.map(|offset| {
                let value = near + if whole { offset.div_euclid(25) * spread.min(1) * 10 } else { offset * spread };
                value.clamp(least, most).cast_unsigned()
            });
            values.sort_unstable();
            let [a, b, world, c, d] = values;
            let texts = [
                reading(source, form, [a, d], [b, c]),
                reading(source, u8::MAX, [b, c], [world; 2]),
                decimal(world, source.decimals),
            ];
            Line { minute, delay, item: source.item, unit: source.unit, texts }
        },
    )
}

/// What is no interval: the same in every world.
fn state(minutes: core::ops::Range<u32>) -> impl Strategy<Value = Line> {
    const FLAGS: &[&str] = &["hypovolemia", "infection", "sedated", "emergency_admission"];
    let what = prop_oneof![
        5 => prop::sample::select(Support::ALL).prop_map(|support| ("support", "", support.name())),
        1 => (prop::sample::select(FLAGS), prop::sample::select(&["0", "1"][..])).prop_map(|(flag, on)| (flag, "", on)),
        1 => prop::sample::select(&[("platelets", "10*9/L"), ("gcs", "{score}"), ("fio2", "%"), ("pao2", "kPa")][..])
            .prop_map(|(item, unit)| (item, unit, "")),
        1 => Just(("vasopressin", "[U]/h", "1.8")),
    ];
    (minutes, what).prop_map(|(minute, (item, unit, value))| Line {
        minute,
        delay: 0,
        item,
        unit,
        texts: [(); 3].map(|()| value.into()),
    })
}

fn outage(minutes: core::ops::Range<u32>) -> impl Strategy<Value = Line> {
    minutes.prop_map(|minute| Line { minute, delay: 0, item: "resume", unit: "", texts: [(); 3].map(|()| String::new()) })
}

/// Lines of everything, in the order in which they are charted.
fn charting(minutes: core::ops::Range<u32>, outages: u32, most: usize) -> impl Strategy<Value = Vec<Line>> {
    let line = prop_oneof![
        20 => measured(0..SOURCES.len(), minutes.clone()),
        3 => state(minutes.clone()),
        outages => outage(minutes),
    ];
    prop::collection::vec(line, 1..most).prop_map(|mut lines| {
        lines.sort_by_key(Line::charted);
        lines
    })
}

// ---- what the crate makes of it

fn feed(window: &mut Window, line: &Line, which: usize) {
    let done = match line.item {
        "resume" => window.resume(&SOFA_1996, line.minute),
        _ => window.push(&SOFA_1996, line.minute, &line.event(which)),
    };
    done.unwrap_or_else(|error| panic!("{line:?}: {error:?}"));
}

/// The first two days, closed.
fn two_days(lines: &[Line], limits: Limits, which: impl Fn(usize) -> usize) -> [Day; 2] {
    let mut window = Window::new(&SOFA_1996).with_limits(limits);
    let mut first = None;
    for (at, line) in lines.iter().enumerate() {
        if line.charted() >= DAY && first.is_none() {
            first = Some(window.close_day(&SOFA_1996).unwrap());
        }
        feed(&mut window, line, which(at));
    }
    let first = first.unwrap_or_else(|| window.close_day(&SOFA_1996).unwrap());
    [first, window.close_day(&SOFA_1996).unwrap()]
}

const HOWS: [How; 2] = [How::DEFAULT, How { infusions: Infusions::Unknown, ..How::DEFAULT }];

fn scores(day: &Day) -> [Score; 2] {
    HOWS.map(|how| day.score(&SOFA_1996, how, Carried::NONE))
}

/// Whether every point that one day leaves possible is possible in the other, organ by organ and in total.
fn is_within(narrow: &Day, wide: &Day) -> Result<(), TestCaseError> {
    for (narrow, wide) in scores(narrow).iter().zip(scores(wide)) {
        for organ in Organ::ALL {
            let (narrow, wide) = (narrow.sofa().organ(organ), wide.sofa().organ(organ));
            for points in (0..=4).filter(|&points| narrow.contains(points)) {
                prop_assert!(wide.contains(points), "{organ:?}: {:?} is not within {:?}", narrow.ends(), wide.ends());
            }
        }
        let (narrow, wide) = (narrow.total(), wide.total());
        prop_assert!((0..=24).all(|total| !narrow.contains(total) || wide.contains(total)), "{narrow:?} {wide:?}");
    }
    for how in HOWS {
        let [narrow, wide] = [narrow, wide].map(|day| day.circulatory_shock(how.infusions));
        prop_assert!(wide == Met::Unknown || narrow == wide, "shock: {narrow:?} is not within {wide:?}");
    }
    Ok(())
}

fn limits() -> impl Strategy<Value = Limits> {
    let limit = || prop_oneof![3 => Just(u32::MAX), 1 => 1..600_u32];
    prop_oneof![
        2 => Just(Limits::NONE),
        1 => (limit(), limit(), limit(), limit())
            .prop_map(|(fio2, support, weight, infusion)| Limits { fio2, support, weight, infusion }),
    ]
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn r085_a_day_of_readings_contains_the_day_of_every_world(lines in charting(0..2 * DAY, 1, 40), limits in limits()) {
        let [wide, inner, world] = [WIDE, INNER, WORLD].map(|which| two_days(&lines, limits, |_| which));
        for day in 0..2 {
            is_within(&world[day], &inner[day])?;
            is_within(&inner[day], &wide[day])?;
            is_within(&world[day], &wide[day])?;
        }
    }

    #[test]
    fn r086_narrowing_one_reading_never_widens(lines in charting(0..2 * DAY, 1, 20), at in any::<prop::sample::Index>()) {
        let at = at.index(lines.len());
        let before = two_days(&lines, Limits::NONE, |_| WIDE);
        for narrowed in [INNER, WORLD] {
            let after = two_days(&lines, Limits::NONE, |line| if line == at { narrowed } else { WIDE });
            is_within(&after[0], &before[0])?;
            is_within(&after[1], &before[1])?;
        }
    }
}

proptest! {
    #![proptest_config(config(128))]

    #[test]
    fn r083_the_urine_of_a_day_is_the_sum_of_its_decimals(lines in prop::collection::vec(measured(URINE, 0..DAY), 1..8)) {
        // In tenths of a tick, as they are written.
        let sum: i64 = lines.iter().map(|line| line.texts[WORLD].replace('.', "").parse::<i64>().unwrap()).sum();
        let half_tick = 2 * sum.div_euclid(10) + i64::from(sum.rem_euclid(10) > 0);
        for which in [WIDE, INNER, WORLD] {
            let mut window = Window::new(&SOFA_1996);
            lines.iter().for_each(|line| feed(&mut window, line, which));
            let [lo, hi] = window.close_day(&SOFA_1996).unwrap().urine().ends();
            // No reading is below 0, and the crate counts to 1,000,000 mL.
            let reached = (i64::from(lo)..=i64::from(hi)).contains(&half_tick.min(2_000_000_000));
            prop_assert!(reached, "{half_tick} half-ticks are not within {lo}..{hi}");
        }
    }
}

/// The properties above would hold of a generator that leaves everything open.
#[test]
fn random_charting_reaches_every_known_number_of_points_of_every_organ_and_unknown_ones() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen = [[[0_u32; 5]; 5]; 6];
    for _ in 0..600 {
        let lines = charting(0..2 * DAY, 1, 40).new_tree(&mut runner).unwrap().current();
        for day in [WIDE, WORLD].map(|which| two_days(&lines, Limits::NONE, |_| which)).as_flattened() {
            for organ in Organ::ALL {
                let [lo, hi] = day.score(&SOFA_1996, How::DEFAULT, Carried::NONE).sofa().organ(organ).ends();
                seen[organ as usize][usize::from(lo)][usize::from(hi)] += 1;
            }
        }
    }
    for organ in Organ::ALL {
        for points in 0..5 {
            let known = seen[organ as usize][points][points];
            assert!(known > 0, "{organ:?} {points} is never reached: {seen:?}");
        }
        let open: u32 = seen[organ as usize].iter().enumerate().map(|(lo, row)| row.iter().skip(lo + 1).sum::<u32>()).sum();
        assert!(open > 100, "{organ:?} is hardly ever open: {seen:?}");
    }
}

// ---- order

/// Lines, and the same in another order.
fn shuffled(lines: impl Strategy<Value = Vec<Line>>) -> impl Strategy<Value = (Vec<Line>, Vec<Line>)> {
    lines.prop_flat_map(|lines| (Just(lines.clone()), Just(lines).prop_shuffle()))
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn r090_the_order_within_a_minute_changes_nothing(
        before in charting(0..500, 1, 12),
        (lines, mixed) in shuffled(prop::collection::vec(
            prop_oneof![5 => measured(0..SOURCES.len(), 500..501), 1 => state(500..501)],
            2..10,
        )),
    ) {
        let mut start = Window::new(&SOFA_1996);
        before.iter().filter(|line| line.charted() <= 500).for_each(|line| feed(&mut start, line, WIDE));
        // Of one held item's lines the last holds: so here each has but one.
        let first = |line: &Line| {
            lines.iter().find(|other| other.item == line.item).is_some_and(|other| other.texts == line.texts)
        };
        let mut windows = [start; 2];
        for (window, lines) in windows.iter_mut().zip([&lines, &mixed]) {
            lines.iter().filter(|line| line.is_measured() || first(line)).for_each(|line| feed(window, line, WIDE));
        }
        prop_assert_eq!(windows[0], windows[1]);
    }

    #[test]
    fn r090_the_minutes_of_one_hour_are_alike_for_what_needs_nothing_that_holds(
        hour in 0..24_u32,
        lines in prop::collection::vec(measured(0..LABS, 0..60), 2..12),
        minutes in Just((0..60_u32).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let day = |minute: &dyn Fn(usize) -> u32| {
            let mut window = Window::new(&SOFA_1996);
            for (at, line) in lines.iter().enumerate() {
                feed(&mut window, &Line { minute: hour * 60 + minute(at), ..line.clone() }, WIDE);
            }
            window.close_day(&SOFA_1996).unwrap()
        };
        let (charted, moved) = (day(&|at| lines[at].minute), day(&|at| minutes[at]));
        prop_assert_eq!(scores(&charted), scores(&moved));
        prop_assert_eq!(charted.urine(), moved.urine());
    }
}

// ---- merge

/// A window of these lines whose clock stands at the minute behind `last`: what comes in its open minute is not merged yet.
fn device(lines: &[Line], last: u32) -> Window {
    let mut window = Window::new(&SOFA_1996);
    lines.iter().for_each(|line| feed(&mut window, line, WIDE));
    window.push(&SOFA_1996, last + 1, &Event::read("spo2", "%", "97").unwrap()).unwrap();
    window
}

fn merged(mut into: Window, other: &Window) -> Window {
    into.merge(&SOFA_1996, other).unwrap();
    into
}

/// A window in which nothing holds of its own, so what it shows is what it was told.
fn gathered(windows: &[&Window]) -> Window {
    windows.iter().fold(Window::new(&SOFA_1996), |all, window| merged(all, window))
}

/// Everything that a day says of its organs.
fn alike(a: Day, b: Day) -> Result<(), TestCaseError> {
    prop_assert_eq!(scores(&a), scores(&b));
    let witnesses = |day: &Day| Organ::ALL.map(|organ| day.witness(organ).map(|witness| (witness.item, witness.minute)));
    prop_assert_eq!(witnesses(&a), witnesses(&b));
    prop_assert_eq!(a.urine(), b.urine());
    Ok(())
}

fn alike_so_far(a: &Window, b: &Window) -> Result<(), TestCaseError> {
    let (day, other) = (a.so_far(&SOFA_1996).unwrap(), b.so_far(&SOFA_1996).unwrap());
    alike(day, other)?;
    for infusions in [Infusions::Complete, Infusions::Unknown] {
        prop_assert_eq!(day.circulatory_shock(infusions), other.circulatory_shock(infusions));
    }
    // The witnesses of a rolling day are exact only to the hour.
    let (day, other) = (a.rolling(&SOFA_1996).unwrap(), b.rolling(&SOFA_1996).unwrap());
    prop_assert_eq!((scores(&day), day.urine()), (scores(&other), other.urine()));
    Ok(())
}

proptest! {
    #![proptest_config(config(192))]

    #[test]
    fn r097_merging_commutes_is_associative_and_idempotent(
        mut lines in prop::array::uniform3(charting(0..1_000, 1, 12)),
        open in prop::array::uniform3(measured(GASES, 0..1)),
        last in 0..DAY - 1,
    ) {
        let last = lines.iter().flatten().map(Line::charted).max().unwrap_or(0).max(last);
        lines.iter_mut().zip(open).for_each(|(lines, line)| lines.push(Line { minute: last, ..line }));
        let [a, b, c] = lines.map(|lines| device(&lines, last));
        alike_so_far(&gathered(&[&a, &b]), &gathered(&[&b, &a]))?;
        alike_so_far(&gathered(&[&a, &b, &c]), &gathered(&[&a, &gathered(&[&b, &c])]))?;
        alike_so_far(&gathered(&[&a, &a]), &gathered(&[&a]))?;
        alike_so_far(&merged(a, &a), &a)?;
        alike_so_far(&gathered(&[&a, &b, &b, &a]), &gathered(&[&a, &b]))?;
    }

    #[test]
    fn r097_charting_split_over_two_devices_and_merged_is_the_charting_of_one(
        mut lines in charting(0..1_000, 0, 25),
        open in measured(GASES, 0..1),
        last in prop_oneof![0..DAY - 1, Just(DAY - 2)],
    ) {
        // Whether a gas is late depends on what else its device has heard of.
        lines.iter_mut().filter(|line| line.item == "pao2").for_each(|line| line.delay = 0);
        lines.sort_by_key(Line::charted);
        let last = lines.iter().map(Line::charted).max().unwrap_or(0).max(last);
        lines.push(Line { minute: last, ..open });
        let (labs, bedside): (Vec<Line>, Vec<Line>) = lines
            .iter()
            .cloned()
            .partition(|line| ["platelets", "bilirubin", "creatinine", "pao2", "fio2", "support"].contains(&line.item));
        let [one, labs, mut bedside] = [&lines, &labs, &bedside].map(|lines| device(lines, last));
        // Not shock: a device that was never told of hypovolaemia does not know what the other was told.
        alike(gathered(&[&labs, &bedside]).so_far(&SOFA_1996).unwrap(), gathered(&[&one]).so_far(&SOFA_1996).unwrap())?;
        alike(merged(bedside, &labs).so_far(&SOFA_1996).unwrap(), one.so_far(&SOFA_1996).unwrap())?;
        // The drugs run on at the bedside.
        bedside.merge(&SOFA_1996, &labs).unwrap();
        let mut one = one;
        alike(bedside.close_day(&SOFA_1996).unwrap(), one.close_day(&SOFA_1996).unwrap())?;
    }
}

// ---- text

/// The reading of a form with these amounts: exact, `<`, `<=`, `>`, `>=`, range.
fn form<Q: Quantity>(form: usize, [a, b]: [u32; 2]) -> Result<Reading<Q>, Error> {
    match form {
        0 => Reading::exact(Ticks(a)),
        1 => Reading::below(Ticks(a)),
        2 => Reading::at_most(Ticks(a)),
        3 => Reading::above(Ticks(a)),
        4 => Reading::at_least(Ticks(a)),
        _ => Reading::between(Ticks(a), Ticks(b)),
    }
}

#[derive(Clone, Debug)]
struct Charted {
    item: &'static str,
    unit: &'static str,
    /// Decimals of a tick in this unit.
    decimals: u32,
    /// In ticks.
    range: [u32; 2],
    event: fn(usize, [u32; 2]) -> Result<Event, Error>,
}

const fn ticks<Q: Quantity>(_: fn(Reading<Q>) -> Event) -> [u32; 2] {
    [Q::RANGE[0] * Q::TICKS, Q::RANGE[1] * Q::TICKS]
}

macro_rules! charted {
    ($($item:literal $unit:literal $decimals:literal $make:expr;)+) => {
        &[$( Charted {
            item: $item,
            unit: $unit,
            decimals: $decimals,
            range: ticks($make),
            event: |at, amounts| form(at, amounts).map($make),
        } ),+]
    };
}

macro_rules! dosed {
    ($drug:ident $rate:ident) => {
        |rate| Event::Infusion(Infusion::$drug, Rate::$rate(rate))
    };
}

/// The unit that stands here for "any rate".
const UNITS_PER_HOUR: &str = "[U]/h";

#[rustfmt::skip]
const CHARTED: &[Charted] = charted! {
    "pao2" "mm[Hg]" 3 Event::PaO2;
    "pao2" "kPa" 3 Event::PaO2KPa;
    "fio2" "%" 3 Event::FiO2;
    "fio2" "1" 5 Event::FiO2;
    "spo2" "%" 3 Event::SpO2;
    "platelets" "10*9/L" 3 Event::Platelets;
    "platelets" "10*3/uL" 3 Event::Platelets;
    "bilirubin" "mg/dL" 3 Event::Bilirubin;
    "bilirubin" "umol/L" 3 Event::BilirubinSi;
    "creatinine" "mg/dL" 3 Event::Creatinine;
    "creatinine" "umol/L" 3 Event::CreatinineSi;
    "map" "mm[Hg]" 3 Event::Map;
    "sbp" "mm[Hg]" 3 Event::Sbp;
    "respiratory_rate" "/min" 3 Event::RespiratoryRate;
    "gcs" "{score}" 0 Event::Gcs;
    "gcs_motor" "{score}" 0 Event::GcsMotor;
    "urine" "mL" 3 Event::Urine;
    "weight" "kg" 3 Event::Weight;
    "potassium" "mmol/L" 3 Event::Potassium;
    "bicarbonate" "mmol/L" 3 Event::Bicarbonate;
    "lactate" "mmol/L" 3 Event::Lactate;
    "ph" "[pH]" 3 Event::Ph;
    "ferritin" "ng/mL" 3 Event::Ferritin;
    "ferritin" "ug/L" 3 Event::Ferritin;
    "mhla_dr" "{AB}/{cell}" 3 Event::MhlaDr;
    "mhla_dr_positive" "%" 3 Event::MhlaDrPositive;
    "lymphocytes" "10*9/L" 6 Event::Lymphocytes;
    "lymphocytes" "/uL" 3 Event::Lymphocytes;
    "neutrophils" "10*9/L" 6 Event::Neutrophils;
    "neutrophils" "/uL" 3 Event::Neutrophils;
    "lymphocytes_fraction" "%" 3 Event::LymphocytesFraction;
    "nk_cells" "10*9/L" 6 Event::NkCells;
    "nk_cells" "/uL" 3 Event::NkCells;
    "dendritic_cells" "10*9/L" 6 Event::DendriticCells;
    "dendritic_cells" "/uL" 3 Event::DendriticCells;
    "b_cells" "10*9/L" 6 Event::BCells;
    "b_cells" "/uL" 3 Event::BCells;
    "t_cells" "10*9/L" 6 Event::TCells;
    "t_cells" "/uL" 3 Event::TCells;
    "hemoglobin" "g/dL" 3 Event::Hemoglobin;
    "hemoglobin" "g/L" 2 Event::Hemoglobin;
    "age" "a" 3 Event::Age;
    "norepinephrine" "ug/kg/min" 6 dosed!(Norepinephrine ByWeight);
    "norepinephrine" "ug/min" 3 dosed!(Norepinephrine PerMinute);
    "epinephrine" "ug/kg/min" 6 dosed!(Epinephrine ByWeight);
    "epinephrine" "ug/min" 3 dosed!(Epinephrine PerMinute);
    "dopamine" "ug/kg/min" 6 dosed!(Dopamine ByWeight);
    "dopamine" "ug/min" 3 dosed!(Dopamine PerMinute);
    "dobutamine" "ug/kg/min" 6 dosed!(Dobutamine ByWeight);
    "dobutamine" "ug/min" 3 dosed!(Dobutamine PerMinute);
    "vasopressin" "[U]/h" 0 dosed!(Vasopressin Any);
    "phenylephrine" "[U]/h" 0 dosed!(Phenylephrine Any);
    "milrinone" "[U]/h" 0 dosed!(Milrinone Any);
    "other_vasoactive" "[U]/h" 0 dosed!(OtherVasoactive Any);
};

#[test]
fn r010_every_item_and_unit_makes_the_round_trip() {
    let listed = ITEMS.iter().flat_map(|(item, units)| units.iter().map(move |unit| (*item, *unit)));
    let listed: Vec<_> = listed
        .filter(|&(_, unit)| unit != "none")
        .map(|(item, unit)| (item, if unit.starts_with("any rate") { UNITS_PER_HOUR } else { unit }))
        .collect();
    assert_eq!(CHARTED.iter().map(|row| (row.item, row.unit)).collect::<Vec<_>>(), listed);
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn r001_every_amount_is_read_back_from_its_text(
        amounts in prop::array::uniform2(any::<u32>()),
        zeros in 0..3_usize,
        pad in "[ \t]{0,2}",
    ) {
        for row in CHARTED {
            let [least, most] = row.range;
            let [a, b] = amounts.map(|amount| least + amount.rem_euclid(most - least + 1));
            let text = |ticks: u32| {
                let (per, digits) = (10_u32.pow(row.decimals), row.decimals as usize);
                let rest = if digits == 0 { String::new() } else { format!(".{:0digits$}", ticks.rem_euclid(per)) };
                // As a person writes it: no zeros behind the last digit, or more of them.
                let shorter = if zeros == 0 { rest.trim_end_matches('0').trim_end_matches('.') } else { &rest };
                let more = if digits == 0 { "" } else { &"00"[..zeros.saturating_sub(1)] };
                format!("{}{shorter}{more}", ticks.div_euclid(per))
            };
            for (at, sign) in ["", "<", "<=", ">", ">="].into_iter().enumerate() {
                let value = format!("{pad}{sign}{pad}{}{pad}", text(a));
                prop_assert_eq!(Event::read(row.item, row.unit, &value), (row.event)(at, [a, b]), "{} {}", row.item, value);
            }
            let value = format!("{pad}{}{pad}..{pad}{}{pad}", text(a), text(b));
            prop_assert_eq!(Event::read(row.item, row.unit, &value), (row.event)(5, [a, b]), "{} {}", row.item, value);
        }
    }
}

const FRAGMENTS: &[&str] = &[
    "0",
    "1",
    "5",
    "9",
    "15",
    "00",
    "4294967296",
    "99999999999999999999",
    ".",
    "..",
    "...",
    "<",
    "<=",
    ">",
    ">=",
    "=",
    "-",
    "+",
    "e",
    "E3",
    " ",
    "\t",
    "",
    "none",
    "imv",
    "anakinra",
    "\u{b5}",
    "\0",
    ",",
    "%",
];

fn in_order<Q: Quantity>(bytes: &[u8]) -> bool {
    Reading::<Q>::read_bytes(bytes).map_or(true, |reading| reading.ends()[0] <= reading.ends()[1])
}

fn item() -> impl Strategy<Value = String> {
    prop_oneof![3 => prop::sample::select(ITEMS).prop_map(|row| row.0.to_string()), 1 => any::<String>()]
}

fn unit() -> impl Strategy<Value = String> {
    let units = ITEMS.iter().flat_map(|row| row.1).copied().chain(["", "pmol/L", "[U]/h", "/", "//", "/s", "h"]);
    prop_oneof![5 => prop::sample::select(units.collect::<Vec<_>>()).prop_map(str::to_string), 1 => any::<String>()]
}

fn value() -> impl Strategy<Value = String> {
    let fragments = prop::collection::vec(prop::sample::select(FRAGMENTS), 0..6);
    prop_oneof![4 => fragments.prop_map(|parts| parts.concat()), 1 => any::<String>()]
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn r225_nothing_that_is_read_panics(
        bytes in prop::collection::vec(any::<u8>(), 0..24),
        texts in prop::collection::vec((item(), unit(), value()), 40),
    ) {
        for bytes in texts.iter().map(|(_, _, value)| value.as_bytes()).chain([&bytes[..]]) {
            prop_assert!(in_order::<Ferritin>(bytes) && in_order::<Gcs>(bytes), "{bytes:?}");
        }
        for (item, unit, value) in &texts {
            let read = Event::read(item, unit, value);
            prop_assert!(read.is_err() || ITEMS.iter().any(|row| row.0 == item), "{item} {unit} {value} is {read:?}");
            prop_assert!(read != Err(Error::UnknownItem) || ITEMS.iter().all(|row| row.0 != item), "{item}");
        }
    }
}

// ---- any sequence of calls

static LOCAL_ROWS: SofaRows = SofaRows { platelets: Cutoffs::new(["< 151", "< 100", "< 50", "< 20"]), ..*SOFA_1996.rows() };
static LOCAL: SofaRules = SofaRules::new(&LOCAL_ROWS);

#[test]
fn r089_a_window_refuses_by_name_and_stays_as_it_was() {
    let read = |item, unit, value| Event::read(item, unit, value).unwrap();
    let (map, fio2) = (read("map", "mm[Hg]", "70"), read("fio2", "%", "40"));
    let mut window = Window::new(&SOFA_1996);
    window.close_day(&SOFA_1996).unwrap();
    window.push(&SOFA_1996, 2_000, &map).unwrap();
    let mut ended = window;
    ended.push(&SOFA_1996, 2_000, &Event::Death).unwrap();
    let push = |minute, event| move |window: &mut Window| window.push(&SOFA_1996, minute, &event);
    let resume = |minute| move |window: &mut Window| window.resume(&SOFA_1996, minute);
    let merge = |rules, other| move |window: &mut Window| window.merge(rules, &other);
    #[rustfmt::skip]
    type Refused<'a> = (Window, &'a mut dyn FnMut(&mut Window) -> Result<(), Error>, Error);
    let table: &mut [Refused] = &mut [
        (window, &mut push(1_439, map), Error::DayClosed { by: 1 }),
        (window, &mut push(0, map), Error::DayClosed { by: 1_440 }),
        (window, &mut push(1_999, fio2), Error::ClockBack { by: 1 }),
        (window, &mut push(0, Event::Death), Error::ClockBack { by: 2_000 }),
        (window, &mut push(2_880, map), Error::DayNotClosed { ends: 2_880 }),
        (window, &mut push(5_256_000, fio2), Error::DayNotClosed { ends: 2_880 }),
        (window, &mut push(5_256_001, map), Error::MinuteOutOfRange),
        (window, &mut resume(1_999), Error::ClockBack { by: 1 }),
        (window, &mut resume(5_256_001), Error::MinuteOutOfRange),
        (window, &mut merge(&SOFA_1996, Window::new(&SOFA_1996)), Error::DaysDiffer),
        (window, &mut merge(&SOFA_1996, Window::new(&LOCAL)), Error::RulesDiffer),
        (window, &mut merge(&LOCAL, window), Error::RulesDiffer),
        (window, &mut |window| window.push(&LOCAL, 2_000, &map), Error::RulesDiffer),
        (window, &mut |window| window.resume(&LOCAL, 2_000), Error::RulesDiffer),
        (window, &mut |window| window.close_day(&LOCAL).map(drop), Error::RulesDiffer),
        (ended, &mut push(2_000, map), Error::AfterEnd),
        (ended, &mut push(1_999, map), Error::AfterEnd),
        (ended, &mut resume(2_001), Error::AfterEnd),
        (ended, &mut merge(&SOFA_1996, window), Error::AfterEnd),
    ];
    for (at, (before, call, error)) in table.iter_mut().enumerate() {
        let mut window = *before;
        assert_eq!(call(&mut window), Err(*error), "row {at}");
        assert_eq!(window, *before, "row {at}");
    }
}

#[derive(Clone, Debug)]
enum Call {
    Push(Minute, Event),
    Close,
    Resume(Minute),
    /// With the window as it was so many calls ago.
    Merge(usize),
}

#[derive(Clone, Debug)]
enum Minute {
    Any(u32),
    /// From the open day's first minute on, or before it.
    OfTheDay(i32),
}

impl Minute {
    fn of(&self, window: &Window) -> u32 {
        match *self {
            Minute::Any(minute) => minute,
            Minute::OfTheDay(minute) => (window.day_end() - DAY).saturating_add_signed(minute),
        }
    }
}

fn minute() -> impl Strategy<Value = Minute> {
    prop_oneof![
        8 => (0..1_440_i32).prop_map(Minute::OfTheDay),
        2 => prop::sample::select(&[-1_440, -1, 0, 59, 60, 1_379, 1_380, 1_439, 1_440, 2_880][..]).prop_map(Minute::OfTheDay),
        1 => any::<u32>().prop_map(Minute::Any),
        1 => prop::sample::select(&[0, 5_255_999, 5_256_000, 5_256_001, u32::MAX - 1, u32::MAX][..]).prop_map(Minute::Any),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        20 => (measured(0..SOURCES.len(), 0..1), WIDE..=WORLD).prop_map(|(line, which)| line.event(which)),
        5 => state(0..1).prop_map(|line| line.event(WIDE)),
        5 => (prop::sample::select(CHARTED), 0..6_usize, any::<u32>()).prop_map(|(row, at, amount)| {
            let [least, most] = row.range;
            let amount = least + amount.rem_euclid(most - least + 1);
            (row.event)(at, [amount, most]).unwrap_or(Event::Gcs(Reading::UNKNOWN))
        }),
        2 => prop::sample::select(&[
            Event::Lactate(Reading::UNKNOWN),
            Event::PaO2(Reading::UNKNOWN),
            Event::Infusion(Infusion::Norepinephrine, Rate::Any(Reading::UNKNOWN)),
            Event::Infusion(Infusion::Dopamine, Rate::PerMinute(Reading::UNKNOWN)),
            Event::Flag(Flag::Hypovolemia, true),
        ][..]),
        1 => prop::sample::select(&[Event::Death, Event::Discharge][..]),
    ]
}

fn call() -> impl Strategy<Value = (Call, bool)> {
    let call = prop_oneof![
        12 => (minute(), event()).prop_map(|(minute, event)| Call::Push(minute, event)),
        2 => Just(Call::Close),
        2 => minute().prop_map(Call::Resume),
        1 => (0..6_usize).prop_map(Call::Merge),
    ];
    (call, prop::bool::weighted(0.05))
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn r225_no_call_panics_and_a_refused_one_changes_nothing(
        calls in prop::collection::vec(call(), 1..50),
        limits in prop_oneof![limits(), Just(Limits { fio2: 0, support: 0, weight: 0, infusion: 0 })],
    ) {
        let mut window = Window::new(&SOFA_1996).with_limits(limits);
        let mut past = vec![window];
        for (call, wrong) in calls {
            let rules = if wrong { &LOCAL } else { &SOFA_1996 };
            let before = window;
            let done = match call {
                Call::Push(ref minute, ref event) => window.push(rules, minute.of(&before), event),
                Call::Close => window.close_day(rules).map(|day| assert!(day.closed() && day.number() == before.day())),
                Call::Resume(ref minute) => window.resume(rules, minute.of(&before)),
                Call::Merge(ago) => window.merge(rules, &past[past.len().saturating_sub(ago + 1)]),
            };
            if done.is_err() {
                prop_assert!(window == before, "{call:?} was refused with {done:?} and changed the window");
            }
            prop_assert!(!wrong || done == Err(Error::RulesDiffer), "{call:?} took the wrong rules: {done:?}");
            prop_assert_eq!([window.so_far(&LOCAL), window.rolling(&LOCAL)], [Err(Error::RulesDiffer); 2]);
            for day in [window.so_far(&SOFA_1996), window.rolling(&SOFA_1996)] {
                let day = day.unwrap();
                prop_assert!(!day.closed() && day.number() == window.day());
                for score in scores(&day) {
                    let [lo, hi] = score.total().ends();
                    let organs = Organ::ALL.map(|organ| score.sofa().organ(organ).ends());
                    prop_assert_eq!([lo, hi], [0, 1].map(|end| organs.iter().map(|ends| ends[end]).sum::<u8>()));
                }
            }
            past.push(window);
        }
    }
}

// ---- series of samples

/// What a caller does with a series of five, the minutes few enough to meet again.
#[derive(Clone, Copy, Debug)]
enum Filing {
    Push(u32, u32),
    Correct(u32, u32),
    Withdraw(u32),
}

fn filing() -> impl Strategy<Value = Filing> {
    let (minute, value) = (0..12_u32, 0..4_u32);
    prop_oneof![
        (minute.clone(), value.clone()).prop_map(|(minute, value)| Filing::Push(minute, value)),
        (minute.clone(), value).prop_map(|(minute, value)| Filing::Correct(minute, value)),
        minute.prop_map(Filing::Withdraw),
    ]
}

proptest! {
    #![proptest_config(config(400))]

    /// Against a map without a limit but its own; 0 stands for no value.
    #[test]
    fn r150_a_series_is_a_sorted_map_with_a_limit(filings in prop::collection::vec(filing(), 1..60)) {
        let (mut series, mut model) = (Series::<Ferritin, 5>::new(), std::collections::BTreeMap::<u32, (u32, bool)>::new());
        let reading = |value: u32| if value == 0 { Reading::UNKNOWN } else { Reading::exact(Amount::Units(value)).unwrap() };
        for filing in filings {
            match filing {
                Filing::Push(minute, value) => {
                    let expected = match model.get(&minute) {
                        _ if value == 0 => Ok(Filed::Blank),
                        Some((before, _)) if *before == value => Ok(Filed::Duplicate),
                        Some(_) => Err(Error::SampleDiffers),
                        None if model.len() == 5 => Err(Error::SeriesFull),
                        None if model.keys().next_back().is_some_and(|last| *last > minute) => Ok(Filed::Late),
                        None => Ok(Filed::Last),
                    };
                    if matches!(expected, Ok(Filed::Late | Filed::Last)) {
                        model.insert(minute, (value, false));
                    }
                    prop_assert_eq!(series.push(minute, reading(value), Remarks::NONE), expected);
                }
                Filing::Correct(minute, value) => {
                    let before = if value == 0 { model.remove(&minute) } else { model.get_mut(&minute).map(|it| std::mem::replace(it, (value, true))) };
                    prop_assert_eq!(series.correct(minute, reading(value), Remarks::NONE), before.map(|(value, _)| reading(value)).ok_or(Error::NoSample));
                }
                Filing::Withdraw(minute) => {
                    let before = model.remove(&minute);
                    prop_assert_eq!(series.withdraw(minute), before.map(|(value, _)| reading(value)).ok_or(Error::NoSample));
                }
            }
            let samples: Vec<_> = series.samples().map(|sample| (sample.minute, sample.reading, sample.corrected)).collect();
            let expected: Vec<_> = model.iter().map(|(minute, (value, corrected))| (*minute, reading(*value), *corrected)).collect();
            prop_assert_eq!(samples, expected);
        }
    }
}
