//! Readings: what is taken as what, what is refused and why, at every floor, top and gap between two ticks.

use endotype::Amount::{self, Ticks, Units};
use endotype::published::RESTORATION;
use endotype::quantity::*;
use endotype::{Error, Event, ITEMS, Met, Rate, Reading};

/// Every type of the table, so that a generic check is run on all of them.
macro_rules! every_quantity {
    ($check:ident) => {
        every_quantity!($check: PaO2 PaO2KPa FiO2 SpO2 PfRatio PfRatioKPa SfRatio Platelets Bilirubin BilirubinSi Creatinine CreatinineSi
            Map Sbp RespiratoryRate DoseRate MassRate AnyRate Weight Gcs GcsMotor Urine UrineRate Potassium Bicarbonate Lactate Ph Ferritin
            MhlaDr MhlaDrPositive Lymphocytes Neutrophils LymphocytesFraction NkCells DendriticCells BCells TCells Hemoglobin Age)
    };
    ($check:ident: $($quantity:ident)+) => { [$( $check::<$quantity>() ),+] };
}

/// Ends in half-ticks, or why not.
type Taken = Result<[i32; 2], Error>;

/// Charted without a value.
const UNKNOWN: Taken = Ok([1 - i32::MAX, i32::MAX - 1]);

fn ends<Q: Quantity>(reading: Result<Reading<Q>, Error>) -> Taken {
    reading.map(Reading::ends)
}

type Make<Q> = fn(Amount) -> Result<Reading<Q>, Error>;

fn makes<Q: Quantity>() -> [Make<Q>; 5] {
    [Reading::exact, Reading::below, Reading::at_most, Reading::above, Reading::at_least]
}

fn check<Q: Quantity>(table: &[(&str, Taken)]) {
    for &(text, taken) in table {
        assert_eq!(ends(Reading::<Q>::read(text)), taken, "{} {text:?}", Q::NAME);
        assert_eq!(ends(Reading::<Q>::read_bytes(text.as_bytes())), taken, "bytes of {} {text:?}", Q::NAME);
    }
}

/// Half-ticks of whole units of a quantity.
fn half<Q: Quantity>(units: u32) -> i32 {
    i32::try_from(2 * units * Q::TICKS).unwrap()
}

#[test]
fn r001_the_grammar_takes() {
    // Ferritin: a tick is 0.001 ng/mL, the most that is reportable 1,000,000.
    check::<Ferritin>(&[
        ("4421", Ok([8_842_000; 2])),
        ("4421.0", Ok([8_842_000; 2])),
        ("004421.000000000000", Ok([8_842_000; 2])),
        ("0", Ok([0; 2])),
        ("0.001", Ok([2; 2])),
        ("1000000", Ok([2_000_000_000; 2])),
        ("<12", Ok([0, 23_999])),
        ("<=12", Ok([0, 24_000])),
        (">2000", Ok([4_000_001, 2_000_000_000])),
        (">=40000", Ok([80_000_000, 2_000_000_000])),
        ("4300..4500", Ok([8_600_000, 9_000_000])),
        ("4300..4300", Ok([8_600_000; 2])),
        ("0.5..1.5", Ok([1_000, 3_000])),
        ("<=0", Ok([0; 2])),
        ("<0.001", Ok([0, 1])),
        (">0", Ok([1, 2_000_000_000])),
        (">=1000000", Ok([2_000_000_000; 2])),
        ("<1000000", Ok([0, 1_999_999_999])),
    ]);
}

#[test]
fn r001_blanks_and_tabs_may_stand_around_every_part() {
    check::<Ferritin>(&[
        ("", UNKNOWN),
        (" ", UNKNOWN),
        ("\t", UNKNOWN),
        (" \t \t", UNKNOWN),
        (" 12", Ok([24_000; 2])),
        ("12\t", Ok([24_000; 2])),
        ("\t<\t12 ", Ok([0, 23_999])),
        (" <= 12", Ok([0, 24_000])),
        ("> 12 ", Ok([24_001, 2_000_000_000])),
        (" >=\t12", Ok([24_000, 2_000_000_000])),
        (" 12\t..\t13 ", Ok([24_000, 26_000])),
        ("< = 12", Err(Error::NotANumber)),
        ("1 2", Err(Error::NotANumber)),
        ("12 . 5", Err(Error::NotANumber)),
        ("12. .13", Err(Error::NotANumber)),
        // What a file's line ends in is not a blank, nor is what a word processor puts before a unit.
        ("12\r", Err(Error::NotANumber)),
        ("12\n", Err(Error::NotANumber)),
        ("\u{a0}12", Err(Error::NotANumber)),
        ("12\u{202f}", Err(Error::NotANumber)),
    ]);
}

