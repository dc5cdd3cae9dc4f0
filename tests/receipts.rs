//! A decision's receipt: read again it follows from its inputs, whatever the stay; a changed one does not.

mod built;
mod sealed;
mod stays;

use built::example;
use endotype::published::*;
use endotype::*;
use proptest::prelude::*;
use sealed::sealed;
use std::path::Path;
use std::process::{Command, Output};

type Bytes = Vec<u8>;

fn explain(file: &Path, receipts: &str) -> (Option<i32>, String) {
    std::fs::write(file, receipts).unwrap();
    let Output { status, stdout, stderr } = Command::new(example("explain")).arg(file).output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap() + &String::from_utf8(stderr).unwrap())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes_of(receipt: &Receipt, minute: u32) -> Bytes {
    let mut bytes = [0; Receipt::MAX];
    let length = receipt.clone().to_bytes(minute, &mut bytes);
    bytes[..length].to_vec()
}

const fn edition(id: RuleId) -> &'static SofaRules {
    if id.number() == SOFA_2.id().number() { &SOFA_2 } else { &SOFA_1996 }
}

fn follows(bytes: &[u8]) -> Result<(), Error> {
    let (_, receipt) = Receipt::from_bytes(bytes)?;
    receipt.follows(edition(receipt.rules()), &IMMUNOSEP)
}

/// Every decision of a stay by one edition, with its minute.
fn decided(stay: &stays::Stay, rules: &SofaRules, how: How) -> Vec<(u32, Receipt)> {
    let (mut window, mut course, mut carried) = (Window::new(rules), Course::<28>::new(rules.id()), Carried::NONE);
    let (mut receipts, mut markers) = (Vec::new(), (Reading::UNKNOWN, Reading::UNKNOWN));
    let mut decide = |day: Day, minute: u32, course: &mut Course<28>, carried: &mut Carried, end: Option<End>| {
        let score = day.score(rules, how, *carried);
        receipts.push((minute, Receipt::Score { day, how, score }));
        receipts.push((minute, Receipt::sepsis(&day, how.infusions, score.total(), Prior::Sofa(day.number() as u8 & 3))));
        if day.closed() {
            *carried = score.carried();
            course.push(&score).unwrap();
            end.map_or(Ok(()), |end| course.end(end)).unwrap();
            receipts.push((minute, Receipt::change(course, day.number()).unwrap()));
            for endpoint in [&IMMUNOSEP_DAY9, &IMMUNOSEP_DAY15] {
                let bound = Endpoint { rules: rules.id(), ..*endpoint };
                receipts.push((minute, Receipt::endpoint(&bound, course).unwrap()));
            }
        }
    };
    let mut classes = Vec::new();
    for (minute, _, event) in &stay.events {
        while *minute >= window.day_end() {
            let (day, end) = (window.close_day(rules).unwrap(), window.day_end() - 1_440);
            decide(day, end, &mut course, &mut carried, None);
        }
        window.push(rules, *minute, event).unwrap();
        match event {
            Event::Ferritin(x) => markers.0 = *x,
            Event::MhlaDr(x) => markers.1 = *x,
            _ => continue,
        }
        classes.push((*minute, Receipt::endotype(&IMMUNOSEP, markers.0, markers.1)));
    }
    let minute = stay.events.last().unwrap().0;
    if let Some(end) = window.end() {
        let day = window.close_day(rules).unwrap();
        decide(day, minute, &mut course, &mut carried, Some(end));
    } else {
        for day in [window.so_far(rules), window.rolling(rules)] {
            decide(day.unwrap(), minute, &mut course, &mut carried, None);
        }
    }
    receipts.extend(classes);
    receipts
}

fn hows() -> Vec<How> {
    let infusions = [Infusions::Complete, Infusions::Unknown];
    let missing = [Missing::Open, Missing::Normal, Missing::Carry];
    missing.into_iter().flat_map(|missing| infusions.map(|infusions| How { missing, infusions })).collect()
}

