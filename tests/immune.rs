//! Serial markers: samples, entry, restoration, switch, state, the published rules over time, plausibility, eligibility, the watch.

use endotype::Met::{self, No, Unknown, Yes};
use endotype::published::{
    DREWRY, Evidence, IMMUNOSEP, IMMUNOSEP_ARMS, IMMUNOSEP_TRIAL, IRIS_7, KYRIAZOPOULOU, LYSE_NO_WASH, MEISEL, PERSISTENT,
    RESTORATION, SEPSIS_3, SLOPE, STAIN_TIME, TRIAL_CRITERIA, source,
};
use endotype::quantity::{Ferritin, Hemoglobin, Lymphocytes, MhlaDr, Platelets, Quantity};
use endotype::*;

static RULES: ImmuneRules = ImmuneRules {
    criteria: &IMMUNOSEP,
    restoration: &RESTORATION,
    gap: 1_440,
    age: 2_880,
    ferritin: Checks::OFF,
    mhla_dr: Checks::OFF,
};

fn read<Q: Quantity>(text: &str) -> Reading<Q> {
    Reading::read(text).unwrap()
}

fn series<Q: Quantity, const N: usize>(samples: &[(u32, &str)]) -> Series<Q, N> {
    let mut series = Series::new();
    for (minute, text) in samples {
        series.push(*minute, read(text), Remarks::NONE).unwrap();
    }
    series
}

/// A marker at entry and behind the dose, where there is one.
fn of(first: &'static str, later: &'static str) -> Vec<(u32, &'static str)> {
    [(100, first), (3_000, later)].into_iter().filter(|(_, text)| !text.is_empty()).collect()
}

fn met(answer: Option<Answer<Needs>>) -> Option<Met> {
    answer.map(|answer| answer.met)
}

fn patient(ferritin: &[(u32, &str)], mhla_dr: &[(u32, &str)], dose: Option<u32>) -> Immune<7> {
    let mut immune = Immune::new();
    (immune.ferritin, immune.mhla_dr) = (series(ferritin), series(mhla_dr));
    if let Some(minute) = dose {
        immune.dose(minute, Dose::Other).unwrap();
    }
    immune
}

fn names(class: Classification) -> String {
    class.classes().map(Endotype::name).collect::<Vec<_>>().join("/")
}

// ---- the series

#[test]
fn r150_samples_stand_in_the_order_in_which_they_were_taken_whatever_the_order_of_reports() {
    let samples = [(50, "3"), (10, "1"), (90, "5"), (70, "<4"), (30, "2..3")];
    let sorted: Vec<_> = [10, 30, 50, 70, 90].to_vec();
    let expected = series::<Ferritin, 5>(&[(10, "1"), (30, "2..3"), (50, "3"), (70, "<4"), (90, "5")]);
    // Every order of five.
    for n in 0..120 {
        let (mut left, mut n) = (samples.to_vec(), n);
        let mut order = Vec::new();
        for size in (1..=5).rev() {
            order.push(left.remove(n % size));
            n /= size;
        }
        let found = series::<Ferritin, 5>(&order);
        assert_eq!(found, expected, "{order:?}");
        assert_eq!(found.samples().map(|sample| sample.minute).collect::<Vec<_>>(), sorted);
    }
}

#[test]
fn r151_late_duplicate_corrected_and_withdrawn_are_said() {
    let mut ferritin = Series::<Ferritin, 3>::new();
    let mut push = |minute, text: &str| ferritin.push(minute, read(text), Remarks::NONE);
    assert_eq!(push(100, "900"), Ok(Filed::Last));
    assert_eq!(push(50, "800"), Ok(Filed::Late));
    assert_eq!(push(100, "900.000"), Ok(Filed::Duplicate));
    assert_eq!(push(100, "900.0001"), Err(Error::SampleDiffers));
    assert_eq!(push(100, ">=900"), Err(Error::SampleDiffers));
    assert_eq!(push(100, ""), Ok(Filed::Blank));
    assert_eq!(push(Window::LAST_MINUTE, "7"), Ok(Filed::Last));
    assert_eq!(push(Window::LAST_MINUTE + 1, "7"), Err(Error::MinuteOutOfRange));
    assert_eq!(push(60, "7"), Err(Error::SeriesFull));
    // A duplicate and a correction need no place.
    assert_eq!(push(50, "800"), Ok(Filed::Duplicate));
    assert_eq!(ferritin.correct(50, read("8000"), Remarks::NONE), Ok(read("800")));
    assert_eq!(ferritin.correct(51, read("8000"), Remarks::NONE), Err(Error::NoSample));
    let corrected: Vec<_> = ferritin.samples().map(|sample| (sample.minute, sample.corrected)).collect();
    assert_eq!(corrected, [(50, true), (100, false), (Window::LAST_MINUTE, false)]);
    assert_eq!(ferritin.correct(100, Reading::UNKNOWN, Remarks::NONE), Ok(read("900")));
    assert_eq!(ferritin.withdraw(100), Err(Error::NoSample));
    assert_eq!(ferritin.withdraw(50), Ok(read("8000")));
    assert_eq!(ferritin, series(&[(Window::LAST_MINUTE, "7")]));
    assert_eq!(ferritin.withdraw(Window::LAST_MINUTE), Ok(read("7")));
    assert_eq!(ferritin, Series::default());
}

#[test]
fn r152_remarks_stay_with_their_sample_and_a_duplicate_adds_its_own() {
    let mut ferritin = Series::<Ferritin, 3>::new();
    for remark in Remark::ALL {
        ferritin.push(100, read("900"), Remarks::NONE.with(*remark)).unwrap();
    }
    ferritin.push(50, read("800"), Remarks::NONE.with(Remark::LyseNoWash)).unwrap();
    let [first, second] = [50, 100].map(|minute| ferritin.last(minute).unwrap());
    assert_eq!((first.minute, second.minute, second.corrected), (50, 100, false));
    assert!(Remark::ALL.iter().all(|remark| second.remarks.contains(*remark)));
    assert_eq!(first.remarks.names().collect::<Vec<_>>(), ["lyse_no_wash"]);
    // A correction is another result, with its own.
    ferritin.correct(100, read("901"), Remarks::NONE).unwrap();
    assert_eq!(ferritin.last(100).unwrap().remarks, Remarks::NONE);
}

#[test]
fn a_watch_and_a_trend_say_what_they_rest_on() {
    let mut platelets = Watch::<Platelets>::new();
    assert_eq!(platelets.baseline(), Reading::UNKNOWN);
    platelets.see(Cutoff::new("< 50"), 100, read("88"), None);
    assert_eq!(platelets.baseline(), read("88"));
    for (before, last, expected) in
        [("60", "50", Trend::Falling), ("50", "60", Trend::Rising), ("60", "60", Trend::Steady), ("60", "50..70", Trend::Unknown)]
    {
        let counts: Series<Platelets, 7> = series(&[(10, before), (20, last)]);
        assert_eq!([counts.trend(19), counts.trend(20)], [Trend::Unknown, expected], "{before} {last}");
    }
}

