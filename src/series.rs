//! Timed samples of one marker, the published rules over them, and the laboratory's own interval.

use crate::cutoffs::Cutoff;
use crate::error::Error;
use crate::event::Remark;
use crate::quantity::Quantity;
use crate::reading::{Amount, Met, Reading, fell, wide};
use crate::snapshot::Pass;
use crate::sofa::{Row, RuleId};
use crate::window::{DAY, Window};
use core::marker::PhantomData;

/// What is remarked of a sample: a set of [`Remark`]s, and whether it fell as a hooked result does.
///
/// ```
/// use endotype::{Remark, Remarks};
/// let remarks = Remarks::NONE.with(Remark::Undiluted);
/// assert!(remarks.contains(Remark::Undiluted) && !remarks.contains(Remark::Hemolysis) && !remarks.fell());
/// assert_eq!(remarks.names().collect::<Vec<_>>(), ["undiluted"]);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Remarks(u16);

impl Remarks {
    /// No remark.
    pub const NONE: Remarks = Remarks(0);
    /// Found in the series, never charted.
    pub(crate) const FELL: Remarks = Remarks(1 << 8);
    const CHARTED: u16 = 0xff;

    /// With one more.
    ///
    /// ```
    /// use endotype::{Remark, Remarks};
    /// assert_ne!(Remarks::NONE.with(Remark::Lipemia), Remarks::NONE);
    /// ```
    pub const fn with(self, remark: Remark) -> Remarks {
        Remarks(self.0 | 1 << remark as u16)
    }

    pub(crate) const fn and(self, other: Remarks) -> Remarks {
        Remarks(self.0 | other.0)
    }

    /// Whether it was remarked.
    ///
    /// ```
    /// use endotype::{Remark, Remarks};
    /// assert!(!Remarks::NONE.contains(Remark::StainTime));
    /// ```
    pub const fn contains(self, remark: Remark) -> bool {
        self.0 >> remark as u16 & 1 == 1
    }

    /// Whether the result fell by more than the factor of [`Checks::fell`](crate::Checks::fell): possible hook or biotin.
    ///
    /// ```
    /// assert!(!endotype::Remarks::NONE.fell());
    /// ```
    pub const fn fell(self) -> bool {
        self.0 & Remarks::FELL.0 != 0
    }

    /// Their names, `fell` first.
    ///
    /// ```
    /// use endotype::{Remark, Remarks};
    /// let remarks = Remarks::NONE.with(Remark::LyseNoWash).with(Remark::StainTime);
    /// assert_eq!(remarks.names().collect::<Vec<_>>(), ["stain_time", "lyse_no_wash"]);
    /// ```
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let charted = Remark::ALL.iter().filter(move |&&remark| self.contains(remark)).map(|remark| remark.name());
        self.fell().then_some("fell").into_iter().chain(charted)
    }
}

/// One result: when its specimen was taken, what it may be, and what was remarked.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Sample<Q> {
    /// The minute at which it was taken, by the clock of the window.
    pub minute: u32,
    /// As reported, never changed.
    pub reading: Reading<Q>,
    /// What was remarked of it.
    pub remarks: Remarks,
    /// It replaced an earlier report.
    pub corrected: bool,
}

/// What became of a result that was pushed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Filed {
    /// The latest sample so far.
    Last,
    /// A sample earlier than the latest.
    Late,
    /// The same result of the same minute once more: nothing but its remarks was added.
    Duplicate,
    /// It replaced another result of the same minute.
    Corrected,
    /// No value: nothing was kept.
    Blank,
}

/// A sample in three words: its minute below, what is remarked of it above.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
struct Slot {
    at: u32,
    ends: [i32; 2],
}

impl Slot {
    const EMPTY: Slot = Slot { at: Slot::MINUTE, ends: [0; 2] };
    const MINUTE: u32 = 0x7f_ffff;
    const REMARKS: u32 = 23;
    const CORRECTED: u32 = 1 << 31;

    fn of<Q: Quantity>(minute: u32, reading: Reading<Q>, remarks: Remarks) -> Slot {
        Slot { at: Slot::at(minute, remarks), ends: reading.ends }
    }

    const fn at(minute: u32, remarks: Remarks) -> u32 {
        minute | ((remarks.0 & Remarks::CHARTED) as u32) << Slot::REMARKS
    }

    /// Later than any other, if it is empty.
    const fn minute(&self) -> u32 {
        self.at & Slot::MINUTE
    }

    const fn is_empty(&self) -> bool {
        self.minute() == Slot::MINUTE
    }
}

/// A minute, and what was remarked of its samples.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub(crate) struct Remarked(u32);

impl Remarked {
    pub(crate) const NOTHING: Remarked = Remarked(Slot::MINUTE);

