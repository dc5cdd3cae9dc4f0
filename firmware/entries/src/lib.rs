//! What a device calls, one symbol each: `cargo xtask device` links these alone and measures what they take, and runs them in QEMU
//! and counts their instructions.
//!
//! Arguments come from behind references, so that the optimizer knows no more of them than of a device's. The rules are the
//! published ones, as in a device.

#![no_std]
#![allow(improper_ctypes_definitions, unused, reason = "called from Rust, or by address; each part alone leaves others unused")]

use endotype::published::{
    DREWRY, IMMUNOSEP, IMMUNOSEP_DAY9, IMMUNOSEP_TRIAL, IRIS_7, KYRIAZOPOULOU, LYSE_NO_WASH, MEISEL, PERSISTENT, RESTORATION,
    SEPSIS_3, SLOPE, SOFA_2, SOFA_2_MORE, SOFA_1996, STAIN_TIME,
};
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

#[cfg(feature = "prove")]
mod prove;

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

/// One moment of a patient, as SOFA-2 prints it, in US columns.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Moment2 {
    pub pao2: Reading<PaO2>,
    /// Scored where the PaO2 is unknown.
    pub spo2: Reading<SpO2>,
    pub fio2: Reading<FiO2>,
    pub platelets: Reading<Platelets>,
    pub bilirubin: Reading<Bilirubin>,
    pub map: Reading<Map>,
    /// Norepinephrine, epinephrine, dopamine, dobutamine, vasopressin.
    pub infusions: [(Infusion, Rate); 5],
    pub weight: Reading<Weight>,
    pub gcs: Reading<Gcs>,
    /// Scored where the Glasgow Coma Scale is unknown.
    pub gcs_motor: Reading<GcsMotor>,
    pub creatinine: Reading<Creatinine>,
    /// Of the last 6, 12 and 24 h.
    pub urine: [Reading<Urine>; 3],
    pub potassium: Reading<Potassium>,
    pub ph: Reading<Ph>,
    pub bicarbonate: Reading<Bicarbonate>,
    pub support: Option<Support>,
    pub mechanical: bool,
    pub delirium: bool,
    pub rrt: bool,
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

/// What a snapshot keeps.
pub type State = (Window, Course<28>, Carried, Immune<7>);

/// A total's ends, a witness's minute, the assumptions; of a refusal its number.
pub type Shown = [u32; 3];

/// A bit a class.
#[inline(always)]
fn classes(class: Classification) -> u8 {
    let may = |class_of: Endotype| class.allows(class_of) as u8;
    may(Endotype::Mals) | may(Endotype::Immunoparalysis) << 1 | may(Endotype::Unclassified) << 2
}

fn status(result: Result<(), Error>) -> u8 {
    result.map_or_else(Error::code, |()| 0)
}

/// The endotype criteria with the guard bands of a CV of 8 and 15 %.
pub static GUARDED: Criteria =
    IMMUNOSEP.guarded(Imprecision::new(80, Amount::Ticks(0), 196), Imprecision::new(150, Amount::Ticks(0), 196));

/// As a laboratory may set them.
static IMMUNE: ImmuneRules = ImmuneRules {
    criteria: &GUARDED,
    restoration: &RESTORATION,
    gap: 1_440,
    age: 2_880,
    ferritin: Checks {
        fell: Some(Fall { factor: 4, within: 1_440, evidence: published::Evidence::I }),
        undiluted: true,
        hemolysis: Some(Limit { most: 100, bias: Bias::Raises, evidence: published::Evidence::R }),
        ..Checks::OFF
    },
    mhla_dr: Checks { stain_time: Some(STAIN_TIME), lyse_no_wash: Some(LYSE_NO_WASH), ..Checks::OFF },
};

fn met(answer: Option<Answer<Needs>>) -> Met {
    answer.map_or(Met::No, |answer| answer.met)
}

/// For the control: the second takes more than 1,024 bytes of stack.
#[cfg(feature = "control-pointer")]
static POINTED: [fn(&mut Window) -> u32; 2] = [
    |window| window.day(),
    |window| {
        let mut deep = core::hint::black_box([window.day(); 256]);
        core::hint::black_box(&mut deep)[7]
    },
];

/// The edition that the device decides by; with `both` only the running device knows it.
#[inline(always)]
fn rules() -> &'static SofaRules {
    if cfg!(feature = "both") {
        if core::hint::black_box(false) { &SOFA_2 } else { &SOFA_1996 }
    } else if cfg!(feature = "second") {
        &SOFA_2
    } else {
        &SOFA_1996
    }
}

/// No points, or those of a step that may be reached: a row's way to give such a set.
const fn open(steps: [&str; 4]) -> Points {
    Cutoffs::<Urine>::new(steps).points(Reading::UNKNOWN)
}

const OPEN: [Points; 5] = [
    Points::only(0),
    open(["< 1", "never", "never", "never"]),
    open(["< 1", "< 1", "never", "never"]),
    open(["< 1", "< 1", "< 1", "never"]),
    open(["< 1", "< 1", "< 1", "< 1"]),
];

