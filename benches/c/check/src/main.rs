//! The crate and the C on the same inputs. Interval and classic must be equal everywhere; float is counted, and shown where it
//! differs. Each constant of the C is changed once more by one to show that a difference would be found.

mod float;

use endotype::published::{IMMUNOSEP, IMMUNOSEP_DAY9, SOFA_1996};
use endotype::quantity as q;
use endotype::{Course, Cutoffs, End, Endotype, Gas, Infusion, Points, Rate, Reading, Sofa, Support, Total};
use inputs::{Bedside, Exact};
use std::process::ExitCode;

const PATIENTS: u32 = 400_000;
const MARKERS: u32 = 200_000;
const COURSES: u32 = 200_000;

/// As `struct interval_response` of bedside.h.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Response {
    fall: [i32; 2],
    met: u8,
    days: u8,
    scored: u8,
    carried: u8,
    dead: u8,
}

struct Classic {
    classify: unsafe extern "C" fn(u32, u32) -> u8,
    sofa: unsafe extern "C" fn(*const Exact, *mut u8) -> u8,
    day9: unsafe extern "C" fn(*const u8) -> bool,
}

struct Interval {
    classify: unsafe extern "C" fn(*const inputs::Interval, *const inputs::Interval) -> u8,
    sofa: unsafe extern "C" fn(*const Bedside, *mut u8) -> u32,
    day9: unsafe extern "C" fn(*const u32, u8, u8) -> Response,
}

/// The C with one constant changed.
struct Control<C> {
    line: usize,
    constant: usize,
    change: &'static str,
    c: C,
}

macro_rules! classic_declared {
    ($classify:ident, $sofa:ident, $day9:ident) => {
        unsafe extern "C" {
            fn $classify(ferritin: u32, mhla_dr: u32) -> u8;
            fn $sofa(b: *const Exact, organs: *mut u8) -> u8;
            fn $day9(totals: *const u8) -> bool;
        }
    };
}
macro_rules! interval_declared {
    ($classify:ident, $sofa:ident, $day9:ident) => {
        unsafe extern "C" {
            fn $classify(ferritin: *const inputs::Interval, mhla_dr: *const inputs::Interval) -> u8;
            fn $sofa(b: *const Bedside, organs: *mut u8) -> u32;
            fn $day9(days: *const u32, n: u8, end: u8) -> Response;
        }
    };
}
macro_rules! classic_c {
    ($classify:ident, $sofa:ident, $day9:ident) => {
        Classic { classify: $classify, sofa: $sofa, day9: $day9 }
    };
}
macro_rules! interval_c {
    ($classify:ident, $sofa:ident, $day9:ident) => {
        Interval { classify: $classify, sofa: $sofa, day9: $day9 }
    };
}
classic_declared!(classic_classify, classic_sofa, classic_day9);
interval_declared!(interval_classify, interval_sofa, interval_day9);
include!(concat!(env!("OUT_DIR"), "/controls.rs"));

static CLASSIC: Classic = classic_c!(classic_classify, classic_sofa, classic_day9);
static INTERVAL: Interval = interval_c!(interval_classify, interval_sofa, interval_day9);

// SAFETY of all below: the layouts are those of bedside.h, the C reads no more than the array lengths given here and keeps nothing.
impl Classic {
    fn classify(&self, [ferritin, mhla_dr]: [inputs::Interval; 2]) -> u8 {
        unsafe { (self.classify)((ferritin.lo >> 1) as u32, (mhla_dr.lo >> 1) as u32) }
    }
    fn sofa(&self, b: &Exact) -> ([u8; 6], u8) {
        let mut organs = [0; 6];
        let total = unsafe { (self.sofa)(b, organs.as_mut_ptr()) };
        (organs, total)
    }
    fn day9(&self, totals: &[u8; 9]) -> bool {
        unsafe { (self.day9)(totals.as_ptr()) }
    }
}

impl Interval {
    fn classify(&self, [ferritin, mhla_dr]: &[inputs::Interval; 2]) -> u8 {
        unsafe { (self.classify)(ferritin, mhla_dr) }
    }
    fn sofa(&self, b: &Bedside) -> ([u8; 6], u32) {
        let mut organs = [0; 6];
        let total = unsafe { (self.sofa)(b, organs.as_mut_ptr()) };
        (organs, total)
    }
    fn day9(&self, days: &[u32; 12], n: u8, end: u8) -> Response {
        unsafe { (self.day9)(days.as_ptr(), n, end) }
    }
}

// ---------------------------------------------------------------------------------------------------- the crate

/// Charted and read back: the ends must survive the grammar.
fn reading<Q: q::Quantity>(x: inputs::Interval) -> Reading<Q> {
    let text = inputs::Text::of(x, Q::TICKS);
    let reading = Reading::<Q>::read_bytes(text.bytes()).expect("a reportable reading");
    assert_eq!(reading.ends(), [x.lo, x.hi], "{} as {}", Q::NAME, String::from_utf8_lossy(text.bytes()));
    reading
}

