//! A state and its bytes: exactly back, or refused and why.

mod sealed;

use endotype::published::{SOFA_2, SOFA_1996};
use endotype::*;
use proptest::prelude::*;
use sealed::sealed;

const KEY: [u8; 16] = *b"pseudonym no. 12";
type Kept = Snapshot<9, 7>;

fn bytes_of(snapshot: &Kept) -> Vec<u8> {
    let mut bytes = vec![0; Kept::MAX];
    let length = snapshot.clone().to_bytes(&KEY, &mut bytes).unwrap();
    bytes.truncate(length);
    bytes
}

/// A chart that leaves something in every field: late results, runs, censored rates, devices, urine of two days, a minute that is not over.
#[rustfmt::skip]
const CHART: &[(u32, &str, &str, &str)] = &[
    (3, "weight", "80", "kg"), (3, "infection", "1", ""), (3, "emergency_admission", "0", ""), (4, "hypovolemia", "1", ""),
    (5, "fio2", "40..50", "%"), (5, "support", "imv", ""), (6, "pao2", "80", "mm[Hg]"), (7, "gcs", "13", "{score}"), (8, "sedated", "1", ""),
    (9, "norepinephrine", "0.05", "ug/kg/min"), (9, "dopamine", "<400", "ug/min"), (9, "vasopressin", ">1", "[U]/h"),
    (60, "specimen", "undiluted", ""), (60, "ferritin", ">2000", "ng/mL"), (60, "mhla_dr", "3100", "{AB}/{cell}"), (60, "ferritin", "5200..5300", "ng/mL"),
    (61, "urine", "40", "mL"), (125, "urine", "<30", "mL"), (200, "urine", "3000..9000", "mL"), (300, "platelets", "90", "10*9/L"),
    (400, "vasopressin", "0", "[U]/h"), (700, "spo2", "91", "%"), (800, "rrt", "1", ""), (900, "vasoactives_unavailable", "1", ""),
    (950, "map", "55", "mm[Hg]"), (1_000, "lactate", "2.5", "mmol/L"), (1_439, "epinephrine", "0..0.1", "ug/kg/min"),
    (1_441, "weight", "80..82", "kg"), (1_441, "fio2", "60", "%"), (1_441, "support", "niv", ""), (1_441, "norepinephrine", "0.1", "ug/kg/min"),
    (1_441, "dopamine", "0..400", "ug/min"), (1_441, "sedated", "1", ""), (1_441, "hypovolemia", "1", ""),
    (1_441, "creatinine", "3.5", "mg/dL"), (1_442, "first_dose", "anakinra", ""), (1_500, "urine", "20", "mL"), (1_501, "norepinephrine", "0", "ug/kg/min"), (1_450, "bilirubin", "12", "mg/dL"),
    (1_503, "potassium", "6.1", "mmol/L"), (1_503, "pao2", "9.1", "kPa"), (1_503, "spo2", "90", "%"), (1_503, "map", "61..72", "mm[Hg]"),
    (1_503, "gcs_motor", "4", "{score}"), (1_503, "lactate", "1.9..2.1", "mmol/L"), (1_503, "ferritin", "4100.0004", "ng/mL"), (1_503, "specimen", "hemolysis", ""),
];

/// That chart with one outage, closed days entered into a course, and what was carried.
fn charted(rules: &SofaRules) -> Kept {
    let limits = Limits { fio2: 480, ..Limits::NONE };
    let mut immune = Immune::new();
    let (mut window, mut course, mut carried) = (Window::new(rules).with_limits(limits), Course::new(rules.id()), Carried::NONE);
    for &(minute, item, value, unit) in CHART {
        while minute >= window.day_end() {
            window.resume(rules, 1_439).unwrap();
            let how = How { missing: Missing::Carry, ..How::DEFAULT };
            let score = window.close_day(rules).unwrap().score(rules, how, carried);
            carried = score.carried();
            course.push(&score).unwrap();
            course.amend(1, Total::ALL).unwrap();
        }
        let event = Event::read(item, unit, value).unwrap();
        window.push(rules, minute, &event).unwrap();
        immune.push(minute, &event).unwrap();
    }
    Kept::of(&window, &course, carried, &immune).unwrap()
}

fn dead() -> Kept {
    let (mut window, mut course) = (Window::new(&SOFA_1996), Course::new(SOFA_1996.id()));
    window.push(&SOFA_1996, 77, &Event::Death).unwrap();
    let closed = window.close_day(&SOFA_1996).unwrap();
    course.push(&closed.score(&SOFA_1996, How::DEFAULT, Carried::NONE)).unwrap();
    course.end(End::Death).unwrap();
    Kept::of(&window, &course, Carried::NONE, &Immune::new()).unwrap()
}