#[test]
fn a_minute_after_the_last_is_refused_and_changes_nothing() {
    let event = |item, unit, value| Event::read(item, unit, value).unwrap();
    let (mut immune, last) = (Immune::<7>::new(), Window::LAST_MINUTE);
    let events = [
        event("ferritin", "ng/mL", "5200"),
        event("mhla_dr", "{AB}/{cell}", "5200"),
        event("specimen", "", "hemolysis"),
        event("first_dose", "", "anakinra"),
    ];
    for charted in events {
        assert_eq!(immune.push(last + 1, &charted), Err(Error::MinuteOutOfRange), "{charted:?}");
        assert_eq!(immune, Immune::new());
    }
    assert_eq!(immune.dose(last + 1, Dose::Placebo), Err(Error::MinuteOutOfRange));
    for charted in events {
        assert!(immune.push(last, &charted).is_ok(), "{charted:?}");
    }
    assert_eq!(immune.dose(last, Dose::Placebo), Err(Error::DoseGiven));
}

#[test]
fn r150_charted_events_are_filed_and_others_pass_by() {
    let mut immune = Immune::<2>::new();
    let mut push = |minute, item: &str, unit: &str, value: &str| immune.push(minute, &Event::read(item, unit, value).unwrap());
    assert_eq!(push(10, "ferritin", "ug/L", "900"), Ok(Some(Filed::Last)));
    assert_eq!(push(10, "ferritin", "ng/mL", "901"), Ok(Some(Filed::Corrected)));
    assert_eq!(push(10, "mhla_dr", "{AB}/{cell}", "4000"), Ok(Some(Filed::Last)));
    assert_eq!(push(10, "mhla_dr_positive", "%", "20"), Ok(None));
    assert_eq!(push(20, "withdrawn", "", "ferritin"), Err(Error::NoSample));
    assert_eq!(push(10, "withdrawn", "", "mhla_dr"), Ok(None));
    assert_eq!(push(30, "first_dose", "", "placebo"), Ok(None));
    assert_eq!(push(40, "first_dose", "", "placebo"), Err(Error::DoseGiven));
    assert_eq!(immune.first_dose(), Some((30, Dose::Placebo)));
    assert_eq!((immune.ferritin.samples().count(), immune.mhla_dr.samples().count()), (1, 0));
    immune.clear();
    assert_eq!(immune, Immune::default());
}

// ---- entry

/// Ferritin at 100, HLA-DR and now as given; gap 1440, age 2880, both still counted at their limit.
#[test]
#[rustfmt::skip]
fn r153_what_entry_rests_on() {
    for (ferritin, mhla_dr, dose, now, expected, rests_on) in [
        (100,   200, None,        300,  "immunoparalysis",                   (Some(100), Some(200))),
        // Not yet taken.
        (100,   301, None,        300,  "immunoparalysis/unclassified",      (Some(100), None)),
        // The age.
        (100,   200, None,        2980, "immunoparalysis",                   (Some(100), Some(200))),
        (100,   200, None,        2981, "mals/immunoparalysis",              (None,      Some(200))),
        (100,   200, None,        3081, "mals/immunoparalysis/unclassified", (None,      None)),
        // The gap: the earlier no longer counts, whichever it is.
        (100,  1540, None,        1540, "immunoparalysis",                   (Some(100), Some(1540))),
        (100,  1541, None,        1541, "mals/immunoparalysis",              (None,      Some(1541))),
        (1541,  100, None,        1541, "immunoparalysis/unclassified",      (Some(1541), None)),
        // From the dose on only what was taken up to its minute.
        (100,   200, Some(200),   9000, "immunoparalysis",                   (Some(100), Some(200))),
        (100,   200, Some(199),   9000, "immunoparalysis/unclassified",      (Some(100), None)),
        (100,   200, Some(5000),  300,  "immunoparalysis",                   (Some(100), Some(200))),
    ] {
        let immune = patient(&[(ferritin, "4420")], &[(mhla_dr, "4999")], dose);
        let entry = immune.entry(&RULES, now);
        assert_eq!((names(entry.class).as_str(), (entry.ferritin, entry.mhla_dr)), (expected, rests_on), "{ferritin} {mhla_dr} {dose:?} {now}");
        assert_eq!((entry.rule, entry.minute), (IMMUNOSEP.id(), dose.map_or(now, |dose| dose.min(now))));
    }
}

/// A ferritin above its cut-off needs no HLA-DR, so the gap is not asked; where an answer needs both it is.
#[test]
fn r153_the_gap_is_asked_where_both_markers_are_needed() {
    let immune = patient(&[(100, "4421"), (3_000, "4421")], &[(1_541, "9000"), (4_441, "4000")], Some(2_000));
    let entry = immune.entry(&RULES, 2_000);
    assert_eq!(
        (names(entry.class).as_str(), entry.ferritin, entry.mhla_dr, entry.needs.ferritin),
        ("mals", Some(100), None, Need::Nothing)
    );
    // Restoration of mals and a newly abnormal axis are of one marker; both at once, and the switch, are of two.
    let now = 4_500;
    assert_eq!(immune.restored(&RULES, now).map(|answer| answer.met), Some(No));
    let axes = immune.axes(&RULES, now);
    assert_eq!([axes.both, axes.inflamed, axes.paralysed], [Unknown, No, Yes]);
    let switched = immune.switched(&RULES, now).unwrap();
    assert_eq!((switched.met, switched.need.ferritin), (Unknown, Need::Sample));
    // One minute less apart.
    static WIDER: ImmuneRules = ImmuneRules { gap: 1_441, ..RULES };
    assert_eq!(immune.axes(&WIDER, now).both, Yes);
    assert_eq!(immune.switched(&WIDER, now).map(|answer| answer.met), Some(No));
    assert_eq!(immune.entry(&WIDER, 2_000).mhla_dr, Some(1_541));
    // Of immunoparalysis the switch is the ferritin's alone.
    let immune = patient(&[(100, "900"), (700, "5000")], &[(100, "4000"), (2_500, "4000")], Some(600));
    assert_eq!(immune.switched(&RULES, 2_600).map(|answer| answer.met), Some(Yes));
    assert_eq!(immune.restored(&RULES, 2_600).map(|answer| answer.met), Some(No));
}

#[test]
fn r154_the_entry_rule_is_not_asked_again_after_the_dose_but_a_late_result_is_in_it() {
    let mut immune = patient(&[(100, "900")], &[(100, "4000")], Some(600));
    immune.ferritin.push(700, read("9000"), Remarks::NONE).unwrap();
    assert_eq!(names(immune.entry(&RULES, 800).class), "immunoparalysis");
    // Taken before the dose, reported after it.
    immune.ferritin.push(599, read("9000"), Remarks::NONE).unwrap();
    assert_eq!(names(immune.entry(&RULES, 800).class), "mals");
    immune.ferritin.withdraw(599).unwrap();
    immune.ferritin.correct(100, read(">2000"), Remarks::NONE).unwrap();
    let entry = immune.entry(&RULES, 800);
    assert_eq!(
        (names(entry.class).as_str(), entry.needs.ferritin, entry.needs.mhla_dr),
        ("mals/immunoparalysis", Need::Dilution, Need::Nothing)
    );
}