#[test]
fn r002_the_grammar_refuses() {
    use Error::*;
    let not_a_number = [
        "abc",
        "nan",
        "inf",
        "e3",
        ".5",
        "5.",
        "5.e3",
        ".",
        "..",
        "<",
        ">",
        "<=",
        ">=",
        "=",
        "=5",
        "=<5",
        "<>5",
        "<<5",
        ">>5",
        "<==5",
        "<..5",
        "5<",
        "5..",
        "..5",
        "5...6",
        "5....6",
        "5..6..7",
        "<5..6",
        "5..<6",
        "5..>6",
        "5,5",
        "5;5",
        "5'000",
        "1_000",
        "0x10",
        "5-6",
        "5-",
        "5mL",
        "5%",
        "5 5",
        "1.2.3",
        "\u{2264}5",
        "\u{663}",
        "\u{ff15}",
        "\0",
        "5\0",
    ];
    for text in not_a_number {
        check::<Ferritin>(&[(text, Err(NotANumber))]);
    }
    check::<Ferritin>(&[
        ("-5", Err(Sign)),
        ("+5", Err(Sign)),
        ("-0", Err(Sign)),
        ("<-5", Err(Sign)),
        (">= +5", Err(Sign)),
        ("-", Err(Sign)),
        ("5..-6", Err(Sign)),
        ("-6..5", Err(Sign)),
        ("1e3", Err(Exponent)),
        ("1E3", Err(Exponent)),
        ("1.5e-1", Err(Exponent)),
        ("<1e3", Err(Exponent)),
        ("1..1e3", Err(Exponent)),
        ("1e3..2", Err(Exponent)),
        ("99999999e3", Err(Exponent)),
        ("1000001", Err(OutOfRange)),
        ("1000000.001", Err(OutOfRange)),
        ("1000000.0001", Err(OutOfRange)),
        ("<1000001", Err(OutOfRange)),
        (">1000000.0001", Err(OutOfRange)),
        ("1..1000001", Err(OutOfRange)),
        ("1000001..1", Err(OutOfRange)),
        // 2^32 and 2^64 units, and in ticks 2^32 and a little: nothing wraps.
        ("4294967296", Err(OutOfRange)),
        ("4294967.297", Err(OutOfRange)),
        ("2147483.648", Err(OutOfRange)),
        ("2147483.6485", Err(OutOfRange)),
        ("1073741.824", Err(OutOfRange)),
        ("18446744073709551617", Err(OutOfRange)),
        ("99999999999999999999999999999999999999999.5", Err(OutOfRange)),
        ("4500..4300", Err(Backwards)),
        ("0.001..0", Err(Backwards)),
        ("4420.0004..4420", Err(Backwards)),
        ("4421..4420.9996", Err(Backwards)),
        ("<0", Err(Nothing)),
        ("<0.000", Err(Nothing)),
        (">1000000", Err(Nothing)),
    ]);
    for bytes in [&b"\xff"[..], b"12\xff", b"\xc2\xa012", b"1..\x80"] {
        assert_eq!(Reading::<Ferritin>::read_bytes(bytes), Err(NotANumber), "{bytes:?}");
    }
}