    /// Of the samples of a minute, nothing of any other's.
    pub(crate) const fn of(self, minute: u32) -> Remarks {
        if self.0 & Slot::MINUTE == minute { self.remarks() } else { Remarks::NONE }
    }

    /// One more; what was remarked of another minute is with its samples.
    pub(crate) const fn and(self, minute: u32, remark: Remark) -> Remarked {
        Remarked(Slot::at(minute, self.of(minute).with(remark)))
    }

    const fn remarks(self) -> Remarks {
        Remarks((self.0 >> Slot::REMARKS) as u16 & Remarks::CHARTED)
    }

    /// As stored: a minute that no event has stands for none.
    pub(crate) fn walk(&mut self, pass: &mut impl Pass) {
        pass.word(&mut self.0);
        let minute = self.0 & Slot::MINUTE;
        if self.0 & Slot::CORRECTED != 0 || minute > Window::LAST_MINUTE && *self != Remarked::NOTHING {
            pass.refuse(Error::Impossible);
        }
    }
}

/// A minute and its remarks fit into a word.
const _: () = assert!(Window::LAST_MINUTE < Slot::MINUTE && Remark::ALL.len() == 8);

/// At most `N` timed samples of one marker, in the order in which they were taken, whatever the order of their reports.
///
/// Late results land at their minute, duplicates are said and change nothing, a correction and a withdrawal are calls of their own.
/// Full, it refuses further samples and keeps those that it has: which one is no longer needed the integrator says.
///
/// ```
/// use endotype::{Error, Filed, Reading, Remarks, Series, quantity::Ferritin};
/// let mut ferritin = Series::<Ferritin, 2>::new();
/// let read = |text| Reading::read(text).unwrap();
/// assert_eq!(ferritin.push(600, read("5200"), Remarks::NONE), Ok(Filed::Last));
/// assert_eq!(ferritin.push(60, read(">2000"), Remarks::NONE), Ok(Filed::Late));
/// assert_eq!(ferritin.push(600, read("5200.0"), Remarks::NONE), Ok(Filed::Duplicate));
/// assert_eq!(ferritin.push(600, read("520"), Remarks::NONE), Err(Error::SampleDiffers));
/// assert_eq!(ferritin.push(900, read("5100"), Remarks::NONE), Err(Error::SeriesFull));
/// assert_eq!(ferritin.correct(60, read("7310"), Remarks::NONE), Ok(read(">2000")));
/// assert_eq!(ferritin.samples().map(|s| (s.minute, s.reading)).collect::<Vec<_>>(), [(60, read("7310")), (600, read("5200"))]);
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Series<Q, const N: usize> {
    slots: [Slot; N],
    quantity: PhantomData<Q>,
}

impl<Q: Quantity, const N: usize> Series<Q, N> {
    /// No sample.
    ///
    /// ```
    /// use endotype::{Series, quantity::NkCells};
    /// assert_eq!(Series::<NkCells, 4>::new().samples().count(), 0);
    /// ```
    pub const fn new() -> Self {
        Series { slots: [Slot::EMPTY; N], quantity: PhantomData }
    }

    /// As [`new`](Self::new) in the same place, for the next patient.
    ///
    /// ```
    /// use endotype::{Reading, Remarks, Series, quantity::NkCells};
    /// let mut cells = Series::<NkCells, 4>::new();
    /// cells.push(0, Reading::read("0.2")?, Remarks::NONE)?;
    /// cells.clear();
    /// assert_eq!(cells, Series::new());
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub fn clear(&mut self) {
        for slot in &mut self.slots {
            *slot = Slot::EMPTY;
        }
    }

