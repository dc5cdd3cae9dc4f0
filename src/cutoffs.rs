//! Cut-offs, and the sets of points that they leave possible.

use crate::error::Error;
use crate::quantity::{Quantity, Scale, Weight};
use crate::reading::{Ends, Met, Reading, decimal, wide};
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

    /// From its bits, of which bit n is n points; none of no bit, or of a bit above 4.
    ///
    /// ```
    /// use endotype::Points;
    /// assert_eq!(Points::from_bits(0b0_1100), Some(Points::span(2, 3)));
    /// assert_eq!([Points::from_bits(0), Points::from_bits(0b10_0000)], [None; 2]);
    /// ```
    pub const fn from_bits(bits: u8) -> Option<Points> {
        if bits == 0 || bits > Points::ALL.0 { None } else { Some(Points(bits)) }
    }

    /// Its bits.
    ///
    /// ```
    /// assert_eq!(endotype::Points::only(3).bits(), 0b0_1000);
    /// ```
    pub const fn bits(self) -> u8 {
        self.0
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
        // A member stands if the other set has one no higher: drop what lies below either set's lowest.
        let (mine, theirs) = (self.0 & self.0.wrapping_neg(), other.0 & other.0.wrapping_neg());
        let lowest = if mine > theirs { mine } else { theirs };
        Points((self.0 | other.0) & lowest.wrapping_neg())
    }

    /// Either set may be the true one.
    pub(crate) const fn or(self, other: Points) -> Points {
        Points(self.0 | other.0)
    }

    /// Any value up to the highest.
    pub(crate) const fn up_to_highest(self) -> Points {
        let set = self.0;
        Points(set | set >> 1 | set >> 2 | set >> 3 | set >> 4)
    }

    /// One point more, at most 4.
    pub(crate) const fn one_more(self) -> Points {
        Points((self.0 << 1 | self.0 & 0b1_0000) & Points::ALL.0)
    }

    /// At most so many points, one value.
    pub(crate) const fn capped(self, top: Points) -> Points {
        let kept = self.0 & ((top.0 << 1) - 1);
        Points(if kept == self.0 { kept } else { kept | top.0 })
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

    /// From its bits, of which bit n is a total of n; none of no bit, or of a bit above 24.
    ///
    /// ```
    /// use endotype::Total;
    /// assert_eq!(Total::from_bits(1 << 9), Some(Total::only(9)));
    /// assert_eq!([Total::from_bits(0), Total::from_bits(1 << 25)], [None; 2]);
    /// ```
    pub const fn from_bits(bits: u32) -> Option<Total> {
        if bits == 0 || bits > Total::ALL.0 { None } else { Some(Total(bits)) }
    }

    /// Its bits.
    ///
    /// ```
    /// assert_eq!(endotype::Total::only(9).bits(), 1 << 9);
    /// ```
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// From one total to another, neither above 24.
    pub(crate) const fn span(lo: u8, hi: u8) -> Total {
        Total((2 << hi) - (1 << lo))
    }

    /// Adds an organ: every sum of a total and a value.
    pub(crate) const fn plus(self, points: Points) -> Total {
        let (mut sums, mut sum, mut left) = (0, self.0, points.0);
        while left > 0 {
            if left & 1 == 1 {
                sums |= sum;
            }
            sum <<= 1;
            left >>= 1;
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

/// Six point sets side by side, five bits each, an empty one not scored: joined all at once. The two bits left are flags.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub(crate) struct Lanes(pub(crate) u32);

impl Lanes {
    pub(crate) const EMPTY: Lanes = Lanes(0);
    /// 0 in every lane.
    pub(crate) const NORMAL: Lanes = Lanes(0x0210_8421);
    pub(crate) const ALL: Lanes = Lanes(0b1_1111 * Lanes::NORMAL.0);

    /// One set in its lane, which begins at this bit.
    pub(crate) const fn only(bit: u32, points: Points) -> Lanes {
        Lanes((points.0 as u32) << bit)
    }

    /// Every empty lane as in another word.
    pub(crate) const fn filled(self, other: Lanes) -> Lanes {
        Lanes(self.0 | other.0 & (self.empty() * 0b1_1111))
    }

    pub(crate) const fn get(self, bit: u32) -> Option<Points> {
        match (self.0 >> bit) as u8 & 0b1_1111 {
            0 => None,
            set => Some(Points(set)),
        }
    }

    /// The worst of two, lane by lane, and either's flags; an empty lane changes nothing.
    pub(crate) const fn join(self, other: Lanes) -> Lanes {
        // As Points::join; an empty lane is filled with 0, unless both are.
        let (mine, theirs) = (self.empty(), other.empty());
        let (a, b) = (self.0 | mine, other.0 | theirs);
        let below = (a - Self::NORMAL.0) & !a | (b - Self::NORMAL.0) & !b;
        Lanes((a | b) & !below & !(mine & theirs))
    }

    /// The first bit of each lane that is empty.
    pub(crate) const fn empty(self) -> u32 {
        let x = self.0;
        Self::NORMAL.0 & !(x | x >> 1 | x >> 2 | x >> 3 | x >> 4)
    }
}

/// A cut-off's words as its direction and its edge: the first (rising) or last (falling) half-tick that passes.
const fn edge(words: &str, ends: Ends) -> Option<(bool, i32)> {
    let (falling, inclusive, mut amount): (bool, bool, &[u8]) = match words.as_bytes() {
        [b'<', b'=', amount @ ..] => (true, true, amount),
        [b'<', amount @ ..] => (true, false, amount),
        [b'>', b'=', amount @ ..] => (false, true, amount),
        [b'>', amount @ ..] => (false, false, amount),
        _ => return None,
    };
    match decimal(&mut amount, &ends) {
        Ok(on) if on & 1 == 0 && amount.is_empty() => Some((
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
    /// The first half-tick that certainly passes, and the first that possibly does; of a falling cut-off the complement of the last,
    /// since what falls rises in its complement. They differ by the guard band only.
    pub(crate) surely: i32,
    pub(crate) possibly: i32,
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
            Some((true, edge)) => {
                assert!(edge >= 0, "no amount lies below 0");
                Self::between(!edge, !edge)
            }
            Some((false, edge)) => Self::between(edge, edge),
            None => panic!("a cut-off is <, <=, > or >= and a reportable amount on a tick"),
        }
    }

    /// As [`new`](Self::new), from words that only a running device knows: a limit that a user sets.
    ///
    /// ```
    /// use endotype::{Cutoff, Error, quantity::Hemoglobin};
    /// assert_eq!(Cutoff::<Hemoglobin>::read("< 7"), Ok(Cutoff::new("< 7")));
    /// assert_eq!(Cutoff::<Hemoglobin>::read("7"), Err(Error::NotACutoff));
    /// assert_eq!(Cutoff::<Hemoglobin>::read("< 7.0001"), Err(Error::NotACutoff)); // finer than the tick
    /// ```
    pub const fn read(words: &str) -> Result<Self, Error> {
        match edge(words, Ends::of::<Q>()) {
            Some((true, edge)) if edge >= 0 => Ok(Self::between(!edge, !edge)),
            Some((false, edge)) => Ok(Self::between(edge, edge)),
            _ => Err(Error::NotACutoff),
        }
    }

    pub(crate) const fn between(surely: i32, possibly: i32) -> Self {
        Cutoff { surely, possibly, quantity: PhantomData }
    }

    /// Whether the reading passes the cut-off.
    ///
    /// ```
    /// use endotype::{Met, Reading, published::IMMUNOSEP};
    /// assert_eq!(IMMUNOSEP.rows().mhla_dr.met(Reading::read("5000").unwrap()), Met::No);
    /// ```
    pub const fn met(self, reading: Reading<Q>) -> Met {
        let [certainly, possibly] = self.passed(reading);
        Met::of(certainly, possibly)
    }

    /// Whether the reading certainly, and whether it possibly passes.
    pub(crate) const fn passed(self, reading: Reading<Q>) -> [bool; 2] {
        let [lo, hi] = reading.ends;
        let (lo, hi) = if self.falls() { (!hi, !lo) } else { (lo, hi) };
        [lo >= self.surely, hi >= self.possibly]
    }

    pub(crate) const fn falls(self) -> bool {
        self.possibly < 0
    }

    /// Where it changes: the last half-tick that certainly does not pass and the first that certainly does. They are neighbours, unless
    /// a guard band lies between them ([`guarded`](Cutoff::guarded)).
    ///
    /// ```
    /// assert_eq!(endotype::published::IMMUNOSEP.rows().ferritin.edge(), [8_840_000, 8_840_001]);
    /// ```
    pub const fn edge(self) -> [i32; 2] {
        let (last, first) = (self.possibly - 1, self.surely);
        if self.falls() { [!last, !first] } else { [last, first] }
    }

    /// As a row of 0 and 4 points, for any cut-off but `<= 0`.
    pub(crate) const fn raw(self) -> RawCutoffs {
        let [_, first] = self.edge();
        RawCutoffs([if self.falls() { -first } else { first }; 4])
    }
}

/// Four cut-offs without their quantity, mildest first: the first half-tick that passes each.
///
/// A falling row is the rising row of minus what is charted, so a row falls if its first edge is negative.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub(crate) struct RawCutoffs([i32; 4]);

impl RawCutoffs {
    /// A cut-off beyond every reading, unknown ones included.
    const NEVER: i32 = i32::MAX;

    const fn of(falling: bool, edges: [Option<i32>; 4]) -> RawCutoffs {
        let (mut all, mut i) = ([Self::NEVER; 4], 0);
        while i < 4 {
            if let Some(edge) = edges[i] {
                all[i] = if falling { -edge } else { edge };
            }
            i += 1;
        }
        assert!(falling == (all[0] < 0), "the mildest cut-off of a falling row lies above 0");
        RawCutoffs(all)
    }

    /// The same with at most so many points.
    pub(crate) const fn up_to(mut self, points: u8) -> RawCutoffs {
        let mut i = points as usize;
        while i < 4 {
            self.0[i] = Self::NEVER;
            i += 1;
        }
        self
    }

    const fn falling(&self) -> bool {
        self.0[0] < 0
    }

    /// Direction and edges as they are printed; one that no value passes is the last or the first integer.
    pub(crate) const fn printed(&self, step: i32) -> (bool, [i32; 4]) {
        let (mut edges, mut i) = (self.0, 0);
        while i < 4 {
            let edge = match edges[i] {
                Self::NEVER => Self::NEVER,
                edge => at(edge, step),
            };
            edges[i] = match (edge, self.falling()) {
                (Self::NEVER, true) => i32::MIN,
                (edge, true) => -edge,
                (edge, false) => edge,
            };
            i += 1;
        }
        (self.falling(), edges)
    }

    /// Of each cut-off that some value passes, the last half-tick before its edge and the edge.
    pub(crate) const fn around_each(&self, step: i32) -> [Option<[i32; 2]>; 4] {
        const fn around(falling: bool, edge: i32) -> Option<[i32; 2]> {
            match (edge, falling) {
                (i32::MIN | i32::MAX, _) => None,
                (edge, true) => Some([edge + 1, edge]),
                (edge, false) => Some([edge - 1, edge]),
            }
        }
        let (falling, [a, b, c, d]) = self.printed(step);
        [around(falling, a), around(falling, b), around(falling, c), around(falling, d)]
    }

    /// The points of any value between two ends.
    pub(crate) const fn points(&self, &[lo, hi]: &[i32; 2]) -> Points {
        let (lo, hi) = if self.falling() { (-hi, -lo) } else { (lo, hi) };
        let (mut passed, mut edges) = (Passed::NONE, self.0.as_slice());
        while let [edge, rest @ ..] = edges {
            if hi < *edge {
                break;
            }
            passed.one_more(*edge, lo >= *edge);
            edges = rest;
        }
        passed.points()
    }

    /// The points of a dose that adds up, with the cut-offs in steps of so many ticks; exact at ends that lie on ticks.
    pub(crate) fn of_dose(&self, dose: &Dose, step: i32, &[lightest, heaviest]: &[i32; 2]) -> Points {
        use core::cmp::Ordering::{Equal, Greater};
        let open = |by_weight: i32, per_minute: i32, weight: i32| {
            (by_weight | per_minute | if per_minute == 0 { 0 } else { weight }) & 1 == 1
        };
        let low_is_open = open(dose.by_weight[0], dose.per_minute[0], heaviest);
        let high_is_open = open(dose.by_weight[1], dose.per_minute[1], lightest);
        let (light, heavy) = ((lightest >> 1).cast_unsigned(), ((heaviest + 1) >> 1).cast_unsigned());
        let (mut passed, mut edges) = (Passed::NONE, self.0.as_slice());
        while let [edge, rest @ ..] = edges {
            // Of a cut-off that is never passed the product wraps, and is not asked.
            let (cut, inclusive) = ((edge & !1).wrapping_mul(step), edge & 1 == 0);
            let reached = |order, open: bool| order == Greater || order == Equal && open;
            if *edge == Self::NEVER || !reached(dose.compare(1, light, cut), inclusive && !high_is_open) {
                break;
            }
            passed.one_more(*edge, reached(dose.compare(0, heavy, cut), inclusive || low_is_open));
            edges = rest;
        }
        passed.points()
    }

    /// The points of `numerator * scale / denominator`, where the cut-offs are in half-ticks of that quotient.
    ///
    /// Each side is rounded outward to its tick, so ends that lie on ticks are exact; nothing is divided.
    pub(crate) const fn of_ratio(&self, &[lo, hi]: &[i32; 2], scale: i32, &[least, most]: &[i32; 2]) -> Points {
        // In half-ticks: an end that is itself not reached lies one inside. 0 over anything is reached.
        let low = (lo & !1) * scale + if lo == 0 { 0 } else { (lo | most) & 1 };
        let high = (hi + (hi & 1)) * scale - if hi == 0 { 0 } else { (hi | least) & 1 };
        let (low, high) = ((low, (most + 1) >> 1), (high, least >> 1));
        let (low, high) = if self.falling() { ((-high.0, high.1), (-low.0, low.1)) } else { (low, high) };
        let (mut passed, mut edges) = (Passed::NONE, self.0.as_slice());
        while let [edge, rest @ ..] = edges {
            if *edge == Self::NEVER || high.0 < at(*edge, high.1) {
                break;
            }
            passed.one_more(*edge, low.0 >= at(*edge, low.1));
            edges = rest;
        }
        passed.points()
    }
}

/// A dose that adds up: what is charted by weight, and what is charted per minute and shared by a weight, in half-ticks of each.
#[derive(Clone, Copy)]
pub(crate) struct Dose {
    pub(crate) by_weight: [i32; 2],
    pub(crate) per_minute: [i32; 2],
}

impl Dose {
    pub(crate) const NONE: Dose = Dose { by_weight: [0; 2], per_minute: [0; 2] };

    /// Where one end lies, by the weight's other end in ticks, to a cut-off in half-ticks; an end that is not reached lies beyond it.
    fn compare(&self, end: usize, weight: u32, cut: i32) -> core::cmp::Ordering {
        let [by_weight, per_minute] = [self.by_weight, self.per_minute].map(|ends| if end == 0 { ends[0] } else { ends[1] });
        // Outward to the tick.
        let outward = |x: i32| if end == 0 { x & !1 } else { x.saturating_add(x & 1) };
        let left = cut - outward(by_weight);
        if per_minute == 0 || left < 0 {
            return 0.cmp(&left);
        }
        // Both in thousandths of a thousandth of the half-tick of a rate per minute.
        wide(outward(per_minute).cast_unsigned(), 1_000_000).cmp(&wide(left.cast_unsigned(), weight))
    }
}

/// An edge's cut-off times so many ticks, as strict as it was.
const fn at(edge: i32, ticks: i32) -> i32 {
    (edge & !1) * ticks + (edge & 1)
}

/// A walk up a row: the points of what may have passed so far.
struct Passed {
    points: u8,
    last: u8,
    edge: i32,
}

impl Passed {
    const NONE: Passed = Passed { points: 1, last: 1, edge: i32::MIN };

    /// Passes the next edge, certainly or possibly. Between two equal ones there is no value.
    const fn one_more(&mut self, edge: i32, certainly: bool) {
        if certainly {
            self.points = 0;
        } else if edge == self.edge {
            self.points &= !self.last;
        }
        self.last <<= 1;
        self.points |= self.last;
        self.edge = edge;
    }

    const fn points(self) -> Points {
        Points(self.points)
    }
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
    /// A row that no value passes: what it compares is not scored.
    ///
    /// ```
    /// use endotype::{Cutoffs, Points, Reading, quantity::Urine};
    /// assert_eq!(Cutoffs::<Urine>::NEVER.points(Reading::read("0").unwrap()), Points::only(0));
    /// ```
    pub const NEVER: Cutoffs<Q> = Cutoffs { raw: RawCutoffs([RawCutoffs::NEVER; 4]), quantity: PhantomData };

    /// Ticks in a step, on which the cut-offs lie: so coarse for a rate that a cut-off can be multiplied by a weight.
    #[allow(clippy::integer_division, reason = "computed in const, of a power of ten")]
    pub(crate) const STEP: i32 = match Q::SCALE {
        Scale::Rate => (Q::TICKS / 10).cast_signed(),
        Scale::Amount | Scale::Score => 1,
    };

    /// From the paper's words, the mildest first; call it in a `const`, where a faulty row does not compile.
    ///
    /// ```
    /// use endotype::{Cutoffs, quantity::Gcs};
    /// const BRAIN: Cutoffs<Gcs> = Cutoffs::new(["< 15", "< 13", "< 10", "< 6"]);
    /// ```
    ///
    /// Those of a rate lie on tenths, and times the largest weight they must still be counted:
    ///
    /// ```compile_fail
    /// use endotype::{Cutoffs, quantity::DoseRate};
    /// const TOO_HIGH: Cutoffs<DoseRate> = Cutoffs::new(["> 0", "> 0", "> 5", "> 108"]);
    /// ```
    pub const fn new(words: [&str; 4]) -> Self {
        let first = match edge(words[0], Ends::of::<Q>()) {
            Some((falling, _)) => falling,
            None => panic!("the first cut-off is <, <=, > or >= and a reportable amount on a tick"),
        };
        let (mut edges, mut i) = ([None; 4], 0);
        while i < 4 {
            edges[i] = match (edge(words[i], Ends::of::<Q>()), words[i].as_bytes()) {
                (Some((falling, edge)), _) => {
                    assert!(falling == first, "all cut-offs of a row point in one direction");
                    Some(in_steps(edge, falling, Self::STEP))
                }
                (None, b"never") => None,
                (None, _) => panic!("a cut-off is <, <=, > or >= and a reportable amount on a tick, or never"),
            };
            i += 1;
        }
        let raw = RawCutoffs::of(first, edges);
        let [a, b, c, d] = raw.0;
        assert!(a <= b && b <= c && c <= d, "the cut-offs of a row are sorted, the mildest first");
        Cutoffs { raw, quantity: PhantomData }
    }

    /// The points that the reading leaves possible.
    ///
    /// ```
    /// use endotype::{Points, Reading, published::SOFA_1996};
    /// assert_eq!(SOFA_1996.rows().platelets.points(Reading::read("<100").unwrap()), Points::span(2, 4));
    /// ```
    pub const fn points(&self, reading: Reading<Q>) -> Points {
        match Self::STEP {
            1 => self.raw.points(&reading.ends),
            // Most drugs are off.
            _ if reading.ends[1] == 0 && self.raw.0[0] > 0 => Points::only(0),
            step => self.raw.of_ratio(&reading.ends, 1, &[2 * step; 2]),
        }
    }

    pub(crate) const fn raw(&self) -> &RawCutoffs {
        &self.raw
    }

    /// The points of a dose that adds up.
    pub(crate) fn of_dose(&self, dose: &Dose, weight: &[i32; 2]) -> Points {
        self.raw.of_dose(dose, Self::STEP, weight)
    }

    /// Where the points change: of each cut-off that some value passes, the last half-tick before it and the first behind it.
    ///
    /// ```
    /// use endotype::published::SOFA_1996;
    /// assert_eq!(SOFA_1996.rows().map.edges()[0], Some([140_000, 139_999]));
    /// assert_eq!(SOFA_1996.rows().map.edges()[1], None);
    /// ```
    pub const fn edges(&self) -> [Option<[i32; 2]>; 4] {
        self.raw.around_each(Self::STEP)
    }
}

/// An edge counted in steps of so many ticks instead of ticks.
#[allow(clippy::integer_division, clippy::modulo_arithmetic, reason = "computed in const, and checked to be exact")]
const fn in_steps(edge: i32, falling: bool, step: i32) -> i32 {
    let inside = if falling { -(edge & 1) } else { edge & 1 };
    let cut = edge - inside;
    assert!(cut % (2 * step) == 0, "the cut-off of a rate lies on a tenth");
    let heaviest = (2 * Weight::RANGE[1] * Weight::TICKS).cast_signed();
    assert!(step == 1 || cut / step <= 2 * (i32::MAX / heaviest), "the cut-off times the largest weight is too large");
    cut / step + inside
}
