//! What was true of one organ at one moment, as points: organ by organ, one small function each.

use crate::cutoffs::{Cutoffs, Lanes, Points, RawCutoffs, Total};
use crate::event::{Infusion, Rate, Support, running};
use crate::quantity::*;
use crate::reading::{Met, Reading, is_any};
use crate::second::{self, SecondRows};
use crate::snapshot::Pass;
use crate::window::Code;

/// The six organs, in the order of every SOFA table.
///
/// ```
/// use endotype::Organ;
/// assert_eq!(Organ::ALL.map(Organ::name), ["respiration", "coagulation", "liver", "cardiovascular", "brain", "renal"]);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Organ {
    /// PaO2/FiO2 and respiratory support.
    Respiration,
    /// Platelets.
    Coagulation,
    /// Bilirubin.
    Liver,
    /// Mean arterial pressure and vasoactive drugs.
    Cardiovascular,
    /// Glasgow Coma Scale.
    Brain,
    /// Creatinine and urine.
    Renal,
}

impl Organ {
    /// Every organ, in order.
    pub const ALL: [Organ; 6] =
        [Organ::Respiration, Organ::Coagulation, Organ::Liver, Organ::Cardiovascular, Organ::Brain, Organ::Renal];

    /// The first bit of its lane.
    pub(crate) const fn lane(self) -> u32 {
        5 * self as u32
    }

    /// The organ's name.
    pub const fn name(self) -> &'static str {
        match self {
            Organ::Respiration => "respiration",
            Organ::Coagulation => "coagulation",
            Organ::Liver => "liver",
            Organ::Cardiovascular => "cardiovascular",
            Organ::Brain => "brain",
            Organ::Renal => "renal",
        }
    }
}

/// A SOFA: of each organ the points that are still possible.
///
/// ```
/// use endotype::{Organ, Points, Sofa};
/// let sofa = Sofa::from([Points::only(3), Points::only(1), Points::ALL, Points::span(0, 1), Points::only(0), Points::only(2)]);
/// assert_eq!(sofa.organ(Organ::Liver), Points::ALL);
/// assert_eq!(sofa.total().ends(), [6, 11]);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Sofa(pub(crate) Lanes);

impl From<[Points; 6]> for Sofa {
    fn from(organs: [Points; 6]) -> Sofa {
        let mut lanes = 0;
        for points in organs.iter().rev() {
            lanes = lanes << 5 | u32::from(points.0);
        }
        Sofa(Lanes(lanes))
    }
}

impl Sofa {
    /// The points of one organ.
    ///
    /// ```
    /// use endotype::{Organ, Points, Sofa};
    /// assert_eq!(Sofa::from([Points::only(1); 6]).organ(Organ::Brain).single(), Some(1));
    /// ```
    pub const fn organ(&self, organ: Organ) -> Points {
        Points((self.0.0 >> organ.lane()) as u8 & Points::ALL.0)
    }

    /// Every sum of one value of each organ.
    ///
    /// ```
    /// use endotype::{Points, Sofa};
    /// assert_eq!(Sofa::from([Points::ALL; 6]).total().ends(), [0, 24]);
    /// ```
    pub const fn total(&self) -> Total {
        let (mut total, mut organs) = (Total::only(0), self.0.0);
        while organs > 0 {
            total = total.plus(Points(organs as u8 & Points::ALL.0));
            organs >>= 5;
        }
        total
    }
}

/// What is shared by FiO2: an arterial oxygen partial pressure, scored in the column of the unit that it was reported in, or a
/// saturation, which SOFA-2 takes where there is no pressure.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Gas {
    /// In mm\[Hg\].
    MmHg(Reading<PaO2>),
    /// In kPa.
    KPa(Reading<PaO2KPa>),
    /// SpO2 in %.
    SpO2(Reading<SpO2>),
}