/// What is above the range wants a dilution; a number at its top that a guard band leaves open does not.
#[test]
fn r072_only_a_result_beyond_the_range_needs_a_dilution() {
    static NEAR_THE_TOP: Criteria = Criteria::new(CriteriaRows {
        ferritin: Cutoff::new("> 999900").guarded(Imprecision::new(0, Amount::Units(500), 100)),
        ..*IMMUNOSEP.rows()
    });
    static AT_THE_TOP: ImmuneRules = ImmuneRules { criteria: &NEAR_THE_TOP, ..RULES };
    for (ferritin, expected) in [
        ("1000000", Need::Repeat),
        ("999900", Need::Repeat),
        (">999000", Need::Dilution),
        ("999000", Need::Nothing),
        ("", Need::Sample),
    ] {
        let ferritin = [(100, ferritin)].into_iter().filter(|(_, text)| !text.is_empty()).collect::<Vec<_>>();
        let entry = patient(&ferritin, &[(100, "4000")], None).entry(&AT_THE_TOP, 200);
        assert_eq!(entry.needs.ferritin, expected, "{ferritin:?}");
    }
}

#[test]
#[rustfmt::skip]
fn r072_what_would_settle_an_open_class() {
    use Need::{Dilution, Nothing, Repeat, Sample};
    for (ferritin, mhla_dr, expected) in [
        ("",           "",           [Sample,   Sample]),
        ("4421",       "",           [Nothing,  Nothing]),
        ("900",        "",           [Nothing,  Sample]),
        ("",           "9000",       [Sample,   Nothing]),
        ("",           "4000",       [Sample,   Nothing]),
        (">2000",      "4000",       [Dilution, Nothing]),
        (">=2000",     "",           [Dilution, Sample]),
        ("4000..5000", "9000",       [Repeat,   Nothing]),
        ("<9000",      "4000..6000", [Repeat,   Repeat]),
        ("900",        "<6000",      [Nothing,  Repeat]),
        // Cells are counted, not diluted.
        ("900",        ">4000",      [Nothing,  Repeat]),
        ("900",        "5000",       [Nothing,  Nothing]),
    ] {
        let needs = IMMUNOSEP.needs(read(ferritin), read(mhla_dr));
        assert_eq!([needs.ferritin, needs.mhla_dr], expected, "{ferritin} {mhla_dr}");
    }
}

// ---- after the dose

/// Of mals 100*now <= 85*entry; of immunoparalysis HLA-DR > 8000 and ferritin < 4420. Samples at 100 and 100, dose at 600, later at 3000.
#[test]
#[rustfmt::skip]
fn r155_restoration_and_switch() {
    for (entry, after, restored, switched) in [
        // mals
        (("20000", ""),     ("17000", ""),      Some(Yes),     Some(No)),
        (("20000", ""),     ("17000.001", ""),  Some(No),      Some(No)),
        (("20000", ""),     ("16000..18000", ""), Some(Unknown), Some(No)),
        (("20000", ""),     ("<17000", ""),     Some(Yes),     Some(Unknown)),
        (("20000", ""),     (">17000", ""),     Some(No),      Some(No)),
        ((">20000", ""),    ("17000", ""),      Some(Yes),     Some(No)),
        ((">20000", ""),    ("17000.0009", ""), Some(Unknown), Some(No)),
        ((">=20000", ""),   ("17000.0001", ""), Some(Unknown), Some(No)),
        (("20000.0005", ""), ("17000.0001", ""), Some(Unknown), Some(No)),
        (("20000", "9000"), ("", "4000"),       Some(Unknown), Some(Unknown)),
        (("20000", "9000"), ("4420", "4999"),   Some(Yes),     Some(Yes)),
        (("20000", "9000"), ("4420", "5000"),   Some(Yes),     Some(No)),
        (("20000", "9000"), ("4421", "4999"),   Some(Yes),     Some(No)),
        (("20000", "9000"), (">2000", "4999"),  Some(Unknown), Some(Unknown)),
        (("4421", ""),      ("3757.85", ""),    Some(Yes),     Some(Unknown)),
        (("4421", ""),      ("3757.851", ""),   Some(No),      Some(Unknown)),
        // immunoparalysis
        (("900", "4000"),   ("4419.999", "8000.001"), Some(Yes),     Some(No)),
        (("900", "4000"),   ("4420", "8001"),   Some(No),      Some(No)),
        (("900", "4000"),   ("900", "8000"),    Some(No),      Some(No)),
        (("900", "4000"),   ("", "8000"),       Some(No),      Some(Unknown)),
        (("900", "4000"),   ("4421", ""),       Some(No),      Some(Yes)),
        (("900", "4000"),   ("900", ""),        Some(Unknown), Some(No)),
        (("900", "4000"),   (">2000", "9000"),  Some(Unknown), Some(Unknown)),
        // unclassified: no rule
        (("900", "9000"),   ("9000", "4000"),   None,          None),
        // open
        ((">2000", "4000"), ("9000", "4000"),   Some(Unknown), Some(Unknown)),
        (("", ""),          ("9000", "4000"),   Some(Unknown), Some(Unknown)),
    ] {
        let immune = patient(&of(entry.0, after.0), &of(entry.1, after.1), Some(600));
        let found = (met(immune.restored(&RULES, 3_100)), met(immune.switched(&RULES, 3_100)));
        assert_eq!(found, (restored, switched), "{entry:?} {after:?}");
    }
}

/// What is missing of restoration, and which samples count after the dose.
#[test]
#[rustfmt::skip]
fn r155_restoration_says_what_it_lacks() {
    use Need::{Dilution, Entry, FirstDose, Nothing, Repeat, Sample};
    for (ferritin, mhla_dr, dose, now, expected) in [
        (&[(100, "9000")][..],                 &[][..],                              None,      700,  [FirstDose, FirstDose]),
        (&[(100, "900")],                      &[],                                  Some(600), 700,  [Entry,     Entry]),
        (&[(100, "9000")],                     &[],                                  Some(600), 700,  [Sample,    Nothing]),
        // A sample of the dose's own minute is entry's.
        (&[(100, "900"), (600, "9000")],       &[],                                  Some(600), 700,  [Sample,    Nothing]),
        (&[(100, "9000"), (601, "9000")],      &[],                                  Some(600), 700,  [Nothing,   Nothing]),
        (&[(100, "9000"), (601, ">2000")],     &[],                                  Some(600), 700,  [Dilution,  Nothing]),
        (&[(100, "9000"), (601, "7000..8000")], &[],                                 Some(600), 700,  [Repeat,    Nothing]),
        (&[(100, "900"), (601, "900")],        &[(100, "4000")],                     Some(600), 700,  [Nothing,   Sample]),
        (&[(100, "900")],                      &[(100, "4000"), (601, "9000")],      Some(600), 700,  [Sample,    Nothing]),
        // More than a day apart: the later counts. Too old: none.
        (&[(100, "900"), (601, "900")],        &[(100, "4000"), (2_042, "9000")],    Some(600), 2_100, [Sample,   Nothing]),
        (&[(100, "900"), (601, "900")],        &[(100, "4000"), (2_041, "9000")],    Some(600), 2_100, [Nothing,  Nothing]),
        (&[(100, "9000"), (601, "9000")],      &[],                                  Some(600), 3_482, [Sample,   Nothing]),
    ] {
        let answer = patient(ferritin, mhla_dr, dose).restored(&RULES, now).unwrap();
        assert_eq!([answer.need.ferritin, answer.need.mhla_dr], expected, "{ferritin:?} {mhla_dr:?} {now}");
        assert_eq!(answer.rule, RESTORATION.id());
    }
}

