//! Every number of the header, from the Rust that it stands for.

use endotype::published::*;
use endotype::quantity::TABLE;
use endotype::*;
use endotype_c::{course, event, immune, names, numbers, state, status};

/// `StageIvMalignancy` as `STAGE_IV_MALIGNANCY`.
fn screaming(camel: &str) -> String {
    let camel = camel.replace("PaO2", "Pao2").replace("SpO2", "Spo2");
    let letters: Vec<char> = camel.chars().take_while(|c| c.is_alphanumeric()).collect();
    let mut out = String::new();
    for (at, c) in letters.iter().enumerate() {
        let follows = |by: fn(&char) -> bool| letters.get(at + 1).is_some_and(by);
        let begins = at > 0 && c.is_uppercase() && (!letters[at - 1].is_uppercase() || follows(|c| c.is_lowercase()));
        out.extend(begins.then_some('_'));
        out.extend(c.to_uppercase());
    }
    out
}

/// An item's name, and the unit where it has a column of its own.
fn row_name(item: &str, unit: &str) -> String {
    let mut name = String::new();
    for c in item.chars() {
        match c {
            c if c.is_ascii_alphanumeric() => name.extend(c.to_uppercase()),
            _ if name.ends_with('_') => {}
            _ => name.push('_'),
        }
    }
    match unit {
        "kPa" => name + "_KPA",
        "umol/L" => name + "_SI",
        _ => name,
    }
}

/// The number that Rust has for each, which is also its place in the list by which a number is read.
macro_rules! of {
    ($all:expr, $prefix:literal, $list:expr) => {
        for (n, one) in $list.iter().enumerate() {
            assert_eq!(*one as usize, n, "{one:?}");
            $all.push((format!("ENDO_{}_{}", $prefix, screaming(&format!("{one:?}"))), *one as i64));
        }
    };
}

pub fn expected() -> Vec<(String, i64)> {
    let mut all: Vec<(String, i64)> = Vec::new();
    let one = |all: &mut Vec<(String, i64)>, name: &str, value: i64| all.push((format!("ENDO_{name}"), value));
    let version: Vec<i64> = env!("CARGO_PKG_VERSION").split('.').map(|part| part.parse().unwrap()).collect();
    for (name, number) in ["MAJOR", "MINOR", "PATCH"].iter().zip(&version) {
        one(&mut all, &format!("VERSION_{name}"), *number);
    }
    one(&mut all, "VERSION", i64::from(state::VERSION));
    one(&mut all, "OK", 0);
    // The list is whole: `Error` can not be listed by a macro from here.
    let rust = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../src/error.rs")).unwrap();
    let codes = rust.lines().filter(|line| line.ends_with("\";"));
    assert_eq!(codes.count(), names::ERRORS.len());
    for error in names::ERRORS {
        one(&mut all, &format!("E_{}", screaming(&format!("{error:?}"))), i64::from(error.code()));
    }
    let ours = ["NULL", "NUMBER", "QUANTITY", "STATE", "SIZE", "SET", "SETTING", "NO_SUCH"];
    for (name, (refused, _)) in ours.iter().zip(status::Refused::ALL) {
        one(&mut all, &format!("E_{name}"), i64::from(refused.0));
    }
    for (n, row) in TABLE.iter().enumerate() {
        one(&mut all, &format!("Q_{}", row_name(row.name, row.unit)), n as i64);
        one(&mut all, &format!("TICKS_{}", row_name(row.name, row.unit)), i64::from(row.ticks));
    }
    of!(all, "SCALE", &numbers::SCALE);
    of!(all, "MET", &numbers::MET);
    of!(all, "CLASS", &Endotype::ALL);
    of!(all, "NEED", &numbers::NEED);
    of!(all, "ORGAN", &Organ::ALL);
    // An infusion carries its drug, so that items are no numbers in Rust.
    for (n, item) in numbers::ITEM.iter().enumerate() {
        one(&mut all, &format!("ITEM_{}", screaming(&format!("{item:?}"))), n as i64);
    }
    of!(all, "SUPPORT", Support::ALL);
    of!(all, "DRUG", Infusion::ALL);
    of!(all, "SALT", &numbers::SALT);
    of!(all, "FLAG", Flag::ALL);
    of!(all, "DOSE", Dose::ALL);
    of!(all, "REMARK", Remark::ALL);
    one(&mut all, "REMARK_FELL", Remark::ALL.len() as i64);
    of!(all, "MARKER", Marker::ALL);
    of!(all, "CRITERION", Criterion::ALL);
    of!(all, "COUNTS", &numbers::KIND);
    for (n, name) in event::EVENT.iter().enumerate() {
        one(&mut all, &format!("EVENT_{}", screaming(name)), n as i64);
    }
    for (n, name) in names::NAMES.iter().enumerate() {
        one(&mut all, &format!("NAMES_{}", screaming(name)), n as i64);
    }
    of!(all, "MISSING", &numbers::MISSING);
    of!(all, "INFUSIONS", &numbers::INFUSIONS);
    of!(all, "END", &numbers::END);
    of!(all, "GAP", &numbers::GAP);
    of!(all, "BIAS", &numbers::BIAS);
    of!(all, "TREND", &numbers::TREND);
    of!(all, "FILED", &numbers::FILED);
    of!(all, "LEVEL", &numbers::LEVEL);
    of!(all, "EVIDENCE", &numbers::EVIDENCE);
    for (n, name) in ["MEISEL", "PERSISTENT", "SLOPE", "IRIS_7", "DREWRY", "KYRIAZOPOULOU"].iter().enumerate() {
        one(&mut all, &format!("RULE_{name}"), n as i64);
    }
    for (n, name) in ["DAY9", "DAY15"].iter().enumerate() {
        one(&mut all, &format!("IMMUNOSEP_{name}"), n as i64);
    }
    one(&mut all, "UNITS", 0);
    one(&mut all, "TICKS", 1);
    one(&mut all, "NONE", i64::from(numbers::NONE));
    one(&mut all, "NO_MINUTE", i64::from(numbers::NO_MINUTE));
    one(&mut all, "LAST_MINUTE", i64::from(Window::LAST_MINUTE));
    one(&mut all, "DAY_MINUTES", i64::from(Window::new(&SOFA_1996).day_end()));
    one(&mut all, "TEXT_MOST", endotype_c::text::MOST as i64);
    one(&mut all, "COURSE_DAYS", course::DAYS as i64);
    one(&mut all, "IMMUNE_SAMPLES", immune::SAMPLES as i64);
    one(&mut all, "SERIES_SAMPLES", immune::SERIES as i64);
    one(&mut all, "SNAPSHOT_MOST", endotype_c::keep::MOST as i64);
    one(&mut all, "KEY", endotype_c::keep::KEY as i64);
    one(&mut all, "RECEIPT_MOST", endotype_c::keep::RECEIPT as i64);
    for (n, name) in endotype_c::keep::RECEIPTS.iter().enumerate() {
        one(&mut all, &format!("RECEIPT_{}", screaming(name)), n as i64 + 1);
    }
    one(&mut all, "DRUGS", Infusion::ALL.len() as i64);
    one(&mut all, "ORGANS", Organ::ALL.len() as i64);
    published(&mut all);
    all
}

