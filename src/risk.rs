//! The risk of misclassification: how probable an answer is, of a reading with a standard uncertainty.
//!
//! Information, never the decision: nothing in this crate reads a probability, and a class stays what
//! [`classify`](Criteria::classify) says.
#![allow(clippy::float_arithmetic)]

use crate::cutoffs::{Cutoff, Cutoffs};
use crate::endotype::{Criteria, Endotype};
use crate::error::Error;
use crate::guard::Imprecision;
use crate::quantity::{Ferritin, MhlaDr, Quantity};
use crate::reading::{Met, Reading, is_any, outward};
use core::f64::consts::FRAC_1_SQRT_2;
use core::marker::PhantomData;

/// How probable it is: from the least to the most over the values that the readings allow, equal for exact ones. `!` is the opposite.
///
/// It is information, never the decision: nothing in this crate reads a probability. Ends are of 0 to 1, never NaN, and right to 1e-15;
/// of a cut-off and of a class, and of the opposites, also to 1e-12 of themselves, however small they are. Points are differences.
///
/// ```
/// use endotype::{Reading, Uncertainty, published::IMMUNOSEP};
/// let cut = IMMUNOSEP.rows().ferritin; // > 4420
/// let chance = |text| cut.chance(Reading::read(text).unwrap(), Uncertainty::normal(200.0).unwrap());
/// assert_eq!((chance("4420").single(), chance("").ends()), (Some(0.5), [0.0, 1.0]));
/// assert_eq!(chance("4420..4620").ends().map(|p| (p * 1e4) as i32), [5_000, 8_413]); // the second lies one uncertainty above
/// assert_eq!((!chance("6420")).single().map(|p| (p * 1e27) as i32), Some(7_619)); // ten: all but 7.6e-24
/// ```
#[derive(Clone, Copy, PartialEq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Chance {
    yes: [f64; 2],
    /// The opposite's: `1 - yes`, but not computed so.
    no: [f64; 2],
}

impl Chance {
    const NEVER: Chance = Chance { yes: [0.0; 2], no: [1.0; 2] };

    /// What rounding has left out of order by one place is put in order.
    fn of(yes: [f64; 2], no: [f64; 2]) -> Chance {
        let ordered = |[a, b]: [f64; 2]| [a.min(b), a.max(b)].map(|p| p.min(1.0));
        Chance { yes: ordered(yes), no: ordered(no) }
    }

    /// The least and the most probability.
    ///
    /// ```
    /// use endotype::{Reading, Uncertainty, published::LYON};
    /// let read = |text| LYON.chance(Reading::read(text).unwrap(), Uncertainty::log_normal(0.15).unwrap()).ends();
    /// assert_eq!(read("<= 8000"), [0.5, 1.0]); // below 8000, whatever it is
    /// ```
    pub const fn ends(self) -> [f64; 2] {
        self.yes
    }

    /// The probability, if the readings leave but one.
    ///
    /// ```
    /// use endotype::{Reading, Uncertainty, published::LYON};
    /// let read = |text| LYON.chance(Reading::read(text).unwrap(), Uncertainty::log_normal(0.15).unwrap()).single();
    /// assert_eq!([read("8000"), read("> 8000")], [Some(0.5), None]);
    /// ```
    pub fn single(self) -> Option<f64> {
        let [least, most] = self.yes;
        if least == most { Some(least) } else { None }
    }

    /// Both, of two assays whose errors are independent.
    fn and(self, other: Chance) -> Chance {
        let (Chance { yes: [a, b], no: [c, d] }, Chance { yes: [e, f], no: [g, h] }) = (self, other);
        Chance::of([a * e, b * f], [c + b * g, d + a * h])
    }

    /// It, but not a rarer one that is never without it.
    fn but_not(self, rarer: Chance) -> Chance {
        // Of the two differences that one whose numbers are small.
        let less = |[yes, no]: [f64; 2], [rarer, not]: [f64; 2]| if yes < not { yes - rarer } else { not - no }.max(0.0);
        let (Chance { yes: [a, b], no: [c, d] }, Chance { yes: [e, f], no: [g, h] }) = (self, rarer);
        Chance::of([less([a, d], [f, g]), less([b, c], [e, h])], [c + e, d + f])
    }
}

impl core::ops::Not for Chance {
    type Output = Chance;
    fn not(self) -> Chance {
        Chance { yes: self.no, no: self.yes }
    }
}