/// Ends that a reading had, and that none has.
#[test]
fn ends_are_taken_back_or_refused() {
    let gcs = |lo, hi| Reading::<Gcs>::from_ends([lo, hi]).map(Reading::ends);
    let any = [1 - i32::MAX, i32::MAX - 1];
    for (lo, hi, expected) in [
        (6, 30, Ok([6, 30])),
        (any[0], any[1], Ok(any)),
        (any[0], 30, Err(Error::OutOfRange)),
        (6, any[1], Err(Error::OutOfRange)),
        (5, 6, Err(Error::OutOfRange)),
        (8, 6, Err(Error::Backwards)),
        (7, 8, Err(Error::NotWhole)),
        (6, 7, Err(Error::NotWhole)),
        (7, 9, Err(Error::NotWhole)),
    ] {
        assert_eq!(gcs(lo, hi), expected, "{lo} {hi}");
    }
    assert_eq!(Reading::<Weight>::exact(Amount::Ticks(0)), Err(Error::OutOfRange));
    // Backwards is said of a range only, not of what begins as one.
    let refused = ["70..60", "70..60 mmHg"].map(Reading::<Map>::read);
    assert_eq!(refused, [Err(Error::Backwards), Err(Error::NotANumber)]);
    let map = |text| Reading::<Map>::read(text).unwrap();
    for (one, other, both) in [("60", "70", "60..70"), ("70", "60", "60..70"), ("60..70", "65", "60..70")] {
        assert_eq!(map(one).or(map(other)), map(both), "{one} {other}");
    }
    // 85 of 100; where two ends would have to be equal, both must be reached.
    for (now, entry, met) in [
        ("8500", "10000", Met::Yes),
        ("8500.1", "10000", Met::No),
        ("", "10000", Met::Unknown),
        ("8500", "", Met::Unknown),
        ("8500..9000", "9000..10000", Met::Unknown),
        (">8500", "9000..10000", Met::No),
        ("8500..9000", "<10000", Met::No),
        (">8500", "<10000", Met::No),
        ("<8500", "10000", Met::Yes),
        ("8500", ">10000", Met::Yes),
        ("8000..8500", "10000..11000", Met::Yes),
    ] {
        let read = |text| Reading::read(text).unwrap();
        assert_eq!(RESTORATION.ferritin_fell(read(now), read(entry)), met, "{now} of {entry}");
    }
}

#[test]
fn r007_scores_are_whole() {
    use Error::*;
    check::<Gcs>(&[
        ("3", Ok([6; 2])),
        ("15", Ok([30; 2])),
        ("13.0", Ok([26; 2])),
        ("13.00000000", Ok([26; 2])),
        ("13.5", Err(NotWhole)),
        ("13.00000001", Err(NotWhole)),
        ("15.1", Err(NotWhole)),
        ("2.9", Err(NotWhole)),
        ("<13.5", Err(NotWhole)),
        ("9..13.5", Err(NotWhole)),
        ("2", Err(OutOfRange)),
        ("0", Err(OutOfRange)),
        ("16", Err(OutOfRange)),
        ("16.5", Err(OutOfRange)),
        ("<9", Ok([6, 16])),
        ("<=9", Ok([6, 18])),
        (">9", Ok([20, 30])),
        (">=9", Ok([18, 30])),
        ("<4", Ok([6; 2])),
        ("<=3", Ok([6; 2])),
        (">14", Ok([30; 2])),
        (">=15", Ok([30; 2])),
        ("<3", Err(Nothing)),
        (">15", Err(Nothing)),
        ("9..13", Ok([18, 26])),
        ("13..9", Err(Backwards)),
        ("", UNKNOWN),
    ]);
    check::<GcsMotor>(&[
        ("1", Ok([2; 2])),
        ("6", Ok([12; 2])),
        ("<2", Ok([2; 2])),
        (">5", Ok([12; 2])),
        ("0", Err(OutOfRange)),
        ("7", Err(OutOfRange)),
        ("<1", Err(Nothing)),
        ("5.5", Err(NotWhole)),
    ]);
}

#[test]
fn r006_a_rate_below_something_is_running() {
    check::<DoseRate>(&[
        ("0", Ok([0; 2])),
        ("<=0", Ok([0; 2])),
        ("<0", Err(Error::Nothing)),
        ("<0.1", Ok([1, 199_999])),
        ("<=0.1", Ok([1, 200_000])),
        // Below the finest tick, and yet running.
        ("<0.000001", Ok([1, 1])),
        ("0.0000001", Ok([1, 1])),
        ("<0.0000001", Ok([1, 1])),
        // A range says 0 when it means 0.
        ("0..0.1", Ok([0, 200_000])),
        (">0", Ok([1, 2_000_000_000])),
    ]);
    check::<AnyRate>(&[("<1", Ok([1, 1])), ("0.03", Ok([1, 1])), ("0", Ok([0, 0])), ("2.4", Ok([5, 5]))]);
}