const fn points_if<const N: usize>(met: Met) -> Points {
    match met {
        Met::No => Points::only(0),
        Met::Unknown => OPEN[N],
        Met::Yes => Points::only(N as u8),
    }
}

const fn points_of<const N: usize>(is: bool) -> Points {
    points_if::<N>(if is { Met::Yes } else { Met::No })
}

/// Urine over 6, 12 and 24 h, creatinine, and the criteria of RRT.
#[inline(always)]
fn kidney(moment: &Moment2) -> Points {
    let &Moment2 { urine: [h6, h12, h24], weight, potassium, ph, bicarbonate, .. } = moment;
    let [low, lower, lowest, none] = &SOFA_2_MORE.urine;
    let creatinine = SOFA_2.rows().creatinine.points(moment.creatinine);
    // A mean of more than 6 h is that of 12 or 24.
    let rrt_urine = &SOFA_2_MORE.rrt_urine;
    let oliguria = rrt_urine.met(h12, 720, weight).or(rrt_urine.met(h24, 1_440, weight));
    creatinine
        .join(points_if::<1>(low.met(h6, 360, weight)))
        .join(points_if::<2>(lower.met(h12, 720, weight)))
        .join(points_if::<3>(lowest.met(h24, 1_440, weight).or(none.met(h12, 720, weight))))
        .join(points_if::<4>(SOFA_2_MORE.needs_rrt(creatinine, oliguria, potassium, ph, bicarbonate)))
        .join(points_of::<4>(moment.rrt))
}

#[inline(never)]
fn shown(day: Result<Day, Error>, how: &How, before: &Carried, organ: Organ) -> Shown {
    match day {
        Err(error) => [u32::from(error.code()); 3],
        Ok(day) => {
            let score = day.score(rules(), *how, *before);
            let [lo, hi] = score.total().ends();
            let minute = day.witness(organ).map_or(0, |witness| witness.minute);
            [u32::from(lo) | u32::from(hi) << 8, minute, score.assumed()]
        }
    }
}

