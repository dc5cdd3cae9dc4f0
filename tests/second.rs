//! SOFA-2: every edge typed from the print, every decision of a day, and the law by brute force. REPLAY.md numbers the decisions.

use endotype::Met::{self, No, Unknown, Yes};
use endotype::published::{IMMUNOSEP_DAY9, QSOFA, SOFA_2, SOFA_2_MORE, SOFA_1996, source};
use endotype::quantity::Weight;
use endotype::{
    Carried, Course, Cutoffs, Day, Error, Event, Gas, How, Infusion, Infusions, Item, Missing, Organ, Points, Rate, Reading,
};
use endotype::{Salt, SofaRows, SofaRules, Support, Total, Window, edges};

fn bits(points: Points) -> u8 {
    (0..5).map(|k| u8::from(points.contains(k)) << k).sum()
}

// ---- rows

/// Item and unit; half a tick below a printed cut-off, on it, half a tick above (scores: a whole point); the points of each.
#[rustfmt::skip]
const ROWS: &[(&str, &str, [&str; 3], [u8; 3])] = &[
    ("platelets",      "10*9/L",    ["149.9999",   "150",   "150.0001"],   [1, 1, 0]),
    ("platelets",      "10*9/L",    ["99.9999",    "100",   "100.0001"],   [2, 2, 1]),
    ("platelets",      "10*9/L",    ["79.9999",    "80",    "80.0001"],    [3, 3, 2]),
    ("platelets",      "10*9/L",    ["49.9999",    "50",    "50.0001"],    [4, 4, 3]),
    ("bilirubin",      "mg/dL",     ["1.1999",     "1.2",   "1.2001"],     [0, 0, 1]),
    ("bilirubin",      "mg/dL",     ["2.9999",     "3.0",   "3.0001"],     [1, 1, 2]),
    ("bilirubin",      "mg/dL",     ["5.9999",     "6.0",   "6.0001"],     [2, 2, 3]),
    ("bilirubin",      "mg/dL",     ["11.9999",    "12.0",  "12.0001"],    [3, 3, 4]),
    ("bilirubin",      "umol/L",    ["20.5999",    "20.6",  "20.6001"],    [0, 0, 1]),
    ("bilirubin",      "umol/L",    ["51.2999",    "51.3",  "51.3001"],    [1, 1, 2]),
    ("bilirubin",      "umol/L",    ["102.5999",   "102.6", "102.6001"],   [2, 2, 3]),
    ("bilirubin",      "umol/L",    ["204.9999",   "205",   "205.0001"],   [3, 3, 4]),
    ("map",            "mm[Hg]",    ["69.9999",    "70",    "70.0001"],    [1, 0, 0]),
    ("norepinephrine", "ug/kg/min", ["",           "0",     "0.0000001"],  [0, 0, 2]),
    ("norepinephrine", "ug/kg/min", ["0.1999999",  "0.2",   "0.2000001"],  [2, 2, 3]),
    ("norepinephrine", "ug/kg/min", ["0.3999999",  "0.4",   "0.4000001"],  [3, 3, 4]),
    ("epinephrine",    "ug/kg/min", ["",           "0",     "0.0000001"],  [0, 0, 2]),
    ("epinephrine",    "ug/kg/min", ["0.1999999",  "0.2",   "0.2000001"],  [2, 2, 3]),
    ("epinephrine",    "ug/kg/min", ["0.3999999",  "0.4",   "0.4000001"],  [3, 3, 4]),
    ("dopamine",       "ug/kg/min", ["",           "0",     "0.0000001"],  [0, 0, 2]),
    ("dopamine",       "ug/kg/min", ["19.9999999", "20",    "20.0000001"], [2, 2, 3]),
    ("dopamine",       "ug/kg/min", ["39.9999999", "40",    "40.0000001"], [3, 3, 4]),
    ("dobutamine",     "ug/kg/min", ["",           "0",     "0.0000001"],  [0, 0, 2]),
    ("vasopressin",    "[U]/h",     ["",           "0",     "1"],          [0, 0, 2]),
    ("phenylephrine",  "ug/min",    ["",           "0",     "1"],          [0, 0, 2]),
    ("milrinone",      "ug/kg/min", ["",           "0",     "1"],          [0, 0, 2]),
    ("other_vasoactive", "mg/h",    ["",           "0",     "1"],          [0, 0, 2]),
    ("gcs",            "{score}",   ["14",         "15",    ""],           [1, 0, 0]),
    ("gcs",            "{score}",   ["12",         "13",    "14"],         [2, 1, 1]),
    ("gcs",            "{score}",   ["8",          "9",     "10"],         [3, 2, 2]),
    ("gcs",            "{score}",   ["5",          "6",     "7"],          [4, 3, 3]),
    ("gcs_motor",      "{score}",   ["5",          "6",     ""],           [1, 0, 0]),
    ("gcs_motor",      "{score}",   ["3",          "4",     "5"],          [3, 2, 1]),
    ("gcs_motor",      "{score}",   ["1",          "2",     "3"],          [4, 4, 3]),
    ("creatinine",     "mg/dL",     ["1.1999",     "1.2",   "1.2001"],     [0, 0, 1]),
    ("creatinine",     "mg/dL",     ["1.9999",     "2.0",   "2.0001"],     [1, 1, 2]),
    ("creatinine",     "mg/dL",     ["3.4999",     "3.5",   "3.5001"],     [2, 2, 3]),
    ("creatinine",     "mg/dL",     ["5.0",        "20",    "100"],        [3, 3, 3]),
    ("creatinine",     "umol/L",    ["109.9999",   "110",   "110.0001"],   [0, 0, 1]),
    ("creatinine",     "umol/L",    ["169.9999",   "170",   "170.0001"],   [1, 1, 2]),
    ("creatinine",     "umol/L",    ["299.9999",   "300",   "300.0001"],   [2, 2, 3]),
    ("creatinine",     "umol/L",    ["440",        "441",   "10000"],      [3, 3, 3]),
];

fn points(item: &str, unit: &str, text: &str) -> u8 {
    let rows = SOFA_2.rows();
    let points = match Event::read(item, unit, text).unwrap() {
        Event::Platelets(x) => rows.platelets.points(x),
        Event::Bilirubin(x) => rows.bilirubin.points(x),
        Event::BilirubinSi(x) => rows.bilirubin_si.points(x),
        Event::Map(x) => rows.map.points(x),
        Event::Infusion(drug, rate) => {
            let alone = SOFA_2.infusion(drug, rate, Reading::UNKNOWN);
            assert_eq!(alone, SOFA_2.infusions(&[(drug, rate)], Reading::UNKNOWN), "{item} {text}");
            alone
        }
        Event::Gcs(x) => rows.gcs.points(x),
        Event::GcsMotor(x) => SOFA_2_MORE.gcs_motor.points(x),
        Event::Creatinine(x) => rows.creatinine.points(x),
        Event::CreatinineSi(x) => rows.creatinine_si.points(x),
        other => panic!("{other:?}"),
    };
    points.single().unwrap()
}

#[test]
fn r050_every_row_on_either_side_of_every_printed_cut_off() {
    let mut compared = 0;
    for &(item, unit, texts, expected) in ROWS {
        for (text, expected) in texts.into_iter().zip(expected).filter(|(text, _)| !text.is_empty()) {
            assert_eq!(points(item, unit, text), expected, "{item} {text} {unit}");
            compared += 1;
        }
    }
    assert_eq!(compared, 3 * ROWS.len() - 10);
}

/// Unit or FiO2; three values around a cut-off; points with and without advanced support.
type Around = (&'static str, [&'static str; 3], [u8; 3], [u8; 3]);

/// Unit, cut-off; PaO2 half a tick below it, on it, half a tick above at FiO2 40 %; points with and without advanced support.
#[rustfmt::skip]
const RATIOS: &[Around] = &[
    ("mm[Hg]", ["119.9999", "120", "120.0001"], [1, 1, 0], [1, 1, 0]), // 300
    ("mm[Hg]", ["89.9999",  "90",  "90.0001"],  [2, 2, 1], [2, 2, 1]), // 225
    ("mm[Hg]", ["59.9999",  "60",  "60.0001"],  [3, 3, 2], [2, 2, 2]), // 150
    ("mm[Hg]", ["29.9999",  "30",  "30.0001"],  [4, 4, 3], [2, 2, 2]), // 75
    ("kPa",    ["15.9999",  "16",  "16.0001"],  [1, 1, 0], [1, 1, 0]), // 40
    ("kPa",    ["11.9999",  "12",  "12.0001"],  [2, 2, 1], [2, 2, 1]), // 30
    ("kPa",    ["7.9999",   "8",   "8.0001"],   [3, 3, 2], [2, 2, 2]), // 20
    ("kPa",    ["3.9999",   "4",   "4.0001"],   [4, 4, 3], [2, 2, 2]), // 10
];

/// FiO2 %, and SpO2 half a tick below the cut-off, on it and above.
#[rustfmt::skip]
const SATURATIONS: &[Around] = &[
    ("32",  ["95.9999", "96", "96.0001"], [1, 1, 0], [1, 1, 0]), // 300
    ("36",  ["89.9999", "90", "90.0001"], [2, 2, 1], [2, 2, 1]), // 250
    ("45",  ["89.9999", "90", "90.0001"], [3, 3, 2], [2, 2, 2]), // 200
    ("75",  ["89.9999", "90", "90.0001"], [4, 4, 3], [2, 2, 2]), // 120
];

#[test]
fn r051_r052_respiration_on_either_side_of_every_cut_off() {
    let gas = |unit: &str, text: &str| match Event::read(if unit == "%" { "spo2" } else { "pao2" }, unit, text).unwrap() {
        Event::PaO2(x) => Gas::MmHg(x),
        Event::PaO2KPa(x) => Gas::KPa(x),
        Event::SpO2(x) => Gas::SpO2(x),
        other => panic!("{other:?}"),
    };
    let cases = RATIOS.iter().map(|&(unit, texts, with, without)| (unit, "40", texts, with, without));
    for (unit, fio2, texts, with, without) in cases.chain(SATURATIONS.iter().map(|&(f, t, w, o)| ("%", f, t, w, o))) {
        for (at, text) in texts.into_iter().enumerate() {
            let points = |support| SOFA_2.respiration(gas(unit, text), Reading::read(fio2).unwrap(), support);
            for support in [Support::Hfnc, Support::Cpap, Support::Niv, Support::Imv, Support::HomeVent] {
                assert_eq!(points(Some(support)).single(), Some(with[at]), "{text} {unit} {fio2} {support:?}");
            }
            for support in [Support::None, Support::Oxygen] {
                assert_eq!(points(Some(support)).single(), Some(without[at]), "{text} {unit} {fio2} {support:?}");
            }
            for support in [Support::EcmoVv, Support::EcmoVa] {
                assert_eq!(points(Some(support)).single(), Some(4), "{text} {unit} {fio2} {support:?}");
            }
            assert_eq!(bits(points(None)), 1 << with[at] | 1 << without[at], "{text} {unit} {fio2}");
        }
    }
    // 98 is not below 98, and a reading on both sides of it may be nothing.
    let spo2 = |text| bits(SOFA_2.respiration(gas("%", text), Reading::read("45").unwrap(), Some(Support::Imv)));
    assert_eq!([spo2("98"), spo2("97.9999"), spo2("90..98"), spo2("97..99")], [0b1_1111, 0b100, 0b1_1111, 0b1_1111]);
    // Nothing is multiplied of a reading that is not known: with overflow checks that would panic.
    assert_eq!(spo2(""), 0b1_1111);
}