fn set(points: Points) -> u8 {
    (0..=4).filter(|&n| points.contains(n)).map(|n| 1 << n).sum()
}

fn total_set(total: Total) -> u32 {
    (0..=24).filter(|&n| total.contains(n)).map(|n| 1 << n).sum()
}

fn scored<Q: q::Quantity>(row: &Cutoffs<Q>, x: inputs::Interval) -> Points {
    row.points(reading(x))
}

fn rust_sofa(b: &Bedside) -> Sofa {
    let rows = SOFA_1996.rows();
    let gas = if b.pao2_kpa == 1 { Gas::KPa(reading(b.pao2)) } else { Gas::MmHg(reading(b.pao2)) };
    let weight = reading(b.weight);
    let mut infusions = Points::only(0);
    for (k, drug) in Infusion::ALL.iter().take(4).enumerate() {
        let rate = match b.per_minute >> k & 1 {
            1 => Rate::PerMinute(reading(b.rates[k])),
            _ => Rate::ByWeight(reading(b.rates[k])),
        };
        infusions = infusions.join(SOFA_1996.infusion(*drug, rate, weight));
    }
    let liver = if b.bilirubin_si == 1 { scored(&rows.bilirubin_si, b.bilirubin) } else { scored(&rows.bilirubin, b.bilirubin) };
    let creatinine =
        if b.creatinine_si == 1 { scored(&rows.creatinine_si, b.creatinine) } else { scored(&rows.creatinine, b.creatinine) };
    Sofa::from([
        SOFA_1996.respiration(gas, reading(b.fio2), Support::ALL.get(usize::from(b.support)).copied()),
        scored(&rows.platelets, b.platelets),
        liver,
        SOFA_1996.cardiovascular(Some(scored(&rows.map, b.map)), infusions),
        scored(&rows.gcs, b.gcs),
        SOFA_1996.renal(Some(creatinine), Some(scored(&rows.urine, b.urine))),
    ])
}

fn organ_sets(sofa: &Sofa) -> [u8; 6] {
    endotype::Organ::ALL.map(|organ| set(sofa.organ(organ)))
}

fn rust_classes([ferritin, mhla_dr]: [inputs::Interval; 2]) -> u8 {
    let class = IMMUNOSEP.classify(reading(ferritin), reading(mhla_dr));
    Endotype::ALL.iter().enumerate().filter(|&(_, &e)| class.allows(e)).map(|(i, _)| 1 << i).sum()
}

/// A total of contiguous values, from organs that can be scored so.
fn span(lo: u8, hi: u8) -> Total {
    let organ = |k: u8| {
        let part = |x: u8| x.saturating_sub(4 * k).min(4);
        Points::span(part(lo), part(hi))
    };
    let total = Sofa::from([0, 1, 2, 3, 4, 5].map(organ)).total();
    assert_eq!(total.ends(), [lo, hi]);
    total
}

fn rust_day9(days: &[Option<Total>], end: u8) -> Response {
    let mut course = Course::<12>::new(SOFA_1996.id());
    for (day, total) in (1..).zip(days) {
        match total {
            Some(total) => course.push_total(day, *total),
            None => course.gap(day),
        }
        .expect("a day in order");
    }
    match end {
        1 => course.end(End::Death).expect("the first end"),
        2 => course.end(End::Discharge).expect("the first end"),
        _ => {}
    }
    let r = IMMUNOSEP_DAY9.response(&course).expect("the same rules");
    Response { fall: r.fall, met: r.met as u8, days: r.days, scored: r.scored, carried: r.carried, dead: r.dead }
}

// ---------------------------------------------------------------------------------------------------- the comparison

/// Every input with the crate's answer.
struct Answers {
    patients: Vec<(Bedside, [u8; 6], u32)>,
    markers: Vec<([inputs::Interval; 2], u8)>,
    courses: Vec<([u32; 12], u8, u8, Response)>,
    exact_patients: Vec<(Bedside, Exact, [u8; 6], u8)>,
    exact_markers: Vec<([inputs::Interval; 2], u8)>,
    totals: Vec<([u8; 9], bool)>,
}

