//! What an analyser can get wrong: checks as data, off unless the integrator sets them. Each opens a reading in the direction in which
//! the true value may lie; none changes what was reported.

use crate::event::Remark;
use crate::published::Evidence;
use crate::quantity::Quantity;
use crate::reading::{Met, Reading, may_have_fallen, scaled};
use crate::series::{Remarks, Sample, Series};

/// How an interference moves a result.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Bias {
    /// The result reads falsely high: the true value may be lower.
    Raises,
    /// The result reads falsely low: the true value may be higher.
    Lowers,
    /// Either way: nothing is known.
    Either,
}

/// A limit of the assay, and what is beyond it.
///
/// ```
/// use endotype::{Bias, Limit, published::Evidence};
/// // Haemolysis tends to raise ferritin (recalled); the index is the analyser's.
/// const HEMOLYSIS: Limit = Limit { most: 100, bias: Bias::Raises, evidence: Evidence::R };
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Limit {
    /// The most that leaves the result as it is: an index, or minutes.
    pub most: u32,
    /// Which way the result then errs.
    pub bias: Bias,
    /// How well that is known.
    pub evidence: Evidence,
}

/// A fall that no patient makes: possible hook, or biotin.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Fall {
    /// The sample before was more than so many times as high.
    pub factor: u8,
    /// And at most so many minutes older.
    pub within: u32,
    /// How well that is known.
    pub evidence: Evidence,
}

/// What another method reads, per mille of the one that the cut-offs are compared with.
///
/// ```
/// use endotype::{Method, published::{Evidence, LYSE_NO_WASH}};
/// assert_eq!(LYSE_NO_WASH.reads(), [1_000, 1_180]);
/// static LOCAL: Method = Method::new([1_150, 1_210], Evidence::I);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Method {
    reads: [u16; 2],
    evidence: Evidence,
}

impl Method {
    /// From the least to the most that it reads of 1000, a half to two times; call it in a `const`.
    ///
    /// ```
    /// use endotype::{Method, published::Evidence};
    /// assert_eq!(Method::new([900, 1_100], Evidence::I).reads(), [900, 1_100]);
    /// ```
    pub const fn new(reads: [u16; 2], evidence: Evidence) -> Method {
        assert!(500 <= reads[0] && reads[0] <= reads[1] && reads[1] <= 2_000, "500 to 2000 per mille, the lower first");
        Method { reads, evidence }
    }

    /// Per mille, the least and the most.
    ///
    /// ```
    /// assert_eq!(endotype::published::LYSE_NO_WASH.reads()[0], 1_000);
    /// ```
    pub const fn reads(&self) -> [u16; 2] {
        self.reads
    }

    /// How well that is known.
    ///
    /// ```
    /// use endotype::published::{Evidence, LYSE_NO_WASH};
    /// assert_eq!(LYSE_NO_WASH.evidence(), Evidence::I);
    /// ```
    pub const fn evidence(&self) -> Evidence {
        self.evidence
    }

    /// What the other method may have read, outward to the tick.
    ///
    /// ```
    /// use endotype::{Reading, published::LYSE_NO_WASH, quantity::MhlaDr};
    /// assert_eq!(LYSE_NO_WASH.other(Reading::<MhlaDr>::read("5900")?), Reading::read("5000..5900")?);
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub const fn other<Q: Quantity>(&self, reading: Reading<Q>) -> Reading<Q> {
        Reading::of(scaled(reading.ends, [1_000; 2], [self.reads[1] as u32, self.reads[0] as u32])).within_range()
    }
}

/// What a device knows of a specimen; what it was not told may be so.
///
/// ```
/// use endotype::{Met, Specimen};
/// let specimen = Specimen { undiluted: Met::Yes, hemolysis: Some(12), ..Specimen::UNKNOWN };
/// assert_eq!(specimen.icterus, None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Specimen {
    /// Measured without dilution.
    pub undiluted: Met,
    /// Haemolysis index.
    pub hemolysis: Option<u32>,
    /// Icterus index.
    pub icterus: Option<u32>,
    /// Lipaemia index.
    pub lipemia: Option<u32>,
    /// Minutes from taking it to measuring it.
    pub age: Option<u32>,
    /// Minutes from taking it to staining it.
    pub stain: Option<u32>,
    /// Minutes from taking it to the report.
    pub turnaround: Option<u32>,
    /// Measured by lyse-no-wash.
    pub lyse_no_wash: Met,
}

impl Specimen {
    /// Nothing is known.
    pub const UNKNOWN: Specimen = Specimen {
        undiluted: Met::Unknown,
        hemolysis: None,
        icterus: None,
        lipemia: None,
        age: None,
        stain: None,
        turnaround: None,
        lyse_no_wash: Met::Unknown,
    };
}