entries! {
    #[cfg(feature = "classify")]
    fn classify(ferritin: &Reading<Ferritin>, mhla_dr: &Reading<MhlaDr>) -> u8 {
        classes(IMMUNOSEP.classify(*ferritin, *mhla_dr))
    }

    #[cfg(feature = "guarded")]
    fn classify_guarded(ferritin: &Reading<Ferritin>, mhla_dr: &Reading<MhlaDr>) -> u8 {
        classes(GUARDED.classify(*ferritin, *mhla_dr))
    }

    #[cfg(feature = "by")]
    fn classify_by(criteria: &Criteria, ferritin: &Reading<Ferritin>, mhla_dr: &Reading<MhlaDr>) -> u8 {
        classes(criteria.classify(*ferritin, *mhla_dr))
    }

    #[cfg(feature = "immune")]
    fn immune_push(immune: &mut Immune<7>, minute: u32, event: &Event) -> u8 {
        status(immune.push(minute, event).map(|_| ()))
    }
    fn immune_entry(immune: &Immune<7>, now: u32) -> Entry {
        immune.entry(&IMMUNE, now)
    }
    fn immune_after(immune: &Immune<7>, now: u32, out: &mut [Met; 5]) {
        let axes = immune.axes(&IMMUNE, now);
        *out = [met(immune.restored(&IMMUNE, now)), met(immune.switched(&IMMUNE, now)), axes.both, axes.inflamed, axes.paralysed];
    }
    fn immune_stage(immune: &Immune<7>, now: u32) -> Points {
        immune.stage(&IMMUNE, now).unwrap_or(Points::ALL)
    }
    fn immune_rules(asked: &(Immune<7>, Series<Lymphocytes, 7>, Option<u32>, u32), out: &mut [Met; 6]) {
        let (immune, lymphocytes, origin, now) = asked;
        *out = [
            MEISEL.answer(&immune.mhla_dr, None, *now).met,
            PERSISTENT.answer(&immune.mhla_dr, *origin, *now).met,
            SLOPE.answer(&immune.mhla_dr, *origin, *now).met,
            IRIS_7.answer(lymphocytes, *origin, *now).met,
            DREWRY.answer(lymphocytes, *origin, *now).met,
            KYRIAZOPOULOU.answer(&immune.ferritin, *origin, *now).met,
        ];
    }
    fn remarks(specimen: &Specimen, out: &mut Remarks) {
        *out = IMMUNE.ferritin.remarks(specimen);
    }
    fn would_take(candidate: &Candidate, out: &mut Eligibility) {
        *out = IMMUNOSEP_TRIAL.would_take(candidate);
    }
    fn watch(watch: &mut Watch<Hemoglobin>, seen: &(u32, Reading<Hemoglobin>, Option<u32>), out: &mut Option<Signal<Hemoglobin>>) {
        let (minute, reading, dose) = *seen;
        *out = watch.see(const { Cutoff::new("< 7") }, minute, reading, dose);
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

    #[cfg(feature = "sofa2")]
    fn sofa2(moment: &Moment2, organs: &mut Sofa) -> Total {
        let rows = SOFA_2.rows();
        let gas = if moment.pao2.is_unknown() { Gas::SpO2(moment.spo2) } else { Gas::MmHg(moment.pao2) };
        let mechanical = moment.mechanical || moment.support.is_some_and(|support| SOFA_2_MORE.circulatory.contains(support));
        let coma = if moment.gcs.is_unknown() {
            SOFA_2_MORE.gcs_motor.points(moment.gcs_motor)
        } else {
            rows.gcs.points(moment.gcs)
        };
        *organs = Sofa::from([
            SOFA_2.respiration(gas, moment.fio2, moment.support),
            rows.platelets.points(moment.platelets),
            rows.bilirubin.points(moment.bilirubin),
            SOFA_2.infusions(&moment.infusions, moment.weight).join(rows.map.points(moment.map)).join(points_of::<4>(mechanical)),
            coma.join(points_of::<1>(moment.delirium)),
            kidney(moment),
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
        status(window.push(rules(), minute, event))
    }
    fn so_far(asked: &(&Window, &How, &Carried, Organ)) -> Shown {
        let (window, how, before, organ) = asked;
        shown(window.so_far(rules()), how, before, *organ)
    }
    fn rolling(asked: &(&Window, &How, &Carried, Organ)) -> Shown {
        let (window, how, before, organ) = asked;
        shown(window.rolling(rules()), how, before, *organ)
    }
    fn close_day(window: &mut Window, course: &mut Course<28>, how: &How, carried: &mut Carried) -> u8 {
        match window.close_day(rules()) {
            Err(error) => error.code(),
            Ok(day) => {
                let score = day.score(rules(), *how, *carried);
                *carried = score.carried();
                status(course.push(&score))
            }
        }
    }
    fn resume(window: &mut Window, now: u32) -> u8 {
        status(window.resume(rules(), now))
    }
    fn merge(window: &mut Window, other: &Window) -> u8 {
        status(window.merge(rules(), other))
    }
    fn clear(window: &mut Window) {
        window.clear();
    }
    fn septic(window: &Window, total: &Total, prior: &Prior, infusions: &Infusions) -> [Met; 2] {
        let Ok(day) = window.so_far(rules()) else { return [Met::Unknown; 2] };
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
    fn course_change(course: &Course<28>, day: u32, out: &mut Result<Change, Error>) {
        *out = course.change(day);
    }

    #[cfg(feature = "snapshot")]
    fn snapshot_write(state: &State, key: &[u8; 16], out: &mut [u8; Snapshot::<28, 7>::MAX]) -> usize {
        let (window, course, carried, immune) = state;
        Snapshot::of(window, course, *carried, immune).and_then(|snapshot| snapshot.to_bytes(key, out)).unwrap_or(0)
    }
    fn snapshot_resume(bytes: &&[u8], key: &[u8; 16], now: u32, back: &mut State) -> u8 {
        match Snapshot::from_bytes(bytes, key, rules()).and_then(|snapshot| snapshot.resume(rules(), now)) {
            Ok(state) => {
                *back = state;
                0
            }
            Err(error) => error.code(),
        }
    }
    #[cfg(feature = "receipt")]
    fn receipt_score(day: &Day, how: &How, carried: &Carried, minute: u32, out: &mut [u8; Receipt::MAX]) -> usize {
        let score = day.score(rules(), *how, *carried);
        Receipt::Score { day: *day, how: *how, score }.to_bytes(minute, out)
    }
    fn receipt_endotype(ferritin: &Reading<Ferritin>, mhla_dr: &Reading<MhlaDr>, minute: u32, out: &mut [u8; Receipt::MAX]) -> usize {
        Receipt::endotype(&IMMUNOSEP, *ferritin, *mhla_dr).to_bytes(minute, out)
    }
    fn receipt_endpoint(course: &Course<28>, minute: u32, out: &mut [u8; Receipt::MAX]) -> usize {
        Receipt::endpoint(&IMMUNOSEP_DAY9, course).map_or(0, |receipt| receipt.to_bytes(minute, out))
    }

    #[cfg(feature = "names")]
    fn read_event(item: &&str, unit: &&str, value: &&str) -> Result<Event, Error> {
        Event::read(item, unit, value)
    }

    #[cfg(feature = "control-panic")]
    fn control_panic(bytes: &[u8; 8], at: usize) -> u8 {
        bytes[at]
    }

    #[cfg(feature = "control-pointer")]
    fn control_pointer(which: usize, window: &mut Window) -> u32 {
        POINTED.get(which).map_or(0, |pointed| pointed(window) ^ 1)
    }
    fn control_tail_pointer(which: usize, window: &mut Window) -> u32 {
        match POINTED.get(which) {
            Some(pointed) => pointed(window),
            None => 0,
        }
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
