//! Serial markers: series, rules over time, class at entry, restoration, an assay's checks, the trial's criteria, a watch.

use crate::event::endo_event;
use crate::marker::{endo_class, endo_criteria, endo_needs};
use crate::numbers::{self, BIAS, MET, NO_MINUTE, NONE, pick, yes_or_no};
use crate::reading::{Numbered, endo_reading};
use crate::state::{Kept, Out, State};
use crate::status::Refused;
use crate::text::{ascii, endo_text};
use endotype::published::{
    DREWRY, Evidence, IMMUNOSEP_TRIAL, IRIS_7, KYRIAZOPOULOU, MEISEL, PERSISTENT, RESTORATION, SLOPE, TRIAL_CRITERIA,
};
use endotype::quantity::*;
use endotype::{
    Amount, Answers, Candidate, Checks, Criterion, Cutoff, Endotype, Error, Fall, Filed, Immune, ImmuneRules, Level, Limit,
    Marker, Met, Method, Needs, Reference, Remark, Remarks, Sample, Series, Signal, Specimen, Trend, Watch, arm,
};

/// Samples of a marker that an `endo_immune`, and a series, holds.
pub const SAMPLES: usize = 7;
pub const SERIES: usize = 14;

pub type endo_series = State<AnySeries, 24>;
pub type endo_immune = State<Immune<SAMPLES>, 26>;
pub type endo_watch = State<AnyWatch, 4>;

impl Kept for AnySeries {
    const KIND: u32 = 8;
}

impl Kept for Immune<SAMPLES> {
    const KIND: u32 = 9;
}

impl Kept for AnyWatch {
    const KIND: u32 = 10;
}

macro_rules! of_quantity {
    ($any:ident, $by:ident: $($name:ident)+) => {
        /// By its quantity.
        #[derive(Clone, Copy)]
        pub enum $any { $( $name($by!($name)), )+ }

        impl $any {
            fn new(quantity: u8) -> Result<Self, Refused> {
                match quantity {
                    $( $name::NUMBER => Ok($any::$name(<$by!($name)>::new())), )+
                    _ => Err(Refused::QUANTITY),
                }
            }
        }
    };
}

macro_rules! a_series {
    ($name:ident) => { Series<$name, SERIES> };
}

macro_rules! a_watch {
    ($name:ident) => { Watch<$name> };
}

of_quantity!(AnySeries, a_series: Ferritin MhlaDr MhlaDrPositive Lymphocytes Neutrophils LymphocytesFraction NkCells DendriticCells BCells TCells);
of_quantity!(AnyWatch, a_watch: Hemoglobin Platelets);

/// The same of whichever quantity.
macro_rules! each_series {
    ($any:expr, $series:ident => $do:expr) => {
        match $any {
            AnySeries::Ferritin($series) => $do,
            AnySeries::MhlaDr($series) => $do,
            AnySeries::MhlaDrPositive($series) => $do,
            AnySeries::Lymphocytes($series) => $do,
            AnySeries::Neutrophils($series) => $do,
            AnySeries::LymphocytesFraction($series) => $do,
            AnySeries::NkCells($series) => $do,
            AnySeries::DendriticCells($series) => $do,
            AnySeries::BCells($series) => $do,
            AnySeries::TCells($series) => $do,
        }
    };
}

#[repr(C)]
pub struct endo_sample {
    pub reading: endo_reading,
    pub minute: u32,
    pub remarks: u16,
    pub corrected: u8,
    pub reserved: u8,
}

impl<Q: Numbered> From<Sample<Q>> for endo_sample {
    fn from(sample: Sample<Q>) -> endo_sample {
        let Sample { minute, reading, remarks, corrected } = sample;
        endo_sample {
            reading: endo_reading::of(reading),
            minute,
            remarks: bits(remarks),
            corrected: u8::from(corrected),
            reserved: 0,
        }
    }
}

#[repr(C)]
pub struct endo_answer {
    pub rule: u32,
    pub met: u8,
    pub need: u8,
    pub reserved: [u8; 2],
}

/// Of a rule that asks both markers.
#[repr(C)]
pub struct endo_immune_answer {
    pub rule: u32,
    pub met: u8,
    pub needs: endo_needs,
    pub reserved: u8,
}

