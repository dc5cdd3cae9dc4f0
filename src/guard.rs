//! Guard bands: an assay's imprecision moves a cut-off apart, in `const`; between its two halves the answer is open.

use crate::cutoffs::{Cutoff, Cutoffs, Points};
use crate::quantity::Quantity;
use crate::reading::{ANY, Amount, Reading};
use core::marker::PhantomData;

/// How far an assay's results scatter about the true value, in the terms of JCGM 106:2012: the expanded uncertainty U at a true
/// value t is `k * sqrt(a^2 + (cv*t)^2)`, and the guard band is as wide.
///
/// Coefficient of variation (per mille), absolute part (the quantity's unit) and coverage factor (hundredths) are the integrator's,
/// of the assay and the laboratory; none is taken for granted. A result r is then of a true value t with `|r - t| <= U(t)`: what that
/// leaves open stays open, so a result next to a cut-off is not a result.
///
/// ```
/// use endotype::{Amount, Criteria, Endotype, Imprecision, Reading, published::IMMUNOSEP};
/// static GUARDED: Criteria = IMMUNOSEP.guarded(
///     Imprecision::new(80, Amount::Ticks(0), 196),  // ferritin: CV 8 %, k = 1.96
///     Imprecision::new(150, Amount::Ticks(0), 196), // HLA-DR: CV 15 %
/// );
/// let class = |f, h| GUARDED.classify(Reading::read(f).unwrap(), Reading::read(h).unwrap()).single();
/// assert_eq!([class("900", "3500"), class("900", "3600")], [Some(Endotype::Immunoparalysis), None]);
/// assert_eq!([class("6000", ""), class("4421", "")], [Some(Endotype::Mals), None]);
/// ```
///
/// Errors are the compiler's: a band as wide as the value itself (CV times coverage of 1 or more), or an absolute part outside the
/// quantity's range. A ferritin's imprecision is not an HLA-DR's.
///
/// ```compile_fail
/// use endotype::{Amount, Imprecision, quantity::Ferritin};
/// const TOO_WIDE: Imprecision<Ferritin> = Imprecision::new(500, Amount::Ticks(0), 200);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Imprecision<Q> {
    pub(crate) per_mille: u16,
    pub(crate) absolute: u32,
    pub(crate) coverage: u16,
    quantity: PhantomData<Q>,
}

impl<Q: Quantity> Imprecision<Q> {
    /// Coefficient of variation in per mille, absolute standard uncertainty, coverage factor in hundredths (196 is 1.96); call it in a
    /// `const`, where a band that is too wide does not compile.
    ///
    /// ```
    /// use endotype::{Amount, Imprecision, quantity::Ferritin};
    /// const ASSAY: Imprecision<Ferritin> = Imprecision::new(60, Amount::Units(3), 200);
    /// ```
    pub const fn new(per_mille: u16, absolute: Amount, coverage: u16) -> Self {
        let absolute = match absolute {
            Amount::Ticks(ticks) if ticks <= Q::RANGE[1] * Q::TICKS => ticks,
            Amount::Units(units) if units <= Q::RANGE[1] => units * Q::TICKS,
            _ => panic!("the absolute part is an amount of the reportable range"),
        };
        assert!(per_mille as u32 * (coverage as u32) < 100_000, "the guard band is narrower than the value");
        Imprecision { per_mille, absolute, coverage, quantity: PhantomData }
    }

    /// How far U reaches at a cut-off: whole ticks, and whether it ends on one.
    // Bit by bit, so that a device which is told its assay's imprecision needs no division either.
    const fn reach(&self, cut: i32) -> (i64, bool) {
        // U = coverage * sqrt(s) / 100,000 in ticks, s in square thousandths.
        let (absolute, relative) = (1_000 * self.absolute as u128, self.per_mille as u128 * cut.unsigned_abs() as u128);
        let square = (absolute * absolute + relative * relative) * (self.coverage as u128 * self.coverage as u128);
        let (mut ticks, mut bit) = (0, 1 << 32);
        while bit > 0 {
            let more: u128 = (ticks | bit) * 100_000;
            if more * more <= square {
                ticks |= bit;
            }
            bit >>= 1;
        }
        (ticks as i64, ticks * ticks * 10_000_000_000 == square)
    }

    /// From a cut-off's edge in half-ticks its two: from where on it is certainly, and from where on possibly passed; complemented
    /// where it falls, and beyond every reading where it is never.
    ///
    /// Every true value short of a cut-off T gives at most `T + U(T)`, every one beyond it more than `T - U(T)`, since U grows slower than
    /// the value. So both are exact, and as strict as T; one that is no half-tick is taken outward to the next.
    const fn apart(&self, edge: i32, falls: bool) -> [i32; 2] {
        if matches!(edge, i32::MIN | i32::MAX) {
            return [i32::MAX; 2];
        }
        let (strict, way) = ((edge & 1) as i64, if falls { -1 } else { 1 });
        let cut = (edge as i64 - way * strict) >> 1;
        let (reach, ends_on_a_tick) = self.reach(cut as i32);
        let [surely, possibly] = if ends_on_a_tick { [strict; 2] } else { [2, -1] };
        let edges = [2 * (cut + way * reach) + way * surely, 2 * (cut - way * reach) + way * possibly];
        let [surely, possibly] = [clamped(edges[0]), clamped(edges[1])];
        match falls {
            true => [!surely, !possibly],
            false => [surely, if possibly < 0 { 0 } else { possibly }],
        }
    }
}