/// Kinds of respiratory support.
///
/// ```
/// use endotype::{Support, Supports};
/// const INVASIVE: Supports = Supports::of(&[Support::Imv, Support::EcmoVv]);
/// assert!(INVASIVE.contains(Support::Imv) && !INVASIVE.contains(Support::Niv));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Supports(u16);

impl Supports {
    /// Those listed.
    pub const fn of(mut list: &[Support]) -> Supports {
        let mut bits = 0;
        while let [support, rest @ ..] = list {
            bits |= 1 << *support as u16;
            list = rest;
        }
        Supports(bits)
    }

    /// Whether a support is one of them.
    pub const fn contains(self, support: Support) -> bool {
        self.has(support as u32)
    }

    pub(crate) const fn has(self, number: u32) -> bool {
        self.0 >> number & 1 == 1
    }

    pub(crate) const fn number(self) -> u32 {
        self.0 as u32
    }
}

/// The rows of a SOFA edition as data: what a paper prints, and the choices that it leaves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct SofaRows {
    /// Respiration, PaO2/FiO2 in mm\[Hg\].
    pub pf: Cutoffs<PfRatio>,
    /// Respiration, PaO2/FiO2 in kPa.
    pub pf_kpa: Cutoffs<PfRatioKPa>,
    /// What counts as respiratory support.
    pub support: Supports,
    /// The most that respiration scores without support.
    pub unsupported: u8,
    /// Coagulation.
    pub platelets: Cutoffs<Platelets>,
    /// Liver, mg/dL.
    pub bilirubin: Cutoffs<Bilirubin>,
    /// Liver, umol/L.
    pub bilirubin_si: Cutoffs<BilirubinSi>,
    /// Cardiovascular, pressure.
    pub map: Cutoffs<Map>,
    /// Cardiovascular, norepinephrine as base.
    pub norepinephrine: Cutoffs<DoseRate>,
    /// Cardiovascular, epinephrine.
    pub epinephrine: Cutoffs<DoseRate>,
    /// Cardiovascular, dopamine.
    pub dopamine: Cutoffs<DoseRate>,
    /// Cardiovascular, dobutamine.
    pub dobutamine: Cutoffs<DoseRate>,
    /// Cardiovascular, the points of any other vasopressor or inotrope that runs.
    pub other: u8,
    /// Minutes that a run of an infusion has lasted when it begins to count, that minute included.
    pub run: u8,
    /// Minutes that a stop may last without breaking the run.
    pub stop: u8,
    /// Brain.
    pub gcs: Cutoffs<Gcs>,
    /// Renal, mg/dL.
    pub creatinine: Cutoffs<Creatinine>,
    /// Renal, umol/L.
    pub creatinine_si: Cutoffs<CreatinineSi>,
    /// Renal, urine of the day.
    pub urine: Cutoffs<Urine>,
}

/// The fingerprint of a rule set's rows: another cut-off is another id, by construction.
///
/// It is the CRC-32 of the rows, which differs for certain when a single cut-off does.
///
/// ```
/// use endotype::{Cutoffs, SofaRows, SofaRules, published::{IMMUNOSEP, SOFA_1996}};
/// static LOCAL_ROWS: SofaRows = SofaRows { platelets: Cutoffs::new(["< 151", "< 100", "< 50", "< 20"]), ..*SOFA_1996.rows() };
/// const LOCAL: SofaRules = SofaRules::new(&LOCAL_ROWS);
/// assert_ne!(LOCAL.id(), SOFA_1996.id());
/// assert_ne!(IMMUNOSEP.id(), SOFA_1996.id());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct RuleId(u32);

impl RuleId {
    /// The id as a number.
    ///
    /// ```
    /// assert_ne!(endotype::published::SOFA_1996.id().number(), 0);
    /// ```
    pub const fn number(self) -> u32 {
        self.0
    }

    /// Of what is not read yet.
    pub(crate) const NONE: RuleId = RuleId(0);

    pub(crate) fn walk(&mut self, pass: &mut impl Pass) {
        pass.word(&mut self.0);
    }