#[repr(C)]
pub struct endo_entry {
    pub rule: u32,
    pub minute: u32,
    pub ferritin_minute: u32,
    pub mhla_dr_minute: u32,
    pub class_: endo_class,
    pub needs: endo_needs,
    pub doubts: u16,
}

#[repr(C)]
pub struct endo_axes {
    pub rule: u32,
    pub both: u8,
    pub inflamed: u8,
    pub paralysed: u8,
    pub reserved: u8,
}

/// A limit of an assay.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct endo_limit {
    pub most: u32,
    pub is_set: u8,
    pub bias: u8,
    pub reserved: [u8; 2],
}

/// The checks of one assay.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct endo_checks {
    pub hemolysis: endo_limit,
    pub icterus: endo_limit,
    pub lipemia: endo_limit,
    pub specimen_age: endo_limit,
    pub stain_time: endo_limit,
    pub turnaround: endo_limit,
    pub fell_within: u32,
    pub lyse_no_wash_least: u16,
    pub lyse_no_wash_most: u16,
    pub fell_factor: u8,
    pub undiluted: u8,
    pub reserved: [u8; 2],
}

/// What a device knows of a specimen.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct endo_specimen {
    pub hemolysis: u32,
    pub icterus: u32,
    pub lipemia: u32,
    pub age: u32,
    pub stain: u32,
    pub turnaround: u32,
    pub undiluted: u8,
    pub lyse_no_wash: u8,
    pub reserved: [u8; 2],
}

/// What serial markers are decided by.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct endo_immune_rules {
    pub gap: u32,
    pub age: u32,
    pub ferritin: endo_checks,
    pub mhla_dr: endo_checks,
}

/// What is known of a patient at entry.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct endo_candidate {
    pub age: endo_reading,
    pub neutrophils: endo_reading,
    pub ferritin: endo_reading,
    pub mhla_dr: endo_reading,
    pub sepsis_classified: u32,
    pub entry: u32,
    /// Bit n: charted criterion n is so, is not so.
    pub yes: u32,
    pub no: u32,
    pub sepsis: u8,
    pub covid19: u8,
    pub reserved: [u8; 2],
}

#[repr(C)]
pub struct endo_eligibility {
    pub passed: u32,
    pub failed: u32,
    pub met: u8,
    pub reserved: [u8; 3],
}

#[repr(C)]
pub struct endo_criterion {
    pub words: endo_text,
    pub takes_in: u8,
    pub evidence: u8,
    pub is_charted: u8,
    pub reserved: u8,
}

#[repr(C)]
pub struct endo_arm {
    pub active: endo_text,
    pub dummy: endo_text,
    pub drug: u8,
    pub days: u8,
    pub evidence: u8,
    pub dose_evidence: u8,
}

#[repr(C)]
pub struct endo_signal {
    pub reading: endo_reading,
    pub baseline: endo_reading,
    pub minute: u32,
    pub since_dose: u32,
    pub hours: u32,
    pub met: u8,
    pub reserved: [u8; 3],
}

impl<Q: Numbered> From<Signal<Q>> for endo_signal {
    fn from(signal: Signal<Q>) -> endo_signal {
        endo_signal {
            reading: endo_reading::of(signal.reading),
            baseline: endo_reading::of(signal.baseline),
            minute: signal.minute,
            since_dose: signal.since_dose,
            hours: signal.hours(),
            met: signal.met as u8,
            reserved: [0; 3],
        }
    }
}

/// Bit n: remark n; the one behind them: it fell as a hooked result does.
fn bits(remarks: Remarks) -> u16 {
    let charted = Remark::ALL.iter().fold(0, |bits, &one| bits | u16::from(remarks.contains(one)) << one as u16);
    charted | u16::from(remarks.fell()) << Remark::ALL.len()
}

/// What is charted of a sample: never that it fell, which is found.
fn remarked(bits: u16) -> Result<Remarks, Refused> {
    if bits >> Remark::ALL.len() != 0 {
        return Err(Refused::NUMBER);
    }
    Ok(Remark::ALL.iter().filter(|&&one| bits >> one as u16 & 1 == 1).fold(Remarks::NONE, |all, &one| all.with(one)))
}

impl endo_limit {
    fn get(&self) -> Result<Option<Limit>, Refused> {
        let bias = pick(&BIAS, self.bias)?;
        Ok(yes_or_no(self.is_set)?.then_some(Limit { most: self.most, bias, evidence: Evidence::I }))
    }
}

