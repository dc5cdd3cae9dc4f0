//! The published rules against the papers: every number here is typed from the print, none from the program.

use endotype::Endotype::{Immunoparalysis, Mals, Unclassified};
use endotype::published::{Evidence, IMMUNOSEP, IMMUNOSEP_DAY9, IMMUNOSEP_DAY15, SEPSIS_3, SOFA_2_MORE, SOFA_1996, source};
use endotype::quantity::{DoseRate, Map, MhlaDr, Platelets, Quantity, TABLE};
use endotype::{Amount, Apart, Criteria, Imprecision, Method, OnDays, Reference, Restoration, Slope, Stays, Twice, UrineSpan};
use endotype::{Criterion, Cutoff, Dose, ITEMS, Marker, Remark, edges};
use endotype::{Cutoffs, Error, Event, Flag, Gap, Gas, Infusion, Met, Points, Reading, SofaRows, SofaRules, Support};
use endotype::{Item, Need, Organ, Rate, Total};
use std::collections::BTreeSet;
use std::panic::{UnwindSafe, catch_unwind};

/// Item and unit; half a tick below a printed cut-off, on it, half a tick above (GCS: a whole point); the points of each.
#[rustfmt::skip]
const SOFA: &[(&str, &str, [&str; 3], [u8; 3])] = &[
    ("platelets",      "10*9/L",    ["149.9999",   "150",  "150.0001"],    [1, 0, 0]),
    ("platelets",      "10*9/L",    ["99.9999",    "100",  "100.0001"],    [2, 1, 1]),
    ("platelets",      "10*9/L",    ["49.9999",    "50",   "50.0001"],     [3, 2, 2]),
    ("platelets",      "10*9/L",    ["19.9999",    "20",   "20.0001"],     [4, 3, 3]),
    ("bilirubin",      "mg/dL",     ["1.1999",     "1.2",  "1.2001"],      [0, 1, 1]),
    ("bilirubin",      "mg/dL",     ["1.9999",     "2.0",  "2.0001"],      [1, 2, 2]),
    ("bilirubin",      "mg/dL",     ["5.9999",     "6.0",  "6.0001"],      [2, 3, 3]),
    ("bilirubin",      "mg/dL",     ["11.9999",    "12.0", "12.0001"],     [3, 4, 4]),
    ("bilirubin",      "umol/L",    ["19.9999",    "20",   "20.0001"],     [0, 1, 1]),
    ("bilirubin",      "umol/L",    ["32.9999",    "33",   "33.0001"],     [1, 2, 2]),
    ("bilirubin",      "umol/L",    ["101.9999",   "102",  "102.0001"],    [2, 3, 3]),
    ("bilirubin",      "umol/L",    ["203.9999",   "204",  "204.0001"],    [3, 3, 4]),
    ("map",            "mm[Hg]",    ["69.9999",    "70",   "70.0001"],     [1, 0, 0]),
    ("norepinephrine", "ug/kg/min", ["",           "0",    "0.0000001"],   [0, 0, 3]),
    ("norepinephrine", "ug/kg/min", ["0.0999999",  "0.1",  "0.1000001"],   [3, 3, 4]),
    ("epinephrine",    "ug/kg/min", ["",           "0",    "0.0000001"],   [0, 0, 3]),
    ("epinephrine",    "ug/kg/min", ["0.0999999",  "0.1",  "0.1000001"],   [3, 3, 4]),
    ("dopamine",       "ug/kg/min", ["",           "0",    "0.0000001"],   [0, 0, 2]),
    ("dopamine",       "ug/kg/min", ["4.9999999",  "5",    "5.0000001"],   [2, 2, 3]),
    ("dopamine",       "ug/kg/min", ["14.9999999", "15",   "15.0000001"],  [3, 3, 4]),
    ("dobutamine",     "ug/kg/min", ["",           "0",    "0.0000001"],   [0, 0, 2]),
    ("gcs",            "{score}",   ["14",         "15",   ""],            [1, 0, 0]),
    ("gcs",            "{score}",   ["12",         "13",   "14"],          [2, 1, 1]),
    ("gcs",            "{score}",   ["9",          "10",   "11"],          [3, 2, 2]),
    ("gcs",            "{score}",   ["5",          "6",    "7"],           [4, 3, 3]),
    ("creatinine",     "mg/dL",     ["1.1999",     "1.2",  "1.2001"],      [0, 1, 1]),
    ("creatinine",     "mg/dL",     ["1.9999",     "2.0",  "2.0001"],      [1, 2, 2]),
    ("creatinine",     "mg/dL",     ["3.4999",     "3.5",  "3.5001"],      [2, 3, 3]),
    ("creatinine",     "mg/dL",     ["4.9999",     "5.0",  "5.0001"],      [3, 4, 4]),
    ("creatinine",     "umol/L",    ["109.9999",   "110",  "110.0001"],    [0, 1, 1]),
    ("creatinine",     "umol/L",    ["170.9999",   "171",  "171.0001"],    [1, 2, 2]),
    ("creatinine",     "umol/L",    ["299.9999",   "300",  "300.0001"],    [2, 3, 3]),
    ("creatinine",     "umol/L",    ["439.9999",   "440",  "440.0001"],    [3, 3, 4]),
    ("urine",          "mL",        ["499.9999",   "500",  "500.0001"],    [3, 0, 0]),
    ("urine",          "mL",        ["199.9999",   "200",  "200.0001"],    [4, 3, 3]),
];

