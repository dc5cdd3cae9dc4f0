//! Serial ferritin and HLA-DR: class at entry, restoration, switch, stage, and whether both axes are abnormal.

use crate::cutoffs::{Cutoff, Points};
use crate::endotype::{Classification, Criteria, Endotype};
use crate::error::Error;
use crate::event::{Dose, Event, Marker};
use crate::plausible::Checks;
use crate::published::MHLA_DR_STAGES;
use crate::quantity::{Ferritin, MhlaDr, Quantity};
use crate::reading::{Met, Reading, fell};
use crate::series::{Answer, Filed, Need, Remarked, Remarks, Sample, Series};
use crate::snapshot::Pass;
use crate::sofa::{Row, RuleId};
use crate::window::Window;

/// When a patient of an endotype counts as restored; a rule of its own, not the entry rule read backwards.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Restoration {
    percent: u8,
    mhla_dr: Cutoff<MhlaDr>,
    ferritin: Cutoff<Ferritin>,
    id: RuleId,
}

impl Restoration {
    /// From the per cent by which ferritin falls (of mals), and the two cut-offs (of immunoparalysis); call it in a `const` or a
    /// `static`.
    ///
    /// ```
    /// use endotype::{Cutoff, Restoration, published::RESTORATION};
    /// static LOCAL: Restoration = Restoration::new(20, Cutoff::new("> 8000"), Cutoff::new("< 4420"));
    /// assert_ne!(LOCAL.id(), RESTORATION.id());
    /// ```
    pub const fn new(percent: u8, mhla_dr: Cutoff<MhlaDr>, ferritin: Cutoff<Ferritin>) -> Restoration {
        assert!(percent <= 100, "per cent");
        let rows = [Row::of::<MhlaDr>(MhlaDr::NAME, mhla_dr.raw()), Row::of::<Ferritin>(Ferritin::NAME, ferritin.raw())];
        Restoration { percent, mhla_dr, ferritin, id: RuleId::of(&rows, &[percent as u32]) }
    }

    /// The fingerprint of the rule.
    ///
    /// ```
    /// use endotype::published::{IMMUNOSEP, RESTORATION};
    /// assert_ne!(RESTORATION.id(), IMMUNOSEP.id());
    /// ```
    pub const fn id(&self) -> RuleId {
        self.id
    }

    /// The per cent by which ferritin falls, of mals.
    ///
    /// ```
    /// assert_eq!(endotype::published::RESTORATION.percent(), 15);
    /// ```
    pub const fn percent(&self) -> u8 {
        self.percent
    }

    /// The two cut-offs of immunoparalysis.
    ///
    /// ```
    /// assert_eq!(endotype::published::RESTORATION.cutoffs().0.edge(), [8_840_000, 8_839_999]);
    /// ```
    pub const fn cutoffs(&self) -> (Cutoff<Ferritin>, Cutoff<MhlaDr>) {
        (self.ferritin, self.mhla_dr)
    }

    /// Of mals: whether ferritin fell from that at entry, `100*now <= (100 - percent)*entry`, exactly.
    ///
    /// ```
    /// use endotype::{Met, Reading, published::RESTORATION};
    /// let fell = |now, entry| RESTORATION.ferritin_fell(Reading::read(now).unwrap(), Reading::read(entry).unwrap());
    /// assert_eq!([fell("17000", "20000"), fell("17000.001", "20000"), fell(">2000", "20000")], [Met::Yes, Met::No, Met::Unknown]);
    /// ```
    pub const fn ferritin_fell(&self, now: Reading<Ferritin>, entry: Reading<Ferritin>) -> Met {
        fell(self.percent, &now.ends, &entry.ends)
    }

