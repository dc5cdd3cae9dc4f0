//! What a device calls, one symbol each: `cargo xtask device` links these alone and measures what they take, and runs them in QEMU
//! and counts their instructions.
//!
//! Arguments come from behind references, so that the optimizer knows no more of them than of a device's. The rules are the
//! published ones, as in a device.

#![no_std]
#![allow(improper_ctypes_definitions, unused, reason = "called from Rust, or by address; each part alone leaves others unused")]

use endotype::published::{IMMUNOSEP, IMMUNOSEP_DAY9, SEPSIS_3, SOFA_1996};
use endotype::quantity::*;
use endotype::*;

macro_rules! entries {
    ($( #[$feature:meta] $( fn $name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)? $body:block )+ )+) => {
        $( $(
            #[$feature]
            #[inline(never)]
            #[unsafe(no_mangle)]
            #[unsafe(link_section = ".entry")]
            pub extern "C" fn $name($($argument: $type),*) $(-> $result)? $body
        )+ )+
    };
}

/// One moment of a patient, as SOFA-1996 prints it.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Moment {
    pub pao2: Reading<PaO2>,
    pub fio2: Reading<FiO2>,
    pub platelets: Reading<Platelets>,
    pub bilirubin: Reading<Bilirubin>,
    pub map: Reading<Map>,
    /// Norepinephrine, epinephrine, dopamine, dobutamine.
    pub rates: [Reading<DoseRate>; 4],
    pub gcs: Reading<Gcs>,
    pub creatinine: Reading<Creatinine>,
    pub urine: Reading<Urine>,
    pub support: Option<Support>,
}

/// One moment in whatever unit it was charted, rates by weight or per minute.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Charted {
    pub gas: Gas,
    pub fio2: Reading<FiO2>,
    pub platelets: Reading<Platelets>,
    pub bilirubin: Column<Bilirubin, BilirubinSi>,
    pub map: Reading<Map>,
    pub rates: [Rate; 4],
    pub weight: Reading<Weight>,
    pub gcs: Reading<Gcs>,
    pub creatinine: Column<Creatinine, CreatinineSi>,
    pub urine: Reading<Urine>,
    pub support: Option<Support>,
}

/// The unit that a value was reported in, and so the column that it is scored in.
#[derive(Clone, Copy)]
pub enum Column<Us: Quantity, Si: Quantity> {
    Us(Reading<Us>),
    Si(Reading<Si>),
}

impl<Us: Quantity, Si: Quantity> Column<Us, Si> {
    fn points(&self, us: &Cutoffs<Us>, si: &Cutoffs<Si>) -> Points {
        match self {
            Column::Us(reading) => us.points(*reading),
            Column::Si(reading) => si.points(*reading),
        }
    }
}

/// A total's ends, a witness's minute, the assumptions; of a refusal its number.
pub type Shown = [u32; 3];

fn status(result: Result<(), Error>) -> u8 {
    result.map_or_else(Error::code, |()| 0)
}

#[inline(never)]
fn shown(day: Result<Day, Error>, how: &How, before: &Carried, organ: Organ) -> Shown {
    match day {
        Err(error) => [u32::from(error.code()); 3],
        Ok(day) => {
            let score = day.score(&SOFA_1996, *how, *before);
            let [lo, hi] = score.total().ends();
            let minute = day.witness(organ).map_or(0, |witness| witness.minute);
            [u32::from(lo) | u32::from(hi) << 8, minute, score.assumed()]
        }
    }
}

