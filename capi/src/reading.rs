//! Readings: built by quantity, used by type.

use crate::numbers::{SCALE, yes_or_no};
use crate::state::Out;
use crate::status::Refused;
use crate::text::{MOST, ascii, endo_text, slice};
use endotype::quantity::{Quantity, Scale, TABLE};
use endotype::{Cutoff, Error, Reading};

/// A set of values of one quantity, whose number it carries.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct endo_reading {
    pub lo: i32,
    pub hi: i32,
    pub quantity: u8,
    pub reserved: [u8; 3],
}

/// A row of the table of quantities.
#[repr(C)]
pub struct endo_quantity_row {
    pub name: endo_text,
    pub unit: endo_text,
    pub ticks: u32,
    pub least: u32,
    pub most: u32,
    pub scale: u8,
    pub reserved: [u8; 3],
}

/// The number of a quantity, its place in the table.
pub trait Numbered: Quantity {
    const NUMBER: u8;
}

/// What of a row the readings below need: without the texts, which a device that never asks does not carry.
struct Ends {
    ticks: u32,
    least: u32,
    most: u32,
    scale: Scale,
}

macro_rules! quantities {
    ($($number:literal $name:ident)+) => {
        $( impl Numbered for endotype::quantity::$name { const NUMBER: u8 = $number; } )+

        static ENDS: &[Ends] = &[ $( {
            use endotype::quantity::$name as Q;
            Ends { ticks: Q::TICKS, least: Q::RANGE[0], most: Q::RANGE[1], scale: Q::SCALE }
        } ),+ ];

        /// By the quantity of that number.
        macro_rules! by_quantity {
            ($of:expr, $q:ident => $do:expr) => {
                match $of {
                    $( $number => { type $q = endotype::quantity::$name; $do } )+
                    _ => Err(Refused::NUMBER),
                }
            };
        }
    };
}

quantities! {
    0 PaO2 1 PaO2KPa 2 FiO2 3 SpO2 4 PfRatio 5 PfRatioKPa 6 SfRatio 7 Platelets 8 Bilirubin 9 BilirubinSi 10 Creatinine
    11 CreatinineSi 12 Map 13 Sbp 14 RespiratoryRate 15 DoseRate 16 MassRate 17 AnyRate 18 Weight 19 Gcs 20 GcsMotor 21 Urine
    22 UrineRate 23 Potassium 24 Bicarbonate 25 Lactate 26 Ph 27 Ferritin 28 MhlaDr 29 MhlaDrPositive 30 Lymphocytes
    31 Neutrophils 32 LymphocytesFraction 33 NkCells 34 DendriticCells 35 BCells 36 TCells 37 Hemoglobin 38 Age
}

impl endo_reading {
    pub fn of<Q: Numbered>(reading: Reading<Q>) -> endo_reading {
        let [lo, hi] = reading.ends();
        endo_reading { lo, hi, quantity: Q::NUMBER, reserved: [0; 3] }
    }

    pub fn is<Q: Numbered>(&self) -> bool {
        self.quantity == Q::NUMBER
    }

    /// As a reading of this quantity, or refused.
    pub fn typed<Q: Numbered>(&self) -> Result<Reading<Q>, Refused> {
        if self.is::<Q>() { Ok(Reading::from_ends([self.lo, self.hi])?) } else { Err(Refused::QUANTITY) }
    }

    fn checked(self) -> Result<endo_reading, Refused> {
        by_quantity!(self.quantity, Q => { self.typed::<Q>()?; Ok(self) })
    }
}

/// As the crate's amounts, of whatever quantity: a test compares them at every edge of every one.
impl Ends {
    fn of(quantity: u8) -> Result<&'static Ends, Refused> {
        ENDS.get(usize::from(quantity)).ok_or(Refused::NUMBER)
    }

    fn half_ticks(&self, in_ticks: u8, amount: u32) -> Result<i32, Refused> {
        let ticks = match yes_or_no(in_ticks)? {
            true => amount,
            false if amount <= self.most => amount * self.ticks,
            false => return Err(Error::OutOfRange.into()),
        };
        if ticks < self.least * self.ticks || ticks > self.most * self.ticks {
            return Err(Error::OutOfRange.into());
        }
        Ok((ticks << 1).cast_signed())
    }

    fn top(&self) -> i32 {
        ((self.most * self.ticks) << 1).cast_signed()
    }

    fn floor(&self) -> i32 {
        match self.scale {
            Scale::Amount => 0,
            Scale::Rate => 1,
            Scale::Score => (self.least << 1).cast_signed(),
        }
    }

    fn close(&self, quantity: u8, lo: i32, hi: i32) -> Result<endo_reading, Refused> {
        let (lo, hi) = if matches!(self.scale, Scale::Score) { (lo + (lo & 1), hi - (hi & 1)) } else { (lo, hi) };
        if lo > hi { Err(Error::Nothing.into()) } else { Ok(endo_reading { lo, hi, quantity, reserved: [0; 3] }) }
    }
}