/// How many receipts of each kind a stay has, by both editions and every declaration; all of them first. Each follows, and so does what
/// is read back.
fn followed(stay: &stays::Stay) -> [usize; 6] {
    let mut count = [0; 6];
    for rules in [&SOFA_1996, &SOFA_2] {
        for how in hows() {
            for (minute, receipt) in decided(stay, rules, how) {
                let bytes = bytes_of(&receipt, minute);
                let (read_minute, read) = Receipt::from_bytes(&bytes).unwrap();
                assert_eq!((read_minute, follows(&bytes)), (minute, Ok(())), "{} {receipt:?}", stay.patient);
                assert_eq!(bytes_of(&read, minute), bytes);
                assert_eq!(receipt.follows(edition(receipt.rules()), &IMMUNOSEP), Ok(()));
                if let (Receipt::Score { day, how, .. }, Receipt::Score { day: its_day, how: its_how, .. }) = (&receipt, &read) {
                    assert_eq!((how, day.closed(), day.number()), (its_how, its_day.closed(), its_day.number()));
                }
                count[usize::from(bytes[0])] += 1;
                count[0] += 1;
            }
        }
    }
    count
}

#[test]
fn r200_receipts_of_every_decision_of_the_shipped_stays_follow() {
    let mut count = [0; 6];
    for stay in stays::shipped() {
        let more = followed(&stay);
        count.iter_mut().zip(more).for_each(|(count, more)| *count += more);
    }
    println!("{count:?}");
    // Twelve runs (six declarations, two editions) of 135 closed days and of 23 stays whose last day is open, scored so far and rolling; two
    // endpoints and a change a closed day, an endotype each of 57 markers.
    let (days, open, markers) = (135, 23, 57);
    let scores = 12 * (days + 2 * open);
    let [endotypes, endpoints, changes] = [12 * markers, 12 * 2 * days, 12 * days];
    assert_eq!(count, [2 * scores + endotypes + endpoints + changes, scores, endotypes, endpoints, changes, scores]);
    assert_eq!(count[0], 9_888);
}

/// A few lines with what is declared in a receipt: flags, devices that are not available, drugs that may run, shock.
#[test]
fn receipts_of_a_short_stay_follow_whatever_was_declared() {
    const DAYS: &[Charted] = &[
        (0, "infection", "1", ""),
        (0, "emergency_admission", "1", ""),
        (5, "map", "60", "mm[Hg]"),
        (10, "platelets", "90", "10*9/L"),
        (20, "gcs", "14", "{score}"),
        (30, "bilirubin", "2", "mg/dL"),
        (40, "creatinine", "2", "mg/dL"),
        (100, "urine", "100", "mL"),
        (1_500, "map", "80", "mm[Hg]"),
        (1_500, "bilirubin", "6", "mg/dL"),
        (3_000, "gcs", "15", "{score}"),
    ];
    const GAS: &[Charted] =
        &[(50, "support", "imv", ""), (50, "fio2", "40", "%"), (51, "pao2", "70", "mm[Hg]"), (52, "spo2", "95", "%")];
    const NONE: &[Charted] =
        &[(50, "ventilation_unavailable", "1", ""), (50, "vasoactives_unavailable", "1", ""), (51, "spo2", "95", "%")];
    const DRUGS: &[Charted] =
        &[(60, "dopamine", "", "ug/kg/min"), (60, "norepinephrine", "0.05", "ug/kg/min"), (70, "map", "60", "mm[Hg]")];
    const SHOCK: &[Charted] =
        &[(60, "norepinephrine", "0.3", "ug/kg/min"), (61, "lactate", "3", "mmol/L"), (61, "hypovolemia", "0", "")];
    const DRY: &[Charted] =
        &[(60, "norepinephrine", "0.3", "ug/kg/min"), (61, "lactate", "2..3", "mmol/L"), (61, "hypovolemia", "1", "")];
    const KIDNEY: &[Charted] =
        &[(60, "weight", "80", "kg"), (500, "urine", "0", "mL"), (900, "urine", "50", "mL"), (901, "potassium", "6.5", "mmol/L")];
    const STOPPED: &[Charted] =
        &[(60, "dopamine", "", "ug/kg/min"), (60, "epinephrine", "0", "ug/kg/min"), (300, "dopamine", "0", "ug/kg/min")];
    for more in [&[][..], GAS, NONE, DRUGS, STOPPED, SHOCK, DRY, KIDNEY] {
        let mut events = Vec::new();
        for &(minute, item, value, unit) in DAYS.iter().chain(more) {
            events.push((minute, [item, unit, value].map(str::to_owned), Event::read(item, unit, value).unwrap()));
        }
        events.sort_by_key(|(minute, ..)| *minute);
        // Two closed days, an open one so far and rolling.
        assert_eq!(followed(&stays::Stay { patient: format!("{more:?}"), events }), [12 * 14, 12 * 4, 0, 12 * 4, 12 * 2, 12 * 4]);
    }
}

