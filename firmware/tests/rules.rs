//! The rules on the processor itself, against the papers: every number here is typed from the print.

#![no_std]
#![no_main]

#[cfg(target_arch = "arm")]
use {cortex_m as _, cortex_m_rt as _};
#[cfg(target_arch = "riscv32")]
use {riscv as _, riscv_rt as _};

use core::fmt::Write;
use endotype::published::{SOFA_2, SOFA_2_MORE, SOFA_1996};
use endotype::quantity::TABLE;
use endotype::{Edge, Event, Gas, Infusion, Met, Reading, SofaRules, Support, edges};

#[panic_handler]
fn panicked(info: &core::panic::PanicInfo<'_>) -> ! {
    semihosting::println!("{info}");
    semihosting::process::abort()
}

/// Item, unit; each cut-off where the points change, and the points before and behind it.
type Printed = (&'static str, &'static str, &'static [(&'static str, [u8; 2])]);

#[rustfmt::skip]
const SOFA: &[Printed] = &[
    ("pao2/fio2",      "mm[Hg]",    &[("< 400",  [0, 1]), ("< 300",  [1, 2]), ("< 200",  [2, 3]), ("< 100",  [3, 4])]),
    ("pao2/fio2",      "kPa",       &[("< 53.3", [0, 1]), ("< 40",   [1, 2]), ("< 26.7", [2, 3]), ("< 13.3", [3, 4])]),
    ("platelets",      "10*9/L",    &[("< 150",  [0, 1]), ("< 100",  [1, 2]), ("< 50",   [2, 3]), ("< 20",   [3, 4])]),
    ("bilirubin",      "mg/dL",     &[(">= 1.2", [0, 1]), (">= 2.0", [1, 2]), (">= 6.0", [2, 3]), (">= 12.0", [3, 4])]),
    ("bilirubin",      "umol/L",    &[(">= 20",  [0, 1]), (">= 33",  [1, 2]), (">= 102", [2, 3]), ("> 204",  [3, 4])]),
    ("map",            "mm[Hg]",    &[("< 70",   [0, 1])]),
    ("norepinephrine", "ug/kg/min", &[("> 0",    [0, 3]), ("> 0.1",  [3, 4])]),
    ("epinephrine",    "ug/kg/min", &[("> 0",    [0, 3]), ("> 0.1",  [3, 4])]),
    ("dopamine",       "ug/kg/min", &[("> 0",    [0, 2]), ("> 5",    [2, 3]), ("> 15",   [3, 4])]),
    ("dobutamine",     "ug/kg/min", &[("> 0",    [0, 2])]),
    ("gcs",            "{score}",   &[("< 15",   [0, 1]), ("< 13",   [1, 2]), ("< 10",   [2, 3]), ("< 6",    [3, 4])]),
    ("creatinine",     "mg/dL",     &[(">= 1.2", [0, 1]), (">= 2.0", [1, 2]), (">= 3.5", [2, 3]), (">= 5.0", [3, 4])]),
    ("creatinine",     "umol/L",    &[(">= 110", [0, 1]), (">= 171", [1, 2]), (">= 300", [2, 3]), ("> 440",  [3, 4])]),
    ("urine",          "mL",        &[("< 500",  [0, 3]), ("< 200",  [3, 4])]),
];