    /// Takes a result by the minute at which its specimen was taken; a refused one changes nothing.
    ///
    /// ```
    /// use endotype::{Error, Filed, Reading, Remarks, Series, quantity::MhlaDr};
    /// let mut mhla_dr = Series::<MhlaDr, 7>::new();
    /// assert_eq!(mhla_dr.push(60, Reading::UNKNOWN, Remarks::NONE), Ok(Filed::Blank));
    /// assert_eq!(mhla_dr.push(5_256_001, Reading::read("4700")?, Remarks::NONE), Err(Error::MinuteOutOfRange));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn push(&mut self, minute: u32, reading: Reading<Q>, remarks: Remarks) -> Result<Filed, Error> {
        if minute > Window::LAST_MINUTE {
            return Err(Error::MinuteOutOfRange);
        }
        if reading.is_unknown() {
            return Ok(Filed::Blank);
        }
        let mut moving = Slot::of(minute, reading, remarks);
        if let Some(slot) = self.at(minute) {
            if slot.ends != reading.ends {
                return Err(Error::SampleDiffers);
            }
            slot.at |= moving.at;
            return Ok(Filed::Duplicate);
        }
        if !self.slots.last().is_some_and(Slot::is_empty) {
            return Err(Error::SeriesFull);
        }
        let late = self.slots.iter().any(|slot| !slot.is_empty() && slot.minute() > minute);
        for slot in &mut self.slots {
            if slot.minute() > moving.minute() {
                core::mem::swap(slot, &mut moving);
            }
        }
        Ok(if late { Filed::Late } else { Filed::Last })
    }

    /// Replaces the result of a minute, and its remarks; what it was. A result that is now not known is withdrawn.
    ///
    /// ```
    /// use endotype::{Error, Reading, Remarks, Series, quantity::MhlaDr};
    /// let mut mhla_dr = Series::<MhlaDr, 7>::new();
    /// assert_eq!(mhla_dr.correct(60, Reading::read("4700")?, Remarks::NONE), Err(Error::NoSample));
    /// mhla_dr.push(60, Reading::read("47000")?, Remarks::NONE)?;
    /// assert_eq!(mhla_dr.correct(60, Reading::read("4700")?, Remarks::NONE), Reading::read("47000"));
    /// assert!(mhla_dr.samples().all(|sample| sample.corrected));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn correct(&mut self, minute: u32, reading: Reading<Q>, remarks: Remarks) -> Result<Reading<Q>, Error> {
        if reading.is_unknown() {
            return self.withdraw(minute);
        }
        let slot = self.at(minute).ok_or(Error::NoSample)?;
        let before = Reading::of(slot.ends);
        *slot = Slot::of(minute, reading, remarks);
        slot.at |= Slot::CORRECTED;
        Ok(before)
    }

    /// Adds to what is remarked of the sample of a minute.
    ///
    /// ```
    /// use endotype::{Error, Reading, Remark, Remarks, Series, quantity::Ferritin};
    /// let mut ferritin = Series::<Ferritin, 7>::new();
    /// assert_eq!(ferritin.remark(60, Remarks::NONE.with(Remark::Hemolysis)), Err(Error::NoSample));
    /// ferritin.push(60, Reading::read("900")?, Remarks::NONE)?;
    /// ferritin.remark(60, Remarks::NONE.with(Remark::Hemolysis))?;
    /// assert!(ferritin.last(60).is_some_and(|sample| sample.remarks.contains(Remark::Hemolysis)));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn remark(&mut self, minute: u32, remarks: Remarks) -> Result<(), Error> {
        let slot = self.at(minute).ok_or(Error::NoSample)?;
        slot.at |= Slot::at(minute, remarks);
        Ok(())
    }

    /// Takes the result of a minute out again; what it was.
    ///
    /// ```
    /// use endotype::{Error, Reading, Remarks, Series, quantity::Ferritin};
    /// let mut ferritin = Series::<Ferritin, 7>::new();
    /// ferritin.push(60, Reading::read("900")?, Remarks::NONE)?;
    /// assert_eq!(ferritin.withdraw(60), Reading::read("900"));
    /// assert_eq!(ferritin.withdraw(60), Err(Error::NoSample));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn withdraw(&mut self, minute: u32) -> Result<Reading<Q>, Error> {
        let slot = self.at(minute).ok_or(Error::NoSample)?;
        let before = Reading::of(slot.ends);
        // Backwards, each takes the place of the one before it.
        let mut moving = Slot::EMPTY;
        for slot in self.slots.iter_mut().rev() {
            let found = slot.minute() == minute;
            core::mem::swap(slot, &mut moving);
            if found {
                break;
            }
        }
        Ok(before)
    }

    /// Each sample as its minute with what is remarked of it, and the ends of its reading; so many of them.
    pub(crate) fn walk(&mut self, samples: u8, pass: &mut impl Pass) {
        let mut earlier = None;
        for slot in self.slots.iter_mut().take(usize::from(samples)) {
            pass.word(&mut slot.at);
            pass.ends(&mut slot.ends);
            let in_order = earlier.is_none_or(|minute| minute < slot.minute()) && slot.minute() <= Window::LAST_MINUTE;
            if !in_order || !Reading::<Q>::from_ends(slot.ends).is_ok_and(|reading| !reading.is_unknown()) {
                pass.refuse(Error::Impossible);
            }
            earlier = Some(slot.minute());
        }
        if usize::from(samples) > N {
            pass.refuse(Error::SeriesFull);
        }
    }

    /// The sample's place, if there is one of this minute.
    fn at(&mut self, minute: u32) -> Option<&mut Slot> {
        self.slots.iter_mut().find(|slot| slot.minute() == minute && !slot.is_empty())
    }

    /// Its samples, the earliest first.
    ///
    /// ```
    /// use endotype::{Reading, Remarks, Series, quantity::Ferritin};
    /// let mut ferritin = Series::<Ferritin, 7>::new();
    /// ferritin.push(60, Reading::read("900")?, Remarks::NONE)?;
    /// assert_eq!(ferritin.samples().next().map(|sample| sample.minute), Some(60));
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub fn samples(&self) -> impl Iterator<Item = Sample<Q>> + Clone {
        self.slots.iter().take_while(|slot| !slot.is_empty()).map(|slot| Sample {
            minute: slot.minute(),
            reading: Reading::of(slot.ends),
            remarks: Remarked(slot.at).remarks(),
            corrected: slot.at & Slot::CORRECTED != 0,
        })
    }

    /// The last sample at or before a minute.
    ///
    /// ```
    /// use endotype::{Reading, Remarks, Series, quantity::Ferritin};
    /// let mut ferritin = Series::<Ferritin, 7>::new();
    /// ferritin.push(60, Reading::read("900")?, Remarks::NONE)?;
    /// assert_eq!((ferritin.last(59), ferritin.last(60).map(|sample| sample.minute)), (None, Some(60)));
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub fn last(&self, now: u32) -> Option<Sample<Q>> {
        self.samples().take_while(|sample| sample.minute <= now).last()
    }

    /// How the last sample at or before a minute lies to the one before it.
    ///
    /// ```
    /// use endotype::{Reading, Remarks, Series, Trend, quantity::TCells};
    /// let mut cells = Series::<TCells, 7>::new();
    /// assert_eq!(cells.trend(9), Trend::Unknown);
    /// for (minute, count) in [(0, "0.8"), (10, "0.7..0.9"), (20, "0.6"), (30, "0.6")] {
    ///     cells.push(minute, Reading::read(count)?, Remarks::NONE)?;
    /// }
    /// assert_eq!([10, 20, 30].map(|now| cells.trend(now)), [Trend::Unknown, Trend::Falling, Trend::Steady]);
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub fn trend(&self, now: u32) -> Trend {
        let (mut before, mut last) = (None, None);
        for sample in self.samples().take_while(|sample| sample.minute <= now) {
            (before, last) = (last, Some(sample.reading));
        }
        match (before, last) {
            (Some(before), Some(last)) => match (lower(last, before), lower(before, last)) {
                (Met::Yes, _) => Trend::Falling,
                (_, Met::Yes) => Trend::Rising,
                (Met::No, Met::No) => Trend::Steady,
                _ => Trend::Unknown,
            },
            _ => Trend::Unknown,
        }
    }

    /// The samples of so many days behind an origin, whose minute begins day 1.
    fn of_days(&self, [from, to]: [u8; 2], origin: u32, now: u32) -> impl Iterator<Item = Sample<Q>> + Clone {
        let [begin, end] = [u32::from(from).saturating_sub(1), u32::from(to)].map(|days| origin.saturating_add(DAY * days));
        self.samples().filter(move |sample| (begin..end).contains(&sample.minute) && sample.minute <= now)
    }
}