#[test]
#[rustfmt::skip]
fn r156_both_axes_and_a_newly_abnormal_one() {
    for (entry, after, expected) in [
        // both, inflamed, paralysed
        (("9000", "4000"), ("9000", "4000"), [Yes,     No,      No]),
        (("9000", "9000"), ("9000", "4000"), [Yes,     No,      Yes]),
        (("900",  "4000"), ("4421", "4000"), [Yes,     Yes,     No]),
        (("900",  "4000"), ("4421", "6000"), [No,      Yes,     No]),
        (("900",  "4000"), ("4420", "4999"), [No,      No,      No]),
        (("900",  "4000"), (">900", "4999"), [Unknown, Unknown, No]),
        (("9000", ""),     ("9000", "4000"), [Yes,     No,      Unknown]),
        (("9000", "9000"), ("9000", ""),     [Unknown, No,      Unknown]),
        (("900",  "9000"), ("9000", "4999"), [Yes,     Yes,     Yes]),
    ] {
        let axes = patient(&of(entry.0, after.0), &of(entry.1, after.1), Some(600)).axes(&RULES, 3_100);
        assert_eq!([axes.both, axes.inflamed, axes.paralysed], expected, "{entry:?} {after:?}");
    }
    // Before the dose nothing is newly so.
    let axes = patient(&[(100, "9000")], &[(100, "4000")], None).axes(&RULES, 200);
    assert_eq!([axes.both, axes.inflamed, axes.paralysed], [Yes, Unknown, Unknown]);
}

#[test]
fn r157_stages_of_hla_dr() {
    #[rustfmt::skip]
    let table = [
        ("15000", [0, 0]), ("14999.999", [1, 1]), ("8000.001", [1, 1]), ("8000", [2, 2]), ("5000", [2, 2]), ("4999.999", [3, 3]),
        ("7000..9000", [1, 2]), ("<6000", [2, 3]), (">14000", [0, 1]),
    ];
    for (text, expected) in table {
        assert_eq!(patient(&[], &[(100, text)], None).stage(&RULES, 100).map(Points::ends), Some(expected), "{text}");
    }
    // Of a sample that is at most so old, however long the stay.
    for (sampled, now, expected) in [(100, 2_980, true), (100, 2_981, false), (20_000, 22_880, true), (20_000, 22_881, false)] {
        assert_eq!(patient(&[], &[(sampled, "4000")], None).stage(&RULES, now).is_some(), expected, "{sampled} {now}");
    }
    assert_eq!(patient(&[], &[], None).stage(&RULES, 2_981), None);
}

/// Every decision on readings contains that of every world which they allow: 3 shapes of each sample, in every combination.
#[test]
fn r158_decisions_on_readings_contain_those_of_every_world() {
    const FERRITIN: [(&str, &[&str]); 6] = [
        ("900", &["900"]),
        ("5200", &["5200"]),
        (">2000", &["2000.001", "4420", "4420.001", "6000", "40000"]),
        ("4000..4800", &["4000", "4419", "4420", "4420.5", "4800"]),
        ("<4421", &["0", "3757", "4420", "4420.999"]),
        ("", &["0", "900", "4420", "4421", "1000000"]),
    ];
    const MHLA_DR: [(&str, &[&str]); 5] = [
        ("4000", &["4000"]),
        ("9000", &["9000"]),
        ("<8001", &["0", "4999", "5000", "8000", "8000.5"]),
        ("4900..5100", &["4900", "4999", "5000", "5100"]),
        ("", &["0", "4999", "5000", "8001"]),
    ];
    let sound = |met: Option<Met>, world: Option<Met>, open: bool| match (met, world) {
        (Some(Unknown), _) => true,
        // A class that is open in one world is none of the unclassified in another.
        (met, world) => met == world || open && met.is_none(),
    };
    let (mut worlds, mut decided) = (0_u32, 0_u32);
    for ((f0, f0_worlds), (f1, f1_worlds)) in FERRITIN.into_iter().flat_map(|f0| FERRITIN.map(|f1| (f0, f1))) {
        for ((h0, h0_worlds), (h1, h1_worlds)) in MHLA_DR.into_iter().flat_map(|h0| MHLA_DR.map(|h1| (h0, h1))) {
            let all = |immune: &Immune<7>| {
                let (entry, axes) = (immune.entry(&RULES, 3_100), immune.axes(&RULES, 3_100));
                (
                    entry.class,
                    [met(immune.restored(&RULES, 3_100)), met(immune.switched(&RULES, 3_100))],
                    [axes.both, axes.inflamed, axes.paralysed],
                )
            };
            let (class, answers, axes) = all(&patient(&of(f0, f1), &of(h0, h1), Some(600)));
            decided += answers.iter().filter(|answer| matches!(answer, Some(Yes | No))).count() as u32;
            for (&a, &b) in f0_worlds.iter().flat_map(|a| f1_worlds.iter().map(move |b| (a, b))) {
                for (&c, &d) in h0_worlds.iter().flat_map(|c| h1_worlds.iter().map(move |d| (c, d))) {
                    let (world_class, world_answers, world_axes) = all(&patient(&of(a, b), &of(c, d), Some(600)));
                    assert!(world_class.classes().all(|of_world| class.allows(of_world)), "{f0} {h0} of {a} {c}");
                    for (met, world) in answers.into_iter().zip(world_answers) {
                        assert!(
                            sound(met, world, class.single().is_none()),
                            "{f0} {f1} {h0} {h1}: {answers:?} of {a} {b} {c} {d}: {world_answers:?}"
                        );
                    }
                    for (met, world) in axes.into_iter().zip(world_axes) {
                        assert!(
                            met == Unknown || met == world,
                            "{f0} {f1} {h0} {h1}: {axes:?} of {a} {b} {c} {d}: {world_axes:?}"
                        );
                    }
                    worlds += 1;
                }
            }
        }
    }
    assert!(worlds > 50_000 && decided > 100, "{worlds} {decided}");
}

// ---- the published rules over time

