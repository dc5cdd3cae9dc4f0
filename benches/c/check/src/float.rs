//! Where single precision leaves the exact answer.

use super::{Answers, CLASSIC};
use inputs::{Exact, Interval, Text};
use std::collections::BTreeMap;

/// As `struct float_bedside` of bedside.h.
#[repr(C)]
struct FloatBedside {
    pao2: f32,
    fio2: f32,
    platelets: f32,
    bilirubin: f32,
    map: f32,
    rates: [f32; 4],
    creatinine: f32,
    urine: f32,
    gcs: u8,
    supported: bool,
}

unsafe extern "C" {
    fn float_classify(ferritin: f32, mhla_dr: f32) -> u8;
    fn float_sofa(b: *const FloatBedside, organs: *mut u8) -> u8;
    fn float_day9(totals: *const u8) -> bool;
}

fn text(half_ticks: i32, ticks: u32) -> String {
    String::from_utf8_lossy(Text::of(Interval { lo: half_ticks, hi: half_ticks }, ticks).bytes()).into_owned()
}

fn text_of(ticks: u32, unit: u32) -> String {
    text(2 * ticks as i32, unit)
}

/// The float nearest to the charted decimal.
fn nearest(half_ticks: i32, ticks: u32) -> f32 {
    text(half_ticks, ticks).parse().expect("a decimal")
}

fn sofa(b: &Exact) -> ([u8; 6], u8) {
    let unit = |x: u32, ticks| nearest(2 * x as i32, ticks);
    let floats = FloatBedside {
        pao2: unit(b.pao2, 1_000),
        fio2: unit(b.fio2, 1_000),
        platelets: unit(b.platelets, 1_000),
        bilirubin: unit(b.bilirubin, 1_000),
        map: unit(b.map, 1_000),
        rates: b.rates.map(|rate| unit(rate, 1_000_000)),
        creatinine: unit(b.creatinine, 1_000),
        urine: unit(b.urine, 1_000),
        gcs: b.gcs,
        supported: b.supported,
    };
    let mut organs = [0; 6];
    // SAFETY: the layout is that of bedside.h, and six organs are written.
    let total = unsafe { float_sofa(&floats, organs.as_mut_ptr()) };
    (organs, total)
}

/// Of each cut-off, how many inputs are wrong, and the shortest that is.
#[derive(Default)]
struct Table(BTreeMap<u32, (u32, (usize, u32), String)>);

impl Table {
    fn add(&mut self, cutoff: u32, length: (usize, u32), line: impl FnOnce() -> String) {
        let (count, shortest, example) = self.0.entry(cutoff).or_insert((0, (usize::MAX, 0), String::new()));
        *count += 1;
        if length < *shortest {
            (*shortest, *example) = (length, line());
        }
    }

    fn print(&self) {
        println!("| row and cut-off | input | exact points | float points | why | such inputs |\n|---|---|---|---|---|---|");
        for (cutoff, (count, _, example)) in self.0.iter().rev() {
            println!("| P/F < {cutoff} | {example} | {count} |");
        }
    }
}

/// A patient whose respiration is wrong: which cut-off, and how the float comes to lie on its other side.
fn respiration(table: &mut Table, b: &Exact, exact: u8, float: u8) {
    let cutoff = [400, 300, 200, 100][usize::from(exact.min(float))];
    let (pao2, fio2) = (text_of(b.pao2, 1_000), text_of(b.fio2, 1_000));
    let fraction = nearest(2 * b.fio2 as i32, 1_000) / 100.0;
    let quotient = nearest(2 * b.pao2 as i32, 1_000) / fraction;
    table.add(cutoff, (pao2.len() + fio2.len(), b.fio2), || {
        let why = if b.pao2 * 100 == cutoff * b.fio2 {
            "exactly on it, but FiO2/100 becomes"
        } else {
            "beside it, but FiO2/100 becomes"
        };
        format!("{pao2} mmHg at {fio2} % | {exact} | {float} | {why} {:.10} and the quotient {quotient:?}", f64::from(fraction))
    });
}