fn fresh() -> Kept {
    Kept::of(&Window::new(&SOFA_1996), &Course::new(SOFA_1996.id()), Carried::NONE, &Immune::new()).unwrap()
}

/// Its name, its bytes, its rules, and the same state now.
type Released = (&'static str, &'static [u8], &'static SofaRules, fn() -> Kept);

/// Every version ever released, as it was written then; a file is added, never changed.
const RELEASED: [Released; 4] = [
    ("v1-fresh", include_bytes!("snapshots/v1-fresh.bin"), &SOFA_1996, fresh),
    ("v1-sofa-1996", include_bytes!("snapshots/v1-sofa-1996.bin"), &SOFA_1996, || charted(&SOFA_1996)),
    ("v1-sofa-2", include_bytes!("snapshots/v1-sofa-2.bin"), &SOFA_2, || charted(&SOFA_2)),
    ("v1-dead", include_bytes!("snapshots/v1-dead.bin"), &SOFA_1996, dead),
];

#[test]
fn r193_every_version_ever_released_is_read() {
    for (name, stored, rules, now) in RELEASED {
        if std::env::var_os("BLESS").is_some() && stored.is_empty() {
            std::fs::write(format!("tests/snapshots/{name}.bin"), bytes_of(&now())).unwrap();
            continue;
        }
        assert_eq!(Kept::from_bytes(stored, &KEY, rules), Ok(now()), "{name}");
        assert_eq!(bytes_of(&now()), stored, "{name}: this release writes version 1");
    }
}

/// What the golden state says, worked by hand: platelets 90 are 2, creatinine 3.5 is 3 of 1996; only day 1 is in the course.
#[test]
fn r193_a_released_snapshot_still_says_what_it_said() {
    let snapshot = Kept::from_bytes(RELEASED[1].1, &KEY, &SOFA_1996).unwrap();
    let (window, course, _, immune) = snapshot.resume(&SOFA_1996, 1_600).unwrap();
    let day = window.so_far(&SOFA_1996).unwrap();
    assert_eq!((window.day(), day.points(Item::Creatinine), day.points(Item::Platelets)), (2, Some(Points::only(3)), None));
    assert_eq!((course.len(), course.total(1), course.amended(1)), (1, Ok(Some(Total::ALL)), Ok(true)));
    let samples: Vec<_> =
        immune.ferritin.samples().map(|sample| (sample.minute, sample.corrected, sample.remarks.names().next())).collect();
    assert_eq!(samples, [(60, true, Some("undiluted")), (1_503, false, Some("hemolysis"))]);
    assert_eq!((immune.mhla_dr.samples().count(), immune.first_dose()), (1, Some((1_442, Dose::Anakinra))));
    let rolling = window.rolling(&SOFA_1996).unwrap();
    assert_eq!(rolling.score(&SOFA_1996, How::DEFAULT, Carried::NONE).sofa().organ(Organ::Coagulation), Points::only(2));
}

#[test]
fn r193_layout_as_it_is_written_down() {
    let bytes = bytes_of(&charted(&SOFA_1996));
    let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
    assert_eq!((&bytes[..6], bytes.len()), (&b"ENDO\x01\x00"[..], 698));
    assert_eq!((u16::from_le_bytes([bytes[6], bytes[7]]), &bytes[8..24]), (698, &KEY[..]));
    assert_eq!(number(24), SOFA_1996.id().number());
    assert_eq!((&bytes[28..32], &bytes[622..626]), (&[1, 0, 78, 2][..], &[2, 0, 16, 0][..]));
    // Day 2, minute 63, open; FiO2 may hold 480 minutes, and is 60 % in half-ticks.
    assert_eq!((&bytes[32..37], number(37), number(53)), (&[2, 0, 63, 0, 0][..], 480, 120_000));
    // The total of day 1 was amended to any.
    assert_eq!(number(638), 0x81ff_ffff);
    // Section 3: the dose at 1442, anakinra the first; two and one samples; the last remark, haemolysis the second, of 1503.
    assert_eq!((&bytes[642..646], number(646), &bytes[650..654]), (&[3, 0, 48, 0][..], 1_442, &[1, 2, 1, 0][..]));
    assert_eq!(number(654), 1_503 | 1 << 24);
    // Undiluted and corrected, 5200 to 5300 in half-ticks; what is finer than a tick lies between two.
    assert_eq!([number(658), number(662), number(666)], [60 | 1 << 23 | 1 << 31, 10_400_000, 10_600_000]);
    assert_eq!([number(670), number(674), number(678)], [1_503 | 1 << 24, 8_200_001, 8_200_001]);
    assert_eq!([number(682), number(686), number(690)], [60 | 1 << 23, 6_200_000, 6_200_000]);
    // The longest that there is: a window, and as many days as it may have.
    assert_eq!([Snapshot::<1, 1>::MAX, Snapshot::<9, 7>::MAX, Snapshot::<28, 7>::MAX], [686, 862, 938]);
}

/// What is not what it should be, each by its own error.
#[test]
fn r191_each_fault_has_its_own_error() {
    let stored = bytes_of(&charted(&SOFA_1996));
    let read = |bytes: &[u8]| Kept::from_bytes(bytes, &KEY, &SOFA_1996).map(|_| ());
    let changed = |at: usize, to: &[u8]| {
        let mut bytes = stored.clone();
        bytes[at..at + to.len()].copy_from_slice(to);
        bytes
    };
    assert_eq!(read(&stored), Ok(()));
    for (bytes, expected) in [
        (vec![], Error::NotOurs),
        (changed(0, b"endo"), Error::NotOurs),
        (changed(4, &[0, 0]), Error::UnknownVersion { found: 0 }),
        (changed(4, &[2, 0]), Error::UnknownVersion { found: 2 }),
        (sealed(changed(4, &[2, 0])), Error::UnknownVersion { found: 2 }),
        (stored[..stored.len() - 1].to_vec(), Error::WrongLength { expected: 698 }),
        ([&stored[..], &[0]].concat(), Error::WrongLength { expected: 698 }),
        (changed(6, &[0, 0]), Error::WrongLength { expected: 0 }),
        (changed(6, &[3, 0])[..20].to_vec(), Error::WrongLength { expected: 3 }),
        (changed(100, &[0xa5]), Error::Checksum),
        (changed(697, &[!stored[697]]), Error::Checksum),
        (sealed(changed(8, b"P")), Error::OtherPatient),
        (sealed(changed(24, &[0])), Error::RulesDiffer),
        (sealed(changed(28, &[9])), Error::Impossible),
        (sealed(changed(30, &[79, 2])), Error::Impossible),
        // A byte behind the last section.
        (sealed([&changed(6, &699_u16.to_le_bytes())[..], &[0]].concat()), Error::Impossible),
    ] {
        assert_eq!(read(&bytes), Err(expected));
    }
    assert_eq!(Kept::from_bytes(&stored, b"pseudonym no. 13", &SOFA_1996), Err(Error::OtherPatient));
    assert_eq!(Kept::from_bytes(&stored, &KEY, &SOFA_2), Err(Error::RulesDiffer));
    // A course that has more days than there is room for.
    assert_eq!(Snapshot::<0, 7>::from_bytes(&stored, &KEY, &SOFA_1996), Err(Error::CourseFull));
    // And samples.
    assert_eq!(Snapshot::<1, 1>::from_bytes(&stored, &KEY, &SOFA_1996), Err(Error::SeriesFull));
    assert!(Snapshot::<1, 2>::from_bytes(&stored, &KEY, &SOFA_1996).is_ok());
    assert_eq!(charted(&SOFA_1996).to_bytes(&KEY, &mut [0; 697]), Err(Error::NoRoom { needed: 698 }));
    let other = Kept::of(&Window::new(&SOFA_1996), &Course::new(SOFA_2.id()), Carried::NONE, &Immune::new());
    assert_eq!(other, Err(Error::RulesDiffer));
}

/// Each bit of a stored snapshot, and so each bit of each of every released file.
#[test]
fn r191_every_flipped_bit_is_found() {
    let mut flips = 0;
    for (name, stored, rules, _) in RELEASED {
        for bit in 0..8 * stored.len() {
            let mut damaged = stored.to_vec();
            damaged[bit / 8] ^= 1 << (bit % 8);
            assert!(Kept::from_bytes(&damaged, &KEY, rules).is_err(), "{name}: bit {bit}");
            flips += 1;
        }
    }
    println!("{flips} single bits flipped, each refused");
    assert_eq!(flips, 8 * (658 + 698 + 698 + 662));
}

/// Field by field a value that no charting leads to, with a checksum that fits; beside it one that might be.
#[test]
fn r192_a_content_that_no_charting_leads_to_is_refused() {
    let word = |number: u32| number.to_le_bytes().to_vec();
    let ends = |lo: i32, hi: i32| [lo.to_le_bytes(), hi.to_le_bytes()].concat();
    let [hold, held, today, hours] = [53, 53 + 11 * 16, 53 + 176 + 56, 333];
    // Of a witness: the least of its points, all up to the most; minutes before the end of the day; the item's number.
    let witness = |least: u32, up_to: u32, before: u32, item: u32| word((least << 5 | up_to) << 19 | before << 7 | item);
    #[rustfmt::skip]
    let cases: &[(&str, usize, Vec<u8>, Vec<u8>)] = &[
        // what, where, refused, accepted
        ("day 0", 32, vec![0, 0], vec![2, 0]),
        ("a day after the last", 32, 3_653_u16.to_le_bytes().to_vec(), vec![2, 0]),
        ("minute 1440 of a day", 34, 1_440_u16.to_le_bytes().to_vec(), vec![64, 0]),
        ("an end that is none", 36, vec![5], vec![1]),
        ("FiO2 above 100 %", hold, ends(40_000, 200_001), ends(40_000, 200_000)),
        ("FiO2 backwards", hold, ends(90_000, 80_000), ends(80_000, 80_000)),
        ("FiO2 below 0", hold, ends(-1, 80_000), ends(0, 80_000)),
        ("FiO2 half unknown", hold, ends(0, i32::MAX - 1), ends(0, 80_000)),
        ("weight until its own minute", hold + 16 + 8, word(1_503), word(1_504)),
        ("a support between two", hold + 32, ends(4, 5), ends(5, 5)),
        ("a support that is none", hold + 32, ends(9, 9), ends(8, 8)),
        ("a run of 61 minutes", hold + 48 + 14, vec![61], vec![60]),
        ("a stop of 6 minutes", hold + 48 + 12, vec![60, 6, 60, 6], vec![60, 5, 60, 5]),
        ("a run that certainly, not possibly is", hold + 48 + 12, vec![60, 0, 10, 0], vec![10, 2, 60, 0]),
        ("a stop without a run", hold + 48 + 12, vec![0, 1], vec![0, 0]),
        ("a rate of a drug that never ran", hold + 8 * 16, ends(2, 2), ends(0, 0)),
        ("a twelfth thing that holds", held + 1, vec![0x08], vec![0]),
        ("a rate per minute of FiO2", held + 2, vec![1], vec![0]),
        ("a rate per minute of a drug that was never charted", held + 2, vec![0x40], vec![0x20]),
        ("a state on that is not known", held + 4, vec![0x10, 0], vec![0x00, 0]),
        ("a state known that was never charted", held + 7, vec![0x04], vec![0]),
        ("hypovolaemia since tomorrow", held + 10, word(1_504), word(1_503)),
        ("sedated since tomorrow", held + 14, word(1_504), word(1_440)),
        ("drugs unavailable since tomorrow", held + 18, word(1_504), word(1_440)),
        ("a last GCS in 1996", held + 26, vec![4], vec![0]),
        ("a gas above what is reportable", held + 35, ends(0, 300_001), ends(0, 300_000)),
        ("SpO2 that waits in 1996", held + 43, ends(180_000, 180_000), ends(1 - i32::MAX, i32::MAX - 1)),
        ("a lactate that is no answer", held + 51, vec![4], vec![3]),
        ("a pressure that waits in 1996", held + 52, word(0x21), word(0)),
        ("what waits in a lane that nothing has", held + 52, word(1 << 27), word(0)),
        ("low urine in the window", today + 4, word(0x20), word(1)),
        ("devices in 1996", today + 8, word(1), word(0)),
        ("urine backwards", today + 12, ends(9, 8), ends(8, 9)),
        ("a witness of another organ", today + 20, word(0x0217 << 20 | 1), word(1)),
        ("a witness of the day before yesterday", today + 20, witness(1, 1, 1_441, 0), witness(1, 1, 1_440, 0)),
        ("a witness later than the clock", today + 20, witness(1, 1, 1_376, 0), witness(1, 1, 1_377, 0)),
        ("a witness whose least is above its most", today + 20, witness(2, 1, 1_440, 0), witness(2, 3, 1_440, 0)),
        ("a witness of two least", today + 20, witness(3, 3, 1_440, 0), witness(1, 3, 1_440, 0)),
        ("a witness whose most is not one", today + 20, witness(1, 5, 1_440, 0), witness(1, 7, 1_440, 0)),
        ("a witness of an item that is none", today + 20, witness(1, 1, 1_440, 0x78), witness(1, 1, 1_440, 0)),
        ("a witness of urine, which is summed up", today + 40, witness(1, 1, 1_440, 13), witness(1, 1, 1_440, 5)),
        ("a last GCS that is none", held + 26, vec![0x20], vec![0]),
        ("a last GCS later than the clock", held + 22, word(1_504), word(0)),
        ("a minute of the last GCS without its points", held + 22, word(5), word(0)),
        ("a state that is none", held + 9, vec![0x04], vec![0x03]),
        ("points by weight that are none", 621, vec![0x20], vec![0]),
        ("points by weight that are apart", 621, vec![4], vec![0]),
        ("infection 2", today + 44, vec![2], vec![1]),
        ("shock that is no answer", today + 46, vec![3], vec![2]),
        ("an hour's urine in its 60th minute", hours + 16 + 4, word(60), word(59)),
        ("an hour's urine down to 0 that is not", hours + 16 + 4, word(2 << 10 | 14 << 6), word(20 << 10 | 14 << 6)),
        ("urine of this hour in a later minute", hours + 8 + 4, word(4), word(3)),
        ("urine of yesterday in its 60th minute", hours + 192, word(61), word(1)),
        ("points by weight in 1996", 621, vec![1], vec![0]),
        ("what is carried beside, with a flag", 630, word(1 << 30), word(1 << 29)),
        ("a course's end that is none", 634, vec![3], vec![2]),
        ("the 0 behind it", 635, vec![1], vec![0]),
        ("more days than follow", 636, vec![2, 0], vec![1, 0]),
        ("a total of 25", 638, word(1 << 25), word(1 << 24)),
        ("a gap that was amended", 638, word(1 << 31), word(0)),
        ("a section that is longer", 624, vec![17, 0], vec![16, 0]),
        ("a first dose without a drug", 650, vec![0], vec![4]),
        ("a fifth drug", 650, vec![5], vec![3]),
        ("a dose after the last minute", 646, word(5_256_001), word(5_256_000)),
        ("the 0 behind the samples", 653, vec![1], vec![0]),
        ("fewer samples than follow", 651, vec![1], vec![2]),
        ("a remark after the last minute", 654, word(5_256_001), word(5_256_000)),
        ("a remark on no minute", 654, word(0x7f_ffff | 1 << 23), word(0x7f_ffff)),
        ("a remark that is a correction", 654, word(1_503 | 1 << 31), word(1_503 | 1 << 30)),
        ("samples out of order", 658, word(1_503), word(1_502)),
        ("a sample after the last minute", 670, word(5_256_001), word(5_256_000)),
        ("ferritin backwards", 662, ends(10_600_000, 10_400_000), ends(10_400_000, 10_400_000)),
        ("a sample of nothing known", 662, ends(1 - i32::MAX, i32::MAX - 1), ends(0, 2_000_000_000)),
        ("HLA-DR above what is reportable", 686, ends(6_200_000, 2_000_000_001), ends(6_200_000, 2_000_000_000)),
        ("markers that are longer", 644, vec![49, 0], vec![48, 0]),
    ];
    // Of a drug of which only that it runs is known.
    let runs = ends(0, i32::MAX - 2);
    let last_gcs = |minute: u32, points: u8| [word(minute), vec![points]].concat();
    #[rustfmt::skip]
    let of_second: &[(&str, usize, Vec<u8>, Vec<u8>)] = &[
        ("weight above 1,000 kg", hold + 16, ends(160_000, 2_000_001), ends(160_000, 2_000_000)),
        ("a rate above what is reportable", hold + 48, ends(0, 2_000_000_001), ends(0, 2_000_000_000)),
        ("a rate per minute above what is reportable", hold + 80, ends(0, 200_000_001), ends(0, 200_000_000)),
        ("a rate per minute that is only on", hold + 80, runs.clone(), ends(0, 1)),
        ("FiO2 that is only on", hold, runs.clone(), ends(0, 200_000)),
        ("a rate that is less than on", hold + 48, ends(2, i32::MAX - 2), runs.clone()),
        ("a last GCS later than the clock", held + 22, last_gcs(1_504, 4), last_gcs(1_503, 4)),
        ("a last GCS that is none", held + 22, last_gcs(1_440, 0x20), last_gcs(1_440, 0x1f)),
        ("a minute of the last GCS without its points", held + 22, last_gcs(1, 0), last_gcs(0, 0)),
        ("what waits in a lane that nothing has", held + 52, word(1 << 27), word(1 << 10)),
        ("a pressure without its steps", held + 52, word(1), word(1 | 1 << 5)),
        ("the steps of no pressure", held + 52, word(1 << 5), word(0)),
        ("urine above all", today + 12, ends(0, 2_000_000_002), ends(0, 2_000_000_001)),
        ("a device of another kind", today + 8, word(1 << 30), word(1 << 29)),
        ("points by weight that are none", 621, vec![0x3f], vec![0x1f]),
        ("points by weight that are apart", 621, vec![4], vec![7]),
    ];
    #[rustfmt::skip]
    let of_nothing: &[(&str, usize, Vec<u8>, Vec<u8>)] = &[
        ("day 0", 32, vec![0, 0], vec![1, 0]),
        ("a day after the last", 32, 3_653_u16.to_le_bytes().to_vec(), 3_652_u16.to_le_bytes().to_vec()),
        ("runs of a drug that was never charted", hold + 48 + 12, vec![10, 0, 10, 0], vec![0; 4]),
        ("an hour of the first day that is to come", hours + 8 * 5, word(1), word(0)),
        ("this hour of the first day, and a minute to come", hours + 4, word(1), word(0)),
        ("points by weight on the first day", 621, vec![1], vec![0]),
        ("urine before the first day", hours + 192, word(1), word(u32::MAX)),
    ];
    let nothing = |rules| Kept::of(&Window::new(rules), &Course::new(rules.id()), Carried::NONE, &Immune::new()).unwrap();
    for (stored, rules, cases) in [
        (charted(&SOFA_1996), &SOFA_1996, cases),
        (charted(&SOFA_2), &SOFA_2, of_second),
        (nothing(&SOFA_1996), &SOFA_1996, of_nothing),
        (nothing(&SOFA_2), &SOFA_2, of_nothing),
    ] {
        let stored = bytes_of(&stored);
        for (what, at, impossible, possible) in cases {
            for (value, expected) in [(impossible, Err(Error::Impossible)), (possible, Ok(()))] {
                let mut bytes = stored.clone();
                bytes[*at..*at + value.len()].copy_from_slice(value);
                assert_eq!(Kept::from_bytes(&sealed(bytes), &KEY, rules).map(|_| ()), expected, "{what}: {value:?}");
            }
        }
    }
}

#[test]
fn r194_only_resume_gives_a_window() {
    let kept = charted(&SOFA_2);
    assert_eq!(kept.clone().resume(&SOFA_1996, 1_600).err(), Some(Error::RulesDiffer));
    assert_eq!(kept.clone().resume(&SOFA_2, 1_502).err(), Some(Error::ClockBack { by: 1 }));
    assert_eq!(kept.clone().resume(&SOFA_2, Window::LAST_MINUTE + 1).err(), Some(Error::MinuteOutOfRange));
    let (window, ..) = kept.resume(&SOFA_2, 5_000).unwrap();
    // Days later: the last minute of the open day, as ever; the drugs may have run.
    assert_eq!(window.day(), 2);
    let score = window.so_far(&SOFA_2).unwrap().score(&SOFA_2, How::DEFAULT, Carried::NONE);
    assert_eq!(score.sofa().organ(Organ::Cardiovascular).ends()[1], 4);
    // The dead are given back as they were.
    let (window, course, ..) = dead().resume(&SOFA_1996, 3).unwrap();
    assert_eq!((window.end(), course.len()), (Some(End::Death), 1));
}

/// Who has left is given back as they were, whether their day was closed or not.
#[test]
fn an_end_comes_back() {
    for (event, end) in [(Event::Death, End::Death), (Event::Discharge, End::Discharge)] {
        let (mut window, mut course) = (Window::new(&SOFA_1996), Course::new(SOFA_1996.id()));
        window.push(&SOFA_1996, 77, &event).unwrap();
        for closed in [false, true] {
            if closed {
                let day = window.close_day(&SOFA_1996).unwrap();
                course.push(&day.score(&SOFA_1996, How::DEFAULT, Carried::NONE)).unwrap();
                course.end(end).unwrap();
            }
            let kept = Kept::of(&window, &course, Carried::NONE, &Immune::new()).unwrap();
            let back = Kept::from_bytes(&bytes_of(&kept), &KEY, &SOFA_1996);
            assert_eq!(back, Ok(kept), "{end:?}, closed: {closed}");
            let (again, its_course, ..) = back.unwrap().resume(&SOFA_1996, 77).unwrap();
            assert_eq!((again.end(), its_course), (Some(end), course.clone()));
        }
    }
    // On the first day no urine was scored by weight yet.
    let early = bytes_of(&Kept::of(&Window::new(&SOFA_2), &Course::new(SOFA_2.id()), Carried::NONE, &Immune::new()).unwrap());
    // Nor is low urine told in the window's lanes.
    for at in [621, 289] {
        let mut early = early.clone();
        early[at] = if at == 621 { 1 } else { 0x20 };
        assert_eq!(Kept::from_bytes(&sealed(early), &KEY, &SOFA_2), Err(Error::Impossible));
    }
}

/// Events that were logged behind a snapshot act as they did; what is refused leaves it as it was.
#[test]
fn a_logged_event_acts_on_a_snapshot_as_it_did() {
    let (mut window, mut immune) = (Window::new(&SOFA_1996), Immune::new());
    let of = |window: &Window, immune: &Immune<7>| Kept::of(window, &Course::new(SOFA_1996.id()), Carried::NONE, immune).unwrap();
    let mut snapshot = of(&window, &immune);
    for &(minute, item, value, unit) in CHART.iter().filter(|row| row.0 < 1_440) {
        let event = Event::read(item, unit, value).unwrap();
        window.push(&SOFA_1996, minute, &event).unwrap();
        immune.push(minute, &event).unwrap();
        snapshot.push(&SOFA_1996, minute, &event).unwrap();
        assert_eq!(snapshot, of(&window, &immune), "{minute} {item}");
    }
    let ferritin = Event::read("ferritin", "ng/mL", "5").unwrap();
    for (rules, minute, refused) in [
        (&SOFA_1996, 1_440, Error::DayNotClosed { ends: 1_440 }),
        (&SOFA_1996, Window::LAST_MINUTE + 1, Error::MinuteOutOfRange),
        (&SOFA_2, 1_439, Error::RulesDiffer),
    ] {
        assert_eq!(snapshot.push(rules, minute, &ferritin), Err(refused));
        assert_eq!(snapshot, of(&window, &immune));
    }
}

/// A patient moves from the admission's monitor to the ward's: export, import, go on; and two devices of one patient join.
#[test]
fn r195_a_patient_moves_and_two_devices_join() {
    let event = |item, unit, value| Event::read(item, unit, value).unwrap();
    let (mut monitor, mut analyser) = (Window::new(&SOFA_1996), Window::new(&SOFA_1996));
    monitor.push(&SOFA_1996, 10, &event("map", "mm[Hg]", "65")).unwrap();
    analyser.push(&SOFA_1996, 12, &event("platelets", "10*9/L", "90")).unwrap();
    let exported = bytes_of(&Kept::of(&analyser, &Course::new(SOFA_1996.id()), Carried::NONE, &Immune::new()).unwrap());

    let imported = Kept::from_bytes(&exported, &KEY, &SOFA_1996).unwrap();
    imported.merge_into(&SOFA_1996, &mut monitor).unwrap();
    let mut both = Window::new(&SOFA_1996);
    both.push(&SOFA_1996, 10, &event("map", "mm[Hg]", "65")).unwrap();
    both.push(&SOFA_1996, 12, &event("platelets", "10*9/L", "90")).unwrap();
    assert_eq!(monitor, both);
    // As often as one likes, and never another patient's or another day's.
    imported.merge_into(&SOFA_1996, &mut monitor).unwrap();
    assert_eq!(monitor, both);
    assert_eq!(Kept::from_bytes(&exported, &[0; 16], &SOFA_1996), Err(Error::OtherPatient));
    let mut tomorrow = Window::new(&SOFA_1996);
    tomorrow.close_day(&SOFA_1996).unwrap();
    assert_eq!(imported.merge_into(&SOFA_1996, &mut tomorrow), Err(Error::DaysDiffer));
}

/// Anything that can be charted, and what else changes a window.
#[derive(Clone, Debug)]
enum Step {
    Event(Event, u32, u32),
    Close,
    Resume(u32),
    Merge,
}

fn event() -> impl Strategy<Value = Event> {
    let value = prop_oneof![
        (0_u32..300, 0_u32..1_000).prop_map(|(whole, part)| format!("{whole}.{part:03}")),
        (0_u32..30).prop_map(|x| x.to_string()),
        (0_u32..200).prop_map(|x| format!("<{x}")),
        (0_u32..200).prop_map(|x| format!(">{x}")),
        (0_u32..200, 0_u32..9_000).prop_map(|(x, more)| format!("{x}..{}", x + more)),
        Just(String::new()),
        Just("0".to_owned()),
    ];
    let named = prop::sample::select(
        ITEMS
            .iter()
            .flat_map(|(item, units)| units.iter().map(move |unit| (*item, *unit)))
            .filter(|(item, _)| !["death", "discharge"].contains(item))
            .collect::<Vec<_>>(),
    );
    let words =
        prop::sample::select(vec!["0", "1", "imv", "none", "ecmo_va", "cpap", "placebo", "undiluted", "ferritin", "mhla_dr"]);
    (named, value, words).prop_filter_map("refused", |((item, unit), value, word)| {
        let unit = match unit {
            "none" => "",
            unit if unit.starts_with("any") => "[U]/h",
            unit => unit,
        };
        Event::read(item, unit, &value).or_else(|_| Event::read(item, unit, word)).ok()
    })
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        30 => (event(), prop_oneof![Just(0), 0_u32..10, 0_u32..400], prop_oneof![3 => Just(0), 1 => 0_u32..300]).prop_map(|(e, on, late)| Step::Event(e, on, late)),
        2 => Just(Step::Close),
        1 => (0_u32..2_000).prop_map(Step::Resume),
        1 => Just(Step::Merge),
    ];
    prop::collection::vec(step, 0..60)
}