/// Unit, cut-off; PaO2 half a tick below it, on it, half a tick above; FiO2 % the same; points supported and unsupported.
type RatioRow = (&'static str, &'static str, [&'static str; 3], [&'static str; 3], [u8; 3], [u8; 3]);

#[rustfmt::skip]
const RESPIRATION: &[RatioRow] = &[
    ("mm[Hg]", "400",  ["159.9999", "160",    "160.0001"], ["40.0001", "40", "39.9999"], [1, 0, 0], [1, 0, 0]),
    ("mm[Hg]", "400",  ["83.9999",  "84",     "84.0001"],  ["21.0001", "21", "20.9999"], [1, 0, 0], [1, 0, 0]),
    ("mm[Hg]", "300",  ["119.9999", "120",    "120.0001"], ["40.0001", "40", "39.9999"], [2, 1, 1], [2, 1, 1]),
    ("mm[Hg]", "300",  ["62.9999",  "63",     "63.0001"],  ["21.0001", "21", "20.9999"], [2, 1, 1], [2, 1, 1]),
    ("mm[Hg]", "200",  ["79.9999",  "80",     "80.0001"],  ["40.0001", "40", "39.9999"], [3, 2, 2], [2, 2, 2]),
    ("mm[Hg]", "200",  ["41.9999",  "42",     "42.0001"],  ["21.0001", "21", "20.9999"], [3, 2, 2], [2, 2, 2]),
    ("mm[Hg]", "100",  ["39.9999",  "40",     "40.0001"],  ["40.0001", "40", "39.9999"], [4, 3, 3], [2, 2, 2]),
    ("mm[Hg]", "100",  ["20.9999",  "21",     "21.0001"],  ["21.0001", "21", "20.9999"], [4, 3, 3], [2, 2, 2]),
    ("kPa",    "53.3", ["21.3199",  "21.32",  "21.3201"],  ["40.0001", "40", "39.9999"], [1, 0, 0], [1, 0, 0]),
    ("kPa",    "53.3", ["11.1929",  "11.193", "11.1931"],  ["21.0001", "21", "20.9999"], [1, 0, 0], [1, 0, 0]),
    ("kPa",    "40",   ["15.9999",  "16",     "16.0001"],  ["40.0001", "40", "39.9999"], [2, 1, 1], [2, 1, 1]),
    ("kPa",    "40",   ["8.3999",   "8.4",    "8.4001"],   ["21.0001", "21", "20.9999"], [2, 1, 1], [2, 1, 1]),
    ("kPa",    "26.7", ["10.6799",  "10.68",  "10.6801"],  ["40.0001", "40", "39.9999"], [3, 2, 2], [2, 2, 2]),
    ("kPa",    "26.7", ["5.6069",   "5.607",  "5.6071"],   ["21.0001", "21", "20.9999"], [3, 2, 2], [2, 2, 2]),
    ("kPa",    "13.3", ["5.3199",   "5.32",   "5.3201"],   ["40.0001", "40", "39.9999"], [4, 3, 3], [2, 2, 2]),
    ("kPa",    "13.3", ["2.7929",   "2.793",  "2.7931"],   ["21.0001", "21", "20.9999"], [4, 3, 3], [2, 2, 2]),
];

fn points(item: &str, unit: &str, text: &str) -> Option<u8> {
    let rows = SOFA_1996.rows();
    let points = match Event::read(item, unit, text).unwrap() {
        Event::Platelets(x) => rows.platelets.points(x),
        Event::Bilirubin(x) => rows.bilirubin.points(x),
        Event::BilirubinSi(x) => rows.bilirubin_si.points(x),
        Event::Map(x) => rows.map.points(x),
        Event::Infusion(drug, rate) => SOFA_1996.infusion(drug, rate, Reading::UNKNOWN),
        Event::Gcs(x) => rows.gcs.points(x),
        Event::Creatinine(x) => rows.creatinine.points(x),
        Event::CreatinineSi(x) => rows.creatinine_si.points(x),
        Event::Urine(x) => rows.urine.points(x),
        other => panic!("{other:?} has no row"),
    };
    points.single()
}

/// The half-tick of a decimal, by hand.
fn half_tick(text: &str, ticks: u32) -> i32 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let places = ticks.ilog10() as usize;
    let padded = format!("{fraction:0<places$}");
    let on: i32 = format!("{whole}{}", &padded[..places]).parse().unwrap();
    2 * on + i32::from(padded[places..].bytes().any(|digit| digit != b'0'))
}

fn ticks(item: &str, unit: &str) -> u32 {
    let item = if Infusion::read(item).is_ok() { "rate by weight" } else { item };
    TABLE.iter().find(|row| (row.name, row.unit) == (item, unit)).unwrap().ticks
}

/// Item, unit, ticks, last half-tick before, first half-tick behind, points on either side.
type Listed = (&'static str, &'static str, u32, i32, i32, [u8; 2]);

/// The edges that the tables above print: wherever the points of two neighbours differ.
fn printed() -> BTreeSet<Listed> {
    let respiration = RESPIRATION.iter().map(|&(unit, cut, _, _, supported, _)| ("pao2/fio2", unit, cut, supported));
    let others = SOFA.iter().map(|&(item, unit, [_, on, _], points)| (item, unit, on, points));
    let mut listed = BTreeSet::new();
    for (item, unit, cut, [below, at, above]) in respiration.chain(others) {
        let ticks = ticks(item, unit);
        let on = half_tick(cut, ticks);
        for (low, [here, there]) in [(on - 1, [below, at]), (on, [at, above])] {
            if here < there {
                listed.insert((item, unit, ticks, low, low + 1, [here, there]));
            } else if here > there {
                listed.insert((item, unit, ticks, low + 1, low, [there, here]));
            }
        }
    }
    listed
}

