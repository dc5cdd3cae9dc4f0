//! The rows as they are printed, typed from the papers' tables and not from the crate, and a naive scorer of exact fractions.

use crate::control;
use endotype::Points;
use endotype::quantity::Quantity;

/// Four printed cut-offs, mildest first; empty is none.
pub type Row = [&'static str; 4];

/// What an edition prints.
pub struct Rows {
    pub pf: Row,
    pub pf_kpa: Row,
    pub sf: Row,
    pub platelets: Row,
    pub bilirubin: Row,
    pub bilirubin_si: Row,
    pub map: Row,
    pub map_unavailable: Row,
    pub norepinephrine: Row,
    pub dopamine: Row,
    pub dobutamine: Row,
    pub gcs: Row,
    pub gcs_motor: Row,
    pub creatinine: Row,
    pub creatinine_si: Row,
    pub urine: Row,
}

const NONE: Row = [""; 4];

#[rustfmt::skip]
pub const FIRST: Rows = Rows {
    pf:              ["< 400",  "< 300",  "< 200",  "< 100"],
    pf_kpa:          ["< 53.3", "< 40",   "< 26.7", "< 13.3"],
    sf:              NONE,
    platelets:       ["< 150",  "< 100",  "< 50",   "< 20"],
    bilirubin:       [">= 1.2", ">= 2",   ">= 6",   ">= 12"],
    bilirubin_si:    [">= 20",  ">= 33",  ">= 102", "> 204"],
    map:             ["< 70",   "",       "",       ""],
    map_unavailable: NONE,
    norepinephrine:  ["> 0",    "> 0",    "> 0",    "> 0.1"],
    dopamine:        ["> 0",    "> 0",    "> 5",    "> 15"],
    dobutamine:      ["> 0",    "> 0",    "",       ""],
    gcs:             ["< 15",   "< 13",   "< 10",   "< 6"],
    gcs_motor:       NONE,
    creatinine:      [">= 1.2", ">= 2",   ">= 3.5", ">= 5"],
    creatinine_si:   [">= 110", ">= 171", ">= 300", "> 440"],
    urine:           ["< 500",  "< 500",  "< 500",  "< 200"],
};

#[rustfmt::skip]
pub const SECOND: Rows = Rows {
    pf:              ["<= 300", "<= 225", "<= 150",  "<= 75"],
    pf_kpa:          ["<= 40",  "<= 30",  "<= 20",   "<= 10"],
    sf:              ["<= 300", "<= 250", "<= 200",  "<= 120"],
    platelets:       ["<= 150", "<= 100", "<= 80",   "<= 50"],
    bilirubin:       ["> 1.2",  "> 3",    "> 6",     "> 12"],
    bilirubin_si:    ["> 20.6", "> 51.3", "> 102.6", "> 205"],
    map:             ["< 70",   "",       "",        ""],
    map_unavailable: ["< 70",   "< 60",   "< 50",    "< 40"],
    norepinephrine:  ["> 0",    "> 0",    "> 0.2",   "> 0.4"],
    dopamine:        ["> 0",    "> 0",    "> 20",    "> 40"],
    dobutamine:      ["> 0",    "> 0",    "",        ""],
    gcs:             ["< 15",   "< 13",   "< 9",     "< 6"],
    gcs_motor:       ["< 6",    "< 5",    "< 4",     "< 3"],
    creatinine:      ["> 1.2",  "> 2",    "> 3.5",   ""],
    creatinine_si:   ["> 110",  "> 170",  "> 300",   ""],
    urine:           NONE,
};

/// A fraction of whole numbers; over 0 it is beyond every other.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Fraction(pub i128, pub i128);

impl Fraction {
    pub fn cmp(self, other: Fraction) -> std::cmp::Ordering {
        match (self.1, other.1) {
            (0, 0) => std::cmp::Ordering::Equal,
            (0, _) => std::cmp::Ordering::Greater,
            (_, 0) => std::cmp::Ordering::Less,
            _ => (self.0 * other.1).cmp(&(other.0 * self.1)),
        }
    }
}

/// A set of values: two ends, each reached or not.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Span {
    pub lo: Fraction,
    pub hi: Fraction,
    pub lo_open: bool,
    pub hi_open: bool,
}

pub const ENDLESS: Fraction = Fraction(1, 0);
/// Above 0, as far as one likes.
pub const POSITIVE: Span = Span { lo: Fraction(0, 1), hi: ENDLESS, lo_open: true, hi_open: true };

impl Span {
    /// Of a reading's half-ticks: an odd one is every value strictly between two ticks.
    pub fn of<Q: Quantity>([lo, hi]: [i32; 2]) -> Span {
        let ticks = i128::from(Q::TICKS);
        Span {
            lo: Fraction(i128::from(lo - (lo & 1)) / 2, ticks),
            hi: Fraction(i128::from(hi + (hi & 1)) / 2, ticks),
            lo_open: lo & 1 == 1,
            hi_open: hi & 1 == 1,
        }
    }

