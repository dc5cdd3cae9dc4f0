//! What `--immune` follows of a patient, and says day by day: REPLAY.md, "Immune markers".

use crate::chart::Line;
use crate::report::word;
use anyhow::bail;
use clap::Args;
use endotype::published::{
    DREWRY, IMMUNOSEP, IMMUNOSEP_TRIAL, IRIS_7, KYRIAZOPOULOU, LYSE_NO_WASH, MEISEL, MHLA_DR_STAGE_NAMES, PERSISTENT,
    RESTORATION, SLOPE,
};
use endotype::quantity::{Age, Ferritin, Hemoglobin, Lymphocytes, MhlaDr, Neutrophils, Platelets, Quantity};
use endotype::{
    Amount, Answer, Answers, Candidate, Checks, Classification, Criteria, Criterion, Cutoff, Day, Entry, Error, Event, Fall,
    Filed, Flag, Immune, ImmuneRules, Imprecision, Marker, Met, Need, Needs, Reading, Remark, Remarks, Series, Signal, Watch,
    arm, published::Evidence,
};
use std::collections::HashMap;

/// Samples of a marker that a replay keeps.
const SAMPLES: usize = 64;
/// Lymphocytes are counted every day, and more often.
const COUNTS: usize = 4_096;

pub(crate) const HEADER: [&str; 28] = [
    "patient",
    "day",
    "closed",
    "ferritin",
    "mhla_dr",
    "entry",
    "entry_ferritin",
    "entry_mhla_dr",
    "entry_needs",
    "stage",
    "restored",
    "restored_needs",
    "switched",
    "both",
    "inflamed",
    "paralysed",
    "twice",
    "persistent",
    "slope",
    "lymphocytes",
    "lymphocytes_day_4",
    "ferritin_stays",
    "watch",
    "eligible",
    "failed",
    "not_known",
    "arm",
    "doubts",
];

/// The caller's, without defaults: the trial's own were not found.
#[derive(Args)]
pub(crate) struct Options {
    /// Serial markers in place of SOFA, one line a patient-day
    #[arg(long, requires_all = ["gap", "age"])]
    immune: bool,
    /// Minutes that the two samples of a decision may lie apart
    #[arg(long, value_name = "MINUTES", requires = "immune")]
    gap: Option<u32>,
    /// Minutes that a sample may be older than the decision
    #[arg(long, value_name = "MINUTES", requires = "immune")]
    age: Option<u32>,
    /// Coefficient of variation of the ferritin assay, per mille
    #[arg(long, value_name = "N", requires_all = ["immune", "coverage"])]
    cv_ferritin: Option<u16>,
    /// Coefficient of variation of the HLA-DR assay, per mille
    #[arg(long, value_name = "N", requires_all = ["immune", "coverage"])]
    cv_mhla_dr: Option<u16>,
    /// Coverage factor in hundredths, as 196
    #[arg(long, value_name = "N", requires = "immune")]
    coverage: Option<u16>,
    /// A ferritin that fell by more than this factor is opened: possible hook or biotin
    #[arg(long, value_name = "FACTOR", requires_all = ["immune", "fell_within"], value_parser = clap::value_parser!(u8).range(2..))]
    fell: Option<u8>,
    /// Minutes within which it fell
    #[arg(long, value_name = "MINUTES", requires = "fell")]
    fell_within: Option<u32>,
    /// Watch haemoglobin below this, g/dL
    #[arg(long, value_name = "N", requires = "immune")]
    watch_hemoglobin: Option<String>,
    /// Watch platelets below this, 10*9/L
    #[arg(long, value_name = "N", requires = "immune")]
    watch_platelets: Option<String>,
}

/// What the run was asked for.
pub(crate) struct Followed {
    rules: ImmuneRules,
    hemoglobin: Option<Cutoff<Hemoglobin>>,
    platelets: Option<Cutoff<Platelets>>,
}

impl Options {
    pub(crate) fn followed(&self) -> anyhow::Result<Option<Followed>> {
        let (true, Some(gap), Some(age)) = (self.immune, self.gap, self.age) else { return Ok(None) };
        let coverage = self.coverage.unwrap_or(0);
        let criteria: &Criteria = Box::leak(Box::new(
            IMMUNOSEP.guarded(imprecision(self.cv_ferritin, coverage)?, imprecision(self.cv_mhla_dr, coverage)?),
        ));
        let fell = self.fell.zip(self.fell_within).map(|(factor, within)| Fall { factor, within, evidence: Evidence::I });
        Ok(Some(Followed {
            rules: ImmuneRules {
                criteria,
                restoration: &RESTORATION,
                gap,
                age,
                ferritin: Checks { fell, undiluted: true, ..Checks::OFF },
                mhla_dr: Checks { lyse_no_wash: Some(LYSE_NO_WASH), ..Checks::OFF },
            },
            hemoglobin: limit(self.watch_hemoglobin.as_deref())?,
            platelets: limit(self.watch_platelets.as_deref())?,
        }))
    }
}