#[rustfmt::skip]
const SECOND: &[Printed] = &[
    ("pao2/fio2",        "mm[Hg]",    &[("<= 300", [0, 1]), ("<= 225", [1, 2]), ("<= 150",  [2, 3]), ("<= 75",  [3, 4])]),
    ("pao2/fio2",        "kPa",       &[("<= 40",  [0, 1]), ("<= 30",  [1, 2]), ("<= 20",   [2, 3]), ("<= 10",  [3, 4])]),
    ("platelets",        "10*9/L",    &[("<= 150", [0, 1]), ("<= 100", [1, 2]), ("<= 80",   [2, 3]), ("<= 50",  [3, 4])]),
    ("bilirubin",        "mg/dL",     &[("> 1.2",  [0, 1]), ("> 3.0",  [1, 2]), ("> 6.0",   [2, 3]), ("> 12.0", [3, 4])]),
    ("bilirubin",        "umol/L",    &[("> 20.6", [0, 1]), ("> 51.3", [1, 2]), ("> 102.6", [2, 3]), ("> 205",  [3, 4])]),
    ("map",              "mm[Hg]",    &[("< 70",   [0, 1])]),
    ("norepinephrine",   "ug/kg/min", &[("> 0",    [0, 2]), ("> 0.2",  [2, 3]), ("> 0.4",   [3, 4])]),
    ("epinephrine",      "ug/kg/min", &[("> 0",    [0, 2]), ("> 0.2",  [2, 3]), ("> 0.4",   [3, 4])]),
    ("dopamine",         "ug/kg/min", &[("> 0",    [0, 2]), ("> 20",   [2, 3]), ("> 40",    [3, 4])]),
    ("dobutamine",       "ug/kg/min", &[("> 0",    [0, 2])]),
    ("gcs",              "{score}",   &[("< 15",   [0, 1]), ("< 13",   [1, 2]), ("< 9",     [2, 3]), ("< 6",    [3, 4])]),
    ("creatinine",       "mg/dL",     &[("> 1.2",  [0, 1]), ("> 2.0",  [1, 2]), ("> 3.5",   [2, 3])]),
    ("creatinine",       "umol/L",    &[("> 110",  [0, 1]), ("> 170",  [1, 2]), ("> 300",   [2, 3])]),
    ("spo2/fio2",        "%",         &[("<= 300", [0, 1]), ("<= 250", [1, 2]), ("<= 200",  [2, 3]), ("<= 120", [3, 4])]),
    ("map, no drugs",    "mm[Hg]",    &[("< 70",   [0, 1]), ("< 60",   [1, 2]), ("< 50",    [2, 3]), ("< 40",   [3, 4])]),
    ("gcs_motor",        "{score}",   &[("< 6",    [0, 1]), ("< 5",    [1, 2]), ("< 4",     [2, 3]), ("< 3",    [3, 4])]),
    // Over 6, 12 and 24 h, and for RRT over more than 6 h; what is met or not is 4 points or none.
    ("urine rate",       "mL/kg/h",   &[("< 0.5",  [0, 1]), ("< 0.5",  [0, 2]), ("< 0.3",   [0, 3]), ("< 0.3",  [0, 4])]),
    ("potassium",        "mmol/L",    &[(">= 6.0", [0, 4])]),
    ("ph",               "[pH]",      &[("<= 7.20", [0, 4])]),
    ("bicarbonate",      "mmol/L",    &[("<= 12",  [0, 4])]),
];

/// A text with so many decimals.
fn decimal(number: i32, places: usize) -> heapless::String<16> {
    let one = 10_i32.pow(places as u32);
    let mut text = heapless::String::new();
    write!(text, "{}.{:0places$}", number / one, number % one).unwrap();
    text
}

/// The half-tick that a printed number lies on.
fn half_tick(number: &str, ticks: u32) -> i32 {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let fraction_of = |digits: &str| digits.parse::<u32>().unwrap_or(0) * ticks / 10_u32.pow(digits.len() as u32);
    2 * (whole.parse::<u32>().unwrap() * ticks + fraction_of(fraction)) as i32
}

