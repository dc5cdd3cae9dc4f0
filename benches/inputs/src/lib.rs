//! The inputs that the crate and the C are compared on, on the host and on the microcontroller: the n-th is always the same.
//!
//! They crowd the edges: first every cut-off of every row at every offset and in every shape, then every edge of the two quotients
//! (P/F and ug/min over the weight), then mixtures of all that from a seeded generator.

#![no_std]

/// Both ends in half-ticks, as `struct interval` of bedside.h and `Reading::ends`.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Interval {
    pub lo: i32,
    pub hi: i32,
}

pub const UNKNOWN: Interval = Interval { lo: 1 - i32::MAX, hi: i32::MAX - 1 };

/// As `struct interval_bedside` of bedside.h.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bedside {
    pub pao2: Interval,
    pub fio2: Interval,
    pub platelets: Interval,
    pub bilirubin: Interval,
    pub map: Interval,
    /// Norepinephrine, epinephrine, dopamine, dobutamine.
    pub rates: [Interval; 4],
    pub weight: Interval,
    pub creatinine: Interval,
    pub urine: Interval,
    pub gcs: Interval,
    /// Index of the crate's `Support`, 255 for not known.
    pub support: u8,
    pub pao2_kpa: u8,
    pub bilirubin_si: u8,
    pub creatinine_si: u8,
    /// Bit k: rate k is ug/min in thousandths.
    pub per_minute: u8,
}

/// As `struct classic_bedside` of bedside.h.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Exact {
    pub pao2: u32,
    pub fio2: u32,
    pub platelets: u32,
    pub bilirubin: u32,
    pub map: u32,
    pub rates: [u32; 4],
    pub creatinine: u32,
    pub urine: u32,
    pub gcs: u8,
    pub supported: bool,
}

/// Totals day by day as their lowest and highest, none for a gap.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Course {
    pub days: [Option<(u8, u8)>; 12],
    pub n: u8,
    /// 0 none, 1 death, 2 discharge.
    pub end: u8,
}

/// What may be charted of a quantity, in ticks, and where its points change.
#[derive(Clone, Copy)]
pub struct Quantity {
    pub ticks: u32,
    least: i32,
    most: i32,
    score: bool,
    cutoffs: &'static [i32],
}

const fn amount(ticks: u32, least: i32, most: i32, cutoffs: &'static [i32]) -> Quantity {
    Quantity { ticks, least: least * ticks as i32, most: most * ticks as i32, score: false, cutoffs }
}

pub const PAO2: Quantity = amount(1_000, 0, 1_000, &[]);
pub const PAO2_KPA: Quantity = amount(1_000, 0, 150, &[]);
pub const FIO2: Quantity = amount(1_000, 15, 100, &[21_000]);
pub const PLATELETS: Quantity = amount(1_000, 0, 10_000, &[150_000, 100_000, 50_000, 20_000]);
pub const BILIRUBIN: Quantity = amount(1_000, 0, 200, &[1_200, 2_000, 6_000, 12_000]);
pub const BILIRUBIN_SI: Quantity = amount(1_000, 0, 5_000, &[20_000, 33_000, 102_000, 204_000]);
pub const MAP: Quantity = amount(1_000, 0, 500, &[70_000]);
pub const ADRENERGIC: Quantity = amount(1_000_000, 0, 1_000, &[0, 100_000]);
pub const DOPAMINE: Quantity = amount(1_000_000, 0, 1_000, &[0, 5_000_000, 15_000_000]);
pub const DOBUTAMINE: Quantity = amount(1_000_000, 0, 1_000, &[0]);
pub const MASS_RATE: Quantity = amount(1_000, 0, 100_000, &[0]);
pub const WEIGHT: Quantity = amount(1_000, 1, 1_000, &[]);
pub const CREATININE: Quantity = amount(1_000, 0, 100, &[1_200, 2_000, 3_500, 5_000]);
pub const CREATININE_SI: Quantity = amount(1_000, 0, 10_000, &[110_000, 171_000, 300_000, 440_000]);
pub const URINE: Quantity = amount(1_000, 0, 100_000, &[500_000, 200_000]);
pub const GCS: Quantity = Quantity { ticks: 1, least: 3, most: 15, score: true, cutoffs: &[15, 13, 10, 6] };
pub const FERRITIN: Quantity = amount(1_000, 0, 1_000_000, &[4_420_000]);
pub const MHLA_DR: Quantity = amount(1_000, 0, 1_000_000, &[5_000_000]);

