//! Course and endpoint: whole scores in exact integers, and what a course refuses.

use endotype::published::{IMMUNOSEP_DAY9, IMMUNOSEP_DAY15, SOFA_1996};
use endotype::{Carried, Course, Cutoffs, End, Endpoint, Error, Gap, How, Met, Points, Sofa, SofaRows, SofaRules};
use endotype::{Support, Total, Window};

type Days = Course<16>;

/// A course of whole totals from day 1, -1 a gap.
fn course(days: &[i32], end: Option<End>) -> Days {
    let mut course = Days::new(SOFA_1996.id());
    for (day, &total) in (1..).zip(days) {
        match u8::try_from(total) {
            Ok(total) => course.push_total(day, Total::only(total)).unwrap(),
            Err(_) => course.gap(day).unwrap(),
        }
    }
    if let Some(end) = end {
        course.end(end).unwrap();
    }
    course
}

/// So many days of 0 to 24 that add up to a sum: as many 24s as fit, or as even as can be.
fn spread(days: i32, sum: i32, even: bool) -> Vec<i32> {
    let mut left = sum;
    (0..days)
        .map(|day| {
            let share = if even { left.div_euclid(days - day) } else { left.min(24) };
            left -= share;
            share
        })
        .collect()
}

fn every_sum(endpoint: &Endpoint, n: i32, required: i32) {
    for first in 0..=24 {
        for sum in 0..=24 * n {
            for even in [true, false] {
                let response = endpoint.response(&course(&[vec![first], spread(n, sum, even)].concat(), None)).unwrap();
                let fall = n * first - sum;
                assert_eq!(
                    (response.met, response.fall),
                    (Met::from(fall >= required), [fall, fall]),
                    "day 1 {first}, sum {sum}"
                );
                assert_eq!((response.days, response.scored), (n as u8, n as u8));
            }
        }
    }
}

#[test]
fn r110_day_9_responds_exactly_when_8_times_day_1_minus_the_sum_is_at_least_12() {
    every_sum(&IMMUNOSEP_DAY9, 8, 12);
}

#[test]
fn r111_day_15_responds_exactly_when_14_times_day_1_minus_the_sum_is_at_least_20() {
    every_sum(&IMMUNOSEP_DAY15, 14, 20);
}

#[test]
fn r112_rounding_11_8ths_or_19_14ths_to_1_4_would_make_false_responders() {
    let met = |endpoint: &Endpoint, days: &[i32]| endpoint.response(&course(days, None)).map(|r| (r.fall, r.met)).unwrap();
    // 1.375 and 1.357 print as 1.4.
    assert_eq!(met(&IMMUNOSEP_DAY9, &[9, 8, 8, 8, 8, 8, 7, 7, 7]), ([11, 11], Met::No));
    assert_eq!(met(&IMMUNOSEP_DAY9, &[9, 8, 8, 8, 8, 7, 7, 7, 7]), ([12, 12], Met::Yes));
    assert_eq!(met(&IMMUNOSEP_DAY15, &[9, 8, 8, 8, 8, 8, 8, 8, 8, 8, 7, 7, 7, 7, 7]), ([19, 19], Met::No));
    assert_eq!(met(&IMMUNOSEP_DAY15, &[9, 8, 8, 8, 8, 8, 8, 8, 8, 7, 7, 7, 7, 7, 7]), ([20, 20], Met::Yes));
}