fn in_program(rules: &SofaRules) -> BTreeSet<Listed> {
    edges(rules).map(|e| (e.item, e.unit, e.ticks, e.last, e.first, e.points)).collect()
}

#[test]
fn r030_sofa_1996_at_every_printed_cut_off_and_half_a_tick_to_either_side() {
    for &(item, unit, texts, expected) in SOFA {
        let ticks = ticks(item, unit);
        let step = if item == "gcs" { 2 } else { 1 };
        for ((text, expected), away) in texts.into_iter().zip(expected).zip([-step, 0, step]) {
            if !text.is_empty() {
                assert_eq!(
                    half_tick(text, ticks),
                    half_tick(texts[1], ticks) + away,
                    "{item} {unit} {text} is not the neighbour"
                );
                assert_eq!(points(item, unit, text), Some(expected), "{item} {unit} {text}");
            }
        }
    }
}

#[test]
fn r031_sofa_1996_respiration_at_every_printed_cut_off_and_half_a_tick_to_either_side() {
    for &(unit, cut, pao2, fio2, supported, unsupported) in RESPIRATION {
        for i in 0..3 {
            for (pao2, fio2) in [(pao2[i], fio2[1]), (pao2[1], fio2[i])] {
                let gas = match Event::read("pao2", unit, pao2) {
                    Ok(Event::PaO2(x)) => Gas::MmHg(x),
                    Ok(Event::PaO2KPa(x)) => Gas::KPa(x),
                    other => panic!("{other:?}"),
                };
                let score = |support| SOFA_1996.respiration(gas, Reading::read(fio2).unwrap(), support);
                let case = format!("{pao2} {unit} at {fio2} %, cut-off {cut}");
                assert_eq!(score(Some(Support::Imv)).single(), Some(supported[i]), "{case}");
                assert_eq!(score(Some(Support::Oxygen)).single(), Some(unsupported[i]), "{case}, unsupported");
                let either: Vec<_> = (0..=4).filter(|&points| points == supported[i] || points == unsupported[i]).collect();
                assert_eq!((0..=4).filter(|&k| score(None).contains(k)).collect::<Vec<_>>(), either, "{case}, support unknown");
            }
        }
    }
}

#[test]
fn r033_sofa_1996_support_is_positive_pressure_or_ecmo() {
    let gas = Gas::MmHg(Reading::read("50").unwrap());
    let points = |support| SOFA_1996.respiration(gas, Reading::read("100").unwrap(), Some(support)).single();
    let counts: Vec<_> = Support::ALL.iter().filter(|&&s| points(s) == Some(4)).map(|s| s.name()).collect();
    assert_eq!(counts, ["cpap", "niv", "imv", "home_vent", "ecmo_vv", "ecmo_va"]);
    assert!(["none", "oxygen", "hfnc"].iter().all(|s| points(Support::read(s).unwrap()) == Some(2)));
}

#[test]
fn r037_sofa_1996_scores_four_drugs_and_no_other() {
    for drug in ["vasopressin", "phenylephrine", "milrinone", "other_vasoactive"] {
        assert_eq!(points(drug, "ug/min", "1000"), Some(0), "{drug}");
    }
    // A rate in ug/min against an unknown weight: running, at an unknown dose.
    let running = |drug| match Event::read(drug, "ug/min", "0.5") {
        Ok(Event::Infusion(drug, rate)) => SOFA_1996.infusion(drug, rate, Reading::UNKNOWN),
        other => panic!("{other:?}"),
    };
    let expected = [("norepinephrine", 3, 4), ("epinephrine", 3, 4), ("dopamine", 2, 4), ("dobutamine", 2, 2)];
    for (drug, low, high) in expected {
        assert_eq!(running(drug), Points::span(low, high), "{drug}");
    }
}

#[test]
fn r039_sofa_1996_choices_beside_the_rows() {
    let rows = SOFA_1996.rows();
    assert_eq!((rows.run, rows.stop, rows.unsupported), (60, 5, 2));
}

#[test]
fn r024_the_table_has_every_edge_of_sofa_1996_and_no_other() {
    assert_eq!(in_program(&SOFA_1996), printed());
}

/// Each column with one cut-off moved by its least step; then each number beside the columns.
fn changed() -> Vec<SofaRows> {
    let rows = *SOFA_1996.rows();
    vec![
        SofaRows { pf: Cutoffs::new(["< 400", "< 300", "< 200", "< 101"]), ..rows },
        SofaRows { pf_kpa: Cutoffs::new(["< 53.3", "< 40", "<= 26.7", "< 13.3"]), ..rows },
        SofaRows { platelets: Cutoffs::new(["< 150", "<= 100", "< 50", "< 20"]), ..rows },
        SofaRows { bilirubin: Cutoffs::new([">= 1.2", "> 2.0", ">= 6.0", ">= 12.0"]), ..rows },
        SofaRows { bilirubin_si: Cutoffs::new([">= 20", ">= 33", ">= 102", ">= 204"]), ..rows },
        SofaRows { map: Cutoffs::new(["<= 70", "never", "never", "never"]), ..rows },
        SofaRows { norepinephrine: Cutoffs::new(["> 0", "> 0", "> 0", ">= 0.1"]), ..rows },
        SofaRows { epinephrine: Cutoffs::new(["> 0", "> 0", "> 0", "never"]), ..rows },
        SofaRows { dopamine: Cutoffs::new(["> 0", "> 0", ">= 5", "> 15"]), ..rows },
        SofaRows { dobutamine: Cutoffs::new(["> 0", "never", "never", "never"]), ..rows },
        SofaRows { gcs: Cutoffs::new(["< 15", "< 13", "< 10", "<= 6"]), ..rows },
        SofaRows { creatinine: Cutoffs::new([">= 1.2", ">= 2.0", ">= 3.501", ">= 5.0"]), ..rows },
        SofaRows { creatinine_si: Cutoffs::new([">= 110", ">= 170.999", ">= 300", "> 440"]), ..rows },
        SofaRows { urine: Cutoffs::new(["<= 500", "< 500", "< 500", "< 200"]), ..rows },
        SofaRows { support: endotype::Supports::of(&[Support::Imv]), ..rows },
        SofaRows { unsupported: 3, ..rows },
        SofaRows { run: 59, ..rows },
        SofaRows { stop: 6, ..rows },
    ]
}