#[test]
fn r003_a_decimal_finer_than_the_tick_lies_strictly_between_two() {
    check::<Ferritin>(&[
        ("4420.0004", Ok([8_840_001; 2])),
        ("4420.0009999", Ok([8_840_001; 2])),
        ("4419.9996", Ok([8_839_999; 2])),
        ("4420.0000", Ok([8_840_000; 2])),
        ("<4420.0004", Ok([0, 8_840_001])),
        ("<=4420.0004", Ok([0, 8_840_001])),
        (">4420.0004", Ok([8_840_001, 2_000_000_000])),
        (">=4420.0004", Ok([8_840_001, 2_000_000_000])),
        ("4420.0004..4420.0006", Ok([8_840_001; 2])),
        ("4419.9996..4420.0004", Ok([8_839_999, 8_840_001])),
        ("4420..4420.0004", Ok([8_840_000, 8_840_001])),
        ("999999.99999", Ok([1_999_999_999; 2])),
        (">999999.99999", Ok([1_999_999_999, 2_000_000_000])),
        ("0.00000000000000000000000000000001", Ok([1; 2])),
        ("<0.0001", Ok([0, 1])),
    ]);
    check::<FiO2>(&[
        ("15", Ok([30_000; 2])),
        ("14.9999", Err(Error::OutOfRange)),
        ("100", Ok([200_000; 2])),
        ("100.0001", Err(Error::OutOfRange)),
        (">99.9999", Ok([199_999, 200_000])),
    ]);
}

#[test]
fn r001_an_amount_is_what_its_text_says() {
    use Error::*;
    let [exact, below, at_most, above, at_least] = makes();
    // A tick is 0.001 mg/dL, the most 200 mg/dL.
    #[rustfmt::skip]
    let table: &[(Make<Bilirubin>, Amount, &str, Taken)] = &[
        (exact,    Ticks(1_200),       "1.2",     Ok([2_400; 2])),
        (exact,    Units(12),          "12",      Ok([24_000; 2])),
        (exact,    Units(200),         "200",     Ok([400_000; 2])),
        (exact,    Units(201),         "201",     Err(OutOfRange)),
        (exact,    Ticks(200_001),     "200.001", Err(OutOfRange)),
        (below,    Ticks(1_200),       "<1.2",    Ok([0, 2_399])),
        (below,    Units(0),           "<0",      Err(Nothing)),
        (below,    Units(201),         "<201",    Err(OutOfRange)),
        (at_most,  Ticks(1_200),       "<=1.2",   Ok([0, 2_400])),
        (at_most,  Units(0),           "<=0",     Ok([0; 2])),
        (at_most,  Units(201),         "<=201",   Err(OutOfRange)),
        (above,    Ticks(1_200),       ">1.2",    Ok([2_401, 400_000])),
        (above,    Units(200),         ">200",    Err(Nothing)),
        (above,    Units(201),         ">201",    Err(OutOfRange)),
        (at_least, Ticks(1_200),       ">=1.2",   Ok([2_400, 400_000])),
        (at_least, Units(200),         ">=200",   Ok([400_000; 2])),
        (at_least, Units(201),         ">=201",   Err(OutOfRange)),
    ];
    for &(make, amount, text, taken) in table {
        assert_eq!(ends(make(amount)), taken, "{amount:?}");
        check::<Bilirubin>(&[(text, taken)]);
    }
    let pairs: &[(Amount, Amount, Taken)] = &[
        (Ticks(1_200), Units(2), Ok([2_400, 4_000])),
        (Units(2), Units(2), Ok([4_000; 2])),
        (Units(2), Ticks(1_999), Err(Backwards)),
        (Units(2), Units(201), Err(OutOfRange)),
        (Units(201), Units(2), Err(OutOfRange)),
    ];
    for &(from, to, taken) in pairs {
        assert_eq!(ends(Reading::<Bilirubin>::between(from, to)), taken, "{from:?} {to:?}");
    }
    let either = Reading::<Bilirubin>::read("<1.2").unwrap().or(Reading::read("2..3").unwrap());
    assert_eq!((either.ends(), either.is_unknown()), ([0, 6_000], false));
    assert!(either.or(Reading::UNKNOWN).is_unknown());
}

#[test]
fn r004_an_amount_beyond_a_u32_of_ticks_is_refused_and_does_not_wrap() {
    fn refused<Q: Quantity>() -> &'static str {
        // The smallest number of units whose ticks are past 2^32.
        let wraps = u32::MAX.div_euclid(Q::TICKS).saturating_add(1);
        for amount in [Units(Q::RANGE[1] + 1), Units(wraps), Units(u32::MAX), Ticks(Q::RANGE[1] * Q::TICKS + 1), Ticks(u32::MAX)]
        {
            for make in makes::<Q>() {
                assert_eq!(ends(make(amount)), Err(Error::OutOfRange), "{} {amount:?}", Q::NAME);
            }
            assert_eq!(ends(Reading::<Q>::between(amount, amount)), Err(Error::OutOfRange), "{} {amount:?}", Q::NAME);
        }
        Q::NAME
    }
    assert_eq!(every_quantity!(refused).len(), TABLE.len());
}