pub(super) fn report(answers: &Answers) {
    let (mut table, mut differ, mut other) = (Table::default(), [0; 3], [0; 6]);
    for ([ferritin, mhla_dr], class) in &answers.exact_markers {
        // SAFETY: numbers only.
        differ[0] += u32::from(unsafe { float_classify(nearest(ferritin.lo, 1_000), nearest(mhla_dr.lo, 1_000)) } != *class);
    }
    for (_, b, organs, total) in &answers.exact_patients {
        let (float, float_total) = sofa(b);
        differ[1] += u32::from((float, float_total) != (*organs, *total));
        for k in 0..6 {
            other[k] += u32::from(float[k] != organs[k]);
        }
        if float[0] != organs[0] {
            respiration(&mut table, b, organs[0], float[0]);
        }
    }
    for (totals, met) in &answers.totals {
        // SAFETY: nine totals are read.
        differ[2] += u32::from(unsafe { float_day9(totals.as_ptr()) } != *met);
    }
    println!("float, on the inputs of classic:\n\n| function | inputs | differences |\n|---|---|---|");
    println!("| float_classify | {} | {} |", answers.exact_markers.len(), differ[0]);
    println!("| float_sofa | {} | {} |", answers.exact_patients.len(), differ[1]);
    println!("| float_day9 | {} | {} |\n", answers.totals.len(), differ[2]);
    println!("by organ (respiration, coagulation, liver, cardiovascular, brain, renal): {other:?}\n");
    table.print();
    at_the_bedside();
    finer_than_the_tick();
}

/// What is charted every day: a whole percentage, and a PaO2 of one decimal that lies exactly on a cut-off.
fn at_the_bedside() {
    let (mut on_edge, mut wrong, mut example) = (0, 0, Vec::new());
    for percent in 21..=100_u32 {
        for cutoff in [400, 300, 200, 100] {
            let b = Exact {
                pao2: cutoff * percent * 10,
                fio2: percent * 1_000,
                platelets: 0,
                bilirubin: 0,
                map: 0,
                rates: [0; 4],
                creatinine: 0,
                urine: 0,
                gcs: 15,
                supported: true,
            };
            on_edge += 1;
            if sofa(&b).0[0] != CLASSIC.sofa(&b).0[0] {
                wrong += 1;
                example.push(format!("{}/{percent} %", text_of(b.pao2, 1_000)));
            }
        }
    }
    println!("\nwhole FiO2 of 21 to 100 % and a PaO2 exactly on a cut-off: {wrong} of {on_edge} wrong: {}\n", example.join(", "));
    let direct = 80.0_f32 / (40.0_f32 / 100.0);
    println!("80 mmHg at 40 %: {direct:?}; as 80 / 0.4: {:?}\n", 80.0_f32 / 0.4);
}

/// Charted finer than the tick: the crate keeps "strictly between", a float has no digits left.
fn finer_than_the_tick() {
    println!("charted finer than the tick: whether it passes its cut-off (1), or the points\n");
    println!("| row and cut-off | charted | exact | float keeps | float |\n|---|---|---|---|---|");
    let printed = |name: &str, charted: &str, exact: u8, cutoff: f32, rising: bool, points: [u8; 2]| {
        let x: f32 = charted.parse().expect("a decimal");
        let passes = if rising { x > cutoff } else { x < cutoff };
        let float = points[usize::from(passes)];
        println!("| {name} | {charted} | {exact} | {x:?} | {float}{} |", if float == exact { "" } else { ", differs" });
    };
    use endotype::published::{IMMUNOSEP, SOFA_1996};
    use endotype::{Met, Reading};
    let rows = SOFA_1996.rows();
    let yes = |met: Met| u8::from(met == Met::Yes);
    let read = "4420.0002";
    printed("ferritin > 4420", read, yes(IMMUNOSEP.rows().ferritin.met(Reading::read(read).unwrap())), 4420.0, true, [0, 1]);
    let read = "4999.9998";
    printed("mhla_dr < 5000", read, yes(IMMUNOSEP.rows().mhla_dr.met(Reading::read(read).unwrap())), 5000.0, false, [0, 1]);
    let read = "15.0000004";
    printed("dopamine > 15", read, rows.dopamine.points(Reading::read(read).unwrap()).ends()[0], 15.0, true, [3, 4]);
    let read = "0.100000001";
    printed("norepinephrine > 0.1", read, rows.norepinephrine.points(Reading::read(read).unwrap()).ends()[0], 0.1, true, [3, 4]);
    let read = "204.000004";
    printed(
        "bilirubin > 204 umol/L",
        read,
        rows.bilirubin_si.points(Reading::read(read).unwrap()).ends()[0],
        204.0,
        true,
        [3, 4],
    );
}