/// Minute, item, value, unit.
type Charted = (u32, &'static str, &'static str, &'static str);

/// What no charting leads to: byte 9 how it was taken, 12 to 23 what was taken, 26 to 37 the witnesses, 38 to 41 the organs of a score; byte
/// 15 what was flagged, 19 the shock, 21 the result of sepsis.
#[test]
fn r203_a_score_s_and_a_sepsis_s_receipt_hold_nothing_else() {
    let mut window = Window::new(&SOFA_1996);
    window.push(&SOFA_1996, 10, &Event::read("platelets", "10*9/L", "49").unwrap()).unwrap();
    let mut platelets = 0;
    for number in 1..=3 {
        let day = window.close_day(&SOFA_1996).unwrap();
        let score = day.score(&SOFA_1996, How::DEFAULT, Carried::NONE);
        let good = bytes_of(&Receipt::Score { day, how: How::DEFAULT, score }, 1_440 * number);
        let at = 26 + 2 * Organ::Coagulation as usize;
        if number == 1 {
            platelets = u16::from_le_bytes([good[at], good[at + 1]]) & 0xf000;
        }
        let witness = |item: u16, before_the_end: u16| (at, (item | before_the_end).to_le_bytes().to_vec());
        let furthest = 1_440 * number.min(2) as u16;
        for ((at, bytes), expected) in [
            ((9, vec![good[9]]), Ok(())),
            ((9, vec![good[9] | 0b110]), Err(Error::Impossible)),
            ((9, vec![good[9] | 0x30]), Err(Error::Impossible)),
            ((10, vec![0, 0]), Err(Error::Impossible)),
            ((19, vec![good[19] | 0x80]), Err(Error::Impossible)),
            ((23, vec![good[23] | 0x80]), Err(Error::Impossible)),
            ((41, vec![good[41] | 0x80]), Err(Error::Impossible)),
            ((38, vec![good[38] & !0x1f]), Err(Error::Impossible)),
            (witness(platelets, 1), Ok(())),
            (witness(platelets, furthest), Ok(())),
            (witness(platelets, furthest + 1), Err(Error::Impossible)),
            (witness(platelets, 4_095), Err(Error::Impossible)),
            (witness(0xf000, 1), Err(Error::Impossible)),
            (witness(0xf000, 0), Err(Error::Impossible)),
        ] {
            let mut forged = good.clone();
            forged[at..at + bytes.len()].copy_from_slice(&bytes);
            assert_eq!(Receipt::from_bytes(&sealed(forged)).map(|_| ()), expected, "day {number}, {at}: {bytes:?}");
        }
        let good = bytes_of(&Receipt::sepsis(&day, Infusions::Complete, Total::only(9), Prior::Unknown), 1_440 * number);
        for (at, byte, expected) in [
            (15, 0b10_10_10, Err(Error::Impossible)),
            (15, 0b00_00_11, Err(Error::Impossible)),
            (15, 0b00_11_00, Err(Error::Impossible)),
            (15, 0b01_10_10, Ok(())),
            (19, 0b10_10_11, Ok(())),
            (19, 0b01_01_01, Ok(())),
            (19, 0b00_11_00, Err(Error::Impossible)),
            (19, 0b10_11_00, Err(Error::Impossible)),
            (19, 0b11_00_00, Err(Error::Impossible)),
            (21, 0b00_10_10, Ok(())),
            (21, 0b01_00_00, Err(Error::Impossible)),
        ] {
            let mut forged = good.clone();
            forged[at] = byte;
            let forged = sealed(forged);
            assert_eq!(Receipt::from_bytes(&forged).map(|_| ()), expected, "day {number}, {at}: {byte:#b}");
            if expected.is_ok() {
                assert_eq!(bytes_of(&Receipt::from_bytes(&forged).unwrap().1, 1_440 * number), forged);
            }
        }
    }
}

/// Of one receipt of each kind every result that is another one; with a checksum that fits, and without.
#[test]
fn r201_a_changed_result_does_not_follow() {
    let stays = stays::shipped();
    let stay = stays.iter().find(|stay| stay.patient == "made-up hyperinflamed").unwrap();
    let receipts = decided(stay, &SOFA_1996, How::DEFAULT);
    // By kind: from where to where its result stands.
    let results = [(1, 38, 42), (2, 25, 26), (3, 34, 42), (4, 15, 17), (5, 21, 22)];
    let mut found = 0;
    for (kind, from, to) in results {
        let (minute, receipt) = receipts.iter().find(|(_, receipt)| bytes_of(receipt, 0)[0] == kind).unwrap();
        let bytes = bytes_of(receipt, *minute);
        assert_eq!(follows(&bytes), Ok(()));
        for (at, bit) in (from..to).flat_map(|at| (0..8).map(move |bit| (at, bit))) {
            let mut forged = bytes.clone();
            forged[at] ^= 1 << bit;
            assert_eq!(follows(&forged), Err(Error::Checksum), "kind {kind}, byte {at}");
            let refused = follows(&sealed(forged));
            assert!(
                matches!(refused, Err(Error::DoesNotFollow | Error::Impossible)),
                "kind {kind}, byte {at}, bit {bit}: {refused:?}"
            );
            found += 1;
        }
    }
    assert_eq!(found, 8 * (4 + 1 + 8 + 2 + 1));
}

/// And inputs: another platelet's points, another reading, another day's total, another infection.
#[test]
fn r201_a_changed_input_does_not_lead_there() {
    let stays = stays::shipped();
    let stay = stays.iter().find(|stay| stay.patient == "made-up hyperinflamed").unwrap();
    let receipts = decided(stay, &SOFA_1996, How::DEFAULT);
    let last =
        |kind: u8| receipts.iter().map(|(minute, receipt)| bytes_of(receipt, *minute)).rfind(|bytes| bytes[0] == kind).unwrap();
    // Kind, place, what stands there instead: respiration 3 for 2; a ferritin that may be far above 4420; 15 for the 14 of day 1, twice; no
    // infection.
    let [first, day_1] = [last(3), last(4)].map(|bytes| bytes[if bytes[0] == 3 { 14 } else { 11 }]);
    assert_eq!([first & 31, day_1], [14, 14]);
    let fifteen = (15_u16 | 15 << 5 | u16::from(last(3)[15] & 0xfc) << 8).to_le_bytes();
    let cases: [(u8, usize, &[u8]); 5] =
        [(1, 12, &[last(1)[12] ^ 0x0c]), (2, 16, &[1]), (3, 14, &fifteen), (4, 11, &[15, 15]), (5, 15, &[last(5)[15] & !3])];
    for (kind, at, value) in cases {
        let mut forged = last(kind);
        assert_eq!(follows(&forged), Ok(()));
        forged[at..at + value.len()].copy_from_slice(value);
        assert_eq!(follows(&sealed(forged)), Err(Error::DoesNotFollow), "kind {kind}");
    }
}

/// What a receipt says to who reads it a year later.
#[test]
fn r202_a_score_names_what_decided_it() {
    let mut window = Window::new(&SOFA_1996);
    for (minute, item, unit, value) in
        [(10, "platelets", "10*9/L", "49"), (70, "gcs", "{score}", "9"), (80, "map", "mm[Hg]", "65")]
    {
        window.push(&SOFA_1996, minute, &Event::read(item, unit, value).unwrap()).unwrap();
    }
    let day = window.close_day(&SOFA_1996).unwrap();
    let how = How { missing: Missing::Normal, ..How::DEFAULT };
    let score = day.score(&SOFA_1996, how, Carried::NONE);
    let bytes = bytes_of(&Receipt::Score { day, how, score }, 1_440);
    let (minute, Receipt::Score { day, how: its_how, score }) = Receipt::from_bytes(&bytes).unwrap() else {
        panic!("another kind")
    };
    assert_eq!((minute, its_how, day.number(), day.closed(), score.total()), (1_440, how, 1, true, Total::only(7)));
    let decided = Organ::ALL.map(|organ| day.witness(organ).map(|witness| (witness.item, witness.minute)));
    assert_eq!(decided, [None, Some((Item::Platelets, 10)), None, Some((Item::Map, 80)), Some((Item::Gcs, 70)), None]);
    assert_eq!(Organ::ALL.map(|organ| score.is_assumed(organ)), [true, false, true, false, false, true]);
}

#[test]
fn r203_other_bytes_are_refused() {
    let good = bytes_of(&Receipt::endotype(&IMMUNOSEP, Reading::UNKNOWN, Reading::UNKNOWN), 5);
    let read = |bytes: &[u8]| Receipt::from_bytes(bytes).map(|_| ());
    assert_eq!(read(&good), Ok(()));
    let first = |kind: u8| [&[kind], &good[1..]].concat();
    for (bytes, expected) in [
        (vec![], Error::NotOurs),
        (first(0), Error::NotOurs),
        (first(6), Error::NotOurs),
        (first(15), Error::NotOurs),
        (first(16), Error::UnknownVersion { found: 2 }),
        (first(0x12), Error::UnknownVersion { found: 2 }),
        (first(1), Error::WrongLength { expected: 47 }),
        (good[..29].to_vec(), Error::WrongLength { expected: 30 }),
        (sealed([&good[..25], &[32], &good[26..]].concat()), Error::Impossible),
    ] {
        assert_eq!(read(&bytes), Err(expected), "{bytes:?}");
    }
    // A local rule set is not the published one.
    static LOCAL: Criteria = Criteria::new(CriteriaRows { mhla_dr: Cutoff::new("< 8000"), ..*IMMUNOSEP.rows() });
    let local = bytes_of(&Receipt::endotype(&LOCAL, Reading::UNKNOWN, Reading::UNKNOWN), 5);
    assert_eq!(follows(&local), Err(Error::RulesDiffer));
}

/// What only who writes one can get wrong: more days than there is room for, the result of another day, another edition's.
#[test]
fn what_a_writer_gets_wrong_is_refused_or_does_not_follow() {
    let mut course = Course::<28>::new(SOFA_1996.id());
    course.push_total(1, Total::only(9)).unwrap();
    for (last, expected) in [(15, Ok(())), (16, Err(Error::NoRoom { needed: 50 })), (28, Err(Error::NoRoom { needed: 66 }))] {
        let endpoint = Endpoint { last, ..IMMUNOSEP_DAY9 };
        assert_eq!(Receipt::endpoint(&endpoint, &course).map(|_| ()), expected, "{last}");
    }
    // Once full, whatever the day.
    let mut full = Course::<1>::new(SOFA_1996.id());
    let pushed = [2, 1, 1, 2, 5].map(|day| full.push_total(day, Total::only(9)));
    let out_of_order = Err(Error::DayOutOfOrder { expected: 1 });
    assert_eq!(
        pushed,
        [out_of_order, Ok(()), Err(Error::DayOutOfOrder { expected: 2 }), Err(Error::CourseFull), Err(Error::CourseFull)]
    );
    let mut window = Window::new(&SOFA_1996);
    let [first, second] = [(); 2].map(|()| window.close_day(&SOFA_1996).unwrap());
    let score = |day: &Day| day.score(&SOFA_1996, How::DEFAULT, Carried::NONE);
    let other = Window::new(&SOFA_2).close_day(&SOFA_2).unwrap();
    let others = other.score(&SOFA_2, How::DEFAULT, Carried::NONE);
    let receipt = |day, score| Receipt::Score { day, how: How::DEFAULT, score };
    for (receipt, expected) in [
        (receipt(first, score(&first)), Ok(())),
        (receipt(first, score(&second)), Err(Error::DoesNotFollow)),
        (receipt(first, others), Err(Error::DoesNotFollow)),
        (receipt(other, others), Err(Error::RulesDiffer)),
    ] {
        assert_eq!(receipt.follows(&SOFA_1996, &IMMUNOSEP), expected, "{receipt:?}");
    }
    let again = |bytes: &[u8]| bytes_of(&Receipt::from_bytes(bytes).unwrap().1, 5);
    // A day without a score, and the end of a stay, are of the course that an endpoint was decided on.
    course.gap(2).unwrap();
    course.push_total(3, Total::only(7)).unwrap();
    for end in [None, Some(End::Death), Some(End::Discharge)] {
        let mut course = course.clone();
        end.map_or(Ok(()), |end| course.end(end)).unwrap();
        for gap in [Gap::Open, Gap::Carry] {
            let receipt = Receipt::endpoint(&Endpoint { gap, ..IMMUNOSEP_DAY9 }, &course).unwrap();
            let bytes = bytes_of(&receipt, 5);
            assert_eq!((again(&bytes), follows(&bytes)), (bytes.clone(), Ok(())), "{end:?} {gap:?}");
        }
    }
    // An endpoint whose baseline is a later day keeps no day before it.
    for (first, last) in [(2, 3), (3, 15), (3, 3)] {
        let bytes = bytes_of(&Receipt::endpoint(&Endpoint { first, last, ..IMMUNOSEP_DAY9 }, &course).unwrap(), 5);
        assert_eq!((again(&bytes), follows(&bytes)), (bytes.clone(), Ok(())), "{first} to {last}");
    }
    // Before the illness any SOFA, or none known; the rules of sepsis are the published ones.
    for prior in [Prior::Unknown, Prior::Sofa(0), Prior::Sofa(24)] {
        let receipt = Receipt::sepsis(&first, Infusions::Complete, Total::only(9), prior);
        let bytes = bytes_of(&receipt, 5);
        assert_eq!((again(&bytes), follows(&bytes)), (bytes.clone(), Ok(())), "{prior:?}");
        let renamed = sealed([&bytes[..1], &SOFA_2.id().number().to_le_bytes(), &bytes[5..]].concat());
        assert_eq!(Receipt::from_bytes(&renamed), Err(Error::Impossible));
    }
}

/// Behind the four numbers of the endpoint and how the course ended, byte 14 on, three days a word, ten bits each: its ends.
#[test]
fn r203_an_endpoint_s_receipt_has_days_in_order_up_to_its_last() {
    for endpoint in [&IMMUNOSEP_DAY9, &IMMUNOSEP_DAY15] {
        let mut course = Course::<15>::new(SOFA_1996.id());
        let mut complete = Vec::new();
        for day in 1..=u32::from(endpoint.last) {
            course.push_total(day, Total::from_bits(1 << 3 | 1 << (4 + day)).unwrap()).unwrap();
            let bytes = bytes_of(&Receipt::endpoint(endpoint, &course).unwrap(), 5);
            assert_eq!(Receipt::from_bytes(&bytes).map(|(_, receipt)| bytes_of(&receipt, 5)), Ok(bytes.clone()), "day {day}");
            assert_eq!(follows(&bytes), Ok(()), "day {day}");
            complete = bytes;
        }
        let with = |day: u8, lo: u32, hi: u32| {
            let at = 14 + 4 * usize::from((day - 1) / 3);
            let bit = 10 * ((day - 1) % 3);
            let word = u32::from_le_bytes(complete[at..at + 4].try_into().unwrap()) & !(0x3ff << bit) | (lo | hi << 5) << bit;
            sealed([&complete[..at], &word.to_le_bytes(), &complete[at + 4..]].concat())
        };
        let byte = |at: usize, value: u8| sealed([&complete[..at], &[value], &complete[at + 1..]].concat());
        let [first, last] = [9, 10];
        assert_eq!([complete[first], complete[last]], [1, endpoint.last]);
        for (bytes, expected) in [
            (with(2, 3, 6), Ok(())),
            (with(endpoint.last, 24, 24), Ok(())),
            // No total, and neither a gap nor a day that is not there yet.
            (with(endpoint.last, 5, 4), Err(Error::Impossible)),
            (with(endpoint.last, 24, 25), Err(Error::Impossible)),
            (with(2, 31, 30), Err(Error::Impossible)),
            (with(1, 29, 29), Err(Error::Impossible)),
            // Day 2 is not there yet, days behind it are.
            (with(2, 30, 30), Err(Error::Impossible)),
            // The bits behind a word's three days.
            (byte(17, complete[17] | 0x40), Err(Error::Impossible)),
            (byte(17, complete[17] | 0x80), Err(Error::Impossible)),
            // No first day, a last before it, more days than there is room for.
            (byte(first, 0), Err(Error::Impossible)),
            (byte(first, endpoint.last + 1), Err(Error::Impossible)),
            (byte(last, 16), Err(Error::Impossible)),
            // Days behind the last.
            (byte(last, endpoint.last - 1), Err(Error::Impossible)),
        ] {
            assert_eq!(Receipt::from_bytes(&bytes).map(|_| ()), expected, "{bytes:?}");
        }
        assert_eq!(follows(&with(endpoint.last, 24, 24)), Err(Error::DoesNotFollow));
    }
}

fn first_score(receipts: &str, patient: &str) -> Bytes {
    let line = receipts.lines().find_map(|line| line.strip_prefix(patient)?.trim().strip_prefix("01")).unwrap();
    let digits = format!("01{line}");
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect()
}

/// As a user asks a year later: what `replay` writes, `explain` derives again, or says that it does not follow.
#[test]
fn r200_explain_says_why_or_that_it_does_not_follow() {
    let folder = std::env::temp_dir();
    let [log, forged] = ["receipts", "forged"].map(|name| folder.join(format!("endotype-{name}-{}", std::process::id())));
    let replay =
        Command::new(example("replay")).args(["--rules", "both", "--format", "csv", "--receipts"]).arg(&log).output().unwrap();
    assert!(replay.status.success());
    let receipts = std::fs::read_to_string(&log).unwrap();
    let (status, said) = explain(&forged, &receipts);
    // Of 98 days by two editions the scores and sepsis, by the first the endpoint; a change of each of 72 closed days; 18 endotypes.
    let all = 2 * 98 + 2 * 98 + 98 + 2 * 72 + 18;
    let last = format!("{all} of {all} follow");
    assert_eq!((status, said.lines().last()), (Some(0), Some(&last[..])));
    for words in [
        "made-up hyperinflamed minute 1440: day 1, total 14: respiration 3 (pao2 at minute",
        "by sofa-1996 (Vincent JL et al., Intensive Care Med 1996;22:707-710, doi 10.1007/BF01709751); follows",
        "mals: ferritin 7310 ng/mL, mhla_dr 11200 {AB}/{cell}",
        "response yes: totals of days 1 to 9 14 14 9 4 2 - - - -, 4 scored, 4 carried, 0 after death at 24 points; 8 times the fall is 75, asked is 14 tenths",
    ] {
        assert!(said.contains(words), "{words}");
    }
    // A total of 13 instead of 14: the checksum tells, and with one that fits the organs do.
    let good = first_score(&receipts, "made-up hyperinflamed");
    let mut bytes = good.clone();
    bytes[38] ^= 0x0c;
    let line = |bytes: &[u8]| format!("a bed {}\n", hex(bytes));
    let (status, said) = explain(&forged, &(line(&good) + &line(&bytes)));
    assert!(status == Some(1) && said.contains("a bed: does not follow: damaged") && said.ends_with("1 of 2 follow\n"), "{said}");
    let (status, said) = explain(&forged, &line(&sealed(bytes)));
    assert!(status == Some(1) && said.contains("; does not follow") && said.contains("day 1, total"), "{said}");
    let (status, said) = explain(&forged, "a bed 0x12\n");
    assert!(status == Some(2) && said.contains("line 1") && said.contains("`0x12`"), "{said}");
    for file in [log, forged] {
        std::fs::remove_file(file).unwrap();
    }
}

proptest! {
    /// Any bytes of any kind are refused or read; what is read writes itself again, and follows or not, without a panic.
    #[test]
    fn r203_any_bytes_never_panic(kind in 1_usize..6, bytes in prop::collection::vec(any::<u8>(), 48), sparse in any::<bool>()) {
        let mut bytes = bytes[..[47, 30, 46, 21, 26][kind - 1]].to_vec();
        bytes[0] = kind as u8;
        if sparse {
            for byte in &mut bytes[9..] {
                *byte &= 0x21;
            }
        }
        let id = [SOFA_1996.id(), IMMUNOSEP.id(), SOFA_1996.id(), SOFA_2.id(), SEPSIS_3.id()][kind - 1];
        bytes[1..5].copy_from_slice(&id.number().to_le_bytes());
        let bytes = sealed(bytes);
        if let Ok((minute, receipt)) = Receipt::from_bytes(&bytes) {
            prop_assert_eq!(&bytes_of(&receipt, minute), &bytes);
            let _ = receipt.follows(edition(receipt.rules()), &IMMUNOSEP);
        }
    }
}
