//! Cut-offs, and the sets of points that they leave possible.

use crate::quantity::Quantity;
use crate::reading::{Ends, Met, Reading, decimal, skip_blanks};
use core::marker::PhantomData;

/// The points of one organ that are still possible: a set of 0 to 4.
///
/// ```
/// use endotype::Points;
/// let open = Points::span(2, 4);
/// assert_eq!((open.ends(), open.single(), open.contains(3)), ([2, 4], None, true));
/// assert_eq!(open.join(Points::only(4)), Points::only(4));
/// assert_eq!(open.join(Points::only(3)), Points::span(3, 4));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Points(pub(crate) u8);

impl Points {
    /// Every value: nothing is known.
    pub const ALL: Points = Points(0b1_1111);

    /// One value; above 4 it is 4.
    ///
    /// ```
    /// assert_eq!(endotype::Points::only(3).single(), Some(3));
    /// ```
    pub const fn only(points: u8) -> Points {
        Points(1 << if points > 4 { 4 } else { points })
    }

    /// From one value to another, both included, in either order.
    ///
    /// ```
    /// assert_eq!(endotype::Points::span(0, 4), endotype::Points::ALL);
    /// ```
    pub const fn span(from: u8, to: u8) -> Points {
        let (a, b) = (Points::only(from).0, Points::only(to).0);
        let (low, high) = if a < b { (a, b) } else { (b, a) };
        Points((high << 1) - low)
    }

    /// The worst of two moments: every maximum of a value of one and a value of the other.
    ///
    /// Commutative, associative and idempotent; `only(0)` changes nothing.
    ///
    /// ```
    /// use endotype::Points;
    /// assert_eq!(Points::span(0, 3).join(Points::span(2, 4)), Points::span(2, 4));
    /// ```
    pub const fn join(self, other: Points) -> Points {
        Points(Lanes(self.0 as u64).join(Lanes(other.0 as u64)).0 as u8)
    }

    /// Either set may be the true one.
    pub(crate) const fn or(self, other: Points) -> Points {
        Points(self.0 | other.0)
    }

    /// At most so many points.
    pub(crate) const fn capped(self, top: u8) -> Points {
        let top = Points::only(top).0;
        let kept = self.0 & ((top << 1) - 1);
        Points(if kept == self.0 { kept } else { kept | top })
    }

    /// Whether the value is still possible.
    ///
    /// ```
    /// assert!(!endotype::Points::only(3).contains(2));
    /// ```
    pub const fn contains(self, points: u8) -> bool {
        points <= 4 && self.0 >> points & 1 == 1
    }

    /// The lowest and the highest value that is still possible.
    ///
    /// ```
    /// assert_eq!(endotype::Points::span(2, 3).ends(), [2, 3]);
    /// ```
    pub const fn ends(self) -> [u8; 2] {
        let [lo, hi] = ends(self.0 as u32);
        [lo as u8, hi as u8]
    }

    /// The value, once only one is left.
    ///
    /// ```
    /// assert_eq!(endotype::Points::span(2, 3).single(), None);
    /// ```
    pub const fn single(self) -> Option<u8> {
        let [lo, hi] = self.ends();
        if lo == hi { Some(lo) } else { None }
    }
}

/// The lowest and the highest member of a set in which bit n stands for n; an empty set has the ends of `{0}`.
pub(crate) const fn ends(mut bits: u32) -> [u32; 2] {
    let mut lo = 0;
    while bits & 1 == 0 && bits > 1 {
        bits >>= 1;
        lo += 1;
    }
    let mut hi = lo;
    while bits > 1 {
        bits >>= 1;
        hi += 1;
    }
    [lo, hi]
}

/// A total that is still possible: a set of 0 to 24.
///
/// ```
/// use endotype::{Points, Sofa};
/// let mut sofa = Sofa::from([Points::only(1); 6]);
/// assert_eq!((sofa.total().ends(), sofa.total().single()), ([6, 6], Some(6)));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Total(pub(crate) u32);

impl Total {
    /// Every total: nothing is known.
    pub const ALL: Total = Total((1 << 25) - 1);