impl<Q: Quantity, const N: usize> Default for Series<Q, N> {
    fn default() -> Self {
        Series::new()
    }
}

/// Whether one reading lies below another. Two of one open half-tick may differ either way.
fn lower<Q: Quantity>(one: Reading<Q>, other: Reading<Q>) -> Met {
    let ([lo, hi], [other_lo, other_hi]) = (one.ends(), other.ends());
    let within_one = lo == other_hi && lo & 1 == 1;
    Met::of(hi < other_lo, lo < other_hi || within_one)
}

/// How a marker moves between two samples; three-valued, so a change that the readings do not settle is unknown.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Trend {
    /// Fewer than two samples, or they overlap.
    Unknown,
    /// Certainly lower.
    Falling,
    /// The same.
    Steady,
    /// Certainly higher.
    Rising,
}

/// The laboratory's own reference interval of a marker that has no agreed cut-off: lymphocytes, neutrophils, NK, dendritic, B and T
/// cells, the percentage of HLA-DR positive monocytes.
///
/// Such a marker is followed and never decides a class: the classification takes no reading of it.
///
/// ```
/// use endotype::{Amount::Ticks, Level, Reading, Reference, quantity::NkCells};
/// let own = Reference::<NkCells>::new(Ticks(90_000), Ticks(600_000))?; // 0.09 to 0.6
/// let level = |text| own.level(Reading::read(text).unwrap());
/// assert_eq!([level("0.08"), level("0.09"), level("0.6"), level("0.7")], [Level::Low, Level::Normal, Level::Normal, Level::High]);
/// assert_eq!([level("<0.1"), level("")], [Level::Unknown; 2]);
/// # Ok::<(), endotype::Error>(())
/// ```
/// ```compile_fail
/// use endotype::{Reading, published::IMMUNOSEP, quantity::{Ferritin, MhlaDrPositive}};
/// let class = IMMUNOSEP.classify(Reading::<Ferritin>::UNKNOWN, Reading::<MhlaDrPositive>::UNKNOWN);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Reference<Q> {
    interval: Reading<Q>,
}

