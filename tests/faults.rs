//! What went wrong in other programs, one test a public thread.
//!
//! AmsterdamUMC/AmsterdamUMCdb#36, liver points computed from platelets, does not compile here: see the `compile_fail` example
//! of `Cutoffs`.

use endotype::Amount::Ticks;
use endotype::published::SOFA_1996;
use endotype::quantity::{Platelets, TABLE};
use endotype::{Carried, Error, Event, Gas, How, ITEMS, Infusion, Met, Missing, Organ, Points, Rate, Reading, Support, Window};

/// A window of day 1 after `minute item unit value` lines.
fn charted(lines: &[(u32, &str, &str, &str)]) -> Window {
    let mut window = Window::new(&SOFA_1996);
    for &(minute, item, unit, value) in lines {
        window.push(&SOFA_1996, minute, &Event::read(item, unit, value).unwrap()).unwrap();
    }
    window
}

/// An organ's ends at the end of day 1.
fn closed(organ: Organ, lines: &[(u32, &str, &str, &str)]) -> [u8; 2] {
    let day = charted(lines).close_day(&SOFA_1996).unwrap();
    day.score(&SOFA_1996, How::DEFAULT, Carried::NONE).sofa().organ(organ).ends()
}

fn one(item: &str, unit: &str, value: &str) -> [u8; 2] {
    let organ = match item {
        "platelets" => Organ::Coagulation,
        "bilirubin" => Organ::Liver,
        "map" => Organ::Cardiovascular,
        "gcs" => Organ::Brain,
        _ => Organ::Renal,
    };
    // Enough urine, so that creatinine decides.
    closed(organ, &[(5, "urine", "mL", "2000"), (10, item, unit, value)])
}

#[test]
fn r034_amsterdamumcdb_66_platelets_50_to_100_scored_3() {
    for tick in 50_000..100_000 {
        let platelets = Reading::<Platelets>::exact(Ticks(tick)).unwrap();
        assert_eq!(SOFA_1996.rows().platelets.points(platelets).single(), Some(2), "{tick} thousandths");
    }
    assert_eq!(["50", "75", "99.9"].map(|x| one("platelets", "10*9/L", x)), [[2, 2]; 3]);
}

#[test]
fn r035_common_clinical_models_287_bilirubin_exactly_12_in_no_interval() {
    assert_eq!(one("bilirubin", "mg/dL", "12"), [4, 4]);
    assert_eq!(one("bilirubin", "mg/dL", "12.0"), [4, 4]);
    assert_eq!(one("bilirubin", "mg/dL", "11.9"), [3, 3]);
    assert_eq!(one("creatinine", "mg/dL", "5.0"), [4, 4]);
}

#[test]
fn r035_mimic_code_583_a_value_between_two_printed_steps_in_no_interval() {
    #[rustfmt::skip]
    let between = [
        ("bilirubin", "mg/dL", "1.95", 1), ("bilirubin", "mg/dL", "5.95", 2), ("bilirubin", "mg/dL", "11.95", 3),
        ("bilirubin", "umol/L", "32.5", 1), ("bilirubin", "umol/L", "101.5", 2), ("bilirubin", "umol/L", "204.5", 4),
        ("creatinine", "mg/dL", "1.95", 1), ("creatinine", "mg/dL", "3.45", 2), ("creatinine", "mg/dL", "4.95", 3),
        ("creatinine", "umol/L", "170.5", 1), ("creatinine", "umol/L", "299.5", 2), ("creatinine", "umol/L", "440.5", 4),
    ];
    for (item, unit, value, points) in between {
        assert_eq!(one(item, unit, value), [points, points], "{item} {value} {unit}");
    }
}

#[test]
fn r080_eicu_code_75_lowest_pao2_over_highest_fio2() {
    // P/F 450 at 100 %, then 381 at 21 %: 1 point. The lowest PaO2 over the highest FiO2 would be P/F 80: 4 points.
    let lines = [
        (0, "support", "", "imv"),
        (0, "fio2", "%", "100"),
        (10, "pao2", "mm[Hg]", "450"),
        (300, "fio2", "%", "21"),
        (310, "pao2", "mm[Hg]", "80"),
    ];
    assert_eq!(closed(Organ::Respiration, &lines), [1, 1]);
    // A gas whose own FiO2 is not known is not paired with another's.
    let late = [lines[0], lines[1], (310, "map", "mm[Hg]", "80"), (100, "pao2", "mm[Hg]", "80")];
    assert_eq!(closed(Organ::Respiration, &late), [1, 4]);
    // Nor does a paired one, P/F 250 and 2 points, hide it.
    let both = [lines[0], lines[1], (10, "pao2", "mm[Hg]", "250"), late[2], late[3]];
    assert_eq!(closed(Organ::Respiration, &both), [2, 4]);
}

