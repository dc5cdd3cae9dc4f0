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
    minute: i16,
    /// Minutes east of Greenwich.
    zone: Zone,
}

/// Minutes east of Greenwich, or none.
pub(crate) type Zone = i16;
/// A time without a zone.
pub(crate) const NONE: Zone = Zone::MAX;

/// Fills numbers of two digits each; how many digits there were, and what stands behind them.
fn digits<'a>(mut text: &'a [u8], pairs: &mut [i32]) -> (usize, &'a [u8]) {
    let mut count = 0;
    for pair in pairs {
        for _ in 0..2 {
            let [digit @ b'0'..=b'9', rest @ ..] = text else { break };
            *pair = *pair * 10 + i32::from(digit - b'0');
            (text, count) = (rest, count + 1);
        }
    }
    (count, text)
}

/// Year to second in numbers of two digits, how many digits there were, and the zone.
fn parts(text: &[u8], pairs: &mut [i32; 7]) -> Option<(usize, Zone)> {
    let (count, mut rest) = digits(text, pairs);
    if let [b'.', fraction @ ..] = rest {
        let (places, behind) = digits(fraction, &mut [0; 2]);
        if places == 0 || count != 14 {
            return None;
        }
        rest = behind;
    }
    let [sign, zone @ ..] = rest else { return Some((count, NONE)) };
    let mut east = [0; 2];
    let (places, behind) = digits(zone, &mut east);
    let [hours, minutes] = east;
    let east = hours * 60 + minutes;
    // The furthest island is 14 hours ahead.
    if places != 4 || !behind.is_empty() || minutes > 59 || east > 840 {
        return None;
    }
    match sign {
        b'+' => Some((count, east as Zone)),
        b'-' => Some((count, -east as Zone)),
        _ => None,
    }
}

impl Time {
    /// In place of one that was refused.
    pub(crate) const REFUSED: Time = Time { day: 0, minute: 0, zone: NONE };

    /// From its text.
    pub fn read(text: &[u8]) -> Result<Time, Error> {
        let mut pairs = [0; 7];
        let (count, zone) = parts(text, &mut pairs).ok_or(Error::NotATime)?;
        let [century, year, month, day, hour, minute, second] = pairs;
        if matches!(count, 4 | 6 | 8 | 10) {
            return Err(Error::CoarseTime);
        }
        // The hundredth year is a leap year in every fourth century.
        let leap = (if year == 0 { century } else { year }) & 3 == 0;
        let (mut before, mut length) = (0, 0);
        for at in 1..=month {
            before += length;
            length = match at {
                2 => 28 + i32::from(leap),
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
        }
        let is_date = (19..=21).contains(&century) && month <= 12 && 1 <= day && day <= length;
        if !matches!(count, 12 | 14) || !is_date || hour > 23 || minute > 59 || second > 59 {
            return Err(Error::NotATime);
        }
        // Of the centuries before, 1900 has no 29 February and 2000 has one.
        let years = (century - 19) * 100 + year;
        let leap_days = ((years + 3) >> 2) - i32::from(years > 0) - i32::from(years > 200);
        Ok(Time { day: years * 365 + leap_days + before + day - 1, minute: (hour * 60 + minute) as i16, zone })
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
        if (self.zone == NONE) != (start.zone == NONE) {
            return Err(Error::Zone);
        }
        let [own, first] = [self.minute as i32 - self.zone as i32, start.minute as i32 - start.zone as i32];
        let minute = (self.day - start.day) * 1_440 + own - first;
        if minute < 0 {
            Err(Error::BeforeStart)
        } else if minute.cast_unsigned() > Window::LAST_MINUTE {
            Err(Error::MinuteOutOfRange)
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
    pub(crate) fn or_zone(self, zone: Zone) -> Time {
        if self.zone == NONE { Time { zone, ..self } } else { self }
    }

    /// The zone of a message's own time, which may be coarse.
    pub(crate) fn zone_of(text: &[u8]) -> Result<Zone, Error> {
        parts(text, &mut [0; 7]).map(|(_, zone)| zone).ok_or(Error::NotATime)
    }
}