/// Day n begins at 1440*(n-1) of the chart, or that much behind the origin.
#[test]
#[rustfmt::skip]
fn r159_published_rules_over_time() {
    let day = |n: u32, minute: u32| (n - 1) * 1_440 + minute;
    let mhla_dr = |samples: &[(u32, &str)]| series::<MhlaDr, 7>(samples);
    for (samples, expected, need) in [
        (&[][..],                                                        Unknown, Need::Sample),
        (&[(day(1, 9), "7000"), (day(3, 9), "7000")],                    Unknown, Need::Sample),
        (&[(day(1, 9), "7000"), (day(1, 900), "7000")],                  Unknown, Need::Sample),
        (&[(day(1, 1439), "7999"), (day(2, 0), "7999")],                 Yes,     Need::Nothing),
        (&[(day(1, 0), "7999"), (day(2, 1439), "7999")],                 Yes,     Need::Nothing),
        (&[(day(1, 9), "7999"), (day(2, 9), "8000")],                    No,      Need::Nothing),
        (&[(day(1, 9), "7999"), (day(2, 9), "8000"), (day(2, 99), "<8000")], Yes, Need::Nothing),
        (&[(day(1, 9), "7999"), (day(2, 9), "<9000")],                   Unknown, Need::Repeat),
        (&[(day(1, 9), "8000"), (day(2, 9), "<9000")],                   No,      Need::Nothing),
        // Not yet.
        (&[(day(1, 9), "7000"), (day(9, 9), "7000"), (day(10, 9), "7000")], Unknown, Need::Sample),
    ] {
        let answer = MEISEL.answer(&mhla_dr(samples), None, day(9, 100));
        assert_eq!((answer.met, answer.need, answer.rule), (expected, need, MEISEL.id()), "{samples:?}");
    }
    // From admission at minute 100 days 5 to 7 are 100 + 5760 up to, not including, 100 + 10080.
    for (samples, expected) in [
        (&[(5_859, "7000")][..],                     Unknown),
        (&[(5_860, "7999")],                         Yes),
        (&[(10_179, "7999")],                        Yes),
        (&[(10_180, "7999")],                        Unknown),
        (&[(5_860, "8000")],                         No),
        (&[(5_860, "7999"), (8_000, "8000")],        Unknown),
        (&[(5_860, "7999"), (8_000, "7000")],        Yes),
        (&[(5_860, "8100"), (8_000, "8000")],        No),
        (&[(5_860, "<9000")],                        Unknown),
    ] {
        assert_eq!(PERSISTENT.answer(&mhla_dr(samples), Some(100), 20_000).met, expected, "{samples:?}");
    }
    for (samples, expected) in [
        (&[(100, "9000"), (5_860, "8999")][..],                      Yes),
        (&[(100, "9000"), (5_860, "9000")],                          No),
        (&[(100, "9000"), (5_860, "9001")],                          No),
        (&[(99, "9000"), (5_860, "8999")],                           Unknown),
        (&[(4_419, "9000"), (14_499, "8999")],                       Yes),
        (&[(4_420, "9000"), (14_499, "8999")],                       Unknown),
        (&[(100, "9000"), (14_500, "8999")],                         Unknown),
        // The first of each.
        (&[(100, "9000"), (200, "5000"), (5_860, "8999"), (5_900, "9500")], Yes),
        (&[(100, "8000..9000"), (5_860, "8500")],                    Unknown),
        (&[(100, "9000.0001"), (5_860, "9000.0002")],                Unknown),
    ] {
        assert_eq!(SLOPE.answer(&mhla_dr(samples), Some(100), 20_000).met, expected, "{samples:?}");
    }
    let count = |samples: &[(u32, &str)]| series::<Lymphocytes, 7>(samples);
    for (samples, expected) in [
        (&[(2_260, "0.9"), (2_980, "0.9")][..],      Yes),
        (&[(2_261, "0.9"), (2_980, "0.9")],          Unknown),
        (&[(2_200, "0.9"), (2_979, "0.9")],          Unknown),
        (&[(2_200, "0.900001"), (2_980, "0.9")],     No),
        (&[(2_200, "<1"), (2_980, "0.9")],           Unknown),
        (&[(2_200, "0.9"), (2_300, "2"), (2_980, "0.9")], Yes),
    ] {
        assert_eq!(IRIS_7.answer(&count(samples), Some(100), 20_000).met, expected, "{samples:?}");
    }
    for (samples, expected) in [
        (&[(4_420, "0.6")][..],                      Yes),
        (&[(4_419, "0.6")],                          Unknown),
        (&[(5_859, "0.600001")],                     No),
        (&[(5_860, "0.6")],                          Unknown),
    ] {
        assert_eq!(DREWRY.answer(&count(samples), Some(100), 20_000).met, expected, "{samples:?}");
    }
    let ferritin = |samples: &[(u32, &str)]| series::<Ferritin, 7>(samples);
    for (samples, expected) in [
        (&[(50, "1000"), (2_980, "850")][..],        No),
        (&[(50, "1000"), (2_980, "850.001")],        Yes),
        (&[(50, "1000"), (2_979, "850.001")],        Unknown),
        (&[(50, "1000"), (4_419, "900")],            Yes),
        (&[(50, "1000"), (4_420, "900")],            Unknown),
        (&[(2_980, "900"), (2_990, "900")],          Unknown),
        (&[(2_979, "1000"), (2_990, "900")],         Yes),
        (&[(50, "1000"), (900, "2000"), (2_980, "900")], Yes),
        (&[(50, "1000"), (2_980, "900"), (2_990, "800")], Unknown),
    ] {
        assert_eq!(KYRIAZOPOULOU.answer(&ferritin(samples), Some(100), 20_000).met, expected, "{samples:?}");
    }
    let without = [
        PERSISTENT.answer(&mhla_dr(&[]), None, 0),
        SLOPE.answer(&mhla_dr(&[]), None, 0),
        IRIS_7.answer(&count(&[]), None, 0),
        DREWRY.answer(&count(&[]), None, 0),
        KYRIAZOPOULOU.answer(&ferritin(&[]), None, 0),
    ];
    assert!(without.iter().all(|answer| (answer.met, answer.need) == (Unknown, Need::Origin)));
}

/// The first and the last minute of every day up to the last.
#[test]
fn r159_consecutive_days_of_the_whole_clock() {
    let met = |a: u32, b: u32| MEISEL.answer(&series::<MhlaDr, 2>(&[(a, "1"), (b, "1")]), None, b).met;
    for begins in (1_440..=Window::LAST_MINUTE).step_by(1_440) {
        let last = (begins + 1_439).min(Window::LAST_MINUTE);
        assert_eq!((met(begins - 1, begins), met(begins - 1_440, last)), (Yes, Yes), "{begins}");
        assert!(begins == last || met(begins, last) == Unknown, "{begins}");
        assert!(begins < 2_880 || met(begins - 1_441, begins) == Unknown, "{begins}");
    }
}