#[test]
fn r040_eicu_code_75_dose_divided_by_a_fixed_80_kg() {
    let dose = |weight: &'static str| {
        let mut lines = vec![(0, "map", "mm[Hg]", "80")];
        lines.extend((!weight.is_empty()).then_some((0, "weight", "kg", weight)));
        lines.push((0, "norepinephrine", "ug/min", "6"));
        closed(Organ::Cardiovascular, &lines)
    };
    // 0.12, 0.1, 0.075 ug/kg/min; an unknown weight is not 80 kg.
    assert_eq!([dose("50"), dose("60"), dose("80"), dose("")], [[4, 4], [3, 3], [3, 3], [3, 4]]);
}

#[test]
fn r087_eicu_code_85_minus_1_for_missing_counted_as_normal() {
    let mut refused = 0;
    for &(item, units) in ITEMS {
        for &unit in units.iter().filter(|unit| Event::read(item, unit, "").is_ok()) {
            assert_eq!(Event::read(item, unit, "-1"), Err(Error::Sign), "{item} {unit}");
            refused += 1;
        }
    }
    assert!(refused >= 35, "{refused} item and unit pairs");
}

#[test]
fn r087_mimic_code_1762_1795_and_m4_41_missing_silently_normal() {
    let day = Window::new(&SOFA_1996).close_day(&SOFA_1996).unwrap();
    let open = day.score(&SOFA_1996, How::DEFAULT, Carried::NONE);
    let ends = Organ::ALL.map(|organ| open.sofa().organ(organ).ends());
    assert_eq!(ends, [[0, 4], [0, 4], [0, 4], [0, 1], [0, 4], [0, 4]]);
    assert_eq!((open.total().ends(), open.assumed()), ([0, 21], 0));
    // Taken as normal on demand, and then counted.
    let normal = day.score(&SOFA_1996, How { missing: Missing::Normal, ..How::DEFAULT }, Carried::NONE);
    assert_eq!((normal.total().ends(), normal.assumed()), ([0, 0], 6));
    // Charted without a value is missing, too.
    for (organ, item, unit) in [(Organ::Coagulation, "platelets", "10*9/L"), (Organ::Liver, "bilirubin", "mg/dL")] {
        assert_eq!(closed(organ, &[(10, item, unit, "")]), [0, 4], "{item}");
    }
}

#[test]
fn r033_mimic_code_664_ventilated_pf_of_250_scored_0() {
    for support in Support::ALL {
        let lines = [(0, "support", "", support.name()), (0, "fio2", "1", "0.4"), (9, "pao2", "mm[Hg]", "100")];
        assert_eq!(closed(Organ::Respiration, &lines), [2, 2], "{support:?}");
    }
}

#[test]
fn r005_sulo_11_less_than_140_stored_as_140_and_called_normal() {
    // 150 scores 0, below 150 at least 1; a lower limit of detection says nothing about 20.
    assert_eq!([one("platelets", "10*9/L", "150"), one("platelets", "10*9/L", "<150")], [[0, 0], [1, 4]]);
    assert_eq!([one("platelets", "10*9/L", "<140"), one("map", "mm[Hg]", "<70")], [[1, 4], [1, 1]]);
    assert_eq!([one("bilirubin", "mg/dL", "<1.2"), one("bilirubin", "mg/dL", ">12.0")], [[0, 0], [4, 4]]);
    assert_eq!([one("gcs", "{score}", "<15"), one("gcs", "{score}", ">14")], [[1, 4], [0, 0]]);
}

#[test]
fn r038_a_stopped_infusion_scored_3() {
    let map = (0, "map", "mm[Hg]", "80");
    let cardiovascular = |lines: &[_]| closed(Organ::Cardiovascular, &[&[map], lines].concat());
    for drug in ["norepinephrine", "epinephrine", "dopamine", "dobutamine"] {
        for unit in ["ug/kg/min", "ug/min"] {
            assert_eq!(cardiovascular(&[(0, drug, unit, "0")]), [0, 0], "{drug} {unit}");
            // Stopped before its first hour is over.
            assert_eq!(cardiovascular(&[(0, drug, unit, "0.5"), (59, drug, unit, "0")]), [0, 0], "{drug} {unit}");
        }
    }
    // The day after a stop knows nothing of the drug.
    let mut window = charted(&[map, (0, "norepinephrine", "ug/kg/min", "0.05"), (1_439, "norepinephrine", "ug/kg/min", "0")]);
    let points =
        |day: endotype::Day| day.score(&SOFA_1996, How::DEFAULT, Carried::NONE).sofa().organ(Organ::Cardiovascular).ends();
    assert_eq!([window.close_day(&SOFA_1996), window.close_day(&SOFA_1996)].map(|day| points(day.unwrap())), [[3, 3], [0, 1]]);
}