/// How the true value may lie about a reading, in the terms of JCGM 106:2012 with nothing else known of it: of the reading's standard
/// uncertainty u, any bias removed.
///
/// Normal about the reading ([`normal`](Self::normal), or an assay's [`Imprecision`], with `u = sqrt(a^2 + (cv*reading)^2)` and without its
/// coverage), or log-normal with the reading as its median ([`log_normal`](Self::log_normal)). What of a normal one lies below 0 counts as 0,
/// since no amount does: the wider it is, the less it is a model of one. Without uncertainty every probability is 0 or 1, as the crate decides.
///
/// ```
/// use endotype::{Amount, Imprecision, Reading, Uncertainty, published::IMMUNOSEP};
/// let cut = IMMUNOSEP.rows().ferritin; // > 4420
/// let per_mille = |uncertainty| cut.chance(Reading::read("4600").unwrap(), uncertainty).single().map(|p| (p * 1e3) as i32);
/// assert_eq!(per_mille(Imprecision::new(80, Amount::Ticks(0), 196).into()), Some(687)); // CV 8 %: u is 368 ng/mL
/// assert_eq!(per_mille(Uncertainty::normal(368.0).unwrap()), Some(687));
/// assert_eq!(per_mille(Uncertainty::log_normal(0.08).unwrap()), Some(691));
/// assert_eq!(per_mille(Uncertainty::normal(0.0).unwrap()), Some(1_000));
/// ```
///
/// That of a ferritin is not that of an HLA-DR:
///
/// ```compile_fail
/// use endotype::{Reading, Uncertainty, published::IMMUNOSEP, quantity::MhlaDr};
/// let uncertainty = Uncertainty::<MhlaDr>::normal(368.0).unwrap();
/// IMMUNOSEP.rows().ferritin.chance(Reading::UNKNOWN, uncertainty);
/// ```
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Uncertainty<Q> {
    pub(crate) scatter: Scatter,
    quantity: PhantomData<Q>,
}

#[derive(Clone, Copy, PartialEq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub(crate) enum Scatter {
    /// In half-ticks, and in parts of the reading.
    Normal { absolute: f64, relative: f64 },
    /// Of the logarithm.
    LogNormal { sigma: f64 },
}

impl<Q: Quantity> Uncertainty<Q> {
    const fn of(scatter: Scatter) -> Self {
        Uncertainty { scatter, quantity: PhantomData }
    }

    /// Normal, from the standard uncertainty in the quantity's unit. NaN, infinities and negatives are refused, -0 among them.
    ///
    /// ```
    /// use endotype::{Error, Uncertainty, quantity::Ferritin};
    /// assert!(Uncertainty::<Ferritin>::normal(368.0).is_ok());
    /// assert_eq!(Uncertainty::<Ferritin>::normal(f32::NAN), Err(Error::NotFinite));
    /// assert_eq!(Uncertainty::<Ferritin>::normal(-1.0), Err(Error::Sign));
    /// ```
    pub fn normal(u: f32) -> Result<Self, Error> {
        Ok(Self::of(Scatter::Normal { absolute: taken(u)? * f64::from(2 * Q::TICKS), relative: 0.0 }))
    }

    /// Log-normal, from the coefficient of variation as a fraction: 0.08 is 8 %. The logarithm's variance is `ln(1 + cv^2)`, its mean that of
    /// the reading. Refused is what [`normal`](Self::normal) refuses.
    ///
    /// ```
    /// use endotype::{Error, Uncertainty, quantity::MhlaDr};
    /// assert!(Uncertainty::<MhlaDr>::log_normal(0.15).is_ok());
    /// assert_eq!(Uncertainty::<MhlaDr>::log_normal(f32::INFINITY), Err(Error::NotFinite));
    /// ```
    pub fn log_normal(cv: f32) -> Result<Self, Error> {
        let cv = taken(cv)?;
        Ok(Self::of(Scatter::LogNormal { sigma: libm::sqrt(libm::log1p(cv * cv)) }))
    }
}

impl<Q: Quantity> From<Imprecision<Q>> for Uncertainty<Q> {
    fn from(imprecision: Imprecision<Q>) -> Self {
        let Imprecision { per_mille, absolute, .. } = imprecision;
        Self::of(Scatter::Normal { absolute: 2.0 * f64::from(absolute), relative: f64::from(per_mille) / 1_000.0 })
    }
}