#[test]
fn r005_below_reaches_down_to_the_floor_of_the_quantity_and_above_to_its_top() {
    /// What `<x` begins at, in half-ticks, where it is not 0.
    const FLOORS: &[(&str, i32)] = &[("gcs", 6), ("gcs_motor", 2), ("rate by weight", 1), ("rate", 1), ("rate in any unit", 1)];
    fn floors<Q: Quantity>() -> &'static str {
        let named = FLOORS.iter().find(|row| row.0 == Q::NAME);
        let floor = named.map_or(0, |row| row.1);
        let step = if Q::NAME.starts_with("gcs") { 2 } else { 1 };
        let [least, most] = Q::RANGE;
        let top = half::<Q>(most);
        check::<Q>(&[
            (&format!("<{most}"), Ok([floor, top - step])),
            (&format!("<={most}"), Ok([floor, top])),
            (&format!(">{least}"), Ok([half::<Q>(least) + step, top])),
            (&format!(">={least}"), Ok([half::<Q>(least), top])),
            (&format!(">{most}"), Err(Error::Nothing)),
        ]);
        assert_eq!(ends(Reading::<Q>::below(Units(most))), Ok([floor, top - step]), "{}", Q::NAME);
        assert_eq!(ends(Reading::<Q>::at_most(Units(most))), Ok([floor, top]), "{}", Q::NAME);
        if least == 0 {
            check::<Q>(&[("<0", Err(Error::Nothing)), ("<=0", Ok([0, 0]))]);
            assert_eq!(ends(Reading::<Q>::at_most(Units(0))), Ok([0, 0]), "{}", Q::NAME);
        }
        Q::NAME
    }
    let names = every_quantity!(floors);
    assert_eq!(names.to_vec(), TABLE.iter().map(|row| row.name).collect::<Vec<_>>());
}

/// The row that an item charted in a unit is kept in, and how many of the row's ticks that unit has.
fn row_of(item: &str, unit: &str) -> (&'static Row, u32) {
    let (name, row_unit, ticks) = match (item, unit) {
        ("fio2", "1") => ("fio2", "%", Some(100_000)),
        ("platelets", "10*3/uL") => ("platelets", "10*9/L", None),
        ("ferritin", "ug/L") => ("ferritin", "ng/mL", None),
        ("lymphocytes" | "neutrophils" | "nk_cells" | "dendritic_cells" | "b_cells" | "t_cells", "/uL") => {
            (item, "10*9/L", Some(1_000))
        }
        ("hemoglobin", "g/L") => ("hemoglobin", "g/dL", Some(100)),
        (_, "ug/kg/min") => ("rate by weight", unit, None),
        (_, "ug/min") => ("rate", unit, None),
        (_, "[U]/h") => ("rate in any unit", "{any}/{time}", None),
        _ => (item, unit, None),
    };
    let row = TABLE.iter().find(|row| (row.name, row.unit) == (name, row_unit));
    let row = row.unwrap_or_else(|| panic!("{item} in {unit} has no row"));
    (row, ticks.unwrap_or(row.ticks))
}

/// So many ticks as a decimal in a unit of `per` ticks, and more digits behind the last.
fn decimal(ticks: u32, per: u32, more: &str) -> String {
    let (whole, rest, digits) = (ticks.div_euclid(per), ticks.rem_euclid(per), per.ilog10() as usize);
    match (digits, more) {
        (0, "") => format!("{whole}"),
        (0, more) => format!("{whole}.{more}"),
        _ => format!("{whole}.{rest:0digits$}{more}"),
    }
}

fn event_ends(event: Event) -> [i32; 2] {
    macro_rules! ends {
        ($($variant:ident)+) => {
            match event {
                $( Event::$variant(reading) => reading.ends(), )+
                Event::Infusion(_, Rate::ByWeight(rate)) => rate.ends(),
                Event::Infusion(_, Rate::PerMinute(rate)) => rate.ends(),
                Event::Infusion(_, Rate::Any(rate)) => rate.ends(),
                _ => panic!("{event:?} has no reading"),
            }
        };
    }
    ends!(PaO2 PaO2KPa FiO2 SpO2 Platelets Bilirubin BilirubinSi Creatinine CreatinineSi Map Sbp RespiratoryRate
        Weight Gcs GcsMotor Urine Potassium Bicarbonate Lactate Ph Ferritin MhlaDr MhlaDrPositive Lymphocytes Neutrophils
        LymphocytesFraction NkCells DendriticCells BCells TCells Hemoglobin Age)
}