    /// Of named rows and the numbers beside them.
    pub(crate) const fn of(mut rows: &[Row], mut beside: &[u32]) -> RuleId {
        const CRC: crc::Crc<u32> = crc::Crc::<u32>::new(&crc::CRC_32_ISO_HDLC);
        let mut digest = CRC.digest();
        while let [row, rest @ ..] = rows {
            digest.update(row.item.as_bytes());
            digest.update(row.unit.as_bytes());
            digest.update(&row.ticks.to_le_bytes());
            let (falling, printed) = row.cutoffs.printed(row.step);
            digest.update(&[falling as u8]);
            let mut edges: &[i32] = &printed;
            while let [edge, rest @ ..] = edges {
                digest.update(&edge.to_le_bytes());
                edges = rest;
            }
            rows = rest;
        }
        while let [number, rest @ ..] = beside {
            digest.update(&number.to_le_bytes());
            beside = rest;
        }
        RuleId(digest.finalize())
    }
}

/// A row among others: what the fingerprint and the list of edges read.
#[derive(Clone, Copy)]
pub(crate) struct Row {
    item: &'static str,
    unit: &'static str,
    ticks: u32,
    step: i32,
    cutoffs: RawCutoffs,
}

impl Row {
    pub(crate) const fn of<Q: Quantity>(item: &'static str, cutoffs: RawCutoffs) -> Row {
        Row { item, unit: Q::UNIT, ticks: Q::TICKS, step: Cutoffs::<Q>::STEP, cutoffs }
    }
}

impl SofaRows {
    const fn numbers(&self) -> [u32; 5] {
        [self.support.0 as u32, self.unsupported as u32, self.run as u32, self.stop as u32, self.other as u32]
    }

    const fn listed(&self) -> [Row; 14] {
        [
            Row::of::<PfRatio>(PfRatio::NAME, *self.pf.raw()),
            Row::of::<PfRatioKPa>(PfRatioKPa::NAME, *self.pf_kpa.raw()),
            Row::of::<Platelets>(Platelets::NAME, *self.platelets.raw()),
            Row::of::<Bilirubin>(Bilirubin::NAME, *self.bilirubin.raw()),
            Row::of::<BilirubinSi>(BilirubinSi::NAME, *self.bilirubin_si.raw()),
            Row::of::<Map>(Map::NAME, *self.map.raw()),
            Row::of::<DoseRate>(Infusion::Norepinephrine.name(), *self.norepinephrine.raw()),
            Row::of::<DoseRate>(Infusion::Epinephrine.name(), *self.epinephrine.raw()),
            Row::of::<DoseRate>(Infusion::Dopamine.name(), *self.dopamine.raw()),
            Row::of::<DoseRate>(Infusion::Dobutamine.name(), *self.dobutamine.raw()),
            Row::of::<Gcs>(Gcs::NAME, *self.gcs.raw()),
            Row::of::<Creatinine>(Creatinine::NAME, *self.creatinine.raw()),
            Row::of::<CreatinineSi>(CreatinineSi::NAME, *self.creatinine_si.raw()),
            Row::of::<Urine>(Urine::NAME, *self.urine.raw()),
        ]
    }

    /// Room air to pure oxygen, in half-ticks.
    const FIO2_UNKNOWN: [i32; 2] = match Reading::<FiO2>::read("21..100") {
        Ok(reading) => reading.ends(),
        Err(_) => panic!("a range of FiO2"),
    };

    /// What a rate that is by weight already is divided by.
    const BY_WEIGHT: [i32; 2] = [2 * Cutoffs::<DoseRate>::STEP; 2];

    /// Whether a support counts as one; unknown if it is not known.
    pub(crate) const fn supported(&self, support: Option<Support>) -> Met {
        match support {
            None => Met::Unknown,
            Some(support) => self.supported_by(support as u32),
        }
    }

    /// The same of a support by its number.
    pub(crate) const fn supported_by(&self, support: u32) -> Met {
        let counts = self.support.has(support);
        Met::of(counts, counts)
    }

