//! Readings: the set of values that a quantity may truly have.

use crate::error::Error;
use crate::quantity::{Quantity, Scale};
use core::marker::PhantomData;

/// The set of values that a quantity may truly have: exact, censored, a range, or not known.
///
/// Stored as two ends in **half-ticks**: an even end lies on a tick, an odd one strictly between two. So `4420.0004`, finer
/// than the tick of ferritin, still lies above 4420, strict and open ends need no flag, and every charted decimal is exact
/// against every cut-off. The unit is the quantity's ([`Quantity::UNIT`]), the range its reportable range.
///
/// ```
/// use endotype::{Amount, Error, Reading, quantity::Ferritin};
/// let charted = Reading::<Ferritin>::read("> 2000")?;
/// assert_eq!(charted, Reading::above(Amount::Units(2_000))?);
/// assert_eq!(charted.ends(), [4_000_001, 2_000_000_000]); // half-ticks of a thousandth of 1 ng/mL
/// assert_eq!(Reading::<Ferritin>::read(" ")?, Reading::UNKNOWN);
/// assert_eq!(Reading::<Ferritin>::read("4500..4300"), Err(Error::Backwards));
/// assert_eq!(Reading::<Ferritin>::read("1000001"), Err(Error::OutOfRange));
/// # Ok::<(), Error>(())
/// ```
///
/// A reading of one quantity is not one of another, nor one unit's another's:
///
/// ```compile_fail
/// use endotype::{Reading, quantity::{Creatinine, CreatinineSi}};
/// let us: Reading<Creatinine> = Reading::<CreatinineSi>::UNKNOWN;
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[repr(transparent)]
pub struct Reading<Q> {
    pub(crate) ends: [i32; 2],
    quantity: PhantomData<Q>,
}

/// The ends of a reading of which nothing is known: beyond every value, and in either direction short of a cut-off that no value
/// passes.
pub(crate) const ANY: [i32; 2] = [1 - i32::MAX, i32::MAX - 1];

pub(crate) const fn is_any(ends: &[i32; 2]) -> bool {
    ends[1] == ANY[1]
}

/// An amount of a quantity, in whole units or in its ticks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Amount {
    /// Whole units: `Units(2_000)` of ferritin is 2000 ng/mL.
    Units(u32),
    /// Ticks: `Ticks(80_000)` of norepinephrine by weight is 0.08 ug/kg/min.
    Ticks(u32),
}

/// The ends of a quantity's row, all that the readers below need of it.
#[derive(Clone, Copy)]
pub(crate) struct Ends {
    decimals: u8,
    least: u32,
    most: u32,
    scale: Scale,
}

impl Ends {
    pub(crate) const fn of<Q: Quantity>() -> Ends {
        Ends { decimals: decimals(Q::TICKS), least: Q::RANGE[0] * Q::TICKS, most: Q::RANGE[1] * Q::TICKS, scale: Q::SCALE }
    }

    /// The same quantity charted in another unit, of so many of the quantity's ticks.
    pub(crate) const fn in_ticks(self, ticks: u32) -> Ends {
        Ends { decimals: decimals(ticks), ..self }
    }

    /// What `<x` reaches down to, in half-ticks.
    const fn floor(&self) -> i32 {
        match self.scale {
            Scale::Amount => 0,
            Scale::Rate => 1,
            Scale::Score => half(self.least),
        }
    }

    /// `<=x`; a rate of at most 0 is 0.
    const fn at_most(&self, x: i32) -> Result<[i32; 2], Error> {
        self.close(if x == 0 { 0 } else { self.floor() }, x)
    }

    /// What the text came to, if nothing of it is left.
    const fn whole(&self, left: &[u8], ends: Result<[i32; 2], Error>) -> Result<[i32; 2], Error> {
        if left.is_empty() { ends } else { Err(Error::NotANumber) }
    }

    const fn in_range(&self, half_ticks: i32) -> bool {
        half(self.least) <= half_ticks && half_ticks <= half(self.most)
    }