    /// Of immunoparalysis: whether each marker is as asked, ferritin first.
    ///
    /// ```
    /// use endotype::{Met, Reading, published::RESTORATION};
    /// let each = |f, h| RESTORATION.immune(Reading::read(f).unwrap(), Reading::read(h).unwrap());
    /// assert_eq!([each("4420", "8000"), each("4419", "8001")], [[Met::No; 2], [Met::Yes; 2]]);
    /// ```
    pub const fn immune(&self, ferritin: Reading<Ferritin>, mhla_dr: Reading<MhlaDr>) -> [Met; 2] {
        [self.ferritin.met(ferritin), self.mhla_dr.met(mhla_dr)]
    }
}

/// What a device decides serial markers by; nothing here has a default, since the trial's own limits were not found.
///
/// ```
/// use endotype::{Checks, ImmuneRules, published::{IMMUNOSEP, RESTORATION}};
/// static RULES: ImmuneRules = ImmuneRules {
///     criteria: &IMMUNOSEP,
///     restoration: &RESTORATION,
///     gap: 24 * 60,
///     age: 48 * 60,
///     ferritin: Checks::OFF,
///     mhla_dr: Checks::OFF,
/// };
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct ImmuneRules {
    /// The entry criteria, with or without a guard band.
    pub criteria: &'static Criteria,
    /// The restoration rule.
    pub restoration: &'static Restoration,
    /// Minutes that two samples may lie apart where an answer needs both; of those further apart the later counts.
    pub gap: u32,
    /// Minutes that a sample may be older than the decision.
    pub age: u32,
    /// The ferritin assay's checks.
    pub ferritin: Checks,
    /// The HLA-DR assay's.
    pub mhla_dr: Checks,
}

/// The serial markers of one patient, at most `N` samples each, and the first dose; only what was reported, so that a late or corrected
/// result is in every answer.
///
/// Before the first dose the entry rule is asked of the latest samples, from then on only of those up to the dose: the drug moves the
/// marker. What comes later is restoration, switch and state. Nothing here is automatic: each answer is for a human.
///
/// ```
/// use endotype::{Checks, Dose, Endotype, Immune, ImmuneRules, Met, Reading, Remarks, published::{IMMUNOSEP, RESTORATION}};
/// static RULES: ImmuneRules = ImmuneRules { criteria: &IMMUNOSEP, restoration: &RESTORATION, gap: 1_440, age: 2_880, ferritin: Checks::OFF, mhla_dr: Checks::OFF };
/// let mut immune = Immune::<7>::new();
/// immune.ferritin.push(60, Reading::read("900")?, Remarks::NONE)?;
/// immune.mhla_dr.push(90, Reading::read("3100")?, Remarks::NONE)?;
/// immune.dose(600, Dose::InterferonGamma)?;
/// let entry = immune.entry(&RULES, 5_000);
/// assert_eq!((entry.class.single(), entry.ferritin, entry.mhla_dr), (Some(Endotype::Immunoparalysis), Some(60), Some(90)));
/// immune.ferritin.push(4_400, Reading::read("4500")?, Remarks::NONE)?;
/// immune.mhla_dr.push(4_500, Reading::read("9000")?, Remarks::NONE)?;
/// // The HLA-DR recovered, but the ferritin now exceeds 4420: reported, nothing more.
/// assert_eq!(immune.restored(&RULES, 5_000).map(|answer| answer.met), Some(Met::No));
/// assert_eq!(immune.switched(&RULES, 5_000).map(|answer| answer.met), Some(Met::Yes));
/// # Ok::<(), endotype::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Immune<const N: usize> {
    /// Ferritin.
    pub ferritin: Series<Ferritin, N>,
    /// Monocyte HLA-DR.
    pub mhla_dr: Series<MhlaDr, N>,
    dosed: Option<(u32, Dose)>,
    /// What was remarked last: its samples may still come.
    remarked: Remarked,
}

/// What is missing of either marker.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Needs {
    /// Of ferritin.
    pub ferritin: Need,
    /// Of the HLA-DR.
    pub mhla_dr: Need,
}

impl Needs {
    pub(crate) const NOTHING: Needs = Needs::both(Need::Nothing);

    const fn both(need: Need) -> Needs {
        Needs { ferritin: need, mhla_dr: need }
    }