/// The window and the markers after the steps; what is refused is passed over.
fn walked(rules: &SofaRules, limits: Limits, steps: &[Step]) -> (Window, Immune<7>) {
    let mut immune = Immune::new();
    let mut window = Window::new(rules).with_limits(limits);
    let (mut other, mut clock) = (Window::new(rules), 0);
    for step in steps {
        match step {
            Step::Event(event, on, late) => {
                clock = (clock + on).min(window.day_end() - 1);
                let _ = window.push(rules, clock.saturating_sub(*late), event);
                let _ = immune.push(clock.saturating_sub(*late), event);
                let _ = other.push(rules, clock, event);
            }
            Step::Close => {
                clock = window.day_end();
                let _ = (window.close_day(rules), other.close_day(rules));
            }
            Step::Resume(on) => {
                clock = (clock + on).min(window.day_end() - 1);
                let _ = window.resume(rules, clock);
            }
            Step::Merge => {
                let _ = window.merge(rules, &other);
            }
        }
    }
    (window, immune)
}

fn rules() -> impl Strategy<Value = &'static SofaRules> {
    prop::sample::select(vec![&SOFA_1996, &SOFA_2])
}

fn limits() -> impl Strategy<Value = Limits> {
    let limit = || prop_oneof![Just(u32::MAX), 0_u32..500];
    (limit(), limit(), limit(), limit()).prop_map(|(fio2, support, weight, infusion)| Limits { fio2, support, weight, infusion })
}

