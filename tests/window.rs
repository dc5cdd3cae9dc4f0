//! What a day means, rule by rule as REPLAY.md numbers them: charted events in a table, the ends of one organ beside them.

use endotype::published::{SEPSIS_3, SOFA_2, SOFA_1996};
use endotype::{
    Carried, Course, Day, End, Error, Event, How, Infusion, Infusions, Item, Limits, Met, Missing, Organ, Prior, Reading, Score,
    SofaRows, SofaRules, Total, Window,
};

type Chart<'a> = &'a [(u32, &'a str, &'a str, &'a str)];

static ANY_SUPPORT_ROWS: SofaRows = SofaRows { unsupported: 4, ..*SOFA_1996.rows() };
static ANY_SUPPORT: SofaRules = SofaRules::new(&ANY_SUPPORT_ROWS);

const NORMAL: How = How { missing: Missing::Normal, ..How::DEFAULT };
const CARRY: How = How { missing: Missing::Carry, ..How::DEFAULT };
const UNKNOWN_DRUGS: How = How { infusions: Infusions::Unknown, ..How::DEFAULT };

fn event(item: &str, value: &str, unit: &str) -> Event {
    Event::read(item, unit, value).unwrap_or_else(|e| panic!("{item} {value} {unit}: {e}"))
}

/// The days that the chart closes, and the window after it.
fn chart_in(mut window: Window, chart: Chart) -> (Vec<Day>, Window) {
    let mut days = Vec::new();
    for &(minute, item, value, unit) in chart {
        while minute >= window.day_end() {
            days.push(window.close_day(&SOFA_1996).unwrap());
        }
        window.push(&SOFA_1996, minute, &event(item, value, unit)).unwrap_or_else(|e| panic!("{minute} {item}: {e}"));
    }
    (days, window)
}

fn charted(chart: Chart) -> (Vec<Day>, Window) {
    chart_in(Window::new(&SOFA_1996), chart)
}

/// Every day of the chart, the last one closed, too.
fn closed(chart: Chart) -> Vec<Day> {
    let (mut days, mut window) = charted(chart);
    days.push(window.close_day(&SOFA_1996).unwrap());
    days
}

fn so_far(chart: Chart) -> Day {
    charted(chart).1.so_far(&SOFA_1996).unwrap()
}

fn score(day: &Day, how: How) -> Score {
    day.score(&SOFA_1996, how, Carried::NONE)
}

fn points(day: &Day, how: How, organ: Organ) -> [u8; 2] {
    score(day, how).sofa().organ(organ).ends()
}

/// One organ of the last day, closed, with nothing assumed.
fn check(organ: Organ, table: &[(Chart, [u8; 2])]) {
    for (chart, expected) in table {
        let days = closed(chart);
        assert_eq!(points(days.last().unwrap(), How::DEFAULT, organ), *expected, "{chart:?}");
    }
}

const HG: &str = "mm[Hg]";
const KG: &str = "ug/kg/min";

#[test]
fn r080_rules_1_to_3_a_gas_meets_what_holds_in_its_minute() {
    check(
        Organ::Respiration,
        &[
            (&[(5, "fio2", "40", "%"), (5, "support", "imv", ""), (5, "pao2", "79", HG)], [3, 3]),
            // In the file before what holds; in time after it.
            (&[(5, "pao2", "79", HG), (5, "fio2", "40", "%"), (5, "support", "imv", "")], [3, 3]),
            (&[(5, "pao2", "80", HG), (5, "fio2", "40", "%"), (5, "support", "imv", "")], [2, 2]),
            // The next FiO2 holds from its own minute on.
            (&[(0, "fio2", "100", "%"), (0, "support", "none", ""), (4, "pao2", "150", HG), (5, "fio2", "21", "%")], [2, 2]),
            (&[(0, "fio2", "100", "%"), (0, "support", "none", ""), (5, "pao2", "150", HG), (5, "fio2", "21", "%")], [0, 0]),
            // Of several lines of one minute the last holds.
            (&[(5, "fio2", "100", "%"), (5, "fio2", "21", "%"), (5, "support", "none", ""), (5, "pao2", "84", HG)], [0, 0]),
            (&[(5, "support", "imv", ""), (5, "support", "none", ""), (5, "fio2", "40", "%"), (5, "pao2", "40", HG)], [2, 2]),
            // The worse of two gases of one minute, and of two units.
            (&[(5, "fio2", "50", "%"), (5, "support", "imv", ""), (5, "pao2", "99", HG), (5, "pao2", "49", HG)], [4, 4]),
            (&[(5, "fio2", "50", "%"), (5, "support", "imv", ""), (5, "pao2", "99", HG), (5, "pao2", "6.6", "kPa")], [4, 4]),
            // An empty FiO2 ends nothing.
            (&[(0, "fio2", "50", "%"), (1, "fio2", "", "%"), (2, "support", "imv", ""), (2, "pao2", "99", HG)], [3, 3]),
            // No FiO2 yet: 21 to 100 %, so 84 is 84 to 400.
            (&[(0, "support", "imv", ""), (0, "pao2", "84", HG)], [0, 4]),
            (&[(0, "support", "imv", ""), (0, "pao2", "83.9", HG)], [1, 4]),
            (&[(0, "support", "oxygen", ""), (0, "pao2", "62", HG)], [2, 2]),
            // Support not charted yet.
            (&[(0, "fio2", "50", "%"), (0, "pao2", "99", HG)], [2, 3]),
            (&[(0, "fio2", "50", "%"), (0, "pao2", "49", HG)], [2, 4]),
            (&[(0, "fio2", "50", "%"), (0, "pao2", "100", HG)], [2, 2]),
            (&[(0, "fio2", "50", "%"), (0, "support", "hfnc", ""), (0, "pao2", "49", HG)], [2, 2]),
            // Late: FiO2 and support unknown, though both held then; 90 is 90 to 428.
            (&[(0, "fio2", "50", "%"), (0, "support", "imv", ""), (9, "map", "80", HG), (8, "pao2", "90", HG)], [0, 4]),
            (&[(0, "fio2", "50", "%"), (0, "support", "imv", ""), (9, "map", "80", HG), (9, "pao2", "90", HG)], [3, 3]),
            // kPa has its own column: 26.7 is not below 26.7, but 26.69 is; 200.2 mm[Hg] would score 2.
            (&[(0, "fio2", "100", "%"), (0, "support", "imv", ""), (0, "pao2", "26.7", "kPa")], [2, 2]),
            (&[(0, "fio2", "100", "%"), (0, "support", "imv", ""), (0, "pao2", "26.69", "kPa")], [3, 3]),
            // A range of FiO2, a censored gas.
            (&[(0, "fio2", "40..50", "%"), (0, "support", "imv", ""), (0, "pao2", "80", HG)], [2, 3]),
            (&[(0, "fio2", "40", "%"), (0, "support", "imv", ""), (0, "pao2", "<80", HG)], [3, 4]),
            (&[(0, "fio2", "40", "%"), (0, "support", "imv", ""), (0, "pao2", "<=80", HG)], [2, 4]),
            (&[(0, "fio2", "40", "%"), (0, "support", "imv", ""), (0, "pao2", ">=160", HG)], [0, 0]),
            (&[(0, "fio2", "40", "%"), (0, "support", "imv", ""), (0, "pao2", "", HG)], [0, 4]),
            // An empty gas scores nothing beside another.
            (&[(0, "fio2", "50", "%"), (0, "support", "imv", ""), (0, "pao2", "90", HG), (9, "pao2", "", HG)], [3, 3]),
            (&[(0, "fio2", "50", "%"), (0, "support", "imv", ""), (0, "pao2", "90", HG), (9, "pao2", "", "kPa")], [3, 3]),
        ],
    );
}

#[test]
fn r039_rule_5_an_infusion_counts_from_the_sixtieth_minute_of_its_run() {
    let norepinephrine = "norepinephrine";
    check(
        Organ::Cardiovascular,
        &[
            (&[(0, "map", "80", HG)], [0, 0]),
            (&[(0, "platelets", "200", "10*9/L")], [0, 1]),
            // Runs of 59, 60 and 61 minutes.
            (&[(0, "map", "80", HG), (10, norepinephrine, "0.05", KG), (69, norepinephrine, "0", KG)], [0, 0]),
            (&[(0, "map", "80", HG), (10, norepinephrine, "0.05", KG), (70, norepinephrine, "0", KG)], [3, 3]),
            (&[(0, "map", "80", HG), (10, norepinephrine, "0.05", KG), (71, norepinephrine, "0", KG)], [3, 3]),
            // At the rate that holds then; those of the first 59 minutes do not count later.
            (&[(10, norepinephrine, "0.2", KG), (69, norepinephrine, "0.1", KG)], [3, 3]),
            (&[(10, norepinephrine, "0.2", KG), (70, norepinephrine, "0.1", KG)], [4, 4]),
            (&[(10, norepinephrine, "0.1", KG), (1_439, norepinephrine, "0.100001", KG)], [4, 4]),
            // A stop of 5 minutes does not break the run, one of 6 does.
            (
                &[
                    (0, "map", "80", HG),
                    (0, norepinephrine, "0.05", KG),
                    (30, norepinephrine, "0", KG),
                    (35, norepinephrine, "0.05", KG),
                    (60, norepinephrine, "0", KG),
                ],
                [3, 3],
            ),
            (
                &[
                    (0, "map", "80", HG),
                    (0, norepinephrine, "0.05", KG),
                    (30, norepinephrine, "0", KG),
                    (36, norepinephrine, "0.05", KG),
                    (60, norepinephrine, "0", KG),
                ],
                [0, 0],
            ),
            (
                &[
                    (0, "map", "80", HG),
                    (0, norepinephrine, "0.05", KG),
                    (30, norepinephrine, "0", KG),
                    (36, norepinephrine, "0.05", KG),
                    (96, norepinephrine, "0", KG),
                ],
                [3, 3],
            ),
            // Nothing counts while it stands: the 60th minute falls into the stop, and the run ends a minute after it.
            (&[(0, "map", "80", HG), (0, norepinephrine, "0.05", KG), (59, norepinephrine, "0", KG)], [0, 0]),
            (
                &[
                    (0, "map", "80", HG),
                    (0, norepinephrine, "0.05", KG),
                    (59, norepinephrine, "0", KG),
                    (62, norepinephrine, "0.2", KG),
                    (63, norepinephrine, "0", KG),
                ],
                [4, 4],
            ),
            // Of several lines of one minute the last holds; the others neither start nor stop a run.
            (
                &[
                    (0, "map", "80", HG),
                    (0, norepinephrine, "0.05", KG),
                    (30, norepinephrine, "0", KG),
                    (30, norepinephrine, "0.05", KG),
                    (60, norepinephrine, "0", KG),
                ],
                [3, 3],
            ),
            (
                &[
                    (0, "map", "80", HG),
                    (10, norepinephrine, "0.05", KG),
                    (10, norepinephrine, "0", KG),
                    (12, norepinephrine, "0.05", KG),
                    (70, norepinephrine, "0", KG),
                ],
                [0, 0],
            ),
            // An empty line ends nothing.
            (&[(0, norepinephrine, "0.05", KG), (30, norepinephrine, "", KG), (60, "map", "80", HG)], [3, 3]),
            // Rates that are not exact: running below x; perhaps not running.
            (&[(0, "map", "80", HG), (0, norepinephrine, "<0.1", KG)], [3, 3]),
            (&[(0, "map", "80", HG), (0, norepinephrine, "<=0.2", KG)], [3, 4]),
            (&[(0, "map", "80", HG), (0, norepinephrine, ">0.1", KG)], [4, 4]),
            (&[(0, "map", "80", HG), (0, norepinephrine, "0..0.1", KG)], [0, 3]),
            (
                &[
                    (0, "map", "80", HG),
                    (0, norepinephrine, "0.05", KG),
                    (30, norepinephrine, "0..0.1", KG),
                    (36, norepinephrine, "0.05", KG),
                    (60, norepinephrine, "0", KG),
                ],
                [0, 3],
            ),
            (&[(0, "map", "80", HG), (0, norepinephrine, "<=0", KG)], [0, 0]),
            // The four scored drugs; the others score nothing.
            (&[(0, "map", "80", HG), (0, "epinephrine", "0.1", KG)], [3, 3]),
            (&[(0, "map", "80", HG), (0, "epinephrine", "0.11", KG)], [4, 4]),
            (&[(0, "map", "80", HG), (0, "dopamine", "5", KG)], [2, 2]),
            (&[(0, "map", "80", HG), (0, "dopamine", "5.1", KG)], [3, 3]),
            (&[(0, "map", "80", HG), (0, "dopamine", "15.1", KG)], [4, 4]),
            (&[(0, "map", "60", HG), (0, "dobutamine", "0.1", KG)], [2, 2]),
            (
                &[
                    (0, "map", "60", HG),
                    (0, "vasopressin", "2.4", "[U]/h"),
                    (0, "phenylephrine", "1", KG),
                    (0, "milrinone", "0.5", KG),
                    (0, "other_vasoactive", "1", "mL/h"),
                ],
                [1, 1],
            ),
            // Not summed.
            (&[(0, "norepinephrine", "0.08", KG), (0, "epinephrine", "0.08", KG)], [3, 3]),
        ],
    );
}

#[test]
fn r039_rule_5_a_run_goes_on_over_midnight_and_over_days_without_events() {
    let days = closed(&[(1_400, "norepinephrine", "0.05", KG), (6_000, "norepinephrine", "0", KG)]);
    let cardiovascular: Vec<_> = days.iter().map(|day| points(day, How::DEFAULT, Organ::Cardiovascular)).collect();
    // Minute 1459 is the 60th: day 1 has none that counts.
    assert_eq!(cardiovascular, [[0, 1], [3, 3], [3, 3], [3, 3], [3, 3]]);
    let before = closed(&[(1_380, "norepinephrine", "0.05", KG)]);
    assert_eq!(points(&before[0], How::DEFAULT, Organ::Cardiovascular), [3, 3]);
    let after = closed(&[(1_381, "norepinephrine", "0.05", KG)]);
    assert_eq!(points(&after[0], How::DEFAULT, Organ::Cardiovascular), [0, 1]);
}

#[test]
fn r039_rule_5_the_clocks_own_minute_counts() {
    let drug = (10, "norepinephrine", "0.05", KG);
    assert_eq!(points(&so_far(&[drug, (68, "map", "80", HG)]), How::DEFAULT, Organ::Cardiovascular), [0, 0]);
    assert_eq!(points(&so_far(&[drug, (69, "map", "80", HG)]), How::DEFAULT, Organ::Cardiovascular), [3, 3]);
}

/// A site that asks for no minimum, as some programs do: a rate counts from its first minute.
#[test]
fn r082_a_local_rule_set_may_count_a_run_at_once() {
    static RUN_0_ROWS: SofaRows = SofaRows { run: 0, ..*SOFA_1996.rows() };
    static RUN_0: SofaRules = SofaRules::new(&RUN_0_ROWS);
    static RUN_1_ROWS: SofaRows = SofaRows { run: 1, ..*SOFA_1996.rows() };
    static RUN_1: SofaRules = SofaRules::new(&RUN_1_ROWS);
    for rules in [&RUN_0, &RUN_1] {
        let mut window = Window::new(rules);
        for (minute, item, value, unit) in
            [(0, "map", "80", HG), (10, "norepinephrine", "0.05", KG), (11, "norepinephrine", "0", KG)]
        {
            window.push(rules, minute, &event(item, value, unit)).unwrap();
        }
        let day = window.close_day(rules).unwrap();
        assert_eq!(day.score(rules, How::DEFAULT, Carried::NONE).sofa().organ(Organ::Cardiovascular).ends(), [3, 3]);
        assert_eq!(day.witness(Organ::Cardiovascular).map(|w| w.minute), Some(10));
    }
}

#[test]
fn r081_rule_6_infusions_never_charted() {
    let all = [(0, "norepinephrine", "0", KG), (0, "epinephrine", "0", KG), (0, "dopamine", "0", KG), (0, "dobutamine", "0", KG)];
    let map = (0, "map", "80", HG);
    for (chart, complete, unknown) in [
        (&[map][..], [0, 0], [0, 4]),
        (&[map, all[1], all[2], all[3]], [0, 0], [0, 4]),
        (&[map, all[0], all[2], all[3]], [0, 0], [0, 4]),
        (&[map, all[0], all[1], all[3]], [0, 0], [0, 4]),
        (&[map, all[0], all[1], all[2]], [0, 0], [0, 2]),
        (&[map, all[0], all[1], all[2], all[3]], [0, 0], [0, 0]),
        // Charted in the last minute of the day: charted that day.
        (&[map, all[0], all[1], all[2], (1_439, "dobutamine", "0", KG)], [0, 0], [0, 0]),
        // Charted without a value is not known.
        (&[map, all[0], all[1], all[2], (0, "dobutamine", "", KG)], [0, 0], [0, 2]),
    ] {
        let day = closed(chart).pop().unwrap();
        assert_eq!(points(&day, How::DEFAULT, Organ::Cardiovascular), complete, "{chart:?}");
        assert_eq!(points(&day, UNKNOWN_DRUGS, Organ::Cardiovascular), unknown, "{chart:?}");
    }
}

#[test]
fn r040_rule_7_rates_per_minute_meet_the_weight_that_holds() {
    let ug = "ug/min";
    check(
        Organ::Cardiovascular,
        &[
            (&[(0, "norepinephrine", "8", ug), (0, "weight", "80", "kg")], [3, 3]),
            (&[(0, "norepinephrine", "8.001", ug), (0, "weight", "80", "kg")], [4, 4]),
            (&[(0, "norepinephrine", "8", ug), (0, "weight", "79.9..80", "kg")], [3, 4]),
            // A new weight changes the dose from its minute on.
            (&[(0, "norepinephrine", "8", ug), (0, "weight", "80", "kg"), (1_439, "weight", "79.9", "kg")], [4, 4]),
            (&[(0, "norepinephrine", "8", ug), (0, "weight", "79.9", "kg"), (59, "weight", "80", "kg")], [3, 3]),
            (&[(0, "norepinephrine", "8", ug)], [3, 4]),
            (&[(0, "epinephrine", "0.001", ug)], [3, 4]),
            (&[(0, "epinephrine", "8", ug), (0, "weight", "80", "kg")], [3, 3]),
            (&[(0, "epinephrine", "8", ug), (0, "weight", "80", "kg"), (9, "weight", "", "kg")], [3, 3]),
            (&[(0, "epinephrine", "8.001", ug), (0, "weight", "80", "kg")], [4, 4]),
            (&[(0, "dobutamine", "8.001", ug), (0, "weight", "80", "kg")], [2, 2]),
            (&[(0, "dopamine", "400", ug)], [2, 4]),
            (&[(0, "dobutamine", "400", ug)], [2, 2]),
            (&[(0, "map", "80", HG), (0, "norepinephrine", "8", ug), (30, "norepinephrine", "0", ug)], [0, 0]),
            (&[(0, "dopamine", "400", ug), (0, "weight", "80", "kg")], [2, 2]),
            (&[(0, "dopamine", "400.1", ug), (0, "weight", "80", "kg")], [3, 3]),
            (&[(0, "dopamine", "1200.1", ug), (0, "weight", "80", "kg")], [4, 4]),
        ],
    );
}

#[test]
fn r083_rule_8_urine_is_the_sum_of_the_day() {
    let creatinine = (0, "creatinine", "1.0", "mg/dL");
    check(
        Organ::Renal,
        &[
            (&[creatinine, (10, "urine", "100", "mL"), (700, "urine", "99.9", "mL")], [4, 4]),
            (&[creatinine, (10, "urine", "100", "mL"), (700, "urine", "100", "mL")], [3, 3]),
            (&[creatinine, (10, "urine", "200", "mL"), (1_439, "urine", "299.999", "mL")], [3, 3]),
            (&[creatinine, (10, "urine", "200", "mL"), (1_439, "urine", "300", "mL")], [0, 0]),
            // Of its own day, in whichever hour.
            (&[(0, "urine", "600", "mL"), (1_440, "creatinine", "1", "mg/dL"), (1_500, "urine", "300", "mL")], [3, 3]),
            (&[(0, "urine", "100", "mL"), (1_440, "creatinine", "1", "mg/dL"), (2_870, "urine", "600", "mL")], [0, 0]),
            // Late urine counts.
            (&[creatinine, (700, "urine", "200", "mL"), (10, "urine", "300", "mL")], [0, 0]),
            // Open ends add to open ends.
            (&[creatinine, (1, "urine", "<250", "mL"), (2, "urine", "250", "mL")], [3, 3]),
            (&[creatinine, (1, "urine", "<250", "mL"), (2, "urine", "<=250", "mL")], [3, 4]),
            (&[creatinine, (1, "urine", "<=250", "mL"), (2, "urine", "250", "mL")], [0, 3]),
            (&[creatinine, (1, "urine", ">200", "mL"), (2, "urine", ">300", "mL")], [0, 0]),
            (&[creatinine, (1, "urine", ">0", "mL"), (2, "urine", "200..299", "mL")], [0, 3]),
            // Two volumes finer than the tick: their sum lies within two ticks, on either side of 200.
            (&[creatinine, (1, "urine", "100.0005", "mL"), (2, "urine", "99.9995", "mL")], [3, 4]),
            (&[creatinine, (1, "urine", "100", "mL"), (2, "urine", "", "mL")], [4, 4]),
            // Either one not charted is unknown.
            (&[creatinine], [0, 4]),
            (&[(0, "creatinine", "3.5", "mg/dL")], [3, 4]),
            (&[(0, "urine", "300", "mL")], [3, 4]),
            (&[(0, "urine", "600", "mL")], [0, 4]),
            (&[(0, "urine", "199", "mL")], [4, 4]),
            (&[(0, "map", "80", HG)], [0, 4]),
            (&[(0, "creatinine", "5", "mg/dL"), (0, "urine", "600", "mL")], [4, 4]),
            // Each unit in its own column: 171 umol/L is 1.93 mg/dL.
            (&[(0, "creatinine", "171", "umol/L"), (0, "urine", "600", "mL")], [2, 2]),
            (&[(0, "creatinine", "1.93", "mg/dL"), (0, "urine", "600", "mL")], [1, 1]),
            (&[(0, "creatinine", "170", "umol/L"), (9, "creatinine", "2.0", "mg/dL"), (0, "urine", "600", "mL")], [2, 2]),
        ],
    );
    // While the day is not over the sum can only grow.
    for (urine, expected) in [("100", [0, 4]), ("200", [0, 3]), ("499", [0, 3]), ("500", [0, 0])] {
        assert_eq!(points(&so_far(&[creatinine, (0, "urine", urine, "mL")]), How::DEFAULT, Organ::Renal), expected, "{urine}");
    }
}

#[test]
fn r084_rule_9_the_worst_of_the_day_end_by_end() {
    check(
        Organ::Coagulation,
        &[
            (&[(0, "platelets", "160", "10*9/L"), (900, "platelets", "120", "10*9/L")], [1, 1]),
            (&[(0, "platelets", "40..120", "10*9/L"), (900, "platelets", "90", "10*9/L")], [2, 3]),
            (&[(0, "platelets", "<20", "10*9/L")], [4, 4]),
            (&[(0, "platelets", "<100", "10*3/uL")], [2, 4]),
            (&[(900, "platelets", "160", "10*9/L"), (30, "platelets", "19", "10*9/L")], [4, 4]),
            (&[(0, "platelets", "", "10*9/L")], [0, 4]),
        ],
    );
    check(
        Organ::Brain,
        &[
            (&[(0, "gcs", "15", "{score}"), (9, "gcs", "12", "{score}")], [2, 2]),
            // Charted as not assessable scores nothing beside a charted one, and is not 15 alone.
            (&[(0, "gcs", "13", "{score}"), (9, "gcs", "", "{score}")], [1, 1]),
            (&[(0, "gcs", "", "{score}")], [0, 4]),
            (&[(0, "sedated", "1", ""), (0, "gcs", "6", "{score}")], [3, 3]),
        ],
    );
}

#[test]
fn r087_rule_10_normal_is_assumed_and_counted() {
    for (chart, organ, expected, assumed) in [
        (&[(0, "map", "80", HG)][..], Organ::Renal, [0, 0], 5),
        (&[(0, "map", "80", HG)], Organ::Cardiovascular, [0, 0], 5),
        (&[(0, "platelets", "90", "10*9/L")], Organ::Cardiovascular, [0, 0], 5),
        // A running drug says more than a missing pressure.
        (&[(0, "dopamine", "6", KG)], Organ::Cardiovascular, [3, 3], 5),
        // PaO2 without its FiO2 is not scored, and a late one neither; one with it is.
        (&[(0, "support", "imv", ""), (0, "pao2", "50", HG)], Organ::Respiration, [0, 0], 6),
        (
            &[(0, "fio2", "50", "%"), (0, "support", "imv", ""), (9, "map", "80", HG), (8, "pao2", "50", HG)],
            Organ::Respiration,
            [0, 0],
            5,
        ),
        (
            &[(0, "fio2", "50", "%"), (0, "support", "imv", ""), (9, "pao2", "90", HG), (8, "pao2", "50", HG)],
            Organ::Respiration,
            [3, 3],
            6,
        ),
        (&[(0, "fio2", "50", "%"), (9, "pao2", "90", HG)], Organ::Respiration, [2, 3], 5),
        (&[(0, "creatinine", "2", "mg/dL")], Organ::Renal, [2, 2], 6),
        // With creatinine at the top the urine can change nothing, so nothing was assumed.
        (&[(0, "creatinine", "5", "mg/dL")], Organ::Renal, [4, 4], 5),
        (&[(0, "gcs", "", "{score}")], Organ::Brain, [0, 4], 5),
    ] {
        let normal = score(&closed(chart)[0], NORMAL);
        assert_eq!(normal.sofa().organ(organ).ends(), expected, "{chart:?}");
        assert_eq!(normal.assumed(), assumed, "{chart:?}");
        assert_eq!(Organ::ALL.iter().filter(|&&organ| normal.is_assumed(organ)).count() as u32, assumed, "{chart:?}");
    }
    // No urine line is normal even while the day is open; a urine line stays a lower bound.
    assert_eq!(points(&so_far(&[(0, "creatinine", "1", "mg/dL")]), NORMAL, Organ::Renal), [0, 0]);
    assert_eq!(points(&so_far(&[(0, "urine", "100", "mL")]), NORMAL, Organ::Renal), [0, 4]);
}

#[test]
fn r088_rule_10_carried_parts_come_from_the_day_before_infusions_never() {
    let first: Chart = &[
        (0, "fio2", "50", "%"),
        (0, "support", "imv", ""),
        (0, "pao2", "90", HG),
        (0, "platelets", "90", "10*9/L"),
        (0, "bilirubin", "2", "mg/dL"),
        (0, "map", "60", HG),
        (0, "gcs", "12", "{score}"),
        (0, "creatinine", "2", "mg/dL"),
        (0, "urine", "300", "mL"),
        (0, "norepinephrine", "0.2", KG),
        (600, "norepinephrine", "0", KG),
    ];
    // Day 2 has only a MAP, day 3 nothing, day 4 a GCS that is not assessable, day 5 nothing.
    let days = closed(&[first, &[(1_500, "map", "80", HG), (4_400, "gcs", "", "{score}"), (5_800, "rrt", "0", "")]].concat());
    let mut carried = Carried::NONE;
    let expected = [
        ([[3, 3], [2, 2], [2, 2], [4, 4], [2, 2], [3, 3]], 0),
        ([[3, 3], [2, 2], [2, 2], [0, 0], [2, 2], [3, 3]], 5),
        ([[3, 3], [2, 2], [2, 2], [0, 0], [2, 2], [3, 3]], 6),
        ([[3, 3], [2, 2], [2, 2], [0, 0], [0, 4], [3, 3]], 5),
        ([[3, 3], [2, 2], [2, 2], [0, 0], [0, 4], [3, 3]], 5),
    ];
    for (day, (organs, assumed)) in days.iter().zip(expected) {
        let score = day.score(&SOFA_1996, CARRY, carried);
        carried = score.carried();
        assert_eq!(Organ::ALL.map(|organ| score.sofa().organ(organ).ends()), organs, "day {}", day.number());
        assert_eq!(score.assumed(), assumed, "day {}", day.number());
    }
    // Nothing before day 1: normal.
    let first = closed(&[(0, "map", "80", HG)])[0].score(&SOFA_1996, CARRY, Carried::NONE);
    assert_eq!(first.total().ends(), [0, 0]);
}

#[test]
fn r130_rule_12_sepsis() {
    use Met::*;
    let total = (0, "platelets", "90", "10*9/L");
    for (lines, prior, expected) in [
        (&[(0, "infection", "1", ""), (0, "emergency_admission", "1", "")][..], Prior::Unknown, Yes),
        (&[(0, "infection", "0", ""), (0, "emergency_admission", "1", "")], Prior::Unknown, No),
        (&[(0, "emergency_admission", "1", "")], Prior::Unknown, Unknown),
        // At any minute of the day.
        (&[(0, "emergency_admission", "1", ""), (5, "infection", "1", ""), (6, "infection", "0", "")], Prior::Unknown, Yes),
        (&[(0, "emergency_admission", "1", ""), (5, "infection", "1", ""), (5, "infection", "0", "")], Prior::Unknown, No),
        (&[(0, "infection", "1", ""), (0, "emergency_admission", "0", "")], Prior::Unknown, Unknown),
        (&[(0, "infection", "1", ""), (0, "emergency_admission", "0", "")], Prior::Sofa(0), Yes),
        (&[(0, "infection", "1", ""), (0, "emergency_admission", "0", "")], Prior::Sofa(1), No),
        (&[(0, "infection", "1", "")], Prior::Sofa(0), Yes),
        (&[(0, "infection", "1", "")], Prior::Sofa(1), Unknown),
    ] {
        let day = closed(&[&[total], lines].concat()).pop().unwrap();
        let sum = score(&day, NORMAL).total();
        assert_eq!(SEPSIS_3.sepsis(day.infection(), day.emergency(), sum, prior), expected, "{lines:?} {prior:?}");
    }
    // What held yesterday holds today.
    let days = closed(&[(0, "infection", "1", ""), (1_500, "map", "60", HG)]);
    assert_eq!(days.iter().map(Day::infection).collect::<Vec<_>>(), [Yes, Yes]);
}

/// A vasopressor for 60 minutes, volume given, lactate above 2 mmol/L.
const SHOCKED: &[(u32, &str, &str, &str)] =
    &[(0, "norepinephrine", "0.05", KG), (0, "hypovolemia", "0", ""), (59, "lactate", "3", "mmol/L"), (60, "map", "80", HG)];

#[test]
fn r131_rule_13_the_circulatory_part_of_septic_shock() {
    use Met::*;
    let lactate = |minute, value| (minute, "lactate", value, "mmol/L");
    let drug = (0, "norepinephrine", "0.05", KG);
    let filled = (0, "hypovolemia", "0", "");
    for (chart, complete, unknown) in [
        (&[drug, filled, lactate(59, "2.1")][..], Yes, Yes),
        (&[drug, filled, lactate(59, "2")], No, No),
        (&[drug, filled, lactate(59, "2..3")], Unknown, Unknown),
        (&[drug, filled, lactate(58, "2.1")], No, Unknown),
        (&[drug, filled, lactate(58, "2.1"), lactate(59, "2.1")], Yes, Yes),
        (&[drug, lactate(59, "2.1")], Unknown, Unknown),
        (&[drug, (0, "hypovolemia", "1", ""), lactate(59, "2.1")], No, No),
        // A brief stop is of its run, and yet nothing runs in it.
        (&[drug, filled, (100, "norepinephrine", "0", KG), lactate(103, "2.1")], No, Unknown),
        (&[drug, filled, (100, "norepinephrine", "0", KG), (104, "norepinephrine", "0.05", KG), lactate(104, "2.1")], Yes, Yes),
        // In its own minute: corrected only later.
        (&[drug, (0, "hypovolemia", "1", ""), lactate(70, "2.1"), (80, "hypovolemia", "0", "")], No, No),
        (&[drug, (0, "hypovolemia", "1", ""), lactate(70, "2.1"), (70, "hypovolemia", "0", "")], Yes, Yes),
        // The lactate stands before its drug in the file, in the same minute.
        (&[filled, lactate(0, "2.1"), drug, (59, "map", "60", HG), lactate(59, "2.1")], Yes, Yes),
        // Late: the vasopressor of its minute is unknown.
        (&[drug, filled, (90, "map", "60", HG), lactate(80, "2.1")], Unknown, Unknown),
        (&[drug, filled, (90, "map", "60", HG), lactate(80, "1.9")], No, No),
        (&[drug, (0, "hypovolemia", "1", ""), (90, "map", "60", HG), lactate(80, "2.1")], No, No),
        // Charted again it has still held from its first line on.
        (
            &[
                drug,
                (0, "hypovolemia", "1", ""),
                (50, "hypovolemia", "1", ""),
                (60, "rrt", "0", ""),
                (90, "map", "60", HG),
                lactate(40, "2.1"),
            ],
            No,
            No,
        ),
        (&[drug, (85, "hypovolemia", "1", ""), (90, "map", "60", HG), lactate(80, "2.1")], Unknown, Unknown),
        // No lactate: no only if in no minute the rest was possible.
        (&[drug, filled], Unknown, Unknown),
        (&[filled], No, Unknown),
        (&[drug, (0, "hypovolemia", "1", "")], No, No),
        (&[drug, filled, lactate(59, "")], Unknown, Unknown),
        (&[drug, filled, lactate(59, "1.9"), lactate(60, "")], No, No),
        // What is a vasopressor.
        (&[(0, "epinephrine", "0.05", KG), filled, lactate(59, "3")], Yes, Yes),
        (&[(0, "dopamine", "5", KG), filled, lactate(59, "3")], Yes, Yes),
        (&[(0, "vasopressin", "2.4", "[U]/h"), filled, lactate(59, "3")], Yes, Yes),
        (&[(0, "vasopressin", "2.4", "[U]/h"), filled, lactate(58, "3")], No, Unknown),
        (&[(0, "phenylephrine", "1", KG), filled, lactate(59, "3")], Yes, Yes),
        (&[(0, "dobutamine", "5", KG), filled, lactate(59, "3")], No, Unknown),
        (&[(0, "milrinone", "0.5", KG), filled, lactate(59, "3")], No, Unknown),
        (&[(0, "other_vasoactive", "1", "mL/h"), filled, lactate(59, "3")], Unknown, Unknown),
        (&[(0, "other_vasoactive", "1", "mL/h"), filled, lactate(58, "3")], No, Unknown),
    ] {
        let day = closed(chart).pop().unwrap();
        assert_eq!(day.circulatory_shock(Infusions::Complete), complete, "{chart:?}");
        assert_eq!(day.circulatory_shock(Infusions::Unknown), unknown, "{chart:?}");
    }
    // Yesterday's lactate is yesterday's.
    let days = closed(&[drug, filled, lactate(59, "3"), (1_500, "map", "60", HG)]);
    assert_eq!(days.iter().map(|day| day.circulatory_shock(Infusions::Complete)).collect::<Vec<_>>(), [Yes, Unknown]);
    // All six charted: nothing is left unknown.
    let zero = |item| (0, item, "0", KG);
    let five = ["norepinephrine", "epinephrine", "dopamine", "vasopressin", "phenylephrine"].map(zero);
    let without = closed(&[&five[..], &[filled, lactate(59, "3")]].concat()).pop().unwrap();
    assert_eq!(without.circulatory_shock(Infusions::Unknown), Unknown);
    let with = closed(&[&five[..], &[zero("other_vasoactive"), filled, lactate(59, "3")]].concat()).pop().unwrap();
    assert_eq!(with.circulatory_shock(Infusions::Unknown), No);
}

#[test]
fn r098_rule_4_death_closes_its_day_at_its_minute() {
    for (death, expected) in [(58, [0, 0]), (59, [3, 3])] {
        let day = closed(&[(0, "map", "80", HG), (0, "norepinephrine", "0.05", KG), (death, "death", "1", "")]).pop().unwrap();
        assert_eq!(points(&day, How::DEFAULT, Organ::Cardiovascular), expected, "{death}");
        assert!(day.closed());
    }
    // The urine of that day is what was charted until then.
    let day = closed(&[(0, "creatinine", "1", "mg/dL"), (30, "urine", "50", "mL"), (40, "discharge", "1", "")]).pop().unwrap();
    assert_eq!(points(&day, How::DEFAULT, Organ::Renal), [4, 4]);
    let (_, window) = charted(&[(3_000, "discharge", "1", "")]);
    assert_eq!((window.end(), window.day()), (Some(End::Discharge), 3));
}

/// What yesterday's hours still keep is not of the day of death.
#[test]
fn r098_rule_4_the_day_of_death_is_its_own() {
    let day = closed(&[(1_200, "platelets", "90", "10*9/L"), (1_500, "death", "1", "")]).pop().unwrap();
    assert_eq!((day.number(), points(&day, How::DEFAULT, Organ::Coagulation)), (2, [0, 4]));
}

/// Minute 5256000, the last, is the first of day 3651.
#[test]
fn r091_days_end_ten_years_on() {
    let mut window = Window::new(&SOFA_1996);
    let closed = std::iter::from_fn(|| window.close_day(&SOFA_1996).ok()).count();
    assert_eq!((closed, window.close_day(&SOFA_1996)), (3_651, Err(Error::MinuteOutOfRange)));
}

#[test]
fn r094_limits_end_what_holds_at_their_minute() {
    let limits = |limits| Window::new(&SOFA_1996).with_limits(limits);
    let organ = |window: Window, chart: Chart, organ| {
        let (_, mut window) = chart_in(window, chart);
        points(&window.close_day(&SOFA_1996).unwrap(), How::DEFAULT, organ)
    };
    let fio2 = limits(Limits { fio2: 60, ..Limits::NONE });
    let support = limits(Limits { support: 60, ..Limits::NONE });
    for (window, minute, expected) in [(fio2, 69, [3, 3]), (fio2, 70, [0, 4]), (support, 69, [3, 3]), (support, 70, [2, 3])] {
        let chart = [(10, "fio2", "50", "%"), (10, "support", "imv", ""), (minute, "pao2", "90", HG)];
        assert_eq!(organ(window, &chart, Organ::Respiration), expected, "{minute}");
    }
    // A rate that is no longer known may still run, or not; one charted again in time goes on.
    let infusion = limits(Limits { infusion: 60, ..Limits::NONE });
    for (again, expected) in [(60, [3, 3]), (61, [3, 3]), (62, [3, 4])] {
        let drug = |minute| (minute, "norepinephrine", "0.05", KG);
        let chart = [(0, "map", "80", HG), drug(1), drug(again), (again + 30, "discharge", "1", "")];
        // Minute 60 is the run's 60th and the last that a limit of 60 lets the first line hold; in 61 anything may run, or nothing.
        assert_eq!(organ(infusion, &chart, Organ::Cardiovascular), expected, "{again}");
    }
    let short = limits(Limits { infusion: 30, ..Limits::NONE });
    assert_eq!(organ(short, &[(0, "map", "80", HG), (0, "norepinephrine", "0.05", KG)], Organ::Cardiovascular), [0, 4]);
    // Weight: the dose is unknown from then on.
    let weight = limits(Limits { weight: 60, ..Limits::NONE });
    let chart = [(0, "weight", "80", "kg"), (0, "norepinephrine", "4", "ug/min")];
    assert_eq!(organ(weight, &chart, Organ::Cardiovascular), [3, 4]);
    assert_eq!(organ(limits(Limits::NONE), &chart, Organ::Cardiovascular), [3, 3]);
    // No limit of nothing: what is charted holds in its own minute.
    let chart = [(10, "fio2", "50", "%"), (10, "support", "imv", ""), (10, "pao2", "90", HG)];
    assert_eq!(organ(limits(Limits { fio2: 0, support: 0, ..Limits::NONE }), &chart, Organ::Respiration), [3, 3]);
}

#[test]
fn r093_resume_forgets_what_held() {
    let chart: Chart = &[
        (0, "fio2", "50", "%"),
        (0, "support", "imv", ""),
        (0, "infection", "1", ""),
        (0, "norepinephrine", "0", KG),
        (10, "pao2", "90", HG),
        (10, "map", "80", HG),
    ];
    let (_, mut window) = charted(chart);
    window.resume(&SOFA_1996, 200).unwrap();
    window.push(&SOFA_1996, 200, &event("pao2", "90", HG)).unwrap();
    let day = window.so_far(&SOFA_1996).unwrap();
    // The gas before the outage kept its FiO2; the one after has none. The stopped drug may have been started.
    assert_eq!(points(&day, How::DEFAULT, Organ::Respiration), [3, 4]);
    assert_eq!(points(&day, How::DEFAULT, Organ::Cardiovascular), [0, 4]);
    assert_eq!(day.infection(), Met::Yes);
    // A drug never charted is what the caller declares of those.
    let (_, mut window) = charted(&[(10, "map", "80", HG)]);
    window.resume(&SOFA_1996, 200).unwrap();
    assert_eq!(points(&window.so_far(&SOFA_1996).unwrap(), How::DEFAULT, Organ::Cardiovascular), [0, 0]);
    // Too short an outage to complete a run.
    let (_, mut window) = charted(&[(0, "norepinephrine", "0", KG), (10, "map", "80", HG)]);
    window.resume(&SOFA_1996, 69).unwrap();
    assert_eq!(points(&window.so_far(&SOFA_1996).unwrap(), How::DEFAULT, Organ::Cardiovascular), [0, 0]);
    window.resume(&SOFA_1996, 70).unwrap();
    assert_eq!(points(&window.so_far(&SOFA_1996).unwrap(), How::DEFAULT, Organ::Cardiovascular), [0, 4]);
    // Over midnight: each day is closed as ever, and the next begins with nothing that holds.
    let (_, mut window) = charted(chart);
    window.resume(&SOFA_1996, 3_000).unwrap();
    let mut infections = Vec::new();
    while 3_000 >= window.day_end() {
        infections.push(window.close_day(&SOFA_1996).unwrap().infection());
    }
    assert_eq!((infections, window.day(), window.day_end()), (vec![Met::Yes, Met::Unknown], 3, 4_320));
    // In the last minute of a day no minute follows in which to forget: it is forgotten, too.
    for (minute, infection) in [(1_438, Met::Yes), (1_439, Met::Unknown)] {
        let (_, mut window) = charted(&[(minute, "infection", "1", "")]);
        window.resume(&SOFA_1996, 2_000).unwrap();
        assert_eq!((window.close_day(&SOFA_1996).unwrap().infection(), window.day_end()), (infection, 2_880), "{minute}");
    }
    // From 1380 on a drug may complete its hour in the day's last minute; from 1381 on only in the next day's first.
    for (last, expected) in [(1_379, [0, 4]), (1_380, [0, 0])] {
        let (_, mut window) = charted(&[(0, "norepinephrine", "0", KG), (last, "map", "80", HG)]);
        window.resume(&SOFA_1996, 3_000).unwrap();
        assert_eq!(points(&window.close_day(&SOFA_1996).unwrap(), How::DEFAULT, Organ::Cardiovascular), expected, "{last}");
    }
    assert_eq!(Window::new(&SOFA_1996).resume(&SOFA_1996, Window::LAST_MINUTE), Ok(()));
    window.push(&SOFA_1996, 3_000, &event("fio2", "40", "%")).unwrap();
    assert_eq!(window.resume(&SOFA_1996, 2_999), Err(Error::ClockBack { by: 1 }));
    assert_eq!(window.resume(&SOFA_1996, 5_256_001), Err(Error::MinuteOutOfRange));
}

#[test]
fn r095_rolling_crosses_midnight_and_forgets_after_24_hours() {
    let coagulation = |window: &Window| points(&window.rolling(&SOFA_1996).unwrap(), How::DEFAULT, Organ::Coagulation);
    let (_, mut window) =
        charted(&[(1_390, "platelets", "90", "10*9/L"), (1_410, "norepinephrine", "0.2", KG), (1_500, "map", "80", HG)]);
    assert_eq!(coagulation(&window), [2, 2]);
    let witness = window.rolling(&SOFA_1996).unwrap().witness(Organ::Coagulation).unwrap();
    // To the hour: the platelets of 1390 lie in the hour that began at 1380.
    assert_eq!((witness.item, witness.minute), (Item::Platelets, 1_380));
    let cardiovascular = window.rolling(&SOFA_1996).unwrap().witness(Organ::Cardiovascular).unwrap();
    assert_eq!((cardiovascular.item, cardiovascular.minute), (Item::Circulation, 1_440));
    // An hour of today, the clock's own.
    let mut today = window;
    today.push(&SOFA_1996, 1_500, &event("creatinine", "2", "mg/dL")).unwrap();
    assert_eq!(today.rolling(&SOFA_1996).unwrap().witness(Organ::Renal).map(|w| w.minute), Some(1_500));
    // Today alone has no platelets.
    assert_eq!(points(&window.so_far(&SOFA_1996).unwrap(), How::DEFAULT, Organ::Coagulation), [0, 4]);
    // The hour 1380 to 1439 leaves when the hour of the next day begins that has its place.
    window.push(&SOFA_1996, 2_819, &event("map", "80", HG)).unwrap();
    assert_eq!(coagulation(&window), [2, 2]);
    window.push(&SOFA_1996, 2_820, &event("map", "80", HG)).unwrap();
    assert_eq!(coagulation(&window), [0, 4]);
    assert!(!window.rolling(&SOFA_1996).unwrap().closed());
    // A pressure was measured, so none that was not is assumed.
    for (mmhg, expected) in [("80", [0, 0]), ("60", [1, 1])] {
        let (_, pressure) = charted(&[(10, "map", mmhg, HG), (70, "gcs", "15", "{score}")]);
        assert_eq!(points(&pressure.rolling(&SOFA_1996).unwrap(), How::DEFAULT, Organ::Cardiovascular), expected);
    }
    // An infection that was over within the day.
    let (_, over) = charted(&[(10, "infection", "1", ""), (20, "infection", "0", ""), (30, "map", "80", HG)]);
    assert_eq!([over.so_far(&SOFA_1996), over.rolling(&SOFA_1996)].map(|day| day.unwrap().infection()), [Met::Yes; 2]);
    // As is the shock.
    let (_, shocked) = charted(SHOCKED);
    let shock = [shocked.so_far(&SOFA_1996), shocked.rolling(&SOFA_1996)];
    assert_eq!(shock.map(|day| day.unwrap().circulatory_shock(Infusions::Complete)), [Met::Yes; 2]);
}

#[test]
fn r096_the_witness_is_the_worst_then_the_earliest() {
    for (chart, organ, expected) in [
        (
            &[(5, "platelets", "90", "10*9/L"), (9, "platelets", "80", "10*9/L"), (12, "platelets", "190", "10*9/L")][..],
            Organ::Coagulation,
            (Item::Platelets, 5),
        ),
        (&[(9, "platelets", "80", "10*9/L"), (5, "platelets", "90", "10*9/L")], Organ::Coagulation, (Item::Platelets, 5)),
        (&[(9, "gcs", "9..14", "{score}"), (10, "gcs", "10", "{score}")], Organ::Brain, (Item::Gcs, 10)),
        (
            &[(9, "map", "60", HG), (20, "norepinephrine", "0.05", KG)],
            Organ::Cardiovascular,
            (Item::Infusion(Infusion::Norepinephrine), 79),
        ),
        (&[(9, "map", "60", HG), (1_400, "norepinephrine", "0.05", KG)], Organ::Cardiovascular, (Item::Map, 9)),
        (&[(9, "creatinine", "2", "mg/dL"), (20, "urine", "100", "mL")], Organ::Renal, (Item::Urine, 1_439)),
        (&[(9, "creatinine", "5", "mg/dL"), (20, "urine", "300", "mL")], Organ::Renal, (Item::Creatinine, 9)),
        (&[(9, "bilirubin", "205", "umol/L")], Organ::Liver, (Item::Bilirubin, 9)),
        (&[(3, "fio2", "40", "%"), (4, "pao2", "70", HG)], Organ::Respiration, (Item::PaO2, 4)),
    ] {
        let witness = closed(chart)[0].witness(organ).unwrap();
        assert_eq!((witness.item, witness.minute), expected, "{chart:?}");
        assert_eq!(witness.item.organ(), organ);
    }
    assert_eq!(closed(&[(0, "rrt", "1", "")])[0].witness(Organ::Renal), None);
    assert_eq!(
        ["pao2", "platelets", "bilirubin", "map", "circulation", "gcs", "creatinine", "urine"].to_vec(),
        [Item::PaO2, Item::Platelets, Item::Bilirubin, Item::Map, Item::Circulation, Item::Gcs, Item::Creatinine, Item::Urine,]
            .map(Item::name)
    );
}

#[test]
fn r096_items_by_themselves() {
    let day = &closed(&[(0, "map", "60", HG), (0, "dopamine", "6", KG), (0, "gcs", "", "{score}"), (0, "pao2", "90", HG)])[0];
    let ends = |item| day.points(item).map(|points| points.ends());
    assert_eq!(
        [Item::Map, Item::Circulation, Item::Gcs, Item::PaO2, Item::Creatinine, Item::Infusion(Infusion::Dopamine)].map(ends),
        [Some([1, 1]), Some([3, 3]), Some([0, 4]), Some([0, 4]), None, None]
    );
}

/// What the other window holds does not run on here, and a drug that only it charted stays never charted here.
#[test]
fn r097_merge_leaves_what_holds_to_its_own_window() {
    let (_, with_drug) = charted(&[(0, "norepinephrine", "0.05", KG), (30, "map", "80", HG)]);
    let all_zero = [(0, "epinephrine", "0", KG), (0, "dopamine", "0", KG), (0, "dobutamine", "0", KG), (30, "map", "80", HG)];
    let (_, mut without) = charted(&all_zero);
    without.merge(&SOFA_1996, &with_drug).unwrap();
    assert_eq!(points(&without.close_day(&SOFA_1996).unwrap(), UNKNOWN_DRUGS, Organ::Cardiovascular), [0, 4]);
    // A gas in the other's open minute waits until that minute is over, since its FiO2 may still come.
    let gas = [(0, "support", "imv", ""), (0, "fio2", "100", "%"), (9, "pao2", "80", HG)];
    let (_, mut other) = charted(&gas);
    let mut both = Window::new(&SOFA_1996);
    both.merge(&SOFA_1996, &other).unwrap();
    assert_eq!(points(&both.so_far(&SOFA_1996).unwrap(), How::DEFAULT, Organ::Respiration), [0, 4]);
    other.push(&SOFA_1996, 9, &event("fio2", "40", "%")).unwrap();
    other.push(&SOFA_1996, 10, &event("map", "80", HG)).unwrap();
    both.merge(&SOFA_1996, &other).unwrap();
    assert_eq!(points(&both.so_far(&SOFA_1996).unwrap(), How::DEFAULT, Organ::Respiration), [2, 2]);
}

/// An hour keeps a volume in 32 bits: as charted, or at least so much.
#[test]
fn r097_the_urine_of_an_hour_goes_over_as_it_was_charted() {
    for (charted_urine, expected) in [
        ("100", "100"),
        ("100..100.002", "100..100.002"),
        ("100.0005", "100.0005"),
        ("100..100.006", "100..100.006"),
        ("100..100.007", ">=100"),
        ("0..300", "0..300"),
        ("0.001..300", ">=0.001"),
        ("2097.151", "2097.151"),
        ("2097.152", ">=2097.151"),
        ("0..2097.151", "0..2097.151"),
        ("0..2097.152", ">=0"),
    ] {
        let (_, one) = charted(&[(61, "urine", charted_urine, "mL"), (70, "map", "80", HG)]);
        let mut other = Window::new(&SOFA_1996);
        other.merge(&SOFA_1996, &one).unwrap();
        let [lo, hi] = Reading::<endotype::quantity::Urine>::read(expected).unwrap().ends();
        for day in [other.so_far(&SOFA_1996).unwrap(), other.rolling(&SOFA_1996).unwrap()] {
            let [its_lo, its_hi] = day.urine().ends();
            assert_eq!(
                (its_lo, its_hi == hi || expected.starts_with('>') && its_hi > 1_900_000_000),
                (lo, true),
                "{charted_urine}"
            );
        }
    }
}

/// The hours of the last day are those of the first.
#[test]
fn r090_a_late_day_is_charted_like_the_first() {
    let day = |dawn: u32| {
        let mut window = Window::new(&SOFA_2);
        if dawn > 0 {
            window.resume(&SOFA_2, dawn).unwrap();
            while window.day_end() <= dawn {
                window.close_day(&SOFA_2).unwrap();
            }
        }
        for (minute, item, value, unit) in [
            (5, "weight", "80", "kg"),
            (5, "urine", "0", "mL"),
            (370, "urine", "100", "mL"),
            (400, "map", "80", HG),
            (399, "spo2", "97..99", "%"),
            (398, "platelets", "90", "10*9/L"),
        ] {
            window.push(&SOFA_2, dawn + minute, &event(item, value, unit)).unwrap();
        }
        let day = window.so_far(&SOFA_2).unwrap();
        let score = day.score(&SOFA_2, How::DEFAULT, Carried::NONE);
        let witnesses = Organ::ALL.map(|organ| day.witness(organ).map(|witness| (witness.item, witness.minute - dawn)));
        (Organ::ALL.map(|organ| score.sofa().organ(organ).ends()), witnesses)
    };
    assert_eq!(day(3_649 * 1_440), day(0));
}

/// An hour that two devices charted differently, beside one that only this window has.
#[test]
fn r097_an_hour_of_urine_that_differs_is_at_least_the_larger_to_the_end() {
    let window = |clock, minute, urine: &'static str| charted(&[(minute, "urine", urine, "mL"), (clock, "map", "80", HG)]).1;
    const ORDERS: [[usize; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    let least = |window: &Window| window.so_far(&SOFA_1996).unwrap().urine().ends()[0];
    for (alone, mine, theirs, expected) in [
        ("10", "50", "200", ">=210"),
        ("10", ">50", ">=200", ">=210"),
        ("10", ">50", ">200", ">210"),
        ("10", "50", ">200", ">210"),
        (">10", ">50", ">=200", ">210"),
        (">10", "50", "200", ">210"),
        ("10", ">=200", ">50", ">=210"),
        ("10", ">=200", ">200", ">210"),
    ] {
        // In an hour that is over, and in the clock's own.
        let windows = |clock| [window(clock, 10, alone), window(clock, 200, mine), window(clock, 210, theirs)];
        for (windows, order) in [400, 239].map(windows).into_iter().flat_map(|windows| ORDERS.map(|order| (windows, order))) {
            let [a, b, c] = order.map(|at| windows[at]);
            let join = |mut into: Window, other: &Window| {
                into.merge(&SOFA_1996, other).unwrap();
                into
            };
            let expected = Reading::<endotype::quantity::Urine>::read(expected).unwrap().ends()[0];
            assert_eq!(
                [least(&join(join(a, &b), &c)), least(&join(a, &join(b, &c)))],
                [expected; 2],
                "{alone} {mine} {theirs} {order:?}"
            );
        }
    }
}

#[test]
fn r080_a_gas_that_is_not_known_may_be_any() {
    use endotype::{Gas, Support};
    let fio2 = Reading::read("40").unwrap();
    for gas in [Gas::MmHg(Reading::UNKNOWN), Gas::KPa(Reading::UNKNOWN)] {
        let ends = |support| SOFA_1996.respiration(gas, fio2, Some(support)).ends();
        assert_eq!([Support::Imv, Support::None].map(ends), [[0, 4], [0, 2]]);
    }
}

/// Found by review: 0 over a weight that is only a range is 0, and reached.
#[test]
fn r038_a_rate_of_0_scores_nothing_at_any_weight() {
    let infusion = |rate: &str, weight: &str| {
        let rate = endotype::Rate::PerMinute(Reading::read(rate).unwrap());
        let points = SOFA_1996.infusion(Infusion::Norepinephrine, rate, Reading::read(weight).unwrap());
        (0..5).filter(|&p| points.contains(p)).collect::<Vec<u8>>()
    };
    for (rate, weight, expected) in [
        ("0", "<81", &[0][..]),
        ("0", "80", &[0]),
        ("0", "", &[0]),
        ("0..5", "<81", &[0, 3, 4]),
        ("0..0.001", "80.0005", &[0, 3]),
        ("0..0.001", "80", &[0, 3]),
        ("<0.001", "80.0005", &[3]),
    ] {
        assert_eq!(infusion(rate, weight), expected, "{rate} over {weight}");
    }
}

#[test]
fn r097_merge_joins_what_was_scored() {
    let (_, monitor) = charted(&[(10, "map", "60", HG), (20, "urine", "100", "mL"), (30, "norepinephrine", "0", KG)]);
    let (_, analyser) = charted(&[
        (15, "platelets", "90", "10*9/L"),
        (20, "urine", "100", "mL"),
        (80, "infection", "1", ""),
        (90, "rrt", "0", ""),
    ]);
    let mut both = monitor;
    both.merge(&SOFA_1996, &analyser).unwrap();
    let day = both.so_far(&SOFA_1996).unwrap();
    assert_eq!(points(&day, How::DEFAULT, Organ::Coagulation), [2, 2]);
    assert_eq!(points(&day, How::DEFAULT, Organ::Cardiovascular), [1, 1]);
    // The same urine counts once.
    assert_eq!((day.urine(), day.infection()), (Reading::read("100").unwrap(), Met::Yes));
    // Differing urine of one hour: at least the larger.
    let (_, other) = charted(&[(20, "urine", "150", "mL")]);
    both.merge(&SOFA_1996, &other).unwrap();
    assert_eq!(
        both.so_far(&SOFA_1996).unwrap().urine().ends()[0],
        Reading::<endotype::quantity::Urine>::read("150").unwrap().ends()[0]
    );
    // Of two windows of which one has no urine it is the other's, exactly.
    for (mut one, other) in [(Window::new(&SOFA_1996), &monitor), (monitor, &Window::new(&SOFA_1996))] {
        one.merge(&SOFA_1996, other).unwrap();
        assert_eq!(one.so_far(&SOFA_1996).unwrap().urine(), Reading::read("100").unwrap());
    }
    // On day 2 the hours behind the other's clock are its yesterday's: those that this window keeps, too, are joined, not those of today.
    let (_, behind) = charted(&[
        (200, "platelets", "19", "10*9/L"),
        (359, "creatinine", "3", "mg/dL"),
        (1_210, "bilirubin", "2", "mg/dL"),
        (1_500, "gcs", "14", "{score}"),
        (1_510, "map", "80", HG),
    ]);
    let (_, mut ahead) = charted(&[(1_740, "map", "80", HG)]);
    ahead.merge(&SOFA_1996, &behind).unwrap();
    for (organ, today, rolling) in [
        (Organ::Coagulation, [0, 4], [0, 4]),
        (Organ::Renal, [0, 4], [0, 4]),
        (Organ::Liver, [0, 4], [2, 2]),
        (Organ::Brain, [1, 1], [1, 1]),
    ] {
        assert_eq!(points(&ahead.so_far(&SOFA_1996).unwrap(), How::DEFAULT, organ), today, "{organ:?}");
        assert_eq!(points(&ahead.rolling(&SOFA_1996).unwrap(), How::DEFAULT, organ), rolling, "{organ:?}");
    }
    // A shock that only the other saw.
    let (_, shocked) = charted(SHOCKED);
    both.merge(&SOFA_1996, &shocked).unwrap();
    assert_eq!(both.so_far(&SOFA_1996).unwrap().circulatory_shock(Infusions::Complete), Met::Yes);
    // No lactate: shock is possible if it was in either, and stays so however often they merge.
    let later = (70, "map", "80", HG);
    let (_, dry) = charted(&[(0, "hypovolemia", "1", ""), later]);
    let (_, filled) = charted(&[(0, "norepinephrine", "0.05", KG), (0, "hypovolemia", "0", ""), later]);
    let (_, plain) = charted(&[later]);
    for (windows, complete, unknown) in [
        ([&dry, &dry], Met::No, Met::No),
        ([&dry, &filled], Met::Unknown, Met::Unknown),
        ([&filled, &filled], Met::Unknown, Met::Unknown),
        ([&dry, &plain], Met::No, Met::Unknown),
        ([&plain, &plain], Met::No, Met::Unknown),
    ] {
        for (mut one, other) in [(*windows[0], windows[1]), (*windows[1], windows[0])] {
            one.merge(&SOFA_1996, other).unwrap();
            let day = one.so_far(&SOFA_1996).unwrap();
            assert_eq!(day.circulatory_shock(Infusions::Complete), complete);
            assert_eq!(day.circulatory_shock(Infusions::Unknown), unknown);
        }
    }
    let (_, tomorrow) = charted(&[(1_500, "map", "60", HG)]);
    let before = both;
    assert_eq!(both.merge(&SOFA_1996, &tomorrow), Err(Error::DaysDiffer));
    assert_eq!(both.merge(&ANY_SUPPORT, &monitor), Err(Error::RulesDiffer));
    assert_eq!(both.merge(&SOFA_1996, &Window::new(&ANY_SUPPORT)), Err(Error::RulesDiffer));
    assert_eq!(both, before);
    let (_, mut dead) = charted(&[(20, "death", "1", "")]);
    assert_eq!(dead.merge(&SOFA_1996, &monitor), Err(Error::AfterEnd));
    assert_eq!(both.merge(&SOFA_1996, &dead), Err(Error::AfterEnd));
    assert_eq!(both, before);
}

/// A refused event says by how much, and leaves everything as it was.
#[test]
fn r089_refusals_leave_the_window_unchanged() {
    let (_, window) = charted(&[(1_500, "fio2", "40", "%"), (1_600, "map", "80", HG)]);
    for (minute, item, value, unit, error) in [
        (1_599, "fio2", "50", "%", Error::ClockBack { by: 1 }),
        (1_500, "norepinephrine", "0.1", KG, Error::ClockBack { by: 100 }),
        (1_500, "support", "imv", "", Error::ClockBack { by: 100 }),
        (1_599, "death", "1", "", Error::ClockBack { by: 1 }),
        (1_599, "first_dose", "placebo", "", Error::ClockBack { by: 1 }),
        (1_439, "map", "80", HG, Error::DayClosed { by: 1 }),
        (0, "urine", "80", "mL", Error::DayClosed { by: 1_440 }),
        (2_880, "map", "80", HG, Error::DayNotClosed { ends: 2_880 }),
        (5_256_000, "map", "80", HG, Error::DayNotClosed { ends: 2_880 }),
        (5_256_001, "map", "80", HG, Error::MinuteOutOfRange),
    ] {
        let mut tried = window;
        assert_eq!(tried.push(&SOFA_1996, minute, &event(item, value, unit)), Err(error), "{minute} {item}");
        assert_eq!(tried, window, "{minute} {item}");
    }
    let mut tried = window;
    assert_eq!(tried.push(&ANY_SUPPORT, 1_600, &event("map", "80", HG)), Err(Error::RulesDiffer));
    assert_eq!(tried.close_day(&ANY_SUPPORT), Err(Error::RulesDiffer));
    assert_eq!(tried.so_far(&ANY_SUPPORT), Err(Error::RulesDiffer));
    assert_eq!(tried.rolling(&ANY_SUPPORT), Err(Error::RulesDiffer));
    assert_eq!(tried.resume(&ANY_SUPPORT, 1_700), Err(Error::RulesDiffer));
    assert_eq!(tried, window);
    // Late in the open day is taken, and another rule set's day scores nothing but unknown.
    tried.push(&SOFA_1996, 1_440, &event("platelets", "80", "10*9/L")).unwrap();
    let day = tried.so_far(&SOFA_1996).unwrap();
    assert_eq!(points(&day, How::DEFAULT, Organ::Coagulation), [2, 2]);
    assert_eq!(day.score(&ANY_SUPPORT, NORMAL, Carried::NONE).total(), Total::ALL);
    let (_, mut ended) = charted(&[(10, "discharge", "1", "")]);
    let before = ended;
    assert_eq!(ended.push(&SOFA_1996, 10, &event("map", "80", HG)), Err(Error::AfterEnd));
    assert_eq!(ended, before);
    ended.close_day(&SOFA_1996).unwrap();
    assert_eq!(ended.close_day(&SOFA_1996), Err(Error::AfterEnd));
}

/// Every hour of a day has its own place: of 1,440 minutes each is scored in the day, and counts in the rolling window until its hour
/// of the next day.
#[test]
fn r091_every_minute_has_its_hour() {
    for minute in 0..1_440 {
        let (_, mut window) = charted(&[(minute, "platelets", "90", "10*9/L")]);
        window.close_day(&SOFA_1996).unwrap();
        let hour = (0..24).find(|hour| minute < (hour + 1) * 60).unwrap();
        let mut last = window;
        if hour > 0 {
            last.push(&SOFA_1996, 1_440 + hour * 60 - 1, &event("map", "80", HG)).unwrap();
            assert_eq!(points(&last.rolling(&SOFA_1996).unwrap(), How::DEFAULT, Organ::Coagulation), [2, 2], "{minute}");
        }
        window.push(&SOFA_1996, 1_440 + hour * 60, &event("map", "80", HG)).unwrap();
        assert_eq!(points(&window.rolling(&SOFA_1996).unwrap(), How::DEFAULT, Organ::Coagulation), [0, 4], "{minute}");
    }
}

#[test]
fn r117_a_score_knows_its_day_and_a_course_takes_only_a_closed_one() {
    let (_, mut window) = charted(&[(0, "map", "80", HG)]);
    let mut course = Course::<2>::new(SOFA_1996.id());
    assert_eq!(course.push(&score(&window.so_far(&SOFA_1996).unwrap(), NORMAL)), Err(Error::DayOpen));
    let first = score(&window.close_day(&SOFA_1996).unwrap(), NORMAL);
    course.push(&first).unwrap();
    assert_eq!(course.push(&first), Err(Error::DayOutOfOrder { expected: 2 }));
    let mut other = Course::<2>::new(ANY_SUPPORT.id());
    assert_eq!(other.push(&first), Err(Error::RulesDiffer));
    // A full course refuses a day; the daily score goes on.
    course.push(&score(&window.close_day(&SOFA_1996).unwrap(), NORMAL)).unwrap();
    let third = window.close_day(&SOFA_1996).unwrap();
    assert_eq!(course.push(&score(&third, NORMAL)), Err(Error::CourseFull));
    assert_eq!((third.number(), course.len()), (3, 2));
}
