//! What SOFA-2 scores that SOFA-1996 does not: SpO2/FiO2, infusions that add up, the motor response, urine by weight, RRT.

use crate::cutoffs::{Cutoff, Cutoffs, Dose, Points, RawCutoffs};
use crate::event::{Infusion, Rate, Support, running};
use crate::quantity::*;
use crate::reading::{Met, Reading, is_any};
use crate::sofa::{Row, SofaRows, Supports};

/// The rows of SOFA-2 that SOFA-1996 does not have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct SecondRows {
    /// Respiration, SpO2/FiO2.
    pub sf: Cutoffs<SfRatio>,
    /// Which SpO2 is scored.
    pub spo2: Cutoff<SpO2>,
    /// The support that is respiration 4 by itself.
    pub ecmo: Supports,
    /// The support that is mechanical support of the circulation, and so cardiovascular 4, too.
    pub circulatory: Supports,
    /// Cardiovascular, pressure while vasoactive drugs are unavailable.
    pub map_unavailable: Cutoffs<Map>,
    /// Brain, motor response where the Glasgow Coma Scale can not be assessed.
    pub gcs_motor: Cutoffs<GcsMotor>,
    /// Renal, urine over at least so long.
    pub urine: [UrineSpan; 4],
    /// Criteria of RRT: creatinine above the first cut-off of its row, or this urine.
    pub rrt_urine: UrineSpan,
    /// And this potassium.
    pub potassium: Cutoff<Potassium>,
    /// Or this pH.
    pub ph: Cutoff<Ph>,
    /// With this bicarbonate.
    pub bicarbonate: Cutoff<Bicarbonate>,
}

/// A cut-off of the mean urine by weight over at least so long, and its points.
///
/// ```
/// use endotype::{Met, Reading, UrineSpan};
/// const OLIGURIA: UrineSpan = UrineSpan::new("< 0.5", 6 * 60, 1);
/// let weight = Reading::read("80").unwrap();
/// let met = |ml, minutes| OLIGURIA.met(Reading::read(ml).unwrap(), minutes, weight);
/// assert_eq!([met("240", 360), met("239.999", 360), met("239", 359), met("<250", 360)], [Met::No, Met::Yes, Met::No, Met::Unknown]);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct UrineSpan {
    rate: Cutoff<UrineRate>,
    minutes: u16,
    points: u8,
    /// What brings half-ticks of urine to ticks of the weight times minutes at the cut-off; 0 where it is none at all.
    factor: u8,
    /// The most half-ticks that can be multiplied by it.
    most: u32,
}

impl UrineSpan {
    /// From the paper's words, as `< 0.5` in mL/kg/h, or `<= 0` for none at all; call it in a `const`, where a faulty row does not
    /// compile.
    ///
    /// ```
    /// use endotype::UrineSpan;
    /// const ANURIA: UrineSpan = UrineSpan::new("<= 0", 12 * 60, 3);
    /// ```
    #[allow(clippy::integer_division, clippy::modulo_arithmetic, reason = "computed in const, and checked to be exact")]
    pub const fn new(rate: &str, minutes: u16, points: u8) -> UrineSpan {
        let rate = Cutoff::<UrineRate>::new(rate);
        let [last, first] = rate.edge();
        assert!(last > first, "urine is scored below a cut-off");
        if first == 0 {
            return UrineSpan { rate, minutes, points, factor: 0, most: 0 };
        }
        assert!(last & 1 == 0 && 600 % last == 0, "< and a divisor of 30 mL/kg/h");
        UrineSpan { rate, minutes, points, factor: (600 / last) as u8, most: u32::MAX / (600 / last).cast_unsigned() }
    }

    /// Minutes that it takes at least.
    ///
    /// ```
    /// assert_eq!(endotype::published::SOFA_2_MORE.rrt_urine.minutes(), 361);
    /// ```
    pub const fn minutes(&self) -> u32 {
        self.minutes as u32
    }