functions! {
    fn endo_quantity(quantity: u8, out: Out<'_, endo_quantity_row>) {
        given!(out);
        let row = TABLE.get(usize::from(quantity)).ok_or(Refused::NUMBER)?;
        let scale = SCALE.iter().position(|&scale| scale == row.scale).map_or(0, |at| at as u8);
        out.write(endo_quantity_row {
            name: row.name.into(),
            unit: row.unit.into(),
            ticks: row.ticks,
            least: row.range[0],
            most: row.range[1],
            scale,
            reserved: [0; 3],
        });
    }

    fn endo_reading_unknown(quantity: u8, out: Out<'_, endo_reading>) {
        given!(out);
        Ends::of(quantity)?;
        let [lo, hi] = Reading::<endotype::quantity::Age>::UNKNOWN.ends();
        out.write(endo_reading { lo, hi, quantity, reserved: [0; 3] });
    }

    fn endo_reading_exact(quantity: u8, in_ticks: u8, amount: u32, out: Out<'_, endo_reading>) {
        given!(out);
        let ends = Ends::of(quantity)?;
        let x = ends.half_ticks(in_ticks, amount)?;
        out.write(endo_reading { lo: x, hi: x, quantity, reserved: [0; 3] });
    }

    fn endo_reading_below(quantity: u8, in_ticks: u8, amount: u32, out: Out<'_, endo_reading>) {
        given!(out);
        let ends = Ends::of(quantity)?;
        out.write(ends.close(quantity, ends.floor(), ends.half_ticks(in_ticks, amount)? - 1)?);
    }

    fn endo_reading_at_most(quantity: u8, in_ticks: u8, amount: u32, out: Out<'_, endo_reading>) {
        given!(out);
        let ends = Ends::of(quantity)?;
        let x = ends.half_ticks(in_ticks, amount)?;
        out.write(ends.close(quantity, if x == 0 { 0 } else { ends.floor() }, x)?);
    }

    fn endo_reading_above(quantity: u8, in_ticks: u8, amount: u32, out: Out<'_, endo_reading>) {
        given!(out);
        let ends = Ends::of(quantity)?;
        out.write(ends.close(quantity, ends.half_ticks(in_ticks, amount)? + 1, ends.top())?);
    }

    fn endo_reading_at_least(quantity: u8, in_ticks: u8, amount: u32, out: Out<'_, endo_reading>) {
        given!(out);
        let ends = Ends::of(quantity)?;
        out.write(ends.close(quantity, ends.half_ticks(in_ticks, amount)?, ends.top())?);
    }

    fn endo_reading_between(quantity: u8, in_ticks: u8, from: u32, to: u32, out: Out<'_, endo_reading>) {
        given!(out);
        let ends = Ends::of(quantity)?;
        let (lo, hi) = (ends.half_ticks(in_ticks, from)?, ends.half_ticks(in_ticks, to)?);
        if lo > hi {
            return Err(Error::Backwards.into());
        }
        out.write(endo_reading { lo, hi, quantity, reserved: [0; 3] });
    }

    fn endo_reading_text(quantity: u8, text: *const u8, length: usize, out: Out<'_, endo_reading>) {
        given!(out);
        let text = slice(text, length, MOST)?;
        let reading = by_quantity!(quantity, Q => Ok(endo_reading::of(Reading::<Q>::read_bytes(text)?)))?;
        out.write(reading);
    }

    fn endo_reading_float(quantity: u8, value: f32, out: Out<'_, endo_reading>) {
        given!(out);
        let reading = by_quantity!(quantity, Q => Ok(endo_reading::of(Reading::<Q>::from_f32(value)?)))?;
        out.write(reading);
    }

    fn endo_reading_ends(quantity: u8, lo: i32, hi: i32, out: Out<'_, endo_reading>) {
        given!(out);
        out.write(endo_reading { lo, hi, quantity, reserved: [0; 3] }.checked()?);
    }

    fn endo_reading_either(one: endo_reading, other: endo_reading, out: Out<'_, endo_reading>) {
        given!(out);
        let (one, other) = (one.checked()?, other.checked()?);
        if one.quantity != other.quantity {
            return Err(Refused::QUANTITY);
        }
        out.write(endo_reading { lo: one.lo.min(other.lo), hi: one.hi.max(other.hi), ..one });
    }

    fn endo_reading_is_unknown(reading: endo_reading, out: Out<'_, u8>) {
        given!(out);
        let reading = reading.checked()?;
        out.write(u8::from([reading.lo, reading.hi] == Reading::<endotype::quantity::Age>::UNKNOWN.ends()));
    }

    fn endo_cutoff_met(cutoff: *const u8, length: usize, reading: endo_reading, out: Out<'_, u8>) {
        given!(out);
        let words = ascii(cutoff, length)?;
        let met = by_quantity!(reading.quantity, Q => Ok(Cutoff::<Q>::read(words)?.met(reading.typed::<Q>()?)))?;
        out.write(met as u8);
    }
}