fn imprecision<Q: Quantity>(per_mille: Option<u16>, coverage: u16) -> anyhow::Result<Imprecision<Q>> {
    let per_mille = per_mille.unwrap_or(0);
    if u32::from(per_mille) * u32::from(coverage) >= 100_000 {
        bail!("{}: a CV of {per_mille} per mille times {coverage} hundredths is as wide as the value", Q::NAME);
    }
    Ok(Imprecision::new(per_mille, Amount::Ticks(0), coverage))
}

fn limit<Q: Quantity>(below: Option<&str>) -> anyhow::Result<Option<Cutoff<Q>>> {
    let Some(text) = below else { return Ok(None) };
    match Cutoff::read(&format!("< {}", text.trim())) {
        Ok(limit) if limit.met(Reading::exact(Amount::Ticks(0))?) == Met::Yes => Ok(Some(limit)),
        _ => bail!("--watch-{} {text}: expected one value above 0 of at most three decimals, in the reportable range", Q::NAME),
    }
}

/// A watched value, with its baseline as charted.
struct Watched<Q> {
    watch: Watch<Q>,
    baseline: Option<(u32, String)>,
}

impl<Q: Quantity> Watched<Q> {
    const fn new() -> Self {
        Watched { watch: Watch::new(), baseline: None }
    }

    fn see(
        &mut self,
        limit: Option<Cutoff<Q>>,
        minute: u32,
        reading: Reading<Q>,
        dose: Option<u32>,
        line: &Line<'_>,
    ) -> Option<Signal<Q>> {
        let signal = self.watch.see(limit?, minute, reading, dose);
        let before_the_dose = !reading.is_unknown() && dose.is_none_or(|dose| minute <= dose);
        if before_the_dose && self.baseline.as_ref().is_none_or(|(at, _)| minute >= *at) {
            self.baseline = Some((minute, format!("{} {}", line.value.trim(), line.unit)));
        }
        signal
    }

    /// With the baseline as it is known now.
    fn shown(&self, signal: &Signal<Q>) -> String {
        let baseline = self.baseline.as_ref().map_or("-", |(_, text)| text);
        format!("{}@{} {} +{} h from {baseline}", Q::NAME, signal.minute, word(signal.met), signal.hours())
    }
}

enum Watching {
    Hemoglobin(Signal<Hemoglobin>),
    Platelets(Signal<Platelets>),
}

/// What is known of a patient.
pub(crate) struct Course {
    immune: Immune<SAMPLES>,
    lymphocytes: Box<Series<Lymphocytes, COUNTS>>,
    /// As charted, by marker and minute.
    texts: HashMap<(Marker, u32), String>,
    dose: Option<u32>,
    sepsis_classified: Option<u32>,
    icu_admission: Option<u32>,
    /// What was said of each day so far.
    sepsis: Vec<Met>,
    /// With their minutes, in the order of the file.
    answers: Vec<(u32, Criterion, bool)>,
    age: Reading<Age>,
    covid19: Vec<(u32, bool)>,
    neutrophils: Vec<(u32, Reading<Neutrophils>)>,
    hemoglobin: Watched<Hemoglobin>,
    platelets: Watched<Platelets>,
    signals: Vec<Watching>,
    latest: u32,
}

impl Course {
    pub(crate) fn new() -> Course {
        Course {
            immune: Immune::new(),
            lymphocytes: Box::new(Series::new()),
            texts: HashMap::new(),
            dose: None,
            sepsis_classified: None,
            icu_admission: None,
            sepsis: Vec::new(),
            answers: Vec::new(),
            age: Reading::UNKNOWN,
            covid19: Vec::new(),
            neutrophils: Vec::new(),
            hemoglobin: Watched::new(),
            platelets: Watched::new(),
            signals: Vec::new(),
            latest: 0,
        }
    }