#[test]
fn r023_a_changed_cut_off_is_noticed_and_is_another_rule_set() {
    let locals: Vec<_> = changed().into_iter().map(|rows| SofaRules::new(Box::leak(Box::new(rows)))).collect();
    for (column, local) in locals.iter().take(14).enumerate() {
        assert_ne!(in_program(local), printed(), "column {column}");
    }
    let mut ids: BTreeSet<_> = locals.iter().map(|local| local.id().number()).collect();
    ids.extend([SOFA_1996.id().number(), IMMUNOSEP.id().number()]);
    assert_eq!(ids.len(), locals.len() + 2);
}

#[test]
fn r070_immunosep_classes_at_both_cut_offs_exact_censored_and_missing() {
    // ferritin, mHLA-DR, the classes left possible
    let table: &[(&str, &str, &[endotype::Endotype])] = &[
        ("4420", "5000", &[Unclassified]),
        ("4420", "4999.9999", &[Immunoparalysis]),
        ("4420.0001", "5000", &[Mals]),
        ("4420.0001", "4999.9999", &[Mals]),
        ("4419.9999", "5000.0001", &[Unclassified]),
        ("4421", "", &[Mals]),
        ("4420", "", &[Immunoparalysis, Unclassified]),
        ("", "3000", &[Mals, Immunoparalysis]),
        ("", "9000", &[Mals, Unclassified]),
        ("", "", &[Mals, Immunoparalysis, Unclassified]),
        (">2000", "3000", &[Mals, Immunoparalysis]),
        (">4420", "3000", &[Mals]),
        (">=4420", "9000", &[Mals, Unclassified]),
        (">=40000", "", &[Mals]),
        ("<4420", "<5000", &[Immunoparalysis]),
        ("<=4420", "<=5000", &[Immunoparalysis, Unclassified]),
        ("<15", "<6000", &[Immunoparalysis, Unclassified]),
        ("<15", ">=5000", &[Unclassified]),
        ("4300..4500", "9000", &[Mals, Unclassified]),
        ("4300..4420", "4000..5000", &[Immunoparalysis, Unclassified]),
        ("4300..4421", "4000..5000", &[Mals, Immunoparalysis, Unclassified]),
    ];
    for &(ferritin, mhla_dr, expected) in table {
        let class = IMMUNOSEP.classify(Reading::read(ferritin).unwrap(), Reading::read(mhla_dr).unwrap());
        assert_eq!(class.classes().collect::<Vec<_>>(), expected, "{ferritin} {mhla_dr}");
        assert_eq!(class.single(), <[_; 1]>::try_from(expected).ok().map(|[only]| only), "{ferritin} {mhla_dr}");
    }
}

#[test]
fn r110_endpoints_and_sepsis_3_as_published() {
    for (endpoint, last) in [(&IMMUNOSEP_DAY9, 9), (&IMMUNOSEP_DAY15, 15)] {
        assert_eq!((endpoint.first, endpoint.last, endpoint.fall_tenths, endpoint.after_death), (1, last, 14, 24));
        assert_eq!((endpoint.gap, endpoint.rules), (Gap::Carry, SOFA_1996.id()));
    }
    let lactate = |text| SEPSIS_3.lactate.met(Reading::read(text).unwrap());
    assert_eq!(["1.9999", "2", "2.0001"].map(lactate), [Met::No, Met::No, Met::Yes]);
    assert_eq!(SEPSIS_3.rise, 2);
}

#[test]
fn r025_citations_carry_the_doi() {
    assert!(source(SOFA_1996.id()).unwrap().citation.contains("10.1007/BF01709751"));
    static LOCAL_ROWS: SofaRows = SofaRows { unsupported: 4, ..*SOFA_1996.rows() };
    static LOCAL: SofaRules = SofaRules::new(&LOCAL_ROWS);
    let local = LOCAL;
    assert_eq!(source(local.id()), None);
    assert!(source(IMMUNOSEP.id()).unwrap().citation.contains("10.1001/jama.2025.24175"));
}

const DOSE: &[&str] = &["ug/kg/min", "ug/min"];
const ANY_RATE: &[&str] = &["ug/kg/min", "ug/min", "[U]/h"];