/// The points of a half-tick, charted as the device would get it: an odd one has a decimal more than its quantity.
fn points(rules: &SofaRules, item: &str, unit: &str, ticks: u32, half_tick: i32) -> Option<u8> {
    let places = ticks.ilog10() as usize;
    let rows = rules.rows();
    let half = || Reading::read("50").unwrap();
    let charted = |item: &str| Event::read(item, unit, &decimal(half_tick * 5, places + 1)).unwrap();
    let points = match item {
        // At 50 % the PaO2 is half the ratio.
        "pao2/fio2" => match Event::read("pao2", unit, &decimal(half_tick * 25, places + 2)).unwrap() {
            Event::PaO2(x) => rules.respiration(Gas::MmHg(x), half(), Some(Support::Imv)),
            Event::PaO2KPa(x) => rules.respiration(Gas::KPa(x), half(), Some(Support::Imv)),
            _ => panic!("no gas"),
        },
        // At 25 % every edge is one of less than 98 %.
        "spo2/fio2" => {
            let spo2 = Gas::SpO2(Reading::read(&decimal(half_tick * 125, 3)).unwrap());
            rules.respiration(spo2, Reading::read("25").unwrap(), Some(Support::Imv))
        }
        // There is no score of 14.5: the next one below is 14.
        "gcs" => rows.gcs.points(Reading::exact(endotype::Amount::Units(half_tick as u32 / 2)).unwrap()),
        "gcs_motor" => SOFA_2_MORE.gcs_motor.points(Reading::exact(endotype::Amount::Units(half_tick as u32 / 2)).unwrap()),
        "map, no drugs" => match charted("map") {
            Event::Map(x) => SOFA_2_MORE.map_unavailable.points(x),
            _ => panic!("no pressure"),
        },
        _ => match charted(item) {
            Event::Platelets(x) => rows.platelets.points(x),
            Event::Bilirubin(x) => rows.bilirubin.points(x),
            Event::BilirubinSi(x) => rows.bilirubin_si.points(x),
            Event::Map(x) => rows.map.points(x),
            Event::Infusion(drug, rate) => rules.infusion(drug, rate, Reading::UNKNOWN),
            Event::Creatinine(x) => rows.creatinine.points(x),
            Event::CreatinineSi(x) => rows.creatinine_si.points(x),
            Event::Urine(x) => rows.urine.points(x),
            Event::Potassium(x) => return met(SOFA_2_MORE.potassium.met(x)),
            Event::Ph(x) => return met(SOFA_2_MORE.ph.met(x)),
            Event::Bicarbonate(x) => return met(SOFA_2_MORE.bicarbonate.met(x)),
            _ => panic!("no row"),
        },
    };
    points.single()
}

/// A cut-off by itself, as the edges list it.
fn met(met: Met) -> Option<u8> {
    match met {
        Met::No => Some(0),
        Met::Yes => Some(4),
        Met::Unknown => None,
    }
}

/// The urine of 60 kg at this rate, in the order of the print: 6, 12, 24 h, and 361 minutes for RRT.
fn urine(row: usize, half_tick: i32) -> Option<u8> {
    let [low, lower, lowest, _] = SOFA_2_MORE.urine;
    let (span, minutes) = [(low, 360), (lower, 720), (lowest, 1_440), (SOFA_2_MORE.rrt_urine, 361)][row];
    let volume = Reading::read(&decimal(half_tick * minutes * 5, 2)).unwrap();
    match span.met(volume, minutes.cast_unsigned(), Reading::read("60").unwrap()) {
        Met::No => Some(0),
        Met::Yes => span.points().single(),
        Met::Unknown => None,
    }
}

/// The two half-ticks around a printed cut-off: the last before it and the first behind it.
fn around(word: &str, ticks: u32) -> [i32; 2] {
    let (sign, number) = word.split_once(' ').unwrap();
    let on = half_tick(number, ticks);
    match sign {
        "<" => [on, on - 1],
        "<=" => [on + 1, on],
        ">=" => [on - 1, on],
        ">" => [on, on + 1],
        _ => panic!("no such sign"),
    }
}

fn ticks(item: &str, unit: &str) -> u32 {
    let item = match item {
        "map, no drugs" => "map",
        _ if Infusion::read(item).is_ok() => "rate by weight",
        _ => item,
    };
    TABLE.iter().find(|row| (row.name, row.unit) == (item, unit)).unwrap().ticks
}

/// Panics unless the rule set changes its points where the print does, and nowhere else.
fn compare_edges(rules: &SofaRules, print: &[Printed]) {
    let mut program = edges(rules);
    for &(item, unit, cutoffs) in print {
        for &(word, points) in cutoffs {
            let ticks = ticks(item, unit);
            let [last, first] = around(word, ticks);
            assert_eq!(program.next(), Some(Edge { item, unit, ticks, last, first, points }));
        }
    }
    assert_eq!(program.next(), None);
}