    /// Whether the urine of so many minutes meets it; a shorter time does not, and the weight unknown leaves it open.
    pub const fn met(&self, urine: Reading<Urine>, minutes: u32, weight: Reading<Weight>) -> Met {
        if minutes < self.minutes as u32 { Met::No } else { self.below(&urine.ends, minutes, &weight.ends) }
    }

    pub(crate) const fn below(&self, &[lo, hi]: &[i32; 2], minutes: u32, weight: &[i32; 2]) -> Met {
        if self.factor == 0 {
            return Met::of(hi == 0, lo <= 0);
        }
        if hi == 0 {
            return Met::Yes;
        }
        if is_any(&[lo, hi]) || is_any(weight) {
            return Met::Unknown;
        }
        // Outward to the tick; what is not reached is strictly below.
        let [least, most] = [(weight[0] >> 1).cast_unsigned() * minutes, ((weight[1] + 1) >> 1).cast_unsigned() * minutes];
        let open = (hi | weight[0]) & 1 == 1;
        let (low, high) = ((lo & !1).cast_unsigned(), (hi + (hi & 1)).cast_unsigned());
        let surely = high <= self.most && (high * self.factor as u32) < least + open as u32;
        Met::of(surely, low <= self.most && (low * self.factor as u32) < most)
    }

    /// The points of what meets it.
    ///
    /// ```
    /// use endotype::{Points, published::SOFA_2_MORE};
    /// assert_eq!(SOFA_2_MORE.urine.map(|span| span.points().single().unwrap()), [1, 2, 3, 3]);
    /// ```
    pub const fn points(&self) -> Points {
        Points::only(self.points)
    }

    pub(crate) const fn points_if(&self, met: Met) -> Points {
        match met {
            Met::Yes => self.points(),
            Met::Unknown => self.points().or(Points::only(0)),
            Met::No => Points::only(0),
        }
    }

    /// Its cut-off and points as a row, but for none at all, which is no value below a cut-off.
    const fn raw(&self) -> RawCutoffs {
        if self.factor == 0 { *Cutoffs::<UrineRate>::NEVER.raw() } else { self.rate.raw().up_to(self.points) }
    }

    const fn number(&self) -> u32 {
        (self.factor as u32) << 24 | (self.minutes as u32) << 8 | self.points as u32
    }
}

impl SecondRows {
    pub(crate) const fn listed(&self) -> [Row; 11] {
        [
            Row::of::<SfRatio>(SfRatio::NAME, *self.sf.raw()),
            Row::of::<Map>("map, no drugs", *self.map_unavailable.raw()),
            Row::of::<GcsMotor>(GcsMotor::NAME, *self.gcs_motor.raw()),
            Row::of::<UrineRate>(UrineRate::NAME, self.urine[0].raw()),
            Row::of::<UrineRate>(UrineRate::NAME, self.urine[1].raw()),
            Row::of::<UrineRate>(UrineRate::NAME, self.urine[2].raw()),
            Row::of::<UrineRate>(UrineRate::NAME, self.urine[3].raw()),
            Row::of::<UrineRate>(UrineRate::NAME, self.rrt_urine.raw()),
            Row::of::<Potassium>(Potassium::NAME, self.potassium.raw()),
            Row::of::<Ph>(Ph::NAME, self.ph.raw()),
            Row::of::<Bicarbonate>(Bicarbonate::NAME, self.bicarbonate.raw()),
        ]
    }

    pub(crate) const fn numbers(&self) -> [u32; 9] {
        let [a, b, c, d] = &self.urine;
        let [spo2_last, spo2_first] = self.spo2.edge();
        let spo2 = [spo2_last.cast_unsigned(), spo2_first.cast_unsigned()];
        let spans = [a.number(), b.number(), c.number(), d.number(), self.rrt_urine.number()];
        let supports = self.ecmo.number() << 16 | self.circulatory.number();
        [spo2[0], spo2[1], spans[0], spans[1], spans[2], spans[3], spans[4], supports, 2]
    }