    pub(crate) const fn oxygen(&self, pao2: &[i32; 2], kpa: bool, fio2: &[i32; 2], supported: Met) -> Points {
        // Cut-offs are whole mm[Hg] and tenths of kPa over a fraction, FiO2 a percentage.
        let (row, scale) = if kpa { (self.pf_kpa.raw(), 1_000) } else { (self.pf.raw(), 100) };
        self.ratio(row, pao2, scale, fio2, supported)
    }

    pub(crate) const fn ratio(&self, row: &RawCutoffs, of: &[i32; 2], scale: i32, fio2: &[i32; 2], supported: Met) -> Points {
        let fio2 = if is_any(fio2) { &Self::FIO2_UNKNOWN } else { fio2 };
        let ratio = if is_any(of) { Points::ALL } else { row.of_ratio(of, scale, fio2) };
        let unsupported = ratio.capped(Points(1 << self.unsupported));
        match supported {
            Met::No => unsupported,
            Met::Unknown => ratio.or(unsupported),
            Met::Yes => ratio,
        }
    }

    pub(crate) const fn dose(&self, drug: Infusion, rate: &[i32; 2], per_minute: bool, weight: &[i32; 2]) -> Points {
        if rate[1] == 0 {
            return Points::only(0);
        }
        let Some(row) = self.by_dose(drug) else {
            let points = Points::only(self.other);
            return if rate[0] > 0 { points } else { points.or(Points::only(0)) };
        };
        match per_minute {
            true if is_any(rate) || is_any(weight) => row.raw().of_ratio(&running(*rate), 1, &Self::BY_WEIGHT),
            true => row.raw().of_ratio(rate, 10, weight),
            false => row.raw().of_ratio(rate, 1, &Self::BY_WEIGHT),
        }
    }

    /// As in 1996: the worst of what each scores by itself.
    pub(crate) fn each_infusion(&self, running: &[(Infusion, Rate)], weight: &[i32; 2]) -> Points {
        running.iter().fold(Points::only(0), |worst, &(drug, rate)| {
            let (rate, per_minute) = rate.dosed();
            worst.join(self.dose(drug, &rate, per_minute, weight))
        })
    }

    const fn by_dose(&self, drug: Infusion) -> Option<&Cutoffs<DoseRate>> {
        match drug {
            Infusion::Norepinephrine => Some(&self.norepinephrine),
            Infusion::Epinephrine => Some(&self.epinephrine),
            Infusion::Dopamine => Some(&self.dopamine),
            Infusion::Dobutamine => Some(&self.dobutamine),
            Infusion::Vasopressin | Infusion::Phenylephrine | Infusion::Milrinone | Infusion::OtherVasoactive => None,
        }
    }
}

/// Where the points of a row change.
///
/// [`last`](Edge::last) and [`first`](Edge::first) are neighbouring half-ticks of the row's unit, of which [`ticks`](Edge::ticks)
/// ticks make one unit; the published cut-off is the even one of the two.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Edge {
    /// The item that is compared.
    pub item: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Ticks in one unit.
    pub ticks: u32,
    /// The last half-tick before the edge.
    pub last: i32,
    /// The first half-tick behind it.
    pub first: i32,
    /// The points on either side.
    pub points: [u8; 2],
}

/// Every place where the points of a rule set change, mildest first, row by row: test your own thresholds with it.
///
/// ```
/// use endotype::{edges, published::SOFA_1996};
/// let platelets: Vec<_> = edges(&SOFA_1996).filter(|e| e.item == "platelets").map(|e| (e.first, e.points)).collect();
/// assert_eq!(platelets, [(299_999, [0, 1]), (199_999, [1, 2]), (99_999, [2, 3]), (39_999, [3, 4])]);
/// ```
pub fn edges(rules: &SofaRules) -> impl Iterator<Item = Edge> {
    let more = rules.second.into_iter().flat_map(SecondRows::listed);
    rules.rows.listed().into_iter().chain(more).flat_map(|row| {
        let around = row.cutoffs.around_each(row.step);
        let neighbours = [None, around[0], around[1], around[2]];
        around.into_iter().zip(neighbours).filter(|(edge, before)| edge != before).filter_map(move |(edge, _)| {
            let [last, first] = edge?;
            let points = [last, first].map(|x| row.cutoffs.of_ratio(&[x, x], 1, &[2 * row.step; 2]).ends()[0]);
            Some(Edge { item: row.item, unit: row.unit, ticks: row.ticks, last, first, points })
        })
    })
}