entries! {
    #[cfg(feature = "classify")]
    fn classify(ferritin: &Reading<Ferritin>, mhla_dr: &Reading<MhlaDr>) -> u8 {
        let class = IMMUNOSEP.classify(*ferritin, *mhla_dr);
        let may = |class_of: Endotype| class.allows(class_of) as u8;
        may(Endotype::Mals) | may(Endotype::Immunoparalysis) << 1 | may(Endotype::Unclassified) << 2
    }

    #[cfg(feature = "sofa")]
    fn sofa(moment: &Moment, organs: &mut Sofa) -> Total {
        let rows = SOFA_1996.rows();
        let mut circulation = rows.map.points(moment.map);
        let drugs = [&rows.norepinephrine, &rows.epinephrine, &rows.dopamine, &rows.dobutamine];
        for (row, rate) in drugs.into_iter().zip(&moment.rates) {
            circulation = circulation.join(row.points(*rate));
        }
        *organs = Sofa::from([
            SOFA_1996.respiration(Gas::MmHg(moment.pao2), moment.fio2, moment.support),
            rows.platelets.points(moment.platelets),
            rows.bilirubin.points(moment.bilirubin),
            circulation,
            rows.gcs.points(moment.gcs),
            rows.creatinine.points(moment.creatinine).join(rows.urine.points(moment.urine)),
        ]);
        organs.total()
    }

    #[cfg(feature = "sofa-any")]
    fn sofa_any(charted: &Charted, organs: &mut Sofa) -> Total {
        let rows = SOFA_1996.rows();
        let mut circulation = rows.map.points(charted.map);
        for (drug, rate) in Infusion::ALL.iter().zip(&charted.rates) {
            circulation = circulation.join(SOFA_1996.infusion(*drug, *rate, charted.weight));
        }
        *organs = Sofa::from([
            SOFA_1996.respiration(charted.gas, charted.fio2, charted.support),
            rows.platelets.points(charted.platelets),
            charted.bilirubin.points(&rows.bilirubin, &rows.bilirubin_si),
            circulation,
            rows.gcs.points(charted.gcs),
            charted.creatinine.points(&rows.creatinine, &rows.creatinine_si).join(rows.urine.points(charted.urine)),
        ]);
        organs.total()
    }

    #[cfg(any(feature = "day9", feature = "device"))]
    fn response(course: &Course<28>) -> Result<Response, Error> {
        IMMUNOSEP_DAY9.response(course)
    }

    #[cfg(feature = "device")]
    fn read_text(text: &&[u8]) -> Result<Reading<Ferritin>, Error> {
        Reading::read_bytes(text)
    }
    fn push(window: &mut Window, minute: u32, event: &Event) -> u8 {
        status(window.push(&SOFA_1996, minute, event))
    }
    fn so_far(asked: &(&Window, &How, &Carried, Organ)) -> Shown {
        let (window, how, before, organ) = asked;
        shown(window.so_far(&SOFA_1996), how, before, *organ)
    }
    fn rolling(asked: &(&Window, &How, &Carried, Organ)) -> Shown {
        let (window, how, before, organ) = asked;
        shown(window.rolling(&SOFA_1996), how, before, *organ)
    }
    fn close_day(window: &mut Window, course: &mut Course<28>, how: &How, carried: &mut Carried) -> u8 {
        match window.close_day(&SOFA_1996) {
            Err(error) => error.code(),
            Ok(day) => {
                let score = day.score(&SOFA_1996, *how, *carried);
                *carried = score.carried();
                status(course.push(&score))
            }
        }
    }
    fn resume(window: &mut Window, now: u32) -> u8 {
        status(window.resume(&SOFA_1996, now))
    }
    fn merge(window: &mut Window, other: &Window) -> u8 {
        status(window.merge(&SOFA_1996, other))
    }
    fn clear(window: &mut Window) {
        window.clear();
    }
    fn septic(window: &Window, total: &Total, prior: &Prior, infusions: &Infusions) -> [Met; 2] {
        let Ok(day) = window.so_far(&SOFA_1996) else { return [Met::Unknown; 2] };
        let sepsis = SEPSIS_3.sepsis(day.infection(), day.emergency(), *total, *prior);
        [sepsis, SEPSIS_3.shock(sepsis, day.circulatory_shock(*infusions))]
    }
    fn course_gap(course: &mut Course<28>, day: u32) -> u8 {
        status(course.gap(day))
    }
    fn course_end(course: &mut Course<28>, end: &End) -> u8 {
        status(course.end(*end))
    }
    fn course_amend(course: &mut Course<28>, day: u32, total: &Total) -> u8 {
        status(course.amend(day, *total))
    }
    fn course_change(course: &Course<28>, day: u32) -> Result<Change, Error> {
        course.change(day)
    }

    #[cfg(feature = "names")]
    fn read_event(item: &&str, unit: &&str, value: &&str) -> Result<Event, Error> {
        Event::read(item, unit, value)
    }

    #[cfg(feature = "control-panic")]
    fn control_panic(bytes: &[u8; 8], at: usize) -> u8 {
        bytes[at]
    }

    #[cfg(feature = "control-symbols")]
    fn control_float(a: f32, b: f32) -> f32 {
        a * b
    }
    fn control_divide(a: u32, b: u32) -> u32 {
        a.checked_div(b).unwrap_or(0)
    }
    fn control_long_multiply(a: u64, b: u64) -> u64 {
        a.wrapping_mul(b)
    }
    fn control_data(index: usize) -> u8 {
        use core::sync::atomic::{AtomicU8, Ordering};
        static DATA: [AtomicU8; 2] = [AtomicU8::new(1), AtomicU8::new(2)];
        static BSS: AtomicU8 = AtomicU8::new(0);
        let before = BSS.load(Ordering::Relaxed);
        BSS.store(index as u8, Ordering::Relaxed);
        DATA.get(index).map_or(before, |byte| byte.load(Ordering::Relaxed))
    }
    fn control_fmt(window: &Window, out: &mut &mut dyn core::fmt::Write) -> bool {
        write!(out, "{window:?}").is_ok()
    }
    fn control_recursion(depth: u32, window: &mut Window) -> u32 {
        window.clear();
        if depth == 0 { 0 } else { control_recursion(depth - 1, window) ^ window.day() }
    }
}