#[test]
fn r057_pressure_by_steps_while_drugs_are_unavailable() {
    let steps = |text| SOFA_2_MORE.map_unavailable.points(Reading::read(text).unwrap()).single().unwrap();
    let mmhg = ["70", "69.9999", "60", "59.9999", "50", "49.9999", "40", "39.9999", "0"];
    assert_eq!(mmhg.map(steps), [0, 1, 1, 2, 2, 3, 3, 4, 4]);
}

/// Infusions by weight, and in ug/min at 80 kg; the points.
#[rustfmt::skip]
const TOGETHER: &[(&[(&str, &str)], u8)] = &[
    (&[], 0),
    (&[("norepinephrine", "0.1"),      ("epinephrine", "0.1")], 2),
    (&[("norepinephrine", "0.1"),      ("epinephrine", "0.1000001")], 3),
    (&[("norepinephrine", "0.3"),      ("epinephrine", "0.1")], 3),
    (&[("norepinephrine", "0.3"),      ("epinephrine", "0.1000001")], 4),
    (&[("norepinephrine", "8/min"),    ("epinephrine", "8/min")], 2),
    (&[("norepinephrine", "8/min"),    ("epinephrine", "8.001/min")], 3),
    (&[("norepinephrine", "0.1"),      ("epinephrine", "8/min")], 2),
    (&[("norepinephrine", "0.1"),      ("epinephrine", "8.001/min")], 3),
    (&[("norepinephrine", "0.100001"), ("epinephrine", "8/min")], 3),
    (&[("norepinephrine", "0.3"),      ("epinephrine", "8/min")], 3),
    (&[("norepinephrine", "0.3"),      ("epinephrine", "8.001/min")], 4),
    (&[("norepinephrine", "100000/min")], 4),
    (&[("norepinephrine", "0.2"),      ("vasopressin", "1")], 3),
    (&[("norepinephrine", "0.2"),      ("dobutamine", "0.1")], 3),
    (&[("norepinephrine", "0.200001"), ("milrinone", "1")], 4),
    (&[("norepinephrine", "0.400001"), ("milrinone", "1")], 4),
    (&[("epinephrine", "0.2"),         ("other_vasoactive", "1")], 3),
    (&[("norepinephrine", "0.2"),      ("vasopressin", "0")], 2),
    (&[("vasopressin", "1"),           ("dobutamine", "20"), ("phenylephrine", "1")], 2),
    // Dopamine has steps of its own only while it runs alone.
    (&[("dopamine", "45")], 4),
    (&[("dopamine", "3200/min")], 3),
    (&[("dopamine", "3200.001/min")], 4),
    (&[("dopamine", "45"),             ("vasopressin", "1")], 2),
    (&[("dopamine", "45"),             ("vasopressin", "0")], 4),
    (&[("dopamine", "45"),             ("norepinephrine", "0.05")], 3),
    (&[("dopamine", "1"),              ("norepinephrine", "0.3")], 4),
];

fn rate(drug: Infusion, text: &str) -> Rate {
    use Infusion::{Dobutamine, Dopamine, Epinephrine, Norepinephrine};
    match (drug, text.strip_suffix("/min")) {
        (Norepinephrine | Epinephrine | Dopamine | Dobutamine, None) => Rate::ByWeight(Reading::read(text).unwrap()),
        (Norepinephrine | Epinephrine | Dopamine | Dobutamine, Some(text)) => Rate::PerMinute(Reading::read(text).unwrap()),
        _ => Rate::Any(Reading::read(text).unwrap()),
    }
}

fn together(drugs: &[(&str, &str)], weight: &str) -> Points {
    let drugs: Vec<_> = drugs.iter().map(|&(drug, text)| (Infusion::read(drug).unwrap(), text)).collect();
    let drugs: Vec<_> = drugs.into_iter().map(|(drug, text)| (drug, rate(drug, text))).collect();
    SOFA_2.infusions(&drugs, Reading::read(weight).unwrap())
}

#[test]
fn r053_infusions_add_up() {
    for &(drugs, expected) in TOGETHER {
        assert_eq!(together(drugs, "80").single(), Some(expected), "{drugs:?}");
    }
    // 10/70 and 4/70 are no decimals, and their sum is exactly 0.2.
    let sevenths = |epinephrine, kg| together(&[("norepinephrine", "10/min"), ("epinephrine", epinephrine)], kg).single();
    assert_eq!([sevenths("4/min", "70"), sevenths("4/min", "69.9999"), sevenths("4.001/min", "70")], [Some(2), Some(3), Some(3)]);
}

/// An end that is not reached, of a rate or of the weight that shares it: 16/80 and 0.1 + 8/80 are 0.2.
#[test]
fn r053_open_ends_of_a_rate_that_a_weight_shares() {
    for (norepinephrine, epinephrine, kg, expected) in [
        ("16/min", "0", "80", [2, 2]),
        (">16/min", "0", "80", [3, 4]),
        ("16/min", "0", "<80", [3, 4]),
        (">16/min", "0", "<80", [3, 4]),
        // Below a number a rate runs.
        ("<16/min", "0", "80", [2, 2]),
        ("16/min", "0", ">80", [2, 2]),
        ("0.1", "8/min", "<80", [3, 4]),
        ("0.1", ">8/min", "80", [3, 4]),
        ("0.1", "8/min", ">80", [2, 2]),
        // Above 0.199999.
        ("0.099999", "8/min", "<80", [2, 4]),
        ("0.099999", ">8/min", "<80", [2, 4]),
    ] {
        let drugs = [("norepinephrine", norepinephrine), ("epinephrine", epinephrine)];
        assert_eq!(together(&drugs, kg).ends(), expected, "{drugs:?} {kg}");
    }
}

/// A local row that says "from" where the print says "above", and that never comes to 4 points.
#[test]
fn infusions_add_up_by_a_local_row() {
    static ROWS: SofaRows = SofaRows { norepinephrine: Cutoffs::new(["> 0", "> 0", ">= 0.2", "never"]), ..*SOFA_2.rows() };
    static LOCAL: SofaRules = SofaRules::second(&ROWS, &SOFA_2_MORE);
    for (norepinephrine, epinephrine, expected) in [
        ("0.1", "0.0999999", [2, 2]),
        ("0.1", "<0.1", [2, 2]),
        ("0.1", "0.1", [3, 3]),
        ("0.1", "0.05..0.1", [2, 3]),
        ("0.1", "0.1..0.2", [3, 3]),
        ("5", "5", [3, 3]),
    ] {
        let rate = |text: &str| Rate::ByWeight(Reading::read(text).unwrap());
        let drugs = [(Infusion::Norepinephrine, rate(norepinephrine)), (Infusion::Epinephrine, rate(epinephrine))];
        assert_eq!(LOCAL.infusions(&drugs, Reading::UNKNOWN).ends(), expected, "{norepinephrine} {epinephrine}");
    }
}

/// Exact: the set is the union over every world of rates and weights that the readings allow.
#[test]
fn r054_exact_infusions_are_the_union_over_every_set_of_drugs() {
    const RATES: &[(&str, &[&str])] = &[
        ("0", &["0"]),
        ("0.2", &["0.2"]),
        ("0..0.2", &["0", "0.000001", "0.1", "0.2"]),
        ("0.1..0.3", &["0.1", "0.1000001", "0.2", "0.2000001", "0.3"]),
        ("", &["0", "0.000001", "0.1", "0.2000001", "0.3", "0.4000001", "50"]),
        ("8/min", &["8/min"]),
        ("0..16/min", &["0/min", "0.001/min", "8/min", "16/min"]),
    ];
    const DOPAMINE: &[(&str, &[&str])] =
        &[("0", &["0"]), ("45", &["45"]), ("0..45", &["0", "1", "20", "30", "40", "45"]), ("", &["0", "1", "30", "50"])];
    const OTHER: &[(&str, &[&str])] = &[("0", &["0"]), ("1", &["1"]), ("0..1", &["0", "1"])];
    const KG: &[(&str, &[&str])] = &[("80", &["80"]), ("40..160", &["40", "60", "80", "160"])];
    let mut compared = 0;
    for &(norepinephrine, its) in RATES {
        for &(epinephrine, of_epinephrine) in RATES {
            for &(dopamine, of_dopamine) in DOPAMINE {
                for &(other, of_other) in OTHER {
                    for &(kg, weights) in KG {
                        let drugs = |n: &'static str, e: &'static str, d: &'static str, o: &'static str| {
                            [("norepinephrine", n), ("epinephrine", e), ("dopamine", d), ("vasopressin", o)]
                        };
                        let mut worlds = 0;
                        for &n in its {
                            for &e in of_epinephrine {
                                for &d in of_dopamine {
                                    for &o in of_other {
                                        for &w in weights {
                                            worlds |= bits(together(&drugs(n, e, d, o), w));
                                        }
                                    }
                                }
                            }
                        }
                        let all = drugs(norepinephrine, epinephrine, dopamine, other);
                        assert_eq!(bits(together(&all, kg)), worlds, "{all:?} {kg}");
                        compared += 1;
                    }
                }
            }
        }
    }
    assert_eq!(compared, 7 * 7 * 4 * 3 * 2);
}

#[test]
fn r055_a_rate_per_minute_without_a_weight_is_any_rate() {
    let points = |drugs: &[(&str, &str)]| bits(together(drugs, ""));
    assert_eq!(points(&[("norepinephrine", "8/min")]), 0b1_1100);
    assert_eq!(points(&[("norepinephrine", "8/min"), ("vasopressin", "1")]), 0b1_1000);
    assert_eq!(points(&[("norepinephrine", "0.3"), ("epinephrine", "8/min")]), 0b1_1000);
    assert_eq!(points(&[("dopamine", "8/min")]), 0b1_1100);
    assert_eq!(points(&[("norepinephrine", "0/min")]), 0b1);
}