const RATES: [Quantity; 4] = [ADRENERGIC, ADRENERGIC, DOPAMINE, DOBUTAMINE];
const PF: [i32; 4] = [400, 300, 200, 100];
const PF_KPA_TENTHS: [i32; 4] = [533, 400, 267, 133];
/// Each drug's cut-offs above 0, in tenths of ug/kg/min.
const DOSES: [(usize, i32); 4] = [(0, 1), (1, 1), (2, 50), (2, 150)];

/// Deterministic from the index alone, so that any slice of the inputs can be run by itself.
struct Dice(u32);

impl Dice {
    fn of(n: u32, salt: u32) -> Dice {
        Dice(n.wrapping_mul(0x9e37_79b9) ^ salt.wrapping_mul(0x85eb_ca6b) ^ 0x1996_0707)
    }

    /// 0 to `sides - 1`.
    fn roll(&mut self, sides: u32) -> i32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9);
        let mut x = self.0;
        x = (x ^ x >> 16).wrapping_mul(0x21f0_aaad);
        x = (x ^ x >> 15).wrapping_mul(0x735a_2d97);
        ((x ^ x >> 15) % sides) as i32
    }
}

/// How an end becomes an interval.
const SHAPES: u32 = 6;

impl Quantity {
    fn clamped(&self, half: i32) -> i32 {
        half.clamp(2 * self.least, 2 * self.most)
    }

    /// Whole points only, or any half-tick.
    fn interval(&self, lo: i32, hi: i32) -> Interval {
        let (lo, hi) = (self.clamped(lo.min(hi)), self.clamped(lo.max(hi)));
        if self.score { Interval { lo: lo - (lo & 1), hi: hi - (hi & 1) } } else { Interval { lo, hi } }
    }

    fn shaped(&self, shape: u32, at: i32) -> Interval {
        match shape {
            0 => self.interval(at, at),
            1 => self.interval(2 * self.least, at),
            2 => self.interval(at, 2 * self.most),
            3 => self.interval(at - 1, at + 1),
            4 => self.interval(i32::from(self.least == 0), at),
            _ => UNKNOWN,
        }
    }

    fn exactly(&self, at: i32) -> Interval {
        let x = self.clamped(at) & !1;
        Interval { lo: x, hi: x }
    }

    /// An end near a cut-off mostly, else anywhere, else at the rim of what is reportable.
    fn end(&self, dice: &mut Dice) -> i32 {
        let span = (self.most - self.least) as u32;
        match dice.roll(16) {
            0 => 2 * (self.least + dice.roll(span)) + dice.roll(2),
            1 => 2 * self.least + dice.roll(3),
            2 => 2 * self.most - dice.roll(3),
            _ if self.cutoffs.is_empty() => 2 * (self.least + dice.roll(span)) + dice.roll(2),
            _ => 2 * self.cutoffs[dice.roll(self.cutoffs.len() as u32) as usize] + dice.roll(5) - 2,
        }
    }

    fn any(&self, exact: bool, dice: &mut Dice) -> Interval {
        if exact {
            // Steps of a whole tick, as wide as the half-ticks of the others.
            let end = self.end(dice);
            return self.exactly(end + dice.roll(5) - 2);
        }
        let end = self.end(dice);
        match dice.roll(8) {
            0..4 => self.interval(end, end),
            4 => self.interval(end, self.end(dice)),
            shape => self.shaped(shape as u32 - 3 + u32::from(shape == 7), end),
        }
    }
}

/// A patient of whom everything is known and normal.
const NORMAL: Bedside = Bedside {
    pao2: Interval { lo: 190_000, hi: 190_000 },
    fio2: Interval { lo: 42_000, hi: 42_000 },
    platelets: Interval { lo: 500_000, hi: 500_000 },
    bilirubin: Interval { lo: 1_000, hi: 1_000 },
    map: Interval { lo: 180_000, hi: 180_000 },
    rates: [Interval { lo: 0, hi: 0 }; 4],
    weight: Interval { lo: 160_000, hi: 160_000 },
    creatinine: Interval { lo: 1_600, hi: 1_600 },
    urine: Interval { lo: 3_000_000, hi: 3_000_000 },
    gcs: Interval { lo: 30, hi: 30 },
    support: 0,
    pao2_kpa: 0,
    bilirubin_si: 0,
    creatinine_si: 0,
    per_minute: 0,
};