/// The published cut-offs in half-ticks: the first value that passes.
fn published(all: &mut Vec<(String, i64)>) {
    for (edition, rules) in [("SOFA_1996", &SOFA_1996), ("SOFA_2", &SOFA_2)] {
        for edge in edges(rules) {
            let name = format!("ENDO_{edition}_{}_{}", row_name(edge.item, edge.unit), edge.points[1]);
            all.push((name, i64::from(edge.first)));
        }
        all.push((format!("ENDO_{edition}_ID"), i64::from(rules.id().number())));
    }
    let mut one = |name: &str, value: i64| all.push((format!("ENDO_{name}"), value));
    one("SOFA_2_SPO2", i64::from(SOFA_2_MORE.spo2.edge()[1]));
    let rows = IMMUNOSEP.rows();
    one("IMMUNOSEP_FERRITIN", i64::from(rows.ferritin.edge()[1]));
    one("IMMUNOSEP_MHLA_DR", i64::from(rows.mhla_dr.edge()[1]));
    one("IMMUNOSEP_ID", i64::from(IMMUNOSEP.id().number()));
    for (n, edge) in MHLA_DR_STAGES.edges().iter().flatten().enumerate() {
        one(&format!("MHLA_DR_STAGE_{}", n + 1), i64::from(edge[1]));
    }
    let (ferritin, mhla_dr) = RESTORATION.cutoffs();
    one("RESTORATION_PERCENT", i64::from(RESTORATION.percent()));
    one("RESTORATION_FERRITIN", i64::from(ferritin.edge()[1]));
    one("RESTORATION_MHLA_DR", i64::from(mhla_dr.edge()[1]));
    one("LYON_MHLA_DR", i64::from(LYON.edge()[1]));
    one("MEISEL_MHLA_DR", i64::from(MEISEL.cutoff().edge()[1]));
    one("PERSISTENT_MHLA_DR", i64::from(PERSISTENT.cutoff().edge()[1]));
    one("IRIS_7_LYMPHOCYTES", i64::from(IRIS_7.cutoff().edge()[1]));
    one("DREWRY_LYMPHOCYTES", i64::from(DREWRY.cutoff().edge()[1]));
    one("KYRIAZOPOULOU_PERCENT", i64::from(KYRIAZOPOULOU.percent_by_day()[0]));
    one("SEPSIS_3_RISE", i64::from(SEPSIS_3.rise));
    const SEPSIS: RuleId = SEPSIS_3.id();
    one("SEPSIS_3_ID", i64::from(SEPSIS.number()));
    one("SEPSIS_3_LACTATE", i64::from(SEPSIS_3.lactate.edge()[1]));
    one("QSOFA_RESPIRATORY_RATE", i64::from(QSOFA.respiratory_rate.edge()[1]));
    one("QSOFA_GCS", i64::from(QSOFA.gcs.edge()[1]));
    one("QSOFA_SBP", i64::from(QSOFA.sbp.edge()[1]));
    one("QSOFA_POSITIVE", i64::from(QSOFA.positive));
    for (name, endpoint) in [("DAY9", &IMMUNOSEP_DAY9), ("DAY15", &IMMUNOSEP_DAY15)] {
        one(&format!("IMMUNOSEP_{name}_LAST"), i64::from(endpoint.last));
        one(&format!("IMMUNOSEP_{name}_FALL_TENTHS"), i64::from(endpoint.fall_tenths));
        one(&format!("IMMUNOSEP_{name}_AFTER_DEATH"), i64::from(endpoint.after_death));
    }
    one("TRIAL_AGE", i64::from(IMMUNOSEP_TRIAL.age.edge()[1]));
    one("TRIAL_NEUTROPHILS", i64::from(IMMUNOSEP_TRIAL.neutrophils.edge()[1]));
    one("TRIAL_WITHIN", i64::from(IMMUNOSEP_TRIAL.within));
    one("STAIN_TIME_MOST", i64::from(STAIN_TIME.most));
    one("LYSE_NO_WASH_LEAST", i64::from(LYSE_NO_WASH.reads()[0]));
    one("LYSE_NO_WASH_MOST", i64::from(LYSE_NO_WASH.reads()[1]));
}