    /// A pair of ends that a reading had.
    // Once for all quantities.
    #[inline(never)]
    const fn kept(&self, ends: [i32; 2]) -> Result<[i32; 2], Error> {
        let [lo, hi] = ends;
        // A rate may be 0, too, and `<x` reaches down to 0 below the least that is reported.
        let floor = if matches!(self.scale, Scale::Score) { half(self.least) } else { 0 };
        if lo == ANY[0] && hi == ANY[1] {
            Ok(ends)
        } else if lo > hi {
            Err(Error::Backwards)
        } else if lo < floor || hi > half(self.most) {
            Err(Error::OutOfRange)
        } else if matches!(self.scale, Scale::Score) && (lo | hi) & 1 == 1 {
            Err(Error::NotWhole)
        } else {
            Ok(ends)
        }
    }

    /// A pair of half-tick ends as a reading's: inside the range, and on whole points if the quantity has only those.
    const fn close(&self, lo: i32, hi: i32) -> Result<[i32; 2], Error> {
        let (lo, hi) = match self.scale {
            Scale::Score => (lo + (lo & 1), hi - (hi & 1)),
            Scale::Amount | Scale::Rate => (lo, hi),
        };
        if lo > hi { Err(Error::Nothing) } else { Ok([lo, hi]) }
    }
}

const fn half(ticks: u32) -> i32 {
    (ticks << 1).cast_signed()
}

const fn decimals(ticks: u32) -> u8 {
    let (mut n, mut t) = (0, 1);
    while t < ticks {
        t *= 10;
        n += 1;
    }
    assert!(t == ticks, "the ticks of a unit are a power of ten");
    n
}

impl<Q: Quantity> Reading<Q> {
    const ENDS: Ends = Ends::of::<Q>();

    /// Not known: any value, reportable or not.
    pub const UNKNOWN: Self = Self::of(ANY);

    pub(crate) const fn of(ends: [i32; 2]) -> Self {
        Reading { ends, quantity: PhantomData }
    }

    const fn checked(ends: Result<[i32; 2], Error>) -> Result<Self, Error> {
        match ends {
            Ok(ends) => Ok(Self::of(ends)),
            Err(e) => Err(e),
        }
    }

    // Inlined, it would be multiplied into both ends at once: a 64-bit product.
    #[inline(never)]
    const fn half_ticks(amount: Amount) -> Result<i32, Error> {
        let ticks = match amount {
            Amount::Ticks(n) => n,
            Amount::Units(n) if n <= Q::RANGE[1] => n * Q::TICKS,
            Amount::Units(_) => return Err(Error::OutOfRange),
        };
        if ticks < Self::ENDS.least || ticks > Self::ENDS.most { Err(Error::OutOfRange) } else { Ok(half(ticks)) }
    }

    /// Exactly this amount, on the tick.
    ///
    /// ```
    /// use endotype::{Amount::*, Reading, quantity::Bilirubin};
    /// assert_eq!(Reading::<Bilirubin>::exact(Ticks(1_200)), Reading::read("1.2"));
    /// assert!(Reading::<Bilirubin>::exact(Units(201)).is_err());
    /// ```
    pub const fn exact(amount: Amount) -> Result<Self, Error> {
        match Self::half_ticks(amount) {
            Ok(x) => Ok(Self::of([x, x])),
            Err(e) => Err(e),
        }
    }

    /// `<x`: down to 0; to the least score of a scale; a rate is running, so down to 0 without 0.
    ///
    /// ```
    /// use endotype::{Amount::*, Reading, quantity::Gcs};
    /// assert_eq!(Reading::<Gcs>::below(Units(9)), Reading::read("3..8"));
    /// assert!(Reading::<Gcs>::below(Units(3)).is_err());
    /// ```
    pub const fn below(amount: Amount) -> Result<Self, Error> {
        match Self::half_ticks(amount) {
            Ok(x) => Self::checked(Self::ENDS.close(Self::ENDS.floor(), x - 1)),
            Err(e) => Err(e),
        }
    }