proptest! {
    /// Whatever was charted comes back exactly: nothing that charting leads to is refused.
    #[test]
    fn r190_whatever_was_charted_comes_back(rules in rules(), limits in limits(), steps in steps()) {
        let (window, immune) = walked(rules, limits, &steps);
        let snapshot = Kept::of(&window, &Course::new(rules.id()), Carried::NONE, &immune).unwrap();
        let bytes = bytes_of(&snapshot);
        prop_assert_eq!(Kept::from_bytes(&bytes, &KEY, rules), Ok(snapshot));
    }

    /// Any bytes are refused or read, with a checksum that fits, too; what is read writes itself again, and goes on without a panic.
    #[test]
    fn r192_any_bytes_never_panic(
        rules in rules(), before in steps(), behind in steps(),
        changes in prop::collection::vec((28_usize..900, any::<u8>()), 0..4), cut in 0_usize..700,
    ) {
        let (window, immune) = walked(rules, Limits::NONE, &before);
        let mut course = Course::<9>::new(rules.id());
        course.push_total(1, Total::ALL).unwrap();
        let mut bytes = bytes_of(&Kept::of(&window, &course, Carried::NONE, &immune).unwrap());
        prop_assert!(Kept::from_bytes(&bytes[..cut.min(bytes.len() - 1)], &KEY, rules).is_err());
        for (at, to) in changes {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = to;
            }
        }
        let bytes = sealed(bytes);
        if let Ok(snapshot) = Kept::from_bytes(&bytes, &KEY, rules) {
            prop_assert_eq!(&bytes_of(&snapshot), &bytes);
            let (mut window, mut course, carried, mut immune) = snapshot.resume(rules, Window::LAST_MINUTE).unwrap();
            let mut clock = window.day_end() - 1;
            for step in &behind {
                match step {
                    Step::Event(event, on, _) => {
                        clock = (clock + on).min(window.day_end() - 1);
                        let _ = window.push(rules, clock, event);
                        let _ = immune.push(clock, event);
                    }
                    _ => {
                        clock = window.day_end();
                        if let Ok(day) = window.close_day(rules) {
                            let _ = course.push(&day.score(rules, How { missing: Missing::Carry, infusions: Infusions::Unknown }, carried));
                        }
                    }
                }
                let (so_far, rolling) = (window.so_far(rules).unwrap(), window.rolling(rules).unwrap());
                for day in [so_far, rolling] {
                    let score = day.score(rules, How { missing: Missing::Carry, infusions: Infusions::Unknown }, carried);
                    prop_assert!(score.total().ends()[0] <= score.total().ends()[1]);
                    for organ in Organ::ALL {
                        day.witness(organ);
                    }
                }
            }
        }
    }

    /// Bytes that nobody wrote.
    #[test]
    fn r191_noise_is_refused(bytes in prop::collection::vec(any::<u8>(), 0..700)) {
        prop_assert!(Kept::from_bytes(&bytes, &KEY, &SOFA_1996).is_err());
        prop_assert!(Kept::from_bytes(&[&b"ENDO\x01\x00"[..], &bytes].concat(), &KEY, &SOFA_1996).is_err());
    }
}