    /// One total; above 24 it is 24.
    ///
    /// ```
    /// assert_eq!(endotype::Total::only(11).single(), Some(11));
    /// ```
    pub const fn only(total: u8) -> Total {
        Total(1 << if total > 24 { 24 } else { total })
    }

    /// Adds an organ: every sum of a total and a value.
    pub(crate) const fn plus(self, points: Points) -> Total {
        let (mut sums, mut k) = (0, 0);
        while k <= 4 {
            if points.contains(k) {
                sums |= self.0 << k;
            }
            k += 1;
        }
        Total(sums)
    }

    /// Whether the total is still possible.
    ///
    /// ```
    /// assert!(endotype::Total::ALL.contains(24) && !endotype::Total::ALL.contains(25));
    /// ```
    pub const fn contains(self, total: u8) -> bool {
        total <= 24 && self.0 >> total & 1 == 1
    }

    /// The lowest and the highest total that is still possible.
    ///
    /// ```
    /// assert_eq!(endotype::Total::ALL.ends(), [0, 24]);
    /// ```
    pub const fn ends(self) -> [u8; 2] {
        let [lo, hi] = ends(self.0);
        [lo as u8, hi as u8]
    }

    /// The total, once only one is left.
    ///
    /// ```
    /// assert_eq!(endotype::Total::ALL.single(), None);
    /// ```
    pub const fn single(self) -> Option<u8> {
        let [lo, hi] = self.ends();
        if lo == hi { Some(lo) } else { None }
    }

    /// Whether the total is at least this much.
    ///
    /// ```
    /// use endotype::{Met, Total};
    /// assert_eq!([Total::only(2).at_least(2), Total::only(1).at_least(2), Total::ALL.at_least(2)], [Met::Yes, Met::No, Met::Unknown]);
    /// ```
    pub const fn at_least(self, total: u8) -> Met {
        let [lo, hi] = self.ends();
        Met::of(lo >= total, hi >= total)
    }
}

/// Up to twelve point sets side by side, five bits each, an empty one not scored: joined all at once.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub(crate) struct Lanes(pub(crate) u64);

impl Lanes {
    pub(crate) const EMPTY: Lanes = Lanes(0);
    const ONES: u64 = 0x0084_2108_4210_8421;

    pub(crate) const fn with(self, lane: u32, points: Points) -> Lanes {
        self.join(Lanes((points.0 as u64) << (5 * lane)))
    }

    pub(crate) const fn get(self, lane: u32) -> Option<Points> {
        match (self.0 >> (5 * lane)) as u8 & 0b1_1111 {
            0 => None,
            set => Some(Points(set)),
        }
    }

    /// The worst of two, lane by lane; an empty lane changes nothing.
    pub(crate) const fn join(self, other: Lanes) -> Lanes {
        // A member stands if the other set has one no higher: drop what lies below either set's lowest.
        let (a, b) = (self.0 | self.empty(), other.0 | other.empty());
        let below = (a - Self::ONES) & !a | (b - Self::ONES) & !b;
        Lanes((a | b) & !below & !(self.empty() & other.empty()))
    }

    const fn empty(self) -> u64 {
        let x = self.0;
        Self::ONES & !(x | x >> 1 | x >> 2 | x >> 3 | x >> 4)
    }
}

/// A cut-off's words as its direction and its edge: the first (rising) or last (falling) half-tick that passes.
const fn edge(words: &str, ends: Ends) -> Option<(bool, i32)> {
    let (falling, inclusive, amount) = match words.as_bytes() {
        [b'<', b'=', amount @ ..] => (true, true, amount),
        [b'<', amount @ ..] => (true, false, amount),
        [b'>', b'=', amount @ ..] => (false, true, amount),
        [b'>', amount @ ..] => (false, false, amount),
        _ => return None,
    };
    match decimal(skip_blanks(amount), ends) {
        Ok((on, [])) if on & 1 == 0 => Some((
            falling,
            if inclusive {
                on
            } else if falling {
                on - 1
            } else {
                on + 1
            },
        )),
        _ => None,
    }
}