/// How a reading lies to a reference interval.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Level {
    /// Below it.
    Low,
    /// Within, both ends included.
    Normal,
    /// Above it.
    High,
    /// The reading does not settle it.
    Unknown,
}

impl<Q: Quantity> Reference<Q> {
    /// From its lower to its upper limit, both normal.
    ///
    /// ```
    /// use endotype::{Amount::Units, Error, Reference, quantity::MhlaDrPositive};
    /// assert!(Reference::<MhlaDrPositive>::new(Units(80), Units(100)).is_ok());
    /// assert_eq!(Reference::<MhlaDrPositive>::new(Units(90), Units(80)), Err(Error::Backwards));
    /// assert_eq!(Reference::<MhlaDrPositive>::new(Units(80), Units(101)), Err(Error::OutOfRange));
    /// ```
    pub const fn new(low: Amount, high: Amount) -> Result<Self, Error> {
        match Reading::between(low, high) {
            Ok(interval) => Ok(Reference { interval }),
            Err(error) => Err(error),
        }
    }

    /// Its limits, as a reading's ends.
    ///
    /// ```
    /// use endotype::{Amount::Units, Reading, Reference, quantity::MhlaDrPositive};
    /// let own = Reference::<MhlaDrPositive>::new(Units(80), Units(100))?;
    /// assert_eq!(own.interval(), Reading::read("80..100")?);
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub const fn interval(&self) -> Reading<Q> {
        self.interval
    }

    /// Where a reading lies.
    ///
    /// ```
    /// use endotype::{Amount::Units, Level, Reading, Reference, quantity::MhlaDrPositive};
    /// let own = Reference::<MhlaDrPositive>::new(Units(80), Units(100))?;
    /// assert_eq!(own.level(Reading::read("30")?), Level::Low);
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub const fn level(&self, reading: Reading<Q>) -> Level {
        let ([lo, hi], [low, high]) = (reading.ends, self.interval.ends);
        if hi < low {
            Level::Low
        } else if lo > high {
            Level::High
        } else if lo >= low && hi <= high {
            Level::Normal
        } else {
            Level::Unknown
        }
    }
}

/// What is missing before an answer can be decided.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Need {
    /// Nothing.
    Nothing,
    /// A sample: there is none in the time that counts.
    Sample,
    /// The sample measured again, or by a sharper method: it lies on both sides of the cut-off, or within its guard band.
    Repeat,
    /// The sample diluted: it lies beyond the range that the analyser reports.
    Dilution,
    /// The first dose.
    FirstDose,
    /// A class at entry.
    Entry,
    /// The minute from which the rule's days count.
    Origin,
}

impl Need {
    /// In words.
    ///
    /// ```
    /// assert_eq!(endotype::Need::Dilution.name(), "dilution");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Need::Nothing => "nothing",
            Need::Sample => "sample",
            Need::Repeat => "repeat",
            Need::Dilution => "dilution",
            Need::FirstDose => "first dose",
            Need::Entry => "entry",
            Need::Origin => "origin",
        }
    }

    /// Of a criterion, by the reading that it was asked of, and whether its specimen can be diluted: cells are counted, not diluted.
    pub(crate) const fn of<Q: Quantity>(met: Met, reading: Reading<Q>, can_be_diluted: bool) -> Need {
        match met {
            Met::Unknown if reading.is_unknown() => Need::Sample,
            Met::Unknown if can_be_diluted && reading.is_beyond_range() => Need::Dilution,
            Met::Unknown => Need::Repeat,
            Met::No | Met::Yes => Need::Nothing,
        }
    }
}

/// What a rule says, which rule that is, and what is missing where it can not say.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Answer<N = Need> {
    /// Whether it is met, as far as the samples settle it.
    pub met: Met,
    /// The fingerprint of its rows.
    pub rule: RuleId,
    /// What is missing.
    pub need: N,
}

impl Answer {
    /// Of samples that were looked at; without any there is no answer.
    fn of(rule: RuleId, looked: Option<Met>) -> Answer {
        let need = match looked {
            None => Need::Sample,
            Some(Met::Unknown) => Need::Repeat,
            Some(_) => Need::Nothing,
        };
        Answer { met: looked.unwrap_or(Met::Unknown), rule, need }
    }

    const fn without_origin(rule: RuleId) -> Answer {
        Answer { met: Met::Unknown, rule, need: Need::Origin }
    }
}

/// How two samples must lie to each other.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Apart {
    /// At least so many minutes.
    Minutes(u32),
    /// On two consecutive days of the window's clock.
    NextDay,
}