#[test]
fn r004_every_item_in_every_unit_takes_its_least_and_its_most_and_nothing_beyond() {
    let mut seen = Vec::new();
    for (item, units) in ITEMS {
        for unit in units.iter().filter(|&&unit| unit != "none") {
            let unit = if unit.starts_with("any rate") { "[U]/h" } else { unit };
            let (row, per) = row_of(item, unit);
            seen.push((row.name, row.unit));
            let [least, most] = row.range.map(|units| units * row.ticks);
            let taken = |text: String| Event::read(item, unit, &text).map(event_ends);
            let exactly = |ticks: u32| Ok([i32::try_from(2 * ticks).unwrap(); 2]);
            let gap = if row.scale == Scale::Score { Error::NotWhole } else { Error::OutOfRange };
            let mut rows = vec![
                (decimal(least, per, ""), exactly(least)),
                (decimal(least + 1, per, ""), exactly(least + 1)),
                (decimal(most - 1, per, ""), exactly(most - 1)),
                (decimal(most, per, ""), exactly(most)),
                (decimal(most, per, "1"), Err(gap)),
                (decimal(most + 1, per, ""), Err(Error::OutOfRange)),
            ];
            if let Some(under) = least.checked_sub(1) {
                rows.push((decimal(under, per, ""), Err(Error::OutOfRange)));
                rows.push((decimal(under, per, "9"), Err(gap)));
            }
            for (text, expected) in rows {
                assert_eq!(taken(text.clone()), expected, "{item} {text} {unit}");
            }
        }
    }
    let not_charted: Vec<_> = TABLE.iter().map(|row| (row.name, row.unit)).filter(|row| !seen.contains(row)).collect();
    assert_eq!(not_charted, [("pao2/fio2", "mm[Hg]"), ("pao2/fio2", "kPa"), ("spo2/fio2", "%"), ("urine rate", "mL/kg/h")]);
}

#[test]
fn r008_event_refuses_by_name() {
    use Error::*;
    #[rustfmt::skip]
    let table = [
        ("procalcitonin",  "ng/mL",     "1",       Err(UnknownItem)),
        ("Platelets",      "10*9/L",    "1",       Err(UnknownItem)),
        ("",               "",          "",        Err(UnknownItem)),
        ("pao2/fio2",      "mm[Hg]",    "200",     Err(UnknownItem)),
        ("platelets",      "mg/dL",     "1",       Err(UnknownUnit)),
        ("platelets",      "",          "1",       Err(UnknownUnit)),
        ("norepinephrine", "[U]/h",     "1",       Err(UnknownUnit)),
        ("vasopressin",    "[U]",       "1",       Err(UnknownUnit)),
        ("vasopressin",    "h",         "1",       Err(UnknownUnit)),
        ("rrt",            "1",         "1",       Err(UnknownUnit)),
        ("death",          "1",         "1",       Err(UnknownUnit)),
        ("ferritin",       "pmol/L",    "9932",    Err(MolarFerritin)),
        ("ferritin",       "pmol/L",    "",        Err(MolarFerritin)),
        ("rrt",            "",          "yes",     Err(NotAFlag)),
        ("rrt",            "",          "",        Err(NotAFlag)),
        ("rrt",            "",          "2",       Err(NotAFlag)),
        ("support",        "",          "tent",    Err(NotASupport)),
        ("support",        "",          "",        Err(NotASupport)),
        ("first_dose",     "",          "aspirin", Err(NotADose)),
        ("death",          "",          "0",       Err(NotOne)),
        ("discharge",      "",          "",        Err(NotOne)),
        ("fio2",           "%",         "120",     Err(OutOfRange)),
        ("fio2",           "1",         "40",      Err(OutOfRange)),
        ("gcs",            "{score}",   "13.5",    Err(NotWhole)),
        ("dopamine",       "ug/min",    "-1",      Err(Sign)),
        ("milrinone",      "mg/h",      "1e1",     Err(Exponent)),
        ("map",            "mm[Hg]",    "70..60",  Err(Backwards)),
        ("epinephrine",    "ug/kg/min", "<0",      Err(Nothing)),
        ("urine",          "mL",        "ten",     Err(NotANumber)),
    ];
    for (item, unit, value, error) in table {
        assert_eq!(Event::read(item, unit, value), error, "{item} {value} {unit}");
    }
}