#[test]
fn r056_a_salt_is_its_base_by_an_exact_ratio() {
    let points = |salt: Salt, text| {
        let base = salt.base(Rate::ByWeight(Reading::read(text).unwrap()));
        SOFA_2.infusion(Infusion::Norepinephrine, base, Reading::UNKNOWN).single().unwrap()
    };
    // 0.2 and 0.4 of base are 2, 1.89 and 1.22 times as much of the salt.
    for (salt, two, four) in [
        (Salt::BitartrateMonohydrate, ["0.4", "0.400001"], ["0.8", "0.8000001"]),
        (Salt::BitartrateAnhydrous, ["0.378", "0.378001"], ["0.756", "0.7560001"]),
        (Salt::Hydrochloride, ["0.244", "0.244001"], ["0.488", "0.4880001"]),
    ] {
        assert_eq!(two.map(|x| points(salt, x)), [2, 3], "{salt:?}");
        assert_eq!(four.map(|x| points(salt, x)), [3, 4], "{salt:?}");
    }
    // Against fractions: the base lies in what is said, and no wider than a tick.
    for (salt, hundredths) in [(Salt::BitartrateMonohydrate, 200), (Salt::BitartrateAnhydrous, 189), (Salt::Hydrochloride, 122)] {
        for ticks in (0..4_000_u64).chain([377_999, 378_000, 378_001, 999_999_999, 1_000_000_000]) {
            let charted = Rate::ByWeight(Reading::exact(endotype::Amount::Ticks(ticks as u32)).unwrap());
            let Rate::ByWeight(base) = salt.base(charted) else { panic!() };
            let [lo, hi] = base.ends().map(|end| end as u64);
            let (whole, rest) = (ticks * 100 / hundredths, ticks * 100 % hundredths);
            let expected = if rest == 0 { 2 * whole } else { 2 * whole + 1 };
            assert_eq!([lo, hi], [expected; 2], "{salt:?} {ticks}");
        }
    }
    let Rate::ByWeight(open) = Salt::BitartrateMonohydrate.base(Rate::ByWeight(Reading::read(">0.4").unwrap())) else { panic!() };
    assert_eq!(open.ends()[0], 400_001);
    let Rate::ByWeight(open) = Salt::BitartrateMonohydrate.base(Rate::ByWeight(Reading::read("<0.4").unwrap())) else { panic!() };
    assert_eq!(open.ends(), [1, 399_999]);
    let on_off = Rate::Any(Reading::read("3").unwrap());
    assert_eq!(Salt::Hydrochloride.base(on_off), on_off);
    assert_eq!(Salt::Hydrochloride.base(Rate::ByWeight(Reading::UNKNOWN)), Rate::ByWeight(Reading::UNKNOWN));
    assert_eq!(
        Salt::BitartrateMonohydrate.base(Rate::PerMinute(Reading::read("16").unwrap())),
        Rate::PerMinute(Reading::read("8").unwrap())
    );
}

#[test]
fn r062_urine_by_weight_around_its_cut_offs() {
    let [six, twelve, day, none] = SOFA_2_MORE.urine;
    let met = |span: endotype::UrineSpan, ml: &str, minutes, kg: &str| {
        span.met(Reading::read(ml).unwrap(), minutes, Reading::<Weight>::read(kg).unwrap())
    };
    // At 80 kg 0.5 mL/kg/h are 240 mL in 6 h and 480 in 12, 0.3 are 576 in 24.
    for (span, ml, minutes) in [(six, "240", 360), (twelve, "480", 720), (day, "576", 1_440)] {
        let below = format!("{}", ml.parse::<f64>().unwrap() - 0.001);
        assert_eq!([met(span, ml, minutes, "80"), met(span, &below, minutes, "80")], [No, Yes], "{ml}");
        assert_eq!([met(span, ml, minutes + 1, "80"), met(span, ml, minutes - 1, "80")], [Yes, No], "{ml}");
        assert_eq!([met(span, ml, minutes, "80.001"), met(span, ml, minutes, "79..81")], [Yes, Unknown], "{ml}");
        assert_eq!([met(span, &format!("<{ml}"), minutes, "80"), met(span, &format!("<={ml}"), minutes, "80")], [Yes, Unknown]);
        assert_eq!([met(span, ml, minutes, ""), met(span, "", minutes, "80")], [Unknown, Unknown]);
        assert_eq!(met(span, "100000", 2_880, "1000"), No);
    }
    assert_eq!([met(none, "0", 720, "80"), met(none, "0.001", 720, "80"), met(none, "0", 719, "80")], [Yes, No, No]);
    assert_eq!([met(none, "<0.001", 720, "80"), met(none, "0", 720, "")], [Unknown, Yes]);
    // Open ends, rounded outward: 79.9995 kg lies between 79.999 and 80, 240.6665 mL between 240.666 and 240.667, and the cut-off of 361
    // minutes between these two.
    assert_eq!([met(six, "239.999..241", 360, "80"), met(six, "240..241", 360, "80")], [Unknown, No]);
    assert_eq!([met(six, "239.999..241", 360, "79.9995"), met(six, "239.9995", 360, "79.9995")], [Unknown, Unknown]);
    assert_eq!(["240.666", "240.6665", "240.667"].map(|ml| met(six, ml, 361, "80")), [Yes, Unknown, No]);
    assert_eq!([met(six, "<240", 360, "80"), met(six, "239.9995", 360, "80"), met(six, "240.0005", 360, "80")], [Yes, Yes, No]);
    // At the cut-off itself an end that is not reached decides, whichever it is.
    assert_eq!(["80", ">80", "<80"].map(|kg| met(six, "<240", 360, kg)), [Yes, Yes, Unknown]);
    // The criteria of RRT ask for more than 6 h.
    let low = SOFA_2_MORE.rrt_urine;
    assert_eq!([met(low, "143", 360, "80"), met(low, "143", 361, "80"), met(low, "144.4", 361, "80")], [No, Yes, No]);
}

/// Between two chartings lie exactly the minutes of a span: a longer stretch says nothing of it.
#[test]
fn r062_a_span_of_exactly_its_minutes_is_judged_by_them_alone() {
    // At 80 kg: 250 mL are 0.52 mL/kg/h in 6 h and 0.39 in 8; 150 mL 0.31 in 361 minutes and 0.23 in 8 h, which with potassium are criteria.
    for (before, urine, expected) in [(120, "250", [0, 0]), (119, "250", [0, 0]), (119, "150", [1, 1]), (0, "150", [4, 4])] {
        let mut lines: Vec<Line> = vec![(0, "weight", "kg", "80"), (0, "creatinine", "mg/dL", "1"), (0, "urine", "mL", "0")];
        lines.extend([(before, "urine", "mL", "0"), (480, "urine", "mL", urine), (500, "potassium", "mmol/L", "6.5")]);
        // As well on the last day of ten years.
        for dawn in [0, 3_649 * 1_440] {
            let lines: Vec<Line> = lines.iter().map(|&(minute, item, unit, text)| (minute + dawn, item, unit, text)).collect();
            assert_eq!(last(Organ::Renal, OPEN, &lines), expected, "{before} {urine} {dawn}");
        }
    }
}

/// Creatinine's points, urine low for more than 6 h, potassium, pH, bicarbonate; met.
#[rustfmt::skip]
const CRITERIA: &[(Points, Met, &str, &str, &str, Met)] = &[
    (Points::ALL,  No,      "5.9999", "7.4",  "",    No),
    (Points::ALL,  No,      "6.0",    "7.4",  "",    Unknown),
    (Points::ALL,  Yes,     "6.0",    "7.4",  "",    Yes),
    (Points::ALL,  Yes,     "",       "7.4",  "",    Unknown),
    (Points::ALL,  Yes,     "5.9",    "7.20", "12",  Yes),
    (Points::ALL,  Yes,     "5.9",    "7.2001", "12", No),
    (Points::ALL,  Yes,     "5.9",    "7.20", "12.0001", No),
    (Points::ALL,  Yes,     "5.9",    "7.20", "",    Unknown),
    (Points::ALL,  Unknown, "7",      "",     "",    Unknown),
];

#[test]
fn r061_the_criteria_of_rrt() {
    for &(creatinine, urine, potassium, ph, bicarbonate, expected) in CRITERIA {
        let met = SOFA_2_MORE.needs_rrt(
            creatinine,
            urine,
            Reading::read(potassium).unwrap(),
            Reading::read(ph).unwrap(),
            Reading::read(bicarbonate).unwrap(),
        );
        assert_eq!(met, expected, "{creatinine:?} {urine:?} {potassium} {ph} {bicarbonate}");
    }
    let by_creatinine = |points| {
        let known = [Reading::read("7").unwrap()];
        SOFA_2_MORE.needs_rrt(Points::only(points), No, known[0], Reading::UNKNOWN, Reading::UNKNOWN)
    };
    assert_eq!([by_creatinine(0), by_creatinine(1), by_creatinine(3)], [No, Yes, Yes]);
}

#[test]
fn r023_the_fingerprint_is_of_every_number() {
    let ids = [SOFA_1996.id(), SOFA_2.id()];
    assert_ne!(ids[0], ids[1]);
    assert_eq!(source(SOFA_2.id()).map(|source| source.name), Some("sofa-2"));
    static OTHER_SPAN: endotype::SecondRows = endotype::SecondRows {
        urine: [
            endotype::UrineSpan::new("< 0.5", 6 * 60 + 1, 1),
            SOFA_2_MORE.urine[1],
            SOFA_2_MORE.urine[2],
            SOFA_2_MORE.urine[3],
        ],
        ..SOFA_2_MORE
    };
    static OTHER_SATURATION: endotype::SecondRows = endotype::SecondRows { spo2: endotype::Cutoff::new("<= 98"), ..SOFA_2_MORE };
    static OTHER_POTASSIUM: endotype::SecondRows =
        endotype::SecondRows { potassium: endotype::Cutoff::new("> 6.0"), ..SOFA_2_MORE };
    static RUN_0: SofaRows = SofaRows { run: 0, ..*SOFA_2.rows() };
    static UNSUPPORTED_4: SofaRows = SofaRows { unsupported: 4, ..*SOFA_2.rows() };
    let more = [&OTHER_SPAN, &OTHER_SATURATION, &OTHER_POTASSIUM].map(|more| SofaRules::second(SOFA_2.rows(), more).id());
    let rows = [
        SofaRules::second(&RUN_0, &SOFA_2_MORE).id(),
        SofaRules::second(&UNSUPPORTED_4, &SOFA_2_MORE).id(),
        SofaRules::new(SOFA_2.rows()).id(),
    ];
    let mut all: Vec<_> = ids.into_iter().chain(more).chain(rows).map(|id| id.number()).collect();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 8);
    assert!(rows.into_iter().chain(more).all(|id| source(id).is_none()));
}

#[test]
fn r024_edges_are_those_of_the_rows() {
    let listed = |item: &str, unit: &str| edges(&SOFA_2).filter(|edge| (edge.item, edge.unit) == (item, unit)).count();
    assert_eq!([listed("spo2/fio2", "%"), listed("gcs_motor", "{score}"), listed("urine rate", "mL/kg/h")], [4, 4, 4]);
    assert_eq!([listed("potassium", "mmol/L"), listed("urine", "mL"), listed("dobutamine", "ug/kg/min")], [1, 0, 1]);
}

#[test]
fn r132_qsofa_at_its_edges() {
    let screen = |rate: &str, gcs: &str, sbp: &str| {
        QSOFA.screen(Reading::read(rate).unwrap(), Reading::read(gcs).unwrap(), Reading::read(sbp).unwrap())
    };
    #[rustfmt::skip]
    let table = [
        ("22",      "14", "101",     Yes,     [false, false, false]),
        ("21.9999", "14", "101",     No,      [false, false, false]),
        ("22",      "15", "100",     Yes,     [false, false, false]),
        ("22",      "15", "100.0001", No,     [false, false, false]),
        ("",        "14", "101",     Unknown, [true, false, false]),
        ("",        "15", "101",     No,      [false, false, false]),
        ("",        "",   "90",      Unknown, [true, true, false]),
        ("20..24",  "14", "",        Unknown, [true, false, true]),
        ("",        "",   "",        Unknown, [true, true, true]),
    ];
    for (rate, gcs, sbp, met, needed) in table {
        let screen = screen(rate, gcs, sbp);
        assert_eq!((screen.met, screen.needed()), (met, needed), "{rate} {gcs} {sbp}");
    }
    let each = screen("22", "15", "");
    assert_eq!([each.respiratory_rate, each.gcs, each.sbp], [Yes, No, Unknown]);
}