/// The checks of one assay; each is off unless it is set.
///
/// ```
/// use endotype::{Bias, Checks, Limit, Remark, Specimen, published::{Evidence, STAIN_TIME}};
/// static ASSAY: Checks = Checks { stain_time: Some(STAIN_TIME), ..Checks::OFF };
/// let remarks = |stain| ASSAY.remarks(&Specimen { stain, ..Specimen::UNKNOWN });
/// assert!(!remarks(Some(240)).contains(Remark::StainTime) && remarks(Some(241)).contains(Remark::StainTime));
/// assert!(remarks(None).contains(Remark::StainTime)); // not told: it may be over the limit
/// assert!(!remarks(Some(0)).contains(Remark::Hemolysis)); // off
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Checks {
    /// A fall by more than a factor within a time opens the result upward: possible hook, or biotin.
    pub fell: Option<Fall>,
    /// An undiluted ferritin beside an HLA-DR that meets its criterion, or was not measured, is opened upward: a hooked MALS would look
    /// like immunoparalysis.
    pub undiluted: bool,
    /// Haemolysis index.
    pub hemolysis: Option<Limit>,
    /// Icterus index.
    pub icterus: Option<Limit>,
    /// Lipaemia index.
    pub lipemia: Option<Limit>,
    /// Minutes from taking it to measuring it.
    pub specimen_age: Option<Limit>,
    /// Minutes from taking it to staining it.
    pub stain_time: Option<Limit>,
    /// Minutes from taking it to the report.
    pub turnaround: Option<Limit>,
    /// Lyse-no-wash against lyse-wash.
    pub lyse_no_wash: Option<Method>,
}

impl Checks {
    /// None of them.
    pub const OFF: Checks = Checks {
        fell: None,
        undiluted: false,
        hemolysis: None,
        icterus: None,
        lipemia: None,
        specimen_age: None,
        stain_time: None,
        turnaround: None,
        lyse_no_wash: None,
    };

    const fn limits(&self) -> [(Remark, Option<Limit>); 6] {
        [
            (Remark::Hemolysis, self.hemolysis),
            (Remark::Icterus, self.icterus),
            (Remark::Lipemia, self.lipemia),
            (Remark::SpecimenAge, self.specimen_age),
            (Remark::StainTime, self.stain_time),
            (Remark::Turnaround, self.turnaround),
        ]
    }

    /// What is to be remarked of a specimen, to be filed with its sample.
    ///
    /// ```
    /// use endotype::{Checks, Remarks, Specimen};
    /// assert_eq!(Checks::OFF.remarks(&Specimen::UNKNOWN), Remarks::NONE);
    /// ```
    pub fn remarks(&self, specimen: &Specimen) -> Remarks {
        let told = [specimen.hemolysis, specimen.icterus, specimen.lipemia, specimen.age, specimen.stain, specimen.turnaround];
        let mut remarks = Remarks::NONE;
        for ((remark, limit), told) in self.limits().into_iter().zip(told) {
            if limit.is_some_and(|limit| told.is_none_or(|told| told > limit.most)) {
                remarks = remarks.with(remark);
            }
        }
        if self.undiluted && specimen.undiluted != Met::No {
            remarks = remarks.with(Remark::Undiluted);
        }
        if self.lyse_no_wash.is_some() && specimen.lyse_no_wash != Met::No {
            remarks = remarks.with(Remark::LyseNoWash);
        }
        remarks
    }

    /// What a sample says once it is opened, and what it was opened for; `beside` is whether the HLA-DR meets its criterion.
    ///
    /// ```
    /// use endotype::{Checks, Met, Reading, Remark, Remarks, Series, quantity::Ferritin};
    /// const ASSAY: Checks = Checks { undiluted: true, ..Checks::OFF };
    /// let mut ferritin = Series::<Ferritin, 7>::new();
    /// ferritin.push(60, Reading::read("900")?, Remarks::NONE.with(Remark::Undiluted))?;
    /// let sample = ferritin.last(60).unwrap();
    /// let (reading, doubts) = ASSAY.opened(&ferritin, &sample, Met::Yes);
    /// assert_eq!((reading, doubts.contains(Remark::Undiluted)), (Reading::read(">=900")?, true));
    /// assert_eq!(ASSAY.opened(&ferritin, &sample, Met::No), (Reading::read("900")?, Remarks::NONE));
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub fn opened<Q: Quantity, const N: usize>(
        &self,
        series: &Series<Q, N>,
        sample: &Sample<Q>,
        beside: Met,
    ) -> (Reading<Q>, Remarks) {
        let (mut reading, mut doubts) = (sample.reading, Remarks::NONE);
        let remarked = |remark| sample.remarks.contains(remark);
        if let Some(method) = self.lyse_no_wash.filter(|_| remarked(Remark::LyseNoWash)) {
            (reading, doubts) = (reading.or(method.other(reading)), doubts.with(Remark::LyseNoWash));
        }
        for (remark, limit) in self.limits() {
            if let Some(limit) = limit.filter(|_| remarked(remark)) {
                (reading, doubts) = (limit.bias.open(reading), doubts.with(remark));
            }
        }
        if self.undiluted && remarked(Remark::Undiluted) && beside != Met::No {
            (reading, doubts) = (reading.or_higher(), doubts.with(Remark::Undiluted));
        }
        let before = sample.minute.checked_sub(1).and_then(|minute| series.last(minute));
        if let (Some(fall), Some(before)) = (self.fell, before) {
            let fell = may_have_fallen(fall.factor, &sample.reading.ends, &before.reading.ends);
            if fell && sample.minute - before.minute <= fall.within {
                (reading, doubts) = (reading.or_higher(), doubts.and(Remarks::FELL));
            }
        }
        (reading, doubts)
    }
}

impl Bias {
    const fn open<Q: Quantity>(self, reading: Reading<Q>) -> Reading<Q> {
        match self {
            Bias::Raises => reading.or_lower(),
            Bias::Lowers => reading.or_higher(),
            Bias::Either => Reading::UNKNOWN,
        }
    }
}