#[test]
fn r008_cgm_remote_monitor_5423_wrong_unit_factor_18() {
    // A unit that an item does not have is refused, never guessed; nor is one column converted into the other.
    for (item, unit) in
        [("creatinine", "mmol/L"), ("bilirubin", "mg/L"), ("lactate", "mg/dL"), ("platelets", "/uL"), ("pao2", "")]
    {
        assert_eq!(Event::read(item, unit, "5"), Err(Error::UnknownUnit), "{item} {unit}");
    }
    assert_eq!(Event::read("ferritin", "pmol/L", "9932"), Err(Error::MolarFerritin));
    // 171 umol/L is 1.93 mg/dL: each is scored in its own column.
    assert_eq!([one("creatinine", "umol/L", "171"), one("creatinine", "mg/dL", "1.93")], [[2, 2], [1, 1]]);
    // Swapped units are out of range or visible, here 90 umol/L reported as mg/dL.
    assert_eq!(Event::read("creatinine", "mg/dL", "171"), Err(Error::OutOfRange));
}

#[test]
fn r004_embedded_sgp_124_fixed_point_overflow_and_a_stuck_index() {
    // The largest of everything, and the smallest of what divides.
    let most = |quantity: &str| TABLE.iter().find(|row| row.name == quantity).unwrap().range[1].to_string();
    let (pao2, rate, weight) = (most("pao2"), most("rate"), most("weight"));
    assert_eq!([pao2.as_str(), &rate, &weight], ["1000", "100000", "1000"]);
    let kg = |text| Reading::read(text).unwrap();
    for (fio2, of_the_least) in [("15", [4, 4]), ("100", [4, 4]), (">99.999", [4, 4]), ("<15.001", [0, 4])] {
        let score = |gas| SOFA_1996.respiration(gas, Reading::read(fio2).unwrap(), Some(Support::Imv));
        assert_eq!(score(Gas::MmHg(Reading::read(&pao2).unwrap())), Points::only(0), "{fio2} %");
        assert_eq!(score(Gas::KPa(Reading::read("150").unwrap())), Points::only(0), "{fio2} %");
        assert_eq!(score(Gas::MmHg(Reading::read("0.001").unwrap())).ends(), of_the_least, "{fio2} %");
    }
    let fast = Rate::PerMinute(Reading::read(&rate).unwrap());
    let slow = Rate::PerMinute(Reading::read("0.001").unwrap());
    for drug in [Infusion::Norepinephrine, Infusion::Epinephrine, Infusion::Dopamine] {
        assert_eq!([kg("1"), kg(&weight)].map(|kg| SOFA_1996.infusion(drug, fast, kg)), [Points::only(4); 2], "{drug:?}");
        let least = if drug == Infusion::Dopamine { 2 } else { 3 };
        assert_eq!([kg("1"), kg(&weight)].map(|kg| SOFA_1996.infusion(drug, slow, kg)), [Points::only(least); 2], "{drug:?}");
    }
    // Digits without end, and a day's urine beyond 32 bits.
    assert_eq!(Reading::<Platelets>::read(&"9".repeat(400)), Err(Error::OutOfRange));
    assert_eq!(Reading::<Platelets>::read(&format!("{}149.{}", "0".repeat(400), "9".repeat(400))), Reading::read("149.9995"));
    let mut window = Window::new(&SOFA_1996);
    for minute in 0..1_440 {
        window.push(&SOFA_1996, minute, &Event::read("urine", "mL", "100000").unwrap()).unwrap();
    }
    let normal = How { missing: Missing::Normal, ..How::DEFAULT };
    for day in [window.so_far(&SOFA_1996), window.close_day(&SOFA_1996)] {
        assert_eq!(day.unwrap().score(&SOFA_1996, normal, Carried::NONE).sofa().organ(Organ::Renal), Points::only(0));
    }
}

#[test]
fn r091_embedded_sgp_124_ten_years_of_days() {
    let mut window = charted(&[(0, "norepinephrine", "ug/kg/min", "0.05"), (0, "infection", "", "1")]);
    for day in 1..=3_650 {
        assert_eq!(window.day(), day);
        let closed = window.close_day(&SOFA_1996).unwrap();
        let score = closed.score(&SOFA_1996, How::DEFAULT, Carried::NONE);
        assert_eq!(
            (closed.number(), closed.infection(), score.sofa().organ(Organ::Cardiovascular).ends()),
            (day, Met::Yes, [3, 3])
        );
    }
    let map = Event::read("map", "mm[Hg]", "65").unwrap();
    assert_eq!(window.push(&SOFA_1996, 5_256_000, &map), Ok(()));
    assert_eq!(window.push(&SOFA_1996, 5_256_001, &map), Err(Error::MinuteOutOfRange));
    assert_eq!(window.push(&SOFA_1996, u32::MAX, &map), Err(Error::MinuteOutOfRange));
}