impl endo_checks {
    /// How well a limit is known is the caller's to keep: no answer depends on it.
    fn get(&self) -> Result<Checks, Refused> {
        let fall = Fall { factor: self.fell_factor, within: self.fell_within, evidence: Evidence::I };
        let [least, most] = [self.lyse_no_wash_least, self.lyse_no_wash_most];
        let method = match [least, most] {
            [0, 0] => None,
            _ if 500 <= least && least <= most && most <= 2_000 => Some(Method::new([least, most], Evidence::I)),
            _ => return Err(Refused::SETTING),
        };
        Ok(Checks {
            fell: (self.fell_factor > 0).then_some(fall),
            undiluted: yes_or_no(self.undiluted)?,
            hemolysis: self.hemolysis.get()?,
            icterus: self.icterus.get()?,
            lipemia: self.lipemia.get()?,
            specimen_age: self.specimen_age.get()?,
            stain_time: self.stain_time.get()?,
            turnaround: self.turnaround.get()?,
            lyse_no_wash: method,
        })
    }
}

impl endo_immune_rules {
    fn get(&self, criteria: &'static endo_criteria) -> Result<ImmuneRules, Refused> {
        let criteria = criteria.get()?;
        let (ferritin, mhla_dr) = (self.ferritin.get()?, self.mhla_dr.get()?);
        Ok(ImmuneRules { criteria, restoration: &RESTORATION, gap: self.gap, age: self.age, ferritin, mhla_dr })
    }
}

fn told(number: u32) -> Option<u32> {
    numbers::minute(number)
}

fn filed(filed: Option<Filed>) -> u8 {
    filed.map_or(NONE, |filed| filed as u8)
}

fn immune_answer(answer: Option<endotype::Answer<Needs>>) -> Result<endo_immune_answer, Refused> {
    let answer = answer.ok_or(Refused::NO_SUCH)?;
    Ok(endo_immune_answer { rule: answer.rule.number(), met: answer.met as u8, needs: answer.need.into(), reserved: 0 })
}

fn sample_of<Q: Numbered, const N: usize>(series: &Series<Q, N>, n: u32) -> Result<endo_sample, Refused> {
    series.samples().nth(n as usize).map(endo_sample::from).ok_or(Refused::NO_SUCH)
}

fn last_of<Q: Numbered, const N: usize>(series: &Series<Q, N>, now: u32) -> Result<endo_sample, Refused> {
    series.last(now).map(endo_sample::from).ok_or(Refused::NO_SUCH)
}

/// Of limits that are exact, on the tick.
fn level<Q: Numbered>(low: endo_reading, high: endo_reading, reading: endo_reading) -> Result<Level, Refused> {
    let ([low, also_low], [high, also_high]) = (low.typed::<Q>()?.ends(), high.typed::<Q>()?.ends());
    if low != also_low || high != also_high || (low | high) & 1 == 1 {
        return Err(Refused::SETTING);
    }
    let [low, high] = [low, high].map(|end| Amount::Ticks((end >> 1).cast_unsigned()));
    Ok(Reference::<Q>::new(low, high)?.level(reading.typed()?))
}

/// What a watch says of a value; where it says nothing, of a value no, of none that it is unknown.
fn seen<Q: Numbered>(
    watch: &mut Watch<Q>,
    limit: &str,
    minute: u32,
    reading: endo_reading,
    first_dose: Option<u32>,
) -> Result<endo_signal, Refused> {
    let (limit, value) = (Cutoff::read(limit)?, reading.typed::<Q>()?);
    let signal = watch.see(limit, minute, value, first_dose);
    let met = if value.is_unknown() { Met::Unknown } else { Met::No } as u8;
    let baseline = endo_reading::of(watch.baseline());
    let nothing = endo_signal { reading, baseline, minute, since_dose: 0, hours: 0, met, reserved: [0; 3] };
    Ok(signal.map_or(nothing, endo_signal::from))
}