/// One digit of a mixed-radix number, the lowest first.
fn digit(n: &mut u32, radix: u32) -> u32 {
    let digit = *n % radix;
    *n /= radix;
    digit
}

const OFFSETS: u32 = 5;
const ROWS: u32 = 14;
/// Every row's cut-offs, one at a time.
pub const PLAIN: u32 = ROWS * 4 * OFFSETS * SHAPES;
/// Whole percentages from 21 to 100, and a half-tick to either side.
const FIO2S: u32 = 80 * 3;
/// P/F's edges.
pub const QUOTIENTS: u32 = 2 * 4 * FIO2S * OFFSETS * SHAPES;
const WEIGHTS: u32 = 60 * 3;
/// The edges of ug/min over the weight.
pub const BY_WEIGHT: u32 = 4 * WEIGHTS * OFFSETS * SHAPES;
/// Behind these all are mixtures.
pub const SYSTEMATIC: u32 = PLAIN + QUOTIENTS + BY_WEIGHT;

fn plain(mut n: u32, exact: bool) -> Bedside {
    let mut b = NORMAL;
    let row = digit(&mut n, ROWS);
    let q = match row {
        0 => PLATELETS,
        1 => BILIRUBIN,
        2 if exact => BILIRUBIN,
        2 => BILIRUBIN_SI,
        3 => MAP,
        4..8 => RATES[row as usize - 4],
        8 => GCS,
        9 => CREATININE,
        10 if exact => CREATININE,
        10 => CREATININE_SI,
        11 => URINE,
        12 => FIO2,
        _ => WEIGHT,
    };
    let which = digit(&mut n, 4) as usize;
    let cutoff = q.cutoffs.get(which).or(q.cutoffs.last()).copied().unwrap_or(2 * q.least);
    let offset = digit(&mut n, OFFSETS) as i32 - 2;
    let shape = digit(&mut n, SHAPES);
    let x = if exact { q.exactly(2 * (cutoff + offset)) } else { q.shaped(shape, 2 * cutoff + offset) };
    match row {
        0 => b.platelets = x,
        1 | 2 => b.bilirubin = x,
        3 => b.map = x,
        4..8 => b.rates[row as usize - 4] = x,
        8 => b.gcs = x,
        9 | 10 => b.creatinine = x,
        11 => b.urine = x,
        12 => b.fio2 = x,
        _ => b.weight = x,
    }
    if !exact {
        b.bilirubin_si = u8::from(row == 2);
        b.creatinine_si = u8::from(row == 10);
    }
    b
}

/// PaO2 in ticks at which PaO2/FiO2 is the cut-off, rounded to the tick below.
fn edge_pao2(kpa: bool, cutoff: usize, fio2_ticks: i32) -> i32 {
    if kpa { PF_KPA_TENTHS[cutoff] * fio2_ticks / 1_000 } else { PF[cutoff] * fio2_ticks / 100 }
}

fn pao2(kpa: bool) -> Quantity {
    if kpa { PAO2_KPA } else { PAO2 }
}

fn quotient(mut n: u32, exact: bool) -> Bedside {
    let mut b = NORMAL;
    let kpa = digit(&mut n, 2) == 1 && !exact;
    let cutoff = digit(&mut n, 4) as usize;
    let offset = digit(&mut n, OFFSETS) as i32 - 2;
    let shape = digit(&mut n, SHAPES);
    let beside = digit(&mut n, 3) as i32 - 1;
    let percent = 21 + n as i32;
    let at = 2 * edge_pao2(kpa, cutoff, percent * 1_000);
    if exact {
        b.fio2 = FIO2.exactly(2 * (percent * 1_000 + beside));
        b.pao2 = PAO2.exactly(2 * (edge_pao2(false, cutoff, b.fio2.lo >> 1) + offset));
    } else {
        b.fio2 = if shape == 5 && beside == 0 {
            UNKNOWN
        } else {
            FIO2.shaped(shape % 5 * u32::from(beside != 0), 2_000 * percent + beside)
        };
        b.pao2 = pao2(kpa).shaped(if beside == 0 { shape % 5 } else { 0 }, at + offset);
    }
    b.pao2_kpa = u8::from(kpa);
    b
}

