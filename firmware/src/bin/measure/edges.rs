//! Classification, scores, endpoint and text over the inputs that crowd the edges.

use crate::call::{at, call, call_out};
use endotype::published::SOFA_1996;
use endotype::quantity::{Ferritin, Quantity};
use endotype::*;
use entries::{Charted, Column, Moment, Moment2};
use inputs::{Bedside, Interval, Second};

/// Any pair of half-ticks that the inputs give.
pub fn reading<Q: Quantity>(ends: Interval) -> Reading<Q> {
    // SAFETY: `Reading` is transparent over its two ends.
    unsafe { core::mem::transmute_copy(&[ends.lo, ends.hi]) }
}

/// In US units and by weight.
pub fn moment(b: &Bedside) -> Moment {
    Moment {
        pao2: reading(b.pao2),
        fio2: reading(b.fio2),
        platelets: reading(b.platelets),
        bilirubin: reading(b.bilirubin),
        map: reading(b.map),
        rates: b.rates.map(reading),
        gcs: reading(b.gcs),
        creatinine: reading(b.creatinine),
        urine: reading(b.urine),
        support: Support::ALL.get(usize::from(b.support)).copied(),
    }
}

/// With what SOFA-2 scores beyond it.
pub fn moment2((b, more): &(Bedside, Second)) -> Moment2 {
    Moment2 {
        pao2: reading(b.pao2),
        spo2: reading(more.spo2),
        fio2: reading(b.fio2),
        platelets: reading(b.platelets),
        bilirubin: reading(b.bilirubin),
        map: reading(b.map),
        infusions: [
            (Infusion::Norepinephrine, Rate::ByWeight(reading(b.rates[0]))),
            (Infusion::Epinephrine, Rate::ByWeight(reading(b.rates[1]))),
            (Infusion::Dopamine, Rate::ByWeight(reading(b.rates[2]))),
            (Infusion::Dobutamine, Rate::ByWeight(reading(b.rates[3]))),
            (Infusion::Vasopressin, Rate::Any(reading(more.other))),
        ],
        weight: reading(b.weight),
        gcs: reading(b.gcs),
        gcs_motor: reading(more.gcs_motor),
        creatinine: reading(b.creatinine),
        urine: more.urine.map(reading),
        potassium: reading(more.potassium),
        ph: reading(more.ph),
        bicarbonate: reading(more.bicarbonate),
        support: Support::ALL.get(usize::from(b.support)).copied(),
        mechanical: more.mechanical,
        delirium: more.delirium,
        rrt: more.rrt,
    }
}

/// In whatever unit.
pub fn charted(b: &Bedside) -> Charted {
    let mut rates = b.rates.map(|rate| Rate::ByWeight(reading(rate)));
    for (k, rate) in rates.iter_mut().enumerate() {
        if b.per_minute >> k & 1 == 1 {
            *rate = Rate::PerMinute(reading(b.rates[k]));
        }
    }
    Charted {
        gas: if b.pao2_kpa == 1 { Gas::KPa(reading(b.pao2)) } else { Gas::MmHg(reading(b.pao2)) },
        fio2: reading(b.fio2),
        platelets: reading(b.platelets),
        bilirubin: if b.bilirubin_si == 1 { Column::Si(reading(b.bilirubin)) } else { Column::Us(reading(b.bilirubin)) },
        map: reading(b.map),
        rates,
        weight: reading(b.weight),
        gcs: reading(b.gcs),
        creatinine: if b.creatinine_si == 1 { Column::Si(reading(b.creatinine)) } else { Column::Us(reading(b.creatinine)) },
        urine: reading(b.urine),
        support: Support::ALL.get(usize::from(b.support)).copied(),
    }
}

/// A total of a day of the inputs; between its ends it has no holes.
pub fn total(lo: u8, hi: u8) -> Total {
    let part = |x: u8, organ: u8| x.saturating_sub(4 * organ).min(4);
    Sofa::from([0, 1, 2, 3, 4, 5].map(|organ| Points::span(part(lo, organ), part(hi, organ)))).total()
}