#[test]
fn r114_gaps_discharge_death_and_days_to_come() {
    use End::{Death, Discharge};
    use Met::{No, Unknown, Yes};
    /// Days from day 1 (-1 a gap), end, policy; the fall of day 9 times 8, met; days scored, carried, dead.
    type Case = (&'static [i32], Option<End>, Gap, [i32; 2], Met, [u8; 3]);
    #[rustfmt::skip]
    let table: &[Case] = &[
        // All carried from day 1: they cancel against it.
        (&[9],                           Some(Discharge), Gap::Carry, [0, 0],       No,      [0, 8, 0]),
        (&[9, -1, -1, -1],               Some(Discharge), Gap::Carry, [0, 0],       No,      [0, 8, 0]),
        // Day 2 carried on: 8*9 - 8*7 = 16; 8*9 - 8*8 = 8.
        (&[9, 7],                        Some(Discharge), Gap::Carry, [16, 16],     Yes,     [1, 7, 0]),
        (&[9, 8],                        Some(Discharge), Gap::Carry, [8, 8],       No,      [1, 7, 0]),
        // 9, 9 | 5, 5, 5 | 4, 4, 4 : 72 - 45.
        (&[9, -1, -1, 5, -1, -1, 4, -1], Some(Discharge), Gap::Carry, [27, 27],     Yes,     [2, 6, 0]),
        // Days 6 and 9 without a visit: 72 - (9+8+8+7 +7 +6+6 +6) = 15.
        (&[9, 9, 8, 8, 7, -1, 6, 6, -1], None,            Gap::Carry, [15, 15],     Yes,     [6, 2, 0]),
        // The same gaps open: each 0 to 24: 72 - 44 - 48 .. 72 - 44.
        (&[9, 9, 8, 8, 7, -1, 6, 6, -1], None,            Gap::Open,  [-20, 28],    Unknown, [6, 0, 0]),
        (&[9],                           Some(Discharge), Gap::Open,  [-120, 72],   Unknown, [0, 0, 0]),
        // Nothing to carry before day 3: 0 - 24 - 7*9 .. 8*24 - 0 - 7*9.
        (&[-1, -1, 9],                   Some(Discharge), Gap::Carry, [-87, 129],   Unknown, [1, 6, 0]),
        // Days to come are 0 to 24: 72 - 18 - 6*24 .. 72 - 18.
        (&[9, 9, 9],                     None,            Gap::Carry, [-90, 54],    Unknown, [2, 0, 0]),
        (&[1],                           None,            Gap::Carry, [-184, 8],    No,      [0, 0, 0]),
        (&[24, 0, 0, 0, 0, 0, 0, 0],     None,            Gap::Carry, [168, 192],   Yes,     [7, 0, 0]),
        (&[],                            None,            Gap::Carry, [-192, 192],  Unknown, [0, 0, 0]),
        // Dead after day 1: 8*24 - 8*24; 8*9 - 8*24. After day 3: 72 - 10 - 6*24.
        (&[24],                          Some(Death),     Gap::Carry, [0, 0],       No,      [0, 0, 8]),
        (&[9],                           Some(Death),     Gap::Carry, [-120, -120], No,      [0, 0, 8]),
        (&[9, 5, 5],                     Some(Death),     Gap::Carry, [-82, -82],   No,      [2, 0, 6]),
        // A gap before death is carried, not dead: 72 - 5 - 5 - 6*24.
        (&[9, 5, -1],                    Some(Death),     Gap::Carry, [-82, -82],   No,      [1, 1, 6]),
        // Death behind the last day of the mean changes nothing: 72 - 8*7.
        (&[9, 7, 7, 7, 7, 7, 7, 7, 7],   Some(Death),     Gap::Carry, [16, 16],     Yes,     [8, 0, 0]),
        (&[9, 7, 7, 7, 7, 7, 7, 7, 7, 24, 24], None,      Gap::Carry, [16, 16],     Yes,     [8, 0, 0]),
    ];
    for &(days, end, gap, fall, met, [scored, carried, dead]) in table {
        let endpoint = Endpoint { gap, ..IMMUNOSEP_DAY9 };
        let response = endpoint.response(&course(days, end)).unwrap();
        let case = format!("{days:?} {end:?} {gap:?}");
        assert_eq!((response.fall, response.met, response.days), (fall, met, 8), "{case}");
        assert_eq!([response.scored, response.carried, response.dead], [scored, carried, dead], "{case}");
    }
}

#[test]
fn r113_death_on_each_day_counts_24_from_the_next_day_on() {
    for day in 1..=9 {
        for (first, later) in [(9, 0), (9, 9), (24, 0), (24, 3), (0, 24)] {
            let mut days = vec![later; day as usize];
            days[0] = first;
            let response = IMMUNOSEP_DAY9.response(&course(&days, Some(End::Death))).unwrap();
            let fall = 8 * first - (day - 1) * later - (9 - day) * 24;
            assert_eq!((response.fall, response.met), ([fall, fall], Met::from(fall >= 12)), "death on day {day}, {days:?}");
            assert_eq!([response.scored, response.carried, response.dead], [day as u8 - 1, 0, 9 - day as u8]);
        }
    }
}

#[test]
fn r115_day_1_unknown_and_nothing_after_is_a_fall_of_0() {
    for (endpoint, carried) in [(&IMMUNOSEP_DAY9, 8), (&IMMUNOSEP_DAY15, 14)] {
        let mut days = Days::new(SOFA_1996.id());
        days.push_total(1, Total::ALL).unwrap();
        days.end(End::Discharge).unwrap();
        let response = endpoint.response(&days).unwrap();
        assert_eq!((response.met, response.fall, response.carried), (Met::No, [0, 0], carried));
    }
}

#[test]
fn r115_an_open_total_leaves_its_ends() {
    // Day 1 is 9, day 2 is 4 to 9 and carried on: 72 - 8*9 .. 72 - 8*4.
    let mut days = course(&[9], None);
    let span =
        Sofa::from([Points::only(4), Points::span(0, 3), Points::span(0, 2), Points::only(0), Points::only(0), Points::only(0)]);
    days.push_total(2, span.total()).unwrap();
    days.end(End::Discharge).unwrap();
    let response = IMMUNOSEP_DAY9.response(&days).unwrap();
    assert_eq!((response.fall, response.met, days.change(2).unwrap().ends()), ([0, 40], Met::Unknown, [-5, 0]));
}

#[test]
fn r116_change_is_the_day_minus_day_1() {
    for first in 0..=24 {
        for later in 0..=24 {
            let days = course(&[first, later, -1], None);
            assert_eq!(days.change(1).unwrap().ends(), [0, 0]);
            assert_eq!(days.change(2).unwrap().ends().map(i32::from), [later - first; 2]);
            assert_eq!(days.change(3).unwrap().ends().map(i32::from), [-first, 24 - first]);
        }
    }
    let days = course(&[-1, 9], None);
    assert_eq!(days.change(2).unwrap().ends(), [-15, 9]);
    assert_eq!([days.change(0), days.change(3)], [Err(Error::NoSuchDay); 2]);
}

#[test]
fn r120_an_amended_day_counts_anew_and_says_so() {
    let mut days = course(&[9, 8, 8, 8, 8, -1, 7, 7, 7], Some(End::Discharge));
    let met = |days: &Days| IMMUNOSEP_DAY9.response(days).map(|r| (r.fall[0], r.met, r.scored, r.carried)).unwrap();
    assert_eq!(met(&days), (11, Met::No, 7, 1));
    days.amend(6, Total::only(7)).unwrap();
    assert_eq!(met(&days), (12, Met::Yes, 8, 0));
    days.amend(1, Total::only(8)).unwrap();
    assert_eq!(met(&days), (4, Met::No, 8, 0));
    let amended: Vec<_> = (1..=9).filter(|&day| days.amended(day).unwrap()).collect();
    assert_eq!((amended, days.total(6), days.len()), (vec![1, 6], Ok(Some(Total::only(7))), 9));
    assert_eq!([0, 10, u32::MAX].map(|day| days.amend(day, Total::only(0))), [Err(Error::NoSuchDay); 3]);
    assert_eq!([0, 10, u32::MAX].map(|day| days.amended(day)), [Err(Error::NoSuchDay); 3]);
}

/// A refused call leaves the course as it was.
fn refused<const N: usize>(course: &mut Course<N>, call: impl Fn(&mut Course<N>) -> Result<(), Error>, expected: Error) {
    let before = course.clone();
    assert_eq!((call(course), &*course), (Err(expected), &before));
}

#[test]
fn r118_a_day_out_of_order_is_refused() {
    let mut days = course(&[9, 8], None);
    for day in [0, 1, 2, 4, u32::MAX] {
        refused(&mut days, |c| c.push_total(day, Total::only(1)), Error::DayOutOfOrder { expected: 3 });
        refused(&mut days, |c| c.gap(day), Error::DayOutOfOrder { expected: 3 });
    }
    days.gap(3).unwrap();
    days.push_total(4, Total::only(1)).unwrap();
}

#[test]
fn r118_a_full_course_keeps_the_days_that_it_has() {
    let mut days = Course::<2>::new(SOFA_1996.id());
    days.push_total(1, Total::only(9)).unwrap();
    days.push_total(2, Total::only(8)).unwrap();
    refused(&mut days, |c| c.push_total(3, Total::only(7)), Error::CourseFull);
    refused(&mut days, |c| c.gap(3), Error::CourseFull);
    assert_eq!([days.total(1), days.total(2)], [Ok(Some(Total::only(9))), Ok(Some(Total::only(8)))]);
    assert_eq!(days.total(3), Err(Error::NoSuchDay));
    let mut none = Course::<0>::new(SOFA_1996.id());
    refused(&mut none, |c| c.push_total(1, Total::only(7)), Error::CourseFull);
}

#[test]
fn r120_nothing_follows_the_end_but_amendments() {
    for end in [End::Death, End::Discharge] {
        let mut days = course(&[9], Some(end));
        refused(&mut days, |c| c.push_total(2, Total::only(7)), Error::AfterEnd);
        refused(&mut days, |c| c.gap(2), Error::AfterEnd);
        refused(&mut days, |c| c.end(End::Death), Error::AfterEnd);
        refused(&mut days, |c| c.end(End::Discharge), Error::AfterEnd);
        days.amend(1, Total::only(8)).unwrap();
    }
}

#[test]
fn r117_an_open_day_is_refused() {
    let mut window = Window::new(&SOFA_1996);
    let mut days = Days::new(SOFA_1996.id());
    for day in [window.so_far(&SOFA_1996).unwrap(), window.rolling(&SOFA_1996).unwrap()] {
        let score = day.score(&SOFA_1996, How::DEFAULT, Carried::NONE);
        refused(&mut days, |c| c.push(&score), Error::DayOpen);
    }
    days.push(&window.close_day(&SOFA_1996).unwrap().score(&SOFA_1996, How::DEFAULT, Carried::NONE)).unwrap();
    // No MAP and no infusion is 0 to 1, the other five organs anything.
    assert_eq!(days.total(1).unwrap().unwrap().ends(), [0, 21]);
}

#[test]
fn r119_a_local_rule_set_is_refused_by_course_and_endpoint() {
    let rows = *SOFA_1996.rows();
    let locals = [
        SofaRows { platelets: Cutoffs::new(["< 150", "< 100", "< 50", "<= 20"]), ..rows },
        SofaRows { support: endotype::Supports::of(&[Support::Imv]), ..rows },
        SofaRows { run: 1, ..rows },
    ];
    for local in locals.map(|rows| SofaRules::new(Box::leak(Box::new(rows)))) {
        let mut theirs = Days::new(local.id());
        theirs.push_total(1, Total::only(24)).unwrap();
        assert_eq!([&IMMUNOSEP_DAY9, &IMMUNOSEP_DAY15].map(|e| e.response(&theirs)), [Err(Error::RulesDiffer); 2]);
        let day = Window::new(&local).close_day(&local).unwrap();
        let score = day.score(&local, How::DEFAULT, Carried::NONE);
        refused(&mut Days::new(SOFA_1996.id()), |c| c.push(&score), Error::RulesDiffer);
        // Scored by other rules than its own, a day says nothing.
        assert_eq!(day.score(&SOFA_1996, How::DEFAULT, Carried::NONE).total(), Total::ALL);
    }
    // The same rows are the same rules, wherever they were written.
    assert!(IMMUNOSEP_DAY9.response(&Days::new(SofaRules::new(Box::leak(Box::new(rows))).id())).is_ok());
}

#[test]
fn small_print_of_the_course() {
    let mut days = Days::new(SOFA_1996.id());
    assert!(days.is_empty());
    days.push_total(1, Total::ALL).unwrap();
    assert!(!days.is_empty());
    // Day 1 against itself is 0, however little is known of it.
    assert_eq!(days.change(1).unwrap().ends(), [0, 0]);
    // Amended twice is amended.
    for total in [5, 6] {
        days.amend(1, Total::only(total)).unwrap();
        assert_eq!((days.total(1).unwrap(), days.amended(1).unwrap()), (Some(Total::only(total)), true));
    }
}

#[test]
fn r027_points_and_totals_beyond_the_top_are_the_top() {
    assert_eq!([3, 4, 5, 255].map(|n| Points::only(n).single()), [Some(3), Some(4), Some(4), Some(4)]);
    assert_eq!([23, 24, 25, 255].map(|n| Total::only(n).single()), [Some(23), Some(24), Some(24), Some(24)]);
    assert_eq!([Points::span(4, 2), Points::span(2, 9)].map(|set| set.ends()), [[2, 4], [2, 4]]);
}