#[embedded_test::tests]
mod tests {
    use super::*;
    use endotype::Endotype::{self, Immunoparalysis, Mals, Unclassified};
    use endotype::published::{IMMUNOSEP, IMMUNOSEP_DAY9, IMMUNOSEP_TRIAL, LYSE_NO_WASH, MEISEL, QSOFA, RESTORATION};
    use endotype::quantity::Hemoglobin;
    use endotype::{Amount, Candidate, Carried, Checks, Course, Criteria, Criterion, Cutoff, Cutoffs, End, Error, Filed, How};
    use endotype::{Immune, ImmuneRules, Imprecision, Need, Points, Rate, Remark, Remarks, SofaRows, Total, Watch, Window};

    static LOCAL_ROWS: SofaRows = SofaRows { platelets: Cutoffs::new(["< 150", "<= 100", "< 50", "< 20"]), ..*SOFA_1996.rows() };
    static LOCAL: SofaRules = SofaRules::new(&LOCAL_ROWS);

    #[test]
    fn r024_the_edges_are_those_of_the_print() {
        compare_edges(&SOFA_1996, SOFA);
        compare_edges(&SOFA_2, SECOND);
    }

    #[test]
    #[should_panic]
    fn r024_one_cut_off_half_a_tick_away_is_noticed() {
        compare_edges(&LOCAL, SOFA);
    }

    #[test]
    fn r030_sofa_1996_to_either_side_of_every_edge() {
        for edge in edges(&SOFA_1996) {
            let scored = [edge.last, edge.first].map(|half_tick| points(&SOFA_1996, edge.item, edge.unit, edge.ticks, half_tick));
            assert_eq!(scored, edge.points.map(Some), "{edge:?}");
        }
    }

    #[test]
    fn r050_sofa_2_to_either_side_of_every_edge() {
        let mut spans = 0;
        for edge in edges(&SOFA_2) {
            let of_urine = edge.item == "urine rate";
            let scored = [edge.last, edge.first].map(|half_tick| match of_urine {
                true => urine(spans, half_tick),
                false => points(&SOFA_2, edge.item, edge.unit, edge.ticks, half_tick),
            });
            spans += usize::from(of_urine);
            assert_eq!(scored, edge.points.map(Some), "{edge:?}");
        }
        // Which is no value below a cut-off.
        let anuria = |ml| SOFA_2_MORE.urine[3].met(Reading::read(ml).unwrap(), 720, Reading::UNKNOWN);
        assert_eq!((spans, anuria("0"), anuria("0.001"), anuria("<1")), (4, Met::Yes, Met::No, Met::Unknown));
        let spo2 = |text| SOFA_2.respiration(Gas::SpO2(Reading::read(text).unwrap()), Reading::read("40").unwrap(), None);
        assert_eq!((spo2("97.999").single(), spo2("98")), (Some(2), Points::ALL));
    }