/// The replay format's table: items, their units (none: the value is a word or a flag), a value.
#[rustfmt::skip]
const CHARTED: &[(&[&str], &[&str], &str)] = &[
    (&["pao2"], &["mm[Hg]", "kPa"], "10"),
    (&["fio2"], &["%", "1"], ""),
    (&["spo2", "mhla_dr_positive", "lymphocytes_fraction"], &["%"], "97"),
    (&["platelets"], &["10*9/L", "10*3/uL"], "90"),
    (&["bilirubin", "creatinine"], &["mg/dL", "umol/L"], "3"),
    (&["map", "sbp"], &["mm[Hg]"], "65"),
    (&["respiratory_rate"], &["/min"], "20"),
    (&["gcs", "gcs_motor"], &["{score}"], "5"),
    (&["urine"], &["mL"], "100"),
    (&["weight"], &["kg"], "80"),
    (&["potassium", "bicarbonate", "lactate"], &["mmol/L"], "4"),
    (&["ph"], &["[pH]"], "7.2"),
    (&["ferritin"], &["ng/mL", "ug/L"], "4421"),
    (&["mhla_dr"], &["{AB}/{cell}"], "5000"),
    (&["lymphocytes", "neutrophils", "nk_cells", "dendritic_cells", "b_cells", "t_cells"], &["10*9/L", "/uL"], "1"),
    (&["age"], &["a"], "18"),
    (&["hemoglobin"], &["g/dL", "g/L"], "9"),
    (&["norepinephrine", "epinephrine", "dopamine", "dobutamine"], DOSE, "0.08"),
    (&["vasopressin", "phenylephrine", "milrinone", "other_vasoactive"], ANY_RATE, "2"),
    (&["mechanical_circulatory_support", "rrt", "sedated", "delirium_drug", "ventilation_unavailable",
       "vasoactives_unavailable", "hypovolemia", "infection", "covid19", "emergency_admission", "death", "discharge"], &[], "1"),
    (&["support"], &[], "imv"),
    (&["first_dose"], &[], "anakinra"),
    (&["specimen"], &[], "undiluted"),
    (&["withdrawn"], &[], "mhla_dr"),
    (&["sepsis_classified", "icu_admission", "contraception", "lung_or_bloodstream_infection", "pyelonephritis",
       "intra_abdominal_infection", "meningitis", "skin_infection", "stage_iv_malignancy", "do_not_resuscitate",
       "contaminant_bacteremia", "consent_denied", "steroids", "tuberculosis", "hiv", "pregnancy", "immunodeficiency", "lupus",
       "multiple_sclerosis"], &[], "1"),
];

#[test]
fn r008_items_names_what_event_read_takes_and_nothing_else() {
    let all: BTreeSet<_> = CHARTED.iter().flat_map(|row| row.1).copied().chain(["", "furlong", "mg", "mmol"]).collect();
    for &(items, units, value) in CHARTED {
        for &item in items {
            let (_, named) = ITEMS.iter().find(|(name, _)| *name == item).unwrap_or_else(|| panic!("{item} is not in ITEMS"));
            match units {
                [] => assert_eq!(*named, ["none"], "{item}"),
                ANY_RATE => assert!(units.iter().all(|unit| named.concat().contains(unit)), "{item}"),
                _ => assert_eq!(*named, units, "{item}"),
            }
            for &unit in &all {
                let takes = if units.is_empty() { unit.is_empty() } else { units.contains(&unit) };
                let any_rate = units == ANY_RATE && (unit.ends_with("/min") || unit.ends_with("/h"));
                match Event::read(item, unit, value) {
                    Ok(_) => assert!(takes || any_rate, "{item} in {unit:?} is taken"),
                    Err(e) => assert!(!takes && !any_rate && e == Error::UnknownUnit, "{item} in {unit:?}: {e:?}"),
                }
            }
        }
    }
    let typed: BTreeSet<_> = CHARTED.iter().flat_map(|row| row.0).copied().collect();
    assert_eq!(ITEMS.iter().map(|(name, _)| *name).collect::<BTreeSet<_>>(), typed);
    assert_eq!(ITEMS.len(), typed.len(), "an item is listed twice");
    assert_eq!(Event::read("procalcitonin", "ng/mL", "1"), Err(Error::UnknownItem));
    assert_eq!(Event::read("ferritin", "pmol/L", "9932"), Err(Error::MolarFerritin));
}

#[test]
fn r010_every_infusion_flag_support_and_dose_is_chartable() {
    for infusion in Infusion::ALL {
        assert!(ITEMS.iter().any(|(name, _)| *name == infusion.name()), "{infusion:?}");
        assert!(matches!(Event::read(infusion.name(), "ug/min", "1"), Ok(Event::Infusion(read, _)) if read == *infusion));
    }
    for flag in Flag::ALL {
        assert!(ITEMS.iter().any(|(name, _)| *name == flag.name()), "{flag:?}");
        assert_eq!(Event::read(flag.name(), "", "1"), Ok(Event::Flag(*flag, true)));
        assert_eq!(Event::read(flag.name(), "", "0"), Ok(Event::Flag(*flag, false)));
        assert_eq!(Event::read(flag.name(), "", ""), Err(Error::NotAFlag));
    }
    for support in Support::ALL {
        assert_eq!(Event::read("support", "", support.name()), Ok(Event::Support(*support)));
    }
    for dose in Dose::ALL {
        assert_eq!(Event::read("first_dose", "", dose.name()), Ok(Event::FirstDose(*dose)));
    }
    for remark in Remark::ALL {
        assert_eq!(Event::read("specimen", "", remark.name()), Ok(Event::Specimen(*remark)));
    }
    for marker in Marker::ALL {
        assert_eq!(Event::read("withdrawn", "", marker.name()), Ok(Event::Withdrawn(*marker)));
    }
    // A criterion that is decided from what is charted is not charted itself.
    for criterion in Criterion::ALL {
        let read = ["0", "1", "2"].map(|value| Event::read(criterion.name(), "", value));
        let expected = match criterion.is_charted() {
            true => [Ok(Event::Criterion(*criterion, false)), Ok(Event::Criterion(*criterion, true)), Err(Error::NotAFlag)],
            false => [Err(Error::UnknownItem); 3],
        };
        assert_eq!(read, expected, "{criterion:?}");
    }
    for once in ["death", "discharge", "sepsis_classified", "icu_admission"] {
        assert_eq!(["0", ""].map(|value| Event::read(once, "", value)), [Err(Error::NotOne); 2]);
    }
}