/// A `f32`, so that in `f64` no square of it vanishes or is infinite.
fn taken(value: f32) -> Result<f64, Error> {
    if !value.is_finite() {
        Err(Error::NotFinite)
    } else if value.is_sign_negative() {
        Err(Error::Sign)
    } else {
        Ok(f64::from(value))
    }
}

/// What lies above 0 and below every tick.
const NEXT_TO_0: f64 = 1e-100;

impl Scatter {
    /// How probable it is that the true value reaches a half-tick, asked at each end of a reading of one: the higher the reading, the more.
    // Once for all quantities.
    fn reaches(self, [at_low, at_high]: [i32; 2], ends: &[i32; 2]) -> Chance {
        let [low, high] = outward(ends).map(f64::from);
        let low = if ends[0] == 1 { NEXT_TO_0 } else { low };
        let split = |first: i32, end: i32, value: f64| {
            let on = f64::from(first & !1);
            let apart = match self {
                Scatter::Normal { absolute, relative } => {
                    let part = relative * value;
                    (value - on) / libm::sqrt(absolute * absolute + part * part)
                }
                // ln(value / on), which loses nothing where the two are close.
                Scatter::LogNormal { sigma } => {
                    let apart = value - on;
                    libm::log1p(apart.abs() / value.min(on)).copysign(apart) / sigma
                }
            } * FRAC_1_SQRT_2;
            // What every amount reaches, or none, or one of which nothing is known; and on the cut-off without any scatter.
            if first <= 0 || first == i32::MAX || is_any(ends) || apart.is_nan() {
                let reached = f64::from(u8::from(end >= first));
                return [reached, 1.0 - reached];
            }
            [libm::erfc(-apart) / 2.0, libm::erfc(apart) / 2.0]
        };
        let ([a, d], [b, c]) = (split(at_low, ends[0], low), split(at_high, ends[1], high));
        Chance::of([a, b], [c, d])
    }
}

impl<Q: Quantity> Cutoff<Q> {
    /// How probable it is that the true value passes the cut-off; information, never the decision, which is [`met`](Self::met).
    ///
    /// Of one with a guard band, which is a rule of deciding, it is what the published one within the band may have: ask that one.
    ///
    /// ```
    /// use endotype::{Reading, Uncertainty, published::IMMUNOSEP};
    /// let cut = IMMUNOSEP.rows().mhla_dr; // < 5000
    /// let per_mille = |text| cut.chance(Reading::read(text).unwrap(), Uncertainty::log_normal(0.15).unwrap()).ends().map(|p| (p * 1e3) as i32);
    /// assert_eq!([per_mille("4500"), per_mille("6000"), per_mille("> 6000")], [[760; 2], [110; 2], [0, 110]]);
    /// ```
    pub fn chance(self, reading: Reading<Q>, uncertainty: Uncertainty<Q>) -> Chance {
        match self.falls() {
            true => !uncertainty.scatter.reaches([-self.possibly, -self.surely], &reading.ends),
            false => uncertainty.scatter.reaches([self.surely, self.possibly], &reading.ends),
        }
    }

    /// How probable it is that the true value lies on the other side than the reading; `None` of one that is open, which is on no side.
    ///
    /// A guard band of k bounds how often a true value is decided wrong, not this: just above a band it is as much as beyond `k / (1 + k*cv)`
    /// of a normal distribution, at k = 1.96 and a CV of 8 % not 2.5 but 4.5 %.
    ///
    /// ```
    /// use endotype::{Reading, Uncertainty, published::IMMUNOSEP};
    /// let cut = IMMUNOSEP.rows().ferritin; // > 4420
    /// let per_mille = |text| Some(cut.risk(Reading::read(text).unwrap(), Uncertainty::normal(368.0).unwrap())?.ends().map(|p| (p * 1e3) as i32));
    /// assert_eq!([per_mille("4000"), per_mille("4600"), per_mille("> 4600")], [Some([126; 2]), Some([312; 2]), Some([0, 312])]);
    /// assert_eq!(per_mille("> 2000"), None);
    /// ```
    pub fn risk(self, reading: Reading<Q>, uncertainty: Uncertainty<Q>) -> Option<Chance> {
        let chance = self.chance(reading, uncertainty);
        match self.met(reading) {
            Met::Yes => Some(!chance),
            Met::Unknown => None,
            Met::No => Some(chance),
        }
    }
}