#[cfg(feature = "libm")]
#[allow(clippy::float_arithmetic, clippy::cast_possible_truncation, reason = "what is tested are floats")]
mod floats {
    use super::*;
    use endotype::published::{IMMUNOSEP, SEPSIS_3, SOFA_2, SOFA_1996};
    use endotype::{Edge, edges};

    fn contains<Q: Quantity>(reading: Reading<Q>, tick: u32) -> bool {
        let [lo, hi] = reading.ends();
        (i64::from(lo)..=i64::from(hi)).contains(&(2 * i64::from(tick)))
    }

    /// Every decimal tick near a cut-off, as the `f32` that it is stored as, may still be that tick.
    fn ticks_near<Q: Quantity>(cut: u32) -> usize {
        let [least, most] = Q::RANGE.map(|units| units * Q::TICKS);
        let near = cut.saturating_sub(50).max(least)..=(cut + 50).min(most);
        for tick in near.clone() {
            let float: f32 = decimal(tick, Q::TICKS, "").parse().unwrap();
            let reading = Reading::<Q>::from_f32(float).unwrap();
            assert!(contains(reading, tick), "{} {float} was read as {reading:?}, not as tick {tick}", Q::NAME);
        }
        near.count()
    }

    /// A float beside the cut-off's own stands for decimals on its side only, since rounding to a float keeps the order.
    fn floats_near<Q: Quantity>(cut: u32) -> usize {
        let own: f32 = decimal(cut, Q::TICKS, "").parse().unwrap();
        let at = i64::from(cut) * 2;
        let mut seen = 0;
        for bits in own.to_bits().saturating_sub(1_000)..=own.to_bits() + 1_000 {
            let float = f32::from_bits(bits);
            let exact = f64::from(float) * f64::from(Q::TICKS);
            let reading = match Reading::<Q>::from_f32(float) {
                Ok(reading) => reading,
                Err(Error::OutOfRange) if exact > f64::from(Q::RANGE[1] * Q::TICKS) => continue,
                Err(Error::NotWhole) if Q::SCALE == Scale::Score && float != own => continue,
                Err(error) => panic!("{} {float} is refused: {error:?}", Q::NAME),
            };
            seen += 1;
            let [lo, hi] = reading.ends().map(i64::from);
            let on_its_side = if float > own {
                lo > at
            } else if float < own {
                hi < at
            } else {
                contains(reading, cut)
            };
            assert!(on_its_side, "{} {float:e} at {cut} was read as {reading:?}", Q::NAME);
            // And no wider than the tick and the gaps beside it.
            let around = 2 * exact.floor() as i64;
            // Where floats lie further apart than ticks, half the gap on either side.
            let gap = (f64::from(float.next_up()) - f64::from(float)) * f64::from(Q::TICKS);
            let wide = if gap > 1.0 { 2 * gap.ceil() as i64 } else { 0 };
            assert!(
                hi - lo <= 2 + wide && lo >= around - 1 - wide && hi <= around + 3 + wide,
                "{} {float:e} was read as {reading:?}",
                Q::NAME
            );
            for tick in exact.floor() as u32..=exact.ceil() as u32 {
                let stored: f32 = decimal(tick, Q::TICKS, "").parse().unwrap();
                assert!(stored != float || contains(reading, tick), "{} {float} is tick {tick}, not {reading:?}", Q::NAME);
            }
        }
        seen
    }

    fn near<Q: Quantity>(edge: [i32; 2]) -> (usize, usize) {
        let on_tick = edge.into_iter().find(|x| x & 1 == 0).unwrap();
        let cut = on_tick.cast_unsigned() >> 1;
        (ticks_near::<Q>(cut), floats_near::<Q>(cut))
    }