fn by_weight(mut n: u32, exact: bool) -> Bedside {
    let mut b = NORMAL;
    let (drug, tenths) = DOSES[digit(&mut n, 4) as usize];
    let offset = digit(&mut n, OFFSETS) as i32 - 2;
    let shape = digit(&mut n, SHAPES);
    let beside = digit(&mut n, 3) as i32 - 1;
    // Light and heavy ones too: 1 kg is reportable.
    let kilograms = match n {
        0 => 1,
        59 => 1_000,
        n => 20 + 3 * n as i32,
    };
    if exact {
        b.rates[drug] = RATES[drug].exactly(2 * (100_000 * tenths + offset + 3 * beside));
        return b;
    }
    b.per_minute = 1 << drug;
    b.weight = WEIGHT.shaped(if beside == 0 { 0 } else { shape }, 2_000 * kilograms + beside);
    b.rates[drug] = MASS_RATE.shaped(if beside == 0 { shape } else { 0 }, 2 * tenths * kilograms * 100 + offset);
    b
}

fn mixture(n: u32, exact: bool) -> Bedside {
    let dice = &mut Dice::of(n, u32::from(exact));
    let mut b = NORMAL;
    let si = if exact { 0 } else { dice.roll(8) };
    (b.pao2_kpa, b.bilirubin_si, b.creatinine_si) = ((si & 1) as u8, (si >> 1 & 1) as u8, (si >> 2) as u8);
    b.fio2 = FIO2.any(exact, dice);
    if dice.roll(4) > 0 {
        let fio2 = if b.fio2 == UNKNOWN {
            2 * [21_000, 100_000][dice.roll(2) as usize]
        } else {
            [b.fio2.lo, b.fio2.hi][dice.roll(2) as usize]
        };
        let at = 2 * edge_pao2(b.pao2_kpa == 1, dice.roll(4) as usize, fio2 >> 1) + dice.roll(9) - 4;
        let q = pao2(b.pao2_kpa == 1);
        let shape = [0, 0, 0, 1, 2, 3, 4][dice.roll(7) as usize];
        b.pao2 = if exact { q.exactly(at) } else { q.shaped(shape, at) };
    } else {
        b.pao2 = pao2(b.pao2_kpa == 1).any(exact, dice);
    }
    b.platelets = PLATELETS.any(exact, dice);
    b.bilirubin = if b.bilirubin_si == 1 { BILIRUBIN_SI } else { BILIRUBIN }.any(exact, dice);
    b.map = MAP.any(exact, dice);
    b.weight = WEIGHT.any(exact, dice);
    for k in 0..4 {
        // Mostly one drug or two: four would hide one another.
        if dice.roll(3) > 0 {
            continue;
        }
        if exact || dice.roll(2) == 0 {
            b.rates[k] = RATES[k].any(exact, dice);
            continue;
        }
        b.per_minute |= 1 << k;
        b.rates[k] = if b.weight != UNKNOWN && dice.roll(3) > 0 {
            let tenths = [1, 1, [50, 150][dice.roll(2) as usize], 1][k];
            let weight = [b.weight.lo, b.weight.hi][dice.roll(2) as usize] >> 1;
            let shape = [0, 0, 0, 1, 2, 3, 4][dice.roll(7) as usize];
            MASS_RATE.shaped(shape, 2 * (tenths * weight / 10) + dice.roll(9) - 4)
        } else {
            MASS_RATE.any(false, dice)
        };
    }
    b.creatinine = if b.creatinine_si == 1 { CREATININE_SI } else { CREATININE }.any(exact, dice);
    b.urine = URINE.any(exact, dice);
    b.gcs = GCS.any(exact, dice);
    b
}

fn patient(n: u32, exact: bool) -> Bedside {
    let mut b = match n {
        0..PLAIN => plain(n, exact),
        n if n < PLAIN + QUOTIENTS => quotient(n - PLAIN, exact),
        n if n < SYSTEMATIC => by_weight(n - PLAIN - QUOTIENTS, exact),
        n => mixture(n, exact),
    };
    b.support = Dice::of(n, 7).roll(if exact { 9 } else { 10 }) as u8;
    if b.support == 9 {
        b.support = 255;
    }
    b
}