#[test]
fn r025_every_rule_has_an_id_and_a_source_of_its_own() {
    let ids = [
        RESTORATION.id(),
        MEISEL.id(),
        PERSISTENT.id(),
        SLOPE.id(),
        IRIS_7.id(),
        DREWRY.id(),
        KYRIAZOPOULOU.id(),
        IMMUNOSEP.id(),
    ];
    for (n, id) in ids.iter().enumerate() {
        assert!(!ids[n + 1..].contains(id), "{n}");
        assert!(source(*id).is_some_and(|source| !source.citation.is_empty()), "{n}");
    }
    let local = Restoration::new(16, Cutoff::new("> 8000"), Cutoff::new("< 4420"));
    assert!(!ids.contains(&local.id()) && source(local.id()).is_none());
    assert_eq!(source(RESTORATION.id()).map(|source| source.evidence), Some(Evidence::B));
}

// ---- plausibility

const FALL: Fall = Fall { factor: 4, within: 1_440, evidence: Evidence::I };

#[test]
#[rustfmt::skip]
fn r170_a_fall_that_no_patient_makes_opens_upward() {
    const CHECKS: Checks = Checks { fell: Some(FALL), ..Checks::OFF };
    for (before, after, minute, opened) in [
        ("8000",  "1999",   1_540, true),
        ("8000",  "2000",   1_540, false),
        ("8000",  "1999",   1_541, false),
        (">2000", "1999",   1_540, true),
        ("8000",  "<3000",  1_540, true),
        ("8000.0001", "2000", 1_540, true),
        ("8000",  "2000.0001", 1_540, false),
        ("7999",  "2000",   200,   false),
    ] {
        let ferritin = series::<Ferritin, 7>(&[(100, before), (minute, after)]);
        let sample = ferritin.last(minute).unwrap();
        let (reading, doubts) = CHECKS.opened(&ferritin, &sample, Met::No);
        assert_eq!(doubts.fell(), opened, "{before} {after}");
        let top = if opened { 2_000_000_000 } else { sample.reading.ends()[1] };
        assert_eq!(reading.ends(), [sample.reading.ends()[0], top], "{before} {after}");
        // Off, and as reported.
        assert_eq!(Checks::OFF.opened(&ferritin, &sample, Met::Yes), (sample.reading, Remarks::NONE));
    }
}

/// The worst single hazard: a hooked MALS with a low HLA-DR looks like immunoparalysis.
#[test]
#[rustfmt::skip]
fn r171_an_undiluted_ferritin_beside_a_low_hla_dr_decides_nothing() {
    static CHECKED: ImmuneRules = ImmuneRules { ferritin: Checks { undiluted: true, ..Checks::OFF }, ..RULES };
    let undiluted = Remarks::NONE.with(Remark::Undiluted);
    assert_eq!(undiluted.with(Remark::Undiluted), undiluted);
    for (remarks, mhla_dr, rules, expected, need) in [
        (undiluted,     "4000", &CHECKED, "mals/immunoparalysis", Need::Dilution),
        (Remarks::NONE, "4000", &CHECKED, "immunoparalysis",      Need::Nothing),
        (undiluted,     "4000", &RULES,   "immunoparalysis",      Need::Nothing),
        (undiluted,     "5000", &CHECKED, "unclassified",         Need::Nothing),
        // Without an HLA-DR it may be low.
        (undiluted,     "",     &CHECKED, "mals/immunoparalysis/unclassified", Need::Dilution),
        (Remarks::NONE, "",     &CHECKED, "immunoparalysis/unclassified", Need::Nothing),
        (undiluted,     "4900..5100", &CHECKED, "mals/immunoparalysis/unclassified", Need::Dilution),
    ] {
        let mut immune = patient(&[], &[], None);
        immune.mhla_dr.push(100, read(mhla_dr), Remarks::NONE).unwrap();
        immune.ferritin.push(100, read("900"), remarks).unwrap();
        let entry = immune.entry(rules, 200);
        assert_eq!((names(entry.class).as_str(), entry.needs.ferritin), (expected, need), "{mhla_dr}");
        assert_eq!(entry.doubts.contains(Remark::Undiluted), expected.contains("mals"));
        assert_eq!(immune.ferritin.last(200).unwrap().reading, read("900"), "what was reported stays");
    }
}

#[test]
#[rustfmt::skip]
fn r172_beyond_an_assay_s_limit_a_reading_is_one_sided() {
    const fn limit(bias: Bias) -> Option<Limit> {
        Some(Limit { most: 100, bias, evidence: Evidence::R })
    }
    let most = "1000000";
    for (remark, checks) in [
        (Remark::Hemolysis,   |bias| Checks { hemolysis: limit(bias), ..Checks::OFF }),
        (Remark::Icterus,     |bias| Checks { icterus: limit(bias), ..Checks::OFF }),
        (Remark::Lipemia,     |bias| Checks { lipemia: limit(bias), ..Checks::OFF }),
        (Remark::SpecimenAge, |bias| Checks { specimen_age: limit(bias), ..Checks::OFF }),
        (Remark::StainTime,   |bias| Checks { stain_time: limit(bias), ..Checks::OFF }),
        (Remark::Turnaround,  |bias| Checks { turnaround: limit(bias), ..Checks::OFF }),
    ] as [(Remark, fn(Bias) -> Checks); 6] {
        let mut ferritin = Series::<Ferritin, 7>::new();
        ferritin.push(100, read("4500"), Remarks::NONE.with(remark)).unwrap();
        ferritin.push(200, read("4500"), Remarks::NONE).unwrap();
        let opened = |bias, minute| checks(bias).opened(&ferritin, &ferritin.last(minute).unwrap(), Met::Yes);
        let doubt = Remarks::NONE.with(remark);
        assert_eq!(opened(Bias::Raises, 100), (read("<=4500"), doubt));
        assert_eq!(opened(Bias::Lowers, 100), (read(&format!("4500..{most}")), doubt));
        assert_eq!(opened(Bias::Either, 100), (Reading::UNKNOWN, doubt));
        assert_eq!(opened(Bias::Either, 200), (read("4500"), Remarks::NONE));
        // What is not known is not opened any further.
        for bias in [Bias::Raises, Bias::Lowers, Bias::Either] {
            let unknown = Sample { reading: Reading::UNKNOWN, ..ferritin.last(100).unwrap() };
            assert_eq!(checks(bias).opened(&ferritin, &unknown, Met::Yes), (Reading::UNKNOWN, doubt));
        }
    }
}

#[test]
#[rustfmt::skip]
fn r172_what_a_specimen_is_remarked_for() {
    const LIMIT: Option<Limit> = Some(Limit { most: 100, bias: Bias::Raises, evidence: Evidence::R });
    const ALL: Checks = Checks { fell: None, undiluted: true, hemolysis: LIMIT, icterus: LIMIT, lipemia: LIMIT, specimen_age: LIMIT, stain_time: Some(STAIN_TIME), turnaround: LIMIT, lyse_no_wash: Some(LYSE_NO_WASH) };
    const GOOD: Specimen = Specimen { undiluted: No, hemolysis: Some(100), icterus: Some(100), lipemia: Some(100), age: Some(100), stain: Some(240), turnaround: Some(100), lyse_no_wash: No };
    let names = |specimen: &Specimen| ALL.remarks(specimen).names().collect::<Vec<_>>();
    assert_eq!(names(&GOOD), [""; 0]);
    for (specimen, expected) in [
        (Specimen { hemolysis: Some(101), ..GOOD },  "hemolysis"),
        (Specimen { icterus: Some(101), ..GOOD },    "icterus"),
        (Specimen { lipemia: None, ..GOOD },         "lipemia"),
        (Specimen { age: Some(101), ..GOOD },        "specimen_age"),
        (Specimen { stain: Some(241), ..GOOD },      "stain_time"),
        (Specimen { turnaround: None, ..GOOD },      "turnaround"),
        (Specimen { undiluted: Yes, ..GOOD },        "undiluted"),
        (Specimen { undiluted: Unknown, ..GOOD },    "undiluted"),
        (Specimen { lyse_no_wash: Yes, ..GOOD },     "lyse_no_wash"),
    ] {
        assert_eq!(names(&specimen), [expected]);
        assert_eq!(Checks::OFF.remarks(&specimen), Remarks::NONE);
    }
    // Nothing was told: everything that is checked may be so.
    assert_eq!(names(&Specimen::UNKNOWN).len(), Remark::ALL.len());
}