    /// `<=x`, as [`below`](Self::below) with x included.
    ///
    /// ```
    /// use endotype::{Amount::*, Reading, quantity::Platelets};
    /// assert_eq!(Reading::<Platelets>::at_most(Units(20)), Reading::read("<= 20"));
    /// assert!(Reading::<Platelets>::at_most(Units(20_000)).is_err());
    /// ```
    pub const fn at_most(amount: Amount) -> Result<Self, Error> {
        match Self::half_ticks(amount) {
            Ok(x) => Self::checked(Self::ENDS.at_most(x)),
            Err(e) => Err(e),
        }
    }

    /// `>x`: up to the most that is reportable.
    ///
    /// ```
    /// use endotype::{Amount::*, Reading, quantity::Gcs};
    /// assert_eq!(Reading::<Gcs>::above(Units(14)), Reading::exact(Units(15)));
    /// assert!(Reading::<Gcs>::above(Units(15)).is_err());
    /// ```
    pub const fn above(amount: Amount) -> Result<Self, Error> {
        match Self::half_ticks(amount) {
            Ok(x) => Self::checked(Self::ENDS.close(x + 1, half(Self::ENDS.most))),
            Err(e) => Err(e),
        }
    }

    /// `>=x`, as [`above`](Self::above) with x included.
    ///
    /// ```
    /// use endotype::{Amount::*, Reading, quantity::Ferritin};
    /// assert_eq!(Reading::<Ferritin>::at_least(Units(40_000)), Reading::read(">=40000"));
    /// assert!(Reading::<Ferritin>::at_least(Units(2_000_000)).is_err());
    /// ```
    pub const fn at_least(amount: Amount) -> Result<Self, Error> {
        match Self::half_ticks(amount) {
            Ok(x) => Self::checked(Self::ENDS.close(x, half(Self::ENDS.most))),
            Err(e) => Err(e),
        }
    }

    /// From one amount to another, both included.
    ///
    /// ```
    /// use endotype::{Amount::*, Error, Reading, quantity::Ferritin};
    /// assert_eq!(Reading::<Ferritin>::between(Units(4_300), Units(4_500)), Reading::read("4300..4500"));
    /// assert_eq!(Reading::<Ferritin>::between(Units(4_500), Units(4_300)), Err(Error::Backwards));
    /// ```
    pub const fn between(from: Amount, to: Amount) -> Result<Self, Error> {
        match (Self::half_ticks(from), Self::half_ticks(to)) {
            (Ok(lo), Ok(hi)) if lo > hi => Err(Error::Backwards),
            (Ok(lo), Ok(hi)) => Ok(Self::of([lo, hi])),
            (Err(e), _) | (_, Err(e)) => Err(e),
        }
    }

    /// Charted ASCII text, exactly: `4421`, `0.08`, `<12`, `<=12`, `> 2000`, `>=40000`, `4300..4500`, blank for not known.
    ///
    /// Blanks may stand around every part. No locale, no sign, no exponent; `.5` and `5.` are refused, since a lost point
    /// turns them into 5.
    ///
    /// ```
    /// use endotype::{Error, Reading, quantity::DoseRate};
    /// assert_eq!(Reading::<DoseRate>::read("0.08"), Reading::read("0.0800"));
    /// assert_eq!(Reading::<DoseRate>::read(".5"), Err(Error::NotANumber));
    /// assert_eq!(Reading::<DoseRate>::read("1e-1"), Err(Error::Exponent));
    /// ```
    pub const fn read(text: &str) -> Result<Self, Error> {
        Self::checked(interval(text.as_bytes(), &Self::ENDS))
    }