    /// A malformed line closes no day, so it is tried before one is closed.
    pub(crate) fn check(&self, minute: u32, event: &Event, line: &Line<'_>) -> anyhow::Result<()> {
        if matches!(event, Event::Ferritin(_) | Event::MhlaDr(_) | Event::Withdrawn(_)) {
            let mut tried = self.immune;
            tried.push(minute, event).map_err(|error| line.refused(error))?;
        }
        Ok(())
    }

    pub(crate) fn take(&mut self, asked: &Followed, minute: u32, event: &Event, line: &Line<'_>) -> anyhow::Result<()> {
        self.latest = self.latest.max(minute);
        match *event {
            // Of several lines the first counts.
            Event::FirstDose(_) if self.dose.is_some() => return Ok(()),
            Event::FirstDose(_) => self.dose = Some(minute),
            Event::SepsisClassified => _ = self.sepsis_classified.get_or_insert(minute),
            Event::IcuAdmission => _ = self.icu_admission.get_or_insert(minute),
            Event::Lymphocytes(reading) => {
                match self.lymphocytes.push(minute, reading, Remarks::NONE) {
                    Err(Error::SampleDiffers) => self.lymphocytes.correct(minute, reading, Remarks::NONE).map(|_| ()),
                    filed => filed.map(|_| ()),
                }
                .map_err(|error| line.refused(error))?;
            }
            Event::Neutrophils(reading) if !reading.is_unknown() => self.neutrophils.push((minute, reading)),
            Event::Age(reading) if !reading.is_unknown() => self.age = reading,
            Event::Flag(Flag::Covid19, is_so) => self.covid19.push((minute, is_so)),
            Event::Criterion(criterion, is_so) => self.answers.push((minute, criterion, is_so)),
            Event::Hemoglobin(reading) => {
                let signal = self.hemoglobin.see(asked.hemoglobin, minute, reading, self.dose, line);
                self.signals.extend(signal.map(Watching::Hemoglobin));
            }
            Event::Platelets(reading) => {
                let signal = self.platelets.see(asked.platelets, minute, reading, self.dose, line);
                self.signals.extend(signal.map(Watching::Platelets));
            }
            _ => {}
        }
        let filed = self.immune.push(minute, event).map_err(|error| line.refused(error))?;
        if matches!(filed, Some(Filed::Last | Filed::Late | Filed::Corrected)) {
            let marker = if matches!(event, Event::Ferritin(_)) { Marker::Ferritin } else { Marker::MhlaDr };
            self.texts.insert((marker, minute), line.value.trim().to_owned());
        }
        Ok(())
    }

    /// The line of a day; `sepsis` is what was said of it.
    pub(crate) fn decide(&mut self, asked: &Followed, patient: &str, day: &Day, over: bool, sepsis: Met) -> [String; 28] {
        let now = if over { day.number() * 1_440 - 1 } else { self.latest };
        self.sepsis.push(sepsis);
        let signals = std::mem::take(&mut self.signals);
        let signals: Vec<_> = signals
            .iter()
            .map(|signal| match signal {
                Watching::Hemoglobin(signal) => self.hemoglobin.shown(signal),
                Watching::Platelets(signal) => self.platelets.shown(signal),
            })
            .collect();
        let (rules, immune) = (&asked.rules, &self.immune);
        let entry = immune.entry(rules, now);
        let axes = immune.axes(rules, now);
        let restored = immune.restored(rules, now);
        let (icu, onset) = (self.icu_admission, self.sepsis_classified);
        let charted = |marker: Marker, minute: Option<u32>| {
            minute.map_or("-".to_owned(), |minute| {
                format!("{}@{minute}", self.texts.get(&(marker, minute)).map_or("", String::as_str))
            })
        };
        let eligible = self.eligible(&entry);
        let names = |criteria: Vec<Criterion>| joined(criteria.into_iter().map(Criterion::name));
        let told = |answer: Answer| word(answer.met).to_owned();
        [
            patient.to_owned(),
            day.number().to_string(),
            if day.closed() { "yes" } else { "no" }.to_owned(),
            charted(Marker::Ferritin, immune.ferritin.last(now).map(|sample| sample.minute)),
            charted(Marker::MhlaDr, immune.mhla_dr.last(now).map(|sample| sample.minute)),
            self.class(&entry).map_or("-".to_owned(), |class| joined(class.classes().map(|class| class.name()))),
            entry.ferritin.map_or("-".to_owned(), |minute| minute.to_string()),
            entry.mhla_dr.map_or("-".to_owned(), |minute| minute.to_string()),
            needs(&entry.needs),
            immune.stage(rules, now).map_or("-".to_owned(), |stages| {
                joined((0..).zip(MHLA_DR_STAGE_NAMES).filter(|(n, _)| stages.contains(*n)).map(|(_, name)| name))
            }),
            answered(restored),
            restored.map_or("-".to_owned(), |answer| needs(&answer.need)),
            answered(immune.switched(rules, now)),
            word(axes.both).to_owned(),
            word(axes.inflamed).to_owned(),
            word(axes.paralysed).to_owned(),
            told(MEISEL.answer(&immune.mhla_dr, None, now)),
            told(PERSISTENT.answer(&immune.mhla_dr, icu, now)),
            told(SLOPE.answer(&immune.mhla_dr, icu, now)),
            told(IRIS_7.answer(&self.lymphocytes, onset, now)),
            told(DREWRY.answer(&self.lymphocytes, onset, now)),
            told(KYRIAZOPOULOU.answer(&immune.ferritin, onset, now)),
            if signals.is_empty() { "-".to_owned() } else { signals.join("; ") },
            word(eligible.met()).to_owned(),
            names(eligible.failed().collect()),
            names(eligible.not_known().collect()),
            entry
                .class
                .single()
                .and_then(arm)
                .filter(|_| eligible.met() != Met::No)
                .map_or("-", |arm| arm.drug.name())
                .to_owned(),
            self.doubts(&entry),
        ]
    }

