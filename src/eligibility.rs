//! Whom the trial would have taken, its matched arms, and a watch on what its drugs may do.

use crate::cutoffs::Cutoff;
use crate::endotype::{Classification, Endotype};
use crate::event::{Criterion, Dose};
use crate::published::Evidence;
use crate::quantity::{Age, Neutrophils, Quantity};
use crate::reading::{Met, Reading, wide};

/// A criterion's row: its side, its evidence, and its words.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct CriterionRow {
    /// Which criterion.
    pub criterion: Criterion,
    /// Whether it takes in; otherwise it keeps out.
    pub takes_in: bool,
    /// How well it is known. Of those that are recalled only the details are the integrator's.
    pub evidence: Evidence,
    /// What it asks.
    pub words: &'static str,
}

/// The numbers of a trial's criteria; [`IMMUNOSEP_TRIAL`](crate::published::IMMUNOSEP_TRIAL) is the published set.
///
/// ```
/// use endotype::{Cutoff, Trial, published::IMMUNOSEP_TRIAL};
/// // Another source says 1000 neutrophils, not the registry's 1500.
/// static OTHER: Trial = Trial { neutrophils: Cutoff::new("< 1"), ..IMMUNOSEP_TRIAL };
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Trial {
    /// The age that takes in.
    pub age: Cutoff<Age>,
    /// The neutrophils that keep out.
    pub neutrophils: Cutoff<Neutrophils>,
    /// Minutes from the classification of sepsis to the first dose; fewer than these take in.
    pub within: u32,
}

/// What is known of a patient at entry.
///
/// ```
/// use endotype::{Answers, Candidate, Criterion, Met};
/// let candidate = Candidate { covid19: Met::No, answers: Answers::NONE.with(Criterion::Meningitis, false), ..Candidate::UNKNOWN };
/// assert_eq!(candidate.sepsis, Met::Unknown);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Candidate {
    /// Age.
    pub age: Reading<Age>,
    /// Neutrophils.
    pub neutrophils: Reading<Neutrophils>,
    /// Sepsis, as [`Sepsis3`](crate::Sepsis3) decides it.
    pub sepsis: Met,
    /// The class at entry; none while nothing was measured.
    pub class: Option<Classification>,
    /// The minute at which sepsis was classified.
    pub sepsis_classified: Option<u32>,
    /// The minute of entry: the first dose's, before it now.
    pub entry: u32,
    /// COVID-19.
    pub covid19: Met,
    /// The charted criteria.
    pub answers: Answers,
}

impl Candidate {
    /// Nothing is known.
    pub const UNKNOWN: Candidate = Candidate {
        age: Reading::UNKNOWN,
        neutrophils: Reading::UNKNOWN,
        sepsis: Met::Unknown,
        class: None,
        sepsis_classified: None,
        entry: 0,
        covid19: Met::Unknown,
        answers: Answers::NONE,
    };
}

/// Yes, no or unknown of every charted criterion, unknown until it is told.
///
/// ```
/// use endotype::{Answers, Criterion, Met};
/// let answers = Answers::NONE.with(Criterion::Hiv, false).with(Criterion::Pregnancy, true);
/// assert_eq!([answers.of(Criterion::Hiv), answers.of(Criterion::Pregnancy), answers.of(Criterion::Lupus)], [Met::No, Met::Yes, Met::Unknown]);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Answers {
    yes: u32,
    no: u32,
}

impl Answers {
    /// Nothing was told.
    pub const NONE: Answers = Answers { yes: 0, no: 0 };

    /// With one more, which takes an earlier one's place.
    ///
    /// ```
    /// use endotype::{Answers, Criterion, Met};
    /// assert_eq!(Answers::NONE.with(Criterion::Hiv, true).with(Criterion::Hiv, false).of(Criterion::Hiv), Met::No);
    /// ```
    pub const fn with(self, criterion: Criterion, is_so: bool) -> Answers {
        let bit = 1 << criterion as u32;
        if is_so {
            Answers { yes: self.yes | bit, no: self.no & !bit }
        } else {
            Answers { yes: self.yes & !bit, no: self.no | bit }
        }
    }

    /// What was told of one.
    ///
    /// ```
    /// use endotype::{Answers, Criterion, Met};
    /// assert_eq!(Answers::NONE.of(Criterion::Steroids), Met::Unknown);
    /// ```
    pub const fn of(self, criterion: Criterion) -> Met {
        let bit = 1 << criterion as u32;
        Met::of(self.yes & bit != 0, self.no & bit == 0)
    }
}

/// Whether a trial would have taken a patient, and which criteria say so.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Eligibility {
    passed: u32,
    failed: u32,
}