pub fn course(input: &inputs::Course) -> Course<28> {
    let mut course = Course::new(SOFA_1996.id());
    for (day, entry) in (1..).zip(input.days.iter().take(usize::from(input.n))) {
        let _ = match entry {
            Some((lo, hi)) => course.push_total(day, total(*lo, *hi)),
            None => course.gap(day),
        };
    }
    let _ = match input.end {
        1 => course.end(End::Death),
        2 => course.end(End::Discharge),
        _ => Ok(()),
    };
    course
}

// SAFETY of all calls below: each passes what the entry of that name takes.

pub fn classify([ferritin, mhla_dr]: &[Interval; 2]) -> u8 {
    let (ferritin, mhla_dr) = (reading::<Ferritin>(*ferritin), reading::<quantity::MhlaDr>(*mhla_dr));
    unsafe { call(entries::classify as *const () as usize, [at(&ferritin), at(&mhla_dr), 0, 0]) as u8 }
}

/// Only counted: with a guard band, and by criteria that only the running device knows, without one and with.
fn classify_otherwise([ferritin, mhla_dr]: &[Interval; 2]) {
    let (ferritin, mhla_dr) = (reading::<Ferritin>(*ferritin), reading::<quantity::MhlaDr>(*mhla_dr));
    let markers = [at(&ferritin), at(&mhla_dr)];
    unsafe {
        call(entries::classify_guarded as *const () as usize, [markers[0], markers[1], 0, 0]);
        call(entries::classify_by as *const () as usize, [at(&published::IMMUNOSEP), markers[0], markers[1], 0]);
        call(entries::classify_by as *const () as usize, [at(&entries::GUARDED), markers[0], markers[1], 0]);
    }
}

pub fn sofa(moment: &Moment) -> (Sofa, Total) {
    let mut organs = Sofa::from([Points::ALL; 6]);
    let total =
        unsafe { call(entries::sofa as *const () as usize, [at(moment), core::ptr::from_mut(&mut organs) as usize, 0, 0]) };
    // SAFETY: a total comes back in the register of its one word.
    (organs, unsafe { core::mem::transmute::<u32, Total>(total as u32) })
}

pub fn sofa_any(charted: &Charted) -> (Sofa, Total) {
    let mut organs = Sofa::from([Points::ALL; 6]);
    let total =
        unsafe { call(entries::sofa_any as *const () as usize, [at(charted), core::ptr::from_mut(&mut organs) as usize, 0, 0]) };
    (organs, unsafe { core::mem::transmute::<u32, Total>(total as u32) })
}

/// Only counted: the answers are compared elsewhere.
fn sofa2(moment: &Moment2) {
    let mut organs = Sofa::from([Points::ALL; 6]);
    unsafe { call(entries::sofa2 as *const () as usize, [at(moment), core::ptr::from_mut(&mut organs) as usize, 0, 0]) };
}

pub fn response(course: &Course<28>) -> Result<Response, Error> {
    unsafe { call_out(entries::response as *const () as usize, [at(course), 0, 0]) }
}

/// What an analyser prints, and what it should not.
const TEXTS: [&str; 14] = [
    "0",
    "4420",
    "4420.0004",
    " 4421 ",
    "<12",
    "<= 12.5",
    "> 2000",
    ">=40000",
    "4300..4500",
    "",
    "999999.999999",
    "   999999.9999999999   ..   1000000.0000000000   ",
    "1e3",
    "-5",
];

pub fn crate_alone(n: u32) {
    for text in TEXTS {
        let text = text.as_bytes();
        let _: Result<Reading<Ferritin>, Error> =
            unsafe { call_out(entries::read_text as *const () as usize, [at(&text), 0, 0]) };
    }
    for n in 0..n {
        classify(&inputs::markers(n));
        classify_otherwise(&inputs::markers(n));
        sofa(&moment(&inputs::exact_bedside(n)));
        sofa_any(&charted(&inputs::bedside(n)));
        sofa2(&moment2(&inputs::second(n)));
        let _ = response(&course(&inputs::course(n)));
        let text = inputs::Text::of(inputs::markers(n)[0], Ferritin::TICKS);
        let _: Result<Reading<Ferritin>, Error> =
            unsafe { call_out(entries::read_text as *const () as usize, [at(&text.bytes()), 0, 0]) };
    }
}