functions! {
    fn endo_series_init(series: Out<'_, endo_series>, quantity: u8) {
        given!(series);
        series.write(State::new(AnySeries::new(quantity)?));
    }

    fn endo_series_clear(series: Option<&mut endo_series>) {
        given!(series);
        each_series!(series.get_mut()?, series => series.clear());
    }

    fn endo_series_push(series: Option<&mut endo_series>, minute: u32, reading: endo_reading, remarks: u16, out: Out<'_, u8>) {
        given!(series, out);
        let remarks = remarked(remarks)?;
        let filed = each_series!(series.get_mut()?, series => series.push(minute, reading.typed()?, remarks)?);
        out.write(filed as u8);
    }

    fn endo_series_correct(
        series: Option<&mut endo_series>,
        minute: u32,
        reading: endo_reading,
        remarks: u16,
        out: Out<'_, endo_reading>,
    ) {
        given!(series, out);
        let remarks = remarked(remarks)?;
        let before = each_series!(series.get_mut()?, series => endo_reading::of(series.correct(minute, reading.typed()?, remarks)?));
        out.write(before);
    }

    fn endo_series_remark(series: Option<&mut endo_series>, minute: u32, remarks: u16) {
        given!(series);
        let remarks = remarked(remarks)?;
        each_series!(series.get_mut()?, series => series.remark(minute, remarks)?);
    }

    fn endo_series_withdraw(series: Option<&mut endo_series>, minute: u32, out: Out<'_, endo_reading>) {
        given!(series, out);
        let before = each_series!(series.get_mut()?, series => endo_reading::of(series.withdraw(minute)?));
        out.write(before);
    }

    fn endo_series_sample(series: Option<&endo_series>, n: u32, out: Out<'_, endo_sample>) {
        given!(series, out);
        let sample = each_series!(series.get()?, series => sample_of(series, n)?);
        out.write(sample);
    }

    fn endo_series_last(series: Option<&endo_series>, now: u32, out: Out<'_, endo_sample>) {
        given!(series, out);
        let sample = each_series!(series.get()?, series => last_of(series, now)?);
        out.write(sample);
    }

    fn endo_series_trend(series: Option<&endo_series>, now: u32, out: Out<'_, u8>) {
        given!(series, out);
        let trend: Trend = each_series!(series.get()?, series => series.trend(now));
        out.write(trend as u8);
    }

    fn endo_series_answer(series: Option<&endo_series>, rule: u8, origin: u32, now: u32, out: Out<'_, endo_answer>) {
        given!(series, out);
        let (series, origin) = (series.get()?, numbers::minute(origin));
        let answer = match (rule, series) {
            (0, AnySeries::MhlaDr(series)) => MEISEL.answer(series, origin, now),
            (1, AnySeries::MhlaDr(series)) => PERSISTENT.answer(series, origin, now),
            (2, AnySeries::MhlaDr(series)) => SLOPE.answer(series, origin, now),
            (3, AnySeries::Lymphocytes(series)) => IRIS_7.answer(series, origin, now),
            (4, AnySeries::Lymphocytes(series)) => DREWRY.answer(series, origin, now),
            (5, AnySeries::Ferritin(series)) => KYRIAZOPOULOU.answer(series, origin, now),
            (0..=5, _) => return Err(Refused::QUANTITY),
            _ => return Err(Refused::NUMBER),
        };
        out.write(endo_answer { rule: answer.rule.number(), met: answer.met as u8, need: answer.need as u8, reserved: [0; 2] });
    }

    fn endo_reference_level(low: endo_reading, high: endo_reading, reading: endo_reading, out: Out<'_, u8>) {
        given!(out);
        let level = match reading.quantity {
            MhlaDrPositive::NUMBER => level::<MhlaDrPositive>(low, high, reading)?,
            Lymphocytes::NUMBER => level::<Lymphocytes>(low, high, reading)?,
            Neutrophils::NUMBER => level::<Neutrophils>(low, high, reading)?,
            LymphocytesFraction::NUMBER => level::<LymphocytesFraction>(low, high, reading)?,
            NkCells::NUMBER => level::<NkCells>(low, high, reading)?,
            DendriticCells::NUMBER => level::<DendriticCells>(low, high, reading)?,
            BCells::NUMBER => level::<BCells>(low, high, reading)?,
            TCells::NUMBER => level::<TCells>(low, high, reading)?,
            _ => return Err(Refused::QUANTITY),
        };
        out.write(level as u8);
    }

    fn endo_remarks(checks: Option<&endo_checks>, specimen: Option<&endo_specimen>, out: Out<'_, u16>) {
        given!(checks, specimen, out);
        let of = Specimen {
            undiluted: pick(&MET, specimen.undiluted)?,
            hemolysis: told(specimen.hemolysis),
            icterus: told(specimen.icterus),
            lipemia: told(specimen.lipemia),
            age: told(specimen.age),
            stain: told(specimen.stain),
            turnaround: told(specimen.turnaround),
            lyse_no_wash: pick(&MET, specimen.lyse_no_wash)?,
        };
        let remarks = checks.get()?.remarks(&of);
        out.write(bits(remarks));
    }

    fn endo_immune_init(immune: Out<'_, endo_immune>) {
        given!(immune);
        immune.write(State::new(Immune::new()));
    }

    fn endo_immune_clear(immune: Option<&mut endo_immune>) {
        given!(immune);
        immune.get_mut()?.clear();
    }

    fn endo_immune_push(immune: Option<&mut endo_immune>, minute: u32, event: Option<&endo_event>, out: Out<'_, u8>) {
        given!(immune, event, out);
        if minute > endotype::Window::LAST_MINUTE {
            return Err(Error::MinuteOutOfRange.into());
        }
        let what = immune.get_mut()?.push(minute, &event.get()?)?;
        out.write(filed(what));
    }

    fn endo_immune_first_dose(immune: Option<&endo_immune>, minute: Out<'_, u32>, dose: Out<'_, u8>) {
        given!(immune, minute, dose);
        let (at, drug) = immune.get()?.first_dose().ok_or(Refused::NO_SUCH)?;
        minute.write(at);
        dose.write(drug as u8);
    }

    fn endo_immune_sample(immune: Option<&endo_immune>, marker: u8, n: u32, out: Out<'_, endo_sample>) {
        given!(immune, out);
        let immune = immune.get()?;
        let sample = match pick(Marker::ALL, marker)? {
            Marker::Ferritin => sample_of(&immune.ferritin, n)?,
            Marker::MhlaDr => sample_of(&immune.mhla_dr, n)?,
        };
        out.write(sample);
    }

    fn endo_immune_entry(
        immune: Option<&endo_immune>,
        criteria: Option<&'static endo_criteria>,
        rules: Option<&endo_immune_rules>,
        now: u32,
        out: Out<'_, endo_entry>,
    ) {
        given!(immune, criteria, rules, out);
        let entry = immune.get()?.entry(&rules.get(criteria)?, now);
        out.write(endo_entry {
            rule: entry.rule.number(),
            minute: entry.minute,
            ferritin_minute: entry.ferritin.unwrap_or(NO_MINUTE),
            mhla_dr_minute: entry.mhla_dr.unwrap_or(NO_MINUTE),
            class_: entry.class.into(),
            needs: entry.needs.into(),
            doubts: bits(entry.doubts),
        });
    }

    fn endo_immune_restored(
        immune: Option<&endo_immune>,
        criteria: Option<&'static endo_criteria>,
        rules: Option<&endo_immune_rules>,
        now: u32,
        out: Out<'_, endo_immune_answer>,
    ) {
        given!(immune, criteria, rules, out);
        out.write(immune_answer(immune.get()?.restored(&rules.get(criteria)?, now))?);
    }

    fn endo_immune_switched(
        immune: Option<&endo_immune>,
        criteria: Option<&'static endo_criteria>,
        rules: Option<&endo_immune_rules>,
        now: u32,
        out: Out<'_, endo_immune_answer>,
    ) {
        given!(immune, criteria, rules, out);
        out.write(immune_answer(immune.get()?.switched(&rules.get(criteria)?, now))?);
    }

    fn endo_immune_axes(
        immune: Option<&endo_immune>,
        criteria: Option<&'static endo_criteria>,
        rules: Option<&endo_immune_rules>,
        now: u32,
        out: Out<'_, endo_axes>,
    ) {
        given!(immune, criteria, rules, out);
        let axes = immune.get()?.axes(&rules.get(criteria)?, now);
        out.write(endo_axes {
            rule: axes.rule.number(),
            both: axes.both as u8,
            inflamed: axes.inflamed as u8,
            paralysed: axes.paralysed as u8,
            reserved: 0,
        });
    }

    fn endo_immune_stage(
        immune: Option<&endo_immune>,
        criteria: Option<&'static endo_criteria>,
        rules: Option<&endo_immune_rules>,
        now: u32,
        out: Out<'_, u8>,
    ) {
        given!(immune, criteria, rules, out);
        let stage = immune.get()?.stage(&rules.get(criteria)?, now).ok_or(Refused::NO_SUCH)?;
        out.write(stage.bits());
    }

    fn endo_would_take(candidate: Option<&endo_candidate>, criteria: Option<&endo_criteria>, out: Out<'_, endo_eligibility>) {
        given!(candidate, criteria, out);
        let charted = Criterion::ALL.iter().filter(|one| one.is_charted());
        let known = charted.clone().fold(0_u32, |bits, &one| bits | 1 << one as u32);
        let (yes, no) = (candidate.yes, candidate.no);
        if yes & no != 0 || (yes | no) & !known != 0 {
            return Err(Refused::SET);
        }
        let answers = charted.filter(|&&one| (yes | no) >> one as u32 & 1 == 1);
        let answers = answers.fold(Answers::NONE, |all, &one| all.with(one, yes >> one as u32 & 1 == 1));
        let (ferritin, mhla_dr) = (candidate.ferritin.typed()?, candidate.mhla_dr.typed()?);
        let measured = !(ferritin.is_unknown() && mhla_dr.is_unknown());
        let criteria = criteria.get()?;
        let eligibility = IMMUNOSEP_TRIAL.would_take(&Candidate {
            age: candidate.age.typed()?,
            neutrophils: candidate.neutrophils.typed()?,
            sepsis: pick(&MET, candidate.sepsis)?,
            class: measured.then(|| criteria.classify(ferritin, mhla_dr)),
            sepsis_classified: numbers::minute(candidate.sepsis_classified),
            entry: candidate.entry,
            covid19: pick(&MET, candidate.covid19)?,
            answers,
        });
        out.write(endo_eligibility {
            passed: eligibility.passed().fold(0, |bits, one| bits | 1 << one as u32),
            failed: eligibility.failed().fold(0, |bits, one| bits | 1 << one as u32),
            met: eligibility.met() as u8,
            reserved: [0; 3],
        });
    }

    fn endo_criterion_of(criterion: u8, out: Out<'_, endo_criterion>) {
        given!(out);
        let row = TRIAL_CRITERIA.get(usize::from(criterion)).ok_or(Refused::NUMBER)?;
        out.write(endo_criterion {
            words: row.words.into(),
            takes_in: u8::from(row.takes_in),
            evidence: row.evidence as u8,
            is_charted: u8::from(row.criterion.is_charted()),
            reserved: 0,
        });
    }

    fn endo_arm_of(endotype: u8, out: Out<'_, endo_arm>) {
        given!(out);
        let arm = arm(pick(&Endotype::ALL, endotype)?).ok_or(Refused::NO_SUCH)?;
        out.write(endo_arm {
            active: arm.active.into(),
            dummy: arm.dummy.into(),
            drug: arm.drug as u8,
            days: arm.days,
            evidence: arm.evidence as u8,
            dose_evidence: arm.dose_evidence as u8,
        });
    }

    fn endo_watch_init(watch: Out<'_, endo_watch>, quantity: u8) {
        given!(watch);
        watch.write(State::new(AnyWatch::new(quantity)?));
    }

    fn endo_watch_see(
        watch: Option<&mut endo_watch>,
        limit: *const u8,
        length: usize,
        minute: u32,
        reading: endo_reading,
        first_dose: u32,
        out: Out<'_, endo_signal>,
    ) {
        given!(watch, out);
        let words = ascii(limit, length)?;
        let dose = numbers::minute(first_dose);
        if minute > endotype::Window::LAST_MINUTE {
            return Err(endotype::Error::MinuteOutOfRange.into());
        }
        out.write(match watch.get_mut()? {
            AnyWatch::Hemoglobin(watch) => seen(watch, words, minute, reading, dose)?,
            AnyWatch::Platelets(watch) => seen(watch, words, minute, reading, dose)?,
        });
    }

    fn endo_watch_baseline(watch: Option<&endo_watch>, out: Out<'_, endo_reading>) {
        given!(watch, out);
        let baseline = match watch.get()? {
            AnyWatch::Hemoglobin(watch) => endo_reading::of(watch.baseline()),
            AnyWatch::Platelets(watch) => endo_reading::of(watch.baseline()),
        };
        out.write(baseline);
    }
}