// ---- days

const OPEN: How = How::DEFAULT;
const CARRY: How = How { missing: Missing::Carry, ..How::DEFAULT };
const NORMAL: How = How { missing: Missing::Normal, ..How::DEFAULT };
const UNSEEN: How = How { infusions: Infusions::Unknown, ..How::DEFAULT };

type Line = (u32, &'static str, &'static str, &'static str);

fn push(window: &mut Window, &(minute, item, unit, value): &Line) {
    window.push(&SOFA_2, minute, &Event::read(item, unit, value).unwrap()).unwrap();
}

/// The closed days of a chart, and what was carried into each.
fn days(lines: &[Line], how: How) -> Vec<(Day, Carried)> {
    let (mut window, mut carried, mut days) = (Window::new(&SOFA_2), Carried::NONE, Vec::new());
    let mut close = |window: &mut Window| {
        let day = window.close_day(&SOFA_2).unwrap();
        days.push((day, carried));
        carried = day.score(&SOFA_2, how, carried).carried();
    };
    for line in lines {
        while line.0 >= window.day_end() {
            close(&mut window);
        }
        push(&mut window, line);
    }
    close(&mut window);
    days
}

/// An organ's ends on the last day of a chart, once closed.
fn last(organ: Organ, how: How, lines: &[Line]) -> [u8; 2] {
    let &(day, carried) = days(lines, how).last().unwrap();
    day.score(&SOFA_2, how, carried).sofa().organ(organ).ends()
}

#[track_caller]
fn table(organ: Organ, rows: &[(How, &[Line], [u8; 2])]) {
    for (how, lines, expected) in rows {
        assert_eq!(last(organ, *how, lines), *expected, "{how:?} {lines:?}");
    }
}

const P: &str = "pao2";
const MMHG: &str = "mm[Hg]";

#[test]
fn r052_day_respiration() {
    #[rustfmt::skip]
    table(Organ::Respiration, &[
        (CARRY, &[], [0, 0]),
        (OPEN,  &[], [0, 4]),
        (OPEN,  &[(0, "fio2", "%", "40"), (5, P, MMHG, "60")], [2, 3]), // support unknown
        (OPEN,  &[(0, "support", "", "hfnc"), (0, "fio2", "%", "40"), (5, P, MMHG, "60")], [3, 3]),
        (OPEN,  &[(0, "support", "", "oxygen"), (0, "fio2", "%", "40"), (5, P, MMHG, "30")], [2, 2]),
        // A ceiling of treatment: the ratio alone, in its minutes.
        (OPEN,  &[(0, "support", "", "oxygen"), (0, "fio2", "%", "40"), (5, "ventilation_unavailable", "", "1"), (5, P, MMHG, "30")], [4, 4]),
        (OPEN,  &[(0, "support", "", "oxygen"), (0, "fio2", "%", "40"), (5, P, MMHG, "30"), (6, "ventilation_unavailable", "", "1")], [2, 2]),
        // ECMO by itself, as long as it holds.
        (OPEN,  &[(5, "support", "", "ecmo_vv"), (6, "support", "", "imv")], [4, 4]),
        (CARRY, &[(5, "support", "", "ecmo_vv"), (2000, "support", "", "imv"), (2900, "covid19", "", "0")], [0, 0]),
        (CARRY, &[(5, "support", "", "ecmo_vv"), (2000, "map", MMHG, "80")], [4, 4]),
        // SpO2 by moment: with a PaO2 in its minute it does not count, beside one it does; 98 scores nothing.
        (OPEN,  &[(0, "support", "", "imv"), (0, "fio2", "%", "50"), (5, "spo2", "%", "88"), (5, P, MMHG, "125")], [1, 1]),
        (OPEN,  &[(0, "support", "", "imv"), (0, "fio2", "%", "50"), (5, P, MMHG, "125"), (5, "spo2", "%", "88")], [1, 1]),
        (OPEN,  &[(0, "support", "", "imv"), (0, "fio2", "%", "50"), (5, "spo2", "%", "88"), (6, P, MMHG, "125")], [3, 3]),
        (OPEN,  &[(0, "support", "", "imv"), (0, "fio2", "%", "50"), (5, "spo2", "%", "98")], [0, 4]),
        (OPEN,  &[(0, "support", "", "imv"), (0, "fio2", "%", "50"), (5, "spo2", "%", "88..98")], [0, 4]),
        (OPEN,  &[(0, "support", "", "imv"), (0, "fio2", "%", "50"), (5, "spo2", "%", "88..98"), (9, P, MMHG, "125")], [1, 3]),
        (CARRY, &[(0, "support", "", "imv"), (0, "fio2", "%", "50"), (5, "spo2", "%", "88..98")], [0, 3]),
        (OPEN,  &[(0, "support", "", "imv"), (0, "fio2", "%", "50"), (5, "spo2", "%", "97"), (5, "spo2", "%", "88")], [3, 3]),
        // Without its FiO2; late; taken as normal.
        (OPEN,  &[(0, "support", "", "imv"), (5, "spo2", "%", "90")], [0, 4]),
        (NORMAL, &[(0, "support", "", "imv"), (5, "spo2", "%", "90")], [0, 0]),
        (OPEN,  &[(0, "support", "", "none"), (0, "fio2", "%", "21"), (50, "map", MMHG, "80"), (5, "spo2", "%", "96")], [0, 4]),
        (OPEN,  &[(0, "support", "", "none"), (0, "fio2", "%", "21"), (50, "map", MMHG, "80"), (5, "spo2", "%", "98")], [0, 4]),
        // Never charted.
        (UNSEEN, &[(0, "fio2", "%", "40"), (5, P, MMHG, "125")], [0, 4]),
        (UNSEEN, &[(0, "support", "", "imv"), (0, "ventilation_unavailable", "", "0"), (0, "fio2", "%", "40"), (5, P, MMHG, "125")], [0, 0]),
    ]);
}

const N: &str = "norepinephrine";
const KG: &str = "ug/kg/min";

#[test]
fn r058_day_cardiovascular() {
    #[rustfmt::skip]
    table(Organ::Cardiovascular, &[
        (CARRY, &[], [0, 0]),
        (OPEN,  &[], [0, 1]),
        (OPEN,  &[(0, "map", MMHG, "69.9")], [1, 1]),
        // From the minute that completes 60 of its run on, whichever other counts then.
        (OPEN,  &[(0, "map", MMHG, "80"), (0, N, KG, "0.1"), (59, N, KG, "0")], [0, 0]),
        (OPEN,  &[(0, "map", MMHG, "80"), (0, N, KG, "0.1"), (60, N, KG, "0")], [2, 2]),
        (OPEN,  &[(0, "map", MMHG, "80"), (0, N, KG, "0.1"), (30, "vasopressin", "[U]/h", "2"), (89, N, KG, "0"), (100, "vasopressin", "[U]/h", "0")], [2, 2]),
        (OPEN,  &[(0, "map", MMHG, "80"), (0, N, KG, "0.1"), (30, "vasopressin", "[U]/h", "2"), (90, N, KG, "0"), (100, "vasopressin", "[U]/h", "0")], [3, 3]),
        // Dopamine alone in its 60th minute is worse than with vasopressin from its 61st on.
        (OPEN,  &[(0, "map", MMHG, "80"), (0, "dopamine", KG, "45"), (1, "vasopressin", "[U]/h", "2")], [4, 4]),
        (OPEN,  &[(0, "map", MMHG, "80"), (0, "dopamine", KG, "45"), (0, "vasopressin", "[U]/h", "2")], [2, 2]),
        // It may have stopped.
        (OPEN,  &[(0, "map", MMHG, "80"), (0, "dopamine", KG, "45"), (0, "vasopressin", "[U]/h", "0..2")], [2, 4]),
        // Mechanical support, ECMO for the circulation.
        (OPEN,  &[(0, "mechanical_circulatory_support", "", "1")], [4, 4]),
        (OPEN,  &[(0, "mechanical_circulatory_support", "", "0")], [0, 1]),
        (OPEN,  &[(0, "support", "", "ecmo_va")], [4, 4]),
        (OPEN,  &[(0, "support", "", "ecmo_vv")], [0, 1]),
        // Drugs unavailable: by steps, while it holds, drugs besides.
        (OPEN,  &[(0, "vasoactives_unavailable", "", "1"), (5, "map", MMHG, "49")], [3, 3]),
        (OPEN,  &[(5, "map", MMHG, "49"), (5, "vasoactives_unavailable", "", "1")], [3, 3]),
        (OPEN,  &[(5, "map", MMHG, "49"), (6, "vasoactives_unavailable", "", "1")], [1, 1]),
        (OPEN,  &[(0, "vasoactives_unavailable", "", "1"), (5, "map", MMHG, "65"), (5, N, KG, "0.3")], [3, 3]),
        (OPEN,  &[(0, "vasoactives_unavailable", "", "1")], [0, 4]),
        // Late: as the state is if it has not changed since, else by either row.
        (OPEN,  &[(0, "vasoactives_unavailable", "", "1"), (50, "covid19", "", "0"), (5, "map", MMHG, "49")], [3, 3]),
        (OPEN,  &[(20, "vasoactives_unavailable", "", "1"), (50, "covid19", "", "0"), (5, "map", MMHG, "49")], [1, 3]),
        // Carried is the pressure, not the drug.
        (CARRY, &[(0, "map", MMHG, "60"), (0, N, KG, "0.3"), (90, N, KG, "0"), (2000, "covid19", "", "0")], [1, 1]),
        // Never charted.
        (UNSEEN, &[(0, "map", MMHG, "80")], [0, 4]),
        (UNSEEN, &[(0, "map", MMHG, "80"), (0, "dopamine", KG, "45")], [2, 4]),
        (UNSEEN, &[(0, "map", MMHG, "80"), (0, N, KG, "0.3")], [3, 4]),
        (UNSEEN, &[(0, "map", MMHG, "80"), (0, N, KG, "0.3"), (0, "dopamine", KG, "0")], [3, 4]),
    ]);
}

const G: &str = "gcs";
const SCORE: &str = "{score}";

#[test]
fn r059_day_brain() {
    #[rustfmt::skip]
    table(Organ::Brain, &[
        (CARRY, &[], [0, 0]),
        (OPEN,  &[], [0, 4]),
        (OPEN,  &[(5, G, SCORE, "9")], [2, 2]),
        // The motor response, where the minute has no total.
        (OPEN,  &[(5, G, SCORE, ""), (5, "gcs_motor", SCORE, "4")], [2, 2]),
        (OPEN,  &[(5, "gcs_motor", SCORE, "4")], [2, 2]),
        (OPEN,  &[(5, "gcs_motor", SCORE, "1"), (5, G, SCORE, "14")], [1, 1]),
        (OPEN,  &[(5, "gcs_motor", SCORE, "1"), (6, G, SCORE, "14")], [4, 4]),
        (CARRY, &[(5, G, SCORE, "")], [0, 4]),
        // Sedated: the last before it, of whatever day; none is not measured.
        (OPEN,  &[(5, G, SCORE, "8"), (6, G, SCORE, "14"), (10, "sedated", "", "1"), (20, G, SCORE, "3"), (2000, G, SCORE, "3")], [1, 1]),
        (OPEN,  &[(10, "sedated", "", "1"), (20, G, SCORE, "3")], [0, 4]),
        (CARRY, &[(10, "sedated", "", "1"), (20, G, SCORE, "3")], [0, 0]),
        (CARRY, &[(10, "sedated", "", "1"), (20, G, SCORE, "")], [0, 0]),
        (OPEN,  &[(10, G, SCORE, "3"), (10, "sedated", "", "1")], [0, 4]),
        (OPEN,  &[(10, "sedated", "", "1"), (20, "sedated", "", "0"), (20, G, SCORE, "12")], [2, 2]),
        (OPEN,  &[(9, "gcs_motor", SCORE, "3"), (10, "sedated", "", "1"), (20, "gcs_motor", SCORE, "1")], [3, 3]),
        // A drug for delirium.
        (OPEN,  &[(5, G, SCORE, "15"), (9, "delirium_drug", "", "1"), (10, "delirium_drug", "", "0")], [1, 1]),
        (OPEN,  &[(5, G, SCORE, "12"), (9, "delirium_drug", "", "1")], [2, 2]),
        (OPEN,  &[(9, "delirium_drug", "", "1")], [1, 4]),
        (CARRY, &[(9, "delirium_drug", "", "1")], [1, 1]),
        (CARRY, &[(5, G, SCORE, "15"), (9, "delirium_drug", "", "1"), (10, "delirium_drug", "", "0"), (2000, "covid19", "", "0")], [0, 0]),
        // Late: as the state is if it has not changed since; else as charted or 0.
        (OPEN,  &[(50, "covid19", "", "0"), (20, G, SCORE, "12")], [2, 2]),
        (OPEN,  &[(10, "sedated", "", "1"), (50, "covid19", "", "0"), (20, G, SCORE, "3")], [0, 4]),
        (OPEN,  &[(30, "sedated", "", "1"), (50, "covid19", "", "0"), (20, G, SCORE, "3")], [0, 4]),
        (OPEN,  &[(30, "sedated", "", "0"), (50, "covid19", "", "0"), (20, G, SCORE, "3")], [4, 4]),
        // A late one is the last if it is.
        (OPEN,  &[(20, G, SCORE, "15"), (50, "covid19", "", "0"), (30, G, SCORE, "9"), (60, "sedated", "", "1"), (2000, "covid19", "", "0")], [2, 2]),
        (OPEN,  &[(40, G, SCORE, "15"), (50, "covid19", "", "0"), (30, G, SCORE, "9"), (60, "sedated", "", "1"), (2000, "covid19", "", "0")], [0, 0]),
        // Never charted.
        (UNSEEN, &[(5, G, SCORE, "15")], [0, 4]),
        (UNSEEN, &[(0, "sedated", "", "0"), (5, G, SCORE, "15")], [0, 1]),
        (UNSEEN, &[(0, "sedated", "", "0"), (0, "delirium_drug", "", "0"), (5, G, SCORE, "15")], [0, 0]),
    ]);
}

/// So many mL each hour on the hour, from one hour to another, after a start of 0 mL.
fn hourly(from: u32, to: u32, ml: &'static str) -> Vec<Line> {
    (from..=to).map(|hour| (hour * 60, "urine", "mL", if hour == from { "0" } else { ml })).collect()
}

fn renal(how: How, before: &[Line], urine: &[Line]) -> [u8; 2] {
    let mut lines: Vec<Line> = before.to_vec();
    lines.extend(urine);
    lines.sort_by_key(|line| line.0);
    last(Organ::Renal, how, &lines)
}

#[test]
fn r062_day_urine_by_weight() {
    // At 80 kg 40 mL/h are 0.5 mL/kg/h, 24 are 0.3.
    let (start, creatinine): (Line, Line) = ((0, "weight", "kg", "80"), (1, "creatinine", "mg/dL", "0.9"));
    let known = [start, creatinine, (1, "potassium", "mmol/L", "4"), (1, "bicarbonate", "mmol/L", "24")];
    let day = |lines: &[Line]| renal(OPEN, &known, lines);
    assert_eq!(day(&[]), [0, 3], "not charted is not anuria");
    assert_eq!(day(&hourly(1, 6, "0")), [0, 3], "5 hours are no span");
    assert_eq!(day(&hourly(1, 7, "40")), [0, 0]);
    assert_eq!(day(&hourly(1, 7, "39.999")), [1, 1]);
    assert_eq!(day(&hourly(1, 12, "39.999")), [1, 1], "11 hours");
    assert_eq!(day(&hourly(1, 13, "39.999")), [2, 2]);
    assert_eq!(day(&hourly(1, 13, "0.001")), [2, 2]);
    assert_eq!(day(&hourly(1, 13, "0")), [3, 3], "none at all for 12 hours");
    assert_eq!(day(&hourly(1, 23, "23.999")), [2, 2], "22 hours");
    // Across midnight: the second day knows the first's hours.
    let second =
        [(1_441, "creatinine", "mg/dL", "0.9"), (1_441, "potassium", "mmol/L", "4"), (1_441, "bicarbonate", "mmol/L", "24")];
    let known: Vec<Line> = [start].into_iter().chain(second).collect();
    let night = |lines: &[Line]| renal(OPEN, &known, lines);
    assert_eq!(night(&hourly(1, 25, "23.999")), [3, 3]);
    assert_eq!(night(&hourly(1, 25, "24")), [2, 2]);
    assert_eq!(night(&hourly(20, 26, "39.999")), [1, 1]);
    assert_eq!(night(&hourly(20, 25, "39.999")), [0, 3]);
    // A sparse chart: one volume of 7 hours at 0.5 mL/kg/h, and below it; the 23 hours between are 12 and more.
    assert_eq!(day(&[(60, "urine", "mL", "0"), (480, "urine", "mL", "280")]), [0, 0]);
    assert_eq!(day(&[(60, "urine", "mL", "0"), (480, "urine", "mL", "279.999")]), [1, 1]);
    assert_eq!(day(&[(60, "urine", "mL", "0"), (1_435, "urine", "mL", "916")]), [2, 2]);
    // To the minute: from the last charting of one hour to the last of another.
    assert_eq!(day(&[(65, "urine", "mL", "0"), (424, "urine", "mL", "1")]), [0, 3]);
    assert_eq!(day(&[(65, "urine", "mL", "0"), (425, "urine", "mL", "1")]), [1, 1]);
    assert_eq!(day(&[(65, "urine", "mL", "0"), (70, "urine", "mL", "0"), (429, "urine", "mL", "1")]), [0, 3]);
    assert_eq!(day(&[(65, "urine", "mL", "500"), (425, "urine", "mL", "1")]), [1, 1], "what began it is not in it");
    assert_eq!(day(&[(65, "urine", "mL", "0"), (425, "urine", "mL", "")]), [0, 3], "an empty line is no charting");
    // Censored, and without a weight.
    assert_eq!(day(&[(65, "urine", "mL", "0"), (425, "urine", "mL", "<240")]), [1, 1]);
    assert_eq!(day(&[(65, "urine", "mL", "0"), (425, "urine", "mL", "<=240")]), [0, 1]);
    assert_eq!(day(&[(65, "urine", "mL", "0"), (425, "urine", "mL", ">240")]), [0, 0]);
    let weightless = [creatinine, (1, "potassium", "mmol/L", "4"), (1, "bicarbonate", "mmol/L", "24")];
    assert_eq!(renal(OPEN, &weightless, &hourly(1, 7, "1")), [0, 1]);
    assert_eq!(renal(CARRY, &weightless, &hourly(1, 13, "1")), [0, 2]);
    assert_eq!(renal(CARRY, &weightless, &hourly(1, 13, "0")), [3, 3]);
    // Late, and while the day is open.
    let mut late = hourly(1, 13, "20");
    late.push((400, "urine", "mL", "1000"));
    let mut window = Window::new(&SOFA_2);
    [start].iter().chain(&late).for_each(|line| push(&mut window, line));
    let renal = |day: Day| day.score(&SOFA_2, CARRY, Carried::NONE).sofa().organ(Organ::Renal).ends();
    assert_eq!(renal(window.so_far(&SOFA_2).unwrap()), [0, 1], "6 hours without the late one, none of 12");
    assert_eq!(renal(window.close_day(&SOFA_2).unwrap()), [1, 1]);
    // Little or none in 12 hours is 2 or 3; in an open day, to which more may come, anything up to it.
    let mut window = Window::new(&SOFA_2);
    [start].iter().chain(&hourly(1, 13, "0..0.5")).for_each(|line| push(&mut window, line));
    let urine = |day: Day| day.points(Item::Urine).map(bits);
    assert_eq!(urine(window.so_far(&SOFA_2).unwrap()), Some(0b01111));
    assert_eq!(urine(window.close_day(&SOFA_2).unwrap()), Some(0b01100));
}

#[test]
fn r060_day_kidney() {
    const C: &str = "creatinine";
    const MG: &str = "mg/dL";
    const MM: &str = "mmol/L";
    #[rustfmt::skip]
    table(Organ::Renal, &[
        (CARRY, &[], [0, 0]),
        (OPEN,  &[], [0, 4]),
        (CARRY, &[(5, C, MG, "3.6")], [3, 3]),
        (OPEN,  &[(5, C, MG, "3.6")], [3, 4]), // its potassium is not known
        (OPEN,  &[(5, C, MG, "3.6"), (5, "potassium", MM, "4"), (5, "ph", "[pH]", "7.3")], [3, 3]),
        (OPEN,  &[(5, C, MG, "1.0"), (5, "potassium", MM, "4"), (5, "ph", "[pH]", "7.3")], [0, 3]), // its urine is not
        // The criteria, at any minutes of one day, late ones too.
        (CARRY, &[(5, C, MG, "1.3"), (900, "potassium", MM, "6.0")], [4, 4]),
        (CARRY, &[(5, C, MG, "1.2"), (900, "potassium", MM, "6.0")], [0, 0]),
        (CARRY, &[(5, C, MG, "1.3"), (900, "potassium", MM, "5.9")], [1, 1]),
        (CARRY, &[(5, C, "umol/L", "111"), (900, "ph", "[pH]", "7.20"), (30, "bicarbonate", MM, "12")], [4, 4]),
        (CARRY, &[(5, C, MG, "1.3"), (900, "ph", "[pH]", "7.20"), (30, "bicarbonate", MM, "12.1")], [1, 1]),
        (CARRY, &[(5, C, MG, "1.3"), (5, "potassium", MM, "5.9..6.1")], [1, 4]),
        // Creatinine may be carried, potassium is not.
        (CARRY, &[(5, C, MG, "1.3"), (2000, "potassium", MM, "6.0")], [4, 4]),
        (CARRY, &[(5, C, MG, "1.3"), (900, "potassium", MM, "6.0"), (2000, "covid19", "", "0")], [1, 1]),
        // RRT is the therapy: it stays between sessions, and is not carried once it has ended.
        (OPEN,  &[(5, "rrt", "", "1"), (2000, "covid19", "", "0")], [4, 4]),
        (CARRY, &[(5, "rrt", "", "1"), (6, "rrt", "", "0")], [4, 4]),
        (CARRY, &[(5, "rrt", "", "1"), (6, "rrt", "", "0"), (2000, "covid19", "", "0")], [0, 0]),
        // Never charted.
        (UNSEEN, &[(5, C, MG, "1.0"), (5, "potassium", MM, "4"), (5, "ph", "[pH]", "7.3")], [0, 4]),
    ]);
    // By urine of more than 6 h below 0.3 mL/kg/h, which is 24 mL/h at 80 kg.
    let known: Vec<Line> = vec![(0, "weight", "kg", "80"), (1, C, MG, "0.9"), (1, "potassium", MM, "6.5")];
    assert_eq!(renal(OPEN, &known, &hourly(1, 8, "23.9")), [4, 4]);
    assert_eq!(renal(OPEN, &known, &hourly(1, 8, "24")), [1, 1]);
    assert_eq!(renal(OPEN, &known, &hourly(1, 7, "0")), [1, 1], "6 hours are not more than 6");
}

#[test]
fn r066_what_decided_it() {
    let witness = |organ, lines: &[Line]| {
        let witness = days(lines, CARRY).last().unwrap().0.witness(organ).unwrap();
        (witness.item, witness.minute)
    };
    #[rustfmt::skip]
    let table: &[(Organ, &[Line], (Item, u32))] = &[
        (Organ::Respiration, &[(0, "support", "", "imv"), (0, "fio2", "%", "50"), (5, "spo2", "%", "88")], (Item::SpO2, 5)),
        (Organ::Respiration, &[(7, "support", "", "ecmo_vv")], (Item::Ecmo, 7)),
        (Organ::Cardiovascular, &[(0, N, KG, "0.3"), (0, "vasopressin", "[U]/h", "1")], (Item::Infusion(Infusion::Norepinephrine), 59)),
        (Organ::Cardiovascular, &[(3, "mechanical_circulatory_support", "", "1")], (Item::MechanicalSupport, 3)),
        (Organ::Brain, &[(4, "gcs_motor", SCORE, "2")], (Item::GcsMotor, 4)),
        (Organ::Brain, &[(9, "delirium_drug", "", "1")], (Item::DeliriumDrug, 9)),
        (Organ::Renal, &[(9, "rrt", "", "1")], (Item::Rrt, 9)),
        (Organ::Renal, &[(9, "creatinine", "mg/dL", "1.3"), (20, "potassium", "mmol/L", "6")], (Item::RrtCriteria, 1_439)),
        (Organ::Renal, &[(9, "creatinine", "mg/dL", "1.3"), (20, "potassium", "mmol/L", "5")], (Item::Creatinine, 9)),
    ];
    for (organ, lines, expected) in table {
        assert_eq!(witness(*organ, lines), *expected, "{lines:?}");
        assert_eq!(expected.0.organ(), *organ);
    }
}

#[test]
fn r063_editions_do_not_mix() {
    let mut window = Window::new(&SOFA_2);
    let day = window.close_day(&SOFA_2).unwrap();
    let score = day.score(&SOFA_2, CARRY, Carried::NONE);
    assert_eq!(Course::<9>::new(SOFA_1996.id()).push(&score), Err(Error::RulesDiffer));
    let mut course = Course::<9>::new(SOFA_2.id());
    course.push(&score).unwrap();
    assert_eq!(IMMUNOSEP_DAY9.response(&course), Err(Error::RulesDiffer));
    assert_eq!(course.change(1).unwrap().ends(), [0, 0]);
    assert_eq!(day.score(&SOFA_1996, CARRY, Carried::NONE).total(), Total::ALL);
    let event = Event::read("map", MMHG, "60").unwrap();
    assert_eq!(window.push(&SOFA_1996, 1_500, &event), Err(Error::RulesDiffer));
    assert_eq!(window.merge(&SOFA_2, &Window::new(&SOFA_1996)), Err(Error::RulesDiffer));
}

// ---- the law

/// Item, unit, reading, its worlds.
type Worlds = (&'static str, &'static str, &'static str, &'static [&'static str]);

/// Those of one organ: of two organs only what holds is shared.
#[rustfmt::skip]
const READINGS: [&[Worlds]; 4] = [
    &[
        ("pao2",           MMHG,        "50..70",   &["50", "60", "60.001", "70"]),
        ("spo2",           "%",         "90..99",   &["90", "96", "97.999", "98", "99"]),
        ("fio2",           "%",         "40..50",   &["40", "45", "50"]),
        ("support",        "",          "imv",      &["imv"]),
        ("support",        "",          "ecmo_va",  &["ecmo_va"]),
        ("ventilation_unavailable", "", "1",        &["1"]),
    ],
    &[
        ("map",            MMHG,        "45..70",   &["45", "55", "65", "70"]),
        ("vasoactives_unavailable", "", "1",        &["1"]),
        ("weight",         "kg",        "70..90",   &["70", "80", "90"]),
        ("norepinephrine", KG,          "0..0.3",   &["0", "0.1", "0.2", "0.3"]),
        ("epinephrine",    "ug/min",    "8",        &["8"]),
        ("dopamine",       KG,          "45",       &["45"]),
        ("vasopressin",    "[U]/h",     "0..2",     &["0", "2"]),
    ],
    &[
        ("gcs",            SCORE,       "<9",       &["3", "8"]),
        ("gcs",            SCORE,       "15",       &["15"]),
        ("gcs_motor",      SCORE,       "3..5",     &["3", "4", "5"]),
        ("sedated",        "",          "1",        &["1"]),
        ("sedated",        "",          "0",        &["0"]),
        ("delirium_drug",  "",          "1",        &["1"]),
    ],
    &[
        ("creatinine",     "mg/dL",     "1.0..2.1", &["1.0", "1.3", "2.1"]),
        ("potassium",      "mmol/L",    "5..7",     &["5", "6", "7"]),
        ("ph",             "[pH]",      "<7.3",     &["7.2", "7.25"]),
        ("bicarbonate",    "mmol/L",    "12",       &["12"]),
        ("urine",          "mL",        "0..400",   &["0", "150", "400"]),
        ("urine",          "mL",        "0",        &["0"]),
        ("weight",         "kg",        "70..90",   &["70", "80", "90"]),
        ("rrt",            "",          "1",        &["1"]),
    ],
];

fn organs(window: &Window, how: How) -> [u8; 6] {
    let score = window.so_far(&SOFA_2).unwrap().score(&SOFA_2, how, Carried::NONE);
    Organ::ALL.map(|organ| bits(score.sofa().organ(organ)))
}

fn closed(mut window: Window, how: How) -> [u8; 6] {
    let score = window.close_day(&SOFA_2).unwrap().score(&SOFA_2, how, Carried::NONE);
    Organ::ALL.map(|organ| bits(score.sofa().organ(organ)))
}

/// Every sequence of so many readings, so many minutes apart, with its worlds.
fn sequences(
    readings: &[Worlds],
    (window, worlds, minute): (&Window, &[Window], u32),
    apart: u32,
    path: &[usize],
    visit: &mut impl FnMut(&Window, &[Window], &[usize]),
) {
    visit(window, worlds, path);
    if path.len() == 3 || minute + apart >= 1_440 {
        return;
    }
    let pushed = |window: &Window, item, unit, text| {
        let mut next = *window;
        next.push(&SOFA_2, minute + apart, &Event::read(item, unit, text).unwrap()).unwrap();
        next
    };
    for (at, &(item, unit, text, exact)) in readings.iter().enumerate() {
        let next = pushed(window, item, unit, text);
        let worlds: Vec<_> =
            exact.iter().flat_map(|text| worlds.iter().map(move |world| pushed(world, item, unit, text))).collect();
        sequences(readings, (&next, &worlds, minute + apart), apart, &[path, &[at]].concat(), visit);
    }
}

/// Of what the reading window was never told; devices that were never charted are not in use.
fn untold_worlds() -> Vec<Window> {
    let told = |support, fio2, kg| {
        let mut window = Window::new(&SOFA_2);
        [(0, "support", "", support), (0, "fio2", "%", fio2), (0, "weight", "kg", kg)]
            .iter()
            .for_each(|line| push(&mut window, line));
        window
    };
    vec![told("none", "21", "50"), told("imv", "100", "100"), told("hfnc", "40", "80")]
}

#[test]
fn r064_sound_a_window_of_readings_contains_every_world() {
    let contains = |wide: [u8; 6], narrow: [u8; 6]| wide.iter().zip(narrow).all(|(wide, narrow)| wide | narrow == *wide);
    for readings in READINGS {
        for apart in [40, 400] {
            let mut compared = 0;
            let start = (&Window::new(&SOFA_2), &untold_worlds()[..], 0);
            sequences(readings, start, apart, &[], &mut |reading, worlds, path| {
                let wide = [organs(reading, OPEN), closed(*reading, OPEN), organs(reading, UNSEEN)];
                for world in worlds {
                    for (wide, narrow) in wide.into_iter().zip([organs(world, OPEN), closed(*world, OPEN), organs(world, OPEN)]) {
                        assert!(contains(wide, narrow), "{path:?}: {wide:?} does not contain {narrow:?}");
                        compared += 1;
                    }
                }
            });
            assert!(compared > 2_000, "{compared}");
        }
    }
    assert!(!contains([1; 6], [2; 6]));
}

#[test]
fn r064_what_is_unknown_after_an_outage_contains_whatever_happened_in_it() {
    let flags = [
        "sedated",
        "delirium_drug",
        "rrt",
        "mechanical_circulatory_support",
        "vasoactives_unavailable",
        "ventilation_unavailable",
    ];
    for flag in flags {
        for before in ["0", "1"] {
            for during in ["0", "1"] {
                let mut start = Window::new(&SOFA_2);
                let charted = [(0, G, SCORE, "9"), (0, "fio2", "%", "40"), (0, "support", "", "oxygen"), (0, flag, "", before)];
                charted.iter().for_each(|line| push(&mut start, line));
                let (mut outage, mut world) = (start, start);
                outage.resume(&SOFA_2, 100).unwrap();
                push(&mut world, &(50, flag, "", during));
                for window in [&mut outage, &mut world] {
                    [(100, "map", MMHG, "45"), (100, P, MMHG, "30"), (101, G, SCORE, "14")]
                        .iter()
                        .for_each(|line| push(window, line));
                }
                let (wide, narrow) = (closed(outage, OPEN), closed(world, OPEN));
                assert!(
                    wide.iter().zip(narrow).all(|(wide, narrow)| wide | narrow == *wide),
                    "{flag} {before} {during}: {wide:?} {narrow:?}"
                );
            }
        }
    }
}

/// The order of lines of one minute, and two devices that merge, make no difference.
#[test]
fn r065_order_within_a_minute_and_merging() {
    let lines: [Line; 7] = [
        (60, "spo2", "%", "88"),
        (60, P, MMHG, "125"),
        (60, G, SCORE, ""),
        (60, "gcs_motor", SCORE, "4"),
        (60, "map", MMHG, "49"),
        (60, "vasoactives_unavailable", "", "1"),
        (60, "fio2", "%", "50"),
    ];
    let window = |lines: &mut dyn Iterator<Item = &Line>| {
        let mut window = Window::new(&SOFA_2);
        lines.for_each(|line| push(&mut window, line));
        push(&mut window, &(61, "covid19", "", "0"));
        window
    };
    let expected = organs(&window(&mut lines.iter()), OPEN);
    for at in 0..lines.len() {
        let turned = lines[at..].iter().chain(&lines[..at]);
        assert_eq!(organs(&window(&mut turned.clone()), OPEN), expected, "from {at}");
        assert_eq!(organs(&window(&mut turned.rev()), OPEN), expected, "back from {at}");
    }
    // A laboratory beside a monitor.
    let (monitor, lab): (&[Line], &[Line]) = (
        &[(5, "support", "", "ecmo_vv"), (9, "rrt", "", "1"), (70, "urine", "mL", "40")],
        &[(8, "potassium", "mmol/L", "6.5"), (8, "creatinine", "mg/dL", "1.5")],
    );
    let (mut merged, other) = (window(&mut monitor.iter().take(2)), window(&mut lab.iter()));
    merged.merge(&SOFA_2, &other).unwrap();
    let again = merged;
    merged.merge(&SOFA_2, &other).unwrap();
    assert_eq!(merged, again);
    let both = {
        let mut lines: Vec<_> = monitor[..2].iter().chain(lab).collect();
        lines.sort_by_key(|line| line.0);
        window(&mut lines.into_iter())
    };
    assert_eq!(organs(&merged, CARRY), organs(&both, CARRY));
}

// ---- a window of either edition

fn charted(lines: &[Line]) -> Window {
    let mut window = Window::new(&SOFA_2);
    for line in lines {
        while line.0 >= window.day_end() {
            window.close_day(&SOFA_2).unwrap();
        }
        push(&mut window, line);
    }
    window
}

fn rolled(window: &Window, organ: Organ) -> [u8; 2] {
    window.rolling(&SOFA_2).unwrap().score(&SOFA_2, OPEN, Carried::NONE).sofa().organ(organ).ends()
}

/// The last 24 hours keep what was scored by the hour, across midnight; a device that may be in use leaves its hour open.
#[test]
fn r065_a_rolling_window_across_midnight() {
    #[rustfmt::skip]
    let table: &[(Organ, &[Line], [u8; 2])] = &[
        (Organ::Respiration, &[(1_400, "support", "", "ecmo_vv"), (1_410, "support", "", "imv"), (1_500, "covid19", "", "0")], [4, 4]),
        (Organ::Respiration, &[(100, "support", "", "ecmo_vv"), (110, "support", "", "imv"), (1_600, "covid19", "", "0")], [0, 4]),
        (Organ::Respiration, &[(1_400, "fio2", "%", "50"), (1_400, "support", "", "imv"), (1_400, "spo2", "%", "88..98"), (1_400, "map", MMHG, "80"), (1_401, "spo2", "%", "93"), (1_500, "covid19", "", "0")], [3, 4]),
        (Organ::Cardiovascular, &[(1_400, "map", MMHG, "60"), (1_500, "covid19", "", "0")], [1, 1]),
        (Organ::Brain, &[(1_400, G, SCORE, "9"), (1_500, "covid19", "", "0")], [2, 2]),
        (Organ::Renal, &[(1_400, "rrt", "", "1"), (1_410, "rrt", "", "0"), (1_500, "covid19", "", "0")], [4, 4]),
        // RRT's criteria are of today.
        (Organ::Renal, &[(1_441, "creatinine", "mg/dL", "1.5"), (1_442, "potassium", "mmol/L", "6"), (1_500, "covid19", "", "0")], [4, 4]),
        (Organ::Renal, &[(1_441, "creatinine", "mg/dL", "1.5"), (1_442, "ph", "[pH]", "7.2"), (1_442, "bicarbonate", "mmol/L", "12"), (1_500, "covid19", "", "0")], [4, 4]),
        (Organ::Renal, &[(1_400, "potassium", "mmol/L", "6"), (1_441, "creatinine", "mg/dL", "1.5"), (1_441, "bicarbonate", "mmol/L", "24"), (1_441, "potassium", "mmol/L", "4")], [1, 3]),
        // And of no other organ.
        (Organ::Coagulation, &[(1_441, "platelets", "10*9/L", "200"), (1_442, "potassium", "mmol/L", "6"), (1_500, "covid19", "", "0")], [0, 0]),
        (Organ::Liver, &[(1_441, "bilirubin", "mg/dL", "0.5"), (1_442, "ph", "[pH]", "7.2"), (1_500, "covid19", "", "0")], [0, 0]),
        (Organ::Cardiovascular, &[(1_441, "map", MMHG, "80"), (1_442, "bicarbonate", "mmol/L", "12"), (1_500, "covid19", "", "0")], [0, 0]),
    ];
    for (organ, lines, expected) in table {
        assert_eq!(rolled(&charted(lines), *organ), *expected, "{lines:?}");
    }
    // Yesterday's urine may have been the worse: its points stay an upper end.
    let mut lines = vec![(0, "weight", "kg", "80"), (1, "creatinine", "mg/dL", "0.9")];
    lines.extend(hourly(1, 13, "0"));
    lines.extend([
        (1_441, "creatinine", "mg/dL", "0.9"),
        (1_441, "potassium", "mmol/L", "4"),
        (1_441, "bicarbonate", "mmol/L", "24"),
    ]);
    assert_eq!(rolled(&charted(&lines), Organ::Renal), [0, 3]);
    let mut lines = vec![(0, "weight", "kg", "80"), (1, "creatinine", "mg/dL", "0.9")];
    lines.extend(hourly(1, 13, "100"));
    lines.extend([
        (1_441, "creatinine", "mg/dL", "0.9"),
        (1_441, "potassium", "mmol/L", "4"),
        (1_441, "bicarbonate", "mmol/L", "24"),
    ]);
    assert_eq!(rolled(&charted(&lines), Organ::Renal), [0, 0]);
}

#[test]
fn r065_merging_brings_devices_criteria_and_urine() {
    let end: Line = (1_430, "covid19", "", "0");
    let merged = |mine: &[Line], theirs: &[Line], organ: Organ| {
        let both = |lines: &[Line]| charted(&lines.iter().copied().chain([end]).collect::<Vec<_>>());
        let (mut window, other) = (both(mine), both(theirs));
        window.merge(&SOFA_2, &other).unwrap();
        window.close_day(&SOFA_2).unwrap().score(&SOFA_2, OPEN, Carried::NONE).sofa().organ(organ).ends()
    };
    let known: [Line; 2] = [(1, "creatinine", "mg/dL", "0.9"), (1, "bicarbonate", "mmol/L", "24")];
    assert_eq!(merged(&[], &[(5, "support", "", "ecmo_vv")], Organ::Respiration), [4, 4]);
    assert_eq!(merged(&[(1, "creatinine", "mg/dL", "1.5")], &[(5, "potassium", "mmol/L", "6")], Organ::Renal), [4, 4]);
    // Urine that two devices charted by turns: one spans what the other began.
    let start: [Line; 2] = [(0, "weight", "kg", "80"), (2, "potassium", "mmol/L", "4")];
    let mine: Vec<Line> = start.into_iter().chain(known).chain([(65, "urine", "mL", "0")]).collect();
    assert_eq!(merged(&mine, &[(425, "urine", "mL", "100")], Organ::Renal), [1, 1]);
    assert_eq!(merged(&mine, &[(424, "urine", "mL", "100")], Organ::Renal), [0, 3]);
    // The same hour's volume, which one charted later in it.
    let late: Vec<Line> = mine.iter().copied().chain([(420, "urine", "mL", "100")]).collect();
    assert_eq!(merged(&late, &[(425, "urine", "mL", "100")], Organ::Renal), [1, 1]);
    assert_eq!(merged(&late, &[(421, "urine", "mL", "100")], Organ::Renal), [0, 3]);
    // Yesterday's hours come along.
    let yesterday = |urine: &[Line]| {
        let mut lines: Vec<Line> = start.into_iter().chain(urine.iter().copied()).collect();
        lines.extend([
            (1_441, "creatinine", "mg/dL", "0.9"),
            (1_441, "bicarbonate", "mmol/L", "24"),
            (1_441, "potassium", "mmol/L", "4"),
        ]);
        charted(&lines)
    };
    let (mut window, other) = (yesterday(&[]), yesterday(&[(1_265, "urine", "mL", "0")]));
    window.merge(&SOFA_2, &other).unwrap();
    push(&mut window, &(1_625, "urine", "mL", "100"));
    let day = window.close_day(&SOFA_2).unwrap();
    assert_eq!(day.score(&SOFA_2, OPEN, Carried::NONE).sofa().organ(Organ::Renal).ends(), [1, 1]);
}

#[test]
fn r099_the_next_patient_begins_with_nothing() {
    let lines: Vec<Line> = vec![
        (0, "weight", "kg", "80"),
        (0, "sedated", "", "0"),
        (0, "rrt", "", "1"),
        (5, G, SCORE, "9"),
        (6, "vasoactives_unavailable", "", "1"),
        (7, "support", "", "ecmo_va"),
        (60, "urine", "mL", "10"),
        (1_500, "potassium", "mmol/L", "6"),
        (1_510, "spo2", "%", "90"),
        (1_510, "map", MMHG, "45"),
    ];
    let mut window = charted(&lines);
    assert_ne!(window, Window::new(&SOFA_2));
    window.clear();
    assert_eq!(window, Window::new(&SOFA_2));
}

#[test]
fn r093_an_outage_forgets_states_until_they_are_charted_again() {
    // Sedation unknown: what is charted then is as charted or the last, and becomes the last as either.
    let mut window = charted(&[(0, "sedated", "", "0"), (5, G, SCORE, "15"), (10, "covid19", "", "0")]);
    window.resume(&SOFA_2, 100).unwrap();
    push(&mut window, &(120, G, SCORE, "9"));
    push(&mut window, &(130, "sedated", "", "1"));
    let brain = |window: &mut Window| {
        let day = window.close_day(&SOFA_2).unwrap();
        bits(day.score(&SOFA_2, OPEN, Carried::NONE).sofa().organ(Organ::Brain))
    };
    assert_eq!([brain(&mut window), brain(&mut window)], [0b101, 0b101]);
    // Late, from before the outage's end: the state then is not known, though it was charted since.
    let late = |minute| {
        let mut window = charted(&[(0, "sedated", "", "0"), (10, "covid19", "", "0")]);
        window.resume(&SOFA_2, 100).unwrap();
        push(&mut window, &(130, "sedated", "", "0"));
        push(&mut window, &(140, "covid19", "", "0"));
        push(&mut window, &(minute, G, SCORE, "9"));
        brain(&mut window)
    };
    assert_eq!([late(50), late(129), late(130)], [0b1_1111, 0b1_1111, 0b100]);
    // Neither is an empty line from a time of sedation "not assessable".
    let empty = |minute| {
        let mut window = charted(&[(20, "sedated", "", "1"), (50, "covid19", "", "0")]);
        push(&mut window, &(minute, G, SCORE, ""));
        let day = window.close_day(&SOFA_2).unwrap();
        bits(day.score(&SOFA_2, CARRY, Carried::NONE).sofa().organ(Organ::Brain))
    };
    assert_eq!([empty(19), empty(30)], [0b1_1111, 0b1]);
}

#[test]
fn r059_the_last_of_one_minute_is_its_worst() {
    let brain = |lines: &[Line]| last(Organ::Brain, OPEN, lines);
    let sedated: Line = (40, "sedated", "", "1");
    let next: Line = (2_000, "covid19", "", "0");
    let late: Line = (50, "covid19", "", "0");
    assert_eq!(brain(&[(30, G, SCORE, "9"), (30, G, SCORE, "15"), sedated, next]), [2, 2]);
    // Late ones of one minute, either way.
    let later: Line = (60, "sedated", "", "1");
    assert_eq!(brain(&[late, (30, G, SCORE, "9"), (30, G, SCORE, "15"), later, next]), [2, 2]);
    assert_eq!(brain(&[late, (30, G, SCORE, "15"), (30, G, SCORE, "9"), later, next]), [2, 2]);
}

#[test]
fn r054_open_ends_add_to_an_open_end() {
    let points = |a: &str, b: &str| bits(together(&[("norepinephrine", a), ("epinephrine", b)], ""));
    // Both strictly above a tenth: above 0.2 for certain; both strictly below: below it for certain.
    assert_eq!([points(">0.1", "0.1"), points(">0.1", ">0.1"), points(">=0.1", ">=0.1")], [0b1_1000, 0b1_1000, 0b1_1100]);
    assert_eq!([points("<0.1", "<=0.1"), points("<=0.1", "<=0.1")], [0b100, 0b100]);
    // Finer than the tick: 0.1000000x and 0.0999999x may add up to 0.2, or to either side of it.
    assert_eq!(points("0.1000001", "0.0999999"), 0b1100);
    assert_eq!(points("0.0999999", "0.0999999"), 0b100);
}

#[test]
fn r062_an_hours_urine_as_it_is_kept() {
    let known: [Line; 4] = [
        (0, "weight", "kg", "80"),
        (1, "creatinine", "mg/dL", "0.9"),
        (1, "potassium", "mmol/L", "4"),
        (1, "bicarbonate", "mmol/L", "24"),
    ];
    let day = |lines: &[Line]| renal(OPEN, &known, lines);
    // From 0 up, both ends; from above 0, the lower one; three litres, as at least two.
    assert_eq!(day(&[(65, "urine", "mL", "0"), (425, "urine", "mL", "0..239")]), [1, 1]);
    assert_eq!(day(&[(65, "urine", "mL", "0"), (425, "urine", "mL", "1..239")]), [0, 1]);
    assert_eq!(day(&[(65, "urine", "mL", "0"), (425, "urine", "mL", "<3000")]), [0, 1]);
    assert_eq!(day(&[(65, "urine", "mL", "0"), (425, "urine", "mL", "<2200")]), [0, 1]);
    assert_eq!(day(&[(65, "urine", "mL", "0"), (425, "urine", "mL", "3000")]), [0, 0]);
    // Two chartings in an hour add up, and its last minute ends the span.
    assert_eq!(day(&[(65, "urine", "mL", "0"), (421, "urine", "mL", "100"), (425, "urine", "mL", "139")]), [1, 1]);
    let late: Vec<Line> =
        known.into_iter().chain([(65, "urine", "mL", "0"), (425, "urine", "mL", "139"), (421, "urine", "mL", "100")]).collect();
    assert_eq!(last(Organ::Renal, OPEN, &late), [1, 1], "a late one does not move the last minute back");
    assert_eq!(day(&[(65, "urine", "mL", "0"), (421, "urine", "mL", "139"), (425, "urine", "mL", "101")]), [0, 0]);
    // A weight of which only an upper end is known: no urine is below every cut-off.
    let light: [Line; 4] = [(0, "weight", "kg", "<100"), known[1], known[2], known[3]];
    assert_eq!(renal(OPEN, &light, &[(65, "urine", "mL", "0"), (425, "urine", "mL", "0")]), [1, 1]);
}

#[test]
fn r058_never_charted_drugs_and_mechanical_support() {
    let lines: [Line; 3] = [(0, "map", MMHG, "80"), (0, "dopamine", KG, "45"), (0, "mechanical_circulatory_support", "", "1")];
    assert_eq!(last(Organ::Cardiovascular, UNSEEN, &lines), [4, 4]);
    assert_eq!(last(Organ::Cardiovascular, UNSEEN, &lines[..2]), [2, 4]);
    // The pressure was charted in this day or carried: its own steps do not apply.
    let carried: [Line; 3] = [(0, "map", MMHG, "80"), (5, "vasoactives_unavailable", "", "1"), (2_000, "covid19", "", "0")];
    assert_eq!(last(Organ::Cardiovascular, CARRY, &carried), [0, 0]);
    assert_eq!(last(Organ::Cardiovascular, OPEN, &carried), [0, 4]);
}

/// Drugs, devices and their lack, of which some were never charted: 80 mmHg and every drug off.
#[test]
fn never_charted_beside_every_drug_off() {
    let off = ["norepinephrine", "epinephrine", "dopamine", "dobutamine", "milrinone"].map(|drug| (0, drug, KG, "0"));
    let rest = [(0, "vasopressin", "[U]/h", "0"), (0, "phenylephrine", "ug/min", "0"), (0, "other_vasoactive", "mg/h", "0")];
    let drugs: Vec<Line> = [(0, "map", MMHG, "80")].into_iter().chain(off).chain(rest).collect();
    let mechanical: Line = (0, "mechanical_circulatory_support", "", "0");
    let available: Line = (0, "vasoactives_unavailable", "", "0");
    for (charted, expected) in
        [(vec![mechanical, available], [0, 0]), (vec![mechanical], [0, 4]), (vec![available], [0, 4]), (vec![], [0, 4])]
    {
        let lines: Vec<Line> = drugs.iter().copied().chain(charted.iter().copied()).collect();
        assert_eq!(last(Organ::Cardiovascular, UNSEEN, &lines), expected, "{charted:?}");
        assert_eq!(last(Organ::Cardiovascular, OPEN, &lines), [0, 0], "{charted:?}");
    }
}

/// What an item was scored alone.
#[test]
fn an_items_own_points() {
    let points = |lines: &[Line], item| charted(lines).so_far(&SOFA_2).unwrap().points(item).map(Points::ends);
    let gcs: Line = (0, G, SCORE, "13");
    assert_eq!([points(&[gcs], Item::Gcs), points(&[], Item::Gcs)], [Some([1, 1]), None]);
    assert_eq!(points(&[(0, N, KG, "0.1")], Item::Infusion(Infusion::Norepinephrine)), None);
    assert_eq!(charted(&[(12, G, SCORE, "13")]).clock(), 12);
}

/// What is not known says nothing beside what is.
#[test]
fn r087_an_empty_line_takes_nothing_back() {
    for (organ, known, empty) in [
        (Organ::Cardiovascular, (10, "map", "mm[Hg]", "80"), (20, "map", "mm[Hg]", "")),
        (Organ::Brain, (10, "gcs_motor", SCORE, "6"), (20, "gcs_motor", SCORE, "")),
        (Organ::Respiration, (10, "spo2", "%", "97"), (20, "spo2", "%", "")),
    ] {
        let lines: [Line; 5] =
            [(0, "fio2", "%", "21"), (0, "support", "", "none"), known, empty, (30, "bilirubin", "mg/dL", "1")];
        assert_eq!(last(organ, OPEN, &lines), [0, 0], "{organ:?}");
        assert_eq!(last(organ, OPEN, &lines[3..]), if organ == Organ::Cardiovascular { [0, 1] } else { [0, 4] }, "{organ:?}");
    }
}

/// A result of a minute that is over: a saturation that may be scored, a pressure at the minute of its flag.
#[test]
fn r057_r090_a_late_result_is_scored_by_what_held() {
    let late = |spo2| {
        let lines: [Line; 5] = [
            (0, "fio2", "%", "21"),
            (0, "support", "", "none"),
            (60, "spo2", "%", "97"),
            (100, "bilirubin", "mg/dL", "1"),
            (50, "spo2", "%", spo2),
        ];
        last(Organ::Respiration, OPEN, &lines)
    };
    assert_eq!(["90", "97..99", "98", ""].map(late), [[0, 4], [0, 4], [0, 0], [0, 0]]);
    let pressure = |minute| {
        let lines: [Line; 3] =
            [(50, "vasoactives_unavailable", "", "1"), (100, "bilirubin", "mg/dL", "1"), (minute, "map", "mm[Hg]", "45")];
        last(Organ::Cardiovascular, OPEN, &lines)
    };
    assert_eq!([49, 50, 51].map(pressure), [[1, 3], [3, 3], [3, 3]]);
}

/// An SpO2 that may be above the last that is scored counts up to it, or not at all.
#[test]
fn r052_a_saturation_is_scored_up_to_its_last() {
    // At 39.4 % anything up to 98 is at most 248.7, which is 2, and 99 would be 251.3, 1; before that a 0.
    for (spo2, expected) in [("97", 0b100), ("97..99", 0b101), ("98", 0b1)] {
        let lines: [Line; 6] = [
            (0, "fio2", "%", "21"),
            (0, "support", "", "none"),
            (5, "spo2", "%", "97"),
            (10, "fio2", "%", "39.4"),
            (11, "spo2", "%", spo2),
            (30, "bilirubin", "mg/dL", "1"),
        ];
        let (day, _) = days(&lines, OPEN)[0];
        assert_eq!(bits(day.score(&SOFA_2, OPEN, Carried::NONE).sofa().organ(Organ::Respiration)), expected, "{spo2}");
    }
}

/// What was never charted may be on, if that was said of infusions.
#[test]
fn r080_r081_what_was_never_charted_may_be_on() {
    let gas: [Line; 3] = [(0, "fio2", "%", "21"), (10, "spo2", "%", "97"), (30, "bilirubin", "mg/dL", "1")];
    let [support, ventilation]: [Line; 2] = [(0, "support", "", "none"), (0, "ventilation_unavailable", "", "0")];
    for (more, open, unseen) in [
        (&[][..], [0, 0], [0, 4]),
        (&[support], [0, 0], [0, 4]),
        (&[ventilation], [0, 0], [0, 4]),
        (&[support, ventilation], [0, 0], [0, 0]),
    ] {
        let lines = [more, &gas].concat();
        assert_eq!([OPEN, UNSEEN].map(|how| last(Organ::Respiration, how, &lines)), [open, unseen], "{more:?}");
    }
}

/// A drug that has one amount of points whatever its rate, at a rate that may be 0.
#[test]
fn r054_a_drug_that_may_rest_scores_or_does_not() {
    let points = |rate| bits(SOFA_2.infusion(Infusion::Vasopressin, Rate::Any(Reading::read(rate).unwrap()), Reading::UNKNOWN));
    assert_eq!(["0", "0..1", "<1", ">0", "1"].map(points), [0b1, 0b101, 0b100, 0b100, 0b100]);
}