#[test]
fn r173_lyse_no_wash_is_compared_as_either_method() {
    static CHECKED: ImmuneRules = ImmuneRules { mhla_dr: Checks { lyse_no_wash: Some(LYSE_NO_WASH), ..Checks::OFF }, ..RULES };
    for (text, expected) in [
        ("4999", "immunoparalysis"),
        ("5000", "immunoparalysis/unclassified"),
        ("5899.999", "immunoparalysis/unclassified"),
        ("5900", "unclassified"),
    ] {
        let mut immune = patient(&[(100, "900")], &[], None);
        immune.mhla_dr.push(100, read(text), Remarks::NONE.with(Remark::LyseNoWash)).unwrap();
        let entry = immune.entry(&CHECKED, 200);
        assert_eq!((names(entry.class).as_str(), entry.doubts.contains(Remark::LyseNoWash)), (expected, true), "{text}");
    }
    // 1/1.18 of 1000 is no decimal: outward to the tick, strictly between two thousandths.
    assert_eq!(LYSE_NO_WASH.other(read::<MhlaDr>("1000")).ends(), [2 * 847_457 + 1, 2_000_000]);
    assert_eq!(Method::new([500, 2_000], Evidence::I).other(read::<MhlaDr>("900000")), read("450000..1000000"));
    // An end that is not reached stays one.
    let halved_or_doubled = Method::new([500, 2_000], Evidence::I);
    assert_eq!(halved_or_doubled.other(read::<MhlaDr>("<1000")), read("<2000"));
    assert_eq!(halved_or_doubled.other(read::<MhlaDr>(">1000")).ends()[0], read::<MhlaDr>(">500").ends()[0]);
    assert!(LYSE_NO_WASH.other(Reading::<MhlaDr>::UNKNOWN).is_unknown());
}

// ---- eligibility

/// A patient whom the trial would have taken.
fn eligible() -> Candidate {
    let mut answers = Answers::NONE;
    for row in TRIAL_CRITERIA.iter().filter(|row| row.criterion.is_charted()) {
        answers = answers.with(row.criterion, row.takes_in);
    }
    Candidate {
        age: read("18"),
        neutrophils: read("1.5"),
        sepsis: Yes,
        class: Some(IMMUNOSEP.classify(read("900"), read("4000"))),
        sepsis_classified: Some(100),
        entry: 100 + 4_319,
        covid19: No,
        answers,
    }
}

#[test]
fn r180_the_last_answer_to_a_criterion_counts() {
    for criterion in Criterion::ALL {
        for (told, expected) in
            [(&[true, true][..], Yes), (&[false, false], No), (&[true, false], No), (&[false, true], Yes), (&[], Unknown)]
        {
            let answers = told.iter().fold(Answers::NONE, |answers, &is_so| answers.with(*criterion, is_so));
            assert_eq!(answers.of(*criterion), expected, "{criterion:?} {told:?}");
        }
    }
}

#[test]
#[rustfmt::skip]
fn r180_each_criterion_decides_by_itself() {
    assert_eq!(IMMUNOSEP_TRIAL.would_take(&eligible()).met(), Yes);
    let class = |f, h| Some(IMMUNOSEP.classify(read(f), read(h)));
    let mut table = vec![
        (Criterion::Adult,              No,      Candidate { age: read("17.999"), ..eligible() }),
        (Criterion::Adult,              Unknown, Candidate { age: read(">17"), ..eligible() }),
        (Criterion::Sepsis,             No,      Candidate { sepsis: No, ..eligible() }),
        (Criterion::Sepsis,             Unknown, Candidate { sepsis: Unknown, ..eligible() }),
        (Criterion::Endotype,           No,      Candidate { class: class("900", "5000"), ..eligible() }),
        (Criterion::Endotype,           Unknown, Candidate { class: class("900", ""), ..eligible() }),
        (Criterion::Endotype,           Unknown, Candidate { class: None, ..eligible() }),
        (Criterion::Endotype,           Yes,     Candidate { class: class(">2000", "4000"), ..eligible() }),
        (Criterion::Within72H,          Yes,     Candidate { entry: 100, ..eligible() }),
        (Criterion::Within72H,          No,      Candidate { entry: 100 + 4_320, ..eligible() }),
        (Criterion::Within72H,          No,      Candidate { entry: 99, ..eligible() }),
        (Criterion::Within72H,          Unknown, Candidate { sepsis_classified: None, ..eligible() }),
        (Criterion::Neutropenia,        No,      Candidate { neutrophils: read("1.499999"), ..eligible() }),
        (Criterion::Neutropenia,        Unknown, Candidate { neutrophils: read("<2"), ..eligible() }),
        (Criterion::Covid19WithoutMals, No,      Candidate { covid19: Yes, ..eligible() }),
        (Criterion::Covid19WithoutMals, Yes,     Candidate { covid19: Yes, class: class("4421", ""), ..eligible() }),
        (Criterion::Covid19WithoutMals, Yes,     Candidate { covid19: Unknown, class: class("4421", ""), ..eligible() }),
        (Criterion::Covid19WithoutMals, Unknown, Candidate { covid19: Unknown, ..eligible() }),
        (Criterion::Covid19WithoutMals, Unknown, Candidate { covid19: Yes, class: class(">2000", "4000"), ..eligible() }),
    ];
    for row in TRIAL_CRITERIA.iter().filter(|row| row.criterion.is_charted()) {
        table.push((row.criterion, No, Candidate { answers: eligible().answers.with(row.criterion, !row.takes_in), ..eligible() }));
        let mut answers = Answers::NONE;
        for other in TRIAL_CRITERIA.iter().filter(|other| other.criterion.is_charted() && other.criterion != row.criterion) {
            answers = answers.with(other.criterion, other.takes_in);
        }
        table.push((row.criterion, Unknown, Candidate { answers, ..eligible() }));
    }
    for (criterion, expected, candidate) in table {
        let found = IMMUNOSEP_TRIAL.would_take(&candidate);
        let (failed, unknown): (Vec<_>, Vec<_>) = (found.failed().collect(), found.not_known().collect());
        assert_eq!(found.met(), expected, "{criterion:?} {failed:?} {unknown:?}");
        assert_eq!(failed, if expected == No { vec![criterion] } else { vec![] });
        // Of no measured class nothing is known of the endotype, and COVID-19 is answered for.
        assert_eq!(unknown, if expected == Unknown { vec![criterion] } else { vec![] });
        assert_eq!(found.passed().count() + failed.len() + unknown.len(), Criterion::ALL.len());
    }
}

