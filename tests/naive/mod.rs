//! A naive reader of charted numbers: fractions and library calls, no state. Shared with `fuzz`.

use endotype::quantity::{Quantity, Scale};

/// A decimal as digits over a power of ten, `None` if it is none; digits that do not count are dropped, and what is beyond every range stays beyond.
fn rational(text: &str) -> Option<(u128, u128)> {
    let (whole, fraction) = match text.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (text, ""),
    };
    let digits = |part: &str| part.bytes().all(|c| c.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) {
        return None;
    }
    let (mut whole, mut fraction) = (whole.trim_start_matches('0').to_owned(), fraction.trim_end_matches('0').to_owned());
    if whole.len() > 12 {
        whole = "9".repeat(12);
    }
    if fraction.len() > 12 {
        // Only that it is no tick.
        fraction.replace_range(12.., "1");
    }
    let number = format!("0{whole}{fraction}");
    Some((number.parse().unwrap(), 10_u128.pow(fraction.len() as u32)))
}

/// The half-ticks that are meant, `Some(None)` for "not known", `None` for refused.
pub fn meant<Q: Quantity>(text: &str) -> Option<Option<[i64; 2]>> {
    let blank = [' ', '\t'];
    let ticks = u128::from(Q::TICKS);
    // A value as its half-tick, and whether it lies on the tick; refused outside the range and between two points of a score.
    let value = |text: &str| {
        let (n, d) = rational(text.trim_matches(blank))?;
        let inside = n >= u128::from(Q::RANGE[0]) * d && n <= u128::from(Q::RANGE[1]) * d;
        let exact = (n * ticks).rem_euclid(d) == 0;
        let half_tick = 2 * (n * ticks).div_euclid(d) + u128::from(!exact);
        (inside && (exact || Q::SCALE != Scale::Score)).then_some((half_tick as i64, exact))
    };
    let step = if Q::SCALE == Scale::Score { 2 } else { 1 };
    let floor = match Q::SCALE {
        Scale::Amount => 0,
        Scale::Rate => 1,
        Scale::Score => 2 * i64::from(Q::RANGE[0]),
    };
    let top = 2 * i64::from(Q::RANGE[1]) * i64::from(Q::TICKS);
    let text = text.trim_matches(blank);
    let [lo, hi] = if text.is_empty() {
        return Some(None);
    } else if let Some(rest) = text.strip_prefix("<=") {
        let (x, _) = value(rest)?;
        [if x == 0 { 0 } else { floor }, x]
    } else if let Some(rest) = text.strip_prefix(">=") {
        [value(rest)?.0, top]
    } else if let Some(rest) = text.strip_prefix('<') {
        let (x, exact) = value(rest)?;
        [floor, if exact { x - step } else { x }]
    } else if let Some(rest) = text.strip_prefix('>') {
        let (x, exact) = value(rest)?;
        [if exact { x + step } else { x }, top]
    } else if let Some((from, to)) = text.split_once("..") {
        [value(from)?.0, value(to)?.0]
    } else {
        [value(text)?.0; 2]
    };
    (lo <= hi).then_some(Some([lo, hi]))
}