/// One cut-off in its paper's words, as `> 4420` or `< 5000`.
///
/// ```
/// use endotype::{Cutoff, Met, Reading, quantity::Ferritin};
/// const HIGH: Cutoff<Ferritin> = Cutoff::new("> 4420");
/// let met = |text| HIGH.met(Reading::read(text).unwrap());
/// assert_eq!([met("4420"), met("4420.0004"), met(">2000"), met("")], [Met::No, Met::Yes, Met::Unknown, Met::Unknown]);
/// ```
///
/// ```compile_fail
/// use endotype::{Cutoff, quantity::Ferritin};
/// const NO_SIGN: Cutoff<Ferritin> = Cutoff::new("4420");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Cutoff<Q> {
    falling: bool,
    edge: i32,
    quantity: PhantomData<Q>,
}

impl<Q: Quantity> Cutoff<Q> {
    /// From the paper's words; anything but `<`, `<=`, `>` or `>=` and a reportable amount on a tick does not compile in a `const`.
    ///
    /// ```
    /// use endotype::{Cutoff, quantity::MhlaDr};
    /// const LOW: Cutoff<MhlaDr> = Cutoff::new("< 5000");
    /// ```
    pub const fn new(words: &str) -> Self {
        match edge(words, Ends::of::<Q>()) {
            Some((falling, edge)) => Cutoff { falling, edge, quantity: PhantomData },
            None => panic!("a cut-off is <, <=, > or >= and a reportable amount on a tick"),
        }
    }

    /// Whether the reading passes the cut-off.
    ///
    /// ```
    /// use endotype::{Met, Reading, published::IMMUNOSEP};
    /// assert_eq!(IMMUNOSEP.rows().mhla_dr.met(Reading::read("5000").unwrap()), Met::No);
    /// ```
    pub const fn met(self, reading: Reading<Q>) -> Met {
        if self.falling {
            Met::of(reading.hi <= self.edge, reading.lo <= self.edge)
        } else {
            Met::of(reading.lo >= self.edge, reading.hi >= self.edge)
        }
    }

    /// Where it changes: the last half-tick before it and the first behind it.
    ///
    /// ```
    /// assert_eq!(endotype::published::IMMUNOSEP.rows().ferritin.edge(), [8_840_000, 8_840_001]);
    /// ```
    pub const fn edge(self) -> [i32; 2] {
        [if self.falling { self.edge + 1 } else { self.edge - 1 }, self.edge]
    }

    pub(crate) const fn raw(self) -> RawCutoffs {
        RawCutoffs { falling: self.falling, edges: [self.edge; 4] }
    }
}

/// Four cut-offs without their quantity: what the shared functions and the fingerprint read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub(crate) struct RawCutoffs {
    pub(crate) falling: bool,
    pub(crate) edges: [i32; 4],
}

impl RawCutoffs {
    /// A cut-off that no value passes.
    pub(crate) const fn never(self, edge: i32) -> bool {
        if self.falling { edge == i32::MIN } else { edge == i32::MAX }
    }

    pub(crate) const fn around_each(self) -> [Option<[i32; 2]>; 4] {
        let [a, b, c, d] = self.edges;
        [self.around(a), self.around(b), self.around(c), self.around(d)]
    }

    /// The last half-tick before an edge, and the edge.
    const fn around(self, edge: i32) -> Option<[i32; 2]> {
        if self.never(edge) { None } else { Some([if self.falling { edge + 1 } else { edge - 1 }, edge]) }
    }

    /// How many of the cut-offs a value passes.
    const fn passed(self, half_ticks: i32) -> u8 {
        let [a, b, c, d] = self.edges;
        if self.falling {
            (half_ticks <= a) as u8 + (half_ticks <= b) as u8 + (half_ticks <= c) as u8 + (half_ticks <= d) as u8
        } else {
            (half_ticks >= a) as u8 + (half_ticks >= b) as u8 + (half_ticks >= c) as u8 + (half_ticks >= d) as u8
        }
    }

    /// The points that exist in the row: equal neighbours jump over the ones between.
    const fn zones(self) -> u8 {
        let [a, b, c, d] = self.edges;
        0b1_0001 | (((a != b) as u8) << 1) | (((b != c) as u8) << 2) | (((c != d) as u8) << 3)
    }

    const fn between(self, best: u8, worst: u8) -> Points {
        Points(Points::span(best, worst).0 & self.zones())
    }