/// Typed from facts/immunosep.md, section 4; recalled ones are marked R, and nothing of them is filled in.
#[test]
#[rustfmt::skip]
fn r181_criteria_are_those_of_the_facts() {
    let of = |takes_in: bool, evidence| TRIAL_CRITERIA.iter().filter(|row| (row.takes_in, row.evidence) == (takes_in, evidence)).map(|row| row.criterion.name()).collect::<Vec<_>>();
    assert_eq!(of(true, Evidence::A), ["adult", "contraception", "lung_or_bloodstream_infection", "sepsis", "endotype", "within_72_h"]);
    assert_eq!(of(false, Evidence::A), ["pyelonephritis", "intra_abdominal_infection", "meningitis", "skin_infection", "stage_iv_malignancy", "neutropenia", "do_not_resuscitate", "contaminant_bacteremia", "consent_denied", "covid19_without_mals"]);
    assert_eq!(of(false, Evidence::R), ["steroids", "tuberculosis", "hiv", "pregnancy", "immunodeficiency", "lupus", "multiple_sclerosis"]);
    assert!(TRIAL_CRITERIA.iter().filter(|row| row.evidence == Evidence::R).all(|row| row.criterion.is_charted()));
    // The numbers in the words are the rules' own.
    let words = |criterion: Criterion| TRIAL_CRITERIA[criterion as usize].words;
    let [_, age] = IMMUNOSEP_TRIAL.age.edge();
    let [neutrophils, _] = IMMUNOSEP_TRIAL.neutrophils.edge();
    assert!(words(Criterion::Adult).contains(&format!("at least {} years", age / 2_000)));
    assert!(words(Criterion::Neutropenia).contains(&format!("fewer than {} neutrophils", neutrophils / 2_000)));
    assert!(words(Criterion::Within72H).contains(&format!("less than {} h", IMMUNOSEP_TRIAL.within / 60)));
    assert_eq!(words(Criterion::Sepsis).matches(&format!("at least {}", SEPSIS_3.rise)).count(), 2);
    let [mals, paralysis] = &IMMUNOSEP_ARMS;
    assert_eq!((mals.drug, mals.active, mals.dummy), (Dose::Anakinra, "anakinra 200 mg IV every 8 h", "saline 0.5 mL SC every 48 h"));
    assert_eq!((paralysis.drug, paralysis.active, paralysis.dummy), (Dose::InterferonGamma, "recombinant human interferon gamma 100 ug SC every 48 h", "saline 20 mL IV every 8 h"));
    assert_eq!([mals, paralysis].map(|arm| (arm.days, arm.evidence, arm.dose_evidence)), [(15, Evidence::A, Evidence::B); 2]);
    assert_eq!(Endotype::ALL.map(|class| arm(class).map(|arm| arm.endotype)), [Some(Endotype::Mals), Some(Endotype::Immunoparalysis), None]);
}

// ---- the watch, and markers without a cut-off

#[test]
fn r182_a_signal_carries_hours_and_baseline() {
    const LOW: Cutoff<Hemoglobin> = Cutoff::new("< 7");
    let mut watch = Watch::<Hemoglobin>::default();
    let mut see =
        |minute, text: &str, dose| watch.see(LOW, minute, read(text), dose).map(|s| (s.met, s.hours(), s.since_dose, s.baseline));
    assert_eq!(see(100, "6.0", None), None);
    assert_eq!(see(300, "9.1", Some(600)), None);
    // Late, and earlier than the baseline.
    assert_eq!(see(200, "5.0", Some(600)), None);
    // The dose's own minute is before it.
    assert_eq!(see(600, "8.8", Some(600)), None);
    assert_eq!(see(601, "7", Some(600)), None);
    assert_eq!(see(601, "6.999", Some(600)), Some((Yes, 0, 1, read("8.8"))));
    assert_eq!(see(660, "<7.1", Some(600)), Some((Unknown, 1, 60, read("8.8"))));
    assert_eq!(see(700, "", Some(600)), None);
    let mut platelets = Watch::<Platelets>::new();
    let signal = platelets.see(Cutoff::new("< 50"), 719, read("49"), Some(600)).unwrap();
    assert_eq!((signal.hours(), signal.baseline), (1, Reading::UNKNOWN));
}

#[test]
fn r182_hours_are_whole_for_every_number_of_minutes() {
    let hours = |since_dose| {
        Signal::<Platelets> { met: Yes, reading: Reading::UNKNOWN, baseline: Reading::UNKNOWN, minute: 0, since_dose }.hours()
    };
    assert!((0..=Window::LAST_MINUTE).all(|minutes| hours(minutes) == minutes / 60));
    assert!((0..=90).chain((u32::MAX - 90)..=u32::MAX).all(|minutes| hours(minutes) == minutes / 60));
}

/// None of them enters a classification: `classify` takes ferritin and HLA-DR by their types, see the example of [`Reference`].
#[test]
fn r073_markers_without_a_cut_off_are_followed_against_the_laboratory_s_own_interval() {
    let own = Reference::<Lymphocytes>::new(Amount::Units(1), Amount::Units(4)).unwrap();
    #[rustfmt::skip]
    let table = [
        ("0.999999", Level::Low), ("1", Level::Normal), ("4", Level::Normal), ("4.0000001", Level::High), ("<1", Level::Low),
        ("<=1", Level::Unknown), ("3..5", Level::Unknown), ("", Level::Unknown), (">4", Level::High),
    ];
    for (text, expected) in table {
        assert_eq!(own.level(read(text)), expected, "{text}");
    }
    for (before, last, expected) in [
        ("1", "0.9", Trend::Falling),
        ("1", "1.000001", Trend::Rising),
        ("1", "1.0", Trend::Steady),
        ("1..2", "1..2", Trend::Unknown),
        ("1.0000001", "1.0000002", Trend::Unknown),
        ("<1", "1", Trend::Rising),
        ("<=1", "1", Trend::Unknown),
    ] {
        assert_eq!(series::<Lymphocytes, 2>(&[(0, before), (9, last)]).trend(9), expected, "{before} {last}");
    }
}

#[test]
fn r160_only_decided_to_decided_is_a_change() {
    let class = |f, h| IMMUNOSEP.classify(read(f), read(h));
    let paralysed = class("900", "4000");
    assert_eq!(paralysed.became(class("4421", "4000")), Some([Endotype::Immunoparalysis, Endotype::Mals]));
    for open in [class(">2000", "4000"), class("", ""), class("900", "4900..5100"), paralysed] {
        assert_eq!([paralysed.became(open), open.became(paralysed)], [None; 2]);
    }
}