    /// As [`read`](Self::read), from bytes that need not be text.
    ///
    /// ```
    /// use endotype::{Error, Reading, quantity::Lactate};
    /// assert_eq!(Reading::<Lactate>::read_bytes(b"2.1"), Reading::read("2.1"));
    /// assert_eq!(Reading::<Lactate>::read_bytes(b"\xff"), Err(Error::NotANumber));
    /// ```
    pub const fn read_bytes(text: &[u8]) -> Result<Self, Error> {
        Self::checked(interval(text, &Self::ENDS))
    }

    /// As [`read_bytes`](Self::read_bytes), of a number charted in a unit of so many of this quantity's ticks.
    pub(crate) const fn read_in<const TICKS: u32>(text: &[u8]) -> Result<Self, Error> {
        Self::checked(interval(text, const { &Self::ENDS.in_ticks(TICKS) }))
    }

    /// The lowest and the highest value in half-ticks, both included; an odd one lies strictly between two ticks.
    ///
    /// ```
    /// use endotype::{Reading, quantity::Map};
    /// assert_eq!(Reading::<Map>::read("69.9..70").unwrap().ends(), [139_800, 140_000]);
    /// assert_eq!(Reading::<Map>::UNKNOWN.ends(), [1 - i32::MAX, i32::MAX - 1]);
    /// ```
    pub const fn ends(self) -> [i32; 2] {
        self.ends
    }

    /// From its ends in half-ticks, as [`ends`](Self::ends) gave them: a reading that was kept or came over a wire.
    ///
    /// What no other way leads to is refused: ends the wrong way round, beyond the reportable range, or between two whole scores.
    ///
    /// ```
    /// use endotype::{Error, Reading, quantity::{Ferritin, Gcs}};
    /// let reading = Reading::<Ferritin>::read("< 12")?;
    /// assert_eq!(Reading::from_ends(reading.ends()), Ok(reading));
    /// assert_eq!(Reading::<Ferritin>::from_ends(Reading::<Ferritin>::UNKNOWN.ends()), Ok(Reading::UNKNOWN));
    /// assert_eq!(Reading::<Ferritin>::from_ends([2, 0]), Err(Error::Backwards));
    /// assert_eq!(Reading::<Ferritin>::from_ends([-1, 0]), Err(Error::OutOfRange));
    /// assert_eq!(Reading::<Gcs>::from_ends([6, 7]), Err(Error::NotWhole));
    /// # Ok::<(), Error>(())
    /// ```
    pub const fn from_ends(ends: [i32; 2]) -> Result<Self, Error> {
        Self::checked(Self::ENDS.kept(ends))
    }

    /// Whether it reaches the top of the reportable range without being there: `>x`, whose next step is a dilution.
    pub(crate) const fn is_beyond_range(self) -> bool {
        self.ends[0] < self.ends[1] && self.ends[1] >= half(Self::ENDS.most)
    }

    /// What of it is reportable, if it begins within the range.
    pub(crate) const fn within_range(self) -> Self {
        let most = half(Self::ENDS.most);
        if self.is_unknown() || self.ends[1] <= most { self } else { Self::of([self.ends[0], most]) }
    }

    /// The true value may be lower than what was read.
    pub(crate) const fn or_lower(self) -> Self {
        if self.is_unknown() { self } else { Self::of([Self::ENDS.floor(), self.ends[1]]) }
    }

    /// The true value may be higher than what was read.
    pub(crate) const fn or_higher(self) -> Self {
        if self.is_unknown() { self } else { Self::of([self.ends[0], half(Self::ENDS.most)]) }
    }

    /// Whether nothing at all is known.
    ///
    /// ```
    /// use endotype::{Reading, quantity::Map};
    /// assert!(Reading::<Map>::UNKNOWN.is_unknown());
    /// assert!(!Reading::<Map>::read(">60").unwrap().is_unknown());
    /// ```
    pub const fn is_unknown(self) -> bool {
        is_any(&self.ends)
    }