impl<Q: Quantity> Cutoffs<Q> {
    /// How probable each of 0 to 4 points is; information, never the decision, which is [`points`](Self::points).
    ///
    /// Of an exact reading they sum to 1. Of any other those of 1 to 3 points may be wider than need be: the two cut-offs beside them are
    /// asked at different ends.
    ///
    /// ```
    /// use endotype::{Reading, Uncertainty, published::SOFA_1996};
    /// let row = SOFA_1996.rows().platelets; // < 150, < 100, < 50, < 20
    /// let chances = row.chances(Reading::read("104").unwrap(), Uncertainty::normal(5.0).unwrap());
    /// assert_eq!(chances.map(|p| (p.single().unwrap() * 1e3) as i32), [0, 788, 211, 0, 0]);
    /// ```
    pub fn chances(&self, reading: Reading<Q>, uncertainty: Uncertainty<Q>) -> [Chance; 5] {
        let (falls, edges) = self.raw().printed(Self::STEP);
        let [a, b, c, d] = edges.map(|edge| {
            let edge = if falls { !edge } else { edge };
            (edge, Cutoff::between(edge, edge).chance(reading, uncertainty))
        });
        // Between two equal ones there is no value.
        let between = |milder: (i32, Chance), worse: (i32, Chance)| match milder.0 == worse.0 {
            true => Chance::NEVER,
            false => milder.1.but_not(worse.1),
        };
        [!a.1, between(a, b), between(b, c), between(c, d), d.1]
    }
}

impl Criteria {
    /// How probable each class is, in the order of [`Endotype::ALL`]; information, never the decision, which is
    /// [`classify`](Self::classify). The errors of the two assays are taken for independent.
    ///
    /// Of exact readings they sum to 1. Of criteria with guard bands they are what the published ones may have: ask those.
    ///
    /// ```
    /// use endotype::{Amount, Imprecision, Reading, published::IMMUNOSEP};
    /// let chances = IMMUNOSEP.chances(
    ///     Reading::read("4600").unwrap(),
    ///     Imprecision::new(80, Amount::Ticks(0), 196).into(), // ferritin: CV 8 %
    ///     Reading::read("4500").unwrap(),
    ///     Imprecision::new(150, Amount::Ticks(0), 196).into(), // HLA-DR: CV 15 %
    /// );
    /// assert_eq!(chances.map(|p| (p.single().unwrap() * 1e3) as i32), [687, 240, 71]); // mals, immunoparalysis, unclassified
    /// ```
    pub fn chances(
        &self,
        ferritin: Reading<Ferritin>,
        of_ferritin: Uncertainty<Ferritin>,
        mhla_dr: Reading<MhlaDr>,
        of_mhla_dr: Uncertainty<MhlaDr>,
    ) -> [Chance; 3] {
        let high = self.rows().ferritin.chance(ferritin, of_ferritin);
        let low = self.rows().mhla_dr.chance(mhla_dr, of_mhla_dr);
        [high, (!high).and(low), (!high).and(!low)]
    }

    /// How probable it is that the true class is another than that of the readings; `None` while that one is open.
    ///
    /// ```
    /// use endotype::{Reading, Uncertainty, published::IMMUNOSEP};
    /// let per_mille = |ferritin, mhla_dr| {
    ///     let (of_ferritin, of_mhla_dr) = (Uncertainty::log_normal(0.08).unwrap(), Uncertainty::log_normal(0.15).unwrap());
    ///     let risk = IMMUNOSEP.risk(Reading::read(ferritin).unwrap(), of_ferritin, Reading::read(mhla_dr).unwrap(), of_mhla_dr)?;
    ///     risk.single().map(|p| (p * 1e3) as i32)
    /// };
    /// assert_eq!([per_mille("4600", ""), per_mille("900", "4500"), per_mille("900", "")], [Some(308), Some(239), None]);
    /// ```
    pub fn risk(
        &self,
        ferritin: Reading<Ferritin>,
        of_ferritin: Uncertainty<Ferritin>,
        mhla_dr: Reading<MhlaDr>,
        of_mhla_dr: Uncertainty<MhlaDr>,
    ) -> Option<Chance> {
        let class = self.classify(ferritin, mhla_dr).single()?;
        let [mals, immunoparalysis, unclassified] = self.chances(ferritin, of_ferritin, mhla_dr, of_mhla_dr);
        Some(!match class {
            Endotype::Mals => mals,
            Endotype::Immunoparalysis => immunoparalysis,
            Endotype::Unclassified => unclassified,
        })
    }
}
