//! Times of the records, and minutes of the patient.

use crate::Error;
use endotype::Window;

/// A minute of the calendar: of an observation, or the start of a patient's day 1.
///
/// Written `YYYYMMDDHHMM[SS[.S[S[S[S]]]]][+/-ZZZZ]`, of the years 1900 to 2199; seconds are dropped. Coarser than a minute is refused.
///
/// ```
/// use endotype_formats::{Error, Time};
/// assert_eq!(Time::read(b"20260115101259"), Time::read(b"202601151012"));
/// assert_eq!(Time::read(b"20260115"), Err(Error::CoarseTime));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Time {
    /// Since 1 January 1900.
    day: i32,
    /// Of the day.
    minute: i32,
    /// Minutes east of Greenwich.
    zone: Option<i32>,
}

/// Fills numbers of two digits each; how many digits there were, and what stands behind them.
fn digits<'a>(mut text: &'a [u8], pairs: &mut [i32]) -> (usize, &'a [u8]) {
    let mut count = 0;
    for place in 0..2 * pairs.len() {
        let [digit @ b'0'..=b'9', rest @ ..] = text else { break };
        if let Some(pair) = pairs.get_mut(place >> 1) {
            *pair = *pair * 10 + i32::from(digit - b'0');
        }
        (text, count) = (rest, count + 1);
    }
    (count, text)
}

/// Year to second in numbers of two digits, how many digits there were, and the zone.
fn parts(text: &[u8]) -> Option<([i32; 7], usize, Option<i32>)> {
    let mut pairs = [0; 7];
    let (count, mut rest) = digits(text, &mut pairs);
    if let [b'.', fraction @ ..] = rest {
        let (places, behind) = digits(fraction, &mut [0; 2]);
        if places == 0 || count != 14 {
            return None;
        }
        rest = behind;
    }
    let [sign, zone @ ..] = rest else { return Some((pairs, count, None)) };
    let mut east = [0; 2];
    let (places, behind) = digits(zone, &mut east);
    let [hours, minutes] = east;
    // The furthest island is 14 hours ahead.
    if !matches!(sign, b'+' | b'-') || places != 4 || !behind.is_empty() || hours > 14 || minutes > 59 {
        return None;
    }
    let east = hours * 60 + minutes;
    Some((pairs, count, Some(if *sign == b'-' { -east } else { east })))
}

impl Time {
    /// In place of one that was refused.
    pub(crate) const NONE: Time = Time { day: 0, minute: 0, zone: None };

    /// From its text.
    pub fn read(text: &[u8]) -> Result<Time, Error> {
        let (pairs, count, zone) = parts(text).ok_or(Error::NotATime)?;
        let [century, year, month, day, hour, minute, second] = pairs;
        if matches!(count, 4 | 6 | 8 | 10) {
            return Err(Error::CoarseTime);
        }
        // The hundredth year is a leap year in every fourth century.
        let leap = (if year == 0 { century } else { year }) & 3 == 0;
        let mut before = 0;
        for earlier in 1..month {
            before += length(earlier, leap);
        }
        let in_range = matches!(count, 12 | 14)
            && matches!(century, 19..=21)
            && matches!(month, 1..=12)
            && 1 <= day
            && day <= length(month, leap)
            && hour <= 23
            && minute <= 59
            && second <= 59;
        if !in_range {
            return Err(Error::NotATime);
        }
        // Of the centuries before, 1900 has no 29 February and 2000 has one.
        let years = (century - 19) * 100 + year;
        let leap_days = ((years + 3) >> 2) - i32::from(years > 0) - i32::from(years > 200);
        Ok(Time { day: years * 365 + leap_days + before + day - 1, minute: hour * 60 + minute, zone })
    }

    /// The minute of a patient whose day 1 starts then, as the rules crate counts.
    ///
    /// With a zone on one side and none on the other it is refused: nothing is guessed. A change of summer time is in the zones, or is not
    /// seen.
    ///
    /// ```
    /// use endotype_formats::{Error, Time};
    /// let start = Time::read(b"202601150000+0100")?;
    /// assert_eq!(Time::read(b"202601150912+0000")?.since(start), Ok(612));
    /// assert_eq!(Time::read(b"202601151012")?.since(start), Err(Error::Zone));
    /// assert_eq!(Time::read(b"202601142359+0100")?.since(start), Err(Error::BeforeStart));
    /// # Ok::<(), Error>(())
    /// ```
    pub const fn since(self, start: Time) -> Result<u32, Error> {
        let (zone, of_start) = match (self.zone, start.zone) {
            (Some(zone), Some(of_start)) => (zone, of_start),
            (None, None) => (0, 0),
            _ => return Err(Error::Zone),
        };
        let minute = (self.day - start.day) * 1_440 + (self.minute - zone) - (start.minute - of_start);
        if minute < 0 {
            Err(Error::BeforeStart)
        } else if minute.cast_unsigned() > Window::LAST_MINUTE {
            Err(Error::Value(endotype::Error::MinuteOutOfRange))
        } else {
            Ok(minute.cast_unsigned())
        }
    }

    /// Midnight before it, in its own zone.
    ///
    /// ```
    /// use endotype_formats::{Error, Time};
    /// assert_eq!(Time::read(b"202601151012+0100")?.midnight(), Time::read(b"202601150000+0100")?);
    /// # Ok::<(), Error>(())
    /// ```
    pub const fn midnight(self) -> Time {
        Time { minute: 0, ..self }
    }

    /// With the zone of the message, unless it has its own.
    pub(crate) fn or_zone(self, zone: Option<i32>) -> Time {
        Time { zone: self.zone.or(zone), ..self }
    }

    /// The zone of a message's own time, which may be coarse.
    pub(crate) fn zone_of(text: &[u8]) -> Result<Option<i32>, Error> {
        parts(text).map(|(_, _, zone)| zone).ok_or(Error::NotATime)
    }
}

/// The days of a month.
fn length(month: i32, leap: bool) -> i32 {
    match month {
        2 => 28 + i32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