    /// The smallest reading that contains both: what is known when either may be true.
    ///
    /// ```
    /// use endotype::{Reading, quantity::Map};
    /// let read = |t| Reading::<Map>::read(t).unwrap();
    /// assert_eq!(read("60").or(read("70")), read("60..70"));
    /// ```
    pub const fn or(self, other: Self) -> Self {
        let ([lo, hi], [other_lo, other_hi]) = (self.ends, other.ends);
        Self::of([if lo < other_lo { lo } else { other_lo }, if hi > other_hi { hi } else { other_hi }])
    }
}

#[cfg(feature = "libm")]
#[allow(clippy::float_arithmetic, clippy::cast_possible_truncation)]
impl<Q: Quantity> Reading<Q> {
    /// A measured `f32`, in the quantity's unit, rounded outward: never across a cut-off.
    ///
    /// A float that is the only tick within its own rounding interval is that tick. Any other stands for every number that
    /// rounds to it: `0.1_f32` is a little above 0.1, so whether norepinephrine runs above 0.1 ug/kg/min stays open.
    /// NaN, infinities and negatives are refused, -0 among them.
    ///
    /// ```
    /// use endotype::{Error, Met, Reading, published::SOFA_1996, quantity::{DoseRate, Map}};
    /// assert_eq!(Reading::<Map>::from_f32(70.0), Reading::read("70"));
    /// let rate = Reading::<DoseRate>::from_f32(0.1)?;
    /// assert_eq!(SOFA_1996.rows().norepinephrine.points(rate).ends(), [3, 4]);
    /// assert_eq!(Reading::<Map>::from_f32(f32::NAN), Err(Error::NotFinite));
    /// assert_eq!(Reading::<Map>::from_f32(-1.0), Err(Error::Sign));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn from_f32(value: f32) -> Result<Self, Error> {
        if !value.is_finite() {
            return Err(Error::NotFinite);
        }
        if value.is_sign_negative() {
            return Err(Error::Sign);
        }
        // f64 holds a f32, half its last place and their product with the ticks exactly.
        let ticks = f64::from(Q::TICKS);
        let exact = f64::from(value) * ticks;
        let up = (f64::from(value.next_up()) * ticks - exact) / 2.0;
        let down = if value == 0.0 { 0.0 } else { (exact - f64::from(value.next_down()) * ticks) / 2.0 };
        let most = f64::from(Self::ENDS.most);
        if exact < f64::from(Self::ENDS.least) || exact > most {
            return Err(Error::OutOfRange);
        }
        let on_tick = libm::floor(exact) == exact && up < 1.0 && down < 1.0;
        let (low, high) = if on_tick { (exact, exact) } else { (exact - down, exact + up) };
        let (low, high) = (low.max(f64::from(Self::ENDS.least)), high.min(most));
        let (floor, ceil) = (libm::floor(low) as i32, libm::ceil(high) as i32);
        let lo = 2 * floor + i32::from(f64::from(floor) != low);
        let hi = 2 * ceil - i32::from(f64::from(ceil) != high);
        match Q::SCALE {
            Scale::Score if lo != hi || lo & 1 == 1 => Err(Error::NotWhole),
            _ => Ok(Self::of([lo, hi])),
        }
    }
}

/// `times * n / by` and what is left, by long division, bit by bit: Cortex-M0 has no other.
const fn divided(n: u32, times: u32, by: u32) -> [u32; 2] {
    let (mut quotient, mut rest, mut bit) = (0, 0, u32::BITS);
    while bit > 0 {
        bit -= 1;
        (quotient, rest) = (quotient << 1, (rest << 1) + times * (n >> bit & 1));
        while rest >= by {
            (quotient, rest) = (quotient + 1, rest - by);
        }
    }
    [quotient, rest]
}

/// Ticks beyond every reportable range.
const BEYOND: u32 = 1_000_000_001;