/// Short of every amount, or beyond: -1 is below all of them.
const fn clamped(half_ticks: i64) -> i32 {
    if half_ticks < -1 {
        -1
    } else if half_ticks > ANY[1] as i64 {
        ANY[1]
    } else {
        half_ticks as i32
    }
}

impl<Q: Quantity> Cutoff<Q> {
    /// The same with a guard band; call it in a `const`, where a second band on top does not compile.
    ///
    /// ```
    /// use endotype::{Amount, Cutoff, Imprecision, Met, Reading, quantity::MhlaDr};
    /// const GUARDED: Cutoff<MhlaDr> = Cutoff::new("< 5000").guarded(Imprecision::new(150, Amount::Ticks(0), 196));
    /// let met = |text| GUARDED.met(Reading::read(text).unwrap());
    /// assert_eq!([met("3529.9"), met("3530"), met("6469.9"), met("6470")], [Met::Yes, Met::Unknown, Met::Unknown, Met::No]);
    /// ```
    pub const fn guarded(self, imprecision: Imprecision<Q>) -> Cutoff<Q> {
        let [last, first] = self.edge();
        assert!(last.abs_diff(first) == 1, "a cut-off has one guard band");
        let [surely, possibly] = imprecision.apart(first, self.falls());
        Cutoff::between(surely, possibly)
    }
}

/// A published row with a guard band at each cut-off.
///
/// ```
/// use endotype::{Amount, Guarded, Imprecision, Points, Reading, published::SOFA_1996, quantity::Platelets};
/// static PLATELETS: Guarded<Platelets> = SOFA_1996.rows().platelets.guarded(Imprecision::new(40, Amount::Units(1), 200));
/// let points = |text| PLATELETS.points(Reading::read(text).unwrap());
/// assert_eq!([points("120"), points("104"), points("92")], [Points::only(1), Points::span(1, 2), Points::span(1, 2)]);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Guarded<Q> {
    /// As those of a [`Cutoff`], mildest first.
    pub(crate) surely: [i32; 4],
    pub(crate) possibly: [i32; 4],
    /// The points that the row does not jump over.
    members: Points,
    quantity: PhantomData<Q>,
}

impl<Q: Quantity> Cutoffs<Q> {
    /// The same row with a guard band at each cut-off; call it in a `const`.
    ///
    /// ```
    /// use endotype::{Amount, Guarded, Imprecision, Points, Reading, published::SOFA_1996, quantity::Creatinine};
    /// const ROW: Guarded<Creatinine> = SOFA_1996.rows().creatinine.guarded(Imprecision::new(0, Amount::Ticks(50), 200));
    /// assert_eq!(ROW.points(Reading::read("1.2").unwrap()), Points::span(0, 1));
    /// assert_eq!(ROW.points(Reading::read("1.3").unwrap()), Points::only(1));
    /// ```
    pub const fn guarded(&self, imprecision: Imprecision<Q>) -> Guarded<Q> {
        let (falls, edges) = self.raw().printed(Self::STEP);
        let (mut surely, mut possibly, mut members, mut i) = ([0; 4], [0; 4], Points::only(0), 0);
        while i < 4 {
            [surely[i], possibly[i]] = imprecision.apart(edges[i], falls);
            i += 1;
            if i == 4 || edges[i - 1] != edges[i] {
                members = members.or(Points::only(i as u8));
            }
        }
        Guarded { surely, possibly, members, quantity: PhantomData }
    }
}

impl<Q: Quantity> Guarded<Q> {
    /// The points that the reading leaves possible.
    ///
    /// ```
    /// use endotype::{Amount, Imprecision, Points, Reading, published::SOFA_1996};
    /// let row = SOFA_1996.rows().map.guarded(Imprecision::new(0, Amount::Units(2), 200));
    /// assert_eq!(["65", "66", "73", "74"].map(|map| row.points(Reading::read(map).unwrap()).ends()), [[1, 1], [0, 1], [0, 1], [0, 0]]);
    /// ```
    pub const fn points(&self, reading: Reading<Q>) -> Points {
        let [lo, hi] = reading.ends;
        let (lo, hi) = if self.possibly[0] < 0 { (!hi, !lo) } else { (lo, hi) };
        let [least, most] = [passed(&self.surely, lo), passed(&self.possibly, hi)];
        Points(Points::span(least, most).0 & self.members.0)
    }
}

/// How many edges an end has passed.
const fn passed(mut edges: &[i32], end: i32) -> u8 {
    let mut passed = 0;
    while let [edge, rest @ ..] = edges {
        if end < *edge {
            break;
        }
        passed += 1;
        edges = rest;
    }
    passed
}