    /// By what is asked of each marker, ferritin first.
    pub(crate) const fn of(asked: [Met; 2], ferritin: Reading<Ferritin>, mhla_dr: Reading<MhlaDr>) -> Needs {
        Needs { ferritin: Need::of(asked[0], ferritin, true), mhla_dr: Need::of(asked[1], mhla_dr, false) }
    }
}

/// The class at entry, and what it rests on.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Entry {
    /// The classes that are possible.
    pub class: Classification,
    /// The criteria's fingerprint.
    pub rule: RuleId,
    /// The minute that it is of: the first dose's, before it the one that was asked about.
    pub minute: u32,
    /// The minute of the ferritin that counted.
    pub ferritin: Option<u32>,
    /// The minute of the HLA-DR that counted.
    pub mhla_dr: Option<u32>,
    /// What would settle the class.
    pub needs: Needs,
    /// What its samples were opened for.
    pub doubts: Remarks,
}

/// Whether the two axes are abnormal by the latest samples, a check on the state: suppressing inflammation must not impair immunity, stimulation
/// must not worsen inflammation, and the phases can coexist.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Axes {
    /// Both criteria are met, by samples that lie no further apart than the gap.
    pub both: Met,
    /// The ferritin criterion is met after the first dose, and was not at entry.
    pub inflamed: Met,
    /// The HLA-DR criterion is met after the first dose, and was not at entry.
    pub paralysed: Met,
    /// The criteria's fingerprint.
    pub rule: RuleId,
}

/// A sample that counts, opened.
#[derive(Clone, Copy)]
struct Opened<Q> {
    minute: Option<u32>,
    reading: Reading<Q>,
    doubts: Remarks,
}

impl<Q: Quantity> Opened<Q> {
    const NONE: Opened<Q> = Opened { minute: None, reading: Reading::UNKNOWN, doubts: Remarks::NONE };

    fn of<const N: usize>(checks: &Checks, series: &Series<Q, N>, sample: Option<Sample<Q>>, beside: Met) -> Opened<Q> {
        sample.map_or(Opened::NONE, |sample| {
            let (reading, doubts) = checks.opened(series, &sample, beside);
            Opened { minute: Some(sample.minute), reading, doubts }
        })
    }
}

/// The samples of one decision.
#[derive(Clone, Copy)]
struct Pair {
    ferritin: Opened<Ferritin>,
    mhla_dr: Opened<MhlaDr>,
}

impl Pair {
    /// Whether each criterion is met, ferritin first.
    fn abnormal(&self, criteria: &Criteria) -> [Met; 2] {
        [criteria.rows().ferritin.met(self.ferritin.reading), criteria.rows().mhla_dr.met(self.mhla_dr.reading)]
    }

    /// For an answer that needs both: of two that lie too far apart the later.
    fn together(mut self, gap: u32) -> Pair {
        if let (Some(ferritin), Some(mhla_dr)) = (self.ferritin.minute, self.mhla_dr.minute) {
            if ferritin.abs_diff(mhla_dr) > gap && ferritin < mhla_dr {
                self.ferritin = Opened::NONE;
            } else if ferritin.abs_diff(mhla_dr) > gap {
                self.mhla_dr = Opened::NONE;
            }
        }
        self
    }
}

impl<const N: usize> Immune<N> {
    /// No sample, no dose.
    ///
    /// ```
    /// assert_eq!(endotype::Immune::<7>::new().first_dose(), None);
    /// ```
    pub const fn new() -> Self {
        Immune { ferritin: Series::new(), mhla_dr: Series::new(), dosed: None, remarked: Remarked::NOTHING }
    }

    /// As [`new`](Self::new) in the same place, for the next patient.
    ///
    /// ```
    /// use endotype::{Dose, Immune};
    /// let mut immune = Immune::<7>::new();
    /// immune.dose(600, Dose::Placebo)?;
    /// immune.clear();
    /// assert_eq!(immune, Immune::new());
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub fn clear(&mut self) {
        self.ferritin.clear();
        self.mhla_dr.clear();
        (self.dosed, self.remarked) = (None, Remarked::NOTHING);
    }