/// A cut-off that two samples must pass.
///
/// ```
/// use endotype::{Answer, Met, Need, Reading, Remarks, Series, published::MEISEL, quantity::MhlaDr};
/// let mut mhla_dr = Series::<MhlaDr, 7>::new();
/// mhla_dr.push(600, Reading::read("7900")?, Remarks::NONE)?;
/// assert_eq!(MEISEL.answer(&mhla_dr, None, 2_000), Answer { met: Met::Unknown, rule: MEISEL.id(), need: Need::Sample });
/// mhla_dr.push(1_500, Reading::read("7100")?, Remarks::NONE)?;
/// assert_eq!(MEISEL.answer(&mhla_dr, None, 2_000).met, Met::Yes);
/// # Ok::<(), endotype::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Twice<Q> {
    cutoff: Cutoff<Q>,
    apart: Apart,
    second_from: Option<u32>,
    id: RuleId,
}

impl<Q: Quantity> Twice<Q> {
    /// From its cut-off, how far apart the two must be, and, if the rule says so, how many minutes behind an origin the later one is at
    /// least; call it in a `const` or a `static`.
    ///
    /// ```
    /// use endotype::{Apart, Cutoff, Twice, quantity::Lymphocytes};
    /// static LOCAL: Twice<Lymphocytes> = Twice::new(Cutoff::new("<= 0.8"), Apart::Minutes(720), None);
    /// ```
    pub const fn new(cutoff: Cutoff<Q>, apart: Apart, second_from: Option<u32>) -> Self {
        let apart_by = match apart {
            Apart::Minutes(minutes) => minutes,
            Apart::NextDay => u32::MAX,
        };
        let from = match second_from {
            Some(minutes) => minutes,
            None => u32::MAX,
        };
        let id = RuleId::of(&[Row::of::<Q>(Q::NAME, cutoff.raw())], &[2, apart_by, from]);
        Twice { cutoff, apart, second_from, id }
    }

    /// The fingerprint of the rule.
    ///
    /// ```
    /// use endotype::published::{IRIS_7, MEISEL};
    /// assert_ne!(IRIS_7.id(), MEISEL.id());
    /// ```
    pub const fn id(&self) -> RuleId {
        self.id
    }

    /// What both samples must pass.
    ///
    /// ```
    /// assert_eq!(endotype::published::IRIS_7.cutoff().edge(), [1_800_001, 1_800_000]);
    /// ```
    pub const fn cutoff(&self) -> Cutoff<Q> {
        self.cutoff
    }

    /// How far apart they are.
    ///
    /// ```
    /// use endotype::{Apart, published::MEISEL};
    /// assert_eq!(MEISEL.apart(), Apart::NextDay);
    /// ```
    pub const fn apart(&self) -> Apart {
        self.apart
    }

    /// Minutes that the later one is behind the origin at least, if the rule asks for it.
    ///
    /// ```
    /// assert_eq!(endotype::published::IRIS_7.second_from(), Some(2_880));
    /// ```
    pub const fn second_from(&self) -> Option<u32> {
        self.second_from
    }

    /// Whether two of the samples up to now pass: yes if a pair does, no if of each pair that lies as asked one does not.
    ///
    /// ```
    /// use endotype::{Met, Need, Reading, Remarks, Series, published::IRIS_7, quantity::Lymphocytes};
    /// let mut count = Series::<Lymphocytes, 7>::new();
    /// for (minute, cells) in [(0, "0.9"), (2_880, "0.85")] {
    ///     count.push(minute, Reading::read(cells)?, Remarks::NONE)?;
    /// }
    /// assert_eq!(IRIS_7.answer(&count, Some(0), 3_000).met, Met::Yes);
    /// assert_eq!(IRIS_7.answer(&count, Some(1), 3_000).need, Need::Sample);
    /// assert_eq!(IRIS_7.answer(&count, None, 3_000).need, Need::Origin);
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub fn answer<const N: usize>(&self, series: &Series<Q, N>, origin: Option<u32>, now: u32) -> Answer {
        let from = match (self.second_from, origin) {
            (None, _) => 0,
            (Some(minutes), Some(origin)) => origin.saturating_add(minutes),
            (Some(_), None) => return Answer::without_origin(self.id),
        };
        let mut looked = None;
        for later in series.samples().filter(|sample| sample.minute >= from && sample.minute <= now) {
            for earlier in series.samples().take_while(|sample| sample.minute < later.minute) {
                let lie_so = match self.apart {
                    Apart::Minutes(minutes) => later.minute - earlier.minute >= minutes,
                    Apart::NextDay => day_of(later.minute) == day_of(earlier.minute) + 1,
                };
                if lie_so {
                    let both = self.cutoff.met(earlier.reading).and(self.cutoff.met(later.reading));
                    looked = Some(looked.unwrap_or(Met::No).or(both));
                }
            }
        }
        Answer::of(self.id, looked)
    }
}