    /// The points of any value between two ends.
    pub(crate) const fn points(self, lo: i32, hi: i32) -> Points {
        let (best, worst) = if self.falling { (hi, lo) } else { (lo, hi) };
        self.between(self.passed(best), self.passed(worst))
    }

    /// The points of `numerator * scale / denominator`, where the cut-offs are in half-ticks of that quotient.
    ///
    /// Each side is rounded outward to its tick, so ends that lie on ticks are exact; nothing is divided.
    pub(crate) const fn of_ratio(self, numerator: [i32; 2], denominator: [i32; 2], scale: i32) -> Points {
        let low = Side {
            over: (numerator[0] & !1) * scale,
            under: denominator[1] + (denominator[1] & 1),
            open: numerator[0] != 0 && (numerator[0] | denominator[1]) & 1 == 1,
        };
        let high = Side {
            over: (numerator[1] + (numerator[1] & 1)) * scale,
            under: denominator[0] & !1,
            open: numerator[1] != 0 && (numerator[1] | denominator[0]) & 1 == 1,
        };
        // The end at which the fewest cut-offs are passed is passed for certain, so an open end counts what it touches.
        let (best, worst) = if self.falling { (high, low) } else { (low, high) };
        self.between(self.passed_ratio(best, true), self.passed_ratio(worst, false))
    }

    const fn passed_ratio(self, side: Side, certain: bool) -> u8 {
        let [a, b, c, d] = self.edges;
        self.passes(side, certain, a)
            + self.passes(side, certain, b)
            + self.passes(side, certain, c)
            + self.passes(side, certain, d)
    }

    const fn passes(self, side: Side, certain: bool, edge: i32) -> u8 {
        if self.never(edge) {
            return 0;
        }
        let strict = edge & 1 == 1;
        let touches = if certain { !strict || side.open } else { !strict && !side.open };
        // A strict edge lies one half-tick inside its cut-off.
        let cut = if self.falling { (edge + 1) >> 1 } else { edge >> 1 } * side.under;
        let beyond = if self.falling { side.over < cut } else { side.over > cut };
        (beyond || touches && side.over == cut) as u8
    }

    /// The same row in a quantity whose tick is `by` of this one's ticks, to be compared against denominators of at most so many
    /// half-ticks; a cut-off between its ticks, or too large for the product, does not compile.
    const fn coarser(self, by: i32, most: i32) -> RawCutoffs {
        let (mut edges, mut i) = (self.edges, 0);
        while i < 4 {
            if !self.never(edges[i]) {
                let inside = if self.falling { -(edges[i] & 1) } else { edges[i] & 1 };
                let cut = (edges[i] - inside) >> 1;
                #[allow(
                    clippy::integer_division,
                    clippy::modulo_arithmetic,
                    reason = "computed in const, and checked to be exact"
                )]
                {
                    assert!(cut % by == 0, "the cut-off lies between two ticks of the coarser quantity");
                    assert!(cut / by <= i32::MAX / most, "the cut-off times the largest denominator does not fit");
                    edges[i] = 2 * (cut / by) + inside;
                }
            }
            i += 1;
        }
        RawCutoffs { falling: self.falling, edges }
    }
}

/// One end of a quotient.
#[derive(Clone, Copy)]
struct Side {
    over: i32,
    under: i32,
    /// Whether the end itself is not reached; 0 over anything is.
    open: bool,
}