/// The ends times `times / by`, each exact or, between two ticks, outward to the next; unknown stays unknown.
pub(crate) const fn scaled(ends: [i32; 2], times: [u32; 2], by: [u32; 2]) -> [i32; 2] {
    /// One end, which lies so many half-ticks inside its tick.
    const fn scaled(end: i32, inside: i32, times: u32, by: u32) -> i32 {
        let [ticks, rest] = divided(((end - inside) >> 1).cast_unsigned(), times, by);
        // Beyond every reportable range, and no further than half-ticks go.
        let ticks = if ticks > BEYOND { BEYOND } else { ticks };
        half(ticks) + if rest == 0 { inside } else { 1 }
    }
    match is_any(&ends) {
        true => ends,
        false => [scaled(ends[0], ends[0] & 1, times[0], by[0]), scaled(ends[1], -(ends[1] & 1), times[1], by[1])],
    }
}

/// Whether a reading lies at least so many per cent below an earlier one: `100 * now <= (100 - percent) * before`.
pub(crate) const fn fell(percent: u8, now: &[i32; 2], before: &[i32; 2]) -> Met {
    if is_any(now) || is_any(before) {
        return Met::Unknown;
    }
    let kept = 100 - percent as u32;
    let [low, high] = outward(now);
    let [before_low, before_high] = outward(before);
    // An end that is not reached is not equal to what it would have to equal.
    let (least, most) = (wide(low, 100), wide(before_high, kept));
    let possibly = least < most || least == most && (now[0] | before[1]) & 1 == 0;
    Met::of(wide(high, 100) <= wide(before_low, kept), possibly)
}

/// Whether an earlier reading may be more than so many times as high.
pub(crate) const fn may_have_fallen(factor: u8, now: &[i32; 2], before: &[i32; 2]) -> bool {
    let ([low, _], [_, before_high]) = (outward(now), outward(before));
    wide(before_high, 1) > wide(low, factor as u32)
}

/// Both ends on their ticks, outward.
pub(crate) const fn outward(&[lo, hi]: &[i32; 2]) -> [u32; 2] {
    [(lo & !1).cast_unsigned(), (hi + (hi & 1)).cast_unsigned()]
}

/// A product of 64 bits from four of 32, since Cortex-M0 multiplies no wider.
pub(crate) const fn wide(a: u32, b: u32) -> u64 {
    let ([high_a, low_a], [high_b, low_b]) = ([a >> 16, a & 0xffff], [b >> 16, b & 0xffff]);
    let middle = ((high_a * low_b) as u64 + (low_a * high_b) as u64) << 16;
    (((high_a * high_b) as u64) << 32) + middle + (low_a * low_b) as u64
}

pub(crate) const fn skip_blanks(text: &mut &[u8]) {
    while let [b' ' | b'\t', rest @ ..] = *text {
        *text = rest;
    }
}

/// Appends a digit; what does not fit stays beyond every range.
const fn append(ticks: u32, digit: u8) -> u32 {
    if ticks > 429_496_728 { u32::MAX } else { ticks * 10 + (digit - b'0') as u32 }
}

/// Takes one decimal, in half-ticks, and the blanks around it.
pub(crate) const fn decimal(text: &mut &[u8], ends: &Ends) -> Result<i32, Error> {
    skip_blanks(text);
    match text {
        [b'0'..=b'9', ..] => {}
        [b'-' | b'+', ..] => return Err(Error::Sign),
        _ => return Err(Error::NotANumber),
    }
    let (mut ticks, mut decimals, mut point, mut beyond) = (0, ends.decimals, false, false);
    loop {
        match *text {
            [digit @ b'0'..=b'9', rest @ ..] => {
                if !point {
                    ticks = append(ticks, *digit);
                } else if decimals > 0 {
                    ticks = append(ticks, *digit);
                    decimals -= 1;
                } else {
                    beyond |= *digit != b'0';
                }
                *text = rest;
            }
            [b'.', rest @ ..] if !point && matches!(rest, [b'0'..=b'9', ..]) => (point, *text) = (true, rest),
            [b'e' | b'E', ..] => return Err(Error::Exponent),
            _ => break,
        }
    }
    while decimals > 0 {
        ticks = append(ticks, b'0');
        decimals -= 1;
    }
    skip_blanks(text);
    // Far above every range it would wrap.
    let half_ticks = half(if ticks > ends.most { ends.most } else { ticks }) + (beyond || ticks > ends.most) as i32;
    if ticks <= ends.most && beyond && matches!(ends.scale, Scale::Score) {
        Err(Error::NotWhole)
    } else if ends.in_range(half_ticks) {
        Ok(half_ticks)
    } else {
        Err(Error::OutOfRange)
    }
}