    /// Whether the criteria of RRT are met by a patient who is not on it: creatinine's points, whether urine was low enough for long
    /// enough, and what was measured of potassium, pH and bicarbonate.
    ///
    /// ```
    /// use endotype::{Met::*, Points, Reading, published::SOFA_2_MORE};
    /// let potassium = |k| SOFA_2_MORE.needs_rrt(Points::only(1), No, Reading::read(k).unwrap(), Reading::read("7.4").unwrap(), Reading::UNKNOWN);
    /// assert_eq!([potassium("5.9"), potassium("6"), potassium("")], [No, Yes, Unknown]);
    /// ```
    pub const fn needs_rrt(
        &self,
        creatinine: Points,
        urine: Met,
        potassium: Reading<Potassium>,
        ph: Reading<Ph>,
        bicarbonate: Reading<Bicarbonate>,
    ) -> Met {
        let acid = self.ph.met(ph).and(self.bicarbonate.met(bicarbonate));
        rrt_criteria(scored(creatinine).or(urine), self.potassium.met(potassium), acid)
    }
}

/// By whether the kidney fails, potassium is as asked, and pH and bicarbonate are.
#[inline(always)]
pub(crate) const fn rrt_criteria(failing: Met, potassium: Met, acid: Met) -> Met {
    failing.and(potassium.or(acid))
}

/// A pressure's points by the row of its minute, where vasoactive drugs may be unavailable.
pub(crate) const fn by_steps(unavailable: Met, points: Points, steps: Points) -> Points {
    match unavailable {
        Met::No => points,
        Met::Unknown => points.or(steps),
        Met::Yes => steps,
    }
}

/// Whether there is any point.
pub(crate) const fn scored(points: Points) -> Met {
    let [lo, hi] = points.ends();
    Met::of(lo > 0, hi > 0)
}

/// Any points that the rows of urine give.
pub(crate) const fn open_urine(more: &SecondRows) -> Points {
    let [a, b, c, d] = &more.urine;
    Points::only(0).or(a.points()).or(b.points()).or(c.points()).or(d.points())
}

/// SpO2/FiO2 of a saturation, and whether it is scored: its points as far as it is, none if it is not.
pub(crate) const fn saturation(
    rows: &SofaRows,
    more: &SecondRows,
    &[lo, hi]: &[i32; 2],
    fio2: &[i32; 2],
    supported: Met,
) -> (Points, Met) {
    let [_, last] = more.spo2.edge();
    let scored = Met::of(hi <= last, lo <= last);
    // A percentage over a fraction, FiO2 a percentage.
    (rows.ratio(more.sf.raw(), &[lo, if hi > last { last } else { hi }], 100, fio2, supported), scored)
}

/// All points for a saturation that is not scored.
pub(crate) const fn saturated(
    rows: &SofaRows,
    more: &SecondRows,
    spo2: &[i32; 2],
    fio2: &[i32; 2],
    support: Option<Support>,
) -> Points {
    if is_any(spo2) {
        return Points::ALL;
    }
    match saturation(rows, more, spo2, fio2, rows.supported(support)) {
        (points, Met::Yes) => points,
        _ => Points::ALL,
    }
}

/// A drug whose dose is read: its rate while it counts, and whether it does.
#[derive(Clone, Copy)]
struct Drug {
    rate: [i32; 2],
    per_minute: bool,
    counts: Met,
}

/// The infusions of one moment.
#[derive(Clone, Copy)]
pub(crate) struct Circulation {
    /// Norepinephrine, epinephrine, which are added up, and dopamine.
    dosed: [Drug; 3],
    /// Any other that counts.
    others: Met,
}

impl Circulation {
    pub(crate) const NONE: Circulation = {
        // Not 0, so that they are stored one by one instead of by a call.
        let off = Drug { rate: [1; 2], per_minute: false, counts: Met::No };
        Circulation { dosed: [off; 3], others: Met::No }
    };

    #[inline(never)]
    pub(crate) fn take(&mut self, drug: Infusion, rate: &[i32; 2], per_minute: bool, counts: Met) {
        match self.dosed.get_mut(drug as usize) {
            // While it counts it runs.
            Some(place) => *place = Drug { rate: [rate[0].max(1), rate[1]], per_minute, counts },
            None => self.others = self.others.or(counts),
        }
    }