/// A published row: four cut-offs in the paper's words; the points of a value are how many it passes.
///
/// Equal neighbours are a jump, `never` is a cut-off that no value passes, and each may be strict on its own:
///
/// ```
/// use endotype::{Cutoffs, Points, Reading, quantity::{BilirubinSi, Urine}};
/// const LIVER: Cutoffs<BilirubinSi> = Cutoffs::new([">= 20", ">= 33", ">= 102", "> 204"]);
/// const URINE: Cutoffs<Urine> = Cutoffs::new(["< 500", "< 500", "< 500", "< 200"]);
/// assert_eq!(LIVER.points(Reading::read("204").unwrap()), Points::only(3));
/// assert_eq!(URINE.points(Reading::read("<500").unwrap()), Points::span(3, 4));
/// assert!(!URINE.points(Reading::read("0..500").unwrap()).contains(1));
/// ```
///
/// Unsorted cut-offs, two directions, or a cut-off finer than the tick do not compile; nor does a reading of another quantity:
///
/// ```compile_fail
/// use endotype::{Cutoffs, quantity::Platelets};
/// const UNSORTED: Cutoffs<Platelets> = Cutoffs::new(["< 100", "< 150", "< 50", "< 20"]);
/// ```
/// ```compile_fail
/// use endotype::{Cutoffs, quantity::Platelets};
/// const BOTH_WAYS: Cutoffs<Platelets> = Cutoffs::new(["< 150", "> 100", "< 50", "< 20"]);
/// ```
/// ```compile_fail
/// use endotype::{Cutoffs, quantity::Platelets};
/// const TOO_FINE: Cutoffs<Platelets> = Cutoffs::new(["< 150.0001", "< 100", "< 50", "< 20"]);
/// ```
/// ```compile_fail
/// // Liver points from platelets, AmsterdamUMC/AmsterdamUMCdb#36.
/// use endotype::{Reading, published::SOFA_1996, quantity::Platelets};
/// let points = SOFA_1996.rows().bilirubin.points(Reading::<Platelets>::UNKNOWN);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Cutoffs<Q> {
    raw: RawCutoffs,
    quantity: PhantomData<Q>,
}

impl<Q: Quantity> Cutoffs<Q> {
    /// From the paper's words, the mildest first; call it in a `const`, where a faulty row does not compile.
    ///
    /// ```
    /// use endotype::{Cutoffs, quantity::Gcs};
    /// const BRAIN: Cutoffs<Gcs> = Cutoffs::new(["< 15", "< 13", "< 10", "< 6"]);
    /// ```
    pub const fn new(words: [&str; 4]) -> Self {
        let first = match edge(words[0], Ends::of::<Q>()) {
            Some((falling, _)) => falling,
            None => panic!("the first cut-off is <, <=, > or >= and a reportable amount on a tick"),
        };
        let (mut edges, mut i) = ([0; 4], 0);
        while i < 4 {
            edges[i] = match (edge(words[i], Ends::of::<Q>()), words[i].as_bytes()) {
                (Some((falling, edge)), _) => {
                    assert!(falling == first, "all cut-offs of a row point in one direction");
                    edge
                }
                (None, b"never") => {
                    if first {
                        i32::MIN
                    } else {
                        i32::MAX
                    }
                }
                (None, _) => panic!("a cut-off is <, <=, > or >= and a reportable amount on a tick, or never"),
            };
            assert!(
                i == 0 || if first { edges[i] <= edges[i - 1] } else { edges[i] >= edges[i - 1] },
                "the cut-offs of a row are sorted, the mildest first"
            );
            i += 1;
        }
        Cutoffs { raw: RawCutoffs { falling: first, edges }, quantity: PhantomData }
    }

    /// The points that the reading leaves possible.
    ///
    /// ```
    /// use endotype::{Points, Reading, published::SOFA_1996};
    /// assert_eq!(SOFA_1996.rows().platelets.points(Reading::read("<100").unwrap()), Points::span(2, 4));
    /// ```
    pub const fn points(self, reading: Reading<Q>) -> Points {
        self.raw.points(reading.lo, reading.hi)
    }

    pub(crate) const fn raw(self) -> RawCutoffs {
        self.raw
    }

    /// [`RawCutoffs::coarser`], against denominators of another quantity.
    pub(crate) const fn over<D: Quantity>(self, by: i32) -> RawCutoffs {
        self.raw.coarser(by, (2 * D::RANGE[1] * D::TICKS).cast_signed())
    }

    /// Where the points change: of each cut-off that some value passes, the last half-tick before it and the first behind it.
    ///
    /// ```
    /// use endotype::published::SOFA_1996;
    /// assert_eq!(SOFA_1996.rows().map.edges()[0], Some([140_000, 139_999]));
    /// assert_eq!(SOFA_1996.rows().map.edges()[1], None);
    /// ```
    pub const fn edges(self) -> [Option<[i32; 2]>; 4] {
        self.raw.around_each()
    }
}