    #[test]
    fn r053_sofa_2_adds_infusions_up() {
        use Infusion::{Dobutamine, Dopamine, Epinephrine, Norepinephrine, Vasopressin};
        /// The drugs and their rates, the fewest and the most points.
        type Case = (&'static [(Infusion, &'static str)], [u8; 2]);
        let table: &[Case] = &[
            (&[], [0, 0]),
            (&[(Dopamine, "20")], [2, 2]),
            (&[(Dopamine, "45")], [4, 4]),
            (&[(Dopamine, "45"), (Vasopressin, "1")], [2, 2]),
            (&[(Dopamine, "45"), (Vasopressin, "0..1")], [2, 4]),
            (&[(Dopamine, "45"), (Norepinephrine, "0.05")], [3, 3]),
            (&[(Norepinephrine, "0.05")], [2, 2]),
            (&[(Norepinephrine, "0.1"), (Epinephrine, "0.1")], [2, 2]),
            (&[(Norepinephrine, "0.1"), (Epinephrine, "0.100001")], [3, 3]),
            (&[(Norepinephrine, "0.1"), (Epinephrine, "0.100001"), (Dobutamine, "5")], [4, 4]),
            (&[(Norepinephrine, "0.2"), (Epinephrine, "0.2")], [3, 3]),
            (&[(Norepinephrine, "0.2"), (Epinephrine, "0.200001")], [4, 4]),
        ];
        for &(drugs, ends) in table {
            let running: heapless::Vec<_, 3> = drugs
                .iter()
                .map(|&(drug, rate)| match drug {
                    Vasopressin => (drug, Rate::Any(Reading::read(rate).unwrap())),
                    _ => (drug, Rate::ByWeight(Reading::read(rate).unwrap())),
                })
                .collect();
            assert_eq!(SOFA_2.infusions(&running, Reading::UNKNOWN).ends(), ends, "{drugs:?}");
        }
    }

    #[test]
    fn r132_qsofa_at_its_edges() {
        use Met::{No, Unknown, Yes};
        // respiratory rate, Glasgow Coma Scale, systolic pressure; positive; what is still needed
        let table: &[(&str, &str, &str, Met, [bool; 3])] = &[
            ("21.999", "15", "100.001", No, [false; 3]),
            ("22", "15", "100.001", No, [false; 3]),
            ("22", "14", "100.001", Yes, [false; 3]),
            ("22", "15", "100", Yes, [false; 3]),
            ("21.999", "14", "100", Yes, [false; 3]),
            ("22", "14", "100", Yes, [false; 3]),
            ("21.999", "15", "", No, [false; 3]),
            ("22", "15", "", Unknown, [false, false, true]),
            ("", "", "", Unknown, [true; 3]),
        ];
        for &(rate, gcs, sbp, met, needed) in table {
            let (breaths, coma) = (Reading::read(rate).unwrap(), Reading::read(gcs).unwrap());
            let screen = QSOFA.screen(breaths, coma, Reading::read(sbp).unwrap());
            assert_eq!((screen.met, screen.needed()), (met, needed), "{rate}, {gcs}, {sbp}");
        }
    }

    #[test]
    fn r063_the_editions_are_not_mixed() {
        assert_eq!(IMMUNOSEP_DAY9.response(&Course::<9>::new(SOFA_2.id())), Err(Error::RulesDiffer));
        let score = |rules| Window::new(rules).close_day(rules).unwrap().score(rules, How::DEFAULT, Carried::NONE);
        for [own, other] in [[&SOFA_1996, &SOFA_2], [&SOFA_2, &SOFA_1996]] {
            let mut course = Course::<9>::new(own.id());
            assert_eq!(course.push(&score(other)), Err(Error::RulesDiffer));
            assert_eq!(course.push(&score(own)), Ok(()));
            // So that no change is from one to the other.
            assert_eq!((course.len(), course.push(&score(other))), (1, Err(Error::RulesDiffer)));
            assert_eq!(Window::new(own).push(other, 0, &Event::Death), Err(Error::RulesDiffer));
        }
    }

    #[test]
    fn r070_immunosep_at_both_cut_offs() {
        // ferritin, mHLA-DR, the classes left possible
        let table: &[(&str, &str, &[Endotype])] = &[
            ("4420", "5000", &[Unclassified]),
            ("4420", "4999.9999", &[Immunoparalysis]),
            ("4420.0001", "5000", &[Mals]),
            ("4420.0001", "4999.9999", &[Mals]),
            ("4420", "", &[Immunoparalysis, Unclassified]),
            ("4421", "", &[Mals]),
            ("", "", &[Mals, Immunoparalysis, Unclassified]),
            (">2000", "3000", &[Mals, Immunoparalysis]),
            (">4420", "3000", &[Mals]),
            (">=4420", "9000", &[Mals, Unclassified]),
            ("<=4420", "<5000", &[Immunoparalysis]),
            ("<=4420", "<=5000", &[Immunoparalysis, Unclassified]),
            ("4300..4500", "5000", &[Mals, Unclassified]),
        ];
        for &(ferritin, mhla_dr, classes) in table {
            let class = IMMUNOSEP.classify(Reading::read(ferritin).unwrap(), Reading::read(mhla_dr).unwrap());
            assert!(class.classes().eq(classes.iter().copied()), "{ferritin}, {mhla_dr}");
            assert_eq!(class.single(), if let [one] = classes { Some(*one) } else { None }, "{ferritin}, {mhla_dr}");
        }
    }

    /// A course of whole totals from day 1, -1 a gap.
    fn course(days: &[i8], end: Option<End>) -> Course<9> {
        let mut course = Course::new(SOFA_1996.id());
        for (day, &total) in (1..).zip(days) {
            let taken = match u8::try_from(total) {
                Ok(total) => course.push_total(day, Total::only(total)),
                Err(_) => course.gap(day),
            };
            taken.unwrap();
        }
        end.map_or(Ok(()), |end| course.end(end)).unwrap();
        course
    }

    #[test]
    fn r110_day_9_responds_from_8_times_day_1_minus_the_sum_of_12() {
        use End::{Death, Discharge};
        use Met::{No, Unknown, Yes};
        /// Days from day 1 (-1 a gap), end, 8 times the fall, met.
        type Case = (&'static [i8], Option<End>, [i32; 2], Met);
        let table: &[Case] = &[
            (&[9, 8, 8, 8, 8, 7, 7, 7, 7], None, [12, 12], Yes),
            // 1.375 prints as 1.4.
            (&[9, 8, 8, 8, 8, 8, 7, 7, 7], None, [11, 11], No),
            // 24 each after death: 8*9 - 5 - 5 - 6*24.
            (&[9, 5, 5], Some(Death), [-82, -82], No),
            (&[24], Some(Death), [0, 0], No),
            // A gap before death is carried: 8*9 - 5 - 5 - 6*24.
            (&[9, 5, -1], Some(Death), [-82, -82], No),
            // Gaps carry the day before: 8*9 - (9+8+8+7 +7 +6+6 +6).
            (&[9, 9, 8, 8, 7, -1, 6, 6, -1], None, [15, 15], Yes),
            (&[9, 7], Some(Discharge), [16, 16], Yes),
            (&[9], Some(Discharge), [0, 0], No),
            // Days to come are 0 to 24.
            (&[9, 9, 9], None, [-90, 54], Unknown),
        ];
        for &(days, end, fall, met) in table {
            let response = IMMUNOSEP_DAY9.response(&course(days, end)).unwrap();
            assert_eq!((response.fall, response.met), (fall, met), "{days:?} {end:?}");
        }
    }

    #[test]
    fn r002_a_charted_text_is_refused_with_its_reason() {
        // item, unit, value
        let table: &[(&str, &str, &str, Error)] = &[
            ("map", "mm[Hg]", "abc", Error::NotANumber),
            ("map", "mm[Hg]", ".5", Error::NotANumber),
            ("map", "mm[Hg]", "5.", Error::NotANumber),
            ("map", "mm[Hg]", "-5", Error::Sign),
            ("map", "mm[Hg]", "1e3", Error::Exponent),
            ("fio2", "%", "120", Error::OutOfRange),
            ("ferritin", "ng/mL", "4500..4300", Error::Backwards),
            ("gcs", "{score}", "13.5", Error::NotWhole),
            ("platelets", "10*9/L", "<0", Error::Nothing),
            ("procalcitonin", "ng/mL", "1", Error::UnknownItem),
            ("platelets", "mg/dL", "90", Error::UnknownUnit),
            ("ferritin", "pmol/L", "9932", Error::MolarFerritin),
            ("rrt", "", "yes", Error::NotAFlag),
            ("support", "", "tent", Error::NotASupport),
            ("first_dose", "", "aspirin", Error::NotADose),
            ("death", "", "0", Error::NotOne),
        ];
        for &(item, unit, value, error) in table {
            assert_eq!(Event::read(item, unit, value), Err(error), "{item} {value} {unit}");
        }
    }

    /// A window of day 2, at minute 1500.
    fn day_2() -> Window {
        let mut window = Window::new(&SOFA_1996);
        window.close_day(&SOFA_1996).unwrap();
        window.push(&SOFA_1996, 1_500, &Event::read("fio2", "%", "40").unwrap()).unwrap();
        window
    }

    #[test]
    fn r089_a_window_refuses_and_stays_as_it_was() {
        /// Minute, item, unit, value; what holds can not come late, what was measured can while its day is open.
        type Case = (u32, &'static str, &'static str, &'static str, Result<(), Error>);
        let table: &[Case] = &[
            (1_499, "fio2", "%", "50", Err(Error::ClockBack { by: 1 })),
            (1_499, "death", "", "1", Err(Error::ClockBack { by: 1 })),
            (1_440, "map", "mm[Hg]", "65", Ok(())),
            (1_439, "map", "mm[Hg]", "65", Err(Error::DayClosed { by: 1 })),
            (2_880, "map", "mm[Hg]", "65", Err(Error::DayNotClosed { ends: 2_880 })),
            (5_256_001, "map", "mm[Hg]", "65", Err(Error::MinuteOutOfRange)),
        ];
        for &(minute, item, unit, value, expected) in table {
            let mut window = day_2();
            assert_eq!(window.push(&SOFA_1996, minute, &Event::read(item, unit, value).unwrap()), expected, "{minute} {item}");
            assert_eq!(window == day_2(), expected.is_err(), "{minute} {item}");
        }
        assert_eq!(day_2().push(&LOCAL, 1_500, &Event::Death), Err(Error::RulesDiffer));
        assert_eq!(day_2().resume(&SOFA_1996, 1_499), Err(Error::ClockBack { by: 1 }));
        assert_eq!(day_2().merge(&SOFA_1996, &Window::new(&SOFA_1996)), Err(Error::DaysDiffer));
    }

    #[test]
    fn r098_nothing_follows_death_or_discharge() {
        for end in [Event::Death, Event::Discharge] {
            let mut window = day_2();
            window.push(&SOFA_1996, 1_600, &end).unwrap();
            assert_eq!(window.push(&SOFA_1996, 1_700, &Event::Discharge), Err(Error::AfterEnd));
            assert!(window.close_day(&SOFA_1996).is_ok());
            assert_eq!(window.close_day(&SOFA_1996), Err(Error::AfterEnd));
        }
    }

    #[test]
    fn r118_a_course_refuses() {
        let mut days = course(&[9, 8], None);
        assert_eq!(days.push_total(4, Total::only(7)), Err(Error::DayOutOfOrder { expected: 3 }));
        assert_eq!(days.total(3), Err(Error::NoSuchDay));
        assert_eq!(days.amend(3, Total::only(7)), Err(Error::NoSuchDay));
        let open = day_2().so_far(&SOFA_1996).unwrap().score(&SOFA_1996, How::DEFAULT, Carried::NONE);
        assert_eq!(days.push(&open), Err(Error::DayOpen));
        let local = Window::new(&LOCAL).close_day(&LOCAL).unwrap().score(&LOCAL, How::DEFAULT, Carried::NONE);
        assert_eq!(days.push(&local), Err(Error::RulesDiffer));
        assert_eq!(IMMUNOSEP_DAY9.response(&Course::<9>::new(LOCAL.id())), Err(Error::RulesDiffer));
        assert_eq!(course(&[9; 9], None).push_total(10, Total::only(9)), Err(Error::CourseFull));
        assert_eq!(course(&[9], Some(End::Death)).gap(2), Err(Error::AfterEnd));
    }

    /// 5000 at a CV of 15 % and k = 1.96: 3530 and 6470; 4420 at 8 %: 3726.944 and 5113.056.
    static GUARDED: Criteria =
        IMMUNOSEP.guarded(Imprecision::new(80, Amount::Ticks(0), 196), Imprecision::new(150, Amount::Ticks(0), 196));
    static IMMUNE: ImmuneRules = ImmuneRules {
        criteria: &GUARDED,
        restoration: &RESTORATION,
        gap: 1_440,
        age: 2_880,
        ferritin: Checks { undiluted: true, ..Checks::OFF },
        mhla_dr: Checks { lyse_no_wash: Some(LYSE_NO_WASH), ..Checks::OFF },
    };

    #[test]
    fn r140_guard_bands_open_what_lies_next_to_a_cut_off() {
        let class = |f, h| GUARDED.classify(Reading::read(f).unwrap(), Reading::read(h).unwrap()).single();
        let table = [
            (("900", "3529.999"), Some(Immunoparalysis)),
            (("900", "3530"), None),
            (("3726.944", "6469.999"), None),
            (("3726.944", "6470"), Some(Unclassified)),
            (("3726.945", "6470"), None),
            (("5113.056", "3000"), None),
            (("5113.057", ""), Some(Mals)),
        ];
        for ((f, h), expected) in table {
            assert_eq!(class(f, h), expected, "{f} {h}");
        }
    }

    #[test]
    fn r154_serial_markers_over_a_dose() {
        let mut immune = Immune::<7>::new();
        let mut push = |minute, item, unit, value| immune.push(minute, &Event::read(item, unit, value).unwrap());
        assert_eq!(push(60, "ferritin", "ng/mL", "20000"), Ok(Some(Filed::Last)));
        assert_eq!(push(30, "ferritin", "ug/L", ">2000"), Ok(Some(Filed::Late)));
        assert_eq!(push(60, "ferritin", "ug/L", "20000.0"), Ok(Some(Filed::Duplicate)));
        assert_eq!(push(90, "mhla_dr", "{AB}/{cell}", "9000"), Ok(Some(Filed::Last)));
        assert_eq!(push(600, "first_dose", "", "anakinra"), Ok(None));
        assert_eq!(push(700, "first_dose", "", "anakinra"), Err(Error::DoseGiven));
        assert_eq!(push(3_000, "ferritin", "ng/mL", "17000"), Ok(Some(Filed::Last)));
        assert_eq!(push(3_000, "withdrawn", "", "mhla_dr"), Err(Error::NoSample));
        let entry = immune.entry(&IMMUNE, 3_100);
        assert_eq!((entry.class.single(), entry.ferritin, entry.mhla_dr), (Some(Mals), Some(60), Some(90)));
        let met = |immune: &Immune<7>| [immune.restored(&IMMUNE, 3_100), immune.switched(&IMMUNE, 3_100)].map(|a| a.unwrap().met);
        assert_eq!(met(&immune), [Met::Yes, Met::No]);
        immune.ferritin.correct(3_000, Reading::read("17000.001").unwrap(), Remarks::NONE).unwrap();
        assert_eq!(met(&immune), [Met::No, Met::No]);
        assert_eq!(MEISEL.answer(&immune.mhla_dr, None, 3_100).need, Need::Sample);
        // An undiluted ferritin without an HLA-DR may be hooked.
        let mut immune = Immune::<7>::new();
        immune.push(60, &Event::Specimen(Remark::Undiluted)).unwrap();
        immune.push(60, &Event::read("ferritin", "ng/mL", "900").unwrap()).unwrap();
        assert!(immune.entry(&IMMUNE, 60).class.allows(Mals));
    }

    #[test]
    fn r180_whom_the_trial_would_have_taken() {
        let failed = |candidate: &Candidate| IMMUNOSEP_TRIAL.would_take(candidate).failed().next();
        let entry = |entry| Candidate { sepsis_classified: Some(100), entry, ..Candidate::UNKNOWN };
        assert_eq!([failed(&entry(4_419)), failed(&entry(4_420))], [None, Some(Criterion::Within72H)]);
        let age = |text| Candidate { age: Reading::read(text).unwrap(), ..Candidate::UNKNOWN };
        assert_eq!([failed(&age("18")), failed(&age("17.999"))], [None, Some(Criterion::Adult)]);
        let mut watch = Watch::new();
        let low: Cutoff<Hemoglobin> = Cutoff::new("< 7");
        assert_eq!(watch.see(low, 100, Reading::read("9.1").unwrap(), None), None);
        let signal = watch.see(low, 3_180, Reading::read("6.8").unwrap(), Some(700)).unwrap();
        assert_eq!((signal.met, signal.hours(), signal.baseline), (Met::Yes, 41, Reading::read("9.1").unwrap()));
    }
}