impl Trial {
    /// Whether the trial would have taken the patient, as far as what is known decides it.
    ///
    /// ```
    /// use endotype::{Answers, Candidate, Criterion, Met, published::IMMUNOSEP_TRIAL};
    /// let candidate = Candidate { answers: Answers::NONE.with(Criterion::Meningitis, true), ..Candidate::UNKNOWN };
    /// let eligible = IMMUNOSEP_TRIAL.would_take(&candidate);
    /// assert_eq!((eligible.met(), eligible.failed().collect::<Vec<_>>()), (Met::No, vec![Criterion::Meningitis]));
    /// assert_eq!(IMMUNOSEP_TRIAL.would_take(&Candidate::UNKNOWN).met(), Met::Unknown);
    /// ```
    pub fn would_take(&self, candidate: &Candidate) -> Eligibility {
        let mut eligibility = Eligibility { passed: 0, failed: 0 };
        for &criterion in Criterion::ALL {
            let passes = match self.is_so(criterion, candidate) {
                is_so if takes_in(criterion) => is_so,
                is_so => !is_so,
            };
            let of = match passes {
                Met::Yes => &mut eligibility.passed,
                Met::No => &mut eligibility.failed,
                Met::Unknown => continue,
            };
            *of |= 1 << criterion as u32;
        }
        eligibility
    }

    fn is_so(&self, criterion: Criterion, candidate: &Candidate) -> Met {
        let is = |class| match candidate.class {
            None => Met::Unknown,
            Some(classes) => Met::of(classes.single() == Some(class), classes.allows(class)),
        };
        match criterion {
            Criterion::Adult => self.age.met(candidate.age),
            Criterion::Sepsis => candidate.sepsis,
            Criterion::Endotype => !is(Endotype::Unclassified),
            Criterion::Within72H => candidate.sepsis_classified.map_or(Met::Unknown, |classified| {
                candidate.entry.checked_sub(classified).is_some_and(|minutes| minutes < self.within).into()
            }),
            Criterion::Neutropenia => self.neutrophils.met(candidate.neutrophils),
            Criterion::Covid19WithoutMals => candidate.covid19.and(!is(Endotype::Mals)),
            charted => candidate.answers.of(charted),
        }
    }
}

/// The first six take in.
const fn takes_in(criterion: Criterion) -> bool {
    criterion as u32 <= Criterion::Within72H as u32
}

const _: () = {
    let mut rows = crate::published::TRIAL_CRITERIA.as_slice();
    let mut n = 0;
    while let [row, rest @ ..] = rows {
        assert!(row.criterion as u32 == n && row.takes_in == takes_in(row.criterion), "a row a criterion, in order");
        n += 1;
        rows = rest;
    }
    assert!(n as usize == Criterion::ALL.len());
};

impl Eligibility {
    /// Whether all criteria pass.
    ///
    /// ```
    /// use endotype::{Candidate, Met, published::IMMUNOSEP_TRIAL};
    /// assert_eq!(IMMUNOSEP_TRIAL.would_take(&Candidate::UNKNOWN).met(), Met::Unknown);
    /// ```
    pub const fn met(self) -> Met {
        Met::of(self.passed.count_ones() as usize == Criterion::ALL.len(), self.failed == 0)
    }

    /// Those that pass.
    ///
    /// ```
    /// use endotype::{Candidate, Criterion, Met, published::IMMUNOSEP_TRIAL};
    /// let eligible = IMMUNOSEP_TRIAL.would_take(&Candidate { sepsis: Met::Yes, ..Candidate::UNKNOWN });
    /// assert_eq!(eligible.passed().collect::<Vec<_>>(), [Criterion::Sepsis]);
    /// ```
    pub fn passed(self) -> impl Iterator<Item = Criterion> {
        listed(self.passed)
    }

    /// Those that fail.
    ///
    /// ```
    /// use endotype::{Candidate, Criterion, Met, published::IMMUNOSEP_TRIAL};
    /// let eligible = IMMUNOSEP_TRIAL.would_take(&Candidate { sepsis: Met::No, ..Candidate::UNKNOWN });
    /// assert_eq!(eligible.failed().collect::<Vec<_>>(), [Criterion::Sepsis]);
    /// ```
    pub fn failed(self) -> impl Iterator<Item = Criterion> {
        listed(self.failed)
    }

    /// Those that are not known.
    ///
    /// ```
    /// use endotype::{Candidate, Criterion, published::IMMUNOSEP_TRIAL};
    /// assert_eq!(IMMUNOSEP_TRIAL.would_take(&Candidate::UNKNOWN).not_known().count(), Criterion::ALL.len());
    /// ```
    pub fn not_known(self) -> impl Iterator<Item = Criterion> {
        listed(!(self.passed | self.failed))
    }
}

fn listed(set: u32) -> impl Iterator<Item = Criterion> {
    Criterion::ALL.iter().copied().filter(move |&criterion| set >> criterion as u32 & 1 == 1)
}

/// An arm of the trial, double dummy: what was given, and what looked like the other drug. A description of a trial, not a prescription.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Arm {
    /// The endotype that it was matched to.
    pub endotype: Endotype,
    /// The active drug.
    pub drug: Dose,
    /// Drug, dose, route and interval, as given in the trial.
    pub active: &'static str,
    /// The dummy beside it.
    pub dummy: &'static str,
    /// Days that it was given at most.
    pub days: u8,
    /// How well drug and endotype are known.
    pub evidence: Evidence,
    /// How well the doses are.
    pub dose_evidence: Evidence,
}