/// A whole reading in the grammar of charted values.
const fn interval(mut text: &[u8], ends: &Ends) -> Result<[i32; 2], Error> {
    skip_blanks(&mut text);
    let sign = match text {
        [] => return Ok(ANY),
        [sign @ (b'<' | b'>'), rest @ ..] => {
            text = rest;
            *sign
        }
        _ => b'=',
    };
    let mut or_equal = false;
    if let (b'<' | b'>', [b'=', rest @ ..]) = (sign, text) {
        (or_equal, text) = (true, rest);
    }
    let x = match decimal(&mut text, ends) {
        Ok(x) => x,
        Err(e) => return Err(e),
    };
    let (mut lo, mut hi) = (x, x);
    match (sign, text) {
        // An odd x lies between two ticks, and so may what lies below or above it.
        (b'<', _) if or_equal => return ends.whole(text, ends.at_most(x)),
        (b'<', _) => (lo, hi) = (ends.floor(), (x - 1) | 1),
        (b'>', _) => (lo, hi) = (if or_equal { x } else { x | 1 }, half(ends.most)),
        (_, [b'.', b'.', rest @ ..]) => {
            text = rest;
            hi = match decimal(&mut text, ends) {
                Ok(y) => y,
                Err(e) => return Err(e),
            };
            if lo > hi && text.is_empty() {
                return Err(Error::Backwards);
            }
        }
        _ => {}
    }
    ends.whole(text, ends.close(lo, hi))
}

/// Whether a criterion is met, as far as the readings settle it (Kleene's three values).
///
/// ```
/// use endotype::Met::{self, *};
/// assert_eq!([Yes.and(Unknown), No.and(Unknown), Yes.or(Unknown), !Unknown], [Unknown, No, Yes, Unknown]);
/// assert_eq!(Met::from(true), Yes);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Met {
    /// Certainly not.
    No,
    /// The readings do not settle it.
    Unknown,
    /// Certainly.
    Yes,
}

impl Met {
    /// Both: the lesser of the two.
    pub const fn and(self, other: Met) -> Met {
        if (self as u8) < other as u8 { self } else { other }
    }

    /// Either: the greater of the two.
    pub const fn or(self, other: Met) -> Met {
        if (self as u8) > other as u8 { self } else { other }
    }

    /// Whether it may be so.
    pub(crate) const fn may_be(self, met: bool) -> bool {
        !matches!((self, met), (Met::Yes, false) | (Met::No, true))
    }

    /// As stored: 0 no, 1 unknown, 2 yes; who reads it has refused what is more.
    pub(crate) const fn numbered(number: u8) -> Met {
        match number {
            0 => Met::No,
            1 => Met::Unknown,
            _ => Met::Yes,
        }
    }

    /// From whether it holds in every, and whether in any, world that the readings allow.
    pub(crate) const fn of(always: bool, ever: bool) -> Met {
        if always {
            Met::Yes
        } else if ever {
            Met::Unknown
        } else {
            Met::No
        }
    }

    /// What both say, else unknown.
    pub(crate) const fn agreed(self, other: Met) -> Met {
        if self as u8 == other as u8 { self } else { Met::Unknown }
    }
}

impl core::ops::Not for Met {
    type Output = Met;
    fn not(self) -> Met {
        match self {
            Met::No => Met::Yes,
            Met::Unknown => Met::Unknown,
            Met::Yes => Met::No,
        }
    }
}

impl From<bool> for Met {
    fn from(known: bool) -> Met {
        if known { Met::Yes } else { Met::No }
    }
}