    /// The first dose of a trial drug: from then on the entry rule is not asked again.
    ///
    /// ```
    /// use endotype::{Dose, Error, Immune};
    /// let mut immune = Immune::<7>::new();
    /// immune.dose(600, Dose::Anakinra)?;
    /// assert_eq!(immune.dose(700, Dose::Anakinra), Err(Error::DoseGiven));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn dose(&mut self, minute: u32, dose: Dose) -> Result<(), Error> {
        if minute > Window::LAST_MINUTE {
            return Err(Error::MinuteOutOfRange);
        }
        if self.dosed.is_some() {
            return Err(Error::DoseGiven);
        }
        self.dosed = Some((minute, dose));
        Ok(())
    }

    /// The first dose's minute, and the drug.
    ///
    /// ```
    /// use endotype::{Dose, Immune};
    /// let mut immune = Immune::<7>::new();
    /// immune.dose(600, Dose::Placebo)?;
    /// assert_eq!(immune.first_dose(), Some((600, Dose::Placebo)));
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub const fn first_dose(&self) -> Option<(u32, Dose)> {
        self.dosed
    }

    /// Takes a charted event, as the window does: a sample, a remark on the samples of its minute, a withdrawal, the first dose; any other
    /// changes nothing.
    ///
    /// A second result of one minute that differs corrects it, and keeps what was remarked. A remark counts for the samples of its minute
    /// that are there, and for those still to come while no other minute's is charted.
    ///
    /// ```
    /// use endotype::{Event, Filed, Immune, Remark};
    /// let mut immune = Immune::<7>::new();
    /// immune.push(60, &Event::Specimen(Remark::Undiluted))?;
    /// assert_eq!(immune.push(60, &Event::read("ferritin", "ng/mL", "5200")?), Ok(Some(Filed::Last)));
    /// assert!(immune.ferritin.last(60).is_some_and(|sample| sample.remarks.contains(Remark::Undiluted)));
    /// assert_eq!(immune.push(60, &Event::read("map", "mm[Hg]", "65")?), Ok(None));
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub fn push(&mut self, minute: u32, event: &Event) -> Result<Option<Filed>, Error> {
        let remarks = self.remarked.of(minute);
        match *event {
            Event::Ferritin(reading) => file(&mut self.ferritin, minute, reading, remarks).map(Some),
            Event::MhlaDr(reading) => file(&mut self.mhla_dr, minute, reading, remarks).map(Some),
            Event::Specimen(_) if minute > Window::LAST_MINUTE => Err(Error::MinuteOutOfRange),
            Event::Specimen(remark) => {
                self.remarked = self.remarked.and(minute, remark);
                let remarks = Remarks::NONE.with(remark);
                let _ = (self.ferritin.remark(minute, remarks), self.mhla_dr.remark(minute, remarks));
                Ok(None)
            }
            Event::Withdrawn(Marker::Ferritin) => self.ferritin.withdraw(minute).map(|_| None),
            Event::Withdrawn(Marker::MhlaDr) => self.mhla_dr.withdraw(minute).map(|_| None),
            Event::FirstDose(dose) => self.dose(minute, dose).map(|()| None),
            _ => Ok(None),
        }
    }

    /// Bytes of what is not a sample, and of a sample, in a snapshot.
    pub(crate) const BYTES: usize = 12;
    pub(crate) const SAMPLE: usize = 12;

    pub(crate) fn stored(&self) -> usize {
        self.ferritin.samples().count() + self.mhla_dr.samples().count()
    }

    /// The dose, the last remark, how many samples, and these.
    pub(crate) fn walk(&mut self, pass: &mut impl Pass) {
        let (mut minute, dose) = self.dosed.map_or((0, 0), |(minute, dose)| (minute, 1 + dose as u8));
        pass.word(&mut minute);
        let dose = pass.code(dose, Dose::ALL.len() as u8);
        if minute > Window::LAST_MINUTE || dose == 0 && minute > 0 {
            pass.refuse(Error::Impossible);
        }
        self.dosed = dose.checked_sub(1).and_then(|dose| Dose::ALL.get(usize::from(dose))).map(|&dose| (minute, dose));
        let (mut ferritin, mut mhla_dr) = (self.ferritin.samples().count() as u8, self.mhla_dr.samples().count() as u8);
        pass.byte(&mut ferritin);
        pass.byte(&mut mhla_dr);
        pass.code(0, 0);
        self.remarked.walk(pass);
        self.ferritin.walk(ferritin, pass);
        self.mhla_dr.walk(mhla_dr, pass);
    }

    /// The last samples of the time that counts, up to a minute and, after the dose, later than it.
    fn pair(&self, rules: &ImmuneRules, after: Option<u32>, at: u32) -> Pair {
        let counts = |minute: u32| at - minute <= rules.age && after.is_none_or(|after| minute > after);
        let mhla_dr = Opened::of(&rules.mhla_dr, &self.mhla_dr, self.mhla_dr.last(at), Met::No);
        // Without an HLA-DR it may be low.
        let beside = rules.criteria.rows().mhla_dr.met(mhla_dr.reading);
        let last_ferritin = self.ferritin.last(at).filter(|sample| counts(sample.minute));
        Pair {
            ferritin: Opened::of(&rules.ferritin, &self.ferritin, last_ferritin, beside),
            mhla_dr: if mhla_dr.minute.is_some_and(counts) { mhla_dr } else { Opened::NONE },
        }
    }

    /// The minute of entry: the first dose's, once it is given.
    fn entered(&self, now: u32) -> u32 {
        self.dosed.map_or(now, |(minute, _)| now.min(minute))
    }

    /// The first dose's minute, if it was given by now.
    fn given(&self, now: u32) -> Option<u32> {
        self.dosed.map(|(minute, _)| minute).filter(|&minute| minute <= now)
    }

    fn pair_after(&self, rules: &ImmuneRules, now: u32) -> Option<Pair> {
        self.given(now).map(|dosed| self.pair(rules, Some(dosed), now))
    }

    /// The class at entry: by the last samples at or before the first dose, before it those at or before now.
    ///
    /// ```
    /// use endotype::{Checks, Endotype, Immune, ImmuneRules, Need, Reading, Remarks, published::{IMMUNOSEP, RESTORATION}};
    /// # static RULES: ImmuneRules = ImmuneRules { criteria: &IMMUNOSEP, restoration: &RESTORATION, gap: 1_440, age: 2_880, ferritin: Checks::OFF, mhla_dr: Checks::OFF };
    /// let mut immune = Immune::<7>::new();
    /// immune.ferritin.push(60, Reading::read(">2000")?, Remarks::NONE)?;
    /// immune.mhla_dr.push(60, Reading::read("3100")?, Remarks::NONE)?;
    /// let entry = immune.entry(&RULES, 100);
    /// assert_eq!((entry.class.single(), entry.needs.ferritin), (None, Need::Dilution));
    /// assert_eq!(immune.entry(&RULES, 60 + 2_881).ferritin, None); // too old
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub fn entry(&self, rules: &ImmuneRules, now: u32) -> Entry {
        let minute = self.entered(now);
        let pair = self.pair(rules, None, minute);
        let Pair { ferritin, mhla_dr } = match (pair.together(rules.gap), pair.abnormal(rules.criteria)) {
            // A ferritin above its cut-off needs no HLA-DR.
            (Pair { ferritin: Opened { minute: None, .. }, .. }, [Met::Yes, _]) => Pair { mhla_dr: Opened::NONE, ..pair },
            (together, _) => together,
        };
        Entry {
            class: rules.criteria.classify(ferritin.reading, mhla_dr.reading),
            rule: rules.criteria.id(),
            minute,
            ferritin: ferritin.minute,
            mhla_dr: mhla_dr.minute,
            needs: rules.criteria.needs(ferritin.reading, mhla_dr.reading),
            doubts: ferritin.doubts.and(mhla_dr.doubts),
        }
    }

    /// Whether the patient is restored, by the rule of the class at entry and the last samples after the first dose; none for the
    /// unclassified.
    ///
    /// ```
    /// use endotype::{Checks, Dose, Immune, ImmuneRules, Met, Need, Reading, Remarks, published::{IMMUNOSEP, RESTORATION}};
    /// # static RULES: ImmuneRules = ImmuneRules { criteria: &IMMUNOSEP, restoration: &RESTORATION, gap: 1_440, age: 2_880, ferritin: Checks::OFF, mhla_dr: Checks::OFF };
    /// let mut immune = Immune::<7>::new();
    /// immune.ferritin.push(60, Reading::read("20000")?, Remarks::NONE)?;
    /// assert_eq!(immune.restored(&RULES, 100).map(|answer| answer.need.ferritin), Some(Need::FirstDose));
    /// immune.dose(600, Dose::Anakinra)?;
    /// immune.ferritin.push(3_000, Reading::read("17000")?, Remarks::NONE)?;
    /// assert_eq!(immune.restored(&RULES, 3_100).map(|answer| answer.met), Some(Met::Yes));
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub fn restored(&self, rules: &ImmuneRules, now: u32) -> Option<Answer<Needs>> {
        let rule = rules.restoration;
        self.of_class(rules, now, rule.id(), |class, pair| match class {
            Endotype::Mals => {
                let entry = self.pair(rules, None, self.entered(now));
                let met = rule.ferritin_fell(pair.ferritin.reading, entry.ferritin.reading);
                ([met, Met::Yes], pair)
            }
            Endotype::Immunoparalysis | Endotype::Unclassified => {
                let pair = pair.together(rules.gap);
                (rule.immune(pair.ferritin.reading, pair.mhla_dr.reading), pair)
            }
        })
    }

    /// Whether the patient now meets the other class's criterion, by the last samples after the first dose; none for the unclassified.
    ///
    /// No rule of the trial's: a human is told, nothing follows from it.
    ///
    /// ```
    /// use endotype::{Checks, Dose, Immune, ImmuneRules, Met, Reading, Remarks, published::{IMMUNOSEP, RESTORATION}};
    /// # static RULES: ImmuneRules = ImmuneRules { criteria: &IMMUNOSEP, restoration: &RESTORATION, gap: 1_440, age: 2_880, ferritin: Checks::OFF, mhla_dr: Checks::OFF };
    /// let mut immune = Immune::<7>::new();
    /// immune.ferritin.push(60, Reading::read("20000")?, Remarks::NONE)?;
    /// immune.dose(600, Dose::Anakinra)?;
    /// immune.ferritin.push(3_000, Reading::read("3900")?, Remarks::NONE)?;
    /// immune.mhla_dr.push(3_000, Reading::read("4100")?, Remarks::NONE)?;
    /// assert_eq!(immune.switched(&RULES, 3_100).map(|answer| answer.met), Some(Met::Yes));
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub fn switched(&self, rules: &ImmuneRules, now: u32) -> Option<Answer<Needs>> {
        self.of_class(rules, now, rules.criteria.id(), |class, pair| {
            if class == Endotype::Mals {
                let pair = pair.together(rules.gap);
                let [high, low] = pair.abnormal(rules.criteria);
                ([!high, low], pair)
            } else {
                let [high, _] = pair.abnormal(rules.criteria);
                ([high, Met::Yes], pair)
            }
        })
    }

    /// What a rule asks of each marker, by the class at entry and the samples after the first dose; none of the unclassified.
    fn of_class(
        &self,
        rules: &ImmuneRules,
        now: u32,
        rule: RuleId,
        asks: impl FnOnce(Endotype, Pair) -> ([Met; 2], Pair),
    ) -> Option<Answer<Needs>> {
        let class = self.entry(rules, now).class.single();
        let (met, need) = match (self.pair_after(rules, now), class) {
            (_, Some(Endotype::Unclassified)) => return None,
            (None, _) => (Met::Unknown, Needs::both(Need::FirstDose)),
            (_, None) => (Met::Unknown, Needs::both(Need::Entry)),
            (Some(pair), Some(class)) => {
                let (asked, pair) = asks(class, pair);
                (asked[0].and(asked[1]), Needs::of(asked, pair.ferritin.reading, pair.mhla_dr.reading))
            }
        };
        Some(Answer { met, rule, need: if met == Met::Unknown { need } else { Needs::NOTHING } })
    }

    /// Whether both axes are abnormal, and whether one newly is.
    ///
    /// ```
    /// use endotype::{Checks, Immune, ImmuneRules, Met, Reading, Remarks, published::{IMMUNOSEP, RESTORATION}};
    /// # static RULES: ImmuneRules = ImmuneRules { criteria: &IMMUNOSEP, restoration: &RESTORATION, gap: 1_440, age: 2_880, ferritin: Checks::OFF, mhla_dr: Checks::OFF };
    /// let mut immune = Immune::<7>::new();
    /// immune.ferritin.push(60, Reading::read("20000")?, Remarks::NONE)?;
    /// immune.mhla_dr.push(60, Reading::read("3100")?, Remarks::NONE)?;
    /// assert_eq!(immune.axes(&RULES, 100).both, Met::Yes); // MALS by the trial; the HLA-DR is low all the same
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub fn axes(&self, rules: &ImmuneRules, now: u32) -> Axes {
        let [high, low] = self.pair(rules, None, now).together(rules.gap).abnormal(rules.criteria);
        let [inflamed, paralysed] = self.pair_after(rules, now).map_or([Met::Unknown; 2], |after| {
            let [was_high, was_low] = self.pair(rules, None, self.entered(now)).abnormal(rules.criteria);
            let [high, low] = after.abnormal(rules.criteria);
            [high.and(!was_high), low.and(!was_low)]
        });
        Axes { both: high.and(low), inflamed, paralysed, rule: rules.criteria.id() }
    }

    /// The stage of the last HLA-DR that is not too old, none without one: a set of the steps of [`MHLA_DR_STAGES`].
    ///
    /// ```
    /// use endotype::{Checks, Immune, ImmuneRules, Points, Reading, Remarks, published::{IMMUNOSEP, RESTORATION}};
    /// # static RULES: ImmuneRules = ImmuneRules { criteria: &IMMUNOSEP, restoration: &RESTORATION, gap: 1_440, age: 2_880, ferritin: Checks::OFF, mhla_dr: Checks::OFF };
    /// let mut immune = Immune::<7>::new();
    /// immune.mhla_dr.push(60, Reading::read("8000")?, Remarks::NONE)?;
    /// assert_eq!(immune.stage(&RULES, 100), Some(Points::only(2))); // severe
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub fn stage(&self, rules: &ImmuneRules, now: u32) -> Option<Points> {
        let last = self.mhla_dr.last(now).filter(|sample| now - sample.minute <= rules.age)?;
        let (reading, _) = rules.mhla_dr.opened(&self.mhla_dr, &last, Met::No);
        Some(MHLA_DR_STAGES.points(reading))
    }
}

impl<const N: usize> Default for Immune<N> {
    fn default() -> Self {
        Immune::new()
    }
}

/// As charted: another result of one minute corrects it, and what was remarked of the specimen stays.
fn file<Q: Quantity, const N: usize>(
    series: &mut Series<Q, N>,
    minute: u32,
    reading: Reading<Q>,
    remarks: Remarks,
) -> Result<Filed, Error> {
    match series.push(minute, reading, remarks) {
        Err(Error::SampleDiffers) => {
            let before = series.last(minute).map_or(Remarks::NONE, |sample| sample.remarks);
            series.correct(minute, reading, before.and(remarks)).map(|_| Filed::Corrected)
        }
        filed => filed,
    }
}