    /// None while there is no sample at or before entry.
    fn class(&self, entry: &Entry) -> Option<Classification> {
        let any = self.immune.ferritin.last(entry.minute).is_some() || self.immune.mhla_dr.last(entry.minute).is_some();
        any.then_some(entry.class)
    }

    /// Of what was so at entry.
    fn eligible(&self, entry: &Entry) -> endotype::Eligibility {
        let days = self.sepsis.get(..=(entry.minute / 1_440) as usize).unwrap_or(&self.sepsis);
        let sepsis = match days {
            all if all.contains(&Met::Yes) => Met::Yes,
            all if all.iter().all(|met| *met == Met::No) => Met::No,
            _ => Met::Unknown,
        };
        let by_then = |at: u32| at <= entry.minute;
        let answers = self.answers.iter().filter(|(at, ..)| by_then(*at));
        let covid19 = self.covid19.iter().rev().find(|(at, _)| by_then(*at));
        let neutrophils = self.neutrophils.iter().rev().find(|(at, _)| by_then(*at));
        IMMUNOSEP_TRIAL.would_take(&Candidate {
            age: self.age,
            neutrophils: neutrophils.map_or(Reading::UNKNOWN, |(_, reading)| *reading),
            sepsis,
            class: self.class(entry),
            sepsis_classified: self.sepsis_classified,
            entry: entry.minute,
            covid19: covid19.map_or(Met::Unknown, |(_, is_so)| (*is_so).into()),
            answers: answers.fold(Answers::NONE, |all, (_, criterion, is_so)| all.with(*criterion, *is_so)),
        })
    }

    /// What was remarked of the samples that entry rests on, and what was found of them.
    fn doubts(&self, entry: &Entry) -> String {
        let ferritin = entry.ferritin.and_then(|minute| self.immune.ferritin.last(minute)).map(|sample| sample.remarks);
        let mhla_dr = entry.mhla_dr.and_then(|minute| self.immune.mhla_dr.last(minute)).map(|sample| sample.remarks);
        let any = |remark: &Remark| [ferritin, mhla_dr].into_iter().flatten().any(|remarks| remarks.contains(*remark));
        let remarked = Remark::ALL.iter().filter(|remark| any(remark)).map(|remark| remark.name());
        joined(entry.doubts.fell().then_some("fell").into_iter().chain(remarked))
    }
}

fn answered(answer: Option<Answer<Needs>>) -> String {
    answer.map_or("-", |answer| word(answer.met)).to_owned()
}

fn joined<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<_> = names.collect();
    if names.is_empty() { "-".to_owned() } else { names.join("/") }
}

fn needs(needs: &Needs) -> String {
    let of = |name: &str, need: Need| match need {
        Need::Nothing => None,
        Need::FirstDose | Need::Entry | Need::Origin => Some(need.name().to_owned()),
        Need::Sample | Need::Repeat | Need::Dilution => Some(format!("{name} {}", need.name())),
    };
    let mut all: Vec<_> = [of(Ferritin::NAME, needs.ferritin), of(MhlaDr::NAME, needs.mhla_dr)].into_iter().flatten().collect();
    all.dedup();
    joined(all.iter().map(String::as_str))
}