#[test]
fn r004_a_value_outside_its_reportable_range_is_refused() {
    // The least and the most that are taken, and a value beyond either.
    let ranges = [
        ("fio2", "%", "15", "100", "14.9999", "100.0001"),
        ("fio2", "1", "0.15", "1", "0.149999999", "1.000000001"),
        ("gcs", "{score}", "3", "15", "2", "16"),
        ("gcs_motor", "{score}", "1", "6", "0", "7"),
        ("spo2", "%", "0", "100", "-1", "100.0001"),
        ("mhla_dr_positive", "%", "0", "100", "-1", "100.0001"),
        ("lymphocytes_fraction", "%", "0", "100", "-1", "100.0001"),
    ];
    for (item, unit, least, most, below, above) in ranges {
        assert_eq!([least, most].map(|x| Event::read(item, unit, x).is_ok()), [true; 2], "{item} {unit}");
        for value in [below.to_string(), above.to_string(), format!("<{below}"), format!("{most}..{above}")] {
            let error = Event::read(item, unit, &value).unwrap_err();
            assert_eq!(error, if value.contains('-') { Error::Sign } else { Error::OutOfRange }, "{item} {value} {unit}");
        }
    }
    assert_eq!(Event::read("gcs", "{score}", "13.5"), Err(Error::NotWhole));
}

#[test]
fn r009_two_units_of_one_item_are_the_same_amount_where_the_factor_is_exact() {
    let same = [
        ("fio2", "%", "40", "1", "0.4"),
        ("fio2", "%", "21.001", "1", "0.21001"),
        ("fio2", "%", "21.0001", "1", "0.210001"),
        ("fio2", "%", ">= 60", "1", ">= 0.6"),
        ("platelets", "10*9/L", "90.5", "10*3/uL", "90.5"),
        ("ferritin", "ng/mL", "> 4420", "ug/L", "> 4420"),
        ("lymphocytes", "10*9/L", "0.9", "/uL", "900"),
        ("neutrophils", "10*9/L", "1.5", "/uL", "1500"),
        ("hemoglobin", "g/dL", "9.5", "g/L", "95"),
    ];
    for (item, unit, value, other, converted) in same {
        assert_eq!(Event::read(item, unit, value), Event::read(item, other, converted), "{item} {value} {unit}");
    }
    assert_ne!(Event::read("creatinine", "mg/dL", "3"), Event::read("creatinine", "umol/L", "3"));
}

/// Why a rule is refused: what a `const` of it does not compile with.
fn why<T>(rule: impl FnOnce() -> T + UnwindSafe) -> &'static str {
    let refused = catch_unwind(|| drop(rule())).expect_err("the rule is taken");
    refused.downcast_ref::<&str>().unwrap()
}