/// A rule set of one SOFA edition: its rows, and what is computed from them once, in `const`.
///
/// A site builds its own from changed rows; the id then differs, and the published endpoints refuse it.
///
/// ```
/// use endotype::{SofaRows, SofaRules, Support, Supports, published::SOFA_1996};
/// /// Only invasive ventilation counts as support here.
/// static LOCAL_ROWS: SofaRows = SofaRows { support: Supports::of(&[Support::Imv]), ..*SOFA_1996.rows() };
/// static LOCAL: SofaRules = SofaRules::new(&LOCAL_ROWS);
/// assert_ne!(LOCAL.id(), SOFA_1996.id());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct SofaRules {
    // Apart, so that who scores a moment does not link what scores a day.
    rows: &'static SofaRows,
    second: Option<&'static SecondRows>,
    id: RuleId,
    /// Creatinine, or urine, that was not measured.
    pub(crate) open_renal: Points,
    /// What the editions do differently, so that a device links only what its rule sets use.
    pub(crate) code: &'static Code,
}

impl SofaRules {
    /// From its rows; call it in a `const` or a `static`, where more than 4 points without support do not compile.
    ///
    /// ```
    /// use endotype::{SofaRows, SofaRules, published::SOFA_1996};
    /// static ANY_SUPPORT_ROWS: SofaRows = SofaRows { unsupported: 4, ..*SOFA_1996.rows() };
    /// static ANY_SUPPORT: SofaRules = SofaRules::new(&ANY_SUPPORT_ROWS);
    /// ```
    pub const fn new(rows: &'static SofaRows) -> SofaRules {
        assert!(rows.unsupported <= 4, "at most 4 points without support");
        SofaRules {
            rows,
            second: None,
            id: RuleId::of(&rows.listed(), &rows.numbers()),
            open_renal: Points::ALL,
            code: &Code::FIRST,
        }
    }

    /// A rule set of SOFA-2, from the rows that 1996 has, too, and those that it has not.
    ///
    /// ```
    /// use endotype::{SofaRows, SofaRules, published::{SOFA_2, SOFA_2_MORE}};
    /// static ANY_SUPPORT_ROWS: SofaRows = SofaRows { unsupported: 4, ..*SOFA_2.rows() };
    /// static ANY_SUPPORT: SofaRules = SofaRules::second(&ANY_SUPPORT_ROWS, &SOFA_2_MORE);
    /// assert_ne!(ANY_SUPPORT.id(), SOFA_2.id());
    /// ```
    pub const fn second(rows: &'static SofaRows, more: &'static SecondRows) -> SofaRules {
        assert!(rows.unsupported <= 4, "at most 4 points without support");
        let numbers = RuleId::of(&[], &more.numbers()).0;
        let [support, unsupported, run, stop, other] = rows.numbers();
        let listed = RuleId::of(&more.listed(), &[numbers, support, unsupported, run, stop, other]);
        SofaRules {
            rows,
            second: Some(more),
            id: RuleId::of(&rows.listed(), &[listed.0]),
            open_renal: rows.creatinine.points(Reading::UNKNOWN).or(second::open_urine(more)),
            code: &Code::SECOND,
        }
    }