/// Full days of a minute, by a product that is exact for every minute (Cortex-M0 has no division).
const fn day_of(minute: u32) -> u32 {
    (wide(minute, 763_549_742) >> 40) as u32
}

/// What several samples of the same days say: all of them, or it is open.
fn agreed(each: impl Iterator<Item = Met>) -> Option<Met> {
    each.fold(None, |all: Option<Met>, met| Some(all.map_or(met, |all| all.agreed(met))))
}

/// A cut-off that the samples of some days must pass, the first and the last of them, counted from an origin whose minute begins day 1.
///
/// ```
/// use endotype::{Met, Reading, Remarks, Series, published::PERSISTENT, quantity::MhlaDr};
/// let mut mhla_dr = Series::<MhlaDr, 7>::new();
/// mhla_dr.push(4 * 1_440 + 300, Reading::read("7999")?, Remarks::NONE)?; // day 5
/// assert_eq!(PERSISTENT.answer(&mhla_dr, Some(0), 9_000).met, Met::Yes);
/// assert_eq!(PERSISTENT.answer(&mhla_dr, Some(1_440), 9_000).met, Met::Unknown); // day 4
/// # Ok::<(), endotype::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct OnDays<Q> {
    cutoff: Cutoff<Q>,
    days: [u8; 2],
    id: RuleId,
}

impl<Q: Quantity> OnDays<Q> {
    /// From its cut-off and its days; call it in a `const` or a `static`.
    ///
    /// ```
    /// use endotype::{Cutoff, OnDays, quantity::Lymphocytes};
    /// static LOCAL: OnDays<Lymphocytes> = OnDays::new(Cutoff::new("< 1"), [3, 5]);
    /// ```
    pub const fn new(cutoff: Cutoff<Q>, days: [u8; 2]) -> Self {
        assert!(0 < days[0] && days[0] <= days[1], "days count from 1, the first one first");
        let id = RuleId::of(&[Row::of::<Q>(Q::NAME, cutoff.raw())], &[1, days[0] as u32, days[1] as u32]);
        OnDays { cutoff, days, id }
    }

    /// The fingerprint of the rule.
    ///
    /// ```
    /// use endotype::published::{DREWRY, PERSISTENT};
    /// assert_ne!(DREWRY.id(), PERSISTENT.id());
    /// ```
    pub const fn id(&self) -> RuleId {
        self.id
    }

    /// What the samples must pass.
    ///
    /// ```
    /// assert_eq!(endotype::published::PERSISTENT.cutoff().edge(), [16_000_000, 15_999_999]);
    /// ```
    pub const fn cutoff(&self) -> Cutoff<Q> {
        self.cutoff
    }

    /// The first and the last day that counts.
    ///
    /// ```
    /// assert_eq!(endotype::published::PERSISTENT.days(), [5, 7]);
    /// ```
    pub const fn days(&self) -> [u8; 2] {
        self.days
    }

    /// Whether the samples of these days pass, if all of them agree.
    ///
    /// ```
    /// use endotype::{Met, Need, Reading, Remarks, Series, published::DREWRY, quantity::Lymphocytes};
    /// let mut count = Series::<Lymphocytes, 7>::new();
    /// assert_eq!(DREWRY.answer(&count, Some(0), 6_000).need, Need::Sample);
    /// count.push(3 * 1_440, Reading::read("0.6")?, Remarks::NONE)?;
    /// assert_eq!(DREWRY.answer(&count, Some(0), 6_000).met, Met::Yes);
    /// count.push(3 * 1_440 + 60, Reading::read("0.61")?, Remarks::NONE)?;
    /// assert_eq!(DREWRY.answer(&count, Some(0), 6_000).met, Met::Unknown);
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub fn answer<const N: usize>(&self, series: &Series<Q, N>, origin: Option<u32>, now: u32) -> Answer {
        let Some(origin) = origin else { return Answer::without_origin(self.id) };
        let each = series.of_days(self.days, origin, now).map(|sample| self.cutoff.met(sample.reading));
        Answer::of(self.id, agreed(each))
    }
}

/// A second sample below the first, each the first of its days, counted as those of [`OnDays`].
///
/// ```
/// use endotype::{Met, Reading, Remarks, Series, published::SLOPE, quantity::MhlaDr};
/// let mut mhla_dr = Series::<MhlaDr, 7>::new();
/// mhla_dr.push(2_000, Reading::read("9000")?, Remarks::NONE)?;
/// mhla_dr.push(8_000, Reading::read("8500")?, Remarks::NONE)?;
/// assert_eq!(SLOPE.answer(&mhla_dr, Some(0), 9_000).met, Met::Yes);
/// # Ok::<(), endotype::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Slope {
    first: [u8; 2],
    second: [u8; 2],
    id: RuleId,
}