#[test]
fn a_rule_that_is_none_is_refused_and_says_why() {
    fn row<Q: Quantity>(words: [&'static str; 4], expected: &str) {
        assert_eq!(why(|| Cutoffs::<Q>::new(words)), expected, "{words:?}");
    }
    fn cutoff<Q: Quantity>(words: &'static str, expected: &str) {
        assert_eq!(why(|| Cutoff::<Q>::new(words)), expected, "{words}");
    }
    const FIRST: &str = "the first cut-off is <, <=, > or >= and a reportable amount on a tick";
    const ANY: &str = "a cut-off is <, <=, > or >= and a reportable amount on a tick";
    const SORTED: &str = "the cut-offs of a row are sorted, the mildest first";
    for first in ["150", "= 150", "never", "< 150.0005", "< 150 mm", "< -1", "< 10001", "<", ""] {
        row::<Platelets>([first, "< 100", "< 50", "< 20"], FIRST);
    }
    row::<Platelets>(["< 150", "100", "< 50", "< 20"], "a cut-off is <, <=, > or >= and a reportable amount on a tick, or never");
    row::<Platelets>(["< 150", "> 100", "< 50", "< 20"], "all cut-offs of a row point in one direction");
    row::<Platelets>(["< 100", "< 150", "< 50", "< 20"], SORTED);
    row::<Platelets>(["< 150", "< 50", "< 100", "< 20"], SORTED);
    row::<Platelets>(["< 150", "< 100", "< 20", "< 50"], SORTED);
    row::<Platelets>(["< 150", "never", "< 50", "< 20"], SORTED);
    row::<Platelets>(["< 0", "never", "never", "never"], "the mildest cut-off of a falling row lies above 0");
    row::<DoseRate>(["> 0.05", "never", "never", "never"], "the cut-off of a rate lies on a tenth");
    row::<DoseRate>(["> 0", "> 0", "> 5", "> 108"], "the cut-off times the largest weight is too large");
    for words in ["5000", "< 5000.0005", "> 5000 AB", "< 1000001", ""] {
        cutoff::<MhlaDr>(words, ANY);
    }
    cutoff::<MhlaDr>("< 0", "no amount lies below 0");

    const BAND: &str = "the absolute part is an amount of the reportable range";
    assert_eq!(why(|| Imprecision::<Map>::new(0, Amount::Units(501), 200)), BAND);
    assert_eq!(why(|| Imprecision::<Map>::new(0, Amount::Ticks(500_001), 200)), BAND);
    assert_eq!(why(|| Imprecision::<Map>::new(500, Amount::Ticks(0), 200)), "the guard band is narrower than the value");
    let guarded = |cutoff: Cutoff<MhlaDr>| cutoff.guarded(Imprecision::new(80, Amount::Ticks(0), 200));
    assert_eq!(why(|| guarded(guarded(Cutoff::new("< 5000")))), "a cut-off has one guard band");

    for reads in [[499, 1_000], [1_001, 1_000], [1_000, 2_001]] {
        assert_eq!(why(|| Method::new(reads, Evidence::I)), "500 to 2000 per mille, the lower first", "{reads:?}");
    }
    assert_eq!(why(|| Restoration::new(101, Cutoff::new("> 8000"), Cutoff::new("< 4420"))), "per cent");
    for days in [[0, 1], [3, 2]] {
        let on_days = || OnDays::<MhlaDr>::new(Cutoff::new("< 8000"), days);
        assert_eq!(why(on_days), "days count from 1, the first one first", "{days:?}");
    }
    for (first, second) in [([0, 2], [5, 7]), ([2, 1], [5, 7]), ([1, 5], [5, 7]), ([1, 2], [7, 5])] {
        assert_eq!(why(|| Slope::new(first, second)), "days count from 1, in order", "{first:?} {second:?}");
    }
    for (percent, day) in [(101, 1), (20, 0)] {
        assert_eq!(why(|| Stays::new(percent, day)), "per cent, and a day that counts from 1");
    }
    assert_eq!(why(|| UrineSpan::new("> 0.5", 360, 1)), "urine is scored below a cut-off");
    for rate in ["<= 0.5", "< 0.7"] {
        assert_eq!(why(|| UrineSpan::new(rate, 360, 1)), "< and a divisor of 30 mL/kg/h", "{rate}");
    }
    static FIVE: SofaRows = SofaRows { unsupported: 5, ..*SOFA_1996.rows() };
    assert_eq!(why(|| SofaRules::new(&FIVE)), "at most 4 points without support");
    assert_eq!(why(|| SofaRules::second(&FIVE, &SOFA_2_MORE)), "at most 4 points without support");
}

#[test]
fn a_rule_says_what_it_was_made_of() {
    fn taken<Q: Quantity>(words: &'static str) {
        assert_eq!(Cutoff::<Q>::read(words), Ok(Cutoff::new(words)), "{words}");
    }
    for words in ["< 5000", "<= 5000", "> 4420", ">= 4420", "> 0", "<= 0"] {
        taken::<MhlaDr>(words);
    }
    for words in ["< 0", "5000", "< 5000.0005", "never", ""] {
        assert_eq!(Cutoff::<MhlaDr>::read(words), Err(Error::NotACutoff), "{words}");
    }
    let cutoff = Cutoff::<MhlaDr>::new("< 8000");
    for (apart, second_from) in [(Apart::Minutes(2_880), Some(4_320)), (Apart::NextDay, None)] {
        let twice = Twice::new(cutoff, apart, second_from);
        assert_eq!((twice.cutoff(), twice.apart(), twice.second_from()), (cutoff, apart, second_from));
    }
    let on_days = OnDays::new(cutoff, [5, 7]);
    assert_eq!((on_days.cutoff(), on_days.days()), (cutoff, [5, 7]));
    assert_eq!(Slope::new([1, 2], [3, 5]).days(), [[1, 2], [3, 5]]);
    assert_eq!(Stays::new(20, 7).percent_by_day(), [20, 7]);
    let restoration = Restoration::new(15, Cutoff::new("> 8000"), Cutoff::new("< 4420"));
    assert_eq!((restoration.percent(), restoration.cutoffs()), (15, (Cutoff::new("< 4420"), Cutoff::new("> 8000"))));
    let method = Method::new([900, 1_100], Evidence::I);
    assert_eq!((method.reads(), method.evidence()), ([900, 1_100], Evidence::I));
    assert_eq!(Criteria::new(*IMMUNOSEP.rows()), IMMUNOSEP);
    assert_eq!(UrineSpan::new("< 0.5", 360, 1), SOFA_2_MORE.urine[0]);
    // No urine at all, whatever the weight.
    let anuria = UrineSpan::new("<= 0", 720, 3);
    let met = |urine: &str| anuria.met(Reading::read(urine).unwrap(), 720, Reading::read("60").unwrap());
    assert_eq!(["0", "1", "0..1"].map(met), [Met::Yes, Met::No, Met::Unknown]);
    let own = Reference::<Map>::new(Amount::Units(60), Amount::Units(100));
    assert_eq!(own.map(|own| own.interval()), Reading::read("60..100"));
    assert_eq!(Reference::<Map>::new(Amount::Units(100), Amount::Units(60)), Err(Error::Backwards));
    assert_eq!(SOFA_1996.rows().map.edges(), [Some([140_000, 139_999]), None, None, None]);
    assert_eq!(source(SEPSIS_3.id()).map(|source| source.name), Some("sepsis-3"));
    // A rule set is its rows: of the same rows it is the same one.
    assert_eq!(SofaRules::new(SOFA_1996.rows()), SOFA_1996);
    assert!(format!("{SOFA_1996:?}").contains("code: Code"));
}

/// A rate by itself, in the row's own steps.
#[test]
fn rates_by_their_row() {
    let points = |row: &Cutoffs<DoseRate>, rate: &str| row.points(Reading::read(rate).unwrap()).ends();
    let dopamine = &SOFA_1996.rows().dopamine;
    for (rate, expected) in [("0", [0, 0]), ("0..5", [0, 2]), ("5", [2, 2]), ("5.0000001", [3, 3]), ("15.1", [4, 4])] {
        assert_eq!(points(dopamine, rate), expected, "{rate}");
    }
    // Of a row that a drug which is off reaches, too.
    let from_0 = Cutoffs::new([">= 0", "> 0", "never", "never"]);
    assert_eq!(["0", "0..1", "1"].map(|rate| points(&from_0, rate)), [[1, 1], [1, 2], [2, 2]]);
}

/// Sets as bits, and back; what is none, or beyond them.
#[test]
fn sets_of_points_and_totals() {
    for bits in 0..=u8::MAX {
        let points = Points::from_bits(bits);
        assert_eq!(points.map(Points::bits), (1..32).contains(&bits).then_some(bits));
    }
    for (bits, some) in [(0, false), (1, true), (1 << 24, true), ((1 << 25) - 1, true), (1 << 25, false), (u32::MAX, false)] {
        assert_eq!(Total::from_bits(bits).map(Total::bits), some.then_some(bits));
    }
    assert_eq!([4, 5, 200].map(|points| Points::ALL.contains(points)), [true, false, false]);
    assert_eq!([24, 25, 200].map(|total| Total::ALL.contains(total)), [true, false, false]);
    assert_eq!([Points::span(1, 2), Points::only(2)].map(Points::single), [None, Some(2)]);
    assert_eq!([0b110, 0b100].map(|bits| Total::from_bits(bits).unwrap().single()), [None, Some(2)]);
}

/// What two measurements of an organ come to.
#[test]
fn the_worse_of_an_organs_two() {
    let (only, all) = (Points::only, Points::ALL);
    for (map, infusions, expected) in [
        (None, only(0), Points::span(0, 1)),
        (None, only(3), only(3)),
        (Some(only(1)), only(0), only(1)),
        (Some(only(0)), only(4), only(4)),
    ] {
        assert_eq!(SOFA_1996.cardiovascular(map, infusions), expected);
    }
    for (creatinine, urine, expected) in [
        (None, None, all),
        (Some(only(2)), None, Points::span(2, 4)),
        (None, Some(only(3)), Points::span(3, 4)),
        (Some(only(2)), Some(only(3)), only(3)),
    ] {
        assert_eq!(SOFA_1996.renal(creatinine, urine), expected);
    }
    let rate = |text| Rate::ByWeight(Reading::read(text).unwrap());
    let drugs = [(Infusion::Norepinephrine, rate("0.1")), (Infusion::Dopamine, rate("16"))];
    assert_eq!(SOFA_1996.infusions(&drugs, Reading::UNKNOWN), only(4));
    assert_eq!(SOFA_1996.infusions(&drugs[..1], Reading::UNKNOWN), only(3));
    let spo2 = Gas::SpO2(Reading::read("90").unwrap());
    assert_eq!(SOFA_1996.respiration(spo2, Reading::read("40").unwrap(), Some(Support::Imv)), all);
}

#[test]
fn names_as_they_are_printed() {
    let organs = ["respiration", "coagulation", "liver", "cardiovascular", "brain", "renal"];
    assert_eq!(Organ::ALL.map(Organ::name), organs);
    let needs = [Need::Nothing, Need::Sample, Need::Repeat, Need::Dilution, Need::FirstDose, Need::Entry, Need::Origin];
    assert_eq!(needs.map(Need::name), ["nothing", "sample", "repeat", "dilution", "first dose", "entry", "origin"]);
    for (item, name) in [
        (Item::PaO2, "pao2"),
        (Item::SpO2, "spo2"),
        (Item::Ecmo, "support"),
        (Item::Platelets, "platelets"),
        (Item::Bilirubin, "bilirubin"),
        (Item::Map, "map"),
        (Item::Infusion(Infusion::Milrinone), "milrinone"),
        (Item::MechanicalSupport, "mechanical_circulatory_support"),
        (Item::Circulation, "circulation"),
        (Item::Gcs, "gcs"),
        (Item::GcsMotor, "gcs_motor"),
        (Item::DeliriumDrug, "delirium_drug"),
        (Item::Creatinine, "creatinine"),
        (Item::Urine, "urine"),
        (Item::Rrt, "rrt"),
        (Item::RrtCriteria, "rrt criteria"),
    ] {
        assert_eq!(item.name(), name);
    }
}

/// Ferritin, HLA-DR; each criterion by itself.
#[test]
fn each_criterion_of_a_class() {
    for (ferritin, mhla_dr, expected) in [
        ("4420", "", [Met::No, Met::Unknown]),
        ("4421", "", [Met::Yes, Met::Unknown]),
        ("", "4999", [Met::Unknown, Met::Yes]),
        ("", "5000", [Met::Unknown, Met::No]),
        ("", "", [Met::Unknown, Met::Unknown]),
    ] {
        let class = IMMUNOSEP.classify(Reading::read(ferritin).unwrap(), Reading::read(mhla_dr).unwrap());
        assert_eq!([class.hyperinflammation(), class.immunoparalysis()], expected, "{ferritin}, {mhla_dr}");
    }
}
