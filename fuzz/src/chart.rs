//! Charted values from a fuzzer's bytes: mostly next to where something changes.

use crate::one;
use arbitrary::{Result, Unstructured};
use endotype::Reading;
use endotype::quantity::{Quantity, Scale};

/// A reading that text can say, its ends within two half-ticks of these, or anywhere.
pub fn reading<Q: Quantity>(u: &mut Unstructured, near: &[i32]) -> Result<Reading<Q>> {
    let [least, most] = Q::RANGE.map(|units| (2 * units * Q::TICKS).cast_signed());
    let whole = Q::SCALE == Scale::Score;
    let value = |u: &mut Unstructured| -> Result<i32> {
        let at: u8 = u.arbitrary()?;
        let value = match near {
            [] => u.int_in_range(least..=most)?,
            _ if at >= 224 => u.int_in_range(least..=most)?,
            _ => one(near, at / 5).saturating_add(i32::from(at % 5) - 2),
        };
        let value = if whole { value + (value & 1) } else { value };
        Ok(value.clamp(least, most))
    };
    let floor = match Q::SCALE {
        Scale::Amount => 0,
        Scale::Rate => 1,
        Scale::Score => least,
    };
    let ends = match u.int_in_range(0..=15)? {
        0..=7 => [value(u)?; 2],
        8..=11 => {
            let (a, b) = (value(u)?, value(u)?);
            [a.min(b), a.max(b)]
        }
        12 | 13 => [floor, value(u)?],
        14 => [value(u)?, most],
        _ => return Ok(Reading::UNKNOWN),
    };
    Ok(Reading::from_ends(ends).unwrap_or(Reading::UNKNOWN))
}

/// Without what lies below the least that is reported: nobody breathes 0 % oxygen.
pub fn reported<Q: Quantity>(reading: Reading<Q>) -> Reading<Q> {
    let least = (2 * Q::RANGE[0] * Q::TICKS).cast_signed();
    let [lo, hi] = reading.ends();
    if reading.is_unknown() { reading } else { Reading::from_ends([lo.max(least), hi]).unwrap() }
}