/// The n-th patient as the readings leave it.
pub fn bedside(n: u32) -> Bedside {
    patient(n, false)
}

/// The n-th patient of whom everything is known, on the tick, in US units and by weight.
pub fn exact_bedside(n: u32) -> Bedside {
    patient(n, true)
}

/// What the classic C takes of an exact one.
pub fn exact(b: &Bedside) -> Exact {
    let ticks = |x: Interval| (x.lo >> 1) as u32;
    Exact {
        pao2: ticks(b.pao2),
        fio2: ticks(b.fio2),
        platelets: ticks(b.platelets),
        bilirubin: ticks(b.bilirubin),
        map: ticks(b.map),
        rates: b.rates.map(ticks),
        creatinine: ticks(b.creatinine),
        urine: ticks(b.urine),
        gcs: ticks(b.gcs) as u8,
        supported: (3..=8).contains(&b.support),
    }
}

/// What SOFA-2 scores beyond [`Bedside`], exact or not known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Second {
    pub spo2: Interval,
    pub gcs_motor: Interval,
    /// Over 6, 12 and 24 h.
    pub urine: [Interval; 3],
    pub potassium: Interval,
    pub ph: Interval,
    pub bicarbonate: Interval,
    /// A drug of which only matters whether it runs, in whatever unit.
    pub other: Interval,
    pub mechanical: bool,
    pub delirium: bool,
    pub rrt: bool,
}

const SPO2: Quantity = amount(1_000, 0, 100, &[97_000, 98_000]);
const GCS_MOTOR: Quantity = Quantity { ticks: 1, least: 1, most: 6, score: true, cutoffs: &[6, 5, 4, 3] };
const POTASSIUM: Quantity = amount(1_000, 0, 20, &[5_900, 6_000]);
const PH: Quantity = amount(1_000, 0, 14, &[7_200]);
const BICARBONATE: Quantity = amount(1_000, 0, 100, &[12_000]);
const OTHER: Quantity = amount(1, 0, 1_000_000, &[]);
const URINE_OF_HOURS: Quantity = amount(1_000, 0, 100_000, &[]);

/// The n-th patient of [`exact_bedside`] with what SOFA-2 asks for beside; one reading in so many is not known, of the patient's, too.
pub fn second(n: u32) -> (Bedside, Second) {
    let mut b = exact_bedside(n);
    let dice = &mut Dice::of(n, 8);
    for reading in [&mut b.pao2, &mut b.gcs, &mut b.map, &mut b.creatinine, &mut b.weight, &mut b.fio2, &mut b.rates[2]] {
        if dice.roll(6) == 0 {
            *reading = UNKNOWN;
        }
    }
    let weight = (if b.weight == UNKNOWN { NORMAL.weight } else { b.weight }).lo >> 1;
    let edge = |q: &Quantity, dice: &mut Dice| if dice.roll(8) == 0 { UNKNOWN } else { q.any(true, dice) };
    let of_hours = |hours: i32, dice: &mut Dice| {
        // 0.5 or 0.3 mL/kg/h, nothing at all, or plenty.
        let at = match dice.roll(8) {
            0..3 => weight / 2 * hours,
            3..5 => weight / 10 * 3 * hours,
            5 => 0,
            6 => weight * hours,
            _ => return UNKNOWN,
        };
        URINE_OF_HOURS.exactly(2 * (at + dice.roll(5) - 2))
    };
    let second = Second {
        spo2: edge(&SPO2, dice),
        gcs_motor: edge(&GCS_MOTOR, dice),
        urine: [6, 12, 24].map(|hours| of_hours(hours, dice)),
        potassium: edge(&POTASSIUM, dice),
        ph: edge(&PH, dice),
        bicarbonate: edge(&BICARBONATE, dice),
        other: match dice.roll(4) {
            0 => OTHER.exactly(2),
            1 => UNKNOWN,
            _ => OTHER.exactly(0),
        },
        mechanical: dice.roll(16) == 0,
        delirium: dice.roll(8) == 0,
        rrt: dice.roll(16) == 0,
    };
    (b, second)
}