    pub(crate) fn with_dopamine(&self) -> bool {
        let [_, _, dopamine] = &self.dosed;
        dopamine.counts != Met::No
    }

    /// The union over every set of drugs that may count.
    #[inline(never)]
    pub(crate) fn points(&self, rows: &SofaRows, weight: &[i32; 2]) -> Points {
        let [norepinephrine, epinephrine, dopamine] = &self.dosed;
        let others = self.others.or(dopamine.counts);
        let mut points = Points(0);
        // Of norepinephrine the first bit, of epinephrine the second.
        let mut set = 4;
        while set > 0 {
            set -= 1;
            let (first, second) = (set & 1 != 0, set & 2 != 0);
            if !(norepinephrine.counts.may_be(first) && epinephrine.counts.may_be(second)) {
                continue;
            }
            let mut dose = Dose::NONE;
            norepinephrine.add_to(&mut dose, first, weight);
            epinephrine.add_to(&mut dose, second, weight);
            let sum = if set == 0 { self.without_sum(rows, weight) } else { rows.norepinephrine.of_dose(&dose, weight) };
            if set == 0 || others.may_be(false) {
                points = points.or(sum);
            }
            if set != 0 && others.may_be(true) {
                points = points.or(sum.one_more());
            }
        }
        points
    }

    /// Neither norepinephrine nor epinephrine.
    fn without_sum(&self, rows: &SofaRows, weight: &[i32; 2]) -> Points {
        let (others, [_, _, dopamine]) = (self.others, &self.dosed);
        let mut points = Points(0);
        if others.may_be(true) {
            points = points.or(Points::only(rows.other));
        }
        if others.may_be(false) && dopamine.counts.may_be(true) {
            points = points.or(rows.dose(Infusion::Dopamine, &dopamine.rate, dopamine.per_minute, weight));
        }
        if others.may_be(false) && dopamine.counts.may_be(false) {
            points = points.or(Points::only(0));
        }
        points
    }
}

/// The three whose dose is read come first.
const _: () =
    assert!(Infusion::Norepinephrine as usize == 0 && Infusion::Epinephrine as usize == 1 && Infusion::Dopamine as usize == 2);

impl Drug {
    #[inline(never)]
    fn add_to(&self, dose: &mut Dose, counts: bool, weight: &[i32; 2]) {
        if !counts {
            return;
        }
        let unknown = is_any(&self.rate) || self.per_minute && is_any(weight);
        let rate = if unknown { running(self.rate) } else { self.rate };
        let ends = if self.per_minute && !unknown { &mut dose.per_minute } else { &mut dose.by_weight };
        // Two open ends add to an open end.
        ends[0] = ends[0].saturating_add(rate[0]) - (ends[0] & rate[0] & 1);
        ends[1] = ends[1].saturating_add(rate[1]) | ends[1] & rate[1] & 1;
    }
}

impl SofaRows {
    pub(crate) fn together(&self, running: &[(Infusion, Rate)], weight: &[i32; 2]) -> Points {
        let mut circulation = Circulation::NONE;
        for &(drug, rate) in running {
            let (rate, per_minute) = rate.dosed();
            circulation.take(drug, &rate, per_minute, Met::of(rate[0] > 0, rate[1] > 0));
        }
        circulation.points(self, weight)
    }
}

/// The last Glasgow Coma Scale, or motor response, before sedation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub(crate) struct LastGcs {
    pub(crate) minute: u32,
    /// None if there is none.
    pub(crate) points: Points,
}

impl LastGcs {
    pub(crate) const NONE: LastGcs = LastGcs { minute: 0, points: Points(0) };

    /// Of several of one minute the worst.
    pub(crate) fn see(&mut self, minute: u32, points: Points) {
        if minute > self.minute || self.points == Points(0) {
            *self = LastGcs { minute, points };
        } else if minute == self.minute {
            self.points = self.points.join(points);
        }
    }
}