    #[test]
    fn r011_never_across_a_cut_off() {
        let mut walked = 0;
        for Edge { item, unit, last, first, .. } in edges(&SOFA_1996).chain(edges(&SOFA_2)) {
            let edge = [last, first];
            let (ticks, floats) = match (item, unit) {
                ("pao2/fio2", "mm[Hg]") => near::<PfRatio>(edge),
                ("pao2/fio2", "kPa") => near::<PfRatioKPa>(edge),
                ("platelets", _) => near::<Platelets>(edge),
                ("bilirubin", "mg/dL") => near::<Bilirubin>(edge),
                ("bilirubin", "umol/L") => near::<BilirubinSi>(edge),
                ("map" | "map, no drugs", _) => near::<Map>(edge),
                ("spo2/fio2", _) => near::<SfRatio>(edge),
                ("urine rate", _) => near::<UrineRate>(edge),
                ("gcs_motor", _) => near::<GcsMotor>(edge),
                ("potassium", _) => near::<Potassium>(edge),
                ("ph", _) => near::<Ph>(edge),
                ("bicarbonate", _) => near::<Bicarbonate>(edge),
                ("norepinephrine" | "epinephrine" | "dopamine" | "dobutamine", _) => near::<DoseRate>(edge),
                ("gcs", _) => near::<Gcs>(edge),
                ("creatinine", "mg/dL") => near::<Creatinine>(edge),
                ("creatinine", "umol/L") => near::<CreatinineSi>(edge),
                ("urine", _) => near::<Urine>(edge),
                _ => panic!("{item} in {unit} is not walked around"),
            };
            // Nothing lies below 0, and between two points of a score there is nothing.
            let least = if item == "gcs_motor" {
                (6, 1)
            } else if item == "gcs" {
                (13, 1)
            } else {
                (51, 1_001)
            };
            assert!(ticks >= least.0 && floats >= least.1, "{item} {unit} {last}: {ticks} ticks, {floats} floats");
            walked += 1;
        }
        let criteria = IMMUNOSEP.rows();
        assert_eq!(near::<Ferritin>(criteria.ferritin.edge()), (101, 2_001));
        assert_eq!(near::<MhlaDr>(criteria.mhla_dr.edge()), (101, 2_001));
        assert_eq!(near::<Lactate>(SEPSIS_3.lactate.edge()), (101, 2_001));
        // Four cut-offs a row, less those that never or jointly pass: map 1, three drugs' 2, 2, 3 and dobutamine's 1, urine 2. Of SOFA-2
        // likewise, with one of each criterion and of each span of urine but that of none at all.
        assert_eq!(walked, 43 + 60);
    }

    #[test]
    fn r011_taken_and_refused() {
        fn check<Q: Quantity>(table: &[(f32, Taken)]) {
            for &(float, taken) in table {
                assert_eq!(ends(Reading::<Q>::from_f32(float)), taken, "{} {float}", Q::NAME);
            }
        }
        use Error::*;
        check::<Map>(&[
            (70.0, Ok([140_000; 2])),
            (0.0, Ok([0; 2])),
            (500.0, Ok([1_000_000; 2])),
            (f32::MIN_POSITIVE, Ok([1; 2])),
            (f32::from_bits(1), Ok([1; 2])),
            (500.0_f32.next_up(), Err(OutOfRange)),
            (f32::MAX, Err(OutOfRange)),
            (f32::NAN, Err(NotFinite)),
            (-f32::NAN, Err(NotFinite)),
            (f32::INFINITY, Err(NotFinite)),
            (f32::NEG_INFINITY, Err(NotFinite)),
            (-0.0, Err(Sign)),
            (-70.0, Err(Sign)),
            (-f32::from_bits(1), Err(Sign)),
        ]);
        check::<FiO2>(&[
            (15.0, Ok([30_000; 2])),
            (100.0, Ok([200_000; 2])),
            (15.0_f32.next_down(), Err(OutOfRange)),
            (0.4, Err(OutOfRange)),
        ]);
        check::<Gcs>(&[
            (14.0, Ok([28; 2])),
            (3.0, Ok([6; 2])),
            (14.5, Err(NotWhole)),
            (14.0_f32.next_up(), Err(NotWhole)),
            (2.0, Err(OutOfRange)),
            (16.0, Err(OutOfRange)),
        ]);
        // 0.1 and 0.3 are no floats: a little above 0.1, a little above 0.3, and both may have been charted as just that.
        check::<DoseRate>(&[(0.1, Ok([199_999, 200_001])), (0.3, Ok([599_999, 600_001])), (0.125, Ok([250_000; 2]))]);
        // Where floats are coarser than ticks, a float stands for several: 4.9 ticks apart at 40,000 ng/mL.
        let coarse = Reading::<Ferritin>::from_f32(40_000.0).unwrap();
        assert!([39_999_999, 40_000_000, 40_000_001].into_iter().all(|tick| contains(coarse, tick)), "{coarse:?}");
        assert!(![39_999_997, 40_000_002].into_iter().any(|tick| contains(coarse, tick)), "{coarse:?}");
    }
}