/// The n-th pair of ferritin and HLA-DR.
pub fn markers(n: u32) -> [Interval; 2] {
    let dice = &mut Dice::of(n, 2);
    // Each edge against each edge first.
    if n < OFFSETS * OFFSETS * SHAPES * SHAPES {
        let mut n = n;
        return [FERRITIN, MHLA_DR].map(|q| {
            let at = 2 * q.cutoffs[0] + digit(&mut n, OFFSETS) as i32 - 2;
            q.shaped(digit(&mut n, SHAPES), at)
        });
    }
    [FERRITIN.any(false, dice), MHLA_DR.any(false, dice)]
}

/// The n-th pair of exact ferritin and HLA-DR.
pub fn exact_markers(n: u32) -> [Interval; 2] {
    let dice = &mut Dice::of(n, 3);
    if n < OFFSETS * OFFSETS {
        return [(FERRITIN, n % OFFSETS), (MHLA_DR, n / OFFSETS)]
            .map(|(q, offset)| q.exactly(2 * (q.cutoffs[0] + offset as i32 - 2)));
    }
    [FERRITIN.any(true, dice), MHLA_DR.any(true, dice)]
}

/// The n-th nine totals, most of them near a fall of 12.
pub fn totals(n: u32) -> [u8; 9] {
    let dice = &mut Dice::of(n, 4);
    let mut totals = [0; 9];
    totals[0] = dice.roll(25) as u8;
    let mut left = 8 * i32::from(totals[0]) - 9 - dice.roll(7);
    for (day, total) in (1..).zip(&mut totals[1..]) {
        // What the later days can still take or must.
        let days_after = 8 - day;
        let (least, most) = ((left - 24 * days_after).clamp(0, 24), left.clamp(0, 24));
        *total = (least + dice.roll((most - least + 1) as u32)) as u8;
        left -= i32::from(*total);
    }
    totals
}

/// The n-th course: totals near the endpoint's edge with gaps, an end, and days that are open.
pub fn course(n: u32) -> Course {
    let totals = totals(n);
    let dice = &mut Dice::of(n, 5);
    let mut days = [None; 12];
    for (day, entry) in days.iter_mut().enumerate() {
        let total = totals.get(day).copied().unwrap_or(dice.roll(25) as u8);
        *entry = match dice.roll(10) {
            0 | 1 => None,
            2 => Some((total, (total + dice.roll(4) as u8).min(24))),
            3 if dice.roll(4) == 0 => Some((0, 24)),
            _ => Some((total, total)),
        };
    }
    let n = if dice.roll(2) == 0 { 9 } else { dice.roll(13) as u8 };
    Course { days, n, end: dice.roll(3) as u8 }
}

/// A reading as it is charted, which the crate reads back to the same ends.
pub struct Text {
    bytes: [u8; 40],
    len: usize,
}

impl Text {
    /// Blank for not known.
    pub fn of(x: Interval, ticks: u32) -> Text {
        let mut text = Text { bytes: [0; 40], len: 0 };
        if x != UNKNOWN {
            text.decimal(x.lo, ticks);
            if x.lo != x.hi {
                text.push(b'.');
                text.push(b'.');
                text.decimal(x.hi, ticks);
            }
        }
        text
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    fn push(&mut self, byte: u8) {
        self.bytes[self.len] = byte;
        self.len += 1;
    }

    /// A half-tick between two ticks is written as one decimal more.
    fn decimal(&mut self, half: i32, ticks: u32) {
        let (whole, mut rest) = ((half as u32 >> 1) / ticks, (half as u32 >> 1) % ticks);
        let mut power = 1;
        while whole / power >= 10 {
            power *= 10;
        }
        while power > 0 {
            self.push(b'0' + (whole / power % 10) as u8);
            power /= 10;
        }
        if rest == 0 && half & 1 == 0 {
            return;
        }
        self.push(b'.');
        let mut place = ticks / 10;
        while place > 0 {
            self.push(b'0' + (rest / place) as u8);
            rest %= place;
            place /= 10;
            if rest == 0 && half & 1 == 0 {
                return;
            }
        }
        if half & 1 == 1 {
            self.push(b'5');
        }
    }
}