    /// What it has beyond the rows of 1996, if it is a rule set of SOFA-2.
    ///
    /// ```
    /// use endotype::published::{SOFA_1996, SOFA_2};
    /// assert!(SOFA_2.more().is_some() && SOFA_1996.more().is_none());
    /// ```
    #[inline(always)]
    pub const fn more(&self) -> Option<&'static SecondRows> {
        self.second
    }

    /// The rows as printed.
    ///
    /// ```
    /// assert_eq!(endotype::published::SOFA_1996.rows().run, 60);
    /// ```
    #[inline(always)]
    pub const fn rows(&self) -> &'static SofaRows {
        self.rows
    }

    /// The fingerprint of the rows.
    ///
    /// ```
    /// use endotype::published::SOFA_1996;
    /// assert_eq!(SOFA_1996.id(), SOFA_1996.id());
    /// ```
    pub const fn id(&self) -> RuleId {
        self.id
    }

    /// Respiration: one PaO2 with the FiO2 and the support of its minute.
    ///
    /// FiO2 unknown is 21 to 100 %. Support unknown leaves both the supported and the unsupported points.
    ///
    /// ```
    /// use endotype::{Gas, Points, Reading, Support, published::SOFA_1996};
    /// let gas = Gas::MmHg(Reading::read("80").unwrap());
    /// let fio2 = |text| Reading::read(text).unwrap();
    /// // 80 mmHg at 40 % is exactly 200, which is not below 200.
    /// assert_eq!(SOFA_1996.respiration(gas, fio2("40"), Some(Support::Imv)), Points::only(2));
    /// assert_eq!(SOFA_1996.respiration(gas, fio2("41"), Some(Support::Imv)), Points::only(3));
    /// assert_eq!(SOFA_1996.respiration(gas, fio2("41"), Some(Support::Hfnc)), Points::only(2));
    /// assert_eq!(SOFA_1996.respiration(gas, fio2("41"), None), Points::span(2, 3));
    /// ```
    /// Under SOFA-2 ECMO is 4 by itself, and an SpO2 is scored below 98 %; otherwise, and in 1996, it leaves all points open:
    ///
    /// ```
    /// use endotype::{Gas, Points, Reading, Support, published::{SOFA_1996, SOFA_2}};
    /// let saturation = |spo2| Gas::SpO2(Reading::read(spo2).unwrap());
    /// let fio2 = Reading::read("40").unwrap();
    /// assert_eq!(SOFA_2.respiration(saturation("97"), fio2, Some(Support::Oxygen)), Points::only(2));
    /// assert_eq!(SOFA_2.respiration(saturation("98"), fio2, Some(Support::Oxygen)), Points::ALL);
    /// assert_eq!(SOFA_2.respiration(saturation("98"), fio2, Some(Support::EcmoVv)), Points::only(4));
    /// assert_eq!(SOFA_1996.respiration(saturation("97"), fio2, Some(Support::Oxygen)), Points::ALL);
    /// ```
    #[inline(always)]
    pub const fn respiration(&self, gas: Gas, fio2: Reading<FiO2>, support: Option<Support>) -> Points {
        let ecmo = match (self.second, support) {
            (Some(more), Some(support)) => more.ecmo.contains(support),
            _ => false,
        };
        match (gas, self.second) {
            _ if ecmo => Points::only(4),
            (Gas::MmHg(pao2), _) => self.rows.oxygen(&pao2.ends, false, &fio2.ends, self.rows.supported(support)),
            (Gas::KPa(pao2), _) => self.rows.oxygen(&pao2.ends, true, &fio2.ends, self.rows.supported(support)),
            (Gas::SpO2(spo2), Some(more)) => second::saturated(self.rows, more, &spo2.ends, &fio2.ends, support),
            (Gas::SpO2(_), None) => Points::ALL,
        }
    }

    /// Cardiovascular, one infusion that counts: its rate, by the weight that holds if it is charted per minute.
    ///
    /// A rate of 0 scores nothing; a dose that is not known scores everything that the drug can.
    ///
    /// ```
    /// use endotype::{Infusion, Points, Rate, Reading, published::SOFA_1996};
    /// let points = |drug, rate, weight| SOFA_1996.infusion(drug, rate, weight);
    /// let per_kg = Rate::ByWeight(Reading::read("0.1").unwrap());
    /// assert_eq!(points(Infusion::Norepinephrine, per_kg, Reading::UNKNOWN), Points::only(3));
    /// let per_minute = Rate::PerMinute(Reading::read("8").unwrap());
    /// assert_eq!(points(Infusion::Norepinephrine, per_minute, Reading::read("80").unwrap()), Points::only(3));
    /// assert_eq!(points(Infusion::Norepinephrine, per_minute, Reading::read("79.9").unwrap()), Points::only(4));
    /// assert_eq!(points(Infusion::Dopamine, per_minute, Reading::UNKNOWN).ends(), [2, 4]);
    /// ```
    #[inline(always)]
    pub const fn infusion(&self, drug: Infusion, rate: Rate, weight: Reading<Weight>) -> Points {
        let (rate, per_minute) = rate.dosed();
        self.rows.dose(drug, &rate, per_minute, &weight.ends)
    }

    /// Cardiovascular, one moment: the pressure's points and those of the infusions that count; no pressure is below or above 70.
    ///
    /// ```
    /// use endotype::{Points, published::SOFA_1996};
    /// assert_eq!(SOFA_1996.cardiovascular(None, Points::only(0)), Points::span(0, 1));
    /// assert_eq!(SOFA_1996.cardiovascular(None, Points::only(3)), Points::only(3));
    /// ```
    pub const fn cardiovascular(&self, map: Option<Points>, infusions: Points) -> Points {
        let map = match map {
            Some(points) => points,
            None => self.rows.map.points(Reading::UNKNOWN),
        };
        map.join(infusions)
    }

    /// Renal: the worse of creatinine and urine; either one not measured is unknown.
    ///
    /// ```
    /// use endotype::{Points, published::SOFA_1996};
    /// assert_eq!(SOFA_1996.renal(Some(Points::only(1)), None), Points::span(1, 4));
    /// assert_eq!(SOFA_1996.renal(Some(Points::only(1)), Some(Points::only(3))), Points::only(3));
    /// ```
    pub const fn renal(&self, creatinine: Option<Points>, urine: Option<Points>) -> Points {
        let creatinine = match creatinine {
            Some(points) => points,
            None => self.open_renal,
        };
        creatinine.join(match urine {
            Some(points) => points,
            None => self.open_renal,
        })
    }

    /// Cardiovascular, one moment: all infusions that count together, by the weight that holds for those charted per minute.
    ///
    /// In 1996 the worst of them; in SOFA-2 norepinephrine and epinephrine add up, any other makes it worse, and dopamine has steps
    /// of its own only while it runs alone.
    ///
    /// ```
    /// use endotype::{Infusion::*, Points, Rate, Reading, published::{SOFA_1996, SOFA_2}};
    /// let rate = |x| Rate::ByWeight(Reading::read(x).unwrap());
    /// let kg = Reading::UNKNOWN;
    /// assert_eq!(SOFA_2.infusions(&[(Norepinephrine, rate("0.1")), (Epinephrine, rate("0.1"))], kg), Points::only(2));
    /// assert_eq!(SOFA_1996.infusions(&[(Norepinephrine, rate("0.1")), (Epinephrine, rate("0.1"))], kg), Points::only(3));
    /// assert_eq!(SOFA_2.infusions(&[(Dopamine, rate("45"))], kg), Points::only(4));
    /// assert_eq!(SOFA_2.infusions(&[(Dopamine, rate("45")), (Vasopressin, rate("1"))], kg), Points::only(2));
    /// assert_eq!(SOFA_2.infusions(&[(Dopamine, rate("45")), (Vasopressin, rate("0..1"))], kg).ends(), [2, 4]);
    /// ```
    #[inline(always)]
    pub fn infusions(&self, running: &[(Infusion, Rate)], weight: Reading<Weight>) -> Points {
        (self.code.infusions)(self.rows, running, &weight.ends)
    }
}
