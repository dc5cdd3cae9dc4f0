//! The same answers from the C, compiled for size and for speed; float is counted, not compared.

use crate::call::{at, call};
use crate::edges;
use endotype::*;
use inputs::{Bedside, Exact, Interval};
use semihosting::println;

/// As `struct interval_response` of bedside.h.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq)]
struct CResponse {
    fall: [i32; 2],
    met: u8,
    days: u8,
    scored: u8,
    carried: u8,
    dead: u8,
}

/// As `struct float_bedside`.
#[repr(C)]
struct Float {
    values: [f32; 11],
    gcs: u8,
    supported: bool,
}

unsafe extern "C" {
    fn classic_classify_os();
    fn classic_classify_o2();
    fn classic_sofa_os();
    fn classic_sofa_o2();
    fn classic_day9_os();
    fn classic_day9_o2();
    fn interval_classify_os();
    fn interval_classify_o2();
    fn interval_sofa_os();
    fn interval_sofa_o2();
    fn interval_day9_os();
    fn interval_day9_o2();
    // By the base convention on every target, so that the arguments are words.
    fn float_sofa_os();
    fn float_sofa_o2();
    fn float_day9_os();
    fn float_day9_o2();
}

/// One function compiled both ways.
type Both = [unsafe extern "C" fn(); 2];

const CLASSIC_CLASSIFY: Both = [classic_classify_os, classic_classify_o2];
const CLASSIC_SOFA: Both = [classic_sofa_os, classic_sofa_o2];
const CLASSIC_DAY9: Both = [classic_day9_os, classic_day9_o2];
const INTERVAL_CLASSIFY: Both = [interval_classify_os, interval_classify_o2];
const INTERVAL_SOFA: Both = [interval_sofa_os, interval_sofa_o2];
const INTERVAL_DAY9: Both = [interval_day9_os, interval_day9_o2];
const FLOAT_SOFA: Both = [float_sofa_os, float_sofa_o2];
const FLOAT_DAY9: Both = [float_day9_os, float_day9_o2];

// SAFETY of all calls below: each passes what bedside.h declares.
fn both(functions: Both, words: [usize; 4]) -> [usize; 2] {
    functions.map(|function| unsafe { call(function as usize, words) })
}

fn set(points: Points) -> u8 {
    (0..5).filter(|&n| points.contains(n)).fold(0, |set, n| set | 1 << n)
}

fn total_set(total: Total) -> u32 {
    (0..25).filter(|&n| total.contains(n)).fold(0, |set, n| set | 1 << n)
}

fn organs(sofa: &Sofa) -> [u8; 6] {
    Organ::ALL.map(|organ| set(sofa.organ(organ)))
}

fn scored(functions: Both, bedside: usize) -> [([u8; 6], usize); 2] {
    functions.map(|function| {
        let mut organs = [0u8; 6];
        let total = unsafe { call(function as usize, [bedside, core::ptr::from_mut(&mut organs) as usize, 0, 0]) };
        (organs, total)
    })
}

fn interval_sofa(b: &Bedside) -> u32 {
    let (ours, total) = edges::sofa_any(&edges::charted(b));
    let expected = (organs(&ours), total_set(total) as usize);
    scored(INTERVAL_SOFA, at(b)).iter().map(|c| u32::from(*c != expected)).sum()
}

fn exact_sofa(b: &Bedside, float_differs: &mut u32) -> u32 {
    let exact: Exact = inputs::exact(b);
    let (ours, total) = edges::sofa(&edges::moment(b));
    let points = Organ::ALL.map(|organ| ours.organ(organ).single().unwrap_or(9));
    let expected = (points, usize::from(total.single().unwrap_or(99)));
    let mut values =
        [exact.pao2, exact.fio2, exact.platelets, exact.bilirubin, exact.map, 0, 0, 0, 0, exact.creatinine, exact.urine]
            .map(|thousandths| thousandths as f32 / 1_000.0);
    for (value, rate) in values[5..9].iter_mut().zip(exact.rates) {
        *value = rate as f32 / 1_000_000.0;
    }
    let float = Float { values, gcs: exact.gcs, supported: exact.supported };
    *float_differs += scored(FLOAT_SOFA, at(&float)).iter().map(|c| u32::from((c.0, c.1 & 0xff) != expected)).max().unwrap_or(0);
    scored(CLASSIC_SOFA, at(&exact)).iter().map(|c| u32::from((c.0, c.1 & 0xff) != expected)).sum()
}

fn day9(input: &inputs::Course) -> u32 {
    let ours = edges::response(&edges::course(input));
    let mut days = [0u32; 12];
    for (day, entry) in days.iter_mut().zip(input.days) {
        *day = entry.map_or(0, |(lo, hi)| total_set(edges::total(lo, hi)));
    }
    let Ok(Response { met, fall, days: counted, scored, carried, dead }) = ours else { return 1 };
    let expected = CResponse { fall, met: met as u8, days: counted, scored, carried, dead };
    INTERVAL_DAY9
        .map(|function| {
            let mut c = CResponse { fall: [0; 2], met: 9, days: 0, scored: 0, carried: 0, dead: 0 };
            let words = [core::ptr::from_mut(&mut c) as usize, at(&days), usize::from(input.n), usize::from(input.end)];
            unsafe { call(function as usize, words) };
            u32::from(c != expected)
        })
        .iter()
        .sum()
}

fn classified(markers: &[Interval; 2]) -> u32 {
    let ours = usize::from(edges::classify(markers));
    let [ferritin, mhla_dr] = markers;
    both(INTERVAL_CLASSIFY, [at(ferritin), at(mhla_dr), 0, 0]).iter().map(|c| u32::from(c & 0xff != ours)).sum()
}

fn exactly_classified(markers: &[Interval; 2]) -> u32 {
    let ours = usize::from(edges::classify(markers));
    let [ferritin, mhla_dr] = markers.map(|ends| (ends.lo >> 1) as usize);
    both(CLASSIC_CLASSIFY, [ferritin, mhla_dr, 0, 0]).iter().map(|c| u32::from(c & 0xff != ours)).sum()
}

fn exact_day9(totals: &[u8; 9], float_differs: &mut u32) -> u32 {
    let mut course = Course::<28>::new(published::SOFA_1996.id());
    for (day, total) in (1..).zip(totals) {
        let _ = course.push_total(day, Total::only(*total));
    }
    let expected = edges::response(&course).map_or(9, |response| usize::from(response.met == Met::Yes));
    let differ = |c: [usize; 2]| c.iter().map(|c| u32::from(c & 0xff != expected)).sum::<u32>();
    *float_differs += u32::from(differ(both(FLOAT_DAY9, [at(totals), 0, 0, 0])) > 0);
    differ(both(CLASSIC_DAY9, [at(totals), 0, 0, 0]))
}

/// How many answers of `interval` and `classic` differ from the crate's.
pub fn compare(inputs: u32) -> u32 {
    let (mut differ, mut float_sofa, mut float_day9) = (0, 0, 0);
    for n in 0..inputs {
        differ += interval_sofa(&inputs::bedside(n)) + exact_sofa(&inputs::exact_bedside(n), &mut float_sofa);
        differ += day9(&inputs::course(n)) + exact_day9(&inputs::totals(n), &mut float_day9);
        differ += classified(&inputs::markers(n)) + exactly_classified(&inputs::exact_markers(n));
    }
    println!("float differs: {float_sofa} of {inputs} scores, {float_day9} of {inputs} endpoints");
    differ
}