    pub fn is_empty(&self) -> bool {
        use std::cmp::Ordering::*;
        match self.lo.cmp(self.hi) {
            Less => false,
            Equal => self.lo_open || self.hi_open,
            Greater => true,
        }
    }

    pub fn cut(&self, other: &Span) -> Span {
        use std::cmp::Ordering::*;
        let (lo, lo_open) = match self.lo.cmp(other.lo) {
            Less => (other.lo, other.lo_open),
            Greater => (self.lo, self.lo_open),
            Equal => (self.lo, self.lo_open || other.lo_open),
        };
        let (hi, hi_open) = match self.hi.cmp(other.hi) {
            Less => (self.hi, self.hi_open),
            Greater => (other.hi, other.hi_open),
            Equal => (self.hi, self.hi_open || other.hi_open),
        };
        Span { lo, hi, lo_open, hi_open }
    }

    pub fn meets(&self, other: &Span) -> bool {
        !self.cut(other).is_empty()
    }

    pub fn plus(&self, other: &Span) -> Span {
        let add = |a: Fraction, b: Fraction| match (a.1, b.1) {
            (0, _) | (_, 0) => ENDLESS,
            (x, y) if x == y => Fraction(a.0 + b.0, x),
            (x, y) => Fraction(a.0 * y + b.0 * x, x * y),
        };
        Span {
            lo: add(self.lo, other.lo),
            hi: add(self.hi, other.hi),
            lo_open: self.lo_open || other.lo_open,
            hi_open: self.hi_open || other.hi_open,
        }
    }

    pub fn times(&self, by: i128, over: i128) -> Span {
        let times = |x: Fraction| Fraction(x.0 * by, x.1 * over);
        Span { lo: times(self.lo), hi: times(self.hi), ..*self }
    }

    /// All quotients, of what is not negative; 0 over anything is 0.
    pub fn over(&self, other: &Span) -> Span {
        let over = |a: Fraction, b: Fraction| if a.1 == 0 || b.0 == 0 { ENDLESS } else { Fraction(a.0 * b.1, a.1 * b.0) };
        let from_0 = self.lo.0 == 0 && !self.lo_open;
        let only_0 = self.hi.0 == 0;
        Span {
            lo: if from_0 { Fraction(0, 1) } else { over(self.lo, other.hi) },
            lo_open: !from_0 && (self.lo_open || other.hi_open),
            hi: if only_0 { Fraction(0, 1) } else { over(self.hi, other.lo) },
            hi_open: !only_0 && (self.hi_open || other.lo_open || other.lo.0 == 0),
        }
    }
}

/// A printed cut-off's comparison and number.
fn printed(words: &str) -> (&str, Fraction) {
    let (sign, number) = words.split_once(' ').unwrap();
    let mut at = Fraction(0, 1);
    let mut behind = false;
    for byte in number.bytes() {
        match byte {
            b'.' => behind = true,
            digit => at = Fraction(at.0 * 10 + i128::from(digit - b'0'), if behind { at.1 * 10 } else { at.1 }),
        }
    }
    (sign, at)
}

/// The values that pass a cut-off, or that do not.
pub fn side(words: &str, passes: bool) -> Span {
    let (sign, at) = printed(words);
    let all = Span { lo: Fraction(0, 1), hi: ENDLESS, lo_open: false, hi_open: false };
    match (sign, passes) {
        ("<", true) | (">=", false) => Span { hi: at, hi_open: true, ..all },
        ("<=", true) | (">", false) => Span { hi: at, ..all },
        (">", true) | ("<=", false) => Span { lo: at, lo_open: true, ..all },
        (">=", true) | ("<", false) => Span { lo: at, ..all },
        _ => unreachable!(),
    }
}

/// As many points as cut-offs that a value passes: bit n for n points.
pub fn points(row: &Row, values: &Span) -> u8 {
    (0..=4_u8)
        .filter(|&points| {
            let passed = row[..usize::from(points)].iter();
            let not = row[usize::from(points)..].iter();
            if passed.clone().any(|words| words.is_empty()) {
                return false;
            }
            let sides = passed.map(|words| side(words, true));
            let sides = sides.chain(not.filter(|words| !words.is_empty()).map(|words| side(words, false)));
            !sides.fold(*values, |left, side| left.cut(&side)).is_empty()
        })
        .fold(0, |set, points| set | 1 << points)
}

/// The control of `edges`: one cut-off moved by half a tick.
pub fn moved(row: &Row) -> Row {
    if control() && *row == FIRST.platelets { ["< 150", "< 100", "< 50.0005", "< 20"] } else { *row }
}

pub fn set(bits: u8) -> Points {
    Points::from_bits(bits).expect("some value is left")
}