impl Answers {
    fn of_the_crate() -> Answers {
        let mut patients = Vec::new();
        let mut real_totals = Vec::new();
        for n in 0..PATIENTS {
            let b = inputs::bedside(n);
            let sofa = rust_sofa(&b);
            patients.push((b, organ_sets(&sofa), total_set(sofa.total())));
            real_totals.push(sofa.total());
        }
        let mut courses = Vec::new();
        for n in 0..COURSES {
            let course = inputs::course(n);
            let mut days = course.days.map(|day| day.map(|(lo, hi)| span(lo, hi)));
            if n % 4 == 3 {
                // Totals with holes, as the rows leave them.
                let real = &real_totals[(n % (PATIENTS - 12)) as usize..];
                for (day, total) in days.iter_mut().zip(real) {
                    *day = day.map(|_| *total);
                }
            }
            let sets = days.map(|day| day.map_or(0, total_set));
            courses.push((sets, course.n, course.end, rust_day9(&days[..usize::from(course.n)], course.end)));
        }
        let single =
            |set: u32| if set.is_power_of_two() { set.trailing_zeros() as u8 } else { panic!("exact readings left a set") };
        let exact_patients = (0..PATIENTS).map(|n| {
            let b = inputs::exact_bedside(n);
            let sofa = rust_sofa(&b);
            (b, inputs::exact(&b), organ_sets(&sofa).map(|set| single(set.into())), single(total_set(sofa.total())))
        });
        let totals = (0..COURSES).map(|n| {
            let totals = inputs::totals(n);
            (totals, rust_day9(&totals.map(|total| Some(Total::only(total))), 0).met == 2)
        });
        Answers {
            patients,
            markers: (0..MARKERS).map(|n| (inputs::markers(n), rust_classes(inputs::markers(n)))).collect(),
            courses,
            exact_patients: exact_patients.collect(),
            exact_markers: (0..MARKERS).map(|n| (inputs::exact_markers(n), rust_classes(inputs::exact_markers(n)))).collect(),
            totals: totals.collect(),
        }
    }

    /// Of each function, how many inputs differ, and the first.
    fn against_interval(&self, c: &Interval) -> [Difference; 3] {
        [
            first(&self.markers, |(x, classes)| c.classify(x) == *classes),
            first(&self.patients, |(b, organs, total)| c.sofa(b) == (*organs, *total)),
            first(&self.courses, |(days, n, end, response)| c.day9(days, *n, *end) == *response),
        ]
    }

    fn against_classic(&self, c: &Classic) -> [Difference; 3] {
        [
            first(&self.exact_markers, |(x, class)| c.classify(*x) == *class),
            first(&self.exact_patients, |(_, b, organs, total)| c.sofa(b) == (*organs, *total)),
            first(&self.totals, |(totals, met)| c.day9(totals) == *met),
        ]
    }
}

struct Difference {
    inputs: usize,
    differ: usize,
    first: Option<String>,
}

fn first<T: std::fmt::Debug>(answers: &[T], equal: impl Fn(&T) -> bool) -> Difference {
    let mut differ = answers.iter().filter(|x| !equal(x));
    let first = differ.next();
    Difference { inputs: answers.len(), differ: first.iter().count() + differ.count(), first: first.map(|x| format!("{x:?}")) }
}

fn report(version: &str, differences: &[Difference; 3]) -> bool {
    for (function, d) in ["classify", "sofa", "day9"].iter().zip(differences) {
        println!("| {version}_{function} | {} | {} |", d.inputs, d.differ);
        if let Some(first) = &d.first {
            eprintln!("{version}_{function}: the crate says {first}");
        }
    }
    differences.iter().all(|d| d.differ == 0)
}

/// Every constant must be missed when it moves, to one side at least: the second of three equal cut-offs is hidden on the other.
fn controls<C>(version: &str, controls: &[Control<C>], found: impl Fn(&C) -> bool) -> bool {
    let (mut constants, mut either, mut both) = (0, 0, 0);
    for sides in controls.chunk_by(|a, b| a.constant == b.constant) {
        let seen = sides.iter().filter(|control| found(&control.c)).count();
        constants += 1;
        either += usize::from(seen > 0);
        both += usize::from(seen == sides.len());
        if seen < sides.len() {
            let hidden: Vec<_> = sides.iter().filter(|control| !found(&control.c)).map(|control| control.change).collect();
            println!(
                "{version}.c:{}: as {} the answers stay the same{}",
                sides[0].line,
                hidden.join(", "),
                if seen == 0 { ": NOT FOUND" } else { "" }
            );
        }
    }
    println!("{version}: {constants} constants changed up and down by 1: {either} found, {both} of them on both sides\n");
    either == constants
}

fn main() -> ExitCode {
    let answers = Answers::of_the_crate();
    println!("| function | inputs | differences |\n|---|---|---|");
    let mut good = report("interval", &answers.against_interval(&INTERVAL));
    good &= report("classic", &answers.against_classic(&CLASSIC));
    println!();
    let any = |differences: [Difference; 3]| differences.iter().any(|d| d.differ > 0);
    good &= controls("interval", INTERVAL_CONTROLS, |c| any(answers.against_interval(c)));
    good &= controls("classic", CLASSIC_CONTROLS, |c| any(answers.against_classic(c)));
    float::report(&answers);
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