/// The trial arm matched to an endotype, none for the unclassified; worded as a trial's arm, since practice should not change on one trial.
///
/// ```
/// use endotype::{Dose, Endotype, arm};
/// assert_eq!(arm(Endotype::Mals).map(|arm| arm.drug), Some(Dose::Anakinra));
/// assert_eq!(arm(Endotype::Unclassified), None);
/// ```
pub fn arm(endotype: Endotype) -> Option<&'static Arm> {
    crate::published::IMMUNOSEP_ARMS.iter().find(|arm| arm.endotype == endotype)
}

/// A value that a watch is kept on since the first dose, haemoglobin or platelets, with the value at baseline: bleeding is judged by
/// the time since the dose, and by what was there before.
///
/// ```
/// use endotype::{Cutoff, Met, Reading, Watch, quantity::Hemoglobin};
/// const LOW: Cutoff<Hemoglobin> = Cutoff::new("< 7"); // the integrator's: the trial's were not found
/// let mut hemoglobin = Watch::new();
/// assert_eq!(hemoglobin.see(LOW, 100, Reading::read("9.1")?, None), None);
/// let signal = hemoglobin.see(LOW, 2_500, Reading::read("6.8")?, Some(600)).unwrap();
/// assert_eq!((signal.met, signal.hours(), signal.baseline), (Met::Yes, 31, Reading::read("9.1")?));
/// # Ok::<(), endotype::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Watch<Q> {
    baseline: Reading<Q>,
    minute: u32,
}

/// A watched value that is, or may be, beyond the integrator's limit after the first dose.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Signal<Q> {
    /// Whether it is: yes, or unknown.
    pub met: Met,
    /// The value.
    pub reading: Reading<Q>,
    /// The last value at or before the first dose.
    pub baseline: Reading<Q>,
    /// Its minute.
    pub minute: u32,
    /// Minutes since the first dose.
    pub since_dose: u32,
}

impl<Q: Quantity> Watch<Q> {
    /// Nothing was seen.
    ///
    /// ```
    /// use endotype::{Reading, Watch, quantity::Platelets};
    /// assert_eq!(Watch::<Platelets>::new().baseline(), Reading::UNKNOWN);
    /// ```
    pub const fn new() -> Self {
        Watch { baseline: Reading::UNKNOWN, minute: 0 }
    }

    /// The last value at or before the first dose.
    ///
    /// ```
    /// use endotype::{Cutoff, Reading, Watch, quantity::Platelets};
    /// let mut platelets = Watch::<Platelets>::new();
    /// platelets.see(Cutoff::new("< 50"), 100, Reading::read("88")?, None);
    /// assert_eq!(platelets.baseline(), Reading::read("88")?);
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub const fn baseline(&self) -> Reading<Q> {
        self.baseline
    }

    /// Takes a value by its minute, and the first dose's minute once it was given; a signal if it is, or may be, beyond the limit after
    /// it.
    ///
    /// ```
    /// use endotype::{Cutoff, Reading, Watch, quantity::Platelets};
    /// let mut platelets = Watch::<Platelets>::new();
    /// let low = Cutoff::new("< 50");
    /// assert!(platelets.see(low, 700, Reading::read("50")?, Some(600)).is_none());
    /// assert!(platelets.see(low, 700, Reading::read("<100")?, Some(600)).is_some());
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub fn see(&mut self, limit: Cutoff<Q>, minute: u32, reading: Reading<Q>, first_dose: Option<u32>) -> Option<Signal<Q>> {
        if reading.is_unknown() {
            return None;
        }
        let Some(since_dose) = first_dose.and_then(|dose| minute.checked_sub(dose)).filter(|&minutes| minutes > 0) else {
            if minute >= self.minute {
                (self.baseline, self.minute) = (reading, minute);
            }
            return None;
        };
        let met = limit.met(reading);
        (met != Met::No).then_some(Signal { met, reading, baseline: self.baseline, minute, since_dose })
    }
}

impl<Q: Quantity> Default for Watch<Q> {
    fn default() -> Self {
        Watch::new()
    }
}

impl<Q> Signal<Q> {
    /// Whole hours since the first dose.
    ///
    /// ```
    /// use endotype::{Met, Reading, Signal, quantity::Platelets};
    /// let signal = Signal::<Platelets> { met: Met::Yes, reading: Reading::UNKNOWN, baseline: Reading::UNKNOWN, minute: 719, since_dose: 119 };
    /// assert_eq!(signal.hours(), 1);
    /// ```
    pub const fn hours(&self) -> u32 {
        // 2^37 / 60, rounded up: exact for every u32.
        (wide(self.since_dose, 2_290_649_225) >> 37) as u32
    }
}