impl Slope {
    /// From the days of either sample; call it in a `const` or a `static`.
    ///
    /// ```
    /// static LOCAL: endotype::Slope = endotype::Slope::new([1, 2], [4, 6]);
    /// ```
    pub const fn new(first: [u8; 2], second: [u8; 2]) -> Slope {
        let days = [first[0], first[1], second[0], second[1]];
        assert!(0 < days[0] && days[0] <= days[1] && days[1] < days[2] && days[2] <= days[3], "days count from 1, in order");
        let id = RuleId::of(&[], &[days[0] as u32, days[1] as u32, days[2] as u32, days[3] as u32]);
        Slope { first, second, id }
    }

    /// The fingerprint of the rule.
    ///
    /// ```
    /// use endotype::published::{PERSISTENT, SLOPE};
    /// assert_ne!(SLOPE.id(), PERSISTENT.id());
    /// ```
    pub const fn id(&self) -> RuleId {
        self.id
    }

    /// The days of the first and of the second sample.
    ///
    /// ```
    /// assert_eq!(endotype::published::SLOPE.days(), [[1, 3], [5, 10]]);
    /// ```
    pub const fn days(&self) -> [[u8; 2]; 2] {
        [self.first, self.second]
    }

    /// Whether the marker fell between the two.
    ///
    /// ```
    /// use endotype::{Need, Series, published::SLOPE, quantity::MhlaDr};
    /// assert_eq!(SLOPE.answer(&Series::<MhlaDr, 7>::new(), Some(0), 0).need, Need::Sample);
    /// ```
    pub fn answer<Q: Quantity, const N: usize>(&self, series: &Series<Q, N>, origin: Option<u32>, now: u32) -> Answer {
        let Some(origin) = origin else { return Answer::without_origin(self.id) };
        let [first, second] = [self.first, self.second].map(|days| series.of_days(days, origin, now).next());
        let looked = first.zip(second).map(|(first, second)| lower(second.reading, first.reading));
        Answer::of(self.id, looked)
    }
}

/// A marker that by some day has not fallen by so many per cent from the first sample before that day, counted as those of [`OnDays`].
///
/// ```
/// use endotype::{Met, Reading, Remarks, Series, published::KYRIAZOPOULOU, quantity::Ferritin};
/// let mut ferritin = Series::<Ferritin, 7>::new();
/// ferritin.push(60, Reading::read("8000")?, Remarks::NONE)?;
/// ferritin.push(2_900, Reading::read("6801")?, Remarks::NONE)?;
/// assert_eq!(KYRIAZOPOULOU.answer(&ferritin, Some(0), 3_000).met, Met::Yes);
/// # Ok::<(), endotype::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Stays {
    percent: u8,
    day: u8,
    id: RuleId,
}

impl Stays {
    /// From the per cent and the day; call it in a `const` or a `static`.
    ///
    /// ```
    /// static LOCAL: endotype::Stays = endotype::Stays::new(20, 4);
    /// ```
    pub const fn new(percent: u8, day: u8) -> Stays {
        assert!(percent <= 100 && day > 0, "per cent, and a day that counts from 1");
        Stays { percent, day, id: RuleId::of(&[], &[percent as u32, day as u32]) }
    }

    /// The fingerprint of the rule.
    ///
    /// ```
    /// use endotype::published::{KYRIAZOPOULOU, SLOPE};
    /// assert_ne!(KYRIAZOPOULOU.id(), SLOPE.id());
    /// ```
    pub const fn id(&self) -> RuleId {
        self.id
    }

    /// The per cent by which it has not fallen, and the day.
    ///
    /// ```
    /// assert_eq!(endotype::published::KYRIAZOPOULOU.percent_by_day(), [15, 3]);
    /// ```
    pub const fn percent_by_day(&self) -> [u8; 2] {
        [self.percent, self.day]
    }

    /// Whether it stays up, if all samples of the day agree.
    ///
    /// ```
    /// use endotype::{Need, Series, published::KYRIAZOPOULOU, quantity::Ferritin};
    /// assert_eq!(KYRIAZOPOULOU.answer(&Series::<Ferritin, 7>::new(), None, 0).need, Need::Origin);
    /// ```
    pub fn answer<Q: Quantity, const N: usize>(&self, series: &Series<Q, N>, origin: Option<u32>, now: u32) -> Answer {
        let Some(origin) = origin else { return Answer::without_origin(self.id) };
        let begins = origin.saturating_add(DAY * u32::from(self.day).saturating_sub(1));
        let before = series.samples().next().filter(|sample| sample.minute < begins && sample.minute <= now);
        let each = before.into_iter().flat_map(|before| {
            let of_day = series.of_days([self.day; 2], origin, now);
            of_day.map(move |sample| !fell(self.percent, &sample.reading.ends, &before.reading.ends))
        });
        Answer::of(self.id, agreed(each))
    }
}
